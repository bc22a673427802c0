//! Stored audits may come from anywhere: what they say is believed only as far as it holds together.

use std::fs;

use fuhe::audit::Audit;
use fuhe::forms::FormKind;
use fuhe::report::writers::jsonl::{Most, ReadError, read_lines};
use serde_json::{Value, json};

use crate::cli::{Desk, code, resealed, samples, words};
use crate::said::{audit_of_line, value_of};

/// A desk with the stored audit of one sample.
fn desk() -> (Desk, Value) {
    let desk = Desk::new();
    let sample = desk.put("某局.xlsx", &fs::read(&samples()[0]).unwrap());
    desk.fuhe(&[sample.to_str().unwrap(), "--jsonl", "a.jsonl"]);
    let line = desk.lines("a.jsonl").remove(0);
    (desk, line)
}

/// Code and words of a report on these lines.
fn report(desk: &Desk, lines: &[&Value]) -> (i32, String) {
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    report_bytes(desk, text.as_bytes())
}

fn report_bytes(desk: &Desk, lines: &[u8]) -> (i32, String) {
    desk.put("b.jsonl", lines);
    let output = desk.fuhe(&["report", "b.jsonl", "-o", "b.xlsx", "--force"]);
    (code(&output), words(&output))
}

#[test]
fn a_stored_audit_that_lies_where_less_was_looked_at_is_refused() {
    let (desk, line) = desk();
    assert_eq!(report(&desk, &[&line]).0, 0, "the line as it was written");
    let lies: [fn(&mut Value); 18] = [
        |line| line["rulebook"] = Value::Null,
        |line| line["recomputed"] = Value::Null,
        |line| line["points"] = Value::Null,
        |line| line["claimed"] = Value::Null,
        |line| line["indicators"] = json!([]),
        |line| line["status"] = json!("unread"),
        |line| line["form"] = json!(1),
        |line| line["kind"] = json!("declared"),
        |line| line["kind"] = json!("no-such-form"),
        |line| line["indicators"][0]["points"] = json!("99"),
        |line| line["indicators"][0]["criteria"][0]["high"] = json!("99.00"),
        |line| line["indicators"][0]["criteria"][0]["low"] = json!("-1.00"),
        |line| line["findings"][0]["code"] = json!("no-such-code"),
        |line| line["findings"][0]["says"] = json!("finding.no-such-sentence"),
        |line| line["findings"][0]["terms"]["claimed"] = json!({"says": "no-such-word"}),
        |line| line["indicators"][0]["steps"][0]["says"] = json!("working.no-such-text"),
        |line| line["indicators"][0]["criteria"][0]["steps"]["says"] = json!(""),
        |line| {
            let findings = line["findings"].as_array_mut().unwrap();
            let of_facts = findings.iter_mut().find(|finding| finding["severity"] == "info").unwrap();
            of_facts["code"] = json!("fact-missing");
            of_facts["severity"] = json!("error");
        },
    ];
    for (number, lie) in lies.into_iter().enumerate() {
        let mut lying = line.clone();
        lie(&mut lying);
        let (code, words) = report(&desk, &[&lying]);
        assert!(code == 2 && words.contains("自相矛盾"), "{number}: {code} {words}");
    }
}

#[test]
fn a_line_names_its_form_only_where_its_number_does_not_tell_it() {
    let (desk, line) = desk();
    let plain = audit_of_line(&line.to_string());
    assert_eq!((plain.kind, value_of(&plain).get("kind")), (FormKind::Card, None));
    let numbered = Audit { kind: FormKind::Project, form: Some(2), ..plain.clone() };
    assert_eq!(value_of(&numbered).get("kind"), None);
    for (kind, form, word) in [(FormKind::Project, None, "declared"), (FormKind::Card, Some(2), "scorecard")] {
        let named = Audit { kind, form, ..plain.clone() };
        assert_eq!(value_of(&named)["kind"], json!(word));
        let back = audit_of_line(&value_of(&named).to_string());
        assert_eq!((back.kind, back.form), (kind, form));
    }
    let mut unknown = line.clone();
    unknown["kind"] = json!("no-such-form");
    let (code, words) = report(&desk, &[&unknown]);
    assert!(code == 2 && words.contains("no-such-form：不是可以复核的报表"), "{code} {words}");
    // A name that says the same as the number is no lie.
    let mut named = line;
    named["kind"] = json!("scorecard");
    assert_eq!(report(&desk, &[&named]).0, 0);
}

