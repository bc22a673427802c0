//! Facts that no table and no sentence gives, and that a score hangs on.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::phrase::Term;
use crate::settled_by::SettledBy;

use super::{Subject, about_fact};

/// One finding for each fact that would settle a score and that nothing gives.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) {
    for fact in &subject.card.facts {
        let waiting = subject.waiting_for(&SettledBy::Fact(fact.id.clone()));
        if waiting.is_empty() || subject.is_given(&fact.id) {
            continue;
        }
        let finding = Finding::told(Code::FactMissing, &[("fact", &fact.label), ("indicators", &Term::list(&waiting))]);
        findings.push(about_fact(subject, finding, &fact.id));
    }
}

impl Subject<'_> {
    /// Names of the indicators whose range `item` would settle, in card order.
    pub(super) fn waiting_for(&self, item: &SettledBy) -> Vec<String> {
        let waiting = self.scores.iter().filter(|score| score.range.settled_by.contains(item));
        waiting.map(|score| score.indicator.name.clone()).collect()
    }

    /// True when something is said of the fact, usable or not; then other findings speak of it.
    fn is_given(&self, fact: &str) -> bool {
        self.facts.known.contains_key(fact)
    }
}
