//! Published forms, recomputed by hand.

use super::written::{audit, codes, count, head, line, national, says};
use crate::said::{Said, value_of};

fn full_rows(count: usize, weight: u32) -> String {
    let row = |n: usize| format!("产出指标 | 质量指标 | 合格率{n} | ≥95% | 96% | {weight} | {weight} |\n");
    (1..=count).map(row).collect()
}

#[test]
fn case_a_rounded_up_execution_and_the_same_figure_as_an_output() {
    // 10 × 37.24 ÷ 43.2 = 8.6203… → 8.62, twice; 8.62 + 8.62 + 80 = 97.24.
    let rows = format!("产出指标 | 数量指标 | 投入资金 | ≥43.2 | 37.24 | 10 | 9 |\n{}", full_rows(8, 10));
    let audit = national("43.2 | 43.2 | 37.24 | 10 | 86.20% | 9", rows.trim_end(), "98");
    assert_eq!(says(&audit, "budget"), "8.62..8.62 overstated 0.38");
    assert_eq!(says(&audit, "row-1"), "8.62..8.62 overstated 0.38");
    for row in 2..=9 {
        assert_eq!(says(&audit, &format!("row-{row}")), "10.00..10.00 agrees 0");
    }
    let line = value_of(&audit);
    assert_eq!(line["recomputed"]["low"], "97.24");
    assert_eq!(line["recomputed"]["high"], "97.24");
    assert_eq!(line["recomputed"]["ceiling"], "97.24");
    assert_eq!(line["points"]["overstated"], "0.76");
    assert_eq!(line["points"]["agreed"], "97.24");
    assert_eq!(line["claimed"]["total"], "98.00");
    assert_eq!(codes(&audit, Some("row-1")), ["overstated-score", "loss-unexplained", "spending-as-output"]);
    assert_eq!(audit.findings[0].explanation, Some(fuhe::slip::Slip::Rounded));
}

#[test]
fn case_b_a_printed_rate_that_is_off_by_a_hundredth() {
    let text = head("250000.00 | 250000.00 | \"215,457.6\" | 10 | 86.19% | 8.62").replace("（万元）", "（元）");
    let audit = audit(&format!("{text}{}总分 | | | | | | 98.62", full_rows(9, 10)));
    // 215457.6 ÷ 250000 = 86.18304 %.
    assert_eq!(says(&audit, "budget"), "8.62..8.62 agrees 0");
    assert_eq!(count(&audit, "execution-rate-mismatch"), 1);
    assert!(audit.findings.iter().any(|finding| finding.message().contains("86.18%")));
    assert_eq!(audit.facts[0].value, "25");
    assert_eq!(audit.facts[1].value, "21.54576");
    assert_eq!(audit.facts[1].source.text, "215,457.6");
    assert_eq!(count(&audit, "total-mismatch"), 0);
}

#[test]
fn case_c_half_of_the_budget_spent() {
    let text = head("20000.00 | 20000.00 | \"9,034\" | 10 | 45.17% | 4.52").replace("（万元）", "（元）");
    let audit = audit(&format!("{text}{}总分 | | | | | | 94.52", full_rows(9, 10)));
    // 10 × 9034 ÷ 20000 = 4.517 → 4.52.
    assert_eq!(says(&audit, "budget"), "4.52..4.52 agrees 0");
    assert_eq!(count(&audit, "execution-rate-mismatch"), 0);
    assert_eq!(count(&audit, "low-execution-unexplained"), 1);
    // 90 of 90 against 45.17 %.
    assert_eq!(count(&audit, "scores-exceed-execution"), 1);
}

#[test]
fn case_d_a_total_of_zero_over_a_part_that_is_not() {
    let money = "0 | 0 | 0 | 10 | | 0\n | 其中：当年财政拨款 | 90 | 89.974 | 89.974";
    let audit = national(money, full_rows(9, 10).trim_end(), "90");
    assert_eq!(says(&audit, "budget"), "10.00..10.00 understated 10.00");
    // 年初预算数, 全年预算数 and 全年执行数 each.
    assert_eq!(count(&audit, "fund-total-mismatch"), 3);
    assert_eq!((audit.facts[0].id.as_str(), audit.facts[0].value.as_str()), ("budget.planned", "89.974"));
    assert_eq!(audit.facts[0].source.cell, "D7");
}

#[test]
fn case_e_a_reached_percentage_that_was_scored_in_proportion() {
    let rows = format!("效益指标 | 社会效益 | 覆盖率 | 98% | 98% | 20 | 19.6 |\n{}", full_rows(6, 10));
    let audit = national("50 | 50 | 50 | 20 | 100% | 20", rows.trim_end(), "99.6");
    assert_eq!(says(&audit, "row-1"), "20.00..20.00 understated 0.40");
    assert_eq!(says(&audit, "budget"), "20.00..20.00 agrees 0");
    let json = value_of(&audit);
    assert_eq!(json["recomputed"]["low"], "100.00");
    assert_eq!(json["points"]["understated"], "0.40");
    assert_eq!(count(&audit, "sign-missing"), 1);
}

