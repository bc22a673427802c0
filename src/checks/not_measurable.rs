//! Actuals given as an inequality or a span (≥95%): they repeat the target and measure nothing.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::phrase::Hole;
use crate::quantity::Actual;
use crate::submission::KpiRow;

use super::ran::{Need, Ran};
use super::{Subject, form};

/// One finding for each such row.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let table = subject.completion()?;
    Need::KpiRows.met(table.kpis.iter().any(|row| row.actual.is_some()))?;
    for row in &table.kpis {
        let Some(actual) = &row.actual else { continue };
        if row.done == Some(Actual::NotMeasurable) {
            let (name, shown) = (name(row), actual.value.trim());
            let holes: &[Hole] = &[("name", &name), ("actual", &shown)];
            let finding = Finding::told(Code::NotMeasurable, holes).at(&actual.source);
            findings.push(Finding { indicator: subject.card.completion.judged.clone(), ..finding });
        }
    }
    Ok(())
}

/// What people call the row: its last label.
pub fn name(row: &KpiRow) -> String {
    let label = row.labels.iter().rev().find(|label| !label.trim().is_empty());
    label.map_or_else(String::new, |label| label.trim().to_owned())
}

/// One finding for each such row.
pub fn check_form(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    Need::Actuals.met(subject.rows().any(|(_, row)| row.actual.value != Actual::Absent))?;
    let bounded = subject.rows().filter(|(_, row)| row.actual.value == Actual::NotMeasurable);
    findings.extend(bounded.map(|(_, row)| form::told_of(Code::NotMeasurable, row, &row.actual.source, &[])));
    Ok(())
}
