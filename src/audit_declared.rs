//! One declared form against its rulebook: figures, ranges, verdicts and checks put together into an [`Audit`].
//!
//! It cannot fail: what is wrong with a form is data.

use crate::audit::{
    Audit, ClaimedTotals, DeclaredLine, FileIdentity, IndicatorAudit, Measure, Problem, RulebookName, Source, Status,
    Tool,
};
use crate::checks::Code;
use crate::checks::declared::{FormSubject, findings};
use crate::facts::declared::{Money, entries};
use crate::judge::{self, Bounds, Claimed, Line};
use crate::quantity::{Actual, Target};
use crate::rulebook::{Declared, Form, Rulebook};
use crate::rules::declared_target::{RescoredRow, level_named, rescore_budget, rescore_row};
use crate::submission::Claim;
use crate::submission::declared::{DeclaredForm, DeclaredRow};

/// One line of a form with its claim and its range: the budget's, or a row of 绩效指标.
#[derive(Debug, Clone)]
pub struct JudgedRow<'a> {
    /// `budget`, `row-1` …
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The row; none for the budget.
    pub row: Option<&'a DeclaredRow>,
    /// What is claimed.
    pub claim: Claimed<'a>,
    /// What was recomputed.
    pub range: RescoredRow,
    /// What the comparison says.
    pub line: Line,
    /// How it is measured.
    pub declared: DeclaredLine,
}

/// Audits one form against a rulebook for declared forms. A rulebook for a card recognises no form in it.
pub fn audit_declared(rulebook: &Rulebook, form: &DeclaredForm, file: FileIdentity) -> Audit {
    let Form::Declared(declared) = &rulebook.form else {
        return Audit::unread(file, Problem::told(Code::NoScorecard), Some(RulebookName::of(rulebook)));
    };
    let money = Money::of(&form.funds);
    let scores = judged(rulebook, declared, form, &money);
    let lines: Vec<Line> = scores.iter().map(|score| score.line).collect();
    let totals = judge::totals(rulebook, &lines);
    let subject = FormSubject { rulebook, declared, form, money: &money, scores: &scores, totals: &totals };
    let findings = findings(&subject);
    let ranges = scores.iter().filter(|score| score.row.is_some()).map(|score| &score.range);
    let facts = entries(form, &money, ranges);
    let unit = form.implementer.as_ref().or(form.authority.as_ref());
    Audit {
        tool: Tool::this(),
        rulebook: Some(RulebookName::of(rulebook)),
        file: file.file,
        sha256: file.sha256,
        size: file.size,
        status: Status::Audited,
        problem: None,
        unit: unit.map(|unit| unit.value.clone()),
        year: form.year.as_ref().map(|year| year.value),
        sheet: Some(form.sheet.clone()),
        form: Some(form.number),
        project: form.project.as_ref().map(|project| project.value.clone()),
        claimed: Some(ClaimedTotals { total: form.total.as_ref().map(|total| total.value), grade: None }),
        recomputed: Some(totals.recomputed),
        points: Some(totals.points),
        indicators: scores.into_iter().map(JudgedRow::into_audit).collect(),
        facts,
        findings,
    }
}

/// The budget and every row with its verdict, in the form's order.
pub fn judged<'a>(
    rulebook: &Rulebook,
    declared: &'a Declared,
    form: &'a DeclaredForm,
    money: &Money,
) -> Vec<JudgedRow<'a>> {
    let weight = form.budget.weight.as_ref().map(|weight| weight.value);
    let (planned, spent) = money.usable();
    let budget = rescore_budget(weight, planned, spent);
    let of_budget = DeclaredLine { measure: Measure::Budget, sign: None, level: None, target: None, actual: None };
    let budget =
        JudgedRow::new("budget", &declared.budget_name, None, &form.budget.claim, (budget, of_budget), rulebook);
    let rows = form.rows.iter().map(|row| {
        let range = rescore_row(declared, row);
        let line = measured(declared, row, &range);
        JudgedRow::new(&row.id, &row.name, Some(row), &row.claim, (range, line), rulebook)
    });
    std::iter::once(budget).chain(rows).collect()
}

/// How a row is measured, for the working paper. A number that cannot be put into its target's unit is none.
fn measured(declared: &Declared, row: &DeclaredRow, range: &RescoredRow) -> DeclaredLine {
    let comparable = !matches!(row.actual.value, Actual::Number(_)) || !range.actuals.is_empty();
    let (measure, sign) = match row.target.value {
        Target::Number(sign, _) if comparable => (Measure::Number, sign),
        Target::Number(sign, _) => (Measure::Judged, sign),
        Target::Span(..) if comparable => (Measure::Span, None),
        Target::Qualitative(_) => (Measure::Level, None),
        Target::Span(..) | Target::Absent => (Measure::Judged, None),
    };
    let level = level_named(declared, &row.actual.source.text).filter(|_| measure == Measure::Level);
    let written = |source: &Source| Some(source.clone()).filter(|source| !source.text.trim().is_empty());
    DeclaredLine {
        measure,
        sign,
        level: level.map(|level| level.name.clone()),
        target: written(&row.target.source),
        actual: written(&row.actual.source),
    }
}

impl<'a> JudgedRow<'a> {
    fn new(
        id: &'a str,
        name: &'a str,
        row: Option<&'a DeclaredRow>,
        claim: &'a Claim,
        (range, declared): (RescoredRow, DeclaredLine),
        rulebook: &Rulebook,
    ) -> JudgedRow<'a> {
        let claim = Claimed::of(id, std::slice::from_ref(claim));
        let bounds = Bounds { points: range.points, low: range.low, high: range.high, default: range.default };
        let line = Line::new(claim.valid(), bounds, rulebook.tolerance);
        JudgedRow { id, name, row, claim, range, line, declared }
    }

    /// True when the line is claimed in full, or above.
    pub fn claimed_in_full(&self) -> bool {
        let claimed = self.claim.valid();
        claimed.zip(self.range.points).is_some_and(|(claimed, points)| claimed >= points)
    }

    fn into_audit(self) -> IndicatorAudit {
        let readings = if self.range.readings.len() > 1 { self.range.readings } else { Vec::new() };
        IndicatorAudit {
            id: self.id.to_owned(),
            name: self.name.to_owned(),
            points: self.range.points,
            claimed: self.claim.shown(),
            low: self.range.low,
            high: self.range.high,
            default: self.range.default,
            verdict: self.line.verdict,
            difference: self.line.difference,
            readings,
            settled_by: self.range.settled_by,
            working: self.range.working,
            source: self.claim.row.map(|row| row.source.clone()),
            criteria: Vec::new(),
            declared: Some(self.declared),
        }
    }
}
