//! Conditions whose sides fit each other, and that can hold as well as fail.

use super::extent::Extent;
use super::ground::Ground;
use crate::fraction::Fraction;
use crate::rulebook::model::*;

/// The comparisons among some conditions.
pub(super) fn lint(conditions: &[Condition], ground: &Ground<'_>) {
    for condition in conditions {
        let Condition::Compare { value, comparison, with } = condition else { continue };
        ground.fit((value, ground.measure(value)), (with, ground.measure(with)));
        let left = Extent::of(value, ground.card, ground.earlier);
        let right = Extent::of(with, ground.card, ground.earlier);
        let written = written(condition);
        let (never, always) = if value == with { of_itself(*comparison) } else { certain(&left, *comparison, &right) };
        if never {
            ground.page.flaw("condition-never", &ground.place, vec![("condition", written)]);
        } else if always {
            ground.page.flaw("condition-always", &ground.place, vec![("condition", written)]);
        }
    }
}

/// A condition as its rulebook names things: `spent > planned`.
pub(super) fn written(condition: &Condition) -> String {
    match condition {
        Condition::Is { fact, answer } => format!("{fact} = {answer}"),
        Condition::Compare { value, comparison, with } => format!("{value} {} {with}", sign(*comparison)),
    }
}

/// Never or always true of a thing compared with itself.
fn of_itself(comparison: Comparison) -> (bool, bool) {
    let holds = matches!(comparison, Comparison::AtLeast | Comparison::AtMost | Comparison::Equal);
    (!holds, holds)
}

/// Never or always true of any values within the extents.
fn certain(left: &Extent, comparison: Comparison, right: &Extent) -> (bool, bool) {
    match comparison {
        Comparison::Above => (ends_by(left, right), begins_after(left, right)),
        Comparison::AtLeast => (begins_after(right, left), ends_by(right, left)),
        Comparison::Below => (ends_by(right, left), begins_after(right, left)),
        Comparison::AtMost => (begins_after(left, right), ends_by(left, right)),
        Comparison::Equal => (begins_after(left, right) || begins_after(right, left), false),
    }
}

fn both(one: &Option<Fraction>, other: &Option<Fraction>, holds: fn(&Fraction, &Fraction) -> bool) -> bool {
    one.as_ref().zip(other.as_ref()).is_some_and(|(one, other)| holds(one, other))
}

/// One never exceeds the other.
fn ends_by(one: &Extent, other: &Extent) -> bool {
    both(&one.high, &other.low, |high, low| high <= low)
}

/// One always exceeds the other.
fn begins_after(one: &Extent, other: &Extent) -> bool {
    both(&one.low, &other.high, |low, high| low > high)
}

fn sign(comparison: Comparison) -> char {
    match comparison {
        Comparison::Above => '>',
        Comparison::AtLeast => '≥',
        Comparison::Below => '<',
        Comparison::AtMost => '≤',
        Comparison::Equal => '=',
    }
}
