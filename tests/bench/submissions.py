#!/usr/bin/env python3
"""Makes N submissions as they lie in a bureau's folder, from a seed: the same seed gives the same cells.

    python3 tests/bench/submissions.py FOLDER --files 1000 [--seed 2020]

The layouts, programs and formats are those of the workbooks of samples/ and tests/corpus/: each of some seventy is taken as a
template, and department, figures, claims, sums and evidence are written into its parts (.xlsx, .xlsm, .ods, .xlsb) or
records (.xls, .et). Nothing but Python is needed, and 20,000 take about a minute. Every file has a department of its own and
figures of its own. Four in five claim what their figures give; a fifth claims more in one to three indicators. To half of the
.xlsx further sheets are added, as departments hand them in with the forms: a report in words, a list of projects, a list of
assets of 10 to 600 rows. So files are of 5 to 50 KB, most of them of 10 to 20.
"""

import argparse
import json
import os
import random
import re
import struct
import zipfile
import zlib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from xml.sax.saxutils import escape

from scorecard import FACTS, INDICATORS, PERCENT, YES_NO, scores

ROOT = Path(__file__).resolve().parents[2]
CORPUS, SAMPLES, EXPECTED = ROOT / "tests/corpus", ROOT / "samples", ROOT / "tests/referee/expected"
UNITS = {fact: unit for fact, _, unit in FACTS}
POINTS = {indicator: points for indicator, _, points in INDICATORS}

# Cards of the corpus that hold every fact, and how often each layout is met beside the others.
CARDS = {
    "format-xlsx-xlsxwriter.xlsx": 4, "format-xlsx-resaved.xlsx": 6, "format-xlsx-openpyxl.xlsx": 3, "format-xlsx-inline-strings.xlsx": 2,
    "format-xlsm.xlsm": 1, "base-blank-rows-and-repeated-header.xlsx": 1, "base-blocks-with-own-headers.xlsx": 1, "base-columns-content-data.xlsx": 1,
    "base-columns-indicator-reported.xlsx": 1, "base-columns-item-amount.xlsx": 1, "base-labels-rewritten.xlsx": 1, "base-side-by-side.xlsx": 2,
    "base-three-groups-without-unit-column.xlsx": 1, "base-values-merged.xlsx": 1, "clerk-base-beside-card.xlsx": 1, "clerk-empty-columns-between.xlsx": 1,
    "clerk-empty-sheets-around.xlsx": 1, "clerk-header-with-spaces.xlsx": 1, "clerk-numbers-as-text.xlsx": 2, "clerk-official-criteria.xlsx": 4,
    "clerk-other-tables-around.xlsx": 2, "clerk-points-with-unit.xlsx": 1, "clerk-section-rows-in-base.xlsx": 1, "clerk-template-furniture.xlsx": 3,
    "clerk-trailing-spaces.xlsx": 1, "columns-with-others-between.xlsx": 1, "completion-as-published.xlsx": 4,
    "completion-gives-the-budget.xlsx": 2, "completion-in-yuan.xlsx": 2, "evidence-in-the-scorecard.xlsx": 1, "first-columns-merged.xlsx": 1,
    "header-one-row-repeated-after-blank-rows.xlsx": 1, "header-repeated-at-page-breaks.xlsx": 2, "header-two-rows-merged.xlsx": 2, "hidden-rows.xlsx": 1,
    "identity-in-one-cell.xlsx": 1, "money-formats.xlsx": 1, "names-numbered.xlsx": 1, "names-with-points-after.xlsx": 1, "narrative-agreeing.xlsx": 3,
    "narrative-in-one-cell.xlsx": 2, "narrative-other-figures.xlsx": 2, "score-column-2.xlsx": 1, "score-column-beside-bureau-column.xlsx": 1,
    "sheet-names-odd.xlsx": 1, "split-over-two-sheets.xlsx": 1, "stacked-in-one-sheet.xlsx": 2, "unit-in-corner-yuan.xlsx": 1, "unit-in-label.xlsx": 1,
    "unit-mixed-yuan-and-wan.xlsx": 1,
}  # fmt: skip
OTHERS = {"format-xls-biff.xls": 2, "format-xls-resaved.xls": 3, "format-et.et": 1, "format-ods-resaved.ods": 1, "format-ods.ods": 1, "format-xlsb.xlsb": 1}
SHARES = (("cards", 54), ("samples", 24), ("projects", 14), ("others", 8))
LEFT_OUT = ("深圳市", "南岭区")  # samples that state their total in words or hardly a fact
INFLATED, WITH_EVIDENCE_NUMBERS = 20, 50  # of a hundred

# Added sheets of a hundred .xlsx: none, a report, a list of up to so many rows with or without a report.
ADDED = ((50, False, 0), (72, True, 0), (88, True, 40), (97, True, 150), (100, True, 600))

