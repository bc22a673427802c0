//! The audit workbook: its sheets, its formulas, its limits.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::atomic::{AtomicBool, Ordering};

use calamine::{Data, DataType, Reader, Xlsx};
use fuhe::audit::{Audit, Verdict};
use fuhe::report::table::{Cell, Column, Link, Outcome, Row, Table, Value};
use fuhe::report::{
    Apart, Batch, NotWorkbook, Way, reports, tables,
    writers::{jsonl, papers, summary, write, xlsx},
};
use fuhe::text::Language;
use rust_decimal::Decimal;

use crate::bench::*;
use crate::recalculation::Sheets;

fn workbook(batch: &Batch) -> Vec<u8> {
    let tables = tables(batch, Language::Zh);
    xlsx::workbook(&tables, Language::Zh, batch.run.made_at.as_deref()).expect("a workbook")
}

fn opened(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).expect("a workbook that opens")
}

fn of_one(facts: &str, claims: &str) -> Batch {
    let rulebook = shenzhen();
    let audit = audit(&rulebook, "某局.xlsx", submission(&rulebook, "某局", claims, "", "", facts));
    Batch { audits: vec![audit], rulebooks: vec![rulebook], ..Batch::default() }
}

/// The working papers among the sheets.
pub fn papers_of(tables: &[Table]) -> impl Iterator<Item = &Table> {
    tables.iter().filter(|table| table.name.starts_with("底稿"))
}

/// The sheet of that name.
pub fn named<'t>(tables: &'t [Table], name: &str) -> &'t Table {
    tables.iter().find(|table| table.name == name).unwrap_or_else(|| panic!("no sheet {name}"))
}

/// Where a column stands, by its heading.
pub fn column_of(table: &Table, heading: &str) -> u16 {
    let at = table.columns.iter().position(|column| column.header == heading);
    at.unwrap_or_else(|| panic!("no column {heading} in {}", table.name)) as u16
}

fn text_of(table: &Table) -> String {
    let cells = table.lead.iter().chain(&table.rows).chain(&table.tail).flat_map(|row| &row.cells);
    let words = cells.filter_map(|cell| match &cell.value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(number, _) => Some(number.to_string()),
        Value::Formula(_, Outcome::Score(score) | Outcome::Figure(score)) => Some(score.to_string()),
        Value::Formula(_, Outcome::Words(words)) => Some(words.clone()),
        Value::Empty => None,
    });
    words.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_same_audits_give_the_same_bytes() {
    let bytes = workbook(&batch());
    if let Ok(path) = std::env::var("FUHE_TEST_WORKBOOK") {
        std::fs::write(path, &bytes).expect("a place for it");
    }
    assert!(bytes == workbook(&batch()));
}

#[test]
fn the_sheets_stand_in_their_order_and_the_working_papers_last() {
    let names = opened(workbook(&batch())).sheet_names();
    let expected = [
        "总览",
        "综合报告",
        "图表",
        "差异清单",
        "核定表",
        "复核进度",
        "等级影响",
        "逐项核对",
        "待补材料",
        "未能复核",
        "评分规则",
        "核对项目",
        "运行信息",
        "底稿01 乙局",
        "底稿02 深圳市住房建设信息中心",
    ];
    assert_eq!(names[..15], expected);
    assert_eq!(names.len(), 13 + 5);
}

#[test]
fn a_filtered_list_shows_the_rows_that_its_filter_lets_through_and_hides_the_others() {
    let batch = batch();
    let parts = crate::weapons::parts(workbook(&batch));
    let tables = tables(&batch, Language::Zh);
    let mut filtered = 0;
    for (at, table) in tables.iter().enumerate() {
        let Some(only) = &table.only else { continue };
        let (_, sheet) = parts
            .iter()
            .find(|(name, _)| name.as_str() == format!("xl/worksheets/sheet{}.xml", at + 1))
            .expect("the sheet");
        let rows = sheet.split("<row ").skip(1).map(|row| row.split('>').next().unwrap().contains("hidden=\"1\""));
        let hidden: Vec<bool> = rows.skip(table.first_row() as usize).take(table.rows.len()).collect();
        let wanted: Vec<bool> = table.rows.iter().map(|row| !only.shows(row)).collect();
        assert_eq!(hidden, wanted, "{}", table.name);
        assert!(wanted.contains(&true) && wanted.contains(&false), "{}", table.name);
        filtered += 1;
    }
    assert!(filtered > 0);
}

