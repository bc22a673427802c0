"""Referee: a batch is worked to the end in its audit workbook, as an official would, and everything typed comes back.

    python3 tests/referee/work.py FUHE WORKBOOKS [--saved-by-openpyxl]
    python3 tests/referee/work.py FUHE --batch 57

FUHE is the program, WORKBOOKS a folder of submissions; `--batch` makes one of so many files instead, from the samples, the corpus and
the generator of the benchmark: cards in all their layouts and formats, project forms, two submissions of one department, incomplete
files and files that cannot be read. Every open row of 核定表 is decided, facts and evidence are entered in the working papers and in
待补材料, papers are signed, departments are told. Then

- LibreOffice recalculates the typed workbook: every 核定总分 of 总览 is final, and what it shows is what the next run stores;
- the next run keeps every entry, computes with the facts, and LibreOffice finds no formula of it that differs;
- the runs after that give the same lines, the same entries, and from the third on the same bytes;
- a score above the points, pasted past the drop-down, is counted as 核定分无效 and keeps its row open;
- with a department renamed, one removed and one added nothing typed is lost;
- the workbook of another batch is refused.

It types into the parts of the workbook (audit_book.py), which takes seconds where openpyxl takes minutes; with `--saved-by-openpyxl`
openpyxl then opens and saves every workbook that was typed into. Needs soffice, and openpyxl for that. Exit code 0: all holds; 1:
something does not.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import recalculate
from audit_book import Book

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OPEN = ("待核定", "依据已变", "核定分无效")
SHEET_ENTRIES = {"核定表": ("核定分", "核定理由", "复核人", "核定日期", "处理状态"), "待补材料": ("材料状态", "核定值", "收到的材料", "复核人")}
PAPER_ENTRIES = ("核定值", "收到的材料", "编制人", "编制日期", "复核人", "复核日期")

# What a batch of any size has beside the generated files: of the corpus what is incomplete or cannot be read, and two of one department.
INCOMPLETE = (
    "score-missing-and-not-a-number", "indicator-left-out", "scorecard-only", "evidence-placeholders", "fact-unreadable", "fact-given-twice-conflicting",
    "placeholders", "error-cells", "total-not-stated",
)  # fmt: skip
UNREAD = ("file-password.xlsx", "file-truncated-xlsx.xlsx", "file-corrupt-xls.xls", "file-blank-template.xlsx", "file-docx-named-xlsx.xlsx")


def run(fuhe, folder, out, *more, code=(0, 3)):
    environment = dict(os.environ, SOURCE_DATE_EPOCH="1700000000")
    done = subprocess.run(
        [fuhe, folder, "-o", out, "--jsonl", out.with_suffix(".jsonl"), *more, "--force"],
        capture_output=True, text=True, env=environment,
    )
    assert done.returncode in code, (done.returncode, done.stderr)
    return done.stderr


def block(sheet, head):
    return next(sheet.blocks(head))


class Typist:
    """Whoever types into workbooks; `saved_by`: what opens and saves each of them afterwards."""

    def __init__(self, saved_by=None):
        self.saved_by = saved_by

    def save(self, book, path):
        book.save(path)
        if self.saved_by:
            self.saved_by(path)

    def type_everything(self, path, wrong=0, beside=False):
        """An entry in every open place; `wrong` rows get a score above their points. With `beside` notes where none is asked for."""
        book = Book(path)
        typed = {"rows": 0, "facts": 0, "asked": 0, "signed": 0, "told": 0}
        decide(book["核定表"], typed, wrong)
        for name in [name for name in book.names if name.startswith("底稿")]:
            enter_and_sign(book[name], typed)
        answer(book["待补材料"], typed)
        tell(book["复核进度"], typed)
        notes = write_beside(book) if beside else []
        self.save(book, path)
        return typed, notes


def decide(sheet, typed, wrong):
    at, names = block(sheet, "核定分")
    for row in range(at + 1, sheet.max_row + 1):
        value = lambda head: sheet.value(row, names[head])
        put = lambda head, entry: sheet.put(row, names[head], entry)
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


def enter_and_sign(sheet, typed):
    for at, names in sheet.blocks("收到的材料"):
        for row in range(at + 1, sheet.max_row + 1):
            key = str(sheet.value(row, names["识别码"]) or "")
            missing = any(sheet.value(row, column) == "未提供" for column in range(1, 12))
            if key.startswith("f") and missing and row % 2:
                sheet.put(row, names["核定值"], 1 if sheet.value(row, names["单位"]) else "是")
                sheet.put(row, names["收到的材料"], "补交材料")
                typed["facts"] += 1
    for at, names in sheet.blocks("编制人"):
        for head, entry in {"编制人": "王五", "编制日期": "2026-11-20", "复核人": "李四", "复核日期": "2026-11-29"}.items():
            sheet.put(at + 1, names[head], entry)
        typed["signed"] += 1


def answer(sheet, typed):
    at, names = block(sheet, "材料状态")
    for row in range(at + 1, sheet.max_row + 1):
        if row % 2 and sheet.value(row, names["材料状态"]):
            sheet.put(row, names["材料状态"], ("已提供", "退回", "不适用")[row // 2 % 3])
            sheet.put(row, names["收到的材料"], f"收据{row}")
            typed["asked"] += 1


def tell(sheet, typed):
    at, names = block(sheet, "反馈日期")
    for row in range(at + 1, sheet.max_row + 1, 2):
        if sheet.value(row, names["识别码"]):
            sheet.put(row, names["反馈日期"], "2026-12-01")
            typed["told"] += 1


def write_beside(book):
    """Notes where no entry is asked for: beside every sheet's own cells, and in a sheet that a person added."""
    notes = []
    for name in book.names:
        sheet = book[name]
        if sheet.state == "visible":
            notes.append(f"旁注：{name}")
            sheet.put(2, sheet.max_column + 2, notes[-1])
    notes += ["会商记录第一条", "会商记录第二条"]
    book.add("会商记录", {(1, 1): notes[-2], (4, 2): notes[-1]})
    return notes


