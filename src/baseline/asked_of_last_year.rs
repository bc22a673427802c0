//! Facts that a clause asks of the year before (上年…), taken from the department's own audit of that year, by rules that mean the
//! same by them: from figures that were read with certainty there, in lines that nobody altered, with the file and the cell where they
//! stand. What this year's form says of them stays beside it; where the two differ, or where it is not certain what the form says of
//! last year, both are possible, and the department is asked.

use rust_decimal::Decimal;

use crate::audit::{Doubt, NotUsed, Origin, Source, Unused};
use crate::rulebook::{Fact, Rulebook};
use crate::submission::names::key;
use crate::submission::{FactSource, FactValue, Submission};

use super::{Baseline, Old, OldFact};

/// Between the name of last year's file and that of its sheet, where both are told in one.
const FILE_AND_SHEET: &str = " / ";

/// Whether any of the rulebooks asks for figures of the year before: then earlier audits decide what this year's come to.
pub fn is_asked<'r>(mut rulebooks: impl Iterator<Item = &'r Rulebook>) -> bool {
    rulebooks.any(|rulebook| asked(rulebook).next().is_some())
}

/// The facts of a card that are figures of the year before, each with the fact whose figure it is.
fn asked(rulebook: &Rulebook) -> impl Iterator<Item = (&Fact, &Fact)> {
    let named = |id: &str| rulebook.facts().iter().find(|fact| fact.id == id);
    rulebook.facts().iter().filter_map(move |fact| Some((fact, named(fact.last_year.as_deref()?)?)))
}

impl Baseline {
    /// Puts the figures that the card asks of the year before into the submission. `file`: the submission's own, which tells apart
    /// two audits of the department.
    pub fn answer(&self, rulebook: &Rulebook, file: &str, submission: &mut Submission) {
        let Some(old) = self.year_before(rulebook, submission, file) else { return };
        for (fact, then) in asked(rulebook).filter(|(_, then)| self.means_the_same(rulebook, then, old)) {
            let unit = fact.kind.unit();
            let Some(figure) = old.facts.iter().find(|it| it.id == then.id && Some(it.unit.as_str()) == unit) else {
                continue;
            };
            let taken = taken(fact, figure, old);
            match self.said(submission, [fact, then], (old.year, figure.value)) {
                Said::TheSame => {}
                Said::Nothing | Said::Another => submission.facts.push(taken),
                Said::InDoubt => submission.facts.push(FactSource { doubt: Some(Doubt::Scope), ..taken }),
            }
        }
    }

    /// The one audit of the department's form of this kind for the year before; of several that of a file of the same name. Figures of a line of
    /// which nobody can tell whether it was altered ground no score.
    fn year_before(&self, rulebook: &Rulebook, submission: &Submission, file: &str) -> Option<&Old> {
        let unit = key(&submission.unit.as_ref()?.value);
        let year = submission.year.as_ref()?.value.checked_sub(1)?;
        let all = self.by_department.get(&(unit, year))?.iter().map(|at| &self.audits[*at]);
        let olds: Vec<&Old> = all.filter(|old| old.kind == rulebook.form).collect();
        let found = match olds.as_slice() {
            [only] => Some(*only),
            several => {
                let mut same = several.iter().filter(|old| old.file == file);
                same.next().filter(|_| same.next().is_none()).copied()
            }
        };
        found.filter(|old| old.is_sealed)
    }

    /// Whether the rules of the earlier audit mean the same by a fact: they are the same rules, or an edition that calls it the same.
    fn means_the_same(&self, rulebook: &Rulebook, fact: &Fact, old: &Old) -> bool {
        let label = || self.words.labels.get(&(old.rulebook.clone(), fact.id.clone()));
        old.rulebook == rulebook.id || label().is_some_and(|label| *label == fact.label)
    }

    /// What the form says of last year's figure, `asked`, which `now` is this year.
    fn said(&self, submission: &Submission, [asked, now]: [&Fact; 2], (year, figure): (i32, Decimal)) -> Said {
        let own = || submission.facts.iter().filter(|source| source.fact == asked.id);
        let is_it = |source: &FactSource| source.value.figure() == Some(figure);
        let may_be = |cell: &Unused| {
            let is_of_then = names(&cell.label, now) && self.is_of_last_year(&cell.label, year);
            let is_near = cell.nearest.as_ref() == Some(&asked.id);
            let is_other_year = cell.why == NotUsed::OtherYear && cell.nearest.as_ref() == Some(&now.id);
            (is_near || is_other_year || is_of_then || names(&cell.label, asked)) && number(&cell.value) != Some(figure)
        };
        let mut certain = own().filter(|source| source.doubt.is_none()).peekable();
        match () {
            () if certain.peek().is_some() && certain.all(is_it) => Said::TheSame,
            () if own().any(|source| source.doubt.is_none()) => Said::Another,
            () if !own().all(is_it) || submission.unused.iter().any(may_be) => Said::InDoubt,
            () => Said::Nothing,
        }
    }

    fn is_of_last_year(&self, label: &str, year: i32) -> bool {
        label.contains(&year.to_string()) || self.words.before.iter().any(|word| label.contains(word.as_str()))
    }
}

/// Whether a label as written has a name of a fact in it.
fn names(label: &str, fact: &Fact) -> bool {
    let label = key(label);
    std::iter::once(&fact.label).chain(&fact.aliases).map(|name| key(name)).any(|name| label.contains(&name))
}

/// What a form itself says of last year's figure.
enum Said {
    /// Nothing.
    Nothing,
    /// With certainty the same, to the last digit.
    TheSame,
    /// With certainty another one.
    Another,
    /// Another one in a cell that is not certainly it, or is of another year.
    InDoubt,
}

/// The figure of a cell that was not used; none of any other text, which then says something else.
fn number(text: &str) -> Option<Decimal> {
    text.trim().replace([',', '，'], "").parse().ok()
}

fn taken(fact: &Fact, figure: &OldFact, old: &Old) -> FactSource {
    FactSource {
        fact: fact.id.clone(),
        value: FactValue::Number(figure.value),
        origin: Origin::LastYear,
        evidence: None,
        decimals: figure.value.scale(),
        shown: None,
        doubt: None,
        written: String::new(),
        source: Source {
            sheet: format!("{}{FILE_AND_SHEET}{}", old.file, figure.source.sheet),
            cell: figure.source.cell.clone(),
            text: figure.value.normalize().to_string(),
        },
    }
}
