//! Limits on archives, stated in the report when one is met.

/// How much of an archive is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArchiveLimits {
    /// Archives within archives: 1 is a plain archive of workbooks.
    pub depth: usize,
    /// Entries of one archive on disk, with those of the archives in it.
    pub entries: usize,
    /// Unpacked size of one entry, in bytes.
    pub entry_bytes: u64,
    /// Bytes unpacked for all entries of one archive on disk. What is unpacked again counts again, as an archive within
    /// the archive does for each of its workbooks.
    pub unpacked_bytes: u64,
    /// Bytes unpacked only to see what an archive on disk holds: the archives in it, and what may be a workbook.
    pub searched_bytes: u64,
}

/// What may be unpacked to find workbooks without more being allowed in all: finding them must be quick.
const SEARCHED_BYTES: u64 = 1 << 30;
/// The share that it has of what is unpacked in all where much is allowed.
const SEARCHED_SHARE: u64 = 16;

impl ArchiveLimits {
    /// The limits with so many bytes unpacked in all.
    pub fn unpacking(self, bytes: u64) -> ArchiveLimits {
        let searched_bytes = bytes.min(SEARCHED_BYTES).max(bytes / SEARCHED_SHARE);
        ArchiveLimits { unpacked_bytes: bytes, searched_bytes, ..self }
    }
}

impl Default for ArchiveLimits {
    fn default() -> Self {
        let none =
            ArchiveLimits { depth: 3, entries: 20_000, entry_bytes: 128 << 20, unpacked_bytes: 0, searched_bytes: 0 };
        none.unpacking(16 << 30)
    }
}
