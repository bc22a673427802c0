//! `declared_target`: a row that brings its own weight, target and actual, and the row of the budget.
//!
//! Positive target: reached → the weight, else weight × actual ÷ target. Reverse target: met → the weight, else by one of
//! the rulebook's readings. A target without a sign counts in both directions, an actual in a doubtful unit in both units.

mod budget;
mod level;
mod share;
mod units;
mod wording;

pub(crate) use budget::rescore_budget;
pub(crate) use level::level_named;
pub use units::{Actuals, in_unit_of};

use num_traits::{One, Zero};
use rust_decimal::Decimal;

use crate::audit::ReadingRange;
use crate::fraction::{Fraction, exact, rounded};
use crate::phrase::Phrase;
use crate::quantity::{Actual, Quantity, Sign, Target};
use crate::rulebook::{Declared, NamedReading};
use crate::settled_by::{Lack, SettledBy};
use crate::submission::declared::DeclaredRow;

use share::{Direction, share};
use wording::Wording;

/// A recomputed row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RescoredRow {
    /// The declared weight.
    pub points: Option<Decimal>,
    /// Lowest score, rounded; 0 where the weight is unknown.
    pub low: Decimal,
    /// Highest score, rounded; none where the weight is unknown.
    pub high: Option<Decimal>,
    /// The default reading's score when complete.
    pub default: Option<Decimal>,
    /// Every reading's range, in the rulebook's order (also where there is only one); none where the weight is unknown.
    pub readings: Vec<ReadingRange>,
    /// What would make it a number; empty when complete.
    pub settled_by: Vec<SettledBy>,
    /// The sum, step by step.
    pub working: Vec<Phrase>,
    /// What the actual can be, in the target's unit; empty where it is no number or cannot be put into that unit.
    pub actuals: Vec<Decimal>,
    /// The units of target and actual do not settle what is compared, and it matters.
    pub units_differ: bool,
}

/// The range of a share of the weight under one reading, and what leaves it open.
#[derive(Debug, Clone)]
struct Shares {
    id: String,
    low: Fraction,
    high: Fraction,
}

impl Shares {
    fn unknown(id: &str) -> Shares {
        Shares { id: id.to_owned(), low: Fraction::zero(), high: Fraction::one() }
    }
}

/// What is known of a row before its weight is put to it.
#[derive(Debug, Clone, Default)]
struct Found {
    readings: Vec<Shares>,
    causes: Vec<SettledBy>,
    working: Vec<Phrase>,
    actuals: Vec<Decimal>,
    units_differ: bool,
}

/// Recomputes a row exactly, under every reading, in both directions where no sign is given.
pub fn rescore_row(form: &Declared, row: &DeclaredRow) -> RescoredRow {
    let weight = row.weight.as_ref().map(|weight| weight.value);
    let words = Wording { row, weight };
    let found = match &row.target.value {
        Target::Number(sign, target) => numeric(form, row, *sign, target, &words),
        Target::Span(low, high) => span(form, row, low, high, &words),
        Target::Qualitative(_) => level::of(form, row, &words),
        Target::Absent => unknown(&[""], missing(row, true), words.missing_target()),
    };
    weighed(found, weight, &row.id)
}

/// Low and high of one reading for one value of the actual, each rounded; both in the target's unit.
pub fn score_of(
    weight: Decimal,
    reading: &str,
    sign: Option<Sign>,
    target: Decimal,
    actual: Decimal,
) -> (Decimal, Decimal) {
    let shares = table(reading, sign, target, &[actual]).range(reading);
    let times = |share: &Fraction| rounded(&(exact(weight) * share));
    (times(&shares.low), times(&shares.high))
}

/// What a row lacks.
fn missing(row: &DeclaredRow, target: bool) -> Vec<SettledBy> {
    let mut causes = Vec::new();
    if target {
        causes.push(lacks(row, Lack::Target));
    }
    if !matches!(row.actual.value, Actual::Number(_)) && (!target || row.actual.value == Actual::Absent) {
        causes.push(lacks(row, Lack::Actual));
    }
    causes
}

fn lacks(row: &DeclaredRow, lack: Lack) -> SettledBy {
    SettledBy::Row(row.id.clone(), lack)
}

fn unknown(readings: &[&str], causes: Vec<SettledBy>, working: Phrase) -> Found {
    let readings = readings.iter().map(|id| Shares::unknown(id)).collect();
    Found { readings, causes, working: vec![working], ..Found::default() }
}

/// The readings of a numeric target: by its sign.
fn readings(form: &Declared, sign: Option<Sign>) -> &[NamedReading] {
    match sign {
        Some(Sign::AtLeast | Sign::MoreThan) => &[],
        Some(Sign::Equal) => &form.equal_readings,
        Some(Sign::AtMost | Sign::LessThan) | None => &form.reverse_readings,
    }
}

fn ids(readings: &[NamedReading]) -> Vec<&str> {
    if readings.is_empty() { vec![""] } else { readings.iter().map(|reading| reading.id.as_str()).collect() }
}

