//! What a reviewer says of a cell that was not used is a reading like any other from the next run on, and is never lost.

use std::sync::atomic::AtomicBool;

use fuhe::assigned::Readings;
use fuhe::audit::{Assigned, Audit, NotUsed, Origin, Verdict};
use fuhe::batch::{ArchiveLimits, Course, Setup, audit_all, find};
use fuhe::carry::{self, Earlier};

use fuhe::report::table::{Input, Outcome, Value};
use fuhe::report::{Batch, tables, writers::jsonl, writers::xlsx};
use fuhe::rulebook::library::{Library, RuleOptions};
use fuhe::submission::EffortLimits;
use fuhe::text::Language;
use fuhe::vocabulary::Vocabulary;
use fuhe::workbook::{Address, Cell, Isolation, Limits, Reader, Value as Stored, open};
use rust_xlsxwriter::{Note, Workbook};

use crate::cli::Desk;
use crate::recalculation::Sheets;
use crate::said::Said;
use crate::submitted::{found, indicator, number};

const LIST: &str = "未采用内容";
const KEPT: &str = "以前的记录";

/// The whole card, claimed in full, with two columns of scores of which a word decides, and base data in which the satisfaction
/// stands under a label that says something else.
fn submission(satisfaction: &str) -> Vec<u8> {
    submission_with("个别服务对象满意度", satisfaction, None)
}

/// The same under another label, with a comment on the satisfaction.
fn submission_with(label: &str, satisfaction: &str, comment: Option<&str>) -> Vec<u8> {
    let rulebook = crate::bench::shenzhen();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("评分表").unwrap();
    sheet.write(0, 0, "2020年度部门整体支出绩效自评表").unwrap();
    sheet.write(1, 0, "部门名称").unwrap();
    sheet.write(1, 1, "某局").unwrap();
    for (column, heading) in ["三级指标", "分值", "自评得分（初评）", "自评得分（终评）"].into_iter().enumerate()
    {
        sheet.write(2, column as u16, heading).unwrap();
    }
    for (row, one) in (3..).zip(&crate::bench::card(&rulebook).indicators) {
        let points: f64 = one.points.unwrap().to_string().parse().unwrap();
        sheet.write(row, 0, &one.name).unwrap();
        sheet.write(row, 1, points).unwrap();
        sheet.write(row, 2, points - 1.0).unwrap();
        sheet.write(row, 3, points).unwrap();
    }
    let data = workbook.add_worksheet();
    data.set_name("基础数据表").unwrap();
    for (row, line) in [["数据项", "数值", "单位"], [label, satisfaction, "%"]].into_iter().enumerate() {
        for (column, text) in line.into_iter().enumerate() {
            data.write(row as u32, column as u16, text).unwrap();
        }
    }
    if let Some(comment) = comment {
        data.insert_note(1, 1, &Note::new(comment)).unwrap();
    }
    let report = workbook.add_worksheet();
    report.set_name("自评报告").unwrap();
    report.write(0, 0, "财务处服务对象满意度为93%。").unwrap();
    workbook.save_to_buffer().unwrap()
}

/// A run over the files of a desk with what earlier workbooks brought.
fn run(desk: &Desk, earlier: Vec<Earlier>) -> Batch {
    let library = Library::open(&RuleOptions::default()).unwrap();
    let reader = Reader::new(Limits::default(), Isolation::InProcess);
    let readings: Readings = carry::readings(&earlier);
    let setup = Setup {
        library: &library,
        vocabulary: Vocabulary::builtin(),
        readings: &readings,
        resumed: fuhe::resume::Resumed::none(),
        before: None,
        basis: None,
        reader: &reader,
        limits: ArchiveLimits::default(),
        effort: EffortLimits::default(),
    };
    let inputs = find(&[desk.path("报送")], &ArchiveLimits::default()).unwrap().inputs;
    let audits =
        audit_all(&inputs, &setup, Course { jobs: Some(1), tell: &|_| {}, stop: &AtomicBool::new(false) }).unwrap();
    Batch { audits, rulebooks: vec![crate::bench::shenzhen()], earlier, ..Batch::default() }
}

