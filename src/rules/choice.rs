//! `choice`: points by the answer.

pub(super) mod parameters;

use rust_decimal::Decimal;

use crate::fraction::{Fraction, exact};
use crate::phrase::{Hole, Phrase};
use crate::rulebook::Criterion;
use crate::rulebook::cursor::Fields;
use crate::rulebook::lint::spot::Spot;
use crate::rulebook::names::{Scope as Names, check_answer};
use crate::rulebook::schema_field::{Field, Holds};

use super::Points;
use super::kind::{FormulaOf, InFiles, Kind};
use super::live::{Ends, Scope, anything, words};
use super::outcome::{Cause, Unknown};
use super::wording::number_text;
use super::world::World;
use parameters::ChoiceRule;

impl InFiles for ChoiceRule {
    /// Its fields.
    const FIELDS: &[Field] = &[("fact", Holds::Text, true), ("scores", Holds::Numbers, true)];

    /// The fact that answers, and the points of every answer that it can have.
    fn decode(fields: &Fields<'_>, names: &Names<'_>) -> Self {
        let name = fields.text("fact");
        let Some(table) = fields.table_option("scores") else {
            if fields.raw("scores").is_none() {
                fields.missing("scores");
            }
            return ChoiceRule { fact: name.value, scores: Vec::new() };
        };
        let scores = table.named_numbers();
        if let Some(fact) = names.fact(&name) {
            for (answer, _) in &scores {
                check_answer(fields.page, answer, &fact.kind);
            }
            for answer in
                fact.kind.answers().iter().filter(|word| !scores.iter().any(|(known, _)| known.value == **word))
            {
                fields.page.flaw("answer-without-score", &table.span, vec![("word", (*answer).to_owned())]);
            }
        }
        let scores = scores.into_iter().map(|(answer, points)| (answer.value, points)).collect();
        ChoiceRule { fact: name.value, scores }
    }
}

impl Kind for ChoiceRule {
    /// The points of the answer given.
    fn points<'a>(&'a self, _: &Fraction, world: &World<'a>) -> Points<'a> {
        let (answer, _) = world.answer(&self.fact)?;
        let score = self.scores.iter().find(|(known, _)| known == answer).map(|(_, points)| exact(*points));
        score.ok_or_else(|| Unknown::because(Cause::Fact(&self.fact)))
    }

    /// `部门预算公开情况：按规定公开 → 1.5 分`.
    fn say<'a>(&'a self, criterion: &'a Criterion, world: &World<'a>) -> Option<Phrase> {
        let earned = self.points(&exact(criterion.points), world).ok()?;
        let (answer, _) = world.answer(&self.fact).ok()?;
        let holes: &[Hole] = &[("name", &criterion.name), ("answer", &answer), ("points", &number_text(&earned))];
        Some(Phrase::filled("working.choice", holes))
    }

    /// The points of the answer in a cell.
    fn formula(&self, scope: &Scope, at: &FormulaOf<'_>) -> Ends {
        let Some(slot) = scope.facts.get(&self.fact) else { return anything(at.points) };
        let score = |(answer, points): &(String, Decimal)| {
            format!("IF({}={},{},", slot.value, words(answer), points.normalize())
        };
        let chosen: String = self.scores.iter().map(score).collect();
        Ends::of(|open| format!("{chosen}{open}{}", ")".repeat(self.scores.len())), at.points)
    }

    fn lint(&self, spot: &Spot<'_>) {
        for (_, score) in &self.scores {
            spot.within(*score, |code, holes| spot.flaw(code, "scores", holes));
        }
        spot.listed("scores", self.scores.iter().map(|(_, points)| *points));
    }
}
