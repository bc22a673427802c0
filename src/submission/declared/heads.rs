//! Headings of several rows, column by column: each column is named by all its cells from top to bottom. An upper heading that
//! is not merged stands over the blank cells to its right as long as the rows below it have headings there. (certainty.md, “Not
//! too shy either”: a header of two or three rows read column by column)

use super::headings::says_only_scope;
use crate::quantity::fold;
use crate::submission::grid::{Grid, raw};
use crate::submission::layout::number_at;
use crate::submission::names::key;
use crate::workbook::{Address, Cell, Value};

/// No header is wider, in columns under one merged heading.
const WIDEST: u32 = 64;
/// Longer texts part no column, in characters.
const LONGEST_PART: usize = 12;
/// A row of column numbers counts at least so many.
const FEWEST_NUMBERS: usize = 4;

/// The places over which cells of the header stand.
pub fn places(grid: &Grid, rows: (u32, u32)) -> Vec<u32> {
    let cells = grid.rows_within(rows.0, rows.1 + 1).iter().flat_map(|&row| grid.cells_of(row));
    let areas = cells.map(|(at, _)| grid.area(at));
    let mut places: Vec<u32> = areas
        .flat_map(|area| area.first.column..=area.last.column.min(area.first.column.saturating_add(WIDEST)))
        .collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// The cells over one place, from the top, each once.
pub fn path(grid: &Grid, rows: (u32, u32), place: u32) -> Vec<(Address, String)> {
    let mut path: Vec<(Address, String)> = Vec::new();
    for row in rows.0..=rows.1 {
        if let Some((at, cell)) = over(grid, rows, row, place)
            && at.row >= rows.0
            && path.last().is_none_or(|(above, _)| *above != at)
        {
            path.push((at, raw(&cell.value)));
        }
    }
    path
}

/// The heading that a row of the header has over a place: its own, else the one to its left that stands over it, too.
fn over<'w>(grid: &Grid<'w>, rows: (u32, u32), row: u32, place: u32) -> Option<(Address, &'w Cell)> {
    let own = grid.seen(row, place);
    if own.is_some() || row == rows.1 {
        return own;
    }
    let is_parted = |place: u32| begins_below(grid, (row + 1, rows.1), place);
    let left = (place.saturating_sub(WIDEST)..place).rev();
    let mut left = left.take_while(|left| is_parted(left + 1)).filter(|left| grid.seen(row, *left).is_some());
    let nearest = left.next().filter(|left| is_parted(*left))?;
    grid.seen(row, nearest)
}

/// Whether a cell of its own stands at a place in one of these rows.
fn begins_below(grid: &Grid, rows: (u32, u32), place: u32) -> bool {
    (rows.0..=rows.1).any(|row| grid.seen(row, place).is_some_and(|(at, _)| at.row == row))
}

/// Whether a row below the first of a header is its second: no name stands in it, it has nothing but short words, and each says
/// what its column holds (`is_heading`) or parts a heading of several columns, of which at least one is parted in two. `names`: the
/// columns of the names.
pub fn is_second_row(grid: &Grid, row: u32, names: (u32, u32), is_heading: &dyn Fn(&str) -> bool) -> bool {
    let Some(above) = row.checked_sub(1) else { return false };
    let (mut headings, mut others) = (0, 0);
    let mut parted: Vec<Address> = Vec::new();
    for (at, cell) in grid.cells_of(row) {
        let Value::Text(text) = &cell.value else { return false };
        if repeats_above(grid, at) {
            continue;
        }
        if (names.0..=names.1).contains(&at.column) || number_at(grid, at).is_some() {
            return false;
        }
        let wide = parted_heading(grid, above, at.column);
        let is_known = is_heading(text) || says_only_scope(grid.vocabulary(), text);
        if is_known {
            headings += 1
        } else {
            others += 1
        }
        if !is_known && (wide.is_none() || text.trim().chars().count() > LONGEST_PART) {
            return false;
        }
        parted.extend(wide);
    }
    let is_pair = parted.windows(2).any(|pair| pair[0] == pair[1]);
    headings + others >= 2 && (others == 0 || is_pair)
}

/// Whether a cell only says again what stands right above it: 绩效指标 beside both rows of a header.
fn repeats_above(grid: &Grid, at: Address) -> bool {
    let above = at.row.checked_sub(1).and_then(|row| grid.seen(row, at.column));
    above.is_some_and(|(_, cell)| key(&raw(&cell.value)) == key(&grid.text(at.row, at.column)))
}

/// The heading of several columns that a place of the row below parts.
fn parted_heading(grid: &Grid, above: u32, place: u32) -> Option<Address> {
    let (at, _) = over(grid, (above, above + 1), above, place)?;
    let area = grid.area(at);
    let is_merged = area.last.column > area.first.column && area.last.row == above;
    let goes_on = grid.seen(above, area.last.column + 1).is_none()
        && begins_below(grid, (above + 1, above + 1), area.last.column + 1);
    (at.row == above && (is_merged || goes_on)).then_some(at)
}

/// Whether a row only numbers the columns: （1）（2）（3）, 1 2 3, 7=6/5, letters, behind 栏次 or 甲 and 乙.
pub fn numbers_columns(grid: &Grid, row: u32) -> bool {
    let words = &grid.vocabulary().headings.column_numbers;
    let says_nothing = |at: Address, cell: &Cell| words.contains(key(&raw(&cell.value))) || repeats_above(grid, at);
    let cells = grid.cells_of(row).skip_while(|(at, cell)| says_nothing(*at, cell));
    let numbers: Option<Vec<u32>> = cells.map(|(_, cell)| column_number(&raw(&cell.value))).collect();
    numbers.is_some_and(|numbers| {
        numbers.len() >= FEWEST_NUMBERS && numbers.windows(2).all(|pair| pair[1] == pair[0].saturating_add(1))
    })
}

/// The number of a column: of （4）, ④, D, 7=6/5, 第5栏; none for anything else.
fn column_number(text: &str) -> Option<u32> {
    let folded = fold(text);
    let bare = folded.split('=').next().unwrap_or_default();
    let bare = bare.trim_matches(|c: char| !c.is_ascii_digit() && !c.is_ascii_alphabetic() && !is_circled(c));
    let mut chars = bare.chars();
    match (chars.next(), chars.next()) {
        (Some(letter), None) if letter.is_ascii_alphabetic() => Some(u32::from(letter.to_ascii_uppercase())),
        (Some(circled), None) if is_circled(circled) => Some(u32::from(circled)),
        _ => bare.parse().ok(),
    }
}

fn is_circled(c: char) -> bool {
    ('①'..='⑳').contains(&c)
}
