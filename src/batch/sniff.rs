//! What a file is by its content: a workbook, a .zip, or neither.

use std::io::{Read, Seek, SeekFrom};

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
    let mut start = [0; 8];
    let read = read_up_to(&mut content, &mut start)?;
    content.seek(SeekFrom::Start(0))?;
    Ok(if start[..read].starts_with(ZIP) || start[..read].starts_with(EMPTY_ZIP) {
        sniff_zip(content)
    } else if start == OLE {
        sniff_ole(content)
    } else {
        Content::Other
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
    let Ok(mut archive) = zip::ZipArchive::new(content) else { return Content::Zip };
    let spreadsheet = ["xl/workbook.xml", "xl/workbook.bin"].iter().any(|part| archive.index_for_name(part).is_some());
    if spreadsheet || has_opendocument_type(&mut archive) { Content::Workbook } else { Content::Zip }
}

/// An OpenDocument file names its kind in its first entry.
fn has_opendocument_type<R: Read + Seek>(archive: &mut zip::ZipArchive<R>) -> bool {
    let Ok(entry) = archive.by_name("mimetype") else { return false };
    let mut kind = String::new();
    entry.take(100).read_to_string(&mut kind).is_ok()
        && kind.starts_with("application/vnd.oasis.opendocument.spreadsheet")
}

/// An OLE2 container with a workbook stream. One with `EncryptedPackage` may be any office file; its name decides.
fn sniff_ole<R: Read + Seek>(content: R) -> Content {
    let Ok(container) = cfb::CompoundFile::open(content) else { return Content::Other };
    let workbook = ["/Workbook", "/Book", "/WORKBOOK", "/BOOK"].iter().any(|stream| container.is_stream(stream));
    if workbook { Content::Workbook } else { Content::Other }
}
