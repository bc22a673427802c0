//! Units that fit, and denominators that mean something.

use super::{Spot, bands::subtracts};
use crate::rulebook::expression::{Expression, Operation};
use crate::rulebook::model::*;

/// What an expression measures.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Measure {
    /// A number, a percentage, points or a ratio.
    Plain,
    /// Money in a unit, or things counted in one.
    Of(String),
    /// A product, or something told already.
    Mixed,
}

/// The expressions of a criterion and its conditions.
pub(super) fn lint(spot: &Spot<'_>) {
    let criterion = spot.criterion();
    match &criterion.rule {
        Rule::Proportion { value, target, .. } => {
            fit(spot, value, target, "target");
            denominator(spot, target, "target");
        }
        Rule::StepDeduction { value, .. } => {
            if let Measure::Of(unit) = measure(spot, value, "value") {
                spot.flaw("ratio-needed", "value", vec![("unit", unit)]);
            }
        }
        Rule::Bands { value, .. } | Rule::CountDeduction { value, .. } => {
            measure(spot, value, "value");
        }
        Rule::Choice { .. } | Rule::Attested { .. } | Rule::Judgement => {}
    }
    compared(spot, &criterion.zero_when, "zero_when");
    compared(spot, &criterion.full_when, "full_when");
}

fn compared(spot: &Spot<'_>, conditions: &[Condition], field: &'static str) {
    for condition in conditions {
        if let Condition::Compare { value, with, .. } = condition {
            fit(spot, value, with, field);
        }
    }
}

/// Tells two sides that cannot be compared; a plain number fits everything but money.
fn fit(spot: &Spot<'_>, left: &Expression, right: &Expression, field: &'static str) {
    let measures = (measure(spot, left, field), measure(spot, right, field));
    if let (Measure::Of(one), Measure::Of(other)) = measures
        && one != other
    {
        spot.flaw("units-differ", field, vec![("one", one), ("other", other)]);
    }
}

fn measure(spot: &Spot<'_>, expression: &Expression, field: &'static str) -> Measure {
    match expression {
        Expression::Number { .. } => Measure::Plain,
        Expression::Name(name) => of_name(spot, name),
        Expression::Binary { operation, left, right } => {
            let sides = (measure(spot, left, field), measure(spot, right, field));
            if *operation == Operation::Divide {
                denominator(spot, right, field);
            }
            combined(spot, *operation, sides, field)
        }
    }
}

fn of_name(spot: &Spot<'_>, name: &str) -> Measure {
    let earlier = &spot.reading.criteria[..spot.at];
    if earlier.iter().any(|criterion| criterion.id == name) {
        return Measure::Plain;
    }
    match spot.card.facts.iter().find(|fact| fact.id == name).map(|fact| &fact.kind) {
        Some(FactKind::Money { unit } | FactKind::Count { unit, .. }) => Measure::Of(unit.clone()),
        _ => Measure::Plain,
    }
}

fn combined(spot: &Spot<'_>, operation: Operation, sides: (Measure, Measure), field: &'static str) -> Measure {
    match (operation, sides) {
        (_, (Measure::Mixed, _) | (_, Measure::Mixed)) => Measure::Mixed,
        (Operation::Multiply, (Measure::Plain, one) | (one, Measure::Plain)) => one,
        (Operation::Multiply, _) => Measure::Mixed,
        (Operation::Divide, (one, Measure::Plain)) => one,
        (_, (one, other)) if one == other => {
            if operation == Operation::Divide {
                Measure::Plain
            } else {
                one
            }
        }
        (_, (one, other)) => {
            let name = |side: Measure| if let Measure::Of(unit) = side { unit } else { "%".to_owned() };
            spot.flaw("units-differ", field, vec![("one", name(one)), ("other", name(other))]);
            Measure::Mixed
        }
    }
}

/// A denominator of nothing, or one that a difference can make 0 or negative.
fn denominator(spot: &Spot<'_>, expression: &Expression, field: &'static str) {
    let nothing = matches!(expression, Expression::Number { value, .. } if value.is_zero());
    if nothing || subtracts(expression) {
        spot.flaw("denominator-zero", field, vec![("denominator", expression.to_string())]);
    }
}
