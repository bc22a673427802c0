//! What a chosen scorecard states: claims, points, totals, grade and subtotals.

use std::collections::{BTreeMap, BTreeSet};

use super::cards::Card;
use super::closing::{Closing, closing_of};
use super::computed;
use super::grid::Grid;
use super::headers::without_brackets;
use super::hidden::Used;
use super::layout::number_at;
use super::names::{How, key};
use super::notes::{About, Notes, shown};
use super::rows_of_one::{self, RowsOfOne, rows_of_one};
use super::scorecard::{CardPart, CardReader, Entry};
use super::total_cell::unclear;
use super::values::Flaw;
use super::{Claim, ClaimedScore, Sourced, Submission};
use crate::audit::{Finding, Source};
use crate::checks::register::Code;
use crate::phrase::Hole;
use crate::quantity::{Typed, Understood, choice, fold};
use crate::rulebook::{Grade, Indicator};
use crate::vocabulary::Vocabulary;
use crate::workbook::Address;

/// The card that was chosen, with the sheets it stands in and what it is read by.
#[derive(Clone, Copy)]
pub(super) struct ChosenCard<'a, 'w> {
    /// All sheets.
    pub(super) grids: &'a [Grid<'w>],
    /// The rulebook's names.
    pub(super) reader: &'a CardReader<'a>,
    /// Its parts.
    pub(super) card: &'a Card,
    /// The grades that it can state.
    pub(super) grades: &'a [Grade],
}

/// Claims, total, grade and subtotals of the chosen card.
pub(super) fn read_card(chosen: ChosenCard, submission: &mut Submission, notes: &mut Notes, used: &mut Used) {
    let ChosenCard { grids, reader, card, .. } = chosen;
    let entries: Vec<(&Grid, &Entry)> = card
        .parts
        .iter()
        .filter_map(|part| Some((grids.get(part.sheet)?, part)))
        .flat_map(|(grid, part)| part.entries.iter().map(move |entry| (grid, entry)))
        .collect();
    let rows = RowsOfNames::of(&entries);
    for (grid, entry) in &entries {
        if rows.leave_in_doubt(entry) {
            tell_unknown(grid, entry.name, notes);
            continue;
        }
        if entry.how == How::Near {
            tell_renamed(grid, reader, entry, notes);
        }
        let (mut claim, flaw) = entry.claim(grid, reader.card);
        rows.disown_shared(grid.index, entry, &mut claim);
        if let Some((flaw, source)) = flaw {
            let (code, key) = match flaw {
                Flaw::Uncalculated => (Code::FormulaWithoutValue, "score-uncalculated"),
                Flaw::Unsure => (Code::FactUnreadable, "score-unsure"),
                _ => (Code::ErrorCell, "score-error"),
            };
            let name = shown(&claim.name_written);
            notes.add(code, key, About::indicator(&claim.indicator), source, &[("indicator", &name)]);
        }
        used.extend(entry.score_cells().chain(&entry.points).map(|at| (grid.index, *at)));
        submission.claims.push(claim);
    }
    drop_empty_repetitions(&mut submission.claims);
    let together = rows_of_one(grids, reader, card);
    for own in &together {
        rows_of_one::tell(grids, reader, own, notes);
        submission.claims.push(own.claim.clone());
    }
    read_unknown(grids, card, &together, submission, notes);
    submission.unnamed = unnamed(grids, reader, card, &together, &submission.claims);
    read_closing(chosen, submission, notes, used);
}

/// The indicators that no row names and that a row which no indicator explains may be, by its name: 预算规范性 for 预算编制规范性. Each
/// with that row's name. (certainty.md, “Does the rulebook fit at all?”: a sum is held against a department only when every score
/// on the card was understood.)
fn unnamed(
    grids: &[Grid],
    reader: &CardReader,
    card: &Card,
    together: &[RowsOfOne],
    claims: &[Claim],
) -> Vec<(String, Source)> {
    let is_missing = |one: &Indicator| !claims.iter().any(|claim| claim.indicator == one.id);
    let missing: Vec<&Indicator> = reader.card.indicators.iter().filter(|one| is_missing(one)).collect();
    let is_free = |sheet: usize, at: &Address| !together.iter().any(|own| own.sheet == sheet && own.rows.contains(at));
    let rows = card.parts.iter().flat_map(|part| part.unknown.iter().map(move |at| (part, *at)));
    let free = rows.filter(|(part, at)| is_free(part.sheet, at));
    let of_row = |(part, at): (&CardPart, Address)| {
        let Some(grid) = grids.get(part.sheet) else { return Vec::new() };
        let name = grid.text(at.row, at.column);
        let like = missing.iter().filter(|one| is_like(&name, &one.name));
        like.map(|one| (one.id.clone(), grid.source(at))).collect::<Vec<_>>()
    };
    free.flat_map(of_row).collect()
}

