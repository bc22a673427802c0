//! Full marks for a row whose actual is empty.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::quantity::Actual;

use super::form::FormSubject;

/// One finding for each such row.
pub fn check(subject: &FormSubject, findings: &mut Vec<Finding>) {
    let blank = subject.rows().filter(|(score, row)| row.actual.value == Actual::Absent && score.claimed_in_full());
    findings.extend(blank.map(|(_, row)| subject.told_of(Code::FullMarksWithoutActual, row, &row.actual.source, &[])));
}
