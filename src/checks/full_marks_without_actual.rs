//! Full marks for a row whose actual is empty.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::quantity::Actual;

use super::ran::{Need, Ran};
use super::{Subject, form};

/// One finding for each such row.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    Need::Rows.met(subject.rows().next().is_some())?;
    subject.has_claims_of_points()?;
    let blank = subject.rows().filter(|(score, row)| row.actual.value == Actual::Absent && score.claimed_in_full());
    findings.extend(blank.map(|(_, row)| form::told_of(Code::FullMarksWithoutActual, row, &row.actual.source, &[])));
    Ok(())
}
