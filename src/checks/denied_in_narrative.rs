//! A plain denial in the narrative of something that no table answers. Alone it decides nothing: it is quoted where the
//! indicator's score is disputed, and the fact stays unknown.

use crate::facts::excerpt;
use crate::phrase::{Hole, Phrase};
use crate::rulebook::Indicator;
use crate::submission::Quote;

use super::Subject;

/// The sentences about the indicator's facts, each quoted, to follow what is said of its score.
pub fn quoted(subject: &Subject, indicator: &Indicator) -> Option<Phrase> {
    let denials = subject.submission.quotes.iter().filter(|quote| quote.denial && quote.other_year.is_none());
    let unanswered = denials.filter(|quote| indicator.uses(&quote.fact) && !answered(subject, &quote.fact));
    unanswered.filter_map(|quote| told(subject, quote)).reduce(Phrase::then)
}

fn answered(subject: &Subject, fact: &str) -> bool {
    subject.facts.known.get(fact).is_some_and(|known| !known.candidates.is_empty())
}

fn told(subject: &Subject, quote: &Quote) -> Option<Phrase> {
    let fact = subject.fact(&quote.fact)?;
    let holes: &[Hole] = &[
        ("fact", &fact.label),
        ("sentence", &excerpt(&quote.sentence)),
        ("place", &format!("{}!{}", quote.source.sheet, quote.source.cell)),
    ];
    Some(Phrase::filled("finding.denied-in-narrative", holes))
}
