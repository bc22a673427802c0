//! A constant typed over a formula of the form is told; a formula is not.

use fuhe::report::table::{Outcome, Table, Value};
use fuhe::rulebook::Rulebook;

use super::filling::*;

fn filled(rulebook: &Rulebook) -> Vec<Table> {
    let mut tables = blank(rulebook);
    fill_all_but_scores(&mut tables, rulebook);
    let scores: Vec<Value> = card(rulebook).indicators.iter().map(|one| Value::Number(one.most(), None)).collect();
    fill_scores(&mut tables, &scores);
    tables
}

/// The cells that were told to be typed over formulas.
fn told(tables: Vec<Table>, rulebook: &Rulebook) -> Vec<String> {
    let audit = audited(&saved(tables), rulebook);
    let told = audit.findings.iter().filter(|finding| finding.code.as_str() == "formula-replaced");
    let mut cells: Vec<String> = told
        .filter_map(|finding| finding.source.as_ref())
        .map(|source| format!("{}!{}", source.sheet, source.cell))
        .collect();
    cells.sort();
    cells
}

/// Types the stored result over every formula of the sheet whose address is among `cells`.
fn type_over(tables: &mut [Table], name: &str, value: Value) -> usize {
    let table = sheet(tables, name);
    let formulas = table.rows.iter_mut().flat_map(|row| &mut row.cells);
    let mut typed = 0;
    for cell in formulas.filter(|cell| matches!(cell.value, Value::Formula(_, Outcome::Words(_))) && cell.width() == 1)
    {
        cell.value = value.clone();
        typed += 1;
    }
    typed
}

#[test]
fn totals_and_grade_typed_by_hand_are_told_and_formulas_are_not() {
    let rulebook = &rulebooks()[0];
    assert!(told(filled(rulebook), rulebook).is_empty());
    let mut tables = filled(rulebook);
    assert_eq!(type_over(&mut tables, "评分表", number("100")), 2);
    // Both the total and the grade, with nothing computed left beside them.
    let table = sheet(&mut tables, "评分表");
    let last = table.rows.len() - 1;
    table.rows[last].cells[1].value = text("优");
    assert_eq!(told(tables, rulebook), ["评分表!F25", "评分表!F26"]);
}

#[test]
fn a_sum_of_the_completion_table_typed_by_hand_is_told() {
    let rulebook = &rulebooks()[0];
    let mut tables = filled(rulebook);
    assert_eq!(type_over(&mut tables, "自评表", number("120.55")), 4);
    assert_eq!(told(tables, rulebook), ["自评表!D15", "自评表!E15", "自评表!F15", "自评表!G15"]);
}