/// The workbook of a batch, with words typed into 对应数据项 beside the cells named, as a later run reads it.
fn typed(batch: &Batch, entries: &[(&str, &str)]) -> Earlier {
    let bytes = xlsx::workbook(&tables(batch, Language::Zh), Language::Zh, None).expect("a workbook");
    let mut book = open("复核.xlsx", &bytes, &Limits::default()).expect("readable");
    let sheet = book.sheets.iter_mut().find(|sheet| sheet.name == LIST).expect("the list");
    let place = |words: &str| *sheet.cells.iter().find(|(_, cell)| cell.value == text(words).value).expect(words).0;
    let (column, cells) = (place("对应数据项").column, place("单元格").column);
    for (cell, words) in entries {
        let named = |(at, found): &(&Address, &Cell)| at.column == cells && found.value == text(cell).value;
        let row = sheet.cells.iter().find(named).expect(cell).0.row;
        sheet.cells.insert(Address { row, column }, text(words));
    }
    carry::read(&book).expect("a readable workbook")
}

fn text(words: &str) -> Cell {
    Cell { value: Stored::Text(words.to_owned()), percent: false, formula: false, digits: Default::default() }
}

/// The texts of a column of a sheet.
fn column(batch: &Batch, sheet: &str, heading: &str) -> Vec<String> {
    let made = tables(batch, Language::Zh);
    let Some(table) = made.iter().find(|table| table.name == sheet) else { return Vec::new() };
    let at = table.columns.iter().position(|column| column.header == heading).expect(heading);
    let shown = |value: &Value| match value {
        Value::Text(text) | Value::Formula(_, Outcome::Words(text)) => text.clone(),
        _ => String::new(),
    };
    table.rows.iter().map(|row| shown(&row.cells[at].value)).collect()
}

fn whole(batch: &Batch, sheet: &str) -> String {
    let made = tables(batch, Language::Zh);
    let table = made.iter().find(|table| table.name.starts_with(sheet)).expect(sheet);
    let cells = table.lead.iter().chain(&table.rows).flat_map(|row| &row.cells);
    cells.filter_map(|cell| if let Value::Text(text) = &cell.value { Some(text.clone()) } else { None }).collect()
}

fn one(batch: &Batch) -> &Audit {
    assert_eq!(batch.audits.len(), 1);
    &batch.audits[0]
}

fn desk(satisfaction: &str) -> Desk {
    let desk = Desk::new();
    desk.put("报送/某局.xlsx", &submission(satisfaction));
    desk
}

#[test]
fn the_list_offers_every_fact_and_every_score_of_the_card_and_is_empty_at_first() {
    let batch = run(&desk("97"), Vec::new());
    assert!(one(&batch).unused.iter().any(|cell| cell.cell == "B2" && cell.assigned.is_none()));
    assert!(column(&batch, LIST, "对应数据项").iter().all(String::is_empty));
    let made = tables(&batch, Language::Zh);
    let list = made.iter().find(|table| table.name == LIST).expect("the list");
    let offered = made.iter().find(|table| table.layout.hidden).expect("the words to choose from");
    let Some(Input::From(area)) = list.rows[0].cells[9].input.as_deref() else { panic!("a drop-down") };
    assert!(area.contains(&offered.name), "{area}");
    let words: Vec<String> = column(&batch, &offered.name, "对应数据项");
    for word in ["不采用", "服务对象满意度", "核定编制数", "得分：预算执行率"] {
        assert!(words.iter().any(|one| one == word), "{word}");
    }
    let last = offered.first_row() as usize + words.len();
    assert!(area.ends_with(&format!("$A${last}")), "{area} reaches the last of {last} rows");
}

