//! 核定: what the bureau decides of every indicator, and what of its points that makes. The sheet 核定表 has the same as live
//! formulas; a result that is stored there is computed here.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::audit::{Entered, IndicatorAudit, Origin, Verdict};
use crate::carry::{Confirmed, STATES, State, Typed};
use crate::decimal_text::{figure_text, score_text};
use crate::entered::{About, Whose, digest, own_texts};
use crate::judge::most_claimable;

use super::departments::Department;

/// The states that settle a score as it was computed, without one that was typed.
pub const AS_COMPUTED: [&str; 2] = ["state-confirmed", "state-rejected"];

/// How far the bureau is with an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Progress {
    /// The claim agrees with the figures: nobody has to decide anything.
    NotNeeded,
    /// A person has to decide.
    Open,
    /// What was typed is no score of the indicator.
    Refused,
    /// It was decided, and what it rested on has changed since.
    Changed,
    /// It is decided.
    Settled,
}

impl Progress {
    /// Its name in the texts.
    pub fn key(self) -> &'static str {
        match self {
            Progress::NotNeeded => "progress-not-needed",
            Progress::Open => "progress-open",
            Progress::Refused => "progress-refused",
            Progress::Changed => "progress-changed",
            Progress::Settled => "progress-settled",
        }
    }

    /// Whether a person still has to do something.
    pub fn is_open(self) -> bool {
        matches!(self, Progress::Open | Progress::Refused | Progress::Changed)
    }
}

/// Every way a row can stand, as the filter of the sheet lists them.
pub const PROGRESS: [Progress; 5] =
    [Progress::NotNeeded, Progress::Open, Progress::Refused, Progress::Changed, Progress::Settled];

/// One indicator of one department, with what the bureau makes of it.
pub struct Decision<'a> {
    /// The indicator.
    pub indicator: &'a IndicatorAudit,
    /// What makes the row the same one in another run.
    pub key: String,
    /// What the score rests on, as a digest: see [`basis`].
    pub basis: String,
    /// The basis that the entry was made upon; none: the present one.
    pub signed: Option<String>,
    /// What was typed, in this list or over a reference to it.
    pub typed: Option<Box<Cow<'a, Typed>>>,
    /// The state that the row had before what it rests on changed: it starts anew then.
    pub state_before: Option<State>,
}

/// Claimed points by what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shares {
    /// Confirmed.
    pub agreed: Decimal,
    /// Above what is granted.
    pub overstated: Decimal,
    /// Below it, not claimed.
    pub understated: Decimal,
    /// In dispute between readings.
    pub reading_dependent: Decimal,
    /// Not to be verified yet.
    pub unverifiable: Decimal,
}

