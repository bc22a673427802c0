//! The directory of a zip container, measured before it is read: the library that reads it makes room for as many
//! entries as the container states, and keeps every name.

use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

use zip::ZipArchive;
use zip::result::ZipError;

/// Bytes that opening any container may take: its end is searched for its end record.
const BASE_BYTES: u64 = 1 << 20;
/// Bytes that each permitted entry adds: a header of 46, and names several times as long as real ones.
const ENTRY_BYTES: u64 = 512;
/// The end record, the longest comment after it and the locator before it.
const END_BYTES: u64 = 22 + 65_536 + 64;

const END: &[u8] = b"PK\x05\x06";
const WIDE_END: &[u8] = b"PK\x06\x06";
const LOCATOR: &[u8] = b"PK\x06\x07";

/// Why a container is not opened.
pub(crate) enum Refused {
    /// It states more entries than may be: so many.
    Entries(u64),
    /// Its directory is larger than may be: bytes allowed.
    Directory(u64),
    /// It is no zip, or a broken one.
    Broken(ZipError),
}

/// Opens a zip that states at most so many entries.
pub(crate) fn open<R: Read + Seek>(content: R, most: u64) -> Result<ZipArchive<Measured<R>>, Refused> {
    let allowed = most.saturating_mul(ENTRY_BYTES).saturating_add(BASE_BYTES);
    let left = Rc::new(Cell::new(allowed));
    let opened = open_measured(Measured { content, left: Rc::clone(&left) }, most);
    match opened {
        Err(Refused::Broken(_)) if left.get() == 0 => Err(Refused::Directory(allowed)),
        opened => {
            left.set(u64::MAX);
            opened
        }
    }
}

fn open_measured<R: Read + Seek>(mut content: Measured<R>, most: u64) -> Result<ZipArchive<Measured<R>>, Refused> {
    let stated = stated_entries(&mut content).map_err(|cause| Refused::Broken(cause.into()))?;
    if stated > most {
        return Err(Refused::Entries(stated));
    }
    ZipArchive::new(content).map_err(Refused::Broken)
}

/// A content of which only so many bytes are read while a container is opened.
pub(crate) struct Measured<R> {
    content: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Measured<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.content.read(into)?;
        let left = self.left.get().checked_sub(read as u64);
        self.left.set(left.unwrap_or(0));
        left.map(|_| read).ok_or_else(|| io::Error::other("the directory is too large"))
    }
}

impl<R: Seek> Seek for Measured<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.content.seek(to)
    }
}

/// Whether an end record stands where it belongs, whole, with its comment.
pub(crate) fn has_end(bytes: &[u8]) -> bool {
    let from = bytes.len().saturating_sub(usize::try_from(END_BYTES).unwrap_or(usize::MAX));
    let Some(tail) = bytes.get(from..) else { return false };
    let is_whole = |end: usize| {
        let comment = number(tail, end.saturating_add(20), 2)?;
        Some(end as u64 + 22 + comment <= tail.len() as u64)
    };
    places(tail, END).any(|end| is_whole(end).unwrap_or(false))
}

/// The most entries that any end record states: a reader may believe each of them.
fn stated_entries<R: Read + Seek>(content: &mut R) -> io::Result<u64> {
    let length = content.seek(SeekFrom::End(0))?;
    let from = length.saturating_sub(END_BYTES);
    let tail = bytes_between(content, from, length)?;
    let mut most = 0;
    for end in places(&tail, END) {
        most = most.max(number(&tail, end.saturating_add(10), 2).unwrap_or(0));
        let locator = end.checked_sub(20).filter(|at| tail[*at..].starts_with(LOCATOR));
        if let Some(at) = locator {
            let first = number(&tail, at.saturating_add(8), 8).unwrap_or(0);
            most = most.max(stated_widely(content, first, from.saturating_add(at as u64))?);
        }
    }
    Ok(most)
}

/// The most entries that a wide end record states. Such a record ends where its locator begins.
fn stated_widely<R: Read + Seek>(content: &mut R, first: u64, locator: u64) -> io::Result<u64> {
    let bytes = bytes_between(content, first, locator)?;
    let ends_there = |at: &usize| {
        let length = number(&bytes, at.saturating_add(4), 8).and_then(|length| length.checked_add(12));
        length == Some(bytes.len().saturating_sub(*at) as u64)
    };
    let stated = |at: usize| number(&bytes, at.saturating_add(32), 8);
    Ok(places(&bytes, WIDE_END).filter(ends_there).filter_map(stated).max().unwrap_or(0))
}

fn bytes_between<R: Read + Seek>(content: &mut R, from: u64, to: u64) -> io::Result<Vec<u8>> {
    content.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    content.take(to.saturating_sub(from)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Where a mark stands.
fn places<'b>(bytes: &'b [u8], mark: &'b [u8]) -> impl Iterator<Item = usize> + 'b {
    // Nearly everywhere the first byte tells that it does not.
    let stands = move |here: &[u8]| here.first() == mark.first() && here == mark;
    bytes.windows(mark.len()).enumerate().filter(move |(_, here)| stands(here)).map(|(at, _)| at)
}

/// A number of so many bytes, the lowest first.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let digits = bytes.get(at..at.checked_add(length)?)?;
    Some(digits.iter().rev().fold(0, |number, digit| number << 8 | u64::from(*digit)))
}
