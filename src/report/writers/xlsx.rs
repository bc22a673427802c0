//! Tables → the audit workbook. The only place that names the spreadsheet writer.

mod charted;
mod links;
mod validations;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::rc::Rc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    Chart as Drawing, ChartAxisLabelPosition, ChartFont, ChartFormat, ChartLine, ChartPatternFill,
    ChartPatternFillType, ChartSolidFill, ChartType, ConditionalFormatCell, ConditionalFormatCellRule,
    ConditionalFormatFormula, DocProperties, ExcelDateTime, FilterCondition, Format, Formula, Url, Workbook, Worksheet,
    XlsxError,
};
use unicode_width::UnicodeWidthChar;

use crate::stages::{Stage, during};
use crate::text::Language;

use charted::{Charted, Shown};
use links::{Links, OfSheet};
use validations::Validations;

use super::looks;
use super::write::MARK;
use crate::report::Way;
use crate::report::plan::{VERDICTS, verdict_key};
use crate::report::sheet::Sheet;
use crate::report::table::{Area, Cell, Chart, Column, Link, Outcome, Row, Style, Table, Value, address, quoted};
use crate::report::visible::{fitting, visible};
use crate::report::written::{Written, number_text};

/// How hard sheets are compressed, from 1 to 9. Measured on working papers: at 3 they take less than half the time of the usual 6
/// and a tenth more space.
const COMPRESSION: u8 = 3;
/// The same of a workbook that is compressed once more: the least that keeps its file small.
const COMPRESSION_BETWEEN: u8 = 1;
/// Links that one sheet may hold.
const LINKS_MAX: usize = 65_530;
/// Sheets with so many rows are written row by row into a file, and their texts are numbered on the way: a shorter one costs less
/// in memory, a few megabytes.
const LONG: usize = 2_000;
/// Rows that one sheet may hold.
const ROWS_MAX: u32 = 1_048_576;
/// Most units of a link's target.
const LINK_LONGEST: usize = 2_000;
/// Digits that a spreadsheet keeps of a number.
const DIGITS_MAX: usize = 15;
/// Height of a line of text in points.
const LINE: u32 = 15;
/// Greatest height of a row in points.
const HEIGHT_MAX: u32 = 405;
/// A4.
const PAPER: u8 = 9;

/// Draws tables into one workbook.
struct Writer {
    language: Language,
    formats: BTreeMap<(Style, Option<u32>, bool), Rc<Format>>,
    links: usize,
    /// The links of this sheet, where they are kept beside the library.
    kept: Option<OfSheet>,
    /// The cells of this sheet that charts may show, where the library forgets them.
    charted: Option<charted::OfSheet>,
    /// The cells of this sheet in which a formula gives a verdict.
    live_verdicts: Vec<String>,
    /// What may be entered in the cells of this sheet.
    validations: Validations,
    /// What was written into this sheet; none in a workbook that is not told of.
    written: Option<Written>,
    /// Columns that the cells of this sheet take.
    widest: u16,
}

/// Takes a row of a sheet.
type TakeRow<'t> = dyn FnMut(&Row) -> Result<(), XlsxError> + 't;

/// The bytes of a workbook with these sheets. `made_at` (`YYYY-MM-DD HH:MM:SS`) is its creation time; without one, or
/// with one that is no time, a fixed day stands there, so that the same tables always give the same bytes.
///
/// # Errors
/// What the spreadsheet writer refuses; names, lengths and counts within its limits are seen to here.
pub fn workbook(tables: &[Table], language: Language, made_at: Option<&str>) -> Result<Vec<u8>, XlsxError> {
    let mark = language.word("report.sheet-overview");
    let mut book = Book::with(language, properties(title_of(tables), made_at)?.set_custom_property(MARK, mark))?;
    book.is_told = true;
    tables.iter().try_for_each(|table| book.table(table))?;
    book.bytes()
}