#[test]
fn every_formula_gives_its_stored_result_in_another_program() {
    let batch = batch();
    let tables = tables(&batch, Language::Zh);
    let mut sheets = Sheets::open(&workbook(&batch));
    sheets.recalculate();
    let compared: usize = tables.iter().map(|table| sheets.agrees_with(table)).sum();
    // Every one of the 21 indicators of five departments has at least a row of criteria, a sum and a verdict.
    assert!(compared > 5 * 21 * 5, "{compared} formulas");
}

#[test]
fn no_indicator_of_the_card_is_left_without_formulas() {
    let tables = tables(&batch(), Language::Zh);
    for paper in papers_of(&tables) {
        assert!(!text_of(paper).contains("不列公式"), "{}", paper.name);
    }
}

/// The facts of a working paper by their labels: the row, the value and the evidence of the first line of each.
fn facts_of(paper: &Table) -> BTreeMap<String, (u32, Value, Value)> {
    let text = |cell: &Cell| match &cell.value {
        Value::Text(text) => text.clone(),
        _ => String::new(),
    };
    let mut found = BTreeMap::new();
    for (row, at) in paper.rows.iter().zip(paper.first_row()..) {
        // Number, label, value, unit, what is entered, what was handed in, the evidence named, …, and the key.
        let is_fact = row.cells.len() == 15 && text(&row.cells[11]).starts_with('f');
        if is_fact {
            found.entry(text(&row.cells[1])).or_insert((at, row.cells[2].value.clone(), row.cells[6].value.clone()));
        }
    }
    found
}

/// Types what a paper's department said into the reviewer's cells of another paper.
fn establish(sheets: &mut Sheets, into: &Table, from: &Table) {
    let places = facts_of(into);
    for (label, (_, value, evidence)) in facts_of(from) {
        let row = places[&label].0;
        match value {
            Value::Number(number, _) => {
                let number = number.to_string().parse().expect("a number");
                sheets.type_number(&into.name, row, 4, number);
            }
            Value::Text(text) => sheets.type_text(&into.name, row, 4, &text),
            Value::Empty | Value::Formula(..) => {}
        }
        if let Value::Text(text) = evidence {
            sheets.type_text(&into.name, row, 5, &text);
        }
    }
}

#[test]
fn facts_established_in_an_empty_working_paper_give_what_an_audit_of_them_gives() {
    let claims = "5 5 3 7 2 3 3 2 2 2 1 1 1 3 6 5.9 8 6 25 3 6";
    let empty = of_one("", claims);
    let empty_tables = tables(&empty, Language::Zh);
    let into = papers_of(&empty_tables).next().expect("a paper");
    let mut random = Random::new(20);
    let mut typed = 0;
    while typed < 40 {
        let facts = random.facts(card(&shenzhen()));
        let filled = of_one(&facts, claims);
        // Amounts a unit apart are two candidates, of which a cell holds one.
        let is_twofold = |finding: &fuhe::audit::Finding| finding.code == fuhe::checks::register::Code::UnitAmbiguous;
        if filled.audits.iter().flat_map(|audit| &audit.findings).any(is_twofold) {
            continue;
        }
        typed += 1;
        let filled = tables(&filled, Language::Zh);
        let mut sheets = Sheets::open(&workbook(&empty));
        establish(&mut sheets, into, papers_of(&filled).next().expect("a paper"));
        sheets.recalculate();
        // Scores, verdicts and what is proposed, and the sums that 总览 makes of them.
        for name in ["核定表", "总览"] {
            assert!(sheets.agrees_with(named(&filled, name)) > 15, "{facts}");
        }
    }
}

