//! `last-year-conflict`, `figure-jump`, and what became of the submissions of an earlier run: who corrected what, and who is not
//! there any more. (bureau.md, “The whole batch”)

use std::collections::BTreeSet;

use crate::audit::Status;
use crate::baseline::{Baseline, Compared, Counterpart};
use crate::brief::Brief;
use crate::checks::register::Code;
use crate::submission::names::key;

use super::roster::{Due, Reported, Roster, State};
use super::{InBrief, Seen, Why};

/// A batch beside an earlier run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// What each audit of the batch came to beside the earlier ones, in their order.
    pub audits: Vec<Compared>,
    /// Departments that the earlier run has for the same year and this batch has not, and what may be theirs.
    pub absent: Vec<Reported>,
    /// Audits of earlier lines that name no department or no year.
    pub nameless: usize,
    /// Earlier lines of which nobody can tell whether they were altered.
    pub unsealed: usize,
    /// Whether it is told by an audit workbook: all of them then.
    pub is_workbook: bool,
    /// Submissions of such a workbook of which nothing can be told.
    pub unrecognised: usize,
    /// Audits of other years than this batch's and the one before: nothing is compared with them.
    pub other_years: usize,
}

/// Takes over what every audit came to beside the earlier ones, and looks for departments that are not there any more.
pub fn check(batch: InBrief, seen: &mut Seen) {
    let baseline = batch.against.baseline.as_ref();
    for (place, audit) in batch.audits.iter().enumerate() {
        if audit.status == Status::Audited && audit.kind.has_common_rows() {
            beside_last_year(place, audit, baseline.is_some_and(|baseline| baseline.is_workbook), seen);
        }
    }
    let Some(baseline) = baseline else { return };
    let audits = batch.audits.iter().map(|audit| audit.compared.as_deref().cloned().unwrap_or_default());
    let years: BTreeSet<i32> = batch.audits.iter().filter_map(|audit| audit.year).collect();
    let is_compared = |year: i32| years.contains(&year) || years.contains(&year.saturating_add(1));
    seen.whole.comparison = Some(Comparison {
        audits: audits.collect(),
        absent: absent(batch, baseline, &years),
        nameless: baseline.nameless,
        unsealed: baseline.unsealed,
        is_workbook: baseline.is_workbook,
        unrecognised: baseline.unrecognised(),
        other_years: baseline.audits.iter().filter(|old| !is_compared(old.year)).count(),
    });
}

/// What the year before says of a card.
fn beside_last_year(place: usize, audit: &Brief, is_workbook: bool, seen: &mut Seen) {
    for code in [Code::LastYearConflict, Code::FigureJump] {
        let before = match &audit.compared {
            None => Err(Why::NoBaseline),
            Some(_) if is_workbook => Err(Why::BaselineIsWorkbook),
            Some(_) if audit.unit.is_none() || audit.year.is_none() => Err(Why::Unnamed),
            Some(compared) => match &compared.before {
                Counterpart::Nothing | Counterpart::Unrecognised => Err(Why::NoLastYear),
                Counterpart::Several(_) => Err(Why::SeveralLastYear),
                Counterpart::One(one) if one.figures == 0 => Err(Why::NothingToCompare),
                Counterpart::One(_) => Ok(compared),
            },
        };
        match before {
            Err(why) => seen.not_run(code, why),
            Ok(compared) => {
                let mut found = compared.findings.iter().filter(|finding| finding.code == code).peekable();
                if found.peek().is_none() {
                    seen.agreed(code);
                }
                found.for_each(|finding| seen.raised(place, finding.clone()));
            }
        }
    }
}

/// Departments of the earlier run, for a year of this batch, that this batch does not have: as those of a roster are looked for, so
/// that a name written otherwise is no absence.
fn absent(batch: InBrief, baseline: &Baseline, years: &BTreeSet<i32>) -> Vec<Reported> {
    let mut known = BTreeSet::new();
    let of_a_year = baseline.audits.iter().filter(|old| years.contains(&old.year));
    let once = of_a_year.filter(|old| known.insert(key(&old.unit)));
    let departments = once.map(|old| Due { name: old.unit.clone(), ..Due::default() }).collect();
    let roster = Roster { departments, is_retold: true, ..Roster::default() };
    let reporting = super::roster::reporting(&roster, batch);
    let is_absent = |one: &Reported| matches!(one.state, State::Missing | State::Unread | State::NearName);
    reporting.departments.into_iter().filter(is_absent).collect()
}
