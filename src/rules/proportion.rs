//! `proportion`: points × value ÷ target.

pub(super) mod parameters;

use rust_decimal::Decimal;

use crate::fraction::{Fraction, exact};
use crate::phrase::{Hole, Phrase, Term};
use crate::rulebook::Criterion;
use crate::rulebook::cursor::Fields;
use crate::rulebook::expression::Expression;
use crate::rulebook::lint::scale::Scales;
use crate::rulebook::lint::spot::Spot;
use crate::rulebook::names::Scope as Names;
use crate::rulebook::schema_field::{Field, Holds};

use super::Points;
use super::form_line::{Step, points_of, weight_text};
use super::kind::{FormulaOf, InFiles, Kind};
use super::live::{Ends, Scope, guarded, term};
use super::outcome::Outcome;
use super::wording::{equals_text, number_text, points_text, sum_text};
use super::world::World;
use parameters::ProportionRule;

impl InFiles for ProportionRule {
    /// Its fields.
    const FIELDS: &[Field] =
        &[("value", Holds::Expression, true), ("target", Holds::Expression, true), ("cap", Holds::Truth, false)];

    /// The fields of its kind.
    fn decode(fields: &Fields<'_>, names: &Names<'_>) -> Self {
        ProportionRule {
            value: names.expression(fields, "value"),
            target: names.expression(fields, "target"),
            cap: fields.truth_option("cap").unwrap_or(true),
        }
    }
}

impl ProportionRule {
    fn ratio<'a>(&'a self, world: &World<'a>) -> Points<'a> {
        match (world.value(&self.value), world.value(&self.target)) {
            (Ok(reached), Ok(aim)) => world.quotient(&reached, &aim, &self.target),
            (Err(why), Ok(aim)) => Err(world.over(why, &aim, &self.target)),
            (Err(why), Err(also)) => Err(why.and(also)),
            (Ok(_), Err(why)) => Err(why),
        }
    }
}

impl Kind for ProportionRule {
    /// points × value ÷ target, before any cap.
    fn points<'a>(&'a self, points: &Fraction, world: &World<'a>) -> Points<'a> {
        Ok(points * self.ratio(world)?)
    }

    /// Without a cap more than the target earns more than the points, and what is not known up to the indicator's.
    fn outcome<'a>(&'a self, points: &Fraction, most: &Fraction, world: &World<'a>) -> Outcome<'a> {
        match self.points(points, world) {
            Ok(earned) if self.cap => Outcome::number(earned.clamp(Fraction::zero(), points.clone())),
            Ok(earned) => Outcome::number(earned.max(Fraction::zero())),
            Err(unknown) => Outcome::unknown(if self.cap { points } else { most }.clone(), unknown),
        }
    }

