//! Slips that reproduce a claimed score exactly: a hint to the reviewer that never changes a verdict.
//!
//! Each slip is the default reading computed again with one thing done wrongly. The first that gives the claim is named.

use rust_decimal::Decimal;

use crate::audit::Verdict;
use crate::facts::known::{CandidateValue, Facts};
use crate::rescore::rescore;
use crate::rulebook::expression::Expression;
use crate::rulebook::{FactKind, Indicator, Parameters, Rule, Scorecard};
use crate::slip::Slip;

use super::Judged;

/// 1 万元 in 元.
const YUAN_IN_WAN: u32 = 10_000;

/// A claim that is to be reproduced.
struct Attempt<'a> {
    card: &'a Scorecard,
    score: &'a Judged<'a>,
    facts: &'a Facts,
    claimed: Decimal,
}

/// A slip, whether it is looked for in forms whose rows their filer declares, and what tries it.
type Trial = (Slip, bool, fn(&Attempt) -> bool);

/// In the order in which they are tried.
const TRIALS: &[Trial] = &[
    (Slip::Rounded, true, rounded),
    (Slip::FullMarks, true, full_marks),
    (Slip::Uncapped, true, uncapped),
    (Slip::AdjacentBand, false, adjacent_band),
    (Slip::OtherDenominator, false, other_denominator),
    (Slip::PercentAsFraction, false, percent_as_fraction),
    (Slip::UnitSlip, false, unit_slip),
];

/// Names the slip that reproduces a disputed claim exactly, if one does.
pub fn explain(card: &Scorecard, score: &Judged, facts: &Facts) -> Option<Slip> {
    let claimed = score.claim.valid()?;
    if !matches!(score.verdict, Verdict::Overstated | Verdict::Understated | Verdict::ReadingDependent) {
        return None;
    }
    if let Some(reading) = reading(score, claimed) {
        return Some(Slip::Reading(reading.to_owned()));
    }
    let attempt = Attempt { card, score, facts, claimed };
    let mut trials = TRIALS.iter().filter(|(_, of_forms, _)| *of_forms || !card.is_filers);
    trials.find(|(_, _, reproduces)| reproduces(&attempt)).map(|(slip, ..)| slip.clone())
}

/// The claim is a reading's score.
fn reading<'a>(score: &'a Judged, claimed: Decimal) -> Option<&'a str> {
    let mut readings = score.range.readings.iter();
    let reading = readings.find(|reading| reading.low == reading.high && reading.low == claimed)?;
    score.indicator.has_readings().then_some(reading.id.as_str())
}

/// The claim is the recomputed score, rounded to the decimals of the claim.
fn rounded(attempt: &Attempt) -> bool {
    attempt.score.is_rounded()
}

/// The claim is all points of the indicator.
fn full_marks(attempt: &Attempt) -> bool {
    attempt.score.indicator.points == Some(attempt.claimed)
}

/// More than the target was counted as more than the points.
fn uncapped(attempt: &Attempt) -> bool {
    let mut indicator = attempt.default_reading();
    let mut capped = false;
    for rule in rules(&mut indicator) {
        capped |= rule.parameters_mut().lift_cap();
    }
    // A filer who leaves out the cap of a form's only sum leaves out the limit of its line, too.
    if attempt.card.is_filers {
        indicator.points = Some(Decimal::MAX);
    }
    capped && attempt.reproduced_by(&indicator, attempt.facts)
}

/// The points of the band next to the right one were taken.
fn adjacent_band(attempt: &Attempt) -> bool {
    let indicator = attempt.default_reading();
    let Some(reading) = indicator.readings.first() else { return false };
    reading.criteria.iter().enumerate().any(|(at, criterion)| {
        (1..criterion.rule.parameters().intervals()).any(|upper| {
            let lent = |from, to| attempt.reproduced_with(&indicator, at, |rule| rule.lend_points(from, to));
            lent(upper, upper - 1) || lent(upper - 1, upper)
        })
    })
}

/// Something else was divided by: a part of a sum, another figure of the same kind, or the whole (100 %) everywhere.
fn other_denominator(attempt: &Attempt) -> bool {
    let indicator = attempt.default_reading();
    let Some(reading) = indicator.readings.first() else { return false };
    let one_of_them = reading.criteria.iter().enumerate().any(|(at, criterion)| {
        let others = other_divisors(attempt, criterion.rule.parameters());
        others.into_iter().any(|other| attempt.reproduced_with(&indicator, at, |rule| rule.divide_by(&other)))
    });
    one_of_them || attempt.reproduced_by(&by_the_whole(indicator.clone()), attempt.facts)
}

