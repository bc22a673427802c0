//! The few things that stop a run. What is wrong with a submission is never one of them.

use std::path::{Path, PathBuf};

use crate::flaw::Flaw;
use crate::phrase::Phrase;
use crate::system::Cause;
use crate::text::{Language, visible};

/// Why nothing could be done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A path named on the command line is not there, or cannot be looked into.
    #[error("{path}: {cause}", path = path.display())]
    Unreachable {
        /// The path as given.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// A list of paths names one that does not lie in the folder that was given.
    #[error("{path} does not lie in the folder", path = path.display())]
    NotInside {
        /// The path as listed.
        path: PathBuf,
    },
    /// A path with `*` or `?` in it stands for nothing.
    #[error("nothing is called {path}", path = path.display())]
    NoMatch {
        /// The path as given.
        path: PathBuf,
    },
    /// No workbook under any of the paths.
    #[error("no workbook found")]
    NoWorkbook,
    /// A rulebook that is neither built in nor a file.
    #[error("unknown rulebook {id}")]
    UnknownRulebook {
        /// As given.
        id: String,
        /// The ids that are known.
        known: Vec<String>,
    },
    /// A rulebook with flaws.
    #[error("{file}: {count} flaws", count = flaws.len())]
    FlawedRulebook {
        /// The rulebook's file.
        file: String,
        /// All of them.
        flaws: Vec<Flaw>,
    },
    /// A vocabulary with flaws.
    #[error("{file}: {count} flaws", count = flaws.len())]
    FlawedVocabulary {
        /// Its file.
        file: String,
        /// All of them.
        flaws: Vec<Flaw>,
    },
    /// A vocabulary that is no ordinary file of UTF-8 text, or larger than any.
    #[error("{path} is no vocabulary", path = path.display())]
    NoVocabulary {
        /// Its file.
        path: PathBuf,
        /// Megabytes that a vocabulary may have.
        most: u64,
    },
    /// A notice that cannot be read, or has no text.
    #[error("{path} is no notice", path = path.display())]
    NoNotice {
        /// Its file.
        path: PathBuf,
        /// Why not.
        why: Phrase,
    },
    /// A rulebook that is no UTF-8 text.
    #[error("{path} is no UTF-8 text", path = path.display())]
    NotText {
        /// Its file.
        path: PathBuf,
    },
    /// A rulebook that is no file: a device, a pipe.
    #[error("{path} is no ordinary file", path = path.display())]
    NoRulebookFile {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A rulebook larger than any.
    #[error("{path} is larger than {most} MB", path = path.display())]
    LargeRulebook {
        /// Its file.
        path: PathBuf,
        /// Megabytes that a rulebook may have.
        most: u64,
    },
    /// Two rulebooks of one id in a folder.
    #[error("{path}: a second rulebook {id}", path = path.display())]
    RepeatedRulebook {
        /// The id.
        id: String,
        /// The later file.
        path: PathBuf,
    },
    /// Some of the outputs could not be written; the others were.
    #[error("{} outputs could not be written", failed.len())]
    PartlyWritten {
        /// Why, for each of them.
        failed: Vec<Error>,
        /// What is said of the others, in the run's language.
        said: Vec<String>,
    },
    /// Something could not be written.
    #[error("{path}: {cause}", path = path.display())]
    Unwritable {
        /// The target.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The writer of a format refused: a fault of this program.
    #[error("{path}: {cause}", path = path.display())]
    Unmakeable {
        /// The output.
        path: PathBuf,
        /// In the words of the library, for whoever mends it.
        cause: String,
    },
    /// An output exists and is none of ours.
    #[error("{path} exists and is none of ours", path = path.display())]
    WouldOverwrite {
        /// The target.
        path: PathBuf,
    },
    /// The output would land on one of the inputs.
    #[error("{path} is an input", path = path.display())]
    OutputIsInput {
        /// The target.
        path: PathBuf,
    },
    /// Options that do not go together, said in the run's language.
    #[error("{0}")]
    Usage(String),
    /// Stored audits that cannot be rendered, said in the run's language.
    #[error("{0}")]
    StoredAudit(String),
    /// What people typed into an earlier audit workbook cannot be read, said in the run's language.
    #[error("{0}")]
    Earlier(String),
    /// What the batch is to be held against cannot be read, or is none, said in the run's language.
    #[error("{0}")]
    Against(String),
    /// An audit contradicts itself: a fault of this program.
    #[error("{file}: {}", contradictions.join("; "))]
    Contradiction {
        /// The input whose audit it is.
        file: String,
        /// What does not fit.
        contradictions: Vec<String>,
    },
    /// Stopped from the keyboard.
    #[error("interrupted after {done} of {all} files")]
    Interrupted {
        /// Files audited until then.
        done: usize,
        /// All files.
        all: usize,
    },
    /// Stopped from the keyboard while the outputs were being written.
    #[error("interrupted after {} outputs", written.len())]
    InterruptedWriting {
        /// Files, and folders of files, that were written until then.
        written: Vec<PathBuf>,
    },
}

impl Error {
    /// Whether it keeps one output from being written, and no other.
    pub fn is_of_one_output(&self) -> bool {
        matches!(self, Error::Unwritable { .. } | Error::Unmakeable { .. } | Error::WouldOverwrite { .. })
    }

    /// Standard output takes nothing.
    pub fn unprintable(cause: std::io::Error) -> Error {
        Error::Unwritable { path: PathBuf::from("-"), cause }
    }

    /// The sentence for people: doing what, with which path, why.
    pub fn say(&self, language: Language) -> String {
        match self {
            Error::Unreachable { path, cause } => {
                language.say("run.error-unreachable", &[("path", &shown(path)), ("cause", &said(cause, language))])
            }
            Error::NotInside { path } => language.say("run.error-not-inside", &[("path", &shown(path))]),
            Error::NoMatch { path } => language.say("run.error-no-match", &[("path", &shown(path))]),
            Error::NoWorkbook => language.word("run.error-no-workbook"),
            Error::UnknownRulebook { id, known } => {
                language.say("run.error-unknown-rulebook", &[("id", &visible(id)), ("known", &known.join(", "))])
            }
            Error::FlawedRulebook { file, flaws } => flawed("run.error-flawed-rulebook", file, flaws, language),
            Error::FlawedVocabulary { file, flaws } => flawed("run.error-flawed-vocabulary", file, flaws, language),
            Error::NoVocabulary { path, most } => {
                language.say("run.error-no-vocabulary", &[("path", &shown(path)), ("most", most)])
            }
            Error::NoNotice { path, why } => {
                let why = visible(&language.phrase(why));
                language.say("run.error-no-notice", &[("path", &shown(path)), ("why", &why)])
            }
            Error::NotText { path } => language.say("run.error-not-text", &[("path", &shown(path))]),
            Error::NoRulebookFile { path } => language.say("run.error-no-rulebook-file", &[("path", &shown(path))]),
            Error::LargeRulebook { path, most } => {
                language.say("run.error-large-rulebook", &[("path", &shown(path)), ("most", most)])
            }
            Error::RepeatedRulebook { id, path } => {
                language.say("run.error-repeated-rulebook", &[("id", &visible(id)), ("path", &shown(path))])
            }
            Error::PartlyWritten { failed, said } => {
                let failed: Vec<String> = failed.iter().map(|error| error.say(language)).collect();
                language
                    .say("run.error-partly-written", &[("failed", &failed.join("\n")), ("written", &said.join("\n"))])
            }
            Error::Unwritable { path, cause } => {
                let place = if path.as_os_str() == "-" { language.word("run.standard-output") } else { shown(path) };
                language.say("run.error-unwritable", &[("path", &place), ("cause", &said(cause, language))])
            }
            Error::Unmakeable { path, cause } => language.say(
                "run.error-unmakeable",
                &[("path", &shown(path)), ("cause", &visible(cause)), ("version", &env!("CARGO_PKG_VERSION"))],
            ),
            Error::WouldOverwrite { path } => language.say("run.error-would-overwrite", &[("path", &shown(path))]),
            Error::OutputIsInput { path } => language.say("run.error-output-is-input", &[("path", &shown(path))]),
            Error::Usage(text) | Error::StoredAudit(text) | Error::Earlier(text) | Error::Against(text) => text.clone(),
            Error::Contradiction { file, contradictions } => contradictory(file, contradictions, language),
            Error::Interrupted { done, all } => language.say("run.error-interrupted", &[("done", done), ("all", all)]),
            Error::InterruptedWriting { written } if written.is_empty() => {
                language.word("run.error-interrupted-unwritten")
            }
            Error::InterruptedWriting { written } => {
                let written: Vec<String> = written.iter().map(|path| shown(path)).collect();
                language.say(
                    "run.error-interrupted-writing",
                    &[("written", &written.join(&language.word("finding.list-separator")))],
                )
            }
        }
    }
}

/// What does not hold of what was computed.
fn contradictory(file: &str, contradictions: &[String], language: Language) -> String {
    let what = visible(&contradictions.join(&language.word("contradiction.and")));
    let holes: [(&str, &dyn std::fmt::Display); 3] =
        [("file", &visible(file)), ("what", &what), ("version", &env!("CARGO_PKG_VERSION"))];
    language.say("run.error-contradiction", &holes)
}

/// All flaws of a file, each with its place.
fn flawed(key: &str, file: &str, flaws: &[Flaw], language: Language) -> String {
    let mut text = language.say(key, &[("file", &visible(file)), ("count", &flaws.len())]);
    for flaw in flaws {
        text.push('\n');
        text.push_str(&flaw_words(flaw, language));
    }
    text
}

/// A flaw with its place, the line itself, and what to do.
fn flaw_words(flaw: &Flaw, language: Language) -> String {
    let holes: &[(&str, &dyn std::fmt::Display)] = &[
        ("line", &flaw.line),
        ("column", &flaw.column),
        ("code", &flaw.code),
        ("what", &flaw.message(language)),
        ("excerpt", &visible(flaw.excerpt.trim_end())),
        ("help", &flaw.help(language)),
    ];
    language.say("run.flaw", holes)
}

/// What the system says, in words a clerk knows.
fn said(cause: &std::io::Error, language: Language) -> String {
    language.phrase(&Cause::of(cause).phrase())
}

/// A path as people see it: nothing in it can steer a terminal.
fn shown(path: &Path) -> String {
    visible(&path.display().to_string())
}
