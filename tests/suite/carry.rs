//! Entries of an earlier audit workbook: they come back to the same finding, or are kept; nothing is lost.

use std::collections::BTreeMap;

use fuhe::carry::{self, Earlier, Unreadable};
use fuhe::report::table::{Outcome, Table, Value};
use fuhe::report::writers::{summary, xlsx};
use fuhe::report::{Batch, tables};
use fuhe::text::Language;
use fuhe::workbook::{Address, Cell, Limits, Value as Stored, Workbook, open};
use rust_decimal::Decimal;

use crate::bench::*;

const LIST: &str = "差异清单";
const KEPT: &str = "以前的记录";
const DECISIONS: &str = "核定表";

/// The audit workbook of a batch, as a spreadsheet program opens it.
struct Desk {
    book: Workbook,
}

impl Desk {
    fn of(batch: &Batch, language: Language) -> Desk {
        let bytes = xlsx::workbook(&tables(batch, language), language, None).expect("a workbook");
        Desk { book: open("复核.xlsx", &bytes, &Limits::default()).expect("readable") }
    }

    fn place(&self, sheet: &str, heading: &str) -> Address {
        let sheet = self.book.sheets.iter().find(|one| one.name == sheet).expect("the sheet");
        let named = |cell: &Cell| cell.value == Stored::Text(heading.to_owned());
        *sheet.cells.iter().find(|(_, cell)| named(cell)).expect("the heading").0
    }

    /// Types a value into the n-th row under a heading.
    fn put(&mut self, sheet: &str, heading: &str, row: u32, value: Stored) {
        let head = self.place(sheet, heading);
        let sheet = self.book.sheets.iter_mut().find(|one| one.name == sheet).expect("the sheet");
        let at = Address { row: head.row + 1 + row, column: head.column };
        sheet.cells.insert(at, Cell { value, percent: false, formula: false, digits: Default::default() });
    }

    fn type_text(&mut self, heading: &str, row: u32, text: &str) {
        self.put(LIST, heading, row, Stored::Text(text.to_owned()));
    }

    fn read(&self) -> Result<Earlier, Unreadable> {
        carry::read(&self.book)
    }

    fn earlier(&self) -> Earlier {
        self.read().expect("a readable list")
    }
}

fn after(batch: &Batch, earlier: Vec<Earlier>) -> Batch {
    Batch { earlier, ..batch.clone() }
}

/// The rows of a list, each as heading → text.
fn rows(batch: &Batch, name: &str) -> Vec<BTreeMap<String, String>> {
    let Some(table) = tables(batch, Language::Zh).into_iter().find(|table| table.name == name) else { return vec![] };
    let row = |row: &fuhe::report::table::Row| {
        let named = table.columns.iter().zip(&row.cells);
        named.map(|(column, cell)| (column.header.clone(), shown(&cell.value))).collect()
    };
    table.rows.iter().map(row).collect()
}

fn shown(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) | Value::Formula(_, Outcome::Words(text)) => text.clone(),
        Value::Number(number, _) | Value::Formula(_, Outcome::Score(number) | Outcome::Figure(number)) => {
            number.normalize().to_string()
        }
    }
}

fn overview(batch: &Batch) -> Table {
    tables(batch, Language::Zh).remove(0)
}

/// What 总览 shows of its first department under a heading.
fn first_of_overview(batch: &Batch, heading: &str) -> String {
    let table = overview(batch);
    let at = table.columns.iter().position(|column| column.header == heading).expect("the column");
    shown(&table.rows[0].cells[at].value)
}

/// The row of 核定表 that is about an indicator of a department.
fn place_of(batch: &Batch, department: &str, indicator: &str) -> u32 {
    let list = rows(batch, DECISIONS);
    let found = list.iter().position(|row| row["部门（单位）"] == department && row["指标"] == indicator);
    found.unwrap_or_else(|| panic!("{department}, {indicator}")) as u32
}

