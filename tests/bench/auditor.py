#!/usr/bin/env python3
"""A Python auditor of the same job, for comparison: what a capable clerk's script with good libraries costs.

    python3 tests/bench/auditor.py FOLDER -o audit.xlsx [--processes N]

It reads every .xlsx and .xlsm of a folder with openpyxl (read-only: its fastest mode), finds the card and the base data by
their headings, recomputes the 21 scores of the Shenzhen card of 2020 over all readings (scorecard.py), and writes with
XlsxWriter (constant memory) an audit workbook: an overview, the differences, claim and score of every indicator, and a sheet per
department with every fact and its cell and every score with its clauses and formulas; above 200 departments each of those is a
workbook of its own, as fuhe does it. Files are read, and such workbooks written, by as many processes as are asked for.

It does less than fuhe: no merged cells, no layouts but tables with headings, no narrative, no completion table, no project
forms, no other formats, no certainty, one unit per column. What it cannot read it lists.
"""

import argparse
import json
import multiprocessing
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.utils import get_column_letter

from scorecard import CHOICE, FACTS, INDICATORS, MONEY, OPTIONS, PERCENT, YES_NO, scores

PAPERS_MAX = 200  # as many as fuhe keeps in the audit workbook itself
TOLERANCE = Decimal("0.01")

NAME_HEADS = {"三级指标", "指标", "指标名称", "考核指标"}
SCORE_HEADS = {"自评得分", "得分", "自评分", "分数", "单位自评分", "自评", "部门自评得分"}
LABEL_HEADS = {"数据项", "指标", "项目", "指标内容", "内容", "数据名称"}
VALUE_HEADS = {"数值", "填报值", "数据", "填报数", "金额", "值"}
UNIT_HEADS, EVIDENCE_HEADS = {"单位", "计量单位"}, {"佐证材料", "佐证", "证明材料"}
UNIT_LABELS = ("部门名称", "单位名称", "填报单位", "部门单位名称", "预算单位")
NO_EVIDENCE = {"", "—", "/", "无"}

# The clauses of each indicator, as the sheet of a department lists them.
CLAUSES = {
    "budget_reasonableness": ["符合部门职责和政策，1分", "资金按工作重点合理分配，1分", "专项资金编细，1分", "功能和经济分类准确，1分", "预算分配不固化，1分"],
    "budget_conformity": ["一项不符合扣1分，扣完为止"],
    "goal_completeness": ["未按要求编报，一项扣1分，扣完为止"],
    "indicator_clarity": ["与任务计划相对应，2分", "有体现履职效果的效益指标，2分", "指标值清晰可衡量，1分", "有可量化的指标，1分", "目标值测算有依据，1分"],
    "procurement": ["实际采购金额÷计划金额×1分", "政策功能落实到位，1分"],
    "financial_compliance": ["资金支出规范，1分", "调整调剂在10%以内，1分", "会计核算规范，1分"],
    "disclosure": ["部门预算公开，1.5分", "部门决算公开，1.5分"],
    "project_procedure": ["设立和调整履行报批程序，1分", "招投标、验收等执行制度，1分"],
    "project_supervision": ["建立并执行监控机制，1分", "对主管资金开展检查督促，1分"],
    "asset_safety": ["配置合理且账实相符，1分", "处置规范且收入上缴，1分"],
    "asset_utilisation": ["≥90%，1分；≥75%，0.7分；≥60%，0.4分"],
    "staff_control": ["在编人数÷核定编制数≤100%，1分"],
    "contract_staff_control": ["<5%，1分；≤10%，0.5分"],
    "management_rules": ["制定财政财务和内控制度，0.5分", "制度得到有效执行，1.5分", "预算绩效管理制度，1分"],
    "public_funds_control": ["“三公”经费<90%，3分；≤100%，2分", "日常公用经费<90%，3分；≤100%，2分"],
    "budget_execution": ["一季度进度÷25%×1分", "二季度进度÷50%×1分", "三季度进度÷75%×1分", "四季度进度÷100%×1分", "全年平均执行率×2分"],
    "key_tasks": ["一项没有完成扣4分，扣完为止"],
    "project_timeliness": ["已完成项目数÷计划项目数×6分"],
    "benefits": ["由专家评判，25分"],
    "petitions": ["建立意见渠道，1分", "回复率达100%，1分", "及时回复率达100%，1分"],
    "satisfaction": ["≥95%，6分；≥90%，4分；≥80%，2分；其他1分"],
}


