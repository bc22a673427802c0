//! What the page shows, as plain texts for the template: the same figures, words and order as the audit workbook.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::rc::Rc;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::audit::{
    Audit, CriterionAudit, FactAudit, Finding, IndicatorAudit, Origin, ReadingRange, Severity, Source, Verdict,
};
use crate::decimal_text::{figure_text, score_text, sum_text};
use crate::forms::Part;
use crate::rulebook::Indicator;
use crate::text::Language;

use super::chart::{Bar, Bars};
use super::link::reference;
use super::sheets::{Drawn, Listed, SheetView, Sheets, cell_text, kind_of, sheets};
use crate::report::plan::{Department, FormKind, Plan, VERDICTS, verdict_key};
use crate::report::sheets::differences::{fact_label, indicator_name, part_label, settling};
use crate::report::sheets::overview::{figures, interval, is_downgraded};
use crate::report::sheets::working_paper::conclusion::sentence;
use crate::report::table::{Cell, Link};
use crate::report::visible::visible;
use crate::report::{Batch, RunInfo};

/// Rows that one chart shows, as in the audit workbook.
const CHARTED: usize = 15;

/// The whole page.
#[derive(Debug, Serialize)]
pub struct Page {
    subtitle: String,
    version: String,
    blocks: Vec<FigureBlock>,
    legend: Vec<Legend>,
    chart_indicators: Vec<Bars>,
    /// Nothing was audited.
    is_empty: bool,
    /// What stands for the papers of the departments until they are put there.
    papers: String,
    overviews: Vec<SheetView>,
    disputes: Vec<SheetView>,
    kinds: Vec<String>,
    sheets: Vec<SheetView>,
}

/// The figures and the chart of one kind; the name is none where there is only one.
#[derive(Debug, Serialize)]
struct FigureBlock {
    name: Option<String>,
    figures: Vec<Figure>,
    chart_name: String,
    chart: Vec<Bars>,
}

#[derive(Debug, Serialize)]
struct Figure {
    label: String,
    value: String,
}

#[derive(Debug, Serialize)]
struct Legend {
    key: &'static str,
    sign: String,
    name: String,
    says: String,
}

/// The paper of one department.
#[derive(Debug, Serialize)]
pub struct DepartmentView {
    number: usize,
    name: String,
    file: FileView,
    year: Option<i32>,
    rulebook: String,
    letter: Option<String>,
    claimed_total: Option<String>,
    ceiling: String,
    interval: String,
    grade_change: Option<String>,
    conclusion: String,
    overstated: Option<String>,
    indicators: Vec<IndicatorView>,
    facts: Vec<FactView>,
    findings: Vec<FindingView>,
}

#[derive(Debug, Serialize)]
struct FileView {
    name: String,
    href: Option<String>,
}

#[derive(Debug, Serialize)]
struct VerdictView {
    key: &'static str,
    sign: String,
    name: String,
}

#[derive(Debug, Serialize)]
struct IndicatorView {
    number: usize,
    name: String,
    points: Option<String>,
    claimed: Option<String>,
    low: String,
    high: Option<String>,
    verdict: VerdictView,
    difference: Option<String>,
    clause: Option<String>,
    working: Vec<String>,
    criteria: Vec<CriterionView>,
    readings: Vec<ReadingView>,
    settled_by: Vec<String>,
    source: Option<Source>,
    facts: Vec<FactView>,
    findings: Vec<FindingView>,
}

#[derive(Debug, Serialize)]
struct CriterionView {
    clause: String,
    points: String,
    score: String,
    working: String,
}

#[derive(Debug, Serialize)]
struct ReadingView {
    says: String,
    score: String,
}

#[derive(Debug, Serialize)]
struct FactView {
    label: String,
    value: String,
    unit: String,
    origin: String,
    evidence: Option<String>,
    used: bool,
    source: Source,
}

#[derive(Debug, Serialize)]
struct FindingView {
    severity: &'static str,
    severity_name: String,
    code: String,
    indicator: Option<String>,
    message: String,
    source: Option<Source>,
}

/// What the page shows piece by piece: each stands in the page as its mark until it is put there.
pub enum Later<'p> {
    /// Rows of a list: those that are shown at first, or the rest.
    Rows(Rc<Listed<'p>>, bool),
    /// The papers of all departments.
    Papers,
}

