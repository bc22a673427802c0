//! How a criterion gives points: the parameters of every kind of rule. What a kind does stands in `rules`, one file each.

use rust_decimal::Decimal;

use super::expression::{Expression, Operation};
use crate::quantity::Quantity;

/// How a criterion gives points: a kind with its parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// points × value ÷ target.
    Proportion(ProportionRule),
    /// Points by the interval that the value lies in.
    Bands(BandsRule),
    /// points − k for each percentage point over a limit.
    StepDeduction(StepDeductionRule),
    /// points − k × count, never below 0.
    CountDeduction(CountDeductionRule),
    /// Points by the answer.
    Choice(ChoiceRule),
    /// All points for 是 with named evidence.
    Attested(AttestedRule),
    /// Somebody has to judge: anything from 0 to the points.
    Judgement,
    /// Somebody has judged: these points. No file names it; a reviewer's entry makes it.
    Decided(Decimal),
    /// An actual against the target of a form's row.
    Target(TargetRule),
    /// An actual between both ends of a target: all points; outside somebody has to judge.
    Span(Box<SpanRule>),
    /// The level that was reached gives a range of the points, for somebody to judge.
    Level(LevelRule),
}

/// points × value ÷ target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProportionRule {
    /// What was reached.
    pub value: Expression,
    /// What earns all points.
    pub target: Expression,
    /// Whether more than the target earns no more than the points.
    pub cap: bool,
}

/// Points by the interval that the value lies in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandsRule {
    /// What is measured.
    pub value: Expression,
    /// Intervals that cover every value once.
    pub bands: Vec<Band>,
}

impl BandsRule {
    /// Every edge of its bands.
    pub fn edges(&self) -> impl Iterator<Item = &Edge> {
        self.bands.iter().flat_map(|band| [&band.low, &band.high]).flatten()
    }
}

/// points − k for each percentage point over a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepDeductionRule {
    /// What is measured, as a fraction of 1.
    pub value: Expression,
    /// Up to here nothing is lost.
    pub limit: Decimal,
    /// The limit was written as a percentage.
    pub percent: bool,
    /// Points lost for each percentage point over the limit.
    pub per_point: Decimal,
    /// How a part of a percentage point counts.
    pub steps: Steps,
    /// Points that the clause leaves at least, however far the limit is passed.
    pub least: Decimal,
}

/// points − k × count, never below 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountDeductionRule {
    /// The count.
    pub value: Expression,
    /// Points lost for each.
    pub each: Decimal,
    /// Points that the clause leaves at least, however many are counted.
    pub least: Decimal,
}

/// Points by the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceRule {
    /// The fact that answers.
    pub fact: String,
    /// Points of each answer, in the card's order.
    pub scores: Vec<(String, Decimal)>,
}

/// All points for 是 with named evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttestedRule {
    /// The fact that answers.
    pub fact: String,
}

/// A target that a form's row declares, under one reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetRule {
    /// The fact that holds the target.
    pub target: String,
    /// The unit that it is written with; empty where none is.
    pub unit: String,
    /// The fact that holds the actual, in the target's unit.
    pub actual: String,
    /// How an actual is measured; where no sign is written, how it is if the target is to be kept.
    pub direction: Direction,
    /// More than, less than: 0 does not reach a target of 0.
    pub is_strict: bool,
    /// The fact that says which way the target is meant, where no sign is written.
    pub open: Option<String>,
}

/// An actual between both ends of a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpanRule {
    /// The fact that is missing where columns disagree about the target.
    pub target: String,
    /// The lower end, as it is declared.
    pub low: Quantity,
    /// The upper end.
    pub high: Quantity,
    /// The fact that holds the actual, in the unit of both ends.
    pub actual: String,
}

/// The level that was reached gives a range of the points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelRule {
    /// The fact that is missing where columns disagree about the target.
    pub target: String,
    /// The fact that names the level.
    pub fact: String,
    /// The levels, best first.
    pub levels: Vec<Level>,
}

impl Rule {
    /// Every fact and every earlier criterion that it uses.
    pub fn names(&self) -> Vec<&str> {
        match self {
            Rule::Proportion(rule) => rule.value.names().into_iter().chain(rule.target.names()).collect(),
            Rule::Bands(rule) => rule.value.names(),
            Rule::StepDeduction(rule) => rule.value.names(),
            Rule::CountDeduction(rule) => rule.value.names(),
            Rule::Choice(rule) => vec![&rule.fact],
            Rule::Attested(rule) => vec![&rule.fact],
            Rule::Judgement | Rule::Decided(_) => Vec::new(),
            Rule::Target(rule) => {
                [&rule.target, &rule.actual].into_iter().chain(&rule.open).map(String::as_str).collect()
            }
            Rule::Span(rule) => vec![&rule.target, &rule.actual],
            Rule::Level(rule) => vec![&rule.target, &rule.fact],
        }
    }

