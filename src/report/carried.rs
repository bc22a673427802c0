//! What people typed into earlier audit workbooks, brought to the same findings of this run, and all that belongs to none
//! of them, so that nothing is lost.
//!
//! A finding is the same by its key. Where several share a key, the cell decides; where that does not either, nothing
//! is guessed: the entry is kept apart.

use std::collections::{BTreeMap, HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use crate::assigned::{self, Picked};
use crate::carry::{Earlier, OldFinding, Typed};
use crate::entered::{AS_A_WHOLE, About, Rows, Whose, halves, own_values, reading_ids};
use crate::settled_by::SettledBy;

use super::decisions::same_basis;
use super::departments::{Department, Dispute};
use super::identity::{identity, place_of};
use super::line_entries;

/// What earlier workbooks bring to this run.
#[derive(Debug, Default)]
pub struct Carried<'a> {
    /// What was typed, by the place of the dispute in the list.
    pub typed: BTreeMap<usize, &'a OldFinding>,
    /// What was entered of a score, of what is asked, or in a working paper, by its key of this run, with the basis that it was
    /// signed upon.
    pub entered: BTreeMap<String, Signed<'a>>,
    /// What was said of cells that are not used, by the department and the place of the cell in its list.
    pub assigned: BTreeMap<(usize, usize), &'a Picked>,
    /// Disputes that no earlier workbook has, by their place; empty where there is no earlier workbook.
    pub new: Vec<usize>,
    /// Findings that are no longer there, and entries that belong to none.
    pub kept: Vec<(Fate, &'a OldFinding)>,
    /// Key and entries of what is kept.
    seen: HashSet<(&'a str, &'a Typed)>,
}

/// What was entered, and the basis that it was signed upon.
#[derive(Debug, Clone, Copy)]
pub struct Signed<'a>(&'a OldFinding);

impl<'a> Signed<'a> {
    /// What was entered.
    pub fn typed(self) -> &'a Typed {
        &self.0.typed
    }

    /// The basis that it was made upon: that of its row, unless the row said that it had changed and nobody has signed it anew;
    /// none where the row has none.
    pub fn basis(self) -> Option<&'a str> {
        let (basis, signed) = (self.0.basis.as_deref(), self.0.signed.as_deref());
        match (basis, signed) {
            (Some(basis), Some(signed)) if !same_basis(basis, signed) && self.0.typed.state.is_none() => Some(signed),
            _ => basis,
        }
    }
}

/// Why a finding of an earlier workbook is kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// 已消除: its department is there again, and this run does not find it.
    Gone,
    /// 本次未报送: its department is not there.
    Absent,
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
            Fate::Absent => "change-absent",
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
    /// The departments that there are, as their names are compared.
    names: HashSet<String>,
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
    bring_entries(earlier, departments, &now, &mut carried);
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
        let names = departments.iter().map(|department| comparable(&department.name)).collect();
        Now { known, keys, names }
    }

    /// Whether the department that a row of an earlier workbook names is not there in this run.
    fn lacks(&self, department: &str) -> bool {
        !department.trim().is_empty() && !self.names.contains(&comparable(department))
    }
}

/// Whether an earlier workbook is that of another batch: it names departments, and none of them is there, neither by its name nor
/// by its file.
pub fn is_foreign(earlier: &Earlier, departments: &[Department]) -> bool {
    let names: HashSet<String> = departments.iter().map(|department| comparable(&department.name)).collect();
    let rows = || earlier.findings.iter().chain(&earlier.entries);
    let mut named = rows().map(|row| comparable(&row.shown.department)).filter(|name| !name.is_empty()).peekable();
    if departments.is_empty() || named.peek().is_none() || named.any(|name| names.contains(&name)) {
        return false;
    }
    let keys: Vec<String> = departments.iter().flat_map(entry_keys).map(|(key, _)| key).collect();
    let files: HashSet<&str> = keys.iter().filter_map(|key| Some(halves(key)?.1)).collect();
    let mut old = earlier.entries.iter().filter_map(|row| Some(halves(row.key.as_deref()?)?.1));
    !old.any(|file| files.contains(file))
}

/// A department's name without its spaces and the width of its characters.
fn comparable(name: &str) -> String {
    name.nfkc().filter(|character| !character.is_whitespace()).collect()
}

/// Where the rows of earlier workbooks have their place in this run.
struct Places<'k> {
    /// For the key of an old row, the places of the items that it is about.
    of: HashMap<String, Vec<usize>>,
    /// The keys of this run's items, with what the department itself says of the fact that an entry is about.
    keys: &'k [(String, Option<String>)],
}

impl<'k> Places<'k> {
    /// An item has what was entered under its own key; else what the only row of its department's name has, else that of its
    /// file's, wherever that is told without doubt. What the program computes with belongs to the department and its year, so
    /// that every new submission of one has it, as the audit took it; of everything else there is only one place.
    fn of(earlier: &[Earlier], keys: &'k [(String, Option<String>)]) -> Places<'k> {
        let (mut then, mut now) = (Rows::default(), Rows::default());
        earlier.iter().for_each(|one| then.extend(&one.rows));
        keys.iter().for_each(|(key, _)| now.add(key));
        let entered = earlier.iter().flat_map(|one| &one.entries).filter(|old| !old.typed.own().is_empty());
        let entered: HashSet<&str> = entered.filter_map(|old| old.key.as_deref()).collect();
        let mut of: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, (key, _)) in keys.iter().enumerate() {
            let shared = About::of(key).is_some_and(About::is_computed_with);
            let by_name = || then.of_name(key).filter(|_| shared || now.of_name(key).is_some());
            let by_file = || then.of_file(key).filter(|_| !shared && now.of_file(key).is_some());
            let is_entered = |old: &String| entered.contains(old.as_str());
            let own = Some(key.clone()).filter(is_entered);
            let old = own.or_else(|| by_name().filter(is_entered)).or_else(|| by_file().filter(is_entered));
            if let Some(old) = old {
                of.entry(old).or_default().push(at);
            }
        }
        Places { of, keys }
    }

