//! The checks beside the scores: each with a form that fires and one that nearly does.

use super::written::{audit, codes, count, head, national};
use crate::said::value_of;

const MONEY: &str = "50 | 50 | 50 | 10 | 100% | 10";

/// How often the code is found in a form with this money, these rows and 总分 100.
fn fires(code: &str, money: &str, rows: &str) -> usize {
    count(&national(money, rows, "100"), code)
}

fn row(name: &str, target: &str, actual: &str, weight: u32, claim: u32, reason: &str) -> String {
    format!("产出指标 | 数量指标 | {name} | {target} | {actual} | {weight} | {claim} | {reason}")
}

fn plain(weight: u32) -> String {
    row("甲", "≥2个", "2个", weight, weight, "")
}

#[test]
fn weights_have_to_add_up_to_the_whole_form() {
    assert_eq!(fires("weights-mismatch", MONEY, &plain(90)), 0);
    assert_eq!(fires("weights-mismatch", MONEY, &plain(89)), 1);
}

#[test]
fn weights_that_were_rounded_one_by_one_add_up_and_others_do_not() {
    let three = |weight: &str| {
        let output =
            |label: &str, name: &str| format!("{label} | 数量指标 | {name} | ≥1个 | 1个 | {weight} | {weight} |\n");
        let outputs = [output("产出指标（50分）", "甲"), output("", "乙"), output("", "丙")].concat();
        format!("{outputs}效益指标（40分） | 社会效益 | 丁 | ≥1个 | 1个 | 40 | 40 |")
    };
    // 3 × 16.667 = 50.001, and the form comes to 100.001: three halves of the third place are 0.0015.
    assert_eq!(fires("weights-mismatch", MONEY, &three("16.667")), 0);
    assert_eq!(fires("weights-mismatch", MONEY, &three("16.67")), 0);
    // 3 × 16.6 = 49.8 and 99.8: three halves of the first place are 0.15.
    assert_eq!(fires("weights-mismatch", MONEY, &three("16.6")), 2);
}

#[test]
fn parts_of_the_money_that_were_rounded_one_by_one_add_up_and_a_rounded_total_is_only_said() {
    let told = |total: &str, part: &str| {
        let row = |name: &str| format!("\n | {name} | {part} | {part} | {part}");
        let money = format!(
            "{total} | {total} | {total} | 10 | 100% | 10{}{}{}",
            row("其中：当年财政拨款"),
            row("上年结转资金"),
            row("其他资金")
        );
        let audit = national(&money, &plain(90), "100");
        let found = audit.findings.iter().filter(|finding| finding.code.as_str() == "fund-total-mismatch");
        found.map(|finding| format!("{:?}", finding.severity)).collect::<Vec<_>>()
    };
    assert_eq!(told("100", "33.33"), [""; 0], "99.99: three halves of a cent are 0.015");
    assert_eq!(told("100.01", "33.34"), [""; 0], "100.02");
    assert_eq!(told("100", "33.2"), ["Info"; 3], "99.6 is 100 in whole numbers");
    assert_eq!(told("101", "33.2"), ["Error"; 3]);
    assert_eq!(told("100", "33"), ["Error"; 3], "whole numbers are exact");
}

#[test]
fn a_score_out_of_points_stands_only_where_they_are_the_rows_own() {
    let row = |weight: &str, claim: &str| format!("产出指标 | 数量指标 | 甲 | ≥2个 | 2个 | {weight} | {claim} |");
    let told = |weight: &str, claim: &str| {
        let audit = national(MONEY, &row(weight, claim), "");
        let line = audit.indicators.iter().find(|line| line.id == "row-1").expect("a row");
        let unread = count(&audit, "score-not-a-number");
        (line.claimed.map(|claimed| claimed.normalize().to_string()), unread)
    };
    assert_eq!(told("90", "85/90"), (Some("85".to_owned()), 0));
    assert_eq!(told("90", "90/90"), (Some("90".to_owned()), 0));
    assert_eq!(told("90", "85/100"), (None, 1));
    assert_eq!(told("", "85/90"), (None, 1), "without a weight nobody can say");
    assert_eq!(told("90", "85"), (Some("85".to_owned()), 0));
    let budget = |claim: &str| {
        let audit = national(&format!("50 | 50 | 50 | 10 | 100% | {claim}"), &plain(90), "");
        audit.indicators[0].claimed.map(|claimed| claimed.normalize().to_string())
    };
    assert_eq!(budget("8/10"), Some("8".to_owned()));
    assert_eq!(budget("8/20"), None);
}

