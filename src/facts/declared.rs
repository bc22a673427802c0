//! The figures of a declared form: what of its money enters the score, and every number as an entry of the audit.

use rust_decimal::Decimal;

use crate::audit::{FactAudit, Origin};
use crate::decimal_text::figure_text;
use crate::quantity::{Actual, Quantity, Target};
use crate::rules::declared_target::RescoredRow;
use crate::submission::declared::{DeclaredForm, DeclaredRow, FundRow, Funds};
use crate::submission::{FactValue, Sourced};

/// 全年预算数（A） and 全年执行数（B）, in 万元; none: missing, or not to be used.
#[derive(Debug, Clone, Default)]
pub struct Money {
    /// What was planned.
    pub planned: Option<Sourced<Decimal>>,
    /// What was spent.
    pub spent: Option<Sourced<Decimal>>,
}

impl Money {
    /// The amounts of a form: of the total's row, or the sum of its parts where that is empty or zero and they are not.
    pub fn of(funds: &Funds) -> Money {
        Money { planned: fact(funds, |row| &row.planned), spent: fact(funds, |row| &row.spent) }
    }

    /// Both amounts as they enter the score: below zero is no amount.
    pub fn usable(&self) -> (Option<Decimal>, Option<Decimal>) {
        let usable = |amount: &Option<Sourced<Decimal>>| {
            amount.as_ref().map(|amount| amount.value).filter(|amount| *amount >= Decimal::ZERO)
        };
        (usable(&self.planned), usable(&self.spent))
    }

    fn entries(&self) -> impl Iterator<Item = FactAudit> {
        let named = [("budget.planned", &self.planned), ("budget.spent", &self.spent)];
        named.into_iter().filter_map(|(id, amount)| {
            let amount = amount.as_ref()?;
            let candidate = amount.value >= Decimal::ZERO;
            Some(FactAudit { candidate, ..entry(id, amount.value, crate::contract::WAN_YUAN, amount) })
        })
    }
}

type Amount = Option<Sourced<FactValue>>;

fn fact(funds: &Funds, column: impl Fn(&FundRow) -> &Amount) -> Option<Sourced<Decimal>> {
    let total = funds.total.as_ref().and_then(|row| column(row).as_ref());
    let zero = FactValue::Number(Decimal::ZERO);
    let number = |amount: &Sourced<FactValue>| match amount.value {
        FactValue::Number(value) => Some(Sourced { value, source: amount.source.clone() }),
        _ => None,
    };
    match total {
        Some(amount) if !matches!(&amount.value, FactValue::Number(value) if value.is_zero()) => number(amount),
        _ => {
            let parts: Vec<&Sourced<FactValue>> = funds.parts.iter().filter_map(|part| column(part).as_ref()).collect();
            if parts.iter().all(|part| part.value == zero) {
                return total.and_then(number).or_else(|| parts.first().and_then(|part| number(part)));
            }
            if !funds.plain {
                return None;
            }
            let numbers: Option<Vec<Sourced<Decimal>>> = parts.into_iter().map(number).collect();
            added(numbers?)
        }
    }
}

/// The sum, standing where its first amount other than 0 stands.
fn added(numbers: Vec<Sourced<Decimal>>) -> Option<Sourced<Decimal>> {
    let sum = numbers.iter().try_fold(Decimal::ZERO, |sum, number| sum.checked_add(number.value))?;
    let first = numbers.into_iter().find(|number| !number.value.is_zero())?;
    Some(Sourced { value: sum, source: first.source })
}

/// Every number of a form that was read, in the form's order. `ranges` belong to the form's rows.
pub fn entries<'a>(
    form: &DeclaredForm,
    money: &Money,
    ranges: impl Iterator<Item = &'a RescoredRow>,
) -> Vec<FactAudit> {
    let mut entries: Vec<FactAudit> = money.entries().collect();
    for (row, range) in form.rows.iter().zip(ranges) {
        entries.extend(targets(row).into_iter().map(|target| number(&row.id, "target", &target, &row.target)));
        let unit = unit_of(row);
        let values =
            range.actuals.iter().map(|value| Quantity { value: *value, unit: unit.clone(), ..Quantity::default() });
        let actuals: Vec<Quantity> = match &row.actual.value {
            Actual::Number(actual) if range.actuals.is_empty() => vec![actual.clone()],
            _ => values.collect(),
        };
        entries.extend(actuals.iter().map(|actual| number(&row.id, "actual", actual, &row.actual)));
    }
    entries
}

fn targets(row: &DeclaredRow) -> Vec<Quantity> {
    match &row.target.value {
        Target::Number(_, target) => vec![target.clone()],
        Target::Span(low, high) => vec![low.clone(), high.clone()],
        Target::Qualitative(_) | Target::Absent => Vec::new(),
    }
}

/// The unit that the row's numbers are compared in.
fn unit_of(row: &DeclaredRow) -> String {
    let written = targets(row).into_iter().map(|target| target.unit).find(|unit| !unit.is_empty());
    match (&row.actual.value, written) {
        (_, Some(unit)) => unit,
        (Actual::Number(actual), None) => actual.unit.clone(),
        _ => String::new(),
    }
}

fn number<T>(row: &str, part: &str, quantity: &Quantity, at: &Sourced<T>) -> FactAudit {
    entry(&format!("{row}.{part}"), quantity.value, &quantity.unit, at)
}

fn entry<T>(id: &str, value: Decimal, unit: &str, at: &Sourced<T>) -> FactAudit {
    FactAudit {
        id: id.to_owned(),
        value: figure_text(value),
        unit: Some(unit.to_owned()).filter(|unit| !unit.is_empty()),
        origin: Origin::Form,
        candidate: true,
        evidence: None,
        source: at.source.clone(),
    }
}
