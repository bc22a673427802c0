//! Conditions that take all points and conditions that give them, and that hold at once: nobody could say what counts.
//!
//! Only what speaks of the same facts is held against each other. A veto and an exemption of different facts may meet in a
//! department, too; there the score is open, and a person judges.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::ops::Range;

use rust_decimal::Decimal;

use super::conditions::written;
use super::extent::Extent;
use super::spot::Spot;
use super::tries::tries;
use crate::facts::known::{CandidateValue, Facts};
use crate::fraction::exact;
use crate::rescore::both_hold;
use crate::rulebook::cursor::Page;
use crate::rulebook::expression::{Expression, number_text};
use crate::rulebook::model::*;

/// So many conditions of one list are held against those of another: a clause has a handful.
const CONDITIONS_MAX: usize = 50;

/// So many pairs of one rulebook are tried with thrown facts: hundreds take a second, and cards have a few.
const PAIRS_MAX: usize = 100;

/// What was tried already in a rulebook.
pub(super) struct Tried(Cell<usize>);

impl Tried {
    pub fn nothing() -> Tried {
        Tried(Cell::new(0))
    }

    fn one_more(&self) -> bool {
        self.0.set(self.0.get() + 1);
        self.0.get() <= PAIRS_MAX
    }
}

/// All conditions of an indicator, criterion by criterion and around the whole.
pub(super) fn lint(card: &Scorecard, indicator: &Indicator, page: &Page<'_>, tried: &Tried) {
    let mut seen: BTreeSet<(usize, String, String)> = BTreeSet::new();
    let mut pairs = |(zero, full): (&[Condition], &[Condition]), place: &Range<usize>| {
        for zero in zero.iter().take(CONDITIONS_MAX) {
            for full in full.iter().take(CONDITIONS_MAX) {
                // Readings that change neither have the same pairs.
                if seen.insert((place.start, written(zero), written(full)))
                    && let Some(example) = meeting(card, indicator, [zero, full], tried)
                {
                    let holes = vec![("zero", written(zero)), ("full", written(full)), ("example", example)];
                    page.flaw("conditions-contradict", place, holes);
                }
            }
        }
    };
    for reading in &indicator.readings {
        pairs((&reading.zero_when, &reading.full_when), &place_around(page, indicator, reading, "zero_when"));
        for (at, criterion) in reading.criteria.iter().enumerate() {
            let spot = Spot { page, card, indicator, reading, at };
            pairs((&criterion.zero_when, &criterion.full_when), &spot.ground("zero_when").place);
        }
    }
}

/// Where a field around the whole indicator stands: as the reading changes it, else as the indicator has it.
pub(super) fn place_around(page: &Page<'_>, indicator: &Indicator, reading: &Reading, field: &str) -> Range<usize> {
    let own = format!("reading:{}/{}.{field}", indicator.id, reading.id);
    page.place(&if page.is_marked(&own) { own } else { format!("indicator:{}.{field}", indicator.id) })
}

/// Where both hold, in words; none where nothing shows that they can.
fn meeting(card: &Scorecard, indicator: &Indicator, both: [&Condition; 2], tried: &Tried) -> Option<String> {
    let [zero, full] = both;
    if let Some((value, at)) = common_value(card, zero, full) {
        return Some(format!("{value} = {at}"));
    }
    let names = |condition: &Condition| condition.names().into_iter().map(str::to_owned).collect::<BTreeSet<String>>();
    let same = names(zero);
    let are_facts = same.iter().all(|name| card.facts.iter().any(|fact| fact.id == *name));
    if same != names(full) || !are_facts || !tried.one_more() {
        return None;
    }
    tries(card, indicator).find(|facts| both_hold(card, indicator, both, facts)).map(|facts| {
        let told = card.facts.iter().filter(|fact| same.contains(&fact.id));
        told.filter_map(|fact| Some(format!("{} {}", fact.label, value_of(&facts, fact)?)))
            .collect::<Vec<_>>()
            .join("、")
    })
}

fn value_of(facts: &Facts, fact: &Fact) -> Option<String> {
    let candidate = facts.get(&fact.id)?.candidates.first()?;
    Some(match &candidate.value {
        CandidateValue::Answer(answer) => answer.clone(),
        CandidateValue::Number(number) => format!(
            "{}{}",
            crate::decimal_text::figure_text(*number),
            if matches!(fact.kind, FactKind::Percent { .. }) { "%" } else { "" }
        ),
    })
}

/// A value with which two comparisons of one thing with numbers both hold.
fn common_value<'c>(card: &Scorecard, zero: &'c Condition, full: &Condition) -> Option<(&'c Expression, String)> {
    let (
        Condition::Compare { value, comparison, with: Expression::Number { value: at, percent } },
        Condition::Compare { value: other, comparison: how, with: Expression::Number { value: beside, .. } },
    ) = (zero, full)
    else {
        return None;
    };
    if value != other {
        return None;
    }
    let middle = (*at + *beside) / Decimal::TWO;
    let tried = [*at, *beside, middle, at.max(beside) + Decimal::ONE, at.min(beside) - Decimal::ONE];
    let Extent { low, high } = Extent::of(value, card, &[]);
    let is_possible = |number: &Decimal| {
        let number = exact(*number);
        low.as_ref().is_none_or(|low| *low <= number) && high.as_ref().is_none_or(|high| number <= *high)
    };
    let both =
        tried.into_iter().filter(is_possible).find(|number| comparison.holds(number, at) && how.holds(number, beside));
    both.map(|number| (value, number_text(number, *percent)))
}
