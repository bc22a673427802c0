//! The row of 总分.

use rust_decimal::Decimal;

use super::cells::Reader;
use super::headings::{RowColumn, row_column};
use super::stretch::FormStretch;
use crate::submission::Sourced;
use crate::submission::grid::{Grid, raw};
use crate::submission::layout::{cell_of, number_in};
use crate::submission::names::key;
use crate::submission::total_cell::{Stated, stated, unclear};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::remembered::remembered;
use crate::workbook::Value;

/// Whether a row begins with 总分, 合计 or their like; 总分 closes a form, while 合计 may add up a part of it.
pub fn total_row(grid: &Grid, row: u32) -> Option<Closing> {
    let (_, cell) = grid.cells_of(row).next()?;
    let vocabulary = grid.vocabulary();
    match &cell.value {
        Value::Text(text) => remembered!(vocabulary, text, Option<Closing>, closed_by(vocabulary, text)),
        value => closed_by(vocabulary, &raw(value)),
    }
}

fn closed_by(vocabulary: &Vocabulary, text: &str) -> Option<Closing> {
    word_of(vocabulary, text)?;
    Some(if vocabulary.totals.closes.within(text) { Closing::Form } else { Closing::Rows })
}

/// What a row of totals closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// The whole form.
    Form,
    /// The rows above it, maybe all of them.
    Rows,
}

/// 总分, 总分：98: what is said, and the score behind the colon.
fn word_of(vocabulary: &Vocabulary, text: &str) -> Option<String> {
    let folded = crate::quantity::fold(text);
    let (word, rest) = folded.split_once(':').unwrap_or((&*folded, ""));
    let word = crate::submission::headers::without_brackets(word);
    vocabulary.totals.form.contains(word.as_str()).then(|| rest.trim().to_owned())
}

/// 总分 as stated: behind its colon, in the column of the claimed `scores`, else beside its label.
pub fn total(reader: &mut Reader, part: &FormStretch, scores: Option<u32>, whole: Decimal) -> Option<Sourced<Decimal>> {
    let (grid, row) = (reader.grid, part.total?);
    let (label, _) = grid.cells_of(row).next()?;
    let own = scores.map(|column| cell_of(grid, (column, column), row));
    let inline = word_of(grid.vocabulary(), &grid.text(label.row, label.column))
        .and_then(|rest| number_in(grid.vocabulary(), &rest))
        .map(|value| Stated::Number(value, label));
    let beside = || stated(grid, label, own, Some(whole), |column| !is_bureau(grid, part, column));
    let (value, at) = match inline.unwrap_or_else(beside) {
        Stated::Number(value, at) => (value, at),
        Stated::Other(at) => {
            reader.score(at, None, None);
            return None;
        }
        Stated::Several(cells) => {
            reader.findings.push(unclear(grid, label, &cells));
            return None;
        }
        Stated::Nothing => return None,
    };
    // A comment (待核, 含加分项) leaves open what it is the total of.
    let name = grid.text(label.row, label.column);
    let source = grid.source(at);
    (!reader.is_commented(&source, name.trim(), None)).then_some(Sourced { value, source })
}

/// Whether a column is neither the rows' nor the filer's: the bureau's own score, or a remark.
fn is_bureau(grid: &Grid, part: &FormStretch, column: u32) -> bool {
    let Some(&header) = part.tables.last() else { return false };
    let text = grid.text(header, column);
    let scores = grid.vocabulary().totals.scores.within(&text);
    (scores && row_column(grid.vocabulary(), &text).is_none())
        || matches!(row_column(grid.vocabulary(), &text), Some(RowColumn::Weight))
}

/// A name that sums up instead of naming an indicator.
pub fn is_sum(vocabulary: &Vocabulary, name: &str) -> bool {
    let word = key(name);
    vocabulary.totals.form.contains(word.as_str()) || vocabulary.totals.form_subtotal.ends(&word)
}
