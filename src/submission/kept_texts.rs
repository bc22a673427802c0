//! The texts of a workbook that are compared with those of other departments: what the department wrote in its own words.
//! What the form itself says (clauses beside indicators, notes on filling it in) is left out as far as the form shows it.

use std::collections::HashSet;

use super::grid::Grid;
use super::scorecard::CardPart;
use super::{KpiRow, Sourced};
use crate::audit::{KeptText, Source, TextKind};
use crate::passages::{Plain, SHORTEST};
use crate::quantity::fold;
use crate::workbook::{Address, Value};

/// Bytes of all texts of a submission together. Self-evaluations have some ten thousand characters; a workbook with more
/// than this is filled with something else, and its line would grow without end.
const MOST: usize = 512 << 10;

/// The texts of a card's workbook, sheet by sheet; none where they are too many. `taken`: rows of tables by sheet.
pub fn of_card(
    grids: &[Grid],
    cards: &[&CardPart],
    taken: &[(usize, u32, u32)],
    indicators: &[KpiRow],
) -> Option<Vec<KeptText>> {
    let rows: Vec<KeptText> = indicators.iter().filter_map(indicator).collect();
    let told = cells_of(indicators.iter().flat_map(|row| [&row.target, &row.actual]).flatten());
    let mut texts = Vec::new();
    for grid in grids {
        let of_sheet = |(sheet, first, last): &&(usize, u32, u32)| (*sheet == grid.index).then_some((*first, *last));
        let tables: Vec<(u32, u32)> = taken.iter().filter_map(|table| of_sheet(&table)).collect();
        let is_within = |row: u32| tables.iter().any(|(first, last)| (*first..=*last).contains(&row));
        let parts: Vec<&&CardPart> = cards.iter().filter(|part| part.sheet == grid.index).collect();
        let kind = |at: Address, _: &str| {
            let part = parts.iter().find(|part| (part.rows.0..=part.rows.1).contains(&at.row));
            match part {
                Some(part) => part.layout.own_words_at(at.column),
                None if is_within(at.row) => Some(TextKind::Explanation),
                None => Some(TextKind::Narrative),
            }
        };
        texts.extend(long_texts(grid, (0, u32::MAX), &told, &kind));
        put_rows(&rows, &grid.sheet.name, &mut texts);
    }
    within_limits(texts)
}

/// Cells of these rows with a long text, from the top. `kind`: what a text is, none where it is the form's own.
pub(super) fn long_texts(
    grid: &Grid,
    lines: (u32, u32),
    told: &HashSet<(String, String)>,
    kind: &dyn Fn(Address, &str) -> Option<TextKind>,
) -> Vec<KeptText> {
    let first = Address { row: lines.0, column: 0 };
    let last = Address { row: lines.1, column: u32::MAX };
    let words = &grid.vocabulary().passages;
    let mut texts = Vec::new();
    for (at, cell) in grid.sheet.cells.range(first..=last) {
        let Value::Text(text) = &cell.value else { continue };
        let may_be = text.len() >= SHORTEST && grid.area(*at).first == *at;
        let Some(kind) = may_be.then(|| kind(*at, text)).flatten() else { continue };
        if !is_long(text) || words.form_begins.starts(fold(text)) {
            continue;
        }
        let kept = KeptText { sheet: grid.sheet.name.clone(), cell: at.to_string(), kind, text: text.clone() };
        if !told.contains(&(kept.sheet.clone(), kept.cell.clone())) {
            texts.push(kept);
        }
    }
    texts
}

/// Whether a text has as many characters as the shortest run that is told.
fn is_long(text: &str) -> bool {
    text.len() >= SHORTEST && Plain::of(text).signs.len() >= SHORTEST
}

/// Indicator rows of a sheet are short, and compared together: they are kept where all of them together are long.
pub(super) fn put_rows(rows: &[KeptText], sheet: &str, texts: &mut Vec<KeptText>) {
    let of_sheet: Vec<&KeptText> = rows.iter().filter(|row| row.sheet == sheet).collect();
    let together: String = of_sheet.iter().map(|row| row.text.as_str()).collect();
    if is_long(&together) {
        texts.extend(of_sheet.into_iter().cloned());
    }
}

/// An indicator that the department set: its own name (the levels above it are the form's), target and actual.
fn indicator(row: &KpiRow) -> Option<KeptText> {
    let source = &row.target.as_ref().or(row.actual.as_ref())?.source;
    let written = |cell: &Option<Sourced<String>>| cell.as_ref().map(|cell| cell.value.clone()).unwrap_or_default();
    let (target, actual) = (written(&row.target), written(&row.actual));
    let parts = [row.labels.last().map_or("", String::as_str), &target, &actual];
    Some(KeptText { kind: TextKind::Kpi, text: joined(&parts), ..row_at(source) })
}

/// The parts of a row that are filled in.
pub(super) fn joined(parts: &[&str]) -> String {
    let parts = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("；")
}

/// An indicator row in that cell, without its text.
pub(super) fn row_at(source: &Source) -> KeptText {
    let (sheet, cell) = place(source);
    KeptText { sheet, cell, kind: TextKind::Kpi, text: String::new() }
}

/// The sheet and the cell.
pub(super) fn place(source: &Source) -> (String, String) {
    (source.sheet.clone(), source.cell.clone())
}

fn cells_of<'s>(cells: impl Iterator<Item = &'s Sourced<String>>) -> HashSet<(String, String)> {
    cells.map(|cell| place(&cell.source)).collect()
}

/// The texts, unless they are too many.
pub(super) fn within_limits(texts: Vec<KeptText>) -> Option<Vec<KeptText>> {
    let bytes: usize = texts.iter().map(|text| text.text.len()).sum();
    (bytes <= MOST).then_some(texts)
}
