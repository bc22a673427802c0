//! Why a file gives no workbook. Facts only: the sentences for people are written elsewhere.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Why a file could not be read: one code, and what is known beyond it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The code that the output carries.
    pub code: ProblemCode,
    /// What the sentence for people is made of.
    pub detail: ProblemDetail,
}

/// The codes of files that could not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemCode {
    /// A password is needed to open it.
    PasswordProtected,
    /// Proven to be damaged: cut off, empty, or with packed bytes that fail their checksum.
    CorruptFile,
    /// Not made as this program expects it. Nothing proves that it is damaged: another program may read it.
    UnreadableFile,
    /// Something else under a workbook's name.
    NotAWorkbook,
    /// Over one of the limits.
    TooLarge,
    /// Over the limit of time.
    TimedOut,
    /// The reader itself failed.
    ReaderFailed,
    /// The bytes could not be had.
    IoError,
}

impl ProblemCode {
    /// The code as written in the output.
    pub fn as_str(self) -> &'static str {
        match self {
            ProblemCode::PasswordProtected => "password-protected",
            ProblemCode::CorruptFile => "corrupt-file",
            ProblemCode::UnreadableFile => "unreadable-file",
            ProblemCode::NotAWorkbook => "not-a-workbook",
            ProblemCode::TooLarge => "too-large",
            ProblemCode::TimedOut => "timed-out",
            ProblemCode::ReaderFailed => "reader-failed",
            ProblemCode::IoError => "io-error",
        }
    }
}

/// What is known beyond the code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProblemDetail {
    /// Nothing more.
    None,
    /// The file has no bytes (corrupt-file).
    Empty,
    /// The container (zip or OLE2) cannot be read: cut off (corrupt-file), or made in an unknown way (unreadable-file).
    Container,
    /// A part of the container is at fault (corrupt-file where it is proven to be damaged, else unreadable-file).
    Part {
        /// Its name inside the container.
        part: String,
        /// What is wrong with it.
        fault: Fault,
    },
    /// What the content really is (not-a-workbook).
    Content(Content),
    /// The limit that was reached (too-large, timed-out).
    Limit {
        /// Which one.
        limit: LimitName,
        /// Its value: bytes, a count, or milliseconds.
        allowed: u64,
    },
    /// What the reader was doing when it failed (reader-failed).
    Stage(Stage),
}

/// What is wrong with a part of a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// It is named, and not there.
    Missing,
    /// Its packed bytes are damaged, cut off, or fail their checksum.
    Damaged,
    /// A sheet's rows end before it says so itself, and records of its cells stand behind their end.
    EndsEarly {
        /// The last row that holds something, from 1; 0: none.
        read: u32,
        /// The rows that the sheet says it has.
        stated: u32,
    },
    /// Its XML is not well formed: tags that do not close, or an end in the middle. No reader of XML goes on.
    IllFormed,
    /// Its records, or what its XML says, cannot be understood.
    Malformed,
    /// It holds something else than its place demands.
    WrongKind,
    /// It names a cell that no sheet has.
    Address(String),
    /// It names an entry of a table that has no such entry.
    Index(u64),
}

/// What a file that is no workbook really is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Content {
    /// Comma- or tab-separated text.
    Csv,
    /// Other text.
    Text,
    /// A web page, or a table saved as one.
    Html,
    /// A workbook of Excel 2003 as one XML file.
    XmlSpreadsheet2003,
    /// Other XML.
    Xml,
    /// A JSON text.
    Json,
    /// Rich text.
    Rtf,
    /// Word, 2007 or later.
    Docx,
    /// Word, 97 to 2003.
    Doc,
    /// PowerPoint, 2007 or later.
    Pptx,
    /// PowerPoint, 97 to 2003.
    Ppt,
    /// OpenDocument text.
    Odt,
    /// OpenDocument presentation.
    Odp,
    /// Another OpenDocument or OLE2 document.
    OtherDocument,
    /// An Excel workbook from before version 5.
    OldExcel,
    /// An electronic book.
    Epub,
    /// The national layout document format (GB/T 33190).
    Ofd,
    /// A PDF.
    Pdf,
    /// A workbook of Numbers.
    Numbers,
    /// A zip archive of something else.
    Zip,
    /// A RAR archive.
    Rar,
    /// A 7z archive.
    SevenZip,
    /// A gzip stream.
    Gzip,
    /// A picture.
    Picture,
    /// A program.
    Program,
    /// A database of Access, dBase or SQLite.
    Database,
    /// A file of zero bytes only.
    Zeros,
    /// Nothing known.
    Unknown,
}

