//! The name that the title of a table begins, and a column of it ends: “三公”经费支出情况表 over 合计 × 决算数. Only the row or the
//! column of the whole is the fact then; the others are its parts. Source: certainty.md, “Not too shy either” (two-way tables).

use super::{Name, Piece, Reader};
use crate::submission::headers::bare;
use crate::submission::names::{Labelled, after_numbering, key};
use crate::vocabulary::Words;
use crate::workbook::Address;

/// A title of more characters says more than what its table is about.
const LONGEST_TITLE: usize = 40;

/// What a name begins with has at least so many characters.
const SHORTEST_BEGINNING: usize = 2;

/// What a title may say that its table is about, the longest first, each a part of a fact's name.
#[derive(Default)]
pub(super) struct About {
    at: Option<Address>,
    beginnings: Vec<String>,
}

impl<'g, 'w, 'b, 'a> Reader<'g, 'w, 'b, 'a> {
    /// What a title is about: its words without numbering, year, remarks, the department's own name before them and the plain
    /// words behind them (支出情况表).
    pub(super) fn about(&self, at: Address, title: &str) -> About {
        if title.chars().nth(LONGEST_TITLE).is_some() {
            return About::default();
        }
        let vocabulary = self.vocabulary();
        let title = after_numbering(vocabulary, title).unwrap_or(title);
        let words = bare(vocabulary, &self.plain.of_the_year(title));
        let own = self.plain.department.map(key).unwrap_or_default();
        let words = words.strip_prefix(own.as_str()).unwrap_or(&words);
        let words = vocabulary.scopes.own.longest_start(words).unwrap_or(words);
        let mut beginnings = vec![words];
        let mut rest = words;
        while let Some(less) = shortest_cut(&vocabulary.titles.plain, rest) {
            beginnings.push(less);
            rest = less;
        }
        let is_said = |words: &&str| words.chars().count() >= SHORTEST_BEGINNING && self.base.names().is_piece(words);
        let beginnings = beginnings.into_iter().filter(is_said).map(str::to_owned).collect();
        About { at: Some(at), beginnings }
    }

    /// The fact that the title gives together with the label beside a value or the heading over it, where the other of the two
    /// says that the whole stands there: 合计.
    pub(super) fn of_the_title(&self, left: &[Piece], above: &[Piece]) -> Option<Name> {
        let (row, column) = (left.first()?, above.first()?);
        let is_whole = |piece: &Piece| self.vocabulary().totals.sums.contains(key(&piece.text));
        let asked = match (is_whole(row), is_whole(column)) {
            (true, false) => column,
            (false, true) => row,
            _ => return None,
        };
        let (title, found) = self.named_by_title(&asked.text)?;
        let used = vec![title, row.at, column.at];
        let rest = left.iter().chain(above).filter(|piece| !used.contains(&piece.at));
        let around = rest.map(|piece| piece.text.clone()).collect();
        let label = Piece { at: row.at, text: format!("{} {}", row.text, column.text).into() };
        Some(Name { found, label, around, used, of_a_period: false })
    }

    /// A title begins another table; a line that says nothing but the year or the unit belongs to the title before it.
    pub(super) fn takes_title(&mut self, at: Address, text: &str) {
        let about = self.about(at, text);
        if !about.beginnings.is_empty() || !self.plain.is_plain(text) {
            self.about = about;
        }
    }

    fn named_by_title(&self, asked: &str) -> Option<(Address, Labelled)> {
        let asked = self.plain.of_the_year(asked);
        let found = self.about.beginnings.iter().find_map(|begins| self.base.names().crossed(begins, &asked))?;
        Some((self.about.at?, found))
    }
}

/// The text before the shortest of these words that it ends with.
fn shortest_cut<'t>(words: &Words, text: &'t str) -> Option<&'t str> {
    words.iter().filter_map(|word| text.strip_suffix(word)).max_by_key(|rest| rest.len())
}
