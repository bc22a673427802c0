//! Guidance of the template that was left in cells.

use crate::audit::Finding;
use crate::checks::register::Code;

use super::ran::Ran;
use super::{Subject, form};

/// One finding for each such cell.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let side = subject.form_side()?;
    let told = |source| form::told(Code::GuidanceLeft, &[]).at(source);
    findings.extend(side.form.guidance.iter().map(told));
    Ok(())
}
