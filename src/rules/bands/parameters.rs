//! The parameters of points by intervals.

use rust_decimal::Decimal;

use crate::rulebook::expression::Expression;
use crate::rules::parameters::Parameters;

/// Points by the interval that the value lies in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandsRule {
    /// What is measured.
    pub value: Expression,
    /// Intervals that cover every value once.
    pub bands: Vec<Band>,
}

/// One interval of a `bands` rule and its points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Lower edge; none: no limit below.
    pub low: Option<Edge>,
    /// Upper edge; none: no limit above.
    pub high: Option<Edge>,
    /// Points it earns.
    pub points: Decimal,
}

/// An edge of a band. Percentages are fractions of 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Where.
    pub at: Decimal,
    /// Whether the edge itself belongs to this band.
    pub included: bool,
    /// It was written as a percentage, and is shown so.
    pub percent: bool,
}

impl BandsRule {
    /// Every edge of its bands.
    pub fn edges(&self) -> impl Iterator<Item = &Edge> {
        self.bands.iter().flat_map(|band| [&band.low, &band.high]).flatten()
    }
}

impl Parameters for BandsRule {
    fn names(&self) -> Vec<&str> {
        self.value.names()
    }

    fn subject(&self) -> Option<&str> {
        self.value.as_name()
    }

    fn quotient(&self) -> Option<(&Expression, &Expression)> {
        self.value.quotient()
    }

    fn only_sorts(&self) -> bool {
        true
    }

    fn intervals(&self) -> usize {
        self.bands.len()
    }

    fn measure_at(&mut self, share: Decimal) {
        self.value = Expression::Number { value: share, percent: true };
    }

    fn divide_by(&mut self, other: &Expression) {
        self.value.divide_by(other);
    }

    fn lend_points(&mut self, from: usize, to: usize) {
        let points = self.bands.get(from).map(|band| band.points);
        if let (Some(points), Some(band)) = (points, self.bands.get_mut(to)) {
            band.points = points;
        }
    }
}
