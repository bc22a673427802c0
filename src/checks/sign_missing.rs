//! Numeric targets without a sign: both directions were computed.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::quantity::Target;
use crate::submission::declared::DeclaredRow;

use super::ran::{Need, Ran};
use super::{Subject, form};

/// One finding for each such row.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let is_numeric = |row: &DeclaredRow| matches!(row.target.value, Target::Number(..));
    Need::NumericTargets.met(subject.rows().any(|(_, row)| is_numeric(row)))?;
    let unsigned = subject.rows().filter(|(_, row)| matches!(row.target.value, Target::Number(None, _)));
    findings.extend(unsigned.map(|(_, row)| form::told_of(Code::SignMissing, row, &row.target.source, &[])));
    Ok(())
}
