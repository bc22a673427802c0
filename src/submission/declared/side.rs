//! Forms side by side in one sheet, each to be read by itself.

use super::parts::{SaidInForms, has_table, parts};
use crate::rulebook::Declared;
use crate::submission::grid::Grid;
use crate::submission::names::key;
use crate::workbook::{Area, Sheet, Value};

/// Titles and labels are short, their spaces included.
const LONGEST: usize = 120;

/// The sheet parted where forms stand beside each other; empty where none do.
pub fn bands(grid: &Grid, declared: &Declared) -> Vec<Sheet> {
    let Some(starts) = starts(grid, declared) else { return Vec::new() };
    let ends = starts.iter().skip(1).copied().chain([u32::MAX]);
    // What stands left of the first form belongs to it.
    let firsts = std::iter::once(0).chain(starts.iter().skip(1).copied());
    let bands: Vec<Sheet> = firsts.zip(ends).map(|(first, end)| band(grid.sheet, first, end)).collect();
    let grids: Vec<Grid> =
        bands.iter().map(|band| Grid::new(grid.index, band, grid.effort(), grid.vocabulary())).collect();
    let is_form = |band: &Grid| !parts(band, declared).is_empty();
    // A sister form beside it (目标申报表) has a table of its own, and is none.
    let is_apart = |band: &Grid| is_form(band) || has_table(band);
    let is_parted = grids.iter().any(is_form) && grids.iter().all(is_apart);
    if is_parted { bands } else { Vec::new() }
}

/// The columns in which the forms begin: of several titles, or labels of a project, in one row.
fn starts(grid: &Grid, declared: &Declared) -> Option<Vec<u32>> {
    let titles: Vec<String> = declared.words.titles.iter().map(|title| key(title)).collect();
    let columns = |row: u32, begins: &dyn Fn(&str) -> bool| -> Vec<u32> {
        let short =
            |value: &Value| matches!(value, Value::Text(text) if text.chars().nth(LONGEST).is_none() && begins(text));
        grid.cells_of(row).filter(|(_, cell)| short(&cell.value)).map(|(at, _)| at.column).collect()
    };
    grid.rows().iter().find_map(|&row| {
        let several = [
            columns(row, &|text| SaidInForms::of(grid.vocabulary(), text).is_title(&titles)),
            columns(row, &|text| SaidInForms::of(grid.vocabulary(), text).is_project_label),
        ];
        several.into_iter().find(|columns| columns.len() > 1)
    })
}

/// The columns of a sheet from `first` up to, not including, `end`.
fn band(sheet: &Sheet, first: u32, end: u32) -> Sheet {
    let mut band = sheet.clone();
    let inside = |column: u32| (first..end).contains(&column);
    band.cells.retain(|at, _| inside(at.column));
    let merges: Vec<Area> = sheet.merges.iter().copied().filter(|area| inside(area.first.column)).collect();
    band.merges = merges.into();
    band
}
