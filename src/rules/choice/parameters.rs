//! The parameters of points by the answer.

use rust_decimal::Decimal;

use crate::rules::parameters::Parameters;

/// Points by the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceRule {
    /// The fact that answers.
    pub fact: String,
    /// Points of each answer, in the card's order.
    pub scores: Vec<(String, Decimal)>,
}

impl Parameters for ChoiceRule {
    fn names(&self) -> Vec<&str> {
        vec![&self.fact]
    }

    fn subject(&self) -> Option<&str> {
        Some(&self.fact)
    }
}
