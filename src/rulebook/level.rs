//! A level of attainment, as rulebooks name it for qualitative targets.

use rust_decimal::Decimal;

/// A level of attainment of a qualitative target and the share of the weight it earns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Its name in messages.
    pub name: String,
    /// The exact words (after normalising) that state it.
    pub words: Vec<String>,
    /// Lowest share of the weight, as a fraction of 1.
    pub from: Decimal,
    /// Highest share of the weight; it may be an open end, which counts as its `high`.
    pub to: Decimal,
}
