//! 总览: the run in figures and charts, and one row per department, worst first, with the bureau's own result.

use rust_decimal::Decimal;

use crate::audit::{Audit, PointsByVerdict, Severity, Status};
use crate::decimal_text::score_text;
use crate::rulebook::Grade;

use super::differences;
use super::plan::{Department, Plan};
use super::table::{Area, Cell, Chart, Column, Layout, Link, Outcome, Row, Style, Table, address, fixed, quoted};

/// Departments that one chart can show.
const CHARTED: u32 = 15;
/// Rows that the charts take.
const CHART_ROWS: usize = 15;
/// The figures of the run stand in this many rows.
const FIGURE_ROWS: usize = 4;

const NAME: u16 = 1;
const CLAIMED: u16 = 2;
const CEILING: u16 = 4;
const CONFIRMED_TOTAL: u16 = 16;

/// The sheet.
pub fn table(plan: &Plan) -> Table {
    let mut table = Table {
        name: plan.word("sheet-overview"),
        title: plan.word("overview-title"),
        lead: lead(plan),
        columns: columns(plan),
        layout: Layout {
            header: true,
            filter: true,
            landscape: true,
            freeze_rows: 1,
            freeze_columns: 2,
            ..Layout::default()
        },
        ..Table::default()
    };
    let header = table.header_row();
    table.layout.repeat = Some((header, header));
    let first = table.first_row();
    table.rows = plan.departments.iter().enumerate().map(|(index, it)| row(plan, it, first + index as u32)).collect();
    table.tail = vec![
        Row::of(vec![Cell::text(plan.word("overview-note-ceiling")).style(Style::Remark).span(18)]),
        Row::of(vec![Cell::text(plan.word("overview-note-confirmed")).style(Style::Remark).span(18)]),
    ];
    if !plan.departments.is_empty() {
        table.charts = vec![departments_chart(plan, &table)];
        table.charts.extend(super::matrix::overstated_chart(plan));
    }
    table
}

fn lead(plan: &Plan) -> Vec<Row> {
    let mut rows = vec![Row::of(vec![Cell::text(subtitle(plan)).style(Style::Remark).span(18)])];
    let figures = figures(plan);
    for pair in figures.chunks(figures.len().div_ceil(FIGURE_ROWS)) {
        let cells = pair.iter().flat_map(|(label, value)| {
            [Cell::text(label.clone()).style(Style::Label).span(2), value.clone().style(Style::Key).span(2)]
        });
        rows.push(Row::of(cells.collect()));
    }
    if !plan.departments.is_empty() {
        rows.extend((0..CHART_ROWS).map(|_| Row::default()));
    }
    rows
}

fn subtitle(plan: &Plan) -> String {
    let names: Vec<&str> = plan.batch.rulebooks.iter().map(|book| book.name.as_str()).collect();
    let made = plan.batch.run.made_at.as_deref().unwrap_or("—");
    plan.say(
        "overview-subtitle",
        &[("rulebooks", &names.join("；")), ("made", &made), ("version", &plan.batch.run.version)],
    )
}

/// The figures of the run, in the order they are read.
pub fn figures(plan: &Plan) -> Vec<(String, Cell)> {
    let total = points_total(&plan.batch.audits);
    let audited = plan.departments.len();
    let unread = plan.batch.audits.iter().filter(|audit| audit.status == Status::Unread).count();
    let claims: Decimal = plan.departments.iter().map(Department::claims).sum();
    let figures = [
        ("figure-files", Cell::count(plan.batch.audits.len())),
        ("figure-audited", Cell::count(audited)),
        ("figure-unread", Cell::count(unread)),
        ("figure-disputes", Cell::count(plan.disputes.len())),
        ("figure-claims", Cell::score(claims)),
        ("figure-agreed", Cell::score(total.agreed)),
        ("figure-unverifiable", Cell::score(total.unverifiable)),
        ("figure-reading-dependent", Cell::score(total.reading_dependent)),
        ("figure-overstated", Cell::score(total.overstated)),
        ("figure-understated", Cell::score(total.understated)),
        ("figure-invalid", Cell::score(total.invalid)),
        ("figure-downgraded", Cell::count(plan.departments.iter().filter(|it| is_downgraded(it.audit)).count())),
    ];
    figures.into_iter().map(|(key, cell)| (plan.word(key), cell)).collect()
}

/// The claimed points of all audits by verdict.
pub fn points_total(audits: &[Audit]) -> PointsByVerdict {
    let mut total = PointsByVerdict::default();
    for points in audits.iter().filter_map(|audit| audit.points.as_ref()) {
        total.agreed += points.agreed;
        total.overstated += points.overstated;
        total.understated += points.understated;
        total.reading_dependent += points.reading_dependent;
        total.unverifiable += points.unverifiable;
        total.invalid += points.invalid;
    }
    total
}

fn columns(plan: &Plan) -> Vec<Column> {
    let widths = [
        ("column-number", 5),
        ("column-department", 28),
        ("column-claimed-total", 9),
        ("column-agreed", 9),
        ("column-ceiling", 10),
        ("column-low", 8),
        ("column-high", 8),
        ("column-claimed-grade", 7),
        ("column-ceiling-grade", 8),
        ("column-grade-change", 9),
        ("column-overstated", 8),
        ("column-understated", 8),
        ("column-reading-dependent", 9),
        ("column-unverifiable", 9),
        ("column-invalid", 8),
        ("column-findings", 8),
        ("column-confirmed-total", 10),
        ("column-confirmed-grade", 8),
    ];
    widths.into_iter().map(|(key, width)| Column::new(plan.word(key), width)).collect()
}

