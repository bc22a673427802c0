//! Everything that the reports of one run show, as plain data.

use std::collections::BTreeMap;

use crate::across::Whole;
use crate::audit::Audit;
use crate::carry::Earlier;
use crate::rulebook::Rulebook;
use crate::sampling::SamplePlan;

use super::way::Way;

/// Everything that the reports of one run show.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// The audits in path order.
    pub audits: Vec<Audit>,
    /// What is said of them as a whole.
    pub whole: Whole,
    /// The rulebooks that were applied.
    pub rulebooks: Vec<Rulebook>,
    /// Files that are no workbooks, in path order.
    pub not_workbooks: Vec<NotWorkbook>,
    /// The run itself.
    pub run: RunInfo,
    /// The sample that is to be looked at on the spot, if one is wanted.
    pub sample: Option<SamplePlan>,
    /// What people typed into earlier audit workbooks; where two say different things, the first counts.
    pub earlier: Vec<Earlier>,
}

/// A file that is no workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotWorkbook {
    /// Its path as audits write theirs.
    pub file: String,
    /// What it is, in words.
    pub kind: String,
}

/// What is to be said of the run.
#[derive(Debug, Clone, Default)]
pub struct RunInfo {
    /// Version of the program.
    pub version: String,
    /// The options that change results, with their values.
    pub options: Vec<(String, String)>,
    /// When the workbook is made, `YYYY-MM-DD HH:MM:SS`; the caller's clock, or none.
    pub made_at: Option<String>,
    /// Where each audited file lies, by [`Audit::file`]. A file without an entry gets no link.
    pub places: BTreeMap<String, Place>,
    /// Where working papers go when they are too many for one workbook; none: they stay in it.
    pub apart: Option<Apart>,
    /// What is written beside the workbook in the same run.
    pub beside: WrittenBeside,
}

/// What is written beside the workbook in the same run, to be opened from it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WrittenBeside {
    /// The way to each unit's letter, by the unit's name as [`unit_name`] has it.
    pub letters: BTreeMap<String, Way>,
    /// The way to the page; none where no page is written, and on the page itself.
    pub page: Option<Way>,
}

/// A unit as letters are written to it: the file stands for one that is not named.
pub fn unit_name(audit: &Audit) -> String {
    let named = audit.unit.as_deref().unwrap_or(&audit.file);
    named.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where working papers go when they are too many for one workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apart {
    /// File name of the audit workbook, for the links back.
    pub workbook: String,
    /// Name of the folder beside it.
    pub folder: String,
}

/// Where an audited file lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The way there from the folder of the audit workbook.
    pub path: Way,
    /// The file is an entry of the archive at `path`.
    pub archive: bool,
}

/// Working papers that one workbook holds as sheets. With more of them a spreadsheet program opens it only slowly, and
/// nobody finds a tab among so many; the rest of the workbook stays as it is.
pub const PAPERS_MAX: usize = 200;
