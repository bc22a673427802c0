//! What people typed into earlier audit workbooks, brought to the same findings of this run, and all that belongs to none
//! of them, so that nothing is lost.
//!
//! A finding is the same by its key. Where several share a key, the cell decides; where that does not either, nothing
//! is guessed: the entry is kept apart.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::assigned::{self, Picked};
use crate::carry::{Earlier, OldFinding, Typed};

use super::departments::{Department, Dispute};
use super::identity::{identity, place_of};

/// What earlier workbooks bring to this run.
#[derive(Debug, Default)]
pub struct Carried<'a> {
    /// What was typed, by the place of the dispute in the list.
    pub typed: BTreeMap<usize, &'a Typed>,
    /// What was said of cells that are not used, by the department and the place of the cell in its list.
    pub assigned: BTreeMap<(usize, usize), &'a Picked>,
    /// Disputes that no earlier workbook has, by their place; empty where there is no earlier workbook.
    pub new: Vec<usize>,
    /// Findings that are no longer there, and entries that belong to none.
    pub kept: Vec<(Fate, &'a OldFinding)>,
    /// Key and entries of what is kept.
    seen: HashSet<(&'a str, &'a Typed)>,
}

/// Why a finding of an earlier workbook is kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// 已消除: this run does not find it.
    Gone,
    /// 未能对应: several findings may be meant, or none.
    Unmatched,
    /// 另记: its entries are carried; people had added columns.
    Beside,
}

impl Fate {
    /// Its name in the texts.
    pub fn key(self) -> &'static str {
        match self {
            Fate::Gone => "change-gone",
            Fate::Unmatched => "change-unmatched",
            Fate::Beside => "change-beside",
        }
    }
}

/// The disputes of this run.
struct Now {
    /// Key and cell of each, in their order.
    known: Vec<(String, String)>,
    /// Their keys.
    keys: HashSet<String>,
}

/// Brings the entries of every earlier workbook, the first of them first.
pub fn carried<'a>(earlier: &'a [Earlier], departments: &[Department], disputes: &[Dispute]) -> Carried<'a> {
    let mut carried = Carried::default();
    if earlier.is_empty() {
        return carried;
    }
    let now = Now::of(departments, disputes);
    let mut known = vec![false; disputes.len()];
    for one in earlier {
        bring(one, &now, &mut known, &mut carried);
    }
    bring_readings(earlier, departments, &mut carried);
    carried.new = (0..disputes.len()).filter(|at| !known[*at]).collect();
    carried
}

impl Now {
    fn of(departments: &[Department], disputes: &[Dispute]) -> Now {
        let known_by = |dispute: &Dispute| {
            let department = &departments[dispute.department];
            (identity(department, dispute), place_of(department, dispute))
        };
        let known: Vec<(String, String)> = disputes.iter().map(known_by).collect();
        let keys = known.iter().map(|(key, _)| key.clone()).collect();
        Now { known, keys }
    }
}

fn bring<'a>(earlier: &'a Earlier, now: &Now, known: &mut [bool], carried: &mut Carried<'a>) {
    let mut met = vec![None; earlier.findings.len()];
    let mut free: Vec<bool> = vec![true; now.known.len()];
    for kept in [false, true] {
        for (old, new) in matches(earlier, now, kept, &free) {
            met[old] = Some(new);
            free[new] = false;
            known[new] |= !kept;
        }
    }
    for (finding, met) in earlier.findings.iter().zip(met) {
        settle(finding, met, now, carried);
    }
}

