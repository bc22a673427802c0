//! Every indicator claimed in full: a suspicion only.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::score_text;

use super::Subject;

/// A finding when no indicator is claimed below its points.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) {
    if subject.scores.is_empty() || !subject.scores.iter().all(|score| subject.claimed_in_full(&score.indicator.id)) {
        return;
    }
    let (count, total) = (subject.scores.len(), score_text(subject.totals.claimed));
    findings.push(Finding::told(Code::AllFullMarks, &[("count", &count), ("total", &total)]));
}
