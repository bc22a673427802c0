//! What is left out: scores that another column decides against, the figures of other years, departments and forms, and what
//! stands outside of tables where a row of one speaks.

use std::collections::BTreeSet;

use super::answers::Answer;
use super::base_data::{BaseReader, NotOurs};
use super::cards::Card;
use super::found::Found;
use super::grid::{Grid, lone_text};
use super::identity::{Filer, filer_of};
use super::layout::{cell_of, number_at};
use super::names::key;
use super::notes::{About, Notes};
use super::scope::Off;
use super::sister::Sister;
use super::tables_apart;
use super::unused::LeftAside;
use crate::audit::{NotUsed, Source};
use crate::checks::register::Code;
use crate::rulebook::Scorecard;
use crate::vocabulary::Vocabulary;
use crate::workbook::Address;

/// Lists the scores of columns that a word decides against (初评 beside 终评), and the comments on those that count.
pub(super) fn leave_scores(grids: &[Grid], chosen: &Card, rules: &Scorecard, aside: &mut LeftAside) {
    for part in &chosen.parts {
        let Some(grid) = grids.get(part.sheet) else { continue };
        for (entry, (columns, why)) in
            part.entries.iter().flat_map(|entry| part.layout.left.iter().map(move |left| (entry, left)))
        {
            let indicator = rules.indicators.get(entry.indicator).map(|indicator| indicator.id.as_str());
            let at = cell_of(grid, *columns, entry.name.row);
            if at.row == entry.name.row && number_at(grid, at).is_some() {
                aside.cell(&grid.text(entry.name.row, entry.name.column), &grid.source(at), *why, indicator);
            }
        }
    }
    list_comments(grids, chosen, rules, aside);
}

/// The scores of cards that are set aside for what their sheets say of themselves.
pub(super) fn leave_cards(grids: &[Grid], others: &[Card], rules: &Scorecard, found: &mut Found) {
    for card in others {
        let Some(why) = card.not_ours else { continue };
        for part in &card.parts {
            let Some(grid) = grids.get(part.sheet) else { continue };
            let first = part.entries.first().map(|entry| (why, grid.source(entry.name)));
            found.left.extend(first);
            for entry in &part.entries {
                let indicator = rules.indicators.get(entry.indicator).map(|indicator| indicator.id.as_str());
                let name = grid.text(entry.name.row, entry.name.column);
                let scores = entry.score_cells().filter(|at| number_at(grid, **at).is_some());
                scores.for_each(|at| found.aside.cell(&name, &grid.source(*at), why.as_not_used(), indicator));
            }
        }
    }
}

/// A value outside of all tables has less right than a row of a table: where a row with the fact's name, or a name near it,
/// says something, it is told and not used; where such a row is empty or cannot be read, it is no more than a candidate.
pub(super) fn subordinate(base: &BaseReader, found: &mut Found) {
    let facts = &base.card().facts;
    let (loose, rows): (Vec<Answer>, Vec<Answer>) = found.answers.drain(..).partition(|one| one.is_loose);
    let has_row = |fact: usize| {
        let is_near = facts.get(fact).is_some_and(|fact| found.near.contains(&fact.id));
        is_near || rows.iter().any(|one| one.fact == fact && one.doubts.off != Some(Off::Year))
    };
    let mut kept = Vec::new();
    let doubtful: Vec<bool> = loose.iter().map(|one| has_row(one.fact)).collect();
    for (mut one, is_doubtful) in loose.into_iter().zip(doubtful) {
        if rows.iter().any(|row| row.fact == one.fact && row.is_read() && row.doubts.off != Some(Off::Year)) {
            found.aside.answer(base.card(), &one, NotUsed::LikeColumn);
            continue;
        }
        if is_doubtful {
            let words = one.label_source.text.clone();
            one.doubts.narrowed(&words);
        }
        kept.push(one);
    }
    found.answers = rows;
    found.answers.extend(kept);
}

/// Leaves out the tables of base data that yield to another with the same facts, and tells those that are not the department's.
pub(super) fn leave_tables(grids: &[Grid], base: &BaseReader, found: &mut Found) {
    let facts = |table: usize| -> BTreeSet<usize> {
        let own = found.answers.iter().filter(|one| one.table == Some(table) && one.is_filled());
        own.map(|one| one.fact).collect()
    };
    let stated: Vec<BTreeSet<usize>> = (0..found.base_tables.len()).map(facts).collect();
    for (table, against) in tables_apart::yielding(&found.base_tables, &stated, grids, &base.plain_words()) {
        let at = found.base_tables.get(table).map(|table| table.at.clone());
        found.left.extend(against.zip(at));
        let (left, kept): (Vec<Answer>, Vec<Answer>) =
            found.answers.drain(..).partition(|one| one.table == Some(table));
        found.answers = kept;
        let why = against.map_or(NotUsed::Part, NotOurs::as_not_used);
        left.iter().filter(|one| one.is_filled()).for_each(|one| found.aside.answer(base.card(), one, why));
    }
}

