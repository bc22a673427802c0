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
pub(crate) mod disputed_score;
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
mod needs;
mod not_measurable;
mod notes;
mod points_altered;
pub mod ran;
mod reading;
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
pub use ran::{Need, NotRun};
pub use register::Code;
pub(crate) use settled::{settled_list, settled_of_row};

use std::collections::BTreeMap;

use crate::audit::Finding;
use crate::facts::FactsFound;
use crate::forms::{FormKind, Part};
use crate::judge::{Judged, Totals};
use crate::place::SheetOrder;
use crate::rulebook::{Fact, Rulebook, Scorecard};
use crate::submission::Submission;

use ran::Ran;

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

/// What a check is: it looks at a submission and says what it finds, or what it would need to look.
type Check = fn(&Subject, &mut Vec<Finding>) -> Ran;

/// Every check: the part of a form that it looks at, and the codes that it tells. First what the reading has told already.
const CHECKS: &[(Part, &[Code], Check)] = &[
    (
        Part::Scores,
        &[Code::FactUnreadable, Code::FormulaWithoutValue, Code::FormulaReplaced, Code::ErrorCell, Code::HiddenData],
        reading::cells,
    ),
    (Part::CommonRows, &[Code::IndicatorUnknown, Code::IndicatorRenamed, Code::SisterForm], reading::cells),
    (
        Part::Facts,
        &[
            Code::FactConflict,
            Code::FactDoubtful,
            Code::UnitAmbiguous,
            Code::UnitAssumed,
            Code::FactOutOfRange,
            Code::NotApplicable,
            Code::NotMeasurable,
        ],
        reading::facts,
    ),
    (Part::Facts, &[Code::YearMismatch], reading::years),
    (Part::Facts, &[Code::NarrativeConflict], reading::narrative),
    (Part::Facts, &[Code::ReviewerReading], reading::reviewer),
    (Part::OwnRows, &[Code::FactConflict, Code::FactDoubtful, Code::NotMeasurable], reading::cells),
    (Part::Budget, &[Code::UnitAmbiguous, Code::UnitAssumed], reading::amounts),
    (Part::CommonRows, &[Code::RulebookMisfit], rulebook_misfit::check),
    (Part::Scores, &[Code::OverstatedScore], disputed_score::overstated),
    (Part::Scores, &[Code::UnderstatedScore], disputed_score::understated),
    (Part::Scores, &[Code::UnverifiableScore], disputed_score::unverifiable),
    (Part::Scores, &[Code::ReadingDependentScore], disputed_score::reading_dependent),
    (Part::Scores, &[Code::ScoreMissing, Code::ScoreNotANumber, Code::NegativeScore], invalid_claim::check),
    (Part::CommonRows, &[Code::IndicatorMissing], invalid_claim::missing),
    (Part::Scores, &[Code::ScoreConflict], score_conflict::check),
    (Part::Scores, &[Code::ScoreAbovePoints], score_above_points::check),
    (Part::CommonRows, &[Code::PointsAltered], points_altered::check),
    (Part::CommonRows, &[Code::IndicatorDuplicated], indicator_duplicated::check),
    (Part::CommonRows, &[Code::SectionTotalMismatch], section_total_mismatch::check),
    (Part::Scores, &[Code::TotalMismatch], total_mismatch::check),
    (Part::Grade, &[Code::GradeMismatch], grade_mismatch::check),
    (Part::Grade, &[Code::GradeOverstated], grade_overstated::check),
    (Part::OwnRows, &[Code::WeightMissing], weight_missing::check),
    (Part::OwnRows, &[Code::WeightsMismatch], weights_mismatch::check),
    (Part::Budget, &[Code::FactOutOfRange], budget_facts::below_zero),
    (Part::Budget, &[Code::NotApplicable], budget_facts::not_applicable),
    (Part::Budget, &[Code::ZeroDenominator], budget_facts::zero_denominator),
    (Part::Facts, &[Code::FactMissing], fact_missing::check),
    (Part::OwnRows, &[Code::FactMissing], fact_missing::check_form),
    (Part::Facts, &[Code::EvidenceMissing], evidence_missing::check),
    (Part::Facts, &[Code::ZeroDenominator], zero_denominator::check),
    (Part::Facts, &[Code::FactOutOfRange], value_over_target::check),
    (Part::Facts, &[Code::CompletionTotalMismatch], completion_total_mismatch::check),
    (Part::Budget, &[Code::FundTotalMismatch], fund_total_mismatch::check),
    (Part::Facts, &[Code::FiscalOverTotal], fiscal_over_total::check),
    (Part::Facts, &[Code::ExecutionOverBudget], execution_over_budget::check),
    (Part::Budget, &[Code::ExecutionOverBudget], execution_over_budget::check_form),
    (Part::Facts, &[Code::ExecutionRateMismatch], execution_rate_mismatch::check),
    (Part::Budget, &[Code::ExecutionRateMismatch], execution_rate_mismatch::check_form),
    (Part::Budget, &[Code::LowExecutionUnexplained], low_execution_unexplained::check),
    (Part::OwnRows, &[Code::SignMissing], sign_missing::check),
    (Part::OwnRows, &[Code::UnitMismatch], unit_mismatch::check),
    (Part::OwnRows, &[Code::FullMarksWithoutActual], full_marks_without_actual::check),
    (Part::Facts, &[Code::TargetUnmetFullMarks], target_unmet_full_marks::check),
    (Part::Facts, &[Code::NotMeasurable], not_measurable::check),
    (Part::OwnRows, &[Code::NotMeasurable], not_measurable::check_form),
    (Part::OwnRows, &[Code::TextForNumber], text_for_number::check),
    (Part::OwnRows, &[Code::TargetFarExceeded], target_far_exceeded::check),
    (Part::OwnRows, &[Code::LossUnexplained], loss_unexplained::check),
    (Part::OwnRows, &[Code::SpendingAsOutput], spending_as_output::check),
    (Part::OwnRows, &[Code::WeightConcentrated], weight_concentrated::check),
    (Part::Budget, &[Code::ScoresExceedExecution], scores_exceed_execution::check),
    (Part::Facts, &[Code::AspectsTooFew], aspects_too_few::check),
    (Part::Scores, &[Code::AllFullMarks], all_full_marks::check),
    (Part::OwnRows, &[Code::GuidanceLeft], guidance_left::check),
    (Part::Scores, &[Code::YearMissing], year_missing::check),
];