#[test]
fn the_second_run_uses_what_the_reviewer_picked_and_the_third_still_has_it() {
    let desk = desk("97");
    let first = run(&desk, Vec::new());
    assert_eq!(indicator(one(&first), "satisfaction").verdict, Verdict::Unverifiable);
    let second = run(&desk, vec![typed(&first, &[("B2", "服务对象满意度")])]);
    let check = |batch: &Batch| {
        let audit = one(batch);
        // 97 % is not below 95 %: all 6 points.
        let line = indicator(audit, "satisfaction");
        assert_eq!((line.verdict, line.low, line.high), (Verdict::Agrees, number("6.00"), Some(number("6.00"))));
        let fact = audit.facts.iter().find(|fact| fact.id == "satisfaction" && fact.candidate).expect("a fact");
        assert_eq!((fact.value.as_str(), fact.origin, fact.certain), ("97", Origin::Reviewer, true));
        let cell = audit.unused.iter().find(|cell| cell.cell == "B2").expect("still listed");
        assert_eq!(cell.assigned, Some(Assigned::Fact("satisfaction".to_owned())));
        let told = found(audit, "reviewer-reading");
        assert!(told.len() == 1 && told[0].message().contains("服务对象满意度"), "{told:?}");
        assert_eq!(column(batch, LIST, "对应数据项").iter().filter(|words| *words == "服务对象满意度").count(), 1);
        assert!(whole(batch, "底稿").contains("人工对应"));
        assert!(
            whole(batch, "运行信息").contains("某局.xlsx，基础数据表!B2：“个别服务对象满意度” 对应 服务对象满意度")
        );
        assert!(column(batch, KEPT, "对应数据项").is_empty());
    };
    check(&second);
    let third = run(&desk, vec![typed(&second, &[])]);
    check(&third);
    // Cleared by the reviewer, it is gone.
    let cleared = run(&desk, vec![typed(&third, &[("B2", "")])]);
    assert_eq!(indicator(one(&cleared), "satisfaction").verdict, Verdict::Unverifiable);
}

#[test]
fn a_figure_of_running_text_that_the_reviewer_picks_is_the_fact_as_the_text_states_it() {
    let desk = desk("97");
    let first = run(&desk, Vec::new());
    let quoted = one(&first).unused.iter().find(|cell| cell.sheet == "自评报告").expect("listed");
    assert_eq!((quoted.cell.as_str(), quoted.value.as_str()), ("A1", "93"));
    let second = run(&desk, vec![typed(&first, &[("A1", "服务对象满意度")])]);
    let fact = one(&second).facts.iter().find(|fact| fact.id == "satisfaction" && fact.candidate).expect("a fact");
    assert_eq!((fact.value.as_str(), fact.origin, fact.source.sheet.as_str()), ("93", Origin::Reviewer, "自评报告"));
    assert_ne!(indicator(one(&second), "satisfaction").verdict, Verdict::Unverifiable);
}

#[test]
fn running_text_that_says_otherwise_does_not_unsettle_what_the_reviewer_said() {
    use crate::submitted::{FULL_CLAIMS, audited, fact, quote, submitted};
    let said = |origin: Origin| {
        let mut submission = submitted(FULL_CLAIMS, "");
        submission.facts = vec![fuhe::submission::FactSource { origin, ..fact("satisfaction 97", 5) }];
        submission.quotes = vec![quote("satisfaction", "93", "服务对象满意度为93%。")];
        let audit = audited(submission);
        let told = found(&audit, "narrative-conflict").len();
        (indicator(&audit, "satisfaction").verdict, told)
    };
    assert_eq!(said(Origin::BaseData), (Verdict::Unverifiable, 1));
    assert_eq!(said(Origin::Reviewer), (Verdict::Agrees, 0));
}

#[test]
fn a_score_that_the_reviewer_picks_is_the_claim() {
    let desk = desk("97");
    let first = run(&desk, Vec::new());
    let execution = one(&first).unused.iter().find(|cell| cell.nearest.as_deref() == Some("budget_execution"));
    let at = execution.expect("the first score is listed").cell.clone();
    assert_eq!(indicator(one(&first), "budget_execution").claimed, Some(number("6")));
    let second = run(&desk, vec![typed(&first, &[(&at, "得分：预算执行率")])]);
    let line = indicator(one(&second), "budget_execution");
    assert_eq!((line.claimed, line.source.as_ref().map(|source| source.cell.clone())), (Some(number("5")), Some(at)));
}

