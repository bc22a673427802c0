//! What is to be said, before it is worded: the key of a sentence with the terms that fill its holes.
//!
//! The core makes phrases and never sentences; [`crate::text`] words them in one language when somebody reads them. A
//! phrase holds all that its sentence needs, so that stored results can be worded again in another language.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A sentence, or a part of one, that is not worded yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    /// The key of its text (`file.name`).
    pub says: Cow<'static, str>,
    /// What fills the holes of the text.
    #[serde(default, skip_serializing_if = "Terms::is_empty")]
    pub terms: Terms,
}

/// Terms by the names of their holes, in the order in which they were given. The order says nothing: another program may have
/// written them in another one.
#[derive(Debug, Clone, Default, Eq)]
pub struct Terms(Vec<(Cow<'static, str>, Term)>);

/// The name of a hole with what is to fill it.
pub type Hole<'a> = (&'static str, &'a dyn Filling);

/// What can fill a hole: everything that is a term, or becomes one.
pub trait Filling {
    /// The term that it is.
    fn term(&self) -> Term;
}

impl<T: Clone + Into<Term>> Filling for T {
    fn term(&self) -> Term {
        self.clone().into()
    }
}

/// What fills one hole of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Term {
    /// The same in every language: a name, a label, a number, what stands in a cell.
    Text(String),
    /// Several, joined as the reader's language joins them. Tried before a phrase: a list of one text would be read as
    /// the fields of one.
    List(Vec<Term>),
    /// Words of the reader's language.
    Phrase(Phrase),
    /// Several, joined by the text of a key.
    Joined {
        /// What is joined.
        items: Vec<Term>,
        /// The key of what stands between them.
        by: Cow<'static, str>,
    },
}

impl Phrase {
    /// The text of that key, with nothing to fill in.
    pub fn new(says: impl Into<Cow<'static, str>>) -> Phrase {
        Phrase { says: says.into(), terms: Terms::default() }
    }

    /// The text of that key with its holes filled.
    pub fn filled(says: impl Into<Cow<'static, str>>, holes: &[Hole]) -> Phrase {
        let empty = Phrase { says: says.into(), terms: Terms(Vec::with_capacity(holes.len())) };
        holes.iter().fold(empty, |phrase, (hole, filling)| phrase.with(*hole, filling.term()))
    }

    /// This sentence, followed by another.
    #[must_use]
    pub fn then(self, next: Phrase) -> Phrase {
        Phrase::new("finding.then").with("sentence", self).with("next", next)
    }

    /// Puts the terms of every part in the order of their holes' names.
    pub fn sort(&mut self) {
        self.terms.sort();
    }

    /// The keys of all its texts, its own first.
    pub fn keys(&self) -> Vec<&str> {
        let mut keys = vec![self.says.as_ref()];
        self.terms.iter().for_each(|(_, term)| term.keys(&mut keys));
        keys
    }

    /// The same with a term in the hole of that name.
    #[must_use]
    pub fn with(mut self, hole: impl Into<Cow<'static, str>>, term: impl Into<Term>) -> Phrase {
        self.terms.put(hole, term);
        self
    }
}

impl PartialEq for Terms {
    fn eq(&self, other: &Terms) -> bool {
        // Each hole is there once.
        let is_there = |(name, term): (&str, &Term)| other.iter().any(|(hole, own)| hole == name && own == term);
        self.0 == other.0 || (self.0.len() == other.0.len() && self.iter().all(is_there))
    }
}

impl Terms {
    /// Fills the hole of that name, and replaces what filled it before.
    pub fn put(&mut self, hole: impl Into<Cow<'static, str>>, term: impl Into<Term>) {
        let (hole, term) = (hole.into(), term.into());
        match self.0.iter_mut().find(|(name, _)| *name == hole) {
            Some((_, old)) => *old = term,
            None => self.0.push((hole, term)),
        }
    }

    /// True where nothing is to be filled in.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts them in the order of their holes' names, within every term too.
    pub fn sort(&mut self) {
        self.0.iter_mut().for_each(|(_, term)| term.sort());
        self.0.sort_by(|(one, _), (other, _)| one.cmp(other));
    }

    /// Every hole with its term, the name as it was given.
    pub(crate) fn keyed(&self) -> impl Iterator<Item = (&Cow<'static, str>, &Term)> {
        self.0.iter().map(|(name, term)| (name, term))
    }

    /// Every hole with its term.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Term)> {
        self.0.iter().map(|(name, term)| (name.as_ref(), term))
    }
}

