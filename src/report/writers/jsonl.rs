//! JSON Lines: one audit per line, in path order. What is written can be read back, also from other engines.

use std::io::{self, BufRead, Read, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::audit::{Audit, Finding};
use crate::report::writers::line::{AuditLine, FindingLine, NotOurs};
use crate::report::writers::seal::{RunPlace, Seal};
use crate::stages::{Stage, during};
use crate::text::{Language, is_invisible};

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
    /// A line that could be an audit, and is none of this program.
    #[error("line {line}: {what}")]
    NotOurs {
        /// Its number, from 1.
        line: usize,
        /// The file it says it is of.
        file: String,
        /// What is wrong with it.
        what: NotOurs,
    },
    /// A line longer than any that this program writes.
    #[error("line {line} is longer than {most} bytes")]
    LongLine {
        /// Its number, from 1.
        line: usize,
        /// Bytes that a line may have.
        most: u64,
    },
    /// More than any run writes.
    #[error("larger than {most} bytes")]
    LargeFile {
        /// Bytes that a file may have.
        most: u64,
    },
}

/// Writes one line per audit, with its sentences in `language`, `\n` at each end. Characters that steer a terminal stand as escapes, also those that JSON
/// would let pass: the text that a reader gets is the same, and a line that is looked at does no harm. The audits are those
/// of one run: each line says its place among them.
///
/// # Errors
/// What the writer fails with.
pub fn write(audits: &[Audit], language: Language, writer: impl Write) -> io::Result<()> {
    write_run(&audits.iter().collect::<Vec<_>>(), language, writer)
}

/// The same of audits of one run that are kept in several places.
///
/// # Errors
/// What the writer fails with.
pub fn write_run(audits: &[&Audit], language: Language, mut writer: impl Write) -> io::Result<()> {
    let seals: Vec<Seal> = during(Stage::Json, || audits.iter().map(|audit| seal(audit)).collect());
    let lines: Vec<_> = audits.iter().zip(&seals).map(|(audit, seal)| (&*audit.file, &*audit.sha256, seal)).collect();
    for ((audit, seal), place) in audits.iter().zip(&seals).zip(RunPlace::of_all(&lines)) {
        let mut line = line(audit, language);
        close(&mut line, seal, &place);
        writer.write_all(&line)?;
    }
    writer.flush()
}

/// The line of one audit with its end, before it is closed.
pub fn line(audit: &Audit, language: Language) -> Vec<u8> {
    let worded = during(Stage::Words, || AuditLine::of(audit, language));
    let mut line = during(Stage::Json, || json(&worded, USUAL_LINE));
    line.push(b'\n');
    line
}

/// The seal of an audit, whatever language it is worded in and whatever its batch adds to it.
pub fn seal(audit: &Audit) -> Seal {
    Seal::of_line(&json(&AuditLine::sealed(audit), USUAL_LINE))
}

/// A value of about so many bytes.
fn json(value: &impl Serialize, bytes: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(bytes);
    let written = value.serialize(&mut Serializer::with_formatter(&mut bytes, Escaped));
    // Memory takes whatever is written into it, and the line's own parts have texts for keys.
    debug_assert!(written.is_ok());
    bytes
}

/// A card's line has about so many bytes.
const USUAL_LINE: usize = 48 << 10;
/// A finding, or what a line says of itself, has no more than about so many.
const USUAL_PIECE: usize = 1 << 10;

/// Adds findings to those of a line, behind them: they are the line's last list.
pub fn add_findings(line: &mut Vec<u8>, findings: &[Finding], language: Language) {
    const END: &[u8] = b"]}\n";
    for finding in findings {
        let Some(before) = line.strip_suffix(END) else { return };
        let is_first = before.ends_with(b"[");
        line.truncate(before.len());
        if !is_first {
            line.push(b',');
        }
        line.extend(json(&FindingLine::of(finding, language), USUAL_PIECE));
        line.extend(END);
    }
}

