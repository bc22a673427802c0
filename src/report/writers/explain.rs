//! What was read from one workbook and from where, and the working of its scores, as text for a terminal.

use crate::audit::{Audit, FactAudit, IndicatorAudit, Source};
use crate::checks::{settled_list, settled_of_row};
use crate::decimal_text::{figure_text, score_text};
use crate::report::plan::claims_in_words;
use crate::rulebook::Rulebook;
use crate::submission::{TableFound, TableKind};
use crate::text::{Language, visible};

use super::width::pad;
use crate::report::sheets::differences::part_label;

/// The whole page: tables found, identity, scores, facts found and missing, and what was noticed.
pub fn page(audit: &Audit, tables: &[TableFound], rulebook: &Rulebook, language: Language) -> String {
    let mut lines = heading(audit, rulebook, language);
    lines.extend(tables_found(tables, language));
    lines.extend(scores(audit, language));
    lines.extend(facts(audit, rulebook, language));
    lines.extend(findings(audit, language));
    finish(lines)
}

/// The working of one score: its criteria, its readings, and what would settle it.
pub fn score(audit: &Audit, indicator: &IndicatorAudit, rulebook: &Rulebook, language: Language) -> String {
    let mut lines = vec![score_line(indicator, language)];
    lines.extend(indicator.working.open().iter().map(|step| format!("  {}", language.phrase(step))));
    if !indicator.settled_by.is_empty() {
        let settled = settled(indicator, rulebook, language);
        lines.push(format!("  {}", language.say("report.explain-settled-by", &[("what", &settled)])));
    }
    let about = audit.findings.iter().filter(|finding| finding.indicator.as_deref() == Some(&indicator.id));
    lines.extend(about.map(|finding| format!("  {}", language.phrase(&finding.phrase))));
    finish(lines)
}

fn settled(indicator: &IndicatorAudit, rulebook: &Rulebook, language: Language) -> String {
    let settled = match rulebook.card() {
        Some(card) => settled_list(card, &indicator.settled_by),
        None => settled_of_row(&indicator.settled_by),
    };
    language.term(&settled).into_owned()
}

/// The indicator that a person means by its id or its name.
pub fn find_indicator<'a>(audit: &'a Audit, wanted: &str) -> Option<&'a IndicatorAudit> {
    let exact = audit.indicators.iter().find(|indicator| indicator.id == wanted || indicator.name == wanted);
    exact.or_else(|| {
        let mut near = audit.indicators.iter().filter(|indicator| indicator.name.contains(wanted));
        near.next().filter(|_| near.next().is_none())
    })
}

fn finish(lines: Vec<String>) -> String {
    let mut text = lines.iter().map(|line| visible(line)).collect::<Vec<_>>().join("\n");
    text.push('\n');
    text
}

fn heading(audit: &Audit, rulebook: &Rulebook, language: Language) -> Vec<String> {
    let unknown = || language.word("report.explain-unknown");
    let unit = audit.unit.clone().unwrap_or_else(unknown);
    let year = audit.year.map_or_else(unknown, |year| year.to_string());
    let claimed = audit.claimed.as_ref();
    let total = claimed.and_then(|claimed| claimed.total).map_or_else(unknown, score_text);
    let grade = claimed.and_then(|claimed| claimed.grade.clone()).unwrap_or_else(unknown);
    vec![
        audit.file.clone(),
        language
            .say("report.explain-identity", &[("unit", &unit), ("year", &year), ("total", &total), ("grade", &grade)]),
        language.say("report.explain-rulebook", &[("id", &rulebook.id), ("name", &rulebook.name)]),
    ]
}

fn tables_found(tables: &[TableFound], language: Language) -> Vec<String> {
    let mut lines = vec![String::new(), language.say("report.explain-tables", &[("count", &tables.len())])];
    lines.extend(tables.iter().map(|table| {
        let kind = language.word(table_kind(table.kind));
        let place = format!("{}!{}", table.sheet, table.area);
        format!("  {}  {}  {}", pad(&kind, 12), pad(&place, 24), table.header)
    }));
    lines
}