    /// The items that an old entry is about. A value upon figures that the department has corrected since says nothing of them.
    fn held_by(&self, old: &OldFinding) -> Vec<&'k str> {
        let places = old.key.as_ref().and_then(|key| self.of.get(key)).map_or(&[][..], Vec::as_slice);
        let holds = |upon: &Option<String>| !old.typed.is_computed_with() || upon.is_none() || *upon == old.basis;
        let held = places.iter().map(|at| &self.keys[*at]).filter(|(_, upon)| holds(upon));
        held.map(|(key, _)| key.as_str()).collect()
    }
}

/// Brings the entries of 核定表, 待补材料 and the working papers to the same items of this run.
fn bring_entries<'a>(earlier: &'a [Earlier], departments: &[Department], now: &Now, carried: &mut Carried<'a>) {
    let keys: Vec<(String, Option<String>)> = departments.iter().flat_map(entry_keys).collect();
    let places = Places::of(earlier, &keys);
    for one in earlier {
        let (kept, of_its_place): (Vec<&OldFinding>, Vec<&OldFinding>) =
            one.entries.iter().filter(|entry| !entry.typed.is_empty()).partition(|entry| entry.kept);
        for old in of_its_place.into_iter().chain(kept) {
            let own = old.typed.own();
            let held = if own.is_empty() { Vec::new() } else { places.held_by(old) };
            if held.is_empty() {
                let fate = if now.lacks(&old.shown.department) { Fate::Absent } else { Fate::Unmatched };
                carried.keep(if own.is_empty() { Fate::Beside } else { fate }, old);
                continue;
            }
            let mut is_carried = true;
            for key in held {
                let entered = carried.entered.entry(key.to_owned()).or_insert(Signed(old));
                is_carried &= entered.typed().own() == own;
            }
            if !is_carried {
                carried.keep(Fate::Unmatched, old);
            } else if !old.typed.further.is_empty() {
                carried.keep(Fate::Beside, old);
            }
        }
    }
}

/// Every key that an entry of a department can have, with what the department itself says of the fact that it is about.
fn entry_keys(department: &Department) -> Vec<(String, Option<String>)> {
    let audit = department.audit;
    let whose = Whose::of(audit);
    let own = |fact: &str| Some(own_values(&audit.facts, fact));
    let mut keys = vec![(whose.key(About::Submission, &[]), None), (whose.key(About::Submission, &[AS_A_WHOLE]), None)];
    for indicator in &audit.indicators {
        keys.push((whose.key(About::Score, &[&indicator.id]), None));
        keys.push((whose.key(About::Sampled, &[&indicator.id]), None));
        let rules = department.scorecard().and_then(|card| card.indicators.iter().find(|it| it.id == indicator.id));
        let readings = rules.map(|rules| reading_ids(rules.readings.iter().map(|reading| reading.id.as_str())));
        keys.push((whose.key(About::Reading, &[&indicator.id]), readings));
        keys.extend(indicator.criteria.iter().map(|one| (whose.key(About::Judged, &[&indicator.id, &one.id]), None)));
        let asked = indicator.settled_by.iter();
        keys.extend(asked.map(|item| (whose.key(About::Asked, &[&item.to_string()]), item.fact().and_then(own))));
    }
    for fact in department.scorecard().map_or(&[][..], |card| &card.facts) {
        keys.push((whose.key(About::Fact, &[&fact.id]), own(&fact.id)));
        // What was asked and is answered now keeps its answer.
        let items = [SettledBy::Fact, SettledBy::Conflict, SettledBy::Confirm, SettledBy::Evidence];
        let asked = items.map(|item| item(fact.id.clone()).to_string());
        keys.extend(asked.map(|item| (whose.key(About::Asked, &[&item]), own(&fact.id))));
    }
    for line in audit.indicators.iter().filter(|line| line.declared.is_some()) {
        let basis = line_entries::basis(audit, line);
        let key = whose.key(About::Fact, &[&line.id]);
        keys.extend(line_entries::entered_keys(audit, line, &key).map(|key| (key, Some(basis.clone()))));
    }
    keys.extend(department.shared.iter().map(|key| (key.clone(), None)));
    keys.sort();
    keys.dedup();
    keys
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
            carried.typed.insert(at, finding);
        }
        Some(other) if !typed.own().is_empty() && other.typed.own() != typed.own() => {
            return carried.keep(Fate::Unmatched, finding);
        }
        _ => {}
    }
    if !typed.further.is_empty() {
        carried.keep(Fate::Beside, finding);
    }
}

impl<'a> Carried<'a> {
    /// Keeps apart what belongs to nothing.
    pub fn keep(&mut self, fate: Fate, finding: &'a OldFinding) {
        // Two earlier workbooks may both tell of it.
        if finding.key.as_ref().is_none_or(|key| self.seen.insert((key, &finding.typed))) {
            self.kept.push((fate, finding));
        }
    }
}

fn fate(finding: &OldFinding, now: &Now) -> Fate {
    match &finding.key {
        Some(_) if now.lacks(&finding.shown.department) => Fate::Absent,
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
