//! The result of one audit, complete in itself: everything that any report shows is in an [`Audit`].
//!
//! No sentence stands in it, only phrases: `report::writers::line` words them in the line that is stored. The serde forms of its
//! parts are the JSON Lines contract. Decimals are strings; computed scores carry two decimals, claims and facts their
//! shortest form; absent values are null and keys are never left out.

mod compared;
mod entered;
mod fact;
mod indicator;
mod source;
mod totals;
mod unused;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use crate::checks::register::Severity;
pub use crate::workbook::Properties;
pub use compared::{BandEdges, Comparable, ComparedAbout, GradeHangs, KeptText, TextKind};
pub use entered::{Entered, EnteredAbout};
pub use fact::{Doubt, FactAudit, LeftOpen, OpenFact, Origin};
pub use indicator::{ClaimFound, CriterionAudit, DeclaredLine, IndicatorAudit, Measure, ReadingRange, Verdict};
pub use source::Source;
pub use totals::{ClaimedTotals, PointsByVerdict, RecomputedTotals};
pub use unused::{Assigned, NotUsed, Unused};

use crate::checks::ran::NotRun;
use crate::checks::register::Code;
use crate::forms::FormKind;
use crate::packed::Packed;
use crate::phrase::Phrase;
use crate::slip::Slip;

/// One workbook (or, for a declared form, one form) against one rulebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// The program that made it.
    pub tool: Tool,
    /// What decided how it was read, beside the program's version: SHA-256 over the rulebooks and words that were given.
    /// None: the built-in ones alone.
    pub basis: Option<String>,
    /// The rules applied; none when no form was recognised.
    pub rulebook: Option<RulebookName>,
    /// The input, relative to the path it was found under, with `/`.
    pub file: String,
    /// SHA-256 of the input's bytes.
    pub sha256: String,
    /// Size of the input in bytes.
    pub size: u64,
    /// Whether it could be audited.
    pub status: Status,
    /// Why not, when it could not.
    pub problem: Option<Problem>,
    /// The department.
    pub unit: Option<String>,
    /// The report year.
    pub year: Option<i32>,
    /// The day on which it was filled in, `2021-03-05`, as it says itself; none where it does not say, or says several.
    pub dated: Option<String>,
    /// The form that was audited.
    pub kind: FormKind,
    /// The sheet a declared form stands in.
    pub sheet: Option<String>,
    /// The number of a declared form within its workbook, from 1.
    pub form: Option<u32>,
    /// The project of a declared form.
    pub project: Option<String>,
    /// Total and grade as the workbook states them.
    pub claimed: Option<ClaimedTotals>,
    /// Total and grade as recomputed.
    pub recomputed: Option<RecomputedTotals>,
    /// The claimed points by verdict.
    pub points: Option<PointsByVerdict>,
    /// One entry for every indicator, in card order.
    pub indicators: Vec<IndicatorAudit>,
    /// One entry for every source of a fact found.
    pub facts: Vec<FactAudit>,
    /// Facts of which something was said that leaves them open, by their ids.
    pub open: Vec<OpenFact>,
    /// What looked like data and was not used, in the order of the workbook.
    pub unused: Vec<Unused>,
    /// What reviewers entered in an earlier audit workbook, as it was used here.
    pub entered: Vec<Entered>,
    /// What its grade hangs on; none where the grade is the same whatever is settled, or where that cannot be told.
    pub grade_hangs: Option<GradeHangs>,
    /// How many values have only just reached their bands.
    pub band_edges: BandEdges,
    /// What a card and the forms of its department's projects both speak of.
    pub comparable: Vec<Comparable>,
    /// Texts long enough to be compared with those of other departments, in the order of the workbook; none where they were
    /// not kept: in a line of a build that did not keep them, or where they are more than a submission has.
    pub texts: Option<Vec<KeptText>>,
    /// What the file says of who made it.
    pub properties: Properties,
    /// What an auditor should look at.
    pub findings: Vec<Finding>,
    /// Checks that could not be run, and what they would have needed; none in a line of a build that did not tell.
    pub not_run: Option<Vec<NotRun>>,
}

/// Name and version of the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    /// Always `fuhe`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// Which rules exactly were applied.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RulebookName {
    /// The rulebook's id.
    pub id: String,
    /// SHA-256 of its file.
    pub sha256: String,
}

/// Which file an audit is of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileIdentity {
    /// Relative to the path it was found under, with `/`.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
}

impl Tool {
    /// This program.
    pub fn this() -> Tool {
        Tool { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

impl Audit {
    /// The audit of an input that could not be read, or holds no form. `rulebook` is none when no form was recognised.
    pub fn unread(file: FileIdentity, problem: Problem, rulebook: Option<RulebookName>) -> Audit {
        Audit {
            tool: Tool::this(),
            basis: None,
            rulebook,
            file: file.file,
            sha256: file.sha256,
            size: file.size,
            status: Status::Unread,
            problem: Some(problem),
            unit: None,
            year: None,
            kind: FormKind::FIRST,
            sheet: None,
            form: None,
            project: None,
            claimed: None,
            recomputed: None,
            points: None,
            indicators: Vec::new(),
            facts: Vec::new(),
            open: Vec::new(),
            unused: Vec::new(),
            entered: Vec::new(),
            grade_hangs: None,
            band_edges: BandEdges::default(),
            comparable: Vec::new(),
            texts: Some(Vec::new()),
            dated: None,
            properties: Properties::default(),
            findings: Vec::new(),
            not_run: Some(Vec::new()),
        }
    }

    /// What is told of a department that handed in nothing.
    pub fn missing(unit: &str, problem: Problem) -> Audit {
        let unread = Audit::unread(FileIdentity::default(), problem, None);
        Audit { status: Status::Missing, unit: Some(unit.to_owned()), ..unread }
    }
}

/// What became of an input, or of a department that handed in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// All that the workbook holds was audited.
    Audited,
    /// It could not be read, or holds no form; `problem` says why.
    Unread,
    /// There is no input: a department of the roster handed in nothing, as `problem` says. It is in no count of files.
    Missing,
}

/// Why an input could not be audited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// A code of files.
    pub code: Code,
    /// What people are told.
    pub phrase: Phrase,
}

/// Something that an auditor should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing it is.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// The indicator it is about, if one.
    pub indicator: Option<String>,
    /// The fact it is about, if one.
    pub fact: Option<String>,
    /// What people are told.
    pub phrase: Packed<Phrase>,
    /// The claimed score, where a score is the matter.
    pub claimed: Option<Decimal>,
    /// Lowest recomputed score.
    pub low: Option<Decimal>,
    /// Highest recomputed score.
    pub high: Option<Decimal>,
    /// The amount, in points.
    pub difference: Option<Decimal>,
    /// A slip that reproduces the claimed score exactly. It never changes a verdict.
    pub explanation: Option<Slip>,
    /// Where to look.
    pub source: Option<Source>,
}