#[test]
fn a_share_that_ends_at_its_least_does_so_in_the_working_paper_too() {
    let rule = "kind = \"proportion\"\nvalue = \"spent\"\ntarget = \"planned\"\nleast = 30";
    for (facts, score) in [("spent 10; planned 100", "30"), ("spent 45; planned 100", "45"), ("spent 10", "30.00")] {
        let rulebook = fuhe::rulebook::load("a.toml", &crate::engine::small_card(rule)).expect("no flaw");
        let audit = audit(&rulebook, "某局.xlsx", submission(&rulebook, "某局", "50", "", "", facts));
        let batch = Batch { audits: vec![audit], rulebooks: vec![rulebook], ..Batch::default() };
        let tables = tables(&batch, Language::Zh);
        let paper = papers_of(&tables).next().expect("a paper");
        let mut sheets = Sheets::open(&workbook(&batch));
        sheets.recalculate();
        assert!(sheets.agrees_with(paper) >= 3, "{facts}");
        assert!(text_of(paper).contains(score), "{facts}: {}", text_of(paper));
    }
}

#[test]
fn a_fact_that_a_reviewer_establishes_makes_a_number_of_a_range_and_clearing_it_a_range_again() {
    let claims = "5 5 3 7 2 3 3 2 2 2 1 1 1 3 6 6 8 6 25 3 6";
    let facts = honest(card(&shenzhen()));
    let fewer: Vec<&str> = facts.split("; ").filter(|fact| !fact.starts_with("q3_")).collect();
    let open = of_one(&fewer.join(";"), claims);
    let (all, whole) = (tables(&open, Language::Zh), tables(&of_one(&facts, claims), Language::Zh));
    let (into, from) = (papers_of(&all).next().expect("a paper"), papers_of(&whole).next().expect("a paper"));
    let list = named(&all, "核定表");
    let row =
        list.rows.iter().position(|row| row.cells[2].value == Value::Text("预算执行率".to_owned())).expect("a row");
    let at = (list.first_row() + row as u32, column_of(list, "结论"));
    let mut sheets = Sheets::open(&workbook(&open));
    sheets.recalculate();
    assert_eq!(sheets.shown("核定表", at.0, at.1), "无法复核");
    establish(&mut sheets, into, from);
    sheets.recalculate();
    assert_eq!(sheets.shown("核定表", at.0, at.1), "一致");
    for (row, _, _) in facts_of(into).into_values() {
        sheets.type_text(&into.name, row, 4, "");
    }
    sheets.recalculate();
    assert_eq!(sheets.shown("核定表", at.0, at.1), "无法复核");
}

#[test]
fn a_decided_score_moves_the_total_that_is_final_only_when_nothing_is_open() {
    let batch = batch();
    let all = tables(&batch, Language::Zh);
    let (overview, list) = (named(&all, "总览"), named(&all, "核定表"));
    let [total, ceiling, grade] = ["核定总分", "最高可认定分", "核定等级"].map(|heading| column_of(overview, heading));
    let [confirmed, progress, points] =
        ["核定分", "办理情况", "自评分"].map(|heading| usize::from(column_of(list, heading)));
    let mut sheets = Sheets::open(&workbook(&batch));
    let first = overview.first_row();
    // 乙局: 6 claimed for budget execution, at most 3.00: a confirmed 2.5 takes half a point from 97.00.
    let of_unit = |row: &fuhe::report::table::Row| row.cells[1].value == Value::Text("乙局".to_owned());
    let is_execution = |row: &fuhe::report::table::Row| row.cells[2].value == Value::Text("预算执行率".to_owned());
    for (row, at) in list.rows.iter().zip(list.first_row()..).filter(|(row, _)| of_unit(row)) {
        let open = Value::Formula(String::new(), Outcome::Words("待核定".to_owned()));
        let (Value::Formula(_, is), Value::Formula(_, open)) = (&row.cells[progress].value, &open) else {
            panic!("a formula")
        };
        if is != open {
            continue;
        }
        assert!(sheets.shown("总览", first, total).starts_with("未完成"));
        let claimed = match &row.cells[points].value {
            Value::Number(number, _) => number.to_string().parse().expect("a number"),
            _ => 0.0,
        };
        sheets.type_number("核定表", at, confirmed as u16, if is_execution(row) { 2.5 } else { claimed });
        sheets.recalculate();
    }
    assert_eq!(sheets.shown("总览", first, total), "96.5");
    assert_eq!(sheets.shown("总览", first, ceiling), "96.5");
    assert_eq!(sheets.shown("总览", first, grade), "优");
}

