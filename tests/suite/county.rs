//! The rulebook of an invented county, written from the guide alone, with every rule kind in it; and a submission to
//! it, audited by the program as a bureau runs it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use fuhe::rulebook::{Rule, Rulebook, load};
use serde_json::Value;

use crate::engine::card;

const RULEBOOK: &str = "tests/fixtures/county/云岭县2023.toml";
const SUBMISSION: &str = "tests/fixtures/county/云岭县水务局2023年度绩效自评.xlsx";

fn place(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}

fn fuhe(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fuhe")).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap()
}

fn county() -> Rulebook {
    let text = std::fs::read_to_string(place(RULEBOOK)).unwrap();
    load(RULEBOOK, &text).unwrap_or_else(|flaws| {
        let told = |flaw: &fuhe::rulebook::Flaw| {
            format!("{}:{} {}", flaw.line, flaw.code, flaw.message(fuhe::text::Language::Zh))
        };
        panic!("{:#?}", flaws.iter().map(told).collect::<Vec<_>>())
    })
}

fn kind(rule: &Rule) -> &'static str {
    match rule {
        Rule::Proportion(_) => "proportion",
        Rule::Bands(_) => "bands",
        Rule::StepDeduction(_) => "step_deduction",
        Rule::CountDeduction(_) => "count_deduction",
        Rule::Choice(_) => "choice",
        Rule::Attested(_) => "attested",
        Rule::Judgement(_) => "judgement",
        other => panic!("no county names {other:?}"),
    }
}

#[test]
fn the_rulebook_of_the_county_has_no_flaw_and_every_rule_kind() {
    let rulebook = county();
    let rules = card(&rulebook).indicators.iter().flat_map(|indicator| &indicator.readings[0].criteria);
    let kinds: BTreeSet<&str> = rules.map(|criterion| kind(&criterion.rule)).collect();
    assert_eq!(kinds.len(), 7, "{kinds:?}");
}

#[test]
fn the_submission_of_the_county_is_audited_by_its_own_rulebook() {
    let folder = tempfile::tempdir().unwrap();
    let jsonl = folder.path().join("audit.jsonl");
    let workbook = folder.path().join("audit.xlsx");
    let output = fuhe(&[
        SUBMISSION,
        "--rulebook",
        RULEBOOK,
        "--jsonl",
        jsonl.to_str().unwrap(),
        "--output",
        workbook.to_str().unwrap(),
    ]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = std::fs::read_to_string(&jsonl).unwrap();
    let audit: Value = lines.lines().find_map(|line| serde_json::from_str(line).ok()).unwrap();
    let verdicts: Vec<String> = audit["indicators"].as_array().unwrap().iter().map(told).collect();
    // By hand from the clauses: 5 + 3.5; 62 of 1000 is 6.2 %, two points begun or 1.2 over; 100 of 1000 is 10 %;
    // 15 of 20 is 4.5, and no evidence for the other 4; 5 + 4.5 + 9.5, or 6 + 4.5 + 10 within 20; 8 and a judgement.
    assert_eq!(
        verdicts,
        [
            "budgeting 8.5 in 8.50 to 8.50: agrees",
            "adjustment 17.6 in 16.00 to 17.60: reading_dependent",
            "carryover 10 in 6.00 to 6.00: overstated",
            "openness 6 in 6.00 to 6.00: agrees",
            "procurement 8.5 in 4.50 to 8.50: unverifiable",
            "balance 18 in 19.00 to 20.00: understated",
            "service 18 in 8.00 to 20.00: unverifiable",
        ]
    );
}

fn told(indicator: &Value) -> String {
    let text = |key: &str| indicator[key].as_str().unwrap_or("none").to_owned();
    format!("{} {} in {} to {}: {}", text("id"), text("claimed"), text("low"), text("high"), text("verdict"))
}

#[test]
fn an_audit_refuses_a_flawed_rulebook_and_shows_its_line() {
    let flawed = "tests/flawed/an-edge-in-no-band.toml";
    let output = fuhe(&[SUBMISSION, "--rulebook", flawed]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("90%") && told.contains("{ above = \"90%\", to = \"100%\", points = 10 }"), "{told}");
}

#[test]
fn the_check_command_passes_the_county_and_tells_every_flaw_of_a_flawed_rulebook() {
    assert_eq!(fuhe(&["rulebook", "check", RULEBOOK]).status.code(), Some(0));
    let output = fuhe(&["rulebook", "check", "tests/flawed/several-flaws-at-once.toml"]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    for word in ["capped = true", "points = 40", "{ above = \"90%\"", "{ name = \"差\", from = 1 }"] {
        assert!(told.contains(word), "{word} in {told}");
    }
}
