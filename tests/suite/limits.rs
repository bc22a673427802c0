//! The limits as options: each works, and a file over one is told which.

use std::time::Duration;

use fuhe::limits::{LIMITS, RunLimits, from_options};
use fuhe::rulebook::builtin;

use crate::cli::{Desk, code, samples, words};
use crate::poison::nested;
use crate::readers::binary::{biff8, cell, xls};
use crate::readers::parts::{xlsx, xlsx_rows, zip};

/// The problem that a file gives under an option.
fn problem(name: &str, bytes: &[u8], option: &str) -> (String, String) {
    let desk = Desk::new();
    let path = desk.put(&format!("报送/{name}"), bytes);
    let output = desk.fuhe(&[path.to_str().unwrap(), option, "1", "--jsonl", "a.jsonl"]);
    assert_eq!(code(&output), 3, "{option}: {}", words(&output));
    let line = &desk.lines("a.jsonl")[0];
    let text = |key: &str| line["problem"][key].as_str().unwrap().to_owned();
    (text("code"), text("message"))
}

/// A workbook whose one sheet unpacks to over a megabyte, two dozen times its packed size or more.
fn large() -> Vec<u8> {
    let rows: String =
        (0..30_000).map(|n| format!("<row><c><v>{}</v></c><c/><c/><c/><c/></row>", n * 7919 % 1000)).collect();
    xlsx(&format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"), "", "")
}

/// Two sheets' worth of everything that is counted.
fn small() -> Vec<u8> {
    let sheet =
        "<worksheet><sheetData><row><c t='inlineStr'><is><t>执行率</t></is></c><c><v>1</v></c></row></sheetData>
        <mergeCells><mergeCell ref='A1:B1'/><mergeCell ref='A2:B2'/></mergeCells></worksheet>";
    let sheets = "<sheet name='甲' sheetId='1' r:id='rId1'/><sheet name='乙' sheetId='2' r:id='rId1'/>";
    zip(&[
        ("xl/workbook.xml", format!("<workbook xmlns:r='x'><sheets>{sheets}</sheets></workbook>").as_bytes()),
        ("xl/_rels/workbook.xml.rels", crate::readers::parts::RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn text_cell(text: &str) -> String {
    format!("<c t='inlineStr'><is><t>{text}</t></is></c>")
}

fn row(texts: &[&str]) -> String {
    format!("<row>{}</row>", texts.iter().map(|text| text_cell(text)).collect::<String>())
}

/// Many tables side by side over many rows: each of them is looked for in every row.
fn headings() -> Vec<u8> {
    let head = text_cell("任务名称") + &text_cell("预算数（万元）") + &text_cell("执行数（万元）") + "<c/>";
    let rows = row(&["甲"]).repeat(8000);
    xlsx_rows(&format!("<row>{}</row>{rows}", head.repeat(100)))
}

/// A card, and a long cell of many sentences that each state a fact.
fn quoted() -> Vec<u8> {
    let rulebook = builtin("shenzhen-2020").unwrap();
    let card = rulebook.card().unwrap();
    let rows: String = card.indicators.iter().map(|one| row(&[&one.name, "1"])).collect();
    let sentences: String = (0..900).map(|n| format!("2020年度部门预算总规模为{n}.5万元。")).collect();
    let head = row(&["三级指标", "自评得分"]);
    xlsx_rows(&format!("{head}{rows}<row></row>{}", row(&[&sentences])))
}

/// Project forms one below the other, each with so many rows.
fn forms(count: usize, rows: usize) -> Vec<u8> {
    let head = row(&["三级指标", "年度指标值", "实际完成值", "分值", "得分"]);
    let rows: String = (0..rows).map(|n| row(&[&format!("数量{n}"), "≥10", "10", "5", "5"])).collect();
    let form = row(&["项目支出绩效自评表"])
        + &row(&["项目名称", "修路"])
        + &head
        + &rows
        + &row(&["总分", "", "", "100", "5"]);
    xlsx_rows(&form.repeat(count))
}

#[test]
fn each_limit_is_an_option_and_is_named_when_a_file_is_over_it() {
    let mut state = 1u64;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56) as u8
    })
    .take(2 << 20)
    .collect();
    let long = "字".repeat(300_000);
    let texts = xlsx(
        &format!("<worksheet><sheetData><row>{}</row></sheetData></worksheet>", "<c t='s'><v>0</v></c>".repeat(30)),
        &format!("<sst><si><t>{}</t></si></sst>", &long[..90_000]),
        "",
    );
    let noisy = zip(&[("照片.jpg", &noise), ("某局.xlsx", b"x")]);
    let packed = zip(&[("甲.xlsx", &noise[..1 << 20]), ("乙.xlsx", &noise[..1 << 20])]);
    let records: Vec<_> = (0..20_000u16).map(|row| biff8(0x0203, &cell(row, 0, 0).float(f64::from(row)).0)).collect();
    let cases: Vec<(&str, &str, Vec<u8>, &str)> = vec![
        ("max-file-mb", "a.xlsx", noisy, "文件大小"),
        ("max-unpacked-mb", "a.xlsx", large(), "解压后大小"),
        ("max-part-mb", "a.xlsx", large(), "单个部件解压后大小"),
        ("max-ratio", "a.xlsx", large(), "压缩比"),
        ("max-parts", "a.xlsx", small(), "部件数"),
        ("max-sheets", "a.xlsx", small(), "工作表数"),
        ("max-cells", "a.xlsx", small(), "单元格数"),
        ("max-merges", "a.xlsx", small(), "合并单元格区域数"),
        ("max-text", "a.xlsx", small(), "单元格文字长度"),
        ("max-text-mb", "a.xlsx", texts, "文字总量"),
        ("max-nesting", "a.xlsx", small(), "嵌套层数"),
        ("max-memory-mb", "a.xls", xls(&[], &records), "读取所用内存"),
        ("max-looks", "a.xlsx", headings(), "查找次数"),
        ("max-quoted-mb", "a.xlsx", quoted(), "引用文字总量"),
        ("max-forms", "a.xlsx", forms(2, 1), "项目表数量"),
        ("max-form-rows", "a.xlsx", forms(1, 2), "一张项目表的指标行数"),
        ("max-archive-mb", "a.zip", packed, "压缩包解压后总大小"),
        ("max-archive-files", "a.zip", zip(&[("甲.xlsx", b"x"), ("乙.xlsx", b"x")]), "压缩包内文件数"),
        ("max-archive-depth", "a.zip", nested(2, ("甲.xlsx", b"x")), "压缩包嵌套层数"),
    ];
    for (option, name, bytes, limit) in &cases {
        let (code, message) = problem(name, bytes, &format!("--{option}"));
        assert!(code == "too-large" && message.contains(limit), "{option}: {code} {message}");
    }
    let mut tried: Vec<&str> = cases.iter().map(|(option, ..)| *option).chain(["max-seconds"]).collect();
    let mut known = LIMITS.map(|limit| limit.name);
    tried.sort_unstable();
    known.sort_unstable();
    assert_eq!(tried, known, "an option without its case");
}

#[test]
fn the_time_for_one_file_is_an_option_in_seconds() {
    assert_eq!(from_options(&[("max-seconds", 3)]).workbook.time, Duration::from_secs(3));
    assert_eq!(from_options(&[("max-file-mb", u64::MAX)]).workbook.file_bytes, u64::MAX, "too much is no limit");
}

#[test]
fn the_limits_that_are_told_are_those_in_force() {
    let told = LIMITS.map(|limit| (limit.name, limit.default()));
    assert_eq!(from_options(&told), RunLimits::default());
    let help = String::from_utf8(Desk::new().fuhe(&["--help"]).stdout).unwrap();
    for (name, value) in told {
        assert_ne!(from_options(&[(name, value + 1)]), RunLimits::default(), "{name} changes nothing");
        let line = help.lines().skip_while(|line| !line.contains(&format!("--{name} "))).take(2).collect::<String>();
        assert!(line.contains(&format!("默认 {value}")), "{name}: {line}");
    }
}

#[test]
fn a_changed_limit_is_shown_and_a_generous_one_changes_nothing() {
    let desk = Desk::new();
    let sample = desk.put("某局.xlsx", &std::fs::read(&samples()[0]).unwrap());
    let path = sample.to_str().unwrap();
    assert_eq!(code(&desk.fuhe(&[path, "--jsonl", "a.jsonl"])), 0);
    assert_eq!(code(&desk.fuhe(&[path, "--jsonl", "b.jsonl", "--max-cells", "9000000", "-o", "b.xlsx"])), 0);
    assert_eq!(desk.lines("a.jsonl"), desk.lines("b.jsonl"));
    assert_eq!(code(&desk.fuhe(&[path, "--max-cells", "0"])), 2, "no limit is nothing");
}
