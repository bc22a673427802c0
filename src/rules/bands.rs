//! `bands`: points by the interval that the value lies in. Edges are compared exactly.

mod cover;
pub(super) mod parameters;

use rust_decimal::Decimal;

use crate::decimal_text::figure_text;
use crate::fraction::{Fraction, exact};
use crate::phrase::{Hole, Phrase};
use crate::rulebook::Criterion;
use crate::rulebook::cursor::Fields;
use crate::rulebook::expression::{Expression, number_text as edge_number};
use crate::rulebook::lint::scale::Scales;
use crate::rulebook::lint::spot::Spot;
use crate::rulebook::names::Scope as Names;
use crate::rulebook::schema_field::{Field, Holds};

use super::Points;
use super::kind::{FormulaOf, InFiles, Kind};
use super::live::{Ends, Scope, guarded, noiseless, term};
use super::outcome::Unknown;
use super::wording::{equals_text, percent_text, sum_text};
use super::world::World;
use parameters::{Band, BandsRule, Edge};

impl InFiles for BandsRule {
    /// Its fields.
    const FIELDS: &[Field] = &[("value", Holds::Expression, true), ("bands", Holds::AtLeastOne("band"), true)];

    const TABLES: &[(&str, &[Field])] = &[(
        "band",
        &[
            ("from", Holds::Number, false),
            ("above", Holds::Number, false),
            ("to", Holds::Number, false),
            ("below", Holds::Number, false),
            ("is", Holds::Number, false),
            ("points", Holds::Plain, true),
        ],
    )];

    /// The fields of its kind.
    fn decode(fields: &Fields<'_>, names: &Names<'_>) -> Self {
        BandsRule { value: names.expression(fields, "value"), bands: bands(fields) }
    }
}

fn bands(fields: &Fields<'_>) -> Vec<Band> {
    let tables = fields.tables("bands");
    if tables.is_empty() && fields.raw("bands").is_none() {
        fields.missing("bands");
    }
    let path = fields.path();
    tables.iter().enumerate().map(|(at, table)| band(table, &format!("{path}/{at}"))).collect()
}

fn band(fields: &Fields<'_>, path: &str) -> Band {
    fields.mark(path);
    let edge = |key: &'static str, included: bool| {
        let number = fields.number_option(key)?;
        Some(Edge { at: number.value.0, included, percent: number.value.1 })
    };
    let (from, above, to, below) = (edge("from", true), edge("above", false), edge("to", true), edge("below", false));
    let is = edge("is", true);
    let twice = (from.is_some() && above.is_some()) || (to.is_some() && below.is_some());
    if twice || (is.is_some() && (from.is_some() || above.is_some() || to.is_some() || below.is_some())) {
        fields.page.flaw("edge-twice", &fields.span, Vec::new());
    }
    let band = Band { low: is.clone().or(from).or(above), high: is.or(to).or(below), points: fields.points("points") };
    fields.finish();
    band
}

/// The part of the next band's width within which a value has only just reached its own: a tenth.
const JUST_REACHED: i128 = 10;

impl Kind for BandsRule {
    /// The points of the band that holds the value.
    fn points<'a>(&'a self, _: &Fraction, world: &World<'a>) -> Points<'a> {
        let measured = world.value(&self.value)?;
        match self.bands.iter().find(|band| holds(band, &measured)) {
            Some(band) => Ok(exact(band.points)),
            // A rulebook without a flaw has a band for every value; one with a gap gives no number.
            None => Err(Unknown { causes: world.causes_of(&self.value), zeros: Vec::new() }),
        }
    }

