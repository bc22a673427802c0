//! The three kinds of lists that a vocabulary has. Words are kept folded, as texts of cells are when they are compared.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use super::fold::fold;

/// Words of one meaning, in their order: where two fit, the one that stands first is taken.
#[derive(Debug, Clone, Default)]
pub struct Words {
    list: Vec<String>,
    known: HashSet<String, RandomState>,
}

impl Words {
    /// Adds a word. It goes before the first that it begins or ends with, so that the longer of two is met.
    pub(super) fn add(&mut self, word: &str) {
        let word = fold(word).into_owned();
        if self.known.insert(word.clone()) {
            let shorter = |known: &String| {
                !known.is_empty() && (word.starts_with(known.as_str()) || word.ends_with(known.as_str()))
            };
            let at = self.list.iter().position(shorter).unwrap_or(self.list.len());
            self.list.insert(at, word);
        }
    }

    /// Adds a word behind all others: the built-in list stands in the order in which it is written.
    pub(super) fn push(&mut self, word: &str) {
        let word = fold(word).into_owned();
        if self.known.insert(word.clone()) {
            self.list.push(word);
        }
    }

    /// Whether a text is one of the words.
    pub fn contains(&self, text: impl AsRef<str>) -> bool {
        self.known.contains(text.as_ref())
    }

    /// Whether one of the words stands anywhere in a text.
    pub fn within(&self, text: &str) -> bool {
        self.iter().any(|word| text.contains(word))
    }

    /// Whether a text begins with one of the words.
    pub fn starts(&self, text: impl AsRef<str>) -> bool {
        self.iter().any(|word| text.as_ref().starts_with(word))
    }

    /// Whether a text ends with one of the words.
    pub fn ends(&self, text: &str) -> bool {
        self.iter().any(|word| text.ends_with(word))
    }

    /// The text behind the first word that it begins with.
    pub fn strip_start<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.iter().find_map(|word| text.strip_prefix(word))
    }

    /// The text before the first word that it ends with.
    pub fn strip_end<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.iter().find_map(|word| text.strip_suffix(word))
    }

    /// The text behind the longest word that it begins with.
    pub fn longest_start<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.iter().filter_map(|word| text.strip_prefix(word)).min_by_key(|rest| rest.len())
    }

    /// The text before the longest word that it ends with.
    pub fn longest_end<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.iter().filter_map(|word| text.strip_suffix(word)).min_by_key(|rest| rest.len())
    }

    /// The text without the words that it begins with, each as often as it stands there.
    pub fn trim_start<'t>(&self, text: &'t str) -> &'t str {
        self.iter().fold(text, |text, word| text.trim_start_matches(word))
    }

    /// The text without the words that it ends with, each as often as it stands there.
    pub fn trim_end<'t>(&self, text: &'t str) -> &'t str {
        self.iter().fold(text, |text, word| text.trim_end_matches(word))
    }

    /// What stands behind the last of the words in a text; the whole text where none does.
    pub fn behind_last<'t>(&self, text: &'t str) -> &'t str {
        let ends = self.iter().filter_map(|word| text.rfind(word).map(|at| at + word.len()));
        ends.max().map_or(text, |end| &text[end..])
    }

    /// How many characters the first word has that these characters begin with.
    pub fn length_at(&self, text: &[char]) -> Option<usize> {
        let stands = |word: &str| word.chars().enumerate().all(|(at, c)| text.get(at) == Some(&c));
        self.iter().find(|word| stands(word)).map(|word| word.chars().count())
    }

    /// The words in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(String::as_str)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// Characters of one meaning, in their order.
#[derive(Debug, Clone, Default)]
pub struct Chars(Vec<char>);

impl Chars {
    /// Adds a character that is not there yet.
    pub(super) fn add(&mut self, c: char) {
        if !self.0.contains(&c) {
            self.0.push(c);
        }
    }

    /// Whether it is one of them.
    pub fn contains(&self, c: impl std::borrow::Borrow<char>) -> bool {
        self.0.contains(c.borrow())
    }

    /// Its place among them, from 0.
    pub fn position(&self, c: char) -> Option<usize> {
        self.0.iter().position(|known| *known == c)
    }

    /// All of them, as a pattern that one of them fits.
    pub fn all(&self) -> &[char] {
        &self.0
    }
}

/// Words with another word for the same, in the order in which they are replaced.
#[derive(Debug, Clone, Default)]
pub struct Pairs(Vec<(String, String)>);

impl Pairs {
    /// Adds a pair behind all others.
    pub(super) fn add(&mut self, word: &str, same: &str) {
        self.0.push((fold(word).into_owned(), fold(same).into_owned()));
    }

    /// Whether a word is replaced.
    pub fn contains(&self, word: &str) -> bool {
        self.0.iter().any(|(known, _)| known == word)
    }

    /// Each word with the one that is put in its place.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(word, same)| (word.as_str(), same.as_str()))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
