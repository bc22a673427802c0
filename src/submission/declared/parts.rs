//! Where each form of a sheet begins and ends, and where its tables stand.

use super::by_content::columns;
use super::columns::is_upper_row;
use super::headings::{FundColumn, RowColumn, says_only_scope};
use super::said::{LONGEST_TITLE, SaidInForms, Titles, section_keys};
use super::stretch::FormStretch;
use super::total::{Closing, total_row};
use crate::rulebook::Declared;
use crate::submission::grid::Grid;
use crate::workbook::Value;

/// Between a title and the name of the project stand the year and the unit, and no more.
const NEAR_TITLE: u32 = 3;
/// Every text that marks a row is short, its spaces included.
const LONGEST_WRITTEN: usize = 120;

/// Every form of a sheet, from the top.
pub fn parts(grid: &Grid, declared: &Declared) -> Vec<FormStretch> {
    let titles = Titles::of(declared);
    let sections = section_keys(declared);
    let mut walk = Walk::default();
    for &row in grid.rows() {
        let mut marks = marks(grid, row, &titles);
        let is_measured_above = |above: u32| marks.names && is_upper_row(grid, above, row);
        marks.table |= row.checked_sub(1).is_some_and(is_measured_above);
        marks.card &= !marks.table;
        marks.label = names_section(grid, row, &sections);
        walk.see(row, marks);
    }
    let found = walk.finish(grid.rows().last().map_or(0, |last| last + 1));
    found
        .into_iter()
        .filter_map(|part| if part.is_form() { Some(part) } else { by_content(grid, part, declared) })
        .collect()
}

/// Whether a header of indicators and their targets stands in a sheet.
pub fn has_table(grid: &Grid) -> bool {
    grid.rows().iter().any(|&row| marks(grid, row, &Titles::default()).table)
}

/// Whether a row has the label of a section of the form: 产出指标.
fn names_section(grid: &Grid, row: u32, sections: &[String]) -> bool {
    let is_short = |text: &str| text.chars().nth(LONGEST_TITLE).is_none();
    let is_section = |text: &str| SaidInForms::of(grid.vocabulary(), text).is_section(sections);
    grid.cells_of(row).any(|(_, cell)| matches!(&cell.value, Value::Text(text) if is_short(text) && is_section(text)))
}

/// A form whose table is found by its content, where its columns prove what they are.
fn by_content(grid: &Grid, part: FormStretch, declared: &Declared) -> Option<FormStretch> {
    let columns = columns(grid, &part, declared, None)?;
    Some(FormStretch { tables: vec![columns.rows.0], is_by_content: true, is_scored: true, ..part })
}

/// What a row is to a form.
#[derive(Debug, Clone, Copy, Default)]
struct Marks {
    title: bool,
    /// It names some table of evaluation.
    named: bool,
    project: bool,
    funds: bool,
    table: bool,
    /// The heading of the indicators' names.
    names: bool,
    /// The header of a table with indicators and scores, and without targets: a scorecard's.
    card: bool,
    total: Option<Closing>,
    /// The label of a section.
    label: bool,
    /// The heading of a score.
    scored: bool,
}

fn marks(grid: &Grid, row: u32, titles: &Titles) -> Marks {
    let mut marks = Marks { total: total_row(grid, row), ..Marks::default() };
    let (mut planned, mut spent, mut name, mut value, mut score) = (false, false, false, false, false);
    let mut weighed = false;
    for (_, cell) in grid.cells_of(row) {
        let text = match &cell.value {
            Value::Text(text) if text.chars().nth(LONGEST_WRITTEN).is_none() => text,
            _ => continue,
        };
        let said = SaidInForms::of(grid.vocabulary(), text);
        marks.title |= said.is_title(titles);
        marks.named |= said.names_a_table;
        marks.scored |= matches!(said.fund, Some(FundColumn::Score(_)));
        marks.scored |= matches!(said.row, Some(RowColumn::Score(_)));
        marks.project |= said.is_project_label;
        match said.fund {
            Some(FundColumn::Initial | FundColumn::Planned | FundColumn::Change) => planned = true,
            Some(FundColumn::Received) => planned = true,
            Some(FundColumn::Spent) => spent = true,
            Some(FundColumn::Rate | FundColumn::Weight) => weighed = true,
            _ => {}
        }
        match said.row {
            Some(RowColumn::Name) => name = true,
            Some(RowColumn::Target | RowColumn::Actual | RowColumn::Nature) => value = true,
            Some(RowColumn::Score(_)) => score = true,
            _ => {}
        }
    }
    // Where it is scored and weighed and neither named nor measured, it is the block of money, however its amounts are called.
    marks.funds = planned && spent || (score && weighed && !name && !value);
    // A row of headings sums up nothing: 合计 | 其中：省级 under 实际完成值.
    let is_heading =
        |text: &str| says_only_scope(grid.vocabulary(), text) || SaidInForms::of(grid.vocabulary(), text).row.is_some();
    let is_idle = || grid.cells_of(row).all(|(_, cell)| matches!(&cell.value, Value::Text(text) if is_heading(text)));
    marks.total = marks.total.filter(|_| grid.cells_of(row).nth(1).is_none() || !is_idle());
    marks.names = name;
    marks.table = name && value;
    marks.card = name && score && !value;
    marks
}

