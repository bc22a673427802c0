"""What the forms of samples/project-2020 say. All departments and projects are invented.

A row's `means` is what a reader understands of its target and actual: ("number", sign, target, actual) in one unit, ("level",
low, high) as shares of the weight, or ("open", reading…) where nothing can be computed. `findings` are what the form's content
calls for beside its verdicts.
"""
from decimal import Decimal
from types import SimpleNamespace

OUT, BEN, SAT = "产出指标", "效益指标", "满意度指标"
QTY, QUA, TIM, COST = "数量指标", "质量指标", "时效指标", "成本指标"
SOC, ECO, SUS, HAPPY = "社会效益指标", "经济效益指标", "可持续影响指标", "服务对象满意度指标"


def row(above, name, target, actual, weight, score, means, reason=None, split=None, audited=None):
    weight = None if weight is None else Decimal(str(weight))
    return SimpleNamespace(above=above, name=name, target=target, actual=actual, weight=weight, score=Decimal(str(score)),
                           means=means, reason=reason, split=split, audited=audited)


def form(project, authority, unit, funds, planned, spent, weight, claimed, total, rows, findings=(), year=2020,
         title="项目支出绩效自评表", year_beside=True, money="万元", stated=None,
         goal="按计划完成年度任务。", achieved="年度任务已完成。"):
    weight = None if weight is None else Decimal(str(weight))
    return SimpleNamespace(
        project=project, authority=authority, unit=unit, funds=funds, planned=planned, spent=spent, weight=weight,
        claimed=Decimal(str(claimed)), total=Decimal(str(total)), rows=rows, findings=list(findings), year=year, title=title,
        year_beside=year_beside, money=money, stated=stated or {}, goal=goal, achieved=achieved)


def book(file, program, pages, card=None):
    return SimpleNamespace(file=file, program=program, sheets=pages, card=card)


def n(sign, target, actual):
    return ("number", sign, str(target), str(actual))


GOOD = ("level", "4/5", "1")
PART = ("level", "3/5", "4/5")

DREDGING = form(
    "河道清淤整治", "云溪县水务局", "云溪县河道管理所",
    [("年度资金总额", 120, 118.5, 112.575, 10, "95%", 9.5), ("其中：当年财政拨款", 100, 98.5, 98.5, "—", "100%", "—"),
     ("上年结转资金", 20, 20, 14.075, "—", "70.38%", "—"), ("其他资金", 0, 0, 0, "—", "—", "—")],
    "118.5", "112.575", 10, 9.5, 96.63,
    [row((OUT, QTY), "清淤河道长度", "≥12公里", "12.6公里", 10, 10, n("≥", 12, "12.6")),
     row((OUT, QTY), "清运淤泥量", "≥8000立方米", "7600立方米", 10, 9.5, n("≥", 8000, 7600), "雨季停工两周"),
     row((OUT, QUA), "验收合格率", "＝100%", "100%", 15, 15, n("=", 100, 100)),
     row((OUT, TIM), "完工时限", "≤180天", "176天", 5, 5, n("≤", 180, 176)),
     row((OUT, COST), "每公里成本", "≤9.5万元", "9万元", 10, 10, n("≤", "9.5", 9)),
     row((BEN, SOC), "防洪能力", "明显提升", "达成年度指标", 15, 13.88, GOOD, "个别河段仍需加固"),
     row((BEN, SUS), "管护机制", "建立长效机制", "部分达成年度指标并具有一定效果", 15, 11.25, PART, "制度待印发"),
     row((SAT, HAPPY), "沿岸居民满意度", "≥90%", "93.2%", 10, 10, n("≥", 90, "93.2"))],
    # 9.5 + 10 + 9.5 + 15 + 5 + 10 + 13.88 + 11.25 + 10 = 94.13, not 96.63.
    [("total-mismatch", None)])

