#!/usr/bin/env python3
"""Referee: one file costs one line, whatever stands in any of its cells.

    odd_values.py FUHE [--files N] [--seed S] [--keep FOLDER]

Odd values are typed into filled workbooks of both forms: into every cell of every sample in turn, as .xlsx, .xlsm, .xlsb, .xls, .et
and .ods, sometimes into a second and a third cell too. Each file must have its lines, and no line may say that the program failed, took too
long or contradicts itself; a good workbook in the midst keeps its line; and the lines, stored, must come out again when
`fuhe report` computes them anew. What breaks that stays in the folder that --keep names.
"""
import argparse
import io
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import zipfile
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import xlwt
from openpyxl.utils import get_column_letter

import xlsb as biff12

HERE = pathlib.Path(__file__).resolve().parents[2]
FORMS = sorted((HERE / "samples").glob("*/*.xlsx"))
BATCH = 250
# What only the program itself can be to blame for.
OURS = {"reader-failed", "timed-out", "self-check-failed", "io-error"}


class Error(str):
    """An error value of a cell."""


class Percent(float):
    """A number under a percentage format."""


class Day(float):
    """A number under a date format."""


NUMBERS = [
    0, -0.0, 1, -1, 5, 16.667, 3.125, 16.664, 0.005, 0.0049999, 99.995, 100.005, 1 / 3, 0.1 + 0.2, 1e-300, 5e-324, 1e-28,
    1e-29, 1e15 + 0.5, 123456789012345678, 7.9228162514264337e28, 7.92281625142644e28, 1e29, 1e100, 1e300, 1.7976931348623157e308,
    -1e-300, -1e29, -1e300, 2958466, 2147483648, 4294967296, 9007199254740993, 60, 43831.5,
]
TEXTS = [
    " ", "\u3000", "\u200b", "\ufeff", "-", "—", "/", "//", "…", "？", "1/0", "0/0", "5/5", "5/0", "5/6/7", "1e400", "1E+06", "-1e-400",
    "∞", "NaN", "１２．５", "十二", "一百零", "两成", "½", "²", "Ⅷ", "㈠", "①", "5①", "١٢٣", "−5", "5-", "-5%", "+", "++5", "1 000", "1'000",
    "1,2,3.4.5", "1，5", "1．5", ".", ".5", "5.", "0x1F", "100%%", "％", "%", "1‰", "99.999999999999999999999999999999%",
    "79228162514264337593543950335", "79228162514264337593543950336", "-79228162514264337593543950335", "0." + "0" * 40 + "1",
    "9" * 400, "10万", "10亿元", "3千万元人民币", "1万亿亿亿亿亿亿元", "≥", "≤≥5", "≥95%", "5～", "～5", "9～5", "1-2-3", "95%-98%", ">=<", "＞90",
    "（", "）（", "(((((", "5（", "（5分）", "20分", "分", "扣1分，得2分", "3-1=2", "1+1+1", "1" + "+1" * 300, "6（见附件3）", "是", "否", "是/否", "是（无）",
    "不适用", "无", "见附件", "同上", "达成", "优", "部分达成预期指标并具有一定效果", "□是 ☑否", "☑是 ☑否", "2020-02-30", "2020年13月", "0年", "99999年", "二〇二〇年",
    "#REF!", "#DIV/0!", "TRUE", "=1/0", "'5", "<b>&amp;</b>", "]]>", "{{7*7}}", "{0}", "%s%n", "\\", "\"", "$", "\t", "甲\n乙\r\n丙", "\u202e55", "𠀀", "👍",
    "e\u0301", "ﬁ", "合计", "总分", "小计", "自评得分", "指标值", "全年预算数", "项目名称", "编制数：143人", "字" * 5000, "a" * 32000,
]
ERRORS = [Error(text) for text in ("#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NUM!", "#VALUE!", "#NULL!")]
ODD = NUMBERS + TEXTS + ERRORS + [True, False, None, Percent(0.95), Percent(1e300), Percent(-0.5), Day(43831), Day(1e12), Day(-1)]
CODES = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#NUM!": 0x24, "#N/A": 0x2A}


