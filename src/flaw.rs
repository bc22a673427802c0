//! What is wrong with a file of rules or of words: the place, the line itself, and what to do.

use std::borrow::Cow;
use std::fmt::Display;
use std::ops::Range;

use crate::phrase::Term;
use crate::text::Language;

/// One flaw of a rulebook's or a vocabulary's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Its name, such as `unknown-field`; the texts stand in `text/*/rulebook.toml` (or `vocabulary.toml`) under it.
    pub code: &'static str,
    /// Where its texts stand.
    texts: &'static str,
    /// The file, as it was named.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The line itself.
    pub excerpt: String,
    /// What the texts of the code have holes for.
    pub holes: Vec<(&'static str, Term)>,
}

impl Flaw {
    /// A flaw at a place of the file's text.
    pub fn at<T: Into<Term>>(
        code: &'static str,
        file: &str,
        text: &str,
        span: &Range<usize>,
        holes: Vec<(&'static str, T)>,
    ) -> Flaw {
        let start = floor_of_char(text, span.start);
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let excerpt = text[line_start..].lines().next().unwrap_or("").to_owned();
        let line = before.matches('\n').count() + 1;
        let column = text[line_start..start].chars().count() + 1;
        let holes = holes.into_iter().map(|(hole, term)| (hole, term.into())).collect();
        Flaw { code, texts: "rulebook", file: file.to_owned(), line, column, excerpt, holes }
    }

    /// The same of a vocabulary's file.
    pub fn of_vocabulary(self) -> Flaw {
        Flaw { texts: "vocabulary", ..self }
    }

    /// What is wrong, in one sentence.
    pub fn message(&self, language: Language) -> String {
        self.say(language, "")
    }

    /// What to do about it.
    pub fn help(&self, language: Language) -> String {
        self.say(language, "-help")
    }

    fn say(&self, language: Language, ending: &str) -> String {
        let terms: Vec<(&str, Cow<str>)> = self.holes.iter().map(|(hole, term)| (*hole, language.term(term))).collect();
        let holes: Vec<(&str, &dyn Display)> =
            terms.iter().map(|(hole, words)| (*hole, words as &dyn Display)).collect();
        language.say(&format!("{}.{}{ending}", self.texts, self.code), &holes)
    }
}

fn floor_of_char(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
