//! The stated total against the sum of the claims.

use crate::audit::{Finding, Verdict};
use crate::decimal_text::score_text;

use super::Subject;

/// A finding when the stated total is not the sum. Invalid claims count 0, and the sentence says so.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) {
    let Some(stated) = &subject.submission.total else { return };
    let difference = stated.value.saturating_sub(subject.totals.claimed);
    if difference.abs() <= subject.rulebook.tolerance {
        return;
    }
    let invalid = subject.scores.iter().filter(|score| score.verdict == Verdict::Invalid).count();
    let wording = if invalid == 0 { "total-mismatch" } else { "total-mismatch-invalid" };
    let (shown, sum) = (score_text(stated.value), score_text(subject.totals.claimed));
    let by = score_text(difference.abs());
    let holes: &[(&str, &dyn std::fmt::Display)] =
        &[("stated", &shown), ("sum", &sum), ("difference", &by), ("invalid", &invalid)];
    let finding = Finding::worded("total-mismatch", wording, subject.language, holes);
    findings.push(finding.of_amount(Some(stated.value), difference.abs()).at(&stated.source));
}
