//! Weights that are not written as points: percentages of a hundred, and a budget that carries none.

use rust_decimal::Decimal;

use super::DeclaredRow;
use super::budget_found::BudgetFound;
use super::cells::Reader;
use super::stretch::FormStretch;
use crate::audit::Source;
use crate::submission::{ClaimedScore, Sourced};

/// Settles what only all weights together show: percentages are points where everything adds up to the form's `total`,
/// and where the rows alone do, a budget for which nothing is written carries no points.
pub fn settle(reader: &Reader, part: &FormStretch, budget: &mut BudgetFound, rows: &mut [DeclaredRow], total: Decimal) {
    let mut of_rows = rows.iter().map(|row| row.weight.as_ref().map(|weight| weight.value));
    let sum = of_rows.try_fold(Decimal::ZERO, |sum, weight| sum.checked_add(weight?));
    let of_budget = budget.weight.as_ref().map_or(Decimal::ZERO, |weight| weight.value);
    let all = sum.and_then(|sum| sum.checked_add(of_budget));
    // 权重 0.3, 0.2, 0.1 … that make 1 are shares of the form's points.
    if all == Some(Decimal::ONE) && total > Decimal::ONE && rows.len() > 1 {
        as_points(budget, rows, total);
        return;
    }
    if all != Some(total) {
        forget_percentages(reader, budget, rows);
    }
    if sum == Some(total) && budget.claims_nothing() {
        budget.carry_nothing(reader.grid.source(part.nowhere()));
    }
}

fn as_points(budget: &mut BudgetFound, rows: &mut [DeclaredRow], total: Decimal) {
    let of_total = |weight: &mut Sourced<Decimal>| weight.value = (weight.value * total).normalize();
    budget.weight.iter_mut().for_each(of_total);
    for row in rows {
        row.weight.iter_mut().chain(row.claim.points_stated.iter_mut()).for_each(of_total);
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
    fn claims_nothing(&self) -> bool {
        self.weight.is_none() && self.score.as_ref().is_none_or(|(score, _)| *score == ClaimedScore::Missing)
    }

    /// No points, and none of them claimed.
    fn carry_nothing(&mut self, nowhere: Source) {
        let source = self.score.take().map_or(nowhere, |(_, source)| source);
        self.weight = Some(Sourced { value: Decimal::ZERO, source: source.clone() });
        self.score = Some((ClaimedScore::Number(Decimal::ZERO), source));
    }
}
