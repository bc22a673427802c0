//! Blank workbooks filled in as a department does, computed by a spreadsheet engine that is not ours, and audited.

use std::path::Path;

use fuhe::audit::{Audit, FileIdentity};
use fuhe::audit_one::audit_scorecard;
use fuhe::report::table::{Cell, Outcome, Row, Style, Table, Value};
use fuhe::report::{template, writers::xlsx};
use fuhe::rulebook::{Fact, FactKind, Rulebook, Scorecard, builtin, load};
use fuhe::submission::{NoSubmission, Submission, collect};
use fuhe::text::Language;
use fuhe::workbook::{Limits, Workbook, open};
use rust_decimal::Decimal;

use crate::recalculation::Sheets;
use crate::said::Said;

/// Codes that are about the form and not about what was filled in.
const OF_FORM: [&str; 25] = [
    "indicator-renamed",
    "indicator-unknown",
    "indicator-duplicated",
    "indicator-missing",
    "points-altered",
    "score-not-a-number",
    "fact-unreadable",
    "fact-conflict",
    "fact-out-of-range",
    "unit-ambiguous",
    "unit-assumed",
    "unit-mismatch",
    "formula-without-value",
    "formula-replaced",
    "error-cell",
    "hidden-data",
    "not-measurable",
    "narrative-conflict",
    "year-mismatch",
    "year-missing",
    "total-mismatch",
    "grade-mismatch",
    "completion-total-mismatch",
    "guidance-left",
    "fund-total-mismatch",
];

/// The built-in card, and a small county's own.
pub fn rulebooks() -> Vec<Rulebook> {
    vec![builtin("shenzhen-2020").expect("a built-in rulebook"), county()]
}

fn county() -> Rulebook {
    let file = "tests/fixtures/template/清溪县2024.toml";
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("the county's rulebook");
    load(file, &text).expect("a rulebook without flaws")
}

pub fn card(rulebook: &Rulebook) -> &Scorecard {
    rulebook.card().expect("a card")
}

pub fn blank(rulebook: &Rulebook) -> Vec<Table> {
    template::tables(rulebook, Language::Zh)
}

pub fn number(text: &str) -> Value {
    Value::Number(Decimal::from_str_exact(text).expect("a number"), None)
}

pub fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

/// The sheet of that name.
pub fn sheet<'a>(tables: &'a mut [Table], name: &str) -> &'a mut Table {
    tables.iter_mut().find(|table| table.name == name).unwrap_or_else(|| panic!("a sheet {name}"))
}

/// The cells of a row that wait for an entry.
pub fn entries(row: &mut Row) -> Vec<&mut Cell> {
    row.cells.iter_mut().filter(|cell| cell.style == Style::Entry).collect()
}

/// The rows with so many cells to fill.
pub fn rows_with(table: &mut Table, count: usize) -> Vec<&mut Row> {
    table
        .rows
        .iter_mut()
        .filter(|row| row.cells.iter().filter(|cell| cell.style == Style::Entry).count() == count)
        .collect()
}

/// Fills the cells of a row in order; an empty value leaves its cell as it is.
pub fn fill(row: &mut Row, values: &[Value]) {
    let cells = entries(row);
    assert_eq!(cells.len(), values.len(), "cells to fill");
    for (cell, value) in cells.into_iter().zip(values) {
        cell.value = value.clone();
    }
}

/// What a department whose house is in order answers: the value, and the words by which an audit shows it.
pub fn answer(fact: &Fact) -> (Value, String) {
    match &fact.kind {
        FactKind::YesNo => (text("是"), "是".to_owned()),
        FactKind::Choice { options } => (text(&options[1]), options[1].clone()),
        FactKind::Count { faults: true, .. } => (number("0"), "0".to_owned()),
        FactKind::Count { .. } => (number("12"), "12".to_owned()),
        FactKind::Money { .. } | FactKind::Declared { .. } => (number("120.55"), "120.55".to_owned()),
        FactKind::Percent { .. } => (number("96.5"), "96.5".to_owned()),
    }
}

