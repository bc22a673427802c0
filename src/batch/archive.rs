//! Archives of submissions: listed and read entry by entry, never unpacked to disk.
//!
//! Names inside an archive are only ever shown. An entry is found again by its number, so that no name in it can
//! point anywhere.

use std::cell::Cell;
use std::fs::File;
use std::io::{Cursor, Read, Seek};
use std::path::{Path, PathBuf};

use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::found::{FileKind, Found, Input, NotWorkbook, Refusal, is_not_read, is_passed_over, kind_of};
use super::limits::ArchiveLimits;
use crate::workbook::content::glance::{Glance, HEAD_BYTES, is_container, sniff, sniff_head};
use crate::workbook::directory::{self, Measured, Refused};

/// Bytes of an entry's name: a longer one is no file's.
const NAME_BYTES: usize = 1024;
/// Signs of such a name that are shown.
const NAME_SHOWN: usize = 64;

/// Adds what the archive at `path` holds, under names that begin with `file`.
pub fn list(path: &Path, file: &str, limits: &ArchiveLimits, found: &mut Found) {
    let before = found.inputs.len();
    let listing = Listing { path, limits, entries: Cell::new(0), unpacked: Cell::new(0), searched: Cell::new(0) };
    let listed = File::open(path)
        .map_err(Refusal::from)
        .and_then(|content| listing.list(content, file, &Above::default(), found))
        .map_err(|refusal| named(refusal, &start_of_file(path)));
    listing.settle(listed, file, &[], before, found);
}

struct Listing<'a> {
    path: &'a Path,
    limits: &'a ArchiveLimits,
    /// Entries of the archives opened so far.
    entries: Cell<usize>,
    /// Bytes unpacked so far, and bytes that reading the inputs found will unpack.
    unpacked: Cell<u64>,
    /// Bytes unpacked so far to see what is there.
    searched: Cell<u64>,
}

/// The archives around an archive within an archive.
#[derive(Default)]
struct Above {
    /// The number of each in the one around it.
    entries: Vec<usize>,
    /// What has to be unpacked to get at the innermost, in bytes.
    bytes: u64,
}

/// An entry that is looked at.
struct Entry {
    /// The archive's name and the entry's.
    shown: String,
    /// Its number, after those of the archives around it.
    entries: Vec<usize>,
    /// Its size as it states it: held to when it is read.
    size: u64,
}