#[test]
fn what_is_rightly_not_used_changes_nothing_and_stays_said() {
    let desk = desk("97");
    let first = run(&desk, Vec::new());
    let second = run(&desk, vec![typed(&first, &[("B2", "不采用")])]);
    assert_eq!(indicator(one(&second), "satisfaction"), indicator(one(&first), "satisfaction"));
    assert!(found(one(&second), "reviewer-reading").is_empty());
    let third = run(&desk, vec![typed(&second, &[])]);
    assert_eq!(column(&third, LIST, "对应数据项").iter().filter(|words| *words == "不采用").count(), 1);
}

#[test]
fn what_cannot_be_taken_as_the_fact_is_told_and_never_used() {
    for (value, picked, wording) in [("较高", "服务对象满意度", "未能采用"), ("97", "满意程度", "不是评分规则中的")]
    {
        let desk = desk(value);
        let first = run(&desk, Vec::new());
        let second = run(&desk, vec![typed(&first, &[("B2", picked)])]);
        assert_eq!(indicator(one(&second), "satisfaction").verdict, Verdict::Unverifiable, "{picked}");
        let told = found(one(&second), "reviewer-reading");
        assert!(told.len() == 1 && told[0].message().contains(wording), "{told:?}");
        assert_eq!(column(&second, LIST, "对应数据项").iter().filter(|words| *words == picked).count(), 1);
    }
}

#[test]
fn a_file_of_another_name_or_with_other_content_is_known_and_one_with_neither_keeps_its_entry_apart() {
    let (desk, moved) = (Desk::new(), Desk::new());
    let bytes = submission("97");
    desk.put("报送/某局.xlsx", &bytes);
    moved.put("报送/改名.xlsx", &bytes);
    let earlier = typed(&run(&desk, Vec::new()), &[("B2", "服务对象满意度")]);
    let changed = Desk::new();
    changed.put("报送/某局.xlsx", &submission("96"));
    for desk in [&moved, &changed] {
        let batch = run(desk, vec![earlier.clone()]);
        assert_eq!(indicator(one(&batch), "satisfaction").verdict, Verdict::Agrees);
        assert!(column(&batch, KEPT, "对应数据项").is_empty());
    }
    let other = Desk::new();
    other.put("报送/另一局.xlsx", &submission("96"));
    let without = run(&other, vec![earlier]);
    assert_eq!(indicator(one(&without), "satisfaction").verdict, Verdict::Unverifiable);
    let kept = |batch: &Batch| {
        let of = |heading: &str| column(batch, KEPT, heading).join("|");
        [of("对应数据项"), of("变化"), of("出处"), of("指标")]
    };
    let expected = ["服务对象满意度", "未能对应", "基础数据表!B2", "个别服务对象满意度"];
    assert_eq!(kept(&without), expected);
    // Kept for as long as it takes, and used when the file is there again.
    let again = run(&other, vec![typed(&without, &[])]);
    assert_eq!(kept(&again), expected);
    let back = run(&desk, vec![typed(&again, &[])]);
    assert_eq!(indicator(one(&back), "satisfaction").verdict, Verdict::Agrees);
    assert!(column(&back, KEPT, "对应数据项").is_empty());
}

#[test]
fn of_two_earlier_workbooks_that_say_different_things_the_first_counts_and_the_other_is_kept() {
    let desk = desk("97");
    let first = run(&desk, Vec::new());
    let said = |words: &str| typed(&first, &[("B2", words)]);
    let batch = run(&desk, vec![said("服务对象满意度"), said("不采用")]);
    assert_eq!(indicator(one(&batch), "satisfaction").verdict, Verdict::Agrees);
    assert_eq!(column(&batch, KEPT, "对应数据项"), ["不采用"]);
}

