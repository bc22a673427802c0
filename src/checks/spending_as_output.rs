//! Money spent, given as an output of the project.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::facts::declared::Money;
use crate::quantity::{Actual, Quantity, Target};
use crate::rulebook::Declared;
use crate::submission::declared::DeclaredRow;
use crate::submission::names::key;

use super::ran::{Need, Ran};
use super::{Subject, form};

/// One finding for each output row, costs left out, that speaks of spending or repeats the budget's two amounts.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let side = subject.form_side()?;
    let mut outputs = subject.rows().filter(|(_, row)| is_output(side.declared, row)).peekable();
    Need::Outputs.met(outputs.peek().is_some())?;
    let spending = outputs.filter(|(_, row)| names_spending(side.declared, row) || repeats_money(side.money, row));
    findings.extend(spending.map(|(_, row)| form::told_of(Code::SpendingAsOutput, row, &row.target.source, &[])));
    Ok(())
}

fn has(text: &str, words: &[String]) -> bool {
    let text = key(text);
    words.iter().any(|word| text.contains(&key(word)))
}

fn is_output(declared: &Declared, row: &DeclaredRow) -> bool {
    let words = &declared.words;
    let labels = || row.above.iter().chain([&row.name]);
    row.above.iter().any(|label| has(label, &words.outputs)) && !labels().any(|label| has(label, &words.costs))
}

fn names_spending(declared: &Declared, row: &DeclaredRow) -> bool {
    has(&row.name, &declared.words.spending)
}

/// Target and actual are planned and spent, as 万元 or in their own unit of money.
fn repeats_money(money: &Money, row: &DeclaredRow) -> bool {
    let (Target::Number(_, target), Actual::Number(actual)) = (&row.target.value, &row.actual.value) else {
        return false;
    };
    let (Some(planned), Some(spent)) = money.usable() else { return false };
    let amount = |quantity: &Quantity| match quantity.money_unit() {
        Some(unit) => quantity.value.checked_mul(unit.in_yuan()).and_then(|yuan| yuan.checked_div(10_000.into())),
        None => Some(quantity.value).filter(|_| quantity.unit.is_empty()),
    };
    !planned.is_zero() && amount(target) == Some(planned) && amount(actual) == Some(spent)
}
