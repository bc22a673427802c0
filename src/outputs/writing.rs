//! Writes the outputs one after the other, and stops between two of them.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::audit::Audit;
use crate::cli::Outputs;
use crate::console::Console;
use crate::error::Error;
use crate::report::agreement::{self, Disagreement, Look};
use crate::report::sheet::Sheet;
use crate::report::writers::html::{self, PageError};
use crate::report::writers::letters::Letters;
use crate::report::writers::papers::{Folder, PaperError, Settings};
use crate::report::writers::whole;
use crate::report::writers::write::{Finished, Written};
use crate::report::writers::xlsx::{Book, unkept};
use crate::report::{self, Batch, PaperApart, RunInfo};
use crate::text::{Language, visible};

use super::failure::{said_of, unmakeable, write_error};
use super::letters::{letters, said_of_letters};
use super::lines;
use super::places::{beside, moved};

/// Writes every output. The sentences say where they are. `aside`: why what stands in the workbook's place brought
/// nothing; it is moved aside then.
///
/// # Errors
/// One of them cannot be written, though the others are, or the run was stopped before the last.
pub fn write_outputs(
    batch: &mut Batch,
    outputs: &Outputs,
    aside: Option<&str>,
    language: Language,
    stop: &AtomicBool,
    console: &dyn Console,
) -> Result<Vec<String>, Error> {
    if report::is_foreign(batch, language) {
        return Err(Error::Earlier(language.word("run.carry-foreign")));
    }
    let mut writing = Writing { stop, written: Vec::new(), said: Vec::new(), failed: Vec::new() };
    let letters = letters(batch, outputs, language)?;
    writing.go_on()?;
    batch.run.beside = beside(outputs, letters.as_ref());
    let batch = &*batch;
    let mut papers = None;
    if let Some(path) = &outputs.workbook {
        let (book, folder) = lay_out(batch, path, outputs.force, language, stop)?;
        writing.go_on()?;
        let said = put_papers(folder, language, &mut writing).and_then(|of_papers| {
            papers = of_papers;
            write_workbook(batch, book, path, outputs.force, aside, language, &mut writing)
        });
        writing.take(said)?;
    }
    if let Some(path) = &outputs.jsonl {
        writing.go_on()?;
        let written = write_lines(batch, path, outputs.force, language, console);
        let count = batch.audits.len() + batch.whole.missing().len();
        let said = written.map(|written| {
            writing.done(&written.path);
            lines::said_of_lines(&written, count, language)
        });
        writing.take(said)?;
    }
    if let Some(path) = &outputs.html {
        writing.go_on()?;
        let said = write_page(batch, path, outputs, language).map(|written| {
            writing.done(&written.path);
            vec![said_of_page(&written, language)]
        });
        writing.take(said)?;
    }
    if let Some(path) = &outputs.batch_json {
        writing.go_on()?;
        let said = write_whole(batch, path, outputs.force, language, &mut writing);
        writing.take(said)?;
    }
    if let (Some(folder), Some(letters)) = (&outputs.letters, &letters) {
        writing.go_on()?;
        let said = write_letters(letters, folder, outputs.force, language, &mut writing);
        writing.take(said)?;
    }
    writing.said.extend(papers);
    writing.end()
}

/// Writes the letters; the sentences that say where they are.
fn write_letters(
    letters: &Letters,
    folder: &Path,
    force: bool,
    language: Language,
    writing: &mut Writing,
) -> Result<Vec<String>, Error> {
    let (written, beside) = letters.write(folder, force, writing.stop).map_err(write_error)?;
    writing.done_of(folder, written, letters.letters.len())?;
    let mut said = said_of_letters(letters, folder, language);
    said.extend(beside.iter().map(|written| said_of(written, str::to_owned, language)));
    Ok(said)
}

