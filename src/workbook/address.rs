//! Where a cell stands, and rectangles of cells.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Rows of the largest sheet that a spreadsheet program holds.
pub const ROWS: u32 = 1_048_576;
/// Columns of the largest sheet that a spreadsheet program holds.
pub const COLUMNS: u32 = 16_384;

/// Where a cell stands: 0-based, ordered by row, then column, shown as `H23`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Address {
    /// 0-based row.
    pub row: u32,
    /// 0-based column.
    pub column: u32,
}

impl Address {
    /// An address from 0-based row and column, if a sheet has such a cell.
    pub fn within_sheet(row: u32, column: u32) -> Option<Address> {
        (row < ROWS && column < COLUMNS).then_some(Address { row, column })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = Vec::new();
        let mut rest = u64::from(self.column) + 1;
        while rest > 0 {
            letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
            rest = (rest - 1) / 26;
        }
        let letters: String = letters.into_iter().rev().collect();
        write!(f, "{letters}{}", u64::from(self.row) + 1)
    }
}

/// The text is not the A1 address of a cell that a sheet has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the address of a cell")]
pub struct NoAddress;

impl FromStr for Address {
    type Err = NoAddress;

    /// Reads `H23`, `$H$23` and `h23`.
    fn from_str(text: &str) -> Result<Address, NoAddress> {
        let text = text.strip_prefix('$').unwrap_or(text);
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (column, row) = text.split_at(letters);
        let row = row.strip_prefix('$').unwrap_or(row);
        if !(1..=3).contains(&letters) || !row.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NoAddress);
        }
        let column = column.bytes().fold(0, |sum, b| sum * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
        let row: u32 = row.parse().map_err(|_| NoAddress)?;
        let row = row.checked_sub(1).ok_or(NoAddress)?;
        Address::within_sheet(row, column - 1).ok_or(NoAddress)
    }
}

/// A rectangle of cells, both corners included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Area {
    /// Top left.
    pub first: Address,
    /// Bottom right.
    pub last: Address,
}

impl Area {
    /// Whether an address lies in the rectangle.
    pub fn contains(&self, at: Address) -> bool {
        (self.first.row..=self.last.row).contains(&at.row)
            && (self.first.column..=self.last.column).contains(&at.column)
    }
}

impl FromStr for Area {
    type Err = NoAddress;

    /// Reads `A1:C2`, and `A1` as a rectangle of one cell.
    fn from_str(text: &str) -> Result<Area, NoAddress> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let (a, b): (Address, Address) = (first.parse()?, last.parse()?);
        Ok(Area {
            first: Address { row: a.row.min(b.row), column: a.column.min(b.column) },
            last: Address { row: a.row.max(b.row), column: a.column.max(b.column) },
        })
    }
}