#[test]
fn an_entry_comes_back_to_its_finding() {
    let batch = batch();
    let before = rows(&batch, LIST);
    let mut desk = Desk::of(&batch, Language::Zh);
    desk.type_text("处理状态", 2, "申诉成立");
    desk.put(LIST, "核定分", 2, Stored::Number(decimal("2.5")));
    desk.type_text("核定理由", 2, "补交了凭证\n<同意>");
    desk.type_text("复核人", 2, "张三");
    desk.put(LIST, "备注", 2, Stored::Number(decimal("2021")));
    let now = rows(&after(&batch, vec![desk.earlier()]), LIST);
    assert_eq!(now[2]["识别码"], before[2]["识别码"]);
    let typed = ["处理状态", "核定分", "核定理由", "复核人", "备注"].map(|heading| now[2][heading].as_str());
    assert_eq!(typed, ["申诉成立", "2.5", "补交了凭证\n<同意>", "张三", "2021"]);
    for (row, was) in now.iter().zip(&before).enumerate().filter(|(at, _)| *at != 2).map(|(_, pair)| pair) {
        assert_eq!(row, was);
    }
}

#[test]
fn an_untouched_workbook_changes_nothing() {
    let batch = batch();
    let earlier = Desk::of(&batch, Language::Zh).earlier();
    let again = after(&batch, vec![earlier]);
    let bytes = |batch| xlsx::workbook(&tables(batch, Language::Zh), Language::Zh, None).expect("a workbook");
    assert!(bytes(&again) == bytes(&batch));
}

#[test]
fn the_file_may_have_another_name_and_the_sheet_another_language() {
    let batch = batch();
    let mut desk = Desk::of(&batch, Language::En);
    desk.put("Differences", "State", 0, Stored::Text("appeal upheld".to_owned()));
    let mut renamed = batch.clone();
    for audit in &mut renamed.audits {
        audit.file = format!("重报/{}", audit.file);
        audit.sha256 = "f".repeat(64);
    }
    let now = rows(&after(&renamed, vec![desk.earlier()]), LIST);
    assert_eq!(now.iter().filter(|row| row["处理状态"] == "申诉成立").count(), 1);
    assert!(now.iter().all(|row| row["变化"].is_empty()));
}

#[test]
fn what_is_gone_is_listed_and_what_was_typed_stays_until_it_comes_back() {
    let batch = batch();
    let mut desk = Desk::of(&batch, Language::Zh);
    desk.type_text("核定理由", 0, "已核对");
    let first = &rows(&batch, LIST)[0];
    let mut fewer = batch.clone();
    let kept =
        |audit: &fuhe::audit::Audit| audit.unit.as_deref().is_none_or(|unit| !first["部门（单位）"].starts_with(unit));
    fewer.audits.retain(kept);
    assert_eq!(fewer.audits.len(), batch.audits.len() - 1);
    let without = after(&fewer, vec![desk.earlier()]);
    let gone = rows(&without, KEPT);
    assert!(gone.len() > 1 && gone.iter().all(|row| row["变化"] == "本次未报送"), "{gone:?}");
    assert_eq!(gone.iter().filter(|row| row["核定理由"] == "已核对").count(), 1);
    let later = after(&fewer, vec![Desk::of(&without, Language::Zh).earlier()]);
    assert_eq!(rows(&later, KEPT).len(), 1, "what nobody worked on is not listed for ever");
    assert_eq!(rows(&later, KEPT)[0]["核定理由"], "已核对");
    let back = after(&batch, vec![Desk::of(&later, Language::Zh).earlier()]);
    assert!(rows(&back, KEPT).is_empty());
    assert_eq!(rows(&back, LIST)[0]["核定理由"], "已核对");
    assert_eq!(rows(&back, LIST)[0]["变化"], "新增");
}

#[test]
fn findings_that_no_earlier_workbook_has_are_new() {
    let batch = batch();
    let mut fewer = batch.clone();
    fewer.audits.remove(0);
    let now = rows(&after(&batch, vec![Desk::of(&fewer, Language::Zh).earlier()]), LIST);
    let new: Vec<bool> = now.iter().map(|row| row["变化"] == "新增").collect();
    assert!(new.contains(&true) && new.contains(&false));
    assert!(rows(&batch, LIST).iter().all(|row| row["变化"].is_empty()), "without an earlier workbook nothing is new");
}