#[test]
fn text_of_a_submission_stays_text_and_hides_nothing() {
    let mut book = opened(workbook(&batch()));
    let list = book.worksheet_range("差异清单").expect("the list");
    let formulas = book.worksheet_formula("差异清单").expect("its formulas");
    let words: Vec<String> = list.cells().filter_map(|(_, _, cell)| cell.get_string().map(str::to_owned)).collect();
    assert!(words.iter().any(|text| text.starts_with("=1+1\\u{202e}xsl\\u{7}局")));
    assert!(words.iter().any(|text| text.contains("=cmd|' /C calc'!A0")));
    assert!(!formulas.cells().any(|(_, _, formula)| formula.contains("cmd") || formula == "1+1"));
}

#[test]
fn an_overlong_text_is_shortened_and_says_so() {
    let mut batch = of_one("", "5");
    batch.audits[0].unit = Some("长".repeat(40_000));
    batch.audits[0].findings[0].phrase = fuhe::phrase::Phrase::new("𠮷".repeat(20_000)).into();
    batch.audits[0].findings[0].severity = fuhe::audit::Severity::Error;
    let mut book = opened(workbook(&batch));
    let list = book.worksheet_range("差异清单").expect("the list");
    let longest =
        list.cells().filter_map(|(_, _, cell)| cell.get_string()).max_by_key(|text| text.encode_utf16().count());
    let longest = longest.expect("texts");
    assert!(longest.encode_utf16().count() <= 32_767);
    assert!(longest.ends_with("已截短）"));
    assert!(book.sheet_names().iter().all(|name| name.encode_utf16().count() <= 31));
}

#[test]
fn names_that_no_sheet_may_have_are_replaced_and_stay_different() {
    let mut batch = of_one("", "5");
    let mut names = [
        "a/b:c*d?e[f]\\g'",
        "'",
        "History",
        "总览",
        "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二",
        "同名",
        "同名",
    ];
    names.sort_unstable();
    batch.audits = names
        .iter()
        .enumerate()
        .map(|(index, name)| Audit {
            file: format!("{index}.xlsx"),
            unit: Some((*name).to_owned()),
            ..batch.audits[0].clone()
        })
        .collect();
    let names = opened(workbook(&batch)).sheet_names();
    assert_eq!(names.len(), 12 + 7);
    for name in &names {
        assert!(
            name.encode_utf16().count() <= 31
                && !name.contains(['[', ']', ':', '*', '?', '/', '\\'])
                && !name.ends_with('\'')
        );
        assert_eq!(names.iter().filter(|other| other.to_lowercase() == name.to_lowercase()).count(), 1);
    }
}

#[test]
fn a_batch_without_a_single_audit_still_gives_a_workbook() {
    let bytes = workbook(&Batch {
        not_workbooks: vec![NotWorkbook { file: "说明.docx".to_owned(), kind: "Word".to_owned() }],
        ..Batch::default()
    });
    let mut book = opened(bytes);
    let unread = book.worksheet_range("未能复核").expect("the sheet");
    assert!(unread.cells().any(|(_, _, cell)| *cell == Data::String("说明.docx".to_owned())));
}

/// The same submission under many names.
fn many(count: usize) -> Batch {
    let mut batch = of_one("", "5");
    let one = batch.audits[0].clone();
    let named =
        |index: usize| Audit { file: format!("{index:03}.xlsx"), unit: Some(format!("第{index}局")), ..one.clone() };
    batch.audits = (0..count).map(named).collect();
    batch.run.apart = Some(Apart { workbook: "复核.xlsx".to_owned(), folder: "复核-底稿".to_owned() });
    batch
}

