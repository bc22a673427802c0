//! A plain denial in the narrative of something that no table answers, while its indicator is claimed in full.

use crate::audit::Finding;
use crate::decimal_text::figure_text;
use crate::facts::{excerpt, uses};
use crate::submission::Quote;

use super::Subject;

/// One finding for each denied fact and indicator claimed in full. The score stays as checkable as it was.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) {
    let denials = subject.submission.quotes.iter().filter(|quote| quote.denial && quote.other_year.is_none());
    for quote in denials.filter(|quote| !answered(subject, &quote.fact)) {
        let users = uses::users_of(subject.card, &quote.fact);
        for indicator in users.filter(|indicator| subject.claimed_in_full(&indicator.id)) {
            findings.extend(told(subject, quote, &indicator.id));
        }
    }
}

fn answered(subject: &Subject, fact: &str) -> bool {
    subject.facts.known.get(fact).is_some_and(|known| !known.candidates.is_empty())
}

fn told(subject: &Subject, quote: &Quote, indicator: &str) -> Option<Finding> {
    let fact = subject.fact(&quote.fact)?;
    let score = subject.score(indicator)?;
    let claimed = figure_text(score.claim.counted());
    let holes: &[(&str, &dyn std::fmt::Display)] = &[
        ("fact", &fact.label),
        ("indicator", &score.indicator.name),
        ("claimed", &claimed),
        ("sentence", &excerpt(&quote.sentence)),
    ];
    let finding = Finding::worded("narrative-conflict", "narrative-conflict-denied", subject.language, holes);
    Some(finding.of_indicator(indicator).of_fact(&fact.id).at(&quote.source))
}
