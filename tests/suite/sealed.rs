//! Stored results, altered: what follows from facts is computed again, everything else is held against the seal, and a line that
//! is not there any more is told.

use std::fs;

use fuhe::audit::{Audit, Finding, Severity, Verdict};
use fuhe::checks::Code;
use fuhe::phrase::Phrase;
use fuhe::recomputed;
use fuhe::report::writers::jsonl::{self, Most, StoredLine};
use fuhe::rulebook::library::{Library, RuleOptions};
use fuhe::self_check::contradictions;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::cli::{Desk, code, resealed, samples, words};

/// A card and a form whose rows are measured in several ways, as a run stores them.
fn lines() -> (Desk, Vec<Value>) {
    let desk = Desk::new();
    let forms = samples()[0].parent().unwrap().with_file_name("project-2020");
    desk.put("送/甲局.xlsx", &fs::read(&samples()[0]).unwrap());
    desk.put("送/乙局.xlsx", &fs::read(forms.join("云溪县水务局_河道清淤整治项目自评表.xlsx")).unwrap());
    let output = desk.fuhe(&["送", "--jsonl", "a.jsonl", "--no-workbook"]);
    assert_eq!(code(&output), 0, "{}", words(&output));
    let lines = desk.lines("a.jsonl");
    assert_eq!(lines.iter().map(|line| line["form"].is_null()).collect::<Vec<_>>(), [false, true]);
    (desk, lines)
}

fn read(line: &Value) -> Option<StoredLine> {
    jsonl::read_lines(format!("{line}\n").as_bytes(), Most::default()).ok()?.pop()
}

/// Whether anything of a line is seen to be untrue without its seal.
fn is_untrue(audit: &Audit, library: &Library) -> bool {
    let Some(rulebook) = audit.rulebook.as_ref().and_then(|name| library.find(&name.id)) else { return true };
    rulebook.sha256 != audit.rulebook.as_ref().unwrap().sha256 || !recomputed::untrue(audit, Some(rulebook)).is_empty()
}

/// Every place in a value, by its pointer.
fn places(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        Value::Object(map) => map.iter().for_each(|(key, inner)| places(inner, &format!("{at}/{key}"), all)),
        Value::Array(list) => list.iter().enumerate().for_each(|(n, inner)| places(inner, &format!("{at}/{n}"), all)),
        _ => {}
    }
}

/// The line with one thing altered: a text or number made another, an entry of a list taken away or put there twice.
fn altered(line: &Value, place: &str) -> Vec<Value> {
    let mut variants: Vec<Value> = match line.pointer(place).unwrap() {
        Value::String(text) if text.parse::<Decimal>().is_ok() => vec![json!("999"), json!(format!("{text}1"))],
        Value::String(text) => vec![json!(format!("{text}x")), json!("")],
        Value::Number(_) => vec![json!(7)],
        Value::Bool(is) => vec![json!(!is)],
        Value::Null => vec![json!("1"), json!(1)],
        Value::Array(list) => {
            let without = (0..list.len()).map(|gone| [&list[..gone], &list[gone + 1..]].concat());
            let twice = list.first().map(|first| [list.as_slice(), std::slice::from_ref(first)].concat());
            without.chain(twice).map(Value::Array).collect()
        }
        Value::Object(_) => Vec::new(),
    };
    if !place.is_empty() {
        variants.push(Value::Null);
    }
    let put = |variant| {
        let mut other = line.clone();
        *other.pointer_mut(place).unwrap() = variant;
        other
    };
    variants.into_iter().map(put).collect()
}

#[test]
fn whatever_is_altered_added_or_taken_away_of_a_stored_line_is_seen() {
    let library = Library::open(&RuleOptions::default()).unwrap();
    for line in lines().1 {
        let honest = read(&line).unwrap();
        assert!(!is_untrue(&honest.audit, &library) && honest.seal.as_ref() == Some(&jsonl::seal(&honest.audit)));
        let mut all = Vec::new();
        places(&line, "", &mut all);
        let (mut tried, mut unread) = (0, 0);
        for place in all.iter().filter(|place| !place.starts_with("/seal") && !place.starts_with("/run")) {
            for other in altered(&line, place) {
                let Some(read) = read(&other) else {
                    unread += 1;
                    continue;
                };
                // A sentence beside its terms is not read back, and null in place of nothing is nothing.
                if read.audit == honest.audit {
                    continue;
                }
                tried += 1;
                let is_seen = read.seal != Some(jsonl::seal(&read.audit)) || is_untrue(&read.audit, &library);
                assert!(is_seen, "{place}: {}", other.pointer(place).unwrap());
            }
        }
        assert!(tried > 500 && unread > 100, "{tried} {unread}");
    }
}

