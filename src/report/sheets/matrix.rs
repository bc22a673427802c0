//! 逐项核对: departments × indicators, each cell the verdict's one character and the difference. Rows that filers declare have
//! nothing in common: such a form's sheet has a line for each of them with its rows in order.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::audit::{IndicatorAudit, Verdict};
use crate::decimal_text::figure_text;
use crate::sums::sum;

use crate::report::plan::{Department, FormKind, Plan, VERDICTS};
use crate::report::sheet::Sheet;
use crate::report::table::{Area, Cell, Chart, Column, Layout, Outcome, Row, Style, Table, address};

use super::{differences, progress};
use crate::report::decision_cells as confirmed;

/// Rows of a form that stand side by side; a longer form takes further lines.
const SIDE_BY_SIDE: usize = 21;
/// Columns that the legend and the sentence under the heading take.
const LEAD: u16 = 18;
/// Columns before the indicators.
const BEFORE: u16 = 2;
/// Characters of an upright header.
const UPRIGHT: usize = 12;
/// Indicators that the chart shows.
const CHARTED: u32 = 10;

/// One rulebook's indicators in card order, and its departments.
struct Block<'a> {
    rulebook: Option<&'a str>,
    indicators: Vec<(&'a str, &'a str)>,
    departments: Vec<&'a Department<'a>>,
}

/// The sheet of one form.
pub fn sheet<'p>(plan: &'p Plan, kind: FormKind) -> Sheet<'p> {
    if kind.has_common_rows() { common_rows(plan, kind) } else { own_rows(plan, kind) }
}

/// One block of departments under the other, and the ranking of their indicators.
fn common_rows<'p>(plan: &'p Plan, kind: FormKind) -> Sheet<'p> {
    let blocks = blocks(plan, kind);
    let mut table = frame(plan, kind, columns_of_blocks(plan, kind, &blocks));
    table.layout.upright_from = Some(BEFORE);
    table.tail = ranking(plan, (kind, &blocks), ranking_row(&table, &blocks));
    let lines = lines(&blocks);
    Sheet::later(table, lines.len(), move |place| match lines[place] {
        BlockLine::Header(block, line) => {
            further_header(plan, kind, &blocks[block]).into_iter().nth(line).unwrap_or_default()
        }
        BlockLine::Department(block, at) => row(plan, blocks[block].departments[at], &blocks[block]),
        BlockLine::Overstated(block) => overstated(plan, &blocks[block]),
    })
}

/// A row of the sheet of a form with common rows, by the place of its block.
#[derive(Clone, Copy)]
enum BlockLine {
    /// One of the two over a further block.
    Header(usize, usize),
    /// One of its departments.
    Department(usize, usize),
    /// What its indicators are overstated by.
    Overstated(usize),
}

fn lines(blocks: &[Block]) -> Vec<BlockLine> {
    let mut lines = Vec::new();
    for (block, of) in blocks.iter().enumerate() {
        if block > 0 {
            lines.extend([0, 1].map(|line| BlockLine::Header(block, line)));
        }
        lines.extend((0..of.departments.len()).map(|at| BlockLine::Department(block, at)));
        lines.push(BlockLine::Overstated(block));
    }
    lines
}

fn frame(plan: &Plan, kind: FormKind, columns: Vec<Column>) -> Table {
    let (name, lead) = (plan.matrix_of(kind), kind.row().matrix.lead);
    let mut table = Table {
        title: name.clone(),
        name,
        lead: vec![legend(plan), Row::of(vec![Cell::text(plan.word(lead)).style(Style::Remark).span(LEAD)])],
        columns,
        layout: Layout { header: true, landscape: true, freeze_columns: BEFORE, charted: Some(0), ..Layout::default() },
        ..Table::default()
    };
    let header = table.header_row();
    table.layout.freeze_rows = header + 1;
    table.layout.repeat = Some((header, header));
    table
}

/// The first columns: a number, and whose the row is.
fn number_and_name(plan: &Plan, kind: FormKind) -> Vec<Column> {
    let whose = &kind.row().whose;
    vec![Column::new(plan.word("column-number"), 5), Column::new(plan.word(whose.heading), whose.widths[1])]
}

/// A line for each form: its budget, then its rows by their number.
fn own_rows<'p>(plan: &'p Plan, kind: FormKind) -> Sheet<'p> {
    let width = longest_form(plan, kind).max(LEAD.into());
    let mut columns = number_and_name(plan, kind);
    let numbers = (1..width).map(|number| number.to_string());
    let headers = std::iter::once(plan.word("matrix-budget")).chain(numbers);
    columns.extend(headers.map(|header| Column::new(header, 6)));
    let of_form = |form: &'p Department<'p>| {
        let parts = form.audit.indicators.chunks(width).enumerate();
        parts.map(move |(part, line)| (form, part, line))
    };
    let lines: Vec<_> = plan.of(kind).flat_map(of_form).collect();
    Sheet::later(frame(plan, kind, columns), lines.len(), move |place| {
        let (form, part, line) = lines[place];
        form_row(plan, form, part, line)
    })
}

