//! 综合报告: one page for the superior. Its sentences are made from figures that stand on the sheets, after what the bureau has
//! decided so far. (bureau.md, “The whole batch”)

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use rust_decimal::Decimal;

use crate::across::roster::State;
use crate::brief::FileCount;
use crate::checks::register::{Area, Code};
use crate::decimal_text::score_text;
use crate::forms::Part;
use crate::sums::sum;

use super::decisions::{Decision, Shares};
use super::plan::{Department, FormKind, Plan};
use super::sheets::grades_open::open_grade;
use super::sheets::overview::is_downgraded;

/// Indicators, and departments to be looked at first, that are named: the page is one.
const NAMED: usize = 5;

/// A paragraph with its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// The heading.
    pub heading: String,
    /// Its sentences.
    pub text: String,
}

/// The report; empty where nothing was audited.
pub fn paragraphs(plan: &Plan) -> Vec<Paragraph> {
    if plan.departments.is_empty() {
        return Vec::new();
    }
    let parts: [(&str, Vec<String>); 6] = [
        ("summing-received", received(plan)),
        ("summing-scores", scores(plan)),
        ("summing-grades", grades(plan)),
        ("summing-indicators", indicators(plan)),
        ("summing-first", vec![first(plan)]),
        ("summing-next", next(plan)),
    ];
    let filled = parts
        .into_iter()
        .map(|(heading, sentences)| Paragraph { heading: plan.word(heading), text: sentences.concat() });
    filled.filter(|paragraph| !paragraph.text.is_empty()).collect()
}

fn received(plan: &Plan) -> Vec<String> {
    let count = FileCount::of_all(plan.batch.audits.iter().map(|audit| (audit.file.as_str(), audit.status)));
    let mut said = vec![
        plan.say("summing-files", &[("files", &count.files), ("audited", &count.audited), ("unread", &count.unread)]),
    ];
    if let Some(reporting) = &plan.batch.whole.roster {
        let missing = reporting.count(State::Missing);
        said.push(plan.say("summing-roster", &[("due", &reporting.departments.len()), ("missing", &missing)]));
    }
    said
}

/// The submissions of a form that count in the totals.
fn counting<'p>(plan: &'p Plan, kind: FormKind) -> impl Iterator<Item = (usize, &'p Department<'p>)> {
    plan.departments.iter().enumerate().filter(move |(index, it)| it.kind() == kind && plan.counting[*index])
}

fn scores(plan: &Plan) -> Vec<String> {
    let said = |kind: FormKind| {
        let count = counting(plan, kind).count();
        let decisions = || counting(plan, kind).flat_map(|(index, _)| &plan.decisions[index]);
        let shares = |part: fn(&Shares) -> Decimal| sum(decisions().map(|decision| part(&decision.shares())));
        let claims = score_text(sum(counting(plan, kind).map(|(_, department)| department.claims())));
        let granted = score_text(sum(decisions().map(Decision::granted)));
        let [agreed, overstated, understated, depends, open] = [
            shares(|shares| shares.agreed),
            shares(|shares| shares.overstated),
            shares(|shares| shares.understated),
            shares(|shares| shares.reading_dependent),
            shares(|shares| shares.unverifiable),
        ]
        .map(score_text);
        let holes: [(&str, &dyn Display); 8] = [
            ("count", &count),
            ("claims", &claims),
            ("granted", &granted),
            ("agreed", &agreed),
            ("overstated", &overstated),
            ("understated", &understated),
            ("depends", &depends),
            ("open", &open),
        ];
        (count > 0).then(|| plan.say(kind.row().summing_up, &holes))
    };
    plan.kinds().into_iter().filter_map(said).collect()
}

/// Grades as they were claimed and as they can be granted, of forms that state one.
fn grades(plan: &Plan) -> Vec<String> {
    plan.kinds_with(Part::Grade).filter_map(|kind| grades_of(plan, kind)).collect()
}

fn grades_of(plan: &Plan, kind: FormKind) -> Option<String> {
    let cards: Vec<(usize, &Department)> = counting(plan, kind).collect();
    if cards.is_empty() {
        return None;
    }
    let falls = cards.iter().filter(|(_, card)| is_downgraded(card.audit)).count();
    let hang = cards.iter().filter(|(index, _)| open_grade(plan, *index).is_some()).count();
    let claimed = cards.iter().filter_map(|(_, card)| Some((*card, card.audit.claimed.as_ref()?.grade.clone()?)));
    let granted =
        cards.iter().filter_map(|(_, card)| Some((*card, card.audit.recomputed.as_ref()?.grade_ceiling.clone())));
    let (claimed, granted) = (by_grade(plan, claimed), by_grade(plan, granted));
    let holes: [(&str, &dyn Display); 4] =
        [("claimed", &claimed), ("granted", &granted), ("falls", &falls), ("hang", &hang)];
    Some(plan.say("summing-of-grades", &holes))
}

/// How many have each grade, the best first as their rulebooks have them.
fn by_grade<'p>(plan: &Plan, grades: impl Iterator<Item = (&'p Department<'p>, String)>) -> String {
    let mut counts: BTreeMap<(usize, String), usize> = BTreeMap::new();
    for (card, grade) in grades {
        let known = card.rulebook.map_or(&[][..], |book| &book.grades);
        let rank = known.iter().position(|one| one.name == grade).unwrap_or(known.len());
        *counts.entry((rank, grade)).or_default() += 1;
    }
    let one = |((_, grade), count): (&(usize, String), &usize)| {
        plan.say("summing-grade", &[("grade", grade), ("count", count)])
    };
    let all: Vec<String> = counts.iter().map(one).collect();
    if all.is_empty() { plan.word("summing-none") } else { all.join(&plan.word("summing-and")) }
}

