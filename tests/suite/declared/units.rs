//! Units, counters, times and words that a clerk reads without asking.

use super::written::{codes, line, national, says};

const MONEY: &str = "50 | 50 | 50 | 10 | 100% | 10";

/// `low..high verdict difference` of a row of 90 points.
fn row(name: &str, target: &str, actual: &str, claim: &str) -> String {
    let row = format!("产出指标 | 数量指标 | {name} | {target} | {actual} | 90 | {claim} |");
    says(&national(MONEY, &row, "100"), "row-1")
}

#[test]
fn lengths_areas_volumes_weights_and_times_are_converted_exactly() {
    for (target, actual) in [
        ("≥5000米", "5.2公里"),
        ("≥5公里", "5000米"),
        ("≤24小时", "1天"),
        ("≤2小时", "90分钟"),
        ("≤30分钟", "0.4小时"),
        ("≥10小时", "650分钟"),
        ("≥3000平方米", "0.32公顷"),
        ("≥10亩", "6800平方米"),
        ("≥2000平方米", "3亩"),
        ("≥300亩", "20公顷"),
        ("≥2吨", "2100千克"),
        ("≥12个月", "1年"),
        ("≥12.5km", "12.5公里"),
    ] {
        assert_eq!(row("甲", target, actual, "90"), "90.00..90.00 agrees 0", "{target} {actual}");
    }
}

#[test]
fn what_is_counted_may_be_left_out_told_in_ten_thousands_or_by_the_year() {
    for (target, actual, due) in [
        ("≥12家企业", "9家", "67.50"),
        ("≥12个", "9个村", "67.50"),
        ("≥12座专业泵站", "12座", "90.00"),
        ("≥12万人", "90000人", "67.50"),
        ("≥120000人", "9万人", "67.50"),
        ("≤5‰", "0.4%", "90.00"),
        ("≥0.8%", "6‰", "67.50"),
        ("≥1200吨/日", "900吨/天", "67.50"),
        ("≥12公里/年", "9公里", "67.50"),
        ("≥12公里", "9公里/年", "67.50"),
        ("≥=12次", "9次", "67.50"),
        ("〉12次", "9次", "67.50"),
        ("≥12次（全年）", "9次", "67.50"),
        ("保持在96%以上", "72%", "67.50"),
        ("提高到96%以上", "72%", "67.50"),
    ] {
        let claim = if due == "90.00" { "agrees 0" } else { "overstated 22.50" };
        assert_eq!(row("甲", target, actual, "90"), format!("{due}..{due} {claim}"), "{target} {actual}");
    }
    // A noun on either side, another counter, a unit of time and a period within the year are other things.
    for (target, actual) in [
        ("≥12家企业", "9家医院"),
        ("≥12个月", "9个"),
        ("≥12人", "9人次"),
        ("≥1200吨/日", "900吨/年"),
        ("≥12公里/月", "9公里"),
        ("≥12万人", "9万户"),
        ("≥12次（上半年）", "9次"),
        ("≥12次", "力争9次"),
    ] {
        assert!(row("甲", target, actual, "90").contains("unverifiable"), "{target} {actual}");
    }
}

#[test]
fn brackets_that_say_what_a_figure_is_made_of_change_nothing_where_they_come_to_it() {
    for (target, actual) in [
        ("≥12个", "9个（其中新建7个、改造2个）"),
        ("≥12个", "9个（新建7个，改造2个）"),
        ("≥2万人", "1.5万人（户籍1.2万人、外来0.3万人）"),
        ("≥96%", "72%（144/200）"),
        ("≥96%", "72.0%（131/182）"),
    ] {
        assert_eq!(row("甲", target, actual, "90"), "67.50..67.50 overstated 22.50", "{actual}");
    }
    for actual in [
        "9个（其中新建7个、改造3个）",
        "9个（其中新建7个）",
        "9个（新建7个、改造2处）",
        "9个（截至6月7个、7月后2个）",
        "9个（待验收2个，已验收7个）",
        "9个（上年2个、本年7个）",
        "9个（以前年度2个，当年7个）",
        "9个（本级2个、下属7个）",
    ] {
        assert!(row("甲", "≥12个", actual, "90").contains("unverifiable"), "{actual}");
    }
    // As many decimals as a number can have are no reason to fall.
    assert_eq!(row("甲", "≥96%", "72.00000000000000000000000001%（144/200）", "90").split_whitespace().count(), 3);
    for actual in ["72%（150/200）", "72%（144/0）", "72%（抽查200件，合格144件）"] {
        assert!(row("甲", "≥96%", actual, "90").contains("unverifiable"), "{actual}");
    }
}

