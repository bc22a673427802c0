//! A form that does not say which year it reports on.

use crate::audit::Finding;
use crate::checks::register::Code;

use super::FormSubject;

/// A finding when neither the form nor the file's name gives a year.
pub fn check(subject: &FormSubject, findings: &mut Vec<Finding>) {
    if subject.form.year.is_none() {
        findings.push(Finding::told(Code::YearMissing, &[]));
    }
}
