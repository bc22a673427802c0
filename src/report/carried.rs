//! What people typed into earlier audit workbooks, brought to the same findings of this run; and the sheet of all that
//! belongs to none of them, so that nothing is lost.
//!
//! A finding is the same by its key. Where several share a key, the cell decides; where that does not either, nothing
//! is guessed: the entry is kept apart.

use std::collections::{BTreeMap, HashSet};

use crate::carry::{Confirmed, Earlier, OldFinding, State, Typed};
use crate::text::Language;

use super::Batch;
use super::differences::{STATES, identity, place_of};
use super::plan::{Department, Dispute, Plan};
use super::table::{Cell, Column, Layout, Row, Style, Table};

/// What earlier workbooks bring to this run.
#[derive(Debug, Default)]
pub struct Carried<'a> {
    /// What was typed, by the place of the dispute in the list.
    pub typed: BTreeMap<usize, &'a Typed>,
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
    fn key(self) -> &'static str {
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

/// What was taken over, in one sentence; none where there is no earlier workbook.
pub fn sentence(batch: &Batch, language: Language) -> Option<String> {
    if batch.earlier.is_empty() {
        return None;
    }
    let carried = Plan::new(batch, language).carried;
    let count = |fate| carried.kept.iter().filter(|(other, _)| *other == fate).count();
    let holes: [(&str, &dyn std::fmt::Display); 4] = [
        ("carried", &carried.typed.len()),
        ("new", &carried.new.len()),
        ("gone", &count(Fate::Gone)),
        ("unmatched", &count(Fate::Unmatched)),
    ];
    Some(language.say("run.carried", &holes))
}

/// The reviewer's words for a state.
pub fn state_words(plan: &Plan, typed: Option<&Typed>) -> String {
    match typed.and_then(|typed| typed.state.as_ref()) {
        Some(State::Known(key)) => plan.word(key),
        Some(State::Words(words)) => words.clone(),
        None => plan.word(STATES[0]),
    }
}

/// 核定分 as it was typed.
pub fn confirmed_cell(typed: Option<&Typed>) -> Cell {
    match typed.and_then(|typed| typed.confirmed.as_ref()) {
        Some(Confirmed::Points(points)) => Cell::figure(*points),
        Some(Confirmed::Words(words)) => Cell::text(words.clone()),
        None => Cell::default(),
    }
}

const COLUMNS: u16 = 15;

/// 以前的记录: what is no longer found, and what could not be matched; none where there is nothing to keep.
pub fn table(plan: &Plan) -> Option<Table> {
    let carried = &plan.carried;
    if carried.kept.is_empty() {
        return None;
    }
    let mut table = frame(plan);
    let numbered = carried.kept.iter().zip(1..);
    table.rows = numbered.map(|((fate, finding), number)| row(plan, *fate, finding, number)).collect();
    Some(table)
}

fn frame(plan: &Plan) -> Table {
    let widths = [
        ("column-number", 5),
        ("column-change", 9),
        ("column-department", 18),
        ("column-problem", 10),
        ("column-indicator", 16),
        ("column-claim", 7),
        ("column-difference", 7),
        ("column-why", 44),
        ("column-place", 14),
        ("column-state", 10),
        ("column-confirmed", 7),
        ("column-reason", 16),
        ("column-reviewer", 8),
        ("column-remark", 12),
        ("column-further", 16),
    ];
    let mut columns: Vec<Column> = widths.into_iter().map(|(key, width)| Column::new(plan.word(key), width)).collect();
    columns.push(Column::hidden(plan.word("column-key")));
    let mut table = Table {
        name: plan.word("sheet-kept"),
        title: plan.word("kept-title"),
        lead: vec![Row::of(vec![Cell::text(plan.word("kept-lead")).style(Style::Remark).span(COLUMNS)])],
        columns,
        layout: Layout { header: true, filter: true, landscape: true, freeze_columns: 3, ..Layout::default() },
        ..Table::default()
    };
    let header = table.header_row();
    table.layout.freeze_rows = header + 1;
    table.layout.repeat = Some((header, header));
    table
}

fn row(plan: &Plan, fate: Fate, finding: &OldFinding, number: usize) -> Row {
    let shown = &finding.shown;
    // Where the entries themselves are carried, only what people added is repeated here.
    let own = if fate == Fate::Beside { Typed::default() } else { finding.typed.own() };
    let entry = |text: &Option<String>| Cell::text_option(text.as_deref()).style(Style::Entry);
    let state = if own.state.is_some() { Cell::text(state_words(plan, Some(&own))) } else { Cell::default() };
    Row::of(vec![
        Cell::count(number).style(Style::Centre),
        Cell::text(plan.word(fate.key())).style(Style::Centre),
        Cell::text(shown.department.clone()),
        Cell::text(shown.problem.clone()).style(Style::Centre),
        Cell::text(shown.indicator.clone()),
        Cell::text(shown.claim.clone()).style(Style::Centre),
        Cell::text(shown.difference.clone()).style(Style::Centre),
        Cell::text(shown.why.clone()),
        Cell::text(shown.place.clone()),
        state.style(Style::Entry),
        confirmed_cell(Some(&own)).style(Style::Entry),
        entry(&own.reason),
        entry(&own.reviewer),
        entry(&own.remark),
        Cell::text(further(&finding.typed)).style(Style::Entry),
        Cell::text_option(finding.key.as_deref()),
    ])
}

/// A line for each column that people added.
fn further(typed: &Typed) -> String {
    let line = |(heading, text): &(String, String)| match heading.is_empty() {
        true => text.clone(),
        false => format!("{heading}：{}", text.replace('\n', " ")),
    };
    typed.further.iter().map(line).collect::<Vec<_>>().join("\n")
}