#[test]
fn a_score_above_its_weight_is_told_and_overstated() {
    let audit = national(MONEY, &row("甲", "≥2个", "2个", 90, 91, ""), "101");
    assert_eq!(codes(&audit, Some("row-1")), ["overstated-score", "score-above-points", "weight-concentrated"]);
    assert_eq!(fires("score-above-points", MONEY, &plain(90)), 0);
}

#[test]
fn the_stated_total_has_to_be_the_sum() {
    assert_eq!(count(&national(MONEY, &plain(90), "100.01"), "total-mismatch"), 0);
    assert_eq!(count(&national(MONEY, &plain(90), "99"), "total-mismatch"), 1);
    assert_eq!(count(&national(MONEY, &plain(90), ""), "total-mismatch"), 0);
}

#[test]
fn the_total_of_the_money_has_to_be_the_sum_of_its_parts() {
    let parts = |other: &str| {
        format!(
            "{MONEY}\n | 其中：当年财政拨款 | 40 | 40 | 40\n | 上年结转资金 | 10 | 5 | 5\n | 其他资金 | 0 | {other}"
        )
    };
    assert_eq!(fires("fund-total-mismatch", &parts("5 | 5"), &plain(90)), 0);
    assert_eq!(fires("fund-total-mismatch", &parts("5 | 4"), &plain(90)), 1);
    // Parts of a part are not added up.
    let nested = format!(
        "{MONEY}\n | 其中：财政拨款 | 50 | 50 | 50\n | 其中：省级补助 | 30 | 30 | 30\n | 县级资金 | 20 | 20 | 20"
    );
    assert_eq!(fires("fund-total-mismatch", &nested, &plain(90)), 0);
}

#[test]
fn full_marks_need_an_actual() {
    assert_eq!(fires("full-marks-without-actual", MONEY, &row("甲", "≥2个", "", 90, 90, "")), 1);
    assert_eq!(fires("full-marks-without-actual", MONEY, &row("甲", "≥2个", "", 90, 89, "")), 0);
    assert_eq!(fires("fact-missing", MONEY, &row("甲", "≥2个", "", 90, 89, "")), 1);
}

#[test]
fn an_inequality_is_no_actual() {
    assert_eq!(fires("not-measurable", MONEY, &row("甲", "≥90%", "90%以上", 90, 90, "")), 1);
    assert_eq!(fires("not-measurable", MONEY, &row("甲", "≥90%", "90%", 90, 90, "")), 0);
}

#[test]
fn words_for_a_number_are_told() {
    assert_eq!(fires("text-for-number", MONEY, &row("甲", "≥90%", "完成", 90, 90, "")), 1);
    assert_eq!(fires("text-for-number", MONEY, &row("甲", "显著提高", "完成", 90, 90, "")), 0);
}

#[test]
fn an_actual_far_above_its_target_needs_a_reason() {
    let far = |target: &str, actual: &str, reason: &str| {
        fires("target-far-exceeded", MONEY, &row("甲", target, actual, 90, 90, reason))
    };
    assert_eq!(far("≥100人", "130人", ""), 1);
    assert_eq!(far("≥100人", "130人", "无"), 1);
    assert_eq!(far("≥100人", "130人", "增加线上培训"), 0);
    assert_eq!(far("≥100人", "129人", ""), 0);
    assert_eq!(far("≤100天", "130天", ""), 0);
}

#[test]
fn a_low_execution_needs_a_reason_that_speaks_of_the_money() {
    let low = |spent: &str, reason: &str| {
        fires(
            "low-execution-unexplained",
            &format!("100 | 100 | {spent} | 10 | | 9"),
            &row("甲", "≥2个", "2个", 90, 90, reason),
        )
    };
    assert_eq!(low("89.99", ""), 1);
    assert_eq!(low("90", ""), 0);
    assert_eq!(low("80", "无"), 1);
    assert_eq!(low("80", "人员不足"), 1);
    assert_eq!(low("80", "尾款尚未支付，结余资金次年使用"), 0);
}

#[test]
fn points_given_up_need_a_reason_where_the_form_asks_for_one() {
    let lost = |reason: &str| fires("loss-unexplained", MONEY, &row("甲", "≥2个", "1个", 90, 45, reason));
    for nothing in ["", "0", "无", "—", "无。"] {
        assert_eq!(lost(nothing), 1, "{nothing}");
    }
    assert_eq!(lost("疫情影响"), 0);
    assert_eq!(fires("loss-unexplained", MONEY, &plain(90)), 0);
    // What rounding to two places takes away is no loss.
    let claimed = |points: &str| {
        fires("loss-unexplained", MONEY, &format!("产出指标 | 数量指标 | 甲 | ≥2个 | 1个 | 90 | {points} |"))
    };
    assert_eq!((claimed("89.996"), claimed("89.99"), claimed("89.98")), (0, 0, 1));
}

