//! Many files: found, audited in parallel, in path order, whatever one of them does.

pub mod archive;
pub mod audit_file;
pub mod find;
pub mod found;
pub mod limits;
mod problem_words;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;

pub use archive::Opened;
pub use audit_file::{Explained, Setup, audit_file, explain_file};
pub use find::find;
pub use found::{Found, Input, NotWorkbook};
pub use limits::ArchiveLimits;
pub use problem_words::reader_problem;

use crate::across;
use crate::audit::{Audit, FileIdentity, Status};
use crate::caught::caught;
use crate::error::Error;
use crate::rulebook::library::Library;
use crate::self_check::{contradictions, states};
use crate::text::Language;

/// Audits every input, `jobs` at a time (none: one for each processor), looks across the batch and checks every audit.
///
/// The audits come in the order of the inputs, whatever finishes first. `tell` is called after each input with its
/// name; `stop` is looked at before each.
///
/// # Errors
/// The run was stopped.
pub fn audit_all(
    inputs: &[Input],
    setup: &Setup,
    jobs: Option<usize>,
    tell: &(dyn Fn(&str) + Sync),
    stop: &AtomicBool,
) -> Result<Vec<Audit>, Error> {
    let done = AtomicUsize::new(0);
    let one = |opened: &mut Opened, input: &Input| {
        if stop.load(Ordering::Relaxed) {
            return None;
        }
        let audits = audit_file(input, setup, opened);
        done.fetch_add(1, Ordering::Relaxed);
        tell(&input.file);
        Some(audits)
    };
    let audited: Option<Vec<Vec<Audit>>> =
        with_threads(jobs, || inputs.par_iter().map_init(Opened::default, one).collect());
    let interrupted = || Error::Interrupted { done: done.load(Ordering::Relaxed), all: inputs.len() };
    // Also when every file had begun: what was being read when the run was stopped may have been cut off by that.
    let audited = audited.filter(|_| !stop.load(Ordering::Relaxed)).ok_or_else(interrupted)?;
    Ok(settled(audited.into_iter().flatten().collect(), setup))
}

/// Looks across the audits of a run, then checks that none of them contradicts itself.
pub fn settled(mut audits: Vec<Audit>, setup: &Setup) -> Vec<Audit> {
    across::look(&mut audits, setup.language);
    checked(audits, setup.language, |audit| contradictions_of(audit, setup.library, setup.language))
}

/// Checks every audit. One that contradicts itself, or that the check cannot get through, costs its own line: nothing of
/// it is believed, and the others stay.
pub fn checked(audits: Vec<Audit>, language: Language, check: impl Fn(&Audit) -> Vec<String>) -> Vec<Audit> {
    let one = |audit: Audit| match caught(|| check(&audit)) {
        Some(told) if told.is_empty() => audit,
        Some(told) => contradicting(audit, &told, language),
        None => audit_file::failed(identity_of(audit), language),
    };
    audits.into_iter().map(one).collect()
}

/// The line of an input whose audit contradicts itself: a fault of this program, told with what does not fit.
fn contradicting(audit: Audit, told: &[String], language: Language) -> Audit {
    let what = told.join(&language.word("contradiction.and"));
    let message =
        language.say("run.problem-self-check-failed", &[("what", &what), ("version", &env!("CARGO_PKG_VERSION"))]);
    let rulebook = audit.rulebook.clone();
    Audit::unread(identity_of(audit), "self-check-failed", message, rulebook)
}

fn identity_of(audit: Audit) -> FileIdentity {
    FileIdentity { file: audit.file, sha256: audit.sha256, size: audit.size }
}

/// Runs in a pool of that many threads; where none can be made, in the usual one.
fn with_threads<T: Send>(jobs: Option<usize>, work: impl FnOnce() -> T + Send) -> T {
    let pool = jobs.and_then(|jobs| rayon::ThreadPoolBuilder::new().num_threads(jobs).build().ok());
    match pool {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

/// What does not fit together in an audit, in words: rather no result than something untrue.
fn contradictions_of(audit: &Audit, library: &Library, language: Language) -> Vec<String> {
    let rulebook = audit.rulebook.as_ref().and_then(|name| library.find(&name.id));
    let mut told = states(audit, language);
    match rulebook {
        Some(rulebook) => told.extend(contradictions(audit, rulebook, language)),
        None if audit.status == Status::Audited => told.push(language.word("contradiction.rules-missing")),
        None => {}
    }
    told
}
