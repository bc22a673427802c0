//! Points that add up.

use rust_decimal::Decimal;

use super::spot::{Spot, figure};
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

/// One criterion's own points.
pub(super) fn lint(spot: &Spot<'_>) {
    let criterion = spot.criterion();
    if criterion.points <= Decimal::ZERO {
        spot.flaw("points-not-positive", "points", vec![("points", figure(criterion.points))]);
    }
    // Who has the points whatever happens loses nothing.
    if criterion.least < Decimal::ZERO || (criterion.least >= criterion.points && criterion.points > Decimal::ZERO) {
        let holes = vec![("least", figure(criterion.least)), ("most", figure(criterion.points))];
        spot.flaw("least-outside", "least", holes);
    }
    if criterion.points > spot.indicator.most() {
        let holes = vec![("points", figure(criterion.points)), ("most", figure(spot.indicator.most()))];
        spot.flaw("points-above-indicator", "points", holes);
    }
}
