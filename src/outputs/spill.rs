//! Lines of finished audits wait in a file without a name, in the order in which they were finished, until all of them are
//! there: a run then holds a thousandth of them in memory.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::Mutex;

/// Where a line waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    from: u64,
    bytes: usize,
}

/// The waiting lines.
pub struct Spill {
    file: Mutex<(File, u64)>,
}

impl Spill {
    /// An empty one, in the folder of temporary files; the system removes it when the run ends, however it ends.
    ///
    /// # Errors
    /// No file can be made there.
    pub fn new() -> io::Result<Spill> {
        Ok(Spill { file: Mutex::new((tempfile::tempfile()?, 0)) })
    }

    /// Keeps a line.
    ///
    /// # Errors
    /// The disk is full, or fails.
    pub fn put(&self, line: &[u8]) -> io::Result<Waiting> {
        let mut held = self.file.lock().unwrap_or_else(|broken| broken.into_inner());
        let (file, end) = &mut *held;
        // Where an earlier line was cut short by an error, this one does not stand behind its rest.
        file.seek(SeekFrom::Start(*end))?;
        file.write_all(line)?;
        let waiting = Waiting { from: *end, bytes: line.len() };
        *end += line.len() as u64;
        Ok(waiting)
    }

    /// Reads a line back.
    ///
    /// # Errors
    /// The disk fails.
    pub fn take(&self, waiting: Waiting, line: &mut Vec<u8>) -> io::Result<()> {
        let mut held = self.file.lock().unwrap_or_else(|broken| broken.into_inner());
        line.clear();
        line.resize(waiting.bytes, 0);
        held.0.seek(SeekFrom::Start(waiting.from))?;
        held.0.read_exact(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back_in_any_order() {
        let spill = Spill::new().unwrap();
        let lines = ["一\n", "", "two\n"];
        let waiting: Vec<Waiting> = lines.iter().map(|line| spill.put(line.as_bytes()).unwrap()).collect();
        let mut line = Vec::new();
        for at in [2, 0, 1, 2] {
            spill.take(waiting[at], &mut line).unwrap();
            assert_eq!(line, lines[at].as_bytes());
        }
    }
}
