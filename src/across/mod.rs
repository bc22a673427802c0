//! What only the whole batch shows: one file per check. Each looks at the audits in brief and adds findings to those it
//! concerns; none changes points. What is said of the batch as a whole beside them is its [`Whole`].

pub mod compared;
pub mod copied_text;
mod duplicate_submission;
mod forms_disagree;
mod grade_undecided;
mod outliers;
pub mod roster;
mod seen;
pub mod shared_properties;

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::{Audit, Finding};
use crate::baseline::{Baseline, asked_of_last_year};
use crate::brief::Brief;
use crate::checks::register::Code;
use crate::rulebook::Rulebook;

use compared::Comparison;
pub use copied_text::{Copied, NobodysWords, Texts};
use roster::{Reporting, Roster};
pub use seen::{Seen, Tally, Why};
pub use shared_properties::SharedName;

/// What a batch is held against beside itself: what the bureau gives along with the submissions. Each check that is held
/// against something has its field here.
#[derive(Debug, Clone, Default)]
pub struct Against {
    /// The departments that must submit.
    pub roster: Option<Roster>,
    /// The audits of an earlier run.
    pub baseline: Option<Baseline>,
    /// Files that came with the submissions and are no workbooks.
    pub others: Vec<String>,
    /// The options that it was given by, each with the name and the hash of its file, for 运行信息.
    pub named: Vec<(String, String)>,
    /// What is no department's own text: the rulebooks' words, and the notice's.
    pub known: NobodysWords,
}

impl Against {
    /// The earlier audits that this year's figures are taken from, with the name and the hash of their file, where a rulebook asks for
    /// figures of the year before.
    pub fn figures_of(&self, rulebooks: &[Rulebook]) -> Option<(&Baseline, &str)> {
        let baseline = self.baseline.as_ref().filter(|_| asked_of_last_year::is_asked(rulebooks.iter()))?;
        let (_, file) = self.named.iter().find(|(option, _)| option == BASELINE)?;
        Some((baseline, file))
    }
}

/// The option that names earlier audits.
pub const BASELINE: &str = "--baseline";

/// What is said of the batch as a whole, beside the findings of single audits: the sheets that are not of one department are
/// laid out from it. Each check that says such a thing has its field here.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Whole {
    /// What became of every check across the batch. (bureau.md, “Checks run”)
    pub ran: BTreeMap<Code, Tally>,
    /// How the departments of the roster have reported; none without a roster.
    pub roster: Option<Reporting>,
    /// The batch beside an earlier run; none without one.
    pub comparison: Option<Comparison>,
    /// What departments have in common.
    pub copied: Copied,
    /// What the properties of files have in common.
    pub properties: Vec<SharedName>,
    /// Names of properties that so many departments have that nothing is told of them: the template's.
    pub common_names: BTreeSet<String>,
}

impl Whole {
    /// The departments of which nothing was handed in, each as what a line tells of it.
    pub fn missing(&self) -> Vec<Audit> {
        self.roster.iter().flat_map(Reporting::missing).collect()
    }
}

/// What a check across the batch looks at.
#[derive(Clone, Copy)]
pub struct InBrief<'a> {
    /// The audits in brief, in path order.
    pub audits: &'a [Brief],
    /// What they are held against.
    pub against: &'a Against,
    /// Where their texts are to be had.
    pub texts: &'a dyn Texts,
}

/// Says of every audit that it is due for whether it agreed, raised something or could not be looked at.
type Check = fn(InBrief, &mut Seen);

/// Every check across the batch, with the codes that it tells.
const CHECKS: &[(&[Code], Check)] = &[
    (&[Code::DuplicateSubmission], duplicate_submission::check),
    (&[Code::GradeUndecided], grade_undecided::check),
    (&[Code::FormsDisagree], forms_disagree::check),
    (&[Code::Outlier], outliers::check),
    (&[Code::SubmissionMissing, Code::SubmissionUnexpected], roster::check),
    (&[Code::LastYearConflict, Code::FigureJump], compared::check),
    (&[Code::CopiedText], copied_text::check),
];

/// Whether a finding of that code is one that only the batch shows: alone, an audit has none.
pub fn adds(code: Code) -> bool {
    CHECKS.iter().any(|(codes, _)| codes.contains(&code))
}

/// The audit without what a batch added to it: what it was by itself.
pub fn alone(mut audit: Audit) -> Audit {
    audit.findings.retain(|finding| !adds(finding.code));
    audit
}

/// What the batch adds to the findings of each of its audits, which are in path order, and what is said of it as a whole.
pub fn findings(audits: &[Brief], against: &Against, texts: &dyn Texts) -> (Vec<Vec<Finding>>, Whole) {
    let mut seen = Seen::of(audits.len());
    for (_, check) in CHECKS {
        check(InBrief { audits, against, texts }, &mut seen);
    }
    seen.into_parts()
}

/// Looks across the audits of one run, which are in path order. What another look has added to them is taken away before.
pub fn look(audits: &mut [Audit], against: &Against) -> Whole {
    audits.iter_mut().for_each(|audit| audit.findings.retain(|finding| !adds(finding.code)));
    let brief = |audit: &Audit| Brief::beside(audit, against.baseline.as_ref()).with_prints(audit);
    let briefs: Vec<Brief> = audits.iter().map(brief).collect();
    let (added, whole) = findings(&briefs, against, &&*audits);
    for (audit, found) in audits.iter_mut().zip(added) {
        audit.findings.extend(found);
    }
    whole
}
