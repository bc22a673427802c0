//! What a file that cannot be written means to the run.

use std::path::Path;

use crate::error::Error;
use crate::report;
use crate::report::writers::write::WriteError;

/// What the spreadsheet writer refused, as what it means to the caller.
pub fn unwritable(path: &Path, cause: impl std::fmt::Display) -> Error {
    Error::Unwritable { path: path.to_owned(), cause: std::io::Error::other(cause.to_string()) }
}

pub(super) fn write_error(error: WriteError) -> Error {
    match error {
        WriteError::NotOurs(path) => Error::WouldOverwrite { path },
        WriteError::Io(path, cause) => Error::Unwritable { path, cause },
    }
}

/// Writes one file that is no audit workbook.
///
/// # Errors
/// It exists and `force` is not given, or it cannot be written.
pub fn write_file(path: &Path, bytes: &[u8], force: bool) -> Result<(), Error> {
    report::writers::write::file(path, bytes, force, |_| false).map_err(write_error)
}
