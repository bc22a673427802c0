"""A submission as content (claims, facts, evidence, narrative) and the layouts in which departments write it down.

Every layout notes where it put each claim and fact, and each case says what that content means; together they are the expectation.
Nothing is read back.
"""

from decimal import Decimal

from corpus_book import Book, a1, raw_text

YES_NO, MONEY, PERCENT = "是/否", "万元", "%"

# id, 一级, 二级, 三级, points, what the row explains, facts, honest claim for the facts below
INDICATORS = [
    ("budget_reasonableness", 0, "预算编制", "预算编制合理性", 5, "预算是否符合本部门职责，资金有无按轻重缓急分配", "5"),
    ("budget_conformity", 0, "预算编制", "预算编制规范性", 5, "预算编制是否符合当年编制原则和要求，一项不符扣1分", "5"),
    ("goal_completeness", 0, "目标设置", "绩效目标完整性", 3, "是否按要求编报项目绩效目标，一项不符扣1分", "3"),
    ("indicator_clarity", 0, "目标设置", "绩效指标明确性", 7, "绩效指标是否清晰、细化、可量化", "7"),
    ("procurement", 1, "资金管理", "政府采购执行情况", 2, "实际采购金额合计数/采购计划金额合计数×100%", "1.99"),
    ("financial_compliance", 1, "资金管理", "财务合规性", 3, "调整、调剂资金累计在预算总规模10%以内的得1分", "3"),
    ("disclosure", 1, "资金管理", "预决算信息公开", 3, "按规定内容、时限、范围公开的，得1.5分", "3"),
    ("project_procedure", 1, "项目管理", "项目实施程序", 2, "项目设立、调整、招投标、验收是否履行手续", "2"),
    ("project_supervision", 1, "项目管理", "项目监管", 2, "对所实施项目的检查、监控、督促整改", "2"),
    ("asset_safety", 1, "资产管理", "资产管理安全性", 2, "资产保存完整、处置规范、收入足额上缴", "2"),
    ("asset_utilisation", 1, "资产管理", "固定资产利用率", 1, "固定资产利用率≥90%的，得1分；<60%的，得0分", "1"),
    ("staff_control", 1, "人员管理", "财政供养人员控制率", 1, "在编人数/核定编制数≤100%的，得1分", "1"),
    ("contract_staff_control", 1, "人员管理", "编外人员控制率", 1, "比率<5%的，得1分；5%≤比率≤10%的，得0.5分", "0.5"),
    ("management_rules", 1, "制度管理", "管理制度健全性", 3, "制定财务、内控和预算绩效管理制度并执行", "3"),
    ("public_funds_control", 2, "经济性", "公用经费控制率", 6, "“三公”经费控制率<90%的得3分；90%至100%的得2分", "5"),
    ("budget_execution", 2, "效率性", "预算执行率", 6, "一季度得分=（一季度部门预算支出进度/序时进度25%）×1分", "5.82"),
    ("key_tasks", 2, "效率性", "重点工作完成情况", 8, "一项重点工作没有完成扣4分，扣完为止", "8"),
    ("project_timeliness", 2, "效率性", "项目完成及时性", 6, "已完成项目数/计划完成项目总数×6分", "6"),
    ("benefits", 2, "效果性", "社会效益、经济效益、生态效益及可持续影响等", 25, "至少选择三个方面对工作实效和效益进行评价", "23"),
    ("petitions", 2, "公平性", "群众信访办理情况", 3, "信访办理回复率达100%（1分）", "3"),
    ("satisfaction", 2, "公平性", "公众或服务对象满意度", 6, "满意度≥95%的，得6分；90%≤满意度<95%的，得4分", "6"),
]
ORDER = [row[0] for row in INDICATORS]
NAMES = {row[0]: row[3] for row in INDICATORS}
POINTS = {row[0]: row[4] for row in INDICATORS}
PRINTED = {"选项": "按规定公开/公开但不合要求/未公开"}
SECTIONS = ["部门决策", "部门管理", "部门绩效"]
SECTION_POINTS = [20, 20, 60]

