//! Claimed points by verdict, recomputed totals, the ceiling and the grades.

use rust_decimal::Decimal;

use crate::audit::{PointsByVerdict, RecomputedTotals, Verdict};
use crate::rulebook::{Grade, Rulebook};

use super::Judged;

/// All sums over the indicators of one card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// Σ of the claims; an invalid one counts 0.
    pub claimed: Decimal,
    /// The recomputed total and its grades.
    pub recomputed: RecomputedTotals,
    /// Claimed points by verdict.
    pub points: PointsByVerdict,
}

/// Adds up the indicators of a card.
pub fn totals(rulebook: &Rulebook, scores: &[Judged]) -> Totals {
    let sum = |part: fn(&Judged) -> Decimal| scores.iter().map(part).fold(Decimal::ZERO, Decimal::saturating_add);
    let low = sum(|score| score.range.low);
    let high = sum(|score| score.range.high);
    let ceiling = sum(|score| score.claim.counted().min(score.range.high));
    let grade = |total| grade_of(&rulebook.grades, total).unwrap_or_default().to_owned();
    Totals {
        claimed: sum(|score| score.claim.counted()),
        recomputed: RecomputedTotals {
            low,
            high: Some(high),
            ceiling,
            grade_low: grade(low),
            grade_high: Some(grade(high)),
            grade_ceiling: grade(ceiling),
        },
        points: points_by_verdict(scores),
    }
}

fn points_by_verdict(scores: &[Judged]) -> PointsByVerdict {
    let mut points = PointsByVerdict::default();
    for score in scores {
        let claimed = score.claim.counted();
        // What an over- or understated claim leaves is confirmed only when nothing is missing.
        let settled = if score.range.complete() { Verdict::Agrees } else { Verdict::Unverifiable };
        match score.verdict {
            Verdict::Overstated => {
                add(&mut points, Verdict::Overstated, score.difference);
                add(&mut points, settled, claimed.saturating_sub(score.difference));
            }
            Verdict::Understated => {
                add(&mut points, Verdict::Understated, score.difference);
                add(&mut points, settled, claimed);
            }
            verdict => add(&mut points, verdict, claimed),
        }
    }
    points
}

fn add(points: &mut PointsByVerdict, verdict: Verdict, amount: Decimal) {
    let part = match verdict {
        Verdict::Agrees => &mut points.agreed,
        Verdict::Overstated => &mut points.overstated,
        Verdict::Understated => &mut points.understated,
        Verdict::ReadingDependent => &mut points.reading_dependent,
        Verdict::Unverifiable => &mut points.unverifiable,
        Verdict::Invalid => &mut points.invalid,
    };
    *part = part.saturating_add(amount);
}

/// The grade of a total: the best whose lowest total it reaches; below all of them the last.
pub fn grade_of(grades: &[Grade], total: Decimal) -> Option<&str> {
    grades.iter().find(|grade| total >= grade.from).or(grades.last()).map(|grade| grade.name.as_str())
}
