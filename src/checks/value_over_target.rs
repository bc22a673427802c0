//! More of a count done than was planned, where the score is their capped proportion: used all the same, and told.

use rust_decimal::Decimal;

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::facts::known::CandidateValue;
use crate::phrase::Hole;
use crate::rulebook::{Fact, FactKind, Rule};

use super::Subject;
use super::ran::{Need, Ran};

/// One finding for each capped proportion of two counts whose value is surely above its target.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let (mut ruled, mut compared) = (false, false);
    for score in subject.scores {
        let Some(reading) = score.indicator.readings.first() else { continue };
        findings.extend(reading.criteria.iter().filter_map(|criterion| {
            let (value, target) = counts(subject, &criterion.rule)?;
            ruled = true;
            compared |= numbers(subject, value).next().and(numbers(subject, target).next()).is_some();
            told(subject, value, target).map(|finding| finding.of_indicator(&score.indicator.id))
        }));
    }
    Need::Rule.met(ruled)?;
    Need::Facts.met(compared)
}

/// The two counts of a capped proportion.
fn counts<'a>(subject: &'a Subject, rule: &Rule) -> Option<(&'a Fact, &'a Fact)> {
    let rule = Some(rule.parameters()).filter(|rule| rule.is_share_of_points() && rule.is_capped())?;
    let (value, target) = rule.quotient()?;
    let count = |id: &str| subject.fact(id).filter(|fact| matches!(fact.kind, FactKind::Count { .. }));
    Some((count(value.as_name()?)?, count(target.as_name()?)?))
}

fn told(subject: &Subject, value: &Fact, target: &Fact) -> Option<Finding> {
    let least = numbers(subject, value).min()?;
    let most = numbers(subject, target).max()?;
    if least <= most {
        return None;
    }
    let (least, most) = (figure_text(least), figure_text(most));
    let holes: &[Hole] = &[("fact", &value.label), ("value", &least), ("target", &target.label), ("most", &most)];
    let finding = Finding::worded(Code::FactOutOfRange, "fact-out-of-range-over-target", holes);
    let entry = subject.facts.entries.iter().find(|entry| entry.id == value.id && entry.candidate);
    Some(Finding { source: entry.map(|entry| entry.source.clone()), ..finding.of_fact(&value.id) })
}

fn numbers(subject: &Subject, fact: &Fact) -> impl Iterator<Item = Decimal> {
    let candidates = subject.facts.known.get(&fact.id).into_iter().flat_map(|known| &known.candidates);
    candidates.filter_map(|candidate| match candidate.value {
        CandidateValue::Number(number) => Some(number),
        CandidateValue::Answer(_) => None,
    })
}
