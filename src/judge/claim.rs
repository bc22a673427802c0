//! The one claim of an indicator, out of all rows that name it.

use rust_decimal::Decimal;

use crate::quantity::BEYOND_ANY_FORM;
use crate::submission::{Claim, ClaimedScore};

/// What a department claims for one indicator.
#[derive(Debug, Clone)]
pub struct Claimed<'a> {
    /// The row that counts; none when no row names the indicator.
    pub row: Option<&'a Claim>,
    /// Every row that names it, in reading order.
    pub rows: Vec<&'a Claim>,
    /// What the rows together say.
    pub standing: Standing,
}

/// What the rows of one indicator together say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A score, as written.
    Number(Decimal),
    /// A negative number.
    Negative(Decimal),
    /// The score cell is empty.
    Empty,
    /// The score cell holds no number.
    NotANumber,
    /// No row names the indicator.
    NoRow,
    /// Rows with different scores.
    Differing,
}

impl<'a> Claimed<'a> {
    /// The claim of `indicator` among all claims of a card. An empty repetition of a row says nothing.
    pub fn of(indicator: &str, claims: &'a [Claim]) -> Claimed<'a> {
        let rows: Vec<&Claim> = claims.iter().filter(|claim| claim.indicator == indicator).collect();
        let filled = rows.iter().filter(|row| row.score != ClaimedScore::Missing);
        let row = filled.clone().next().or(rows.first()).copied();
        let standing = match row {
            None => Standing::NoRow,
            Some(row) if filled.clone().any(|other| other.score != row.score) => Standing::Differing,
            Some(row) => standing(row.score),
        };
        Claimed { row, rows, standing }
    }

    /// The score, when it is one.
    pub fn valid(&self) -> Option<Decimal> {
        match self.standing {
            Standing::Number(score) => Some(score),
            _ => None,
        }
    }

    /// The points it counts for: an invalid claim counts 0.
    pub fn counted(&self) -> Decimal {
        self.valid().unwrap_or(Decimal::ZERO)
    }

    /// The number that outputs show: the score, or the negative number.
    pub fn shown(&self) -> Option<Decimal> {
        match self.standing {
            Standing::Number(score) | Standing::Negative(score) => Some(score),
            _ => None,
        }
    }
}

fn standing(score: ClaimedScore) -> Standing {
    match score {
        ClaimedScore::Number(number) if number.abs() > BEYOND_ANY_FORM => Standing::NotANumber,
        ClaimedScore::Number(number) if number < Decimal::ZERO => Standing::Negative(number),
        ClaimedScore::Number(number) => Standing::Number(number),
        ClaimedScore::Missing => Standing::Empty,
        // A merged claim is shared before it is judged; one that could not be is no score of this indicator alone.
        ClaimedScore::Merged(_) | ClaimedScore::NotANumber => Standing::NotANumber,
    }
}
