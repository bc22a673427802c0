//! Money spent, given as an output of the project.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::quantity::{Actual, Quantity, Target};
use crate::submission::declared::DeclaredRow;
use crate::submission::names::key;

use super::form::FormSubject;

/// One finding for each output row, costs left out, that speaks of spending or repeats the budget's two amounts.
pub fn check(subject: &FormSubject, findings: &mut Vec<Finding>) {
    let spending = subject.rows().filter(|(_, row)| is_output(subject, row));
    let spending = spending.filter(|(_, row)| names_spending(subject, row) || repeats_money(subject, row));
    findings.extend(spending.map(|(_, row)| subject.told_of(Code::SpendingAsOutput, row, &row.target.source, &[])));
}

fn has(text: &str, words: &[String]) -> bool {
    let text = key(text);
    words.iter().any(|word| text.contains(&key(word)))
}

fn is_output(subject: &FormSubject, row: &DeclaredRow) -> bool {
    let words = &subject.declared.words;
    let labels = || row.above.iter().chain([&row.name]);
    row.above.iter().any(|label| has(label, &words.outputs)) && !labels().any(|label| has(label, &words.costs))
}

fn names_spending(subject: &FormSubject, row: &DeclaredRow) -> bool {
    has(&row.name, &subject.declared.words.spending)
}

/// Target and actual are planned and spent, as 万元 or in their own unit of money.
fn repeats_money(subject: &FormSubject, row: &DeclaredRow) -> bool {
    let (Target::Number(_, target), Actual::Number(actual)) = (&row.target.value, &row.actual.value) else {
        return false;
    };
    let (Some(planned), Some(spent)) = subject.money.usable() else { return false };
    let amount = |quantity: &Quantity| match quantity.money_unit() {
        Some(unit) => quantity.value.checked_mul(unit.in_yuan()).and_then(|yuan| yuan.checked_div(10_000.into())),
        None => Some(quantity.value).filter(|_| quantity.unit.is_empty()),
    };
    !planned.is_zero() && amount(target) == Some(planned) && amount(actual) == Some(spent)
}
