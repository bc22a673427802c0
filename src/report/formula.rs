//! An indicator as live formulas over the cells of a working paper, low and high, as the specification sums them.

use crate::rulebook::{Indicator, Reading};
use crate::rules::formula as criterion;
use crate::rules::live::{Ends, Scope, Weight, anything, rounded};
use crate::rules::with_conditions;

/// An indicator under one reading, from the cells of its criteria.
pub fn indicator(scope: &Scope, indicator: &Indicator, reading: &Reading, lows: &str, highs: &str) -> Ends {
    let points = indicator.most().normalize().to_string();
    let clamped = |cells: &str| format!("MAX(0,MIN({points},SUM({cells})))");
    let base = Ends { low: clamped(lows), high: clamped(highs) };
    let ends = with_conditions(scope, base, &points, &reading.zero_when, &reading.full_when);
    Ends { low: rounded(&ends.low), high: rounded(&ends.high) }
}

/// A form's line under one reading, where the cell of its points is filled in; else from 0 to nobody knows what. Its
/// criteria are at most one, which carries all its points.
pub fn line(scope: &Scope, indicator: &Indicator, reading: &Reading, weight: &Weight) -> Ends {
    let only = reading.criteria.first();
    let ends = only.map_or_else(|| anything(&weight.cell), |only| criterion(scope, indicator, only));
    let low = format!("IF(ISNUMBER({}),{},0)", weight.cell, rounded(&ends.low));
    Ends { low, high: weight.guard(&rounded(&ends.high)) }
}
