//! .ods and .fods (OpenDocument 1.3, part 3): one pass over the content. What a table repeats stays a count until it holds something.

use std::collections::HashSet;

use super::address::{Address, Area, COLUMNS, ROWS};
use super::cell::{Cell, Format, Properties, Sheet, Value, Workbook};
use super::limits::Meter;
use super::number_format::Shown;
use super::package::{Package, Part};
use super::problem::{Content, Fault, LimitName, Problem};
use super::xml::{Element, Token, Xml, closed};
use super::{door, serial};

/// Reads the workbook in an OpenDocument container.
pub(crate) fn read(package: &mut Package<'_, '_>) -> Result<Workbook, Problem> {
    if package.has("META-INF/manifest.xml") && is_encrypted(package.part("META-INF/manifest.xml")?)? {
        return Err(Problem::password());
    }
    content(package.part("content.xml")?)
}

/// Reads a workbook that is one XML file.
pub(crate) fn flat(bytes: &[u8], meter: &Meter<'_>) -> Result<Workbook, Problem> {
    content(Part::bare("office:document", bytes, meter))
}

/// The manifest says for every part how it is encrypted, if it is.
fn is_encrypted(manifest: Part<'_, '_>) -> Result<bool, Problem> {
    let mut xml = Xml::new(manifest)?;
    let mut encrypted = false;
    loop {
        match xml.next()? {
            Token::Open(element) => encrypted |= element.name() == "encryption-data",
            Token::End => return Ok(encrypted),
            _ => {}
        }
    }
}

fn content(part: Part<'_, '_>) -> Result<Workbook, Problem> {
    let mut xml = Xml::new(part)?;
    if !matches!(xml.root()?.as_str(), "document-content" | "document") {
        return Err(xml.problem(Fault::WrongKind));
    }
    let mut reader = ContentReader { xml, hidden_tables: HashSet::new(), sheets: Vec::new() };
    reader.document()?;
    Ok(Workbook { format: Format::Ods, sheets: reader.sheets, properties: Properties::default() })
}

struct ContentReader<'p, 'm> {
    xml: Xml<'p, 'm>,
    /// Names of the table styles that are not displayed.
    hidden_tables: HashSet<String>,
    sheets: Vec<Sheet>,
}

impl ContentReader<'_, '_> {
    fn document(&mut self) -> Result<(), Problem> {
        let mut style = String::new();
        let mut found = false;
        loop {
            match self.xml.next()? {
                Token::Open(element) => match element.name() {
                    "style" => style = owned(&element, "style:name"),
                    "table-properties" if element.attribute("display").is_some_and(|display| display == "false") => {
                        let sheets = self.xml.meter().limits.sheets;
                        if self.hidden_tables.len() as u64 <= sheets {
                            self.hidden_tables.insert(style.clone());
                        }
                    }
                    "spreadsheet" => {
                        found = true;
                        self.spreadsheet()?;
                    }
                    _ => {}
                },
                Token::End if found => return Ok(()),
                Token::End => return Err(Problem::not_a_workbook(Content::OtherDocument)),
                _ => {}
            }
        }
    }

    /// The tables of the document itself; those of change tracking and of links to other documents are not its sheets.
    fn spreadsheet(&mut self) -> Result<(), Problem> {
        loop {
            match self.xml.next()? {
                Token::Open(element) if element.name() == "table" => {
                    let name = owned(&element, "table:name");
                    let hidden = self.hidden_tables.contains(&owned(&element, "table:style-name"));
                    let sheet = self.table(Sheet { name, hidden, ..Sheet::default() })?;
                    self.keep(sheet)?;
                }
                Token::Open(_) => self.xml.skip()?,
                Token::Close(_) => return Ok(()),
                _ => {}
            }
        }
    }

    fn keep(&mut self, sheet: Sheet) -> Result<(), Problem> {
        self.sheets.push(sheet);
        let most = self.xml.meter().limits.sheets;
        if self.sheets.len() as u64 > most { Err(Problem::over(LimitName::Sheets, most)) } else { Ok(()) }
    }

