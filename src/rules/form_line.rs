//! What the steps of a form's lines share: the weight that the filer wrote, and what the cell of the actual says.

use rust_decimal::Decimal;

use crate::decimal_text::figure_text;
use crate::facts::known::Quoted;
use crate::fraction::{Fraction, exact};
use crate::phrase::{Phrase, Term};

use super::wording::{points_text, range};
use super::world::World;

/// The step of a line under one reading.
pub(crate) enum Step {
    /// A sum, for one way in which the facts can be.
    Sum(Phrase),
    /// What leaves the line open, whatever the reading.
    Open(Phrase),
}

/// A line of a form, as its steps speak of it.
pub(super) struct FormLine<'a> {
    weight: Option<Decimal>,
    quoted: Option<&'a Quoted>,
}

impl<'a> FormLine<'a> {
    /// The line with that weight, measured by that fact.
    pub fn new(weight: Option<Decimal>, actual: &str, world: &World<'a>) -> FormLine<'a> {
        FormLine { weight, quoted: world.used(actual).and_then(|used| used.quoted) }
    }

    /// Set where columns of equal rank disagree about the row.
    pub fn is_disputed(&self) -> bool {
        self.quoted.is_some_and(|quoted| quoted.is_disputed)
    }

    /// The actual with its own unit, where it is a figure.
    pub fn figure(&self) -> Option<&'a str> {
        self.quoted.and_then(|quoted| quoted.figure.as_deref())
    }

    /// The weight; the word for it where none is known.
    pub fn weight_text(&self) -> Term {
        weight_text(self.weight)
    }

    /// 0 to the weight.
    pub fn anything(&self) -> Term {
        self.weight.map_or_else(|| Term::word("declared.open"), |weight| range("0".to_owned(), figure_text(weight)))
    }

    /// The points of a share of the weight; open where no weight is known.
    pub fn points(&self, share: &Fraction) -> Term {
        points_of(self.weight, share)
    }

    /// What leaves the line open, with what the actual's cell says.
    pub fn open(&self, says: &'static str) -> Step {
        Step::Open(Phrase::new(says).with("actual", self.written()).with("range", self.anything()))
    }

    /// Nothing, an inequality, or words where a number is due.
    pub fn no_actual(&self) -> Step {
        self.open(if self.written().is_empty() { "declared.missing-actual" } else { "declared.no-number" })
    }

    fn written(&self) -> &'a str {
        self.quoted.map_or("", |quoted| &quoted.text)
    }
}

/// A weight; the word for it where none is known.
pub(super) fn weight_text(weight: Option<Decimal>) -> Term {
    weight.map_or_else(|| Term::word("declared.weight"), |weight| figure_text(weight).into())
}

/// The points of a share of a weight; open where no weight is known.
pub(super) fn points_of(weight: Option<Decimal>, share: &Fraction) -> Term {
    weight.map_or_else(|| Term::word("declared.open"), |weight| points_text(&(exact(weight) * share)))
}
