//! Why an input could not be audited, in the sentence that people read.

use crate::audit::Problem;
use crate::submission::NoSubmission;
use crate::text::{Language, visible};
use crate::workbook::{Content, LimitName, Problem as ReaderProblem, ProblemCode, ProblemDetail, Workbook};

use super::found::Refusal;

fn problem(code: &str, message: String) -> Problem {
    Problem { code: code.to_owned(), message }
}

/// An input that could not even be looked at.
pub fn refusal_problem(refusal: &Refusal, language: Language) -> Problem {
    match refusal {
        Refusal::CorruptArchive => problem("corrupt-file", language.word("run.problem-corrupt-file")),
        Refusal::RepeatedNames => problem("corrupt-file", language.word("run.problem-repeated-names")),
        Refusal::NoWorkbook => problem("not-a-workbook", language.word("run.problem-not-a-workbook-archive")),
        Refusal::EncryptedArchive => problem("password-protected", language.word("run.problem-password-protected")),
        Refusal::TooLarge(limit, allowed, actual) => {
            let size = limit.ends_with("-bytes");
            let limit = language.word(&format!("run.limit-{limit}"));
            let shown = |number: &str| if size { megabytes(number) } else { number.to_owned() };
            let (allowed, actual) = (shown(allowed), shown(actual));
            let holes: &[(&str, &dyn std::fmt::Display)] =
                &[("limit", &limit), ("allowed", &allowed), ("actual", &actual)];
            problem("too-large", language.say("run.problem-too-large-actual", holes))
        }
        Refusal::Over(limit, allowed) => {
            let allowed = if limit.ends_with("-bytes") { megabytes(allowed) } else { allowed.clone() };
            let limit = language.word(&format!("run.limit-{limit}"));
            problem("too-large", language.say("run.problem-too-large", &[("limit", &limit), ("allowed", &allowed)]))
        }
        Refusal::Unreadable(cause) if cause.is_empty() => problem("io-error", language.word("run.problem-not-a-file")),
        Refusal::Unreadable(cause) => {
            problem("io-error", language.say("run.problem-io-error", &[("cause", &visible(cause))]))
        }
    }
}

/// A workbook that could not be read.
pub fn reader_problem(found: &ReaderProblem, language: Language) -> Problem {
    problem(found.code.as_str(), reader_sentence(found, language))
}

fn reader_sentence(found: &ReaderProblem, language: Language) -> String {
    let plain = format!("run.problem-{}", found.code.as_str());
    match &found.detail {
        ProblemDetail::Empty => language.word("run.problem-corrupt-file-empty"),
        ProblemDetail::Part { part, .. } => language.say("run.problem-corrupt-file-part", &[("part", &visible(part))]),
        ProblemDetail::Content(Content::OldExcel) => language.word("run.problem-old-excel"),
        ProblemDetail::Content(content) => match content_words(content, language) {
            Some(kind) => language.say("run.problem-not-a-workbook-kind", &[("kind", &kind)]),
            None => language.word(&plain),
        },
        ProblemDetail::Limit { limit: LimitName::Time, allowed } => {
            language.say(&plain, &[("seconds", &(allowed / 1000))])
        }
        ProblemDetail::Limit { limit, allowed } => {
            let name = language.word(&format!("run.limit-{}", serialized(limit)));
            language.say(&plain, &[("limit", &name), ("allowed", &limit_words(*limit, *allowed))])
        }
        ProblemDetail::System(cause) => language.say(&plain, &[("cause", &visible(cause))]),
        ProblemDetail::None | ProblemDetail::Container | ProblemDetail::Stage(_) => {
            debug_assert!(found.code != ProblemCode::TooLarge, "a limit names itself");
            language.word(&plain)
        }
    }
}

/// What a file really is; none where nobody can tell.
fn content_words(content: &Content, language: Language) -> Option<String> {
    let key = format!("run.content-{}", serialized(content));
    let words = language.word(&key);
    (words != key).then_some(words)
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
pub fn collect_problem(refusal: &NoSubmission, language: Language) -> Problem {
    problem(refusal.code(), refusal.message(language))
}

/// A workbook in which no form of the rulebooks in force was looked for and found.
pub fn no_form(workbook: &Workbook, language: Language) -> Problem {
    let sheets: Vec<&str> = workbook.sheets.iter().map(|sheet| sheet.name.as_str()).take(10).collect();
    problem("no-scorecard", language.say("run.problem-no-form", &[("sheets", &visible(&sheets.join("、")))]))
}
