//! Fewer aspects of benefit filled in than the card asks for.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::phrase::{Hole, Term};
use crate::quantity::{Actual, Target};
use crate::rulebook::Aspect;
use crate::submission::KpiRow;

use super::Subject;
use super::ran::{Need, Ran};

/// A finding when the KPI rows fill in too few of the aspects.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let rules = &subject.card.completion;
    Need::Rule.met(rules.aspects_min > 0)?;
    let table = subject.completion()?;
    Need::KpiRows.met(!table.kpis.is_empty())?;
    let filled_in = |aspect: &&Aspect| table.kpis.iter().any(|row| names(row, aspect) && is_filled_in(row));
    let filled: Vec<String> = rules.aspects.iter().filter(filled_in).map(|aspect| aspect.name.clone()).collect();
    if filled.len() >= rules.aspects_min {
        return Ok(());
    }
    let all: Vec<String> = rules.aspects.iter().map(|aspect| aspect.name.clone()).collect();
    let (all, count) = (Term::list(&all), filled.len());
    let holes: &[Hole] = &[("aspects", &all), ("count", &count), ("least", &rules.aspects_min)];
    let finding = Finding::told(Code::AspectsTooFew, holes);
    let source = table.kpis.iter().find_map(|row| row.actual.as_ref().or(row.target.as_ref()));
    findings.push(Finding {
        source: source.map(|cell| cell.source.clone()),
        indicator: rules.judged.clone(),
        ..finding
    });
    Ok(())
}

fn names(row: &KpiRow, aspect: &Aspect) -> bool {
    row.labels.iter().any(|label| {
        let label: String = label.chars().filter(|c| !c.is_whitespace()).collect();
        aspect.words.iter().any(|word| label.contains(word.as_str()))
    })
}

/// True when a target or an actual stands in the row; dashes and other placeholders do not count.
fn is_filled_in(row: &KpiRow) -> bool {
    row.due.as_ref().is_some_and(|due| *due != Target::Absent)
        || row.done.as_ref().is_some_and(|done| *done != Actual::Absent)
}
