//! What a cell shows beside what it stores: where the digits that are not shown move a figure into another band, either may
//! be meant, and both are candidates. (certainty.md, 5)

use rust_decimal::Decimal;

use crate::audit::{FactAudit, Finding};
use crate::checks::register::Code;
use crate::facts::FactsFound;
use crate::facts::known::{Candidate, CandidateValue};
use crate::phrase::Hole;
use crate::rescore::{Rescored, rescore};
use crate::rulebook::{Fact, Indicator, Scorecard};
use crate::submission::{FactSource, FactValue, Submission};

/// A score that moves by so many times more than the figure does has crossed an edge: a formula without bands moves with
/// its figures.
const JUMP: Decimal = Decimal::TEN;

/// Lets the shown figure stand beside the stored one wherever it gives a score of another band.
pub(crate) fn heed(card: &Scorecard, submission: &Submission, tolerance: Decimal, facts: &mut FactsFound) {
    for source in &submission.facts {
        let Some(fact) = card.facts.iter().find(|fact| fact.id == source.fact) else { continue };
        let (FactValue::Number(stored), Some(shown), None) = (&source.value, source.shown, source.doubt) else {
            continue;
        };
        let alone = [CandidateValue::Number(*stored)];
        let known = facts.known.get(&fact.id);
        if !known.is_some_and(|known| known.candidates.iter().map(|one| &one.value).eq(&alone)) {
            continue;
        }
        let users = card.indicators.iter().filter(|one| card.facts_of(one).any(|used| used.id == fact.id));
        let moved: Vec<&Indicator> =
            users.filter(|one| crosses(card, one, facts, fact, (*stored, shown), tolerance)).collect();
        if let Some(first) = moved.first() {
            stand_beside(fact, first, source, shown, facts);
        }
    }
}

/// Whether the indicator's score jumps when the figure is taken as it is shown.
fn crosses(
    card: &Scorecard,
    indicator: &Indicator,
    facts: &FactsFound,
    fact: &Fact,
    (stored, shown): (Decimal, Decimal),
    tolerance: Decimal,
) -> bool {
    let mut other = facts.known.clone();
    if let Some(known) = other.get_mut(&fact.id) {
        known.candidates = vec![Candidate { value: CandidateValue::Number(shown), evidence: false }];
    }
    let (one, other) = (rescore(card, indicator, &facts.known), rescore(card, indicator, &other));
    let most = indicator.most();
    let moved = |end: fn(&Rescored) -> Decimal| end(&one).saturating_sub(end(&other)).abs();
    let step = moved(|range| range.low).max(moved(|range| range.high.unwrap_or(range.low)));
    let change = stored.saturating_sub(shown).abs();
    // Both sides times points and figure, so that nothing is divided by zero.
    let jumps = step.saturating_mul(stored.abs()) > change.saturating_mul(most).saturating_mul(JUMP);
    step > tolerance && jumps
}

fn stand_beside(fact: &Fact, indicator: &Indicator, source: &FactSource, shown: Decimal, facts: &mut FactsFound) {
    let value = CandidateValue::Number(shown);
    if let Some(known) = facts.known.get_mut(&fact.id) {
        let evidence = known.candidates.iter().any(|candidate| candidate.evidence);
        known.candidates.push(Candidate { value: value.clone(), evidence });
    }
    let of_fact = |entry: &&FactAudit| entry.id == fact.id && entry.source == source.source && entry.candidate;
    if let Some(at) = facts.entries.iter().position(|entry| of_fact(&entry)) {
        let entry = FactAudit { value: crate::facts::value_text(&value), ..facts.entries[at].clone() };
        facts.entries.insert(at + 1, entry);
    }
    let words = |value: &CandidateValue| crate::facts::value_in_words(&fact.kind, value);
    let (shown, stored) = (words(&value), source.value.figure().map(|figure| words(&CandidateValue::Number(figure))));
    let holes: &[Hole] = &[
        ("fact", &fact.label),
        ("shown", &shown),
        ("stored", &stored.unwrap_or_default()),
        ("indicator", &indicator.name),
    ];
    let finding = Finding::worded(Code::FactDoubtful, "fact-doubtful-shown", holes);
    facts.findings.push(finding.of_indicator(&indicator.id).of_fact(&fact.id).at(&source.source));
}
