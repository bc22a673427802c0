//! A glance at a file, to find workbooks among others without reading more of each than that takes.

use std::io::{Read, Seek, SeekFrom};

use super::{OLE, OPENDOCUMENT_SPREADSHEET, ZIP, ZIP_EMPTY};
use crate::workbook::directory;
use crate::workbook::ole::Ole;
use crate::workbook::xls;

/// What a file is by its content: a workbook, a .zip, or neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glance {
    /// A spreadsheet of a format that is read.
    Workbook,
    /// A .zip that is no spreadsheet.
    Zip,
    /// Anything else.
    Other,
}

/// Parts of a spreadsheet: what has more is none.
const MOST_PARTS: u64 = 50_000;

/// Whether the first bytes are those of a container that may be a spreadsheet.
pub fn is_container(start: &[u8]) -> bool {
    start.starts_with(&ZIP) || start.starts_with(&ZIP_EMPTY) || start.starts_with(&OLE)
}

/// Looks at the first bytes, then at what the container holds.
///
/// # Errors
/// The content cannot be read. A broken container is no error: it is [`Glance::Other`], or a `Zip` by its first bytes.
pub fn sniff<R: Read + Seek>(mut content: R) -> std::io::Result<Glance> {
    Ok(match start_of(&mut content)? {
        Start::Zip => sniff_zip(content),
        Start::Ole => sniff_ole(content)?,
        Start::Other => Glance::Other,
    })
}

/// The same of a file over the limit of size: what it takes most of to tell is not told.
///
/// # Errors
/// As [`sniff`].
pub fn sniff_large<R: Read + Seek>(mut content: R) -> std::io::Result<Glance> {
    Ok(match start_of(&mut content)? {
        Start::Zip => sniff_zip(content),
        Start::Ole | Start::Other => Glance::Other,
    })
}

enum Start {
    Zip,
    Ole,
    Other,
}

fn start_of<R: Read + Seek>(content: &mut R) -> std::io::Result<Start> {
    let mut start = [0; 8];
    let read = read_up_to(content, &mut start)?;
    content.seek(SeekFrom::Start(0))?;
    Ok(match &start[..read] {
        start if start.starts_with(&ZIP) || start.starts_with(&ZIP_EMPTY) => Start::Zip,
        start if *start == OLE => Start::Ole,
        _ => Start::Other,
    })
}

fn read_up_to(content: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match content.read(&mut buffer[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

fn sniff_zip<R: Read + Seek>(content: R) -> Glance {
    let Ok(mut archive) = directory::open(content, MOST_PARTS) else { return Glance::Zip };
    let spreadsheet = ["xl/workbook.xml", "xl/workbook.bin"].iter().any(|part| archive.index_for_name(part).is_some());
    if spreadsheet || has_opendocument_type(&mut archive) { Glance::Workbook } else { Glance::Zip }
}

/// Bytes of a container from which its kind can mostly be told.
pub const HEAD_BYTES: u64 = 16 << 10;

/// What the first parts of a container say, as far as they say it: office programs write the parts that matter first.
/// None: all of it has to be looked at.
pub fn sniff_head(head: &[u8]) -> Option<Glance> {
    let mut rest = head;
    loop {
        let (part, after) = first_part(rest)?;
        match part.name {
            b"xl/workbook.xml" | b"xl/workbook.bin" => return Some(Glance::Workbook),
            b"mimetype" if part.content.starts_with(OPENDOCUMENT_SPREADSHEET.as_bytes()) => {
                return Some(Glance::Workbook);
            }
            name if name.starts_with(b"word/") || name.starts_with(b"ppt/") => return Some(Glance::Zip),
            _ => rest = after,
        }
    }
}

struct PartHead<'h> {
    name: &'h [u8],
    /// As it is stored.
    content: &'h [u8],
}

/// The part that a head begins with, and what follows it; none where it does not say how long it is.
fn first_part(head: &[u8]) -> Option<(PartHead<'_>, &[u8])> {
    let number = |at: usize| Some(u16::from_le_bytes(head.get(at..at.checked_add(2)?)?.try_into().ok()?));
    let length = u32::from_le_bytes(head.get(18..22)?.try_into().ok()?) as usize;
    if !head.starts_with(&ZIP) || number(6)? & STREAMED != 0 {
        return None;
    }
    let (name, rest) = head.get(30..)?.split_at_checked(number(26)?.into())?;
    let content = rest.get(number(28)?.into()..)?;
    let (content, after) = content.split_at_checked(length).unwrap_or((content, &[]));
    Some((PartHead { name, content }, after))
}

/// The flag of a part whose length is written after it.
const STREAMED: u16 = 1 << 3;

/// An OpenDocument file names its kind in its first entry.
fn has_opendocument_type<R: Read + Seek>(archive: &mut zip::ZipArchive<R>) -> bool {
    let Ok(entry) = archive.by_name("mimetype") else { return false };
    let mut kind = Vec::new();
    entry.take(100).read_to_end(&mut kind).is_ok() && kind.starts_with(OPENDOCUMENT_SPREADSHEET.as_bytes())
}

/// An OLE2 container with a workbook stream. One with `EncryptedPackage` may be any office file; its name decides.
fn sniff_ole<R: Read>(mut content: R) -> std::io::Result<Glance> {
    let mut bytes = Vec::new();
    content.read_to_end(&mut bytes)?;
    let workbook = Ole::open(&bytes).is_ok_and(|container| xls::STREAMS.iter().any(|name| container.has_stream(name)));
    Ok(if workbook { Glance::Workbook } else { Glance::Other })
}
