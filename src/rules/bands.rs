//! `bands`: points by the interval that the value lies in. Edges are compared exactly.

use crate::decimal_text::figure_text;
use crate::fraction::{Fraction, exact};
use crate::phrase::{Hole, Phrase};
use crate::rulebook::cursor::Fields;
use crate::rulebook::expression::{Expression, number_text as edge_number};
use crate::rulebook::names::Scope as Names;
use crate::rulebook::{Band, Criterion, Edge, Rule};

use super::Points;
use super::live::{Ends, Scope, guarded, term};
use super::outcome::Unknown;
use super::wording::{equals_text, percent_text, sum_text};
use super::world::World;

/// The fields of its kind.
pub(super) fn decode(fields: &Fields<'_>, names: &Names<'_>) -> Rule {
    Rule::Bands { value: names.expression(fields, "value"), bands: bands(fields) }
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
    let band = Band { low: is.clone().or(from).or(above), high: is.or(to).or(below), points: fields.decimal("points") };
    fields.finish();
    band
}

/// The points of the band that holds the value.
pub(super) fn points<'a>(value: &'a Expression, bands: &[Band], world: &World<'a>) -> Points<'a> {
    let measured = world.value(value)?;
    match bands.iter().find(|band| holds(band, &measured)) {
        Some(band) => Ok(exact(band.points)),
        // A rulebook without a flaw has a band for every value; one with a gap gives no number.
        None => Err(Unknown { causes: world.causes_of(value), zeros: Vec::new() }),
    }
}

/// Whether a value lies in a band.
pub(super) fn holds(band: &Band, value: &Fraction) -> bool {
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

/// `“三公”经费控制率 2.06 ÷ 2.06 = 100%，[90%, 100%] → 2 分`.
pub(super) fn say<'a>(
    criterion: &'a Criterion,
    value: &'a Expression,
    bands: &[Band],
    world: &World<'a>,
) -> Option<Phrase> {
    let Ok(measured) = world.value(value) else {
        return None;
    };
    let band = bands.iter().find(|band| holds(band, &measured))?;
    let sum = match value {
        Expression::Name(_) => sum_text(value, world),
        _ => format!("{} {}", sum_text(value, world), measured_text(&measured, bands)),
    };
    let holes: &[Hole] =
        &[("name", &criterion.name), ("sum", &sum), ("band", &band_text(band)), ("points", &figure_text(band.points))];
    Some(Phrase::filled("working.bands", holes))
}

fn measured_text(measured: &Fraction, bands: &[Band]) -> String {
    let edges: Vec<&Edge> = bands.iter().flat_map(|band| [&band.low, &band.high]).flatten().collect();
    if edges.iter().any(|edge| edge.percent) {
        let edges: Vec<Fraction> = edges.iter().map(|edge| exact(edge.at)).collect();
        return percent_text(measured, &edges);
    }
    equals_text(measured)
}

/// An interval as official documents write it: `[75%, 90%)`, `≥ 90%`.
pub(crate) fn band_text(band: &Band) -> String {
    let at = |edge: &Edge| edge_number(edge.at, edge.percent);
    match (&band.low, &band.high) {
        (Some(low), Some(high)) if low.at == high.at => format!("= {}", at(low)),
        (Some(low), Some(high)) => {
            let open = if low.included { '[' } else { '(' };
            let close = if high.included { ']' } else { ')' };
            format!("{open}{}, {}{close}", at(low), at(high))
        }
        (Some(low), None) => format!("{} {}", if low.included { '≥' } else { '>' }, at(low)),
        (None, Some(high)) => format!("{} {}", if high.included { '≤' } else { '<' }, at(high)),
        (None, None) => "∞".to_owned(),
    }
}

/// The points of the band over cells.
pub(super) fn formula(scope: &Scope, value: &Expression, bands: &[Band], points: &str) -> Ends {
    let score = banded(&term(scope, value), bands);
    Ends::of(|open| guarded(scope, &[value], None, &score, open), points)
}

fn banded(value: &str, bands: &[Band]) -> String {
    let value = format!("ROUND({value},10)");
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