/// Whether two names have half of the longer one's characters in common: one may be the other in other words.
fn is_like(one: &str, other: &str) -> bool {
    let (one, other) = (key(one), key(other));
    let mut left: Vec<char> = other.chars().collect();
    let shared = one.chars().filter(|c| left.iter().position(|own| own == c).map(|at| left.swap_remove(at)).is_some());
    shared.count() * 2 >= one.chars().count().max(other.chars().count())
}

/// Rows that no indicator explains and that stand for none: told, and their scores count in the total.
fn read_unknown(grids: &[Grid], card: &Card, together: &[RowsOfOne], submission: &mut Submission, notes: &mut Notes) {
    let stands_for_one =
        |sheet: usize, at: &Address| together.iter().any(|own| own.sheet == sheet && own.rows.contains(at));
    for (grid, at) in card
        .parts
        .iter()
        .filter_map(|part| Some((grids.get(part.sheet)?, part)))
        .flat_map(|(grid, part)| part.unknown.iter().map(move |at| (grid, *at)))
        .filter(|(grid, at)| !stands_for_one(grid.index, at))
    {
        tell_unknown(grid, at, notes);
    }
    for part in &card.parts {
        let Some(grid) = grids.get(part.sheet) else { continue };
        for at in part.unknown.iter().filter(|at| !stands_for_one(part.sheet, at)) {
            let place = part.layout.score_cell(grid, at.row);
            match number_at(grid, place) {
                Some(value) => submission.unknown_scores.push(Sourced { value, source: grid.source(place) }),
                None => submission.unread_scores |= grid.seen(place.row, place.column).is_some(),
            }
        }
    }
}

/// How often the rows of a card name each indicator, and which cells stand for several of them.
#[derive(Default)]
pub(super) struct RowsOfNames {
    exact: BTreeSet<usize>,
    near: BTreeMap<usize, usize>,
    owners: BTreeMap<(usize, Address), BTreeSet<usize>>,
}

impl RowsOfNames {
    fn of(entries: &[(&Grid, &Entry)]) -> RowsOfNames {
        let mut rows = RowsOfNames::default();
        for (grid, entry) in entries {
            match entry.how {
                How::Exact => drop(rows.exact.insert(entry.indicator)),
                How::Near => *rows.near.entry(entry.indicator).or_default() += 1,
            }
            for at in entry.scores.iter().chain(&entry.points) {
                rows.owners.entry((grid.index, *at)).or_default().insert(entry.indicator);
            }
        }
        rows
    }

    /// A near name counts only where no other row has the name, exactly or nearly.
    fn leave_in_doubt(&self, entry: &Entry) -> bool {
        let others = self.near.get(&entry.indicator).is_some_and(|rows| *rows > 1);
        entry.how == How::Near && (others || self.exact.contains(&entry.indicator))
    }

    /// A score merged over several indicators is one claim for all of them; points merged so are nobody's own.
    fn disown_shared(&self, sheet: usize, entry: &Entry, claim: &mut Claim) {
        let shared = |at: &Address| self.owners.get(&(sheet, *at)).is_some_and(|owners| owners.len() > 1);
        if entry.scores.iter().any(shared) && claim.score != ClaimedScore::Missing {
            claim.score = match claim.score {
                // Of several that differ, none can be shared out.
                score if !claim.rivals.is_empty() => score,
                ClaimedScore::Uncalculated => ClaimedScore::Uncalculated,
                ClaimedScore::Number(number) if entry.scores.len() == 1 => ClaimedScore::Merged(number),
                _ => ClaimedScore::NotANumber,
            };
        }
        if entry.points.iter().any(shared) {
            claim.points_stated = None;
        }
    }
}

pub(super) fn tell_unknown(grid: &Grid, at: Address, notes: &mut Notes) {
    let source = grid.source(at);
    let name = shown(&source.text);
    notes.add(Code::IndicatorUnknown, "indicator-unknown", About::default(), source, &[("written", &name)]);
}

