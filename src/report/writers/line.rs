//! How an audit stands in its line of JSON: as it is, and beside each phrase its sentence in one language.
//!
//! `message` and `working` are for whoever reads the line; what is read back are `says` and `terms`, and the phrases in
//! `steps`, so that stored results can be worded in another language.

use std::borrow::Cow;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::seal::{RunPlace, Seal};
use crate::across;
use crate::audit::{
    Audit, BandEdges, ClaimFound, ClaimedTotals, Comparable, CriterionAudit, DeclaredLine, Entered, FactAudit, Finding,
    GradeHangs, IndicatorAudit, KeptText, OpenFact, PointsByVerdict, Problem, Properties, ReadingRange,
    RecomputedTotals, RulebookName, Severity, Source, Status, Tool, Unused, Verdict,
};
use crate::checks::ran::{Need, NotRun};
use crate::checks::register::Code;
use crate::decimal_text::{amount, amount_option, figure, figure_option, score, score_option};
use crate::forms::FormKind;
use crate::phrase::{Phrase, Terms};
use crate::settled_by::SettledBy;
use crate::slip::Slip;
use crate::text::Language;

/// An [`Audit`] as its line holds it. The order of the fields is the order of the keys.
#[derive(Debug, Serialize, Deserialize)]
pub struct AuditLine<'a> {
    tool: Cow<'a, Tool>,
    #[serde(default)]
    basis: Cow<'a, Option<String>>,
    rulebook: Cow<'a, Option<RulebookName>>,
    file: Cow<'a, str>,
    sha256: Cow<'a, str>,
    #[serde(default)]
    size: u64,
    status: Status,
    problem: Option<ProblemLine<'a>>,
    unit: Cow<'a, Option<String>>,
    year: Option<i32>,
    #[serde(default)]
    dated: Cow<'a, Option<String>>,
    sheet: Cow<'a, Option<String>>,
    /// What rulebooks call the form, where its number does not tell which it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<Cow<'a, str>>,
    form: Option<u32>,
    project: Cow<'a, Option<String>>,
    claimed: Cow<'a, Option<ClaimedTotals>>,
    recomputed: Cow<'a, Option<RecomputedTotals>>,
    points: Cow<'a, Option<PointsByVerdict>>,
    indicators: Vec<IndicatorLine<'a>>,
    facts: Cow<'a, [FactAudit]>,
    #[serde(default)]
    open: Cow<'a, [OpenFact]>,
    #[serde(default)]
    unused: Cow<'a, [Unused]>,
    #[serde(default)]
    entered: Cow<'a, [Entered]>,
    #[serde(default)]
    grade_hangs: Cow<'a, Option<GradeHangs>>,
    #[serde(default)]
    band_edges: BandEdges,
    #[serde(default)]
    comparable: Cow<'a, [Comparable]>,
    #[serde(default)]
    texts: Cow<'a, Option<Vec<KeptText>>>,
    #[serde(default)]
    properties: Cow<'a, Properties>,
    #[serde(default)]
    not_run: Option<Vec<NotRunLine<'a>>>,
    /// The last of the audit: what only the whole batch shows is added to them.
    findings: Vec<FindingLine<'a>>,
    /// Put behind all else when the run is complete.
    #[serde(default, skip_serializing)]
    seal: Option<Seal>,
    #[serde(default, skip_serializing)]
    run: Option<RunPlace>,
}

/// An [`IndicatorAudit`] as the line holds it.
#[derive(Debug, Serialize, Deserialize)]
struct IndicatorLine<'a> {
    id: Cow<'a, str>,
    name: Cow<'a, str>,
    #[serde(with = "figure_option")]
    points: Option<Decimal>,
    #[serde(with = "figure_option")]
    claimed: Option<Decimal>,
    #[serde(default)]
    claims: Cow<'a, [ClaimFound]>,
    #[serde(with = "score")]
    low: Decimal,
    #[serde(with = "score_option")]
    high: Option<Decimal>,
    #[serde(with = "score_option")]
    default: Option<Decimal>,
    verdict: Verdict,
    #[serde(with = "amount")]
    difference: Decimal,
    readings: Cow<'a, [ReadingRange]>,
    settled_by: Cow<'a, [SettledBy]>,
    #[serde(default)]
    working: Vec<String>,
    steps: Cow<'a, [Phrase]>,
    source: Cow<'a, Option<Source>>,
    #[serde(default)]
    criteria: Vec<CriterionLine<'a>>,
    #[serde(default)]
    declared: Cow<'a, Option<Box<DeclaredLine>>>,
}

