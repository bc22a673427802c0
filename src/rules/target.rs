//! `target`: an actual against the target that a form's row declares.
//!
//! To be reached: all points from the target up, else points × actual ÷ target. To be kept: all points up to the target,
//! beyond it by one of the readings. Where no sign is written, the direction is a fact with two candidates.

pub(super) mod parameters;

use rust_decimal::Decimal;

use crate::decimal_text::figure_text;
use crate::facts::known::{Candidate, CandidateValue, Known};
use crate::fraction::{Fraction, exact};
use crate::phrase::{Hole, Phrase};
use crate::quantity::with_unit;

use super::Points;
use super::form_line::{FormLine, Step};
use super::kind::{FormulaOf, Kind};
use super::live::{Ends, Scope, Slot, anything, noiseless, words};
use super::outcome::{Cause, Unknown};
use super::world::World;
use parameters::{Direction, TargetRule};

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

    /// The same where a reviewer has said which it is.
    pub fn in_direction(answer: &str) -> Known {
        let candidate = Candidate { value: CandidateValue::Answer(answer.to_owned()), evidence: false };
        Known { candidates: vec![candidate], ..Known::default() }
    }
}

impl Kind for TargetRule {
    /// The share of the points that the actual earns, times the points.
    fn points<'a>(&'a self, points: &Fraction, world: &World<'a>) -> Points<'a> {
        let (target, actual) = figures(self, world)?;
        let share = share(direction(self, world)?, self.is_strict, actual, target);
        share.map(|share| points * share).ok_or_else(|| Unknown::because(Cause::Judgement))
    }

    /// `20 × 45 ÷ 50 → 18.00 分`, in the direction that is tried; or why there is no sum.
    fn step<'a>(&'a self, weight: Option<Decimal>, world: &World<'a>) -> Option<Step> {
        let line = FormLine::new(weight, &self.actual, world);
        if line.is_disputed() {
            return Some(line.open("declared.several-columns"));
        }
        let Ok(target) = world.declared(&self.target) else { return Some(line.open("declared.missing-target")) };
        let Some(figure) = line.figure() else { return Some(line.no_actual()) };
        let Ok(actual) = world.declared(&self.actual) else { return Some(incomparable(&line, self, target, figure)) };
        let direction = direction(self, world).unwrap_or(self.direction);
        let sum = sum(&line, self, direction, target, actual);
        Some(Step::Sum(match (&self.open, direction) {
            (None, _) => sum,
            (Some(_), Direction::Positive) => Phrase::new("declared.as-positive").with("sum", sum),
            (Some(_), _) => Phrase::new("declared.as-reverse").with("sum", sum),
        }))
    }

    /// An actual against a target; where no direction is written or chosen, the lower and the higher of both.
    fn formula(&self, scope: &Scope, at: &FormulaOf<'_>) -> Ends {
        let points = at.points;
        let (Some(target), Some(actual)) = (scope.facts.get(&self.target), scope.facts.get(&self.actual)) else {
            return anything(points);
        };
        let direction = self.open.as_ref().and_then(|fact| scope.facts.get(fact));
        let end = |open: &str, nearer: &str| {
            let cells = Cells { points, target: &target.value, actual: &actual.value, open };
            let kept = cells.earned(self.direction, self.is_strict);
            let score = match direction {
                Some(direction) => chosen(direction, &cells.earned(Direction::Positive, self.is_strict), &kept, nearer),
                None => kept,
            };
            format!("IF(AND(ISNUMBER({}),ISNUMBER({})),{score},{open})", target.value, actual.value)
        };
        Ends { low: end("0", "MIN"), high: end(points, "MAX") }
    }
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

/// The share, from 0 to 1. None: a target below zero that is not met gives no proportion.
fn share(direction: Direction, is_strict: bool, actual: Decimal, target: Decimal) -> Option<Fraction> {
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

fn incomparable(line: &FormLine, rule: &TargetRule, target: Decimal, figure: &str) -> Step {
    let target = with_unit(target, &rule.unit);
    let holes: &[Hole] = &[("target", &target), ("actual", &figure), ("range", &line.anything())];
    Step::Open(Phrase::filled("declared.incomparable", holes))
}

fn sum(line: &FormLine, rule: &TargetRule, direction: Direction, target: Decimal, actual: Decimal) -> Phrase {
    let (due, reached) = (with_unit(target, &rule.unit), with_unit(actual, &rule.unit));
    let Some(share) = share(direction, rule.is_strict, actual, target) else {
        let holes: &[Hole] = &[("target", &due), ("actual", &reached), ("range", &line.anything())];
        return Phrase::filled("declared.below-zero", holes);
    };
    let says = match direction {
        Direction::Positive if share.is_one() => "declared.reached",
        Direction::Exact if share.is_one() => "declared.equal",
        Direction::Linear | Direction::Inverse if share.is_one() => "declared.within",
        Direction::Exact => "declared.not-equal",
        _ if target.is_zero() => "declared.zero-target",
        Direction::Positive => "declared.short",
        Direction::Linear => "declared.linear",
        Direction::Inverse => "declared.inverse",
    };
    let holes: &[Hole] = &[
        ("target", &due),
        ("actual", &reached),
        ("t", &figure_text(target)),
        ("a", &figure_text(actual)),
        ("weight", &line.weight_text()),
        ("points", &line.points(&share)),
    ];
    Phrase::filled(says, holes)
}

/// The cells that a target is measured in, and what a target below zero that is not met leaves open.
struct Cells<'a> {
    points: &'a str,
    target: &'a str,
    actual: &'a str,
    open: &'a str,
}

/// The direction that the cell says, whose answers are first to reach the target, then to keep it.
fn chosen(direction: &Slot, reach: &str, keep: &str, nearer: &str) -> String {
    let [up, down, ..] = direction.answers.as_slice() else { return format!("{nearer}({reach},{keep})") };
    let (cell, up, down) = (&direction.value, words(up), words(down));
    format!("IF({cell}={up},{reach},IF({cell}={down},{keep},{nearer}({reach},{keep})))")
}

impl Cells<'_> {
    fn earned(&self, direction: Direction, is_strict: bool) -> String {
        let Cells { points: w, target: t, actual: a, open } = self;
        let beyond = noiseless(&format!("{a}-{t}"));
        let (met, part) = match direction {
            Direction::Exact => return format!("IF({beyond}=0,{w},0)"),
            Direction::Positive => (">=0", format!("MIN({w},{w}*{a}/{t})")),
            Direction::Linear => ("<=0", format!("{w}*(2*{t}-{a})/{t}")),
            Direction::Inverse => ("<=0", format!("MIN({w},{w}*{t}/{a})")),
        };
        let met = format!("{beyond}{met}");
        // More than 0 is not reached by 0, less than 0 not kept by it.
        let met = if is_strict { format!("AND({met},NOT(AND({t}=0,{a}=0)))") } else { met };
        format!("IF({met},{w},IF({t}=0,0,IF({t}<0,{open},MAX(0,{part}))))")
    }
}
