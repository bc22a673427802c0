//! The task rows of the completion table against its 金额合计 row.

use rust_decimal::Decimal;

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::phrase::Hole;
use crate::submission::CompletionTable;

use super::Subject;
use super::amounts::{COLUMNS, Column, sum};

/// One finding for each column whose rows do not add up to the total row.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) {
    let Some(table) = &subject.submission.completion else { return };
    findings.extend(COLUMNS.into_iter().filter_map(|column| told(subject, table, column)));
}

fn told(subject: &Subject, table: &CompletionTable, column: Column) -> Option<Finding> {
    let total = column.of(table.total.as_ref()?)?;
    let (sum, all_filled) = sum(&table.tasks, column);
    let difference = total.value.saturating_sub(sum);
    // An empty row may hold what is short of the total, but nothing that is over it.
    let explained_by_a_gap = !all_filled && difference > Decimal::ZERO;
    if table.tasks.is_empty() || difference.abs() <= subject.rulebook.tolerance || explained_by_a_gap {
        return None;
    }
    let (shown, summed, by) = (figure_text(total.value), figure_text(sum), figure_text(difference.abs()));
    let holes: &[Hole] = &[("column", &column.in_words()), ("total", &shown), ("sum", &summed), ("difference", &by)];
    Some(Finding::told(Code::CompletionTotalMismatch, holes).at(&total.source))
}