#[test]
fn two_hundred_working_papers_are_sheets_and_one_more_are_workbooks() {
    let within = reports(&many(200), Language::Zh);
    assert_eq!((within.workbook.len(), within.papers.len()), (212, 0));
    let apart = reports(&many(201), Language::Zh);
    assert_eq!((apart.workbook.len(), apart.papers.len()), (12, 201));
    assert_eq!(apart.papers[0].file, "底稿001 第0局.xlsx");
    let name = &apart.workbook[0].rows[0].cells[1];
    let paper = ("底稿001 第0局".to_owned(), "A1".to_owned());
    assert_eq!(name.link.as_deref(), Some(&Link::File(Way::to("复核-底稿/底稿001 第0局.xlsx"), Some(paper))));
    let back = &apart.papers[0].table.lead[0].cells[0];
    let overview = ("总览".to_owned(), "A1".to_owned());
    assert_eq!(back.link.as_deref(), Some(&Link::File(Way::to("../复核.xlsx"), Some(overview))));
}

#[test]
fn working_papers_apart_keep_their_formulas() {
    let folder = tempfile::tempdir().expect("a folder");
    let batch = many(201);
    let papers = &reports(&batch, Language::Zh).papers[..3];
    let place = folder.path().join("复核-底稿");
    let stop = &AtomicBool::new(false);
    let settings =
        papers::Settings { folder: place.clone(), language: Language::Zh, made_at: None, force: false, stop };
    assert_eq!(papers::write(papers, settings.clone()).expect("written").written, papers.len());
    stop.store(true, Ordering::Relaxed);
    assert_eq!(papers::write(papers, settings).expect("not begun").written, 0, "nothing more once the run is to stop");
    for paper in papers {
        let mut sheets = Sheets::open(&std::fs::read(place.join(&paper.file)).expect("the file"));
        sheets.recalculate();
        assert!(sheets.agrees_with(&paper.table) > 21 * 5);
    }
}

#[test]
fn stored_audits_are_read_back_and_give_the_same_workbook() {
    let batch = batch();
    let mut lines = Vec::new();
    jsonl::write(&batch.audits, Language::Zh, &mut lines).expect("lines");
    let audits = jsonl::read(lines.as_slice()).expect("audits");
    assert_eq!(audits, batch.audits);
    let again = Batch { audits, ..batch.clone() };
    assert!(workbook(&again) == workbook(&batch));
}

#[test]
fn a_stored_line_that_is_no_audit_is_named_by_its_number() {
    let error = jsonl::read("\n{}\n".as_bytes()).expect_err("no audit");
    assert!(error.to_string().starts_with("line 2:"), "{error}");
}

#[test]
fn the_matrix_has_one_sign_for_every_verdict() {
    let mut batch = of_one("", "5");
    let verdicts = [
        Verdict::Agrees,
        Verdict::Overstated,
        Verdict::Understated,
        Verdict::ReadingDependent,
        Verdict::Unverifiable,
        Verdict::Invalid,
    ];
    for (indicator, verdict) in batch.audits[0].indicators.iter_mut().zip(verdicts) {
        indicator.verdict = verdict;
        indicator.difference = decimal("0");
    }
    let tables = tables(&batch, Language::Zh);
    let matrix = named(&tables, "逐项核对");
    let signs: Vec<String> = matrix.rows[0].cells[2..8].iter().map(|cell| format!("{:?}", cell.value)).collect();
    assert_eq!(signs, ["符", "多", "少", "口", "缺", "无"].map(|sign| format!("{:?}", Value::Text(sign.to_owned()))));
}

#[test]
fn the_summary_names_files_points_and_the_worst_departments() {
    let words = summary::summary(&batch(), Language::Zh);
    assert!(words.starts_with("共5份文件：已复核5份，未能复核0份。\n"), "{words}");
    assert!(words.contains("多计4.00分"), "{words}");
    assert!(words.contains("乙局                    多计  3.00分  自评100.00，最高可认定 97.00"), "{words}");
}

/// Writes a workbook into its place.
fn put_workbook(path: &std::path::Path, bytes: &[u8], force: bool) -> Result<write::Written, write::WriteError> {
    write::Finished::workbook(path, |to| to.write_all(bytes))?.put(force)
}

