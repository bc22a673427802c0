//! The sheets of the audit workbook as the page shows them: from the same laid-out tables, so that neither holds what the other
//! does not. A sheet that the page draws in its own way (总览, 图表, 差异清单) is left to it; working papers are the page's own.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::audit::{PointsByVerdict, Severity};
use crate::decimal_text::{figure_text, sum_text};
use crate::report::each_sheet;
use crate::report::plan::{Dispute, Kind, Plan, verdict_key};
use crate::report::sheets::overview::is_downgraded;
use crate::report::table::{Cell, Column, Link, Outcome, Row, Style, Table, Value};
use crate::report::visible::visible;

use super::chart::{Piece, pieces};
use super::link::reference;

/// A table of at most so many columns is folded into cards on a narrow screen; a wider one scrolls in its own box.
const FOLDED: usize = 24;

/// The sign behind a grade that falls, in every language.
const FALLS: char = '▼';

/// One sheet.
#[derive(Debug, Serialize)]
pub struct SheetView {
    /// The id of its place.
    id: String,
    name: String,
    title: String,
    upright: bool,
    folded: bool,
    lead: Vec<RowView>,
    columns: Vec<HeadView>,
    rows: Vec<RowView>,
    /// Rows that the workbook's filter leaves out at first, and how many they are, in words.
    rest: Vec<RowView>,
    rest_said: String,
    tail: Vec<RowView>,
}

#[derive(Debug, Serialize)]
struct HeadView {
    text: String,
    /// Its part of the width, in hundredths.
    share: usize,
    /// Its class: how narrow it may become.
    class: &'static str,
    /// What it is sorted by.
    sort: &'static str,
    /// Its place in the table of the workbook.
    #[serde(skip)]
    at: usize,
}

