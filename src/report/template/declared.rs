//! 项目支出绩效自评表: the national form, with the usual weights of the rulebook's sections and room for rows.

use rust_decimal::Decimal;

use super::super::table::{Cell, Column, Outcome, Row, Style, Table, address};
use super::{Words, ask, entry, label, layout, title};
use crate::rulebook::{Declared, DeclaredSection, Rulebook};

/// Rows for each 二级指标; more can be inserted.
const ROWS: usize = 2;
/// Lines of room for the goals.
const GOAL_LINES: u16 = 5;
const WIDTHS: [u16; 10] = [15, 17, 30, 13, 15, 15, 16, 8, 8, 34];
/// Columns of weight and score, in the block of money and in the table of indicators alike.
const WEIGHT: u16 = 7;
const SCORE: u16 = 8;
/// The columns of amounts: 年初预算数, 全年预算数（A）, 全年执行数（B）.
const AMOUNTS: [u16; 3] = [3, 4, 5];

/// The sheet.
pub fn table(rulebook: &Rulebook, form: &Declared, words: &Words) -> Table {
    let mut table = Table {
        name: words.of("sheet-declared"),
        title: form_title(rulebook, form),
        lead: head(rulebook, words).to_vec(),
        columns: WIDTHS.iter().map(|width| Column::new("", *width)).collect(),
        layout: layout(0, 2, false, true),
        ..Table::default()
    };
    let money = table.first_row();
    table.rows = money_rows(form, words, money + 1);
    table.rows.extend(goal_rows(words));
    table.rows.push(kpi_header(words));
    let first = table.first_row() + table.rows.len() as u32;
    for section in &form.sections {
        table.rows.extend(section_rows(form, section, words));
    }
    let last = (table.first_row() + table.rows.len() as u32).saturating_sub(1);
    table.rows.push(total_row(form, words, money + 1, first, last));
    table
}

/// The rulebook's name, or a title by which the form is recognised where the name holds none.
fn form_title(rulebook: &Rulebook, form: &Declared) -> String {
    let name = title(&rulebook.name);
    let known = form.words.titles.iter().any(|known| name.contains(known.as_str()));
    match form.words.titles.first() {
        Some(first) if !known => first.clone(),
        _ => name,
    }
}

fn head(rulebook: &Rulebook, words: &Words) -> [Row; 2] {
    [
        Row::of(vec![
            label(words.of("declared-project")),
            ask::anything(words, "declared-project", "ask-project").span(6),
            label(words.of("year")).span(2),
            ask::year(words, rulebook.years),
        ]),
        Row::of(vec![
            label(words.of("declared-authority")),
            ask::anything(words, "declared-authority", "ask-name").span(2),
            label(words.of("declared-implementer")),
            ask::anything(words, "declared-implementer", "ask-name").span(6),
        ]),
    ]
}

/// The weight that the sections leave for carrying out the budget.
fn budget_weight(form: &Declared) -> Decimal {
    let sections: Decimal = form.sections.iter().map(|section| section.points).sum();
    (form.total - sections).max(Decimal::ZERO)
}

fn header(words: &Words, key: &str) -> Cell {
    Cell::text(words.of(key)).style(Style::Header)
}

/// The block of money; `total` is the row of 年度资金总额.
fn money_rows(form: &Declared, words: &Words, total: u32) -> Vec<Row> {
    let parts = words.of("declared-money-parts");
    let parts: Vec<&str> = parts.split('、').collect();
    let all = parts.len() as u32 + 2;
    let mut first = vec![label(words.of("declared-money")).down(all), header(words, "declared-money-item").span(2)];
    let columns = ["initial", "planned", "spent", "rate", "points", "score", "reason"];
    first.extend(columns.map(|key| header(words, &format!("declared-{key}"))));
    let mut rows = vec![Row::of(first), money_total(form, words, total, parts.len() as u32)];
    rows.extend(parts.iter().map(|part| money_part(part, words)));
    rows
}

/// 年度资金总额: the sum of its parts, the rate, the weight and the claim.
fn money_total(form: &Declared, words: &Words, row: u32, parts: u32) -> Row {
    let computed = |formula: String| Cell::formula(formula, Outcome::Words(String::new())).style(Style::Sum);
    let sum = |column: u16| {
        let cells: Vec<String> = (1..=parts).map(|part| address(row + part, column)).collect();
        computed(sum_of(&cells))
    };
    let [_, planned, spent] = AMOUNTS.map(|column| address(row, column));
    let rate =
        computed(format!("IF(COUNT({planned},{spent})<2,\"\",IF({planned}>0,ROUND({spent}/{planned}*100,2),\"\"))"));
    let weight = budget_weight(form);
    let says = words.say("ask-budget-weight", &[("points", &weight.normalize())]);
    let refusal = words.say("ask-weight-refusal", &[("total", &form.total.normalize())]);
    let mut entered = ask::between(words.of("declared-points"), form.total, says, refusal);
    entered.value = super::super::table::Value::Number(weight, None);
    let mut cells = vec![Cell::empty(Style::Label), Cell::text(words.of("declared-money-total")).span(2)];
    cells.extend(AMOUNTS.map(sum));
    cells.extend([rate, entered, row_score(form, words), ask::anything(words, "declared-reason", "ask-reason")]);
    Row::of(cells)
}

