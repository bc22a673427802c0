//! What was read from hidden sheets, rows and columns, and said to be hidden.

use std::collections::BTreeSet;

use super::grid::Grid;
use super::notes::{About, Notes};
use crate::checks::register::Code;
use crate::workbook::Address;

/// Cells that matter, by the sheet's place in the workbook.
pub type Used = BTreeSet<(usize, Address)>;

/// One finding for each kind of hiding and sheet, where something that was read stands there.
pub fn tell(grids: &[Grid], used: &Used, notes: &mut Notes) {
    for grid in grids {
        let cells: Vec<Address> = used
            .range((grid.index, Address { row: 0, column: 0 })..)
            .take_while(|(sheet, _)| *sheet == grid.index)
            .map(|(_, at)| *at)
            .collect();
        let Some(first) = cells.first() else { continue };
        if grid.sheet.hidden {
            notes.add(Code::HiddenData, "hidden-sheet", About::default(), grid.source(*first), &[]);
        }
        let rows: BTreeSet<u32> = cells.iter().map(|at| at.row).filter(|row| grid.sheet.is_row_hidden(*row)).collect();
        if let Some(at) = cells.iter().find(|at| rows.contains(&at.row)) {
            let list = list(rows.iter().map(|row| (u64::from(*row) + 1).to_string()));
            notes.add(Code::HiddenData, "hidden-rows", About::default(), grid.source(*at), &[("rows", &list)]);
        }
        let columns: BTreeSet<u32> =
            cells.iter().map(|at| at.column).filter(|column| grid.sheet.is_column_hidden(*column)).collect();
        if let Some(at) = cells.iter().find(|at| columns.contains(&at.column)) {
            let list = list(columns.iter().map(|column| column_name(*column)));
            notes.add(Code::HiddenData, "hidden-columns", About::default(), grid.source(*at), &[("columns", &list)]);
        }
    }
}

fn column_name(column: u32) -> String {
    Address { row: 0, column }.to_string().trim_end_matches('1').to_owned()
}

/// The first few, and that there are more.
fn list(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    let shown = items.iter().take(10).cloned().collect::<Vec<_>>().join("、");
    if items.len() > 10 { format!("{shown}…（{}）", items.len()) } else { shown }
}
