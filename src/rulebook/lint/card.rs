//! The card as a whole: its sections, indicators, criteria and facts.

use rust_decimal::Decimal;

use super::ground::Ground;
use super::scale::Scales;
use super::spot::{Spot, figure};
use super::{cases, clauses, conditions, contradictions, names, points, readings};
use crate::rulebook::cursor::Page;
use crate::rulebook::model::*;

/// What of a card was decoded without a flaw.
struct Sound<'a> {
    indicators: Vec<&'a Indicator>,
    sections: bool,
    all: bool,
}

impl<'a> Sound<'a> {
    fn of(card: &'a Scorecard, page: &Page<'_>) -> Sound<'a> {
        let facts = card.facts.iter().filter(|fact| page.is_flawed(&format!("fact:{}", fact.id)));
        let doubtful: Vec<&str> = facts.map(|fact| fact.id.as_str()).collect();
        let is_sound = |indicator: &&Indicator| {
            let names = indicator.readings.iter().flat_map(Reading::names);
            !page.is_flawed(&format!("indicator:{}", indicator.id))
                && names.into_iter().all(|name| !doubtful.contains(&name))
        };
        Sound {
            indicators: card.indicators.iter().filter(is_sound).collect(),
            sections: card.sections.iter().all(|section| !page.is_flawed(&format!("section:{}", section.id))),
            all: page.clean(),
        }
    }
}

/// Everything about a card.
pub(super) fn lint(card: &Scorecard, page: &Page<'_>) {
    let sound = Sound::of(card, page);
    if sound.sections {
        total(card, page);
    }
    if sound.sections && sound.indicators.len() == card.indicators.len() {
        for section in &card.sections {
            section_points(section, card, page);
        }
    }
    names::lint(card, page);
    let flaws_of_rules = page.count();
    let tried = contradictions::Tried::nothing();
    for indicator in sound.indicators {
        let flaws_before = page.count();
        lint_indicator(card, indicator, page);
        // A rule with a flaw gives scores of which nothing can be said.
        if page.count() == flaws_before {
            readings::lint(card, indicator, page);
            let flaws_before = page.count();
            contradictions::lint(card, indicator, page, &tried);
            if page.count() == flaws_before {
                cases::lint(card, indicator, page);
            }
        }
    }
    // A rule that names the wrong fact leaves the right one unused: that fact is not blamed.
    if sound.all && page.count() == flaws_of_rules {
        names::lint_unused(card, page);
    }
}

fn lint_indicator(card: &Scorecard, indicator: &Indicator, page: &Page<'_>) {
    clauses::lint(indicator, page);
    for reading in &indicator.readings {
        points::lint_reading(indicator, reading, page);
        around(card, indicator, reading, page);
        for at in 0..reading.criteria.len() {
            criterion(&Spot { page, card, indicator, reading, at });
        }
    }
}

fn criterion(spot: &Spot<'_>) {
    points::lint(spot);
    // With a number a hundred times too large nothing can be said of what the rule gives.
    if scales(spot) {
        crate::rules::lint(spot);
        conditions::lint(&spot.criterion().zero_when, &spot.ground("zero_when"));
        conditions::lint(&spot.criterion().full_when, &spot.ground("full_when"));
    }
}

/// Percent signs of the rule and the conditions of a criterion; true where nothing is wrong with them.
fn scales(spot: &Spot<'_>) -> bool {
    let criterion = spot.criterion();
    let scales = Scales::new(spot.page, spot.card, &spot.reading.criteria[..spot.at], spot.indicator, Some(criterion));
    crate::rules::scales(spot, &scales);
    scales.conditions(&criterion.zero_when, &spot.ground("zero_when").place);
    scales.conditions(&criterion.full_when, &spot.ground("full_when").place);
    !scales.has_told()
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
    let sum: Decimal = of_section.map(Indicator::most).sum();
    if sum != section.points {
        let place = page.place(&format!("section:{}.points", section.id));
        let holes = vec![("section", section.name.clone()), ("points", figure(section.points)), ("sum", figure(sum))];
        page.flaw("section-points", &place, holes);
    }
}

/// The conditions around a whole indicator.
fn around(card: &Scorecard, indicator: &Indicator, reading: &Reading, page: &Page<'_>) {
    for (field, list) in [("zero_when", &reading.zero_when), ("full_when", &reading.full_when)] {
        let place = contradictions::place_around(page, indicator, reading, field);
        let ground = Ground { page, card, earlier: &[], deciding: Vec::new(), place };
        let scales = Scales::new(page, card, &[], indicator, None);
        scales.conditions(list, &ground.place);
        if !scales.has_told() {
            conditions::lint(list, &ground);
        }
    }
}
