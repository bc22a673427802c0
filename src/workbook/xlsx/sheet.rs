//! One worksheet part of an .xlsx, in one pass.

use super::super::address::{Address, Area, COLUMNS, ROWS};
use super::super::cell::{Cell, Sheet, Value};
use super::super::number_format::Shown;
use super::super::package::Part;
use super::super::problem::{Fault, Problem};
use super::super::xml::{Element, Token, Xml};
use super::super::{door, serial};
use super::strings::{rich_text, unescaped};

/// What cells refer to.
pub(super) struct Tables {
    pub strings: Vec<Box<str>>,
    pub styles: Vec<Shown>,
    pub since_1904: bool,
}

/// Reads a worksheet part. None if it is a chart or dialog sheet, which holds no cells.
pub(super) fn read(part: Part<'_, '_>, sheet: Sheet, tables: &Tables) -> Result<Option<Sheet>, Problem> {
    let mut xml = Xml::new(part)?;
    match xml.root()?.as_str() {
        "worksheet" => {}
        "chartsheet" | "dialogsheet" | "macrosheet" => return Ok(None),
        _ => return Err(xml.problem(Fault::WrongKind)),
    }
    let mut reader = SheetReader { xml, sheet, tables, row: 0, column: 0 };
    reader.all()?;
    reader.sheet.settle();
    Ok(Some(reader.sheet))
}

struct SheetReader<'p, 'm, 't> {
    xml: Xml<'p, 'm>,
    sheet: Sheet,
    tables: &'t Tables,
    /// Where a row or cell without address stands: after the one before it.
    row: u32,
    column: u32,
}

/// A `<c>` before its content is known.
struct Opened {
    at: Address,
    kind: CellKind,
    shown: Shown,
}

impl SheetReader<'_, '_, '_> {
    fn all(&mut self) -> Result<(), Problem> {
        loop {
            match self.xml.next()? {
                Token::Open(element) => match element.name() {
                    "row" => {
                        let row = Row::of(&element);
                        self.begin_row(row)?;
                    }
                    "c" => {
                        let attributes = CellAttributes::of(&element);
                        self.cell(attributes)?;
                    }
                    "col" => {
                        let span = hidden_columns(&element);
                        self.hide_columns(span)?;
                    }
                    "mergeCell" => {
                        let area = element.attribute("ref").and_then(|text| text.parse().ok());
                        self.merge(area)?;
                    }
                    // A pivot's or a query's own list of rows and cells is not the sheet's.
                    "extLst" => self.xml.skip()?,
                    _ => {}
                },
                Token::End => return Ok(()),
                _ => {}
            }
        }
    }

    fn begin_row(&mut self, row: Row) -> Result<(), Problem> {
        if let Some(number) = row.number {
            let stands = number.parse::<u32>().ok().filter(|number| (1..=ROWS).contains(number));
            self.row = stands.ok_or_else(|| self.xml.problem(Fault::Address(number)))? - 1;
        }
        if self.row >= ROWS {
            return Err(self.xml.problem(Fault::Address((self.row + 1).to_string())));
        }
        if row.hidden {
            self.xml.meter().hide(&mut self.sheet.hidden_rows, self.row, self.row)?;
        }
        self.column = 0;
        // Cells of this row stand in `row - 1` from here on; the next row without number follows it.
        self.row += 1;
        Ok(())
    }

    fn hide_columns(&mut self, span: Option<(u32, u32)>) -> Result<(), Problem> {
        match span {
            Some((first, last)) => self.xml.meter().hide(&mut self.sheet.hidden_columns, first, last),
            None => Ok(()),
        }
    }

    /// What names no area joins nothing: spreadsheet programs drop it too.
    fn merge(&mut self, area: Option<Area>) -> Result<(), Problem> {
        self.xml.meter().merge()?;
        area.into_iter().for_each(|area| self.sheet.merges.push(area));
        Ok(())
    }

    fn cell(&mut self, attributes: CellAttributes) -> Result<(), Problem> {
        let opened = self.opened(attributes)?;
        let mut formula = false;
        let mut content: Option<String> = None;
        loop {
            match self.xml.next()? {
                Token::Open(element) => match element.name() {
                    "f" => {
                        formula = true;
                        self.xml.skip()?;
                    }
                    "v" => content = Some(self.xml.text()?),
                    "is" => content = Some(rich_text(&mut self.xml)?),
                    _ => self.xml.skip()?,
                },
                Token::Close(_) => break,
                Token::End => return Err(self.xml.problem(Fault::Malformed)),
                _ => {}
            }
        }
        self.keep(opened, formula, content)
    }

    fn opened(&mut self, attributes: CellAttributes) -> Result<Opened, Problem> {
        let at = match attributes.at {
            Some(Ok(at)) => at,
            Some(Err(text)) => return Err(self.xml.problem(Fault::Address(text))),
            None => Address { row: self.row.saturating_sub(1), column: self.column },
        };
        if at.column >= COLUMNS {
            return Err(self.xml.problem(Fault::Address(at.to_string())));
        }
        self.column = at.column + 1;
        let shown = attributes.style.and_then(|style| self.tables.styles.get(style)).copied().unwrap_or_default();
        Ok(Opened { at, kind: attributes.kind, shown })
    }

    /// Where an address is written twice, the last cell is the one that counts, even if it is empty.
    fn keep(&mut self, opened: Opened, formula: bool, content: Option<String>) -> Result<(), Problem> {
        let Some(value) = self.value(&opened, formula, content)? else {
            self.sheet.cells.remove(&opened.at);
            return Ok(());
        };
        self.xml.meter().cell(&value)?;
        self.sheet.cells.insert(opened.at, Cell::shown(value, opened.shown, formula));
        Ok(())
    }

    /// What a cell of type `t` holds. Excel writes an empty `<v>` for a formula whose result is an empty text,
    /// and then says that the result is text; other empty results were never calculated.
    fn value(&self, opened: &Opened, formula: bool, content: Option<String>) -> Result<Option<Value>, Problem> {
        let is_text = matches!(opened.kind, CellKind::Result | CellKind::Inline);
        let Some(content) = content.filter(|content| is_text || !content.trim().is_empty()) else {
            return Ok(formula.then_some(Value::Uncalculated));
        };
        let lexeme = content.trim();
        Ok(match opened.kind {
            CellKind::Shared => Value::text(self.shared(lexeme)?),
            CellKind::Result => Value::text(unescaped(&content).into_owned()),
            CellKind::Inline => Value::text(content),
            CellKind::Number => Some(Value::number(door::stored(lexeme), lexeme, opened.shown, self.tables.since_1904)),
            CellKind::Boolean => Some(boolean(lexeme)),
            CellKind::Error => Some(Value::Error(lexeme.to_owned())),
            CellKind::Date => Some(Value::date(serial::of_date(lexeme), lexeme)),
            CellKind::Unknown => Some(Value::Unrepresentable(content)),
        })
    }

    fn shared(&self, index: &str) -> Result<String, Problem> {
        let index = index.parse::<usize>().map_err(|_| self.xml.problem(Fault::Malformed))?;
        let text = self.tables.strings.get(index).ok_or_else(|| self.xml.problem(Fault::Index(index as u64)))?;
        Ok(text.to_string())
    }
}

