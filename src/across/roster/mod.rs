//! `submission-missing`, `submission-unexpected`: the batch against the roster of the departments that must submit.
//!
//! A department is missing only where nothing in the batch can be its own: no submission under its name, none under a name near
//! to it, and no file called after it that could not be read. A near name alone says nothing; it is shown to a person. Where a
//! batch holds cards, a department that handed in forms of projects alone has not handed in its card. (bureau.md, “The whole batch”)

mod matching;
mod outcome;

use std::collections::BTreeMap;

use crate::audit::{Finding, Severity, Status};
use crate::brief::Brief;
use crate::checks::register::Code;
use crate::phrase::{Phrase, Term};
use crate::text::visible;

use super::{InBrief, Seen, Why};
use matching::Matched;
pub use outcome::{OffRoster, Reported, Reporting, State};

/// The departments that must submit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    /// The headings of what else the roster says of them, in its order.
    pub headings: Vec<String>,
    /// The departments, in its order.
    pub departments: Vec<Due>,
    /// What stands in the column of names and names no department, with its row from 1.
    pub left_out: Vec<(u32, String)>,
    /// Rows that a filter or a hand has hidden; they count.
    pub hidden: usize,
    /// It is what the lines of an earlier run tell of departments that were missing then: of all others nothing is known.
    pub is_retold: bool,
}

/// A department that must submit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Due {
    /// Its name.
    pub name: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// By when.
    pub deadline: Option<String>,
    /// What else the roster says of it, under its headings.
    pub carried: Vec<String>,
}

impl Due {
    /// All its names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }

    /// What a missing line tells of it, read back.
    pub fn told(unit: &str, phrase: &Phrase) -> Due {
        let date = |term: &Term| match term {
            Term::Phrase(by) => by.terms.iter().find_map(|(hole, term)| match term {
                Term::Text(date) if hole == "date" => Some(date.clone()),
                _ => None,
            }),
            _ => None,
        };
        let deadline = phrase.terms.iter().find(|(hole, _)| *hole == "deadline").and_then(|(_, term)| date(term));
        Due { name: unit.to_owned(), deadline, ..Due::default() }
    }
}

/// Names that a finding shows.
const NAMED: usize = 5;

/// Holds the batch against the roster.
pub fn check(batch: InBrief, seen: &mut Seen) {
    let Some(roster) = &batch.against.roster else {
        for _ in batch.audits.iter().filter(|audit| audit.status == Status::Audited) {
            seen.not_run(Code::SubmissionMissing, Why::NoRoster);
            seen.not_run(Code::SubmissionUnexpected, Why::NoRoster);
        }
        return;
    };
    let matched = Matched::of(roster, batch);
    let reporting = outcome::reporting(roster, batch, &matched);
    expected(&reporting, batch, &matched, seen);
    if !roster.is_retold {
        unexpected(roster, batch, &matched, seen);
    }
    seen.whole.roster = Some(reporting);
}

/// How the departments of a roster have reported.
pub(super) fn reporting(roster: &Roster, batch: InBrief) -> Reporting {
    outcome::reporting(roster, batch, &Matched::of(roster, batch))
}

/// What is said of each department of the roster.
fn expected(reporting: &Reporting, batch: InBrief, matched: &Matched, seen: &mut Seen) {
    let code = Code::SubmissionMissing;
    let mut places: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, due) in matched.due.iter().enumerate() {
        if let Some(due) = due {
            places.entry(*due).or_default().push(place);
        }
    }
    for (at, department) in reporting.departments.iter().enumerate() {
        match (department.state, places.get(&at).and_then(|places| Some((places.first()?, places)))) {
            (State::Submitted | State::Doubled, _) => seen.agreed(code),
            (State::Unread, _) => seen.not_run(code, Why::Unread),
            (State::NearName, _) => seen.not_run(code, Why::NearName),
            (State::FormsOnly, Some((first, places))) => {
                seen.raised(*first, without_card(department, places.iter().map(|place| &batch.audits[*place])));
            }
            (State::FormsOnly, None) | (State::Missing, _) => seen.raised_beside(code),
        }
    }
}

/// A department with forms of projects and no card.
fn without_card<'a>(department: &Reported, own: impl Iterator<Item = &'a Brief>) -> Finding {
    let forms = own.filter(|audit| !audit.kind.is_of_department());
    let name = |audit: &Brief| visible(audit.project.as_deref().unwrap_or(&audit.file));
    let names = first_of(&forms.map(name).collect::<Vec<_>>());
    Finding::worded(
        Code::SubmissionMissing,
        "submission-missing-card",
        &[("unit", &visible(&department.due.name)), ("forms", &names)],
    )
}

/// Submissions of units that are not on the roster.
fn unexpected(roster: &Roster, batch: InBrief, matched: &Matched, seen: &mut Seen) {
    let code = Code::SubmissionUnexpected;
    for (place, audit) in batch.audits.iter().enumerate().filter(|(_, audit)| audit.status == Status::Audited) {
        let Some(unit) = named(audit) else {
            seen.not_run(code, Why::Unnamed);
            continue;
        };
        if matched.due[place].is_some() {
            seen.agreed(code);
            continue;
        }
        let near: Vec<String> = matched.near[place].iter().map(|at| visible(&roster.departments[*at].name)).collect();
        let unit = visible(unit);
        let finding = match near.is_empty() {
            true => Finding::told(code, &[("unit", &unit)]),
            false => {
                Finding::worded(code, "submission-unexpected-near", &[("unit", &unit), ("near", &first_of(&near))])
            }
        };
        // Forms of projects name whoever carries the project out, often a unit below the department.
        let severity = if audit.kind.is_of_department() { Severity::Warning } else { Severity::Info };
        seen.raised(place, finding.as_severe_as(severity));
    }
}

/// The department that a submission names.
fn named(audit: &Brief) -> Option<&str> {
    audit.unit.as_deref().filter(|unit| !unit.trim().is_empty())
}

/// The first of some names, and of how many they are where there are more.
fn first_of(names: &[String]) -> Term {
    let list = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join("、");
    if names.len() <= NAMED {
        return list.into();
    }
    Phrase::new("finding.first-of-names").with("names", list).with("count", names.len()).into()
}
