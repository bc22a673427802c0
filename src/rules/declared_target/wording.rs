//! The sums of declared rows, written out.

use std::fmt::Display;

use num_traits::One;
use rust_decimal::Decimal;

use super::ShareTable;
use super::share::Direction;
use crate::decimal_text::figure_text;
use crate::fraction::{Fraction, exact};
use crate::quantity::Quantity;
use crate::rulebook::{Level, NamedReading};
use crate::rules::wording::{points_text, range_text};
use crate::submission::declared::DeclaredRow;
use crate::text::Language;

/// What every sentence about one row shares.
pub(super) struct Wording<'a> {
    pub row: &'a DeclaredRow,
    pub weight: Option<Decimal>,
    pub language: Language,
}

impl Wording<'_> {
    fn say(&self, key: &str, holes: &[(&str, &dyn Display)]) -> String {
        self.language.say(&format!("declared.{key}"), holes)
    }

    /// 0 to the weight, in words.
    fn anything(&self) -> String {
        match self.weight {
            Some(weight) => range_text("0", &figure_text(weight), self.language),
            None => "?".to_owned(),
        }
    }

    fn points(&self, share: &Fraction) -> String {
        self.weight.map_or_else(|| "?".to_owned(), |weight| points_text(&(exact(weight) * share)))
    }

    fn written(&self) -> String {
        self.row.actual.source.text.trim().to_owned()
    }

    fn open(&self, key: &str) -> String {
        self.say(key, &[("actual", &self.written()), ("range", &self.anything())])
    }

    pub fn missing_target(&self) -> String {
        self.open("missing-target")
    }

    /// Nothing, an inequality, or words where a number is due.
    pub fn no_actual(&self) -> String {
        self.open(if self.written().is_empty() { "missing-actual" } else { "no-number" })
    }

    pub fn free_text(&self) -> String {
        self.open("free-text")
    }

    pub fn incomparable(&self, target: &Quantity, actual: &Quantity) -> String {
        let (target, actual) = (quantity_text(target), quantity_text(actual));
        self.say("incomparable", &[("target", &target), ("actual", &actual), ("range", &self.anything())])
    }

    pub fn inside(&self, low: &Quantity, high: &Quantity, actual: &Quantity) -> String {
        self.ends("inside", low, high, actual)
    }

    pub fn outside(&self, low: &Quantity, high: &Quantity, actual: &Quantity) -> String {
        self.ends("outside", low, high, actual)
    }

    fn ends(&self, key: &str, low: &Quantity, high: &Quantity, actual: &Quantity) -> String {
        let (low, high, actual) = (quantity_text(low), quantity_text(high), quantity_text(actual));
        let (points, range) = (self.points(&Fraction::one()), self.anything());
        self.say(key, &[("low", &low), ("high", &high), ("actual", &actual), ("points", &points), ("range", &range)])
    }

    /// A qualitative level's range.
    pub fn level(&self, level: &Level) -> String {
        let percent = |share: Decimal| figure_text(share.saturating_mul(Decimal::ONE_HUNDRED));
        let shares =
            range_text(&format!("{}%", percent(level.from)), &format!("{}%", percent(level.to)), self.language);
        let points = range_text(&self.points(&exact(level.from)), &self.points(&exact(level.to)), self.language);
        self.say("level", &[("level", &level.name), ("shares", &shares), ("range", &points)])
    }

    /// One reading of a numeric target: every direction and every candidate of the actual.
    pub fn reading(&self, readings: &[NamedReading], id: &str, target: &Quantity, table: &ShareTable) -> String {
        let several = table.cells.len() > 1;
        let mut sums: Vec<String> = Vec::new();
        for (direction, row) in &table.cells {
            for (actual, share) in row {
                let sum = self.sum(*direction, *actual, target, share.as_ref());
                let sum = if several { self.directed(*direction, &sum) } else { sum };
                if !sums.contains(&sum) {
                    sums.push(sum);
                }
            }
        }
        let sum = sums.join(&self.language.word("declared.or"));
        match readings.iter().find(|reading| reading.id == id).filter(|_| readings.len() > 1) {
            Some(reading) => self.say("reading", &[("says", &reading.says), ("sum", &sum)]),
            None => sum,
        }
    }

    fn directed(&self, direction: Direction, sum: &str) -> String {
        let key = if direction == Direction::Positive { "as-positive" } else { "as-reverse" };
        self.say(key, &[("sum", &sum)])
    }

    fn sum(&self, direction: Direction, actual: Decimal, target: &Quantity, share: Option<&Fraction>) -> String {
        let (due, short) = (quantity_text(target), figure_text(target.value));
        let reached = quantity_text(&Quantity { value: actual, unit: target.unit.clone() });
        let (bare, weight) = (figure_text(actual), self.weight.map_or_else(|| "?".to_owned(), figure_text));
        let Some(share) = share else {
            return self.say("below-zero", &[("target", &due), ("actual", &reached), ("range", &self.anything())]);
        };
        let key = match direction {
            Direction::Positive if share.is_one() => "reached",
            Direction::Exact if share.is_one() => "equal",
            Direction::Linear | Direction::Inverse if share.is_one() => "within",
            Direction::Exact => "not-equal",
            _ if target.value.is_zero() => "zero-target",
            Direction::Positive => "short",
            Direction::Linear => "linear",
            Direction::Inverse => "inverse",
        };
        let points = self.points(share);
        let holes: &[(&str, &dyn Display)] = &[
            ("target", &due),
            ("actual", &reached),
            ("t", &short),
            ("a", &bare),
            ("weight", &weight),
            ("points", &points),
        ];
        self.say(key, holes)
    }
}

/// A number with its unit: 98%, 748 人.
fn quantity_text(quantity: &Quantity) -> String {
    let space = if quantity.unit.is_empty() || quantity.is_percent() { "" } else { " " };
    format!("{}{space}{}", figure_text(quantity.value), quantity.unit)
}
