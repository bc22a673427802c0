//! 评分表: the card with its clauses, a cell for each claimed score, the total and the grade.

use super::super::overview::grade_formula;
use super::super::table::{Cell, Column, Outcome, Row, Style, Table, address};
use super::{Words, ask, label, layout, title};
use crate::rulebook::{Indicator, Rulebook, Scorecard};

/// Where the department's name is entered: row and column from 0.
pub const UNIT: (u32, u16) = (1, 1);
/// Where the year is entered.
pub const YEAR: (u32, u16) = (1, 7);
/// The column of the scores.
const SCORE: u16 = 5;
const COLUMNS: [(&str, u16); 8] = [
    ("section", 13),
    ("group", 11),
    ("indicator", 22),
    ("points", 7),
    ("clause", 62),
    ("score", 10),
    ("evidence", 26),
    ("remark", 18),
];

/// The sheet.
pub fn table(rulebook: &Rulebook, card: &Scorecard, words: &Words) -> Table {
    let column = |(key, width): &(&str, u16)| Column::new(words.of(&format!("column-{key}")), *width);
    let mut table = Table {
        name: words.of("sheet-scorecard"),
        title: title(&rulebook.name),
        lead: vec![identity(rulebook, words)],
        columns: COLUMNS.iter().map(column).collect(),
        layout: layout(2, 2, true, true),
        ..Table::default()
    };
    table.rows = (0..card.indicators.len()).map(|at| indicator_row(card, at, words)).collect();
    let first = table.first_row();
    let last = first + card.indicators.len().saturating_sub(1) as u32;
    table.rows.extend(total_rows(rulebook, words, first, last));
    table
}

/// 部门名称 and 预算年度.
fn identity(rulebook: &Rulebook, words: &Words) -> Row {
    Row::of(vec![
        label(words.of("unit")),
        ask::anything(words, "unit", "ask-unit").span(5),
        label(words.of("year")),
        ask::year(words, rulebook.years),
    ])
}

fn indicator_row(card: &Scorecard, at: usize, words: &Words) -> Row {
    let Some(indicator) = card.indicators.get(at) else { return Row::default() };
    let (section, group) = (|one: &Indicator| one.section.clone(), |one: &Indicator| one.group.clone());
    Row::of(vec![
        merged(card, at, section, section_name(card, indicator, words)),
        merged(card, at, |one| format!("{}\n{}", section(one), group(one)), indicator.group.clone()),
        Cell::text(indicator.name.as_str()),
        Cell::figure_option(indicator.points).style(Style::Centre),
        Cell::text(indicator.clause.as_str()),
        ask::score(words, &indicator.name, indicator.most()),
        ask::anything(words, "column-evidence", "ask-card-evidence"),
        super::entry(),
    ])
}

fn section_name(card: &Scorecard, indicator: &Indicator, words: &Words) -> String {
    let section = card.sections.iter().find(|section| section.id == indicator.section);
    section.map_or_else(String::new, |section| {
        words.say("points-of", &[("name", &section.name), ("points", &section.points.normalize())])
    })
}

/// The name above a run of indicators, over all their rows.
fn merged(card: &Scorecard, at: usize, of: impl Fn(&Indicator) -> String, name: String) -> Cell {
    let own = card.indicators.get(at).map(&of);
    let same = |index: usize| card.indicators.get(index).map(&of) == own;
    if at > 0 && same(at - 1) {
        return Cell::empty(Style::Centre);
    }
    let run = (at..card.indicators.len()).take_while(|&index| same(index)).count();
    Cell::text(name).style(Style::Centre).down(run as u32)
}

/// 综合评分 and 评分等级, which follow the scores, and how many scores are still open.
fn total_rows(rulebook: &Rulebook, words: &Words, first: u32, last: u32) -> [Row; 2] {
    let scores = format!("{}:{}", address(first, SCORE), address(last, SCORE));
    let computed = |formula: String| Cell::formula(formula, Outcome::Words(String::new())).style(Style::Sum);
    let total = computed(format!("IF(COUNT({scores})=0,\"\",ROUND(SUM({scores}),2))"));
    let total_cell = address(last + 1, SCORE);
    let grade = computed(format!("IF({total_cell}=\"\",\"\",{})", grade_formula(&rulebook.grades, &total_cell)));
    let all = last + 1 - first;
    let (before, after) = (words.of("scores-open-before"), words.of("scores-open-after"));
    let open = computed(format!(
        "IF(OR(COUNT({scores})=0,COUNT({scores})={all}),\"\",\"{before}\"&({all}-COUNT({scores}))&\"{after}\")"
    ));
    let name = |key: &str| Cell::text(words.of(key)).style(Style::Sum).span(SCORE);
    [
        Row::of(vec![name("total"), total, open.span(2)]),
        Row::of(vec![name("grade"), grade, Cell::empty(Style::Sum).span(2)]),
    ]
}
