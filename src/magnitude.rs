//! Amounts of one sum whose magnitudes do not fit: a ratio of two amounts that no department can have, and that one of them
//! in another unit would make possible, says that a unit slipped. Both readings are candidates. (certainty.md, 6)

use rust_decimal::Decimal;

use crate::audit::{Doubt, FactAudit, Finding, Verdict};
use crate::checks::register::Code;
use crate::facts::FactsFound;
use crate::facts::known::{Candidate, CandidateValue};
use crate::judge::Judged;
use crate::phrase::{Hole, Term};
use crate::rulebook::{Fact, FactKind, Scorecard};

/// No two amounts that a clause compares (a budget and what was spent of it) are a hundred times apart in earnest …
const IMPOSSIBLE: Decimal = Decimal::ONE_HUNDRED;
/// … and within ten times of each other nothing is odd.
const POSSIBLE: Decimal = Decimal::TEN;
/// 万元 for 百万元, and 元 for 万元: the slips that forms know.
const SLIPS: [u32; 2] = [2, 4];

/// Two facts of one criterion, the first the larger, and the larger as it would be in the smaller unit.
type Slipped = (usize, usize, Decimal);

/// Lets slipped units stand open in the indicators that would be held against the department. True: the facts changed.
pub(crate) fn heed(card: &Scorecard, scores: &[Judged], facts: &mut FactsFound) -> bool {
    let accused = scores.iter().filter(|score| matches!(score.verdict, Verdict::Overstated | Verdict::Understated));
    let criteria = accused.flat_map(|score| score.indicator.readings.iter().flat_map(|reading| &reading.criteria));
    let slipped: Vec<Slipped> = criteria.filter_map(|criterion| slip(card, &criterion.names(), facts)).collect();
    for (larger, smaller, meant) in &slipped {
        let (Some(larger), Some(smaller)) = (card.facts.get(*larger), card.facts.get(*smaller)) else { continue };
        leave_open(larger, smaller, *meant, facts);
    }
    !slipped.is_empty()
}

/// The two amounts of a criterion, when their magnitudes do not fit and would in another unit.
fn slip(card: &Scorecard, names: &[&str], facts: &FactsFound) -> Option<Slipped> {
    let amounts: Vec<(usize, Decimal)> = card
        .facts
        .iter()
        .enumerate()
        .filter(|(_, fact)| matches!(fact.kind, FactKind::Money { .. }) && names.contains(&fact.id.as_str()))
        .filter_map(|(index, fact)| Some((index, only_figure(facts, &fact.id)?)))
        .collect();
    let [one, other] = amounts.as_slice() else { return None };
    let (larger, smaller) = if one.1 >= other.1 { (one, other) } else { (other, one) };
    let is_within = |most: Decimal, amount: Decimal| {
        smaller.1.checked_mul(most).is_some_and(|limit| amount <= limit)
            && amount.checked_mul(most).is_some_and(|limit| smaller.1 <= limit)
    };
    if smaller.1.is_zero() || is_within(IMPOSSIBLE, larger.1) {
        return None;
    }
    let meant =
        SLIPS.iter().map(|zeros| larger.1 * Decimal::new(1, *zeros)).find(|meant| is_within(POSSIBLE, *meant))?;
    Some((larger.0, smaller.0, meant.normalize()))
}

fn only_figure(facts: &FactsFound, id: &str) -> Option<Decimal> {
    match facts.known.get(id)?.candidates.as_slice() {
        [Candidate { value: CandidateValue::Number(figure), .. }] => Some(*figure),
        _ => None,
    }
}

fn leave_open(larger: &Fact, smaller: &Fact, meant: Decimal, facts: &mut FactsFound) {
    let Some(known) = facts.known.get_mut(&larger.id) else { return };
    let value = CandidateValue::Number(meant);
    if known.candidates.iter().any(|candidate| candidate.value == value) {
        return;
    }
    known.candidates.push(Candidate { value: value.clone(), evidence: false });
    let entry = facts.entries.iter().position(|entry| entry.id == larger.id && entry.candidate);
    let Some(at) = entry else { return };
    let stored = facts.entries[at].clone();
    let source = stored.source.clone();
    facts.entries[at].why = Some(Doubt::Magnitude);
    facts.entries[at].certain = false;
    facts.entries.insert(at + 1, FactAudit { value: crate::facts::value_text(&value), ..facts.entries[at].clone() });
    let words = |value: &CandidateValue| crate::facts::value_in_words(&larger.kind, value);
    let both = Term::list(&[format!("{} {}", stored.value, stored.unit.unwrap_or_default()), words(&value)]);
    let holes: &[Hole] = &[("fact", &larger.label), ("beside", &smaller.label), ("values", &both)];
    let finding = Finding::worded(Code::UnitAmbiguous, "unit-ambiguous-magnitude", holes);
    facts.findings.push(finding.of_fact(&larger.id).at(&source));
}
