//! What the program itself wrote into a sheet of the audit workbook, told in the sheet: so the next run knows what people typed
//! outside of the places for entries.
//!
//! Told is a short digest of every text and number, not where it stands: people sort, insert and delete rows and columns. A text
//! that stands there more often than it was written was typed. Formulas are not told of; a value in place of one is typed.

use std::collections::HashMap;
use std::fmt::Write;

use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

/// How such a cell begins: no person and no department writes so.
pub const BEGINS: &str = "fuhe:written:";
/// Hexadecimal digits of a digest: of 300 texts in a sheet one that was typed is taken for one of them once in 50,000 times.
const DIGITS: usize = 6;
/// Most digests in one cell: a cell holds 32,767 characters.
const AT_ONCE: usize = 5_000;
/// Digits that a spreadsheet keeps of a number.
const DIGITS_KEPT: u32 = 15;
/// Between the rows that are told of and their digests.
const AND: char = ':';

/// What was written into a sheet, or into its first rows.
#[derive(Debug, Clone, Default)]
pub struct Written {
    /// The digests, as often as they were written.
    of: HashMap<u32, u32>,
    /// So many rows from the top are told of; none: all.
    rows: Option<u32>,
}

impl Written {
    /// Nothing yet of so many rows from the top; none: of the whole sheet.
    pub fn within(rows: Option<u32>) -> Written {
        Written { rows, of: HashMap::new() }
    }

    /// Whether the row, from 0, is told of.
    pub fn tells_of(&self, row: u32) -> bool {
        self.rows.is_none_or(|rows| row < rows)
    }

    /// A text was written.
    pub fn text(&mut self, text: &str) {
        if let Some(digest) = of_text(text) {
            *self.of.entry(digest).or_default() += 1;
        }
    }

    /// A number was written.
    pub fn number(&mut self, number: Decimal) {
        self.text(&number_text(number));
    }

    /// Takes away one text that stands in the sheet; whether it was one that was written. An empty one always is.
    pub fn take(&mut self, text: &str) -> bool {
        let Some(digest) = of_text(text) else { return true };
        match self.of.get_mut(&digest) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }

    /// What is written into cells of the sheet to tell of it.
    pub fn cells(&self) -> Vec<String> {
        let mut digests: Vec<u32> =
            self.of.iter().flat_map(|(digest, count)| std::iter::repeat_n(*digest, *count as usize)).collect();
        digests.sort_unstable();
        let rows = self.rows.map_or_else(String::new, |rows| rows.to_string());
        let cell = |digests: &[u32]| {
            let mut cell = format!("{BEGINS}{rows}{AND}");
            // Writing into a text cannot fail.
            digests.iter().for_each(|digest| write!(cell, "{digest:0DIGITS$x}").unwrap_or_default());
            cell
        };
        match digests.is_empty() {
            true => vec![cell(&[])],
            false => digests.chunks(AT_ONCE).map(cell).collect(),
        }
    }

    /// What one of these cells tells, added to what others told.
    ///
    /// Whether it is one.
    pub fn add(&mut self, cell: &str) -> bool {
        let Some((rows, digests)) = cell.strip_prefix(BEGINS).and_then(|rest| rest.split_once(AND)) else {
            return false;
        };
        self.rows = rows.parse().ok();
        let mut rest = digests;
        while let Some((digest, behind)) = rest.split_at_checked(DIGITS) {
            if let Ok(digest) = u32::from_str_radix(digest, 16) {
                *self.of.entry(digest).or_default() += 1;
            }
            rest = behind;
        }
        true
    }
}

/// A number as it is told of, whatever its format: at the digits that a spreadsheet keeps.
pub fn number_text(number: Decimal) -> String {
    number.round_sf(DIGITS_KEPT).unwrap_or(number).normalize().to_string()
}

/// The digest of a text without its blanks, which programs wrap and trim; none of an empty one.
fn of_text(text: &str) -> Option<u32> {
    let text: String = text.split_whitespace().collect();
    let digest = Sha256::digest(text.as_bytes());
    let short = digest.iter().take(DIGITS / 2).fold(0, |short, byte| short << 8 | u32::from(*byte));
    (!text.is_empty()).then_some(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_stands_there_more_often_than_it_was_written_was_typed() {
        let mut written = Written::within(None);
        ["合计", "合计", "一、结论\n"].into_iter().for_each(|text| written.text(text));
        written.number(Decimal::new(9_500, 2));
        let mut read = Written::default();
        assert!(written.cells().iter().all(|cell| read.add(cell)));
        assert!(read.take("合计") && read.take("合 计") && read.take("一、结论") && read.take("95"));
        assert!(!read.take("合计") && !read.take("已电话核实"));
        assert!(read.take("  "), "a blank is nobody's");
        assert!(!read.add("别的文字"));
    }

    #[test]
    fn more_texts_than_one_cell_can_hold_are_told_in_several() {
        let mut written = Written::within(Some(7));
        (0..12_000).for_each(|number| written.text(&number.to_string()));
        let cells = written.cells();
        assert!(cells.len() > 1 && cells.iter().all(|cell| cell.chars().count() <= 32_767));
        let mut read = Written::default();
        cells.iter().for_each(|cell| assert!(read.add(cell)));
        assert!((0..12_000).all(|number| read.take(&number.to_string())), "every one was written");
        assert!(read.tells_of(6) && !read.tells_of(7));
    }
}