/// Leaves out the base data of sheets that another department filled in, by the name that the sheet itself gives.
pub(super) fn leave_other_filers(
    vocabulary: &Vocabulary,
    grids: &[Grid],
    card: &Card,
    base: &BaseReader,
    department: Option<&str>,
    found: &mut Found,
) {
    let Some(department) = department else { return };
    leave_completion(vocabulary, grids, department, found);
    for grid in grids.iter().filter(|grid| !card.parts.iter().any(|part| part.sheet == grid.index)) {
        if !found.answers.iter().any(|answer| answer.sheet == grid.index) {
            continue;
        }
        // 单位名称 | 核定编制数: the name of a column beside those of others.
        let is_label = |filer: &Filer| base.names().surely(&filer.name.value).is_some();
        let Some(filer) = filer_of(grid).filter(|filer| !is_label(filer)) else { continue };
        if is_another(vocabulary, &filer.name.value, department) {
            // What such a line says ends where another names the department.
            let is_own = |row: &&u32| lone_text(grid, (0, u32::MAX), **row).is_some_and(|line| base.names_own(line));
            let end = |line: u32| grid.rows_within(line + 1, u32::MAX).iter().find(is_own).copied();
            let until = filer.line.and_then(end).unwrap_or(u32::MAX);
            let rows = filer.line.unwrap_or(0)..until;
            let is_others = |one: &Answer| one.sheet == grid.index && rows.contains(&one.at.row);
            let (others, own) = std::mem::take(&mut found.answers).into_iter().partition(is_others);
            found.answers = own;
            let others: Vec<Answer> = others;
            others.iter().for_each(|answer| found.aside.answer(base.card(), answer, NotUsed::OtherUnit));
            found.left.extend((!others.is_empty()).then_some((NotOurs::OtherFiler, filer.name.source)));
        }
    }
}

/// Leaves out the completion table of a sheet that another department filled in.
pub(super) fn leave_completion(vocabulary: &Vocabulary, grids: &[Grid], department: &str, found: &mut Found) {
    let Some(table) = &found.completion else { return };
    let Some(grid) = grids.iter().find(|grid| grid.sheet.name == table.sheet) else { return };
    let top =
        table.total.iter().chain(&table.tasks).filter_map(|row| row.cell.parse::<Address>().ok()).map(|at| at.row);
    let (top, filer) = (top.min().unwrap_or(u32::MAX), filer_of(grid));
    if let Some(filer) = filer.filter(|filer| {
        filer.line.is_none_or(|line| line < top) && is_another(vocabulary, &filer.name.value, department)
    }) {
        found.completion = None;
        found.left.push((NotOurs::OtherFiler, filer.name.source));
    }
}

/// Whether a name is another department's. An office of the department, and a longer or shorter form of its name, are not.
pub(super) fn is_another(vocabulary: &Vocabulary, filer: &str, department: &str) -> bool {
    let (filer, department) = (key(filer), key(department));
    let is_office = filer.ends_with(vocabulary.titles.internal.all());
    let rest = match (filer.strip_prefix(&department), department.strip_prefix(&filer)) {
        (Some(rest), _) | (_, Some(rest)) => Some(rest.to_owned()),
        _ if filer.ends_with(&department) || department.ends_with(&filer) => Some(String::new()),
        _ => None,
    };
    // 文化局图书馆 is a unit below 文化局; 文化局（本级） is the department.
    !is_office && rest.is_none_or(|rest| !rest.is_empty() && vocabulary.titles.endings.ends(&rest))
}

pub(super) fn tell_sisters(sisters: &[(Sister, Source)], notes: &mut Notes) {
    for (kind, source) in sisters {
        notes.add(Code::SisterForm, &format!("sister-{}", kind.as_str()), About::default(), source.clone(), &[]);
    }
}

pub(super) fn tell_left(left: &[(NotOurs, Source)], notes: &mut Notes) {
    for (why, source) in left {
        let (code, key) = match why {
            NotOurs::OtherYear => (Code::YearMismatch, "table-of-other-year"),
            NotOurs::OtherUnit => (Code::FactUnreadable, "table-of-other-unit"),
            NotOurs::OtherFiler => (Code::FactUnreadable, "table-of-other-filer"),
            NotOurs::OtherPeriod => (Code::FactUnreadable, "table-of-other-period"),
            NotOurs::Draft => (Code::FactUnreadable, "table-of-draft"),
            NotOurs::Example => (Code::FactUnreadable, "table-of-example"),
            NotOurs::Reviewers => (Code::FactUnreadable, "table-of-reviewers"),
        };
        notes.add(code, key, About::default(), source.clone(), &[]);
    }
}

/// Lists the comments on the scores of the chosen card.
fn list_comments(grids: &[Grid], chosen: &Card, card: &Scorecard, aside: &mut LeftAside) {
    for part in &chosen.parts {
        let Some(grid) = grids.get(part.sheet) else { continue };
        for entry in &part.entries {
            let indicator = card.indicators.get(entry.indicator).map(|indicator| indicator.id.as_str());
            for at in &entry.scores {
                if let Some(comment) = grid.comment(*at) {
                    let name = grid.text(entry.name.row, entry.name.column);
                    aside.comment(&name, &grid.source(*at), comment, indicator);
                }
            }
        }
    }
}
