#!/usr/bin/env python3
"""Makes the sample workbooks of shenzhen-2020, and what an audit of each must say.

    python3 samples.py                 writes samples/shenzhen-2020/*.xlsx and tests/referee/expected/shenzhen-2020/*.json
    python3 samples.py --expected      only the expectations

Needs openpyxl, XlsxWriter and LibreOffice (soffice). What each office says stands in offices.py, how it is written down in
this file; the expectations come from that content through tests/referee/reference.py and never from the program under test.

An expectation holds: file, unit, year, claimed {total, grade}, indicators (as reference.py gives them), recomputed, points,
findings and cells. findings lists {"code", "indicator", "fact"} besides the codes of the verdicts (overstated-score,
understated-score, unverifiable-score, reading-dependent-score): what one workbook alone justifies; a fact that two indicators
miss is listed for both. cells maps "claim:<indicator>", "fact:<fact>", "total" and "grade" to [sheet, cell, text].
"""
import argparse
import json
import os
from decimal import Decimal

import offices
import sheets
from sheets import Formula, Sheet, address
from submission import CHOICES, LABELS, PEOPLE, PERCENT, in_the_cell, meaning, reference, unit_of

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
WORKBOOKS = os.path.join(ROOT, "samples", "shenzhen-2020")
EXPECTED = os.path.join(HERE, "..", "referee", "expected", "shenzhen-2020")

SECTIONS = {"部门决策": (20, 0, 4), "部门管理": (20, 4, 14), "部门绩效": (60, 14, 21)}
INDICATORS = list(reference.CARD)


def card_rows():
    """The official card, one entry an indicator: the pieces that a page break separates are joined again."""
    rows = []
    for row in offices.SEED["card"]:
        if row == "page":
            continue
        if row["name"]:
            rows.append(dict(row))
        else:
            rows[-1]["about"] += row["about"]
            rows[-1]["standard"] += ("\n" if row["standard"][:1].isdigit() else "") + row["standard"]
    return rows


# ---------------------------------------------------------------- the four tables of the usual layout

