//! Which of the values found enter the scores, and what the others are good for.

use fuhe::audit::{Audit, Origin, Verdict};
use fuhe::submission::{FactSource, FactValue, Submission};

use crate::submitted::*;

fn with(facts: &str, change: impl FnOnce(&mut Submission)) -> Audit {
    let mut submission = submitted(&full_but("benefits 23"), &full_facts_but(facts));
    change(&mut submission);
    audited(submission)
}

/// The sources of a fact as `value origin candidate`.
fn sources(audit: &Audit, fact: &str) -> Vec<String> {
    let of_fact = audit.facts.iter().filter(|entry| entry.id == fact);
    of_fact.map(|entry| format!("{} {:?} {}", entry.value, entry.origin, entry.candidate)).collect()
}

#[test]
fn an_agreeing_repetition_is_no_second_candidate_but_lends_its_evidence() {
    let audit = with("satisfaction 100; satisfaction 100.0; assets_kept 是; assets_kept 是*", |_| {});
    assert_eq!(sources(&audit, "satisfaction"), ["100 BaseData true", "100 BaseData false"]);
    assert_eq!(indicator(&audit, "asset_safety").verdict, Verdict::Agrees);
}

#[test]
fn different_values_in_tables_are_both_considered() {
    let audit = with("satisfaction 100; satisfaction 94", |_| {});
    assert_eq!(sources(&audit, "satisfaction"), ["100 BaseData true", "94 BaseData true"]);
    let satisfaction = indicator(&audit, "satisfaction");
    assert_eq!((satisfaction.low, satisfaction.high), (number("4"), Some(number("6"))));
}

#[test]
fn one_cell_with_two_possible_units_gives_two_candidates_and_no_conflict_of_sources() {
    let audit = with("satisfaction 1|100", |_| {});
    assert_eq!(sources(&audit, "satisfaction"), ["1 BaseData true", "100 BaseData true"]);
    assert_eq!(crate::engine::settled(&indicator(&audit, "satisfaction").settled_by), ["conflict:satisfaction"]);
    assert!(found(&audit, "fact-conflict").is_empty());
}

#[test]
fn a_value_out_of_range_is_shown_and_unknown_even_where_the_narrative_gives_one() {
    let audit = with("satisfaction 130", |submission| {
        submission.quotes.push(quote("satisfaction", "100", "满意度100%"));
    });
    assert_eq!(sources(&audit, "satisfaction"), ["130 BaseData false", "100 Narrative false"]);
    assert_eq!(crate::engine::settled(&indicator(&audit, "satisfaction").settled_by), ["satisfaction"]);
}

#[test]
fn not_applicable_is_told_and_unknown() {
    let audit = with("satisfaction 不适用", |_| {});
    assert!(sources(&audit, "satisfaction").is_empty(), "不适用 is no value");
    assert_eq!(found(&audit, "not-applicable").len(), 1);
    let satisfaction = indicator(&audit, "satisfaction");
    assert_eq!((satisfaction.low, satisfaction.high), (number("0"), Some(number("6"))));
    let audit = with("satisfaction 不适用; satisfaction 100", |_| {});
    assert_eq!(indicator(&audit, "satisfaction").verdict, Verdict::Unverifiable);
    assert_eq!(found(&audit, "fact-conflict").len(), 1);
}

#[test]
fn the_narrative_supplies_what_no_table_gives() {
    let audit = with("satisfaction -", |submission| submission.quotes.push(quote("satisfaction", "93", "满意度93%")));
    assert_eq!(sources(&audit, "satisfaction"), ["93 Narrative true"]);
    assert_eq!(indicator(&audit, "satisfaction").default, Some(number("4")));
    assert!(found(&audit, "narrative-conflict").is_empty());
}

#[test]
fn a_figure_of_another_year_is_no_fact() {
    let audit = with("satisfaction -", |submission| {
        let mut quote = quote("satisfaction", "93", "2019年满意度93%");
        quote.other_year = Some(2019);
        submission.quotes.push(quote);
    });
    assert!(sources(&audit, "satisfaction").is_empty());
    assert_eq!(found(&audit, "year-mismatch").len(), 1);
    assert_eq!(crate::engine::settled(&indicator(&audit, "satisfaction").settled_by), ["satisfaction"]);
    assert_eq!(found(&audit, "fact-missing").len(), 1);
}

#[test]
fn two_figures_of_the_narrative_are_both_considered() {
    let audit = with("satisfaction -", |submission| {
        submission.quotes.push(quote("satisfaction", "93", "满意度93%"));
        submission.quotes.push(quote("satisfaction", "96", "满意度96%"));
        submission.quotes.push(quote("satisfaction", "96", "满意度达96%"));
    });
    assert_eq!(sources(&audit, "satisfaction"), ["93 Narrative true", "96 Narrative true", "96 Narrative false"]);
    assert_eq!(found(&audit, "narrative-conflict").len(), 1);
}

