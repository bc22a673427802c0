//! One cheap look at a finished audit before it is written: do its numbers fit together?
//!
//! A contradiction here is a fault of the program and never of a submission, so the run stops and writes nothing.

use rust_decimal::Decimal;

use crate::audit::{
    Audit, CriterionAudit, Finding, IndicatorAudit, PointsByVerdict, Problem, RecomputedTotals, Status, Verdict,
};
use crate::checks::looks_at;
use crate::checks::register::{Area, Code};
use crate::decimal_text::round_score;
use crate::judge::{grade_of, most_claimable};
use crate::line_ids::line_id;
use crate::phrase::Phrase;
use crate::rulebook::{Indicator, Rulebook};
use crate::sums::{same, sum, sum_known};
use crate::text::is_known;

/// What a state demands and the audit lacks, in words: an audited file has all its results, an unread one a reason and
/// nothing else.
pub fn states(audit: &Audit) -> Vec<Phrase> {
    let results = [
        audit.rulebook.is_some(),
        audit.claimed.is_some(),
        audit.recomputed.is_some(),
        audit.points.is_some(),
        !audit.indicators.is_empty(),
    ];
    let told = match audit.status {
        Status::Audited if results.contains(&false) => "results-missing",
        Status::Audited if audit.problem.is_some() => "audited-with-problem",
        Status::Unread if audit.problem.is_none() => "reason-missing",
        Status::Unread if results[1..].contains(&true) || !audit.facts.is_empty() => "unread-with-results",
        Status::Unread if audit.not_run.iter().flatten().next().is_some() => "unread-with-results",
        Status::Missing if audit.problem.is_none() || audit.unit.is_none() => "reason-missing",
        Status::Missing if holds_something(audit) || results.contains(&true) => "missing-with-results",
        Status::Audited | Status::Unread | Status::Missing => return Vec::new(),
    };
    vec![word(told)]
}

/// Whether it is of a file after all, or something was read.
fn holds_something(audit: &Audit) -> bool {
    !(audit.file.is_empty() && audit.sha256.is_empty() && audit.facts.is_empty() && audit.findings.is_empty())
}

/// Every contradiction in `audit`, in words; none when it holds together.
pub fn contradictions(audit: &Audit, rulebook: &Rulebook) -> Vec<Phrase> {
    let (Some(recomputed), Some(points)) = (&audit.recomputed, &audit.points) else { return Vec::new() };
    let mut told = Vec::new();
    indicators_are_the_cards(audit, rulebook, &mut |what| told.push(word(what)));
    for indicator in &audit.indicators {
        let mut say = |what: &str| told.push(of(&indicator.id, what));
        range_is_ordered(indicator, &mut say);
        difference_fits(indicator, &mut say);
        verdict_fits(indicator, rulebook.tolerance, &mut say);
    }
    let mut say = |what: &str| told.push(word(what));
    totals_are_sums(&audit.indicators, recomputed, rulebook, &mut say);
    points_are_sums(&audit.indicators, points, &mut say);
    told
}

fn word(what: &str) -> Phrase {
    Phrase::new(format!("contradiction.{what}"))
}

/// What does not fit, and of which indicator or code.
fn of(about: &str, what: &str) -> Phrase {
    Phrase::new("contradiction.of").with("about", about).with("what", word(what))
}

/// An invalid claim counts 0, and one that is open.
fn counted(indicator: &IndicatorAudit) -> Decimal {
    indicator.taken().score().unwrap_or_default()
}

fn over(indicators: &[IndicatorAudit], part: impl Fn(&IndicatorAudit) -> Decimal) -> Decimal {
    sum(indicators.iter().map(part))
}

fn indicators_are_the_cards(audit: &Audit, rulebook: &Rulebook, say: &mut impl FnMut(&str)) {
    let there = audit.indicators.iter().map(|indicator| indicator.id.as_str());
    let fits = match rulebook.card() {
        Some(card) => card.indicators.iter().map(|indicator| indicator.id.as_str()).eq(there),
        None => there.enumerate().all(|(at, id)| id == line_id(at)),
    };
    if !fits {
        say("indicators-differ");
    }
    if audit.kind != rulebook.form {
        say("form-confused");
    }
}

/// What only an audit from another hand can have, in words: codes that are none, points that are not the card's, parts
/// of a score beyond their points.
pub fn foreign(audit: &Audit, rulebook: Option<&Rulebook>) -> Vec<Phrase> {
    let findings = audit.findings.iter().filter_map(|finding| Some((finding, unknown_finding(finding)?)));
    let mut told: Vec<Phrase> = findings.map(|(finding, what)| of(finding.code.as_str(), what)).collect();
    let is_missing = audit.status == Status::Missing;
    let problems = audit.problem.iter().filter_map(|problem| Some((problem, unknown_problem(problem, is_missing)?)));
    told.extend(problems.map(|(problem, what)| of(problem.code.as_str(), what)));
    let not_run = audit.not_run.iter().flatten().filter(|not_run| !is_not_run(audit, not_run.code));
    told.extend(not_run.map(|not_run| of(not_run.code.as_str(), "not-run")));
    let card = rulebook.and_then(Rulebook::card);
    for indicator in &audit.indicators {
        let rules = card.and_then(|card| card.indicators.iter().find(|rules| rules.id == indicator.id));
        let mut say = |what: &str| told.push(of(&indicator.id, what));
        if rules.is_some_and(|rules| indicator.points != rules.points) {
            say("points-differ");
        }
        if indicator.criteria.iter().any(|criterion| !is_within(criterion, rules)) {
            say("criterion");
        }
        let criteria = indicator.criteria.iter().map(|criterion| criterion.working.open());
        if !indicator.working.open().into_iter().chain(criteria).all(|step| is_known(&step)) {
            say("no-sentence");
        }
    }
    told
}

