//! The audited submissions in the order of the reports, and what of each is disputed.

use std::collections::{BTreeMap, HashMap};

use rust_decimal::Decimal;

use crate::audit::{Audit, Finding, IndicatorAudit, Severity, Status, Verdict};
use crate::brief::{self, Brief};
use crate::checks::register::Code;
use crate::forms::FormKind;
use crate::named;
use crate::rulebook::{Declared, Rulebook, Scorecard};
use crate::text::Language;

use super::batch::Batch;
use super::names;
use super::pair_identity::pair_identity;

/// One audited submission.
pub struct Department<'a> {
    /// Its place in the order, from 1.
    pub number: usize,
    /// Its place among those of its form, from 1: what lists of one form print.
    pub place: usize,
    /// The audit.
    pub audit: &'a Audit,
    /// The rules it was audited against, when they are at hand.
    pub rulebook: Option<&'a Rulebook>,
    /// The name that people read.
    pub name: String,
    /// The sheet of its working paper.
    pub paper: String,
    /// The row of each indicator in its working paper.
    pub anchors: BTreeMap<String, u32>,
    /// The keys of its rows in 相同文字.
    pub shared: Vec<String>,
}

/// A disputed score, or a check that a person should look at.
pub struct Dispute<'a> {
    /// Index of the department.
    pub department: usize,
    /// The disputed indicator; none for a check.
    pub indicator: Option<&'a IndicatorAudit>,
    /// What was found; none only where an audit lacks the finding of its verdict.
    pub finding: Option<&'a Finding>,
}

impl Department<'_> {
    /// The form that was audited.
    pub fn kind(&self) -> FormKind {
        self.audit.kind
    }

    /// The file name of its working paper as a workbook of its own.
    pub fn file_name(&self) -> String {
        names::file_name(&self.paper)
    }

    /// Its scorecard, if the rules are at hand and are those of a card.
    pub fn scorecard(&self) -> Option<&Scorecard> {
        self.rulebook?.card()
    }

    /// The rules of the rows that it declares itself, if they are at hand and it does.
    pub fn own_rows(&self) -> Option<&Declared> {
        self.rulebook?.own_rows()
    }

    /// The facts that an indicator's score is computed from, by id; none where the rules are not at hand.
    pub fn facts_of(&self, indicator: &IndicatorAudit) -> Option<Vec<&str>> {
        if !self.kind().has_common_rows() {
            let of_line = format!("{}.", indicator.id);
            let facts = self.audit.facts.iter().map(|fact| fact.id.as_str());
            return Some(facts.filter(|fact| fact.starts_with(&of_line)).collect());
        }
        let card = self.scorecard()?;
        let rules = card.indicators.iter().find(|rules| rules.id == indicator.id)?;
        Some(card.facts_of(rules).map(|fact| fact.id.as_str()).collect())
    }

    /// The sum of its valid claims.
    pub fn claims(&self) -> Decimal {
        brief::claims(self.audit)
    }
}

impl Dispute<'_> {
    /// How much it matters.
    pub fn severity(&self) -> Severity {
        self.finding.map_or(Severity::Warning, |finding| finding.severity)
    }

    /// The amount in points, 0 where it has none.
    pub fn difference(&self) -> Decimal {
        let of_finding = || self.finding.and_then(|finding| finding.difference);
        self.indicator.map(|indicator| indicator.difference).or_else(of_finding).unwrap_or_default()
    }
}

/// The audited submissions, one form after the other, each worst first.
pub fn departments(batch: &Batch, language: Language) -> Vec<Department<'_>> {
    let audited = batch.audits.iter().filter(|audit| audit.status == Status::Audited);
    let mut audits: Vec<(Brief, &Audit)> = audited.map(|audit| (Brief::of(audit), audit)).collect();
    audits.sort_by(|(one, _), (other, _)| one.order().cmp(&other.order()));
    let digits = audits.len().to_string().len().max(2);
    let prefix = language.word("report.sheet-paper");
    let mut places: BTreeMap<FormKind, usize> = BTreeMap::new();
    let numbered = audits.into_iter().zip(1..);
    let mut keys = keys_of_pairs(batch);
    let made = numbered.map(|((brief, audit), number)| {
        let place = places.entry(brief.kind).or_default();
        *place += 1;
        let department = department(batch, audit, (number, *place), &format!("{prefix}{number:0digits$}"));
        let shared = keys.remove(&(audit.file.as_str(), audit.form)).unwrap_or_default();
        Department { shared, ..department }
    });
    made.collect()
}

/// The keys of the rows of 相同文字, by the submission that stands first in each.
fn keys_of_pairs(batch: &Batch) -> HashMap<(&str, Option<u32>), Vec<String>> {
    let mut keys: HashMap<(&str, Option<u32>), Vec<String>> = HashMap::new();
    for pair in &batch.whole.copied.pairs {
        keys.entry((&pair.own.whose.file, pair.own.whose.form)).or_default().push(pair_identity(pair));
    }
    keys
}

fn department<'a>(batch: &'a Batch, audit: &'a Audit, (number, place): (usize, usize), sheet: &str) -> Department<'a> {
    let name = department_name(audit);
    let applied = |book: &&Rulebook| {
        audit.rulebook.as_ref().is_some_and(|applied| applied.id == book.id && applied.sha256 == book.sha256)
    };
    Department {
        number,
        place,
        audit,
        rulebook: batch.rulebooks.iter().find(applied),
        paper: names::sheet_name(sheet, &name),
        name,
        anchors: BTreeMap::new(),
        shared: Vec::new(),
    }
}

/// The name that people read.
pub fn department_name(audit: &Audit) -> String {
    named::name(audit.unit.as_deref(), &audit.file, audit.project.as_deref())
}

/// The codes that say why a claim is invalid, or that name a verdict.
fn verdict_codes(verdict: Verdict) -> &'static [Code] {
    match verdict {
        Verdict::Overstated => &[Code::OverstatedScore],
        Verdict::Understated => &[Code::UnderstatedScore],
        Verdict::ReadingDependent => &[Code::ReadingDependentScore],
        Verdict::Invalid => &[
            Code::NegativeScore,
            Code::ScoreNotANumber,
            Code::IndicatorDuplicated,
            Code::IndicatorMissing,
            Code::ScoreMissing,
        ],
        Verdict::Agrees | Verdict::Unverifiable => &[],
    }
}

/// The codes that say why an indicator is disputed; none where it is not. An open claim waits for a word of a person.
fn disputing_codes(indicator: &IndicatorAudit) -> &'static [Code] {
    if indicator.claims.is_empty() { verdict_codes(indicator.verdict) } else { &[Code::ScoreConflict] }
}

/// The disputed scores of a submission, and its checks from warning up.
pub fn disputes_of(department: usize, audit: &Audit) -> Vec<Dispute<'_>> {
    let mut told = Vec::new();
    let mut disputes = Vec::new();
    for indicator in &audit.indicators {
        let codes = disputing_codes(indicator);
        if codes.is_empty() {
            continue;
        }
        let place = codes.iter().find_map(|code| {
            audit
                .findings
                .iter()
                .position(|found| found.code == *code && found.indicator.as_deref() == Some(indicator.id.as_str()))
        });
        told.extend(place);
        let finding = place.map(|place| &audit.findings[place]);
        disputes.push(Dispute { department, indicator: Some(indicator), finding });
    }
    for (place, finding) in audit.findings.iter().enumerate() {
        if finding.severity >= Severity::Warning && !told.contains(&place) {
            disputes.push(Dispute { department, indicator: None, finding: Some(finding) });
        }
    }
    disputes
}
