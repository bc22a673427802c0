//! The one door from stored floats to decimals: 15 significant digits, as spreadsheet programs show them.

use rust_decimal::Decimal;

/// A number as a file stores it in text → its decimal at 15 significant digits.
/// None for what is no finite number or is too large for a decimal.
pub(crate) fn stored(lexeme: &str) -> Option<Decimal> {
    let plain = lexeme.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    if plain { stored_float(lexeme.parse().ok()?) } else { None }
}

/// A binary float as a file stores it → its decimal at 15 significant digits.
pub(crate) fn stored_float(float: f64) -> Option<Decimal> {
    if !float.is_finite() {
        return None;
    }
    if float.abs() < 1e-27 {
        return Some(Decimal::ZERO);
    }
    Decimal::from_scientific(&format!("{float:.14e}")).ok().map(|number| number.normalize())
}

/// The bits of a binary float as a file stores it → its decimal at 15 significant digits.
pub(crate) fn stored_bits(bits: u64) -> Option<Decimal> {
    stored_float(f64::from_bits(bits))
}

/// The bits of a float that counts hundredths → the decimal.
pub(crate) fn stored_hundredth(bits: u64) -> Option<Decimal> {
    stored_float(f64::from_bits(bits) / 100.0)
}