#[test]
fn case_f_everything_reached_and_points_given_up_without_a_reason() {
    let rows = "产出指标 | 成本指标 | 项目支出 | ＝72890元 | 72890 | 10 | 9 |\n\
                产出指标 | 质量指标 | 合格率 | 100% | 100% | 20 | 19 |\n\
                产出指标 | 时效指标 | 及时率 | 100% | 100% | 20 | 19 |\n\
                满意度指标 | 满意度 | 群众满意度 | ≥95% | 95 | 30 | 27 | 无";
    let audit = national("7.29 | 7.29 | 7.29 | 10 | 100% | 10", rows, "84");
    for (row, says_so) in [
        ("row-1", "10.00..10.00 understated 1.00"),
        ("row-2", "20.00..20.00 understated 1.00"),
        ("row-3", "20.00..20.00 understated 1.00"),
        ("row-4", "30.00..30.00 understated 3.00"),
    ] {
        assert_eq!(says(&audit, row), says_so, "{row}");
    }
    assert_eq!(count(&audit, "loss-unexplained"), 4);
    assert_eq!(count(&audit, "unit-mismatch"), 0);
    let readings: Vec<&str> = line(&audit, "row-1").readings.iter().map(|reading| reading.id.as_str()).collect();
    assert_eq!(readings, ["positive", "exact"]);
}

#[test]
fn case_g_words_for_a_number_and_one_row_that_carries_everything() {
    let rows = "产出指标 | 成本指标 | 项目成本 | ≤30万元 | 完成 | 90 | 90 |";
    let audit = national("3 | 3.36 | 3.36 | 10 | 100% | 10", rows, "100");
    assert_eq!(says(&audit, "budget"), "10.00..10.00 agrees 0");
    assert_eq!(says(&audit, "row-1"), "0.00..90.00 unverifiable 90.00");
    assert_eq!(crate::engine::settled(&line(&audit, "row-1").settled_by), ["row-1.actual"]);
    let readings: Vec<&str> = line(&audit, "row-1").readings.iter().map(|reading| reading.id.as_str()).collect();
    assert_eq!(readings, ["linear", "inverse"]);
    assert_eq!(count(&audit, "text-for-number"), 1);
    assert_eq!(count(&audit, "weight-concentrated"), 1);
}

#[test]
fn case_h_a_cost_far_beyond_its_target() {
    // 15 × (1 − 226 ÷ 160) < 0; 15 × 160 ÷ 386 = 6.2176… → 6.22.
    let rows =
        format!("产出指标 | 成本指标 | 项目成本 | ≤160万元 | 386万元 | 15 | 10 | 材料涨价\n{}", full_rows(5, 15));
    let audit = national("400 | 400 | 400 | 10 | 100% | 10", rows.trim_end(), "95");
    let row = serde_json::to_value(line(&audit, "row-1")).expect("a line");
    assert_eq!(row["readings"][0], serde_json::json!({"id": "linear", "low": "0.00", "high": "0.00"}));
    assert_eq!(row["readings"][1], serde_json::json!({"id": "inverse", "low": "6.22", "high": "6.22"}));
    assert_eq!(says(&audit, "row-1"), "0.00..6.22 overstated 3.78");
    assert_eq!(row["default"], "0.00");
    assert_eq!(row["settled_by"], serde_json::json!([]));
}

#[test]
fn case_i_a_target_exceeded_many_times() {
    let rows = format!("产出指标 | 数量指标 | 培训人数 | ≥100人 | 748人 | 15 | 15 |\n{}", full_rows(5, 15));
    let audit = national("20 | 20 | 20 | 10 | 100% | 10", rows.trim_end(), "100");
    assert_eq!(says(&audit, "row-1"), "15.00..15.00 agrees 0");
    let told =
        audit.findings.iter().find(|finding| finding.code.as_str() == "target-far-exceeded").expect("it is told");
    assert!(told.message().contains("748%"), "{}", told.message());
}

#[test]
fn case_j_an_inequality_repeated_as_the_actual() {
    let rows = format!("满意度指标 | 满意度 | 群众满意度 | ≥90% | ≥90% | 40 | 40 |\n{}", full_rows(5, 10));
    let audit = national("20 | 20 | 20 | 10 | 100% | 10", rows.trim_end(), "100");
    assert_eq!(says(&audit, "row-1"), "0.00..40.00 unverifiable 40.00");
    assert_eq!(count(&audit, "not-measurable"), 1);
    assert_eq!(crate::engine::settled(&line(&audit, "row-1").settled_by), ["row-1.actual"]);
}

#[test]
fn case_k_no_printed_rate_and_five_rows_without_an_actual() {
    let blank: String = (1..=5).map(|n| format!("产出指标 | 数量指标 | 任务{n} | ≥{n}0次 | | 10 | 10 |\n")).collect();
    let audit = national("880 | 880 | 880 | 10 | | 10", format!("{blank}{}", full_rows(4, 10)).trim_end(), "100");
    assert_eq!(says(&audit, "budget"), "10.00..10.00 agrees 0");
    assert_eq!(count(&audit, "full-marks-without-actual"), 5);
    for row in 1..=5 {
        assert_eq!(says(&audit, &format!("row-{row}")), "0.00..10.00 unverifiable 10.00");
    }
    let json = value_of(&audit);
    assert_eq!(json["points"]["unverifiable"], "50.00");
    assert_eq!(json["recomputed"]["grade_low"], "差");
    assert_eq!(json["recomputed"]["grade_high"], "优");
}
