"""The cases of the corpus: one workbook each, a few lines each, what it covers first.

What a case finds, claims and states is written from the content it puts in and from what such content means to a reader, never from a run of the program.
"""

import datetime

from corpus_book import Error, Formula, Rich
from corpus_forms import FACT, FACT_ORDER, NAMES, ORDER, POINTS, SECTION_OF, SECTIONS, number

CASES = []

PLACES = ["滨江市", "云溪区", "东湖县", "临川市", "青岚县", "南屏区", "北辰市", "海陵区", "青山县", "河东区", "柳林市", "石门县"]
OFFICES = ["档案馆", "体育局", "水务局", "司法局", "统计局", "气象局", "文化馆", "图书馆", "审计局", "信访局", "林业局", "民政局", "博物馆", "教育局", "交通运输局",
           "城市管理局", "住房建设信息中心", "市场监督管理局", "规划和自然资源局", "退役军人事务局"]  # fmt: skip


def unit_name(index):
    return PLACES[index % len(PLACES)] + OFFICES[index // len(PLACES)]


def case(case_id, covers, **options):
    def register(build):
        CASES.append((case_id, covers, build, options))
        return build

    return register


def both(c, **card):
    c.card(**card)
    c.base()


# ---- finding the scorecard -----------------------------------------------------------------------------------------------------
@case("header-two-rows-merged", "The scorecard's header is often two rows (评价指标 merged over 一级指标 二级指标 三级指标 分值, then 指标说明 评分标准 分数)")
def _(c):
    both(c, header="two", heads={"score": "分数"})


@case("header-two-rows-unmerged-right", "The header of two rows whose right-hand headings stand in the first row only")
def _(c):
    both(c, header="seed", heads={"score": "分数"})


@case("header-repeated-at-page-breaks", "The header is repeated at every page break in the middle of the data", writer="openpyxl")
def _(c):
    both(c, header="two", heads={"score": "分数"}, repeat_at=(4, 6, 9, 13, 17))


@case("header-one-row-repeated-after-blank-rows", "A header repeated in the data; blank rows inside the table")
def _(c):
    both(c, repeat_at=(5, 10, 15), blank_before=(5, 10, 13))


@case("header-after-many-titles", "The header stands on any of the first dozens of rows under titles and 附件 lines")
def _(c):
    lines = ["附件2", "", "滨江市财政局文件", "", "关于开展2020年度部门整体支出绩效自评工作的通知", "", "填表说明："]
    lines += [f"{i}、本表由预算单位填写，得分保留两位小数。" for i in range(1, 16)] + ["", "部门整体支出绩效评分表（2020年度）", ""]
    both(c, titles=lines)


@case("sheet-names-odd", "Tables are found by what their header cells say, never by sheet name; sheet names are anything")
def _(c):
    c.card(sheet="附件2 (3)")
    c.base(sheet="Sheet1")


@case("sheet-names-misleading", "Tables are found by what their header cells say: the two tables stand in sheets with each other's names")
def _(c):
    c.base(sheet="评分表(定稿)")
    c.card(sheet="基础数据表")


SCORE_NAMES = ["分数", "得分", "自评得分", "自评分", "自评分数", "单位自评得分"]
for _n, _head in enumerate(SCORE_NAMES, 1):

    @case(f"score-column-{_n}", f"The score column is called {_head}", writer="openpyxl" if _n % 2 else "xlsxwriter")
    def _(c, head=_head, n=_n):
        both(c, heads={"score": head}, header="two" if n > 3 else "one")


@case("score-column-beside-bureau-column", "A second score column (财政复核得分) belongs to the bureau and is not the claim")
def _(c):
    checked = {i: max(0, POINTS[i] - 2) for i in ORDER}
    both(c, cols="l1 l2 l3 points criteria score bureau note", extra={"bureau": checked})


@case("score-column-after-bureau-column", "The bureau's column (核定分) stands before the claim", writer="openpyxl")
def _(c):
    both(c, cols="l1 l2 l3 points bureau score criteria", heads={"bureau": "核定分", "score": "自评分"}, extra={"bureau": {i: 1 for i in ORDER}})


@case("score-column-bureau-left-empty", "自评得分 is filled, the bureau's column, called 得分, is left empty for it")
def _(c):
    both(c, cols="l1 l2 l3 points criteria score bureau", heads={"bureau": "得分"})


@case("score-column-of-last-year", "A column 上年得分 stands beside the claim and is not the claim")
def _(c):
    both(c, cols="l1 l2 l3 points last score criteria", extra={"last": {i: 0.5 for i in ORDER}})


@case("columns-in-any-order", "Columns come in any order")
def _(c):
    both(c, cols="score points l3 criteria l2 l1 desc", merge=False, closing=None)


@case("columns-with-others-between", "Columns with others between them (扣分原因, 备注, 佐证材料)")
def _(c):
    extra = {"reason": {"budget_execution": "扣0.18分：一季度进度快、三季度进度慢", "benefits": 2, "contract_staff_control": "扣0.5分"},
             "note": {"procurement": "3.96万元", "benefits": "2020年"}, "evidence": {i: f"材料{n}" for n, i in enumerate(ORDER, 1)}}  # fmt: skip
    both(c, cols="no l1 l2 note l3 reason points criteria evidence score", extra=extra)


@case("evidence-in-the-scorecard", "An attested 是 is evidenced by the 佐证材料 column of the scorecard's own row")
def _(c):
    c.card(cols="l1 l2 l3 points criteria score evidence", extra={"evidence": {i: f"附件{n}" for n, i in enumerate(ORDER, 1)}})
    c.base(cols="no label value unit")
    c.evidence_shown = set(c.evidence)
    c.verdict_overrides.update({i: "agrees" for i in ORDER if i != "benefits"})


@case("evidence-placeholders", "—, / and 无 are not evidence")
def _(c):
    marks = ["—", "/", "无"]
    c.evidence = {f: marks[n % 3] for n, f in enumerate(c.evidence)}
    both(c)
    c.evidence_shown = set()
    c.verdict_overrides.update({"budget_reasonableness": "unverifiable", "management_rules": "unverifiable", "asset_safety": "unverifiable"})


@case("first-columns-merged", "Merged 一级/二级 cells, section points on a second line")
def _(c):
    both(c, header="two", section_names=["部门决策\n（20分）", "部门管理\n(20分)", "部门绩效 60分"])


@case("first-columns-on-every-row", "一级/二级 repeated on every row instead of merged", writer="openpyxl")
def _(c):
    both(c, merge=False, section_names=SECTIONS)


@case("without-first-columns", "A scorecard with 三级指标 only, no 一级/二级 columns")
def _(c):
    both(c, cols="no l3 points score", closing=None, heads={"l3": "指标名称"})


@case("stacked-in-one-sheet", "All tables may be stacked in one sheet")
def _(c):
    row = c.completion(sheet="附件")
    row = c.card(sheet="附件", row=row + 1, ident=())
    c.base(sheet="附件", row=row + 1, titles=("基础数据表",))


@case("stacked-without-gap", "Tables stacked in one sheet with no blank row between them, base data first")
def _(c):
    row = c.base(sheet="Sheet1", titles=("部门名称：" + c.unit + "　　　2020年度",))
    c.card(sheet="Sheet1", row=row - 1, titles=(), ident=(), header="two")


@case("split-over-two-sheets", "One table may be split over sheets (表一, 表一续)")
def _(c):
    total, grade = c.total, c.grade
    c.card(sheet="表一", ids=ORDER[:10], closing=None)
    c.total, c.grade = total, grade
    c.card(sheet="表一续", ids=ORDER[10:], titles=("（续表）",), ident=())
    c.base(sheet="表二", ids=FACT_ORDER[:30])
    c.base(sheet="表二续", ids=FACT_ORDER[30:], titles=("表二（续）",))
    c.not_("several-scorecards", "indicator-missing")


@case("hidden-rows", "Hidden rows are read, and said to be hidden")
def _(c):
    both(c)
    c.book.sheet("评分表").hidden_rows = {_row(c, "key_tasks"), _row(c, "petitions")}
    c.book.sheet("基础数据表").hidden_rows = {_fact_row(c, "q1_progress")}
    c.find("hidden-data")


@case("hidden-columns", "Hidden columns are read, and said to be hidden", writer="openpyxl")
def _(c):
    both(c)
    c.book.sheet("评分表").hidden_columns = {4}
    c.book.sheet("基础数据表").hidden_columns = {3, 4}
    c.find("hidden-data")


@case("hidden-sheet", "Hidden sheets are read, and said to be hidden")
def _(c):
    both(c)
    c.book.sheet("基础数据表").hidden = True
    c.find("hidden-data")


def _row(c, indicator):
    return int("".join(ch for ch in c.placed_claims[indicator]["cell"] if ch.isdigit()))


def _fact_row(c, fact):
    return int("".join(ch for ch in c.where[fact][1] if ch.isdigit()))


# ---- names of indicators -------------------------------------------------------------------------------------------------------
@case("names-with-spaces", "Spaces inside words (预 算 执 行 率), ideographic ones too: needs no finding")
def _(c):
    both(c, names={i: (" " if n % 2 else "　").join(NAMES[i]) for n, i in enumerate(ORDER)})
    c.not_("indicator-renamed", "indicator-unknown")


@case("names-with-line-breaks", "Line breaks inside words (预算⏎执行率)", writer="openpyxl")
def _(c):
    both(c, names={i: NAMES[i][:2] + "\n" + NAMES[i][2:] for i in ORDER})
    c.not_("indicator-renamed", "indicator-unknown")


@case("names-numbered", "Numbering before (1. ① （一） 3、 …): needs no finding")
def _(c):
    marks = ["1.", "①", "（一）", "3、", "(5)", "6．", "七、", "8）", "⑨", "10. ", "(十一)", "12 ", "1.3.1 ", "第14项 ", "15）", "⑯", "17、", "（十八）", "19.", "20 、", "㉑"]
    marks[11], marks[13] = "12 、", "14．"
    both(c, names={i: m + NAMES[i] for i, m in zip(ORDER, marks)})
    c.not_("indicator-renamed", "indicator-unknown")


@case("names-with-points-after", "Points after the name (预算执行率（6分）)")
def _(c):
    forms = ["（{}分）", "({}分)", "\n（{}分）", "{}分", "【{}分】"]
    both(c, names={i: NAMES[i] + forms[n % 5].format(POINTS[i]) for n, i in enumerate(ORDER)}, cols="l1 l2 l3 points criteria score")
    c.not_("indicator-renamed", "indicator-unknown")


@case("names-full-width-and-quotes", "Full-width and half-width forms, look-alike quotes around 三公, punctuation")
def _(c):
    quotes = ["\"三公\"经费", "＂三公＂经费", "「三公」经费", "三公经费", "‘三公’ 经费"]
    c.card(names={"benefits": "社会效益，经济效益,生态效益及可持续影响等", "budget_execution": "预算执行率（６分）", "key_tasks": "重点工作完成情况：", "petitions": "１９．群众信访办理情况"})
    labels = {"sangong_budget": quotes[0] + "预算数", "sangong_actual": quotes[2] + "实际支出数", "project_procedure": "招投标、验收等 执行制度",
              "staff_actual": "年末在编人数（人）", "routine_budget": "３、日常公用经费调整预算数"}  # fmt: skip
    c.base(labels=labels)
    c.not_("indicator-renamed", "indicator-unknown")


@case("names-without-quotes", "The quotes around 三公 left out or typed as other signs")
def _(c):
    c.card()
    c.base(labels={"sangong_budget": "三公经费预算数", "sangong_actual": "＂三公＂经费实际支出数"})


@case("names-mistyped", "A character mistyped: taken for the one clearly nearest, and told")
def _(c):
    wrong = {"budget_execution": "预算执性率", "management_rules": "管理制度健全行", "satisfaction": "公众或服务对像满意度", "contract_staff_control": "编外人员空制率"}
    both(c, names=wrong)
    for indicator in wrong:
        c.find("indicator-renamed", indicator)
    c.not_("indicator-unknown", "indicator-missing")


@case("names-and-or-left-out", "与/和, or characters left out: the nearest if unmistakable, and told")
def _(c):
    other = {"benefits": "社会效益、经济效益、生态效益和可持续影响", "petitions": "群众信访情况", "asset_safety": "资产安全性", "project_timeliness": "项目完成的及时性",
             "staff_control": "财政供养人员的控制率", "satisfaction": "公众与服务对象满意度"}  # fmt: skip
    both(c, names=other)
    for indicator in ("asset_safety", "project_timeliness", "staff_control", "satisfaction"):
        c.find("indicator-renamed", indicator)
    c.may("indicator-renamed")
    c.not_("indicator-unknown", "indicator-missing")
    c.unsure = "an alias of the rulebook needs no indicator-renamed; 社会效益…和可持续影响 and 群众信访情况 may be aliases"


@case("name-too-far", "A name that is near none of the rulebook's: indicator-unknown, and the indicator it replaced is missing")
def _(c):
    c.claim("key_tasks", number("8"), "8")
    both(c, names={"key_tasks": "党建工作开展成效"})
    del c.placed_claims["key_tasks"]
    c.find("indicator-unknown")
    c.find("indicator-missing", "key_tasks")
    c.may("total-mismatch", "section-total-mismatch")
    c.verdict_overrides["key_tasks"] = "invalid"
    c.not_("indicator-renamed")


@case("name-between-two", "Never a coin toss: a name as near to one indicator as to another is taken for neither")
def _(c):
    both(c, names={"budget_reasonableness": "预算编制性", "budget_conformity": "预算编制性"})
    for indicator in ("budget_reasonableness", "budget_conformity"):
        del c.placed_claims[indicator]
        c.find("score-conflict", indicator)
        # Its name is like both: which it is nobody can say, and neither is said not to be there.
        c.verdict_overrides[indicator] = "unverifiable"
    c.find("indicator-unknown")
    c.may("total-mismatch", "section-total-mismatch", "indicator-duplicated")
    c.not_("indicator-renamed")


@case("indicator-left-out", "An indicator's row is missing")
def _(c):
    del c.claims["asset_utilisation"]
    c.total, c.grade = "95.31", "优"
    both(c, ids=[i for i in ORDER if i != "asset_utilisation"])
    c.find("indicator-missing", "asset_utilisation")
    c.verdict_overrides["asset_utilisation"] = "invalid"


@case("indicator-added", "A row that the rulebook does not know, beside all that it does")
def _(c):
    c.total = "98.31"
    end = c.card(closing=None)
    sh = c.book.sheet("评分表")
    for column, value in ((1, "加分项"), (2, "创新"), (3, "获得国家级表彰奖励"), (4, 2), (7, 2)):
        sh.put(end - 1, column, value)
    c.total, c.grade = None, None
    c.base()
    c.find("indicator-unknown")
    c.not_("indicator-missing")


@case("indicator-twice-same-score", "A row given twice with the same score counts once")
def _(c):
    c.card(ids=ORDER + ["satisfaction"], closing=None)
    c.base()
    first = [k for k in sorted(c.book.sheet("评分表").cells) if c.book.sheet("评分表").cells[k][0] == NAMES["satisfaction"]][0]
    c.placed_claims["satisfaction"]["cell"] = f"G{first[0]}"
    c.find("indicator-duplicated", "satisfaction")
    c.verdict_overrides["satisfaction"] = "agrees"


@case("indicator-twice-different-scores", "A row given twice with different scores: the claim is invalid")
def _(c):
    c.card(ids=ORDER, closing=None)
    end = c.book.sheet("评分表").last_row() + 1
    for column, value in ((3, NAMES["satisfaction"]), (4, 6), (7, 4)):
        c.book.sheet("评分表").put(end, column, value)
    c.base()
    c.placed_claims["satisfaction"]["value"] = None
    c.find("indicator-duplicated", "satisfaction")
    c.may("score-not-a-number", "score-missing")
    c.verdict_overrides["satisfaction"] = "invalid"


@case("points-altered", "An altered 分值 is told and changes nothing")
def _(c):
    both(c, points={"key_tasks": 10, "satisfaction": 4})
    c.find("points-altered", "key_tasks")
    c.find("points-altered", "satisfaction")


# ---- the base data -------------------------------------------------------------------------------------------------------------
@case("base-columns-indicator-reported", "The 基础数据表 may have other column names (指标; 填报值) and other columns")
def _(c):
    c.card()
    c.base(cols="no unit label evidence value", heads={"label": "指标", "value": "填报值"})


@case("base-columns-item-amount", "Column names 项目 and 金额; the sheet is called anything", writer="openpyxl")
def _(c):
    c.card()
    c.base(sheet="Sheet2", cols="label value unit evidence", heads={"label": "项目", "value": "金额", "unit": "计量单位"}, titles=())


@case("base-columns-content-data", "Column names 内容 and 数据, a column between them")
def _(c):
    c.card()
    c.base(cols="no label note unit value evidence", heads={"label": "内容", "value": "数据", "note": "填报口径"}, notes={"q1_progress": "3月末累计", "staff_actual": "含工勤人员"})


@case("base-side-by-side", "Facts side by side in two column groups")
def _(c):
    c.card()
    c.base(side=2, cols="label value unit evidence")


@case("base-three-groups-without-unit-column", "Facts side by side in three column groups, units in the labels")
def _(c):
    c.card()
    c.base(side=3, cols="no label value evidence", units="label")


@case("base-blocks-with-own-headers", "One block per section with its own header")
def _(c):
    c.card()
    cuts = [("一、部门决策", 0, 12), ("二、部门管理", 12, 38), ("三、部门绩效", 38, 99)]
    c.base(blocks=[(title, FACT_ORDER[a:b]) for title, a, b in cuts])


@case("base-blank-rows-and-repeated-header", "Blank rows inside the base data, its header repeated at page breaks", writer="openpyxl")
def _(c):
    c.card()
    c.base(repeat_at=(12, 30), blank_before=(5, 20, 40))


@case("unit-in-label", "A label's unit stands in the label (固定资产总额（万元）)")
def _(c):
    c.card()
    c.base(cols="no label value evidence", units="label")
    c.not_("unit-assumed", "unit-ambiguous")


@case("unit-in-corner", "The unit stands in the sheet's corner (单位：万元)")
def _(c):
    c.card()
    c.base(cols="no label value evidence", titles=("基础数据表", "单位：万元"), units="none")
    c.not_("unit-assumed", "unit-ambiguous")


@case("unit-in-corner-yuan", "The corner says 单位：元, the amounts are in 元")
def _(c):
    for fact in [f for f in FACT_ORDER if FACT[f][2] == "万元"]:
        value = FACT[fact][3]
        c.fact(fact, number(value) * 10000, value)
    c.card()
    c.base(cols="no label value evidence", titles=("基础数据表", "单位：元"), units="none")
    c.not_("unit-assumed", "unit-ambiguous")


@case("unit-after-number", "The unit stands after the number (3.96万元), no unit column")
def _(c):
    for fact in [f for f in FACT_ORDER if FACT[f][2] not in ("是/否", "选项")]:
        c.fact(fact, FACT[fact][3] + FACT[fact][2], FACT[fact][3])
    c.card()
    c.base(cols="no label value evidence")
    c.not_("unit-assumed", "unit-ambiguous")


@case("unit-mixed-yuan-and-wan", "元 beside 万元: everything is compared in one unit")
def _(c):
    c.fact("routine_budget", number("1035356.30"), "103.53563", unit="元")
    c.fact("routine_actual", "887,400.39元", "88.740039", unit="")
    c.fact("assets_total", number("12500000"), "1250", unit="元")
    c.fact("assets_in_use", number("1180.5"), "1180.5", unit="万元")
    c.fact("budget_total", number("0.170105"), "1701.05", unit="亿元")
    c.card()
    c.base()


@case("unit-after-number-beats-column", "A unit typed after the number stands beside a unit column that says another")
def _(c):
    c.fact("routine_budget", "1035356.30元", "103.53563")
    c.fact("routine_actual", "88.740039万元", "88.740039")
    c.card()
    c.base()
    c.may("unit-ambiguous", "unit-mismatch")
    c.unsure = "the unit in the cell is the nearest one and is taken; reading 元 and 万元 as candidates would be cautious, too"


@case("unit-in-title", "The money's unit stands in the sheet's title (金额单位：万元)", writer="openpyxl")
def _(c):
    c.card()
    c.base(cols="no label value evidence", titles=("基础数据表（金额单位：万元）",), units="none")
    c.not_("unit-assumed", "unit-ambiguous")


@case("unit-in-right-corner", "The unit stands above the last column, at the right (单位：元)")
def _(c):
    for fact in [f for f in FACT_ORDER if FACT[f][2] == "万元"]:
        c.fact(fact, number(FACT[fact][3]) * 10000, FACT[fact][3])
    c.card()
    c.base(row=3, cols="no label value evidence", titles=(), units="none")
    c.book.sheet("基础数据表").put(2, 4, "单位：元")
    c.book.sheet("基础数据表").put(1, 1, "基础数据表")
    c.not_("unit-assumed", "unit-ambiguous")


@case("unit-in-value-heading", "The unit of all money stands in the heading of the values: 金额（万元）; other facts carry their own after the number")
def _(c):
    for fact in [f for f in FACT_ORDER if FACT[f][2] in ("项", "人", "个", "%")]:
        c.fact(fact, FACT[fact][3] + FACT[fact][2], FACT[fact][3])
    c.card()
    c.base(cols="no label value evidence", heads={"value": "填报值（金额：万元）"})
    c.not_("unit-ambiguous")


@case("unit-assumed", "No money of the workbook has a unit: the fact's own unit, with unit-assumed")
def _(c):
    c.card()
    c.base(cols="no label value evidence", units="none")
    c.find("unit-assumed")
    c.not_("unit-ambiguous")


@case("unit-missing-beside-others", "One amount without unit beside others that have one: 元 and 万元 are both candidates")
def _(c):
    c.fact("routine_actual", number("88.740039"), ["88.740039", "0.0088740039"], unit="")
    c.claim("public_funds_control", number("5"), "5")
    c.card()
    c.base()
    c.find("unit-ambiguous", fact="routine_actual")
    c.not_("unit-assumed")


@case("scorecard-only", "A scorecard without any base data: every claim is read, nothing can be verified")
def _(c):
    c.card()
    c.verdict_overrides.update({i: "unverifiable" for i in ORDER})


@case("base-labels-rewritten", "Departments rewrite the labels of the base data", writer="openpyxl")
def _(c):
    c.card()
    c.base(labels={"staff_actual": "年末在编人员数", "staff_quota": "核定编制人数", "sangong_budget": "“三公”经费预算", "sangong_actual": "“三公”经费实际支出",
                   "q1_progress": "第一季度部门预算支出进度", "q2_progress": "第二季度部门预算支出进度", "q3_progress": "第三季度部门预算支出进度",
                   "q4_progress": "第四季度部门预算支出进度", "projects_planned": "计划完成的项目总数", "satisfaction": "服务对象满意度（%）",
                   "assets_in_use": "实际在用固定资产总额（含设备）"})  # fmt: skip
    c.may("indicator-renamed")
    c.unsure = "which of these labels are aliases is the rulebook's matter; all are unmistakable to a clerk"


@case("base-labels-mistyped", "A character mistyped in the labels of the base data: the one clearly nearest")
def _(c):
    c.card()
    c.base(labels={"assets_in_use": "实际再用固定资产总额", "routine_actual": "日常公用经费决算数 ", "petition_reply_rate": "信仿办理回复率", "contract_staff": "编外人员数量",
                   "procurement_policy": "政府采购政策功能落实到位情况"})  # fmt: skip
    c.may("indicator-renamed")


@case("base-label-between-two", "A label as near to one fact as to another is taken for neither")
def _(c):
    c.card()
    c.base(ids=[f for f in FACT_ORDER if f not in ("procurement_plan", "procurement_actual")])
    sheet = c.book.sheet("基础数据表")
    row = sheet.last_row() + 1
    for column, value in ((2, "政府采购金额"), (3, number("3.96")), (4, "万元")):
        sheet.put(row, column, value)
    c.may("fact-unreadable", "indicator-unknown")
    c.verdict_overrides["procurement"] = "unverifiable"


@case("base-values-merged", "The values of the base data stand in cells merged over two columns: the source is the top-left")
def _(c):
    c.card()
    c.base(cols="no label value note unit evidence", heads={"note": None})
    sheet = c.book.sheet("基础数据表")
    for fact in FACT_ORDER:
        row = _fact_row(c, fact)
        sheet.merge(row, 3, row, 4)
    sheet.merge(_fact_row(c, FACT_ORDER[0]) - 1, 3, _fact_row(c, FACT_ORDER[0]) - 1, 4)


@case("facts-split-between-table-and-sheet", "Facts of one section stand in a table of their own on another sheet with other column names")
def _(c):
    c.card()
    c.base(sheet="人员与资产", ids=FACT_ORDER[28:38], cols="label unit value evidence", heads={"label": "内容", "value": "填报值"}, titles=())
    c.base(sheet="其他", ids=FACT_ORDER[:28] + FACT_ORDER[38:])


# ---- writing a number ----------------------------------------------------------------------------------------------------------
@case("percent-forms", "Percent: 27.22%, 27.22％, 27.22 under a % unit, 0.2722 in a percentage cell, 约27.22%")
def _(c):
    c.fact("q1_progress", "27.22%", "27.22")
    c.fact("q2_progress", "48.45％", "48.45")
    c.fact("q3_progress", number("0.6922"), "69.22", fmt="0.00%")
    c.fact("q4_progress", "约98.82%", "98.82")
    c.fact("petition_reply_rate", number("1"), "100", fmt="0%")
    c.fact("petition_timely_rate", "100 %", "100")
    c.fact("satisfaction", number("97.5"), "97.5", unit="%")
    both(c)
    c.not_("unit-ambiguous")


@case("percent-forms-without-unit-column", "Percent written with its sign or in a percentage cell, where no column gives the unit", writer="openpyxl")
def _(c):
    c.fact("q1_progress", number("0.2722"), "27.22", fmt="0.00%")
    c.fact("q2_progress", "４８．４５％", "48.45")
    c.fact("q3_progress", " 69.22% ", "69.22")
    c.fact("q4_progress", "98.82 ％", "98.82")
    c.fact("petition_reply_rate", "100%", "100")
    c.fact("petition_timely_rate", "100.00%", "100")
    c.fact("satisfaction", "大约97.5%", "97.5")
    c.card()
    c.base(cols="no label value evidence", titles=("单位：万元",), units="none")
    c.not_("unit-ambiguous")


@case("percent-in-words", "百分之九十八, 九成五 are 98 % and 95 %")
def _(c):
    c.fact("q4_progress", "百分之九十八", "98")
    c.fact("satisfaction", "九成五", "95")
    c.fact("petition_reply_rate", "百分之百", "100")
    c.fact("petition_timely_rate", "百分之一百", "100")
    c.claim("budget_execution", number("5.81"), "5.81")
    both(c)
    c.verdict_overrides["satisfaction"] = "agrees"


@case("percent-bare-fraction", "A bare number above 0 and up to 1 for a percentage, with no percent format: both values are candidates")
def _(c):
    c.fact("q1_progress", number("0.2722"), ["27.22", "0.2722"], unit="")
    c.fact("q2_progress", "0.4845", ["48.45", "0.4845"], unit="")
    c.fact("petition_reply_rate", number("1"), ["100", "1"], unit="")
    both(c)
    for fact in ("q1_progress", "q2_progress", "petition_reply_rate"):
        c.find("unit-ambiguous", fact=fact)


@case("percent-bare-fraction-under-unit", "A bare 0.27 under a % unit stays ambiguous (0.27 % or 27 %)")
def _(c):
    c.fact("q1_progress", number("0.27"), ["27", "0.27"])
    both(c)
    c.find("unit-ambiguous", fact="q1_progress")
    c.unsure = "the % of the column could be taken to decide for 0.27 %; the rule for a bare number knows no such exception"


@case("percent-format-against-plain", "0.2722 with a percentage format beside 0.27 without one")
def _(c):
    c.fact("q1_progress", number("0.2722"), "27.22", fmt="0.00%")
    c.fact("q2_progress", number("0.48"), ["48", "0.48"], unit="")
    c.fact("q3_progress", number("0.6922"), "69.22", fmt="0%")
    both(c)
    c.find("unit-ambiguous", fact="q2_progress")


@case("money-forms", "Money: 1,035,356.30, full-width comma, 3.96万元, 1035356.3元, ￥")
def _(c):
    c.fact("routine_budget", "1,035,356.30", "103.53563", unit="元")
    c.fact("routine_actual", "887，400.39", "88.740039", unit="元")
    c.fact("procurement_actual", "3.96万元", "3.96")
    c.fact("procurement_plan", "￥40,000.00元", "4", unit="")
    c.fact("sangong_budget", "20600元", "2.06", unit="")
    c.fact("sangong_actual", "¥2.06", "2.06")
    c.fact("assets_total", "１２５０．００", "1250")
    c.fact("assets_in_use", "1,180.50 万元", "1180.5")
    c.fact("adjusted_amount", "约145.76万元", "145.76")
    c.fact("budget_total", "1,701.05万", "1701.05")
    both(c)


@case("money-blank-as-thousands-mark", "1 701.05 with a blank as thousands mark")
def _(c):
    c.fact("budget_total", "1 701.05", "1701.05")
    both(c)
    c.unsure = "a blank as thousands mark is not on the list of forms; fact-unreadable would be cautious"


@case("money-formats", "Amounts as numbers in cells with number formats (thousands mark, currency, 万元 in the format)")
def _(c):
    c.fact("routine_budget", number("1035356.30"), "103.53563", unit="元", fmt="#,##0.00")
    c.fact("routine_actual", number("887400.39"), "88.740039", unit="元", fmt='"￥"#,##0.00')
    c.fact("assets_total", number("1250"), "1250", fmt="#,##0.00_ ")
    both(c)


@case("count-forms", "Counts: 8个, 8, ０, 0项, 无 for a count of faults, 八, 十二")
def _(c):
    c.fact("projects_planned", "8个", "8")
    c.fact("projects_finished", "八", "8")
    c.fact("budget_nonconformities", "无", "0")
    c.fact("goals_missing", "０", "0")
    c.fact("key_tasks_unfinished", "0项", "0")
    c.fact("staff_actual", "36人", "36")
    c.fact("staff_quota", "４０", "40")
    c.fact("contract_staff", "4名", "4")
    both(c)


@case("count-forms-chinese-numerals", "Counts written 十二, 四十, 共8个; spaces behind", writer="openpyxl")
def _(c):
    c.fact("projects_planned", "十二", "12")
    c.fact("projects_finished", "12 ", "12")
    c.fact("staff_quota", "四十", "40")
    c.fact("staff_actual", "三十六人", "36")
    c.fact("contract_staff", "四", "4")
    c.fact("budget_nonconformities", "零", "0")
    c.fact("goals_missing", "0个", "0")
    c.fact("key_tasks_unfinished", "〇", "0")
    both(c)
    c.verdict_overrides["project_timeliness"] = "agrees"


@case("none-is-zero-only-for-faults", "无 is zero for a count of faults, and only there; elsewhere it is an absent value")
def _(c):
    for fact in ("budget_nonconformities", "goals_missing", "key_tasks_unfinished"):
        c.fact(fact, "无", "0")
    for fact in ("contract_staff", "procurement_plan", "adjusted_amount", "satisfaction"):
        c.fact(fact, "无")
    both(c)
    # Asked about, and not believed: there may be none of them.
    c.may_facts.append({"id": "contract_staff", "value": "0", "unit": "人", "origin": "base_data", "candidate": False, "sheet": "基础数据表", "cell": "C37", "text": "无"})
    c.not_("fact-unreadable")
    c.verdict_overrides.update({"satisfaction": "unverifiable", "contract_staff_control": "unverifiable", "procurement": "unverifiable"})


YES_WORDS = ["是", "√", "✓", "Y", "有", "符合", "已落实", "√ ", "是。", "y", "✔"]


@case("yes-no-words", "Yes/no: 是 否 √ × ✓ Y N 有 无 符合 不符合 已落实")
def _(c):
    words = iter(["是", "√", "✓", "Y", "符合"] + ["有", "有", "符合", "有", "有", "已落实", "符合", "符合", "是", "√", "有", "Y", "符合", "符合", "已落实", "√", "有"])
    for fact in [f for f in FACT_ORDER if FACT[f][2] == "是/否" and FACT[f][3] == "是"]:
        c.fact(fact, next(words, "是"), "是")
    c.fact("spending_violation", "×", "否")
    c.fact("fund_rated_poor", "N", "否")
    c.fact("classified_unit", "否", "否")
    both(c)


@case("yes-no-negative-words", "Negative answers: × N 无 不符合 否 未落实", writer="openpyxl")
def _(c):
    answers = {"budget_fits_duties": "不符合", "funds_prioritised": "×", "special_funds_itemised": "N", "classification_accurate": "否", "spending_violation": "无",
               "rules_made": "无", "indicators_show_benefit": "无", "indicators_quantified": "否"}  # fmt: skip
    for fact, word in answers.items():
        c.fact(fact, word, "否")
    c.claim("budget_reasonableness", number("1"), "1")
    c.claim("indicator_clarity", number("4"), "4")
    c.claim("management_rules", number("2.5"), "2.5")
    c.grade = "良"
    both(c)
    c.verdict_overrides.update({"budget_reasonableness": "agrees", "indicator_clarity": "agrees", "management_rules": "agrees", "financial_compliance": "agrees"})


@case("yes-no-ticked-boxes", "Ticked boxes (☑是 □否, 是√ 否, ■是 □否): the marked one is the answer")
def _(c):
    yes = ["☑是 □否", "是√ 否", "■是 □否", "☑是　☐否", "√是 □否", "是☑ 否□", "☒是 □否"]
    for n, fact in enumerate(f for f in FACT_ORDER if FACT[f][2] == "是/否" and FACT[f][3] == "是"):
        c.fact(fact, yes[n % 6], "是")
    c.fact("spending_violation", "□是 ☑否", "否")
    c.fact("classified_unit", "是 否√", "否")
    c.fact("fund_rated_poor", "□是 ■否", "否")
    both(c)


@case("yes-no-boxes-none-or-both", "Ticked boxes with none or both marked: no answer")
def _(c):
    for fact, text in (("rules_made", "□是 □否"), ("rules_followed", "☑是 ☑否"), ("project_approval", "是 否"), ("assets_kept", "■是 ■否")):
        c.fact(fact, text)
    both(c)
    c.may("fact-unreadable")
    c.verdict_overrides.update({"management_rules": "unverifiable", "project_procedure": "unverifiable", "asset_safety": "unverifiable"})


@case("choice-words", "Choices: the rulebook's words, or a near form of them")
def _(c):
    c.fact("budget_disclosure", "公开，但不合要求", "公开但不合要求")
    c.fact("accounts_disclosure", "已按规定公开", "按规定公开")
    c.claim("disclosure", number("2.5"), "2.5")
    both(c)
    c.verdict_overrides["disclosure"] = "agrees"


@case("choice-words-not-disclosed", "Choices: 未公开 and 公开但不符合要求; the near form of the one is not taken for the other", writer="openpyxl")
def _(c):
    c.fact("budget_disclosure", "未公开", "未公开")
    c.fact("accounts_disclosure", "公开但不符合要求", "公开但不合要求")
    c.claim("disclosure", number("1"), "1")
    both(c)
    c.verdict_overrides["disclosure"] = "agrees"


@case("score-forms", "Scores: 5, `5`, `5.00`, `5分`, `５`, `得5分`")
def _(c):
    for indicator, cell in (("budget_conformity", "5"), ("budget_reasonableness", "5.00"), ("goal_completeness", "3分"), ("indicator_clarity", "７"),
                            ("public_funds_control", "得5分"), ("procurement", "1.99 分"), ("disclosure", "3.0"), ("key_tasks", " 8 "), ("petitions", "得 3 分"),
                            ("satisfaction", "６．００")):  # fmt: skip
        value = {"budget_conformity": "5", "budget_reasonableness": "5", "goal_completeness": "3", "indicator_clarity": "7", "public_funds_control": "5",
                 "procurement": "1.99", "disclosure": "3", "key_tasks": "8", "petitions": "3", "satisfaction": "6"}[indicator]  # fmt: skip
        c.claim(indicator, cell, value)
    both(c)


@case("score-formulas-with-values", "A score that is a formula with its cached value; total as a formula")
def _(c):
    c.claim("budget_reasonableness", Formula("1+1+1+1+1", number("5")), "5")
    c.claim("project_timeliness", Formula("8/8*6", number("6")), "6")
    c.claim("procurement", Formula("ROUND(3.96/4,2)+1", number("1.99")), "1.99")
    both(c)


@case("score-formulas-without-values", "A formula without a cached value is not empty and not zero: formula-without-value", writer="openpyxl")
def _(c):
    c.claim("budget_reasonableness", Formula("1+1+1+1+1"))
    c.claim("project_timeliness", Formula("8/8*6"))
    c.card(closing=None)
    c.base()
    for indicator in ("budget_reasonableness", "project_timeliness"):
        c.placed_claims[indicator]["text"] = None
        c.find("formula-without-value", indicator)
        c.verdict_overrides[indicator] = "unverifiable"
    c.may("score-missing", "score-not-a-number")


@case("score-missing-and-not-a-number", "No score, a word for a score, a negative score")
def _(c):
    c.claim("key_tasks", None)
    c.claim("petitions", "优")
    c.claim("asset_safety", "—")
    c.claim("disclosure", number("-1"), "-1")
    c.card(closing=None)
    c.base()
    c.find("score-missing", "key_tasks")
    c.find("score-not-a-number", "petitions")
    c.find("negative-score", "disclosure")
    c.may("score-missing", "score-not-a-number")
    c.verdict_overrides.update({i: "invalid" for i in ("key_tasks", "petitions", "asset_safety", "disclosure")})
    c.unsure = "— under a score may be score-missing or score-not-a-number"


@case("score-above-points", "A score above the indicator's points is overstated and said to be above the points")
def _(c):
    c.claim("goal_completeness", number("8"), "8")
    c.total = "101.31"
    both(c)
    c.find("score-above-points", "goal_completeness")
    c.never = ["understated"]
    c.verdict_overrides["goal_completeness"] = "overstated"


@case("score-date", "A date where a score is due is a finding, not a serial number", writer="openpyxl")
def _(c):
    c.claim("goal_completeness", datetime.datetime(2021, 3, 1))
    c.card(closing=None)
    c.base()
    c.placed_claims["goal_completeness"]["text"] = None
    c.find("score-not-a-number", "goal_completeness")
    c.verdict_overrides["goal_completeness"] = "invalid"


@case("binary-noise", "0.27219999999999994 is 0.2722; 0.0900000762939453 is what it is", writer="openpyxl")
def _(c):
    c.fact("q1_progress", 0.27219999999999994, "27.22", fmt="0.00%")
    c.fact("q2_progress", 48.449999999999996, "48.45")
    c.fact("sangong_actual", 0.0900000762939453, "0.0900000762939453")
    c.fact("routine_budget", 1035356.2999999999, "103.53563", unit="元")
    c.claim("public_funds_control", 6.000000000000001, "6")
    c.claim("procurement", 1.9899999999999998, "1.99")
    both(c)
    c.verdict_overrides["public_funds_control"] = "agrees"


@case("spans-and-inequalities", "Spans (95%-98%) and inequalities (≥95%, 98%以上, <40) are targets: not-measurable")
def _(c):
    written = {"satisfaction": "≥95%", "q4_progress": "98%以上", "q3_progress": "65%-70%", "petition_reply_rate": "95％～100％", "staff_actual": "<40", "projects_finished": "不少于8个"}
    for fact, text in written.items():
        c.fact(fact, text)
    both(c)
    for fact in written:
        c.find("not-measurable", fact=fact)
    c.verdict_overrides["satisfaction"] = "unverifiable"


@case("placeholders", "Placeholders are absent values: 空, —, -, /, ……, 无, XX")
def _(c):
    marks = {"satisfaction": "空", "q1_progress": "—", "q2_progress": "-", "q3_progress": "/", "q4_progress": "……", "assets_total": "无", "procurement_plan": "XX",
             "petition_reply_rate": "——", "projects_planned": "XX个", "rules_made": "/", "staff_quota": " "}  # fmt: skip
    for fact, text in marks.items():
        c.fact(fact, text)
    both(c)
    c.not_("not-applicable", "error-cell")
    c.verdict_overrides.update({"satisfaction": "unverifiable", "asset_utilisation": "unverifiable", "project_timeliness": "unverifiable"})


@case("guidance-left-in-cells", "Guidance text left in the cell is an absent value", writer="openpyxl")
def _(c):
    hints = {"satisfaction": "（请填写满意度调查结果）", "assets_total": "请填写金额", "projects_planned": "此处填写数字", "rules_made": "填“是”或“否”", "q1_progress": "填写3月末累计进度"}
    for fact, text in hints.items():
        c.fact(fact, text)
    both(c)
    c.may("fact-unreadable")
    c.verdict_overrides.update({"satisfaction": "unverifiable", "asset_utilisation": "unverifiable", "project_timeliness": "unverifiable"})


@case("not-applicable", "A 不适用 answer is not-applicable (info) and unknown")
def _(c):
    for fact, text in (("fund_rated_poor", "不适用"), ("petition_reply_rate", "不适用"), ("asset_disposal", "不适用（本年无资产处置）"), ("procurement_plan", "不适用")):
        c.fact(fact, text)
        c.find("not-applicable", fact=fact)
    both(c)
    c.verdict_overrides.update({"petitions": "unverifiable", "asset_safety": "unverifiable", "procurement": "unverifiable"})


@case("fact-formulas-without-values", "Facts that are formulas without cached values", writer="openpyxl")
def _(c):
    for fact, text in (("budget_total", "757.06+649.52+34.91+259.56"), ("satisfaction", "195/2"), ("q4_progress", "1680.97/1701.05")):
        c.fact(fact, Formula(text))
        c.find("formula-without-value", fact=fact)
    both(c)
    c.verdict_overrides["satisfaction"] = "unverifiable"


@case("fact-formulas-with-values", "Facts that are formulas with cached values, a percentage among them")
def _(c):
    c.fact("budget_total", Formula("757.06+649.52+34.91+259.56", number("1701.05")), "1701.05")
    c.fact("q4_progress", Formula("ROUND(1680.97/1701.05,4)", number("0.9882")), "98.82", fmt="0.00%")
    both(c)
    c.not_("formula-without-value")


@case("error-cells", "Error cells (#DIV/0!, #REF!) are findings")
def _(c):
    c.fact("satisfaction", Error("#DIV/0!"))
    c.fact("assets_total", Error("#REF!"))
    c.claim("asset_utilisation", Error("#REF!"))
    c.card(closing=None)
    c.base()
    c.find("error-cell", fact="satisfaction")
    c.find("error-cell", fact="assets_total")
    c.find("error-cell", "asset_utilisation")
    c.may("score-missing", "score-not-a-number")
    c.verdict_overrides.update({"satisfaction": "unverifiable", "asset_utilisation": "invalid"})


@case("error-text", "Error values that were pasted as text", writer="openpyxl")
def _(c):
    c.fact("satisfaction", "#VALUE!")
    both(c)
    c.find("error-cell", fact="satisfaction")
    c.may("fact-unreadable")
    c.unsure = "an error pasted as text may be fact-unreadable instead"


@case("fact-date", "A date where a number is due is a finding, not a serial number")
def _(c):
    c.fact("projects_planned", datetime.datetime(2020, 8, 8), fmt="yyyy-mm-dd")
    c.fact("staff_actual", datetime.datetime(1900, 2, 5), fmt='m"月"d"日"')
    both(c)
    c.find("fact-unreadable", fact="projects_planned")
    c.find("fact-unreadable", fact="staff_actual")


@case("fact-out-of-range", "A value out of its range is told and unknown")
def _(c):
    c.fact("satisfaction", number("975"), "975", candidate=False)
    c.fact("q1_progress", "272.2%", "272.2", candidate=False)
    c.fact("budget_nonconformities", number("1.5"), "1.5", candidate=False)
    c.fact("adjusted_amount", number("-145.76"), "-145.76", candidate=False)
    both(c)
    for fact in ("satisfaction", "q1_progress", "budget_nonconformities", "adjusted_amount"):
        c.find("fact-out-of-range", fact=fact)
    c.verdict_overrides["satisfaction"] = "unverifiable"


@case("finished-above-planned", "More projects finished than planned is out of range, used all the same and capped")
def _(c):
    c.fact("projects_finished", "9个", "9")
    both(c)
    c.find("fact-out-of-range", fact="projects_finished")
    c.verdict_overrides["project_timeliness"] = "agrees"


@case("fact-unreadable", "What cannot be read with certainty is reported, never guessed", writer="openpyxl")
def _(c):
    for fact, text in (("satisfaction", "九十几"), ("q1_progress", "27.2.2%"), ("assets_total", "12,50万左右待核实"), ("projects_planned", "8/9"), ("rules_made", "基本")):
        c.fact(fact, text)
        c.find("fact-unreadable", fact=fact)
    both(c)
    c.verdict_overrides.update({"satisfaction": "unverifiable", "asset_utilisation": "unverifiable"})


@case("fact-given-twice-agreeing", "One fact with several sources that agree: all are kept, one is the candidate")
def _(c):
    both(c)
    c.book.sheet("补充数据").put(1, 1, "数据项")
    for column, text in enumerate(["数据项", "数值", "单位"], 1):
        c.book.sheet("补充数据").put(1, column, text)
    for column, value in enumerate(["服务对象满意度", "97.5%", "%"], 1):
        c.book.sheet("补充数据").put(2, column, value)
    c.source("satisfaction", "97.5", "base_data", False, "补充数据", "B2", "97.5%")
    c.not_("fact-conflict")


@case("fact-given-twice-conflicting", "Sources that disagree: both are candidates, fact-conflict")
def _(c):
    both(c)
    sheet = c.book.sheet("补充数据")
    for row, line in enumerate([["数据项", "数值", "单位"], ["服务对象满意度", "93%", "%"]], 1):
        for column, value in enumerate(line, 1):
            sheet.put(row, column, value)
    c.source("satisfaction", "93", "base_data", True, "补充数据", "B2", "93%")
    c.find("fact-conflict", fact="satisfaction")
    c.verdict_overrides["satisfaction"] = "unverifiable"


# ---- the completion table ------------------------------------------------------------------------------------------------------
SEED_KPI = [
    ("产出指标", "数量指标", "信息系统等级保护测评数量", "1次", "1次"), ("", "质量指标", "档案材料完整率", "100%", "100%"),
    ("", "", "信息系统等级保护测评达标率", "100%", "100%"), ("", "时效指标", "测评频次", "一年一次", "一年一次"), ("", "成本指标", "预算执行率", "≥95%", "≥95%"),
    ("效益指标", "经济效益指标", "节约纸张费用", "10万元", "12万元"), ("", "社会效益指标", "网站及系统更安全、易用", "有效建设", "有效建设"),
    ("", "生态效益指标", "无纸化办公率", "90%", "95%"), ("满意度指标", "", "使用人员满意度", "95%", "98%"), ("可持续影响指标", "", "系统持续运行", "长期", "长期"),
]  # fmt: skip


@case("completion-as-published", "The completion table with its KPI block; one row is shifted by one column; an actual given as an inequality")
def _(c):
    c.completion(kpi=SEED_KPI, shifted=(1,))
    both(c)
    c.find("not-measurable", at=("自评表", "F15"))
    c.not_("completion-total-mismatch", "fiscal-over-total", "execution-over-budget", "execution-rate-mismatch")


@case("completion-gives-the-budget", "The completion table's total row supplies budget_total where nothing else does")
def _(c):
    c.facts.pop("budget_total")
    c.completion(candidate=True)
    c.card()
    c.base(ids=[f for f in FACT_ORDER if f != "budget_total"])
    c.verdict_overrides["financial_compliance"] = "agrees"


@case("completion-in-yuan", "The completion table in 元: its total row is the fact in 万元", writer="openpyxl")
def _(c):
    c.facts.pop("budget_total")
    tasks = [("基本支出", "7570600", "7401700"), ("信息化系统维护", "6495200", "6463300"), ("预算准备金", "349100", "349100"), ("综合事务管理", "2595600", "2595600")]
    c.completion(tasks=tasks, total=("17010500", "16809700"), candidate=True, money_head="（元）")
    c.placed_facts[-1]["value"] = "1701.05"
    c.card()
    c.base(ids=[f for f in FACT_ORDER if f != "budget_total"])
    c.verdict_overrides["financial_compliance"] = "agrees"


@case("completion-totals-wrong", "The task rows do not add up to the 金额合计 row")
def _(c):
    c.completion(total=("1711.05", "1680.97"))
    both(c)
    c.find("completion-total-mismatch")
    c.may("execution-rate-mismatch", "fact-conflict")


# ---- the narrative -------------------------------------------------------------------------------------------------------------
QUARTERS = "2020年第一季度预算执行进度为{}%，第二季度预算执行进度为{}%，第三季度预算执行进度为{}%，第四季度预算执行进度为{}%。"
PROCURED = "我单位2020年度政府采购支出总额3.96万元，其中：政府采购货物支出3.96万元。"
SANGONG = "2020年“三公”经费预算数2.06万元，“三公”经费实际支出数2.06万元，其中无因公出国（境）费用，公务用车运行维护费2.06万元。"
ROUTINE = "日常公用经费调整预算数1,035,356.30元，日常公用经费决算数887,400.39元，并未超支。"
PROJECTS = "2020年我单位共8个项目，其中8个已完成，0个未完成，完成率达100%。"
BUDGET = "我单位年初预算1555.29万元，预算调整至1701.05万元，决算数为1680.97万元。"
SATISFIED = "经问卷调查，2020年服务对象满意度为97.5%。"


@case("narrative-agreeing", "The narrative states the tables' figures: said to agree, no second candidates, the sentence's cell kept")
def _(c):
    both(c)
    quarters = [(f"q{n}_progress", v, False) for n, v in enumerate(["27.22", "48.45", "69.22", "98.82"], 1)]
    c.narrative([
        ("一、部门基本情况", []), ("（一）主要职能：负责全市相关公共服务工作，编制2020年度预算。", []),
        (BUDGET, [("budget_total", "1701.05", False, True)]), (PROCURED, [("procurement_actual", "3.96", False)]),
        (SANGONG, [("sangong_budget", "2.06", False), ("sangong_actual", "2.06", False)]),
        (ROUTINE, [("routine_budget", "103.53563", False), ("routine_actual", "88.740039", False)]),
        (PROJECTS, [("projects_planned", "8", False), ("projects_finished", "8", False)]),
        (QUARTERS.format("27.22", "48.45", "69.22", "98.82"), quarters), (SATISFIED, [("satisfaction", "97.5", False)]),
    ])  # fmt: skip
    c.not_("narrative-conflict", "year-mismatch", "fact-conflict")


@case("narrative-agreeing-to-the-decimals", "A figure of the narrative agrees to the decimals written (98.8% of 98.82%)", writer="openpyxl")
def _(c):
    both(c)
    c.narrative([
        (QUARTERS.format("27.2", "48.5", "69", "98.8"), [(f"q{n}_progress", v, False) for n, v in enumerate(["27.2", "48.5", "69", "98.8"], 1)]),
        ("2020年日常公用经费决算数88.74万元，日常公用经费调整预算数103.5万元。", [("routine_actual", "88.74", False), ("routine_budget", "103.5", False)]),
        ("服务对象满意度约98%。", [("satisfaction", "98", False)]),
    ])  # fmt: skip
    c.not_("narrative-conflict", "fact-conflict")


@case("narrative-conflicting", "A figure of the narrative that differs from the table's is a second candidate and narrative-conflict")
def _(c):
    both(c)
    c.narrative([
        (QUARTERS.format("27.22", "45.48", "69.22", "98.82"),
         [("q1_progress", "27.22", False), ("q2_progress", "45.48", True), ("q3_progress", "69.22", False), ("q4_progress", "98.82", False)]),
        ("2020年我单位共9个项目，其中8个已完成，1个未完成。", [("projects_planned", "9", True), ("projects_finished", "8", False)]),
        ("经问卷调查，2020年服务对象满意度为92.5%。", [("satisfaction", "92.5", True)]),
    ])  # fmt: skip
    c.find("narrative-conflict", fact="q2_progress", at=("自评报告", "A1"))
    c.find("narrative-conflict", fact="projects_planned", at=("自评报告", "A2"))
    c.find("narrative-conflict", fact="satisfaction", at=("自评报告", "A3"))
    c.may("fact-conflict")
    c.verdict_overrides.update({"satisfaction": "unverifiable", "project_timeliness": "unverifiable"})


@case("narrative-of-another-year", "A sentence that names another year than the report's, beside tables: year-mismatch and no candidate")
def _(c):
    both(c)
    text = "2. 效率性：其中，2019年第一季度预算执行进度为37.22%，第二季度预算执行进度为58.45%，第三季度预算执行进度为79.22%，第四季度预算执行进度为99.82%。"
    c.narrative([(text, [(f"q{n}_progress", v, False, True) for n, v in enumerate(["37.22", "58.45", "79.22", "99.82"], 1)]),
                 ("按照2018、2019年网站绩效评估文件要求，完成网站考核工作。", [])])  # fmt: skip
    c.find("year-mismatch", at=("自评报告", "A1"))
    c.not_("fact-conflict", "narrative-conflict")


@case("narrative-of-another-year-alone", "A sentence that names another year, where no table gives the fact: year-mismatch and no fact")
def _(c):
    quarters = [f"q{n}_progress" for n in range(1, 5)]
    for fact in quarters:
        c.facts.pop(fact)
    c.card()
    c.base(ids=[f for f in FACT_ORDER if f not in quarters])
    c.narrative([("2019年" + QUARTERS[5:].format("27.22", "48.45", "69.22", "98.82"), [])])
    c.find("year-mismatch", at=("自评报告", "A1"))
    c.verdict_overrides["budget_execution"] = "unverifiable"


@case("narrative-is-the-only-source", "Used as the fact only where no table gives it (origin narrative)")
def _(c):
    told = ["q1_progress", "q2_progress", "q3_progress", "q4_progress", "projects_planned", "projects_finished", "procurement_actual", "sangong_budget",
            "sangong_actual", "routine_budget", "routine_actual", "satisfaction"]  # fmt: skip
    c.card()
    c.base(ids=[f for f in FACT_ORDER if f not in told])
    c.narrative([
        (PROCURED, [("procurement_actual", "3.96", True)]), (SANGONG, [("sangong_budget", "2.06", True), ("sangong_actual", "2.06", True)]),
        (ROUTINE, [("routine_budget", "103.53563", True), ("routine_actual", "88.740039", True)]),
        (PROJECTS, [("projects_planned", "8", True), ("projects_finished", "8", True)]),
        (QUARTERS.format("27.22", "48.45", "69.22", "98.82"), [(f"q{n}_progress", v, True) for n, v in enumerate(["27.22", "48.45", "69.22", "98.82"], 1)]),
        (SATISFIED, [("satisfaction", "97.5", True)]),
    ])  # fmt: skip
    c.not_("narrative-conflict", "year-mismatch")


@case("narrative-in-one-cell", "The narrative is long text in one merged cell with line breaks, under a 报告 heading", writer="openpyxl")
def _(c):
    both(c)
    text = "\n".join(["二、主要履职绩效分析", PROCURED, SANGONG, ROUTINE, PROJECTS, QUARTERS.format("27.22", "48.45", "69.22", "98.82"), SATISFIED])
    sources = [(f, FACT[f][3], False) for f in ("procurement_actual", "sangong_budget", "sangong_actual", "routine_budget", "routine_actual", "projects_planned",
                                                "projects_finished", "q1_progress", "q2_progress", "q3_progress", "q4_progress", "satisfaction")]  # fmt: skip
    c.narrative([(text, sources)])
    c.book.sheet("自评报告").merge(1, 1, 30, 8)
    c.not_("narrative-conflict", "year-mismatch")


@case("narrative-denial", "A plain denial in the narrative (不存在信访机制) against a 是 in the table: a candidate 否, narrative-conflict")
def _(c):
    both(c)
    c.narrative([("4. 公平性：由于我单位无需直接面向社会大众，所以并不存在群众信访机制。", [("petition_channel", "否", True)])])
    c.find("narrative-conflict", fact="petition_channel", at=("自评报告", "A1"))
    c.may("fact-conflict")
    c.verdict_overrides["petitions"] = "unverifiable"


@case("narrative-denial-alone", "A plain denial where no table answers: quoted, and the fact stays unknown")
def _(c):
    c.card()
    c.base(ids=[f for f in FACT_ORDER if f != "petition_channel"])
    c.narrative([("4. 公平性：由于我单位无需直接面向社会大众，所以并不存在群众信访机制。", [])])
    c.may_facts.append({"id": "petition_channel", "value": "否", "unit": None, "origin": "narrative", "candidate": False, "sheet": "自评报告", "cell": "A1", "text": None})
    c.may("narrative-conflict")
    c.verdict_overrides["petitions"] = "unverifiable"


@case("narrative-first-budget-is-not-the-adjusted", "The narrative gives the initial budget of 日常公用经费 where the card wants the adjusted one: not a second candidate")
def _(c):
    both(c)
    c.narrative([("日常公用经费年初预算数1,000,000.00元，日常公用经费决算数887,400.39元，并未超支。", [("routine_actual", "88.740039", False)])])
    c.may_facts.append({"id": "routine_budget", "value": "100", "unit": "万元", "origin": "narrative", "candidate": False, "sheet": "自评报告", "cell": "A1", "text": None})
    c.may("narrative-conflict")
    c.unsure = "whether 年初预算数 is taken for the budget at all is left to the rulebook's phrases"


@case("narrative-comparing-years", "A sentence compares two years: the other year's figure is no candidate")
def _(c):
    both(c)
    c.narrative([("服务对象满意度由2019年的93%提高到2020年的97.5%。", []), ("2019年我单位共12个项目，其中10个已完成。", [])])
    for fact, value, cell in (("satisfaction", "97.5", "A1"), ("satisfaction", "93", "A1"), ("projects_planned", "12", "A2"), ("projects_finished", "10", "A2")):
        c.source(fact, value, "narrative", False, "自评报告", cell, None, optional=True)
    c.may("year-mismatch")
    c.not_("narrative-conflict", "fact-conflict")


@case("narrative-targets", "Targets in the narrative (≥95%, 25%以上) are no measurements and no candidates")
def _(c):
    both(c)
    c.narrative([("年度目标：服务对象满意度≥95%，第一季度预算执行进度达到25%以上，信访办理回复率不低于98%。", [])])
    c.may("not-measurable")
    c.not_("narrative-conflict", "fact-conflict")


@case("narrative-other-figures", "Figures of the narrative that stand near a phrase and are something else (a change, a share, a part)", writer="openpyxl")
def _(c):
    both(c)
    c.narrative([
        ("“三公”经费实际支出数比上年减少0.5万元，下降19.5%。", []), ("政府采购实际金额中面向中小企业采购占比75%。", []),
        ("第四季度新增应急项目2个，涉及金额35万元。", []), ("本年开展服务对象满意度调查3次，发放问卷500份。", []), ("年末在编人数较上年增加2人。", []),
        ("固定资产总额增长5.2%，主要是购置办公设备。", []),
    ])  # fmt: skip
    c.not_("narrative-conflict", "fact-conflict")


@case("everything-together", "A whole submission as published: narrative, completion table, scorecard and base data; one claim too low, one too high")
def _(c):
    known = {"procurement_actual", "budget_total", "sangong_budget", "sangong_actual", "routine_budget", "routine_actual", "q1_progress", "q2_progress",
             "q3_progress", "q4_progress", "projects_planned", "projects_finished", "satisfaction"}  # fmt: skip
    claimed = "5 5 3 7 2 2 3 2 1 2 1 1 0 3 6 3 8 6 23 3 6".split()
    for indicator, value in zip(ORDER, claimed):
        c.claim(indicator, number(value), value)
    c.fact("satisfaction", number("100"), "100")
    c.fact("routine_budget", number("1035356.30"), "103.53563", unit="元")
    c.fact("routine_actual", number("887400.39"), "88.740039", unit="元")
    c.narrative([
        ("（四）2020年部门预算执行情况", []), (BUDGET + "我中心2020年度政府采购支出总额3.96万元。", [("procurement_actual", "3.96", False), ("budget_total", "1701.05", False, True)]),
        (PROJECTS + "其中，2019年第一季度预算执行进度为27.22%，第二季度预算执行进度为48.45%，第三季度预算执行进度为69.22%，第四季度预算执行进度为98.82%。",
         [("projects_planned", "8", False), ("projects_finished", "8", False)] + [(f"q{n}_progress", v, False, True) for n, v in enumerate(["27.22", "48.45", "69.22", "98.82"], 1)]),
        ("4. 公平性：由于我中心为对内事业单位，无需直接面向社会大众，所以并不存在群众信访机制。", []),
    ])  # fmt: skip
    c.completion(kpi=[line if line[1] != "经济效益指标" else ("效益指标", "经济效益指标", "", "", "") for line in SEED_KPI], shifted=(1,))
    c.card(header="two", heads={"score": "分数"}, repeat_at=(4, 6, 9, 13, 17))
    c.base(ids=[f for f in FACT_ORDER if f in known], notes={"routine_budget": "年初数，未见调整数"})
    c.find("year-mismatch", at=("自评报告", "A3"))
    c.find("not-measurable", at=("自评表", "F15"))
    c.may("narrative-conflict", "aspects-too-few")
    c.may_facts.append({"id": "petition_channel", "value": "否", "unit": None, "origin": "narrative", "candidate": False, "sheet": "自评报告", "cell": "A4", "text": None})
    c.never = []
    c.verdict_overrides.update({"budget_execution": "understated", "public_funds_control": "overstated", "project_timeliness": "agrees", "satisfaction": "agrees",
                                "procurement": "unverifiable", "petitions": "unverifiable", "financial_compliance": "unverifiable", "key_tasks": "unverifiable"})  # fmt: skip


# ---- who and when --------------------------------------------------------------------------------------------------------------
for _n, _label in enumerate(["单位名称", "填报单位", "部门（单位）名称", "预算单位"], 1):

    @case(f"identity-label-{_n}", f"The department stands in a label/value cell: {_label}", writer="openpyxl" if _n % 2 else "xlsxwriter")
    def _(c, label=_label, n=_n):
        c.book.sheet("评分表")
        c.card(titles=("部门整体支出绩效评分表",), ident=[(label, c.unit), ("预算年度" if n % 2 else "年度", c.year if n > 2 else "2020年")])
        c.base()
        if label == "预算单位":
            c.unsure = "预算单位 is not among the labels named"


@case("identity-in-one-cell", "Label and value in one cell: 部门名称（公章）：… and 填报日期 of the next year")
def _(c):
    c.card(titles=("2020年度部门整体支出绩效评分表", f"部门名称（公章）：{c.unit}                填报日期：2021年3月15日"), ident=())
    c.base()
    c.not_("year-mismatch", "year-missing")


@case("identity-in-title-only", "The department and the year stand only in a title")
def _(c):
    c.card(titles=(f"{c.unit}2020年度部门整体支出绩效评分表",), ident=())
    c.base()


@case("identity-in-file-name-only", "The department and the year stand only in the file name")
def _(c):
    c.file = f"{c.unit}2020年度部门整体绩效自评表.xlsx"
    c.card(titles=("部门整体支出绩效评分表",), ident=())
    c.base()


@case("identity-year-missing", "No year anywhere: year-missing")
def _(c):
    c.year = None
    c.file = f"{c.unit}.xlsx"
    c.card(titles=("部门整体支出绩效评分表",), ident=[("部门名称", c.unit)])
    c.base()
    c.find("year-missing")


@case("identity-year-formatted", "The year is a number with the format 0\"年\"")
def _(c):
    c.card(titles=("部门整体支出绩效评分表",), ident=[("部门名称", c.unit), ("预算年度", (2020, '0"年"'))])
    c.base()


@case("identity-year-a-date", "The year is a date shown as yyyy\"年\"", writer="openpyxl")
def _(c):
    c.card(titles=("部门整体支出绩效评分表",), ident=[("部门名称", c.unit), ("预算年度", (datetime.datetime(2020, 1, 1), 'yyyy"年"'))])
    c.base()


@case("identity-year-in-chinese", "The year in Chinese digits in a title: 二〇二〇年度")
def _(c):
    c.card(titles=("二〇二〇年度部门整体支出绩效评分表",), ident=[("部门名称", c.unit)])
    c.base()
    c.unsure = "Chinese digits for the year are not named, a clerk reads them"


for _n, (_total, _grade) in enumerate([("合计", "评价等级"), ("总分", "等级"), ("综合得分", "评分等级")], 1):

    @case(f"total-label-{_n}", f"The claimed total stands behind {_total}, the grade behind {_grade}")
    def _(c, total=_total, grade=_grade, n=_n):
        c.card(total_label=total, grade_label=grade, closing="score" if n % 2 else "next")
        c.base()


@case("total-not-stated", "Neither total nor grade is stated")
def _(c):
    both(c, closing=None)


@case("total-wrong", "The stated total is not the sum of the scores, the grade not that of the total")
def _(c):
    c.total, c.grade = "89.5", "优"
    both(c)
    c.find("total-mismatch")
    c.find("grade-mismatch")


# ---- several cards -------------------------------------------------------------------------------------------------------------
@case("cards-hidden-blank-one", "One card filled and visible, the other hidden and blank: the visible one is audited, hidden-data says so")
def _(c):
    both(c)
    placed = dict(c.placed_claims)
    c2 = {i: w for i, w in c.claims.items()}
    c.claims = {}
    total, grade = c.total, c.grade
    c.card(sheet="模板", closing=None, ident=())
    c.book.sheet("模板").hidden = True
    c.claims, c.placed_claims, c.total, c.grade = c2, placed, total, grade
    c.find("hidden-data")
    c.not_("several-scorecards", "indicator-duplicated")


@case("cards-blank-template-visible", "A blank card of the template is left in a visible sheet before the filled one")
def _(c):
    claims, total, grade = c.claims, c.total, c.grade
    c.claims = {}
    c.card(sheet="空表", closing=None, ident=())
    c.claims, c.total, c.grade, c.placed_claims = claims, total, grade, {}
    both(c)
    c.may("hidden-data")
    c.not_("several-scorecards", "indicator-duplicated")


@case("cards-hidden-draft", "A filled draft in a hidden sheet beside the visible card: the visible one is audited")
def _(c):
    both(c)
    placed, total, grade = c.placed_claims, c.total, c.grade
    claims = dict(c.claims)
    c.placed_claims = {}
    c.claim("key_tasks", number("4"), "4")
    c.card(sheet="初稿", closing=None)
    c.book.sheet("初稿").hidden = True
    c.placed_claims, c.total, c.grade, c.claims = placed, total, grade, claims
    c.find("hidden-data")
    c.not_("several-scorecards", "indicator-duplicated")


@case("cards-two-filled", "Indicators repeated on two filled visible cards: several-scorecards")
def _(c):
    both(c)
    c.card(sheet="评分表（二）")
    c.status, c.problem = "unread", "several-scorecards"


# ---- formats -------------------------------------------------------------------------------------------------------------------
def everywhere(c):
    """The content that every format must give alike: a header of two rows, percentages as formats, merged areas, hidden rows, columns and sheets."""
    c.fact("q1_progress", number("0.2722"), "27.22", fmt="0.00%")
    c.fact("satisfaction", number("0.975"), "97.5", fmt="0.00%")
    c.fact("q2_progress", "48.45％", "48.45")
    c.fact("projects_planned", "8个", "8")
    c.card(header="two", heads={"score": "分数"}, repeat_at=(9,))
    c.base(blank_before=(20,))
    c.narrative([(QUARTERS.format("27.22", "48.45", "69.22", "98.82"), [(f"q{n}_progress", v, False) for n, v in enumerate(["27.22", "48.45", "69.22", "98.82"], 1)])])
    c.book.sheet("评分表").hidden_columns = {5}
    c.book.sheet("基础数据表").hidden_rows = {_fact_row(c, "key_tasks_unfinished")}
    c.book.sheet("自评报告").hidden = True
    c.find("hidden-data")
    c.not_("unit-ambiguous")


for _id, _writer, _ext, _what in [
    ("xlsx-openpyxl", "openpyxl", "xlsx", ".xlsx of openpyxl"),
    ("xlsx-xlsxwriter", "xlsxwriter", "xlsx", ".xlsx of XlsxWriter (shared strings)"),
    ("xlsx-resaved", "lo:xlsx", "xlsx", ".xlsx saved by LibreOffice"),
    ("xlsx-inline-strings", "inline", "xlsx", ".xlsx whose texts are inline strings"),
    ("xlsm", "xlsm", "xlsm", ".xlsm"),
    ("xlsb", "xlsb", "xlsb", ".xlsb"),
    ("xls-biff", "xlwt", "xls", ".xls of xlwt"),
    ("xls-resaved", "lo:xls", "xls", ".xls saved by LibreOffice"),
    ("et", "lo:xls", "et", ".et, which is .xls by another name"),
    ("ods", "odfpy", "ods", ".ods of odfpy"),
    ("ods-resaved", "lo:ods", "ods", ".ods saved by LibreOffice"),
    ("xlsx-named-xls", "xlsxwriter", "xls", "recognised by content: .xlsx named .xls"),
    ("xls-named-xlsx", "xlwt", "xlsx", "recognised by content: .xls named .xlsx"),
    ("ods-named-xlsx", "odfpy", "xlsx", "recognised by content: .ods named .xlsx"),
    ("xlsx-upper-case-name", "openpyxl", "XLSX", "an extension in capitals"),
]:
    case(f"format-{_id}", f"Every format: {_what}", writer=_writer, ext=_ext)(everywhere)


def with_formulas(c):
    c.claim("budget_reasonableness", Formula("1+1+1+1+1", number("5")), "5")
    c.fact("budget_total", Formula("757.06+649.52+34.91+259.56", number("1701.05")), "1701.05")
    c.fact("q4_progress", Formula("ROUND(1680.97/1701.05,4)", number("0.9882")), "98.82", fmt="0.00%")
    c.fact("assets_total", Formula("1/0", "#DIV/0!"))
    both(c)
    c.find("error-cell", fact="assets_total")
    c.not_("formula-without-value")


for _ext in ("xlsx", "xls", "ods"):
    case(f"formulas-{_ext}", f"Formulas with cached values, a percentage and an error among them, in .{_ext} saved by LibreOffice", writer=f"lo:{_ext}", ext=_ext)(with_formulas)


def number_formats(c):
    """0.2722 in a percentage cell beside a bare 0.48: the format decides in every file format."""
    c.fact("q1_progress", number("0.2722"), "27.22", fmt="0.00%")
    c.fact("q2_progress", number("0.48"), ["48", "0.48"], unit="")
    c.fact("petition_reply_rate", number("1"), "100", fmt="0.00%")
    c.fact("petition_timely_rate", number("1"), ["100", "1"], unit="")
    both(c)
    c.find("unit-ambiguous", fact="q2_progress")
    c.find("unit-ambiguous", fact="petition_timely_rate")


for _id, _writer, _ext in (("xls", "xlwt", "xls"), ("ods", "odfpy", "ods"), ("xlsb", "xlsb", "xlsb"), ("xls-resaved", "lo:xls", "xls"), ("ods-resaved", "lo:ods", "ods")):
    case(f"number-formats-{_id}", f"A percentage is recognised by its format in .{_ext}, and a bare fraction is ambiguous there too", writer=_writer, ext=_ext)(number_formats)


def dates(c):
    c.fact("projects_planned", datetime.datetime(2020, 8, 8), fmt="yyyy-mm-dd")
    both(c)
    c.find("fact-unreadable", fact="projects_planned")


for _ext in ("xls", "ods"):
    case(f"fact-date-{_ext}", f"A date where a number is due, in .{_ext}", writer=f"lo:{_ext}", ext=_ext)(dates)


def never_computed(c):
    c.claim("project_timeliness", Formula("8/8*6"))
    c.fact("satisfaction", Formula("195/2"))
    c.card(closing=None)
    c.base()
    c.placed_claims["project_timeliness"]["text"] = None
    c.find("formula-without-value", "project_timeliness")
    c.find("formula-without-value", fact="satisfaction")
    c.verdict_overrides["project_timeliness"] = "unverifiable"
    c.may("score-missing", "score-not-a-number")


for _writer, _ext in (("xlwt", "xls"), ("odfpy", "ods")):
    case(f"formula-without-value-{_ext}", f"Formulas that no program computed, in .{_ext}", writer=_writer, ext=_ext)(never_computed)


# ---- what clerks do and no list names ------------------------------------------------------------------------------------------
@case("clerk-subtotals-between-sections", "Subtotal rows between the sections (部门决策小计) are no indicators; they agree")
def _(c):
    both(c, subtotals=True)
    c.not_("indicator-unknown", "section-total-mismatch")


@case("clerk-notes-below", "Notes below the table name indicators and points")
def _(c):
    notes = ["注：1. 预算执行率按季度计算，满分6分。", "2. 重点工作完成情况：一项未完成扣4分。", "填表人：张三    联系电话：0755-12345678", "审核人：李四    日期：2021年3月1日"]
    both(c, notes=notes)
    c.not_("indicator-duplicated", "indicator-unknown", "year-mismatch")


@case("clerk-score-merged-over-criteria", "One criterion a row under a merged indicator; the score cell is merged over them")
def _(c):
    criteria_per_row(c, merge_score=True)


@case("clerk-score-on-first-criterion", "One criterion a row under a merged indicator; the score stands on the first row only", writer="openpyxl")
def _(c):
    criteria_per_row(c, merge_score=False)


def criteria_per_row(c, merge_score):
    sh = c.book.sheet("评分表")
    for column, text in ((1, "2020年度部门整体支出绩效评分表"),):
        sh.put(1, column, text)
    for column, text in ((1, "部门名称"), (2, c.unit), (3, "预算年度"), (4, 2020)):
        sh.put(2, column, text)
    for column, text in enumerate(["一级指标", "三级指标", "分值", "评分标准", "自评得分"], 1):
        sh.put(3, column, text)
    row = 4
    for n, indicator in enumerate(ORDER):
        height = 1 + n % 3
        sh.put(row, 1, SECTIONS[SECTION_OF[indicator]])
        sh.put(row, 2, NAMES[indicator])
        sh.put(row, 3, POINTS[indicator])
        for k in range(height):
            sh.put(row + k, 4, f"{k + 1}. 第{k + 1}项评分标准（{k + 1}分）")
        c.put_claim(sh, row, 5, indicator, c.claims[indicator])
        for column in (1, 2, 3) + ((5,) if merge_score else ()):
            sh.merge(row, column, row + height - 1, column)
        row += height
    sh.put(row, 1, "综合评分")
    sh.put(row, 5, number(c.stated_total()))
    sh.put(row + 1, 1, "评分等级")
    sh.put(row + 1, 5, c.grade)
    c.base()


@case("clerk-trailing-spaces", "Numbers as text with trailing, no-break and ideographic spaces; full-width digits")
def _(c):
    c.claim("key_tasks", "8 ", "8")
    c.claim("satisfaction", "6\u00a0", "6")
    c.claim("petitions", "　３", "3")
    c.fact("projects_planned", "8\u3000", "8")
    c.fact("assets_total", "1250.00\u00a0", "1250")
    c.fact("rules_made", "是 ", "是")
    c.fact("q1_progress", "27.22\u00a0%", "27.22")
    both(c)


@case("clerk-numbers-as-text", "Every number is a text cell", writer="openpyxl")
def _(c):
    for i, w in list(c.claims.items()):
        c.claim(i, w.values[0], w.values[0])
    for f in FACT_ORDER:
        c.fact(f, FACT[f][3], FACT[f][3])
    both(c)


@case("clerk-name-over-two-columns", "The names of the indicators are merged over two columns; the table starts in column D, row 10")
def _(c):
    c.card(row=10, col=4, cols="l1 l2 l3 note points criteria score", header="one", heads={"note": " "})
    sh = c.book.sheet("评分表")
    for indicator in ORDER:
        sh.merge(_row(c, indicator), 6, _row(c, indicator), 7)
    c.base(row=5, col=3)


@case("clerk-base-beside-card", "The base data stand to the right of the scorecard in the same rows")
def _(c):
    c.card(sheet="Sheet1", cols="l1 l2 l3 points score")
    c.base(sheet="Sheet1", row=1, col=8, cols="label value unit evidence", titles=())


@case("clerk-score-header-with-points", "The score column is called 自评得分（满分100分）, the value column 数值（填报）")
def _(c):
    c.card(heads={"score": "自评得分\n（满分100分）", "points": "分值（权重）", "l3": "三级指标名称"})
    c.base(heads={"value": "数值（填报）", "label": "数据项名称"})


@case("clerk-header-with-spaces", "Header words with spaces and line breaks: 三 级 指 标, 自评⏎得分")
def _(c):
    c.card(heads={"l3": "三 级 指 标", "points": "分　值", "score": "自评\n得分", "l1": "一级\n指标"})
    c.base(heads={"label": "数 据 项", "value": "数  值", "unit": "单 位"})


@case("clerk-section-rows-in-base", "Section rows (一、部门决策) stand inside the base data without a header of their own", writer="openpyxl")
def _(c):
    c.card()
    end = c.base(ids=FACT_ORDER[:12])
    c.book.sheet("基础数据表").put(end - 1, 1, "二、部门管理")
    end = c.base(row=end, ids=FACT_ORDER[12:38], titles=(), header=False)
    c.book.sheet("基础数据表").put(end - 1, 1, "三、部门绩效")
    c.base(row=end, ids=FACT_ORDER[38:], titles=(), header=False)


@case("clerk-split-without-header", "The card goes on in the next sheet without a header of its own")
def _(c):
    c.card(sheet="表一", ids=ORDER[:12], closing=None)
    sh = c.book.sheet("表一续")
    for n, indicator in enumerate(ORDER[12:], 1):
        for column, value in ((1, SECTIONS[SECTION_OF[indicator]]), (3, NAMES[indicator]), (4, POINTS[indicator])):
            sh.put(n, column, value)
        c.put_claim(sh, n, 7, indicator, c.claims[indicator])
    c.base()
    c.unsure = "a table without header: a reader that does not follow it must say indicator-missing, never something else"
    c.may("indicator-missing")


@case("clerk-fact-words-in-notes", "The 备注 column holds numbers, years and percentages of last year")
def _(c):
    c.card()
    c.base(notes={"q1_progress": "2019年为25.1%", "satisfaction": "上年96%", "budget_total": "年初1555.29万元", "staff_actual": 35, "projects_planned": "其中续建2个"})
    c.not_("fact-conflict", "narrative-conflict")


@case("clerk-total-inside-name-cell", "The total in one cell: 综合评分：96.31分；评分等级：优")
def _(c):
    total = c.stated_total()
    c.card(closing=None)
    c.total, c.grade = total, "优"
    sh = c.book.sheet("评分表")
    sh.put(sh.last_row() + 1, 1, f"综合评分：{total}分        评分等级：优")
    c.base()


@case("clerk-other-tables-around", "Other tables stand in the workbook: a list of assets with 名称 and 金额, a directory of sheets")
def _(c):
    sheet = c.book.sheet("目录")
    for row, line in enumerate([["序号", "名称", "页码"], [1, "评分表", 2], [2, "基础数据表", 3]], 1):
        for column, value in enumerate(line, 1):
            sheet.put(row, column, value)
    both(c)
    sheet = c.book.sheet("资产清单")
    for row, line in enumerate([["序号", "资产名称", "金额", "单位"], [1, "打印机", 1200, "元"], [2, "服务器", 35000, "元"], ["", "合计", 36200, "元"]], 1):
        for column, value in enumerate(line, 1):
            sheet.put(row, column, value)


@case("clerk-grouped-score-header", "自评情况 and 复核情况 each stand over a column 得分: the one under 自评情况 is the claim")
def _(c):
    c.card(cols="l1 l2 l3 points criteria score reason bureau note", header="two", heads={"score": "自评情况", "reason": None, "bureau": "复核情况", "note": None},
           extra={"reason": {"budget_execution": "一季度超序时进度"}, "bureau": {"benefits": 20, "budget_execution": 3}})  # fmt: skip
    sh = c.book.sheet("评分表")
    top = min(r for (r, col), (v, _) in sh.cells.items() if v == "自评情况")
    sh.merges = [m for m in sh.merges if not (m[0] == top and m[1] >= 6)]
    sh.merge(top, 6, top, 7)
    sh.merge(top, 8, top, 9)
    for column, text in ((6, "得分"), (7, "扣分原因"), (8, "得分"), (9, "备注")):
        sh.put(top + 1, column, text)
    c.base()


@case("clerk-points-with-unit", "分值 written 5分 on every row is not altered", writer="openpyxl")
def _(c):
    both(c, points={i: f"{POINTS[i]}分" for i in ORDER})
    c.not_("points-altered")


@case("clerk-empty-columns-between", "Empty columns stand between the columns of the table")
def _(c):
    both(c, cols="l1 l2 note l3 reason points criteria last score", heads={"note": None, "reason": None, "last": None})


@case("clerk-total-label-merged", "综合评分 merged over all columns before the score")
def _(c):
    both(c)
    sh = c.book.sheet("评分表")
    for row in [r for (r, col), (v, _) in sh.cells.items() if v in ("综合评分", "评分等级")]:
        sh.merge(row, 1, row, 6)


@case("clerk-total-with-unit", "The total is written 96.31分")
def _(c):
    both(c)
    sh = c.book.sheet("评分表")
    row = next(r for (r, col), (v, _) in sh.cells.items() if v == "综合评分")
    sh.put(row, 7, f"{c.stated_total()}分")


@case("clerk-official-criteria", "The official long criteria, with line breaks, numbers, percentages and the names of facts, stand beside the scores")
def _(c):
    long = {
        "public_funds_control": "1. “三公”经费控制率=“三公”经费实际支出数/“三公”经费预算安排数×100%\n(1) <90%的，得3分；\n(2) 90%≤控制率≤100%的，得2分；\n(3) >100%的，得0分。\n2. 日常公用经费控制率=日常公用经费决算数/日常公用经费调整预算数×100%",
        "budget_execution": "1. 一季度预算执行率得分=（一季度部门预算支出进度/序时进度25%）×1分\n2. 二季度预算执行率得分=（二季度部门预算支出进度/序时进度50%）×1分\n5. 全年平均支出进度得分=全年平均执行率×2分",
        "satisfaction": "1. 满意度≥95%的，得6分；\n2. 90%≤满意度<95%的，得4分；\n3. 80%≤满意度<90%的，得2分；\n4. 满意度<80%的，得1分。",
        "petitions": "2. 当年度群众信访办理回复率达100%（1分）；\n3. 当年度群众信访及时办理回复率达100%，未发生超期（1分）。",
        "project_timeliness": "部分项目未按计划时间完成的，本指标得分=已完成项目数/计划完成项目总数×6分。",
    }
    c.card(header="two", heads={"score": "分数"})
    sh = c.book.sheet("评分表")
    for indicator, text in long.items():
        sh.put(_row(c, indicator), 6, text)
    c.base()
    c.not_("narrative-conflict", "fact-conflict", "not-measurable")


@case("clerk-empty-sheets-around", "Sheet2 and Sheet3 are empty, as a new workbook has them", writer="openpyxl")
def _(c):
    both(c)
    c.book.sheet("Sheet2")
    c.book.sheet("Sheet3")


@case("clerk-rich-text", "Names, labels, answers and scores in cells of several fonts and colours")
def _(c):
    c.claim("key_tasks", Rich(["得", "8", "分"]), "8")
    c.fact("q1_progress", Rich(["27.", "22", "%"]), "27.22")
    c.fact("rules_made", Rich(["☑", "是", " □否"]), "是")
    c.card(names={i: Rich([NAMES[i][:2], NAMES[i][2:]]) for i in ORDER[::2]})
    c.base(labels={f: Rich([FACT[f][1][:3], FACT[f][1][3:]]) for f in FACT_ORDER[::3]})


@case("clerk-template-furniture", "Comments, validation, filters, frozen panes, print titles and defined names, as a template has them")
def _(c):
    both(c)
    c.book.adorned = True


@case("clerk-stray-cell-far-away", "A blank stands in a cell far below and far to the right of the tables")
def _(c):
    both(c)
    c.book.sheet("评分表").put(60000, 200, " ")
    c.book.sheet("基础数据表").put(1048576, 1, " ")


@case("clerk-several-rows-of-totals", "合计, 财政复核 and signatures in the rows below the scores", writer="openpyxl")
def _(c):
    both(c, total_label="合计")
    sh = c.book.sheet("评分表")
    row = sh.last_row() + 1
    for line in (["单位负责人（签字）：", None, "张三", None, "日期：", None, "2021年3月15日"], ["财政部门复核意见：", None, None, None, "复核得分：", None, None]):
        for column, text in enumerate(line, 1):
            sh.put(row, column, text)
        row += 1
    c.not_("year-mismatch")


# ---- whole files ---------------------------------------------------------------------------------------------------------------
@case("file-no-scorecard", "A workbook without a scorecard: no-scorecard")
def _(c):
    sheet = c.book.sheet("资产清单")
    for row, line in enumerate([["序号", "资产名称", "数量", "金额（元）"], [1, "打印机", 3, 1200], [2, "服务器", 1, 35000]], 1):
        for column, value in enumerate(line, 1):
            sheet.put(row, column, value)
    c.status, c.problem = "unread", "no-scorecard"


@case("file-blank-template", "A blank template never filled in: blank-template")
def _(c):
    c.claims, c.facts, c.evidence = {}, {}, {}
    c.card(ident=[("部门名称", None), ("预算年度", None)], closing=None, titles=("部门整体支出绩效评分表",))
    c.base()
    c.status, c.problem = "unread", "blank-template"


def unread(code):
    def build(c):
        both(c)
        c.status, c.problem = "unread", code

    return build


for _id, _what, _code, _writer, _ext in [
    ("password", "password-protected", "password-protected", "password", "xlsx"),
    ("password-ods", "password-protected, .ods", "password-protected", "password-ods", "ods"),
    ("password-xls", "password-protected, .xls (RC4)", "password-protected", "password-xls:rc4", "xls"),
    ("password-xls-xor", "password-protected, .xls (XOR)", "password-protected", "password-xls:xor", "xls"),
    ("truncated-xlsx", "an .xlsx cut off in the middle", "corrupt-file", "cut:xlsxwriter", "xlsx"),
    ("truncated-xls", "an .xls cut off in the middle", "corrupt-file", "cut:xlwt", "xls"),
    ("truncated-ods", "an .ods cut off in the middle", "corrupt-file", "cut:odfpy", "ods"),
    ("corrupt-sheet-xml", "an .xlsx whose sheet part is damaged", "corrupt-file", "damaged", "xlsx"),
    ("corrupt-xls", "an .xls whose content is overwritten behind its first bytes", "corrupt-file", "scrambled", "xls"),
    ("empty", "0 bytes", "corrupt-file", "empty", "xlsx"),
    ("csv-named-xls", "a .csv renamed to .xls", "not-a-workbook", "csv", "xls"),
    ("html-named-xls", "an .html renamed to .xls", "not-a-workbook", "html", "xls"),
    ("random-bytes", "random bytes", "not-a-workbook", "random", "xlsx"),
    ("docx-named-xlsx", "a .docx renamed to .xlsx", "not-a-workbook", "docx", "xlsx"),
    ("pdf-named-et", "a .pdf renamed to .et", "not-a-workbook", "pdf", "et"),
]:
    case(f"file-{_id}", f"Whole-file matters: {_what}", writer=_writer, ext=_ext)(unread(_code))


@case("file-xml-spreadsheet-2003", "An XML Spreadsheet 2003 named .xls: said what it is, or read", writer="xml2003", ext="xls")
def _(c):
    both(c)
    c.status, c.problem = "unread", "not-a-workbook"
    c.unsure = "a reader that reads it well does better than this expectation"
