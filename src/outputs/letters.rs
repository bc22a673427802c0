//! The letters among the outputs: whether they can be written, and what is said of them.

use std::path::{Path, PathBuf};

use crate::cli::Outputs;
use crate::error::Error;
use crate::report::Batch;
use crate::report::writers::letters::Letters;
use crate::text::Language;

use super::failure::unmakeable;

/// The letters, if they are wanted; refused before anything is written where others would be overwritten.
pub(super) fn letters(batch: &Batch, outputs: &Outputs, language: Language) -> Result<Option<Letters>, Error> {
    let Some(folder) = &outputs.letters else { return Ok(None) };
    let letters =
        crate::report::writers::letters::letters(batch, language).map_err(|cause| unmakeable(folder, cause))?;
    let standing = if outputs.force { Vec::new() } else { letters.in_the_way(folder) };
    let Some(first) = standing.first() else { return Ok(Some(letters)) };
    let shown = |path: &Path| crate::text::visible(&path.display().to_string());
    let name = first.file_name().map(PathBuf::from).unwrap_or_default();
    let holes: &[(&str, &dyn std::fmt::Display)] =
        &[("folder", &shown(folder)), ("count", &standing.len()), ("first", &shown(&name))];
    Err(Error::Usage(language.say("letter.in-the-way", holes)))
}

pub(super) fn said_of_letters(letters: &Letters, folder: &Path, language: Language) -> Vec<String> {
    let folder = crate::text::visible(&folder.display().to_string());
    let mut said = vec![language.say("letter.written", &[("count", &letters.letters.len()), ("folder", &folder)])];
    if let Some(report) = &letters.summing_up {
        said.push(language.say("letter.summing-up", &[("file", &report.file), ("folder", &folder)]));
    }
    if letters.silent > 0 {
        said.push(language.say("letter.silent", &[("count", &letters.silent)]));
    }
    said
}