    /// What it divides and by what: of a proportion, or of a measured quotient.
    pub fn quotient(&self) -> Option<(&Expression, &Expression)> {
        let measured = match self {
            Rule::Proportion(rule) => return Some((&rule.value, &rule.target)),
            Rule::Bands(rule) => &rule.value,
            Rule::StepDeduction(rule) => &rule.value,
            _ => return None,
        };
        match measured {
            Expression::Binary { operation: Operation::Divide, left, right } => Some((left, right)),
            _ => None,
        }
    }

    /// Puts a share of 1 in the place of what it divides.
    pub fn measure_at(&mut self, share: Decimal) {
        let given = Expression::Number { value: share, percent: true };
        match self {
            Rule::Proportion(rule) => {
                (rule.value, rule.target) = (given, Expression::Number { value: Decimal::ONE, percent: false });
            }
            Rule::Bands(rule) => rule.value = given,
            Rule::StepDeduction(rule) => rule.value = given,
            _ => {}
        }
    }

    /// Puts another divisor in the place of the one that it has.
    pub fn divide_by(&mut self, other: &Expression) {
        let measured = match self {
            Rule::Proportion(rule) => {
                rule.target = other.clone();
                return;
            }
            Rule::Bands(rule) => &mut rule.value,
            Rule::StepDeduction(rule) => &mut rule.value,
            _ => return,
        };
        if let Expression::Binary { operation: Operation::Divide, right, .. } = measured {
            **right = other.clone();
        }
    }

    /// Whether it earns no more than its points.
    pub fn is_capped(&self) -> bool {
        !matches!(self, Rule::Proportion(ProportionRule { cap: false, .. }))
    }

    /// Whether 是 earns points only with evidence, by this fact.
    pub fn is_attested_by(&self, fact: &str) -> bool {
        matches!(self, Rule::Attested(rule) if rule.fact == fact)
    }

    /// The fact that it is all about, whose label names a criterion without a name of its own.
    pub fn subject(&self) -> Option<&str> {
        match self {
            Rule::Choice(ChoiceRule { fact, .. }) | Rule::Attested(AttestedRule { fact }) => Some(fact),
            Rule::Bands(BandsRule { value: Expression::Name(name), .. })
            | Rule::CountDeduction(CountDeductionRule { value: Expression::Name(name), .. }) => Some(name),
            _ => None,
        }
    }
}

/// How an actual is measured against a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The more the better; short of the target in proportion.
    Positive,
    /// Equal or nothing.
    Exact,
    /// The less the better; beyond the target by what lies beyond it, as a part of the target.
    Linear,
    /// The less the better; beyond the target as target ÷ actual.
    Inverse,
}

impl Direction {
    /// How an `=` target may be read.
    pub const OF_EQUAL: [Direction; 2] = [Direction::Positive, Direction::Exact];

    /// How a target to be kept may be read.
    pub const OF_REVERSE: [Direction; 2] = [Direction::Linear, Direction::Inverse];

    /// The id of the reading that measures so.
    pub const fn as_str(self) -> &'static str {
        match self {
            Direction::Positive => "positive",
            Direction::Exact => "exact",
            Direction::Linear => "linear",
            Direction::Inverse => "inverse",
        }
    }
}

/// How a part of a percentage point counts in a step deduction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Steps {
    /// In proportion.
    ProRata,
    /// Only whole percentage points count.
    Whole,
    /// A started percentage point counts whole.
    Started,
}

/// One interval of a `bands` rule and its points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Lower edge; none: no limit below.
    pub low: Option<Edge>,
    /// Upper edge; none: no limit above.
    pub high: Option<Edge>,
    /// Points it earns.
    pub points: Decimal,
}

/// An edge of a band. Percentages are fractions of 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Where.
    pub at: Decimal,
    /// Whether the edge itself belongs to this band.
    pub included: bool,
    /// It was written as a percentage, and is shown so.
    pub percent: bool,
}

/// A level of attainment of a qualitative target and the share of the weight it earns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Its name in messages.
    pub name: String,
    /// The exact words (after normalising) that state it.
    pub words: Vec<String>,
    /// Lowest share of the weight, as a fraction of 1.
    pub from: Decimal,
    /// Highest share of the weight; it may be an open end, which counts as its `high`.
    pub to: Decimal,
}
