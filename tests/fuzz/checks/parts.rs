//! The parts of a container (.xlsx, .xlsb, .ods), packed with the right checksums, so that a change reaches the readers.

use std::io::{Cursor, Write};

use fuhe::workbook::open;
use zip::write::SimpleFileOptions;

use super::audited::{audited, limits};

/// What stands before a part: this, its name, a line end.
const SEPARATOR: &[u8] = b"\x00part:";

/// Reads and audits the container of these parts.
pub fn parts(data: &[u8]) {
    let Some(container) = packed(data) else { return };
    if let Ok(workbook) = open("某局.xlsx", &container, &limits()) {
        audited(&workbook);
    }
}

/// A container of the parts, none of them compressed; none where two have one name.
fn packed(data: &[u8]) -> Option<Vec<u8>> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for part in split(data) {
        let end = part.iter().position(|&byte| byte == b'\n')?;
        writer.start_file(String::from_utf8_lossy(&part[..end]), plain).ok()?;
        writer.write_all(&part[end + 1..]).ok()?;
    }
    writer.finish().ok().map(Cursor::into_inner)
}

/// What stands between separators.
fn split(data: &[u8]) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    let mut rest = data;
    while let Some(at) = rest.windows(SEPARATOR.len()).position(|window| window == SEPARATOR) {
        pieces.push(&rest[..at]);
        rest = &rest[at + SEPARATOR.len()..];
    }
    pieces.push(rest);
    pieces.split_off(1)
}
