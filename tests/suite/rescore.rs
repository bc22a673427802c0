//! Ranges: the worked examples of the card, and what must hold for every set of facts.

use fuhe::fraction::{digits, exact, rounded};

use crate::engine::*;

const SEED: &str = "q1_progress 27.22; q2_progress 48.45; q3_progress 69.22; q4_progress 98.82;
    sangong_budget 2.06; sangong_actual 2.06; routine_budget 103.53563; routine_actual 88.740039;
    projects_planned 8; projects_finished 8; satisfaction 100; procurement_actual 3.96; budget_total 1701.05";

#[test]
fn a_score_below_zero_is_rounded_away_from_zero_and_written_with_its_sign() {
    for (written, two, one) in [("-2.345", "-2.35", "−2.3"), ("-0.05", "-0.05", "−0.1"), ("2.345", "2.35", "2.3")] {
        let value = exact(written.parse().unwrap());
        assert_eq!(rounded(&value), two.parse().unwrap(), "{written}");
        assert_eq!(digits(&value, 1), (one.to_owned(), false), "{written}");
    }
}

/// A card of two criteria without a cap, each worth 50 points and more.
fn uncapped(first: &str, second: &str) -> String {
    let rule = |id: &str, value: &str| {
        format!(
            "kind = \"proportion\"\nvalue = \"{value}\"\ntarget = 100\ncap = false\n\n[[indicators.criteria]]\nid = \"{id}\"\npoints = 50\nclause = \"2. 如下。\"\n"
        )
    };
    let rules = rule("two", first) + &format!("kind = \"proportion\"\nvalue = \"{second}\"\ntarget = 100\ncap = false");
    small_card(&rules).replacen(
        "points = 100\nclause = \"1. 如下。\"\nkind",
        "points = 50\nclause = \"1. 如下。\"\nkind",
        1,
    )
}

#[test]
fn a_criterion_below_zero_takes_nothing_from_another() {
    let card = uncapped("spent - planned", "spent");
    assert_eq!(range(&of_small_card(&card, "spent 40; planned 100")), "20.00");
}

#[test]
fn what_is_missing_settles_nothing_where_the_points_are_reached_without_it() {
    let rescored = of_small_card(&uncapped("spent", "planned"), "spent 300");
    assert_eq!(range(&rescored), "100.00");
    assert!(rescored.complete() && rescored.settled_by.is_empty(), "{rescored:?}");
}

#[test]
fn a_sum_on_the_edge_of_a_rounding_is_not_cut_on_the_way() {
    // 0.4 + 0.4 + 30.25/75 + 0.7 + 2 × their mean = 1.5 × 1.903333… = 2.855
    let rescored = recomputed("budget_execution", "q1_progress 10; q2_progress 20; q3_progress 30.25; q4_progress 70");
    assert_eq!(rescored.default.map(|score| score.to_string()).as_deref(), Some("2.86"));
}

#[test]
fn the_four_readings_of_the_seed_report() {
    let rescored = recomputed("budget_execution", SEED);
    assert_eq!(readings(&rescored), "capped 5.82, capped_quarters 5.86, uncapped 5.95, mean_of_progress 5.10");
    assert_eq!(range(&rescored), "5.10..5.95");
    assert!(rescored.complete());
    assert!(rescored.settled_by.is_empty());
}

#[test]
fn the_bureaus_own_example_yields_three() {
    let rescored = recomputed("budget_execution", "q1_progress 10; q2_progress 20; q3_progress 37.5; q4_progress 70");
    assert_eq!(readings(&rescored), "capped 3.00, capped_quarters 3.00, uncapped 3.00, mean_of_progress 2.69");
}

#[test]
fn the_seed_report_as_a_whole() {
    let rulebook = shenzhen();
    let card = card(&rulebook);
    let known = facts(SEED);
    let all: Vec<_> = card.indicators.iter().map(|indicator| fuhe::rescore::rescore(card, indicator, &known)).collect();
    let low: rust_decimal::Decimal = all.iter().map(|rescored| rescored.low).sum();
    let high: rust_decimal::Decimal = all.iter().map(|rescored| rescored.high.unwrap_or_default()).sum();
    assert_eq!(span(low, high), "22.10..98.95");
}

/// What settles a range, joined.
fn settled(indicator: &str, lines: &str) -> String {
    crate::engine::settled(&recomputed(indicator, lines).settled_by).join(" ")
}