/// A [`CriterionAudit`] as the line holds it.
#[derive(Debug, Serialize, Deserialize)]
struct CriterionLine<'a> {
    id: Cow<'a, str>,
    clause: Cow<'a, str>,
    #[serde(with = "figure")]
    points: Decimal,
    #[serde(with = "score")]
    low: Decimal,
    #[serde(with = "score")]
    high: Decimal,
    #[serde(default)]
    working: String,
    steps: Cow<'a, Phrase>,
}

#[derive(Debug, Serialize, Deserialize)]
struct ProblemLine<'a> {
    code: Cow<'a, str>,
    #[serde(default)]
    message: String,
    #[serde(default)]
    says: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "no_terms")]
    terms: Cow<'a, Terms>,
}

/// A [`Finding`] as the line holds it.
#[derive(Debug, Serialize, Deserialize)]
pub struct FindingLine<'a> {
    code: Cow<'a, str>,
    severity: Severity,
    indicator: Cow<'a, Option<String>>,
    #[serde(default)]
    fact: Cow<'a, Option<String>>,
    #[serde(default)]
    message: String,
    #[serde(with = "figure_option")]
    claimed: Option<Decimal>,
    #[serde(with = "score_option")]
    low: Option<Decimal>,
    #[serde(with = "score_option")]
    high: Option<Decimal>,
    #[serde(with = "amount_option")]
    difference: Option<Decimal>,
    explanation: Cow<'a, Option<Slip>>,
    source: Cow<'a, Option<Source>>,
    #[serde(default)]
    says: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "no_terms")]
    terms: Cow<'a, Terms>,
}

/// A [`NotRun`] as the line holds it.
#[derive(Debug, Serialize, Deserialize)]
struct NotRunLine<'a> {
    code: Cow<'a, str>,
    needs: Need,
}

/// Why a line that has all its keys is no audit of this program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotOurs {
    /// A code that the register does not know.
    #[error("{0}: no code of a finding")]
    UnknownCode(String),
    /// A code of a problem that the register does not know.
    #[error("{0}: no code of an unread file")]
    UnknownProblem(String),
    /// A form that the table of forms does not know.
    #[error("{0}: no form")]
    UnknownForm(String),
    /// A sentence without its key and terms: an earlier build wrote it, and it cannot be worded again.
    #[error("{0}: without `says`, as earlier builds wrote it")]
    OnlyWorded(String),
}

/// What a line has to say of which form it is of.
fn word_for(audit: &Audit) -> Option<Cow<'static, str>> {
    let is_told = audit.kind == FormKind::of_line(audit.form);
    (!is_told).then(|| Cow::Borrowed(audit.kind.row().word))
}

/// The form that a line is of.
fn kind(word: Option<Cow<str>>, number: Option<u32>) -> Result<FormKind, NotOurs> {
    let Some(word) = word else { return Ok(FormKind::of_line(number)) };
    FormKind::named(&word).ok_or_else(|| NotOurs::UnknownForm(word.into_owned()))
}

/// A phrase in words; nothing where none are wanted.
fn sentence(phrase: &Phrase, language: Option<Language>) -> String {
    language.map(|language| language.phrase(phrase)).unwrap_or_default()
}

fn no_terms(terms: &Terms) -> bool {
    terms.is_empty()
}

