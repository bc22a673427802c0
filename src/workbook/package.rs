//! The zip container of .xlsx, .xlsb and .ods: parts by name, each unpacked as a stream and metered.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::directory::{self, Measured, Refused};
use super::limits::Meter;
use super::problem::{Fault, LimitName, Problem};

/// Unpacked bytes from which the ratio is looked at: small parts of blanks may pack very well.
const RATIO_FROM: u64 = 1 << 20;

/// An open container. Nothing in it is unpacked until it is asked for.
pub(crate) struct Package<'f, 'm> {
    archive: ZipArchive<Measured<Cursor<&'f [u8]>>>,
    /// Place of every entry, by its name in lower case: part names ignore case.
    places: HashMap<String, usize>,
    meter: &'m Meter<'m>,
}

impl<'f, 'm> Package<'f, 'm> {
    /// Reads the container's directory.
    pub fn open(bytes: &'f [u8], meter: &'m Meter<'m>) -> Result<Package<'f, 'm>, Problem> {
        let most = meter.limits.parts;
        let archive = directory::open(Cursor::new(bytes), most).map_err(|refused| match refused {
            Refused::Entries(_) => Problem::over(LimitName::Parts, most),
            Refused::Directory(allowed) => Problem::over(LimitName::DirectoryBytes, allowed),
            // An archive that was cut has lost its end.
            Refused::Broken(_) if directory::has_end(bytes) => Problem::odd_container(),
            Refused::Broken(_) => Problem::cut_container(),
        })?;
        let places = archive
            .file_names_raw()
            .enumerate()
            .map(|(place, name)| (key(&String::from_utf8_lossy(name)), place))
            .collect();
        Ok(Package { archive, places, meter })
    }

    /// Bytes of all parts together, unpacked, as the directory states them.
    pub fn stated_size(&self) -> Option<u64> {
        self.archive.decompressed_size().map(|size| u64::try_from(size).unwrap_or(u64::MAX))
    }

    /// Whether there is a part of that name.
    pub fn has(&self, name: &str) -> bool {
        self.places.contains_key(&key(name))
    }

    /// Whether any part's name begins so.
    pub fn has_under(&self, folder: &str) -> bool {
        let folder = key(folder);
        self.places.keys().any(|name| name.starts_with(&folder))
    }

    /// Whether any part's name has this word within it.
    pub fn has_within(&self, word: &str) -> bool {
        self.places.keys().any(|name| name.contains(word))
    }

    /// Whether the packed bytes of a part are damaged: a second look at one that could not be understood.
    pub fn is_damaged(&mut self, name: &str) -> bool {
        let Ok(mut part) = self.part(name) else { return false };
        let read = io::copy(&mut part, &mut io::sink());
        read.is_err() && part.meter.tripped().is_none()
    }

    /// Opens a part as a metered stream.
    pub fn part(&mut self, name: &str) -> Result<Part<'_, 'm>, Problem> {
        let place = *self.places.get(&key(name)).ok_or_else(|| Problem::part(name, Fault::Missing))?;
        self.meter.clock()?;
        let entry = self.archive.by_index(place).map_err(|error| unreadable(name, &error))?;
        let packed = entry.compressed_size();
        if entry.size() > self.meter.limits.part_bytes {
            return Err(Problem::over(LimitName::PartBytes, self.meter.limits.part_bytes));
        }
        Ok(Part {
            name: name.to_owned(),
            bytes: BufReader::with_capacity(room_for(entry.size()), Box::new(entry)),
            packed,
            unpacked: 0,
            event: 0,
            meter: self.meter,
        })
    }
}

/// Bytes of a part that are unpacked at once: of a small one all, as far as what it states of itself is true.
fn room_for(stated: u64) -> usize {
    const LEAST: usize = 1 << 9;
    const MOST: usize = 1 << 16;
    usize::try_from(stated).unwrap_or(MOST).clamp(LEAST, MOST)
}

/// Part names are compared without case; some writers use backslashes or a leading slash.
fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

fn unreadable(name: &str, error: &ZipError) -> Problem {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => Problem::password(),
        _ => Problem::part(name, Fault::Damaged),
    }
}

/// A tag, a comment or a text is taken out of the stream at once. A longer one must be a text over its limit.
const EVENT_BYTES: u64 = 16 << 20;

/// A part as a stream of bytes that stops at the limits.
pub(crate) struct Part<'p, 'm> {
    /// Its name, for messages.
    pub name: String,
    bytes: BufReader<Box<dyn Read + 'p>>,
    packed: u64,
    unpacked: u64,
    event: u64,
    /// The meter of the file.
    pub meter: &'m Meter<'m>,
}

impl<'p, 'm> Part<'p, 'm> {
    /// A part that stands by itself, outside any container.
    pub fn bare(name: &str, bytes: &'p [u8], meter: &'m Meter<'m>) -> Part<'p, 'm> {
        let packed = bytes.len() as u64;
        Part { name: name.to_owned(), bytes: BufReader::new(Box::new(bytes)), packed, unpacked: 0, event: 0, meter }
    }

    /// The part's problem, from what reading it said.
    pub fn problem(&self, fault: Fault) -> Problem {
        self.meter.tripped().unwrap_or_else(|| Problem::part(&self.name, fault))
    }

    /// Begins a new piece: what came before no longer counts towards its length.
    pub fn next_event(&mut self) {
        self.event = 0;
    }

    /// The first bytes, as many as there are up to a number.
    pub fn start(mut self, most: usize) -> Result<Vec<u8>, Problem> {
        let mut bytes = Vec::new();
        match self.by_ref().take(most as u64).read_to_end(&mut bytes) {
            Ok(_) => Ok(bytes),
            Err(_) => Err(self.problem(Fault::Damaged)),
        }
    }

    fn check(&self) -> Result<(), Problem> {
        let limits = self.meter.limits;
        if self.unpacked > limits.part_bytes {
            return Err(Problem::over(LimitName::PartBytes, limits.part_bytes));
        }
        if self.event > limits.text_chars.saturating_mul(4).max(EVENT_BYTES) {
            return Err(Problem::over(LimitName::TextChars, limits.text_chars));
        }
        if self.unpacked > RATIO_FROM && self.unpacked / self.packed.max(1) > limits.ratio {
            return Err(Problem::over(LimitName::Ratio, limits.ratio));
        }
        self.meter.clock()
    }
}

impl Read for Part<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut available = self.fill_buf()?;
        let read = available.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Part<'_, '_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.bytes.buffer().is_empty() {
            self.check().map_err(|problem| self.meter.trip(problem))?;
            let filled = self.bytes.fill_buf()?.len() as u64;
            self.unpacked += filled;
            self.meter.unpack(filled).map_err(|problem| self.meter.trip(problem))?;
        }
        Ok(self.bytes.buffer())
    }

    fn consume(&mut self, length: usize) {
        self.event += length as u64;
        self.bytes.consume(length);
    }
}
