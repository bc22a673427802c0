//! The recomputed score of an indicator as a range over all readings, missing facts and conflicting candidates.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::audit::{CriterionAudit, ReadingRange};

/// What is known of every fact of a rulebook, by fact id. A fact without an entry is missing.
pub type Facts = BTreeMap<String, Known>;

/// What is known of one fact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The values it may have; none: unknown. Several are varied together wherever the fact is used.
    pub candidates: Vec<Candidate>,
    /// It was answered 不适用.
    pub not_applicable: bool,
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

/// A recomputed indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescored {
    /// Lowest score, rounded.
    pub low: Decimal,
    /// Highest score, rounded.
    pub high: Decimal,
    /// The default reading's score when complete.
    pub default: Option<Decimal>,
    /// Every reading's range, in the rulebook's order (also where there is only one).
    pub readings: Vec<ReadingRange>,
    /// What would make it a number, in rulebook order; empty when complete.
    pub settled_by: Vec<String>,
    /// The sum written out.
    pub working: Vec<String>,
    /// The criteria under the default reading.
    pub criteria: Vec<CriterionAudit>,
    /// Facts whose denominator was 0 (x ÷ 0), and those for which 0 ÷ 0 is 不适用.
    pub zero_denominators: Vec<ZeroDenominator>,
}

/// A division by zero met while computing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZeroDenominator {
    /// The facts of the denominator.
    pub facts: Vec<String>,
    /// True for 0 ÷ 0 (不适用), false for x ÷ 0.
    pub not_applicable: bool,
}

impl Rescored {
    /// True when every reading gives one number whatever is missing.
    pub fn complete(&self) -> bool {
        self.readings
            .iter()
            .all(|reading| reading.low == reading.high)
    }
}
