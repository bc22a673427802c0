//! Fingerprints of a passage by winnowing (Schleimer, Wilkerson and Aiken, 2003): of the hashes of all its runs of
//! [`GRAM`] characters, the smallest of every [`WINDOW`] that follow each other.

use std::collections::VecDeque;

use super::SHORTEST;

/// Characters of one hash. Two or three characters of Chinese are a word, and stand everywhere; twelve are a phrase.
pub const GRAM: usize = 12;
/// Hashes of which one is kept. With it every run of [`SHORTEST`] characters that two passages share has a fingerprint in
/// both: such a run has exactly that many hashes, and of the same hashes the same one is the smallest.
pub const WINDOW: usize = SHORTEST + 1 - GRAM;

/// The fingerprints of the passages of one submission.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prints {
    hashes: Vec<u64>,
    /// Where those of each passage end.
    ends: Vec<u32>,
}

impl Prints {
    /// Of passages in their order.
    pub fn of<'p>(passages: impl Iterator<Item = &'p [char]>) -> Prints {
        let mut prints = Prints::default();
        for signs in passages {
            prints.hashes.extend(winnowed(signs));
            prints.ends.push(u32::try_from(prints.hashes.len()).unwrap_or(u32::MAX));
        }
        // They are kept as long as the batch is.
        prints.hashes.shrink_to_fit();
        prints.ends.shrink_to_fit();
        prints
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.hashes.len()
    }

    /// All of them, and where those of each passage end.
    pub fn parts(&self) -> (&[u64], &[u32]) {
        (&self.hashes, &self.ends)
    }

    /// Prints of such parts.
    pub fn from_parts(hashes: Vec<u64>, ends: Vec<u32>) -> Prints {
        Prints { hashes, ends }
    }

    /// The fingerprints of each passage.
    pub fn each(&self) -> impl Iterator<Item = &[u64]> {
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        begins.zip(&self.ends).map(|(from, to)| self.hashes.get(from as usize..*to as usize).unwrap_or_default())
    }
}

/// The base of the rolling hash: odd, so that no character is lost from it.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

/// The hash of every run of so many characters, in their order; it rolls on from one to the next.
pub fn rolling(signs: &[char], length: usize) -> Vec<u64> {
    if length == 0 || signs.len() < length {
        return Vec::new();
    }
    let first = (1..length).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let value = |c: char| u64::from(u32::from(c)) + 1;
    let take = |hash: u64, c: char| hash.wrapping_mul(BASE).wrapping_add(value(c));
    let mut hash = signs[..length].iter().fold(0, |hash, c| take(hash, *c));
    let mut hashes = Vec::with_capacity(signs.len() - length + 1);
    hashes.push(mixed(hash));
    for (gone, come) in signs.iter().zip(&signs[length..]) {
        hash = take(hash.wrapping_sub(value(*gone).wrapping_mul(first)), *come);
        hashes.push(mixed(hash));
    }
    hashes
}

/// The hash of every run of [`GRAM`] characters.
pub fn grams(signs: &[char]) -> Vec<u64> {
    rolling(signs, GRAM)
}

/// Neighbouring hashes in no order of their own (the last step of SplitMix64): the smallest is any of them.
fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    hash ^ (hash >> 31)
}

/// The fingerprints of a passage, each once, in ascending order; none of one shorter than [`SHORTEST`].
pub fn winnowed(signs: &[char]) -> Vec<u64> {
    let mut kept = Vec::new();
    let mut window: VecDeque<(usize, u64)> = VecDeque::new();
    for (at, hash) in grams(signs).into_iter().enumerate() {
        // Of equal ones the last: it stays the smallest of its window the longest.
        while window.back().is_some_and(|(_, last)| *last >= hash) {
            window.pop_back();
        }
        window.push_back((at, hash));
        if window.front().is_some_and(|(first, _)| first + WINDOW <= at) {
            window.pop_front();
        }
        if at + 1 >= WINDOW {
            kept.extend(window.front().map(|(_, smallest)| *smallest));
        }
    }
    kept.sort_unstable();
    kept.dedup();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rolling_hash_is_that_of_its_characters_wherever_they_stand() {
        let signs: Vec<char> = "一二三四五六七八九十一二三四五六七八九十".chars().collect();
        let hashes = rolling(&signs, 5);
        assert_eq!(hashes.len(), 16);
        assert_eq!(hashes[0], hashes[10]);
        assert_eq!(hashes.iter().take(10).collect::<std::collections::BTreeSet<_>>().len(), 10);
        assert!(rolling(&signs, 21).is_empty());
    }

    #[test]
    fn a_passage_shorter_than_what_is_told_has_no_fingerprint() {
        let signs: Vec<char> = (0..SHORTEST as u32).filter_map(|n| char::from_u32(0x4e00 + n)).collect();
        assert_eq!(winnowed(&signs).len(), 1);
        assert!(winnowed(&signs[1..]).is_empty());
    }
}
