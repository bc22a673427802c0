#!/usr/bin/env python3
"""Fills blank workbooks written by fuhe with another library, has them audited, and compares what was read.

    template.py FUHE

FUHE is the program. Needs openpyxl; with `soffice` on the path, the same workbooks are also saved by LibreOffice as
.xlsx, .xls and .ods. Every built-in rulebook and the county's under tests/fixtures/template is done. Exit code 0:
every claim, fact and identity was read as typed, and nothing was told of the form; 1: something differs (printed).
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
from decimal import Decimal

import openpyxl

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
COUNTY = os.path.join(ROOT, "tests/fixtures/template/清溪县2024.toml")
UNIT, YEAR, EVIDENCE = "清溪县水务局", 2024, "附件3第2页"
ENTRY = "FFFFFBE6"
OF_FORM = {
    "indicator-renamed", "indicator-unknown", "indicator-duplicated", "indicator-missing", "points-altered",
    "score-missing", "score-not-a-number", "fact-unreadable", "fact-missing", "fact-conflict", "fact-out-of-range",
    "unit-ambiguous", "unit-assumed", "unit-mismatch", "formula-without-value", "formula-replaced", "error-cell",
    "hidden-data", "not-measurable", "narrative-conflict", "year-mismatch", "year-missing", "total-mismatch",
    "grade-mismatch", "completion-total-mismatch", "guidance-left", "fund-total-mismatch", "evidence-missing",
    "weights-mismatch", "weight-missing", "sign-missing", "text-for-number",
}


def is_entry(cell):
    return cell.fill.fgColor.rgb == ENTRY


def fill_card(book):
    """Types into every coloured cell by its headers; returns scores by name and answers by label."""
    card = book["评分表"]
    card["B2"], card["H2"] = UNIT, YEAR
    scores, row = {}, 4
    while card.cell(row, 3).value:
        points = Decimal(str(card.cell(row, 4).value))
        assert is_entry(card.cell(row, 6)), row
        card.cell(row, 6).value = float(points)
        scores[card.cell(row, 3).value] = points
        row += 1
    base, facts, row = book["基础数据表"], {}, 4
    while base.cell(row, 2).value:
        label, unit = base.cell(row, 2).value, base.cell(row, 4).value
        note = base.cell(row, 6).value or ""
        choice = note.split("选：", 1)[1].split(" / ")[0] if unit == "选择" else None
        value = {"是/否": "是", "选择": choice, "%": 96.5, "万元": 120.55, "元": 1205500.5}.get(unit, 12)
        base.cell(row, 3).value, base.cell(row, 5).value = value, EVIDENCE
        facts[label] = str(value)
        row += 1
    done = book["自评表"]
    for at in range(10):
        for column, value in ((1, f"任务{at + 1}"), (3, "已完成"), (4, 10), (5, 10), (6, 9.65), (7, 9.65)):
            assert is_entry(done.cell(5 + at, column)), (at, column)
            done.cell(5 + at, column).value = value
    row = 18
    while row <= done.max_row:
        done.cell(row, 3).value, done.cell(row, 4).value, done.cell(row, 6).value = f"指标{row}", "≥90%", "96%"
        row += 1
    return scores, facts


def fill_form(book):
    """One row of the project form's every section, the weights as its labels say."""
    form = book["项目自评表"]
    form["B2"], form["J2"], form["B3"], form["E3"] = "河道清淤工程", YEAR, UNIT, "清溪县河道管理所"
    for row, amounts in ((6, (100, 100, 94.5)), (7, (50, 50, 47.25)), (8, (50, 50, 47.25))):
        for column, amount in zip((4, 5, 6), amounts):
            assert is_entry(form.cell(row, column)), row
            form.cell(row, column).value = amount
    form["I5"] = 9.45
    scores = {"资金": Decimal("9.45")}
    for row, weight, sign in ((12, 50, "≥"), (20, 30, "≤"), (28, 10, "＝")):
        values = (f"指标{row}", sign, 20, "公里", 20, weight, weight)
        for column, value in zip((3, 4, 5, 6, 7, 8, 9), values):
            assert is_entry(form.cell(row, column)), (row, column)
            form.cell(row, column).value = value
        scores[f"指标{row}"] = Decimal(weight)
    return scores