TRAINING = form(
    "中小学教师培训", "临川区教育局", "临川区教师发展中心",
    [("年度资金总额", 43.2, 43.2, 37.24, 10, "86.20%", 9), ("其中：当年财政拨款", 43.2, 43.2, 37.24, "—", "—", "—")],
    "43.2", "37.24", 10, 9, 98,
    [row((OUT, QTY), "投入资金", "≥43.2", "37.24", 10, 9, n("≥", "43.2", "37.24"), "疫情影响，部分培训资金未支付"),
     row((OUT, QTY), "培训人数", "≥500人", "748人", 20, 20, n("≥", 500, 748), "线上培训覆盖面扩大"),
     row((OUT, QUA), "培训合格率", "≥95%", "97.5%", 20, 20, n("≥", 95, "97.5")),
     row((BEN, SOC), "教师学历达标率", "≥98%", "98.6%", 30, 30, n("≥", 98, "98.6")),
     row((SAT, HAPPY), "参训教师满意度", "≥90%", "96%", 10, 10, n("≥", 90, 96))],
    [("spending-as-output", "row-1"), ("scores-exceed-execution", None)])

CANTEEN = form(
    "学校食堂改造", "临川区教育局", "临川区第三小学",
    [("年度资金总额", 160, 400, 400, 10, "100%", 10), ("其中：当年财政拨款", 160, 400, 400, "—", "—", "—")],
    "400", "400", 10, 10, 95,
    [row((OUT, QTY), "改造面积", "≥600平方米", "612㎡", 20, 20, n("≥", 600, 612)),
     row((OUT, COST), "改造成本", "≤160万元", "386万元", 15, 10, n("≤", 160, 386), "材料价格上涨"),
     row((OUT, TIM), "开工时间", "2020年7月", "2020年7月15日", 15, 15, ("open",)),
     row((BEN, SOC), "就餐环境", "改善", "明显改善", 30, 30, ("open",)),
     row((SAT, HAPPY), "学生满意度", "≥90%", "≥90%", 10, 10, ("open",))],
    [("not-measurable", "row-5")])

READING = form(
    "全民阅读推广", "临川区教育局", "临川区少年宫",
    [("年度资金总额", 12, 12, 12, 10, "100%", 10), ("其中：当年财政拨款", 12, 12, 12, "—", "—", "—")],
    "12", "12", 10, 10, 100,
    [row((OUT, QTY), "阅读活动场次", "24场", "24场", 50, 50, n("", 24, 24)),
     row((BEN, SOC), "参与人次", "3000人次", "3600人次", 30, 30, n("", 3000, 3600)),
     row((SAT, HAPPY), "读者满意度", "90%", "", 10, 10, ("open", "linear", "inverse"))],
    [("sign-missing", "row-1"), ("sign-missing", "row-2"), ("sign-missing", "row-3"), ("weight-concentrated", "row-1"),
     ("full-marks-without-actual", "row-3"), ("all-full-marks", None)])

EXHIBITION = form(
    "馆藏文物数字化", "青山区文化和旅游局", "青山区文化馆",
    [("年度资金总额", 0, 0, 0, 10, "", 0), ("其中：当年财政拨款", 90, 89.974, 89.974, "", "", "")],
    "89.974", "89.974", 10, 0, 86,
    [row((OUT, QTY), "数字化文物数量", "≥300件", "300件", 20, 20, n("≥", 300, 300)),
     row((OUT, QUA), "采集合格率", "≥98%", "98%", 15, 15, n("≥", 98, 98)),
     row((OUT, TIM), "按时完成率", "＝100%", "100%", 15, 15, n("=", 100, 100)),
     row((BEN, SOC), "线上访问量", "≥5万人次", "4万人次", 30, 26, n("≥", 50000, 40000), "宣传不足"),
     row((SAT, HAPPY), "观众满意度", "≥95%", "97%", 10, 10, n("≥", 95, 97))],
    [("fund-total-mismatch", None)] * 3)

