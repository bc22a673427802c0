//! A decimal point that slipped: 9.2 of 10 planned typed as 92, 96 % as 9.6. Where a figure is ten, a hundred or a thousand times out
//! beside the one it is compared with, and the point in its right place gives exactly what the department claims, both may be
//! meant, and both are candidates. A claim that neither of them explains finds no shelter. (certainty.md, 6)

use rust_decimal::Decimal;

use super::{is_reviewed, only_figure};
use crate::audit::{FactAudit, Finding, Verdict};
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::facts::FactsFound;
use crate::facts::known::{Candidate, CandidateValue};
use crate::judge::Judged;
use crate::line_ids::RowFact;
use crate::phrase::Hole;
use crate::rescore::rescore;
use crate::rulebook::expression::Expression;
use crate::rulebook::{Criterion, Fact, FactKind, Indicator, Scorecard};

/// So many places a point slips: ten, a hundred, a thousand times.
const PLACES: [u32; 3] = [1, 2, 3];
/// With its point in its right place a figure lies between half of what it is compared with and a third more: what departments
/// carry out of a plan. As it stands it is then at most 13 % of it, or at least five times as much, which is the first thing
/// that anybody would say of it.
const FROM: Decimal = Decimal::from_parts(5, 0, 0, false, 1);
const TO: Decimal = Decimal::from_parts(13, 0, 0, false, 1);
/// A claim below its points that follows from a sum to the cent is no coincidence: then a tenth of it is possible, too.
const FROM_OF_SUMS: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

/// A figure, and what it is with its point in its right place.
struct Slipped<'c> {
    fact: &'c Fact,
    stored: Decimal,
    meant: Decimal,
}

/// Lets the figure with its point in its right place stand beside the typed one in the indicators that would be held against the
/// department. `printed`: indicators whose own printed rate says that their figures are meant as they stand. True: the facts
/// changed.
pub(crate) fn heed(
    card: &Scorecard,
    scores: &[Judged],
    printed: &[&str],
    tolerance: Decimal,
    facts: &mut FactsFound,
) -> bool {
    let is_meant = |score: &&Judged| !printed.contains(&score.indicator.id.as_str());
    let accused: Vec<&Judged> = scores.iter().filter(|score| is_accused(score.verdict)).filter(is_meant).collect();
    let found: Vec<(&Judged, Slipped)> =
        accused.into_iter().filter_map(|score| Some((score, slip(card, score, tolerance, facts)?))).collect();
    found.iter().for_each(|(score, slipped)| stand_beside(score, slipped, facts));
    !found.is_empty()
}

fn is_accused(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Overstated | Verdict::Understated)
}

/// The slip that explains a claim; none where none does.
fn slip<'c>(card: &'c Scorecard, score: &Judged<'c>, tolerance: Decimal, facts: &FactsFound) -> Option<Slipped<'c>> {
    let criteria = score.indicator.readings.first().into_iter().flat_map(|reading| &reading.criteria);
    criteria.into_iter().find_map(|criterion| {
        compared(card, score.indicator, criterion, facts).into_iter().find_map(|(fact, stored, beside)| {
            let meant = meant(criterion, score, (fact, stored), beside);
            meant.into_iter().find_map(|meant| {
                let slipped = Slipped { fact, stored, meant };
                explains(card, score, &slipped, tolerance, facts).then_some(slipped)
            })
        })
    })
}

/// The figures of a criterion, each with the one that it is compared with: the other of its kind, and 100 of a rate.
fn compared<'c>(
    card: &'c Scorecard,
    indicator: &Indicator,
    criterion: &Criterion,
    facts: &FactsFound,
) -> Vec<(&'c Fact, Decimal, Decimal)> {
    // 编外 ÷ (在编 + 编外): a part is as small beside the whole as it is.
    let is_part = criterion.rule.parameters().quotient().is_some_and(|(part, whole)| {
        let whole = whole.names();
        whole.len() > 1 && part.names().iter().any(|name| whole.contains(name))
    });
    if is_part {
        return Vec::new();
    }
    let names = criterion.names();
    let figures: Vec<(usize, &Fact, Decimal)> = card
        .facts
        .iter()
        .enumerate()
        .filter(|(_, fact)| names.contains(&fact.id.as_str()))
        .filter_map(|(place, fact)| Some((place, fact, only_figure(facts, &fact.id)?)))
        .collect();
    let of_kind = |fact: &Fact| std::mem::discriminant(&fact.kind);
    // Of an amount that may be a tenth of another, a tenth is what it is compared with.
    let limit = |one: &Fact| criterion.rule.parameters().part_of_other(&one.id);
    let others = |one: &Fact| -> Vec<Decimal> {
        let like = figures.iter().filter(|(_, other, _)| other.id != one.id && of_kind(other) == of_kind(one));
        let hundred = matches!(one.kind, FactKind::Percent { .. }).then(|| full_rate(criterion));
        like.filter_map(|(_, _, figure)| figure.checked_mul(limit(one))).chain(hundred).collect()
    };
    let target = RowFact::Target.of(&indicator.id);
    // Two cells that say the same are no slip.
    let is_said_twice = |fact: &Fact, figure: Decimal| {
        let of_fact = facts.entries.iter().filter(|entry| entry.id == fact.id);
        of_fact.filter(|entry| Decimal::from_str_exact(&entry.value) == Ok(figure)).count() > 1
    };
    let asked = figures.iter().filter(|(place, fact, figure)| {
        fact.id != target && !is_reviewed(facts, card, *place) && !is_said_twice(fact, *figure)
    });
    asked.flat_map(|(_, fact, figure)| others(fact).into_iter().map(move |other| (*fact, *figure, other))).collect()
}

