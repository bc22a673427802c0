//! What stands above the tables: the title with its year, the project, the department and the unit.

use super::stretch::FormStretch;
use crate::quantity::fold;
use crate::submission::Sourced;
use crate::submission::grid::{Grid, raw};
use crate::submission::headers::without_brackets;
use crate::submission::labelled::{Labelled, each_in_row};
use crate::submission::names::key;
use crate::submission::years::{bare_year, is_year, year_named};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::remembered::remembered;
use crate::workbook::{Address, Value};

/// The head of a form.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// The title as written.
    pub title: Option<Sourced<String>>,
    /// The year.
    pub year: Option<Sourced<i32>>,
    /// 项目名称.
    pub project: Option<Sourced<String>>,
    /// 主管部门.
    pub authority: Option<Sourced<String>>,
    /// 实施单位.
    pub implementer: Option<Sourced<String>>,
}

/// Whether a text is the label of a project's name, alone or with the name behind a colon.
pub fn is_project_label(vocabulary: &Vocabulary, text: &str) -> bool {
    remembered!(vocabulary, text, bool, read_project_label(vocabulary, text))
}

/// The same, read anew.
pub(super) fn read_project_label(vocabulary: &Vocabulary, text: &str) -> bool {
    let labels = &vocabulary.labels;
    let label = without_brackets(text.split([':', '：']).next().unwrap_or_default());
    labels.project.contains(&label) && !labels.project_vague.contains(&label)
}

/// The head of a form.
pub fn head(grid: &Grid, part: &FormStretch, file_name: &str) -> Head {
    let vocabulary = grid.vocabulary();
    let mut head = Head::default();
    for &row in grid.rows_within(part.first, part.head_end()) {
        if part.title == Some(row) {
            head.title = grid
                .cells_of(row)
                .next()
                .map(|(at, cell)| Sourced { value: raw(&cell.value).trim().to_owned(), source: grid.source(at) });
        }
        // A project may be named after another year: its name stands behind its label.
        let is_before = |text: &str| head.project.is_none() && !is_project_label(vocabulary, text);
        let mut before =
            grid.cells_of(row).map(|(at, cell)| (at, raw(&cell.value))).take_while(|(_, text)| is_before(text));
        if head.year.is_none() {
            head.year = before.find_map(|(at, text)| {
                let year = year_named(vocabulary, &text).filter(|year| plausible(*year))?;
                Some(Sourced { value: year, source: grid.source(at) })
            });
        }
        each_in_row(grid, row, usize::MAX, |one| head.take(&one));
    }
    head.year = head.year.or_else(|| of_typed_year(grid, part)).or_else(|| of_file(grid, part, file_name));
    head
}

impl Head {
    fn take(&mut self, one: &Labelled) {
        let vocabulary = one.grid.vocabulary();
        let labels = &vocabulary.labels;
        if self.year.is_none() && labels.year.contains(&one.label) {
            self.year = one.year().filter(|year| plausible(year.value));
        }
        let slot = if labels.project.contains(&one.label) {
            &mut self.project
        } else if labels.authority.contains(&one.label) {
            &mut self.authority
        } else if labels.implementer.contains(&one.label) {
            &mut self.implementer
        } else {
            return;
        };
        if slot.is_none() {
            let value = one.whole_text(|text| is_value(vocabulary, text));
            *slot = value.map(|text| Sourced { value: text.value.trim().to_owned(), source: text.source });
        }
    }
}

/// Whether a text can stand beside a label: it says something, and is no label itself.
fn is_value(vocabulary: &Vocabulary, text: &str) -> bool {
    let label = without_brackets(text.split([':', '：']).next().unwrap_or_default());
    let labels = &vocabulary.labels;
    let lists = [&labels.project, &labels.authority, &labels.implementer, &labels.others];
    let is_label = lists.iter().any(|list| list.contains(label.as_str()));
    text.chars().any(char::is_alphanumeric) && !is_placeholder(vocabulary, text) && !is_label
}

fn is_placeholder(vocabulary: &Vocabulary, text: &str) -> bool {
    let bare = key(text);
    bare.is_empty()
        || bare.chars().all(|c| c == 'x')
        || vocabulary.quantities.placeholders.name_guidance.starts(&bare)
        || vocabulary.quantities.placeholders.no_name.contains(&bare)
}

/// Four digits below this are an amount: no project form is so old.
const FIRST_YEAR: i32 = 2000;

fn plausible(year: i32) -> bool {
    year >= FIRST_YEAR && is_year(year)
}

/// A year that stands alone in a cell, as a number, four digits of text or a date.
fn of_typed_year(grid: &Grid, part: &FormStretch) -> Option<Sourced<i32>> {
    grid.rows_within(part.first, part.head_end()).iter().flat_map(|&row| grid.cells_of(row)).find_map(|(at, cell)| {
        let year = match &cell.value {
            Value::Number(number) => i32::try_from(number.trunc()).ok().filter(|_| number.is_integer())?,
            Value::Text(text) => fold(text).trim().parse().ok().filter(|_| fold(text).trim().len() == 4)?,
            Value::Date { serial, .. } if serial.is_integer() => i32::try_from(serial.trunc()).ok()?,
            _ => return None,
        };
        plausible(year).then(|| Sourced { value: year, source: grid.source(at) })
    })
}

/// The year of the file's name.
fn of_file(grid: &Grid, part: &FormStretch, file_name: &str) -> Option<Sourced<i32>> {
    let vocabulary = grid.vocabulary();
    let year = year_named(vocabulary, file_name).or_else(|| bare_year(vocabulary, file_name));
    let at = Address { row: part.title.unwrap_or(part.first), column: 0 };
    year.filter(|year| plausible(*year)).map(|value| Sourced { value, source: grid.source(at) })
}
