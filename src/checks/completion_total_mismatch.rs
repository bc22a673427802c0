//! The task rows of the completion table against its 金额合计 row.

use rust_decimal::Decimal;

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::phrase::Hole;
use crate::submission::{CompletionTable, Counts, TaskRow};

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
        || is_nested(total.value, &rows_of(&table.tasks, column), tolerance)
        || is_nested(total.value, &rows_of(&table.all, column), tolerance)
    {
        return None;
    }
    let (shown, summed, by) = (figure_text(total.value), figure_text(sum), figure_text(difference.abs()));
    let holes: &[Hole] = &[("column", &column.in_words()), ("total", &shown), ("sum", &summed), ("difference", &by)];
    Some(Finding::told(Code::CompletionTotalMismatch, holes).at(&total.source))
}

/// The rows in one column; an empty cell counts as nothing.
fn rows_of(rows: &[TaskRow], column: AmountColumn) -> Vec<Row> {
    let row =
        |row: &TaskRow| Row { amount: column.of(row).map_or(Decimal::ZERO, |amount| amount.value), counts: row.counts };
    rows.iter().map(row).collect()
}

/// So many ways of nesting are followed; a form has some dozen rows.
const WAYS: usize = 4096;

/// So many rows at least add up to another: a single row beside an equal one is no detail of it.
const LEAST_DETAILS: usize = 2;

/// A row of the table in one column: its amount, and how its name says that it counts.
#[derive(Clone, Copy)]
struct Row {
    amount: Decimal,
    counts: Counts,
}

/// Whether the total comes out for some way to nest the rows: those that add up to the row above or below them are its details, 其中
/// and what follows it lie within the row above, subtotals repeat others, and what is said to stand beside the total is left out.
/// Source: certainty.md, “Parts and wholes”: a total that can be explained by any such nesting is not wrong.
fn is_nested(total: Decimal, rows: &[Row], tolerance: Decimal) -> bool {
    // The rows from each place on, as the amounts that count, for every way to nest them.
    let mut ways: Vec<Vec<Vec<Decimal>>> = vec![Vec::new(); rows.len() + 1];
    if let Some(last) = ways.last_mut() {
        last.push(Vec::new());
    }
    let mut followed = 0;
    for at in (0..rows.len()).rev() {
        let own: Vec<Vec<Decimal>> = steps(rows, at, tolerance)
            .into_iter()
            .flat_map(|(counted, next)| ways.get(next).into_iter().flatten().map(move |rest| (counted, rest)))
            .map(|(counted, rest)| counted.into_iter().chain(rest.iter().copied()).collect())
            .collect();
        followed += own.len();
        if followed > WAYS {
            return false;
        }
        ways[at] = own;
    }
    ways.first().is_some_and(|ways| ways.iter().any(|amounts| adds(total, amounts, tolerance) != Adds::Not))
}

/// The ways to go on from a row: what counts of it in the total, and the row that follows.
fn steps(rows: &[Row], at: usize, tolerance: Decimal) -> Vec<(Option<Decimal>, usize)> {
    let Some(row) = rows.get(at) else { return Vec::new() };
    let amounts = |from: usize, to: usize| -> Option<Vec<Decimal>> {
        Some(rows.get(from..to)?.iter().map(|row| row.amount).collect())
    };
    let counted = if row.counts == Counts::Less { -row.amount } else { row.amount };
    let mut steps = vec![(Some(counted), at + 1)];
    if row.counts != Counts::Open {
        steps.push((None, at + 1));
    }
    for end in at + 1 + LEAST_DETAILS..=rows.len() {
        if amounts(at + 1, end).is_some_and(|details| adds(row.amount, &details, tolerance) != Adds::Not) {
            steps.push((Some(counted), end));
        }
    }
    for parent in at + LEAST_DETAILS..rows.len() {
        let whole = rows.get(parent).map(|row| row.amount);
        if let (Some(whole), Some(details)) = (whole, amounts(at, parent))
            && adds(whole, &details, tolerance) != Adds::Not
        {
            steps.push((Some(whole), parent + 1));
        }
    }
    // What is listed behind 其中 lies within the row above it, as far as there is room in that.
    let room = at.checked_sub(1).and_then(|above| rows.get(above)).map(|above| above.amount);
    if let (Counts::Within, Some(room)) = (row.counts, room) {
        let fits = |end: &usize| amounts(at, *end).is_some_and(|listed| crate::sums::sum(listed) <= room);
        steps.extend((at + 2..=rows.len()).take_while(fits).map(|end| (None, end)));
    }
    steps
}