    fn table(&mut self, sheet: Sheet) -> Result<Sheet, Problem> {
        let mut table = Table { sheet, row: 0, column: 0 };
        let meter = self.xml.meter();
        loop {
            match self.xml.next()? {
                Token::Open(element) => match element.name() {
                    "table-column" => table.columns(&element, meter)?,
                    "table-row" => {
                        let (repeated, hidden) =
                            (repeated(&element, "table:number-rows-repeated"), is_hidden(&element));
                        let cells = self.row()?;
                        table.rows(cells, repeated, hidden, &self.xml)?;
                    }
                    "table-header-rows"
                    | "table-rows"
                    | "table-row-group"
                    | "table-header-columns"
                    | "table-columns"
                    | "table-column-group" => {}
                    _ => self.xml.skip()?,
                },
                Token::Close(end) if closed(&end) == "table" => break,
                Token::End => return Err(self.xml.problem(Fault::Malformed)),
                _ => {}
            }
        }
        table.sheet.settle();
        Ok(table.sheet)
    }

    /// The cells of a row that hold something or are merged, with their 0-based columns.
    fn row(&mut self) -> Result<Vec<Run>, Problem> {
        let mut runs = Vec::new();
        let mut column = 0u32;
        let mut bytes = 0;
        loop {
            match self.xml.next()? {
                Token::Open(element) if matches!(element.name(), "table-cell" | "covered-table-cell") => {
                    let stated = Stated::of(&element);
                    let (first, count, span) = (column, stated.repeated, stated.span);
                    column = column.saturating_add(count);
                    let (cell, comment) = self.cell(&stated)?;
                    bytes += cell.as_ref().map_or(0, text_length) + comment.len();
                    self.check_row(runs.len(), bytes)?;
                    if cell.is_some() || span != (1, 1) {
                        runs.push(Run { first, count, span, cell, comment });
                    }
                }
                Token::Open(_) => self.xml.skip()?,
                Token::Close(_) => return Ok(runs),
                Token::End => return Err(self.xml.problem(Fault::Malformed)),
                _ => {}
            }
        }
    }

    /// A row is held until it is known how often it is repeated; only then are its cells counted.
    fn check_row(&self, runs: usize, bytes: usize) -> Result<(), Problem> {
        let limits = self.xml.meter().limits;
        if runs as u64 > limits.cells {
            return Err(Problem::over(LimitName::Cells, limits.cells));
        }
        if bytes as u64 > limits.text_bytes {
            Err(Problem::over(LimitName::TextBytes, limits.text_bytes))
        } else {
            Ok(())
        }
    }

    /// The cell, and what is commented on it.
    fn cell(&mut self, stated: &Stated) -> Result<(Option<Cell>, String), Problem> {
        let mut text: Option<String> = None;
        let mut comment = String::new();
        loop {
            match self.xml.next()? {
                Token::Open(element) if element.name() == "p" => {
                    let before = text.map(|lines| lines + "\n").unwrap_or_default();
                    text = Some(self.paragraph(before)?);
                }
                Token::Open(element) if element.name() == "annotation" => comment = self.annotation()?,
                // Pictures, shapes, tables in cells: their texts are not the cell's.
                Token::Open(_) => self.xml.skip()?,
                Token::Close(_) => return Ok((stated.cell(text), comment)),
                Token::End => return Err(self.xml.problem(Fault::Malformed)),
                Token::Text(_) | Token::Nothing => {}
            }
        }
    }

    /// The paragraphs of a comment; who wrote it and when stand beside them, and are left out.
    fn annotation(&mut self) -> Result<String, Problem> {
        let mut lines = String::new();
        loop {
            match self.xml.next()? {
                Token::Open(element) if element.name() == "p" => {
                    if !lines.is_empty() {
                        lines.push('\n');
                    }
                    lines = self.paragraph(lines)?;
                }
                Token::Open(_) => self.xml.skip()?,
                Token::Close(_) => return Ok(lines),
                Token::End => return Err(self.xml.problem(Fault::Malformed)),
                Token::Text(_) | Token::Nothing => {}
            }
        }
    }

