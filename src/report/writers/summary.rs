//! The words in the terminal at the end of a run: how many files, how many points, and the worst five departments; cards
//! and forms of projects apart.

use std::collections::BTreeSet;
use std::fmt::Display;

use unicode_width::UnicodeWidthStr;

use crate::across::Whole;
use crate::across::compared::Comparison;
use crate::across::roster::{Reporting, State};
use crate::audit::{Audit, Status};
use crate::baseline::Changed;
use crate::brief::{Brief, FileCount, points_total};
use crate::checks::register::Code;
use crate::decimal_text::{score_text, sum_text};
use crate::forms::{FormKind, SummaryWords};
use crate::sums::sum;
use crate::text::Language;

use crate::report::Batch;
use crate::report::decisions::Progress;
use crate::report::plan::Plan;
use crate::report::twins::twins_in_brief;
use crate::report::visible::visible;

/// Departments and files that are named.
const NAMED: usize = 5;
/// Names are cut to this width on a terminal.
const NAME_WIDTH: usize = 32;

/// What is summed up.
struct Run<'a> {
    /// Every audit, in path order.
    all: &'a [Brief],
    /// Those that could be made and count in the totals, in the order of the reports.
    audited: Vec<&'a Brief>,
    /// The forms of those that could be made.
    kinds: Vec<FormKind>,
    language: Language,
}

/// What people have entered in the audit workbook, as far as the summary speaks of it.
#[derive(Debug, Clone, Default)]
struct Worked {
    /// Submissions that count in no total: another one of the same department does, or nobody has chosen yet.
    left_out: BTreeSet<(String, Option<u32>)>,
    /// Rows of 核定表 with an entry that is no score they can have.
    refused: usize,
}

impl Worked {
    /// Nothing to be looked up where no department handed in twice and nothing was entered.
    fn of(batch: &Batch, language: Language) -> Worked {
        let is_doubled = |audit: &Audit| audit.findings.iter().any(|one| one.code == Code::DuplicateSubmission);
        if batch.earlier.is_empty() && !batch.audits.iter().any(is_doubled) {
            return Worked::default();
        }
        let plan = Plan::new(batch, language);
        let not_counted = plan.departments.iter().zip(&plan.counting).filter(|(_, counts)| !**counts);
        let left_out = not_counted.map(|(department, _)| (department.audit.file.clone(), department.audit.form));
        let refused = plan.decisions.iter().flatten().filter(|one| one.progress() == Progress::Refused).count();
        Worked { left_out: left_out.collect(), refused }
    }
}

impl Worked {
    /// Of audits that no workbook shows, so that nothing was entered.
    fn in_brief(audits: &[Brief]) -> Worked {
        let audited: Vec<&Brief> = audits.iter().filter(|audit| audit.status == Status::Audited).collect();
        let twins = twins_in_brief(&audited);
        let not_counted = audited.iter().zip(twins).filter(|(_, twin)| twin.is_some_and(|twin| !twin.by_default));
        let left_out = not_counted.map(|(audit, _)| (audit.file.clone(), audit.form)).collect();
        Worked { left_out, ..Worked::default() }
    }
}

impl<'a> Run<'a> {
    fn of(&self, kind: FormKind) -> impl Iterator<Item = &'a Brief> {
        self.audited.iter().copied().filter(move |audit| audit.kind == kind)
    }

    fn word(&self, key: &str) -> String {
        self.language.word(&format!("report.{key}"))
    }

    fn say(&self, key: &str, holes: &[(&str, &dyn Display)]) -> String {
        self.language.say(&format!("report.{key}"), holes)
    }
}

/// The summary of a batch, ready to print, with a line end.
pub fn summary(batch: &Batch, language: Language) -> String {
    let briefs: Vec<Brief> = batch.audits.iter().map(Brief::of).collect();
    let worked = Worked::of(batch, language);
    summed_up(&briefs, &batch.whole, batch.not_workbooks.len(), &worked, language)
}

