//! Which values a fact can have: money and counts from 0 up, counts whole, percentages from 0 to their maximum.

use rust_decimal::Decimal;

use crate::facts::known::CandidateValue;
use crate::phrase::{Phrase, Term};
use crate::rulebook::FactKind;

pub use crate::contract::{NO, YES};

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
pub fn in_words(kind: &FactKind) -> Term {
    match kind {
        FactKind::Money { .. } | FactKind::Declared { .. } => Term::word("finding.bounds-money"),
        FactKind::Count { .. } => Term::word("finding.bounds-count"),
        FactKind::Percent { max } => {
            Phrase::new("finding.bounds-percent").with("max", max.normalize().to_string()).into()
        }
        FactKind::YesNo => format!("{YES} / {NO}").into(),
        FactKind::Choice { options } => options.join(" / ").into(),
    }
}