# ---- reading -------------------------------------------------------------------------------------------------------------------------
def folded(value):
    """A label without what varies: widths, spaces, quotes, numbering, units in brackets."""
    text = unicodedata.normalize("NFKC", str(value))
    text = re.sub(r"\s|[“”\"'‘’:]", "", text)
    text = re.sub(r"\((?:万元|元|人|项|个|%|\d+分)\)$", "", text)
    return re.sub(r"^(?:\d+[.、]?|[一二三四五六七八九十]+、|[(][一二三四五六七八九十\d]+[)])", "", text)


INDICATOR_OF = {folded(name): indicator for indicator, name, _ in INDICATORS}
FACT_OF = {folded(label): fact for fact, label, _ in FACTS}
UNIT_OF = {fact: unit for fact, _, unit in FACTS}


def read(path):
    """(unit, claims, facts, evidence), each claim and fact with its cell; an error in words instead."""
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # whatever a broken file makes of openpyxl
        return f"{type(error).__name__}: {error}"
    found = {"unit": None, "claims": {}, "facts": {}, "evidence": {}}
    try:
        for sheet in book.worksheets:
            read_sheet(sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)], found)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    finally:
        book.close()
    return found if found["claims"] else "no scorecard"


def read_sheet(title, rows, found):
    card, base, name_head, score_head = None, [], (0, None), (0, None)  # the heads of a card may stand in two rows
    for number, row in enumerate(rows, 1):
        labels = [folded(value) if isinstance(value, str) else "" for value in row]
        if found["unit"] is None:
            found["unit"] = unit_in(row, labels)
        heads_base = heads(labels, LABEL_HEADS, VALUE_HEADS, row)
        name_head = (number, at(labels, NAME_HEADS)[-1]) if at(labels, NAME_HEADS) and not heads_base else name_head
        score_head = (number, at(labels, SCORE_HEADS)[-1]) if at(labels, SCORE_HEADS) and not heads_base else score_head
        if number in (name_head[0], score_head[0]) and abs(name_head[0] - score_head[0]) <= 1 and None not in (name_head[1], score_head[1]):
            card = name_head[1], score_head[1]
        if heads_base:
            base = heads_base
        if card:
            read_claim(title, number, row, labels, card, found)
        for columns in base:
            read_fact(title, number, row, labels, columns, found)


def at(labels, wanted):
    return [column for column, label in enumerate(labels) if label in wanted]


def heads(labels, label_heads, value_heads, row):
    """For each group of base data beside another: columns of label, value, unit, evidence."""
    groups = []
    for label in at(labels, label_heads):
        value = next((c for c in at(labels, value_heads) if c > label), None)
        if value is None or any(c in range(label + 1, value) for c in at(labels, label_heads)):
            continue
        unit = next((c for c in at(labels, UNIT_HEADS) if label < c <= value + 2), None)
        evidence = next((c for c in at(labels, EVIDENCE_HEADS) if c > label), None)
        groups.append((label, value, unit, evidence))
    return groups


def unit_in(row, labels):
    for column, label in enumerate(labels):
        for name in UNIT_LABELS:
            if label == name:
                return next((str(v) for v in row[column + 1 :] if v is not None), None)
            if label.startswith(name) and len(label) > len(name):
                return str(row[column]).split("：")[-1].split(":")[-1].strip()
    return None


def read_claim(title, number, row, labels, columns, found):
    name, score = columns
    indicator = INDICATOR_OF.get(labels[name]) if name < len(labels) else None
    if indicator and indicator not in found["claims"] and score < len(row):
        cell = f"{get_column_letter(score + 1)}{number}"
        found["claims"][indicator] = (decimal(row[score]), title, cell, row[score])


def read_fact(title, number, row, labels, columns, found):
    label, value, unit, evidence = columns
    fact = FACT_OF.get(labels[label]) if label < len(labels) else None
    if not fact or fact in found["facts"] or value >= len(row):
        return
    stated = row[unit] if unit is not None and unit < len(row) else row[label]
    cell = f"{get_column_letter(value + 1)}{number}"
    found["facts"][fact] = (meant(fact, row[value], str(stated or "")), title, cell, row[value])
    named = row[evidence] if evidence is not None and evidence < len(row) else None
    if named is not None and str(named).strip() not in NO_EVIDENCE:
        found["evidence"][fact] = str(named)


