//! Spent ÷ planned against the rate that is stated: of the completion table against the year's, of a form against its
//! printed 执行率. It widens no range and changes no points.

use crate::fraction::{digits, exact};
use crate::quantity::decimals_written;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::audit::{Finding, Origin};
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::line_ids::BUDGET;
use crate::phrase::Hole;
use crate::submission::{CompletionTable, FactSource, FactValue};

use super::amounts::{AmountColumn, sum};
use super::ran::{Need, Ran};
use super::{Subject, about_fact, form};

/// One finding for each stated rate that the table's amounts do not give, to the decimals written.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let rate = subject.card.completion.execution_rate.as_ref().ok_or(Need::Rule)?;
    let fact = subject.fact(rate).ok_or(Need::Rule)?;
    let (spent, planned) = spent_and_planned(subject.completion()?).ok_or(Need::TableAmounts)?;
    let stated =
        subject.submission.facts.iter().filter(|source| source.fact == *rate && source.origin == Origin::BaseData);
    let mut compared = false;
    for source in stated {
        let FactValue::Number(value) = source.value else { continue };
        let gives = gives(spent, planned, value, source.decimals);
        compared |= gives.is_some();
        if gives != Some(false) {
            continue;
        }
        let finding = told(&fact.label, spent, planned, source, value);
        findings.push(about_fact(subject, finding, rate).at(&source.source));
    }
    Need::Rate.met(compared)
}

/// The amounts of the total row; without one, the sums of rows that are all filled in.
fn spent_and_planned(table: &CompletionTable) -> Option<(Decimal, Decimal)> {
    let of = |column: AmountColumn| match &table.total {
        Some(total) => column.of(total).map(|amount| amount.value),
        None => Some(sum(&table.tasks, column)).filter(|(_, all)| *all).map(|(sum, _)| sum),
    };
    let (spent, planned) = (of(AmountColumn::Spent)?, of(AmountColumn::Planned)?);
    (planned > Decimal::ZERO).then_some((spent, planned))
}

/// Whether spent ÷ planned, as a percentage rounded half-up to `decimals`, is `stated`. None: beyond what can be held.
///
/// Compared by multiplication: a quotient cut short could fall on the wrong side of a half.
pub(super) fn gives(spent: Decimal, planned: Decimal, stated: Decimal, decimals: u32) -> Option<bool> {
    let half = Decimal::try_new(5, decimals.checked_add(1)?).ok()?;
    let share = spent.checked_mul(Decimal::ONE_HUNDRED)?;
    let from = planned.checked_mul(stated.checked_sub(half)?)?;
    let below = planned.checked_mul(stated.checked_add(half)?)?;
    Some(from <= share && share < below)
}

fn told(label: &str, spent: Decimal, planned: Decimal, source: &FactSource, stated: Decimal) -> Finding {
    let rate = spent.checked_div(planned).and_then(|rate| rate.checked_mul(Decimal::ONE_HUNDRED)).unwrap_or_default();
    let rate = rate.round_dp_with_strategy(source.decimals.max(2), RoundingStrategy::MidpointAwayFromZero);
    let (spent, planned) = (figure_text(spent), figure_text(planned));
    let (rate, stated) = (figure_text(rate), figure_text(stated));
    let holes: &[Hole] =
        &[("fact", &label), ("spent", &spent), ("planned", &planned), ("rate", &rate), ("stated", &stated)];
    Finding::told(Code::ExecutionRateMismatch, holes)
}

/// A finding when nothing that the cell can mean is the rate.
pub fn check_form(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let side = subject.form_side()?;
    let printed = side.form.budget.rate.as_ref().ok_or(Need::Rate)?;
    let stated = printed.value.last().ok_or(Need::Rate)?;
    let (planned, spent) = subject.budget_above_zero()?;
    let given = |rate: &Decimal| gives(spent, planned, *rate, decimals_written(*rate));
    Need::Rate.met(printed.value.iter().any(|rate| given(rate).is_some()))?;
    if !printed.value.iter().all(|rate| given(rate) == Some(false)) {
        return Ok(());
    }
    let (rate, _) =
        digits(&(exact(spent) / exact(planned) * exact(Decimal::ONE_HUNDRED)), decimals_written(*stated).max(2));
    let (planned, spent, stated) = (figure_text(planned), figure_text(spent), figure_text(*stated));
    let holes: &[Hole] = &[("planned", &planned), ("spent", &spent), ("rate", &rate), ("stated", &stated)];
    findings.push(form::told(Code::ExecutionRateMismatch, holes).of_indicator(BUDGET).at(&printed.source));
    Ok(())
}
