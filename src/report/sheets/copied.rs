//! 相同文字: passages that departments share, with both cells and what stands there, the weightiest first, and what the reviewer
//! found out. 相同属性: names that the properties of different departments' files share.

use std::fmt::Display;

use crate::across::copied_text::{Pair, Side, share};
use crate::audit::{Audit, Severity, Source};
use crate::carry::{Holds, STATES, Typed};

use crate::report::entries::state_words;
use crate::report::list::{self, ListColumn};
use crate::report::pair_identity::pair_identity;
use crate::report::plan::Plan;
use crate::report::table::{Cell, Input, Row, Style, Table};

/// The texts of the sheets.
const TEXTS: list::Texts = list::Texts { sheet: "sheet-copied", title: "copied-title", lead: "copied-lead" };
const PROPERTIES: list::Texts =
    list::Texts { sheet: "sheet-properties", title: "properties-title", lead: "properties-lead" };

/// Rows of the sheet; whoever has more has a batch that was made from one text, and sees it in these.
const ROWS: usize = 5_000;

/// 相同文字; none where departments share nothing.
pub fn table(plan: &Plan) -> Option<Table> {
    let copied = &plan.batch.whole.copied;
    let told: Vec<&Pair> = copied.pairs.iter().filter(|pair| !pair.is_told_by_group).collect();
    if told.is_empty() {
        return None;
    }
    let numbered = told.iter().take(ROWS).zip(1..);
    let rows = numbered.map(|(pair, number)| row(&Line { plan, pair, number, key: pair_identity(pair) })).collect();
    let mut table = Table { rows, ..list::sheet(plan, TEXTS, &COLUMNS, 4) };
    table.tail = said_of_the_rest(plan, told.len());
    Some(table)
}

/// What was left out, and how much of it: also where nothing is left to list.
pub fn left_out(plan: &Plan) -> Vec<String> {
    let copied = &plan.batch.whole.copied;
    let common: [(&str, &dyn Display); 2] =
        [("count", &copied.common_passages), ("departments", &copied.common_departments)];
    let of_one: [(&str, &dyn Display); 1] = [("count", &copied.of_one_department)];
    let not_paired: [(&str, &dyn Display); 1] = [("count", &copied.not_all_paired)];
    let said = [
        (copied.common_passages > 0).then(|| plan.say("copied-common", &common)),
        (copied.of_one_department > 0).then(|| plan.say("copied-one-department", &of_one)),
        (copied.not_all_paired > 0).then(|| plan.say("copied-not-paired", &not_paired)),
    ];
    said.into_iter().flatten().collect()
}

/// Under the list: how many were compared, and what is not in it.
fn said_of_the_rest(plan: &Plan, told: usize) -> Vec<Row> {
    let copied = &plan.batch.whole.copied;
    let compared = plan.say("copied-departments", &[("count", &copied.departments)]);
    let few = (!copied.can_tell).then(|| plan.say("copied-few", &[("count", &copied.departments)]));
    let more = (told > ROWS).then(|| plan.say("copied-not-listed", &[("count", &told), ("rows", &ROWS)]));
    let said = std::iter::once(compared).chain(few).chain(left_out(plan)).chain(more);
    let span = list::seen(&COLUMNS);
    said.map(|text| Row::of(vec![Cell::text(text).style(Style::Remark).span(span)])).collect()
}

/// What a row is made of.
pub struct Line<'p> {
    plan: &'p Plan<'p>,
    pair: &'p Pair,
    number: usize,
    key: String,
}

/// A column with what it shows of a line.
type LineColumn = ListColumn<fn(&Line) -> Cell>;

/// The columns, in their order.
pub const COLUMNS: [LineColumn; 19] = [
    ListColumn::plain("column-number", 5, |line| Cell::count(line.number).style(Style::Centre)),
    ListColumn::plain("column-severity", 6, severity),
    ListColumn::plain("column-copied-group", 6, group),
    ListColumn::read("column-department", 18, Holds::Department, |line| {
        Cell::text(line.pair.own.whose.department.clone())
    }),
    ListColumn::read("column-file", 20, Holds::File, |line| Cell::text(line.pair.own.whose.file.clone())),
    ListColumn::read("column-source", 14, Holds::Place, |line| place(line, &line.pair.own)),
    ListColumn::plain("column-copied-share", 9, |line| shared(line, &line.pair.own)),
    ListColumn::plain("column-copied-other", 18, |line| Cell::text(line.pair.other.whose.department.clone())),
    ListColumn::plain("column-copied-other-file", 20, |line| Cell::text(line.pair.other.whose.file.clone())),
    ListColumn::plain("column-copied-other-place", 14, |line| place(line, &line.pair.other)),
    ListColumn::plain("column-copied-other-share", 9, |line| shared(line, &line.pair.other)),
    ListColumn::plain("column-copied-length", 8, |line| Cell::count(line.pair.length)),
    ListColumn::read("column-copied-text", 60, Holds::Indicator, |line| Cell::text(line.pair.own.quote.to_string())),
    ListColumn::plain("column-copied-lead", 22, lead),
    ListColumn::read("column-state", 9, Holds::State, state),
    ListColumn::read("column-reviewer", 9, Holds::Reviewer, |line| entry(line, |typed| typed.reviewer.as_ref())),
    ListColumn::read("column-date", 11, Holds::Date, |line| entry(line, |typed| typed.date.as_ref())),
    ListColumn::read("column-remark", 16, Holds::Remark, |line| entry(line, |typed| typed.remark.as_ref())),
    ListColumn::hidden("column-key", Holds::Key, |line| Cell::text(line.key.clone())),
];

