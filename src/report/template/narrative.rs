//! 自评报告: room for the report in words.

use super::super::table::{Cell, Column, Row, Style, Table};
use super::{Words, entry, identity_shown, layout};

const SECTIONS: [&str; 5] = ["report-overview", "report-spending", "report-goals", "report-problems", "report-others"];
/// Lines of room for each section.
const LINES: u16 = 9;

/// The sheet.
pub fn table(words: &Words) -> Table {
    let section = |key: &&str| {
        let heading = Row::of(vec![Cell::text(words.of(key)).style(Style::Section).span(4)]);
        [heading, Row::of(vec![entry().span(4)]).lines(LINES)]
    };
    Table {
        name: words.of("sheet-narrative"),
        title: words.of("title-narrative"),
        lead: vec![identity_shown(words, 1, 1)],
        columns: [14, 46, 14, 20].map(|width| Column::new("", width)).to_vec(),
        rows: SECTIONS.iter().flat_map(section).collect(),
        layout: layout(0, 1, false, false),
        ..Table::default()
    }
}