/// Writes the audit workbook; the sentences that say where it is, and what it kept of the one in its place.
fn write_workbook(
    batch: &Batch,
    book: Book,
    path: &Path,
    force: bool,
    aside: Option<&str>,
    language: Language,
    writing: &mut Writing,
) -> Result<Vec<String>, Error> {
    // The library that packs a workbook does not go on without.
    std::thread::Builder::new().spawn(|| ()).map_err(|cause| Error::Unwritable { path: path.to_owned(), cause })?;
    let mut refused = None;
    let finished = Finished::workbook(path, |to| {
        refused = book.put_out(to)?.err();
        Ok(())
    });
    if let Some(cause) = refused {
        return Err(unkept(cause).map_or_else(|cause| unmakeable(path, cause), lines::spilled));
    }
    let finished = finished.map_err(write_error)?;
    writing.go_on()?;
    let moved = aside.map(|why| move_aside(path, why, language)).transpose()?;
    let written = finished.put(force).map_err(write_error)?;
    writing.done(&written.path);
    let mut said = sentences(&written, language);
    said.extend(moved);
    said.extend(report::sheets::kept::sentence(batch, language));
    Ok(said)
}

/// What is written so far and what is said of it, and the wish to stop, which is looked at before each output.
struct Writing<'a> {
    stop: &'a AtomicBool,
    written: Vec<PathBuf>,
    said: Vec<String>,
    failed: Vec<Error>,
}

impl Writing<'_> {
    fn go_on(&self) -> Result<(), Error> {
        if !self.stop.load(Ordering::Relaxed) {
            return Ok(());
        }
        Err(Error::InterruptedWriting { written: self.written.clone() })
    }

    /// Takes what is said of an output. One that could not be written leaves the others to be written; anything else ends
    /// the run.
    fn take(&mut self, said: Result<Vec<String>, Error>) -> Result<(), Error> {
        match said {
            Ok(said) => self.said.extend(said),
            Err(error) if error.is_of_one_output() => self.failed.push(error),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// What is said of all outputs.
    fn end(mut self) -> Result<Vec<String>, Error> {
        match self.failed.pop() {
            None => Ok(self.said),
            Some(only) if self.failed.is_empty() && self.written.is_empty() => Err(only),
            Some(last) => {
                self.failed.push(last);
                Err(Error::PartlyWritten { failed: self.failed, said: self.said })
            }
        }
    }

    fn done(&mut self, path: &Path) {
        self.written.push(path.to_owned());
    }

    /// So many of the files of a folder were written; fewer than there are only where they were stopped.
    fn done_of(&mut self, folder: &Path, written: usize, all: usize) -> Result<(), Error> {
        if written > 0 {
            self.done(folder);
        }
        if written < all { self.go_on() } else { Ok(()) }
    }
}

/// The folder of the working papers that the workbook does not hold itself, and the papers that wait to be put into it.
struct Papers<'a> {
    path: PathBuf,
    folder: Folder<'a>,
}

/// The workbook with its sheets drawn, and the working papers that stand by themselves, written beside their places. Sheets that do
/// not show what the audits say are not written.
fn lay_out<'a>(
    batch: &'a Batch,
    workbook: &Path,
    force: bool,
    language: Language,
    stop: &'a AtomicBool,
) -> Result<(Book, Papers<'a>), Error> {
    let apart = batch.run.apart.as_ref();
    let path = workbook.with_file_name(apart.map_or("", |apart| apart.folder.as_str()));
    let made_at = batch.run.made_at.as_deref();
    let folder = Folder::new(Settings { folder: path.clone(), language, made_at, force, stop });
    let laid_out = AtomicUsize::new(0);
    let take = |place: usize, paper: PaperApart| -> Result<(), Error> {
        laid_out.fetch_add(1, Ordering::Relaxed);
        refuse_untrue(agreement::rows_lost(&paper.table, language).into_iter().collect())?;
        folder.stage(place, &paper).map_err(paper_error)
    };
    let refused = |cause| match unkept(cause) {
        Ok(cause) => lines::spilled(cause),
        Err(cause) => unmakeable(workbook, cause),
    };
    let mut book = Book::new(language, made_at).map_err(refused)?;
    let mut look = Look::new(batch, language);
    let mut draw = |sheet: Sheet| {
        look.at(&sheet.table, sheet.count());
        book.sheet(sheet, &mut |row| look.row(row)).map_err(refused)?;
        look.end();
        Ok(())
    };
    report::laid_out(batch, language, &take, &mut draw)?;
    refuse_untrue(look.told(laid_out.into_inner()))?;
    Ok((book, Papers { path, folder }))
}

