//! A scorecard whose header has words that nobody listed, or that has none: found by its rows, which are the rulebook's, and by
//! the kind of what stands beside them. Source: certainty.md, “header words nobody listed, when the labels below are the rulebook's and
//! the values have the right kind”.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::grid::Grid;
use super::headers::{CardColumn, Header, Heading, header_of};
use super::layout::{Layout, cell_of, number_at};
use super::names::key;
use super::scope::Scope;
use super::scorecard::{CardPart, CardReader, beside_a_part, says_more};
use crate::vocabulary::Vocabulary;
use crate::workbook::Value;

/// Of the card's indicators at least one in so many stands in the column of names.
const NAMED_OF: usize = 2;
/// A column is that of the points where at least nine in ten of its figures are the indicators' points.
const POINTS_AGREE: (usize, usize) = (9, 10);
/// A sheet of more cells is a list, and no card.
const MOST_CELLS: usize = 20_000;
/// No card is wider, in columns.
const WIDEST: usize = 64;

/// The card of a sheet whose header says too little, or that has none; none where its rows are not the rulebook's, or where no
/// column can hold the claims. Of several columns that may hold them each is a candidate.
pub fn card_by_content(reader: &CardReader, grid: &Grid) -> Option<CardPart> {
    if grid.sheet.cells.len() > MOST_CELLS {
        return None;
    }
    let (name, rows) = name_column(reader, grid)?;
    let first = *rows.first()?;
    let header = header_above(grid, first);
    if header.is_none() && is_anothers(reader, grid, first) {
        return None;
    }
    let headings = header.as_ref().map_or(&[][..], |header| header.headings.as_slice());
    let columns = columns_of(grid, name, &rows);
    let points = columns.iter().copied().find(|columns| holds_points(reader, grid, name, *columns, &rows));
    let scores: Vec<(u32, u32)> = columns
        .iter()
        .copied()
        .filter(|columns| Some(*columns) != points && may_be_claims(reader, grid, (headings, name), *columns, &rows))
        .collect();
    // Where a heading says so it is the claim. A column that does not say so may hold anything: its sum has to be the total
    // below it.
    let said = scores.iter().copied().find(|columns| says_score(grid.vocabulary(), headings, *columns));
    let score = said.or_else(|| scores.iter().copied().find(|columns| comes_to_total(grid, *columns, &rows)))?;
    let others: Vec<(u32, u32)> = scores.iter().copied().filter(|columns| *columns != score).collect();
    let of_parts = beside_a_part(grid.vocabulary(), headings, score, reader.year());
    let layout = Layout {
        columns: (columns.first()?.0.min(name), columns.last()?.1.max(name)),
        name,
        score,
        points,
        evidence: None,
        left: Vec::new(),
        rivals: others
            .iter()
            .copied()
            .chain(of_parts.iter().copied().filter(|part| !others.contains(part)))
            .filter(|other| says_more(grid, score, *other, &rows))
            .collect(),
        is_final: false,
        of_a_hundred: false,
        of_deductions: false,
        others: others.into_iter().chain(of_parts).chain(points).collect(),
        own_words: Vec::new(),
    };
    Some(reader.under(grid, header.as_ref(), layout, first))
}

/// The header right above the rows; none where nothing stands there, or one line such as a title.
fn header_above(grid: &Grid, first: u32) -> Option<Header> {
    let above = *grid.rows_within(first.checked_sub(1)?, first).first()?;
    (grid.cells_of(above).nth(1).is_some()).then(|| header_of(grid, above))
}

/// Whether the lines over a card without a header, or the sheet's name, say that the scores are not the department's of the
/// report's year.
fn is_anothers(reader: &CardReader, grid: &Grid, first: u32) -> bool {
    let cells = grid.rows_within(0, first).iter().flat_map(|row| grid.cells_of(*row));
    let lines = cells.filter_map(|(_, cell)| match &cell.value {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    });
    let words = grid.vocabulary();
    let speaks_against = |line: &str| {
        words.headings.not_claimed.within(&key(line))
            || Scope::of(words, line, reader.year()).of_score().off().is_some()
    };
    lines.chain([grid.sheet.name.as_str()]).any(speaks_against)
}

/// The columns in which something stands beside the names.
fn columns_of(grid: &Grid, name: u32, rows: &[u32]) -> Vec<(u32, u32)> {
    let cells = rows.iter().flat_map(|row| grid.cells_of(*row));
    let columns: BTreeSet<u32> = cells.map(|(at, _)| at.column).filter(|column| *column != name).collect();
    columns.into_iter().take(WIDEST).map(|column| (column, column)).collect()
}