    /// Appends a paragraph. White space counts once, and not at the start (OpenDocument 1.3, part 3, 6.1.2).
    fn paragraph(&mut self, mut lines: String) -> Result<String, Problem> {
        let most = self.xml.longest();
        let mut inside = 1;
        let mut after_space = true;
        while inside > 0 {
            match self.xml.next()? {
                Token::Text(text) => {
                    for sign in text.chars() {
                        let space = matches!(sign, ' ' | '\t' | '\n' | '\r');
                        if !(space && after_space) {
                            lines.push(if space { ' ' } else { sign });
                        }
                        after_space = space;
                    }
                }
                Token::Open(element) => match element.name() {
                    "annotation" | "note" | "ruby-text" | "frame" | "custom-shape" | "g" => self.xml.skip()?,
                    name => {
                        inside += 1;
                        let signs = spacing(name, &element, most);
                        after_space &= signs.is_empty();
                        lines.push_str(&signs);
                    }
                },
                Token::Close(_) => inside -= 1,
                Token::End => return Err(self.xml.problem(Fault::Malformed)),
                Token::Nothing => {}
            }
            if lines.len() > most {
                return Err(self.xml.too_long());
            }
        }
        Ok(lines)
    }
}

fn text_length(cell: &Cell) -> usize {
    match &cell.value {
        Value::Text(text) | Value::Error(text) | Value::Unrepresentable(text) => text.len(),
        _ => 0,
    }
}

/// The characters that an element stands for: spaces, a tab, a line break.
fn spacing(name: &str, element: &Element<'_>, most: usize) -> String {
    match name {
        "s" => {
            let count = element.attribute("c").and_then(|count| count.trim().parse::<usize>().ok()).unwrap_or(1);
            // One more than the longest text is enough to be refused.
            " ".repeat(count.min(most.saturating_add(1)))
        }
        "tab" => "\t".to_owned(),
        "line-break" => "\n".to_owned(),
        _ => String::new(),
    }
}

/// Cells side by side that are the same, as a row lists them.
struct Run {
    first: u32,
    count: u32,
    /// Columns and rows that each of them spans.
    span: (u32, u32),
    cell: Option<Cell>,
    comment: String,
}

/// A sheet as far as its table has been read.
struct Table {
    sheet: Sheet,
    row: u32,
    column: u32,
}

impl Table {
    fn columns(&mut self, element: &Element<'_>, meter: &Meter<'_>) -> Result<(), Problem> {
        let end = self.column.saturating_add(repeated(element, "table:number-columns-repeated")).min(COLUMNS);
        if is_hidden(element) && self.column < end {
            meter.hide(&mut self.sheet.hidden_columns, self.column, end - 1)?;
        }
        self.column = end;
        Ok(())
    }

    /// A row as often as it is repeated: without content that is a jump.
    fn rows(&mut self, runs: Vec<Run>, repeated: u32, hidden: bool, xml: &Xml<'_, '_>) -> Result<(), Problem> {
        let end = self.row.saturating_add(repeated);
        if hidden && self.row < ROWS {
            xml.meter().hide(&mut self.sheet.hidden_rows, self.row, end.min(ROWS) - 1)?;
        }
        if !runs.is_empty() {
            for row in self.row..end {
                self.fill(row, &runs, xml)?;
            }
        }
        self.row = end;
        Ok(())
    }

    fn fill(&mut self, row: u32, runs: &[Run], xml: &Xml<'_, '_>) -> Result<(), Problem> {
        for run in runs {
            for column in run.first..run.first.saturating_add(run.count) {
                let outside = || xml.problem(Fault::Address(Address { row, column }.to_string()));
                let at = Address::within_sheet(row, column).ok_or_else(outside)?;
                if run.span != (1, 1) {
                    xml.meter().merge()?;
                    self.sheet.merges.push(spanned(at, run.span));
                }
                if let Some(cell) = &run.cell {
                    xml.meter().cell(&cell.value)?;
                    self.sheet.cells.insert(at, cell.clone());
                    if !run.comment.is_empty() {
                        xml.meter().cell(&Value::Text(run.comment.clone()))?;
                        self.sheet.comment(at, &run.comment);
                    }
                }
            }
        }
        Ok(())
    }
}