/// The indicators with most points overstated, of forms that have them in common.
fn indicators(plan: &Plan) -> Vec<String> {
    let of_kind = |kind: FormKind| Some(indicators_of(plan, kind, kind.row().none_overstated?));
    plan.kinds().into_iter().filter_map(of_kind).collect()
}

fn indicators_of(plan: &Plan, kind: FormKind, none_overstated: &str) -> String {
    let mut found: BTreeMap<&str, (Decimal, BTreeSet<usize>)> = BTreeMap::new();
    for (index, _) in counting(plan, kind) {
        for decision in &plan.decisions[index] {
            let overstated = decision.shares().overstated;
            if !overstated.is_zero() {
                let (points, departments) = found.entry(&decision.indicator.name).or_default();
                *points = points.saturating_add(overstated);
                departments.insert(index);
            }
        }
    }
    let mut found: Vec<(&str, (Decimal, BTreeSet<usize>))> = found.into_iter().collect();
    found.sort_by_key(|(name, (points, departments))| (Reverse(*points), Reverse(departments.len()), *name));
    if found.is_empty() {
        let some = counting(plan, kind).next();
        return some.map_or_else(String::new, |_| plan.word(none_overstated));
    }
    let one = |(name, (points, departments)): &(&str, (Decimal, BTreeSet<usize>))| {
        let (points, count) = (score_text(*points), departments.len());
        plan.say("summing-indicator", &[("indicator", name), ("count", &count), ("points", &points)])
    };
    let named: Vec<String> = found.iter().take(NAMED).map(one).collect();
    plan.say("summing-of-indicators", &[("count", &found.len()), ("list", &named.join(&plan.word("summing-and")))])
}

/// Whom to look at first and why: points overstated, a grade that falls, a grade that is open.
fn first(plan: &Plan) -> String {
    let reasons = |index: usize, department: &Department| {
        let shares =
            |part: fn(&Shares) -> Decimal| sum(plan.decisions[index].iter().map(|decision| part(&decision.shares())));
        let (overstated, open) = (shares(|shares| shares.overstated), shares(|shares| shares.unverifiable));
        let mut said = Vec::new();
        if !overstated.is_zero() {
            said.push(plan.say("summing-why-overstated", &[("points", &score_text(overstated))]));
        }
        let claimed = department.audit.claimed.as_ref().and_then(|claimed| claimed.grade.as_ref());
        let granted = department.audit.recomputed.as_ref().map(|totals| &totals.grade_ceiling);
        if let (true, Some(from), Some(to)) = (is_downgraded(department.audit), claimed, granted) {
            said.push(plan.say("summing-why-falls", &[("from", from), ("to", to)]));
        }
        // What is open is a reason beside another one: most grades are open until somebody has judged.
        if let (false, Some(_), false) = (said.is_empty(), open_grade(plan, index), open.is_zero()) {
            said.push(plan.say("summing-why-open", &[("points", &score_text(open))]));
        }
        said
    };
    let found = plan.departments.iter().enumerate().filter(|(index, _)| plan.counting[*index]);
    let found = found.map(|(index, department)| (department, reasons(index, department)));
    let found: Vec<(&Department, Vec<String>)> = found.filter(|(_, reasons)| !reasons.is_empty()).collect();
    if found.is_empty() {
        return plan.word("summing-nobody-first");
    }
    let one = |(department, reasons): &(&Department, Vec<String>)| {
        let reasons = reasons.join(&plan.word("summing-comma"));
        plan.say("summing-department", &[("department", &department.name), ("reasons", &reasons)])
    };
    let named: Vec<String> = found.iter().take(NAMED).map(one).collect();
    plan.say("summing-of-departments", &[("count", &found.len()), ("list", &named.join(&plan.word("summing-then")))])
}

/// What the comparison of the batch shows, and what is still to be done.
fn next(plan: &Plan) -> Vec<String> {
    let raising = |code: Code| {
        let tells = |audit: &&crate::audit::Audit| audit.findings.iter().any(|finding| finding.code == code);
        plan.batch.audits.iter().filter(tells).count()
    };
    let batch = Code::ALL.iter().copied().filter(|code| code.area() == Area::Batch);
    let found: Vec<String> = batch
        .map(|code| (code, raising(code)))
        .filter(|(_, count)| *count > 0)
        .map(|(code, count)| plan.say("summing-hint", &[("name", &plan.code(code)), ("count", &count)]))
        .collect();
    let mut said = Vec::new();
    if !found.is_empty() {
        said.push(plan.say("summing-hints", &[("list", &found.join(&plan.word("summing-then")))]));
    }
    let open = plan.decisions.iter().flatten().filter(|decision| decision.progress().is_open()).count();
    let asked: usize = plan.asked.iter().map(Vec::len).sum();
    said.push(match open {
        0 => plan.word("summing-all-decided"),
        _ => plan.say("summing-open", &[("open", &open), ("asked", &asked)]),
    });
    said
}
