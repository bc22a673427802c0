//! Lines that state no weight: nothing of them can be computed, and no weight is guessed.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::judge::Judged;

use super::ran::Ran;
use super::{Subject, form};

/// One finding for the whole form when no line states a weight, else one for each line that does not.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let side = subject.form_side()?;
    let without = || subject.scores.iter().filter(|score| score.indicator.points.is_none());
    if without().count() == subject.scores.len() {
        let finding = Finding::worded(Code::WeightMissing, "weight-missing-everywhere", &[]);
        findings.push(Finding { source: side.form.title.as_ref().map(|title| title.source.clone()), ..finding });
        return Ok(());
    }
    findings.extend(without().map(told));
    Ok(())
}

fn told(score: &Judged) -> Finding {
    let finding =
        form::told(Code::WeightMissing, &[("indicator", &score.indicator.name)]).of_indicator(&score.indicator.id);
    Finding { source: score.source(), ..finding }
}
