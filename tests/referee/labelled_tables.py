#!/usr/bin/env python3
"""Referee: how tables are understood, against tables whose headers other people labelled.

    python3 tests/referee/labelled_tables.py target/release/fuhe FOLDER [--half 0|1] [--typed]

FOLDER holds *_tables.json: lists of tables with `cell_ID_matrix` (rows of cell numbers; a number that repeats is a merged
cell), `chinese_cell_value_list` (texts by number), `table_type`, and the numbers of the cells that are `column_attribute`,
`column_index` (they name columns), `row_attribute`, `row_index` (they name rows). Each table becomes a workbook of one
sheet, `fuhe explain --tables --json` reads it, and every labelled cell is compared:

- right: a column's name is a column heading or a title, a row's name a row heading, and either may be a total;
- answered: the program is certain of the cell; of a table: of most of its labelled cells, and says so of the table;
- total: a labelled cell that ends in 合计, 小计, 总计 or 共计 is a total, and no other is.

--half measures only one half of the tables, by a hash of their names: what was developed on one half is believed on the
other. --typed writes numbers as numbers; as they come they are texts. Exit 0: as promised; 1: not; 2: no data at hand.
Needs openpyxl.
"""

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

RIGHT = 0.995
ANSWERED = 0.70
COLUMNS = ("column_attribute", "column_index")
ROWS = ("row_attribute", "row_index")
TOTAL = re.compile(r"(合计|总计|小计|共计)数?([(（].*)?$")
NUMBER = re.compile(r"-?\d{1,3}(,\d{3})*(\.\d+)?|-?\d+(\.\d+)?")


def tables_of(folder, half):
    for path in sorted(folder.glob("*_tables.json")):
        for table in json.loads(path.read_text(encoding="utf-8")):
            digest = int(hashlib.sha256(table["table_id"].encode()).hexdigest(), 16)
            if half is None or digest % 2 == half:
                yield table


def places_of(table):
    """Where each cell stands: first row, first column, last row, last column."""
    places = {}
    for row, numbers in enumerate(table["cell_ID_matrix"]):
        for column, number in enumerate(numbers):
            place = places.setdefault(number, [row, column, row, column])
            place[2], place[3] = max(place[2], row), max(place[3], column)
    return places


def write(table, path, typed):
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook()
    sheet = book.active
    sheet.title = "表"
    for number, (top, left, bottom, right) in places_of(table).items():
        text = ILLEGAL_CHARACTERS_RE.sub("", table["chinese_cell_value_list"][number])
        if text.strip():
            cell = sheet.cell(top + 1, left + 1)
            is_number = typed and NUMBER.fullmatch(text.strip())
            cell.value = float(text.strip().replace(",", "")) if is_number else text
            if not is_number:
                cell.data_type = "s"
        if (top, left) != (bottom, right):
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    book.save(path)


def read(program, path):
    """Role and certainty of every cell, and whether the program is certain of the whole."""
    done = subprocess.run([program, "explain", str(path), "--tables", "--json"], capture_output=True, check=True)
    lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
    cells = {cell["cell"]: (cell["role"], cell["certain"]) for line in lines for cell in line["cells"]}
    return cells, bool(lines) and all(line["certain"] for line in lines)


def labels_of(table):
    labels = defaultdict(set)
    for kind in COLUMNS + ROWS:
        for number in table[kind]:
            labels[number].add("column" if kind in COLUMNS else "row")
    return labels


def is_right(role, labels):
    allowed = {"total"}
    if "column" in labels:
        allowed |= {"column_heading", "title"}
    if "row" in labels:
        allowed.add("row_heading")
    return role in allowed


def judge(table, cells, certain):
    from openpyxl.utils import get_column_letter

    labels, count, wrong = labels_of(table), Counter(tables=1), []
    for number, (top, left, _, _) in places_of(table).items():
        text = re.sub(r"[\s:：]", "", table["chinese_cell_value_list"][number])
        if not text:
            continue
        at = f"{get_column_letter(left + 1)}{top + 1}"
        role, sure = cells.get(at, ("lost", True))
        if number in labels:
            count["headers"] += 1
            right = is_right(role, labels[number])
            count["right_at_all"] += right
            count["answered"] += sure
            count["right"] += sure and right
            if sure and not right:
                wrong.append(f"{table['file_name']} {at} {text[:16]}: {'/'.join(sorted(labels[number]))}, read as {role}")
            if (TOTAL.search(text) is not None) != (role == "total"):
                count["totals_wrong"] += 1
                wrong.append(f"{table['file_name']} {at} {text[:16]}: read as {role}")
        elif sure and role not in ("value", "note", "unit"):
            count["entries_as_headers"] += 1
    count["certain"] += certain and count["answered"] * 2 > count["headers"]
    return count, wrong


def measure(program, table, folder, typed):
    path = Path(folder) / f"{table['table_id']}.xlsx"
    write(table, path, typed)
    cells, certain = read(program, path)
    path.unlink()
    return table["table_type"], *judge(table, cells, certain)


def report(counts, wrong):
    share = lambda part, whole: part / whole if whole else 1.0
    total = sum(counts.values(), Counter())
    for kind, count in [*sorted(counts.items()), ("all", total)]:
        print(
            f"{kind:13} {count['tables']:5} tables, certain {share(count['certain'], count['tables']):6.1%} | "
            f"{count['headers']:6} header cells, answered {share(count['answered'], count['headers']):6.1%}, "
            f"right of these {share(count['right'], count['answered']):7.2%}, right at all {share(count['right_at_all'], count['headers']):6.1%} | "
            f"entries certain as headers {count['entries_as_headers']}, totals mistaken {count['totals_wrong']}"
        )
    for line in wrong[:40]:
        print("  wrong:", line)
    nested = counts["hierarchical"] + counts["complex"]
    good = share(total["right"], total["answered"]) >= RIGHT and share(nested["certain"], nested["tables"]) >= ANSWERED
    return good and total["totals_wrong"] == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", type=int, choices=[0, 1])
    parser.add_argument("--typed", action="store_true")
    given = parser.parse_args()
    tables = list(tables_of(given.folder, given.half)) if given.folder.is_dir() else []
    if not tables:
        print(f"No labelled tables (*_tables.json) in {given.folder}: nothing was measured.", file=sys.stderr)
        return 2
    counts, wrong = defaultdict(Counter), []
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(4) as pool:
        for kind, count, lines in pool.map(lambda table: measure(given.program, table, folder, given.typed), tables):
            counts[kind].update(count)
            wrong.extend(lines)
    return 0 if report(counts, wrong) else 1


if __name__ == "__main__":
    sys.exit(main())
