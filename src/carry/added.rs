//! What people typed where no entry is asked for: beside the lists, over what the program wrote, and into sheets of their own.

use std::collections::BTreeSet;

use crate::report::written::{BEGINS, Written, number_text};
use crate::text::Language;
use crate::workbook::{Address, Cell, Sheet, Value};

use super::cell_text::words;
use super::{OldFinding, Shown, Typed};

/// Rows of a sheet of their own that are listed. Whoever lays data of a batch aside in the workbook has more of them; the
/// backup of the workbook holds all.
const ROWS_LISTED: usize = 1_000;
/// How the keys of the names of sheets begin, and that of working papers.
const SHEETS: &str = "report.sheet-";
const PAPER: &str = "report.sheet-paper";
/// Between what was typed into the cells of one row.
const AND: &str = " | ";

/// Whether a cell is read with a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Own {
    /// It is not.
    No,
    /// What the program printed there.
    Printed,
    /// The place of an entry.
    Entry,
}

/// Whether a cell only tells what the program wrote into its sheet.
pub(super) fn tells(cell: &Cell) -> bool {
    matches!(&cell.value, Value::Text(text) if text.starts_with(BEGINS))
}

/// What people added, a row of a sheet at a time; `is_own` says whether a cell is read with a list. Nothing in a workbook of a
/// build that did not tell what it wrote.
pub(super) fn added(sheets: &[Sheet], is_own: impl Fn(&Sheet, Address) -> Own) -> Vec<OldFinding> {
    let written: Vec<Option<Written>> = sheets.iter().map(written_into).collect();
    if written.iter().all(Option::is_none) {
        return Vec::new();
    }
    let of_sheet = |(sheet, written): (&Sheet, Option<Written>)| match written {
        Some(mut written) => {
            let is_told = |at: Address, cell: &Cell| !cell.formula && !tells(cell) && written.tells_of(at.row);
            let told: Vec<(Address, String)> = sheet
                .cells
                .iter()
                .filter(|(at, cell)| is_told(**at, cell))
                .map(|(at, cell)| (*at, told_as(cell)))
                .collect();
            // What stands in a list used up its texts first: the same words beside it were typed.
            for (_, text) in told.iter().filter(|(at, _)| is_own(sheet, *at) == Own::Printed) {
                written.take(text);
            }
            let mut typed: BTreeSet<Address> = BTreeSet::new();
            for (at, text) in told.iter().filter(|(at, _)| is_own(sheet, *at) == Own::No) {
                if !written.take(text) {
                    typed.insert(*at);
                }
            }
            rows_of(sheet, |at, _| typed.contains(&at)).into_iter().take(ROWS_LISTED).collect()
        }
        // One of the program's own in which somebody cleared what it tells says nothing of what was added.
        None if is_named_by_us(&sheet.name) => Vec::new(),
        None => rows_of(sheet, |at, _| is_own(sheet, at) == Own::No).into_iter().take(ROWS_LISTED).collect(),
    };
    sheets.iter().zip(written).flat_map(of_sheet).collect()
}

/// What a sheet tells of itself; none where it is none of the program's, or of an older build.
fn written_into(sheet: &Sheet) -> Option<Written> {
    let mut written = Written::default();
    let telling = sheet.cells.values().filter(|cell| tells(cell));
    let told = telling.filter(|cell| matches!(&cell.value, Value::Text(text) if written.add(text))).count();
    (told > 0).then_some(written)
}

/// Whether a sheet has a name that the program gives, in either language; of a working paper the number goes on.
fn is_named_by_us(name: &str) -> bool {
    let paper = |language: Language| language.word(PAPER);
    let is_paper =
        |word: String| name.strip_prefix(&word).is_some_and(|rest| rest.trim().starts_with(char::is_numeric));
    let mut words = Language::ALL.iter().flat_map(|language| language.texts());
    words.any(|(key, word)| key.starts_with(SHEETS) && word == name)
        || Language::ALL.into_iter().map(paper).any(is_paper)
}

/// A row for each row of the sheet that has such a cell.
fn rows_of(sheet: &Sheet, mut is_added: impl FnMut(Address, &Cell) -> bool) -> Vec<OldFinding> {
    let mut found = Vec::new();
    for (row, cells) in sheet.rows() {
        let typed: Vec<(u32, String)> = cells
            .into_iter()
            .filter(|(column, cell)| is_added(Address { row, column: *column }, cell))
            .filter_map(|(column, cell)| Some((column, words(cell).filter(|text| !text.trim().is_empty())?)))
            .collect();
        let Some((column, _)) = typed.first() else { continue };
        let texts: Vec<&str> = typed.iter().map(|(_, text)| text.trim()).collect();
        found.push(OldFinding {
            shown: Shown {
                problem: sheet.name.clone(),
                place: Address { row, column: *column }.to_string(),
                ..Shown::default()
            },
            typed: Typed { further: vec![(String::new(), texts.join(AND))], ..Typed::default() },
            ..OldFinding::default()
        });
    }
    found
}

/// What stands in a cell, as it would have been told.
fn told_as(cell: &Cell) -> String {
    match &cell.value {
        Value::Number(number) => number_text(*number),
        _ => words(cell).unwrap_or_default(),
    }
}