/// The bytes of a workbook that is no audit workbook and is read like anybody's: the blank submission.
///
/// # Errors
/// As [`workbook`].
pub fn plain_workbook(tables: &[Table], language: Language) -> Result<Vec<u8>, XlsxError> {
    let mut book = Book::with(language, properties(title_of(tables), None)?)?;
    tables.iter().try_for_each(|table| book.table(table))?;
    book.bytes()
}

fn title_of(tables: &[Table]) -> &str {
    tables.first().map_or("", |table| table.title.as_str())
}

/// An audit workbook that gets its sheets one after the other, and keeps none of them as it was laid out.
pub struct Book {
    workbook: Workbook,
    writer: Writer,
    made_at: Option<String>,
    is_titled: bool,
    /// Every sheet tells what was written into it.
    is_told: bool,
    /// The links of its sheets; none where the library keeps them.
    links: Option<Links>,
    /// What charts show of sheets that the library has forgotten.
    charted: Charted,
}

impl Book {
    /// A workbook without sheets, as [`workbook`] would begin it.
    ///
    /// # Errors
    /// What the spreadsheet writer refuses.
    pub fn new(language: Language, made_at: Option<&str>) -> Result<Book, XlsxError> {
        let mut book = Book::with(language, DocProperties::new())?;
        book.made_at = made_at.map(str::to_owned);
        book.is_titled = false;
        book.is_told = true;
        book.links = Links::new();
        Ok(book)
    }

    fn with(language: Language, properties: DocProperties) -> Result<Book, XlsxError> {
        let mut workbook = Workbook::new();
        workbook.set_zip_compression_level(COMPRESSION);
        workbook.set_default_format(&looks::plain(), 20, 64)?;
        workbook.set_properties(&properties);
        let writer = Writer {
            language,
            formats: BTreeMap::new(),
            links: 0,
            kept: None,
            charted: None,
            live_verdicts: Vec::new(),
            validations: Validations::default(),
            written: None,
            widest: 0,
        };
        Ok(Book {
            workbook,
            writer,
            made_at: None,
            is_titled: true,
            is_told: false,
            links: None,
            charted: Charted::default(),
        })
    }

