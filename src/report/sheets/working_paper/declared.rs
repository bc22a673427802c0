//! The working paper of a project's form: a line of fact cells for each of its rows, and each score live over them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::audit::{DeclaredLine, FactAudit, IndicatorAudit, Measure};
use crate::decimal_text::figure_text;
use crate::quantity::Sign;
use crate::report::formula::Ends;
use crate::report::sheets::differences;
use crate::report::table::{Cell, Input, Outcome, Style, address, fixed};
use crate::rulebook::{Declared, NamedReading};

use super::measure::{Direction, Measured, Number};
use super::{COLUMNS, HIGH, LOW, SIDE_BY_SIDE, Writer, over};

/// Columns of the fact cells.
const WEIGHT: u16 = 2;
const SIGN: u16 = 3;
const TARGET: u16 = 4;
const ACTUAL: u16 = 5;
const LEVEL: u16 = 7;
const JUDGED: u16 = 8;
/// The first column of the first case; each case takes two.
const FIRST_CASE: u16 = 3;

/// The fact cells of one line.
struct Line {
    weight: Number,
    targets: Vec<Number>,
    actuals: Vec<Number>,
    sign: String,
    level: String,
    judged: String,
}

/// One reading with one value of the actual.
struct Case<'a> {
    reading: usize,
    name: String,
    measured: Measured<'a>,
}

impl<'a> Writer<'a> {
    /// Facts and scores of a form.
    pub(super) fn form(&mut self, form: &'a Declared) {
        let lines = self.form_facts(form);
        self.push(vec![]);
        self.heading("paper-scores");
        let indicators = &self.department.audit.indicators;
        for (number, audited) in (1..).zip(indicators) {
            match (&audited.declared, lines.get(audited.id.as_str())) {
                (Some(declared), Some(line)) => self.form_line(number, audited, form, declared, line),
                _ => self.indicator_without_rules(number, audited),
            }
        }
    }

