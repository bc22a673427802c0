//! The sample workbooks, from their bytes to their audits, against what an independent reckoning of their content
//! demands (tests/referee/expected, written by hand and by tests/referee/reference.py).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use fuhe::audit::{Audit, FileIdentity, Verdict};
use fuhe::audit_one::audit_scorecard;
use fuhe::facts::known::{Candidate, CandidateValue};
use fuhe::self_check::contradictions;
use fuhe::submission::collect;
use fuhe::workbook::{self, Limits};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::said::value_of;
use crate::submitted::shenzhen;

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/shenzhen-2020");
const EXPECTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/referee/expected/shenzhen-2020");
/// Told of verdicts, which are compared themselves, and of suspicions, which no content demands.
const NOT_COMPARED: [&str; 5] =
    ["overstated-score", "understated-score", "unverifiable-score", "reading-dependent-score", "all-full-marks"];

fn audit_of(path: &Path) -> Audit {
    let rulebook = shenzhen();
    let card = rulebook.card().expect("a card");
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    let bytes = std::fs::read(path).expect("a sample");
    let workbook = workbook::open(&name, &bytes, &Limits::default()).expect("a workbook");
    let submission = collect(
        fuhe::vocabulary::Vocabulary::builtin(),
        &workbook,
        &name,
        card,
        &rulebook.grades,
        &fuhe::submission::Effort::default(),
    )
    .expect("a submission");
    let file = FileIdentity { file: name, ..FileIdentity::default() };
    let audit = audit_scorecard(rulebook, submission, file);
    assert_eq!(contradictions(&audit, rulebook), []);
    audit
}

/// Every sample with what is expected of it.
fn samples() -> Vec<(PathBuf, Value)> {
    let entries = std::fs::read_dir(EXPECTED).expect("expectations");
    let expected = entries.map(|entry| std::fs::read_to_string(entry.expect("an entry").path()).expect("a text"));
    let expected = expected.map(|text| serde_json::from_str::<Value>(&text).expect("JSON"));
    expected.map(|expected| (Path::new(SAMPLES).join(expected["file"].as_str().expect("a name")), expected)).collect()
}

/// The same value with its decimals in one form, so that 92 and 92.00 are equal.
fn by_value(value: &Value) -> Value {
    match value {
        Value::String(text) => match Decimal::from_str_exact(text) {
            Ok(number) => Value::String(number.normalize().to_string()),
            Err(_) => value.clone(),
        },
        Value::Array(items) => items.iter().map(by_value).collect(),
        Value::Object(entries) => entries.iter().map(|(key, value)| (key.clone(), by_value(value))).collect(),
        _ => value.clone(),
    }
}

#[track_caller]
fn same(of: &str, got: &Value, expected: &Value, keys: &[&str]) {
    for key in keys {
        assert_eq!(by_value(&got[key]), by_value(&expected[key]), "{of}: {key}");
    }
}

#[test]
fn every_sample_is_audited_as_its_content_demands() {
    let samples = samples();
    assert!(samples.len() >= 8, "{} samples", samples.len());
    for (path, expected) in samples {
        let name = path.display().to_string();
        let got = value_of(&audit_of(&path));
        same(&name, &got, &expected, &["unit", "year", "claimed", "recomputed", "points"]);
        let pairs = list(&got["indicators"]).iter().zip(list(&expected["indicators"]));
        assert_eq!(list(&got["indicators"]).len(), list(&expected["indicators"]).len(), "{name}");
        for (got, expected) in pairs {
            let of = format!("{name} {}", expected["id"]);
            let keys = ["id", "claimed", "low", "high", "default", "verdict", "difference", "readings", "settled_by"];
            same(&of, got, expected, &keys);
        }
        assert_eq!(codes(&got, false), codes(&expected, false), "{name}");
        // A finding may name no indicator; where it does, it is the one expected.
        let named: BTreeSet<_> = codes(&got, true).into_iter().filter(|(_, indicator)| indicator.is_some()).collect();
        assert!(named.is_subset(&codes(&expected, true)), "{name}: {named:?}");
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Codes of the findings, with their indicators when asked.
fn codes(audit: &Value, with_indicator: bool) -> BTreeSet<(String, Option<String>)> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let findings = list(&audit["findings"]).iter();
    let pairs = findings.filter_map(|finding| Some((text(&finding["code"])?, text(&finding["indicator"]))));
    let told = pairs.filter(|(code, _)| !NOT_COMPARED.contains(&code.as_str()));
    told.map(|(code, indicator)| (code, indicator.filter(|_| with_indicator))).collect()
}

#[test]
fn every_cell_that_a_sample_fills_in_is_a_source_of_its_audit() {
    for (path, expected) in samples() {
        let audit = audit_of(&path);
        let cells = expected["cells"].as_object().expect("cells");
        for (of, cell) in cells {
            let places: Vec<Value> = match of.split_once(':') {
                Some(("claim", id)) => {
                    let claims = audit.indicators.iter().filter(|indicator| indicator.id == id);
                    claims.filter_map(|indicator| indicator.source.as_ref()).map(place).collect()
                }
                Some(("fact", id)) => {
                    audit.facts.iter().filter(|fact| fact.id == id).map(|fact| place(&fact.source)).collect()
                }
                _ => continue,
            };
            assert!(places.contains(cell), "{} {of}: {places:?}, expected {cell}", path.display());
        }
    }
}

fn place(source: &fuhe::audit::Source) -> Value {
    Value::from(vec![source.sheet.clone(), source.cell.clone(), source.text.clone()])
}

/// What the facts of an audit come to when only the values read with certainty are taken.
fn certain_facts(audit: &Audit) -> fuhe::facts::known::Facts {
    let mut facts = fuhe::facts::known::Facts::new();
    for fact in audit.facts.iter().filter(|fact| fact.candidate && fact.certain) {
        let value = match Decimal::from_str_exact(&fact.value) {
            Ok(number) => CandidateValue::Number(number),
            Err(_) => CandidateValue::Answer(fact.value.clone()),
        };
        let known = facts.entry(fact.id.clone()).or_default();
        known.candidates.push(Candidate { value, evidence: fact.evidence.is_some() });
    }
    facts
}

#[test]
fn every_accusing_verdict_of_the_samples_stands_on_certain_values_alone() {
    let rulebook = shenzhen();
    let card = rulebook.card().expect("a card");
    let mut accused = 0;
    for (path, _) in samples() {
        let audit = audit_of(&path);
        let facts = certain_facts(&audit);
        for line in &audit.indicators {
            let indicator = card.indicators.iter().find(|indicator| indicator.id == line.id).expect("an indicator");
            let range = fuhe::rescore::rescore(card, indicator, &facts);
            let holds = match (line.verdict, line.claimed) {
                (Verdict::Overstated, Some(claimed)) => {
                    range.high.is_some_and(|high| claimed - high > rulebook.tolerance)
                }
                (Verdict::Understated, Some(claimed)) => range.low - claimed > rulebook.tolerance,
                (Verdict::Agrees, Some(claimed)) => range.high.is_some_and(|high| claimed - high <= rulebook.tolerance),
                _ => continue,
            };
            accused += usize::from(line.verdict != Verdict::Agrees);
            assert!(holds, "{} {}: {:?} {:?} of {:?}", audit.file, line.name, line.verdict, line.claimed, range);
        }
    }
    assert!(accused >= 8, "{accused} accused lines");
}
