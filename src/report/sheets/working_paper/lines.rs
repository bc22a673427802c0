//! The facts of a form: a line of cells for the budget and for each of its rows.

use rust_decimal::Decimal;

use crate::audit::{FactAudit, IndicatorAudit, Measure, Source};
use crate::carry::{WRITTEN_AND, WRITTEN_IS};
use crate::facts::known::{CandidateValue, Known};
use crate::report::alternatives::Choice;
use crate::report::filers_card::{direction_of, target_and_actual, values_of};
use crate::report::sheets::differences;
use crate::report::table::{Cell, Input, Style, Value, fixed};
use crate::rulebook::{Fact, Scorecard};
use crate::rules::live::{Ends, Slot, Weight};

use crate::entered::About;
use crate::report::entries::input;
use crate::report::paper_cells::COLUMNS;

use super::Writer;

/// The headings of the columns.
const HEADINGS: [&str; COLUMNS as usize] = [
    "column-number",
    "column-indicator",
    "column-points",
    "paper-sign",
    "paper-target",
    "paper-actual",
    "paper-unit",
    "paper-level",
    "paper-judged-score",
    "paper-target-place",
    "paper-actual-place",
    "paper-text",
];

/// Columns of the fact cells.
const WEIGHT: u16 = 2;
const SIGN: u16 = 3;
const TARGET: u16 = 4;
const ACTUAL: u16 = 5;
const UNIT: u16 = 6;
const LEVEL: u16 = 7;
const JUDGED: u16 = 8;

/// One line of the form, its numbers, and the facts that its cells hold.
struct Line<'a> {
    audited: &'a IndicatorAudit,
    measure: Option<Measure>,
    /// What a target has several of are its ends, of an actual the values that it can have.
    targets: Vec<&'a FactAudit>,
    actuals: Vec<&'a FactAudit>,
    target: String,
    actual: String,
}

impl<'a> Writer<'a> {
    /// A line for the budget and for each row.
    pub(super) fn lines(&mut self, card: &'a Scorecard) {
        let mut header = HEADINGS.map(|key| self.header(key)).to_vec();
        header.extend([self.header("column-key"), Cell::default(), Cell::default(), self.header("column-written")]);
        self.push(header);
        let audit = self.department.audit;
        for (number, audited) in (1..).zip(&audit.indicators) {
            let measure = audited.declared.as_ref().map(|line| line.measure);
            let [target, actual] = target_and_actual(&audited.id, measure);
            let (targets, actuals) = (values_of(audit, &target), values_of(audit, &actual));
            let line = Line { audited, measure, targets, actuals, target, actual };
            self.know(card, &line);
            self.line(card, number, &line);
        }
    }

    /// Where what the line's score depends on is going to stand.
    fn know(&mut self, card: &Scorecard, line: &Line) {
        let (at, id) = (self.at(), &line.audited.id);
        let unknown = self.plan.word("paper-unknown");
        self.weights.insert(id.clone(), Weight { cell: fixed(at, WEIGHT), unknown });
        if line.is_judged() {
            self.judged.insert(super::judged_key(id, id), fixed(at, JUDGED));
        }
        if line.measure == Some(Measure::Span) {
            self.spans.insert(id.clone(), Ends { low: fixed(at, TARGET), high: fixed(at + 1, TARGET) });
        }
        let level = line.audited.declared.as_ref().and_then(|how| how.level.clone()).map(CandidateValue::Answer);
        for fact in line.facts(card) {
            let cell = |at, column| Slot::new(fact, fixed(at, column), String::new());
            let numbers = |values: &[&FactAudit], column| numbers(values, |row| cell(at + row, column));
            let choices = match line.measure {
                Some(Measure::Level) => vec![Choice::new(cell(at, LEVEL), level.clone(), false)],
                _ if fact.id == line.target => numbers(&line.targets, TARGET),
                _ if fact.id == line.actual => numbers(&line.actuals, ACTUAL),
                _ => {
                    let slot = Slot { answers: self.directions().to_vec(), ..cell(at, SIGN) };
                    vec![Choice { slot, known: Some(Known::either_direction()) }]
                }
            };
            self.choices.insert(fact.id.clone(), choices);
        }
    }

    /// The words for a target that is to be reached, and for one that is to be kept.
    fn directions(&self) -> [String; 2] {
        ["paper-sign-reach", "paper-sign-limit"].map(|key| self.plan.word(key))
    }

    /// The line; a second end of a target and further values of an actual stand under the first.
    fn line(&mut self, card: &Scorecard, number: usize, line: &Line) {
        let Line { audited, targets, actuals, .. } = line;
        let mut row = vec![
            Cell::count(number).style(Style::Centre),
            Cell::text(audited.name.clone()),
            Cell::figure_option(audited.points).style(Style::Fact).input(Input::Number(Some(Decimal::ZERO), None)),
            self.sign_cell(line),
            line.number(card, &line.target, targets.first().copied()),
            line.number(card, &line.actual, actuals.first().copied()),
            unit_cell(targets.first().or(actuals.first()).copied()),
        ];
        row.extend([line.level(card), line.judged()]);
        let sources = line.sources();
        row.extend(sources.map(|source| match source {
            Some(source) => differences::source_cell(self.plan, self.department, Some(source)),
            None => Cell::default(),
        }));
        let [target, actual] = sources.map(|source| source.map_or("—", |source| source.text.trim()));
        row.push(Cell::text(self.plan.say("paper-target-and-actual", &[("target", &target), ("actual", &actual)])));
        let key = self.key(About::Fact, &[&audited.id]);
        row.extend([Cell::text(key), Cell::default(), Cell::default(), Cell::text(written(&row))]);
        self.push(row);
        for index in 1..targets.len().max(actuals.len()) {
            let further = self.further_row(card, line, targets.get(index).copied(), actuals.get(index).copied());
            self.push(further);
        }
    }

