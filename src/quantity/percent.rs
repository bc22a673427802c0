//! Percentages: 27.22 for 27.22 %.

use super::frame::{Frame, frame, span};
use super::numeral::{self, Grouping};
use super::{Typed, Understood, filled};
use crate::vocabulary::Quantities;
use rust_decimal::Decimal;

/// A percentage as written.
pub(super) struct Written {
    pub(super) value: Decimal,
    /// Whether it says that it is a percentage.
    pub(super) marked: bool,
}

/// Reads a percentage: `27.22%`, 27.22, 0.2722 in a cell with a percent format, 百分之九十八, 九成五, `约27.22%`.
///
/// A bare number above 0 and up to 1 can be 0.27 % or 27 %: both are candidates, under a % unit too, because people type
/// 0.2722 there just the same. Where no unit says %, a bare number up to 1.5 is ambiguous in the same way (1.02 of a
/// progress of 102 %).
pub fn percent(vocabulary: &Quantities, typed: Typed, column_unit_is_percent: bool) -> Understood<Decimal> {
    match typed {
        Typed::Number { value, percent: true } => hundredfold(value),
        Typed::Number { value, percent: false } => bare(value, column_unit_is_percent),
        Typed::Text(text) => match filled(vocabulary, text) {
            Ok(text) => written(vocabulary, &frame(vocabulary, &text), column_unit_is_percent),
            Err(reading) => reading,
        },
    }
}

fn written(vocabulary: &Quantities, frame: &Frame, column_unit_is_percent: bool) -> Understood<Decimal> {
    match core(vocabulary, &frame.core) {
        Some(_) if frame.is_bound() => Understood::NotMeasurable,
        Some(Written { value, marked: true }) => Understood::Value(value),
        Some(Written { value, marked: false }) => bare(value, column_unit_is_percent),
        None if is_span(vocabulary, &frame.core) => Understood::NotMeasurable,
        None => Understood::Unreadable,
    }
}

fn is_span(vocabulary: &Quantities, text: &str) -> bool {
    span(vocabulary, text)
        .is_some_and(|(low, high)| core(vocabulary, low).is_some() && core(vocabulary, high).is_some())
}

/// A bare number up to this, where a percentage is asked for, may be a fraction of 1 as well: 0.95 for 95 %. 1.5 is 150 %,
/// beyond which rates of execution and completion hardly go, while 1.6 and more are percentages as they stand. Below it
/// both are kept, so that nobody is accused of the one that was not meant.
pub const MAY_BE_FRACTION: Decimal = Decimal::from_parts(15, 0, 0, false, 1);

fn bare(value: Decimal, column_unit_is_percent: bool) -> Understood<Decimal> {
    let fraction_up_to = if column_unit_is_percent { Decimal::ONE } else { MAY_BE_FRACTION };
    if value <= Decimal::ZERO || value > fraction_up_to {
        return Understood::Value(value);
    }
    match value.checked_mul(Decimal::ONE_HUNDRED) {
        Some(hundredfold) => Understood::Candidates(vec![value, hundredfold.normalize()]),
        None => Understood::Unreadable,
    }
}

fn hundredfold(value: Decimal) -> Understood<Decimal> {
    value.checked_mul(Decimal::ONE_HUNDRED).map_or(Understood::Unreadable, |value| Understood::Value(value.normalize()))
}

/// The whole of the text as a percentage.
pub(super) fn core(vocabulary: &Quantities, text: &str) -> Option<Written> {
    if vocabulary.numerals.whole.contains(text) {
        return Some(Written { value: Decimal::ONE_HUNDRED, marked: true });
    }
    if let Some(part) = vocabulary.numerals.of_a_hundred.strip_start(text) {
        return of_a_hundred(vocabulary, part.trim_start());
    }
    let (value, rest) = numeral::signed(vocabulary, text, Grouping::Refused)?;
    match rest.trim_start() {
        "" => Some(Written { value, marked: false }),
        "%" | "(%)" => Some(Written { value, marked: true }),
        rest => tenths(vocabulary, value, rest.strip_prefix(vocabulary.numerals.tenths.all())?),
    }
}

fn of_a_hundred(vocabulary: &Quantities, part: &str) -> Option<Written> {
    if vocabulary.numerals.all_of_a_hundred.contains(part) {
        return Some(Written { value: Decimal::ONE_HUNDRED, marked: true });
    }
    let (value, rest) = numeral::signed(vocabulary, part, Grouping::Refused)?;
    rest.is_empty().then_some(Written { value, marked: true })
}

/// 九成 is 90 %, 九成五 is 95 %.
fn tenths(vocabulary: &Quantities, value: Decimal, rest: &str) -> Option<Written> {
    let single = |number: Decimal| number.is_integer() && (Decimal::ZERO..=Decimal::TEN).contains(&number);
    let ones = match rest {
        "" => Decimal::ZERO,
        _ => {
            let (ones, after) = numeral::signed(vocabulary, rest, Grouping::Refused)?;
            (after.is_empty() && ones < Decimal::TEN).then_some(ones)?
        }
    };
    if !single(value) || !single(ones) {
        return None;
    }
    Some(Written { value: value.checked_mul(Decimal::TEN)?.checked_add(ones)?, marked: true })
}
