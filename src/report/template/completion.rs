//! 自评表: the year's tasks with amounts planned and spent, and indicators with target and actual.

use super::super::table::{Cell, Column, Outcome, Row, Style, Table, address};
use super::{Words, ask, entry, identity_shown, layout};
use crate::rulebook::Scorecard;

/// Rows for tasks; more can be inserted.
const TASK_ROWS: usize = 10;
/// Rows for each kind of indicator.
const KPI_ROWS: usize = 2;
const WIDTHS: [u16; 7] = [14, 18, 38, 15, 15, 15, 15];

/// The sheet.
pub fn table(card: &Scorecard, words: &Words) -> Table {
    let mut table = Table {
        name: words.of("sheet-completion"),
        title: words.of("title-completion"),
        lead: vec![identity_shown(words, 2, 3)],
        columns: WIDTHS.iter().map(|width| Column::new("", *width)).collect(),
        layout: layout(2, 3, false, false),
        ..Table::default()
    };
    table.rows = task_header(words).to_vec();
    let first = table.first_row() + table.rows.len() as u32;
    table.rows.extend((0..TASK_ROWS).map(|_| task_row(words)));
    table.rows.push(task_total(words, first, first + TASK_ROWS as u32 - 1));
    table.rows.push(Row::default());
    table.rows.push(kpi_header(words));
    table.rows.extend(kpi_rows(card, words));
    table
}

fn task_header(words: &Words) -> [Row; 2] {
    let header = |key: &str| Cell::text(words.of(&format!("column-{key}"))).style(Style::Header);
    let below = || Cell::empty(Style::Header);
    let above = vec![
        header("task").span(2).down(2),
        header("done").down(2),
        header("planned").span(2),
        header("spent").span(2),
    ];
    let parts = ["whole", "fiscal", "whole", "fiscal"].map(header);
    [Row::of(above), Row::of([below(), below(), below()].into_iter().chain(parts).collect())]
}

fn task_row(words: &Words) -> Row {
    let amount = |column: &str, part: &str| {
        ask::amount(
            words,
            &format!("{} {}", words.of(&format!("column-{column}")), words.of(&format!("column-{part}"))),
        )
    };
    Row::of(vec![
        entry().span(2),
        entry(),
        amount("planned", "whole"),
        amount("planned", "fiscal"),
        amount("spent", "whole"),
        amount("spent", "fiscal"),
    ])
}

fn task_total(words: &Words, first: u32, last: u32) -> Row {
    let sum = |column| {
        let cells = format!("{}:{}", address(first, column), address(last, column));
        let sum = format!("IF(COUNT({cells})=0,\"\",ROUND(SUM({cells}),6))");
        Cell::formula(sum, Outcome::Words(String::new())).style(Style::Sum)
    };
    let mut cells = vec![Cell::text(words.of("money-total")).style(Style::Sum).span(2), Cell::empty(Style::Sum)];
    cells.extend((3..7).map(sum));
    Row::of(cells)
}

fn kpi_header(words: &Words) -> Row {
    let header = |key: &str| Cell::text(words.of(&format!("column-{key}"))).style(Style::Header);
    Row::of(vec![
        header("section"),
        header("group"),
        header("indicator"),
        header("kpi-target").span(2),
        header("kpi-actual").span(2),
    ])
}

/// Rows for outputs, for each aspect of benefit that the rulebook names, and for satisfaction.
fn kpi_rows(card: &Scorecard, words: &Words) -> Vec<Row> {
    let outputs = words.of("kpi-outputs");
    let (first, seconds) = outputs.split_once('：').unwrap_or((outputs.as_str(), ""));
    let seconds: Vec<&str> = seconds.split('、').collect();
    let (benefit, satisfaction) = (words.of("kpi-benefit"), words.of("kpi-satisfaction"));
    let mut aspects: Vec<&str> = card.completion.aspects.iter().map(|aspect| aspect.name.as_str()).collect();
    if aspects.is_empty() {
        aspects.push(&benefit);
    }
    let mut rows = kpi_block(words, first, &seconds);
    rows.extend(kpi_block(words, &benefit, &aspects));
    rows.extend(kpi_block(words, &satisfaction, &[&satisfaction]));
    rows
}

fn kpi_block(words: &Words, first: &str, seconds: &[&str]) -> Vec<Row> {
    let all = (seconds.len() * KPI_ROWS) as u32;
    let named = |text: &str, shown: bool, rows: u32| match shown {
        true => Cell::text(text).style(Style::Centre).down(rows),
        false => Cell::empty(Style::Centre),
    };
    let row = |(second, nth): (usize, usize)| {
        Row::of(vec![
            named(first, second + nth == 0, all),
            named(seconds.get(second).copied().unwrap_or_default(), nth == 0, KPI_ROWS as u32),
            entry(),
            ask::anything(words, "column-kpi-target", "ask-kpi-target").span(2),
            ask::anything(words, "column-kpi-actual", "ask-kpi-actual").span(2),
        ])
    };
    (0..seconds.len()).flat_map(|second| (0..KPI_ROWS).map(move |nth| (second, nth))).map(row).collect()
}
