//! The words of a roster: the list of departments that must submit.

use super::{Slot, section};
use crate::vocabulary::words::Words;

section! {
    /// Headings of a roster, and what stands among its names and names no department.
    Rosters {
        /// The column of names; where several columns are headed so, the word that stands first decides.
        name: Words,
        /// The column of other names.
        alias: Words,
        /// The column of days by which each has to submit.
        deadline: Words,
        /// The column of running numbers.
        number: Words,
        /// Between several other names in one cell, beside line ends.
        separators: Words,
        /// How a line ends, or what it is, that sums up or is a note.
        beside: Words,
    }
}
