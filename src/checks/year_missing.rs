//! A workbook that does not say which year it reports on.

use crate::audit::Finding;
use crate::checks::register::Code;

use super::Subject;
use super::ran::Ran;

/// A finding when no year was found (unless the reading has told it already).
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    if subject.submission.year.is_none() && findings.iter().all(|finding| finding.code != Code::YearMissing) {
        findings.push(Finding::told(Code::YearMissing, &[]));
    }
    Ok(())
}
