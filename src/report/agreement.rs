//! One cheap look at the finished sheets: do they show what the audits say?
//!
//! The sums are taken anew from the audits, and again from the cells that are about to be written. Where they differ the
//! program is at fault, and nothing is written.

use std::collections::BTreeSet;
use std::fmt::Display;

use rust_decimal::Decimal;

use crate::audit::{Audit, Status, Verdict};
use crate::carry::Holds;
use crate::checks::register::Code;
use crate::sums::{same, sum};
use crate::text::Language;

use super::Batch;
use super::plan::{FormKind, Plan};
use super::sheets::overview::PointsShown;
use super::sheets::{checks_run, differences};
use super::table::{Cell, Outcome, Row, Style, Table, Value};

/// Rows that one sheet may hold: what is beyond them would be lost in silence.
const ROWS_MAX: usize = 1_048_576;
/// A sheet that does not show what the audits say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// The sheet.
    pub sheet: String,
    /// What does not fit.
    pub what: String,
}

/// A working paper that stands by itself and would lose rows.
pub fn rows_lost(table: &Table, language: Language) -> Option<Disagreement> {
    let what = || language.word("contradiction.rows-lost");
    loses_rows(table, table.rows.len()).then(|| Disagreement { sheet: table.name.clone(), what: what() })
}

fn loses_rows(table: &Table, count: usize) -> bool {
    table.first_row() as usize + count + table.tail.len() > ROWS_MAX
}

/// Every sheet that disagrees with the audits; none when all is well. `papers`: how many working papers stand by themselves.
pub fn disagreements(sheets: &[Table], papers: usize, batch: &Batch, language: Language) -> Vec<Disagreement> {
    let mut look = Look::new(batch, language);
    for table in sheets {
        look.at(table, table.rows.len());
        table.rows.iter().for_each(|row| look.row(row));
        look.end();
    }
    look.told(papers)
}

/// What the rows of a sheet show, added up while they are laid out.
enum Adds {
    /// Nothing.
    Nothing,
    /// Points of 总览 of one form: its columns with points.
    Overview(FormKind, Vec<(usize, PointsShown, Decimal)>),
    /// Overstated points of 差异清单.
    Differences(Decimal),
}

/// The look at one sheet after the other, and at its rows one after the other: none of them has to stay.
pub struct Look<'b> {
    batch: &'b Batch,
    language: Language,
    /// Where people decided something, that is what the sheets show.
    plan: Option<Plan<'b>>,
    /// The form that the first overview is of.
    first: FormKind,
    /// The name of the sheet that is looked at, how many rows it has, and what they show.
    sheet: (String, usize, Adds),
    /// Working papers among the sheets.
    within: usize,
    told: Vec<Disagreement>,
}

