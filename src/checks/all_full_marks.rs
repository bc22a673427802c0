//! Every indicator, every line of a form claimed in full: a suspicion only.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::score_text;
use crate::judge::Judged;
use crate::line_ids::BUDGET;

use super::Subject;
use super::ran::{Need, Ran};

/// A finding when no indicator is claimed below its points. The budget's line alone is no form that was filled in.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let rows = subject.scores.iter().filter(|score| score.indicator.id != BUDGET).count();
    Need::Rows.met(rows > 0)?;
    subject.has_claims_of_points()?;
    if !subject.scores.iter().all(Judged::claimed_in_full) {
        return Ok(());
    }
    let (count, total) = (subject.scores.len(), score_text(subject.totals.claimed));
    findings.push(Finding::told(Code::AllFullMarks, &[("count", &count), ("total", &total)]));
    Ok(())
}