#[test]
fn conflicting_sources_are_varied_together_wherever_the_fact_is_used() {
    // 1 ÷ 9 is above 10 %, 1 ÷ 20 is 5 %.
    let rescored = recomputed("contract_staff_control", "contract_staff 1; staff_actual 8|19");
    assert_eq!(range(&rescored), "0.00..0.50");
    assert_eq!(crate::engine::settled(&rescored.settled_by), ["conflict:staff_actual"]);
    // 1 ÷ 20 and 2 ÷ 21 earn 0.5; 1 ÷ 21, below 5 %, is no way in which the facts can be.
    assert_eq!(range(&recomputed("contract_staff_control", "contract_staff 1|2; staff_actual 19")), "0.50");
}

#[test]
fn a_conflict_that_changes_nothing_is_not_asked_about() {
    let rescored = recomputed("staff_control", "staff_actual 28|29; staff_quota 30");
    assert!(rescored.complete() && rescored.settled_by.is_empty());
    assert_eq!(settled("staff_control", "staff_actual 28|31; staff_quota 30"), "conflict:staff_actual");
}

#[test]
fn agreeing_sources_are_no_conflict_and_share_their_evidence() {
    assert_eq!(range(&recomputed("asset_safety", "assets_kept 是|是*; asset_disposal 否")), "1.00");
    assert_eq!(range(&recomputed("staff_control", "staff_actual 31|31.0; staff_quota 30")), "0.00");
}

#[test]
fn more_combinations_than_can_be_varied_leave_the_widest_fact_open() {
    let many = |from: u32| (from..from + 20).map(|n| n.to_string()).collect::<Vec<_>>().join("|");
    let lines = format!("q1_progress {}; q2_progress {}; q3_progress {}; q4_progress 80", many(1), many(20), many(50));
    let rescored = recomputed("budget_execution", &lines);
    // 8,000 combinations: one quarter of the three counts as open, here the third; 1 ÷ 25 + 20 ÷ 50 + 0 + 0.8.
    assert_eq!(rescored.readings[0].low.to_string(), "1.24");
    assert_eq!(
        crate::engine::settled(&rescored.settled_by),
        ["conflict:q1_progress", "conflict:q2_progress", "conflict:q3_progress"]
    );
}

#[test]
fn what_settles_a_range_stands_in_the_order_of_the_rulebook() {
    assert_eq!(
        settled("petitions", "petition_channel 是; petition_timely_rate 不适用"),
        "evidence:petition_channel petition_reply_rate petition_timely_rate"
    );
    assert_eq!(
        settled("procurement", "procurement_policy 是; procurement_plan 3|5; procurement_actual 2"),
        "conflict:procurement_plan evidence:procurement_policy"
    );
}

#[test]
fn the_working_is_the_sum_with_its_numbers() {
    let working = told(
        &recomputed("budget_execution", "q1_progress 10; q2_progress 20; q3_progress 37.5; q4_progress 70").working,
    );
    assert_eq!(
        working,
        [
            "一季度 10% ÷ 25% = 0.4 → 0.40 分",
            "二季度 20% ÷ 50% = 0.4 → 0.40 分",
            "三季度 37.5% ÷ 75% = 0.5 → 0.50 分",
            "四季度 70% ÷ 100% = 0.7 → 0.70 分",
            "全年平均 (0.4 + 0.4 + 0.5 + 0.7) ÷ 4 = 0.5，× 2 → 1.00 分",
            "合计 0.4 + 0.4 + 0.5 + 0.7 + 1 = 3，得 3.00 分（默认口径：各季度执行率均以100%为限）",
            "另一口径（各季度得分以1分为限，全年平均按实际执行率计算，以100%为限）：3.00 分",
            "另一口径（各季度执行率不封顶，指标得分以6分为限）：3.00 分",
            "另一口径（全年平均按四个季度支出进度的平均数计算）：2.69 分",
        ]
    );
}

