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
    /// Rows with the label of a section (产出指标) before any header: a table whose headings nobody listed, or that has none.
    pub labels: Vec<u32>,
    /// The one table has no listed header, and is read by its content.
    pub is_by_content: bool,
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
        self.is_scored && !self.tables.is_empty() && self.is_headed()
    }

    /// Whether it may be a form whose table is found by its content.
    pub fn may_be_form(&self) -> bool {
        self.tables.is_empty() && !self.labels.is_empty() && self.is_headed()
    }

    /// A title, or the labels of a project over a block of money.
    fn is_headed(&self) -> bool {
        self.title.is_some() || (self.has_project && self.funds.is_some())
    }

    /// Whether rows of indicators have been met.
    pub fn has_rows(&self) -> bool {
        !self.tables.is_empty() || !self.labels.is_empty()
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
