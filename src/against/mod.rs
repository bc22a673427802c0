//! What a batch is held against beside itself, read from the files that the options name, before any submission is read.

mod delimited;
mod roster;

use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::across::Against;
use crate::batch::{NotWorkbook, reader_problem};
use crate::cli::HeldAgainst;
use crate::error::Error;
use crate::text::{Language, visible};
use crate::vocabulary::Vocabulary;
use crate::workbook::{Reader, Workbook};

/// Everything that the options name. `others`: what came with the submissions and is no workbook.
///
/// # Errors
/// A file that cannot be read, or that is not what it is given for.
pub fn open(
    named: &HeldAgainst,
    others: &[NotWorkbook],
    reader: &Reader,
    vocabulary: &Vocabulary,
    language: Language,
) -> Result<Against, Error> {
    let mut against = Against { others: others.iter().map(|other| other.file.clone()).collect(), ..Against::default() };
    if let Some(path) = &named.roster {
        let (roster, bytes) = roster::open(path, reader, vocabulary, language)?;
        against.roster = Some(roster);
        against.named.push(("--roster".to_owned(), name_and_hash(path, &bytes)));
    }
    Ok(against)
}

/// A file may be changed under the same name: its hash says exactly which it was.
fn name_and_hash(path: &Path, bytes: &[u8]) -> String {
    let name = path.file_name().map_or_else(|| shown(path), |name| name.to_string_lossy().into_owned());
    let sha256: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{name} SHA-256 {sha256}")
}

/// The bytes of an ordinary file, not more than show that it is too large.
fn bytes_of(path: &Path, most: u64) -> Result<Vec<u8>, Error> {
    let unreachable = |cause| Error::Unreachable { path: path.to_owned(), cause };
    if !std::fs::metadata(path).map_err(unreachable)?.is_file() {
        return Err(unreachable(std::io::ErrorKind::InvalidInput.into()));
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(unreachable)?;
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(unreachable)?;
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
