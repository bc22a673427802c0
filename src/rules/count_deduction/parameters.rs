//! The parameters of a deduction by a count.

use rust_decimal::Decimal;

use crate::rulebook::expression::Expression;
use crate::rules::parameters::Parameters;

/// points − k × count, never below 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountDeductionRule {
    /// The count.
    pub value: Expression,
    /// Points lost for each.
    pub each: Decimal,
    /// Points that the clause leaves at least, however many are counted.
    pub least: Decimal,
}

impl Parameters for CountDeductionRule {
    fn names(&self) -> Vec<&str> {
        self.value.names()
    }

    fn subject(&self) -> Option<&str> {
        self.value.as_name()
    }

    fn has_steps(&self) -> bool {
        true
    }
}
