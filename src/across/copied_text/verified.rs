//! Every candidate pair compared character by character, and what of it is neither known nor common.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::candidates::Candidates;
use super::common::{Batch, Counted};
use super::figures::shared_figure;
use super::told::{cut, severity};
use super::{NobodysWords, Pair, Place, Shelf, Side, Submitted};
use crate::audit::Severity;
use crate::brief::Brief;
use crate::passages::{GRAM, Hashed, Passage, Plain, Run, SHORTEST, Spot, grams};
use crate::vocabulary::Vocabulary;

/// A verified pair, with where its runs stand.
pub struct Verified {
    /// The first passage.
    pub own: Place,
    /// The second.
    pub other: Place,
    /// The shared runs, in the first passage.
    pub runs: Vec<Range<usize>>,
    /// What is told of it.
    pub pair: Pair,
}

/// What came of the pairs.
pub struct AllVerified {
    /// Those that share a run of their own, in the order of the run.
    pub pairs: Vec<Verified>,
    /// Pairs that were left out because so many share something that it could not be counted how common it is.
    pub not_counted: usize,
}

/// Compares the pairs.
pub fn verified(
    found: &Candidates,
    audits: &[Brief],
    names: &[Option<Vec<char>>],
    shelf: &Shelf,
    (known, batch): (&NobodysWords, Batch),
) -> AllVerified {
    let mut counted = Counted::default();
    let mut shared: Vec<(Place, Place, Vec<Run>)> = Vec::new();
    let mut not_counted = 0;
    // Pairs of one passage stand one behind the other.
    let mut hashed: Option<(Place, Hashed)> = None;
    for (own, other) in &found.pairs {
        let (Some(one), Some(two)) = (shelf.passage(*own), shelf.passage(*other)) else { continue };
        let (_, hashed) = match hashed.take() {
            Some(before) if before.0 == *own => hashed.insert(before),
            _ => hashed.insert((*own, Hashed::of(&one.plain.signs, SHORTEST))),
        };
        let runs = hashed.runs(&one.plain.signs, &two.plain.signs);
        // Only a passage with something common in it can have some of that in a run.
        let may_be_common = found.common_passages.contains(own) || found.common_passages.contains(other);
        let mut wanted = |run: &Run| counted.want(&grams(&one.plain.signs[run.own..run.own + run.length]));
        match !may_be_common || runs.iter().all(&mut wanted) {
            true if !runs.is_empty() => shared.push((*own, *other, runs)),
            true => {}
            false => not_counted += 1,
        }
    }
    let common = counted.common(batch, names, shelf);
    let mut told = Shared::default();
    let of_its_own = |(own, other, runs): (Place, Place, Vec<Run>)| {
        let (one, two) = (shelf.passage(own)?, shelf.passage(other)?);
        let covered = covered(&one.plain, known, &common);
        let runs: Vec<Run> = runs.iter().flat_map(|run| uncommon(run, &covered)).collect();
        let compared = |place: Place, passage| {
            let at = place.audit as usize;
            Compared { at, audit: &audits[at], name: names[at].as_deref().unwrap_or_default(), passage }
        };
        let pair = pair(&compared(own, &one), &compared(other, &two), &runs, (batch, &mut told))?;
        Some(Verified { own, other, runs: runs.iter().map(|run| run.own..run.own + run.length).collect(), pair })
    };
    AllVerified { pairs: shared.into_iter().filter_map(of_its_own).collect(), not_counted }
}

/// Which characters stand in a run that is known or common.
fn covered(plain: &Plain, known: &NobodysWords, common: &HashSet<u64, RandomState>) -> Vec<bool> {
    let mut covered = vec![false; plain.signs.len()];
    for (at, gram) in grams(&plain.signs).iter().enumerate() {
        if known.grams.contains(gram) || common.contains(gram) {
            covered[at..at + GRAM].fill(true);
        }
    }
    covered
}

/// The stretches of a run that are not covered, as far as they are long enough to be told.
fn uncommon(run: &Run, covered: &[bool]) -> Vec<Run> {
    let places: Vec<usize> = (0..run.length).filter(|at| !covered[run.own + at]).collect();
    let stretches = places.chunk_by(|one, next| one + 1 == *next).filter(|stretch| stretch.len() >= SHORTEST);
    let stretch =
        |places: &[usize]| Run { own: run.own + places[0], other: run.other + places[0], length: places.len() };
    stretches.map(stretch).collect()
}

