//! Which facts an indicator is computed from.

use crate::rulebook::expression::Expression;
use crate::rulebook::{Condition, Criterion, Indicator, Rule, Scorecard};

/// The facts that `indicator` uses under any reading, in rulebook order.
pub fn facts_of(card: &Scorecard, indicator: &Indicator) -> Vec<String> {
    let mut names = Vec::new();
    for reading in &indicator.readings {
        reading.criteria.iter().for_each(|criterion| in_criterion(criterion, &mut names));
        reading.zero_when.iter().chain(&reading.full_when).for_each(|condition| in_condition(condition, &mut names));
    }
    card.facts.iter().map(|fact| fact.id.clone()).filter(|id| names.contains(id)).collect()
}

/// The indicators that use `fact`, in card order.
pub fn users_of<'a>(card: &'a Scorecard, fact: &str) -> Vec<&'a Indicator> {
    card.indicators.iter().filter(|indicator| facts_of(card, indicator).iter().any(|used| used == fact)).collect()
}

/// The only indicator that uses `fact`, if it is only one.
pub fn only_user_of<'a>(card: &'a Scorecard, fact: &str) -> Option<&'a Indicator> {
    match users_of(card, fact).as_slice() {
        [indicator] => Some(indicator),
        _ => None,
    }
}

fn in_criterion(criterion: &Criterion, names: &mut Vec<String>) {
    match &criterion.rule {
        Rule::Proportion { value, target, .. } => {
            in_expression(value, names);
            in_expression(target, names);
        }
        Rule::Bands { value, .. } | Rule::StepDeduction { value, .. } | Rule::CountDeduction { value, .. } => {
            in_expression(value, names);
        }
        Rule::Choice { fact, .. } | Rule::Attested { fact } => names.push(fact.clone()),
        Rule::Judgement => {}
    }
    criterion.zero_when.iter().chain(&criterion.full_when).for_each(|condition| in_condition(condition, names));
}

fn in_condition(condition: &Condition, names: &mut Vec<String>) {
    match condition {
        Condition::Is { fact, .. } => names.push(fact.clone()),
        Condition::Compare { value, with, .. } => {
            in_expression(value, names);
            in_expression(with, names);
        }
    }
}

/// The names that an expression holds, in its order.
pub fn in_expression(expression: &Expression, names: &mut Vec<String>) {
    match expression {
        Expression::Number { .. } => {}
        Expression::Name(name) => names.push(name.clone()),
        Expression::Binary { left, right, .. } => {
            in_expression(left, names);
            in_expression(right, names);
        }
    }
}
