//! What several checks need of a submission, each with the word for its absence.

use rust_decimal::Decimal;

use crate::submission::CompletionTable;

use super::ran::{Need, Ran};
use super::{FormSide, Subject};

impl<'a> Subject<'a> {
    /// The completion table.
    pub(super) fn completion(&self) -> Result<&'a CompletionTable, Need> {
        self.submission.completion.as_ref().ok_or(Need::CompletionTable)
    }

    /// What a form says beside its card.
    pub(super) fn form_side(&self) -> Result<FormSide<'a>, Need> {
        self.side.ok_or(Need::Rows)
    }

    /// Planned and spent of a form's budget, as they enter its score.
    pub(super) fn budget(&self) -> Result<(Decimal, Decimal), Need> {
        let (planned, spent) = self.form_side()?.money.usable();
        planned.zip(spent).ok_or(Need::Budget)
    }

    /// The same, where something was planned: a share of it can be told.
    pub(super) fn budget_above_zero(&self) -> Result<(Decimal, Decimal), Need> {
        self.budget()
            .and_then(|(planned, spent)| if planned.is_zero() { Err(Need::SomeBudget) } else { Ok((planned, spent)) })
    }

    /// Claimed scores that are numbers.
    pub(super) fn has_claims(&self) -> Ran {
        Need::Claims.met(self.scores.iter().any(|score| score.claim.valid().is_some()))
    }

    /// Claimed scores beside points that are known.
    pub(super) fn has_claims_of_points(&self) -> Ran {
        self.has_claims()?;
        let is_of_points =
            |score: &crate::judge::Judged| score.claim.valid().is_some() && score.indicator.points.is_some();
        Need::Weights.met(self.scores.iter().any(is_of_points))
    }

    /// Something that the sources of a card's facts say.
    pub(super) fn has_facts(&self) -> Ran {
        Need::Facts.met(!self.submission.facts.is_empty() || !self.facts.known.is_empty())
    }

    /// Every score on the card is understood: only then are sums and grades held against it.
    pub(super) fn claims_are_read(&self) -> Ran {
        Need::ReadableClaims.met(!self.has_unread_claim())
    }
}
