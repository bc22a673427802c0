//! What a workbook is once its file format is forgotten: sheets of cells, and how they are shown.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::address::{Address, Area};
use super::merges::Merges;
use super::number_format::{Digits, NumberKind, Shown};
use super::serial;

/// One file's sheets, in the order of their tabs. Chart, dialog and macro sheets hold no cells and are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workbook {
    /// What the content was, whatever the file was called.
    pub format: Format,
    /// The worksheets, in tab order, hidden ones too.
    pub sheets: Vec<Sheet>,
    /// What the file says of who made it.
    #[serde(default)]
    pub properties: Properties,
}

/// What a file says of who made it. Anybody can change it, and a template keeps its author: it proves nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Properties {
    /// Who made it first.
    pub author: Option<String>,
    /// Who saved it last.
    pub last_saved_by: Option<String>,
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
    /// Comments (批注) on cells, as written; the name of who wrote one is left out. An .xls or .xlsb is read without them.
    #[serde(default, with = "pairs")]
    pub comments: BTreeMap<Address, String>,
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

    /// Remembers a comment; what several say of one cell stands one behind the other.
    pub(crate) fn comment(&mut self, at: Address, text: &str) {
        let text = text.trim();
        let known = self.comments.entry(at).or_default();
        if !text.is_empty() && !known.is_empty() {
            known.push('\n');
        }
        known.push_str(text);
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
        self.cells.insert(at, Cell { value: unsure, percent: false, formula, digits: Digits::default() });
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

/// One cell that holds something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// What it holds; for a formula its cached result.
    pub value: Value,
    /// The number format is a percentage: 0.2722 is shown as 27.22%.
    pub percent: bool,
    /// The value is the result of a formula.
    pub formula: bool,
    /// Which digits of a number are shown.
    #[serde(default)]
    pub digits: Digits,
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
        let is_number = matches!(value, Value::Number(_));
        let digits = if is_number { shown.digits } else { Digits::default() };
        Cell { value, percent: is_number && shown.kind == NumberKind::Percent, formula, digits }
    }
}

impl Cell {
    /// The number as the sheet shows it, to the digits shown: 20468000 under `0!.0,` is 2046.8, 0.8813 under `0.0%` is 0.881.
    /// None for a cell that holds no number, and where the shown number is the stored one.
    pub fn as_shown(&self) -> Option<Decimal> {
        let Value::Number(stored) = &self.value else { return None };
        let scaled = self.unscaled()?;
        let places = self.digits.places?;
        let places = u32::from(places) + if self.percent { 2 } else { 0 };
        let shown = scaled.round_dp_with_strategy(places.min(28), rust_decimal::RoundingStrategy::MidpointAwayFromZero);
        (shown != *stored).then(|| shown.normalize())
    }

    /// The number of the size in which the sheet shows it, with all its digits; none for a cell that holds no number.
    pub fn unscaled(&self) -> Option<Decimal> {
        let Value::Number(stored) = &self.value else { return None };
        stored.checked_mul(Decimal::new(1, u32::from(self.digits.scale).min(28))).map(|number| number.normalize())
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
            Some(serial) if shown.kind == NumberKind::Date => {
                Value::Date { text: serial::text(serial, since_1904), serial }
            }
            Some(number) => Value::Number(number),
            None => Value::Unrepresentable(lexeme.to_owned()),
        }
    }

    /// A date by its serial number; what stands there if the calendar has no such day.
    pub(crate) fn date(serial: Option<Decimal>, lexeme: &str) -> Value {
        Value::number(serial, lexeme, Shown::DATE, false)
    }
}

/// A map with keys that are no text, as a list of pairs (JSON knows only text keys).
mod pairs {
    use super::{Address, BTreeMap};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer, V: Serialize>(cells: &BTreeMap<Address, V>, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(cells)
    }

    pub fn deserialize<'de, D: Deserializer<'de>, V: Deserialize<'de>>(
        from: D,
    ) -> Result<BTreeMap<Address, V>, D::Error> {
        Ok(Vec::<(Address, V)>::deserialize(from)?.into_iter().collect())
    }
}
