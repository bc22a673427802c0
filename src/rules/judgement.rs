//! `judgement`: somebody has to judge; anything from 0 to the points.

use super::Points;
use super::kind::{FormulaOf, Kind};
use super::live::{Ends, Scope, anything};
use super::outcome::{Cause, Unknown};
use super::world::World;
use rust_decimal::Decimal;

use crate::decimal_text::figure_text;
use crate::fraction::{Fraction, exact};
use crate::phrase::Phrase;
use crate::rulebook::cursor::Fields;
use crate::rulebook::lint::spot::Spot;
use crate::rulebook::names::Scope as Names;
use crate::rulebook::schema_field::Field;
use crate::rulebook::{Criterion, Rule};

/// Its fields: none of its own.
pub(super) const FIELDS: &[Field] = &[];

/// It has no fields of its own.
pub(super) fn decode(_: &Fields<'_>, _: &Names<'_>) -> Rule {
    Rule::Judgement
}

/// A criterion that somebody judges.
pub(super) struct Judgement;

impl Kind for Judgement {
    /// Who judges can leave nothing.
    fn lint(&self, spot: &Spot<'_>) {
        spot.nothing_left();
    }

    /// Never a number.
    fn points<'a>(&'a self, _: &Fraction, _: &World<'a>) -> Points<'a> {
        Err(Unknown::because(Cause::Judgement))
    }

    fn formula(&self, scope: &Scope, at: &FormulaOf<'_>) -> Ends {
        judged(scope, at, anything(at.points))
    }
}

/// The points that somebody gave, at most those of the criterion.
impl Kind for Decimal {
    fn points<'a>(&'a self, _: &Fraction, _: &World<'a>) -> Points<'a> {
        Ok(exact(*self))
    }

    fn say<'a>(&'a self, criterion: &'a Criterion, _: &World<'a>) -> Option<Phrase> {
        let points = figure_text((*self).min(criterion.points));
        Some(Phrase::filled("working.given", &[("points", &points)]))
    }

    fn formula(&self, scope: &Scope, at: &FormulaOf<'_>) -> Ends {
        judged(scope, at, anything(at.points))
    }
}

/// The score that somebody gave in the criterion's cell; as long as there is none, what its rule leaves open.
pub(super) fn judged(scope: &Scope, at: &FormulaOf<'_>, open: Ends) -> Ends {
    let Some(cell) = scope.judged.get(at.id) else { return open };
    let points = at.points;
    let given = |otherwise: String| format!("IF(ISNUMBER({cell}),MAX(0,MIN({points},{cell})),{otherwise})");
    Ends { low: given(open.low), high: given(open.high) }
}
