//! One indicator: what is claimed, what can be, and the verdict.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::source::Source;
use crate::decimal_text::{amount, figure, figure_option, score, score_option};
use crate::packed::Packed;
use crate::phrase::Phrase;
use crate::quantity::Sign;
use crate::settled_by::{Lack, SettledBy};
use crate::taken::{Taken, granted_at_most, most};

/// What the comparison of a claim with its range says. Exactly one per indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 一致: complete, and the claim is the default reading's score.
    Agrees,
    /// 多计: above every reading and every completion of what is missing.
    Overstated,
    /// 少计: below every reading and every completion of what is missing.
    Understated,
    /// 口径存疑: complete, within the readings, but not the default one.
    ReadingDependent,
    /// 无法复核: within the range of what is missing.
    Unverifiable,
    /// 填报无效: no number, or a negative one.
    Invalid,
}

/// One indicator of one audit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorAudit {
    /// The rulebook's id, or a declared form's row.
    pub id: String,
    /// The name that people read.
    pub name: String,
    /// Points it can earn; none where a declared form states no weight.
    #[serde(with = "figure_option")]
    pub points: Option<Decimal>,
    /// The claimed score; a negative number or none when invalid.
    #[serde(with = "figure_option")]
    pub claimed: Option<Decimal>,
    /// What each of several cells claims that have the same right to be the claim; empty where there are not several.
    #[serde(default)]
    pub claims: Vec<ClaimFound>,
    /// Lowest score over all readings and completions.
    #[serde(with = "score")]
    pub low: Decimal,
    /// Highest score over all readings and completions; none where the weight is unknown.
    #[serde(with = "score_option")]
    pub high: Option<Decimal>,
    /// The default reading's score; none while incomplete.
    #[serde(with = "score_option")]
    pub default: Option<Decimal>,
    /// The verdict.
    pub verdict: Verdict,
    /// What the verdict amounts to, in points; 0 where nothing.
    #[serde(with = "amount")]
    pub difference: Decimal,
    /// Every reading, where there is more than one.
    pub readings: Vec<ReadingRange>,
    /// What would make the range a number.
    pub settled_by: Vec<SettledBy>,
    /// The sum, step by step.
    pub working: Packed<Vec<Phrase>>,
    /// Where the claim stands.
    pub source: Option<Source>,
    /// The parts of the score under the default reading.
    #[serde(default)]
    pub criteria: Vec<CriterionAudit>,
    /// How a line of a declared form is measured; none on a card.
    #[serde(default)]
    pub declared: Option<Box<DeclaredLine>>,
}

/// One of several cells that have the same right to be the claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimFound {
    /// The score; none where it is no number.
    #[serde(with = "figure_option")]
    pub value: Option<Decimal>,
    /// Where it stands.
    pub source: Source,
}

impl ClaimFound {
    /// What a cell claims.
    pub fn new(value: Option<Decimal>, source: &Source) -> ClaimFound {
        ClaimFound { value, source: source.clone() }
    }
}

impl IndicatorAudit {
    /// Whether nobody can say what is claimed: several cells say different things, or the card is another's.
    pub fn is_open(&self) -> bool {
        self.verdict == Verdict::Unverifiable && self.claimed.is_none()
    }

    /// Whether the department's card has it at all, as the rulebook does: what it never had is not asked of it.
    pub fn is_asked(&self) -> bool {
        !self.settled_by.contains(&SettledBy::Row(self.id.clone(), Lack::Claim))
    }

    /// The claim as it is counted.
    pub(crate) fn taken(&self) -> Taken {
        match self.claimed.filter(|_| self.verdict != Verdict::Invalid) {
            Some(claimed) => Taken::Score(claimed),
            None if self.is_open() => Taken::Open { most: most(self.claims.iter().map(|claim| claim.value)) },
            None => Taken::Invalid,
        }
    }

    /// What can at most be granted: the smaller of claim and highest score.
    pub fn grantable(&self) -> Decimal {
        granted_at_most(self.taken(), self.high)
    }
}

/// How a line of a declared form is measured, and what it declares besides numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclaredLine {
    /// What the score is computed from.
    pub measure: Measure,
    /// The direction of a numeric target, if one is written.
    pub sign: Option<Sign>,
    /// The level that the rulebook's words name for a qualitative target.
    pub level: Option<String>,
    /// The points that the form states, where a reviewer has established others.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "figure_option")]
    pub stated_points: Option<Decimal>,
    /// Where the target stands.
    pub target: Option<Source>,
    /// Where the actual stands.
    pub actual: Option<Source>,
}

/// What the score of a declared line is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Spent against planned.
    Budget,
    /// A number against a target.
    Number,
    /// A number against both ends of a target.
    Span,
    /// A level of attainment.
    Level,
    /// Nothing that can be computed: somebody has to judge.
    Judged,
}

/// The range of one criterion under the default reading, before the indicator's rounding (shown at two decimals).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionAudit {
    /// Its id within the indicator.
    pub id: String,
    /// Its clause in short.
    pub clause: String,
    /// Points it can earn.
    #[serde(with = "figure")]
    pub points: Decimal,
    /// Lowest, at two decimals.
    #[serde(with = "score")]
    pub low: Decimal,
    /// Highest, at two decimals.
    #[serde(with = "score")]
    pub high: Decimal,
    /// The sum.
    pub working: Packed<Phrase>,
}

/// The range of one reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingRange {
    /// The reading's id.
    pub id: String,
    /// Lowest score under it.
    #[serde(with = "score")]
    pub low: Decimal,
    /// Highest score under it.
    #[serde(with = "score")]
    pub high: Decimal,
}