/// Facts of the indicator that could be taken for the divisor: parts of its sum, and figures of the same kind.
fn other_divisors(attempt: &Attempt, rule: &dyn Parameters) -> Vec<Expression> {
    let Some((dividend, divisor)) = rule.quotient() else { return Vec::new() };
    let names = divisor.names();
    let Some(wanted) = names.first().and_then(|name| attempt.kind(name)) else { return Vec::new() };
    attempt
        .card
        .facts_of(attempt.score.indicator)
        .filter(|fact| std::mem::discriminant(&fact.kind) == std::mem::discriminant(wanted))
        .map(|fact| Expression::Name(fact.id.clone()))
        .filter(|other| other != dividend)
        .collect()
}

/// Every number that is divided by becomes 100 %.
fn by_the_whole(mut indicator: Indicator) -> Indicator {
    let whole = Expression::Number { value: Decimal::ONE, percent: true };
    for rule in rules(&mut indicator) {
        if matches!(rule.parameters().quotient(), Some((_, Expression::Number { .. }))) {
            rule.parameters_mut().divide_by(&whole);
        }
    }
    indicator
}

/// A percentage was taken for a fraction of 1, or a fraction for a percentage: one of them, or all.
fn percent_as_fraction(attempt: &Attempt) -> bool {
    let is_percent = |kind: &FactKind| matches!(kind, FactKind::Percent { .. });
    attempt.reproduced_by_scaling(is_percent, &[], Decimal::ONE_HUNDRED)
}

/// 元 was taken for 万元, or the other way round. Where a ratio is only sorted into bands or held against a limit, any
/// ratio that is 10,000 times another ends at an end of the scale: that explains nothing.
fn unit_slip(attempt: &Attempt) -> bool {
    let is_money = |kind: &FactKind| matches!(kind, FactKind::Money { .. });
    let indicator = attempt.default_reading();
    let sorted: Vec<String> = indicator
        .readings
        .first()
        .into_iter()
        .flat_map(|reading| &reading.criteria)
        .filter(|criterion| criterion.rule.parameters().only_sorts())
        .flat_map(|criterion| criterion.names().into_iter().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    attempt.reproduced_by_scaling(is_money, &sorted, Decimal::from(YUAN_IN_WAN))
}

/// The rules of the only reading.
fn rules(indicator: &mut Indicator) -> impl Iterator<Item = &mut Rule> {
    let reading = indicator.readings.first_mut();
    reading.into_iter().flat_map(|reading| reading.criteria.iter_mut()).map(|criterion| &mut criterion.rule)
}

impl Attempt<'_> {
    /// The indicator under its default reading alone.
    fn default_reading(&self) -> Indicator {
        let mut indicator = self.score.indicator.clone();
        indicator.readings.truncate(1);
        indicator
    }

    fn kind(&self, fact: &str) -> Option<&FactKind> {
        self.card.facts.iter().find(|known| known.id == fact).map(|known| &known.kind)
    }

    fn reproduced_by(&self, indicator: &Indicator, facts: &Facts) -> bool {
        rescore(self.card, indicator, facts).default == Some(self.claimed)
    }

    /// With one rule of the indicator changed.
    fn reproduced_with(
        &self,
        indicator: &Indicator,
        criterion: usize,
        change: impl FnOnce(&mut dyn Parameters),
    ) -> bool {
        let mut indicator = indicator.clone();
        if let Some(rule) = rules(&mut indicator).nth(criterion) {
            change(rule.parameters_mut());
        }
        self.reproduced_by(&indicator, self.facts)
    }

    /// With the facts of a kind, but for some, multiplied or divided by `factor`, all at once or one of them.
    fn reproduced_by_scaling(&self, of_kind: fn(&FactKind) -> bool, but: &[String], factor: Decimal) -> bool {
        let indicator = self.default_reading();
        let facts = self.card.facts_of(self.score.indicator);
        let facts = facts.filter(|fact| of_kind(&fact.kind) && !but.contains(&fact.id));
        let names: Vec<&str> = facts.map(|fact| fact.id.as_str()).collect();
        let each = names.iter().map(std::slice::from_ref);
        let sets: Vec<&[&str]> = std::iter::once(names.as_slice()).filter(|all| !all.is_empty()).chain(each).collect();
        sets.into_iter().any(|names| {
            let larger = scaled(self.facts, names, |number| number.checked_mul(factor));
            let smaller = scaled(self.facts, names, |number| number.checked_div(factor));
            [larger, smaller].into_iter().flatten().any(|facts| self.reproduced_by(&indicator, &facts))
        })
    }
}

/// The facts with the figures of `names` changed; none when a figure cannot be held.
fn scaled(facts: &Facts, names: &[&str], change: impl Fn(Decimal) -> Option<Decimal>) -> Option<Facts> {
    let mut facts = facts.clone();
    for (_, known) in facts.iter_mut().filter(|(fact, _)| names.contains(&fact.as_str())) {
        for candidate in &mut known.candidates {
            if let CandidateValue::Number(number) = &mut candidate.value {
                *number = change(*number)?;
            }
        }
    }
    Some(facts)
}
