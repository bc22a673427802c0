//! Weights that do not add up to their parents, or to the form's total.

use rust_decimal::Decimal;

use crate::audit::{Finding, Source};
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::phrase::{Filling, Term};
use crate::submission::declared::LabelWeight;
use crate::sums::sum;

use super::Subject;
use super::as_written::come_to;
use super::form::{self, FormSide};
use super::ran::{Need, Ran};

/// One finding for each label whose rows do not add up to it, and one for the form.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let side = subject.form_side()?;
    let labels = side.form.weights.iter().filter_map(|label| of_label(subject, label));
    let compared: Vec<Option<Finding>> = labels.chain(of_form(subject, &side)).collect();
    Need::Weights.met(!compared.is_empty())?;
    findings.extend(compared.into_iter().flatten());
    Ok(())
}

/// What a label is told whose weights are known.
fn of_label(subject: &Subject, label: &LabelWeight) -> Option<Option<Finding>> {
    let budget = subject.scores.first().map(|score| score.indicator.points).filter(|_| label.holds_budget);
    let weights = label.rows.iter().map(|row| subject.scores.get(row + 1)?.indicator.points).chain(budget);
    let weights: Vec<Decimal> = weights.collect::<Option<_>>()?;
    let stated = label.stated.value;
    let adds_up = weights.is_empty() || come_to(stated, &weights);
    Some((!adds_up).then(|| told(&label.name, stated, sum(weights), Some(&label.stated.source))))
}

/// The budget's weight and the rows' against the form's total, where all are known.
fn of_form(subject: &Subject, side: &FormSide) -> Option<Option<Finding>> {
    subject.row_weights()?;
    let weights: Vec<Decimal> = subject.scores.iter().map(|score| score.indicator.points).collect::<Option<_>>()?;
    let (name, due) = (Term::word("finding.form-as-a-whole"), side.declared.total);
    let source = side.form.total.as_ref().map(|total| &total.source);
    Some((!come_to(due, &weights)).then(|| told(&name, due, sum(weights), source)))
}

fn told(name: &dyn Filling, stated: Decimal, sum: Decimal, source: Option<&Source>) -> Finding {
    let difference = sum.saturating_sub(stated).abs();
    let (stated, sum, by) = (figure_text(stated), figure_text(sum), figure_text(difference));
    let finding =
        form::told(Code::WeightsMismatch, &[("name", name), ("stated", &stated), ("sum", &sum), ("difference", &by)]);
    Finding { source: source.cloned(), difference: Some(difference), ..finding }
}
