//! What reviewers entered in an earlier audit workbook, as it was used.

use serde::{Deserialize, Serialize};

/// What a reviewer entered in an earlier audit workbook, and what this audit used (人工).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    /// What it is: the value of a fact, the score of a criterion, or the reading of an indicator.
    pub about: EnteredAbout,
    /// The indicator; none for a fact.
    pub indicator: Option<String>,
    /// The fact or the criterion; none for a reading.
    pub item: Option<String>,
    /// What was entered: a value in the rulebook's unit, a score, or the id of a reading.
    pub value: String,
    /// The evidence that was handed in, as the reviewer wrote it.
    pub evidence: Option<String>,
    /// Who entered it, as far as the workbook says.
    pub by: Option<String>,
}

/// What a reviewer's entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnteredAbout {
    /// The value of a fact, or the evidence for it.
    Fact,
    /// The score of a criterion that somebody has to judge.
    Judged,
    /// The reading that an indicator follows.
    Reading,
}