#[test]
fn what_follows_from_facts_and_claims_is_seen_even_under_a_seal_that_fits() {
    let library = Library::open(&RuleOptions::default()).unwrap();
    let keys = ["low", "high", "default", "verdict", "difference", "readings", "settled_by", "steps"];
    for line in lines().1 {
        let is_form = !line["form"].is_null();
        let mut all = Vec::new();
        places(&line, "", &mut all);
        let follows = |place: &&String| {
            let parts: Vec<&str> = place.split('/').collect();
            // What a form's cell says word for word stands in its steps, and nowhere else.
            let is_of_score = parts.len() > 3 && parts[1] == "indicators" && keys.contains(&parts[3]);
            let is_step = parts.contains(&"steps");
            let is_criterion = parts.len() > 5 && parts[3] == "criteria";
            let is_sum = parts.len() > 2 && (parts[1] == "points" || parts[1] == "recomputed");
            (is_of_score || is_criterion || is_sum) && !(is_form && is_step)
        };
        let judged = |place: &str| {
            let at = place.split('/').nth(2).unwrap_or_default();
            line.pointer(&format!("/indicators/{at}/declared/measure")).is_some_and(|measure| measure == "judged")
        };
        let mut tried = 0;
        // Every third of some thousands: each kind of figure is there many times.
        for place in all.iter().filter(follows).step_by(3) {
            for other in altered(&line, place) {
                let Some(read) = read(&other) else { continue };
                let is_kept = judged(place) && (place.contains("/settled_by") || place.contains("/readings"));
                if is_kept || Some(jsonl::seal(&read.audit)) == read.seal {
                    continue;
                }
                tried += 1;
                assert!(is_untrue(&read.audit, &library), "{place}: {}", other.pointer(place).unwrap());
            }
        }
        assert!(tried > 50, "{tried}");
    }
}

/// The audit with one confirmed claim made an accusation of one point, everything else made to fit.
fn accused(honest: &Audit) -> Audit {
    let mut audit = honest.clone();
    let one = Decimal::ONE;
    let is_whole = |claimed: Decimal| claimed >= one;
    let at = audit.indicators.iter().position(|line| {
        line.verdict == Verdict::Agrees && line.readings.is_empty() && line.claimed.is_some_and(is_whole)
    });
    let line = &mut audit.indicators[at.unwrap()];
    let less = |score: Option<Decimal>| score.map(|score| score - one);
    (line.low, line.high, line.default) = (line.low - one, less(line.high), less(line.default));
    (line.verdict, line.difference) = (Verdict::Overstated, one);
    let finding = Finding {
        code: Code::OverstatedScore,
        severity: Severity::Error,
        indicator: Some(line.id.clone()),
        fact: None,
        phrase: Phrase::new("finding.overstated-score").into(),
        claimed: line.claimed,
        low: Some(line.low),
        high: line.high,
        difference: Some(one),
        explanation: None,
        source: line.source.clone(),
    };
    audit.findings.push(finding);
    let (totals, points) = (audit.recomputed.as_mut().unwrap(), audit.points.as_mut().unwrap());
    (totals.low, totals.high, totals.ceiling) = (totals.low - one, less(totals.high), totals.ceiling - one);
    (points.agreed, points.overstated) = (points.agreed - one, points.overstated + one);
    audit
}

#[test]
fn an_accusation_that_fits_together_does_not_come_out_of_the_facts() {
    let (desk, lines) = lines();
    let library = Library::open(&RuleOptions::default()).unwrap();
    let honest = read(&lines[1]).unwrap().audit;
    let false_one = accused(&honest);
    let rulebook = library.find(&honest.rulebook.as_ref().unwrap().id).unwrap();
    assert_eq!(contradictions(&false_one, rulebook), [], "nothing of it contradicts itself");
    let mut stored = Vec::new();
    jsonl::write(&[false_one], fuhe::text::Language::Zh, &mut stored).unwrap();
    desk.put("b.jsonl", &stored);
    let output = desk.fuhe(&["report", "b.jsonl", "-o", "b.xlsx"]);
    assert_eq!(code(&output), 2);
    assert!(words(&output).contains("重新计算，得分范围与保存的不同"), "{}", words(&output));
    assert!(!desk.path("b.xlsx").exists());
}

