//! One score written in a cell that is merged over several indicators: it is one claim for all of them, and is compared as a
//! sum with the sum of their ranges. (certainty.md, “Claims that a person can read”)

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::audit::{Source, Verdict};
use crate::facts::known::Facts;
use crate::judge::Judged;
use crate::rescore::{Rescored, rescore};
use crate::rulebook::Scorecard;
use crate::submission::declared::{DeclaredForm, DeclaredRow};
use crate::submission::{ClaimedScore, Submission};

/// Gives each indicator its share of a merged claim: what it is due where that is known, and what is over or short of the sum
/// of their ranges to the last of them, so that it is told once.
pub(crate) fn share(card: &Scorecard, facts: &Facts, submission: &mut Submission) {
    let mut groups: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (at, claim) in submission.claims.iter().enumerate() {
        if let ClaimedScore::Merged(_) = claim.score {
            groups.entry((claim.source.sheet.clone(), claim.source.cell.clone())).or_default().push(at);
        }
    }
    for members in groups.values() {
        let ranges: Vec<Option<Rescored>> = members
            .iter()
            .map(|at| {
                let id = &submission.claims.get(*at)?.indicator;
                let indicator = card.indicators.iter().find(|indicator| indicator.id == *id)?;
                Some(rescore(card, indicator, facts))
            })
            .collect();
        let total = members.first().and_then(|at| submission.claims.get(*at)).map(|claim| claim.score);
        let Some(ClaimedScore::Merged(total)) = total else { continue };
        for (at, score) in members.iter().zip(shares(total, &ranges)) {
            if let Some(claim) = submission.claims.get_mut(*at) {
                claim.score = score.map_or(ClaimedScore::NotANumber, ClaimedScore::Number);
            }
        }
    }
}

/// Which rows of a form have a score that does not agree with what they alone are due, while a row below has neither points nor a score:
/// cells that were merged once (a file converted without its merged areas) look like that, and the score may be for both. Each with the
/// row below.
pub(crate) fn joined(form: &DeclaredForm, scores: &[Judged]) -> Vec<(String, Source)> {
    let differs = |row: &DeclaredRow| {
        let own = scores.iter().find(|score| score.indicator.id == row.id);
        own.is_some_and(|score| matches!(score.verdict, Verdict::Overstated | Verdict::Understated))
    };
    let below = form.rows.iter().filter_map(|row| Some((row, row.below.clone()?)));
    below.filter(|(row, _)| differs(row)).map(|(row, below)| (row.id.clone(), below)).collect()
}

impl Submission {
    /// Leaves open which rows these claims are for.
    pub(crate) fn join_claims(&mut self, joined: &[(String, Source)]) {
        for (id, below) in joined {
            let own = self.claims.iter_mut().filter(|claim| claim.indicator == *id);
            own.for_each(|claim| claim.joined = Some(below.clone()));
        }
    }
}

/// The total in shares; none where a range is not known.
fn shares(total: Decimal, ranges: &[Option<Rescored>]) -> Vec<Option<Decimal>> {
    let ends: Option<Vec<(Decimal, Decimal)>> =
        ranges.iter().map(|range| range.as_ref().and_then(|range| Some((range.low, range.high?)))).collect();
    let Some(ends) = ends else { return vec![None; ranges.len()] };
    let mut left = total - crate::sums::sum(ends.iter().map(|(low, _)| *low));
    let mut shares: Vec<Decimal> = ends
        .iter()
        .map(|(low, high)| {
            let more = left.clamp(Decimal::ZERO, high.saturating_sub(*low));
            left -= more;
            low.saturating_add(more)
        })
        .collect();
    // What is over goes to the last; what is short is taken from the last on, and no share falls below zero by it.
    for share in shares.iter_mut().rev() {
        if left >= Decimal::ZERO || total < Decimal::ZERO {
            break;
        }
        let less = (-left).min(*share).max(Decimal::ZERO);
        *share -= less;
        left += less;
    }
    if let Some(last) = shares.last_mut() {
        *last = last.saturating_add(left);
    }
    shares.into_iter().map(Some).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(low: &str, high: &str) -> Option<Rescored> {
        let number = |text: &str| text.parse::<Decimal>().expect("a number");
        Some(Rescored { low: number(low), high: Some(number(high)), ..Rescored::default() })
    }

    fn shared(total: &str, ranges: &[Option<Rescored>]) -> Vec<String> {
        let shares = shares(total.parse().expect("a number"), ranges);
        shares.into_iter().map(|share| share.map_or("none".to_owned(), |share| share.normalize().to_string())).collect()
    }

    #[test]
    fn a_merged_claim_is_shared_as_the_indicators_are_due_and_what_is_over_is_told_once() {
        let due = [range("1", "1"), range("0.5", "0.5")];
        assert_eq!(shared("1.5", &due), ["1", "0.5"]);
        assert_eq!(shared("2", &due), ["1", "1"]);
        assert_eq!(shared("1", &due), ["1", "0"]);
        assert_eq!(shared("0.2", &due), ["0.2", "0"]);
        assert_eq!(shared("-1", &due), ["1", "-2"]);
        let open = [range("0", "1"), range("0.5", "1")];
        assert_eq!(shared("1.5", &open), ["1", "0.5"]);
        assert_eq!(shared("2", &open), ["1", "1"]);
        assert_eq!(shared("2", &[None, range("1", "1")]), ["none", "none"]);
    }
}
