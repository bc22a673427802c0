//! What is known of the facts: the values that each may have, which is all that scores are computed from.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

/// What is known of every fact of a rulebook, by fact id. A fact without an entry was not answered at all, and only
/// then is the rulebook's presumed answer taken; an entry without candidates was answered with something that cannot
/// be used (unreadable, out of range, 不适用).
pub type Facts = BTreeMap<String, Known>;

/// What is known of one fact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The values it may have; none: unknown. Several are varied together wherever the fact is used.
    pub candidates: Vec<Candidate>,
    /// It was answered 不适用.
    pub not_applicable: bool,
    /// Its unit does not settle what it counts: the values may be others, too.
    pub unsettled: bool,
    /// Something was found for it that is not certainly it: it may have any value.
    pub doubtful: bool,
    /// What its cell says, where the working quotes it; none for the facts of a rulebook's card.
    pub quoted: Option<Quoted>,
}

/// What the cell of a form's actual says, for the steps of the working that quote it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quoted {
    /// Its text, trimmed.
    pub text: String,
    /// Its figure with its own unit; none where it is no figure.
    pub figure: Option<String>,
    /// Nothing is reported (a stroke, an empty cell): as if it had not been answered at all.
    pub is_blank: bool,
    /// Columns of equal rank say different targets or actuals, and no word decides between them.
    pub is_disputed: bool,
}

impl Known {
    /// Whether something stands in its place, usable or not.
    pub fn is_answered(&self) -> bool {
        self.quoted.as_ref().is_none_or(|quoted| !quoted.is_blank)
    }
}

/// One value that a fact may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The value.
    pub value: CandidateValue,
    /// Whether evidence is named for it (matters for answers only).
    pub evidence: bool,
}

/// A value in the rulebook's unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CandidateValue {
    /// A figure; percentages as the number before the sign.
    Number(Decimal),
    /// 是, 否, or one of the rulebook's words.
    Answer(String),
}

/// Every figure that a fact may have.
pub fn values(facts: &Facts, id: &str) -> Vec<Decimal> {
    let candidates = facts.get(id).into_iter().flat_map(|known| &known.candidates);
    let numbers = candidates.filter_map(|candidate| match &candidate.value {
        CandidateValue::Number(value) => Some(*value),
        CandidateValue::Answer(_) => None,
    });
    numbers.collect()
}
