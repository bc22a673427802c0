//! What the grade hangs on, as long as it is not the same whatever is settled: the fewest scores that decide it.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::score_text;
use crate::decisive::{Granting, decisive};
use crate::phrase::{Hole, Phrase, Term};

use super::Subject;
use super::ran::{Need, Ran};

/// A finding where points that are still open can take the grade of the ceiling away.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    subject.claims_are_read()?;
    Need::Points.met(subject.scores.iter().all(|score| score.range.high.is_some()))?;
    let scores: Vec<Granting> = subject
        .scores
        .iter()
        .map(|score| {
            let most = score.line().ceiling();
            Granting { least: score.range.low.min(most), most }
        })
        .collect();
    let Some(found) = decisive(&scores, &subject.rulebook.grades) else { return Ok(()) };
    let item = |at: &usize| {
        let score = &subject.scores[*at];
        Phrase::new("finding.open-score")
            .with("indicator", score.indicator.name.clone())
            .with("points", score_text(scores[*at].open()))
    };
    let items = Term::joined(found.indicators.iter().map(item).collect(), "finding.open-score-and");
    let [ceiling, from, margin, stake] =
        [found.ceiling, found.grade.from, found.margin, found.at_stake].map(score_text);
    let holes: &[Hole] = &[
        ("ceiling", &ceiling),
        ("grade", &found.grade.name),
        ("from", &from),
        ("margin", &margin),
        ("count", &found.indicators.len()),
        ("items", &items),
        ("stake", &stake),
        ("otherwise", &found.otherwise.name),
    ];
    findings.push(Finding::told(Code::GradeUndecided, holes));
    Ok(())
}
