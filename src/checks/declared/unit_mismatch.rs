//! Target and actual in units that do not settle what is compared.

use crate::audit::Finding;

use super::FormSubject;

/// One finding for each row in which the units matter.
pub fn check(subject: &FormSubject, findings: &mut Vec<Finding>) {
    let unsettled = subject.rows().filter(|(score, _)| score.range.units_differ);
    findings.extend(unsettled.map(|(_, row)| subject.told_of("unit-mismatch", row, &row.actual.source, &[])));
}