/// The same of audits in brief. `audits` are those of the run in path order, `others` is the number of files
/// that are no workbooks.
pub fn summary_of(audits: &[Brief], whole: &Whole, others: usize, language: Language) -> String {
    summed_up(audits, whole, others, &Worked::in_brief(audits), language)
}

fn summed_up(audits: &[Brief], whole: &Whole, others: usize, worked: &Worked, language: Language) -> String {
    let counts = |audit: &&Brief| !worked.left_out.contains(&(audit.file.clone(), audit.form));
    let mut audited: Vec<&Brief> = audits.iter().filter(|audit| audit.status == Status::Audited).collect();
    audited.sort_by(|one, other| one.order().cmp(&other.order()));
    let mut kinds: Vec<FormKind> = audited.iter().map(|audit| audit.kind).collect();
    kinds.dedup();
    audited.retain(counts);
    let run = Run { all: audits, audited, kinds: kinds.clone(), language };
    let mut lines = vec![files(&run)];
    lines.extend(kinds.iter().map(|kind| points(&run, *kind)));
    if !worked.left_out.is_empty() {
        lines.push(run.say("summary-left-out", &[("count", &worked.left_out.len())]));
    }
    if worked.refused > 0 {
        lines.push(run.say("summary-refused", &[("count", &worked.refused)]));
    }
    lines.extend(kinds.iter().flat_map(|kind| worst(&run, *kind)));
    lines.extend(unread(&run));
    lines.extend(whole.roster.as_ref().map(|reporting| reported(&run, reporting)));
    lines.extend(whole.comparison.as_ref().and_then(|comparison| compared(&run, comparison)));
    if others > 0 {
        lines.push(run.say("summary-not-workbooks", &[("files", &others)]));
    }
    lines.join("\n") + "\n"
}

fn files(run: &Run) -> String {
    let count = FileCount::of(run.all);
    run.say("summary-files", &[("files", &count.files), ("audited", &count.audited), ("unread", &count.unread)])
}

/// How the departments of the roster have reported.
fn reported(run: &Run, reporting: &Reporting) -> String {
    let count = |states: &[State]| states.iter().map(|state| reporting.count(*state)).sum::<usize>();
    let missing: Vec<String> = reporting.missing().filter_map(|audit| audit.unit).collect();
    let mut names = missing.iter().take(NAMED).map(|name| shown(name)).collect::<Vec<_>>().join("、");
    if missing.len() > NAMED {
        names = run.say("summary-missing-more", &[("names", &names)]);
    }
    if !missing.is_empty() {
        names = run.say("summary-missing-names", &[("names", &names)]);
    }
    let key = if reporting.is_retold { "summary-roster-retold" } else { "summary-roster" };
    run.say(
        key,
        &[
            ("due", &reporting.departments.len()),
            ("submitted", &count(&[State::Submitted, State::Doubled])),
            ("missing", &missing.len()),
            ("names", &names),
            ("forms", &count(&[State::FormsOnly])),
            ("open", &count(&[State::Unread, State::NearName])),
            ("beside", &reporting.beside.len()),
        ],
    )
}

/// What became of the disputed scores of an earlier run; nothing where it has none of this year.
fn compared(run: &Run, comparison: &Comparison) -> Option<String> {
    let same = || comparison.audits.iter().filter_map(|audit| audit.same.one());
    let absent = comparison.absent.iter().filter(|one| one.state == State::Missing).count();
    if same().next().is_none() && absent == 0 {
        return None;
    }
    let count = |what: Changed| same().flat_map(|same| &same.changes).filter(|change| change.what == what).count();
    Some(run.say(
        "summary-compared",
        &[
            ("corrected", &count(Changed::Corrected)),
            ("new", &count(Changed::New)),
            ("worse", &count(Changed::Worse)),
            ("same", &count(Changed::Same)),
            ("absent", &absent),
        ],
    ))
}

