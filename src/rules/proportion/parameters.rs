//! The parameters of a proportion.

use rust_decimal::Decimal;

use crate::rulebook::expression::Expression;
use crate::rules::parameters::Parameters;

/// points × value ÷ target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProportionRule {
    /// What was reached.
    pub value: Expression,
    /// What earns all points.
    pub target: Expression,
    /// Whether more than the target earns no more than the points.
    pub cap: bool,
}

impl Parameters for ProportionRule {
    fn names(&self) -> Vec<&str> {
        self.value.names().into_iter().chain(self.target.names()).collect()
    }

    fn quotient(&self) -> Option<(&Expression, &Expression)> {
        Some((&self.value, &self.target))
    }

    fn is_share_of_points(&self) -> bool {
        true
    }

    fn is_capped(&self) -> bool {
        self.cap
    }

    fn is_raised_to_least(&self) -> bool {
        true
    }

    fn is_sum(&self) -> bool {
        true
    }

    fn measure_at(&mut self, share: Decimal) {
        self.value = Expression::Number { value: share, percent: true };
        self.target = Expression::Number { value: Decimal::ONE, percent: false };
    }

    fn divide_by(&mut self, other: &Expression) {
        self.target = other.clone();
    }

    fn lift_cap(&mut self) -> bool {
        std::mem::replace(&mut self.cap, false)
    }
}
