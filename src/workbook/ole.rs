//! The OLE2 container of .xls and of locked workbooks (MS-CFB): streams by name, without copying them.
//!
//! Every chain of sectors is followed at most as often as the file has sectors, so a circle ends.

use super::problem::Problem;

const END: u32 = 0xFFFF_FFFA;
const HEADER: usize = 512;
/// The kinds of directory entries.
const STREAM: u8 = 2;
const ROOT: u8 = 5;
/// Bytes of the directory and of the small table that are looked at: a quarter of a million entries.
const TABLE: usize = 32 << 20;

/// An open container.
pub(crate) struct Ole<'f> {
    bytes: &'f [u8],
    /// Bytes of a sector: 512, or 4096 in version 4.
    sector: usize,
    next: Vec<u32>,
    next_small: Vec<u32>,
    /// Where the stream that holds all small sectors lies.
    small: Stream<'f>,
    /// Streams of this size or more have sectors of their own.
    cutoff: u64,
    entries: Vec<Entry>,
}

/// A stream or storage at the top of the container.
#[derive(Clone, Debug)]
struct Entry {
    name: String,
    is_stream: bool,
    start: u32,
    size: u64,
}

/// A stream as pieces of the file, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stream<'f> {
    pieces: Vec<Piece<'f>>,
    length: usize,
}

/// Bytes that lie together, and where in the stream they begin.
#[derive(Clone, Copy, Debug)]
struct Piece<'f> {
    from: usize,
    bytes: &'f [u8],
}

/// How many entries of any directory in the file have that name, at whatever depth (an entry has 128 bytes, MS-CFB 2.6.1).
pub(crate) fn entries_named(bytes: &[u8], name: &str) -> usize {
    let wide: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    let is_named = |entry: &&[u8]| entry.starts_with(&wide) && entry[64..66] == [wide.len() as u8, 0];
    bytes.chunks_exact(128).filter(is_named).count()
}

impl<'f> Stream<'f> {
    /// A stream that is the whole of a file.
    pub fn whole(bytes: &'f [u8]) -> Stream<'f> {
        Stream { pieces: vec![Piece { from: 0, bytes }], length: bytes.len() }
    }

    /// Copies bytes from a place on into a buffer; false if the stream ends before.
    pub fn copy(&self, mut from: usize, mut into: &mut [u8]) -> bool {
        let mut piece = self.pieces.partition_point(|piece| piece.from <= from).saturating_sub(1);
        while !into.is_empty() {
            let Some(Piece { from: begin, bytes }) = self.pieces.get(piece) else {
                return false;
            };
            let Some(here) = bytes.get(from - begin..).filter(|here| !here.is_empty()) else {
                return false;
            };
            let length = here.len().min(into.len());
            into[..length].copy_from_slice(&here[..length]);
            into = &mut into[length..];
            from += length;
            piece += 1;
        }
        true
    }

    fn push(&mut self, bytes: &'f [u8]) {
        self.pieces.push(Piece { from: self.length, bytes });
        self.length += bytes.len();
    }
}

impl<'f> Ole<'f> {
    /// Reads the allocation tables and the top of the directory.
    pub fn open(bytes: &'f [u8]) -> Result<Ole<'f>, Problem> {
        let header = bytes.get(..HEADER).ok_or_else(Problem::cut_container)?;
        let sector = match u16::from_le_bytes([header[30], header[31]]) {
            9 => 512,
            12 => 4096,
            _ => return Err(Problem::odd_container()),
        };
        let mut ole = Ole {
            bytes,
            sector,
            next: Vec::new(),
            next_small: Vec::new(),
            small: Stream::default(),
            cutoff: u64::from(word(header, 56)),
            entries: Vec::new(),
        };
        ole.next = ole.table(header);
        ole.next_small = words(&ole.gathered(word(header, 60)));
        ole.entries = ole.directory(word(header, 48))?;
        Ok(ole)
    }

    /// Whether there is something of that name at the top.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// Whether there is a stream of that name at the top.
    pub fn has_stream(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.is_stream && entry.name.eq_ignore_ascii_case(name))
    }

    /// The stream of that name at the top.
    pub fn stream(&self, name: &str) -> Option<Stream<'f>> {
        let entry = self.entries.iter().find(|entry| entry.is_stream && entry.name.eq_ignore_ascii_case(name))?;
        let mut stream = if entry.size < self.cutoff { self.small_chain(entry.start) } else { self.chain(entry.start) };
        stream.cut(usize::try_from(entry.size).unwrap_or(usize::MAX));
        Some(stream)
    }