DISCLOSED = "按规定公开"
# id, label, unit, honest value, indicator, attested (an answer 是 needs its evidence)
FACTS = [
    ("budget_fits_duties", "预算编制符合职责和政策", YES_NO, "是", "budget_reasonableness", True),
    ("funds_prioritised", "资金按工作重点合理分配", YES_NO, "是", "budget_reasonableness", True),
    ("special_funds_itemised", "专项资金编细且无大额年中调剂", YES_NO, "是", "budget_reasonableness", True),
    ("classification_accurate", "功能和经济分类准确且无频繁调剂", YES_NO, "是", "budget_reasonableness", True),
    ("budget_not_fixed", "预算分配不固化", YES_NO, "是", "budget_reasonableness", True),
    ("budget_nonconformities", "预算编制不规范项数", "项", "0", "budget_conformity", False),
    ("goals_missing", "绩效目标漏报或不合要求项数", "项", "0", "goal_completeness", False),
    ("indicators_match_tasks", "绩效指标与任务计划相对应", YES_NO, "是", "indicator_clarity", True),
    ("indicators_show_benefit", "有体现履职效果的效益指标", YES_NO, "是", "indicator_clarity", True),
    ("indicator_values_clear", "指标值清晰可衡量", YES_NO, "是", "indicator_clarity", True),
    ("indicators_quantified", "有可量化的指标", YES_NO, "是", "indicator_clarity", True),
    ("targets_grounded", "目标值测算有依据", YES_NO, "是", "indicator_clarity", True),
    ("procurement_plan", "政府采购计划金额", MONEY, "4", "procurement", False),
    ("procurement_actual", "政府采购实际金额", MONEY, "3.96", "procurement", False),
    ("procurement_policy", "政府采购政策功能落实到位", YES_NO, "是", "procurement", True),
    ("spending_compliant", "资金支出规范", YES_NO, "是", "financial_compliance", True),
    ("adjusted_amount", "调整调剂资金累计金额", MONEY, "145.76", "financial_compliance", False),
    ("budget_total", "部门预算总规模", MONEY, "1701.05", "financial_compliance", False),
    ("accounting_compliant", "会计核算规范", YES_NO, "是", "financial_compliance", True),
    ("spending_violation", "存在违规支出", YES_NO, "否", "financial_compliance", False),
    ("budget_disclosure", "部门预算公开情况", "选项", DISCLOSED, "disclosure", False),
    ("accounts_disclosure", "部门决算公开情况", "选项", DISCLOSED, "disclosure", False),
    ("classified_unit", "涉密部门", YES_NO, "否", "disclosure", False),
    ("project_approval", "项目设立和调整履行报批程序", YES_NO, "是", "project_procedure", True),
    ("project_procedure", "招投标、验收等执行制度", YES_NO, "是", "project_procedure", True),
    ("monitoring_in_place", "建立并执行资金监控机制", YES_NO, "是", "project_supervision", True),
    ("supervision_done", "对主管资金开展检查督促", YES_NO, "是", "project_supervision", True),
    ("fund_rated_poor", "主管专项资金评价结果为差", YES_NO, "否", "project_supervision", False),
    ("assets_kept", "资产配置合理且账实相符", YES_NO, "是", "asset_safety", True),
    ("asset_disposal", "资产处置规范且收入上缴", YES_NO, "是", "asset_safety", True),
    ("assets_in_use", "实际在用固定资产总额", MONEY, "1180.5", "asset_utilisation", False),
    ("assets_total", "固定资产总额", MONEY, "1250", "asset_utilisation", False),
    ("staff_actual", "年末在编人数", "人", "36", "staff_control", False),
    ("staff_quota", "核定编制数", "人", "40", "staff_control", False),
    ("contract_staff", "编外人员数", "人", "4", "contract_staff_control", False),
    ("rules_made", "制定财政财务和内控制度", YES_NO, "是", "management_rules", True),
    ("rules_followed", "制度得到有效执行", YES_NO, "是", "management_rules", True),
    ("performance_rules", "制定预算绩效管理制度并组织实施", YES_NO, "是", "management_rules", True),
    ("sangong_budget", "“三公”经费预算数", MONEY, "2.06", "public_funds_control", False),
    ("sangong_actual", "“三公”经费实际支出数", MONEY, "2.06", "public_funds_control", False),
    ("routine_budget", "日常公用经费调整预算数", MONEY, "103.53563", "public_funds_control", False),
    ("routine_actual", "日常公用经费决算数", MONEY, "88.740039", "public_funds_control", False),
    ("q1_progress", "一季度部门预算支出进度", PERCENT, "27.22", "budget_execution", False),
    ("q2_progress", "二季度部门预算支出进度", PERCENT, "48.45", "budget_execution", False),
    ("q3_progress", "三季度部门预算支出进度", PERCENT, "69.22", "budget_execution", False),
    ("q4_progress", "四季度部门预算支出进度", PERCENT, "98.82", "budget_execution", False),
    ("key_tasks_unfinished", "未完成重点工作项数", "项", "0", "key_tasks", False),
    ("projects_planned", "计划完成项目总数", "个", "8", "project_timeliness", False),
    ("projects_finished", "按期完成项目数", "个", "8", "project_timeliness", False),
    ("petition_channel", "建立群众意见渠道和回复机制", YES_NO, "是", "petitions", True),
    ("petition_reply_rate", "信访办理回复率", PERCENT, "100", "petitions", False),
    ("petition_timely_rate", "信访及时办理回复率", PERCENT, "100", "petitions", False),
    ("satisfaction", "服务对象满意度", PERCENT, "97.5", "satisfaction", False),
]
FACT_ORDER = [row[0] for row in FACTS]
FACT = {row[0]: row for row in FACTS}
SECTION_OF = {row[0]: row[1] for row in INDICATORS}
EVIDENCE = {row[0]: f"附件{n}" for n, row in enumerate(FACTS, 1) if row[5]}

