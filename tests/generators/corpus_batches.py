"""Folders and archives as they arrive: what gets a line, what is named only, what is passed over in silence."""

import json
import shutil
import zipfile
from pathlib import Path

import corpus_book as book_of
from corpus_forms import Case

FIXED = book_of.FIXED
BATCHES = []


def batch(name, covers):
    def register(build):
        BATCHES.append((name, covers, build))
        return build

    return register


class Batch:
    """One batch: the folder `in` that is given to the program, and the lines expected for it."""

    def __init__(self, name, covers, folder):
        self.name, self.covers, self.folder = name, covers, folder / "in"
        self.lines, self.named, self.findings = [], [], []
        self.folder.mkdir(parents=True)

    def place(self, path):
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def bytes(self, path, content):
        self.place(path).write_bytes(content)

    def workbook(self, path, unit, writer=book_of.write_xlsxwriter, **changes):
        target = self.place(path)
        if not target.parent.exists():
            target.parent.mkdir(parents=True)
        write_small(target, unit, writer, **changes)
        self.line(path)

    def line(self, path, status="audited", problem=None):
        self.lines.append({"file": path, "status": status, "problem": problem})

    def find(self, path, code):
        self.findings.append({"file": path, "code": code})

    def expectation(self):
        lines = sorted(self.lines, key=lambda line: line["file"])
        return {"covers": self.covers, "path": "in", "lines": lines, "named": sorted(self.named), "findings": self.findings}


def write_small(path, unit, writer=book_of.write_xlsxwriter, score=None):
    """A scorecard and the four quarters: enough to be audited, small enough for many."""
    case = Case("batch", "", unit)
    if score:
        case.claim("budget_execution", book_score(score), score)
    case.card(cols="l1 l2 l3 points score")
    case.base(ids=["q1_progress", "q2_progress", "q3_progress", "q4_progress", "projects_planned", "projects_finished", "satisfaction"])
    writer(case.book, path)


def book_score(text):
    from decimal import Decimal

    return Decimal(text)


def small_bytes(unit, folder, writer=book_of.write_xlsxwriter, **changes):
    path = Path(folder) / "small.tmp"
    write_small(path, unit, writer, **changes)
    content = path.read_bytes()
    path.unlink()
    return content


class GbkName(zipfile.ZipInfo):
    """An entry whose name is written in GBK without the UTF-8 flag, as Windows archivers in China do."""

    def _encodeFilenameFlags(self):
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def write_zip(path, entries, kind=zipfile.ZipInfo):
    with zipfile.ZipFile(path, "w") as target:
        for name, content in entries:
            info = kind(name, FIXED)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, content)


LOCK = b"\x04Anna" + b" " * 50 + bytes(111)


@batch("nested-folders", "Folders are searched to the bottom; lock files and hidden files are not opened; other files are named, not read")
def _(b):
    b.workbook("滨江市档案馆.xlsx", "滨江市档案馆")
    b.workbook("第一批/云溪区体育局.xls", "云溪区体育局", book_of.write_xlwt)
    b.workbook("第二批/市直/三级 目录/东湖县水务局.ods", "东湖县水务局", book_of.write_odfpy)
    b.bytes("第一批/~$云溪区体育局.xls", LOCK)
    b.bytes("第一批/.隐藏的.xlsx", small_bytes("临川市司法局", b.folder))
    b.bytes("._滨江市档案馆.xlsx", b"\x00\x05\x16\x07" + bytes(60))
    for name, content in (("说明.docx", b"PK\x03\x04 no workbook"), ("第二批/扫描件.pdf", b"%PDF-1.4\n"), ("第二批/压缩.rar", b"Rar!\x1a\x07\x00"), ("联系人.txt", "张三".encode())):
        b.bytes(name, content)
        b.named.append(name)


@batch("zip-with-gbk-names", "Archives of submissions whose entry names are GBK")
def _(b):
    entries = [("第三批/青岚县统计局.xlsx", "青岚县统计局"), ("南屏区气象局.xlsx", "南屏区气象局")]
    content = [(name, small_bytes(unit, b.folder)) for name, unit in entries]
    content += [("第三批/~$青岚县统计局.xlsx", LOCK), ("第三批/填报说明.docx", b"PK\x03\x04 no workbook")]
    write_zip(b.place("报送材料.zip"), content, GbkName)
    for name, _unit in entries:
        b.line(f"报送材料.zip/{name}")
    b.named.append("报送材料.zip/第三批/填报说明.docx")


