//! What only the whole batch shows: one file per check. Each looks at the audits in brief and adds findings to those it
//! concerns; none changes points.

mod duplicate_submission;

use crate::audit::{Audit, Finding};
use crate::brief::Brief;
use crate::checks::register::Code;

/// For every audit in the order of the run, what the check adds to its findings.
type Check = fn(&[Brief]) -> Vec<Option<Finding>>;

/// Every check across the batch.
const CHECKS: &[Check] = &[duplicate_submission::check];

/// The codes that the checks add.
const CODES: &[Code] = &[Code::DuplicateSubmission];

/// Whether a finding of that code is one that only the batch shows: alone, an audit has none.
pub(crate) fn adds(code: Code) -> bool {
    CODES.contains(&code)
}

/// The audit without what a batch added to it: what it was by itself.
pub fn alone(mut audit: Audit) -> Audit {
    audit.findings.retain(|finding| !adds(finding.code));
    audit
}

/// What the batch adds to the findings of each of its audits, which are in path order.
pub fn findings(audits: &[Brief]) -> Vec<Vec<Finding>> {
    let mut added = vec![Vec::new(); audits.len()];
    for check in CHECKS {
        for (findings, found) in added.iter_mut().zip(check(audits)) {
            findings.extend(found);
        }
    }
    added
}

/// Looks across the audits of one run, which are in path order.
pub fn look(audits: &mut [Audit]) {
    let briefs: Vec<Brief> = audits.iter().map(Brief::of).collect();
    for (audit, found) in audits.iter_mut().zip(findings(&briefs)) {
        audit.findings.extend(found);
    }
}
