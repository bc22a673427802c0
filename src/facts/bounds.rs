//! Which values a fact can have: money and counts from 0 up, counts whole, percentages from 0 to their maximum.

use rust_decimal::Decimal;

use crate::facts::known::CandidateValue;
use crate::rulebook::FactKind;
use crate::text::Language;

/// The affirmative answer of a yes/no fact.
pub const YES: &str = "是";
/// The negative answer of a yes/no fact.
pub const NO: &str = "否";

/// Whether a fact of this kind can have the value.
pub fn within(kind: &FactKind, value: &CandidateValue) -> bool {
    match (kind, value) {
        (FactKind::YesNo, CandidateValue::Answer(answer)) => answer == YES || answer == NO,
        (FactKind::Choice { options }, CandidateValue::Answer(answer)) => options.contains(answer),
        (FactKind::Money { .. }, CandidateValue::Number(number)) => *number >= Decimal::ZERO,
        (FactKind::Count { .. }, CandidateValue::Number(number)) => {
            *number >= Decimal::ZERO && number.fract().is_zero()
        }
        (FactKind::Percent { max }, CandidateValue::Number(number)) => *number >= Decimal::ZERO && number <= max,
        _ => false,
    }
}

/// The values it can have, in words.
pub fn in_words(kind: &FactKind, language: Language) -> String {
    match kind {
        FactKind::Money { .. } => language.word("finding.bounds-money"),
        FactKind::Count { .. } => language.word("finding.bounds-count"),
        FactKind::Percent { max } => language.say("finding.bounds-percent", &[("max", &max.normalize())]),
        FactKind::YesNo => format!("{YES} / {NO}"),
        FactKind::Choice { options } => options.join(" / "),
    }
}
