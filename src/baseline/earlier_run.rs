//! A submission that was handed in again: what was corrected, by how much, what is new, and what got worse.

use rust_decimal::Decimal;

use crate::audit::{Audit, IndicatorAudit, Verdict};

use super::{Old, OldIndicator};

/// Decimals of a score that every spreadsheet program keeps: it has 15 digits, and of a sum of parts the last may be others.
pub const PLACES_KEPT: u32 = 9;

/// A submission beside the one that was audited before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SameYear {
    /// The earlier input.
    pub file: String,
    /// Whether it was audited by other rules.
    pub other_rules: bool,
    /// The most that could be granted then, and its grade.
    pub ceiling: Option<(Decimal, String)>,
    /// Every indicator that is disputed now or was then, in the order of the card.
    pub changes: Vec<Change>,
}

/// What became of an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What became of it.
    pub what: Changed,
    /// The indicator's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What was claimed then; none where the indicator was not there.
    pub claimed_then: Option<Decimal>,
    /// What is claimed now.
    pub claimed_now: Option<Decimal>,
    /// What the comparison came to then; none where the indicator was not there.
    pub verdict_then: Option<Verdict>,
    /// What it comes to now; none where the indicator is not there any more.
    pub verdict_now: Option<Verdict>,
    /// Its amount then, in points.
    pub difference_then: Decimal,
    /// Its amount now.
    pub difference_now: Decimal,
}

/// What became of a disputed score, from the worst on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Changed {
    /// Its amount is larger than then.
    Worse,
    /// It was not disputed then.
    New,
    /// It is as it was.
    Same,
    /// Its amount is smaller than then.
    Less,
    /// It is no longer contradicted, and not confirmed either: something is missing.
    Open,
    /// The indicator is not among those of this form any more: nothing can be said.
    Gone,
    /// It was disputed, and agrees now.
    Corrected,
}

impl Changed {
    /// All of them, in their order.
    pub const ALL: [Changed; 7] =
        [Changed::Worse, Changed::New, Changed::Same, Changed::Less, Changed::Open, Changed::Gone, Changed::Corrected];

    /// The end of the keys of its texts.
    pub fn key(self) -> &'static str {
        match self {
            Changed::Worse => "worse",
            Changed::New => "new",
            Changed::Same => "same",
            Changed::Less => "less",
            Changed::Open => "open",
            Changed::Gone => "gone",
            Changed::Corrected => "corrected",
        }
    }
}

/// Whether a score was contradicted, or no score: what a department can correct.
fn is_disputed(verdict: Verdict) -> bool {
    !matches!(verdict, Verdict::Agrees | Verdict::Unverifiable)
}

/// A submission beside the one before.
pub fn same_year(old: &Old, audit: &Audit) -> SameYear {
    let now = |id: &str| audit.indicators.iter().find(|indicator| indicator.id == id);
    let then = |id: &str| old.indicators.iter().find(|indicator| indicator.id == id);
    let changes = audit.indicators.iter().filter_map(|now| change(then(&now.id), Some(now)));
    let gone = old.indicators.iter().filter(|then| now(&then.id).is_none());
    let changes = changes.chain(gone.filter_map(|then| change(Some(then), None)));
    SameYear {
        file: old.file.clone(),
        other_rules: audit.rulebook.as_ref().is_none_or(|rules| rules.id != old.rulebook),
        ceiling: old.ceiling.clone(),
        changes: changes.collect(),
    }
}

/// Of an amount what a workbook keeps of it, too: thirds of a point are no larger for having more digits.
fn kept(amount: Decimal) -> Decimal {
    amount.round_dp(PLACES_KEPT)
}

fn change(then: Option<&OldIndicator>, now: Option<&IndicatorAudit>) -> Option<Change> {
    let was = then.is_some_and(|then| is_disputed(then.verdict));
    let is = now.is_some_and(|now| is_disputed(now.verdict));
    if !was && !is {
        return None;
    }
    // Points in doubt for another reason are no smaller or larger error.
    let amount_then = then.filter(|_| was).map_or(Decimal::ZERO, |then| then.difference);
    let amount_now = now.filter(|_| is).map_or(Decimal::ZERO, |now| now.difference);
    let what = match now {
        None => Changed::Gone,
        Some(_) if !was => Changed::New,
        Some(now) if !is && now.verdict == Verdict::Unverifiable => Changed::Open,
        Some(_) if !is => Changed::Corrected,
        // Too high before and too low now is another matter.
        Some(now) if then.is_some_and(|then| then.verdict != now.verdict) => Changed::New,
        Some(_) if kept(amount_now) > kept(amount_then) => Changed::Worse,
        Some(_) if kept(amount_now) < kept(amount_then) => Changed::Less,
        Some(_) => Changed::Same,
    };
    Some(Change {
        what,
        id: now.map(|now| now.id.clone()).or(then.map(|then| then.id.clone()))?,
        name: now.map(|now| now.name.clone()).or(then.map(|then| then.name.clone()))?,
        claimed_then: then.and_then(|then| then.claimed),
        claimed_now: now.and_then(|now| now.claimed),
        verdict_then: then.map(|then| then.verdict),
        verdict_now: now.map(|now| now.verdict),
        difference_then: amount_then,
        difference_now: amount_now,
    })
}
