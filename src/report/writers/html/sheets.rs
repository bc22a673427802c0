//! The sheets of the audit workbook as the page shows them: from the same laid-out tables, so that neither holds what the other
//! does not. A sheet that the page draws in its own way (总览, 图表, 差异清单) is left to it; working papers are the page's own.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::rc::Rc;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::audit::{PointsByVerdict, Severity};
use crate::decimal_text::{figure_text, sum_text};
use crate::report::each_sheet;
use crate::report::plan::{Department, Dispute, FormKind, Plan, verdict_key};
use crate::report::sheet::Sheet;
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
    /// What stands for its rows until they are put there.
    pub lines: String,
    /// Whether its rows have a picture of the claimed points.
    composed: bool,
    /// What stands for the rows that the workbook's filter leaves out at first; empty where there are none.
    pub rest_lines: String,
    /// How many these are, in words.
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

/// A sheet with its rows, which are laid out when they are put into the page.
pub struct Drawn<'p> {
    /// All but its rows.
    pub view: SheetView,
    /// Its rows.
    pub list: Listed<'p>,
    /// How many of them the workbook's filter leaves out at first.
    pub rest: usize,
}

/// The rows of a sheet.
pub struct Listed<'p> {
    plan: &'p Plan<'p>,
    sheet: Sheet<'p>,
    prefix: String,
    /// The places of the columns that are shown.
    columns: Vec<usize>,
    of: Of,
    targets: Rc<Targets>,
}

/// What the rows of a sheet are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    /// Departments of a kind.
    Departments(FormKind),
    /// Disputed scores and checks.
    Disputes,
    /// Anything else.
    Others,
}

impl Listed<'_> {
    /// Gives its rows in their order: those that are shown at first, or the rest.
    ///
    /// # Errors
    /// What `take` fails with.
    pub fn each<E>(&self, is_rest: bool, mut take: impl FnMut(RowView) -> Result<(), E>) -> Result<(), E> {
        let departments: Vec<&Department> = match self.of {
            Of::Departments(kind) => self.plan.of(kind).collect(),
            Of::Disputes | Of::Others => Vec::new(),
        };
        let table = &self.sheet.table;
        let is_listed = |column: usize| self.columns.contains(&column);
        let mut rows = Rows { table, prefix: &self.prefix, targets: &self.targets, taken: BTreeMap::new(), number: 0 };
        self.sheet.each_row(|row| {
            let drawn = rows.next(row, &is_listed);
            let is_shown = table.only.as_ref().is_none_or(|only| only.shows(row));
            match drawn.filter(|_| is_shown != is_rest) {
                Some(drawn) => take(self.told(drawn, &departments)),
                None => Ok(()),
            }
        })
    }

    /// A row with what its filters ask for.
    fn told(&self, mut row: RowView, departments: &[&Department]) -> RowView {
        match self.of {
            Of::Departments(_) => {
                if let Some(department) = departments.get(row.place) {
                    of_department(&mut row, department);
                }
            }
            Of::Disputes => {
                if let Some(dispute) = self.plan.disputes.get(row.place) {
                    let severity = format!("{:?}", dispute.severity()).to_lowercase();
                    row.data = vec![("severity", severity), ("kind", kind_of(self.plan, dispute))];
                }
            }
            Of::Others => {}
        }
        row
    }
}

