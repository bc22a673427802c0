//! 评分规则: the rulebooks as they were applied, with their readings, notes and hashes.

use crate::decimal_text::figure_text;
use crate::rulebook::{Declared, Grade, Indicator, Rows, Rulebook, Scorecard};

use crate::report::plan::Plan;
use crate::report::table::{Cell, Column, Layout, Row, Style, Table};

const COLUMNS: u16 = 8;

/// The sheet.
pub fn table(plan: &Plan) -> Table {
    let widths = [5, 12, 16, 24, 7, 62, 40, 40];
    let mut table = Table {
        name: plan.word("sheet-rules"),
        title: plan.word("rules-title"),
        columns: widths.into_iter().map(|width| Column::new("", width)).collect(),
        layout: Layout { landscape: true, freeze_rows: 1, ..Layout::default() },
        ..Table::default()
    };
    table.rows = plan.batch.rulebooks.iter().flat_map(|book| rulebook(plan, book)).collect();
    if table.rows.is_empty() {
        table.rows.push(Row::of(vec![Cell::text(plan.word("rules-none")).span(COLUMNS)]));
    }
    table
}

fn rulebook(plan: &Plan, book: &Rulebook) -> Vec<Row> {
    let mut rows = vec![Row::of(vec![Cell::text(book.name.clone()).style(Style::Section).span(COLUMNS)])];
    let grade = |grade: &Grade| plan.say("rules-grade", &[("name", &grade.name), ("from", &figure_text(grade.from))]);
    let grades: Vec<String> = book.grades.iter().map(grade).collect();
    let facts = [
        ("rules-hash", book.sha256.clone()),
        ("rules-source", book.source.clone()),
        ("rules-years", book.years.in_words(plan.language)),
        ("rules-grades", grades.join("；")),
        ("rules-tolerance", figure_text(book.tolerance)),
        ("rules-material", figure_text(book.material)),
    ];
    rows.extend(facts.into_iter().map(|(key, value)| labelled(plan.word(key), value)));
    rows.extend(book.notes.iter().map(|note| labelled(plan.word("rules-note"), note.clone())));
    match &book.rows {
        Rows::Common(card) => rows.extend(scorecard(plan, card)),
        Rows::Own(form) => rows.extend(declared(plan, form)),
    }
    rows.push(Row::default());
    rows
}

fn labelled(label: String, value: String) -> Row {
    Row::of(vec![Cell::text(label).style(Style::Label).span(2), Cell::text(value).span(COLUMNS - 2)])
}

fn scorecard(plan: &Plan, card: &Scorecard) -> Vec<Row> {
    let headers = [
        "column-number",
        "column-section",
        "column-group",
        "column-indicator",
        "column-points",
        "column-clause",
        "column-readings",
        "column-notes",
    ];
    let header = headers.map(|key| Cell::text(plan.word(key)).style(Style::Header));
    let mut rows = vec![Row::of(header.into())];
    rows.extend(card.indicators.iter().enumerate().map(|(index, it)| indicator(plan, card, it, index + 1)));
    rows
}

fn indicator(plan: &Plan, card: &Scorecard, indicator: &Indicator, number: usize) -> Row {
    let section = card.sections.iter().find(|section| section.id == indicator.section);
    Row::of(vec![
        Cell::count(number).style(Style::Centre),
        Cell::text_option(section.map(|section| section.name.as_str())),
        Cell::text(indicator.group.clone()),
        Cell::text(indicator.name.clone()),
        Cell::figure_option(indicator.points).style(Style::Centre),
        Cell::text(clause(plan, indicator)),
        Cell::text(readings(plan, indicator)),
        Cell::text(indicator.notes.join("\n")),
    ])
}

fn clause(plan: &Plan, indicator: &Indicator) -> String {
    let mut lines = Vec::new();
    if !indicator.clause.is_empty() {
        lines.push(indicator.clause.clone());
    }
    for criterion in indicator.readings.first().map_or(&[][..], |reading| &reading.criteria) {
        lines.push(plan.say("rules-criterion", &[("clause", &criterion.clause)]));
    }
    lines.join("\n")
}

fn readings(plan: &Plan, indicator: &Indicator) -> String {
    if !indicator.has_readings() {
        return String::new();
    }
    let say = |(index, reading): (usize, &crate::rulebook::Reading)| {
        let key = if index == 0 { "rules-reading-default" } else { "rules-reading" };
        plan.say(key, &[("says", &reading.says)])
    };
    let lines: Vec<String> = indicator.readings.iter().enumerate().map(say).collect();
    lines.join("\n")
}

fn declared(plan: &Plan, form: &Declared) -> Vec<Row> {
    let sections: Vec<String> =
        form.sections.iter().map(|section| format!("{} {}", section.name, figure_text(section.points))).collect();
    let levels: Vec<String> = form
        .levels
        .iter()
        .map(|level| format!("{} {} – {}", level.name, figure_text(level.from), figure_text(level.to)))
        .collect();
    let mut rows = vec![
        labelled(plan.word("rules-budget"), form.budget_name.clone()),
        labelled(plan.word("rules-total"), figure_text(form.total)),
        labelled(plan.word("rules-sections"), sections.join("；")),
        labelled(plan.word("rules-levels"), levels.join("；")),
    ];
    for (key, readings) in [("rules-equal", &form.equal_readings), ("rules-reverse", &form.reverse_readings)] {
        let words: Vec<String> =
            readings.iter().map(|reading| plan.say("rules-reading", &[("says", &reading.says)])).collect();
        rows.push(labelled(plan.word(key), words.join("\n")));
    }
    rows
}