VARIED = {
    "budget_nonconformities": lambda r: r.choice((0, 0, 0, 1, 2)), "goals_missing": lambda r: r.choice((0, 0, 0, 1)),
    "procurement_plan": lambda r: cents(r, 400, 90000), "adjusted_amount": None, "assets_total": lambda r: cents(r, 20000, 900000),
    "staff_quota": lambda r: r.randint(18, 160), "contract_staff": lambda r: r.randint(0, 9), "sangong_budget": lambda r: cents(r, 150, 4000),
    "routine_budget": lambda r: cents(r, 6000, 60000), "q1_progress": lambda r: cents(r, 1900, 2900), "q2_progress": lambda r: cents(r, 4300, 5600),
    "q3_progress": lambda r: cents(r, 6600, 8000), "q4_progress": lambda r: cents(r, 9000, 10000), "projects_planned": lambda r: r.randint(5, 60),
    "satisfaction": lambda r: cents(r, 8900, 9990), "key_tasks_unfinished": lambda r: r.choice((0, 0, 0, 0, 1)),
}  # fmt: skip
# What depends on another fact: that fact, and the share of it in ten-thousandths.
SHARE_OF = {
    "procurement_actual": ("procurement_plan", 9000, 10000), "adjusted_amount": ("budget_total", 200, 1500), "assets_in_use": ("assets_total", 7000, 10000),
    "staff_actual": ("staff_quota", 8000, 10000), "sangong_actual": ("sangong_budget", 7000, 10000), "routine_actual": ("routine_budget", 7500, 10000),
    "projects_finished": ("projects_planned", 8000, 10000),
}  # fmt: skip
# The indicators that a varied fact bears on.
BEARS_ON = {
    "budget_nonconformities": ["budget_conformity"], "goals_missing": ["goal_completeness"], "procurement_plan": ["procurement"],
    "procurement_actual": ["procurement"], "adjusted_amount": ["financial_compliance"], "assets_total": ["asset_utilisation"],
    "assets_in_use": ["asset_utilisation"], "staff_quota": ["staff_control"], "staff_actual": ["staff_control", "contract_staff_control"],
    "contract_staff": ["contract_staff_control"], "sangong_budget": ["public_funds_control"], "sangong_actual": ["public_funds_control"],
    "routine_budget": ["public_funds_control"], "routine_actual": ["public_funds_control"], "q1_progress": ["budget_execution"],
    "q2_progress": ["budget_execution"], "q3_progress": ["budget_execution"], "q4_progress": ["budget_execution"],
    "projects_planned": ["project_timeliness"], "projects_finished": ["project_timeliness"], "satisfaction": ["satisfaction"],
    "key_tasks_unfinished": ["key_tasks"],
}  # fmt: skip
WHOLE = {"staff_actual", "projects_finished"}


def cents(rng, low, high):
    return Decimal(rng.randint(low, high)).scaleb(-2)


# ---- departments -----------------------------------------------------------------------------------------------------------------
FIRST = "青云南北东西临海江河山湖白金龙凤安宁永长平和兴昌福瑞清明石玉林松梅兰桂竹丹紫银宝"
SECOND = "岚溪屏辰湾川陵滨源阳城泉岭沙浦港州河山湖原谷坪塘桥林丰宁平安昌"
KINDS = "区县市"
BUREAUS = [
    "审计局", "民政局", "司法局", "教育局", "水务局", "林业局", "统计局", "体育局", "信访局", "气象局", "档案馆", "图书馆", "博物馆", "文化馆",
    "财政局", "农业局", "商务局", "卫健局", "应急局", "医保局", "老干局", "党校", "团委", "妇联", "文联", "科协", "残联", "供销社", "粮食局", "海事局",
    "城市管理局", "交通运输局", "生态环境局", "市场监管局", "机关事务局", "自然资源局", "退役军人局", "行政审批局", "人才服务局", "公共资源局",
    "社会福利中心", "气象服务中心", "城市更新中心", "体育发展中心", "老年活动中心", "疾病控制中心", "环境监测中心", "数据管理中心", "就业服务中心", "公路事务中心",
]  # fmt: skip


class Names:
    """Departments, each given out once; of a length where a binary template has only so much room."""

    def __init__(self, rng):
        places = [a + b + kind for a in FIRST for b in SECOND if a != b for kind in KINDS]
        self.left = {}
        for length in sorted({len(b) for b in BUREAUS}):
            names = [(place, bureau) for bureau in BUREAUS if len(bureau) == length for place in places]
            rng.shuffle(names)
            self.left[length] = names
        self.rng = rng

    def take(self, length=None):
        wanted = length - 3 if length else self.rng.choices(list(self.left), [len(n) for n in self.left.values()])[0]
        place, bureau = self.left[wanted].pop()
        return place + bureau


# ---- packages: parts with holes ----------------------------------------------------------------------------------------------------
class Part:
    """A part of a package; where it has holes, the bytes between them, and what fills each."""

    def __init__(self, name, content):
        self.name, self.content, self.edits = name, content, []

    def hole(self, start, end, key, written):
        self.edits.append((start, end, key, written))

    def close(self):
        self.pieces, at = [], 0
        for start, end, key, written in sorted(self.edits):
            assert start >= at, f"holes overlap in {self.name}"
            self.pieces += [self.content[at:start], (key, written)]
            at = end
        self.pieces.append(self.content[at:])
        self.ready = None if self.edits else packed(self.content)

    def filled(self, values):
        return b"".join(p if isinstance(p, bytes) else p[1](values[p[0]]) for p in self.pieces)


def packed(content):
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    return deflate.compress(content) + deflate.flush(), zlib.crc32(content), len(content)


