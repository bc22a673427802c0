//! 总览: the run in figures and charts, and one row per department, worst first, with the bureau's own result.
//!
//! Where forms of projects came beside cards, they have a sheet of the same make: points of one kind are never added to
//! those of the other.

mod columns;
mod figures;
mod live;

use rust_decimal::Decimal;

pub use columns::{Line, OverviewColumn, PointsShown, columns_of, is_downgraded, position};
pub use figures::figures;
pub use live::{grade_formula, interval, unfinished};

use columns::HIDDEN;
use figures::FIGURE_ROWS;
use live::LOWER;

use crate::forms::Part;
use crate::report::plan::{Department, FormKind, Plan};
use crate::report::sheet::Sheet;
use crate::report::table::{Cell, Column, Layout, Mark, Row, Style, Table, column_letters};
use crate::rulebook::Rulebook;

/// Departments that a chart may show, the worst first.
pub const CHARTED: u32 = 40;

/// The sheet of one form.
pub fn sheet<'p>(plan: &'p Plan, kind: FormKind) -> Sheet<'p> {
    let mut table = Table {
        name: plan.overview_of(kind),
        title: plan.word(kind.row().overview.title),
        lead: lead(plan, kind),
        columns: columns(plan, kind),
        layout: Layout {
            header: true,
            filter: true,
            landscape: true,
            freeze_rows: 1,
            freeze_columns: 2,
            charted: Some(CHARTED),
            ..Layout::default()
        },
        ..Table::default()
    };
    let header = table.header_row();
    // The head stays in sight, and so do the figures above it.
    table.layout.freeze_rows = header + 1;
    table.layout.repeat = Some((header, header));
    let first = table.first_row();
    table.marks = marks(kind, first);
    table.tail = vec![
        Row::of(vec![Cell::text(plan.word("overview-note-ceiling")).style(Style::Remark).span(18)]),
        Row::of(vec![Cell::text(plan.word("overview-note-confirmed")).style(Style::Remark).span(18)]),
    ];
    let shown: Vec<&Department> = plan.of(kind).collect();
    Sheet::later(table, shown.len(), move |place| row(plan, shown[place], first + place as u32))
}

/// A grade that falls, and what is not finished, are told by their looks, too.
fn marks(kind: FormKind, first: u32) -> Vec<Mark> {
    let cell = |key: &str| format!("${}{}", column_letters(position(kind, key)), first + 1);
    let mut marks = vec![Mark {
        column: position(kind, "column-confirmed-total"),
        formula: format!("ISTEXT({})", cell("column-confirmed-total")),
        style: Style::Progress(true),
    }];
    if kind.has(Part::Grade) {
        let change = cell("column-grade-change");
        marks.push(Mark {
            column: position(kind, "column-grade-change"),
            formula: format!("RIGHT({change},1)=\"{LOWER}\""),
            style: Style::Worse,
        });
    }
    marks
}

fn lead(plan: &Plan, kind: FormKind) -> Vec<Row> {
    let mut rows = vec![Row::of(vec![Cell::text(subtitle(plan, kind)).style(Style::Remark).span(18)])];
    let figures = figures(plan, kind);
    for pair in figures.chunks(figures.len().div_ceil(FIGURE_ROWS)) {
        let cells = pair.iter().flat_map(|(label, value)| {
            [Cell::text(label.clone()).style(Style::Label).span(2), value.clone().style(Style::Key).span(2)]
        });
        rows.push(Row::of(cells.collect()));
    }
    rows
}

fn subtitle(plan: &Plan, kind: FormKind) -> String {
    let of_kind = |book: &&Rulebook| book.form == kind;
    let names: Vec<&str> = plan.batch.rulebooks.iter().filter(of_kind).map(|book| book.name.as_str()).collect();
    let made = plan.run.made_at.as_deref().unwrap_or("—");
    plan.say("overview-subtitle", &[("rulebooks", &names.join("；")), ("made", &made), ("version", &plan.run.version)])
}

/// True where some claimed point is above everything that the figures allow.
pub fn is_overstated(department: &Department) -> bool {
    department.audit.points.as_ref().is_some_and(|points| points.overstated > Decimal::ZERO)
}

fn columns(plan: &Plan, kind: FormKind) -> Vec<Column> {
    let column = |column: &OverviewColumn| match column.width {
        HIDDEN => Column::hidden(plan.word(column.key)),
        width => Column::new(plan.word(column.key), width),
    };
    columns_of(kind).iter().map(column).collect()
}

fn row(plan: &Plan, department: &Department, at: u32) -> Row {
    let line = Line { plan, department, at };
    Row::of(columns_of(department.kind()).iter().map(|column| (column.cell)(&line)).collect())
}