/// The rate that earns a criterion in full: what a proportion of a rate divides by (25 % of a first quarter), else 100 %.
fn full_rate(criterion: &Criterion) -> Decimal {
    match criterion.rule.parameters().quotient() {
        Some((_, Expression::Number { value, .. })) => {
            value.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(Decimal::ONE_HUNDRED)
        }
        _ => Decimal::ONE_HUNDRED,
    }
}

/// What a figure may be with its point in its right place beside another. A whole figure may lack a zero, but not two: 1 of 100 is
/// one of a hundred.
fn meant(criterion: &Criterion, score: &Judged, (fact, stored): (&Fact, Decimal), beside: Decimal) -> Vec<Decimal> {
    let from = if criterion.rule.parameters().is_sum() && !score.claimed_in_full() { FROM_OF_SUMS } else { FROM };
    // A plan stands below the line: what was carried out of it is the share.
    let is_plan =
        criterion.rule.parameters().quotient().is_some_and(|(_, plan)| plan.names().contains(&fact.id.as_str()));
    let share = |figure: &Decimal| if is_plan { beside.checked_div(*figure) } else { figure.checked_div(beside) };
    let is_near = |figure: &Decimal| share(figure).is_some_and(|share| (from..=TO).contains(&share));
    if is_near(&stored) && from == FROM {
        return Vec::new();
    }
    let moved = PLACES.iter().flat_map(|places| {
        let times = Decimal::from(10_u32.pow(*places));
        let has_digits = *places == 1 || !stored.is_integer();
        [stored.checked_div(times), stored.checked_mul(times).filter(|_| has_digits)]
    });
    moved.flatten().map(|figure| figure.normalize()).filter(is_near).collect()
}

/// Whether the claim is what the figure with its point in its right place gives: its score, and nothing that is open.
fn explains(card: &Scorecard, score: &Judged, slipped: &Slipped, tolerance: Decimal, facts: &FactsFound) -> bool {
    let mut known = facts.known.clone();
    let value = CandidateValue::Number(slipped.meant);
    if !crate::facts::bounds::within(&slipped.fact.kind, &value)
        && !matches!(slipped.fact.kind, FactKind::Declared { .. })
    {
        return false;
    }
    if !keeps_its_order(card, slipped, facts) {
        return false;
    }
    if let Some(own) = known.get_mut(&slipped.fact.id) {
        own.candidates = vec![Candidate { value, evidence: false }];
    }
    let range = rescore(card, score.indicator, &known);
    let judged = Judged::new(score.indicator, score.claim.clone(), range, tolerance);
    matches!(judged.verdict, Verdict::Agrees | Verdict::ReadingDependent)
}

/// Whether a cumulative figure with its point in its right place lies between those before and behind it.
fn keeps_its_order(card: &Scorecard, slipped: &Slipped, facts: &FactsFound) -> bool {
    let figure = |id: &str| only_figure(facts, id);
    let before = slipped.fact.cumulates.as_deref().and_then(figure);
    let behind = card.facts.iter().filter(|fact| fact.cumulates.as_ref() == Some(&slipped.fact.id));
    before.is_none_or(|before| before <= slipped.meant)
        && behind.filter_map(|fact| figure(&fact.id)).all(|behind| slipped.meant <= behind)
}

fn stand_beside(score: &Judged, slipped: &Slipped, facts: &mut FactsFound) {
    let value = CandidateValue::Number(slipped.meant);
    if let Some(known) = facts.known.get_mut(&slipped.fact.id) {
        if known.candidates.iter().any(|candidate| candidate.value == value) {
            return;
        }
        known.candidates.push(Candidate { value: value.clone(), evidence: false });
    }
    let Some(at) = facts.entries.iter().position(|entry| entry.id == slipped.fact.id && entry.candidate) else {
        return;
    };
    let entry = FactAudit { value: crate::facts::value_text(&value), ..facts.entries[at].clone() };
    let source = entry.source.clone();
    facts.entries.insert(at + 1, entry);
    let (stored, meant) = (figure_text(slipped.stored), figure_text(slipped.meant));
    let claimed = score.claim.shown().map(figure_text).unwrap_or_default();
    let holes: &[Hole] =
        &[("indicator", &score.indicator.name), ("stored", &stored), ("meant", &meant), ("claimed", &claimed)];
    let finding = Finding::worded(Code::UnitAmbiguous, "unit-ambiguous-point", holes);
    facts.findings.push(finding.of_indicator(&score.indicator.id).at(&source));
}
