"""What one self-evaluation says, before it is laid out: answers, claims, tables and narrative, with what each cell means."""
import os
import sys
from decimal import Decimal

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "referee"))
import reference  # noqa: E402

LABELS = dict(line.split("|")[:2] for line in """budget_fits_duties|预算编制符合职责和政策
funds_prioritised|资金按工作重点合理分配
special_funds_itemised|专项资金编细且无大额年中调剂
classification_accurate|功能和经济分类准确且无频繁调剂
budget_not_fixed|预算分配不固化
budget_nonconformities|预算编制不规范项数
goals_missing|绩效目标漏报或不合要求项数
indicators_match_tasks|绩效指标与任务计划相对应
indicators_show_benefit|有体现履职效果的效益指标
indicator_values_clear|指标值清晰可衡量
indicators_quantified|有可量化的指标
targets_grounded|目标值测算有依据
procurement_plan|政府采购计划金额
procurement_actual|政府采购实际金额
procurement_policy|政府采购政策功能落实到位
spending_compliant|资金支出规范
adjusted_amount|调整调剂资金累计金额
budget_total|部门预算总规模
accounting_compliant|会计核算规范
spending_violation|存在违规支出
budget_disclosure|部门预算公开情况
accounts_disclosure|部门决算公开情况
classified_unit|涉密部门
project_approval|项目设立和调整履行报批程序
project_procedure|招投标、验收等执行制度
monitoring_in_place|建立并执行资金监控机制
supervision_done|对主管资金开展检查督促
fund_rated_poor|主管专项资金评价结果为差
assets_kept|资产配置合理且账实相符
asset_disposal|资产处置规范且收入上缴
assets_in_use|实际在用固定资产总额
assets_total|固定资产总额
staff_actual|年末在编人数
staff_quota|核定编制数
contract_staff|编外人员数
rules_made|制定财政财务和内控制度
rules_followed|制度得到有效执行
performance_rules|制定预算绩效管理制度并组织实施
sangong_budget|“三公”经费预算数
sangong_actual|“三公”经费实际支出数
routine_budget|日常公用经费调整预算数
routine_actual|日常公用经费决算数
q1_progress|一季度部门预算支出进度
q2_progress|二季度部门预算支出进度
q3_progress|三季度部门预算支出进度
q4_progress|四季度部门预算支出进度
key_tasks_unfinished|未完成重点工作项数
projects_planned|计划完成项目总数
projects_finished|按期完成项目数
petition_channel|建立群众意见渠道和回复机制
petition_reply_rate|信访办理回复率
petition_timely_rate|信访及时办理回复率
satisfaction|服务对象满意度""".splitlines())

MONEY = ("procurement_plan", "procurement_actual", "adjusted_amount", "budget_total", "assets_in_use", "assets_total",
         "sangong_budget", "sangong_actual", "routine_budget", "routine_actual")
PERCENT = ("q1_progress", "q2_progress", "q3_progress", "q4_progress", "petition_reply_rate", "petition_timely_rate", "satisfaction")
PEOPLE = ("staff_actual", "staff_quota", "contract_staff")
ITEMS = ("budget_nonconformities", "goals_missing", "key_tasks_unfinished")
PROJECTS = ("projects_planned", "projects_finished")
CHOICES = ("budget_disclosure", "accounts_disclosure")
NO_EVIDENCE = (None, "", "—", "/", "无")


def unit_of(fact):
    for unit, facts in (("万元", MONEY), ("%", PERCENT), ("人", PEOPLE), ("项", ITEMS), ("个", PROJECTS)):
        if fact in facts:
            return unit
    return "按规定公开 / 公开但不合要求 / 未公开" if fact in CHOICES else "是/否"


class Answer:
    """A cell of the 基础数据表: as written, and the values it can mean in the rulebook's unit (none: unknown)."""

    def __init__(self, written, means=None, evidence=None, remark=None, unit=None, style="value", not_applicable=False):
        self.written, self.evidence, self.remark, self.unit, self.style = written, evidence, remark, unit, style
        self.means = [str(written)] if means is None else means
        self.not_applicable = not_applicable

    def case(self, more=()):
        return {"candidates": list(self.means) + list(more), "evidence": self.evidence not in NO_EVIDENCE,
                "not_applicable": self.not_applicable}


