//! `level`: the level of attainment that was reached gives a range of the points, for somebody to judge.

use num_traits::One;
use rust_decimal::Decimal;

use crate::decimal_text::figure_text;
use crate::fraction::{Fraction, exact};
use crate::phrase::{Hole, Phrase};
use crate::rulebook::Level;

use super::form_line::{FormLine, Step};
use super::live::{Ends, Scope, anything, words};
use super::outcome::{Cause, Outcome, Unknown};
use super::wording::range;
use super::world::World;

/// The range of the level that is named; anything else is for somebody to judge, and what is left empty is missing, too.
pub(super) fn outcome<'a>(fact: &'a str, levels: &[Level], points: &Fraction, world: &World<'a>) -> Outcome<'a> {
    let judgement = Unknown::because(Cause::Judgement);
    let is_answered = world.used(fact).is_some_and(|used| used.answered);
    match named(fact, levels, world) {
        Some(level) => Outcome {
            low: points * exact(level.from),
            high: points * exact(level.to).min(Fraction::one()),
            why: judgement,
        },
        None if is_answered => Outcome::unknown(points.clone(), judgement),
        None => Outcome::unknown(points.clone(), Unknown::because(Cause::Fact(fact)).and(judgement)),
    }
}

/// `定性指标，完成情况为“达成”，按分值的 80% 至 100% 计：16.00 至 20.00 分，须由评审人员判断`.
pub(super) fn step<'a>(fact: &'a str, levels: &[Level], weight: Option<Decimal>, world: &World<'a>) -> Step {
    let line = FormLine::new(weight, fact, world);
    if line.is_disputed() {
        return line.open("declared.several-columns");
    }
    if !world.used(fact).is_some_and(|used| used.answered) {
        return line.no_actual();
    }
    let Some(level) = named(fact, levels, world) else { return line.open("declared.free-text") };
    let percent = |share: Decimal| format!("{}%", figure_text(share.saturating_mul(Decimal::ONE_HUNDRED)));
    let shares = range(percent(level.from), percent(level.to));
    let points = range(line.points(&exact(level.from)), line.points(&exact(level.to)));
    let holes: &[Hole] = &[("level", &level.name), ("shares", &shares), ("range", &points)];
    Step::Open(Phrase::filled("declared.level", holes))
}

fn named<'l, 'a>(fact: &'a str, levels: &'l [Level], world: &World<'a>) -> Option<&'l Level> {
    let (answer, _) = world.answer(fact).ok()?;
    levels.iter().find(|level| level.name == answer)
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
