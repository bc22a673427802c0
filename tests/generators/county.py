"""Writes the submission to the rulebook of an invented county: 云岭县水务局, 2023.

The layout is not that of any other sample: the base data first, the score column named 自评得分, amounts in two units.
What an audit must find in it stands in tests/suite/county.rs, reckoned by hand from the clauses.
"""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

FACTS = [
    ("预算编制经过论证", "是", "", "论证会议纪要〔2022〕18号"),
    ("预算编制差错项数", 1, "项", ""),
    ("预算调整金额", 62, "万元", "预算调整批复"),
    ("年度预算总额", 1000, "万元", ""),
    ("当年新设立单位", None, "", ""),
    ("结转结余资金", 100, "万元", ""),
    ("预决算公开情况", "逾期公开", "", ""),
    ("政府采购计划金额", 200000, "元", ""),
    ("政府采购实际金额", 15, "万元", ""),
    ("落实政府采购政策", "是", "", ""),
    ("上半年支出进度", 0.6, "%", ""),
    ("全年支出进度", 0.9, "%", ""),
    ("群众满意度", 0.96, "%", "满意度调查报告"),
    ("属实投诉件数", "无", "件", ""),
]

CARD = [
    ("投入", "预算编制", "预算编制科学性", 10, 8.5),
    ("投入", "预算编制", "预算调整率", 20, 17.6),
    ("过程", "预算执行", "结转结余率", 10, 10),
    ("过程", "预算管理", "预决算公开性", 10, 6),
    ("过程", "预算管理", "政府采购执行率", 10, 8.5),
    ("产出与效果", "产出", "支出均衡性", 20, 18),
    ("产出与效果", "效果", "履职效果", 20, 18),
]


def base_data(sheet):
    sheet["A1"] = "云岭县水务局2023年度基础数据表"
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append(["序号", "数据项", "数值", "单位", "佐证材料", "备注"])
    for number, (label, value, unit, evidence) in enumerate(FACTS, 1):
        sheet.append([number, label, value, unit, evidence, ""])
        if unit == "%":
            sheet.cell(sheet.max_row, 3).number_format = "0.00%"


def card(sheet):
    sheet["A1"] = "云岭县部门整体支出绩效自评表（2023年度）"
    sheet.merge_cells("A1:F1")
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet["A2"] = "单位名称：云岭县水务局"
    sheet.append(["一级指标", "二级指标", "三级指标", "分值", "评分标准", "自评得分"])
    for section, group, name, points, claimed in CARD:
        sheet.append([section, group, name, points, "见评分办法", claimed])
    sheet.append(["合计", "", "", 100, "", sum(row[4] for row in CARD)])
    sheet.append(["评价等级", "良好"])


def main():
    book = Workbook()
    base_data(book.active)
    book.active.title = "基础数据表"
    card(book.create_sheet("自评评分表"))
    folder = Path(__file__).resolve().parent.parent / "fixtures" / "county"
    book.save(folder / "云岭县水务局2023年度绩效自评.xlsx")


if __name__ == "__main__":
    main()
