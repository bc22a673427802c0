//! One form beside its card, as the checks of forms see it.

use std::ops::Deref;

use rust_decimal::Decimal;

use super::Subject;
use super::register::{Area, Code};
use crate::audit::{Finding, Source};
use crate::facts::declared::Money;
use crate::judge::Judged;
use crate::phrase::Hole;
use crate::rulebook::Declared;
use crate::submission::declared::{DeclaredForm, DeclaredRow};

/// What a form says beside its card.
#[derive(Clone, Copy)]
pub struct FormSide<'a> {
    /// The parameters of the rulebook.
    pub declared: &'a Declared,
    /// What the form says.
    pub form: &'a DeclaredForm,
    /// Its money, as it enters the score.
    pub money: &'a Money,
}

/// One form with everything computed from it.
pub struct FormSubject<'a> {
    /// What every form has.
    pub subject: &'a Subject<'a>,
    /// The parameters of the rulebook.
    pub declared: &'a Declared,
    /// What the form says.
    pub form: &'a DeclaredForm,
    /// Its money, as it enters the score.
    pub money: &'a Money,
}

impl<'a> Deref for FormSubject<'a> {
    type Target = Subject<'a>;

    fn deref(&self) -> &Subject<'a> {
        self.subject
    }
}

impl<'a> FormSubject<'a> {
    /// The form of a subject, where it is one.
    pub fn of(subject: &'a Subject<'a>) -> Option<FormSubject<'a>> {
        let FormSide { declared, form, money } = subject.side?;
        Some(FormSubject { subject, declared, form, money })
    }

    /// The rows of 绩效指标 with their verdicts; the budget's line stands before them.
    pub fn rows(&self) -> impl Iterator<Item = (&'a Judged<'a>, &'a DeclaredRow)> {
        self.subject.scores.iter().skip(1).zip(&self.form.rows)
    }

    /// The weights of the rows added up; none where one is unknown, or there are none.
    pub fn row_weights(&self) -> Option<Decimal> {
        let weights = self.rows().map(|(score, _)| score.indicator.points);
        weights.reduce(|sum, weight| sum?.checked_add(weight?)).flatten()
    }

    /// A finding with its code's sentence; a code that cards have too has a sentence of its own for forms.
    pub fn told(&self, code: Code, holes: &[Hole]) -> Finding {
        let shared = code.area() != Area::Form;
        let wording = if shared { format!("{code}-form") } else { code.to_string() };
        Finding::worded(code, &wording, holes)
    }

    /// The same about a row, in one of its cells. The holes `indicator`, `target` and `actual` are filled from the row.
    pub fn told_of(&self, code: Code, row: &DeclaredRow, at: &Source, holes: &[Hole]) -> Finding {
        let (target, actual) = (row.target.source.text.trim(), row.actual.source.text.trim());
        let mut all: Vec<Hole> = vec![("indicator", &row.name), ("target", &target), ("actual", &actual)];
        all.extend_from_slice(holes);
        self.told(code, &all).of_indicator(&row.id).at(at)
    }
}