impl<'b> Look<'b> {
    /// Nothing is looked at yet.
    pub fn new(batch: &'b Batch, language: Language) -> Look<'b> {
        let first = audited(batch).map(|audit| audit.kind).min().unwrap_or(FormKind::FIRST);
        let plan = (!batch.earlier.is_empty()).then(|| Plan::new(batch, language));
        let sheet = (String::new(), 0, Adds::Nothing);
        Look { batch, language, plan, first, sheet, within: 0, told: Vec::new() }
    }

    /// Begins to look at a sheet that has so many rows, which may not be laid out yet.
    pub fn at(&mut self, table: &Table, count: usize) {
        let (batch, language) = (self.batch, self.language);
        let word = |key: &str| language.word(&format!("report.{key}"));
        let mut kinds = FormKind::ALL.into_iter().filter(|kind| *kind >= self.first);
        let adds = match kinds.find(|kind| table.name == word(kind.overview(self.first))) {
            Some(kind) => Adds::overview(kind),
            None if table.name == word("sheet-differences") => Adds::Differences(Decimal::ZERO),
            None => Adds::Nothing,
        };
        let found = match &table.name {
            _ if loses_rows(table, count) => vec![language.word("contradiction.rows-lost")],
            name if *name == word("sheet-confirmed") => {
                rows(count, audited(batch).map(|audit| audit.indicators.len()).sum(), language)
            }
            name if *name == word("sheet-unread") => unread(table, batch, language),
            name if *name == language.word("check.sheet") => checks(table, batch, language),
            name if *name == word("sheet-reporting") => {
                let due = batch.whole.roster.as_ref();
                rows(count, due.map_or(0, |due| due.departments.len() + due.beside.len()), language)
            }
            name if *name == word("sheet-run") => rows(count, batch.audits.len(), language),
            _ => Vec::new(),
        };
        self.within += usize::from(table.name.starts_with(&word("sheet-paper")));
        self.sheet = (table.name.clone(), count, adds);
        self.tell(found);
    }

    /// Looks at the next row of the sheet.
    pub fn row(&mut self, row: &Row) {
        match &mut self.sheet.2 {
            Adds::Nothing => {}
            Adds::Overview(_, columns) => columns.iter_mut().for_each(|(at, _, sum)| {
                *sum = sum.saturating_add(shown(row.cells.get(*at)));
            }),
            Adds::Differences(sum) => *sum = sum.saturating_add(overstated(row)),
        }
    }

    /// The sheet has no more rows.
    pub fn end(&mut self) {
        let (_, count, adds) = &self.sheet;
        let found = match adds {
            Adds::Nothing => Vec::new(),
            Adds::Overview(kind, columns) => self.overview(*count, columns, *kind),
            Adds::Differences(there) => listed(*there, self.batch, self.language),
        };
        self.tell(found);
    }

    fn tell(&mut self, found: Vec<String>) {
        let sheet = &self.sheet.0;
        self.told.extend(found.into_iter().map(|what| Disagreement { sheet: sheet.clone(), what }));
    }

    /// What disagrees, after the last sheet. `papers`: how many working papers stand by themselves.
    pub fn told(mut self, papers: usize) -> Vec<Disagreement> {
        if self.within + papers != audited(self.batch).count() {
            let what = self.language.word("contradiction.papers");
            self.told.push(Disagreement { sheet: String::new(), what });
        }
        self.told
    }

    fn overview(&self, count: usize, columns: &[(usize, PointsShown, Decimal)], kind: FormKind) -> Vec<String> {
        let Look { batch, language, plan, .. } = self;
        let of_kind = || audited(batch).filter(|audit| audit.kind == kind);
        let mut told = rows(count, of_kind().count(), *language);
        for (at, part, there) in columns {
            let due = match plan {
                None => sum(of_kind().map(part.audited)),
                Some(plan) => {
                    let decisions = plan.of(kind).flat_map(|department| &plan.decisions[department.number - 1]);
                    sum(decisions.map(part.decided))
                }
            };
            if !same(*there, due) {
                let key = super::sheets::overview::columns_of(kind)[*at].key;
                let header = language.word(&format!("report.{key}"));
                let what = disagreement("column", there, &due, *language);
                told.push(language.say("contradiction.of", &[("about", &header), ("what", &what)]));
            }
        }
        told
    }
}

impl Adds {
    fn overview(kind: FormKind) -> Adds {
        let columns = super::sheets::overview::columns_of(kind).into_iter().enumerate();
        Adds::Overview(kind, columns.filter_map(|(at, column)| Some((at, column.points?, Decimal::ZERO))).collect())
    }
}

fn audited(batch: &Batch) -> impl Iterator<Item = &Audit> {
    batch.audits.iter().filter(|audit| audit.status == Status::Audited)
}

/// The number that a cell shows; an empty one shows none.
fn shown(cell: Option<&Cell>) -> Decimal {
    match cell.map(|cell| &cell.value) {
        Some(Value::Number(number, _)) => *number,
        Some(Value::Formula(_, Outcome::Score(score) | Outcome::Figure(score))) => *score,
        _ => Decimal::ZERO,
    }
}

fn disagreement(key: &str, there: &dyn Display, due: &dyn Display, language: Language) -> String {
    language.say(&format!("contradiction.{key}"), &[("there", there), ("due", due)])
}

fn rows(there: usize, due: usize, language: Language) -> Vec<String> {
    if there == due { Vec::new() } else { vec![disagreement("rows", &there, &due, language)] }
}

/// The overstated points that a row of 差异清单 shows.
fn overstated(row: &Row) -> Decimal {
    let [problem, points] = [Holds::Problem, Holds::Difference].map(|holds| usize::from(differences::position(holds)));
    let is_overstated = row.cells.get(problem).is_some_and(|cell| cell.style == Style::Verdict(Verdict::Overstated));
    if is_overstated { shown(row.cells.get(points)) } else { Decimal::ZERO }
}

/// Every overstated point has a row.
fn listed(there: Decimal, batch: &Batch, language: Language) -> Vec<String> {
    let found = audited(batch).flat_map(|audit| &audit.indicators).filter(|it| it.verdict == Verdict::Overstated);
    let due = sum(found.map(|indicator| indicator.difference));
    if same(there, due) { Vec::new() } else { vec![disagreement("listed", &there, &due, language)] }
}

/// Every check and every listing has a row whose counts add up, and what the check of a code says to have raised was raised.
fn checks(table: &Table, batch: &Batch, language: Language) -> Vec<String> {
    let mut told = rows(table.rows.len(), Code::ALL.len() + checks_run::Listing::ALL.len(), language);
    let codes = Code::ALL.iter().map(|code| (code.as_str(), Some(*code)));
    let listings = checks_run::Listing::ALL.iter().map(|listing| (listing.as_str(), None));
    for (row, (name, code)) in table.rows.iter().zip(codes.chain(listings)) {
        let [due, ran, agreed, raised, not_run] = checks_run::COUNTS.map(|at| shown(row.cells.get(at)));
        let found = code.map_or(raised, |code| Decimal::from(raising(batch, code) as u64));
        let pairs =
            [(raised, found, "raised"), (agreed + raised, ran, "checks-run"), (ran + not_run, due, "checks-due")];
        let wrong = pairs.into_iter().filter(|(there, wanted, _)| there != wanted);
        told.extend(wrong.map(|(there, wanted, key)| {
            let what = disagreement(key, &there, &wanted, language);
            language.say("contradiction.of", &[("about", &name), ("what", &what)])
        }));
    }
    told
}

/// Submissions in which a code was found or whose grade is told to be open, or files that were given up for it.
fn raising(batch: &Batch, code: Code) -> usize {
    // Of a batch that nobody has looked across, nothing is told of grades.
    let is_counted = code == Code::GradeUndecided && batch.whole.ran.contains_key(&code);
    let is_told = |audit: &&Audit| {
        let hangs = is_counted && audit.grade_hangs.is_some();
        hangs || audit.findings.iter().any(|finding| finding.code == code)
    };
    let is_given_up = |audit: &&Audit| audit.problem.as_ref().is_some_and(|problem| problem.code == code);
    let files: BTreeSet<&str> = batch.audits.iter().filter(is_given_up).map(|audit| audit.file.as_str()).collect();
    let missing = if code == Code::SubmissionMissing { batch.whole.missing().len() } else { 0 };
    audited(batch).filter(is_told).count() + files.len() + missing
}

/// A row for each unread file; one that says there is none.
fn unread(table: &Table, batch: &Batch, language: Language) -> Vec<String> {
    rows(table.rows.len(), (batch.audits.len() - audited(batch).count()).max(1), language)
}
