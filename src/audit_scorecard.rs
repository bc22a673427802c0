//! One submission against one card: facts, ranges, verdicts and checks put together into an [`Audit`].
//!
//! It cannot fail: what is wrong with a submission is data.

use crate::audit::{Audit, ClaimedTotals, FileIdentity, Problem, RulebookName, Status, Tool};
use crate::checks::{self, Code, Subject};
use crate::facts::{self, FactsFound};
use crate::judge::{self, Claimed, Judged, Line};
use crate::rescore::rescore;
use crate::rulebook::{Form, Rulebook, Scorecard};
use crate::submission::Submission;

/// Audits what a workbook says against a rulebook with a fixed card. A rulebook without one recognises no card in it.
pub fn audit_scorecard(rulebook: &Rulebook, submission: Submission, file: FileIdentity) -> Audit {
    let Form::Scorecard(card) = &rulebook.form else {
        return Audit::unread(file, Problem::told(Code::NoScorecard), Some(RulebookName::of(rulebook)));
    };
    let facts = facts::gather(card, &submission);
    let scores = judged(rulebook, card, &submission, &facts);
    let lines: Vec<Line> = scores.iter().map(Judged::line).collect();
    let totals = judge::totals(rulebook, &lines);
    let subject = Subject { rulebook, card, submission: &submission, facts: &facts, scores: &scores, totals: &totals };
    let findings = checks::findings(&subject);
    let indicators = scores.into_iter().map(Judged::into_audit).collect();
    Audit {
        tool: Tool::this(),
        rulebook: Some(RulebookName::of(rulebook)),
        file: file.file,
        sha256: file.sha256,
        size: file.size,
        status: Status::Audited,
        problem: None,
        unit: submission.unit.as_ref().map(|unit| unit.value.clone()),
        year: submission.year.as_ref().map(|year| year.value),
        sheet: None,
        form: None,
        project: None,
        claimed: Some(claimed(&submission)),
        recomputed: Some(totals.recomputed),
        points: Some(totals.points),
        indicators,
        facts: facts.entries,
        findings,
    }
}

/// Every indicator of the card with its verdict, in card order.
pub fn judged<'a>(
    rulebook: &Rulebook,
    card: &'a Scorecard,
    submission: &'a Submission,
    facts: &FactsFound,
) -> Vec<Judged<'a>> {
    let judge = |indicator| {
        let range = rescore(card, indicator, &facts.known);
        Judged::new(indicator, Claimed::of(&indicator.id, &submission.claims), range, rulebook.tolerance)
    };
    card.indicators.iter().map(judge).collect()
}

fn claimed(submission: &Submission) -> ClaimedTotals {
    ClaimedTotals {
        total: submission.total.as_ref().map(|total| total.value),
        grade: submission.grade.as_ref().map(|grade| grade.value.clone()),
    }
}

impl RulebookName {
    /// The name of a loaded rulebook.
    pub fn of(rulebook: &Rulebook) -> RulebookName {
        RulebookName { id: rulebook.id.clone(), sha256: rulebook.sha256.clone() }
    }
}
