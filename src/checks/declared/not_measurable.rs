//! Actuals given as an inequality or a span.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::quantity::Actual;

use super::FormSubject;

/// One finding for each such row.
pub fn check(subject: &FormSubject, findings: &mut Vec<Finding>) {
    let bounded = subject.rows().filter(|(_, row)| row.actual.value == Actual::NotMeasurable);
    findings.extend(bounded.map(|(_, row)| subject.told_of(Code::NotMeasurable, row, &row.actual.source, &[])));
}
