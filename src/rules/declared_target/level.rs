//! A qualitative target: the level that was reached gives a range of the weight.

use num_traits::One;

use super::wording::Wording;
use super::{Found, Shares, unknown};
use crate::fraction::{Fraction, exact};
use crate::quantity::Actual;
use crate::rulebook::{Declared, Level};
use crate::settled_by::{Lack, SettledBy};
use crate::submission::declared::DeclaredRow;
use crate::submission::names::key;

/// The range of the level that the rulebook's words name; anything else is for somebody to judge.
pub(super) fn of(form: &Declared, row: &DeclaredRow, words: &Wording) -> Found {
    let judgement = || vec![SettledBy::Judgement];
    if row.actual.value == Actual::Absent {
        let causes = vec![SettledBy::Row(row.id.clone(), Lack::Actual), SettledBy::Judgement];
        return unknown(&[""], causes, words.no_actual());
    }
    let Some(level) = level_named(form, &row.actual.source.text) else {
        return unknown(&[""], judgement(), words.free_text());
    };
    let share = Shares { id: String::new(), low: exact(level.from), high: exact(level.to).min(Fraction::one()) };
    let working = vec![words.level(level)];
    Found { readings: vec![share], causes: judgement(), working, ..Found::default() }
}

/// The level that a text states in the rulebook's words, and in no others.
pub fn level_named<'a>(form: &'a Declared, text: &str) -> Option<&'a Level> {
    let written = key(text);
    form.levels.iter().find(|level| level.words.iter().any(|word| key(word) == written))
}
