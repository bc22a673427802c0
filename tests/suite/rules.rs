//! Every rule kind at, just below and just above each of its edges, by the clauses of the card.

use crate::engine::*;

/// `facts => range` lines for one indicator.
fn holds(indicator: &str, lines: &[(&str, &str)]) {
    for (given, wanted) in lines {
        let rescored = recomputed(indicator, given);
        assert_eq!(
            range(&rescored),
            *wanted,
            "{indicator} with {given}: {:#?}",
            crate::engine::told(&rescored.working)
        );
    }
}

#[test]
fn bands_of_asset_utilisation_take_their_lower_edges() {
    holds(
        "asset_utilisation",
        &[
            ("assets_in_use 100; assets_total 100", "1.00"),
            ("assets_in_use 90; assets_total 100", "1.00"),
            ("assets_in_use 89.9999999999; assets_total 100", "0.70"),
            ("assets_in_use 75; assets_total 100", "0.70"),
            ("assets_in_use 74.9999999999; assets_total 100", "0.40"),
            ("assets_in_use 60; assets_total 100", "0.40"),
            ("assets_in_use 59.9999999999; assets_total 100", "0.00"),
            ("assets_in_use 0; assets_total 100", "0.00"),
            // 2.7 of 3 is 90 % exactly, which binary floats put below.
            ("assets_in_use 2.7; assets_total 3", "1.00"),
        ],
    );
}

#[test]
fn bands_of_staff_take_one_hundred_percent_as_kept() {
    holds(
        "staff_control",
        &[
            ("staff_actual 30; staff_quota 30", "1.00"),
            ("staff_actual 31; staff_quota 30", "0.00"),
            ("staff_actual 29; staff_quota 30", "1.00"),
        ],
    );
}

#[test]
fn bands_of_contract_staff_keep_both_edges_in_the_middle() {
    holds(
        "contract_staff_control",
        &[
            ("contract_staff 5; staff_actual 95", "0.50"),
            ("contract_staff 4; staff_actual 96", "1.00"),
            ("contract_staff 10; staff_actual 90", "0.50"),
            ("contract_staff 11; staff_actual 89", "0.00"),
            ("contract_staff 1; staff_actual 9", "0.50"),
            ("contract_staff 1; staff_actual 19", "0.50"),
            ("contract_staff 1; staff_actual 20", "1.00"),
            ("contract_staff 1; staff_actual 8", "0.00"),
        ],
    );
}

#[test]
fn bands_of_public_funds_keep_both_edges_in_the_middle() {
    holds(
        "public_funds_control",
        &[
            ("sangong_actual 2.06; sangong_budget 2.06; routine_actual 0.9; routine_budget 1", "4.00"),
            ("sangong_actual 2.0600001; sangong_budget 2.06; routine_actual 0.8999999; routine_budget 1", "3.00"),
            ("sangong_actual 0; sangong_budget 2.06; routine_actual 1; routine_budget 1", "5.00"),
        ],
    );
}

#[test]
fn bands_of_satisfaction_take_their_lower_edges_and_leave_one_point() {
    holds(
        "satisfaction",
        &[
            ("satisfaction 95", "6.00"),
            ("satisfaction 94.99", "4.00"),
            ("satisfaction 90", "4.00"),
            ("satisfaction 89.99", "2.00"),
            ("satisfaction 80", "2.00"),
            ("satisfaction 79.99", "1.00"),
            ("satisfaction 0", "1.00"),
        ],
    );
}

#[test]
fn a_rate_of_one_hundred_percent_is_only_reached_by_one_hundred_percent() {
    holds(
        "petitions",
        &[
            ("petition_channel 是*; petition_reply_rate 100; petition_timely_rate 100", "3.00"),
            ("petition_channel 是*; petition_reply_rate 99.99; petition_timely_rate 100", "2.00"),
            ("petition_channel 否; petition_reply_rate 100; petition_timely_rate 99.99", "1.00"),
        ],
    );
}

#[test]
fn a_count_deduction_ends_at_nothing() {
    holds(
        "key_tasks",
        &[
            ("key_tasks_unfinished 0", "8.00"),
            ("key_tasks_unfinished 1", "4.00"),
            ("key_tasks_unfinished 2", "0.00"),
            ("key_tasks_unfinished 3", "0.00"),
            ("", "0.00..8.00"),
        ],
    );
    holds(
        "goal_completeness",
        &[("goals_missing 0", "3.00"), ("goals_missing 2", "1.00"), ("goals_missing 9", "0.00")],
    );
}

