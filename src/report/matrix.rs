//! 逐项核对: departments × indicators, each cell the verdict's one character and the difference.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::audit::{IndicatorAudit, Verdict};
use crate::decimal_text::figure_text;

use super::overview;
use super::plan::{Department, Plan, VERDICTS};
use super::table::{Area, Cell, Chart, Column, Layout, Link, Row, Style, Table};

/// Columns before the indicators.
const BEFORE: u16 = 2;

/// One rulebook's indicators in card order, and its departments.
struct Block<'a> {
    rulebook: Option<&'a str>,
    indicators: Vec<(&'a str, &'a str)>,
    departments: Vec<&'a Department<'a>>,
}

/// The sheet.
pub fn table(plan: &Plan) -> Table {
    let blocks = blocks(plan);
    let mut table = frame(plan, &blocks);
    for (index, block) in blocks.iter().enumerate() {
        if index > 0 {
            table.rows.extend(further_header(plan, block));
        }
        table.rows.extend(block.departments.iter().map(|department| row(plan, department, block)));
        table.rows.push(overstated(plan, block));
    }
    table
}

fn frame(plan: &Plan, blocks: &[Block]) -> Table {
    let widest = blocks.iter().map(|block| block.indicators.len()).max().unwrap_or(0);
    let mut columns = vec![Column::new(plan.word("column-number"), 5), Column::new(plan.word("column-department"), 24)];
    let names = blocks.first().map_or(&[][..], |block| &block.indicators);
    columns.extend((0..widest).map(|index| Column::new(names.get(index).map_or("", |(_, name)| *name), 6)));
    let mut table = Table {
        name: plan.word("sheet-matrix"),
        title: plan.word("matrix-title"),
        lead: vec![legend(plan), Row::of(vec![Cell::text(plan.word("matrix-lead")).style(Style::Remark).span(18)])],
        columns,
        layout: Layout {
            header: true,
            landscape: true,
            upright_from: Some(BEFORE),
            freeze_columns: BEFORE,
            ..Layout::default()
        },
        ..Table::default()
    };
    let header = table.header_row();
    table.layout.freeze_rows = header + 1;
    table.layout.repeat = Some((header, header));
    table
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

fn blocks<'a>(plan: &'a Plan) -> Vec<Block<'a>> {
    let mut by_rulebook: BTreeMap<Option<&str>, Block<'a>> = BTreeMap::new();
    for department in &plan.departments {
        let id = department.audit.rulebook.as_ref().map(|book| book.id.as_str());
        let block = by_rulebook.entry(id).or_insert_with(|| Block { rulebook: id, indicators: vec![], departments: vec![] });
        for indicator in &department.audit.indicators {
            if !block.indicators.iter().any(|(id, _)| *id == indicator.id) {
                block.indicators.push((&indicator.id, &indicator.name));
            }
        }
        block.departments.push(department);
    }
    by_rulebook.into_values().collect()
}

fn further_header(plan: &Plan, block: &Block) -> [Row; 2] {
    let heading = Cell::text(block.rulebook.unwrap_or_default()).style(Style::Section).span(BEFORE);
    let mut cells = vec![
        Cell::text(plan.word("column-number")).style(Style::Header),
        Cell::text(plan.word("column-department")).style(Style::Header),
    ];
    cells.extend(block.indicators.iter().map(|(_, name)| Cell::text(*name).style(Style::Header)));
    [Row::of(vec![heading]), Row::of(cells)]
}

fn row(plan: &Plan, department: &Department, block: &Block) -> Row {
    let paper = Link::Here(department.paper.clone(), 0, 0);
    let mut cells = vec![
        Cell::count(department.number).style(Style::Centre),
        Cell::text(department.name.clone()).link(Some(paper)),
    ];
    cells.extend(block.indicators.iter().map(|(id, _)| {
        let indicator = department.audit.indicators.iter().find(|indicator| indicator.id == *id);
        indicator.map_or_else(|| Cell::empty(Style::Blank), |indicator| verdict(plan, indicator))
    }));
    Row::of(cells).lines(2)
}

fn verdict(plan: &Plan, indicator: &IndicatorAudit) -> Cell {
    let sign = plan.verdict_sign(indicator.verdict);
    let words = if indicator.difference.is_zero() { sign } else { format!("{sign}\n{}", figure_text(indicator.difference)) };
    Cell::text(words).style(Style::Verdict(indicator.verdict))
}

fn overstated(plan: &Plan, block: &Block) -> Row {
    let mut cells = vec![Cell::text(plan.word("matrix-overstated")).style(Style::Label).span(BEFORE)];
    cells.extend(block.indicators.iter().map(|(id, _)| {
        let points = overstated_points(block, id);
        if points.is_zero() { Cell::empty(Style::Sum) } else { Cell::score(points).style(Style::Sum) }
    }));
    Row::of(cells)
}

fn overstated_points(block: &Block, id: &str) -> Decimal {
    let indicators = block.departments.iter().flat_map(|department| &department.audit.indicators);
    let overstated = indicators.filter(|indicator| indicator.id == id && indicator.verdict == Verdict::Overstated);
    overstated.map(|indicator| indicator.difference).sum()
}

/// The chart of 总览 over the overstated points of each indicator.
pub fn overstated_chart(plan: &Plan) -> Chart {
    let blocks = blocks(plan);
    let frame = frame(plan, &blocks);
    let block = blocks.first();
    let last = BEFORE + block.map_or(1, |block| block.indicators.len().max(1) as u16) - 1;
    let sums = frame.first_row() + block.map_or(0, |block| block.departments.len() as u32);
    let area = |row| Area { sheet: frame.name.clone(), cells: (row, BEFORE, row, last) };
    let (at, size) = overview::second_chart();
    Chart {
        title: plan.word("chart-overstated"),
        lying: false,
        categories: area(frame.header_row()),
        series: vec![(plan.word("column-overstated"), area(sums))],
        at,
        size,
    }
}
