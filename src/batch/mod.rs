//! Many files: found, audited in parallel, in path order, whatever one of them does.

mod archive;
pub(crate) mod audit_file;
mod choice_of_rules;
pub mod find;
pub mod found;
pub(crate) mod limits;
mod problem_words;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;

pub use archive::Opened;
pub(crate) use audit_file::{Explained, audit_file, workbook_of};
pub use audit_file::{Setup, explain_file};
pub use find::find;
pub(crate) use found::NotWorkbook;
pub use found::{Found, Input};
pub use limits::ArchiveLimits;
pub(crate) use problem_words::reader_problem;

use crate::across;
use crate::audit::{Audit, FileIdentity, Problem, Status};
use crate::caught::caught;
use crate::checks::register::Code;
use crate::error::Error;
use crate::phrase::Phrase;
use crate::rulebook::library::Library;
use crate::self_check::{contradictions, states};

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
    across::look(&mut audits);
    checked(audits, |audit| contradictions_of(audit, setup.library))
}

/// Checks every audit. One that contradicts itself, or that the check cannot get through, costs its own line: nothing of
/// it is believed, and the others stay.
pub fn checked(audits: Vec<Audit>, check: impl Fn(&Audit) -> Vec<Phrase>) -> Vec<Audit> {
    let one = |audit: Audit| match caught(|| check(&audit)) {
        Some(told) => match told.into_iter().reduce(both) {
            None => audit,
            Some(told) => contradicting(audit, told),
        },
        None => audit_file::failed(identity_of(audit)),
    };
    audits.into_iter().map(one).collect()
}

/// The line of an input whose audit contradicts itself: a fault of this program, told with what does not fit.
fn contradicting(audit: Audit, what: Phrase) -> Audit {
    let phrase = Phrase::new("run.problem-self-check-failed").with("what", what);
    let problem = Problem { code: Code::SelfCheckFailed, phrase: phrase.with("version", env!("CARGO_PKG_VERSION")) };
    let rulebook = audit.rulebook.clone();
    Audit::unread(identity_of(audit), problem, rulebook)
}

fn both(one: Phrase, other: Phrase) -> Phrase {
    Phrase::new("contradiction.both").with("one", one).with("other", other)
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
fn contradictions_of(audit: &Audit, library: &Library) -> Vec<Phrase> {
    let rulebook = audit.rulebook.as_ref().and_then(|name| library.find(&name.id));
    let mut told = states(audit);
    match rulebook {
        Some(rulebook) => told.extend(contradictions(audit, rulebook)),
        None if audit.status == Status::Audited => told.push(Phrase::new("contradiction.rules-missing")),
        None => {}
    }
    told
}
