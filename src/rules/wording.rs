//! Numbers, points and gaps as terms, for the working.

use crate::fraction::{Fraction, digits, exact};
use crate::phrase::{Phrase, Term};
use crate::rulebook::FactKind;
use crate::rulebook::expression::Expression;

use super::outcome::{Cause, Unknown, ZeroDivision};
use super::world::World;

/// A number as it is written out, and whether that is all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    /// Its digits: all of them where six decimals hold it, else four decimals.
    pub digits: String,
    /// The digits are the number itself, and no rounding of it.
    pub exact: bool,
}

impl Written {
    /// A number with at most six decimals where they are all of it, else with at most four.
    pub fn of(value: &Fraction) -> Written {
        match digits(value, 6) {
            (digits, true) => Written { digits, exact: true },
            _ => Written { digits: digits(value, 4).0, exact: false },
        }
    }
}

/// A number as it is written out: `2`, or about `0.6667` where that is not all of it.
pub(crate) fn number_text(value: &Fraction) -> Term {
    let Written { digits, exact } = Written::of(value);
    about(digits, exact)
}

/// The digits of a number within a sum: a product holds numbers and signs of its own only.
pub(crate) fn factor_text(value: &Fraction) -> String {
    Written::of(value).digits
}

fn about(digits: String, exact: bool) -> Term {
    if exact { digits.into() } else { Phrase::new("working.about").with("number", digits).into() }
}

/// ` = 0.4`, or ` ≈ 0.9229` where that is not all of it.
pub(crate) fn equals_text(value: &Fraction) -> String {
    let written = Written::of(value);
    format!("{} {}", if written.exact { "=" } else { "≈" }, written.digits)
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

/// Points with at least two decimals, and said to be about so many where that is not all.
pub(crate) fn points_text(value: &Fraction) -> Term {
    let written = Written::of(value);
    let missing = match written.digits.split_once('.') {
        None => ".00",
        Some((_, part)) if part.len() == 1 => "0",
        Some(_) => "",
    };
    about(format!("{}{missing}", written.digits), written.exact)
}

/// A range of points: one number where both ends are written alike, or `0 至 1`.
pub(crate) fn range(low: impl Into<Term>, high: impl Into<Term>) -> Term {
    let (low, high) = (low.into(), high.into());
    if low == high {
        return low;
    }
    Phrase::new("working.range").with("low", low).with("high", high).into()
}

/// The ways in which a step can be computed, with the text of that key between them; one alone is the step itself.
pub(crate) fn ways(mut ways: Vec<Phrase>, by: &'static str) -> Phrase {
    if ways.len() == 1 { ways.remove(0) } else { Phrase::new("working.ways").with("ways", Term::joined(ways, by)) }
}

/// What a name's number looks like in a sum: in the fact's own unit, a percentage with its sign. None: not known.
pub(crate) fn value_text<'a>(name: &str, world: &World<'a>) -> Option<String> {
    if let Some(points) = world.points_of(name) {
        return Some(Written::of(points).digits);
    }
    let (used, figure) = (world.used(name)?, world.figure(name)?);
    let text = crate::decimal_text::figure_text(figure);
    Some(match used.fact.kind {
        FactKind::Percent { .. } => format!("{text}%"),
        _ => text,
    })
}

/// An expression with its numbers put in; `?` for what is not known.
pub(crate) fn sum_text<'a>(expression: &'a Expression, world: &World<'a>) -> String {
    expression.written(&|name| value_text(name, world).unwrap_or_else(|| "?".to_owned()))
}

/// What is missing: `缺 政府采购计划金额`. `name` is the line's own beginning, and is not repeated.
pub(crate) fn unknown<'a>(why: &Unknown<'a>, name: &str, world: &World<'a>) -> Term {
    let mut parts: Vec<Phrase> = why.zeros.iter().map(|zero| by_zero(zero, world)).collect();
    for (gap, facts) in gaps(why, world) {
        let labels: Vec<&str> = facts.iter().map(|fact| world.label(fact)).collect();
        parts.push(if labels == [name] {
            Phrase::new(format!("working.{gap}-self"))
        } else {
            Phrase::new(format!("working.{gap}")).with("facts", quoted(&labels))
        });
    }
    if why.causes.contains(&Cause::Contradiction) {
        parts.push(Phrase::new("working.contradiction"));
    }
    if why.causes.contains(&Cause::Judgement) {
        parts.push(Phrase::new("working.judgement"));
    }
    Term::joined(parts, "working.and")
}

fn by_zero<'a>(zero: &ZeroDivision<'a>, world: &World<'a>) -> Phrase {
    let says = if zero.not_applicable { "working.zero-by-zero" } else { "working.by-zero" };
    let labels: Vec<&str> = zero.facts.iter().map(|fact| world.label(fact)).collect();
    Phrase::new(says).with("facts", quoted(&labels))
}

/// Labels of facts, each as a name: some of them are questions that would run into the sentence.
fn quoted(labels: &[&str]) -> Vec<Phrase> {
    labels.iter().map(|label| Phrase::new("working.fact").with("fact", *label)).collect()
}

/// The facts by what is wrong with each, in the order in which people are told; zero denominators are told apart.
fn gaps<'a>(why: &Unknown<'a>, world: &World<'a>) -> Vec<(&'static str, Vec<&'a str>)> {
    let mut gaps: Vec<(&'static str, Vec<&'a str>)> =
        ["missing", "unusable", "not-applicable", "no-evidence", "conflict", "doubtful"]
            .map(|gap| (gap, Vec::new()))
            .into();
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
        Cause::Judgement | Cause::Contradiction => None,
        Cause::Evidence(fact) => Some(("no-evidence", fact)),
        Cause::Conflict(fact) => Some(("conflict", fact)),
        Cause::Doubt(fact) => Some(("doubtful", fact)),
        Cause::Fact(fact) if why.zeros.iter().any(|zero| zero.facts.contains(fact)) => None,
        Cause::Fact(fact) => match world.used(fact) {
            Some(used) if used.not_applicable => Some(("not-applicable", fact)),
            Some(used) if used.answered => Some(("unusable", fact)),
            _ => Some(("missing", fact)),
        },
    }
}