/// The forms met so far.
#[derive(Default)]
struct Walk {
    done: Vec<FormStretch>,
    open: Option<FormStretch>,
    title: Option<u32>,
    /// The last row that names a table of another title.
    named: Option<u32>,
}

impl Walk {
    fn see(&mut self, row: u32, marks: Marks) {
        if marks.title {
            self.title = self.title.or(Some(row));
        }
        if marks.named {
            self.named = Some(row);
        }
        if marks.project || (marks.funds && !marks.table) {
            self.head(row, marks);
        }
        if marks.table {
            self.table(row);
        }
        if marks.label {
            self.label(row);
        }
        if marks.card && self.is_closed() {
            self.close(row);
        }
        if let Some(open) = &mut self.open {
            open.is_scored |= marks.scored;
        }
        let open = self.open.as_mut().filter(|open| open.has_rows());
        if let (Some(open), Some(closing)) = (open, marks.total) {
            // 合计 below 总分 adds up some other table.
            if closing == Closing::Form || !open.closed {
                open.total = Some(row);
            }
            open.closed |= closing == Closing::Form;
        }
    }

    /// A project's name or the block of money: of the open form, or of the next one.
    fn head(&mut self, row: u32, marks: Marks) {
        let next = self.open.as_ref().is_none_or(|open| marks.project && open.has_rows());
        if self.title.is_some() || (next && marks.project) {
            self.title = self.title.or(self.named.filter(|named| row - named <= NEAR_TITLE));
            self.begin(self.title.unwrap_or(row));
        }
        if let Some(open) = &mut self.open {
            open.has_project |= marks.project;
            if marks.funds {
                open.funds = open.funds.or(Some(row));
            }
        }
    }

    /// Whether the open form has its 总分.
    fn is_closed(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.closed)
    }

    /// A header of 绩效指标: under a title that nothing else followed it is a page break, unless the form was closed; after
    /// that, without a title, it is some other table.
    fn table(&mut self, row: u32) {
        let ended = self.open.as_ref().is_none_or(|open| open.total.is_some());
        match self.title.filter(|_| ended) {
            Some(title) => self.begin(title),
            None if self.is_closed() => self.close(row),
            None => self.title = None,
        }
        if let Some(open) = &mut self.open {
            open.tables.push(row);
        }
    }

    /// A label of a section before any header: of the open form, or of the one whose title was met last.
    fn label(&mut self, row: u32) {
        let ended = self.open.as_ref().is_none_or(|open| open.total.is_some());
        if let Some(title) = self.title.filter(|_| ended) {
            self.begin(title);
        }
        if let Some(open) = self.open.as_mut().filter(|open| open.tables.is_empty() && open.total.is_none()) {
            open.labels.push(row);
        }
    }

    fn begin(&mut self, first: u32) {
        self.close(first);
        self.open = Some(FormStretch { first, title: self.title.take(), ..FormStretch::default() });
    }

    fn close(&mut self, end: u32) {
        if let Some(part) = self.open.take().filter(|part| part.is_form() || part.may_be_form()) {
            self.done.push(FormStretch { end, ..part });
        }
    }

    fn finish(mut self, end: u32) -> Vec<FormStretch> {
        self.close(end);
        self.done
    }
}
