//! Exact fractions between the doors: nothing is cut before the one rounding of an indicator.

use std::cmp::Ordering;
use std::ops::{Add, Div, Mul, Neg, Sub};

use num_bigint::{BigInt, Sign};
use num_rational::Ratio;
use num_traits::{One, Signed, ToPrimitive, Zero};
use rust_decimal::Decimal;

/// An exact fraction, of whatever size. What fits machine integers is held in them; a step that would overflow them is
/// done in integers that grow, and what fits again afterwards comes back.
#[derive(Clone, PartialEq, Eq)]
pub struct Fraction(Size);

/// A value that fits is never held as a large one, so that equal values look equal.
#[derive(Clone, PartialEq, Eq)]
enum Size {
    Small(Ratio<i128>),
    Large(Box<Ratio<BigInt>>),
}

impl Fraction {
    /// `numerator` ÷ `denominator`; the denominator is not 0.
    pub fn new(numerator: i128, denominator: i128) -> Fraction {
        // The smallest integer has no counterpart above zero, with which signs are turned.
        if numerator == i128::MIN || denominator == i128::MIN {
            return Fraction::large(Ratio::new(numerator.into(), denominator.into()));
        }
        Fraction::small(Ratio::new(numerator, denominator))
    }

    fn small(value: Ratio<i128>) -> Fraction {
        if *value.numer() == i128::MIN {
            return Fraction(Size::Large(Box::new(grown(&value))));
        }
        Fraction(Size::Small(value))
    }

    fn large(value: Ratio<BigInt>) -> Fraction {
        match (value.numer().to_i128(), value.denom().to_i128()) {
            // It stands in lowest terms already, with the denominator above zero.
            (Some(numerator), Some(denominator)) if numerator != i128::MIN => {
                Fraction(Size::Small(Ratio::new_raw(numerator, denominator)))
            }
            _ => Fraction(Size::Large(Box::new(value))),
        }
    }

    fn grown(&self) -> Ratio<BigInt> {
        match &self.0 {
            Size::Small(value) => grown(value),
            Size::Large(value) => Ratio::clone(value),
        }
    }

    fn with(
        &self,
        other: &Fraction,
        small: fn(&Ratio<i128>, &Ratio<i128>) -> Option<Ratio<i128>>,
        large: fn(Ratio<BigInt>, Ratio<BigInt>) -> Ratio<BigInt>,
    ) -> Fraction {
        if let (Size::Small(one), Size::Small(other)) = (&self.0, &other.0)
            && let Some(value) = small(one, other)
        {
            return Fraction::small(value);
        }
        Fraction::large(large(self.grown(), other.grown()))
    }

    fn mapped(
        &self,
        small: impl Fn(&Ratio<i128>) -> Ratio<i128>,
        large: impl Fn(&Ratio<BigInt>) -> Ratio<BigInt>,
    ) -> Fraction {
        match &self.0 {
            Size::Small(value) => Fraction::small(small(value)),
            Size::Large(value) => Fraction::large(large(value)),
        }
    }

    /// 0.
    pub fn zero() -> Fraction {
        Fraction(Size::Small(Ratio::zero()))
    }

    /// 1.
    pub fn one() -> Fraction {
        Fraction(Size::Small(Ratio::one()))
    }

    /// Whether it is 0.
    pub fn is_zero(&self) -> bool {
        matches!(&self.0, Size::Small(value) if value.is_zero())
    }

    /// Whether it is 1.
    pub fn is_one(&self) -> bool {
        matches!(&self.0, Size::Small(value) if value.is_one())
    }

