//! The facts of a card: every source in a line of its own, and cells for what nobody gave or somebody has to judge.

use rust_decimal::Decimal;

use crate::audit::{EnteredAbout, FactAudit, Origin};
use crate::carry::{self, State, Typed};
use crate::entered::{About, Whose, own_values};
use crate::facts::known::CandidateValue;
use crate::report::alternatives::Choice;
use crate::report::entries::{input, score_cell, value_of_fact};
use crate::report::paper_cells::{COMPLETE, DEFAULT};
use crate::report::sheets::{differences, missing};
use crate::report::table::{Cell, Input, Outcome, Style, fixed};
use crate::rulebook::{Fact, FactKind, Scorecard};
use crate::rules::live::Slot;
use crate::settled_by::SettledBy;

use super::{Writer, judged_key};

/// Columns of a fact: the department's value; what a reviewer establishes, and what was handed in; the evidence that the
/// department named.
const VALUE: u16 = 2;
const ENTERED: u16 = 4;
const RECEIVED: u16 = 5;
const EVIDENCE: u16 = 6;
/// Hidden columns: the value and the evidence that count, and what the department itself said.
const COUNTS: u16 = COMPLETE;
const PROVEN: u16 = DEFAULT;

/// A line of a fact.
struct FactLine<'a> {
    number: usize,
    label: &'a str,
    fact: Option<&'a Fact>,
    value: Cell,
    unit: Option<&'a str>,
    evidence: Option<&'a str>,
    origin: &'static str,
    place: Cell,
    used: Option<bool>,
    text: Option<&'a str>,
    /// The value that counts, as the formula over the cells gives it.
    counts: Outcome,
    proven: String,
    /// The first line of its fact, in which something is entered.
    first: u32,
}

impl<'a> Writer<'a> {
    /// A line for every source of a fact, and one to fill in for every fact without any.
    pub(super) fn facts(&mut self) {
        self.push(vec![
            self.header("column-number"),
            self.header("paper-fact"),
            self.header("paper-value"),
            self.header("paper-unit"),
            self.header("column-entered-value"),
            self.header("column-received"),
            self.header("paper-evidence").span(2),
            self.header("paper-origin"),
            self.header("paper-place"),
            self.header("paper-used"),
            self.header("paper-text"),
            self.header("column-key"),
            Cell::default(),
            Cell::default(),
            self.header("column-basis"),
        ]);
        match self.card {
            Some(card) => self.facts_of_card(card),
            None => {
                for (index, fact) in self.department.audit.facts.iter().enumerate() {
                    let line = self.source_line(index + 1, &fact.id, fact, None, self.at());
                    let cells = self.cells(line);
                    self.push(cells);
                }
            }
        }
    }

    fn facts_of_card(&mut self, card: &'a Scorecard) {
        let audit = self.department.audit;
        for (index, fact) in card.facts.iter().enumerate() {
            let first = self.at();
            let entered =
                audit.entered.iter().find(|it| it.about == EnteredAbout::Fact && it.item.as_ref() == Some(&fact.id));
            let established = entered.is_some_and(|entered| !entered.value.is_empty());
            let is_own = |source: &&FactAudit| !(established && source.origin == Origin::Reviewer);
            let sources: Vec<&FactAudit> =
                audit.facts.iter().filter(|source| source.id == fact.id).filter(is_own).collect();
            if established {
                self.established(fact, first);
            } else {
                for (source, at) in sources.iter().zip(first..) {
                    if source.candidate {
                        self.candidate(fact, source, at);
                    }
                }
                for (source, at) in sources.iter().zip(first..).filter(|(source, _)| !source.candidate) {
                    self.repetition(fact, source, at);
                }
            }
            for source in &sources {
                let line = self.source_line(index + 1, &fact.label, source, Some(fact), first);
                let cells = self.cells(line);
                self.push(cells);
            }
            if sources.is_empty() || !(established || sources.iter().any(|source| source.candidate)) {
                self.missing_row(index + 1, fact, sources.is_empty(), established, first);
            }
        }
        self.judged_rows(card);
    }

