//! Writes the outputs one after the other, and stops between two of them.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::audit::Audit;
use crate::cli::Outputs;
use crate::console::Console;
use crate::error::Error;
use crate::report::agreement::{self, Disagreement, Look};
use crate::report::sheet::Sheet;
use crate::report::writers::papers::{Folder, PaperError, Settings};
use crate::report::writers::write::Written;
use crate::report::writers::xlsx::Book;
use crate::report::{self, Batch, PaperApart, RunInfo};
use crate::text::Language;

use super::failure::{unmakeable, write_error};
use super::letters::{letters, said_of_letters};
use super::lines::{self, said_of_page};
use super::places::moved;

/// Writes every output. The sentences say where they are. `aside`: why what stands in the workbook's place brought
/// nothing; it is moved aside then.
///
/// # Errors
/// One of them cannot be written, or the run was stopped before the last.
pub fn write_outputs(
    batch: &Batch,
    outputs: &Outputs,
    aside: Option<&str>,
    language: Language,
    stop: &AtomicBool,
    console: &dyn Console,
) -> Result<Vec<String>, Error> {
    if report::is_foreign(batch, language) {
        return Err(Error::Earlier(language.word("run.carry-foreign")));
    }
    let mut writing = Writing { stop, written: Vec::new() };
    let letters = letters(batch, outputs, language)?;
    writing.go_on()?;
    let mut said = Vec::new();
    let mut papers = None;
    if let Some(path) = &outputs.workbook {
        let (book, folder) = lay_out(batch, path, outputs.force, language, stop)?;
        writing.go_on()?;
        papers = put_papers(folder, &mut writing)?;
        said = write_workbook(batch, book, path, outputs.force, aside, language, &mut writing)?;
    }
    if let Some(path) = &outputs.jsonl {
        writing.go_on()?;
        write_lines(batch, path, outputs.force, language, console)?;
        writing.done(path);
        // A run that writes nothing else says it itself.
        let lines = batch.audits.len() + batch.whole.missing().len();
        said.extend(lines::said_of_lines(path, lines, language).filter(|_| !outputs.are_lines_only()));
    }
    if let Some(path) = &outputs.html {
        writing.go_on()?;
        write_page(batch, path, outputs, language)?;
        writing.done(path);
        said.push(said_of_page(path, language));
    }
    if let (Some(folder), Some(letters)) = (&outputs.letters, &letters) {
        writing.go_on()?;
        let written = letters.write(folder, outputs.force, stop).map_err(write_error)?;
        writing.done_of(folder, written, letters.letters.len())?;
        said.extend(said_of_letters(letters, folder, language));
    }
    said.extend(papers.map(|(folder, count)| {
        let shown = crate::text::visible(&folder.display().to_string());
        language.say("report.summary-papers", &[("papers", &count), ("folder", &shown)])
    }));
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
    let workbook = book.bytes().map_err(|cause| unmakeable(path, cause))?;
    writing.go_on()?;
    let moved = aside.map(|why| move_aside(path, why, language)).transpose()?;
    let written = report::writers::write::workbook(path, &workbook, force).map_err(write_error)?;
    writing.done(&written.path);
    let mut said = sentences(&written, path, language);
    said.extend(moved);
    said.extend(report::sheets::kept::sentence(batch, language));
    Ok(said)
}

/// What is written so far, and the wish to stop, which is looked at before each output.
struct Writing<'a> {
    stop: &'a AtomicBool,
    written: Vec<PathBuf>,
}

impl Writing<'_> {
    fn go_on(&self) -> Result<(), Error> {
        if !self.stop.load(Ordering::Relaxed) {
            return Ok(());
        }
        Err(Error::InterruptedWriting { written: self.written.clone() })
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
    let refused = |cause| unmakeable(workbook, cause);
    let mut book = Book::new(language, made_at).map_err(refused)?;
    let mut look = Look::new(batch, language);
    let mut draw = |sheet: Sheet| {
        look.at(&sheet.table, sheet.count());
        book.sheet(sheet).map_err(refused)
    };
    report::laid_out(batch, language, &take, &mut draw)?;
    refuse_untrue(look.told(laid_out.into_inner()))?;
    Ok((book, Papers { path, folder }))
}

/// Puts the working papers into their places; the folder they are in and how many they are, where there are any.
fn put_papers(papers: Papers, writing: &mut Writing) -> Result<Option<(PathBuf, usize)>, Error> {
    let Papers { path, folder } = papers;
    let count = folder.waiting();
    if count == 0 {
        return Ok(None);
    }
    let written = folder.put().map_err(paper_error)?;
    writing.done_of(&path, written, count)?;
    Ok(Some((path, count)))
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
    let shown = |path: &Path| crate::text::visible(&path.display().to_string());
    Ok(language.say("run.moved-aside", &[("path", &shown(path)), ("why", &why), ("aside", &shown(&aside))]))
}

fn write_lines(
    batch: &Batch,
    path: &Path,
    force: bool,
    language: Language,
    console: &dyn Console,
) -> Result<(), Error> {
    let missing = batch.whole.missing();
    let all: Vec<&Audit> = batch.audits.iter().chain(&missing).collect();
    lines::put_out(path, force, console, |writer| report::writers::jsonl::write_run(&all, language, writer))
}

/// The page links to the departments' files from where it stands itself.
fn write_page(batch: &Batch, path: &Path, outputs: &Outputs, language: Language) -> Result<(), Error> {
    let run = RunInfo { places: moved(&batch.run.places, outputs.place(), path), ..batch.run.clone() };
    let page = report::writers::html::page_at(batch, &run, language).map_err(|cause| unmakeable(path, cause))?;
    report::writers::write::file(path, page.as_bytes(), outputs.force, report::writers::html::is_ours)
        .map_err(write_error)
}

fn sentences(written: &Written, wanted: &Path, language: Language) -> Vec<String> {
    let shown = |path: &Path| crate::text::visible(&path.display().to_string());
    let mut lines = vec![if written.locked {
        language.say("run.written-beside", &[("path", &shown(wanted)), ("beside", &shown(&written.path))])
    } else {
        language.say("run.written", &[("path", &shown(&written.path))])
    }];
    if let Some(backup) = &written.backup {
        lines.push(language.say("run.backup-kept", &[("path", &shown(backup))]));
    }
    lines
}
