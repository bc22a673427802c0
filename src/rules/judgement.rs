//! `judgement`: somebody has to judge; anything from 0 to the points.

pub(super) mod parameters;

use crate::fraction::Fraction;
use crate::rulebook::cursor::Fields;
use crate::rulebook::lint::spot::Spot;
use crate::rulebook::names::Scope as Names;
use crate::rulebook::schema_field::Field;

use super::Points;
use super::kind::{FormulaOf, InFiles, Kind};
use super::live::{Ends, Scope, anything};
use super::outcome::{Cause, Unknown};
use super::world::World;
use parameters::Judgement;

impl InFiles for Judgement {
    /// Its fields: none of its own.
    const FIELDS: &[Field] = &[];

    /// It has no fields of its own.
    fn decode(_: &Fields<'_>, _: &Names<'_>) -> Self {
        Judgement
    }
}

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

/// The score that somebody gave in the criterion's cell; as long as there is none, what its rule leaves open.
pub(super) fn judged(scope: &Scope, at: &FormulaOf<'_>, open: Ends) -> Ends {
    let Some(cell) = scope.judged.get(at.id) else { return open };
    let points = at.points;
    let given = |otherwise: String| format!("IF(ISNUMBER({cell}),MAX(0,MIN({points},{cell})),{otherwise})");
    Ends { low: given(open.low), high: given(open.high) }
}
