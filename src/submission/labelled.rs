//! Label and value in the head of a card or a form, side by side or in one cell: one reader of the department, the year, the day
//! and the project, whoever asks.

use std::rc::Rc;

use super::Sourced;
use super::grid::{Grid, raw};
use super::headers::{bare, without_brackets};
use super::years::{first_year, is_year};
use crate::vocabulary::Vocabulary;
use crate::workbook::{Address, Value};

/// Where the value of a label stands.
pub(super) enum Stands<'t> {
    /// Behind the colon in the same cell, as written: as far as the next label may begin, and as far as one does that is known.
    Here(&'t str, &'t str),
    /// In the next filled cell to the right, if anywhere.
    Beside,
}

/// A label, and where its value stands.
pub(super) struct Labelled<'g, 't> {
    /// The sheet.
    pub grid: &'g Grid<'g>,
    /// The label without brackets.
    pub label: Rc<str>,
    /// Where its value stands.
    pub stands: Stands<'t>,
    /// The label's own cell.
    pub at: Address,
}

/// Gives `take` every text of a row of at most so many characters as a label beside a value, and every label with a colon as one
/// before a value.
pub(super) fn each_in_row<'g>(grid: &'g Grid<'g>, row: u32, longest: usize, mut take: impl FnMut(Labelled<'g, '_>)) {
    for (at, cell) in grid.cells_of(row) {
        let Value::Text(text) = &cell.value else { continue };
        if text.chars().nth(longest).is_some() {
            continue;
        }
        if text.contains([':', '：']) {
            let wholes = wholes(grid.vocabulary(), text);
            for ((label, value), whole) in pairs(text).into_iter().zip(wholes) {
                let label = bare(grid.vocabulary(), &label);
                take(Labelled { grid, label, stands: Stands::Here(value, whole), at });
            }
        }
        take(Labelled { grid, label: bare(grid.vocabulary(), text), stands: Stands::Beside, at });
    }
}

impl Labelled<'_, '_> {
    /// The text of the value with its cell, where it is one.
    pub fn text(&self, fits: impl Fn(&str) -> bool) -> Option<Sourced<String>> {
        match self.stands {
            Stands::Here(value, _) => {
                fits(value).then(|| Sourced { value: value.to_owned(), source: self.grid.source(self.at) })
            }
            Stands::Beside => {
                let (at, text) = self.beside()?;
                fits(&text).then(|| Sourced { value: text, source: self.grid.source(at) })
            }
        }
    }

    /// The same with all that stands behind the colon: names of projects have lines, blanks and colons of their own.
    pub fn whole_text(&self, fits: impl Fn(&str) -> bool) -> Option<Sourced<String>> {
        match self.stands {
            Stands::Here(_, whole) => {
                fits(whole).then(|| Sourced { value: whole.to_owned(), source: self.grid.source(self.at) })
            }
            Stands::Beside => self.text(fits),
        }
    }

    /// The year that stands there: 2020, 2020年度, a date.
    pub fn year(&self) -> Option<Sourced<i32>> {
        let (at, year) = match self.stands {
            Stands::Here(value, _) => (self.at, first_year(self.grid.vocabulary(), value)),
            Stands::Beside => {
                let (at, _) = self.beside()?;
                (at, year_of_cell(self.grid, at))
            }
        };
        year.map(|value| Sourced { value, source: self.grid.source(at) })
    }

    /// The next filled cell to the right of the label.
    fn beside(&self) -> Option<(Address, String)> {
        let right = self.grid.area(self.at).last.column;
        let (at, cell) = self.grid.cells_of(self.at.row).find(|(at, _)| at.column > right)?;
        let text = raw(&cell.value);
        text.chars().any(|c| !c.is_whitespace()).then_some((at, text))
    }
}

/// The year in a cell.
fn year_of_cell(grid: &Grid, at: Address) -> Option<i32> {
    match &grid.sheet.cell(at)?.value {
        Value::Date { text, serial } => {
            let typed = i32::try_from(*serial).ok().filter(|year| is_year(*year) && serial.is_integer());
            typed.or_else(|| text.get(..4)?.parse().ok().filter(|year| is_year(*year)))
        }
        value => first_year(grid.vocabulary(), &raw(value)),
    }
}

/// The pairs of `部门名称（公章）：某局　　填报日期：…`; the values keep their wording.
pub(super) fn pairs(text: &str) -> Vec<(String, &str)> {
    let mut pairs = Vec::new();
    let mut colons = text.match_indices([':', '：']).peekable();
    let mut label_from = 0;
    while let Some((at, colon)) = colons.next() {
        let label = text.get(label_from..at).unwrap_or_default();
        let rest_from = at + colon.len();
        let rest = text.get(rest_from..colons.peek().map_or(text.len(), |(next, _)| *next)).unwrap_or_default();
        let value_end = match colons.peek() {
            Some(_) => value_end(rest),
            None => rest.find(['\n', '\t']).unwrap_or(rest.len()),
        };
        let value = rest.get(..value_end).unwrap_or_default();
        let value = value.split("  ").next().unwrap_or_default();
        let value = value.split("\u{3000}\u{3000}").next().unwrap_or_default();
        pairs.push((label.trim().to_owned(), value.trim()));
        label_from = rest_from + value_end;
    }
    pairs
}

/// What stands behind each colon of a text, as far as the next label that is known to be one.
fn wholes<'t>(vocabulary: &Vocabulary, text: &'t str) -> Vec<&'t str> {
    let labels = &vocabulary.labels;
    let lists = [
        &labels.unit,
        &labels.unit_short,
        &labels.year,
        &labels.dated,
        &labels.project,
        &labels.authority,
        &labels.implementer,
        &labels.others,
    ];
    let colons: Vec<(usize, usize)> =
        text.match_indices([':', '：']).map(|(at, colon)| (at, at + colon.len())).collect();
    // Where the label before a colon begins, if it is one.
    let label_before = |at: usize| {
        let before = text.get(..at).unwrap_or_default();
        let begins = before.rfind(char::is_whitespace).map_or(0, |blank| {
            blank + before.get(blank..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
        });
        let label = without_brackets(before.get(begins..).unwrap_or_default());
        lists.iter().any(|list| list.contains(label.as_str())).then_some(begins)
    };
    let begin = |(at, behind): &(usize, usize)| {
        let ends = colons.iter().filter(|(next, _)| next > at).find_map(|(next, _)| label_before(*next));
        text.get(*behind..ends.unwrap_or(text.len())).unwrap_or_default().trim()
    };
    colons.iter().map(begin).collect()
}

/// Where a value ends and the next label begins: at the first white space behind it.
fn value_end(rest: &str) -> usize {
    let start = rest.len() - rest.trim_start().len();
    rest.get(start..)
        .and_then(|text| text.find(|c: char| c.is_whitespace() || c == ';' || c == '；'))
        .map_or(0, |end| start + end)
}
