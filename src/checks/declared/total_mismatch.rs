//! 总分 as stated against the sum of the claims.

use crate::audit::{Finding, Verdict};

use super::FormSubject;

/// A finding when the stated total is not the sum.
pub fn check(subject: &FormSubject, findings: &mut Vec<Finding>) {
    let Some(stated) = &subject.form.total else { return };
    let invalid = subject.scores.iter().filter(|score| score.line.verdict == Verdict::Invalid).count();
    let tolerance = subject.rulebook.tolerance;
    let told = crate::checks::total_mismatch::told(stated, subject.totals.claimed, tolerance, invalid);
    findings.extend(told);
}
