//! Points given up without a reason, where the form asks for one.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::phrase::Hole;

use super::ran::{Need, Ran};
use super::reason::is_reason;
use super::{Subject, form};

/// One finding for each row claimed below its weight whose reason is empty, 0 or 无. What rounding takes is no loss:
/// 19.996 of 20 is 20 within the rulebook's tolerance, as everywhere else.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let side = subject.form_side()?;
    Need::Reasons.met(side.form.asks_reasons)?;
    Need::Rows.met(subject.rows().next().is_some())?;
    subject.has_claims_of_points()?;
    for (score, row) in subject.rows() {
        let (Some(claimed), Some(points)) = (score.claim.valid(), score.indicator.points) else { continue };
        if points - claimed > subject.rulebook.tolerance && !is_reason(side.declared, row.reason.as_deref()) {
            let (shown, of) = (figure_text(claimed), figure_text(points));
            let holes: &[Hole] = &[("claimed", &shown), ("points", &of)];
            findings.push(form::told_of(Code::LossUnexplained, row, &row.claim.source, holes));
        }
    }
    Ok(())
}
