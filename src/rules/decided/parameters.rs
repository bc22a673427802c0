//! The points that somebody gave.

use rust_decimal::Decimal;

use crate::rules::parameters::Parameters;

/// Somebody has judged: these points. No file names it; a reviewer's entry makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decided {
    /// As they were given; no more than those of the criterion count.
    pub points: Decimal,
}

impl Parameters for Decided {
    fn names(&self) -> Vec<&str> {
        Vec::new()
    }

    fn is_for_judges(&self) -> bool {
        true
    }
}
