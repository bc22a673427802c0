//! Facts that a clause asks of the year before (上年…), taken from the department's own audit of that year: from figures that were read
//! with certainty there, with the file and the cell where they stand. What this year's form says of them stays beside it; where the
//! two differ, both are possible, and the department is asked.

use crate::audit::{Origin, Source};
use crate::rulebook::{Fact, Form, Rulebook};
use crate::submission::names::key;
use crate::submission::{FactSource, FactValue, Submission};

use super::last_year::says_the_same;
use super::{Baseline, Old, OldFact};

/// Between the name of last year's file and that of its sheet, where both are told in one.
const FILE_AND_SHEET: &str = " / ";

/// Whether any of the rulebooks asks for figures of the year before: then earlier audits decide what this year's come to.
pub fn is_asked<'r>(mut rulebooks: impl Iterator<Item = &'r Rulebook>) -> bool {
    rulebooks.any(|rulebook| asked(rulebook).next().is_some())
}

/// The facts of a card that are figures of the year before, each with the fact whose figure it is.
fn asked(rulebook: &Rulebook) -> impl Iterator<Item = (&Fact, &str)> {
    let facts = match &rulebook.form {
        Form::Scorecard(card) => card.facts.as_slice(),
        Form::Declared(_) => &[],
    };
    facts.iter().filter_map(|fact| Some((fact, fact.last_year.as_deref()?)))
}

impl Baseline {
    /// Puts the figures that the card asks of the year before into the submission. `file`: the submission's own, which tells apart
    /// two audits of the department.
    pub fn answer(&self, rulebook: &Rulebook, file: &str, submission: &mut Submission) {
        let Some(old) = self.year_before(submission, file) else { return };
        for (fact, then) in asked(rulebook) {
            let figure =
                old.facts.iter().find(|known| known.id == then && Some(known.unit.as_str()) == fact.kind.unit());
            let Some(figure) = figure else { continue };
            let is_said = |source: &FactSource| {
                let own = if source.doubt.is_none() { source.value.figure() } else { None };
                source.fact == fact.id && own.is_some_and(|own| says_the_same(own, figure.value))
            };
            if !submission.facts.iter().any(is_said) {
                submission.facts.push(taken(fact, figure, old));
            }
        }
    }

    /// The one audit of the department's card for the year before; of several that of a file of the same name.
    fn year_before(&self, submission: &Submission, file: &str) -> Option<&Old> {
        let unit = key(&submission.unit.as_ref()?.value);
        let year = submission.year.as_ref()?.value.checked_sub(1)?;
        let all = self.by_department.get(&(unit, year))?.iter().map(|at| &self.audits[*at]);
        let cards: Vec<&Old> = all.filter(|old| old.project.is_none()).collect();
        match cards.as_slice() {
            [only] => Some(only),
            several => {
                let mut same = several.iter().filter(|old| old.file == file);
                same.next().filter(|_| same.next().is_none()).copied()
            }
        }
    }
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
