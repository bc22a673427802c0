//! 抽样清单: every significant item and a random draw of the rest, repeatable from its seed; what was found on the spot comes back.

use std::collections::BTreeSet;

use fuhe::audit::Verdict;
use fuhe::carry::{self, Earlier};
use fuhe::report::table::{Outcome, Table, Value};
use fuhe::report::{Batch, tables, writers::xlsx};
use fuhe::sampling::{SamplePlan, size};
use fuhe::text::Language;
use fuhe::workbook::{Address, Cell, Limits, Value as Stored, open};

use crate::bench;
use crate::recalculation::Sheets;
use crate::report::named;

fn drawn(sample: Option<SamplePlan>, earlier: Vec<Earlier>) -> Batch {
    Batch { sample, earlier, ..bench::batch() }
}

fn text(table: &Table, row: usize, key: &str) -> String {
    let heading = Language::Zh.word(&format!("report.{key}"));
    let at = table.columns.iter().position(|column| column.header == heading).expect("a column");
    match &table.rows[row].cells[at].value {
        Value::Text(text) => text.clone(),
        Value::Empty => String::new(),
        other => format!("{other:?}"),
    }
}

/// What is listed: department and indicator, by the ground that is named.
fn listed(batch: &Batch, ground: &str) -> BTreeSet<(String, String)> {
    let sheets = tables(batch, Language::Zh);
    let table = named(&sheets, "抽样清单");
    let rows = (0..table.rows.len()).filter(|row| text(table, *row, "column-ground") == ground);
    rows.map(|row| (text(table, row, "column-department"), text(table, row, "column-indicator"))).collect()
}

#[test]
fn every_significant_item_is_listed_and_of_the_rest_as_many_as_the_plan_asks() {
    let batch = drawn(Some(SamplePlan::usual(7)), vec![]);
    let lines = || batch.audits.iter().flat_map(|audit| &audit.indicators);
    let significant = lines().filter(|line| match line.verdict {
        Verdict::Overstated => line.difference >= bench::decimal("0.5"),
        Verdict::Invalid => true,
        _ => false,
    });
    let (all, significant) = (lines().count(), significant.count());
    assert!(significant > 0);
    assert_eq!(listed(&batch, "重大事项").len(), significant);
    let drawn_items = listed(&batch, "随机抽取");
    assert_eq!(drawn_items.len(), size(all - significant, &SamplePlan::usual(7)).items);
    assert_eq!(listed(&drawn(Some(SamplePlan::usual(7)), vec![]), "随机抽取"), drawn_items, "the same seed");
    assert!(listed(&drawn(Some(SamplePlan::usual(8)), vec![]), "随机抽取") != drawn_items, "another one");
    assert!(tables(&drawn(None, vec![]), Language::Zh).iter().all(|table| table.name != "抽样清单"));
}

#[test]
fn what_was_found_on_the_spot_is_counted_at_once_and_comes_back_in_any_later_run() {
    let batch = drawn(Some(SamplePlan::usual(7)), vec![]);
    let all = tables(&batch, Language::Zh);
    let table = named(&all, "抽样清单");
    let row = (0..table.rows.len()).find(|row| text(table, *row, "column-ground") == "随机抽取").expect("a drawn one");
    let mut book =
        open("复核.xlsx", &xlsx::workbook(&all, Language::Zh, None).expect("a workbook"), &Limits::default())
            .expect("readable");
    let sheet = book.sheets.iter_mut().find(|sheet| sheet.name == "抽样清单").expect("the list");
    for (column, words) in [(7, "有偏差"), (8, "李四"), (10, "现场未见台账")] {
        let at = Address { row: table.first_row() + row as u32, column };
        let value = Stored::Text(words.to_owned());
        sheet.cells.insert(at, Cell { value, percent: false, formula: false, digits: Default::default() });
    }
    let earlier = vec![carry::read(&book).expect("readable entries")];
    // The same draw, another one, and none: the entry is there, and nothing is kept apart.
    for sample in [Some(SamplePlan::usual(7)), Some(SamplePlan::usual(8)), None] {
        let later = tables(&drawn(sample, earlier.clone()), Language::Zh);
        let list = named(&later, "抽样清单");
        let of_it: Vec<usize> =
            (0..list.rows.len()).filter(|row| text(list, *row, "column-sample-result") == "有偏差").collect();
        assert_eq!(of_it.len(), 1);
        assert_eq!(text(list, of_it[0], "column-reviewer"), "李四");
        assert_eq!(text(list, of_it[0], "column-remark"), "现场未见台账");
        assert!(later.iter().all(|table| table.name != "以前的记录"));
        let mut sheets = Sheets::open(&xlsx::workbook(&later, Language::Zh, None).expect("a workbook"));
        sheets.recalculate();
        sheets.agrees_with(list);
        let deviating = list.tail.iter().flat_map(|row| &row.cells).filter_map(|cell| match &cell.value {
            Value::Formula(_, Outcome::Figure(count)) => Some(count.to_string()),
            _ => None,
        });
        if sample == Some(SamplePlan::usual(7)) {
            assert_eq!(deviating.collect::<Vec<_>>(), ["0", "1"]);
        }
    }
}
