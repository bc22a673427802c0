//! Headers of two and three rows: columns under one upper heading, merged or not, and which of them counts.

use super::written::{audit, count, head, says};

const MONEY: &str = "50 | 50 | 50 | 10 | 100% | 10";

/// The lines above the rows, their header left out.
fn top() -> String {
    head(MONEY).lines().take(6).map(|line| format!("{line}\n")).collect()
}

/// A form under a header, with one row of indicators.
fn form(header: &str, row: &str) -> String {
    format!("{}{header}\n产出指标 | 数量指标 | 清淤长度 | {row}\n", top())
}

/// What a form says of its row, once with the upper headings merged over their columns and once not.
fn both(header: &str, merges: &str, row: &str) -> [String; 2] {
    let merged = header.replacen('\n', &format!(" #{merges}\n"), 1);
    [header, &merged].map(|header| says(&audit(&form(header, row)), "row-1"))
}

#[test]
fn under_one_upper_heading_a_word_decides_whether_it_is_merged_or_not() {
    // 90 × 9 ÷ 12 = 67.5 of the adjusted target, of the year's, of the whole year, of all together.
    for (header, merges, row) in [
        ("年度指标值 | | 实际完成值 | 分值 | 得分\n | | | 年初 | 调整后", "D7:E7", "≥15公里 | ≥12公里 | 9公里"),
        ("指标值 | | 实际完成值 | 分值 | 得分\n | | | 三年总目标 | 本年目标", "D7:E7", "≥36公里 | ≥12公里 | 9公里"),
        ("指标值 | | 实际完成值 | 分值 | 得分\n | | | 本年目标 | 实施期目标", "D7:E7", "≥12公里 | ≥36公里 | 9公里"),
        ("指标值 | 实际完成值 | | 分值 | 得分\n | | | | 1-6月 | 1-12月", "E7:F7", "≥12公里 | 5公里 | 9公里"),
        (
            "指标值 | 实际完成值 | | | 分值 | 得分\n | | | | 本级 | 下属单位 | 合计",
            "E7:G7",
            "≥12公里 | 3公里 | 6公里 | 9公里",
        ),
        (
            "指标值 | 实际完成值 | | | 分值 | 得分\n | | | | 合计 | 其中：省级 | 市级",
            "E7:G7",
            "≥12公里 | 9公里 | 3公里 | 6公里",
        ),
    ] {
        let header = format!("一级指标 | 二级指标 | 三级指标 | {header}");
        let said = |claim: &str| both(&header, merges, &format!("{row} | 90 | {claim}"));
        assert_eq!(said("67.5"), ["67.50..67.50 agrees 0"; 2], "{header}");
        assert_eq!(said("90"), ["67.50..67.50 overstated 22.50"; 2], "{header}");
    }
}

#[test]
fn of_scores_and_weights_under_one_heading_the_last_version_of_the_whole_year_counts() {
    let names = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值";
    for (header, merges, row) in [
        (format!("{names} | 分值 | 得分 | \n | | | | | | 初评 | 终评"), "G7:H7", "≥12公里 | 9公里 | 90 | 90 | 67.5"),
        (
            format!("{names} | 分值 | 自评得分 | \n | | | | | | 上半年 | 全年"),
            "G7:H7",
            "≥12公里 | 9公里 | 90 | 40 | 67.5",
        ),
        (format!("{names} | 分值 | | 得分\n | | | | | 原定 | 调整后"), "F7:G7", "≥12公里 | 9公里 | 80 | 90 | 67.5"),
    ] {
        assert_eq!(both(&header, merges, row), ["67.50..67.50 agrees 0"; 2], "{header}");
    }
}

#[test]
fn the_upper_half_of_a_header_names_what_its_lower_half_does_not() {
    let header = " | | | 年度指标值 | | 实际完成值 | | |\n一级指标 | 二级指标 | 三级指标 | 年初 | 调整后 | 上半年 | 全年 | 分值 | 得分";
    for merges in ["", " #D7:E7 F7:G7"] {
        let header = header.replacen('\n', &format!("{merges}\n"), 1);
        let row = "≥15公里 | ≥12公里 | 5公里 | 9公里 | 90";
        assert_eq!(
            says(&audit(&form(&header, &format!("{row} | 67.5"))), "row-1"),
            "67.50..67.50 agrees 0",
            "{merges}"
        );
        assert_eq!(says(&audit(&form(&header, &format!("{row} | 90"))), "row-1"), "67.50..67.50 overstated 22.50");
    }
}

#[test]
fn a_row_that_numbers_the_columns_is_no_indicator() {
    let header = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因";
    for numbers in [
        "（1） | （2） | （3） | （4） | （5） | （6） | （7） | （8）",
        "1 | 2 | 3 | 4 | 5 | 6 | 7=6*5/4 | 8",
        "栏次 | 1 | 2 | 3 | 4 | 5 | 6 | 7",
        "甲 | 乙 | 丙 | 1 | 2 | 3 | 4 | 5",
        "A | B | C | D | E | F | G | H",
        "① | ② | ③ | ④ | ⑤ | ⑥ | ⑦ | ⑧",
    ] {
        let text = form(&format!("{header}\n{numbers}"), "≥12公里 | 9公里 | 90 | 90 |");
        let audit = audit(&format!("{text}总分 | | | | | 100 | 100\n"));
        assert_eq!(audit.indicators.len(), 2, "{numbers}");
        assert_eq!(says(&audit, "row-1"), "67.50..67.50 overstated 22.50", "{numbers}");
        assert_eq!(count(&audit, "total-mismatch") + count(&audit, "score-not-a-number"), 0, "{numbers}");
    }
    // A row of data with figures that happen to rise is one.
    let text =
        form(&format!("{header}\n产出指标 | 数量指标 | 培训 | 3 | 4 | 5 | 6 | 7"), "≥12公里 | 9公里 | 85 | 85 |");
    assert_eq!(audit(&text).indicators.len(), 3);
}

