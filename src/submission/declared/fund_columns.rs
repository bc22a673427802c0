//! The columns of the block of money, each named by all its cells from top to bottom, and which of like ones counts.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::columns::{in_scope, standing, whole};
use super::headings::{FundColumn, amount_by_end, fund_column, says_only_scope, weight_in_label, without_own_words};
use super::heads::{is_second_row, numbers_columns, path, places};
use crate::quantity::{MoneyUnit, fold};
use crate::submission::grid::{Grid, raw};
use crate::submission::reasons::{holds_carried, leaves_carried_out};
use crate::submission::scope::Scope;
use crate::vocabulary::Vocabulary;
use crate::workbook::{Address, Value};

/// The columns of the block, each with its first column and the unit that its heading says.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// The columns by their place.
    pub places: BTreeMap<u32, AmountsColumn>,
    /// A weight that a heading states, with its column.
    pub weight_in_heading: Option<(Decimal, u32)>,
    /// First and last row of the header, and of the row that numbers its columns.
    pub rows: (u32, u32),
}

/// One column.
#[derive(Debug, Clone, Copy)]
pub struct AmountsColumn {
    /// What stands under it.
    pub kind: FundColumn,
    /// The unit that its heading says.
    pub unit: Option<MoneyUnit>,
    /// What its headings say of when, of whom and of how much.
    pub scope: Scope,
    /// Its heading bears the letter by which the rate names the budget, A.
    pub is_a: bool,
    /// Its heading says whether money of earlier years is in its amounts: 含上年结转, 不含上年结转.
    pub carried: Option<bool>,
}

impl Columns {
    /// The columns under the header whose amounts are named in the row `header`. `year`: the form's.
    pub fn of(grid: &Grid, header: u32, year: Option<i32>) -> Columns {
        let rows = header_rows(grid, header);
        let last = if numbers_columns(grid, rows.1 + 1) { rows.1 + 1 } else { rows.1 };
        let mut columns = Columns { rows: (rows.0, last), ..Columns::default() };
        let mut before: Vec<Address> = Vec::new();
        for place in places(grid, rows) {
            let path = path(grid, rows, place);
            let cells: Vec<Address> = path.iter().map(|(at, _)| *at).collect();
            if cells != before {
                columns.add(grid.vocabulary(), place, &path, year);
            }
            before = cells;
        }
        columns
    }

    fn add(&mut self, vocabulary: &Vocabulary, place: u32, path: &[(Address, String)], year: Option<i32>) {
        let Some(kind) = kind(vocabulary, place, path) else { return };
        let texts: Vec<&str> = path.iter().map(|(_, text)| text.as_str()).collect();
        let words = texts.join("，");
        // What the bureau found to be spent is no figure of the filer's.
        if kind == FundColumn::Spent && vocabulary.headings.base_not_filed.within(&fold(&words)) {
            return;
        }
        let own = without_own_words(vocabulary, &words);
        let column = AmountsColumn {
            kind,
            unit: texts.iter().rev().find_map(|text| MoneyUnit::parse(&vocabulary.quantities, text)),
            scope: Scope::in_form(vocabulary, &own, year),
            is_a: fold(&words).to_uppercase().contains("(A)"),
            carried: carried(vocabulary, &words),
        };
        self.places.insert(place, column);
        let weight = texts.iter().rev().find_map(|text| weight_in_label(vocabulary, text).1);
        self.weight_in_heading = weight.map(|weight| (weight, place)).or(self.weight_in_heading);
    }

    /// The first column of a kind that may be meant.
    pub fn find(&self, wanted: FundColumn) -> Option<u32> {
        let like = self.like(wanted);
        standing(&like, |(_, scope)| *scope).first().map(|(place, _)| *place)
    }

    /// The columns that may be meant by a kind. A part of the money is meant where nothing else stands there, figures of
    /// another year or of a time within the year never are.
    pub fn like(&self, wanted: FundColumn) -> Vec<(u32, Scope)> {
        let of_kind = self.places.iter().filter(|(_, column)| column.kind == wanted);
        whole(of_kind.map(|(place, column)| (*place, column.scope)).collect())
    }

