//! Conditions around criteria and indicators: true, false, or not known.

use crate::phrase::{Phrase, Term};
use crate::rulebook::{Comparison, Condition};

use super::outcome::{Cause, Truth, Unknown};
use super::wording::value_text;
use super::world::World;

/// Whether any of the conditions holds. 是 that earns points needs evidence; 是 that costs them needs none.
pub(crate) fn any<'a>(conditions: &'a [Condition], needs_evidence: bool, world: &World<'a>) -> Truth<'a> {
    let mut open: Option<Unknown<'a>> = None;
    for condition in conditions {
        match holds(condition, needs_evidence, world) {
            Truth::True(facts) => return Truth::True(facts),
            Truth::False => {}
            Truth::Unknown(why) => open = Some(open.take().unwrap_or_default().and(why)),
        }
    }
    open.map_or(Truth::False, Truth::Unknown)
}

fn holds<'a>(condition: &'a Condition, needs_evidence: bool, world: &World<'a>) -> Truth<'a> {
    match condition {
        Condition::Is { fact, answer } => is(fact, answer, needs_evidence, world),
        Condition::Compare { value, comparison, with } => match (world.value(value), world.value(with)) {
            (Ok(left), Ok(right)) if compares(&left, *comparison, &right) => {
                let names = value.names().into_iter().chain(with.names());
                Truth::True(names.filter(|name| world.is_fact(name)).collect())
            }
            (Ok(_), Ok(_)) => Truth::False,
            (left, right) => {
                let reasons = [left, right].into_iter().filter_map(Result::err);
                Truth::Unknown(reasons.fold(Unknown::default(), Unknown::and))
            }
        },
    }
}

fn is<'a>(fact: &'a str, wanted: &str, needs_evidence: bool, world: &World<'a>) -> Truth<'a> {
    match world.answer(fact) {
        Err(why) => Truth::Unknown(why),
        Ok((answer, _)) if answer != wanted => Truth::False,
        Ok((answer, false)) if needs_evidence && answer == crate::contract::YES => {
            Truth::Unknown(Unknown::because(Cause::Evidence(fact)))
        }
        Ok(_) => Truth::True(vec![fact]),
    }
}

fn compares<T: PartialOrd>(left: &T, comparison: Comparison, right: &T) -> bool {
    match comparison {
        Comparison::Above => left > right,
        Comparison::AtLeast => left >= right,
        Comparison::Below => left < right,
        Comparison::AtMost => left <= right,
        Comparison::Equal => left == right,
    }
}

/// The conditions that matter, with the numbers put in: the one that holds, else those not known.
pub(crate) fn say_conditions<'a>(conditions: &'a [Condition], needs_evidence: bool, world: &World<'a>) -> Term {
    let holding = conditions.iter().find(|one| matches!(holds(one, needs_evidence, world), Truth::True(_)));
    let told: Vec<Term> = match holding {
        Some(condition) => vec![say(condition, world)],
        None => conditions
            .iter()
            .filter(|one| holds(one, needs_evidence, world) != Truth::False)
            .map(|condition| say(condition, world))
            .collect(),
    };
    Term::joined(told, "working.or")
}

fn say<'a>(condition: &'a Condition, world: &World<'a>) -> Term {
    match condition {
        Condition::Is { fact, answer } => {
            Phrase::new("working.is").with("fact", world.label(fact)).with("answer", answer).into()
        }
        Condition::Compare { value, comparison, with } => {
            let put = |name: &str| match value_text(name, world) {
                None => world.label(name).to_owned(),
                Some(figure) => format!("{} {figure}", world.label(name)),
            };
            format!("{} {} {}", value.written(&put), sign(*comparison), with.written(&put)).into()
        }
    }
}

fn sign(comparison: Comparison) -> char {
    match comparison {
        Comparison::Above => '>',
        Comparison::AtLeast => '≥',
        Comparison::Below => '<',
        Comparison::AtMost => '≤',
        Comparison::Equal => '=',
    }
}
