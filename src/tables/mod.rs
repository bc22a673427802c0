//! Cells → tables: what each cell of a sheet is for, and every value's headings and labels.
//!
//! Nothing here knows a rulebook, a file, or a language. A role is certain where independent signs agree: the kind of
//! content, words, merges, position, numbering. Of what they do not agree on the likeliest role is given, as uncertain.

mod content;
mod evidence;
mod field;
mod layout;
mod model;
mod paths;
mod split;

pub use model::{Column, Layout, Marked, Pair, Role, Row, Scope, ScopeKind, Table, TablePart};

use crate::vocabulary::Vocabulary;
use crate::workbook::Sheet;
use field::{Field, Spot};
use layout::LayoutReader;

/// The tables of a sheet, in reading order.
pub fn tables(sheet: &Sheet, words: &Vocabulary) -> Vec<Table> {
    let spots = field::spots(sheet, words);
    split::split(spots).into_iter().filter_map(|spots| table(sheet, spots, words)).collect()
}

fn table(sheet: &Sheet, spots: Vec<Spot>, words: &Vocabulary) -> Option<Table> {
    let area = field::around(spots.iter())?;
    let scattered: Vec<Marked> =
        spots.iter().map(|spot| Marked { area: spot.area, role: Role::Value, certain: false }).collect();
    let Some(field) = Field::new(spots) else {
        return Some(Table { area, certain: false, cells: scattered, parts: Vec::new(), scopes: Vec::new() });
    };
    let reader = LayoutReader::of(&field, words);
    let marks = field.spots.iter().zip(&reader.marks);
    let cells = marks.map(|(spot, mark)| {
        let (role, certain) = mark.map_or((Role::Value, false), |mark| (mark.role, mark.certain));
        Marked { area: spot.area, role, certain }
    });
    let cells = cells.collect();
    let scopes = paths::scopes_of_table(sheet, &field, &reader, words);
    let parts = paths::parts(&field, &reader, words);
    Some(Table { area, certain: is_certain(&reader), cells, parts, scopes })
}

/// All outer parts are laid out with certainty.
fn is_certain(reader: &LayoutReader) -> bool {
    let mut outer = reader.parts.iter().filter(|part| !part.inner).peekable();
    outer.peek().is_some() && outer.all(|part| part.certain)
}