def entries(book):
    """Everything that stands in a place for entries, by the second half of the row's key: the file and the item."""
    found = {}
    for name in book.names:
        heads = PAPER_ENTRIES if name.startswith("底稿") else SHEET_ENTRIES.get(name, ())
        sheet = book[name]
        listed = dict(sheet.blocks(*heads))
        for at, names in listed.items():
            below = [row for row in listed if row > at]
            for row in range(at + 1, min(below, default=sheet.max_row + 1)):
                key = sheet.value(row, names["识别码"])
                if not key or "-" not in str(key):
                    continue
                for head in heads:
                    value = sheet.value(row, names[head]) if head in names else None
                    if value not in (None, "", "待核实", "待提供"):
                        found[(key[0] + key.split("-")[1], head)] = str(value)
    return found


def overview(book):
    """What 总览 shows of every department, of each of its submissions."""
    found = {}
    for name in ("总览", "项目总览"):
        if name not in book.names:
            continue
        sheet = book[name]
        at = next(row for row, cells in sorted(sheet.rows.items()) if "核定总分" in cells.values())
        names = {value: column for column, value in sheet.rows[at].items()}
        for line in range(at + 1, sheet.max_row + 1):
            if isinstance(sheet.value(line, 1), int):
                heads = ("未结事项", "核定总分", "核定等级", "最高可认定分", "已核实分", "多计")
                number = lambda value: round(value, 6) if isinstance(value, float) else value or None
                values = [number(sheet.value(line, names[head])) for head in heads]
                found.setdefault((name, sheet.value(line, 2)), []).append(values)
    # Which of several submissions stands first may change with what is decided.
    return {key: sorted(submissions, key=str) for key, submissions in found.items()}


def totals(found):
    """Every 核定总分 of 总览: a number once it is final, until then words."""
    return [values[1] for submissions in found.values() for values in submissions]


def recalculated(path, folder):
    """The workbook as LibreOffice saves it once it has computed every formula anew."""
    return Path(recalculate.recalculated(str(path), str(folder)))


def agree(path, fresh):
    """LibreOffice finds in no formula of the workbook something else than is stored."""
    count, wrong = recalculate.differences(str(path), str(fresh))
    assert count and not wrong, f"{path}: {wrong} of {count} formulas differ"
    return count


def kept(book):
    if "以前的记录" not in book.names:
        return []
    sheet = book["以前的记录"]
    return [[str(cells[column]) for column in sorted(cells)] for row, cells in sorted(sheet.rows.items()) if row >= 3]


def work_to_the_end(fuhe, workbooks, folder, typist):
    out = folder / "audit.xlsx"
    run(fuhe, workbooks, out)
    assert any(isinstance(total, str) for total in totals(overview(Book(out)))), "nothing to work on"
    typed, notes = typist.type_everything(out, beside=True)
    assert all(typed.values()), typed
    before = entries(Book(out))
    live = overview(Book(recalculated(out, folder)))
    assert all(isinstance(total, (int, float)) for total in totals(live)), live
    run(fuhe, workbooks, out)
    second = Book(out)
    now, after, notes_kept = overview(second), entries(second), kept(second)
    assert now == live, {key: (live.get(key), now[key]) for key in now if live.get(key) != now[key]}
    lost = {key: value for key, value in before.items() if after.get(key) != value}
    assert not lost, lost
    missing = [note for note in notes if not any(note in cell for row in notes_kept for cell in row)]
    assert not missing, missing
    # A spreadsheet program that only saves the workbook adds nothing.
    saved = recalculated(out, folder)
    agree(out, saved)
    run(fuhe, workbooks, folder / "again.xlsx", "--carry", saved)
    again = kept(Book(folder / "again.xlsx"))
    assert again == notes_kept, (again, notes_kept)
    lines = out.with_suffix(".jsonl").read_bytes()
    run(fuhe, workbooks, out)
    third = Book(out)
    assert out.with_suffix(".jsonl").read_bytes() == lines
    assert entries(third) == after and overview(third) == now
    # What was new in the second run is not in the third: from then on not a byte changes.
    third = out.read_bytes()
    run(fuhe, workbooks, out)
    assert out.read_bytes() == third, "a run without anything typed changes the workbook"
    print(f"worked to the end: {typed}, {len(before)} entries, {len(notes)} notes beside them, {len(totals(now))} totals final")
    return out


