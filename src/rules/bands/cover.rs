//! Bands that cover every value once: gaps, overlaps and dead bands, exactly.

use rust_decimal::Decimal;

use super::band_words;
use super::parameters::{Band, BandsRule};
use crate::rulebook::expression::{Expression, Operation, number_text};
use crate::rulebook::lint::spot::Spot;
use crate::rulebook::{FactKind, Scorecard};

/// A place between values: just below `at` (false) or just above it (true). None: without limit.
type Cut = Option<(Decimal, bool)>;

/// One band between its cuts.
struct Stretch {
    from: Cut,
    to: Cut,
    band: usize,
}

/// Tells where no band or two bands hold, and bands in which no value lies.
pub(super) fn lint(spot: &Spot<'_>, BandsRule { value, bands }: &BandsRule) {
    let percent = bands.iter().flat_map(|band| [&band.low, &band.high]).flatten().any(|edge| edge.percent);
    let (least, most) = domain(value, spot.card);
    let mut stretches: Vec<Stretch> = Vec::new();
    for (at, band) in bands.iter().enumerate() {
        let stretch = Stretch { from: low_cut(band), to: high_cut(band), band: at };
        let empty = stretch.to.is_some() && stretch.to <= stretch.from;
        let outside = (most.is_some() && stretch.from >= most) || (least.is_some() && reaches_only(&stretch, least));
        if empty || outside {
            spot.flaw_at_band("dead-band", at, vec![("band", band_words(band))]);
        } else {
            stretches.push(stretch);
        }
    }
    stretches.sort_by_key(|stretch| stretch.from);
    let write = |value: Decimal| number_text(value, percent);
    follow(spot, &stretches, (least, most), &write);
}

/// Walks from the least possible value to the most, and tells where no band or two bands hold.
fn follow(spot: &Spot<'_>, stretches: &[Stretch], (least, most): (Cut, Cut), write: &dyn Fn(Decimal) -> String) {
    let Some(first) = stretches.first() else { return };
    if first.from > least {
        gap(spot, first.band, least, first.from, write);
    }
    let mut covered = first;
    for next in &stretches[1..] {
        match covered.to {
            Some(end) if Some(end) < next.from => gap(spot, next.band, covered.to, next.from, write),
            end if end.is_none() || end > next.from => overlap(spot, next, covered, write),
            _ => {}
        }
        if covered.to.is_some() && (next.to.is_none() || next.to > covered.to) {
            covered = next;
        }
    }
    if let Some(end) = covered.to
        && most.is_none_or(|most| end < most)
    {
        gap(spot, covered.band, Some(end), most, write);
    }
}

fn gap(spot: &Spot<'_>, band: usize, from: Cut, to: Cut, write: &dyn Fn(Decimal) -> String) {
    let code = if is_edge(from, to) { "edge-in-neither" } else { "band-gap" };
    spot.flaw_at_band(code, band, vec![("example", write(between(from, to)))]);
}

fn overlap(spot: &Spot<'_>, next: &Stretch, covered: &Stretch, write: &dyn Fn(Decimal) -> String) {
    let end = match (next.to, covered.to) {
        (None, end) | (end, None) => end,
        (one, other) => one.min(other),
    };
    let code = if is_edge(next.from, end) { "edge-in-both" } else { "band-overlap" };
    spot.flaw_at_band(code, next.band, vec![("example", write(between(next.from, end)))]);
}

/// Whether nothing but one value lies between two cuts.
fn is_edge(from: Cut, to: Cut) -> bool {
    matches!((from, to), (Some((low, false)), Some((high, true))) if low == high)
}

/// A value that lies between two cuts.
fn between(from: Cut, to: Cut) -> Decimal {
    match (from, to) {
        (None, None) => Decimal::ZERO,
        (None, Some((at, true))) | (Some((at, false)), _) | (_, Some((at, true))) => at,
        (None, Some((at, false))) => at - Decimal::ONE,
        (Some((at, true)), None) => at + Decimal::ONE,
        (Some((low, true)), Some((high, false))) => (low + high) / Decimal::TWO,
    }
}

fn low_cut(band: &Band) -> Cut {
    band.low.as_ref().map(|edge| (edge.at, !edge.included))
}

fn high_cut(band: &Band) -> Cut {
    band.high.as_ref().map(|edge| (edge.at, edge.included))
}

fn reaches_only(stretch: &Stretch, least: Cut) -> bool {
    stretch.to.is_some() && stretch.to <= least
}

/// The values an expression can have: from 0 up where nothing is subtracted; a percentage has its own end.
fn domain(value: &Expression, card: &Scorecard) -> (Cut, Cut) {
    let least = if subtracts(value) { None } else { Some((Decimal::ZERO, false)) };
    let most = match value {
        Expression::Name(name) => card.facts.iter().find(|fact| fact.id == *name).and_then(|fact| match fact.kind {
            FactKind::Percent { max } => Some((max / Decimal::ONE_HUNDRED, true)),
            _ => None,
        }),
        _ => None,
    };
    (least, most)
}

/// True where something is subtracted, so that the value can be negative.
fn subtracts(expression: &Expression) -> bool {
    match expression {
        Expression::Number { .. } | Expression::Name(_) => false,
        Expression::Binary { operation: Operation::Subtract, .. } => true,
        Expression::Binary { left, right, .. } => subtracts(left) || subtracts(right),
    }
}