/// The sum of a few cells, numbers typed as text among them; empty while all of them are.
fn sum_of(cells: &[String]) -> String {
    let empty: Vec<String> = cells.iter().map(|cell| format!("{cell}=\"\"")).collect();
    let values: Vec<String> = cells.iter().map(|cell| format!("IF({cell}=\"\",0,IFERROR(VALUE({cell}),0))")).collect();
    format!("IF(AND({}),\"\",ROUND({},6))", empty.join(","), values.join("+"))
}

fn money_part(part: &str, words: &Words) -> Row {
    let mut cells = vec![Cell::empty(Style::Label), Cell::text(part).span(2)];
    cells.extend(["initial", "planned", "spent"].map(|key| ask::amount(words, &words.of(&format!("declared-{key}")))));
    cells.push(Cell::empty(Style::Blank).span(4));
    Row::of(cells)
}

fn goal_rows(words: &Words) -> [Row; 2] {
    [
        Row::of(vec![
            label(words.of("declared-title-goals")).down(2),
            header(words, "declared-goal").span(5),
            header(words, "declared-goal-done").span(4),
        ]),
        Row::of(vec![Cell::empty(Style::Label), entry().span(5), entry().span(4)]).lines(GOAL_LINES),
    ]
}

fn kpi_header(words: &Words) -> Row {
    let above = ["column-section", "column-group", "column-indicator"].map(|key| header(words, key));
    let values = ["nature", "target", "unit", "actual", "points", "score", "reason"];
    Row::of(above.into_iter().chain(values.map(|key| header(words, &format!("declared-{key}")))).collect())
}

/// The rows of a section: its 二级指标 as the national form has them, else room to name them.
fn section_rows(form: &Declared, section: &DeclaredSection, words: &Words) -> Vec<Row> {
    let known = words.of("declared-seconds");
    let mut listed = known.split('；').filter_map(|part| part.split_once('：'));
    let seconds = listed.find(|(first, _)| *first == section.name).map_or("", |(_, seconds)| seconds);
    let seconds: Vec<&str> = seconds.split('、').collect();
    let all = (seconds.len() * ROWS) as u32;
    let name = words.say("points-of", &[("name", &section.name), ("points", &section.points.normalize())]);
    let mut rows = Vec::new();
    for (index, second) in seconds.iter().enumerate() {
        for nth in 0..ROWS {
            let first = match index + nth {
                0 => Cell::text(name.as_str()).style(Style::Centre).down(all),
                _ => Cell::empty(Style::Centre),
            };
            rows.push(kpi_row(form, section, words, [first, second_cell(second, nth)]));
        }
    }
    rows
}

fn second_cell(second: &str, nth: usize) -> Cell {
    match (second.is_empty(), nth) {
        (true, _) => entry(),
        (false, 0) => Cell::text(second).style(Style::Centre).down(ROWS as u32),
        (false, _) => Cell::empty(Style::Centre),
    }
}

fn kpi_row(form: &Declared, section: &DeclaredSection, words: &Words, above: [Cell; 2]) -> Row {
    let signs = words.of("declared-signs");
    let levels: Vec<String> = form.levels.iter().map(|level| level.name.clone()).collect();
    let refusal = words.say("ask-nature-refusal", &[("options", &signs)]);
    let options = signs.split('、').map(str::to_owned).collect();
    let says = words.say("ask-actual", &[("levels", &levels.join("、"))]);
    let weight_says = words.say(
        "ask-weight",
        &[("section", &section.name), ("points", &section.points.normalize()), ("total", &form.total.normalize())],
    );
    let weight_refusal = words.say("ask-weight-refusal", &[("total", &form.total.normalize())]);
    let cells = [
        ask::anything(words, "column-indicator", "ask-kpi-name"),
        ask::one_of(words.of("declared-nature"), options, words.of("ask-nature"), refusal),
        ask::anything(words, "declared-target", "ask-target"),
        ask::anything(words, "declared-unit", "ask-kpi-unit"),
        ask::offered(words.of("declared-actual"), levels, says),
        ask::between(words.of("declared-points"), form.total, weight_says, weight_refusal),
        row_score(form, words),
        ask::anything(words, "declared-reason", "ask-reason"),
    ];
    Row::of(above.into_iter().chain(cells).collect())
}

fn row_score(form: &Declared, words: &Words) -> Cell {
    let refusal = words.say("ask-row-score-refusal", &[("total", &form.total.normalize())]);
    ask::between(words.of("declared-score"), form.total, words.of("ask-row-score"), refusal)
}

/// 总分: weights and scores of the budget's row and of all others.
fn total_row(form: &Declared, words: &Words, money: u32, first: u32, last: u32) -> Row {
    let sum = |column: u16| {
        let budget = address(money, column);
        let cells = format!("{}:{}", address(first, column), address(last, column));
        let sum = format!("IF(COUNT({budget},{cells})=0,\"\",ROUND(SUM({budget},{cells}),2))");
        let outcome = match column {
            WEIGHT => Outcome::Score(budget_weight(form)),
            _ => Outcome::Words(String::new()),
        };
        Cell::formula(sum, outcome).style(Style::Sum)
    };
    let name = Cell::text(words.of("declared-total")).style(Style::Sum).span(WEIGHT);
    Row::of(vec![name, sum(WEIGHT), sum(SCORE), Cell::empty(Style::Sum)])
}