def write_package(path, parts):
    """`parts`: (name, stored, (deflated, crc, size))."""
    out, directory, at = [], [], 0
    for name, stored, (data, crc, size) in parts:
        raw = name.encode()
        kept = 0 if stored else 8
        head = struct.pack("<HHHHHIIIHH", 20, 0x800, kept, 0x4B20, 0x5261, crc, len(data), size, len(raw), 0)
        out += [b"PK\x03\x04", head, raw, data]
        directory.append(b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, at) + raw)
        at += 30 + len(raw) + len(data)
    names = b"".join(directory)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(parts), len(parts), len(names), at, 0)
    path.write_bytes(b"".join(out) + names + end)


def plain(value):
    """A number as programs write it into a cell."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


# ---- templates ----------------------------------------------------------------------------------------------------------------------
class Template:
    """A workbook whose department, figures and claims can be written anew."""

    def __init__(self, path, unit, places, figures, claims, total, fixed=()):
        self.path, self.unit, self.fixed = path, unit, set(fixed)
        self.places = places  # "fact:…", "claim:…", "total" → (sheet, cell, text)
        self.figures, self.claims, self.total = figures, claims, total
        self.factors, self.room = {}, None
        self.ending = path.suffix.lower()
        self.content = path.read_bytes()
        self.open()
        # A figure is left as it is where the claim does not follow from it, or could not be changed with it.
        self.honest = scores(as_fractions(self.figures), EVERYTHING)
        figures = [key.split(":")[1] for key in self.factors if key.startswith("fact:")]
        self.varied = {f for f in figures if all(f"claim:{i}" in self.factors and self.follows(i) for i in BEARS_ON.get(f, ()))}

    def follows(self, indicator):
        default, claim = self.honest[indicator][2], self.claims.get(indicator)
        return default is not None and claim is not None and abs(default - claim) <= Decimal("0.01")

    def slots(self):
        """(key, sheet, cell, text, factor) of what is a plain number in its cell."""
        for key, (sheet, cell, text) in self.places.items():
            kind, _, name = key.partition(":")
            value = self.figures.get(name) if kind == "fact" else self.claims.get(name) if kind == "claim" else self.total
            if name in self.fixed or not isinstance(value, Decimal) or not re.fullmatch(r"-?\d+(\.\d+)?(E-?\d+)?", text):
                continue
            if kind == "fact" and name not in VARIED and name not in SHARE_OF:
                continue
            written = Decimal(text)
            factor = written / value if value else Decimal(1)
            if factor in (Decimal(1), Decimal(100), Decimal("0.01"), Decimal(10000)):
                yield key, sheet, cell, text, factor

    def open(self):
        if self.ending in (".xls", ".et"):
            self.open_records()
            return
        with zipfile.ZipFile(self.path) as package:
            infos = [i for i in package.infolist() if not i.is_dir()]
            self.parts = [Part(i.filename, package.read(i)) for i in infos]
            self.stored = {i.filename for i in infos if i.compress_type == zipfile.ZIP_STORED}
        by_name = {part.name: part for part in self.parts}
        if self.ending == ".ods":
            self.open_ods(by_name["content.xml"])
        elif self.ending == ".xlsb":
            self.open_xlsb(by_name)
        else:
            self.open_xlsx(by_name)
        for part in self.parts:
            if part.name.endswith((".xml", ".bin")):
                self.texts_of(part)
            part.close()

    def texts_of(self, part):
        """The department's name wherever it stands, and the numbers of attached evidence."""
        wide = part.name.endswith(".bin")
        find = self.unit.encode("utf-16-le" if wide else "utf-8")
        self.room = len(self.unit) if wide else self.room
        write = (lambda v: v.encode("utf-16-le")) if wide else lambda v: v.encode()
        for match in re.finditer(re.escape(find), part.content):
            part.hole(match.start(), match.end(), "unit", write)
        if not wide:
            for match in re.finditer("(?<=>)(?:优|良|中|差)(?=<)".encode(), part.content) if self.grades_once() else ():
                part.hole(match.start(), match.end(), "grade", lambda v: v.encode())
            for match in re.finditer("(?<=>)附件([0-9]+)(?=<)".encode(), part.content):
                number = match.group(1).decode()
                part.hole(match.start(), match.end(), "evidence", lambda v, n=number: v.format(n).encode())

    def grades_once(self):
        return self.total is not None and sum(len(re.findall(">[优良中差]<", p.content.decode("utf-8", "ignore"))) for p in self.parts) == 1

    # -- .xlsx
    def open_xlsx(self, by_name):
        self.sheets = sheet_parts(by_name)
        shared = shared_strings(by_name)
        for key, sheet, cell, text, factor in self.slots():
            part = by_name[self.sheets[sheet]]
            found = re.search(rf'<c r="{cell}"([^>]*?)>(.*?)</c>'.encode(), part.content)
            if not found or b"<f" in found.group(2) and key != "total":
                continue
            kind = re.search(rb' t="(\w+)"', found.group(1))
            kind = kind.group(1) if kind else b"n"
            value = re.search(rb"<v>([^<]*)</v>", found.group(2))
            if kind == b"n" and value and Decimal(value.group(1).decode()) == Decimal(text):
                base = found.start(2)
                self.take(part, base + value.start(1), base + value.end(1), key, factor)
            elif kind == b"inlineStr" or kind == b"s" and value:
                inline = re.search(rb"<is><t>([^<]*)</t></is>", found.group(2))
                if (inline.group(1).decode() if inline else shared[int(value.group(1))] if value else None) != text:
                    continue
                attributes = re.sub(rb' t="\w+"', b"", found.group(1))
                head = b'<c r="' + cell.encode() + b'"' + attributes + b' t="inlineStr"><is><t>'
                self.take(part, found.start(), found.end(), key, factor, lambda v, h=head: h + v + b"</t></is></c>")
        self.sum_of_claims(by_name)

    def sum_of_claims(self, by_name):
        """The stated total of the corpus is not in its expectations: it is the one cell of that value."""
        if "total" in self.factors or self.total is None or "total" in self.places:
            return
        pattern = rb"<v>" + re.escape(plain(self.total).encode()) + rb"0*</v>"
        found = [(by_name[name], m) for name in set(self.sheets.values()) for m in re.finditer(pattern, by_name[name].content)]
        if len(found) == 1:
            part, match = found[0]
            self.take(part, match.start() + 3, match.end() - 4, "total", Decimal(1))

    def take(self, part, start, end, key, factor, around=lambda v: v):
        self.factors[key] = factor
        part.hole(start, end, key, lambda v, f=factor: around(plain(v * f).encode()))

    # -- .ods: a value and the text that shows it
    def open_ods(self, part):
        cells, total = cells_of_ods(part.content), []
        for key, sheet, cell, _, factor in self.slots():
            if (sheet, *row_column(cell)) in cells:
                self.shown(part, cells[sheet, *row_column(cell)], key, factor)
        if self.total is not None and "total" not in self.factors:
            total = [places for places in cells.values() if Decimal(part.content[slice(*places[0])].decode()) == self.total]
            if len(total) == 1:
                self.shown(part, total[0], "total", Decimal(1))

    def shown(self, part, places, key, factor):
        for start, end in places:
            self.take(part, start, end, key, factor)

    # -- .xlsb: records of the corpus' own writer: a row, and cells with a double
    def open_xlsb(self, by_name):
        names = re.findall(rb'Id="([^"]+)" Type="[^"]+/worksheet" Target="([^"]+)"', by_name["xl/_rels/workbook.bin.rels"].content)
        targets = {i.decode(): "xl/" + target.decode() for i, target in names}
        sheets = {}
        for kind, start, end in records_of_xlsb(by_name["xl/workbook.bin"].content):
            if kind == 156:
                body = by_name["xl/workbook.bin"].content[start:end]
                count = struct.unpack_from("<I", body, 8)[0]
                relation = body[12 : 12 + 2 * count].decode("utf-16-le")
                sheets[body[16 + 2 * count :].decode("utf-16-le")] = targets[relation]
        cells = {}
        for sheet, name in sheets.items():
            row = 0
            for kind, start, end in records_of_xlsb(by_name[name].content):
                body = by_name[name].content[start:end]
                if kind == 0:
                    row = struct.unpack_from("<I", body)[0]
                elif kind == 5:
                    cells[sheet, row, struct.unpack_from("<I", body)[0]] = (by_name[name], start + 8)
        for key, sheet, cell, _, factor in self.slots():
            found = cells.get((sheet, *row_column(cell)))
            if found:
                self.double(*found, key, factor)
        if self.total is not None:
            total = [(part, at) for part, at in cells.values() if struct.unpack_from("<d", part.content, at)[0] == float(self.total)]
            if len(total) == 1:
                self.double(*total[0], "total", Decimal(1))

    def double(self, part, at, key, factor):
        self.factors[key] = factor
        part.hole(at, at + 8, key, lambda v, f=factor: struct.pack("<d", float(v * f)))

    # -- .xls: records in the container, which lie one after another in these files
    def open_records(self):
        part = Part("records", self.content)
        self.parts, self.room = [part], len(self.unit)
        for match in re.finditer(re.escape(self.unit.encode("utf-16-le")), self.content):
            part.hole(match.start(), match.end(), "unit", lambda v: v.encode("utf-16-le"))
        cells, total = cells_of_xls(self.content), []
        for key, sheet, cell, _, factor in self.slots():
            if (sheet, *row_column(cell)) in cells:
                self.record(part, cells[sheet, *row_column(cell)], key, factor)
        for at, kind, value in cells.values():
            if self.total is not None and value == float(self.total):
                total.append((at, kind, value))
        if len(total) == 1 and "total" not in self.factors:
            self.record(part, total[0], "total", Decimal(1))
        part.close()

    def record(self, part, found, key, factor):
        at, kind, _ = found
        if kind == "double":
            self.double(part, at, key, factor)
        else:
            self.factors[key] = factor
            part.hole(at, at + 4, key, lambda v, f=factor: in_hundredths(v * f))

    # -- a file
    def values(self, rng, unit):
        """Everything that fills the holes of one file."""
        facts = dict(self.figures)
        for fact in (f for f in (*VARIED, *SHARE_OF) if f in self.varied):
            facts[fact] = self.made_up(fact, facts, rng)
        after = scores(as_fractions(facts), EVERYTHING)
        values = {f"fact:{fact}": value for fact, value in facts.items()}
        claims = dict(self.claims)
        for indicator in claims:
            if f"claim:{indicator}" in self.factors and self.follows(indicator):
                claims[indicator] = after[indicator][2]
        if rng.randrange(100) < INFLATED:
            inflate(claims, self.factors, after, rng)
        values.update({f"claim:{i}": c for i, c in claims.items()})
        moved = sum(claims[i] - self.claims[i] for i in claims if f"claim:{i}" in self.factors and claims[i] is not None)
        values["total"] = None if self.total is None else self.total + moved
        values["unit"], values["grade"] = unit, grade(values["total"])
        numbered = rng.randrange(100) < WITH_EVIDENCE_NUMBERS
        values["evidence"] = f"附件{{}}：{unit[:2]}财〔2020〕{rng.randrange(1, 900)}号" if numbered else "附件{}"
        return values

    def made_up(self, fact, facts, rng):
        if fact in SHARE_OF:
            of, low, high = SHARE_OF[fact]
            whole = facts.get(of)
            if whole is None:
                return facts[fact]
            value = whole * rng.choice((rng.randint(low, high), high)) / 10000
            return Decimal(int(value)) if fact in WHOLE else value.quantize(Decimal("0.01"))
        return Decimal(VARIED[fact](rng))

    def write(self, path, rng, unit):
        values = self.values(rng, unit)
        if self.ending in (".xls", ".et"):
            path.write_bytes(self.parts[0].filled(values))
            return
        parts = [(p.name, p.name in self.stored, p.ready or packed(p.filled(values))) for p in self.parts]
        if self.stored:
            parts = [(n, s, (z if not s else stored(self.part(n).filled(values)))) for n, s, z in parts]
        if self.ending in (".xlsx", ".xlsm"):
            parts = with_added_sheets(parts, self, rng, unit)
        write_package(path, parts)

    def can_grow(self):
        return b"</sheets>" in self.part("xl/workbook.xml").content

    def grown(self, name, added):
        content = self.part(name).content
        numbers = range(1, len(added) + 1)
        if name == "[Content_Types].xml":
            kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
            more = "".join(f'<Override PartName="/xl/worksheets/added{n}.xml" ContentType="{kind}"/>' for n in numbers)
            return content.replace(b"</Types>", more.encode() + b"</Types>")
        if name.endswith(".rels"):
            kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
            more = "".join(f'<Relationship Id="rIdAdded{n}" Type="{kind}" Target="worksheets/added{n}.xml"/>' for n in numbers)
            return content.replace(b"</Relationships>", more.encode() + b"</Relationships>")
        more = "".join(f'<sheet name="{title}" sheetId="{900 + n}" r:id="rIdAdded{n}"/>' for n, (title, _) in enumerate(added, 1))
        return content.replace(b"</sheets>", more.encode() + b"</sheets>")

    def part(self, name):
        return next(part for part in self.parts if part.name == name)

    def file_name(self, unit, number):
        stem = self.path.stem
        if self.unit in stem:
            return stem.replace(self.unit, unit) + self.ending
        patterns = ("{}2020年度部门整体绩效自评表", "{}", "{}_自评材料", "2020年度绩效自评（{}）", "附件2：{}自评材料")
        return patterns[number % len(patterns)].format(unit) + self.ending


