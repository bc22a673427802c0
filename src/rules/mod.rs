//! How a criterion gives points: the kinds of rule, each in its own files.
//!
//! The files of a kind hold all of it. `<kind>/parameters.rs`: its parameters, and what they answer when other rooms ask
//! (`Parameters`); it stands apart because the model of rulebooks holds rules, and what computes with facts needs the model.
//! `<kind>.rs`: how its fields are taken from a rulebook's file (`InFiles`), and what it does (`Kind`): it computes points exactly or
//! says what is missing, gives the sum as a step of the working, writes it over the cells of a working paper, and tells what is
//! wrong with its parameters. `list.rs` has a line for each kind; no other room asks which kind a rule is.

mod attested;
mod bands;
mod choice;
mod conditions;
mod count_deduction;
mod decided;
mod form_line;
mod judgement;
mod kind;
mod level;
mod list;
pub(crate) mod live;
mod outcome;
mod parameters;
mod proportion;
mod span;
mod step_deduction;
mod target;
mod wording;
mod world;

use rust_decimal::Decimal;

use crate::fraction::{Fraction, exact};
use crate::phrase::Phrase;
use crate::rulebook::lint::scale::Scales;
use crate::rulebook::lint::spot::Spot;
use crate::rulebook::{Criterion, Indicator};

use kind::{FormulaOf, Kind};
use list::kinds;
use live::{Ends, Scope};

pub(crate) use conditions::{any, say_conditions, with_conditions};
pub use decided::parameters::Decided;
pub(crate) use form_line::Step;
pub use judgement::parameters::Judgement;
pub(crate) use kind::Named;
pub use level::parameters::LevelRule;
pub use list::Rule;
pub(crate) use outcome::{Cause, Outcome, Truth, Unknown, ZeroDivision};
pub use parameters::Parameters;
pub use proportion::parameters::ProportionRule;
pub use span::parameters::SpanRule;
pub use target::parameters::{Direction, TargetRule};
pub(crate) use wording::{Written, number_text, points_text, range, unknown, ways};
pub(crate) use world::{UsedFact, World};

macro_rules! dispatch {
    ($($(#[$says:meta])* $kind:ident($parameters:ty) $($word:literal)?;)*) => {
        /// The kinds of rule that a file can name, by their words.
        pub(crate) const KINDS: &[Named] = &[$($(Named::of::<$parameters>($word),)?)*];

        /// The kind of a rule.
        fn kind(rule: &Rule) -> &dyn Kind {
            match rule {
                $(Rule::$kind(parameters) => parameters,)*
            }
        }
    };
}

kinds!(dispatch);

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

/// Whether the value of a criterion has only just reached what it earns; none where that cannot be told.
pub(crate) fn just_reached(criterion: &Criterion, world: &World<'_>) -> Option<bool> {
    kind(&criterion.rule).just_reached(world)
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

/// What its points never fall below, where its clause says so and the kind does not see to it.
fn floor(criterion: &Criterion) -> Option<Decimal> {
    let is_raised = criterion.rule.parameters().is_raised_to_least();
    is_raised.then_some(criterion.least).filter(|least| *least > Decimal::ZERO)
}

/// Holds the numbers of a criterion's rule against what they stand beside.
pub(crate) fn scales(spot: &Spot<'_>, scales: &Scales<'_>) {
    kind(&spot.criterion().rule).scales(scales, spot);
}

/// Tells what is wrong with the parameters of a criterion's rule.
pub(crate) fn lint(spot: &Spot<'_>) {
    kind(&spot.criterion().rule).lint(spot);
}

/// The numbers at which a rule turns.
pub(crate) fn turns(rule: &Rule) -> Vec<Decimal> {
    kind(rule).turns()
}
