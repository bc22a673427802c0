//! A score rate of the indicators well above the execution of the budget: a rule of thumb, and a suspicion only.

use rust_decimal::Decimal;

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::fraction::{Fraction, digits, exact};

use super::ran::{Need, Ran};
use super::{Subject, form};

/// A finding when claimed ÷ weights exceeds B ÷ A by more than the rulebook allows, relatively.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let (side, (planned, spent)) = (subject.form_side()?, subject.budget_above_zero()?);
    let weights = subject.row_weights().filter(|weights| !weights.is_zero()).ok_or(Need::Weights)?;
    let claimed = subject.rows().map(|(score, _)| score.claim.counted()).fold(Decimal::ZERO, Decimal::saturating_add);
    let (scores, execution) = (exact(claimed) / exact(weights), exact(spent) / exact(planned));
    let allowance = exact(side.declared.suspicions.exceed_execution) + exact(Decimal::ONE);
    if scores <= &execution * allowance {
        return Ok(());
    }
    let percent = |share: &Fraction| digits(&(share * exact(Decimal::ONE_HUNDRED)), 2).0;
    let (scores, execution) = (percent(&scores), percent(&execution));
    findings.push(form::told(Code::ScoresExceedExecution, &[("scores", &scores), ("execution", &execution)]));
    Ok(())
}
