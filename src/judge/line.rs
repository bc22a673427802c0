//! A claim against its bounds: what every form's lines have in common, whatever their scores were computed from.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::audit::{Severity, Verdict};
use crate::decimal_text::round_score;
use crate::taken::{Taken, granted_at_most};

/// What a claim is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Points that can be earned; none where a declared row states no weight.
    pub points: Option<Decimal>,
    /// Lowest score over all readings and completions.
    pub low: Decimal,
    /// Highest score; none where the weight is unknown.
    pub high: Option<Decimal>,
    /// The default reading's score; none while incomplete.
    pub default: Option<Decimal>,
}

/// A judged line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The claim.
    pub claim: Taken,
    /// What it was compared with.
    pub bounds: Bounds,
    /// What the comparison says.
    pub verdict: Verdict,
    /// What the verdict amounts to, in points; 0 where nothing.
    pub difference: Decimal,
}

impl Bounds {
    /// True when nothing is missing.
    pub fn complete(&self) -> bool {
        self.default.is_some()
    }

    /// The most that can be claimed: the points, or what they are once scores are rounded (16.67 of 16.667).
    pub fn most(&self) -> Option<Decimal> {
        self.points.map(most_claimable)
    }

    fn verdict(&self, claim: Taken, tolerance: Decimal) -> Verdict {
        let claimed = match claim {
            Taken::Score(claimed) => claimed,
            Taken::Invalid => return Verdict::Invalid,
            Taken::Open { .. } => return Verdict::Unverifiable,
        };
        let over = |limit: Decimal| claimed.saturating_sub(limit) > tolerance;
        if self.most().is_some_and(|most| claimed > most) || self.high.is_some_and(over) {
            return Verdict::Overstated;
        }
        if self.low.saturating_sub(claimed) > tolerance {
            return Verdict::Understated;
        }
        match self.default {
            None => Verdict::Unverifiable,
            Some(default) if away(claimed, default) <= tolerance => Verdict::Agrees,
            Some(_) => Verdict::ReadingDependent,
        }
    }
}

impl Line {
    /// Compares a claim with its bounds.
    pub fn new(claim: Taken, bounds: Bounds, tolerance: Decimal) -> Line {
        let verdict = bounds.verdict(claim, tolerance);
        let counted = claim.score().unwrap_or_default();
        let difference = match verdict {
            Verdict::Overstated => counted.saturating_sub(bounds.high.unwrap_or(counted)),
            Verdict::Understated => bounds.low.saturating_sub(counted),
            Verdict::Unverifiable => counted.saturating_sub(bounds.low).max(Decimal::ZERO),
            Verdict::Agrees | Verdict::ReadingDependent | Verdict::Invalid => Decimal::ZERO,
        };
        Line { claim, bounds, verdict, difference }
    }

    /// The points it counts for: an invalid claim counts 0, and one that is open.
    pub fn counted(&self) -> Decimal {
        self.claim.score().unwrap_or_default()
    }

    /// What can at most be granted: an unknown weight bounds nothing, and of an open claim the highest that it can be.
    pub fn ceiling(&self) -> Decimal {
        granted_at_most(self.claim, self.bounds.high)
    }

    /// The recomputed score that an over- or understatement is measured by: the default reading's, else the nearer end.
    pub fn nearest(&self) -> Decimal {
        let end = if self.verdict == Verdict::Understated { Some(self.bounds.low) } else { self.bounds.high };
        self.bounds.default.or(end).unwrap_or(self.bounds.low)
    }

    /// True when the claim is the recomputed score rounded to the decimals that the claim is written with.
    pub fn is_rounded(&self) -> bool {
        self.claim.score().is_some_and(|claimed| claimed == rounded(self.nearest(), claimed.scale()))
    }

    /// How much the disagreement matters; from `material` points up it is an error.
    pub fn severity(&self, material: Decimal) -> Severity {
        match self.verdict {
            Verdict::Agrees | Verdict::Unverifiable => Severity::Info,
            Verdict::ReadingDependent => Severity::Warning,
            Verdict::Invalid => Severity::Error,
            Verdict::Overstated | Verdict::Understated if self.is_rounded() => Severity::Info,
            Verdict::Overstated | Verdict::Understated if self.difference >= material => Severity::Error,
            Verdict::Overstated | Verdict::Understated => Severity::Warning,
        }
    }
}

/// The most that a score of an indicator with these points can be: a full score of 16.667 points is 16.67 after the one
/// rounding of scores, and one of 16.664 may still be written as it stands.
pub fn most_claimable(points: Decimal) -> Decimal {
    points.max(round_score(points))
}

fn rounded(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

/// How far two scores lie apart.
pub(super) fn away(a: Decimal, b: Decimal) -> Decimal {
    a.saturating_sub(b).abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(claimed: &str, low: &str, high: &str) -> Line {
        let number = |text: &str| text.parse::<Decimal>().expect("a number");
        let bounds = Bounds { points: Some(Decimal::TEN), low: number(low), high: Some(number(high)), default: None };
        Line::new(Taken::Score(number(claimed)), bounds, number("0.01"))
    }

    #[test]
    fn of_a_range_the_nearer_end_is_what_a_claim_may_have_been_rounded_from() {
        // 4.84 is written 4.8: below the range, and no more than rounded.
        let below = line("4.8", "4.84", "6.00");
        assert_eq!(
            (below.verdict, below.nearest(), below.is_rounded()),
            (Verdict::Understated, below.bounds.low, true)
        );
        // 4.86 is written 4.9: above the range.
        let above = line("4.9", "1.00", "4.86");
        assert_eq!(above.verdict, Verdict::Overstated);
        assert!(above.is_rounded() && above.nearest() == above.bounds.high.expect("an end"));
        assert!(!line("4.7", "4.84", "6.00").is_rounded() && !line("5.0", "1.00", "4.86").is_rounded());
    }

    #[test]
    fn a_full_score_is_the_points_after_the_one_rounding() {
        let number = |text: &str| text.parse::<Decimal>().expect("a number");
        for (points, most) in [("16.667", "16.67"), ("3.125", "3.13"), ("16.664", "16.664"), ("6", "6")] {
            assert_eq!(most_claimable(number(points)), number(most), "{points}");
        }
        let bounds = |high: &str| Bounds {
            points: Some(number("3.125")),
            low: Decimal::ZERO,
            high: Some(number(high)),
            default: None,
        };
        let verdict =
            |claimed: &str, high: &str| Line::new(Taken::Score(number(claimed)), bounds(high), number("0.01")).verdict;
        assert_eq!(verdict("3.13", "3.13"), Verdict::Unverifiable);
        assert_eq!(verdict("3.14", "3.13"), Verdict::Overstated, "above the points, however little");
    }

    #[test]
    fn an_open_claim_is_unverifiable_whatever_the_range_and_counts_nothing_until_it_is_told() {
        let number = |text: &str| text.parse::<Decimal>().expect("a number");
        let bounds = Bounds { points: None, low: number("6"), high: Some(number("6")), default: Some(number("6")) };
        let open = Line::new(Taken::Open { most: Some(number("8")) }, bounds, number("0.01"));
        assert_eq!((open.verdict, open.difference, open.counted()), (Verdict::Unverifiable, number("0"), number("0")));
    }
}
