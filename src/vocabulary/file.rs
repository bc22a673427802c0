//! The file that a bureau gives with its own words.

use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::Vocabulary;
use crate::error::Error;
use crate::hexadecimal::hexadecimal;

/// Bytes of a vocabulary's file; the built-in one has a thirtieth of it.
const FILE_MAX: u64 = 1 << 20;

/// The words of a run, and which file they were added from.
#[derive(Debug, Clone)]
pub struct Given {
    /// The built-in words and the file's.
    pub words: Vocabulary,
    /// The file's name and the SHA-256 of its content; none: no file was given.
    pub file: Option<(String, String)>,
}

/// The words of forms: the built-in ones, and those of the file, if one is given.
///
/// # Errors
/// The file cannot be read, or has flaws.
pub fn open(path: Option<&Path>) -> Result<Given, Error> {
    let Some(path) = path else { return Ok(Given { words: Vocabulary::builtin().clone(), file: None }) };
    let bytes = bytes_of(path)?;
    let sha256 = hexadecimal(&Sha256::digest(&bytes));
    let text = String::from_utf8(bytes).map_err(|_| not_words(path))?;
    let shown = path.display().to_string();
    let flawed = |flaws| Error::FlawedVocabulary { file: shown.clone(), flaws };
    let words = Vocabulary::builtin().with(&shown, &text).map_err(flawed)?;
    let name = path.file_name().map_or_else(|| shown.clone(), |name| name.to_string_lossy().into_owned());
    Ok(Given { words, file: Some((name, sha256)) })
}

/// What a path leads to may be no file, and without an end.
fn bytes_of(path: &Path) -> Result<Vec<u8>, Error> {
    let unreachable = |cause| Error::Unreachable { path: path.to_owned(), cause };
    if !std::fs::metadata(path).map_err(unreachable)?.is_file() {
        return Err(not_words(path));
    }
    let mut bytes = Vec::new();
    std::fs::File::open(path).map_err(unreachable)?.take(FILE_MAX + 1).read_to_end(&mut bytes).map_err(unreachable)?;
    if bytes.len() as u64 > FILE_MAX { Err(not_words(path)) } else { Ok(bytes) }
}

fn not_words(path: &Path) -> Error {
    Error::NoVocabulary { path: path.to_owned(), most: FILE_MAX >> 20 }
}
