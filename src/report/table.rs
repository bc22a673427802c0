//! A sheet as plain data: titles, columns and typed cells. The xlsx and the HTML writer draw the same tables.

use rust_decimal::Decimal;

use crate::audit::{Severity, Verdict};

use super::{Apart, Way};

/// One sheet of the audit workbook.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The sheet's name, valid and unique.
    pub name: String,
    /// The heading in the first row.
    pub title: String,
    /// Rows between the heading and the column headers.
    pub lead: Vec<Row>,
    /// The columns from the left.
    pub columns: Vec<Column>,
    /// Rows under the headers.
    pub rows: Vec<Row>,
    /// Rows after a blank line, outside filters.
    pub tail: Vec<Row>,
    /// Charts over cells of this or an earlier sheet.
    pub charts: Vec<Chart>,
    /// Rows, from 0, with which a new printed page begins.
    pub breaks: Vec<u32>,
    /// Looks that the rows of a column take while a condition holds.
    pub marks: Vec<Mark>,
    /// Rows that are shown at first, where not all of them are.
    pub only: Option<Shown>,
    /// Whether the column headers are drawn, and how the sheet is used on the screen and on paper.
    pub layout: Layout,
}

/// Looks that the rows of a column take while a condition holds.
#[derive(Debug, Clone)]
pub struct Mark {
    /// The column, from 0.
    pub column: u16,
    /// The condition, as a formula that the first row would have.
    pub formula: String,
    /// The looks.
    pub style: Style,
}

/// The rows that a filter shows: those with one of these words in a column. The others are one click away.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The column, from 0.
    pub column: u16,
    /// The words.
    pub words: Vec<String>,
}

impl Shown {
    /// Whether a row is shown.
    pub fn shows(&self, row: &Row) -> bool {
        let word = row.cells.get(usize::from(self.column)).map(|cell| &cell.value);
        match word {
            Some(Value::Text(word) | Value::Formula(_, Outcome::Words(word))) => self.words.contains(word),
            _ => false,
        }
    }
}

/// How a sheet is used on the screen and on paper.
#[derive(Debug, Clone, Copy, Default)]
pub struct Layout {
    /// The headers of `columns` are drawn as a row.
    pub header: bool,
    /// The headers filter the rows.
    pub filter: bool,
    /// The headers stand upright, one character under the other, from this column on.
    pub upright_from: Option<u16>,
    /// Rows from the top that stay in sight.
    pub freeze_rows: u32,
    /// Columns from the left that stay in sight.
    pub freeze_columns: u16,
    /// Rows repeated on every printed page: first and last.
    pub repeat: Option<(u32, u32)>,
    /// Printed across.
    pub landscape: bool,
    /// Kept for what other sheets offer, not shown.
    pub hidden: bool,
    /// Columns from the left that are printed; none: all that are shown.
    pub print_columns: Option<u16>,
    /// Charts show cells of it, of its rows so many of the first, and of what stands behind them: with the chart goes a copy of what
    /// they hold.
    pub charted: Option<u32>,
}

/// One column.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// Its header.
    pub header: String,
    /// Its width in half-width characters; a Chinese character takes two.
    pub width: u16,
    /// Kept for formulas and later runs, not shown.
    pub hidden: bool,
}

/// One row of cells from the left; a cell that spans several columns takes their places.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// The cells.
    pub cells: Vec<Cell>,
    /// Lines of height at least.
    pub lines: u16,
}

/// One cell. What few cells have is boxed: a batch has millions of cells.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// What stands in it.
    pub value: Value,
    /// What it is, for its looks.
    pub style: Style,
    /// Columns it takes; 0 counts as 1.
    pub span: u16,
    /// Rows it takes; 0 counts as 1. The rows below hold an empty cell for each of its columns.
    pub down: u32,
    /// Where a click leads.
    pub link: Option<Box<Link>>,
    /// What a person may enter.
    pub input: Option<Box<Input>>,
    /// What a person is told about the entry.
    pub ask: Option<Box<Ask>>,
}

/// What a person is told who is about to enter something, and who entered what the cell does not take.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ask {
    /// The heading of both.
    pub title: String,
    /// Shown while the cell is selected.
    pub says: String,
    /// Shown when the entry is refused.
    pub refusal: String,
    /// Another entry is only warned of, not refused.
    pub lenient: bool,
}

/// What stands in a cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// Words, never interpreted as anything else.
    Text(String),
    /// A number with the decimals it is shown with; none: as many as it has.
    Number(Decimal, Option<u32>),
    /// A live formula (without `=`) and the result stored with it.
    Formula(String, Outcome),
}

/// The stored result of a formula.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A number as the formula gives it, to 15 digits; shown at two decimals.
    Score(Decimal),
    /// A number with as many decimals as it has.
    Figure(Decimal),
    /// Words, such as a grade.
    Words(String),
}

