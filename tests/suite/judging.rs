//! Verdicts, differences, points by verdict, totals and grades: from the clauses and the worked examples.

use fuhe::audit::{Finding, Origin, Severity, Verdict};
use fuhe::submission::{CompletionTable, Submission};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::said::{Said, audit_of_line, line_of};
use crate::submitted::*;

fn seed() -> Submission {
    let mut submission = submitted(SEED_CLAIMS, SEED_FACTS);
    submission.total = total("92.00");
    submission.grade = grade("优");
    submission.completion = Some(CompletionTable {
        kpis: kpis(
            "产出指标/数量指标/信息系统登记保护测评数量 1次 1次; 质量指标/档案材料完整率 100% 100%;
             成本指标/预算执行率 ≥95% ≥95%; 效益指标/经济效益指标 - -; 社会效益指标/网站更完善 有效建设 有效建设;
             生态效益指标 - -; 满意度指标/使用人员满意 100% 100%; 可持续影响指标 - -",
        ),
        ..completion(
            "基本支出 757.06 757.06 740.17 740.17; 信息化系统维护 649.52 649.52 646.33 646.33;
             预算准备金 34.91 34.91 34.91 34.91; 综合事务管理 259.56 259.56 259.56 259.56;
             合计 1701.05 1701.05 1680.97 1680.97",
        )
    });
    let quarters = "其中，2019年第一季度预算执行进度为27.22%，第二季度预算执行进度为48.45%";
    for (fact, value) in [("q1_progress", "27.22"), ("q2_progress", "48.45")] {
        let mut quote = quote(fact, value, quarters);
        quote.other_year = Some(2019);
        submission.quotes.push(quote);
    }
    submission.quotes.push(denial("petition_channel", "所以并不存在群众信访机制"));
    submission
}

#[test]
fn the_seed_report_number_by_number() {
    let audit = audited(seed());
    let recomputed = audit.recomputed.clone().expect("an audit");
    assert_eq!((recomputed.low, recomputed.high), (number("22.10"), Some(number("98.95"))));
    assert_eq!((recomputed.ceiling, recomputed.grade_ceiling.as_str()), (number("91.00"), "优"));
    assert_eq!((recomputed.grade_low.as_str(), recomputed.grade_high.as_deref()), ("差", Some("优")));
    let points = audit.points.clone().expect("an audit");
    assert_eq!(points.agreed, number("20"));
    assert_eq!(points.overstated, number("1"));
    assert_eq!(points.understated, number("2.10"));
    assert_eq!(points.unverifiable, number("71"));
    let execution = indicator(&audit, "budget_execution");
    assert_eq!((execution.verdict, execution.difference), (Verdict::Understated, number("2.10")));
    let funds = indicator(&audit, "public_funds_control");
    assert_eq!((funds.verdict, funds.difference), (Verdict::Overstated, number("1.00")));
    let procurement = indicator(&audit, "procurement");
    assert_eq!(procurement.verdict, Verdict::Unverifiable);
    assert_eq!(crate::engine::settled(&procurement.settled_by), ["procurement_plan", "procurement_policy"]);
}

