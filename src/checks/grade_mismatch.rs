//! The stated grade against the grade of the stated total, or of the sum of the claims where no total is stated.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::score_text;
use crate::judge::grade_of;
use crate::phrase::Hole;
use crate::rulebook::{Grade, Rulebook};

use super::Subject;
use super::ran::{Need, Ran};

/// A finding when the two grades differ, or the stated word is no grade of the card.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let stated = subject.submission.grade.as_ref().ok_or(Need::Grade)?;
    subject.claims_are_read()?;
    let (total, wording) = match &subject.submission.total {
        Some(total) => (total.value, "grade-mismatch"),
        None => (subject.totals.claimed, "grade-mismatch-sum"),
    };
    let due = grade_of(&subject.rulebook.grades, total).ok_or(Need::Rule)?;
    let known = stated_grade(subject.rulebook, &stated.value);
    if known.is_some_and(|grade| grade.name == due) {
        return Ok(());
    }
    let wording = if known.is_some() { wording } else { "grade-mismatch-unknown" };
    let shown = score_text(total);
    let holes: &[Hole] = &[("stated", &stated.value.trim()), ("total", &shown), ("due", &due)];
    findings.push(Finding::worded(Code::GradeMismatch, wording, holes).at(&stated.source));
    Ok(())
}

/// The grade that a department's word means: the official word, or a longer form of it such as 优秀 for 优.
pub fn stated_grade<'a>(rulebook: &'a Rulebook, stated: &str) -> Option<&'a Grade> {
    let stated = stated.trim();
    let exact = rulebook.grades.iter().find(|grade| grade.name == stated);
    exact.or_else(|| {
        let mut named = rulebook.grades.iter().filter(|grade| stated.contains(grade.name.as_str()));
        named.next().filter(|_| named.next().is_none())
    })
}