fn row(line: &Line) -> Row {
    Row::of(COLUMNS.iter().map(|column| (column.cell)(line)).collect())
}

fn severity(line: &Line) -> Cell {
    let severity = line.pair.severity;
    Cell::text(line.plan.word(&format!("severity-{severity:?}").to_lowercase())).style(Style::Severity(severity))
}

fn group(line: &Line) -> Cell {
    let say = |group: usize| line.plan.say("copied-group", &[("group", &group)]);
    Cell::text_option(line.pair.group.map(say).as_deref()).style(Style::Centre)
}

/// The cell, with the way into the department's own file.
fn place(line: &Line, side: &Side) -> Cell {
    let audit = audit_of(line.plan, side);
    let source = Source { sheet: side.spot.sheet.clone(), cell: side.spot.cell.clone(), text: String::new() };
    let link = audit.and_then(|audit| line.plan.file_link(audit, Some(&source)));
    Cell::text(format!("{}!{}", side.spot.sheet, side.spot.cell)).link(link)
}

fn audit_of<'p>(plan: &Plan<'p>, side: &Side) -> Option<&'p Audit> {
    plan.batch.audits.get(side.audit).filter(|audit| audit.file == side.whose.file)
}

fn shared(line: &Line, side: &Side) -> Cell {
    Cell::text(line.plan.language.term(&share(side))).style(Style::Centre)
}

/// Why a person should look first.
fn lead(line: &Line) -> Cell {
    let pair = line.pair;
    let mut leads = Vec::new();
    if pair.own.names_other {
        leads.push(line.plan.say("copied-names", &[("department", &pair.other.whose.department)]));
    }
    if pair.other.names_other {
        leads.push(line.plan.say("copied-is-named", &[("department", &pair.own.whose.department)]));
    }
    leads.extend(pair.figure.iter().map(|figure| line.plan.say("copied-figure", &[("figure", figure)])));
    if leads.is_empty() && pair.severity == Severity::Info {
        leads.push(line.plan.word("copied-phrase"));
    }
    Cell::text(leads.join("\n"))
}

fn typed<'p>(line: &'p Line) -> Option<&'p Typed> {
    line.plan.carried.entered.get(&line.key).map(|signed| signed.typed())
}

fn state(line: &Line) -> Cell {
    let states = STATES.iter().map(|state| line.plan.word(state)).collect();
    Cell::text(state_words(line.plan, typed(line))).style(Style::Entry).input(Input::Words(states))
}

fn entry(line: &Line, of: fn(&Typed) -> Option<&String>) -> Cell {
    Cell::text_option(typed(line).and_then(of).map(String::as_str)).style(Style::Entry)
}

/// 相同属性; none where no name is shared.
pub fn properties(plan: &Plan) -> Option<Table> {
    let shared = &plan.batch.whole.properties;
    let rows = shared.iter().zip(1..).map(|(name, number)| {
        let departments: Vec<&str> = name.files.iter().map(|(department, _)| department.as_str()).collect();
        let files: Vec<&str> = name.files.iter().map(|(_, file)| file.as_str()).collect();
        Row::of(vec![
            Cell::count(number).style(Style::Centre),
            Cell::text(plan.word(&format!("property-{}", name.property.as_str()))).style(Style::Centre),
            Cell::text(name.name.clone()),
            Cell::text(first(plan, &departments)),
            Cell::text(first(plan, &files)),
        ])
    });
    let rows: Vec<Row> = rows.collect();
    (!rows.is_empty()).then(|| Table { rows, ..list::sheet(plan, PROPERTIES, &PROPERTY_COLUMNS, 3) })
}

/// Departments or files that a row names, a line each.
const LISTED: usize = 20;

/// The first of them, and how many there are where there are more.
fn first(plan: &Plan, names: &[&str]) -> String {
    let first = names.iter().take(LISTED).map(|name| (*name).to_owned());
    let more = (names.len() > LISTED).then(|| plan.say("properties-more", &[("count", &names.len())]));
    first.chain(more).collect::<Vec<_>>().join("\n")
}

const PROPERTY_COLUMNS: [ListColumn<()>; 5] = [
    ListColumn::plain("column-number", 5, ()),
    ListColumn::plain("column-property", 14, ()),
    ListColumn::plain("column-property-name", 24, ()),
    ListColumn::plain("column-property-departments", 40, ()),
    ListColumn::plain("column-property-files", 60, ()),
];
