//! 复核进度: how far the bureau is with every department, which of several submissions counts, and when the department was told.
//! (bureau.md, “核定”, “Two submissions of one department”)

use rust_decimal::Decimal;

use crate::audit::Status;
use crate::carry::Holds;
use crate::contract::{NO, YES};
use crate::entered::{AS_A_WHOLE, About, Whose};
use crate::report::decisions::{PROGRESS, Progress};
use crate::report::entries::value_cell;
use crate::report::list::{self, FIRST, ListColumn};
use crate::report::plan::{Department, Plan};
use crate::report::table::{Cell, Input, Mark, Outcome, Row, Style, Table, address, column_area, column_letters};
use crate::report::twins;

use crate::report::decision_cells as confirmed;

/// How far the bureau is with a department, in the order of the work.
const STAGES: [&str; 5] = ["stage-unread", "stage-waiting", "stage-under-way", "stage-concluded", "stage-told"];
/// What marks the stage that a department is at.
const HERE: &str = "●";
/// The texts of the sheet.
const TEXTS: list::Texts = list::Texts { sheet: "sheet-progress", title: "progress-title", lead: "progress-lead" };

/// The sheet; none where there is nothing to work on.
pub fn table(plan: &Plan) -> Option<Table> {
    if plan.departments.is_empty() {
        return None;
    }
    let mut table = frame(plan);
    let lines = plan.departments.iter().enumerate().zip(FIRST..);
    table.rows = lines.map(|((index, department), at)| row(&Line { plan, department, index, at })).collect();
    let unread = plan.batch.audits.iter().filter(|audit| audit.status == Status::Unread);
    table.rows.extend(unread.map(|audit| {
        let mut cells = vec![Cell::default(), Cell::default(), Cell::text(audit.file.clone()), Cell::default()];
        cells.extend([Cell::default(), Cell::text(HERE).style(Style::Centre)]);
        Row::of(cells)
    }));
    // There is nothing to work on yet, and no stage that they are at.
    table.rows.extend(plan.batch.whole.missing().into_iter().map(|missing| {
        let missing = [Cell::text_option(missing.unit.as_deref()), Cell::text(plan.word("reporting-missing"))];
        Row::of(std::iter::once(Cell::default()).chain(missing).collect())
    }));
    Some(table)
}

fn frame(plan: &Plan) -> Table {
    let group = format!("${}{}", column_letters(place_of("column-group-number")), FIRST + 1);
    Table {
        marks: vec![Mark {
            column: place_of("column-counts"),
            // Of several submissions only one can count.
            formula: format!("IF({group}=\"\",FALSE,{}>1)", chosen(plan, &group)),
            style: Style::Refused,
        }],
        ..list::sheet(plan, TEXTS, &COLUMNS, 2)
    }
}

/// What a row is made of.
pub struct Line<'p> {
    plan: &'p Plan<'p>,
    department: &'p Department<'p>,
    index: usize,
    /// The row of the sheet.
    at: u32,
}

/// A column with what it shows of a line.
type LineColumn = ListColumn<fn(&Line) -> Cell>;

/// The columns, in their order.
pub const COLUMNS: [LineColumn; 20] = [
    ListColumn::plain("column-number", 5, |line| Cell::count(line.department.number).style(Style::Centre)),
    ListColumn::read("column-department", 26, Holds::Department, |line| {
        Cell::text(line.department.name.clone()).link(Some(line.plan.paper_link(line.department, None)))
    }),
    // No way to the file, which the working paper has: LibreOffice breaks no linked text into lines, and would print a part of it.
    ListColumn::plain("column-file", 30, |line| Cell::text(line.department.audit.file.clone())),
    ListColumn::plain("column-twin", 12, twin),
    ListColumn::plain("column-open", 8, open),
    ListColumn::plain(STAGES[0], 8, |line| stage(line, 0)),
    ListColumn::plain(STAGES[1], 8, |line| stage(line, 1)),
    ListColumn::plain(STAGES[2], 8, |line| stage(line, 2)),
    ListColumn::plain(STAGES[3], 8, |line| stage(line, 3)),
    ListColumn::plain(STAGES[4], 8, |line| stage(line, 4)),
    ListColumn::read("column-counts", 9, Holds::Value, counts_entry),
    ListColumn::read("column-told-on", 12, Holds::Date, |line| line.entry(|typed| typed.date.as_ref())),
    ListColumn::read("column-remark", 22, Holds::Remark, |line| line.entry(|typed| typed.remark.as_ref())),
    ListColumn::hidden("column-stage", Holds::Other, stage_number),
    ListColumn::hidden("column-group-number", Holds::Other, group),
    ListColumn::hidden("column-counting", Holds::Other, counting),
    ListColumn::hidden("column-key", Holds::Key, |line| {
        Cell::text(Whose::of(line.department.audit).key(About::Submission, &[AS_A_WHOLE]))
    }),
    ListColumn::hidden("column-department-number", Holds::DepartmentNumber, |line| Cell::count(line.department.number)),
    ListColumn::hidden("column-in-place", Holds::Other, |line| {
        let is_there = u8::from(!line.plan.decisions[line.index].is_empty());
        let formula = confirmed::in_place(line.plan, line.department.number);
        Cell::formula(formula, Outcome::Figure(Decimal::from(is_there)))
    }),
    // A later run that is held against this workbook sees by it whether rows were taken out of 核定表.
    ListColumn::hidden("column-rows", Holds::Other, |line| Cell::count(line.plan.decisions[line.index].len())),
];

