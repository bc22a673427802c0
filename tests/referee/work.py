"""Referee: a batch is worked to the end in its audit workbook, as an official would, and everything typed comes back.

    python3 tests/referee/work.py FUHE WORKBOOKS

FUHE is the program, WORKBOOKS a folder of submissions. With openpyxl every open row of 核定表 is decided, facts and evidence are
entered in the working papers and in 待补材料, papers are signed, departments are told. Then

- LibreOffice recalculates the typed workbook: every 核定总分 of 总览 is final, and what it shows is what the next run stores;
- the next run keeps every entry, computes with the facts, and LibreOffice finds no formula of it that differs;
- the runs after that give the same lines, the same entries, and from the third on the same bytes;
- a score above the points, pasted past the drop-down, is counted as 核定分无效 and keeps its row open;
- with a department renamed, one removed and one added nothing typed is lost;
- the workbook of another batch is refused.

Needs openpyxl and soffice. Exit code 0: all holds; 1: something does not.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

HERE = Path(__file__).parent
OPEN = ("待核定", "依据已变", "核定分无效")
SHEET_ENTRIES = {"核定表": ("核定分", "核定理由", "复核人", "核定日期", "处理状态"), "待补材料": ("材料状态", "核定值", "收到的材料", "复核人")}
PAPER_ENTRIES = ("核定值", "收到的材料", "编制人", "编制日期", "复核人", "复核日期")


def run(fuhe, folder, out, *more, code=(0, 3)):
    environment = dict(os.environ, SOURCE_DATE_EPOCH="1700000000")
    done = subprocess.run(
        [fuhe, folder, "-o", out, "--jsonl", out.with_suffix(".jsonl"), *more, "--force"],
        capture_output=True, text=True, env=environment,
    )
    assert done.returncode in code, (done.returncode, done.stderr)
    return done.stderr


def blocks(sheet, head):
    """Every row of headings that has this one and 识别码: its row, and the column of each heading."""
    for row in sheet.iter_rows():
        names = {cell.value: cell.column for cell in row if isinstance(cell.value, str)}
        if head in names and "识别码" in names:
            yield row[0].row, names


def block(sheet, head):
    return next(blocks(sheet, head))


def type_everything(path, wrong=0):
    """An entry in every open place; `wrong` rows get a score above their points."""
    book, shown = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    typed = {"rows": 0, "facts": 0, "asked": 0, "signed": 0, "told": 0}
    sheet, cells = book["核定表"], shown["核定表"]
    at, names = block(cells, "核定分")
    for row in range(at + 1, cells.max_row + 1):
        value = lambda head: cells.cell(row, names[head]).value
        put = lambda head, entry: setattr(sheet.cell(row, names[head]), "value", entry)
        if value("办理情况") not in OPEN:
            continue
        number = lambda head: value(head) if isinstance(value(head), (int, float)) else None
        if number("拟定分") is not None and row % 3 == 0 and typed["rows"] >= wrong:
            put("处理状态", "已确认")
        else:
            bounds = [bound for bound in (number("自评分"), number("最高得分")) if bound is not None]
            points = number("拟定分") if number("拟定分") is not None else max(0, min(bounds or [0]))
            put("核定分", 99999 if typed["rows"] < wrong else points)
            put("处理状态", "申诉成立")
        put("核定理由", f"经核对第{row}行凭证，予以核定")
        put("复核人", "李四")
        put("核定日期", "2026-11-30")
        typed["rows"] += 1
    for name in [name for name in book.sheetnames if name.startswith("底稿")]:
        sheet, cells = book[name], shown[name]
        for at, names in blocks(cells, "收到的材料"):
            for row in range(at + 1, cells.max_row + 1):
                key = str(cells.cell(row, names["识别码"]).value or "")
                missing = any(cells.cell(row, column).value == "未提供" for column in range(1, 12))
                if key.startswith("f") and missing and row % 2:
                    sheet.cell(row, names["核定值"]).value = 1 if cells.cell(row, names["单位"]).value else "是"
                    sheet.cell(row, names["收到的材料"]).value = "补交材料"
                    typed["facts"] += 1
        for at, names in blocks(cells, "编制人"):
            for head, entry in {"编制人": "王五", "编制日期": "2026-11-20", "复核人": "李四", "复核日期": "2026-11-29"}.items():
                sheet.cell(at + 1, names[head]).value = entry
            typed["signed"] += 1
    sheet, cells = book["待补材料"], shown["待补材料"]
    at, names = block(cells, "材料状态")
    for row in range(at + 1, cells.max_row + 1):
        if row % 2 and cells.cell(row, names["材料状态"]).value:
            sheet.cell(row, names["材料状态"]).value = ("已提供", "退回", "不适用")[row // 2 % 3]
            sheet.cell(row, names["收到的材料"]).value = f"收据{row}"
            typed["asked"] += 1
    sheet, cells = book["复核进度"], shown["复核进度"]
    at, names = block(cells, "反馈日期")
    for row in range(at + 1, cells.max_row + 1, 2):
        if cells.cell(row, names["识别码"]).value:
            sheet.cell(row, names["反馈日期"]).value = "2026-12-01"
            typed["told"] += 1
    book.save(path)
    return typed


def write_beside(path):
    """Notes where no entry is asked for: beside every sheet's own cells, and in a sheet that a person added."""
    book = openpyxl.load_workbook(path)
    notes = []
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            notes.append(f"旁注：{sheet.title}")
            sheet.cell(2, sheet.max_column + 2).value = notes[-1]
    notes += ["会商记录第一条", "会商记录第二条"]
    added = book.create_sheet("会商记录")
    added["A1"], added["B4"] = notes[-2:]
    book.save(path)
    return notes


