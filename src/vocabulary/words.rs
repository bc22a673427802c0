//! The three kinds of lists that a vocabulary has. Words are kept folded, as texts of cells are when they are compared.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use super::fold::fold;
use super::signs::Signs;

/// Words below which each is looked for by itself.
const FEW: usize = 4;

/// Words of one meaning, in their order: where two fit, the one that stands first is taken.
#[derive(Debug, Clone, Default)]
pub struct Words {
    list: Vec<Word>,
    known: HashSet<String, RandomState>,
    /// Bytes of the longest of them.
    longest: usize,
}

/// One of them, with what tells soon that it does not stand in a text.
#[derive(Debug, Clone)]
struct Word {
    text: String,
    signs: Signs,
    first: Option<char>,
    last: Option<char>,
}

impl Word {
    fn new(text: String) -> Word {
        Word { signs: Signs::of(&text), first: text.chars().next(), last: text.chars().next_back(), text }
    }
}

impl Words {
    /// Adds a word. It goes before the first that it begins or ends with, so that the longer of two is met.
    pub(super) fn add(&mut self, word: &str) {
        let word = fold(word).into_owned();
        self.longest = self.longest.max(word.len());
        if self.known.insert(word.clone()) {
            let shorter =
                |Word { text, .. }: &Word| !text.is_empty() && (word.starts_with(text) || word.ends_with(text));
            let at = self.list.iter().position(shorter).unwrap_or(self.list.len());
            self.list.insert(at, Word::new(word));
        }
    }

    /// Adds a word behind all others: the built-in list stands in the order in which it is written.
    pub(super) fn push(&mut self, word: &str) {
        let word = fold(word).into_owned();
        self.longest = self.longest.max(word.len());
        if self.known.insert(word.clone()) {
            self.list.push(Word::new(word));
        }
    }

    /// Whether a text is one of the words.
    pub fn contains(&self, text: impl AsRef<str>) -> bool {
        // Most texts are longer than any heading or label, and need not be looked up.
        text.as_ref().len() <= self.longest && self.known.contains(text.as_ref())
    }

    /// Whether one of the words stands anywhere in a text.
    pub fn within(&self, text: &str) -> bool {
        // Looking at each character of the text once costs as much as looking for a few words in it.
        if self.list.len() < FEW {
            return self.iter().any(|word| text.contains(word));
        }
        let signs = Signs::of(text);
        self.list.iter().any(|word| signs.may_have(word.signs) && text.contains(&word.text))
    }

    /// Whether a text begins with one of the words.
    pub fn starts(&self, text: impl AsRef<str>) -> bool {
        let text = text.as_ref();
        self.may_start(text).any(|word| text.starts_with(word))
    }

    /// Whether a text ends with one of the words.
    pub fn ends(&self, text: &str) -> bool {
        self.may_end(text).any(|word| text.ends_with(word))
    }

    /// The text behind the first word that it begins with.
    pub fn strip_start<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.may_start(text).find_map(|word| text.strip_prefix(word))
    }

    /// The text before the first word that it ends with.
    pub fn strip_end<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.may_end(text).find_map(|word| text.strip_suffix(word))
    }

    /// The text behind the longest word that it begins with.
    pub fn longest_start<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.may_start(text).filter_map(|word| text.strip_prefix(word)).min_by_key(|rest| rest.len())
    }

    /// The text before the longest word that it ends with.
    pub fn longest_end<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.may_end(text).filter_map(|word| text.strip_suffix(word)).min_by_key(|rest| rest.len())
    }

    /// The text without the words that it begins with, each as often as it stands there.
    pub fn trim_start<'t>(&self, text: &'t str) -> &'t str {
        self.iter().fold(text, |text, word| text.trim_start_matches(word))
    }

    /// The text without the words that it ends with, each as often as it stands there.
    pub fn trim_end<'t>(&self, text: &'t str) -> &'t str {
        self.iter().fold(text, |text, word| text.trim_end_matches(word))
    }

    /// How many characters the first word has that these characters begin with.
    pub fn length_at(&self, text: &[char]) -> Option<usize> {
        let stands = |word: &str| word.chars().enumerate().all(|(at, c)| text.get(at) == Some(&c));
        self.iter().find(|word| stands(word)).map(|word| word.chars().count())
    }

    /// The words that have the first character of a text for theirs, in their order; an empty one has none.
    fn may_start(&self, text: &str) -> impl Iterator<Item = &str> {
        let first = text.chars().next();
        self.list.iter().filter(move |word| word.first.is_none() || word.first == first).map(|word| word.text.as_str())
    }

    /// The same of the last character.
    fn may_end(&self, text: &str) -> impl Iterator<Item = &str> {
        let last = text.chars().next_back();
        self.list.iter().filter(move |word| word.last.is_none() || word.last == last).map(|word| word.text.as_str())
    }

    /// The words in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|word| word.text.as_str())
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