pub(super) fn tell_renamed(grid: &Grid, reader: &CardReader, entry: &Entry, notes: &mut Notes) {
    let Some(indicator) = reader.card.indicators.get(entry.indicator) else { return };
    let source = grid.source(entry.name);
    let written = shown(&source.text);
    notes.add(
        Code::IndicatorRenamed,
        "indicator-renamed",
        About::indicator(&indicator.id),
        source,
        &[("written", &written), ("name", &indicator.name)],
    );
}

/// A row that goes on behind a page break repeats the name and has no score of its own.
pub(super) fn drop_empty_repetitions(claims: &mut Vec<Claim>) {
    let is_empty = |claim: &Claim| claim.score == ClaimedScore::Missing;
    let mut known: BTreeSet<String> =
        claims.iter().filter(|claim| !is_empty(claim)).map(|claim| claim.indicator.clone()).collect();
    claims.retain(|claim| !is_empty(claim) || known.insert(claim.indicator.clone()));
}

/// Total, grade and subtotals: below the indicators, else stated above the table.
pub(super) fn read_closing(chosen: ChosenCard, submission: &mut Submission, notes: &mut Notes, used: &mut Used) {
    let ChosenCard { grids, reader, card, grades } = chosen;
    let mut stated: Vec<(&Grid, Closing)> = Vec::new();
    for part in &card.parts {
        let Some(grid) = grids.get(part.sheet) else { continue };
        stated.extend(part.closing.iter().cloned().map(|closing| (grid, closing)));
    }
    let is_total = |closing: &Closing| matches!(closing, Closing::Total { .. } | Closing::Unclear(..));
    let has_total = stated.iter().any(|(_, closing)| is_total(closing));
    for part in card.parts.iter().filter(|_| !has_total) {
        let Some(grid) = grids.get(part.sheet) else { continue };
        for &row in grid.rows_within(part.rows.0.saturating_sub(8), part.rows.0) {
            let above = closing_of(grid, &part.layout, row, None, &reader.sections, reader.card);
            stated.extend(above.into_iter().flatten().map(|closing| (grid, closing)));
        }
    }
    for (grid, closing) in &stated {
        match closing {
            Closing::Flawed(flaw, at) => tell_flaw(*flaw, "total", grid.source(*at), notes),
            Closing::Unclear(at, cells) => notes.found(unclear(grid, *at, cells)),
            _ => {}
        }
    }
    settle_totals(&stated, submission, used);
    leave_commented_total(&stated, submission, notes);
    tell_replaced(&stated, notes);
    let grade = stated
        .iter()
        .rev()
        .find_map(|(grid, closing)| if let Closing::Grade(text, at) = closing { Some((grid, text, at)) } else { None });
    if let Some((grid, text, at)) = grade {
        submission.grade =
            grade_meant(grid.vocabulary(), text, grades).map(|value| Sourced { value, source: grid.source(*at) });
    }
}

/// Totals and grades typed by hand where the form says that they compute themselves; and a total where grade or
/// subtotals beside it are still the form's formulas.
pub(super) fn tell_replaced(stated: &[(&Grid, Closing)], notes: &mut Notes) {
    let places: Vec<(&Grid, Address, bool)> = stated
        .iter()
        .filter_map(|(grid, closing)| match closing {
            Closing::Total { value: Some((_, at)), .. } => Some((*grid, *at, true)),
            Closing::Grade(_, at) | Closing::Section(_, _, at) | Closing::Flawed(_, at) => Some((*grid, *at, false)),
            Closing::Total { value: None, .. } | Closing::Unclear(..) => None,
        })
        .collect();
    let others_compute = places.iter().any(|(grid, at, _)| computed::is_formula(grid, *at));
    for (grid, at, is_total) in places {
        if computed::is_replaced(grid, at) {
            notes.add(Code::FormulaReplaced, "formula-replaced-marked", About::default(), grid.source(at), &[]);
        } else if others_compute && is_total && !computed::is_formula(grid, at) {
            notes.add(Code::FormulaReplaced, "formula-replaced", About::default(), grid.source(at), &[]);
        }
    }
}