@batch("zip-with-utf8-names", "Archives whose entry names are UTF-8, beside a workbook; one entry cannot be read")
def _(b):
    b.workbook("北辰市文化馆.xlsx", "北辰市文化馆")
    whole = small_bytes("海陵区图书馆", b.folder)
    write_zip(b.place("子目录/报送.zip"), [("海陵区图书馆.xlsx", whole), ("海陵区审计局.xlsx", whole[: len(whole) // 2]), ("空.xls", b"")])
    b.line("子目录/报送.zip/海陵区图书馆.xlsx")
    b.line("子目录/报送.zip/海陵区审计局.xlsx", "unread", "corrupt-file")
    b.line("子目录/报送.zip/空.xls", "unread", "corrupt-file")


@batch("zip-cut-off", "An archive that is cut off: a line of its own, the other files are audited all the same")
def _(b):
    b.workbook("滨江市林业局.xlsx", "滨江市林业局")
    write_zip(b.place("报送.zip"), [("临川市民政局.xlsx", small_bytes("临川市民政局", b.folder))])
    path = b.place("报送.zip")
    path.write_bytes(path.read_bytes()[:900])
    b.line("报送.zip", "unread", ["corrupt-file", "not-a-workbook"])


@batch("the-same-department-twice", "The same department twice (a draft and a final): both are audited, duplicate-submission names the other file")
def _(b):
    b.workbook("滨江市博物馆（初稿）.xlsx", "滨江市博物馆", score="3")
    b.workbook("滨江市博物馆（定稿）.xlsx", "滨江市博物馆")
    b.workbook("云溪区教育局.xlsx", "云溪区教育局")
    for line in b.lines[:2]:
        b.find(line["file"], "duplicate-submission")


@batch("byte-identical-files", "Byte-identical files are said to be so")
def _(b):
    b.workbook("一/东湖县民政局.xlsx", "东湖县民政局")
    b.workbook("二/东湖县民政局 (副本).xlsx", "东湖县民政局")
    b.workbook("三/青岚县林业局.xls", "青岚县林业局", book_of.write_xlwt)
    for line in b.lines[:2]:
        b.find(line["file"], "duplicate-submission")


@batch("bad-files-among-good", "One clear finding for each bad file, and the other files are audited all the same")
def _(b):
    b.workbook("甲/南屏区信访局.xlsx", "南屏区信访局")
    b.workbook("丁/北辰市审计局.xls", "北辰市审计局", book_of.write_xlwt)
    whole = small_bytes("海陵区民政局", b.folder)
    bad = [
        ("乙/海陵区民政局.xlsx", whole[: len(whole) // 2], "corrupt-file"), ("乙/空文件.xlsx", b"", "corrupt-file"),
        ("丙/导出.xls", "指标,得分\r\n预算执行率,6\r\n".encode("gbk"), "not-a-workbook"),
        ("丙/网页.xls", b"<html><body><table><tr><td>1</td></tr></table></body></html>", "not-a-workbook"),
    ]  # fmt: skip
    for path, content, code in bad:
        b.bytes(path, content)
        b.line(path, "unread", code)


@batch("workbooks-by-content", "A line for every file whose content is a workbook, whatever its name")
def _(b):
    b.workbook("临川市档案馆自评表", "临川市档案馆")
    b.workbook("青岚县体育局.xlsx.bak", "青岚县体育局")
    b.workbook("南屏区水务局.ET", "南屏区水务局", book_of.write_xlwt)
    b.bytes("读我.md", "# 说明".encode())
    b.named.append("读我.md")


@batch("nothing-but-other-files", "No workbook at all: nothing could be done")
def _(b):
    for name, content in (("说明.docx", b"PK\x03\x04 no workbook"), ("扫描件.pdf", b"%PDF-1.4\n")):
        b.bytes(name, content)
        b.named.append(name)


def laid_out(expectation):
    """JSON with one claim, fact or finding a line, so that a difference can be read."""
    lines = []
    for key, value in expectation.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            body = "[\n" + ",\n".join("  " + _dump(item) for item in value) + "\n ]"
        elif isinstance(value, dict) and any(isinstance(v, dict) for v in value.values()):
            body = "{\n" + ",\n".join(f"  {_dump(k)}: {_dump(v)}" for k, v in value.items()) + "\n }"
        else:
            body = _dump(value)
        lines.append(f" {_dump(key)}: {body}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _dump(value):
    return json.dumps(value, ensure_ascii=False)


def write_all(folder):
    shutil.rmtree(folder, ignore_errors=True)
    for name, covers, build in BATCHES:
        made = Batch(name, covers, folder / name)
        build(made)
        (folder / name / "expected.json").write_text(laid_out(made.expectation()), encoding="utf-8")
    print(f"{len(BATCHES)} batches")