/// Fills who, when, all facts with evidence, tasks, indicators and the report.
pub fn fill_all_but_scores(tables: &mut [Table], rulebook: &Rulebook) {
    let year = rulebook.years.from.expect("a first year").to_string();
    fill(&mut sheet(tables, "评分表").lead[0], &[text("清溪县水务局"), number(&year)]);
    let base = sheet(tables, "基础数据表");
    for (row, fact) in base.rows.iter_mut().zip(&card(rulebook).facts) {
        fill(row, &[answer(fact).0, text("附件3第2页"), text("数据来自决算")]);
    }
    let completion = sheet(tables, "自评表");
    for (at, row) in rows_with(completion, 6).into_iter().enumerate() {
        let (name, [planned, spent]) = (format!("任务{}", at + 1), amounts(at));
        fill(row, &[text(&name), text("已完成。"), number(planned), number(planned), number(spent), number(spent)]);
    }
    for (at, row) in rows_with(completion, 3).into_iter().enumerate() {
        let target = format!("≥{}%", 90 + at % 5);
        fill(row, &[text(&format!("指标{}", at + 1)), text(&target), text("96%")]);
    }
    for row in rows_with(sheet(tables, "自评报告"), 1) {
        fill(row, &[text("本部门围绕年度重点任务开展工作，管理制度运行平稳，没有需要另外说明的情况。")]);
    }
}

/// Ten tasks that add up to 120.55 planned and 116.33075 spent: 96.5 %.
fn amounts(at: usize) -> [&'static str; 2] {
    match at {
        0 => ["20.55", "16.33075"],
        1 => ["20", "20"],
        _ => ["10", "10"],
    }
}

/// Fills the scores in card order.
pub fn fill_scores(tables: &mut [Table], scores: &[Value]) {
    let table = sheet(tables, "评分表");
    for (row, score) in table.rows.iter_mut().zip(scores) {
        fill(row, &[score.clone(), Value::Empty, text("见附件")]);
    }
}

/// Numbers that are typed as text, as after a paste.
pub fn as_text(tables: &mut [Table]) {
    for cell in cells_mut(tables).filter(|cell| cell.style == Style::Entry) {
        if let Value::Number(number, _) = &cell.value {
            cell.value = Value::Text(number.normalize().to_string());
        }
    }
}

pub fn cells_mut(tables: &mut [Table]) -> impl Iterator<Item = &mut Cell> {
    tables.iter_mut().flat_map(|table| table.lead.iter_mut().chain(&mut table.rows)).flat_map(|row| &mut row.cells)
}

/// The workbook with every formula computed, as a spreadsheet program saves it.
pub fn saved(mut tables: Vec<Table>) -> Vec<u8> {
    let bytes = xlsx::plain_workbook(&tables, Language::Zh).expect("a workbook");
    let mut sheets = Sheets::open(&bytes);
    sheets.recalculate();
    for table in &mut tables {
        let (name, first) = (table.name.clone(), table.first_row());
        for (at, row) in (1..).zip(&mut table.lead) {
            compute(&sheets, &name, at, row);
        }
        for (at, row) in (first..).zip(&mut table.rows) {
            compute(&sheets, &name, at, row);
        }
    }
    xlsx::plain_workbook(&tables, Language::Zh).expect("a workbook")
}

fn compute(sheets: &Sheets, name: &str, at: u32, row: &mut Row) {
    let mut column = 0;
    for cell in &mut row.cells {
        let width = cell.width();
        if let Value::Formula(_, outcome) = &mut cell.value {
            *outcome = Outcome::Words(sheets.shown(name, at, column));
        }
        column += width;
    }
}

pub fn opened(bytes: &[u8]) -> Workbook {
    open("填报.xlsx", bytes, &Limits::default()).expect("a workbook")
}

/// What a saved workbook says.
pub fn submitted(bytes: &[u8], rulebook: &Rulebook) -> Result<Submission, NoSubmission> {
    collect(
        fuhe::vocabulary::Vocabulary::builtin(),
        &opened(bytes),
        "填报.xlsx",
        card(rulebook),
        &rulebook.grades,
        &fuhe::submission::Effort::default(),
    )
}

pub fn audited(bytes: &[u8], rulebook: &Rulebook) -> Audit {
    let submission = submitted(bytes, rulebook).expect("a submission");
    audit_scorecard(rulebook, submission, FileIdentity::default())
}

/// The scores that the facts of a workbook earn, in card order.
pub fn earned(tables: Vec<Table>, rulebook: &Rulebook) -> Vec<Value> {
    let audit = audited(&saved(tables), rulebook);
    audit.indicators.iter().map(|line| Value::Number(line.default.unwrap_or(line.low), None)).collect()
}

/// What is told of the form itself.
pub fn of_form(audit: &Audit) -> Vec<String> {
    let told = audit.findings.iter().filter(|finding| OF_FORM.contains(&finding.code.as_str()));
    told.map(|finding| format!("{} {:?}: {}", finding.code, finding.source, finding.message())).collect()
}
