//! One answer of a base-data table, before the answers of all tables are settled against each other.

use rust_decimal::Decimal;

use super::FactValue;
use super::grid::Grid;
use super::names::How;
use super::reasons::Doubts;
use super::values::Read;
use crate::audit::Source;
use crate::quantity::fold;
use crate::workbook::{Address, Value};

/// One row of a base-data table whose label is a fact's.
pub struct Answer {
    /// The fact's place in the card.
    pub fact: usize,
    /// How its label was matched.
    pub how: How,
    /// What its label, its remarks and its place say against it.
    pub doubts: Doubts,
    /// The unit that is stated for it is one that the fact can have.
    pub fits_unit: bool,
    /// The sheet's place in the workbook.
    pub sheet: usize,
    /// The place of its table among those that have a header; none outside of them.
    pub(super) table: Option<usize>,
    /// Where the label stands.
    pub label: Address,
    /// Where the value stands.
    pub at: Address,
    /// The value is a part of what its cell holds: 编制数：143人；在职人数：136人.
    pub is_part_of_cell: bool,
    /// It stands outside of all tables that have a header.
    pub is_loose: bool,
    /// What stands in brackets behind its label and beside its value: of whose, or of which part, it is.
    pub(super) remarks: Vec<String>,
    /// The words around it say that it is the whole: 合计.
    pub(super) is_whole: bool,
    /// What the cell says of the fact.
    pub read: Read,
    /// The figure that the cell shows, where that is another.
    pub(super) shown: Option<Decimal>,
    pub(super) evidence: Option<String>,
    pub(super) source: Source,
    pub(super) label_source: Source,
}

impl Answer {
    /// The figure that its cell gives, when it gives one.
    pub fn figure(&self) -> Option<Decimal> {
        match &self.read {
            Read::Value(FactValue::Number(value), _) => Some(*value),
            _ => None,
        }
    }

    /// The number that stands there, in whatever unit.
    pub(super) fn amount(&self) -> Option<Decimal> {
        match &self.read {
            Read::Value(FactValue::Number(value), _) | Read::Unitless(value) => Some(*value),
            _ => None,
        }
    }

    /// Whether its label, its cell or a unit beside it says in which unit it is.
    pub fn says_unit(&self, grid: &Grid) -> bool {
        let cell = grid.seen(self.at.row, self.at.column).map(|(_, cell)| cell);
        let by_cell = cell.is_some_and(|cell| match &cell.value {
            Value::Text(text) => fold(text).contains('%'),
            _ => cell.percent,
        });
        self.fits_unit || by_cell
    }

    /// Whether its cell gives a value, also one that is not certainly the fact's.
    pub fn is_read(&self) -> bool {
        matches!(self.read, Read::Value(..) | Read::Unitless(_))
    }

    /// Whether anything was filled in.
    pub fn is_filled(&self) -> bool {
        self.read != Read::Absent
    }
}
