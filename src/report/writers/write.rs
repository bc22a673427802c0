//! Outputs appear whole or not at all: written beside the target, then renamed over it.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::aside;
use crate::system::Cause;
use crate::workbook::directory;

pub use super::aside::folder_of;

/// The name of the document property by which an audit workbook is known.
pub const MARK: &str = "fuhe-audit-workbook";

/// Parts of an audit workbook: a department takes a handful, and only so many departments are in one workbook.
const MOST_PARTS: u64 = 50_000;

/// Why an output was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Something that is not ours stands there, and nobody allowed to replace it.
    #[error("{0} exists and is not an audit workbook")]
    NotOurs(PathBuf),
    /// The file system.
    #[error("{0}: {1}")]
    Io(PathBuf, #[source] io::Error),
}

/// Where an output was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub path: PathBuf,
    /// The target was in use (open in a spreadsheet program), so that a free name beside it was taken: the target.
    pub instead_of: Option<PathBuf>,
    /// The replaced workbook.
    pub backup: Option<PathBuf>,
}

/// An audit workbook written beside its place, whatever stands there: it is looked at when the workbook is put into it.
pub struct Finished {
    path: PathBuf,
    file: tempfile::TempPath,
}

impl Finished {
    /// Writes it, piece by piece: of thousands of submissions it is larger than all else that a run holds.
    ///
    /// # Errors
    /// The file system refuses, or `pieces` says why there is none.
    pub fn workbook(
        path: &Path,
        pieces: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
    ) -> Result<Finished, WriteError> {
        let file = beside_by(&aside::target(path), pieces)?.into_temp_path();
        Ok(Finished { path: path.to_owned(), file })
    }

    /// Puts it into its place. A workbook of ours that stands there is kept as a backup; any other file is replaced with
    /// `force` only.
    ///
    /// # Errors
    /// When something else stands there, or the file system refuses.
    pub fn put(self, force: bool) -> Result<Written, WriteError> {
        let Finished { path, file } = self;
        // What stood there may have been moved aside since.
        let path = aside::target(&path);
        match Standing::at(&path, force, is_audit_workbook) {
            Some(standing) => Staged { path, file, standing }.put(),
            None => Err(WriteError::NotOurs(path)),
        }
    }
}

/// An audit workbook that is written beside its place, and stands nowhere yet: dropped, it leaves nothing behind.
pub struct Staged {
    path: PathBuf,
    file: tempfile::TempPath,
    standing: Standing,
}

/// What stands in the place of an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Nothing,
    /// A file of ours.
    Ours,
    /// Another one, that may be replaced.
    Other,
    /// A file that another program holds, so that nobody can tell whose it is: it stays.
    Held,
}

impl Standing {
    /// What stands there. None: a file that is neither ours nor to be replaced.
    fn at(path: &Path, force: bool, is_ours: impl Fn(&Path) -> bool) -> Option<Standing> {
        match path {
            _ if !path.exists() => Some(Standing::Nothing),
            _ if is_ours(path) => Some(Standing::Ours),
            _ if is_held(path) => Some(Standing::Held),
            _ => force.then_some(Standing::Other),
        }
    }
}

/// Whether another program holds a file so that it cannot even be read.
pub fn is_held(path: &Path) -> bool {
    fs::File::open(path).is_err_and(|error| Cause::of(&error).is_in_use())
}

impl Staged {
    /// Writes the workbook beside its place.
    ///
    /// # Errors
    /// Something else stands in its place and is not to be replaced, or the file system refuses.
    pub fn workbook(path: &Path, bytes: &[u8], force: bool) -> Result<Staged, WriteError> {
        let path = &aside::target(path);
        let standing =
            Standing::at(path, force, is_audit_workbook).ok_or_else(|| WriteError::NotOurs(path.to_owned()))?;
        // Closed: thousands of them may wait.
        let file = beside(path, bytes)?.into_temp_path();
        Ok(Staged { path: path.to_owned(), file, standing })
    }

