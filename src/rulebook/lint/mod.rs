//! What only the whole rulebook shows: sums that do not add up, bands with gaps, names that collide.

mod card;
mod cases;
mod clauses;
mod conditions;
mod contradictions;
mod declared;
pub(crate) mod extent;
mod grades;
pub(crate) mod ground;
mod names;
mod phrases;
mod points;
mod readings;
pub(crate) mod scale;
pub(crate) mod spot;
mod tries;

use super::cursor::Page;
use super::model::*;

/// Tells every flaw that only the whole rulebook shows. What was flawed when decoded has stand-ins in its place, so the
/// tables with such flaws are left out: nothing is told that is only their consequence.
pub(super) fn lint(rulebook: &Rulebook, page: &Page<'_>) {
    let clean = page.clean();
    match &rulebook.rows {
        Rows::Common(scorecard) => card::lint(scorecard, page),
        Rows::Own(declared) if clean => declared::lint(declared, page),
        Rows::Own(_) => {}
    }
    grades::lint(rulebook, page);
}