    /// Whether it is below 0.
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Size::Small(value) => value.is_negative(),
            Size::Large(value) => value.is_negative(),
        }
    }

    /// Without its sign.
    pub fn abs(&self) -> Fraction {
        self.mapped(Signed::abs, Signed::abs)
    }

    /// The largest whole number not above it.
    pub fn floor(&self) -> Fraction {
        // Written so that nothing is added that could overflow.
        let below = |value: &Ratio<i128>| Ratio::from_integer(value.numer().div_euclid(*value.denom()));
        self.mapped(below, Ratio::floor)
    }

    /// The smallest whole number not below it.
    pub fn ceil(&self) -> Fraction {
        -(-self.clone()).floor()
    }

    /// A power. What is in lowest terms stays in them, so that nothing is shortened on the way.
    pub fn power(&self, exponent: u32) -> Fraction {
        let [numerator, denominator] = self.parts().map(|part| part.pow(exponent));
        Fraction::large(Ratio::new_raw(numerator, denominator))
    }

    /// Numerator and denominator in lowest terms, the denominator above zero: for sums over one denominator, which are shortened once.
    pub fn parts(&self) -> [BigInt; 2] {
        self.grown().into_raw().into()
    }

    /// `numerator` ÷ `denominator`, of whatever size; the denominator is not 0.
    pub fn of_parts(numerator: BigInt, denominator: BigInt) -> Fraction {
        Fraction::large(Ratio::new(numerator, denominator))
    }
}

fn grown(value: &Ratio<i128>) -> Ratio<BigInt> {
    Ratio::new_raw(BigInt::from(*value.numer()), BigInt::from(*value.denom()))
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Size::Small(one), Size::Small(other)) => one.cmp(other),
            _ => self.grown().cmp(&other.grown()),
        }
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl std::fmt::Debug for Fraction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

impl std::fmt::Display for Fraction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Size::Small(value) => value.fmt(f),
            Size::Large(value) => value.fmt(f),
        }
    }
}

impl Neg for Fraction {
    type Output = Fraction;

    fn neg(self) -> Fraction {
        self.mapped(|value| -value, |value| -value)
    }
}

macro_rules! operation {
    ($operation:ident, $method:ident, $checked:path) => {
        impl $operation<&Fraction> for &Fraction {
            type Output = Fraction;

            fn $method(self, other: &Fraction) -> Fraction {
                self.with(other, $checked, $operation::$method)
            }
        }

        impl $operation<Fraction> for Fraction {
            type Output = Fraction;

            fn $method(self, other: Fraction) -> Fraction {
                $operation::$method(&self, &other)
            }
        }

        impl $operation<&Fraction> for Fraction {
            type Output = Fraction;

            fn $method(self, other: &Fraction) -> Fraction {
                $operation::$method(&self, other)
            }
        }

        impl $operation<Fraction> for &Fraction {
            type Output = Fraction;

            fn $method(self, other: Fraction) -> Fraction {
                $operation::$method(self, &other)
            }
        }
    };
}

operation!(Add, add, num_traits::CheckedAdd::checked_add);
operation!(Sub, sub, num_traits::CheckedSub::checked_sub);
operation!(Mul, mul, num_traits::CheckedMul::checked_mul);
operation!(Div, div, num_traits::CheckedDiv::checked_div);

/// A decimal as a fraction, exactly.
pub fn exact(value: Decimal) -> Fraction {
    // A decimal has at most 28 places, and 10²⁸ is well within 128 bits.
    Fraction::new(value.mantissa(), 10_i128.pow(value.scale()))
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
    let before = match &value.0 {
        Size::Small(value) => value.to_integer().unsigned_abs().checked_ilog10().map_or(0, |digits| digits + 1),
        Size::Large(value) => match value.to_integer() {
            whole if whole.is_zero() => 0,
            whole => whole.magnitude().to_string().len() as u32,
        },
    };
    let places = CELL_DIGITS.saturating_sub(before);
    let limit = if value.is_negative() { Decimal::MIN } else { Decimal::MAX };
    let units = nearest(value, places).to_i128();
    units.and_then(|units| Decimal::try_from_i128_with_scale(units, places).ok()).unwrap_or(limit).normalize()
}

/// The digits of a fraction with at most `decimals` places, trailing zeros left out, and whether they are the whole truth.
pub fn digits(value: &Fraction, decimals: u32) -> (String, bool) {
    let units = nearest(value, decimals);
    (placed(&units, decimals), is_whole(value, decimals))
}