    /// Puts it into its place; the workbook of ours that stands there is kept as a backup.
    ///
    /// # Errors
    /// The file system refuses.
    pub fn put(self) -> Result<Written, WriteError> {
        let Staged { path, file, standing } = self;
        let written = fs::OpenOptions::new().write(true).open(&file).and_then(|file| file.sync_all());
        written.map_err(|error| WriteError::Io(path.clone(), error))?;
        let backup = if standing == Standing::Ours { Some(back_up(&path)?) } else { None };
        Ok(Written { backup, ..persist(file, &path, standing)? })
    }
}

/// Gives a finished file its name; where another program holds what stands there, a free name beside it.
fn persist(file: tempfile::TempPath, path: &Path, standing: Standing) -> Result<Written, WriteError> {
    if standing == Standing::Held {
        return persist_beside(file, path);
    }
    match file.persist(aside::reachable(path)) {
        Ok(()) => Ok(Written { path: path.to_owned(), instead_of: None, backup: None }),
        Err(failed) if standing != Standing::Nothing => persist_beside(failed.path, path),
        Err(failed) => Err(WriteError::Io(path.to_owned(), failed.error)),
    }
}

/// Writes any other output; a file that stands there is replaced with `force`, or when `ours` knows it.
///
/// # Errors
/// When something else stands there, or the file system refuses.
pub fn file(path: &Path, bytes: &[u8], force: bool, ours: impl Fn(&Path) -> bool) -> Result<Written, WriteError> {
    file_by(path, force, ours, |writer| writer.write_all(bytes))
}

/// The same of an output that is written piece by piece.
///
/// # Errors
/// When something else stands there, or the file system refuses.
pub fn file_by(
    path: &Path,
    force: bool,
    ours: impl Fn(&Path) -> bool,
    pieces: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<Written, WriteError> {
    let failed = |error| WriteError::Io(path.to_owned(), error);
    if is_stream(path) {
        let mut stream = fs::OpenOptions::new().write(true).open(path).map_err(failed)?;
        pieces(&mut stream).map_err(failed)?;
        return Ok(Written { path: path.to_owned(), instead_of: None, backup: None });
    }
    let standing = Standing::at(path, force, ours).ok_or_else(|| WriteError::NotOurs(path.to_owned()))?;
    let path = &aside::target(path);
    let file = beside_by(path, |writer| pieces(writer))?;
    file.as_file().sync_all().map_err(failed)?;
    persist(file.into_temp_path(), path, standing)
}

/// Whether a device or a pipe stands there: what is written goes through it, and nothing takes its place.
pub fn is_stream(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|meta| !meta.is_file() && !meta.is_dir())
}

/// True for an audit workbook of this program, also after another program saved it.
pub fn is_audit_workbook(path: &Path) -> bool {
    // A pipe or a device would be waited for.
    fs::metadata(path).is_ok_and(|meta| meta.is_file()) && fs::File::open(path).is_ok_and(is_audit_content)
}

/// The same of a workbook's content.
pub fn is_audit_content(content: impl io::Read + io::Seek) -> bool {
    let Ok(mut archive) = directory::open(content, MOST_PARTS) else { return false };
    let Ok(part) = archive.by_name("docProps/custom.xml") else { return false };
    let mut text = Vec::new();
    // The part is a few lines; a longer one is not ours.
    let read = io::Read::read_to_end(&mut io::Read::take(part, 1 << 20), &mut text);
    read.is_ok() && String::from_utf8_lossy(&text).contains(MARK)
}

fn beside(path: &Path, bytes: &[u8]) -> Result<tempfile::NamedTempFile, WriteError> {
    beside_by(path, |writer| writer.write_all(bytes))
}