def grade(total):
    steps = ((90, "优"), (80, "良"), (60, "中"), (0, "差"))
    return next(word for least, word in steps if total is None or total >= least)


EVERYTHING = {fact for fact, _, unit in FACTS if unit == YES_NO}


def as_fractions(facts):
    return {fact: Fraction(value) if isinstance(value, Decimal) else value for fact, value in facts.items()}


def inflate(claims, factors, after, rng):
    """One to three claims are higher than the figures give, in halves of a point."""
    able = [i for i in claims if f"claim:{i}" in factors and after[i][1] is not None and claims[i] is not None and claims[i] + Decimal("0.5") <= POINTS[i]]
    able = [i for i in able if after[i][2] is not None]
    for indicator in rng.sample(able, min(len(able), rng.randint(1, 3))):
        halves = int((POINTS[indicator] - claims[indicator]) * 2)
        claims[indicator] += Decimal(rng.randint(1, halves)) / 2


def stored(content):
    return content, zlib.crc32(content), len(content)


def row_column(cell):
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - 64
    return int(digits) - 1, column - 1


def in_hundredths(value):
    """An RK number: an integer of hundredths."""
    hundredths = int(value * 100)
    assert value * 100 == hundredths and abs(hundredths) < 1 << 29
    return struct.pack("<i", hundredths << 2 | 3)


