//! Who reports and for which year: from label and value, else from a title, else from the file's name.

use std::rc::Rc;

use super::Sourced;
use super::grid::Grid;
use super::headers::without_brackets;
use super::labelled::{Labelled, Stands, each_in_row, pairs};
use super::years::{bare_year, is_year, year_in_title};
use crate::audit::Source;
use crate::quantity::fold;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::remembered::remembered;
use crate::workbook::{Address, Value};

/// Longer texts are no titles, in characters.
const TITLE: usize = 80;
/// A year alone is the report's only in the head of a sheet, in rows.
const HEAD: usize = 5;
/// Rows of a sheet in which who and when is looked for.
const ROWS: usize = 300;

/// Who and when, as far as stated.
#[derive(Default)]
pub struct Identity {
    /// The department.
    pub unit: Option<Sourced<String>>,
    /// The report year.
    pub year: Option<Sourced<i32>>,
}

/// Who and when, looked for in the sheets in this order, then in the file's name.
pub fn identity<'g>(
    vocabulary: &Vocabulary,
    grids: impl Iterator<Item = &'g Grid<'g>> + Clone,
    file_name: &str,
) -> Identity {
    let mut found = Identity::default();
    for grid in grids.clone() {
        labelled(grid, &mut found);
    }
    let grids_again = grids.clone();
    for grid in grids {
        titled(grid, &mut found);
    }
    if found.year.is_none() {
        found.year = grids_year(grids_again);
    }
    let stem = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let source = || Source { sheet: String::new(), cell: String::new(), text: stem.to_owned() };
    if found.unit.is_none() {
        found.unit = unit_in_title(vocabulary, stem, true).map(|value| Sourced { value, source: source() });
    }
    if found.year.is_none() {
        found.year = year_in_title(vocabulary, stem)
            .or_else(|| bare_year(vocabulary, stem))
            .map(|value| Sourced { value, source: source() });
    }
    found
}

/// Who filled in a sheet, by what the sheet itself says.
pub struct Filer {
    /// The name, with its cell.
    pub name: Sourced<String>,
    /// The row of a line of its own that gives it (（二）分馆): only what stands below is said to be its. None: all of the sheet.
    pub line: Option<u32>,
}

/// Who filled in a sheet, if it says so.
pub fn filer_of(grid: &Grid) -> Option<Filer> {
    let mut found = Identity::default();
    labelled(grid, &mut found);
    if let Some(name) = found.unit.take() {
        return Some(Filer { name, line: None });
    }
    titled(grid, &mut found);
    // The bureau whose form it is filled in nothing: 某区财政局部门整体支出绩效评价基础数据表.
    let name = found.unit.filter(|name| !grid.vocabulary().titles.no_names.ends(&name.value))?;
    let line = name.source.cell.parse::<Address>().ok().map(|at| at.row);
    Some(Filer { name, line })
}

/// A cell near the top of a sheet that is a year and nothing else: 2020年度, （2020年度）. None where sheets name several.
fn grids_year<'g>(grids: impl Iterator<Item = &'g Grid<'g>>) -> Option<Sourced<i32>> {
    let mut years = grids.flat_map(|grid| {
        let cells = grid.rows().iter().take(HEAD).flat_map(|&row| grid.cells_of(row));
        cells.filter_map(|(at, cell)| {
            let Value::Text(text) = &cell.value else { return None };
            let word = fold(text);
            let word = word.trim().trim_start_matches(['(', '[', '【']).trim_end_matches([')', ']', '】']);
            let (year, rest) = (word.get(..4)?.parse().ok()?, word.get(4..)?);
            let is_degree = grid.vocabulary().years.degree.contains(rest);
            (is_year(year) && is_degree).then(|| Sourced { value: year, source: grid.source(at) })
        })
    });
    let first = years.next()?;
    years.all(|other| other.value == first.value).then_some(first)
}

/// Label and value, side by side or in one cell.
fn labelled(grid: &Grid, found: &mut Identity) {
    for &row in grid.rows().iter().take(ROWS) {
        if found.unit.is_some() && found.year.is_some() {
            return;
        }
        each_in_row(grid, row, TITLE * 2, |one| found.take(&one));
    }
}

impl Identity {
    fn take(&mut self, one: &Labelled) {
        let vocabulary = one.grid.vocabulary();
        let labels = &vocabulary.labels;
        // Behind a colon stands also what is no name: 单位：元.
        let is_long = |text: &str| matches!(one.stands, Stands::Beside) || text.trim().chars().count() > 2;
        let tidied = |name: Sourced<String>| Sourced { value: tidy(vocabulary, &name.value), ..name };
        if self.unit.is_none() && labels.unit.contains(&one.label) {
            self.unit = one.text(|text| is_unit_name(vocabulary, text) && is_long(text)).map(tidied);
        }
        if self.unit.is_none() && labels.unit_short.contains(&one.label) {
            self.unit = one.text(|text| ends_like_a_unit(vocabulary, text)).map(tidied);
        }
        if self.year.is_none() && labels.year.contains(&one.label) {
            self.year = one.year();
        }
    }
}

