//! Target and actual in units that do not settle what is compared.

use crate::audit::Finding;
use crate::checks::register::Code;

use crate::settled_by::{Lack, SettledBy};

use super::{Subject, form};

/// One finding for each row in which the units matter.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) {
    let unsettled = subject
        .rows()
        .filter(|(score, _)| score.range.settled_by.iter().any(|item| matches!(item, SettledBy::Row(_, Lack::Unit))));
    findings.extend(unsettled.map(|(_, row)| form::told_of(Code::UnitMismatch, row, &row.actual.source, &[])));
}
