//! The cases of an indicator side by side: their names, a line for each criterion, and the sum.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::audit::IndicatorAudit;
use crate::decimal_text::figure_text;
use crate::facts::known::CandidateValue;
use crate::report::alternatives::{Alternative, Choice};
use crate::report::formula;
use crate::report::sheets::differences;
use crate::report::table::{Cell, Outcome, Style, address};
use crate::rulebook::Indicator;
use crate::rules::formula as criterion_formula;
use crate::rules::live::{Ends, Scope};

use crate::report::paper_cells::FIRST_CASE;

use super::{Writer, judged_key};

/// Cases that stand side by side.
const SIDE_BY_SIDE: usize = 4;

impl<'a> Writer<'a> {
    /// Every case, as many side by side as there is room for; returns the cells of their sums.
    pub(super) fn side_by_side(
        &mut self,
        audited: &IndicatorAudit,
        rules: &Indicator,
        cases: &[Alternative],
    ) -> Vec<Ends> {
        let mut done = Vec::new();
        for chunk in cases.chunks(SIDE_BY_SIDE) {
            for part in chunk.chunk_by(|one, next| shape(rules, one) == shape(rules, next)) {
                done.extend(self.chunk(audited, rules, part));
            }
        }
        done
    }

    /// Cases whose readings have the same criteria share lines: their names, a line for each criterion, and the sum. A
    /// form's line is its own only criterion, and has none but the sum.
    fn chunk(&mut self, audited: &IndicatorAudit, rules: &Indicator, cases: &[Alternative]) -> Vec<Ends> {
        self.names_of_cases(cases, rules);
        let mut scopes: Vec<Scope> = cases.iter().map(|case| self.scope(rules, case)).collect();
        let criteria = if self.is_filers() { 0 } else { rules.readings[cases[0].reading].criteria.len() };
        if criteria > 0 {
            self.names_of_columns(cases);
        }
        let first = self.at();
        for index in 0..criteria {
            self.criterion(audited, rules, cases, &mut scopes, index);
        }
        self.sum(audited, rules, cases, &scopes, first)
    }

    fn names_of_cases(&mut self, cases: &[Alternative], rules: &Indicator) {
        if !rules.has_readings() && cases.iter().all(|case| case.chosen.is_empty()) {
            return;
        }
        let mut names = vec![Cell::default().span(FIRST_CASE)];
        for case in cases {
            names.push(Cell::text(self.name_of_case(case, rules)).style(Style::Column).span(2));
        }
        names.push(Cell::default().span(self.rest(cases)));
        self.push(names);
    }

    fn names_of_columns(&mut self, cases: &[Alternative]) {
        let mut names = vec![Cell::default(), self.column_name("paper-clause"), self.column_name("column-points")];
        for _ in cases {
            names.extend([self.column_name("paper-low"), self.column_name("paper-high")]);
        }
        names.push(self.column_name("paper-working").span(self.rest(cases)));
        self.push(names);
    }

    /// Columns to the right of the cases: places of further cases, and the last one.
    fn rest(&self, cases: &[Alternative]) -> u16 {
        (SIDE_BY_SIDE - cases.len()) as u16 * 2 + 1
    }

    fn name_of_case(&self, case: &Alternative, rules: &Indicator) -> String {
        let reading = &rules.readings[case.reading];
        let says = if reading.says.is_empty() { &reading.id } else { &reading.says };
        let mut parts = Vec::new();
        if rules.has_readings() {
            let key = if case.reading == 0 { "paper-default-reading" } else { "paper-other-reading" };
            let name = self.reading_name(case.reading + 1);
            parts.push(self.plan.say(key, &[("name", &name), ("says", says)]));
        }
        for (fact, chosen) in &case.chosen {
            let label = match self.is_filers() {
                true => self.plan.word("paper-actual"),
                false => differences::fact_label(self.department, fact),
            };
            let choice = self.choices.get(fact).and_then(|choices| choices.get(*chosen));
            let value = choice.map_or_else(String::new, shown_value);
            parts.push(self.plan.say("paper-candidate", &[("fact", &label), ("value", &value)]));
        }
        if parts.is_empty() { self.plan.word("paper-only-reading") } else { parts.join("；") }
    }

