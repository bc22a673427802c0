//! Which facts an indicator is computed from.

use crate::rulebook::{Indicator, Scorecard};

/// The facts that `indicator` uses under any reading, in rulebook order.
pub fn facts_of<'a>(card: &'a Scorecard, indicator: &Indicator) -> Vec<&'a str> {
    let names: Vec<&str> = indicator.names().collect();
    card.facts.iter().map(|fact| fact.id.as_str()).filter(|id| names.contains(id)).collect()
}

/// The indicators that use `fact`, in card order.
pub fn users_of<'a>(card: &'a Scorecard, fact: &str) -> impl Iterator<Item = &'a Indicator> {
    card.indicators.iter().filter(move |indicator| indicator.uses(fact))
}

/// The only indicator that uses `fact`, if it is only one.
pub fn only_user_of<'a>(card: &'a Scorecard, fact: &str) -> Option<&'a Indicator> {
    let mut users = users_of(card, fact);
    users.next().filter(|_| users.next().is_none())
}
