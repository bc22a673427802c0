//! `copied-text`: passages that departments share beyond what the form, the notice and a third of the batch have. A
//! suspicion: it changes no points, and whether anything was copied is for a person to find out.
//!
//! Fingerprints of all texts find the pairs that may share something (`candidates`); every pair is then compared character
//! by character, without what is common (`verified`); groups are passages that stand in all of their texts
//! (`groups`), never pairs strung together.

mod candidates;
mod common;
mod department;
mod figures;
mod groups;
mod told;
mod verified;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

pub use common::{COMMON_AT_LEAST, TELLING_BATCH};
pub use department::{is_one, name_of};
pub use told::{LONG_RUN, WARNED_RUN, WARNED_SHARE, findings, share};

use foldhash::fast::RandomState;

use super::shared_properties::shared_names;
use super::{InBrief, Seen, Why};

use crate::audit::{Audit, KeptText, Severity, Status};
use crate::brief::Brief;
use crate::checks::register::Code;
use crate::passages::{Passage, Plain, Prints, Spot, grams, passages};

/// Where the texts of the audits are to be had.
pub trait Texts {
    /// The texts of the audit at that place; none where there are none. Who reads them from a disk that fails remembers that,
    /// and nothing of the run is used.
    fn of(&self, audit: usize) -> Cow<'_, [KeptText]>;

    /// The fingerprints of the audit at that place; none where its texts were not kept.
    fn prints(&self, audit: usize) -> Option<Prints>;
}

impl Texts for &[Audit] {
    fn of(&self, audit: usize) -> Cow<'_, [KeptText]> {
        Cow::Borrowed(self.get(audit).and_then(|audit| audit.texts.as_deref()).unwrap_or_default())
    }

    fn prints(&self, audit: usize) -> Option<Prints> {
        self.get(audit)?.texts.as_deref().map(Prints::of_texts)
    }
}

/// What is no department's own: runs of the rulebooks' and the notice's words.
#[derive(Debug, Clone, Default)]
pub struct NobodysWords {
    /// Their hashes, [`crate::passages::GRAM`] characters each.
    pub grams: HashSet<u64, RandomState>,
    /// Whether a notice was given.
    pub has_notice: bool,
}

impl NobodysWords {
    /// The words of these texts are nobody's own.
    pub fn add<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) {
        self.grams.extend(texts.into_iter().flat_map(|text| grams(&Plain::of(text).signs)));
    }
}

/// What departments have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Copied {
    /// Every pair of passages with a run that only they share, those of a group together, the weightiest first.
    pub pairs: Vec<Pair>,
    /// Departments whose texts were compared.
    pub departments: usize,
    /// Passages with a run that was left out: the form's, the notice's, the rulebook's, or that of over a third of the
    /// departments.
    pub common_passages: usize,
    /// Departments with such a passage.
    pub common_departments: usize,
    /// Pairs that were left out because both are of one department, or one stands below the other.
    pub of_one_department: usize,
    /// Fingerprints that so many passages have that not every pair of them was looked at.
    pub not_all_paired: usize,
    /// Pairs that were compared character by character.
    pub compared: usize,
    /// Whether the batch is large enough, or a notice given, to tell the form's text from a department's.
    pub can_tell: bool,
}

/// Two passages that share a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The number of the group that both belong to, from 1.
    pub group: Option<usize>,
    /// The pairs of the group's first passage tell it already: the two share nothing else.
    pub is_told_by_group: bool,
    /// The passage that stands first in the order of the run.
    pub own: Side,
    /// The other.
    pub other: Side,
    /// Characters of the longest run.
    pub length: usize,
    /// A figure that stands in both.
    pub figure: Option<String>,
    /// How much it matters.
    pub severity: Severity,
}

/// Whose submission a passage is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitted {
    /// The department, as people read it.
    pub department: String,
    /// The file.
    pub file: String,
    /// The number of the form within it; none for a card.
    pub form: Option<u32>,
    /// The report year.
    pub year: Option<i32>,
}

/// One passage of a pair. A passage is met in hundreds of pairs, so that pairs share what is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The place of its audit in the order of the run.
    pub audit: usize,
    /// Whose submission it is.
    pub whose: Arc<Submitted>,
    /// Where the longest run begins.
    pub spot: Arc<Spot>,
    /// Characters of all shared runs.
    pub shared: usize,
    /// Characters of the whole passage.
    pub whole: usize,
    /// The longest run as it is written there, cut in the middle where it is very long.
    pub quote: Arc<str>,
    /// The other department's name stands in the shared text.
    pub names_other: bool,
}

