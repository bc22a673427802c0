//! Many files: found, audited in parallel, in path order, whatever one of them does.

pub mod archive;
pub mod audit_file;
pub mod find;
pub mod limits;
mod problem_words;
pub mod sniff;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;

pub use archive::Opened;
pub use audit_file::{Explained, Setup, audit_file, explain_file};
pub use find::{Found, Input, NotWorkbook, find};
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
/// The run was stopped, or an audit contradicts itself.
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
    settled(audited.into_iter().flatten().collect(), setup)
}

/// Looks across the audits of a run, then checks that none of them contradicts itself.
///
/// # Errors
/// The first audit that does: nothing may be written then.
pub fn settled(mut audits: Vec<Audit>, setup: &Setup) -> Result<Vec<Audit>, Error> {
    across::look(&mut audits, setup.language);
    checked(audits, setup.language, |audit| check(audit, setup.library, setup.language))
}

/// Checks every audit. One that the check cannot get through costs its own line, as a file does that no reader gets
/// through.
///
/// # Errors
/// The first audit that contradicts itself.
pub fn checked(
    audits: Vec<Audit>,
    language: Language,
    check: impl Fn(&Audit) -> Result<(), Error>,
) -> Result<Vec<Audit>, Error> {
    let one = |audit: Audit| match caught(|| check(&audit)) {
        Some(held) => held.map(|()| audit),
        None => {
            let identity = FileIdentity { file: audit.file, sha256: audit.sha256, size: audit.size };
            Ok(audit_file::failed(identity, language))
        }
    };
    audits.into_iter().map(one).collect()
}

/// Runs in a pool of that many threads; where none can be made, in the usual one.
fn with_threads<T: Send>(jobs: Option<usize>, work: impl FnOnce() -> T + Send) -> T {
    let pool = jobs.and_then(|jobs| rayon::ThreadPoolBuilder::new().num_threads(jobs).build().ok());
    match pool {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

/// Rather stop than print something untrue.
fn check(audit: &Audit, library: &Library, language: Language) -> Result<(), Error> {
    let rulebook = audit.rulebook.as_ref().and_then(|name| library.find(&name.id));
    let mut told = states(audit, language);
    match rulebook {
        Some(rulebook) => told.extend(contradictions(audit, rulebook, language)),
        None if audit.status == Status::Audited => told.push(language.word("contradiction.rules-missing")),
        None => {}
    }
    if told.is_empty() {
        return Ok(());
    }
    Err(Error::Contradiction { file: audit.file.clone(), contradictions: told })
}