/// Brings what was said of cells that were not used to the same cells of this run. What belongs to none is kept apart.
fn bring_readings<'a>(earlier: &'a [Earlier], departments: &[Department], carried: &mut Carried<'a>) {
    let mut cells: HashMap<String, (usize, usize)> = HashMap::new();
    for (at, department) in departments.iter().enumerate() {
        let audit = department.audit;
        for (place, cell) in audit.unused.iter().enumerate() {
            let key = assigned::key(&audit.file, &audit.sha256, cell);
            for digest in assigned::digests(&key) {
                cells.entry(digest.to_owned()).or_insert((at, place));
            }
        }
    }
    for old in earlier.iter().flat_map(|one| &one.readings) {
        let key = old.key.as_deref().unwrap_or_default();
        let place = assigned::digests(key).find_map(|digest| cells.get(digest));
        let met = place
            .zip(old.typed.assigned.as_ref())
            .map(|(place, picked)| (*carried.assigned.entry(*place).or_insert(picked) == picked).then_some(()));
        if met.flatten().is_none() {
            carried.keep(Fate::Unmatched, old);
        } else if !old.typed.further.is_empty() {
            carried.keep(Fate::Beside, old);
        }
    }
}

/// Gives a finding's entries to the dispute that it is, or keeps them apart.
fn settle<'a>(finding: &'a OldFinding, met: Option<usize>, now: &Now, carried: &mut Carried<'a>) {
    let typed = &finding.typed;
    let Some(at) = met else {
        // What was gone before and never worked on is not listed for ever.
        if !finding.kept || !typed.is_empty() {
            carried.keep(fate(finding, now), finding);
        }
        return;
    };
    match carried.typed.get(&at) {
        None if !typed.own().is_empty() => {
            carried.typed.insert(at, typed);
        }
        Some(other) if !typed.own().is_empty() && other.own() != typed.own() => {
            return carried.keep(Fate::Unmatched, finding);
        }
        _ => {}
    }
    if !typed.further.is_empty() {
        carried.keep(Fate::Beside, finding);
    }
}

impl<'a> Carried<'a> {
    fn keep(&mut self, fate: Fate, finding: &'a OldFinding) {
        // Two earlier workbooks may both tell of it.
        if finding.key.as_ref().is_none_or(|key| self.seen.insert((key, &finding.typed))) {
            self.kept.push((fate, finding));
        }
    }
}

fn fate(finding: &OldFinding, now: &Now) -> Fate {
    match &finding.key {
        Some(key) if !now.keys.contains(key) => Fate::Gone,
        Some(_) if finding.kept && finding.typed.own().is_empty() => Fate::Beside,
        _ => Fate::Unmatched,
    }
}

/// Pairs of an old finding and the dispute it is, among the disputes that are still free.
fn matches(earlier: &Earlier, now: &Now, kept: bool, free: &[bool]) -> Vec<(usize, usize)> {
    let mut groups: BTreeMap<&str, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (at, finding) in earlier.findings.iter().enumerate() {
        // A kept finding without entries of its own has nothing to give.
        let takes_part = finding.kept == kept && !(kept && finding.typed.own().is_empty());
        if let (true, Some(key)) = (takes_part, &finding.key) {
            groups.entry(key).or_default().0.push(at);
        }
    }
    for (at, (key, _)) in now.known.iter().enumerate().filter(|(at, _)| free[*at]) {
        if let Some((_, new)) = groups.get_mut(key.as_str()) {
            new.push(at);
        }
    }
    groups.into_values().flat_map(|(old, new)| pairs(earlier, now, old, new)).collect()
}

/// One against one is the same finding; among several, those at the same cell are, if as many stand there now as then.
fn pairs(earlier: &Earlier, now: &Now, old: Vec<usize>, new: Vec<usize>) -> Vec<(usize, usize)> {
    if let ([old], [new]) = (old.as_slice(), new.as_slice()) {
        return vec![(*old, *new)];
    }
    let mut cells: BTreeMap<&str, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for at in old {
        cells.entry(&earlier.findings[at].shown.place).or_default().0.push(at);
    }
    for at in new {
        cells.entry(&now.known[at].1).or_default().1.push(at);
    }
    let mut pairs = Vec::new();
    for (mut old, new) in cells.into_values().filter(|(old, new)| old.len() == new.len()) {
        // The same cell of several submissions of one department: in the order of the departments.
        old.sort_by_key(|at| earlier.findings[*at].number);
        pairs.extend(old.into_iter().zip(new));
    }
    pairs
}
