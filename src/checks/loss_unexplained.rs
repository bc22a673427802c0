//! Points given up without a reason, where the form asks for one.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::phrase::Hole;

use super::reason::is_reason;
use super::{Subject, form};

/// One finding for each row claimed below its weight whose reason is empty, 0 or 无.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) {
    let Some(side) = subject.side else { return };
    if !side.form.asks_reasons {
        return;
    }
    for (score, row) in subject.rows() {
        let (Some(claimed), Some(points)) = (score.claim.valid(), score.indicator.points) else { continue };
        if claimed < points && !is_reason(side.declared, row.reason.as_deref()) {
            let (shown, of) = (figure_text(claimed), figure_text(points));
            let holes: &[Hole] = &[("claimed", &shown), ("points", &of)];
            findings.push(form::told_of(Code::LossUnexplained, row, &row.claim.source, holes));
        }
    }
}
