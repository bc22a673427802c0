//! The sample workbooks against what their content demands (tests/generators/project.py writes both).

use std::path::Path;

use fuhe::audit::Audit;
use fuhe::submission::declared::find;
use fuhe::workbook::{Limits, open};
use rust_decimal::Decimal;
use serde_json::Value;

use super::written::{audited, declared};
use crate::said::value_of;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const OF_VERDICTS: [&str; 4] =
    ["overstated-score", "understated-score", "unverifiable-score", "reading-dependent-score"];

#[test]
fn every_form_of_the_samples_is_found_and_comes_out_as_its_content_demands() {
    let folder = Path::new(ROOT).join("tests/referee/expected/project-2020");
    let mut forms = 0;
    for entry in std::fs::read_dir(folder).expect("the expectations") {
        let text = std::fs::read_to_string(entry.expect("an entry").path()).expect("an expectation");
        let expected: Value = serde_json::from_str(&text).expect("an expectation");
        let audits = audits(expected["file"].as_str().expect("a file"));
        let wanted = expected["forms"].as_array().expect("forms");
        assert_eq!(audits.len(), wanted.len(), "{}", expected["file"]);
        for (audit, wanted) in audits.iter().zip(wanted) {
            compare(audit, wanted);
            forms += 1;
        }
    }
    assert!(forms >= 11, "{forms} forms");
}

fn audits(file: &str) -> Vec<Audit> {
    let path = Path::new(ROOT).join("samples/project-2020").join(file);
    let bytes = std::fs::read(path).expect("a sample");
    let workbook = open(file, &bytes, &Limits::default()).expect("a workbook");
    find(fuhe::vocabulary::Vocabulary::builtin(), &workbook, file, declared(), &fuhe::submission::Effort::default())
        .iter()
        .map(audited)
        .collect()
}

fn compare(audit: &Audit, wanted: &Value) {
    let got = value_of(audit);
    let name = &wanted["project"];
    for key in ["sheet", "form", "project", "unit", "year"] {
        assert_eq!(got[key], wanted[key], "{key} of {name}");
    }
    same(&got["claimed"]["total"], &wanted["total"], &format!("total of {name}"));
    for part in ["recomputed", "points"] {
        for (key, value) in wanted[part].as_object().expect("numbers") {
            same(&got[part][key], value, &format!("{part} {key} of {name}"));
        }
    }
    let lines = got["indicators"].as_array().expect("lines");
    let wanted_lines = wanted["indicators"].as_array().expect("lines");
    assert_eq!(lines.len(), wanted_lines.len(), "lines of {name}");
    for (line, wanted) in lines.iter().zip(wanted_lines) {
        for (key, value) in wanted.as_object().expect("a line") {
            same(&line[key], value, &format!("{key} of {} of {name}", wanted["id"]));
        }
    }
    assert_eq!(findings(audit), sorted(&wanted["findings"]), "findings of {name}");
}

/// Decimals by value, anything else as it is.
fn same(got: &Value, wanted: &Value, what: &str) {
    let number = |value: &Value| value.as_str().and_then(|text| Decimal::from_str_exact(text).ok());
    match (number(got), number(wanted)) {
        (Some(got), Some(wanted)) => assert_eq!(got, wanted, "{what}"),
        _ => assert_eq!(got, wanted, "{what}"),
    }
}

/// Code and indicator of every finding.
type Told = Vec<(String, Option<String>)>;

fn sorted(wanted: &Value) -> Told {
    let mut told: Told = serde_json::from_value(wanted.clone()).expect("pairs of code and indicator");
    told.sort();
    told
}

/// Code and indicator of every finding that is no verdict's, sorted.
fn findings(audit: &Audit) -> Told {
    let told = audit.findings.iter().filter(|finding| !OF_VERDICTS.contains(&finding.code.as_str()));
    let mut told: Told = told.map(|finding| (finding.code.to_string(), finding.indicator.clone())).collect();
    told.sort();
    told
}
