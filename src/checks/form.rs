//! What a form says beside its card, for the checks of forms.

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

impl<'a> Subject<'a> {
    /// The rows of 绩效指标 with their verdicts; the budget's line stands before them. A card of the rulebook has none.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&'a Judged<'a>, &'a DeclaredRow)> + use<'a> {
        let rows = self.side.map_or(&[][..], |side| &side.form.rows);
        self.scores.iter().skip(1).zip(rows)
    }

    /// The weights of the rows added up; none where one is unknown, or there are none.
    pub(super) fn row_weights(&self) -> Option<Decimal> {
        let weights = self.rows().map(|(score, _)| score.indicator.points);
        weights.reduce(|sum, weight| sum?.checked_add(weight?)).flatten()
    }
}

/// A finding about a form with its code's sentence; a code that cards have too has a sentence of its own for forms.
pub(super) fn told(code: Code, holes: &[Hole]) -> Finding {
    let shared = code.area() != Area::Form;
    let wording = if shared { format!("{code}-form") } else { code.to_string() };
    Finding::worded(code, &wording, holes)
}

/// The same about a row, in one of its cells. The holes `indicator`, `target` and `actual` are filled from the row.
pub(super) fn told_of(code: Code, row: &DeclaredRow, at: &Source, holes: &[Hole]) -> Finding {
    let (target, actual) = (row.target.source.text.trim(), row.actual.source.text.trim());
    let mut all: Vec<Hole> = vec![("indicator", &row.name), ("target", &target), ("actual", &actual)];
    all.extend_from_slice(holes);
    told(code, &all).of_indicator(&row.id).at(at)
}
