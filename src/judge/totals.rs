//! Claimed points by verdict, recomputed totals, the ceiling and the grades.

use rust_decimal::Decimal;

use crate::audit::{PointsByVerdict, RecomputedTotals, Verdict};
use crate::rulebook::{Grade, Rulebook};
use crate::sums::{sum, sum_known};

use super::Line;

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

/// Adds up the lines of a card or of a form.
pub fn totals(rulebook: &Rulebook, lines: &[Line]) -> Totals {
    let over = |part: fn(&Line) -> Decimal| sum(lines.iter().map(part));
    let high = sum_known(lines.iter().map(|line| line.bounds.high));
    let (low, ceiling) = (over(|line| line.bounds.low), over(Line::ceiling));
    let grade = |total| grade_of(&rulebook.grades, total).unwrap_or_default().to_owned();
    Totals {
        claimed: over(Line::counted),
        recomputed: RecomputedTotals {
            low,
            high,
            ceiling,
            grade_low: grade(low),
            grade_high: high.map(grade),
            grade_ceiling: grade(ceiling),
        },
        points: points_by_verdict(lines),
    }
}

fn points_by_verdict(lines: &[Line]) -> PointsByVerdict {
    let mut points = PointsByVerdict::default();
    for line in lines {
        let claimed = line.counted();
        // What an over- or understated claim leaves is confirmed only when nothing is missing.
        let settled = if line.bounds.complete() { Verdict::Agrees } else { Verdict::Unverifiable };
        match line.verdict {
            Verdict::Overstated => {
                add(&mut points, Verdict::Overstated, line.difference);
                add(&mut points, settled, claimed.saturating_sub(line.difference));
            }
            Verdict::Understated => {
                add(&mut points, Verdict::Understated, line.difference);
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
