//! Readings that never differ: the same rules, or the same scores whatever the facts are.

use std::collections::BTreeSet;

use super::tries::tries;
use crate::rescore::rescore;
use crate::rulebook::cursor::Page;
use crate::rulebook::model::*;

/// Every reading against those before it.
pub(super) fn lint(card: &Scorecard, indicator: &Indicator, page: &Page<'_>) {
    let Some(alike) = alike(card, indicator) else { return };
    for (at, reading) in indicator.readings.iter().enumerate() {
        let earlier = &indicator.readings[..at];
        if let Some(other) = earlier.iter().find(|other| alike.contains(&(other.id.as_str(), reading.id.as_str()))) {
            let place = page.place(&format!("reading:{}/{}", indicator.id, reading.id));
            let holes = vec![("reading", reading.id.clone()), ("other", other.id.clone())];
            page.flaw("readings-never-differ", &place, holes);
        }
    }
}

/// The pairs of readings that give the same score for every set of facts tried; none where there is only one reading.
fn alike<'a>(card: &Scorecard, indicator: &'a Indicator) -> Option<BTreeSet<(&'a str, &'a str)>> {
    let ids: Vec<&str> = indicator.readings.iter().map(|reading| reading.id.as_str()).collect();
    let mut alike: BTreeSet<(&str, &str)> =
        ids.iter().enumerate().flat_map(|(at, one)| ids[at + 1..].iter().map(move |other| (*one, *other))).collect();
    for known in tries(card, indicator) {
        if alike.is_empty() {
            break;
        }
        let ranges = rescore(card, indicator, &known).readings;
        let of = |id: &str| ranges.iter().find(|range| range.id == id).map(|range| (range.low, range.high));
        alike.retain(|(one, other)| of(one) == of(other));
    }
    (!alike.is_empty()).then_some(alike)
}
