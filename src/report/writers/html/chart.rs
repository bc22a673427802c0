//! Bars: plain numbers that the template draws as inline SVG, in hundredths of the longest bar.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::audit::PointsByVerdict;
use crate::decimal_text::{round_score, sum_text};
use crate::sums::sum;

/// One row of a chart.
#[derive(Debug, Serialize)]
pub struct Bars {
    /// What it is of.
    pub name: String,
    /// Where a click leads within the page.
    pub target: Option<String>,
    /// The bars, from the top.
    pub bars: Vec<Bar>,
}

/// One bar.
#[derive(Debug, Serialize)]
pub struct Bar {
    /// Its class.
    pub kind: &'static str,
    /// The figure beside it.
    pub value: String,
    /// Its length in percent of the longest.
    pub length: String,
}

/// A piece of a bar that is divided by verdict.
#[derive(Debug, Serialize)]
pub struct Piece {
    /// The verdict's key.
    pub verdict: &'static str,
    /// Where it begins, in percent of the whole.
    pub from: String,
    /// How long it is, in percent of the whole.
    pub length: String,
    /// Its points.
    pub points: String,
}

/// Percent of a whole, at two decimals; of nothing, nothing.
fn percent(part: Decimal, whole: Decimal) -> Decimal {
    let share = part.checked_mul(Decimal::ONE_HUNDRED).and_then(|hundredfold| hundredfold.checked_div(whole));
    share.map_or(Decimal::ZERO, |share| round_score(share).clamp(Decimal::ZERO, Decimal::ONE_HUNDRED))
}

impl Bar {
    /// A bar of `value` beside a longest of `longest`.
    pub fn new(kind: &'static str, value: Decimal, longest: Decimal) -> Bar {
        Bar { kind, value: sum_text(value), length: percent(value, longest).normalize().to_string() }
    }
}

/// The claimed points of one department, divided by verdict. What earns nothing takes no place.
pub fn pieces(points: &PointsByVerdict) -> Vec<Piece> {
    let parts = [
        ("agrees", points.agreed),
        ("overstated", points.overstated),
        ("reading-dependent", points.reading_dependent),
        ("unverifiable", points.unverifiable),
    ];
    let whole = sum(parts.iter().map(|(_, part)| *part));
    let mut from = Decimal::ZERO;
    let mut pieces = Vec::new();
    for (verdict, part) in parts.into_iter().filter(|(_, part)| *part > Decimal::ZERO) {
        let length = percent(part, whole);
        pieces.push(Piece { verdict, from: from.to_string(), length: length.to_string(), points: sum_text(part) });
        from = from.saturating_add(length);
    }
    pieces
}
