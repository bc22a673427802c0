//! `decided`: somebody has judged; the points that were given, at most those of the criterion.

pub(super) mod parameters;

use crate::decimal_text::figure_text;
use crate::fraction::{Fraction, exact};
use crate::phrase::Phrase;
use crate::rulebook::Criterion;

use super::Points;
use super::judgement::judged;
use super::kind::{FormulaOf, Kind};
use super::live::{Ends, Scope, anything};
use super::world::World;
use parameters::Decided;

impl Kind for Decided {
    /// The points that were given.
    fn points<'a>(&'a self, _: &Fraction, _: &World<'a>) -> Points<'a> {
        Ok(exact(self.points))
    }

    fn say<'a>(&'a self, criterion: &'a Criterion, _: &World<'a>) -> Option<Phrase> {
        let points = figure_text(self.points.min(criterion.points));
        Some(Phrase::filled("working.given", &[("points", &points)]))
    }

    fn formula(&self, scope: &Scope, at: &FormulaOf<'_>) -> Ends {
        judged(scope, at, anything(at.points))
    }
}
