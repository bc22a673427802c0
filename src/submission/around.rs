//! What stands around a table and says whose its figures are, of when, or in which version: its title, its corner, the row over its
//! headings, the brackets of a heading and of the sheet's name, a column beside the labels, the notes. One question is asked of all of
//! these places. Source: certainty.md, 3: every word of scope agrees with what is asked, or is neutral.

use super::grid::{Grid, lone_text};
use super::headers::{BaseColumn, Header};
use super::names::key;
use super::plain_words::{PlainWords, names_filer};
use super::scope::Scope;
use super::units_said::is_unit;
use super::whose::{brackets, is_pair, titles_over};
use super::years::{is_year, years_in};
use crate::quantity::fold;
use crate::vocabulary::Vocabulary;
use crate::workbook::Value;

/// Words of scope that stand by themselves are so few characters: 2018—2020年平均, 2020年前11个月.
const LONGEST_SCOPE: usize = 14;
/// Longer notes tell a story.
const LONGEST_NOTE: usize = 60;
/// A note is about the facts with whose names it shares so many characters in a row: 三公经费, 支出进度.
const SHARED: usize = 4;

/// What is said around a table against its figures.
pub struct Around {
    /// Against all of them.
    pub all: Option<String>,
    /// Sentences of notes, each against the facts that it speaks of.
    pub notes: Vec<String>,
}

impl PlainWords<'_> {
    /// Whether words that stand by themselves say that figures are not the whole, final ones of the department and the year.
    fn says_otherwise(&self, said: &str) -> bool {
        self.says_other_than(said, |scope| scope)
    }

    /// The same, where not everything that the words say counts.
    fn says_other_than(&self, said: &str, what_counts: impl Fn(Scope) -> Scope) -> bool {
        let (vocabulary, said) = (self.vocabulary, spelled_out(self.vocabulary, &fold(said)));
        if is_unit(vocabulary, &said) || self.names_own_alone(&said) || vocabulary.scopes.includes.starts(&said) {
            return false;
        }
        let is_called_so = vocabulary.scopes.otherwise.within(&said) || vocabulary.scopes.single.within(&said);
        // 2021年3月填报: a day after the year is one on which something was done.
        let years = years_in(vocabulary, &said);
        let is_later = self.year.is_some_and(|report| years.iter().any(|(_, year, _)| *year > report));
        let off = || what_counts(Scope::in_form(vocabulary, &said, self.year)).off().is_some() && !is_later;
        is_called_so || off() || self.names_another(&said) || self.of_many(&said)
    }

    fn names_own_alone(&self, said: &str) -> bool {
        let said = key(said);
        self.department.is_some_and(|own| !said.is_empty() && key(own) == said)
    }

    /// What the places around a table say: from the table before it, whose rows end above `header`, down to `end`.
    pub fn around(&self, grid: &Grid, header: &Header, end: u32) -> Around {
        let titles = titles_over(grid, 0, header.rows.0);
        let all = titles.iter().find_map(|title| self.said_over(title));
        let all = all.or_else(|| self.said_in_brackets(&grid.sheet.name)).or_else(|| {
            let values = header.headings.iter().filter(|heading| heading.roles.base == Some(BaseColumn::Value));
            let alone = values.clone().nth(1).is_none();
            let pieces = values.filter(|_| alone).flat_map(|heading| &heading.pieces);
            pieces.into_iter().find_map(|piece| self.said_in_brackets(piece))
        });
        let mut notes: Vec<String> = titles.iter().flat_map(|title| self.notes_in(title)).collect();
        let rows = || grid.rows_within(header.rows.0, end).iter();
        let beside = rows().flat_map(|row| grid.cells_of(*row)).filter_map(|(at, cell)| match &cell.value {
            Value::Text(text) if at.column > header.all_columns().1 => Some(text.as_str()),
            _ => None,
        });
        let below = rows().filter(|row| **row > header.rows.1).filter_map(|row| lone_text(grid, header.columns, *row));
        notes.extend(beside.chain(below).flat_map(|text| self.notes_in(text)));
        Around { all, notes }
    }

    /// What a text over a table says against it: by its brackets, or by nothing else but words of scope.
    fn said_over(&self, title: &str) -> Option<String> {
        if is_pair(self.vocabulary, title) || names_filer(self.vocabulary, title) || self.is_note(title) {
            return None;
        }
        let is_title = self.vocabulary.titles.table.within(title) || self.vocabulary.titles.about.within(title);
        let is_said =
            || self.says_otherwise(title) && (!is_title || self.vocabulary.scopes.otherwise.within(&fold(title)));
        let alone = title.chars().count() <= LONGEST_SCOPE && is_said();
        if alone { Some(title.to_owned()) } else { self.said_in_brackets(title) }
    }

    /// The text whose brackets say otherwise: 基础数据表（19年度）.
    fn said_in_brackets(&self, text: &str) -> Option<String> {
        let is_short = |inside: &&String| inside.chars().count() <= LONGEST_SCOPE;
        let is_aside = |inside: &str| self.vocabulary.titles.aside.within(inside) || inside.contains(':');
        let inside = brackets(&fold(text));
        let mut said = inside.iter().filter(is_short).filter(|inside| !is_aside(inside));
        said.any(|inside| self.says_otherwise(inside)).then(|| text.to_owned())
    }

    fn is_note(&self, text: &str) -> bool {
        let folded = fold(text);
        let begins = folded.trim_start_matches(|c: char| !c.is_alphabetic());
        self.vocabulary.scopes.notes.starts(begins)
    }

    /// The sentences of a note that say of figures that they are others: 注：本表数据为2019年度数据。
    fn notes_in(&self, text: &str) -> Vec<String> {
        if !self.is_note(text) {
            return Vec::new();
        }
        let folded = fold(text);
        // An empty correction corrects nothing.
        let is_filled = folded.contains(|c: char| c.is_ascii_digit());
        let is_correction = is_filled && self.vocabulary.headings.base_corrected.within(&folded);
        let sentences = folded.split(['。', ';', '\n']).map(str::trim).filter(|sentence| !sentence.is_empty());
        let against = sentences.filter(|sentence| {
            let is_short = sentence.chars().count() <= LONGEST_NOTE;
            is_short && (is_correction || self.is_of_other_figures(sentence))
        });
        against.map(str::to_owned).collect()
    }

    /// Whether a sentence says what figures are, and that they are others: 人员数据为2020年6月末数. One with a figure of its own, or
    /// that compares, tells of something else.
    fn is_of_other_figures(&self, sentence: &str) -> bool {
        let scopes = &self.vocabulary.scopes;
        let said = spelled_out(self.vocabulary, sentence);
        let limits = || scopes.qualifies.within(&said) || scopes.only.within(&said);
        scopes.notes_say.within(&said)
            && !scopes.notes_tell.within(&said)
            && !has_figure(self.vocabulary, &said)
            && (limits() || self.says_otherwise(&said))
    }

    /// What a cell of a column that is neither label nor value says against its row: 2020年1-6月 under 所属期间, 少儿馆 under 所属单位.
    /// 3月末 agrees with the name of 一季度支出进度, and of which money (一般公共预算) such a column often says in the form's own words.
    pub fn said_beside(&self, heading: &str, text: &str, name: Scope) -> bool {
        let is_short = (1..=LONGEST_SCOPE).contains(&text.trim().chars().count());
        self.vocabulary.scopes.columns.within(heading)
            && is_short
            && self.says_other_than(text, |scope| scope.asked_as(name).of_title())
    }
}

