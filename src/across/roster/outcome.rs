//! What the batch holds of each department of the roster, and what it holds beside it.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::{Audit, Problem, Status};
use crate::brief::Brief;
use crate::checks::register::Code;
use crate::phrase::{Phrase, Term};
use crate::submission::names::key;
use crate::text::visible;

use super::matching::Matched;
use super::{Due, InBrief, Roster, named};

/// How the departments of the roster have reported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reporting {
    /// The headings of what else the roster says of them.
    pub headings: Vec<String>,
    /// Each of them, in the order of the roster.
    pub departments: Vec<Reported>,
    /// Units that handed in and are not on it, in the order of their first files.
    pub beside: Vec<OffRoster>,
    /// Files of which nobody can say whose they are: they could not be read, or name no department.
    pub nobodys: usize,
    /// What stands in the roster's column of names and names no department, with its row.
    pub left_out: Vec<(u32, String)>,
    /// Rows of the roster that are hidden; they count.
    pub hidden: usize,
    /// Only what an earlier run told of it is known.
    pub is_retold: bool,
}

/// What a department of the roster has handed in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reported {
    /// What the roster says of it.
    pub due: Due,
    /// How it stands.
    pub state: State,
    /// Its cards.
    pub cards: usize,
    /// Its forms of projects.
    pub forms: usize,
    /// The files of both.
    pub files: Vec<String>,
    /// Files that are called after it and could not be read, or are no workbooks.
    pub unread: Vec<String>,
    /// Units with names near to its own that are not on the roster.
    pub near: Vec<String>,
}

/// How a department of the roster stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It handed in what it had to.
    Submitted,
    /// The same form for the same year, in more than one file.
    Doubled,
    /// Forms of projects, and no card, where others handed in cards.
    FormsOnly,
    /// A file that is called after it, and could not be read.
    Unread,
    /// A unit with a name near to its own: somebody has to say whether it is the same.
    NearName,
    /// Nothing that could be its own.
    #[default]
    Missing,
}

impl State {
    /// Its name in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            State::Submitted => "submitted",
            State::Doubled => "doubled",
            State::FormsOnly => "forms-only",
            State::Unread => "unread",
            State::NearName => "near-name",
            State::Missing => "missing",
        }
    }
}

/// A unit that is not on the roster.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OffRoster {
    /// Its name; none where its file names none.
    pub unit: Option<String>,
    /// Its cards.
    pub cards: usize,
    /// Its forms of projects.
    pub forms: usize,
    /// Their files.
    pub files: Vec<String>,
    /// Departments of the roster with names near to its own, or in its path.
    pub near: Vec<String>,
}

impl Reporting {
    /// The departments of which nothing was handed in, each as what a line tells of it.
    pub fn missing(&self) -> impl Iterator<Item = Audit> {
        let missing = self.departments.iter().filter(|department| department.state == State::Missing);
        missing.map(|department| Audit::missing(&department.due.name, self.problem(&department.due)))
    }

    /// How many departments stand like this.
    pub fn count(&self, state: State) -> usize {
        self.departments.iter().filter(|department| department.state == state).count()
    }

    fn problem(&self, due: &Due) -> Problem {
        let deadline = due.deadline.as_ref().map_or_else(Term::nothing, |date| {
            Phrase::new("finding.submission-missing-due").with("date", visible(date)).into()
        });
        let unless = match self.nobodys {
            0 => Term::nothing(),
            count => Phrase::new("finding.submission-missing-unless").with("count", count).into(),
        };
        let phrase = Phrase::new("finding.submission-missing").with("unit", visible(&due.name));
        Problem { code: Code::SubmissionMissing, phrase: phrase.with("deadline", deadline).with("unless", unless) }
    }

    /// What a line says of a department that is missing, in words yet to be found.
    pub fn says(&self, department: &Reported) -> Phrase {
        self.problem(&department.due).phrase
    }
}