    /// Draws the next sheet, each row of which is shown to `seen`. The first one gives the workbook its title. Of a long one the
    /// rows wait in a file without a name.
    ///
    /// # Errors
    /// What the spreadsheet writer refuses.
    pub fn sheet(&mut self, sheet: Sheet, seen: &mut dyn FnMut(&Row)) -> Result<(), XlsxError> {
        if !self.is_titled {
            let mark = self.writer.language.word("report.sheet-overview");
            let properties = properties(&sheet.table.title, self.made_at.as_deref())?;
            self.workbook.set_properties(&properties.set_custom_property(MARK, mark));
            self.is_titled = true;
        }
        let charted = sheet.table.layout.charted;
        // What charts show is put in with the links.
        let is_long = sheet.count() >= LONG && (charted.is_none() || self.links.is_some());
        let has_file = is_long && self.workbook.add_worksheet_with_low_memory().is_ok();
        let worksheet = if has_file {
            let last = self.workbook.worksheets().len() - 1;
            self.workbook.worksheet_from_index(last)?
        } else {
            // Also where there is no folder for temporary files.
            self.workbook.add_worksheet()
        };
        self.writer.tell(self.is_told, &sheet.table, sheet.count());
        // The library numbers the relations of charts behind those of links.
        let is_apart = self.links.is_some() && sheet.table.charts.is_empty();
        self.writer.kept = is_apart.then(|| OfSheet::new(has_file && charted.is_none()));
        let (first, count) = (sheet.table.first_row(), sheet.count() as u32);
        self.writer.charted = charted.filter(|_| has_file).map(|rows| charted::OfSheet::new(first, count, rows));
        during(Stage::Assembly, || self.writer.sheet(worksheet, &sheet, seen))?;
        if let (Some(links), Some(of_sheet)) = (&mut self.links, self.writer.kept.take()) {
            links.take(self.workbook.worksheets().len(), of_sheet);
        }
        if let Some(of_sheet) = self.writer.charted.take() {
            self.charted.take(&sheet.table.name, of_sheet);
        }
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<(), XlsxError> {
        let worksheet = self.workbook.add_worksheet();
        self.writer.tell(self.is_told, table, table.rows.len());
        during(Stage::Assembly, || {
            let rows = |take: &mut TakeRow| table.rows.iter().try_for_each(take);
            self.writer.drawn(worksheet, table, table.rows.len(), rows)
        })
    }

    /// The workbook.
    ///
    /// # Errors
    /// What the spreadsheet writer refuses.
    pub fn bytes(mut self) -> Result<Vec<u8>, XlsxError> {
        if self.links.is_none() {
            return during(Stage::Deflate, || self.workbook.save_to_buffer());
        }
        let mut bytes = Vec::new();
        self.put_out(&mut bytes)??;
        Ok(bytes)
    }

    /// The workbook, put out piece by piece. What the spreadsheet writer refuses comes back within; a place that takes no
    /// more says so itself.
    ///
    /// # Errors
    /// What the place of the bytes fails with.
    pub fn put_out(mut self, to: &mut (dyn Write + Send)) -> io::Result<Result<(), XlsxError>> {
        let Some(links) = self.links.take() else { return saved(&mut self.workbook, to) };
        // Compressed once more with its links.
        self.workbook.set_zip_compression_level(COMPRESSION_BETWEEN);
        let mut between = links.made();
        // The place between is not the one that the workbook is put into: its failure comes back within.
        let made = match saved(&mut self.workbook, &mut between).and_then(|made| between.flush().map(|()| made)) {
            Ok(made) => made,
            Err(cause) => return Ok(Err(XlsxError::IoError(cause))),
        };
        drop(between);
        if made.is_err() {
            return Ok(made);
        }
        drop(self.workbook);
        during(Stage::Deflate, || links.put_out(&self.charted, to, COMPRESSION)).map(Ok)
    }
}

/// Why the folder for temporary files could not keep what waits there; else what the spreadsheet writer refused.
pub fn unkept(cause: XlsxError) -> Result<io::Error, XlsxError> {
    match cause {
        XlsxError::IoError(cause) => Ok(cause),
        cause => Err(cause),
    }
}

/// Saves a workbook; what the library refuses comes back within.
fn saved(workbook: &mut Workbook, to: &mut (dyn Write + Send)) -> io::Result<Result<(), XlsxError>> {
    let mut to = Watched { to, failed: None };
    let made = during(Stage::Deflate, || workbook.save_to_writer(&mut to));
    to.failed.map_or(Ok(made), Err)
}

/// Remembers why bytes could not be put out: the writer of the format tells it among its own failures.
struct Watched<'w> {
    to: &'w mut (dyn Write + Send),
    failed: Option<io::Error>,
}

impl Watched<'_> {
    fn watch<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        done.map_err(|error| {
            let kind = error.kind();
            // What is only tried again has not failed.
            if kind != io::ErrorKind::Interrupted {
                self.failed.get_or_insert(error);
            }
            kind.into()
        })
    }
}

impl Write for Watched<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes);
        self.watch(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.to.flush();
        self.watch(flushed)
    }
}

fn properties(title: &str, made_at: Option<&str>) -> Result<DocProperties, XlsxError> {
    let made_at = made_at.and_then(|time| ExcelDateTime::parse_from_str(time).ok());
    let time = match made_at {
        Some(time) => time,
        None => ExcelDateTime::from_ymd(2020, 1, 1)?,
    };
    Ok(DocProperties::new().set_title(title).set_author("fuhe").set_creation_datetime(&time))
}

