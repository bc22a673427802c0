//! Words where the target asks for a number.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::quantity::{Actual, Target};

use super::{Subject, form};

/// One finding for each such row.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) {
    let worded = subject.rows().filter(|(_, row)| {
        let number = matches!(row.target.value, Target::Number(..) | Target::Span(..));
        number && matches!(row.actual.value, Actual::Text(_))
    });
    findings.extend(worded.map(|(_, row)| form::told_of(Code::TextForNumber, row, &row.actual.source, &[])));
}
