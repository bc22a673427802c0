//! The pairs of passages that may share a run: those with a fingerprint in common that is neither known nor common. One
//! sort over the fingerprints of the batch finds them.

use std::collections::{BTreeSet, HashSet};

use foldhash::fast::RandomState;

use super::common::{Batch, COMMON_AT_LEAST, Counted};
use super::department::is_one;
use super::{NobodysWords, Place, Shelf};
use crate::brief::Brief;

/// Passages with one fingerprint of which every pair is looked at. What more of them have is mostly no copy, and all pairs
/// would be thousands of thousands: then each is paired with the [`NEXT`] after it, and it is said.
const EACH_PAIRED: usize = 40;
/// As above.
const NEXT: usize = 5;
/// So many fingerprints are looked at together: some dozens of megabytes.
const AT_ONCE: usize = 1 << 20;
/// Pairs of a whole batch, for the same reason.
const PAIRS: usize = 200_000;

/// What the fingerprints say.
#[derive(Debug, Default)]
pub struct Candidates {
    /// Pairs of different departments, in the order of the run.
    pub pairs: Vec<(Place, Place)>,
    /// Passages with a fingerprint that is known or common.
    pub common_passages: HashSet<Place, RandomState>,
    /// Departments whose texts are compared.
    pub departments: usize,
    /// Pairs of one department.
    pub of_one_department: usize,
    /// Fingerprints of which not every pair was looked at.
    pub not_all_paired: usize,
}

impl Candidates {
    /// Departments with a passage that is known or common.
    pub fn common_departments(&self, names: &[Option<Vec<char>>]) -> usize {
        let name = |place: &Place| names.get(place.audit as usize)?.as_deref();
        self.common_passages.iter().filter_map(name).collect::<BTreeSet<_>>().len()
    }
}

/// The pairs of a batch.
pub fn candidates(
    audits: &[Brief],
    names: &[Option<Vec<char>>],
    known: &NobodysWords,
    shelf: &Shelf,
    batch: Batch,
) -> Candidates {
    let mut found = Candidates { departments: batch.departments, ..Candidates::default() };
    let name = |place: &Place| names[place.audit as usize].as_deref().unwrap_or_default();
    let departments = |holders: &[(u64, Place)]| -> usize {
        holders.iter().map(|(_, place)| name(place)).collect::<BTreeSet<&[char]>>().len()
    };
    let mut shared: Vec<(u64, Place)> = Vec::new();
    let slices = audits.iter().filter_map(|audit| audit.prints).sum::<usize>().div_ceil(AT_ONCE).max(1);
    for slice in 0..slices {
        let prints = prints_within(audits, names, shelf, (slice, slices));
        let (left, few): (Vec<_>, Vec<_>) = prints
            .chunk_by(|(one, _), (next, _)| one == next)
            .filter(|holders| holders.len() > 1 || known.grams.contains(&holders[0].0))
            .partition(|holders| known.grams.contains(&holders[0].0) || batch.is_common(departments(holders)));
        found.common_passages.extend(left.into_iter().flatten().map(|(_, place)| *place));
        shared.extend(few.into_iter().flatten());
    }
    let shared: Holders = shared.chunk_by(|(one, _), (next, _)| one == next).collect();
    // Near the end of a common run every passage has other fingerprints of it, each of them fewer than it stands in.
    let mut counted = Counted::default();
    let wanted = shared.iter().filter(|holders| departments(holders) >= COMMON_AT_LEAST).map(|holders| holders[0].0);
    counted.want(&wanted.collect::<Vec<u64>>());
    let common = counted.common(batch, names, shelf);
    let (left, shared): (Holders, Holders) = shared.into_iter().partition(|holders| common.contains(&holders[0].0));
    found.common_passages.extend(left.into_iter().flatten().map(|(_, place)| *place));
    pair_all(audits, &name, &shared, &mut found);
    found
}

/// Fingerprints, each with all its holders.
type Holders<'h> = Vec<&'h [(u64, Place)]>;

/// Every pair of the holders of a fingerprint.
fn pair_all<'n>(
    audits: &[Brief],
    name: &dyn Fn(&Place) -> &'n [char],
    shared: &[&[(u64, Place)]],
    found: &mut Candidates,
) {
    let mut pairs: HashSet<(Place, Place), RandomState> = HashSet::default();
    let mut of_one: HashSet<(Place, Place), RandomState> = HashSet::default();
    for holders in shared {
        let next = if holders.len() > EACH_PAIRED { NEXT } else { holders.len() };
        found.not_all_paired += usize::from(holders.len() > EACH_PAIRED);
        for (at, (_, one)) in holders.iter().enumerate() {
            for (_, other) in holders.iter().skip(at + 1).filter(|(_, other)| other.audit != one.audit).take(next) {
                let is_same_file = audits[one.audit as usize].file == audits[other.audit as usize].file;
                match is_same_file || is_one(name(one), name(other)) {
                    true => drop(of_one.insert((*one, *other))),
                    false if pairs.len() < PAIRS => drop(pairs.insert((*one, *other))),
                    false => found.not_all_paired += usize::from(!pairs.contains(&(*one, *other))),
                }
            }
        }
    }
    found.of_one_department = of_one.len();
    found.pairs = pairs.into_iter().collect();
    found.pairs.sort_unstable();
}

/// Every fingerprint of a slice of all that there can be, of so many slices, with its passage, in their order.
fn prints_within(
    audits: &[Brief],
    names: &[Option<Vec<char>>],
    shelf: &Shelf,
    (slice, slices): (usize, usize),
) -> Vec<(u64, Place)> {
    let mut prints = Vec::new();
    // The slices follow each other as the fingerprints do.
    let is_within = |hash: u64| (u128::from(hash) * slices as u128) >> u64::BITS == slice as u128;
    for at in (0..audits.len()).filter(|at| names[*at].is_some()) {
        let Some(own) = shelf.texts.prints(at) else { continue };
        for (passage, hashes) in own.each().enumerate() {
            let place = Place { audit: at as u32, passage: passage as u32 };
            prints.extend(hashes.iter().filter(|hash| is_within(**hash)).map(|hash| (*hash, place)));
        }
    }
    prints.sort_unstable();
    prints
}
