//! Whose figures the words over a table, or over some of its rows, say that they are: a department's that is not the filer, a
//! part's, the bureau's, an example's. Source: certainty.md, 3: every word of scope in the table's title, the parent rows and the
//! sheet's name agrees with what is asked, or is neutral; and 4: bracket remarks are part of the name until they are known to
//! be neutral.

use super::base_data::NotOurs;
use super::grid::{Grid, raw};
use super::headers::{without_brackets, year_of};
use super::names::{after_numbering, key};
use super::plain_words::{PlainWords, names_filer};
use super::reasons::tells_a_part;
use super::scope::Scope;
use super::units_said::is_unit;
use crate::quantity::fold;
use crate::vocabulary::{Vocabulary, Words};
use crate::workbook::{Cell, Value};

/// A name of a department has so many characters at least: 少儿馆.
const SHORTEST_NAME: usize = 3;
/// A title shares its row with no more than a unit and a date.
const TITLE_CELLS: usize = 3;
/// Longer texts are no titles, in characters.
const LONGEST_TITLE: usize = 60;

impl PlainWords<'_> {
    /// A title, or a line over rows, that narrows what stands below it: it names somebody else, or its brackets say a part.
    pub fn narrowed_by(&self, line: &str) -> bool {
        self.narrowed_in_brackets(line) || self.names_another(line) || self.of_many(line)
    }

    /// Whether brackets of a line say something that is not known to be neutral: 基础数据表（不含下属单位）.
    pub fn narrowed_in_brackets(&self, line: &str) -> bool {
        let folded = fold(line);
        let behind = after_numbering(self.vocabulary, &folded).unwrap_or(&folded);
        brackets(behind).iter().any(|inside| self.narrows(inside))
    }

    fn narrows(&self, inside: &str) -> bool {
        let titles = &self.vocabulary.titles;
        let is_neutral = titles.aside.within(inside) || self.is_own(&key(inside)) || self.names_filer_or_date(inside);
        let off = Scope::of(self.vocabulary, inside, self.year).off().is_some();
        !is_neutral && !self.vocabulary.scopes.includes.starts(inside) && (off || self.may_narrow(inside))
    }

    fn may_narrow(&self, inside: &str) -> bool {
        let leaves_out = self.vocabulary.scopes.leaves_out.within(inside);
        leaves_out || tells_a_part(self.vocabulary, inside) && !self.is_plain(inside)
    }

    /// （填报单位：某局）, （2021年3月）: what is said in pairs or in digits is weighed elsewhere.
    fn names_filer_or_date(&self, inside: &str) -> bool {
        inside.contains(':') || !inside.chars().any(char::is_alphabetic)
    }

    /// Whether a line speaks of many departments together: 全区平均得分, 各馆基础数据表.
    pub fn of_many(&self, line: &str) -> bool {
        let (own, words) = (self.department.map(key).unwrap_or_default(), self.words_without_brackets(line));
        let rest = if own.is_empty() { words } else { words.replace(&own, "") };
        self.vocabulary.titles.of_many.within(&rest)
    }

    /// Whether a line names another department than the filer: 东河区图书馆基础数据表.
    pub fn names_another(&self, line: &str) -> bool {
        let words = self.words_without_brackets(line);
        self.department.is_some_and(|own| is_of_another(self.vocabulary, &words, own))
    }

    /// Whether a line names an office of the department: 业务科自评.
    pub fn of_an_office(&self, line: &str) -> bool {
        let core = core(self.vocabulary, &self.words_without_brackets(line));
        let is_office = core.ends_with(self.vocabulary.titles.internal.all());
        is_office && core.chars().count() >= SHORTEST_NAME && !self.is_own(&core)
    }

    fn is_own(&self, name: &str) -> bool {
        self.department.is_some_and(|own| is_own(name, own))
    }

    /// The words of a line outside of its brackets, as a key, without numbering and the report's year.
    fn words_without_brackets(&self, line: &str) -> String {
        let folded = fold(line);
        let behind = after_numbering(self.vocabulary, &folded).unwrap_or(&folded);
        key(&self.of_the_year(&outside(behind)))
    }

    /// Why a card is not the department's own, by the words of its heads: 财政复核评分表, 评分表（样表）, 业务科自评, 全区平均得分.
    /// `by_names`: also by whom they name.
    pub fn not_ours_by_words(&self, text: &str, by_names: bool) -> Option<NotOurs> {
        let titles = &self.vocabulary.titles;
        let folded = fold(text);
        // 本表由单位自评，财政部门复核: the form's own line.
        if titles.of_reviewers.within(&folded) && !self.vocabulary.headings.self_assessed.within(&folded) {
            return Some(NotOurs::Reviewers);
        }
        if titles.samples.within(&folded) {
            return Some(NotOurs::Example);
        }
        // Whose it is, and nothing else: （修改）, （新） may be the version that holds.
        let in_brackets = || brackets(&folded).iter().any(|inside| self.names_somebody(inside).is_some());
        let is_others = || self.names_another(text) || self.of_many(text) || self.of_an_office(text) || in_brackets();
        (by_names && is_others()).then_some(NotOurs::OtherUnit)
    }
}

