//! How decimals are written in JSON: as text, scores with two decimals, claims and facts in their shortest form.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Deserializer, Serializer, de::Error};

/// A score for reading: at least two decimals, more only where the number has more.
pub fn score_text(value: Decimal) -> String {
    let exact = value.normalize();
    if exact.scale() <= 2 { format!("{exact:.2}") } else { exact.to_string() }
}

/// A sum of scores for reading: two decimals, whatever a department typed further.
pub fn sum_text(value: Decimal) -> String {
    score_text(round_score(value))
}

/// A figure in its shortest form, without a sign on zero.
pub fn figure_text(value: Decimal) -> String {
    if value.is_zero() { "0".to_owned() } else { value.normalize().to_string() }
}

/// An amount of points: 0 where there is none, else as a score.
pub fn amount_text(value: Decimal) -> String {
    if value.is_zero() { "0".to_owned() } else { score_text(value) }
}

/// Half-up (away from zero) at two decimals: the one rounding of a score.
pub fn round_score(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// A decimal as it was written. The two decimals of a score may be more than the longest numbers have room for: zeros at their end
/// say nothing.
fn parse<'de, D: Deserializer<'de>>(text: &str) -> Result<Decimal, D::Error> {
    let read = Decimal::from_str_exact(text).or_else(|error| match text.contains('.') {
        true => Decimal::from_str_exact(text.trim_end_matches('0').trim_end_matches('.')),
        false => Err(error),
    });
    read.map_err(|error| D::Error::custom(format!("{text:?}: {error}")))
}

macro_rules! as_text {
    ($(#[$doc:meta])* $name:ident, $name_option:ident, $write:path) => {
        $(#[$doc])*
        pub mod $name {
            use super::*;
            /// Writes the decimal as text.
            pub fn serialize<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&$write(*value))
            }
            /// Reads it back.
            pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
                parse::<D>(&String::deserialize(deserializer)?)
            }
        }
        $(#[$doc])*
        pub mod $name_option {
            use super::*;
            /// Writes the decimal as text, or null.
            pub fn serialize<S: Serializer>(value: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
                match value {
                    Some(value) => serializer.serialize_str(&$write(*value)),
                    None => serializer.serialize_none(),
                }
            }
            /// Reads it back.
            pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
                Option::<String>::deserialize(deserializer)?.map(|text| parse::<D>(&text)).transpose()
            }
        }
    };
}

as_text!(
    /// Computed scores.
    score, score_option, super::score_text
);
as_text!(
    /// Differences.
    amount,
    amount_option,
    super::amount_text
);
as_text!(
    /// Claims and facts.
    figure, figure_option, super::figure_text
);