#[test]
fn a_line_that_was_altered_has_no_seal_or_stands_alone_in_its_run_is_named() {
    let (desk, lines) = lines();
    let report = |bytes: &[u8]| {
        desk.put("b.jsonl", bytes);
        let output = desk.fuhe(&["report", "b.jsonl", "-o", "b.xlsx", "--force"]);
        (code(&output), words(&output))
    };
    let text = |lines: &[&Value]| lines.iter().map(|line| format!("{line}\n")).collect::<String>().into_bytes();
    let with = |change: &dyn Fn(&mut Value)| {
        let mut other = lines[1].clone();
        change(&mut other);
        report(&text(&[&lines[0], &other]))
    };
    // The keys of every object in another order, as another program may write them.
    assert_eq!(report(&text(&[&lines[1], &lines[0]])).0, 0, "in any order");
    let (code, said) = with(&|line| line["facts"][0]["source"]["text"] = json!("999"));
    assert!(code == 2 && said.contains("甲局.xlsx") && said.contains("第 2 行") && said.contains("封印"), "{said}");
    let (code, said) = with(&|line| drop(line["facts"].as_array_mut().unwrap().pop()));
    assert_eq!(code, 2, "{said}");
    let (code, said) = with(&|line| drop(line.as_object_mut().unwrap().remove("seal")));
    assert!(code == 2 && said.contains("没有封印") && said.contains("重新复核"), "{said}");
    let (code, said) = with(&|line| drop(line.as_object_mut().unwrap().remove("run")));
    assert!(code == 2 && said.contains("没有封印"), "{said}");
    let (code, said) = report(&text(&[&lines[1]]));
    assert!(code == 3 && said.contains("写出 2 行，缺少 1 行（第 1 行）") && said.contains("b.jsonl"), "{said}");
    // Another line under a seal of its own in the place of one: each is whole, the run is not.
    let mut other: Value = serde_json::from_slice(&resealed(&[&{
        let mut other = lines[1].clone();
        other["unit"] = json!("丙局");
        other
    }]))
    .unwrap();
    assert_eq!(report(&text(&[&other])).0, 0, "as a run of its own it is sound");
    other["run"] = lines[1]["run"].clone();
    let (code, said) = report(&text(&[&lines[0], &other]));
    assert!(code == 2 && said.contains("换过"), "{said}");
}

#[test]
fn a_file_without_a_result_is_refused_also_beside_others() {
    let (desk, _) = lines();
    for empty in ["", "\n\n"] {
        desk.put("空.jsonl", empty.as_bytes());
        let output = desk.fuhe(&["report", "空.jsonl", "-o", "b.xlsx"]);
        assert_eq!(code(&output), 2, "{}", words(&output));
        assert!(words(&output).contains("空.jsonl 中没有任何复核结果") && !desk.path("b.xlsx").exists());
    }
    let output = desk.fuhe(&["report", "空.jsonl", "a.jsonl", "-o", "b.xlsx"]);
    assert_eq!(code(&output), 2, "{}", words(&output));
    assert!(words(&output).contains("空.jsonl 中没有任何复核结果") && !words(&output).contains("a.jsonl 中"));
    assert!(!desk.path("b.xlsx").exists(), "what it should hold would be missing");
    // Where the folder is named every file without a line is told: a part of it that held no workbook keeps nobody from a report.
    let output = desk.fuhe(&["report", "空.jsonl", "a.jsonl", "--folder", "送", "-o", "b.xlsx"]);
    assert_eq!(code(&output), 0, "{}", words(&output));
    assert!(words(&output).contains("空.jsonl 中没有任何复核结果") && desk.path("b.xlsx").exists());
}

#[test]
fn results_of_a_whole_corpus_come_out_again_to_the_byte() {
    let desk = Desk::new();
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus");
    let output = desk.fuhe(&[corpus, "--jsonl", "a.jsonl", "--no-workbook"]);
    assert_eq!(code(&output), 3, "some are made not to be read: {}", words(&output));
    let output = desk.fuhe(&["report", "a.jsonl", "--no-workbook", "--jsonl", "b.jsonl"]);
    assert_eq!(code(&output), 3, "{}", words(&output));
    assert!(fs::read(desk.path("a.jsonl")).unwrap() == fs::read(desk.path("b.jsonl")).unwrap());
}

#[test]
fn the_referee_of_seals_leaves_out_what_the_program_leaves_out() {
    let referee = include_str!("../referee/seal.py");
    let list = referee.split_once("OF_THE_BATCH = {").unwrap().1.split_once('}').unwrap().0;
    let mut named: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    let mut due: Vec<&str> =
        Code::ALL.iter().copied().filter(|code| fuhe::across::adds(*code)).map(Code::as_str).collect();
    due.sort_unstable();
    named.sort_unstable();
    assert_eq!(named, due);
}
