//! Claimed scores.

use super::fold::squeezed;
use super::frame::frame;
use super::numeral::{self, Grouping};
use super::{Reading, Typed, filled};
use crate::vocabulary::Quantities;
use rust_decimal::Decimal;

/// A score as claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// Points, with the decimals they are written with: `6.00` has scale 2, the number 6 has scale 0.
    pub value: Decimal,
}

/// Reads a claimed score: 5, `5`, `5.00`, `5分`, `５`, `得5分`, 五分. A score below zero is a value: that it is invalid is for
/// the caller to say.
///
/// A number shown as a percentage is unreadable (5 % of what?), and so are `5/6`, `约5分`, `≥5`, `1,000` and any text with two
/// numbers, except a closing （满分6分）.
pub fn score(vocabulary: &Quantities, typed: Typed) -> Reading<Score> {
    match typed {
        Typed::Number { value, percent: false } => Reading::Value(Score { value: value.normalize() }),
        Typed::Number { percent: true, .. } => Reading::Unreadable,
        Typed::Text(text) => match filled(vocabulary, text) {
            Ok(text) => written(vocabulary, &text),
            Err(reading) => reading,
        },
    }
}

fn written(vocabulary: &Quantities, text: &str) -> Reading<Score> {
    let text = vocabulary.comparisons.score_before.strip_start(text).unwrap_or(text);
    let frame = frame(vocabulary, text.trim_start_matches(':').trim_start());
    if frame.sign.is_some() || frame.about || frame.vague {
        return Reading::Unreadable;
    }
    match numeral::signed(vocabulary, &frame.core, Grouping::Refused) {
        Some((value, rest)) if is_points(vocabulary, &squeezed(rest)) => Reading::Value(Score { value }),
        _ => Reading::Unreadable,
    }
}

fn is_points(vocabulary: &Quantities, unit: &str) -> bool {
    unit.is_empty() || vocabulary.units.points.contains(unit)
}
