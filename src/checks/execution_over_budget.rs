//! More spent than planned: in a row of the completion table, or 全年执行数（B） above 全年预算数（A） of a form.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::line_ids::BUDGET;
use crate::phrase::Hole;
use crate::submission::TaskRow;

use super::amounts::{AmountColumn, rows};
use super::ran::{Need, Ran};
use super::{Subject, form};

/// One finding for each row: for its whole amounts, or for its fiscal grant when only that is over.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let table = subject.completion()?;
    let pairs =
        [(AmountColumn::Spent, AmountColumn::Planned), (AmountColumn::SpentFiscal, AmountColumn::PlannedFiscal)];
    let has_both = |row: &TaskRow| pairs.iter().any(|(spent, planned)| spent.of(row).and(planned.of(row)).is_some());
    Need::TableAmounts.met(rows(table).any(has_both))?;
    findings.extend(rows(table).filter_map(|row| {
        told(row, AmountColumn::Spent, AmountColumn::Planned)
            .or_else(|| told(row, AmountColumn::SpentFiscal, AmountColumn::PlannedFiscal))
    }));
    Ok(())
}

fn told(row: &TaskRow, spent: AmountColumn, planned: AmountColumn) -> Option<Finding> {
    let (of_spent, of_planned) = (spent.of(row)?, planned.of(row)?);
    if of_spent.value <= of_planned.value {
        return None;
    }
    let (spent_shown, planned_shown) = (figure_text(of_spent.value), figure_text(of_planned.value));
    let by = figure_text(of_spent.value.saturating_sub(of_planned.value));
    let holes: &[Hole] = &[
        ("task", &row.name.trim()),
        ("spent", &spent.in_words()),
        ("planned", &planned.in_words()),
        ("spent_amount", &spent_shown),
        ("planned_amount", &planned_shown),
        ("difference", &by),
    ];
    Some(Finding::told(Code::ExecutionOverBudget, holes).at(&of_spent.source))
}

/// A finding when B is above A; the score is capped all the same.
pub fn check_form(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let (side, (planned, spent)) = (subject.form_side()?, subject.budget()?);
    if spent <= planned {
        return Ok(());
    }
    let (more, planned, spent) = (figure_text(spent.saturating_sub(planned)), figure_text(planned), figure_text(spent));
    let finding =
        form::told(Code::ExecutionOverBudget, &[("planned", &planned), ("spent", &spent), ("difference", &more)])
            .of_indicator(BUDGET);
    let source = side.money.spent.as_ref().map(|amount| amount.source.clone());
    findings.push(Finding { source, ..finding });
    Ok(())
}
