//! `span`: an actual between both ends of the target that a form's row declares.
//!
//! Between them all points; outside, or where its unit leaves open what it counts, somebody has to judge.

pub(super) mod parameters;

use rust_decimal::Decimal;

use crate::facts::known::{Candidate, CandidateValue};
use crate::fraction::Fraction;
use crate::phrase::{Hole, Phrase};

use super::Points;
use super::form_line::{FormLine, Step};
use super::kind::{FormulaOf, Kind};
use super::live::{Ends, Scope, anything, noiseless};
use super::outcome::{Cause, Unknown};
use super::world::World;
use parameters::SpanRule;

impl Kind for SpanRule {
    /// All points where everything that the actual can be lies between both ends; outside nobody can compute it.
    fn points<'a>(&'a self, points: &Fraction, world: &World<'a>) -> Points<'a> {
        let judged = || Unknown::because(Cause::Judgement);
        let used = world.used(&self.actual).ok_or_else(judged)?;
        if used.unsettled {
            return Err(judged());
        }
        world.declared(&self.actual)?;
        if used.quoted.is_some_and(|quoted| quoted.is_disputed) {
            return Err(Unknown::because(Cause::Fact(&self.target)));
        }
        let [low, high] = &*self.ends;
        let is_inside = |candidate: &Candidate| match &candidate.value {
            CandidateValue::Number(value) => (low.value..=high.value).contains(value),
            CandidateValue::Answer(_) => false,
        };
        if used.candidates.iter().all(is_inside) { Ok(points.clone()) } else { Err(judged()) }
    }

    /// `完成值 96% 在指标值 95% 至 98% 之间，得满分 → 20.00 分`.
    fn step<'a>(&'a self, weight: Option<Decimal>, world: &World<'a>) -> Option<Step> {
        let line = FormLine::new(weight, &self.actual, world);
        if line.is_disputed() {
            return Some(line.open("declared.several-columns"));
        }
        let Some(figure) = line.figure() else { return Some(line.no_actual()) };
        let [low, high] = &*self.ends;
        let is_inside = self.points(&Fraction::one(), world).is_ok();
        let holes: &[Hole] = &[
            ("low", &low.text()),
            ("high", &high.text()),
            ("actual", &figure),
            ("points", &line.points(&Fraction::one())),
            ("range", &line.anything()),
        ];
        Some(match is_inside {
            true => Step::Sum(Phrase::filled("declared.inside", holes)),
            false => Step::Open(Phrase::filled("declared.outside", holes)),
        })
    }

    /// All points between both ends, over cells.
    fn formula(&self, scope: &Scope, at: &FormulaOf<'_>) -> Ends {
        let points = at.points;
        let (Some(ends), Some(actual)) = (scope.spans.get(at.id), scope.facts.get(&self.actual)) else {
            return anything(points);
        };
        let (Ends { low, high }, actual) = (ends, &actual.value);
        let known = format!("AND(ISNUMBER({low}),ISNUMBER({high}),ISNUMBER({actual}))");
        let [over, under] = [(actual, low), (high, actual)].map(|(more, less)| noiseless(&format!("{more}-{less}")));
        let inside = format!("AND({over}>=0,{under}>=0)");
        let end = |open: &str| format!("IF({known},IF({inside},{points},{open}),{open})");
        Ends { low: end("0"), high: end(points) }
    }
}