/// The area of so many columns and rows, as far as the sheet goes.
fn spanned(first: Address, (columns, rows): (u32, u32)) -> Area {
    let last = |first: u32, count: u32, end: u32| first.saturating_add(count.max(1) - 1).min(end - 1);
    Area { first, last: Address { row: last(first.row, rows, ROWS), column: last(first.column, columns, COLUMNS) } }
}

/// What the attributes of a cell say.
struct Stated {
    repeated: u32,
    span: (u32, u32),
    formula: bool,
    /// `float`, `percentage`, `string` …; empty if nothing is said.
    kind: String,
    /// The value in the attribute that belongs to the kind.
    value: Option<String>,
    /// LibreOffice writes an error as a text, and says beside it that it is one.
    error: bool,
}

impl Stated {
    fn of(element: &Element<'_>) -> Stated {
        let kind = owned(element, "office:value-type");
        let value = element.prefixed(match kind.as_str() {
            "boolean" => "office:boolean-value",
            "date" => "office:date-value",
            "time" => "office:time-value",
            "string" => "office:string-value",
            _ => "office:value",
        });
        Stated {
            repeated: repeated(element, "table:number-columns-repeated"),
            span: (repeated(element, "table:number-columns-spanned"), repeated(element, "table:number-rows-spanned")),
            formula: element.prefixed("table:formula").is_some(),
            value: value.map(|value| value.into_owned()),
            error: element.prefixed("calcext:value-type").is_some_and(|kind| kind == "error"),
            kind,
        }
    }

    fn cell(&self, text: Option<String>) -> Option<Cell> {
        let shown = if self.kind == "percentage" { Shown::PERCENT } else { Shown::PLAIN };
        let content = self.content(text.clone())?;
        let shown = match (&content, text) {
            (Value::Number(number), Some(text)) if self.kind != "percentage" => Shown::as_seen(*number, &text),
            _ => shown,
        };
        Some(Cell::shown(content, shown, self.formula))
    }

    /// LibreOffice writes a formula whose result is an empty text without a value, and with an empty paragraph.
    fn content(&self, text: Option<String>) -> Option<Value> {
        if self.formula && self.kind.is_empty() && text.is_none() {
            return Some(Value::Uncalculated);
        }
        let text = text.unwrap_or_default();
        if self.is_error(&text) {
            return Some(Value::Error(text));
        }
        let lexeme = self.value.as_deref().map(str::trim);
        match (self.kind.as_str(), lexeme) {
            ("string", Some(_)) => Value::text(self.value.clone().unwrap_or_default()),
            ("string", None) => Value::text(text),
            ("", _) => Value::text(text),
            (_, None | Some("")) if self.formula => Some(Value::Uncalculated),
            (_, None | Some("")) => (!text.is_empty()).then_some(Value::Unrepresentable(text)),
            ("boolean", Some("true")) => Some(Value::Bool(true)),
            ("boolean", Some("false")) => Some(Value::Bool(false)),
            ("date", Some(date)) => Some(Value::date(serial::of_date(date), date)),
            ("time", Some(time)) => Some(Value::date(serial::of_duration(time), time)),
            ("float" | "percentage" | "currency", Some(number)) => {
                Some(Value::number(door::stored(number), number, Shown::PLAIN, false))
            }
            (_, Some(other)) => Some(Value::Unrepresentable(other.to_owned())),
        }
    }

    /// Older writers store an error as the number 0 and show the error.
    fn is_error(&self, text: &str) -> bool {
        let shown = text.starts_with('#') || text.starts_with("Err:");
        !text.is_empty() && (self.error || (self.formula && self.kind == "float" && shown))
    }
}

fn owned(element: &Element<'_>, name: &str) -> String {
    element.prefixed(name).map(|value| value.into_owned()).unwrap_or_default()
}

/// A count of repetitions or spans: at least one.
fn repeated(element: &Element<'_>, name: &str) -> u32 {
    element.prefixed(name).and_then(|count| count.trim().parse().ok()).unwrap_or(1).max(1)
}

/// Hidden by hand (`collapse`) or by a filter.
fn is_hidden(element: &Element<'_>) -> bool {
    element.prefixed("table:visibility").is_some_and(|visibility| visibility == "collapse" || visibility == "filter")
}
