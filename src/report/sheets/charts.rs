//! 图表: the run in pictures, over the cells of the lists.

use rust_decimal::Decimal;

use crate::report::decision_cells;
use crate::report::plan::{FormKind, Plan};
use crate::report::sheet::Sheet;
use crate::report::table::{Area, Cell, Chart, Layout, Outcome, Row, Style, Table, address};

use super::overview::{self, is_overstated, position};
use super::progress;

/// Departments that a chart of the usual height can show.
const CHARTED: u32 = 15;
/// Departments whose points are shown by their parts, the worst first: so many bars stand on one printed page with their names.
const CHARTED_PARTS: u32 = overview::CHARTED;
/// Height of a bar with the gap to the next one, and of all that is not bars, in pixels.
const BAR: u32 = 16;
const AROUND_BARS: u32 = 110;
/// Height of a row of the sheet in pixels.
const ROW: u32 = 20;
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

/// The sheet; none where nothing was audited. `overviews`: the lists that it draws, by form.
pub fn table(plan: &Plan, overviews: &[(FormKind, &Sheet)]) -> Option<Table> {
    let mut charts = Vec::new();
    for ((kind, list), row) in overviews.iter().zip(0..).filter(|((_, list), _)| list.count() > 0) {
        let down = |(at, column): (u32, u16)| (at + row * CHART_ROWS, column);
        let mut first = totals_chart(plan, *kind, list);
        first.at = down(first.at);
        charts.push(first);
        let second = match kind.has_common_rows() {
            true => super::matrix::overstated_chart(plan, *kind, second_chart()),
            false => overstated_forms_chart(plan, *kind, list),
        };
        charts.extend(second.map(|chart| Chart { at: down(chart.at), ..chart }));
    }
    if charts.is_empty() {
        return None;
    }
    let blank = |rows: u32| (0..rows).map(|_| Row::default());
    let (mut tail, mut breaks): (Vec<Row>, Vec<u32>) = (blank(CHART_ROWS * overviews.len() as u32).collect(), vec![]);
    for (kind, list) in overviews.iter().filter(|(kind, list)| kind.has_common_rows() && list.count() > 0) {
        let below = FIRST.0 + tail.len() as u32;
        let departments = parts_of_departments(plan, *kind, list, below);
        // The table begins below the taller one of the two pictures beside each other.
        let rows = CHART_ROWS.max(departments.size.1 / ROW + 2);
        charts.push(departments);
        let indicators = parts_of_indicators(plan, *kind, below + rows);
        charts.extend(parts_chart(plan, &indicators, below, rows));
        tail.extend(blank(rows).chain(indicators));
        if rows > CHART_ROWS {
            breaks.extend([below, below + rows]);
        }
    }
    Some(Table {
        name: plan.word("sheet-charts"),
        title: plan.word("charts-title"),
        lead: vec![Row::of(vec![Cell::text(plan.word("charts-lead")).style(Style::Remark).span(COLUMNS)])],
        columns: (0..COLUMNS).map(|_| crate::report::table::Column::new("", 8)).collect(),
        tail,
        charts,
        breaks,
        layout: Layout { landscape: true, freeze_rows: 1, charted: Some(0), ..Layout::default() },
        ..Table::default()
    })
}

fn area(list: &Sheet, column: u16) -> Area {
    area_of(list, column, CHARTED)
}

fn area_of(list: &Sheet, column: u16, most: u32) -> Area {
    let first = list.table.first_row();
    let last = first + (list.count() as u32).clamp(1, most) - 1;
    Area { sheet: list.table.name.clone(), cells: (first, column, last, column) }
}

fn totals_chart(plan: &Plan, kind: FormKind, list: &Sheet) -> Chart {
    Chart {
        title: plan.word(kind.row().charts[0]),
        lying: true,
        stacked: false,
        categories: area(list, NAME),
        series: vec![
            (plan.word("column-claimed-total"), area(list, position(kind, "column-claimed-total"))),
            (plan.word("column-ceiling"), area(list, position(kind, "column-ceiling"))),
        ],
        at: FIRST,
        size: SIZE,
    }
}

/// Overstated points of each form; rows of forms have nothing in common that could be added up.
fn overstated_forms_chart(plan: &Plan, kind: FormKind, list: &Sheet) -> Option<Chart> {
    let overstated = plan.of(kind).filter(|form| is_overstated(form)).count() as u32;
    if overstated == 0 {
        return None;
    }
    let shorten = |mut area: Area| {
        area.cells.2 = area.cells.0 + overstated.min(CHARTED) - 1;
        area
    };
    let (at, size) = second_chart();
    Some(Chart {
        title: plan.word(kind.row().charts[1]),
        lying: true,
        stacked: false,
        categories: shorten(area(list, NAME)),
        series: vec![(plan.word("column-overstated"), shorten(area(list, position(kind, "column-overstated"))))],
        at,
        size,
    })
}

