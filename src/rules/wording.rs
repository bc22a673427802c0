//! Numbers, points and gaps in words, for the working.

use crate::fraction::{Fraction, digits, exact};
use crate::rulebook::FactKind;
use crate::rulebook::expression::Expression;
use crate::text::Language;

use super::outcome::{Cause, Unknown};
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
    let on_edge = |text: &str| {
        edges
            .iter()
            .any(|edge| digits(&(edge * exact(rust_decimal::Decimal::ONE_HUNDRED)), 28).0 == text)
    };
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
        return number_text(points);
    }
    let Some(used) = world.used(name) else {
        return "?".to_owned();
    };
    let Some(figure) = world.figure(used.id) else {
        return "?".to_owned();
    };
    let text = crate::decimal_text::figure_text(figure);
    match used.fact.map(|fact| &fact.kind) {
        Some(FactKind::Percent { .. }) => format!("{text}%"),
        _ => text,
    }
}

/// An expression with its numbers put in.
pub(crate) fn sum_text<'a>(expression: &'a Expression, world: &World<'a>) -> String {
    expression.written(&|name| value_text(name, world))
}

/// What is missing, in words: `缺 政府采购计划金额`.
pub(crate) fn unknown_text<'a>(why: &Unknown<'a>, world: &World<'a>, language: Language) -> String {
    let mut parts = Vec::new();
    for zero in &why.zeros {
        let key = if zero.not_applicable {
            "working.zero-by-zero"
        } else {
            "working.by-zero"
        };
        parts.push(language.say(key, &[("facts", &labels(&zero.facts, world, language))]));
    }
    let divided = |fact: &&str| why.zeros.iter().any(|zero| zero.facts.contains(fact));
    let (refused, missing): (Vec<&str>, Vec<&str>) = why
        .causes
        .iter()
        .filter_map(|cause| {
            if let Cause::Fact(fact) = cause {
                Some(*fact)
            } else {
                None
            }
        })
        .filter(|fact| !divided(fact))
        .partition(|fact| world.used(fact).is_some_and(|used| used.not_applicable));
    add_list(&mut parts, "working.missing", &missing, world, language);
    add_list(
        &mut parts,
        "working.not-applicable",
        &refused,
        world,
        language,
    );
    for (key, pick) in [
        (
            "working.no-evidence",
            evidence as fn(&Cause<'a>) -> Option<&'a str>,
        ),
        ("working.conflict", conflict),
    ] {
        let facts: Vec<&str> = why.causes.iter().filter_map(pick).collect();
        add_list(&mut parts, key, &facts, world, language);
    }
    if why.causes.contains(&Cause::Judgement) {
        parts.push(language.word("working.judgement"));
    }
    parts.join(&language.word("working.and"))
}

fn evidence<'a>(cause: &Cause<'a>) -> Option<&'a str> {
    if let Cause::Evidence(fact) = cause {
        Some(fact)
    } else {
        None
    }
}

fn conflict<'a>(cause: &Cause<'a>) -> Option<&'a str> {
    if let Cause::Conflict(fact) = cause {
        Some(fact)
    } else {
        None
    }
}

fn add_list<'a>(
    parts: &mut Vec<String>,
    key: &str,
    facts: &[&'a str],
    world: &World<'a>,
    language: Language,
) {
    if !facts.is_empty() {
        parts.push(language.say(key, &[("facts", &labels(facts, world, language))]));
    }
}

fn labels<'a>(facts: &[&'a str], world: &World<'a>, language: Language) -> String {
    let labels: Vec<&str> = facts.iter().map(|fact| world.label(fact)).collect();
    labels.join(&language.word("working.list"))
}
