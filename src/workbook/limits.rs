//! How much of a stranger's file is read before it is refused, and the meter that counts it.

use std::cell::Cell;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::cell::Value;
use super::problem::{LimitName, Problem};

/// The limits of one file. The defaults let every real form pass: a workbook of 100 MB is mostly photographs, which are never unpacked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of the file itself.
    pub file_bytes: u64,
    /// Bytes of all parts that are read, unpacked. A part that is read twice counts twice.
    pub unpacked_bytes: u64,
    /// Bytes of one part, unpacked.
    pub part_bytes: u64,
    /// Unpacked bytes per packed byte of one part, once it is larger than a megabyte.
    pub ratio: u64,
    /// Entries of the container.
    pub parts: u64,
    /// Worksheets.
    pub sheets: u64,
    /// Cells that hold something, in all sheets together; shared texts, and spans of hidden rows and columns, are counted
    /// against the same number, each kind on its own.
    pub cells: u64,
    /// Merged areas, in all sheets together.
    pub merges: u64,
    /// Characters of one cell.
    pub text_chars: u64,
    /// Bytes of text of all cells together, each use of a shared text counted.
    pub text_bytes: u64,
    /// Elements inside elements.
    pub xml_depth: u64,
    /// Bytes that the process reading an .xls or .xlsb may hold at once.
    pub memory: u64,
    /// Time for one file.
    pub time: Duration,
}

const MEGABYTE: u64 = 1 << 20;

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            file_bytes: 128 * MEGABYTE,
            unpacked_bytes: 1024 * MEGABYTE,
            part_bytes: 256 * MEGABYTE,
            ratio: 600,
            parts: 50_000,
            sheets: 1_000,
            cells: 1_000_000,
            merges: 20_000,
            text_chars: 100_000,
            text_bytes: 64 * MEGABYTE,
            xml_depth: 500,
            memory: 224 * MEGABYTE,
            time: Duration::from_secs(8),
        }
    }
}

/// So many cells or records are read between two looks at the clock: a look costs as much as some of them, and so many are read within
/// a few milliseconds.
pub const BETWEEN_LOOKS: u64 = 4096;

/// Cells, and bytes of text, from which a workbook has to wait for other large ones.
const HEAVY_CELLS: u64 = 30_000;
const HEAVY_TEXT: u64 = 4 << 20;

/// Waits until no other large workbook is being worked on; how long it took.
pub(crate) type Wait<'w> = &'w (dyn Fn() -> Duration + 'w);

/// Counts what one file has cost so far.
pub(crate) struct Meter<'l> {
    pub limits: &'l Limits,
    wait: Option<Wait<'l>>,
    end: Cell<Option<Instant>>,
    unpacked: Cell<u64>,
    cells: Cell<u64>,
    merges: Cell<u64>,
    spans: Cell<u64>,
    text: Cell<u64>,
    /// Why a byte source stopped: an `io::Error` cannot carry it through the XML library.
    tripped: Cell<Option<Problem>>,
}

impl<'l> Meter<'l> {
    pub fn start(limits: &'l Limits) -> Meter<'l> {
        Meter::in_turn(limits, None)
    }

    /// A meter that takes the turn once there is much to hold; waiting for it is no time of the file's.
    pub fn in_turn(limits: &'l Limits, wait: Option<Wait<'l>>) -> Meter<'l> {
        let zero = || Cell::new(0);
        let end = Instant::now().checked_add(limits.time);
        Meter {
            limits,
            wait,
            end: Cell::new(end),
            unpacked: zero(),
            cells: zero(),
            merges: zero(),
            spans: zero(),
            text: zero(),
            tripped: Cell::new(None),
        }
    }

    /// Fails once the time is used up.
    pub fn clock(&self) -> Result<(), Problem> {
        match self.end.get() {
            Some(end) if Instant::now() > end => Err(Problem::timed_out(self.limits.time)),
            _ => Ok(()),
        }
    }

    /// Counts bytes of a part as they are unpacked.
    pub fn unpack(&self, bytes: u64) -> Result<(), Problem> {
        count(&self.unpacked, bytes, self.limits.unpacked_bytes, LimitName::UnpackedBytes)
    }

    /// Counts a cell that holds something, and looks at the clock now and then.
    pub fn cell(&self, value: &Value) -> Result<(), Problem> {
        if self.cells.get().is_multiple_of(BETWEEN_LOOKS) {
            self.clock()?;
        }
        if self.cells.get() == HEAVY_CELLS {
            self.wait();
        }
        if let Value::Text(text) | Value::Error(text) | Value::Unrepresentable(text) = value {
            self.text(text)?;
        }
        count(&self.cells, 1, self.limits.cells, LimitName::Cells)
    }

    /// Counts a merged area.
    pub fn merge(&self) -> Result<(), Problem> {
        count(&self.merges, 1, self.limits.merges, LimitName::Merges)
    }

    fn text(&self, text: &str) -> Result<(), Problem> {
        if text.len() as u64 > self.limits.text_chars && text.chars().count() as u64 > self.limits.text_chars {
            return Err(Problem::over(LimitName::TextChars, self.limits.text_chars));
        }
        let before = self.text.get();
        count(&self.text, text.len() as u64, self.limits.text_bytes, LimitName::TextBytes)?;
        if before <= HEAVY_TEXT && self.text.get() > HEAVY_TEXT {
            self.wait();
        }
        Ok(())
    }

    /// Takes the turn of large workbooks.
    fn wait(&self) {
        if let Some(wait) = self.wait {
            let waited = wait();
            self.end.set(self.end.get().and_then(|end| end.checked_add(waited)));
        }
    }

    /// Adds a span of hidden rows or columns; one that goes on where the last one ended costs nothing.
    pub fn hide(&self, spans: &mut Vec<(u32, u32)>, first: u32, last: u32) -> Result<(), Problem> {
        match spans.last_mut() {
            Some(open) if open.1.checked_add(1) == Some(first) => open.1 = last,
            _ => {
                count(&self.spans, 1, self.limits.cells, LimitName::Cells)?;
                spans.push((first, last));
            }
        }
        Ok(())
    }

    /// Remembers why a byte source stops, and gives the error that stops it.
    pub fn trip(&self, problem: Problem) -> std::io::Error {
        self.tripped.set(Some(problem));
        std::io::Error::other("a limit was reached")
    }

    /// Why a byte source stopped, if a limit stopped it.
    pub fn tripped(&self) -> Option<Problem> {
        self.tripped.take()
    }
}

fn count(so_far: &Cell<u64>, more: u64, limit: u64, name: LimitName) -> Result<(), Problem> {
    so_far.set(so_far.get().saturating_add(more));
    if so_far.get() > limit { Err(Problem::over(name, limit)) } else { Ok(()) }
}
