//! Where things stand in a working paper: its columns, which other sheets and formulas refer to.

/// The last column: workings and raw texts.
pub const WIDE: u16 = 11;
/// Columns that people see.
pub const COLUMNS: u16 = WIDE + 1;
/// The first column of the first case; each case takes two.
pub const FIRST_CASE: u16 = 3;
/// Columns of an indicator's heading.
pub const POINTS: u16 = 2;
/// Of the claim.
pub const CLAIM: u16 = 4;
/// Of the lowest score.
pub const LOW: u16 = 6;
/// Of the highest score.
pub const HIGH: u16 = 8;
/// Of the verdict.
pub const VERDICT: u16 = 9;
/// Hidden columns: the key of an entry; of an indicator's heading, whether every reading gives one number, and the default
/// reading's score; of a fact, the value and the evidence that count.
pub const KEY: u16 = COLUMNS;
/// Whether every reading gives one number; of a fact the value that counts.
pub const COMPLETE: u16 = COLUMNS + 1;
/// The default reading's score; of a fact the evidence that counts.
pub const DEFAULT: u16 = COLUMNS + 2;
/// What the department itself said of a fact when an entry is made.
pub const BASIS: u16 = COLUMNS + 3;
/// How many hidden columns there are, from that of the keys on.
pub const HIDDEN: u32 = (BASIS - KEY + 1) as u32;
