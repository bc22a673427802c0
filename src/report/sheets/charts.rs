//! 图表: the run in pictures, over the cells of the lists.

use crate::report::plan::{Kind, Plan};
use crate::report::table::{Area, Cell, Chart, Layout, Row, Style, Table};

use super::overview::{is_overstated, position};

/// Departments that one chart can show.
const CHARTED: u32 = 15;
/// Where the name stands among the columns of 总览.
const NAME: u16 = 1;
/// Where the first chart stands.
const FIRST: (u32, u16) = (3, 0);
/// Columns of the sheet, as wide as two charts beside each other.
const COLUMNS: u16 = 20;
/// Rows that a chart takes.
const CHART_ROWS: u32 = 22;
/// Width and height of a chart in pixels: two of them stand beside each other on a screen of 1366 × 768.
const SIZE: (u32, u32) = (640, 400);

/// The sheet; none where nothing was audited. `overviews`: the lists that it draws, by kind.
pub fn table(plan: &Plan, overviews: &[(Kind, &Table)]) -> Option<Table> {
    let mut charts = Vec::new();
    for ((kind, list), row) in overviews.iter().zip(0..).filter(|((_, list), _)| !list.rows.is_empty()) {
        let down = |(at, column): (u32, u16)| (at + row * CHART_ROWS, column);
        let mut first = totals_chart(plan, *kind, list);
        first.at = down(first.at);
        charts.push(first);
        let second = match kind {
            Kind::Card => super::matrix::overstated_chart(plan, second_chart()),
            Kind::Form => overstated_forms_chart(plan, list),
        };
        charts.extend(second.map(|chart| Chart { at: down(chart.at), ..chart }));
    }
    if charts.is_empty() {
        return None;
    }
    Some(Table {
        name: plan.word("sheet-charts"),
        title: plan.word("charts-title"),
        lead: vec![Row::of(vec![Cell::text(plan.word("charts-lead")).style(Style::Remark).span(COLUMNS)])],
        columns: (0..COLUMNS).map(|_| crate::report::table::Column::new("", 8)).collect(),
        tail: (0..CHART_ROWS * overviews.len() as u32).map(|_| Row::default()).collect(),
        charts,
        layout: Layout { landscape: true, freeze_rows: 1, ..Layout::default() },
        ..Table::default()
    })
}

fn area(table: &Table, column: u16) -> Area {
    let first = table.first_row();
    let last = first + (table.rows.len() as u32).clamp(1, CHARTED) - 1;
    Area { sheet: table.name.clone(), cells: (first, column, last, column) }
}

fn totals_chart(plan: &Plan, kind: Kind, table: &Table) -> Chart {
    let title = match kind {
        Kind::Card => "chart-departments",
        Kind::Form => "chart-projects",
    };
    Chart {
        title: plan.word(title),
        lying: true,
        categories: area(table, NAME),
        series: vec![
            (plan.word("column-claimed-total"), area(table, position(kind, "column-claimed-total"))),
            (plan.word("column-ceiling"), area(table, position(kind, "column-ceiling"))),
        ],
        at: FIRST,
        size: SIZE,
    }
}

/// Overstated points of each form; rows of forms have nothing in common that could be added up.
fn overstated_forms_chart(plan: &Plan, table: &Table) -> Option<Chart> {
    let overstated = plan.of(Kind::Form).filter(|form| is_overstated(form)).count() as u32;
    if overstated == 0 {
        return None;
    }
    let shorten = |mut area: Area| {
        area.cells.2 = area.cells.0 + overstated.min(CHARTED) - 1;
        area
    };
    let (at, size) = second_chart();
    Some(Chart {
        title: plan.word("chart-overstated-forms"),
        lying: true,
        categories: shorten(area(table, NAME)),
        series: vec![(plan.word("column-overstated"), shorten(area(table, position(Kind::Form, "column-overstated"))))],
        at,
        size,
    })
}

/// Where the second chart of a kind stands.
fn second_chart() -> ((u32, u16), (u32, u32)) {
    ((FIRST.0, COLUMNS / 2), SIZE)
}
