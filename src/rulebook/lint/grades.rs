//! Grades that cover every total once, and the few numbers of the head.

use rust_decimal::Decimal;

use super::spot::figure;
use crate::rulebook::cursor::Page;
use crate::rulebook::model::*;

/// The head of a rulebook.
pub(super) fn lint(rulebook: &Rulebook, page: &Page<'_>) {
    let sound = (0..rulebook.grades.len()).all(|at| !page.is_flawed(&format!("grade:{at}")));
    let grades = if sound { &rulebook.grades[..] } else { &[] };
    for at in 1..grades.len() {
        let (above, grade) = (&grades[at - 1], &grades[at]);
        if grade.from >= above.from {
            let holes = vec![("grade", grade.name.clone()), ("above", above.name.clone())];
            page.flaw("grades-order", &page.place(&format!("grade:{at}.from")), holes);
        }
        if grades[..at].iter().any(|other| other.name == grade.name) {
            let place = page.place(&format!("grade:{at}.name"));
            page.flaw("duplicate-id", &place, vec![("word", grade.name.clone())]);
        }
    }
    if let Some(last) = grades.last()
        && !last.from.is_zero()
    {
        let place = page.place(&format!("grade:{}.from", grades.len() - 1));
        page.flaw("grades-gap", &place, vec![("from", figure(last.from)), ("grade", last.name.clone())]);
    }
    if let Some(first) = grades.first()
        && first.from > Decimal::ONE_HUNDRED
    {
        page.flaw("grade-unreachable", &page.place("grade:0.from"), vec![("grade", first.name.clone())]);
    }
    for (field, value) in [("material", rulebook.material), ("tolerance", rulebook.tolerance)] {
        if value.is_sign_negative() {
            page.flaw("negative", &page.place(&format!("head.{field}")), vec![("field", field.to_owned())]);
        }
    }
    if rulebook.tolerance > rulebook.material && !rulebook.material.is_zero() {
        let holes = vec![("tolerance", figure(rulebook.tolerance)), ("material", figure(rulebook.material))];
        page.flaw("tolerance-above-material", &page.place("head.tolerance"), holes);
    }
    if let Years { from: Some(from), to: Some(to) } = rulebook.years
        && from > to
    {
        page.flaw("years-reversed", &page.place("head.years"), Vec::new());
    }
}
