//! What a workbook is once its file format is forgotten: sheets of cells, and how they are shown.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::merges::Merges;
use super::number_format::Shown;
use super::serial;

/// Rows of the largest sheet that a spreadsheet program holds.
pub const ROWS: u32 = 1_048_576;
/// Columns of the largest sheet that a spreadsheet program holds.
pub const COLUMNS: u32 = 16_384;

/// One file's sheets, in the order of their tabs. Chart, dialog and macro sheets hold no cells and are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workbook {
    /// What the content was, whatever the file was called.
    pub format: Format,
    /// The worksheets, in tab order, hidden ones too.
    pub sheets: Vec<Sheet>,
}

/// The families of workbook files, told apart by content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// Office Open XML (.xlsx, .xlsm, .xltx).
    Xlsx,
    /// The binary parts of Office Open XML (.xlsb).
    Xlsb,
    /// Excel 5 to 2003 (.xls, .et).
    Xls,
    /// OpenDocument (.ods, .fods).
    Ods,
}

/// One worksheet: only cells that hold something, and what hides or joins them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The tab's name.
    pub name: String,
    /// Hidden or very hidden.
    pub hidden: bool,
    /// The cells that hold something. Empty cells and cells with an empty text are left out.
    #[serde(with = "pairs")]
    pub cells: BTreeMap<Address, Cell>,
    /// Merged areas of more than one cell, ordered by their first cell.
    pub merges: Merges,
    /// Hidden rows as inclusive 0-based spans, ascending and apart.
    pub hidden_rows: Vec<(u32, u32)>,
    /// Hidden columns as inclusive 0-based spans, ascending and apart.
    pub hidden_columns: Vec<(u32, u32)>,
}

impl Sheet {
    /// The cell at an address, if it holds something.
    pub fn cell(&self, address: Address) -> Option<&Cell> {
        self.cells.get(&address)
    }

    /// The merged area that an address lies in.
    pub fn merged(&self, address: Address) -> Option<Area> {
        self.merges.at(address)
    }

    /// The top-left cell of the merged area that an address lies in, else the address itself.
    pub fn anchor(&self, address: Address) -> Address {
        self.merged(address).map_or(address, |area| area.first)
    }

    /// Whether a 0-based row is hidden, by hand or by a filter.
    pub fn is_row_hidden(&self, row: u32) -> bool {
        lies_in(&self.hidden_rows, row)
    }

    /// Whether a 0-based column is hidden.
    pub fn is_column_hidden(&self, column: u32) -> bool {
        lies_in(&self.hidden_columns, column)
    }

    /// The rows that hold something, from the top, each with its cells from the left.
    pub fn rows(&self) -> impl Iterator<Item = (u32, Vec<(u32, &Cell)>)> {
        let mut cells = self.cells.iter().peekable();
        std::iter::from_fn(move || {
            let (first, cell) = cells.next()?;
            let mut row = vec![(first.column, cell)];
            while let Some((address, cell)) = cells.next_if(|(address, _)| address.row == first.row) {
                row.push((address.column, cell));
            }
            Some((first.row, row))
        })
    }

    /// Puts a doubt in the place of what was read, or of nothing.
    pub(crate) fn doubt(&mut self, at: Address, unsure: Value) {
        let formula = self.cell(at).is_some_and(|cell| cell.formula);
        self.cells.insert(at, Cell { value: unsure, percent: false, formula });
    }

    /// Puts spans and merges into the order that the lookups rely on. Every reader ends with it.
    pub(crate) fn settle(&mut self) {
        self.hidden_rows = joined(std::mem::take(&mut self.hidden_rows));
        self.hidden_columns = joined(std::mem::take(&mut self.hidden_columns));
        self.merges.settle();
    }
}

/// Whether a number lies in one of the ascending, disjoint spans.
fn lies_in(spans: &[(u32, u32)], at: u32) -> bool {
    let after = spans.partition_point(|&(first, _)| first <= at);
    after > 0 && at <= spans[after - 1].1
}

/// Spans in any order → ascending spans that do not touch.
fn joined(mut spans: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    spans.sort_unstable();
    let mut apart: Vec<(u32, u32)> = Vec::new();
    for (first, last) in spans {
        match apart.last_mut() {
            Some(open) if first <= open.1.saturating_add(1) => open.1 = open.1.max(last),
            _ => apart.push((first, last)),
        }
    }
    apart
}

/// Where a cell stands: 0-based, ordered by row, then column, shown as `H23`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Address {
    /// 0-based row.
    pub row: u32,
    /// 0-based column.
    pub column: u32,
}

impl Address {
    /// An address from 0-based row and column, if a sheet has such a cell.
    pub fn within_sheet(row: u32, column: u32) -> Option<Address> {
        (row < ROWS && column < COLUMNS).then_some(Address { row, column })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = Vec::new();
        let mut rest = u64::from(self.column) + 1;
        while rest > 0 {
            letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
            rest = (rest - 1) / 26;
        }
        let letters: String = letters.into_iter().rev().collect();
        write!(f, "{letters}{}", u64::from(self.row) + 1)
    }
}