    fn further_row(
        &self,
        card: &Scorecard,
        line: &Line,
        target: Option<&FactAudit>,
        actual: Option<&FactAudit>,
    ) -> Vec<Cell> {
        let words = if target.is_some() { "paper-target-end" } else { "paper-actual-other" };
        let number = |id: &str, value: Option<&FactAudit>| match value {
            Some(value) => line.number(card, id, Some(value)),
            None => Cell::default(),
        };
        let mut row = vec![Cell::default(); usize::from(COLUMNS)];
        row[1] = Cell::text(self.plan.word(words)).style(Style::Centre);
        row[usize::from(TARGET)] = number(&line.target, target);
        row[usize::from(ACTUAL)] = number(&line.actual, actual);
        row[usize::from(UNIT)] = unit_cell(target.or(actual));
        row
    }

    /// The direction as the form states it; where it states none, a cell to choose it in.
    fn sign_cell(&self, line: &Line) -> Cell {
        let how = line.audited.declared.as_ref().filter(|how| how.measure == Measure::Number);
        match how.map(|how| how.sign) {
            Some(Some(sign)) => Cell::text(sign.mark()).style(Style::Centre),
            Some(None) => Cell::empty(Style::Fact).input(Input::Words(self.directions().to_vec())),
            None => Cell::default(),
        }
    }
}

impl<'a> Line<'a> {
    /// True where somebody may give the line's score.
    fn is_judged(&self) -> bool {
        matches!(self.measure, Some(Measure::Level | Measure::Judged))
    }

    fn facts<'c>(&self, card: &'c Scorecard) -> impl Iterator<Item = &'c Fact> {
        let ids = [self.target.clone(), self.actual.clone(), direction_of(&self.audited.id)];
        card.facts.iter().filter(move |fact| ids.contains(&fact.id))
    }

    /// A number of the line; one that nothing is computed from is no cell to fill in.
    fn number(&self, card: &Scorecard, id: &str, value: Option<&FactAudit>) -> Cell {
        let number = value.and_then(|value| Decimal::from_str_exact(&value.value).ok());
        match self.facts(card).find(|fact| fact.id == id && !self.is_judged()) {
            Some(fact) => Cell::figure_option(number).style(Style::Fact).input(input(fact)),
            None => Cell::figure_option(number).style(Style::Centre),
        }
    }

    /// The level that was reached, of a line that is measured by levels.
    fn level(&self, card: &Scorecard) -> Cell {
        let Some(how) = self.audited.declared.as_ref().filter(|how| how.measure == Measure::Level) else {
            return Cell::default();
        };
        let cell = Cell::text_option(how.level.as_deref()).style(Style::Fact);
        self.facts(card).fold(cell, |cell, fact| cell.input(input(fact)))
    }

    /// A cell for a score that somebody gives.
    fn judged(&self) -> Cell {
        let range = Input::Number(Some(Decimal::ZERO), self.audited.points);
        if self.is_judged() { Cell::empty(Style::Fact).input(range) } else { Cell::default() }
    }

    /// Where the target and the actual stand.
    fn sources(&self) -> [Option<&'a Source>; 2] {
        let how = self.audited.declared.as_ref();
        let first = |values: &[&'a FactAudit]| values.first().map(|value| &value.source);
        [
            how.and_then(|how| how.target.as_ref()).or_else(|| first(&self.targets)),
            how.and_then(|how| how.actual.as_ref()).or_else(|| first(&self.actuals)),
        ]
    }
}

/// What the program wrote into the cells that a reviewer may change: whatever stands there in a later run and is something else
/// was typed.
fn written(row: &[Cell]) -> String {
    let columns = [WEIGHT, SIGN, TARGET, ACTUAL, LEVEL, JUDGED];
    let said = |column: u16| match &row[usize::from(column)].value {
        Value::Number(number, _) => number.normalize().to_string(),
        Value::Text(text) => text.clone(),
        Value::Empty | Value::Formula(..) => String::new(),
    };
    columns.map(|column| format!("{column}{WRITTEN_IS}{}", said(column))).join(WRITTEN_AND)
}

fn unit_cell(value: Option<&FactAudit>) -> Cell {
    Cell::text_option(value.and_then(|value| value.unit.as_deref())).style(Style::Centre)
}

/// The numbers in their cells, one under the other; one that waits where there are none.
fn numbers(values: &[&FactAudit], slot: impl Fn(u32) -> Slot) -> Vec<Choice> {
    let number = |value: &FactAudit| Decimal::from_str_exact(&value.value).ok().map(CandidateValue::Number);
    match values {
        [] => vec![Choice::new(slot(0), None, false)],
        values => values.iter().zip(0..).map(|(value, row)| Choice::new(slot(row), number(value), false)).collect(),
    }
}
