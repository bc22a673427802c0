//! Archives of submissions: listed and read entry by entry, never unpacked to disk.
//!
//! Names inside an archive are only ever shown. An entry is found again by its number, so that no name in it can
//! point anywhere.

use std::cell::Cell;
use std::fs::File;
use std::io::{Cursor, Read, Seek};
use std::path::Path;
use std::sync::Arc;

use zip::ZipArchive;
use zip::result::ZipError;

use super::find::{Found, Input, Kind, NotWorkbook, Refusal, is_not_read, is_passed_over, kind_of};
use super::limits::ArchiveLimits;
use super::sniff::is_container;

/// Adds what the archive at `path` holds, under names that begin with `file`.
pub fn list(path: &Path, file: &str, limits: &ArchiveLimits, found: &mut Found) {
    let before = found.inputs.len();
    let listing = Listing { path, limits, unpacked: Cell::new(0) };
    let listed = File::open(path)
        .map_err(|cause| Refusal::Unreadable(cause.to_string()))
        .and_then(|content| listing.list(content, file, &Above::default(), found));
    match listed {
        Ok(()) if found.inputs.len() == before => found.inputs.push(listing.refused(file, &[], Refusal::NoWorkbook)),
        Ok(()) => {}
        Err(refusal) => found.inputs.push(listing.refused(file, &[], refusal)),
    }
}

struct Listing<'a> {
    path: &'a Path,
    limits: &'a ArchiveLimits,
    /// Bytes unpacked so far, and bytes that reading the inputs found will unpack.
    unpacked: Cell<u64>,
}

/// The archives around an archive within an archive.
#[derive(Default)]
struct Above {
    /// The number of each in the one around it.
    entries: Vec<usize>,
    /// What has to be unpacked to get at the innermost, in bytes.
    bytes: u64,
}

impl Listing<'_> {
    fn list<R: Read + Seek>(&self, content: R, file: &str, above: &Above, found: &mut Found) -> Result<(), Refusal> {
        let mut archive = ZipArchive::new(content).map_err(broken)?;
        if archive.len() > self.limits.entries {
            return Err(Refusal::TooLarge("entries", self.limits.entries.to_string(), archive.len().to_string()));
        }
        if archive.has_duplicate_names() {
            found.inputs.push(self.refused(file, &above.entries, Refusal::RepeatedNames));
        }
        for number in 0..archive.len() {
            self.list_entry(&mut archive, number, file, above, found);
        }
        Ok(())
    }

    /// One entry that cannot be looked at costs one line; the others are listed all the same.
    fn list_entry<R: Read + Seek>(
        &self,
        archive: &mut ZipArchive<R>,
        number: usize,
        file: &str,
        above: &Above,
        found: &mut Found,
    ) {
        let entries: Vec<usize> = above.entries.iter().copied().chain([number]).collect();
        let (name, directory, size) = match archive.by_index_raw(number) {
            Ok(entry) => (entry_name(entry.name_raw()), entry.is_dir(), entry.size()),
            Err(_) => (format!("#{number}"), false, 0),
        };
        if directory || name.split('/').any(is_passed_over) || name.starts_with("__MACOSX/") {
            return;
        }
        let shown = format!("{file}/{name}");
        let mut content = None;
        let kind = kind_of(&name, || match start_of(archive, number)? {
            start if is_container(&start) => content.insert(self.unpack(archive, number)).clone().map(Cursor::new),
            start => Ok(Cursor::new(start.into())),
        });
        match kind {
            Ok(Kind::Workbook) => {
                // The size that an entry states is held to when it is read.
                let refused = self.count(above.bytes.saturating_add(size.min(self.limits.entry_bytes))).err();
                found.inputs.push(Input { file: shown, path: self.path.to_owned(), entries, refused });
            }
            Ok(Kind::Archive) if entries.len() < self.limits.depth => {
                let inner = content.unwrap_or_else(|| self.unpack(archive, number));
                let before = found.inputs.len();
                let listed = inner.and_then(|bytes| {
                    let above =
                        Above { entries: entries.clone(), bytes: above.bytes.saturating_add(bytes.len() as u64) };
                    self.list(Cursor::new(bytes), &shown, &above, found)
                });
                match listed {
                    Ok(()) if found.inputs.len() == before => {
                        found.inputs.push(self.refused(&shown, &entries, Refusal::NoWorkbook));
                    }
                    Ok(()) => {}
                    Err(refusal) => found.inputs.push(self.refused(&shown, &entries, refusal)),
                }
            }
            Ok(Kind::Archive) => {
                let depth = self.limits.depth.to_string();
                let refusal = Refusal::TooLarge("depth", depth, entries.len().saturating_add(1).to_string());
                found.inputs.push(self.refused(&shown, &entries, refusal));
            }
            Ok(Kind::Other) => found.others.push(NotWorkbook { packed: is_not_read(&shown), file: shown }),
            Err(refusal) => found.inputs.push(self.refused(&shown, &entries, refusal)),
        }
    }

    /// An entry's bytes, counted.
    fn unpack<R: Read + Seek>(&self, archive: &mut ZipArchive<R>, number: usize) -> Result<Arc<[u8]>, Refusal> {
        self.count(0)?;
        let bytes = read(archive, number, self.limits)?;
        self.count(bytes.len() as u64)?;
        Ok(bytes.into())
    }

    /// Counts bytes that are unpacked, or will be to read what was found.
    fn count(&self, bytes: u64) -> Result<(), Refusal> {
        let allowed = self.limits.unpacked_bytes;
        self.unpacked.set(self.unpacked.get().saturating_add(bytes));
        if self.unpacked.get() <= allowed {
            return Ok(());
        }
        Err(Refusal::TooLarge("archive-bytes", allowed.to_string(), self.unpacked.get().to_string()))
    }

    fn refused(&self, file: &str, entries: &[usize], refusal: Refusal) -> Input {
        Input { file: file.to_owned(), path: self.path.to_owned(), entries: entries.to_vec(), refused: Some(refusal) }
    }
}

