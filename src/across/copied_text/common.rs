//! What so many departments have that none of them copied it from another.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use super::Shelf;

/// Fewer departments are never the batch: two that share a text are a pair, whatever share of a small batch they are.
pub const COMMON_AT_LEAST: usize = 3;
/// Of fewer departments a third is less than two, so that a pair cannot be told from what the form says: without the notice
/// such pairs are told as information only.
pub const TELLING_BATCH: usize = 6;
/// Runs that are counted over the batch at once, to stay within some dozens of megabytes.
const COUNTED: usize = 2_000_000;

/// The batch, as far as it says what is common.
#[derive(Debug, Clone, Copy)]
pub struct Batch {
    /// Departments whose texts are compared.
    pub departments: usize,
    /// A notice was given.
    pub has_notice: bool,
}

impl Batch {
    /// Whether a text of so many departments is no one's own: over a third of them have it.
    pub fn is_common(self, departments: usize) -> bool {
        departments >= COMMON_AT_LEAST && departments * 3 > self.departments
    }

    /// Whether the form's own text can be told from a department's.
    pub fn can_tell(self) -> bool {
        self.has_notice || self.departments >= TELLING_BATCH
    }
}

/// Counts in how many departments certain runs stand.
#[derive(Debug, Default)]
pub struct Counted {
    /// Of each run: the department that had it last, and how many had it.
    seen: HashMap<u64, (usize, usize), RandomState>,
}

impl Counted {
    /// Wants these runs counted; false where they are too many.
    pub fn want(&mut self, grams: &[u64]) -> bool {
        if self.seen.len() + grams.len() > COUNTED {
            return false;
        }
        self.seen.extend(grams.iter().map(|gram| (*gram, (usize::MAX, 0))));
        true
    }

    /// The runs that are common, after one look at every text of the batch.
    pub fn common(mut self, batch: Batch, names: &[Option<Vec<char>>], shelf: &Shelf) -> HashSet<u64, RandomState> {
        if self.seen.is_empty() {
            return HashSet::default();
        }
        // Submissions of one department one after the other: each department counts once.
        let mut order: Vec<(&[char], usize)> =
            names.iter().enumerate().filter_map(|(at, name)| Some((name.as_deref()?, at))).collect();
        order.sort_unstable();
        let departments = order.chunk_by(|(one, _), (next, _)| one == next).enumerate();
        for (department, audits) in departments {
            for (_, audit) in audits {
                for passage in crate::passages::passages(&shelf.texts.of(*audit)) {
                    for gram in crate::passages::grams(&passage.plain.signs) {
                        let Some((last, count)) = self.seen.get_mut(&gram) else { continue };
                        if *last != department {
                            (*last, *count) = (department, *count + 1);
                        }
                    }
                }
            }
        }
        self.seen.into_iter().filter(|(_, (_, count))| batch.is_common(*count)).map(|(gram, _)| gram).collect()
    }
}
