//! The printed 执行率 against B ÷ A, to the decimals written. It changes no points.

use rust_decimal::Decimal;

use crate::audit::Finding;
use crate::checks::execution_rate_mismatch::gives;
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::fraction::{digits, exact};
use crate::phrase::Hole;
use crate::quantity::decimals_written;

use super::FormSubject;

/// A finding when nothing that the cell can mean is the rate.
pub fn check(subject: &FormSubject, findings: &mut Vec<Finding>) {
    let Some(printed) = &subject.form.budget.rate else { return };
    let (Some(planned), Some(spent)) = subject.money.usable() else { return };
    if planned.is_zero() {
        return;
    }
    let wrong = |rate: &Decimal| gives(spent, planned, *rate, decimals_written(*rate)) == Some(false);
    if !printed.value.iter().all(wrong) {
        return;
    }
    let Some(stated) = printed.value.last() else { return };
    let (rate, _) =
        digits(&(exact(spent) / exact(planned) * exact(Decimal::ONE_HUNDRED)), decimals_written(*stated).max(2));
    let (planned, spent, stated) = (figure_text(planned), figure_text(spent), figure_text(*stated));
    let holes: &[Hole] = &[("planned", &planned), ("spent", &spent), ("rate", &rate), ("stated", &stated)];
    findings.push(subject.told(Code::ExecutionRateMismatch, holes).of_indicator("budget").at(&printed.source));
}
