//! A vocabulary's file while it is read: its words with their places, and what is wrong with them.

use std::ops::Range;

use crate::flaw::Flaw;
use crate::phrase::Term;

/// One word of a file, under its key.
pub(super) struct Entry<'f> {
    pub(super) section: &'f str,
    pub(super) key: &'f str,
    /// Folded; of a pair the word that is replaced.
    pub(super) word: String,
    /// What a pair puts in its place.
    pub(super) same: Option<String>,
    pub(super) span: Range<usize>,
}

/// What is read of a file, with what is wrong with it.
pub(super) struct Page<'f> {
    file: &'f str,
    text: &'f str,
    flaws: Vec<(usize, Flaw)>,
}

impl<'f> Page<'f> {
    /// A file of which nothing is read yet.
    pub(super) fn new(file: &'f str, text: &'f str) -> Page<'f> {
        Page { file, text, flaws: Vec::new() }
    }

    /// Tells a flaw.
    pub(super) fn flaw<T: Into<Term>>(
        &mut self,
        code: &'static str,
        span: &Range<usize>,
        holes: Vec<(&'static str, T)>,
    ) {
        let flaw = Flaw::at(code, self.file, self.text, span, holes).of_vocabulary();
        self.flaws.push((span.start, flaw));
    }

    /// Whether nothing is wrong so far.
    pub(super) fn is_without_flaw(&self) -> bool {
        self.flaws.is_empty()
    }

    /// All flaws in the order of the file.
    pub(super) fn into_flaws(mut self) -> Vec<Flaw> {
        self.flaws.sort_by_key(|(at, _)| *at);
        self.flaws.into_iter().map(|(_, flaw)| flaw).collect()
    }
}
