//! Amounts of the budget that cannot be used: below zero, or a division by zero.

use rust_decimal::Decimal;

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::facts::declared::Money;
use crate::line_ids::{BUDGET, PLANNED, SPENT};
use crate::submission::declared::FundRow;
use crate::submission::{FactValue, Sourced};

use super::ran::{Need, Ran};
use super::{Subject, form};

/// One finding for each amount below zero.
pub fn below_zero(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let side = subject.form_side()?;
    let money = [(PLANNED, &side.money.planned), (SPENT, &side.money.spent)];
    Need::Budget.met(money.iter().any(|(_, amount)| amount.is_some()))?;
    for (fact, amount) in money {
        let Some(amount) = amount.as_ref().filter(|amount| amount.value < Decimal::ZERO) else { continue };
        let value = figure_text(amount.value);
        let finding = form::told(Code::FactOutOfRange, &[("value", &value)]);
        findings.push(finding.of_indicator(BUDGET).of_fact(fact).at(&amount.source));
    }
    Ok(())
}

/// One finding for each amount that is 不适用.
pub fn not_applicable(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let side = subject.form_side()?;
    findings.extend(side.form.funds.total.as_ref().into_iter().flat_map(amounts_not_applicable));
    Ok(())
}

/// One finding for a division by zero.
pub fn zero_denominator(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let side = subject.form_side()?;
    subject.budget()?;
    findings.extend(divided_by_zero(side.money));
    Ok(())
}

fn amounts_not_applicable(row: &FundRow) -> Vec<Finding> {
    let amounts: [(&str, &Option<Sourced<FactValue>>); 2] = [(PLANNED, &row.planned), (SPENT, &row.spent)];
    let told = |(fact, amount): (&str, &Option<Sourced<FactValue>>)| {
        let amount = amount.as_ref().filter(|amount| amount.value == FactValue::NotApplicable)?;
        Some(form::told(Code::NotApplicable, &[]).of_indicator(BUDGET).of_fact(fact).at(&amount.source))
    };
    amounts.into_iter().filter_map(told).collect()
}

/// 0 ÷ 0 is 不适用, anything else ÷ 0 cannot be computed.
fn divided_by_zero(money: &Money) -> Option<Finding> {
    let (Some(planned), Some(spent)) = money.usable() else { return None };
    if !planned.is_zero() {
        return None;
    }
    let finding = if spent.is_zero() {
        Finding::worded(Code::NotApplicable, "not-applicable-zero-form", &[])
    } else {
        form::told(Code::ZeroDenominator, &[])
    };
    let source = money.planned.as_ref().map(|amount| amount.source.clone());
    Some(Finding { source, ..finding.of_indicator(BUDGET).of_fact(PLANNED) })
}