    fn form_facts(&mut self, form: &'a Declared) -> BTreeMap<&'a str, Line> {
        self.heading("paper-facts");
        let header = [
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
        let header = header.map(|key| self.header(key)).to_vec();
        self.push(header);
        let indicators = &self.department.audit.indicators;
        let mut lines = BTreeMap::new();
        for (number, audited) in (1..).zip(indicators) {
            let line = self.fact_line(number, audited, form);
            lines.insert(audited.id.as_str(), line);
        }
        lines
    }

    /// The numbers of one part of a line, such as `row-1.target`.
    fn numbers(&self, id: &str) -> Vec<&'a FactAudit> {
        self.department.audit.facts.iter().filter(|fact| fact.id == id && fact.candidate).collect()
    }

    /// The cells of one line; a second end of a target and further values of an actual stand under the first.
    fn fact_line(&mut self, number: usize, audited: &'a IndicatorAudit, form: &Declared) -> Line {
        let declared = audited.declared.as_ref();
        let measure = declared.map(|line| line.measure);
        let (of_target, of_actual) =
            if measure == Some(Measure::Budget) { ("planned", "spent") } else { ("target", "actual") };
        let targets = self.numbers(&format!("{}.{of_target}", audited.id));
        let actuals = self.numbers(&format!("{}.{of_actual}", audited.id));
        let at = self.at();
        let line = Line {
            weight: Number { cell: fixed(at, WEIGHT), value: audited.points },
            targets: cells_of(&targets, at, TARGET),
            actuals: cells_of(&actuals, at, ACTUAL),
            sign: fixed(at, SIGN),
            level: fixed(at, LEVEL),
            judged: fixed(at, JUDGED),
        };
        let mut row = vec![
            Cell::count(number).style(Style::Centre),
            Cell::text(audited.name.clone()),
            Cell::figure_option(audited.points).style(Style::Fact).input(Input::Number(Some(Decimal::ZERO), None)),
            self.sign_cell(declared),
        ];
        row.extend(value_cells(measure, targets.first().copied(), actuals.first().copied()));
        let judged = matches!(measure, Some(Measure::Level | Measure::Judged));
        row.push(level_cell(declared, form));
        row.push(if judged { judged_cell(audited.points) } else { Cell::default() });
        row.extend(self.places(declared, targets.first().copied(), actuals.first().copied()));
        row.push(Cell::text(self.raw_text(declared, targets.first().copied(), actuals.first().copied())));
        self.push(row);
        for index in 1..targets.len().max(actuals.len()) {
            let further = self.further_row(measure, targets.get(index).copied(), actuals.get(index).copied());
            self.push(further);
        }
        line
    }

    fn further_row(
        &self,
        measure: Option<Measure>,
        target: Option<&FactAudit>,
        actual: Option<&FactAudit>,
    ) -> Vec<Cell> {
        let words = if target.is_some() { "paper-target-end" } else { "paper-actual-other" };
        let mut row = vec![
            Cell::default(),
            Cell::text(self.plan.word(words)).style(Style::Centre),
            Cell::default(),
            Cell::default(),
        ];
        let blank_unless =
            |fact: Option<&FactAudit>| fact.map_or_else(Cell::default, |fact| fact_cell(measure, Some(fact)));
        row.extend([blank_unless(target), blank_unless(actual), unit_cell(target.or(actual))]);
        row.extend((LEVEL..COLUMNS).map(|_| Cell::default()));
        row
    }

    /// The direction as the form states it; where it states none, a cell to choose it in.
    fn sign_cell(&self, declared: Option<&DeclaredLine>) -> Cell {
        match declared.map(|line| (line.measure, line.sign)) {
            Some((Measure::Number, Some(sign))) => Cell::text(sign.mark()).style(Style::Centre),
            Some((Measure::Number, None)) => {
                let words = vec![self.plan.word("paper-sign-reach"), self.plan.word("paper-sign-limit")];
                Cell::empty(Style::Fact).input(Input::Words(words))
            }
            _ => Cell::default(),
        }
    }

    fn places(
        &self,
        declared: Option<&DeclaredLine>,
        target: Option<&FactAudit>,
        actual: Option<&FactAudit>,
    ) -> [Cell; 2] {
        let written = |source: Option<&_>, fact: Option<&FactAudit>| {
            let source = source.or_else(|| Some(&fact?.source));
            source
                .map_or_else(Cell::default, |source| differences::source_cell(self.plan, self.department, Some(source)))
        };
        [
            written(declared.and_then(|line| line.target.as_ref()), target),
            written(declared.and_then(|line| line.actual.as_ref()), actual),
        ]
    }

    fn raw_text(
        &self,
        declared: Option<&DeclaredLine>,
        target: Option<&FactAudit>,
        actual: Option<&FactAudit>,
    ) -> String {
        let text = |source: Option<&crate::audit::Source>, fact: Option<&FactAudit>| {
            source
                .or_else(|| Some(&fact?.source))
                .map_or_else(|| "—".to_owned(), |source| source.text.trim().to_owned())
        };
        let (target, actual) = (
            text(declared.and_then(|line| line.target.as_ref()), target),
            text(declared.and_then(|line| line.actual.as_ref()), actual),
        );
        self.plan.say("paper-target-and-actual", &[("target", &target), ("actual", &actual)])
    }

    /// One line's heading, its readings where it has several, and its sum in words.
    fn form_line(
        &mut self,
        number: usize,
        audited: &'a IndicatorAudit,
        form: &'a Declared,
        declared: &'a DeclaredLine,
        line: &Line,
    ) {
        let cases = self.form_cases(form, declared, line);
        let fits = line.weight.fits() && cases.iter().all(|case| case.measured.fits());
        if !fits || !adds_up(&cases, audited, &line.weight) {
            self.indicator_without_rules(number, audited);
            let why = Cell::text(self.plan.word("paper-not-live")).style(Style::Remark).span(COLUMNS - 1);
            self.push(vec![Cell::default(), why]);
            return;
        }
        let heading = self.rows.len();
        let at = self.at();
        self.anchors.insert(audited.id.clone(), at);
        self.push(vec![]);
        let ends = match cases.as_slice() {
            [one] => vec![one.measured.formulas(&line.weight, &self.unknown())],
            several => self.cases_side_by_side(several, line),
        };
        self.rows[heading].cells = self.form_heading(number, audited, (&cases, &ends), line, at);
        let words = Cell::text(self.plan.working(&audited.working).join("\n")).span(COLUMNS - 1);
        self.push(vec![Cell::default(), words]);
    }

    fn unknown(&self) -> String {
        self.plan.word("paper-unknown")
    }

    fn form_cases(&self, form: &'a Declared, declared: &'a DeclaredLine, line: &Line) -> Vec<Case<'a>> {
        let single = |measured| vec![Case { reading: 0, name: String::new(), measured }];
        let first = |numbers: &[Number]| numbers[0].clone();
        match declared.measure {
            Measure::Budget => single(Measured::Budget(first(&line.targets), first(&line.actuals))),
            Measure::Level => single(Measured::Level(
                line.level.clone(),
                declared.level.as_deref(),
                &form.levels,
                line.judged.clone(),
            )),
            Measure::Judged => single(Measured::Judged(line.judged.clone())),
            Measure::Span => match line.targets.as_slice() {
                [low, high] => {
                    let of = |actual: &Number| Measured::Span(low.clone(), high.clone(), actual.clone());
                    self.over_actuals(0, "", line, of)
                }
                _ => single(Measured::Judged(line.judged.clone())),
            },
            Measure::Number => {
                let readings = form.readings(declared.sign);
                let direction = self.direction(declared.sign, line);
                let of = |(index, reading): (usize, &'a NamedReading)| {
                    let target = first(&line.targets);
                    let measured = |actual: &Number| {
                        Measured::Number(&reading.id, direction.clone(), target.clone(), actual.clone())
                    };
                    let says = if readings.len() > 1 { self.reading_name(index, reading) } else { String::new() };
                    self.over_actuals(index, &says, line, measured)
                };
                if readings.is_empty() {
                    let target = first(&line.targets);
                    return self.over_actuals(0, "", line, |actual| {
                        Measured::Number("", direction.clone(), target.clone(), actual.clone())
                    });
                }
                readings.iter().enumerate().flat_map(of).collect()
            }
        }
    }