#[test]
fn the_total_is_final_once_nothing_is_open_and_follows_the_entries_that_came_back() {
    let batch = batch();
    // 乙局 claimed 100 and overstates budget execution: 6 claimed, 3 at most. Its other open rows have to be judged.
    assert_eq!(first_of_overview(&batch, "最高可认定分"), "97");
    let list = rows(&batch, DECISIONS);
    let open: Vec<usize> =
        (0..list.len()).filter(|at| list[*at]["部门（单位）"] == "乙局" && list[*at]["办理情况"] == "待核定").collect();
    let first = first_of_overview(&batch, "核定总分");
    assert_eq!(first, format!("未完成{}项", open.len()));
    let mut desk = Desk::of(&batch, Language::Zh);
    for at in &open {
        // Half a point less than was computed for the overstated one; what has to be judged gets all that was claimed.
        let points = if list[*at]["指标"] == "预算执行率" { "2.5" } else { &list[*at]["自评分"] };
        desk.put(DECISIONS, "核定分", *at as u32, Stored::Number(decimal(points)));
    }
    let carried = after(&batch, vec![desk.earlier()]);
    assert_eq!(first_of_overview(&carried, "核定总分"), "96.5");
    assert_eq!(first_of_overview(&carried, "未结事项"), "");
    let mut sheets = crate::recalculation::Sheets::open(
        &xlsx::workbook(&tables(&carried, Language::Zh), Language::Zh, None).expect("a workbook"),
    );
    sheets.recalculate();
    let table = overview(&carried);
    let at = table.columns.iter().position(|column| column.header == "核定总分").expect("the column");
    assert_eq!(sheets.shown("总览", table.first_row(), at as u16), "96.5");
}

#[test]
fn two_submissions_of_one_department_keep_their_own_entries() {
    let rulebook = shenzhen();
    let made = ["甲.xlsx", "乙.xlsx"]
        .map(|file| audit(&rulebook, file, submission(&rulebook, "某局", SEED_CLAIMS, "92.00", "优", SEED)));
    let batch = Batch { audits: made.to_vec(), ..batch() };
    let mut desk = Desk::of(&batch, Language::Zh);
    let list = rows(&batch, LIST);
    for row in 0..list.len() as u32 {
        desk.type_text("备注", row, &format!("第{row}条"));
    }
    let now = rows(&after(&batch, vec![desk.earlier()]), LIST);
    for (at, row) in now.iter().enumerate() {
        assert_eq!(row["备注"], format!("第{at}条"));
    }
}

#[test]
fn an_entry_that_may_belong_to_several_findings_is_kept_apart() {
    let mut batch = batch();
    let finding = batch.audits[0].findings.iter().find(|finding| finding.source.is_some()).expect("a finding").clone();
    let twin = |cell: &str| {
        let mut twin = finding.clone();
        twin.code = fuhe::checks::Code::ErrorCell;
        twin.severity = fuhe::audit::Severity::Error;
        (twin.indicator, twin.fact) = (None, None);
        twin.source.as_mut().expect("a source").cell = cell.to_owned();
        twin
    };
    batch.audits[0].findings.extend([twin("X1"), twin("X2")]);
    let mut desk = Desk::of(&batch, Language::Zh);
    let list = rows(&batch, LIST);
    for cell in ["X1", "X2"] {
        let row = list.iter().position(|row| row["出处（点击打开原件）"].ends_with(cell)).expect("the row");
        desk.type_text("备注", row as u32, cell);
    }
    let findings = &mut batch.audits[0].findings;
    let place = findings.len() - 1;
    findings[place] = twin("X3");
    let carried = after(&batch, vec![desk.earlier()]);
    let now = rows(&carried, LIST);
    let remark = |cell: &str| {
        let row = now.iter().find(|row| row["出处（点击打开原件）"].ends_with(cell)).expect("the row");
        row["备注"].clone()
    };
    assert_eq!((remark("X1").as_str(), remark("X3").as_str()), ("X1", ""));
    let kept = rows(&carried, KEPT);
    assert_eq!(kept.len(), 1);
    assert_eq!((kept[0]["备注"].as_str(), kept[0]["变化"].as_str()), ("X2", "未能对应"));
}

#[test]
fn of_two_workbooks_the_named_one_counts_and_the_other_is_kept() {
    let batch = batch();
    let desk = |words: &str| {
        let mut desk = Desk::of(&batch, Language::Zh);
        desk.type_text("核定理由", 0, words);
        desk
    };
    let carried = after(&batch, vec![desk("一").earlier(), desk("二").earlier()]);
    assert_eq!(rows(&carried, LIST)[0]["核定理由"], "一");
    let kept = rows(&carried, KEPT);
    assert_eq!(kept.len(), 1);
    assert_eq!((kept[0]["核定理由"].as_str(), kept[0]["变化"].as_str()), ("二", "未能对应"));
}

