//! A declared form: weights that add up, levels that follow each other.

use rust_decimal::Decimal;

use super::figure;
use crate::rulebook::cursor::Page;
use crate::rulebook::model::*;

/// Everything about a declared form.
pub(super) fn lint(declared: &Declared, page: &Page<'_>) {
    let rows: Decimal = declared.sections.iter().map(|section| section.points).sum();
    if rows > declared.total {
        let holes = vec![("sum", figure(rows)), ("total", figure(declared.total))];
        page.flaw("sections-above-total", &page.place("head.total"), holes);
    }
    for (at, level) in declared.levels.iter().enumerate() {
        let place = page.place(&format!("level:{at}"));
        if level.from > level.to || level.from.is_sign_negative() || level.to > Decimal::ONE {
            page.flaw("level-range", &place, vec![("level", level.name.clone())]);
        }
        if at > 0 && level.to != declared.levels[at - 1].from {
            let holes = vec![("level", level.name.clone()), ("above", declared.levels[at - 1].name.clone())];
            page.flaw("levels-gap", &place, holes);
        }
    }
}
