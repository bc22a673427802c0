//! The blank submission workbook for a rulebook: what a department fills in, with drop-downs, units and notes.
//!
//! Everything in it comes from the rulebook. Filled in, it is read back without a finding about its form.

use rust_decimal::Decimal;

use super::overview::grade_formula;
use super::table::{Cell, Column, Input, Layout, Outcome, Row, Style, Table, address};
use crate::rulebook::{Fact, FactKind, Form, Indicator, Rulebook, Scorecard};
use crate::text::Language;

/// Rows for tasks in the completion table; more can be inserted.
const TASK_ROWS: usize = 10;
/// Rows for each kind of indicator in the completion table.
const KPI_ROWS: usize = 2;

/// The bytes of the blank workbook.
///
/// # Errors
/// What the spreadsheet writer refuses.
pub fn workbook(rulebook: &Rulebook, language: Language) -> Result<Vec<u8>, impl std::fmt::Display> {
    super::xlsx::plain_workbook(&tables(rulebook, language), language)
}

/// The sheets of the blank workbook.
pub fn tables(rulebook: &Rulebook, language: Language) -> Vec<Table> {
    let words = Words { language };
    match &rulebook.form {
        Form::Scorecard(card) => vec![
            guide(rulebook, &words),
            scorecard(rulebook, card, &words),
            base_data(card, &words),
            completion(card, &words),
        ],
        Form::Declared(_) => vec![guide(rulebook, &words)],
    }
}

/// The texts of the template.
pub(super) struct Words {
    pub language: Language,
}

impl Words {
    pub(super) fn of(&self, key: &str) -> String {
        self.language.word(&format!("report.template-{key}"))
    }
}

fn layout(freeze_rows: u32, landscape: bool) -> Layout {
    Layout {
        header: true,
        freeze_rows,
        repeat: Some((freeze_rows.saturating_sub(1), freeze_rows.saturating_sub(1))),
        landscape,
        ..Layout::default()
    }
}

/// How to fill it in.
fn guide(rulebook: &Rulebook, words: &Words) -> Table {
    let lines = words.of("guide");
    Table {
        name: words.of("sheet-guide"),
        title: rulebook.name.clone(),
        columns: vec![Column::new("", 90)],
        rows: lines.lines().map(|line| Row::of(vec![Cell::text(line)])).collect(),
        ..Table::default()
    }
}

/// 部门名称 and 预算年度 above a table.
fn identity(words: &Words, columns: u16) -> Row {
    let entry = |span| Cell::empty(Style::Entry).span(span);
    let year = entry(1).input(Input::Whole(None));
    Row::of(vec![
        Cell::text(words.of("unit")).style(Style::Label),
        entry(columns.saturating_sub(3).max(1)),
        Cell::text(words.of("year")).style(Style::Label),
        year,
    ])
}

fn scorecard(rulebook: &Rulebook, card: &Scorecard, words: &Words) -> Table {
    let columns = [
        ("section", 14),
        ("group", 14),
        ("indicator", 28),
        ("points", 8),
        ("clause", 60),
        ("score", 12),
        ("evidence", 28),
        ("remark", 20),
    ];
    let mut table = Table {
        name: words.of("sheet-scorecard"),
        title: rulebook.name.clone(),
        lead: vec![identity(words, 8)],
        columns: columns.iter().map(|(key, width)| Column::new(words.of(&format!("column-{key}")), *width)).collect(),
        layout: layout(3, true),
        ..Table::default()
    };
    table.rows = card.indicators.iter().map(|indicator| indicator_row(card, indicator)).collect();
    let first = table.first_row();
    let last = first + card.indicators.len().saturating_sub(1) as u32;
    table.rows.extend(total_rows(rulebook, words, first, last));
    table
}

fn indicator_row(card: &Scorecard, indicator: &Indicator) -> Row {
    let section = card.sections.iter().find(|section| section.id == indicator.section);
    let score = Input::Number(Some(Decimal::ZERO), Some(indicator.points));
    Row::of(vec![
        Cell::text(section.map_or("", |section| &section.name)),
        Cell::text(indicator.group.as_str()),
        Cell::text(indicator.name.as_str()),
        Cell::figure(indicator.points).style(Style::Centre),
        Cell::text(indicator.clause.as_str()),
        Cell::empty(Style::Entry).input(score),
        Cell::empty(Style::Entry),
        Cell::empty(Style::Entry),
    ])
}

/// 综合评分 and 评分等级, which follow the scores.
fn total_rows(rulebook: &Rulebook, words: &Words, first: u32, last: u32) -> [Row; 2] {
    let scores = format!("{}:{}", address(first, 5), address(last, 5));
    let total = Cell::formula(format!("SUM({scores})"), Outcome::Score(Decimal::ZERO)).style(Style::Sum);
    let total_cell = address(last + 1, 5);
    let grade = format!("IF(COUNT({scores})=0,\"\",{})", grade_formula(&rulebook.grades, &total_cell));
    let grade = Cell::formula(grade, Outcome::Words(String::new())).style(Style::Sum);
    let row = |key: &str, cell: Cell| {
        let label = Cell::text(words.of(key)).style(Style::Sum).span(5);
        Row::of(vec![label, cell, Cell::empty(Style::Sum), Cell::empty(Style::Sum)])
    };
    [row("total", total), row("grade", grade)]
}

