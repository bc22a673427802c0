//! Claims that are no scores: missing, negative, no number.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::judge::Standing;

use super::Subject;
use super::scored::Scored;

/// One finding for every indicator without a usable claim. Differing rows are told by `indicator-duplicated`.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) {
    findings.extend(subject.scores.iter().filter_map(|score| told(&Scored::of(score))));
}

/// The finding of a claim that is no score.
pub(super) fn told(score: &Scored) -> Option<Finding> {
    let code = match score.claim.standing {
        Standing::Empty => Code::ScoreMissing,
        Standing::NotANumber => Code::ScoreNotANumber,
        Standing::Negative(_) => Code::NegativeScore,
        Standing::NoRow => Code::IndicatorMissing,
        Standing::Number(_) | Standing::Differing | Standing::Conflict | Standing::NotAsked => return None,
    };
    let claimed = score.claim.shown().map(figure_text).unwrap_or_default();
    let source = score.source();
    let text = source.as_ref().map(|source| source.text.clone()).unwrap_or_default();
    let finding = Finding::told(code, &[("indicator", &score.name), ("claimed", &claimed), ("text", &text)]);
    Some(Finding {
        low: Some(score.line.bounds.low),
        high: score.line.bounds.high,
        source,
        ..finding.of_indicator(score.id).of_amount(score.claim.shown(), score.line.difference)
    })
}
