//! Forms that another one in the same workbook stands over: drafts, hidden versions, examples, those of years before. (certainty.md, 3: the sheet's name
//! says which version it is; intake.md: of several, one visible, the visible one is audited)

use super::DeclaredForm;
use crate::audit::{NotUsed, Unused};
use crate::submission::names::key;
use crate::submission::scope::{Off, Scope};
use crate::vocabulary::Vocabulary;
use crate::workbook::Workbook;

/// Marks them, lists each with the form that stands over it, and numbers the others anew.
pub fn mark(vocabulary: &Vocabulary, workbook: &Workbook, forms: &mut [DeclaredForm]) {
    let weak: Vec<Option<NotUsed>> = forms.iter().map(|form| weakness(vocabulary, workbook, form)).collect();
    let earlier = |form: &DeclaredForm| forms.iter().any(|other| !other.blank && is_the_years_before(form, other));
    let weak: Vec<Option<NotUsed>> =
        weak.iter().zip(&*forms).map(|(why, form)| why.or(earlier(form).then_some(NotUsed::OtherYear))).collect();
    for place in 0..forms.len() {
        let Some(why) = weak[place] else { continue };
        let stands_over = |(other, form): (usize, &DeclaredForm)| {
            let is_other = other != place && weak[other].is_none() && !form.blank;
            let is_of_it = match why {
                NotUsed::Example => true,
                NotUsed::OtherYear => is_the_years_before(&forms[place], form),
                _ => is_of_one_project(form, &forms[place]),
            };
            is_other && is_of_it
        };
        let Some(over) = forms.iter().enumerate().position(stands_over) else { continue };
        let listed = listed(&forms[place], why);
        forms[over].comments.push(listed);
        forms[place].superseded = true;
    }
    let kept = forms.iter_mut().filter(|form| !form.superseded);
    kept.zip(1u32..).for_each(|(form, number)| form.number = number);
}

/// What speaks against a form beside another: its sheet is hidden, is called a draft, or it is an example.
fn weakness(vocabulary: &Vocabulary, workbook: &Workbook, form: &DeclaredForm) -> Option<NotUsed> {
    let title = form.title.as_ref().map(|title| title.value.as_str()).unwrap_or_default();
    let is_hidden = workbook.sheets.iter().any(|sheet| sheet.name == form.sheet && sheet.hidden);
    if [title, &form.sheet].into_iter().any(|text| vocabulary.titles.samples.within(text)) {
        Some(NotUsed::Example)
    } else if is_hidden {
        Some(NotUsed::Hidden)
    } else {
        (Scope::of(vocabulary, &form.sheet, None).off() == Some(Off::Version)).then_some(NotUsed::Draft)
    }
}

fn is_of_one_project(one: &DeclaredForm, other: &DeclaredForm) -> bool {
    let project = |form: &DeclaredForm| form.project.as_ref().map(|name| key(&name.value));
    let year = |form: &DeclaredForm| form.year.as_ref().map(|year| year.value);
    let years = year(one).zip(year(other));
    project(one).is_some() && project(one) == project(other) && years.is_none_or(|(one, other)| one == other)
}

/// Whether a form is that of an earlier year for the same project as another one, which is the report's.
fn is_the_years_before(one: &DeclaredForm, other: &DeclaredForm) -> bool {
    let project = |form: &DeclaredForm| form.project.as_ref().map(|name| key(&name.value));
    let year = |form: &DeclaredForm| form.year.as_ref().map(|year| year.value);
    let is_before = year(one).zip(year(other)).is_some_and(|(one, other)| one < other);
    is_before && project(one).is_some() && project(one) == project(other)
}

fn listed(form: &DeclaredForm, why: NotUsed) -> Unused {
    let at = form.title.as_ref().map(|title| title.source.cell.clone());
    Unused {
        sheet: form.sheet.clone(),
        cell: at.unwrap_or_else(|| format!("A{}", form.lines.0)),
        label: form.title.as_ref().map(|title| title.value.clone()).unwrap_or_default(),
        value: form.project.as_ref().map(|project| project.value.clone()).unwrap_or_default(),
        why,
        nearest: None,
        assigned: None,
    }
}
