//! What people typed into an earlier audit workbook, read back so that the next run can keep it.
//!
//! The workbook may have been saved by any spreadsheet program, sorted, filtered, its columns moved: rows are known by
//! their hidden key, columns by their headings in either language. What cannot be read stops the run, because an entry
//! that is not read would be lost.

mod added;
mod cell_text;
mod read;

pub use read::{Unreadable, read, read_paper, read_within};

use rust_decimal::Decimal;

use crate::assigned::{Picked, Readings};
use crate::audit::Source;
use crate::entered::{About, Given};

pub use crate::entered::{Entry, Rows};

/// An earlier audit workbook, as far as people worked in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Earlier {
    /// Its findings, with what was typed, in the order of its rows.
    pub findings: Vec<OldFinding>,
    /// Cells that were not used and that a person said something of, in the order of its rows.
    pub readings: Vec<OldFinding>,
    /// Entries of 核定表, 待补材料 and the working papers, in the order of its rows.
    pub entries: Vec<OldFinding>,
    /// The keys of all rows in which such an entry can be made.
    pub rows: Rows,
}

impl Earlier {
    /// How many rows of it are kept.
    pub fn count(&self) -> usize {
        self.findings.len() + self.readings.len() + self.entries.len()
    }

    /// Takes in what was typed into a working paper that stands by itself.
    pub fn extend(&mut self, paper: Earlier) {
        self.findings.extend(paper.findings);
        self.entries.extend(paper.entries);
        self.rows.extend(&paper.rows);
    }
}

/// What reviewers said in earlier workbooks of cells that were not used; of two that differ the first counts.
pub fn readings(earlier: &[Earlier]) -> Readings {
    let mut readings = Readings::default();
    for old in earlier.iter().flat_map(|one| &one.readings) {
        if let (Some(key), Some(picked)) = (&old.key, &old.typed.assigned) {
            readings.add(key, picked);
        }
    }
    earlier.iter().for_each(|one| readings.entries.add_rows(&one.rows));
    for old in earlier.iter().flat_map(|one| &one.entries) {
        if let (Some(key), Some(given)) = (&old.key, given(old)) {
            readings.entries.add(key, given);
        }
    }
    readings
}

/// What the program computes with of an entry; none where it is only carried along.
fn given(old: &OldFinding) -> Option<Given> {
    let about = About::of(old.key.as_deref()?)?;
    if !about.is_computed_with() {
        return None;
    }
    let typed = &old.typed;
    let counts = !matches!(&typed.state, Some(State::Known("receipt-returned" | "receipt-void")));
    let given = matches!(&typed.state, Some(State::Known("receipt-given")));
    let evidence = typed.evidence.clone().or_else(|| given.then(|| RECEIVED.to_owned())).filter(|_| counts);
    let value = typed.value.clone().filter(|_| counts);
    (value.is_some() || evidence.is_some()).then(|| Given {
        value,
        evidence,
        by: typed.reviewer.clone().or_else(|| old.by.clone()),
        upon: old.basis.clone(),
        // The kind of sheet, without the number and the name of a working paper: both may be others in every run.
        source: Source {
            sheet: old.shown.problem.chars().take_while(|character| !character.is_ascii_digit()).collect(),
            cell: String::new(),
            text: typed.value.as_ref().map(Entry::text).unwrap_or_default(),
        },
    })
}

/// Between a column and what was written there, and between two of them, where a row tells what the program wrote.
pub const WRITTEN_IS: char = ':';
/// The second of them.
pub const WRITTEN_AND: &str = "|";

/// Evidence that was handed in, where nobody wrote what it is.
pub const RECEIVED: &str = "√";

/// One row of an earlier list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OldFinding {
    /// What makes it the same finding in another run; none for a row that a person added.
    pub key: Option<String>,
    /// It had disappeared, or could not be matched, before: its row stood among the kept ones.
    pub kept: bool,
    /// The number of its department in the earlier run.
    pub number: Option<Decimal>,
    /// What the score of the row rested on when the workbook was made, and what it had rested on when it was signed.
    pub basis: Option<String>,
    /// The second of them.
    pub signed: Option<String>,
    /// Who signed the sheet that it stands in, as far as that is told.
    pub by: Option<String>,
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
    /// 核定日期, and any other date.
    pub date: Option<String>,
    /// 备注.
    pub remark: Option<String>,
    /// 对应数据项.
    pub assigned: Option<Picked>,
    /// 核定值: the value of a fact, the score of a criterion, the reading of an indicator, or whether a submission counts.
    pub value: Option<Entry>,
    /// 收到的材料.
    pub evidence: Option<String>,
    /// 编制人.
    pub preparer: Option<String>,
    /// 编制日期.
    pub prepared: Option<String>,
    /// Columns that people added: heading and text.
    pub further: Vec<(String, String)>,
}

impl Typed {
    /// Whether the program computes with it: a value, or evidence that was handed in.
    pub fn is_computed_with(&self) -> bool {
        let is_given = matches!(&self.state, Some(State::Known("receipt-given")));
        self.value.is_some() || self.evidence.is_some() || is_given
    }

    /// Nothing was typed.
    pub fn is_empty(&self) -> bool {
        *self == Typed::default()
    }

    /// The same with what another row says of the same score; none where the two contradict each other.
    pub fn filled_from(&self, other: &Typed) -> Option<Typed> {
        fn both<T: Clone + PartialEq>(one: &Option<T>, other: &Option<T>) -> Option<Option<T>> {
            match (one, other) {
                (Some(one), Some(other)) if one != other => None,
                (one, other) => Some(one.clone().or_else(|| other.clone())),
            }
        }
        Some(Typed {
            state: both(&self.state, &other.state)?,
            confirmed: both(&self.confirmed, &other.confirmed)?,
            reason: both(&self.reason, &other.reason)?,
            reviewer: both(&self.reviewer, &other.reviewer)?,
            remark: both(&self.remark, &other.remark)?,
            ..self.clone()
        })
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
    /// 核定日期.
    Date,
    /// 核定值.
    Value,
    /// 收到的材料.
    Evidence,
    /// 材料状态: how far what was asked for has come.
    Receipt,
    /// 编制人.
    Preparer,
    /// 编制日期.
    Prepared,
    /// What a score rests on in this run, and what it had rested on when it was signed.
    Basis,
    /// The second of them.
    Signed,
    /// What the program wrote into the cells of the row that a reviewer may change.
    Written,
    /// Where the entry stands that the row only repeats: its cells with formulas are no entries.
    Refers,
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
    /// The program's own, of no use to a later run.
    Other,
}

impl Holds {
    /// Whether people enter something of their own in it: a state has words of the program's from the start.
    pub fn is_entry(self) -> bool {
        use Holds::{
            Assigned, Confirmed, Date, Evidence, Further, Prepared, Preparer, Reason, Remark, Reviewer, Value,
        };
        [Confirmed, Reason, Reviewer, Date, Value, Evidence, Preparer, Prepared, Remark, Assigned, Further]
            .contains(&self)
    }
}

/// The states that a reviewer gives a row, by their keys in the texts, in the order of the work. Every row starts with the
/// first.
pub const STATES: [&str; 5] = ["state-open", "state-confirmed", "state-corrected", "state-upheld", "state-rejected"];

/// How far what is asked of a department has come, by the keys in the texts. Everything asked starts with the first.
pub const RECEIPTS: [&str; 4] = ["receipt-due", "receipt-given", "receipt-returned", "receipt-void"];

/// 核定分.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Confirmed {
    /// A score.
    Points(Decimal),
    /// Words where a score belongs; they count for nothing, now as then.
    Words(String),
}
