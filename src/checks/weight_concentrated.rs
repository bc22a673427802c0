//! One row that carries most of the indicator points.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::figure_text;

use super::ran::{Need, Ran};
use super::{Subject, form};

/// One finding for each row above the rulebook's share of all rows' weights.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let side = subject.form_side()?;
    let all = subject.row_weights().ok_or(Need::Weights)?;
    let limit = all.checked_mul(side.declared.suspicions.concentrated).ok_or(Need::Weights)?;
    for (score, row) in subject.rows() {
        let Some(points) = score.indicator.points.filter(|points| *points > limit) else { continue };
        let (points, sum) = (figure_text(points), figure_text(all));
        findings.push(form::told_of(
            Code::WeightConcentrated,
            row,
            &row.claim.source,
            &[("points", &points), ("sum", &sum)],
        ));
    }
    Ok(())
}
