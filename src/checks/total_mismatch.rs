//! The stated total against the sum of the claims.

use rust_decimal::Decimal;

use crate::audit::{Finding, Verdict};
use crate::checks::register::Code;
use crate::decimal_text::score_text;
use crate::phrase::Hole;
use crate::submission::Sourced;

use super::Subject;

/// A finding when the stated total is not the sum. Invalid claims count 0, and the sentence says so.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) {
    let Some(stated) = &subject.submission.total else { return };
    let invalid = subject.scores.iter().filter(|score| score.verdict == Verdict::Invalid).count();
    findings.extend(told(stated, subject.totals.claimed, subject.rulebook.tolerance, invalid));
}

/// The finding of a stated total that is further than `tolerance` from the sum of the claims.
pub(super) fn told(stated: &Sourced<Decimal>, claimed: Decimal, tolerance: Decimal, invalid: usize) -> Option<Finding> {
    let difference = stated.value.saturating_sub(claimed).abs();
    if difference <= tolerance {
        return None;
    }
    let wording = if invalid == 0 { "total-mismatch" } else { "total-mismatch-invalid" };
    let (shown, sum, by) = (score_text(stated.value), score_text(claimed), score_text(difference));
    let holes: &[Hole] = &[("stated", &shown), ("sum", &sum), ("difference", &by), ("invalid", &invalid)];
    let finding = Finding::worded(Code::TotalMismatch, wording, holes);
    Some(finding.of_amount(Some(stated.value), difference).at(&stated.source))
}
