//! One indicator of a card: its rows, and what its score cells claim.

use rust_decimal::Decimal;

use crate::audit::Source;
use crate::quantity::{Understood, fold, percent, possible_scores, score, score_of};
use crate::rulebook::Scorecard;
use crate::submission::commented;
use crate::submission::grid::Grid;
use crate::submission::layout::{Layout, cell_of, number_at, shown_score};
use crate::submission::names::How;
use crate::submission::names::key;
use crate::submission::values::{Flaw, evidence, typed};
use crate::submission::{Claim, ClaimedScore, Sourced};
use crate::vocabulary::Quantities;
use crate::workbook::{Address, Cell, Value};

/// One indicator of a part, with all rows that belong to it.
pub struct Entry {
    /// Its place in the card.
    pub indicator: usize,
    /// How its name was matched.
    pub how: How,
    /// Where its name stands.
    pub name: Address,
    /// Its score cells, from the top; never empty.
    pub scores: Vec<Address>,
    /// Its cells in each like column of scores.
    pub(super) rivals: Vec<Vec<Address>>,
    /// Its scores are what was taken off, or look so.
    pub(super) of_deductions: bool,
    /// Its scores are out of a hundred, each, or look so: whether they are points nobody can say.
    pub(super) of_a_hundred: bool,
    /// All its columns of scores are said to be final.
    pub(super) is_final: bool,
    /// Its 分值 cells, from the top.
    pub points: Vec<Address>,
    /// Points of rows below that have no score: parts of its points, or only details of them.
    pub(super) points_below: Vec<Address>,
    /// Evidence named in its rows.
    pub evidence: Vec<(Address, String)>,
    /// Its last row.
    pub(super) last_row: u32,
}

impl Entry {
    pub(super) fn new(grid: &Grid, layout: &Layout, name: Address, indicator: usize, how: How) -> Entry {
        let mut entry = Entry {
            indicator,
            how,
            name,
            scores: Vec::new(),
            rivals: vec![Vec::new(); layout.rivals.len()],
            is_final: layout.is_final,
            of_a_hundred: layout.of_a_hundred,
            of_deductions: layout.of_deductions,
            points: Vec::new(),
            points_below: Vec::new(),
            evidence: Vec::new(),
            last_row: name.row,
        };
        entry.take_row(grid, layout, name.row);
        entry
    }

    pub(super) fn take_row(&mut self, grid: &Grid, layout: &Layout, row: u32) -> bool {
        self.last_row = row;
        take(&mut self.scores, layout.score_cell(grid, row));
        for (cells, columns) in self.rivals.iter_mut().zip(&layout.rivals) {
            take(cells, cell_of(grid, *columns, row));
        }
        if let Some(columns) = layout.points {
            take(&mut self.points, cell_of(grid, columns, row));
        }
        if let Some(columns) = layout.evidence {
            let at = cell_of(grid, columns, row);
            if let Some(named) = evidence(grid.vocabulary(), &grid.text(at.row, at.column))
                && self.evidence.last().is_none_or(|(last, _)| *last != at)
            {
                grid.effort().keep(&named);
                self.evidence.push((at, named));
            }
        }
        true
    }

    /// A row that has only a part of the points.
    pub(super) fn take_points(&mut self, at: Address, row: u32) -> bool {
        self.last_row = row;
        take(&mut self.points_below, at);
        true
    }

    pub(super) fn join(&mut self, next: Entry) {
        next.scores.into_iter().for_each(|at| take(&mut self.scores, at));
        for (cells, others) in self.rivals.iter_mut().zip(next.rivals) {
            others.into_iter().for_each(|at| take(cells, at));
        }
        next.points.into_iter().for_each(|at| take(&mut self.points, at));
        self.evidence.extend(next.evidence);
        self.last_row = next.last_row;
    }

