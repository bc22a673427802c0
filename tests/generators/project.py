#!/usr/bin/env python3
"""Makes the sample workbooks of project-2020, and what an audit of each form must say.

    python3 project.py                 writes samples/project-2020/*.xlsx and tests/referee/expected/project-2020/*.json
    python3 project.py --expected      only the expectations

Needs openpyxl and XlsxWriter. What each form says stands in project_forms.py, how it is laid out in this file; the expectations
come from that content, in exact fractions, and never from the program under test.

An expectation holds one entry a form: sheet, form, project, unit, year, claimed total, indicators, recomputed, points and the
findings as pairs of code and indicator, without the codes of the verdicts.
"""
import json
import os
import sys
import tomllib
from decimal import Decimal
from fractions import Fraction

import project_forms
import sheets
from sheets import Sheet

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
WORKBOOKS = os.path.join(ROOT, "samples", "project-2020")
EXPECTED = os.path.join(HERE, "..", "referee", "expected", "project-2020")
CARD = os.path.join(ROOT, "src", "rulebook", "builtin", "shenzhen-2020.toml")
GRADES = [(90, "优"), (80, "良"), (60, "中"), (0, "差")]


# What the form demands

def rounded(points):
    """Half-up at two decimals."""
    return Decimal((points * 100 + Fraction(1, 2)).__floor__()) / 100


def clamped(share):
    return max(Fraction(0), min(Fraction(1), share))


def shares(row):
    """Every reading of a row with the lowest and the highest share of its weight."""
    kind, *means = row.means
    if kind == "open":
        return [(reading, Fraction(0), Fraction(1)) for reading in means or [""]]
    if kind == "level":
        return [("", Fraction(means[0]), Fraction(means[1]))]
    sign, target, actual = means[0], Fraction(means[1]), Fraction(means[2])
    positive = Fraction(1) if actual >= target else clamped(actual / target)
    if sign in ("≥", ">"):
        return [("", positive, positive)]
    if sign == "=":
        exact = Fraction(int(actual == target))
        return [("positive", positive, positive), ("exact", exact, exact)]
    met = actual <= target
    linear = Fraction(1) if met else clamped(1 - (actual - target) / target)
    inverse = Fraction(1) if met else clamped(target / actual)
    other = positive if sign == "" else None
    both = lambda share: (share, share) if other is None else (min(share, other), max(share, other))
    return [("linear", *both(linear)), ("inverse", *both(inverse))]


def judged(identity, name, weight, claimed, ranges):
    """One line of the form: its range and what its claim is against that."""
    line = {"id": identity, "name": name, "points": weight, "claimed": claimed}
    if weight is None:
        return line | {"low": Decimal(0), "high": None, "default": None, "verdict": "unverifiable", "difference": claimed}
    rounds = [(rounded(Fraction(weight) * low), rounded(Fraction(weight) * high)) for _, low, high in ranges]
    low, high = min(r[0] for r in rounds), max(r[1] for r in rounds)
    complete = all(r[0] == r[1] for r in rounds)
    default = rounds[0][0] if complete else None
    near = Decimal("0.01")
    if claimed > weight or claimed - high > near:
        verdict, difference = "overstated", claimed - high
    elif low - claimed > near:
        verdict, difference = "understated", low - claimed
    elif not complete:
        verdict, difference = "unverifiable", max(Decimal(0), claimed - low)
    else:
        verdict, difference = ("agrees" if abs(claimed - default) <= near else "reading_dependent"), Decimal(0)
    return line | {"low": low, "high": high, "default": default, "verdict": verdict, "difference": difference}


def budget(form):
    """The budget's line: weight × B ÷ A, at most the weight."""
    planned, spent = Fraction(form.planned), Fraction(form.spent)
    share = clamped(spent / planned) if planned else None
    ranges = [("", share, share)] if planned else [("", Fraction(0), Fraction(1))]
    return judged("budget", "预算执行", form.weight, form.claimed, ranges)


