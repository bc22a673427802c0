//! Cells that were not used and that a reviewer said to be a fact or a claim: they are, and certainly so.

use rust_decimal::Decimal;

use super::base_data::{hint, is_attested};
use super::grid::Grid;
use super::layout::number_at;
use super::values::{self, Read, UnitHint};
use super::{Claim, ClaimedScore, Effort, FactSource, FactValue, Submission};
use crate::assigned::{Picked, Readings};
use crate::audit::{Assigned, FileIdentity, Finding, NotUsed, Origin, Severity, Source, Unused};
use crate::checks::register::Code;
use crate::facts::place_in_words;
use crate::phrase::Hole;
use crate::quantity::decimals_written;
use crate::rulebook::{Fact, FactKind, Indicator, Scorecard};
use crate::vocabulary::Vocabulary;
use crate::workbook::{Address, Value, Workbook};

/// Longer texts beside a value are no units, in characters.
const LONGEST_UNIT: usize = 8;

/// Takes in what reviewers said of the cells that `submission` left unused. Each says on its entry what became of it, and each
/// is told: what a person decided is never taken for what the program read.
pub fn assign(
    vocabulary: &Vocabulary,
    workbook: &Workbook,
    card: &Scorecard,
    (file, readings): (&FileIdentity, &Readings),
    submission: &mut Submission,
    effort: &Effort,
) {
    let mut unused = std::mem::take(&mut submission.unused);
    for cell in unused.iter_mut().filter(|_| !readings.is_empty()) {
        let Some(picked) = readings.of(file, cell) else { continue };
        let assigned = meant(card, picked);
        let sheet = workbook.sheets.iter().enumerate().find(|(_, sheet)| sheet.name == cell.sheet);
        let place = sheet.zip(cell.cell.parse::<Address>().ok());
        if let Some(((index, sheet), at)) = place {
            let grid = Grid::new(index, sheet, effort, vocabulary);
            Assignment { grid: &grid, at, card, cell }.make(&assigned, submission);
        }
        cell.assigned = Some(assigned);
    }
    submission.unused = unused;
}

/// What a reviewer meant, by the ids of the card.
fn meant(card: &Scorecard, picked: &Picked) -> Assigned {
    match picked {
        Picked::Nothing => Assigned::Nothing,
        Picked::Score(name) => match card.indicators.iter().find(|indicator| indicator.name == *name) {
            Some(indicator) => Assigned::Indicator(indicator.id.clone()),
            None => Assigned::Words(name.clone()),
        },
        Picked::Words(words) => match card.facts.iter().find(|fact| fact.label == *words) {
            Some(fact) => Assigned::Fact(fact.id.clone()),
            None => Assigned::Words(words.clone()),
        },
    }
}

/// One cell that a reviewer said to be something.
struct Assignment<'a> {
    grid: &'a Grid<'a>,
    at: Address,
    card: &'a Scorecard,
    cell: &'a Unused,
}

