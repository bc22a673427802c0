//! How we look at a declared form beside its scores: one file per check. A suspicion changes no points.

mod all_full_marks;
mod budget_facts;
mod disputed_score;
mod execution_over_budget;
mod execution_rate_mismatch;
mod fact_missing;
mod full_marks_without_actual;
mod fund_total_mismatch;
mod guidance_left;
mod invalid_claim;
mod loss_unexplained;
mod low_execution_unexplained;
mod not_measurable;
mod reason;
mod score_above_points;
mod scores_exceed_execution;
mod sign_missing;
mod spending_as_output;
mod target_far_exceeded;
mod text_for_number;
mod total_mismatch;
mod unit_mismatch;
mod weight_concentrated;
mod weight_missing;
mod weights_mismatch;
mod year_missing;

use rust_decimal::Decimal;

use super::register::{Area, Code};
use super::scored::Scored;
use crate::audit::{Finding, Source};
use crate::audit_declared::JudgedRow;
use crate::facts::declared::Money;
use crate::judge::Totals;
use crate::phrase::Hole;
use crate::place::place_of_cell;
use crate::rulebook::{Declared, Rulebook};
use crate::submission::declared::{DeclaredForm, DeclaredRow};

/// One form with everything computed from it.
pub struct FormSubject<'a> {
    /// The rules in force.
    pub rulebook: &'a Rulebook,
    /// Their parameters.
    pub declared: &'a Declared,
    /// What the form says.
    pub form: &'a DeclaredForm,
    /// Its money, as it enters the score.
    pub money: &'a Money,
    /// The budget and every row, with their verdicts.
    pub scores: &'a [JudgedRow<'a>],
    /// Their sums.
    pub totals: &'a Totals,
}

impl<'a> FormSubject<'a> {
    /// The rows of 绩效指标 with their verdicts.
    fn rows(&self) -> impl Iterator<Item = (&'a JudgedRow<'a>, &'a DeclaredRow)> {
        self.scores.iter().filter_map(|score| Some((score, score.row?)))
    }

    /// Every line as the checks of scores see it.
    fn scored(&self) -> impl Iterator<Item = Scored<'a>> {
        self.scores.iter().map(JudgedRow::scored)
    }

    /// The weights of the rows added up; none where one is unknown, or there are none.
    fn row_weights(&self) -> Option<Decimal> {
        let weights = self.rows().map(|(score, _)| score.range.points);
        weights.reduce(|sum, weight| sum?.checked_add(weight?)).flatten()
    }

    /// A finding with its code's sentence; a code that cards have too has a sentence of its own for forms.
    fn told(&self, code: Code, holes: &[Hole]) -> Finding {
        let shared = code.area() != Area::Form;
        let wording = if shared { format!("{code}-form") } else { code.to_string() };
        Finding::worded(code, &wording, holes)
    }

    /// The same about a row, in one of its cells. The holes `indicator`, `target` and `actual` are filled from the row.
    fn told_of(&self, code: Code, row: &DeclaredRow, at: &Source, holes: &[Hole]) -> Finding {
        let (target, actual) = (row.target.source.text.trim(), row.actual.source.text.trim());
        let mut all: Vec<Hole> = vec![("indicator", &row.name), ("target", &target), ("actual", &actual)];
        all.extend_from_slice(holes);
        self.told(code, &all).of_indicator(&row.id).at(at)
    }
}

impl<'a> JudgedRow<'a> {
    fn scored(&'a self) -> Scored<'a> {
        Scored { id: self.id, name: self.name, claim: &self.claim, line: self.line }
    }
}

type Check = fn(&FormSubject, &mut Vec<Finding>);

/// Every check.
const CHECKS: &[Check] = &[
    disputed_score::check,
    invalid_claim::check,
    score_above_points::check,
    total_mismatch::check,
    weight_missing::check,
    weights_mismatch::check,
    budget_facts::check,
    fact_missing::check,
    fund_total_mismatch::check,
    execution_over_budget::check,
    execution_rate_mismatch::check,
    low_execution_unexplained::check,
    sign_missing::check,
    unit_mismatch::check,
    full_marks_without_actual::check,
    not_measurable::check,
    text_for_number::check,
    target_far_exceeded::check,
    loss_unexplained::check,
    spending_as_output::check,
    weight_concentrated::check,
    scores_exceed_execution::check,
    all_full_marks::check,
    guidance_left::check,
    year_missing::check,
];

/// Everything found: by the reading and by every check, in the order of the form's lines (the form as a whole last).
pub fn findings(subject: &FormSubject) -> Vec<Finding> {
    let mut findings = subject.form.findings.clone();
    CHECKS.iter().for_each(|check| check(subject, &mut findings));
    let line = |finding: &Finding| {
        let named = finding.indicator.as_deref();
        let position = named.and_then(|id| subject.scores.iter().position(|score| score.id == id));
        position.unwrap_or(subject.scores.len())
    };
    findings.sort_by_cached_key(|finding| {
        (line(finding), finding.code, finding.source.as_ref().map(|source| place_of_cell(&source.cell)))
    });
    findings.dedup();
    findings
}
