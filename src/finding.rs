//! How a finding is made: its code gives the severity, the texts give the sentence, the rest is added piece by piece.

use rust_decimal::Decimal;

use crate::audit::{Finding, Problem, Severity, Source};
use crate::checks::register::Code;
use crate::phrase::{Hole, Phrase};

impl Finding {
    /// A finding of `code` in its usual severity, with the sentence of the same name.
    pub fn told(code: Code, holes: &[Hole]) -> Finding {
        Finding::worded(code, code.as_str(), holes)
    }

    /// The same with another sentence: the text `finding.<wording>`.
    pub fn worded(code: Code, wording: &str, holes: &[Hole]) -> Finding {
        Finding::saying(code, Phrase::filled(format!("finding.{wording}"), holes))
    }

    /// A finding of `code` in its usual severity that says this.
    pub fn saying(code: Code, phrase: Phrase) -> Finding {
        Finding {
            code,
            severity: code.severity(),
            indicator: None,
            fact: None,
            phrase: phrase.into(),
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

    /// Saying this after what it says.
    pub fn then(mut self, next: Option<Phrase>) -> Finding {
        if let Some(next) = next {
            self.phrase = self.phrase.open().then(next).into();
        }
        self
    }

    /// With the claimed score and the amount in points.
    pub fn of_amount(self, claimed: Option<Decimal>, difference: Decimal) -> Finding {
        Finding { claimed, difference: Some(difference), ..self }
    }
}

impl Problem {
    /// A problem with the sentence of its code.
    pub fn told(code: Code) -> Problem {
        Problem { code, phrase: Phrase::new(format!("finding.{code}")) }
    }
}
