//! The four columns of amounts of the completion table: planned and spent, each whole and from the fiscal grant.

use rust_decimal::Decimal;

use crate::phrase::Term;
use crate::submission::{CompletionTable, Sourced, TaskRow};

/// A column of amounts, in 万元.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountColumn {
    /// 预算数, 全额.
    Planned,
    /// 预算数, 其中：财政拨款.
    PlannedFiscal,
    /// 执行数, 全额.
    Spent,
    /// 执行数, 其中：财政拨款.
    SpentFiscal,
}

/// All of them, in the table's order.
pub const COLUMNS: [AmountColumn; 4] =
    [AmountColumn::Planned, AmountColumn::PlannedFiscal, AmountColumn::Spent, AmountColumn::SpentFiscal];

impl AmountColumn {
    /// The row's amount in this column.
    pub fn of(self, row: &TaskRow) -> Option<&Sourced<Decimal>> {
        match self {
            AmountColumn::Planned => row.planned.as_ref(),
            AmountColumn::PlannedFiscal => row.planned_fiscal.as_ref(),
            AmountColumn::Spent => row.spent.as_ref(),
            AmountColumn::SpentFiscal => row.spent_fiscal.as_ref(),
        }
    }

    /// Its heading.
    pub fn in_words(self) -> Term {
        Term::word(match self {
            AmountColumn::Planned => "finding.column-planned",
            AmountColumn::PlannedFiscal => "finding.column-planned-fiscal",
            AmountColumn::Spent => "finding.column-spent",
            AmountColumn::SpentFiscal => "finding.column-spent-fiscal",
        })
    }
}

/// Every row of amounts: the tasks, then the total.
pub fn rows(table: &CompletionTable) -> impl Iterator<Item = &TaskRow> {
    table.tasks.iter().chain(&table.total)
}

/// The sum of a column over the task rows that fill it in, and whether all of them do.
pub fn sum(tasks: &[TaskRow], column: AmountColumn) -> (Decimal, bool) {
    let amounts = tasks.iter().map(|row| column.of(row).map(|amount| amount.value));
    let all = amounts.clone().all(|amount| amount.is_some());
    (amounts.flatten().fold(Decimal::ZERO, Decimal::saturating_add), all)
}
