//! The register of finding codes: every code that any output can carry, with its usual severity.
//!
//! The sentences that explain a code to people stand in `text/*/finding.toml` under the code's name.

use crate::audit::Severity::{self, Error, Info, Warning};

/// A finding code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Its name in outputs.
    pub id: &'static str,
    /// Its severity, unless the case decides (scores).
    pub severity: Severity,
    /// What it is about.
    pub area: Area,
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

impl Code {
    /// Every severity that a finding of this code can have: for scores the amount decides, for repeated rows their scores.
    pub fn severities(&self) -> &'static [Severity] {
        match (self.id, self.severity) {
            ("overstated-score" | "understated-score", _) => &[Info, Warning, Error],
            ("indicator-duplicated", _) => &[Info, Error],
            (_, Info) => &[Info],
            (_, Warning) => &[Warning],
            (_, Error) => &[Error],
        }
    }
}

const fn code(id: &'static str, severity: Severity, area: Area) -> Code {
    Code { id, severity, area }
}

/// Every code, by area, in the order of the specification.
pub const CODES: &[Code] = &[
    code("overstated-score", Error, Area::Score),
    code("understated-score", Error, Area::Score),
    code("unverifiable-score", Info, Area::Score),
    code("reading-dependent-score", Warning, Area::Score),
    code("score-above-points", Error, Area::Score),
    code("negative-score", Error, Area::Score),
    code("score-missing", Error, Area::Score),
    code("score-not-a-number", Error, Area::Score),
    code("points-altered", Error, Area::Card),
    code("indicator-missing", Error, Area::Card),
    code("indicator-unknown", Info, Area::Card),
    code("indicator-renamed", Info, Area::Card),
    code("indicator-duplicated", Info, Area::Card),
    code("section-total-mismatch", Error, Area::Card),
    code("total-mismatch", Error, Area::Card),
    code("grade-mismatch", Error, Area::Card),
    code("grade-overstated", Error, Area::Card),
    code("fact-missing", Info, Area::Fact),
    code("fact-conflict", Warning, Area::Fact),
    code("fact-unreadable", Warning, Area::Fact),
    code("unit-ambiguous", Warning, Area::Fact),
    code("unit-assumed", Info, Area::Fact),
    code("fact-out-of-range", Warning, Area::Fact),
    code("zero-denominator", Info, Area::Fact),
    code("not-applicable", Info, Area::Fact),
    code("evidence-missing", Info, Area::Fact),
    code("formula-without-value", Warning, Area::Fact),
    code("formula-replaced", Info, Area::Fact),
    code("error-cell", Warning, Area::Fact),
    code("hidden-data", Warning, Area::Fact),
    code("completion-total-mismatch", Error, Area::Table),
    code("fiscal-over-total", Warning, Area::Table),
    code("execution-over-budget", Warning, Area::Table),
    code("execution-rate-mismatch", Warning, Area::Table),
    code("target-unmet-full-marks", Warning, Area::Table),
    code("not-measurable", Warning, Area::Table),
    code("aspects-too-few", Warning, Area::Table),
    code("year-mismatch", Warning, Area::Narrative),
    code("narrative-conflict", Warning, Area::Narrative),
    code("sign-missing", Warning, Area::Form),
    code("unit-mismatch", Warning, Area::Form),
    code("weight-missing", Warning, Area::Form),
    code("weights-mismatch", Error, Area::Form),
    code("fund-total-mismatch", Error, Area::Form),
    code("full-marks-without-actual", Warning, Area::Form),
    code("text-for-number", Warning, Area::Form),
    code("target-far-exceeded", Warning, Area::Form),
    code("low-execution-unexplained", Warning, Area::Form),
    code("loss-unexplained", Warning, Area::Form),
    code("spending-as-output", Warning, Area::Form),
    code("weight-concentrated", Warning, Area::Form),
    code("guidance-left", Warning, Area::Form),
    code("scores-exceed-execution", Warning, Area::Form),
    code("password-protected", Error, Area::File),
    code("corrupt-file", Error, Area::File),
    code("not-a-workbook", Error, Area::File),
    code("too-large", Error, Area::File),
    code("timed-out", Error, Area::File),
    code("reader-failed", Error, Area::File),
    code("no-scorecard", Error, Area::File),
    code("several-scorecards", Error, Area::File),
    code("blank-template", Error, Area::File),
    code("no-edition", Error, Area::File),
    code("self-check-failed", Error, Area::File),
    code("io-error", Error, Area::File),
    code("duplicate-submission", Warning, Area::Batch),
    code("copied-text", Warning, Area::Batch),
    code("all-full-marks", Warning, Area::Batch),
    code("submission-missing", Warning, Area::Batch),
    code("year-missing", Warning, Area::Batch),
];

/// The code of that name.
pub fn find(id: &str) -> Option<&'static Code> {
    CODES.iter().find(|code| code.id == id)
}
