//! Ranges: the worked examples of the card, and what must hold for every set of facts.

use crate::engine::*;

const SEED: &str = "q1_progress 27.22; q2_progress 48.45; q3_progress 69.22; q4_progress 98.82;
    sangong_budget 2.06; sangong_actual 2.06; routine_budget 103.53563; routine_actual 88.740039;
    projects_planned 8; projects_finished 8; satisfaction 100; procurement_actual 3.96; budget_total 1701.05";

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
    let all: Vec<_> = card
        .indicators
        .iter()
        .map(|indicator| fuhe::rescore::rescore(card, indicator, &known, fuhe::text::Language::Zh))
        .collect();
    let low: rust_decimal::Decimal = all.iter().map(|rescored| rescored.low).sum();
    let high: rust_decimal::Decimal = all.iter().map(|rescored| rescored.high).sum();
    assert_eq!(span(low, high), "22.10..98.95");
    for (indicator, rescored) in card.indicators.iter().zip(&all) {
        println!("{} {}", indicator.name, range(rescored));
        for line in &rescored.working {
            println!("    {line}");
        }
        println!("    {:?}", rescored.settled_by);
    }
}
