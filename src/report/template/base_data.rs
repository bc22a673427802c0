//! 基础数据表: one row for each fact of the rulebook, in its order.

use super::super::table::{Cell, Column, Row, Style, Table};
use super::{Words, ask, entry, identity_shown, layout};
use crate::rulebook::{Fact, FactKind, Scorecard};

const COLUMNS: [(&str, u16); 7] =
    [("number", 6), ("fact", 36), ("value", 18), ("fact-unit", 9), ("evidence", 30), ("note", 50), ("remark", 18)];

/// The sheet.
pub fn table(card: &Scorecard, words: &Words) -> Table {
    let column = |(key, width): &(&str, u16)| Column::new(words.of(&format!("column-{key}")), *width);
    let rows = card.facts.iter().enumerate().map(|(index, fact)| fact_row(index + 1, fact, card, words));
    Table {
        name: words.of("sheet-base-data"),
        title: words.of("title-base-data"),
        lead: vec![identity_shown(words, 2, 3)],
        columns: COLUMNS.iter().map(column).collect(),
        rows: rows.collect(),
        layout: layout(2, 2, true, true),
        ..Table::default()
    }
}

fn fact_row(number: usize, fact: &Fact, card: &Scorecard, words: &Words) -> Row {
    let unit = match &fact.kind {
        FactKind::YesNo => words.of("yes-no"),
        FactKind::Choice { .. } => words.of("choice"),
        kind => kind.unit().unwrap_or_default().to_owned(),
    };
    let evidence = match needs_evidence(fact, card) {
        true => ask::anything(words, "column-evidence", "ask-fact-evidence"),
        false => entry(),
    };
    Row::of(vec![
        Cell::count(number).style(Style::Centre),
        Cell::text(fact.label.as_str()),
        ask::fact(words, fact),
        Cell::text(unit).style(Style::Centre),
        evidence,
        Cell::text(note(fact, card, words)),
        entry(),
    ])
}

/// Whether a 是 earns points only with named evidence.
fn needs_evidence(fact: &Fact, card: &Scorecard) -> bool {
    let readings = card.indicators.iter().flat_map(|indicator| &indicator.readings);
    let mut rules = readings.flat_map(|reading| &reading.criteria).map(|criterion| &criterion.rule);
    rules.any(|rule| rule.parameters().is_attested_by(&fact.id))
}

/// What to enter, what it is for, and the rulebook's own remark.
fn note(fact: &Fact, card: &Scorecard, words: &Words) -> String {
    let kind = match &fact.kind {
        FactKind::YesNo if needs_evidence(fact, card) => words.of("note-yes-no-evidence"),
        FactKind::YesNo => words.of("note-yes-no"),
        FactKind::Choice { options } => words.say("note-choice", &[("options", &options.join(" / "))]),
        FactKind::Percent { .. } => words.of("note-percent"),
        FactKind::Count { .. } => words.of("note-count"),
        FactKind::Money { unit } | FactKind::Declared { unit } => words.say("note-money", &[("unit", unit)]),
    };
    let presumed = fact.presumed.as_ref().map(|answer| words.say("note-presumed", &[("answer", answer)]));
    let used = used_by(fact, card);
    let used = (!used.is_empty()).then(|| words.say("note-used", &[("names", &used.join(""))]));
    let notes = [Some(kind), presumed, fact.note.clone(), used];
    notes.into_iter().flatten().filter(|note| !note.is_empty()).collect::<Vec<_>>().join("；")
}

/// The names of the indicators that need the fact, in card order, each in quotation marks.
fn used_by(fact: &Fact, card: &Scorecard) -> Vec<String> {
    card.users_of(&fact.id).map(|indicator| format!("“{}”", indicator.name)).collect()
}
