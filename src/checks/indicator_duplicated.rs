//! An indicator on several rows: with one score it counts once, with different scores the claim is invalid.

use crate::audit::{Finding, Severity, Source};
use crate::checks::register::Code;
use crate::facts::place_in_words;
use crate::judge::{Judged, Standing};
use crate::phrase::{Hole, Phrase, Term};
use crate::submission::Claim;

use super::Subject;
use super::ran::Ran;

/// One finding for each indicator that several rows name.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let repeated = subject.scores.iter().filter(|score| score.claim.rows.len() > 1);
    findings.extend(repeated.map(|score| told(score)));
    Ok(())
}

fn told(score: &Judged) -> Finding {
    let rows: Vec<Phrase> = score.claim.rows.iter().map(|row| row_in_words(row)).collect();
    let differing = score.claim.standing == Standing::Differing;
    let wording = if differing { "indicator-duplicated-differing" } else { "indicator-duplicated" };
    let rows_shown = Term::list(&rows);
    let holes: &[Hole] = &[("indicator", &score.indicator.name), ("rows", &rows_shown)];
    let finding = Finding::worded(Code::IndicatorDuplicated, wording, holes);
    let finding = finding.as_severe_as(if differing { Severity::Error } else { Severity::Info });
    Finding { source: second(&score.claim.rows), ..finding.of_indicator(&score.indicator.id) }
}

fn second(rows: &[&Claim]) -> Option<Source> {
    rows.get(1).map(|row| row.source.clone())
}

fn row_in_words(row: &Claim) -> Phrase {
    let place = place_in_words(&row.source);
    Phrase::filled("finding.value-at-place", &[("value", &row.source.text.trim()), ("place", &place)])
}
