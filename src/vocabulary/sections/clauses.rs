//! Words by which the clauses of a rulebook name points, percentages and steps.

use super::{Slot, section};
use crate::vocabulary::words::{Chars, Words};

section! {
    /// What clauses say in numbers, for the lint of rulebooks.
    Clauses {
        /// Behind a number: it is a number of points.
        points: Chars,
        /// Before a number with points behind it: they are earned.
        earns: Chars,
        /// Behind the points: they are a threshold, and not earned.
        thresholds: Chars,
        /// The sign of a percentage.
        percent: Chars,
        /// Percentage points, near behind their number.
        percent_points: Words,
        /// One percentage point in words.
        one_percent: Words,
        /// What may stand between a percentage and what is done with it.
        of_percent: Chars,
        /// Between both ends of a range.
        to: Chars,
        /// Times as much.
        times: Chars,
        /// Thousandths and ten-thousandths.
        small_parts: Words,
        /// Behind a percentage: so much is taken off for it.
        lost: Chars,
        /// Right before a percentage: it is taken off.
        taken_off: Chars,
        /// Something is counted for each.
        each: Chars,
        /// Right before a percentage: less than it.
        short_of: Words,
        /// Behind the number of a paragraph.
        numbering: Chars,
    }
}