impl Listing<'_> {
    fn list<R: Read + Seek>(&self, content: R, file: &str, above: &Above, found: &mut Found) -> Result<(), Refusal> {
        let mut archive = self.open(content)?;
        if overlaps(&mut archive) {
            return Err(Refusal::Overlapping);
        }
        if archive.has_duplicate_names() {
            found.inputs.push(self.refused(file, &above.entries, Refusal::RepeatedNames));
        }
        for number in 0..archive.len() {
            self.list_entry(&mut archive, number, file, above, found);
        }
        Ok(())
    }

    /// Opens an archive and counts its entries.
    fn open<R: Read + Seek>(&self, content: R) -> Result<ZipArchive<Measured<R>>, Refusal> {
        let before = self.entries.get();
        let archive = open(content, self.limits.entries.saturating_sub(before)).map_err(|refusal| match refusal {
            Refusal::TooLarge("entries", _, stated) => {
                let all = stated.parse::<usize>().unwrap_or(usize::MAX).saturating_add(before);
                Refusal::TooLarge("entries", self.limits.entries.to_string(), all.to_string())
            }
            other => other,
        })?;
        self.entries.set(before.saturating_add(archive.len()));
        Ok(archive)
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
            Ok(entry) if entry.name_raw().len() > NAME_BYTES => {
                return found.inputs.push(self.refused_name(&entry, file, &entries));
            }
            Ok(entry) => (entry_name(entry.name_raw()), entry.is_dir(), entry.size()),
            Err(_) => (format!("#{number}"), false, 0),
        };
        if directory || name.split('/').any(is_passed_over) || name.starts_with("__MACOSX/") {
            return;
        }
        let entry = Entry { shown: format!("{file}/{name}"), entries, size };
        let mut content = None;
        match kind_of(&name, || self.sniff(archive, number, &mut content)) {
            Ok(FileKind::Workbook) => found.inputs.push(self.workbook(entry, above)),
            Ok(FileKind::Archive) => self.list_within(archive, &entry, content, above, found),
            Ok(FileKind::Other) => {
                found.others.push(NotWorkbook { packed: is_not_read(&entry.shown), file: entry.shown });
            }
            Err(refusal) => found.inputs.push(self.refused(&entry.shown, &entry.entries, refusal)),
        }
    }

    /// What an entry is. `content` takes its bytes where all of them had to be unpacked to tell.
    fn sniff<R: Read + Seek>(
        &self,
        archive: &mut ZipArchive<R>,
        number: usize,
        content: &mut Option<Vec<u8>>,
    ) -> Result<Glance, Refusal> {
        let start = start_of(archive, number)?;
        self.search(start.len() as u64)?;
        if !is_container(&start) {
            return Ok(Glance::Other);
        }
        if let Some(told) = sniff_head(&start) {
            return Ok(told);
        }
        let bytes = self.unpack(archive, number)?;
        Ok(sniff(Cursor::new(content.insert(bytes).as_slice()))?)
    }

    fn workbook(&self, entry: Entry, above: &Above) -> Input {
        let size = above.bytes.saturating_add(entry.size.min(self.limits.entry_bytes));
        let refused = self.count(size).err();
        Input { file: entry.shown, path: self.path.to_owned(), entries: entry.entries, refused }
    }

    fn list_within<R: Read + Seek>(
        &self,
        archive: &mut ZipArchive<R>,
        entry: &Entry,
        content: Option<Vec<u8>>,
        above: &Above,
        found: &mut Found,
    ) {
        let before = found.inputs.len();
        let listed = self.check_depth(&entry.entries).and_then(|()| {
            let bytes = match (content, entry.entries.last()) {
                (None, Some(number)) => self.unpack(archive, *number)?,
                (content, _) => content.ok_or(Refusal::CorruptArchive)?,
            };
            let bytes_above = above.bytes.saturating_add(bytes.len() as u64);
            let above = Above { entries: entry.entries.clone(), bytes: bytes_above };
            let start = bytes[..bytes.len().min(START_BYTES)].to_vec();
            self.list(Cursor::new(bytes), &entry.shown, &above, found).map_err(|refusal| named(refusal, &start))
        });
        self.settle(listed, &entry.shown, &entry.entries, before, found);
    }

    fn check_depth(&self, entries: &[usize]) -> Result<(), Refusal> {
        if entries.len() < self.limits.depth {
            return Ok(());
        }
        let depth = self.limits.depth.to_string();
        Err(Refusal::TooLarge("depth", depth, entries.len().saturating_add(1).to_string()))
    }

    /// An archive that was not listed, or holds nothing, is one line.
    fn settle(
        &self,
        listed: Result<(), Refusal>,
        file: &str,
        entries: &[usize],
        inputs_before: usize,
        found: &mut Found,
    ) {
        match listed {
            Ok(()) if found.inputs.len() == inputs_before => {
                found.inputs.push(self.refused(file, entries, Refusal::NoWorkbook));
            }
            Ok(()) => {}
            Err(refusal) => found.inputs.push(self.refused(file, entries, refusal)),
        }
    }

    /// An entry with a name too long for any file, under the beginning of it.
    fn refused_name<R: Read>(&self, entry: &ZipFile<'_, R>, file: &str, entries: &[usize]) -> Input {
        let name = entry.name_raw();
        let number = entries.last().copied().unwrap_or_default();
        let shown: String = entry_name(name).chars().take(NAME_SHOWN).collect();
        let refusal = Refusal::TooLarge("name-length", NAME_BYTES.to_string(), name.len().to_string());
        self.refused(&format!("{file}/{shown}…#{number}"), entries, refusal)
    }

    /// An entry's bytes, counted.
    fn unpack<R: Read + Seek>(&self, archive: &mut ZipArchive<R>, number: usize) -> Result<Vec<u8>, Refusal> {
        self.count(0)?;
        self.search(0)?;
        let unpacked = read(archive, number, self.limits);
        let bytes = unpacked.as_ref().map_or(self.limits.entry_bytes, |bytes| bytes.len() as u64);
        self.count(bytes)?;
        self.search(bytes)?;
        unpacked
    }

    /// Counts bytes that are unpacked, or will be to read what was found.
    fn count(&self, bytes: u64) -> Result<(), Refusal> {
        add(&self.unpacked, bytes, self.limits.unpacked_bytes, "archive-bytes")
    }

    /// Counts bytes that are unpacked to see what is there.
    fn search(&self, bytes: u64) -> Result<(), Refusal> {
        add(&self.searched, bytes, self.limits.searched_bytes, "searched-bytes")
    }

    fn refused(&self, file: &str, entries: &[usize], refusal: Refusal) -> Input {
        Input { file: file.to_owned(), path: self.path.to_owned(), entries: entries.to_vec(), refused: Some(refusal) }
    }
}

