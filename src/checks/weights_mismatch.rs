//! Weights that do not add up to their parents, or to the form's total.

use rust_decimal::Decimal;

use crate::audit::{Finding, Source};
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::phrase::{Filling, Term};
use crate::submission::declared::LabelWeight;

use super::Subject;
use super::form::{self, FormSide};

/// One finding for each label whose rows do not add up to it, and one for the form.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) {
    let Some(side) = subject.side else { return };
    findings.extend(side.form.weights.iter().filter_map(|label| of_label(subject, label)));
    findings.extend(of_form(subject, &side));
}

fn of_label(subject: &Subject, label: &LabelWeight) -> Option<Finding> {
    let budget = subject.scores.first().map(|score| score.indicator.points).filter(|_| label.holds_budget);
    let weights = label.rows.iter().map(|row| subject.scores.get(row + 1)?.indicator.points).chain(budget);
    let sum = weights.reduce(|sum, weight| sum?.checked_add(weight?)).flatten()?;
    let stated = label.stated.value;
    (sum != stated).then(|| told(&label.name, stated, sum, Some(&label.stated.source)))
}

/// The budget's weight and the rows' against the form's total.
fn of_form(subject: &Subject, side: &FormSide) -> Option<Finding> {
    let budget = subject.scores.first()?.indicator.points?;
    let sum = subject.row_weights()?.checked_add(budget)?;
    let (name, due) = (Term::word("finding.form-as-a-whole"), side.declared.total);
    let source = side.form.total.as_ref().map(|total| &total.source);
    (sum != due).then(|| told(&name, due, sum, source))
}

fn told(name: &dyn Filling, stated: Decimal, sum: Decimal, source: Option<&Source>) -> Finding {
    let difference = sum.saturating_sub(stated).abs();
    let (stated, sum, by) = (figure_text(stated), figure_text(sum), figure_text(difference));
    let finding =
        form::told(Code::WeightsMismatch, &[("name", name), ("stated", &stated), ("sum", &sum), ("difference", &by)]);
    Finding { source: source.cloned(), difference: Some(difference), ..finding }
}
