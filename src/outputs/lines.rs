//! The lines of a run that writes nothing else: each audit leaves as its line as soon as it is made, and what only the whole
//! batch shows is put into its place when all of them are there.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{self, Write};
use std::path::Path;

use crate::across::{self, Against, Texts, Whole};
use crate::audit::{Audit, KeptText};
use crate::baseline::Compared;
use crate::brief::Brief;
use crate::console::Console;
use crate::error::Error;
use crate::packed::Pack;
use crate::passages::Prints;
use crate::report::writers::seal::{RunPlace, Seal};
use crate::report::writers::write::Written;
use crate::report::writers::{jsonl, write};
use crate::text::Language;

use super::failure::{said_of, write_error};
use super::refusal::is_standard_output;
use super::spill::{Spill, Waiting};

/// A finished audit: where its line waits, and what is kept of it beside.
pub struct Finished {
    places: Places,
    /// What it came to beside an earlier run.
    compared: Option<Box<Compared>>,
}

/// Where all waits that is kept of an audit.
#[derive(Clone, Copy)]
struct Places {
    line: Waiting,
    /// The audit in brief, and the line's seal.
    brief: Waiting,
    /// The fingerprints of its texts.
    prints: Waiting,
    /// The texts, apart from the line, which is ten times as long: many of them are read again and again.
    texts: Waiting,
}

impl Finished {
    /// The audit in brief, the seal of its line, and where that waits.
    fn open(self, spill: &Spill, piece: &mut Vec<u8>) -> io::Result<(Brief, (Places, Seal))> {
        spill.take(self.places.brief, piece)?;
        let from = &mut piece.as_slice();
        let brief = Brief::taken(from).ok_or(io::ErrorKind::InvalidData)?;
        let seal = Pack::unpack(from).ok_or(io::ErrorKind::InvalidData)?;
        Ok((Brief { compared: self.compared, ..brief }, (self.places, seal)))
    }
}

fn sealed(audit: Audit) -> (Audit, Seal) {
    let seal = jsonl::seal(&audit);
    (audit, seal)
}

/// Keeps an audit as its line.
///
/// # Errors
/// The folder of temporary files is full, or fails.
pub fn finished(audit: &Audit, against: &Against, language: Language, spill: &Spill) -> Result<Finished, Error> {
    let line = spill.put(&jsonl::line(audit, language)).map_err(spilled)?;
    let prints = audit.texts.as_deref().map(Prints::of_texts);
    let mut brief = Brief::beside(audit, against.baseline.as_ref()).with(prints.as_ref());
    let compared = brief.compared.take();
    let mut piece = Vec::new();
    brief.put(&mut piece);
    jsonl::seal(audit).pack(&mut piece);
    let brief = spill.put(&piece).map_err(spilled)?;
    piece.clear();
    prints.pack(&mut piece);
    let prints = spill.put(&piece).map_err(spilled)?;
    let texts = serde_json::to_vec(audit.texts.as_deref().unwrap_or_default()).map_err(io::Error::from);
    let texts = texts.and_then(|texts| spill.put(&texts)).map_err(spilled)?;
    Ok(Finished { places: Places { line, brief, prints, texts }, compared })
}

/// Nowhere to keep lines.
pub fn spilled(cause: io::Error) -> Error {
    Error::Unwritable { path: std::env::temp_dir(), cause }
}

