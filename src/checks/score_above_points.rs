//! A claim above the points that its indicator can earn.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::judge::{Judged, most_claimable};
use crate::phrase::Hole;

use super::Subject;
use super::notes::noted;
use super::ran::Ran;

/// One finding for each such claim.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    subject.has_claims_of_points()?;
    findings.extend(subject.scores.iter().filter_map(told));
    Ok(())
}

/// The finding of a claim above its points, where they are known.
fn told(score: &Judged) -> Option<Finding> {
    let most = score.indicator.points?;
    let claimed = score.claim.valid().filter(|claimed| *claimed > most_claimable(most))?;
    let (shown, points) = (figure_text(claimed), figure_text(most));
    let holes: &[Hole] = &[("indicator", &score.indicator.name), ("claimed", &shown), ("points", &points)];
    let finding = Finding::told(Code::ScoreAbovePoints, holes).of_indicator(&score.indicator.id);
    let finding = noted(finding.of_amount(Some(claimed), claimed.saturating_sub(most)), score.indicator);
    Some(Finding { source: score.source(), ..finding })
}
