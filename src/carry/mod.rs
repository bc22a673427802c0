//! What people typed into an earlier audit workbook, read back so that the next run can keep it.
//!
//! The workbook may have been saved by any spreadsheet program, sorted, filtered, its columns moved: rows are known by
//! their hidden key, columns by their headings in either language. What cannot be read stops the run, because an entry
//! that is not read would be lost.

mod read;

pub use read::{Unreadable, read, read_within};

use rust_decimal::Decimal;

use crate::assigned::{Picked, Readings};

/// An earlier audit workbook, as far as people worked in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Earlier {
    /// Its findings, with what was typed, in the order of its rows.
    pub findings: Vec<OldFinding>,
    /// Cells that were not used and that a person said something of, in the order of its rows.
    pub readings: Vec<OldFinding>,
}

/// What reviewers said in earlier workbooks of cells that were not used; of two that differ the first counts.
pub fn readings(earlier: &[Earlier]) -> Readings {
    let mut readings = Readings::default();
    for old in earlier.iter().flat_map(|one| &one.readings) {
        if let (Some(key), Some(picked)) = (&old.key, &old.typed.assigned) {
            readings.add(key, picked);
        }
    }
    readings
}

/// One row of an earlier list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OldFinding {
    /// What makes it the same finding in another run; none for a row that a person added.
    pub key: Option<String>,
    /// It had disappeared, or could not be matched, before: its row stood among the kept ones.
    pub kept: bool,
    /// The number of its department in the earlier run.
    pub number: Option<Decimal>,
    /// What the row showed, for people.
    pub shown: Shown,
    /// What was typed.
    pub typed: Typed,
}

/// What a row showed, for people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// The department.
    pub department: String,
    /// The verdict or check.
    pub problem: String,
    /// The indicator.
    pub indicator: String,
    /// The claimed score.
    pub claim: String,
    /// The difference.
    pub difference: String,
    /// The reason.
    pub why: String,
    /// The cell of the department's file.
    pub place: String,
}

/// What a person typed into one row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Typed {
    /// 处理状态, unless it is the one that every row starts with.
    pub state: Option<State>,
    /// 核定分.
    pub confirmed: Option<Confirmed>,
    /// 核定理由.
    pub reason: Option<String>,
    /// 复核人.
    pub reviewer: Option<String>,
    /// 备注.
    pub remark: Option<String>,
    /// 对应数据项.
    pub assigned: Option<Picked>,
    /// Columns that people added: heading and text.
    pub further: Vec<(String, String)>,
}

impl Typed {
    /// Nothing was typed.
    pub fn is_empty(&self) -> bool {
        *self == Typed::default()
    }

    /// What stands in the reviewer's own columns, without the columns that people added.
    pub fn own(&self) -> Typed {
        Typed { further: Vec::new(), ..self.clone() }
    }
}

/// 处理状态.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum State {
    /// One of the states to choose from, by its key in the texts.
    Known(&'static str),
    /// Other words.
    Words(String),
}

/// What a column of a list holds for a later run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holds {
    /// What makes a row the same one in another run.
    Key,
    /// The number of its department.
    DepartmentNumber,
    /// The department.
    Department,
    /// The verdict or check.
    Problem,
    /// The indicator.
    Indicator,
    /// The claimed score.
    Claim,
    /// The difference in points.
    Difference,
    /// The reason.
    Why,
    /// The cell of the department's file.
    Place,
    /// 处理状态.
    State,
    /// 核定分.
    Confirmed,
    /// 核定理由.
    Reason,
    /// 复核人.
    Reviewer,
    /// 备注.
    Remark,
    /// 对应数据项.
    Assigned,
    /// The file of a cell that was not used.
    File,
    /// The sheet of the department's file.
    Sheet,
    /// The cell in that sheet.
    Cell,
    /// Columns that people had added, as an earlier run kept them.
    Further,
    /// What became of a finding; its words are made anew by every run.
    Change,
    /// The part of the claim that can be granted, for formulas.
    Grantable,
    /// What 核定分 changes of it, for formulas.
    Correction,
    /// The program's own, of no use to a later run.
    Other,
}

/// The states that a reviewer gives a row, by their keys in the texts, in the order of the work. Every row starts with the
/// first.
pub const STATES: [&str; 5] = ["state-open", "state-confirmed", "state-corrected", "state-upheld", "state-rejected"];

/// 核定分.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Confirmed {
    /// A score.
    Points(Decimal),
    /// Words where a score belongs; they count for nothing, now as then.
    Words(String),
}
