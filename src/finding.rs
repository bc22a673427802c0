//! How a finding is worded: its code gives the severity, the texts give the sentence, the rest is added piece by piece.

use std::fmt::Display;

use rust_decimal::Decimal;

use crate::audit::{Finding, Severity, Source};
use crate::checks::register;
use crate::text::Language;

impl Finding {
    /// A finding of `code` in its usual severity, with the sentence of the same name.
    pub fn told(code: &str, language: Language, holes: &[(&str, &dyn Display)]) -> Finding {
        Finding::worded(code, code, language, holes)
    }

    /// The same with another sentence: the text `finding.<wording>`.
    pub fn worded(code: &str, wording: &str, language: Language, holes: &[(&str, &dyn Display)]) -> Finding {
        Finding {
            code: code.to_owned(),
            severity: register::find(code).map_or(Severity::Warning, |code| code.severity),
            indicator: None,
            fact: None,
            message: language.say(&format!("finding.{wording}"), holes),
            claimed: None,
            low: None,
            high: None,
            difference: None,
            explanation: None,
            source: None,
        }
    }

    /// About this indicator.
    pub fn of_indicator(self, indicator: &str) -> Finding {
        Finding { indicator: Some(indicator.to_owned()), ..self }
    }

    /// About this fact.
    pub fn of_fact(self, fact: &str) -> Finding {
        Finding { fact: Some(fact.to_owned()), ..self }
    }

    /// In this cell.
    pub fn at(self, source: &Source) -> Finding {
        Finding { source: Some(source.clone()), ..self }
    }

    /// In this severity instead of the usual one.
    pub fn as_severe_as(self, severity: Severity) -> Finding {
        Finding { severity, ..self }
    }

    /// With the claimed score and the amount in points.
    pub fn of_amount(self, claimed: Option<Decimal>, difference: Decimal) -> Finding {
        Finding { claimed, difference: Some(difference), ..self }
    }
}
