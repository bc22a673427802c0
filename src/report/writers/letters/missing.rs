//! The letter to a department that handed in nothing. It asks, and says what to do where something was handed in after all.

use std::collections::BTreeMap;
use std::fmt::Display;

use crate::across::roster::{Reported, Reporting, State};
use crate::text::Language;

use super::Piece;
use crate::report::plan::Plan;
use crate::report::visible::visible;

/// The letters to those who handed in nothing, in the order of the roster, each with its department's name.
pub fn letters(plan: &Plan) -> Vec<(String, Vec<Piece>)> {
    let Some(reporting) = &plan.batch.whole.roster else { return Vec::new() };
    let year = usual_year(plan);
    let missing = reporting.departments.iter().filter(|department| department.state == State::Missing);
    missing
        .map(|department| (department.due.name.clone(), letter(plan.language, reporting, department, year)))
        .collect()
}

/// The year that most submissions of the batch are of.
fn usual_year(plan: &Plan) -> Option<i32> {
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for year in plan.departments.iter().filter_map(|department| department.audit.year) {
        *counts.entry(year).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(year, _)| year)
}

fn letter(language: Language, reporting: &Reporting, department: &Reported, year: Option<i32>) -> Vec<Piece> {
    let say = |key: &str, holes: &[(&str, &dyn Display)]| language.say(&format!("letter.{key}"), holes);
    let word = |key: &str| say(key, &[]);
    let year = year.map(|year| say("of-year", &[("year", &year)])).unwrap_or_default();
    let due = match &department.due.deadline {
        Some(date) => say("missing-due", &[("date", &visible(date)), ("year", &year)]),
        None => say("missing-asked", &[("year", &year)]),
    };
    let mut pieces = vec![
        Piece::Number(word("number")),
        Piece::Title(say("missing-title", &[("year", &year)])),
        Piece::Addressee(say("addressee", &[("unit", &visible(&department.due.name))])),
        Piece::Text(format!("{due}{}", word("missing-nothing"))),
        Piece::Text(word("missing-please")),
    ];
    if reporting.nobodys > 0 {
        pieces.push(Piece::Text(say("missing-nobodys", &[("count", &reporting.nobodys)])));
    }
    pieces.extend([Piece::Last(word("end")), Piece::Signature(String::new())]);
    pieces.extend(["sender", "date"].map(|key| Piece::Signature(word(key))));
    pieces.push(Piece::Text(word("contact")));
    pieces
}
