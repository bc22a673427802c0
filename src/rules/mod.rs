//! How a criterion gives points: one file per rule kind.
//!
//! Every kind has the same functions: `decode` takes its fields from a rulebook's file, `points` computes them exactly or says what is missing, `say` gives the sum
//! as a step of the working, with the numbers put in, and `formula` gives it over the cells of a working paper.

mod attested;
mod bands;
mod choice;
mod conditions;
mod count_deduction;
mod form_line;
mod judgement;
mod level;
pub(crate) mod live;
mod outcome;
mod proportion;
mod span;
mod step_deduction;
mod target;
mod wording;
mod world;

use num_traits::{Signed, Zero};
use rust_decimal::Decimal;

use crate::fraction::{Fraction, exact};
use crate::phrase::Phrase;
use crate::rulebook::cursor::Fields;
use crate::rulebook::names::Scope as Names;
use crate::rulebook::{Criterion, Indicator, Rule};

use live::{Ends, Scope};

pub(crate) use bands::band_text;
pub(crate) use conditions::{any, say_conditions, with_conditions};
pub(crate) use form_line::Step;
pub(crate) use outcome::{Cause, Outcome, Truth, Unknown, ZeroDivision};
pub(crate) use wording::{Written, number_text, points_text, range, unknown, ways};
pub(crate) use world::{UsedFact, World};

/// Takes the fields of a kind.
type Decode = fn(&Fields<'_>, &Names<'_>) -> Rule;

/// The kinds of rule that a file can name, by their words. A form's rows bring their own kinds, which no file names.
pub(crate) const KINDS: [(&str, Decode); 7] = [
    ("proportion", proportion::decode),
    ("bands", bands::decode),
    ("step_deduction", step_deduction::decode),
    ("count_deduction", count_deduction::decode),
    ("choice", choice::decode),
    ("attested", attested::decode),
    ("judgement", judgement::decode),
];

/// Points or what is missing for them.
pub(crate) type Points<'a> = Result<Fraction, Unknown<'a>>;

/// The range of a criterion: its rule, and around it its conditions. `most` is what an uncapped unknown can earn.
pub(crate) fn criterion<'a>(criterion: &'a Criterion, most: &Fraction, world: &World<'a>) -> Outcome<'a> {
    let points = exact(criterion.points);
    let base = match computed(criterion, world) {
        _ if let Rule::Level { fact, levels } = &criterion.rule => level::outcome(fact, levels, &points, world),
        Ok(earned) if capped(&criterion.rule) => Outcome::number(earned.clamp(Fraction::zero(), points.clone())),
        Ok(earned) if earned.is_negative() => Outcome::number(Fraction::zero()),
        Ok(earned) => Outcome::number(earned),
        Err(unknown) if capped(&criterion.rule) => Outcome::unknown(points.clone(), unknown),
        Err(unknown) => Outcome::unknown(most.clone(), unknown),
    };
    let zero = any(&criterion.zero_when, false, world);
    let full = any(&criterion.full_when, true, world);
    base.under(zero, full, points)
}

fn capped(rule: &Rule) -> bool {
    !matches!(rule, Rule::Proportion { cap: false, .. })
}

/// What the rule alone gives.
pub(crate) fn computed<'a>(criterion: &'a Criterion, world: &World<'a>) -> Points<'a> {
    let points = exact(criterion.points);
    match &criterion.rule {
        Rule::Proportion { value, target, .. } => proportion::points(value, target, &points, world),
        Rule::Bands { value, bands } => bands::points(value, bands, world),
        Rule::StepDeduction { value, limit, per_point, steps } => {
            step_deduction::points(value, &step_deduction::Scale::new(*limit, *per_point, *steps), &points, world)
        }
        Rule::CountDeduction { value, each } => count_deduction::points(value, *each, &points, world),
        Rule::Choice { fact, scores } => choice::points(fact, scores, world),
        Rule::Attested { fact } => attested::points(fact, &points, world),
        Rule::Judgement | Rule::Level { .. } => judgement::points(),
        Rule::Target(rule) => target::points(rule, &points, world),
        Rule::Span { low, high, actual } => span::points(low, high, actual, &points, world),
    }
}

/// The sum as a step, for a rule that gives a number.
pub(crate) fn say<'a>(criterion: &'a Criterion, world: &World<'a>) -> Option<Phrase> {
    let earned = computed(criterion, world).ok()?;
    match &criterion.rule {
        Rule::Proportion { value, target, cap } => proportion::say(criterion, value, target, *cap, world),
        Rule::Bands { value, bands } => bands::say(criterion, value, bands, world),
        Rule::StepDeduction { value, limit, per_point, steps } => {
            let scale = step_deduction::Scale::new(*limit, *per_point, *steps);
            step_deduction::say(criterion, value, &scale, world)
        }
        Rule::CountDeduction { value, each } => count_deduction::say(criterion, value, *each, world),
        Rule::Choice { fact, .. } => choice::say(criterion, fact, &earned, world),
        Rule::Attested { fact } => attested::say(criterion, fact, &earned, world),
        Rule::Judgement | Rule::Target(_) | Rule::Span { .. } | Rule::Level { .. } => None,
    }
}

/// The step of a form's line with that weight, in the words of forms; none for the kinds that no form has.
pub(crate) fn step<'a>(criterion: &'a Criterion, weight: Option<Decimal>, world: &World<'a>) -> Option<Step> {
    match &criterion.rule {
        Rule::Proportion { value, target, .. } => Some(proportion::step(value, target, weight, world)),
        Rule::Target(rule) => Some(target::step(rule, weight, world)),
        Rule::Span { low, high, actual } => Some(span::step(low, high, actual, weight, world)),
        Rule::Level { fact, levels } => Some(level::step(fact, levels, weight, world)),
        _ => None,
    }
}

/// A criterion over the cells of a working paper: its rule, and around it its conditions.
pub(crate) fn formula(scope: &Scope, indicator: &Indicator, criterion: &Criterion) -> Ends {
    let points = &live::points_of(scope, criterion);
    let base = match &criterion.rule {
        Rule::Proportion { value, target, cap } => {
            let most = indicator.most().normalize().to_string();
            proportion::formula(scope, (value, target), points, Some(most.as_str()).filter(|_| !cap))
        }
        Rule::Bands { value, bands } => bands::formula(scope, value, bands, points),
        Rule::StepDeduction { value, limit, per_point, steps } => {
            let scale = step_deduction::Scale::new(*limit, *per_point, *steps);
            step_deduction::formula(scope, value, &scale, points)
        }
        Rule::CountDeduction { value, each } => count_deduction::formula(scope, value, *each, points),
        Rule::Choice { fact, scores } => choice::formula(scope, fact, scores, points),
        Rule::Attested { fact } => attested::formula(scope, fact, points),
        Rule::Judgement => judgement::formula(scope, criterion, live::anything(points), points),
        Rule::Target(rule) => target::formula(scope, rule, points),
        Rule::Span { actual, .. } => span::formula(scope, criterion, actual, points),
        Rule::Level { fact, levels } => {
            judgement::formula(scope, criterion, level::formula(scope, fact, levels, points), points)
        }
    };
    with_conditions(scope, base, points, &criterion.zero_when, &criterion.full_when)
}
