//! The roster: a table of the departments that must submit, in a workbook or as text. It is read defensively: whatever in it could
//! let somebody be missed by mistake, or not be missed, is refused with the place, before any submission is read.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use crate::across::roster::{Due, Roster};
use crate::error::Error;
use crate::quantity::fold;
use crate::submission::names::{after_numbering, key};
use crate::text::{Language, visible};
use crate::vocabulary::{Vocabulary, Words};
use crate::workbook::{Address, Sheet, Value};

use super::delimited::{decoded, rows};
use super::{Basis, bytes_of, shown, workbook};

/// Bytes of a roster; ten thousand departments with their contacts have a megabyte.
const FILE_MAX: u64 = 32 << 20;
/// Departments of a roster. No government has as many.
const DEPARTMENTS_MAX: usize = 50_000;
/// Columns that are carried along; more would make a sheet that nobody reads.
const COLUMNS_MAX: usize = 40;
/// The headings stand within so many rows from the top, under titles and remarks.
const HEAD: usize = 30;
/// Longer texts are remarks and no names, in characters.
const NAME_MAX: usize = 60;

/// Reads a roster; beside it the bytes of its file.
///
/// # Errors
/// It cannot be read, or is none: no column of names, no name, a name twice, a name that is not there yet.
pub fn open(path: &Path, basis: &Basis) -> Result<(Roster, Vec<u8>), Error> {
    let Basis { reader, vocabulary, language, .. } = *basis;
    let bytes = bytes_of(path, FILE_MAX)?;
    let refused = |why: Refusal| Error::Against(why.said(path, language));
    if bytes.len() as u64 > FILE_MAX {
        return Err(refused(Refusal::with("too-large", &[&(FILE_MAX >> 20).to_string()])));
    }
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let grids = match ending.as_str() {
        "csv" | "txt" | "tsv" => vec![text_grid(&bytes, vocabulary).map_err(refused)?],
        _ => {
            let book = workbook(path, &bytes, reader, language);
            let book = book.map_err(|why| refused(Refusal::with("no-workbook", &[&why])))?;
            book.sheets.into_iter().filter(|sheet| !sheet.hidden).map(Grid::of).collect()
        }
    };
    Ok((roster(grids, vocabulary).map_err(refused)?, bytes))
}

/// Why a roster is refused: the end of the key of its sentence, and what fills its holes.
struct Refusal {
    key: &'static str,
    about: Vec<String>,
}

impl Refusal {
    fn with(key: &'static str, about: &[&str]) -> Refusal {
        Refusal { key, about: about.iter().map(|text| (*text).to_owned()).collect() }
    }

    fn said(&self, path: &Path, language: Language) -> String {
        let about: Vec<String> = self.about.iter().map(|text| visible(text)).collect();
        let at = |place: usize| about.get(place).cloned().unwrap_or_default();
        let holes: [(&str, &dyn std::fmt::Display); 4] =
            [("path", &shown(path)), ("one", &at(0)), ("two", &at(1)), ("three", &at(2))];
        language.say(&format!("run.roster-{}", self.key), &holes)
    }
}

/// A table as it is read, whatever it stood in.
#[derive(Default)]
struct Grid {
    /// The sheet's name; none in a text.
    name: String,
    /// What stands in each cell, by row and column from 0.
    cells: BTreeMap<(u32, u32), Written>,
    /// Where a heading ends that takes several rows, by its cell.
    ends: BTreeMap<(u32, u32), u32>,
    /// Rows that are not shown.
    hidden: Vec<u32>,
}

/// What stands in a cell.
enum Written {
    Text(String),
    /// A formula without its result, an error, or what two readers read differently.
    Unknown,
}

impl Grid {
    fn of(sheet: Sheet) -> Grid {
        let written = |value: &Value| match value {
            Value::Text(text) => Written::Text(fold(text).into_owned()),
            Value::Number(number) => Written::Text(number.normalize().to_string()),
            Value::Bool(is) => Written::Text(is.to_string()),
            Value::Date { text, .. } => Written::Text(text.clone()),
            Value::Error(_) | Value::Uncalculated | Value::Unrepresentable(_) | Value::Unsure { .. } => {
                Written::Unknown
            }
        };
        let place = |at: &Address| (at.row, at.column);
        let cells = sheet.cells.iter().map(|(at, cell)| (place(at), written(&cell.value)));
        let cells: BTreeMap<(u32, u32), Written> = cells.filter(|(_, cell)| !cell.is_blank()).collect();
        let ends = cells.keys().filter_map(|&(row, column)| {
            let area = sheet.merged(Address { row, column })?;
            (area.last.row > row).then_some(((row, column), area.last.row))
        });
        let ends = ends.collect();
        let rows = cells.keys().map(|(row, _)| *row);
        let mut hidden: Vec<u32> = rows.filter(|row| sheet.is_row_hidden(*row)).collect();
        hidden.dedup();
        Grid { name: sheet.name, ends, hidden, cells }
    }