#[derive(Debug, Serialize)]
pub struct RowView {
    id: String,
    /// Its place among all rows.
    #[serde(skip)]
    place: usize,
    /// What filters ask for.
    data: Vec<(&'static str, String)>,
    cells: Vec<CellView>,
    /// The claimed points of a department by verdict; none in every other row.
    pieces: Option<Vec<Piece>>,
}

#[derive(Debug, Serialize)]
struct CellView {
    text: String,
    class: String,
    header: bool,
    badge: Option<String>,
    /// What it is sorted by, where that is not its text.
    value: Option<u8>,
    span: u16,
    down: u32,
    href: Option<String>,
    label: String,
}

/// The sheets of the workbook, as the page divides them.
#[derive(Debug)]
pub struct Sheets {
    /// 总览 of each kind: a row for each department.
    pub overviews: Vec<SheetView>,
    /// 差异清单.
    pub differences: Vec<SheetView>,
    /// All others that have rows to show, in the order of the workbook.
    pub others: Vec<SheetView>,
}

/// Where the links of the sheets lead within the page.
struct Targets {
    /// The id of the place that stands for a sheet, and of the place of its rows: their first row, and what stands before their
    /// number from 1.
    sheets: BTreeMap<String, (String, u32, String)>,
    /// The number of each working paper's department, by its sheet.
    papers: BTreeMap<String, usize>,
}

/// Every sheet but the working papers. The anchors of `plan` are the places of the indicators, from 1.
pub fn sheets(plan: &Plan) -> Sheets {
    let mut tables: Vec<Table> = Vec::new();
    let Ok(()) = each_sheet(plan, &mut |sheet| -> Result<(), Infallible> {
        tables.extend(Some(sheet.whole()).filter(|table| !table.layout.hidden));
        Ok(())
    });
    // The page knows no clock: the same audits give the same bytes.
    let made_at = Value::Text(plan.word("run-made-at"));
    let is_clock = |row: &Row| row.cells.first().is_some_and(|cell| cell.value == made_at);
    tables.iter_mut().for_each(|table| table.lead.retain(|row| !is_clock(row)));
    let overviews: Vec<(String, Kind)> = plan.kinds().into_iter().map(|kind| (plan.overview_of(kind), kind)).collect();
    let differences = plan.word("sheet-differences");
    let targets = Targets::of_tables(plan, &tables, &overviews, &differences);
    let mut drawn = Sheets { overviews: Vec::new(), differences: Vec::new(), others: Vec::new() };
    for table in &tables {
        let kind = overviews.iter().find(|(name, _)| *name == table.name).map(|(_, kind)| *kind);
        match kind {
            Some(kind) => drawn.overviews.push(overview(plan, table, &targets, kind)),
            None if table.name == differences => drawn.differences.push(disputes(plan, table, &targets)),
            // The charts of departments stand above the figures.
            None if !table.charts.is_empty() => drawn.others.extend(parts_of_indicators(plan, table, &targets)),
            None => drawn.others.push(sheet(plan, table, &targets)),
        }
    }
    drawn
}

/// Where the points of each indicator go, of the sheet of charts: its figures, each row with its bar. None where there are none.
fn parts_of_indicators(plan: &Plan, table: &Table, targets: &Targets) -> Option<SheetView> {
    let mut view = sheet(plan, table, targets);
    view.tail.retain(|row| !row.cells.is_empty());
    let laid = table.tail.iter().filter(|row| !row.cells.is_empty());
    for (row, laid) in view.tail.iter_mut().zip(laid) {
        let figure = |cell: &Cell| match cell.value {
            Value::Number(number, _) | Value::Formula(_, Outcome::Score(number)) => Some(number),
            _ => None,
        };
        let figures: Vec<Decimal> = laid.cells.iter().filter_map(figure).collect();
        if let [agreed, overstated, unverifiable] = figures[..] {
            let points = PointsByVerdict { agreed, overstated, unverifiable, ..PointsByVerdict::default() };
            row.pieces = Some(pieces(&points));
        }
    }
    let view = SheetView { id: "parts".to_owned(), lead: Vec::new(), ..view };
    (!view.tail.is_empty()).then_some(view)
}

/// A row for each department, with what its filters ask for.
fn overview(plan: &Plan, table: &Table, targets: &Targets, kind: Kind) -> SheetView {
    let mut view = sheet(plan, table, targets);
    for (row, department) in view.rows.iter_mut().zip(plan.of(kind)) {
        let audit = department.audit;
        let verdicts: BTreeSet<&str> = audit.indicators.iter().map(|it| verdict_key(it.verdict)).collect();
        let lower = if is_downgraded(audit) { "lower" } else { "" };
        row.data = vec![
            ("department", department.number.to_string()),
            ("verdicts", verdicts.into_iter().collect::<Vec<_>>().join(" ")),
            ("grade", lower.to_owned()),
        ];
        for cell in row.cells.iter_mut().filter(|cell| !lower.is_empty() && cell.text.ends_with(FALLS)) {
            cell.class = "c worse".to_owned();
        }
        row.pieces = Some(pieces(&audit.points.clone().unwrap_or_default()));
    }
    view
}

/// A row for each disputed score and check, with what its filters ask for.
fn disputes(plan: &Plan, table: &Table, targets: &Targets) -> SheetView {
    let mut view = sheet(plan, table, targets);
    for (row, dispute) in view.rows.iter_mut().zip(&plan.disputes) {
        let severity = format!("{:?}", dispute.severity()).to_lowercase();
        row.data = vec![("severity", severity), ("kind", kind_of(plan, dispute))];
    }
    view
}

/// What a row of 差异清单 is about: a verdict, or what a check found.
pub fn kind_of(plan: &Plan, dispute: &Dispute) -> String {
    match (dispute.indicator, dispute.finding) {
        (Some(indicator), _) => plan.verdict(indicator.verdict),
        (None, Some(finding)) => plan.code(finding.code),
        (None, None) => String::new(),
    }
}

impl Targets {
    fn of_tables(plan: &Plan, tables: &[Table], overviews: &[(String, Kind)], differences: &str) -> Targets {
        let place = |(at, table): (usize, &Table)| {
            let (id, rows) = match table.name.as_str() {
                name if overviews.iter().any(|(known, _)| known == name) => ("departments".to_owned(), String::new()),
                name if name == differences => ("disputes".to_owned(), "x".to_owned()),
                _ if !table.charts.is_empty() => ("figures".to_owned(), String::new()),
                _ => (format!("s{at}"), format!("s{at}-")),
            };
            (table.name.clone(), (id, table.first_row(), rows))
        };
        let papers = plan.departments.iter().map(|department| (department.paper.clone(), department.number));
        Targets { sheets: tables.iter().enumerate().map(place).collect(), papers: papers.collect() }
    }

