//! Between which ends an expression can lie, whatever the facts are. The ends are wide, never narrow: what lies outside
//! cannot happen.

use rust_decimal::Decimal;

use crate::fraction::{Fraction, exact};
use crate::rulebook::expression::{Expression, Operation};
use crate::rulebook::model::*;

/// The lowest and the highest value; none: without end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Extent {
    pub low: Option<Fraction>,
    pub high: Option<Fraction>,
}

impl Extent {
    const ENDLESS: Extent = Extent { low: None, high: None };

    fn up_to(high: Option<Fraction>) -> Extent {
        Extent { low: Some(Fraction::zero()), high }
    }

    /// The extent of an expression, given the criteria before it.
    pub fn of(expression: &Expression, card: &Scorecard, earlier: &[Criterion]) -> Extent {
        match expression {
            Expression::Number { value, .. } => Extent { low: Some(exact(*value)), high: Some(exact(*value)) },
            Expression::Name(name) => of_name(name, card, earlier),
            Expression::Binary { operation, left, right } => {
                combined(*operation, &Extent::of(left, card, earlier), &Extent::of(right, card, earlier))
            }
        }
    }

    fn is_never_negative(&self) -> bool {
        self.low.as_ref().is_some_and(|low| !low.is_negative())
    }

    /// The quotient of two extents.
    pub fn over(&self, other: &Extent) -> Extent {
        combined(Operation::Divide, self, other)
    }
}

fn of_name(name: &str, card: &Scorecard, earlier: &[Criterion]) -> Extent {
    if let Some(criterion) = earlier.iter().find(|criterion| criterion.id == name) {
        return Extent::up_to(criterion.rule.parameters().is_capped().then(|| exact(criterion.points)));
    }
    match card.facts.iter().find(|fact| fact.id == name).map(|fact| &fact.kind) {
        Some(FactKind::Percent { max }) => Extent::up_to(Some(exact(*max) / exact(Decimal::ONE_HUNDRED))),
        _ => Extent::up_to(None),
    }
}

fn combined(operation: Operation, left: &Extent, right: &Extent) -> Extent {
    let both = |one: &Option<Fraction>, other: &Option<Fraction>| one.clone().zip(other.clone());
    match operation {
        Operation::Add => Extent {
            low: both(&left.low, &right.low).map(|(one, other)| one + other),
            high: both(&left.high, &right.high).map(|(one, other)| one + other),
        },
        Operation::Subtract => Extent {
            low: both(&left.low, &right.high).map(|(one, other)| one - other),
            high: both(&left.high, &right.low).map(|(one, other)| one - other),
        },
        _ if !left.is_never_negative() || !right.is_never_negative() => Extent::ENDLESS,
        Operation::Multiply => Extent {
            low: both(&left.low, &right.low).map(|(one, other)| one * other),
            high: both(&left.high, &right.high).map(|(one, other)| one * other),
        },
        Operation::Divide => Extent {
            low: match both(&left.low, &right.high) {
                Some((one, other)) if !other.is_zero() => Some(one / other),
                _ => Some(Fraction::zero()),
            },
            high: both(&left.high, &right.low).filter(|(_, other)| !other.is_zero()).map(|(one, other)| one / other),
        },
    }
}