/// What a cell is, for its looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// Running content.
    #[default]
    Body,
    /// A figure.
    Figure,
    /// Content in the middle.
    Centre,
    /// The heading of a sheet.
    Title,
    /// What a sheet comes to, in one sentence.
    Conclusion,
    /// A remark in small grey letters.
    Remark,
    /// The name of a figure beside it.
    Label,
    /// A figure that a reader looks for first.
    Key,
    /// A column header.
    Header,
    /// A column header within a sheet.
    Column,
    /// The heading of a block within a sheet.
    Section,
    /// A sum.
    Sum,
    /// A cell that waits for an entry.
    Entry,
    /// An entry that cannot count.
    Refused,
    /// How far a row is: whether a person still has to do something.
    Progress(bool),
    /// A cell that formulas read.
    Fact,
    /// A cell that changed for the worse.
    Worse,
    /// A cell without meaning in its row.
    Blank,
    /// A severity.
    Severity(Severity),
    /// A verdict.
    Verdict(Verdict),
}

/// Where a click leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// A cell of this workbook: sheet, row and column from 0.
    Here(String, u32, u16),
    /// A file by the way from this workbook's folder, and the cell in it.
    File(Way, Option<(String, String)>),
}

/// What a person may enter in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// One of these words.
    Words(Vec<String>),
    /// One of the words that stand in these cells of the workbook.
    From(String),
    /// A number within these ends; an open end has no limit.
    Number(Option<Decimal>, Option<Decimal>),
    /// A whole number within these ends.
    Whole(Option<Decimal>),
    /// A number within these ends, or one of a few words such as 不适用.
    Figure {
        /// The least.
        low: Option<Decimal>,
        /// The most.
        high: Option<Decimal>,
        /// Only whole numbers.
        whole: bool,
        /// The words.
        or: Vec<String>,
    },
    /// Anything; these words are offered.
    Offered(Vec<String>),
    /// Anything; there is only something to say about it.
    Anything,
}

/// A chart over cells.
#[derive(Debug, Clone)]
pub struct Chart {
    /// Its heading.
    pub title: String,
    /// Bars lie instead of standing.
    pub lying: bool,
    /// The series stand on each other, as parts of a whole.
    pub stacked: bool,
    /// Names of the points.
    pub categories: Area,
    /// The series with their names.
    pub series: Vec<(String, Area)>,
    /// Where its top left corner stands: row and column from 0.
    pub at: (u32, u16),
    /// Width and height in pixels.
    pub size: (u32, u32),
}

/// Cells of a sheet: first row, first column, last row, last column from 0.
#[derive(Debug, Clone)]
pub struct Area {
    /// The sheet's name.
    pub sheet: String,
    /// The corners.
    pub cells: (u32, u16, u32, u16),
}

impl Table {
    /// The row that the column headers stand in.
    pub fn header_row(&self) -> u32 {
        1 + self.lead.len() as u32
    }

    /// The first row under the headers.
    pub fn first_row(&self) -> u32 {
        self.header_row() + u32::from(self.layout.header)
    }
}

impl Table {
    /// The sheet in a workbook of its own, in a folder beside the audit workbook: its links lead out of the folder.
    pub fn moved(mut self, apart: &Apart) -> Self {
        let own = self.name.clone();
        let rows = self.lead.iter_mut().chain(&mut self.rows).chain(&mut self.tail);
        for cell in rows.flat_map(|row| &mut row.cells) {
            let Some(link) = cell.link.as_deref_mut() else { continue };
            match link {
                Link::Here(sheet, row, column) if *sheet != own => {
                    let place = (std::mem::take(sheet), address(*row, *column));
                    *link = Link::File(Way::to(format!("../{}", apart.workbook)), Some(place));
                }
                Link::File(way, _) => way.one_deeper(),
                Link::Here(..) => {}
            }
        }
        self
    }
}

impl Column {
    /// A shown column.
    pub fn new(header: impl Into<String>, width: u16) -> Self {
        Self { header: header.into(), width, hidden: false }
    }

    /// A column for formulas and later runs.
    pub fn hidden(header: impl Into<String>) -> Self {
        Self { header: header.into(), width: 8, hidden: true }
    }
}

impl Row {
    /// A row of cells.
    pub fn of(cells: Vec<Cell>) -> Self {
        Self { cells, lines: 1 }
    }

    /// A row at least this high.
    pub fn lines(mut self, lines: u16) -> Self {
        self.lines = lines;
        self
    }
}

impl Cell {
    /// An empty cell.
    pub fn empty(style: Style) -> Self {
        Self { style, ..Self::default() }
    }

    /// Words.
    pub fn text(words: impl Into<String>) -> Self {
        Self { value: Value::Text(words.into()), ..Self::default() }
    }

    /// Words, or an empty cell.
    pub fn text_option(words: Option<&str>) -> Self {
        words.map_or_else(Self::default, Self::text)
    }

