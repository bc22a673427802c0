//! The result of one audit, complete in itself: everything that any report shows is in an [`Audit`].
//!
//! No sentence stands in it, only phrases: `report::writers::line` words them in the line that is stored. The serde forms of its
//! parts are the JSON Lines contract. Decimals are strings; computed scores carry two decimals, claims and facts their
//! shortest form; absent values are null and keys are never left out.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use crate::checks::register::Severity;

use crate::checks::ran::NotRun;
use crate::checks::register::Code;
use crate::decimal_text::{amount, figure, figure_option, score, score_option};
use crate::phrase::Phrase;
use crate::quantity::Sign;
use crate::settled_by::{Lack, SettledBy};
use crate::slip::Slip;
use crate::taken::{Taken, granted_at_most, most};

pub use crate::workbook::Properties;

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

/// A text of a submission, kept so that the batch can be compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptText {
    /// The sheet's name.
    pub sheet: String,
    /// The cell, such as `B7`; of a merged area its top left.
    pub cell: String,
    /// What kind of text it is.
    pub kind: TextKind,
    /// What stands there, verbatim; of an indicator row its name, target and actual.
    pub text: String,
}

/// What kind of text it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextKind {
    /// Running text outside of tables.
    Narrative,
    /// An explanation in a table.
    Explanation,
    /// An indicator that the department set for itself.
    Kpi,
    /// A reason of a deviation or a deduction.
    Reason,
}

impl TextKind {
    /// Its name in the keys of texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            TextKind::Narrative => "narrative",
            TextKind::Explanation => "explanation",
            TextKind::Kpi => "kpi",
            TextKind::Reason => "reason",
        }
    }
}

/// What a reviewer entered in an earlier audit workbook, and what this audit used (人工).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    /// What it is: the value of a fact, the score of a criterion, or the reading of an indicator.
    pub about: EnteredAbout,
    /// The indicator; none for a fact.
    pub indicator: Option<String>,
    /// The fact or the criterion; none for a reading.
    pub item: Option<String>,
    /// What was entered: a value in the rulebook's unit, a score, or the id of a reading.
    pub value: String,
    /// The evidence that was handed in, as the reviewer wrote it.
    pub evidence: Option<String>,
    /// Who entered it, as far as the workbook says.
    pub by: Option<String>,
}

/// What a reviewer's entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnteredAbout {
    /// The value of a fact, or the evidence for it.
    Fact,
    /// The score of a criterion that somebody has to judge.
    Judged,
    /// The reading that an indicator follows.
    Reading,
}

/// What the grade of an audit hangs on, as its line has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GradeHangs {
    /// The ids of the fewest indicators whose open points decide the grade, the largest first.
    pub indicators: Vec<String>,
    /// Their open points.
    #[serde(with = "score")]
    pub at_stake: Decimal,
    /// Points by which all that can be granted is above the lowest total of its grade.
    #[serde(with = "score")]
    pub margin: Decimal,
    /// The grade if none of these points is granted, and all others are.
    pub otherwise: String,
}

/// Criteria that give points by the band of a value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BandEdges {
    /// Those whose value is known, and has a band beside it that earns less.
    pub of: u32,
    /// Those of them whose value lies within a tenth of that band's width: it has only just reached its own.
    pub reached: u32,
}

/// What a figure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ComparedAbout {
    /// The number of projects.
    Projects,
    /// The budget, in 万元.
    Budget,
    /// What was spent of it, in 万元.
    Spent,
    /// How satisfied those served are, in per cent.
    Satisfaction,
}

/// A figure that can be compared: one value, read with certainty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparable {
    /// What it is about.
    pub about: ComparedAbout,
    /// Its value.
    #[serde(with = "figure")]
    pub value: Decimal,
    /// Where it stands.
    pub source: Source,
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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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

/// What the workbook itself states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimedTotals {
    /// 综合评分 as stated, in points.
    #[serde(with = "score_option")]
    pub total: Option<Decimal>,
    /// 评分等级 as stated.
    pub grade: Option<String>,
}

