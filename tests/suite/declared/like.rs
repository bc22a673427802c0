//! Like columns: a word decides which of them counts, and what no word tells apart stays open.

use super::written::{audit, codes, head, line, says};

const MONEY: &str = "50 | 50 | 50 | 10 | 100% | 10";

/// A form whose rows stand under this header, with a total of 100.
fn under(header: &str, row: &str) -> fuhe::audit::Audit {
    let national = "年度指标值 | 实际完成值 | 分值 | 得分";
    audit(&format!("{}{row}\n总分 | 100\n", head(MONEY).replace(national, header)))
}

/// The verdict on the row of a table with two columns of one kind.
fn row(header: &str, values: &str) -> String {
    says(&under(header, &format!("产出指标 | 数量指标 | 清淤长度 | {values}")), "row-1")
}

const ACTUALS: [(&str, &str); 7] = [
    ("完成值（上半年）", "完成值（全年）"),
    ("1-6月完成值", "全年完成值"),
    ("2019年实际完成值", "2020年实际完成值"),
    ("上年实际完成值", "本年实际完成值"),
    ("截至9月底完成值", "年末完成值"),
    ("完成值（初稿）", "完成值（终稿）"),
    ("三季度完成情况", "累计完成情况"),
];

#[test]
fn the_actual_of_the_whole_year_counts_whichever_column_stands_first() {
    for (within, whole) in ACTUALS {
        let honest =
            row(&format!("年度指标值 | {within} | {whole} | 分值 | 得分"), "≥12公里 | 5公里 | 12.6公里 | 90 | 90");
        assert_eq!(honest, "90.00..90.00 agrees 0", "{within} before {whole}");
        let turned =
            row(&format!("年度指标值 | {whole} | {within} | 分值 | 得分"), "≥12公里 | 12.6公里 | 5公里 | 90 | 90");
        assert_eq!(turned, "90.00..90.00 agrees 0", "{whole} before {within}");
        // 90 × 6 ÷ 12 = 45, whatever the half year says.
        let inflated =
            row(&format!("年度指标值 | {within} | {whole} | 分值 | 得分"), "≥12公里 | 12公里 | 6公里 | 90 | 90");
        assert_eq!(inflated, "45.00..45.00 overstated 45.00", "{within} before {whole}");
    }
}

#[test]
fn figures_of_a_half_year_alone_are_nobodys_actual() {
    for heading in ["完成值（上半年）", "1-6月完成值", "2019年实际完成值", "上年完成值", "一季度完成值"]
    {
        let said = row(&format!("年度指标值 | {heading} | 分值 | 得分"), "≥12公里 | 12.6公里 | 90 | 90");
        assert_eq!(said, "0.00..90.00 unverifiable 90.00", "{heading}");
    }
}

const TARGETS: [(&str, &str); 8] = [
    ("年初指标值", "年度指标值"),
    ("年初指标值", "调整后指标值"),
    ("原指标值", "现指标值"),
    ("指标值（调整前）", "指标值（调整后）"),
    ("年初目标值", "年中调整目标值"),
    ("年初绩效指标值", "调整后绩效指标值"),
    ("年度指标值", "年度指标值（调整后）"),
    ("2019年指标值", "2020年指标值"),
];

#[test]
fn the_adjusted_target_counts_where_it_is_filled() {
    for (first, adjusted) in TARGETS {
        let columns = format!("{first} | {adjusted} | 实际完成值 | 分值 | 得分");
        assert_eq!(row(&columns, "≥20公里 | ≥12公里 | 12.6公里 | 90 | 90"), "90.00..90.00 agrees 0", "{adjusted}");
        // 90 × 12.6 ÷ 20 = 56.7: what was asked for in the end was more.
        let inflated = row(&columns, "≥12公里 | ≥20公里 | 12.6公里 | 90 | 90");
        assert_eq!(inflated, "56.70..56.70 overstated 33.30", "{adjusted}");
    }
}

#[test]
fn the_first_target_counts_where_nothing_was_adjusted() {
    for nothing in ["", "—", "无", "未调整", "同左", "不适用"] {
        let values = format!("≥12公里 | {nothing} | 6公里 | 90 | 45");
        let said = row("年初指标值 | 调整后指标值 | 实际完成值 | 分值 | 得分", &values);
        assert_eq!(said, "45.00..45.00 agrees 0", "{nothing}");
    }
}

const SCORES: [(&str, &str); 6] = [
    ("自评得分（初稿）", "自评得分（终稿）"),
    ("自评得分（初评）", "自评得分（终评）"),
    ("得分（上半年）", "得分（全年）"),
    ("自评得分（初稿）", "得分（定稿）"),
    ("2019年得分", "得分"),
    ("初评得分", "自评得分"),
];