impl<'a> AuditLine<'a> {
    /// The line of an audit, with its sentences in that language.
    pub fn of(audit: &'a Audit, language: Language) -> AuditLine<'a> {
        AuditLine::worded(audit, Some(language), |_| true)
    }

    /// What a seal is put on: the audit by itself, without sentences, the terms of its phrases in one order.
    pub fn sealed(audit: &'a Audit) -> AuditLine<'a> {
        let mut line = AuditLine::worded(audit, None, |finding| !across::adds(finding.code));
        line.problem.iter_mut().for_each(|problem| problem.terms.to_mut().sort());
        line.findings.iter_mut().for_each(|finding| finding.terms.to_mut().sort());
        for indicator in &mut line.indicators {
            indicator.steps.to_mut().iter_mut().for_each(Phrase::sort);
            indicator.criteria.iter_mut().for_each(|criterion| criterion.steps.to_mut().sort());
        }
        line
    }

    fn worded(audit: &'a Audit, language: Option<Language>, is_told: impl Fn(&Finding) -> bool) -> AuditLine<'a> {
        let findings = audit.findings.iter().filter(|finding| is_told(finding));
        AuditLine {
            tool: Cow::Borrowed(&audit.tool),
            basis: Cow::Borrowed(&audit.basis),
            rulebook: Cow::Borrowed(&audit.rulebook),
            file: Cow::Borrowed(&audit.file),
            sha256: Cow::Borrowed(&audit.sha256),
            size: audit.size,
            status: audit.status,
            problem: audit.problem.as_ref().map(|problem| ProblemLine::of(problem, language)),
            unit: Cow::Borrowed(&audit.unit),
            year: audit.year,
            dated: Cow::Borrowed(&audit.dated),
            sheet: Cow::Borrowed(&audit.sheet),
            kind: word_for(audit),
            form: audit.form,
            project: Cow::Borrowed(&audit.project),
            claimed: Cow::Borrowed(&audit.claimed),
            recomputed: Cow::Borrowed(&audit.recomputed),
            points: Cow::Borrowed(&audit.points),
            indicators: audit.indicators.iter().map(|indicator| IndicatorLine::of(indicator, language)).collect(),
            facts: Cow::Borrowed(&audit.facts),
            open: Cow::Borrowed(&audit.open),
            unused: Cow::Borrowed(&audit.unused),
            entered: Cow::Borrowed(&audit.entered),
            grade_hangs: Cow::Borrowed(&audit.grade_hangs),
            band_edges: audit.band_edges,
            comparable: Cow::Borrowed(&audit.comparable),
            texts: Cow::Borrowed(&audit.texts),
            properties: Cow::Borrowed(&audit.properties),
            findings: findings.map(|finding| FindingLine::worded(finding, language)).collect(),
            not_run: audit.not_run.as_ref().map(|not_run| not_run.iter().map(NotRunLine::of).collect()),
            seal: None,
            run: None,
        }
    }

    /// What the line says of itself: its seal, and where it stands in its run.
    pub fn told_of_itself(&mut self) -> (Option<Seal>, Option<RunPlace>) {
        (self.seal.take(), self.run.take())
    }

    /// The file that was audited.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The audit that the line holds.
    ///
    /// # Errors
    /// A code that is none, or a sentence that cannot be worded again.
    pub fn into_audit(self) -> Result<Audit, NotOurs> {
        Ok(Audit {
            tool: self.tool.into_owned(),
            basis: self.basis.into_owned(),
            rulebook: self.rulebook.into_owned(),
            file: self.file.into_owned(),
            sha256: self.sha256.into_owned(),
            size: self.size,
            status: self.status,
            problem: self.problem.map(ProblemLine::into_problem).transpose()?,
            unit: self.unit.into_owned(),
            year: self.year,
            dated: self.dated.into_owned(),
            sheet: self.sheet.into_owned(),
            kind: kind(self.kind, self.form)?,
            form: self.form,
            project: self.project.into_owned(),
            claimed: self.claimed.into_owned(),
            recomputed: self.recomputed.into_owned(),
            points: self.points.into_owned(),
            indicators: self.indicators.into_iter().map(IndicatorLine::into_indicator).collect(),
            facts: self.facts.into_owned(),
            open: self.open.into_owned(),
            unused: self.unused.into_owned(),
            entered: self.entered.into_owned(),
            grade_hangs: self.grade_hangs.into_owned(),
            band_edges: self.band_edges,
            comparable: self.comparable.into_owned(),
            texts: self.texts.into_owned(),
            properties: self.properties.into_owned(),
            findings: self.findings.into_iter().map(FindingLine::into_finding).collect::<Result<_, _>>()?,
            not_run: match self.not_run {
                Some(not_run) => Some(not_run.into_iter().map(NotRunLine::into_not_run).collect::<Result<_, _>>()?),
                None => None,
            },
        })
    }
}

impl<'a> IndicatorLine<'a> {
    fn of(indicator: &'a IndicatorAudit, language: Option<Language>) -> IndicatorLine<'a> {
        let steps = indicator.working.open();
        IndicatorLine {
            id: Cow::Borrowed(&indicator.id),
            name: Cow::Borrowed(&indicator.name),
            points: indicator.points,
            claimed: indicator.claimed,
            claims: Cow::Borrowed(&indicator.claims),
            low: indicator.low,
            high: indicator.high,
            default: indicator.default,
            verdict: indicator.verdict,
            difference: indicator.difference,
            readings: Cow::Borrowed(&indicator.readings),
            settled_by: Cow::Borrowed(&indicator.settled_by),
            working: language
                .map_or_else(Vec::new, |language| steps.iter().map(|step| language.phrase(step)).collect()),
            steps: Cow::Owned(steps),
            source: Cow::Borrowed(&indicator.source),
            criteria: indicator.criteria.iter().map(|criterion| CriterionLine::of(criterion, language)).collect(),
            declared: Cow::Borrowed(&indicator.declared),
        }
    }

    fn into_indicator(self) -> IndicatorAudit {
        IndicatorAudit {
            id: self.id.into_owned(),
            name: self.name.into_owned(),
            points: self.points,
            claimed: self.claimed,
            claims: self.claims.into_owned(),
            low: self.low,
            high: self.high,
            default: self.default,
            verdict: self.verdict,
            difference: self.difference,
            readings: self.readings.into_owned(),
            settled_by: self.settled_by.into_owned(),
            working: self.steps.into_owned().into(),
            source: self.source.into_owned(),
            criteria: self.criteria.into_iter().map(CriterionLine::into_criterion).collect(),
            declared: self.declared.into_owned(),
        }
    }
}

impl<'a> CriterionLine<'a> {
    fn of(criterion: &'a CriterionAudit, language: Option<Language>) -> CriterionLine<'a> {
        let step = criterion.working.open();
        CriterionLine {
            id: Cow::Borrowed(&criterion.id),
            clause: Cow::Borrowed(&criterion.clause),
            points: criterion.points,
            low: criterion.low,
            high: criterion.high,
            working: sentence(&step, language),
            steps: Cow::Owned(step),
        }
    }

    fn into_criterion(self) -> CriterionAudit {
        CriterionAudit {
            id: self.id.into_owned(),
            clause: self.clause.into_owned(),
            points: self.points,
            low: self.low,
            high: self.high,
            working: self.steps.into_owned().into(),
        }
    }
}

impl<'a> ProblemLine<'a> {
    fn of(problem: &'a Problem, language: Option<Language>) -> ProblemLine<'a> {
        ProblemLine {
            code: Cow::Borrowed(problem.code.as_str()),
            message: sentence(&problem.phrase, language),
            says: Some(Cow::Borrowed(&problem.phrase.says)),
            terms: Cow::Borrowed(&problem.phrase.terms),
        }
    }

    fn into_problem(self) -> Result<Problem, NotOurs> {
        let code = Code::find(&self.code).ok_or_else(|| NotOurs::UnknownProblem(self.code.clone().into_owned()))?;
        Ok(Problem { code, phrase: phrase(&self.code, self.says, self.terms)? })
    }
}

impl<'a> FindingLine<'a> {
    /// A finding with its sentence in that language.
    pub fn of(finding: &'a Finding, language: Language) -> FindingLine<'a> {
        FindingLine::worded(finding, Some(language))
    }

    fn worded(finding: &'a Finding, language: Option<Language>) -> FindingLine<'a> {
        let phrase = finding.phrase.open();
        FindingLine {
            code: Cow::Borrowed(finding.code.as_str()),
            severity: finding.severity,
            indicator: Cow::Borrowed(&finding.indicator),
            fact: Cow::Borrowed(&finding.fact),
            message: sentence(&phrase, language),
            claimed: finding.claimed,
            low: finding.low,
            high: finding.high,
            difference: finding.difference,
            explanation: Cow::Borrowed(&finding.explanation),
            source: Cow::Borrowed(&finding.source),
            says: Some(phrase.says),
            terms: Cow::Owned(phrase.terms),
        }
    }

    fn into_finding(self) -> Result<Finding, NotOurs> {
        let code = Code::find(&self.code).ok_or_else(|| NotOurs::UnknownCode(self.code.clone().into_owned()))?;
        Ok(Finding {
            code,
            severity: self.severity,
            indicator: self.indicator.into_owned(),
            fact: self.fact.into_owned(),
            phrase: phrase(&self.code, self.says, self.terms)?.into(),
            claimed: self.claimed,
            low: self.low,
            high: self.high,
            difference: self.difference,
            explanation: self.explanation.into_owned(),
            source: self.source.into_owned(),
        })
    }
}

impl NotRunLine<'_> {
    fn of(not_run: &NotRun) -> NotRunLine<'static> {
        NotRunLine { code: Cow::Borrowed(not_run.code.as_str()), needs: not_run.needs }
    }

    fn into_not_run(self) -> Result<NotRun, NotOurs> {
        let code = Code::find(&self.code).ok_or_else(|| NotOurs::UnknownCode(self.code.clone().into_owned()))?;
        Ok(NotRun { code, needs: self.needs })
    }
}

fn phrase(code: &str, says: Option<Cow<str>>, terms: Cow<Terms>) -> Result<Phrase, NotOurs> {
    let says = says.ok_or_else(|| NotOurs::OnlyWorded(code.to_owned()))?;
    Ok(Phrase { says: Cow::Owned(says.into_owned()), terms: terms.into_owned() })
}