#[test]
fn a_proportion_is_capped_at_its_points() {
    holds(
        "project_timeliness",
        &[
            ("projects_finished 8; projects_planned 8", "6.00"),
            ("projects_finished 7; projects_planned 8", "5.25"),
            ("projects_finished 9; projects_planned 8", "6.00"),
            ("projects_finished 0; projects_planned 8", "0.00"),
            ("projects_finished 1; projects_planned 7", "0.86"),
        ],
    );
}

#[test]
fn spending_above_the_procurement_plan_costs_the_criterion_or_the_whole() {
    let policy = "procurement_policy 是*";
    for (given, wanted) in [
        ("procurement_actual 10; procurement_plan 10", "criterion_only 2.00, whole_indicator 2.00"),
        ("procurement_actual 10.0001; procurement_plan 10", "criterion_only 1.00, whole_indicator 0.00"),
        ("procurement_actual 5; procurement_plan 10", "criterion_only 1.50, whole_indicator 1.50"),
        ("procurement_actual 3; procurement_plan 0", "criterion_only 1.00, whole_indicator 0.00"),
        ("procurement_actual 0; procurement_plan 0", "criterion_only 1.00..2.00, whole_indicator 1.00..2.00"),
        ("procurement_actual 0", "criterion_only 1.00..2.00, whole_indicator 0.00..2.00"),
    ] {
        assert_eq!(readings(&recomputed("procurement", &format!("{given}; {policy}"))), wanted, "{given}");
    }
}

#[test]
fn a_plan_of_nothing_is_told_unless_a_condition_decides() {
    let decided = recomputed("procurement", "procurement_actual 3; procurement_plan 0; procurement_policy 是*");
    assert!(decided.complete() && decided.zero_denominators.is_empty());
    let open = recomputed("procurement", "procurement_actual 0; procurement_plan 0; procurement_policy 是*");
    assert_eq!(crate::engine::settled(&open.settled_by), ["procurement_plan"]);
    assert_eq!(open.zero_denominators.len(), 1);
    assert!(open.zero_denominators[0].not_applicable);
    let over = recomputed("staff_control", "staff_actual 3; staff_quota 0");
    assert_eq!(
        (range(&over).as_str(), &crate::engine::settled(&over.settled_by)[..]),
        ("0.00..1.00", &["staff_quota".to_owned()][..])
    );
    assert!(!over.zero_denominators[0].not_applicable);
}

#[test]
fn a_step_deduction_begins_above_its_limit() {
    let others = "spending_compliant 是*; accounting_compliant 是*; spending_violation 否; budget_total 100";
    for (adjusted, wanted) in [
        ("10", "pro_rata 3.00, whole_points 3.00"),
        ("0", "pro_rata 3.00, whole_points 3.00"),
        ("10.5", "pro_rata 2.95, whole_points 3.00"),
        ("10.9999", "pro_rata 2.90, whole_points 3.00"),
        ("11", "pro_rata 2.90, whole_points 2.90"),
        ("15", "pro_rata 2.50, whole_points 2.50"),
        ("20", "pro_rata 2.00, whole_points 2.00"),
        ("45", "pro_rata 2.00, whole_points 2.00"),
    ] {
        let rescored = recomputed("financial_compliance", &format!("{others}; adjusted_amount {adjusted}"));
        assert_eq!(readings(&rescored), wanted, "{adjusted}");
    }
}

#[test]
fn a_violation_takes_everything_and_an_open_answer_may() {
    let others = "spending_compliant 是*; accounting_compliant 是*; adjusted_amount 1; budget_total 100";
    holds(
        "financial_compliance",
        &[
            (&format!("{others}; spending_violation 是"), "0.00"),
            (&format!("{others}; spending_violation 否"), "3.00"),
            (others, "0.00..3.00"),
        ],
    );
    assert_eq!(crate::engine::settled(&recomputed("financial_compliance", others).settled_by), ["spending_violation"]);
    assert!(recomputed("financial_compliance", "spending_violation 是").complete());
}

#[test]
fn a_choice_earns_the_points_of_its_answer() {
    holds(
        "disclosure",
        &[
            ("budget_disclosure 按规定公开; accounts_disclosure 按规定公开", "3.00"),
            ("budget_disclosure 按规定公开; accounts_disclosure 公开但不合要求", "2.50"),
            ("budget_disclosure 未公开; accounts_disclosure 公开但不合要求", "1.00"),
            ("budget_disclosure 未公开", "0.00..1.50"),
            ("budget_disclosure 未公开; accounts_disclosure 部分公开", "0.00..1.50"),
        ],
    );
}

