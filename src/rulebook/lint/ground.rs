//! Where an expression stands: units that fit, and denominators that mean something.

use std::ops::Range;

use super::extent::Extent;
use crate::rulebook::cursor::Page;
use crate::rulebook::expression::{Expression, Operation};
use crate::rulebook::model::*;

/// What an expression measures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Measure {
    /// A number, a percentage, points or a ratio.
    Plain,
    /// Money in a unit, or things counted in one.
    Of(String),
    /// A product, or something told already.
    Mixed,
}

/// Where an expression stands, and what it can name.
pub(crate) struct Ground<'a> {
    pub page: &'a Page<'a>,
    pub card: &'a Scorecard,
    /// The criteria before it.
    pub earlier: &'a [Criterion],
    /// The conditions that can decide what a denominator of 0 means.
    pub deciding: Vec<&'a Condition>,
    pub place: Range<usize>,
}

impl Ground<'_> {
    /// Tells what is measured in a unit where a percentage is asked for: it has to be a ratio.
    pub fn ratio(&self, value: &Expression) {
        if let Measure::Of(unit) = self.measure(value) {
            self.page.flaw("ratio-needed", &self.place, vec![("value", value.to_string()), ("unit", unit)]);
        }
    }

    /// Tells two sides that cannot be compared or divided; a plain number fits everything.
    pub fn fit(&self, left: (&Expression, Measure), right: (&Expression, Measure)) {
        if let (Measure::Of(one), Measure::Of(other)) = (&left.1, &right.1)
            && one != other
        {
            self.tell_units((left.0, one), (right.0, other));
        }
    }

    fn tell_units(&self, left: (&Expression, &str), right: (&Expression, &str)) {
        let holes = vec![
            ("left", left.0.to_string()),
            ("one", left.1.to_owned()),
            ("right", right.0.to_string()),
            ("other", right.1.to_owned()),
        ];
        self.page.flaw("units-differ", &self.place, holes);
    }

    /// What an expression measures; tells what does not fit in it.
    pub fn measure(&self, expression: &Expression) -> Measure {
        match expression {
            Expression::Number { .. } => Measure::Plain,
            Expression::Name(name) => self.of_name(name),
            Expression::Binary { operation, left, right } => {
                let sides = (self.measure(left), self.measure(right));
                if *operation == Operation::Divide {
                    self.denominator(right);
                }
                self.combined(*operation, (left, right), sides)
            }
        }
    }

    fn of_name(&self, name: &str) -> Measure {
        if self.is_criterion(name) {
            return Measure::Plain;
        }
        match self.fact(name).map(|fact| &fact.kind) {
            Some(FactKind::Money { unit } | FactKind::Count { unit, .. }) => Measure::Of(unit.clone()),
            _ => Measure::Plain,
        }
    }

    fn is_criterion(&self, name: &str) -> bool {
        self.earlier.iter().any(|criterion| criterion.id == name)
    }

    fn fact(&self, name: &str) -> Option<&Fact> {
        self.card.facts.iter().find(|fact| fact.id == name)
    }

    fn combined(
        &self,
        operation: Operation,
        (left, right): (&Expression, &Expression),
        sides: (Measure, Measure),
    ) -> Measure {
        match (operation, sides) {
            (_, (Measure::Mixed, _) | (_, Measure::Mixed)) => Measure::Mixed,
            (Operation::Multiply, (Measure::Plain, one) | (one, Measure::Plain)) => one,
            (Operation::Multiply, _) => Measure::Mixed,
            (Operation::Divide, (one, Measure::Plain)) => one,
            (Operation::Divide, (one, other)) if one == other => Measure::Plain,
            (_, (one, other)) if one == other => one,
            (_, (one, other)) => {
                let name = |side: Measure| if let Measure::Of(unit) = side { unit } else { "%".to_owned() };
                self.tell_units((left, &name(one)), (right, &name(other)));
                Measure::Mixed
            }
        }
    }

    /// Tells a denominator that ordinary facts make 0 or negative while no condition decides what that means. For a
    /// single amount, count or rate the general rule does: 0 ÷ 0 is 不适用, x ÷ 0 a finding.
    pub fn denominator(&self, expression: &Expression) {
        if is_nothing(expression) {
            let holes = vec![("denominator", expression.to_string())];
            self.page.flaw("denominator-is-zero", &self.place, holes);
            return;
        }
        let extent = Extent::of(expression, self.card, self.earlier);
        let negative = extent.low.is_none_or(|low| low.is_negative());
        if negative && !self.decided(expression, false) {
            self.tell_denominator("denominator-zero", expression, "zero_when", "at_most");
        } else if self.is_often_zero(expression) && !self.decided(expression, true) {
            self.tell_denominator("denominator-often-zero", expression, "full_when", "equal");
        }
    }

    fn tell_denominator(&self, code: &'static str, expression: &Expression, field: &str, comparison: &str) {
        let example = format!("{field} = [{{ value = \"{expression}\", {comparison} = 0 }}]");
        self.page.flaw(code, &self.place, vec![("denominator", expression.to_string()), ("example", example)]);
    }

    /// A count of faults, of which none is the rule, or the points of another criterion.
    fn is_often_zero(&self, expression: &Expression) -> bool {
        let Expression::Name(name) = expression else { return false };
        let faults = |fact: &Fact| matches!(fact.kind, FactKind::Count { faults: true, .. });
        self.is_criterion(name) || self.fact(name).is_some_and(faults)
    }

    /// Whether a condition speaks of the case that a denominator is 0 (or, for a difference, not above 0).
    fn decided(&self, denominator: &Expression, equal_is_enough: bool) -> bool {
        let difference = match denominator {
            Expression::Binary { operation: Operation::Subtract, left, right } => Some((left, right)),
            _ => None,
        };
        self.deciding.iter().any(|condition| {
            let Condition::Compare { value, comparison, with } = condition else { return false };
            let of_zero = value == denominator && matches!(with, Expression::Number { value, .. } if value.is_zero());
            match comparison {
                Comparison::AtMost => {
                    of_zero || difference.is_some_and(|(left, right)| **left == *value && **right == *with)
                }
                Comparison::AtLeast => difference.is_some_and(|(left, right)| **left == *with && **right == *value),
                Comparison::Equal => of_zero && equal_is_enough,
                Comparison::Above | Comparison::Below => false,
            }
        })
    }
}

/// An expression that is 0 whatever the facts are: the number, or a thing less itself.
fn is_nothing(expression: &Expression) -> bool {
    match expression {
        Expression::Number { value, .. } => value.is_zero(),
        Expression::Name(_) => false,
        Expression::Binary { operation, left, right } => match operation {
            Operation::Add => is_nothing(left) && is_nothing(right),
            Operation::Subtract => left == right || (is_nothing(left) && is_nothing(right)),
            Operation::Multiply => is_nothing(left) || is_nothing(right),
            Operation::Divide => is_nothing(left),
        },
    }
}
