//! Which rulebook a card is audited by: the edition of the one family that it fits, or why there is none.
//!
//! A card of another place shares a few names with any card. Held against rules that are not its own it would be blamed
//! for everything it does not have, so a rulebook that the caller did not name must fit.

use crate::audit::{FileIdentity, Problem};
use crate::checks::register::Code;
use crate::phrase::{Phrase, Term};
use crate::rulebook::library::{Edition, Library};
use crate::rulebook::{Form, Rulebook, Scorecard};
use crate::submission::{self, Effort, Submission};
use crate::vocabulary::Vocabulary;
use crate::workbook::Workbook;

use super::problem_words;

/// How far a card is the one that a rulebook describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    /// Indicators of the rulebook that the card names by their own name or an alias.
    pub named: usize,
    /// Those of them whose points the card states as the rulebook does.
    pub points_agree: usize,
    /// Those of them whose points the card states at all.
    pub points_stated: usize,
    /// All indicators of the rulebook.
    pub indicators: usize,
}

impl Fit {
    /// Holds a submission against the card that it was read by.
    pub fn of(card: &Scorecard, submission: &Submission) -> Fit {
        let mut fit = Fit { named: 0, points_agree: 0, points_stated: 0, indicators: card.indicators.len() };
        for indicator in &card.indicators {
            let renamed = submission.findings.iter().any(|finding| {
                finding.code == Code::IndicatorRenamed && finding.indicator.as_deref() == Some(indicator.id.as_str())
            });
            let mut rows = submission.claims.iter().filter(|claim| claim.indicator == indicator.id).peekable();
            if renamed || rows.peek().is_none() {
                continue;
            }
            fit.named += 1;
            if let Some(stated) = rows.find_map(|row| row.points_stated.as_ref()) {
                fit.points_stated += 1;
                fit.points_agree += usize::from(Some(stated.value) == indicator.points);
            }
        }
        fit
    }

    /// Two thirds of the names, and the points of nine in ten of them: beyond that a card is the rulebook's own with a
    /// few rows lost or altered, below it a card of another place that has some of the same indicators.
    pub fn holds(&self) -> bool {
        self.named * 3 >= self.indicators * 2 && self.points_agree * 10 >= self.points_stated * 9
    }
}

/// A card read by the rules of one family.
struct Read<'a> {
    rulebook: &'a Rulebook,
    submission: Submission,
    fit: Fit,
    /// Why the family has no edition for it after all.
    without_edition: Option<Problem>,
}

/// The rulebook that a workbook's card is audited by, and the submission read by it.
///
/// # Errors
/// There is no card, no rulebook that fits it, none for its year, or several with the same right.
pub(super) fn collect_by_rules<'a>(
    workbook: &Workbook,
    identity: &FileIdentity,
    effort: &Effort,
    (library, vocabulary): (&'a Library, &Vocabulary),
) -> Result<(&'a Rulebook, Submission), Problem> {
    let (mut read, mut refused) = (Vec::new(), None);
    for (rulebook, card) in library.scorecard_families() {
        match by_family(workbook, identity, (rulebook, card), effort, (library, vocabulary)) {
            Ok(by_family) => read.push(by_family),
            Err(problem) => {
                refused.get_or_insert(problem);
            }
        }
    }
    if read.is_empty() {
        return Err(refused.unwrap_or_else(|| problem_words::no_form(workbook)));
    }
    let best = the_one_that_fits(read, library.is_named())?;
    match best.without_edition {
        Some(problem) => Err(problem),
        None => Ok((best.rulebook, best.submission)),
    }
}

/// The best fit. A rulebook that the caller named need not fit; of several with the same right none is chosen.
fn the_one_that_fits(mut read: Vec<Read<'_>>, is_named: bool) -> Result<Read<'_>, Problem> {
    let rank = |read: &Read<'_>| (read.fit.holds(), read.fit.named, read.fit.points_agree);
    read.sort_by_key(|read| std::cmp::Reverse(rank(read)));
    let best = read.remove(0);
    if is_named {
        return Ok(best);
    }
    if !best.fit.holds() {
        return Err(no_rulebook(&best));
    }
    let mut equal: Vec<&str> =
        read.iter().filter(|other| rank(other) == rank(&best)).map(|other| other.rulebook.id.as_str()).collect();
    if equal.is_empty() {
        return Ok(best);
    }
    equal.insert(0, &best.rulebook.id);
    Err(several_rulebooks(&equal))
}

fn no_rulebook(best: &Read<'_>) -> Problem {
    let fit = &best.fit;
    let points = match fit.points_agree < fit.points_stated {
        true => Term::from(Phrase::new("run.problem-points-agree").with("count", fit.points_agree)),
        false => Term::from(""),
    };
    let phrase = Phrase::new("run.problem-no-rulebook")
        .with("rulebook", &best.rulebook.name)
        .with("all", fit.indicators)
        .with("named", fit.named)
        .with("points", points);
    Problem { code: Code::NoRulebook, phrase }
}

fn several_rulebooks(ids: &[&str]) -> Problem {
    let ids: Vec<Term> = ids.iter().map(|id| Term::from(*id)).collect();
    Problem { code: Code::NoRulebook, phrase: Phrase::new("run.problem-several-rulebooks").with("rulebooks", ids) }
}

/// Read by the family's edition that holds for the year which the workbook itself states.
fn by_family<'a>(
    workbook: &Workbook,
    identity: &FileIdentity,
    (rulebook, card): (&'a Rulebook, &'a Scorecard),
    effort: &Effort,
    (library, vocabulary): (&'a Library, &Vocabulary),
) -> Result<Read<'a>, Problem> {
    let submission = collect(workbook, identity, (rulebook, card), effort, vocabulary)?;
    let year = submission.year.as_ref().map(|year| year.value);
    let as_read = |submission: Submission, without_edition| {
        let fit = Fit::of(card, &submission);
        Read { rulebook, submission, fit, without_edition }
    };
    match library.edition(rulebook, year) {
        Edition::None => Ok(as_read(submission, Some(no_edition(year)))),
        Edition::Several(editions) => {
            let ids: Vec<&str> = editions.iter().map(|edition| edition.id.as_str()).collect();
            Ok(as_read(submission, Some(several_rulebooks(&ids))))
        }
        Edition::Holds(edition) => match &edition.form {
            Form::Scorecard(card) if edition.id != rulebook.id => {
                let submission = collect(workbook, identity, (edition, card), effort, vocabulary)?;
                let fit = Fit::of(card, &submission);
                Ok(Read { rulebook: edition, submission, fit, without_edition: None })
            }
            Form::Scorecard(_) | Form::Declared(_) => Ok(as_read(submission, None)),
        },
    }
}

fn no_edition(year: Option<i32>) -> Problem {
    let year = year.map(|year| year.to_string()).unwrap_or_default();
    Problem { code: Code::NoEdition, phrase: Phrase::new("run.problem-no-edition").with("year", year) }
}

fn collect(
    workbook: &Workbook,
    identity: &FileIdentity,
    (rulebook, card): (&Rulebook, &Scorecard),
    effort: &Effort,
    vocabulary: &Vocabulary,
) -> Result<Submission, Problem> {
    submission::collect(vocabulary, workbook, &identity.file, card, &rulebook.grades, effort)
        .map_err(|refusal| problem_words::collect_problem(&refusal))
}
