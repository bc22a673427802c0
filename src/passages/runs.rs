//! What two passages have in common, found exactly: every run of characters that stands in both.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use super::prints::rolling;

/// A run that stands in both passages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Where it begins in the one.
    pub own: usize,
    /// Where it begins in the other.
    pub other: usize,
    /// How many characters.
    pub length: usize,
}

/// Places of the other passage that are tried for one run: a passage that repeats itself more often is filled with nothing.
const PLACES: usize = 64;

/// The runs of at least `shortest` characters that stand in both, in the order of the one. Each goes as far as it can to
/// both sides; what the one has in several places of the other is told once.
pub fn runs(own: &[char], other: &[char], shortest: usize) -> Vec<Run> {
    Hashed::of(own, shortest).runs(own, other)
}

/// A passage that is compared with several others, hashed once.
#[derive(Debug, Default)]
pub struct Hashed {
    shortest: usize,
    /// Of every run of the shortest length, in their order.
    hashes: Vec<u64>,
    known: HashSet<u64, RandomState>,
}

impl Hashed {
    /// A passage whose runs of at least so many characters are wanted.
    pub fn of(own: &[char], shortest: usize) -> Hashed {
        let hashes = rolling(own, shortest);
        Hashed { shortest, known: hashes.iter().copied().collect(), hashes }
    }

    /// As [`runs`], of the passage that was hashed.
    pub fn runs(&self, own: &[char], other: &[char]) -> Vec<Run> {
        let Hashed { shortest, hashes, known } = self;
        let places = Places::of(rolling(other, *shortest), known);
        let (mut runs, mut at) = (Vec::new(), 0);
        while let Some(hash) = hashes.get(at).filter(|_| !places.0.is_empty()) {
            let tried = places.having(*hash);
            let longest =
                tried.map(|place| (same_from(own, at, other, place), place)).max_by_key(|(length, _)| *length);
            match longest.filter(|(length, _)| length >= shortest) {
                None => at += 1,
                Some((length, place)) => {
                    let before = same_before(own, at, other, place);
                    runs.push(Run { own: at - before, other: place - before, length: length + before });
                    at += length - shortest + 1;
                }
            }
        }
        runs
    }
}

/// Where in a passage each hash stands that the other passage has, too.
struct Places(Vec<(u64, usize)>);

impl Places {
    fn of(hashes: Vec<u64>, known: &HashSet<u64, RandomState>) -> Places {
        let mut places: Vec<(u64, usize)> =
            hashes.into_iter().zip(0..).filter(|(hash, _)| known.contains(hash)).collect();
        places.sort_unstable();
        Places(places)
    }

    /// The places of a hash, the first ones in their order.
    fn having(&self, hash: u64) -> impl Iterator<Item = usize> + '_ {
        let from = self.0.partition_point(|(other, _)| *other < hash);
        self.0[from..].iter().take_while(move |(other, _)| *other == hash).take(PLACES).map(|(_, at)| *at)
    }
}

fn same_from(own: &[char], at: usize, other: &[char], place: usize) -> usize {
    own[at..].iter().zip(&other[place..]).take_while(|(one, other)| one == other).count()
}

fn same_before(own: &[char], at: usize, other: &[char], place: usize) -> usize {
    own[..at].iter().rev().zip(other[..place].iter().rev()).take_while(|(one, other)| one == other).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn a_run_goes_as_far_as_it_can_to_both_sides() {
        let (own, other) = (signs("甲乙一二三四五六七八丙"), signs("丁一二三四五六七八戊己"));
        assert_eq!(runs(&own, &other, 5), [Run { own: 2, other: 1, length: 8 }]);
        assert!(runs(&own, &other, 9).is_empty());
    }

    #[test]
    fn two_runs_that_overlap_in_the_one_are_both_whole() {
        // The other has 一…七 and 三…九 apart from each other; the one has 一…九.
        let (own, other) = (signs("一二三四五六七八九"), signs("一二三四五六七隔三四五六七八九"));
        let found = runs(&own, &other, 5);
        assert_eq!(found, [Run { own: 0, other: 0, length: 7 }, Run { own: 2, other: 8, length: 7 }]);
    }
}
