//! The audit workbook: its sheets, its formulas, its limits.

use std::io::Cursor;
use std::sync::atomic::{AtomicBool, Ordering};

use calamine::{Data, DataType, Reader, Xlsx};
use fuhe::audit::{Audit, Verdict};
use fuhe::report::table::{Cell, Column, Link, Outcome, Row, Table, Value};
use fuhe::report::{
    Apart, Batch, NotWorkbook, reports, tables,
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
        "差异清单",
        "逐项核对",
        "待补材料",
        "未能复核",
        "评分规则",
        "运行信息",
        "底稿01 乙局",
        "底稿02 深圳市住房建设信息中心",
    ];
    assert_eq!(names[..9], expected);
    assert_eq!(names.len(), 7 + 5);
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
    for paper in &tables[7..] {
        assert!(!text_of(paper).contains("不列公式"), "{}", paper.name);
    }
}

#[test]
fn typing_facts_into_an_empty_working_paper_gives_what_an_audit_of_them_gives() {
    let claims = "5 5 3 7 2 3 3 2 2 2 1 1 1 3 6 5.9 8 6 25 3 6";
    let empty = of_one("", claims);
    let mut random = Random::new(20);
    let mut sheets = Sheets::open(&workbook(&empty));
    let mut typed = 0;
    while typed < 60 {
        let facts = random.facts(card(&shenzhen()));
        let filled = of_one(&facts, claims);
        // Amounts a unit apart are two candidates, of which a cell holds one.
        let is_twofold = |finding: &fuhe::audit::Finding| finding.code == fuhe::checks::Code::UnitAmbiguous;
        if filled.audits.iter().flat_map(|audit| &audit.findings).any(is_twofold) {
            continue;
        }
        typed += 1;
        let paper = tables(&filled, Language::Zh).remove(7);
        sheets.type_inputs_of(&paper);
        sheets.recalculate();
        assert!(sheets.agrees_with(&paper) > 21 * 5, "{facts}");
    }
}

#[test]
fn a_share_that_ends_at_its_least_does_so_in_the_working_paper_too() {
    let rule = "kind = \"proportion\"\nvalue = \"spent\"\ntarget = \"planned\"\nleast = 30";
    for (facts, score) in [("spent 10; planned 100", "30"), ("spent 45; planned 100", "45"), ("spent 10", "30.00")] {
        let rulebook = fuhe::rulebook::load("a.toml", &crate::engine::small_card(rule)).expect("no flaw");
        let audit = audit(&rulebook, "某局.xlsx", submission(&rulebook, "某局", "50", "", "", facts));
        let batch = Batch { audits: vec![audit], rulebooks: vec![rulebook], ..Batch::default() };
        let paper = tables(&batch, Language::Zh).remove(7);
        let mut sheets = Sheets::open(&workbook(&batch));
        sheets.recalculate();
        assert!(sheets.agrees_with(&paper) >= 3, "{facts}");
        assert!(text_of(&paper).contains(score), "{facts}: {}", text_of(&paper));
    }
}

#[test]
fn an_emptied_fact_cell_makes_the_score_a_range() {
    let claims = "5 5 3 7 2 3 3 2 2 2 1 1 1 3 6 6 8 6 25 3 6";
    let facts = honest(card(&shenzhen()));
    let mut sheets = Sheets::open(&workbook(&of_one(&facts, claims)));
    let fewer: Vec<&str> =
        facts.split("; ").filter(|fact| !fact.starts_with("q3_") && !fact.starts_with("rules_made")).collect();
    let paper = tables(&of_one(&fewer.join(";"), claims), Language::Zh).remove(7);
    sheets.type_inputs_of(&paper);
    sheets.recalculate();
    assert!(sheets.agrees_with(&paper) > 21 * 5);
    assert!(text_of(&paper).contains("无法复核"));
}

#[test]
fn a_confirmed_score_moves_the_confirmed_total_and_its_grade() {
    let batch = batch();
    let all = tables(&batch, Language::Zh);
    let mut sheets = Sheets::open(&workbook(&batch));
    let list = &all[1];
    // The first row is 乙局, budget execution, claimed 6, at most 3.00: a confirmed 2.5 takes half a point from 97.00.
    sheets.type_number(&list.name, list.first_row(), 15, 2.5);
    sheets.recalculate();
    assert_eq!(sheets.shown(&all[0].name, all[0].first_row(), 16), "96.5");
    // The whole list lowered to 0 points of budget execution and 公用经费: 91.00 − 5 = 86.00 is 良 for the seed.
    sheets.type_number(&list.name, list.first_row() + 2, 15, 0.0);
    sheets.recalculate();
    assert_eq!(sheets.shown(&all[0].name, all[0].first_row() + 1, 16), "86");
    assert_eq!(sheets.shown(&all[0].name, all[0].first_row() + 1, 17), "良");
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
    batch.audits[0].findings[0].phrase = fuhe::phrase::Phrase::new("𠮷".repeat(20_000));
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
    assert_eq!(names.len(), 7 + 7);
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
    assert_eq!((within.workbook.len(), within.papers.len()), (207, 0));
    let apart = reports(&many(201), Language::Zh);
    assert_eq!((apart.workbook.len(), apart.papers.len()), (7, 201));
    assert_eq!(apart.papers[0].file, "底稿001 第0局.xlsx");
    let name = &apart.workbook[0].rows[0].cells[1];
    let paper = ("底稿001 第0局".to_owned(), "A1".to_owned());
    assert_eq!(name.link.as_deref(), Some(&Link::File("复核-底稿/底稿001 第0局.xlsx".to_owned(), Some(paper))));
    let back = &apart.papers[0].table.lead[0].cells[0];
    let overview = ("总览".to_owned(), "A1".to_owned());
    assert_eq!(back.link.as_deref(), Some(&Link::File("../复核.xlsx".to_owned(), Some(overview))));
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
    assert_eq!(papers::write(papers, settings.clone()).expect("written"), papers.len());
    stop.store(true, Ordering::Relaxed);
    assert_eq!(papers::write(papers, settings).expect("not begun"), 0, "nothing more once the run is to stop");
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
    let matrix = tables(&batch, Language::Zh).remove(2);
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

#[test]
fn a_file_that_is_no_audit_workbook_is_replaced_only_by_force() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("复核.xlsx");
    std::fs::write(&path, "mine").expect("a file");
    assert!(write::workbook(&path, b"new", false).is_err());
    assert_eq!(std::fs::read(&path).expect("the file"), b"mine");
    assert!(write::workbook(&path, b"new", true).is_ok());
    assert_eq!(std::fs::read(&path).expect("the file"), b"new");
}

#[test]
fn an_audit_workbook_is_replaced_and_kept_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("audit.xlsx");
    let old = workbook(&of_one("", "5"));
    write::workbook(&path, &old, false).expect("written");
    let written = write::workbook(&path, b"new", false).expect("written");
    assert_eq!(written.backup, Some(folder.path().join("audit.bak.xlsx")));
    assert_eq!(std::fs::read(folder.path().join("audit.bak.xlsx")).expect("the backup"), old);
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 2, "nothing else is left");
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
    for (audit, agreed) in batch.audits.iter_mut().zip([
        "0.3333333333333333333333333333",
        "0.3333333333333333333333333333",
        "700000000000",
    ]) {
        audit.points.as_mut().expect("points").agreed = decimal(agreed);
    }
    let told = fuhe::report::agreement::disagreements(&reports(&batch, Language::Zh).workbook, 0, &batch, Language::Zh);
    assert_eq!(told, []);
}
