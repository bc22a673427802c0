//! The unit of money that a sheet states for its tables, for cards and forms alike.

use super::grid::Grid;
use crate::quantity::{MoneyUnit, fold};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::remembered::remembered;
use crate::workbook::Value;

/// The unit that a sheet states for the tables below: `单位：万元`, `金额单位：元`, `（单位：万元）`.
pub fn corner_unit(vocabulary: &Vocabulary, text: &str) -> Option<MoneyUnit> {
    remembered!(vocabulary, text, Option<MoneyUnit>, read_corner_unit(vocabulary, text))
}

fn read_corner_unit(vocabulary: &Vocabulary, text: &str) -> Option<MoneyUnit> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let stated = folded.chars().count() <= 60 && vocabulary.quantities.units.corner.within(&folded);
    let joined = words.join("");
    // 金额单位：元　填报单位：某局: any of the places where a unit can stand.
    let units = &vocabulary.quantities.units;
    let places = units.corner.iter().flat_map(|word| joined.match_indices(word).map(|(at, word)| at + word.len()));
    let mut stated_units = places.filter_map(|from| {
        let after = joined.get(from..)?;
        let after = after.trim_start_matches(|c| matches!(c, ':' | '(') || units.corner_joins.contains(c));
        let amount: String = after.chars().take_while(|c| units.money_chars.contains(*c)).collect();
        MoneyUnit::parse(&vocabulary.quantities, &amount)
    });
    stated.then(|| stated_units.next()).flatten()
}

/// The unit of money stated in the rows from `first` up to, not including, `end`, the lowest first: over a table, or in
/// the sheet's corner.
pub fn corner_within(grid: &Grid, first: u32, end: u32) -> Option<MoneyUnit> {
    grid.rows_within(first, end).iter().rev().find_map(|&above| {
        grid.cells_of(above).find_map(|(_, cell)| match &cell.value {
            Value::Text(text) => corner_unit(grid.vocabulary(), text),
            _ => None,
        })
    })
}
