//! A run for machines: lines without a workbook, and a run that goes on from the lines of an earlier one.

use std::fs;

use crate::cli::{Desk, code, words};
use serde_json::Value;

/// Bytes of the lines that a run with a workbook writes.
fn with_workbook(desk: &Desk, arguments: &[&str]) -> Vec<u8> {
    let all = [&["报送", "-o", "with.xlsx", "--jsonl", "with.jsonl", "--force"], arguments].concat();
    assert!([0, 3].contains(&code(&desk.fuhe(&all))));
    fs::read(desk.path("with.jsonl")).unwrap()
}

#[test]
fn lines_without_a_workbook_are_those_of_a_run_with_one_whatever_the_number_of_threads() {
    let desk = Desk::with_samples();
    // A copy under another name: what only the whole batch shows is in both lines.
    let copy = fs::read(&crate::cli::samples()[0]).unwrap();
    desk.put("报送/再报.xlsx", &copy);
    desk.put("报送/坏.xlsx", b"PK\x03\x04 broken");
    let expected = with_workbook(&desk, &[]);
    assert!(String::from_utf8_lossy(&expected).contains("duplicate-submission"));
    for jobs in ["1", "3"] {
        let output = desk.fuhe(&["报送", "--no-workbook", "--jsonl", "only.jsonl", "--jobs", jobs]);
        assert_eq!(code(&output), 3, "{}", words(&output));
        assert_eq!(fs::read(desk.path("only.jsonl")).unwrap(), expected);
    }
    let output = desk.fuhe(&["报送", "--no-workbook", "--jsonl", "-"]);
    assert_eq!(output.stdout, expected);
}

