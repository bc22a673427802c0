//! What is found for the budget's claim.

use rust_decimal::Decimal;

use super::stretch::FormStretch;
use super::{BudgetClaim, Funds};
use crate::audit::Source;
use crate::line_ids::BUDGET;
use crate::submission::grid::Grid;
use crate::submission::{Claim, ClaimedScore, FactValue, Sourced};

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
    /// What the amounts of the block say was spent of the budget.
    pub carried_out: CarriedOut,
    /// The printed rate.
    pub rate: Option<Sourced<Vec<Decimal>>>,
    /// The row's name as written.
    pub name: String,
    /// A reason for the deviation.
    pub reason: Option<String>,
}

/// What the amounts of the block of money say was spent of the budget.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CarriedOut {
    /// The block has no amounts.
    #[default]
    Nowhere,
    /// It has some, from which no share can be told.
    Unknown,
    /// So many per cent.
    Share(Decimal),
}

impl CarriedOut {
    /// What the amounts of the total's row say.
    pub fn of(funds: &Funds) -> CarriedOut {
        let Some(total) = &funds.total else { return CarriedOut::Nowhere };
        let amount = |said: &Option<Sourced<FactValue>>| match said.as_ref().map(|said| &said.value) {
            Some(FactValue::Number(amount)) => Some(*amount),
            _ => None,
        };
        let share = amount(&total.spent)
            .zip(amount(&total.planned))
            .and_then(|(spent, planned)| spent.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(planned));
        share.map_or(CarriedOut::Unknown, CarriedOut::Share)
    }

    /// Whether a rate is the same to the nearest whole per cent, or nothing stands there that could say otherwise.
    pub fn agrees_with(self, rate: Decimal) -> bool {
        match self {
            CarriedOut::Nowhere => true,
            CarriedOut::Unknown => false,
            CarriedOut::Share(share) => share.saturating_sub(rate).abs() <= Decimal::ONE,
        }
    }
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