fn row(plan: &Plan, department: &Department, at: u32) -> Row {
    let audit = department.audit;
    let points = audit.points.clone().unwrap_or_default();
    let claimed = audit.claimed.as_ref();
    let recomputed = audit.recomputed.as_ref();
    let ceiling = recomputed.map_or(Decimal::ZERO, |totals| totals.ceiling);
    let paper = plan.paper_link(department, None);
    let serious = audit.findings.iter().filter(|finding| finding.severity >= Severity::Warning).count();
    Row::of(vec![
        Cell::count(department.number).style(Style::Centre),
        Cell::text(department.name.clone()).link(Some(paper)),
        Cell::score_option(claimed.and_then(|claimed| claimed.total)),
        Cell::score(points.agreed),
        Cell::score(ceiling).style(Style::Sum),
        Cell::score_option(recomputed.map(|totals| totals.low)),
        Cell::score_option(recomputed.and_then(|totals| totals.high)),
        Cell::text_option(claimed.and_then(|claimed| claimed.grade.as_deref())).style(Style::Centre),
        Cell::text_option(recomputed.map(|totals| totals.grade_ceiling.as_str())).style(Style::Centre),
        grade_change(plan, audit),
        or_blank(points.overstated),
        or_blank(points.understated),
        or_blank(points.reading_dependent),
        or_blank(points.unverifiable),
        or_blank(points.invalid),
        Cell::count(serious).style(Style::Centre).link(Some(Link::Here(plan.word("sheet-differences"), 0, 0))),
        confirmed_total(plan, department, ceiling, at),
        confirmed_grade(plan, department, ceiling, at),
    ])
}

fn or_blank(points: Decimal) -> Cell {
    if points.is_zero() { Cell::default() } else { Cell::score(points) }
}

fn grades(audit: &Audit) -> Option<(&str, &str)> {
    Some((audit.claimed.as_ref()?.grade.as_deref()?, audit.recomputed.as_ref()?.grade_ceiling.as_str()))
}

/// True where the most that can be granted does not earn the grade that was claimed.
pub fn is_downgraded(audit: &Audit) -> bool {
    audit.findings.iter().any(|finding| finding.code == "grade-overstated")
}

fn grade_change(plan: &Plan, audit: &Audit) -> Cell {
    match grades(audit) {
        Some((claimed, ceiling)) if is_downgraded(audit) => {
            Cell::text(plan.say("grade-lower", &[("from", &claimed), ("to", &ceiling)])).style(Style::Worse)
        }
        Some((claimed, ceiling)) if claimed != ceiling => {
            Cell::text(plan.say("grade-other", &[("from", &claimed), ("to", &ceiling)])).style(Style::Centre)
        }
        _ => Cell::default(),
    }
}

/// The most that can be granted, corrected by every entry in 差异清单.
fn confirmed_total(plan: &Plan, department: &Department, ceiling: Decimal, at: u32) -> Cell {
    let corrections = differences::corrections(plan, department.number);
    let formula = format!("ROUND({}+{corrections},2)", address(at, CEILING));
    let total = ceiling + differences::corrected(plan, department.number);
    Cell::formula(formula, Outcome::Score(total)).style(Style::Sum)
}

fn confirmed_grade(plan: &Plan, department: &Department, ceiling: Decimal, at: u32) -> Cell {
    let Some(book) = department.rulebook else { return Cell::default() };
    let total = ceiling + differences::corrected(plan, department.number);
    let grade =
        book.grades.iter().find(|grade| total >= grade.from).or(book.grades.last()).map(|grade| grade.name.clone());
    let formula = grade_formula(&book.grades, &address(at, CONFIRMED_TOTAL));
    Cell::formula(formula, Outcome::Words(grade.unwrap_or_default())).style(Style::Centre)
}

/// The grade of the total in a cell, as nested conditions from the best grade down.
pub fn grade_formula(grades: &[Grade], total: &str) -> String {
    let words = |grade: &Grade| format!("\"{}\"", grade.name.replace('"', "\"\""));
    let Some((last, better)) = grades.split_last() else { return "\"\"".to_owned() };
    let open: String =
        better.iter().map(|grade| format!("IF({total}>={},{},", grade.from.normalize(), words(grade))).collect();
    format!("{open}{}{}", words(last), ")".repeat(better.len()))
}

fn departments_chart(plan: &Plan, table: &Table) -> Chart {
    let first = table.first_row();
    let last = first + (table.rows.len() as u32).clamp(1, CHARTED) - 1;
    let area = |column| Area { sheet: table.name.clone(), cells: (first, column, last, column) };
    Chart {
        title: plan.word("chart-departments"),
        lying: true,
        categories: area(NAME),
        series: vec![(plan.word("column-claimed-total"), area(CLAIMED)), (plan.word("column-ceiling"), area(CEILING))],
        at: (1 + 1 + FIGURE_ROWS as u32, 0),
        size: (660, 372),
    }
}

/// Where the second chart of this sheet stands.
pub fn second_chart() -> ((u32, u16), (u32, u32)) {
    ((1 + 1 + FIGURE_ROWS as u32, 8), (620, 372))
}

/// The range of a total in words, such as `22.10 – 98.95`.
pub fn interval(low: Decimal, high: Option<Decimal>) -> String {
    let high = high.map_or_else(|| "…".to_owned(), score_text);
    format!("{} – {high}", score_text(low))
}

/// A whole column of a sheet's rows as a formula writes it.
pub fn column_area(sheet: &str, first: u32, last: u32, column: u16) -> String {
    format!("{}!{}:{}", quoted(sheet), fixed(first, column), fixed(last, column))
}
