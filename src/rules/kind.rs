//! What a kind of rule is: how it gives points, how it says so, how it is written over cells, and what of it is checked when
//! a rulebook is loaded.

use rust_decimal::Decimal;

use super::Points;
use super::form_line::Step;
use super::live::{Ends, Scope};
use super::outcome::Outcome;
use super::world::World;
use crate::fraction::Fraction;
use crate::phrase::Phrase;
use crate::rulebook::cursor::Fields;
use crate::rulebook::lint::spot::Spot;
use crate::rulebook::names::Scope as Names;
use crate::rulebook::schema_field::Field;
use crate::rulebook::{Criterion, Rule};

/// A kind that a file can name.
pub(crate) struct Named {
    /// Its word.
    pub word: &'static str,
    /// Its fields beside those that every criterion has.
    pub fields: &'static [Field],
    /// Takes them.
    pub decode: fn(&Fields<'_>, &Names<'_>) -> Rule,
}

/// Where a criterion's formula stands: its id, its points over cells, and the most that its indicator can earn.
pub(crate) struct FormulaOf<'a> {
    /// The criterion's id.
    pub id: &'a str,
    /// Its points, as a number or a cell.
    pub points: &'a str,
    /// The indicator's points.
    pub most: Decimal,
}

/// One kind of rule, with its parameters.
pub(super) trait Kind {
    /// Points exactly, or what is missing for them.
    fn points<'a>(&'a self, points: &Fraction, world: &World<'a>) -> Points<'a>;

    /// The range of its points: never below 0, and no more than the points. `most` is what an uncapped unknown can earn.
    fn outcome<'a>(&'a self, points: &Fraction, most: &Fraction, world: &World<'a>) -> Outcome<'a> {
        let _ = most;
        match self.points(points, world) {
            Ok(earned) => Outcome::number(earned.clamp(Fraction::zero(), points.clone())),
            Err(unknown) => Outcome::unknown(points.clone(), unknown),
        }
    }

    /// The sum as a step, with the numbers put in; none for a kind that only forms have.
    fn say<'a>(&'a self, _: &'a Criterion, _: &World<'a>) -> Option<Phrase> {
        None
    }

    /// The step of a form's line with that weight, in the words of forms; none for a kind that no form has.
    fn step<'a>(&'a self, _: Option<Decimal>, _: &World<'a>) -> Option<Step> {
        None
    }

    /// Its points over the cells of a working paper.
    fn formula(&self, scope: &Scope, at: &FormulaOf<'_>) -> Ends;

    /// Tells what is wrong with its parameters in a rulebook.
    fn lint(&self, _: &Spot<'_>) {}

    /// The numbers at which it turns: readings that never differ are looked for around them.
    fn turns(&self) -> Vec<Decimal> {
        Vec::new()
    }
}
