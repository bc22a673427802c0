//! The texts of a form that are compared with those of other departments.

use std::collections::{BTreeSet, HashSet};

use super::DeclaredRow;
use crate::audit::{KeptText, Source, TextKind};
use crate::submission::grid::Grid;
use crate::submission::kept_texts::{joined, long_texts, place, put_rows, row_at, within_limits};
use crate::workbook::Address;

/// The texts of a declared form in these rows, its indicators last; none where they are too many.
pub(super) fn of_form(
    grid: &Grid,
    lines: (u32, u32),
    rows: &[DeclaredRow],
    guidance: &[Source],
) -> Option<Vec<KeptText>> {
    let indicator = |row: &DeclaredRow| {
        let parts = [row.name.as_str(), &row.target.source.text, &row.actual.source.text];
        KeptText { kind: TextKind::Kpi, text: joined(&parts), ..row_at(&row.target.source) }
    };
    let told = rows.iter().flat_map(|row| [&row.target.source, &row.actual.source]).chain(guidance);
    let told: HashSet<(String, String)> = told.map(place).collect();
    let reasons: BTreeSet<&str> = rows.iter().filter_map(|row| row.reason.as_deref()).map(str::trim).collect();
    let names: BTreeSet<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    let kind = |_: Address, text: &str| match text.trim() {
        text if names.contains(text) => None,
        text if reasons.contains(text) => Some(TextKind::Reason),
        _ => Some(TextKind::Explanation),
    };
    let mut texts = long_texts(grid, lines, &told, &kind);
    let rows: Vec<KeptText> = rows.iter().map(indicator).collect();
    put_rows(&rows, &grid.sheet.name, &mut texts);
    within_limits(texts)
}