    /// What was entered of an item of this department in an earlier workbook.
    pub(super) fn entry(&self, about: About, items: &[&str]) -> Option<&'a Typed> {
        if self.plan.carried.entered.is_empty() {
            return None;
        }
        let key = self.key(about, items);
        self.plan.carried.entered.get(&key).map(|signed| signed.typed())
    }

    pub(super) fn key(&self, about: About, items: &[&str]) -> String {
        Whose::of(self.department.audit).key(about, items)
    }

    /// The cells of a fact's line whose value and evidence count.
    fn slot(&self, fact: &Fact, at: u32) -> Slot {
        Slot::new(fact, fixed(at, COUNTS), fixed(at, PROVEN))
    }

    /// A value that a reviewer established counts, whatever the department says.
    fn established(&mut self, fact: &Fact, first: u32) {
        let facts = self.department.audit.facts.iter();
        let reviewed = facts.filter(|known| known.id == fact.id && known.origin == Origin::Reviewer && known.candidate);
        let choice = |known: &FactAudit| {
            Choice::new(self.slot(fact, first), value_of(fact, &known.value), known.evidence.is_some())
        };
        let choices: Vec<Choice> = reviewed.map(choice).collect();
        if !choices.is_empty() {
            self.choices.insert(fact.id.clone(), choices);
        }
    }

    /// A row holds a value of this fact; an equal value elsewhere is the same candidate.
    fn candidate(&mut self, fact: &Fact, source: &FactAudit, at: u32) {
        let value = value_of(fact, &source.value);
        let slot = self.slot(fact, at);
        let known = self.choices.entry(fact.id.clone()).or_default();
        if known.iter().any(|choice| choice.value() == value.as_ref()) {
            return self.repetition(fact, source, at);
        }
        known.push(Choice::new(slot, value, source.evidence.is_some()));
    }

    /// Evidence named beside a repetition is evidence for what it repeats.
    fn repetition(&mut self, fact: &Fact, source: &FactAudit, at: u32) {
        let value = value_of(fact, &source.value);
        let known = self.choices.get_mut(&fact.id).into_iter().flatten();
        if let Some(same) = known.into_iter().find(|choice| choice.value() == value.as_ref()) {
            same.add_evidence(&fixed(at, PROVEN), source.evidence.is_some());
        }
    }

    /// Where a value stands, linked; in last year's file it stands under a path that nobody knows any more.
    fn place(&self, source: &FactAudit) -> Cell {
        let linked = differences::source_cell(self.plan, self.department, Some(&source.source));
        if source.origin == Origin::LastYear { linked.link(None) } else { linked }
    }

    fn source_line<'l>(
        &self,
        number: usize,
        label: &'l str,
        source: &'l FactAudit,
        fact: Option<&'l Fact>,
        first: u32,
    ) -> FactLine<'l> {
        let (value, counts) = match Decimal::from_str_exact(&source.value) {
            Ok(figure) => (Cell::figure(figure), Outcome::Figure(figure)),
            Err(_) => (Cell::text(source.value.clone()), Outcome::Words(source.value.clone())),
        };
        // Evidence that was handed in to the bureau is shown where it was entered.
        let handed_in = self.handed_in(&source.id);
        let evidence = source.evidence.as_deref().filter(|named| handed_in != Some(*named));
        FactLine {
            number,
            label,
            fact,
            value: value.style(Style::Centre),
            unit: source.unit.as_deref(),
            evidence,
            origin: origin_key(source.origin),
            place: self.place(source),
            used: Some(source.candidate),
            text: Some(&source.source.text),
            counts: self.established_value(fact).unwrap_or(counts),
            proven: self.proven(fact, evidence),
            first,
        }
    }

    /// What the bureau registered as handed in for a fact, as the audit used it.
    fn handed_in(&self, fact: &str) -> Option<&'a str> {
        let entered = self.department.audit.entered.iter();
        let of_fact = |it: &&crate::audit::Entered| it.about == EnteredAbout::Fact && it.item.as_deref() == Some(fact);
        entered.filter(of_fact).find_map(|entered| entered.evidence.as_deref())
    }

    /// The value that a reviewer established, as the cell holds it.
    fn established_value(&self, fact: Option<&Fact>) -> Option<Outcome> {
        let entered = self.department.audit.entered.iter();
        let id = &fact?.id;
        let value = entered
            .filter(|it| it.about == EnteredAbout::Fact && it.item.as_ref() == Some(id))
            .find_map(|entered| Some(&entered.value).filter(|value| !value.is_empty()))?;
        Some(Decimal::from_str_exact(value).map_or_else(|_| Outcome::Words(value.clone()), Outcome::Figure))
    }

    /// The evidence that counts: what was handed in, what is registered beside the question, and what the department named.
    fn proven(&self, fact: Option<&Fact>, named: Option<&str>) -> String {
        let Some(fact) = fact else { return String::new() };
        let received = self.entry(About::Fact, &[&fact.id]).and_then(|typed| typed.evidence.clone());
        let asked = self.asked_of(fact).into_iter().map(|(typed, _)| registered(typed));
        let parts = received.into_iter().chain(asked).chain(named.map(str::to_owned));
        parts.collect()
    }

    /// The questions of 待补材料 about a fact: what was entered there, and its cells.
    fn asked_of(&self, fact: &Fact) -> Vec<(Option<&'a Typed>, [String; 3])> {
        if self.plan.apart().is_some() {
            return Vec::new();
        }
        let asked = self.plan.asked[self.index].iter().filter(|asked| asked.item.fact() == Some(&fact.id));
        let typed = asked.map(|asked| self.entry(About::Asked, &[&asked.item.to_string()]));
        typed.zip(missing::cells_of(self.plan, self.index, &fact.id)).collect()
    }

    /// The line's cells. In the first line of a fact a reviewer enters its value and what was handed in; what counts is in two
    /// hidden cells that all formulas read.
    fn cells(&self, line: FactLine) -> Vec<Cell> {
        let at = self.at();
        let is_first = at == line.first;
        let typed = line.fact.and_then(|fact| self.entry(About::Fact, &[&fact.id]));
        let entry = |cell: Cell| cell.style(Style::Fact);
        let (entered, received, key, basis) = match line.fact.filter(|_| is_first) {
            Some(fact) => (
                entry(value_of_fact(typed.and_then(|typed| typed.value.as_ref()), fact)).input(input(fact)),
                entry(Cell::text_option(typed.and_then(|typed| typed.evidence.as_deref()))),
                Cell::text(self.key(About::Fact, &[&fact.id])),
                Cell::text(own_values(&self.department.audit.facts, &fact.id)),
            ),
            None => Default::default(),
        };
        let counts = line.fact.map_or_else(Cell::default, |fact| {
            Cell::formula(self.counts_formula(fact, line.first, at), line.counts.clone())
        });
        let proven = line.fact.map_or_else(Cell::default, |fact| {
            Cell::formula(self.proven_formula(fact, line.first, at), Outcome::Words(line.proven.clone()))
        });
        let used = line.used.map(|used| self.plan.word(if used { "paper-yes" } else { "paper-no" }));
        vec![
            Cell::count(line.number).style(Style::Centre),
            Cell::text(line.label),
            line.value,
            Cell::text_option(line.unit).style(Style::Centre),
            entered,
            received,
            Cell::text_option(line.evidence).span(2),
            Cell::text(self.plan.word(line.origin)),
            line.place,
            Cell::text_option(used.as_deref()).style(Style::Centre),
            Cell::text_option(line.text),
            key,
            counts,
            proven,
            basis,
        ]
    }

    /// The value that counts: a reviewer's that the fact can have, in the paper or beside the question, else the department's.
    fn counts_formula(&self, fact: &Fact, first: u32, at: u32) -> String {
        let own = fixed(at, VALUE);
        let asked = self.asked_of(fact).into_iter().rev();
        let otherwise = asked.fold(format!("IF({own}=\"\",\"\",{own})"), |otherwise, (_, [value, _, receipt])| {
            let value = as_entered(fact, &value);
            let counts = format!("AND({},{})", possible(fact, &value), self.is_accepted(&receipt));
            format!("IF({counts},{value},{otherwise})")
        });
        let entered = as_entered(fact, &fixed(first, ENTERED));
        format!("IF({},{entered},{otherwise})", possible(fact, &entered))
    }

    fn proven_formula(&self, fact: &Fact, first: u32, at: u32) -> String {
        let mut parts = vec![fixed(first, RECEIVED)];
        for (_, [_, evidence, receipt]) in self.asked_of(fact) {
            let given = format!("IF({receipt}=\"{}\",\"{}\",\"\")", self.plan.word("receipt-given"), carry::RECEIVED);
            let counts = self.is_accepted(&receipt);
            parts.push(format!("IF({counts},IF({evidence}=\"\",{given},{evidence}),\"\")"));
        }
        parts.push(fixed(at, EVIDENCE));
        parts.join("&")
    }

    /// Whether what was handed in was neither returned nor found not to apply.
    fn is_accepted(&self, receipt: &str) -> String {
        let word = |key: &str| self.plan.word(key);
        format!("AND({receipt}<>\"{}\",{receipt}<>\"{}\")", word("receipt-returned"), word("receipt-void"))
    }

    /// A row to enter a value that nobody gave; an answer is presumed only where nothing at all was said.
    fn missing_row(&mut self, number: usize, fact: &Fact, silent: bool, established: bool, first: u32) {
        let wanted = SettledBy::Fact(fact.id.clone());
        let waited_for = self.department.audit.indicators.iter().any(|it| it.settled_by.contains(&wanted));
        let presumed = fact.presumed.as_deref().filter(|_| silent && !waited_for);
        let at = self.at();
        if !established {
            let slot = self.slot(fact, at);
            let choice = if presumed.is_some() { Choice { slot, known: None } } else { Choice::new(slot, None, false) };
            self.choices.insert(fact.id.clone(), vec![choice]);
        }
        let counts = Outcome::Words(presumed.unwrap_or_default().to_owned());
        let line = FactLine {
            number,
            label: &fact.label,
            fact: Some(fact),
            value: Cell::text_option(presumed).style(Style::Centre),
            unit: fact.kind.unit(),
            evidence: None,
            origin: if presumed.is_some() { "paper-presumed" } else { "paper-missing" },
            place: Cell::default(),
            used: None,
            text: None,
            counts: self.established_value(Some(fact)).unwrap_or(counts),
            proven: self.proven(Some(fact), None),
            first,
        };
        let cells = self.cells(line);
        self.push(cells);
    }

    /// A row to enter the score of every criterion that somebody has to judge.
    fn judged_rows(&mut self, card: &Scorecard) {
        for indicator in &card.indicators {
            let criteria = indicator.readings.iter().flat_map(|reading| &reading.criteria);
            for criterion in criteria.filter(|it| it.rule.parameters().is_for_judges()) {
                let key = judged_key(&indicator.id, &criterion.id);
                if self.judged.contains_key(&key) {
                    continue;
                }
                self.judged.insert(key, fixed(self.at(), ENTERED));
                let label =
                    self.plan.say("paper-judged", &[("indicator", &indicator.name), ("clause", &criterion.clause)]);
                let range = Input::Number(Some(Decimal::ZERO), Some(criterion.points));
                let items = [indicator.id.as_str(), criterion.id.as_str()];
                let typed = self.entry(About::Judged, &items);
                let key = self.key(About::Judged, &items);
                self.push(vec![
                    Cell::default(),
                    Cell::text(label),
                    Cell::default(),
                    Cell::default(),
                    score_cell(typed.and_then(|typed| typed.value.as_ref())).style(Style::Fact).input(range),
                    Cell::default(),
                    Cell::default().span(2),
                    Cell::text(self.plan.word("paper-judged-origin")),
                    Cell::default(),
                    Cell::default(),
                    Cell::default(),
                    Cell::text(key),
                ]);
            }
        }
    }
}

