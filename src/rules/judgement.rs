//! `judgement`: somebody has to judge; anything from 0 to the points.

use super::Points;
use super::live::{Ends, Scope};
use super::outcome::{Cause, Unknown};
use crate::rulebook::cursor::Fields;
use crate::rulebook::names::Scope as Names;
use crate::rulebook::{Criterion, Rule};

/// It has no fields of its own.
pub(super) fn decode(_: &Fields<'_>, _: &Names<'_>) -> Rule {
    Rule::Judgement
}

/// Never a number.
pub(super) fn points<'a>() -> Points<'a> {
    Err(Unknown::because(Cause::Judgement))
}

/// The score that somebody gave in the criterion's cell; as long as there is none, what its rule leaves open.
pub(super) fn formula(scope: &Scope, criterion: &Criterion, open: Ends, points: &str) -> Ends {
    let Some(cell) = scope.judged.get(&criterion.id) else { return open };
    let given = |otherwise: String| format!("IF(ISNUMBER({cell}),MAX(0,MIN({points},{cell})),{otherwise})");
    Ends { low: given(open.low), high: given(open.high) }
}