#[test]
fn words_for_more_or_less_stand_for_a_sign() {
    for (nature, actual, said) in [
        ("越大越好", "9", "67.50..67.50 overstated 22.50"),
        ("正", "9", "67.50..67.50 overstated 22.50"),
        ("越小越好", "9", "90.00..90.00 agrees 0"),
        ("负", "9", "90.00..90.00 agrees 0"),
    ] {
        let text = format!(
            "{}产出指标 | 数量指标 | 甲 | {nature} | 12 | 个 | {actual} | 90 | 90 |\n",
            super::written::head(MONEY).replace("三级指标 | 年度指标值 |", "三级指标 | 指标性质 | 指标值 | 度量单位 |")
        );
        assert_eq!(says(&super::written::audit(&text), "row-1"), said, "{nature}");
    }
}

#[test]
fn a_sign_in_the_heading_of_the_targets_does_not_say_the_direction_of_each_row() {
    let head = super::written::head(MONEY).replace("年度指标值", "年度指标值（≥）");
    // Costs, days and complaints stand in the same column: 3 of 5 may be less than was due, or better.
    for (name, target, actual) in
        [("投诉率", "5%", "3%"), ("单位成本", "5万元", "3万元"), ("办理时限", "5天", "3天"), ("甲", "5个", "3个")]
    {
        let text = format!("{head}产出指标 | 数量指标 | {name} | {target} | {actual} | 90 | 90 |\n");
        let said = says(&super::written::audit(&text), "row-1");
        assert!(!said.contains("overstated"), "{name}: {said}");
    }
}

#[test]
fn a_conversion_shows_what_was_not_reached() {
    // 90 × 4.5 ÷ 5; 90 × 6000 ÷ (2000 ÷ 3) ÷ 10; 90 × (1 − 0.5 ÷ 1) and 90 × 1 ÷ 1.5; 90 × 1.6 ÷ 2; 90 × 15 ÷ 300 ÷ 15 × 15.
    for (target, actual, said) in [
        ("≥5000米", "4.5公里", "81.00..81.00 overstated 9.00"),
        ("≥10亩", "6000平方米", "81.00..81.00 overstated 9.00"),
        ("≤1小时", "90分钟", "45.00..60.00 overstated 30.00"),
        ("≥2吨", "1600千克", "72.00..72.00 overstated 18.00"),
        ("≥300亩", "10公顷", "45.00..45.00 overstated 45.00"),
    ] {
        assert_eq!(row("甲", target, actual, "90"), said, "{target} {actual}");
    }
}

#[test]
fn what_measures_something_else_is_not_converted() {
    for (target, actual) in [
        ("≥10亩", "12公里"),
        ("≤3个月", "80天"),
        ("≤5个工作日", "4天"),
        ("≥100吨", "120立方米"),
        ("≥100户", "320人"),
        ("≥100人次", "120人"),
        ("≥3期", "5次"),
    ] {
        assert_eq!(row("甲", target, actual, "90"), "0.00..90.00 unverifiable 90.00", "{target} {actual}");
    }
}

#[test]
fn a_ton_of_water_is_a_cubic_metre_and_a_ton_of_anything_else_is_not() {
    for name in ["供水", "年供水量", "污水处理量", "节水", "生态补水"] {
        assert_eq!(row(name, "≥2万吨", "20500立方米", "90"), "90.00..90.00 agrees 0", "{name}");
        assert_eq!(row(name, "≥2万立方米", "1万吨", "90"), "45.00..45.00 overstated 45.00", "{name}");
    }
    assert_eq!(row("水泥用量", "≥2万吨", "20500立方米", "90"), "0.00..90.00 unverifiable 90.00");
}

#[test]
fn counters_of_the_same_count_are_compared() {
    for (target, actual) in [
        ("≥12场", "14次"),
        ("≥10台", "12套"),
        ("≥40台（套）", "41台（套）"),
        ("≥40台", "41台（套）"),
        ("≥3000人（次）", "3100人次"),
        ("≥5项", "5个"),
        ("≥8家", "9个"),
    ] {
        assert_eq!(row("甲", target, actual, "90"), "90.00..90.00 agrees 0", "{target} {actual}");
    }
    assert_eq!(row("甲", "≥12场", "6次", "90"), "45.00..45.00 overstated 45.00");
    assert_eq!(row("服务", "≥3000人（次）", "2700人（次）", "90"), "81.00..81.00 overstated 9.00");
}

