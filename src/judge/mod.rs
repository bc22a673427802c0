//! Claims against ranges: one verdict per indicator, always.

mod claim;
mod settled;
mod slip;
mod totals;

pub use claim::{Claimed, Standing};
pub use settled::{settled_in_words, settled_list};
pub use slip::explain;
pub use totals::{Totals, grade_of, totals};

use rust_decimal::{Decimal, RoundingStrategy};

use crate::audit::{IndicatorAudit, Severity, Verdict};
use crate::rescore::Rescored;
use crate::rulebook::{Indicator, Rulebook};

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
    pub fn new(indicator: &'a Indicator, claim: Claimed<'a>, range: Rescored, tolerance: Decimal) -> Judged<'a> {
        let verdict = verdict(claim.valid(), indicator.points, &range, tolerance);
        let difference = difference(verdict, claim.counted(), &range);
        Judged { indicator, claim, range, verdict, difference }
    }

    /// The recomputed score that an over- or understatement is measured by: the default reading's, else the nearer end.
    pub fn nearest(&self) -> Decimal {
        let end = if self.verdict == Verdict::Understated { self.range.low } else { self.range.high };
        self.range.default.unwrap_or(end)
    }

    /// True when the claim is the recomputed score rounded to the decimals that the claim is written with.
    pub fn is_rounded(&self) -> bool {
        self.claim.valid().is_some_and(|claimed| claimed == rounded(self.nearest(), claimed.scale()))
    }

    /// How much the disagreement matters.
    pub fn severity(&self, rulebook: &Rulebook) -> Severity {
        match self.verdict {
            Verdict::Agrees | Verdict::Unverifiable => Severity::Info,
            Verdict::ReadingDependent => Severity::Warning,
            Verdict::Invalid => Severity::Error,
            Verdict::Overstated | Verdict::Understated if self.is_rounded() => Severity::Info,
            Verdict::Overstated | Verdict::Understated if self.difference >= rulebook.material => Severity::Error,
            Verdict::Overstated | Verdict::Understated => Severity::Warning,
        }
    }

    /// The reading that gives the claim, if one does.
    pub fn reading_claimed(&self, tolerance: Decimal) -> Option<&str> {
        let claimed = self.claim.valid()?;
        let gives = |low: Decimal, high: Decimal| low == high && away(low, claimed) <= tolerance;
        let exact = self.range.readings.iter().find(|reading| reading.low == reading.high && reading.low == claimed);
        let near = || self.range.readings.iter().find(|reading| gives(reading.low, reading.high));
        exact.or_else(near).map(|reading| reading.id.as_str())
    }

    /// The indicator as the audit shows it.
    pub fn into_audit(self) -> IndicatorAudit {
        let readings = if self.indicator.has_readings() { self.range.readings } else { Vec::new() };
        IndicatorAudit {
            id: self.indicator.id.clone(),
            name: self.indicator.name.clone(),
            points: Some(self.indicator.points),
            claimed: self.claim.shown(),
            low: self.range.low,
            high: Some(self.range.high),
            default: self.range.default,
            verdict: self.verdict,
            difference: self.difference,
            readings,
            settled_by: self.range.settled_by,
            working: self.range.working,
            source: self.claim.row.map(|row| row.source.clone()),
            criteria: self.range.criteria,
        }
    }
}

fn rounded(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

fn away(a: Decimal, b: Decimal) -> Decimal {
    a.saturating_sub(b).abs()
}

/// What a claim against a range says. `claimed` is none when the claim is invalid.
pub fn verdict(claimed: Option<Decimal>, points: Decimal, range: &Rescored, tolerance: Decimal) -> Verdict {
    let Some(claimed) = claimed else { return Verdict::Invalid };
    if claimed > points || claimed.saturating_sub(range.high) > tolerance {
        return Verdict::Overstated;
    }
    if range.low.saturating_sub(claimed) > tolerance {
        return Verdict::Understated;
    }
    match range.default {
        Some(default) if range.complete() && away(claimed, default) <= tolerance => Verdict::Agrees,
        _ if range.complete() => Verdict::ReadingDependent,
        _ => Verdict::Unverifiable,
    }
}

fn difference(verdict: Verdict, claimed: Decimal, range: &Rescored) -> Decimal {
    match verdict {
        Verdict::Overstated => claimed.saturating_sub(range.high),
        Verdict::Understated => range.low.saturating_sub(claimed),
        Verdict::Unverifiable => claimed.saturating_sub(range.low).max(Decimal::ZERO),
        Verdict::Agrees | Verdict::ReadingDependent | Verdict::Invalid => Decimal::ZERO,
    }
}