/// Evidence as it is registered beside a question.
fn registered(typed: Option<&Typed>) -> String {
    let Some(typed) = typed else { return String::new() };
    match &typed.state {
        Some(State::Known("receipt-returned" | "receipt-void")) => String::new(),
        Some(State::Known("receipt-given")) => typed.evidence.clone().unwrap_or_else(|| carry::RECEIVED.to_owned()),
        _ => typed.evidence.clone().unwrap_or_default(),
    }
}

/// The number before the sign where a cell shows a percentage, and holds its hundredth.
pub(super) fn before_sign(cell: &str) -> String {
    format!("IF(IFERROR(LEFT(CELL(\"format\",{cell}),1),\"\")=\"P\",{cell}*100,{cell})")
}

/// What a cell holds, as the rulebook has it: a percentage that is typed with its sign is the number before the sign, while the
/// cell holds its hundredth.
fn as_entered(fact: &Fact, cell: &str) -> String {
    match fact.kind {
        FactKind::Percent { .. } => before_sign(cell),
        _ => cell.to_owned(),
    }
}

/// The condition under which a cell holds a value that a fact can have.
fn possible(fact: &Fact, cell: &str) -> String {
    let one_of = |words: &[String]| {
        let words: Vec<String> = words.iter().map(|word| format!("{cell}=\"{}\"", word.replace('"', "\"\""))).collect();
        format!("OR({})", words.join(","))
    };
    let number = |tests: &str| format!("IF(ISNUMBER({cell}),{tests},FALSE)");
    match input(fact) {
        Input::Words(words) => one_of(&words),
        Input::Whole(_) => number(&format!("AND({cell}>=0,{cell}=INT({cell}))")),
        Input::Number(Some(low), Some(high)) => {
            number(&format!("AND({cell}>={},{cell}<={})", low.normalize(), high.normalize()))
        }
        Input::Number(Some(low), None) => number(&format!("{cell}>={}", low.normalize())),
        _ => number("TRUE"),
    }
}

fn origin_key(origin: Origin) -> &'static str {
    match origin {
        Origin::BaseData => "origin-base-data",
        Origin::CompletionTable => "origin-completion-table",
        Origin::Narrative => "origin-narrative",
        Origin::Form => "origin-form",
        Origin::Reviewer => "origin-reviewer",
        Origin::LastYear => "origin-last-year",
    }
}

/// The value of a fact as the engine takes it; a figure that is no number is not known.
fn value_of(fact: &Fact, value: &str) -> Option<CandidateValue> {
    match fact.kind {
        FactKind::YesNo | FactKind::Choice { .. } => Some(CandidateValue::Answer(value.to_owned())),
        _ => Decimal::from_str_exact(value).ok().map(CandidateValue::Number),
    }
}
