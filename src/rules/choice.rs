//! `choice`: points by the answer.

use rust_decimal::Decimal;

use crate::fraction::{Fraction, exact};
use crate::phrase::{Hole, Phrase};
use crate::rulebook::cursor::Fields;
use crate::rulebook::names::{Scope as Names, check_answer};
use crate::rulebook::{Criterion, Rule};

use super::Points;
use super::live::{Ends, Scope, anything, words};
use super::outcome::{Cause, Unknown};
use super::wording::number_text;
use super::world::World;

/// The fact that answers, and the points of every answer that it can have.
pub(super) fn decode(fields: &Fields<'_>, names: &Names<'_>) -> Rule {
    let name = fields.text("fact");
    let Some(table) = fields.table_option("scores") else {
        if fields.raw("scores").is_none() {
            fields.missing("scores");
        }
        return Rule::Choice { fact: name.value, scores: Vec::new() };
    };
    let scores = table.named_numbers();
    if let Some(fact) = names.fact(&name) {
        for (answer, _) in &scores {
            check_answer(fields.page, answer, &fact.kind);
        }
        for answer in fact.kind.answers().iter().filter(|word| !scores.iter().any(|(known, _)| known.value == **word)) {
            fields.page.flaw("answer-without-score", &table.span, vec![("word", (*answer).to_owned())]);
        }
    }
    Rule::Choice {
        fact: name.value,
        scores: scores.into_iter().map(|(answer, points)| (answer.value, points)).collect(),
    }
}

/// The points of the answer given.
pub(super) fn points<'a>(fact: &'a str, scores: &[(String, Decimal)], world: &World<'a>) -> Points<'a> {
    let (answer, _) = world.answer(fact)?;
    let score = scores.iter().find(|(known, _)| known == answer).map(|(_, points)| exact(*points));
    score.ok_or_else(|| Unknown::because(Cause::Fact(fact)))
}

/// `部门预算公开情况：按规定公开 → 1.5 分`.
pub(super) fn say<'a>(criterion: &'a Criterion, fact: &'a str, earned: &Fraction, world: &World<'a>) -> Option<Phrase> {
    let Ok((answer, _)) = world.answer(fact) else {
        return None;
    };
    let holes: &[Hole] = &[("name", &criterion.name), ("answer", &answer), ("points", &number_text(earned))];
    Some(Phrase::filled("working.choice", holes))
}

/// The points of the answer in a cell.
pub(super) fn formula(scope: &Scope, fact: &str, scores: &[(String, Decimal)], points: &str) -> Ends {
    let Some(slot) = scope.facts.get(fact) else { return anything(points) };
    let score =
        |(answer, points): &(String, Decimal)| format!("IF({}={},{},", slot.value, words(answer), points.normalize());
    let chosen: String = scores.iter().map(score).collect();
    Ends::of(|open| format!("{chosen}{open}{}", ")".repeat(scores.len())), points)
}