    /// Where a link leads: a place of the page, or a file beside it.
    fn of(&self, link: &Link) -> Option<String> {
        match link {
            Link::Here(sheet, row, _) => self.place(sheet, *row),
            Link::File(_, Some((sheet, cell))) if self.papers.contains_key(sheet) => self.place(sheet, row_of(cell)),
            Link::File(way, _) => Some(reference(way)),
        }
    }

    fn place(&self, sheet: &str, row: u32) -> Option<String> {
        if let Some(number) = self.papers.get(sheet) {
            return Some(if row == 0 { format!("#d{number}") } else { format!("#d{number}-{row}") });
        }
        let (id, first, rows) = self.sheets.get(sheet)?;
        match row.checked_sub(*first) {
            Some(at) if !rows.is_empty() => Some(format!("#{rows}{}", at + 1)),
            _ => Some(format!("#{id}")),
        }
    }
}

/// The row of `AB12`, from 0.
fn row_of(cell: &str) -> u32 {
    let row = cell.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()).parse::<u32>();
    row.unwrap_or(1).saturating_sub(1)
}

fn sheet(plan: &Plan, table: &Table, targets: &Targets) -> SheetView {
    let (id, prefix) = match targets.sheets.get(&table.name) {
        Some((id, _, prefix)) => (id.clone(), prefix.clone()),
        None => Default::default(),
    };
    let columns = heads(table);
    let is_listed = |column: usize| columns.iter().any(|head| head.at == column);
    let all = rows_of(&table.rows, &prefix, table, &is_listed, targets);
    // What stands above and below the list has its own columns.
    let is_seen = |column: usize| table.columns.get(column).is_none_or(|column| !column.hidden);
    let beside = |rows: &[Row]| rows_of(rows, "", table, &is_seen, targets);
    let is_shown = |row: usize| table.only.as_ref().is_none_or(|only| only.shows(&table.rows[row]));
    let (shown, rest): (Vec<RowView>, Vec<RowView>) = all.into_iter().partition(|row| is_shown(row.place));
    SheetView {
        name: visible(&table.name),
        title: visible(&table.title),
        upright: table.layout.upright_from.is_some(),
        folded: table.layout.header && table.layout.upright_from.is_none() && columns.len() <= FOLDED,
        lead: beside(&table.lead),
        rows: shown,
        rest_said: plan.language.say("page.rest", &[("count", &rest.len())]),
        rest,
        tail: beside(&table.tail),
        columns: if table.layout.header { columns } else { Vec::new() },
        id,
    }
}

/// The columns that are shown: those that the workbook shows, without those of a list that nothing stands in.
fn heads(table: &Table) -> Vec<HeadView> {
    let is_list = table.layout.header && table.layout.upright_from.is_none();
    let is_used = |at: usize| !is_list || table.rows.iter().any(|row| holds(row, at));
    let columns = table.columns.iter().enumerate();
    let shown: Vec<_> = columns.filter(|(at, column)| !column.hidden && is_used(*at)).collect();
    let whole: usize = shown.iter().map(|(_, column)| usize::from(column.width)).sum();
    let head = |(at, column): (usize, &Column)| HeadView {
        text: visible(&column.header),
        share: (usize::from(column.width) * 100).div_ceil(whole.max(1)),
        class: match table.layout.upright_from {
            Some(from) if at >= usize::from(from) => "upright",
            Some(_) => "",
            None => least(column.width),
        },
        sort: sorted_by(table, at),
        at,
    };
    shown.into_iter().map(head).collect()
}

/// How narrow a column may become, by its width in half-width characters: running text stays readable, figures are short.
fn least(width: u16) -> &'static str {
    match width {
        40.. => "w-text",
        20.. => "w-name",
        10.. => "w-word",
        _ => "",
    }
}

/// The cell of a row that begins in a column; none where another one takes its place.
fn cell_at(row: &Row, column: usize) -> Option<&Cell> {
    let mut at = 0;
    row.cells.iter().find(|cell| {
        let begins = at == column;
        at += usize::from(cell.width());
        begins
    })
}

/// Whether something stands in a column of a row; a cell that takes several columns stands in all of them.
fn holds(row: &Row, column: usize) -> bool {
    let spans = row.cells.iter().any(|cell| cell.width() > 1);
    spans || cell_at(row, column).is_some_and(|cell| !cell_text(cell).is_empty())
}

