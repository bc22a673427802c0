//! A scorecard whose header has words that nobody listed: found by its rows, which are the rulebook's, and by the kind of
//! what stands beside them. Source: certainty.md, “header words nobody listed, when the labels below are the rulebook's and
//! the values have the right kind”.

use rust_decimal::Decimal;

use super::grid::Grid;
use super::headers::{CardColumn, Header, header_of};
use super::layout::{Layout, cell_of, number_at};
use super::scope::Scope;
use super::scorecard::{CardPart, CardReader, differ};
use crate::vocabulary::Vocabulary;

/// Of the card's indicators at least one in so many stands in the column of names.
const NAMED_OF: usize = 2;
/// A column is that of the points where at least nine in ten of its figures are the indicators' points.
const POINTS_AGREE: (usize, usize) = (9, 10);
/// A sheet of more cells is a list, and no card.
const MOST_CELLS: usize = 20_000;
/// No card is wider, in columns.
const WIDEST: u32 = 64;

/// The card of a sheet whose header says too little; none where its rows are not the rulebook's, or where more than one
/// column may hold the claims.
pub fn card_by_content(reader: &CardReader, grid: &Grid) -> Option<CardPart> {
    if grid.sheet.cells.len() > MOST_CELLS {
        return None;
    }
    let (name, rows) = name_column(reader, grid)?;
    let first = *rows.first()?;
    let above = *grid.rows_within(first.saturating_sub(1), first).first()?;
    let header = header_of(grid, above);
    let columns: Vec<(u32, u32)> = header
        .headings
        .iter()
        .map(|heading| heading.columns)
        .filter(|columns| !(columns.0..=columns.1).contains(&name) && columns.1 - columns.0 <= WIDEST)
        .collect();
    let points = columns.iter().copied().find(|columns| holds_points(reader, grid, name, *columns, &rows));
    let scores: Vec<(u32, u32)> = columns
        .iter()
        .copied()
        .filter(|columns| Some(*columns) != points && may_be_claims(reader, grid, (&header, name), *columns, &rows))
        .collect();
    // Where the heading of one says so it is the claim; of several that say nothing none is.
    let said: Vec<(u32, u32)> =
        scores.iter().copied().filter(|columns| says_score(grid.vocabulary(), &header, *columns)).collect();
    let score = match (&said[..], &scores[..]) {
        ([one], _) => *one,
        // A column that does not say so may hold anything: its sum has to be the total below it.
        ([], [one]) if comes_to_total(grid, *one, &rows) => *one,
        _ => return None,
    };
    let others: Vec<(u32, u32)> = scores.iter().copied().filter(|columns| *columns != score).collect();
    if others.iter().any(|other| differ(grid, score, *other, &rows)) {
        return None;
    }
    let layout = Layout {
        columns: header.all_columns(),
        name,
        score,
        points,
        evidence: None,
        left: Vec::new(),
        rivals: Vec::new(),
        is_final: false,
        others: others.into_iter().chain(points).collect(),
    };
    Some(reader.under(grid, &header, layout))
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
    (header, name): (&Header, u32),
    columns: (u32, u32),
    rows: &[u32],
) -> bool {
    let points = |row: u32| {
        let indicator = reader.names.exactly(&grid.text(row, name)).and_then(|at| reader.card.indicators.get(at));
        indicator.and_then(|indicator| indicator.points)
    };
    let figures: Vec<(Decimal, Option<Decimal>)> =
        rows.iter().filter_map(|row| Some((number_at(grid, cell_of(grid, columns, *row))?, points(*row)))).collect();
    let whole: String = headings(header, columns).map(|heading| heading.whole.as_str()).collect();
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

fn says_score(vocabulary: &Vocabulary, header: &Header, columns: (u32, u32)) -> bool {
    headings(header, columns).any(|heading| {
        matches!(heading.roles.card, Some(CardColumn::Score(_)))
            || vocabulary.headings.self_assessed.within(&heading.whole)
    })
}

fn headings(header: &Header, columns: (u32, u32)) -> impl Iterator<Item = &super::headers::Heading> {
    header.headings.iter().filter(move |heading| heading.columns == columns)
}