#[test]
fn columns_and_rows_that_people_added_are_kept() {
    let batch = batch();
    let mut desk = Desk::of(&batch, Language::Zh);
    let head = desk.place(LIST, "识别码");
    let list = desk.book.sheets.iter_mut().find(|sheet| sheet.name == LIST).expect("the list");
    let text = |words: &str| Cell {
        value: Stored::Text(words.to_owned()),
        percent: false,
        formula: false,
        digits: Default::default(),
    };
    list.cells.insert(Address { row: head.row, column: head.column + 1 }, text("处室意见"));
    list.cells.insert(Address { row: head.row + 1, column: head.column + 1 }, text("同意"));
    let last = list.cells.keys().map(|at| at.row).max().expect("rows");
    list.cells.insert(Address { row: last + 2, column: head.column + 2 }, text("会议记录见附件"));
    let carried = after(&batch, vec![desk.earlier()]);
    let kept = rows(&carried, KEPT);
    let further: Vec<&str> = kept.iter().map(|row| row["其他内容"].as_str()).collect();
    assert!(matches!(further[..], ["处室意见：同意", added] if added.ends_with("会议记录见附件")), "{further:?}");
    let again = after(&batch, vec![Desk::of(&carried, Language::Zh).earlier()]);
    assert_eq!(rows(&again, KEPT), kept);
}

#[test]
fn what_cannot_be_read_is_refused() {
    let batch = batch();
    let mut desk = Desk::of(&batch, Language::Zh);
    desk.put(LIST, "核定分", 0, Stored::Uncalculated);
    assert!(matches!(desk.read(), Err(Unreadable::Cell { sheet, .. }) if sheet == LIST));
    let mut desk = Desk::of(&batch, Language::Zh);
    desk.book.sheets.retain(|sheet| sheet.name != LIST);
    assert_eq!(desk.read(), Err(Unreadable::NoList));
    let key = Desk::of(&batch, Language::Zh).place(LIST, "识别码");
    let mut desk = Desk::of(&batch, Language::Zh);
    let list = desk.book.sheets.iter_mut().find(|sheet| sheet.name == LIST).expect("the list");
    list.cells.retain(|at, _| at.column != key.column);
    assert_eq!(desk.read(), Err(Unreadable::NoList));
}

#[test]
fn a_score_that_is_none_of_the_indicator_stays_what_it_is_and_counts_for_nothing() {
    let batch = batch();
    let place = place_of(&batch, "乙局", "预算执行率");
    for wrong in [Stored::Text("待定".to_owned()), Stored::Number(decimal("99")), Stored::Number(decimal("-1"))] {
        let mut desk = Desk::of(&batch, Language::Zh);
        desk.put(DECISIONS, "核定分", place, wrong.clone());
        desk.put(DECISIONS, "处理状态", place, Stored::Text("已确认".to_owned()));
        let carried = after(&batch, vec![desk.earlier()]);
        let row = &rows(&carried, DECISIONS)[place as usize];
        assert_eq!(row["办理情况"], "核定分无效", "{wrong:?}");
        assert!(!row["核定分"].is_empty() && row["计入分"].is_empty());
        assert_eq!(first_of_overview(&carried, "最高可认定分"), "97");
        assert_eq!(rows(&carried, LIST)[0]["核定分"], row["核定分"]);
        assert!(summary::summary(&carried, Language::Zh).contains("《核定表》中有1项核定分无效"), "{wrong:?}");
        assert!(!summary::summary(&batch, Language::Zh).contains("核定分无效"));
    }
}

#[test]
fn a_score_is_at_most_the_points_and_at_least_nothing() {
    let batch = batch();
    let place = place_of(&batch, "乙局", "预算执行率");
    for (points, progress) in [("0", "已核定"), ("6", "已核定"), ("6.01", "核定分无效"), ("-0.01", "核定分无效")]
    {
        let mut desk = Desk::of(&batch, Language::Zh);
        desk.put(DECISIONS, "核定分", place, Stored::Number(decimal(points)));
        let carried = after(&batch, vec![desk.earlier()]);
        assert_eq!(rows(&carried, DECISIONS)[place as usize]["办理情况"], progress, "{points}");
    }
}

