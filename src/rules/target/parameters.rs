//! The parameters of a declared target.

use crate::rules::parameters::Parameters;

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

impl Parameters for TargetRule {
    fn names(&self) -> Vec<&str> {
        [&self.target, &self.actual].into_iter().chain(&self.open).map(String::as_str).collect()
    }

    fn is_sum(&self) -> bool {
        true
    }

    fn direction_fact(&self) -> Option<&str> {
        self.open.as_deref()
    }
}