def cells_of_ods(content):
    """(sheet, row, column) → where a number stands: in the attribute, and in the text where that shows it in full."""
    cells, sheet, row, column = {}, None, -1, 0
    tags = rb'<table:(table|table-row|table-cell|covered-table-cell)(?: ([^>]*?))?(/?)>'
    for tag in re.finditer(tags, content):
        kind, attributes = tag.group(1), tag.group(2) or b""
        if kind == b"table":
            sheet, row = re.search(rb'table:name="([^"]*)"', attributes).group(1).decode(), -1
            continue
        repeated = re.search(rb'table:number-(?:rows|columns)-repeated="(\d+)"', attributes)
        times = int(repeated.group(1)) if repeated else 1
        if kind == b"table-row":
            row, column = row + times, 0
            continue
        value = re.search(rb'office:value="([^"]*)"', attributes)
        if value and times == 1:
            at = tag.start(2) + value.start(1)
            places = [(at, at + len(value.group(1)))]
            shown = re.compile(rb"<text:p>([^<]*)</text:p>").match(content, tag.end())
            if shown and shown.group(1) == value.group(1):
                places.append(shown.span(1))
            cells[sheet, row, column] = places
        column += times
    return cells


def records_of_xlsb(content):
    at = 0
    while at < len(content):
        kind = content[at] & 0x7F
        if content[at] & 0x80:
            at += 1
            kind |= (content[at] & 0x7F) << 7
        at, size, shift = at + 1, 0, 0
        while True:
            size |= (content[at] & 0x7F) << shift
            shift, at = shift + 7, at + 1
            if not content[at - 1] & 0x80:
                break
        yield kind, at, at + size
        at += size