/// The batch's workbook in which 3 points were entered and confirmed for 乙局's 预算执行率.
fn signed_for(batch: &Batch) -> Earlier {
    let place = place_of(batch, "乙局", "预算执行率");
    let mut desk = Desk::of(batch, Language::Zh);
    desk.put(DECISIONS, "核定分", place, Stored::Number(decimal("3")));
    desk.put(DECISIONS, "处理状态", place, Stored::Text("已确认".to_owned()));
    desk.earlier()
}

#[test]
fn a_signed_row_opens_again_where_its_range_its_figures_or_the_rulebook_changed_and_for_nothing_else() {
    let before = batch();
    let signed = signed_for(&before);
    let progress = |change: &dyn Fn(&mut fuhe::audit::Audit)| {
        let mut now = before.clone();
        now.audits.iter_mut().filter(|audit| audit.unit.as_deref() == Some("乙局")).for_each(change);
        let list = rows(&after(&now, vec![signed.clone()]), DECISIONS);
        let row =
            list.into_iter().find(|row| row["部门（单位）"] == "乙局" && row["指标"] == "预算执行率").expect("the row");
        assert_eq!(row["核定分"], "3", "what was typed stays");
        row["办理情况"].clone()
    };
    let line = |audit: &mut fuhe::audit::Audit, change: &dyn Fn(&mut fuhe::audit::IndicatorAudit)| {
        change(audit.indicators.iter_mut().find(|line| line.name == "预算执行率").expect("the line"));
    };
    let figure = |audit: &mut fuhe::audit::Audit, id: &str, text: &str| {
        let fact = audit.facts.iter_mut().find(|fact| fact.id == id).expect("the fact");
        fact.source.text = text.to_owned();
    };
    assert_eq!(progress(&|_| {}), "已核定");
    // Its range, a figure that it rests on, the edition of the rulebook.
    assert_eq!(progress(&|audit| line(audit, &|line| line.high = Some(decimal("4")))), "依据已变");
    assert_eq!(progress(&|audit| line(audit, &|line| line.low = decimal("2"))), "依据已变");
    assert_eq!(progress(&|audit| figure(audit, "q3_progress", "38.5")), "依据已变");
    let edition = |audit: &mut fuhe::audit::Audit| {
        audit.rulebook.as_mut().expect("a rulebook").sha256 = "cd".repeat(32);
    };
    assert_eq!(progress(&edition), "依据已变");
    // Another indicator's figure, another cell for the same figure, and the file's own hash say nothing of it.
    assert_eq!(progress(&|audit| figure(audit, "satisfaction", "12")), "已核定");
    assert_eq!(progress(&|audit| audit.sha256 = "ef".repeat(32)), "已核定");
    let moved = |audit: &mut fuhe::audit::Audit| {
        audit.facts.iter_mut().for_each(|fact| fact.source.cell = "Z99".to_owned());
    };
    assert_eq!(progress(&moved), "已核定");
}

#[test]
fn a_row_whose_claim_changed_since_it_was_signed_is_open_again_and_says_so_until_it_is_signed_anew() {
    let before = batch();
    let place = place_of(&before, "乙局", "预算执行率");
    let untouched = after(&before, vec![signed_for(&before)]);
    assert_eq!(rows(&untouched, DECISIONS)[place as usize]["办理情况"], "已核定");
    // The department claims 5 now.
    let mut now = before.clone();
    for audit in now.audits.iter_mut().filter(|audit| audit.unit.as_deref() == Some("乙局")) {
        let line = audit.indicators.iter_mut().find(|line| line.name == "预算执行率").expect("the line");
        (line.claimed, line.difference) = (Some(decimal("5")), decimal("2"));
    }
    let of_line = |batch: &Batch| {
        let list = rows(batch, DECISIONS);
        list.into_iter().find(|row| row["部门（单位）"] == "乙局" && row["指标"] == "预算执行率").expect("the row")
    };
    let changed = after(&now, vec![Desk::of(&untouched, Language::Zh).earlier()]);
    let row = of_line(&changed);
    assert_eq!((row["办理情况"].as_str(), row["核定分"].as_str()), ("依据已变", "3"));
    assert_eq!(row["变化"], "依据已变（原为：已确认）");
    // Nobody looked at it: it stays open, run after run.
    let still = after(&now, vec![Desk::of(&changed, Language::Zh).earlier()]);
    assert_eq!(of_line(&still)["办理情况"], "依据已变");
    let mut desk = Desk::of(&still, Language::Zh);
    let place = place_of(&still, "乙局", "预算执行率");
    desk.put(DECISIONS, "处理状态", place, Stored::Text("申诉不成立".to_owned()));
    let signed = after(&now, vec![desk.earlier()]);
    assert_eq!((of_line(&signed)["办理情况"].as_str(), of_line(&signed)["变化"].as_str()), ("已核定", ""));
}

