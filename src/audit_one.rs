//! One submission against one card, the rulebook's or the one that a form's filer wrote: facts, ranges, verdicts and
//! checks put together into an [`Audit`].
//!
//! It cannot fail: what is wrong with a submission is data.

use rust_decimal::Decimal;

use crate::audit::{
    Audit, BandEdges, ClaimedTotals, DeclaredLine, FileIdentity, IndicatorAudit, Measure, Problem, Properties,
    RulebookName, Source, Status, Tool,
};
use crate::checks::{self, Code, FormSide, Subject};
use crate::comparable;
use crate::decisive;
use crate::entered::{Entries, Whose, card_with};
use crate::facts::declared::Money;
use crate::facts::open::left_open;
use crate::facts::{self, FactsFound};
use crate::judge::{self, Claimed, Judged, Line};
use crate::line_ids::{BUDGET, RowFact};
use crate::magnitude::{self, contradicted, decimal_point};
use crate::merged_claims;
use crate::quantity::{Actual, Target};
use crate::rescore::rescore;
use crate::rulebook::{Declared, Rulebook, Scorecard};
use crate::shown_value;
use crate::stages::{Stage, during};
use crate::submission::declared::{DeclaredForm, DeclaredRow};
use crate::submission::{self, Submission, reviewed_form};

/// Audits what a workbook says against a rulebook with a fixed card. A rulebook without one recognises no card in it.
pub fn audit_scorecard(rulebook: &Rulebook, submission: Submission, file: FileIdentity) -> Audit {
    audit_reviewed(rulebook, submission, file, &Entries::default())
}

/// The same with what reviewers entered in earlier audit workbooks: facts that they established, criteria that they judged,
/// readings that they chose.
pub fn audit_reviewed(rulebook: &Rulebook, submission: Submission, file: FileIdentity, entries: &Entries) -> Audit {
    let Some(card) = rulebook.card() else { return no_form(rulebook, file) };
    let mut submission = submission;
    let mut facts = facts::gather(card, &submission);
    let unit = submission.unit.as_ref().map(|unit| unit.value.clone());
    let whose = Whose {
        unit: unit.as_deref(),
        file: &file.file,
        project: None,
        form: None,
        rulebook: &rulebook.id,
        year: submission.year.as_ref().map(|year| year.value),
    };
    submission::reviewed::take(card, &whose, entries, &facts.entries, &mut submission);
    let decided = (!submission.entered.is_empty()).then(|| card_with(card, &submission.entered));
    let card = decided.as_ref().unwrap_or(card);
    if decided.is_some() {
        facts = facts::gather(card, &submission);
    }
    shown_value::heed(card, &submission, rulebook.tolerance, &mut facts);
    merged_claims::share(card, &facts.known, &mut submission);
    let scores = during(Stage::Judge, || judged(rulebook, card, &submission, &facts));
    let slipped = magnitude::heed(card, &scores, &mut facts);
    let scores = if slipped { judged(rulebook, card, &submission, &facts) } else { scores };
    let moved = decimal_point::heed(card, &scores, &[], rulebook.tolerance, &mut facts);
    let scores = if moved { judged(rulebook, card, &submission, &facts) } else { scores };
    let contradicted = contradicted::heed(card, &scores, &submission.unused, rulebook.tolerance, &mut facts);
    let scores = if contradicted { judged(rulebook, card, &submission, &facts) } else { scores };
    let subject = Unjudged { rulebook, card, submission: &submission, scores: &scores, side: None };
    subject.audit(facts, file)
}

/// Audits one form against a rulebook for declared forms. A rulebook for a card recognises no form in it.
pub fn audit_form(rulebook: &Rulebook, form: &DeclaredForm, file: FileIdentity) -> Audit {
    audit_form_reviewed(rulebook, form, file, &Entries::default())
}

/// The same with what reviewers typed over the form's figures in its working paper of an earlier audit workbook.
pub fn audit_form_reviewed(rulebook: &Rulebook, form: &DeclaredForm, file: FileIdentity, entries: &Entries) -> Audit {
    let Some(declared) = rulebook.own_rows() else { return no_form(rulebook, file) };
    let (mut card, mut submission, money) = (form.card(declared), form.submission(), Money::of(&form.funds));
    let mut facts = facts::declared::gather(declared, form, &money);
    let mut lines = lines(declared, form, &facts);
    let whose = Whose {
        unit: submission.unit.as_ref().map(|unit| unit.value.as_str()),
        file: &file.file,
        project: form.project.as_ref().map(|project| project.value.as_str()),
        form: Some(form.number),
        rulebook: &rulebook.id,
        year: submission.year.as_ref().map(|year| year.value),
    };
    if let Some(reviewed) = reviewed_form::take((declared, form), &money, &mut lines, &facts.entries, (&whose, entries))
    {
        card = card_with(&reviewed.form.card(declared), &reviewed.entered);
        facts = reviewed.facts(declared, facts.entries);
        submission.findings.extend(reviewed.findings);
        submission.entered = reviewed.entered;
    }
    merged_claims::share(&card, &facts.known, &mut submission);
    let scores = during(Stage::Judge, || judged(rulebook, &card, &submission, &facts));
    let printed = printed_as_it_stands(form, &money);
    let moved = decimal_point::heed(&card, &scores, &printed, rulebook.tolerance, &mut facts);
    let scores = if moved { judged(rulebook, &card, &submission, &facts) } else { scores };
    let joined = merged_claims::joined(form, &scores);
    let scores = if joined.is_empty() {
        scores
    } else {
        drop(scores);
        submission.join_claims(&joined);
        judged(rulebook, &card, &submission, &facts)
    };
    let side = Some(FormSide { declared, form, money: &money });
    let audit = Unjudged { rulebook, card: &card, submission: &submission, scores: &scores, side }.audit(facts, file);
    let measured = |(indicator, line)| IndicatorAudit { declared: Some(Box::new(line)), ..indicator };
    Audit {
        sheet: Some(form.sheet.clone()),
        form: Some(form.number),
        project: form.project.as_ref().map(|project| project.value.clone()),
        indicators: audit.indicators.into_iter().zip(lines).map(measured).collect(),
        ..audit
    }
}

