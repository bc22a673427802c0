//! The task rows of the completion table against its 金额合计 row.

use rust_decimal::Decimal;

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::phrase::Hole;
use crate::submission::CompletionTable;

use super::Subject;
use super::amounts::{AmountColumn, COLUMNS, sum};
use super::as_written::{Adds, adds};
use super::ran::{Need, Ran};

/// One finding for each column whose rows do not add up to the total row.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let table = subject.completion()?;
    let has_total = |column: AmountColumn| table.total.as_ref().is_some_and(|total| column.of(total).is_some());
    Need::TableTotal.met(!table.tasks.is_empty() && COLUMNS.into_iter().any(has_total))?;
    findings.extend(COLUMNS.into_iter().filter_map(|column| told(subject, table, column)));
    Ok(())
}

fn told(subject: &Subject, table: &CompletionTable, column: AmountColumn) -> Option<Finding> {
    let total = column.of(table.total.as_ref()?)?;
    let (sum, all_filled) = sum(&table.tasks, column);
    let difference = total.value.saturating_sub(sum);
    // An empty row may hold what is short of the total, but nothing that is over it.
    let explained_by_a_gap = !all_filled && difference > Decimal::ZERO;
    let amounts: Vec<Decimal> =
        table.tasks.iter().map(|row| column.of(row).map_or(Decimal::ZERO, |amount| amount.value)).collect();
    let tolerance = subject.rulebook.tolerance;
    if amounts.is_empty()
        || explained_by_a_gap
        || adds(total.value, &amounts, tolerance) != Adds::Not
        || is_nested(total.value, &amounts, tolerance)
    {
        return None;
    }
    let (shown, summed, by) = (figure_text(total.value), figure_text(sum), figure_text(difference.abs()));
    let holes: &[Hole] = &[("column", &column.in_words()), ("total", &shown), ("sum", &summed), ("difference", &by)];
    Some(Finding::told(Code::CompletionTotalMismatch, holes).at(&total.source))
}

/// So many ways of nesting are followed; a form has some dozen rows.
const WAYS: usize = 4096;

/// Whether the total comes out when rows that add up to the row above them are its details: 项目支出, and the projects below.
/// A single row below an equal one is no detail.
fn is_nested(total: Decimal, amounts: &[Decimal], tolerance: Decimal) -> bool {
    // The rows from each place on, as the amounts that count, for every way to nest them.
    let mut ways: Vec<Vec<Vec<Decimal>>> = vec![Vec::new(); amounts.len() + 1];
    if let Some(last) = ways.last_mut() {
        last.push(Vec::new());
    }
    let mut followed = 0;
    for at in (0..amounts.len()).rev() {
        let mut ends = vec![at + 1];
        for end in at + 3..=amounts.len() {
            if amounts.get(at + 1..end).is_some_and(|rows| adds(amounts[at], rows, tolerance) != Adds::Not) {
                ends.push(end);
            }
        }
        let own: Vec<Vec<Decimal>> = ends
            .iter()
            .flat_map(|end| ways.get(*end).into_iter().flatten())
            .map(|rest| std::iter::once(amounts[at]).chain(rest.iter().copied()).collect())
            .collect();
        followed += own.len();
        if followed > WAYS {
            return false;
        }
        ways[at] = own;
    }
    ways.first().is_some_and(|ways| ways.iter().any(|rows| adds(total, rows, tolerance) != Adds::Not))
}
