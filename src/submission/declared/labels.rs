//! What stands above the tables: the title with its year, the project, the department and the unit.

use super::stretch::FormStretch;
use crate::quantity::fold;
use crate::submission::Sourced;
use crate::submission::grid::{Grid, raw};
use crate::submission::names::key;
use crate::submission::years::{is_year, year_named};
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
    let labels = &vocabulary.labels;
    let is_known = |label: &str| labels.project.contains(label) && !labels.project_vague.contains(label);
    remembered!(vocabulary, text, bool, label_of(vocabulary, text).is_some_and(|(label, _)| is_known(&label)))
}

/// The head of a form.
pub fn head(grid: &Grid, part: &FormStretch, file_name: &str) -> Head {
    let mut head = Head::default();
    for &row in grid.rows_within(part.first, part.head_end()) {
        let cells: Vec<(Address, String)> = grid.cells_of(row).map(|(at, cell)| (at, raw(&cell.value))).collect();
        for (place, (at, text)) in cells.iter().enumerate() {
            if part.title == Some(row) && head.title.is_none() {
                head.title = Some(Sourced { value: text.trim().to_owned(), source: grid.source(*at) });
            }
            // A project may be named after another year.
            let before_project = head.project.is_none() && !is_project_label(grid.vocabulary(), text);
            if let Some(year) = year_named(grid.vocabulary(), text)
                .filter(|year| plausible(*year))
                .filter(|_| head.year.is_none() && before_project)
            {
                head.year = Some(Sourced { value: year, source: grid.source(*at) });
            }
            if let Some(year) = labelled_year(grid, text, *at, &cells[place + 1..]).filter(|_| head.year.is_none()) {
                head.year = Some(year);
            }
            if let Some((label, inline)) = label_of(grid.vocabulary(), text) {
                head.take(grid, &label, inline, *at, &cells[place + 1..]);
            }
        }
    }
    head.year = head.year.or_else(|| of_typed_year(grid, part)).or_else(|| of_file(grid, part, file_name));
    head
}

impl Head {
    fn take(&mut self, grid: &Grid, label: &str, inline: Option<String>, at: Address, right: &[(Address, String)]) {
        let slot = if grid.vocabulary().labels.project.contains(label) {
            &mut self.project
        } else if grid.vocabulary().labels.authority.contains(label) {
            &mut self.authority
        } else if grid.vocabulary().labels.implementer.contains(label) {
            &mut self.implementer
        } else {
            return;
        };
        if slot.is_some() {
            return;
        }
        *slot = match inline {
            Some(value) => Some(Sourced { value, source: grid.source(at) }),
            None => beside(grid, right),
        };
    }
}

/// The value beside a label: the next cell, unless that is a label itself or says nothing.
fn beside(grid: &Grid, right: &[(Address, String)]) -> Option<Sourced<String>> {
    let (at, text) = right.first()?;
    let named = label_of(grid.vocabulary(), text).is_some_and(|(label, _)| is_known(grid.vocabulary(), &label));
    let says = text.chars().any(char::is_alphanumeric) && !is_placeholder(grid.vocabulary(), text);
    (says && !named).then(|| Sourced { value: text.trim().to_owned(), source: grid.source(*at) })
}

fn is_known(vocabulary: &Vocabulary, label: &str) -> bool {
    [
        &vocabulary.labels.project,
        &vocabulary.labels.authority,
        &vocabulary.labels.implementer,
        &vocabulary.labels.others,
    ]
    .iter()
    .any(|list| list.contains(label))
}

fn is_placeholder(vocabulary: &Vocabulary, text: &str) -> bool {
    let bare = key(text);
    bare.is_empty()
        || bare.chars().all(|c| c == 'x')
        || vocabulary.quantities.placeholders.name_guidance.starts(&bare)
        || vocabulary.quantities.placeholders.no_name.contains(&bare)
}

/// A label, and what stands behind its colon in the same cell.
fn label_of(vocabulary: &Vocabulary, text: &str) -> Option<(String, Option<String>)> {
    let folded = fold(text);
    let (label, value) = match folded.split_once(':') {
        Some((label, value)) => (label, Some(value.trim().to_owned())),
        None => (&*folded, None),
    };
    let label = crate::submission::headers::without_brackets(label);
    let short = label.chars().count() <= 12;
    let value = value.filter(|value| !is_placeholder(vocabulary, value));
    short.then_some((label, value))
}

/// 填报年度：2020, the year behind the colon or in the next cell.
fn labelled_year(grid: &Grid, text: &str, at: Address, right: &[(Address, String)]) -> Option<Sourced<i32>> {
    let (label, inline) = label_of(grid.vocabulary(), text)?;
    let (at, written) = match inline {
        _ if !grid.vocabulary().labels.year.contains(&label) => return None,
        Some(written) => (at, written),
        None => right.first().cloned()?,
    };
    let written = fold(&written);
    let digits = written.trim().trim_end_matches(|c: char| !c.is_ascii_digit());
    let year = digits.parse().ok().filter(|year| digits.len() == 4 && plausible(*year))?;
    Some(Sourced { value: year, source: grid.source(at) })
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

/// The year of the file's name: the first four digits that can be one.
fn of_file(grid: &Grid, part: &FormStretch, file_name: &str) -> Option<Sourced<i32>> {
    let year =
        year_named(grid.vocabulary(), file_name).filter(|year| plausible(*year)).or_else(|| bare_year(file_name))?;
    let at = Address { row: part.title.unwrap_or(part.first), column: 0 };
    Some(Sourced { value: year, source: grid.source(at) })
}

/// Four digits between other characters, such as 2020 in `自评表2020.xlsx`.
fn bare_year(text: &str) -> Option<i32> {
    let numbers = text.split(|c: char| !c.is_ascii_digit());
    numbers.filter(|digits| digits.len() == 4).find_map(|digits| digits.parse().ok().filter(|year| plausible(*year)))
}
