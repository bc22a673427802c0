//! 全批比对: what only the batch shows, of every department in one list. Suspicions change no points; a person works on them in
//! 差异清单, where each of them has its row. (bureau.md, “The whole batch”)

use crate::across::adds;
use crate::audit::{Finding, Severity};
use crate::report::list::{self, ListColumn};
use crate::report::plan::{Department, Plan};
use crate::report::table::{Cell, Link, Row, Style, Table};

use super::differences::{indicator_name, row_link, source_cell};

/// The texts of the sheet.
const TEXTS: list::Texts = list::Texts { sheet: "sheet-batch", title: "batch-title", lead: "batch-lead" };

/// The sheet; none where the batch shows nothing. What is of one kind stands together, in the order of the departments.
pub fn table(plan: &Plan) -> Option<Table> {
    let mut found: Vec<(&Finding, usize)> = Vec::new();
    for (index, department) in plan.departments.iter().enumerate() {
        let of_batch = department.audit.findings.iter().filter(|finding| adds(finding.code));
        found.extend(of_batch.map(|finding| (finding, index)));
    }
    found.sort_by_key(|(finding, index)| (finding.code, *index));
    let rows: Vec<Row> = found
        .into_iter()
        .zip(1..)
        .map(|((finding, index), number)| {
            let line = Line { plan, department: &plan.departments[index], index, number, finding };
            Row::of(COLUMNS.iter().map(|column| (column.cell)(&line)).collect())
        })
        .collect();
    (!rows.is_empty()).then(|| Table { rows, ..list::sheet(plan, TEXTS, &COLUMNS, 2) })
}

/// What a row is made of.
pub struct Line<'p> {
    plan: &'p Plan<'p>,
    department: &'p Department<'p>,
    index: usize,
    number: usize,
    finding: &'p Finding,
}

/// A column with what it shows of a line.
type LineColumn = ListColumn<fn(&Line) -> Cell>;

/// The columns, in their order.
const COLUMNS: [LineColumn; 7] = [
    LineColumn::plain("column-number", 5, |line| Cell::count(line.number).style(Style::Centre)),
    LineColumn::plain("column-department", 26, |line| {
        Cell::text(line.department.name.clone()).link(Some(line.plan.paper_link(line.department, None)))
    }),
    LineColumn::plain("column-problem", 16, |line| {
        Cell::text(line.plan.code(line.finding.code)).style(Style::Centre).link(line.listed())
    }),
    LineColumn::plain("column-severity", 8, |line| {
        let severity = line.finding.severity;
        Cell::text(line.plan.word(&format!("severity-{severity:?}").to_lowercase())).style(Style::Severity(severity))
    }),
    LineColumn::plain("column-indicator", 22, |line| {
        let named = line.finding.indicator.as_deref().map(|id| indicator_name(line.department, id));
        Cell::text_option(named.as_deref())
    }),
    LineColumn::plain("column-why", 78, |line| Cell::text(line.plan.phrase(&line.finding.phrase))),
    LineColumn::plain("column-place", 22, |line| match &line.finding.source {
        Some(source) => source_cell(line.plan, line.department, Some(source)),
        None => Cell::default(),
    }),
];

impl Line<'_> {
    /// Its row in 差异清单, which leaves out what is only information.
    fn listed(&self) -> Option<Link> {
        if self.finding.severity == Severity::Info {
            return None;
        }
        let is_same = |known: &Finding| std::ptr::eq(known, self.finding);
        let own = &self.plan.disputed[self.index];
        let at = own.iter().find(|at| self.plan.disputes[**at].finding.is_some_and(is_same))?;
        Some(row_link(self.plan, *at))
    }
}
