//! Claims that are no scores: missing, negative, no number.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::judge::{Judged, Standing};

use super::Subject;
use super::ran::Ran;

/// One finding for every row without a usable claim. Differing rows are told by `indicator-duplicated`.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    findings.extend(subject.scores.iter().filter_map(told).filter(|finding| finding.code != Code::IndicatorMissing));
    Ok(())
}

/// One finding for every indicator that no row names.
pub fn missing(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    findings.extend(subject.scores.iter().filter_map(told).filter(|finding| finding.code == Code::IndicatorMissing));
    Ok(())
}

/// The finding of a claim that is no score.
fn told(score: &Judged) -> Option<Finding> {
    let code = match score.claim.standing {
        Standing::Empty => Code::ScoreMissing,
        Standing::NotANumber => Code::ScoreNotANumber,
        Standing::Negative(_) => Code::NegativeScore,
        Standing::NoRow => Code::IndicatorMissing,
        Standing::Number(_)
        | Standing::Differing
        | Standing::Conflict
        | Standing::Uncalculated
        | Standing::Unnamed
        | Standing::NotAsked => return None,
    };
    let claimed = score.claim.shown().map(figure_text).unwrap_or_default();
    let source = score.source();
    let text = source.as_ref().map(|source| source.text.clone()).unwrap_or_default();
    let finding = Finding::told(code, &[("indicator", &score.indicator.name), ("claimed", &claimed), ("text", &text)]);
    Some(Finding {
        low: Some(score.range.low),
        high: score.range.high,
        source,
        ..finding.of_indicator(&score.indicator.id).of_amount(score.claim.shown(), score.difference)
    })
}