/// A comment on the total (含加分项, 待核) leaves open what it is the total of: none is stated then, and it is told.
fn leave_commented_total(stated: &[(&Grid, Closing)], submission: &mut Submission, notes: &mut Notes) {
    let Some(total) = &submission.total else { return };
    let Ok(at) = total.source.cell.parse::<Address>() else { return };
    let grid = stated.iter().map(|(grid, _)| *grid).find(|grid| grid.sheet.name == total.source.sheet);
    let Some((grid, comment)) = grid.and_then(|grid| Some((grid, grid.comment(at)?))) else { return };
    let label = grid.cells_of(at.row).next().map(|(label, _)| grid.text(label.row, label.column)).unwrap_or_default();
    let holes: &[Hole] = &[("name", &label), ("cell", &total.source.cell), ("text", &comment)];
    let finding = Finding::worded(Code::FactDoubtful, "fact-doubtful-comment", holes).at(&total.source);
    notes.found(finding);
    submission.total = None;
}

/// The last plain total is the card's, else the last sum; sums before it are those of the sections above them.
pub(super) fn settle_totals(stated: &[(&Grid, Closing)], submission: &mut Submission, used: &mut Used) {
    let totals = || {
        stated.iter().enumerate().filter_map(|(i, (grid, closing))| {
            if let Closing::Total { value: Some((value, at)), plain, section } = closing {
                Some((i, grid, *value, *at, *plain, section))
            } else {
                None
            }
        })
    };
    let last = totals().rfind(|total| total.4).or_else(|| totals().next_back());
    if let Some((_, grid, value, at, ..)) = last {
        used.insert((grid.index, at));
        submission.total = Some(Sourced { value, source: grid.source(at) });
    }
    let sums: BTreeSet<&str> = stated
        .iter()
        .filter_map(|(_, closing)| match closing {
            Closing::Total { section: Some(section), plain: false, .. } => Some(section.as_str()),
            _ => None,
        })
        .collect();
    let before_the_last = |i: usize| last.is_some_and(|(last, ..)| i < last);
    for (i, (grid, closing)) in stated.iter().enumerate() {
        let subtotal = match closing {
            Closing::Section(id, value, at) => Some((id, *value, *at)),
            Closing::Total { value: Some((value, at)), plain: false, section: Some(id) }
                if before_the_last(i) && sums.len() > 1 =>
            {
                Some((id, *value, *at))
            }
            _ => None,
        };
        if let Some((id, value, at)) = subtotal {
            used.insert((grid.index, at));
            submission.section_totals.push((id.clone(), Sourced { value, source: grid.source(at) }));
        }
    }
}

/// The grade that is meant, as the rulebook names it; else what is written. None: the grades to choose from, unchosen.
pub(super) fn grade_meant(vocabulary: &Vocabulary, written: &str, grades: &[Grade]) -> Option<String> {
    let names: Vec<&str> = grades.iter().map(|grade| grade.name.as_str()).collect();
    if let Understood::Value(index) = choice(&vocabulary.quantities, Typed::Text(written), &names)
        && let Some(name) = names.get(index)
    {
        return Some((*name).to_owned());
    }
    let word = without_brackets(written);
    let behind = &vocabulary.totals.grade_behind;
    let meant = names.iter().find(|name| {
        let rest = word.strip_prefix(*name).or_else(|| {
            word.strip_prefix(vocabulary.totals.grade_before.all()).and_then(|word| word.strip_prefix(*name))
        });
        rest.is_some_and(|rest| behind.contains(rest))
    });
    match meant {
        Some(name) => Some((*name).to_owned()),
        None if names.iter().all(|name| word.contains(name)) => None,
        None => Some(fold(written).into_owned()),
    }
}

/// A cell beside the scores that an error or a missing result keeps from being read; others are only words.
pub(super) fn tell_flaw(flaw: Flaw, what: &str, source: Source, notes: &mut Notes) {
    match flaw {
        Flaw::Uncalculated => {
            notes.add(Code::FormulaWithoutValue, &format!("{what}-uncalculated"), About::default(), source, &[])
        }
        Flaw::Error => notes.add(Code::ErrorCell, &format!("{what}-error"), About::default(), source, &[]),
        Flaw::Unsure => notes.add(Code::FactUnreadable, &format!("{what}-unsure"), About::default(), source, &[]),
        Flaw::Date | Flaw::NotMeasurable | Flaw::Unreadable | Flaw::Unit => {}
    }
}