SHOWS = form(
    "送戏下乡", "青山区文化和旅游局", "青山区文化馆",
    [("年度资金总额", 30, 36, 27, 10, "75%", 7.5), ("其中：当年财政拨款", 30, 36, 27, "", "", "")],
    "36", "27", 10, 7.5, 89.5,
    [row((OUT, QTY), "演出场次", "≥60场", "54场", 25, 22, n("≥", 60, 54), "无"),
     row((OUT, QUA), "节目完成率", "100%", "90%", 25, 20, n("", 100, 90), "0"),
     row((BEN, SOC), "观众人次", "≥20000人次", "21500人次", 30, 30, n("≥", 20000, 21500)),
     row((SAT, HAPPY), "观众满意度", "≥90%", "92%", 10, 10, n("≥", 90, 92))],
    [("low-execution-unexplained", "budget"), ("loss-unexplained", "row-1"), ("loss-unexplained", "row-2"),
     ("sign-missing", "row-2"), ("scores-exceed-execution", None)])

HIGHWAY = form(
    "农村公路养护", "南屏市交通运输局", "南屏市公路事务中心",
    [("年度资金总额", 500, 480, 480, 20, "100%", 20), ("其中：当年财政拨款", 500, 480, 480, "", "", "")],
    "480", "480", 20, 20, 96.6,
    [row((OUT, QTY), "养护里程", None, 212, 15, 15, n("≥", 200, 212), split=("≥", 200, "公里"), audited=15),
     row((OUT, QUA), "优良路率", None, 88.2, 15, 14.7, n("≥", 90, "88.2"), "水毁路段待修", ("≥", 90, "%"), 14),
     row((OUT, COST), "每公里养护费", None, "2.3", 10, 10, n("≤", "2.4", "2.3"), split=("≤", "2.4", "万元"), audited=10),
     row((BEN, SOC), "通行条件", None, "达成", 15, 14, GOOD, "部分路段照明不足", ("定性", "改善", ""), 12),
     row((BEN, ECO), "运输成本下降率", None, 3, 15, 15, n("=", 3, 3), split=("＝", 3, "%"), audited=15),
     row((SAT, HAPPY), "群众满意度", None, 97, 10, 9.9, n("≥", 95, 97), "取整", ("≥", 95, "%"), 10)],
    # 20 + 15 + 14.7 + 10 + 14 + 15 + 9.9 = 98.6; 15 + 15 + 10 = 40 under a label that says 50.
    [("total-mismatch", None), ("weights-mismatch", None)], stated={OUT: 50},
    title="2020年度项目支出绩效自评表", year_beside=False)

WEATHER = form(
    "自动气象站维护", "海陵区气象局", "海陵区气象服务中心",
    [("年度资金总额", "250,000.00", "250,000.00", "215,457.6", 10, "86.19%", 8.62),
     ("其中：当年财政拨款", "250,000.00", "250,000.00", "215,457.6", "", "", "")],
    "25", "21.54576", 10, 8.62, 98.62,
    [row((OUT, QTY), "维护站点数", "≥32个", "32个", 30, 30, n("≥", 32, 32)),
     row((OUT, COST), "单站成本", "≤8000元", "0.68万元", 20, 20, n("≤", 8000, 6800)),
     row((BEN, SOC), "预报准确率", "≥85%", "86.4%", 30, 30, n("≥", 85, "86.4")),
     row((SAT, HAPPY), "用户满意度", "≥90%", "94%", 10, 10, n("≥", 90, 94))],
    [("execution-rate-mismatch", "budget"), ("low-execution-unexplained", "budget"), ("scores-exceed-execution", None)],
    money="元")

