//! Counts: how many of something.

use super::fold::squeezed;
use super::frame::{Frame, frame, span};
use super::numeral::{self, Grouping};
use super::{Typed, Understood, filled, fold};
use crate::vocabulary::Quantities;
use rust_decimal::Decimal;

/// Reads a count: 8, `8个`, `０`, `0项`, 八, 十二, 1.2万人. A number that is not whole, or below zero, is a value all the same:
/// that it is out of range is for the caller to say.
///
/// `zero_words`: this counts faults, so that 无 and 没有 are zero; anywhere else 无 is [`Understood::Absent`].
/// An approximate count (约100人) is unreadable, one with 多 or 余 not measurable.
pub fn count(vocabulary: &Quantities, typed: Typed, zero_words: bool) -> Understood<Decimal> {
    match typed {
        Typed::Number { value, percent: false } => Understood::Value(value),
        Typed::Number { percent: true, .. } => Understood::Unreadable,
        Typed::Text(text) if zero_words && says_none(vocabulary, text) => Understood::Value(Decimal::ZERO),
        Typed::Text(text) => match filled(vocabulary, text) {
            Ok(text) => written(vocabulary, &frame(vocabulary, &text)),
            Err(reading) => reading,
        },
    }
}

fn says_none(vocabulary: &Quantities, text: &str) -> bool {
    let text = squeezed(&fold(text));
    vocabulary.placeholders.zero.contains(text.trim_end_matches('。'))
}

fn written(vocabulary: &Quantities, frame: &Frame) -> Understood<Decimal> {
    match core(vocabulary, &frame.core) {
        Some(_) if frame.is_bound() => Understood::NotMeasurable,
        Some(_) if frame.about => Understood::Unreadable,
        Some(value) => Understood::Value(value),
        None if is_span(vocabulary, &frame.core) => Understood::NotMeasurable,
        None => Understood::Unreadable,
    }
}

fn is_span(vocabulary: &Quantities, text: &str) -> bool {
    span(vocabulary, text)
        .is_some_and(|(low, high)| core(vocabulary, low).is_some() && core(vocabulary, high).is_some())
}

fn core(vocabulary: &Quantities, text: &str) -> Option<Decimal> {
    let (value, rest) = numeral::signed(vocabulary, text, Grouping::Allowed)?;
    let (value, rest) = with_myriads(vocabulary, value, rest.trim_start())?;
    let unit = rest.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(rest);
    is_counter(vocabulary, unit).then_some(value)
}

/// 1.2万 is 12000; what follows is returned beside it.
pub(super) fn with_myriads<'t>(vocabulary: &Quantities, value: Decimal, rest: &'t str) -> Option<(Decimal, &'t str)> {
    let (factor, rest) = if let Some(rest) = rest.strip_prefix(vocabulary.numerals.myriad.all()) {
        (10_000, rest)
    } else if let Some(rest) = rest.strip_prefix(vocabulary.numerals.hundred_million.all()) {
        (100_000_000, rest)
    } else {
        return Some((value, rest));
    };
    let value = value.checked_mul(Decimal::from(factor))?;
    Some((value.normalize(), rest.trim_start()))
}

/// Nothing, a counter, or a counter and a plain noun.
pub(super) fn is_counter(vocabulary: &Quantities, text: &str) -> bool {
    text.is_empty()
        || vocabulary
            .units
            .counters
            .iter()
            .filter_map(|counter| text.strip_prefix(counter))
            .any(|noun| noun.is_empty() || vocabulary.units.nouns.contains(noun))
}