impl<'a> Decision<'a> {
    /// The row of an indicator, as long as nothing is known of what was typed.
    pub fn new(department: &Department<'a>, indicator: &'a IndicatorAudit) -> Decision<'a> {
        let basis = basis(department, indicator);
        Decision {
            indicator,
            key: Whose::of(department.audit).key(About::Score, &[&indicator.id]),
            signed: None,
            basis,
            typed: None,
            state_before: None,
        }
    }

    /// Takes over what was typed in an earlier workbook, upon the basis that was signed then. Where it is another now, the state
    /// starts anew, and so does the row.
    pub fn take(&mut self, typed: Cow<'a, Typed>, signed: Option<&str>) {
        self.signed = signed.filter(|signed| *signed != self.basis).map(str::to_owned);
        self.typed = Some(Box::new(typed));
        if self.is_changed() && self.state().is_some() {
            let mut anew = self.typed.take().unwrap_or_default().into_owned();
            self.state_before = anew.state.take();
            self.typed = Some(Box::new(Cow::Owned(anew)));
        }
    }

    /// What was typed.
    pub fn typed(&self) -> Option<&Typed> {
        self.typed.as_deref().map(AsRef::as_ref)
    }

    /// The basis that the entry was made upon; the present one where there is no entry.
    pub fn signed(&self) -> &str {
        self.signed.as_deref().unwrap_or(&self.basis)
    }

    /// Whether what it rests on has changed since it was decided.
    pub fn is_changed(&self) -> bool {
        !same_basis(self.signed(), &self.basis)
    }

    /// The computed score, where nobody has to judge: what is proposed to the reviewer.
    pub fn proposed(&self) -> Option<Decimal> {
        match self.indicator.verdict {
            Verdict::Agrees => Some(self.indicator.grantable()),
            Verdict::ReadingDependent => None,
            _ => self.indicator.default,
        }
    }

    /// The score that was typed, where it is one of this indicator.
    pub fn confirmed(&self) -> Option<Decimal> {
        let Some(Confirmed::Points(points)) = self.typed()?.confirmed else { return None };
        let most = self.indicator.points.map(most_claimable);
        (points >= Decimal::ZERO && most.is_none_or(|most| points <= most)).then_some(points)
    }

    fn is_refused(&self) -> bool {
        self.typed().is_some_and(|typed| typed.confirmed.is_some()) && self.confirmed().is_none()
    }

    fn state(&self) -> Option<&State> {
        self.typed()?.state.as_ref()
    }

    /// The key of its state in the texts; empty where other words were typed.
    pub fn state_key(&self) -> &'static str {
        match self.state() {
            None => STATES[0],
            Some(State::Known(key)) => key,
            Some(State::Words(_)) => "",
        }
    }

    /// What a person has decided: the score that was typed, or the computed one that was confirmed.
    pub fn decided(&self) -> Option<Decimal> {
        match self.confirmed() {
            _ if self.is_refused() => None,
            Some(points) => Some(points).filter(|_| !self.is_changed() || self.state().is_some()),
            None => {
                let as_computed = matches!(self.state(), Some(State::Known(key)) if AS_COMPUTED.contains(key));
                self.proposed().filter(|_| as_computed)
            }
        }
    }

    /// How far the bureau is with it.
    pub fn progress(&self) -> Progress {
        if self.is_refused() {
            Progress::Refused
        } else if self.decided().is_some() {
            Progress::Settled
        } else if self.is_changed() {
            Progress::Changed
        } else if self.indicator.verdict == Verdict::Agrees {
            Progress::NotNeeded
        } else {
            Progress::Open
        }
    }

    /// What is granted: what was decided, else the most that can be.
    pub fn granted(&self) -> Decimal {
        self.decided().unwrap_or_else(|| self.indicator.grantable())
    }

    /// The claim as it is counted; 0 where it is none.
    pub fn counted(&self) -> Decimal {
        self.indicator.taken().score().unwrap_or_default()
    }

    /// The claimed points by what became of them.
    pub fn shares(&self) -> Shares {
        let claimed = self.counted();
        let above = |one: Decimal, other: Decimal| one.saturating_sub(other).max(Decimal::ZERO);
        if let Some(decided) = self.decided() {
            return Shares {
                agreed: claimed.min(decided),
                overstated: above(claimed, decided),
                understated: above(decided, claimed),
                ..Shares::default()
            };
        }
        let complete = self.indicator.default.is_some();
        let difference = self.indicator.difference;
        let left = |points: Decimal| match complete {
            true => Shares { agreed: points, ..Shares::default() },
            false => Shares { unverifiable: points, ..Shares::default() },
        };
        match self.indicator.verdict {
            Verdict::Agrees => Shares { agreed: claimed, ..Shares::default() },
            Verdict::Overstated => Shares { overstated: difference, ..left(claimed.saturating_sub(difference)) },
            Verdict::Understated => Shares { understated: difference, ..left(claimed) },
            Verdict::ReadingDependent => Shares { reading_dependent: claimed, ..Shares::default() },
            Verdict::Unverifiable => Shares { unverifiable: claimed, ..Shares::default() },
            Verdict::Invalid => Shares::default(),
        }
    }
}

/// Between what a score rests on and the range that came of it.
const BASIS_SEPARATOR: char = '.';

/// What a score rests on, as two digests: the claim, the figures that the department gave for it and the rulebook; and the
/// range that came of them. Where a reviewer's own entries take part in the range it changes with them, and only the first
/// counts. (bureau.md, “Edited after review”)
fn basis(department: &Department, indicator: &IndicatorAudit) -> String {
    let audit = department.audit;
    let claims = indicator.claims.iter().filter_map(|claim| claim.value).map(figure_text);
    let mut parts: Vec<String> = indicator.claimed.map(figure_text).into_iter().chain(claims).collect();
    parts.extend(audit.rulebook.as_ref().map(|book| book.sha256.clone()));
    let names = department.facts_of(indicator);
    let uses = |fact: &str| names.as_ref().is_none_or(|names| names.contains(&fact));
    parts.extend(own_texts(&audit.facts, uses).into_iter().map(str::to_owned));
    let is_entered = |entered: &Entered| match &entered.indicator {
        Some(id) => *id == indicator.id,
        None => entered.item.as_deref().is_some_and(uses),
    };
    let established = audit.facts.iter().any(|fact| fact.origin == Origin::Reviewer && uses(&fact.id));
    let is_reviewed = established || audit.entered.iter().any(is_entered);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let given = digest(&parts);
    if is_reviewed {
        return given;
    }
    let high = indicator.high.map(score_text).unwrap_or_default();
    format!("{given}{BASIS_SEPARATOR}{}", digest(&[&score_text(indicator.low), &high]))
}

/// Whether two bases are the same; a range counts where both have one.
pub fn same_basis(one: &str, other: &str) -> bool {
    let halves =
        |basis: &'_ str| basis.split_once(BASIS_SEPARATOR).map(|(given, range)| (given.to_owned(), range.to_owned()));
    match (halves(one), halves(other)) {
        (Some(one), Some(other)) => one == other,
        _ => {
            let given = |basis: &str| basis.split(BASIS_SEPARATOR).next().unwrap_or_default().to_owned();
            given(one) == given(other)
        }
    }
}
