//! Lines that state no weight: nothing of them can be computed, and no weight is guessed.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::judge::Judged;

use super::form::FormSubject;

/// One finding for the whole form when no line states a weight, else one for each line that does not.
pub fn check(subject: &FormSubject, findings: &mut Vec<Finding>) {
    let without = || subject.scores.iter().filter(|score| score.indicator.points.is_none());
    if without().count() == subject.scores.len() {
        let finding = Finding::worded(Code::WeightMissing, "weight-missing-everywhere", &[]);
        findings.push(Finding { source: subject.form.title.as_ref().map(|title| title.source.clone()), ..finding });
        return;
    }
    findings.extend(without().map(|score| told(subject, score)));
}

fn told(subject: &FormSubject, score: &Judged) -> Finding {
    let finding =
        subject.told(Code::WeightMissing, &[("indicator", &score.indicator.name)]).of_indicator(&score.indicator.id);
    Finding { source: score.claim.row.map(|row| row.source.clone()), ..finding }
}