/// What stands for the piece of that number. No text of the page has such a sign.
pub fn mark(number: usize) -> String {
    format!("\u{0}{number}\u{0}")
}

/// The plan of a page: links into a working paper lead to the place of an indicator, from 1.
pub fn plan_of<'b>(batch: &'b Batch, run: &'b RunInfo, language: Language) -> Plan<'b> {
    let mut plan = Plan::new(batch, language);
    plan.run = run;
    for department in &mut plan.departments {
        let numbered = department.audit.indicators.iter().zip(1..);
        department.anchors = numbered.map(|(indicator, number)| (indicator.id.clone(), number)).collect();
    }
    plan
}

impl Page {
    /// Everything that the page of a batch shows, and what is put into it piece by piece, in that order.
    pub fn of<'p>(plan: &'p Plan) -> (Page, Vec<Later<'p>>) {
        let Sheets { overviews, differences, others } = sheets(plan);
        let mut later = Vec::new();
        let mut part = |drawn: Drawn<'p>| {
            let Drawn { mut view, list, rest } = drawn;
            let list = Rc::new(list);
            view.lines = mark(later.len());
            later.push(Later::Rows(Rc::clone(&list), false));
            if rest > 0 {
                view.rest_lines = mark(later.len());
                later.push(Later::Rows(list, true));
            }
            view
        };
        let overviews = overviews.into_iter().map(&mut part).collect();
        let disputes = differences.into_iter().map(&mut part).collect();
        let others = others.into_iter().map(&mut part).collect();
        later.push(Later::Papers);
        let kinds: BTreeSet<String> = plan.disputes.iter().map(|dispute| kind_of(plan, dispute)).collect();
        let page = Page {
            subtitle: subtitle(plan),
            version: plan.run.version.clone(),
            blocks: plan.kinds().into_iter().map(|kind| figure_block(plan, kind)).collect(),
            legend: VERDICTS.iter().map(|verdict| legend(plan, *verdict)).collect(),
            chart_indicators: chart_indicators(plan),
            kinds: kinds.into_iter().collect(),
            is_empty: plan.departments.is_empty(),
            papers: mark(later.len() - 1),
            overviews,
            disputes,
            sheets: others,
        };
        (page, later)
    }
}

fn subtitle(plan: &Plan) -> String {
    let names: Vec<&str> = plan.batch.rulebooks.iter().map(|book| book.name.as_str()).collect();
    plan.language.say("page.subtitle", &[("rulebooks", &names.join("；")), ("version", &plan.run.version)])
}

fn legend(plan: &Plan, verdict: Verdict) -> Legend {
    let key = verdict_key(verdict);
    Legend {
        key,
        sign: plan.verdict_sign(verdict),
        name: plan.verdict(verdict),
        says: plan.language.word(&format!("page.says-{key}")),
    }
}

fn verdict_view(plan: &Plan, verdict: Verdict) -> VerdictView {
    VerdictView { key: verdict_key(verdict), sign: plan.verdict_sign(verdict), name: plan.verdict(verdict) }
}

