//! What stands above a row of 绩效指标: its labels, and the name that it may go on with.

use super::columns::Columns;
use super::headings::RowColumn;
use crate::submission::grid::{Grid, raw};
use crate::workbook::Address;

/// The label seen above a row, with the cell it begins in.
#[derive(Debug, Clone, Default)]
struct Seen {
    text: String,
    at: Option<Address>,
}

/// The labels above a row, and the name above it.
#[derive(Debug, Clone, Default)]
pub struct Above {
    labels: [Seen; 2],
    name: Seen,
}

impl Above {
    /// A label holds until the next one, merged or not; a new 一级 ends the 二级 above it, and either the name.
    pub fn carry(&mut self, grid: &Grid, columns: &Columns, row: u32) {
        for level in [1u8, 2] {
            let Some(column) = columns.find(RowColumn::Above(level)) else { continue };
            let Some((at, cell)) = grid.seen(row, column) else { continue };
            let place = usize::from(level - 1);
            if self.labels[place].at != Some(at) {
                self.labels[place] = Seen { text: raw(&cell.value).trim().to_owned(), at: Some(at) };
                if level == 1 {
                    self.labels[1] = Seen::default();
                }
                self.name = Seen::default();
            }
        }
        let name = columns.find(RowColumn::Name).and_then(|column| grid.seen(row, column));
        if let Some((at, cell)) = name {
            self.name = Seen { text: raw(&cell.value), at: Some(at) };
        }
    }

    /// The labels, from the top.
    pub fn labels(&self) -> Vec<String> {
        self.seen().map(|(_, text)| text.to_owned()).collect()
    }

    /// The labels with the cells they begin in.
    pub fn seen(&self) -> impl Iterator<Item = (Address, &str)> {
        self.labels.iter().filter_map(|seen| Some((seen.at?, seen.text.as_str())))
    }

    /// The name for a row that has none: the one above it, else the label that begins in the row itself.
    pub fn name_of(&self, row: u32) -> Option<(Address, String)> {
        let label = self.labels.iter().rev().find(|seen| seen.at.is_some_and(|at| at.row == row));
        let seen = Some(&self.name).filter(|name| name.at.is_some()).or(label)?;
        Some((seen.at?, seen.text.clone()))
    }
}
