//! One score as the checks of scores see it, whether a card's indicator or a form's row.

use rust_decimal::Decimal;

use crate::audit::{Finding, Source, Verdict};
use crate::checks::register::Code;
use crate::decimal_text::{figure_text, score_text};
use crate::judge::{Claimed, Judged, Line};
use crate::phrase::{Hole, Phrase, Term};
use crate::slip::Slip;

/// A claim with what was recomputed for it.
pub struct Scored<'a> {
    /// The indicator's id.
    pub id: &'a str,
    /// The indicator's name.
    pub name: &'a str,
    /// The claim.
    pub claim: &'a Claimed<'a>,
    /// Its bounds and verdict.
    pub line: Line,
}

/// What there is to say of a score that does not simply agree.
pub struct Dispute<'a> {
    /// The default reading in words; empty for a clause with one reading.
    pub says: &'a str,
    /// Whether the clause has several readings.
    pub has_readings: bool,
    /// What would settle it.
    pub settled: Term,
    /// The reading that gives the claim, in words; empty where none does.
    pub reading: String,
    /// The slip that reproduces the claim.
    pub explanation: Option<Slip>,
}

impl<'a> Scored<'a> {
    /// A card's indicator.
    pub fn of(score: &'a Judged<'a>) -> Scored<'a> {
        Scored { id: &score.indicator.id, name: &score.indicator.name, claim: &score.claim, line: score.line() }
    }

    /// The claim's cell.
    pub fn source(&self) -> Option<Source> {
        self.claim.row.map(|row| row.source.clone())
    }

    /// The code of a score that does not simply agree; an invalid claim has codes of its own.
    pub fn code(&self) -> Option<Code> {
        match self.line.verdict {
            Verdict::Overstated => Some(Code::OverstatedScore),
            Verdict::Understated => Some(Code::UnderstatedScore),
            Verdict::ReadingDependent => Some(Code::ReadingDependentScore),
            // An open claim is told by what opens it.
            Verdict::Unverifiable if self.claim.open().is_some() => None,
            Verdict::Unverifiable => Some(Code::UnverifiableScore),
            Verdict::Agrees | Verdict::Invalid => None,
        }
    }

    /// The finding of a score that does not simply agree; from `material` points up it is an error.
    pub fn disputed(&self, code: Code, dispute: &Dispute, material: Decimal) -> Finding {
        let finding = self.worded(code, dispute);
        let slip = dispute.explanation.as_ref().map(|slip| self.explained(slip));
        Finding {
            severity: self.line.severity(material),
            low: Some(self.line.bounds.low),
            high: self.line.bounds.high,
            explanation: dispute.explanation.clone(),
            source: self.source(),
            ..finding.then(slip).of_indicator(self.id).of_amount(self.claim.shown(), self.line.difference)
        }
    }

    fn worded(&self, code: Code, dispute: &Dispute) -> Finding {
        let claimed = figure_text(self.claim.counted());
        let (low, high) = (score_text(self.line.bounds.low), self.line.bounds.high.map(score_text).unwrap_or_default());
        let default = score_text(self.line.nearest());
        let difference = score_text(self.line.difference);
        let holes: &[Hole] = &[
            ("indicator", &self.name),
            ("claimed", &claimed),
            ("low", &low),
            ("high", &high),
            ("default", &default),
            ("difference", &difference),
            ("says", &dispute.says),
            ("settled", &dispute.settled),
            ("reading", &dispute.reading),
        ];
        Finding::worded(code, &self.wording(code, dispute), holes)
    }

    /// Which sentence fits: one number, several readings, or something missing.
    fn wording(&self, code: Code, dispute: &Dispute) -> String {
        let variant = match self.line.verdict {
            Verdict::ReadingDependent if dispute.reading.is_empty() => "-between",
            Verdict::Unverifiable if self.line.bounds.high.is_none() => "-no-weight",
            Verdict::Unverifiable if self.line.difference.is_zero() => "-nothing-at-risk",
            Verdict::ReadingDependent | Verdict::Unverifiable => "",
            _ if !self.line.bounds.complete() => "-incomplete",
            _ if dispute.has_readings => "-readings",
            _ => "",
        };
        format!("{code}{variant}")
    }

    /// The slip in words.
    fn explained(&self, slip: &Slip) -> Phrase {
        let recomputed = score_text(self.line.nearest());
        let points = self.line.bounds.points.map(figure_text).unwrap_or_default();
        let holes: &[Hole] = &[("recomputed", &recomputed), ("points", &points)];
        Phrase::filled(format!("finding.explanation-{}", slip.as_str()), holes)
    }
}
