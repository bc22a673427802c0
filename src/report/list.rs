//! The columns of the two lists that a later run reads back: 差异清单 and 以前的记录. Each column is one entry of its sheet's
//! table, from which its heading and width, the cell of each row, the look at the finished sheets and the reading back come.

use crate::carry::Holds;

use super::plan::Plan;
use super::table::Column;

/// One column of a list; `M` makes its cell of a row.
#[derive(Debug, Clone, Copy)]
pub struct ListColumn<M> {
    /// Its heading in the texts of the report.
    pub key: &'static str,
    /// Its width in characters; none: it is hidden.
    pub width: Option<u16>,
    /// What a later run reads in it.
    pub holds: Holds,
    /// Makes the cell of a row.
    pub cell: M,
}

/// The columns as the sheet shows them.
pub(super) fn shown<M>(columns: &[ListColumn<M>], plan: &Plan) -> Vec<Column> {
    let column = |column: &ListColumn<M>| match column.width {
        Some(width) => Column::new(plan.word(column.key), width),
        None => Column::hidden(plan.word(column.key)),
    };
    columns.iter().map(column).collect()
}

/// How many columns people see.
pub(super) fn seen<M>(columns: &[ListColumn<M>]) -> u16 {
    columns.iter().filter(|column| column.width.is_some()).count() as u16
}

/// Where the column stands that holds something of which there is one in every list, from 0.
pub(super) fn position<M>(columns: &[ListColumn<M>], holds: Holds) -> u16 {
    let at = columns.iter().position(|column| column.holds == holds);
    debug_assert!(at.is_some(), "no column holds {holds:?}");
    at.unwrap_or_default() as u16
}
