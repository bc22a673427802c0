"""The 21 scores of the Shenzhen card of 2020 in exact fractions: for the Python auditor and for honest claims of made-up files.

A fact is a Fraction or an answer; `scores` gives (low, high, default) of every indicator over the readings of its clause and
whatever is missing. Evidence is a set of the facts that name some.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction as F

CENT = Decimal("0.01")

# id, 三级指标, points
INDICATORS = [
    ("budget_reasonableness", "预算编制合理性", 5), ("budget_conformity", "预算编制规范性", 5), ("goal_completeness", "绩效目标完整性", 3),
    ("indicator_clarity", "绩效指标明确性", 7), ("procurement", "政府采购执行情况", 2), ("financial_compliance", "财务合规性", 3),
    ("disclosure", "预决算信息公开", 3), ("project_procedure", "项目实施程序", 2), ("project_supervision", "项目监管", 2),
    ("asset_safety", "资产管理安全性", 2), ("asset_utilisation", "固定资产利用率", 1), ("staff_control", "财政供养人员控制率", 1),
    ("contract_staff_control", "编外人员控制率", 1), ("management_rules", "管理制度健全性", 3), ("public_funds_control", "公用经费控制率", 6),
    ("budget_execution", "预算执行率", 6), ("key_tasks", "重点工作完成情况", 8), ("project_timeliness", "项目完成及时性", 6),
    ("benefits", "社会效益、经济效益、生态效益及可持续影响等", 25), ("petitions", "群众信访办理情况", 3), ("satisfaction", "公众或服务对象满意度", 6),
]  # fmt: skip

YES_NO, MONEY, PERCENT, CHOICE = "是/否", "万元", "%", "选项"
# id, 数据项, unit
FACTS = [
    ("budget_fits_duties", "预算编制符合职责和政策", YES_NO), ("funds_prioritised", "资金按工作重点合理分配", YES_NO),
    ("special_funds_itemised", "专项资金编细且无大额年中调剂", YES_NO), ("classification_accurate", "功能和经济分类准确且无频繁调剂", YES_NO),
    ("budget_not_fixed", "预算分配不固化", YES_NO), ("budget_nonconformities", "预算编制不规范项数", "项"),
    ("goals_missing", "绩效目标漏报或不合要求项数", "项"), ("indicators_match_tasks", "绩效指标与任务计划相对应", YES_NO),
    ("indicators_show_benefit", "有体现履职效果的效益指标", YES_NO), ("indicator_values_clear", "指标值清晰可衡量", YES_NO),
    ("indicators_quantified", "有可量化的指标", YES_NO), ("targets_grounded", "目标值测算有依据", YES_NO),
    ("procurement_plan", "政府采购计划金额", MONEY), ("procurement_actual", "政府采购实际金额", MONEY),
    ("procurement_policy", "政府采购政策功能落实到位", YES_NO), ("spending_compliant", "资金支出规范", YES_NO),
    ("adjusted_amount", "调整调剂资金累计金额", MONEY), ("budget_total", "部门预算总规模", MONEY), ("accounting_compliant", "会计核算规范", YES_NO),
    ("spending_violation", "存在违规支出", YES_NO), ("budget_disclosure", "部门预算公开情况", CHOICE), ("accounts_disclosure", "部门决算公开情况", CHOICE),
    ("classified_unit", "涉密部门", YES_NO), ("project_approval", "项目设立和调整履行报批程序", YES_NO), ("project_procedure", "招投标、验收等执行制度", YES_NO),
    ("monitoring_in_place", "建立并执行资金监控机制", YES_NO), ("supervision_done", "对主管资金开展检查督促", YES_NO),
    ("fund_rated_poor", "主管专项资金评价结果为差", YES_NO), ("assets_kept", "资产配置合理且账实相符", YES_NO), ("asset_disposal", "资产处置规范且收入上缴", YES_NO),
    ("assets_in_use", "实际在用固定资产总额", MONEY), ("assets_total", "固定资产总额", MONEY), ("staff_actual", "年末在编人数", "人"),
    ("staff_quota", "核定编制数", "人"), ("contract_staff", "编外人员数", "人"), ("rules_made", "制定财政财务和内控制度", YES_NO),
    ("rules_followed", "制度得到有效执行", YES_NO), ("performance_rules", "制定预算绩效管理制度并组织实施", YES_NO),
    ("sangong_budget", "“三公”经费预算数", MONEY), ("sangong_actual", "“三公”经费实际支出数", MONEY), ("routine_budget", "日常公用经费调整预算数", MONEY),
    ("routine_actual", "日常公用经费决算数", MONEY), ("q1_progress", "一季度部门预算支出进度", PERCENT), ("q2_progress", "二季度部门预算支出进度", PERCENT),
    ("q3_progress", "三季度部门预算支出进度", PERCENT), ("q4_progress", "四季度部门预算支出进度", PERCENT), ("key_tasks_unfinished", "未完成重点工作项数", "项"),
    ("projects_planned", "计划完成项目总数", "个"), ("projects_finished", "按期完成项目数", "个"), ("petition_channel", "建立群众意见渠道和回复机制", YES_NO),
    ("petition_reply_rate", "信访办理回复率", PERCENT), ("petition_timely_rate", "信访及时办理回复率", PERCENT), ("satisfaction", "服务对象满意度", PERCENT),
]  # fmt: skip
OPTIONS = {"按规定公开": F(3, 2), "公开但不合要求": F(1), "未公开": F(0)}


class Known:
    """The facts of one submission; every method gives the (low, high) of a criterion."""

    def __init__(self, facts, evidence):
        self.facts, self.evidence = facts, evidence

    def attested(self, fact, points):
        answer = self.facts.get(fact)
        if answer == "否":
            return F(0), F(0)
        full = F(points)
        return (full, full) if answer == "是" and fact in self.evidence else (F(0), full)

    def count(self, fact, points, each):
        value = self.facts.get(fact)
        if value is None:
            return F(0), F(points)
        score = max(F(0), points - each * value)
        return score, score

    def ratio(self, above, below):
        one, other = self.facts.get(above), self.facts.get(below)
        return None if one is None or not other else one / other

    def bands(self, value, points, bands):
        """`bands`: (holds, points), the first that holds gives the score."""
        if value is None:
            return F(0), F(points)
        score = next(F(points) for holds, points in bands if holds(value))
        return score, score

    def yes(self, fact, presumed=None):
        """True, False, or None where nobody knows."""
        return {"是": True, "否": False}.get(self.facts.get(fact), presumed)


def add(*parts):
    return sum(p[0] for p in parts), sum(p[1] for p in parts)


def attested(*criteria):
    return lambda k: [add(*(k.attested(fact, points) for fact, points in criteria))]


def procurement(k):
    plan, actual = k.facts.get("procurement_plan"), k.facts.get("procurement_actual")
    policy = k.attested("procurement_policy", 1)
    if plan is None or actual is None or plan == actual == 0:
        return [add((F(0), F(1)), policy)]
    if actual > plan:
        return [policy, (F(0), F(0))]
    share = actual / plan
    return [add((share, share), policy)]


def financial_compliance(k):
    share = k.ratio("adjusted_amount", "budget_total")
    rest = add(k.attested("spending_compliant", 1), k.attested("accounting_compliant", 1))
    if share is None:
        readings = [add(rest, (F(0), F(1)))]
    else:
        over = max(F(0), share * 100 - 10)
        scores = [max(F(0), 1 - over / 10), max(F(0), 1 - F(int(over), 10))]
        readings = [add(rest, (score, score)) for score in scores]
    violation = k.yes("spending_violation")
    if violation is False:
        return readings
    return [(F(0), F(0) if violation else high) for _, high in readings]


def disclosure(k):
    if k.yes("classified_unit", False):
        return [(F(3), F(3))]
    parts = []
    for fact in ("budget_disclosure", "accounts_disclosure"):
        score = OPTIONS.get(k.facts.get(fact))
        parts.append((F(0), F(3, 2)) if score is None else (score, score))
    return [add(*parts)]


def project_supervision(k):
    second, poor = k.attested("supervision_done", 1), k.yes("fund_rated_poor")
    if poor is not False:
        second = (F(0), F(0) if poor else second[1])
    return [add(k.attested("monitoring_in_place", 1), second)]


def asset_utilisation(k):
    steps = [(lambda r: r >= F(9, 10), 1), (lambda r: r >= F(3, 4), F(7, 10)), (lambda r: r >= F(3, 5), F(2, 5)), (lambda r: True, 0)]
    return [k.bands(k.ratio("assets_in_use", "assets_total"), 1, steps)]


def staff_control(k):
    return [k.bands(k.ratio("staff_actual", "staff_quota"), 1, [(lambda r: r <= 1, 1), (lambda r: True, 0)])]


def contract_staff_control(k):
    contract, staff = k.facts.get("contract_staff"), k.facts.get("staff_actual")
    share = None if contract is None or staff is None or contract + staff == 0 else contract / (contract + staff)
    steps = [(lambda r: r < F(1, 20), 1), (lambda r: r <= F(1, 10), F(1, 2)), (lambda r: True, 0)]
    return [k.bands(share, 1, steps)]


def public_funds_control(k):
    steps = [(lambda r: r < F(9, 10), 3), (lambda r: r <= 1, 2), (lambda r: True, 0)]
    pairs = (("sangong_actual", "sangong_budget"), ("routine_actual", "routine_budget"))
    return [add(*(k.bands(k.ratio(*pair), 3, steps) for pair in pairs))]


def budget_execution(k):
    progress = [k.facts.get(f"q{quarter}_progress") for quarter in (1, 2, 3, 4)]
    if None in progress:
        return [(F(0), F(6))]
    plain = [p / (25 * quarter) for quarter, p in enumerate(progress, 1)]
    capped = [min(F(1), r) for r in plain]
    quarters = sum(capped)
    scores = [quarters + quarters / 2, quarters + 2 * min(F(1), sum(plain) / 4), sum(plain) * F(3, 2), quarters + sum(progress) / 200]
    return [(score, score) for score in scores]


def project_timeliness(k):
    share = k.ratio("projects_finished", "projects_planned")
    return [(F(0), F(6)) if share is None else 2 * (min(F(6), 6 * share),)]


def petitions(k):
    full = [(lambda r: r == 100, 1), (lambda r: True, 0)]
    return [add(k.attested("petition_channel", 1), *(k.bands(k.facts.get(f"petition_{kind}_rate"), 1, full) for kind in ("reply", "timely")))]


def satisfaction(k):
    steps = [(lambda r: r >= 95, 6), (lambda r: r >= 90, 4), (lambda r: r >= 80, 2), (lambda r: True, 1)]
    return [k.bands(k.facts.get("satisfaction"), 6, steps)]


RULES = {
    "budget_reasonableness": attested(*((fact[0], 1) for fact in FACTS[:5])),
    "budget_conformity": lambda k: [k.count("budget_nonconformities", 5, 1)],
    "goal_completeness": lambda k: [k.count("goals_missing", 3, 1)],
    "indicator_clarity": attested(*zip((fact[0] for fact in FACTS[7:12]), (2, 2, 1, 1, 1))),
    "procurement": procurement,
    "financial_compliance": financial_compliance,
    "disclosure": disclosure,
    "project_procedure": attested(("project_approval", 1), ("project_procedure", 1)),
    "project_supervision": project_supervision,
    "asset_safety": attested(("assets_kept", 1), ("asset_disposal", 1)),
    "asset_utilisation": asset_utilisation,
    "staff_control": staff_control,
    "contract_staff_control": contract_staff_control,
    "management_rules": attested(("rules_made", F(1, 2)), ("rules_followed", F(3, 2)), ("performance_rules", 1)),
    "public_funds_control": public_funds_control,
    "budget_execution": budget_execution,
    "key_tasks": lambda k: [k.count("key_tasks_unfinished", 8, 4)],
    "project_timeliness": project_timeliness,
    "benefits": lambda k: [(F(0), F(25))],
    "petitions": petitions,
    "satisfaction": satisfaction,
}


def rounded(score, points):
    score = min(max(score, F(0)), F(points))
    hundredths = score * 100
    return Decimal(int(hundredths + F(1, 2))).scaleb(-2).quantize(CENT, ROUND_HALF_UP)


def scores(facts, evidence):
    """indicator → (low, high, the default reading's score or None where something is missing)."""
    known, out = Known(facts, evidence), {}
    for indicator, _, points in INDICATORS:
        readings = [(rounded(low, points), rounded(high, points)) for low, high in RULES[indicator](known)]
        default = readings[0][0] if readings[0][0] == readings[0][1] else None
        out[indicator] = min(r[0] for r in readings), max(r[1] for r in readings), default
    return out
