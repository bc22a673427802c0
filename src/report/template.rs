//! The blank submission workbook for a rulebook: what a department fills in, with drop-downs, prompts, units and notes.
//!
//! Everything in it comes from the rulebook and from the texts of the form; it is laid out for the rulebook alone, so
//! that a bureau's own rulebook has its template at once. Filled in, it is read back without a finding about its form.
//! Cells that compute themselves say so in their label (自动计算): a number typed over one is told when it is read.

mod ask;
mod base_data;
mod card;
mod completion;
mod declared;
mod guide;
mod narrative;

use std::fmt::Display;

use super::table::{Cell, Layout, Row, Style, Table, address, quoted};
use crate::rulebook::{Rows, Rulebook};
use crate::text::Language;

/// The bytes of the blank workbook.
///
/// # Errors
/// What the spreadsheet writer refuses.
pub fn workbook(rulebook: &Rulebook, language: Language) -> Result<Vec<u8>, impl Display> {
    super::writers::xlsx::plain_workbook(&tables(rulebook, language), language)
}

/// The sheets of the blank workbook.
pub fn tables(rulebook: &Rulebook, language: Language) -> Vec<Table> {
    let words = Words { language };
    match &rulebook.rows {
        Rows::Common(card) => vec![
            guide::of_card(rulebook, &words),
            card::table(rulebook, card, &words),
            base_data::table(card, &words),
            completion::table(card, &words),
            narrative::table(&words),
        ],
        Rows::Own(form) => {
            vec![guide::of_declared(rulebook, &words), declared::table(rulebook, form, &words)]
        }
    }
}

/// The texts of the template.
struct Words {
    language: Language,
}

impl Words {
    fn of(&self, key: &str) -> String {
        self.language.word(&format!("template.{key}"))
    }

    fn say(&self, key: &str, holes: &[(&str, &dyn Display)]) -> String {
        self.language.say(&format!("template.{key}"), holes)
    }
}

/// The rulebook's name without the edition in brackets at its end: the year of a submission is the department's to fill.
fn title(name: &str) -> String {
    let cut = name.trim_end().strip_suffix(['）', ')']).and_then(|inner| {
        let open = inner.rfind(['（', '('])?;
        let (before, edition) = inner.split_at(open);
        (edition.contains(crate::contract::YEAR) && !before.trim().is_empty()).then(|| before.trim().to_owned())
    });
    cut.unwrap_or_else(|| name.trim().to_owned())
}

/// A sheet printed on A4 whose rows up to `header` (from 0) stay in sight and are repeated from `first` on.
fn layout(first: u32, header: u32, drawn: bool, landscape: bool) -> Layout {
    Layout { header: drawn, freeze_rows: header + 1, repeat: Some((first, header)), landscape, ..Layout::default() }
}

fn label(text: impl Into<String>) -> Cell {
    Cell::text(text).style(Style::Label)
}

fn entry() -> Cell {
    Cell::empty(Style::Entry)
}

/// 部门名称 and 预算年度 as the scorecard has them, on the other sheets.
fn identity_shown(words: &Words, before: u16, between: u16) -> Row {
    let sheet = quoted(&words.of("sheet-scorecard"));
    let shown = |row, column| {
        let cell = format!("{sheet}!{}", address(row, column));
        let formula = format!("IF({cell}=\"\",\"\",{cell})");
        Cell::formula(formula, super::table::Outcome::Words(String::new())).style(Style::Centre)
    };
    let (unit, year) = (card::UNIT, card::YEAR);
    Row::of(vec![
        label(words.of("unit")).span(before),
        shown(unit.0, unit.1).span(between),
        label(words.of("year")),
        shown(year.0, year.1),
    ])
}