#[test]
fn a_file_that_is_no_audit_workbook_is_replaced_only_by_force() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("复核.xlsx");
    std::fs::write(&path, "mine").expect("a file");
    assert!(put_workbook(&path, b"new", false).is_err());
    assert_eq!(std::fs::read(&path).expect("the file"), b"mine");
    assert!(put_workbook(&path, b"new", true).is_ok());
    assert_eq!(std::fs::read(&path).expect("the file"), b"new");
}

#[test]
fn an_audit_workbook_is_replaced_and_kept_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("audit.xlsx");
    let old = workbook(&of_one("", "5"));
    put_workbook(&path, &old, false).expect("written");
    let written = put_workbook(&path, b"new", false).expect("written");
    assert_eq!(written.backup, Some(folder.path().join("audit.bak-1.xlsx")));
    assert_eq!(std::fs::read(folder.path().join("audit.bak-1.xlsx")).expect("the backup"), old);
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 2, "nothing else is left");
}

#[test]
fn backups_are_numbered_and_none_is_ever_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("audit.xlsx");
    let versions = ["5", "4", "3"].map(|claim| workbook(&of_one("", claim)));
    let mut backups = Vec::new();
    for version in versions.iter().chain([&versions[2]]) {
        let written = put_workbook(&path, version, false).expect("written");
        backups.extend(written.backup);
    }
    let backup = |number: u32| folder.path().join(format!("audit.bak-{number}.xlsx"));
    // What was replaced last is what stands there: it is kept once.
    assert_eq!(backups, [backup(1), backup(2), backup(3)]);
    for (number, version) in (1..).zip(&versions) {
        assert_eq!(&std::fs::read(backup(number)).expect("the backup"), version);
    }
    let again = put_workbook(&path, &versions[0], false).expect("written");
    assert_eq!(again.backup, Some(backup(3)), "the same content is not kept twice");
}

#[test]
fn every_text_of_the_report_stands_in_both_languages_with_the_same_holes() {
    let holes = |text: &str| {
        let mut holes: Vec<String> =
            text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect();
        holes.sort();
        holes
    };
    let texts = |language: Language| {
        let mut texts: Vec<(String, Vec<String>)> = language
            .texts()
            .filter(|(key, _)| key.starts_with("report."))
            .map(|(key, text)| (key.to_owned(), holes(text)))
            .collect();
        texts.sort();
        texts
    };
    assert_eq!(texts(Language::Zh), texts(Language::En));
}

#[test]
fn every_finding_code_has_a_short_name() {
    for language in [Language::Zh, Language::En] {
        for code in fuhe::checks::register::Code::ALL {
            let key = format!("finding.{code}-title");
            assert_ne!(language.word(&key), key);
        }
    }
}

#[test]
fn the_english_report_has_the_same_formulas() {
    let batch = batch();
    let tables = tables(&batch, Language::En);
    let bytes = xlsx::workbook(&tables, Language::En, batch.run.made_at.as_deref()).expect("a workbook");
    let mut sheets = Sheets::open(&bytes);
    sheets.recalculate();
    assert!(tables.iter().map(|table| sheets.agrees_with(table)).sum::<usize>() > 500);
}

#[test]
fn a_sheet_of_more_links_than_a_workbook_holds_keeps_every_row_and_stays_within_the_limit() {
    let rows = 66_000;
    let linked = |row: u32| {
        let link = Link::Here("清单".to_owned(), row, 0);
        Row::of(vec![Cell::text("x").link(Some(link))])
    };
    let table = Table {
        name: "清单".to_owned(),
        columns: vec![Column::new("", 8)],
        rows: (0..rows).map(linked).collect(),
        ..Table::default()
    };
    let bytes = xlsx::plain_workbook(&[table], Language::Zh).expect("a workbook");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut sheet).unwrap();
    assert_eq!(sheet.matches("<hyperlink ").count(), 65_530);
    assert_eq!(sheet.matches("t=\"s\"").count(), rows as usize, "rows without a link keep their text");
}