fn table_kind(kind: TableKind) -> &'static str {
    match kind {
        TableKind::Scorecard => "report.table-scorecard",
        TableKind::BaseData => "report.table-base-data",
        TableKind::Completion => "report.table-completion",
        TableKind::Kpi => "report.table-kpi",
        TableKind::Narrative => "report.table-narrative",
        TableKind::Declared => "report.table-declared",
    }
}

fn scores(audit: &Audit, language: Language) -> Vec<String> {
    let mut lines = vec![String::new(), language.say("report.explain-scores", &[("count", &audit.indicators.len())])];
    lines.extend(audit.indicators.iter().map(|indicator| format!("  {}", score_line(indicator, language))));
    lines
}

fn score_line(indicator: &IndicatorAudit, language: Language) -> String {
    let claimed = claims_in_words(indicator, language).or_else(|| indicator.claimed.map(figure_text));
    let claimed = claimed.unwrap_or_else(|| "—".to_owned());
    let high = indicator.high.map_or_else(|| "—".to_owned(), score_text);
    let low = score_text(indicator.low);
    let range = if low == high { low } else { format!("{low}–{high}") };
    let verdict = language.word(&format!("report.verdict-{}", verdict_key(indicator)));
    let place = indicator.source.as_ref().map(place).unwrap_or_default();
    format!("{}  {}  {}  {}  {place}", pad(&indicator.name, 28), pad(&claimed, 6), pad(&range, 12), pad(&verdict, 8))
}

fn verdict_key(indicator: &IndicatorAudit) -> &'static str {
    use crate::audit::Verdict;
    match indicator.verdict {
        Verdict::Agrees => "agrees",
        Verdict::Overstated => "overstated",
        Verdict::Understated => "understated",
        Verdict::ReadingDependent => "reading-dependent",
        Verdict::Unverifiable => "unverifiable",
        Verdict::Invalid => "invalid",
    }
}

fn facts(audit: &Audit, rulebook: &Rulebook, language: Language) -> Vec<String> {
    let known = rulebook.facts();
    let label = |id: &str| {
        let fact = known.iter().find(|fact| fact.id == id).map(|fact| fact.label.clone());
        fact.or_else(|| part_label(audit, id, language)).unwrap_or_else(|| id.to_owned())
    };
    let missing: Vec<_> = known.iter().filter(|fact| audit.facts.iter().all(|found| found.id != fact.id)).collect();
    let key = if known.is_empty() { "report.explain-facts-of-form" } else { "report.explain-facts" };
    let counts = language.say(key, &[("found", &audit.facts.len()), ("missing", &missing.len())]);
    let mut lines = vec![String::new(), counts];
    lines.extend(audit.facts.iter().map(|fact| fact_line(fact, &label(&fact.id), language)));
    if !missing.is_empty() {
        let names = missing.iter().map(|fact| fact.label.as_str()).collect::<Vec<_>>().join("、");
        lines.push(format!("  {}", language.say("report.explain-missing", &[("names", &names)])));
    }
    lines
}

fn fact_line(fact: &FactAudit, label: &str, language: Language) -> String {
    let value = format!("{}{}", fact.value, fact.unit.as_deref().unwrap_or_default());
    let unused = if fact.candidate { String::new() } else { language.word("report.explain-not-used") };
    format!(
        "  {}  {}  {}  “{}”{unused}",
        pad(label, 32),
        pad(&value, 16),
        pad(&place(&fact.source), 20),
        shortened(&fact.source.text)
    )
}

fn findings(audit: &Audit, language: Language) -> Vec<String> {
    let mut lines = vec![String::new(), language.say("report.explain-findings", &[("count", &audit.findings.len())])];
    lines.extend(audit.findings.iter().map(|finding| format!("  {}", language.phrase(&finding.phrase))));
    lines
}

fn place(source: &Source) -> String {
    format!("{}!{}", source.sheet, source.cell)
}

/// Long text of a cell, cut for one line of a terminal.
pub(super) fn shortened(text: &str) -> String {
    let line: String = text.chars().map(|character| if character == '\n' { ' ' } else { character }).take(40).collect();
    if text.chars().count() > 40 { format!("{line}…") } else { line }
}
