//! Answers 是 without named evidence (佐证材料).

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::phrase::Term;
use crate::rulebook::{Fact, FactKind};
use crate::settled_by::SettledBy;

use super::ran::{Need, Ran};
use super::{Subject, about_fact};

/// One finding for each such answer that a score hangs on.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let mut asked = subject.card.facts.iter().filter(|fact| fact.kind == FactKind::YesNo).peekable();
    Need::Rule.met(asked.peek().is_some())?;
    let is_answered = |fact: &Fact| subject.facts.known.get(&fact.id).is_some_and(|known| !known.candidates.is_empty());
    Need::Answers.met(asked.any(is_answered))?;
    for fact in &subject.card.facts {
        let waiting = subject.waiting_for(&SettledBy::Evidence(fact.id.clone()));
        if waiting.is_empty() {
            continue;
        }
        let finding =
            Finding::told(Code::EvidenceMissing, &[("fact", &fact.label), ("indicators", &Term::list(&waiting))]);
        let entry = subject.facts.entries.iter().find(|entry| entry.id == fact.id && entry.candidate);
        findings.push(Finding {
            source: entry.map(|entry| entry.source.clone()),
            ..about_fact(subject, finding, &fact.id)
        });
    }
    Ok(())
}
