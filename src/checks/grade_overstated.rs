//! The grade of the ceiling, the most that can be granted, against the stated grade.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::score_text;
use crate::judge::grade_of;
use crate::phrase::Hole;

use super::Subject;
use super::grade_mismatch::stated_grade;
use super::ran::{Need, Ran};

/// A finding when even the ceiling earns a lower grade than the one stated.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let stated = subject.submission.grade.as_ref().ok_or(Need::Grade)?;
    subject.claims_are_read()?;
    let ceiling = subject.totals.recomputed.ceiling;
    let claimed = stated_grade(subject.rulebook, &stated.value).ok_or(Need::KnownGrade)?;
    let granted = grade_of(&subject.rulebook.grades, ceiling).ok_or(Need::Rule)?;
    let rank = |name: &str| subject.rulebook.grades.iter().position(|grade| grade.name == name);
    if rank(granted) <= rank(&claimed.name) {
        return Ok(());
    }
    let shown = score_text(ceiling);
    let holes: &[Hole] = &[("stated", &claimed.name), ("ceiling", &shown), ("granted", &granted)];
    findings.push(Finding::told(Code::GradeOverstated, holes).at(&stated.source));
    Ok(())
}