/// One line of a form: the verdicts of some of its rows in order.
fn form_row(plan: &Plan, form: &Department, part: usize, line: &[IndicatorAudit]) -> Row {
    let mut cells = match part {
        0 => vec![
            Cell::count(form.place).style(Style::Centre),
            Cell::text(form.name.clone()).link(Some(plan.paper_link(form, None))),
        ],
        _ => vec![Cell::default(), Cell::text(plan.word("matrix-continued")).style(Style::Remark)],
    };
    cells.extend(line.iter().map(|indicator| verdict(plan, form, indicator)));
    Row::of(cells).lines(2)
}

fn longest_form(plan: &Plan, kind: FormKind) -> usize {
    let lengths = plan.of(kind).map(|form| form.audit.indicators.len());
    lengths.max().unwrap_or(0).min(SIDE_BY_SIDE)
}

fn columns_of_blocks(plan: &Plan, kind: FormKind, blocks: &[Block]) -> Vec<Column> {
    let widest = blocks.iter().map(|block| block.indicators.len()).max().unwrap_or(0);
    let mut columns = number_and_name(plan, kind);
    let names = blocks.first().map_or(&[][..], |block| &block.indicators);
    columns.extend(
        (0..widest).map(|index| Column::new(names.get(index).map_or_else(String::new, |(_, name)| short(name)), 6)),
    );
    columns
}

/// A name that fits an upright header.
fn short(name: &str) -> String {
    if name.chars().count() <= UPRIGHT {
        return name.to_owned();
    }
    name.chars().take(UPRIGHT - 1).chain(['…']).collect()
}

/// Each sign with its meaning.
pub fn legend(plan: &Plan) -> Row {
    let mut cells = vec![Cell::text(plan.word("legend")).style(Style::Label).span(BEFORE)];
    for verdict in VERDICTS {
        cells.push(Cell::text(plan.verdict_sign(verdict)).style(Style::Verdict(verdict)));
        cells.push(Cell::text(plan.verdict(verdict)).span(2));
    }
    Row::of(cells)
}

fn blocks<'a>(plan: &'a Plan, kind: FormKind) -> Vec<Block<'a>> {
    let mut by_rulebook: BTreeMap<Option<&str>, Block<'a>> = BTreeMap::new();
    for department in plan.of(kind) {
        let id = department.audit.rulebook.as_ref().map(|book| book.id.as_str());
        let block =
            by_rulebook.entry(id).or_insert_with(|| Block { rulebook: id, indicators: vec![], departments: vec![] });
        for indicator in &department.audit.indicators {
            if !block.indicators.iter().any(|(id, _)| *id == indicator.id) {
                block.indicators.push((&indicator.id, &indicator.name));
            }
        }
        block.departments.push(department);
    }
    by_rulebook.into_values().collect()
}

fn further_header(plan: &Plan, kind: FormKind, block: &Block) -> [Row; 2] {
    let books = &plan.batch.rulebooks;
    let name = block.rulebook.map(|id| books.iter().find(|book| book.id == id).map_or(id, |book| book.name.as_str()));
    let heading = Cell::text(name.unwrap_or_default()).style(Style::Section).span(BEFORE);
    let mut cells = vec![
        Cell::text(plan.word("column-number")).style(Style::Header),
        Cell::text(plan.word(kind.row().whose.heading)).style(Style::Header),
    ];
    cells.extend(block.indicators.iter().map(|(_, name)| Cell::text(*name).style(Style::Header)));
    [Row::of(vec![heading]), Row::of(cells)]
}

fn row(plan: &Plan, department: &Department, block: &Block) -> Row {
    let paper = plan.paper_link(department, None);
    let mut cells =
        vec![Cell::count(department.place).style(Style::Centre), Cell::text(department.name.clone()).link(Some(paper))];
    cells.extend(block.indicators.iter().map(|(id, _)| {
        let indicator = department.audit.indicators.iter().find(|indicator| indicator.id == *id);
        indicator.map_or_else(|| Cell::empty(Style::Blank), |indicator| verdict(plan, department, indicator))
    }));
    Row::of(cells).lines(2)
}

/// The verdict; a click on one that needs a person opens its row.
fn verdict(plan: &Plan, department: &Department, indicator: &IndicatorAudit) -> Cell {
    let index = department.number - 1;
    let in_list = || {
        let place = department.audit.indicators.iter().position(|one| one.id == indicator.id)?;
        Some(confirmed::link_to(plan, index, place))
    };
    let needs_nobody = indicator.verdict == Verdict::Agrees;
    let link = differences::row_of(plan, index, &indicator.id).or_else(in_list).filter(|_| !needs_nobody);
    let sign = plan.verdict_sign(indicator.verdict);
    let words =
        if indicator.difference.is_zero() { sign } else { format!("{sign}\n{}", figure_text(indicator.difference)) };
    Cell::text(words).style(Style::Verdict(indicator.verdict)).link(link)
}

