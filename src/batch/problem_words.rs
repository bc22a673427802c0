//! Why an input could not be audited, in the sentence that people read.

use crate::audit::Problem;
use crate::checks::register::Code;
use crate::phrase::{Hole, Phrase, Term};
use crate::submission::NoSubmission;
use crate::text::visible;
use crate::workbook::{
    Content, Fault, LimitName, Problem as ReaderProblem, ProblemCode, ProblemDetail, Stage as ReaderStage, Workbook,
};

use super::found::Refusal;

fn problem(code: Code, says: &'static str) -> Problem {
    Problem { code, phrase: Phrase::new(says) }
}

/// An input that could not even be looked at.
pub fn refusal_problem(refusal: &Refusal) -> Problem {
    match refusal {
        Refusal::CorruptArchive => problem(Code::CorruptFile, "run.problem-corrupt-file"),
        Refusal::RepeatedNames => problem(Code::CorruptFile, "run.problem-repeated-names"),
        Refusal::Overlapping => problem(Code::CorruptFile, "run.problem-overlapping"),
        Refusal::OtherArchive(kind) => {
            let phrase = Phrase::new("run.problem-other-archive").with("kind", *kind);
            Problem { code: Code::NotAWorkbook, phrase }
        }
        Refusal::OtherPacking(kind) => {
            let phrase = Phrase::new("run.problem-other-packing").with("kind", *kind);
            Problem { code: Code::NotAWorkbook, phrase }
        }
        Refusal::NoWorkbook => problem(Code::NotAWorkbook, "run.problem-not-a-workbook-archive"),
        Refusal::EncryptedArchive => problem(Code::PasswordProtected, "run.problem-password-protected"),
        Refusal::TooLarge(limit, allowed, actual) => {
            let size = limit.ends_with("-bytes");
            let limit = Term::word(format!("run.limit-{limit}"));
            let shown = |number: &str| if size { megabytes(number) } else { number.to_owned() };
            let (allowed, actual) = (shown(allowed), shown(actual));
            let holes: &[Hole] = &[("limit", &limit), ("allowed", &allowed), ("actual", &actual)];
            Problem { code: Code::TooLarge, phrase: Phrase::filled("run.problem-too-large-actual", holes) }
        }
        Refusal::Over(limit, allowed) => {
            let allowed = if limit.ends_with("-bytes") { megabytes(allowed) } else { allowed.clone() };
            let limit = Term::word(format!("run.limit-{limit}"));
            let phrase = Phrase::new("run.problem-too-large").with("limit", limit).with("allowed", allowed);
            Problem { code: Code::TooLarge, phrase }
        }
        Refusal::NotAFile => problem(Code::IoError, "run.problem-not-a-file"),
        Refusal::Unreadable(cause) => {
            let phrase = Phrase::new("run.problem-io-error").with("cause", cause.phrase());
            Problem { code: Code::IoError, phrase }
        }
    }
}

/// What is said where the process that read a file is gone: a second try may succeed.
pub const LOST_READER: &str = "run.problem-reader-gone";

/// A workbook that could not be read.
pub fn reader_problem(found: &ReaderProblem) -> Problem {
    Problem { code: reader_code(found.code), phrase: reader_phrase(found) }
}

fn reader_code(code: ProblemCode) -> Code {
    match code {
        ProblemCode::PasswordProtected => Code::PasswordProtected,
        ProblemCode::CorruptFile => Code::CorruptFile,
        ProblemCode::UnreadableFile => Code::UnreadableFile,
        ProblemCode::NotAWorkbook => Code::NotAWorkbook,
        ProblemCode::TooLarge => Code::TooLarge,
        ProblemCode::TimedOut => Code::TimedOut,
        ProblemCode::ReaderFailed => Code::ReaderFailed,
        ProblemCode::IoError => Code::IoError,
    }
}

fn reader_phrase(found: &ReaderProblem) -> Phrase {
    let plain = || Phrase::new(format!("run.problem-{}", found.code.as_str()));
    match &found.detail {
        ProblemDetail::Empty => Phrase::new("run.problem-corrupt-file-empty"),
        ProblemDetail::Part { part, fault: Fault::EndsEarly { read, stated } } => Phrase::new("run.problem-ends-early")
            .with("sheet", visible(part))
            .with("read", *read)
            .with("stated", *stated),
        ProblemDetail::Part { part, .. } if found.code == ProblemCode::UnreadableFile => {
            Phrase::new("run.problem-unreadable-file-part").with("part", visible(part))
        }
        ProblemDetail::Stage(ReaderStage::Gone) => Phrase::new(LOST_READER),
        ProblemDetail::Part { part, .. } => Phrase::new("run.problem-corrupt-file-part").with("part", visible(part)),
        ProblemDetail::Content(Content::OldExcel) => Phrase::new("run.problem-old-excel"),
        ProblemDetail::Content(Content::Unknown) => plain(),
        ProblemDetail::Content(content) => {
            let kind = Term::word(format!("run.content-{}", serialized(content)));
            Phrase::new("run.problem-not-a-workbook-kind").with("kind", kind)
        }
        ProblemDetail::Limit { limit: LimitName::Time, allowed } => plain().with("seconds", allowed / 1000),
        ProblemDetail::Limit { limit, allowed } => {
            let name = Term::word(format!("run.limit-{}", serialized(limit)));
            plain().with("limit", name).with("allowed", limit_words(*limit, *allowed))
        }
        ProblemDetail::None | ProblemDetail::Container | ProblemDetail::Stage(_) => {
            debug_assert!(found.code != ProblemCode::TooLarge, "a limit names itself");
            plain()
        }
    }
}

/// The name that serde gives a variant, which is the name its text has.
fn serialized(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name.to_lowercase(),
        _ => String::new(),
    }
}

/// Sizes in megabytes, everything else as the number it is.
fn limit_words(limit: LimitName, allowed: u64) -> String {
    match limit {
        LimitName::FileBytes
        | LimitName::UnpackedBytes
        | LimitName::PartBytes
        | LimitName::TextBytes
        | LimitName::QuotedBytes
        | LimitName::DirectoryBytes
        | LimitName::Memory => format!("{} MB", allowed >> 20),
        _ => allowed.to_string(),
    }
}

/// Bytes in megabytes, at one decimal and never rounded down: what is over a limit must look so.
fn megabytes(bytes: &str) -> String {
    let tenths = bytes.parse::<u64>().unwrap_or(u64::MAX).saturating_mul(10).div_ceil(1 << 20);
    if tenths % 10 == 0 { format!("{} MB", tenths / 10) } else { format!("{}.{} MB", tenths / 10, tenths % 10) }
}

/// A workbook without a form that can be audited.
pub fn collect_problem(refusal: &NoSubmission) -> Problem {
    Problem { code: refusal.code(), phrase: refusal.phrase() }
}

/// A workbook in which no form of the rulebooks in force was looked for and found.
pub fn no_form(workbook: &Workbook) -> Problem {
    let sheets: Vec<&str> = workbook.sheets.iter().map(|sheet| sheet.name.as_str()).take(10).collect();
    Problem {
        code: Code::NoScorecard,
        phrase: Phrase::new("run.problem-no-form").with("sheets", visible(&sheets.join("、"))),
    }
}
