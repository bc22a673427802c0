//! Writes the outputs one after the other, and stops between two of them.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::cli::Outputs;
use crate::console::Console;
use crate::error::Error;
use crate::report::table::Table;
use crate::report::writers::papers::PaperError;
use crate::report::writers::write::Written;
use crate::report::{self, Batch, PaperApart, RunInfo};
use crate::text::Language;

use super::failure::{unwritable, write_error};
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
    let mut writing = Writing { stop, written: Vec::new() };
    let letters = letters(batch, outputs, language)?;
    writing.go_on()?;
    let reports = report::reports(batch, language);
    refuse_untrue(&reports, batch, language)?;
    writing.go_on()?;
    let mut said = Vec::new();
    let mut folder = None;
    if let Some(path) = &outputs.workbook {
        let report::Reports { workbook: sheets, papers } = reports;
        let count = papers.len();
        folder =
            write_papers(batch, &papers, path, outputs.force, language, &mut writing)?.map(|folder| (folder, count));
        // Hundreds of papers take more memory than all the sheets.
        drop(papers);
        said = write_workbook(batch, sheets, path, outputs.force, aside, language, &mut writing)?;
    }
    if let Some(path) = &outputs.jsonl {
        writing.go_on()?;
        write_lines(batch, path, outputs.force, language, console)?;
        writing.done(path);
    }
    if let Some(path) = &outputs.html {
        writing.go_on()?;
        write_page(batch, path, outputs, language)?;
        writing.done(path);
        if outputs.workbook.is_none() {
            said.push(said_of_page(path, language));
        }
    }
    if let (Some(folder), Some(letters)) = (&outputs.letters, &letters) {
        writing.go_on()?;
        let written = letters.write(folder, outputs.force, stop).map_err(write_error)?;
        writing.done_of(folder, written, letters.letters.len())?;
        said.extend(said_of_letters(letters, folder, language));
    }
    said.extend(folder.map(|(folder, count)| {
        let shown = crate::text::visible(&folder.display().to_string());
        language.say("report.summary-papers", &[("papers", &count), ("folder", &shown)])
    }));
    Ok(said)
}

/// Writes the audit workbook; the sentences that say where it is, and what it kept of the one in its place.
fn write_workbook(
    batch: &Batch,
    sheets: Vec<Table>,
    path: &Path,
    force: bool,
    aside: Option<&str>,
    language: Language,
    writing: &mut Writing,
) -> Result<Vec<String>, Error> {
    let workbook = report::writers::xlsx::workbook(&sheets, language, batch.run.made_at.as_deref())
        .map_err(|cause| unwritable(path, cause))?;
    drop(sheets);
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

/// Writes the working papers that the workbook does not hold itself; the folder they are in.
fn write_papers(
    batch: &Batch,
    papers: &[PaperApart],
    workbook: &Path,
    force: bool,
    language: Language,
    writing: &mut Writing,
) -> Result<Option<PathBuf>, Error> {
    let Some(apart) = batch.run.apart.as_ref().filter(|_| !papers.is_empty()) else { return Ok(None) };
    let folder = workbook.with_file_name(&apart.folder);
    let made_at = batch.run.made_at.as_deref();
    let stop = writing.stop;
    let settings = report::writers::papers::Settings { folder: &folder, language, made_at, force, stop };
    let written = report::writers::papers::write(papers, settings).map_err(|error| match error {
        PaperError::Write(error) => write_error(error),
        PaperError::Refused(path, cause) => unwritable(&path, cause),
    })?;
    writing.done_of(&folder, written, papers.len())?;
    Ok(Some(folder))
}

/// Sheets that do not show what the audits say are not written.
fn refuse_untrue(reports: &report::Reports, batch: &Batch, language: Language) -> Result<(), Error> {
    let told = report::agreement::disagreements(reports, batch, language);
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
    lines::put_out(path, force, console, |writer| report::writers::jsonl::write(&batch.audits, language, writer))
}

/// The page links to the departments' files from where it stands itself.
fn write_page(batch: &Batch, path: &Path, outputs: &Outputs, language: Language) -> Result<(), Error> {
    let run = RunInfo { places: moved(&batch.run.places, outputs.place(), path), ..batch.run.clone() };
    let page = report::writers::html::page(&Batch { run, ..batch.clone() }, language)
        .map_err(|cause| unwritable(path, cause))?;
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
