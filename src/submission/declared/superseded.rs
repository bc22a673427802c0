//! Forms that another one in the same workbook stands over: drafts, hidden versions, examples. (certainty.md, 3: the sheet's name
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
    for place in 0..forms.len() {
        let Some(why) = weak[place] else { continue };
        let stands_over = |(other, form): (usize, &DeclaredForm)| {
            let is_other = other != place && weak[other].is_none() && !form.blank;
            is_other && (why == NotUsed::Example || is_of_one_project(form, &forms[place]))
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