    fn of_rows(rows: Vec<Vec<String>>) -> Grid {
        let cells = (0u32..).zip(rows).flat_map(|(row, cells)| {
            (0u32..).zip(cells).map(move |(column, text)| ((row, column), Written::Text(fold(&text).into_owned())))
        });
        Grid { cells: cells.filter(|(_, cell)| !cell.is_blank()).collect(), ..Grid::default() }
    }

    fn text(&self, row: u32, column: u32) -> Option<&str> {
        match self.cells.get(&(row, column))? {
            Written::Text(text) => Some(text),
            Written::Unknown => None,
        }
    }

    fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        rows
    }
}

impl Written {
    fn is_blank(&self) -> bool {
        matches!(self, Written::Text(text) if text.trim().is_empty())
    }
}

/// A text with the sign between its cells under which it has a column of names.
fn text_grid(bytes: &[u8], vocabulary: &Vocabulary) -> Result<Grid, Refusal> {
    let text = decoded(bytes).ok_or_else(|| Refusal::with("no-text", &[]))?;
    let grids = [',', '\t', ';', '，'].map(|between| Grid::of_rows(rows(&text, between)));
    let widths = grids.into_iter().filter(|grid| matches!(head(grid, vocabulary), Ok(Some(_)) | Err(_)));
    // A list with one column has no sign between its cells, and the same under each of them.
    let widest = widths
        .max_by_key(|grid| (grid.cells.keys().map(|(_, column)| *column).max(), std::cmp::Reverse(grid.cells.len())));
    Ok(widest.unwrap_or_else(|| Grid::of_rows(rows(&text, ','))))
}

/// Where the headings stand, and the column of names.
struct Head {
    /// The last row of the headings.
    last: u32,
    /// The row of the names' heading.
    row: u32,
    name: u32,
}

/// The headings of a table; none where no column is one of names.
fn head(grid: &Grid, vocabulary: &Vocabulary) -> Result<Option<Head>, Refusal> {
    let words: Vec<String> = vocabulary.rosters.name.iter().map(key).collect();
    for row in grid.rows().into_iter().take(HEAD) {
        let ranked = grid.cells.range((row, 0)..=(row, u32::MAX)).filter_map(|((_, column), cell)| match cell {
            Written::Text(text) => Some((words.iter().position(|word| *word == key(text))?, *column)),
            Written::Unknown => None,
        });
        let mut ranked: Vec<(usize, u32)> = ranked.collect();
        ranked.sort_unstable();
        match ranked.as_slice() {
            [] => {}
            [(one, left), (other, right), ..] if one == other => {
                let heading = grid.text(row, *left).unwrap_or_default();
                return Err(Refusal::with("two-columns", &[heading, &cell(row, *left), &cell(row, *right)]));
            }
            [(_, name), ..] => {
                let last = grid.ends.get(&(row, *name)).copied().unwrap_or(row);
                return Ok(Some(Head { last, row, name: *name }));
            }
        }
    }
    Ok(None)
}

fn cell(row: u32, column: u32) -> String {
    Address { row, column }.to_string()
}

/// The one table of departments.
fn roster(grids: Vec<Grid>, vocabulary: &Vocabulary) -> Result<Roster, Refusal> {
    let mut found: Vec<(&Grid, Head)> = Vec::new();
    for grid in &grids {
        found.extend(head(grid, vocabulary)?.map(|head| (grid, head)));
    }
    let (grid, head) = match found.as_slice() {
        [] if grids.iter().all(|grid| grid.cells.is_empty()) => return Err(Refusal::with("empty", &[])),
        [] => {
            let words = vocabulary.rosters.name.iter().take(6).collect::<Vec<_>>().join("、");
            return Err(Refusal::with("no-names", &[&words]));
        }
        [(one, _), (other, _), ..] => return Err(Refusal::with("two-sheets", &[&one.name, &other.name])),
        [only] => only,
    };
    let columns = Columns::of(grid, head, vocabulary)?;
    let read = Roster {
        headings: columns.carried.iter().map(|(_, heading)| heading.clone()).collect(),
        hidden: grid.hidden.iter().filter(|row| **row > head.last).count(),
        ..Roster::default()
    };
    let mut taking = Taking { grid, name: head.name, columns, vocabulary, read, known: HashMap::new() };
    grid.rows().into_iter().filter(|row| *row > head.last).try_for_each(|row| taking.take(row))?;
    let read = taking.read;
    if read.departments.is_empty() {
        return Err(Refusal::with("no-department", &[&cell(head.row, head.name)]));
    }
    Ok(read)
}

