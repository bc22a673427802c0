//! Audits of an earlier run that a batch is held against: of the same year, then a submission was handed in again; or of the
//! year before. An earlier audit changes no score and no verdict; what it says is told beside what is said now. Only where a
//! clause itself asks for a figure of the year before is that figure taken from it. (bureau.md, “The whole batch”)

pub mod asked_of_last_year;
mod earlier_run;
mod last_year;

use std::collections::HashMap;

use rust_decimal::Decimal;

use crate::audit::{Audit, Finding, Source, Status, Verdict};
use crate::forms::{FormKind, Part};
use crate::named;
use crate::submission::names::key;

pub use earlier_run::{Change, Changed, PLACES_KEPT, SameYear};
pub use last_year::{Jump, LastYear};

/// The audits of an earlier run, as far as later ones are held against them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Baseline {
    /// Each of them that names its department and its year, in the order of its lines.
    pub audits: Vec<Old>,
    /// Audits that name none, or no year: nobody can say what they are to be compared with.
    pub nameless: usize,
    /// Lines without a seal that this build can take again: whether they were altered cannot be told.
    pub unsealed: usize,
    /// It is an audit workbook: it has scores and verdicts, and no figures of which it says that they are certain.
    pub is_workbook: bool,
    /// How many submissions of a workbook had rows that were taken out or typed over, or are of rules that are not at hand, by the
    /// names that stand there: nothing else is known of them.
    unrecognised: HashMap<String, usize>,
    by_department: HashMap<(String, i32), Vec<usize>>,
    words: Words,
}

/// What a comparison needs to know of forms and rules.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    /// Words for the year before (上年).
    pub before: Vec<String>,
    /// What each fact is called, by the ids of its rulebook and its own.
    pub labels: HashMap<(String, String), String>,
}

/// An audit of an earlier run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Old {
    /// The department.
    pub unit: String,
    /// The year that it reports on.
    pub year: i32,
    /// Its input.
    pub file: String,
    /// The form that was audited.
    pub kind: FormKind,
    /// The id of the rules applied.
    pub rulebook: String,
    /// Whether it has a seal, which holds: nobody altered it since.
    pub is_sealed: bool,
    /// The project of a declared form, as projects are compared.
    pub project: Option<String>,
    /// The most that could be granted, and its grade.
    pub ceiling: Option<(Decimal, String)>,
    /// Every indicator, in the order of the card.
    pub indicators: Vec<OldIndicator>,
    /// The figures of a card that were read with certainty, each in one way only.
    pub facts: Vec<OldFact>,
}

/// What was found of an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldIndicator {
    /// The rulebook's id, or a declared form's row.
    pub id: String,
    /// The name that people read.
    pub name: String,
    /// What was claimed.
    pub claimed: Option<Decimal>,
    /// What the comparison came to.
    pub verdict: Verdict,
    /// Its amount.
    pub difference: Decimal,
}

/// A figure that was read with certainty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldFact {
    /// The rulebook's id.
    pub id: String,
    /// The figure in the rulebook's unit.
    pub value: Decimal,
    /// The unit.
    pub unit: String,
    /// Where it stands.
    pub source: Source,
}

/// An audit beside those of earlier runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compared {
    /// Beside the audit of the same form for the same year.
    pub same: Counterpart<SameYear>,
    /// Beside that of the year before.
    pub before: Counterpart<LastYear>,
    /// What the year before adds to its findings.
    pub findings: Vec<Finding>,
}

/// Whether there is an earlier audit to compare with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Counterpart<T> {
    /// None of this department, year and form.
    #[default]
    Nothing,
    /// Several, in files of other names: nobody can say which one it replaces.
    Several(usize),
    /// One of that name, of which nothing else can be told.
    Unrecognised,
    /// One, with what the comparison came to.
    One(Box<T>),
}

impl<T> Counterpart<T> {
    /// What the comparison came to.
    pub fn one(&self) -> Option<&T> {
        match self {
            Counterpart::One(found) => Some(found),
            Counterpart::Nothing | Counterpart::Several(_) | Counterpart::Unrecognised => None,
        }
    }
}

impl Baseline {
    /// Nothing yet.
    pub fn new(words: Words) -> Baseline {
        Baseline { words, ..Baseline::default() }
    }

    /// Takes in the audit of an earlier line.
    pub fn take(&mut self, audit: &Audit) {
        self.take_as(audit, true);
    }

    /// The same of a line of which nobody can tell whether it was altered.
    pub fn take_unsealed(&mut self, audit: &Audit) {
        self.unsealed += 1;
        self.take_as(audit, false);
    }

    fn take_as(&mut self, audit: &Audit, is_sealed: bool) {
        match Old::of(audit) {
            _ if audit.status != Status::Audited => {}
            Some(old) => self.add(Old { is_sealed, ..old }),
            None => self.nameless += 1,
        }
    }

    /// Takes in what is known of an earlier audit.
    pub fn add(&mut self, old: Old) {
        let whose = (key(&old.unit), old.year);
        self.by_department.entry(whose).or_default().push(self.audits.len());
        self.audits.push(old);
    }

    /// Takes in the name of a submission of which nothing else is known.
    pub fn add_unrecognised(&mut self, name: &str) {
        *self.unrecognised.entry(key(name)).or_default() += 1;
    }