def meant(fact, value, unit):
    kind = UNIT_OF[fact]
    if value is None:
        return None
    if kind == YES_NO:
        text = re.sub(r"\s", "", str(value))
        ticked = re.search(r"[☑√■]([是否])", text)
        return ticked.group(1) if ticked else text if text in ("是", "否") else {"有": "是", "无": "否"}.get(text)
    if kind == CHOICE:
        return value if value in OPTIONS else None
    number = decimal(value)
    if number is None:
        return None
    if kind == MONEY and (re.search(r"(?<!万)元", unit) or isinstance(value, str) and re.search(r"(?<!万)元$", value)):
        number /= 10000
    if kind == PERCENT and isinstance(value, float) and 0 < number <= Decimal("1.5"):
        number *= 100
    return Fraction(number)


def decimal(value):
    if isinstance(value, bool) or value is None:
        return None
    text = unicodedata.normalize("NFKC", str(value)).replace(",", "").strip()
    text = re.sub(r"^[约￥¥]|(?:万元|元|分|人|项|个|%)$", "", text)
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


# ---- judging -------------------------------------------------------------------------------------------------------------------------
def judged(found):
    facts = {fact: value for fact, (value, *_) in found["facts"].items() if value is not None}
    ranges = scores(facts, set(found["evidence"]))
    lines = []
    for indicator, name, points in INDICATORS:
        low, high, default = ranges[indicator]
        claim = found["claims"].get(indicator, (None,))[0]
        lines.append((indicator, name, points, claim, low, high, default, *verdict(claim, low, high, default)))
    return lines


def verdict(claim, low, high, default):
    if claim is None or claim < 0:
        return "填报无效", None
    if claim > high + TOLERANCE:
        return "多计", claim - high
    if claim < low - TOLERANCE:
        return "少计", low - claim
    if default is None:
        return "无法复核", None
    return ("一致", Decimal(0)) if abs(claim - default) <= TOLERANCE else ("口径存疑", Decimal(0))


# ---- writing -------------------------------------------------------------------------------------------------------------------------
def formats(book):
    return {
        "title": book.add_format({"bold": True, "font_size": 14}), "head": book.add_format({"bold": True, "bg_color": "#D9E2F3", "border": 1}),
        "fact": book.add_format({"bg_color": "#FFF2CC", "border": 1}), "score": book.add_format({"num_format": "0.00", "border": 1}),
        "text": book.add_format({"border": 1, "text_wrap": True}), "bad": book.add_format({"font_color": "#C00000", "num_format": "0.00", "border": 1}),
    }  # fmt: skip


def number(value):
    return float(value) if isinstance(value, (Decimal, Fraction)) else value


def paper(sheet, style, file, found, lines):
    """The sheet of a department: its facts with their cells, its scores with their clauses, live formulas over them."""
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 1, 36)
    sheet.set_column(2, 8, 14)
    sheet.write(0, 0, f"{found['unit'] or file} 2020年度复核底稿", style["title"])
    sheet.write(1, 0, file)
    for column, text in enumerate(("序号", "数据项", "数值或答复", "单位", "佐证材料", "工作表", "出处", "原文")):
        sheet.write(2, column, text, style["head"])
    row = 3
    for index, (fact, label, unit) in enumerate(FACTS, 1):
        value, title, cell, raw = found["facts"].get(fact, (None, None, None, None))
        values = (index, label, number(value), unit, found["evidence"].get(fact), title, cell, None if raw is None else str(raw))
        for column, value in enumerate(values):
            sheet.write(row, column, value, style["fact" if column == 2 else "text"])
        row += 1
    for index, (indicator, name, points, claim, low, high, default, word, difference) in enumerate(lines, 1):
        row = one_score(sheet, style, row + 1, (index, indicator, name, points, claim, low, high, default, word, difference))


