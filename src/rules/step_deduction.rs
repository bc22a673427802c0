//! `step_deduction`: points − k for each percentage point over a limit.

pub(super) mod parameters;

use rust_decimal::Decimal;

use crate::fraction::{Fraction, exact};
use crate::phrase::{Hole, Phrase};
use crate::rulebook::Criterion;
use crate::rulebook::cursor::{Fields, unknown_word};
use crate::rulebook::expression::number_text as limit_number;
use crate::rulebook::lint::scale::Scales;
use crate::rulebook::lint::spot::Spot;
use crate::rulebook::names::Scope as Names;
use crate::rulebook::schema_field::{Field, Holds};

use super::Points;
use super::kind::{FormulaOf, InFiles, Kind};
use super::live::{Ends, Scope, guarded, noiseless, term};
use super::wording::{factor_text, number_text, percent_text, points_text, sum_text};
use super::world::World;
use parameters::{StepDeductionRule, Steps};

impl InFiles for StepDeductionRule {
    /// Its fields.
    const FIELDS: &[Field] = &[
        ("value", Holds::Expression, true),
        ("limit", Holds::Number, true),
        ("per_point", Holds::Plain, true),
        ("steps", Holds::Words(&["pro_rata", "whole", "started"]), false),
    ];

    /// The fields of its kind.
    fn decode(fields: &Fields<'_>, names: &Names<'_>) -> Self {
        let limit = fields.number_option("limit").map(|number| number.value);
        if fields.raw("limit").is_none() {
            fields.missing("limit");
        }
        StepDeductionRule {
            value: names.expression(fields, "value"),
            limit: limit.map_or(Decimal::ZERO, |(value, _)| value),
            percent: limit.is_some_and(|(_, percent)| percent),
            per_point: fields.points("per_point"),
            steps: steps(fields),
            least: fields.decimal_option("least").unwrap_or_default(),
        }
    }
}

fn steps(fields: &Fields<'_>) -> Steps {
    let Some(steps) = fields.text_option("steps") else {
        return Steps::ProRata;
    };
    match steps.value.as_str() {
        "pro_rata" => Steps::ProRata,
        "whole" => Steps::Whole,
        "started" => Steps::Started,
        _ => {
            unknown_word(fields.page, "steps", &steps, "pro_rata、whole、started");
            Steps::ProRata
        }
    }
}

impl StepDeductionRule {
    /// Percentage points over the limit, as they count.
    fn steps_over(&self, value: &Fraction) -> Fraction {
        let over = ((value - exact(self.limit)) * exact(Decimal::ONE_HUNDRED)).max(Fraction::zero());
        match self.steps {
            Steps::ProRata => over,
            Steps::Whole => over.floor(),
            Steps::Started => over.ceil(),
        }
    }

    fn left(&self, points: &Fraction, value: &Fraction) -> Fraction {
        (points - self.steps_over(value) * exact(self.per_point)).max(exact(self.least)).max(Fraction::zero())
    }
}

impl Kind for StepDeductionRule {
    /// points − k × percentage points over the limit, never below 0, nor below the least.
    fn points<'a>(&'a self, points: &Fraction, world: &World<'a>) -> Points<'a> {
        Ok(self.left(points, &world.value(&self.value)?))
    }

    /// `调整调剂占预算总规模 150 ÷ 1000 = 15%，超出 10%，按 5 个百分点计，1 − 0.1 × 5 → 0.50 分`.
    fn say<'a>(&'a self, criterion: &'a Criterion, world: &World<'a>) -> Option<Phrase> {
        let measured = world.value(&self.value).ok()?;
        let points = exact(criterion.points);
        let sum = format!("{} {}", sum_text(&self.value, world), percent_text(&measured, &[exact(self.limit)]));
        let within = measured <= exact(self.limit);
        let key = if within { "working.within-limit" } else { "working.over-limit" };
        let holes: &[Hole] = &[
            ("name", &criterion.name),
            ("sum", &sum),
            ("limit", &limit_number(self.limit, true)),
            ("full", &number_text(&points)),
            ("each", &number_text(&exact(self.per_point))),
            ("steps", &factor_text(&self.steps_over(&measured))),
            ("points", &points_text(&self.left(&points, &measured))),
        ];
        Some(Phrase::filled(key, holes))
    }

    /// points − k × percentage points over the limit, over cells.
    fn formula(&self, scope: &Scope, at: &FormulaOf<'_>) -> Ends {
        let over = over_limit(&term(scope, &self.value), &self.limit, self.steps);
        let score = format!("MAX({},{}-{}*{over})", self.least.normalize(), at.points, self.per_point.normalize());
        Ends::of(|open| guarded(scope, &[&self.value], None, &score, open), at.points)
    }

    /// Something is taken off for each, from a limit that can be passed and kept, and what is measured is a ratio.
    fn lint(&self, spot: &Spot<'_>) {
        spot.deducted(self.per_point, "per_point");
        let each = self.per_point.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(Decimal::MAX);
        if !spot.limited(&self.value, self.limit) {
            spot.deduction("value", &self.value, self.limit, each);
        }
        spot.ground("value").ratio(&self.value);
    }

    /// What is measured over the limit is a ratio, and the limit stands beside it.
    fn scales(&self, scales: &Scales<'_>, spot: &Spot<'_>) {
        let measured = scales.side(&self.value, &spot.ground("value").place);
        if !scales.is_of_hundreds(&measured) {
            scales.beside((self.limit, self.percent), &measured, &spot.ground("limit").place);
        }
    }

    fn turns(&self) -> Vec<Decimal> {
        self.value.constants().into_iter().chain([self.limit]).collect()
    }
}

fn over_limit(value: &str, limit: &Decimal, steps: Steps) -> String {
    let points = format!("MAX(0,{})", noiseless(&format!("({value}-{})*100", limit.normalize())));
    match steps {
        Steps::ProRata => points,
        Steps::Whole => format!("INT({points})"),
        Steps::Started => format!("ROUNDUP({points},0)"),
    }
}
