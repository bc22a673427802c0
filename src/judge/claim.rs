//! The one claim of an indicator, out of all rows that name it.

use rust_decimal::Decimal;

use crate::audit::Source;
use crate::quantity::BEYOND_ANY_FORM;
use crate::rulebook::Indicator;
use crate::settled_by::Lack;
use crate::submission::{Claim, ClaimedScore, Submission, is_the_rulebooks};
use crate::taken::{Taken, most};

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
    /// No row names the indicator, and a row that no indicator explains may be it, by its name.
    Unnamed,
    /// Rows with different scores.
    Differing,
    /// Cells with the same right to be the claim that say different things.
    Conflict,
    /// A formula whose result the file does not hold.
    Uncalculated,
    /// The rulebook does not fit the card, and the indicator does not stand there as the rulebook has it: what is claimed
    /// for it nobody can say, and nobody is asked.
    NotAsked,
}

impl<'a> Claimed<'a> {
    /// The claim of `indicator` among all claims of a card. An empty repetition of a row says nothing.
    pub fn of(indicator: &Indicator, submission: &'a Submission) -> Claimed<'a> {
        let rows: Vec<&Claim> = submission.claims.iter().filter(|claim| claim.indicator == indicator.id).collect();
        let filled = rows.iter().filter(|row| row.score != ClaimedScore::Missing);
        let row = filled.clone().next().or(rows.first()).copied();
        let standing = match row {
            _ if submission.misfit.is_some() && !is_the_rulebooks(indicator, submission) => Standing::NotAsked,
            None if submission.unnamed.iter().any(|(id, _)| *id == indicator.id) => Standing::Unnamed,
            None => Standing::NoRow,
            Some(row) if filled.clone().any(|other| !is_same(other, row)) => Standing::Differing,
            Some(row) if !row.rivals.is_empty() || row.joined.is_some() => Standing::Conflict,
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

    /// The claim as its cell shows it, where that is another than the stored one and nothing else is in doubt.
    pub fn shown_otherwise(&self) -> Option<Decimal> {
        self.row.filter(|_| matches!(self.standing, Standing::Number(_))).and_then(|row| row.shown)
    }

    /// Whether it is open only because its cell shows another score than it stores.
    pub fn is_shown_otherwise(&self) -> bool {
        let row = self.row.filter(|_| self.standing == Standing::Conflict);
        row.is_some_and(|row| row.rivals.is_empty() && row.shown.is_some())
    }

    /// The same, left open between what is shown and what is stored.
    pub fn undecided(self) -> Claimed<'a> {
        Claimed { standing: Standing::Conflict, ..self }
    }

    /// What is compared with the range.
    pub fn taken(&self) -> Taken {
        match self.standing {
            Standing::Number(score) => Taken::Score(score),
            Standing::Conflict => Taken::Open { most: most(self.candidates().map(|(score, _)| number(score))) },
            // Something is claimed, and the file does not say what.
            Standing::NotAsked | Standing::Uncalculated | Standing::Unnamed => Taken::Open { most: None },
            Standing::Negative(_) | Standing::Empty | Standing::NotANumber | Standing::NoRow | Standing::Differing => {
                Taken::Invalid
            }
        }
    }

    /// What each of the cells says that have the same right to be the claim; none where there are not several.
    pub fn candidates(&self) -> impl Iterator<Item = (ClaimedScore, &'a Source)> {
        let row = self.row.filter(|_| self.standing == Standing::Conflict);
        row.into_iter().flat_map(|row| {
            let rivals = row.rivals.iter().map(|rival| (rival.value, &rival.source));
            let shown =
                row.shown.filter(|_| row.rivals.is_empty()).map(|shown| (ClaimedScore::Number(shown), &row.source));
            std::iter::once((row.score, &row.source)).chain(rivals).chain(shown)
        })
    }

    /// What of the claim itself would have to be told before it can be compared; none where it is a score, or is none.
    pub fn open(&self) -> Option<Lack> {
        match self.standing {
            Standing::Conflict | Standing::Uncalculated | Standing::Unnamed => Some(Lack::WhichClaim),
            Standing::NotAsked => Some(Lack::Claim),
            _ => None,
        }
    }

    /// The points it counts for: an invalid claim counts 0, and one that is open.
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

/// Whether two rows claim the same.
fn is_same(one: &Claim, other: &Claim) -> bool {
    let rivals = |claim: &Claim| claim.rivals.iter().map(|rival| rival.value).collect::<Vec<_>>();
    one.score == other.score && rivals(one) == rivals(other)
}

/// A score that any form can have, where it is one.
pub fn number(score: ClaimedScore) -> Option<Decimal> {
    match score {
        ClaimedScore::Number(number) if number.abs() <= BEYOND_ANY_FORM => Some(number),
        _ => None,
    }
}

fn standing(score: ClaimedScore) -> Standing {
    match score {
        ClaimedScore::Number(number) if number.abs() > BEYOND_ANY_FORM => Standing::NotANumber,
        ClaimedScore::Number(number) if number < Decimal::ZERO => Standing::Negative(number),
        ClaimedScore::Number(number) => Standing::Number(number),
        ClaimedScore::Missing => Standing::Empty,
        ClaimedScore::Uncalculated => Standing::Uncalculated,
        ClaimedScore::NotAsked => Standing::NotAsked,
        // A merged claim is shared before it is judged; one that could not be is no score of this indicator alone.
        ClaimedScore::Merged(_) | ClaimedScore::NotANumber => Standing::NotANumber,
    }
}
