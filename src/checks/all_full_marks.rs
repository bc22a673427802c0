//! Every indicator, every line of a form claimed in full: a suspicion only.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::score_text;
use crate::judge::Judged;
use crate::line_ids::BUDGET;

use super::Subject;

/// A finding when no indicator is claimed below its points. The budget's line alone is no form that was filled in.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) {
    let rows = subject.scores.iter().filter(|score| score.indicator.id != BUDGET).count();
    if rows == 0 || !subject.scores.iter().all(Judged::claimed_in_full) {
        return;
    }
    let (count, total) = (subject.scores.len(), score_text(subject.totals.claimed));
    findings.push(Finding::told(Code::AllFullMarks, &[("count", &count), ("total", &total)]));
}
