//! The engine against an independent reckoning of the card (tests/referee/reference.py): same facts, same ranges.
//!
//! FUHE_REFEREE_CASES sets how many random cases are compared (1,000 unless told); they need python3.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use fuhe::facts::known::{Candidate, CandidateValue, Facts, Known};
use fuhe::rescore::{Rescored, rescore};
use fuhe::rulebook::{Rulebook, Scorecard};
use rayon::iter::{ParallelBridge, ParallelIterator};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::engine::{card, shenzhen};

const SEED: &str = "20201231";

/// The reckoning, wherever in the repository the package lies that this is compiled for.
fn script() -> PathBuf {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    above.map(|folder| folder.join("tests/referee/reference.py")).find(|script| script.exists()).expect("the reckoning")
}

fn cases() -> usize {
    std::env::var("FUHE_REFEREE_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(1000)
}

fn python() -> Option<&'static str> {
    ["python3", "python"].into_iter().find(|name| {
        let version = Command::new(name).arg("-c").arg("import fractions").output();
        version.is_ok_and(|output| output.status.success())
    })
}

#[test]
#[allow(clippy::print_stdout, reason = "what was left out is said")]
fn the_engine_agrees_with_an_independent_reckoning() {
    let Some(python) = python() else {
        assert!(std::env::var_os("CI").is_none(), "python3 is needed for the comparison with the reference");
        println!("left out, python3 is missing: {} random cases against tests/referee/reference.py", cases());
        return;
    };
    let mut child = Command::new(python)
        .env("PYTHONIOENCODING", "utf-8")
        .arg(script())
        .args(["--generate", &cases().to_string(), "--seed", SEED, "--jobs", "2"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("python starts");
    let rulebook: Rulebook = shenzhen();
    let card = card(&rulebook);
    let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let compared = lines.par_bridge().map(|line| compare(card, &line.expect("a line"))).count();
    assert!(child.wait().expect("python ends").success());
    assert_eq!(compared, cases());
}

fn compare(card: &Scorecard, line: &str) {
    let case: Value = serde_json::from_str(line).expect("a case");
    let facts = known_facts(&case["facts"]);
    let expected = case["expected"]["indicators"].as_array().expect("indicators");
    assert_eq!(expected.len(), card.indicators.len());
    for (indicator, expected) in card.indicators.iter().zip(expected) {
        let rescored = rescore(card, indicator, &facts);
        assert_eq!(told(&rescored), wanted(expected), "{} with {:#}\n{:#?}", indicator.id, case["facts"], rescored);
    }
}

fn known_facts(facts: &Value) -> Facts {
    let facts = facts.as_object().expect("facts");
    facts.iter().filter_map(|(id, given)| known(given).map(|known| (id.clone(), known))).collect()
}

/// A fact of a case; one without candidates is missing, and has no entry.
fn known(given: &Value) -> Option<Known> {
    let not_applicable = given["not_applicable"].as_bool() == Some(true);
    let evidence = given["evidence"].as_bool() == Some(true);
    let texts = given["candidates"].as_array().filter(|_| !not_applicable);
    let candidates: Vec<Candidate> = texts
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(|text| Candidate { value: value(text), evidence })
        .collect();
    (not_applicable || !candidates.is_empty()).then_some(Known { candidates, not_applicable, ..Known::default() })
}

fn value(text: &str) -> CandidateValue {
    text.parse().map_or_else(|_| CandidateValue::Answer(text.to_owned()), CandidateValue::Number)
}

type Told = (Decimal, Decimal, Option<Decimal>, Vec<(String, Decimal, Decimal)>, Vec<String>);

fn told(rescored: &Rescored) -> Told {
    let readings = if rescored.readings.len() > 1 { &rescored.readings[..] } else { &[] };
    let readings = readings.iter().map(|range| (range.id.clone(), range.low, range.high)).collect();
    (
        rescored.low,
        rescored.high.unwrap_or_default(),
        rescored.default,
        readings,
        crate::engine::settled(&rescored.settled_by),
    )
}

fn wanted(expected: &Value) -> Told {
    let number = |value: &Value| value.as_str().map(|text| text.parse::<Decimal>().expect("a decimal"));
    let needed = |value: &Value| number(value).expect("a decimal");
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let readings = list(&expected["readings"])
        .iter()
        .map(|reading| {
            (reading["id"].as_str().unwrap_or("").to_owned(), needed(&reading["low"]), needed(&reading["high"]))
        })
        .collect();
    let settled = list(&expected["settled_by"]).iter().filter_map(Value::as_str).map(str::to_owned).collect();
    (needed(&expected["low"]), needed(&expected["high"]), number(&expected["default"]), readings, settled)
}
