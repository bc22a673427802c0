//! Sources → what is known of each fact: which of the values found enter the scores, and why the others do not.
//!
//! Tables come first; the narrative supplies what no table gives and stands against what a table gives; the completion
//! table's total supplies its one fact where nothing else does.

pub(crate) mod bounds;
pub mod declared;
pub mod known;
mod one_fact;
pub mod open;
mod shown;
mod years;

pub(crate) use shown::{excerpt, place_in_words, value_in_words, value_text};

use std::collections::BTreeMap;

use crate::audit::{FactAudit, Finding};
use crate::place::SheetOrder;
use crate::rulebook::Scorecard;
use crate::submission::Submission;

use known::Facts;
use one_fact::OneFact;

/// What a submission says of the facts of a card.
#[derive(Debug, Clone, Default)]
pub struct FactsFound {
    /// What the scores are computed from.
    pub known: Facts,
    /// Every source with a value, in rulebook order, then by place.
    pub entries: Vec<FactAudit>,
    /// What the sources show beside the scores: conflicts, values out of range, other years.
    pub findings: Vec<Finding>,
}

/// Gathers the sources of every fact of `card`.
pub fn gather(card: &Scorecard, submission: &Submission) -> FactsFound {
    let order = SheetOrder::of(submission);
    let evidence = evidence_of_rows(card, submission);
    let mut found = FactsFound { findings: years::mismatches(card, submission), ..FactsFound::default() };
    for fact in &card.facts {
        let mut one = OneFact::new(fact, evidence.get(fact.id.as_str()).copied());
        let mut sources: Vec<_> = submission.facts.iter().filter(|source| source.fact == fact.id).collect();
        sources.sort_by_key(|source| order.place(&source.source));
        let quotes: Vec<_> = submission.quotes.iter().filter(|quote| quote.fact == fact.id).collect();
        one.hear_tables(&sources);
        one.hear_narrative(&quotes);
        if card.completion.budget_total.as_ref() == Some(&fact.id) {
            one.hear_completion(submission.completion.as_ref());
        }
        one.hear_denials(&quotes);
        one.into_found(&order, &mut found);
    }
    found.findings.iter_mut().for_each(|finding| name_indicator(card, finding));
    found
}

/// A finding about a fact that one indicator alone uses is about that indicator.
fn name_indicator(card: &Scorecard, finding: &mut Finding) {
    if let (None, Some(fact)) = (&finding.indicator, &finding.fact) {
        finding.indicator = card.only_user_of(fact).map(|indicator| indicator.id.clone());
    }
}

/// Evidence named in the card's own rows, for every fact that the row's indicator uses.
fn evidence_of_rows<'a>(card: &'a Scorecard, submission: &'a Submission) -> BTreeMap<&'a str, &'a str> {
    let mut evidence: BTreeMap<&str, &str> = BTreeMap::new();
    for claim in &submission.claims {
        let Some(named) = claim.evidence.as_deref() else { continue };
        let Some(indicator) = card.indicators.iter().find(|indicator| indicator.id == claim.indicator) else {
            continue;
        };
        for fact in card.facts_of(indicator) {
            evidence.entry(&fact.id).or_insert(named);
        }
    }
    evidence
}