/// Whether the checks of a code look at a form. At none: it is a code of files or of the whole batch.
pub fn looks_at(code: Code, kind: FormKind) -> bool {
    CHECKS.iter().any(|(part, codes, _)| kind.has(*part) && codes.contains(&code))
}

/// What the checks say of one submission.
pub struct Examined {
    /// Everything found, in the order of reports.
    pub findings: Vec<Finding>,
    /// The codes that could not be looked for, in the order of the register.
    pub not_run: Vec<NotRun>,
}

/// Everything found: by the reading, by the sources of facts and by every check; and what could not be looked for.
pub fn examined(subject: &Subject) -> Examined {
    let mut findings = subject.submission.findings.clone();
    findings.extend(subject.facts.findings.iter().cloned());
    let mut ran: BTreeMap<Code, Ran> = BTreeMap::new();
    for (_, codes, check) in CHECKS.iter().filter(|(part, ..)| subject.rulebook.form.has(*part)) {
        let outcome = check(subject, &mut findings);
        for code in *codes {
            let known = ran.entry(*code).or_insert(outcome);
            *known = known.or_else(|first| outcome.map_err(|_| first));
        }
    }
    // What was found was looked for.
    let not_run = ran.into_iter().filter_map(|(code, ran)| Some(NotRun { code, needs: ran.err()? }));
    let not_run = not_run.filter(|not| findings.iter().all(|finding| finding.code != not.code)).collect();
    if subject.submission.misfit.is_some() {
        findings.retain(|finding| rulebook_misfit::concerns_the_card(subject, finding));
    }
    in_order(subject, &mut findings);
    Examined { findings, not_run }
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
