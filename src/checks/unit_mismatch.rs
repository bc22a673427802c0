//! Target and actual in units that do not settle what is compared.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::quantity::{Actual, Target};
use crate::settled_by::{Lack, SettledBy};
use crate::submission::declared::DeclaredRow;

use super::ran::{Need, Ran};
use super::{Subject, form};

/// One finding for each row in which the units matter.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let is_measured = |row: &DeclaredRow| {
        let asks_number = matches!(row.target.value, Target::Number(..) | Target::Span(..));
        asks_number && matches!(row.actual.value, Actual::Number(_))
    };
    Need::Measured.met(subject.rows().any(|(_, row)| is_measured(row)))?;
    let unsettled = subject
        .rows()
        .filter(|(score, _)| score.range.settled_by.iter().any(|item| matches!(item, SettledBy::Row(_, Lack::Unit))));
    findings.extend(unsettled.map(|(_, row)| form::told_of(Code::UnitMismatch, row, &row.actual.source, &[])));
    Ok(())
}