#[test]
fn the_computed_score_counts_once_it_is_confirmed_and_an_appeal_needs_a_score_of_its_own() {
    let batch = batch();
    let place = place_of(&batch, "乙局", "预算执行率");
    for (state, progress, counted) in [
        ("已确认", "已核定", "3"),
        ("申诉不成立", "已核定", "3"),
        ("申诉成立", "待核定", ""),
        ("部门已更正", "待核定", ""),
    ] {
        let mut desk = Desk::of(&batch, Language::Zh);
        desk.put(DECISIONS, "处理状态", place, Stored::Text(state.to_owned()));
        let carried = after(&batch, vec![desk.earlier()]);
        let row = &rows(&carried, DECISIONS)[place as usize];
        assert_eq!((row["办理情况"].as_str(), row["计入分"].as_str()), (progress, counted), "{state}");
    }
}

#[test]
fn what_is_typed_over_a_reference_to_the_list_is_an_entry_of_the_list() {
    let batch = batch();
    let mut desk = Desk::of(&batch, Language::Zh);
    let place = place_of(&batch, "乙局", "预算执行率");
    desk.put(LIST, "核定分", 0, Stored::Number(decimal("2")));
    desk.put(DECISIONS, "复核人", place, Stored::Text("李四".to_owned()));
    let carried = after(&batch, vec![desk.earlier()]);
    let row = &rows(&carried, DECISIONS)[place as usize];
    assert_eq!((row["核定分"].as_str(), row["复核人"].as_str()), ("2", "李四"));
    // Where the two contradict each other the list counts, and the other is kept.
    let mut desk = Desk::of(&batch, Language::Zh);
    desk.put(LIST, "核定分", 0, Stored::Number(decimal("2")));
    desk.put(DECISIONS, "核定分", place, Stored::Number(decimal("1")));
    let carried = after(&batch, vec![desk.earlier()]);
    assert_eq!(rows(&carried, DECISIONS)[place as usize]["核定分"], "1");
    assert!(rows(&carried, KEPT).iter().any(|row| row["变化"] == "未能对应" && row["核定分"] == "2"));
}

#[test]
fn a_department_that_is_renamed_keeps_its_entries_by_its_file_and_one_with_another_file_by_its_name() {
    let before = batch();
    let place = place_of(&before, "乙局", "预算执行率");
    let mut desk = Desk::of(&before, Language::Zh);
    desk.put(DECISIONS, "核定理由", place, Stored::Text("已核对".to_owned()));
    let changed = |change: fn(&mut fuhe::audit::Audit)| {
        let mut now = before.clone();
        now.audits.iter_mut().filter(|audit| audit.unit.as_deref() == Some("乙局")).for_each(change);
        let carried = after(&now, vec![desk.earlier()]);
        rows(&carried, DECISIONS).iter().filter(|row| row["核定理由"] == "已核对").count()
    };
    assert_eq!(changed(|audit| audit.unit = Some("乙局（更名）".to_owned())), 1);
    assert_eq!(changed(|audit| audit.file = "另一份.xlsx".to_owned()), 1);
    assert_eq!(
        changed(|audit| {
            audit.unit = Some("丁局".to_owned());
            audit.file = "丁局.xlsx".to_owned();
        }),
        0,
        "another department in another file is another one"
    );
}

