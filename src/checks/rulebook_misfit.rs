//! A rulebook that was named for a card that it does not fit: told once, and not blamed row by row. (certainty.md, “Does the
//! rulebook fit at all?”)

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::judge::{Judged, Standing};
use crate::phrase::{Hole, Phrase, Term};
use crate::sums::sum;

use super::Subject;
use super::ran::Ran;

/// One finding for the card as a whole.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    let Some(fit) = subject.submission.misfit else { return Ok(()) };
    let unknown = subject.submission.unknown_scores.iter().map(|score| score.value);
    let (rows, points) = (unknown.clone().count(), figure_text(sum(unknown)));
    let beside = match rows {
        0 => Term::nothing(),
        _ => Term::from(Phrase::filled("finding.misfit-beside", &[("rows", &rows), ("points", &points)])),
    };
    let altered: Vec<&str> = subject.scores.iter().filter(|score| has_other_points(score)).map(name).collect();
    let other_points = match altered.as_slice() {
        [] => Term::nothing(),
        altered => Term::from(Phrase::new("finding.misfit-points").with("indicators", Term::list(altered))),
    };
    let holes: &[Hole] = &[
        ("rulebook", &subject.rulebook.name),
        ("all", &fit.indicators),
        ("named", &fit.named),
        ("agree", &fit.points_agree),
        ("points", &other_points),
        ("beside", &beside),
    ];
    findings.push(Finding::told(Code::RulebookMisfit, holes));
    Ok(())
}

/// A row with the indicator's name and points that are not the rulebook's.
fn has_other_points(score: &Judged) -> bool {
    let mut stated = score.claim.rows.iter().filter_map(|row| row.points_stated.as_ref());
    score.claim.standing == Standing::NotAsked && stated.any(|stated| Some(stated.value) != score.indicator.points)
}

fn name<'a>(score: &Judged<'a>) -> &'a str {
    &score.indicator.name
}

/// Whether something is said of what the card has as the rulebook has it, or of the card as a whole: of a card that the
/// rulebook does not fit, nothing else is told.
pub fn concerns_the_card(subject: &Subject, finding: &Finding) -> bool {
    let is_asked = |score: &Judged| score.claim.standing != Standing::NotAsked;
    match (finding.indicator.as_deref(), finding.fact.as_deref()) {
        (Some(indicator), _) => subject.score(indicator).is_none_or(is_asked),
        (None, Some(fact)) => {
            let mut users = subject.scores.iter().filter(|score| score.indicator.uses(fact)).peekable();
            users.peek().is_none() || users.any(is_asked)
        }
        (None, None) => true,
    }
}