fn numeric(form: &Declared, row: &DeclaredRow, sign: Option<Sign>, target: &Quantity, words: &Wording) -> Found {
    let readings = readings(form, sign);
    let ids = ids(readings);
    let Actual::Number(actual) = &row.actual.value else {
        let mut causes = missing(row, false);
        causes.extend(sign.is_none().then(|| lacks(row, Lack::Sign)));
        return unknown(&ids, causes, words.no_actual());
    };
    let actuals = match in_unit_of(target, actual, &form.same_units) {
        Actuals::Values(values) => values,
        Actuals::Incomparable => {
            let conflict = vec![lacks(row, Lack::Unit)];
            return Found { units_differ: true, ..unknown(&ids, conflict, words.incomparable(target, actual)) };
        }
    };
    let mut found = Found { actuals, ..Found::default() };
    let (mut sign_matters, mut unit_matters, mut judged) = (false, false, false);
    for id in ids {
        let table = table(id, sign, target.value, &found.actuals);
        sign_matters |= table.sign_matters();
        unit_matters |= table.unit_matters();
        judged |= table.is_open();
        found.working.push(words.reading(readings, id, target, &table));
        found.readings.push(table.range(id));
    }
    found.units_differ = unit_matters;
    found.causes.extend(sign_matters.then(|| lacks(row, Lack::Sign)));
    found.causes.extend(unit_matters.then(|| lacks(row, Lack::Unit)));
    found.causes.extend(judged.then_some(SettledBy::Judgement));
    found
}

/// Shares of the weight by direction, then by candidate of the actual. None: nobody can compute it.
struct ShareTable {
    cells: Vec<(Direction, Vec<Candidate>)>,
}

/// A candidate of the actual and the share it earns.
type Candidate = (Decimal, Option<Fraction>);

fn table(reading: &str, sign: Option<Sign>, target: Decimal, actuals: &[Decimal]) -> ShareTable {
    let of = |direction: Direction| {
        let shares = actuals.iter().map(|actual| (*actual, share(direction, sign, *actual, target)));
        (direction, shares.collect())
    };
    ShareTable { cells: Direction::of(reading, sign).into_iter().map(of).collect() }
}

impl ShareTable {
    /// Every share; none when one is open.
    fn shares(&self) -> Option<Vec<&Fraction>> {
        self.cells.iter().flat_map(|(_, row)| row).map(|(_, share)| share.as_ref()).collect()
    }

    fn is_open(&self) -> bool {
        self.shares().is_none()
    }

    fn unit_matters(&self) -> bool {
        self.cells.iter().any(|(_, row)| row.iter().any(|(_, share)| *share != row[0].1))
    }

    fn sign_matters(&self) -> bool {
        let first = &self.cells[0].1;
        self.cells.iter().any(|(_, row)| row.iter().zip(first).any(|(share, other)| share.1 != other.1))
    }

    fn range(&self, id: &str) -> Shares {
        let shares = self.shares().unwrap_or_default();
        match (shares.iter().min(), shares.iter().max()) {
            (Some(low), Some(high)) => Shares { id: id.to_owned(), low: (*low).clone(), high: (*high).clone() },
            _ => Shares::unknown(id),
        }
    }
}

/// Both ends of a target: between them it is met, outside somebody has to judge.
fn span(form: &Declared, row: &DeclaredRow, low: &Quantity, high: &Quantity, words: &Wording) -> Found {
    let Actual::Number(actual) = &row.actual.value else {
        return unknown(&[""], missing(row, false), words.no_actual());
    };
    let values = |end: &Quantity| match in_unit_of(end, actual, &form.same_units) {
        Actuals::Values(values) => values,
        Actuals::Incomparable => Vec::new(),
    };
    let actuals = values(low);
    let inside = !actuals.is_empty() && actuals.iter().all(|value| (low.value..=high.value).contains(value));
    if inside && values(high) == actuals {
        let met = Shares { id: String::new(), low: Fraction::one(), high: Fraction::one() };
        return Found {
            readings: vec![met],
            working: vec![words.inside(low, high, actual)],
            actuals,
            ..Found::default()
        };
    }
    let causes = vec![SettledBy::Judgement];
    Found { actuals, ..unknown(&[""], causes, words.outside(low, high, actual)) }
}

/// Puts the weight to the shares and rounds once.
fn weighed(found: Found, weight: Option<Decimal>, id: &str) -> RescoredRow {
    let Found { readings: shares, mut causes, mut working, actuals, units_differ } = found;
    let Some(points) = weight else {
        // Before what speaks of the actual's unit and of judging, as the specification lists them.
        let is_written = |cause: &&SettledBy| matches!(cause, SettledBy::Row(_, lack) if *lack != Lack::Unit);
        let place = causes.iter().take_while(is_written).count();
        causes.insert(place, SettledBy::Row(id.to_owned(), Lack::Weight));
        working.push(Phrase::new("declared.no-weight"));
        let (low, high, default, readings) = (Decimal::ZERO, None, None, Vec::new());
        return RescoredRow {
            points: weight,
            low,
            high,
            default,
            readings,
            settled_by: causes,
            working,
            actuals,
            units_differ,
        };
    };
    let times = |share: &Fraction| rounded(&(exact(points) * share));
    let range =
        |shares: &Shares| ReadingRange { id: shares.id.clone(), low: times(&shares.low), high: times(&shares.high) };
    let readings: Vec<ReadingRange> = shares.iter().map(range).collect();
    let complete = readings.iter().all(|reading| reading.low == reading.high);
    RescoredRow {
        points: weight,
        low: readings.iter().map(|reading| reading.low).min().unwrap_or_default(),
        high: readings.iter().map(|reading| reading.high).max(),
        default: readings.first().filter(|_| complete).map(|reading| reading.low),
        readings,
        settled_by: if complete { Vec::new() } else { causes },
        working,
        actuals,
        units_differ: units_differ && !complete,
    }
}