impl Assignment<'_> {
    fn make(&self, assigned: &Assigned, submission: &mut Submission) {
        match assigned {
            Assigned::Nothing => {}
            Assigned::Words(words) => {
                let finding = self.told("reviewer-reading-unknown", words, Severity::Warning);
                submission.findings.push(finding);
            }
            Assigned::Fact(id) => {
                if let Some(fact) = self.card.facts.iter().find(|fact| fact.id == *id) {
                    self.fact(fact, submission);
                }
            }
            Assigned::Indicator(id) => {
                if let Some(indicator) = self.card.indicators.iter().find(|indicator| indicator.id == *id) {
                    self.claim(indicator, submission);
                }
            }
        }
    }

    /// The fact gets the cell's value. What the same cell gave in doubt is that value.
    fn fact(&self, fact: &Fact, submission: &mut Submission) {
        let here = self.source();
        let in_doubt = submission.facts.iter().position(|known| known.fact == fact.id && known.source == here);
        let read = match in_doubt {
            Some(at) => Some(submission.facts.remove(at)),
            None => self.read(fact),
        };
        let read = read.filter(|read| read.value != FactValue::Unreadable);
        let (wording, severity) = match read {
            Some(_) => ("reviewer-reading", Severity::Info),
            None => ("reviewer-reading-unreadable", Severity::Warning),
        };
        submission.findings.push(self.told(wording, &fact.label, severity).of_fact(&fact.id));
        submission.facts.extend(read.map(|read| FactSource { origin: Origin::Reviewer, doubt: None, ..read }));
    }

    fn read(&self, fact: &Fact) -> Option<FactSource> {
        let (value, decimals) = match self.cell.why {
            NotUsed::Quoted => self.figure_of_text(fact)?,
            _ => self.value(fact)?,
        };
        Some(FactSource {
            fact: fact.id.clone(),
            value,
            origin: Origin::Reviewer,
            evidence: None,
            decimals,
            shown: None,
            doubt: None,
            written: self.cell.label.clone(),
            source: self.source(),
        })
    }

    fn value(&self, fact: &Fact) -> Option<(FactValue, u32)> {
        let (_, cell) = self.grid.seen(self.at.row, self.at.column)?;
        let attested = is_attested(self.card, &fact.id);
        match values::fact(self.grid.vocabulary(), cell, &fact.kind, self.unit(), attested) {
            Read::Value(value, decimals) => Some((value, decimals)),
            Read::Unitless(amount) => Some((FactValue::Number(amount), decimals_written(amount))),
            Read::Absent | Read::Flaw(_) => None,
        }
    }

    /// A figure of running text, which the list has in the rulebook's unit.
    fn figure_of_text(&self, fact: &Fact) -> Option<(FactValue, u32)> {
        let is_answer = matches!(fact.kind, FactKind::YesNo | FactKind::Choice { .. });
        let figure = Decimal::from_str_exact(&self.cell.value).ok().filter(|_| !is_answer)?;
        Some((FactValue::Number(figure), figure.scale()))
    }

    /// The unit that the label, or a short text in the same row, states.
    fn unit(&self) -> UnitHint {
        let beside = self.grid.cells_of(self.at.row).filter(|(at, _)| *at != self.at);
        let texts = beside.filter_map(|(_, cell)| match &cell.value {
            Value::Text(text) if text.trim().chars().count() <= LONGEST_UNIT => Some(text.trim()),
            _ => None,
        });
        std::iter::once(self.cell.label.as_str()).chain(texts).map(|text| hint(self.grid.vocabulary(), text)).fold(
            UnitHint::default(),
            |known, own| UnitHint { money: known.money.or(own.money), percent: known.percent || own.percent },
        )
    }

    /// The indicator's claim is the number in the cell, and no other.
    fn claim(&self, indicator: &Indicator, submission: &mut Submission) {
        let Some(score) = number_at(self.grid, self.at) else {
            let finding = self.told("reviewer-reading-unreadable", &indicator.name, Severity::Warning);
            submission.findings.push(finding.of_indicator(&indicator.id));
            return;
        };
        let source = self.source();
        let known = submission.claims.iter().position(|claim| claim.indicator == indicator.id);
        let before = known.map(|at| submission.claims[at].clone());
        // Who says that a commented score is what it is affirms the claim as it was read, of how many cells it may be made.
        let is_affirmed = self.cell.why == NotUsed::Comment && self.cell.nearest.as_ref() == Some(&indicator.id);
        if let Some(claim) = known.filter(|_| is_affirmed).and_then(|at| submission.claims.get_mut(at)) {
            claim.rivals = Vec::new();
            let finding = self.told("reviewer-reading", &indicator.name, Severity::Info);
            submission.findings.push(finding.of_indicator(&indicator.id));
            return;
        }
        submission.claims.retain(|claim| claim.indicator != indicator.id);
        submission.unknown_scores.retain(|unknown| unknown.source != source);
        let claim = Claim {
            indicator: indicator.id.clone(),
            name_written: before.as_ref().map_or_else(|| self.cell.label.clone(), |claim| claim.name_written.clone()),
            score: ClaimedScore::Number(score),
            out_of: None,
            rivals: Vec::new(),
            shown: None,
            joined: None,
            points_stated: before.as_ref().and_then(|claim| claim.points_stated.clone()),
            evidence: before.and_then(|claim| claim.evidence),
            source,
        };
        submission.claims.insert(known.unwrap_or(submission.claims.len()), claim);
        let finding = self.told("reviewer-reading", &indicator.name, Severity::Info);
        submission.findings.push(finding.of_indicator(&indicator.id));
    }

    fn source(&self) -> Source {
        if self.cell.why == NotUsed::Comment {
            // What is meant is the cell that the comment is on.
            return self.grid.source(self.at);
        }
        let text = if self.cell.why == NotUsed::Quoted { &self.cell.label } else { &self.cell.value };
        Source { sheet: self.cell.sheet.clone(), cell: self.cell.cell.clone(), text: text.clone() }
    }

    fn told(&self, wording: &str, meant: &str, severity: Severity) -> Finding {
        let source = self.source();
        let holes: &[Hole] = &[
            ("label", &self.cell.label),
            ("place", &place_in_words(&source)),
            ("text", &self.cell.value),
            ("meant", &meant),
        ];
        Finding::worded(Code::ReviewerReading, wording, holes).as_severe_as(severity).at(&source)
    }
}
