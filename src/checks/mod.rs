//! How we look at a submission beside its scores: one file per check, and the register of codes.
//!
//! A check adds findings and changes no points.

mod all_full_marks;
mod amounts;
mod aspects_too_few;
mod completion_total_mismatch;
pub(crate) mod declared;
mod denied_in_narrative;
mod disputed_score;
mod evidence_missing;
mod execution_over_budget;
mod execution_rate_mismatch;
mod fact_missing;
mod fiscal_over_total;
mod grade_mismatch;
mod grade_overstated;
mod indicator_duplicated;
mod invalid_claim;
mod not_measurable;
mod points_altered;
pub mod register;
mod score_above_points;
mod scored;
mod section_total_mismatch;
mod settled;
mod target_unmet_full_marks;
mod total_mismatch;
mod value_over_target;
mod year_missing;
mod zero_denominator;

pub use register::Code;
pub(crate) use settled::{settled_list, settled_of_row};

use crate::audit::Finding;
use crate::facts::FactsFound;
use crate::judge::{Judged, Totals};
use crate::place::SheetOrder;
use crate::rulebook::{Fact, Rulebook, Scorecard};
use crate::submission::Submission;

/// One submission with everything computed from it.
pub struct Subject<'a> {
    /// The rules in force.
    pub rulebook: &'a Rulebook,
    /// Their card.
    pub card: &'a Scorecard,
    /// What the workbook says.
    pub submission: &'a Submission,
    /// What is known of the facts.
    pub facts: &'a FactsFound,
    /// Every indicator with its verdict, in card order.
    pub scores: &'a [Judged<'a>],
    /// Their sums.
    pub totals: &'a Totals,
}

impl Subject<'_> {
    /// The judged indicator of that id.
    pub fn score(&self, indicator: &str) -> Option<&Judged<'_>> {
        self.scores.iter().find(|score| score.indicator.id == indicator)
    }

    /// The rulebook's fact of that id.
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.card.facts.iter().find(|fact| fact.id == id)
    }

    /// True when the indicator is claimed in full (or above).
    pub fn claimed_in_full(&self, indicator: &str) -> bool {
        self.score(indicator)
            .is_some_and(|score| score.claim.valid().is_some_and(|claimed| claimed >= score.indicator.points))
    }
}

/// Puts a finding to a fact, and to the indicator that alone uses it.
fn about_fact(subject: &Subject, finding: Finding, fact: &str) -> Finding {
    let indicator = subject.card.only_user_of(fact).map(|indicator| indicator.id.clone());
    Finding { indicator, ..finding.of_fact(fact) }
}

type Check = fn(&Subject, &mut Vec<Finding>);

/// Every check.
const CHECKS: &[Check] = &[
    disputed_score::check,
    invalid_claim::check,
    score_above_points::check,
    points_altered::check,
    indicator_duplicated::check,
    section_total_mismatch::check,
    total_mismatch::check,
    grade_mismatch::check,
    grade_overstated::check,
    fact_missing::check,
    evidence_missing::check,
    zero_denominator::check,
    value_over_target::check,
    completion_total_mismatch::check,
    fiscal_over_total::check,
    execution_over_budget::check,
    execution_rate_mismatch::check,
    target_unmet_full_marks::check,
    not_measurable::check,
    aspects_too_few::check,
    all_full_marks::check,
    year_missing::check,
];

/// Everything found: by the reading, by the sources of facts and by every check, in the order of reports.
pub fn findings(subject: &Subject) -> Vec<Finding> {
    let mut findings = subject.submission.findings.clone();
    findings.extend(subject.facts.findings.iter().cloned());
    CHECKS.iter().for_each(|check| check(subject, &mut findings));
    in_order(subject, &mut findings);
    findings
}

/// By card order of the indicator (the card as a whole last), then code, then cell; the same finding once.
fn in_order(subject: &Subject, findings: &mut Vec<Finding>) {
    let sheets = SheetOrder::of(subject.submission);
    let indicator = |finding: &Finding| {
        let named = finding.indicator.as_deref();
        let position = named.and_then(|id| subject.card.indicators.iter().position(|known| known.id == id));
        position.unwrap_or(subject.card.indicators.len())
    };
    findings.sort_by_cached_key(|finding| {
        let place = finding.source.as_ref().map(|source| sheets.place(source));
        (indicator(finding), finding.code, place)
    });
    findings.dedup();
}