impl Default for Term {
    fn default() -> Term {
        Term::nothing()
    }
}

impl Term {
    fn sort(&mut self) {
        match self {
            Term::Text(_) => {}
            Term::Phrase(phrase) => phrase.sort(),
            Term::List(items) | Term::Joined { items, .. } => items.iter_mut().for_each(Term::sort),
        }
    }

    /// What leaves its hole empty.
    pub fn nothing() -> Term {
        Term::Text(String::new())
    }

    /// Several of one kind.
    pub fn list<T: Clone + Into<Term>>(items: &[T]) -> Term {
        Term::List(items.iter().cloned().map(Into::into).collect())
    }

    /// Several with the text of that key between them; one alone is itself.
    pub fn joined<T: Into<Term>>(items: Vec<T>, by: &'static str) -> Term {
        let mut items: Vec<Term> = items.into_iter().map(Into::into).collect();
        if items.len() == 1 { items.remove(0) } else { Term::Joined { items, by: Cow::Borrowed(by) } }
    }

    fn keys<'a>(&'a self, keys: &mut Vec<&'a str>) {
        match self {
            Term::Text(_) => {}
            Term::Phrase(phrase) => keys.extend(phrase.keys()),
            Term::List(terms) => terms.iter().for_each(|term| term.keys(keys)),
            Term::Joined { items, by } => {
                keys.push(by);
                items.iter().for_each(|term| term.keys(keys));
            }
        }
    }

    /// The words of that key, with nothing to fill in.
    pub fn word(says: impl Into<Cow<'static, str>>) -> Term {
        Term::Phrase(Phrase::new(says))
    }
}

impl From<String> for Term {
    fn from(text: String) -> Term {
        Term::Text(text)
    }
}

impl From<&String> for Term {
    fn from(text: &String) -> Term {
        Term::Text(text.clone())
    }
}

impl From<&str> for Term {
    fn from(text: &str) -> Term {
        Term::Text(text.to_owned())
    }
}

impl From<Phrase> for Term {
    fn from(phrase: Phrase) -> Term {
        Term::Phrase(phrase)
    }
}

impl<T: Into<Term>> From<Vec<T>> for Term {
    fn from(terms: Vec<T>) -> Term {
        Term::List(terms.into_iter().map(Into::into).collect())
    }
}

macro_rules! counts {
    ($($count:ty),*) => {$(
        impl From<$count> for Term {
            fn from(count: $count) -> Term {
                Term::Text(count.to_string())
            }
        }
    )*};
}

counts!(i32, u32, u64, usize);

impl Serialize for Terms {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Terms {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Terms, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Terms;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("terms by the names of their holes")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Terms, A::Error> {
                let mut terms = Terms::default();
                while let Some((hole, term)) = map.next_entry::<String, Term>()? {
                    terms.put(hole, term);
                }
                Ok(terms)
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_one_comes_back_as_a_list() {
        let phrase = Phrase::new("finding.some").with("among", vec!["one"]);
        let json = serde_json::to_string(&phrase).expect("json");
        assert_eq!(serde_json::from_str::<Phrase>(&json).expect("a phrase"), phrase);
    }

    #[test]
    fn a_phrase_comes_back_from_json_with_its_terms_in_their_order() {
        let phrase = Phrase::new("finding.some")
            .with("zeal", "6")
            .with("among", vec![Phrase::new("finding.one"), Phrase::new("finding.other").with("a", "b")]);
        let json = serde_json::to_string(&phrase).expect("json");
        assert_eq!(
            json,
            r#"{"says":"finding.some","terms":{"zeal":"6","among":[{"says":"finding.one"},{"says":"finding.other","terms":{"a":"b"}}]}}"#
        );
        assert_eq!(serde_json::from_str::<Phrase>(&json).expect("a phrase"), phrase);
    }

    #[test]
    fn what_is_joined_by_a_text_comes_back_from_json_and_one_alone_is_itself() {
        let ways = Phrase::new("working.ways").with("ways", Term::joined(vec!["1", "2"], "working.otherwise"));
        let json = serde_json::to_string(&ways).expect("json");
        assert_eq!(json, r#"{"says":"working.ways","terms":{"ways":{"items":["1","2"],"by":"working.otherwise"}}}"#);
        assert_eq!(serde_json::from_str::<Phrase>(&json).expect("a phrase"), ways);
        assert_eq!(ways.keys(), ["working.ways", "working.otherwise"]);
        assert_eq!(Term::joined(vec!["1"], "working.otherwise"), Term::from("1"));
    }
}
