//! The card as a whole: its sections, indicators, criteria and facts.

use rust_decimal::Decimal;

use super::{Spot, bands, figure, names, points, units};
use crate::rulebook::cursor::Page;
use crate::rulebook::model::*;

/// Everything about a card.
pub(super) fn lint(card: &Scorecard, page: &Page<'_>) {
    total(card, page);
    for section in &card.sections {
        section_points(section, card, page);
    }
    for indicator in &card.indicators {
        readings_differ(indicator, page);
        for reading in &indicator.readings {
            points::lint_reading(indicator, reading, page);
            for at in 0..reading.criteria.len() {
                criterion(&Spot { page, card, indicator, reading, at });
            }
        }
    }
    names::lint(card, page);
}

fn criterion(spot: &Spot<'_>) {
    points::lint(spot);
    bands::lint(spot);
    units::lint(spot);
}

/// A card has 100 points.
fn total(card: &Scorecard, page: &Page<'_>) {
    let sum: Decimal = card.sections.iter().map(|section| section.points).sum();
    if sum != Decimal::ONE_HUNDRED
        && let Some(last) = card.sections.last()
    {
        let place = page.place(&format!("section:{}.points", last.id));
        page.flaw("total-not-100", &place, vec![("sum", figure(sum))]);
    }
}

fn section_points(section: &Section, card: &Scorecard, page: &Page<'_>) {
    let of_section = card.indicators.iter().filter(|indicator| indicator.section == section.id);
    let sum: Decimal = of_section.map(|indicator| indicator.points).sum();
    if sum != section.points {
        let place = page.place(&format!("section:{}.points", section.id));
        let holes = vec![("section", section.name.clone()), ("points", figure(section.points)), ("sum", figure(sum))];
        page.flaw("section-points", &place, holes);
    }
}

/// A second reading that gives the same rules is none.
fn readings_differ(indicator: &Indicator, page: &Page<'_>) {
    for (at, reading) in indicator.readings.iter().enumerate() {
        let same = indicator.readings[..at].iter().find(|earlier| {
            (&earlier.criteria, &earlier.zero_when, &earlier.full_when)
                == (&reading.criteria, &reading.zero_when, &reading.full_when)
        });
        if let Some(earlier) = same {
            let place = page.place(&format!("reading:{}/{}", indicator.id, reading.id));
            let holes = vec![("reading", reading.id.clone()), ("other", earlier.id.clone())];
            page.flaw("readings-never-differ", &place, holes);
        }
    }
}
