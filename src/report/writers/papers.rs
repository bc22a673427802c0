//! Working papers as workbooks of their own, written by several threads.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::text::Language;

use super::write::{self, WriteError};
use super::xlsx;
use crate::report::PaperApart;

/// Why a working paper was not written.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The spreadsheet writer refused it.
    #[error("{0}: {1}")]
    Refused(PathBuf, String),
    /// The file system, or a file that is not ours.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// How each working paper is written.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'a> {
    /// The folder, made where it is missing.
    pub folder: &'a Path,
    /// The language of notes within cells.
    pub language: Language,
    /// The creation time, as for the audit workbook.
    pub made_at: Option<&'a str>,
    /// Replaces files that are no working papers.
    pub force: bool,
    /// Set when no further paper is wanted.
    pub stop: &'a AtomicBool,
}

/// Writes every paper, until it is told to stop, and gives how many it wrote; the bytes of each are the same whatever the
/// number of threads.
///
/// # Errors
/// The first paper, in their order, that could not be written.
pub fn write(papers: &[PaperApart], settings: Settings) -> Result<usize, PaperError> {
    let unmade = |error| WriteError::Io(settings.folder.to_owned(), error);
    std::fs::create_dir_all(settings.folder).map_err(unmade)?;
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = papers.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let shares: Vec<_> =
            papers.chunks(share).map(|share| scope.spawn(move || write_all(share, settings))).collect();
        let mut written = 0usize;
        for running in shares {
            match running.join() {
                Ok(done) => written = written.saturating_add(done?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(written)
    })
}

fn write_all(papers: &[PaperApart], settings: Settings) -> Result<usize, PaperError> {
    for (written, paper) in papers.iter().enumerate() {
        if settings.stop.load(Ordering::Relaxed) {
            return Ok(written);
        }
        write_one(paper, settings)?;
    }
    Ok(papers.len())
}

fn write_one(paper: &PaperApart, settings: Settings) -> Result<(), PaperError> {
    let path = settings.folder.join(&paper.file);
    let tables = std::slice::from_ref(&paper.table);
    let bytes = xlsx::workbook(tables, settings.language, settings.made_at)
        .map_err(|error| PaperError::Refused(path.clone(), error.to_string()))?;
    write::workbook(&path, &bytes, settings.force)?;
    Ok(())
}
