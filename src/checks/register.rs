//! The register of finding codes: every code that any output can carry, with its usual severity.
//!
//! The sentences that explain a code to people stand in `text/*/finding.toml` under the code's name.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Said for completeness.
    Info,
    /// A person should look.
    Warning,
    /// Something claimed is contradicted.
    Error,
}

/// What a code is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// A claimed score against its range.
    Score,
    /// The card itself.
    Card,
    /// Facts and their cells.
    Fact,
    /// The completion table.
    Table,
    /// Running text.
    Narrative,
    /// A declared form.
    Form,
    /// Why a file could not be audited.
    File,
    /// What only the whole batch shows.
    Batch,
}

/// Makes the type of codes of one line for each: variant, name in outputs, usual severity, area.
macro_rules! codes {
    ($($code:ident = $id:literal, $severity:ident, $area:ident;)+) => {
        /// A finding code. The order is that of the specification, by area; reports follow it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!("`", $id, "`")] $code,)+
        }

        impl Code {
            /// Every code, in the order of the specification.
            pub const ALL: &[Code] = &[$(Code::$code),+];

            /// Its name in outputs.
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$code => $id,)+ }
            }

            /// Its severity, unless the case decides (scores).
            pub const fn severity(self) -> Severity {
                match self { $(Code::$code => Severity::$severity,)+ }
            }

            /// What it is about.
            pub const fn area(self) -> Area {
                match self { $(Code::$code => Area::$area,)+ }
            }
        }
    };
}

codes! {
    OverstatedScore = "overstated-score", Error, Score;
    UnderstatedScore = "understated-score", Error, Score;
    UnverifiableScore = "unverifiable-score", Info, Score;
    ReadingDependentScore = "reading-dependent-score", Warning, Score;
    ScoreAbovePoints = "score-above-points", Error, Score;
    NegativeScore = "negative-score", Error, Score;
    ScoreMissing = "score-missing", Error, Score;
    ScoreNotANumber = "score-not-a-number", Error, Score;
    ScoreConflict = "score-conflict", Warning, Score;
    RulebookMisfit = "rulebook-misfit", Warning, Card;
    PointsAltered = "points-altered", Error, Card;
    IndicatorMissing = "indicator-missing", Error, Card;
    IndicatorUnknown = "indicator-unknown", Info, Card;
    IndicatorRenamed = "indicator-renamed", Info, Card;
    IndicatorDuplicated = "indicator-duplicated", Info, Card;
    SectionTotalMismatch = "section-total-mismatch", Error, Card;
    SisterForm = "sister-form", Info, Card;
    TotalMismatch = "total-mismatch", Error, Card;
    GradeMismatch = "grade-mismatch", Error, Card;
    GradeOverstated = "grade-overstated", Error, Card;
    FactMissing = "fact-missing", Info, Fact;
    FactConflict = "fact-conflict", Warning, Fact;
    FactUnreadable = "fact-unreadable", Warning, Fact;
    FactDoubtful = "fact-doubtful", Info, Fact;
    ReviewerReading = "reviewer-reading", Info, Fact;
    UnitAmbiguous = "unit-ambiguous", Warning, Fact;
    UnitAssumed = "unit-assumed", Info, Fact;
    FactOutOfRange = "fact-out-of-range", Warning, Fact;
    ZeroDenominator = "zero-denominator", Info, Fact;
    NotApplicable = "not-applicable", Info, Fact;
    EvidenceMissing = "evidence-missing", Info, Fact;
    FormulaWithoutValue = "formula-without-value", Warning, Fact;
    FormulaReplaced = "formula-replaced", Info, Fact;
    ErrorCell = "error-cell", Warning, Fact;
    HiddenData = "hidden-data", Warning, Fact;
    CompletionTotalMismatch = "completion-total-mismatch", Error, Table;
    FiscalOverTotal = "fiscal-over-total", Warning, Table;
    ExecutionOverBudget = "execution-over-budget", Warning, Table;
    ExecutionRateMismatch = "execution-rate-mismatch", Warning, Table;
    TargetUnmetFullMarks = "target-unmet-full-marks", Warning, Table;
    NotMeasurable = "not-measurable", Warning, Table;
    AspectsTooFew = "aspects-too-few", Warning, Table;
    YearMismatch = "year-mismatch", Warning, Narrative;
    NarrativeConflict = "narrative-conflict", Warning, Narrative;
    SignMissing = "sign-missing", Warning, Form;
    UnitMismatch = "unit-mismatch", Warning, Form;
    WeightMissing = "weight-missing", Warning, Form;
    WeightsMismatch = "weights-mismatch", Error, Form;
    FundTotalMismatch = "fund-total-mismatch", Error, Form;
    FullMarksWithoutActual = "full-marks-without-actual", Warning, Form;
    TextForNumber = "text-for-number", Warning, Form;
    TargetFarExceeded = "target-far-exceeded", Warning, Form;
    LowExecutionUnexplained = "low-execution-unexplained", Warning, Form;
    LossUnexplained = "loss-unexplained", Warning, Form;
    SpendingAsOutput = "spending-as-output", Warning, Form;
    WeightConcentrated = "weight-concentrated", Warning, Form;
    GuidanceLeft = "guidance-left", Warning, Form;
    ScoresExceedExecution = "scores-exceed-execution", Warning, Form;
    PasswordProtected = "password-protected", Error, File;
    CorruptFile = "corrupt-file", Error, File;
    UnreadableFile = "unreadable-file", Error, File;
    NotAWorkbook = "not-a-workbook", Error, File;
    TooLarge = "too-large", Error, File;
    TimedOut = "timed-out", Error, File;
    ReaderFailed = "reader-failed", Error, File;
    NoScorecard = "no-scorecard", Error, File;
    SeveralScorecards = "several-scorecards", Error, File;
    BlankTemplate = "blank-template", Error, File;
    NoEdition = "no-edition", Error, File;
    NoRulebook = "no-rulebook", Error, File;
    SelfCheckFailed = "self-check-failed", Error, File;
    IoError = "io-error", Error, File;
    DuplicateSubmission = "duplicate-submission", Warning, Batch;
    GradeUndecided = "grade-undecided", Info, Batch;
    Outlier = "outlier", Warning, Batch;
    FormsDisagree = "forms-disagree", Warning, Batch;
    SubmissionMissing = "submission-missing", Warning, Batch;
    SubmissionUnexpected = "submission-unexpected", Warning, Batch;
    LastYearConflict = "last-year-conflict", Warning, Batch;
    FigureJump = "figure-jump", Info, Batch;
    CopiedText = "copied-text", Warning, Batch;
    AllFullMarks = "all-full-marks", Warning, Batch;
    YearMissing = "year-missing", Warning, Batch;
}

impl Code {
    /// The code of that name.
    pub fn find(id: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.as_str() == id)
    }

    /// Every severity that a finding of this code can have: for scores the amount decides, for repeated rows their scores.
    pub const fn severities(self) -> &'static [Severity] {
        match (self, self.severity()) {
            (Code::OverstatedScore | Code::UnderstatedScore, _) => {
                &[Severity::Info, Severity::Warning, Severity::Error]
            }
            (Code::IndicatorDuplicated | Code::TotalMismatch | Code::FundTotalMismatch, _) => {
                &[Severity::Info, Severity::Error]
            }
            (Code::ReviewerReading | Code::SubmissionUnexpected | Code::CopiedText, _) => {
                &[Severity::Info, Severity::Warning]
            }
            (_, Severity::Info) => &[Severity::Info],
            (_, Severity::Warning) => &[Severity::Warning],
            (_, Severity::Error) => &[Severity::Error],
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
