#!/usr/bin/env python3
"""Recalculates audit workbooks in LibreOffice and compares every formula cell with the value stored by fuhe.

    recalculate.py AUDIT.xlsx...

Needs `soffice` and Python's standard library. Exit code 0: every formula cell of every workbook has the same words,
or the same number to 10⁻⁹ (what a binary engine may lose), and none is an error; 1: some cell differs (each is
printed); 2: no comparison.
"""
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from decimal import Decimal
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# LibreOffice keeps stored values unless its profile tells it to recalculate on loading.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def shared_strings(archive):
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(text.text or "" for text in item.iter(MAIN + "t")) for item in root.iter(MAIN + "si")]


def sheets(archive):
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target") for relation in relations}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    for sheet in book.iter(MAIN + "sheet"):
        target = targets[sheet.get(RELATION)].lstrip("/")
        yield sheet.get("name"), target if target.startswith("xl/") else "xl/" + target


def cells(path):
    """Every cell with a value: {(sheet, address): (type, value, formula or None)}."""
    found = {}
    with zipfile.ZipFile(path) as archive:
        strings = shared_strings(archive)
        for name, part in sheets(archive):
            for cell in ElementTree.fromstring(archive.read(part)).iter(MAIN + "c"):
                value, formula, kind = cell.find(MAIN + "v"), cell.find(MAIN + "f"), cell.get("t", "n")
                text = value.text or "" if value is not None else ""
                if kind == "s":
                    kind, text = "str", strings[int(text)]
                found[name, cell.get("r")] = (kind, text, None if formula is None else formula.text or "")
    return found


NOISE = Decimal("1e-9")


def meant(cell):
    kind, text, _ = cell
    if kind in ("str", "e", "inlineStr"):
        return kind, text
    return "n", Decimal(text) if text else Decimal(0)


def agree(stored, fresh):
    (kind, one), (other_kind, other) = meant(stored), meant(fresh)
    if kind != other_kind or kind == "e":
        return False
    return abs(one - other) <= NOISE if kind == "n" else one == other


def recalculated(path, folder):
    profile = os.path.join(folder, "profile")
    os.makedirs(os.path.join(profile, "user"), exist_ok=True)
    with open(os.path.join(profile, "user", "registrymodifications.xcu"), "w", encoding="utf-8") as settings:
        settings.write(PROFILE)
    out = os.path.join(folder, "out")
    command = ["soffice", "-env:UserInstallation=file://" + profile, "--headless", "--convert-to",
               "xlsx:Calc MS Excel 2007 XML", "--outdir", out, path]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)
    return os.path.join(out, os.path.splitext(os.path.basename(path))[0] + ".xlsx")


def differences(path, fresh):
    """How many formulas the workbook has, and in how many LibreOffice, which saved `fresh`, finds something else: each is printed."""
    stored, fresh = cells(path), cells(fresh)
    formulas = {place: cell for place, cell in stored.items() if cell[2] is not None}
    wrong = 0
    for (sheet, address), cell in formulas.items():
        other = fresh.get((sheet, address), ("n", "", None))
        if not agree(cell, other):
            wrong += 1
            print(f"{path}: {sheet}!{address}: stored {meant(cell)[1]}, recalculated {meant(other)[1]}: {cell[2]}")
    print(f"{path}: {len(formulas)} formulas, {wrong} differ")
    return len(formulas), wrong


def compare(path, folder):
    return differences(path, recalculated(path, folder))


def main(paths):
    if not paths or any(re.match("-", path) for path in paths):
        print(__doc__)
        return 2
    total = differing = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            count, wrong = compare(path, folder)
            total, differing = total + count, differing + wrong
    if total == 0:
        print("no formula found")
        return 2
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
