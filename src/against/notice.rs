//! The notice by which the bureau called for self-evaluations (`--notice`), or the form it gave along: text of it that
//! departments repeat is nobody's own.

use std::path::Path;

use super::bytes_of;
use crate::across::NobodysWords;
use crate::batch::reader_problem;
use crate::error::Error;
use crate::passages::GRAM;
use crate::phrase::Phrase;
use crate::workbook::{Limits, running_text};

/// Bytes of the file; notices have some hundred thousand.
const FILE_MAX: u64 = 32 << 20;

/// Adds the words of a notice to what is known: .txt in UTF-8 or GB18030, .docx, or a workbook. Gives the bytes of its file.
///
/// # Errors
/// It cannot be read, or there is no text in it.
pub fn open(path: &Path, known: &mut NobodysWords) -> Result<Vec<u8>, Error> {
    let refused = |why: Phrase| Error::NoNotice { path: path.to_owned(), why };
    let bytes = bytes_of(path, FILE_MAX)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let limits = Limits { file_bytes: FILE_MAX, ..Limits::default() };
    let texts = running_text(&name, &bytes, &limits).map_err(|problem| refused(reader_problem(&problem).phrase))?;
    let mut own = NobodysWords::default();
    own.add(texts.iter().map(String::as_str));
    if own.grams.is_empty() {
        return Err(refused(Phrase::new("run.notice-empty").with("count", GRAM)));
    }
    known.grams.extend(own.grams);
    known.has_notice = true;
    Ok(bytes)
}
