//! Guidance of the template that was left in cells.

use crate::audit::Finding;
use crate::checks::register::Code;

use super::form::FormSubject;

/// One finding for each such cell.
pub fn check(subject: &FormSubject, findings: &mut Vec<Finding>) {
    let told = |source| subject.told(Code::GuidanceLeft, &[]).at(source);
    findings.extend(subject.form.guidance.iter().map(told));
}
