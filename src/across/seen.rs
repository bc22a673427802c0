//! What the checks across the batch have seen: findings of single audits, what is said of the whole, and for 核对项目 on how
//! many submissions each check agreed, raised something, or could not be run, and why. (bureau.md, “Checks run”)

use std::collections::BTreeMap;

use crate::audit::Finding;
use crate::checks::register::Code;

use super::Whole;

/// What the checks have seen so far.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// What is said of the whole.
    pub whole: Whole,
    /// What is added to each audit, in their order.
    added: Vec<Vec<Finding>>,
}

/// What one check did over the batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// So many were looked at, and nothing was found.
    pub agreed: usize,
    /// Of so many something is told.
    pub raised: usize,
    /// So many could not be looked at, and why.
    pub not_run: BTreeMap<Why, usize>,
}

/// Why a check across the batch could not be run on a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The submission names no department.
    Unnamed,
    /// There is no other submission.
    Alone,
    /// A claim or the points of a row are not known.
    OpenClaims,
    /// Another submission of the same department was looked at.
    SeveralSubmissions,
    /// There are too few departments to say what is usual.
    TooFew,
    /// The department handed in no form of a project.
    NoForms,
    /// The card has no figure that forms of projects speak of with certainty, or its rulebook names none.
    NothingToCompare,
    /// No roster was given.
    NoRoster,
    /// No earlier run was given.
    NoBaseline,
    /// The earlier run is given as an audit workbook, which has no figures of which it says that they are certain.
    BaselineIsWorkbook,
    /// The earlier run has no audit of the department's card for the year before.
    NoLastYear,
    /// The earlier run has several of them.
    SeveralLastYear,
    /// A file that is called after the department could not be read.
    Unread,
    /// A unit with a name near to the department's, or in a file called after it, handed in.
    NearName,
    /// Its texts were not kept.
    NoTexts,
}

impl Why {
    /// The key of its words in `check.toml`.
    pub fn key(self) -> &'static str {
        match self {
            Why::Unnamed => "why-unnamed",
            Why::Alone => "why-alone",
            Why::OpenClaims => "why-open-claims",
            Why::SeveralSubmissions => "why-several-submissions",
            Why::TooFew => "why-too-few",
            Why::NoForms => "why-no-forms",
            Why::NothingToCompare => "why-nothing-to-compare",
            Why::NoRoster => "why-no-roster",
            Why::NoBaseline => "why-no-baseline",
            Why::BaselineIsWorkbook => "why-baseline-workbook",
            Why::NoLastYear => "why-no-last-year",
            Why::SeveralLastYear => "why-several-last-year",
            Why::Unread => "why-unread",
            Why::NearName => "why-near-name",
            Why::NoTexts => "why-no-texts",
        }
    }
}

impl Seen {
    /// Nothing yet, of so many audits.
    pub fn of(audits: usize) -> Seen {
        Seen { whole: Whole::default(), added: vec![Vec::new(); audits] }
    }

    /// One that was looked at for this code, and has nothing of it.
    pub fn agreed(&mut self, code: Code) {
        self.tally(code).agreed += 1;
    }

    /// One that could not be looked at for this code.
    pub fn not_run(&mut self, code: Code, why: Why) {
        *self.tally(code).not_run.entry(why).or_default() += 1;
    }

    /// Adds a finding to the audit of that place; several of one code count once.
    pub fn raised(&mut self, place: usize, finding: Finding) {
        let code = finding.code;
        let Some(of_one) = self.added.get_mut(place) else { return };
        let is_first = of_one.iter().all(|other| other.code != code);
        // Most have one or none, and a finding is large.
        of_one.reserve_exact(1);
        of_one.push(finding);
        if is_first {
            self.tally(code).raised += 1;
        }
    }

    /// Something is told of one that no audit is of.
    pub fn raised_beside(&mut self, code: Code) {
        self.tally(code).raised += 1;
    }

    fn tally(&mut self, code: Code) -> &mut Tally {
        self.whole.ran.entry(code).or_default()
    }

    /// What is added to each audit, and what is said of the whole.
    pub(super) fn into_parts(self) -> (Vec<Vec<Finding>>, Whole) {
        (self.added, self.whole)
    }
}