    /// Whether anything stands in its score cells.
    pub fn is_filled(&self, grid: &Grid) -> bool {
        self.score_cells().any(|at| {
            let seen = grid.seen(at.row, at.column);
            seen.is_some_and(|(_, cell)| {
                !matches!(typed(cell).map(|typed| score(&grid.vocabulary().quantities, typed)), Ok(Understood::Absent))
            })
        })
    }

    /// Its cells in all columns of scores.
    pub fn score_cells(&self) -> impl Iterator<Item = &Address> {
        self.scores.iter().chain(self.rivals.iter().flatten())
    }

    /// The claim, and what is wrong with its score cell. Of like columns those count that say something; where they say
    /// different things, nobody can say which of them is the claim.
    pub fn claim(&self, grid: &Grid, card: &Scorecard) -> (Claim, Option<(Flaw, Source)>) {
        let points = card.indicators.get(self.indicator).and_then(|indicator| indicator.points);
        let columns = std::iter::once(&self.scores).chain(&self.rivals);
        let mut read: Vec<_> = columns.map(|cells| claimed(grid, cells, points)).collect();
        let says_nothing =
            |(score, _, flaw): &(ClaimedScore, Source, Option<Flaw>)| *score == ClaimedScore::Missing && flaw.is_none();
        if !read.iter().all(says_nothing) {
            read.retain(|one| !says_nothing(one));
        }
        let mut read = read.into_iter();
        let nowhere = || (ClaimedScore::Missing, grid.source(self.name), None);
        let (score, source, flaw) = read.next().unwrap_or_else(nowhere);
        let mut rivals: Vec<Sourced<ClaimedScore>> = Vec::new();
        for (value, source, _) in read.filter(|(other, ..)| *other != score) {
            if rivals.iter().all(|known| known.value != value) {
                rivals.push(Sourced { value, source });
            }
        }
        // What a score may be as well contradicts no other column: it only leaves open what is claimed.
        let otherwise = points.map(|points| self.otherwise(grid, score, points)).unwrap_or_default();
        let mut open: Vec<Sourced<ClaimedScore>> = otherwise
            .into_iter()
            .map(|value| Sourced { value: ClaimedScore::Number(value.normalize()), source: source.clone() })
            .collect();
        // A comment that says the same score once more says nothing.
        let said = commented::rivals(grid, &self.scores, points).into_iter().filter(|rival| rival.value != score);
        open.extend(said.filter(|_| !matches!(score, ClaimedScore::Missing | ClaimedScore::Uncalculated)));
        let is_contradicted = self.is_final && !rivals.is_empty();
        let names: Vec<&str> = self.evidence.iter().map(|(_, name)| name.as_str()).collect();
        let claim = Claim {
            indicator: card.indicators.get(self.indicator).map(|indicator| indicator.id.clone()).unwrap_or_default(),
            name_written: grid.text(self.name.row, self.name.column),
            score,
            out_of: None,
            rivals,
            shown: shown_score(grid, &source, score),
            joined: None,
            points_stated: self.points_stated(grid, points),
            evidence: (!names.is_empty()).then(|| names.join("；")),
            source: source.clone(),
        };
        let mut claim = if is_contradicted { claim.contradicted() } else { claim };
        claim.rivals.extend(open.into_iter().filter(|_| !is_contradicted));
        (claim, flaw.map(|flaw| (flaw, source)))
    }
}

impl Entry {
    /// The 分值 that its rows state; what rows without a score have belongs to it only where it comes out so.
    fn points_stated(&self, grid: &Grid, points: Option<Decimal>) -> Option<Sourced<Decimal>> {
        let own = stated(grid, &self.points, points);
        let all: Vec<Address> = self.points.iter().chain(&self.points_below).copied().collect();
        let together = stated(grid, &all, points).filter(|stated| Some(stated.value) == points);
        together.filter(|_| !self.points_below.is_empty()).or(own)
    }