/// The sheets of the workbook, as the page divides them.
pub struct Sheets<'p> {
    /// 总览 of each kind: a row for each department.
    pub overviews: Vec<Drawn<'p>>,
    /// 差异清单.
    pub differences: Vec<Drawn<'p>>,
    /// All others that have rows to show, in the order of the workbook.
    pub others: Vec<Drawn<'p>>,
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
pub fn sheets<'p>(plan: &'p Plan) -> Sheets<'p> {
    let mut all: Vec<Sheet<'p>> = Vec::new();
    let Ok(()) = each_sheet(plan, &mut |sheet| -> Result<(), Infallible> {
        all.extend(Some(sheet).filter(|sheet| !sheet.table.layout.hidden));
        Ok(())
    });
    // The page knows no clock: the same audits give the same bytes.
    let made_at = Value::Text(plan.word("run-made-at"));
    let is_clock = |row: &Row| row.cells.first().is_some_and(|cell| cell.value == made_at);
    all.iter_mut().for_each(|sheet| sheet.table.lead.retain(|row| !is_clock(row)));
    let overviews: Vec<(String, FormKind)> =
        plan.kinds().into_iter().map(|kind| (plan.overview_of(kind), kind)).collect();
    let differences = plan.word("sheet-differences");
    let tables = all.iter().map(|sheet| &sheet.table);
    let targets = Rc::new(Targets::of_tables(plan, tables, &overviews, &differences));
    let mut drawn = Sheets { overviews: Vec::new(), differences: Vec::new(), others: Vec::new() };
    for sheet in all {
        let name = &sheet.table.name;
        let kind = overviews.iter().find(|(known, _)| known == name).map(|(_, kind)| *kind);
        match kind {
            Some(kind) => drawn.overviews.push(drawn_sheet(plan, sheet, &targets, Of::Departments(kind))),
            None if *name == differences => {
                drawn.differences.push(drawn_sheet(plan, sheet, &targets, Of::Disputes));
            }
            // The charts of departments stand above the figures.
            None if !sheet.table.charts.is_empty() => {
                drawn.others.extend(parts_of_indicators(drawn_sheet(plan, sheet, &targets, Of::Others)));
            }
            None => drawn.others.push(drawn_sheet(plan, sheet, &targets, Of::Others)),
        }
    }
    drawn
}

