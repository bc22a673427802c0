//! What a run keeps of an audit once its line is stored: enough to look across the batch, to order it and to sum it up.

mod kept;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::audit::{
    Audit, BandEdges, Comparable, Finding, IndicatorAudit, Origin, PointsByVerdict, Properties, RulebookName, Severity,
    Status, Verdict,
};
use crate::baseline::{Baseline, Compared};
use crate::checks::register::Code;
use crate::forms::FormKind;
use crate::named;
use crate::packed::{Pack, Packed};
use crate::passages::Prints;
use crate::settled_by::SettledBy;
use crate::sums::sum;

/// One audit in brief: about a kilobyte, whatever the workbook held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// The input, as the audit names it.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Whether it could be audited.
    pub status: Status,
    /// Why not, when it could not.
    pub problem: Option<Code>,
    /// The rules applied.
    pub rulebook: Option<RulebookName>,
    /// The department.
    pub unit: Option<String>,
    /// The report year.
    pub year: Option<i32>,
    /// The form that was audited.
    pub kind: FormKind,
    /// The number of a declared form within its workbook.
    pub form: Option<u32>,
    /// The project of a declared form.
    pub project: Option<String>,
    /// The day on which it was filled in, as it says itself.
    pub dated: Option<String>,
    /// The sum of its valid claims, in points.
    pub claims: Decimal,
    /// The total as the workbook states it, in points.
    pub total: Option<Decimal>,
    /// The grade as the workbook states it.
    pub grade: Option<String>,
    /// The most that can be granted, in points, and its grade; none where nothing was recomputed.
    pub ceiling: Option<(Decimal, String)>,
    /// The claimed points by verdict.
    pub points: Option<PointsByVerdict>,
    /// Indicators whose claim is no valid score.
    pub invalid: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// The highest severity of its findings.
    pub severity: Option<Severity>,
    /// Every indicator's claim, for a look at the whole batch.
    pub scores: Packed<Vec<BriefScore>>,
    /// The evidence that it names.
    pub evidence: BriefEvidence,
    /// How many values have only just reached their bands.
    pub band_edges: BandEdges,
    /// Whether its grade hangs on open scores; none where that cannot be told.
    pub hangs: Option<bool>,
    /// What a card and the forms of its department's projects both speak of.
    pub comparable: Packed<Vec<Comparable>>,
    /// Whether a claim is too high by more than a remark.
    pub is_overstated: bool,
    /// The audit beside those of an earlier run; none without one.
    pub compared: Option<Box<Compared>>,
    /// How many fingerprints its texts have; none where its texts were not kept, or nobody compares them.
    pub prints: Option<usize>,
    /// What the file says of who made it.
    pub properties: Properties,
}

/// What is claimed of one indicator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BriefScore {
    /// The claim; none where it is no valid number.
    pub claimed: Option<Decimal>,
    /// Points that it can earn; none where they are not known.
    pub points: Option<Decimal>,
    /// A person has to judge it.
    pub is_judged: bool,
}

/// The evidence that a submission names for its facts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BriefEvidence {
    /// Facts for which some is named.
    pub named: u32,
    /// Those for which the most frequent name stands.
    pub same: u32,
    /// That name.
    pub name: Option<String>,
}

impl Pack for BriefScore {
    fn pack(&self, into: &mut Vec<u8>) {
        self.claimed.pack(into);
        self.points.pack(into);
        self.is_judged.pack(into);
    }

    fn unpack(from: &mut &[u8]) -> Option<BriefScore> {
        Some(BriefScore { claimed: Pack::unpack(from)?, points: Pack::unpack(from)?, is_judged: Pack::unpack(from)? })
    }
}

impl BriefScore {
    fn of(indicator: &IndicatorAudit) -> BriefScore {
        BriefScore {
            claimed: indicator.claimed.filter(|_| indicator.verdict != Verdict::Invalid),
            points: indicator.points,
            is_judged: indicator.settled_by.contains(&SettledBy::Judgement),
        }
    }

    /// Whether all points are claimed.
    pub fn is_full(&self) -> bool {
        self.claimed.zip(self.points).is_some_and(|(claimed, points)| claimed >= points)
    }
}

impl BriefEvidence {
    /// Each fact counts once, with the first name that stands beside it.
    fn of(audit: &Audit) -> BriefEvidence {
        let mut names: BTreeMap<&str, &str> = BTreeMap::new();
        let own = audit.facts.iter().filter(|fact| fact.origin != Origin::Reviewer);
        for (fact, name) in own.filter_map(|fact| Some((fact.id.as_str(), fact.evidence.as_deref()?.trim()))) {
            names.entry(fact).or_insert(name);
        }
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        names.values().for_each(|name| *counts.entry(name).or_default() += 1);
        let most = counts.iter().max_by_key(|(name, count)| (**count, Reverse(**name)));
        BriefEvidence {
            named: names.len() as u32,
            same: most.map_or(0, |(_, count)| *count),
            name: most.map(|(name, _)| (*name).to_owned()),
        }
    }
}

/// Whether the grade of an audit hangs on open scores.
fn hangs(audit: &Audit) -> Option<bool> {
    let is_known = audit.recomputed.as_ref().is_some_and(|totals| totals.high.is_some());
    let is_told = is_known && audit.indicators.iter().all(|indicator| !indicator.is_open());
    is_told.then_some(audit.grade_hangs.is_some())
}

