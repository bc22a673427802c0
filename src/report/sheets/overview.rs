//! 总览: the run in figures and charts, and one row per department, worst first, with the bureau's own result.
//!
//! Where forms of projects came beside cards, they have a sheet of the same make: points of one kind are never added to
//! those of the other.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::audit::{Audit, PointsByVerdict, Severity};
use crate::brief::{FileCount, points_total};
use crate::checks::register::Code;
use crate::decimal_text::{round_score, score_text};
use crate::line_ids::{PLANNED, SPENT};
use crate::rulebook::{Form, Grade, Rulebook};
use crate::sums::sum;

use super::differences;
use crate::report::plan::{Department, Kind, Plan};
use crate::report::table::{Area, Cell, Chart, Column, Layout, Link, Outcome, Row, Style, Table, address};

/// Departments that one chart can show.
const CHARTED: u32 = 15;
/// Rows that the charts take.
const CHART_ROWS: usize = 15;
/// The figures of the run stand in this many rows.
const FIGURE_ROWS: usize = 4;

/// The sheet of one kind.
pub fn table(plan: &Plan, kind: Kind) -> Table {
    let title = match kind {
        Kind::Card => "overview-title",
        Kind::Form => "overview-title-forms",
    };
    let mut table = Table {
        name: plan.overview_of(kind),
        title: plan.word(title),
        lead: lead(plan, kind),
        columns: columns(plan, kind),
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
    table.rows = plan.of(kind).zip(first..).map(|(it, at)| row(plan, it, at)).collect();
    table.tail = vec![
        Row::of(vec![Cell::text(plan.word("overview-note-ceiling")).style(Style::Remark).span(18)]),
        Row::of(vec![Cell::text(plan.word("overview-note-confirmed")).style(Style::Remark).span(18)]),
    ];
    if !table.rows.is_empty() {
        table.charts = vec![totals_chart(plan, kind, &table)];
        table.charts.extend(match kind {
            Kind::Card => super::matrix::overstated_chart(plan, second_chart()),
            Kind::Form => overstated_forms_chart(plan, &table),
        });
    }
    table
}

fn lead(plan: &Plan, kind: Kind) -> Vec<Row> {
    let mut rows = vec![Row::of(vec![Cell::text(subtitle(plan, kind)).style(Style::Remark).span(18)])];
    let figures = figures(plan, kind);
    for pair in figures.chunks(figures.len().div_ceil(FIGURE_ROWS)) {
        let cells = pair.iter().flat_map(|(label, value)| {
            [Cell::text(label.clone()).style(Style::Label).span(2), value.clone().style(Style::Key).span(2)]
        });
        rows.push(Row::of(cells.collect()));
    }
    if plan.of(kind).next().is_some() {
        rows.extend((0..CHART_ROWS).map(|_| Row::default()));
    }
    rows
}

fn subtitle(plan: &Plan, kind: Kind) -> String {
    let of_kind = |book: &&Rulebook| matches!(book.form, Form::Declared(_)) == (kind == Kind::Form);
    let names: Vec<&str> = plan.batch.rulebooks.iter().filter(of_kind).map(|book| book.name.as_str()).collect();
    let made = plan.batch.run.made_at.as_deref().unwrap_or("—");
    plan.say(
        "overview-subtitle",
        &[("rulebooks", &names.join("；")), ("made", &made), ("version", &plan.batch.run.version)],
    )
}

/// The figures of one kind, in the order they are read; the files of the run stand with the first kind.
pub fn figures(plan: &Plan, kind: Kind) -> Vec<(String, Cell)> {
    let mut figures = Vec::new();
    if plan.kinds().first() == Some(&kind) {
        figures.extend(files(plan));
    }
    figures.extend(lines(plan, kind));
    figures.extend(points(plan, kind));
    figures.into_iter().map(|(key, cell)| (plan.word(key), cell)).collect()
}

/// Inputs, not lines: a workbook with ten forms is one file.
fn files(plan: &Plan) -> [(&'static str, Cell); 3] {
    let count = FileCount::of_all(plan.batch.audits.iter().map(|audit| (audit.file.as_str(), audit.status)));
    [
        ("figure-files", Cell::count(count.files)),
        ("figure-audited", Cell::count(count.audited)),
        ("figure-unread", Cell::count(count.unread)),
    ]
}

fn lines(plan: &Plan, kind: Kind) -> Vec<(&'static str, Cell)> {
    let disputes = plan.disputes.iter().filter(|dispute| plan.departments[dispute.department].kind() == kind).count();
    let disputes = ("figure-disputes", Cell::count(disputes));
    let count = Cell::count(plan.of(kind).count());
    match kind {
        Kind::Card if plan.kinds().len() == 1 => vec![disputes],
        Kind::Card => vec![("figure-cards", count), disputes],
        Kind::Form => {
            let units: BTreeSet<&str> = plan.of(kind).filter_map(|form| form.audit.unit.as_deref()).collect();
            vec![("figure-forms", count), ("figure-units", Cell::count(units.len())), disputes]
        }
    }
}

fn points(plan: &Plan, kind: Kind) -> Vec<(&'static str, Cell)> {
    let total = points_total(plan.of(kind).filter_map(|department| department.audit.points.as_ref()));
    let claims = sum(plan.of(kind).map(Department::claims));
    let mut figures = vec![
        ("figure-claims", Cell::score(claims)),
        ("figure-agreed", Cell::score(total.agreed)),
        ("figure-unverifiable", Cell::score(total.unverifiable)),
        ("figure-reading-dependent", Cell::score(total.reading_dependent)),
        ("figure-overstated", Cell::score(total.overstated)),
        ("figure-understated", Cell::score(total.understated)),
        ("figure-invalid", Cell::score(total.invalid)),
    ];
    figures.push(match kind {
        Kind::Card => ("figure-downgraded", Cell::count(plan.of(kind).filter(|it| is_downgraded(it.audit)).count())),
        Kind::Form => ("figure-overstated-forms", Cell::count(plan.of(kind).filter(|it| is_overstated(it)).count())),
    });
    figures
}

/// True where some claimed point is above everything that the figures allow.
pub fn is_overstated(department: &Department) -> bool {
    department.audit.points.as_ref().is_some_and(|points| points.overstated > Decimal::ZERO)
}

/// What a row is made of.
pub struct Line<'p> {
    plan: &'p Plan<'p>,
    department: &'p Department<'p>,
    /// The row of the sheet.
    at: u32,
}

/// One column: its heading and width, the cell of each row, and the points that its rows add up to.
#[derive(Debug, Clone, Copy)]
pub struct OverviewColumn {
    /// Its heading in the texts of the report.
    pub key: &'static str,
    /// Its width in characters.
    pub width: u16,
    /// Makes the cell of a row.
    pub cell: fn(&Line) -> Cell,
    /// The points of an audit that the row shows; none: it shows something else.
    pub points: Option<fn(&Audit) -> Decimal>,
}

/// Where the name stands among the first columns.
const NAME: u16 = 1;
/// The first columns; the second one is called after the kind.
const NUMBER_AND_NAME: [OverviewColumn; 2] = [
    OverviewColumn {
        key: "column-number",
        width: 5,
        cell: |line| Cell::count(line.department.number).style(Style::Centre),
        points: None,
    },
    OverviewColumn { key: "column-department", width: 28, cell: name, points: None },
];

/// What was claimed and what can be granted.
const TOTALS: [OverviewColumn; 5] = [
    OverviewColumn {
        key: "column-claimed-total",
        width: 9,
        cell: |line| Cell::score_option(line.department.audit.claimed.as_ref().and_then(|claimed| claimed.total)),
        points: None,
    },
    OverviewColumn {
        key: "column-agreed",
        width: 9,
        cell: |line| Cell::score(points_of(line.department.audit).agreed),
        points: Some(|audit| points_of(audit).agreed),
    },
    OverviewColumn {
        key: "column-ceiling",
        width: 10,
        cell: |line| Cell::score(ceiling_of(line.department.audit)).style(Style::Sum),
        points: Some(ceiling_of),
    },
    OverviewColumn {
        key: "column-low",
        width: 8,
        cell: |line| Cell::score_option(line.department.audit.recomputed.as_ref().map(|totals| totals.low)),
        points: None,
    },
    OverviewColumn {
        key: "column-high",
        width: 8,
        cell: |line| Cell::score_option(line.department.audit.recomputed.as_ref().and_then(|totals| totals.high)),
        points: None,
    },
];

/// What only cards have.
const OF_CARDS: [OverviewColumn; 3] = [
    OverviewColumn { key: "column-claimed-grade", width: 7, cell: claimed_grade, points: None },
    OverviewColumn {
        key: "column-ceiling-grade",
        width: 8,
        cell: |line| ceiling_grade(line.department.audit),
        points: None,
    },
    OverviewColumn {
        key: "column-grade-change",
        width: 9,
        cell: |line| grade_change(line.plan, line.department.audit),
        points: None,
    },
];

/// What only forms of projects have.
const OF_FORMS: [OverviewColumn; 3] = [
    OverviewColumn {
        key: "column-budget",
        width: 10,
        cell: |line| Cell::figure_option(budget(line.department.audit, PLANNED)),
        points: None,
    },
    OverviewColumn {
        key: "column-execution",
        width: 8,
        cell: |line| Cell::score_option(execution(line.department.audit)),
        points: None,
    },
    OverviewColumn {
        key: "column-ceiling-grade",
        width: 8,
        cell: |line| ceiling_grade(line.department.audit),
        points: None,
    },
];

/// Points in dispute, and what the bureau makes of them.
const VERDICTS: [OverviewColumn; 8] = [
    OverviewColumn {
        key: "column-overstated",
        width: 8,
        cell: |line| or_blank(points_of(line.department.audit).overstated),
        points: Some(|audit| points_of(audit).overstated),
    },
    OverviewColumn {
        key: "column-understated",
        width: 8,
        cell: |line| or_blank(points_of(line.department.audit).understated),
        points: Some(|audit| points_of(audit).understated),
    },
    OverviewColumn {
        key: "column-reading-dependent",
        width: 9,
        cell: |line| or_blank(points_of(line.department.audit).reading_dependent),
        points: Some(|audit| points_of(audit).reading_dependent),
    },
    OverviewColumn {
        key: "column-unverifiable",
        width: 9,
        cell: |line| or_blank(points_of(line.department.audit).unverifiable),
        points: Some(|audit| points_of(audit).unverifiable),
    },
    OverviewColumn {
        key: "column-invalid",
        width: 8,
        cell: |line| or_blank(points_of(line.department.audit).invalid),
        points: Some(|audit| points_of(audit).invalid),
    },
    OverviewColumn { key: "column-findings", width: 8, cell: serious, points: None },
    OverviewColumn { key: "column-confirmed-total", width: 10, cell: confirmed_total, points: None },
    OverviewColumn { key: "column-confirmed-grade", width: 8, cell: confirmed_grade, points: None },
];

/// The columns of a kind's sheet, in their order.
pub fn columns_of(kind: Kind) -> Vec<OverviewColumn> {
    let [number, department] = NUMBER_AND_NAME;
    let (name, own) = match kind {
        Kind::Card => (department, OF_CARDS),
        Kind::Form => (OverviewColumn { key: "column-project", width: 40, ..department }, OF_FORMS),
    };
    [&[number, name], &TOTALS[..], &own, &VERDICTS].concat()
}

/// Where a column stands, from 0.
fn position(kind: Kind, key: &str) -> u16 {
    let at = columns_of(kind).iter().position(|column| column.key == key);
    debug_assert!(at.is_some(), "no column {key}");
    at.unwrap_or_default() as u16
}

fn columns(plan: &Plan, kind: Kind) -> Vec<Column> {
    columns_of(kind).iter().map(|column| Column::new(plan.word(column.key), column.width)).collect()
}

fn row(plan: &Plan, department: &Department, at: u32) -> Row {
    let line = Line { plan, department, at };
    Row::of(columns_of(department.kind()).iter().map(|column| (column.cell)(&line)).collect())
}

fn points_of(audit: &Audit) -> PointsByVerdict {
    audit.points.clone().unwrap_or_default()
}

/// The most that can be granted.
fn ceiling_of(audit: &Audit) -> Decimal {
    audit.recomputed.as_ref().map_or(Decimal::ZERO, |totals| totals.ceiling)
}

fn name(line: &Line) -> Cell {
    Cell::text(line.department.name.clone()).link(Some(line.plan.paper_link(line.department, None)))
}

/// Checks that a person should look at.
fn serious(line: &Line) -> Cell {
    let findings = line.department.audit.findings.iter();
    let serious = findings.filter(|finding| finding.severity >= Severity::Warning).count();
    Cell::count(serious).style(Style::Centre).link(Some(Link::Here(line.plan.word("sheet-differences"), 0, 0)))
}

fn ceiling_grade(audit: &Audit) -> Cell {
    let grade = audit.recomputed.as_ref().map(|totals| totals.grade_ceiling.as_str());
    Cell::text_option(grade).style(Style::Centre)
}

fn claimed_grade(line: &Line) -> Cell {
    let claimed = line.department.audit.claimed.as_ref().and_then(|claimed| claimed.grade.as_deref());
    Cell::text_option(claimed).style(Style::Centre)
}

/// An amount of the project's budget, in 万元.
fn budget(audit: &Audit, id: &str) -> Option<Decimal> {
    let fact = audit.facts.iter().find(|fact| fact.id == id && fact.candidate)?;
    Decimal::from_str_exact(&fact.value).ok()
}

/// How much of the budget was spent, in percent.
fn execution(audit: &Audit) -> Option<Decimal> {
    let share = budget(audit, SPENT)?.checked_div(budget(audit, PLANNED)?)?;
    Some(round_score(share.checked_mul(Decimal::ONE_HUNDRED)?))
}

fn or_blank(points: Decimal) -> Cell {
    if points.is_zero() { Cell::default() } else { Cell::score(points) }
}

fn grades(audit: &Audit) -> Option<(&str, &str)> {
    Some((audit.claimed.as_ref()?.grade.as_deref()?, audit.recomputed.as_ref()?.grade_ceiling.as_str()))
}

/// True where the most that can be granted does not earn the grade that was claimed.
pub fn is_downgraded(audit: &Audit) -> bool {
    audit.findings.iter().any(|finding| finding.code == Code::GradeOverstated)
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
fn corrected(line: &Line) -> Decimal {
    let corrections = differences::corrected(line.plan, line.department.number);
    ceiling_of(line.department.audit).saturating_add(corrections)
}

fn confirmed_total(line: &Line) -> Cell {
    let corrections = differences::corrections(line.plan, line.department.number);
    let ceiling = address(line.at, position(line.department.kind(), "column-ceiling"));
    Cell::formula(format!("ROUND({ceiling}+{corrections},10)"), Outcome::Score(corrected(line))).style(Style::Sum)
}

fn confirmed_grade(line: &Line) -> Cell {
    let Some(book) = line.department.rulebook else { return Cell::default() };
    let total = corrected(line);
    let grade =
        book.grades.iter().find(|grade| total >= grade.from).or(book.grades.last()).map(|grade| grade.name.clone());
    let place = address(line.at, position(line.department.kind(), "column-confirmed-total"));
    let formula = grade_formula(&book.grades, &place);
    Cell::formula(formula, Outcome::Words(grade.unwrap_or_default())).style(Style::Centre)
}

/// The grade of the total in a cell, as nested conditions from the best grade down.
pub fn grade_formula(grades: &[Grade], total: &str) -> String {
    let words = |grade: &Grade| format!("\"{}\"", grade.name.replace('"', "\"\""));
    let Some((last, better)) = grades.split_last() else { return "\"\"".to_owned() };
    let open: String = better
        .iter()
        .map(|grade| format!("IF(ROUND({total},2)>={},{},", grade.from.normalize(), words(grade)))
        .collect();
    format!("{open}{}{}", words(last), ")".repeat(better.len()))
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
        at: (1 + 1 + FIGURE_ROWS as u32, 0),
        size: (660, 372),
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

/// Where the second chart of this sheet stands.
fn second_chart() -> ((u32, u16), (u32, u32)) {
    ((1 + 1 + FIGURE_ROWS as u32, 8), (620, 372))
}

/// The range of a total in words, such as `22.10 – 98.95`.
pub fn interval(low: Decimal, high: Option<Decimal>) -> String {
    let high = high.map_or_else(|| "…".to_owned(), score_text);
    format!("{} – {high}", score_text(low))
}