def demanded(form, number, sheet):
    rows = [judged(f"row-{n}", row.name, row.weight, row.score, shares(row)) for n, row in enumerate(form.rows, 1)]
    lines = [budget(form)] + rows
    points = dict.fromkeys(["agreed", "overstated", "understated", "reading_dependent", "unverifiable", "invalid"], Decimal(0))
    for line in lines:
        settled = "agreed" if line["default"] is not None else "unverifiable"
        if line["verdict"] == "overstated":
            points["overstated"] += line["difference"]
            points[settled] += line["claimed"] - line["difference"]
        elif line["verdict"] == "understated":
            points["understated"] += line["difference"]
            points[settled] += line["claimed"]
        else:
            points["agreed" if line["verdict"] == "agrees" else line["verdict"]] += line["claimed"]
    low = sum(line["low"] for line in lines)
    high = None if any(line["high"] is None for line in lines) else sum(line["high"] for line in lines)
    ceiling = sum(line["claimed"] if line["high"] is None else min(line["claimed"], line["high"]) for line in lines)
    grade = lambda total: None if total is None else next(name for least, name in GRADES if total >= least)
    recomputed = {"low": low, "high": high, "ceiling": ceiling, "grade_low": grade(low), "grade_high": grade(high),
                  "grade_ceiling": grade(ceiling)}
    findings = sorted([[code, of] for code, of in form.findings], key=str)
    return {"sheet": sheet, "form": number, "project": form.project, "unit": form.unit, "year": form.year,
            "total": form.total, "indicators": lines, "recomputed": recomputed, "points": points, "findings": findings}


# How the forms are laid out

def number(text):
    """A number cell where the text is a plain number, else the text."""
    try:
        return float(text) if text not in ("", None) else None
    except ValueError:
        return text


def head(sheet, form, columns):
    sheet.title(form.title, columns)
    sheet.title(f"（{form.year}年度）" if form.year_beside else " ", columns, "note", 18)
    half = columns // 2
    row = sheet.row
    sheet.put(row, 1, "项目名称", "label", columns=2)
    sheet.put(row, 3, form.project, "value", columns=columns - 2)
    sheet.put(row + 1, 1, "主管部门", "label", columns=2)
    sheet.put(row + 1, 3, form.authority, "value", columns=half - 2)
    sheet.put(row + 1, half + 1, "实施单位", "label")
    sheet.put(row + 1, half + 2, form.unit, "value", columns=columns - half - 1)
    sheet.row += 2


def money(sheet, form, columns, labels=("分值", "执行率（B/A）", "得分")):
    top = sheet.row
    sheet.put(top, 1, f"项目资金\n（{form.money}）", "label", rows=len(form.funds) + 1)
    heads = [None, "年初预算数", "全年预算数\n（A）", "全年执行数\n（B）", *labels]
    for column, text in enumerate(heads, 2):
        sheet.put(top, column, text, "head")
    for at, fund in enumerate(form.funds, 1):
        sheet.put(top + at, 2, fund[0], "label")
        for column, amount in enumerate(fund[1:4], 3):
            sheet.put(top + at, column, number(amount), "money")
        for column, text in enumerate(fund[4:], 6):
            sheet.put(top + at, column, number(text), "value")
    sheet.row = top + len(form.funds) + 1
    top = sheet.row
    sheet.put(top, 1, "年度总体目标", "label", rows=2)
    sheet.put(top, 2, "预期目标", "head", columns=3)
    sheet.put(top, 5, "实际完成情况", "head", columns=columns - 4)
    sheet.put(top + 1, 2, form.goal, "text", columns=3)
    sheet.put(top + 1, 5, form.achieved, "text", columns=columns - 4)
    sheet.row = top + 2


def labels(sheet, rows, top, level, column, decorate=lambda text: text):
    """Merged cells over the rows that share a label."""
    at = 0
    while at < len(rows):
        key = lambda row: (row.above[:level + 1])
        span = next((n for n in range(at, len(rows)) if key(rows[n]) != key(rows[at])), len(rows)) - at
        sheet.put(top + at, column, decorate(rows[at].above[level]), "label", rows=span)
        at += span


def national(sheet, form, weights=True, break_after=None):
    columns = 9 if weights else 8
    head(sheet, form, columns)
    money(sheet, form, columns, ("分值", "执行率（B/A）", "得分") if weights else ("执行率（B/A）", "得分"))
    heads = ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"] + (["分值"] if weights else []) + ["得分"]
    heads += ["偏差原因分析及改进措施"] if weights else []
    rows = form.rows
    parts = [rows] if break_after is None else [rows[:break_after], rows[break_after:]]
    for place, part in enumerate(parts):
        if place:
            sheet.title(form.title + "（续）", columns, "note", 18)
        for column, text in enumerate(heads, 1):
            sheet.put(sheet.row, column, text, "head")
        top = sheet.row + 1
        for at, row in enumerate(part):
            values = [row.name, row.target, row.actual] + ([row.weight] if weights else []) + [row.score]
            values += [row.reason] if weights else []
            for column, value in enumerate(values, 4):
                sheet.put(top + at, column, number(str(value)) if value is not None else None, "value")
        labels(sheet, part, top, 0, 2)
        labels(sheet, part, top, 1, 3)
        sheet.row = top + len(part)
    last = sheet.row
    sheet.put(last, 1, "总分", "head", columns=6)
    if weights:
        sheet.put(last, 7, 100, "value")
    sheet.put(last, 8 if weights else 7, number(str(form.total)), "score")
    sheet.row += 2


