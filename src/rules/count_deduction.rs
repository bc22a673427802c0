//! `count_deduction`: points − k × count, never below 0, nor below what the clause leaves at least.

pub(super) mod parameters;

use rust_decimal::Decimal;

use crate::contract::YUAN;
use crate::fraction::{Fraction, exact};
use crate::phrase::{Hole, Phrase};
use crate::rulebook::Criterion;
use crate::rulebook::cursor::Fields;
use crate::rulebook::lint::ground::Measure;
use crate::rulebook::lint::scale::Scales;
use crate::rulebook::lint::spot::Spot;
use crate::rulebook::names::Scope as Names;
use crate::rulebook::schema_field::{Field, Holds};

use super::Points;
use super::kind::{FormulaOf, InFiles, Kind};
use super::live::{Ends, Scope, guarded, term};
use super::wording::{factor_text, number_text, sum_text};
use super::world::World;
use parameters::CountDeductionRule;

impl InFiles for CountDeductionRule {
    /// Its fields.
    const FIELDS: &[Field] = &[("value", Holds::Expression, true), ("each", Holds::Plain, true)];

    /// The fields of its kind.
    fn decode(fields: &Fields<'_>, names: &Names<'_>) -> Self {
        CountDeductionRule {
            value: names.expression(fields, "value"),
            each: fields.points("each"),
            least: fields.decimal_option("least").unwrap_or_default(),
        }
    }
}

impl CountDeductionRule {
    fn left(&self, points: &Fraction, count: &Fraction) -> Fraction {
        (points - exact(self.each) * count).max(exact(self.least)).max(Fraction::zero())
    }
}

impl Kind for CountDeductionRule {
    /// points − k × count, never below 0, nor below the least.
    fn points<'a>(&'a self, points: &Fraction, world: &World<'a>) -> Points<'a> {
        Ok(self.left(points, &world.value(&self.value)?))
    }

    /// `预算编制不规范项数 2，5 − 1 × 2 → 3 分`.
    fn say<'a>(&'a self, criterion: &'a Criterion, world: &World<'a>) -> Option<Phrase> {
        let count = world.value(&self.value).ok()?;
        let points = exact(criterion.points);
        let unit = self.value.names().first().and_then(|name| world.used(name)).map(|used| used.fact);
        let unit = unit.and_then(|fact| fact.kind.unit()).unwrap_or("");
        let holes: &[Hole] = &[
            ("name", &criterion.name),
            ("sum", &sum_text(&self.value, world)),
            ("unit", &unit),
            ("full", &number_text(&points)),
            ("each", &number_text(&exact(self.each))),
            ("count", &factor_text(&count)),
            ("points", &number_text(&self.left(&points, &count).min(points.clone()))),
        ];
        Some(Phrase::filled("working.count", holes))
    }

    /// points − k × count over cells.
    fn formula(&self, scope: &Scope, at: &FormulaOf<'_>) -> Ends {
        let (points, each, least) = (at.points, self.each.normalize(), self.least.normalize());
        let left = format!("MAX({least},MIN({points},{points}-{each}*{}))", term(scope, &self.value));
        Ends::of(|open| guarded(scope, &[&self.value], None, &left, open), points)
    }

    /// Something is taken off for each, and what is counted is no money.
    fn lint(&self, spot: &Spot<'_>) {
        spot.deducted(self.each, "each");
        spot.deduction("value", &self.value, Decimal::ZERO, self.each);
        if let Measure::Of(unit) = spot.ground("value").measure(&self.value)
            && unit.ends_with(YUAN)
        {
            spot.flaw("count-needed", "value", vec![("unit", unit)]);
        }
    }

    /// What is counted is no ratio; a ratio multiplied by 100 is a count of percentage points.
    fn scales(&self, scales: &Scales<'_>, spot: &Spot<'_>) {
        if scales.side(&self.value, &spot.ground("value").place).is_ratio() {
            scales.remember_told();
            spot.flaw("count-of-ratio", "value", vec![("value", self.value.to_string())]);
        }
    }

    fn turns(&self) -> Vec<Decimal> {
        self.value.constants()
    }
}
