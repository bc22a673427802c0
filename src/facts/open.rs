//! What is known of the facts as an audit holds it, and back: its sources with their values, and beside them the facts of which
//! something was said that leaves them open. Together they are all that a score is computed from, so that a stored audit can be
//! recomputed without its workbook.

use std::str::FromStr;

use rust_decimal::Decimal;

use crate::audit::{FactAudit, LeftOpen, OpenFact, Origin};
use crate::contract::NO;
use crate::facts::known::{Candidate, CandidateValue, Facts, Known, Quoted};
use crate::rulebook::{FactKind, Scorecard};

/// The facts of which something was said that leaves them open, by their ids. What nobody answered is none of them: there the
/// rulebook may presume an answer.
pub fn left_open(known: &Facts) -> Vec<OpenFact> {
    let answered = known.iter().filter(|(_, known)| known.is_answered());
    answered.filter_map(|(id, known)| Some(OpenFact { fact: id.clone(), why: why_open(known)? })).collect()
}

fn why_open(known: &Known) -> Option<LeftOpen> {
    let is_disputed = known.quoted.as_ref().is_some_and(|quoted| quoted.is_disputed);
    match known {
        _ if is_disputed => Some(LeftOpen::Disputed),
        Known { unsettled: true, .. } => Some(LeftOpen::Unsettled),
        Known { candidates, .. } if !candidates.is_empty() => None,
        Known { not_applicable: true, .. } => Some(LeftOpen::NotApplicable),
        Known { doubtful: true, .. } => Some(LeftOpen::Doubtful),
        Known { .. } => Some(LeftOpen::Unusable),
    }
}

/// What is known of the facts of a card, of what an audit holds of them.
pub fn known_again(card: &Scorecard, entries: &[FactAudit], open: &[OpenFact]) -> Facts {
    let mut known = Facts::new();
    for fact in &card.facts {
        let own: Vec<&FactAudit> = entries.iter().filter(|entry| entry.id == fact.id).collect();
        let mut used: Vec<&&FactAudit> = own.iter().filter(|entry| entry.candidate).collect();
        used.sort_by_key(|entry| heard(entry));
        let candidate = |entry: &&&FactAudit| {
            let value = value_of(&fact.kind, entry)?;
            Some(Candidate { evidence: has_evidence(entry, &own), value })
        };
        let candidates: Vec<Candidate> = used.iter().filter_map(candidate).collect();
        if !candidates.is_empty() {
            known.insert(fact.id.clone(), Known { candidates, ..Known::default() });
        }
    }
    for fact in open {
        known.insert(fact.fact.clone(), open_again(fact.why));
    }
    known
}

fn open_again(why: LeftOpen) -> Known {
    let disputed = Quoted { is_disputed: true, ..Quoted::default() };
    Known {
        not_applicable: why == LeftOpen::NotApplicable,
        doubtful: why == LeftOpen::Doubtful,
        unsettled: why == LeftOpen::Unsettled,
        quoted: (why == LeftOpen::Disputed).then_some(disputed),
        ..Known::default()
    }
}

/// The order in which the sources of a fact are heard, those of a rank by their place: tables, what running text states, the
/// completion table, what running text denies.
fn heard(entry: &FactAudit) -> u8 {
    match entry.origin {
        Origin::BaseData | Origin::Reviewer | Origin::Form | Origin::LastYear => 0,
        Origin::Narrative if entry.value != NO => 1,
        Origin::CompletionTable => 2,
        Origin::Narrative => 3,
    }
}

fn value_of(kind: &FactKind, entry: &FactAudit) -> Option<CandidateValue> {
    match kind {
        FactKind::YesNo | FactKind::Choice { .. } => Some(CandidateValue::Answer(entry.value.clone())),
        FactKind::Money { .. } | FactKind::Count { .. } | FactKind::Percent { .. } | FactKind::Declared { .. } => {
            Decimal::from_str(&entry.value).ok().map(CandidateValue::Number)
        }
    }
}

/// Evidence beside any certain source of a value is evidence for it; beside a reviewer's reading, the reviewer's counts.
fn has_evidence(entry: &FactAudit, own: &[&FactAudit]) -> bool {
    let is_reviewed = own.iter().any(|other| other.origin == Origin::Reviewer && other.candidate);
    let counts = |other: &&&FactAudit| other.certain && (!is_reviewed || other.origin == Origin::Reviewer);
    own.iter().filter(counts).any(|other| other.value == entry.value && other.evidence.is_some())
}
