//! Totals and grades, as claimed and as recomputed, and the claimed points by verdict.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::decimal_text::{score, score_option};

/// What the workbook itself states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimedTotals {
    /// 综合评分 as stated, in points.
    #[serde(with = "score_option")]
    pub total: Option<Decimal>,
    /// 评分等级 as stated.
    pub grade: Option<String>,
}

/// The recomputed total as a range, and its grades.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecomputedTotals {
    /// Lowest total, in points.
    #[serde(with = "score")]
    pub low: Decimal,
    /// Highest total; none where a weight is unknown.
    #[serde(with = "score_option")]
    pub high: Option<Decimal>,
    /// Σ min(claimed, high): the most that can be granted.
    #[serde(with = "score")]
    pub ceiling: Decimal,
    /// Grade of `low`.
    pub grade_low: String,
    /// Grade of `high`.
    pub grade_high: Option<String>,
    /// Grade of `ceiling`.
    pub grade_ceiling: String,
}

/// Claimed points by verdict. All but `understated` add up to the sum of the claims.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointsByVerdict {
    /// Claimed and confirmed.
    #[serde(with = "score")]
    pub agreed: Decimal,
    /// Claimed above the highest recomputed score.
    #[serde(with = "score")]
    pub overstated: Decimal,
    /// Earned but not claimed.
    #[serde(with = "score")]
    pub understated: Decimal,
    /// Claimed under another reading than the default.
    #[serde(with = "score")]
    pub reading_dependent: Decimal,
    /// Claimed and not checkable with what was handed in.
    #[serde(with = "score")]
    pub unverifiable: Decimal,
    /// Invalid claims, counted as 0.
    #[serde(with = "score")]
    pub invalid: Decimal,
}