fn beside_by(
    path: &Path,
    pieces: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
) -> Result<tempfile::NamedTempFile, WriteError> {
    aside::beside_by(path, pieces).map_err(|error| WriteError::Io(path.to_owned(), error))
}

/// Most backups of one workbook.
const BACKUPS_MAX: u32 = 9_999;

/// Copies what stands there to the next numbered name beside it: no earlier backup is ever replaced. One that has the same content
/// as the latest is that one.
fn back_up(path: &Path) -> Result<PathBuf, WriteError> {
    let failed = |error| WriteError::Io(path.to_owned(), error);
    let name = |number: u32| named(path, &format!(".bak-{number}"));
    let free = (1..=BACKUPS_MAX).find(|number| !name(*number).exists());
    let Some(free) = free else { return Err(failed(io::ErrorKind::AlreadyExists.into())) };
    let content = fs::read(path).map_err(failed)?;
    if free > 1 && fs::read(name(free - 1)).is_ok_and(|latest| latest == content) {
        return Ok(name(free - 1));
    }
    // Written aside and renamed: a full disk leaves no half of one, and takes none that is there.
    let copy = beside(path, &content)?;
    copy.as_file().sync_all().map_err(failed)?;
    let backup = name(free);
    let kept = copy.persist_noclobber(aside::reachable(&backup));
    kept.map_err(|refused| WriteError::Io(backup.clone(), refused.error))?;
    Ok(backup)
}

/// Moves what stands there to the first free name beside it; the name.
///
/// # Errors
/// The file system refuses, or no name is free.
pub fn move_aside(path: &Path) -> Result<PathBuf, WriteError> {
    let names = (1..=99).map(|number| named(path, &format!(".old-{number}")));
    let taken = || WriteError::Io(path.to_owned(), io::ErrorKind::AlreadyExists.into());
    let aside = names.into_iter().find(|name| !name.exists()).ok_or_else(taken)?;
    fs::rename(path, &aside).map_err(|error| WriteError::Io(path.to_owned(), error))?;
    Ok(aside)
}

/// `audit.xlsx` → `audit.bak.xlsx`.
fn named(path: &Path, addition: &str) -> PathBuf {
    let mut name = path.file_stem().map(OsString::from).unwrap_or_default();
    name.push(addition);
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}

/// The target is in use: the first free name beside it takes the result.
fn persist_beside(file: tempfile::TempPath, path: &Path) -> Result<Written, WriteError> {
    let mut file = file;
    for number in 2..=99 {
        let free = named(path, &format!("-{number}"));
        match file.persist_noclobber(aside::reachable(&free)) {
            Ok(()) => return Ok(Written { path: free, instead_of: Some(path.to_owned()), backup: None }),
            Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => file = failed.path,
            Err(failed) => return Err(WriteError::Io(free, failed.error)),
        }
    }
    Err(WriteError::Io(path.to_owned(), io::ErrorKind::AlreadyExists.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_replaced_stays_and_the_result_stands_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a.jsonl");
        // A folder is replaced by no file, as a file is not that another program holds.
        fs::create_dir(&place).unwrap();
        for number in 2..4 {
            let written = file(&place, b"line", true, |_| false).unwrap();
            assert_eq!(written.path, folder.path().join(format!("a-{number}.jsonl")));
            assert_eq!((written.instead_of.as_deref(), written.backup), (Some(&*place), None));
            assert_eq!(fs::read(&written.path).unwrap(), b"line");
        }
        assert!(place.is_dir());
    }

    #[test]
    fn a_held_file_is_never_replaced_whoever_lets_go_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a.html");
        fs::write(&place, b"somebody's").unwrap();
        let finished = beside(&place, b"page").unwrap().into_temp_path();
        let written = persist(finished, &place, Standing::Held).unwrap();
        assert_eq!((written.path, written.instead_of), (folder.path().join("a-2.html"), Some(place.clone())));
        assert_eq!(fs::read(&place).unwrap(), b"somebody's");
    }
}