    /// The table that says which sector follows which: its own sectors are listed in the header, and then in a chain.
    fn table(&self, header: &[u8]) -> Vec<u32> {
        let sectors = self.bytes.len() / self.sector + 1;
        let mut parts: Vec<u32> = (0..109).map(|n| word(header, 76 + 4 * n)).collect();
        let mut list = word(header, 68);
        while let Some(more) = self.at(list).filter(|_| parts.len() <= sectors) {
            let mut more = words(more);
            list = more.pop().unwrap_or(u32::MAX);
            parts.extend(more);
        }
        let mut next = Vec::new();
        for part in parts.into_iter().filter_map(|part| self.at(part)) {
            if next.len() <= sectors {
                next.extend(words(part));
            }
        }
        next
    }

    /// The bytes of a sector; fewer if the file ends in it, none if it ends before.
    fn at(&self, sector: u32) -> Option<&'f [u8]> {
        let from = (sector as usize).checked_add(1)?.checked_mul(self.sector)?;
        let to = from.saturating_add(self.sector).min(self.bytes.len());
        self.bytes.get(from..to).filter(|bytes| !bytes.is_empty() && sector < END)
    }

    fn chain(&self, start: u32) -> Stream<'f> {
        let mut stream = Stream::default();
        let mut sector = start;
        for _ in 0..=self.next.len() {
            let Some(bytes) = self.at(sector) else { break };
            stream.push(bytes);
            sector = self.next.get(sector as usize).copied().unwrap_or(u32::MAX);
        }
        stream
    }

    fn small_chain(&self, start: u32) -> Stream<'f> {
        const SMALL: usize = 64;
        let mut stream = Stream::default();
        let mut sector = start;
        for _ in 0..=self.next_small.len() {
            let Some(bytes) = self.small.together((sector as usize).saturating_mul(SMALL), SMALL) else {
                break;
            };
            stream.push(bytes);
            sector = self.next_small.get(sector as usize).copied().unwrap_or(u32::MAX);
        }
        stream
    }

    fn gathered(&self, start: u32) -> Vec<u8> {
        let mut stream = self.chain(start);
        stream.cut(TABLE);
        let mut bytes = vec![0; stream.length];
        stream.copy(0, &mut bytes);
        bytes
    }

    /// The entries at the top. What lies in storages (embedded objects hold workbooks too) is not the file's own.
    fn directory(&mut self, start: u32) -> Result<Vec<Entry>, Problem> {
        const ENTRY: usize = 128;
        let bytes = self.gathered(start);
        let at = |n: u32| bytes.chunks_exact(ENTRY).nth(n as usize);
        let root = at(0).filter(|root| root[66] == ROOT).ok_or_else(Problem::cut_container)?;
        self.small = self.chain(word(root, 116));
        let mut entries = Vec::new();
        let mut open = vec![word(root, 76)];
        for _ in 0..bytes.len() / ENTRY {
            let Some(entry) = open.pop() else { break };
            if let Some(entry) = at(entry) {
                open.extend([word(entry, 68), word(entry, 72)].into_iter().filter(|&n| n < END));
                entries.push(self.entry(entry));
            }
        }
        Ok(entries)
    }

    fn entry(&self, bytes: &[u8]) -> Entry {
        let length = usize::from(u16::from_le_bytes([bytes[64], bytes[65]])).clamp(2, 64) - 2;
        let letters: Vec<u16> =
            bytes[..length].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        // In version 3 the upper half of the size may hold anything.
        let upper = if self.sector == 512 { 0 } else { u64::from(word(bytes, 124)) };
        Entry {
            name: String::from_utf16_lossy(&letters),
            is_stream: bytes[66] == STREAM,
            start: word(bytes, 116),
            size: upper << 32 | u64::from(word(bytes, 120)),
        }
    }
}

impl<'f> Stream<'f> {
    fn cut(&mut self, length: usize) {
        self.length = self.length.min(length);
        self.pieces.retain(|piece| piece.from < length);
        if let Some(last) = self.pieces.last_mut() {
            last.bytes = &last.bytes[..last.bytes.len().min(length - last.from)];
        }
    }

    /// Bytes at a place that lie in one piece, as small sectors always do.
    fn together(&self, from: usize, length: usize) -> Option<&'f [u8]> {
        let piece = self.pieces.get(self.pieces.partition_point(|piece| piece.from <= from).checked_sub(1)?)?;
        let bytes = piece.bytes.get(from - piece.from..)?;
        (!bytes.is_empty()).then(|| &bytes[..length.min(bytes.len())])
    }
}

/// The number at a place of a header or entry that is long enough for it.
fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(u32::MAX, |four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

fn words(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|four| word(four, 0)).collect()
}
