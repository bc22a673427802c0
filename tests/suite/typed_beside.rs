//! What people type where no entry is asked for: beside the lists, over what the program wrote, and into sheets of their own.
//! All of it stands in 以前的记录 of every later run.

use std::collections::BTreeMap;

use fuhe::carry;
use fuhe::report::{Batch, tables, writers::xlsx};
use fuhe::text::Language;
use fuhe::workbook::{Address, Cell, Limits, Sheet, Value, Workbook, open};

use crate::bench::*;

fn opened(batch: &Batch) -> Workbook {
    let bytes = xlsx::workbook(&tables(batch, Language::Zh), Language::Zh, None).expect("a workbook");
    open("复核.xlsx", &bytes, &Limits::default()).expect("readable")
}

fn sheet<'b>(book: &'b mut Workbook, name: &str) -> &'b mut Sheet {
    book.sheets.iter_mut().find(|one| one.name.starts_with(name)).expect("the sheet")
}

fn put(sheet: &mut Sheet, at: &str, value: Value) {
    let cell = Cell { value, percent: false, formula: false, digits: Default::default() };
    sheet.cells.insert(at.parse().expect("an address"), cell);
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// The next run's batch.
fn after(batch: &Batch, book: &Workbook) -> Batch {
    Batch { earlier: vec![carry::read(book).expect("a readable workbook")], ..batch.clone() }
}

/// 以前的记录: what people added, by the sheet and the place where it stood.
fn kept(batch: &Batch) -> BTreeMap<(String, String), String> {
    let Some(table) = tables(batch, Language::Zh).into_iter().find(|table| table.name == "以前的记录") else {
        return BTreeMap::new();
    };
    let column =
        |heading: &str| table.columns.iter().position(|one| one.header.starts_with(heading)).expect("the column");
    let (sheet, place, more) = (column("问题"), column("出处"), column("其他内容"));
    let shown = |row: &fuhe::report::table::Row, at: usize| match &row.cells[at].value {
        fuhe::report::table::Value::Text(text) => text.clone(),
        _ => String::new(),
    };
    table.rows.iter().map(|row| ((shown(row, sheet), shown(row, place)), shown(row, more))).collect()
}

#[test]
fn a_workbook_in_which_nobody_typed_has_nothing_to_keep() {
    let batch = batch();
    assert_eq!(kept(&after(&batch, &opened(&batch))), BTreeMap::new());
}

#[test]
fn what_is_typed_into_any_sheet_is_kept_with_its_place_in_every_later_run() {
    let batch = batch();
    let mut book = opened(&batch);
    let names: Vec<String> = book.sheets.iter().filter(|one| !one.hidden).map(|one| one.name.clone()).collect();
    for (at, name) in names.iter().enumerate() {
        let own = sheet(&mut book, name);
        let right = own.cells.keys().map(|at| at.column).max().expect("cells") + 3;
        let place = Address { row: 0, column: right }.to_string();
        put(own, &place, text(&format!("旁注{at}")));
    }
    let all = kept(&after(&batch, &book));
    for (at, name) in names.iter().enumerate() {
        let found = all.iter().filter(|((sheet, _), said)| sheet == name && **said == format!("旁注{at}")).count();
        assert_eq!(found, 1, "{name}: {all:?}");
    }
    assert_eq!(all.len(), names.len());
    let once = after(&batch, &book);
    let twice = after(&batch, &opened(&once));
    assert_eq!(kept(&twice), all, "and it is neither lost nor doubled by the next run");
}

#[test]
fn a_sheet_that_a_person_added_is_kept_row_by_row() {
    let batch = batch();
    let mut book = opened(&batch);
    let mut own = Sheet { name: "会商记录".to_owned(), ..Sheet::default() };
    put(&mut own, "A1", text("12月1日会商"));
    put(&mut own, "A3", text("甲局"));
    put(&mut own, "C3", Value::Number(decimal("2.5")));
    book.sheets.push(own);
    let all = kept(&after(&batch, &book));
    let at = |place: &str| all.get(&("会商记录".to_owned(), place.to_owned())).map(String::as_str);
    assert_eq!((at("A1"), at("A3"), all.len()), (Some("12月1日会商"), Some("甲局 | 2.5"), 2), "{all:?}");
}

#[test]
fn a_value_over_a_formula_and_words_over_words_are_kept() {
    let batch = batch();
    let mut book = opened(&batch);
    let overview = sheet(&mut book, "总览");
    let formula = *overview.cells.iter().find(|(_, cell)| cell.formula).expect("a formula").0;
    put(overview, &formula.to_string(), Value::Number(decimal("87.6543")));
    put(overview, "A1", text("某市财政局2020年度复核"));
    let all = kept(&after(&batch, &book));
    assert_eq!(all.get(&("总览".to_owned(), formula.to_string())).map(String::as_str), Some("87.6543"));
    assert_eq!(all.get(&("总览".to_owned(), "A1".to_owned())).map(String::as_str), Some("某市财政局2020年度复核"));
    assert_eq!(all.len(), 2, "{all:?}");
}

#[test]
fn what_a_person_moves_or_deletes_is_not_taken_for_something_added() {
    let batch = batch();
    let mut book = opened(&batch);
    for own in &mut book.sheets {
        // Two rows on top, as somebody makes room for a letterhead; and one cell less.
        let moved = own.cells.iter().map(|(at, cell)| (Address { row: at.row + 2, ..*at }, cell.clone())).collect();
        own.cells = moved;
    }
    let overview = sheet(&mut book, "总览");
    let last = *overview.cells.iter().rfind(|(_, cell)| !cell.formula && !is_telling(cell)).expect("a cell").0;
    overview.cells.remove(&last);
    assert_eq!(kept(&after(&batch, &book)), BTreeMap::new());
}

fn is_telling(cell: &Cell) -> bool {
    matches!(&cell.value, Value::Text(text) if text.starts_with("fuhe:"))
}

#[test]
fn a_sheet_of_the_program_whose_hidden_column_somebody_cleared_is_not_taken_for_a_persons_own() {
    let batch = batch();
    let mut book = opened(&batch);
    for name in ["总览", "底稿", "核定表"] {
        sheet(&mut book, name).cells.retain(|_, cell| !is_telling(cell));
    }
    assert_eq!(kept(&after(&batch, &book)), BTreeMap::new());
}

#[test]
fn a_note_beside_a_list_is_kept_also_where_the_list_says_the_same() {
    let batch = batch();
    let mut book = opened(&batch);
    let decisions = sheet(&mut book, "核定表");
    for (at, note) in [("AJ1", "待核实"), ("AL1", "多计"), ("AN1", "乙局")] {
        put(decisions, at, text(note));
    }
    let all = kept(&after(&batch, &book));
    assert_eq!(all.values().map(String::as_str).collect::<Vec<_>>(), ["待核实 | 多计 | 乙局"], "{all:?}");
}

#[test]
fn an_entry_in_its_place_is_no_addition() {
    let batch = batch();
    let mut book = opened(&batch);
    let decisions = sheet(&mut book, "核定表");
    let head = *decisions.cells.iter().find(|(_, cell)| cell.value == text("核定分")).expect("the heading").0;
    let at = Address { row: head.row + 1, column: head.column };
    put(decisions, &at.to_string(), Value::Number(decimal("1")));
    assert_eq!(kept(&after(&batch, &book)), BTreeMap::new());
}

#[test]
fn an_added_sheet_of_thousands_of_rows_is_listed_in_part_and_stops_nothing() {
    let batch = batch();
    let mut book = opened(&batch);
    let mut own = Sheet { name: "底数".to_owned(), ..Sheet::default() };
    (1..=5_000).for_each(|row| put(&mut own, &format!("A{row}"), text("行")));
    book.sheets.push(own);
    assert_eq!(kept(&after(&batch, &book)).len(), 1_000);
}
