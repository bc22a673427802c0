//! Several cells with the same right to be the claim that say different things: nobody can say what is claimed. (certainty.md,
//! “Words that decide between like columns and rows”)

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::facts::place_in_words;
use crate::judge::Judged;
use crate::phrase::{Hole, Phrase, Term};

use super::Subject;
use super::ran::Ran;

/// One finding for each such claim, with every cell.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    findings.extend(subject.scores.iter().filter_map(told));
    Ok(())
}

fn told(score: &Judged) -> Option<Finding> {
    let cells: Vec<Phrase> = score
        .claim
        .candidates()
        .map(|(_, source)| {
            let holes: &[Hole] = &[("value", &source.text.trim()), ("place", &place_in_words(source))];
            Phrase::filled("finding.value-at-place", holes)
        })
        .collect();
    let (_, first) = score.claim.candidates().next()?;
    // One cell that does not say what is claimed: 约5.64, or a score under 上半年得分.
    let is_one_cell =
        score.claim.candidates().all(|(_, source)| (&source.sheet, &source.cell) == (&first.sheet, &first.cell));
    let holes: &[Hole] = if is_one_cell {
        &[("indicator", &score.indicator.name), ("text", &first.text.trim()), ("place", &place_in_words(first))]
    } else {
        &[("indicator", &score.indicator.name), ("cells", &Term::list(&cells))]
    };
    let shown = score.claim.candidates().nth(1).and_then(|(other, _)| crate::judge::number(other)).map(figure_text);
    let is_shown = is_one_cell && score.claim.is_shown_otherwise();
    let (stored, shown) = (first.text.trim(), shown.unwrap_or_default());
    let of_both: &[Hole] = &[
        ("indicator", &score.indicator.name),
        ("stored", &stored),
        ("shown", &shown),
        ("place", &place_in_words(first)),
    ];
    if is_shown {
        let finding = Finding::worded(Code::ScoreConflict, "score-conflict-shown", of_both);
        let finding = finding.of_indicator(&score.indicator.id).at(first);
        return Some(Finding { low: Some(score.range.low), high: score.range.high, ..finding });
    }
    let wording = if is_one_cell { "score-conflict-one-cell" } else { Code::ScoreConflict.as_str() };
    let finding = Finding::worded(Code::ScoreConflict, wording, holes).of_indicator(&score.indicator.id).at(first);
    Some(Finding { low: Some(score.range.low), high: score.range.high, ..finding })
}
