//! Outputs that cannot be meant, or cannot be written, are refused before any file is read.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use crate::batch::Input;
use crate::cli::Outputs;
use crate::error::Error;
use crate::report::writers::write::{self, folder_of};
use crate::report::writers::{html, jsonl, whole};
use crate::text::{Language, visible};

/// Every file that a run may write; none of them is an input.
pub fn paths(outputs: &Outputs) -> Vec<PathBuf> {
    let optional = [&outputs.workbook, &outputs.jsonl, &outputs.html, &outputs.batch_json];
    optional.into_iter().flatten().filter(|path| !is_standard_output(path)).cloned().collect()
}

pub(super) fn is_standard_output(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Refuses outputs that cannot be meant: none at all, the workbook on standard output or under a name that no spreadsheet
/// program opens, a folder in place of a file, two outputs in one file; and those that could not be written at the end of
/// the run: something else stands there, or the folder takes no file.
///
/// # Errors
/// The sentence for people.
pub fn refuse_impossible(outputs: &Outputs, language: Language) -> Result<(), Error> {
    if outputs.are_lines_only() && outputs.jsonl.is_none() {
        return Err(Error::Usage(language.word("run.usage-no-output")));
    }
    let files_only = [&outputs.workbook, &outputs.html, &outputs.batch_json];
    let onto_stdout = files_only.into_iter().flatten().any(|path| is_standard_output(path));
    if onto_stdout {
        return Err(Error::Usage(language.word("run.usage-workbook-to-stdout")));
    }
    if let Some(path) = &outputs.workbook {
        refuse_no_workbook(path, language)?;
    }
    let files = paths(outputs);
    if let Some(folder) = files.iter().find(|path| path.is_dir()) {
        return Err(usage("run.usage-output-is-folder", folder, language));
    }
    if let Some(file) = outputs.letters.as_ref().filter(|path| path.exists() && !path.is_dir()) {
        return Err(usage("run.usage-letters-is-file", file, language));
    }
    let all: Vec<&PathBuf> = files.iter().chain(&outputs.letters).collect();
    let places: Vec<PathBuf> = all.iter().map(|path| place(path)).collect();
    let twice = (1..places.len()).find(|at| places[..*at].contains(&places[*at]));
    if let Some(at) = twice {
        return Err(usage("run.usage-same-output", all[at], language));
    }
    refuse_unwritable(outputs)
}

/// Refuses a name for a workbook under which no spreadsheet program would open it, or that is a folder's.
///
/// # Errors
/// The sentence for people.
pub fn refuse_no_workbook(path: &Path, language: Language) -> Result<(), Error> {
    if path.is_dir() {
        return Err(usage("run.usage-workbook-is-folder", path, language));
    }
    let is_workbook = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    if is_workbook { Ok(()) } else { Err(usage("run.usage-workbook-ending", path, language)) }
}

/// Refuses what could not be written when the run is done.
fn refuse_unwritable(outputs: &Outputs) -> Result<(), Error> {
    let mut ours: Vec<(&PathBuf, bool)> = Vec::new();
    ours.extend(outputs.workbook.iter().map(|path| (path, write::is_audit_workbook(path))));
    ours.extend(outputs.jsonl.iter().filter(|path| !is_standard_output(path)).map(|path| (path, jsonl::is_ours(path))));
    ours.extend(outputs.html.iter().map(|path| (path, html::is_ours(path))));
    ours.extend(outputs.batch_json.iter().map(|path| (path, whole::is_ours(path))));
    for (path, is_ours) in ours {
        if write::is_stream(path) {
            continue;
        }
        // One that another program holds cannot be looked into; it stays, and the output gets a name beside it.
        if path.exists() && !is_ours && !outputs.force && !write::is_held(path) {
            return Err(Error::WouldOverwrite { path: path.clone() });
        }
        probe(folder_of(path)).map_err(|cause| Error::Unwritable { path: path.clone(), cause })?;
    }
    Ok(())
}

/// Whether a folder takes a file: one without a name, gone at once.
fn probe(folder: &Path) -> io::Result<()> {
    tempfile::tempfile_in(folder).map(drop)
}

/// Where a path leads, so that two names of one file are seen to be one; letters of either case are alike where the system
/// takes them for one.
fn place(path: &Path) -> PathBuf {
    let name = path.file_name().map(OsString::from).unwrap_or_default();
    let in_folder = || std::fs::canonicalize(folder_of(path)).map(|folder| folder.join(&name));
    let place = std::fs::canonicalize(path).or_else(|_| in_folder()).unwrap_or_else(|_| path.to_owned());
    if cfg!(windows) { PathBuf::from(as_in_windows(&place.to_string_lossy())) } else { place }
}

/// A path as Windows tells files apart: letters of either case are alike, and dots and blanks at the end are no part of a name.
fn as_in_windows(path: &str) -> String {
    path.trim_end_matches(['.', ' ']).to_lowercase()
}

fn usage(key: &str, path: &Path, language: Language) -> Error {
    Error::Usage(language.say(key, &[("path", &visible(&path.display().to_string()))]))
}

/// Refuses an output that is one of the inputs: inputs are never written to.
///
/// # Errors
/// The output's path.
pub fn refuse_inputs(outputs: &Outputs, inputs: &[Input]) -> Result<(), Error> {
    refuse_read(outputs, inputs.iter().map(|input| input.path.as_path()))
}

/// The same of any files that a run reads.
///
/// # Errors
/// The output's path.
pub fn refuse_read<'a>(outputs: &Outputs, mut read: impl Iterator<Item = &'a Path>) -> Result<(), Error> {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let places: Vec<(PathBuf, PathBuf)> =
        paths(outputs).into_iter().filter_map(|path| Some((real(&path)?, path))).collect();
    let met = read.find_map(|file| {
        let file = real(file)?;
        places.iter().find(|(place, _)| *place == file)
    });
    met.map_or(Ok(()), |(_, path)| Err(Error::OutputIsInput { path: path.clone() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_spellings_of_one_file_of_windows_are_seen_to_be_one() {
        let same = [r"D:\结果\OUT.XLSX", r"d:\结果\out.xlsx", r"D:\结果\Out.xlsx. ."];
        assert!(same.iter().all(|path| as_in_windows(path) == as_in_windows(same[0])));
        assert_ne!(as_in_windows(r"D:\结果\out.xlsx"), as_in_windows(r"D:\结果\out2.xlsx"));
    }
}
