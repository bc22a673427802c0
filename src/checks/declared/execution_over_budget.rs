//! More spent than planned: 全年执行数（B） above 全年预算数（A）.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::figure_text;

use super::FormSubject;

/// A finding when B is above A; the score is capped all the same.
pub fn check(subject: &FormSubject, findings: &mut Vec<Finding>) {
    let (Some(planned), Some(spent)) = subject.money.usable() else { return };
    if spent <= planned {
        return;
    }
    let (more, planned, spent) = (figure_text(spent.saturating_sub(planned)), figure_text(planned), figure_text(spent));
    let finding = subject
        .told(Code::ExecutionOverBudget, &[("planned", &planned), ("spent", &spent), ("difference", &more)])
        .of_indicator("budget");
    let source = subject.money.spent.as_ref().map(|amount| amount.source.clone());
    findings.push(Finding { source, ..finding });
}