impl Writer {
    fn sheet(&mut self, worksheet: &mut Worksheet, sheet: &Sheet, seen: &mut dyn FnMut(&Row)) -> Result<(), XlsxError> {
        self.drawn(worksheet, &sheet.table, sheet.count(), |take| {
            sheet.each_row(|row| {
                seen(row);
                take(row)
            })
        })
    }

    /// Draws a sheet whose rows come one after the other: none of them can be returned to.
    fn drawn(
        &mut self,
        sheet: &mut Worksheet,
        table: &Table,
        count: usize,
        rows: impl FnOnce(&mut TakeRow) -> Result<(), XlsxError>,
    ) -> Result<(), XlsxError> {
        self.links = 0;
        self.live_verdicts.clear();
        sheet.set_name(&table.name)?;
        // An empty result is an empty text, not a nought.
        sheet.set_formula_result_default("");
        sheet.set_hidden(table.layout.hidden);
        self.columns(sheet, &table.columns)?;
        let shown = table.columns.iter().filter(|column| !column.hidden).count().max(1) as u16;
        let width = table.layout.print_columns.map_or(shown, |columns| columns.min(shown));
        let title = Cell::text(table.title.clone()).style(Style::Title).span(width);
        self.row(sheet, 0, &Row::of(vec![title]).lines(2), &table.columns)?;
        self.rows(sheet, 1, &table.lead, &table.columns)?;
        if table.layout.header {
            self.header(sheet, table)?;
        }
        let first = table.first_row();
        let mut places = first..ROWS_MAX;
        rows(&mut |row| {
            let Some(at) = places.next() else { return Ok(()) };
            self.row(sheet, at, row, &table.columns)?;
            // The writer's own hiding knows no results of formulas: it would hide every row.
            if table.only.as_ref().is_some_and(|only| !only.shows(row)) {
                sheet.set_row_hidden(at)?;
            }
            Ok(())
        })?;
        let last = first + count as u32;
        self.rows(sheet, last + 1, &table.tail, &table.columns)?;
        self.told(sheet, last + if table.tail.is_empty() { 0 } else { 1 + table.tail.len() as u32 })?;
        self.screen(sheet, table, last.saturating_sub(1).max(table.header_row()))?;
        self.paper(sheet, table, count, width)?;
        self.verdicts(sheet)?;
        std::mem::take(&mut self.validations).put(sheet)?;
        marks(sheet, table, count as u32)?;
        for chart in &table.charts {
            sheet.insert_chart(chart.at.0, chart.at.1, &drawing(chart))?;
        }
        Ok(())
    }

    /// Begins to keep what is written into a sheet; of a long one only what stands above its rows.
    fn tell(&mut self, is_told: bool, table: &Table, count: usize) {
        self.widest = table.columns.len() as u16;
        self.written = is_told.then(|| Written::within((count >= LONG).then(|| table.first_row())));
    }

    /// Tells what was written, in a column that is not shown behind the last row. A sheet that is written row by row needs a row
    /// behind its last: the writer puts out a second, empty one under the number of the last, if that has a height.
    fn told(&mut self, sheet: &mut Worksheet, behind: u32) -> Result<(), XlsxError> {
        let Some(written) = self.written.take() else { return Ok(()) };
        let format = self.format(Style::Remark, None, false);
        for (at, cell) in (behind..ROWS_MAX).zip(written.cells()) {
            sheet.write_string_with_format(at, self.widest, cell, &format)?;
        }
        sheet.set_column_hidden(self.widest)?;
        Ok(())
    }

    fn columns(&self, sheet: &mut Worksheet, columns: &[Column]) -> Result<(), XlsxError> {
        for (index, column) in columns.iter().enumerate() {
            sheet.set_column_width(index as u16, f64::from(column.width) + 0.7)?;
            if column.hidden {
                sheet.set_column_hidden(index as u16)?;
            }
        }
        Ok(())
    }

