//! The columns of a stretch of a scorecard, and what stands in them.

use rust_decimal::Decimal;

use super::ClaimedScore;
use super::grid::Grid;
use super::values::typed;
use crate::audit::{NotUsed, Source, TextKind};
use crate::quantity::{Typed, Understood, score};
use crate::vocabulary::Vocabulary;
use crate::workbook::Address;

/// The columns of a part.
#[derive(Clone)]
pub struct Layout {
    /// First and last column that the header gives a meaning.
    pub columns: (u32, u32),
    /// The indicators' names.
    pub name: u32,
    /// The claimed score.
    pub score: (u32, u32),
    /// 分值, if there is such a column.
    pub points: Option<(u32, u32)>,
    /// 佐证材料, if there is such a column.
    pub evidence: Option<(u32, u32)>,
    /// Columns of the department's scores that a word decides against, with the reason.
    pub left: Vec<((u32, u32), NotUsed)>,
    /// Columns that may as well hold the claims, and say otherwise.
    pub rivals: Vec<(u32, u32)>,
    /// All columns that may hold the claims are said to be final.
    pub is_final: bool,
    /// Most of the claims are more than the points of their rows, and none is more than a hundred: they are out of a hundred, or
    /// look so.
    pub of_a_hundred: bool,
    /// None of the claims is above 0, and some are below: they are what was taken off, or look so.
    pub of_deductions: bool,
    /// Columns of scores that are not the claim, and of points: no total is looked for there.
    pub others: Vec<(u32, u32)>,
    /// Columns in which the department explains itself, with the kind of text that stands there.
    pub own_words: Vec<((u32, u32), TextKind)>,
}

impl Layout {
    /// The score cell of a row: the first of its columns that holds something, else its first.
    pub fn score_cell(&self, grid: &Grid, row: u32) -> Address {
        cell_of(grid, self.score, row)
    }

    /// The kind of text that a department writes into a column; none where the form does.
    pub fn own_words_at(&self, column: u32) -> Option<TextKind> {
        let at = self.own_words.iter().find(|(columns, _)| (columns.0..=columns.1).contains(&column));
        at.map(|(_, kind)| *kind)
    }

    /// Whether a row has a number under 得分 or 分值.
    pub fn is_scored(&self, grid: &Grid, row: u32) -> bool {
        let places = [Some(self.score), self.points];
        places.into_iter().flatten().any(|columns| number_at(grid, cell_of(grid, columns, row)).is_some())
    }
}

/// The cell of a row under a heading: the first that holds something, else the first.
pub fn cell_of(grid: &Grid, columns: (u32, u32), row: u32) -> Address {
    let filled = (columns.0..=columns.1).find_map(|column| grid.seen(row, column));
    filled.map_or_else(|| grid.area(Address { row, column: columns.0 }).first, |(at, _)| at)
}

/// The number in a text as a score, such as what stands behind 总分：.
pub fn number_in(vocabulary: &Vocabulary, text: &str) -> Option<Decimal> {
    match score(&vocabulary.quantities, Typed::Text(text)) {
        Understood::Value(score) => Some(score.value),
        _ => None,
    }
}

/// The number in a cell as a score.
pub fn number_at(grid: &Grid, at: Address) -> Option<Decimal> {
    let (_, cell) = grid.seen(at.row, at.column)?;
    match typed(cell).map(|typed| score(&grid.vocabulary().quantities, typed)) {
        Ok(Understood::Value(score)) => Some(score.value),
        _ => None,
    }
}

/// The score that a cell shows, where that is another than the one read from it: its format rounds 9.4 to 9.
pub fn shown_score(grid: &Grid, at: &Source, score: ClaimedScore) -> Option<Decimal> {
    let ClaimedScore::Number(score) = score else { return None };
    let at: Address = at.cell.parse().ok()?;
    let (_, cell) = grid.seen(at.row, at.column)?;
    cell.as_shown().filter(|shown| *shown != score)
}
