"""Referee: entries typed into an audit workbook come back in the next run, whatever program saved them.

    python3 tests/referee/carry.py FUHE WORKBOOKS

FUHE is the program, WORKBOOKS a folder of submissions. Types into 核定表 and 差异清单 with openpyxl, as a person would, saves it
(once as it is, once re-saved by LibreOffice as .xlsx, .xls and .ods, once with the rows sorted and the columns moved),
runs again and compares every entry by the row's key; then takes a submission away and checks that nothing is lost, and
that it comes back. Needs openpyxl and soffice.
"""

import shutil
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

import openpyxl

LIST, DECISIONS, KEPT = "差异清单", "核定表", "以前的记录"
STATES = ["已确认", "部门已更正", "申诉成立", "申诉不成立", "待核实"]
TYPED = ["处理状态", "核定分", "核定理由", "复核人", "备注"]


def run(fuhe, *arguments, code=(0, 3)):
    done = subprocess.run([fuhe, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode in code, (done.returncode, done.stderr)
    return done.stderr


def heading(sheet):
    for row in sheet.iter_rows(min_row=1, max_row=60):
        names = {cell.value: cell.column for cell in row if isinstance(cell.value, str)}
        if "识别码" in names and "处理状态" in names:
            return row[0].row, names
    raise AssertionError(f"no headings in {sheet.title}")


def rows(book, name):
    """Every row of a list: its key, and what stands under each heading."""
    if name not in book.sheetnames:
        return []
    sheet = book[name]
    at, names = heading(sheet)
    found = []
    for row in range(at + 1, sheet.max_row + 1):
        values = {head: sheet.cell(row, column).value for head, column in names.items()}
        if values["识别码"] or any(values.get(head) for head in TYPED):
            found.append(values)
    return found


def as_text(value):
    if value is None:
        return ""
    try:
        return format(Decimal(str(value)).normalize(), "f")
    except ArithmeticError:
        return str(value)


def entries(row):
    typed = [as_text(row.get(head)) for head in TYPED]
    return tuple("" if head == "处理状态" and value == "待核实" else value for head, value in zip(TYPED, typed))


def all_entries(book):
    """Everything typed, wherever it stands, as a sorted list. A department's name, not its file, makes a row of 核定表 the same."""
    everything = []
    for name in (LIST, DECISIONS, KEPT):
        # What a score's row of 差异清单 shows stands in 核定表.
        own = [row for row in rows(book, name) if not row.get("核定表行次")]
        everything += [((row["识别码"] or "").split("-")[0], entries(row)) for row in own]
    return sorted((key, typed) for key, typed in everything if any(typed))


def type_into(path):
    """Something different into every row; numbers, words, line breaks, formula look-alikes, nothing."""
    book = openpyxl.load_workbook(path)
    for name in (LIST, DECISIONS):
        sheet = book[name]
        at, names = heading(sheet)
        for number, row in enumerate(range(at + 1, sheet.max_row + 1)):
            put = lambda head, value: setattr(sheet.cell(row, names[head]), "value", value)
            if name == LIST and sheet.cell(row, names["核定表行次"]).value:
                continue
            if not sheet.cell(row, names["识别码"]).value or number % 7 == 6 or (name == DECISIONS and number % 3):
                continue
            put("处理状态", STATES[number % 5])
            if name == DECISIONS and number % 2:
                put("核定分", [2, 1.5, 0.25, 0][number % 4])
            put("核定理由", f"第{number}条：经核对原始凭证，\n同意部门说明“<甲&乙>”")
            if number % 2:
                put("复核人", "张三")
            put("备注", [None, "补交了2020年决算", "100", "k=1+1", 20200301][number % 5])
    book.save(path)


def expected_totals(book):
    """最高可认定分 of each department, and what the rows of 核定表 add up to."""
    sheet = book["总览"]
    for row in sheet.iter_rows():
        names = {cell.value: cell.column for cell in row if isinstance(cell.value, str)}
        if "核定总分" in names:
            break
    totals, grants = {}, {}
    for values in rows(book, DECISIONS):
        number = values["部门序号"]
        grants[number] = grants.get(number, Decimal(0)) + Decimal(str(values["最高可认定"]))
    for line in range(row[0].row + 1, sheet.max_row + 1):
        number = sheet.cell(line, 1).value
        if isinstance(number, int):
            totals[number] = (grants[number], Decimal(str(sheet.cell(line, names["最高可认定分"]).value)))
    return totals


def convert(path, ending, folder):
    profile = (folder / "office").as_uri()
    filters = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97", "ods": "ods"}
    out = folder / f"saved-{ending}"
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", filters[ending], "--outdir", out, path],
        check=True, capture_output=True, timeout=300,
    )
    return out / f"{path.stem}.{ending}"


def shuffled(path, folder):
    """Rows sorted by the remark, the columns in another order, a column and a line of the reviewer's own, a filter."""
    book = openpyxl.load_workbook(path)
    for name in (LIST, DECISIONS):
        sheet = book[name]
        at, names = heading(sheet)
        order = sorted(names, key=lambda head: (head[::-1], head))
        lines = [[sheet.cell(row, names[head]).value for head in order] for row in range(at + 1, sheet.max_row + 1)]
        lines.sort(key=lambda line: str(line[order.index("备注")]))
        title = book.create_sheet(f"{name}（已排序）", 0)
        title.append([None, "我的抬头"])
        title.append([None, "经办意见"] + order)
        for number, line in enumerate(lines):
            title.append([None, f"意见{number}" if number == 3 and name == LIST else None] + line)
        for row in title.iter_rows(min_row=3):
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    cell.value = None
        del book[name]
    moved = folder / "moved.xlsx"
    book.save(moved)
    return moved


def compare(typed, path, what):
    again = openpyxl.load_workbook(path, data_only=True)
    now = all_entries(again)
    missing = [entry for entry in typed if entry not in now]
    assert not missing and len(now) == len(typed), (what, missing[:3], len(now), len(typed))
    for number, (wanted, stored) in expected_totals(again).items():
        assert wanted == stored, (what, number, wanted, stored)
    return again


def main():
    fuhe, workbooks = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        given, audit = folder / "报送", folder / "复核.xlsx"
        shutil.copytree(workbooks, given)
        run(fuhe, given, "-o", audit)
        type_into(audit)
        typed = all_entries(openpyxl.load_workbook(audit))
        assert len(typed) > 20, "too few rows to type into"
        kept = folder / "typed.xlsx"
        shutil.copy(audit, kept)

        run(fuhe, given, "-o", audit)
        again = compare(typed, audit, "replaced in place")
        assert KEPT not in again.sheetnames and not any(row["变化"] for row in rows(again, LIST))
        for number, old in enumerate([convert(kept, "xlsx", folder), convert(kept, "xls", folder), convert(kept, "ods", folder)]):
            new = folder / f"from-{number}.xlsx"
            run(fuhe, given, "--carry", old, "-o", new)
            compare(typed, new, old.name)

        new = folder / "from-moved.xlsx"
        run(fuhe, given, "--carry", shuffled(kept, folder), "-o", new)
        moved = compare(typed, new, "sorted and moved")
        beside = [row for row in rows(moved, KEPT) if row["变化"] == "另记"]
        assert [row["其他内容"] for row in beside] == ["经办意见：意见3"], beside

        gone = sorted(given.rglob("*.xlsx"))[0]
        away = folder / gone.name
        shutil.move(gone, away)
        run(fuhe, given, "-o", audit)
        without = compare(typed, audit, "a submission taken away")
        lost = [row for row in rows(without, KEPT) if row["变化"] == "本次未报送"]
        assert lost, "its findings are listed as those of a department that is not there"
        run(fuhe, given, "-o", audit)
        compare(typed, audit, "kept once more")
        shutil.move(away, gone.with_name("改名重报.xlsx"))
        run(fuhe, given, "-o", audit)
        back = compare(typed, audit, "it came back under another name")
        assert KEPT not in back.sheetnames, "its entries stand in the list again"

        spoilt = folder / "spoilt.xlsx"
        spoilt.write_bytes(kept.read_bytes()[:5000])
        said = run(fuhe, given, "--carry", spoilt, "-o", folder / "none.xlsx", code=(2,))
        assert "spoilt.xlsx" in said and not (folder / "none.xlsx").exists(), said
        print(f"{len(typed)} entries came back after openpyxl, LibreOffice (xlsx, xls, ods), sorting, moving, losing and finding a submission")


if __name__ == "__main__":
    main()