/// The text is not the A1 address of a cell that a sheet has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the address of a cell")]
pub struct NoAddress;

impl FromStr for Address {
    type Err = NoAddress;

    /// Reads `H23`, `$H$23` and `h23`.
    fn from_str(text: &str) -> Result<Address, NoAddress> {
        let text = text.strip_prefix('$').unwrap_or(text);
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (column, row) = text.split_at(letters);
        let row = row.strip_prefix('$').unwrap_or(row);
        if !(1..=3).contains(&letters) || !row.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NoAddress);
        }
        let column = column.bytes().fold(0, |sum, b| sum * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
        let row: u32 = row.parse().map_err(|_| NoAddress)?;
        let row = row.checked_sub(1).ok_or(NoAddress)?;
        Address::within_sheet(row, column - 1).ok_or(NoAddress)
    }
}

/// A rectangle of cells, both corners included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Area {
    /// Top left.
    pub first: Address,
    /// Bottom right.
    pub last: Address,
}

impl Area {
    /// Whether an address lies in the rectangle.
    pub fn contains(&self, at: Address) -> bool {
        (self.first.row..=self.last.row).contains(&at.row)
            && (self.first.column..=self.last.column).contains(&at.column)
    }
}

impl FromStr for Area {
    type Err = NoAddress;

    /// Reads `A1:C2`, and `A1` as a rectangle of one cell.
    fn from_str(text: &str) -> Result<Area, NoAddress> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let (a, b): (Address, Address) = (first.parse()?, last.parse()?);
        Ok(Area {
            first: Address { row: a.row.min(b.row), column: a.column.min(b.column) },
            last: Address { row: a.row.max(b.row), column: a.column.max(b.column) },
        })
    }
}

/// One cell that holds something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// What it holds; for a formula its cached result.
    pub value: Value,
    /// The number format is a percentage: 0.2722 is shown as 27.22%.
    pub percent: bool,
    /// The value is the result of a formula.
    pub formula: bool,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// Text as typed, never empty; rich text joined, phonetic readings dropped.
    Text(String),
    /// The stored number at 15 significant digits, which is all that a spreadsheet program shows of it.
    Number(Decimal),
    /// True or false.
    Bool(bool),
    /// An error value as the program writes it: `#DIV/0!`, `#REF!`, `#SPILL!`.
    Error(String),
    /// A number whose format is a calendar or a clock.
    Date {
        /// `2020-03-01`, `12:30:00` or `2020-03-01T12:30:00`.
        text: String,
        /// The stored number: days since the end of 1899. A year typed under a date format (`yyyy"年"`) is 2020 here.
        serial: Decimal,
    },
    /// A formula whose result was never stored: neither empty nor zero.
    Uncalculated,
    /// Something the file says that is no value: not finite, too large, of an unknown type. The text is what stands there.
    Unrepresentable(String),
    /// Two readers of the file read different things here: to be told, never to be used.
    Unsure {
        /// What our reader read, of a long text the part that differs; `—` for nothing.
        ours: String,
        /// What the other one read.
        theirs: String,
    },
}

impl Cell {
    /// A cell whose style shows numbers in some way. Only of a number does it matter that the style is a percentage.
    pub(crate) fn shown(value: Value, shown: Shown, formula: bool) -> Cell {
        let percent = shown == Shown::Percent && matches!(value, Value::Number(_));
        Cell { value, percent, formula }
    }
}

impl Value {
    /// A text; an empty one is no value.
    pub(crate) fn text(text: String) -> Option<Value> {
        (!text.is_empty()).then_some(Value::Text(text))
    }

    /// A stored number under a number format; what stands there if it is no number that a decimal can hold.
    pub(crate) fn number(number: Option<Decimal>, lexeme: &str, shown: Shown, since_1904: bool) -> Value {
        match number {
            Some(serial) if shown == Shown::Date => Value::Date { text: serial::text(serial, since_1904), serial },
            Some(number) => Value::Number(number),
            None => Value::Unrepresentable(lexeme.to_owned()),
        }
    }

    /// A date by its serial number; what stands there if the calendar has no such day.
    pub(crate) fn date(serial: Option<Decimal>, lexeme: &str) -> Value {
        Value::number(serial, lexeme, Shown::Date, false)
    }
}

/// A map with keys that are no text, as a list of pairs (JSON knows only text keys).
mod pairs {
    use super::{Address, BTreeMap, Cell};
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(cells: &BTreeMap<Address, Cell>, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(cells)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<Address, Cell>, D::Error> {
        Ok(Vec::<(Address, Cell)>::deserialize(from)?.into_iter().collect())
    }
}
