//! `step_deduction`: points − k for each percentage point over a limit.

use num_traits::Zero;
use rust_decimal::Decimal;

use crate::fraction::{Fraction, exact};
use crate::phrase::{Hole, Phrase};
use crate::rulebook::cursor::{Fields, unknown_word};
use crate::rulebook::expression::{Expression, number_text as limit_number};
use crate::rulebook::names::Scope as Names;
use crate::rulebook::{Criterion, Rule, Steps};

use super::Points;
use super::live::{Ends, Scope, guarded, term};
use super::wording::{number_text, percent_text, points_text, sum_text};
use super::world::World;

/// The fields of its kind.
pub(super) fn decode(fields: &Fields<'_>, names: &Names<'_>) -> Rule {
    Rule::StepDeduction {
        value: names.expression(fields, "value"),
        limit: fields.decimal("limit"),
        per_point: fields.decimal("per_point"),
        steps: steps(fields),
    }
}

fn steps(fields: &Fields<'_>) -> Steps {
    let Some(steps) = fields.text_option("steps") else {
        return Steps::ProRata;
    };
    match steps.value.as_str() {
        "pro_rata" => Steps::ProRata,
        "whole" => Steps::Whole,
        "started" => Steps::Started,
        _ => {
            unknown_word(fields.page, "steps", &steps, "pro_rata、whole、started");
            Steps::ProRata
        }
    }
}

/// The limit, what each percentage point over it costs, and how a part of one counts.
pub(super) struct Scale {
    limit: Decimal,
    per_point: Decimal,
    steps: Steps,
}

impl Scale {
    pub fn new(limit: Decimal, per_point: Decimal, steps: Steps) -> Self {
        Scale { limit, per_point, steps }
    }

    /// Percentage points over the limit, as they count.
    fn steps_over(&self, value: &Fraction) -> Fraction {
        let over = ((value - exact(self.limit)) * exact(Decimal::ONE_HUNDRED)).max(Fraction::zero());
        match self.steps {
            Steps::ProRata => over,
            Steps::Whole => over.floor(),
            Steps::Started => over.ceil(),
        }
    }

    fn left(&self, points: &Fraction, value: &Fraction) -> Fraction {
        (points - self.steps_over(value) * exact(self.per_point)).max(Fraction::zero())
    }
}

/// points − k × percentage points over the limit, never below 0.
pub(super) fn points<'a>(value: &'a Expression, scale: &Scale, points: &Fraction, world: &World<'a>) -> Points<'a> {
    Ok(scale.left(points, &world.value(value)?))
}

/// `调整调剂占预算总规模 150 ÷ 1000 = 15%，超出 10%，按 5 个百分点计，1 − 0.1 × 5 → 0.50 分`.
pub(super) fn say<'a>(
    criterion: &'a Criterion,
    value: &'a Expression,
    scale: &Scale,
    world: &World<'a>,
) -> Option<Phrase> {
    let Ok(measured) = world.value(value) else {
        return None;
    };
    let points = exact(criterion.points);
    let sum = format!("{} {}", sum_text(value, world), percent_text(&measured, &[exact(scale.limit)]));
    let within = measured <= exact(scale.limit);
    let key = if within { "working.within-limit" } else { "working.over-limit" };
    let holes: &[Hole] = &[
        ("name", &criterion.name),
        ("sum", &sum),
        ("limit", &limit_number(scale.limit, true)),
        ("full", &number_text(&points)),
        ("each", &number_text(&exact(scale.per_point))),
        ("steps", &number_text(&scale.steps_over(&measured))),
        ("points", &points_text(&scale.left(&points, &measured))),
    ];
    Some(Phrase::filled(key, holes))
}

/// points − k × percentage points over the limit, over cells.
pub(super) fn formula(scope: &Scope, value: &Expression, scale: &Scale, points: &str) -> Ends {
    let over = over_limit(&term(scope, value), &scale.limit, scale.steps);
    let score = format!("MAX(0,{points}-{}*{over})", scale.per_point.normalize());
    Ends::of(|open| guarded(scope, &[value], None, &score, open), points)
}

fn over_limit(value: &str, limit: &Decimal, steps: Steps) -> String {
    let points = format!("MAX(0,ROUND(({value}-{})*100,10))", limit.normalize());
    match steps {
        Steps::ProRata => points,
        Steps::Whole => format!("INT({points})"),
        Steps::Started => format!("ROUNDUP({points},0)"),
    }
}
