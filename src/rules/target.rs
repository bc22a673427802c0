//! `target`: an actual against the target that a form's row declares, and `span`: an actual between both ends of one.
//!
//! To be reached: all points from the target up, else points × actual ÷ target. To be kept: all points up to the target,
//! beyond it by one of the readings. Where no sign is written, the direction is a fact with two candidates.

use num_traits::{One, Signed, Zero};
use rust_decimal::Decimal;

use crate::facts::known::{Candidate, CandidateValue, Known};
use crate::fraction::{Fraction, exact};
use crate::rulebook::{Direction, TargetRule};

use super::Points;
use super::outcome::{Cause, Unknown};
use super::world::World;

/// The answer of a direction's fact for a target that is to be reached.
pub(crate) const REACH: &str = "≥";

/// The answer for a target that is to be kept.
pub(crate) const KEEP: &str = "≤";

impl Known {
    /// What is known of the direction of a target without a sign: it can be either.
    pub fn either_direction() -> Known {
        let candidate = |answer: &str| Candidate { value: CandidateValue::Answer(answer.to_owned()), evidence: false };
        Known { candidates: vec![candidate(REACH), candidate(KEEP)], ..Known::default() }
    }
}

/// The share of the points that the actual earns, times the points.
pub(super) fn points<'a>(rule: &'a TargetRule, points: &Fraction, world: &World<'a>) -> Points<'a> {
    let (target, actual) = figures(rule, world)?;
    let share = share(direction(rule, world)?, rule.is_strict, actual, target);
    share.map(|share| points * share).ok_or_else(|| Unknown::because(Cause::Judgement))
}

/// Target and actual. Without a target, words in the actual's place are nothing that is missing; with one, what an
/// actual would earn depends on the direction, too.
fn figures<'a>(rule: &'a TargetRule, world: &World<'a>) -> Result<(Decimal, Decimal), Unknown<'a>> {
    let is_answered = world.used(&rule.actual).is_some_and(|used| used.answered);
    match (world.declared(&rule.target), world.declared(&rule.actual)) {
        (Ok(target), Ok(actual)) => Ok((target, actual)),
        (Ok(_), Err(why)) if why.causes.contains(&Cause::Fact(&rule.actual)) => {
            let open = rule.open.iter().map(|fact| Unknown::because(Cause::Fact(fact)));
            Err(open.fold(why, Unknown::and))
        }
        (Err(why), Err(also)) if !is_answered => Err(why.and(also)),
        (Ok(_), Err(why)) | (Err(why), _) => Err(why),
    }
}

/// The direction that the reading gives, or the one that is tried where no sign is written.
fn direction<'a>(rule: &'a TargetRule, world: &World<'a>) -> Result<Direction, Unknown<'a>> {
    match &rule.open {
        Some(fact) if world.answer(fact)?.0 == REACH => Ok(Direction::Positive),
        _ => Ok(rule.direction),
    }
}

/// All points where everything that the actual can be lies between both ends; outside nobody can compute it.
pub(super) fn within<'a>(
    ends: (Decimal, Decimal),
    actual: &'a str,
    points: &Fraction,
    world: &World<'a>,
) -> Points<'a> {
    let judged = || Unknown::because(Cause::Judgement);
    let used = world.used(actual).ok_or_else(judged)?;
    if used.unsettled {
        return Err(judged());
    }
    world.declared(actual)?;
    let is_inside = |candidate: &Candidate| match &candidate.value {
        CandidateValue::Number(value) => (ends.0..=ends.1).contains(value),
        CandidateValue::Answer(_) => false,
    };
    if used.candidates.iter().all(is_inside) { Ok(points.clone()) } else { Err(judged()) }
}

/// The share, from 0 to 1. None: a target below zero that is not met gives no proportion.
pub(super) fn share(direction: Direction, is_strict: bool, actual: Decimal, target: Decimal) -> Option<Fraction> {
    let met = match direction {
        Direction::Positive => actual >= target,
        Direction::Exact => actual == target,
        Direction::Linear | Direction::Inverse => actual <= target,
    };
    if met && !(is_strict && target.is_zero() && actual.is_zero()) {
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
