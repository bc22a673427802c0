//! 运行信息: version, options, every file with its SHA-256 and size, and how much of a file is read before it is refused.

use std::fmt::Display;

use rust_decimal::Decimal;

use crate::audit::{Audit, Status};
use crate::limits::{LIMITS, Limit};

use super::copied;
use crate::report::entries::assigned_words;
use crate::report::plan::{Department, Plan};
use crate::report::sheet::Sheet;
use crate::report::table::{Cell, Column, Layout, Row, Style, Table};

/// The sheet.
pub fn sheet<'p>(plan: &'p Plan) -> Sheet<'p> {
    let widths = [
        ("column-number", 5),
        ("column-file", 52),
        ("column-status", 12),
        ("column-rulebook", 28),
        ("column-size", 12),
        ("column-hash", 68),
    ];
    let mut table = Table {
        name: plan.word("sheet-run"),
        title: plan.word("run-title"),
        lead: lead(plan),
        columns: widths.into_iter().map(|(key, width)| Column::new(plan.word(key), width)).collect(),
        layout: Layout { header: true, filter: true, landscape: true, freeze_rows: 1, ..Layout::default() },
        ..Table::default()
    };
    let header = table.header_row();
    table.layout.repeat = Some((header, header));
    table.tail = limits(plan);
    let audits = &plan.batch.audits;
    Sheet::later(table, audits.len(), move |index| row(plan, &audits[index], index + 1))
}

/// The limits as they are unless an option, which is named above, changed them.
fn limits(plan: &Plan) -> Vec<Row> {
    let limit = |(index, limit): (usize, &Limit)| {
        Row::of(vec![
            Cell::count(index + 1).style(Style::Centre),
            Cell::text(plan.language.word(&limit.help_key())),
            Cell::figure(Decimal::from(limit.default())),
            Cell::text(plan.say("run-limit-option", &[("name", &limit.name)])).span(3),
        ])
    };
    let heading = Row::of(vec![Cell::text(plan.word("run-limits")).style(Style::Section).span(6)]);
    [Row::default(), heading].into_iter().chain(LIMITS.iter().enumerate().map(limit)).collect()
}

fn lead(plan: &Plan) -> Vec<Row> {
    let run = plan.run;
    let mut lines = vec![(plan.word("run-version"), run.version.clone())];
    lines.extend(run.made_at.iter().map(|made_at| (plan.word("run-made-at"), made_at.clone())));
    lines.extend(run.options.iter().cloned());
    lines.extend(
        plan.batch.rulebooks.iter().map(|book| (plan.word("run-rulebook"), format!("{} · {}", book.name, book.sha256))),
    );
    lines.extend(copied::left_out(plan).into_iter().map(|said| (plan.word("sheet-copied"), said)));
    lines.extend(plan.departments.iter().flat_map(|department| readings(plan, department)));
    let row = |(label, value)| Row::of(vec![Cell::text(label).style(Style::Label).span(2), Cell::text(value).span(4)]);
    lines.into_iter().map(row).chain([Row::default()]).collect()
}

/// What a reviewer said of cells that were not used: it changes results as an option does.
fn readings(plan: &Plan, department: &Department) -> Vec<(String, String)> {
    let audit = department.audit;
    let said = audit.unused.iter().filter_map(|cell| Some((cell, cell.assigned.as_ref()?)));
    said.map(|(cell, assigned)| {
        let meant = assigned_words(plan, department.scorecard(), assigned);
        let place = format!("{}!{}", cell.sheet, cell.cell);
        let holes: [(&str, &dyn Display); 4] =
            [("file", &audit.file), ("place", &place), ("label", &cell.label), ("meant", &meant)];
        (plan.word("run-assigned"), plan.say("run-assigned-as", &holes))
    })
    .collect()
}

/// The name of the rules applied; their id where they are not at hand.
fn rulebook<'p>(plan: &'p Plan, audit: &'p Audit) -> Option<&'p str> {
    let applied = audit.rulebook.as_ref()?;
    let known = plan.batch.rulebooks.iter().find(|book| book.id == applied.id && book.sha256 == applied.sha256);
    Some(known.map_or(applied.id.as_str(), |book| book.name.as_str()))
}

fn row(plan: &Plan, audit: &Audit, number: usize) -> Row {
    let status = match audit.status {
        Status::Audited => plan.word("status-audited"),
        Status::Unread => plan.word("status-unread"),
        Status::Missing => plan.word("reporting-missing"),
    };
    Row::of(vec![
        Cell::count(number).style(Style::Centre),
        Cell::text(audit.file.clone()).link(plan.file_link(audit, None)),
        Cell::text(status).style(Style::Centre),
        Cell::text_option(rulebook(plan, audit)),
        Cell::figure(Decimal::from(audit.size)),
        Cell::text(audit.sha256.clone()),
    ])
}
