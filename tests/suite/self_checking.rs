//! The self-check of an audit, tested by breaking audits on purpose.

use fuhe::audit::{Audit, Verdict};
use fuhe::self_check::contradictions;
use fuhe::text::Language;
use rust_decimal::Decimal;

use crate::submitted::*;

/// What is said of an audit after it was broken.
fn broken(breaks: impl FnOnce(&mut Audit)) -> String {
    let facts = full_facts_but("key_tasks_unfinished 1; q1_progress 20");
    let mut audit = audited(submitted(&full_but("budget_execution 6; satisfaction 4"), &facts));
    breaks(&mut audit);
    let told: Vec<String> = contradictions(&audit, shenzhen()).iter().map(|told| Language::En.phrase(told)).collect();
    told.join("; ")
}

#[test]
fn a_whole_audit_has_no_contradiction() {
    assert_eq!(broken(|_| {}), "");
}

#[test]
fn points_that_do_not_add_up_are_told() {
    let told = broken(|audit| audit.points.as_mut().expect("points").agreed += number("0.01"));
    assert!(told.contains("points by verdict"), "{told}");
    let told = broken(|audit| {
        let points = audit.points.as_mut().expect("points");
        points.overstated -= number("1");
        points.agreed += number("1");
    });
    assert!(told.contains("over- or understated"), "{told}");
}

#[test]
fn an_indicator_left_out_repeated_or_moved_is_told() {
    let told = broken(|audit| drop(audit.indicators.remove(3)));
    assert!(told.contains("not the card's"), "{told}");
    assert!(broken(|audit| audit.indicators.swap(0, 1)).contains("not the card's"));
    assert!(broken(|audit| audit.indicators[1] = audit.indicators[0].clone()).contains("not the card's"));
}

#[test]
fn a_range_out_of_order_is_told() {
    assert!(broken(|audit| audit.indicators[0].low = number("5.01")).contains("in order"));
    assert!(broken(|audit| audit.indicators[0].default = Some(number("4"))).contains("default"));
    assert!(broken(|audit| audit.indicators[15].readings[0].high = number("6.5")).contains("reading"));
    assert!(broken(|audit| audit.indicators[18].settled_by.clear()).contains("settled_by"));
}

#[test]
fn a_verdict_or_difference_that_does_not_fit_is_told() {
    assert!(broken(|audit| audit.indicators[16].verdict = Verdict::Agrees).contains("verdict"));
    assert!(broken(|audit| audit.indicators[0].verdict = Verdict::Unverifiable).contains("verdict"));
    assert!(broken(|audit| audit.indicators[0].verdict = Verdict::Invalid).contains("verdict"));
    assert!(broken(|audit| audit.indicators[16].difference = number("3")).contains("difference"));
}

#[test]
fn totals_and_grades_that_are_not_the_sums_are_told() {
    assert!(broken(|audit| audit.recomputed.as_mut().expect("totals").low -= number("1")).contains("total"));
    assert!(broken(|audit| audit.recomputed.as_mut().expect("totals").high = None).contains("total"));
    assert!(broken(|audit| audit.recomputed.as_mut().expect("totals").ceiling += number("1")).contains("ceiling"));
    assert!(broken(|audit| audit.recomputed.as_mut().expect("totals").grade_low = "差".into()).contains("grade"));
}

#[test]
fn sums_beyond_the_largest_number_are_told_and_no_panic() {
    let told = broken(|audit| {
        for indicator in &mut audit.indicators {
            indicator.points = Some(Decimal::MAX);
            (indicator.high, indicator.low) = (indicator.points, Decimal::MAX);
        }
    });
    assert!(told.contains("the recomputed total"), "{told}");
}