    /// The columns of the budget: of the year as adjusted, and 年初预算数 only where no other stands there.
    pub fn planned(&self) -> Vec<(u32, Scope)> {
        let (planned, initial) = (self.like(FundColumn::Planned), self.like(FundColumn::Initial));
        if planned.is_empty() {
            let received = self.like(FundColumn::Received);
            let alone = initial.is_empty() || received.is_empty();
            // Neither is what is asked for, and no word of time tells them apart.
            let both = initial.into_iter().chain(received);
            return both.map(|(place, scope)| (place, if alone { scope } else { Scope::default() })).collect();
        }
        let is_lettered = planned.iter().any(|(place, _)| self.is_a(*place));
        let lettered = initial.into_iter().filter(|(place, _)| !is_lettered && self.is_a(*place));
        planned.iter().copied().chain(lettered).collect()
    }

    /// The column that the rate's formula names, where words choose another.
    pub fn is_a(&self, place: u32) -> bool {
        self.places.get(&place).is_some_and(|column| column.is_a)
    }

    /// The columns of the claim: those whose headings say so most plainly, and that no word decides against.
    pub fn scores(&self) -> Vec<u32> {
        let scores = self.places.iter().filter_map(|(place, column)| match column.kind {
            FundColumn::Score(plain) => Some(((plain, *place), column.scope)),
            _ => None,
        });
        let fit = in_scope(scores.collect());
        let plainest = fit.iter().map(|((plain, _), _)| *plain).max();
        let plain: Vec<_> = fit.into_iter().filter(|((plain, _), _)| Some(*plain) == plainest).collect();
        standing(&plain, |(_, scope)| *scope).into_iter().map(|((_, place), _)| *place).collect()
    }

    /// The leftmost column.
    pub fn first(&self) -> u32 {
        self.places.keys().next().copied().unwrap_or(0)
    }
}

/// The rows of a header: that of the amounts, with the one above it where only that names the score, and the one below where it
/// parts the columns.
fn header_rows(grid: &Grid, header: u32) -> (u32, u32) {
    let kinds = |row: u32| {
        let texts = grid.cells_of(row).map(|(at, cell)| (at, raw(&cell.value)));
        texts.filter_map(|(at, text)| Some((at.column, fund_column(grid.vocabulary(), &text)?)))
    };
    let is_scored = |row: u32| kinds(row).any(|(_, kind)| matches!(kind, FundColumn::Score(_)));
    let is_text = |row: u32| grid.cells_of(row).all(|(_, cell)| matches!(cell.value, Value::Text(_)));
    let above = header.checked_sub(1).filter(|above| !is_scored(header) && is_scored(*above) && is_text(*above));
    let first = kinds(header).map(|(place, _)| place).next().filter(|first| *first > 0);
    let is_heading = |text: &str| {
        fund_column(grid.vocabulary(), text).is_some()
            || MoneyUnit::parse(&grid.vocabulary().quantities, text).is_some()
    };
    let parts = first.is_some_and(|first| is_second_row(grid, header + 1, (0, first - 1), &is_heading));
    (above.unwrap_or(header), if parts { header + 1 } else { header })
}

/// What the lowest heading says that says what the column holds. One that says nothing known takes the column away from
/// the heading above it, unless it stands first under it.
fn kind(vocabulary: &Vocabulary, place: u32, path: &[(Address, String)]) -> Option<FundColumn> {
    let mut kind = None;
    for (at, text) in path {
        let name = weight_in_label(vocabulary, text).0;
        let by_end = || amount_by_end(vocabulary, text).filter(|_| at.column > 0);
        match fund_column(vocabulary, &name).or_else(|| fund_column(vocabulary, text)).or_else(by_end) {
            Some(own) => kind = Some((own, at.column)),
            None if says_only_scope(vocabulary, text) => {}
            None if MoneyUnit::parse(&vocabulary.quantities, text).is_some() => {}
            None => kind = kind.filter(|(_, first)| *first == place),
        }
    }
    kind.map(|(kind, _)| kind)
}

/// Whether a heading says that money of earlier years is in the amounts below it; none: it says nothing of it.
fn carried(vocabulary: &Vocabulary, heading: &str) -> Option<bool> {
    match (holds_carried(vocabulary, heading), leaves_carried_out(vocabulary, heading)) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}
