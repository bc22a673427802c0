//! 与上次比较, 与上年比较: what became of the disputed scores of an earlier run over the same year, and who is not there any more;
//! and what the year before says of this year's figures. (bureau.md, “The whole batch”)

use std::collections::{BTreeMap, HashMap};

use rust_decimal::Decimal;

use crate::across::compared::Comparison;
use crate::across::roster::{Reported, State};
use crate::audit::{Audit, Severity, Source, Status, Verdict};
use crate::baseline::{Change, Changed, Compared, Counterpart, Jump, LastYear, SameYear};
use crate::decimal_text::{figure_text, score_text, sum_text};
use crate::named::name;
use crate::report::list::{self, ListColumn};
use crate::report::plan::{Department, Plan};
use crate::report::table::{Cell, Row, Style, Table};

/// The texts of the sheets.
const SAME: list::Texts = list::Texts { sheet: "sheet-compared", title: "compared-title", lead: "compared-lead" };
const BEFORE: list::Texts = list::Texts { sheet: "sheet-last-year", title: "last-year-title", lead: "last-year-lead" };
/// Names that one cell shows.
const NAMED: usize = 5;

/// Every audit with what it came to beside the earlier ones.
fn compared<'p>(plan: &'p Plan) -> Option<(&'p Comparison, Vec<(&'p Audit, &'p Compared)>)> {
    let comparison = plan.batch.whole.comparison.as_ref()?;
    let audits = plan.batch.audits.iter().zip(&comparison.audits);
    Some((comparison, audits.filter(|(audit, _)| audit.status == Status::Audited).collect()))
}

/// 与上次比较; none where the earlier run has nothing of this year.
pub fn same_year(plan: &Plan) -> Option<Table> {
    let (comparison, audits) = compared(plan)?;
    let is_there = audits.iter().any(|(_, compared)| compared.same != Counterpart::Nothing);
    if !is_there && comparison.absent.is_empty() {
        return None;
    }
    let mut table = list::sheet(plan, SAME, &COLUMNS, 3);
    let papers = papers(plan);
    let line_of = |about| Line { plan, papers: &papers, about };
    let mut lines: Vec<Line> = comparison.absent.iter().map(|one| line_of(About::Absent(one))).collect();
    for (audit, compared) in &audits {
        match &compared.same {
            Counterpart::Nothing => lines.push(line_of(About::Added(audit))),
            Counterpart::Several(count) => lines.push(line_of(About::Several(audit, *count))),
            Counterpart::Unrecognised => lines.push(line_of(About::Unrecognised(audit))),
            Counterpart::One(same) => {
                lines.extend((!same.changes.is_empty()).then(|| line_of(About::Department(audit, same))));
                lines.extend(same.changes.iter().map(|change| line_of(About::Changed(audit, same, change))));
            }
        }
    }
    lines.sort_by_key(|line| line.about.rank());
    let seen = list::seen(&COLUMNS);
    let sum = sentence(plan, &audits, comparison);
    table.lead.insert(0, Row::of(vec![Cell::text(sum).style(Style::Remark).span(seen)]));
    table.layout.freeze_rows += 1;
    table.layout.repeat = table.layout.repeat.map(|(first, last)| (first + 1, last + 1));
    table.rows = lines.iter().zip(1..).map(|(line, number)| line.row(number)).collect();
    table.tail = notes(plan, &audits, comparison);
    Some(table)
}

/// How many scores were corrected, by how much, and what else became of them.
fn sentence(plan: &Plan, audits: &[(&Audit, &Compared)], comparison: &Comparison) -> String {
    let changes = audits.iter().filter_map(|(_, compared)| compared.same.one()).flat_map(|same| &same.changes);
    let added = audits.iter().filter(|(_, compared)| compared.same == Counterpart::Nothing).count();
    let absent = comparison.absent.iter().filter(|one| one.state == State::Missing).count();
    let parts = parts(plan, changes);
    plan.say("compared-sum", &[("parts", &parts), ("absent", &absent), ("added", &added)])
}

/// What became of some scores, how many of each, and the overstated points among them.
fn parts<'c>(plan: &Plan, changes: impl Iterator<Item = &'c Change>) -> String {
    let mut tallies: BTreeMap<Changed, (usize, Decimal)> = BTreeMap::new();
    for change in changes {
        let (count, points) = tallies.entry(change.what).or_default();
        *count += 1;
        *points = points.saturating_add(amount(change));
    }
    let part = |what: Changed| {
        let (count, points) = tallies.get(&what).copied().unwrap_or_default();
        let key = if points.is_zero() { "compared-part" } else { "compared-part-points" };
        let holes: [(&str, &dyn std::fmt::Display); 3] =
            [("what", &plan.word(&what_key(what))), ("count", &count), ("points", &sum_text(points))];
        (count > 0).then(|| plan.say(key, &holes))
    };
    let parts: Vec<String> = Changed::ALL.into_iter().filter_map(part).collect();
    match parts.is_empty() {
        true => plan.word("compared-nothing"),
        false => parts.join(&plan.word("reporting-separator")),
    }
}

