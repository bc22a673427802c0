//! What the reading of a workbook and the sources of its facts have told already: whether there was anything to look at.

use crate::audit::Finding;

use super::Subject;
use super::ran::{Need, Ran};

/// Looked at in every workbook: its cells, rows and sheets.
pub fn cells(_: &Subject, _: &mut Vec<Finding>) -> Ran {
    Ok(())
}

/// Looked at in the sources of the facts.
pub fn facts(subject: &Subject, _: &mut Vec<Finding>) -> Ran {
    subject.has_facts()
}

/// Looked at in the amounts of a form.
pub fn amounts(subject: &Subject, _: &mut Vec<Finding>) -> Ran {
    let funds = &subject.form_side()?.form.funds;
    let mut amounts = funds.total.iter().chain(&funds.parts).flat_map(|row| [&row.initial, &row.planned, &row.spent]);
    Need::Budget.met(amounts.any(Option::is_some))
}

/// Other years than the report's: it has to be known.
pub fn years(subject: &Subject, _: &mut Vec<Finding>) -> Ran {
    Need::Year.met(subject.submission.year.is_some())
}

/// Running text against tables.
pub fn narrative(subject: &Subject, _: &mut Vec<Finding>) -> Ran {
    Need::Narrative.met(!subject.submission.quotes.is_empty())
}

/// Cells whose meaning a reviewer gave.
pub fn reviewer(subject: &Subject, _: &mut Vec<Finding>) -> Ran {
    Need::Reviewer.met(subject.submission.unused.iter().any(|cell| cell.assigned.is_some()))
}
