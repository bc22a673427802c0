//! Claims that are no scores: missing, negative, no number.

use crate::audit::Finding;

use super::FormSubject;

/// One finding for every line without a usable claim.
pub fn check(subject: &FormSubject, findings: &mut Vec<Finding>) {
    let told = |score| crate::checks::invalid_claim::told(&score);
    findings.extend(subject.scored().filter_map(told));
}
