//! One criterion under one reading: where it stands, what it can name, and what is told of its points whatever its kind.

use rust_decimal::Decimal;

use super::extent::Extent;
use super::ground::Ground;
use crate::fraction::{Fraction, digits, exact};
use crate::phrase::Term;
use crate::rulebook::cursor::Page;
use crate::rulebook::expression::Expression;
use crate::rulebook::model::*;

/// Decimals that a computed end is shown with: two more than points have, so that what is just short of them is seen to be.
const SHOWN: u32 = 4;

/// One criterion under one reading, and where it stands.
pub(crate) struct Spot<'a> {
    pub page: &'a Page<'a>,
    pub card: &'a Scorecard,
    pub indicator: &'a Indicator,
    pub reading: &'a Reading,
    pub at: usize,
}

impl<'a> Spot<'a> {
    /// The criterion.
    pub fn criterion(&self) -> &'a Criterion {
        &self.reading.criteria[self.at]
    }

    /// The path of the criterion's place: as the reading changes it, else as the indicator has it.
    fn path(&self) -> String {
        let own = format!("criterion:{}/{}", self.indicator.id, self.at);
        let changed = format!("{own}@{}", self.reading.id);
        if self.page.is_marked(&changed) { changed } else { own }
    }

    /// Where a field's expression stands, and what it can name.
    pub fn ground(&self, field: &str) -> Ground<'a> {
        let around = self.reading.zero_when.iter().chain(&self.reading.full_when);
        Ground {
            page: self.page,
            card: self.card,
            earlier: &self.reading.criteria[..self.at],
            deciding: self.criterion().conditions().chain(around).collect(),
            place: self.page.place(&format!("{}.{field}", self.path())),
        }
    }

    /// Between which ends an expression of the criterion lies.
    pub fn extent(&self, expression: &Expression) -> Extent {
        Extent::of(expression, self.card, &self.reading.criteria[..self.at])
    }

    /// Tells a flaw at a field of the criterion.
    pub fn flaw(&self, code: &'static str, field: &str, mut holes: Vec<(&'static str, String)>) {
        holes.push(("indicator", self.indicator.name.clone()));
        holes.push(("criterion", self.criterion().name.clone()));
        self.page.flaw(code, &self.page.place(&format!("{}.{field}", self.path())), holes);
    }

    /// Tells points that no criterion with these points gives.
    pub fn within(&self, points: Decimal, tell: impl Fn(&'static str, Vec<(&'static str, String)>)) {
        let most = self.criterion().points;
        if points > most || points < Decimal::ZERO {
            tell("points-outside-criterion", vec![("points", figure(points)), ("most", figure(most))]);
        }
    }

    /// Tells a field that takes off nothing, or gives.
    pub fn deducted(&self, each: Decimal, field: &'static str) {
        if each <= Decimal::ZERO {
            self.flaw("deduction-not-positive", field, vec![("field", field.to_owned())]);
        }
    }

    /// Where one of the criterion's bands stands.
    pub fn place_of_band(&self, band: usize) -> std::ops::Range<usize> {
        self.page.place(&format!("{}/{band}", self.path()))
    }

    /// Tells points left at least by a kind of rule that leaves none: they would be passed over.
    pub fn nothing_left(&self) {
        if self.criterion().least > Decimal::ZERO {
            self.flaw("least-unused", "least", vec![("least", figure(self.criterion().least))]);
        }
    }

    /// Tells a criterion whose points no fact can reach, and one that leaves other points than its clause says. Points that
    /// the rulebook lists one by one.
    pub fn listed(&self, field: &str, points: impl Iterator<Item = Decimal> + Clone) {
        if let Some((highest, lowest)) = points.clone().max().zip(points.min()) {
            self.full(field, &exact(highest));
            self.least(field, &exact(lowest));
        }
    }

    /// The same of points − each × what the value has over the limit.
    pub fn deduction(&self, field: &str, value: &Expression, limit: Decimal, each: Decimal) {
        let Extent { low, high } = self.extent(value);
        let points = exact(self.criterion().points);
        let left = |end: Fraction| {
            let over = (end - exact(limit)).max(Fraction::zero());
            (&points - over * exact(each)).max(exact(self.criterion().least)).max(Fraction::zero())
        };
        if let Some(low) = low {
            self.full(field, &left(low));
        }
        if let Some(high) = high {
            self.least(field, &left(high));
        }
    }

    /// Tells a target that what is measured cannot reach, where no condition earns the points.
    pub fn beyond_every_value(&self, value: &Expression, high: &Fraction, target: Decimal, percent: bool) {
        let criterion = self.criterion();
        if criterion.full_when.is_empty() && self.reading.full_when.is_empty() {
            let as_written = |number: Fraction| match percent {
                true => format!("{}%", digits(&(number * exact(Decimal::ONE_HUNDRED)), SHOWN).0),
                false => digits(&number, SHOWN).0,
            };
            let holes = vec![
                ("target", as_written(exact(target))),
                ("value", value.to_string()),
                ("end", as_written(high.clone())),
            ];
            self.flaw("target-unreachable", "target", holes);
        }
    }

    /// Tells a limit that nothing passes, and one that everything does; true where it is either.
    pub fn limited(&self, value: &Expression, limit: Decimal) -> bool {
        let Extent { low, high } = self.extent(value);
        let never = high.filter(|high| *high <= exact(limit)).map(|end| ("limit-never-passed", end));
        let otherwise = !self.criterion().full_when.is_empty() || !self.reading.full_when.is_empty();
        let always = low.filter(|low| *low > exact(limit) && !otherwise).map(|end| ("limit-always-passed", end));
        let Some((code, end)) = never.or(always) else { return false };
        let written = |number: Fraction| format!("{}%", digits(&(number * exact(Decimal::ONE_HUNDRED)), SHOWN).0);
        let holes = vec![("limit", written(exact(limit))), ("value", value.to_string()), ("end", written(end))];
        self.flaw(code, "limit", holes);
        true
    }

    /// Tells a criterion whose highest score is not its points, where no condition earns them.
    pub fn full(&self, field: &str, highest: &Fraction) {
        let criterion = self.criterion();
        let otherwise = !criterion.full_when.is_empty() || !self.reading.full_when.is_empty();
        if *highest < exact(criterion.points) && !otherwise {
            let holes = vec![("points", figure(criterion.points)), ("highest", digits(highest, SHOWN).0)];
            self.flaw("full-unreachable", field, holes);
        }
    }

    /// Tells a criterion whose lowest score is not what its clause leaves at least, where no condition makes it 0.
    pub fn least(&self, field: &str, lowest: &Fraction) {
        let criterion = self.criterion();
        let otherwise = !criterion.zero_when.is_empty() || !self.reading.zero_when.is_empty();
        if *lowest != exact(criterion.least) && !(otherwise && criterion.least.is_zero()) {
            let holes = vec![("lowest", digits(lowest, SHOWN).0), ("least", figure(criterion.least))];
            match criterion.least.is_zero() {
                true => self.flaw("zero-unreachable", field, holes),
                false => self.flaw("least-differs", "least", holes),
            }
        }
    }

    /// Tells a flaw at one of the criterion's bands.
    pub fn flaw_at_band<T: Into<Term>>(&self, code: &'static str, band: usize, holes: Vec<(&'static str, T)>) {
        self.page.tell(code, &self.place_of_band(band), holes);
    }
}

/// A number as messages write it.
pub(crate) fn figure(value: Decimal) -> String {
    crate::decimal_text::figure_text(value)
}
