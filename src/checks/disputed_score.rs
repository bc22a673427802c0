//! Scores that do not simply agree: overstated, understated, under another reading, or not checkable.

use rust_decimal::Decimal;

use crate::audit::{Finding, Severity, Verdict};
use crate::checks::register::Code;
use crate::decimal_text::{figure_text, score_text};
use crate::facts::known::Facts;
use crate::judge::{Judged, explain};
use crate::phrase::{Hole, Phrase, Term};
use crate::rulebook::Scorecard;
use crate::slip::Slip;

use super::notes::noted;
use super::ran::{Need, Ran};
use super::settled::{settled_list, settled_of_row};
use super::{Subject, denied_in_narrative};

/// One finding for every claim above all that can be; from the rulebook's `material` points up it is an error.
pub fn overstated(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    subject.has_claims()?;
    tell(subject, Code::OverstatedScore, findings);
    Need::Computed.met(subject.scores.iter().any(is_bounded_above))
}

/// One finding for every claim below all that can be.
pub fn understated(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    subject.has_claims()?;
    tell(subject, Code::UnderstatedScore, findings);
    Need::Computed.met(subject.scores.iter().any(is_bounded_below))
}

/// One finding for every claim within a range that is no number yet.
pub fn unverifiable(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    subject.has_claims()?;
    tell(subject, Code::UnverifiableScore, findings);
    Ok(())
}

/// One finding for every claim of another reading than the default one.
pub fn reading_dependent(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let mut ambiguous = subject.scores.iter().filter(|score| score.indicator.has_readings()).peekable();
    Need::Readings.met(ambiguous.peek().is_some())?;
    tell(subject, Code::ReadingDependentScore, findings);
    Need::Computed.met(ambiguous.any(|score| score.claim.valid().is_some() && score.line().bounds.complete()))
}

fn tell(subject: &Subject, wanted: Code, findings: &mut Vec<Finding>) {
    let of_code = subject.scores.iter().filter(|score| code(score) == Some(wanted));
    findings.extend(of_code.map(|score| disputed(subject, score, wanted)));
}

/// Whether a claim could be found too high: something is known of the score, or its points are claimed and more.
fn is_bounded_above(score: &Judged) -> bool {
    let bounds = score.line().bounds;
    let is_less = bounds.most().zip(bounds.high).is_some_and(|(most, high)| high < most);
    score.claim.valid().is_some() && (bounds.complete() || is_less || score.verdict == Verdict::Overstated)
}

/// Whether a claim could be found too low.
fn is_bounded_below(score: &Judged) -> bool {
    let bounds = score.line().bounds;
    score.claim.valid().is_some() && (bounds.complete() || bounds.low > Decimal::ZERO)
}

/// The code of a score that does not simply agree; an invalid claim has codes of its own.
pub(crate) fn code(score: &Judged) -> Option<Code> {
    match score.verdict {
        Verdict::Overstated => Some(Code::OverstatedScore),
        Verdict::Understated => Some(Code::UnderstatedScore),
        Verdict::ReadingDependent => Some(Code::ReadingDependentScore),
        // An open claim is told by what opens it.
        Verdict::Unverifiable if score.claim.open().is_some() => None,
        Verdict::Unverifiable => Some(Code::UnverifiableScore),
        Verdict::Agrees | Verdict::Invalid => None,
    }
}

fn disputed(subject: &Subject, score: &Judged, code: Code) -> Finding {
    let finding = worded(subject, score, code);
    let figures = figures(subject.card, &subject.facts.known, subject.rulebook.material, score);
    let slip = figures.explanation.as_ref().map(|slip| explained(score, slip));
    let finding = Finding {
        severity: figures.severity,
        low: Some(score.range.low),
        high: score.range.high,
        explanation: figures.explanation,
        source: score.source(),
        ..finding.then(slip).of_indicator(&score.indicator.id).of_amount(figures.claimed, figures.difference)
    };
    let finding = finding.then(denied_in_narrative::quoted(subject, score.indicator));
    if score.verdict == Verdict::Unverifiable { finding } else { noted(finding, score.indicator) }
}

/// What a finding of a disputed score says beside its words and its place: all of it follows from the claim and the range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Figures {
    /// How much it matters.
    pub severity: Severity,
    /// The claimed score.
    pub claimed: Option<Decimal>,
    /// The amount, in points.
    pub difference: Decimal,
    /// A slip that reproduces the claim.
    pub explanation: Option<Slip>,
}

/// The figures of a score that does not simply agree.
pub(crate) fn figures(card: &Scorecard, known: &Facts, material: Decimal, score: &Judged) -> Figures {
    Figures {
        severity: score.line().severity(material),
        claimed: score.claim.shown(),
        difference: score.difference,
        explanation: explain(card, score, known),
    }
}

fn worded(subject: &Subject, score: &Judged, code: Code) -> Finding {
    let claimed = figure_text(score.claim.counted());
    let (low, high) = (score_text(score.range.low), score.range.high.map(score_text).unwrap_or_default());
    let default = score_text(score.line().nearest());
    let difference = score_text(score.difference);
    let says = score.indicator.readings.first().map_or("", |reading| reading.says.as_str());
    let (settled, reading) = (settled(subject, score), reading_claimed(subject, score));
    let holes: &[Hole] = &[
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
    Finding::worded(code, &wording(code, score, reading), holes)
}

/// Which sentence fits: one number, several readings, or something missing.
fn wording(code: Code, score: &Judged, reading: &str) -> String {
    let variant = match score.verdict {
        Verdict::ReadingDependent if reading.is_empty() => "-between",
        Verdict::Unverifiable if score.range.high.is_none() => "-no-weight",
        Verdict::Unverifiable if score.difference.is_zero() => "-nothing-at-risk",
        Verdict::ReadingDependent | Verdict::Unverifiable => "",
        _ if !score.line().bounds.complete() => "-incomplete",
        _ if !score.indicator.has_readings() || score.range.high == Some(score.range.low) => "",
        Verdict::Overstated if score.range.high == score.range.default => "-default-highest",
        Verdict::Understated if score.range.default == Some(score.range.low) => "-default-lowest",
        _ => "-readings",
    };
    format!("{code}{variant}")
}

/// What would settle it.
fn settled(subject: &Subject, score: &Judged) -> Term {
    match subject.card.is_filers {
        true => settled_of_row(&score.range.settled_by),
        false => settled_list(subject.card, &score.range.settled_by),
    }
}

/// The reading that gives a reading-dependent claim, in words; empty where none does.
fn reading_claimed<'a>(subject: &Subject, score: &Judged<'a>) -> &'a str {
    let Some(id) = score.reading_claimed(subject.rulebook.tolerance) else { return "" };
    let reading = score.indicator.readings.iter().find(|reading| reading.id == id);
    reading.map_or("", |reading| reading.says.as_str())
}

/// The slip in words.
fn explained(score: &Judged, slip: &Slip) -> Phrase {
    let recomputed = score_text(score.line().nearest());
    let points = score.indicator.points.map(figure_text).unwrap_or_default();
    let holes: &[Hole] = &[("recomputed", &recomputed), ("points", &points)];
    Phrase::filled(format!("finding.explanation-{}", slip.as_str()), holes)
}