#[test]
fn the_final_claim_counts_whichever_column_stands_first() {
    for (draft, last) in SCORES {
        let columns = format!("年度指标值 | 实际完成值 | 分值 | {draft} | {last}");
        assert_eq!(row(&columns, "≥12公里 | 12.6公里 | 90 | 72 | 90"), "90.00..90.00 agrees 0", "{last}");
        let turned = format!("年度指标值 | 实际完成值 | 分值 | {last} | {draft}");
        assert_eq!(row(&turned, "≥12公里 | 12.6公里 | 90 | 90 | 72"), "90.00..90.00 agrees 0", "{last}");
        // 90 × 9 ÷ 12 = 67.5 was claimed first, and 90 in the end.
        let inflated = row(&columns, "≥12公里 | 9公里 | 90 | 67.5 | 90");
        assert_eq!(inflated, "67.50..67.50 overstated 22.50", "{last}");
    }
}

#[test]
fn what_no_word_tells_apart_is_open_and_told_and_equal_values_are_one() {
    for (columns, values) in [
        ("指标值 | 目标值 | 实际完成值 | 分值 | 得分", "≥12公里 | ≥20公里 | 12.6公里 | 90 | 90"),
        ("年度指标值 | 年度指标值 | 实际完成值 | 分值 | 得分", "≥20公里 | ≥12公里 | 12.6公里 | 90 | 90"),
        ("年度指标值 | 实际完成值 | 完成值 | 分值 | 得分", "≥12公里 | 12.6公里 | 6公里 | 90 | 90"),
        ("年度指标值 | 完成值 | 实际完成值 | 分值 | 得分", "≥12公里 | 6公里 | 12.6公里 | 90 | 90"),
        ("年度指标值 | 完成情况 | 实际值 | 分值 | 得分", "≥12公里 | 11公里 | 10公里 | 90 | 82.5"),
        ("年度指标值 | 年度指标值 | 实际完成值 | 分值 | 得分", "95%-98% | 60%-70% | 96% | 90 | 90"),
        ("年度指标值 | 年度指标值 | 实际完成值 | 分值 | 得分", "60%-70% | 95%-98% | 96% | 90 | 90"),
        ("年度指标值 | 年度指标值 | 实际完成值 | 分值 | 得分", "改善水质 | ≥12公里 | 达成预期指标 | 90 | 90"),
    ] {
        let audit = under(columns, &format!("产出指标 | 数量指标 | 清淤长度 | {values}"));
        assert!(says(&audit, "row-1").starts_with("0.00..90.00 unverifiable"), "{columns}: {}", says(&audit, "row-1"));
        assert!(codes(&audit, Some("row-1")).contains(&"fact-conflict"), "{columns}");
        let told = crate::engine::told(&line(&audit, "row-1").working.open());
        assert_eq!(told, ["表头用语相同的各列填报不一致，不能确定以哪一列为准，得 0 至 90 分"], "{columns}");
    }
    let settled = |values: &str| {
        let columns = "年度指标值 | 年度指标值 | 实际完成值 | 分值 | 得分";
        let audit = under(columns, &format!("产出指标 | 数量指标 | 清淤长度 | {values}"));
        crate::engine::settled(&line(&audit, "row-1").settled_by)
    };
    assert_eq!(settled("95%-98% | 60%-70% | 96% | 90 | 90"), ["row-1.target"]);
    assert_eq!(settled("≥12公里 | ≥20公里 | 12.6公里 | 90 | 90"), ["row-1.target"]);
    let same = row("指标值 | 目标值 | 实际完成值 | 分值 | 得分", "≥12公里 | ≥12公里 | 12.6公里 | 90 | 90");
    assert_eq!(same, "90.00..90.00 agrees 0");
}

/// The verdict on the budget of a form whose block of money has these columns.
fn money(columns: &str, values: &str) -> (String, Vec<String>) {
    let text = format!(
        "项目支出绩效自评表\n（2020年度）\n项目名称 | 河道清淤\n主管部门 | 云溪县水务局 | 实施单位 | 云溪县河道管理所\n\
         项目资金（万元） | | {columns} | 分值 | 执行率 | 得分\n | 年度资金总额 | {values} | 10 | | 10\n\
         一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n产出指标 | 数量指标 | 甲 | ≥1个 | 1个 | 90 | 90\n\
         总分 | | | | | 100 | 100\n"
    );
    let audit = audit(&text);
    let told = codes(&audit, Some("budget")).into_iter().map(str::to_owned).collect();
    (says(&audit, "budget"), told)
}