#[test]
fn a_list_of_more_rows_than_any_audit_has_is_refused() {
    let desk = Desk::of(&batch(), Language::Zh);
    let rows = |earlier: Earlier| earlier.findings.len() + earlier.entries.len();
    let there = rows(desk.earlier());
    assert_eq!(rows(carry::read_within(&desk.book, there).expect("readable lists")), there);
    assert_eq!(carry::read_within(&desk.book, there - 1), Err(Unreadable::TooMany { most: there - 1 }));
}

/// A workbook of ours as far as its mark goes, with more sheets than any of ours.
fn forged() -> Vec<u8> {
    let sheets: String = (0..1001).map(|n| format!("<sheet name='S{n}' sheetId='{n}' r:id='rId1'/>")).collect();
    crate::readers::parts::zip(&[
        ("xl/workbook.xml", format!("<workbook xmlns:r='x'><sheets>{sheets}</sheets></workbook>").as_bytes()),
        ("xl/_rels/workbook.xml.rels", crate::readers::parts::RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData/></worksheet>"),
        ("docProps/custom.xml", fuhe::report::writers::write::MARK.as_bytes()),
    ])
}

#[test]
fn a_workbook_too_large_to_carry_is_told_and_in_the_place_of_the_output_moved_aside_never_lost() {
    let desk = crate::cli::Desk::new();
    let sample = std::fs::read(&crate::cli::samples()[0]).expect("a sample");
    desk.put("报送/某局.xlsx", &sample);
    desk.put("旧.xlsx", &forged());
    desk.put("果.xlsx", &forged());
    let run = |arguments: &[&str]| {
        let output = desk.fuhe(&[&["报送"], arguments].concat());
        (crate::cli::code(&output), crate::cli::words(&output))
    };
    let (code, words) = run(&["-o", "新.xlsx", "--carry", "旧.xlsx"]);
    assert!(code == 2 && words.contains("旧.xlsx") && words.contains("工作表数超过"), "{words}");
    let (code, words) = run(&["-o", "果.xlsx"]);
    assert!(code == 2 && words.contains("果.xlsx") && words.contains("--force"), "{words}");
    assert_eq!(std::fs::read(desk.path("果.xlsx")).expect("as it was"), forged());
    for aside in ["果.old-1.xlsx", "果.old-2.xlsx"] {
        let (code, words) = run(&["-o", "果.xlsx", "--force"]);
        assert!(code == 0 && words.contains(aside), "{words}");
        assert_eq!(std::fs::read(desk.path(aside)).expect("moved aside"), forged());
        desk.put("果.xlsx", &forged());
    }
}

/// The figure beside a label in the head of 总览.
fn figure(batch: &Batch, label: &str) -> String {
    let cells: Vec<_> = overview(batch).lead.into_iter().flat_map(|row| row.cells).collect();
    let at = cells.iter().position(|cell| cell.value == Value::Text(label.to_owned())).expect("the figure");
    shown(&cells[at + 1].value)
}

#[test]
fn of_two_submissions_of_a_department_only_the_one_that_was_chosen_counts_and_the_letter_asks_which() {
    let rulebook = shenzhen();
    let fewer = SEED_CLAIMS.replacen('5', "4", 1);
    let made = [("甲.xlsx", "1", SEED_CLAIMS), ("乙.xlsx", "2", &fewer)].map(|(file, sha256, claims)| {
        let audit = audit(&rulebook, file, submission(&rulebook, "某局", claims, "92.00", "优", SEED));
        fuhe::audit::Audit { sha256: sha256.repeat(64), ..audit }
    });
    let batch = Batch { audits: made.to_vec(), ..batch() };
    let claimed = |batch: &Batch| figure(batch, "自评合计（分）");
    assert_eq!(claimed(&batch), "0", "nobody has said which of them counts");
    let list = rows(&batch, "复核进度");
    let place = list.iter().position(|row| row["文件"] == "甲.xlsx").expect("the row");
    assert_eq!(list[place]["份次"], "第2份/共2份", "in the order of their files");
    let choose = |chosen: &[usize]| {
        let mut desk = Desk::of(&batch, Language::Zh);
        chosen.iter().for_each(|at| desk.put("复核进度", "计入汇总", *at as u32, Stored::Text("是".to_owned())));
        after(&batch, vec![desk.earlier()])
    };
    let sum: Decimal = SEED_CLAIMS.split_whitespace().map(|claim| claim.parse::<Decimal>().unwrap_or_default()).sum();
    let chosen = choose(&[place]);
    assert_eq!(claimed(&chosen), sum.normalize().to_string());
    assert_eq!(claimed(&choose(&[0, 1])), "0", "two cannot both count");
    for batch in [&batch, &chosen] {
        let all = tables(batch, Language::Zh);
        let mut sheets =
            crate::recalculation::Sheets::open(&xlsx::workbook(&all, Language::Zh, None).expect("a workbook"));
        sheets.recalculate();
        for name in ["总览", "复核进度"] {
            sheets.agrees_with(all.iter().find(|table| table.name == name).expect("the sheet"));
        }
    }
    let letter = |batch: &Batch| {
        let letters = fuhe::report::writers::letters::letters(batch, Language::Zh).expect("letters");
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&letters.letters[0].bytes)).expect("a package");
        let mut text = String::new();
        let mut document = archive.by_name("word/document.xml").expect("a document");
        std::io::Read::read_to_string(&mut document, &mut text).expect("text");
        text
    };
    assert!(letter(&batch).contains("你单位报送了2份自评材料（乙.xlsx、甲.xlsx），请明确以哪一份为准"));
    assert!(letter(&chosen).contains("现按甲.xlsx计"));
}

