//! Audits of an earlier run, taken up again: a file that was audited with the same program, rules and words is not read anew.
//! Its lines are checked, not believed; where anything does not hold, the file is audited as if it had never been.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::across;
use crate::assigned::Readings;
use crate::audit::{Audit, FileIdentity, Status, Tool};
use crate::checks::register::Code;
use crate::error::Error;
use crate::hexadecimal::hexadecimal;
use crate::recomputed::untrue;
use crate::report::writers::jsonl::{self, Most};
use crate::report::writers::seal::RunPlace;
use crate::rulebook::library::{Library, RuleOptions};

/// What decides how a file is read, beside the program's version: the rulebooks and the words that were given, and last year's audits
/// where a rulebook asks for their figures. None: the built-in ones alone.
pub fn basis(rules: &RuleOptions, library: &Library, vocabulary: Option<&str>, before: Option<&str>) -> Option<String> {
    if *rules == RuleOptions::default() && vocabulary.is_none() && before.is_none() {
        return None;
    }
    let mut parts: Vec<&str> = library.rulebooks().iter().map(|rulebook| rulebook.sha256.as_str()).collect();
    parts.sort_unstable();
    parts.push(if library.is_named() { "named" } else { "chosen" });
    parts.push(vocabulary.unwrap_or_default());
    parts.extend(before);
    let digest = Sha256::digest(parts.join("\0").as_bytes());
    Some(hexadecimal(&digest))
}

/// The lines of an earlier run, by the files they are of. Only where they stand is kept in memory.
#[derive(Default)]
pub struct Resumed {
    file: Mutex<Option<File>>,
    lines: HashMap<(String, String), Vec<Place>>,
    used: AtomicUsize,
}

/// Where a line stands.
#[derive(Clone, Copy)]
struct Place {
    from: u64,
    bytes: usize,
    /// How many lines its file has, as it says.
    file_lines: usize,
}

/// What a line is by itself, whatever else stands in it.
#[derive(Deserialize)]
struct Label {
    tool: Tool,
    #[serde(default)]
    basis: Option<String>,
    file: String,
    sha256: String,
    #[serde(default)]
    run: Option<RunPlace>,
}

impl Resumed {
    /// No earlier run.
    pub fn none() -> &'static Resumed {
        static NONE: std::sync::LazyLock<Resumed> = std::sync::LazyLock::new(Resumed::default);
        &NONE
    }

    /// The lines of a file that were made by this version with this basis. What is no line of ours, or was made otherwise, is
    /// passed over: its file is audited again.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn open(path: &Path, basis: Option<&str>) -> Result<Resumed, Error> {
        let unreachable = |cause| Error::Unreachable { path: path.to_owned(), cause };
        let file = File::open(path).map_err(unreachable)?;
        let mut reader = BufReader::new(file.try_clone().map_err(unreachable)?);
        let mut lines: HashMap<(String, String), Vec<Place>> = HashMap::new();
        let (mut from, mut bytes) = (0u64, Vec::new());
        loop {
            bytes.clear();
            let read = (&mut reader).take(Most::default().line).read_until(b'\n', &mut bytes).map_err(unreachable)?;
            if read == 0 {
                break;
            }
            let label = serde_json::from_slice::<Label>(&bytes).ok();
            let is_same = |label: &Label| label.tool == Tool::this() && label.basis.as_deref() == basis;
            if let Some(label) = label.filter(is_same) {
                let file_lines = label.run.map_or(0, |run| run.file_lines);
                let place = Place { from, bytes: read, file_lines };
                lines.entry((label.file, label.sha256)).or_default().push(place);
            }
            from += read as u64;
        }
        Ok(Resumed { file: Mutex::new(Some(file)), lines, used: AtomicUsize::new(0) })
    }

    /// Lets go of the lines' file: what is written next may take its place.
    pub fn close(&self) {
        self.file.lock().unwrap_or_else(|broken| broken.into_inner()).take();
    }

    /// How many files were not read anew.
    pub fn used(&self) -> usize {
        self.used.load(Ordering::Relaxed)
    }

    /// The audits of a file, as they were when they were made; none where the file has to be audited.
    pub fn of(&self, identity: &FileIdentity, library: &Library, readings: &Readings) -> Option<Vec<Audit>> {
        let places = self.lines.get(&(identity.file.clone(), identity.sha256.clone()))?;
        if !places.iter().all(|place| place.file_lines == places.len()) {
            return None;
        }
        let audits: Vec<Audit> = places.iter().map(|place| self.read(*place)).collect::<Option<_>>()?;
        // A file of which something could not be read may be readable by now.
        let holds = |audit: &Audit| {
            audit.status == Status::Audited
                && audit.size == identity.size
                && is_sound(audit, library)
                && is_as_reviewers_say(audit, identity, readings)
        };
        if !audits.iter().all(holds) || !are_of_one_run(&audits) {
            return None;
        }
        self.used.fetch_add(1, Ordering::Relaxed);
        Some(audits.into_iter().map(across::alone).collect())
    }

    /// The audit of a line that is what its seal says.
    fn read(&self, place: Place) -> Option<Audit> {
        let mut line = vec![0; place.bytes];
        {
            let mut held = self.file.lock().unwrap_or_else(|broken| broken.into_inner());
            let file = held.as_mut()?;
            file.seek(SeekFrom::Start(place.from)).ok()?;
            file.read_exact(&mut line).ok()?;
        }
        let line = jsonl::read_lines(line.as_slice(), Most::default()).ok()?.pop()?;
        (line.seal? == jsonl::seal(&line.audit)).then_some(line.audit)
    }
}

/// Whether a stored audit says nothing untrue of itself, and was made by rules that are at hand.
fn is_sound(audit: &Audit, library: &Library) -> bool {
    let named = audit.rulebook.as_ref();
    let rulebook = named.and_then(|name| library.find(&name.id).filter(|rulebook| rulebook.sha256 == name.sha256));
    rulebook.is_some() && untrue(audit, rulebook).is_empty()
}

/// Whether no reviewer said anything of its cells, then or now: such a reading is made anew.
fn is_as_reviewers_say(audit: &Audit, identity: &FileIdentity, readings: &Readings) -> bool {
    let is_read = audit.findings.iter().any(|finding| finding.code == Code::ReviewerReading);
    let is_said = |cell| readings.of(identity, cell).is_some();
    let is_entered = !audit.entered.is_empty() || !readings.entries.is_empty();
    !is_read && !is_entered && !audit.unused.iter().any(|cell| cell.assigned.is_some() || is_said(cell))
}

/// Whether the audits are those of one workbook, each there once: at most one card, and its forms from the first on.
fn are_of_one_run(audits: &[Audit]) -> bool {
    let mut forms: Vec<u32> = audits.iter().filter_map(|audit| audit.form).collect();
    forms.sort_unstable();
    let cards = audits.len() - forms.len();
    cards <= 1 && forms.windows(2).all(|pair| pair[0] < pair[1]) && forms.first().is_none_or(|first| *first == 1)
}

/// The earlier run that the options name; none: an empty one.
///
/// # Errors
/// Its file cannot be read.
pub fn open(path: Option<&PathBuf>, basis: Option<&str>) -> Result<Resumed, Error> {
    path.map_or_else(|| Ok(Resumed::default()), |path| Resumed::open(path, basis))
}