LIGHTS = form(
    "路灯节能改造", "滨江市城市管理局", "滨江市路灯管理所",
    [("年度资金总额", 66, 66, 66, "100%", 10), ("其中：当年财政拨款", 66, 66, 66, "", "")],
    "66", "66", None, 10, 97,
    [row((OUT, QTY), "改造路灯数", "≥900盏", "900盏", None, 20, n("≥", 900, 900)),
     row((OUT, QUA), "亮灯率", "≥98%", "97%", None, 29, n("≥", 98, 97)),
     row((BEN, ECO), "节电率", "≥30%", "31%", None, 28, n("≥", 30, 31)),
     row((SAT, HAPPY), "市民满意度", "≥90%", "91%", None, 10, n("≥", 90, 91))],
    [("weight-missing", None)])

STADIUM = form(
    "体育场馆免费开放", "云溪县文化旅游体育局", "云溪县体育中心",
    [("年度资金总额", 80, 80, 84, 10, "105%", 10), ("其中：当年财政拨款", 80, 80, 84, "", "", "")],
    "80", "84", 10, 10, 99,
    [row((OUT, QTY), "开放天数", "≥330天", "300天", 20, 19, n("≥", 330, 300), "疫情闭馆"),
     row((OUT, QTY), "接待人次", "≥10万人次", "12万人次", 15, 15, n("≥", 100000, 120000)),
     row((OUT, QUA), "设施完好率", "≥95%", "完成", 15, 15, ("open",)),
     row((BEN, SOC), "安全事故", "≤0次", "0次", 30, 30, n("≤", 0, 0)),
     row((SAT, HAPPY), "市民满意度", "≥95", "90人", 10, 10, n("≥", 95, 90))],
    [("execution-over-budget", "budget"), ("text-for-number", "row-3")])

GAMES = form(
    "全县职工运动会", "云溪县文化旅游体育局", "云溪县体育中心",
    [("年度资金总额", 15, 15, 15, 10, "100%", 10), ("其中：当年财政拨款", 10, 10, 10, "", "", ""),
     ("其他资金", 3, 5, 5, "", "", "")],
    "15", "15", 10, 10, 100,
    [row((OUT, QTY), "参赛队伍", "≥20支", "24个", 25, 25, ("open",)),
     row((OUT, COST), "办赛成本", "≤15万元", "150000元", 25, 25, n("≤", 15, 15)),
     row((BEN, SOC), "赛事影响", "扩大影响（定性指标根据指标完成情况分为三档）", "未达成年度指标且效果较差", 30, 30, ("level", "0", "3/5")),
     row((SAT, HAPPY), "参赛者满意度", "≥90%", "93%", 10, 10, n("≥", 90, 93))],
    # 10 + 3 = 13 against 15 in 年初预算数.
    [("fund-total-mismatch", None), ("unit-mismatch", "row-1"), ("guidance-left", None), ("all-full-marks", None)])

BOOKS = [
    book("云溪县水务局_河道清淤整治项目自评表.xlsx", "openpyxl", [("附件1", [("national", DREDGING)])]),
    book("临川区教育局2020年项目自评（汇总）.xlsx", "xlsxwriter",
         [("教师培训", [("national", TRAINING)]), ("食堂改造", [("national", CANTEEN)]), ("Sheet3", [("national", READING)])]),
    book("青山区文化馆 项目支出绩效自评.xlsx", "openpyxl", [("自评表", [("broken", EXHIBITION), ("national", SHOWS)])]),
    book("南屏市公路事务中心（市级格式）.xlsx", "xlsxwriter", [("2020", [("regional", HIGHWAY)])]),
    book("海陵区气象服务中心（单位：元）.xlsx", "openpyxl", [("Sheet1", [("national", WEATHER)])]),
    book("滨江市路灯管理所_无分值.xlsx", "xlsxwriter", [("自评表", [("no_weights", LIGHTS)])]),
    book("云溪县体育中心_整体和项目自评.xlsx", "openpyxl",
         [("项目1", [("national", STADIUM)]), ("项目2", [("national", GAMES)])],
         card=[5, 5, 3, 7, 2, 2, 3, 2, 2, 2, 1, 1, 0.5, 3, 5, 6, 8, 6, 20, 3, 6]),
]