def narrative_sheet(office, name):
    sheet = Sheet(name, [88])
    for place, paragraph in enumerate(office.narrative):
        style = "title" if place == 0 else "heading" if paragraph[:2] in ("一、", "二、", "三、", "四、") else "prose"
        sheet.put(sheet.row, 1, paragraph, style)
        sheet.heights[sheet.row] = 18 * max(1, -(-len(paragraph) // 42)) + 4
        sheet.row += 1
    return sheet


def completion_sheet(office, name):
    sheet = Sheet(name, [14, 16, 20, 26, 16, 16, 16])
    sheet.title("部门（单位）整体支出绩效目标完成情况自评表", 7)
    row = sheet.row
    sheet.put(row, 1, "部门（单位）名称", "head", columns=2)
    sheet.put(row, 3, office.unit, "value", columns=3)
    sheet.put(row, 6, "预算年度", "head")
    sheet.put(row, 7, office.year, "value")
    sheet.row += 1
    completion_table(office, sheet, 1)
    return sheet


def completion_table(office, sheet, left):
    """任务, 总体目标 and 绩效指标, from the sheet's next row on, the first column being left."""
    top = sheet.row
    for column, text in ((1, "任务名称"), (2, "完成情况")):
        sheet.put(top, left + column, text, "head", rows=2)
    sheet.put(top, left + 3, "预算数（万元）", "head", columns=2)
    sheet.put(top, left + 5, "执行数（万元）", "head", columns=2)
    for column, text in ((3, "全额"), (4, "其中：财政拨款"), (5, "全额"), (6, "其中：财政拨款")):
        sheet.put(top + 1, left + column, text, "head")
    row = top + 2
    for task in office.tasks:
        sheet.heights[row] = 20
        for column, value in enumerate(task, 1):
            sheet.put(row, left + column, value, "money" if column > 2 else "text")
        row += 1
    sheet.put(row, left + 1, "金额合计", "head", columns=2)
    for column, total in enumerate(task_totals(office), 3):
        sheet.put(row, left + column, total, "money")
    sheet.put(top, left, "年度\n主要\n任务\n完成\n情况", "head", rows=row - top + 1)
    row += 1
    sheet.put(row, left, "年度\n总体\n目标\n完成\n情况", "head", rows=2)
    sheet.put(row, left + 1, "预期目标", "head", columns=3)
    sheet.put(row, left + 4, "目标实际完成情况", "head", columns=3)
    sheet.put(row + 1, left + 1, office.goals[0], "text", columns=3)
    sheet.put(row + 1, left + 4, office.goals[1], "text", columns=3)
    sheet.heights[row + 1] = 130 if len(office.goals[0]) > 60 else 45
    sheet.row = row + 2
    kpi_table(office, sheet, left)


def task_totals(office):
    if office.task_total:
        return office.task_total
    return [float(sum(Decimal(str(task[column])) for task in office.tasks)) for column in (2, 3, 4, 5)]


def kpi_table(office, sheet, left):
    top = sheet.row
    for column, text in enumerate(("一级指标", "二级指标", "三级指标", "预期指标值", "实际完成指标值"), 1):
        sheet.put(top, left + column, text, "head", columns=2 if column == 5 else 1)
    for row, kpi in enumerate(office.kpis, top + 1):
        shifted = len(kpi) == 6
        kpi = ("", "") + kpi[2:] if shifted else kpi
        sheet.heights[row] = 30
        for column, text in enumerate(kpi, 1):
            sheet.put(row, left + column, text or None, "value", columns=2 if column == 5 and not shifted else 1)
    sheet.put(top, left, "年度\n绩效\n指标\n完成\n情况", "head", rows=len(office.kpis) + 1)
    sheet.row = top + len(office.kpis) + 1


def card_sheet(office, name, cells):
    sheet = Sheet(name, [11, 11, 20, 7, 42, 62, 10], landscape=True)
    sheet.put(1, 1, "附件2", "note")
    sheet.row = 2
    sheet.title("部门整体支出绩效评分表", 7)
    if office.score_header != "分数":
        sheet.put(sheet.row, 1, f"单位名称：{office.unit}", "note", columns=5)
        sheet.put(sheet.row, 6, f"评价年度：{office.year}年度", "note", columns=2)
        sheet.row += 1
    card_head(sheet, office.score_header)
    sheet.frozen = address(sheet.row, 1)
    first = sheet.row
    for part in pages(office):
        if part == "page":
            card_head(sheet, office.score_header)
        elif part[0] == "subtotal":
            subtotal_row(office, sheet, part[1], cells)
        else:
            card_row(office, sheet, part[1], part[0], cells)
    merge_left(sheet, first)
    card_foot(office, sheet, first, cells)
    return sheet


def pages(office):
    """What follows one another on the card: (indicator or None, row), ("subtotal", section), and "page" for a header again."""
    rows = office.card or card_rows()
    parts, number = [], 0
    for row in rows:
        if row == "page":
            parts.append("page")
            continue
        indicator = INDICATORS[number] if row["name"] else None
        if office.card is None and indicator in office.breaks:
            parts.append("page")
        parts.append((indicator, row))
        if row["name"]:
            number += 1
        for section, (_, _, end) in SECTIONS.items():
            if office.section_totals and row["name"] and number == end:
                parts.append(("subtotal", section))
    return parts


def card_head(sheet, score_header):
    row = sheet.row
    sheet.put(row, 1, "评价指标", "head", columns=4)
    for column, text in enumerate(("一级指标", "二级指标", "三级指标", "分值"), 1):
        sheet.put(row + 1, column, text, "head")
    for column, text in ((5, "指标说明"), (6, "评分标准"), (7, score_header)):
        sheet.put(row, column, text, "head", rows=2)
    sheet.row += 2


def card_row(office, sheet, row, indicator, cells):
    points = office.points_altered.get(indicator, int(row["points"]) if row["points"] else None)
    name = office.names.get(indicator, row["name"]) or None
    line = [(row["section"] or None, "label"), (row["group"] or None, "label"), (name, "label"), (points, "label"),
            row["about"] or None, row["standard"], None]
    at = sheet.line(line, "text", height=max(30, 15 * (1 + row["standard"].count("\n") + len(row["standard"]) // 34)))
    sheet.heights[at] = min(400, sheet.heights[at])
    if indicator is None:
        sheet.put(at, 7, None, "score")
    else:
        claim_cell(office, sheet, indicator, at, 7, cells)


def claim_cell(office, sheet, indicator, row, column, cells):
    written = in_the_cell(office.claims[indicator])
    where = sheet.put(row, column, written, "score" if not isinstance(written, int) else "label")
    if written is not None:
        cells[f"claim:{indicator}"] = [sheet.name, where, text_of(written)]


def subtotal_row(office, sheet, section, cells):
    points, start, end = SECTIONS[section]
    claimed = sum((Decimal(meaning(office.claims[i]) or 0) for i in INDICATORS[start:end]), Decimal(0))
    if office.section_totals[section] == "wrong":
        claimed += 1
    sheet.put(sheet.row, 1, f"{section}小计", "head", columns=3)
    altered = sum(office.points_altered.get(i, reference.CARD[i][0]) for i in INDICATORS[start:end])
    sheet.put(sheet.row, 4, altered, "label")
    for column in (5, 6):
        sheet.put(sheet.row, column, None)
    where = sheet.put(sheet.row, 7, float(claimed), "score")
    cells[f"section:{section}"] = [sheet.name, where, text_of(float(claimed))]
    sheet.row += 1


def merge_left(sheet, first):
    """一级指标 and 二级指标 are merged down to the next one, the next header or a subtotal."""
    for column in (1, 2):
        start = None
        for row in range(first, sheet.row + 1):
            value, style = sheet.cells.get((row, column), (None, "head"))
            closing = row == sheet.row or style == "head" or value
            if closing and start and row - start > 1:
                sheet.merged.append((start, column, row - 1, column))
            if closing:
                start = row if value and style != "head" and row < sheet.row else None


def card_foot(office, sheet, first, cells):
    total = office.total
    if total == "formula":
        total = Formula(f"=SUM(G{first}:G{sheet.row - 1})", float(office.sum_claimed()))
    elif total == "sum":
        total = float(office.sum_claimed())
    grade = office.grade or reference.grade(office.sum_claimed())
    for label, value, key in (("综合评分", total, "total"), ("评分等级", grade, "grade"), ("填表人", "×××", None)):
        sheet.put(sheet.row, 1, label, "head", columns=4)
        where = sheet.put(sheet.row, 5, value, "score", columns=3)
        if key:
            cells[key] = [sheet.name, where, text_of(value)]
        sheet.row += 1


def base_sheet(office, name, cells):
    sheet = Sheet(name, [6, 34, 18, 16, 42, 24])
    sheet.title("部门整体支出绩效评价基础数据表", 6)
    sheet.put(sheet.row, 1, f"填报单位：{office.unit}", "note", columns=4)
    sheet.put(sheet.row, 5, f"{office.year}年度", "note", columns=2)
    sheet.row += 1
    sheet.line(["序号", "数据项", "数值", "单位", "佐证材料", "备注"], "head", height=24)
    sheet.frozen = address(sheet.row, 1)
    for number, (fact, answer) in enumerate(office.facts.items(), 1):
        row = sheet.line([(number, "label"), LABELS[fact], None, (answer.unit or unit_of(fact), "label"),
                          answer.evidence, answer.remark], height=42 if fact in CHOICES else 20)
        fact_cell(sheet, fact, answer, row, 3, cells)
    return sheet


def fact_cell(sheet, fact, answer, row, column, cells):
    where = sheet.put(row, column, answer.written, answer.style)
    if answer.written is not None and answer.means:
        cells[f"fact:{fact}"] = [sheet.name, where, text_of(answer.written)]


def text_of(value):
    """The text that the program must show for a cell: text as it is, a number with at most 15 significant digits."""
    if isinstance(value, Formula):
        value = value.value
    return value if isinstance(value, str) else f"{value:.15g}"


def standard_layout(office, cells):
    report, completion, card, base = office.sheet_names
    return [narrative_sheet(office, report), completion_sheet(office, completion),
            card_sheet(office, card, cells), base_sheet(office, base, cells)]


# ---------------------------------------------------------------- everything on one sheet, in another order

def stacked_layout(office, cells):
    """Sheet1: facts side by side in two groups, then the card with other columns, then the completion table and a note."""
    sheet = Sheet("Sheet1", [8, 32, 18, 12, 10, 54, 34, 12, 14, 14], landscape=True)
    sheet.title(f"{office.unit}{office.year}年度部门整体支出绩效自评表", 10)
    sheet.put(sheet.row, 8, "单位：万元", "note")
    sheet.row += 1
    side_by_side(office, sheet, cells)
    sheet.row += 2
    sheet.title("部门整体支出绩效评分表", 10, "heading", 24)
    other_card(office, sheet, cells)
    sheet.row += 2
    sheet.title("整体支出绩效目标完成情况", 10, "heading", 24)
    completion_table(office, sheet, 1)
    sheet.row += 1
    for paragraph in office.narrative:
        sheet.put(sheet.row, 1, paragraph, "prose", columns=10)
        sheet.heights[sheet.row] = 40
        sheet.row += 1
    return [sheet]


def label_with_unit(fact):
    """The label as this office prints it, the unit in it where the corner of the sheet does not say it."""
    if fact in ("routine_budget", "routine_actual"):
        return LABELS[fact] + "（元）"
    if fact in ("assets_in_use", "assets_total"):
        return LABELS[fact] + "（万元）"
    if fact in PERCENT:
        return LABELS[fact] + "（%）"
    if fact in PEOPLE:
        return LABELS[fact] + "（人）"
    return LABELS[fact]


def side_by_side(office, sheet, cells):
    for left in (1, 5):
        for column, text in enumerate(("序号", "指标", "填报值", "备注")):
            sheet.put(sheet.row, left + column, text, "head")
    facts = list(office.facts.items())
    half = (len(facts) + 1) // 2
    top = sheet.row + 1
    for number, (fact, answer) in enumerate(facts):
        left, row = (1, top + number) if number < half else (5, top + number - half)
        sheet.put(row, left, number + 1, "label")
        sheet.put(row, left + 1, label_with_unit(fact), "text")
        fact_cell(sheet, fact, answer, row, left + 2, cells)
        sheet.put(row, left + 3, answer.remark, "text")
        sheet.heights[row] = 18
    sheet.row = top + half


def other_card(office, sheet, cells):
    """序号, 三级指标, 自评得分, 分值, 二级指标, 评分标准, 佐证材料, 扣分原因, 财政复核得分, 一级指标."""
    heads = ["序号", "三级指标", office.score_header, "分值", "二级指标", "评分标准", "佐证材料", "扣分原因", "财政复核得分", "一级指标"]
    sheet.line(heads, "head", height=24)
    group, section = "", ""
    for number, (indicator, row) in enumerate(zip(INDICATORS, card_rows()), 1):
        group, section = row["group"] or group, row["section"] or section
        reviewed = max(0, reference.CARD[indicator][0] - 1)
        at = sheet.line([(number, "label"), office.names.get(indicator, row["name"]), None, (reference.CARD[indicator][0], "label"),
                         (group, "label"), row["standard"], evidence_of(office, indicator), None, (reviewed, "label"),
                         (section, "label")], height=min(300, 16 * (2 + row["standard"].count("\n") + len(row["standard"]) // 30)))
        claim_cell(office, sheet, indicator, at, 3, cells)
    total = float(office.sum_claimed())
    grade = office.grade or reference.grade(office.sum_claimed())
    for label, value, key in (("合计", total, "total"), ("评价等级", grade, "grade")):
        at = sheet.line([(None, "label"), (label, "head"), (value, "score")] + [(None, "label")] * 7)
        cells[key] = [sheet.name, address(at, 3), text_of(value)]
    sheet.put(at - 1, 4, 100, "label")
    sheet.put(at - 1, 9, 79, "label")


def evidence_of(office, indicator):
    """The named materials of an indicator's 是/否 questions, for the card's own column 佐证材料."""
    proofs = [office.facts[f].evidence for f in reference.CARD[indicator][2] if unit_of(f) == "是/否"]
    return "；".join(dict.fromkeys(p for p in proofs if p)) or None


LAYOUTS = {"standard": standard_layout, "stacked": stacked_layout}


# ---------------------------------------------------------------- what the audit must say

def expectation(office, cells):
    result = reference.audit(office.case())[0]
    total = office.sum_claimed() if office.total in ("sum", "formula") else Decimal(str(office.total))
    grade = office.grade or reference.grade(office.sum_claimed())
    return {"file": office.file, "unit": office.unit, "year": office.year,
            "claimed": {"total": reference.decimal(reference.Fraction(total)), "grade": grade},
            "indicators": result["indicators"], "recomputed": result["recomputed"], "points": result["points"],
            "findings": findings(office, result, total, grade), "cells": cells}


def findings(office, result, total, grade):
    found = list(office.findings)
    for line in result["indicators"]:
        found += [(code, line["id"], None) for code in claim_codes(office, line)]
        found += [settling_code(office, line["id"], entry) for entry in line["settled_by"] if entry != "judgement"]
    found += [("points-altered", indicator, None) for indicator in office.points_altered]
    found += total_codes(office, result, total, grade)
    order = {None: -1, **{name: place for place, name in enumerate(INDICATORS)}}
    found = sorted(dict.fromkeys(found), key=lambda f: (order[f[1]], f[0], f[2] or ""))
    return [{"code": code, "indicator": indicator, "fact": fact} for code, indicator, fact in found]


def claim_codes(office, line):
    if line["verdict"] == "invalid":
        if line["claimed"] is not None:
            return ["negative-score"]
        return ["score-missing" if in_the_cell(office.claims[line["id"]]) is None else "score-not-a-number"]
    return ["score-above-points"] if Decimal(line["claimed"]) > reference.CARD[line["id"]][0] else []


def settling_code(office, indicator, entry):
    kind, _, fact = entry.rpartition(":")
    code = {"": "fact-missing", "evidence": "evidence-missing", "conflict": "narrative-conflict"}[kind]
    return office.causes.get((indicator, entry), code), indicator, fact


def total_codes(office, result, total, grade):
    codes = []
    if total != office.sum_claimed():
        codes.append("total-mismatch")
    if grade != reference.grade(total):
        codes.append("grade-mismatch")
    if "差中良优".index(result["recomputed"]["grade_ceiling"]) < "差中良优".index(grade):
        codes.append("grade-overstated")
    if office.section_totals and "wrong" in office.section_totals.values():
        codes.append("section-total-mismatch")
    return [(code, None, None) for code in codes]


def check_tables(office):
    """The completion table has exactly the faults that the content claims for it."""
    codes = {code for code, _, _ in office.findings}
    sums = [sum(Decimal(str(task[column])) for task in office.tasks) for column in (2, 3, 4, 5)]
    totals = [Decimal(str(t)) for t in task_totals(office)]
    assert (sums != totals) == ("completion-total-mismatch" in codes), office.file
    assert any(t[4] > t[2] or t[5] > t[3] for t in office.tasks) == ("execution-over-budget" in codes), office.file
    assert any(t[3] > t[2] or t[5] > t[4] for t in office.tasks) == ("fiscal-over-total" in codes), office.file
    last = office.facts["q4_progress"]
    if last.means:
        agrees = abs(totals[2] / totals[0] * 100 - Decimal(last.means[0])) <= Decimal("0.005")
        assert agrees != ("execution-rate-mismatch" in codes), (office.file, totals[2] / totals[0])
    planned = [Decimal(v) for v in office.facts["budget_total"].means]
    assert not planned or planned[0] == totals[0], office.file


def main():
    arguments = argparse.ArgumentParser(description="make the sample workbooks and their expectations")
    arguments.add_argument("--expected", action="store_true", help="only the expectations")
    given = arguments.parse_args()
    os.makedirs(WORKBOOKS, exist_ok=True)
    os.makedirs(EXPECTED, exist_ok=True)
    for office in offices.all_offices():
        check_tables(office)
        cells = {}
        pages_made = LAYOUTS[office.layout](office, cells)
        if not given.expected:
            sheets.write(os.path.join(WORKBOOKS, office.file), pages_made, f"{office.unit}{office.year}年度绩效自评", office.program)
        name = os.path.splitext(office.file)[0] + ".json"
        with open(os.path.join(EXPECTED, name), "w", encoding="utf-8", newline="\n") as out:
            json.dump(expectation(office, cells), out, ensure_ascii=False, indent=1)
            out.write("\n")
        print(office.file)


if __name__ == "__main__":
    main()