    /// What its score may be as well, where the column looks like one of another kind of figures: 96 of a hundred for 2 points
    /// may be 1.92 of them, 96% too, and −1 of 3 may be what was taken off; or a slip.
    fn otherwise(&self, grid: &Grid, score: ClaimedScore, points: Decimal) -> Vec<Decimal> {
        let of_hundred = |share: Decimal| share.checked_mul(points)?.checked_div(Decimal::ONE_HUNDRED);
        match score {
            ClaimedScore::Number(score) if self.of_deductions => points.checked_add(score).into_iter().collect(),
            ClaimedScore::Number(score) if self.of_a_hundred => of_hundred(score).into_iter().collect(),
            ClaimedScore::NotANumber => {
                let cell = self.scores.first().filter(|_| self.scores.len() == 1);
                let Some((_, cell)) = cell.and_then(|at| grid.seen(at.row, at.column)) else { return Vec::new() };
                let rate = match typed(cell).map(|typed| percent(&grid.vocabulary().quantities, typed, false)) {
                    Ok(Understood::Value(rate)) if says_percent(cell) => Some(rate),
                    _ => None,
                };
                let of_rate =
                    rate.filter(|rate| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(rate)).and_then(of_hundred);
                let words = &grid.vocabulary().quantities;
                // 5/8 of 6 points is no score of them, whatever stands in it.
                let is_read =
                    matches!(typed(cell).map(|typed| score_of(words, typed, points)), Ok(Understood::Value(_)));
                match of_rate {
                    Some(score) => vec![score],
                    None if is_read && !says_deduction(cell, words) => Vec::new(),
                    None => match &cell.value {
                        Value::Text(text) => possible_scores(text, points),
                        _ => Vec::new(),
                    },
                }
            }
            _ => Vec::new(),
        }
    }
}

/// 6（扣0.36）: a text that says that something was taken off, and not whether the number is what was left.
fn says_deduction(cell: &Cell, words: &Quantities) -> bool {
    matches!(&cell.value, Value::Text(text) if words.comparisons.score_deducted.within(text))
}

/// Whether a cell shows a percentage.
fn says_percent(cell: &Cell) -> bool {
    match &cell.value {
        Value::Text(text) => fold(text).contains('%'),
        _ => cell.percent,
    }
}

fn take(cells: &mut Vec<Address>, at: Address) {
    if cells.last() != Some(&at) {
        cells.push(at);
    }
}

/// The score that one or several cells claim together.
fn claimed(grid: &Grid, cells: &[Address], points: Option<Decimal>) -> (ClaimedScore, Source, Option<Flaw>) {
    let read: Vec<(Address, ClaimedScore, Option<Flaw>)> =
        cells.iter().map(|at| one_score(grid, *at, points, cells.len() == 1)).collect();
    let filled: Vec<_> =
        read.iter().filter(|(_, score, flaw)| *score != ClaimedScore::Missing || flaw.is_some()).collect();
    let first = cells.first().copied().unwrap_or(Address { row: 0, column: 0 });
    let Some((at, score, flaw)) = filled.first() else { return (ClaimedScore::Missing, grid.source(first), None) };
    if let Some((at, score, flaw)) =
        filled.iter().find(|(_, score, flaw)| flaw.is_some() || !matches!(score, ClaimedScore::Number(_)))
    {
        return (*score, grid.source(*at), *flaw);
    }
    if filled.len() == 1 {
        return (*score, grid.source(*at), *flaw);
    }
    // 小计 below the criteria: the sum of what stands above it, and no score of its own.
    let is_sum = |at: &Address| says_sum(grid, at.row);
    let parts = filled.iter().filter(|(at, ..)| !is_sum(at));
    let numbers = parts
        .filter_map(|(_, score, _)| if let ClaimedScore::Number(number) = score { Some(*number) } else { None })
        .collect::<Vec<_>>();
    if let Some((at, ClaimedScore::Number(stated), _)) = filled.iter().find(|(at, ..)| is_sum(at)) {
        let is_right = numbers.iter().try_fold(Decimal::ZERO, |sum, number| sum.checked_add(*number)) == Some(*stated);
        let score = if is_right { ClaimedScore::Number(*stated) } else { ClaimedScore::NotANumber };
        return (score, grid.source(*at), None);
    }
    let texts: Vec<String> = filled.iter().map(|(at, ..)| grid.source(*at).text).collect();
    let source = Source { text: texts.join("+"), ..grid.source(*at) };
    (together(&numbers, points), source, None)
}

