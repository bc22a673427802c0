//! The reader that a batch uses from all its threads: bounded formats here, the others in workers that are kept, where
//! they are read twice.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::cell::Workbook;
use super::content::needs_a_worker;
use super::limits::Limits;
use super::open;
use super::problem::Problem;
use super::worker::{Worker, read_or_failed};

/// Where .xls and .xlsb are read.
#[derive(Clone, Debug)]
pub enum Isolation {
    /// In processes of their own, started from this program file, which must call [`super::worker::serve`].
    Worker(PathBuf),
    /// In this process.
    InProcess,
}

/// Reads workbooks under one set of limits. Threads share it; every thread that reads has its own worker.
#[derive(Debug)]
pub struct Reader {
    limits: Limits,
    isolation: Isolation,
    idle: Mutex<Vec<Worker>>,
}

impl Reader {
    /// A reader. It starts no worker before one is needed.
    pub fn new(limits: Limits, isolation: Isolation) -> Reader {
        Reader { limits, isolation, idle: Mutex::new(Vec::new()) }
    }

    /// The limits of every file.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Reads one workbook. `name` is its file name, which decides nothing.
    pub fn open(&self, name: &str, bytes: &[u8]) -> Result<Workbook, Problem> {
        match &self.isolation {
            Isolation::Worker(program) if self.fits(bytes) && needs_a_worker(name, bytes, &self.limits) => {
                self.isolated(program, name, bytes)
            }
            _ => read_or_failed(|| open(name, bytes, &self.limits)),
        }
    }

    fn fits(&self, bytes: &[u8]) -> bool {
        bytes.len() as u64 <= self.limits.file_bytes
    }

    /// Where no worker can be started the file is read here: the readers are bounded by themselves too.
    fn isolated(&self, program: &Path, name: &str, bytes: &[u8]) -> Result<Workbook, Problem> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let Some(worker) = idle.or_else(|| Worker::start(program).ok()) else {
            return read_or_failed(|| open(name, bytes, &self.limits));
        };
        let (worker, answer) = worker.ask(name, bytes, &self.limits);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).extend(worker);
        answer
    }
}
