//! Scores that facts can reach: all points, and the least that the clause leaves.

use num_traits::{One, Zero};
use rust_decimal::Decimal;

use super::extent::Extent;
use super::{Spot, figure};
use crate::fraction::{Fraction, digits, exact};
use crate::rulebook::expression::Expression;
use crate::rulebook::model::*;

/// The highest and the lowest points of a criterion's rule.
pub(super) fn lint(spot: &Spot<'_>) {
    match &spot.criterion().rule {
        Rule::Bands { bands, .. } => {
            let points = bands.iter().map(|band| band.points);
            listed(spot, "bands", points.clone().max(), points.min());
        }
        Rule::Choice { scores, .. } => {
            let points = scores.iter().map(|(_, points)| *points);
            listed(spot, "scores", points.clone().max(), points.min());
        }
        Rule::Proportion { value, target, .. } => proportion(spot, value, target),
        Rule::CountDeduction { value, each } => deduction(spot, "value", value, Decimal::ZERO, *each),
        Rule::StepDeduction { value, limit, per_point, .. } => {
            let each = per_point.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(Decimal::MAX);
            deduction(spot, "value", value, *limit, each);
        }
        Rule::Attested { .. } | Rule::Judgement | Rule::Target(_) | Rule::Span { .. } | Rule::Level { .. } => {}
    }
}

/// Points that the rulebook lists one by one.
fn listed(spot: &Spot<'_>, field: &str, highest: Option<Decimal>, lowest: Option<Decimal>) {
    if let Some((highest, lowest)) = highest.zip(lowest) {
        full(spot, field, &exact(highest));
        least(spot, field, &exact(lowest));
    }
}

fn proportion(spot: &Spot<'_>, value: &Expression, target: &Expression) {
    let points = exact(spot.criterion().points);
    let ratio = spot.extent(value).over(&spot.extent(target));
    if let Some(high) = ratio.high {
        full(spot, "value", &(high.min(Fraction::one()) * &points));
    }
    if let Some(low) = ratio.low.filter(|low| *low > Fraction::zero()) {
        least(spot, "value", &(low.min(Fraction::one()) * &points));
    }
}

/// points − each × what the value has over the limit.
fn deduction(spot: &Spot<'_>, field: &str, value: &Expression, limit: Decimal, each: Decimal) {
    let Extent { low, high } = spot.extent(value);
    let points = exact(spot.criterion().points);
    let left = |end: Fraction| {
        let over = (end - exact(limit)).max(Fraction::zero());
        (&points - over * exact(each)).max(Fraction::zero())
    };
    if let Some(low) = low {
        full(spot, field, &left(low));
    }
    if let Some(high) = high {
        least(spot, field, &left(high));
    }
}

fn full(spot: &Spot<'_>, field: &str, highest: &Fraction) {
    let criterion = spot.criterion();
    let otherwise = !criterion.full_when.is_empty() || !spot.reading.full_when.is_empty();
    if *highest < exact(criterion.points) && !otherwise {
        let holes = vec![("points", figure(criterion.points)), ("highest", digits(highest, 4).0)];
        spot.flaw("full-unreachable", field, holes);
    }
}

fn least(spot: &Spot<'_>, field: &str, lowest: &Fraction) {
    let criterion = spot.criterion();
    let otherwise = !criterion.zero_when.is_empty() || !spot.reading.zero_when.is_empty();
    if *lowest != exact(criterion.least) && !(otherwise && criterion.least.is_zero()) {
        let holes = vec![("lowest", digits(lowest, 4).0), ("least", figure(criterion.least))];
        spot.flaw("zero-unreachable", field, holes);
    }
}
