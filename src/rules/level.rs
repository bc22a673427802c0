//! `level`: the level of attainment that was reached gives a range of the points, for somebody to judge.

use num_traits::One;
use rust_decimal::Decimal;

use crate::fraction::{Fraction, exact};
use crate::rulebook::Level;

use super::live::{Ends, Scope, anything, words};
use super::outcome::{Cause, Outcome, Unknown};
use super::world::World;

/// The range of the level that is named; anything else is for somebody to judge, and what is left empty is missing, too.
pub(super) fn outcome<'a>(fact: &'a str, levels: &[Level], points: &Fraction, world: &World<'a>) -> Outcome<'a> {
    let judgement = Unknown::because(Cause::Judgement);
    let is_answered = world.used(fact).is_some_and(|used| used.answered);
    let named = world.answer(fact).ok().and_then(|(answer, _)| levels.iter().find(|level| level.name == answer));
    match named {
        Some(level) => Outcome {
            low: points * exact(level.from),
            high: points * exact(level.to).min(Fraction::one()),
            why: judgement,
        },
        None if is_answered => Outcome::unknown(points.clone(), judgement),
        None => Outcome::unknown(points.clone(), Unknown::because(Cause::Fact(fact)).and(judgement)),
    }
}

/// The range of the level that the cell names.
pub(super) fn formula(scope: &Scope, fact: &str, levels: &[Level], points: &str) -> Ends {
    let Some(slot) = scope.facts.get(fact) else { return anything(points) };
    let end = |share: fn(&Level) -> Decimal, open: &str| {
        let of =
            |level: &Level| format!("IF({}={},{points}*{},", slot.value, words(&level.name), share(level).normalize());
        let named: String = levels.iter().map(of).collect();
        format!("{named}{open}{}", ")".repeat(levels.len()))
    };
    Ends { low: end(|level| level.from, "0"), high: end(|level| level.to.min(Decimal::ONE), points) }
}
