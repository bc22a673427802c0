//! 填报说明: how to fill the workbook in.

use super::super::table::{Cell, Column, Layout, Row, Style, Table};
use super::{Words, title};
use crate::rulebook::Rulebook;

/// The guide of a card.
pub fn of_card(rulebook: &Rulebook, words: &Words) -> Table {
    table(rulebook, words, "guide-card", "guide-card-rules")
}

/// The guide of a declared form.
pub fn of_declared(rulebook: &Rulebook, words: &Words) -> Table {
    table(rulebook, words, "guide-declared", "guide-declared-rules")
}

fn table(rulebook: &Rulebook, words: &Words, steps: &str, rules: &str) -> Table {
    let mut rows = block(&words.of("guide-steps"), &words.of(steps));
    rows.push(Row::default());
    rows.extend(block(&words.of("guide-rules"), &words.of(rules)));
    Table {
        name: words.of("sheet-guide"),
        title: title(&rulebook.name),
        columns: vec![Column::new("", 5), Column::new("", 90)],
        rows,
        layout: Layout { landscape: false, ..Layout::default() },
        ..Table::default()
    }
}

fn block(heading: &str, lines: &str) -> Vec<Row> {
    let numbered = lines.lines().enumerate().map(|(index, line)| {
        let lines = 1 + (line.chars().count() / 44) as u16;
        Row::of(vec![Cell::count(index + 1).style(Style::Centre), Cell::text(line)]).lines(lines)
    });
    let heading = Row::of(vec![Cell::text(heading).style(Style::Section).span(2)]);
    std::iter::once(heading).chain(numbered).collect()
}