/// The parts that claimed points fall into: confirmed, overstated, in dispute or still to be verified.
const PARTS: [&str; 3] = ["column-agreed", "column-overstated", "column-doubted"];
/// Columns that the name of an indicator takes, and each of its figures.
const NAME_SPAN: u16 = 4;
const FIGURE_SPAN: u16 = 2;

/// Where the points of each department go: bars that are parts of its claim.
fn parts_of_departments(plan: &Plan, kind: FormKind, list: &Sheet, row: u32) -> Chart {
    let keys = ["column-agreed", "column-overstated", "column-reading-dependent", "column-unverifiable"];
    let series = keys.map(|key| (plan.word(key), area_of(list, position(kind, key), CHARTED_PARTS)));
    let bars = (list.count() as u32).min(CHARTED_PARTS);
    Chart {
        title: plan.word("chart-parts-departments"),
        lying: true,
        stacked: true,
        categories: area_of(list, NAME, CHARTED_PARTS),
        series: series.to_vec(),
        at: (row, FIRST.1),
        size: (SIZE.0, SIZE.1.max(bars * BAR + AROUND_BARS)),
    }
}

/// Where the points of each indicator go, over all departments with the form, as the bureau has decided, of several submissions of one
/// only what counts: rows below the charts, which begin at that row.
fn parts_of_indicators(plan: &Plan, kind: FormKind, row: u32) -> Vec<Row> {
    let found = sums_of_indicators(plan, kind, |index| plan.counting[index]);
    if found.is_empty() {
        return Vec::new();
    }
    let header = |key: &str, span: u16| Cell::text(plan.word(key)).style(Style::Header).span(span);
    let mut rows = vec![
        Row::of(vec![Cell::text(plan.word("chart-parts-indicators")).style(Style::Section).span(COLUMNS / 2)]),
        Row::of(
            std::iter::once(header("column-indicator", NAME_SPAN))
                .chain(PARTS.map(|key| header(key, FIGURE_SPAN)))
                .collect(),
        ),
    ];
    let first = row + rows.len() as u32;
    // Another form's row of the same name is another thing: the sums of 核定表 hold both.
    let is_alone = |name: &str| {
        let others = plan.departments.iter().filter(|department| department.kind() != kind);
        others.flat_map(|other| &other.audit.indicators).all(|indicator| indicator.name != name)
    };
    rows.extend(found.iter().zip(first..).map(|((name, parts), at)| {
        let figures = PARTS.iter().zip(parts).map(|(key, part)| {
            let live = decision_cells::points_of(plan, key, (name, &address(at, 0)), |number| {
                progress::counting_of(plan, number)
            })
            .filter(|_| is_alone(name));
            let cell = live.map_or_else(
                || Cell::score(*part),
                |formula| Cell::formula(format!("ROUND({formula},10)"), Outcome::Score(*part)),
            );
            cell.span(FIGURE_SPAN)
        });
        Row::of(std::iter::once(Cell::text(*name).span(NAME_SPAN)).chain(figures).collect())
    }));
    rows
}

/// The parts of the points of each indicator, over the submissions of a form with common rows that are `meant`, by their places:
/// agreed, overstated, and in doubt.
pub fn sums_of_indicators<'p>(
    plan: &'p Plan,
    kind: FormKind,
    meant: impl Fn(usize) -> bool,
) -> Vec<(&'p str, [Decimal; 3])> {
    let mut found: Vec<(&str, [Decimal; 3])> = Vec::new();
    for department in plan.of(kind).filter(|department| meant(department.number - 1)) {
        for decision in &plan.decisions[department.number - 1] {
            let shares = decision.shares();
            let doubted = shares.reading_dependent.saturating_add(shares.unverifiable);
            let parts = [shares.agreed, shares.overstated, doubted];
            let name = decision.indicator.name.as_str();
            match found.iter_mut().find(|(known, _)| *known == name) {
                Some((_, sums)) => sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum = sum.saturating_add(part)),
                None => found.push((name, parts)),
            }
        }
    }
    found
}

/// The chart over these rows, which stand so many rows below it; none where there are none.
fn parts_chart(plan: &Plan, rows: &[Row], at: u32, above: u32) -> Option<Chart> {
    let count = rows.len().checked_sub(2).filter(|count| *count > 0)? as u32;
    let first = at + above + 2;
    let sheet = plan.word("sheet-charts");
    let area = |column: u16| Area { sheet: sheet.clone(), cells: (first, column, first + count - 1, column) };
    let series = PARTS.iter().zip(0..).map(|(key, at)| (plan.word(key), area(NAME_SPAN + FIGURE_SPAN * at)));
    Some(Chart {
        title: plan.word("chart-parts-indicators"),
        lying: true,
        stacked: true,
        categories: area(0),
        series: series.collect(),
        at: (at, COLUMNS / 2),
        size: SIZE,
    })
}

/// Where the second chart of a kind stands.
fn second_chart() -> ((u32, u16), (u32, u32)) {
    ((FIRST.0, COLUMNS / 2), SIZE)
}
