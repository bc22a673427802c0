//! What reviewers type over the figures of a form's line: the columns of its cells, what an entry is made upon, and which entries an
//! audit used.

use rust_decimal::Decimal;

use crate::audit::{Audit, Entered, IndicatorAudit};
use crate::entered::{LineCell, own_of_line};
use crate::line_ids::RowFact;

use super::filers_card::target_and_actual;

/// The points.
pub const WEIGHT: u16 = 2;
/// The direction of the target.
pub const SIGN: u16 = 3;
/// The target; of the budget's line, what was planned.
pub const TARGET: u16 = 4;
/// The actual; of the budget's line, what was spent.
pub const ACTUAL: u16 = 5;
/// The unit of both.
pub const UNIT: u16 = 6;
/// The level that was reached.
pub const LEVEL: u16 = 7;
/// The score that somebody gives.
pub const JUDGED: u16 = 8;

/// The column that a cell of a line stands in.
pub fn column_of(cell: LineCell) -> u16 {
    match cell {
        LineCell::Weight => WEIGHT,
        LineCell::Sign => SIGN,
        LineCell::Target | LineCell::TargetEnd => TARGET,
        LineCell::Actual => ACTUAL,
        LineCell::Level => LEVEL,
        LineCell::Judged => JUDGED,
    }
}

/// What a form itself says in one of its lines, as entries were made upon it.
pub fn basis(audit: &Audit, line: &IndicatorAudit) -> String {
    let how = line.declared.as_ref();
    let written = [how.and_then(|how| how.target.as_ref()), how.and_then(|how| how.actual.as_ref())];
    own_of_line(&audit.facts, &line.id, written, stated_points(audit, line))
}

/// The points that the form states, whatever a reviewer has established.
pub fn stated_points(audit: &Audit, line: &IndicatorAudit) -> Option<Decimal> {
    match entered(audit, &RowFact::Weight.of(&line.id)) {
        Some(_) => line.declared.as_ref().and_then(|how| how.stated_points),
        None => line.points,
    }
}

/// What a reviewer entered of an item of a form, as the audit used it.
pub fn entered<'a>(audit: &'a Audit, item: &str) -> Option<&'a Entered> {
    audit.entered.iter().find(|entered| entered.item.as_deref() == Some(item))
}

/// The keys of the cells of a line in which the audit used what a reviewer had entered.
pub fn entered_keys<'a>(audit: &'a Audit, line: &'a IndicatorAudit, key: &'a str) -> impl Iterator<Item = String> + 'a {
    let [target, actual] = target_and_actual(&line.id, line.declared.as_ref().map(|how| how.measure));
    let of = move |cell: LineCell| match cell {
        LineCell::Weight => RowFact::Weight.of(&line.id),
        LineCell::Sign => RowFact::Sign.of(&line.id),
        LineCell::TargetEnd => RowFact::TargetEnd.of(&line.id),
        LineCell::Target => target.clone(),
        LineCell::Actual | LineCell::Level => actual.clone(),
        LineCell::Judged => line.id.clone(),
    };
    let cells = LineCell::OF_A_ROW.into_iter().chain([LineCell::TargetEnd]);
    cells.filter(move |cell| entered(audit, &of(*cell)).is_some()).filter_map(|cell| cell.key(key))
}
