//! The facts of a card: every source in a line of its own, and cells for what nobody gave or somebody has to judge.

use rust_decimal::Decimal;

use crate::audit::{FactAudit, Origin};
use crate::facts::known::CandidateValue;
use crate::report::alternatives::Choice;
use crate::report::sheets::differences;
use crate::report::table::{Cell, Input, Style, fixed};
use crate::rulebook::{Fact, FactKind, Rule, Scorecard};
use crate::rules::live::Slot;
use crate::settled_by::SettledBy;

use super::{Writer, judged_key};

/// Columns of a fact's value and of the evidence named for it.
const VALUE: u16 = 2;
const EVIDENCE: u16 = 4;

impl<'a> Writer<'a> {
    /// A line for every source of a fact, and one to fill in for every fact without any.
    pub(super) fn facts(&mut self) {
        self.push(vec![
            self.header("column-number"),
            self.header("paper-fact"),
            self.header("paper-value"),
            self.header("paper-unit"),
            self.header("paper-evidence").span(2),
            self.header("paper-origin").span(2),
            self.header("paper-place").span(2),
            self.header("paper-used"),
            self.header("paper-text"),
        ]);
        match self.card {
            Some(card) => self.facts_of_card(card),
            None => {
                for (index, fact) in self.department.audit.facts.iter().enumerate() {
                    let row = self.fact_row(index + 1, &fact.id, fact, None);
                    self.push(row);
                }
            }
        }
    }

    fn facts_of_card(&mut self, card: &'a Scorecard) {
        let audit = self.department.audit;
        for (index, fact) in card.facts.iter().enumerate() {
            let sources: Vec<&FactAudit> = audit.facts.iter().filter(|source| source.id == fact.id).collect();
            for (source, at) in sources.iter().zip(self.at()..) {
                if source.candidate {
                    self.candidate(fact, source, at);
                }
            }
            for (source, at) in sources.iter().zip(self.at()..).filter(|(source, _)| !source.candidate) {
                self.repetition(fact, source, at);
            }
            for source in &sources {
                let row = self.fact_row(index + 1, &fact.label, source, Some(fact));
                self.push(row);
            }
            if !sources.iter().any(|source| source.candidate) {
                self.missing_row(index + 1, fact, sources.is_empty());
            }
        }
        self.judged_rows(card);
    }

    /// A row holds a value of this fact; an equal value elsewhere is the same candidate.
    fn candidate(&mut self, fact: &Fact, source: &FactAudit, at: u32) {
        let value = value_of(fact, &source.value);
        let known = self.choices.entry(fact.id.clone()).or_default();
        if known.iter().any(|choice| choice.value() == value.as_ref()) {
            return self.repetition(fact, source, at);
        }
        let slot = Slot::new(fact, fixed(at, VALUE), fixed(at, EVIDENCE));
        known.push(Choice::new(slot, value, source.evidence.is_some()));
    }

    /// Evidence named beside a repetition is evidence for what it repeats.
    fn repetition(&mut self, fact: &Fact, source: &FactAudit, at: u32) {
        let value = value_of(fact, &source.value);
        let known = self.choices.get_mut(&fact.id).into_iter().flatten();
        if let Some(same) = known.into_iter().find(|choice| choice.value() == value.as_ref()) {
            same.add_evidence(&fixed(at, EVIDENCE), source.evidence.is_some());
        }
    }

    fn fact_row(&self, number: usize, label: &str, source: &FactAudit, fact: Option<&Fact>) -> Vec<Cell> {
        let value = match Decimal::from_str_exact(&source.value) {
            Ok(figure) => Cell::figure(figure),
            Err(_) => Cell::text(source.value.clone()),
        };
        let value = match fact {
            Some(fact) if source.candidate => value.style(Style::Fact).input(input(fact)),
            _ => value.style(Style::Centre),
        };
        let used = if source.candidate { "paper-yes" } else { "paper-no" };
        let evidence_style = if source.candidate && fact.is_some() { Style::Fact } else { Style::Body };
        vec![
            Cell::count(number).style(Style::Centre),
            Cell::text(label),
            value,
            Cell::text_option(source.unit.as_deref()).style(Style::Centre),
            Cell::text_option(source.evidence.as_deref()).span(2).style(evidence_style),
            Cell::text(self.plan.word(origin_key(source.origin))).span(2),
            self.place(source).span(2),
            Cell::text(self.plan.word(used)).style(Style::Centre),
            Cell::text(source.source.text.clone()),
        ]
    }