#[test]
fn the_working_says_what_is_missing_and_what_was_presumed() {
    let working = |indicator, lines| told(&recomputed(indicator, lines).working).join("\n");
    assert_eq!(
        working("procurement", "procurement_actual 3.96"),
        "政府采购执行率：未填报“政府采购计划金额”，得 0 至 1 分\n政府采购政策功能落实到位：未填报，得 0 至 1 分\n\
         合计 0.00 至 2.00 分（默认口径：“本项得0分”仅指第1条）\n另一口径（“本项得0分”指整个指标）：0.00 至 2.00 分"
    );
    assert_eq!(
        working("disclosure", "budget_disclosure 按规定公开; accounts_disclosure 公开但不合要求"),
        "涉密部门：未填，按“否”计\n部门预算公开情况：按规定公开 → 1.5 分\n部门决算公开情况：公开但不合要求 → 1 分\n合计 1.5 + 1 = 2.5，得 2.50 分"
    );
    assert_eq!(
        working("asset_safety", "assets_kept 是; asset_disposal 是*"),
        "资产配置合理且账实相符：填“是”，未附佐证材料，得 0 至 1 分\n资产处置规范且收入上缴：是，附佐证材料 → 1 分\n合计 1.00 至 2.00 分"
    );
    assert_eq!(
        working("staff_control", "staff_actual 28|31; staff_quota 30"),
        "财政供养人员控制率 28 ÷ 30 ≈ 93.33%，属“100%（含）以下”一档 → 1 分；或 财政供养人员控制率 31 ÷ 30 ≈ 103.33%，属“超过 100%”一档 → 0 分\n合计 0.00 至 1.00 分"
    );
    assert_eq!(
        working("procurement", "procurement_actual 3; procurement_plan 0; procurement_policy 否"),
        "政府采购执行率：政府采购实际金额 3 > 政府采购计划金额 0 → 0.00 分\n政府采购政策功能落实到位：否 → 0 分\n\
         合计 0 + 0 = 0，得 0.00 分（默认口径：“本项得0分”仅指第1条）\n另一口径（“本项得0分”指整个指标）：0.00 分"
    );
    assert_eq!(
        working(
            "financial_compliance",
            "spending_compliant 是*; accounting_compliant 是*; adjusted_amount 15; budget_total 100"
        ),
        "资金支出规范：是，附佐证材料 → 1 分\n调整调剂占预算总规模 15 ÷ 100 = 15%，超过 10%，超出部分按 5 个百分点计，1 − 0.1 × 5 → 0.50 分\n\
         会计核算规范：是，附佐证材料 → 1 分\n如果“存在违规支出”为“是”，本指标得 0 分（未填报“存在违规支出”）\n\
         合计 0.00 至 2.50 分（默认口径：不足一个百分点的按比例扣分）\n另一口径（不足一个百分点的不扣分）：0.00 至 2.50 分"
    );
}

#[test]
fn a_value_near_an_edge_never_looks_as_if_it_stood_on_it() {
    let working = told(&recomputed("asset_utilisation", "assets_in_use 89.99999999; assets_total 100").working);
    assert!(working[0].contains("89.99999999%，属“75%（含）至 90%（不含）”"), "{}", working[0]);
}

#[test]
fn the_english_working_has_a_text_for_everything() {
    let rulebook = shenzhen();
    let card = card(&rulebook);
    for indicator in &card.indicators {
        for lines in [SEED, "", "classified_unit 是; spending_violation 是; staff_quota 0; staff_actual 0"] {
            let rescored = fuhe::rescore::rescore(card, indicator, &facts(lines));
            let english: Vec<String> =
                rescored.working.iter().map(|step| fuhe::text::Language::En.phrase(step)).collect();
            assert!(english.iter().all(|line| !line.contains("working.") && !line.contains('{')));
        }
    }
}

#[test]
fn as_many_combinations_as_are_allowed_are_varied_one_by_one_and_one_more_is_not() {
    let card = small_card("kind = \"proportion\"\nvalue = \"spent\"\ntarget = \"planned\"");
    let some = |from: u32, count: u32| (from..from + count).map(|each| each.to_string()).collect::<Vec<_>>().join("|");
    // 64 × 64 = 4096: at least 100 of 263 and at most 163 of 200.
    let varied = of_small_card(&card, &format!("spent {}; planned {}", some(100, 64), some(200, 64)));
    assert_eq!(range(&varied), "38.02..81.50");
    // 64 × 65: what has most candidates is anything.
    let spanned = of_small_card(&card, &format!("spent {}; planned {}", some(100, 64), some(200, 65)));
    assert_eq!(range(&spanned), "0.00..100.00");
}