impl Brief {
    /// An audit in brief.
    pub fn of(audit: &Audit) -> Brief {
        let claimed = audit.claimed.as_ref();
        let recomputed = audit.recomputed.as_ref();
        let overstated = |code: Code, severity: Severity| code == Code::OverstatedScore && severity > Severity::Info;
        Brief {
            file: audit.file.clone(),
            sha256: audit.sha256.clone(),
            status: audit.status,
            problem: audit.problem.as_ref().map(|problem| problem.code),
            rulebook: audit.rulebook.clone(),
            unit: audit.unit.clone(),
            year: audit.year,
            kind: audit.kind,
            form: audit.form,
            project: audit.project.clone(),
            dated: audit.dated.clone(),
            claims: claims(audit),
            total: claimed.and_then(|claimed| claimed.total),
            grade: claimed.and_then(|claimed| claimed.grade.clone()),
            ceiling: recomputed.map(|totals| (totals.ceiling, totals.grade_ceiling.clone())),
            points: audit.points.clone(),
            invalid: audit.indicators.iter().filter(|one| one.verdict == Verdict::Invalid).count(),
            errors: audit.findings.iter().filter(|finding| finding.severity == Severity::Error).count(),
            severity: audit.findings.iter().map(|finding| finding.severity).max(),
            scores: audit.indicators.iter().map(BriefScore::of).collect::<Vec<BriefScore>>().into(),
            evidence: BriefEvidence::of(audit),
            band_edges: audit.band_edges,
            hangs: hangs(audit),
            comparable: Packed::new(&audit.comparable),
            is_overstated: audit.findings.iter().any(|finding| overstated(finding.code, finding.severity)),
            compared: None,
            prints: None,
            properties: audit.properties.clone(),
        }
    }

    /// The same beside the audits of an earlier run.
    pub fn beside(audit: &Audit, baseline: Option<&Baseline>) -> Brief {
        let compared = baseline.map(|baseline| Box::new(baseline.compared(audit)));
        Brief { compared, ..Brief::of(audit) }
    }

    /// The same with how many fingerprints its texts have, for who compares them.
    pub fn with_prints(self, audit: &Audit) -> Brief {
        self.with(audit.texts.as_deref().map(Prints::of_texts).as_ref())
    }

    /// The same with how many these fingerprints of its texts are.
    pub fn with(self, prints: Option<&Prints>) -> Brief {
        Brief { prints: prints.map(Prints::count), ..self }
    }

    /// Takes in what the batch adds to the audit's findings.
    pub fn add(&mut self, findings: &[Finding]) {
        self.errors += findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        self.severity = self.severity.max(findings.iter().map(|finding| finding.severity).max());
    }

    /// The department, with its project if the form is of one; a file that names no department stands for itself.
    pub fn name(&self) -> String {
        named::name(self.unit.as_deref(), &self.file, self.project.as_deref())
    }

    /// Whether points are claimed above every reading.
    pub fn has_overstated_points(&self) -> bool {
        self.points.as_ref().is_some_and(|points| points.overstated > Decimal::ZERO)
    }

    /// The order of the reports: one form after the other, each worst first by overstated points, then errors, then points in
    /// doubt; the path decides what is left.
    pub fn order(&self) -> impl Ord + use<'_> {
        let none = PointsByVerdict::default();
        let points = self.points.as_ref().unwrap_or(&none);
        let doubt = points.reading_dependent.saturating_add(points.unverifiable);
        let worst = (Reverse(points.overstated), Reverse(self.errors), Reverse(doubt));
        (self.kind, worst, self.file.as_str(), self.form)
    }
}

/// Inputs by what became of them. One that was read in part is both audited and unread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileCount {
    /// All of them.
    pub files: usize,
    /// With at least one audited card or form.
    pub audited: usize,
    /// With something that could not be read.
    pub unread: usize,
}

impl FileCount {
    /// The inputs that these audits are of.
    pub fn of(audits: &[Brief]) -> FileCount {
        FileCount::of_all(audits.iter().map(|audit| (audit.file.as_str(), audit.status)))
    }

    /// The inputs of these names, each with what became of one audit of it.
    pub fn of_all<'a>(audits: impl Iterator<Item = (&'a str, Status)> + Clone) -> FileCount {
        let count = |wanted: &dyn Fn(Status) -> bool| {
            let files = audits.clone().filter(|(_, status)| wanted(*status)).map(|(file, _)| file);
            files.collect::<BTreeSet<_>>().len()
        };
        FileCount {
            files: count(&|_| true),
            audited: count(&|status| status == Status::Audited),
            unread: count(&|status| status == Status::Unread),
        }
    }
}

/// The claimed points of some audits by verdict.
pub fn points_total<'a>(all: impl Iterator<Item = &'a PointsByVerdict>) -> PointsByVerdict {
    let all: Vec<&PointsByVerdict> = all.collect();
    let over = |part: fn(&PointsByVerdict) -> Decimal| sum(all.iter().map(|points| part(points)));
    PointsByVerdict {
        agreed: over(|points| points.agreed),
        overstated: over(|points| points.overstated),
        understated: over(|points| points.understated),
        reading_dependent: over(|points| points.reading_dependent),
        unverifiable: over(|points| points.unverifiable),
        invalid: over(|points| points.invalid),
    }
}

/// The sum of the valid claims of an audit.
pub fn claims(audit: &Audit) -> Decimal {
    let valid = audit.indicators.iter().filter(|indicator| indicator.verdict != Verdict::Invalid);
    sum(valid.filter_map(|indicator| indicator.claimed))
}
