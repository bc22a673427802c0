//! 以前的记录: what earlier workbooks hold that this run does not find, or cannot match, so that nothing is lost.

use crate::carry::{Holds, OldFinding, Typed};
use crate::text::Language;

use crate::report::batch::Batch;
use crate::report::carried::Fate;
use crate::report::entries::{confirmed_cell, picked_words, state_words, value_cell};
use crate::report::list::{self, ListColumn};
use crate::report::plan::Plan;
use crate::report::table::{Cell, Row, Style, Table};

/// The texts of the sheet.
const TEXTS: list::Texts = list::Texts { sheet: "sheet-kept", title: "kept-title", lead: "kept-lead" };

/// 以前的记录: what is no longer found, and what could not be matched; none where there is nothing to keep.
pub fn table(plan: &Plan) -> Option<Table> {
    let carried = &plan.carried;
    if carried.kept.is_empty() {
        return None;
    }
    let mut table = list::sheet(plan, TEXTS, &COLUMNS, 3);
    let numbered = carried.kept.iter().zip(1..);
    table.rows = numbered.map(|((fate, finding), number)| row(plan, *fate, finding, number)).collect();
    Some(table)
}

/// What a row is made of.
pub struct Line<'p> {
    plan: &'p Plan<'p>,
    fate: Fate,
    finding: &'p OldFinding,
    /// Where the entries themselves are carried, only what people added is repeated here.
    own: Typed,
    number: usize,
}

/// A column with what it shows of a line.
type LineColumn = ListColumn<fn(&Line) -> Cell>;

/// The columns, in their order.
pub const COLUMNS: [LineColumn; 23] = [
    ListColumn::plain("column-number", 5, |line| Cell::count(line.number).style(Style::Centre)),
    ListColumn::read("column-change", 9, Holds::Change, |line| {
        Cell::text(line.plan.word(line.fate.key())).style(Style::Centre)
    }),
    ListColumn::read("column-department", 18, Holds::Department, |line| {
        Cell::text(line.finding.shown.department.clone())
    }),
    ListColumn::read("column-problem", 10, Holds::Problem, |line| {
        Cell::text(line.finding.shown.problem.clone()).style(Style::Centre)
    }),
    ListColumn::read("column-indicator", 16, Holds::Indicator, |line| Cell::text(line.finding.shown.indicator.clone())),
    ListColumn::read("column-claim", 7, Holds::Claim, |line| {
        Cell::text(line.finding.shown.claim.clone()).style(Style::Centre)
    }),
    ListColumn::read("column-difference", 7, Holds::Difference, |line| {
        Cell::text(line.finding.shown.difference.clone()).style(Style::Centre)
    }),
    ListColumn::read("column-why", 44, Holds::Why, |line| Cell::text(line.finding.shown.why.clone())),
    ListColumn::read("column-place", 14, Holds::Place, |line| Cell::text(line.finding.shown.place.clone())),
    ListColumn::read("column-state", 10, Holds::State, state),
    ListColumn::read("column-confirmed", 7, Holds::Confirmed, |line| {
        confirmed_cell(Some(&line.own)).style(Style::Entry)
    }),
    ListColumn::read("column-reason", 16, Holds::Reason, |line| entry(&line.own.reason)),
    ListColumn::read("column-reviewer", 8, Holds::Reviewer, |line| entry(&line.own.reviewer)),
    ListColumn::read("column-date", 10, Holds::Date, |line| entry(&line.own.date)),
    ListColumn::read("column-remark", 12, Holds::Remark, |line| entry(&line.own.remark)),
    ListColumn::read("column-entered-value", 10, Holds::Value, |line| {
        value_cell(line.own.value.as_ref()).style(Style::Entry)
    }),
    ListColumn::read("column-received", 14, Holds::Evidence, |line| entry(&line.own.evidence)),
    ListColumn::read("column-preparer", 8, Holds::Preparer, |line| entry(&line.own.preparer)),
    ListColumn::read("column-prepared", 10, Holds::Prepared, |line| entry(&line.own.prepared)),
    ListColumn::read("column-assigned", 14, Holds::Assigned, |line| {
        let picked = line.own.assigned.as_ref();
        Cell::text_option(picked.map(|picked| picked_words(line.plan, picked)).as_deref()).style(Style::Entry)
    }),
    ListColumn::read("column-further", 16, Holds::Further, |line| {
        Cell::text(further(&line.finding.typed)).style(Style::Entry)
    }),
    ListColumn::hidden("column-key", Holds::Key, |line| Cell::text_option(line.finding.key.as_deref())),
    ListColumn::hidden("column-basis", Holds::Basis, |line| Cell::text_option(line.finding.basis.as_deref())),
];

fn row(plan: &Plan, fate: Fate, finding: &OldFinding, number: usize) -> Row {
    let own = if fate == Fate::Beside { Typed::default() } else { finding.typed.own() };
    let line = Line { plan, fate, finding, own, number };
    Row::of(COLUMNS.iter().map(|column| (column.cell)(&line)).collect())
}

fn state(line: &Line) -> Cell {
    let typed = Some(&line.own).filter(|own| own.state.is_some());
    typed.map_or_else(Cell::default, |own| Cell::text(state_words(line.plan, Some(own)))).style(Style::Entry)
}

fn entry(text: &Option<String>) -> Cell {
    Cell::text_option(text.as_deref()).style(Style::Entry)
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
        ("carried", &(carried.typed.len() + carried.entered.len())),
        ("new", &carried.new.len()),
        ("gone", &count(Fate::Gone)),
        ("unmatched", &count(Fate::Unmatched)),
    ];
    Some(language.say("run.carried", &holes))
}
