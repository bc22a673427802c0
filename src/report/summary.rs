//! The words in the terminal at the end of a run: how many files, how many points, and the worst five departments.

use rust_decimal::Decimal;
use unicode_width::UnicodeWidthStr;

use crate::audit::{Audit, Status};
use crate::decimal_text::score_text;
use crate::text::Language;

use super::Batch;
use super::overview::points_total;
use super::plan::{Department, Plan};
use super::visible::visible;

/// Departments and files that are named.
const NAMED: usize = 5;
/// Names are cut to this width on a terminal.
const NAME_WIDTH: usize = 32;

/// The summary, ready to print, with a line end.
pub fn summary(batch: &Batch, language: Language) -> String {
    let plan = Plan::new(batch, language);
    let mut lines = vec![files(&plan)];
    if !plan.departments.is_empty() {
        lines.push(points(&plan));
        lines.extend(worst(&plan));
    }
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
    let unread = unread_audits(plan).len();
    plan.say(
        "summary-files",
        &[("files", &plan.batch.audits.len()), ("audited", &plan.departments.len()), ("unread", &unread)],
    )
}

fn points(plan: &Plan) -> String {
    let total = points_total(&plan.batch.audits);
    let claims: Decimal = plan.departments.iter().map(Department::claims).sum();
    plan.say(
        "summary-points",
        &[
            ("claims", &score_text(claims)),
            ("agreed", &score_text(total.agreed)),
            ("overstated", &score_text(total.overstated)),
            ("reading", &score_text(total.reading_dependent)),
            ("unverifiable", &score_text(total.unverifiable)),
            ("invalid", &score_text(total.invalid)),
            ("understated", &score_text(total.understated)),
        ],
    )
}

fn worst(plan: &Plan) -> Vec<String> {
    let overstated = |department: &&Department| {
        department.audit.points.as_ref().is_some_and(|points| points.overstated > Decimal::ZERO)
    };
    let worst: Vec<&Department> = plan.departments.iter().filter(overstated).take(NAMED).collect();
    if worst.is_empty() {
        return vec![plan.word("summary-none-worst")];
    }
    let width = worst.iter().map(|it| shown(&it.name).width()).max().unwrap_or(0);
    let mut lines = vec![plan.word("summary-worst")];
    lines.extend(worst.into_iter().map(|department| worst_line(plan, department, width)));
    lines
}

fn worst_line(plan: &Plan, department: &Department, width: usize) -> String {
    let audit = department.audit;
    let claimed = audit.claimed.as_ref();
    let total = claimed.and_then(|claimed| claimed.total).map_or_else(|| "—".to_owned(), score_text);
    let recomputed = audit.recomputed.as_ref();
    let ceiling = recomputed.map_or_else(String::new, |totals| score_text(totals.ceiling));
    let overstated = audit.points.as_ref().map_or_else(String::new, |points| score_text(points.overstated));
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
        let cause = audit.problem.as_ref().map_or_else(String::new, |problem| plan.code(&problem.code));
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
