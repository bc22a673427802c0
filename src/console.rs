//! Where a run shows itself: the program's terminal, or a test's ear.

/// Where a run shows itself.
pub trait Console: Sync {
    /// So many files are to be audited.
    fn begin(&self, files: usize);
    /// One of them is done.
    fn advance(&self, file: &str);
    /// All of them are.
    fn finish(&self);
    /// A sentence for the person at the terminal.
    fn say(&self, words: &str);
    /// Data for standard output.
    ///
    /// # Errors
    /// It cannot be written.
    fn data(&self, bytes: &[u8]) -> std::io::Result<()>;
}
