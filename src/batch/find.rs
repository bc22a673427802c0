//! Which files under the given paths are workbooks, archives, or neither.
//!
//! Folders are searched to the bottom, each once however many links lead to it, and nothing is opened that is not a
//! plain file. Lock files, hidden files and this program's own audit workbooks are passed over in silence; anything else that
//! is no workbook is named.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::File;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::archive;
use super::found::{
    FileKind, Found, Input, NotWorkbook, Refusal, WORKBOOK_ENDINGS, has_ending, is_not_read, is_passed_over, kind_of,
};
use super::limits::ArchiveLimits;
use crate::error::Error;
use crate::report::writers::write::is_audit_workbook;
use crate::system::Cause;
use crate::workbook::content::glance::{Glance, sniff, sniff_large};

/// Searches every path.
///
/// # Errors
/// A path that is not there.
pub fn find(paths: &[PathBuf], limits: &ArchiveLimits) -> Result<Found, Error> {
    let mut found = Found::default();
    for path in paths {
        let meta = std::fs::metadata(path).map_err(|cause| Error::Unreachable { path: path.clone(), cause })?;
        if meta.is_dir() {
            search_folder(path, path, limits, &mut found);
        } else {
            look_at(path, name_of(path), true, limits, &mut found);
        }
    }
    Ok(in_order(found))
}

/// Looks at those files and folders below a folder that a list names; each is found, and named, as in a search of the whole
/// folder. One that is not there any more gets a line: somebody saw it.
pub fn find_listed(root: &Path, listed: &[PathBuf], limits: &ArchiveLimits) -> Found {
    let mut found = Found::default();
    for path in listed {
        let is_shown = path.iter().all(|name| !is_passed_over(&name.to_string_lossy()));
        let path = root.join(path);
        match std::fs::metadata(&path) {
            _ if !is_shown => {}
            Ok(meta) if meta.is_dir() => search_folder(root, &path, limits, &mut found),
            Ok(meta) => look_at_found(root, &path, meta.is_file(), limits, &mut found),
            Err(cause) => found.inputs.push(refused(relative_name(root, &path), &path, cause.into())),
        }
    }
    in_order(found)
}

fn in_order(mut found: Found) -> Found {
    found.inputs.sort();
    found.others.sort();
    found.others.dedup();
    drop_repeated(&mut found.inputs);
    found
}

/// A file reached by two of the paths is one input, under the first of its names.
fn drop_repeated(inputs: &mut Vec<Input>) {
    let mut seen = HashSet::new();
    inputs.retain(|input| seen.insert((real(&input.path), input.entries.clone())));
}

/// Where a path leads.
fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Searches a folder that is the root or lies below it.
fn search_folder(root: &Path, folder: &Path, limits: &ArchiveLimits, found: &mut Found) {
    let in_order = |one: &DirEntry, other: &DirEntry| in_path_order(one.file_name(), other.file_name());
    let walk = WalkDir::new(folder).follow_links(true).sort_by(in_order).into_iter();
    let mut entered = HashSet::new();
    let visible = walk.filter_entry(|entry| {
        let shown = entry.depth() == 0 || !is_passed_over(&entry.file_name().to_string_lossy());
        shown && (!entry.file_type().is_dir() || entered.insert(real(entry.path())))
    });
    for entry in visible {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => look_at_found(root, entry.path(), entry.file_type().is_file(), limits, found),
            Err(error) => note_unreachable(root, &error, found),
        }
    }
}

/// A file met below the root. What is no plain file is an input where its name promises one.
fn look_at_found(root: &Path, path: &Path, is_plain: bool, limits: &ArchiveLimits, found: &mut Found) {
    let file = relative_name(root, path);
    if is_plain {
        look_at(path, file, false, limits, found);
    } else if has_ending(&file, WORKBOOK_ENDINGS) || has_ending(&file, &["zip"]) {
        found.inputs.push(refused(file, path, Refusal::NotAFile));
    }
}

/// The order of the paths that go on from there, which inputs are in: of the links to a folder the first leads into it.
fn in_path_order(one: &OsStr, other: &OsStr) -> Ordering {
    let onward = |name: &OsStr| [name.to_string_lossy().as_bytes(), b"/"].concat();
    onward(one).cmp(&onward(other)).then_with(|| one.cmp(other))
}

/// A folder that cannot be opened is an input that cannot be read: it may hold submissions. A link in a circle is not.
fn note_unreachable(root: &Path, error: &walkdir::Error, found: &mut Found) {
    if error.loop_ancestor().is_some() {
        return;
    }
    let path = error.path().unwrap_or(root);
    let refusal = error.io_error().map_or(Refusal::NotAFile, |cause| Refusal::Unreadable(Cause::of(cause)));
    found.inputs.push(refused(relative_name(root, path), path, refusal));
}

fn refused(file: String, path: &Path, refusal: Refusal) -> Input {
    Input { file, path: path.to_owned(), entries: Vec::new(), refused: Some(refusal) }
}

/// Sorts one file on disk into inputs and others. A file named on the command line always gets a line.
fn look_at(path: &Path, file: String, named: bool, limits: &ArchiveLimits, found: &mut Found) {
    if is_passed_over(&name_of(path)) {
        return;
    }
    match kind_on_disk(path, &file, limits) {
        Ok(FileKind::Workbook) if is_ours(path, &file, limits) => {}
        Ok(FileKind::Archive) => archive::list(path, &file, limits, found),
        Ok(FileKind::Other) if !named => found.others.push(NotWorkbook { packed: is_not_read(&file), file }),
        Ok(FileKind::Workbook | FileKind::Other) => {
            found.inputs.push(Input { file, path: path.to_owned(), entries: Vec::new(), refused: None });
        }
        Err(refusal) => found.inputs.push(refused(file, path, refusal)),
    }
}

/// What a file on disk is. Only a plain file that holds something is opened: what lies behind a name may be endless,
/// or wait for somebody, and tells no size then.
fn kind_on_disk(path: &Path, file: &str, limits: &ArchiveLimits) -> Result<FileKind, Refusal> {
    let meta = std::fs::metadata(path)?;
    if !meta.is_file() {
        return Err(Refusal::NotAFile);
    }
    match meta.len() {
        0 if has_ending(file, &["zip"]) => Ok(FileKind::Workbook),
        0 => kind_of(file, || Ok(Glance::Other)),
        size => kind_of(file, || {
            let content = File::open(path)?;
            Ok(if size <= limits.entry_bytes { sniff(content) } else { sniff_large(content) }?)
        }),
    }
}

/// A file under a workbook's name that this program wrote. One over the limit is not opened to tell.
fn is_ours(path: &Path, file: &str, limits: &ArchiveLimits) -> bool {
    let small = std::fs::metadata(path).is_ok_and(|meta| meta.len() <= limits.entry_bytes);
    small && has_ending(file, WORKBOOK_ENDINGS) && is_audit_workbook(path)
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

fn relative_name(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    parts.join("/")
}
