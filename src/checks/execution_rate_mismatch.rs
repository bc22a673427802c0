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

use super::amounts::{Column, sum};
use super::{Subject, about_fact, form};

/// One finding for each stated rate that the table's amounts do not give, to the decimals written.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) {
    let Some(rate) = &subject.card.completion.execution_rate else { return };
    let Some((spent, planned)) = subject.submission.completion.as_ref().and_then(spent_and_planned) else { return };
    let Some(fact) = subject.fact(rate) else { return };
    let stated =
        subject.submission.facts.iter().filter(|source| source.fact == *rate && source.origin == Origin::BaseData);
    for source in stated {
        let FactValue::Number(value) = source.value else { continue };
        if gives(spent, planned, value, source.decimals) != Some(false) {
            continue;
        }
        let finding = told(&fact.label, spent, planned, source, value);
        findings.push(about_fact(subject, finding, rate).at(&source.source));
    }
}

/// The amounts of the total row; without one, the sums of rows that are all filled in.
fn spent_and_planned(table: &CompletionTable) -> Option<(Decimal, Decimal)> {
    let of = |column: Column| match &table.total {
        Some(total) => column.of(total).map(|amount| amount.value),
        None => Some(sum(&table.tasks, column)).filter(|(_, all)| *all).map(|(sum, _)| sum),
    };
    let (spent, planned) = (of(Column::Spent)?, of(Column::Planned)?);
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
pub fn check_form(subject: &Subject, findings: &mut Vec<Finding>) {
    let Some(side) = subject.side else { return };
    let Some(printed) = &side.form.budget.rate else { return };
    let (Some(planned), Some(spent)) = side.money.usable() else { return };
    if planned.is_zero() {
        return;
    }
    let wrong = |rate: &Decimal| gives(spent, planned, *rate, decimals_written(*rate)) == Some(false);
    if !printed.value.iter().all(wrong) {
        return;
    }
    let Some(stated) = printed.value.last() else { return };
    let (rate, _) =
        digits(&(exact(spent) / exact(planned) * exact(Decimal::ONE_HUNDRED)), decimals_written(*stated).max(2));
    let (planned, spent, stated) = (figure_text(planned), figure_text(spent), figure_text(*stated));
    let holes: &[Hole] = &[("planned", &planned), ("spent", &spent), ("rate", &rate), ("stated", &stated)];
    findings.push(form::told(Code::ExecutionRateMismatch, holes).of_indicator(BUDGET).at(&printed.source));
}