/// Puts behind a line what it says of itself.
pub fn close(line: &mut Vec<u8>, seal: &Seal, run: &RunPlace) {
    const END: &[u8] = b"}\n";
    let Some(before) = line.strip_suffix(END) else { return };
    line.truncate(before.len());
    for (key, value) in [("seal", json(seal, USUAL_PIECE)), ("run", json(run, USUAL_PIECE))] {
        line.extend_from_slice(format!(",\"{key}\":").as_bytes());
        line.extend(value);
    }
    line.extend(END);
}

/// Compact JSON in which every character that steers rather than shows is an escape.
struct Escaped;

impl Formatter for Escaped {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        // What shows by its bytes alone: ASCII, and the characters of U+3000 to U+9FFF, which begin with these.
        if fragment.bytes().all(|byte| matches!(byte, b' '..=b'~' | 0x80..=0xBF | 0xE3..=0xE9)) {
            return writer.write_all(fragment.as_bytes());
        }
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

/// How much is read before stored audits are refused, in bytes. The largest honest workbook gives a line of about one
/// megabyte, and ten thousand of them a file of a few hundred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Most {
    /// Of one line.
    pub line: u64,
    /// Of one file.
    pub file: u64,
}

impl Default for Most {
    fn default() -> Most {
        Most { line: 64 << 20, file: 2048 << 20 }
    }
}

/// A line that was read.
#[derive(Debug, Clone)]
pub struct StoredLine {
    /// Its number, from 1.
    pub line: usize,
    /// What it holds.
    pub audit: Audit,
    /// Its seal, as it says; none in lines of earlier builds.
    pub seal: Option<Seal>,
    /// Its place in its run, as it says.
    pub run: Option<RunPlace>,
}

/// Reads audits, whatever they say of themselves; empty lines and a byte order mark are passed over, unknown keys ignored.
///
/// # Errors
/// The first line that is no audit, with its number, or too long.
pub fn read(reader: impl BufRead) -> Result<Vec<Audit>, ReadError> {
    Ok(read_lines(reader, Most::default())?.into_iter().map(|read| read.audit).collect())
}

/// The same within limits, each audit with what its line says of itself.
///
/// # Errors
/// The first line that is no audit, with its number, or too long; a file that is too large.
pub fn read_lines(reader: impl BufRead, most: Most) -> Result<Vec<StoredLine>, ReadError> {
    let mut audits = Vec::new();
    each_line(reader, most, |line| audits.push(line))?;
    Ok(audits)
}

/// The same one after the other: no more than one audit is held.
///
/// # Errors
/// The first line that is no audit, with its number, or too long; a file that is too large.
pub fn each_line(mut reader: impl BufRead, most: Most, mut take: impl FnMut(StoredLine)) -> Result<(), ReadError> {
    let (mut left, mut bytes) = (most.file, Vec::new());
    for line in 1.. {
        bytes.clear();
        let read = (&mut reader).take(most.line.min(left) + 1).read_until(b'\n', &mut bytes)? as u64;
        match read {
            0 => break,
            read if read > most.line => return Err(ReadError::LongLine { line, most: most.line }),
            read if read > left => return Err(ReadError::LargeFile { most: most.file }),
            read => left -= read,
        }
        let text = std::str::from_utf8(&bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        let text = text.trim_start_matches('\u{FEFF}').trim();
        if !text.is_empty() {
            let mut found: AuditLine = serde_json::from_str(text).map_err(|source| ReadError::Line { line, source })?;
            let file = found.file().to_owned();
            let (seal, run) = found.told_of_itself();
            let audit = found.into_audit().map_err(|what| ReadError::NotOurs { line, file, what })?;
            take(StoredLine { line, audit, seal, run });
        }
    }
    Ok(())
}

/// Whether a file holds stored audits of this program, or nothing: then it may be replaced.
pub fn is_ours(path: &std::path::Path) -> bool {
    if super::write::is_stream(path) {
        return false;
    }
    let Ok(file) = std::fs::File::open(path) else { return false };
    let mut start = Vec::new();
    let read = file.take(64).read_to_end(&mut start);
    read.is_ok() && (start.is_empty() || start.starts_with(b"{\"tool\":{\"name\":\"fuhe\""))
}
