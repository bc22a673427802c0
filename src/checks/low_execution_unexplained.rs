//! A low execution of the budget for which nothing in the form gives a reason.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::fraction::{digits, exact};
use crate::line_ids::BUDGET;
use crate::submission::names::key;

use super::Subject;
use super::form::{self, FormSide};
use super::ran::Ran;
use super::reason::is_reason;

/// A finding when B ÷ A is below the rulebook's limit and no reason or remark speaks of the money.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let (side, (planned, spent)) = (subject.form_side()?, subject.budget_above_zero()?);
    let limit = side.declared.suspicions.low_execution;
    if exact(spent) >= exact(planned) * exact(limit) || explained(&side) {
        return Ok(());
    }
    let hundred = exact(rust_decimal::Decimal::ONE_HUNDRED);
    let (rate, _) = digits(&(exact(spent) / exact(planned) * &hundred), 2);
    let (limit, _) = digits(&(exact(limit) * &hundred), 2);
    let finding = form::told(Code::LowExecutionUnexplained, &[("rate", &rate), ("limit", &limit)]).of_indicator(BUDGET);
    let source = side.money.spent.as_ref().map(|amount| amount.source.clone());
    findings.push(Finding { source, ..finding });
    Ok(())
}

fn explained(side: &FormSide) -> bool {
    let words = &side.declared.words.funds;
    let speaks = |remark: &String| {
        let text = key(remark);
        words.iter().any(|word| text.contains(&key(word)))
    };
    side.form.remarks.iter().filter(|remark| is_reason(side.declared, Some(remark))).any(speaks)
}