def entries(path):
    """Everything that stands in a place for entries, by the second half of the row's key: the file and the item."""
    book = openpyxl.load_workbook(path, data_only=True)
    found = {}
    for name in book.sheetnames:
        heads = PAPER_ENTRIES if name.startswith("底稿") else SHEET_ENTRIES.get(name, ())
        sheet = book[name]
        listed = {at: names for head in heads for at, names in blocks(sheet, head)}
        for at, names in listed.items():
            below = [row for row in listed if row > at]
            for row in range(at + 1, min(below, default=sheet.max_row + 1)):
                key = sheet.cell(row, names["识别码"]).value
                if not key or "-" not in str(key):
                    continue
                for head in heads:
                    value = sheet.cell(row, names[head]).value if head in names else None
                    if value not in (None, "", "待核实", "待提供"):
                        found[(key[0] + key.split("-")[1], head)] = str(value)
    return found


def overview(path):
    book = openpyxl.load_workbook(path, data_only=True)
    found = {}
    for name in ("总览", "项目总览"):
        if name not in book.sheetnames:
            continue
        sheet = book[name]
        for row in sheet.iter_rows():
            names = {cell.value: cell.column for cell in row if isinstance(cell.value, str)}
            if "核定总分" in names:
                break
        for line in range(row[0].row + 1, sheet.max_row + 1):
            if isinstance(sheet.cell(line, 1).value, int):
                heads = ("未结事项", "核定总分", "核定等级", "最高可认定分", "已核实分", "多计")
                number = lambda value: round(value, 6) if isinstance(value, float) else value or None
                found[(name, sheet.cell(line, 2).value)] = [number(sheet.cell(line, names[head]).value) for head in heads]
    return found


def recalculated(path, folder):
    profile = (folder / "office").as_uri()
    out = folder / "recalculated"
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx", "--outdir", out, path],
        check=True, capture_output=True, timeout=600,
    )
    return out / path.name


def agree(path):
    done = subprocess.run([sys.executable, HERE / "recalculate.py", path], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:]


def kept(path):
    book = openpyxl.load_workbook(path, data_only=True)
    if "以前的记录" not in book.sheetnames:
        return []
    return [[str(cell) for cell in row if cell is not None] for row in book["以前的记录"].iter_rows(min_row=3, values_only=True)]