/// What a column is sorted by: a rank, numbers where it holds nothing else, or its words.
fn sorted_by(table: &Table, column: usize) -> &'static str {
    let cells = || table.rows.iter().filter_map(|row| cell_at(row, column)).filter(|cell| !cell_text(cell).is_empty());
    let is_number = |cell: &Cell| {
        matches!(cell.value, Value::Number(..) | Value::Formula(_, Outcome::Score(_) | Outcome::Figure(_)))
    };
    match () {
        () if cells().any(|cell| matches!(cell.style, Style::Severity(_))) => "rank",
        () if cells().all(is_number) => "number",
        () => "text",
    }
}

/// Rows with the cells that are shown; rows without any are left out.
fn rows_of(
    rows: &[Row],
    prefix: &str,
    table: &Table,
    is_shown: &dyn Fn(usize) -> bool,
    targets: &Targets,
) -> Vec<RowView> {
    // Columns that a cell of a row above takes, and how many rows it still does.
    let mut taken: BTreeMap<usize, u32> = BTreeMap::new();
    let mut views = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let mut cells = Vec::new();
        let mut below: Vec<(usize, u32)> = Vec::new();
        let mut at = 0;
        for cell in &row.cells {
            let columns = at..at + usize::from(cell.width());
            at = columns.end;
            let shown = columns.clone().filter(|column| is_shown(*column)).count();
            if shown == 0 || taken.contains_key(&columns.start) {
                continue;
            }
            below.extend(columns.clone().filter(|_| cell.height() > 1).map(|column| (column, cell.height())));
            let header = table.columns.get(columns.start).filter(|_| table.layout.header);
            cells.push(cell_view(cell, shown as u16, header.map_or("", |column| column.header.as_str()), targets));
        }
        taken.extend(below);
        taken.values_mut().for_each(|rows| *rows -= 1);
        taken.retain(|_, rows| *rows > 0);
        if !cells.is_empty() {
            let id = if prefix.is_empty() { String::new() } else { format!("{prefix}{}", number + 1) };
            views.push(RowView { id, place: number, data: Vec::new(), cells, pieces: None });
        }
    }
    views
}

fn cell_view(cell: &Cell, span: u16, label: &str, targets: &Targets) -> CellView {
    let (class, badge) = looks(cell.style);
    CellView {
        text: cell_text(cell),
        class: class.to_owned(),
        header: matches!(cell.style, Style::Header | Style::Column),
        badge,
        value: match cell.style {
            Style::Severity(severity) => Some(severity as u8),
            _ => None,
        },
        span,
        down: cell.height(),
        href: cell.link.as_deref().and_then(|link| targets.of(link)),
        label: visible(label),
    }
}

/// A cell of the workbook as the page prints it.
pub fn cell_text(cell: &Cell) -> String {
    match &cell.value {
        Value::Text(words) | Value::Formula(_, Outcome::Words(words)) => visible(words),
        Value::Number(number, Some(_)) => sum_text(*number),
        Value::Number(number, None) => figure_text(*number),
        Value::Formula(_, Outcome::Figure(figure)) => figure_text(*figure),
        Value::Formula(_, Outcome::Score(score)) => sum_text(round(*score)),
        Value::Empty => String::new(),
    }
}

/// A live figure is shown at two decimals, as its cell shows it.
fn round(score: Decimal) -> Decimal {
    crate::decimal_text::round_score(score)
}

/// The class of a cell, and of the badge that its words stand in.
fn looks(style: Style) -> (&'static str, Option<String>) {
    let badge = |kind: &str, key: &str| Some(format!("{kind} {key}"));
    match style {
        Style::Body | Style::Title | Style::Header | Style::Column | Style::Conclusion => ("", None),
        Style::Figure => ("n", None),
        Style::Centre => ("c", None),
        Style::Remark => ("remark", None),
        Style::Label => ("label", None),
        Style::Key => ("c strong", None),
        Style::Section => ("part", None),
        Style::Sum => ("n strong", None),
        Style::Entry => ("entry", None),
        Style::Fact => ("fact", None),
        Style::Worse => ("c worse", None),
        Style::Blank => ("blank", None),
        Style::Refused => ("c worse", None),
        Style::Progress(is_open) => (if is_open { "c strong" } else { "c" }, None),
        Style::Severity(severity) => ("c", badge("severity", severity_class(severity))),
        Style::Verdict(verdict) => ("c", badge("verdict", &format!("v-{}", verdict_key(verdict)))),
    }
}

fn severity_class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "s-error",
        Severity::Warning => "s-warning",
        Severity::Info => "s-info",
    }
}
