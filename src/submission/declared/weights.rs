//! Weights that are not written as points: percentages of a hundred, and a budget that carries none.

use rust_decimal::Decimal;

use super::DeclaredRow;
use super::budget_found::BudgetFound;
use super::cells::Reader;
use super::stretch::FormStretch;
use crate::audit::Source;
use crate::submission::{ClaimedScore, Sourced};

/// Settles what only all weights together show: percentages are points where everything adds up to the form's `total`,
/// and where the rows alone do, or 不计分 stands there, a budget for which nothing is written carries no points.
pub fn settle(reader: &Reader, part: &FormStretch, budget: &mut BudgetFound, rows: &mut [DeclaredRow], total: Decimal) {
    let mut of_rows = rows.iter().map(|row| row.weight.as_ref().map(|weight| weight.value));
    let sum = of_rows.try_fold(Decimal::ZERO, |sum, weight| sum.checked_add(weight?));
    let of_budget = budget.weight.as_ref().map_or(Decimal::ZERO, |weight| weight.value);
    let all = sum.and_then(|sum| sum.checked_add(of_budget));
    if all.and_then(|all| all.checked_mul(Decimal::ONE_HUNDRED)) == Some(total) && claims_more(budget, rows) {
        return take_for_shares(budget, rows);
    }
    if all != Some(total) {
        forget_percentages(reader, budget, rows);
    }
    if (sum == Some(total) || budget.is_unscored) && budget.claims_nothing() {
        budget.carry_nothing(reader.grid.source(part.nowhere()));
    }
}

/// Whether any score is above its weight.
fn claims_more(budget: &BudgetFound, rows: &[DeclaredRow]) -> bool {
    let is_more = |score: &ClaimedScore, weight: &Option<Sourced<Decimal>>| matches!((score, weight), (ClaimedScore::Number(score), Some(weight)) if *score > weight.value);
    let of_budget = budget.score.as_ref().is_some_and(|(score, _)| is_more(score, &budget.weight));
    of_budget || rows.iter().any(|row| is_more(&row.claim.score, &row.weight))
}

/// Weights that add up to 1 beside scores of a hundred are shares of it: 0.3 is 30 points. (certainty.md, 6: magnitudes fit within one
/// sum)
fn take_for_shares(budget: &mut BudgetFound, rows: &mut [DeclaredRow]) {
    let of_rows = rows.iter_mut().flat_map(|row| [&mut row.weight, &mut row.claim.points_stated]);
    for weight in of_rows.chain([&mut budget.weight]).flatten() {
        weight.value = weight.value.saturating_mul(Decimal::ONE_HUNDRED).normalize();
    }
}

fn forget_percentages(reader: &Reader, budget: &mut BudgetFound, rows: &mut [DeclaredRow]) {
    let is_percentage = |weight: &Sourced<Decimal>| reader.percentages.contains(&weight.source);
    budget.weight.take_if(|weight| is_percentage(weight));
    for row in rows {
        row.weight.take_if(|weight| is_percentage(weight));
        row.claim.points_stated.take_if(|weight| is_percentage(weight));
    }
}

impl BudgetFound {
    /// Neither a weight nor a score is written for it.
    pub fn claims_nothing(&self) -> bool {
        self.weight.is_none() && self.score.as_ref().is_none_or(|(score, _)| *score == ClaimedScore::Missing)
    }

    /// No points, and none of them claimed.
    fn carry_nothing(&mut self, nowhere: Source) {
        let source = self.score.take().map_or(nowhere, |(_, source)| source);
        self.weight = Some(Sourced { value: Decimal::ZERO, source: source.clone() });
        self.score = Some((ClaimedScore::Number(Decimal::ZERO), source));
    }
}
