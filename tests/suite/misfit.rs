//! A rulebook that was named for a card that it does not fit: said once, and nobody is blamed for what the card never had.

use std::io::{Cursor, Read};

use fuhe::audit::Verdict;
use fuhe::report::{Batch, tables, writers::xlsx};
use fuhe::submission::{Fit, Sourced, Submission};
use fuhe::text::Language;
use rust_xlsxwriter::Workbook;
use serde_json::Value;

use crate::cli::{self, Desk};
use crate::recalculation::Sheets;
use crate::submitted::{audited, claim, indicator, number};

const NAMED: [&str; 2] = ["--rulebook", "shenzhen-2020"];

/// A row of a card: name, points, claim.
type Row<'a> = (&'a str, &'a str, &'a str);

/// The card of another province: five of its twenty names are the rulebook's, three of them with its points. It adds up to
/// 6 + 8 + 6 + 5 + 4 + 14 × 4 + 15 = 100.
fn of_another_province() -> Vec<(String, String, String)> {
    let shared: [Row; 5] = [
        ("预算执行率", "6", "6"),
        ("重点工作完成情况", "8", "8"),
        ("公众或服务对象满意度", "6", "6"),
        ("政府采购执行情况", "5", "5"),
        ("财政供养人员控制率", "4", "4"),
    ];
    let mut rows: Vec<_> = shared.iter().map(|(name, points, claim)| owned((name, points, claim))).collect();
    rows.extend((1..=14).map(|at| {
        owned((
            &format!(
                "省定绩效指标之{}",
                ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸", "子", "丑", "寅", "卯"][at - 1]
            ),
            "4",
            "4",
        ))
    }));
    rows.push(owned(("省定履职效益", "15", "15")));
    rows
}

fn owned((name, points, claim): Row) -> (String, String, String) {
    (name.to_owned(), points.to_owned(), claim.to_owned())
}

/// Every indicator of the rulebook, claimed in full.
fn own_card() -> Vec<(String, String, String)> {
    let rulebook = fuhe::rulebook::builtin("shenzhen-2020").unwrap();
    let fuhe::rulebook::Rows::Common(card) = rulebook.rows else { panic!("a card") };
    let row = |one: fuhe::rulebook::Indicator| {
        let points = one.points.unwrap().normalize().to_string();
        (one.name, points.clone(), points)
    };
    card.indicators.into_iter().map(row).collect()
}

