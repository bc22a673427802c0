//! `proportion`: points × value ÷ target.

use num_traits::{One, Zero};
use rust_decimal::Decimal;

use crate::fraction::{Fraction, exact};
use crate::phrase::{Hole, Phrase, Term};
use crate::rulebook::cursor::Fields;
use crate::rulebook::expression::Expression;
use crate::rulebook::names::Scope as Names;
use crate::rulebook::{Criterion, Rule};

use super::Points;
use super::form_line::{Step, points_of, weight_text};
use super::live::{Ends, Scope, guarded, term};
use super::wording::{equals_text, number_text, points_text, sum_text};
use super::world::World;

/// The fields of its kind.
pub(super) fn decode(fields: &Fields<'_>, names: &Names<'_>) -> Rule {
    Rule::Proportion {
        value: names.expression(fields, "value"),
        target: names.expression(fields, "target"),
        cap: fields.truth_option("cap").unwrap_or(true),
    }
}

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
) -> Option<Phrase> {
    let Ok(ratio) = ratio(value, target, world) else {
        return None;
    };
    let points = exact(criterion.points);
    let over = cap && ratio > Fraction::one();
    let counted = if over { Fraction::one() } else { ratio.clone() };
    let limit = if over { Term::word("working.capped") } else { Term::nothing() };
    let times = if points.is_one() {
        Term::nothing()
    } else {
        Phrase::new("working.times").with("points", number_text(&points)).into()
    };
    let holes: &[Hole] = &[
        ("name", &criterion.name),
        ("sum", &quotient_text(value, target, world)),
        ("result", &equals_text(&ratio)),
        ("capped", &limit),
        ("times", &times),
        ("points", &points_text(&(counted * &points))),
    ];
    Some(Phrase::filled("working.proportion", holes))
}

/// The step of a form's budget: what was spent of what was planned, and the points for it.
pub(super) fn step<'a>(
    value: &'a Expression,
    target: &'a Expression,
    weight: Option<Decimal>,
    world: &World<'a>,
) -> Step {
    let (Ok(spent), Ok(planned)) = (world.value(value), world.value(target)) else {
        return Step::Open(Phrase::new("declared.budget-missing"));
    };
    if planned.is_zero() {
        let says = if spent.is_zero() { "declared.budget-zero-by-zero" } else { "declared.budget-by-zero" };
        return Step::Open(Phrase::new(says));
    }
    let rate = spent / planned;
    let share = rate.clone().clamp(Fraction::zero(), Fraction::one());
    let key = if rate > share { "declared.budget-capped" } else { "declared.budget" };
    let holes: &[Hole] = &[
        ("spent", &sum_text(value, world)),
        ("planned", &sum_text(target, world)),
        ("percent", &equals_text(&(rate * exact(Decimal::ONE_HUNDRED)))),
        ("weight", &weight_text(weight)),
        ("points", &points_of(weight, &share)),
    ];
    Step::Sum(Phrase::filled(key, holes))
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

/// points × value ÷ target over cells; an uncapped one can earn up to `most`.
pub(super) fn formula(
    scope: &Scope,
    (value, target): (&Expression, &Expression),
    points: &str,
    most: Option<&str>,
) -> Ends {
    let ratio = format!("{points}*{}/{}", term(scope, value), term(scope, target));
    let score = match most {
        None => format!("MAX(0,MIN({points},{ratio}))"),
        Some(_) => format!("MAX(0,{ratio})"),
    };
    Ends::of(|open| guarded(scope, &[value, target], Some(target), &score, open), most.unwrap_or(points))
}
