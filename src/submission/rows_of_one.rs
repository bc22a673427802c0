//! Rows that stand together for one indicator: a department's own indicators under 履职成效, or 经济效益 and 社会效益 where the card
//! has one row for both. Their place in the official order and the points they add up to say so; both must agree.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::cards::Card;
use super::grid::Grid;
use super::layout::{cell_of, number_at};
use super::names::key;
use super::notes::{About, Notes, shown};
use super::scorecard::{CardPart, CardReader};
use super::{Claim, ClaimedScore};
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::rulebook::Indicator;
use crate::workbook::Address;

/// Rows of no name that the rulebook knows, and the indicator that they stand for.
pub struct RowsOfOne {
    /// The sheet's place in the workbook.
    pub sheet: usize,
    /// Where their names stand.
    pub rows: Vec<Address>,
    /// The one claim that they make together.
    pub claim: Claim,
}

/// Every stretch of unknown rows that stands for the one indicator missing there.
pub fn rows_of_one(grids: &[Grid], reader: &CardReader, card: &Card) -> Vec<RowsOfOne> {
    let entries = card.parts.iter().flat_map(|part| &part.entries);
    let named: BTreeSet<usize> = entries.map(|entry| entry.indicator).collect();
    let parts = card.parts.iter().filter_map(|part| Some((grids.get(part.sheet)?, part)));
    parts.flat_map(|(grid, part)| of_part(grid, reader, part, &named)).collect()
}

fn of_part(grid: &Grid, reader: &CardReader, part: &CardPart, named: &BTreeSet<usize>) -> Vec<RowsOfOne> {
    let mut edges: Vec<(u32, usize)> = part.entries.iter().map(|entry| (entry.name.row, entry.indicator)).collect();
    edges.push((u32::MAX, reader.card.indicators.len()));
    let (mut out, mut above) = (Vec::new(), (0, None));
    for (row, indicator) in edges {
        let between = |at: &&Address| (above.0..row).contains(&at.row);
        let rows: Vec<Address> = part.unknown.iter().filter(between).copied().collect();
        let first = above.1.map_or(0, |above: usize| above + 1);
        let missing: Vec<usize> = (first..indicator).filter(|one| !named.contains(one)).collect();
        if let ([one], false) = (missing.as_slice(), rows.is_empty())
            && let Some(wanted) = reader.card.indicators.get(*one)
        {
            out.extend(together(grid, part, wanted, rows));
        }
        above = (row, Some(indicator));
    }
    out
}

/// The rows as one claim, where their points are the indicator's and what they are called does not speak against it.
fn together(grid: &Grid, part: &CardPart, wanted: &Indicator, rows: Vec<Address>) -> Option<RowsOfOne> {
    let points = part.layout.points?;
    let stated = |row: &Address| number_at(grid, cell_of(grid, points, row.row));
    let sum = rows.iter().map(stated).try_fold(Decimal::ZERO, |sum, points| sum.checked_add(points?))?;
    let names: Vec<String> = rows.iter().map(|at| grid.text(at.row, at.column)).collect();
    let is_named = || names.iter().all(|name| is_part_of_name(wanted, name));
    if Some(sum) != wanted.points || !(is_judged(wanted) || rows.len() > 1 && is_named()) {
        return None;
    }
    let scores = rows.iter().map(|row| number_at(grid, part.layout.score_cell(grid, row.row)));
    let score = scores.clone().try_fold(Decimal::ZERO, |sum, score| sum.checked_add(score?));
    let first = rows.first().map(|row| part.layout.score_cell(grid, row.row))?;
    let score = match score {
        Some(score) => ClaimedScore::Number(score),
        None if scores.clone().all(|score| score.is_none()) => ClaimedScore::Missing,
        None => ClaimedScore::NotANumber,
    };
    let claim = Claim {
        indicator: wanted.id.clone(),
        name_written: names.iter().map(|name| shown(name)).collect::<Vec<_>>().join("、"),
        score,
        out_of: None,
        rivals: Vec::new(),
        shown: None,
        joined: None,
        points_stated: None,
        evidence: None,
        source: grid.source(first),
    };
    Some(RowsOfOne { sheet: grid.index, rows, claim })
}

/// Whether people judge all of an indicator: what a department writes there is its own.
fn is_judged(indicator: &Indicator) -> bool {
    let mut criteria = indicator.readings.iter().flat_map(|reading| &reading.criteria);
    criteria.all(|criterion| criterion.rule.parameters().awaits_judgement())
}

/// Whether a name is a part of the indicator's: 经济效益 of 经济效益、社会效益.
fn is_part_of_name(indicator: &Indicator, name: &str) -> bool {
    let part = key(name);
    let names = std::iter::once(&indicator.name).chain(&indicator.aliases);
    !part.is_empty() && names.into_iter().any(|whole| key(whole).contains(&part))
}

/// Tells which rows were taken for an indicator.
pub fn tell(grids: &[Grid], reader: &CardReader, own: &RowsOfOne, notes: &mut Notes) {
    let indicator = reader.card.indicators.iter().find(|one| one.id == own.claim.indicator);
    if let (Some(grid), Some(first), Some(indicator)) = (grids.get(own.sheet), own.rows.first(), indicator) {
        let points = indicator.points.map(figure_text).unwrap_or_default();
        let count = own.rows.len().to_string();
        notes.add(
            Code::IndicatorRenamed,
            "indicator-by-rows",
            About::indicator(&indicator.id),
            grid.source(*first),
            &[("names", &own.claim.name_written), ("count", &count), ("name", &indicator.name), ("points", &points)],
        );
    }
}