    /// `“三公”经费控制率 2.06 ÷ 2.06 = 100%，90%（含）至 100%（含）一档 → 2 分`.
    fn say<'a>(&'a self, criterion: &'a Criterion, world: &World<'a>) -> Option<Phrase> {
        let measured = world.value(&self.value).ok()?;
        let band = self.bands.iter().find(|band| holds(band, &measured))?;
        let sum = match &self.value {
            Expression::Name(_) => sum_text(&self.value, world),
            value => format!("{} {}", sum_text(value, world), self.measured_text(&measured)),
        };
        let holes: &[Hole] = &[
            ("name", &criterion.name),
            ("sum", &sum),
            ("band", &band_words(band)),
            ("points", &figure_text(band.points)),
        ];
        Some(Phrase::filled("working.bands", holes))
    }

    /// The points of the band over cells.
    fn formula(&self, scope: &Scope, at: &FormulaOf<'_>) -> Ends {
        let score = banded(&term(scope, &self.value), &self.bands);
        Ends::of(|open| guarded(scope, &[&self.value], None, &score, open), at.points)
    }

    /// Points that a criterion can give, bands that cover every value once, and a ratio where edges are percentages.
    fn lint(&self, spot: &Spot<'_>) {
        for (at, band) in self.bands.iter().enumerate() {
            spot.within(band.points, |code, holes| spot.flaw_at_band(code, at, holes));
        }
        spot.listed("bands", self.bands.iter().map(|band| band.points));
        cover::lint(spot, self);
        if self.is_of_percent() {
            spot.ground("value").ratio(&self.value);
        } else {
            spot.ground("value").measure(&self.value);
        }
    }

    /// Whether the value has only just reached its band: it lies within a tenth of the width of the next band that earns less. None
    /// where the value is not known, or where no band beside it earns less or has a width.
    fn just_reached(&self, world: &World<'_>) -> Option<bool> {
        let value = world.value(&self.value).ok()?;
        let own = self.bands.iter().find(|band| holds(band, &value))?;
        let at = |edge: &Option<Edge>| edge.as_ref().map(|edge| exact(edge.at));
        let less = |band: &&Band| band.points < own.points;
        let below =
            self.bands.iter().filter(less).find(|band| at(&band.high).is_some() && at(&band.high) == at(&own.low));
        let above =
            self.bands.iter().filter(less).find(|band| at(&band.low).is_some() && at(&band.low) == at(&own.high));
        let mut reached = [(below, at(&own.low)), (above, at(&own.high))].into_iter().filter_map(|(next, edge)| {
            let (next, edge) = (next?, edge?);
            let width = at(&next.high)? - at(&next.low)?;
            Some(((value.clone() - edge).abs() * Fraction::new(JUST_REACHED, 1)) <= width)
        });
        let first = reached.next()?;
        Some(first || reached.any(|is_near| is_near))
    }

    fn scales(&self, scales: &Scales<'_>, spot: &Spot<'_>) {
        let measured = scales.side(&self.value, &spot.ground("value").place);
        for (at, band) in self.bands.iter().enumerate() {
            for edge in [&band.low, &band.high].into_iter().flatten() {
                scales.beside((edge.at, edge.percent), &measured, &spot.place_of_band(at));
            }
        }
    }

    fn turns(&self) -> Vec<Decimal> {
        self.edges().map(|edge| edge.at).chain(self.value.constants()).collect()
    }
}

impl BandsRule {
    fn is_of_percent(&self) -> bool {
        self.edges().any(|edge| edge.percent)
    }

    fn measured_text(&self, measured: &Fraction) -> String {
        if self.is_of_percent() {
            let edges: Vec<Fraction> = self.edges().map(|edge| exact(edge.at)).collect();
            return percent_text(measured, &edges);
        }
        equals_text(measured)
    }
}

/// Whether a value lies in a band.
fn holds(band: &Band, value: &Fraction) -> bool {
    let over = |edge: &Edge| {
        let at = exact(edge.at);
        if edge.included { *value >= at } else { *value > at }
    };
    let under = |edge: &Edge| {
        let at = exact(edge.at);
        if edge.included { *value <= at } else { *value < at }
    };
    band.low.as_ref().is_none_or(over) && band.high.as_ref().is_none_or(under)
}

/// A band in words, with whether its edges belong to it: `75%（含）至 90%（不含）一档`.
fn band_words(band: &Band) -> Phrase {
    let at = |edge: &Edge| edge_number(edge.at, edge.percent);
    let one = |says: &'static str, edge: &Edge| Phrase::new(says).with("at", at(edge));
    let end = |edge: &Edge| one(if edge.included { "working.edge-in" } else { "working.edge-out" }, edge);
    match (&band.low, &band.high) {
        (Some(low), Some(high)) if low.at == high.at => one("working.band-is", low),
        (Some(low), Some(high)) => Phrase::new("working.band-between").with("low", end(low)).with("high", end(high)),
        (Some(low), None) if low.included => one("working.band-from", low),
        (Some(low), None) => one("working.band-above", low),
        (None, Some(high)) if high.included => one("working.band-to", high),
        (None, Some(high)) => one("working.band-below", high),
        (None, None) => Phrase::new("working.band-any"),
    }
}

fn banded(value: &str, bands: &[Band]) -> String {
    let value = noiseless(value);
    let Some((last, others)) = bands.split_last() else { return "0".to_owned() };
    let open: String =
        others.iter().map(|band| format!("IF({},{},", inside(&value, band), band.points.normalize())).collect();
    format!("{open}{}{}", last.points.normalize(), ")".repeat(others.len()))
}

fn inside(value: &str, band: &Band) -> String {
    let side = |edge: &Option<Edge>, sign: &str| {
        edge.as_ref()
            .map(|edge| format!("{value}{sign}{}{}", if edge.included { "=" } else { "" }, edge.at.normalize()))
    };
    match (side(&band.low, ">"), side(&band.high, "<")) {
        (Some(low), Some(high)) => format!("AND({low},{high})"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => "TRUE".to_owned(),
    }
}