/// The recomputed total as a range, and its grades.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecomputedTotals {
    /// Lowest total, in points.
    #[serde(with = "score")]
    pub low: Decimal,
    /// Highest total; none where a weight is unknown.
    #[serde(with = "score_option")]
    pub high: Option<Decimal>,
    /// Σ min(claimed, high): the most that can be granted.
    #[serde(with = "score")]
    pub ceiling: Decimal,
    /// Grade of `low`.
    pub grade_low: String,
    /// Grade of `high`.
    pub grade_high: Option<String>,
    /// Grade of `ceiling`.
    pub grade_ceiling: String,
}

/// Claimed points by verdict. All but `understated` add up to the sum of the claims.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointsByVerdict {
    /// Claimed and confirmed.
    #[serde(with = "score")]
    pub agreed: Decimal,
    /// Claimed above the highest recomputed score.
    #[serde(with = "score")]
    pub overstated: Decimal,
    /// Earned but not claimed.
    #[serde(with = "score")]
    pub understated: Decimal,
    /// Claimed under another reading than the default.
    #[serde(with = "score")]
    pub reading_dependent: Decimal,
    /// Claimed and not checkable with what was handed in.
    #[serde(with = "score")]
    pub unverifiable: Decimal,
    /// Invalid claims, counted as 0.
    #[serde(with = "score")]
    pub invalid: Decimal,
}

/// What the comparison of a claim with its range says. Exactly one per indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 一致: complete, and the claim is the default reading's score.
    Agrees,
    /// 多计: above every reading and every completion of what is missing.
    Overstated,
    /// 少计: below every reading and every completion of what is missing.
    Understated,
    /// 口径存疑: complete, within the readings, but not the default one.
    ReadingDependent,
    /// 无法复核: within the range of what is missing.
    Unverifiable,
    /// 填报无效: no number, or a negative one.
    Invalid,
}

/// One indicator of one audit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorAudit {
    /// The rulebook's id, or a declared form's row.
    pub id: String,
    /// The name that people read.
    pub name: String,
    /// Points it can earn; none where a declared form states no weight.
    #[serde(with = "figure_option")]
    pub points: Option<Decimal>,
    /// The claimed score; a negative number or none when invalid.
    #[serde(with = "figure_option")]
    pub claimed: Option<Decimal>,
    /// What each of several cells claims that have the same right to be the claim; empty where there are not several.
    #[serde(default)]
    pub claims: Vec<ClaimFound>,
    /// Lowest score over all readings and completions.
    #[serde(with = "score")]
    pub low: Decimal,
    /// Highest score over all readings and completions; none where the weight is unknown.
    #[serde(with = "score_option")]
    pub high: Option<Decimal>,
    /// The default reading's score; none while incomplete.
    #[serde(with = "score_option")]
    pub default: Option<Decimal>,
    /// The verdict.
    pub verdict: Verdict,
    /// What the verdict amounts to, in points; 0 where nothing.
    #[serde(with = "amount")]
    pub difference: Decimal,
    /// Every reading, where there is more than one.
    pub readings: Vec<ReadingRange>,
    /// What would make the range a number.
    pub settled_by: Vec<SettledBy>,
    /// The sum, step by step.
    pub working: Vec<Phrase>,
    /// Where the claim stands.
    pub source: Option<Source>,
    /// The parts of the score under the default reading.
    #[serde(default)]
    pub criteria: Vec<CriterionAudit>,
    /// How a line of a declared form is measured; none on a card.
    #[serde(default)]
    pub declared: Option<DeclaredLine>,
}

/// One of several cells that have the same right to be the claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimFound {
    /// The score; none where it is no number.
    #[serde(with = "figure_option")]
    pub value: Option<Decimal>,
    /// Where it stands.
    pub source: Source,
}

impl ClaimFound {
    /// What a cell claims.
    pub fn new(value: Option<Decimal>, source: &Source) -> ClaimFound {
        ClaimFound { value, source: source.clone() }
    }
}

impl IndicatorAudit {
    /// Whether nobody can say what is claimed: several cells say different things, or the card is another's.
    pub fn is_open(&self) -> bool {
        self.verdict == Verdict::Unverifiable && self.claimed.is_none()
    }

