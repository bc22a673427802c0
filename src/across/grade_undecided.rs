//! `grade-undecided`: how many grades hang on scores that are still open. The audits say themselves on which; nothing is added to
//! their findings.

use crate::audit::Status;
use crate::checks::register::Code;

use super::{InBrief, Seen, Why};

/// Counts them.
pub fn check(batch: InBrief, seen: &mut Seen) {
    for audit in batch.audits.iter().filter(|audit| audit.status == Status::Audited) {
        match audit.hangs {
            None => seen.not_run(Code::GradeUndecided, Why::OpenClaims),
            Some(true) => seen.raised_beside(Code::GradeUndecided),
            Some(false) => seen.agreed(Code::GradeUndecided),
        }
    }
}