def one_score(sheet, style, row, line):
    index, indicator, name, points, claim, low, high, default, word, difference = line
    clauses = CLAUSES[indicator]
    first, last = row + 3, row + 2 + len(clauses)
    for column, value in enumerate((index, name, points, "自评", number(claim), "结论", word)):
        sheet.write(row, column, value, style["text"])
    sheet.write_formula(row, 7, f"=ROUND(E{row + 1}-D{last + 1},2)", style["bad"], number(difference) or 0)
    for column, text in enumerate(("", "条款", "分值", "低", "高", "说明")):
        sheet.write(row + 1, column, text, style["head"])
    for offset, clause in enumerate(clauses):
        share = float(points) / len(clauses)
        for column, value in enumerate(("", clause, share, number(low) / len(clauses), number(high) / len(clauses), f"{name}：{clause}")):
            sheet.write(row + 2 + offset, column, value, style["score" if column in (2, 3, 4) else "text"])
    end = row + 2 + len(clauses)
    sheet.write(end, 1, "得分（取两位小数）", style["text"])
    for column, letter, value in ((2, "C", points), (3, "D", low), (4, "E", high)):
        sheet.write_formula(end, column, f"=ROUND(MAX(0,MIN({points},SUM({letter}{first}:{letter}{last}))),2)", style["score"], number(value))
    return end + 1


def list_sheet(book, style, name, heads, lines):
    sheet = book.add_worksheet(name)
    for column, text in enumerate(heads):
        sheet.write(0, column, text, style["head"])
    for row, line in enumerate(lines, 1):
        for column, value in enumerate(line):
            sheet.write(row, column, number(value), style["score" if isinstance(value, Decimal) else "text"])
    sheet.freeze_panes(1, 0)


# ---- a run ---------------------------------------------------------------------------------------------------------------------------
def one(task):
    number_, path, file, papers = task
    found = read(path)
    if isinstance(found, str):
        return file, found, None
    lines = judged(found)
    if papers:
        book = xlsxwriter.Workbook(f"{papers}/底稿{number_:05}.xlsx", {"constant_memory": True})
        paper(book.add_worksheet("底稿"), formats(book), file, found, lines)
        book.close()
        found = {"unit": found["unit"]}
    return file, found, lines


def write_audit(output, results, apart):
    audited = [(file, found, lines) for file, found, lines in results if lines]
    book = xlsxwriter.Workbook(str(output), {"constant_memory": True})
    style = formats(book)
    total = lambda lines, at: sum((line[at] for line in lines if line[at] is not None), Decimal(0))
    overview = [(f, d["unit"], total(x, 3), total(x, 4), total(x, 5), total([y for y in x if y[7] == "多计"], 8)) for f, d, x in audited]
    list_sheet(book, style, "总览", ("文件", "部门", "自评总分", "复核最低", "复核最高", "多计"), sorted(overview, key=lambda o: -o[5]))
    wrong = [(f, d["unit"], *y[1:]) for f, d, x in audited for y in x if y[7] not in ("一致", "无法复核")]
    list_sheet(book, style, "差异清单", ("文件", "部门", "指标", "分值", "自评", "低", "高", "复核得分", "结论", "差额"), wrong)
    every = [(f, d["unit"], *y[1:]) for f, d, x in audited for y in x]
    list_sheet(book, style, "逐项核对", ("文件", "部门", "指标", "分值", "自评", "低", "高", "复核得分", "结论", "差额"), every)
    list_sheet(book, style, "未能复核", ("文件", "原因"), [(f, why) for f, why, lines in results if not lines])
    if not apart:
        for index, (file, found, lines) in enumerate(audited, 1):
            paper(book.add_worksheet(f"底稿{index:03}"), style, file, found, lines)
    book.close()
    return audited


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args()
    paths = sorted(p for p in options.folder.rglob("*") if p.suffix.lower() in (".xlsx", ".xlsm"))
    others = sum(p.is_file() for p in options.folder.rglob("*")) - len(paths)
    papers = None
    if len(paths) > PAPERS_MAX:
        papers = options.output.with_suffix("")
        papers.mkdir(parents=True, exist_ok=True)
    tasks = [(n, p, str(p.relative_to(options.folder)), papers and str(papers)) for n, p in enumerate(paths, 1)]
    if options.processes == 1:
        results = [one(task) for task in tasks]
    else:
        with multiprocessing.Pool(options.processes) as pool:
            results = list(pool.imap(one, tasks, chunksize=8))
    audited = write_audit(options.output, results, papers is not None)
    computed = sum(line[6] is not None for _, _, lines in audited for line in lines)
    words = {}
    for _, _, lines in audited:
        for line in lines:
            words[line[7]] = words.get(line[7], 0) + 1
    print(json.dumps({"files": len(paths), "audited": len(audited), "left_out": others, "computed": computed, "verdicts": words}, ensure_ascii=False))


if __name__ == "__main__":
    main()
