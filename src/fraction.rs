//! Exact fractions between the doors: nothing is cut before the one rounding of an indicator.

use num_bigint::{BigInt, Sign};
use num_traits::{Signed, ToPrimitive, Zero};
use rust_decimal::Decimal;

/// An exact fraction.
pub type Fraction = num_rational::Ratio<BigInt>;

/// A decimal as a fraction, exactly.
pub fn exact(value: Decimal) -> Fraction {
    Fraction::new(BigInt::from(value.mantissa()), power_of_ten(value.scale()))
}

/// Half-up (away from zero) at two decimals: the one rounding of a score. Scores beyond any decimal end at the largest.
pub fn rounded(value: &Fraction) -> Decimal {
    let hundredths = nearest(value, 2);
    let limit = if hundredths.is_negative() { Decimal::MIN } else { Decimal::MAX };
    hundredths.to_i128().and_then(|units| Decimal::try_from_i128_with_scale(units, 2).ok()).unwrap_or(limit)
}

/// Significant digits that the cells of a spreadsheet keep.
const CELL_DIGITS: u32 = 15;

/// A fraction as the cell of a spreadsheet would hold it: to 15 significant digits, halves away from zero. What is beyond
/// any decimal ends at the largest.
pub fn significant(value: &Fraction) -> Decimal {
    let whole = value.to_integer();
    let before = if whole.is_zero() { 0 } else { whole.magnitude().to_string().len() as u32 };
    let places = CELL_DIGITS.saturating_sub(before);
    let limit = if value.is_negative() { Decimal::MIN } else { Decimal::MAX };
    let units = nearest(value, places).to_i128();
    units.and_then(|units| Decimal::try_from_i128_with_scale(units, places).ok()).unwrap_or(limit).normalize()
}

/// The digits of a fraction with at most `decimals` places, trailing zeros left out, and whether they are the whole truth.
pub fn digits(value: &Fraction, decimals: u32) -> (String, bool) {
    let units = nearest(value, decimals);
    let whole = Fraction::new(units.clone(), power_of_ten(decimals)) == *value;
    (placed(&units, decimals), whole)
}

/// The whole number of 10⁻ᵈ nearest to the value, halves away from zero.
fn nearest(value: &Fraction, decimals: u32) -> BigInt {
    let doubled: BigInt = value.numer().abs() * power_of_ten(decimals) * 2 + value.denom();
    let units: BigInt = doubled / (value.denom() * 2);
    if value.is_negative() { -units } else { units }
}

fn power_of_ten(exponent: u32) -> BigInt {
    BigInt::from(10u32).pow(exponent)
}

fn placed(units: &BigInt, decimals: u32) -> String {
    if units.is_zero() {
        return "0".to_owned();
    }
    let places = decimals as usize;
    let padded = format!("{:0>width$}", units.magnitude().to_string(), width = places + 1);
    let (whole, part) = padded.split_at(padded.len() - places);
    let part = part.trim_end_matches('0');
    let sign = if units.sign() == Sign::Minus { "−" } else { "" };
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(numerator: i64, denominator: i64) -> String {
        significant(&Fraction::new(numerator.into(), denominator.into())).to_string()
    }

    #[test]
    fn a_cell_holds_fifteen_digits_of_a_fraction() {
        assert_eq!(of(2, 3), "0.666666666666667");
        assert_eq!(of(200, 3), "66.6666666666667");
        assert_eq!(of(-1, 3), "-0.333333333333333");
        assert_eq!(of(965, 1000), "0.965");
        assert_eq!(of(0, 7), "0");
        assert_eq!(of(1_234_567_890_123_456, 1), "1234567890123456");
        let beyond = exact(Decimal::MAX) * exact(Decimal::MAX);
        assert_eq!((significant(&beyond), significant(&-beyond)), (Decimal::MAX, Decimal::MIN));
    }
}