/// The card, its total, and base data under which 预算执行率 earns 3.00 of 6 (10, 20, 37.5, 70 % of 25, 50, 75, 100 %).
fn workbook(rows: &[(String, String, String)], total: &str) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("评分表").unwrap();
    sheet.write(0, 0, "2020年度部门整体支出绩效自评表").unwrap();
    sheet.write(1, 0, "部门名称").unwrap();
    sheet.write(1, 1, "某省某局").unwrap();
    for (column, heading) in ["三级指标", "分值", "自评得分"].into_iter().enumerate() {
        sheet.write(2, column as u16, heading).unwrap();
    }
    for (at, (name, points, claim)) in (3..).zip(rows) {
        sheet.write(at, 0, name).unwrap();
        sheet.write(at, 1, points.parse::<f64>().unwrap()).unwrap();
        sheet.write(at, 2, claim.parse::<f64>().unwrap()).unwrap();
    }
    let end = 3 + rows.len() as u32;
    sheet.write(end, 0, "总分").unwrap();
    sheet.write(end, 2, total.parse::<f64>().unwrap()).unwrap();
    let data = workbook.add_worksheet();
    data.set_name("基础数据表").unwrap();
    let facts = [
        ("数据项", "数值", "单位"),
        ("一季度部门预算支出进度", "10", "%"),
        ("二季度部门预算支出进度", "20", "%"),
        ("三季度部门预算支出进度", "37.5", "%"),
        ("四季度部门预算支出进度", "70", "%"),
    ];
    for (at, (label, value, unit)) in (0..).zip(facts) {
        data.write(at, 0, label).unwrap();
        data.write(at, 1, value).unwrap();
        data.write(at, 2, unit).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

/// The one line of an audit under the named rulebook, with letters beside it.
fn line(desk: &Desk, rows: &[(String, String, String)], total: &str) -> Value {
    desk.put("某局.xlsx", &workbook(rows, total));
    let output = desk.fuhe(
        &[&["某局.xlsx", "-o", "果.xlsx", "--force", "--jsonl", "果.jsonl", "--letters", "函"], &NAMED[..]].concat(),
    );
    assert_eq!(cli::code(&output), 0, "{}", cli::words(&output));
    desk.lines("果.jsonl").remove(0)
}

fn codes(line: &Value) -> Vec<&str> {
    line["findings"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

fn verdict<'a>(line: &'a Value, id: &str) -> (&'a str, &'a Value) {
    let all = line["indicators"].as_array().unwrap();
    let one = all.iter().find(|one| one["id"] == id).unwrap();
    (one["verdict"].as_str().unwrap(), one)
}

#[test]
fn a_named_rulebook_that_does_not_fit_is_said_once_and_first_and_nothing_is_missing_row_by_row() {
    let desk = Desk::new();
    let line = line(&desk, &of_another_province(), "100");
    assert_eq!(line["status"], "audited");
    let codes = codes(&line);
    assert_eq!(codes.iter().filter(|code| **code == "rulebook-misfit").count(), 1);
    assert_eq!(codes[0], "rulebook-misfit", "{codes:?}");
    let told = &line["findings"][0];
    let message = told["message"].as_str().unwrap();
    assert_eq!(told["severity"], "warning");
    for words in ["共21项指标", "名称相同5项", "分值相符3项", "另有15项不在规则中", "合计71分", "不逐项列为缺少"]
    {
        assert!(message.contains(words), "{words}: {message}");
    }
    for blame in
        ["indicator-missing", "points-altered", "score-above-points", "total-mismatch", "section-total-mismatch"]
    {
        assert!(!codes.contains(&blame), "{blame}: {codes:?}");
    }
}

#[test]
fn a_row_with_the_rulebooks_name_and_points_is_audited_as_usual_and_any_other_is_open() {
    let desk = Desk::new();
    let line = line(&desk, &of_another_province(), "100");
    // 6 × (0.4 + 0.4 + 0.5 + 0.7) ÷ 4 = 3.00.
    let (verdict_of, execution) = verdict(&line, "budget_execution");
    assert_eq!((verdict_of, execution["difference"].as_str()), ("overstated", Some("3.00")));
    assert!(codes(&line).contains(&"overstated-score"));
    // The same name with other points, and no row at all.
    for id in ["procurement", "staff_control", "benefits"] {
        let (verdict, one) = verdict(&line, id);
        assert_eq!((verdict, one["claimed"].is_null(), one["default"].is_null()), ("unverifiable", true, true), "{id}");
        let settled: Vec<&str> = one["settled_by"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert!(settled.contains(&format!("{id}.claim").as_str()), "{settled:?}");
    }
    let invalid = line["indicators"].as_array().unwrap().iter().filter(|one| one["verdict"] == "invalid").count();
    assert_eq!(invalid, 0);
}

#[test]
fn the_letter_of_a_misfit_asks_for_nothing_that_the_card_never_had() {
    let desk = Desk::new();
    line(&desk, &of_another_province(), "100");
    let written = std::fs::read_dir(desk.path("函")).unwrap().map(|entry| entry.unwrap().path());
    let letters: Vec<_> = written.filter(|path| !path.ends_with("综合报告.docx")).collect();
    assert_eq!(letters.len(), 1);
    let mut archive = zip::ZipArchive::new(Cursor::new(std::fs::read(&letters[0]).unwrap())).unwrap();
    let mut text = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    for told in ["预算执行率", "不完全相符", "待确定适用的评分规则后再核对"] {
        assert!(text.contains(told), "{told}: {text}");
    }
    for asked in ["编制数", "固定资产", "采购计划", "最高可认定", "须由专家评定", "相加为"] {
        assert!(!text.contains(asked), "{asked}: {text}");
    }
}

#[test]
fn a_stored_misfit_is_reported_as_it_was_audited() {
    let desk = Desk::new();
    line(&desk, &of_another_province(), "100");
    let output = desk.fuhe(&["report", "果.jsonl", "-o", "再.xlsx"]);
    assert_eq!(cli::code(&output), 0, "{}", cli::words(&output));
}

#[test]
fn a_card_that_fits_but_for_two_rows_is_no_misfit_and_is_told_each_of_them() {
    let desk = Desk::new();
    let mut rows = own_card();
    let at = |rows: &[(String, String, String)], name: &str| rows.iter().position(|row| row.0 == name).unwrap();
    for name in ["重点工作完成情况", "财政供养人员控制率"] {
        rows.remove(at(&rows, name));
    }
    let line = line(&desk, &rows, "91");
    let codes = codes(&line);
    assert!(!codes.contains(&"rulebook-misfit"));
    assert_eq!(codes.iter().filter(|code| **code == "indicator-missing").count(), 2);
    assert_eq!(verdict(&line, "key_tasks").0, "invalid");
}

#[test]
fn two_thirds_of_the_names_fit_and_one_less_does_not() {
    // Two thirds of 21 are 14, as for a rulebook that nobody named.
    let desk = Desk::new();
    for (own, misfit) in [(14, false), (13, true)] {
        let mut rows = own_card();
        for (at, row) in rows.iter_mut().enumerate().skip(own) {
            row.0 = format!("甲乙丙丁戊己庚辛{at}");
        }
        let line = line(&desk, &rows, "100");
        assert_eq!(codes(&line).contains(&"rulebook-misfit"), misfit, "{own}");
        let missing = codes(&line).iter().filter(|code| **code == "indicator-missing").count();
        assert_eq!(missing, if misfit { 0 } else { 7 }, "{own}");
    }
}

#[test]
fn a_rulebook_that_nobody_named_still_leaves_the_card_unread() {
    let desk = Desk::new();
    desk.put("某局.xlsx", &workbook(&of_another_province(), "100"));
    desk.fuhe(&["某局.xlsx", "-o", "果.xlsx", "--jsonl", "果.jsonl"]);
    let line = desk.lines("果.jsonl").remove(0);
    assert_eq!((&line["status"], &line["problem"]["code"]), (&"unread".into(), &"no-rulebook".into()));
}

/// A card with two of the rulebook's rows, both with its points, that the rulebook does not fit.
fn misfit() -> Submission {
    let points =
        |text: &str| Some(Sourced { value: number(text), source: crate::submitted::cell("评分表", "G5", text) });
    let mut submission = Submission {
        misfit: Some(Fit { named: 2, points_agree: 2, points_stated: 2, indicators: 21 }),
        ..crate::submitted::submitted(&[". "; 21].concat(), "key_tasks_unfinished 1; satisfaction 100")
    };
    submission.claims = vec![claim("key_tasks", 5, "8"), claim("benefits", 6, "25")];
    submission.claims[0].points_stated = points("8");
    submission.claims[1].points_stated = points("20");
    submission
}

#[test]
fn the_working_paper_of_a_misfit_gives_the_stored_results_in_another_program() {
    let audit = audited(misfit());
    // One of the unfinished tasks takes 4 of 8 points; whatever is not on the card could be granted in full.
    assert_eq!(indicator(&audit, "key_tasks").verdict, Verdict::Overstated);
    assert_eq!(indicator(&audit, "benefits").verdict, Verdict::Unverifiable);
    let ceiling = audit.recomputed.as_ref().unwrap().ceiling;
    assert_eq!(ceiling, number("92") + indicator(&audit, "key_tasks").high.unwrap());
    let batch = Batch { audits: vec![audit], rulebooks: vec![crate::bench::shenzhen()], ..Batch::default() };
    let tables = tables(&batch, Language::Zh);
    let mut sheets = Sheets::open(&xlsx::workbook(&tables, Language::Zh, None).unwrap());
    sheets.recalculate();
    let compared: usize = tables.iter().map(|table| sheets.agrees_with(table)).sum();
    assert!(compared > 40, "{compared}");
}