#[test]
fn a_stored_line_keeps_the_reading_and_the_formulas_agree() {
    let desk = desk("97");
    let first = run(&desk, Vec::new());
    let second = run(&desk, vec![typed(&first, &[("B2", "服务对象满意度")])]);
    let mut lines = Vec::new();
    jsonl::write(&second.audits, Language::Zh, &mut lines).expect("lines");
    let stored = Batch { audits: jsonl::read(lines.as_slice()).expect("audits"), ..second.clone() };
    assert_eq!(stored.audits, second.audits);
    let made = tables(&stored, Language::Zh);
    let mut sheets = Sheets::open(&xlsx::workbook(&made, Language::Zh, None).expect("a workbook"));
    sheets.recalculate();
    assert!(made.iter().map(|table| sheets.agrees_with(table)).sum::<usize>() > 40);
}

#[test]
fn a_comment_and_the_doubt_of_its_cell_stand_in_rows_of_their_own_and_are_answered_each_for_itself() {
    let desk_with = |comment: &str| {
        let desk = Desk::new();
        desk.put("报送/某局.xlsx", &submission_with("服务对象满意度", "97", Some(comment)));
        desk
    };
    let desk = desk_with("待核实");
    let first = run(&desk, Vec::new());
    let of_cell = |batch: &Batch| -> Vec<(NotUsed, Option<Assigned>)> {
        let listed = one(batch).unused.iter().filter(|cell| cell.sheet == "基础数据表" && cell.cell == "B2");
        listed.map(|cell| (cell.why, cell.assigned.clone())).collect()
    };
    let rows: Vec<NotUsed> = of_cell(&first).into_iter().map(|(why, _)| why).collect();
    assert!(rows.len() == 2 && rows.contains(&NotUsed::Doubtful) && rows.contains(&NotUsed::Comment), "{rows:?}");
    let keys = column(&first, LIST, "识别码");
    assert_eq!(keys.len(), keys.iter().collect::<std::collections::BTreeSet<_>>().len(), "{keys:?}");
    for answered in &rows {
        for (words, meant) in
            [("不采用", Assigned::Nothing), ("服务对象满意度", Assigned::Fact("satisfaction".to_owned()))]
        {
            let at = first.audits[0].unused.iter().position(|cell| cell.cell == "B2" && cell.why == *answered);
            let second = run(&desk, vec![typed_into(&first, at.expect("its row"), words)]);
            for (why, assigned) in of_cell(&second) {
                assert_eq!(assigned, (why == *answered).then(|| meant.clone()), "{why:?}, of {answered:?} {words}");
            }
            assert_eq!(column(&second, LIST, "对应数据项").iter().filter(|text| *text == words).count(), 1);
            // What was said of the one is said of the one in the third run, too.
            let third = run(&desk, vec![typed(&second, &[])]);
            assert_eq!(of_cell(&third), of_cell(&second), "{answered:?} {words}");
        }
    }
    // Another comment in the place of the one that was answered is open again, and the answer is kept.
    let at = first.audits[0].unused.iter().position(|cell| cell.why == NotUsed::Comment).expect("its row");
    let answer = typed_into(&first, at, "服务对象满意度");
    let another = run(&desk_with("不含分馆"), vec![answer]);
    assert!(of_cell(&another).iter().all(|(_, assigned)| assigned.is_none()), "{:?}", of_cell(&another));
    assert!(column(&another, KEPT, "对应数据项").iter().any(|words| words == "服务对象满意度"));
}

/// The workbook of a batch with words typed into 对应数据项 in one of its rows.
fn typed_into(batch: &Batch, row: usize, words: &str) -> Earlier {
    let bytes = xlsx::workbook(&tables(batch, Language::Zh), Language::Zh, None).expect("a workbook");
    let mut book = open("复核.xlsx", &bytes, &Limits::default()).expect("readable");
    let sheet = book.sheets.iter_mut().find(|sheet| sheet.name == LIST).expect("the list");
    let heading = *sheet.cells.iter().find(|(_, cell)| cell.value == text("对应数据项").value).expect("its column").0;
    sheet.cells.insert(Address { row: heading.row + 1 + row as u32, column: heading.column }, text(words));
    carry::read(&book).expect("a readable workbook")
}
