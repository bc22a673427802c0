//! Which facts an indicator is computed from.

use crate::rulebook::expression::Expression;
use crate::rulebook::{Condition, Criterion, Indicator, Rule, Scorecard};

/// The facts that `indicator` uses under any reading, in rulebook order.
pub fn facts_of<'a>(card: &'a Scorecard, indicator: &Indicator) -> Vec<&'a str> {
    let names = names_in(indicator);
    card.facts.iter().map(|fact| fact.id.as_str()).filter(|id| names.contains(id)).collect()
}

/// The indicators that use `fact`, in card order.
pub fn users_of<'a>(card: &'a Scorecard, fact: &str) -> impl Iterator<Item = &'a Indicator> {
    card.indicators.iter().filter(move |indicator| names_in(indicator).contains(&fact))
}

/// The only indicator that uses `fact`, if it is only one.
pub fn only_user_of<'a>(card: &'a Scorecard, fact: &str) -> Option<&'a Indicator> {
    let mut users = users_of(card, fact);
    users.next().filter(|_| users.next().is_none())
}

/// The names in all rules and conditions of an indicator: facts, and criteria that expressions refer to.
fn names_in(indicator: &Indicator) -> Vec<&str> {
    let mut names = Vec::new();
    for reading in &indicator.readings {
        reading.criteria.iter().for_each(|criterion| in_criterion(criterion, &mut names));
        reading.zero_when.iter().chain(&reading.full_when).for_each(|condition| in_condition(condition, &mut names));
    }
    names
}

fn in_criterion<'a>(criterion: &'a Criterion, names: &mut Vec<&'a str>) {
    match &criterion.rule {
        Rule::Proportion { value, target, .. } => {
            in_expression(value, names);
            in_expression(target, names);
        }
        Rule::Bands { value, .. } | Rule::StepDeduction { value, .. } | Rule::CountDeduction { value, .. } => {
            in_expression(value, names);
        }
        Rule::Choice { fact, .. } | Rule::Attested { fact } => names.push(fact),
        Rule::Judgement => {}
    }
    criterion.zero_when.iter().chain(&criterion.full_when).for_each(|condition| in_condition(condition, names));
}

fn in_condition<'a>(condition: &'a Condition, names: &mut Vec<&'a str>) {
    match condition {
        Condition::Is { fact, .. } => names.push(fact),
        Condition::Compare { value, with, .. } => {
            in_expression(value, names);
            in_expression(with, names);
        }
    }
}

/// The names that an expression holds, in its order.
pub fn in_expression<'a>(expression: &'a Expression, names: &mut Vec<&'a str>) {
    match expression {
        Expression::Number { .. } => {}
        Expression::Name(name) => names.push(name),
        Expression::Binary { left, right, .. } => {
            in_expression(left, names);
            in_expression(right, names);
        }
    }
}
