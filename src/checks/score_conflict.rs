//! Several cells with the same right to be the claim that say different things, one cell that does not say what is claimed, and a
//! row that may be the indicator's under another name: nobody can say what is claimed. (certainty.md,
//! “Words that decide between like columns and rows”)

use crate::audit::{Finding, Source};
use crate::checks::register::Code;
use crate::decimal_text::figure_text;
use crate::facts::place_in_words;
use crate::judge::{Judged, Standing, number};
use crate::phrase::{Hole, Phrase, Term};

use super::Subject;
use super::ran::Ran;

/// One finding for each such claim, with every cell.
pub fn check(subject: &Subject, findings: &mut Vec<Finding>) -> Ran {
    findings.extend(subject.scores.iter().filter_map(told));
    findings.extend(subject.scores.iter().filter_map(|score| unnamed(subject, score)));
    Ok(())
}

fn told(score: &Judged) -> Option<Finding> {
    let (_, first) = score.claim.candidates().next()?;
    let is_there = |source: &Source| (&source.sheet, &source.cell) == (&first.sheet, &first.cell);
    let joined = score.claim.row.and_then(|row| row.joined.as_ref());
    let finding = match score.claim.is_shown_otherwise() {
        true => of_both(score, first),
        false if let Some(below) = joined => of_rows(score, first, below),
        // 约5.64, or a score under 上半年得分: one cell that does not say what is claimed.
        false if score.claim.candidates().all(|(_, source)| is_there(source)) => of_one_cell(score, first),
        false => of_several(score),
    };
    let finding = finding.of_indicator(&score.indicator.id).at(first);
    Some(Finding { low: Some(score.range.low), high: score.range.high, ..finding })
}

/// Cells that say different things.
fn of_several(score: &Judged) -> Finding {
    let cell = |source: &Source| {
        let holes: &[Hole] = &[("value", &source.text.trim()), ("place", &place_in_words(source))];
        Phrase::filled("finding.value-at-place", holes)
    };
    let cells: Vec<Phrase> = score.claim.candidates().map(|(_, source)| cell(source)).collect();
    Finding::told(Code::ScoreConflict, &[("indicator", &score.indicator.name), ("cells", &Term::list(&cells))])
}

/// One cell that does not say what is claimed.
fn of_one_cell(score: &Judged, cell: &Source) -> Finding {
    let holes: &[Hole] =
        &[("indicator", &score.indicator.name), ("text", &cell.text.trim()), ("place", &place_in_words(cell))];
    Finding::worded(Code::ScoreConflict, "score-conflict-one-cell", holes)
}

/// A score that may be for the rows below it as well, which have neither points nor a score.
fn of_rows(score: &Judged, cell: &Source, below: &Source) -> Finding {
    let holes: &[Hole] = &[
        ("indicator", &score.indicator.name),
        ("score", &cell.text.trim()),
        ("place", &place_in_words(cell)),
        ("text", &below.text.trim()),
        ("below", &place_in_words(below)),
    ];
    Finding::worded(Code::ScoreConflict, "score-conflict-joined", holes)
}

/// A cell that shows another score than it stores.
fn of_both(score: &Judged, cell: &Source) -> Finding {
    let shown = score.claim.candidates().filter_map(|(score, _)| number(score)).last().map(figure_text);
    let holes: &[Hole] = &[
        ("indicator", &score.indicator.name),
        ("stored", &cell.text.trim()),
        ("shown", &shown.unwrap_or_default()),
        ("place", &place_in_words(cell)),
    ];
    Finding::worded(Code::ScoreConflict, "score-conflict-shown", holes)
}

/// The finding of an indicator that may stand there under another name: nobody is blamed for a row that was not understood.
fn unnamed(subject: &Subject, score: &Judged) -> Option<Finding> {
    let is_unnamed = score.claim.standing == Standing::Unnamed;
    let (_, row) = subject.submission.unnamed.iter().find(|(id, _)| is_unnamed && *id == score.indicator.id)?;
    let holes: &[Hole] =
        &[("indicator", &score.indicator.name), ("text", &row.text.trim()), ("place", &place_in_words(row))];
    let finding = Finding::worded(Code::ScoreConflict, "score-conflict-unnamed", holes).at(row);
    let (low, high) = (Some(score.range.low), score.range.high);
    Some(Finding { low, high, ..finding.of_indicator(&score.indicator.id) })
}
