//! A sheet on its way into the workbook. The rows of a list that has dozens of them for every department are laid out only when
//! they are written: such a list is never held whole.

use rayon::prelude::*;

use crate::stages::{Stage, during};

use super::table::{Row, Table};

/// So many rows are laid out before they are written: enough for every thread, and a few megabytes at most.
const AT_ONCE: usize = 1024;

/// A sheet on its way into the workbook.
pub struct Sheet<'p> {
    /// The sheet; without its rows where they come later.
    pub table: Table,
    /// Its rows, where they are laid out only when they are written.
    pub later: Option<Later<'p>>,
}

/// Rows that are laid out only when they are written.
pub struct Later<'p> {
    /// How many they are.
    pub count: usize,
    /// Lays out one of them, by its place from 0: the same whenever it is asked for.
    pub row: Box<dyn Fn(usize) -> Row + Send + Sync + 'p>,
}

impl From<Table> for Sheet<'_> {
    fn from(table: Table) -> Self {
        Sheet { table, later: None }
    }
}

impl<'p> Sheet<'p> {
    /// A sheet with so many rows, each of which is laid out when it is written.
    pub fn later(table: Table, count: usize, row: impl Fn(usize) -> Row + Send + Sync + 'p) -> Sheet<'p> {
        Sheet { table, later: Some(Later { count, row: Box::new(row) }) }
    }

    /// How many rows it has under its headings.
    pub fn count(&self) -> usize {
        self.later.as_ref().map_or(self.table.rows.len(), |later| later.count)
    }

    /// Gives every row in its order, some of them held at a time.
    ///
    /// # Errors
    /// What `take` fails with.
    pub fn each_row<E>(&self, mut take: impl FnMut(&Row) -> Result<(), E>) -> Result<(), E> {
        let Some(later) = &self.later else { return self.table.rows.iter().try_for_each(take) };
        for first in (0..later.count).step_by(AT_ONCE) {
            let places = first..later.count.min(first + AT_ONCE);
            let rows: Vec<Row> =
                places.into_par_iter().map(|place| during(Stage::Layout, || (later.row)(place))).collect();
            rows.iter().try_for_each(&mut take)?;
        }
        Ok(())
    }

    /// The sheet with all its rows.
    pub fn whole(self) -> Table {
        let rows = self.later.map(|later| (0..later.count).map(|place| (later.row)(place)).collect());
        Table { rows: rows.unwrap_or(self.table.rows), ..self.table }
    }
}
