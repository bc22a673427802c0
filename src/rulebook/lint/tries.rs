//! Sets of facts with which the rules of an indicator are tried: those of its own cases, and thrown ones around the numbers
//! at which its rules turn.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::facts::known::{Candidate, CandidateValue, Facts, Known};
use crate::rulebook::model::*;
use crate::rules::turns;

/// So many sets of facts are thrown before two readings are said never to differ, or two conditions never to meet.
const TRIES: usize = 1000;

/// What a figure lies beside the numbers of the rules: mostly nothing, else a part of a percentage point or of a unit.
const ASIDE: [Decimal; 6] = [
    Decimal::ZERO,
    Decimal::ZERO,
    Decimal::ZERO,
    Decimal::from_parts(5, 0, 0, false, 1),
    Decimal::from_parts(5, 0, 0, true, 1),
    Decimal::from_parts(1, 0, 0, false, 2),
];

/// The facts of every case, then thrown ones; the same in every run.
pub(super) fn tries<'a>(card: &'a Scorecard, indicator: &'a Indicator) -> impl Iterator<Item = Facts> + 'a {
    let mut dice = Dice(20_201_231);
    let names: Vec<&str> = indicator.readings.iter().flat_map(Reading::names).collect();
    let facts: Vec<&Fact> = card.facts.iter().filter(|fact| names.contains(&fact.id.as_str())).collect();
    let figures = figures(indicator);
    let thrown = (0..TRIES)
        .map(move |_| facts.iter().map(|fact| (fact.id.clone(), known(fact, &figures, &mut dice))).collect::<Facts>());
    indicator.cases.iter().map(|case| case.facts.clone()).chain(thrown)
}

fn known(fact: &Fact, figures: &[Decimal], dice: &mut Dice) -> Known {
    let mut figure = || (*dice.of(figures) + *dice.of(&ASIDE)).max(Decimal::ZERO);
    let value = match &fact.kind {
        FactKind::YesNo => CandidateValue::Answer(dice.of(&[crate::contract::YES, crate::contract::NO]).to_string()),
        FactKind::Choice { options } => CandidateValue::Answer(dice.of(options).clone()),
        FactKind::Percent { max } => CandidateValue::Number(figure().min(*max)),
        FactKind::Count { .. } => CandidateValue::Number(figure().trunc()),
        FactKind::Money { .. } | FactKind::Declared { .. } => CandidateValue::Number(figure()),
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
        figures.extend([
            number,
            number + near,
            number - near,
            percent,
            percent + near,
            percent - near,
            Decimal::ONE_HUNDRED - percent,
            tenfold,
        ]);
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