/// Whether a text can be a department: not a placeholder, not another label, not a unit of money.
fn is_unit_name(vocabulary: &Vocabulary, text: &str) -> bool {
    let own = without_brackets(text);
    let letters = own.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2
        && own.chars().count() <= 60
        && !vocabulary.labels.unit.contains(own.as_str())
        && !vocabulary.labels.year.contains(own.as_str())
        && !pairs(text).iter().any(|(label, _)| is_label(vocabulary, label))
        && !vocabulary.years.not_a_name.contains(own.trim_matches(|c: char| c.is_numeric()))
        && !text.contains(['×', '＿', '_'])
        && crate::quantity::MoneyUnit::parse(&vocabulary.quantities, text).is_none()
        && !vocabulary.titles.left_open.within(&own)
}

/// Whether a text is what stands before a department or a year.
fn is_label(vocabulary: &Vocabulary, text: &str) -> bool {
    let own = without_brackets(text);
    vocabulary.labels.unit.contains(own.as_str()) || vocabulary.labels.year.contains(own.as_str())
}

/// Whether a text ends as the names of departments do.
fn ends_like_a_unit(vocabulary: &Vocabulary, text: &str) -> bool {
    let own = without_brackets(text);
    is_unit_name(vocabulary, text)
        && own.chars().count() > 2
        && vocabulary.titles.endings.iter().any(|ending| own.ends_with(ending))
}

/// A name without line breaks and outer blanks; blanks between Chinese characters go, those between words stay one.
fn tidy(vocabulary: &Vocabulary, text: &str) -> String {
    let text =
        vocabulary.labels.seals.iter().fold(text.to_owned(), |text, seal| {
            text.replace(&format!("（{seal}）"), "").replace(&format!("({seal})"), "")
        });
    let words: Vec<&str> = text.split_whitespace().collect();
    let ascii = |word: &str, last: bool| {
        let c = if last { word.chars().next_back() } else { word.chars().next() };
        c.is_some_and(|c| c.is_ascii_alphanumeric())
    };
    let mut tidy = String::new();
    for (i, word) in words.iter().enumerate() {
        if i > 0 && ascii(words[i - 1], true) && ascii(word, false) {
            tidy.push(' ');
        }
        tidy.push_str(word);
    }
    tidy
}

/// Title cells: the report's year, and the department where a title begins with it.
fn titled(grid: &Grid, found: &mut Identity) {
    for &row in grid.rows().iter().take(60) {
        if found.unit.is_some() && found.year.is_some() {
            return;
        }
        for (at, cell) in grid.cells_of(row) {
            let Value::Text(text) = &cell.value else { continue };
            if text.chars().nth(TITLE).is_some()
                || text.contains(['。', '；'])
                || !is_about_evaluation(grid.vocabulary(), text) && (row > 5 || !is_alone_in_row(grid, row))
            {
                continue;
            }
            if found.year.is_none() {
                let year = remembered!(grid.vocabulary(), text, Option<i32>, year_in_title(grid.vocabulary(), text));
                found.year = year.map(|value| Sourced { value, source: grid.source(at) });
            }
            if found.unit.is_none() {
                let named = || unit_in_title(grid.vocabulary(), text, false).map(Rc::from);
                let unit = remembered!(grid.vocabulary(), text, Option<Rc<str>>, named());
                found.unit = unit.map(|value| Sourced { value: value.to_string(), source: grid.source(at) });
            }
        }
    }
}

fn is_about_evaluation(vocabulary: &Vocabulary, text: &str) -> bool {
    remembered!(vocabulary, text, bool, vocabulary.titles.about.within(text))
}

fn is_alone_in_row(grid: &Grid, row: u32) -> bool {
    grid.cells_of(row).take(2).count() == 1
}

/// The department in a title (`某局2020年度部门整体支出…`) or, less strictly, in a file's name.
fn unit_in_title(vocabulary: &Vocabulary, text: &str, is_file_name: bool) -> Option<String> {
    let joined: String = if is_file_name { text.to_owned() } else { text.split_whitespace().collect() };
    let parts: Vec<&str> = joined
        .split(['-', '_', '—', '－', '（', '）', '(', ')', '【', '】', '《', '》', '+', ' ', '、', '.'])
        .collect();
    parts
        .iter()
        .filter_map(|part| department(vocabulary, part))
        .find(|name| vocabulary.titles.endings.iter().any(|ending| name.ends_with(ending)))
}

/// What is left of a piece of text before the first word that cannot belong to a name.
fn department(vocabulary: &Vocabulary, part: &str) -> Option<String> {
    let mut name = part.trim();
    while let Some(rest) = leading_words(vocabulary, name) {
        name = rest;
    }
    let cut = vocabulary
        .titles
        .around
        .iter()
        .filter_map(|word| name.find(word))
        .chain(name.find(|c: char| c.is_ascii_digit()))
        .min();
    let name = name.get(..cut.unwrap_or(name.len()))?.trim_end_matches(vocabulary.years.after_name.all());
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    let letters = name.chars().count();
    let general = &vocabulary.titles.general;
    ((3..=30).contains(&letters)
        && !general.iter().any(|word| name.starts_with(word))
        && !vocabulary.titles.never_in_name.within(name))
    .then(|| name.to_owned())
}

/// The text behind a year, 附件2 or another word of titles that stands in front of a name.
fn leading_words<'t>(vocabulary: &Vocabulary, name: &'t str) -> Option<&'t str> {
    let name = name.trim_start_matches(|c: char| !c.is_alphanumeric());
    let words = vocabulary.titles.around.iter().chain(vocabulary.years.around_name.iter());
    let behind = words.filter_map(|word| name.strip_prefix(word)).next();
    let digits = name.trim_start_matches(|c: char| c.is_ascii_digit());
    behind.or((digits.len() < name.len()).then_some(digits))
}