fn row(line: &Line) -> Row {
    Row::of(COLUMNS.iter().map(|column| (column.cell)(line)).collect())
}

fn place_of(key: &str) -> u16 {
    let at = COLUMNS.iter().position(|column| column.key == key);
    debug_assert!(at.is_some(), "no column {key}");
    at.unwrap_or_default() as u16
}

/// A column over all departments.
fn area(plan: &Plan, key: &str) -> String {
    let last = FIRST + plan.departments.len() as u32 - 1;
    column_area(&plan.word("sheet-progress"), FIRST, last, place_of(key))
}

/// How many submissions of a group were chosen.
fn chosen(plan: &Plan, group: &str) -> String {
    format!("COUNTIFS({},{group},{},\"{YES}\")", area(plan, "column-group-number"), area(plan, "column-counts"))
}

impl Line<'_> {
    fn entry(&self, of: fn(&crate::carry::Typed) -> Option<&String>) -> Cell {
        let typed = twins::entered(&self.plan.carried, self.department);
        Cell::text_option(typed.and_then(of).map(String::as_str)).style(Style::Entry)
    }

    fn cell(&self, key: &str) -> String {
        address(self.at, place_of(key))
    }

    fn own(&self) -> confirmed::Own<'_> {
        confirmed::Own { plan: self.plan, number: self.department.number }
    }

    fn open(&self) -> usize {
        self.plan.decisions[self.index].iter().filter(|decision| decision.progress().is_open()).count()
    }

    /// The place of the stage among all of them.
    fn stage(&self) -> usize {
        let told = twins::entered(&self.plan.carried, self.department).is_some_and(|typed| typed.date.is_some());
        let is_begun = |progress: Progress| matches!(progress, Progress::Settled | Progress::Refused);
        let decisions = &self.plan.decisions[self.index];
        match self.open() {
            0 if told => 4,
            0 => 3,
            _ if decisions.iter().any(|decision| is_begun(decision.progress())) => 2,
            _ => 1,
        }
    }
}

/// Which of several submissions it is.
fn twin(line: &Line) -> Cell {
    let twin = line.plan.twins[line.index];
    let words = twin.map(|twin| line.plan.say("twin-of", &[("number", &twin.number), ("count", &twin.of)]));
    Cell::text_option(words.as_deref()).style(Style::Centre)
}

fn open(line: &Line) -> Cell {
    let sum = line.own().sum_of(&line.cell("column-in-place"), "column-open");
    Cell::formula(sum, Outcome::Figure(Decimal::from(line.open() as u64))).style(Style::Centre)
}

/// The number of the stage: concluded when nothing is open, told when the date says so, under way once something is decided.
fn stage_number(line: &Line) -> Cell {
    let place = line.cell("column-in-place");
    let begun: Vec<String> = PROGRESS
        .into_iter()
        .filter(|progress| matches!(progress, Progress::Settled | Progress::Refused))
        .map(|progress| line.own().count_where(&place, "column-progress", &line.plan.word(progress.key())))
        .collect();
    let formula = format!(
        "IF({open}=0,IF({told}<>\"\",4,3),IF({}>0,2,1))",
        begun.join("+"),
        open = line.cell("column-open"),
        told = line.cell("column-told-on"),
    );
    Cell::formula(formula, Outcome::Figure(Decimal::from(line.stage() as u64)))
}

fn stage(line: &Line, place: usize) -> Cell {
    let mark = if line.stage() == place { HERE } else { "" };
    let formula = format!("IF({}={place},\"{HERE}\",\"\")", line.cell("column-stage"));
    Cell::formula(formula, Outcome::Words(mark.to_owned())).style(Style::Centre)
}

/// 计入汇总: of several submissions the one that counts.
fn counts_entry(line: &Line) -> Cell {
    let typed = twins::entered(&line.plan.carried, line.department).and_then(|typed| typed.value.as_ref());
    match line.plan.twins[line.index] {
        Some(_) => value_cell(typed).style(Style::Entry).input(Input::Words(vec![YES.to_owned(), NO.to_owned()])),
        None => value_cell(typed).style(if typed.is_some() { Style::Entry } else { Style::Blank }),
    }
}

fn group(line: &Line) -> Cell {
    line.plan.twins[line.index].map_or_else(Cell::default, |twin| Cell::count(twin.group))
}

/// 1 where the submission counts in the totals.
fn counting(line: &Line) -> Cell {
    let stored = Outcome::Figure(Decimal::from(u8::from(line.plan.counting[line.index])));
    let Some(twin) = line.plan.twins[line.index] else { return Cell::count(1) };
    let chosen = chosen(line.plan, &line.cell("column-group-number"));
    let formula = format!(
        "IF({chosen}=1,IF({own}=\"{YES}\",1,0),IF({chosen}=0,{},0))",
        u8::from(twin.by_default),
        own = line.cell("column-counts"),
    );
    Cell::formula(formula, stored)
}

/// Whether a department's submission counts, as another sheet's formula refers to it: 1 or 0.
pub fn counting_of(plan: &Plan, number: usize) -> String {
    let [numbers, counting] = ["column-department-number", "column-counting"].map(|key| area(plan, key));
    // Its row is looked for only where it is not the one that it was laid out in.
    format!(
        "IF(IFERROR(INDEX({numbers},{number}),0)={number},INDEX({counting},{number}),SUMIF({numbers},{number},{counting}))"
    )
}