/// Whether words, as a key, name another department than the filer: 东河区图书馆基础数据, 少儿馆人员情况.
pub fn is_of_another(vocabulary: &Vocabulary, words: &str, department: &str) -> bool {
    let (core, titles) = (core(vocabulary, words), &vocabulary.titles);
    core.chars().count() >= SHORTEST_NAME
        && titles.endings.ends(&core)
        && !titles.no_names.ends(&core)
        && !core.ends_with(titles.internal.all())
        && !is_own(&core, department)
}

/// Whether a name is the department's, or a shorter or longer form of it: 区文旅局 of 东河区文化旅游局.
fn is_own(name: &str, department: &str) -> bool {
    let own = key(department);
    let mut rest = own.chars();
    let is_short = name.chars().all(|c| rest.any(|own| own == c));
    !own.is_empty() && !name.is_empty() && (is_short || name.contains(&own))
}

/// What is left of words without those that titles are made of at both ends: 少儿馆 of 少儿馆人员情况.
fn core(vocabulary: &Vocabulary, words: &str) -> String {
    let titles = &vocabulary.titles;
    let lists: [&Words; 3] = [&titles.plain, &titles.around, &titles.table];
    let mut rest = words;
    while let Some(before) = lists.iter().filter_map(|list| list.longest_end(rest)).min_by_key(|rest| rest.len()) {
        rest = before;
    }
    let numbered = |c: char| c.is_ascii_digit() || titles.before_name.contains(c);
    rest.trim_start_matches(numbered).to_owned()
}

/// 主管部门：文化局, 填报单位：…: a line that says who and when in a pair, and no title. 附：2019年度得分情况 is one.
pub fn is_pair(vocabulary: &Vocabulary, line: &str) -> bool {
    let labels = &vocabulary.labels;
    let label = line.split([':', '：']).next().filter(|label| label.len() < line.len());
    label.is_some_and(|label| {
        let own = without_brackets(label);
        let lists = [&labels.authority, &labels.implementer, &labels.dated];
        names_filer(vocabulary, label) || lists.iter().any(|list| list.contains(&own))
    })
}

/// The titles over a table, from the nearest up to the table before it, whose rows hold figures or answers.
pub fn titles_over<'g>(grid: &'g Grid, first: u32, end: u32) -> Vec<&'g str> {
    let answers = &grid.vocabulary().quantities.answers;
    let is_value = |cell: &Cell| match &cell.value {
        Value::Text(text) => {
            answers.yes.contains(text) || answers.no.contains(text) || is_unit(grid.vocabulary(), text)
        }
        value => year_of(grid.vocabulary(), &raw(value)).is_none(),
    };
    let is_title_row = |row: &u32| {
        let cells = || grid.cells_of(*row);
        cells().take(TITLE_CELLS + 1).count() <= TITLE_CELLS && !cells().any(|(_, cell)| is_value(cell))
    };
    // 部门名称 | 某局 | 预算年度 | 2020 stands between a title and its table.
    let heads = |row: &u32| {
        let is_label = |cell: &Cell| matches!(&cell.value, Value::Text(text) if names_filer(grid.vocabulary(), text));
        grid.cells_of(*row).next().is_some_and(|(_, cell)| is_label(cell))
    };
    let rows = grid.rows_within(first, end).iter().rev().copied();
    let rows = rows.take_while(|row| is_title_row(row) || heads(row)).filter(is_title_row);
    let texts = rows.flat_map(|row| grid.cells_of(row)).filter_map(|(_, cell)| match &cell.value {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    });
    texts.filter(|text| text.chars().nth(LONGEST_TITLE).is_none()).collect()
}

/// What stands in brackets in a folded text.
pub fn brackets(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once(['(', '[', '【']) {
        let Some((inside, after)) = behind.split_once([')', ']', '】']) else { break };
        found.push(inside.trim().to_owned());
        rest = after;
    }
    found
}

/// A folded text without its brackets.
fn outside(text: &str) -> String {
    brackets(text).iter().fold(text.to_owned(), |text, inside| text.replacen(inside.as_str(), "", 1))
}