fn overstated(plan: &Plan, block: &Block) -> Row {
    let mut cells = vec![Cell::text(plan.word("matrix-overstated")).style(Style::Label).span(BEFORE)];
    cells.extend(block.indicators.iter().map(|(id, _)| {
        let points = overstated_points(plan, block, id);
        if points.is_zero() { Cell::empty(Style::Sum) } else { Cell::score(points).style(Style::Sum) }
    }));
    Row::of(cells)
}

fn overstated_points(plan: &Plan, block: &Block, id: &str) -> Decimal {
    sum(overstatements(plan, block, id).map(|indicator| indicator.difference))
}

/// Of several submissions of one department only the one that counts.
fn overstatements<'a>(plan: &Plan, block: &'a Block<'a>, id: &'a str) -> impl Iterator<Item = &'a IndicatorAudit> {
    let counting = block.departments.iter().filter(|department| plan.counting[department.number - 1]);
    let indicators: Vec<&IndicatorAudit> = counting.flat_map(|department| &department.audit.indicators).collect();
    indicators.into_iter().filter(move |indicator| indicator.id == id && indicator.verdict == Verdict::Overstated)
}

/// The indicators with overstated points, most points first: name, departments, points.
fn ranked<'a>(plan: &Plan, blocks: &'a [Block<'a>]) -> Vec<(&'a str, usize, Decimal)> {
    let mut ranked: Vec<(&str, usize, Decimal)> = Vec::new();
    for block in blocks {
        for (id, name) in &block.indicators {
            let departments = overstatements(plan, block, id).count();
            if departments > 0 {
                ranked.push((name, departments, overstated_points(plan, block, id)));
            }
        }
    }
    ranked.sort_by_key(|(_, _, points)| Reverse(*points));
    ranked
}

/// The first row of the ranking: after a blank line, its heading, and the headings of its columns.
fn ranking_row(table: &Table, blocks: &[Block]) -> u32 {
    table.first_row() + lines(blocks).len() as u32 + 1 + 2
}

fn ranking(plan: &Plan, (kind, blocks): (FormKind, &[Block]), first: u32) -> Vec<Row> {
    let ranked = ranked(plan, blocks);
    if ranked.is_empty() {
        return Vec::new();
    }
    let header = |key: &str, span| Cell::text(plan.word(key)).style(Style::Header).span(span);
    let is_alone = |name: &str| ranked.iter().filter(|(other, _, _)| *other == name).count() == 1;
    // The chart over these rows follows what the bureau decides.
    let live = |at: u32, name: &str, points| {
        let formula = confirmed::points_of(plan, "column-overstated", (name, &address(at, 0)), |number| {
            progress::counting_of(plan, number)
        })
        .filter(|_| is_alone(name));
        match formula {
            Some(formula) => Cell::formula(formula, Outcome::Score(decided_points(plan, name))),
            None => Cell::score(points),
        }
    };
    let mut rows = vec![
        Row::of(vec![Cell::text(plan.word(kind.row().charts[1])).style(Style::Section).span(8)]),
        Row::of(vec![header("column-indicator", 2), header("matrix-departments", 3), header("matrix-points", 3)]),
    ];
    rows.extend(ranked.iter().zip(first..).map(|((name, departments, points), at)| {
        Row::of(vec![Cell::text(*name).span(2), Cell::count(*departments).span(3), live(at, name, *points).span(3)])
    }));
    rows
}

/// Overstated points of an indicator over all departments, as the bureau has decided.
fn decided_points(plan: &Plan, name: &str) -> Decimal {
    let counting = plan.decisions.iter().zip(&plan.counting).filter(|(_, counts)| **counts);
    let decisions = counting.flat_map(|(own, _)| own).filter(|decision| decision.indicator.name == name);
    sum(decisions.map(|decision| decision.shares().overstated))
}

/// The chart of 总览 over the overstated points of each indicator, at a place and of a size there; none where nothing is overstated.
pub fn overstated_chart(plan: &Plan, kind: FormKind, (at, size): ((u32, u16), (u32, u32))) -> Option<Chart> {
    let blocks = blocks(plan, kind);
    let count = ranked(plan, &blocks).len() as u32;
    if count == 0 {
        return None;
    }
    let drawn = frame(plan, kind, columns_of_blocks(plan, kind, &blocks));
    let first = ranking_row(&drawn, &blocks);
    let area =
        |column| Area { sheet: drawn.name.clone(), cells: (first, column, first + count.min(CHARTED) - 1, column) };
    Some(Chart {
        title: plan.word(kind.row().charts[1]),
        lying: true,
        stacked: false,
        categories: area(0),
        series: vec![(plan.word("column-overstated"), area(5))],
        at,
        size,
    })
}
