//! Exact probabilities of counts, for what may be chance across a batch.

use num_bigint::BigInt;
use num_traits::{One, Zero};

use crate::fraction::Fraction;

/// How probable it is that of `of` independent trials, each with that chance, at least `least` succeed. Counted in whole numbers over
/// one denominator, which is shortened once: a batch asks for it with each of its departments.
pub fn at_least(least: u32, of: u32, chance: &Fraction) -> Fraction {
    if least == 0 {
        return Fraction::one();
    }
    let [hit, all] = chance.parts();
    let missed = &all - &hit;
    // In how many ways, of all to the power of the trials, `hits` succeed: the ways to choose them, and in each these hit and the
    // others miss.
    let mut missed_of = vec![BigInt::one()];
    for _ in least..of {
        missed_of.extend(missed_of.last().map(|power| power * &missed));
    }
    let (mut sum, mut chosen, mut hit_of) = (BigInt::zero(), BigInt::one(), hit.pow(least.min(of)));
    (0..least.min(of)).for_each(|hits| chosen = &chosen * (of - hits) / (hits + 1));
    for hits in least..=of {
        sum += &chosen * &hit_of * &missed_of[(of - hits) as usize];
        chosen = chosen * (of - hits) / (hits + 1);
        hit_of *= &hit;
    }
    Fraction::of_parts(sum, all.pow(of))
}

/// `hits` of `of`, with one more success and one more trial than were seen: what never happened yet is not impossible.
pub fn rate(hits: u32, of: u32) -> Fraction {
    Fraction::new(i128::from(hits) + 1, i128::from(of) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_are_those_of_counting_all_outcomes() {
        // Three coins: one of eight outcomes has three heads, four have at least two.
        let half = Fraction::new(1, 2);
        assert_eq!(at_least(3, 3, &half), Fraction::new(1, 8));
        assert_eq!(at_least(2, 3, &half), half);
        assert_eq!(at_least(0, 3, &half), Fraction::one());
        assert_eq!(at_least(4, 3, &half), Fraction::zero());
        // A die thrown twice: 11 of 36 show a six.
        assert_eq!(at_least(1, 2, &Fraction::new(1, 6)), Fraction::new(11, 36));
    }

    #[test]
    fn the_tail_is_the_sum_of_its_outcomes_however_many_trials_there_are() {
        let chance = Fraction::new(3, 7);
        let of_exactly = |hits: u32, of: u32| {
            let ways = (0..hits)
                .fold(Fraction::one(), |ways, at| ways * Fraction::new(i128::from(of - at), i128::from(at) + 1));
            ways * chance.power(hits) * Fraction::new(4, 7).power(of - hits)
        };
        for (least, of) in [(1, 1), (1, 2), (2, 2), (5, 9), (1, 40), (33, 40), (40, 40)] {
            let summed = (least..=of).fold(Fraction::zero(), |sum, hits| sum + of_exactly(hits, of));
            assert_eq!(at_least(least, of, &chance), summed, "{least} of {of}");
        }
        for never in [Fraction::zero(), Fraction::one()] {
            assert_eq!(at_least(3, 5, &never), never);
        }
    }

    #[test]
    fn all_outcomes_together_are_certain() {
        let third = Fraction::new(1, 3);
        let of_exactly = |hits: u32| at_least(hits, 7, &third) - at_least(hits + 1, 7, &third);
        assert_eq!((0..=7).map(of_exactly).fold(Fraction::zero(), |sum, one| sum + one), Fraction::one());
    }
}