#[test]
fn an_unread_line_has_a_reason_of_the_register() {
    let (desk, line) = desk();
    let mut unread = line.clone();
    for key in ["rulebook", "claimed", "recomputed", "points", "unit", "year"] {
        unread[key] = Value::Null;
    }
    for key in ["indicators", "facts", "findings", "not_run"] {
        unread[key] = json!([]);
    }
    unread["status"] = json!("unread");
    unread["problem"] = json!({"code": "corrupt-file", "message": "坏", "says": "finding.corrupt-file"});
    assert_eq!(report_bytes(&desk, &resealed(&[&unread])).0, 3);
    for code in ["evil", "overstated-score"] {
        unread["problem"]["code"] = json!(code);
        assert_eq!(report(&desk, &[&unread]).0, 2, "{code}");
    }
}

#[test]
fn a_line_of_an_earlier_version_that_cannot_be_worded_again_is_refused_in_words() {
    let (desk, mut line) = desk();
    line["findings"][0].as_object_mut().unwrap().remove("says");
    let (code, words) = report(&desk, &[&line]);
    assert_eq!(code, 2);
    assert!(words.contains("第 1 行") && words.contains("较早版本") && words.contains("重新复核"), "{words}");
}

#[test]
fn the_sentence_that_a_line_shows_beside_its_terms_is_not_believed() {
    let (desk, mut line) = desk();
    line["findings"][0]["message"] = json!("另一句话");
    assert_eq!(report(&desk, &[&line]).0, 0);
    let output = desk.fuhe(&["report", "b.jsonl", "-o", "c.xlsx", "--html", "c.html", "--force"]);
    assert_eq!(code(&output), 0, "{}", words(&output));
    assert!(!fs::read_to_string(desk.path("c.html")).unwrap().contains("另一句话"));
}

#[test]
fn the_same_line_twice_counts_once_and_two_results_of_one_submission_are_refused() {
    let (desk, line) = desk();
    let (_, once) = report(&desk, &[&line]);
    let (code, twice) = report(&desk, &[&line, &line]);
    assert_eq!(code, 0, "{twice}");
    assert_eq!(twice.lines().nth(1), once.lines().nth(1), "no sum is doubled");
    assert!(twice.contains("有 1 份复核结果重复保存") && twice.contains("b.jsonl 第 1 行；b.jsonl 第 2 行"), "{twice}");
    let mut other = line.clone();
    other["unit"] = json!("另一个局");
    let text = [resealed(&[&line]), resealed(&[&other])].concat();
    let (code, words) = report_bytes(&desk, &text);
    assert_eq!(code, 2);
    assert!(words.contains("某局.xlsx（b.jsonl 第 1 行；b.jsonl 第 2 行）"), "{words}");
}

#[test]
fn a_line_or_a_file_beyond_all_measure_is_refused_with_its_number_and_the_limit() {
    let read = |text: &str, line, file| read_lines(text.as_bytes(), Most { line, file });
    assert!(read("\n\n", 9, 9).unwrap().is_empty());
    let long = read(&format!("\n{}", "x".repeat(100)), 9, 1000);
    assert!(matches!(long, Err(ReadError::LongLine { line: 2, most: 9 })), "{long:?}");
    let large = read(&"\n".repeat(100), 9, 50);
    assert!(matches!(large, Err(ReadError::LargeFile { most: 50 })), "{large:?}");
    let desk = Desk::new();
    let file = fs::File::create(desk.path("a.jsonl")).unwrap();
    // Nothing but zeros, and no place taken on the disk.
    file.set_len(65 << 20).unwrap();
    let output = desk.fuhe(&["report", "a.jsonl"]);
    assert_eq!(code(&output), 2);
    assert!(words(&output).contains("第 1 行超过 64 MB"), "{}", words(&output));
}