#[test]
fn so_often_in_a_month_is_so_often_in_a_year() {
    for (target, actual) in [
        ("≥24次", "每月2次"),
        ("≥12次", "每月1次"),
        ("≥4次", "每季度1次"),
        ("≥4次/年", "每季度1次"),
        ("≥2场", "每半年1场"),
        ("≥52次", "每周1次"),
        ("≥365次", "每天1次"),
        ("≥12次", "1次/月"),
        ("每月2次", "每月2次"),
        ("每月不少于2次", "每月3次"),
    ] {
        assert!(row("甲", target, actual, "90").contains("90.00..90.00 agrees"), "{target} {actual}");
    }
    // 90 × 12 ÷ 24, 90 × 4 ÷ 12, 90 × 2 ÷ 4; of weeks a year has 52 or 53.
    assert_eq!(row("甲", "≥24次", "每月1次", "90"), "45.00..45.00 overstated 45.00");
    assert_eq!(row("甲", "≥12次", "每季度1次", "90"), "30.00..30.00 overstated 60.00");
    assert_eq!(row("甲", "≥4次", "每半年1次", "90"), "45.00..45.00 overstated 45.00");
    assert_eq!(row("甲", "≥53次", "每周1次", "90"), "88.30..90.00 unverifiable 1.70");
    // 25 in all need not be two in every month; a bound is no measurement.
    assert_eq!(row("甲", "每月不少于2次", "25次", "90"), "0.00..90.00 unverifiable 90.00");
    assert_eq!(row("甲", "≥4次/季度", "16次/年", "90"), "0.00..90.00 unverifiable 90.00");
    assert_eq!(row("甲", "≥4次/季度", "每月1次", "90"), "67.50..67.50 overstated 22.50");
    assert_eq!(row("甲", "≥24次", "每月不少于2次", "90"), "0.00..90.00 unverifiable 90.00");
    assert_eq!(row("甲", "≥24吨", "每月2吨", "90"), "0.00..90.00 unverifiable 90.00");
}

#[test]
fn none_is_zero_where_faults_are_counted() {
    for (name, target, actual) in [
        ("安全事故", "0起", "无"),
        ("投诉件", "≤0件", "未发生"),
        ("有责投诉", "≤3起", "无"),
        ("安全事故", "＝0起", "无安全事故"),
        ("重大质量事故", "0次", "未发生质量事故"),
        ("违规问题", "≤2个", "没有"),
        ("安全事故", "无", "无"),
        ("有责投诉", "不发生有责投诉", "0"),
    ] {
        assert_eq!(row(name, target, actual, "90"), "90.00..90.00 agrees 0", "{name} {target} {actual}");
    }
    let row = "产出指标 | 数量指标 | 安全事故 | ≤0起 | 无 | 90 | 90 |";
    let audit = national(MONEY, row, "100");
    assert_eq!(line(&audit, "row-1").verdict, fuhe::audit::Verdict::Agrees);
    assert_eq!(codes(&audit, Some("row-1")), ["weight-concentrated"]);
}

#[test]
fn none_is_no_number_where_something_is_to_be_reached_or_another_thing_is_meant() {
    for (name, target, actual) in [
        ("培训场次", "≥5场", "无"),
        ("安全事故演练", "≥2次", "未发生"),
        ("平均办理时间", "≤3天", "无"),
        ("安全事故", "≤3起", "未发生重大变化"),
        ("资金结余", "≤3万元", "无"),
        ("培训场次", "≤5场", "无"),
    ] {
        assert_eq!(row(name, target, actual, "90"), "0.00..90.00 unverifiable 90.00", "{name} {target} {actual}");
    }
    // Whether 无 is meant as a limit no sign says; of none at most five were counted.
    assert_eq!(row("投诉", "无", "5件", "90"), "0.00..90.00 unverifiable 90.00");
    assert!(row("投诉", "≤0件", "5件", "90").contains("overstated"));
}

#[test]
fn a_time_within_which_it_is_done_is_a_limit() {
    for target in ["180天内完成", "180天内", "180天以内完成", "在180天内完成", "180天内竣工"] {
        assert_eq!(row("工期", target, "176天", "90"), "90.00..90.00 agrees 0", "{target}");
        // 90 × (1 − 45 ÷ 180) = 67.5 and 90 × 180 ÷ 225 = 72.
        assert_eq!(row("工期", target, "225天", "90"), "67.50..72.00 overstated 18.00", "{target}");
    }
    for target in ["5日内完成", "6月内完成", "12月底前完成"] {
        assert_eq!(row("工期", target, "4日", "90"), "0.00..90.00 unverifiable 90.00", "{target}");
    }
}

#[test]
fn words_around_a_number_that_was_not_reached_are_words() {
    for (target, actual) in [
        ("≥300人", "不足300人"),
        ("≥95%", "接近95%"),
        ("≥12次", "12次中完成10次"),
        ("≥100户", "近100户"),
        ("≥30人", "30余人"),
    ] {
        let row = format!("产出指标 | 数量指标 | 甲 | {target} | {actual} | 90 | 90 |");
        let audit = national(MONEY, &row, "100");
        assert_eq!(says(&audit, "row-1"), "0.00..90.00 unverifiable 90.00", "{target} {actual}");
        assert_eq!(codes(&audit, Some("row-1")), ["unverifiable-score", "text-for-number", "weight-concentrated"]);
    }
}