def cells_of_xls(content):
    """(sheet, row, column) → (offset of the number, how it is stored, value)."""
    start = content.index(struct.pack("<HHHH", 0x809, 16, 0x600, 5))
    names, cells, sheet, at, depth = [], {}, -1, start, 0
    while at + 4 <= len(content):
        kind, size = struct.unpack_from("<HH", content, at)
        body = at + 4
        if kind == 0x85:
            length, wide = content[body + 6], content[body + 7] & 1
            raw = content[body + 8 : body + 8 + length * (1 + wide)]
            names.append(raw.decode("utf-16-le" if wide else "latin-1"))
        elif kind == 0x809:
            sheet, depth = sheet + (depth == 0), depth + 1
        elif kind == 0x0A:
            depth -= 1
            if depth == 0 and sheet == len(names):
                break
        elif kind in (0x203, 0x27E, 0xBD) and sheet >= 1:
            cells.update(numbers_of(content, kind, body, size, names[sheet - 1]))
        elif size > 8224:
            raise ValueError("the records do not lie one after another")
        at = body + size
    return cells


def numbers_of(content, kind, body, size, sheet):
    row, column = struct.unpack_from("<HH", content, body)
    if kind == 0x203:
        yield (sheet, row, column), (body + 6, "double", struct.unpack_from("<d", content, body + 6)[0])
        return
    if kind == 0x27E:
        yield (sheet, row, column), (body + 6, "rk", of_rk(content, body + 6))
        return
    for n in range((size - 6) // 6):
        yield (sheet, row, column + n), (body + 6 + 6 * n, "rk", of_rk(content, body + 6 + 6 * n))


def of_rk(content, at):
    raw = struct.unpack_from("<i", content, at)[0]
    number = float(raw >> 2) if raw & 2 else struct.unpack("<d", bytes(4) + struct.pack("<i", raw & ~3))[0]
    return number / 100 if raw & 1 else number


def sheet_parts(by_name):
    """Sheet's name → name of its part."""
    relations = dict(reversed(pair) for pair in re.findall(rb'Target="/?([^"]+)"[^>]*Id="([^"]+)"', by_name["xl/_rels/workbook.xml.rels"].content))
    relations.update(re.findall(rb'Id="([^"]+)"[^>]*Target="/?([^"]+)"', by_name["xl/_rels/workbook.xml.rels"].content))
    out = {}
    for tag in re.findall(rb"<sheet [^>]*>", by_name["xl/workbook.xml"].content):
        name, relation = (re.search(p, tag).group(1) for p in (rb' name="([^"]*)"', rb' r:id="([^"]*)"'))
        target = relations[relation].decode()
        out[name.decode()] = target if target.startswith("xl/") else "xl/" + target
    return out


def shared_strings(by_name):
    part = by_name.get("xl/sharedStrings.xml")
    items = re.findall(rb"<si>(.*?)</si>|<si/>", part.content, re.S) if part else []
    return ["".join(t.decode() for t in re.findall(rb"<t[^>]*>([^<]*)</t>", item)) for item in items]


# ---- sheets that come with the forms ------------------------------------------------------------------------------------------------
TOPICS = ["办事大厅服务", "信息系统维护", "业务培训", "宣传活动", "设施维修", "档案整理", "安全检查", "下乡帮扶", "物业管理", "设备更新", "课题研究", "志愿服务"]
SENTENCES = [
    "{unit}按照年度工作安排开展{topic}，先后召开专题会议{n}次，明确责任科室和完成时限。",
    "围绕{topic}，{unit}组织人员到{place}等地调研，形成调研材料{n}篇，并向主管领导作了汇报。",
    "在{topic}方面，主要做法是健全台账、定期通报、及时整改，全年形成工作简报{n}期。",
    "存在的不足：{topic}的基础资料收集不够及时，个别科室对绩效管理的认识有待提高。",
    "下一步，{unit}将继续完善{topic}的工作流程，加强与{place}有关单位的沟通。",
    "受季节和场地影响，{topic}的部分环节集中在下半年进行，现场工作由{name}牵头负责。",
]  # fmt: skip
ASSETS = ["台式计算机", "便携式计算机", "打印机", "复印机", "文件柜", "办公桌", "会议椅", "空调机", "投影仪", "照相机", "服务器", "交换机", "碎纸机", "电动自行车"]
ROOMS = ["办公室", "财务科", "业务一科", "业务二科", "档案室", "会议室", "服务大厅", "仓库"]


def with_added_sheets(parts, template, rng, unit):
    draw = rng.randrange(100)
    _, report, rows = next(a for a in ADDED if draw < a[0])
    added = []
    if report and "自评报告" not in template.sheets:
        added.append(("自评报告", report_rows(rng, unit)))
    if rows:
        count = rng.randint(10, rows)
        title, listed = rng.choice((("项目支出明细", project_rows), ("资产清单", asset_rows)))
        added.append((title, listed(rng, count)))
    if not added or not template.can_grow():
        return parts
    names = {name: at for at, (name, _, _) in enumerate(parts)}
    out = list(parts)
    for number, (_, lines) in enumerate(added, 1):
        out.append((f"xl/worksheets/added{number}.xml", False, packed(sheet_xml(lines))))
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/workbook.xml"):
        at = names[name]
        out[at] = (name, False, packed(template.grown(name, added)))
    return out


def report_rows(rng, unit):
    lines = [[f"{unit}2020年度绩效自评工作报告"]]
    for number in range(rng.randint(8, 24)):
        said = (rng.choice(SENTENCES).format(unit=unit, topic=rng.choice(TOPICS), n=rng.randint(2, 40), place=made_up_place(rng), name=made_up_person(rng))
                for _ in range(rng.randint(1, 4)))  # fmt: skip
        lines.append([f"{number + 1}. " + "".join(said)])
    return lines


def made_up_place(rng):
    return rng.choice(FIRST) + rng.choice(SECOND) + rng.choice("镇乡村")


def made_up_person(rng):
    return rng.choice("王李张刘陈杨赵黄周吴") + rng.choice("某某某建国志强晓") + "同志"


def project_rows(rng, count):
    lines = [["项目支出明细表"], ["序号", "支出内容", "合同编号", "经办科室", "支付日期", "支付金额（元）", "摘要"]]
    for number in range(1, count + 1):
        topic = rng.choice(TOPICS)
        day = f"2020-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        lines.append([number, topic, f"HT2020-{rng.randint(1, 9999):04}", rng.choice(ROOMS), day, cents(rng, 50000, 9000000), f"支付{made_up_place(rng)}{topic}费用"])
    return lines


def asset_rows(rng, count):
    lines = [["资产清单"], ["序号", "资产名称", "资产编号", "规格型号", "购置日期", "单价（元）", "存放地点"]]
    for number in range(1, count + 1):
        day = f"20{rng.randint(8, 20):02}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        lines.append([number, rng.choice(ASSETS), f"TY20{rng.randint(100000, 999999)}", f"{rng.choice('ABCDEF')}{rng.randint(100, 999)}", day, cents(rng, 30000, 900000), rng.choice(ROOMS)])
    return lines


def sheet_xml(lines):
    out = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>']
    for row, line in enumerate(lines, 1):
        out.append(f'<row r="{row}">')
        for column, value in enumerate(line):
            cell = f"{'ABCDEFG'[column]}{row}"
            if isinstance(value, str):
                out.append(f'<c r="{cell}" t="inlineStr"><is><t>{escape(value)}</t></is></c>')
            else:
                out.append(f'<c r="{cell}"><v>{plain(value)}</v></c>')
        out.append("</row>")
    out.append("</sheetData></worksheet>")
    return "".join(out).encode()


# ---- the templates of the repository ------------------------------------------------------------------------------------------------
def of_corpus(name):
    expected = json.loads((CORPUS / (Path(name).stem + ".json")).read_text(encoding="utf-8"))
    places = {f"claim:{i}": (c["sheet"], c["cell"], c["text"]) for i, c in expected["claims"].items()}
    claims = {i: decimal(c["value"]) for i, c in expected["claims"].items()}
    figures, several = {}, set()
    for source in expected["facts"] + expected.get("may_facts", []):
        fact = source["id"]
        if fact in figures:
            several.add(fact)
            continue
        figures[fact] = source["value"] if UNITS[fact] in (YES_NO, "选项") else decimal(source["value"])
        if source["text"] and source["origin"] == "base_data":
            places[f"fact:{fact}"] = (source["sheet"], source["cell"], source["text"])
    fixed = several | ({"q4_progress", "budget_total"} if any(s["origin"] == "completion_table" for s in expected["facts"] + expected["may_facts"]) else set())
    return Template(CORPUS / name, expected["unit"], places, figures, claims, decimal(expected["claimed_total"]), fixed)


def of_sample(path):
    expected = json.loads((EXPECTED / "shenzhen-2020" / (path.stem + ".json")).read_text(encoding="utf-8"))
    places = {key: tuple(place) for key, place in expected["cells"].items()}
    claims = {line["id"]: decimal(line["claimed"]) for line in expected["indicators"]}
    figures = {}
    for key, (_, _, text) in places.items():
        kind, _, fact = key.partition(":")
        if kind == "fact":
            figures[fact] = meant(fact, text)
    # What the narrative and the table of completion of a sample quote is left as it is.
    fixed = {"q4_progress", "budget_total"} | {key[5:] for key, place in places.items() if key[:5] == "fact:" and is_quoted(path, place[2])}
    return Template(path, expected["unit"], places, figures, claims, decimal(expected["claimed"]["total"]), fixed)


def is_quoted(path, text):
    """Whether a sentence of the workbook states the figure too, as it is or as a percentage."""
    if not re.fullmatch(r"\d+(\.\d+)?", text):
        return False
    with zipfile.ZipFile(path) as package:
        all_xml = b"".join(package.read(n) for n in package.namelist() if n.startswith("xl/") and n.endswith(".xml")).decode()
    figures = {text, plain(Decimal(text) * 100), format(Decimal(text) * 100, ".2f"), format(Decimal(text), ".2f")}
    whole = re.sub(r"</t></r><r>.*?<t[^>]*>", "", all_xml, flags=re.S)  # runs of several fonts
    sentences = re.findall(r">([^<]{12,})<", whole)
    return any(re.search(rf"(?<![\d.]){re.escape(figure)}(?![\d.])", sentence) for figure in figures for sentence in sentences)


def meant(fact, text):
    if UNITS[fact] in (YES_NO, "选项"):
        chosen = re.search("[☑√■]\\s*([是否])", text)
        return chosen.group(1) if chosen else text
    value = decimal(text)
    return value * 100 if value is not None and UNITS[fact] == PERCENT and 0 < value <= 1 else value


def decimal(text):
    return Decimal(text) if text and re.fullmatch(r"-?\d+(\.\d+)?(E-?\d+)?", text) else None


class ProjectTemplate(Template):
    """Project forms: the place in every name, and the money of the form in the same proportions."""

    def __init__(self, path):
        self.stem = re.match("..", path.stem).group(0)
        super().__init__(path, self.stem, {}, {}, {}, None)

    def open_xlsx(self, by_name):
        self.sheets = sheet_parts(by_name)
        for name in (part for sheet, part in self.sheets.items() if "评分" not in sheet):
            content = by_name[name].content
            for match in re.finditer(rb'<c r="[CDE][6-9]"([^>]*)><v>([0-9.]+)</v></c>', content):
                if re.search(rb't="[^n]', match.group(1)):
                    continue  # a text, by its number
                written = Decimal(match.group(2).decode())
                by_name[name].hole(match.start(2), match.end(2), "times", lambda v, w=written: plain(w * v).encode())

    def values(self, rng, unit):
        return {"unit": unit, "times": Decimal(rng.randint(2, 40)) / 10, "evidence": "附件{}", "grade": "优"}

    def file_name(self, unit, number):
        return self.path.stem.replace(self.stem, unit) + self.ending


class Templates:
    """All of them, by kind, with their weights."""

    def __init__(self):
        samples = sorted((SAMPLES / "shenzhen-2020").glob("*.xlsx"))
        samples = [path for path in samples if not path.stem.startswith(LEFT_OUT)]
        self.kinds = {
            "cards": ([of_corpus(name) for name in CARDS], list(CARDS.values())),
            "samples": ([of_sample(path) for path in samples], [1] * len(samples)),
            "projects": ([ProjectTemplate(path) for path in sorted((SAMPLES / "project-2020").glob("*.xlsx"))], None),
            "others": ([of_corpus(name) for name in OTHERS], list(OTHERS.values())),
        }

    def draw(self, rng):
        kind = rng.choices([k for k, _ in SHARES], [s for _, s in SHARES])[0]
        templates, weights = self.kinds[kind]
        return rng.choices(templates, weights)[0]


def generate(folder, files, seed=2020):
    """Writes them, a hundred to a subfolder; what their formats are comes back."""
    folder, rng, templates, counts = Path(folder), random.Random(seed), Templates(), {}
    names, stems, bytes_in_all = Names(random.Random(seed + 1)), Stems(random.Random(seed + 2)), 0
    for number in range(files):
        if number % 100 == 0:
            batch = folder / f"第{number // 100 + 1:03}批"
            batch.mkdir(parents=True, exist_ok=True)
        template = templates.draw(rng)
        unit = stems.take() if isinstance(template, ProjectTemplate) else names.take(template.room)
        path = batch / template.file_name(unit, number)
        template.write(path, random.Random(seed * 1_000_003 + number), unit)
        counts[template.ending[1:]] = counts.get(template.ending[1:], 0) + 1
        bytes_in_all += path.stat().st_size
    return {"files": files, "seed": seed, "formats": dict(sorted(counts.items())), "bytes": bytes_in_all}


class Stems:
    """Places of three characters before the kind of place, each given out once."""

    def __init__(self, rng):
        self.left = [a + b + c for a in FIRST for b in SECOND for c in SECOND if b != c]
        rng.shuffle(self.left)

    def take(self):
        return self.left.pop()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2020)
    options = parser.parse_args()
    if os.path.exists(options.folder) and os.listdir(options.folder):
        parser.error(f"{options.folder} is not empty")
    print(json.dumps(generate(options.folder, options.files, options.seed), ensure_ascii=False))


if __name__ == "__main__":
    main()