/// The working of a criterion worth 100 points, `spent` of 100, under conditions.
fn under(conditions: &str, lines: &str) -> String {
    let card = small_card(&format!("kind = \"proportion\"\nvalue = \"spent\"\ntarget = \"100\"\n{conditions}"));
    told(&of_small_card(&card, lines).working).join("\n")
}

#[test]
fn a_condition_is_told_as_what_decides_or_as_what_may_still_decide() {
    let zero = "zero_when = [{ value = \"planned\", above = \"1000\" }]";
    let full = "full_when = [{ value = \"planned\", below = \"10\" }]";
    for (conditions, lines, told) in [
        (zero, "spent 40; planned 1001", "one：预算 1001 > 1000 → 0.00 分\n合计 0.00 分"),
        (full, "spent 40; planned 5", "one：预算 5 < 10 → 100.00 分\n合计 100.00 分"),
        (zero, "spent 40; planned 5", "one 40 ÷ 100 = 0.4，× 100 → 40.00 分\n合计 40.00 分"),
        // What is 0 already cannot be taken away.
        (zero, "spent 0", "one 0 ÷ 100 = 0，× 100 → 0.00 分\n合计 0.00 分"),
        (
            zero,
            "spent 40",
            "one 40 ÷ 100 = 0.4，× 100 → 40.00 分；但未填报“预算”，得 0 至 40 分\n合计 0.00 至 40.00 分",
        ),
        (
            full,
            "spent 40",
            "one 40 ÷ 100 = 0.4，× 100 → 40.00 分；但未填报“预算”，得 40 至 100 分\n合计 40.00 至 100.00 分",
        ),
    ] {
        assert_eq!(under(conditions, lines), told, "{conditions} with {lines}");
    }
}

#[test]
fn the_terms_of_a_sum_are_written_out_where_they_make_the_score() {
    let total = |card: &str, lines: &str| told(&of_small_card(card, lines).working).pop().expect("a total");
    let card = uncapped("spent", "planned");
    assert_eq!(total(&card, "spent 30; planned 40"), "合计 15 + 20 = 35，得 35.00 分");
    assert_eq!(total(&card, "spent 140; planned 80"), "合计 70 + 40 = 110，得 100.00 分");
    let thirds = card.replace("target = 100", "target = 300");
    assert_eq!(total(&thirds, "spent 100; planned 200"), "合计 16.6667 + 33.3333 ≈ 50，得 50.00 分");
    let barred = card.replacen(
        "points = 100\nclause",
        "zero_when = [{ value = \"spent\", above = \"1000\" }]\npoints = 100\nclause",
        1,
    );
    assert_eq!(total(&barred, "spent 30; planned 40"), "合计 15 + 20 = 35，得 35.00 分");
    assert_eq!(total(&barred, "spent 1001; planned 40"), "合计 0.00 分");
    let open = told(&of_small_card(&barred, "planned 40").working);
    assert_eq!(open[2], "如果支出 > 1000，本指标得 0 分（未填报“支出”）");
}

#[test]
fn every_way_that_its_own_sources_allow_is_told_however_many_others_differ() {
    let some = |from: u32, count: u32| (from..from + count).map(|each| each.to_string()).collect::<Vec<_>>().join("|");
    let facts = format!("spent 10|20; planned {}", some(1, 70));
    let working = told(&of_small_card(&uncapped("spent", "planned"), &facts).working);
    assert_eq!(working[0].matches("；或 ").count(), 1, "{}", working[0]);
    assert_eq!(working[1].matches("；或 ").count(), 4, "{}", working[1]);
}

#[test]
fn what_is_missing_but_decides_nothing_is_not_asked_for_beside_an_open_condition() {
    let reserve = "[[facts]]\nid = \"reserve\"\nlabel = \"预备费\"\nkind = \"money\"\nunit = \"万元\"\n\n[[indicators]]\n\
                   zero_when = [{ value = \"reserve\", above = \"1000\" }]\n";
    let card = uncapped("spent", "planned").replacen("[[indicators]]\n", reserve, 1);
    // 300 of 100 spent are 150 points, and all 100 whatever was planned.
    let reached = of_small_card(&card, "spent 300");
    assert_eq!(
        (range(&reached), crate::engine::settled(&reached.settled_by)),
        ("0.00..100.00".to_owned(), vec!["reserve".to_owned()])
    );
}
