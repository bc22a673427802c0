//! Claims that are no scores: missing, negative, no number.

use crate::audit::Finding;
use crate::decimal_text::figure_text;
use crate::judge::{Judged, Standing};

use super::Subject;

/// One finding for every indicator without a usable claim. Differing rows are told by `indicator-duplicated`.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) {
    findings.extend(subject.scores.iter().filter_map(|score| told(subject, score)));
}

fn told(subject: &Subject, score: &Judged) -> Option<Finding> {
    let code = match score.claim.standing {
        Standing::Empty => "score-missing",
        Standing::NotANumber => "score-not-a-number",
        Standing::Negative(_) => "negative-score",
        Standing::NoRow => "indicator-missing",
        Standing::Number(_) | Standing::Differing => return None,
    };
    let claimed = score.claim.shown().map(figure_text).unwrap_or_default();
    let source = score.claim.row.map(|row| row.source.clone());
    let text = source.as_ref().map(|source| source.text.clone()).unwrap_or_default();
    let finding = Finding::told(
        code,
        subject.language,
        &[("indicator", &score.indicator.name), ("claimed", &claimed), ("text", &text)],
    );
    Some(Finding {
        low: Some(score.range.low),
        high: Some(score.range.high),
        source,
        ..finding.of_indicator(&score.indicator.id).of_amount(score.claim.shown(), score.difference)
    })
}
