//! What only the whole rulebook shows: sums that do not add up, bands with gaps, names that collide.

mod bands;
mod card;
mod cases;
mod clauses;
mod conditions;
mod declared;
mod extent;
mod grades;
mod names;
mod phrases;
mod points;
mod reach;
mod readings;
mod units;

use rust_decimal::Decimal;

use extent::Extent;
use units::Ground;

use super::cursor::Page;
use super::expression::Expression;
use super::model::*;

/// Tells every flaw that only the whole rulebook shows. What was flawed when decoded has stand-ins in its place, so the
/// tables with such flaws are left out: nothing is told that is only their consequence.
pub(super) fn lint(rulebook: &Rulebook, page: &Page<'_>) {
    let clean = page.clean();
    match &rulebook.form {
        Form::Scorecard(scorecard) => card::lint(scorecard, page),
        Form::Declared(declared) if clean => declared::lint(declared, page),
        Form::Declared(_) => {}
    }
    grades::lint(rulebook, page);
}

/// One criterion under one reading, and where it stands.
pub(super) struct Spot<'a> {
    pub page: &'a Page<'a>,
    pub card: &'a Scorecard,
    pub indicator: &'a Indicator,
    pub reading: &'a Reading,
    pub at: usize,
}

impl<'a> Spot<'a> {
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
    fn ground(&self, field: &str) -> Ground<'a> {
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
    fn extent(&self, expression: &Expression) -> Extent {
        Extent::of(expression, self.card, &self.reading.criteria[..self.at])
    }

    /// Tells a flaw at a field of the criterion.
    pub fn flaw(&self, code: &'static str, field: &str, mut holes: Vec<(&'static str, String)>) {
        holes.push(("indicator", self.indicator.name.clone()));
        holes.push(("criterion", self.criterion().name.clone()));
        self.page.flaw(code, &self.page.place(&format!("{}.{field}", self.path())), holes);
    }

    /// Tells a flaw at one of the criterion's bands.
    pub fn flaw_at_band(&self, code: &'static str, band: usize, holes: Vec<(&'static str, String)>) {
        self.page.flaw(code, &self.page.place(&format!("{}/{band}", self.path())), holes);
    }
}

/// A number as messages write it.
fn figure(value: Decimal) -> String {
    crate::decimal_text::figure_text(value)
}
