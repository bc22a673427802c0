//! Cells of which the form itself says that they compute themselves (自动计算), and in which a person typed a constant.
//!
//! The words in the label are the mark: they stand in the cells, so that they outlast saving in another program or
//! format, and nobody is told of a formula that the form in hand never said it had.

use super::TaskRow;
use super::grid::{Grid, raw};
use super::names::key;
use crate::audit::Source;
use crate::vocabulary::Vocabulary;
use crate::workbook::{Address, Value};

/// Whether a formula stands in the cell.
pub fn is_formula(grid: &Grid, at: Address) -> bool {
    grid.sheet.cell(at).is_some_and(|cell| cell.formula)
}

/// Whether a constant stands in the cell, and a label to its left in the same row says that it computes itself.
pub fn is_replaced(grid: &Grid, at: Address) -> bool {
    let is_constant = grid.sheet.cell(at).is_some_and(|cell| !cell.formula && cell.value != Value::Uncalculated);
    is_constant
        && grid
            .cells_of(at.row)
            .any(|(label, cell)| label.column < at.column && is_mark(grid.vocabulary(), &raw(&cell.value)))
}

fn is_mark(vocabulary: &Vocabulary, text: &str) -> bool {
    text.chars().count() <= 40 && vocabulary.evidence.computed.within(&key(text))
}

/// The sums of a row of amounts that were typed over formulas.
pub fn replaced_amounts(grid: &Grid, total: &TaskRow) -> Vec<Source> {
    let sums = [&total.planned, &total.planned_fiscal, &total.spent, &total.spent_fiscal];
    let sources = sums.into_iter().flatten().map(|sum| &sum.source);
    sources.filter(|source| source.cell.parse().is_ok_and(|at| is_replaced(grid, at))).cloned().collect()
}