/// Puts the working papers into their places; the sentence that says where they are, if there are any.
fn put_papers(papers: Papers, language: Language, writing: &mut Writing) -> Result<Option<String>, Error> {
    let Papers { path, folder } = papers;
    let count = folder.waiting();
    if count == 0 {
        return Ok(None);
    }
    let put = folder.put().map_err(paper_error)?;
    writing.done_of(&path, put.written, count)?;
    writing.said.extend(put.beside.iter().map(|written| said_of(written, str::to_owned, language)));
    let shown = visible(&path.display().to_string());
    Ok(Some(language.say("report.summary-papers", &[("papers", &count), ("folder", &shown)])))
}

fn paper_error(error: PaperError) -> Error {
    match error {
        PaperError::Write(error) => write_error(error),
        PaperError::Refused(path, cause) => unmakeable(&path, cause),
    }
}

fn refuse_untrue(told: Vec<Disagreement>) -> Result<(), Error> {
    let Some(first) = told.first() else { return Ok(()) };
    let contradictions = told.iter().map(|told| told.what.clone()).collect();
    Err(Error::Contradiction { file: first.sheet.clone(), contradictions })
}

/// Nothing of what stands there is lost: it gets a free name beside it.
fn move_aside(path: &Path, why: &str, language: Language) -> Result<String, Error> {
    let aside = report::writers::write::move_aside(path).map_err(write_error)?;
    let shown = |path: &Path| visible(&path.display().to_string());
    Ok(language.say("run.moved-aside", &[("path", &shown(path)), ("why", &why), ("aside", &shown(&aside))]))
}

fn write_lines(
    batch: &Batch,
    path: &Path,
    force: bool,
    language: Language,
    console: &dyn Console,
) -> Result<Written, Error> {
    let missing = batch.whole.missing();
    let all: Vec<&Audit> = batch.audits.iter().chain(&missing).collect();
    lines::put_out(path, force, console, |writer| report::writers::jsonl::write_run(&all, language, writer))
}

/// The page links to the departments' files from where it stands itself.
fn write_page(batch: &Batch, path: &Path, outputs: &Outputs, language: Language) -> Result<Written, Error> {
    let places = moved(&batch.run.places, outputs.place(), path);
    let beside = batch.run.beside.seen_from(outputs.place(), path);
    let run = RunInfo { places, beside, ..batch.run.clone() };
    let mut refused = None;
    let written = report::writers::write::file_by(path, outputs.force, html::is_ours, |to| {
        html::write(batch, &run, language, to).map_err(|error| match error {
            PageError::Io(cause) => cause,
            PageError::Template(cause) => {
                refused = Some(cause);
                io::ErrorKind::Other.into()
            }
        })
    });
    match refused {
        Some(cause) => Err(unmakeable(path, cause)),
        None => written.map_err(write_error),
    }
}

/// Writes what the batch shows for programs; the sentence that says where it is.
fn write_whole(
    batch: &Batch,
    path: &Path,
    force: bool,
    language: Language,
    writing: &mut Writing,
) -> Result<Vec<String>, Error> {
    let object = whole::object(batch, language);
    let written = report::writers::write::file(path, object.as_bytes(), force, whole::is_ours).map_err(write_error)?;
    writing.done(&written.path);
    Ok(vec![said_of(&written, |path| language.say("run.batch-json-written", &[("path", &path)]), language)])
}

fn said_of_page(written: &Written, language: Language) -> String {
    said_of(written, |path| language.say("run.page-written", &[("path", &path)]), language)
}

fn sentences(written: &Written, language: Language) -> Vec<String> {
    let mut lines = vec![said_of(written, |path| language.say("run.written", &[("path", &path)]), language)];
    if let Some(backup) = &written.backup {
        lines.push(language.say("run.backup-kept", &[("path", &visible(&backup.display().to_string()))]));
    }
    lines
}
