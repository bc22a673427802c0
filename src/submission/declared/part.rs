//! The stretch of a sheet that one form takes.

/// One form's rows, 0-based; `end` is the first row after it.
#[derive(Debug, Clone, Default)]
pub struct Part {
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
    /// Its 总分 has been met.
    pub closed: bool,
}

impl Part {
    /// A title and a table of rows, or all that a form consists of but its title.
    pub fn is_form(&self) -> bool {
        !self.tables.is_empty() && (self.title.is_some() || (self.has_project && self.funds.is_some()))
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