fn add(so_far: &Cell<u64>, bytes: u64, allowed: u64, limit: &'static str) -> Result<(), Refusal> {
    so_far.set(so_far.get().saturating_add(bytes));
    if so_far.get() <= allowed {
        return Ok(());
    }
    Err(Refusal::TooLarge(limit, allowed.to_string(), so_far.get().to_string()))
}

/// Opens an archive of at most so many entries.
fn open<R: Read + Seek>(content: R, most: usize) -> Result<ZipArchive<Measured<R>>, Refusal> {
    directory::open(content, most as u64).map_err(|refused| match refused {
        Refused::Entries(stated) => Refusal::TooLarge("entries", most.to_string(), stated.to_string()),
        Refused::Directory(allowed) => Refusal::Over("directory-bytes", allowed.to_string()),
        Refused::Broken(error) => broken(error),
    })
}

/// Archives that stay open from one entry to the next: opening one reads its whole directory, and one within another
/// has to be unpacked first.
#[derive(Default)]
pub struct Opened {
    on_disk: Option<OnDisk>,
}

struct OnDisk {
    path: PathBuf,
    archive: ZipArchive<Measured<File>>,
    within: Option<Within>,
}

/// The innermost archive that was read from, and where it lies.
struct Within {
    entries: Vec<usize>,
    archive: ZipArchive<Measured<Cursor<Vec<u8>>>>,
    bytes: usize,
}

/// Bytes of an archive within another that may be held while its workbooks are audited.
const HELD_BYTES: usize = 32 << 20;

impl Opened {
    /// The bytes of an entry of the archive at `path`, through the archives in between.
    ///
    /// # Errors
    /// The entry is broken, has a password, or is over a limit.
    pub fn read(&mut self, path: &Path, entries: &[usize], limits: &ArchiveLimits) -> Result<Vec<u8>, Refusal> {
        let Some((last, between)) = entries.split_last() else { return Err(Refusal::CorruptArchive) };
        let on_disk = self.open(path, limits)?;
        if between.is_empty() {
            return read(&mut on_disk.archive, *last, limits);
        }
        if on_disk.within.as_ref().is_none_or(|within| within.entries != between) {
            on_disk.within = None;
            on_disk.within = Some(within(&mut on_disk.archive, between, limits)?);
        }
        let within = on_disk.within.as_mut().ok_or(Refusal::CorruptArchive)?;
        let bytes = read(&mut within.archive, *last, limits);
        on_disk.within.take_if(|within| within.bytes > HELD_BYTES);
        bytes
    }

    fn open(&mut self, path: &Path, limits: &ArchiveLimits) -> Result<&mut OnDisk, Refusal> {
        let kept = self.on_disk.take().filter(|open| open.path == path);
        let on_disk = match kept {
            Some(kept) => kept,
            None => OnDisk { path: path.to_owned(), archive: open(File::open(path)?, limits.entries)?, within: None },
        };
        Ok(self.on_disk.insert(on_disk))
    }
}

