//! Many files: found, audited in parallel, in path order, whatever one of them does.

mod archive;
pub(crate) mod audit_file;
mod choice_of_rules;
pub mod find;
pub mod found;
pub(crate) mod limits;
pub mod listed;
mod problem_words;
pub mod wildcards;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;

pub use archive::Opened;
pub(crate) use audit_file::{Explained, audit_file, workbook_of};
pub use audit_file::{Setup, explain_file};
pub use find::{find, find_listed};
pub(crate) use found::NotWorkbook;
pub use found::{Found, Input};
pub use limits::ArchiveLimits;
pub(crate) use problem_words::reader_problem;

use crate::across::{self, Against};
use crate::audit::{Audit, FileIdentity, Problem, Status};
use crate::caught::caught;
use crate::checks::register::Code;
use crate::error::Error;
use crate::phrase::Phrase;
use crate::rulebook::library::Library;
use crate::self_check::{contradictions, states};
use crate::stages::{Stage, during};

/// How a run goes on, beside what it audits.
#[derive(Clone, Copy)]
pub struct Course<'a> {
    /// So many files at a time; none: one for each processor.
    pub jobs: Option<usize>,
    /// Called after each input with its name.
    pub tell: &'a (dyn Fn(&str) + Sync),
    /// Looked at before each input.
    pub stop: &'a AtomicBool,
}

/// Which try at a file it is: where the system ended the process that read it (it is short of memory, as a rule, while several
/// files are read at once), the file is read once more, alone, when all others are done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Try {
    First,
    Alone,
}

/// Audits every input, looks across the batch, held against nothing but itself, and checks every audit.
///
/// The audits come in the order of the inputs, whatever finishes first.
///
/// # Errors
/// The run was stopped.
pub fn audit_all(inputs: &[Input], setup: &Setup, course: Course) -> Result<Vec<Audit>, Error> {
    let mut audits = audit_each(inputs, setup, course, &Ok)?;
    across::look(&mut audits, &Against::default());
    Ok(audits)
}

/// Audits every input and checks every audit; what is kept of each is `kept`, in the order of the inputs. Nothing else of it
/// stays in memory.
///
/// # Errors
/// The run was stopped, or what `kept` fails with.
pub fn audit_each<T: Send>(
    inputs: &[Input],
    setup: &Setup,
    course: Course,
    kept: &(dyn Fn(Audit) -> Result<T, Error> + Sync),
) -> Result<Vec<T>, Error> {
    let Course { jobs, tell, stop } = course;
    let done = AtomicUsize::new(0);
    let interrupted = || Error::Interrupted { done: done.load(Ordering::Relaxed), all: inputs.len() };
    let one = |opened: &mut Opened, input: &Input, try_number: Try| {
        if stop.load(Ordering::Relaxed) {
            return Err(interrupted());
        }
        let audits = audit_file(input, setup, opened);
        if try_number == Try::First && audits.iter().any(audit_file::lost_its_reader) {
            return Ok(None);
        }
        let audits = audits.into_iter().map(|audit| kept(settled(audit, setup))).collect::<Result<Vec<T>, Error>>()?;
        done.fetch_add(1, Ordering::Relaxed);
        tell(&input.file);
        Ok(Some(audits))
    };
    let audited: Result<Vec<Vec<T>>, Error> = with_threads(jobs, || {
        let first = |opened: &mut Opened, input: &Input| one(opened, input, Try::First);
        let first: Vec<Option<Vec<T>>> =
            inputs.par_iter().map_init(Opened::default, first).collect::<Result<_, Error>>()?;
        let alone = |(audits, input): (Option<Vec<T>>, &Input)| match audits {
            Some(audits) => Ok(audits),
            None => one(&mut Opened::default(), input, Try::Alone).map(Option::unwrap_or_default),
        };
        first.into_iter().zip(inputs).map(alone).collect()
    });
    // Also when every file had begun: what was being read when the run was stopped may have been cut off by that.
    if stop.load(Ordering::Relaxed) {
        return Err(interrupted());
    }
    Ok(audited?.into_iter().flatten().collect())
}

/// An audit that does not contradict itself.
pub fn settled(audit: Audit, setup: &Setup) -> Audit {
    during(Stage::SelfCheck, || checked(audit, |audit| contradictions_of(audit, setup.library)))
}

/// Checks an audit. One that contradicts itself, or that the check cannot get through, costs its own line: nothing of it is
/// believed, and the others stay.
pub fn checked(audit: Audit, check: impl Fn(&Audit) -> Vec<Phrase>) -> Audit {
    match caught(|| check(&audit)) {
        Some(told) => match told.into_iter().reduce(both) {
            None => audit,
            Some(told) => contradicting(audit, told),
        },
        None => audit_file::failed(identity_of(audit)),
    }
}

/// The line of an input whose audit contradicts itself: a fault of this program, told with what does not fit.
fn contradicting(audit: Audit, what: Phrase) -> Audit {
    let phrase = Phrase::new("run.problem-self-check-failed").with("what", what);
    let problem = Problem { code: Code::SelfCheckFailed, phrase: phrase.with("version", env!("CARGO_PKG_VERSION")) };
    let rulebook = audit.rulebook.clone();
    let basis = audit.basis.clone();
    Audit { basis, ..Audit::unread(identity_of(audit), problem, rulebook) }
}

fn both(one: Phrase, other: Phrase) -> Phrase {
    Phrase::new("contradiction.both").with("one", one).with("other", other)
}

fn identity_of(audit: Audit) -> FileIdentity {
    FileIdentity { file: audit.file, sha256: audit.sha256, size: audit.size }
}

/// Runs in a pool of that many threads, of one for each processor where no number was given, of as few as the system grants:
/// at the worst, in this one alone.
pub(crate) fn with_threads<T: Send>(jobs: Option<usize>, work: impl FnOnce() -> T + Send) -> T {
    if rayon::current_thread_index().is_some() {
        return work();
    }
    // None: as many as there are processors.
    let wanted = jobs.unwrap_or(0);
    // The threads have ended when this returns: one that ends while its process does is more than some systems bear.
    std::thread::scope(|scope| {
        let start = |one: rayon::ThreadBuilder| std::thread::Builder::new().spawn_scoped(scope, || one.run()).map(drop);
        let of = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).spawn_handler(start).build().ok();
        match [wanted, 1].into_iter().find_map(of) {
            Some(pool) => pool.install(work),
            None => in_this_thread(work),
        }
    })
}

fn in_this_thread<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build() {
        Ok(pool) => {
            let done = pool.install(work);
            // This thread belongs to the pool as long as it runs.
            std::mem::forget(pool);
            done
        }
        Err(_) => work(),
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
