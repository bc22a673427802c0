//! What a cell takes, and what the person is told: on selecting it, and when an entry is refused.

use rust_decimal::Decimal;

use super::super::table::{Ask, Cell, Input};
use super::{Words, entry};
use crate::rulebook::{Fact, FactKind, Years};

/// Years offered where an edition names no last one.
const YEARS_OFFERED: i32 = 10;
/// Years that a report can be of.
const YEARS: (i32, i32) = (2000, 2099);

fn told(title: impl Into<String>, says: String, refusal: String) -> Ask {
    Ask { title: title.into(), says, refusal, lenient: false }
}

/// A cell that takes anything, with something to say about it.
pub fn anything(words: &Words, title: &str, says: &str) -> Cell {
    entry().input(Input::Anything).ask(told(words.of(title), words.of(says), String::new()))
}

/// The year: those the edition holds for are offered, others warned of; any year where it holds for all.
pub fn year(words: &Words, years: Years) -> Cell {
    let offered: Vec<String> = match years.from {
        Some(from) => {
            let last = years.to.unwrap_or(from + YEARS_OFFERED - 1).min(from + YEARS_OFFERED - 1);
            (from..=last).map(|year| year.to_string()).collect()
        }
        None => Vec::new(),
    };
    let example = offered.first().cloned().unwrap_or_else(|| "2020".to_owned());
    let says = words.say("ask-year", &[("year", &example)]);
    let title = words.of("year");
    if offered.is_empty() {
        let (low, high) = YEARS;
        let refusal = words.say("ask-year-refusal", &[("year", &example)]);
        let input = Input::Figure {
            low: Some(Decimal::from(low)),
            high: Some(Decimal::from(high)),
            whole: true,
            or: Vec::new(),
        };
        return entry().input(input).ask(told(title, says, refusal));
    }
    let ask = Ask { lenient: true, ..told(title, says, words.of("ask-year-usual")) };
    entry().input(Input::Words(offered)).ask(ask)
}

/// A score between 0 and the points.
pub fn score(words: &Words, name: &str, points: Decimal) -> Cell {
    let points_shown = points.normalize();
    let says = words.say("ask-score", &[("points", &points_shown)]);
    let refusal = words.say("ask-score-refusal", &[("name", &name), ("points", &points_shown)]);
    number(Some(Decimal::ZERO), Some(points), told(words.of("column-score"), says, refusal))
}

fn number(low: Option<Decimal>, high: Option<Decimal>, ask: Ask) -> Cell {
    entry().input(Input::Number(low, high)).ask(ask)
}

/// An amount in 万元.
pub fn amount(words: &Words, title: &str) -> Cell {
    number(Some(Decimal::ZERO), None, told(title, words.of("ask-amount"), words.of("ask-amount-refusal")))
}

/// A number between 0 and `high` with its own prompt and refusal.
pub fn between(title: String, high: Decimal, says: String, refusal: String) -> Cell {
    number(Some(Decimal::ZERO), Some(high), told(title, says, refusal))
}

/// One of some words.
pub fn one_of(title: String, options: Vec<String>, says: String, refusal: String) -> Cell {
    entry().input(Input::Words(options)).ask(told(title, says, refusal))
}

/// Anything; these words are offered.
pub fn offered(title: String, options: Vec<String>, says: String) -> Cell {
    entry().input(Input::Offered(options)).ask(told(title, says, String::new()))
}

/// The value of a fact. 不适用 may stand for any.
pub fn fact(words: &Words, fact: &Fact) -> Cell {
    let name: &dyn std::fmt::Display = &fact.label;
    let none = words.of("not-applicable");
    let with_none = |options: &[String]| options.iter().cloned().chain([none.clone()]).collect::<Vec<_>>();
    let figure = |high: Option<Decimal>, whole: bool, kind: &str, hole: (&str, &dyn std::fmt::Display)| {
        let says = words.say(&format!("ask-{kind}"), &[hole]);
        let refusal = words.say(&format!("ask-{kind}-refusal"), &[("name", name), hole]);
        let input = Input::Figure { low: Some(Decimal::ZERO), high, whole, or: vec![none.clone()] };
        entry().input(input).ask(told(fact.label.as_str(), says, refusal))
    };
    match &fact.kind {
        FactKind::YesNo => {
            let options = with_none(&[crate::contract::YES.to_owned(), crate::contract::NO.to_owned()]);
            one_of(fact.label.clone(), options, words.of("ask-yes-no"), words.of("ask-yes-no-refusal"))
        }
        FactKind::Choice { options } => {
            let listed = options.join("、");
            let says = words.say("ask-choice", &[("options", &listed)]);
            let refusal = words.say("ask-choice-refusal", &[("options", &listed)]);
            one_of(fact.label.clone(), with_none(options), says, refusal)
        }
        FactKind::Money { unit } | FactKind::Declared { unit } => figure(None, false, "money", ("unit", unit)),
        FactKind::Count { unit, .. } => figure(None, true, "count", ("unit", unit)),
        FactKind::Percent { max } => figure(Some(*max), false, "percent", ("max", &max.normalize())),
    }
}
