//! The stated total against the sum of the claims.

use rust_decimal::Decimal;

use crate::audit::{Finding, Severity, Verdict};
use crate::checks::register::Code;
use crate::decimal_text::score_text;
use crate::judge::{Judged, Standing};
use crate::phrase::Hole;
use crate::submission::Sourced;

use super::Subject;
use super::as_written::{Adds, adds};
use super::ran::{Need, Ran};

/// A finding when the stated total is not the sum; only to be known where it is the sum rounded. Empty claims count 0, and
/// the sentence says so. Where a score on the card could not be read, nobody can say what the total should be.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let stated = subject.submission.total.as_ref().ok_or(Need::Total)?;
    subject.claims_are_read()?;
    let claims: Vec<Decimal> = subject.scores.iter().map(|score| score.claim.counted()).collect();
    let beside: Vec<Decimal> = subject.submission.unknown_scores.iter().map(|score| score.value).collect();
    let with_all: Vec<Decimal> = claims.iter().chain(&beside).copied().collect();
    let tolerance = subject.rulebook.tolerance;
    let invalid = subject.scores.iter().filter(|score| score.verdict == Verdict::Invalid).count();
    match (adds(stated.value, &claims, tolerance), adds(stated.value, &with_all, tolerance)) {
        (Adds::Up, _) | (_, Adds::Up) => {}
        (Adds::UpRounded, _) | (_, Adds::UpRounded) => {
            let finding = told(stated, subject.totals.claimed, "total-mismatch-rounded", invalid);
            findings.push(Finding { severity: Severity::Info, ..finding });
        }
        (Adds::Not, Adds::Not) => {
            let wording = if invalid == 0 { "total-mismatch" } else { "total-mismatch-invalid" };
            findings.push(told(stated, crate::sums::sum(with_all), wording, invalid));
        }
    }
    Ok(())
}

/// The finding of a stated total beside the sum of the claims.
fn told(stated: &Sourced<Decimal>, claimed: Decimal, wording: &str, invalid: usize) -> Finding {
    let difference = stated.value.saturating_sub(claimed).abs();
    let (shown, sum, by) = (score_text(stated.value), score_text(claimed), score_text(difference));
    let holes: &[Hole] = &[("stated", &shown), ("sum", &sum), ("difference", &by), ("invalid", &invalid)];
    let finding = Finding::worded(Code::TotalMismatch, wording, holes);
    finding.of_amount(Some(stated.value), difference).at(&stated.source)
}

impl Subject<'_> {
    /// Whether a score on the card could not be read, or is open: then sums and grades are not held against the department.
    pub(super) fn has_unread_claim(&self) -> bool {
        let is_unread = |score: &Judged| {
            let is_no_number = matches!(score.claim.standing, Standing::NotANumber | Standing::Uncalculated);
            is_no_number || score.claim.open().is_some()
        };
        self.scores.iter().any(is_unread) || self.submission.unread_scores
    }
}