HEADS = {
    "no": "序号", "l1": "一级指标", "l2": "二级指标", "l3": "三级指标", "points": "分值", "desc": "指标说明", "criteria": "评分标准",
    "score": "自评得分", "bureau": "财政复核得分", "reason": "扣分原因", "note": "备注", "evidence": "佐证材料", "last": "上年得分",
    "label": "数据项", "value": "数值", "unit": "单位",
}  # fmt: skip


class W:
    """Something written in a cell (`cell`, `fmt`) and what it means: a value, several candidate values, or None where it means no value."""

    def __init__(self, cell, value=None, unit=None, fmt=None, candidate=True):
        self.cell, self.unit, self.fmt, self.candidate = cell, unit, fmt, candidate
        self.values = value if isinstance(value, list) else [] if value is None else [value]


def number(text):
    return Decimal(text)


class Case:
    """One workbook of the corpus: its content, its cells, and what an honest reading of them must say."""

    def __init__(self, case_id, covers, unit):
        self.id, self.covers, self.unit, self.year = case_id, covers, unit, 2020
        self.ext, self.writer, self.file = "xlsx", "xlsxwriter", None
        self.book = Book()
        self.claims = {row[0]: W(number(row[6]), row[6]) for row in INDICATORS}
        self.facts = {row[0]: W(row[3] if row[2] in (YES_NO, "选项") else number(row[3]), row[3]) for row in FACTS}
        self.evidence = dict(EVIDENCE)
        self.total, self.grade = "sum", "优"
        self.placed_claims, self.placed_facts, self.may_facts = {}, [], []
        self.where = {}
        self.findings, self.allowed, self.absent = [], ["formula-replaced"], []
        self.never = ["overstated", "understated"]
        self.status, self.problem = "audited", None
        self.verdict_overrides = {}
        self.evidence_shown = set()
        self.unsure = None

    # ---- what the content says -------------------------------------------------------------------------------------------------
    def claim(self, indicator, cell, value=None, fmt=None):
        self.claims[indicator] = W(cell, value, fmt=fmt)

    def fact(self, fact, cell, value=None, unit=None, fmt=None, candidate=True):
        self.facts[fact] = W(cell, value, unit, fmt, candidate)

    def find(self, code, indicator=None, fact=None, at=None):
        self.findings.append((code, indicator, fact, at))

    def may(self, *codes):
        self.allowed.extend(codes)

    def not_(self, *codes):
        self.absent.extend(codes)

    def stated_total(self):
        if self.total != "sum":
            return self.total
        return str(sum(Decimal(w.values[0]) for w in self.claims.values() if w.values))

    # ---- the scorecard ---------------------------------------------------------------------------------------------------------
    def card(self, sheet="评分表", row=1, col=1, cols="l1 l2 l3 points desc criteria score", heads=None, header="one", titles=None,
             ident="cells", names=None, ids=None, merge=True, repeat_at=(), blank_before=(), subtotals=False, extra=None,
             closing="score", section_names=None, points=None, total_label="综合评分", grade_label="评分等级", notes=()):
        """Write the scorecard; the next free row comes back."""
        sh = self.book.sheet(sheet)
        cols = cols.split()
        at = {key: col + i for i, key in enumerate(cols)}
        heads = {**HEADS, **(heads or {})}
        row = self._titles(sh, row, col, len(cols), ["2020年度部门整体支出绩效评分表"] if titles is None else titles)
        row = self._ident(sh, row, col, ident)
        row = self._card_header(sh, row, at, heads, header)
        ids = ORDER if ids is None else ids
        run = {"l1": None, "l2": None}
        for index, indicator in enumerate(ids):
            if index in repeat_at:
                row = self._card_header(sh, row, at, heads, header)
                run = {"l1": None, "l2": None}
            if index in blank_before:
                row += 1
                run = {"l1": None, "l2": None}
            self._card_row(sh, row, at, indicator, index, names or {}, merge, run, extra or {}, section_names, points or {})
            row += 1
            last_of_section = index + 1 == len(ids) or SECTION_OF[ids[index + 1]] != SECTION_OF[indicator]
            if subtotals and last_of_section:
                row = self._subtotal(sh, row, at, ids, SECTION_OF[indicator])
                run = {"l1": None, "l2": None}
        row = self._closing(sh, row, at, closing, total_label, grade_label)
        for note in notes:
            sh.put(row, col, note)
            row += 1
        return row + 1

    def _titles(self, sh, row, col, width, titles):
        for title in titles:
            if title:
                sh.put(row, col, title)
                sh.merge(row, col, row, col + width - 1)
            row += 1
        return row

    def _ident(self, sh, row, col, ident):
        pairs = [("部门名称", self.unit), ("预算年度", self.year)] if ident == "cells" else ident
        if not pairs:
            return row
        for i, (label, value) in enumerate(pairs):
            value, fmt = value if isinstance(value, tuple) else (value, None)
            sh.put(row, col + 2 * i, label)
            sh.put(row, col + 2 * i + 1, value, fmt)
        return row + 1

    def _card_header(self, sh, row, at, heads, header):
        if header == "one":
            for key, column in at.items():
                sh.put(row, column, heads[key])
            return row + 1
        group = [at[k] for k in ("l1", "l2", "l3", "points") if k in at]
        sh.put(row, min(group), "评价指标")
        sh.merge(row, min(group), row, max(group))
        for key, column in at.items():
            if column in group:
                sh.put(row + 1, column, heads[key])
            else:
                sh.put(row, column, heads[key])
                if header == "two":
                    sh.merge(row, column, row + 1, column)
        return row + 2

    def _card_row(self, sh, row, at, indicator, index, names, merge, run, extra, section_names, points):
        _, section, second, name, worth, explanation, _ = INDICATORS[ORDER.index(indicator)]
        section_text = (section_names or [f"{s}（{p}分）" for s, p in zip(SECTIONS, SECTION_POINTS)])[section]
        values = {"no": index + 1, "l3": names.get(indicator, name), "points": points.get(indicator, worth), "desc": explanation[:12],
                  "criteria": explanation}  # fmt: skip
        for key, text in (("l1", section_text), ("l2", second)):
            if key in at:
                self._grouped(sh, row, at[key], text, merge, run, key)
        for key, value in values.items():
            if key in at:
                sh.put(row, at[key], value)
        for key, by_indicator in extra.items():
            sh.put(row, at[key], by_indicator.get(indicator))
        written = self.claims.get(indicator)
        if written is not None and "score" in at:
            self.put_claim(sh, row, at["score"], indicator, written)

    def _grouped(self, sh, row, column, text, merge, run, key):
        if run[key] and run[key][0] == text:
            if merge:
                first = run[key][1]
                sh.merges = [m for m in sh.merges if (m[0], m[1]) != (first, column)]
                sh.merge(first, column, row, column)
            else:
                sh.put(row, column, text)
            return
        run[key] = (text, row)
        sh.put(row, column, text)

    def put_claim(self, sh, row, column, indicator, written):
        sh.put(row, column, written.cell, written.fmt)
        value = written.values[0] if written.values else None
        if written.cell is not None:
            self.placed_claims[indicator] = {"value": value, "sheet": sh.name, "cell": a1(row, column), "text": raw_text(written.cell)}

    def _subtotal(self, sh, row, at, ids, section):
        scores = [self.claims[i].values[0] for i in ids if SECTION_OF[i] == section]
        sh.put(row, at["l1"], f"{SECTIONS[section]}小计")
        sh.put(row, at["points"], SECTION_POINTS[section])
        sh.put(row, at["score"], sum(map(Decimal, scores)))
        return row + 1

    def _closing(self, sh, row, at, closing, total_label, grade_label):
        if closing is None:
            self.total = self.grade = None
            return row
        first = min(at.values())
        value_column = at["score"] if closing == "score" else first + 1
        total = self.stated_total()
        for label, value in ((total_label, None if total is None else number(total)), (grade_label, self.grade)):
            if value is not None:
                sh.put(row, first, label)
                sh.put(row, value_column, value, "0.00" if value != self.grade else None)
                row += 1
        return row

    # ---- the base data table ---------------------------------------------------------------------------------------------------
    def base(self, sheet="基础数据表", row=1, col=1, cols="no label value unit evidence note", heads=None, titles=("基础数据表",), ids=None,
             labels=None, units="column", blocks=None, side=None, repeat_at=(), blank_before=(), notes=None, header=True):
        """Write the base data; `blocks` are (title, ids) with a header each, `side` puts that many groups beside one another."""
        sh = self.book.sheet(sheet)
        keys = cols.split()
        heads = {**HEADS, **(heads or {})}
        row = self._titles(sh, row, col, len(keys), titles)
        ids = FACT_ORDER if ids is None else ids
        if side:
            return self._side_by_side(sh, row, col, keys, heads, ids, side, labels or {}, units)
        for title, members in blocks or [(None, ids)]:
            if title:
                sh.put(row, col, title)
                row += 1
            if header:
                row = self._base_header(sh, row, col, keys, heads)
            for index, fact in enumerate(members):
                if index in repeat_at:
                    row = self._base_header(sh, row, col, keys, heads)
                if index in blank_before:
                    row += 1
                self._base_row(sh, row, col, keys, fact, labels or {}, units, index, notes or {})
                row += 1
        return row + 1

    def _side_by_side(self, sh, row, col, keys, heads, ids, groups, labels, units):
        height = -(-len(ids) // groups)
        for group in range(groups):
            left = col + group * len(keys)
            line = self._base_header(sh, row, left, keys, heads)
            for index, fact in enumerate(ids[group * height : (group + 1) * height]):
                self._base_row(sh, line, left, keys, fact, labels, units, index, {})
                line += 1
        return row + height + 2

    def _base_header(self, sh, row, col, keys, heads):
        for i, key in enumerate(keys):
            sh.put(row, col + i, heads[key])
        return row + 1

    def _base_row(self, sh, row, col, keys, fact, labels, units, index, notes):
        _, label, unit, _, _, _ = FACT[fact]
        written = self.facts.get(fact)
        unit = written.unit if written is not None and written.unit is not None else unit
        label = labels.get(fact, label)
        if units == "label" and unit not in (YES_NO, "选项") and fact not in labels:
            label += f"（{unit}）"
        cells = {"no": index + 1, "label": label, "unit": PRINTED.get(unit, unit) if units == "column" else None, "evidence": self.evidence.get(fact),
                 "note": notes.get(fact)}  # fmt: skip
        for i, key in enumerate(keys):
            if key == "value":
                self.put_fact(sh, row, col + i, fact, written)
            else:
                sh.put(row, col + i, cells[key])
        if "evidence" in keys and self.evidence.get(fact):
            self.evidence_shown.add(fact)

    def put_fact(self, sh, row, column, fact, written, origin="base_data"):
        if written is None:
            return
        sh.put(row, column, written.cell, written.fmt)
        self.where.setdefault(fact, (sh.name, a1(row, column)))
        for value in written.values:
            self.source(fact, value, origin, written.candidate, sh.name, a1(row, column), raw_text(written.cell))

    def source(self, fact, value, origin, candidate, sheet, cell, text, optional=False):
        unit = FACT[fact][2]
        entry = {"id": fact, "value": value, "unit": None if unit in (YES_NO, "选项") else unit, "origin": origin,
                 "candidate": candidate, "sheet": sheet, "cell": cell, "text": text}  # fmt: skip
        (self.may_facts if optional else self.placed_facts).append(entry)

    # ---- the completion table and the narrative --------------------------------------------------------------------------------
    TASKS = [("基本支出", "757.06", "740.17"), ("信息化系统维护", "649.52", "646.33"), ("预算准备金", "34.91", "34.91"), ("综合事务管理", "259.56", "259.56")]
    KPI = [
        ("产出指标", "数量指标", "系统测评数量", "1次", "1次"), ("", "质量指标", "档案材料完整率", "100%", "100%"),
        ("", "时效指标", "测评频次", "一年一次", "一年一次"), ("效益指标", "经济效益指标", "节约运维费用", "10万元", "12万元"),
        ("", "社会效益指标", "办事更便捷", "有效提升", "有效提升"), ("", "生态效益指标", "无纸化办公率", "90%", "95%"),
        ("满意度指标", "", "使用人员满意度", "95%", "98%"), ("可持续影响指标", "", "系统持续运行", "长期", "长期"),
    ]  # fmt: skip

    def completion(self, sheet="自评表", row=1, tasks=None, total=("1701.05", "1680.97"), kpi=None, shifted=(), candidate=None, ident=True, money_head="（万元）"):
        """The table 绩效目标完成情况自评表; its total row is a source of budget_total. `shifted` rows of the KPI block sit one column to the right."""
        sh = self.book.sheet(sheet)
        row = self._titles(sh, row, 1, 7, ["部门整体支出绩效目标完成情况自评表"])
        if ident:
            for column, value in ((1, "部门名称"), (2, self.unit), (5, "预算年度"), (6, self.year)):
                sh.put(row, column, value)
            row += 1
        for column, text in ((2, "任务名称"), (3, "完成情况"), (4, "预算数" + money_head), (6, "执行数" + money_head)):
            sh.put(row, column, text)
        first = row
        for column, text in ((4, "全额"), (5, "其中：财政拨款"), (6, "全额"), (7, "其中：财政拨款")):
            sh.put(row + 1, column, text)
        sh.merge(row, 4, row, 5)
        sh.merge(row, 6, row, 7)
        row += 2
        for name, planned, spent in tasks or self.TASKS:
            for column, value in ((2, name), (3, "已完成。"), (4, number(planned)), (5, number(planned)), (6, number(spent)), (7, number(spent))):
                sh.put(row, column, value)
            row += 1
        sh.put(row, 2, "金额合计")
        for column, value in ((4, total[0]), (5, total[0]), (6, total[1]), (7, total[1])):
            sh.put(row, column, number(value))
        sh.put(first, 1, "年度主要任务完成情况")
        sh.merge(first, 1, row, 1)
        optional = candidate is None
        self.source("budget_total", total[0], "completion_table", bool(candidate), sheet, a1(row, 4), total[0], optional)
        return self._kpi(sh, row + 1, self.KPI if kpi is None else kpi, shifted)

    def _kpi(self, sh, row, kpi, shifted):
        if not kpi:
            return row + 1
        sh.put(row, 1, "年度绩效指标完成情况")
        for i, text in enumerate(["一级指标", "二级指标", "三级指标", "预期指标值", "实际完成指标值"]):
            sh.put(row, 2 + i, text)
        for index, line in enumerate(kpi):
            row += 1
            for i, text in enumerate(line):
                sh.put(row, 2 + i + (1 if index in shifted else 0), text or None)
        return row + 2

    def narrative(self, paragraphs, sheet="自评报告", row=1):
        """Long text, a paragraph a cell; each is (text, [(fact, value, candidate)]), an optional fourth item marks a source that may be left out."""
        sh = self.book.sheet(sheet)
        for text, sources in paragraphs:
            sh.put(row, 1, text)
            for fact, value, candidate, *optional in sources:
                self.source(fact, value, "narrative", candidate, sheet, a1(row, 1), None, bool(optional and optional[0]))
            row += 1
        return row

    # ---- the expectation -------------------------------------------------------------------------------------------------------
    def verdicts(self, corpus_scores):
        """One verdict per indicator, from the claims and candidates of this content; what a case states itself must be the same."""
        candidates = {f: sorted({s["value"] for s in self.placed_facts if s["id"] == f and s["candidate"]}) for f in FACT_ORDER}
        claims = {i: p["value"] for i, p in self.placed_claims.items()}
        out = corpus_scores.verdicts(claims, candidates, self.evidence_shown)
        for indicator, stated in self.verdict_overrides.items():
            assert out[indicator] == stated, f"{self.id}: {indicator} is {out[indicator]}, stated {stated}"
        for indicator, found in out.items():
            assert found not in self.never, f"{self.id}: {indicator} would be {found}"
        return out

    def expectation(self):
        import corpus_scores  # it reads the tables of this module

        out = {"covers": self.covers, "file": self.file, "status": self.status, "problem": self.problem}
        if self.unsure:
            out["unsure"] = self.unsure
        if self.status == "unread":
            return out
        order = {s.name: i for i, s in enumerate(self.book.sheets)}
        key = lambda s: (FACT_ORDER.index(s["id"]), order[s["sheet"]], _row_column(s["cell"]), s["value"])
        out.update(
            unit=self.unit, year=self.year, claimed_total=self.stated_total(), claimed_grade=self.grade,
            claims={i: self.placed_claims[i] for i in ORDER if i in self.placed_claims}, facts=sorted(self.placed_facts, key=key),
            may_facts=self.may_facts, findings=[self._finding(*f) for f in self.findings], may=sorted(set(self.allowed)),
            absent_findings=self.absent, never=self.never, verdicts=self.verdicts(corpus_scores),
        )  # fmt: skip
        return out

    def _finding(self, code, indicator, fact, at):
        out = {"code": code}
        if fact:
            out["fact"] = fact
            at = at or self.where.get(fact)
        else:
            out["indicator"] = indicator
        if at:
            out["sheet"], out["cell"] = at
        return out


def _row_column(cell):
    letters = "".join(c for c in cell if c.isalpha())
    return int(cell[len(letters) :]), len(letters), letters