/// The limits by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitName {
    /// [`super::Limits::file_bytes`]
    FileBytes,
    /// [`super::Limits::unpacked_bytes`]
    UnpackedBytes,
    /// [`super::Limits::part_bytes`]
    PartBytes,
    /// [`super::Limits::ratio`]
    Ratio,
    /// [`super::Limits::parts`]
    Parts,
    /// Bytes of the list of entries, which follow from [`super::Limits::parts`]
    DirectoryBytes,
    /// [`super::Limits::sheets`]
    Sheets,
    /// [`super::Limits::cells`]
    Cells,
    /// [`super::Limits::merges`]
    Merges,
    /// [`super::Limits::text_chars`]
    TextChars,
    /// [`super::Limits::text_bytes`]
    TextBytes,
    /// [`super::Limits::xml_depth`]
    XmlDepth,
    /// [`super::Limits::memory`]
    Memory,
    /// [`super::Limits::time`], in milliseconds
    Time,
    /// Cells looked at after reading, each time counted
    Looks,
    /// Bytes of text that sources quote
    QuotedBytes,
    /// Project forms of one workbook
    Forms,
    /// Rows of one project form
    FormRows,
}

/// What a reader was doing when it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Starting the process that reads.
    Starting,
    /// Handing the file over.
    Sending,
    /// Reading the file.
    Reading,
    /// Handing the cells back.
    Answering,
    /// Whatever it was: the process that read is gone, and nobody knows what ended it.
    Gone,
}

impl Problem {
    /// The file is over a limit.
    pub fn over(limit: LimitName, allowed: u64) -> Problem {
        Problem { code: ProblemCode::TooLarge, detail: ProblemDetail::Limit { limit, allowed } }
    }

    /// The file took longer than it may.
    pub fn timed_out(allowed: Duration) -> Problem {
        let allowed = u64::try_from(allowed.as_millis()).unwrap_or(u64::MAX);
        Problem { code: ProblemCode::TimedOut, detail: ProblemDetail::Limit { limit: LimitName::Time, allowed } }
    }

    /// The file is something else.
    pub fn not_a_workbook(content: Content) -> Problem {
        Problem { code: ProblemCode::NotAWorkbook, detail: ProblemDetail::Content(content) }
    }

    /// The file needs a password.
    pub fn password() -> Problem {
        Problem { code: ProblemCode::PasswordProtected, detail: ProblemDetail::None }
    }

    /// The container is cut off, or its first entry is overwritten: without it no program finds anything in it.
    pub fn cut_container() -> Problem {
        Problem { code: ProblemCode::CorruptFile, detail: ProblemDetail::Container }
    }

    /// The container is made in a way that is not known here.
    pub fn odd_container() -> Problem {
        Problem { code: ProblemCode::UnreadableFile, detail: ProblemDetail::Container }
    }

    /// The file has no bytes.
    pub fn empty() -> Problem {
        Problem { code: ProblemCode::CorruptFile, detail: ProblemDetail::Empty }
    }

    /// A part is at fault.
    pub fn part(part: &str, fault: Fault) -> Problem {
        let is_proven = matches!(fault, Fault::Damaged | Fault::IllFormed | Fault::EndsEarly { .. });
        let code = if is_proven { ProblemCode::CorruptFile } else { ProblemCode::UnreadableFile };
        Problem { code, detail: ProblemDetail::Part { part: part.to_owned(), fault } }
    }

    /// Whether it says that a container or a part is damaged, so that another reader may think otherwise. Rows that end before the
    /// sheet says so are no matter of opinion: another reader has lost them as well.
    pub(crate) fn may_be_read_by_another(&self) -> bool {
        self.code == ProblemCode::CorruptFile
            && matches!(self.detail, ProblemDetail::Container | ProblemDetail::Part { fault: Fault::Damaged, .. })
    }

    /// Another reader opens the file: it is not said to be damaged any more.
    pub(crate) fn is_read_by_another(&mut self) {
        self.code = ProblemCode::UnreadableFile;
    }

    /// The reader failed.
    pub fn reader_failed(stage: Stage) -> Problem {
        Problem { code: ProblemCode::ReaderFailed, detail: ProblemDetail::Stage(stage) }
    }
}
