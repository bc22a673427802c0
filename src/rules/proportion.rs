//! `proportion`: points × value ÷ target.

use num_traits::One;

use crate::fraction::Fraction;
use crate::rulebook::Criterion;
use crate::rulebook::expression::Expression;
use crate::text::Language;

use super::Points;
use super::wording::{equals_text, number_text, points_text, sum_text};
use super::world::World;

/// points × value ÷ target, before any cap.
pub(super) fn points<'a>(
    value: &'a Expression,
    target: &'a Expression,
    points: &Fraction,
    world: &World<'a>,
) -> Points<'a> {
    Ok(points * ratio(value, target, world)?)
}

fn ratio<'a>(value: &'a Expression, target: &'a Expression, world: &World<'a>) -> Points<'a> {
    match (world.value(value), world.value(target)) {
        (Ok(reached), Ok(aim)) => world.quotient(&reached, &aim, target),
        (Err(why), Ok(aim)) => Err(world.over(why, &aim, target)),
        (Err(why), Err(also)) => Err(why.and(also)),
        (Ok(_), Err(why)) => Err(why),
    }
}

/// `一季度 10% ÷ 25% = 0.4 → 0.40 分`.
pub(super) fn say<'a>(
    criterion: &'a Criterion,
    value: &'a Expression,
    target: &'a Expression,
    cap: bool,
    world: &World<'a>,
    language: Language,
) -> String {
    let Ok(ratio) = ratio(value, target, world) else {
        return String::new();
    };
    let points = crate::fraction::exact(criterion.points);
    let over = cap && ratio > Fraction::one();
    let counted = if over { Fraction::one() } else { ratio.clone() };
    let limit = if over { language.word("working.capped") } else { String::new() };
    let times = if points.is_one() {
        String::new()
    } else {
        language.say("working.times", &[("points", &number_text(&points))])
    };
    let holes: [(&str, &dyn std::fmt::Display); 6] = [
        ("name", &criterion.name),
        ("sum", &quotient_text(value, target, world)),
        ("result", &equals_text(&ratio)),
        ("capped", &limit),
        ("times", &times),
        ("points", &points_text(&(counted * &points))),
    ];
    language.say("working.proportion", &holes)
}

fn quotient_text<'a>(value: &'a Expression, target: &'a Expression, world: &World<'a>) -> String {
    let reached = sum_text(value, world);
    if target.is_one() {
        return reached;
    }
    let reached = if value.is_sum() { format!("({reached})") } else { reached };
    let aim = sum_text(target, world);
    if matches!(target, Expression::Binary { .. }) {
        format!("{reached} ÷ ({aim})")
    } else {
        format!("{reached} ÷ {aim}")
    }
}