    fn reading_name(&self, index: usize, reading: &NamedReading) -> String {
        match index {
            0 => self.plan.say("paper-default-reading", &[("says", &reading.says)]),
            _ => reading.says.clone(),
        }
    }

    fn direction(&self, sign: Option<Sign>, line: &Line) -> Direction {
        match sign {
            Some(sign) => Direction::Written(sign),
            None => Direction::Chosen(
                line.sign.clone(),
                self.plan.word("paper-sign-reach"),
                self.plan.word("paper-sign-limit"),
            ),
        }
    }

    /// A case for each value that the actual can have.
    fn over_actuals(
        &self,
        reading: usize,
        says: &str,
        line: &Line,
        measured: impl Fn(&Number) -> Measured<'a>,
    ) -> Vec<Case<'a>> {
        let name = |actual: &Number| {
            let value = actual.value.filter(|_| line.actuals.len() > 1).map(figure_text);
            let value = value.map(|value| {
                let fact = self.plan.word("paper-actual");
                self.plan.say("paper-candidate", &[("fact", &fact), ("value", &value)])
            });
            let parts = [Some(says.to_owned()).filter(|says| !says.is_empty()), value];
            parts.into_iter().flatten().collect::<Vec<_>>().join("；")
        };
        line.actuals.iter().map(|actual| Case { reading, name: name(actual), measured: measured(actual) }).collect()
    }

    /// Names and scores of the cases; returns the cells of the scores.
    fn cases_side_by_side(&mut self, cases: &[Case], line: &Line) -> Vec<Ends> {
        let mut done = Vec::new();
        let unknown = self.unknown();
        for chunk in cases.chunks(SIDE_BY_SIDE) {
            let rest = COLUMNS - FIRST_CASE - 2 * chunk.len() as u16;
            let mut names = vec![Cell::default().span(FIRST_CASE)];
            names.extend(chunk.iter().map(|case| Cell::text(case.name.clone()).style(Style::Column).span(2)));
            names.push(Cell::default().span(rest));
            self.push(names);
            let at = self.at();
            let label = Cell::text(self.plan.word("paper-score")).style(Style::Label).span(2);
            let mut cells = vec![Cell::default(), label];
            for (case, place) in chunk.iter().zip(0..) {
                let column = FIRST_CASE + 2 * place;
                let (low, high) = case.measured.engine(&line.weight);
                let ends = case.measured.formulas(&line.weight, &unknown);
                cells.push(Cell::formula(ends.low, Outcome::Score(low)).style(Style::Sum));
                cells.push(self.end(ends.high, high));
                done.push(Ends { low: address(at, column), high: address(at, column + 1) });
            }
            cells.push(Cell::default().span(rest));
            self.push(cells);
        }
        done
    }

    /// A highest score, or the word for one that is not known.
    fn end(&self, formula: String, value: Option<Decimal>) -> Cell {
        let outcome = value.map_or_else(|| Outcome::Words(self.unknown()), Outcome::Score);
        Cell::formula(formula, outcome).style(Style::Sum)
    }

    fn form_heading(
        &self,
        number: usize,
        audited: &IndicatorAudit,
        (cases, ends): (&[Case], &[Ends]),
        line: &Line,
        at: u32,
    ) -> Vec<Cell> {
        let weight = &line.weight.cell;
        let known = |formula: String| format!("IF(ISNUMBER({weight}),{formula},\"{}\")", self.unknown());
        let low = over(ends.iter().map(|ends| ends.low.as_str()), "MIN");
        let high = over(ends.iter().map(|ends| ends.high.as_str()), "MAX");
        let high = if ends.len() > 1 { known(high) } else { high };
        let mut cells = self.heading_row(number, audited, None, None);
        cells[2] = self.end(known(weight.clone()), audited.points).style(Style::Section);
        cells[usize::from(LOW)] = Cell::formula(low, Outcome::Score(audited.low)).style(Style::Sum);
        cells[usize::from(HIGH)] = self.end(high, audited.high);
        let verdict = self.plan.verdict(audited.verdict);
        cells[9] = Cell::formula(self.form_verdict(at, cases, ends), Outcome::Words(verdict))
            .style(Style::Verdict(audited.verdict))
            .span(2);
        cells
    }

    fn form_verdict(&self, at: u32, cases: &[Case], ends: &[Ends]) -> String {
        let width = |low: &str, high: &str| format!("IF(ISNUMBER({high}),ROUND({high}-{low},10)=0,FALSE)");
        if let [_] = ends {
            let (low, high) = (address(at, LOW), address(at, HIGH));
            return self.verdict_words(at, &[width(&low, &high)], &low);
        }
        let mut readings: BTreeMap<usize, Vec<&Ends>> = BTreeMap::new();
        for (case, ends) in cases.iter().zip(ends) {
            readings.entry(case.reading).or_default().push(ends);
        }
        let low = |ends: &[&Ends]| over(ends.iter().map(|ends| ends.low.as_str()), "MIN");
        let high = |ends: &[&Ends]| over(ends.iter().map(|ends| ends.high.as_str()), "MAX");
        let complete: Vec<String> = readings.values().map(|ends| width(&low(ends), &high(ends))).collect();
        let default = readings.values().next().map_or_else(String::new, |ends| low(ends));
        self.verdict_words(at, &complete, &default)
    }

    /// The highest total: known only where every line has a highest score.
    pub(super) fn form_total_high(&self, rows: &[u32], high: Option<Decimal>) -> Cell {
        let cells = || rows.iter().map(|row| address(*row, HIGH));
        let count = super::added(cells()).replace("SUM(", "COUNT(");
        let sum = super::added(cells());
        let formula = format!("IF({count}={},ROUND({sum},2),\"{}\")", rows.len(), self.unknown());
        self.end(formula, high)
    }
}

