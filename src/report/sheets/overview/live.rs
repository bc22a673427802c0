//! What of 总览 follows the entries by formula: grades, their change, and totals that are not final yet.

use rust_decimal::Decimal;

use crate::decimal_text::score_text;
use crate::report::plan::Plan;
use crate::report::table::{Cell, Outcome};
use crate::rulebook::Grade;

/// The sign behind a grade that falls, in every language.
pub(super) const LOWER: &str = "▼";

/// Holes of a sentence that a formula fills.
pub(super) const HOLES: [char; 2] = ['¤', '¥'];

/// A sentence of the report with holes, as a formula that fills each with what a cell holds.
pub(super) fn sentence_formula(sentence: &str, cells: &[&str]) -> String {
    let quoted = |part: &str| format!("\"{}\"", part.replace('"', "\"\""));
    let mut parts = Vec::new();
    let mut rest = sentence;
    while let Some(at) = rest.find(HOLES) {
        let (before, after) = rest.split_at(at);
        let hole = after.chars().next().and_then(|hole| HOLES.iter().position(|known| *known == hole));
        parts.push(quoted(before));
        parts.extend(hole.and_then(|hole| cells.get(hole)).map(|cell| (*cell).to_owned()));
        rest = after.trim_start_matches(HOLES);
    }
    parts.push(quoted(rest));
    parts.join("&")
}

/// A total that is final only when nothing is open; until then it tells how much is. `count` and `total` are formulas, the last
/// two what they give.
pub fn unfinished(plan: &Plan, count: &str, total: &str, (open, granted): (usize, Decimal)) -> Cell {
    let said = |count: &dyn std::fmt::Display| plan.say("overview-unfinished", &[("count", count)]);
    let formula = format!("IF({count}>0,{},ROUND({total},10))", sentence_formula(&said(&HOLES[0]), &[count]));
    let stored = if open == 0 { Outcome::Score(granted) } else { Outcome::Words(said(&open)) };
    Cell::formula(formula, stored)
}

/// The place of a total's grade among the grades, from 1 for the best.
pub(super) fn rank_formula(grades: &[Grade], total: &str) -> String {
    let better = &grades[..grades.len().saturating_sub(1)];
    let open: String = (1..)
        .zip(better)
        .map(|(place, grade)| format!("IF(ROUND({total},2)>={},{place},", grade.from.normalize()))
        .collect();
    format!("{open}{}{}", grades.len(), ")".repeat(better.len()))
}

/// The grade of the total in a cell, as nested conditions from the best grade down.
pub fn grade_formula(grades: &[Grade], total: &str) -> String {
    let words = |grade: &Grade| format!("\"{}\"", grade.name.replace('"', "\"\""));
    let Some((last, better)) = grades.split_last() else { return "\"\"".to_owned() };
    let open: String = better
        .iter()
        .map(|grade| format!("IF(ROUND({total},2)>={},{},", grade.from.normalize(), words(grade)))
        .collect();
    format!("{open}{}{}", words(last), ")".repeat(better.len()))
}

/// The range of a total in words, such as `22.10 – 98.95`.
pub fn interval(low: Decimal, high: Option<Decimal>) -> String {
    let high = high.map_or_else(|| "…".to_owned(), score_text);
    format!("{} – {high}", score_text(low))
}
