//! What only the whole batch shows: one file per check. Each adds findings to the audits it concerns and changes no
//! points.

mod duplicate_submission;

use crate::audit::Audit;

type Check = fn(&mut [Audit]);

/// Every check across the batch.
const CHECKS: &[Check] = &[duplicate_submission::check];

/// Looks across the audits of one run, which are in path order.
pub fn look(audits: &mut [Audit]) {
    CHECKS.iter().for_each(|check| check(audits));
}
