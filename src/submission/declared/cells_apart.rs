//! A value whose sign, figure and unit stand in cells of their own under one heading: ≥ | 12 | 公里.

use rust_decimal::Decimal;

use super::columns::Columns;
use super::headings::RowColumn;
use super::heads::path;
use crate::quantity::{Quantity, Sign, fold};
use crate::submission::grid::Grid;
use crate::submission::units_said::is_unit;
use crate::vocabulary::Vocabulary;
use crate::workbook::{Address, Value};

/// A sign is so many characters long at most: 不低于, 小于等于.
const LONGEST_SIGN: usize = 4;

impl Columns {
    /// Finds them: the column that holds signs is that of their nature, the one of figures behind it the value, and the one of units
    /// behind that its unit.
    pub(super) fn find_cells_apart(&mut self, grid: &Grid) {
        let vocabulary = grid.vocabulary();
        let measures: Vec<u32> = self.measures().collect();
        for place in measures {
            let next_is_free = self.is_free(grid, place, place + 1);
            let is_signed = next_is_free && self.holds(grid, place, &|text| is_sign(vocabulary, text));
            let value = if is_signed { place + 1 } else { place };
            let has_unit = self.is_free(grid, place, value + 1)
                && self.holds(grid, value + 1, &|text| is_unit_of_figures(vocabulary, text));
            if is_signed {
                self.copy(place, value, None);
                self.copy(value, place, Some(RowColumn::Nature));
            }
            if has_unit {
                self.copy(value, value + 1, Some(RowColumn::Unit));
            }
        }
    }

    /// Whether a column has no heading but that of the column at `place`, which may be merged over both.
    fn is_free(&self, grid: &Grid, place: u32, other: u32) -> bool {
        let headings =
            |place: u32| path(grid, self.rows, place).into_iter().map(|(at, _)| at).collect::<Vec<Address>>();
        let over = headings(other);
        !self.has(other) && (over.is_empty() || over == headings(place))
    }

    /// Whether what stands in a column below the header is, for the most part and from the first cell on, of a kind.
    fn holds(&self, grid: &Grid, place: u32, wanted: &dyn Fn(&str) -> bool) -> bool {
        let rows = grid.rows_within(self.rows.1 + 1, u32::MAX);
        let cells = rows.iter().filter_map(|row| grid.seen(*row, place).filter(|(at, _)| at.column == place));
        let said: Vec<bool> =
            cells.map(|(_, cell)| matches!(&cell.value, Value::Text(text) if wanted(text.trim()))).collect();
        let wanted = said.iter().filter(|is| **is).count();
        said.first() == Some(&true) && wanted * 2 > said.len()
    }
}

fn is_word(text: &str) -> bool {
    !text.chars().any(|c| c.is_ascii_digit())
}

fn is_sign(vocabulary: &Vocabulary, text: &str) -> bool {
    is_word(text) && text.chars().count() <= LONGEST_SIGN && Sign::parse(&vocabulary.quantities, text).is_some()
}

fn is_unit_of_figures(vocabulary: &Vocabulary, text: &str) -> bool {
    let sense = Quantity::new(&vocabulary.quantities, Decimal::ONE, &fold(text)).sense;
    is_word(text) && (is_unit(vocabulary, text) || sense.size.is_some() || sense.per_year.is_some())
}
