//! The stretch of a sheet that one form takes.

use crate::workbook::Address;

/// One form's rows, 0-based; `end` is the first row after it.
#[derive(Debug, Clone, Default)]
pub struct FormStretch {
    /// First row.
    pub first: u32,
    /// The first row after it.
    pub end: u32,
    /// The title's row.
    pub title: Option<u32>,
    /// The header of the block of money.
    pub funds: Option<u32>,
    /// The headers of 绩效指标: the first, and its repetitions at page breaks.
    pub tables: Vec<u32>,
    /// The row of 总分: the last one that adds up.
    pub total: Option<u32>,
    /// A label of a project stands in it.
    pub has_project: bool,
    /// A heading of scores stands in it.
    pub is_scored: bool,
    /// Its 总分 has been met.
    pub closed: bool,
}

impl FormStretch {
    /// A title and a table of rows, or all that a form consists of but its title. A sister form that asks for targets or
    /// for the progress within the year scores nothing, and is no self-evaluation.
    pub fn is_form(&self) -> bool {
        self.is_scored
            && !self.tables.is_empty()
            && (self.title.is_some() || (self.has_project && self.funds.is_some()))
    }

    /// Where the budget's claim is said to stand when no cell is for it.
    pub fn nowhere(&self) -> Address {
        Address { row: self.funds.or(self.title).unwrap_or(self.first), column: 0 }
    }

    /// The rows above the first table.
    pub fn head_end(&self) -> u32 {
        let first = self.funds.into_iter().chain(self.tables.first().copied()).min();
        first.unwrap_or(self.end)
    }

    /// The header above the row of 总分.
    pub fn header_of_total(&self) -> Option<u32> {
        let row = self.total?;
        self.tables.iter().rfind(|header| **header < row).copied()
    }
}
