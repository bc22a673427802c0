//! What the sheets have in common that are one list, such as 差异清单, 核定表 and 待补材料: a sentence over headings that stay. Each column is one entry of its sheet's
//! table, from which its heading and width, the cell of each row, the look at the finished sheets and the reading back come.

use crate::carry::Holds;

use super::plan::Plan;
use super::table::{Cell, Column, Layout, Row, Style, Table};

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

impl<M: Copy> ListColumn<M> {
    /// A column that people see and no later run reads.
    pub const fn plain(key: &'static str, width: u16, cell: M) -> Self {
        Self::read(key, width, Holds::Other, cell)
    }

    /// A column that people see and a later run reads.
    pub const fn read(key: &'static str, width: u16, holds: Holds, cell: M) -> Self {
        Self { key, width: Some(width), holds, cell }
    }

    /// A column that is only for a later run.
    pub const fn hidden(key: &'static str, holds: Holds, cell: M) -> Self {
        Self { key, width: None, holds, cell }
    }
}

/// The texts of a sheet that is a list, in those of the report.
#[derive(Debug, Clone, Copy)]
pub(super) struct Texts {
    /// The sheet's name.
    pub sheet: &'static str,
    /// The heading over it.
    pub title: &'static str,
    /// What is said of it under the heading.
    pub lead: &'static str,
}

/// The first row of a list: under its heading, its sentence, and the headings of its columns.
pub(super) const FIRST: u32 = 3;

/// A list without its rows. Its headings stay in view and on every printed page, and so do its first columns.
pub(super) fn sheet<M>(plan: &Plan, texts: Texts, columns: &[ListColumn<M>], stay: u16) -> Table {
    let lead = Cell::text(plan.word(texts.lead)).style(Style::Remark).span(seen(columns));
    let mut table = Table {
        name: plan.word(texts.sheet),
        title: plan.word(texts.title),
        lead: vec![Row::of(vec![lead])],
        columns: shown(columns, plan),
        layout: Layout { header: true, filter: true, landscape: true, freeze_columns: stay, ..Layout::default() },
        ..Table::default()
    };
    let header = table.header_row();
    debug_assert_eq!(table.first_row(), FIRST);
    table.layout.freeze_rows = header + 1;
    table.layout.repeat = Some((header, header));
    table
}

/// The columns as the sheet shows them.
fn shown<M>(columns: &[ListColumn<M>], plan: &Plan) -> Vec<Column> {
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
