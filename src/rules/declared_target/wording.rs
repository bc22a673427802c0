//! The sums of declared rows, as steps.

use num_traits::One;
use rust_decimal::Decimal;

use super::ShareTable;
use super::share::Direction;
use crate::decimal_text::figure_text;
use crate::fraction::{Fraction, exact};
use crate::phrase::{Hole, Phrase, Term};
use crate::quantity::Quantity;
use crate::rulebook::{Level, NamedReading};
use crate::rules::wording::{points_text, range, ways};
use crate::submission::declared::DeclaredRow;

/// What every step of one row shares.
pub(super) struct Wording<'a> {
    pub row: &'a DeclaredRow,
    pub weight: Option<Decimal>,
}

impl Wording<'_> {
    /// 0 to the weight.
    fn anything(&self) -> Term {
        match self.weight {
            Some(weight) => range("0".to_owned(), figure_text(weight)),
            None => "?".into(),
        }
    }

    fn points(&self, share: &Fraction) -> String {
        self.weight.map_or_else(|| "?".to_owned(), |weight| points_text(&(exact(weight) * share)))
    }

    fn written(&self) -> String {
        self.row.actual.source.text.trim().to_owned()
    }

    fn open(&self, says: &'static str) -> Phrase {
        Phrase::new(says).with("actual", self.written()).with("range", self.anything())
    }

    pub fn missing_target(&self) -> Phrase {
        self.open("declared.missing-target")
    }

    /// Nothing, an inequality, or words where a number is due.
    pub fn no_actual(&self) -> Phrase {
        self.open(if self.written().is_empty() { "declared.missing-actual" } else { "declared.no-number" })
    }

    pub fn free_text(&self) -> Phrase {
        self.open("declared.free-text")
    }

    pub fn incomparable(&self, target: &Quantity, actual: &Quantity) -> Phrase {
        let (target, actual) = (quantity_text(target), quantity_text(actual));
        let holes: &[Hole] = &[("target", &target), ("actual", &actual), ("range", &self.anything())];
        Phrase::filled("declared.incomparable", holes)
    }

    pub fn inside(&self, low: &Quantity, high: &Quantity, actual: &Quantity) -> Phrase {
        self.ends("declared.inside", low, high, actual)
    }

    pub fn outside(&self, low: &Quantity, high: &Quantity, actual: &Quantity) -> Phrase {
        self.ends("declared.outside", low, high, actual)
    }

    fn ends(&self, says: &'static str, low: &Quantity, high: &Quantity, actual: &Quantity) -> Phrase {
        let (low, high, actual) = (quantity_text(low), quantity_text(high), quantity_text(actual));
        let (points, range) = (self.points(&Fraction::one()), self.anything());
        let holes: &[Hole] =
            &[("low", &low), ("high", &high), ("actual", &actual), ("points", &points), ("range", &range)];
        Phrase::filled(says, holes)
    }

    /// A qualitative level's range.
    pub fn level(&self, level: &Level) -> Phrase {
        let percent = |share: Decimal| format!("{}%", figure_text(share.saturating_mul(Decimal::ONE_HUNDRED)));
        let shares = range(percent(level.from), percent(level.to));
        let points = range(self.points(&exact(level.from)), self.points(&exact(level.to)));
        Phrase::new("declared.level").with("level", &level.name).with("shares", shares).with("range", points)
    }

    /// One reading of a numeric target: every direction and every candidate of the actual.
    pub fn reading(&self, readings: &[NamedReading], id: &str, target: &Quantity, table: &ShareTable) -> Phrase {
        let several = table.cells.len() > 1;
        let mut sums: Vec<Phrase> = Vec::new();
        for (direction, row) in &table.cells {
            for (actual, share) in row {
                let sum = self.sum(*direction, *actual, target, share.as_ref());
                let sum = if several { directed(*direction, sum) } else { sum };
                if !sums.contains(&sum) {
                    sums.push(sum);
                }
            }
        }
        let sum = ways(sums, "declared.or");
        match readings.iter().find(|reading| reading.id == id).filter(|_| readings.len() > 1) {
            Some(reading) => Phrase::new("declared.reading").with("says", &reading.says).with("sum", sum),
            None => sum,
        }
    }

    fn sum(&self, direction: Direction, actual: Decimal, target: &Quantity, share: Option<&Fraction>) -> Phrase {
        let (due, short) = (quantity_text(target), figure_text(target.value));
        let reached = quantity_text(&Quantity { value: actual, ..target.clone() });
        let (bare, weight) = (figure_text(actual), self.weight.map_or_else(|| "?".to_owned(), figure_text));
        let Some(share) = share else {
            let holes: &[Hole] = &[("target", &due), ("actual", &reached), ("range", &self.anything())];
            return Phrase::filled("declared.below-zero", holes);
        };
        let says = match direction {
            Direction::Positive if share.is_one() => "declared.reached",
            Direction::Exact if share.is_one() => "declared.equal",
            Direction::Linear | Direction::Inverse if share.is_one() => "declared.within",
            Direction::Exact => "declared.not-equal",
            _ if target.value.is_zero() => "declared.zero-target",
            Direction::Positive => "declared.short",
            Direction::Linear => "declared.linear",
            Direction::Inverse => "declared.inverse",
        };
        let points = self.points(share);
        let holes: &[Hole] = &[
            ("target", &due),
            ("actual", &reached),
            ("t", &short),
            ("a", &bare),
            ("weight", &weight),
            ("points", &points),
        ];
        Phrase::filled(says, holes)
    }
}

fn directed(direction: Direction, sum: Phrase) -> Phrase {
    let says = if direction == Direction::Positive { "declared.as-positive" } else { "declared.as-reverse" };
    Phrase::new(says).with("sum", sum)
}

/// A number with its unit: 98%, 748 人.
fn quantity_text(quantity: &Quantity) -> String {
    let space = if quantity.unit.is_empty() || quantity.is_percent() { "" } else { " " };
    format!("{}{space}{}", figure_text(quantity.value), quantity.unit)
}