#[test]
fn figures_agree_to_the_decimals_written() {
    // The table has 98.8195 %; the text rounds it.
    let rounded = with("q4_progress 98.8195", |submission| {
        submission.quotes.push(quote("q4_progress", "98.82", "全年执行率98.82%"));
    });
    assert_eq!(sources(&rounded, "q4_progress"), ["98.8195 BaseData true", "98.82 Narrative false"]);
    // 94.6 % stands on the other side of an edge from the 95 % it may have been rounded to.
    let finer = with("satisfaction 95", |submission| {
        submission.quotes.push(quote("satisfaction", "94.6", "满意度94.6%"));
    });
    assert_eq!(indicator(&finer, "satisfaction").low, number("4"));
    // 887,400.39 元 in the text is the table's 88.74 万元.
    let money = with("routine_actual 88.74; routine_budget 103.54", |submission| {
        submission.quotes.push(quote("routine_actual", "88.740039", "决算数887,400.39元"));
    });
    assert_eq!(sources(&money, "routine_actual"), ["88.74 BaseData true", "88.740039 Narrative false"]);
}

#[test]
fn a_denial_against_a_yes_is_a_second_candidate() {
    let audit = with("", |submission| submission.quotes.push(denial("petition_channel", "不存在信访机制")));
    assert_eq!(sources(&audit, "petition_channel"), ["是 BaseData true", "否 Narrative true"]);
    assert_eq!(indicator(&audit, "petitions").verdict, Verdict::Unverifiable);
    let denied = with("petition_channel 否", |submission| {
        submission.quotes.push(denial("petition_channel", "不存在信访机制"));
    });
    assert_eq!(sources(&denied, "petition_channel"), ["否 BaseData true", "否 Narrative false"]);
    assert!(found(&denied, "narrative-conflict").is_empty());
}

#[test]
fn the_completion_tables_total_supplies_its_fact_where_nothing_else_does() {
    let table = || Some(completion("合计 1000 1000 900 900"));
    let alone = with("budget_total -; adjusted_amount 105", |submission| submission.completion = table());
    assert_eq!(sources(&alone, "budget_total"), ["1000 CompletionTable true"]);
    // 10.5 % adjusted: half a percentage point over the limit costs 0.05.
    assert_eq!(indicator(&alone, "financial_compliance").low, number("2.95"));
    let beside = with("budget_total 1001", |submission| submission.completion = table());
    assert_eq!(sources(&beside, "budget_total"), ["1001 BaseData true", "1000 CompletionTable false"]);
}

#[test]
fn evidence_in_the_cards_own_row_counts_for_its_indicator_only() {
    let audit = with("petition_channel 是; assets_kept 是", |submission| {
        let row = submission.claims.iter_mut().find(|claim| claim.indicator == "petitions").expect("a row");
        row.evidence = Some("附件9 信访台账".to_owned());
    });
    assert_eq!(indicator(&audit, "petitions").verdict, Verdict::Agrees);
    assert_eq!(crate::engine::settled(&indicator(&audit, "asset_safety").settled_by), ["evidence:assets_kept"]);
    let entry = audit.facts.iter().find(|entry| entry.id == "petition_channel").expect("a source");
    assert_eq!(entry.evidence.as_deref(), Some("附件9 信访台账"));
}

#[test]
fn what_cannot_be_read_is_no_value_and_unknown() {
    let audit = with("satisfaction ?", |_| {});
    assert!(sources(&audit, "satisfaction").is_empty());
    assert_eq!(crate::engine::settled(&indicator(&audit, "satisfaction").settled_by), ["satisfaction"]);
}

#[test]
fn an_unreadable_answer_is_not_presumed() {
    let audit = with("classified_unit ?; budget_disclosure 未公开", |_| {});
    assert_eq!(crate::engine::settled(&indicator(&audit, "disclosure").settled_by), ["classified_unit"]);
    let presumed = with("classified_unit -; budget_disclosure 未公开", |_| {});
    assert_eq!(indicator(&presumed, "disclosure").default, Some(number("1.5")));
}

#[test]
fn sources_stand_in_the_order_of_the_cells() {
    let audit = with("satisfaction -", |submission| {
        for (cell_name, value) in [("C100", "96"), ("B9", "97"), ("AA9", "95")] {
            submission.facts.push(FactSource {
                shown: None,
                doubt: None,
                written: String::new(),
                fact: "satisfaction".to_owned(),
                value: FactValue::Number(number(value)),
                origin: Origin::BaseData,
                evidence: None,
                decimals: 0,
                source: cell("基础数据表", cell_name, value),
            });
        }
    });
    let values: Vec<&str> =
        audit.facts.iter().filter(|entry| entry.id == "satisfaction").map(|entry| entry.value.as_str()).collect();
    assert_eq!(values, ["97", "95", "96"]);
}