def convert(path, folder, ending, profile):
    kinds = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97", "ods": "ods:calc8"}
    out = os.path.join(folder, ending)
    command = ["soffice", "-env:UserInstallation=file://" + profile, "--headless", "--convert-to", kinds[ending]]
    subprocess.run(command + ["--outdir", out, path], check=True, stdout=subprocess.DEVNULL, timeout=300)
    return os.path.join(out, os.path.splitext(os.path.basename(path))[0] + "." + ending)


def audit(fuhe, path, folder, rules):
    lines = os.path.join(folder, "audit.jsonl")
    command = [fuhe, path, "--output", os.path.join(folder, "audit.xlsx"), "--jsonl", lines, "--force"] + rules
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode in (0, 1, 3), done.stderr
    with open(lines, encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def compare(audits, scores, facts, allowed, what):
    wrong = []
    if len(audits) != 1 or audits[0]["status"] != "audited":
        return [f"{what}: {[(one['status'], one['problem']) for one in audits]}"]
    one = audits[0]
    if str(one["year"]) != str(YEAR) or one["unit"] not in (UNIT, "清溪县河道管理所"):
        wrong.append(f"{what}: {one['unit']} {one['year']}")
    claimed = {line["name"]: Decimal(line["claimed"]) for line in one["indicators"] if line["claimed"] is not None}
    if "资金" in scores:
        wrong += [f"{what}: {sorted(claimed.values())}"] if sorted(claimed.values()) != sorted(scores.values()) else []
    elif claimed != scores:
        wrong.append(f"{what}: claims {claimed}")
    read = sorted(fact["value"] for fact in one["facts"] if fact["origin"] == "base_data")
    if facts and read != sorted(facts.values()):
        wrong.append(f"{what}: facts {read}")
    if any(fact["evidence"] != EVIDENCE for fact in one["facts"] if fact["origin"] == "base_data"):
        wrong.append(f"{what}: evidence")
    for finding in one["findings"]:
        if finding["code"] in OF_FORM - allowed:
            wrong.append(f"{what}: {finding['code']} {finding['source']} {finding['message']}")
    if not allowed and Decimal(one["claimed"]["total"] or -1) != sum(scores.values()):
        wrong.append(f"{what}: total {one['claimed']}")
    return wrong


def referee(fuhe, rules, folder):
    blank = os.path.join(folder, "空白.xlsx")
    subprocess.run([fuhe, "template", "-o", blank, "--force"] + rules, check=True, capture_output=True)
    wrong = []
    for one in audit(fuhe, blank, folder, rules):
        if (one["problem"] or {}).get("code") != "blank-template":
            wrong.append(f"{rules}: a blank workbook is {one['status']} {one['problem']}")
    book = openpyxl.load_workbook(blank)
    scores, facts = (fill_form(book), {}) if "项目自评表" in book.sheetnames else fill_card(book)
    filled = os.path.join(folder, "填报.xlsx")
    book.save(filled)
    # openpyxl keeps formulas without their results: that is told, and is true.
    wrong += compare(audit(fuhe, filled, folder, rules), scores, facts, {"formula-without-value"}, f"{rules} openpyxl")
    if shutil.which("soffice"):
        profile = os.path.join(folder, "profile")
        for ending in ("xlsx", "xls", "ods"):
            path = convert(filled, folder, ending, profile)
            wrong += compare(audit(fuhe, path, folder, rules), scores, facts, set(), f"{rules} LibreOffice {ending}")
    return wrong


def main(arguments):
    if len(arguments) != 1:
        print(__doc__)
        return 2
    wrong = []
    for rules in (["--rulebook", "shenzhen-2020"], ["--rulebook", COUNTY], ["--rulebook", "project-2020"]):
        with tempfile.TemporaryDirectory() as folder:
            wrong += referee(os.path.abspath(arguments[0]), rules, folder)
    print("\n".join(wrong) or "every blank workbook, filled in, is read as it was filled in")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
