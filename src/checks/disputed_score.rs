//! Scores that do not simply agree: overstated, understated, under another reading, or not checkable.

use std::fmt::Display;

use crate::audit::{Finding, Verdict};
use crate::decimal_text::{figure_text, score_text};
use crate::judge::{Judged, explain, settled_list};

use super::{Subject, denied_in_narrative};

/// One finding for every valid claim that does not agree.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) {
    findings.extend(subject.scores.iter().filter_map(|score| {
        let code = match score.verdict {
            Verdict::Overstated => "overstated-score",
            Verdict::Understated => "understated-score",
            Verdict::ReadingDependent => "reading-dependent-score",
            Verdict::Unverifiable => "unverifiable-score",
            Verdict::Agrees | Verdict::Invalid => return None,
        };
        Some(told(subject, score, code))
    }));
}

fn told(subject: &Subject, score: &Judged, code: &str) -> Finding {
    let explanation = explain(subject.card, score, &subject.facts.known, subject.language);
    let finding = worded(subject, score, code);
    let explained =
        explanation.as_deref().map(|explanation| explained(subject, score, explanation)).unwrap_or_default();
    let message = format!("{}{explained}{}", finding.message, denied_in_narrative::quoted(subject, score.indicator));
    Finding {
        message,
        severity: score.severity(subject.rulebook),
        low: Some(score.range.low),
        high: Some(score.range.high),
        explanation,
        source: score.claim.row.map(|row| row.source.clone()),
        ..finding.of_indicator(&score.indicator.id).of_amount(score.claim.shown(), score.difference)
    }
}

fn worded(subject: &Subject, score: &Judged, code: &str) -> Finding {
    let claimed = figure_text(score.claim.counted());
    let (low, high) = (score_text(score.range.low), score_text(score.range.high));
    let default = score_text(score.range.default.unwrap_or(score.nearest()));
    let difference = score_text(score.difference);
    let says = score.indicator.readings.first().map_or("", |reading| reading.says.as_str());
    let settled = settled_list(subject.card, &score.range.settled_by, subject.language);
    let reading = reading_claimed(subject, score);
    let holes: &[(&str, &dyn Display)] = &[
        ("indicator", &score.indicator.name),
        ("claimed", &claimed),
        ("low", &low),
        ("high", &high),
        ("default", &default),
        ("difference", &difference),
        ("says", &says),
        ("settled", &settled),
        ("reading", &reading),
    ];
    Finding::worded(code, &wording(score, code, !reading.is_empty()), subject.language, holes)
}

/// Which sentence fits: one number, several readings, or something missing.
fn wording(score: &Judged, code: &str, reading_found: bool) -> String {
    let variant = match score.verdict {
        Verdict::ReadingDependent if !reading_found => "-between",
        Verdict::Unverifiable if score.difference.is_zero() => "-nothing-at-risk",
        Verdict::ReadingDependent | Verdict::Unverifiable => "",
        _ if !score.range.complete() => "-incomplete",
        _ if score.indicator.has_readings() => "-readings",
        _ => "",
    };
    format!("{code}{variant}")
}

/// The reading that gives a reading-dependent claim, in words.
fn reading_claimed(subject: &Subject, score: &Judged) -> String {
    let Some(id) = score.reading_claimed(subject.rulebook.tolerance) else { return String::new() };
    let reading = score.indicator.readings.iter().find(|reading| reading.id == id);
    reading.map_or_else(String::new, |reading| reading.says.clone())
}

/// The slip in words.
fn explained(subject: &Subject, score: &Judged, explanation: &str) -> String {
    let key = explanation.split(':').next().unwrap_or(explanation);
    let recomputed = score_text(score.nearest());
    let points = figure_text(score.indicator.points);
    let holes: &[(&str, &dyn Display)] = &[("recomputed", &recomputed), ("points", &points)];
    subject.language.say(&format!("finding.explanation-{key}"), holes)
}
