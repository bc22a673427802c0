//! The corpus: workbooks as departments hand them in, each with what an honest reading of it finds.
//!
//! `tests/corpus/README.md` says what the keys of an expectation mean.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use fuhe::audit::{Audit, FactAudit, FileIdentity, Finding, Source};
use fuhe::audit_one::audit_scorecard;
use fuhe::rulebook::Rulebook;
use fuhe::submission::collect;
use fuhe::workbook::{Limits, Workbook, open};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::said::Said;
use crate::submitted::shenzhen;

/// The kinds of findings that an expectation lists completely.
const KINDS: [&str; 27] = [
    "indicator-renamed",
    "indicator-unknown",
    "indicator-missing",
    "indicator-duplicated",
    "unit-ambiguous",
    "unit-assumed",
    "not-measurable",
    "not-applicable",
    "fact-unreadable",
    "fact-conflict",
    "fact-out-of-range",
    "formula-without-value",
    "formula-replaced",
    "error-cell",
    "hidden-data",
    "year-missing",
    "year-mismatch",
    "narrative-conflict",
    "score-missing",
    "score-not-a-number",
    "negative-score",
    "score-above-points",
    "points-altered",
    "total-mismatch",
    "section-total-mismatch",
    "grade-mismatch",
    "completion-total-mismatch",
];

struct Case {
    name: String,
    expected: Value,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for entry in fs::read_dir(folder()).expect("the corpus is there") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "json") {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let expected = serde_json::from_str(&fs::read_to_string(&path).expect("readable")).expect("JSON");
            cases.push(Case { name, expected });
        }
    }
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

/// The audit of a workbook, or the code of why there is none.
fn audited(workbook: &Workbook, file: &str, rulebook: &Rulebook) -> Result<Audit, &'static str> {
    let card = rulebook.card().expect("a card");
    match collect(
        fuhe::vocabulary::Vocabulary::builtin(),
        workbook,
        file,
        card,
        &rulebook.grades,
        &fuhe::submission::Effort::default(),
    ) {
        Ok(submission) => {
            let identity = FileIdentity { file: file.to_owned(), sha256: String::new(), size: 0 };
            Ok(audit_scorecard(rulebook, submission, identity))
        }
        Err(refused) => Err(refused.code().as_str()),
    }
}

/// A value as something to compare: decimals by value, other texts as they are.
fn comparable(text: &str) -> String {
    Decimal::from_str(text).map_or_else(|_| text.to_owned(), |number| number.normalize().to_string())
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(comparable)
}

fn differences(case: &Case, result: &Result<Audit, &'static str>) -> Vec<String> {
    let expected = &case.expected;
    match (result, expected["status"].as_str()) {
        (Err(code), Some("unread")) if allows(&expected["problem"], code) => Vec::new(),
        (Err(code), _) => vec![format!("unread: {code}, expected {}", expected["problem"])],
        (Ok(_), Some("unread")) => vec![format!("audited, expected {}", expected["problem"])],
        (Ok(audit), _) => {
            let parts = [
                head(expected, audit),
                claims(expected, audit),
                facts(expected, audit),
                findings(expected, audit),
                verdicts(expected, audit),
            ];
            parts.concat()
        }
    }
}

fn allows(problem: &Value, code: &str) -> bool {
    problem.as_str() == Some(code)
        || problem.as_array().is_some_and(|codes| codes.iter().any(|one| one.as_str() == Some(code)))
}

fn head(expected: &Value, audit: &Audit) -> Vec<String> {
    let claimed = audit.claimed.as_ref();
    let total = claimed.and_then(|claimed| claimed.total).map(|total| total.normalize().to_string());
    let found = [
        ("unit", audit.unit.clone(), text(&expected["unit"])),
        ("year", audit.year.map(|year| year.to_string()), expected["year"].as_i64().map(|year| year.to_string())),
        ("claimed_total", total, text(&expected["claimed_total"])),
        ("claimed_grade", claimed.and_then(|claimed| claimed.grade.clone()), text(&expected["claimed_grade"])),
    ];
    found
        .into_iter()
        .filter(|(_, found, wanted)| found != wanted)
        .map(|(key, found, wanted)| format!("{key}: {found:?}, expected {wanted:?}"))
        .collect()
}

fn claims(expected: &Value, audit: &Audit) -> Vec<String> {
    let mut wrong = Vec::new();
    for indicator in &audit.indicators {
        let wanted = &expected["claims"][&indicator.id];
        let claimed = indicator.claimed.map(|claimed| claimed.normalize().to_string());
        if claimed != text(&wanted["value"]) {
            wrong.push(format!("claim of {}: {claimed:?}, expected {}", indicator.id, wanted["value"]));
        }
        if let (Some(source), false) = (&indicator.source, wanted.is_null()) {
            wrong.extend(place(source, wanted).map(|place| format!("claim of {} {place}", indicator.id)));
            if wanted["text"].as_str().is_some_and(|text| text != source.text) {
                wrong.push(format!("claim of {} quoted {:?}, expected {}", indicator.id, source.text, wanted["text"]));
            }
        }
    }
    wrong
}

fn place(source: &Source, wanted: &Value) -> Option<String> {
    let same = wanted["sheet"].as_str() == Some(&source.sheet) && wanted["cell"].as_str() == Some(&source.cell);
    (!same).then(|| format!("from {}!{}, expected {}!{}", source.sheet, source.cell, wanted["sheet"], wanted["cell"]))
}

