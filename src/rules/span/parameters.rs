//! The parameters of a declared target with two ends.

use rust_decimal::Decimal;

use crate::quantity::Quantity;
use crate::rules::parameters::Parameters;

/// An actual between both ends of a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpanRule {
    /// The fact that is missing where columns disagree about the target.
    pub target: String,
    /// The lower and the upper end, as they are declared.
    pub ends: Box<[Quantity; 2]>,
    /// The fact that holds the actual, in the unit of both ends.
    pub actual: String,
}

impl Parameters for SpanRule {
    fn names(&self) -> Vec<&str> {
        vec![&self.target, &self.actual]
    }

    fn ends(&self) -> Option<[Decimal; 2]> {
        let [low, high] = &*self.ends;
        Some([low.value, high.value])
    }
}
