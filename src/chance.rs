//! Exact probabilities of counts, for what may be chance across a batch.

use crate::fraction::Fraction;

/// How probable it is that of `of` independent trials, each with that chance, at least `least` succeed.
pub fn at_least(least: u32, of: u32, chance: &Fraction) -> Fraction {
    if least == 0 {
        return Fraction::one();
    }
    let missed = Fraction::one() - chance;
    let (mut sum, mut ways) = (Fraction::zero(), Fraction::one());
    for hits in 0..=of {
        if hits >= least {
            sum = sum + &ways * &(power(chance, hits) * power(&missed, of - hits));
        }
        ways = ways * Fraction::new(i128::from(of - hits), i128::from(hits) + 1);
    }
    sum
}

/// A power.
pub fn power(base: &Fraction, exponent: u32) -> Fraction {
    (0..exponent).fold(Fraction::one(), |product, _| product * base)
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
    fn all_outcomes_together_are_certain() {
        let third = Fraction::new(1, 3);
        let of_exactly = |hits: u32| at_least(hits, 7, &third) - at_least(hits + 1, 7, &third);
        assert_eq!((0..=7).map(of_exactly).fold(Fraction::zero(), |sum, one| sum + one), Fraction::one());
    }
}