    /// Whether the department's card has it at all, as the rulebook does: what it never had is not asked of it.
    pub fn is_asked(&self) -> bool {
        !self.settled_by.contains(&SettledBy::Row(self.id.clone(), Lack::Claim))
    }

    /// The claim as it is counted.
    pub(crate) fn taken(&self) -> Taken {
        match self.claimed.filter(|_| self.verdict != Verdict::Invalid) {
            Some(claimed) => Taken::Score(claimed),
            None if self.is_open() => Taken::Open { most: most(self.claims.iter().map(|claim| claim.value)) },
            None => Taken::Invalid,
        }
    }

    /// What can at most be granted: the smaller of claim and highest score.
    pub fn grantable(&self) -> Decimal {
        granted_at_most(self.taken(), self.high)
    }
}

/// How a line of a declared form is measured, and what it declares besides numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclaredLine {
    /// What the score is computed from.
    pub measure: Measure,
    /// The direction of a numeric target, if one is written.
    pub sign: Option<Sign>,
    /// The level that the rulebook's words name for a qualitative target.
    pub level: Option<String>,
    /// The points that the form states, where a reviewer has established others.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "figure_option")]
    pub stated_points: Option<Decimal>,
    /// Where the target stands.
    pub target: Option<Source>,
    /// Where the actual stands.
    pub actual: Option<Source>,
}

/// What the score of a declared line is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Spent against planned.
    Budget,
    /// A number against a target.
    Number,
    /// A number against both ends of a target.
    Span,
    /// A level of attainment.
    Level,
    /// Nothing that can be computed: somebody has to judge.
    Judged,
}

/// The range of one criterion under the default reading, before the indicator's rounding (shown at two decimals).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionAudit {
    /// Its id within the indicator.
    pub id: String,
    /// Its clause in short.
    pub clause: String,
    /// Points it can earn.
    #[serde(with = "figure")]
    pub points: Decimal,
    /// Lowest, at two decimals.
    #[serde(with = "score")]
    pub low: Decimal,
    /// Highest, at two decimals.
    #[serde(with = "score")]
    pub high: Decimal,
    /// The sum.
    pub working: Phrase,
}

/// The range of one reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingRange {
    /// The reading's id.
    pub id: String,
    /// Lowest score under it.
    #[serde(with = "score")]
    pub low: Decimal,
    /// Highest score under it.
    #[serde(with = "score")]
    pub high: Decimal,
}

/// Where a value stands in the department's own file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Source {
    /// The sheet's name.
    pub sheet: String,
    /// The cell, such as `H23`; of a merged area its top left.
    pub cell: String,
    /// What stands there: text verbatim, a number as stored at 15 significant digits.
    pub text: String,
}

/// One source of one fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactAudit {
    /// The rulebook's id.
    pub id: String,
    /// The value in the rulebook's unit, or the answer.
    pub value: String,
    /// The unit; none for answers.
    pub unit: Option<String>,
    /// Which kind of table it came from.
    pub origin: Origin,
    /// Whether it enters the score.
    pub candidate: bool,
    /// Whether it was read with certainty; a verdict rests on certain values only.
    #[serde(default = "certain")]
    pub certain: bool,
    /// Why it is not certain; none for a certain value.
    #[serde(default)]
    pub why: Option<Doubt>,
    /// The named evidence (佐证材料), if any.
    pub evidence: Option<String>,
    /// Where it stands.
    pub source: Source,
}

/// A fact of which something was said that leaves it open. With the sources it is all that a score is computed from: a fact of
/// which nothing was said at all may have the answer that the rulebook presumes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenFact {
    /// The rulebook's id, or a form's.
    pub fact: String,
    /// What leaves it open.
    pub why: LeftOpen,
}

/// What leaves a fact open of which something was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOpen {
    /// It is said not to apply (不适用).
    NotApplicable,
    /// What was found is not certainly it.
    Doubtful,
    /// Its unit does not settle what it counts.
    Unsettled,
    /// Columns of equal rank say different things.
    Disputed,
    /// Nothing that was said gives a value that can be used.
    Unusable,
}