/// Whether a row calls its figures the sum of those above: 小计.
pub(super) fn says_sum(grid: &Grid, row: u32) -> bool {
    let totals = &grid.vocabulary().totals;
    let says = |text: &str| totals.subtotal.contains(key(text)) || totals.sums.contains(key(text));
    grid.cells_of(row).any(|(_, cell)| matches!(&cell.value, Value::Text(text) if says(text)))
}

/// The sum of the criteria's scores; the first or the last alone, where it is the sum of the others and all together are more than
/// the indicator has: 2 beside 1 and 1 of 2 points, but not of 4; 3 and 3, and 6 beside 本项合计.
fn together(numbers: &[Decimal], points: Option<Decimal>) -> ClaimedScore {
    let add = |numbers: &[Decimal]| numbers.iter().try_fold(Decimal::ZERO, |sum, number| sum.checked_add(*number));
    let is_above = |sum: Decimal| numbers.len() > 2 && points.is_none_or(|points| sum > points);
    let first = numbers.split_first().filter(|(first, rest)| add(rest) == Some(**first)).map(|(first, _)| first);
    let last = numbers.split_last().filter(|(last, rest)| add(rest) == Some(**last)).map(|(last, _)| last);
    match (first.or(last), add(numbers)) {
        (Some(whole), Some(sum)) if is_above(sum) => ClaimedScore::Number(*whole),
        (_, Some(sum)) => ClaimedScore::Number(sum),
        _ => ClaimedScore::NotANumber,
    }
}

/// The score of one cell; `is_whole`: it is the whole claim, so that 满分 is all points of the indicator.
fn one_score(
    grid: &Grid,
    at: Address,
    points: Option<Decimal>,
    is_whole: bool,
) -> (Address, ClaimedScore, Option<Flaw>) {
    let words = &grid.vocabulary().quantities;
    let read = |typed| match points.filter(|_| is_whole) {
        Some(points) => score_of(words, typed, points),
        None => score(words, typed),
    };
    let Some((at, cell)) = grid.seen(at.row, at.column) else { return (at, ClaimedScore::Missing, None) };
    match typed(cell) {
        Err(Flaw::Uncalculated) => (at, ClaimedScore::Uncalculated, Some(Flaw::Uncalculated)),
        Err(flaw @ (Flaw::Error | Flaw::Unsure)) => (at, ClaimedScore::NotANumber, Some(flaw)),
        Err(_) => (at, ClaimedScore::NotANumber, None),
        Ok(typed) => match read(typed) {
            // 5/6 beside 5 points is a slip somewhere: nobody can say where.
            Understood::Value(score) if score.of.is_some_and(|of| points.is_some_and(|points| points != of)) => {
                (at, ClaimedScore::NotANumber, None)
            }
            Understood::Value(score) => (at, ClaimedScore::Number(score.value), None),
            Understood::Absent => (at, ClaimedScore::Missing, None),
            _ => (at, ClaimedScore::NotANumber, None),
        },
    }
}

/// The 分值 that one or several cells state together.
fn stated(grid: &Grid, cells: &[Address], points: Option<Decimal>) -> Option<Sourced<Decimal>> {
    let parts = cells.iter().filter(|at| cells.len() == 1 || !says_sum(grid, at.row));
    let numbers: Vec<(Address, Decimal)> = parts.filter_map(|at| Some((*at, number_at(grid, *at)?))).collect();
    let (first, _) = numbers.first()?;
    let values: Vec<Decimal> = numbers.iter().map(|(_, number)| *number).collect();
    let value = match (values.as_slice(), together(&values, points)) {
        ([one], _) => *one,
        (_, ClaimedScore::Number(sum)) => sum,
        _ => return None,
    };
    Some(Sourced { value, source: grid.source(*first) })
}
