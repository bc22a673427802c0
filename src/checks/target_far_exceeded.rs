//! Actuals far above a target that is to be reached, without a reason.

use rust_decimal::Decimal;

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::facts::known::values;
use crate::fraction::{Fraction, digits, exact};
use crate::line_ids::RowFact;
use crate::quantity::{Sign, Target};
use crate::submission::declared::DeclaredRow;

use super::ran::{Need, Ran};
use super::reason::is_reason;
use super::{Subject, form};

/// One finding for each row whose actual is that far above its target whatever its unit, and gives no reason.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let side = subject.form_side()?;
    Need::Measured.met(subject.rows().any(|(_, row)| ratio(subject, row).is_some()))?;
    for (_, row) in subject.rows() {
        let Some(ratio) = ratio(subject, row) else { continue };
        let far = ratio >= exact(side.declared.suspicions.far_exceeded);
        if far && !is_reason(side.declared, row.reason.as_deref()) {
            let (percent, _) = digits(&(ratio * exact(Decimal::ONE_HUNDRED)), 0);
            findings.push(form::told_of(Code::TargetFarExceeded, row, &row.actual.source, &[("percent", &percent)]));
        }
    }
    Ok(())
}

/// The smallest actual ÷ target of a target that is not reverse.
fn ratio(subject: &Subject, row: &DeclaredRow) -> Option<Fraction> {
    let Target::Number(sign, target) = &row.target.value else { return None };
    let reverse = matches!(sign, Some(Sign::AtMost | Sign::LessThan));
    if reverse || target.value <= Decimal::ZERO {
        return None;
    }
    let actuals = values(&subject.facts.known, &row.fact_id(RowFact::Actual));
    actuals.iter().min().map(|actual| exact(*actual) / exact(target.value))
}
