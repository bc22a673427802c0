//! A sheet's cells as rows and columns that hold something, each place with the cell that is seen there.

use std::collections::BTreeSet;

use super::content::Content;
use crate::vocabulary::Vocabulary;
use crate::workbook::{Address, Area, Sheet, Value};

/// One cell that holds something, with the area it is merged over.
#[derive(Debug, Clone)]
pub struct Spot {
    /// Where it stands, merged area and all.
    pub area: Area,
    /// What it looks like.
    pub content: Content,
}

/// Rows and columns counted among those that hold something, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rect {
    /// First row.
    pub top: usize,
    /// Last row.
    pub bottom: usize,
    /// First column.
    pub left: usize,
    /// Last column.
    pub right: usize,
}

impl Rect {
    /// Columns.
    pub fn width(&self) -> usize {
        self.right + 1 - self.left
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.bottom + 1 - self.top
    }
}

/// Part of a sheet without empty rows and columns.
#[derive(Debug)]
pub struct Field {
    /// The sheet's rows, ascending.
    pub rows: Vec<u32>,
    /// The sheet's columns, ascending.
    pub columns: Vec<u32>,
    /// The cells, by place.
    pub spots: Vec<Spot>,
    /// For each row and column the cell that is seen there.
    places: Vec<Option<u32>>,
}

/// Cells that lie far apart would make a grid of nothing: no more places than this for each cell …
const PLACES_FOR_EACH: usize = 16;
/// … beside this many.
const PLACES: usize = 4096;

impl Field {
    /// The cells of a sheet within an area, none of which is only blanks.
    pub fn new(spots: Vec<Spot>) -> Option<Field> {
        let rows: Vec<u32> =
            spots.iter().map(|spot| spot.area.first.row).collect::<BTreeSet<_>>().into_iter().collect();
        let columns: Vec<u32> =
            spots.iter().map(|spot| spot.area.first.column).collect::<BTreeSet<_>>().into_iter().collect();
        let size = rows.len().checked_mul(columns.len())?;
        if size > PLACES + PLACES_FOR_EACH * spots.len() {
            return None;
        }
        let mut field = Field { places: vec![None; size], rows, columns, spots };
        // Areas that overlap, which no program writes, could cover everything many times over.
        let mut left = 4 * size;
        for index in 0..field.spots.len() {
            field.put(index, &mut left);
        }
        Some(field)
    }

    fn put(&mut self, index: usize, effort: &mut usize) {
        let area = self.spots[index].area;
        let (top, bottom) = between(&self.rows, area.first.row, area.last.row);
        let (left, right) = between(&self.columns, area.first.column, area.last.column);
        let Some(rest) = effort.checked_sub((bottom - top) * (right - left)) else { return };
        *effort = rest;
        for row in top..bottom {
            for column in left..right {
                let place = &mut self.places[row * self.columns.len() + column];
                // Areas that overlap are a flaw of the file; the first keeps its place.
                place.get_or_insert(index as u32);
            }
        }
    }

    /// All of it.
    pub fn whole(&self) -> Rect {
        Rect { top: 0, bottom: self.rows.len().saturating_sub(1), left: 0, right: self.columns.len().saturating_sub(1) }
    }

    /// The cell seen at a place.
    pub fn at(&self, row: usize, column: usize) -> Option<usize> {
        self.places.get(row * self.columns.len() + column).copied().flatten().map(|index| index as usize)
    }

    /// The content seen at a place.
    pub fn content(&self, row: usize, column: usize) -> Option<&Content> {
        self.at(row, column).map(|index| &self.spots[index].content)
    }

    /// The rows and columns that a cell covers here.
    pub fn rect(&self, index: usize) -> Rect {
        let area = self.spots[index].area;
        let (top, bottom) = between(&self.rows, area.first.row, area.last.row);
        let (left, right) = between(&self.columns, area.first.column, area.last.column);
        Rect { top, bottom: bottom.max(top + 1) - 1, left, right: right.max(left + 1) - 1 }
    }

    /// The cells seen in a row between two columns, each once, from the left.
    pub fn row(&self, row: usize, rect: Rect) -> Vec<usize> {
        let mut seen: Vec<usize> = (rect.left..=rect.right).filter_map(|column| self.at(row, column)).collect();
        seen.dedup();
        seen
    }

    /// The cells seen in a column between two rows, each once, from the top.
    pub fn column(&self, column: usize, rect: Rect) -> Vec<usize> {
        let mut seen: Vec<usize> = (rect.top..=rect.bottom).filter_map(|row| self.at(row, column)).collect();
        seen.dedup();
        seen
    }
}

/// The span of ascending numbers from `first` to `last`, the end not included.
fn between(numbers: &[u32], first: u32, last: u32) -> (usize, usize) {
    (numbers.partition_point(|&number| number < first), numbers.partition_point(|&number| number <= last))
}

/// The cells of a sheet in one pass; cells under a merged area and cells of blanks are left out.
pub fn spots(sheet: &Sheet, words: &Vocabulary) -> Vec<Spot> {
    let holds = |value: &Value| !matches!(value, Value::Text(text) if text.trim().is_empty());
    let cells = sheet.cells.iter().filter(|(_, cell)| holds(&cell.value));
    cells
        .filter_map(|(at, cell)| {
            let area = sheet.merged(*at).unwrap_or(Area { first: *at, last: *at });
            (area.first == *at).then(|| Spot { area, content: Content::of(&cell.value, words) })
        })
        .collect()
}

/// The smallest area that holds all of these cells.
pub fn around<'s>(spots: impl Iterator<Item = &'s Spot>) -> Option<Area> {
    spots.map(|spot| spot.area).reduce(|a, b| Area {
        first: Address { row: a.first.row.min(b.first.row), column: a.first.column.min(b.first.column) },
        last: Address { row: a.last.row.max(b.last.row), column: a.last.column.max(b.last.column) },
    })
}
