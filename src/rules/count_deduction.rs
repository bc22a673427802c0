//! `count_deduction`: points − k × count, never below 0.

use num_traits::Zero;
use rust_decimal::Decimal;

use crate::fraction::{Fraction, exact};
use crate::phrase::{Hole, Phrase};
use crate::rulebook::cursor::Fields;
use crate::rulebook::expression::Expression;
use crate::rulebook::names::Scope as Names;
use crate::rulebook::{Criterion, Rule};

use super::Points;
use super::live::{Ends, Scope, guarded, term};
use super::wording::{number_text, sum_text};
use super::world::World;

/// The fields of its kind.
pub(super) fn decode(fields: &Fields<'_>, names: &Names<'_>) -> Rule {
    Rule::CountDeduction { value: names.expression(fields, "value"), each: fields.decimal("each") }
}

/// points − k × count, never below 0.
pub(super) fn points<'a>(value: &'a Expression, each: Decimal, points: &Fraction, world: &World<'a>) -> Points<'a> {
    Ok(left(points, each, &world.value(value)?))
}

fn left(points: &Fraction, each: Decimal, count: &Fraction) -> Fraction {
    (points - exact(each) * count).max(Fraction::zero())
}

/// `预算编制不规范项数 2，5 − 1 × 2 → 3 分`.
pub(super) fn say<'a>(
    criterion: &'a Criterion,
    value: &'a Expression,
    each: Decimal,
    world: &World<'a>,
) -> Option<Phrase> {
    let Ok(count) = world.value(value) else {
        return None;
    };
    let points = exact(criterion.points);
    let unit = value.names().first().and_then(|name| world.used(name)).map(|used| used.fact);
    let unit = unit.and_then(|fact| fact.kind.unit()).unwrap_or("");
    let holes: &[Hole] = &[
        ("name", &criterion.name),
        ("sum", &sum_text(value, world)),
        ("unit", &unit),
        ("full", &number_text(&points)),
        ("each", &number_text(&exact(each))),
        ("count", &number_text(&count)),
        ("points", &number_text(&left(&points, each, &count).min(points.clone()))),
    ];
    Some(Phrase::filled("working.count", holes))
}

/// points − k × count over cells.
pub(super) fn formula(scope: &Scope, value: &Expression, each: Decimal, points: &str) -> Ends {
    let left = format!("MAX(0,MIN({points},{points}-{}*{}))", each.normalize(), term(scope, value));
    Ends::of(|open| guarded(scope, &[value], None, &left, open), points)
}
