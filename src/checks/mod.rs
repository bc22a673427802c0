//! How we look at a submission beside its scores: one file per check, and the register of codes.
//!
//! A check adds findings and changes no points.

mod all_full_marks;
mod amounts;
mod as_written;
mod aspects_too_few;
mod budget_facts;
mod completion_total_mismatch;
mod denied_in_narrative;
mod disputed_score;
mod evidence_missing;
mod execution_over_budget;
mod execution_rate_mismatch;
mod fact_missing;
mod fiscal_over_total;
mod form;
mod full_marks_without_actual;
mod fund_total_mismatch;
mod grade_mismatch;
mod grade_overstated;
mod guidance_left;
mod indicator_duplicated;
mod invalid_claim;
mod loss_unexplained;
mod low_execution_unexplained;
mod not_measurable;
mod notes;
mod points_altered;
mod reason;
pub mod register;
mod rulebook_misfit;
mod score_above_points;
mod score_conflict;
mod scores_exceed_execution;
mod section_total_mismatch;
mod settled;
mod sign_missing;
mod spending_as_output;
mod target_far_exceeded;
mod target_unmet_full_marks;
mod text_for_number;
mod total_mismatch;
mod unit_mismatch;
mod value_over_target;
mod weight_concentrated;
mod weight_missing;
mod weights_mismatch;
mod year_missing;
mod zero_denominator;

pub use form::FormSide;
pub(crate) use grade_mismatch::stated_grade;
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
    /// What a project form says beside its card; none for a card of the rulebook.
    pub side: Option<FormSide<'a>>,
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
        self.score(indicator).is_some_and(Judged::claimed_in_full)
    }
}

/// Puts a finding to a fact, and to the indicator that alone uses it.
fn about_fact(subject: &Subject, finding: Finding, fact: &str) -> Finding {
    let indicator = subject.card.only_user_of(fact).map(|indicator| indicator.id.clone());
    Finding { indicator, ..finding.of_fact(fact) }
}

/// Which forms a check is for.
#[derive(Clone, Copy)]
enum For {
    /// Cards of a rulebook and forms alike.
    Both,
    /// Cards of a rulebook.
    Card,
    /// Forms whose rows their filer declares.
    Form,
}

impl For {
    fn is_for(self, subject: &Subject) -> bool {
        match self {
            For::Both => true,
            For::Card => subject.side.is_none(),
            For::Form => subject.side.is_some(),
        }
    }
}

/// What a check is: it looks at a submission and says what it finds.
type Check = fn(&Subject, &mut Vec<Finding>);

/// Every check, and which forms it is for.
const CHECKS: &[(For, Check)] = &[
    (For::Card, rulebook_misfit::check),
    (For::Both, disputed_score::check),
    (For::Both, invalid_claim::check),
    (For::Both, score_conflict::check),
    (For::Both, score_above_points::check),
    (For::Card, points_altered::check),
    (For::Card, indicator_duplicated::check),
    (For::Card, section_total_mismatch::check),
    (For::Both, total_mismatch::check),
    (For::Card, grade_mismatch::check),
    (For::Card, grade_overstated::check),
    (For::Form, weight_missing::check),
    (For::Form, weights_mismatch::check),
    (For::Form, budget_facts::check),
    (For::Card, fact_missing::check),
    (For::Form, fact_missing::check_form),
    (For::Card, evidence_missing::check),
    (For::Card, zero_denominator::check),
    (For::Card, value_over_target::check),
    (For::Card, completion_total_mismatch::check),
    (For::Form, fund_total_mismatch::check),
    (For::Card, fiscal_over_total::check),
    (For::Card, execution_over_budget::check),
    (For::Form, execution_over_budget::check_form),
    (For::Card, execution_rate_mismatch::check),
    (For::Form, execution_rate_mismatch::check_form),
    (For::Form, low_execution_unexplained::check),
    (For::Form, sign_missing::check),
    (For::Form, unit_mismatch::check),
    (For::Form, full_marks_without_actual::check),
    (For::Card, target_unmet_full_marks::check),
    (For::Card, not_measurable::check),
    (For::Form, not_measurable::check_form),
    (For::Form, text_for_number::check),
    (For::Form, target_far_exceeded::check),
    (For::Form, loss_unexplained::check),
    (For::Form, spending_as_output::check),
    (For::Form, weight_concentrated::check),
    (For::Form, scores_exceed_execution::check),
    (For::Card, aspects_too_few::check),
    (For::Both, all_full_marks::check),
    (For::Form, guidance_left::check),
    (For::Both, year_missing::check),
];

/// Everything found: by the reading, by the sources of facts and by every check, in the order of reports.
pub fn findings(subject: &Subject) -> Vec<Finding> {
    let mut findings = subject.submission.findings.clone();
    findings.extend(subject.facts.findings.iter().cloned());
    for (_, check) in CHECKS.iter().filter(|(forms, _)| forms.is_for(subject)) {
        check(subject, &mut findings);
    }
    if subject.submission.misfit.is_some() {
        findings.retain(|finding| rulebook_misfit::concerns_the_card(subject, finding));
    }
    in_order(subject, &mut findings);
    findings
}

/// What all others are to be read by first; then by card order of the indicator (the card as a whole last), code and cell; the
/// same finding once.
fn in_order(subject: &Subject, findings: &mut Vec<Finding>) {
    let sheets = SheetOrder::of(subject.submission);
    let indicator = |finding: &Finding| {
        let named = finding.indicator.as_deref();
        let position = named.and_then(|id| subject.card.indicators.iter().position(|known| known.id == id));
        position.unwrap_or(subject.card.indicators.len())
    };
    findings.sort_by_cached_key(|finding| {
        let place = finding.source.as_ref().map(|source| sheets.place(source));
        (finding.code != Code::RulebookMisfit, indicator(finding), finding.code, place)
    });
    findings.dedup();
}
