//! The share of the weight that an actual earns against a target.

use num_traits::{One, Signed, Zero};
use rust_decimal::Decimal;

use crate::fraction::{Fraction, exact};
use crate::quantity::Sign;

/// How an actual is measured against a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
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
    /// The directions that a reading spans: both where there is no sign.
    pub(super) fn of(reading: &str, sign: Option<Sign>) -> Vec<Direction> {
        let reverse = if reading == "inverse" { Direction::Inverse } else { Direction::Linear };
        match sign {
            Some(Sign::AtLeast | Sign::MoreThan) => vec![Direction::Positive],
            Some(Sign::Equal) if reading == "exact" => vec![Direction::Exact],
            Some(Sign::Equal) => vec![Direction::Positive],
            Some(Sign::AtMost | Sign::LessThan) => vec![reverse],
            None => vec![Direction::Positive, reverse],
        }
    }
}

/// The share, from 0 to 1. None: a target below zero that is not met gives no proportion.
pub(super) fn share(direction: Direction, sign: Option<Sign>, actual: Decimal, target: Decimal) -> Option<Fraction> {
    let met = match direction {
        Direction::Positive => actual >= target,
        Direction::Exact => actual == target,
        Direction::Linear | Direction::Inverse => actual <= target,
    };
    let strict = matches!(sign, Some(Sign::MoreThan | Sign::LessThan));
    if met && !(strict && target.is_zero() && actual.is_zero()) {
        return Some(Fraction::one());
    }
    if direction == Direction::Exact || target.is_zero() {
        return Some(Fraction::zero());
    }
    let (actual, target) = (exact(actual), exact(target));
    if target.is_negative() {
        return None;
    }
    let part = match direction {
        Direction::Inverse => target / actual,
        Direction::Linear => Fraction::one() - (actual - &target) / &target,
        Direction::Positive | Direction::Exact => actual / target,
    };
    Some(part.clamp(Fraction::zero(), Fraction::one()))
}