#[test]
fn of_identical_files_the_first_counts_as_long_as_nobody_chose() {
    let rulebook = shenzhen();
    let made = ["甲.xlsx", "乙.xlsx"]
        .map(|file| audit(&rulebook, file, submission(&rulebook, "某局", SEED_CLAIMS, "92.00", "优", SEED)));
    assert_eq!(made[0].sha256, made[1].sha256);
    let twice = Batch { audits: made.to_vec(), ..batch() };
    let once = Batch { audits: made[..1].to_vec(), ..batch() };
    for label in ["自评合计（分）", "已核实（分）", "多计（分）", "无法复核（分）"] {
        assert_eq!(figure(&twice, label), figure(&once, label), "{label}");
    }
}

#[test]
fn a_workbook_none_of_whose_departments_is_there_is_that_of_another_batch() {
    let batch = batch();
    let earlier = Desk::of(&batch, Language::Zh).earlier();
    let mut other = batch.clone();
    other.audits.truncate(1);
    assert!(!fuhe::report::is_foreign(&after(&other, vec![earlier.clone()]), Language::Zh), "one of them is there");
    other.audits[0].unit = Some("别的局".to_owned());
    assert!(!fuhe::report::is_foreign(&after(&other, vec![earlier.clone()]), Language::Zh), "its file is there");
    other.audits[0].file = "别的局.xlsx".to_owned();
    assert!(fuhe::report::is_foreign(&after(&other, vec![earlier]), Language::Zh));
    assert!(!fuhe::report::is_foreign(&batch, Language::Zh), "without an earlier workbook");
}

#[test]
fn what_was_handed_in_is_not_asked_for_again_and_what_was_returned_is() {
    let batch = batch();
    let list = rows(&batch, "待补材料");
    let at = list.iter().position(|row| row["材料状态"] == "待提供").expect("something is asked for");
    let wanted = |state: &str| {
        let mut desk = Desk::of(&batch, Language::Zh);
        desk.put("待补材料", "材料状态", at as u32, Stored::Text(state.to_owned()));
        desk.put("待补材料", "收到的材料", at as u32, Stored::Text("第3号收据".to_owned()));
        let carried = after(&batch, vec![desk.earlier()]);
        let row = rows(&carried, "待补材料").remove(at);
        assert_eq!((row["材料状态"].as_str(), row["收到的材料"].as_str()), (state, "第3号收据"));
        let letters = fuhe::report::writers::letters::letters(&carried, Language::Zh).expect("letters");
        let unit = &list[at]["部门（单位）"];
        let letter = letters.letters.iter().find(|letter| letter.file.contains(unit.as_str()));
        let mut text = String::new();
        if let Some(letter) = letter {
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&letter.bytes)).expect("a package");
            let mut document = archive.by_name("word/document.xml").expect("a document");
            std::io::Read::read_to_string(&mut document, &mut text).expect("text");
        }
        text.contains(&list[at]["待补数据或材料"])
    };
    assert!(wanted("退回") && !wanted("已提供") && !wanted("不适用"));
}
