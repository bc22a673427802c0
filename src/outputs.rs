//! What a run writes: everything is prepared first, then each output appears whole or not at all.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use jiff::tz::Offset;

use crate::audit::Audit;
use crate::batch::{Input, NotWorkbook};
use crate::carry::{self, Earlier};
use crate::cli::Outputs;
use crate::console::Console;
use crate::error::Error;
use crate::report::writers::letters::Letters;
use crate::report::writers::papers::PaperError;
use crate::report::writers::write::{WriteError, Written};
use crate::report::{self, Apart, Batch, PaperApart, Place, RunInfo};
use crate::rulebook::Rulebook;
use crate::text::Language;
use crate::workbook::{ProblemCode, Reader};

/// What a run was given, beside the audits it made of it.
pub struct Given<'a> {
    /// The inputs.
    pub inputs: &'a [Input],
    /// Files that are no workbooks.
    pub others: &'a [NotWorkbook],
    /// The options that change results.
    pub options: Vec<(String, String)>,
    /// What people typed into earlier audit workbooks.
    pub earlier: Vec<Earlier>,
}

/// Every file that a run may write; none of them is an input.
pub fn paths(outputs: &Outputs) -> Vec<PathBuf> {
    let optional = [&outputs.jsonl, &outputs.html];
    let named = optional.into_iter().flatten().filter(|path| !is_standard_output(path));
    std::iter::once(&outputs.workbook).chain(named).cloned().collect()
}