#[test]
fn what_is_said_of_parts_is_no_whole() {
    // 本级 beside 下属单位 without 合计, and lots of a contract: each figure alone, or their sum, may be what was reached.
    let names = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | | 分值 | 得分";
    for lower in ["本级 | 下属单位", "一标段 | 二标段"] {
        for row in [
            "≥12公里 | 7公里 | 5公里 | 90 | 90",
            "≥12公里 | 6公里 | 6公里 | 90 | 90",
            "≥12公里 | 12公里 | 3公里 | 90 | 90",
        ] {
            let said = both(&format!("{names}\n | | | | {lower}"), "E7:F7", row);
            assert_eq!(said, ["0.00..90.00 unverifiable 90.00"; 2], "{lower} {row}");
        }
    }
    // A remark beside the figure is none of them.
    let said = both(&format!("{names}\n | | | | 数量 | 描述"), "E7:F7", "≥12公里 | 9公里 | 基本完成 | 90 | 90");
    assert_eq!(said, ["67.50..67.50 overstated 22.50"; 2]);
}

#[test]
fn a_column_of_others_or_of_a_part_alone_is_no_whole_and_december_is_no_year() {
    let header = |actual: &str| format!("一级指标 | 二级指标 | 三级指标 | 年度指标值 | {actual} | 分值 | 得分");
    for actual in [
        "实际完成值（下属单位）",
        "实际完成值（其中：县级）",
        "7-12月完成值",
        "累计完成值（2018-2020年）",
        "2018年至2020年完成值",
    ] {
        let said = says(&audit(&form(&header(actual), "≥12公里 | 12公里 | 90 | 90")), "row-1");
        assert_eq!(said, "0.00..90.00 unverifiable 90.00", "{actual}");
    }
    for actual in ["实际完成值（截至12月底）", "1-12月完成值", "2020年12月底完成值", "实际完成值（合计）"]
    {
        let said = says(&audit(&form(&header(actual), "≥12公里 | 9公里 | 90 | 90")), "row-1");
        assert_eq!(said, "67.50..67.50 overstated 22.50", "{actual}");
    }
    let said = says(&audit(&form(&header("1-11月完成值 | 12月完成值"), "≥12公里 | 10公里 | 2公里 | 90 | 90")), "row-1");
    assert_eq!(said, "0.00..90.00 unverifiable 90.00");
}

#[test]
fn in_a_header_of_one_row_the_whole_stands_over_what_the_department_has_by_itself() {
    for (header, row) in [
        ("本级完成值 | 合计完成值", "12公里 | 9公里"),
        ("合计完成值 | 本级完成值", "9公里 | 12公里"),
        ("本级完成值 | 下属单位完成值 | 合计完成值", "3公里 | 6公里 | 9公里"),
    ] {
        let header = format!("一级指标 | 二级指标 | 三级指标 | 年度指标值 | {header} | 分值 | 得分");
        let said = |claim: &str| says(&audit(&form(&header, &format!("≥12公里 | {row} | 90 | {claim}"))), "row-1");
        assert_eq!(said("67.5"), "67.50..67.50 agrees 0", "{header}");
        assert_eq!(said("90"), "67.50..67.50 overstated 22.50", "{header}");
    }
}

#[test]
fn sign_figure_and_unit_in_cells_of_their_own_under_one_heading_are_one_value() {
    // 90 × 9 ÷ 12 = 67.5, whatever the cells that the value is written in; 9000 米 are 9 公里, and no 9000 of 12.
    for (header, merges, row) in [
        ("年度指标值 | | 实际完成值 | | 分值 | 得分", "D7:E7 F7:G7", "≥12 | 公里 | 9000 | 米"),
        ("年度指标值 | | 实际完成值 | | 分值 | 得分", "D7:E7 F7:G7", "≥12 | 个 | 9 | 个"),
        ("年度指标值 | | 实际完成值 | 分值 | 得分", "D7:E7", "≥12 | 公里 | 9000米"),
        ("年度指标值 | | | 实际完成值 | 分值 | 得分", "D7:F7", "≥ | 12 | 公里 | 9"),
        ("年度指标值 | | 实际完成值 | 分值 | 得分", "D7:E7", "≥ | 12次 | 9次"),
        ("年度指标值 | | | 实际完成值 | | 分值 | 得分", "D7:F7 G7:H7", "不低于 | 12 | 公里 | 9000 | 米"),
    ] {
        let header = format!("一级指标 | 二级指标 | 三级指标 | {header}");
        for said in both(&header, merges, &format!("{row} | 90 | 90")) {
            assert_eq!(said, "67.50..67.50 overstated 22.50", "{header} {row}");
        }
    }
    // What stands there and is no unit changes nothing; a heading of its own makes it another column.
    for (header, row) in [
        ("年度指标值 | | 实际完成值 | 分值 | 得分", "≥12公里 | 见附件 | 9公里"),
        ("年度指标值 | 备注 | 实际完成值 | 分值 | 得分", "≥12公里 | 米 | 9公里"),
    ] {
        let header = format!("一级指标 | 二级指标 | 三级指标 | {header}");
        let said = says(&audit(&form(&header, &format!("{row} | 90 | 90"))), "row-1");
        assert_eq!(said, "67.50..67.50 overstated 22.50", "{header} {row}");
    }
}