#[test]
fn signs_and_numbers_of_other_typewriters_are_read() {
    assert_eq!(row("甲", "═95%", "96%", "90"), "0.00..90.00 agrees 0");
    assert_eq!(row("甲", "﹥200人", "220人", "90"), "90.00..90.00 agrees 0");
    assert_eq!(row("甲", "≥1.2E+06", "\"1.20E+06\"", "90"), "90.00..90.00 agrees 0");
    for amount in ["\"5E1\"", "\"5.0E+01\"", "\"5\u{2009}0\"", "\"50.0E0\""] {
        let money = format!("{amount} | {amount} | {amount} | 10 | 100% | 10");
        let audit = national(&money, "产出指标 | 数量 | 甲 | ≥1个 | 1个 | 90 | 90 |", "100");
        assert_eq!(says(&audit, "budget"), "10.00..10.00 agrees 0", "{amount}");
    }
}

#[test]
fn a_column_of_units_beside_the_actual_is_the_actuals() {
    // 90 × 9000米 ÷ 12公里 = 67.5.
    let top: String = super::written::head(MONEY).lines().take(6).map(|line| format!("{line}\n")).collect();
    let names = "一级指标 | 二级指标 | 三级指标";
    for (header, row) in [
        ("指标性质 | 指标值 | 度量单位 | 实际完成值 | 度量单位 | 分值 | 得分", "≥ | 12 | 公里 | 9000 | 米"),
        ("度量单位 | 指标值 | 度量单位 | 实际完成值 | 分值 | 得分", "公里 | ≥12 | 米 | 9000"),
        ("目标值 | | 实际完成值 | | 分值 | 得分\n | | | 数值 | 单位 | 数值 | 单位", "≥12 | 公里 | 9000 | 米"),
    ] {
        for (claim, said) in [("67.5", "67.50..67.50 agrees 0"), ("90", "67.50..67.50 overstated 22.50")] {
            let text = format!("{top}{names} | {header}\n产出指标 | 数量指标 | 清淤 | {row} | 90 | {claim}\n");
            assert_eq!(says(&super::written::audit(&text), "row-1"), said, "{header}");
        }
    }
    // One column for both: 450000 in 万元 is far beyond 30, and 45 as 元; 28.5万 is 28.5 of them, and 45 stays 45.
    let shared = |row: &str| {
        let header = "指标性质 | 指标值 | 度量单位 | 实际完成值 | 分值 | 得分";
        let text = format!("{top}{names} | {header}\n产出指标 | 成本指标 | 成本 | {row} | 90 | 45\n");
        says(&super::written::audit(&text), "row-1")
    };
    // 90 × (1 − 15 ÷ 30) = 45, and 90 × 30 ÷ 45 = 60 under the other reading.
    assert_eq!(shared("≤ | 30 | 万元 | 450000"), "0.00..60.00 unverifiable 45.00");
    assert_eq!(shared("≤ | 30 | 万元 | 45"), "45.00..60.00 agrees 0");
    assert_eq!(shared("≤ | 30 | 万元 | 28.5万"), "90.00..90.00 understated 45.00");
}

#[test]
fn where_one_unit_is_missing_and_the_readings_differ_none_is_believed_alone() {
    // 12 of something against a percentage: of 12, or of 100; 9000 beside 12公里: kilometres, or metres.
    for (name, target, actual) in [("甲", "≥12", "50%"), ("甲", "≥12", "100%"), ("甲", "≥12公里", "9000")] {
        let said = row(name, target, actual, "90");
        assert!(said.contains("unverifiable"), "{target} {actual}: {said}");
    }
    // A rate by its name or by its size is one.
    for (name, target, actual, said) in [
        ("能耗下降率", "≥5", "6%", "90.00..90.00 agrees 0"),
        ("合格率", "≥95", "96%", "90.00..90.00 agrees 0"),
        ("甲", "≥90", "45%", "45.00..45.00 overstated 45.00"),
        ("能耗下降率", "≥6", "3%", "45.00..45.00 overstated 45.00"),
    ] {
        assert_eq!(row(name, target, actual, "90"), said, "{name} {target} {actual}");
    }
}

#[test]
fn nobody_exceeds_none_to_his_credit() {
    assert_eq!(row("安全事故", "＝0起", "0起", "90"), "90.00..90.00 agrees 0");
    assert_eq!(row("安全事故", "＝0起", "1起", "90"), "0.00..0.00 overstated 90.00");
    // Of any other target more is full marks by the default reading, and none by the exact one.
    assert_eq!(row("培训", "＝2次", "3次", "90"), "0.00..90.00 agrees 0");
}
