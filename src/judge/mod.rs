//! Claims against ranges: one verdict per indicator, always.

mod claim;
mod line;
mod slip;
mod totals;

pub(crate) use claim::{Claimed, Standing, number};
pub(crate) use line::{Bounds, Line, most_claimable};
pub(crate) use slip::explain;
pub(crate) use totals::{Totals, grade_of, totals};

use line::away;

use rust_decimal::Decimal;

use crate::audit::{ClaimFound, IndicatorAudit, ReadingRange, Source, Verdict};
use crate::rescore::Rescored;
use crate::rulebook::Indicator;
use crate::taken::Taken;

/// One indicator with its claim, its range and what the comparison says.
#[derive(Debug, Clone)]
pub struct Judged<'a> {
    /// The indicator.
    pub indicator: &'a Indicator,
    /// What the department claims.
    pub claim: Claimed<'a>,
    /// What was recomputed.
    pub range: Rescored,
    /// What the comparison says.
    pub verdict: Verdict,
    /// What the verdict amounts to, in points; 0 where nothing.
    pub difference: Decimal,
}

impl<'a> Judged<'a> {
    /// Compares a claim with its range.
    ///
    /// Where only the digits that a claim's cell does not show would be held against it, the claim is left open between both.
    pub fn new(indicator: &'a Indicator, claim: Claimed<'a>, range: Rescored, tolerance: Decimal) -> Judged<'a> {
        let said = |claimed: Taken| Line::new(claimed, bounds(indicator, &range), tolerance).verdict;
        let accuses = |verdict: Verdict| matches!(verdict, Verdict::Overstated | Verdict::Understated);
        let moves = |shown: Decimal| accuses(said(claim.taken())) && !accuses(said(Taken::Score(shown)));
        let is_moved = claim.shown_otherwise().is_some_and(moves);
        let claim = if is_moved { claim.undecided() } else { claim };
        let range = match claim.open() {
            Some(lack) => range.with_open_claim(&indicator.id, lack),
            None => range,
        };
        let line = Line::new(claim.taken(), bounds(indicator, &range), tolerance);
        Judged { indicator, claim, range, verdict: line.verdict, difference: line.difference }
    }

    /// Its claim, bounds and verdict alone.
    pub fn line(&self) -> Line {
        Line {
            claim: self.claim.taken(),
            bounds: bounds(self.indicator, &self.range),
            verdict: self.verdict,
            difference: self.difference,
        }
    }

    /// True when the claim is the recomputed score rounded to the decimals that the claim is written with.
    pub fn is_rounded(&self) -> bool {
        self.line().is_rounded()
    }

    /// The claim's cell.
    pub fn source(&self) -> Option<Source> {
        self.claim.row.map(|row| row.source.clone())
    }

    /// True when all points are claimed, or more.
    pub fn claimed_in_full(&self) -> bool {
        self.claim.valid().zip(self.indicator.points).is_some_and(|(claimed, points)| claimed >= points)
    }

    /// The reading that gives the claim, or comes nearest to it within the tolerance.
    pub fn reading_claimed(&self, tolerance: Decimal) -> Option<&str> {
        let claimed = self.claim.valid()?;
        let off = |reading: &ReadingRange| away(reading.low, claimed).max(away(reading.high, claimed));
        let near = self.range.readings.iter().filter(|reading| off(reading) <= tolerance);
        near.min_by_key(|reading| off(reading)).map(|reading| reading.id.as_str())
    }

    /// The indicator as the audit shows it.
    pub fn into_audit(self) -> IndicatorAudit {
        let source = self.source();
        let readings = if self.indicator.has_readings() { self.range.readings } else { Vec::new() };
        IndicatorAudit {
            id: self.indicator.id.clone(),
            name: self.indicator.name.clone(),
            points: self.indicator.points,
            claimed: self.claim.shown(),
            claims: self.claim.candidates().map(|(score, source)| ClaimFound::new(number(score), source)).collect(),
            low: self.range.low,
            high: self.range.high,
            default: self.range.default,
            verdict: self.verdict,
            difference: self.difference,
            readings,
            settled_by: self.range.settled_by,
            working: self.range.working.into(),
            source,
            criteria: self.range.criteria,
            declared: None,
        }
    }
}

fn bounds(indicator: &Indicator, range: &Rescored) -> Bounds {
    Bounds { points: indicator.points, low: range.low, high: range.high, default: range.default }
}