def refuse_a_wrong_score(fuhe, workbooks, folder, typist):
    out = folder / "wrong.xlsx"
    run(fuhe, workbooks, out)
    typist.type_everything(out, wrong=3)

    def is_open(book):
        sheet = book["核定表"]
        at, names = block(sheet, "核定分")
        states = [sheet.value(row, names["办理情况"]) for row in range(at + 1, sheet.max_row + 1)]
        assert states.count("核定分无效") == 3, (out, states.count("核定分无效"))
        assert any(isinstance(total, str) for total in totals(overview(book)))

    is_open(Book(recalculated(out, folder)))
    run(fuhe, workbooks, out)
    is_open(Book(out))
    agree(out, recalculated(out, folder))
    print("a score above the points keeps its row open")


def rename_remove_and_add(fuhe, workbooks, folder, typist):
    moved = folder / "moved"
    shutil.copytree(workbooks, moved)
    cards = sorted(moved.glob("*.xlsx"))
    away = folder / "away"
    away.mkdir()
    shutil.move(cards[0], away / cards[0].name)
    out = folder / "moved.xlsx"
    run(fuhe, moved, out)
    typist.type_everything(out)
    before = entries(Book(out))
    # One department more, one fewer, one under another file name.
    shutil.move(away / cards[0].name, moved / cards[0].name)
    shutil.move(cards[1], away / cards[1].name)
    cards[2].rename(cards[2].with_name(f"重报-{cards[2].name}"))
    run(fuhe, moved, out)
    book = Book(out)
    text = {cell for row in kept(book) for cell in row}
    there = text | set(entries(book).values())
    lost = [value for value in before.values() if value.startswith("经核对") and value not in there]
    assert not lost, lost
    assert any("本次未报送" in row for row in kept(book)), kept(book)[:3]
    # It is there again: so are its entries.
    shutil.move(away / cards[1].name, cards[1])
    run(fuhe, moved, out)
    again = set(entries(Book(out)).values())
    lost = [value for value in before.values() if value.startswith("经核对") and value not in again]
    assert not lost, lost
    print("renamed, removed and added: nothing is lost")


def refuse_another_batch(fuhe, workbooks, folder):
    names = sorted(path.name for path in Path(workbooks).glob("*.xlsx"))
    other = folder / "other"
    other.mkdir()
    shutil.copy(Path(workbooks) / names[0], other)
    first = folder / "first.xlsx"
    run(fuhe, other, first)
    alone = folder / "alone"
    alone.mkdir()
    shutil.copy(Path(workbooks) / names[-1], alone)
    said = run(fuhe, alone, folder / "new.xlsx", "--carry", first, code=(2,))
    assert "另一批" in said, said
    assert not (folder / "new.xlsx").exists()
    print("the workbook of another batch is refused")


def saved_by_openpyxl(path):
    import openpyxl

    openpyxl.load_workbook(path).save(path)


def make_batch(folder, files):
    """So many files as they come in: see the head of this file."""
    sys.path.insert(0, str(ROOT / "tests/bench"))
    import submissions

    corpus = ROOT / "tests/corpus"
    twice = sorted((corpus / "batches/the-same-department-twice/in").glob("滨江市博物馆*.xlsx"))
    forms = sorted((ROOT / "samples/project-2020").glob("*.xlsx"))
    others = forms + twice + [corpus / f"{name}.xlsx" for name in INCOMPLETE] + [corpus / name for name in UNREAD]
    assert len(twice) == 2 and files > 2 * len(others) - len(others), (twice, len(others))
    made = folder / "made"
    submissions.generate(made, files - len(others))
    batch = folder / "batch"
    batch.mkdir()
    for path in [*made.glob("*/*"), *others]:
        assert not (batch / path.name).exists(), path.name
        shutil.copy(path, batch / path.name)
    assert len(list(batch.iterdir())) == files
    return batch


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fuhe")
    parser.add_argument("workbooks", nargs="?")
    parser.add_argument("--batch", type=int, help="make a batch of so many files")
    parser.add_argument("--saved-by-openpyxl", action="store_true")
    options = parser.parse_args()
    if (options.workbooks is None) == (options.batch is None):
        parser.error("a folder of workbooks, or --batch")
    fuhe, typist = Path(options.fuhe).resolve(), Typist(saved_by_openpyxl if options.saved_by_openpyxl else None)
    with tempfile.TemporaryDirectory() as name:
        folder, begun = Path(name), time.monotonic()
        workbooks = make_batch(folder, options.batch) if options.batch else Path(options.workbooks).resolve()
        work_to_the_end(fuhe, workbooks, folder, typist)
        refuse_a_wrong_score(fuhe, workbooks, folder, typist)
        rename_remove_and_add(fuhe, workbooks, folder, typist)
        refuse_another_batch(fuhe, workbooks, folder)
        files = sum(path.is_file() for path in workbooks.iterdir())
        print(f"{files} files in {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