    fn header(&mut self, sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
        let at = table.header_row();
        let upright = table.layout.upright_from;
        let mut lines = 1;
        for (index, column) in table.columns.iter().enumerate() {
            let stands = upright.is_some_and(|from| index as u16 >= from);
            lines = lines.max(if stands {
                (column.header.chars().count() * 13).div_ceil(15) as u16
            } else {
                lines_of(&column.header, column.width)
            });
            let format = if stands { Rc::new(looks::upright()) } else { self.format(Style::Header, None, false) };
            self.write_down(at, &column.header);
            sheet.write_string_with_format(at, index as u16, self.shown(&column.header), &format)?;
        }
        sheet.set_row_height(at, height(lines))?;
        Ok(())
    }

    fn rows(&mut self, sheet: &mut Worksheet, first: u32, rows: &[Row], columns: &[Column]) -> Result<(), XlsxError> {
        for (at, row) in (first..ROWS_MAX).zip(rows) {
            self.row(sheet, at, row, columns)?;
        }
        Ok(())
    }

    fn row(&mut self, sheet: &mut Worksheet, at: u32, row: &Row, columns: &[Column]) -> Result<(), XlsxError> {
        let mut column = 0;
        let mut lines = row.lines.max(1);
        for cell in &row.cells {
            lines = lines.max(lines_of_cell(cell, column, columns));
            self.cell(sheet, at, column, cell)?;
            column += cell.width();
        }
        self.widest = self.widest.max(column);
        sheet.set_row_height(at, height(lines))?;
        Ok(())
    }

    fn cell(&mut self, sheet: &mut Worksheet, at: u32, column: u16, cell: &Cell) -> Result<(), XlsxError> {
        let decimals = match &cell.value {
            Value::Number(_, decimals) => *decimals,
            Value::Formula(_, Outcome::Score(_)) => Some(2),
            _ => None,
        };
        // A link without a text would show its target, in this program or in another.
        let is_blank = || matches!(&cell.value, Value::Text(text) if self.shown(text).is_empty());
        let link = cell.link.as_deref().filter(|_| self.links < LINKS_MAX && !is_blank()).and_then(target);
        let format = self.format(cell.style, decimals, link.is_some());
        let format = match could_be_a_formula(&cell.value) {
            true => Rc::new(Format::clone(&format).set_quote_prefix()),
            false => format,
        };
        if cell.width() > 1 || cell.height() > 1 {
            let (last, right) = (at + cell.height() - 1, column + cell.width() - 1);
            sheet.merge_range(at, column, last, right, "", &format)?;
        }
        if let (Style::Verdict(_), Value::Formula(..)) = (cell.style, &cell.value) {
            self.live_verdicts.push(address(at, column));
        }
        self.value(sheet, at, column, cell, link, &format)?;
        if let Some(input) = cell.input.as_deref() {
            self.validations.add((at, column), input, cell.ask.as_deref());
        }
        Ok(())
    }

    fn value(
        &mut self,
        sheet: &mut Worksheet,
        at: u32,
        column: u16,
        cell: &Cell,
        link: Option<String>,
        format: &Format,
    ) -> Result<(), XlsxError> {
        match &cell.value {
            Value::Text(text) => self.write_down(at, text),
            Value::Number(number, _) => self.write_down(at, &number_text(*number)),
            Value::Empty | Value::Formula(..) => {}
        }
        self.chart((at, column), &cell.value);
        match &cell.value {
            Value::Empty => sheet.write_blank(at, column, format)?,
            Value::Text(text) => match link {
                Some(link) => {
                    let text = self.shown(text);
                    self.linked(sheet, (at, column), link, text, format, false)?
                }
                None => sheet.write_string_with_format(at, column, self.shown(text), format)?,
            },
            Value::Number(number, _) => {
                if let Some(link) = link {
                    let is_number = stored_number(*number).is_some();
                    self.linked(sheet, (at, column), link, number.to_string(), format, is_number)?;
                }
                write_number(sheet, at, column, *number, format)?
            }
            Value::Formula(formula, outcome) => {
                let result = match outcome {
                    Outcome::Score(number) | Outcome::Figure(number) => number.normalize().to_string(),
                    Outcome::Words(words) => self.shown(words),
                };
                let formula = Formula::new(format!("={formula}")).set_result(result);
                sheet.write_formula_with_format(at, column, formula, format)?
            }
        };
        Ok(())
    }

