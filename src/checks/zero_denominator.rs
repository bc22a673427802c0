//! Divisions by zero: 0 ÷ 0 is 不适用, anything else leaves the criterion unknown.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::phrase::{Hole, Term};
use crate::rescore::ZeroDenominator;

use super::Subject;
use super::ran::Ran;

/// One finding for each division by zero that an indicator's score met.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    subject.has_facts()?;
    for score in subject.scores {
        findings.extend(score.range.zero_denominators.iter().map(|zero| {
            let finding = told(subject, zero, &score.indicator.name);
            finding.of_indicator(&score.indicator.id)
        }));
    }
    Ok(())
}

fn told(subject: &Subject, zero: &ZeroDenominator, indicator: &str) -> Finding {
    let label = |id: &String| subject.fact(id).map_or_else(|| id.clone(), |fact| fact.label.clone());
    let labels: Vec<String> = zero.facts.iter().map(label).collect();
    let facts = Term::list(&labels);
    let holes: &[Hole] = &[("facts", &facts), ("indicator", &indicator)];
    let finding = if zero.not_applicable {
        Finding::worded(Code::NotApplicable, "not-applicable-zero", holes)
    } else {
        Finding::told(Code::ZeroDenominator, holes)
    };
    let entry = subject.facts.entries.iter().find(|entry| zero.facts.contains(&entry.id) && entry.candidate);
    Finding {
        source: entry.map(|entry| entry.source.clone()),
        fact: zero.facts.first().filter(|_| zero.facts.len() == 1).cloned(),
        ..finding
    }
}
