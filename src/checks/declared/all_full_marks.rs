//! Every line of the form claimed in full: a suspicion only.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::score_text;

use super::FormSubject;

/// A finding when no line is claimed below its weight.
pub fn check(subject: &FormSubject, findings: &mut Vec<Finding>) {
    if subject.form.rows.is_empty() || !subject.scores.iter().all(|score| score.claimed_in_full()) {
        return;
    }
    let (count, total) = (subject.scores.len(), score_text(subject.totals.claimed));
    findings.push(Finding::told(Code::AllFullMarks, &[("count", &count), ("total", &total)]));
}