/// Holds the batch against the roster.
pub fn reporting(roster: &Roster, batch: InBrief, matched: &Matched) -> Reporting {
    let is_card = |audit: &Brief| audit.status == Status::Audited && audit.kind.is_of_department();
    let has_cards = batch.audits.iter().any(is_card);
    let mut departments: Vec<Reported> =
        roster.departments.iter().map(|due| Reported { due: due.clone(), ..Reported::default() }).collect();
    let mut doubled = vec![Doubles::default(); departments.len()];
    for (audit, due) in batch.audits.iter().zip(&matched.due) {
        if let (Some(at), Status::Audited) = (due, audit.status) {
            departments[*at].take(audit);
            doubled[*at].take(audit);
        }
    }
    let nobodys = unread(batch, matched, &mut departments);
    let beside = beside(roster, batch, matched);
    let mut near_cards = vec![false; departments.len()];
    for unit in beside.iter().filter(|unit| unit.1.unit.is_some()) {
        for at in &unit.0 {
            departments[*at].near.extend(unit.1.unit.clone());
            near_cards[*at] |= unit.1.cards > 0 || !has_cards;
        }
    }
    for ((department, doubles), near_card) in departments.iter_mut().zip(&doubled).zip(near_cards) {
        let is_there = department.cards > 0 || (department.forms > 0 && !has_cards);
        department.state = match () {
            () if is_there && doubles.are_there() => State::Doubled,
            () if is_there => State::Submitted,
            () if !department.unread.is_empty() => State::Unread,
            () if department.forms > 0 && !near_card => State::FormsOnly,
            () if !department.near.is_empty() => State::NearName,
            () => State::Missing,
        };
        // Whoever is there under its own name is not looked for under another.
        if is_there {
            department.near.clear();
        }
    }
    Reporting {
        headings: roster.headings.clone(),
        departments,
        beside: if roster.is_retold { Vec::new() } else { beside.into_iter().map(|(_, unit)| unit).collect() },
        nobodys,
        left_out: roster.left_out.clone(),
        hidden: roster.hidden,
        is_retold: roster.is_retold,
    }
}

impl Reported {
    fn take(&mut self, audit: &Brief) {
        *count_of(audit, &mut self.cards, &mut self.forms) += 1;
        if !self.files.contains(&audit.file) {
            self.files.push(audit.file.clone());
        }
    }
}

/// What a department has to hand in is counted apart from what it hands in beside it.
fn count_of<'c>(audit: &Brief, cards: &'c mut usize, forms: &'c mut usize) -> &'c mut usize {
    if audit.kind.is_of_department() { cards } else { forms }
}

/// Which forms of a department are in which files.
#[derive(Debug, Clone, Default)]
struct Doubles(BTreeMap<FormOf, BTreeSet<String>>);

/// What makes two files the same form: year, rulebook and project.
type FormOf = (Option<i32>, Option<String>, Option<String>);

impl Doubles {
    fn take(&mut self, audit: &Brief) {
        let rules = audit.rulebook.as_ref().map(|book| book.id.clone());
        let form = (audit.year, rules, audit.project.as_deref().map(key));
        self.0.entry(form).or_default().insert(audit.file.clone());
    }

    fn are_there(&self) -> bool {
        self.0.values().any(|files| files.len() > 1)
    }
}

/// Gives files that could not be read, or are no workbooks, to the departments that they are called after; how many are left of
/// which nobody can say whose they are.
fn unread(batch: InBrief, matched: &Matched, departments: &mut [Reported]) -> usize {
    let mut nobodys: BTreeSet<&str> = BTreeSet::new();
    let mut give = |file: &str, near: &[usize]| {
        for at in near {
            let unread = &mut departments[*at].unread;
            if unread.iter().all(|known| known != file) {
                unread.push(file.to_owned());
            }
        }
    };
    for (audit, near) in batch.audits.iter().zip(&matched.near) {
        let is_nameless = audit.status == Status::Audited && named(audit).is_none();
        if audit.status == Status::Unread || is_nameless {
            give(&audit.file, near);
            if near.is_empty() {
                nobodys.insert(&audit.file);
            }
        }
    }
    batch.against.others.iter().zip(&matched.others).for_each(|(file, near)| give(file, near));
    nobodys.len()
}

/// Units that are not on the roster, each with the departments that it may be.
fn beside(roster: &Roster, batch: InBrief, matched: &Matched) -> Vec<(BTreeSet<usize>, OffRoster)> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut units: Vec<(BTreeSet<usize>, OffRoster)> = Vec::new();
    for (place, audit) in batch.audits.iter().enumerate() {
        if audit.status != Status::Audited || matched.due[place].is_some() {
            continue;
        }
        // Files that name nobody are each their own.
        let whose = named(audit).map_or_else(|| format!("\0{}", audit.file), key);
        let at = *places.entry(whose).or_insert(units.len());
        if at == units.len() {
            let unit = named(audit).map(str::to_owned);
            units.push((BTreeSet::new(), OffRoster { unit, ..OffRoster::default() }));
        }
        let (near, unit) = &mut units[at];
        *count_of(audit, &mut unit.cards, &mut unit.forms) += 1;
        if !unit.files.contains(&audit.file) {
            unit.files.push(audit.file.clone());
        }
        near.extend(&matched.near[place]);
    }
    for (near, unit) in &mut units {
        unit.near = near.iter().map(|at| roster.departments[*at].name.clone()).collect();
    }
    units
}
