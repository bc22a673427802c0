//! Which submission is whose: names are equal but for width, blanks, punctuation and brackets, or they are not. What is near is a
//! candidate for a person, and a file called after a department that could not be read is perhaps its own.

use std::collections::{BTreeSet, HashMap};

use crate::audit::Status;
use crate::submission::names::key;

use super::{InBrief, Roster, named};

/// Whose each audit of the batch is.
pub struct Matched {
    /// The department of the roster whose name it bears.
    pub due: Vec<Option<usize>>,
    /// The departments of the roster whose names are near to its own, or stand in its path; of an audit that bears none.
    pub near: Vec<Vec<usize>>,
    /// The same of files that are no workbooks.
    pub others: Vec<Vec<usize>>,
}

/// Shorter than this a name is too common to be known again within a longer one (市局 in every 市…局), in characters.
const SHORTEST: usize = 3;
/// Shorter than this a name is not looked for in paths, in characters: 人大 and 政协 are.
const SHORTEST_IN_PATH: usize = 2;

impl Matched {
    /// Matches the audits of a batch, and the files beside them, with the roster.
    pub fn of(roster: &Roster, batch: InBrief) -> Matched {
        let names = Names::of(roster);
        let units: Vec<Option<String>> = batch.audits.iter().map(|audit| named(audit).map(key)).collect();
        let due: Vec<Option<usize>> =
            units.iter().map(|unit| names.exact.get(unit.as_deref()?).copied().flatten()).collect();
        // Whoever is there under its own name is not looked for under another.
        let mut is_there = vec![false; roster.departments.len()];
        due.iter().flatten().for_each(|at| is_there[*at] = true);
        let mut near_to: HashMap<&str, Vec<usize>> = HashMap::new();
        let near = batch.audits.iter().zip(&units).zip(&due).map(|((audit, unit), due)| {
            if due.is_some() {
                return Vec::new();
            }
            let mut near: BTreeSet<usize> = names.within(&audit.file);
            if let (Some(unit), Status::Audited) = (unit, audit.status) {
                let of_name = near_to.entry(unit.as_str()).or_insert_with(|| names.near(unit));
                near.extend(of_name.iter().filter(|at| !is_there[**at]));
            }
            near.into_iter().collect()
        });
        let near = near.collect();
        let others = batch.against.others.iter().map(|file| names.within(file).into_iter().collect()).collect();
        Matched { due, near, others }
    }
}

/// The names of a roster as they are compared.
struct Names {
    /// Whose each name is; of nobody where it is that of two.
    exact: HashMap<String, Option<usize>>,
    /// The lengths that names have, in characters, the longest first.
    lengths: Vec<usize>,
    /// Every name with its department.
    all: Vec<(Written, usize)>,
}

/// A name taken apart for comparing.
struct Written {
    characters: Vec<char>,
    /// A bit for each of its characters: what has few bits in common need not be compared.
    bits: u64,
}

impl Written {
    fn of(key: &str) -> Written {
        let characters: Vec<char> = key.chars().collect();
        let bits = characters.iter().fold(0, |bits, c| bits | 1 << (u32::from(*c).wrapping_mul(0x9E37_79B1) >> 26));
        Written { characters, bits }
    }

    /// Whether a person might take the two for one: one is the other with characters left out (市发改委 of
    /// 市发展和改革委员会, 教育局 of 市教育局), or at most a third of the characters differ.
    fn is_near(&self, other: &Written) -> bool {
        let (short, long) = match self.characters.len() <= other.characters.len() {
            true => (self, other),
            false => (other, self),
        };
        if (short.bits & !long.bits).count_ones() as usize > long.characters.len() / 3 {
            return false;
        }
        let mut rest = long.characters.iter();
        let is_part = short.characters.len() >= SHORTEST && short.characters.iter().all(|c| rest.any(|one| one == c));
        is_part
            || (long.characters.len() - short.characters.len()) * 3 <= long.characters.len()
                && strsim::generic_levenshtein(&Characters(short), &Characters(long)) * 3 <= long.characters.len()
    }
}

struct Characters<'w>(&'w Written);

impl<'a> IntoIterator for &'a Characters<'_> {
    type Item = char;
    type IntoIter = std::iter::Copied<std::slice::Iter<'a, char>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.characters.iter().copied()
    }
}

impl Names {
    fn of(roster: &Roster) -> Names {
        let mut exact: HashMap<String, Option<usize>> = HashMap::new();
        let mut all = Vec::new();
        for (at, department) in roster.departments.iter().enumerate() {
            for key in department.names().map(key).filter(|key| !key.is_empty()) {
                all.push((Written::of(&key), at));
                exact.entry(key).and_modify(|known| *known = known.filter(|known| *known == at)).or_insert(Some(at));
            }
        }
        let lengths: BTreeSet<usize> = all.iter().map(|(name, _)| name.characters.len()).collect();
        let lengths = lengths.into_iter().rev().filter(|length| *length >= SHORTEST_IN_PATH).collect();
        Names { exact, lengths, all }
    }

    /// The departments whose names are near to that key.
    fn near(&self, key: &str) -> Vec<usize> {
        let written = Written::of(key);
        self.all.iter().filter(|(name, _)| name.is_near(&written)).map(|(_, at)| *at).collect()
    }

    /// The departments whose names stand in a path; of a name within a longer one that stands there too, only the longer.
    fn within(&self, path: &str) -> BTreeSet<usize> {
        let characters: Vec<char> = key(path).chars().collect();
        let mut taken: Vec<(usize, usize)> = Vec::new();
        let mut found = BTreeSet::new();
        for length in &self.lengths {
            for from in 0..(characters.len() + 1).saturating_sub(*length) {
                let to = from + length;
                if taken.iter().any(|(start, end)| *start <= from && to <= *end) {
                    continue;
                }
                let name: String = characters[from..to].iter().collect();
                if let Some(at) = self.exact.get(&name).copied().flatten() {
                    taken.push((from, to));
                    found.insert(at);
                }
            }
        }
        found
    }
}