    /// Writes a text with a link, and keeps the link. `is_number`: a number takes the place of the text.
    fn linked<'s>(
        &mut self,
        sheet: &'s mut Worksheet,
        at: (u32, u16),
        link: String,
        text: String,
        format: &Format,
        is_number: bool,
    ) -> Result<&'s mut Worksheet, XlsxError> {
        self.links += 1;
        match &mut self.kept {
            None => sheet.write_url_with_format(at.0, at.1, Url::new(link).set_text(text), format),
            Some(kept) => {
                kept.add(at, &link, &text, is_number)?;
                sheet.write_string_with_format(at.0, at.1, text, format)
            }
        }
    }

    /// Keeps what is written into a row of the sheet.
    fn write_down(&mut self, at: u32, text: &str) {
        if self.written.as_ref().is_some_and(|written| written.tells_of(at)) {
            let shown = self.shown(text);
            self.written.iter_mut().for_each(|written| written.text(&shown));
        }
    }

    /// Keeps what charts may show of a cell.
    fn chart(&mut self, at: (u32, u16), value: &Value) {
        let Some(mut charted) = self.charted.take() else { return };
        match value {
            Value::Text(text) => charted.add(at, || Shown::Text(self.shown(text))),
            Value::Number(number, _) => charted.add(at, || match stored_number(*number) {
                Some(number) => Shown::Number(number),
                None => Shown::Text(number.normalize().to_string()),
            }),
            Value::Empty | Value::Formula(..) => {}
        }
        self.charted = Some(charted);
    }

    /// Text as a cell may hold it.
    fn shown(&self, text: &str) -> String {
        fitting(visible(text), |length| self.language.say("report.shortened", &[("length", &length)]))
    }

    fn format(&mut self, style: Style, decimals: Option<u32>, linked: bool) -> Rc<Format> {
        let known = self.formats.entry((style, decimals, linked));
        Rc::clone(known.or_insert_with(|| Rc::new(looks::format(style, decimals, linked))))
    }

    /// A verdict that a formula gives takes its colour from its word, also after a fact was edited.
    fn verdicts(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        if self.live_verdicts.is_empty() {
            return Ok(());
        }
        let cells = self.live_verdicts.join(" ");
        for verdict in VERDICTS {
            let word = self.language.word(&format!("report.verdict-{}", verdict_key(verdict)));
            let rule = ConditionalFormatCell::new()
                .set_rule(ConditionalFormatCellRule::EqualTo(word))
                .set_format(looks::live_verdict(verdict))
                .set_multi_range(cells.as_str());
            sheet.add_conditional_format(0, 0, 0, 0, &rule)?;
        }
        Ok(())
    }

    fn screen(&self, sheet: &mut Worksheet, table: &Table, last: u32) -> Result<(), XlsxError> {
        let layout = &table.layout;
        if layout.filter {
            let columns = table.columns.iter().filter(|column| !column.hidden).count().max(1) as u16;
            sheet.autofilter(table.header_row(), 0, last, columns - 1)?;
        }
        if let Some(only) = &table.only {
            let words = only.words.iter().map(String::as_str);
            let condition = words.fold(FilterCondition::new(), FilterCondition::add_list_filter);
            sheet.filter_automatic_off().filter_column(only.column, &condition)?;
        }
        if layout.freeze_rows > 0 || layout.freeze_columns > 0 {
            sheet.set_freeze_panes(layout.freeze_rows, layout.freeze_columns)?;
        }
        sheet.set_screen_gridlines(false);
        Ok(())
    }

    fn paper(&self, sheet: &mut Worksheet, table: &Table, count: usize, width: u16) -> Result<(), XlsxError> {
        sheet.set_paper_size(PAPER);
        if table.layout.landscape {
            sheet.set_landscape();
        }
        sheet.set_print_fit_to_pages(1, 0);
        sheet.set_print_center_horizontally(true);
        sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
        sheet.set_footer(format!("&L&8{}&R&8{}", footer_text(&table.name), self.language.word("report.page")));
        if let Some((first, last)) = table.layout.repeat {
            sheet.set_repeat_rows(first, last)?;
        }
        if !table.breaks.is_empty() {
            sheet.set_page_breaks(&table.breaks)?;
        }
        let last = table.first_row() + (count + table.tail.len()) as u32 + 1;
        sheet.set_print_area(0, 0, last.min(ROWS_MAX - 1), width - 1)?;
        Ok(())
    }
}

