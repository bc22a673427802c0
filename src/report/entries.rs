//! What a reviewer typed, as cells.

use crate::carry::{Confirmed, STATES, State, Typed};

use super::plan::Plan;
use super::table::Cell;

/// The reviewer's words for a state.
pub fn state_words(plan: &Plan, typed: Option<&Typed>) -> String {
    match typed.and_then(|typed| typed.state.as_ref()) {
        Some(State::Known(key)) => plan.word(key),
        Some(State::Words(words)) => words.clone(),
        None => plan.word(STATES[0]),
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