    /// A score at two decimals.
    pub fn score(value: Decimal) -> Self {
        Self { value: Value::Number(value, Some(2)), style: Style::Figure, ..Self::default() }
    }

    /// A score, or an empty cell.
    pub fn score_option(value: Option<Decimal>) -> Self {
        value.map_or_else(Self::default, Self::score)
    }

    /// A figure as it is.
    pub fn figure(value: Decimal) -> Self {
        Self { value: Value::Number(value, None), style: Style::Figure, ..Self::default() }
    }

    /// A figure, or an empty cell.
    pub fn figure_option(value: Option<Decimal>) -> Self {
        value.map_or_else(Self::default, Self::figure)
    }

    /// A count.
    pub fn count(value: usize) -> Self {
        Self::figure(Decimal::from(value as u64))
    }

    /// A live formula with its stored result.
    pub fn formula(formula: impl Into<String>, outcome: Outcome) -> Self {
        Self { value: Value::Formula(formula.into(), outcome), style: Style::Figure, ..Self::default() }
    }

    /// What it is.
    pub fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    /// How many columns it takes.
    pub fn span(mut self, columns: u16) -> Self {
        self.span = columns;
        self
    }

    /// Where a click leads.
    pub fn link(mut self, link: Option<Link>) -> Self {
        self.link = link.map(Box::new);
        self
    }

    /// What a person may enter.
    pub fn input(mut self, input: Input) -> Self {
        self.input = Some(Box::new(input));
        self
    }

    /// How many rows it takes.
    pub fn down(mut self, rows: u32) -> Self {
        self.down = rows;
        self
    }

    /// What a person is told about the entry.
    pub fn ask(mut self, ask: Ask) -> Self {
        self.ask = Some(Box::new(ask));
        self
    }

    /// Rows it takes, at least one.
    pub fn height(&self) -> u32 {
        self.down.max(1)
    }

    /// Columns it takes, at least one.
    pub fn width(&self) -> u16 {
        self.span.max(1)
    }
}

/// A whole column of a sheet's rows as a formula writes it.
pub fn column_area(sheet: &str, first: u32, last: u32, column: u16) -> String {
    format!("{}!{}:{}", quoted(sheet), fixed(first, column), fixed(last, column))
}

/// `AB12` for a row and a column from 0.
pub fn address(row: u32, column: u16) -> String {
    format!("{}{}", column_letters(column), row + 1)
}

/// `$AB$12` for a row and a column from 0.
pub fn fixed(row: u32, column: u16) -> String {
    format!("${}${}", column_letters(column), row + 1)
}

/// A formula whose fixed references to rows from `from` on (`$AB$524289`) refer to as many rows from `to` on. What stands in
/// quotes is left as it is.
pub fn landed(formula: &str, from: u32, to: u32) -> String {
    let mut done = String::with_capacity(formula.len());
    let mut quote = None;
    let mut rest = formula;
    while let Some(at) = rest.find(['"', '\'', '$']) {
        let mark = rest[at..].chars().next();
        done.push_str(&rest[..=at]);
        rest = &rest[at + 1..];
        if mark != Some('$') {
            quote = if quote == mark { None } else { quote.or(mark) };
            continue;
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let row = rest[..digits].parse::<u32>().ok().filter(|row| quote.is_none() && *row > from);
        if let Some(row) = row {
            done.push_str(&(row - from + to).to_string());
            rest = &rest[digits..];
        }
    }
    done.push_str(rest);
    done
}

/// `AB` for a column from 0.
pub fn column_letters(column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|&letter| char::from(letter)).collect()
}

/// The column, from 0, of `AB`; none of other letters.
pub fn column_number(letters: &str) -> Option<u16> {
    let digits = letters.bytes().map(|letter| letter.is_ascii_uppercase().then(|| u32::from(letter - b'A') + 1));
    let number = digits.into_iter().try_fold(0u32, |number, digit| number.checked_mul(26)?.checked_add(digit?))?;
    u16::try_from(number.checked_sub(1)?).ok()
}

/// A sheet's name as a formula or a link writes it: quoted, quotes doubled.
pub fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::{address, column_letters, column_number, fixed, landed};

    #[test]
    fn a_column_is_the_same_by_its_letters_and_by_its_number() {
        for column in [0, 1, 25, 26, 27, 701, 702, 16_383] {
            assert_eq!(column_number(&column_letters(column)), Some(column));
        }
        assert_eq!(["", "a", "A1"].map(column_number), [None; 3]);
    }

    #[test]
    fn references_to_rows_that_are_afloat_follow_them_and_nothing_else_does() {
        let from = 1 << 19;
        let formula =
            format!("IF({}=\"$E$524300\",{},'$A$524300'!$B$2)+{}", fixed(from + 3, 4), fixed(7, 27), address(5, 0));
        assert_eq!(landed(&formula, from, 40), "IF($E$44=\"$E$524300\",$AB$8,'$A$524300'!$B$2)+A6");
    }
}