/// Writes the lines of a run, with what the batch adds to them; the audits in brief, in path order, what is said of the
/// batch as a whole, and where the lines are.
///
/// # Errors
/// The file cannot be written, or is not to be replaced.
pub fn write_finished(
    finished: Vec<Finished>,
    spill: &Spill,
    against: &Against,
    path: &Path,
    force: bool,
    language: Language,
    console: &dyn Console,
) -> Result<(Vec<Brief>, Whole, Written), Error> {
    let (mut briefs, mut waiting) = (Vec::with_capacity(finished.len()), Vec::with_capacity(finished.len()));
    let mut piece = Vec::new();
    for one in finished {
        let (brief, kept) = one.open(spill, &mut piece).map_err(self::spilled)?;
        briefs.push(brief);
        waiting.push(kept);
    }
    let spilled = Spilled { spill, waiting: &waiting, failed: RefCell::default() };
    let (added, whole) = across::findings(&briefs, against, &spilled);
    if let Some(cause) = spilled.failed.into_inner() {
        return Err(self::spilled(cause));
    }
    // Departments of which nothing was handed in have the last lines.
    let missing: Vec<(Audit, Seal)> = whole.missing().into_iter().map(sealed).collect();
    let named = briefs.iter().zip(&waiting).map(|(brief, (_, seal))| (&*brief.file, &*brief.sha256, seal));
    let last = missing.iter().map(|(audit, seal)| (&*audit.file, &*audit.sha256, seal));
    let named: Vec<_> = named.chain(last).collect();
    let mut places = RunPlace::of_all(&named);
    let written = put_out(path, force, console, |writer| {
        let mut line = Vec::new();
        for (((kept, seal), findings), place) in waiting.iter().zip(&added).zip(&mut places) {
            spill.take(kept.line, &mut line)?;
            jsonl::add_findings(&mut line, findings, language);
            jsonl::close(&mut line, seal, &place);
            writer.write_all(&line)?;
        }
        for ((audit, seal), place) in missing.iter().zip(&mut places) {
            line = jsonl::line(audit, language);
            jsonl::close(&mut line, seal, &place);
            writer.write_all(&line)?;
        }
        writer.flush()
    })?;
    drop(places);
    for (brief, findings) in briefs.iter_mut().zip(&added) {
        brief.add(findings);
    }
    Ok((briefs, whole, written))
}

/// The texts of audits whose lines wait.
struct Spilled<'s> {
    spill: &'s Spill,
    waiting: &'s [(Places, Seal)],
    /// Why some of them could not be read back.
    failed: RefCell<Option<io::Error>>,
}

impl Spilled<'_> {
    /// What is made of a piece that waits; nothing where it cannot be read back, which is remembered.
    fn read<T: Default>(&self, waiting: Waiting, made: impl FnOnce(&[u8]) -> io::Result<T>) -> T {
        let mut piece = Vec::new();
        let read = self.spill.take(waiting, &mut piece).and_then(|()| made(&piece));
        read.unwrap_or_else(|cause| {
            self.failed.borrow_mut().get_or_insert(cause);
            T::default()
        })
    }
}

impl Texts for Spilled<'_> {
    fn of(&self, audit: usize) -> Cow<'_, [KeptText]> {
        let Some((kept, _)) = self.waiting.get(audit) else { return Cow::default() };
        Cow::Owned(self.read(kept.texts, |piece| Ok(serde_json::from_slice(piece)?)))
    }

    fn prints(&self, audit: usize) -> Option<Prints> {
        let (kept, _) = self.waiting.get(audit)?;
        self.read(kept.prints, |piece| Pack::unpack(&mut &*piece).ok_or(io::ErrorKind::InvalidData.into()))
    }
}

/// Puts out lines, whole or not at all where they go to a file; where they are then.
///
/// # Errors
/// The file cannot be written, or is not to be replaced.
pub fn put_out(
    path: &Path,
    force: bool,
    console: &dyn Console,
    lines: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<Written, Error> {
    if is_standard_output(path) {
        let out = &mut io::BufWriter::new(Out(console));
        let written = lines(out).and_then(|()| out.flush());
        written.map_err(|cause| Error::Unwritable { path: path.to_owned(), cause })?;
        return Ok(Written { path: path.to_owned(), instead_of: None, backup: None });
    }
    write::file_by(path, force, jsonl::is_ours, lines).map_err(write_error)
}

/// Standard output, as the console has it.
struct Out<'a>(&'a dyn Console);

impl Write for Out<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.data(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Where the lines went; nothing where they are on standard output, before the reader's eyes.
pub fn said_of_lines(written: &Written, count: usize, language: Language) -> Vec<String> {
    if is_standard_output(&written.path) {
        return Vec::new();
    }
    let say = |path: &str| language.say("run.lines-written", &[("path", &path), ("count", &count)]);
    vec![said_of(written, say, language)]
}
