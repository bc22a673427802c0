//! JSON Lines: one audit per line, in path order. What is written can be read back, also from other engines.

use std::io::{self, BufRead, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::audit::Audit;
use crate::text::is_invisible;

/// Why stored audits cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file itself.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// A line that is no audit.
    #[error("line {line}: {source}")]
    Line {
        /// Its number, from 1.
        line: usize,
        /// What is wrong with it.
        source: serde_json::Error,
    },
}

/// Writes one line per audit, `\n` at each end. Characters that steer a terminal stand as escapes, also those that JSON
/// would let pass: the text that a reader gets is the same, and a line that is looked at does no harm.
///
/// # Errors
/// What the writer fails with.
pub fn write(audits: &[Audit], mut writer: impl Write) -> io::Result<()> {
    for audit in audits {
        audit.serialize(&mut Serializer::with_formatter(&mut writer, Escaped))?;
        writer.write_all(b"\n")?;
    }
    writer.flush()
}

/// Compact JSON in which every character that steers rather than shows is an escape.
struct Escaped;

impl Formatter for Escaped {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut written = 0;
        for (at, character) in fragment.char_indices().filter(|(_, character)| is_invisible(*character)) {
            writer.write_all(&fragment.as_bytes()[written..at])?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            written = at + character.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[written..])
    }
}

/// Reads audits; empty lines and a byte order mark are passed over, unknown keys ignored.
///
/// # Errors
/// The first line that is no audit, with its number.
pub fn read(reader: impl BufRead) -> Result<Vec<Audit>, ReadError> {
    let mut audits = Vec::new();
    for (index, line) in reader.lines().enumerate() {
        let line = line?;
        let text = line.trim_start_matches('\u{FEFF}').trim();
        if text.is_empty() {
            continue;
        }
        audits.push(serde_json::from_str(text).map_err(|source| ReadError::Line { line: index + 1, source })?);
    }
    Ok(audits)
}

/// Whether a file holds stored audits of this program, or nothing: then it may be replaced.
pub fn is_ours(path: &std::path::Path) -> bool {
    let Ok(file) = std::fs::File::open(path) else { return false };
    let mut start = Vec::new();
    let read = io::Read::read_to_end(&mut io::Read::take(file, 64), &mut start);
    read.is_ok() && (start.is_empty() || start.starts_with(b"{\"tool\":{\"name\":\"fuhe\""))
}
