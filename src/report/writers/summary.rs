//! The words in the terminal at the end of a run: how many files, how many points, and the worst five departments; cards
//! and forms of projects apart.

use unicode_width::UnicodeWidthStr;

use crate::audit::{Audit, Status};
use crate::decimal_text::{score_text, sum_text};
use crate::sums::sum;
use crate::text::Language;

use crate::report::Batch;
use crate::report::plan::{Department, Kind, Plan};
use crate::report::sheets::overview::{FileCount, is_overstated, points_total};
use crate::report::visible::visible;

/// Departments and files that are named.
const NAMED: usize = 5;
/// Names are cut to this width on a terminal.
const NAME_WIDTH: usize = 32;

/// The summary, ready to print, with a line end.
pub fn summary(batch: &Batch, language: Language) -> String {
    let plan = Plan::new(batch, language);
    let mut lines = vec![files(&plan)];
    let kinds = if plan.departments.is_empty() { Vec::new() } else { plan.kinds() };
    lines.extend(kinds.iter().map(|kind| points(&plan, *kind)));
    lines.extend(kinds.iter().flat_map(|kind| worst(&plan, *kind)));
    lines.extend(unread(&plan));
    if !batch.not_workbooks.is_empty() {
        lines.push(plan.say("summary-not-workbooks", &[("files", &batch.not_workbooks.len())]));
    }
    lines.join("\n") + "\n"
}

fn unread_audits<'a>(plan: &Plan<'a>) -> Vec<&'a Audit> {
    plan.batch.audits.iter().filter(|audit| audit.status == Status::Unread).collect()
}

fn files(plan: &Plan) -> String {
    let count = FileCount::of(&plan.batch.audits);
    plan.say("summary-files", &[("files", &count.files), ("audited", &count.audited), ("unread", &count.unread)])
}

/// The points of one kind; where there are forms, the line says of what it speaks.
fn points(plan: &Plan, kind: Kind) -> String {
    let total = points_total(plan.of(kind).map(|department| department.audit));
    let claims = sum(plan.of(kind).map(Department::claims));
    let words = plan.say(
        "summary-points",
        &[
            ("claims", &sum_text(claims)),
            ("agreed", &sum_text(total.agreed)),
            ("overstated", &sum_text(total.overstated)),
            ("reading", &sum_text(total.reading_dependent)),
            ("unverifiable", &sum_text(total.unverifiable)),
            ("invalid", &sum_text(total.invalid)),
            ("understated", &sum_text(total.understated)),
        ],
    );
    let key = match kind {
        Kind::Card if plan.kinds().len() == 1 => return words,
        Kind::Card => "summary-cards",
        Kind::Form => "summary-forms",
    };
    plan.say(key, &[("count", &plan.of(kind).count()), ("points", &words)])
}

fn worst(plan: &Plan, kind: Kind) -> Vec<String> {
    let (heading, none) = match kind {
        Kind::Card => ("summary-worst", "summary-none-worst"),
        Kind::Form => ("summary-worst-forms", "summary-none-worst-forms"),
    };
    let worst: Vec<&Department> = plan.of(kind).filter(|it| is_overstated(it)).take(NAMED).collect();
    if worst.is_empty() {
        return vec![plan.word(none)];
    }
    let width = worst.iter().map(|it| shown(&it.name).width()).max().unwrap_or(0);
    let mut lines = vec![plan.word(heading)];
    lines.extend(worst.into_iter().map(|department| worst_line(plan, department, width)));
    lines
}

fn worst_line(plan: &Plan, department: &Department, width: usize) -> String {
    let audit = department.audit;
    let claimed = audit.claimed.as_ref();
    let total = claimed.and_then(|claimed| claimed.total).map_or_else(|| "—".to_owned(), score_text);
    let recomputed = audit.recomputed.as_ref();
    let ceiling = recomputed.map_or_else(String::new, |totals| sum_text(totals.ceiling));
    let overstated = audit.points.as_ref().map_or_else(String::new, |points| sum_text(points.overstated));
    let grades = match (claimed.and_then(|it| it.grade.as_deref()), recomputed.map(|it| it.grade_ceiling.as_str())) {
        (Some(from), Some(to)) if from != to => plan.say("grade-other", &[("from", &visible(from)), ("to", &to)]),
        _ => String::new(),
    };
    let holes: [(&str, &dyn std::fmt::Display); 5] = [
        ("name", &padded(&shown(&department.name), width)),
        ("overstated", &format!("{overstated:>6}")),
        ("claimed", &format!("{total:>6}")),
        ("ceiling", &format!("{ceiling:>6}")),
        ("grades", &grades),
    ];
    plan.say("summary-worst-row", &holes).trim_end().to_owned()
}

fn unread(plan: &Plan) -> Vec<String> {
    let audits = unread_audits(plan);
    if audits.is_empty() {
        return Vec::new();
    }
    let width = audits.iter().take(NAMED).map(|audit| shown(&audit.file).width()).max().unwrap_or(0);
    let mut lines = vec![plan.word("summary-unread")];
    for audit in audits.iter().take(NAMED) {
        let cause = audit.problem.as_ref().map_or_else(String::new, |problem| plan.code(problem.code));
        lines.push(plan.say("summary-unread-row", &[("file", &padded(&shown(&audit.file), width)), ("cause", &cause)]));
    }
    if audits.len() > NAMED {
        lines.push(plan.say("summary-more", &[("count", &(audits.len() - NAMED))]));
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
