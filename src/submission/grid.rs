//! A sheet as a reader sees it: merged areas resolved, every place a source that can be named.

use super::effort::Effort;
use crate::audit::Source;
use crate::quantity::shortest;
use crate::vocabulary::Vocabulary;
use crate::workbook::{Address, Area, Cell, Sheet, Value};

/// A sheet with the rows that hold something.
pub struct Grid<'w> {
    /// The sheet.
    pub sheet: &'w Sheet,
    /// Its place among the sheets, from 0.
    pub index: usize,
    /// Its cells, by row and column.
    places: Vec<Place<'w>>,
    /// The rows that hold something.
    rows: Vec<u32>,
    effort: &'w Effort,
    vocabulary: &'w Vocabulary,
}

/// A cell in its place.
struct Place<'w> {
    at: Address,
    cell: &'w Cell,
    /// It holds something, and is not hidden under a merged area.
    is_seen: bool,
}

impl<'w> Grid<'w> {
    /// A view of the sheet at `index` of its workbook.
    pub fn new(index: usize, sheet: &'w Sheet, effort: &'w Effort, vocabulary: &'w Vocabulary) -> Grid<'w> {
        let mut rows: Vec<u32> = Vec::new();
        let mut place = |(at, cell): (&Address, &'w Cell)| {
            let holds_something = holds_something(cell);
            if holds_something && rows.last() != Some(&at.row) {
                rows.push(at.row);
            }
            let is_seen = holds_something && sheet.merged(*at).is_none_or(|area| area.first == *at);
            Place { at: *at, cell, is_seen }
        };
        let places = sheet.cells.iter().map(&mut place).collect();
        Grid { sheet, index, places, rows, effort, vocabulary }
    }

    /// What the workbook has cost so far.
    pub fn effort(&self) -> &'w Effort {
        self.effort
    }

    /// The words by which the sheet is understood.
    pub fn vocabulary(&self) -> &'w Vocabulary {
        self.vocabulary
    }

    /// The rows that hold something, from the top.
    pub fn rows(&self) -> &[u32] {
        self.looked_at(&self.rows)
    }

    /// The rows that hold something, from `first` up to, not including, `end`.
    pub fn rows_within(&self, first: u32, end: u32) -> &[u32] {
        let from = self.rows.partition_point(|&row| row < first);
        let to = self.rows.partition_point(|&row| row < end);
        self.looked_at(self.rows.get(from..to).unwrap_or_default())
    }

    fn looked_at<'r>(&self, rows: &'r [u32]) -> &'r [u32] {
        if self.effort.look(rows.len() as u64) { rows } else { &[] }
    }

    /// The merged area that an address lies in, else the one cell.
    pub fn area(&self, at: Address) -> Area {
        self.sheet.merged(at).unwrap_or(Area { first: at, last: at })
    }

    /// The cell that is seen at an address: of a merged area its top left. Cells of blanks are empty.
    pub fn seen(&self, row: u32, column: u32) -> Option<(Address, &'w Cell)> {
        let first = self.effort.look(1).then(|| self.area(Address { row, column }).first)?;
        Some((first, self.sheet.cell(first).filter(|cell| holds_something(cell))?))
    }

    /// The cells that begin in a row, from the left; those hidden under a merged area are left out.
    pub fn cells_of(&self, row: u32) -> impl Iterator<Item = (Address, &'w Cell)> {
        let first = self.places.partition_point(|place| place.at.row < row);
        let places = self.places[first..].iter().take_while(move |place| place.at.row == row && self.effort.look(1));
        places.filter(|place| place.is_seen).map(|place| (place.at, place.cell))
    }

    /// The comment on what is seen at an address, where it says something of it. Where it comes from, and how the form is to
    /// be filled in (请填写年末数), changes no value.
    pub fn comment(&self, at: Address) -> Option<&'w str> {
        let text = self.sheet.comments.get(&self.area(at).first)?.trim();
        let scopes = &self.vocabulary.scopes;
        let is_narrowed = || scopes.qualifies.within(text) || scopes.leaves_out.within(text);
        let is_aside = scopes.comments_guide.starts(text) || scopes.comments_aside.starts(text) && !is_narrowed();
        (text.chars().any(char::is_alphanumeric) && !is_aside).then_some(text)
    }

    /// What is seen at an address, as text; empty where nothing stands.
    pub fn text(&self, row: u32, column: u32) -> String {
        self.seen(row, column).map(|(_, cell)| raw(&cell.value)).unwrap_or_default()
    }

    /// The source of what is seen at an address, also of an empty place. It counts as kept.
    pub fn source(&self, at: Address) -> Source {
        let first = self.area(at).first;
        let cell = self.sheet.cell(first);
        let bytes = cell.map_or(0, |cell| bytes_of(&cell.value)) + self.sheet.name.len();
        if !self.effort.quote(bytes) {
            return Source { sheet: String::new(), cell: first.to_string(), text: String::new() };
        }
        let text = cell.map(|cell| raw(&cell.value)).unwrap_or_default();
        Source { sheet: self.sheet.name.clone(), cell: first.to_string(), text }
    }
}

/// The bytes of text that a cell holds; a number's are few.
fn bytes_of(value: &Value) -> usize {
    match value {
        Value::Text(text) | Value::Error(text) | Value::Unrepresentable(text) => text.len(),
        Value::Unsure { ours, theirs } => ours.len() + theirs.len(),
        Value::Number(_) | Value::Bool(_) | Value::Date { .. } | Value::Uncalculated => 0,
    }
}

fn holds_something(cell: &Cell) -> bool {
    !matches!(&cell.value, Value::Text(text) if text.chars().all(char::is_whitespace))
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

/// The only text of a row within these columns.
pub fn lone_text<'w>(grid: &Grid<'w>, columns: (u32, u32), row: u32) -> Option<&'w str> {
    let mut cells = grid.cells_of(row).filter(|(at, _)| (columns.0..=columns.1).contains(&at.column));
    match (cells.next(), cells.next()) {
        (Some((_, Cell { value: Value::Text(text), .. })), None) => Some(text),
        _ => None,
    }
}
