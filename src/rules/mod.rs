//! How a criterion gives points: one file per rule kind.
//!
//! The file of a kind holds all of it: `FIELDS` and `decode` take its fields from a rulebook's file, and its `Kind` computes
//! points exactly or says what is missing, gives the sum as a step of the working, writes it over the cells of a working
//! paper, and tells what is wrong with its parameters.

mod attested;
mod bands;
mod choice;
mod conditions;
mod count_deduction;
mod form_line;
mod judgement;
mod kind;
mod level;
pub(crate) mod live;
mod outcome;
mod proportion;
mod span;
mod step_deduction;
mod target;
mod wording;
mod world;

use rust_decimal::Decimal;

use crate::fraction::{Fraction, exact};
use crate::phrase::Phrase;
use crate::rulebook::lint::spot::Spot;
use crate::rulebook::{Criterion, Indicator, Rule};

use judgement::Judgement;
use kind::{FormulaOf, Kind, Named};
use live::{Ends, Scope};

pub(crate) use conditions::{any, say_conditions, with_conditions};
pub(crate) use form_line::Step;
pub(crate) use outcome::{Cause, Outcome, Truth, Unknown, ZeroDivision};
pub(crate) use wording::{Written, number_text, points_text, range, unknown, ways};
pub(crate) use world::{UsedFact, World};

/// The kinds of rule that a file can name, by their words. A form's rows bring their own kinds, which no file names.
pub(crate) const KINDS: [Named; 7] = [
    Named { word: "proportion", fields: proportion::FIELDS, decode: proportion::decode },
    Named { word: "bands", fields: bands::FIELDS, decode: bands::decode },
    Named { word: "step_deduction", fields: step_deduction::FIELDS, decode: step_deduction::decode },
    Named { word: "count_deduction", fields: count_deduction::FIELDS, decode: count_deduction::decode },
    Named { word: "choice", fields: choice::FIELDS, decode: choice::decode },
    Named { word: "attested", fields: attested::FIELDS, decode: attested::decode },
    Named { word: "judgement", fields: judgement::FIELDS, decode: judgement::decode },
];

/// The kind of a rule.
fn kind(rule: &Rule) -> &dyn Kind {
    match rule {
        Rule::Proportion(rule) => rule,
        Rule::Bands(rule) => rule,
        Rule::StepDeduction(rule) => rule,
        Rule::CountDeduction(rule) => rule,
        Rule::Choice(rule) => rule,
        Rule::Attested(rule) => rule,
        Rule::Judgement => &Judgement,
        Rule::Decided(points) => points,
        Rule::Target(rule) => rule,
        Rule::Span(rule) => rule.as_ref(),
        Rule::Level(rule) => rule,
    }
}

/// Points or what is missing for them.
pub(crate) type Points<'a> = Result<Fraction, Unknown<'a>>;

/// The range of a criterion: its rule, and around it its conditions. `most` is what an uncapped unknown can earn.
pub(crate) fn criterion<'a>(criterion: &'a Criterion, most: &Fraction, world: &World<'a>) -> Outcome<'a> {
    let points = exact(criterion.points);
    let mut base = kind(&criterion.rule).outcome(&points, most, world);
    if let Some(least) = floor(criterion) {
        base.low = base.low.max(exact(least));
        base.high = base.high.max(exact(least));
    }
    let zero = any(&criterion.zero_when, false, world);
    let full = any(&criterion.full_when, true, world);
    base.under(zero, full, points)
}

/// Whether the value of a criterion in bands has only just reached its band; none of any other criterion, and where that cannot be
/// told.
pub(crate) fn just_reached(criterion: &Criterion, world: &World<'_>) -> Option<bool> {
    match &criterion.rule {
        Rule::Bands(rule) => bands::just_reached(rule, world),
        _ => None,
    }
}

/// The sum as a step, for a rule that gives a number.
pub(crate) fn say<'a>(criterion: &'a Criterion, world: &World<'a>) -> Option<Phrase> {
    kind(&criterion.rule).say(criterion, world)
}

/// The step of a form's line with that weight, in the words of forms; none for the kinds that no form has.
pub(crate) fn step<'a>(criterion: &'a Criterion, weight: Option<Decimal>, world: &World<'a>) -> Option<Step> {
    kind(&criterion.rule).step(weight, world)
}

/// A criterion over the cells of a working paper: its rule, and around it its conditions.
pub(crate) fn formula(scope: &Scope, indicator: &Indicator, criterion: &Criterion) -> Ends {
    let points = &live::points_of(scope, criterion);
    let at = FormulaOf { id: &criterion.id, points, most: indicator.most() };
    let mut base = kind(&criterion.rule).formula(scope, &at);
    if let Some(least) = floor(criterion) {
        let raised = |end: &str| format!("MAX({},{end})", least.normalize());
        base = Ends { low: raised(&base.low), high: raised(&base.high) };
    }
    with_conditions(scope, base, points, &criterion.zero_when, &criterion.full_when)
}

/// What a share of the points never falls below, where its clause says so. The other kinds leave what they list, or stop there
/// themselves.
fn floor(criterion: &Criterion) -> Option<Decimal> {
    matches!(criterion.rule, Rule::Proportion(_)).then_some(criterion.least).filter(|least| *least > Decimal::ZERO)
}

/// Tells what is wrong with the parameters of a criterion's rule.
pub(crate) fn lint(spot: &Spot<'_>) {
    kind(&spot.criterion().rule).lint(spot);
}

/// The numbers at which a rule turns.
pub(crate) fn turns(rule: &Rule) -> Vec<Decimal> {
    kind(rule).turns()
}
