//! The tasks of the program from arguments to outputs, without a terminal: what is said goes through a [`Console`].

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;

use crate::across;
use crate::audit::{Audit, Severity, Status, Verdict};
use crate::batch::{self, ArchiveLimits, Found, Setup, audit_all, find};
use crate::cli::{AuditOptions, Call, FailOn, Outputs, RuleOptions, Task};
use crate::error::Error;
use crate::outputs;
use crate::report::{self, Batch, RunInfo};
use crate::rulebook::library::Library;
use crate::text::Language;
use crate::workbook::{Limits, Reader};

/// Done.
pub const DONE: u8 = 0;
/// Done, and what `--fail-on` names was found.
pub const FOUND: u8 = 1;
/// Nothing could be done.
pub const NOTHING_DONE: u8 = 2;
/// Done, but at least one file could not be audited.
pub const SOME_UNREAD: u8 = 3;

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
