//! Which rulebook a card is audited by: the edition of the one family that it fits, or why there is none.
//!
//! A card of another place shares a few names with any card. Held against rules that are not its own it would be blamed
//! for everything it does not have, so a rulebook that the caller did not name must fit.

use crate::assigned::Readings;
use crate::audit::{FileIdentity, Problem};
use crate::checks::register::Code;
use crate::phrase::{Phrase, Term};
use crate::rulebook::library::{Edition, Library};
use crate::rulebook::{Rulebook, Scorecard};
use crate::submission::{self, Effort, Fit, Submission};
use crate::vocabulary::Vocabulary;
use crate::workbook::Workbook;

use super::problem_words;

/// What a workbook is read with.
pub(super) struct Words<'a> {
    /// The rules.
    pub library: &'a Library,
    /// The words of forms.
    pub vocabulary: &'a Vocabulary,
    /// What reviewers said of cells that were not used.
    pub readings: &'a Readings,
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
    words: &Words<'a>,
) -> Result<(&'a Rulebook, Submission), Problem> {
    let library = words.library;
    let (mut read, mut refused) = (Vec::new(), None);
    for (rulebook, card) in library.scorecard_families() {
        match by_family(workbook, identity, (rulebook, card), effort, words) {
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
        None => {
            // Only one that the caller named can be chosen without fitting: what does not fit is told once.
            let misfit = Some(best.fit).filter(|fit| !fit.holds());
            Ok((best.rulebook, Submission { misfit, ..best.submission }))
        }
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
    words: &Words<'a>,
) -> Result<Read<'a>, Problem> {
    let submission = collect(workbook, identity, (rulebook, card), effort, words)?;
    let year = submission.year.as_ref().map(|year| year.value);
    let as_read = |submission: Submission, without_edition| {
        let fit = Fit::of(card, &submission);
        Read { rulebook, submission, fit, without_edition }
    };
    match words.library.edition(rulebook, year) {
        Edition::None => Ok(as_read(submission, Some(no_edition(year)))),
        Edition::Several(editions) => {
            let ids: Vec<&str> = editions.iter().map(|edition| edition.id.as_str()).collect();
            Ok(as_read(submission, Some(several_rulebooks(&ids))))
        }
        Edition::Holds(edition) => match edition.card() {
            Some(card) if edition.id != rulebook.id => {
                let submission = collect(workbook, identity, (edition, card), effort, words)?;
                let fit = Fit::of(card, &submission);
                Ok(Read { rulebook: edition, submission, fit, without_edition: None })
            }
            _ => Ok(as_read(submission, None)),
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
    words: &Words,
) -> Result<Submission, Problem> {
    let mut submission =
        submission::collect(words.vocabulary, workbook, &identity.file, card, &rulebook.grades, effort)
            .map_err(|refusal| problem_words::collect_problem(&refusal))?;
    let said = (identity, words.readings);
    submission::assign(words.vocabulary, workbook, card, said, &mut submission, effort);
    Ok(submission)
}