def sheets_of(path):
    """[(name, {(row, column): value}, merges)] from 0."""
    book = openpyxl.load_workbook(path, data_only=True)
    found = []
    for sheet in book.worksheets:
        cells = {}
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and not isinstance(cell, openpyxl.cell.cell.MergedCell):
                    value = cell.value
                    if not isinstance(value, (int, float, str, bool)):
                        value = str(value)
                    is_share = "%" in (cell.number_format or "") and isinstance(value, (int, float))
                    cells[cell.row - 1, cell.column - 1] = Percent(value) if is_share else value
        merges = [(a.min_row - 1, a.min_col - 1, a.max_row - 1, a.max_col - 1) for a in sheet.merged_cells.ranges]
        found.append((sheet.title, cells, merges))
    return found


def xml(text):
    """Text that XML can hold."""
    return escape("".join(c for c in text if c in "\t\n\r" or " " <= c and c not in "\ufffe\uffff"))


def xlsx(sheets):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as pack:
        def put(name, text):
            pack.writestr(name, "<?xml version='1.0' encoding='UTF-8'?>" + text)
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        put("_rels/.rels", f"<Relationships xmlns='{package}'><Relationship Id='r' Type='{office}/officeDocument' Target='xl/workbook.xml'/></Relationships>")
        listed = "".join(f"<sheet name={quoteattr(name)} sheetId='{n}' r:id='r{n}'/>" for n, (name, *_) in enumerate(sheets, 1))
        put("xl/workbook.xml", f"<workbook xmlns='{main}' xmlns:r='{office}'><sheets>{listed}</sheets></workbook>")
        links = "".join(f"<Relationship Id='r{n}' Type='{office}/worksheet' Target='worksheets/sheet{n}.xml'/>" for n in range(1, len(sheets) + 1))
        put("xl/_rels/workbook.xml.rels", f"<Relationships xmlns='{package}'>{links}<Relationship Id='s' Type='{office}/styles' Target='styles.xml'/></Relationships>")
        put("xl/styles.xml", f"<styleSheet xmlns='{main}'><cellXfs><xf numFmtId='0'/><xf numFmtId='10'/><xf numFmtId='14'/></cellXfs></styleSheet>")
        for n, (_, cells, merges) in enumerate(sheets, 1):
            rows = {}
            for (row, column), value in sorted(cells.items()):
                at = f"{get_column_letter(column + 1)}{row + 1}"
                match value:
                    case bool():
                        text = f"<c r='{at}' t='b'><v>{int(value)}</v></c>"
                    case Error():
                        text = f"<c r='{at}' t='e'><v>{value}</v></c>"
                    case int() | float():
                        style = 1 if isinstance(value, Percent) else 2 if isinstance(value, Day) else 0
                        text = f"<c r='{at}' s='{style}'><v>{float(value)!r}</v></c>"
                    case None:
                        continue
                    case _:
                        text = f"<c r='{at}' t='inlineStr'><is><t xml:space='preserve'>{xml(value)}</t></is></c>"
                rows.setdefault(row, []).append(text)
            body = "".join(f"<row r='{row + 1}'>{''.join(row_cells)}</row>" for row, row_cells in rows.items())
            joined = "".join(f"<mergeCell ref='{get_column_letter(b + 1)}{a + 1}:{get_column_letter(d + 1)}{c + 1}'/>" for a, b, c, d in merges)
            joined = f"<mergeCells>{joined}</mergeCells>" if joined else ""
            put(f"xl/worksheets/sheet{n}.xml", f"<worksheet xmlns='{main}'><sheetData>{body}</sheetData>{joined}</worksheet>")
    return out.getvalue()


