//! Words where the target asks for a number.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::quantity::{Actual, Target};
use crate::submission::declared::DeclaredRow;

use super::ran::{Need, Ran};
use super::{Subject, form};

/// One finding for each such row.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let asks_number = |row: &DeclaredRow| matches!(row.target.value, Target::Number(..) | Target::Span(..));
    Need::NumericTargets.met(subject.rows().any(|(_, row)| asks_number(row)))?;
    let worded = subject.rows().filter(|(_, row)| asks_number(row) && matches!(row.actual.value, Actual::Text(_)));
    findings.extend(worded.map(|(_, row)| form::told_of(Code::TextForNumber, row, &row.actual.source, &[])));
    Ok(())
}