def regional(sheet, form):
    """Weights in the labels, the value split in three, the score before the values, the bureau's own score beside it."""
    columns = 10
    head(sheet, form, columns)
    money(sheet, form, columns)
    heads = ["一级指标", "二级指标", "三级指标", "分值", "自评得分", "财政审定评分", "指标性质", "指标值", "度量单位", "实际完成值", "未完成原因及改进措施"]
    for column, text in enumerate(heads, 1):
        sheet.put(sheet.row, column, text, "head")
    top = sheet.row + 1
    sums = {}
    for row in form.rows:
        sums[row.above[0]] = sums.get(row.above[0], 0) + row.weight
    for at, row in enumerate(form.rows):
        values = [row.name, row.weight, row.score, row.audited, *row.split, row.actual, row.reason]
        for column, value in enumerate(values, 3):
            sheet.put(top + at, column, number(str(value)) if value is not None else None, "value")
    labels(sheet, form.rows, top, 0, 1, lambda text: f"{text}（{form.stated.get(text, sums[text])}分）")
    labels(sheet, form.rows, top, 1, 2)
    sheet.row = top + len(form.rows)
    sheet.put(sheet.row, 1, "合计", "head", columns=3)
    sheet.put(sheet.row, 4, 100, "value")
    sheet.put(sheet.row, 5, number(str(form.total)), "score")
    sheet.put(sheet.row, 6, 66, "value")
    sheet.row += 2


def card(claims):
    """A short card of shenzhen-2020 with claims and nothing else."""
    with open(CARD, "rb") as file:
        indicators = tomllib.load(file)["indicators"]
    sheet = Sheet("部门整体评分表", [6, 30, 8, 8])
    sheet.title("2020年度部门整体支出绩效评分表", 4)
    sheet.line(["单位名称：云溪县体育中心"], "note")
    sheet.line(["序号", "三级指标", "分值", "自评得分"], "head")
    for n, (indicator, claim) in enumerate(zip(indicators, claims), 1):
        sheet.line([n, indicator["name"], indicator["points"], claim], "value")
    sheet.line(["", "合计", 100, sum(claims)], "score")
    return sheet


LAYOUTS = {
    "national": national,
    "no_weights": lambda sheet, form: national(sheet, form, weights=False),
    "broken": lambda sheet, form: national(sheet, form, break_after=3),
    "regional": regional,
}


def pages(book):
    """The sheets of a workbook, and its forms with the sheet and the number of each."""
    made, forms = [], []
    if book.card:
        made.append(card(book.card))
    for name, contents in book.sheets:
        sheet = Sheet(name, [12, 16, 16, 18, 14, 14, 12, 12, 14, 14, 22], landscape=True)
        for layout, form in contents:
            LAYOUTS[layout](sheet, form)
            forms.append((form, len(forms) + 1, name))
        made.append(sheet)
    return made, forms


def written(thing):
    """thing with its decimals as text."""
    if isinstance(thing, dict):
        return {key: written(value) for key, value in thing.items()}
    if isinstance(thing, list):
        return [written(value) for value in thing]
    return format(thing.normalize(), "f") if isinstance(thing, Decimal) else thing


def main():
    os.makedirs(WORKBOOKS, exist_ok=True)
    os.makedirs(EXPECTED, exist_ok=True)
    for book in project_forms.BOOKS:
        made, forms = pages(book)
        if "--expected" not in sys.argv:
            sheets.write(os.path.join(WORKBOOKS, book.file), made, book.file, book.program)
        expected = {"file": book.file, "card": bool(book.card), "forms": [demanded(*form) for form in forms]}
        name = os.path.splitext(book.file)[0] + ".json"
        with open(os.path.join(EXPECTED, name), "w", encoding="utf-8") as file:
            json.dump(written(expected), file, ensure_ascii=False, indent=1)
            file.write("\n")


if __name__ == "__main__":
    main()