fn facts(expected: &Value, audit: &Audit) -> Vec<String> {
    let wanted = |list: &str| -> Vec<String> {
        let list = expected[list].as_array().cloned().unwrap_or_default();
        let key = |fact: &Value| {
            let field = |name: &str| fact[name].as_str().unwrap_or("-").to_owned();
            let value = comparable(&field("value"));
            [
                field("id"),
                value,
                field("unit"),
                field("origin"),
                fact["candidate"].to_string(),
                field("sheet"),
                field("cell"),
            ]
            .join(" ")
        };
        list.iter().map(key).collect()
    };
    let mut found: Vec<String> = audit.facts.iter().map(written).collect();
    let mut wrong = Vec::new();
    for fact in wanted("facts") {
        match found.iter().position(|one| *one == fact) {
            Some(at) => drop(found.remove(at)),
            None => wrong.push(format!("fact missing: {fact}")),
        }
    }
    let optional: BTreeSet<String> = wanted("facts").into_iter().chain(wanted("may_facts")).collect();
    let unexpected = found.into_iter().filter(|fact| !optional.contains(fact));
    wrong.extend(unexpected.map(|fact| format!("fact too much: {fact}")));
    wrong
}

/// A fact of an audit as one comparable line.
fn written(fact: &FactAudit) -> String {
    let origin = serde_json::to_value(fact.origin).expect("a name");
    let origin = origin.as_str().expect("a text").to_owned();
    let unit = fact.unit.clone().unwrap_or_else(|| "-".to_owned());
    let (sheet, cell) = (fact.source.sheet.clone(), fact.source.cell.clone());
    [fact.id.clone(), comparable(&fact.value), unit, origin, fact.candidate.to_string(), sheet, cell].join(" ")
}

fn findings(expected: &Value, audit: &Audit) -> Vec<String> {
    let list = |key: &str| expected[key].as_array().cloned().unwrap_or_default();
    let names = |key: &str| -> BTreeSet<String> {
        list(key).iter().filter_map(|code| code.as_str().map(str::to_owned)).collect()
    };
    let by_alias = |wanted: &Value| !expected["unsure"].is_null() && wanted["code"] == "indicator-renamed";
    let missing = list("findings")
        .into_iter()
        .filter(|wanted| !by_alias(wanted) && !audit.findings.iter().any(|finding| is(wanted, finding)));
    let mut wrong: Vec<String> = missing.map(|wanted| format!("finding missing: {wanted}")).collect();
    let mut known = names("may");
    known.extend(list("findings").iter().filter_map(|finding| finding["code"].as_str().map(str::to_owned)));
    for finding in &audit.findings {
        let unexpected = KINDS.contains(&finding.code.as_str()) && !known.contains(finding.code.as_str());
        if unexpected || names("absent_findings").contains(finding.code.as_str()) {
            wrong.push(format!("finding too much: {} {}", finding.code, finding.message()));
        }
    }
    wrong
}

fn is(wanted: &Value, finding: &Finding) -> bool {
    let source = finding.source.as_ref();
    let same = |key: &str, found: Option<&str>| wanted[key].as_str().is_none_or(|value| found == Some(value));
    if wanted["code"] == "fact-conflict" {
        // Of several sources that disagree, either may be named.
        return finding.code.as_str() == "fact-conflict" && same("fact", finding.fact.as_deref());
    }
    wanted["code"].as_str() == Some(finding.code.as_str())
        && same("indicator", finding.indicator.as_deref())
        && same("sheet", source.map(|source| source.sheet.as_str()))
        && same("cell", source.map(|source| source.cell.as_str()))
}

fn verdicts(expected: &Value, audit: &Audit) -> Vec<String> {
    let name = |verdict| serde_json::to_value(verdict).expect("a name").as_str().unwrap_or_default().to_owned();
    let wrong = audit
        .indicators
        .iter()
        .filter(|one| expected["verdicts"][&one.id].as_str() != Some(name(one.verdict).as_str()));
    wrong
        .map(|one| format!("verdict of {}: {}, expected {}", one.id, name(one.verdict), expected["verdicts"][&one.id]))
        .collect()
}

/// What differs, by case; a case that cannot be opened here is left to the readers' own tests.
fn all_differences() -> Vec<String> {
    let rulebook = shenzhen();
    let mut wrong = Vec::new();
    for case in cases() {
        let file = case.expected["file"].as_str().expect("a file");
        let bytes = fs::read(folder().join(file)).expect("the workbook");
        match open(file, &bytes, &Limits::default()) {
            Ok(workbook) => {
                let result = audited(&workbook, file, rulebook);
                let unsure = if case.expected["unsure"].is_null() { "" } else { " (unsure)" };
                wrong.extend(
                    differences(&case, &result).into_iter().map(|message| format!("{}{unsure}: {message}", case.name)),
                );
            }
            Err(problem) if case.expected["status"] == "unread" => {
                let same = allows(&case.expected["problem"], problem.code.as_str());
                if !same {
                    wrong.push(format!(
                        "{}: {}, expected {}",
                        case.name,
                        problem.code.as_str(),
                        case.expected["problem"]
                    ));
                }
            }
            Err(problem) => wrong.push(format!("{}: not read: {}", case.name, problem.code.as_str())),
        }
    }
    wrong
}

#[test]
fn every_workbook_of_the_corpus_is_read_as_an_honest_reader_would() {
    let wrong = all_differences();
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}