def work_to_the_end(fuhe, workbooks, folder):
    out = folder / "audit.xlsx"
    run(fuhe, workbooks, out)
    assert any(isinstance(values[1], str) for values in overview(out).values()), "nothing to work on"
    typed = type_everything(out)
    assert all(typed.values()), typed
    notes = write_beside(out)
    before = entries(out)
    live = overview(recalculated(out, folder))
    assert all(isinstance(values[1], (int, float)) for values in live.values()), live
    run(fuhe, workbooks, out)
    now = overview(out)
    assert now == live, {key: (live.get(key), now[key]) for key in now if live.get(key) != now[key]}
    after = entries(out)
    lost = {key: value for key, value in before.items() if after.get(key) != value}
    assert not lost, lost
    missing = [note for note in notes if not any(note in cell for row in kept(out) for cell in row)]
    assert not missing, missing
    # A spreadsheet program that only saves the workbook adds nothing.
    saved = folder / "saved.xlsx"
    shutil.copy(recalculated(out, folder), saved)
    run(fuhe, workbooks, folder / "again.xlsx", "--carry", saved)
    assert kept(folder / "again.xlsx") == kept(out), (kept(folder / "again.xlsx"), kept(out))
    agree(out)
    lines, values = out.with_suffix(".jsonl").read_bytes(), overview(out)
    run(fuhe, workbooks, out)
    assert out.with_suffix(".jsonl").read_bytes() == lines
    assert entries(out) == after and overview(out) == values
    # What was new in the second run is not in the third: from then on not a byte changes.
    third = out.read_bytes()
    run(fuhe, workbooks, out)
    assert out.read_bytes() == third, "a run without anything typed changes the workbook"
    print(f"worked to the end: {typed}, {len(before)} entries, {len(notes)} notes beside them, {len(now)} totals final")
    return out


def refuse_a_wrong_score(fuhe, workbooks, folder):
    out = folder / "wrong.xlsx"
    run(fuhe, workbooks, out)
    type_everything(out, wrong=3)
    recalculation = recalculated(out, folder)
    for path in (recalculation, out):
        if path == out:
            run(fuhe, workbooks, out)
        book = openpyxl.load_workbook(path, data_only=True)
        at, names = block(book["核定表"], "核定分")
        states = [book["核定表"].cell(row, names["办理情况"]).value for row in range(at + 1, book["核定表"].max_row + 1)]
        assert states.count("核定分无效") == 3, (path, states.count("核定分无效"))
        assert any(isinstance(values[1], str) for values in overview(path).values())
    agree(out)
    print("a score above the points keeps its row open")


def rename_remove_and_add(fuhe, workbooks, folder):
    moved = folder / "moved"
    shutil.copytree(workbooks, moved)
    cards = sorted(moved.glob("*.xlsx"))
    away = folder / "away"
    away.mkdir()
    shutil.move(cards[0], away / cards[0].name)
    out = folder / "moved.xlsx"
    run(fuhe, moved, out)
    type_everything(out)
    before = entries(out)
    # One department more, one fewer, one under another file name.
    shutil.move(away / cards[0].name, moved / cards[0].name)
    shutil.move(cards[1], away / cards[1].name)
    cards[2].rename(cards[2].with_name(f"重报-{cards[2].name}"))
    run(fuhe, moved, out)
    text = [cell for row in kept(out) for cell in row]
    missing = [value for value in before.values() if value.startswith("经核对") and value not in text]
    there = set(entries(out).values())
    lost = [value for value in missing if value not in there]
    assert not lost, lost
    assert any(row and "本次未报送" in row for row in kept(out)), kept(out)[:3]
    # It is there again: so are its entries.
    shutil.move(away / cards[1].name, cards[1])
    run(fuhe, moved, out)
    again = set(entries(out).values())
    lost = [value for value in before.values() if value.startswith("经核对") and value not in again]
    assert not lost, lost
    print("renamed, removed and added: nothing is lost")


def refuse_another_batch(fuhe, workbooks, folder):
    other = folder / "other"
    other.mkdir()
    shutil.copy(Path(workbooks) / sorted(path.name for path in Path(workbooks).glob("*.xlsx"))[0], other)
    first = folder / "first.xlsx"
    run(fuhe, other, first)
    alone = folder / "alone"
    alone.mkdir()
    names = sorted(path.name for path in Path(workbooks).glob("*.xlsx"))
    shutil.copy(Path(workbooks) / names[-1], alone)
    said = run(fuhe, alone, folder / "new.xlsx", "--carry", first, code=(2,))
    assert "另一批" in said, said
    assert not (folder / "new.xlsx").exists()
    print("the workbook of another batch is refused")


def main():
    fuhe, workbooks = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        work_to_the_end(fuhe, workbooks, folder)
        refuse_a_wrong_score(fuhe, workbooks, folder)
        rename_remove_and_add(fuhe, workbooks, folder)
        refuse_another_batch(fuhe, workbooks, folder)


if __name__ == "__main__":
    main()
