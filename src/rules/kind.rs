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
use crate::rulebook::lint::scale::Scales;
use crate::rulebook::lint::spot::Spot;
use crate::rulebook::names::Scope as Names;
use crate::rulebook::schema_field::Field;
use crate::rulebook::{Criterion, Rule};

/// A kind that a file can name: its fields, and how they are taken.
pub(super) trait InFiles: Into<Rule> {
    /// Its fields beside those that every criterion has.
    const FIELDS: &[Field];

    /// The tables that stand in its fields.
    const TABLES: &[(&str, &[Field])] = &[];

    /// Takes its fields.
    fn decode(fields: &Fields<'_>, names: &Names<'_>) -> Self;
}

/// A kind that a file can name, by its word.
pub(crate) struct Named {
    /// Its word.
    pub word: &'static str,
    /// Its fields beside those that every criterion has.
    pub fields: &'static [Field],
    /// The tables that stand in its fields.
    pub tables: &'static [(&'static str, &'static [Field])],
    /// Takes its fields.
    pub decode: fn(&Fields<'_>, &Names<'_>) -> Rule,
}

impl Named {
    pub(super) const fn of<K: InFiles>(word: &'static str) -> Named {
        Named { word, fields: K::FIELDS, tables: K::TABLES, decode: |fields, names| K::decode(fields, names).into() }
    }
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

    /// Whether the value has only just reached what it earns; none where the kind has no such edges, and where that cannot be
    /// told.
    fn just_reached(&self, _: &World<'_>) -> Option<bool> {
        None
    }

    /// Holds the numbers of its parameters against what they stand beside, for percent signs that are missing or too many.
    fn scales(&self, _: &Scales<'_>, _: &Spot<'_>) {}

    /// Tells what is wrong with its parameters in a rulebook.
    fn lint(&self, _: &Spot<'_>) {}

    /// The numbers at which it turns: readings that never differ are looked for around them.
    fn turns(&self) -> Vec<Decimal> {
        Vec::new()
    }
}