#[test]
fn the_adjusted_budget_and_the_spending_of_the_whole_year_count() {
    for columns in [
        "预算数 | 调整预算数 | 执行数",
        "年初预算 | 预算合计 | 实际执行",
        "年初预算数 | 全年预算数（A） | 全年执行数（B）",
        "预算数 | 预算指标数（调整后） | 支付数",
        "年初预算数 | 预算数 | 支出数",
        "财政拨款预算数 | 预算数 | 执行数",
    ] {
        assert_eq!(money(columns, "150 | 120 | 120").0, "10.00..10.00 agrees 0", "{columns}");
        // 10 × 100 ÷ 125 = 8.
        assert_eq!(money(columns, "100 | 125 | 100").0, "8.00..8.00 overstated 2.00", "{columns}");
    }
    for columns in [
        "全年预算数 | 1-6月执行数 | 全年执行数",
        "预算数 | 上半年支出数 | 支出数",
        "预算数 | 2019年决算数 | 2020年决算数",
        "预算数 | 上年执行数 | 本年执行数",
        "预算数 | 财政拨款执行数 | 执行数合计",
    ] {
        assert_eq!(money(columns, "120 | 40 | 120").0, "10.00..10.00 agrees 0", "{columns}");
        assert_eq!(money(columns, "120 | 120 | 60").0, "5.00..5.00 overstated 5.00", "{columns}");
    }
}

#[test]
fn a_change_beside_a_budget_is_added_by_nobody_and_counts_where_a_sum_stands_there() {
    let columns = "年初预算 | 追加（减）预算 | 预算合计 | 实际执行";
    assert_eq!(money(columns, "150 | -30 | 120 | 120").0, "10.00..10.00 agrees 0");
    assert_eq!(money(columns, "100 | 50 | 150 | 75").0, "5.00..5.00 overstated 5.00");
    for columns in ["预算数 | 追加预算 | 执行数", "年初预算数 | 调减数 | 执行数", "预算数 | 预算调整 | 执行数"]
    {
        let (said, told) = money(columns, "150 | -30 | 120");
        assert_eq!(said, "0.00..10.00 unverifiable 10.00", "{columns}");
        assert!(told.contains(&"fact-conflict".to_owned()), "{columns}");
        assert_eq!(money(columns, "120 | 0 | 60").0, "5.00..5.00 overstated 5.00", "nothing was changed: {columns}");
    }
}

#[test]
fn the_first_budget_counts_where_no_other_stands_there_or_the_rate_names_it() {
    for columns in ["年初预算数（A） | 全年执行数（B）", "年初预算数 | 执行数", "预算批复数 | 决算数"]
    {
        assert_eq!(money(columns, "120 | 60").0, "5.00..5.00 overstated 5.00", "{columns}");
    }
    // The rate is B ÷ A, and A is not what words would choose.
    let (said, told) = money("年初预算数（A） | 全年预算数 | 全年执行数（B）", "100 | 125 | 100");
    assert_eq!(said, "0.00..10.00 unverifiable 10.00");
    assert!(told.contains(&"fact-conflict".to_owned()));
}

#[test]
fn amounts_that_no_word_tells_apart_are_open() {
    for (columns, values) in [
        ("预算数 | 预算金额 | 执行数", "100 | 125 | 100"),
        ("预算数 | 执行数 | 支出数", "100 | 100 | 80"),
        ("全年预算数 | 全年预算数 | 全年执行数", "125 | 100 | 100"),
    ] {
        assert_eq!(money(columns, values).0, "0.00..10.00 unverifiable 10.00", "{columns}");
    }
    assert_eq!(money("预算数 | 预算金额 | 执行数", "100 | 100 | 50").0, "5.00..5.00 overstated 5.00");
}

#[test]
fn a_word_of_adjustment_in_the_upper_heading_decides_between_columns_below() {
    let text = format!(
        "{}一级指标 | 二级指标 | 三级指标 | 年初指标值 | | 调整后指标值 | | 实际完成值 | 分值 | 得分 #D7:E7 F7:G7\n \
         | | | 指标性质 | 指标值 | 指标性质 | 指标值 | | |\n\
         产出指标 | 数量指标 | 清淤长度 | ≥ | 20 | ≥ | 12 | 12.6 | 50 | 50\n\
         成本指标 | 经济成本 | 单位成本 | ≤ | 20 | ≤ | 12 | 15 | 40 | 30\n总分 | | | | | | | | 100 | 90\n",
        head(MONEY).lines().take(6).map(|line| format!("{line}\n")).collect::<String>()
    );
    let audit = audit(&text);
    assert_eq!(says(&audit, "row-1"), "50.00..50.00 agrees 0");
    // 40 × (1 − 3 ÷ 12) = 30; 40 × 12 ÷ 15 = 32.
    assert_eq!(says(&audit, "row-2"), "30.00..32.00 agrees 0");
    assert_eq!(line(&audit, "row-2").claimed, Some(30.into()));
}
