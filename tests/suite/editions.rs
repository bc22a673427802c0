//! The year in a submission chooses the edition of a rulebook.

use std::fs;

use assert_cmd::Command;
use rust_xlsxwriter::Workbook;
use serde_json::Value;
use tempfile::TempDir;

/// A small card under a title that may name a year.
fn submission(title: &str) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, title).unwrap();
    sheet.write(1, 0, "部门名称").unwrap();
    sheet.write(1, 1, "某局").unwrap();
    for (column, header) in ["三级指标", "分值", "自评得分"].into_iter().enumerate() {
        sheet.write(2, column as u16, header).unwrap();
    }
    let rows = [("预算编制规范性", 5), ("绩效目标完整性", 3), ("重点工作完成情况", 8), ("项目完成及时性", 6)];
    for (row, (name, points)) in rows.into_iter().enumerate() {
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
    let file = desk.path().join("某局.xlsx");
    fs::write(&file, submission(title)).unwrap();
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