def yes(evidence, written="是"):
    return Answer(written, ["是"], evidence)


def no(evidence=None, written="否"):
    return Answer(written, ["否"], evidence)


def amount(number, evidence=None, **more):
    return Answer(number, evidence=evidence, style="money", **more)


def amount_in_yuan(written, evidence=None, remark=None):
    """A text amount in 元."""
    means = Decimal(written.replace(",", "").replace("元", "")) / 10000
    return Answer(written, [f"{means:f}"], evidence, remark, unit="元")


def percent(written, evidence=None):
    """27.22 under the unit %, "27.22%" as text, or a Formatted number."""
    if isinstance(written, Formatted):
        means = Decimal(str(written.number)) * 100
        return Answer(written.number, [f"{means:f}"], evidence, style=written.style)
    text = str(written).replace("％", "%").replace("%", "")
    return Answer(written, [text], evidence)


class Formatted:
    """A fraction in a cell whose number format is a percentage."""

    def __init__(self, number, style="percent"):
        self.number, self.style = number, style


ABSENT = Answer(None, [])


class Submission:
    """One workbook's content. claims maps indicators to what is written; a number, a text with its meaning, or None."""

    def __init__(self, file, program, unit, facts, claims, **more):
        self.file, self.program, self.unit = file, program, unit
        self.facts = {fact: facts.get(fact, ABSENT) for fact in reference.FACTS}
        self.claims, self.year = claims, 2020
        self.layout = more.pop("layout", "standard")
        self.narrative = more.pop("narrative", [])
        self.tasks = more.pop("tasks", [])              # (任务, 完成情况, 预算全额, 财政拨款, 执行全额, 财政拨款)
        self.task_total = more.pop("task_total", None)  # the 金额合计 row, when it is not the sum
        self.goals = more.pop("goals", ("", ""))
        self.kpis = more.pop("kpis", [])                # five columns of text
        self.total = more.pop("total", "sum")           # as written; "sum": what the claims add up to
        self.grade = more.pop("grade", None)            # as written; None: that of the sum
        self.points_altered = more.pop("points_altered", {})
        self.section_totals = more.pop("section_totals", None)
        self.also = more.pop("also", {})                # facts: further candidates from the narrative
        self.causes = more.pop("causes", {})            # entries of settled_by: the code that explains it
        self.findings = more.pop("findings", [])        # (code, indicator, fact) that follow from the content alone
        self.names = more.pop("names", {})              # indicators: the name as written
        self.sheet_names = more.pop("sheet_names", ("自评报告", "自评表", "评分表", "基础数据表"))
        self.score_header = more.pop("score_header", "自评得分")
        self.breaks = more.pop("breaks", ("disclosure", "public_funds_control"))
        self.card = more.pop("card", None)              # the rows of a card with its own page breaks
        if more:
            raise TypeError(f"unknown: {more}")
        self.fill_claims()

    def fill_claims(self):
        """What is not claimed otherwise is claimed as the content justifies it."""
        honest = {line["id"]: line for line in reference.audit(self.case({}))[0]["indicators"]}
        for indicator in reference.CARD:
            if indicator not in self.claims:
                default = Decimal(honest[indicator]["default"])
                self.claims[indicator] = int(default) if default == int(default) else float(default)

    def case(self, claims=None):
        facts = {f: a.case(self.also.get(f, ())) for f, a in self.facts.items() if a.written is not None or self.also.get(f)}
        return {"facts": facts, "claims": self.claims_meant() if claims is None else claims}

    def claims_meant(self):
        return {i: meaning(w) for i, w in self.claims.items()}

    def sum_claimed(self):
        return sum((max(Decimal(0), Decimal(c)) for c in self.claims_meant().values() if c is not None), Decimal(0))


class Claim:
    """A claim written as text, and its meaning; None: no number."""

    def __init__(self, text, means):
        self.text, self.means = text, means


def meaning(written):
    if isinstance(written, Claim):
        return written.means
    return None if written is None else str(written)


def in_the_cell(written):
    return written.text if isinstance(written, Claim) else written
