//! Amounts of one sum whose magnitudes do not fit: a ratio of two amounts that no department can have, and that one of them
//! in another unit would make possible, says that a unit slipped. Both may be wrong, and so may the other amount: the value is
//! unknown until a person says which it is. (certainty.md, 6)

pub(crate) mod contradicted;
pub(crate) mod decimal_point;

use rust_decimal::Decimal;

use crate::audit::{Doubt, FactAudit, Finding, Origin, Verdict};
use crate::checks::register::Code;
use crate::facts::FactsFound;
use crate::facts::known::{Candidate, CandidateValue};
use crate::judge::Judged;
use crate::phrase::{Filling, Hole, Term};
use crate::rulebook::{Fact, FactKind, Scorecard};

/// No two amounts that a clause compares (a budget and what was spent of it) are a hundred times apart in earnest …
const IMPOSSIBLE: Decimal = Decimal::ONE_HUNDRED;
/// … within ten times of each other nothing is odd, and what is measured of an amount (what was spent of a budget, what is in use of
/// the assets) is not ten times as large as the whole.
const POSSIBLE: Decimal = Decimal::TEN;
/// 万元 for 百万元, and 元 for 万元: the slips that forms know.
const SLIPS: [u32; 2] = [2, 4];

/// Two facts of one criterion: the one that is asked about, the other, and the first as it would be in the other unit.
type Slipped = (usize, usize, Decimal);

/// Lets slipped units stand open, whether they would be held against the department or confirm its claim: 825,000 % in use is as
/// good as 82.5 % where the highest band has no end. Of what may lie up to a limit (what was shifted of a budget) a small part is
/// nothing odd, and only an accused score is looked at. True: the facts changed.
pub(crate) fn heed(card: &Scorecard, scores: &[Judged], facts: &mut FactsFound) -> bool {
    let is_accused = |score: &Judged| matches!(score.verdict, Verdict::Overstated | Verdict::Understated);
    let criteria = scores.iter().flat_map(|score| {
        let criteria = score.indicator.readings.iter().flat_map(|reading| &reading.criteria);
        criteria.filter(move |criterion| is_accused(score) || !criterion.rule.parameters().has_limit())
    });
    let slipped: Vec<Slipped> = criteria.filter_map(|criterion| slip(card, &criterion.names(), facts)).collect();
    for (asked, beside, meant) in &slipped {
        let (Some(asked), Some(beside)) = (card.facts.get(*asked), card.facts.get(*beside)) else { continue };
        leave_open(asked, &beside.label, *meant, facts);
    }
    let apart = apart_from_completion(card, facts);
    if let Some((asked, meant)) = &apart {
        leave_open(asked, &Term::word("finding.completion-total"), *meant, facts);
    }
    !slipped.is_empty() || apart.is_some()
}

/// The total of the completion table is the same amount but for its unit: within a hundredth of it.
const THE_SAME: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// The fact that the completion table's total gives as well, where the two are the same but for a unit that slipped: 32,000,000 beside
/// 3,200. Whichever of them is right, one sum has two magnitudes.
fn apart_from_completion<'c>(card: &'c Scorecard, facts: &FactsFound) -> Option<(&'c Fact, Decimal)> {
    let id = card.completion.budget_total.as_ref()?;
    let stated = only_figure(facts, id).filter(|stated| *stated > Decimal::ZERO)?;
    let is_total = |entry: &&FactAudit| entry.id == *id && entry.origin == Origin::CompletionTable && !entry.candidate;
    let total: Decimal = facts.entries.iter().find(is_total)?.value.parse().ok()?;
    let (larger, smaller) = (stated.max(total), stated.min(total));
    let slips = |zeros: &u32| {
        let scaled = larger * Decimal::new(1, *zeros);
        smaller.checked_mul(THE_SAME).is_some_and(|most| (scaled - smaller).abs() <= most)
    };
    let is_reviewed = facts.entries.iter().any(|entry| entry.id == *id && entry.origin == Origin::Reviewer);
    let asked = card.facts.iter().find(|fact| fact.id == *id)?;
    (!is_reviewed && SLIPS.iter().any(slips)).then_some((asked, total))
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
    // What is measured comes first in its expression.
    let is_part = card.facts.get(larger.0).is_some_and(|fact| names.first() == Some(&fact.id.as_str()));
    let most = if is_part { POSSIBLE } else { IMPOSSIBLE };
    if smaller.1.is_zero() || is_within(most, larger.1) {
        return None;
    }
    let zeros = *SLIPS.iter().find(|zeros| is_within(POSSIBLE, larger.1 * Decimal::new(1, **zeros)))?;
    // What a reviewer said is certain: the other amount is asked about then.
    match (is_reviewed(facts, card, larger.0), is_reviewed(facts, card, smaller.0)) {
        (false, _) => Some((larger.0, smaller.0, (larger.1 * Decimal::new(1, zeros)).normalize())),
        (true, false) => {
            Some((smaller.0, larger.0, smaller.1.checked_mul(Decimal::from(10_u32.pow(zeros)))?.normalize()))
        }
        (true, true) => None,
    }
}

/// Whether a reviewer said what a fact is.
fn is_reviewed(facts: &FactsFound, card: &Scorecard, fact: usize) -> bool {
    let is_own = |entry: &&FactAudit| card.facts.get(fact).is_some_and(|fact| fact.id == entry.id);
    facts.entries.iter().filter(is_own).any(|entry| entry.origin == Origin::Reviewer)
}

fn only_figure(facts: &FactsFound, id: &str) -> Option<Decimal> {
    match facts.known.get(id)?.candidates.as_slice() {
        [Candidate { value: CandidateValue::Number(figure), .. }] => Some(*figure),
        _ => None,
    }
}

/// Leaves a fact unknown: what its cell says and what it would be in the other unit are shown, and neither is believed.
fn leave_open(asked: &Fact, beside: &dyn Filling, meant: Decimal, facts: &mut FactsFound) {
    let Some(known) = facts.known.get_mut(&asked.id).filter(|known| !known.doubtful) else { return };
    known.candidates.clear();
    known.doubtful = true;
    let entry = facts.entries.iter().position(|entry| entry.id == asked.id && entry.candidate);
    let Some(at) = entry else { return };
    let value = CandidateValue::Number(meant);
    let entry = &mut facts.entries[at];
    (entry.why, entry.certain, entry.candidate) = (Some(Doubt::Magnitude), false, false);
    let stored = entry.clone();
    facts.entries.insert(at + 1, FactAudit { value: crate::facts::value_text(&value), ..stored.clone() });
    let words = crate::facts::value_in_words(&asked.kind, &value);
    let both = Term::list(&[format!("{} {}", stored.value, stored.unit.unwrap_or_default()), words]);
    let holes: &[Hole] = &[("fact", &asked.label), ("beside", beside), ("values", &both)];
    let finding = Finding::worded(Code::UnitAmbiguous, "unit-ambiguous-magnitude", holes);
    facts.findings.push(finding.of_fact(&asked.id).at(&stored.source));
}