#[test]
fn a_classified_unit_earns_all_only_with_evidence() {
    let published = "budget_disclosure 未公开; accounts_disclosure 公开但不合要求";
    holds(
        "disclosure",
        &[
            ("classified_unit 是*", "3.00"),
            (&format!("{published}; classified_unit 是"), "1.00..3.00"),
            (&format!("{published}; classified_unit 否"), "1.00"),
            (&format!("{published}; classified_unit 不适用"), "1.00..3.00"),
            (&format!("{published}; classified_unit ?"), "1.00..3.00"),
            (published, "1.00"),
        ],
    );
    let open = recomputed("disclosure", &format!("{published}; classified_unit 是"));
    assert_eq!(crate::engine::settled(&open.settled_by), ["evidence:classified_unit"]);
    let presumed = recomputed("disclosure", published);
    assert!(
        crate::engine::told(&presumed.working).iter().any(|line| line.contains("未填，按“否”计")),
        "{:?}",
        presumed.working
    );
}

#[test]
fn an_answer_of_yes_needs_named_evidence() {
    let rescored = recomputed("asset_safety", "assets_kept 是; asset_disposal 否");
    assert_eq!(
        (range(&rescored).as_str(), &crate::engine::settled(&rescored.settled_by)[..]),
        ("0.00..1.00", &["evidence:assets_kept".to_owned()][..])
    );
    holds(
        "asset_safety",
        &[("assets_kept 是*; asset_disposal 是*", "2.00"), ("assets_kept 否; asset_disposal 否", "0.00")],
    );
}

#[test]
fn a_fund_rated_poor_costs_its_criterion_only() {
    let others = "monitoring_in_place 是*; supervision_done 是*";
    holds(
        "project_supervision",
        &[
            (&format!("{others}; fund_rated_poor 是"), "1.00"),
            (&format!("{others}; fund_rated_poor 否"), "2.00"),
            (others, "1.00..2.00"),
            ("monitoring_in_place 是*; supervision_done 否", "1.00"),
        ],
    );
    assert_eq!(crate::engine::settled(&recomputed("project_supervision", others).settled_by), ["fund_rated_poor"]);
}

#[test]
fn a_judgement_is_anything_up_to_its_points() {
    let rescored = recomputed("benefits", "");
    assert_eq!(
        (range(&rescored).as_str(), &crate::engine::settled(&rescored.settled_by)[..]),
        ("0.00..25.00", &["judgement".to_owned()][..])
    );
}

#[test]
fn a_missing_quarter_leaves_the_uncapped_readings_open_to_all_points() {
    let rescored = recomputed("budget_execution", "q1_progress 25; q2_progress 25; q3_progress 75");
    // 1 + 0.5 + 1 is earned; the fourth quarter adds up to 1, the average up to 2, uncapped anything up to 6.
    assert_eq!(
        readings(&rescored),
        "capped 2.50..5.50, capped_quarters 2.50..5.50, uncapped 2.50..6.00, mean_of_progress 2.50..6.00"
    );
    assert_eq!(crate::engine::settled(&rescored.settled_by), ["q4_progress"]);
    assert_eq!(rescored.default, None);
}

#[test]
fn a_started_percentage_point_can_count_whole() {
    let text = small_card(
        r#"kind = "step_deduction"
value = "spent ÷ planned"
limit = "10%"
per_point = 10
steps = "started""#,
    );
    for (spent, wanted) in [("10", "100.00"), ("10.01", "90.00"), ("11", "90.00"), ("11.01", "80.00"), ("30", "0.00")] {
        assert_eq!(range(&of_small_card(&text, &format!("spent {spent}; planned 100"))), wanted, "{spent}");
    }
}

/// The score and the criterion's own line for a rule worth 100 points over the amounts `spent` and `planned`.
fn told(rule: &str, facts: &str) -> (String, String) {
    let rule = format!("{rule}\nzero_when = [{{ value = \"planned\", above = 1000000 }}]");
    let mut card = small_card(&rule);
    if rule.contains("count_deduction") {
        card = card.replacen("kind = \"money\"\nunit = \"万元\"", "kind = \"count\"\nunit = \"项\"", 1);
    }
    let rescored = of_small_card(&card, facts);
    (range(&rescored), crate::engine::told(&rescored.working).remove(0))
}

