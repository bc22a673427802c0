//! Weights that do not add up to their parents, or to the form's total.

use rust_decimal::Decimal;

use crate::audit::{Finding, Source};
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::phrase::{Filling, Term};
use crate::submission::declared::LabelWeight;
use crate::sums::sum;

use super::as_written::come_to;
use super::form::FormSubject;

/// One finding for each label whose rows do not add up to it, and one for the form.
pub fn check(subject: &FormSubject, findings: &mut Vec<Finding>) {
    findings.extend(subject.form.weights.iter().filter_map(|label| of_label(subject, label)));
    findings.extend(of_form(subject));
}

fn of_label(subject: &FormSubject, label: &LabelWeight) -> Option<Finding> {
    let budget = subject.scores.first().map(|score| score.indicator.points).filter(|_| label.holds_budget);
    let weights = label.rows.iter().map(|row| subject.scores.get(row + 1)?.indicator.points).chain(budget);
    let weights: Vec<Decimal> = weights.collect::<Option<_>>()?;
    let stated = label.stated.value;
    let adds_up = weights.is_empty() || come_to(stated, &weights);
    (!adds_up).then(|| told(subject, &label.name, stated, sum(weights), Some(&label.stated.source)))
}

/// The budget's weight and the rows' against the form's total.
fn of_form(subject: &FormSubject) -> Option<Finding> {
    subject.row_weights()?;
    let weights: Vec<Decimal> = subject.scores.iter().map(|score| score.indicator.points).collect::<Option<_>>()?;
    let (name, due) = (Term::word("finding.form-as-a-whole"), subject.declared.total);
    let source = subject.form.total.as_ref().map(|total| &total.source);
    (!come_to(due, &weights)).then(|| told(subject, &name, due, sum(weights), source))
}

fn told(subject: &FormSubject, name: &dyn Filling, stated: Decimal, sum: Decimal, source: Option<&Source>) -> Finding {
    let difference = sum.saturating_sub(stated).abs();
    let (stated, sum, by) = (figure_text(stated), figure_text(sum), figure_text(difference));
    let finding =
        subject.told(Code::WeightsMismatch, &[("name", name), ("stated", &stated), ("sum", &sum), ("difference", &by)]);
    Finding { source: source.cloned(), difference: Some(difference), ..finding }
}
