//! 以前的记录: what earlier workbooks hold that this run does not find, or cannot match, so that nothing is lost.

use crate::carry::{OldFinding, Typed};
use crate::text::Language;

use super::batch::Batch;
use super::carried::Fate;
use super::entries::{confirmed_cell, state_words};
use super::plan::Plan;
use super::table::{Cell, Column, Layout, Row, Style, Table};

const COLUMNS: u16 = 15;

/// 以前的记录: what is no longer found, and what could not be matched; none where there is nothing to keep.
pub fn table(plan: &Plan) -> Option<Table> {
    let carried = &plan.carried;
    if carried.kept.is_empty() {
        return None;
    }
    let mut table = frame(plan);
    let numbered = carried.kept.iter().zip(1..);
    table.rows = numbered.map(|((fate, finding), number)| row(plan, *fate, finding, number)).collect();
    Some(table)
}

fn frame(plan: &Plan) -> Table {
    let widths = [
        ("column-number", 5),
        ("column-change", 9),
        ("column-department", 18),
        ("column-problem", 10),
        ("column-indicator", 16),
        ("column-claim", 7),
        ("column-difference", 7),
        ("column-why", 44),
        ("column-place", 14),
        ("column-state", 10),
        ("column-confirmed", 7),
        ("column-reason", 16),
        ("column-reviewer", 8),
        ("column-remark", 12),
        ("column-further", 16),
    ];
    let mut columns: Vec<Column> = widths.into_iter().map(|(key, width)| Column::new(plan.word(key), width)).collect();
    columns.push(Column::hidden(plan.word("column-key")));
    let mut table = Table {
        name: plan.word("sheet-kept"),
        title: plan.word("kept-title"),
        lead: vec![Row::of(vec![Cell::text(plan.word("kept-lead")).style(Style::Remark).span(COLUMNS)])],
        columns,
        layout: Layout { header: true, filter: true, landscape: true, freeze_columns: 3, ..Layout::default() },
        ..Table::default()
    };
    let header = table.header_row();
    table.layout.freeze_rows = header + 1;
    table.layout.repeat = Some((header, header));
    table
}

fn row(plan: &Plan, fate: Fate, finding: &OldFinding, number: usize) -> Row {
    let shown = &finding.shown;
    // Where the entries themselves are carried, only what people added is repeated here.
    let own = if fate == Fate::Beside { Typed::default() } else { finding.typed.own() };
    let entry = |text: &Option<String>| Cell::text_option(text.as_deref()).style(Style::Entry);
    let state = if own.state.is_some() { Cell::text(state_words(plan, Some(&own))) } else { Cell::default() };
    Row::of(vec![
        Cell::count(number).style(Style::Centre),
        Cell::text(plan.word(fate.key())).style(Style::Centre),
        Cell::text(shown.department.clone()),
        Cell::text(shown.problem.clone()).style(Style::Centre),
        Cell::text(shown.indicator.clone()),
        Cell::text(shown.claim.clone()).style(Style::Centre),
        Cell::text(shown.difference.clone()).style(Style::Centre),
        Cell::text(shown.why.clone()),
        Cell::text(shown.place.clone()),
        state.style(Style::Entry),
        confirmed_cell(Some(&own)).style(Style::Entry),
        entry(&own.reason),
        entry(&own.reviewer),
        entry(&own.remark),
        Cell::text(further(&finding.typed)).style(Style::Entry),
        Cell::text_option(finding.key.as_deref()),
    ])
}

/// A line for each column that people added.
fn further(typed: &Typed) -> String {
    let line = |(heading, text): &(String, String)| match heading.is_empty() {
        true => text.clone(),
        false => format!("{heading}：{}", text.replace('\n', " ")),
    };
    typed.further.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What was taken over, in one sentence; none where there is no earlier workbook.
pub fn sentence(batch: &Batch, language: Language) -> Option<String> {
    if batch.earlier.is_empty() {
        return None;
    }
    let carried = Plan::new(batch, language).carried;
    let count = |fate| carried.kept.iter().filter(|(other, _)| *other == fate).count();
    let holes: [(&str, &dyn std::fmt::Display); 4] = [
        ("carried", &carried.typed.len()),
        ("new", &carried.new.len()),
        ("gone", &count(Fate::Gone)),
        ("unmatched", &count(Fate::Unmatched)),
    ];
    Some(language.say("run.carried", &holes))
}
