//! The year in a submission chooses the edition of a rulebook.

use std::fs;

use assert_cmd::Command;
use rust_xlsxwriter::Workbook;
use serde_json::Value;
use tempfile::TempDir;

/// Every indicator of the built-in card with its points.
fn own_rows() -> Vec<(String, String)> {
    let rulebook = fuhe::rulebook::builtin("shenzhen-2020").unwrap();
    let fuhe::rulebook::Rows::Common(card) = rulebook.rows else { panic!("a card") };
    card.indicators
        .into_iter()
        .map(|indicator| (indicator.name, indicator.points.unwrap().normalize().to_string()))
        .collect()
}

/// The whole card, claimed in full, under a title that may name a year.
fn submission(title: &str) -> Vec<u8> {
    card_of(title, &own_rows())
}

/// A card of these names and points, claimed in full.
fn card_of(title: &str, rows: &[(String, String)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, title).unwrap();
    sheet.write(1, 0, "部门名称").unwrap();
    sheet.write(1, 1, "某局").unwrap();
    for (column, header) in ["三级指标", "分值", "自评得分"].into_iter().enumerate() {
        sheet.write(2, column as u16, header).unwrap();
    }
    for (row, (name, points)) in rows.iter().enumerate() {
        sheet.write(3 + row as u32, 0, name).unwrap();
        sheet.write(3 + row as u32, 1, points).unwrap();
        sheet.write(3 + row as u32, 2, points).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

/// A desk with a folder of rulebooks that holds the edition of 2021.
fn desk() -> TempDir {
    let desk = tempfile::tempdir().unwrap();
    let text = fuhe::rulebook::builtin_text("shenzhen-2020").unwrap();
    let edition = text.replacen("id = \"shenzhen-2020\"", "id = \"shenzhen-2021\"", 1);
    let edition = edition.replacen("from = 2020", "from = 2021", 1);
    assert_ne!(text, edition);
    fs::create_dir(desk.path().join("规则")).unwrap();
    fs::write(desk.path().join("规则/2021.toml"), edition).unwrap();
    desk
}

/// The one line of an audit.
fn audited(desk: &TempDir, title: &str, arguments: &[&str]) -> Value {
    audited_card(desk, submission(title), arguments)
}

/// The one line of an audit of this workbook.
fn audited_card(desk: &TempDir, workbook: Vec<u8>, arguments: &[&str]) -> Value {
    let file = desk.path().join("某局.xlsx");
    fs::write(&file, workbook).unwrap();
    let output = Command::cargo_bin("fuhe")
        .unwrap()
        .current_dir(desk.path())
        .args(["某局.xlsx", "--force", "--jsonl", "-"])
        .args(arguments)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), 1, "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_str(&text).unwrap()
}

fn codes(line: &Value) -> Vec<&str> {
    line["findings"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

#[test]
fn a_later_edition_takes_over_from_its_first_year() {
    let desk = desk();
    for (title, edition) in
        [("2020年度评分表", "shenzhen-2020"), ("2021年度评分表", "shenzhen-2021"), ("2023年度评分表", "shenzhen-2021")]
    {
        assert_eq!(audited(&desk, title, &["--rulebooks", "规则"])["rulebook"]["id"], edition, "{title}");
    }
    assert_eq!(audited(&desk, "2023年度评分表", &[])["rulebook"]["id"], "shenzhen-2020", "until a later one is given");
}

#[test]
fn a_year_that_no_edition_holds_for_is_not_audited_with_the_wrong_one() {
    let desk = desk();
    let line = audited(&desk, "2019年度评分表", &["--rulebooks", "规则"]);
    assert_eq!((&line["status"], &line["problem"]["code"]), (&"unread".into(), &"no-edition".into()));
    assert!(line["problem"]["message"].as_str().unwrap().contains("2019"));
    let line = audited(&desk, "2019年度评分表", &["--rulebook", "shenzhen-2020"]);
    assert_eq!((&line["status"], &line["rulebook"]["id"]), (&"audited".into(), &"shenzhen-2020".into()));
    let line = audited(&desk, "2019年度评分表", &["--rulebook", "规则/2021.toml"]);
    assert_eq!(line["rulebook"]["id"], "shenzhen-2021", "a named rulebook is applied whatever the year");
}

#[test]
fn a_year_that_cannot_be_found_is_told_and_audited_with_the_default() {
    let desk = desk();
    let line = audited(&desk, "评分表", &[]);
    assert_eq!((&line["status"], &line["rulebook"]["id"]), (&"audited".into(), &"shenzhen-2020".into()));
    assert!(line["year"].is_null());
    assert!(codes(&line).contains(&"year-missing"));
    assert!(!codes(&audited(&desk, "2020年度评分表", &[])).contains(&"year-missing"));
    let with_folder = audited(&desk, "评分表", &["--rulebooks", "规则"]);
    assert_eq!(with_folder["rulebook"]["id"], "shenzhen-2020", "the default stays the default");
}

fn problem(line: &Value) -> (&str, &str) {
    (line["problem"]["code"].as_str().unwrap_or_default(), line["problem"]["message"].as_str().unwrap_or_default())
}

/// The card's own rows with all but the first `own` under names of another place.
fn foreign_rows(own: usize) -> Vec<(String, String)> {
    let rename = |(index, (name, points)): (usize, (String, String))| match index < own {
        true => (name, points),
        false => (format!("甲乙丙丁戊己庚辛{index}"), points),
    };
    own_rows().into_iter().enumerate().map(rename).collect()
}

#[test]
fn a_card_of_another_place_that_shares_some_names_is_not_blamed_by_these_rules() {
    let desk = desk();
    // Two thirds of 21 are 14.
    let line = audited_card(&desk, card_of("2020年度评分表", &foreign_rows(13)), &[]);
    let (code, message) = problem(&line);
    assert_eq!(code, "no-rulebook");
    assert!(message.contains("共21项指标，名称相同13项") && message.contains("--rulebook"), "{message}");
    assert_eq!(line["findings"].as_array().map(Vec::len), Some(0));
    let line = audited_card(&desk, card_of("2020年度评分表", &foreign_rows(14)), &[]);
    assert_eq!(line["status"], "audited");
    let named = ["--rulebook", "shenzhen-2020"];
    let line = audited_card(&desk, card_of("2020年度评分表", &foreign_rows(3)), &named);
    assert_eq!(line["status"], "audited", "a rulebook that was named is applied");
}

#[test]
fn the_same_names_with_other_points_are_another_card() {
    let desk = desk();
    let with_other_points = |count: usize| {
        let mut rows = own_rows();
        rows.iter_mut().take(count).for_each(|(_, points)| points.push('7'));
        rows
    };
    // Nine in ten of 21 are 18.9.
    let line = audited_card(&desk, card_of("2020年度评分表", &with_other_points(2)), &[]);
    assert_eq!(line["status"], "audited");
    let line = audited_card(&desk, card_of("2020年度评分表", &with_other_points(3)), &[]);
    let (code, message) = problem(&line);
    assert_eq!(code, "no-rulebook");
    assert!(message.contains("其中分值相同18项"), "{message}");
}

#[test]
fn of_two_rulebooks_that_fit_a_card_equally_none_is_chosen() {
    let desk = desk();
    let text = fuhe::rulebook::builtin_text("shenzhen-2020").unwrap();
    let other = text.replacen("id = \"shenzhen-2020\"", "id = \"another-2020\"", 1);
    fs::write(desk.path().join("规则/another.toml"), other).unwrap();
    let line = audited(&desk, "2020年度评分表", &["--rulebooks", "规则"]);
    let (code, message) = problem(&line);
    assert_eq!(code, "no-rulebook");
    assert!(message.contains("shenzhen-2020、another-2020") && message.contains("--rulebook"), "{message}");
}

#[test]
fn of_two_editions_that_both_say_they_hold_for_a_year_none_is_chosen() {
    let desk = desk();
    let text = fuhe::rulebook::builtin_text("shenzhen-2020").unwrap();
    let until = text.replacen("years = { from = 2020 }", "years = { from = 2020, to = 2021 }", 1);
    assert_ne!(text, until);
    fs::write(desk.path().join("规则/2020.toml"), until).unwrap();
    let line = audited(&desk, "2021年度评分表", &["--rulebooks", "规则"]);
    assert_eq!(problem(&line).0, "no-rulebook");
    let line = audited(&desk, "2022年度评分表", &["--rulebooks", "规则"]);
    assert_eq!(line["rulebook"]["id"], "shenzhen-2021");
}