/// Whether a check can be one that was not run: it is for such a form, and found nothing.
fn is_not_run(audit: &Audit, code: Code) -> bool {
    looks_at(code, audit.kind) && audit.findings.iter().all(|finding| finding.code != code)
}

fn unknown_problem(problem: &Problem, is_missing: bool) -> Option<&'static str> {
    let is_of_files = problem.code.area() == Area::File;
    if is_missing != (problem.code == Code::SubmissionMissing) || is_missing == is_of_files {
        return Some("no-problem-code");
    }
    (!is_known(&problem.phrase)).then_some("no-sentence")
}

fn unknown_finding(finding: &Finding) -> Option<&'static str> {
    if !finding.code.severities().contains(&finding.severity) || finding.code.area() == Area::File {
        return Some("severity");
    }
    (!is_known(&finding.phrase.open())).then_some("no-sentence")
}

/// A criterion whose rule has no cap may earn more than its points.
fn is_within(criterion: &CriterionAudit, rules: Option<&Indicator>) -> bool {
    let own = rules.and_then(|rules| rules.readings.first()?.criteria.iter().find(|own| own.id == criterion.id));
    let capped = own.is_none_or(|own| own.rule.parameters().is_capped());
    let most = own.map_or(criterion.points, |own| own.points);
    Decimal::ZERO <= criterion.low
        && criterion.low <= criterion.high
        && criterion.points == most
        && (!capped || criterion.high <= round_score(most))
}

fn range_is_ordered(indicator: &IndicatorAudit, say: &mut impl FnMut(&str)) {
    let high = indicator.high.unwrap_or(Decimal::MAX);
    if indicator.low < Decimal::ZERO
        || indicator.low > high
        || indicator.points.is_some_and(|points| high > most_claimable(points))
    {
        say("range");
    }
    if indicator.default.is_some_and(|default| default < indicator.low || default > high) {
        say("default");
    }
    if indicator.default.is_some() != indicator.settled_by.is_empty() {
        say("settled");
    }
    if indicator.readings.iter().any(|reading| reading.low < indicator.low || reading.high > high) {
        say("reading");
    }
}

fn difference_fits(indicator: &IndicatorAudit, say: &mut impl FnMut(&str)) {
    let claimed = counted(indicator);
    let high = indicator.high.unwrap_or(claimed);
    let due = match indicator.verdict {
        Verdict::Overstated => claimed.saturating_sub(high),
        Verdict::Understated => indicator.low.saturating_sub(claimed),
        Verdict::Unverifiable => claimed.saturating_sub(indicator.low).max(Decimal::ZERO),
        Verdict::Agrees | Verdict::ReadingDependent | Verdict::Invalid => Decimal::ZERO,
    };
    if !same(due, indicator.difference) {
        say("difference");
    }
}

fn verdict_fits(indicator: &IndicatorAudit, tolerance: Decimal, say: &mut impl FnMut(&str)) {
    let claimed = counted(indicator);
    let above = indicator.high.is_some_and(|high| claimed.saturating_sub(high) > tolerance)
        || indicator.points.is_some_and(|points| claimed > most_claimable(points));
    let below = indicator.low.saturating_sub(claimed) > tolerance;
    let complete = indicator.default.is_some();
    let near = indicator.default.is_some_and(|default| default.saturating_sub(claimed).abs() <= tolerance);
    let fits = match indicator.verdict {
        Verdict::Invalid => indicator.claimed.is_none_or(|claimed| claimed < Decimal::ZERO),
        Verdict::Overstated => above,
        Verdict::Understated => below && !above,
        Verdict::Agrees => complete && near && !above && !below,
        Verdict::ReadingDependent => complete && !near && !above && !below,
        Verdict::Unverifiable if indicator.is_open() => {
            !complete && indicator.settled_by.iter().any(|item| item.is_of_the_claim(&indicator.id))
        }
        Verdict::Unverifiable => !complete && !above && !below,
    };
    if !fits {
        say("verdict");
    }
}

fn totals_are_sums(
    indicators: &[IndicatorAudit],
    totals: &RecomputedTotals,
    rulebook: &Rulebook,
    say: &mut impl FnMut(&str),
) {
    let high = sum_known(indicators.iter().map(|indicator| indicator.high));
    let ceiling = over(indicators, IndicatorAudit::grantable);
    if !same(over(indicators, |indicator| indicator.low), totals.low) || high != totals.high {
        say("total");
    }
    if !same(ceiling, totals.ceiling) {
        say("ceiling");
    }
    let grade = |total: Decimal| grade_of(&rulebook.grades, total).unwrap_or_default().to_owned();
    let grades_fit = grade(totals.low) == totals.grade_low
        && grade(totals.ceiling) == totals.grade_ceiling
        && totals.high.map(grade) == totals.grade_high;
    if !grades_fit {
        say("grade");
    }
}

fn points_are_sums(indicators: &[IndicatorAudit], points: &PointsByVerdict, say: &mut impl FnMut(&str)) {
    let parts = [points.agreed, points.overstated, points.reading_dependent, points.unverifiable, points.invalid];
    if !same(sum(parts), over(indicators, counted)) {
        say("points");
    }
    let of = |verdict: Verdict| {
        over(indicators, |indicator| if indicator.verdict == verdict { indicator.difference } else { Decimal::ZERO })
    };
    if !same(of(Verdict::Overstated), points.overstated) || !same(of(Verdict::Understated), points.understated) {
        say("differences");
    }
}