impl Pair {
    /// The two sides as one of the audits sees them: its own first; none where it has no part in it.
    pub fn seen_from(&self, audit: usize) -> Option<(&Side, &Side)> {
        match audit {
            _ if self.own.audit == audit => Some((&self.own, &self.other)),
            _ if self.other.audit == audit => Some((&self.other, &self.own)),
            _ => None,
        }
    }

    /// Another department's name comes first, then a figure, then how much it matters.
    fn weight(&self) -> impl Ord + use<> {
        let names = self.own.names_other || self.other.names_other;
        (names, self.figure.is_some(), self.severity, self.length)
    }
}

/// What the departments of a batch have in common, its audits in the order of the run.
pub fn compare(audits: &[Brief], texts: &dyn Texts, known: &NobodysWords) -> Copied {
    let names = department::names(audits);
    let shelf = Shelf::new(texts);
    let departments = names.iter().flatten().collect::<BTreeSet<_>>().len();
    let batch = common::Batch { departments, has_notice: known.has_notice };
    let found = candidates::candidates(audits, &names, known, &shelf, batch);
    let verified = verified::verified(&found, audits, &names, &shelf, (known, batch));
    Copied {
        departments: found.departments,
        common_passages: found.common_passages.len(),
        common_departments: found.common_departments(&names),
        of_one_department: found.of_one_department,
        not_all_paired: found.not_all_paired + verified.not_counted,
        compared: found.pairs.len(),
        can_tell: batch.can_tell(),
        pairs: groups::grouped(verified.pairs),
    }
}

/// Compares the submissions of a batch that name their department, and says what each of them shares.
pub fn check(batch: InBrief, seen: &mut Seen) {
    let InBrief { audits, against, texts } = batch;
    let copied = compare(audits, texts, &against.known);
    for (place, (audit, finding)) in audits.iter().zip(findings(audits.len(), &copied)).enumerate() {
        match finding {
            _ if audit.status != Status::Audited => {}
            Some(finding) => seen.raised(place, finding),
            None if audit.unit.as_ref().is_none_or(|unit| unit.trim().is_empty()) => {
                seen.not_run(Code::CopiedText, Why::Unnamed);
            }
            None if audit.prints.is_none() => seen.not_run(Code::CopiedText, Why::NoTexts),
            None if copied.departments < 2 => seen.not_run(Code::CopiedText, Why::Alone),
            None => seen.agreed(Code::CopiedText),
        }
    }
    (seen.whole.properties, seen.whole.common_names) = shared_names(audits);
    seen.whole.copied = copied;
}

/// Passages that were read last: pairs come in the order of the run, and many have one side in common.
struct Shelf<'t> {
    texts: &'t dyn Texts,
    read: RefCell<AtHand>,
}

/// What is at hand of the texts: all passages of some submissions, since reading one of them back reads them all.
#[derive(Default)]
struct AtHand {
    passages: HashMap<u32, Vec<Rc<Passage>>>,
    signs: usize,
}

/// Submissions that are kept at hand whatever their texts take …
const AT_HAND: usize = 128;
/// … and more of them while their passages have no more characters, each of some fifteen bytes: sixteen megabytes, the texts of some
/// hundred submissions more.
const SIGNS_AT_HAND: usize = 1 << 20;

impl<'t> Shelf<'t> {
    fn new(texts: &'t dyn Texts) -> Shelf<'t> {
        Shelf { texts, read: RefCell::default() }
    }

    /// A passage; none where it cannot be read back.
    fn passage(&self, place: Place) -> Option<Rc<Passage>> {
        let mut read = self.read.borrow_mut();
        if !read.passages.contains_key(&place.audit) {
            if read.passages.len() >= AT_HAND && read.signs > SIGNS_AT_HAND {
                *read = AtHand::default();
            }
            let found: Vec<_> = passages(&self.texts.of(place.audit as usize)).into_iter().map(Rc::new).collect();
            read.signs += found.iter().map(|passage| passage.plain.signs.len()).sum::<usize>();
            read.passages.insert(place.audit, found);
        }
        read.passages.get(&place.audit)?.get(place.passage as usize).map(Rc::clone)
    }
}

/// One passage of one audit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Place {
    audit: u32,
    passage: u32,
}
