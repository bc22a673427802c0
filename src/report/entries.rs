//! What a reviewer typed, as cells.

use crate::assigned::Picked;
use crate::audit::Assigned;
use crate::carry::{Confirmed, Entry, STATES, State, Typed};
use crate::rulebook::{Fact, FactKind, Scorecard};

use rust_decimal::Decimal;

use super::plan::Plan;
use super::table::{Cell, Input};

/// The reviewer's words for a state.
pub fn state_words(plan: &Plan, typed: Option<&Typed>) -> String {
    state_or(plan, typed, STATES[0])
}

/// The same where a row starts with another state.
pub fn state_or(plan: &Plan, typed: Option<&Typed>, first: &str) -> String {
    match typed.and_then(|typed| typed.state.as_ref()) {
        Some(State::Known(key)) => plan.word(key),
        Some(State::Words(words)) => words.clone(),
        None => plan.word(first),
    }
}

/// 核定分 as it was typed.
pub fn confirmed_cell(typed: Option<&Typed>) -> Cell {
    match typed.and_then(|typed| typed.confirmed.as_ref()) {
        Some(Confirmed::Points(points)) => Cell::figure(*points),
        Some(Confirmed::Words(words)) => Cell::text(words.clone()),
        None => Cell::default(),
    }
}

/// A value as it was entered.
pub fn value_cell(entered: Option<&Entry>) -> Cell {
    match entered {
        Some(Entry::Number(number)) => Cell::figure(*number),
        Some(entry) => Cell::text(entry.text()),
        None => Cell::default(),
    }
}

/// A value as it was entered of a fact, as a number of its unit.
pub fn value_of_fact(entered: Option<&Entry>, fact: &Fact) -> Cell {
    value_cell(entered.map(|entry| entry.of_kind(&fact.kind)).as_ref())
}

/// A score as it was entered.
pub fn score_cell(entered: Option<&Entry>) -> Cell {
    value_cell(entered.map(|entry| entry.as_number(false)).as_ref())
}

/// What was picked as 对应数据项, in the words that the list offers.
pub fn picked_words(plan: &Plan, picked: &Picked) -> String {
    match picked {
        Picked::Nothing => plan.word("assigned-nothing"),
        Picked::Score(name) => format!("{}{name}", plan.word("assigned-score")),
        Picked::Words(words) => words.clone(),
    }
}

/// What a reviewer said that a cell is, in the words that the list offers.
pub fn assigned_words(plan: &Plan, card: Option<&Scorecard>, assigned: &Assigned) -> String {
    let label = |id: &str| {
        let facts = card.map_or(&[][..], |card| &card.facts);
        facts.iter().find(|fact| fact.id == id).map_or_else(|| id.to_owned(), |fact| fact.label.clone())
    };
    let name = |id: &str| {
        let indicators = card.map_or(&[][..], |card| &card.indicators);
        indicators.iter().find(|one| one.id == id).map_or_else(|| id.to_owned(), |one| one.name.clone())
    };
    let picked = match assigned {
        Assigned::Nothing => Picked::Nothing,
        Assigned::Fact(id) => Picked::Words(label(id)),
        Assigned::Indicator(id) => Picked::Score(name(id)),
        Assigned::Words(words) => Picked::Words(words.clone()),
    };
    picked_words(plan, &picked)
}

/// What may be entered as a value of this fact.
pub fn input(fact: &Fact) -> Input {
    match &fact.kind {
        FactKind::YesNo => Input::Words(vec![crate::contract::YES.to_owned(), crate::contract::NO.to_owned()]),
        FactKind::Choice { options } => Input::Words(options.clone()),
        FactKind::Money { .. } => Input::Number(Some(Decimal::ZERO), None),
        FactKind::Declared { .. } => Input::Number(None, None),
        FactKind::Count { .. } => Input::Whole(Some(Decimal::ZERO)),
        FactKind::Percent { max } => Input::Number(Some(Decimal::ZERO), Some(*max)),
    }
}
