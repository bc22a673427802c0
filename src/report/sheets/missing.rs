//! 待补材料: per department, which fact or evidence is missing, and how many points hang on it; how far what was asked for has
//! come, and what was handed in. (bureau.md, “核定”)

use crate::carry::{Holds, RECEIPTS, Typed};
use crate::entered::{About, Whose, own_values};
use crate::report::asked::Missing;
use crate::report::entries::{input, state_or, value_cell, value_of_fact};
use crate::report::list::{self, FIRST, ListColumn};
use crate::report::plan::{Department, Plan};
use crate::report::sheet::Sheet;
use crate::report::table::{Cell, Input, Row, Style, fixed, quoted};
use crate::settled_by::SettledBy;

use super::differences;

/// The texts of the sheet.
const TEXTS: list::Texts = list::Texts { sheet: "sheet-missing", title: "missing-title", lead: "missing-lead" };

/// The sheet.
pub fn sheet<'p>(plan: &'p Plan) -> Sheet<'p> {
    let mut table = list::sheet(plan, TEXTS, &COLUMNS, 2);
    let count = plan.asked_before(plan.asked.len());
    if count == 0 {
        table.rows.push(Row::of(vec![Cell::text(plan.word("missing-none")).span(6)]));
        return table.into();
    }
    let row = move |place: usize| {
        let (index, at) = plan.asked_at(place);
        row(&Line { plan, department: &plan.departments[index], missing: &plan.asked[index][at] })
    };
    Sheet::later(table, count, row)
}

/// What a row is made of.
pub struct Line<'p> {
    plan: &'p Plan<'p>,
    department: &'p Department<'p>,
    missing: &'p Missing<'p>,
}

impl Line<'_> {
    fn key(&self) -> String {
        key_of(self.department, &self.missing.item)
    }

    fn typed(&self) -> Option<&Typed> {
        self.plan.carried.entered.get(&self.key()).map(|signed| signed.typed())
    }

    /// A cell that waits for words.
    fn entry(&self, of: fn(&Typed) -> Option<&String>) -> Cell {
        Cell::text_option(self.typed().and_then(of).map(String::as_str)).style(Style::Entry)
    }
}

/// A column with what it shows of a line.
type LineColumn = ListColumn<fn(&Line) -> Cell>;

/// The columns, in their order.
pub const COLUMNS: [LineColumn; 14] = [
    ListColumn::plain("column-number", 5, |line| Cell::count(line.department.place).style(Style::Centre)),
    ListColumn::read("column-department", 22, Holds::Department, |line| {
        Cell::text(line.department.name.clone()).link(Some(line.plan.paper_link(line.department, None)))
    }),
    ListColumn::read("column-needed", 40, Holds::Why, |line| {
        Cell::text(differences::settling(line.plan, line.department, &line.missing.item))
    }),
    ListColumn::read("column-waiting", 30, Holds::Indicator, waiting),
    ListColumn::read("column-hanging", 10, Holds::Difference, |line| Cell::score(line.missing.points())),
    ListColumn::read("column-receipt", 9, Holds::Receipt, receipt),
    ListColumn::read("column-entered-value", 10, Holds::Value, value),
    ListColumn::read("column-received", 22, Holds::Evidence, |line| line.entry(|typed| typed.evidence.as_ref())),
    ListColumn::read("column-reviewer", 8, Holds::Reviewer, |line| line.entry(|typed| typed.reviewer.as_ref())),
    ListColumn::read("column-received-on", 11, Holds::Date, |line| line.entry(|typed| typed.date.as_ref())),
    ListColumn::read("column-remark", 14, Holds::Remark, |line| line.entry(|typed| typed.remark.as_ref())),
    ListColumn::plain("column-paper", 6, paper),
    ListColumn::hidden("column-key", Holds::Key, |line| Cell::text(line.key())),
    ListColumn::hidden("column-basis", Holds::Basis, basis),
];

fn row(line: &Line) -> Row {
    Row::of(COLUMNS.iter().map(|column| (column.cell)(line)).collect())
}

/// What makes a row the same one in another run.
pub fn key_of(department: &Department, item: &SettledBy) -> String {
    Whose::of(department.audit).key(About::Asked, &[&item.to_string()])
}

/// The indicators that wait for it.
fn waiting(line: &Line) -> Cell {
    let names: Vec<&str> = line.missing.waiting.iter().map(|(indicator, _)| indicator.name.as_str()).collect();
    Cell::text(names.join("；"))
}

/// 材料状态; a person's judgement is nothing that a department could hand in.
fn receipt(line: &Line) -> Cell {
    if line.missing.item == SettledBy::Judgement {
        return Cell::empty(Style::Blank);
    }
    let states = RECEIPTS.iter().map(|state| line.plan.word(state)).collect();
    Cell::text(state_or(line.plan, line.typed(), RECEIPTS[0])).style(Style::Entry).input(Input::Words(states))
}

/// 核定值: what the reviewer establishes of a fact that is asked for.
fn value(line: &Line) -> Cell {
    let typed = line.typed().and_then(|typed| typed.value.as_ref());
    let facts = line.department.scorecard().map_or(&[][..], |card| &card.facts);
    match asked_value(&line.missing.item).and_then(|id| facts.iter().find(|fact| fact.id == id)) {
        Some(fact) => value_of_fact(typed, fact).style(Style::Entry).input(input(fact)),
        None => value_cell(typed).style(if line.typed().is_some() { Style::Entry } else { Style::Blank }),
    }
}

/// The fact whose value is asked for; none where it is evidence or a judgement.
fn asked_value(item: &SettledBy) -> Option<&str> {
    match item {
        SettledBy::Fact(fact) | SettledBy::Conflict(fact) | SettledBy::Confirm(fact) => Some(fact),
        SettledBy::Evidence(_) | SettledBy::Judgement | SettledBy::Row(..) => None,
    }
}

fn paper(line: &Line) -> Cell {
    let first = line.missing.waiting.first().map(|(indicator, _)| indicator.id.as_str());
    let link = line.plan.paper_link(line.department, first);
    Cell::text(line.plan.word("paper-link")).style(Style::Centre).link(Some(link))
}

/// What the department itself had said when the entry was made.
fn basis(line: &Line) -> Cell {
    let fact = line.missing.item.fact();
    Cell::text_option(fact.map(|fact| own_values(&line.department.audit.facts, fact)).as_deref())
}

/// The cells beside a question about a fact in which a reviewer enters its value, its evidence and how far it has come; in the
/// order of the list.
pub fn cells_of(plan: &Plan, department: usize, fact: &str) -> Vec<[String; 3]> {
    let before = plan.asked_before(department);
    let asked = plan.asked[department].iter().enumerate().filter(|(_, asked)| asked.item.fact() == Some(fact));
    let cell = |at: usize, holds| {
        let column = list::position(&COLUMNS, holds);
        format!("{}!{}", quoted(&plan.word("sheet-missing")), fixed(FIRST + (before + at) as u32, column))
    };
    asked.map(|(at, _)| [Holds::Value, Holds::Evidence, Holds::Receipt].map(|holds| cell(at, holds))).collect()
}