/// By how many overstated points a score changed, or stayed; what is claimed too low is another matter.
fn amount(change: &Change) -> Decimal {
    let of = |verdict: Option<Verdict>, difference: Decimal| match verdict {
        Some(Verdict::Overstated) => difference,
        _ => Decimal::ZERO,
    };
    let (then, now) = (of(change.verdict_then, change.difference_then), of(change.verdict_now, change.difference_now));
    if change.what == Changed::Same { now } else { now.saturating_sub(then).abs() }
}

fn what_key(what: Changed) -> String {
    format!("compared-{}", what.key())
}

fn notes(plan: &Plan, audits: &[(&Audit, &Compared)], comparison: &Comparison) -> Vec<Row> {
    let other_rules = audits.iter().filter(|(_, compared)| compared.same.one().is_some_and(|same| same.other_rules));
    let counts = [
        ("compared-other-rules", other_rules.count()),
        ("compared-nameless", comparison.nameless),
        ("compared-unsealed", comparison.unsealed),
        ("compared-workbook", usize::from(comparison.is_workbook)),
        ("compared-unrecognised", comparison.unrecognised),
        ("compared-other-years", comparison.other_years),
    ];
    let told = counts.into_iter().filter(|(_, count)| *count > 0);
    let said = told.map(|(key, count)| plan.say(key, &[("count", &count)]));
    said.map(|text| Row::of(vec![Cell::text(text).style(Style::Remark).span(list::seen(&COLUMNS))])).collect()
}

/// What a row is made of.
struct Line<'p> {
    plan: &'p Plan<'p>,
    papers: &'p Papers<'p>,
    about: About<'p>,
}

