//! An indicator on several rows: with one score it counts once, with different scores the claim is invalid.

use crate::audit::{Finding, Severity, Source};
use crate::facts::{list, place_in_words};
use crate::judge::{Judged, Standing};
use crate::submission::Claim;

use super::Subject;

/// One finding for each indicator that several rows name.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) {
    let repeated = subject.scores.iter().filter(|score| score.claim.rows.len() > 1);
    findings.extend(repeated.map(|score| told(subject, score)));
}

fn told(subject: &Subject, score: &Judged) -> Finding {
    let rows: Vec<String> = score.claim.rows.iter().map(|row| row_in_words(subject, row)).collect();
    let differing = score.claim.standing == Standing::Differing;
    let wording = if differing { "indicator-duplicated-differing" } else { "indicator-duplicated" };
    let rows_shown = list(&rows, subject.language);
    let holes: &[(&str, &dyn std::fmt::Display)] = &[("indicator", &score.indicator.name), ("rows", &rows_shown)];
    let finding = Finding::worded("indicator-duplicated", wording, subject.language, holes);
    let finding = finding.as_severe_as(if differing { Severity::Error } else { Severity::Info });
    Finding { source: second(&score.claim.rows), ..finding.of_indicator(&score.indicator.id) }
}

fn second(rows: &[&Claim]) -> Option<Source> {
    rows.get(1).map(|row| row.source.clone())
}

fn row_in_words(subject: &Subject, row: &Claim) -> String {
    let place = place_in_words(&row.source);
    subject.language.say("finding.value-at-place", &[("value", &row.source.text.trim()), ("place", &place)])
}
