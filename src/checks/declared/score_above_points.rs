//! A claim above the declared weight.

use crate::audit::Finding;

use super::FormSubject;

/// One finding for each such claim.
pub fn check(subject: &FormSubject, findings: &mut Vec<Finding>) {
    let told = |score| crate::checks::score_above_points::told(&score);
    findings.extend(subject.scored().filter_map(told));
}
