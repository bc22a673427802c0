//! The door from the binary floats of .xls and .xlsb to decimals; no other code here sees a float, but for those that
//! the second reader hands out.

use rust_decimal::Decimal;

pub(crate) use crate::quantity::{stored, stored_float};

/// The bits of a binary float as a file stores it → its decimal at 15 significant digits.
pub(crate) fn stored_bits(bits: u64) -> Option<Decimal> {
    stored_float(f64::from_bits(bits))
}

/// The bits of a float that counts hundredths → the decimal.
pub(crate) fn stored_hundredth(bits: u64) -> Option<Decimal> {
    stored_float(f64::from_bits(bits) / 100.0)
}
