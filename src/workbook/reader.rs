//! The reader that a batch uses from all its threads: bounded formats here, the others in workers that are kept, where
//! they are read twice.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::allocator::give_back;
use super::cell::Workbook;
use super::content::{needs_a_worker, unpacked_size};
use super::limits::Limits;
use super::open_in_turn;
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
    heavy: Mutex<()>,
    places: Places,
}

/// A thread's turn at large files. Two large ones at once would take twice the memory and gain little time, so whoever
/// meets one waits until no other is being worked on, and keeps the turn until this is dropped.
#[derive(Debug)]
pub struct Turn<'r> {
    heavy: &'r Mutex<()>,
    held: RefCell<Option<MutexGuard<'r, ()>>>,
}

impl Turn<'_> {
    /// Waits for the turn, unless it is held already; how long it took.
    pub fn take(&self) -> Duration {
        let begun = Instant::now();
        let mut held = self.held.borrow_mut();
        if held.is_none() {
            *held = Some(self.heavy.lock().unwrap_or_else(PoisonError::into_inner));
        }
        begun.elapsed()
    }

    /// Takes the turn for a file of so many bytes, if they are many.
    pub fn take_for(&self, bytes: u64) {
        if bytes > HEAVY {
            self.take();
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if self.held.borrow().is_some() {
            give_back();
        }
    }
}

/// Bytes, unpacked, from which a file has to wait for other large ones.
const HEAVY: u64 = 8 << 20;

/// The same for a file that a worker reads: its cells are held there and here, and one byte can be many of them.
const HEAVY_IN_WORKER: usize = 256 << 10;

/// Small files that workers read at once, however many threads there are.
const WORKERS: usize = 4;

/// Room for a number of workers.
#[derive(Debug)]
struct Places {
    free: Mutex<usize>,
    freed: Condvar,
}

/// One worker's place, until this is dropped.
struct PlaceTaken<'p>(&'p Places);

impl Places {
    fn take(&self) -> PlaceTaken<'_> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free = self.freed.wait_while(free, |free| *free == 0).unwrap_or_else(PoisonError::into_inner);
        *free -= 1;
        PlaceTaken(self)
    }
}

impl Drop for PlaceTaken<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}

impl Reader {
    /// A reader. It starts no worker before one is needed.
    pub fn new(limits: Limits, isolation: Isolation) -> Reader {
        let places = Places { free: Mutex::new(WORKERS), freed: Condvar::new() };
        Reader { limits, isolation, idle: Mutex::new(Vec::new()), heavy: Mutex::new(()), places }
    }

    /// A turn that is not taken yet.
    pub fn turn(&self) -> Turn<'_> {
        Turn { heavy: &self.heavy, held: RefCell::new(None) }
    }

    /// Bytes of a file, or of what a zip container says it holds if that is more.
    pub fn unpacked_size(&self, bytes: &[u8]) -> u64 {
        unpacked_size(bytes, &self.limits)
    }

    /// Reads one workbook. `name` is its file name, which decides nothing. Where the workbook turns out to be large the
    /// turn is taken on the way.
    pub fn open(&self, name: &str, bytes: &[u8], turn: &Turn<'_>) -> Result<Workbook, Problem> {
        match &self.isolation {
            Isolation::Worker(program) if self.fits(bytes) && needs_a_worker(name, bytes, &self.limits) => {
                if bytes.len() > HEAVY_IN_WORKER {
                    turn.take();
                }
                let _place = self.places.take();
                self.isolated(program, name, bytes)
            }
            _ => read_or_failed(|| open_in_turn(name, bytes, &self.limits, Some(&|| turn.take()))),
        }
    }

    fn fits(&self, bytes: &[u8]) -> bool {
        bytes.len() as u64 <= self.limits.file_bytes
    }

    /// Where no worker can be started the file is read here: the readers are bounded by themselves too.
    fn isolated(&self, program: &Path, name: &str, bytes: &[u8]) -> Result<Workbook, Problem> {
        let limits = Limits { memory: memory_for(bytes.len(), self.limits.memory), ..self.limits.clone() };
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let Some(worker) = idle.or_else(|| Worker::start(program).ok()) else {
            return read_or_failed(|| open_in_turn(name, bytes, &limits, None));
        };
        let (worker, answer) = worker.ask(name, bytes, &limits);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).extend(worker);
        answer
    }
}

/// What a worker may take for a file of so many bytes: several times what honest ones take, and all that is allowed only
/// for a large one.
fn memory_for(bytes: usize, allowed: u64) -> u64 {
    allowed.min(allowed / 4 + 64 * bytes as u64)
}
