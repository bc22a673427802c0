//! Scores that do not simply agree: overstated, understated, under another reading, or not checkable.

use crate::audit::Finding;
use crate::judge::{Judged, explain};

use super::scored::{Dispute, Scored};
use super::settled::{settled_list, settled_of_row};
use super::{Subject, denied_in_narrative};

/// One finding for every valid claim that does not agree.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) {
    findings.extend(subject.scores.iter().filter_map(|score| {
        let scored = Scored::of(score);
        let code = scored.code()?;
        let settled_by = &score.range.settled_by;
        let dispute = Dispute {
            says: score.indicator.readings.first().map_or("", |reading| reading.says.as_str()),
            has_readings: score.indicator.has_readings(),
            settled: if subject.card.is_filers {
                settled_of_row(settled_by)
            } else {
                settled_list(subject.card, settled_by)
            },
            reading: reading_claimed(subject, score),
            explanation: explain(subject.card, score, &subject.facts.known),
        };
        let finding = scored.disputed(code, &dispute, subject.rulebook.material);
        Some(finding.then(denied_in_narrative::quoted(subject, score.indicator)))
    }));
}

/// The reading that gives a reading-dependent claim, in words.
fn reading_claimed(subject: &Subject, score: &Judged) -> String {
    let Some(id) = score.reading_claimed(subject.rulebook.tolerance) else { return String::new() };
    let reading = score.indicator.readings.iter().find(|reading| reading.id == id);
    reading.map_or_else(String::new, |reading| reading.says.clone())
}