/// The printed rate of the budget is a second witness of its amounts: a percentage that both of them give as they stand, to the
/// nearest whole one, says that no point slipped.
fn printed_as_it_stands(form: &DeclaredForm, money: &Money) -> Vec<&'static str> {
    let amounts = money.usable();
    let share = amounts.1.zip(amounts.0).and_then(|(spent, planned)| spent.checked_div(planned));
    let share = share.and_then(|share| share.checked_mul(Decimal::ONE_HUNDRED));
    let is_printed = |share: Decimal| {
        let rates = form.budget.rate.iter().flat_map(|rate| &rate.value);
        rates.into_iter().any(|rate| rate.saturating_sub(share).abs() <= Decimal::ONE)
    };
    share.filter(|share| is_printed(*share)).map(|_| BUDGET).into_iter().collect()
}

fn no_form(rulebook: &Rulebook, file: FileIdentity) -> Audit {
    Audit::unread(file, Problem::told(Code::NoScorecard), Some(RulebookName::of(rulebook)))
}

/// A submission with its scores, before it is looked at as a whole.
struct Unjudged<'a> {
    rulebook: &'a Rulebook,
    card: &'a Scorecard,
    submission: &'a Submission,
    scores: &'a [Judged<'a>],
    side: Option<FormSide<'a>>,
}

impl Unjudged<'_> {
    fn audit(self, facts: FactsFound, file: FileIdentity) -> Audit {
        let Unjudged { rulebook, card, submission, scores, side } = self;
        let lines: Vec<Line> = scores.iter().map(Judged::line).collect();
        let totals = judge::totals(rulebook, &lines);
        let examined = during(Stage::Checks, || {
            checks::examined(&Subject { rulebook, card, submission, facts: &facts, scores, totals: &totals, side })
        });
        let comparable = match side {
            Some(side) => comparable::of_form(side.declared, side.form, &facts.entries),
            None => comparable::of_card(card, &facts.entries),
        };
        Audit {
            tool: Tool::this(),
            basis: None,
            rulebook: Some(RulebookName::of(rulebook)),
            file: file.file,
            sha256: file.sha256,
            size: file.size,
            status: Status::Audited,
            problem: None,
            unit: submission.unit.as_ref().map(|unit| unit.value.clone()),
            year: submission.year.as_ref().map(|year| year.value),
            dated: submission.dated.clone(),
            kind: rulebook.form,
            sheet: None,
            form: None,
            project: None,
            claimed: Some(claimed(submission)),
            recomputed: Some(totals.recomputed),
            points: Some(totals.points),
            indicators: scores.iter().cloned().map(Judged::into_audit).collect(),
            open: left_open(&facts.known),
            facts: facts.entries,
            unused: submission.unused.clone(),
            entered: submission.entered.clone(),
            grade_hangs: decisive::of_scores(scores, &rulebook.grades),
            band_edges: band_edges(scores),
            comparable,
            texts: submission.texts.clone(),
            properties: Properties::default(),
            findings: examined.findings,
            not_run: Some(examined.not_run),
        }
    }
}

/// How the budget and every row are measured, for the working paper.
fn lines(declared: &Declared, form: &DeclaredForm, facts: &FactsFound) -> Vec<DeclaredLine> {
    let budget = DeclaredLine {
        measure: Measure::Budget,
        sign: None,
        level: None,
        stated_points: None,
        target: None,
        actual: None,
    };
    std::iter::once(budget).chain(form.rows.iter().map(|row| measured(declared, row, facts))).collect()
}

/// How a row is measured. A number that cannot be put into its target's unit is none.
fn measured(declared: &Declared, row: &DeclaredRow, facts: &FactsFound) -> DeclaredLine {
    let has_values = !facts::known::values(&facts.known, &row.fact_id(RowFact::Actual)).is_empty();
    let is_known = !row.target_in_doubt && !row.actual_in_doubt;
    let comparable = is_known && (!matches!(row.actual.value, Actual::Number(_)) || has_values);
    let (measure, sign) = match row.target.value {
        Target::Number(sign, _) if comparable => (Measure::Number, sign),
        Target::Number(sign, _) => (Measure::Judged, sign),
        Target::Span(..) if comparable => (Measure::Span, None),
        Target::Qualitative(_) => (Measure::Level, None),
        Target::Span(..) | Target::Absent => (Measure::Judged, None),
    };
    let level = declared.level_named(&row.actual.source.text).filter(|_| measure == Measure::Level);
    let written = |source: &Source| Some(source.clone()).filter(|source| !source.text.trim().is_empty());
    DeclaredLine {
        measure,
        sign,
        level: level.map(|level| level.name.clone()),
        stated_points: None,
        target: written(&row.target.source),
        actual: written(&row.actual.source),
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
        let range = during(Stage::Rescore, || rescore(card, indicator, &facts.known));
        Judged::new(indicator, Claimed::of(indicator, submission), range, rulebook.tolerance)
    };
    card.indicators.iter().map(judge).collect()
}

/// How many values have only just reached their bands, over all scores.
fn band_edges(scores: &[Judged]) -> BandEdges {
    scores
        .iter()
        .map(|score| score.range.edges)
        .fold(BandEdges::default(), |sum, one| BandEdges { of: sum.of + one.of, reached: sum.reached + one.reached })
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
