//! Numbers as programs store them: binary floats, taken at 15 significant digits, which is what a person typed.

use rust_decimal::Decimal;

/// Any lexeme this short holds at most 15 digits, so it is its own reading.
const EXACT_LEXEME: usize = 15;

/// The number that a program stored, at 15 significant digits, from its text in the file (`27.219999999999994`,
/// `1E-05`, `5.`); trailing zeros are dropped. What comes to 1e-28 or less is 0.
///
/// None: not a finite number, or beyond what a [`Decimal`] holds (about 7.9e28).
pub fn stored(lexeme: &str) -> Option<Decimal> {
    let lexeme = lexeme.trim();
    let plain = |c: char| c.is_ascii_digit() || c == '.';
    if lexeme.len() <= EXACT_LEXEME && lexeme.starts_with(|c: char| c.is_ascii_digit()) && lexeme.chars().all(plain) {
        return Decimal::from_str_exact(lexeme.trim_end_matches('.')).ok().map(|d| d.normalize());
    }
    let numeric = |c: char| plain(c) || matches!(c, '+' | '-' | 'e' | 'E');
    if !lexeme.chars().all(numeric) {
        return None;
    }
    stored_float(lexeme.parse().ok()?)
}

/// The same for libraries that hand out floats: `0.27219999999999994` is 0.2722, `0.0900000762939453` is what it is.
pub fn stored_float(value: f64) -> Option<Decimal> {
    if !value.is_finite() {
        return None;
    }
    let fifteen = format!("{value:.14e}");
    // A decimal ends at 28 places; what lies below them is cut off by rounding.
    let decimal =
        Decimal::from_scientific(&fifteen).or_else(|_| Decimal::from_str_exact(&format!("{value:.28}"))).ok()?;
    let vanishes = decimal.abs() <= Decimal::new(1, 28);
    Some(if vanishes { Decimal::ZERO } else { unsigned_zero(decimal.normalize()) })
}

/// How many decimals the number was written with: 2 for `6.00`.
pub fn decimals_written(number: Decimal) -> u32 {
    number.scale()
}

/// The shortest way to write the number: no trailing zeros, no exponent, no `-0`.
pub fn shortest(number: Decimal) -> String {
    unsigned_zero(number.normalize()).to_string()
}

fn unsigned_zero(number: Decimal) -> Decimal {
    if number.is_zero() { Decimal::ZERO } else { number }
}
