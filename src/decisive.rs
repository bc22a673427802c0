//! What a grade hangs on: the fewest scores that, not granted, take the grade of all that can be granted away.
//! (bureau.md, “The whole batch”: grade sensitivity)

use std::cmp::Reverse;

use rust_decimal::Decimal;

use crate::audit::GradeHangs;
use crate::judge::Judged;
use crate::rulebook::Grade;
use crate::sums::sum;
use crate::taken::Taken;

/// What can be granted for one indicator, in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Granting {
    /// At least, whatever is still settled.
    pub least: Decimal,
    /// At most.
    pub most: Decimal,
}

/// What a grade hangs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decisive<'g> {
    /// All that can be granted, in points.
    pub ceiling: Decimal,
    /// Its grade.
    pub grade: &'g Grade,
    /// Points by which it is above the lowest total of its grade: so many may be lost.
    pub margin: Decimal,
    /// The places of the fewest indicators whose open points together are more than that, the largest first.
    pub indicators: Vec<usize>,
    /// Their open points.
    pub at_stake: Decimal,
    /// The grade if none of these points is granted, and all others are.
    pub otherwise: &'g Grade,
}

/// What the grade of judged scores hangs on; none where it does not, or where a claim or the points of a row are not known.
pub fn of_scores(scores: &[Judged], grades: &[Grade]) -> Option<GradeHangs> {
    if !can_be_told(scores) {
        return None;
    }
    let granting = |score: &Judged| {
        let most = score.line().ceiling();
        Granting { least: score.range.low.min(most), most }
    };
    let granted: Vec<Granting> = scores.iter().map(granting).collect();
    let found = decisive(&granted, grades)?;
    Some(GradeHangs {
        indicators: found.indicators.iter().map(|at| scores[*at].indicator.id.clone()).collect(),
        at_stake: found.at_stake,
        margin: found.margin,
        otherwise: found.otherwise.name.clone(),
    })
}

/// Whether every claim could be read, and every highest score is known.
fn can_be_told(scores: &[Judged]) -> bool {
    scores.iter().all(|score| score.range.high.is_some() && !matches!(score.claim.taken(), Taken::Open { .. }))
}

impl Granting {
    /// Points that are still open.
    pub fn open(self) -> Decimal {
        self.most.saturating_sub(self.least).max(Decimal::ZERO)
    }
}

/// What the grade of a submission hangs on; none where it is the same whatever is settled. With the largest open scores first, no
/// smaller number of them can reach as far.
pub fn decisive<'g>(scores: &[Granting], grades: &'g [Grade]) -> Option<Decisive<'g>> {
    let of = |total: Decimal| grades.iter().find(|grade| total >= grade.from).or(grades.last());
    let ceiling = sum(scores.iter().map(|score| score.most));
    let grade = of(ceiling)?;
    let margin = ceiling.saturating_sub(grade.from);
    let mut by_size: Vec<usize> = (0..scores.len()).filter(|at| scores[*at].open() > Decimal::ZERO).collect();
    by_size.sort_by_key(|at| Reverse(scores[*at].open()));
    let mut at_stake = Decimal::ZERO;
    let enough = by_size.iter().position(|at| {
        at_stake = at_stake.saturating_add(scores[*at].open());
        at_stake > margin
    })?;
    let otherwise = of(ceiling.saturating_sub(at_stake)).filter(|otherwise| *otherwise != grade)?;
    by_size.truncate(enough + 1);
    Some(Decisive { ceiling, grade, margin, indicators: by_size, at_stake, otherwise })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grades() -> Vec<Grade> {
        [("优", 90), ("良", 80), ("中", 60), ("差", 0)]
            .map(|(name, from)| Grade { name: name.to_owned(), from: Decimal::from(from) })
            .to_vec()
    }

    fn scores(of: &[(i64, i64)]) -> Vec<Granting> {
        let score = |tenths: i64| Decimal::new(tenths, 1);
        of.iter().map(|(least, most)| Granting { least: score(*least), most: score(*most) }).collect()
    }

    #[test]
    fn the_largest_open_scores_that_exceed_the_margin_decide() {
        let grades = grades();
        // 92.5 can be granted: 2.5 may be lost. 2.0 alone are not enough, 2.0 and 1.5 are.
        let of = scores(&[(700, 700), (80, 100), (55, 70), (45, 55)]);
        let found = decisive(&of, &grades).expect("the grade is open");
        assert_eq!((found.grade.name.as_str(), found.otherwise.name.as_str()), ("优", "良"));
        assert_eq!((found.margin, found.at_stake), (Decimal::new(25, 1), Decimal::new(35, 1)));
        assert_eq!(found.indicators, [1, 2]);
    }

    #[test]
    fn exactly_the_margin_keeps_the_grade() {
        let grades = grades();
        // 92.5 less 2.5 is 90, which is still 优.
        assert_eq!(decisive(&scores(&[(700, 700), (200, 225)]), &grades), None);
        assert!(decisive(&scores(&[(700, 700), (199, 225)]), &grades).is_some());
    }

    #[test]
    fn one_large_score_may_cost_more_than_one_grade() {
        let grades = grades();
        let found = decisive(&scores(&[(700, 700), (0, 250)]), &grades).map(|found| found.otherwise.name.clone());
        assert_eq!(found.as_deref(), Some("中"), "70 points");
    }

    #[test]
    fn no_fewer_scores_can_reach_as_far() {
        let grades = grades();
        for seed in 0..200_u64 {
            let width = |at: u64| ((seed * 7919 + at * 104_729) % 41) as i64;
            let of: Vec<(i64, i64)> = (0..10).map(|at| (90 - width(at), 90)).chain([(20, 20)]).collect();
            let of = scores(&of);
            let Some(found) = decisive(&of, &grades) else { continue };
            let open = |set: u32| sum((0..of.len()).filter(|at| set & (1 << at) != 0).map(|at| of[at].open()));
            let smallest = (0..1_u32 << of.len()).filter(|set| open(*set) > found.margin).map(u32::count_ones).min();
            assert_eq!(smallest, Some(found.indicators.len() as u32), "{of:?}");
        }
    }
}