/// The bytes of an entry of the archive at `path`, through the archives in between.
///
/// # Errors
/// The entry is broken, has a password, or is over a limit.
pub fn read_entry(path: &Path, entries: &[usize], limits: &ArchiveLimits) -> Result<Vec<u8>, Refusal> {
    let content = File::open(path).map_err(|cause| Refusal::Unreadable(cause.to_string()))?;
    let Some((first, inner)) = entries.split_first() else { return Err(Refusal::CorruptArchive) };
    let mut archive = ZipArchive::new(content).map_err(broken)?;
    let mut bytes = read(&mut archive, *first, limits)?;
    for number in inner {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        bytes = read(&mut archive, *number, limits)?;
    }
    Ok(bytes)
}

/// One entry, never more of it than the limit whatever the archive says of its size.
fn read<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    number: usize,
    limits: &ArchiveLimits,
) -> Result<Vec<u8>, Refusal> {
    let entry = archive.by_index(number).map_err(broken)?;
    let mut bytes = Vec::new();
    let read = entry.take(limits.entry_bytes.saturating_add(1)).read_to_end(&mut bytes);
    if bytes.len() as u64 > limits.entry_bytes {
        return Err(Refusal::TooLarge("entry-bytes", limits.entry_bytes.to_string(), bytes.len().to_string()));
    }
    read.map_err(|_| Refusal::CorruptArchive)?;
    Ok(bytes)
}

/// The first bytes of an entry, so that a photograph is not unpacked to learn that it is none of ours.
fn start_of<R: Read + Seek>(archive: &mut ZipArchive<R>, number: usize) -> Result<Vec<u8>, Refusal> {
    let mut start = Vec::new();
    archive.by_index(number).map_err(broken)?.take(8).read_to_end(&mut start).map_err(|_| Refusal::CorruptArchive)?;
    Ok(start)
}

fn broken(error: ZipError) -> Refusal {
    match error {
        ZipError::UnsupportedArchive(reason) if reason == ZipError::PASSWORD_REQUIRED => Refusal::EncryptedArchive,
        ZipError::Io(cause) if cause.kind() == std::io::ErrorKind::PermissionDenied => {
            Refusal::Unreadable(cause.to_string())
        }
        _ => Refusal::CorruptArchive,
    }
}

/// Names are UTF-8 or, from Chinese Windows, GBK, whatever the archive's flag says.
fn entry_name(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GBK.decode(raw).0.into_owned(),
    };
    name.replace('\\', "/")
}