/// A cell that looked like data and was not used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unused {
    /// The sheet's name.
    pub sheet: String,
    /// The cell, such as `H23`.
    pub cell: String,
    /// The label beside it, as written.
    pub label: String,
    /// What stands there, as a source gives it.
    pub value: String,
    /// Why it was not used.
    pub why: NotUsed,
    /// The fact or the indicator that it is nearest to, by its id; none where nothing is near.
    pub nearest: Option<String>,
    /// What a reviewer said that it is; none where nobody did.
    #[serde(default)]
    pub assigned: Option<Assigned>,
}

/// What a reviewer said of a cell that was not used (人工对应).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assigned {
    /// It is the fact of that id.
    Fact(String),
    /// It is the claimed score of the indicator of that id.
    Indicator(String),
    /// It is rightly not used.
    Nothing,
    /// Words that are no fact and no indicator of the rulebook.
    Words(String),
}

/// Why a cell that looked like data was not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotUsed {
    /// The label is near a name, and differs in a word that tells.
    NearName,
    /// The label is none that the rulebook knows.
    UnknownName,
    /// It is another year's.
    OtherYear,
    /// It is of a time within the year.
    OtherPeriod,
    /// It is of a draft, or no longer holds.
    Draft,
    /// A like column stands beside it, and a word says that the other one counts.
    LikeColumn,
    /// It is another unit's, or a unit's below the department.
    OtherUnit,
    /// It is a part, and the whole stands beside it.
    Part,
    /// It stands in a hidden place, and a visible one says otherwise.
    Hidden,
    /// It says that it is not certain; a person has to confirm it.
    Doubtful,
    /// A sentence states it of somebody else, or of a part of the year or the department.
    Quoted,
}

impl NotUsed {
    /// Its name in the keys of texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            NotUsed::NearName => "near-name",
            NotUsed::UnknownName => "unknown-name",
            NotUsed::OtherYear => "other-year",
            NotUsed::OtherPeriod => "other-period",
            NotUsed::Draft => "draft",
            NotUsed::LikeColumn => "like-column",
            NotUsed::OtherUnit => "other-unit",
            NotUsed::Part => "part",
            NotUsed::Hidden => "hidden",
            NotUsed::Doubtful => "doubtful",
            NotUsed::Quoted => "quoted",
        }
    }
}

/// Values of lines stored before certainty was told were all taken for certain.
fn certain() -> bool {
    true
}

/// Why a value is not certainly the fact that it was found for (the six conditions of certainty.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Its label is near the fact's name, and not the name.
    NearName,
    /// The brackets behind its label may make it another figure.
    Remark,
    /// It is one of several parts without a total beside them.
    Part,
    /// Its place says another year, another time or another unit than the report's.
    Scope,
    /// It stands in a column of a time within the year, and nothing says whether it is that time's own or cumulated.
    Period,
    /// A cumulative figure that falls.
    Falls,
    /// A remark in its row speaks against it.
    RowRemark,
    /// Figures of one sum whose magnitudes do not fit each other.
    Magnitude,
    /// 无 in place of a count: none of them, or nothing filled in.
    NoneWord,
    /// So low a figure where people also give marks out of five or ten.
    Mark,
    /// A rate of 0 of handled cases where nothing says that there were any.
    OfNothing,
}

impl Doubt {
    /// Its name in outputs and in the keys of texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Doubt::NearName => "near-name",
            Doubt::Remark => "remark",
            Doubt::Part => "part",
            Doubt::Scope => "scope",
            Doubt::Period => "period",
            Doubt::Falls => "falls",
            Doubt::RowRemark => "row-remark",
            Doubt::Magnitude => "magnitude",
            Doubt::NoneWord => "none-word",
            Doubt::Mark => "mark",
            Doubt::OfNothing => "of-nothing",
        }
    }
}

/// Which kind of table a fact came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// 基础数据表.
    BaseData,
    /// 自评表.
    CompletionTable,
    /// Running text.
    Narrative,
    /// A declared form.
    Form,
    /// A cell that a reviewer said to be it (人工对应).
    Reviewer,
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
    pub phrase: Phrase,
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
