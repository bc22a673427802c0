//! 等级影响: departments whose grade hangs on scores that are still open, and the fewest scores that decide it. What the bureau has
//! decided counts as decided. (bureau.md, “The whole batch”)

use crate::decimal_text::score_text;
use crate::decisive::{Decisive, Granting, decisive};
use crate::report::decisions::Decision;
use crate::report::list::{self, ListColumn};
use crate::report::plan::{Department, Plan};
use crate::report::table::{Cell, Row, Style, Table};

/// The texts of the sheet.
const TEXTS: list::Texts = list::Texts { sheet: "sheet-grades", title: "grades-title", lead: "grades-lead" };

/// The sheet; none where no grade hangs on anything.
pub fn table(plan: &Plan) -> Option<Table> {
    let rows: Vec<Row> = (0..plan.departments.len())
        .filter_map(|index| Some((index, open_grade(plan, index)?)))
        .zip(1..)
        .map(|((index, open), number)| row(&Line { plan, department: &plan.departments[index], index, number, open }))
        .collect();
    (!rows.is_empty()).then(|| Table { rows, ..list::sheet(plan, TEXTS, &COLUMNS, 2) })
}

/// What the grade of a department hangs on, after what the bureau has decided; none where it does not, or where a score that can
/// be granted has no bound.
pub fn open_grade<'p>(plan: &'p Plan, index: usize) -> Option<Decisive<'p>> {
    let decisions = &plan.decisions[index];
    let is_bounded = |decision: &Decision| decision.indicator.high.is_some() || decision.decided().is_some();
    if !decisions.iter().all(is_bounded) || decisions.iter().any(|decision| decision.indicator.is_open()) {
        return None;
    }
    let scores: Vec<Granting> = decisions.iter().map(granting).collect();
    decisive(&scores, &plan.departments[index].rulebook?.grades)
}

fn granting(decision: &Decision) -> Granting {
    let most = decision.granted();
    let least = if decision.decided().is_some() { most } else { decision.indicator.low.min(most) };
    Granting { least, most }
}

/// What a row is made of.
pub struct Line<'p> {
    plan: &'p Plan<'p>,
    department: &'p Department<'p>,
    index: usize,
    number: usize,
    open: Decisive<'p>,
}

/// A column with what it shows of a line.
type LineColumn = ListColumn<fn(&Line) -> Cell>;

/// The columns, in their order.
const COLUMNS: [LineColumn; 10] = [
    LineColumn::plain("column-number", 5, |line| Cell::count(line.number).style(Style::Centre)),
    LineColumn::plain("column-department", 26, |line| {
        Cell::text(line.department.name.clone()).link(Some(line.plan.paper_link(line.department, None)))
    }),
    LineColumn::plain("column-claimed-grade", 9, |line| {
        let claimed = line.department.audit.claimed.as_ref();
        Cell::text_option(claimed.and_then(|claimed| claimed.grade.as_deref())).style(Style::Centre)
    }),
    LineColumn::plain("column-ceiling", 10, |line| Cell::score(line.open.ceiling)),
    LineColumn::plain("column-ceiling-grade", 10, |line| Cell::text(line.open.grade.name.clone()).style(Style::Centre)),
    LineColumn::plain("column-margin", 10, |line| Cell::score(line.open.margin)),
    LineColumn::plain("column-decisive", 44, items),
    LineColumn::plain("column-at-stake", 10, |line| Cell::score(line.open.at_stake)),
    LineColumn::plain("column-otherwise", 10, |line| Cell::text(line.open.otherwise.name.clone()).style(Style::Centre)),
    LineColumn::plain("column-paper", 6, |line| {
        let first = line.open.indicators.first().map(|at| line.plan.decisions[line.index][*at].indicator.id.as_str());
        let link = line.plan.paper_link(line.department, first);
        Cell::text(line.plan.word("paper-link")).style(Style::Centre).link(Some(link))
    }),
];

fn row(line: &Line) -> Row {
    Row::of(COLUMNS.iter().map(|column| (column.cell)(line)).collect())
}

fn items(line: &Line) -> Cell {
    Cell::text(named(line.plan, line.index, &line.open))
}

/// The scores that decide, the largest first, with what is open of each.
fn named(plan: &Plan, index: usize, open: &Decisive) -> String {
    let item = |at: &usize| {
        let decision = &plan.decisions[index][*at];
        let points = score_text(granting(decision).open());
        plan.language.say("finding.open-score", &[("indicator", &decision.indicator.name), ("points", &points)])
    };
    let separator = plan.language.word("finding.open-score-and");
    open.indicators.iter().map(item).collect::<Vec<_>>().join(&separator)
}

/// What the grade of a department hangs on, in a sentence.
pub fn sentence(plan: &Plan, index: usize) -> Option<String> {
    let open = open_grade(plan, index)?;
    let [ceiling, from, margin, stake] = [open.ceiling, open.grade.from, open.margin, open.at_stake].map(score_text);
    let holes: [(&str, &dyn std::fmt::Display); 8] = [
        ("ceiling", &ceiling),
        ("grade", &open.grade.name),
        ("from", &from),
        ("margin", &margin),
        ("count", &open.indicators.len()),
        ("items", &named(plan, index, &open)),
        ("stake", &stake),
        ("otherwise", &open.otherwise.name),
    ];
    Some(plan.language.say("finding.grade-undecided", &holes))
}