/// Whether the value is a whole number of 10⁻ᵈ.
fn is_whole(value: &Fraction, decimals: u32) -> bool {
    match (&value.0, 10_i128.checked_pow(decimals)) {
        // In lowest terms its denominator divides a power of ten or does not, whatever the numerator is.
        (Size::Small(value), Some(power)) => power % value.denom() == 0,
        _ => (power_of_ten(decimals) % value.grown().denom()).is_zero(),
    }
}

/// The whole number of 10⁻ᵈ nearest to the value, halves away from zero.
fn nearest(value: &Fraction, decimals: u32) -> BigInt {
    if let Size::Small(value) = &value.0
        && let Some(units) = nearest_of_small(value, decimals)
    {
        return units.into();
    }
    let grown = value.grown();
    let doubled: BigInt = grown.numer().abs() * power_of_ten(decimals) * 2 + grown.denom();
    let units: BigInt = doubled / (grown.denom() * 2);
    if value.is_negative() { -units } else { units }
}

/// The same in machine integers; nothing where they overflow.
fn nearest_of_small(value: &Ratio<i128>, decimals: u32) -> Option<i128> {
    let twice = value.denom().checked_mul(2)?;
    let scaled = value.numer().checked_abs()?.checked_mul(10_i128.checked_pow(decimals)?)?;
    let units = scaled.checked_mul(2)?.checked_add(*value.denom())? / twice;
    Some(if value.is_negative() { -units } else { units })
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
    use proptest::prelude::{Strategy, any, prop, prop_assert_eq, prop_oneof, proptest};

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

    /// The same step in integers that never overflow.
    fn referee(one: &Fraction, other: &Fraction, step: fn(Ratio<BigInt>, Ratio<BigInt>) -> Ratio<BigInt>) -> Fraction {
        Fraction::large(step(one.grown(), other.grown()))
    }

    fn any_fraction() -> impl Strategy<Value = Fraction> {
        let edge = prop::sample::select(vec![i128::MAX, i128::MAX - 1, 1 << 64, -(1 << 64), i128::MIN + 1, i128::MIN]);
        let numerator = || prop_oneof![-40i128..40, edge.clone(), any::<i64>().prop_map(i128::from), any::<i128>()];
        let denominator = prop_oneof![1i128..40, edge.clone(), any::<i128>()];
        (numerator(), denominator).prop_map(|(numerator, denominator)| match denominator {
            0 => Fraction::new(numerator, 1),
            _ => Fraction::new(numerator, denominator),
        })
    }

    proptest! {
        #[test]
        fn machine_integers_and_large_ones_give_the_same_fractions(one in any_fraction(), other in any_fraction()) {
            prop_assert_eq!(&one + &other, referee(&one, &other, Add::add));
            prop_assert_eq!(&one - &other, referee(&one, &other, Sub::sub));
            prop_assert_eq!(&one * &other, referee(&one, &other, Mul::mul));
            if !other.is_zero() {
                prop_assert_eq!(&one / &other, referee(&one, &other, Div::div));
            }
            prop_assert_eq!(one.cmp(&other), one.grown().cmp(&other.grown()));
            prop_assert_eq!(one.floor(), Fraction::large(one.grown().floor()));
            prop_assert_eq!(one.ceil(), Fraction::large(one.grown().ceil()));
            prop_assert_eq!(one.abs(), Fraction::large(one.grown().abs()));
            prop_assert_eq!(one.is_negative(), one < Fraction::zero());
        }

        #[test]
        fn a_fraction_is_rounded_alike_in_machine_integers_and_in_large_ones(value in any_fraction(), decimals in 0u32..16) {
            let grown = value.grown();
            let doubled: BigInt = grown.numer().abs() * power_of_ten(decimals) * 2 + grown.denom();
            let units: BigInt = doubled / (grown.denom() * 2);
            let units = if value.is_negative() { -units } else { units };
            prop_assert_eq!(nearest(&value, decimals), units.clone());
            let is_whole = grown * power_of_ten(decimals) == Ratio::from_integer(units);
            prop_assert_eq!(digits(&value, decimals).1, is_whole);
        }
    }
}
