//! When a submission was filled in, by what it says itself beside 填报日期: of two submissions of one department the later counts
//! until the bureau chooses. (bureau.md, “Two submissions of one department”)

use super::grid::{Grid, raw};
use super::headers::bare;
use super::labelled::pairs;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::remembered::remembered;
use crate::workbook::{Address, Cell, Value};

/// Longer texts are sentences, and no labels, in characters.
const LABEL: usize = 120;
/// Years in which a self-evaluation can have been filled in.
const YEARS: std::ops::Range<u32> = 2000..2100;

/// The day that the sheets give, `2021-03-05`, in these rows of each (from 0); none where they give none, or several.
pub fn dated<'g>(grids: impl Iterator<Item = &'g Grid<'g>>, rows: Option<(u32, u32)>) -> Option<String> {
    let mut found: Option<String> = None;
    for grid in grids {
        for &row in grid.rows().iter().filter(|row| rows.is_none_or(|(first, last)| (first..=last).contains(row))) {
            for (at, cell) in grid.cells_of(row) {
                let Some(day) = day_of(grid, at, cell) else { continue };
                match &found {
                    Some(other) if *other != day => return None,
                    _ => found = Some(day),
                }
            }
        }
    }
    found
}

/// The day that a cell gives or that stands beside it.
fn day_of(grid: &Grid, at: Address, cell: &Cell) -> Option<String> {
    let Value::Text(text) = &cell.value else { return None };
    let vocabulary = grid.vocabulary();
    if !names_day(vocabulary, text) {
        return None;
    }
    if text.contains([':', '：']) {
        let of_pair = |(label, value): (String, &str)| is_label(vocabulary, &label).then(|| day(value)).flatten();
        if let Some(day) = pairs(text).into_iter().find_map(of_pair) {
            return Some(day);
        }
    }
    let label = text.trim().trim_end_matches([':', '：']);
    if !is_label(vocabulary, label) {
        return None;
    }
    let right = grid.area(at).last.column;
    let (_, beside) = grid.cells_of(at.row).find(|(at, _)| at.column > right)?;
    day(&raw(&beside.value))
}

fn is_label(vocabulary: &Vocabulary, label: &str) -> bool {
    vocabulary.labels.dated.contains(bare(vocabulary, label))
}

/// Whether a text holds one of the labels at all: asked of every text of every workbook.
fn names_day(vocabulary: &Vocabulary, text: &str) -> bool {
    remembered!(vocabulary, text, bool, {
        let plain: String = text.chars().filter(|character| !character.is_whitespace()).take(LABEL + 1).collect();
        plain.chars().count() <= LABEL && vocabulary.labels.dated.iter().any(|label| plain.contains(label))
    })
}

/// A day with year, month and day in digits, whatever stands between them.
fn day(text: &str) -> Option<String> {
    let mut numbers = text.split(|character: char| !character.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let first = numbers.next()?;
    let parts = match first.len() {
        4 => [first, numbers.next()?, numbers.next()?],
        8 => [&first[..4], &first[4..6], &first[6..]],
        _ => return None,
    };
    let [year, month, day] = parts.map(|digits| digits.parse::<u32>().ok().filter(|_| digits.len() <= 4));
    let (year, month, day) = (year?, month?, day?);
    let is_day = YEARS.contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    is_day.then(|| format!("{year}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn a_day_is_read_however_it_is_written_and_half_a_day_is_none() {
        for text in ["2021年3月5日", "2021-03-05", "2021/3/5", "2021.3.5", "20210305", "2021-03-05 00:00:00"] {
            assert_eq!(day(text).as_deref(), Some("2021-03-05"), "{text}");
        }
        for text in ["2021年3月", "3月5日", "　年　月　日", "2021年13月5日", "44260", "", "0755-2021-345"]
        {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
