//! How many items of a population are looked at on the spot, and which: attribute sampling by exact counts, and a draw that
//! anybody can repeat from its seed. (bureau.md, “The whole batch”)

use num_bigint::BigInt;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use sha2::{Digest, Sha256};

/// What is asked of a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SamplePlan {
    /// The seed of the draw.
    pub seed: u64,
    /// The rate of deviations that may just not be tolerated any more, in per cent.
    pub tolerable: u32,
    /// The rate that is expected, in per cent.
    pub expected: u32,
    /// How sure one wants to be that the rate is below the tolerable one, in per cent.
    pub confidence: u32,
}

impl SamplePlan {
    /// The plan of that seed as audits use it: 9 % tolerable, 2 % expected, 95 % confidence.
    pub const fn usual(seed: u64) -> SamplePlan {
        SamplePlan { seed, tolerable: 9, expected: 2, confidence: 95 }
    }
}

/// The size of a sample, and how many deviations it may show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleSize {
    /// Items to be looked at.
    pub items: usize,
    /// Deviations up to which the rate is taken to be tolerable.
    pub deviations: usize,
}

/// Larger samples are not reckoned: so many items nobody visits, and a plan that needs more asks for all of them.
const ITEMS_MAX: usize = 2_000;

/// The smallest sample of a population that bears the deviations that are expected in it and still shows, with the confidence
/// that is wanted, that fewer than the tolerable rate deviate: drawn without putting back, if just that many did, no more than
/// these would be found with a chance of at most the rest. All of it, where no smaller one does.
pub fn size(population: usize, plan: &SamplePlan) -> SampleSize {
    let percent = |rate: u32, of: usize| (rate as usize * of).div_ceil(100);
    let deviating = percent(plan.tolerable, population);
    let enough = (1..population.min(ITEMS_MAX)).find_map(|items| {
        let deviations = percent(plan.expected, items);
        is_enough(population, deviating, items, deviations, plan.confidence).then_some(SampleSize { items, deviations })
    });
    enough
        .unwrap_or(SampleSize { items: population, deviations: percent(plan.tolerable, population).saturating_sub(1) })
}

/// Whether so few deviations among so many items are improbable enough, where that many of the population deviate.
fn is_enough(population: usize, deviating: usize, items: usize, deviations: usize, confidence: u32) -> bool {
    // The number of draws with so many deviations, in the order of drawing: their choice among the draws, and both falls.
    let draws = |found: usize| {
        choose(items, found) * falling(deviating, found) * falling(population - deviating, items - found)
    };
    let unlikely: BigInt = (0..=deviations.min(items)).map(draws).sum();
    unlikely * 100 <= falling(population, items) * (100 - confidence.min(100))
}

/// `of` × (`of` − 1) × … over that many factors; 0 where there are not so many.
fn falling(of: usize, factors: usize) -> BigInt {
    if factors > of {
        return BigInt::from(0);
    }
    (of - factors + 1..=of).map(BigInt::from).product()
}

fn choose(of: usize, some: usize) -> BigInt {
    falling(of, some) / falling(some, some)
}

/// The places of so many items, drawn by the seed: those whose digest with it is smallest. So the draw does not hang on the
/// order of the items, and what is added to a batch changes little of it.
pub fn draw(keys: &[String], items: usize, seed: u64) -> Vec<usize> {
    let digest = |key: &String| Sha256::new().chain_update(seed.to_be_bytes()).chain_update(key.as_bytes()).finalize();
    let mut order: Vec<(_, usize)> = keys.iter().enumerate().map(|(at, key)| (digest(key), at)).collect();
    order.sort_unstable();
    let mut drawn: Vec<usize> = order.into_iter().take(items).map(|(_, at)| at).collect();
    drawn.sort_unstable();
    drawn
}

/// A rate as it is typed, in whole per cent from 0 to 100.
pub fn percent(rate: Decimal) -> Option<u32> {
    rate.is_integer().then(|| rate.to_u32()).flatten().filter(|rate| *rate <= 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_is_that_of_the_tables_of_auditors() {
        // Tolerable 9 %, expected 2 %, 95 % sure: 68 items, at most 2 deviations.
        assert_eq!(size(3653, &SamplePlan::usual(1)), SampleSize { items: 68, deviations: 2 });
        // None expected: 0.95^58 is 5.1 %, 0.95^59 is 4.8 % (a little less without putting back).
        let plan = SamplePlan { expected: 0, tolerable: 5, ..SamplePlan::usual(1) };
        assert_eq!(size(100_000, &plan).items, 59);
        assert!(size(1_000, &plan).items < 59);
    }

    #[test]
    fn a_small_population_is_looked_at_whole_where_no_sample_is_enough() {
        assert_eq!(size(5, &SamplePlan::usual(1)).items, 5);
        assert_eq!(size(0, &SamplePlan::usual(1)).items, 0);
    }

    #[test]
    fn draws_without_putting_back_are_counted_exactly() {
        // Of 10 items 3 deviate; 4 are drawn: 35 of 210 draws show none, 105 one.
        assert!(is_enough(10, 3, 4, 0, 83) && !is_enough(10, 3, 4, 0, 84), "35 of 210 is 16.7 %");
        assert!(is_enough(10, 3, 4, 1, 33) && !is_enough(10, 3, 4, 1, 34), "140 of 210 is 66.7 %");
    }

    #[test]
    fn a_draw_is_the_same_in_any_order_and_another_with_another_seed() {
        let keys: Vec<String> = (0..500).map(|at| format!("item {at}")).collect();
        let drawn = |keys: &[String], seed| {
            let mut names: Vec<String> = draw(keys, 68, seed).into_iter().map(|at| keys[at].clone()).collect();
            names.sort();
            names
        };
        let mut reversed = keys.clone();
        reversed.reverse();
        assert_eq!(drawn(&keys, 7), drawn(&reversed, 7));
        assert_eq!(drawn(&keys, 7).len(), 68);
        assert!(drawn(&keys, 7) != drawn(&keys, 8));
        // Of 500 items with 10 more, nearly all that were drawn are drawn again.
        let more: Vec<String> = keys.iter().cloned().chain((500..510).map(|at| format!("item {at}"))).collect();
        let again = drawn(&more, 7);
        assert!(drawn(&keys, 7).iter().filter(|name| again.contains(name)).count() >= 60);
    }
}