#[test]
fn sums_beyond_the_largest_number_are_shown_and_no_panic() {
    let mut batch = batch();
    for audit in &mut batch.audits {
        let points = audit.points.as_mut().expect("points");
        for part in [&mut points.agreed, &mut points.overstated, &mut points.reading_dependent] {
            *part = Decimal::MAX;
        }
        (points.unverifiable, points.invalid, points.understated) = (Decimal::MAX, Decimal::MAX, Decimal::MAX);
        audit.recomputed.as_mut().expect("totals").ceiling = Decimal::MAX;
        for indicator in &mut audit.indicators {
            (indicator.low, indicator.high) = (Decimal::MIN, Some(Decimal::MAX));
            (indicator.claimed, indicator.difference) = (Some(Decimal::MAX), Decimal::MAX);
            indicator.verdict = Verdict::Overstated;
            indicator.settled_by = vec![fuhe::settled_by::SettledBy::Judgement];
        }
    }
    for language in [Language::Zh, Language::En] {
        assert!(summary::summary(&batch, language).contains("79228162514264337593543950335"));
        reports(&batch, language);
        fuhe::report::writers::html::page(&batch, language).expect("a page");
        fuhe::report::writers::letters::letters(&batch, language).expect("letters");
    }
}

#[test]
fn sums_of_scores_have_two_decimals_whatever_was_typed() {
    let mut batch = of_one("", "5 5 3 7 2 2.333333333333 3 2 1 2 1 1 0 3 6 3 8 6 23 3 6");
    assert!(summary::summary(&batch, Language::Zh).contains("自评合计92.33分"));
    batch.audits[0].points.as_mut().expect("points").agreed = decimal("3438.459999999999999");
    let words = summary::summary(&batch, Language::Zh);
    assert!(words.contains("已核实3438.46分"), "{words}");
}

#[test]
fn sheets_whose_sums_differ_only_in_lost_digits_agree() {
    let mut batch = batch();
    let long = ["0.3333333333333333333333333333", "0.3333333333333333333333333333", "700000000000"];
    for (audit, agreed) in batch.audits.iter_mut().zip(long) {
        let points = decimal(agreed);
        audit.indicators.truncate(1);
        let line = &mut audit.indicators[0];
        (line.verdict, line.difference) = (Verdict::Agrees, decimal("0"));
        (line.claimed, line.low, line.high, line.default) = (Some(points), points, Some(points), Some(points));
        let totals = audit.recomputed.as_mut().expect("totals");
        (totals.low, totals.high, totals.ceiling) = (points, Some(points), points);
        audit.points = Some(fuhe::audit::PointsByVerdict { agreed: points, ..Default::default() });
    }
    let told = fuhe::report::agreement::disagreements(&reports(&batch, Language::Zh).workbook, 0, &batch, Language::Zh);
    assert_eq!(told, []);
}

