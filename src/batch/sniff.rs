//! What a file is by its content: a workbook, a .zip, or neither.

use std::io::{Read, Seek, SeekFrom};

use crate::workbook::directory;

/// What the content is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// A spreadsheet of a format that is read.
    Workbook,
    /// A .zip that is no spreadsheet.
    Zip,
    /// Anything else.
    Other,
}

/// Parts of a spreadsheet: what has more is none.
const MOST_PARTS: u64 = 50_000;

const ZIP: &[u8] = b"PK\x03\x04";
const EMPTY_ZIP: &[u8] = b"PK\x05\x06";
const OLE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Whether the first bytes are those of a container that may be a spreadsheet.
pub fn is_container(start: &[u8]) -> bool {
    start.starts_with(ZIP) || start.starts_with(EMPTY_ZIP) || start.starts_with(&OLE)
}

/// Looks at the first bytes, then at what the container holds.
///
/// # Errors
/// The content cannot be read. A broken container is no error: it is [`Content::Other`], or a `Zip` by its first bytes.
pub fn sniff<R: Read + Seek>(mut content: R) -> std::io::Result<Content> {
    Ok(match start_of(&mut content)? {
        Start::Zip => sniff_zip(content),
        Start::Ole => sniff_ole(content),
        Start::Other => Content::Other,
    })
}

/// The same of a file over the limit of size: what it takes most of to tell is not told.
///
/// # Errors
/// As [`sniff`].
pub fn sniff_large<R: Read + Seek>(mut content: R) -> std::io::Result<Content> {
    Ok(match start_of(&mut content)? {
        Start::Zip => sniff_zip(content),
        Start::Ole | Start::Other => Content::Other,
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
        start if start.starts_with(ZIP) || start.starts_with(EMPTY_ZIP) => Start::Zip,
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

fn sniff_zip<R: Read + Seek>(content: R) -> Content {
    let Ok(mut archive) = directory::open(content, MOST_PARTS) else { return Content::Zip };
    let spreadsheet = ["xl/workbook.xml", "xl/workbook.bin"].iter().any(|part| archive.index_for_name(part).is_some());
    if spreadsheet || has_opendocument_type(&mut archive) { Content::Workbook } else { Content::Zip }
}

/// Bytes of a container from which its kind can mostly be told.
pub const HEAD_BYTES: u64 = 16 << 10;

/// What the first parts of a container say, as far as they say it: office programs write the parts that matter first.
/// None: all of it has to be looked at.
pub fn sniff_head(head: &[u8]) -> Option<Content> {
    let mut rest = head;
    loop {
        let (part, after) = first_part(rest)?;
        match part.name {
            b"xl/workbook.xml" | b"xl/workbook.bin" => return Some(Content::Workbook),
            b"mimetype" if part.content.starts_with(OPENDOCUMENT) => return Some(Content::Workbook),
            name if name.starts_with(b"word/") || name.starts_with(b"ppt/") => return Some(Content::Zip),
            _ => rest = after,
        }
    }
}

struct Part<'h> {
    name: &'h [u8],
    /// As it is stored.
    content: &'h [u8],
}

/// The part that a head begins with, and what follows it; none where it does not say how long it is.
fn first_part(head: &[u8]) -> Option<(Part<'_>, &[u8])> {
    let number = |at: usize| Some(u16::from_le_bytes(head.get(at..at.checked_add(2)?)?.try_into().ok()?));
    let length = u32::from_le_bytes(head.get(18..22)?.try_into().ok()?) as usize;
    if !head.starts_with(ZIP) || number(6)? & STREAMED != 0 {
        return None;
    }
    let (name, rest) = head.get(30..)?.split_at_checked(number(26)?.into())?;
    let content = rest.get(number(28)?.into()..)?;
    let (content, after) = content.split_at_checked(length).unwrap_or((content, &[]));
    Some((Part { name, content }, after))
}

/// The flag of a part whose length is written after it.
const STREAMED: u16 = 1 << 3;

const OPENDOCUMENT: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

/// An OpenDocument file names its kind in its first entry.
fn has_opendocument_type<R: Read + Seek>(archive: &mut zip::ZipArchive<R>) -> bool {
    let Ok(entry) = archive.by_name("mimetype") else { return false };
    let mut kind = Vec::new();
    entry.take(100).read_to_end(&mut kind).is_ok() && kind.starts_with(OPENDOCUMENT)
}

/// An OLE2 container with a workbook stream. One with `EncryptedPackage` may be any office file; its name decides.
fn sniff_ole<R: Read + Seek>(content: R) -> Content {
    let Ok(container) = cfb::CompoundFile::open(content) else { return Content::Other };
    let workbook = ["/Workbook", "/Book", "/WORKBOOK", "/BOOK"].iter().any(|stream| container.is_stream(stream));
    if workbook { Content::Workbook } else { Content::Other }
}
