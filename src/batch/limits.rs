//! Limits on archives, stated in the report when one is met.

/// How much of an archive is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArchiveLimits {
    /// Archives within archives: 1 is a plain archive of workbooks.
    pub depth: usize,
    /// Entries of one archive.
    pub entries: usize,
    /// Unpacked size of one entry, in bytes.
    pub entry_bytes: u64,
    /// Bytes unpacked for all entries of one archive on disk. What is unpacked again counts again, as an archive within
    /// the archive does for each of its workbooks.
    pub unpacked_bytes: u64,
}

impl Default for ArchiveLimits {
    fn default() -> Self {
        ArchiveLimits { depth: 3, entries: 20_000, entry_bytes: 256 << 20, unpacked_bytes: 16 << 30 }
    }
}