#[test]
fn what_else_the_seed_report_shows() {
    let audit = audited(seed());
    let mut codes: Vec<&str> = audit.findings.iter().map(|finding| finding.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(
        codes,
        [
            "aspects-too-few",
            "fact-missing",
            "not-measurable",
            "overstated-score",
            "understated-score",
            "unverifiable-score",
            "year-mismatch"
        ]
    );
    // What each is about, and where it stands.
    let about = |code: &str| -> Vec<String> {
        let shown = |part: &Option<String>| part.clone().unwrap_or_default();
        let place = |finding: &fuhe::audit::Finding| finding.source.as_ref().map(|source| source.cell.clone());
        let line = |one: &fuhe::audit::Finding| {
            format!("{} {} {}", shown(&one.indicator), shown(&one.fact), shown(&place(one)))
        };
        found(&audit, code).into_iter().map(line).collect()
    };
    assert_eq!(about("aspects-too-few"), ["benefits  F20"]);
    assert_eq!(about("not-measurable"), ["benefits  F22"]);
    assert_eq!(about("overstated-score"), ["public_funds_control  H19"]);
    assert_eq!(about("year-mismatch"), ["budget_execution  A9"]);
    let missing = about("fact-missing");
    assert!(missing.contains(&"procurement procurement_plan ".to_owned()), "{missing:?}");
    assert!(missing.contains(&" staff_actual ".to_owned()), "two indicators use it: {missing:?}");
    let years = found(&audit, "year-mismatch");
    assert_eq!(years.len(), 1, "one sentence, one finding");
    assert!(years[0].message().contains("2019") && years[0].message().contains("48.45%"), "{}", years[0].message());
    let unverifiable = found(&audit, "unverifiable-score");
    let petitions = unverifiable.iter().find(|told| told.indicator.as_deref() == Some("petitions")).expect("told");
    assert!(petitions.message().contains("信访"), "the denial is quoted: {}", petitions.message());
    assert_eq!(indicator(&audit, "petitions").verdict, Verdict::Unverifiable);
    let quoted = audit.facts.iter().find(|fact| fact.id == "petition_channel").expect("quoted");
    assert_eq!((quoted.value.as_str(), quoted.candidate, quoted.origin), ("否", false, Origin::Narrative));
}

#[test]
fn the_bureaus_own_example_is_overstated_by_three() {
    let facts = full_facts_but("q1_progress 10; q2_progress 20; q3_progress 37.5; q4_progress 70");
    let audit = audited(submitted(FULL_CLAIMS, &facts));
    let finding = found(&audit, "overstated-score")[0];
    assert_eq!(finding.difference, Some(number("3.00")));
    assert_eq!((finding.low, finding.high), (Some(number("2.69")), Some(number("3.00"))));
    assert_eq!(finding.severity, Severity::Error);
    assert!(
        finding.message().contains("自评 6 分") && finding.message().contains("高出 3.00 分"),
        "{}",
        finding.message()
    );
    assert!(!finding.message().contains("虚报"));
}

/// The verdict on `claim` for the quarters 27.22, 48.45, 69.22, 98.82 %: default 5.82, readings 5.10 to 5.95.
fn on_quarters(claim: &str) -> (Verdict, Decimal) {
    let facts = full_facts_but("q1_progress 27.22; q2_progress 48.45; q3_progress 69.22; q4_progress 98.82");
    let audit = audited(submitted(&full_but(&format!("budget_execution {claim}")), &facts));
    let execution = indicator(&audit, "budget_execution");
    (execution.verdict, execution.difference)
}

#[test]
fn the_tolerance_belongs_to_the_claim() {
    assert_eq!(on_quarters("5.83"), (Verdict::Agrees, number("0")));
    assert_eq!(on_quarters("5.81"), (Verdict::Agrees, number("0")));
    assert_eq!(on_quarters("5.84"), (Verdict::ReadingDependent, number("0")));
    assert_eq!(on_quarters("5.96"), (Verdict::ReadingDependent, number("0")));
    assert_eq!(on_quarters("5.97"), (Verdict::Overstated, number("0.02")));
    assert_eq!(on_quarters("5.09"), (Verdict::ReadingDependent, number("0")));
    assert_eq!(on_quarters("5.08"), (Verdict::Understated, number("0.02")));
}

#[test]
fn a_claim_between_two_readings_is_not_called_overstated() {
    assert_eq!(on_quarters("5.90").0, Verdict::ReadingDependent);
}

#[test]
fn a_claim_that_a_reading_gives_names_the_reading() {
    let facts = full_facts_but("q1_progress 27.22; q2_progress 48.45; q3_progress 69.22; q4_progress 98.82");
    let audit = audited(submitted(&full_but("budget_execution 5.95"), &facts));
    let finding = found(&audit, "reading-dependent-score")[0];
    assert_eq!(finding.explanation, Some(fuhe::slip::Slip::Reading("uncapped".to_owned())));
    let card = shenzhen().card().expect("a card");
    let execution = card.indicators.iter().find(|indicator| indicator.id == "budget_execution").expect("an indicator");
    let says = |id: &str| execution.readings.iter().find(|reading| reading.id == id).expect("a reading").says.as_str();
    let named = |says: &str| finding.message().contains(&format!("口径“{says}”"));
    let named = execution.readings.iter().map(|reading| reading.says.as_str()).filter(|says| named(says));
    assert_eq!(named.collect::<Vec<_>>(), [says("uncapped")], "{}", finding.message());
}

#[test]
fn a_claim_within_the_tolerance_of_a_reading_names_it_and_one_between_readings_names_none() {
    let facts = full_facts_but("q1_progress 27.22; q2_progress 48.45; q3_progress 69.22; q4_progress 98.82");
    let said = |claim: &str| {
        let audit = audited(submitted(&full_but(&format!("budget_execution {claim}")), &facts));
        let message = found(&audit, "reading-dependent-score")[0].message().replace(claim, "…");
        message.split_inclusive('。').next().unwrap().to_owned()
    };
    assert_eq!(said("5.94"), said("5.95"), "uncapped");
    assert_eq!(said("5.87"), said("5.86"), "capped_quarters");
    assert_ne!(said("5.86"), said("5.95"));
    assert!(said("5.90").contains("介于各口径"), "{}", said("5.90"));
}

#[test]
fn a_missing_fact_that_could_justify_the_claim_forbids_overstated() {
    let audit = audited(submitted(FULL_CLAIMS, &full_facts_but("q3_progress -; q1_progress 10")));
    let execution = indicator(&audit, "budget_execution");
    assert_eq!((execution.high, execution.verdict), (Some(number("6")), Verdict::Unverifiable));
    assert_eq!(crate::engine::settled(&execution.settled_by), ["q3_progress"]);
}

#[test]
fn what_a_missing_fact_cannot_justify_is_overstated_and_the_rest_unverifiable() {
    // One of five answers is 否, another is not given: 3 to 4 points, claimed 5.
    let audit = audited(submitted(FULL_CLAIMS, &full_facts_but("budget_fits_duties 否; funds_prioritised -")));
    let budget = indicator(&audit, "budget_reasonableness");
    assert_eq!((budget.verdict, budget.difference), (Verdict::Overstated, number("1.00")));
    let points = audit.points.clone().expect("an audit");
    assert_eq!((points.overstated, points.unverifiable), (number("1"), number("4") + number("25")));
    assert!(found(&audit, "overstated-score")[0].message().contains("最高可认定 4.00 分"));
}

#[test]
fn an_understated_claim_counts_as_agreed_only_when_nothing_is_missing() {
    let audit = audited(submitted(&full_but("key_tasks 4; petitions 0"), &full_facts_but("petition_channel -")));
    let points = audit.points.clone().expect("an audit");
    assert_eq!(points.understated, number("4") + number("2"));
    // All 100 points but 8, 3 and 25, and the 4 claimed of the 8.
    assert_eq!(points.agreed, number("64") + number("4"));
    assert_eq!(points.unverifiable, number("25"));
}

#[test]
fn points_at_risk_are_what_is_claimed_above_the_low_end() {
    let audit = audited(submitted(FULL_CLAIMS, &full_facts_but("petition_channel 是")));
    let petitions = indicator(&audit, "petitions");
    assert_eq!((petitions.verdict, petitions.difference), (Verdict::Unverifiable, number("1.00")));
    assert_eq!(crate::engine::settled(&petitions.settled_by), ["evidence:petition_channel"]);
}

fn severity_of(claim: &str, quarter: &str) -> (Severity, Option<String>) {
    let facts = full_facts_but(&format!("projects_finished {quarter}; projects_planned 100"));
    let audit = audited(submitted(&full_but(&format!("project_timeliness {claim}")), &facts));
    let findings = audit.findings.iter();
    let mut of_score = findings.filter(|finding| finding.indicator.as_deref() == Some("project_timeliness"));
    let finding = of_score.next().expect("a disputed score");
    (finding.severity, finding.explanation.as_ref().map(ToString::to_string))
}

#[test]
fn a_difference_by_rounding_is_said_for_completeness_only() {
    // 6 × 97 ÷ 100 = 5.82
    assert_eq!(severity_of("6", "97"), (Severity::Info, Some("rounded".to_owned())));
    assert_eq!(severity_of("5.8", "97"), (Severity::Info, Some("rounded".to_owned())));
    assert_eq!(severity_of("6.0", "97"), (Severity::Warning, Some("full-marks".to_owned())));
    assert_eq!(severity_of("5.9", "97").0, Severity::Warning);
    // 6 × 91 ÷ 100 = 5.46: 5 is the rounded score, half a point is no matter then; 5.96 is material.
    assert_eq!(severity_of("5", "91").0, Severity::Info);
    assert_eq!(severity_of("5.96", "91").0, Severity::Error);
    assert_eq!(severity_of("5.95", "91").0, Severity::Warning);
}

#[test]
fn a_claim_above_the_points_is_overstated_and_told_as_such() {
    let audit = audited(submitted(&full_but("goal_completeness 8"), FULL_FACTS));
    let goal = indicator(&audit, "goal_completeness");
    assert_eq!((goal.verdict, goal.difference), (Verdict::Overstated, number("5.00")));
    assert_eq!(found(&audit, "score-above-points").len(), 1);
    assert_eq!(found(&audit, "overstated-score").len(), 1);
}

#[test]
fn invalid_claims_count_nothing_and_add_nothing_to_the_ceiling() {
    let audit = audited(submitted(&full_but("key_tasks -; petitions ?; satisfaction -1; disclosure ."), FULL_FACTS));
    for id in ["key_tasks", "petitions", "satisfaction", "disclosure"] {
        let invalid = indicator(&audit, id);
        assert_eq!((invalid.verdict, invalid.difference), (Verdict::Invalid, number("0")));
    }
    assert_eq!(indicator(&audit, "satisfaction").claimed, Some(number("-1")));
    assert_eq!(indicator(&audit, "petitions").claimed, None);
    assert_eq!(audit.recomputed.clone().expect("an audit").ceiling, number("80"));
    assert_eq!(audit.points.clone().expect("an audit").invalid, number("0"));
}

#[test]
fn a_claim_beyond_any_card_is_no_score() {
    let huge = "79228162514264337593543950335";
    let audit = audited(submitted(&full_but(&format!("key_tasks {huge}; petitions -{huge}")), FULL_FACTS));
    assert_eq!(indicator(&audit, "key_tasks").verdict, Verdict::Invalid);
    assert_eq!(indicator(&audit, "petitions").verdict, Verdict::Invalid);
    let edge = audited(submitted(&full_but("key_tasks 1000000000; petitions 1000000000.01"), FULL_FACTS));
    assert_eq!(indicator(&edge, "key_tasks").verdict, Verdict::Overstated);
    assert_eq!(indicator(&edge, "petitions").verdict, Verdict::Invalid);
}

#[test]
fn a_row_given_twice_with_one_score_counts_once() {
    let mut submission = submitted(FULL_CLAIMS, FULL_FACTS);
    submission.claims.push(claim("key_tasks", 40, "8.00"));
    let audit = audited(submission);
    assert_eq!(indicator(&audit, "key_tasks").verdict, Verdict::Agrees);
    assert_eq!(found(&audit, "indicator-duplicated")[0].severity, Severity::Info);
    let points = audit.points.expect("an audit");
    assert_eq!(points.agreed + points.unverifiable, number("100"));
}

#[test]
fn a_row_given_twice_with_different_scores_is_invalid() {
    let mut submission = submitted(FULL_CLAIMS, FULL_FACTS);
    submission.claims.push(claim("key_tasks", 40, "4"));
    let audit = audited(submission);
    assert_eq!(indicator(&audit, "key_tasks").verdict, Verdict::Invalid);
    assert_eq!(indicator(&audit, "key_tasks").claimed, None);
    assert_eq!(found(&audit, "indicator-duplicated")[0].severity, Severity::Error);
}

/// The slip that explains `claim` for an indicator.
fn slip(indicator: &str, claim: &str, facts: &str) -> Option<String> {
    let audit = audited(submitted(&full_but(&format!("{indicator} {claim}")), &full_facts_but(facts)));
    let is_it = |finding: &&Finding| finding.claimed.is_some() && finding.indicator.as_deref() == Some(indicator);
    audit.findings.iter().find(is_it)?.explanation.as_ref().map(ToString::to_string)
}

#[test]
fn slips_that_reproduce_a_claim_exactly_are_named() {
    // 75 % in use earns 0.7; the band below earns 0.4.
    assert_eq!(slip("asset_utilisation", "0.4", "assets_in_use 75").as_deref(), Some("adjacent-band"));
    // 74 % earns 0.4; the band above earns 0.7.
    assert_eq!(slip("asset_utilisation", "0.7", "assets_in_use 74").as_deref(), Some("adjacent-band"));
    // 11 of 89 + 11 is 11 %, so 0; 1 is all the points (and two bands away).
    assert_eq!(
        slip("contract_staff_control", "1", "contract_staff 11; staff_actual 89").as_deref(),
        Some("full-marks")
    );
    // 10 ÷ (91 + 10) is 9.90 %, so 0.5; divided by the 91 alone it is 10.99 %, so 0: the next band says the same first.
    assert_eq!(
        slip("contract_staff_control", "0", "contract_staff 10; staff_actual 91").as_deref(),
        Some("adjacent-band")
    );
    // 0.8 + 0.8 + 0.8 + 0.8 + 2 × 0.8 = 4.80; against 100 % in every quarter 0.2 + 0.4 + 0.6 + 0.8 + 2 × 0.5 = 3.00.
    let four_fifths = "q1_progress 20; q2_progress 40; q3_progress 60; q4_progress 80";
    assert_eq!(slip("budget_execution", "3", four_fifths).as_deref(), Some("other-denominator"));
    // The same as fractions taken for percentages: 4.80 ÷ 100, rounded 0.05.
    assert_eq!(slip("budget_execution", "0.05", four_fifths).as_deref(), Some("percent-as-fraction"));
    // 1 × 9 ÷ 10 + 1 = 1.90; with the plan taken for 元 there is more bought than planned, which earns 0.
    assert_eq!(slip("procurement", "1", "procurement_actual 9").as_deref(), Some("unit-slip"));
    // A rate of control that is sorted into bands: 10,000 times any of them ends in the last band, which explains nothing.
    // 3.8 ÷ 4 is 95 %, so 2, and 110 ÷ 100 is over 100 %, so 0; 5 is what 0.011 ÷ 100 would earn.
    let over = "sangong_actual 3.8; sangong_budget 4; routine_actual 110; routine_budget 100";
    assert_eq!(slip("public_funds_control", "5", over), None);
    assert_eq!(slip("budget_execution", "4.44", four_fifths), None);
}

/// A card of two criteria of 50 points each: the rule given, and a judgement on how much of `other` is `planned`. Its
/// facts are the amounts `spent`, `planned`, `reserve`, `other` and the head count `people`.
fn two_criteria(rule: &str) -> fuhe::rulebook::Rulebook {
    let fact = |id: &str, kind: &str| format!("[[facts]]\nid = \"{id}\"\nlabel = \"{id}\"\n{kind}\n\n");
    let money = "kind = \"money\"\nunit = \"万元\"";
    let facts = fact("reserve", money) + &fact("other", money) + &fact("people", "kind = \"count\"\nunit = \"人\"");
    let rules = format!(
        "{rule}\nzero_when = [{{ value = \"people\", above = \"1000\" }}, {{ value = \"reserve\", above = \"1000\" }}]\n\n[[indicators.criteria]]\nid = \"two\"\npoints = 50\n\
         clause = \"2. 如下。\"\nkind = \"proportion\"\nvalue = \"other\"\ntarget = \"1000\""
    );
    let card = crate::engine::small_card(&rules)
        .replacen("points = 100\nclause = \"1. 如下。\"\nkind", "points = 50\nclause = \"1. 如下。\"\nkind", 1)
        .replacen("[[indicators]]", &(facts + "[[indicators]]"), 1);
    fuhe::rulebook::load("two.toml", &card).expect("a rulebook without flaws")
}

/// The slip that explains `claim` for the only indicator of a card; `none` without a finding.
fn slip_of(card: &fuhe::rulebook::Rulebook, claimed: &str, facts: &str) -> String {
    let facts = facts.split(';').enumerate().map(|(row, line)| fact(line.trim(), row + 3)).collect();
    let submission = Submission {
        unit: Some(sourced("某局".to_owned(), cell("评分表", "B2", "某局"))),
        claims: vec![claim("only", 5, claimed)],
        facts,
        ..Submission::default()
    };
    let audit = audited_by(card, submission);
    let finding = audit.findings.iter().find(|finding| finding.claimed.is_some() && finding.indicator.is_some());
    let finding = finding.unwrap_or_else(|| panic!("a finding about {claimed}: {audit:#?}"));
    finding.explanation.as_ref().map(ToString::to_string).unwrap_or_default()
}

#[test]
fn a_claim_that_counts_more_than_the_target_is_named_uncapped_and_no_other() {
    let card = two_criteria("kind = \"proportion\"\nvalue = \"spent\"\ntarget = \"planned\"");
    // 120 of 100 earns 50; without the cap 60.
    let facts = "spent 120; planned 100; reserve 7; other 0; people 10";
    assert_eq!(slip_of(&card, "60", facts), "uncapped");
    assert_eq!(slip_of(&card, "61", facts), "");
    let uncapped = two_criteria("kind = \"proportion\"\nvalue = \"spent\"\ntarget = \"planned\"\ncap = false");
    // 60 + 50 × 100/1000 = 65; without a cap in the second criterion it stays 65.
    assert_eq!(slip_of(&uncapped, "61", "spent 120; planned 100; reserve 7; other 100; people 10"), "");
}

#[test]
fn the_points_of_either_neighbour_are_named_and_those_of_no_other_band() {
    let card = two_criteria(
        "kind = \"bands\"\nvalue = \"spent ÷ planned\"\nbands = [{ from = \"90%\", points = 50 }, { from = \"75%\", \
         below = \"90%\", points = 35 }, { from = \"60%\", below = \"75%\", points = 20 }, { below = \"60%\", points = 0 }]",
    );
    let said = |spent: u32, claimed: &str| {
        slip_of(&card, claimed, &format!("spent {spent}; planned 100; reserve 100; other 0; people 10"))
    };
    for (spent, neighbours) in [(95, ["35", ""]), (80, ["50", "20"]), (70, ["35", "0"]), (50, ["20", ""])] {
        for claimed in ["50", "35", "20", "0"] {
            let own = matches!((spent, claimed), (95, "50") | (80, "35") | (70, "20") | (50, "0"));
            if !own {
                let neighbour = said(spent, claimed) == "adjacent-band";
                assert_eq!(neighbour, neighbours.contains(&claimed), "{spent} of 100, {claimed} claimed");
            }
        }
    }
}

#[test]
fn a_claim_over_another_denominator_is_named_for_every_rule_that_divides() {
    // 30 of 60 + 40 is 30 %, of 60 alone 50 %, of itself 100 %, and of 20 people 150 %.
    let facts = "spent 30; planned 60; reserve 40; other 0; people 20";
    let bands = "bands = [{ from = \"90%\", points = 50 }, { from = \"70%\", below = \"90%\", points = 45 }, { from = \"50%\", \
                 below = \"70%\", points = 30 }, { from = \"40%\", below = \"50%\", points = 20 }, { below = \"40%\", points = 0 }]";
    // Half a point less for each point above 20 %: 45, 35, 10 and 0.
    let steps = "limit = \"20%\"\nper_point = 0.5";
    for (rule, of_part, of_itself) in [
        ("kind = \"proportion\"\nvalue = \"spent\"\ntarget = \"planned + reserve\"".to_owned(), "25", "50"),
        (format!("kind = \"bands\"\nvalue = \"spent ÷ (planned + reserve)\"\n{bands}"), "30", "50"),
        (format!("kind = \"step_deduction\"\nvalue = \"spent ÷ (planned + reserve)\"\n{steps}"), "35", "10"),
    ] {
        let card = two_criteria(&rule);
        assert_eq!(slip_of(&card, of_part, facts), "other-denominator", "{rule}");
        assert_ne!(slip_of(&card, of_itself, facts), "other-denominator", "{rule}");
        assert_eq!(slip_of(&card, "49", facts), "", "{rule}");
    }
}

/// A submission with some facts missing and any claims.
fn any_submission() -> impl Strategy<Value = (Vec<String>, Vec<bool>)> {
    let score = prop_oneof![
        (0u32..1000).prop_map(|hundredths| format!("{}.{:02}", hundredths / 100, hundredths % 100)),
        Just("-".to_owned()),
        Just("?".to_owned()),
        Just("-2".to_owned()),
        Just(".".to_owned()),
        Just("6".to_owned())
    ];
    (prop::collection::vec(score, 21), prop::collection::vec(any::<bool>(), FULL_FACTS.split(';').count()))
}

fn some_facts(kept: &[bool]) -> String {
    let lines = FULL_FACTS.split(';').map(str::trim).zip(kept);
    lines.filter(|(_, kept)| **kept).map(|(line, _)| line).collect::<Vec<_>>().join("; ")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn points_by_verdict_add_up_to_the_claims((claims, kept) in any_submission()) {
        let audit = audited(submitted(&claims.join(" "), &some_facts(&kept)));
        let points = audit.points.expect("an audit");
        let claimed: Decimal = audit.indicators.iter().filter(|indicator| indicator.verdict != Verdict::Invalid)
            .filter_map(|indicator| indicator.claimed).sum();
        let parts = points.agreed + points.overstated + points.reading_dependent + points.unverifiable + points.invalid;
        prop_assert_eq!(parts, claimed);
    }

    #[test]
    fn raising_a_claim_never_lowers_what_is_above_nor_raises_what_is_below(
        (claims, kept) in any_submission(), at in 0usize..21, low in 0u32..900, step in 0u32..300,
    ) {
        let with = |hundredths: u32| {
            let mut claims = claims.clone();
            claims[at] = format!("{}.{:02}", hundredths / 100, hundredths % 100);
            let audit = audited(submitted(&claims.join(" "), &some_facts(&kept)));
            let judged = audit.indicators[at].clone();
            let claimed = judged.claimed.expect("a score");
            let above = (claimed - judged.high.expect("a high end")).max(Decimal::ZERO);
            let below = (judged.low - claimed).max(Decimal::ZERO);
            let is_slip = |finding: &&fuhe::audit::Finding| {
                finding.code == fuhe::checks::Code::UnitAmbiguous && finding.indicator.as_ref() == Some(&judged.id)
            };
            (above, below, judged.verdict, audit.findings.iter().any(|finding| is_slip(&finding)))
        };
        let (lower, higher) = (with(low), with(low + step));
        // A decimal point that slipped lets its figure be read in two ways for the one claim that it gives: that one is open.
        let tolerated = Decimal::new(1, 2);
        let slipped = [&lower, &higher].into_iter().filter(|one| one.3);
        for one in slipped {
            // Off by no more than the card tolerates, 0.01, it is held against nobody.
            prop_assert!(one.0 <= tolerated && one.1 <= tolerated, "{one:?}");
            prop_assert!(!matches!(one.2, Verdict::Overstated | Verdict::Understated), "{one:?}");
        }
        if !lower.3 && !higher.3 {
            prop_assert!(higher.0 >= lower.0 && higher.1 <= lower.1);
            prop_assert!(lower.2 != Verdict::Overstated || higher.2 == Verdict::Overstated);
        }
    }
}

/// Any value a source may give for a fact: plausible, odd, out of range, unreadable, in two units, not applicable.
fn any_value() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "是",
        "是*",
        "否",
        "按规定公开",
        "未公开",
        "0",
        "1",
        "2.06",
        "8",
        "9.5",
        "25",
        "50",
        "95",
        "100",
        "100.1",
        "150",
        "-1",
        "1000000000000",
        "0.27|27",
        "1|100",
        "?",
        "不适用",
    ])
}

/// Facts of the full card with any values, some twice and some not at all.
fn any_facts() -> impl Strategy<Value = String> {
    let ids: Vec<String> =
        FULL_FACTS.split(';').filter_map(|line| line.split_whitespace().next().map(str::to_owned)).collect();
    prop::collection::vec((prop::sample::select(ids), any_value()), 0..90)
        .prop_map(|facts| facts.into_iter().map(|(id, value)| format!("{id} {value}")).collect::<Vec<_>>().join("; "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_is_claimed_and_reported_the_audit_holds_together((claims, _) in any_submission(), facts in any_facts()) {
        let audit = audited(submitted(&claims.join(" "), &facts));
        prop_assert_eq!(audit.indicators.len(), 21);
        let line = line_of(&audit);
        prop_assert_eq!(audit_of_line(&line), audit);
    }
}
