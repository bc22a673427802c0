//! The facts of a form: a line of cells for the budget and for each of its rows.

use rust_decimal::Decimal;

use crate::audit::{Entered, FactAudit, IndicatorAudit, Measure, Origin, Source};
use crate::carry::{WRITTEN_AND, WRITTEN_IS};
use crate::facts::known::{CandidateValue, Known};
use crate::line_ids::RowFact;
use crate::quantity::Sign;
use crate::report::alternatives::Choice;
use crate::report::filers_card::{direction_of, target_and_actual, values_of};
use crate::report::sheets::differences;
use crate::report::table::{Cell, Input, Outcome, Style, fixed};
use crate::rulebook::{Fact, Scorecard};
use crate::rules::live::{Ends, Slot, Weight};

use crate::entered::{About, LineCell};
use crate::report::entries::input;
use crate::report::line_entries::{ACTUAL, JUDGED, LEVEL, SIGN, TARGET, UNIT, WEIGHT, basis, entered, stated_points};
use crate::report::paper_cells::{COLUMNS, COMPLETE, DEFAULT};

use super::Writer;
use super::facts::before_sign;

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

/// Hidden columns: the target and the actual of a rate as numbers before the sign, however they are shown.
const TARGET_RATE: u16 = COMPLETE;
const ACTUAL_RATE: u16 = DEFAULT;

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
            let column = if line.is_rate() { TARGET_RATE } else { TARGET };
            self.spans.insert(id.clone(), Ends { low: fixed(at, column), high: fixed(at + 1, column) });
        }
        let level = line.audited.declared.as_ref().and_then(|how| how.level.clone()).map(CandidateValue::Answer);
        let [target, actual] = if line.is_rate() { [TARGET_RATE, ACTUAL_RATE] } else { [TARGET, ACTUAL] };
        for fact in line.facts(card) {
            let cell = |at, column| Slot::new(fact, fixed(at, column), String::new());
            let numbers = |values: &[&FactAudit], column| numbers(values, |row| cell(at + row, column));
            let choices = match line.measure {
                Some(Measure::Level) => vec![Choice::new(cell(at, LEVEL), level.clone(), false)],
                _ if fact.id == line.target => numbers(&line.targets, target),
                _ if fact.id == line.actual => numbers(&line.actuals, actual),
                _ => {
                    let slot = Slot { answers: self.directions().to_vec(), ..cell(at, SIGN) };
                    let said = entered(self.department.audit, &fact.id);
                    let known = said.map_or_else(Known::either_direction, |said| Known::in_direction(&said.value));
                    vec![Choice { slot, known: Some(known) }]
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
        let judged = entered(self.department.audit, &audited.id);
        row.extend([line.level(card), line.judged(judged)]);
        let sources = line.sources();
        row.extend(sources.map(|source| match source {
            Some(source) => differences::source_cell(self.plan, self.department, Some(source)),
            None => Cell::default(),
        }));
        let [target, actual] = sources.map(|source| source.map_or("—", |source| source.text.trim()));
        row.push(Cell::text(self.plan.say("paper-target-and-actual", &[("target", &target), ("actual", &actual)])));
        let key = self.key(About::Fact, &[&audited.id]);
        let [target, actual] = self.rates(line, targets.first().copied(), actuals.first().copied());
        row.extend([Cell::text(key), target, actual, Cell::text(self.written(line, &LineCell::OF_A_ROW))]);
        self.push(row);
        for index in 1..targets.len().max(actuals.len()) {
            let further = self.further_row(card, line, targets.get(index).copied(), actuals.get(index).copied());
            self.push(further);
        }
    }

    /// Target and actual of a rate as the numbers before the sign, in the hidden columns that formulas read.
    fn rates(&self, line: &Line, target: Option<&FactAudit>, actual: Option<&FactAudit>) -> [Cell; 2] {
        let at = self.at();
        [(TARGET, target), (ACTUAL, actual)].map(|(column, value)| {
            if !line.is_rate() {
                return Cell::default();
            }
            let cell = fixed(at, column);
            let number = value.and_then(|value| Decimal::from_str_exact(&value.value).ok());
            let outcome = number.map_or_else(|| Outcome::Words(String::new()), Outcome::Figure);
            Cell::formula(format!("IF({cell}=\"\",\"\",{})", before_sign(&cell)), outcome)
        })
    }

    /// What the form itself says in the cells that a reviewer may change, behind what it rests on: whatever stands there in a
    /// later run and is something else was typed.
    fn written(&self, line: &Line, cells: &[LineCell]) -> String {
        let audit = self.department.audit;
        let how = line.audited.declared.as_ref();
        let figure = |number: Option<Decimal>| number.map_or_else(String::new, |number| number.normalize().to_string());
        let own = |id: &str, at: usize| {
            let of_fact = || audit.facts.iter().filter(|fact| fact.id == id);
            let is_entered = of_fact().any(|fact| fact.origin == Origin::Reviewer);
            let mut own =
                of_fact().filter(|fact| if is_entered { fact.origin != Origin::Reviewer } else { fact.candidate });
            figure(own.nth(at).and_then(|fact| Decimal::from_str_exact(&fact.value).ok()))
        };
        let said = |cell: &LineCell| match cell {
            LineCell::Weight => figure(stated_points(audit, line.audited)),
            LineCell::Sign => {
                let sign = how.filter(|how| how.measure == Measure::Number).and_then(|how| how.sign);
                sign.map_or_else(String::new, |sign| sign.mark().to_owned())
            }
            LineCell::Target => own(&line.target, 0),
            LineCell::TargetEnd => own(&line.target, 1),
            LineCell::Actual => own(&line.actual, 0),
            LineCell::Level => self.own_level(line).unwrap_or_default(),
            LineCell::Judged => String::new(),
        };
        let pieces = cells.iter().map(|cell| format!("{}{WRITTEN_IS}{}", cell.mark(), said(cell)));
        std::iter::once(basis(audit, line.audited)).chain(pieces).collect::<Vec<_>>().join(WRITTEN_AND)
    }

    /// The level that the form's own words name.
    fn own_level(&self, line: &Line) -> Option<String> {
        let how = line.audited.declared.as_ref().filter(|how| how.measure == Measure::Level)?;
        let level = self.department.own_rows()?.level_named(&how.actual.as_ref()?.text)?;
        Some(level.name.clone())
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
        let is_end = target.is_some() && line.measure == Some(Measure::Span);
        let key = is_end.then(|| self.key(About::Fact, &[&line.audited.id]));
        let written = is_end.then(|| self.written(line, &[LineCell::TargetEnd]));
        let [target, actual] = self.rates(line, target, actual);
        row.extend([Cell::text_option(key.as_deref()), target, actual, Cell::text_option(written.as_deref())]);
        row
    }

    /// The direction as the form states it; where it states none, a cell to choose it in.
    fn sign_cell(&self, line: &Line) -> Cell {
        let how = line.audited.declared.as_ref().filter(|how| how.measure == Measure::Number);
        match how.map(|how| how.sign) {
            Some(Some(sign)) => Cell::text(sign.mark()).style(Style::Centre),
            Some(None) => {
                let said = entered(self.department.audit, &RowFact::Sign.of(&line.audited.id));
                let [reach, limit] = self.directions();
                let said =
                    said.map(|said| if said.value == Sign::AtMost.mark() { limit.clone() } else { reach.clone() });
                let cell = Cell::text_option(said.as_deref()).style(Style::Fact);
                cell.input(Input::Words(vec![reach, limit]))
            }
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
    fn judged(&self, given: Option<&Entered>) -> Cell {
        let range = Input::Number(Some(Decimal::ZERO), self.audited.points);
        let given = given.and_then(|given| Decimal::from_str_exact(&given.value).ok());
        if self.is_judged() { Cell::figure_option(given).style(Style::Fact).input(range) } else { Cell::default() }
    }

    /// Whether its numbers are percentages.
    fn is_rate(&self) -> bool {
        let of_either = self.targets.first().or(self.actuals.first());
        of_either.and_then(|value| value.unit.as_deref()) == Some("%")
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
