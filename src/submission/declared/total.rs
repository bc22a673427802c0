//! The row of 总分.

use rust_decimal::Decimal;

use super::cells::Reader;
use super::headings::{RowColumn, row_column};
use super::stretch::FormStretch;
use crate::submission::grid::{Grid, raw};
use crate::submission::layout::{number_at, number_in};
use crate::submission::names::key;
use crate::submission::{ClaimedScore, Sourced};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::remembered::remembered;
use crate::workbook::{Address, Value};

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

/// 总分 as stated: in the column of the claimed `scores`, else the last number of the row.
pub fn total(reader: &mut Reader, part: &FormStretch, scores: Option<u32>) -> Option<Sourced<Decimal>> {
    let (grid, row) = (reader.grid, part.total?);
    let cells: Vec<Address> = grid.cells_of(row).map(|(at, _)| at).collect();
    let inline = cells.first().and_then(|at| {
        let rest = word_of(reader.grid.vocabulary(), &grid.text(at.row, at.column))?;
        number_in(reader.grid.vocabulary(), &rest).map(|value| Sourced { value, source: grid.source(*at) })
    });
    let stated = inline.or_else(|| scores.and_then(|column| under_scores(reader, column, row))).or_else(|| {
        cells
            .iter()
            .skip(1)
            .rev()
            .filter(|at| !is_bureau(grid, part, at.column))
            .find_map(|at| number_at(grid, *at).map(|value| Sourced { value, source: grid.source(*at) }))
    })?;
    // A comment (待核, 含加分项) leaves open what it is the total of.
    let label = cells.first().map(|at| grid.text(at.row, at.column)).unwrap_or_default();
    (!reader.is_commented(&stated.source, label.trim(), None)).then_some(stated)
}

/// The cell of the total's row in the column of the claimed scores.
fn under_scores(reader: &mut Reader, column: u32, row: u32) -> Option<Sourced<Decimal>> {
    let at = Address { row, column };
    match reader.score(at, None).0 {
        ClaimedScore::Number(value) => Some(Sourced { value, source: reader.grid.source(at) }),
        _ => None,
    }
}

/// Whether a column is neither the rows' nor the filer's: the bureau's own score, or a remark.
fn is_bureau(grid: &Grid, part: &FormStretch, column: u32) -> bool {
    let Some(&header) = part.tables.last() else { return false };
    let text = grid.text(header, column);
    let scores = grid.vocabulary().totals.scores.iter().any(|word| text.contains(word));
    (scores && row_column(grid.vocabulary(), &text).is_none())
        || matches!(row_column(grid.vocabulary(), &text), Some(RowColumn::Weight))
}

/// A name that sums up instead of naming an indicator.
pub fn is_sum(vocabulary: &Vocabulary, name: &str) -> bool {
    let word = key(name);
    vocabulary.totals.form.contains(word.as_str()) || vocabulary.totals.form_subtotal.ends(&word)
}
