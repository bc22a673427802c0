//! The parameters of a deduction by percentage points.

use rust_decimal::Decimal;

use crate::rulebook::expression::Expression;
use crate::rules::parameters::Parameters;

/// points − k for each percentage point over a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepDeductionRule {
    /// What is measured, as a fraction of 1.
    pub value: Expression,
    /// Up to here nothing is lost.
    pub limit: Decimal,
    /// The limit was written as a percentage.
    pub percent: bool,
    /// Points lost for each percentage point over the limit.
    pub per_point: Decimal,
    /// How a part of a percentage point counts.
    pub steps: Steps,
    /// Points that the clause leaves at least, however far the limit is passed.
    pub least: Decimal,
}

/// How a part of a percentage point counts in a step deduction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Steps {
    /// In proportion.
    ProRata,
    /// Only whole percentage points count.
    Whole,
    /// A started percentage point counts whole.
    Started,
}

impl Parameters for StepDeductionRule {
    fn names(&self) -> Vec<&str> {
        self.value.names()
    }

    fn quotient(&self) -> Option<(&Expression, &Expression)> {
        self.value.quotient()
    }

    fn is_sum(&self) -> bool {
        true
    }

    fn only_sorts(&self) -> bool {
        true
    }

    fn has_steps(&self) -> bool {
        true
    }

    fn has_limit(&self) -> bool {
        true
    }

    /// What is measured comes first, and may be as large a part of the other as the limit says.
    fn part_of_other(&self, fact: &str) -> Decimal {
        if self.value.names().first() == Some(&fact) {
            return self.limit;
        }
        Decimal::ONE.checked_div(self.limit).unwrap_or(Decimal::ONE)
    }

    fn measure_at(&mut self, share: Decimal) {
        self.value = Expression::Number { value: share, percent: true };
    }

    fn divide_by(&mut self, other: &Expression) {
        self.value.divide_by(other);
    }
}