#[test]
fn a_run_for_lines_writes_nothing_else_and_says_where_they_are() {
    let desk = Desk::with_samples();
    let output = desk.fuhe(&["报送", "--no-workbook", "--jsonl", "结果.jsonl"]);
    assert_eq!(code(&output), 0, "{}", words(&output));
    let said = words(&output);
    let count = desk.lines("结果.jsonl").len();
    assert!(said.contains(&format!("复核结果：结果.jsonl（{count}条）")), "{said}");
    let mut there: Vec<String> = fs::read_dir(desk.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    there.sort();
    assert_eq!(there, ["报送", "结果.jsonl"]);
    let with = desk.fuhe(&["报送", "-o", "a.xlsx"]);
    let summary = |said: &str| said.split("\n\n").next().unwrap_or_default().to_owned();
    assert_eq!(summary(&said), summary(&words(&with)), "the same summary as beside a workbook");
}

#[test]
fn a_run_that_would_write_nothing_is_refused() {
    let desk = Desk::with_samples();
    let output = desk.fuhe(&["报送", "--no-workbook"]);
    assert_eq!(code(&output), 2);
    assert!(words(&output).contains("--jsonl"), "{}", words(&output));
    let both = desk.fuhe(&["报送", "--no-workbook", "-o", "a.xlsx", "--jsonl", "a.jsonl"]);
    assert_eq!(code(&both), 2);
    assert!(!desk.path("a.jsonl").exists());
}

#[test]
fn the_page_and_the_letters_can_be_had_without_the_workbook() {
    let desk = Desk::with_samples();
    let output = desk.fuhe(&["报送", "--no-workbook", "--html", "页.html", "--letters", "函"]);
    assert_eq!(code(&output), 0, "{}", words(&output));
    assert!(words(&output).contains("网页报告：页.html"), "{}", words(&output));
    assert!(desk.path("页.html").exists() && fs::read_dir(desk.path("函")).unwrap().next().is_some());
    assert!(!desk.path("fuhe-audit.xlsx").exists());
}

#[test]
fn lines_never_replace_a_file_that_is_not_ours() {
    let desk = Desk::with_samples();
    desk.put("notes.txt", b"mine");
    let output = desk.fuhe(&["报送", "--no-workbook", "--jsonl", "notes.txt"]);
    assert_eq!(code(&output), 2);
    assert_eq!(fs::read(desk.path("notes.txt")).unwrap(), b"mine");
}

/// How many files a run says that it did not read anew.
fn taken_over(said: &str) -> usize {
    let behind = said.split("沿用以前的复核结果：").nth(1).expect("the count is said");
    behind.split('份').next().unwrap().parse().unwrap()
}

#[test]
fn what_was_audited_before_is_not_read_again_and_the_lines_are_the_same_bytes() {
    let desk = Desk::with_samples();
    let forms = crate::cli::samples()[0]
        .parent()
        .unwrap()
        .with_file_name("project-2020")
        .join("临川区教育局2020年项目自评（汇总）.xlsx");
    desk.put("报送/项目.xlsx", &fs::read(forms).unwrap());
    desk.put("报送/再报.xlsx", &fs::read(&crate::cli::samples()[0]).unwrap());
    let files = fs::read_dir(desk.path("报送")).unwrap().count();
    let first = with_workbook(&desk, &[]);
    let again = ["报送", "--no-workbook", "--jsonl", "with.jsonl", "--resume", "with.jsonl"];
    let output = desk.fuhe(&again);
    assert_eq!((code(&output), taken_over(&words(&output))), (0, files), "{}", words(&output));
    assert_eq!(fs::read(desk.path("with.jsonl")).unwrap(), first);
    // One corrected file is read, the others are not; its twin is no twin any more.
    desk.put("报送/再报.xlsx", &fs::read(&crate::cli::samples()[1]).unwrap());
    let output = desk.fuhe(&again);
    assert_eq!(taken_over(&words(&output)), files - 1);
    assert_eq!(fs::read(desk.path("with.jsonl")).unwrap(), with_workbook(&desk, &[]), "as a run over all of them");
}

#[test]
fn a_stored_line_is_checked_and_not_believed() {
    let desk = Desk::with_samples();
    let honest = with_workbook(&desk, &[]);
    let files = fs::read_dir(desk.path("报送")).unwrap().count();
    let text = String::from_utf8(honest.clone()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let resume = |lines: &[String]| {
        desk.put("stored.jsonl", (lines.join("\n") + "\n").as_bytes());
        let output = desk.fuhe(&["报送", "--no-workbook", "--jsonl", "next.jsonl", "--resume", "stored.jsonl"]);
        assert_eq!(code(&output), 0, "{}", words(&output));
        assert_eq!(fs::read(desk.path("next.jsonl")).unwrap(), honest, "as if nothing had been stored");
        taken_over(&words(&output))
    };
    let whole: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    let with_first = |change: &dyn Fn(&mut Value)| {
        let mut first: Value = serde_json::from_str(lines[0]).unwrap();
        change(&mut first);
        [vec![first.to_string()], whole[1..].to_vec()].concat()
    };
    assert_eq!(resume(&whole), files);
    let spoiled: [&dyn Fn(&mut Value); 9] = [
        // Another program's version, another basis, other rules, other content, points that do not add up; another figure of
        // a fact, a finding that is gone, no seal, a line more of its file.
        &|line| line["tool"]["version"] = "0.0.9".into(),
        &|line| line["basis"] = "00".into(),
        &|line| line["rulebook"]["sha256"] = "00".into(),
        &|line| line["sha256"] = "00".into(),
        &|line| line["points"]["agreed"] = "99.00".into(),
        &|line| line["facts"][0]["value"] = "999".into(),
        &|line| drop(line["findings"].as_array_mut().unwrap().pop()),
        &|line| drop(line.as_object_mut().unwrap().remove("seal")),
        &|line| line["run"]["file_lines"] = 2.into(),
    ];
    for change in spoiled {
        assert_eq!(resume(&with_first(change)), files - 1);
    }
    assert_eq!(resume(&[vec!["{\"half\":".to_owned()], whole[1..].to_vec()].concat()), files - 1);
    assert_eq!(resume(&[whole.clone(), vec![whole[0].clone()]].concat()), files - 1, "twice the same card is no run's");
}

#[test]
fn a_workbook_of_several_forms_is_taken_up_again_with_all_its_lines_only() {
    let desk = Desk::new();
    let forms = crate::cli::samples()[0].parent().unwrap().with_file_name("project-2020");
    desk.put("报送/项目.xlsx", &fs::read(forms.join("临川区教育局2020年项目自评（汇总）.xlsx")).unwrap());
    let honest = String::from_utf8(with_workbook(&desk, &[])).unwrap();
    let lines: Vec<&str> = honest.lines().collect();
    assert!(lines.len() > 2);
    let taken = |lines: &[&str]| {
        desk.put("stored.jsonl", (lines.join("\n") + "\n").as_bytes());
        let output = desk.fuhe(&["报送", "--no-workbook", "--jsonl", "next.jsonl", "--resume", "stored.jsonl"]);
        assert_eq!(fs::read_to_string(desk.path("next.jsonl")).unwrap(), honest);
        taken_over(&words(&output))
    };
    assert_eq!(taken(&lines), 1);
    assert_eq!(taken(&lines[..lines.len() - 1]), 0, "the last form is gone");
    assert_eq!(taken(&lines[1..]), 0, "the first form is gone");
}

#[test]
fn other_words_or_rules_are_another_basis() {
    let desk = Desk::with_samples();
    desk.put("words.toml", "[titles]\nplain = [\"本处数\"]\n".as_bytes());
    let plain = with_workbook(&desk, &[]);
    let output = desk.fuhe(&[
        "报送",
        "--no-workbook",
        "--jsonl",
        "b.jsonl",
        "--resume",
        "with.jsonl",
        "--vocabulary",
        "words.toml",
    ]);
    assert_eq!((code(&output), taken_over(&words(&output))), (0, 0), "{}", words(&output));
    assert!(desk.lines("b.jsonl").iter().all(|line| line["basis"].is_string()));
    assert!(String::from_utf8(plain).unwrap().lines().all(|line| line.contains("\"basis\":null")));
    let again = desk.fuhe(&[
        "报送",
        "--no-workbook",
        "--jsonl",
        "c.jsonl",
        "--resume",
        "b.jsonl",
        "--vocabulary",
        "words.toml",
    ]);
    assert_eq!(taken_over(&words(&again)), fs::read_dir(desk.path("报送")).unwrap().count());
    assert_eq!(fs::read(desk.path("b.jsonl")).unwrap(), fs::read(desk.path("c.jsonl")).unwrap());
}

#[test]
fn timings_tell_every_stage_that_was_at_work_and_change_no_byte() {
    let desk = Desk::with_samples();
    let plain = desk.fuhe(&["报送", "-o", "a.xlsx", "--jsonl", "a.jsonl", "--jobs", "1"]);
    assert_eq!(code(&plain), 0);
    let timed = desk.fuhe(&["报送", "-o", "b.xlsx", "--jsonl", "b.jsonl", "--jobs", "2", "--timings"]);
    let said = words(&timed);
    let stages = [
        "bytes",
        "read",
        "forms",
        "tables",
        "submission",
        "rescore",
        "judge",
        "checks",
        "self-check",
        "words",
        "json",
        "layout",
        "assembly",
        "deflate",
    ];
    for stage in stages {
        let line = said.lines().find(|line| line.split(' ').next() == Some(stage));
        assert!(line.is_some_and(|line| line.contains(" ms ")), "{stage} in {said}");
    }
    assert!(timed.stdout.is_empty());
    for (one, other) in [("a.jsonl", "b.jsonl"), ("a.xlsx", "b.xlsx")] {
        assert_eq!(fs::read(desk.path(one)).unwrap(), fs::read(desk.path(other)).unwrap(), "{one}");
    }
}
