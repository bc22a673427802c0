//! The number of a total in the row of its label: one reader for cards and forms.

use rust_decimal::Decimal;

use super::grid::{Grid, raw};
use super::layout::number_at;
use crate::audit::Finding;
use crate::checks::register::Code;
use crate::phrase::{Hole, Term};
use crate::workbook::{Address, Value};

/// What the row of a total states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stated {
    /// The total, and where it stands.
    Number(Decimal, Address),
    /// Something else stands under the scores.
    Other(Address),
    /// Nothing under the scores, and beside it numbers that differ: none of them is known to be the total.
    Several(Vec<Address>),
    /// Nothing.
    Nothing,
}

/// The total beside its label: under the `scores`; where nothing stands there, what all other numbers to the right of the label
/// say alike that stand in columns `free` for it and behind no word of their own (排名　3). `whole`: the points of a form without a
/// column of them, which are not meant where they stand first and one score stands behind them (总分　100　96).
pub fn stated(
    grid: &Grid,
    label: Address,
    scores: Option<Address>,
    whole: Option<Decimal>,
    free: impl Fn(u32) -> bool,
) -> Stated {
    if let Some(own) = scores.filter(|own| *own != label)
        && grid.seen(own.row, own.column).is_some()
    {
        return number_at(grid, own).map_or(Stated::Other(own), |value| Stated::Number(value, own));
    }
    let right = grid.area(label).last.column;
    let mut is_named = false;
    let mut numbers: Vec<(Decimal, Address)> = Vec::new();
    for (at, cell) in grid.cells_of(label.row).filter(|(at, _)| at.column > right) {
        match number_at(grid, at).filter(|_| free(at.column)) {
            Some(value) if !is_named => numbers.push((value, at)),
            _ => {}
        }
        is_named = matches!(&cell.value, Value::Text(_)) && number_at(grid, at).is_none();
    }
    if let [(points, _), (score, _)] = numbers.as_slice()
        && whole == Some(*points)
        && score != points
    {
        numbers.remove(0);
    }
    match numbers.first() {
        Some(&(value, at)) if numbers.iter().all(|(other, _)| *other == value) => Stated::Number(value, at),
        Some(_) => Stated::Several(numbers.into_iter().map(|(_, at)| at).collect()),
        None => Stated::Nothing,
    }
}

/// Tells that several numbers may be the total, and none is taken for it.
pub fn unclear(grid: &Grid, label: Address, cells: &[Address]) -> Finding {
    let values: Vec<String> =
        cells.iter().filter_map(|at| Some(format!("{at} {}", raw(&grid.sheet.cell(*at)?.value).trim()))).collect();
    let name = grid.text(label.row, label.column);
    let holes: &[Hole] = &[("name", &name.trim()), ("values", &Term::list(&values))];
    Finding::worded(Code::FactDoubtful, "fact-doubtful-total", holes).at(&grid.source(label))
}
