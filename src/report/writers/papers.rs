//! Working papers as workbooks of their own: each is written beside its place as soon as it is laid out, and all are put into
//! their places together.

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::text::Language;

use super::write::{Staged, WriteError, Written};
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
#[derive(Debug, Clone)]
pub struct Settings<'a> {
    /// The folder, made where it is missing.
    pub folder: PathBuf,
    /// The language of notes within cells.
    pub language: Language,
    /// The creation time, as for the audit workbook.
    pub made_at: Option<&'a str>,
    /// Replaces files that are no working papers.
    pub force: bool,
    /// Set when no further paper is wanted.
    pub stop: &'a AtomicBool,
}

/// The papers of a folder that were put into their places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Put {
    /// How many.
    pub written: usize,
    /// Those that stand beside their places, which other programs hold.
    pub beside: Vec<Written>,
}

/// So many papers are put into their places at once: each waits for the disk, not for a processor.
const AT_ONCE: usize = 8;

/// Papers that are written beside their places, and stand nowhere yet.
pub struct Folder<'a> {
    settings: Settings<'a>,
    staged: Mutex<BTreeMap<usize, Staged>>,
}

impl<'a> Folder<'a> {
    /// The folder; it is made for the first paper.
    pub fn new(settings: Settings<'a>) -> Folder<'a> {
        Folder { settings, staged: Mutex::default() }
    }

    /// How many papers wait beside their places.
    pub fn waiting(&self) -> usize {
        self.staged.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Writes a paper beside its place, unless no further one is wanted; the bytes are the same whatever the thread.
    ///
    /// # Errors
    /// It could not be written.
    pub fn stage(&self, place: usize, paper: &PaperApart) -> Result<(), PaperError> {
        let Settings { folder, language, made_at, force, stop } = &self.settings;
        if stop.load(Ordering::Relaxed) {
            return Ok(());
        }
        std::fs::create_dir_all(folder).map_err(|error| WriteError::Io(folder.clone(), error))?;
        let path = folder.join(&paper.file);
        let tables = std::slice::from_ref(&paper.table);
        let bytes = xlsx::workbook(tables, *language, *made_at)
            .map_err(|error| PaperError::Refused(path.clone(), error.to_string()))?;
        let staged = Staged::workbook(&path, &bytes, *force)?;
        self.staged.lock().unwrap_or_else(PoisonError::into_inner).insert(place, staged);
        Ok(())
    }

    /// Puts the papers into their places, until it is told to stop.
    ///
    /// # Errors
    /// The first paper, in their order, that could not be put there.
    pub fn put(self) -> Result<Put, PaperError> {
        let staged = self.staged.into_inner().unwrap_or_else(PoisonError::into_inner);
        let papers = Mutex::new(staged.into_iter());
        let put = || -> Result<Put, (usize, PaperError)> {
            let mut done = Put::default();
            while !self.settings.stop.load(Ordering::Relaxed) {
                let next = papers.lock().unwrap_or_else(PoisonError::into_inner).next();
                let Some((place, paper)) = next else { break };
                let written = paper.put().map_err(|error| (place, error.into()))?;
                done.written += 1;
                done.beside.extend(Some(written).filter(|written| written.instead_of.is_some()));
            }
            Ok(done)
        };
        let done: Vec<_> = thread::scope(|scope| {
            let start = |_| thread::Builder::new().spawn_scoped(scope, put).ok();
            let running: Vec<_> = (0..AT_ONCE).map_while(start).collect();
            // Where no more threads are to be had, this one does what they would have done.
            let own = (running.len() < AT_ONCE).then(put);
            let joined = running.into_iter().map(|running| running.join().unwrap_or_else(|panic| resume_unwind(panic)));
            joined.chain(own).collect()
        });
        let mut all = Put::default();
        let mut failed: Vec<(usize, PaperError)> = Vec::new();
        for done in done {
            match done {
                Ok(done) => {
                    all.written += done.written;
                    all.beside.extend(done.beside);
                }
                Err(error) => failed.push(error),
            }
        }
        // Whichever thread was first.
        all.beside.sort_by(|one, other| one.path.cmp(&other.path));
        match failed.into_iter().min_by_key(|(place, _)| *place) {
            None => Ok(all),
            Some((_, error)) => Err(error),
        }
    }
}

/// Writes every paper, until it is told to stop.
///
/// # Errors
/// The first paper, in their order, that could not be written.
pub fn write(papers: &[PaperApart], settings: Settings) -> Result<Put, PaperError> {
    let folder = Folder::new(settings);
    for (place, paper) in papers.iter().enumerate() {
        folder.stage(place, paper)?;
    }
    folder.put()
}
