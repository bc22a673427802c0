#!/usr/bin/env python3
"""Makes the archive that a bureau gets: the program for Windows, its first page, its guides, the samples and the licences.

    python3 tests/package/make.py FUHE.EXE FOLDER

Writes FOLDER/fuhe-VERSION-windows-x64.zip and beside it its checksum, as `sha256sum -c` and `certutil -hashfile` know it. The same
program gives the same bytes. A program without its icon, version and manifest is refused.
"""
import hashlib
import json
import pathlib
import subprocess
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGET = "x86_64-pc-windows-gnu"
# The earliest moment that the format knows.
MOMENT = (1980, 1, 1, 0, 0, 0)


def metadata():
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", TARGET]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)


def linked(known):
    """The packages whose code is in the program, this one left out, by name and version."""
    packages = {package["id"]: package for package in known["packages"]}
    nodes = {node["id"]: node for node in known["resolve"]["nodes"]}
    seen, waiting = set(), [known["resolve"]["root"]]
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        for dependency in nodes[at]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                waiting.append(dependency["pkg"])
    seen.discard(known["resolve"]["root"])
    return sorted((packages[at] for at in seen), key=lambda package: (package["name"], package["version"]))


def texts_of(package):
    """The texts of a package's licences, as its authors wrote them."""
    folder = pathlib.Path(package["manifest_path"]).parent
    wanted = ("license", "licence", "copying", "notice", "unlicense", "copyright")
    files = [path for path in folder.iterdir() if path.is_file() and path.name.lower().startswith(wanted)]
    return [path.read_text(encoding="utf-8", errors="replace").strip() for path in sorted(files)]


def licences(packages):
    """The list of all licences, and behind it every text of theirs once, with those that it is of."""
    lines = ["本程序（MIT 许可）：", "", (ROOT / "LICENSE").read_text(encoding="utf-8").strip(), "",
             f"程序中含有以下 {len(packages)} 个开源组件，以及 Rust 标准库（MIT OR Apache-2.0，https://www.rust-lang.org）：", ""]
    texts = {}
    for package in packages:
        name = f"{package['name']} {package['version']}"
        if not package["license"]:
            sys.exit(f"{name} names no licence")
        lines.append(f"{name}  {package['license']}  {package['repository'] or ''}".rstrip())
        for text in texts_of(package):
            texts.setdefault(text, []).append(name)
    for text, names in texts.items():
        lines += ["", "-" * 72, "、".join(names), "-" * 72, "", text]
    return "\n".join(lines) + "\n"


def for_notepad(text):
    """A text as every Notepad shows it."""
    return b"\xef\xbb\xbf" + text.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8")


def chinese_half_of_the_readme():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return "# 复核（fuhe）\n\n" + text.split("\n## 中文说明\n", 1)[1].strip() + "\n"


def contents(program, version, packages):
    for part in (b"<longPathAware", b"activeCodePage", "复核 fuhe".encode("utf-16-le")):
        if part not in program:
            sys.exit("the program has no icon, version and manifest: it was built where no resource compiler was at hand")
    page = (ROOT / "tests/package/first_page.txt").read_text(encoding="utf-8").replace("{version}", version)
    yield "先看这里.txt", for_notepad(page)
    yield "fuhe.exe", program
    yield "使用说明.md", for_notepad(chinese_half_of_the_readme())
    yield "编写规则.md", for_notepad((ROOT / "src/rulebook/GUIDE.md").read_text(encoding="utf-8"))
    yield "补充词库.md", for_notepad((ROOT / "src/vocabulary/GUIDE.md").read_text(encoding="utf-8"))
    yield "许可.txt", for_notepad(licences(packages))
    for path in sorted((ROOT / "samples").rglob("*")):
        if path.is_file():
            yield path.relative_to(ROOT).as_posix(), path.read_bytes()


def main():
    program, folder = pathlib.Path(sys.argv[1]).read_bytes(), pathlib.Path(sys.argv[2])
    known = metadata()
    version = next(one["version"] for one in known["packages"] if one["id"] == known["resolve"]["root"])
    name = f"fuhe-{version}-windows-x64"
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / f"{name}.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path, content in contents(program, version, linked(known)):
            entry = zipfile.ZipInfo(f"{name}/{path}", MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, content)
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    (folder / f"{archive.name}.sha256").write_text(f"{digest}  {archive.name}\n")
    print(f"{archive} ({archive.stat().st_size / 1e6:.1f} MB), SHA-256 {digest}")


main()
