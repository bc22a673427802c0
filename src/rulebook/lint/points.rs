//! Points that add up.

use rust_decimal::Decimal;

use super::{Spot, figure};
use crate::rulebook::cursor::Page;
use crate::rulebook::model::*;

/// The criteria of a reading add up to the indicator's points.
pub(super) fn lint_reading(indicator: &Indicator, reading: &Reading, page: &Page<'_>) {
    let sum: Decimal = reading.criteria.iter().map(|criterion| criterion.points).sum();
    if sum != indicator.most() {
        let place = match changed(indicator, reading) {
            true => page.place(&format!("reading:{}/{}", indicator.id, reading.id)),
            false => page.place(&format!("indicator:{}.points", indicator.id)),
        };
        let holes =
            vec![("indicator", indicator.name.clone()), ("points", figure(indicator.most())), ("sum", figure(sum))];
        page.flaw("criteria-points", &place, holes);
    }
}

/// Whether the default reading, which the clause gives, adds up while this one does not.
fn changed(indicator: &Indicator, reading: &Reading) -> bool {
    let first = indicator.readings.first();
    let sum = first.map(|first| first.criteria.iter().map(|criterion| criterion.points).sum::<Decimal>());
    sum == Some(indicator.most()) && first.is_some_and(|first| first.id != reading.id)
}

/// One criterion's own points, and those of its bands and answers.
pub(super) fn lint(spot: &Spot<'_>) {
    let criterion = spot.criterion();
    if criterion.points <= Decimal::ZERO {
        spot.flaw("points-not-positive", "points", vec![("points", figure(criterion.points))]);
    }
    if criterion.points > spot.indicator.most() {
        let holes = vec![("points", figure(criterion.points)), ("most", figure(spot.indicator.most()))];
        spot.flaw("points-above-indicator", "points", holes);
    }
    match &criterion.rule {
        Rule::Bands { bands, .. } => {
            for (at, band) in bands.iter().enumerate() {
                within(spot, band.points, |code, holes| spot.flaw_at_band(code, at, holes));
            }
        }
        Rule::Choice { scores, .. } => {
            for (_, score) in scores {
                within(spot, *score, |code, holes| spot.flaw(code, "scores", holes));
            }
        }
        Rule::CountDeduction { each, .. } => deducted(spot, *each, "each"),
        Rule::StepDeduction { per_point, limit, .. } => {
            deducted(spot, *per_point, "per_point");
            if limit.is_sign_negative() {
                spot.flaw("deduction-not-positive", "limit", vec![("field", "limit".to_owned())]);
            }
        }
        Rule::Proportion { .. }
        | Rule::Attested { .. }
        | Rule::Judgement
        | Rule::Target(_)
        | Rule::Span { .. }
        | Rule::Level { .. } => {}
    }
}

fn within(spot: &Spot<'_>, points: Decimal, tell: impl Fn(&'static str, Vec<(&'static str, String)>)) {
    let most = spot.criterion().points;
    if points > most || points < Decimal::ZERO {
        tell("points-outside-criterion", vec![("points", figure(points)), ("most", figure(most))]);
    }
}

fn deducted(spot: &Spot<'_>, each: Decimal, field: &'static str) {
    if each <= Decimal::ZERO {
        spot.flaw("deduction-not-positive", field, vec![("field", field.to_owned())]);
    }
}
