//! `choice`: points by the answer.

use rust_decimal::Decimal;

use crate::fraction::{Fraction, exact};
use crate::phrase::{Hole, Phrase};
use crate::rulebook::Criterion;

use super::Points;
use super::live::{Ends, Scope, anything, words};
use super::outcome::{Cause, Unknown};
use super::wording::number_text;
use super::world::World;

/// The points of the answer given.
pub(super) fn points<'a>(fact: &'a str, scores: &[(String, Decimal)], world: &World<'a>) -> Points<'a> {
    let (answer, _) = world.answer(fact)?;
    let score = scores.iter().find(|(known, _)| known == answer).map(|(_, points)| exact(*points));
    score.ok_or_else(|| Unknown::because(Cause::Fact(fact)))
}

/// `部门预算公开情况：按规定公开 → 1.5 分`.
pub(super) fn say<'a>(criterion: &'a Criterion, fact: &'a str, earned: &Fraction, world: &World<'a>) -> Option<Phrase> {
    let Ok((answer, _)) = world.answer(fact) else {
        return None;
    };
    let holes: &[Hole] = &[("name", &criterion.name), ("answer", &answer), ("points", &number_text(earned))];
    Some(Phrase::filled("working.choice", holes))
}

/// The points of the answer in a cell.
pub(super) fn formula(scope: &Scope, fact: &str, scores: &[(String, Decimal)], points: &str) -> Ends {
    let Some(slot) = scope.facts.get(fact) else { return anything(points) };
    let score =
        |(answer, points): &(String, Decimal)| format!("IF({}={},{},", slot.value, words(answer), points.normalize());
    let chosen: String = scores.iter().map(score).collect();
    Ends::of(|open| format!("{chosen}{open}{}", ")".repeat(scores.len())), points)
}
