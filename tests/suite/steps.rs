//! Results that were stored in one language and are read in the other.

use std::fs;
use std::path::{Path, PathBuf};

use calamine::{Reader, Xlsx, open_workbook};
use serde_json::Value;

use crate::cli::{Desk, code, words};

/// A card and a workbook of project forms.
fn samples() -> [PathBuf; 2] {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    ["shenzhen-2020/榕江区图书馆2020年度绩效自评材料.xlsx", "project-2020/云溪县水务局_河道清淤整治项目自评表.xlsx"]
        .map(|file| folder.join(file))
}

/// A desk with the samples' lines in both languages.
fn desk() -> Desk {
    let desk = Desk::new();
    fs::create_dir(desk.path("in")).unwrap();
    for sample in samples() {
        fs::copy(&sample, desk.path("in").join(sample.file_name().unwrap())).unwrap();
    }
    for language in ["zh", "en"] {
        let (lines, book) = (format!("{language}.jsonl"), format!("{language}.xlsx"));
        let output = desk.fuhe(&["in", "--lang", language, "--jsonl", &lines, "-o", &book]);
        assert!(desk.path(&lines).exists(), "{}", words(&output));
    }
    desk
}

/// Every step of the lines, as it is worded.
fn workings(lines: &[Value]) -> Vec<String> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let indicators: Vec<Value> = lines.iter().flat_map(|line| list(&line["indicators"])).collect();
    let steps = indicators.iter().flat_map(|indicator| {
        let criteria = list(&indicator["criteria"]).into_iter().map(|criterion| criterion["working"].clone());
        list(&indicator["working"]).into_iter().chain(criteria)
    });
    steps.map(|step| step.as_str().expect("words").to_owned()).collect()
}

/// All text of all cells.
fn cells(book: &Path) -> String {
    let mut book: Xlsx<_> = open_workbook(book).unwrap();
    let sheets = book.worksheets();
    let cells = sheets.iter().flat_map(|(_, sheet)| sheet.used_cells().map(|(_, _, cell)| cell.to_string()));
    cells.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_steps_of_a_line_are_the_same_in_both_languages_and_only_their_words_differ() {
    let desk = desk();
    let (chinese, english) = (desk.lines("zh.jsonl"), desk.lines("en.jsonl"));
    let steps = |lines: &[Value]| -> Vec<Value> {
        let indicators = lines.iter().filter_map(|line| line["indicators"].as_array());
        indicators.flatten().map(|indicator| indicator["steps"].clone()).collect()
    };
    assert_eq!(steps(&chinese), steps(&english));
    let (chinese, english) = (workings(&chinese), workings(&english));
    assert!(chinese.len() > 60 && chinese.len() == english.len(), "{} and {}", chinese.len(), english.len());
    for (chinese, english) in chinese.iter().zip(&english) {
        assert!(chinese != english && !english.contains("分（") && !english.ends_with('分'), "{chinese} | {english}");
    }
}

#[test]
fn stored_results_are_reported_in_the_language_that_is_asked_for_whatever_they_were_stored_in() {
    let desk = desk();
    for (stored, asked) in [("zh", "en"), ("en", "zh")] {
        let (lines, book) = (format!("{stored}.jsonl"), format!("{stored}-{asked}.xlsx"));
        let output = desk.fuhe(&["report", &lines, "--lang", asked, "-o", &book]);
        assert_eq!(code(&output), 0, "{}", words(&output));
        let told = cells(&desk.path(&book));
        let (theirs, own) = (desk.lines(&format!("{asked}.jsonl")), desk.lines(&format!("{stored}.jsonl")));
        let missing: Vec<String> = workings(&theirs).into_iter().filter(|step| !told.contains(step.as_str())).collect();
        let theirs = workings(&theirs);
        // A sum of numbers alone may be the beginning of the same sum in the other language (9.50 and 9.50 分).
        let is_left =
            |step: &String| told.contains(step.as_str()) && !theirs.iter().any(|their| their.contains(step.as_str()));
        let left: Vec<String> = workings(&own).into_iter().filter(is_left).collect();
        assert!(missing.is_empty() && left.is_empty(), "{stored} in {asked}: without {missing:#?}, but {left:#?}");
    }
}
