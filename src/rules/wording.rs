//! Numbers, points and gaps in words, for the working.

use crate::fraction::{Fraction, digits, exact};
use crate::rulebook::FactKind;
use crate::rulebook::expression::Expression;
use crate::text::Language;

use super::outcome::{Cause, Unknown, ZeroDivision};
use super::world::World;

/// A number with at most four decimals, `≈` before it where that is not all of it.
pub(crate) fn number_text(value: &Fraction) -> String {
    match digits(value, 6) {
        (text, true) => text,
        _ => format!("≈{}", digits(value, 4).0),
    }
}

/// ` = 0.4`, or ` ≈ 0.9229` where that is not all of it.
pub(crate) fn equals_text(value: &Fraction) -> String {
    match number_text(value).strip_prefix('≈') {
        Some(text) => format!("≈ {text}"),
        None => format!("= {}", number_text(value)),
    }
}

/// A percentage that never looks as if it stood on an edge when it does not.
pub(crate) fn percent_text(value: &Fraction, edges: &[Fraction]) -> String {
    let hundredfold = value * exact(rust_decimal::Decimal::ONE_HUNDRED);
    let on_edge =
        |text: &str| edges.iter().any(|edge| digits(&(edge * exact(rust_decimal::Decimal::ONE_HUNDRED)), 28).0 == text);
    for decimals in [2, 4, 8, 16, 28] {
        let (text, whole) = digits(&hundredfold, decimals);
        if whole {
            return format!("= {text}%");
        }
        if !on_edge(&text) {
            return format!("≈ {text}%");
        }
    }
    format!("≈ {}%", digits(&hundredfold, 28).0)
}

/// Points with at least two decimals, `≈` before them where that is not all.
pub(crate) fn points_text(value: &Fraction) -> String {
    let text = number_text(value);
    let missing = match text.split_once('.') {
        None => ".00",
        Some((_, part)) if part.len() == 1 => "0",
        Some(_) => "",
    };
    format!("{text}{missing}")
}

/// A range of points: one number, or `0 至 1`.
pub(crate) fn range_text(low: &str, high: &str, language: Language) -> String {
    if low == high {
        return low.to_owned();
    }
    language.say("working.range", &[("low", &low), ("high", &high)])
}

/// What a name's number looks like in a sum: in the fact's own unit, a percentage with its sign.
pub(crate) fn value_text<'a>(name: &str, world: &World<'a>) -> String {
    if let Some(points) = world.points_of(name) {
        return number_text(points).trim_start_matches('≈').to_owned();
    }
    let (Some(used), Some(figure)) = (world.used(name), world.figure(name)) else {
        return "?".to_owned();
    };
    let text = crate::decimal_text::figure_text(figure);
    match used.fact.kind {
        FactKind::Percent { .. } => format!("{text}%"),
        _ => text,
    }
}

/// An expression with its numbers put in.
pub(crate) fn sum_text<'a>(expression: &'a Expression, world: &World<'a>) -> String {
    expression.written(&|name| value_text(name, world))
}

/// What is missing, in words: `缺 政府采购计划金额`. `name` is the line's own beginning, and is not repeated.
pub(crate) fn unknown_text<'a>(why: &Unknown<'a>, name: &str, world: &World<'a>, language: Language) -> String {
    let mut parts: Vec<String> = why.zeros.iter().map(|zero| zero_text(zero, world, language)).collect();
    for (gap, facts) in gaps(why, world) {
        let labels: Vec<&str> = facts.iter().map(|fact| world.label(fact)).collect();
        if labels == [name] {
            parts.push(language.word(&format!("working.{gap}-self")));
        } else {
            parts.push(
                language.say(&format!("working.{gap}"), &[("facts", &labels.join(&language.word("working.list")))]),
            );
        }
    }
    if why.causes.contains(&Cause::Judgement) {
        parts.push(language.word("working.judgement"));
    }
    parts.join(&language.word("working.and"))
}

fn zero_text<'a>(zero: &ZeroDivision<'a>, world: &World<'a>, language: Language) -> String {
    let key = if zero.not_applicable { "working.zero-by-zero" } else { "working.by-zero" };
    let labels: Vec<&str> = zero.facts.iter().map(|fact| world.label(fact)).collect();
    language.say(key, &[("facts", &labels.join(&language.word("working.list")))])
}

/// The facts by what is wrong with each, in the order in which people are told; zero denominators are told apart.
fn gaps<'a>(why: &Unknown<'a>, world: &World<'a>) -> Vec<(&'static str, Vec<&'a str>)> {
    let mut gaps: Vec<(&'static str, Vec<&'a str>)> =
        ["missing", "unusable", "not-applicable", "no-evidence", "conflict"].map(|gap| (gap, Vec::new())).into();
    for cause in &why.causes {
        if let Some((gap, fact)) = gap(cause, why, world)
            && let Some((_, facts)) = gaps.iter_mut().find(|(known, _)| *known == gap)
        {
            facts.push(fact);
        }
    }
    gaps.retain(|(_, facts)| !facts.is_empty());
    gaps
}

fn gap<'a>(cause: &Cause<'a>, why: &Unknown<'a>, world: &World<'a>) -> Option<(&'static str, &'a str)> {
    match cause {
        Cause::Judgement => None,
        Cause::Evidence(fact) => Some(("no-evidence", fact)),
        Cause::Conflict(fact) => Some(("conflict", fact)),
        Cause::Fact(fact) if why.zeros.iter().any(|zero| zero.facts.contains(fact)) => None,
        Cause::Fact(fact) => match world.used(fact) {
            Some(used) if used.not_applicable => Some(("not-applicable", fact)),
            Some(used) if used.answered => Some(("unusable", fact)),
            _ => Some(("missing", fact)),
        },
    }
}