    /// How many of them there are.
    pub fn unrecognised(&self) -> usize {
        self.unrecognised.values().sum()
    }

    /// The audit beside those of its department.
    pub fn compared(&self, audit: &Audit) -> Compared {
        let mut compared = Compared::default();
        let named = audit.unit.as_deref().map(key).filter(|unit| !unit.is_empty());
        let (Status::Audited, Some(unit), Some(year)) = (audit.status, named, audit.year) else { return compared };
        compared.same = self.beside(&unit, year, audit, |old| earlier_run::same_year(old, audit));
        // The rows of a form are its own every year; and a workbook has no figures to hold a card's against.
        let is_comparable = audit.kind.has_common_rows() && !self.is_workbook;
        if let (true, Some(before)) = (is_comparable, year.checked_sub(1)) {
            let rules = audit.rulebook.as_ref().map(|rules| rules.id.clone()).unwrap_or_default();
            let label = |fact: &str| self.words.labels.get(&(rules.clone(), fact.to_owned())).map(String::as_str);
            let compare = |old: &Old| last_year::last_year(old, audit, year, &self.words.before, label);
            compared.before = self.beside(&unit, before, audit, compare);
            compared.findings = compared.before.one().map(last_year::findings).unwrap_or_default();
        }
        compared
    }

    /// Whether a workbook has a submission of its name of which nothing else can be told. Of which year, those that are recognised say.
    fn is_unrecognised(&self, audit: &Audit) -> bool {
        let name = key(&named::name(audit.unit.as_deref(), &audit.file, audit.project.as_deref()));
        self.unrecognised.contains_key(&name)
    }

    /// The department's audit of that year that this one is to be compared with: of the same project; of several, that of the same
    /// file.
    fn beside<T>(&self, unit: &str, year: i32, audit: &Audit, compare: impl Fn(&Old) -> T) -> Counterpart<T> {
        let project = audit.form.map(|_| key(audit.project.as_deref().unwrap_or_default()));
        let is_form = |old: &&Old| old.kind == audit.kind && old.project == project;
        let all = self.by_department.get(&(unit.to_owned(), year)).into_iter().flatten();
        let olds: Vec<&Old> = all.map(|at| &self.audits[*at]).filter(is_form).collect();
        let same_file = || olds.iter().filter(|old| old.file == audit.file).collect::<Vec<_>>();
        // What is not recognised may as well be the other one of two submissions: only the same file is known to be this one then.
        let is_of_year = || self.audits.iter().any(|old| old.year == year);
        let is_open = self.is_unrecognised(audit) && is_of_year();
        match olds.as_slice() {
            [] if is_open => Counterpart::Unrecognised,
            [] => Counterpart::Nothing,
            [only] if is_open && only.file != audit.file => Counterpart::Unrecognised,
            [only] => Counterpart::One(Box::new(compare(only))),
            several => match same_file().as_slice() {
                [only] => Counterpart::One(Box::new(compare(only))),
                _ => Counterpart::Several(several.len()),
            },
        }
    }
}

impl Old {
    /// An audit; none where it names no department or no year.
    fn of(audit: &Audit) -> Option<Old> {
        let unit = audit.unit.clone().filter(|unit| !key(unit).is_empty())?;
        let indicators = audit.indicators.iter().map(|indicator| OldIndicator {
            id: indicator.id.clone(),
            name: indicator.name.clone(),
            claimed: indicator.claimed,
            verdict: indicator.verdict,
            difference: indicator.difference,
        });
        Some(Old {
            unit,
            year: audit.year?,
            file: audit.file.clone(),
            kind: audit.kind,
            rulebook: audit.rulebook.as_ref()?.id.clone(),
            is_sealed: true,
            project: audit.form.map(|_| key(audit.project.as_deref().unwrap_or_default())),
            ceiling: audit.recomputed.as_ref().map(|totals| (totals.ceiling, totals.grade_ceiling.clone())),
            indicators: indicators.collect(),
            facts: if audit.kind.has(Part::Facts) { certain_figures(audit) } else { Vec::new() },
        })
    }
}

/// The figures that were read with certainty and in one way only.
pub(crate) fn certain_figures(audit: &Audit) -> Vec<OldFact> {
    let mut figures: Vec<OldFact> = Vec::new();
    let mut doubtful: Vec<&str> = Vec::new();
    for fact in audit.facts.iter().filter(|fact| fact.candidate) {
        let value = fact.certain.then(|| fact.value.parse::<Decimal>().ok()).flatten();
        let (Some(value), Some(unit)) = (value, &fact.unit) else {
            doubtful.push(&fact.id);
            continue;
        };
        match figures.iter().find(|known| known.id == fact.id) {
            None => {
                // What stands there is said by the value.
                let source = Source { text: String::new(), ..fact.source.clone() };
                let (id, unit) = (fact.id.clone(), unit.clone());
                figures.push(OldFact { id, value, unit, source });
            }
            Some(known) if known.value != value => doubtful.push(&fact.id),
            Some(_) => {}
        }
    }
    figures.retain(|figure| !doubtful.contains(&figure.id.as_str()));
    figures
}
