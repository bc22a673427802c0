//! What a file that is written, or cannot be, means to the run.

use std::path::Path;

use crate::error::Error;
use crate::report;
use crate::report::writers::write::{WriteError, Written};
use crate::text::{Language, visible};

/// What the writer of a format refused: a fault of this program, in the writer's own words for whoever mends it.
pub fn unmakeable(path: &Path, cause: impl std::fmt::Display) -> Error {
    Error::Unmakeable { path: path.to_owned(), cause: cause.to_string() }
}

pub(super) fn write_error(error: WriteError) -> Error {
    match error {
        WriteError::NotOurs(path) => Error::WouldOverwrite { path },
        WriteError::Io(path, cause) => Error::Unwritable { path, cause },
    }
}

/// Writes one file that is no audit workbook, and says where.
///
/// # Errors
/// It exists and `force` is not given, or it cannot be written.
pub fn write_file(path: &Path, bytes: &[u8], force: bool) -> Result<Written, Error> {
    report::writers::write::file(path, bytes, force, |_| false).map_err(write_error)
}

/// Where an output is: as it is said of its own kind, or that it stands beside its place, which another program holds.
pub fn said_of(written: &Written, say: impl FnOnce(&str) -> String, language: Language) -> String {
    let shown = |path: &Path| visible(&path.display().to_string());
    match &written.instead_of {
        None => say(&shown(&written.path)),
        Some(wanted) => {
            language.say("run.written-beside", &[("path", &shown(wanted)), ("beside", &shown(&written.path))])
        }
    }
}