/// The innermost of archives in archives.
fn within(
    outer: &mut ZipArchive<Measured<File>>,
    entries: &[usize],
    limits: &ArchiveLimits,
) -> Result<Within, Refusal> {
    let (first, further) = entries.split_first().ok_or(Refusal::CorruptArchive)?;
    let unpacked = |bytes: Vec<u8>| -> Result<Within, Refusal> {
        let length = bytes.len();
        let archive = open(Cursor::new(bytes), limits.entries)?;
        Ok(Within { entries: entries.to_vec(), archive, bytes: length })
    };
    let first = unpacked(read(outer, *first, limits)?)?;
    further.iter().try_fold(first, |mut around, number| unpacked(read(&mut around.archive, *number, limits)?))
}

/// What archives begin with that are not read, and what people call them.
const OTHER_ARCHIVES: [(&[u8], &str); 7] = [
    (b"Rar!", "RAR"),
    (b"7z\xBC\xAF\x27\x1C", "7z"),
    (b"\x1F\x8B", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xFD7zXZ", "xz"),
    (b"\x28\xB5\x2F\xFD", "zstd"),
    (b"\x5D\x00\x00", "LZMA"),
];

/// Bytes of a file in which its kind shows.
const START_BYTES: usize = 8;

fn start_of_file(path: &Path) -> Vec<u8> {
    let mut start = Vec::new();
    // What cannot be read has no kind.
    let _ = File::open(path).and_then(|file| file.take(START_BYTES as u64).read_to_end(&mut start));
    start
}

/// A broken archive that is none of ours is named for what it is.
fn named(refusal: Refusal, start: &[u8]) -> Refusal {
    match OTHER_ARCHIVES.iter().find(|(mark, _)| start.starts_with(mark)) {
        Some((_, kind)) if refusal == Refusal::CorruptArchive => Refusal::OtherArchive(kind),
        _ => refusal,
    }
}

/// Ways of packing an entry that are not read, by their numbers in the format (APPNOTE 4.4.5).
const OTHER_PACKINGS: [(u16, &str); 7] =
    [(6, "Implode"), (9, "Deflate64"), (12, "bzip2"), (14, "LZMA"), (93, "zstd"), (95, "xz"), (98, "PPMd")];

/// Why an entry cannot be unpacked, where it is packed in a way that is not read.
fn other_packing<R: Read + Seek>(archive: &mut ZipArchive<R>, number: usize) -> Option<Refusal> {
    let method = archive.by_index_raw(number).ok()?.compression();
    // A number that the library does not read has no other name there.
    #[allow(deprecated)]
    let code = method.to_u16();
    let (_, kind) = OTHER_PACKINGS.iter().find(|(known, _)| *known == code)?;
    Some(Refusal::OtherPacking(kind))
}

/// Whether entries lie one over the other, each with its header: nobody packs so but to make much of little.
fn overlaps<R: Read + Seek>(archive: &mut ZipArchive<R>) -> bool {
    let mut places: Vec<(u64, u64)> = (0..archive.len())
        .filter_map(|number| {
            let entry = archive.by_index_raw(number).ok()?;
            let body = entry.data_start().unwrap_or(entry.header_start());
            Some((entry.header_start(), body.saturating_add(entry.compressed_size())))
        })
        .collect();
    places.sort_unstable();
    places.windows(2).any(|pair| pair[1].0 < pair[0].1)
}

/// One entry, never more of it than the limit whatever the archive says of its size.
fn read<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    number: usize,
    limits: &ArchiveLimits,
) -> Result<Vec<u8>, Refusal> {
    if let Some(refusal) = other_packing(archive, number) {
        return Err(refusal);
    }
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
    if let Some(refusal) = other_packing(archive, number) {
        return Err(refusal);
    }
    let mut start = Vec::new();
    let mut entry = archive.by_index(number).map_err(broken)?;
    entry.by_ref().take(8).read_to_end(&mut start).map_err(|_| Refusal::CorruptArchive)?;
    if is_container(&start) {
        // What breaks off here is told when all of it is unpacked.
        let _ = entry.take(HEAD_BYTES).read_to_end(&mut start);
    }
    Ok(start)
}

fn broken(error: ZipError) -> Refusal {
    match error {
        ZipError::UnsupportedArchive(reason) if reason == ZipError::PASSWORD_REQUIRED => Refusal::EncryptedArchive,
        ZipError::Io(cause) if cause.kind() == std::io::ErrorKind::PermissionDenied => Refusal::from(cause),
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
