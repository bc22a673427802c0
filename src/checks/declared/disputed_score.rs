//! Scores that do not simply agree: overstated, understated, under another reading, or not checkable.

use rust_decimal::Decimal;

use crate::audit::{Finding, ReadingRange, Verdict};
use crate::audit_declared::JudgedRow;
use crate::checks::scored::Dispute;
use crate::checks::settled::settled_of_row;
use crate::fraction::{exact, rounded};
use crate::quantity::{Sign, Target};
use crate::rulebook::NamedReading;
use crate::slip::Slip;

use super::FormSubject;

/// One finding for every valid claim that does not agree.
pub fn check(subject: &FormSubject, findings: &mut Vec<Finding>) {
    findings.extend(subject.scores.iter().filter_map(|score| {
        let scored = score.scored();
        let code = scored.code()?;
        let default = score.range.readings.first().map_or("", |reading| reading.id.as_str());
        let dispute = Dispute {
            says: says(subject, score, default),
            has_readings: score.range.readings.len() > 1,
            settled: settled_of_row(&score.range.settled_by),
            reading: claimed_reading(score, subject.rulebook.tolerance)
                .map_or_else(String::new, |id| says(subject, score, id).to_owned()),
            explanation: explanation(subject, score),
        };
        Some(scored.disputed(code, &dispute, subject.rulebook.material))
    }));
}

/// A reading of the row in words.
fn says<'a>(subject: &FormSubject<'a>, score: &JudgedRow, id: &str) -> &'a str {
    let readings: &[NamedReading] = match score.row.map(|row| &row.target.value) {
        Some(Target::Number(Some(Sign::Equal), _)) => &subject.declared.equal_readings,
        _ => &subject.declared.reverse_readings,
    };
    readings.iter().find(|reading| reading.id == id).map_or("", |reading| reading.says.as_str())
}

/// The reading that gives the claim.
fn claimed_reading<'a>(score: &'a JudgedRow, tolerance: Decimal) -> Option<&'a str> {
    let claimed = score.claim.valid()?;
    let gives =
        |reading: &&ReadingRange| reading.low == reading.high && reading.low.saturating_sub(claimed).abs() <= tolerance;
    score.range.readings.iter().find(gives).map(|reading| reading.id.as_str())
}

/// The slip that reproduces the claim exactly, if one does.
fn explanation(subject: &FormSubject, score: &JudgedRow) -> Option<Slip> {
    if !matches!(score.line.verdict, Verdict::Overstated | Verdict::Understated | Verdict::ReadingDependent) {
        return None;
    }
    let claimed = score.claim.valid()?;
    let reading = score.range.readings.iter().find(|reading| reading.low == reading.high && reading.low == claimed);
    if let Some(reading) = reading.filter(|reading| !reading.id.is_empty()) {
        return Some(Slip::Reading(reading.id.clone()));
    }
    if score.line.is_rounded() {
        Some(Slip::Rounded)
    } else if score.range.points == Some(claimed) {
        Some(Slip::FullMarks)
    } else {
        (uncapped(subject, score) == Some(claimed)).then_some(Slip::Uncapped)
    }
}

/// The budget's score without its cap.
fn uncapped(subject: &FormSubject, score: &JudgedRow) -> Option<Decimal> {
    let (planned, spent) = subject.money.usable();
    let (planned, spent) = (planned.filter(|planned| !planned.is_zero())?, spent?);
    let weight = score.range.points.filter(|_| score.row.is_none())?;
    Some(rounded(&(exact(weight) * exact(spent) / exact(planned))))
}
