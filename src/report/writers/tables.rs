//! How the tables of a workbook were understood: for a terminal, and as lines of JSON.

use serde_json::{Value as Json, json};

use super::explain::shortened;
use crate::tables::{Column, Layout, Pair, Role, Row, Table, TablePart, tables};
use crate::text::{Language, visible};
use crate::vocabulary::Vocabulary;
use crate::workbook::{Address, Area, Sheet, Value, Workbook};

/// One line of JSON for each table, in the order of the sheets; nothing of it depends on a language.
pub fn lines(workbook: &Workbook, vocabulary: &Vocabulary) -> String {
    let found = workbook.sheets.iter().flat_map(|sheet| {
        let tables = tables(sheet, vocabulary);
        tables.into_iter().enumerate().map(|(place, table)| format!("{}\n", line(sheet, place + 1, &table)))
    });
    found.collect()
}

fn line(sheet: &Sheet, number: usize, table: &Table) -> Json {
    let cell = |area: Area, role: Role, certain: bool| json!({"cell": area.first.to_string(), "role": role_name(role), "certain": certain});
    let cells: Vec<Json> = table.cells.iter().map(|cell_| cell(cell_.area, cell_.role, cell_.certain)).collect();
    json!({"sheet": sheet.name, "table": number, "area": area_text(table.area), "certain": table.certain, "cells": cells})
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Title => "title",
        Role::Unit => "unit",
        Role::ColumnHeading => "column_heading",
        Role::RowHeading => "row_heading",
        Role::Total => "total",
        Role::Value => "value",
        Role::Note => "note",
    }
}

fn area_text(area: Area) -> String {
    format!("{}:{}", area.first, area.last)
}

/// Rows and pairs of one part that a page shows.
const SHOWN: usize = 40;

/// The tables of a workbook for a terminal.
pub fn page(file: &str, workbook: &Workbook, vocabulary: &Vocabulary, language: Language) -> String {
    let mut lines = vec![file.to_owned()];
    for sheet in &workbook.sheets {
        let shown = Shown { sheet, language };
        for (place, table) in tables(sheet, vocabulary).iter().enumerate() {
            lines.extend(shown.table(place + 1, table));
        }
    }
    if lines.len() == 1 {
        lines.push(language.word("report.tables-none"));
    }
    lines.iter().map(|line| format!("{}\n", visible(line))).collect()
}

struct Shown<'s> {
    sheet: &'s Sheet,
    language: Language,
}

impl Shown<'_> {
    fn table(&self, number: usize, table: &Table) -> Vec<String> {
        let place = format!("{}!{}", self.sheet.name, area_text(table.area));
        let holes: [(&str, &dyn std::fmt::Display); 3] =
            [("place", &place), ("number", &number), ("certain", &self.certain(table.certain))];
        let mut lines = vec![String::new(), self.language.say("report.tables-head", &holes)];
        for cell in &table.cells {
            let key = match cell.role {
                Role::Title => "report.tables-title",
                Role::Unit => "report.tables-unit",
                Role::Note => "report.tables-note",
                _ => continue,
            };
            lines.push(format!("  {}", self.language.say(key, &[("text", &self.text(cell.area.first))])));
        }
        lines.extend(table.parts.iter().flat_map(|part| self.part(part)).map(|line| format!("  {line}")));
        lines
    }

    fn part(&self, part: &TablePart) -> Vec<String> {
        let key = match part.layout {
            Layout::Columns => "report.tables-part-columns",
            Layout::Pairs => "report.tables-part-pairs",
            Layout::Unknown => "report.tables-part-unknown",
        };
        let holes: [(&str, &dyn std::fmt::Display); 2] =
            [("area", &area_text(part.area)), ("certain", &self.certain(part.certain))];
        let mut lines = vec![self.language.say(key, &holes)];
        lines.extend(part.columns.iter().map(|column| self.column(column)));
        let rows = part.rows.iter().map(|row| self.row(row)).chain(part.pairs.iter().map(|pair| self.pair(pair)));
        let rows: Vec<String> = rows.collect();
        lines.extend(rows.iter().take(SHOWN).map(|line| format!("  {line}")));
        if rows.len() > SHOWN {
            lines.push(self.language.say("report.tables-more", &[("count", &(rows.len() - SHOWN))]));
        }
        lines
    }

    fn column(&self, column: &Column) -> String {
        let place = Address { row: 0, column: column.columns.0 }.to_string();
        let place = place.trim_end_matches(|c: char| c.is_ascii_digit());
        let marks = self.marks(column.total, column.certain);
        format!("  {}", self.say("report.tables-column", &place, &column.path, &marks))
    }

    fn row(&self, row: &Row) -> String {
        self.say("report.tables-row", &(row.row + 1), &row.path, &self.marks(row.total, row.certain))
    }

    fn pair(&self, pair: &Pair) -> String {
        let (path, value, marks) = (self.path(&pair.path), self.text(pair.value), self.marks(false, pair.certain));
        let holes: [(&str, &dyn std::fmt::Display); 4] =
            [("place", &pair.value), ("path", &path), ("value", &value), ("marks", &marks)];
        self.language.say("report.tables-pair", &holes)
    }

    fn say(&self, key: &str, place: &dyn std::fmt::Display, path: &[Address], marks: &str) -> String {
        self.language.say(key, &[("place", place), ("path", &self.path(path)), ("marks", &marks)])
    }

    fn marks(&self, total: bool, certain: bool) -> String {
        let total = if total { self.language.word("report.tables-total") } else { String::new() };
        let doubt = if certain { String::new() } else { self.language.word("report.tables-doubt") };
        total + &doubt
    }

    fn certain(&self, certain: bool) -> String {
        self.language.word(if certain { "report.tables-certain" } else { "report.tables-doubtful" })
    }

    fn path(&self, path: &[Address]) -> String {
        path.iter().map(|at| self.text(*at)).collect::<Vec<_>>().join(" / ")
    }

    fn text(&self, at: Address) -> String {
        let text = match self.sheet.cell(at).map(|cell| &cell.value) {
            Some(Value::Text(text) | Value::Error(text) | Value::Unrepresentable(text) | Value::Date { text, .. }) => {
                text.clone()
            }
            Some(Value::Number(number)) => crate::quantity::shortest(*number),
            Some(Value::Bool(value)) => value.to_string().to_uppercase(),
            Some(Value::Unsure { ours, theirs }) => format!("{ours} ≠ {theirs}"),
            Some(Value::Uncalculated) | None => String::new(),
        };
        shortened(&text)
    }
}
