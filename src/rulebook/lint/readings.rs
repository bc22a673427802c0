//! Readings that never differ: the same rules, or the same scores whatever the facts are.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::facts::known::{Candidate, CandidateValue, Facts, Known};
use crate::rescore::rescore;
use crate::rulebook::cursor::Page;
use crate::rulebook::model::*;
use crate::rules::turns;

/// So many sets of facts are tried before two readings are said never to differ.
const TRIES: usize = 1000;

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
    let mut dice = Dice(20_201_231);
    let names: Vec<&str> = indicator.readings.iter().flat_map(Reading::names).collect();
    let facts: Vec<&Fact> = card.facts.iter().filter(|fact| names.contains(&fact.id.as_str())).collect();
    let figures = figures(indicator);
    for _ in 0..TRIES {
        if alike.is_empty() {
            break;
        }
        let known: Facts = facts.iter().map(|fact| (fact.id.clone(), known(fact, &figures, &mut dice))).collect();
        let ranges = rescore(card, indicator, &known).readings;
        let of = |id: &str| ranges.iter().find(|range| range.id == id).map(|range| (range.low, range.high));
        alike.retain(|(one, other)| of(one) == of(other));
    }
    (!alike.is_empty()).then_some(alike)
}

fn known(fact: &Fact, figures: &[Decimal], dice: &mut Dice) -> Known {
    let value = match &fact.kind {
        FactKind::YesNo => CandidateValue::Answer(dice.of(&[crate::contract::YES, crate::contract::NO]).to_string()),
        FactKind::Choice { options } => CandidateValue::Answer(dice.of(options).clone()),
        FactKind::Percent { max } => CandidateValue::Number((*dice.of(figures)).min(*max)),
        FactKind::Count { .. } => CandidateValue::Number(dice.of(figures).trunc()),
        FactKind::Money { .. } | FactKind::Declared { .. } => CandidateValue::Number(*dice.of(figures)),
    };
    Known { candidates: vec![Candidate { value, evidence: true }], ..Known::default() }
}

/// Figures among which rules turn: small ones, hundreds, and every number of the rules as it is, as a percentage, what
/// is left of 100, and close by.
fn figures(indicator: &Indicator) -> Vec<Decimal> {
    let mut figures: BTreeSet<Decimal> =
        [0, 1, 2, 3, 7, 10, 50, 99, 100, 101, 150, 200, 1000].map(Decimal::from).into();
    let near = Decimal::new(5, 1);
    for number in indicator.readings.iter().flat_map(numbers) {
        let percent = number.saturating_mul(Decimal::ONE_HUNDRED);
        let tenfold = percent.saturating_mul(Decimal::TEN);
        figures.extend([number, percent, percent + near, percent - near, Decimal::ONE_HUNDRED - percent, tenfold]);
    }
    figures.into_iter().filter(|value| !value.is_sign_negative() && *value < Decimal::from(1_000_000)).collect()
}

/// Every number at which a reading's rules or conditions turn.
fn numbers(reading: &Reading) -> Vec<Decimal> {
    let around = reading.zero_when.iter().chain(&reading.full_when);
    let of_criteria = reading.criteria.iter().flat_map(Criterion::conditions);
    let compared = around.chain(of_criteria).flat_map(|condition| match condition {
        Condition::Is { .. } => Vec::new(),
        Condition::Compare { value, with, .. } => [value.constants(), with.constants()].concat(),
    });
    compared.chain(reading.criteria.iter().flat_map(|criterion| turns(&criterion.rule))).collect()
}

/// The same throws in every run.
struct Dice(u64);

impl Dice {
    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        &list[(self.0 >> 33) as usize % list.len()]
    }
}