/// Looks that cells take while a condition holds.
fn marks(sheet: &mut Worksheet, table: &Table, count: u32) -> Result<(), XlsxError> {
    let first = table.first_row();
    for mark in table.marks.iter().filter(|_| count > 0) {
        let rule = ConditionalFormatFormula::new().set_rule(mark.formula.as_str()).set_format(looks::mark(mark.style));
        sheet.add_conditional_format(first, mark.column, first + count - 1, mark.column, &rule)?;
    }
    Ok(())
}

/// Text is written as text. One that begins like a formula is also marked as such, so that it stays text when a person
/// edits its cell.
fn could_be_a_formula(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']))
}

/// `&` starts a code in headers and footers.
fn footer_text(text: &str) -> String {
    text.replace('&', "&&")
}

/// A number as a spreadsheet keeps it; none where it has more digits than that.
fn stored_number(number: Decimal) -> Option<f64> {
    let digits = number.normalize().mantissa().unsigned_abs().to_string().len();
    number.to_f64().filter(|value| value.is_finite() && digits <= DIGITS_MAX)
}

/// A number as a spreadsheet keeps it; one with more digits than it keeps is written as text.
fn write_number<'a>(
    sheet: &'a mut Worksheet,
    at: u32,
    column: u16,
    number: Decimal,
    format: &Format,
) -> Result<&'a mut Worksheet, XlsxError> {
    match stored_number(number) {
        Some(value) => sheet.write_number_with_format(at, column, value, format),
        None => sheet.write_string_with_format(at, column, number.normalize().to_string(), format),
    }
}

/// The target of a link as the writer takes it; none where a program could not follow it.
fn target(link: &Link) -> Option<String> {
    let target = match link {
        Link::Here(sheet, row, column) => {
            format!("internal:{}!{}", quoted(sheet), address(*row, *column))
        }
        Link::File(way, cell) => {
            let path = path_of(way)?;
            let place = cell.as_ref().filter(|(sheet, _)| visible(sheet) == *sheet && !sheet.contains('\n'));
            let place = place.map(|(sheet, cell)| format!("#{}!{cell}", quoted(sheet)));
            format!("file:///{path}{}", place.unwrap_or_default())
        }
    };
    (target.encode_utf16().count() <= LINK_LONGEST).then_some(target)
}

/// A way as the writer takes it behind `file:///`; none where a program could not follow it. A share is written as spreadsheet
/// programs write it: `\\server\share\…`.
fn path_of(way: &Way) -> Option<String> {
    let path = way.path();
    let (root, rest) = match way {
        Way::Absolute(path) if path.starts_with("//") => ("//", &path[2..]),
        Way::Absolute(path) => path.split_at(path.find(':')? + 1),
        Way::Relative(path) => ("", path.as_str()),
    };
    // The writer takes `#` for the start of a place within the file, and `%` for an escape; other programs take
    // `?` for the end of a path and `\` for a folder: such a name could lead to another file than the one meant.
    let misleads = rest.contains(['#', '%', ':', '?', '\\']) || visible(path) != path;
    let is_rooted = rest.starts_with('/') == root.ends_with(':');
    (is_rooted && !misleads).then(|| if root == "//" { path.replace('/', "\\") } else { path.to_owned() })
}

