//! 总览: the run in figures and charts, and one row per department, worst first, with the bureau's own result.
//!
//! Where forms of projects came beside cards, they have a sheet of the same make: points of one kind are never added to
//! those of the other.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::audit::{Audit, PointsByVerdict, Severity, Status};
use crate::checks::register::Code;
use crate::decimal_text::{round_score, score_text};
use crate::rulebook::{Form, Grade, Rulebook};
use crate::sums::sum;

use super::differences;
use super::plan::{Department, Kind, Plan};
use super::table::{Area, Cell, Chart, Column, Layout, Link, Outcome, Row, Style, Table, address};

/// Departments that one chart can show.
const CHARTED: u32 = 15;
/// Rows that the charts take.
const CHART_ROWS: usize = 15;
/// The figures of the run stand in this many rows.
const FIGURE_ROWS: usize = 4;

const NAME: u16 = 1;
const CLAIMED: u16 = 2;
const CEILING: u16 = 4;
const OVERSTATED: u16 = 10;
const CONFIRMED_TOTAL: u16 = 16;

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
    let count = FileCount::of(&plan.batch.audits);
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
    let total = points_total(plan.of(kind).map(|department| department.audit));
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

/// Inputs by what became of them. One that was read in part is both audited and unread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileCount {
    /// All of them.
    pub files: usize,
    /// With at least one audited card or form.
    pub audited: usize,
    /// With something that could not be read.
    pub unread: usize,
}

impl FileCount {
    /// The inputs that these audits are of.
    pub fn of(audits: &[Audit]) -> FileCount {
        let count = |wanted: &dyn Fn(&Audit) -> bool| {
            audits.iter().filter(|audit| wanted(audit)).map(|audit| &audit.file).collect::<BTreeSet<_>>().len()
        };
        FileCount {
            files: count(&|_| true),
            audited: count(&|audit| audit.status == Status::Audited),
            unread: count(&|audit| audit.status == Status::Unread),
        }
    }
}

/// The claimed points of some audits by verdict.
pub fn points_total<'a>(audits: impl Iterator<Item = &'a Audit>) -> PointsByVerdict {
    let all: Vec<&PointsByVerdict> = audits.filter_map(|audit| audit.points.as_ref()).collect();
    let over = |part: fn(&PointsByVerdict) -> Decimal| sum(all.iter().map(|points| part(points)));
    PointsByVerdict {
        agreed: over(|points| points.agreed),
        overstated: over(|points| points.overstated),
        understated: over(|points| points.understated),
        reading_dependent: over(|points| points.reading_dependent),
        unverifiable: over(|points| points.unverifiable),
        invalid: over(|points| points.invalid),
    }
}

fn columns(plan: &Plan, kind: Kind) -> Vec<Column> {
    let (name, three) = match kind {
        Kind::Card => {
            let grades = [("column-claimed-grade", 7), ("column-ceiling-grade", 8), ("column-grade-change", 9)];
            (("column-department", 28), grades)
        }
        Kind::Form => {
            let budget = [("column-budget", 10), ("column-execution", 8), ("column-ceiling-grade", 8)];
            (("column-project", 40), budget)
        }
    };
    let before = [
        ("column-number", 5),
        name,
        ("column-claimed-total", 9),
        ("column-agreed", 9),
        ("column-ceiling", 10),
        ("column-low", 8),
        ("column-high", 8),
    ];
    let after = [
        ("column-overstated", 8),
        ("column-understated", 8),
        ("column-reading-dependent", 9),
        ("column-unverifiable", 9),
        ("column-invalid", 8),
        ("column-findings", 8),
        ("column-confirmed-total", 10),
        ("column-confirmed-grade", 8),
    ];
    let all = before.into_iter().chain(three).chain(after);
    all.map(|(key, width)| Column::new(plan.word(key), width)).collect()
}

fn row(plan: &Plan, department: &Department, at: u32) -> Row {
    let audit = department.audit;
    let points = audit.points.clone().unwrap_or_default();
    let claimed = audit.claimed.as_ref();
    let recomputed = audit.recomputed.as_ref();
    let ceiling = recomputed.map_or(Decimal::ZERO, |totals| totals.ceiling);
    let paper = plan.paper_link(department, None);
    let serious = audit.findings.iter().filter(|finding| finding.severity >= Severity::Warning).count();
    let [first, second, third] = match department.kind() {
        Kind::Card => grades_of_card(plan, audit),
        Kind::Form => budget_of_form(audit),
    };
    Row::of(vec![
        Cell::count(department.number).style(Style::Centre),
        Cell::text(department.name.clone()).link(Some(paper)),
        Cell::score_option(claimed.and_then(|claimed| claimed.total)),
        Cell::score(points.agreed),
        Cell::score(ceiling).style(Style::Sum),
        Cell::score_option(recomputed.map(|totals| totals.low)),
        Cell::score_option(recomputed.and_then(|totals| totals.high)),
        first,
        second,
        third,
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

fn ceiling_grade(audit: &Audit) -> Cell {
    let grade = audit.recomputed.as_ref().map(|totals| totals.grade_ceiling.as_str());
    Cell::text_option(grade).style(Style::Centre)
}

fn grades_of_card(plan: &Plan, audit: &Audit) -> [Cell; 3] {
    let claimed = audit.claimed.as_ref().and_then(|claimed| claimed.grade.as_deref());
    [Cell::text_option(claimed).style(Style::Centre), ceiling_grade(audit), grade_change(plan, audit)]
}

/// The size of the project in 万元, how much of it was spent in percent, and the grade of the ceiling.
fn budget_of_form(audit: &Audit) -> [Cell; 3] {
    let amount = |id: &str| {
        let fact = audit.facts.iter().find(|fact| fact.id == id && fact.candidate)?;
        Decimal::from_str_exact(&fact.value).ok()
    };
    let planned = amount("budget.planned");
    let rate = planned.zip(amount("budget.spent")).and_then(|(planned, spent)| {
        let share = spent.checked_div(planned)?.checked_mul(Decimal::ONE_HUNDRED)?;
        Some(round_score(share))
    });
    [Cell::figure_option(planned), Cell::score_option(rate), ceiling_grade(audit)]
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
fn confirmed_total(plan: &Plan, department: &Department, ceiling: Decimal, at: u32) -> Cell {
    let corrections = differences::corrections(plan, department.number);
    let formula = format!("ROUND({}+{corrections},2)", address(at, CEILING));
    let total = ceiling.saturating_add(differences::corrected(plan, department.number));
    Cell::formula(formula, Outcome::Score(total)).style(Style::Sum)
}

fn confirmed_grade(plan: &Plan, department: &Department, ceiling: Decimal, at: u32) -> Cell {
    let Some(book) = department.rulebook else { return Cell::default() };
    let total = ceiling.saturating_add(differences::corrected(plan, department.number));
    let grade =
        book.grades.iter().find(|grade| total >= grade.from).or(book.grades.last()).map(|grade| grade.name.clone());
    let formula = grade_formula(&book.grades, &address(at, CONFIRMED_TOTAL));
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
            (plan.word("column-claimed-total"), area(table, CLAIMED)),
            (plan.word("column-ceiling"), area(table, CEILING)),
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
        series: vec![(plan.word("column-overstated"), shorten(area(table, OVERSTATED)))],
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