impl Around {
    /// Whether a sentence of a note speaks of the fact with this name.
    pub fn speaks_of(sentence: &str, label: &str) -> bool {
        let (sentence, label) = (key(sentence), key(label));
        let chars: Vec<char> = label.chars().collect();
        chars.windows(SHARED).any(|run| sentence.contains(&run.iter().collect::<String>()))
    }
}

/// A text with its times spelled out: 2019年度 for 19年度, 2020年6月 for 2020-06, 3季度 for Q3, 1-11月 for 前11个月.
fn spelled_out(vocabulary: &Vocabulary, text: &str) -> String {
    let text: String = text.split_whitespace().collect();
    let (words, months) = (&vocabulary.years, vocabulary.scopes.months.all());
    let year = words.year.iter().next().unwrap_or_default();
    let month = months.iter().collect::<String>();
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, behind) = rest.split_at(digits);
        let value: i32 = number.parse().unwrap_or_default();
        if digits == 0 {
            out.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        rest = behind;
        let parted = behind.trim_start_matches(['-', '.', '/']);
        let in_month = parted.len() - parted.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (named, after) = parted.split_at(in_month);
        let is_month =
            named.len() == 2 || parted.len() < behind.len() && named.parse().is_ok_and(|named: u32| named <= 12);
        let is_span = after.starts_with(['-', '~', '—']) || after.starts_with(months);
        out.push_str(number);
        if digits == 2 && words.degree.starts(behind) && !out.trim_end_matches(number).ends_with(year) {
            out.truncate(out.len() - digits);
            out.push_str(&format!("20{number}"));
        } else if digits == 4 && is_year(value) && parted.len() < behind.len() && is_month && !is_span {
            let named = named.trim_start_matches('0');
            out.push_str(&format!("{year}{named}{month}"));
            rest = after.trim_start_matches(['-', '.', '/']);
        }
    }
    out
}

/// Whether a sentence holds a figure with its unit, or a plain number that is no time.
fn has_figure(vocabulary: &Vocabulary, text: &str) -> bool {
    let units = &vocabulary.quantities.units;
    let is_counted = |(at, c): (usize, char)| {
        let behind = &text[at + c.len_utf8()..];
        c.is_ascii_digit()
            && !vocabulary.scopes.otherwise.starts(behind)
            && (behind.starts_with('%') || units.counters.starts(behind) || behind.starts_with(units.money_chars.all()))
    };
    text.char_indices().any(is_counted)
}