#[test]
fn a_band_holds_its_edges_as_it_says_in_whatever_order_the_bands_stand() {
    let bands = ["{ above = 10, points = 0 }", "{ from = 5, to = 10, points = 50 }", "{ below = 5, points = 100 }"];
    for order in [[0, 1, 2], [2, 1, 0], [0, 2, 1], [2, 0, 1]] {
        let listed = order.map(|at| bands[at]).join(", ");
        let rule = format!("kind = \"bands\"\nvalue = \"spent\"\nbands = [{listed}]");
        for (spent, score, band) in [
            ("4.99", "100.00", "不足 5"),
            ("5", "50.00", "5（含）至 10（含）"),
            ("10", "50.00", "5（含）至 10（含）"),
            ("10.01", "0.00", "超过 10"),
        ] {
            let (range, line) = told(&rule, &format!("spent {spent}; planned 1"));
            assert_eq!(range, score, "{spent} in {listed}");
            assert_eq!(
                line,
                format!("支出 {spent}，属“{band}”一档 → {} 分", score.trim_end_matches(".00")),
                "{listed}"
            );
        }
    }
}

#[test]
fn a_deduction_stops_at_what_the_clause_leaves_at_least() {
    let faults = "kind = \"count_deduction\"\nvalue = \"spent\"\neach = 30\nleast = 25";
    let steps = "kind = \"step_deduction\"\nvalue = \"spent ÷ planned\"\nlimit = \"10%\"\nper_point = 4\nleast = 25";
    for (rule, facts, score) in [
        // 100 − 60, 100 − 90 and below.
        (faults, "spent 2; planned 1", "40.00"),
        (faults, "spent 3; planned 1", "25.00"),
        (faults, "spent 900; planned 1", "25.00"),
        // 100 − 4 × 18 = 28, 100 − 4 × 19 = 24.
        (steps, "spent 28; planned 100", "28.00"),
        (steps, "spent 29; planned 100", "25.00"),
        // What makes it 0 goes before.
        (faults, "spent 900; planned 1000001", "0.00"),
    ] {
        assert_eq!(told(rule, facts).0, score, "{rule} with {facts}");
    }
}

#[test]
fn what_each_kind_of_rule_counted_is_written_out() {
    let ratio =
        |value: &str, target: &str| format!("kind = \"proportion\"\nvalue = \"{value}\"\ntarget = \"{target}\"");
    let faults = "kind = \"count_deduction\"\nvalue = \"spent\"\neach = 30";
    let steps = "kind = \"step_deduction\"\nvalue = \"spent ÷ planned\"\nlimit = \"10%\"\nper_point = 4";
    let exactly = "kind = \"bands\"\nvalue = \"spent\"\nbands = [{ is = 0, points = 100 }, { above = 0, points = 0 }]";
    for (rule, facts, score, line) in [
        (faults.to_owned(), "spent 2; planned 1", "40.00", "支出 2 项，100 − 30 × 2 → 40 分"),
        (faults.to_owned(), "spent 0; planned 1", "100.00", "支出 0 项，100 − 30 × 0 → 100 分"),
        (faults.to_owned(), "spent 9; planned 1", "0.00", "支出 9 项，100 − 30 × 9 → 0 分"),
        (steps.to_owned(), "spent 10; planned 100", "100.00", "one 10 ÷ 100 = 10%，未超过 10% → 100.00 分"),
        (
            steps.to_owned(),
            "spent 15; planned 100",
            "80.00",
            "one 15 ÷ 100 = 15%，超过 10%，超出部分按 5 个百分点计，100 − 4 × 5 → 80.00 分",
        ),
        (
            steps.to_owned(),
            "spent 90; planned 100",
            "0.00",
            "one 90 ÷ 100 = 90%，超过 10%，超出部分按 80 个百分点计，100 − 4 × 80 → 0.00 分",
        ),
        (exactly.to_owned(), "spent 0; planned 1", "100.00", "支出 0，属“等于 0”一档 → 100 分"),
        (exactly.to_owned(), "spent 1; planned 1", "0.00", "支出 1，属“超过 0”一档 → 0 分"),
        (
            ratio("spent + planned", "100"),
            "spent 30; planned 20",
            "50.00",
            "one (30 + 20) ÷ 100 = 0.5，× 100 → 50.00 分",
        ),
        (ratio("spent × 2", "100"), "spent 30; planned 1", "60.00", "one 30 × 2 ÷ 100 = 0.6，× 100 → 60.00 分"),
        (
            ratio("spent", "spent + planned"),
            "spent 30; planned 30",
            "50.00",
            "one 30 ÷ (30 + 30) = 0.5，× 100 → 50.00 分",
        ),
        (ratio("spent", "1"), "spent 0.4; planned 30", "40.00", "one 0.4 = 0.4，× 100 → 40.00 分"),
        (ratio("spent", "planned"), "spent 2; planned 3", "66.67", "one 2 ÷ 3 ≈ 0.6667，× 100 → 约 66.6667 分"),
        (ratio("spent", "planned"), "spent 3; planned 3", "100.00", "one 3 ÷ 3 = 1，× 100 → 100.00 分"),
        (ratio("spent", "planned"), "spent 4; planned 2", "100.00", "one 4 ÷ 2 = 2，以 1 为限，× 100 → 100.00 分"),
        (
            ratio("spent", "planned"),
            "spent 3; planned 0",
            "0.00..100.00",
            "one：分母“预算”为 0，无法计算，得 0 至 100 分",
        ),
        (
            ratio("spent", "planned"),
            "spent 0; planned 0",
            "0.00..100.00",
            "one：“预算”为 0，0 ÷ 0 不适用，得 0 至 100 分",
        ),
        (
            ratio("spent", "planned"),
            "planned 0",
            "0.00..100.00",
            "one：未填报“支出”；“预算”的填报内容无法采用，得 0 至 100 分",
        ),
        (
            ratio("spent", "planned"),
            "spent ?; planned 不适用",
            "0.00..100.00",
            "one：“支出”的填报内容无法采用；“预算”填报为不适用，得 0 至 100 分",
        ),
        (ratio("spent", "planned"), "", "0.00..100.00", "one：未填报“支出”、“预算”，得 0 至 100 分"),
    ] {
        assert_eq!(told(&rule, facts), (score.to_owned(), line.to_owned()), "{rule} with {facts}");
    }
}

