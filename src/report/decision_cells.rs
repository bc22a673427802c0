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
    let count = plan.decisions_in_all() as u32;
    let first = FIRST;
    (count > 0).then(|| column_area(&plan.word("sheet-confirmed"), first, first + count - 1, place_of(key)))
}

/// The rows of a department as they were laid out, one under the other, as a formula of another sheet writes a column of them; none
/// where it has none.
fn own_area(plan: &Plan, number: usize, key: &str) -> Option<String> {
    let index = number.checked_sub(1)?;
    let count = plan.decisions.get(index)?.len() as u32;
    let first = FIRST + plan.decision_place(index, 0) as u32;
    (count > 0).then(|| column_area(&plan.word("sheet-confirmed"), first, first + count - 1, place_of(key)))
}

/// Whether the rows of a department still stand as they were laid out, as a formula that gives 1 or 0. Then its sums need no look at
/// the rows of all the others, which would take as many looks as there are departments, times themselves. In a list that was sorted,
/// or in which rows were added or deleted, its rows are found by their number.
pub fn in_place(plan: &Plan, number: usize) -> String {
    let count = number.checked_sub(1).and_then(|index| plan.decisions.get(index)).map_or(0, Vec::len);
    own_area(plan, number, "column-department-number")
        .map_or_else(|| "0".to_owned(), |own| format!("IFERROR(IF(COUNTIF({own},{number})={count},1,0),0)"))
}

/// What is counted or added up of a department's own rows while they are in their place, else of all rows.
#[derive(Clone, Copy)]
pub struct Own<'p> {
    /// The report.
    pub plan: &'p Plan<'p>,
    /// The number of the department.
    pub number: usize,
}

impl Own<'_> {
    /// The sum of a column; `place` is the cell that tells whether the rows are in their place.
    pub fn sum_of(self, place: &str, key: &str) -> String {
        let own = own_area(self.plan, self.number, key).map(|points| format!("SUM({points})"));
        either(place, own, sum_of(self.plan, self.number, key))
    }

    /// The sum of a column over the rows in which another column has a word.
    pub fn sum_where(self, place: &str, key: &str, (column, word): (&str, &str)) -> String {
        let [points, words] = [key, column].map(|key| own_area(self.plan, self.number, key));
        let own = points.zip(words).map(|(points, words)| format!("SUMIFS({points},{words},\"{word}\")"));
        either(place, own, sum_where(self.plan, self.number, key, (column, word)))
    }

    /// How many rows have a word in a column.
    pub fn count_where(self, place: &str, column: &str, word: &str) -> String {
        let own = own_area(self.plan, self.number, column).map(|words| format!("COUNTIF({words},\"{word}\")"));
        either(place, own, count_where(self.plan, (self.number, self.number), column, word))
    }
}

fn either(place: &str, own: Option<String>, of_all: String) -> String {
    match own {
        Some(own) => format!("IF({place}=1,{own},{of_all})"),
        None => of_all,
    }
}

/// The sum of a column over a department's rows, as a formula of another sheet writes it.
pub fn sum_of(plan: &Plan, number: usize, key: &str) -> String {
    match (area(plan, "column-department-number"), area(plan, key)) {
        (Some(numbers), Some(points)) => format!("SUMIF({numbers},{number},{points})"),
        _ => "0".to_owned(),
    }
}

/// The sum of a column over a department's rows in which another column has a word.
fn sum_where(plan: &Plan, number: usize, key: &str, (column, word): (&str, &str)) -> String {
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

/// A column's points of an indicator over all departments, by its name, which stands in a cell of the formula's own sheet. Of several
/// submissions of one department only what counts is added: `counting` says of a department's number whether it does, as 1 or 0. None where
/// no formula can say it.
pub fn points_of(
    plan: &Plan,
    key: &str,
    (name, cell): (&str, &str),
    counting: impl Fn(usize) -> String,
) -> Option<String> {
    let (names, points) = (area(plan, "column-indicator")?, area(plan, key)?);
    // A condition takes some characters for patterns, and a sign before a name for a comparison.
    let escaped = ["~", "*", "?"]
        .iter()
        .fold(cell.to_owned(), |text, character| format!("SUBSTITUTE({text},\"{character}\",\"~{character}\")"));
    let numbers = area(plan, "column-department-number")?;
    let twins = plan.departments.iter().zip(&plan.twins).filter(|(_, twin)| twin.is_some());
    let twins: Vec<usize> = twins.map(|(department, _)| department.number).collect();
    if name.chars().count() > CONDITION_MAX || twins.len() > TWINS_MAX {
        return None;
    }
    let left_out = twins.iter().map(|number| {
        let own = format!("SUMIFS({points},{names},\"=\"&{escaped},{numbers},{number})");
        format!("-{own}*(1-{})", counting(*number))
    });
    Some(format!("SUMIF({names},\"=\"&{escaped},{points}){}", left_out.collect::<String>()))
}

/// So many submissions of departments with several fit into one formula: some 300 of its 8,192 characters each.
const TWINS_MAX: usize = 20;

/// Characters that a condition of SUMIF may have, each of a name's escaped.
const CONDITION_MAX: usize = 127;

/// The row of an entry, for formulas that look it up by its key also after the list was sorted. `row`: where it was laid out, which
/// is looked at before all others.
pub fn row_of_key(plan: &Plan, key: &str, row: usize) -> String {
    let found =
        |keys: String| format!("IF(IFERROR(INDEX({keys},{row}),\"\")={key},{row},IFERROR(MATCH({key},{keys},0),0))");
    area(plan, "column-key").map_or_else(|| "0".to_owned(), found)
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
