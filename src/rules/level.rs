//! `level`: the level of attainment that was reached gives a range of the points, for somebody to judge.

pub(super) mod parameters;

use rust_decimal::Decimal;

use crate::decimal_text::figure_text;
use crate::fraction::{Fraction, exact};
use crate::phrase::{Hole, Phrase};
use crate::rulebook::Level;

use super::Points;
use super::form_line::{FormLine, Step};
use super::judgement::judged;
use super::kind::{FormulaOf, Kind};
use super::live::{Ends, Scope, anything, words};
use super::outcome::{Cause, Outcome, Unknown};
use super::wording::range;
use super::world::World;
use parameters::LevelRule;

impl LevelRule {
    fn named<'a>(&'a self, world: &World<'a>) -> Option<&'a Level> {
        let (answer, _) = world.answer(&self.fact).ok()?;
        self.levels.iter().find(|level| level.name == answer)
    }

    fn open_formula(&self, scope: &Scope, points: &str) -> Ends {
        let Some(slot) = scope.facts.get(&self.fact) else { return anything(points) };
        let end = |share: fn(&Level) -> Decimal, open: &str| {
            let of = |level: &Level| {
                format!("IF({}={},{points}*{},", slot.value, words(&level.name), share(level).normalize())
            };
            let named: String = self.levels.iter().map(of).collect();
            format!("{named}{open}{}", ")".repeat(self.levels.len()))
        };
        Ends { low: end(|level| level.from, "0"), high: end(|level| level.to.min(Decimal::ONE), points) }
    }
}

impl Kind for LevelRule {
    /// Never a number: somebody judges within the range of the level.
    fn points<'a>(&'a self, _: &Fraction, _: &World<'a>) -> Points<'a> {
        Err(Unknown::because(Cause::Judgement))
    }

    /// The range of the level that is named; anything else is for somebody to judge, and what is left empty is missing, too.
    fn outcome<'a>(&'a self, points: &Fraction, _: &Fraction, world: &World<'a>) -> Outcome<'a> {
        let judgement = Unknown::because(Cause::Judgement);
        if FormLine::new(None, &self.fact, world).is_disputed() {
            return Outcome::unknown(points.clone(), Unknown::because(Cause::Fact(&self.target)).and(judgement));
        }
        let is_answered = world.used(&self.fact).is_some_and(|used| used.answered);
        match self.named(world) {
            Some(level) => Outcome {
                low: points * exact(level.from),
                high: points * exact(level.to).min(Fraction::one()),
                why: judgement,
            },
            None if is_answered => Outcome::unknown(points.clone(), judgement),
            None => Outcome::unknown(points.clone(), Unknown::because(Cause::Fact(&self.fact)).and(judgement)),
        }
    }

    /// `定性指标，完成情况为“达成”，按分值的 80% 至 100% 计：16.00 至 20.00 分，须由评审人员判断`.
    fn step<'a>(&'a self, weight: Option<Decimal>, world: &World<'a>) -> Option<Step> {
        let line = FormLine::new(weight, &self.fact, world);
        if line.is_disputed() {
            return Some(line.open("declared.several-columns"));
        }
        if !world.used(&self.fact).is_some_and(|used| used.answered) {
            return Some(line.no_actual());
        }
        let Some(level) = self.named(world) else { return Some(line.open("declared.free-text")) };
        let percent = |share: Decimal| format!("{}%", figure_text(share.saturating_mul(Decimal::ONE_HUNDRED)));
        let shares = range(percent(level.from), percent(level.to));
        let points = range(line.points(&exact(level.from)), line.points(&exact(level.to)));
        let holes: &[Hole] = &[("level", &level.name), ("shares", &shares), ("range", &points)];
        Some(Step::Open(Phrase::filled("declared.level", holes)))
    }

    /// The score that somebody gave, else the range of the level that the cell names.
    fn formula(&self, scope: &Scope, at: &FormulaOf<'_>) -> Ends {
        judged(scope, at, self.open_formula(scope, at.points))
    }
}