fn base_data(card: &Scorecard, words: &Words) -> Table {
    let columns = [("number", 6), ("fact", 40), ("value", 18), ("fact-unit", 8), ("evidence", 34), ("remark", 44)];
    let rows = card.facts.iter().enumerate().map(|(index, fact)| fact_row(index + 1, fact, words));
    Table {
        name: words.of("sheet-base-data"),
        title: words.of("sheet-base-data"),
        lead: vec![identity(words, 6)],
        columns: columns.iter().map(|(key, width)| Column::new(words.of(&format!("column-{key}")), *width)).collect(),
        rows: rows.collect(),
        layout: layout(3, true),
        ..Table::default()
    }
}

fn fact_row(number: usize, fact: &Fact, words: &Words) -> Row {
    let unit = match &fact.kind {
        FactKind::YesNo => words.of("yes-no"),
        kind => kind.unit().unwrap_or_default().to_owned(),
    };
    Row::of(vec![
        Cell::count(number).style(Style::Centre),
        Cell::text(fact.label.as_str()),
        Cell::empty(Style::Entry).input(fact_input(fact)),
        Cell::text(unit).style(Style::Centre),
        Cell::empty(Style::Entry),
        Cell::text(fact_note(fact, words)).style(Style::Remark),
    ])
}

/// What the cell takes; anything else is refused by Excel and WPS.
fn fact_input(fact: &Fact) -> Input {
    match &fact.kind {
        FactKind::YesNo => Input::Words(vec!["是".to_owned(), "否".to_owned()]),
        FactKind::Choice { options } => Input::Words(options.clone()),
        FactKind::Money { .. } => Input::Number(Some(Decimal::ZERO), None),
        FactKind::Count { .. } => Input::Whole(None),
        FactKind::Percent { max } => Input::Number(Some(Decimal::ZERO), Some(*max)),
    }
}

fn fact_note(fact: &Fact, words: &Words) -> String {
    let usual = match &fact.kind {
        FactKind::YesNo => words.of("note-yes-no"),
        FactKind::Choice { options } => options.join(" / "),
        FactKind::Percent { .. } => words.of("note-percent"),
        FactKind::Money { .. } | FactKind::Count { .. } => String::new(),
    };
    [usual, fact.note.clone().unwrap_or_default()]
        .into_iter()
        .filter(|note| !note.is_empty())
        .collect::<Vec<_>>()
        .join("；")
}

fn completion(card: &Scorecard, words: &Words) -> Table {
    let columns =
        [("task", 26), ("done", 34), ("planned", 16), ("planned-fiscal", 18), ("spent", 16), ("spent-fiscal", 18)];
    let mut table = Table {
        name: words.of("sheet-completion"),
        title: words.of("title-completion"),
        lead: vec![identity(words, 6)],
        columns: columns.iter().map(|(key, width)| Column::new(words.of(&format!("column-{key}")), *width)).collect(),
        layout: layout(3, true),
        ..Table::default()
    };
    let first = table.first_row();
    table.rows = (0..TASK_ROWS).map(|_| task_row()).collect();
    table.rows.push(task_total(words, first, first + TASK_ROWS as u32 - 1));
    table.rows.push(Row::default());
    table.rows.push(kpi_header(words));
    table.rows.extend(kpi_rows(card, words));
    table
}

fn task_row() -> Row {
    let amount = || Cell::empty(Style::Entry).input(Input::Number(Some(Decimal::ZERO), None));
    Row::of(vec![Cell::empty(Style::Entry), Cell::empty(Style::Entry), amount(), amount(), amount(), amount()])
}

fn task_total(words: &Words, first: u32, last: u32) -> Row {
    let sum = |column| {
        let sum = format!("SUM({}:{})", address(first, column), address(last, column));
        Cell::formula(sum, Outcome::Score(Decimal::ZERO)).style(Style::Sum)
    };
    let mut cells = vec![Cell::text(words.of("money-total")).style(Style::Sum), Cell::empty(Style::Sum)];
    cells.extend((2..6).map(sum));
    Row::of(cells)
}

fn kpi_header(words: &Words) -> Row {
    let header = |key: &str| Cell::text(words.of(&format!("column-{key}"))).style(Style::Header);
    Row::of(vec![
        header("kpi-first"),
        header("kpi-second"),
        header("kpi-third"),
        header("kpi-target").span(2),
        header("kpi-actual"),
    ])
}

/// Rows for outputs, for each aspect of benefit that the rulebook names, and for satisfaction.
fn kpi_rows(card: &Scorecard, words: &Words) -> Vec<Row> {
    let outputs = words.of("kpi-outputs");
    let (first, seconds) = outputs.split_once('：').unwrap_or((outputs.as_str(), ""));
    let mut rows: Vec<Row> = seconds.split('、').flat_map(|second| kpi_blank(first, second)).collect();
    let benefit = words.of("kpi-benefit");
    rows.extend(card.completion.aspects.iter().flat_map(|aspect| kpi_blank(&benefit, &aspect.name)));
    rows.extend(kpi_blank(&words.of("kpi-satisfaction"), &words.of("kpi-satisfaction")));
    rows
}

fn kpi_blank(first: &str, second: &str) -> Vec<Row> {
    let row = || {
        let entry = || Cell::empty(Style::Entry);
        Row::of(vec![Cell::text(first), Cell::text(second), entry(), entry().span(2), entry()])
    };
    (0..KPI_ROWS).map(|_| row()).collect()
}
