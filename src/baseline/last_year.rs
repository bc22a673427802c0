//! `last-year-conflict`, `figure-jump`: a card beside the one of the year before. What this year's form says of last year (上年…) is
//! held against last year's audit; figures that more than double or halve are shown. Both rest on figures that were read with
//! certainty, are suspicions, and change no points.

use rust_decimal::Decimal;

use crate::audit::{Audit, Finding, NotUsed, Source, Unused};
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::phrase::{Hole, Phrase};
use crate::text::visible;

use super::{Old, OldFact, certain_figures};

/// A figure that becomes so many times as large, or as small, is shown: budgets, staff and assets of a department hardly ever double
/// or halve within a year, and a wrong unit makes it ten times and more.
const JUMP: Decimal = Decimal::TWO;
/// Below this both times a figure is too small to jump: one project more, and there are twice as many.
const SMALL: Decimal = Decimal::TEN;
/// From so many times on a wrong unit is the likeliest reason: 元 and 千元, 万元 and 亿元 are a thousand and more apart.
const UNIT_SLIP: Decimal = Decimal::ONE_HUNDRED;
/// What one unit is of another of the same kind: 元, 千元, 万元, 百万元, 亿元; parts and hundredths.
const FACTORS: [i64; 6] = [1, 100, 1_000, 10_000, 1_000_000, 100_000_000];

/// A card beside the one of the year before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LastYear {
    /// The input of the year before.
    pub file: String,
    /// Figures that jump, in the order of this year's form.
    pub jumps: Vec<Jump>,
    /// What this year's form says of last year, and last year's did not say.
    pub conflicts: Vec<Jump>,
    /// Figures that both cards have with certainty.
    pub figures: usize,
}

/// A figure of the two years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jump {
    /// The rulebook's id of the fact.
    pub id: String,
    /// The fact's label; of what the form says of last year the label that stands beside it there.
    pub label: String,
    /// The figure of last year's audit.
    pub then: Decimal,
    /// Where that stands.
    pub source_then: Source,
    /// This year's figure, or what this year's form says of last year.
    pub now: Decimal,
    /// Where that stands.
    pub source_now: Source,
    /// The unit of both.
    pub unit: String,
}

/// A card beside the one before. `before`: words for the year before; `label`: what a fact of the card is called.
pub fn last_year<'l>(
    old: &Old,
    audit: &Audit,
    year: i32,
    before: &[String],
    label: impl Fn(&str) -> Option<&'l str>,
) -> LastYear {
    let now = certain_figures(audit);
    let of = |id: &str| old.facts.iter().find(|fact| fact.id == id);
    let pairs: Vec<(&OldFact, &OldFact)> =
        now.iter().filter_map(|now| Some((of(&now.id).filter(|then| then.unit == now.unit)?, now))).collect();
    let jumps = pairs.iter().filter(|(then, now)| jumps(then.value, now.value) && is_counted(&now.unit));
    let told = audit.unused.iter().filter_map(|cell| conflict(cell, of(cell.nearest.as_deref()?)?, year, before));
    LastYear {
        file: old.file.clone(),
        jumps: jumps.filter_map(|(then, now)| Some(pair(then, now.value, &now.source, label(&now.id)?))).collect(),
        conflicts: told.collect(),
        figures: pairs.len(),
    }
}

fn pair(then: &OldFact, now: Decimal, source_now: &Source, label: &str) -> Jump {
    Jump {
        id: then.id.clone(),
        label: label.to_owned(),
        then: then.value,
        source_then: then.source.clone(),
        now,
        source_now: source_now.clone(),
        unit: then.unit.clone(),
    }
}

/// A rate is bounded, and says little by doubling.
fn is_counted(unit: &str) -> bool {
    !unit.contains('%')
}

fn jumps(then: Decimal, now: Decimal) -> bool {
    let (small, large) = if then < now { (then, now) } else { (now, then) };
    small > Decimal::ZERO && large >= SMALL && small.checked_mul(JUMP).is_some_and(|most| large > most)
}

/// What a cell of another year says of the year before, where it is not what was said then. A cell whose own label does not name the
/// year before may be of any year.
fn conflict(cell: &Unused, then: &OldFact, year: i32, before: &[String]) -> Option<Jump> {
    if cell.why != NotUsed::OtherYear || !is_of_last_year(&cell.label, year, before) {
        return None;
    }
    let now: Decimal = cell.value.trim().replace([',', '，', ' '], "").parse().ok()?;
    let source = Source { sheet: cell.sheet.clone(), cell: cell.cell.clone(), text: cell.value.clone() };
    (!says_the_same(then.value, now)).then(|| pair(then, now, &source, &cell.label))
}

fn is_of_last_year(label: &str, year: i32, before: &[String]) -> bool {
    let names = |year: i32| label.contains(&year.to_string());
    let is_said = before.iter().any(|word| label.contains(word.as_str()));
    !names(year) && (is_said || names(year - 1))
}

/// Whether two numbers are one figure, to the places that are written, in units that may differ.
fn says_the_same(one: Decimal, other: Decimal) -> bool {
    let is_same = |one: Decimal, other: Decimal| {
        let places = one.normalize().scale().min(other.normalize().scale());
        let rounded = |number: Decimal| {
            number.round_dp_with_strategy(places, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
        };
        rounded(one) == rounded(other)
    };
    FACTORS.into_iter().map(Decimal::from).any(|factor| {
        one.checked_mul(factor).is_some_and(|one| is_same(one, other))
            || other.checked_mul(factor).is_some_and(|other| is_same(one, other))
    })
}

impl Jump {
    /// How many times the one is the other, the larger by the smaller.
    pub fn times(&self) -> Option<Decimal> {
        let (small, large) = if self.then < self.now { (self.then, self.now) } else { (self.now, self.then) };
        large.checked_div(small)
    }

    /// Whether a wrong unit is the likeliest reason.
    pub fn may_be_a_unit(&self) -> bool {
        self.times().is_some_and(|times| times >= UNIT_SLIP)
    }
}

/// What a card beside the one before adds to its findings.
pub fn findings(compared: &LastYear) -> Vec<Finding> {
    let told = |code: Code, jump: &Jump, wording: &'static str| {
        let place = Phrase::filled(
            "finding.last-year-place",
            &[
                ("file", &visible(&compared.file)),
                ("sheet", &visible(&jump.source_then.sheet)),
                ("cell", &jump.source_then.cell),
            ],
        );
        let holes: &[Hole] = &[
            ("label", &visible(&jump.label)),
            ("now", &figure_text(jump.now)),
            ("then", &figure_text(jump.then)),
            ("unit", &jump.unit),
            ("place", &place),
        ];
        Finding::worded(code, wording, holes).of_fact(&jump.id).at(&jump.source_now)
    };
    let conflicts = compared.conflicts.iter();
    let conflicts = conflicts.map(|jump| told(Code::LastYearConflict, jump, "last-year-conflict"));
    let jumps = compared.jumps.iter().map(|jump| {
        let wording = if jump.may_be_a_unit() { "figure-jump-unit" } else { "figure-jump" };
        told(Code::FigureJump, jump, wording)
    });
    conflicts.chain(jumps).collect()
}
