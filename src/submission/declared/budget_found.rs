//! What is found for the budget's claim.

use rust_decimal::Decimal;

use super::BudgetClaim;
use super::stretch::FormStretch;
use crate::audit::Source;
use crate::line_ids::BUDGET;
use crate::submission::grid::Grid;
use crate::submission::{Claim, ClaimedScore, Sourced};

/// What is found for the budget's claim, in the block of money or in a row of 绩效指标.
#[derive(Debug, Clone, Default)]
pub struct BudgetFound {
    /// Its weight.
    pub weight: Option<Sourced<Decimal>>,
    /// The score, with its cell.
    pub score: Option<(ClaimedScore, Source)>,
    /// The points that the score's cell says it is out of.
    pub out_of: Option<Decimal>,
    /// Other scores that a comment on its cell leaves possible.
    pub rivals: Vec<Sourced<ClaimedScore>>,
    /// 不计分 stands where its points would.
    pub is_unscored: bool,
    /// The printed rate.
    pub rate: Option<Sourced<Vec<Decimal>>>,
    /// The row's name as written.
    pub name: String,
    /// A reason for the deviation.
    pub reason: Option<String>,
}

impl BudgetFound {
    /// The claim; where its cell is empty it is missing. A form that has neither a place for the score nor points for it asks for none, and
    /// its first row stands for the place.
    pub fn into_claim(self, grid: &Grid, part: &FormStretch) -> BudgetClaim {
        let nothing = if self.weight.is_some() { ClaimedScore::Missing } else { ClaimedScore::NotAsked };
        let (score, source) = self.score.unwrap_or_else(|| (nothing, grid.source(part.nowhere())));
        let claim = Claim {
            indicator: BUDGET.to_owned(),
            name_written: self.name,
            score,
            out_of: self.out_of,
            rivals: self.rivals,
            shown: None,
            joined: None,
            points_stated: self.weight.clone(),
            evidence: None,
            source,
        };
        BudgetClaim { weight: self.weight, claim, rate: self.rate }
    }
}