    /// `一季度 10% ÷ 25% = 0.4 → 0.40 分`.
    fn say<'a>(&'a self, criterion: &'a Criterion, world: &World<'a>) -> Option<Phrase> {
        let ratio = self.ratio(world).ok()?;
        let points = exact(criterion.points);
        let over = self.cap && ratio > Fraction::one();
        let counted = if over { Fraction::one() } else { ratio.clone() };
        let earned = &counted * &points;
        let least = exact(criterion.least);
        let limit = if over { Term::word("working.capped") } else { Term::nothing() };
        let factor = |says| Phrase::new(says).with("points", number_text(&points));
        let times: Term = match () {
            () if earned < least => factor("working.floored").with("least", number_text(&least)).into(),
            () if points.is_one() => Term::nothing(),
            () => factor("working.times").into(),
        };
        let holes: &[Hole] = &[
            ("name", &criterion.name),
            ("sum", &quotient_text(&self.value, &self.target, world)),
            ("result", &equals_text(&ratio)),
            ("capped", &limit),
            ("times", &times),
            ("points", &points_text(&earned.max(least))),
        ];
        Some(Phrase::filled("working.proportion", holes))
    }

    /// Of a form's budget: what was spent of what was planned, and the points for it.
    fn step<'a>(&'a self, weight: Option<Decimal>, world: &World<'a>) -> Option<Step> {
        let (Ok(spent), Ok(planned)) = (world.value(&self.value), world.value(&self.target)) else {
            return Some(Step::Open(Phrase::new("declared.budget-missing")));
        };
        if planned.is_zero() {
            let says = if spent.is_zero() { "declared.budget-zero-by-zero" } else { "declared.budget-by-zero" };
            return Some(Step::Open(Phrase::new(says)));
        }
        let rate = spent / planned;
        let share = rate.clone().clamp(Fraction::zero(), Fraction::one());
        let key = if rate > share { "declared.budget-capped" } else { "declared.budget" };
        let holes: &[Hole] = &[
            ("spent", &sum_text(&self.value, world)),
            ("planned", &sum_text(&self.target, world)),
            ("percent", &equals_text(&(rate * exact(Decimal::ONE_HUNDRED)))),
            ("weight", &weight_text(weight)),
            ("points", &points_of(weight, &share)),
        ];
        Some(Step::Sum(Phrase::filled(key, holes)))
    }

    /// points × value ÷ target over cells; an uncapped one can earn up to the indicator's points.
    fn formula(&self, scope: &Scope, at: &FormulaOf<'_>) -> Ends {
        let (value, target, points) = (&self.value, &self.target, at.points);
        let ratio = format!("{points}*{}/{}", term(scope, value), term(scope, target));
        let (score, most) = match self.cap {
            true => (format!("MAX(0,MIN({points},{ratio}))"), points.to_owned()),
            false => (format!("MAX(0,{ratio})"), at.most.normalize().to_string()),
        };
        Ends::of(|open| guarded(scope, &[value, target], Some(target), &score, open), &most)
    }

    /// Points that facts can reach, sides in one unit, and a denominator that means something.
    fn lint(&self, spot: &Spot<'_>) {
        let points = exact(spot.criterion().points);
        let ratio = spot.extent(&self.value).over(&spot.extent(&self.target));
        match (&self.target, spot.extent(&self.value).high) {
            (Expression::Number { value: target, percent }, Some(high)) if high < exact(*target) => {
                spot.beyond_every_value(&self.value, &high, *target, *percent);
            }
            _ => {
                if let Some(high) = ratio.high {
                    spot.full("value", &(high.min(Fraction::one()) * &points));
                }
            }
        }
        if let Some(low) = ratio.low.filter(|low| *low > Fraction::zero()) {
            let left = low.min(Fraction::one()) * &points;
            spot.least("value", &left.max(exact(spot.criterion().least)));
        }
        let (reached, aim) = (spot.ground("value").measure(&self.value), spot.ground("target").measure(&self.target));
        spot.ground("target").fit((&self.value, reached), (&self.target, aim));
        spot.ground("target").denominator(&self.target);
        if matches!(self.target, Expression::Number { percent: true, .. }) {
            spot.ground("value").ratio(&self.value);
        }
    }

    /// 1 of what was multiplied by 100 is full marks for everybody.
    fn scales(&self, scales: &Scales<'_>, spot: &Spot<'_>) {
        let reached = scales.side(&self.value, &spot.ground("value").place);
        let aim = scales.side(&self.target, &spot.ground("target").place);
        scales.held_against(&reached, &aim);
        scales.whole_of_hundreds(&reached, &aim);
    }

    fn turns(&self) -> Vec<Decimal> {
        [self.value.constants(), self.target.constants()].concat()
    }
}

fn quotient_text<'a>(value: &'a Expression, target: &'a Expression, world: &World<'a>) -> String {
    let reached = sum_text(value, world);
    if target.is_one() {
        return reached;
    }
    let reached = if value.is_sum() { format!("({reached})") } else { reached };
    let aim = sum_text(target, world);
    if matches!(target, Expression::Binary { .. }) {
        format!("{reached} ÷ ({aim})")
    } else {
        format!("{reached} ÷ {aim}")
    }
}
