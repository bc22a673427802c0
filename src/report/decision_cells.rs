//! Where things stand in 核定表, and how the formulas of other sheets take them from there.

use crate::carry::Holds;

use super::plan::Plan;
use super::table::{Link, column_area};

/// The first row of the list: under the heading, the sentence, and the headings of the columns.
pub const FIRST: u32 = 3;

/// The columns in their order, by their headings in the texts of the report, with what a later run reads in them.
pub const COLUMNS: [(&str, Holds); 29] = [
    ("column-number", Holds::Other),
    ("column-department", Holds::Department),
    ("column-indicator", Holds::Indicator),
    ("column-points", Holds::Other),
    ("column-claim", Holds::Claim),
    ("column-lowest", Holds::Other),
    ("column-highest", Holds::Other),
    ("column-verdict", Holds::Problem),
    ("column-open-question", Holds::Why),
    ("column-proposed", Holds::Other),
    ("column-confirmed", Holds::Confirmed),
    ("column-reason", Holds::Reason),
    ("column-reviewer", Holds::Reviewer),
    ("column-date", Holds::Date),
    ("column-state", Holds::State),
    ("column-progress", Holds::Other),
    ("column-remark", Holds::Remark),
    ("column-change", Holds::Change),
    ("column-department-number", Holds::DepartmentNumber),
    ("column-decided", Holds::Other),
    ("column-grantable", Holds::Other),
    ("column-agreed", Holds::Other),
    ("column-overstated", Holds::Other),
    ("column-understated", Holds::Other),
    ("column-doubted", Holds::Other),
    ("column-open", Holds::Other),
    ("column-key", Holds::Key),
    ("column-basis", Holds::Basis),
    ("column-signed", Holds::Signed),
];

/// Where a column stands, from 0.
pub fn place_of(key: &str) -> u16 {
    let at = COLUMNS.iter().position(|(known, _)| *known == key);
    debug_assert!(at.is_some(), "no column {key}");
    at.unwrap_or_default() as u16
}

/// The rows of the list as a formula of another sheet writes a column of them; none where there are none.
fn area(plan: &Plan, key: &str) -> Option<String> {
    let count = plan.decisions.iter().map(Vec::len).sum::<usize>() as u32;
    let first = FIRST;
    (count > 0).then(|| column_area(&plan.word("sheet-confirmed"), first, first + count - 1, place_of(key)))
}

/// The sum of a column over a department's rows, as a formula of another sheet writes it.
pub fn sum_of(plan: &Plan, number: usize, key: &str) -> String {
    match (area(plan, "column-department-number"), area(plan, key)) {
        (Some(numbers), Some(points)) => format!("SUMIF({numbers},{number},{points})"),
        _ => "0".to_owned(),
    }
}

/// The sum of a column over a department's rows in which another column has a word.
pub fn sum_where(plan: &Plan, number: usize, key: &str, (column, word): (&str, &str)) -> String {
    match (area(plan, "column-department-number"), area(plan, column), area(plan, key)) {
        (Some(numbers), Some(words), Some(points)) => {
            format!("SUMIFS({points},{numbers},{number},{words},\"{word}\")")
        }
        _ => "0".to_owned(),
    }
}

/// How many rows of the departments up to a number, from another on, have a word in a column.
pub fn count_where(plan: &Plan, (first, last): (usize, usize), column: &str, word: &str) -> String {
    match (area(plan, "column-department-number"), area(plan, column)) {
        (Some(numbers), Some(words)) => {
            format!("COUNTIFS({numbers},\">={first}\",{numbers},\"<={last}\",{words},\"{word}\")")
        }
        _ => "0".to_owned(),
    }
}

/// A column's points of an indicator over all departments, by its name, which stands in a cell of the formula's own sheet.
pub fn points_of(plan: &Plan, key: &str, name: &str, cell: &str) -> Option<String> {
    let (names, points) = (area(plan, "column-indicator")?, area(plan, key)?);
    // A condition takes some characters for patterns, and a sign before a name for a comparison.
    let escaped = ["~", "*", "?"]
        .iter()
        .fold(cell.to_owned(), |text, character| format!("SUBSTITUTE({text},\"{character}\",\"~{character}\")"));
    (name.chars().count() <= CONDITION_MAX).then(|| format!("SUMIF({names},\"=\"&{escaped},{points})"))
}

/// Characters that a condition of SUMIF may have, each of a name's escaped.
const CONDITION_MAX: usize = 127;

/// The row of an entry, for formulas that look it up by its key also after the list was sorted.
pub fn row_of_key(plan: &Plan, key: &str) -> String {
    area(plan, "column-key").map_or_else(|| "0".to_owned(), |keys| format!("IFERROR(MATCH({key},{keys},0),0)"))
}

/// What stands in a column of the row that another cell has the number of; nothing where it has none.
pub fn looked_up(plan: &Plan, row: &str, holds: Holds) -> String {
    let key = COLUMNS.iter().find(|(_, held)| *held == holds).map_or("", |(key, _)| *key);
    let Some(cells) = area(plan, key) else { return "\"\"".to_owned() };
    format!("IF({row}=0,\"\",IF(INDEX({cells},{row})=\"\",\"\",INDEX({cells},{row})))")
}

/// The row of a decision, for links.
pub fn link_to(plan: &Plan, index: usize, place: usize) -> Link {
    let row = FIRST + plan.decision_place(index, place) as u32;
    Link::Here(plan.word("sheet-confirmed"), row, place_of("column-confirmed"))
}