fn boolean(lexeme: &str) -> Value {
    match lexeme {
        "1" | "true" => Value::Bool(true),
        "0" | "false" => Value::Bool(false),
        _ => Value::Unrepresentable(lexeme.to_owned()),
    }
}

/// The attributes of a `<row>`.
struct Row {
    number: Option<String>,
    hidden: bool,
}

impl Row {
    fn of(element: &Element<'_>) -> Row {
        Row {
            number: element.attribute("r").map(|number| number.into_owned()),
            hidden: element.says("hidden") || is_zero(element, "ht"),
        }
    }
}

/// The attributes of a `<c>`.
struct CellAttributes {
    /// Where it says that it stands, or the text that is no address.
    at: Option<Result<Address, String>>,
    kind: CellKind,
    style: Option<usize>,
}

impl CellAttributes {
    fn of(element: &Element<'_>) -> CellAttributes {
        let mut attributes = CellAttributes { at: None, kind: CellKind::Number, style: None };
        let (mut has_kind, mut has_style) = (false, false);
        element.each(|name, value| match name {
            "r" if attributes.at.is_none() => {
                attributes.at = Some(value.parse().map_err(|_| value.into_owned()));
            }
            "t" if !has_kind => (attributes.kind, has_kind) = (CellKind::of(&value), true),
            "s" if !has_style => (attributes.style, has_style) = (value.trim().parse().ok(), true),
            _ => {}
        });
        attributes
    }
}

/// What the `t` of a `<c>` says of its content.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CellKind {
    Number,
    Shared,
    /// The text that a formula gave.
    Result,
    Inline,
    Boolean,
    Error,
    Date,
    Unknown,
}

impl CellKind {
    fn of(word: &str) -> CellKind {
        match word {
            "n" | "" => CellKind::Number,
            "s" => CellKind::Shared,
            "str" => CellKind::Result,
            "inlineStr" => CellKind::Inline,
            "b" => CellKind::Boolean,
            "e" => CellKind::Error,
            "d" => CellKind::Date,
            _ => CellKind::Unknown,
        }
    }
}

/// The 0-based span of a `<col>` that is hidden, or shown with no width at all.
fn hidden_columns(element: &Element<'_>) -> Option<(u32, u32)> {
    if !element.says("hidden") && !is_zero(element, "width") {
        return None;
    }
    let number = |name| element.attribute(name)?.trim().parse::<u32>().ok();
    let (first, last) = (number("min")?, number("max")?);
    (1 <= first && first <= last && last <= COLUMNS).then(|| (first - 1, last - 1))
}

fn is_zero(element: &Element<'_>, name: &str) -> bool {
    element
        .attribute(name)
        .is_some_and(|length| length.trim().parse::<rust_decimal::Decimal>().is_ok_and(|length| length.is_zero()))
}