/// Where the points of each indicator go, of the sheet of charts: its figures, each row with its bar. None where there are none.
fn parts_of_indicators(drawn: Drawn<'_>) -> Option<Drawn<'_>> {
    let Drawn { mut view, list, rest } = drawn;
    view.tail.retain(|row| !row.cells.is_empty());
    let laid = list.sheet.table.tail.iter().filter(|row| !row.cells.is_empty());
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
    (!view.tail.is_empty()).then_some(Drawn { view, list, rest })
}

/// A row of a department, with what its filters ask for.
fn of_department(row: &mut RowView, department: &Department) {
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

/// What a row of 差异清单 is about: a verdict, or what a check found.
pub fn kind_of(plan: &Plan, dispute: &Dispute) -> String {
    match (dispute.indicator, dispute.finding) {
        (Some(indicator), _) => plan.verdict(indicator.verdict),
        (None, Some(finding)) => plan.code(finding.code),
        (None, None) => String::new(),
    }
}

impl Targets {
    fn of_tables<'t>(
        plan: &Plan,
        tables: impl Iterator<Item = &'t Table>,
        overviews: &[(String, FormKind)],
        differences: &str,
    ) -> Targets {
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
        Targets { sheets: tables.enumerate().map(place).collect(), papers: papers.collect() }
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

fn drawn_sheet<'p>(plan: &'p Plan, sheet: Sheet<'p>, targets: &Rc<Targets>, of: Of) -> Drawn<'p> {
    let table = &sheet.table;
    let (id, prefix) = match targets.sheets.get(&table.name) {
        Some((id, _, prefix)) => (id.clone(), prefix.clone()),
        None => Default::default(),
    };
    let seen = Seen::of(&sheet);
    let columns = heads(table, &seen);
    let places = columns.iter().map(|head| head.at).collect();
    // What stands above and below the list has its own columns.
    let is_seen = |column: usize| table.columns.get(column).is_none_or(|column| !column.hidden);
    let beside = |rows: &[Row]| {
        let mut drawn = Rows { table, prefix: "", targets, taken: BTreeMap::new(), number: 0 };
        rows.iter().filter_map(|row| drawn.next(row, &is_seen)).collect()
    };
    let view = SheetView {
        name: visible(&table.name),
        title: visible(&table.title),
        upright: table.layout.upright_from.is_some(),
        folded: table.layout.header && table.layout.upright_from.is_none() && columns.len() <= FOLDED,
        lead: beside(&table.lead),
        lines: String::new(),
        composed: matches!(of, Of::Departments(_)) && sheet.count() > 0,
        rest_lines: String::new(),
        rest_said: plan.language.say("page.rest", &[("count", &seen.rest)]),
        tail: beside(&table.tail),
        columns: if table.layout.header { columns } else { Vec::new() },
        id,
    };
    let list = Listed { plan, prefix, columns: places, of, targets: Rc::clone(targets), sheet };
    Drawn { view, list, rest: seen.rest }
}

/// What one look at all rows of a sheet tells of its columns.
#[derive(Debug, Default)]
struct Seen {
    columns: Vec<SeenColumn>,
    /// Rows that the workbook's filter leaves out at first.
    rest: usize,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, Default)]
struct SeenColumn {
    is_used: bool,
    is_rank: bool,
    has_words: bool,
}

impl Seen {
    fn of(sheet: &Sheet) -> Seen {
        let table = &sheet.table;
        let mut seen = Seen { columns: vec![SeenColumn::default(); table.columns.len()], rest: 0 };
        let Ok(()) = sheet.each_row(|row| -> Result<(), Infallible> {
            let is_shown = table.only.as_ref().is_none_or(|only| only.shows(row));
            seen.rest += usize::from(!is_shown);
            seen.see(row);
            Ok(())
        });
        seen
    }

    fn see(&mut self, row: &Row) {
        let spans = row.cells.iter().any(|cell| cell.width() > 1);
        let mut at = 0;
        for cell in &row.cells {
            if let Some(column) = self.columns.get_mut(at).filter(|_| !cell_text(cell).is_empty()) {
                column.is_used = true;
                column.is_rank |= matches!(cell.style, Style::Severity(_));
                let is_number =
                    matches!(cell.value, Value::Number(..) | Value::Formula(_, Outcome::Score(_) | Outcome::Figure(_)));
                column.has_words |= !is_number;
            }
            at += usize::from(cell.width());
        }
        // A cell that takes several columns stands in all of them.
        self.columns.iter_mut().for_each(|column| column.is_used |= spans);
    }
}

/// The columns that are shown: those that the workbook shows, without those of a list that nothing stands in.
fn heads(table: &Table, seen: &Seen) -> Vec<HeadView> {
    let is_list = table.layout.header && table.layout.upright_from.is_none();
    let columns = table.columns.iter().zip(&seen.columns).enumerate();
    let shown: Vec<_> = columns.filter(|(_, (column, seen))| !column.hidden && (!is_list || seen.is_used)).collect();
    let whole: usize = shown.iter().map(|(_, (column, _))| usize::from(column.width)).sum();
    let head = |(at, (column, seen)): (usize, (&Column, &SeenColumn))| HeadView {
        text: visible(&column.header),
        share: (usize::from(column.width) * 100).div_ceil(whole.max(1)),
        class: match table.layout.upright_from {
            Some(from) if at >= usize::from(from) => "upright",
            Some(_) => "",
            None => least(column.width),
        },
        sort: seen.sorted_by(),
        at,
    };
    shown.into_iter().map(head).collect()
}

impl SeenColumn {
    /// What a column is sorted by: a rank, numbers where it holds nothing else, or its words.
    fn sorted_by(self) -> &'static str {
        match self {
            SeenColumn { is_rank: true, .. } => "rank",
            SeenColumn { has_words: false, .. } => "number",
            SeenColumn { .. } => "text",
        }
    }
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

/// Rows one after the other, as the page shows them.
struct Rows<'t> {
    table: &'t Table,
    prefix: &'t str,
    targets: &'t Targets,
    /// Columns that a cell of a row above takes, and how many rows it still does.
    taken: BTreeMap<usize, u32>,
    /// How many rows there were.
    number: usize,
}

impl Rows<'_> {
    /// The next row with the cells that are shown; none where there are none of them.
    fn next(&mut self, row: &Row, is_shown: &dyn Fn(usize) -> bool) -> Option<RowView> {
        let Rows { table, prefix, targets, taken, number } = self;
        let place = *number;
        *number += 1;
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
        let id = if prefix.is_empty() { String::new() } else { format!("{prefix}{}", place + 1) };
        (!cells.is_empty()).then_some(RowView { id, place, data: Vec::new(), cells, pieces: None })
    }
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