    fn place(&self, source: &FactAudit) -> Cell {
        differences::source_cell(self.plan, self.department, Some(&source.source))
    }

    /// A row to enter a value that nobody gave; an answer is presumed only where nothing at all was said.
    fn missing_row(&mut self, number: usize, fact: &Fact, silent: bool) {
        let wanted = SettledBy::Fact(fact.id.clone());
        let waited_for = self.department.audit.indicators.iter().any(|it| it.settled_by.contains(&wanted));
        let presumed = fact.presumed.as_deref().filter(|_| silent && !waited_for);
        let slot = Slot::new(fact, fixed(self.at(), VALUE), fixed(self.at(), EVIDENCE));
        let choice = if presumed.is_some() { Choice { slot, known: None } } else { Choice::new(slot, None, false) };
        self.choices.insert(fact.id.clone(), vec![choice]);
        let origin = if presumed.is_some() { "paper-presumed" } else { "paper-missing" };
        let unit = fact.kind.unit();
        self.push(vec![
            Cell::count(number).style(Style::Centre),
            Cell::text(fact.label.clone()),
            Cell::text_option(presumed).style(Style::Fact).input(input(fact)),
            Cell::text_option(unit).style(Style::Centre),
            Cell::empty(Style::Fact).span(2),
            Cell::text(self.plan.word(origin)).span(2),
            Cell::default().span(2),
            Cell::default(),
            Cell::default(),
        ]);
    }

    /// A row to enter the score of every criterion that somebody has to judge.
    fn judged_rows(&mut self, card: &Scorecard) {
        for indicator in &card.indicators {
            let criteria = indicator.readings.iter().flat_map(|reading| &reading.criteria);
            for criterion in criteria.filter(|criterion| matches!(criterion.rule, Rule::Judgement)) {
                let key = judged_key(&indicator.id, &criterion.id);
                if self.judged.contains_key(&key) {
                    continue;
                }
                self.judged.insert(key, fixed(self.at(), VALUE));
                let label =
                    self.plan.say("paper-judged", &[("indicator", &indicator.name), ("clause", &criterion.clause)]);
                let range = Input::Number(Some(Decimal::ZERO), Some(criterion.points));
                self.push(vec![
                    Cell::default(),
                    Cell::text(label),
                    Cell::empty(Style::Fact).input(range),
                    Cell::default(),
                    Cell::empty(Style::Fact).span(2),
                    Cell::text(self.plan.word("paper-judged-origin")).span(2),
                    Cell::default().span(2),
                    Cell::default(),
                    Cell::default(),
                ]);
            }
        }
    }
}

fn origin_key(origin: Origin) -> &'static str {
    match origin {
        Origin::BaseData => "origin-base-data",
        Origin::CompletionTable => "origin-completion-table",
        Origin::Narrative => "origin-narrative",
        Origin::Form => "origin-form",
        Origin::Reviewer => "origin-reviewer",
    }
}

/// What may be entered as a value of this fact.
pub(super) fn input(fact: &Fact) -> Input {
    match &fact.kind {
        FactKind::YesNo => Input::Words(vec![crate::contract::YES.to_owned(), crate::contract::NO.to_owned()]),
        FactKind::Choice { options } => Input::Words(options.clone()),
        FactKind::Money { .. } => Input::Number(Some(Decimal::ZERO), None),
        FactKind::Declared { .. } => Input::Number(None, None),
        FactKind::Count { .. } => Input::Whole(Some(Decimal::ZERO)),
        FactKind::Percent { max } => Input::Number(Some(Decimal::ZERO), Some(*max)),
    }
}

/// The value of a fact as the engine takes it; a figure that is no number is not known.
fn value_of(fact: &Fact, value: &str) -> Option<CandidateValue> {
    match fact.kind {
        FactKind::YesNo | FactKind::Choice { .. } => Some(CandidateValue::Answer(value.to_owned())),
        _ => Decimal::from_str_exact(value).ok().map(CandidateValue::Number),
    }
}