/// The cells of these numbers, one under the other; one that waits where there are none.
fn cells_of(facts: &[&FactAudit], at: u32, column: u16) -> Vec<Number> {
    let number = |(fact, row): (Option<&&FactAudit>, u32)| Number {
        cell: fixed(row, column),
        value: fact.and_then(|fact| Decimal::from_str_exact(&fact.value).ok()),
    };
    if facts.is_empty() {
        return vec![number((None, at))];
    }
    facts.iter().map(Some).zip(at..).map(number).collect()
}

/// Target, actual and their unit; a line that nothing computes has no cells to fill in.
fn value_cells(measure: Option<Measure>, target: Option<&FactAudit>, actual: Option<&FactAudit>) -> [Cell; 3] {
    [fact_cell(measure, target), fact_cell(measure, actual), unit_cell(target.or(actual))]
}

fn fact_cell(measure: Option<Measure>, fact: Option<&FactAudit>) -> Cell {
    let value = fact.and_then(|fact| Decimal::from_str_exact(&fact.value).ok());
    match measure {
        Some(Measure::Budget | Measure::Number | Measure::Span) => Cell::figure_option(value).style(Style::Fact),
        _ => Cell::figure_option(value).style(Style::Centre),
    }
}

fn unit_cell(fact: Option<&FactAudit>) -> Cell {
    Cell::text_option(fact.and_then(|fact| fact.unit.as_deref())).style(Style::Centre)
}

fn level_cell(declared: Option<&DeclaredLine>, form: &Declared) -> Cell {
    match declared.filter(|line| line.measure == Measure::Level) {
        Some(line) => {
            let names = form.levels.iter().map(|level| level.name.clone()).collect();
            Cell::text_option(line.level.as_deref()).style(Style::Fact).input(Input::Words(names))
        }
        None => Cell::default(),
    }
}

fn judged_cell(points: Option<Decimal>) -> Cell {
    Cell::empty(Style::Fact).input(Input::Number(Some(Decimal::ZERO), points))
}

/// True where the engine makes of the cells what the audit says.
fn adds_up(cases: &[Case], audited: &IndicatorAudit, weight: &Number) -> bool {
    let ends: Vec<(Decimal, Option<Decimal>)> = cases.iter().map(|case| case.measured.engine(weight)).collect();
    let low = ends.iter().map(|(low, _)| *low).min();
    let high = ends.iter().map(|(_, high)| *high).max().flatten();
    low == Some(audited.low) && high == audited.high
}