#[test]
fn every_row_in_full_is_a_suspicion() {
    assert_eq!(fires("all-full-marks", MONEY, &plain(90)), 1);
    assert_eq!(fires("all-full-marks", MONEY, &row("甲", "≥2个", "2个", 90, 89, "")), 0);
    assert_eq!(fires("all-full-marks", "50 | 50 | 49 | 10 | 98% | 9.8", &plain(90)), 0);
}

#[test]
fn money_spent_is_no_output_but_may_be_a_cost() {
    let money = "43.2 | 43.2 | 37.24 | 10 | | 8.62";
    let spending = |line: &str| fires("spending-as-output", money, line);
    assert_eq!(spending("产出指标 | 数量指标 | 支出金额 | ≥43.2万元 | 37万元 | 90 | 90 |"), 1);
    assert_eq!(spending("产出指标 | 数量指标 | 完成投资 | ≥43.2万元 | 37.24万元 | 90 | 90 |"), 1);
    assert_eq!(spending("产出指标 | 数量指标 | 完成投资 | ≥432000元 | 372400元 | 90 | 90 |"), 1);
    assert_eq!(spending("产出指标 | 成本指标 | 支出金额 | ≤43.2万元 | 37.24万元 | 90 | 90 |"), 0);
    assert_eq!(spending("产出指标 | 数量指标 | 长度 | ≥43.2公里 | 37.24公里 | 90 | 90 |"), 0);
    assert_eq!(spending("效益指标 | 经济效益 | 完成投资 | ≥43.2万元 | 37.24万元 | 90 | 90 |"), 0);
}

#[test]
fn one_row_over_half_of_the_indicator_points_is_told() {
    let two = |first: u32| format!("{}\n{}", plain(first), row("乙", "≥2个", "2个", 90 - first, 90 - first, ""));
    assert_eq!(fires("weight-concentrated", MONEY, &two(46)), 1);
    assert_eq!(fires("weight-concentrated", MONEY, &two(45)), 0);
}

#[test]
fn guidance_left_in_cells_is_told() {
    let text = format!(
        "{}{}\n总分 | | | | | 100 | 100\n填表说明：得分一档最高不能超过该指标分值上限。",
        head(MONEY),
        plain(90)
    );
    assert_eq!(count(&audit(&text), "guidance-left"), 1);
    assert_eq!(fires("guidance-left", MONEY, &plain(90)), 0);
}

#[test]
fn indicator_scores_well_above_the_execution_are_a_suspicion() {
    // 90 of 90 is 100 %; 100 ÷ 95.24 is within 5 %, 100 ÷ 95.23 is not.
    let exceeds =
        |spent: &str| fires("scores-exceed-execution", &format!("100 | 100 | {spent} | 10 | | 9"), &plain(90));
    assert_eq!(exceeds("95.24"), 0);
    assert_eq!(exceeds("95.23"), 1);
}

#[test]
fn the_printed_rate_is_compared_to_the_decimals_it_is_written_with() {
    let printed = |rate: &str| fires("execution-rate-mismatch", &format!("3 | 3 | 2 | 10 | {rate} | 6.67"), &plain(90));
    for right in ["66.67%", "67%", "66.7%", "0.67", "66.67", ""] {
        assert_eq!(printed(right), 0, "{right}");
    }
    for wrong in ["66.66%", "66%", "100%"] {
        assert_eq!(printed(wrong), 1, "{wrong}");
    }
}

#[test]
fn a_suspicion_changes_no_points() {
    let suspect = national(MONEY, &row("支出金额", "≥10人", "748人", 90, 90, "请填写"), "100");
    let json = value_of(&suspect);
    assert_eq!((&json["recomputed"]["low"], &json["recomputed"]["high"]), (&"100.00".into(), &"100.00".into()));
    assert!(suspect.findings.len() >= 4);
}

#[test]
fn a_weight_that_no_form_can_have_is_none() {
    for weight in ["79228162514264337593543950335", "1000000001"] {
        let row = format!("产出指标 | 数量指标 | 甲 | ≥2个 | 2个 | {weight} | {weight} | ");
        assert_eq!(fires("weight-missing", MONEY, &row), 1);
        assert_eq!(fires("score-not-a-number", MONEY, &row), 1);
    }
}
