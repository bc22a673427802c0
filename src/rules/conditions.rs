//! Conditions around criteria and indicators: true, false, or not known.

use crate::contract::YES;
use crate::phrase::{Phrase, Term};
use crate::rulebook::expression::Expression;
use crate::rulebook::{Comparison, Condition};

use super::live::{Ends, Scope, Slot, guarded, noiseless, term, words};
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
            (Ok(left), Ok(right)) if comparison.holds(&left, &right) => {
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
        Ok((answer, false)) if needs_evidence && answer == YES => {
            Truth::Unknown(Unknown::because(Cause::Evidence(fact)))
        }
        Ok(_) => Truth::True(vec![fact]),
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

/// Conditions around a criterion or an indicator; an unknown condition counts both ways.
pub(crate) fn with_conditions(scope: &Scope, base: Ends, points: &str, zero: &[Condition], full: &[Condition]) -> Ends {
    let Ends { mut low, mut high } = base;
    let may_be_zero = either(zero, |condition| possible(scope, condition));
    let may_be_full = either(full, |condition| possible(scope, condition));
    let is_zero = either(zero, |condition| sure(scope, condition, false));
    let is_full = either(full, |condition| sure(scope, condition, true));
    if !full.is_empty() {
        low = format!("IF({is_full},{points},{low})");
    }
    if !zero.is_empty() {
        low = format!("IF({may_be_zero},0,{low})");
    }
    high = match (zero.is_empty(), full.is_empty()) {
        (true, true) => high,
        (false, true) => format!("IF({is_zero},0,{high})"),
        (true, false) => format!("IF({may_be_full},IF({is_full},{points},MAX({points},{high})),{high})"),
        (false, false) => format!(
            "IF({may_be_full},IF(OR({may_be_zero},{is_full}),{points},MAX({points},{high})),IF({is_zero},0,{high}))"
        ),
    };
    Ends { low, high }
}

fn either(conditions: &[Condition], say: impl Fn(&Condition) -> String) -> String {
    match conditions {
        [one] => say(one),
        several => format!("OR({})", several.iter().map(say).collect::<Vec<_>>().join(",")),
    }
}

/// True where the condition holds whatever is missing; one that earns points must also be proved.
fn sure(scope: &Scope, condition: &Condition, proved: bool) -> String {
    match condition {
        Condition::Is { fact, answer } => match scope.facts.get(fact) {
            Some(slot) if proved && answer == YES => {
                format!("AND({}={},{}<>\"\")", slot.value, words(answer), slot.evidence)
            }
            Some(slot) => format!("{}={}", slot.value, words(answer)),
            None => "FALSE".to_owned(),
        },
        Condition::Compare { value, comparison, with } => compared(scope, value, *comparison, with, "FALSE"),
    }
}

/// True where the condition may hold: not answered otherwise.
fn possible(scope: &Scope, condition: &Condition) -> String {
    match condition {
        Condition::Is { fact, answer } => match scope.facts.get(fact) {
            Some(slot) => not_otherwise(slot, answer),
            None => "TRUE".to_owned(),
        },
        Condition::Compare { value, comparison, with } => compared(scope, value, *comparison, with, "TRUE"),
    }
}

fn not_otherwise(slot: &Slot, answer: &str) -> String {
    let others: Vec<String> = slot
        .answers
        .iter()
        .filter(|other| *other != answer)
        .map(|other| format!("{}<>{}", slot.value, words(other)))
        .collect();
    match others.as_slice() {
        [] => "TRUE".to_owned(),
        [one] => one.clone(),
        several => format!("AND({})", several.join(",")),
    }
}

fn compared(scope: &Scope, value: &Expression, comparison: Comparison, with: &Expression, unknown: &str) -> String {
    let sign = match comparison {
        Comparison::Above => ">",
        Comparison::AtLeast => ">=",
        Comparison::Below => "<",
        Comparison::AtMost => "<=",
        Comparison::Equal => "=",
    };
    let [left, right] = [value, with].map(|side| noiseless(&term(scope, side)));
    let test = format!("{left}{sign}{right}");
    guarded(scope, &[value, with], None, &test, unknown)
}
