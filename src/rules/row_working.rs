//! The working of a form's rows: one step for each reading, in the words of the form.

use num_traits::{One, Zero};
use rust_decimal::Decimal;

use crate::decimal_text::figure_text;
use crate::facts::known::{CandidateValue, Facts, values};
use crate::fraction::{Fraction, exact};
use crate::phrase::{Hole, Phrase, Term};
use crate::quantity::{Actual, Quantity, Target};
use crate::rulebook::{Direction, Indicator, Level, Reading, TargetRule};
use crate::submission::declared::{DeclaredRow, PLANNED, SPENT};

use super::target::share;
use super::wording::{equals_text, points_text, range, ways};

/// The working of the budget's line: what was spent of what was planned, and the points for it.
pub fn of_budget(line: &Indicator, facts: &Facts) -> Vec<Phrase> {
    let step = match (figure(facts, PLANNED), figure(facts, SPENT)) {
        (Some(planned), Some(spent)) if !planned.is_zero() => executed(line.points, planned, spent),
        (Some(_), Some(spent)) if spent.is_zero() => Phrase::new("declared.budget-zero-by-zero"),
        (Some(_), Some(_)) => Phrase::new("declared.budget-by-zero"),
        _ => Phrase::new("declared.budget-missing"),
    };
    with_weight(line, vec![step])
}

/// The working of a row.
pub fn of_row(line: &Indicator, row: &DeclaredRow, facts: &Facts) -> Vec<Phrase> {
    let words = Wording { row, weight: line.points };
    let is_number = matches!(row.actual.value, Actual::Number(_));
    let values = values(facts, &row.fact_id("actual"));
    let steps = match (&row.target.value, &row.actual.value) {
        _ if row.target_in_doubt || row.actual_in_doubt => vec![words.open("declared.several-columns")],
        (Target::Absent, _) => vec![words.missing_target()],
        (Target::Qualitative(_), _) => vec![words.qualitative(line, facts)],
        (Target::Number(..) | Target::Span(..), _) if !is_number => vec![words.no_actual()],
        (Target::Number(_, target), Actual::Number(actual)) if values.is_empty() => {
            vec![words.incomparable(target, actual)]
        }
        (Target::Number(_, target), _) => {
            line.readings.iter().map(|reading| words.reading(line, reading, target, &values)).collect()
        }
        (Target::Span(low, high), Actual::Number(actual)) => {
            let unsettled = facts.get(&row.fact_id("actual")).is_none_or(|known| known.unsettled);
            let inside = !unsettled && values.iter().all(|value| (low.value..=high.value).contains(value));
            vec![words.ends(if inside { "declared.inside" } else { "declared.outside" }, low, high, actual)]
        }
        (Target::Span(..), _) => vec![words.no_actual()],
    };
    with_weight(line, steps)
}

fn with_weight(line: &Indicator, mut steps: Vec<Phrase>) -> Vec<Phrase> {
    steps.extend(line.points.is_none().then(|| Phrase::new("declared.no-weight")));
    steps
}

fn figure(facts: &Facts, id: &str) -> Option<Decimal> {
    values(facts, id).first().copied()
}

fn executed(weight: Option<Decimal>, planned: Decimal, spent: Decimal) -> Phrase {
    let rate = exact(spent) / exact(planned);
    let share = rate.clone().clamp(Fraction::zero(), Fraction::one());
    let (planned, spent) = (figure_text(planned), figure_text(spent));
    let percent = equals_text(&(&rate * exact(Decimal::ONE_HUNDRED)));
    let (times, points) = match weight {
        Some(weight) => (figure_text(weight), points_text(&(exact(weight) * &share))),
        None => ("?".to_owned(), "?".to_owned()),
    };
    let key = if rate > share { "declared.budget-capped" } else { "declared.budget" };
    let holes: &[Hole] =
        &[("spent", &spent), ("planned", &planned), ("percent", &percent), ("weight", &times), ("points", &points)];
    Phrase::filled(key, holes)
}

/// What every step of one row shares.
struct Wording<'a> {
    row: &'a DeclaredRow,
    weight: Option<Decimal>,
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

    fn missing_target(&self) -> Phrase {
        self.open("declared.missing-target")
    }

    /// Nothing, an inequality, or words where a number is due.
    fn no_actual(&self) -> Phrase {
        self.open(if self.written().is_empty() { "declared.missing-actual" } else { "declared.no-number" })
    }

    /// The level that is named, or that somebody has to judge.
    fn qualitative(&self, line: &Indicator, facts: &Facts) -> Phrase {
        if self.row.actual.value == Actual::Absent {
            return self.no_actual();
        }
        let candidates = facts.get(&self.row.fact_id("actual")).into_iter().flat_map(|known| &known.candidates);
        let named = candidates.filter_map(|candidate| match &candidate.value {
            CandidateValue::Answer(name) => Some(name),
            CandidateValue::Number(_) => None,
        });
        let level = named.into_iter().find_map(|name| line.levels().iter().find(|level| level.name == *name));
        level.map_or_else(|| self.open("declared.free-text"), |level| self.level(level))
    }

    fn incomparable(&self, target: &Quantity, actual: &Quantity) -> Phrase {
        let (target, actual) = (quantity_text(target), quantity_text(actual));
        let holes: &[Hole] = &[("target", &target), ("actual", &actual), ("range", &self.anything())];
        Phrase::filled("declared.incomparable", holes)
    }

    fn ends(&self, says: &'static str, low: &Quantity, high: &Quantity, actual: &Quantity) -> Phrase {
        let (low, high, actual) = (quantity_text(low), quantity_text(high), quantity_text(actual));
        let (points, range) = (self.points(&Fraction::one()), self.anything());
        let holes: &[Hole] =
            &[("low", &low), ("high", &high), ("actual", &actual), ("points", &points), ("range", &range)];
        Phrase::filled(says, holes)
    }

    /// A qualitative level's range.
    fn level(&self, level: &Level) -> Phrase {
        let percent = |share: Decimal| format!("{}%", figure_text(share.saturating_mul(Decimal::ONE_HUNDRED)));
        let shares = range(percent(level.from), percent(level.to));
        let points = range(self.points(&exact(level.from)), self.points(&exact(level.to)));
        Phrase::new("declared.level").with("level", &level.name).with("shares", shares).with("range", points)
    }

    /// One reading of a numeric target: every direction and every value of the actual.
    fn reading(&self, line: &Indicator, reading: &Reading, target: &Quantity, values: &[Decimal]) -> Phrase {
        let Some(rule) = reading.criteria.iter().find_map(|criterion| criterion.rule.target()) else {
            return self.missing_target();
        };
        let mut sums: Vec<Phrase> = Vec::new();
        for direction in rule.directions() {
            for value in values {
                let sum = self.sum(direction, rule, *value, target);
                let sum = if rule.open.is_some() { directed(direction, sum) } else { sum };
                if !sums.contains(&sum) {
                    sums.push(sum);
                }
            }
        }
        let sum = ways(sums, "declared.or");
        match line.has_readings() {
            true => Phrase::new("declared.reading").with("says", &reading.says).with("sum", sum),
            false => sum,
        }
    }

    fn sum(&self, direction: Direction, rule: &TargetRule, actual: Decimal, target: &Quantity) -> Phrase {
        let (due, short) = (quantity_text(target), figure_text(target.value));
        let reached = quantity_text(&Quantity { value: actual, ..target.clone() });
        let (bare, weight) = (figure_text(actual), self.weight.map_or_else(|| "?".to_owned(), figure_text));
        let Some(share) = share(direction, rule.is_strict, actual, target.value) else {
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
        let points = self.points(&share);
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