/// What is told of many pairs in the same words, kept once: of a batch made from one text there are two hundred thousand.
#[derive(Default)]
struct Shared {
    whose: HashMap<usize, Arc<Submitted>>,
    spots: HashSet<Arc<Spot>>,
    quotes: HashSet<Arc<str>>,
}

impl Shared {
    fn whose(&mut self, at: usize, audit: &Brief) -> Arc<Submitted> {
        let submitted =
            || Submitted { department: audit.name(), file: audit.file.clone(), form: audit.form, year: audit.year };
        Arc::clone(self.whose.entry(at).or_insert_with(|| Arc::new(submitted())))
    }

    fn spot(&mut self, spot: &Spot) -> Arc<Spot> {
        if let Some(known) = self.spots.get(spot) {
            return Arc::clone(known);
        }
        let spot = Arc::new(spot.clone());
        self.spots.insert(Arc::clone(&spot));
        spot
    }

    fn quote(&mut self, quote: String) -> Arc<str> {
        if let Some(known) = self.quotes.get(quote.as_str()) {
            return Arc::clone(known);
        }
        let quote: Arc<str> = quote.into();
        self.quotes.insert(Arc::clone(&quote));
        quote
    }
}

/// One side of a pair as it is compared.
struct Compared<'a> {
    /// The place of the audit.
    at: usize,
    audit: &'a Brief,
    /// The department's name, as it is compared.
    name: &'a [char],
    passage: &'a Passage,
}

/// What is told of a pair; none where nothing of it is left.
fn pair(one: &Compared, two: &Compared, runs: &[Run], (batch, told): (Batch, &mut Shared)) -> Option<Pair> {
    let longest = runs.iter().max_by_key(|run| (run.length, std::cmp::Reverse(run.own)))?;
    let own: Vec<Range<usize>> = runs.iter().map(|run| run.own..run.own + run.length).collect();
    let other: Vec<Range<usize>> = runs.iter().map(|run| run.other..run.other + run.length).collect();
    let quotes = |side: &Compared, ranges: &[Range<usize>]| -> Vec<String> {
        ranges.iter().map(|range| side.passage.quote(range).to_owned()).collect()
    };
    let figure = shared_figure(&quotes(one, &own), &quotes(two, &other));
    let mut pair = Pair {
        group: None,
        is_told_by_group: false,
        own: one.side(&own, longest.own..longest.own + longest.length, two.name, told)?,
        other: two.side(&other, longest.other..longest.other + longest.length, one.name, told)?,
        length: longest.length,
        figure,
        severity: Severity::Info,
    };
    pair.severity = severity(&pair, batch);
    Some(pair)
}

impl Compared<'_> {
    /// What is told of it: all shared runs, and the longest of them.
    fn side(
        &self,
        runs: &[Range<usize>],
        longest: Range<usize>,
        other_name: &[char],
        told: &mut Shared,
    ) -> Option<Side> {
        let plain = &self.passage.plain;
        Some(Side {
            audit: self.at,
            whose: told.whose(self.at, self.audit),
            spot: told.spot(self.passage.spot(longest.start)?),
            shared: held(runs),
            whole: plain.signs.len(),
            quote: told.quote(cut(self.passage.quote(&longest))),
            names_other: is_named(plain, runs, other_name),
        })
    }
}

/// How many places these ranges hold, those in several of them once.
fn held(ranges: &[Range<usize>]) -> usize {
    let mut ranges = ranges.to_vec();
    ranges.sort_unstable_by_key(|range| range.start);
    let (held, _) = ranges
        .into_iter()
        .fold((0, 0), |(held, end), range| (held + range.end.saturating_sub(range.start.max(end)), range.end.max(end)));
    held
}

/// The shortest name that is looked for: two or three characters (财政局) are any office's.
const NAME: usize = 4;

/// Whether a department's name stands in a shared run, and not as that of who issued a document (财政局关于……的通知).
fn is_named(plain: &Plain, ranges: &[Range<usize>], name: &[char]) -> bool {
    let cites = &Vocabulary::builtin().passages.cites;
    let is_cited = |behind: &[char]| cites.length_at(behind).is_some();
    name.len() >= NAME
        && ranges.iter().any(|range| {
            let starts = plain.signs[range.clone()].windows(name.len()).enumerate();
            let mut found = starts.filter(|(_, signs)| *signs == name).map(|(at, _)| range.start + at + name.len());
            found.any(|end| !is_cited(&plain.signs[end..]))
        })
}