fn height(lines: u16) -> f64 {
    f64::from((u32::from(lines) * LINE + 4).min(HEIGHT_MAX))
}

fn lines_of_cell(cell: &Cell, column: u16, columns: &[Column]) -> u16 {
    let from = usize::from(column);
    let taken = columns.iter().skip(from).take(usize::from(cell.width()));
    let width: u16 = taken.map(|column| if column.hidden { 0 } else { column.width }).sum();
    match &cell.value {
        Value::Text(text) if width > 0 && cell.height() == 1 => lines_of(text, width),
        _ => 1,
    }
}

/// More lines than this are not counted: a row of the largest height that a spreadsheet program has shows fewer.
const LINES_MAX: usize = 200;

/// Lines that a text takes in a column of this width.
fn lines_of(text: &str, width: u16) -> u16 {
    let width = usize::from(width.max(2));
    let of_line = |line: &str| {
        let used: usize = line.chars().filter_map(UnicodeWidthChar::width).sum();
        // A wide character that does not fit moves on whole: one place of each line may stay empty.
        used.div_ceil(width.saturating_sub(1).max(2)).max(1)
    };
    let lines: usize = text.lines().take(LINES_MAX).map(of_line).sum();
    lines.clamp(1, LINES_MAX) as u16
}

fn drawing(chart: &Chart) -> Drawing {
    let mut drawing = Drawing::new(match (chart.lying, chart.stacked) {
        (true, false) => ChartType::Bar,
        (true, true) => ChartType::BarStacked,
        (false, false) => ChartType::Column,
        (false, true) => ChartType::ColumnStacked,
    });
    drawing.set_width(chart.size.0).set_height(chart.size.1);
    let mut font = ChartFont::new();
    font.set_name("黑体").set_size(11);
    drawing.title().set_name(&chart.title).set_font(&font);
    let mut small = ChartFont::new();
    small.set_name("宋体").set_size(8);
    drawing.x_axis().set_font(&small);
    drawing.y_axis().set_font(&small);
    if chart.lying {
        // The first row of the table stands on top, the scale below; every bar has its name.
        drawing.y_axis().set_reverse().set_label_interval(1);
        drawing.x_axis().set_min(0).set_label_position(ChartAxisLabelPosition::High);
    } else {
        drawing.y_axis().set_min(0);
    }
    for (index, (name, area)) in chart.series.iter().enumerate() {
        let series = drawing.add_series();
        series.set_name(name.as_str()).set_categories(range(&chart.categories)).set_values(range(area));
        series.set_format(&mut fill(index)).set_gap(60);
    }
    match chart.series.len() {
        1 => drawing.legend().set_hidden(),
        _ => drawing.legend().set_position(rust_xlsxwriter::ChartLegendPosition::Bottom).set_font(&small),
    };
    drawing
}

/// Fills that can be told apart on paper without colours: solid and dark, hatched and light.
fn fill(index: usize) -> ChartFormat {
    let mut format = ChartFormat::new();
    let pattern = match index {
        0 => {
            format.set_solid_fill(ChartSolidFill::new().set_color(looks::DARK));
            return format;
        }
        1 => ChartPatternFillType::DiagonalStripesWideUpwards,
        2 => ChartPatternFillType::DottedGrid,
        _ => ChartPatternFillType::Dotted5Percent,
    };
    format.set_pattern_fill(
        ChartPatternFill::new().set_pattern(pattern).set_foreground_color(looks::ACCENT).set_background_color("FFFFFF"),
    );
    format.set_border(ChartLine::new().set_color(looks::DARK).set_width(0.5));
    format
}

fn range(area: &Area) -> (&str, u32, u16, u32, u16) {
    let (first_row, first_column, last_row, last_column) = area.cells;
    (area.sheet.as_str(), first_row, first_column, last_row, last_column)
}