/// The points of one form; only where all of them are of departments does nothing have to say of what the line speaks.
fn points(run: &Run, kind: FormKind) -> String {
    let total = points_total(run.of(kind).filter_map(|audit| audit.points.as_ref()));
    let claims = sum(run.of(kind).map(|audit| audit.claims));
    let invalid: usize = run.of(kind).map(|audit| audit.invalid).sum();
    let words = run.say(
        "summary-points",
        &[
            ("claims", &sum_text(claims)),
            ("agreed", &sum_text(total.agreed)),
            ("overstated", &sum_text(total.overstated)),
            ("reading", &sum_text(total.reading_dependent)),
            ("unverifiable", &sum_text(total.unverifiable)),
            ("invalid", &invalid),
            ("understated", &sum_text(total.understated)),
        ],
    );
    if run.kinds.len() == 1 && kind.is_of_department() {
        return words;
    }
    run.say(kind.row().summary.points, &[("count", &run.of(kind).count()), ("points", &words)])
}

fn worst(run: &Run, kind: FormKind) -> Vec<String> {
    let SummaryWords { worst: heading, none_worst: none, .. } = kind.row().summary;
    let worst: Vec<&Brief> = run.of(kind).filter(|audit| audit.has_overstated_points()).take(NAMED).collect();
    if worst.is_empty() {
        return vec![run.word(none)];
    }
    let width = worst.iter().map(|audit| shown(&audit.name()).width()).max().unwrap_or(0);
    let mut lines = vec![run.word(heading)];
    lines.extend(worst.into_iter().map(|audit| worst_line(run, audit, width)));
    lines
}

fn worst_line(run: &Run, audit: &Brief, width: usize) -> String {
    let total = audit.total.map_or_else(|| run.word("not-stated"), score_text);
    // Where the stated total is not the sum of the scores, the rest would not add up before the reader's eyes.
    let added = audit
        .total
        .filter(|total| *total != audit.claims)
        .map(|_| run.say("summary-added", &[("sum", &sum_text(audit.claims))]));
    let ceiling = audit.ceiling.as_ref().map_or_else(String::new, |(ceiling, _)| sum_text(*ceiling));
    let overstated = audit.points.as_ref().map_or_else(String::new, |points| sum_text(points.overstated));
    let grades = match (audit.grade.as_deref(), audit.ceiling.as_ref().map(|(_, grade)| grade.as_str())) {
        (Some(from), Some(to)) if from != to => run.say("grade-other", &[("from", &visible(from)), ("to", &to)]),
        _ => String::new(),
    };
    let holes: [(&str, &dyn Display); 6] = [
        ("name", &padded(&shown(&audit.name()), width)),
        ("overstated", &format!("{overstated:>6}")),
        ("claimed", &format!("{}{total}", " ".repeat(6usize.saturating_sub(total.width())))),
        ("added", &added.unwrap_or_default()),
        ("ceiling", &format!("{ceiling:>6}")),
        ("grades", &grades),
    ];
    run.say("summary-worst-row", &holes).trim_end().to_owned()
}

fn unread(run: &Run) -> Vec<String> {
    let audits: Vec<&Brief> = run.all.iter().filter(|audit| audit.status == Status::Unread).collect();
    if audits.is_empty() {
        return Vec::new();
    }
    let width = audits.iter().take(NAMED).map(|audit| shown(&audit.file).width()).max().unwrap_or(0);
    let mut lines = vec![run.word("summary-unread")];
    for audit in audits.iter().take(NAMED) {
        let cause = audit.problem.map_or_else(String::new, |code| run.language.word(&format!("finding.{code}-title")));
        lines.push(run.say("summary-unread-row", &[("file", &padded(&shown(&audit.file), width)), ("cause", &cause)]));
    }
    if audits.len() > NAMED {
        lines.push(run.say("summary-more", &[("count", &(audits.len() - NAMED))]));
    }
    lines
}

/// A name as a terminal may show it: one line, nothing hidden, not too wide.
fn shown(name: &str) -> String {
    let line = visible(name).replace('\n', " ");
    if line.width() <= NAME_WIDTH {
        return line;
    }
    let mut short = String::new();
    for character in line.chars() {
        if short.width() + 3 > NAME_WIDTH {
            break;
        }
        short.push(character);
    }
    short + "…"
}

/// Filled with spaces up to a display width; a Chinese character takes two places.
fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}