/// The column in which at least half of the card's indicators stand, and their rows.
fn name_column(reader: &CardReader, grid: &Grid) -> Option<(u32, Vec<u32>)> {
    let mut by_column: std::collections::BTreeMap<u32, Vec<u32>> = std::collections::BTreeMap::new();
    for &row in grid.rows() {
        for (at, _) in grid.cells_of(row) {
            if reader.names.exactly(&grid.text(at.row, at.column)).is_some() {
                by_column.entry(at.column).or_default().push(row);
            }
        }
    }
    let (column, rows) = by_column.into_iter().max_by_key(|(_, rows)| rows.len())?;
    (rows.len() * NAMED_OF >= reader.card.indicators.len() && rows.len() > 2).then_some((column, rows))
}

/// Whether the figures of a column are the points of the indicators beside them.
fn holds_points(reader: &CardReader, grid: &Grid, name: u32, columns: (u32, u32), rows: &[u32]) -> bool {
    let stated: Vec<(Decimal, Option<Decimal>)> = rows
        .iter()
        .filter_map(|row| {
            let indicator =
                reader.names.exactly(&grid.text(*row, name)).and_then(|at| reader.card.indicators.get(at))?;
            Some((number_at(grid, cell_of(grid, columns, *row))?, indicator.points))
        })
        .collect();
    let agree = stated.iter().filter(|(stated, points)| Some(*stated) == *points).count();
    stated.len() * NAMED_OF >= rows.len() && agree * POINTS_AGREE.1 >= stated.len() * POINTS_AGREE.0
}

/// Whether a column can hold the department's scores: figures in most rows, none above the points of its row, and no word
/// over them that says whose, or which time's, they are instead.
fn may_be_claims(
    reader: &CardReader,
    grid: &Grid,
    (over, name): (&[Heading], u32),
    columns: (u32, u32),
    rows: &[u32],
) -> bool {
    let points = |row: u32| {
        let indicator = reader.names.exactly(&grid.text(row, name)).and_then(|at| reader.card.indicators.get(at));
        indicator.and_then(|indicator| indicator.points)
    };
    let figures: Vec<(Decimal, Option<Decimal>)> =
        rows.iter().filter_map(|row| Some((number_at(grid, cell_of(grid, columns, *row))?, points(*row)))).collect();
    // A heading that is merged down from the rows above stands over the column too.
    let above = rows.first().and_then(|first| grid.seen(first.checked_sub(1)?, columns.0));
    let merged = above.map(|(at, _)| key(&grid.text(at.row, at.column))).unwrap_or_default();
    let whole: String =
        headings(over, columns).map(|heading| heading.whole.as_str()).chain([merged.as_str()]).collect();
    let words = grid.vocabulary();
    let is_anothers = words.headings.not_claimed.within(&whole) || words.headings.about_scores.within(&whole);
    let scope = Scope::of(words, &whole, reader.year()).of_score();
    figures.len() * NAMED_OF >= rows.len()
        && figures.iter().all(|(figure, points)| points.is_none_or(|points| (Decimal::ZERO..=points).contains(figure)))
        && !is_anothers
        && scope.off().is_none()
}

/// Whether the first figure below the rows is their sum.
fn comes_to_total(grid: &Grid, columns: (u32, u32), rows: &[u32]) -> bool {
    let figure = |row: &u32| number_at(grid, cell_of(grid, columns, *row));
    let sum = rows.iter().filter_map(figure).try_fold(Decimal::ZERO, |sum, score| sum.checked_add(score));
    let below = rows.last().map_or(u32::MAX, |last| last + 1);
    let total = grid.rows_within(below, u32::MAX).iter().find_map(figure);
    sum.is_some() && sum == total
}

fn says_score(vocabulary: &Vocabulary, over: &[Heading], columns: (u32, u32)) -> bool {
    headings(over, columns).any(|heading| {
        matches!(heading.roles.card, Some(CardColumn::Score(_)))
            || vocabulary.headings.self_assessed.within(&heading.whole)
    })
}

/// The headings over a column.
fn headings(over: &[Heading], columns: (u32, u32)) -> impl Iterator<Item = &Heading> {
    over.iter().filter(move |heading| heading.columns.0 <= columns.0 && columns.1 <= heading.columns.1)
}