fn is_standard_output(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Refuses outputs that cannot be meant: the workbook on standard output, two outputs in one file.
///
/// # Errors
/// The sentence for people.
pub fn refuse_impossible(outputs: &Outputs, language: Language) -> Result<(), Error> {
    let onto_stdout =
        [Some(&outputs.workbook), outputs.html.as_ref()].into_iter().flatten().any(|path| is_standard_output(path));
    if onto_stdout {
        return Err(Error::Usage(language.word("run.usage-workbook-to-stdout")));
    }
    let paths = paths(outputs);
    for (index, path) in paths.iter().enumerate() {
        if paths[..index].contains(path) {
            return Err(Error::Usage(
                language.say("run.usage-same-output", &[("path", &crate::text::visible(&path.display().to_string()))]),
            ));
        }
    }
    Ok(())
}

/// Refuses an output that is one of the inputs: inputs are never written to.
///
/// # Errors
/// The output's path.
pub fn refuse_inputs(outputs: &Outputs, inputs: &[Input]) -> Result<(), Error> {
    for path in paths(outputs) {
        let Ok(real) = std::fs::canonicalize(&path) else { continue };
        if inputs.iter().any(|input| std::fs::canonicalize(&input.path).is_ok_and(|input| input == real)) {
            return Err(Error::OutputIsInput { path });
        }
    }
    Ok(())
}

/// What earlier audit workbooks bring.
#[derive(Debug, Default)]
pub struct Brought {
    /// What people typed into them.
    pub earlier: Vec<Earlier>,
    /// Why the one in the output's place cannot be brought, where it is to be moved aside.
    pub aside: Option<String>,
}

/// What people typed into the audit workbook that is named for it, and into the one that is about to be replaced.
///
/// # Errors
/// One of them cannot be read: its entries would be lost. One that stands in the output's place and is larger than any
/// audit of ours is moved aside with `force`.
pub fn earlier(outputs: &Outputs, reader: &Reader, language: Language) -> Result<Brought, Error> {
    let replaced = Some(&outputs.workbook).filter(|path| report::writers::write::is_audit_workbook(path));
    let same = |one: &Path, other: &Path| std::fs::canonicalize(one).ok() == std::fs::canonicalize(other).ok();
    let replaced = replaced.filter(|path| outputs.carry.as_ref().is_none_or(|named| !same(named, path)));
    let mut brought = Brought::default();
    if let Some(path) = &outputs.carry {
        let found = earlier_workbook(path, reader, language)?;
        brought.earlier.push(found.map_err(|refused| refused.said("run.carry-unreadable", path, language))?);
    }
    if let Some(path) = replaced {
        match earlier_workbook(path, reader, language)? {
            Ok(earlier) => brought.earlier.push(earlier),
            Err(Refused { why, too_large: true }) if outputs.force => brought.aside = Some(why),
            Err(refused) if refused.too_large => return Err(refused.said("run.carry-too-large", path, language)),
            Err(refused) => return Err(refused.said("run.carry-unreadable", path, language)),
        }
    }
    Ok(brought)
}

/// Why an earlier workbook brings nothing.
struct Refused {
    why: String,
    /// It is larger than any audit of ours.
    too_large: bool,
}

impl Refused {
    fn said(&self, key: &str, path: &Path, language: Language) -> Error {
        let shown = crate::text::visible(&path.display().to_string());
        Error::Earlier(language.say(key, &[("path", &shown), ("why", &self.why)]))
    }
}

fn earlier_workbook(path: &Path, reader: &Reader, language: Language) -> Result<Result<Earlier, Refused>, Error> {
    let bytes = start_of(path).map_err(|cause| Error::Unreachable { path: path.to_owned(), cause })?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let opened = reader.open(&name, &bytes, &reader.turn()).map_err(|problem| Refused {
        why: language.phrase(&crate::batch::reader_problem(&problem).phrase),
        too_large: matches!(problem.code, ProblemCode::TooLarge | ProblemCode::TimedOut),
    });
    Ok(opened.and_then(|workbook| carry::read(&workbook).map_err(|why| not_carried(why, language))))
}

/// Not more of a file than shows that it is too large.
fn start_of(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = crate::limits::of_our_workbook().file_bytes;
    std::fs::File::open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn not_carried(why: carry::Unreadable, language: Language) -> Refused {
    let too_large = matches!(why, carry::Unreadable::TooMany { .. });
    let why = match why {
        carry::Unreadable::NoList => language.word("run.carry-no-list"),
        carry::Unreadable::Cell { sheet, cell } => {
            let sheet = crate::text::visible(&sheet);
            language.say("run.carry-cell", &[("sheet", &sheet), ("cell", &cell)])
        }
        carry::Unreadable::TooMany { most } => language.say("run.carry-too-many", &[("most", &most)]),
    };
    Refused { why, too_large }
}

/// Everything that the reports show.
pub fn batch(
    audits: Vec<Audit>,
    rulebooks: Vec<Rulebook>,
    given: &Given,
    outputs: &Outputs,
    language: Language,
) -> Batch {
    Batch {
        audits,
        rulebooks,
        not_workbooks: given.others.iter().map(|other| not_workbook(other, language)).collect(),
        run: RunInfo {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            options: given.options.clone(),
            made_at: made_at(),
            places: places(given.inputs, &outputs.workbook),
            apart: apart(&outputs.workbook, language),
        },
        earlier: given.earlier.clone(),
    }
}

fn not_workbook(other: &NotWorkbook, language: Language) -> report::NotWorkbook {
    let key = if other.packed { "run.other-packed" } else { "run.other-file" };
    report::NotWorkbook { file: other.file.clone(), kind: language.word(key) }
}

/// The clock, in China's one time zone whatever the machine's is; `SOURCE_DATE_EPOCH` fixes it.
fn made_at() -> Option<String> {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.trim().parse().ok());
    let moment = fixed.and_then(|seconds| Timestamp::from_second(seconds).ok()).unwrap_or_else(Timestamp::now);
    Some(Offset::constant(8).to_datetime(moment).strftime("%Y-%m-%d %H:%M:%S").to_string())
}

/// Where each input lies, as seen from the audit workbook's folder.
fn places(inputs: &[Input], workbook: &Path) -> BTreeMap<String, Place> {
    let Some(folder) = folder_of(workbook) else { return BTreeMap::new() };
    let mut places: BTreeMap<String, Option<Place>> = BTreeMap::new();
    for input in inputs {
        let place = place(input, &folder);
        // Files of two of the given folders may have one name: a link that may lead to the wrong one is left out.
        places
            .entry(input.file.clone())
            .and_modify(|known| *known = known.take().filter(|known| Some(known) == place.as_ref()))
            .or_insert(place.clone());
    }
    places.into_iter().filter_map(|(file, place)| Some((file, place?))).collect()
}

fn place(input: &Input, folder: &Path) -> Option<Place> {
    let path = std::fs::canonicalize(&input.path).ok()?;
    let relative = pathdiff::diff_paths(path, folder)?;
    Some(Place { path: slashed(&relative)?, archive: !input.entries.is_empty() })
}

/// Where working papers go when they are too many for one workbook: a folder beside it, called after it.
fn apart(workbook: &Path, language: Language) -> Option<Apart> {
    let name = |part: Option<&std::ffi::OsStr>| part.and_then(|part| part.to_str()).map(str::to_owned);
    let folder = format!("{}-{}", name(workbook.file_stem())?, language.word("report.sheet-paper"));
    Some(Apart { workbook: name(workbook.file_name())?, folder })
}

/// Writes the working papers that the workbook does not hold itself; the folder they are in.
fn write_papers(
    batch: &Batch,
    papers: &[PaperApart],
    outputs: &Outputs,
    language: Language,
    writing: &mut Writing,
) -> Result<Option<PathBuf>, Error> {
    let Some(apart) = batch.run.apart.as_ref().filter(|_| !papers.is_empty()) else { return Ok(None) };
    let folder = outputs.workbook.with_file_name(&apart.folder);
    let made_at = batch.run.made_at.as_deref();
    let (stop, force) = (writing.stop, outputs.force);
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
    let report::Reports { workbook: sheets, papers } = reports;
    let folder = write_papers(batch, &papers, outputs, language, &mut writing)?;
    let count = papers.len();
    // Hundreds of papers take more memory than all the sheets.
    drop(papers);
    let workbook = report::writers::xlsx::workbook(&sheets, language, batch.run.made_at.as_deref())
        .map_err(|cause| unwritable(&outputs.workbook, cause))?;
    drop(sheets);
    writing.go_on()?;
    let moved = aside.map(|why| move_aside(&outputs.workbook, why, language)).transpose()?;
    let written = report::writers::write::workbook(&outputs.workbook, &workbook, outputs.force).map_err(write_error)?;
    writing.done(&written.path);
    if let Some(path) = &outputs.jsonl {
        writing.go_on()?;
        write_lines(batch, path, outputs.force, language, console)?;
        writing.done(path);
    }
    if let Some(path) = &outputs.html {
        writing.go_on()?;
        write_page(batch, path, outputs, language)?;
        writing.done(path);
    }
    let mut said = sentences(&written, &outputs.workbook, language);
    said.extend(moved);
    said.extend(report::sheets::kept::sentence(batch, language));
    if let (Some(folder), Some(letters)) = (&outputs.letters, &letters) {
        writing.go_on()?;
        let written = letters.write(folder, outputs.force, stop).map_err(write_error)?;
        writing.done_of(folder, written, letters.letters.len())?;
        said.extend(said_of_letters(letters, folder, language));
    }
    said.extend(folder.map(|folder| {
        let shown = crate::text::visible(&folder.display().to_string());
        language.say("report.summary-papers", &[("papers", &count), ("folder", &shown)])
    }));
    Ok(said)
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
    let mut lines = Vec::new();
    let failed = |cause| Error::Unwritable { path: path.to_owned(), cause };
    report::writers::jsonl::write(&batch.audits, language, &mut lines).map_err(failed)?;
    if is_standard_output(path) {
        return console.data(&lines).map_err(failed);
    }
    report::writers::write::file(path, &lines, force, report::writers::jsonl::is_ours).map_err(write_error)
}

/// The letters, if they are wanted; refused before anything is written where others would be overwritten.
fn letters(batch: &Batch, outputs: &Outputs, language: Language) -> Result<Option<Letters>, Error> {
    let Some(folder) = &outputs.letters else { return Ok(None) };
    let letters = report::writers::letters::letters(batch, language).map_err(|cause| unwritable(folder, cause))?;
    let standing = if outputs.force { Vec::new() } else { letters.in_the_way(folder) };
    let Some(first) = standing.first() else { return Ok(Some(letters)) };
    let shown = |path: &Path| crate::text::visible(&path.display().to_string());
    let name = first.file_name().map(PathBuf::from).unwrap_or_default();
    let holes: &[(&str, &dyn std::fmt::Display)] =
        &[("folder", &shown(folder)), ("count", &standing.len()), ("first", &shown(&name))];
    Err(Error::Usage(language.say("letter.in-the-way", holes)))
}

fn said_of_letters(letters: &Letters, folder: &Path, language: Language) -> Vec<String> {
    let folder = crate::text::visible(&folder.display().to_string());
    let mut said = vec![language.say("letter.written", &[("count", &letters.letters.len()), ("folder", &folder)])];
    if letters.silent > 0 {
        said.push(language.say("letter.silent", &[("count", &letters.silent)]));
    }
    said
}

/// The page links to the departments' files from where it stands itself.
fn write_page(batch: &Batch, path: &Path, outputs: &Outputs, language: Language) -> Result<(), Error> {
    let run = RunInfo { places: moved(&batch.run.places, &outputs.workbook, path), ..batch.run.clone() };
    let page = report::writers::html::page(&Batch { run, ..batch.clone() }, language)
        .map_err(|cause| unwritable(path, cause))?;
    report::writers::write::file(path, page.as_bytes(), outputs.force, report::writers::html::is_ours)
        .map_err(write_error)
}

/// Places relative to the folder of one output, as seen from the folder of another.
fn moved(places: &BTreeMap<String, Place>, from: &Path, to: &Path) -> BTreeMap<String, Place> {
    let (Some(from), Some(to)) = (folder_of(from), folder_of(to)) else { return BTreeMap::new() };
    if from == to {
        return places.clone();
    }
    let seen = |place: &Place| {
        let path = pathdiff::diff_paths(from.join(&place.path), &to)?;
        Some(Place { path: slashed(&path)?, archive: place.archive })
    };
    places.iter().filter_map(|(file, place)| Some((file.clone(), seen(place)?))).collect()
}

/// The folder that a file stands in, or will.
fn folder_of(file: &Path) -> Option<PathBuf> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::canonicalize(folder).ok()
}

/// A path with `/`; none where a name is not Unicode and cannot stand in a link.
fn slashed(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

/// Writes one file that is no audit workbook.
///
/// # Errors
/// It exists and `force` is not given, or it cannot be written.
pub fn write_file(path: &Path, bytes: &[u8], force: bool) -> Result<(), Error> {
    report::writers::write::file(path, bytes, force, |_| false).map_err(write_error)
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

fn write_error(error: WriteError) -> Error {
    match error {
        WriteError::NotOurs(path) => Error::WouldOverwrite { path },
        WriteError::Io(path, cause) => Error::Unwritable { path, cause },
    }
}

/// What the spreadsheet writer refused, as what it means to the caller.
pub fn unwritable(path: &Path, cause: impl std::fmt::Display) -> Error {
    Error::Unwritable { path: path.to_owned(), cause: std::io::Error::other(cause.to_string()) }
}