def ods(sheets):
    def cell(value, spans):
        match value:
            case bool():
                return f"<table:table-cell{spans} office:value-type='boolean' office:boolean-value='{str(value).lower()}'/>"
            case int() | float():
                kind = "percentage" if isinstance(value, Percent) else "float"
                return f"<table:table-cell{spans} office:value-type='{kind}' office:value='{float(value)!r}'/>"
            case None:
                return f"<table:table-cell{spans}/>"
            case _:
                return f"<table:table-cell{spans} office:value-type='string'><text:p>{xml(value)}</text:p></table:table-cell>"
    tables = []
    for name, cells, merges in sheets:
        first = {(a, b): (c - a + 1, d - b + 1) for a, b, c, d in merges}
        lines, last = [], max((row for row, _ in cells), default=0)
        for row in range(last + 1):
            width = max((column for at, column in cells if at == row), default=-1)
            line = ""
            for column in range(width + 1):
                tall, wide = first.get((row, column), (1, 1))
                spans = f" table:number-rows-spanned='{tall}' table:number-columns-spanned='{wide}'" if (tall, wide) != (1, 1) else ""
                line += cell(cells.get((row, column)), spans)
            lines.append(f"<table:table-row>{line or '<table:table-cell/>'}</table:table-row>")
        tables.append(f"<table:table table:name={quoteattr(name)}>{''.join(lines)}</table:table>")
    urn = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (f"<?xml version='1.0' encoding='UTF-8'?><office:document-content xmlns:office='{urn}office:1.0' xmlns:table='{urn}table:1.0' "
               f"xmlns:text='{urn}text:1.0' office:version='1.2'><office:body><office:spreadsheet>{''.join(tables)}"
               "</office:spreadsheet></office:body></office:document-content>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as pack:
        pack.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        pack.writestr("content.xml", content)
    return out.getvalue()


def xls(sheets):
    book = xlwt.Workbook(encoding="utf-8")
    styles = {Percent: xlwt.easyxf(num_format_str="0.00%"), Day: xlwt.easyxf(num_format_str="yyyy-mm-dd")}
    plain = xlwt.Style.default_style
    for name, cells, merges in sheets:
        sheet = book.add_sheet(name[:31], cell_overwrite_ok=True)
        for area in merges:
            sheet.merge(area[0], area[2], area[1], area[3])
        for (row, column), value in cells.items():
            match value:
                case None:
                    continue
                case Error():
                    sheet.row(row).set_cell_error(column, CODES[value])
                case str():
                    sheet.write(row, column, value[:32767].replace("\0", ""))
                case _:
                    sheet.write(row, column, value if isinstance(value, bool) else float(value) if isinstance(value, float) else value,
                                styles.get(type(value), plain))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsb(sheets):
    def stored(value):
        style = 1 if isinstance(value, Percent) else 2 if isinstance(value, Day) else 0
        return (value, style, CODES[value] if isinstance(value, Error) else None)
    books = [(name, {place: stored(value) for place, value in cells.items() if value is not None}, merges) for name, cells, merges in sheets]
    return biff12.book(books, (0, 10, 14))


def xlsm(sheets):
    """With macros: another kind of content, and a part that nobody may run."""
    out = io.BytesIO(xlsx(sheets))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as pack:
        kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
        pack.writestr("[Content_Types].xml", "<?xml version='1.0' encoding='UTF-8'?><Types xmlns='http://schemas.openxmlformats.org/package/"
                      "2006/content-types'><Default Extension='bin' ContentType='application/vnd.ms-office.vbaProject'/><Default "
                      "Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/><Default Extension='xml' "
                      f"ContentType='application/xml'/><Override PartName='/xl/workbook.xml' ContentType='{kind}'/></Types>")
        pack.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    return out.getvalue()


# A file of WPS Spreadsheets (.et) is an .xls.
WRITERS = {"xlsx": xlsx, "xlsm": xlsm, "xlsb": xlsb, "xls": xls, "et": xls, "ods": ods}
# How often each is made: as they come in.
SHARES = ("xlsx",) * 6 + ("xls",) * 3 + ("ods",) * 3 + ("xlsb",) * 2 + ("xlsm", "et")


def variants(seed):
    """(name, what was typed, bytes), every cell of every sample in turn, without an end."""
    chance = random.Random(seed)
    samples = [(path, sheets_of(path)) for path in FORMS]
    places = [(at, number, place) for at, (_, sheets) in enumerate(samples) for number, (_, cells, _) in enumerate(sheets) for place in cells]
    while True:
        chance.shuffle(places)
        for at, number, place in places:
            path, sheets = samples[at]
            changed = [(name, dict(cells), merges) for name, cells, merges in sheets]
            typed = []
            for _ in range(chance.choice((1, 1, 1, 2, 3))):
                value = chance.choice(ODD)
                changed[number][1][place] = value
                typed.append(f"{changed[number][0]}!{get_column_letter(place[1] + 1)}{place[0] + 1} {value!r}"[:200])
                number = chance.randrange(len(changed))
                place = chance.choice(list(changed[number][1]) or [(0, 0)])
            kind = chance.choice(SHARES)
            yield f"{path.parent.name[0]}{at:02}.{kind}", "; ".join(typed), WRITERS[kind](changed)


def run(fuhe, *arguments, cwd):
    return subprocess.run([fuhe, *arguments], cwd=cwd, capture_output=True, text=True)


def faults(fuhe, folder, files):
    """What is wrong with the lines of a batch: {file: words}; the batch as a whole is "" there."""
    done = run(fuhe, "in", "--jsonl", "a.jsonl", "--no-workbook", "--force", cwd=folder)
    lines = folder / "a.jsonl"
    if done.returncode not in (0, 3) or not lines.exists():
        return {"": f"code {done.returncode}: {done.stderr[-500:]}"}
    audits = [json.loads(text) for text in lines.read_text(encoding="utf-8").splitlines()]
    wrong = {}
    for audit in audits:
        if audit["status"] == "unread" and audit["problem"]["code"] in OURS:
            wrong[audit["file"]] = f"{audit['problem']['code']}: {audit['problem']['message']}"
    for file in files - {audit["file"] for audit in audits}:
        wrong[file] = "no line"
    again = run(fuhe, "report", "a.jsonl", "--jsonl", "b.jsonl", "--no-workbook", "--force", cwd=folder)
    if again.returncode not in (0, 3):
        wrong[""] = f"report: code {again.returncode}: {again.stderr[-800:]}"
    elif lines.read_bytes() != (folder / "b.jsonl").read_bytes():
        wrong[""] = "report: other lines"
    good = [audit for audit in audits if audit["file"] == "good.xlsx"]
    wrong |= {} if len(good) == 1 and good[0]["seal"] == SEALS.setdefault("good", good[0]["seal"]) else {"good.xlsx": "another line"}
    return wrong


SEALS = {}


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("fuhe")
    asked.add_argument("--files", type=int, default=20_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--keep", type=pathlib.Path, default=pathlib.Path("odd-values-kept"))
    asked = asked.parse_args()
    fuhe = str(pathlib.Path(asked.fuhe).resolve())
    source, made, bad = variants(asked.seed), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        while made < asked.files:
            shutil.rmtree(folder / "in", ignore_errors=True)
            (folder / "in").mkdir()
            shutil.copy(FORMS[-1], folder / "in" / "good.xlsx")
            typed = {"good.xlsx": "nothing"}
            for number in range(made, min(made + BATCH, asked.files)):
                name, what, content = next(source)
                file = f"{number:06}-{name}"
                (folder / "in" / file).write_bytes(content)
                typed[file] = what
            made += len(typed) - 1
            for file, words in faults(fuhe, folder, set(typed)).items():
                bad += 1
                print(f"{file or 'batch'}: {typed.get(file, '')}: {words}", flush=True)
                asked.keep.mkdir(exist_ok=True)
                for kept in [file] if file else typed:
                    shutil.copy(folder / "in" / kept, asked.keep / kept)
    print(f"{made} files, {bad} that cost more than their line")
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
