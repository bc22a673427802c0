//! What a search finds: inputs, and files that are none; and what a name says of a file.

use std::path::PathBuf;

use crate::system::Cause;
use crate::workbook::content::glance::Glance;

/// One input: a workbook, or what is called or looks like one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    /// Relative to the path it was found under, with `/`; an entry of an archive follows the archive's name.
    pub file: String,
    /// The file on disk.
    pub path: PathBuf,
    /// Where it lies inside an archive on disk: the entry's number, then that of the archive within it, and so on.
    pub entries: Vec<usize>,
    /// Why it cannot even be looked at, where that is known already.
    pub refused: Option<Refusal>,
}

/// Why an input cannot be looked at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// The archive is broken.
    CorruptArchive,
    /// Entries of the archive have one name, so that only the last of them can be had.
    RepeatedNames,
    /// No workbook in the archive.
    NoWorkbook,
    /// The archive has a password.
    EncryptedArchive,
    /// Entries of the archive lie one over the other.
    Overlapping,
    /// Called an archive, and packed by another program than any that is read (.rar, .7z): which.
    OtherArchive(&'static str),
    /// Packed in a way that is not read: which.
    OtherPacking(&'static str),
    /// Over a limit of archives: which one, its value, and what was met.
    TooLarge(&'static str, String, String),
    /// Over a limit, by how much is not known: which one, and its value.
    Over(&'static str, String),
    /// Not a plain file: a device, a pipe.
    NotAFile,
    /// The system does not give it.
    Unreadable(Cause),
}

/// A file that is no workbook and gets no line, only a mention.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NotWorkbook {
    /// Shown as an input's file would be.
    pub file: String,
    /// An archive of a kind that is not read (.rar, .7z).
    pub packed: bool,
}

/// What the paths hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Inputs in order of their names' code points.
    pub inputs: Vec<Input>,
    /// Files that are no workbooks, in the same order.
    pub others: Vec<NotWorkbook>,
}

/// Endings of workbooks: such a file always gets a line, whatever it holds.
pub const WORKBOOK_ENDINGS: &[&str] =
    &["xlsx", "xlsm", "xlsb", "xls", "et", "ods", "xltx", "xltm", "xlt", "ett", "ots"];

/// Endings of archives that are not read.
const PACKED_ENDINGS: &[&str] = &["rar", "7z", "tar", "gz", "tgz", "bz2", "xz"];

/// Lock files of office programs and hidden files.
pub fn is_passed_over(name: &str) -> bool {
    (name.starts_with('.') && name != ".." && name != ".")
        || name.starts_with("~$")
        || name.eq_ignore_ascii_case("thumbs.db")
        || name.eq_ignore_ascii_case("desktop.ini")
}

/// What a file is for the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// It is called a workbook, or its content is one.
    Workbook,
    /// A .zip that may hold submissions.
    Archive,
    /// Neither.
    Other,
}

/// Looks at the name, then at the content: a name that promises a workbook always gets a line; any other file is one
/// by its content only.
///
/// # Errors
/// Its content cannot be read.
pub fn kind_of<E>(file: &str, content: impl FnOnce() -> Result<Glance, E>) -> Result<FileKind, E> {
    if has_ending(file, WORKBOOK_ENDINGS) {
        return Ok(FileKind::Workbook);
    }
    Ok(match content()? {
        Glance::Workbook => FileKind::Workbook,
        _ if has_ending(file, &["zip"]) => FileKind::Archive,
        _ => FileKind::Other,
    })
}

/// Archives of a kind that is not read (.rar, .7z …): their senders are asked to unpack them.
pub fn is_not_read(file: &str) -> bool {
    has_ending(file, PACKED_ENDINGS)
}

/// Whether the name ends so, in any case.
pub fn has_ending(file: &str, endings: &[&str]) -> bool {
    file.rsplit_once('.').is_some_and(|(_, ending)| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

impl From<std::io::Error> for Refusal {
    fn from(cause: std::io::Error) -> Self {
        Refusal::Unreadable(Cause::of(&cause))
    }
}
