//! What the rulebook notes on an official text that can be misread: a misprint of the card itself, a rule that it leaves open.

use crate::audit::Finding;
use crate::phrase::Phrase;
use crate::rulebook::Indicator;

/// The finding, with what the rulebook notes on its indicator: nobody is told of a fault without what may have led to it.
pub(super) fn noted(finding: Finding, indicator: &Indicator) -> Finding {
    indicator.notes.iter().fold(finding, |finding, note| finding.then(Some(of(note))))
}

/// A note, as it stands behind a sentence.
fn of(note: &str) -> Phrase {
    Phrase::new("finding.note").with("note", note)
}
