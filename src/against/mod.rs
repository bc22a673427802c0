//! What a batch is held against beside itself, read from the files that the options name, before any submission is read.

mod baseline;
mod delimited;
mod notice;
pub mod old_workbook;
mod roster;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::across::{Against, BASELINE};
use crate::batch::{NotWorkbook, reader_problem};
use crate::cli::HeldAgainst;
use crate::error::Error;
use crate::hexadecimal::hexadecimal;
use crate::rulebook::library::Library;
use crate::text::{Language, visible};
use crate::vocabulary::Vocabulary;
use crate::workbook::{Reader, Workbook};

/// What is needed to read the files.
#[derive(Clone, Copy)]
pub struct Basis<'a> {
    /// Reads the bureau's own workbooks.
    pub reader: &'a Reader,
    /// The rules of the run.
    pub library: &'a Library,
    /// The words of the run.
    pub vocabulary: &'a Vocabulary,
    /// The language of what is said.
    pub language: Language,
}

/// Everything that the options name. `others`: what came with the submissions and is no workbook.
///
/// # Errors
/// A file that cannot be read, or that is not what it is given for.
pub fn open(named: &HeldAgainst, others: &[NotWorkbook], basis: &Basis) -> Result<Against, Error> {
    let mut against = Against { others: others.iter().map(|other| other.file.clone()).collect(), ..Against::default() };
    if let Some(path) = &named.roster {
        let (roster, bytes) = roster::open(path, basis)?;
        against.roster = Some(roster);
        against.named.push(("--roster".to_owned(), name_and_hash(path, &hash(&bytes))));
    }
    if let Some(path) = &named.baseline {
        let (baseline, sha256) = baseline::open(path, basis)?;
        against.baseline = Some(baseline);
        against.named.push((BASELINE.to_owned(), name_and_hash(path, &sha256)));
    }
    // What the rules say is nobody's own, and what the notice says.
    basis.library.rulebooks().iter().for_each(|rulebook| against.known.add(rulebook.own_words()));
    if let Some(path) = &named.notice {
        let bytes = notice::open(path, &mut against.known)?;
        against.named.push(("--notice".to_owned(), name_and_hash(path, &hash(&bytes))));
    }
    Ok(against)
}

/// A file may be changed under the same name: its hash says exactly which it was.
fn name_and_hash(path: &Path, sha256: &str) -> String {
    let name = path.file_name().map_or_else(|| shown(path), |name| name.to_string_lossy().into_owned());
    format!("{name} SHA-256 {sha256}")
}

fn hash(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// A file that has an end.
fn ordinary(path: &Path) -> Result<File, Error> {
    let unreachable = |cause| Error::Unreachable { path: path.to_owned(), cause };
    if !std::fs::metadata(path).map_err(unreachable)?.is_file() {
        return Err(unreachable(std::io::ErrorKind::InvalidInput.into()));
    }
    File::open(path).map_err(unreachable)
}

/// The bytes of an ordinary file, not more than show that it is too large.
fn bytes_of(path: &Path, most: u64) -> Result<Vec<u8>, Error> {
    let unreachable = |cause| Error::Unreachable { path: path.to_owned(), cause };
    let mut bytes = Vec::new();
    ordinary(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(unreachable)?;
    Ok(bytes)
}

/// A workbook of the bureau's own; why not, in words.
fn workbook(path: &Path, bytes: &[u8], reader: &Reader, language: Language) -> Result<Workbook, String> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    reader.open(&name, bytes, &reader.turn()).map_err(|problem| language.phrase(&reader_problem(&problem).phrase))
}

/// A path as people see it.
fn shown(path: &Path) -> String {
    visible(&path.display().to_string())
}
