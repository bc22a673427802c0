//! 综合报告 as a sheet: one page to be printed.

use crate::report::plan::Plan;
use crate::report::summing_up::paragraphs;
use crate::report::table::{Cell, Column, Layout, Row, Style, Table};

/// Width of the text: a page of A4 upright.
const WIDTH: u16 = 92;

/// The sheet; none where nothing was audited.
pub fn table(plan: &Plan) -> Option<Table> {
    let paragraphs = paragraphs(plan);
    if paragraphs.is_empty() {
        return None;
    }
    let mut rows = Vec::new();
    for paragraph in paragraphs {
        rows.push(Row::of(vec![Cell::text(paragraph.heading).style(Style::Section)]));
        rows.push(Row::of(vec![Cell::text(paragraph.text)]));
    }
    Some(Table {
        name: plan.word("sheet-summing"),
        title: plan.word("summing-title"),
        lead: vec![Row::of(vec![Cell::text(plan.word("summing-lead")).style(Style::Remark)])],
        columns: vec![Column::new("", WIDTH)],
        rows,
        layout: Layout { freeze_rows: 1, ..Layout::default() },
        ..Table::default()
    })
}
