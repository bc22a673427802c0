//! 未能复核: files that could not be audited, and why; files that are no workbooks.

use crate::audit::{Audit, Status};

use crate::report::NotWorkbook;
use crate::report::plan::Plan;
use crate::report::table::{Cell, Column, Layout, Row, Style, Table};

/// The sheet.
pub fn table(plan: &Plan) -> Table {
    let unread = plan.batch.audits.iter().filter(|audit| audit.status == Status::Unread);
    let lead = if unread.clone().next().is_some() { "unread-lead" } else { "unread-lead-none" };
    let mut table = frame(plan, lead);
    table.rows = unread.enumerate().map(|(index, audit)| row(plan, audit, index + 1)).collect();
    if table.rows.is_empty() {
        table.rows.push(Row::of(vec![Cell::text(plan.word("unread-none")).span(4)]));
    }
    table.tail = others(plan);
    table
}

fn frame(plan: &Plan, lead: &str) -> Table {
    let widths = [("column-number", 5), ("column-file", 50), ("column-cause", 22), ("column-message", 70)];
    let mut table = Table {
        name: plan.word("sheet-unread"),
        title: plan.word("unread-title"),
        lead: vec![Row::of(vec![Cell::text(plan.word(lead)).style(Style::Remark).span(4)])],
        columns: widths.into_iter().map(|(key, width)| Column::new(plan.word(key), width)).collect(),
        layout: Layout { header: true, filter: true, landscape: true, ..Layout::default() },
        ..Table::default()
    };
    let header = table.header_row();
    table.layout.freeze_rows = header + 1;
    table.layout.repeat = Some((header, header));
    table
}

fn row(plan: &Plan, audit: &Audit, number: usize) -> Row {
    let code = audit.problem.as_ref().map(|problem| plan.code(problem.code));
    let message = audit.problem.as_ref().map(|problem| plan.phrase(&problem.phrase));
    Row::of(vec![
        Cell::count(number).style(Style::Centre),
        Cell::text(audit.file.clone()).link(plan.file_link(audit, None)),
        Cell::text_option(code.as_deref()),
        Cell::text_option(message.as_deref()),
    ])
}

fn others(plan: &Plan) -> Vec<Row> {
    if plan.batch.not_workbooks.is_empty() {
        return Vec::new();
    }
    let mut rows = vec![
        Row::of(vec![Cell::text(plan.word("not-workbooks")).style(Style::Section).span(4)]),
        Row::of(vec![
            Cell::text(plan.word("column-number")).style(Style::Header),
            Cell::text(plan.word("column-file")).style(Style::Header),
            Cell::text(plan.word("column-kind")).style(Style::Header).span(2),
        ]),
    ];
    rows.extend(plan.batch.not_workbooks.iter().enumerate().map(|(index, file)| other(file, index + 1)));
    rows
}

fn other(file: &NotWorkbook, number: usize) -> Row {
    Row::of(vec![
        Cell::count(number).style(Style::Centre),
        Cell::text(file.file.clone()),
        Cell::text(file.kind.clone()).span(2),
    ])
}