    /// The cells that formulas of one case may refer to.
    pub(super) fn scope(&self, rules: &Indicator, case: &Alternative) -> Scope {
        let mut scope = Scope { weight: self.weights.get(&rules.id).cloned(), ..Scope::default() };
        let names: BTreeSet<&str> = rules.names().collect();
        for (fact, choices) in self.choices.iter().filter(|(fact, _)| names.contains(fact.as_str())) {
            let chosen = case.chosen.get(fact).copied().unwrap_or(0);
            if let Some(choice) = choices.get(chosen) {
                scope.facts.insert(fact.clone(), choice.slot.clone());
            }
        }
        for criterion in &rules.readings[case.reading].criteria {
            if let Some(cell) = self.judged.get(&judged_key(&rules.id, &criterion.id)) {
                scope.judged.insert(criterion.id.clone(), cell.clone());
            }
            if let Some(ends) = self.spans.get(&criterion.id) {
                scope.spans.insert(criterion.id.clone(), ends.clone());
            }
        }
        scope
    }

    fn criterion(
        &mut self,
        audited: &IndicatorAudit,
        rules: &Indicator,
        cases: &[Alternative],
        scopes: &mut [Scope],
        index: usize,
    ) {
        let at = self.at();
        let shown = &rules.readings[cases[0].reading].criteria[index];
        let mut cells =
            vec![Cell::default(), Cell::text(shown.clause.clone()), Cell::figure(shown.points).style(Style::Centre)];
        for (place, (case, scope)) in cases.iter().zip(scopes.iter_mut()).enumerate() {
            let criterion = &rules.readings[case.reading].criteria[index];
            let ends = criterion_formula(scope, rules, criterion);
            let (low, high) = case.criteria.get(index).copied().unwrap_or_default();
            let column = FIRST_CASE + 2 * place as u16;
            cells.push(Cell::formula(ends.low, Outcome::Score(low)));
            cells.push(Cell::formula(ends.high, Outcome::Score(high)));
            let ends = Ends { low: address(at, column), high: address(at, column + 1) };
            scope.criteria.insert(criterion.id.clone(), ends);
        }
        let working = audited.criteria.iter().find(|criterion| criterion.id == shown.id && cases[0].is_plain());
        let working = working.map(|criterion| self.plan.phrase(&criterion.working.open()));
        cells.push(Cell::text_option(working.as_deref()).span(self.rest(cases)));
        self.push(cells);
    }

    fn sum(
        &mut self,
        audited: &IndicatorAudit,
        rules: &Indicator,
        cases: &[Alternative],
        scopes: &[Scope],
        first: u32,
    ) -> Vec<Ends> {
        let at = self.at();
        let mut cells = vec![
            Cell::default(),
            Cell::text(self.plan.word("paper-score")).style(Style::Label),
            self.points_cell(audited).style(Style::Centre),
        ];
        let mut done = Vec::new();
        for ((case, scope), column) in cases.iter().zip(scopes).zip((FIRST_CASE..).step_by(2)) {
            let area = |column| format!("{}:{}", address(first, column), address(at - 1, column));
            let reading = &rules.readings[case.reading];
            let ends = match &scope.weight {
                Some(weight) => formula::line(scope, rules, reading, weight),
                None => formula::indicator(scope, rules, reading, &area(column), &area(column + 1)),
            };
            cells.extend([self.end(ends.low, Some(case.low)), self.end(ends.high, case.high)]);
            done.push(Ends { low: address(at, column), high: address(at, column + 1) });
        }
        let lines = if cases[0].is_plain() && !self.is_filers() { self.other_workings(audited) } else { String::new() };
        cells.push(Cell::text(lines).span(self.rest(cases)));
        self.push(cells);
        done
    }
}

/// What readings must have in common to share lines.
fn shape<'r>(rules: &'r Indicator, case: &Alternative) -> Vec<(&'r str, Decimal)> {
    let criteria = rules.readings[case.reading].criteria.iter();
    criteria.map(|criterion| (criterion.id.as_str(), criterion.points)).collect()
}

fn shown_value(choice: &Choice) -> String {
    match choice.value() {
        Some(CandidateValue::Number(number)) => figure_text(*number),
        Some(CandidateValue::Answer(answer)) => answer.clone(),
        None => String::new(),
    }
}
