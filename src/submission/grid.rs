//! A sheet as a reader sees it: merged areas resolved, every place a source that can be named.

use crate::audit::Source;
use crate::quantity::shortest;
use crate::workbook::{Address, Area, Cell, Sheet, Value};

/// A sheet with the rows that hold something.
pub struct Grid<'w> {
    /// The sheet.
    pub sheet: &'w Sheet,
    /// Its place among the sheets, from 0.
    pub index: usize,
    rows: Vec<u32>,
}

impl<'w> Grid<'w> {
    /// A view of the sheet at `index` of its workbook.
    pub fn new(index: usize, sheet: &'w Sheet) -> Grid<'w> {
        let mut rows: Vec<u32> =
            sheet.cells.iter().filter(|(_, cell)| holds_something(cell)).map(|(at, _)| at.row).collect();
        rows.dedup();
        Grid { sheet, index, rows }
    }

    /// The rows that hold something, from the top.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The rows that hold something, from `first` up to, not including, `end`.
    pub fn rows_within(&self, first: u32, end: u32) -> &[u32] {
        let from = self.rows.partition_point(|&row| row < first);
        let to = self.rows.partition_point(|&row| row < end);
        self.rows.get(from..to).unwrap_or_default()
    }

    /// The merged area that an address lies in, else the one cell.
    pub fn area(&self, at: Address) -> Area {
        self.sheet.merged(at).unwrap_or(Area { first: at, last: at })
    }

    /// The cell that is seen at an address: of a merged area its top left. Cells of blanks are empty.
    pub fn seen(&self, row: u32, column: u32) -> Option<(Address, &'w Cell)> {
        let first = self.area(Address { row, column }).first;
        Some((first, self.sheet.cell(first).filter(|cell| holds_something(cell))?))
    }

    /// The cells that begin in a row, from the left; those hidden under a merged area are left out.
    pub fn cells_of(&self, row: u32) -> impl Iterator<Item = (Address, &'w Cell)> {
        let (first, last) = (Address { row, column: 0 }, Address { row, column: u32::MAX });
        let cells = self.sheet.cells.range(first..=last).map(|(at, cell)| (*at, cell));
        cells.filter(|(at, cell)| holds_something(cell) && self.area(*at).first == *at)
    }

    /// What is seen at an address, as text; empty where nothing stands.
    pub fn text(&self, row: u32, column: u32) -> String {
        self.seen(row, column).map(|(_, cell)| raw(&cell.value)).unwrap_or_default()
    }

    /// The source of what is seen at an address, also of an empty place.
    pub fn source(&self, at: Address) -> Source {
        let first = self.area(at).first;
        let text = self.sheet.cell(first).map(|cell| raw(&cell.value)).unwrap_or_default();
        Source { sheet: self.sheet.name.clone(), cell: first.to_string(), text }
    }
}

fn holds_something(cell: &Cell) -> bool {
    !matches!(&cell.value, Value::Text(text) if text.trim().is_empty())
}

/// What stands in a cell: text verbatim, a number as stored, unformatted; nothing for a formula that was never computed.
pub fn raw(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Error(text) | Value::Unrepresentable(text) | Value::Date { text, .. } => {
            text.clone()
        }
        Value::Number(number) => shortest(*number),
        Value::Bool(true) => "TRUE".to_owned(),
        Value::Bool(false) => "FALSE".to_owned(),
        Value::Uncalculated => String::new(),
        Value::Unsure { ours, theirs } => format!("{ours} ≠ {theirs}"),
    }
}