/// What a row is about.
enum About<'p> {
    /// A department that is not there any more, or perhaps under another name.
    Absent(&'p Reported),
    /// A submission of which the earlier run has none.
    Added(&'p Audit),
    /// A submission of which it has several.
    Several(&'p Audit, usize),
    /// A submission of which the earlier workbook has one that cannot be recognised.
    Unrecognised(&'p Audit),
    /// All disputed scores of a submission.
    Department(&'p Audit, &'p SameYear),
    /// A disputed score.
    Changed(&'p Audit, &'p SameYear, &'p Change),
}

impl About<'_> {
    /// First what needs a person.
    fn rank(&self) -> (u8, Option<Changed>) {
        match self {
            About::Absent(_) => (0, None),
            About::Several(..) | About::Unrecognised(_) => (1, None),
            About::Department(..) => (2, None),
            About::Changed(_, _, change) => (3, Some(change.what)),
            About::Added(_) => (4, None),
        }
    }
}

/// A column with what it shows of a line.
type LineColumn = ListColumn<fn(&Line) -> Cell>;

/// The columns, in their order; the first is the row's number.
const COLUMNS: [LineColumn; 13] = [
    LineColumn::plain("column-number", 5, |_| Cell::default()),
    LineColumn::plain("column-department", 26, |line| line.department()),
    LineColumn::plain("column-compared", 13, |line| line.what()),
    LineColumn::plain("column-indicator", 24, |line| line.of_change(|change| Cell::text(change.name.clone()))),
    LineColumn::plain("column-claimed-then", 9, |line| line.of_change(|change| score(change.claimed_then))),
    LineColumn::plain("column-claimed-now", 9, |line| line.of_change(|change| score(change.claimed_now))),
    LineColumn::plain("column-verdict-then", 10, |line| line.of_change(|change| line.verdict(change.verdict_then))),
    LineColumn::plain("column-verdict-now", 10, |line| line.of_change(|change| line.verdict(change.verdict_now))),
    LineColumn::plain("column-difference-then", 9, |line| line.of_change(|change| Cell::score(change.difference_then))),
    LineColumn::plain("column-difference-now", 9, |line| line.of_change(|change| Cell::score(change.difference_now))),
    LineColumn::plain("column-file", 30, |line| Cell::text_option(line.audit().map(|audit| audit.file.as_str()))),
    LineColumn::plain("column-file-then", 30, |line| match line.about {
        About::Department(_, same) | About::Changed(_, same, _) => Cell::text(same.file.clone()),
        _ => Cell::default(),
    }),
    LineColumn::plain("column-explained", 34, |line| line.explained()),
];

fn score(score: Option<Decimal>) -> Cell {
    score.map_or_else(Cell::default, Cell::figure)
}

impl Line<'_> {
    fn row(&self, number: usize) -> Row {
        let cells = COLUMNS.iter().skip(1).map(|column| (column.cell)(self));
        Row::of(std::iter::once(Cell::count(number).style(Style::Centre)).chain(cells).collect())
    }

    fn audit(&self) -> Option<&Audit> {
        match self.about {
            About::Absent(_) => None,
            About::Added(audit)
            | About::Several(audit, _)
            | About::Unrecognised(audit)
            | About::Department(audit, _)
            | About::Changed(audit, ..) => Some(audit),
        }
    }

    fn department(&self) -> Cell {
        match self.about {
            About::Absent(one) => Cell::text(one.due.name.clone()),
            _ => self
                .audit()
                .map_or_else(Cell::default, |audit| department(self.plan, self.papers, audit, self.indicator())),
        }
    }

    fn indicator(&self) -> Option<&str> {
        match self.about {
            About::Changed(_, _, change) => Some(&change.id),
            _ => None,
        }
    }

    fn what(&self) -> Cell {
        let (key, style) = match &self.about {
            About::Absent(one) if one.state == State::Missing => {
                ("compared-absent".to_owned(), Style::Severity(Severity::Warning))
            }
            About::Absent(_) => ("reporting-near-name".to_owned(), Style::Severity(Severity::Info)),
            About::Added(_) => ("compared-added".to_owned(), Style::Centre),
            About::Several(..) => ("compared-several".to_owned(), Style::Severity(Severity::Info)),
            About::Unrecognised(_) => ("compared-unknown".to_owned(), Style::Severity(Severity::Info)),
            About::Department(..) => ("compared-department".to_owned(), Style::Sum),
            About::Changed(_, _, change) => (what_key(change.what), changed_style(change.what)),
        };
        Cell::text(self.plan.word(&key)).style(style)
    }

    fn of_change(&self, cell: impl Fn(&Change) -> Cell) -> Cell {
        match self.about {
            About::Changed(_, _, change) => cell(change),
            _ => Cell::default(),
        }
    }

    fn verdict(&self, verdict: Option<Verdict>) -> Cell {
        verdict
            .map_or_else(Cell::default, |verdict| Cell::text(self.plan.verdict(verdict)).style(Style::Verdict(verdict)))
    }

    fn explained(&self) -> Cell {
        match &self.about {
            About::Absent(one) => {
                let near: Vec<String> = one.near.iter().chain(&one.unread).take(NAMED).cloned().collect();
                match near.is_empty() {
                    true => Cell::default(),
                    false => Cell::text(self.plan.say("compared-perhaps", &[("names", &near.join("、"))])),
                }
            }
            About::Unrecognised(_) => Cell::text(self.plan.word("compared-unknown-explained")),
            About::Several(_, count) => Cell::text(self.plan.say("compared-several-explained", &[("count", count)])),
            About::Department(audit, same) => Cell::text(self.department_changes(audit, same)),
            About::Changed(_, _, change) if matches!(change.what, Changed::Open | Changed::Gone) => {
                Cell::text(self.plan.word(&format!("{}-explained", what_key(change.what))))
            }
            About::Changed(..) | About::Added(_) => Cell::default(),
        }
    }
}

impl Line<'_> {
    /// What became of all disputed scores of a submission, and of the most that can be granted.
    fn department_changes(&self, audit: &Audit, same: &SameYear) -> String {
        let parts = parts(self.plan, same.changes.iter());
        let now = audit.recomputed.as_ref().map(|totals| (totals.ceiling, &totals.grade_ceiling));
        match (&same.ceiling, now) {
            (Some((then, grade_then)), Some((now, grade_now))) => {
                let (then, now) = (score_text(*then), score_text(now));
                let holes: [(&str, &dyn std::fmt::Display); 5] =
                    [("parts", &parts), ("then", &then), ("before", grade_then), ("now", &now), ("after", grade_now)];
                self.plan.say("compared-ceiling", &holes)
            }
            _ => parts,
        }
    }
}

fn changed_style(what: Changed) -> Style {
    match what {
        Changed::Worse | Changed::New => Style::Severity(Severity::Error),
        Changed::Same => Style::Severity(Severity::Warning),
        Changed::Less | Changed::Open | Changed::Gone => Style::Severity(Severity::Info),
        Changed::Corrected => Style::Verdict(Verdict::Agrees),
    }
}

/// The working papers, by what they are of.
type Papers<'p> = HashMap<(&'p str, &'p str, Option<u32>), &'p Department<'p>>;

fn papers<'p>(plan: &'p Plan<'p>) -> Papers<'p> {
    plan.departments.iter().map(|department| (key(department.audit), department)).collect()
}

/// What an audit is of: two folders may each have a file of one name.
fn key(audit: &Audit) -> (&str, &str, Option<u32>) {
    (&audit.file, &audit.sha256, audit.form)
}

/// A department, with the way to its working paper.
fn department(plan: &Plan, papers: &Papers, audit: &Audit, indicator: Option<&str>) -> Cell {
    let known = papers.get(&key(audit)).copied();
    let text = name(audit.unit.as_deref(), &audit.file, audit.project.as_deref());
    Cell::text(text).link(known.map(|department| plan.paper_link(department, indicator)))
}

/// 与上年比较; none where the earlier run has nothing of the year before.
pub fn last_year(plan: &Plan) -> Option<Table> {
    let (_, audits) = compared(plan)?;
    if audits.iter().all(|(_, compared)| compared.before == Counterpart::Nothing) {
        return None;
    }
    let papers = &papers(plan);
    let mut rows: Vec<YearLine> = Vec::new();
    for (audit, before) in audits.iter().filter_map(|(audit, compared)| Some((*audit, compared.before.one()?))) {
        let line = |is_conflict: bool| move |jump| YearLine { plan, papers, audit, before, jump, is_conflict };
        rows.extend(before.conflicts.iter().map(line(true)));
        rows.extend(before.jumps.iter().map(line(false)));
    }
    rows.sort_by_key(|line| !line.is_conflict);
    let mut table = list::sheet(plan, BEFORE, &YEAR_COLUMNS, 3);
    let compared = audits.iter().filter_map(|(_, compared)| compared.before.one());
    let (cards, figures) = compared.fold((0usize, 0usize), |(cards, figures), one| (cards + 1, figures + one.figures));
    let holes: [(&str, &dyn std::fmt::Display); 3] = [("cards", &cards), ("figures", &figures), ("shown", &rows.len())];
    let sum = Cell::text(plan.say("last-year-sum", &holes)).style(Style::Remark).span(list::seen(&YEAR_COLUMNS));
    table.lead.insert(0, Row::of(vec![sum]));
    table.layout.freeze_rows += 1;
    table.layout.repeat = table.layout.repeat.map(|(first, last)| (first + 1, last + 1));
    let cells = |line: &YearLine, number: usize| {
        let cells = YEAR_COLUMNS.iter().skip(1).map(|column| (column.cell)(line));
        Row::of(std::iter::once(Cell::count(number).style(Style::Centre)).chain(cells).collect())
    };
    table.rows = rows.iter().zip(1..).map(|(line, number)| cells(line, number)).collect();
    Some(table)
}

/// What a row of 与上年比较 is made of.
struct YearLine<'p> {
    plan: &'p Plan<'p>,
    papers: &'p Papers<'p>,
    audit: &'p Audit,
    before: &'p LastYear,
    jump: &'p Jump,
    is_conflict: bool,
}

