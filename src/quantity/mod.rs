//! What people type as a number, read as an exact decimal with its unit; the only door from floats.
//!
//! Every reader takes one cell as it was [`Typed`] and gives a [`Understood`]. What cannot be read with certainty is
//! [`Understood::Unreadable`], never a guess. No reader panics, whatever the text; a text of more than
//! [`LONGEST`] characters is nobody's number.

mod answer;
mod boxes;
mod choice;
mod count;
mod declared;
mod frame;
mod money;
mod numeral;
mod percent;
mod placeholder;
mod score;
pub mod size;
mod stored;
#[cfg(test)]
mod tests;
pub mod units;

pub use crate::vocabulary::fold::fold;
pub use answer::{denies, is_lone_tick, speaks_otherwise, yes_no, yes_no_of_fault};
pub use choice::choice;
pub use count::count;
pub use declared::{Actual, Quantity, Target, UnitSense, measured, target, with_unit};
pub use frame::Sign;
pub(crate) use money::Money;
pub use money::{MoneyUnit, money};
pub(crate) use percent::MAY_BE_FRACTION;
pub use percent::percent;
pub use score::{possible_scores, score, score_of};
pub use stored::{decimals_written, shortest, stored, stored_float};

use crate::vocabulary::{Quantities, fold};
use rust_decimal::Decimal;

/// The longest text, in characters after trimming, that is looked at as a number, an answer or a choice.
pub const LONGEST: usize = 200;

/// No form has points beyond this; such a number is no score and no weight.
pub const BEYOND_ANY_FORM: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

/// One cell as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed<'a> {
    /// A text cell, verbatim.
    Text(&'a str),
    /// A number cell.
    Number {
        /// The stored number, as [`stored()`] gives it.
        value: Decimal,
        /// Whether the cell's number format is a percentage, so that 0.2722 is shown as 27.22 %.
        percent: bool,
    },
}

impl<'a> From<&'a str> for Typed<'a> {
    fn from(text: &'a str) -> Self {
        Typed::Text(text)
    }
}

/// Longer than anything that is looked at. Expects folded text.
fn is_endless(folded: &str) -> bool {
    folded.chars().count() > LONGEST
}

/// What was understood of one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Understood<T> {
    /// Read with certainty.
    Value(T),
    /// One of these, and the cell does not say which.
    Candidates(Vec<T>),
    /// Nothing was filled in: an empty cell, a dash, `XX`, guidance text left in the cell, an unticked box.
    Absent,
    /// 不适用 and its like.
    NotApplicable,
    /// An inequality or a span (`≥95%`, `98%以上`, `95%-98%`): a target, not a measurement.
    NotMeasurable,
    /// Something is there, and it cannot be read with certainty.
    Unreadable,
}

/// The folded text of a cell, or what an empty, unfilled, inapplicable or endless one reads as.
fn filled<T>(vocabulary: &Quantities, text: &str) -> Result<String, Understood<T>> {
    let folded = fold(text);
    if placeholder::is_not_applicable(vocabulary, &folded) {
        Err(Understood::NotApplicable)
    } else if placeholder::is_absent(vocabulary, &folded) {
        Err(Understood::Absent)
    } else if is_endless(&folded) {
        Err(Understood::Unreadable)
    } else {
        Ok(folded.into_owned())
    }
}