/// Which column says what.
struct Columns {
    alias: Option<u32>,
    deadline: Option<u32>,
    /// Carried along, each with its heading.
    carried: Vec<(u32, String)>,
}

impl Columns {
    fn of(grid: &Grid, head: &Head, vocabulary: &Vocabulary) -> Result<Columns, Refusal> {
        let words = &vocabulary.rosters;
        let mut headings: BTreeMap<u32, String> = BTreeMap::new();
        for ((_, column), written) in grid.cells.range((head.row, 0)..=(head.last, u32::MAX)) {
            if let Written::Text(text) = written {
                // What stands lower says more: 联系人 over 姓名 and 电话.
                headings.insert(*column, text.trim().to_owned());
            }
        }
        headings.remove(&head.name);
        let of = |list: &Words| {
            let keys: Vec<String> = list.iter().map(key).collect();
            headings.iter().find(|(_, heading)| keys.contains(&key(heading))).map(|(column, _)| *column)
        };
        let (alias, deadline, number) = (of(&words.alias), of(&words.deadline), of(&words.number));
        headings.retain(|column, _| Some(*column) != number);
        if headings.len() > COLUMNS_MAX {
            return Err(Refusal::with("too-wide", &[&COLUMNS_MAX.to_string()]));
        }
        Ok(Columns { alias, deadline, carried: headings.into_iter().collect() })
    }
}

/// A roster as it is being read.
struct Taking<'a> {
    grid: &'a Grid,
    name: u32,
    columns: Columns,
    vocabulary: &'a Vocabulary,
    read: Roster,
    /// Whose row bears each name, from 1.
    known: HashMap<String, u32>,
}

impl Taking<'_> {
    /// Takes a row: a department, or what is left out.
    fn take(&mut self, row: u32) -> Result<(), Refusal> {
        let name = match self.grid.cells.get(&(row, self.name)) {
            Some(Written::Unknown) => return Err(Refusal::with("no-result", &[&cell(row, self.name)])),
            Some(Written::Text(text)) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            None => return Ok(()),
        };
        let is_alone = self.columns.carried.iter().all(|(column, _)| !self.grid.cells.contains_key(&(row, *column)));
        let is_part = is_alone && is_heading_of_part(&name, self.vocabulary);
        if is_part || !names_a_department(&name, self.vocabulary) {
            self.read.left_out.push((row + 1, name));
            return Ok(());
        }
        let value = |column: &u32| self.grid.text(row, *column).map(|text| text.trim().to_owned());
        let columns = &self.columns;
        let aliases = columns.alias.as_ref().and_then(value).map(|text| split(&text, self.vocabulary));
        let due = Due {
            aliases: aliases.unwrap_or_default(),
            deadline: columns.deadline.as_ref().and_then(value),
            carried: columns.carried.iter().map(|(column, _)| value(column).unwrap_or_default()).collect(),
            name,
        };
        self.know(&due, row + 1)?;
        self.read.departments.push(due);
        if self.read.departments.len() > DEPARTMENTS_MAX {
            return Err(Refusal::with("too-long", &[&DEPARTMENTS_MAX.to_string()]));
        }
        Ok(())
    }

    /// Refuses a name that stands there already: nobody could say whether there are two of them.
    fn know(&mut self, due: &Due, row: u32) -> Result<(), Refusal> {
        for name in due.names() {
            match self.known.insert(key(name), row) {
                Some(other) if other != row => {
                    return Err(Refusal::with("twice", &[name, &other.to_string(), &row.to_string()]));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// What is no name: a sum, a remark, a number, a sentence.
fn names_a_department(name: &str, vocabulary: &Vocabulary) -> bool {
    let plain = key(name);
    let is_name = plain.chars().any(|c| c.is_alphabetic()) && name.chars().count() <= NAME_MAX;
    is_name && !vocabulary.rosters.beside.starts(name)
}

/// 一、党群部门: the heading of a part of the list.
fn is_heading_of_part(name: &str, vocabulary: &Vocabulary) -> bool {
    let begins = name.trim_start_matches(['(', ' ']).chars().next();
    begins.is_some_and(|c| vocabulary.names.numerals.contains(c)) && after_numbering(vocabulary, name).is_some()
}

fn split(text: &str, vocabulary: &Vocabulary) -> Vec<String> {
    let separators = &vocabulary.rosters.separators;
    let parted = separators.iter().fold(text.to_owned(), |text, sign| text.replace(sign, "\n"));
    parted.split('\n').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}