/// A column of 与上年比较.
type YearColumn = ListColumn<fn(&YearLine) -> Cell>;

/// The columns of 与上年比较, in their order; the first is the row's number.
const YEAR_COLUMNS: [YearColumn; 10] = [
    YearColumn::plain("column-number", 5, |_| Cell::default()),
    YearColumn::plain("column-department", 26, |line| department(line.plan, line.papers, line.audit, None)),
    YearColumn::plain("column-matter", 14, |line| {
        let key = match line.is_conflict {
            true => "last-year-conflict",
            false if line.jump.may_be_a_unit() => "last-year-unit",
            false => "last-year-jump",
        };
        let severity = if line.is_conflict { Severity::Warning } else { Severity::Info };
        Cell::text(line.plan.word(key)).style(Style::Severity(severity))
    }),
    YearColumn::plain("column-figure", 34, |line| Cell::text(line.jump.label.clone())),
    YearColumn::plain("column-of-last-year", 13, |line| Cell::figure(line.jump.then)),
    YearColumn::plain("column-of-this-year", 13, |line| Cell::figure(line.jump.now)),
    YearColumn::plain("column-unit", 9, |line| Cell::text(line.jump.unit.clone()).style(Style::Centre)),
    YearColumn::plain("column-times", 9, |line| {
        let times = line.jump.times().filter(|_| !line.is_conflict);
        times.map_or_else(Cell::default, |times| Cell::text(figure_text(times.round_dp(1))).style(Style::Centre))
    }),
    YearColumn::plain("column-place-then", 34, |line| {
        let Source { sheet, cell, .. } = &line.jump.source_then;
        Cell::text(format!("{sheet}!{cell}  {}", line.before.file))
    }),
    YearColumn::plain("column-place-now", 34, |line| {
        let Source { sheet, cell, .. } = &line.jump.source_now;
        let place = Cell::text(format!("{sheet}!{cell}  {}", line.audit.file));
        place.link(line.plan.file_link(line.audit, Some(&line.jump.source_now)))
    }),
];
