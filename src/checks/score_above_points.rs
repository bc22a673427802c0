//! A claim above the points that its indicator can earn.

use crate::audit::Finding;
use crate::decimal_text::figure_text;

use super::Subject;

/// One finding for each such claim.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) {
    for score in subject.scores {
        let Some(claimed) = score.claim.valid().filter(|claimed| *claimed > score.indicator.points) else { continue };
        let (shown, points) = (figure_text(claimed), figure_text(score.indicator.points));
        let finding = Finding::told(
            "score-above-points",
            subject.language,
            &[("indicator", &score.indicator.name), ("claimed", &shown), ("points", &points)],
        );
        let difference = claimed.saturating_sub(score.indicator.points);
        findings.push(Finding {
            source: score.claim.row.map(|row| row.source.clone()),
            ..finding.of_indicator(&score.indicator.id).of_amount(Some(claimed), difference)
        });
    }
}