#[test]
fn a_section_chief_has_the_answers_about_one_department_within_three_clicks() {
    let batch = batch();
    let all = tables(&batch, Language::Zh);
    let overview = named(&all, "总览");
    let row = &overview.rows[0];
    assert_eq!(row.cells[1].value, Value::Text("乙局".to_owned()));
    // How much: a click on the name opens the working paper, whose first words are the conclusion.
    let Some(Link::Here(sheet, _, _)) = row.cells[1].link.as_deref() else { panic!("a way to the paper") };
    let paper = named(&all, sheet);
    let text = |row: &Row| row.cells.iter().map(|cell| format!("{:?}", cell.value)).collect::<String>();
    assert!(text(&paper.rows[0]).contains("一、结论"));
    let conclusion = text(&paper.rows[1]);
    for told in ["自评100.00分", "最高可认定97.00分", "多计3.00分"] {
        assert!(conclusion.contains(told), "{told}: {conclusion}");
    }
    // Why, and in which cell: the reason stands below; a click on it opens its row, and one there the department's own cell.
    let disputed = paper.rows.iter().find(|row| text(row).contains("预算执行率")).expect("the disputed score");
    assert!(text(disputed).contains("高出 3.00 分"), "{}", text(disputed));
    let Some(Link::Here(list, at, _)) = disputed.cells[2].link.as_deref() else { panic!("a way to the list") };
    let list = named(&all, list);
    let row = &list.rows[(at - list.first_row()) as usize];
    let place = &row.cells[usize::from(column_of(list, "出处（点击打开原件）"))];
    assert!(format!("{:?}", place.value).contains("评分表!H"), "{:?}", place.value);
    // What to ask: the questions stand under the reasons.
    let ends = paper.rows.iter().position(|row| text(row).contains("三、事实与出处")).expect("the facts");
    assert!(paper.rows[..ends].iter().any(|row| text(row).contains("待补数据或材料")));
    // The other way: the count of what is in dispute opens the department's first row, a coloured cell its own.
    let count = &overview.rows[0].cells[usize::from(column_of(overview, "差异事项"))];
    assert_eq!(count.link.as_deref(), Some(&Link::Here("差异清单".to_owned(), list.first_row(), 0)));
    let matrix = named(&all, "逐项核对");
    let coloured = matrix.rows[0].cells.iter().filter(
        |cell| matches!(cell.style, fuhe::report::table::Style::Verdict(verdict) if verdict != Verdict::Agrees),
    );
    for cell in coloured {
        assert!(matches!(cell.link.as_deref(), Some(Link::Here(..))), "{cell:?}");
    }
}

/// The heights of a sheet's rows in points, as they are stored.
fn heights(bytes: &[u8], sheet: usize) -> BTreeMap<u32, f64> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut part = archive.by_name(&format!("xl/worksheets/sheet{}.xml", sheet + 1)).expect("the sheet");
    let mut xml = String::new();
    std::io::Read::read_to_string(&mut part, &mut xml).expect("text");
    let attribute =
        |row: &str, name: &str| Some(row.split_once(&format!(" {name}=\""))?.1.split_once('"')?.0.to_owned());
    let rows = xml.split("<row ").skip(1).map(|row| format!(" {}", row.split_once('>').unwrap_or_default().0));
    rows.filter_map(|row| Some((attribute(&row, "r")?.parse().ok()?, attribute(&row, "ht")?.parse().ok()?))).collect()
}

#[test]
fn a_long_file_name_is_shown_whole_on_the_paper_of_the_progress() {
    use unicode_width::UnicodeWidthStr;
    let names = [
        "甲局.xlsx",
        "甲局2020年度部门整体支出绩效自评表.xlsx",
        "附件2-1：甲局2020年度部门整体支出绩效自评表（2021.03.15修改稿）.xlsx",
        "甲局（2020年度）部门整体支出绩效自评表-最终报送版（盖章扫描件另附）20210315_v2.3.xlsx",
        "2020_performance_self-evaluation_final_version_submitted_to_finance_bureau.xlsx",
    ];
    for name in names {
        let mut batch = of_one("", "5");
        batch.audits[0].file = name.to_owned();
        let path = Way::Relative(name.to_owned());
        batch.run.places.insert(name.to_owned(), fuhe::report::Place { path, archive: false });
        let all = tables(&batch, Language::Zh);
        let sheet = all.iter().position(|table| table.name == "复核进度").expect("the sheet");
        let (table, column) = (&all[sheet], column_of(&all[sheet], "文件"));
        let cell = &table.rows[0].cells[usize::from(column)];
        assert_eq!(cell.value, Value::Text(name.to_owned()));
        // LibreOffice breaks no linked text into lines; the way to the file is in the working paper.
        assert_eq!(cell.link, None, "{name}");
        let paper = papers_of(&all).next().expect("a working paper");
        assert!(paper.lead[0].cells.iter().any(|cell| matches!(cell.link.as_deref(), Some(Link::File(..)))), "{name}");
        // So many lines of the column's width, 15 points each.
        let lines = name.width().div_ceil(usize::from(table.columns[usize::from(column)].width));
        let height = heights(&workbook(&batch), sheet)[&(table.first_row() + 1)];
        assert!(height >= 15.0 * lines as f64, "{name}: {height} for {lines} lines");
    }
}