#[test]
fn two_conditions_that_are_both_open_leave_everything_open_and_name_their_facts() {
    let rule = "kind = \"proportion\"\nvalue = \"spent\"\ntarget = 100\nzero_when = [{ value = \"planned\", above = 1000 }]\n\
                full_when = [{ value = \"planned\", below = 10 }]";
    let open = of_small_card(&small_card(rule), "spent 40");
    assert_eq!(
        (range(&open), crate::engine::settled(&open.settled_by)),
        ("0.00..100.00".to_owned(), vec!["planned".to_owned()])
    );
}

#[test]
fn what_would_settle_a_quotient_is_its_unknown_part_and_a_denominator_of_nothing() {
    let settled = |rule: &str, facts: &str| {
        let rescored = of_small_card(&small_card(rule), facts);
        (range(&rescored), crate::engine::settled(&rescored.settled_by).join(" "))
    };
    let steps = |value: &str| format!("kind = \"step_deduction\"\nvalue = \"{value}\"\nlimit = \"10%\"\nper_point = 4");
    let sum = "kind = \"proportion\"\nvalue = \"spent + planned\"\ntarget = 100";
    let open = |names: &str| ("0.00..100.00".to_owned(), names.to_owned());
    assert_eq!(settled(sum, "planned 0"), open("spent"));
    assert_eq!(settled(sum, ""), open("spent planned"));
    assert_eq!(settled(&steps("spent ÷ planned"), "planned 0"), open("spent planned"));
    assert_eq!(settled(&steps("spent ÷ planned"), "planned 5"), open("spent"));
    assert_eq!(settled(&steps("spent ÷ planned"), "spent 5"), open("planned"));
    let less = steps("spent ÷ planned − 1 × 2%");
    assert_eq!(settled(&less, "planned 0"), open("spent planned"));
    // 20 % − 2 % = 18 %: 8 points over, 4 each.
    assert_eq!(settled(&less, "spent 20; planned 100"), ("68.00".to_owned(), String::new()));
}

#[test]
fn a_denominator_names_its_facts_and_not_another_criterion() {
    let rule = "kind = \"proportion\"\nvalue = \"spent\"\ntarget = 100\n\n[[indicators.criteria]]\nid = \"two\"\npoints = 50\n\
                clause = \"2. 如下。\"\nkind = \"proportion\"\nvalue = \"spent ÷ planned\"\ntarget = \"one + spent ÷ planned\"";
    let card = small_card(rule).replacen(
        "points = 100\nclause = \"1. 如下。\"\nkind",
        "points = 50\nclause = \"1. 如下。\"\nkind",
        1,
    );
    let rescored = of_small_card(&card, "spent 0; planned 5");
    assert_eq!(
        (range(&rescored), crate::engine::settled(&rescored.settled_by).join(" ")),
        ("0.00..50.00".to_owned(), "spent planned".to_owned())
    );
    let facts: Vec<_> = rescored.zero_denominators.iter().map(|zero| zero.facts.join(" ")).collect();
    assert_eq!(facts, ["spent planned"]);
}
