#!/usr/bin/env python3
"""Draws the program's icon: the first character of its name, ticked off.

    pip install pillow && python3 tests/windows/icon.py src/windows/fuhe.ico

The font is Noto Sans CJK (Open Font License); the drawn icon is ours.
"""
import sys

from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"
SIMPLIFIED = 2  # the face of the collection
GROUND, INK, TICK = (31, 78, 121), (255, 255, 255), (255, 192, 0)
SIZES = [16, 24, 32, 48, 64, 256]


def drawn(size):
    big = size * 8
    image = Image.new("RGBA", (big, big), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, big - 1, big - 1), big // 6, fill=GROUND)
    font = ImageFont.truetype(FONT, int(big * 0.78), index=SIMPLIFIED)
    draw.text((big * 0.47, big * 0.46), "复", font=font, fill=INK, anchor="mm")
    # At the smallest sizes a tick would be a smear.
    if size >= 32:
        points = [(0.58, 0.80), (0.70, 0.92), (0.94, 0.62)]
        draw.line([(x * big, y * big) for x, y in points], fill=TICK, width=big // 12, joint="curve")
    return image.resize((size, size), Image.LANCZOS)


images = [drawn(size) for size in SIZES]
images[-1].save(sys.argv[1], sizes=[(size, size) for size in SIZES], append_images=images[:-1])
