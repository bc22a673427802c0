//! 分值 on the sheet that is not the rulebook's. It changes nothing: the rulebook's points count.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::judge::Judged;

use super::Subject;
use super::notes::noted;
use super::ran::{Need, Ran};

/// One finding for each row with another 分值.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let states_points = |score: &Judged| score.claim.rows.iter().any(|row| row.points_stated.is_some());
    Need::Points.met(subject.scores.iter().any(states_points))?;
    for score in subject.scores {
        let stated = score.claim.rows.iter().filter_map(|row| row.points_stated.as_ref());
        findings.extend(
            stated.filter(|stated| score.indicator.points.is_some_and(|points| stated.value != points)).map(|stated| {
                let (shown, points) = (figure_text(stated.value), figure_text(score.indicator.most()));
                let finding = Finding::told(
                    Code::PointsAltered,
                    &[("indicator", &score.indicator.name), ("stated", &shown), ("points", &points)],
                );
                noted(finding, score.indicator).of_indicator(&score.indicator.id).at(&stated.source)
            }),
        );
    }
    Ok(())
}