fn severity_key(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

fn severity_name(plan: &Plan, severity: Severity) -> String {
    plan.word(&format!("severity-{}", severity_key(severity)))
}

fn shown(text: Option<&str>) -> Option<String> {
    text.map(visible)
}

/// Points, or nothing for none.
fn points(value: Decimal) -> Option<String> {
    (!value.is_zero()).then(|| sum_text(value))
}

fn source(source: &Source) -> Source {
    Source { sheet: visible(&source.sheet), cell: visible(&source.cell), text: visible(&source.text) }
}

fn figure_block(plan: &Plan, kind: FormKind) -> FigureBlock {
    let figure = |(label, cell): (String, Cell)| Figure { label, value: cell_text(&cell) };
    FigureBlock {
        name: (plan.kinds().len() > 1).then(|| plan.word(kind.row().name)),
        figures: figures(plan, kind).into_iter().map(figure).collect(),
        chart_name: plan.word(kind.row().charts[0]),
        chart: chart_totals(plan, kind),
    }
}

fn chart_totals(plan: &Plan, kind: FormKind) -> Vec<Bars> {
    let charted = || plan.of(kind).take(CHARTED);
    let totals = |department: &Department| {
        let claimed = department.audit.claimed.as_ref().and_then(|claimed| claimed.total);
        (claimed, department.audit.recomputed.as_ref().map(|totals| totals.ceiling))
    };
    let longest =
        charted().flat_map(|department| <[_; 2]>::from(totals(department))).flatten().max().unwrap_or_default();
    let bars = |department: &Department| {
        let (claimed, ceiling) = totals(department);
        let claimed = claimed.map(|total| Bar::new("claimed", total, longest));
        claimed.into_iter().chain(ceiling.map(|total| Bar::new("ceiling", total, longest))).collect()
    };
    let row = |department: &Department| Bars {
        name: visible(&department.name),
        target: Some(format!("d{}", department.number)),
        bars: bars(department),
    };
    charted().map(row).collect()
}

/// Overstated points by indicator, most first, of forms with common rows.
fn chart_indicators(plan: &Plan) -> Vec<Bars> {
    let mut ranked: Vec<((FormKind, &str), Decimal)> = Vec::new();
    let departments = plan.kinds_with(Part::CommonRows).flat_map(|kind| plan.of(kind));
    let indicators = departments.flat_map(|it| it.audit.indicators.iter().map(|indicator| (it.kind(), indicator)));
    for (kind, indicator) in indicators {
        if indicator.verdict != Verdict::Overstated {
            continue;
        }
        let whose = (kind, indicator.name.as_str());
        match ranked.iter_mut().find(|(known, _)| *known == whose) {
            Some((_, points)) => *points = points.saturating_add(indicator.difference),
            None => ranked.push((whose, indicator.difference)),
        }
    }
    ranked.sort_by_key(|(_, points)| Reverse(*points));
    ranked.truncate(CHARTED);
    let longest = ranked.first().map(|(_, points)| *points).unwrap_or_default();
    let row = |((_, name), points): ((FormKind, &str), Decimal)| Bars {
        name: visible(name),
        target: None,
        bars: vec![Bar::new("overstated", points, longest)],
    };
    ranked.into_iter().map(row).collect()
}

/// The paper of a department.
pub fn department_view(plan: &Plan, index: usize) -> DepartmentView {
    let department = &plan.departments[index];
    let audit = department.audit;
    let by_verdict = audit.points.clone().unwrap_or_default();
    let claimed = audit.claimed.as_ref();
    let totals = audit.recomputed.as_ref();
    DepartmentView {
        number: department.number,
        name: visible(&department.name),
        file: file_view(plan, audit),
        letter: href(plan.letter_link(audit)),
        year: audit.year,
        rulebook: department.rulebook.map(|book| visible(&book.name)).unwrap_or_default(),
        claimed_total: claimed.and_then(|claimed| claimed.total).map(score_text),
        ceiling: totals.map(|totals| sum_text(totals.ceiling)).unwrap_or_default(),
        interval: totals.map(|totals| interval(totals.low, totals.high)).unwrap_or_default(),
        grade_change: grade_change(plan, audit),
        conclusion: visible(&sentence(plan, department)),
        overstated: points(by_verdict.overstated),
        indicators: indicators(plan, department),
        facts: audit.facts.iter().map(|fact| fact_view(plan, department, fact)).collect(),
        findings: by_severity(plan, department, &audit.findings.iter().collect::<Vec<_>>()),
    }
}

fn grade_change(plan: &Plan, audit: &Audit) -> Option<String> {
    let claimed = audit.claimed.as_ref()?.grade.as_deref()?;
    let ceiling = audit.recomputed.as_ref()?.grade_ceiling.as_str();
    let key = if is_downgraded(audit) { "grade-lower" } else { "grade-other" };
    (claimed != ceiling).then(|| plan.say(key, &[("from", &visible(claimed)), ("to", &visible(ceiling))]))
}

fn file_view(plan: &Plan, audit: &Audit) -> FileView {
    FileView { name: visible(&audit.file), href: href(plan.file_link(audit, None)) }
}

/// A link to a file as an address.
fn href(link: Option<Link>) -> Option<String> {
    match link {
        Some(Link::File(way, _)) => Some(reference(&way)),
        _ => None,
    }
}

fn indicators(plan: &Plan, department: &Department) -> Vec<IndicatorView> {
    let numbered = department.audit.indicators.iter().zip(1..);
    numbered.map(|(indicator, number)| indicator_view(plan, department, indicator, number)).collect()
}

fn indicator_view(plan: &Plan, department: &Department, indicator: &IndicatorAudit, number: usize) -> IndicatorView {
    let rules = department.scorecard().and_then(|card| card.indicators.iter().find(|rules| rules.id == indicator.id));
    let audit = department.audit;
    let facts = audit.facts.iter().filter(|fact| enters(rules, indicator, fact));
    let about = |finding: &&Finding| finding.indicator.as_deref() == Some(indicator.id.as_str());
    let findings: Vec<&Finding> = audit.findings.iter().filter(about).collect();
    IndicatorView {
        number,
        name: visible(&indicator.name),
        points: indicator.points.map(figure_text),
        claimed: plan.claims_in_words(indicator).or_else(|| indicator.claimed.map(figure_text)),
        low: score_text(indicator.low),
        high: indicator.high.map(score_text),
        verdict: verdict_view(plan, indicator.verdict),
        difference: points(indicator.difference),
        clause: rules.map(|rules| rules.clause.clone()),
        working: indicator.working.open().iter().map(|step| visible(&plan.phrase(step))).collect(),
        criteria: indicator.criteria.iter().map(|criterion| criterion_view(plan, criterion)).collect(),
        readings: indicator.readings.iter().map(|reading| reading_view(rules, reading)).collect(),
        settled_by: indicator.settled_by.iter().map(|item| visible(&settling(plan, department, item))).collect(),
        source: indicator.source.as_ref().map(source),
        facts: facts.map(|fact| fact_view(plan, department, fact)).collect(),
        findings: by_severity(plan, department, &findings),
    }
}

/// Whether a score rests on a fact: by the rules, or in a declared form as a fact of its row.
fn enters(rules: Option<&Indicator>, indicator: &IndicatorAudit, fact: &FactAudit) -> bool {
    match rules {
        Some(rules) => rules.uses(&fact.id),
        None => fact.id.split_once('.').is_some_and(|(row, _)| row == indicator.id),
    }
}

/// One score, or both ends of a range.
fn span(low: Decimal, high: Option<Decimal>) -> String {
    if high == Some(low) { score_text(low) } else { interval(low, high) }
}

fn criterion_view(plan: &Plan, criterion: &CriterionAudit) -> CriterionView {
    CriterionView {
        clause: visible(&criterion.clause),
        points: figure_text(criterion.points),
        score: span(criterion.low, Some(criterion.high)),
        working: visible(&plan.phrase(&criterion.working.open())),
    }
}

fn reading_view(rules: Option<&Indicator>, reading: &ReadingRange) -> ReadingView {
    let known = rules.and_then(|rules| rules.readings.iter().find(|known| known.id == reading.id));
    ReadingView {
        says: known.map(|known| known.says.clone()).unwrap_or_default(),
        score: span(reading.low, Some(reading.high)),
    }
}

fn fact_view(plan: &Plan, department: &Department, fact: &FactAudit) -> FactView {
    let origin = match fact.origin {
        Origin::BaseData => "origin-base-data",
        Origin::CompletionTable => "origin-completion-table",
        Origin::Narrative => "origin-narrative",
        Origin::Form => "origin-form",
        Origin::Reviewer => "origin-reviewer",
        Origin::LastYear => "origin-last-year",
    };
    FactView {
        label: visible(
            &part_label(department.audit, &fact.id, plan.language).unwrap_or_else(|| fact_label(department, &fact.id)),
        ),
        value: visible(&fact.value),
        unit: fact.unit.as_deref().map(visible).unwrap_or_default(),
        origin: plan.word(origin),
        evidence: shown(fact.evidence.as_deref()),
        used: fact.candidate,
        source: source(&fact.source),
    }
}

/// Findings, the most severe first.
fn by_severity(plan: &Plan, department: &Department, findings: &[&Finding]) -> Vec<FindingView> {
    let mut sorted = findings.to_vec();
    sorted.sort_by_key(|finding| Reverse(finding.severity));
    sorted.into_iter().map(|finding| finding_view(plan, department, finding)).collect()
}

fn finding_view(plan: &Plan, department: &Department, finding: &Finding) -> FindingView {
    FindingView {
        severity: severity_key(finding.severity),
        severity_name: severity_name(plan, finding.severity),
        code: plan.code(finding.code),
        indicator: finding.indicator.as_deref().map(|id| visible(&indicator_name(department, id))),
        message: visible(&plan.phrase(&finding.phrase)),
        source: finding.source.as_ref().map(source),
    }
}
