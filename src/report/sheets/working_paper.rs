//! 底稿: every fact of a department with its source, every criterion, and each score as a live formula over the facts.

mod declared;
mod measure;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::audit::{Audit, FactAudit, IndicatorAudit, Origin, Severity};
use crate::decimal_text::figure_text;
use crate::facts::known::CandidateValue;
use crate::phrase::Phrase;
use crate::rulebook::{Fact, FactKind, Indicator, Reading, Rule, Scorecard};
use crate::settled_by::SettledBy;

use super::differences;
use super::overview::grade_formula;
use crate::report::cases::{self, Case, Choice, Choices};
use crate::report::formula::{self, Ends, Scope, Slot};
use crate::report::plan::{Department, Plan};
use crate::report::table::{Cell, Column, Input, Layout, Link, Outcome, Row, Style, Table, address, fixed};

/// The last column: workings and raw texts.
const WIDE: u16 = 11;
const COLUMNS: u16 = WIDE + 1;
const VALUE: u16 = 2;
const EVIDENCE: u16 = 4;
/// The first column of the first case; each case takes two.
const FIRST_CASE: u16 = 3;
/// Cases that stand side by side.
const SIDE_BY_SIDE: usize = 4;
/// Columns of an indicator's heading.
const POINTS: u16 = 2;
const CLAIM: u16 = 4;
const LOW: u16 = 6;
const HIGH: u16 = 8;

/// A finished working paper.
pub struct Paper {
    /// The sheet.
    pub table: Table,
    /// The row of each indicator.
    pub anchors: BTreeMap<String, u32>,
}

/// The working paper being written.
struct Writer<'a> {
    plan: &'a Plan<'a>,
    index: usize,
    department: &'a Department<'a>,
    rows: Vec<Row>,
    first_row: u32,
    anchors: BTreeMap<String, u32>,
    /// The values of each fact with their cells.
    choices: Choices,
    /// The cell of each judged criterion, by `indicator/criterion`.
    judged: BTreeMap<String, String>,
}

/// The working paper of a department.
pub fn paper(plan: &Plan, index: usize) -> Paper {
    let department = &plan.departments[index];
    let mut table = frame(plan, department);
    let mut writer = Writer {
        plan,
        index,
        department,
        rows: Vec::new(),
        first_row: table.first_row(),
        anchors: BTreeMap::new(),
        choices: Choices::new(),
        judged: BTreeMap::new(),
    };
    match department.form() {
        Some(form) => writer.form(form),
        None => {
            writer.facts();
            writer.scores();
        }
    }
    writer.other_findings();
    let totals = writer.totals();
    if let Some(place) = table.lead.last_mut() {
        *place = totals;
    }
    table.rows = writer.rows;
    Paper { table, anchors: writer.anchors }
}

fn frame(plan: &Plan, department: &Department) -> Table {
    let audit = department.audit;
    let year = audit.year.map_or_else(String::new, |year| plan.say("paper-year", &[("year", &year)]));
    let mut columns = vec![Column::new("", 5), Column::new("", 40), Column::new("", 13)];
    columns.extend((FIRST_CASE..WIDE).map(|_| Column::new("", 11)));
    columns.push(Column::new("", 42));
    Table {
        name: department.paper.clone(),
        title: plan.say("paper-title", &[("name", &department.name), ("year", &year)]),
        lead: vec![links(plan, department), rulebook(plan, audit), Row::default()],
        columns,
        layout: Layout { landscape: true, freeze_rows: 2, repeat: Some((0, 0)), ..Layout::default() },
        ..Table::default()
    }
}

fn links(plan: &Plan, department: &Department) -> Row {
    let here = |sheet: &str| Some(Link::Here(plan.word(sheet), 0, 0));
    let link = plan.file_link(department.audit, None);
    let key = if link.is_some() { "paper-file" } else { "paper-file-plain" };
    let overview = plan.overview_of(department.kind());
    Row::of(vec![
        Cell::text(plan.say("paper-back", &[("sheet", &overview)])).span(2).link(Some(Link::Here(overview, 0, 0))),
        Cell::text(plan.word("paper-list")).link(here("sheet-differences")),
        Cell::text(plan.say(key, &[("file", &department.audit.file)])).span(COLUMNS - 3).link(link),
    ])
}

fn rulebook(plan: &Plan, audit: &Audit) -> Row {
    let rules =
        audit.rulebook.as_ref().map(|book| plan.say("paper-rulebook", &[("id", &book.id), ("hash", &book.sha256)]));
    let words = format!("{}\n{}", plan.word("paper-hint"), rules.unwrap_or_default());
    Row::of(vec![Cell::text(words).style(Style::Remark).span(COLUMNS)])
}

impl<'a> Writer<'a> {
    /// The row that the next one will stand in.
    fn at(&self) -> u32 {
        self.first_row + self.rows.len() as u32
    }

    fn push(&mut self, cells: Vec<Cell>) {
        self.rows.push(Row::of(cells));
    }

    fn heading(&mut self, key: &str) {
        let cell = Cell::text(self.plan.word(key)).style(Style::Section).span(COLUMNS);
        self.push(vec![cell]);
    }

    fn header(&self, key: &str) -> Cell {
        Cell::text(self.plan.word(key)).style(Style::Header)
    }

    fn facts(&mut self) {
        self.heading("paper-facts");
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
        match self.department.scorecard() {
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
        if !known.iter().any(|choice| choice.value == value) {
            let slot = Slot::new(fact, fixed(at, VALUE), fixed(at, EVIDENCE));
            known.push(Choice { slot, value, evidence: source.evidence.is_some(), presumed: false });
        } else {
            self.repetition(fact, source, at);
        }
    }

    /// Evidence named beside a repetition is evidence for what it repeats.
    fn repetition(&mut self, fact: &Fact, source: &FactAudit, at: u32) {
        let value = value_of(fact, &source.value);
        let known =
            self.choices.get_mut(&fact.id).and_then(|known| known.iter_mut().find(|choice| choice.value == value));
        if let Some(same) = known {
            same.slot.evidence = format!("{}&{}", same.slot.evidence, fixed(at, EVIDENCE));
            same.evidence |= source.evidence.is_some();
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
        let choice = Choice { slot, value: None, evidence: false, presumed: presumed.is_some() };
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
                let key = judged_key(indicator, &criterion.id);
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

    fn scores(&mut self) {
        self.push(vec![]);
        self.heading("paper-scores");
        for (index, audited) in self.department.audit.indicators.iter().enumerate() {
            let card = self.department.scorecard();
            let rules = card.and_then(|card| card.indicators.iter().find(|rules| rules.id == audited.id));
            match rules {
                Some(rules) => self.indicator(index + 1, audited, rules),
                None => self.indicator_without_rules(index + 1, audited),
            }
        }
    }

    fn indicator(&mut self, number: usize, audited: &IndicatorAudit, rules: &Indicator) {
        let heading = self.rows.len();
        self.anchors.insert(audited.id.clone(), self.at());
        self.push(vec![]);
        let card = self.department.scorecard();
        let cases = card.and_then(|card| cases::of(card, rules, &self.choices, audited));
        let Some(cases) = cases else {
            let row = self.heading_row(number, audited, None, None);
            self.rows[heading].cells = row;
            let why = Cell::text(self.plan.word("paper-too-many")).style(Style::Remark).span(COLUMNS);
            self.push(vec![why]);
            self.workings(audited);
            return;
        };
        let mut totals = vec![Ends { low: String::new(), high: String::new() }; cases.len()];
        for (chunk, from) in cases.chunks(SIDE_BY_SIDE).zip((0..).step_by(SIDE_BY_SIDE)) {
            for part in same_criteria(chunk, rules) {
                let done = self.chunk(audited, rules, &chunk[part.clone()]);
                for (offset, ends) in part.zip(done) {
                    totals[from + offset] = ends;
                }
            }
        }
        let row = self.heading_row(number, audited, Some(&cases), Some(&totals));
        self.rows[heading].cells = row;
    }

    /// The line with the indicator's name, claim, ends and verdict.
    fn heading_row(
        &self,
        number: usize,
        audited: &IndicatorAudit,
        cases: Option<&[Case]>,
        totals: Option<&[Ends]>,
    ) -> Vec<Cell> {
        let at = self.anchors.get(&audited.id).copied().unwrap_or(0);
        let live = |value: Option<Decimal>, formula: Option<String>| match (value, formula) {
            (Some(value), Some(formula)) => Cell::formula(formula, Outcome::Score(value)).style(Style::Sum),
            (value, _) => Cell::score_option(value).style(Style::Sum),
        };
        let low = totals.map(|totals| over(totals.iter().map(|ends| ends.low.as_str()), "MIN"));
        let high = totals.map(|totals| over(totals.iter().map(|ends| ends.high.as_str()), "MAX"));
        let verdict = match (cases, totals) {
            (Some(cases), Some(totals)) => {
                let formula = self.verdict_formula(at, cases, totals);
                Cell::formula(formula, Outcome::Words(self.plan.verdict(audited.verdict)))
            }
            _ => Cell::text(self.plan.verdict(audited.verdict)),
        };
        let claim = match (audited.claimed, &audited.source) {
            (Some(claimed), _) => Cell::figure(claimed),
            (None, Some(source)) => Cell::text(source.text.clone()),
            (None, None) => Cell::default(),
        };
        let claim_link =
            self.plan.file_link(self.department.audit, audited.source.as_ref()).filter(|_| audited.source.is_some());
        vec![
            Cell::count(number).style(Style::Section),
            Cell::text(audited.name.clone()).style(Style::Section),
            Cell::figure_option(audited.points).style(Style::Section),
            self.column_name("paper-claim"),
            claim.style(Style::Sum).link(claim_link),
            self.column_name("paper-low"),
            live(Some(audited.low), low),
            self.column_name("paper-high"),
            live(audited.high, high),
            verdict.style(Style::Verdict(audited.verdict)).span(2),
            self.settling_cell(audited),
        ]
    }

    fn settling_cell(&self, audited: &IndicatorAudit) -> Cell {
        let link = differences::row_of(self.plan, self.index, &audited.id);
        if !audited.settled_by.is_empty() {
            let items = differences::settled_by(self.plan, self.department, &audited.settled_by);
            return Cell::text(self.plan.say("paper-settled", &[("items", &items)])).link(link);
        }
        match link {
            Some(link) => Cell::text(self.plan.word("paper-to-list")).link(Some(link)),
            None => Cell::default(),
        }
    }

    /// One verdict for a claim on a card, over its cases.
    fn verdict_formula(&self, at: u32, cases: &[Case], totals: &[Ends]) -> String {
        let mut readings: BTreeMap<usize, Vec<&Ends>> = BTreeMap::new();
        for (case, ends) in cases.iter().zip(totals) {
            readings.entry(case.reading).or_default().push(ends);
        }
        let width = |ends: &Vec<&Ends>| {
            let high = over(ends.iter().map(|ends| ends.high.as_str()), "MAX");
            format!("ROUND({high}-{},10)=0", over(ends.iter().map(|ends| ends.low.as_str()), "MIN"))
        };
        let complete: Vec<String> = readings.values().map(width).collect();
        let default = readings
            .values()
            .next()
            .map_or_else(String::new, |ends| over(ends.iter().map(|ends| ends.low.as_str()), "MIN"));
        self.verdict_words(at, &complete, &default)
    }

    /// One verdict for a claim, as the specification compares it with the ends in the heading of its line.
    fn verdict_words(&self, at: u32, complete: &[String], default: &str) -> String {
        let [points, claim, low, high] = [POINTS, CLAIM, LOW, HIGH].map(|column| address(at, column));
        let tolerance = self.department.rulebook.map_or(Decimal::ZERO, |book| book.tolerance).normalize();
        let word = |verdict| format!("\"{}\"", self.plan.verdict(verdict));
        use crate::audit::Verdict::*;
        let above = format!(
            "OR(IF(ISNUMBER({points}),ROUND({claim}-MAX({points},ROUND({points},2)),10)>0,FALSE),\
             IF(ISNUMBER({high}),ROUND({claim}-{high}-{tolerance},10)>0,FALSE))"
        );
        format!(
            "IF(NOT(ISNUMBER({claim})),{invalid},IF({claim}<0,{invalid},IF({above},{over},\
             IF(ROUND({low}-{claim}-{tolerance},10)>0,{under},IF(NOT(AND({complete})),{unknown},\
             IF(ROUND(ABS({claim}-{default})-{tolerance},10)<=0,{agrees},{depends}))))))",
            invalid = word(Invalid),
            over = word(Overstated),
            under = word(Understated),
            unknown = word(Unverifiable),
            agrees = word(Agrees),
            depends = word(ReadingDependent),
            complete = complete.join(","),
        )
    }

    /// Cases side by side: their names, a row per criterion, and the sum. Returns the cells of the sums.
    fn chunk(&mut self, audited: &IndicatorAudit, rules: &Indicator, cases: &[Case]) -> Vec<Ends> {
        self.names_of_cases(cases, rules);
        let Some(reading) = cases.first().map(|case| &rules.readings[case.reading]) else { return Vec::new() };
        let first = self.at();
        let mut scopes: Vec<Scope> = cases.iter().map(|case| self.scope(rules, case)).collect();
        for index in 0..reading.criteria.len() {
            self.criterion(audited, rules, cases, &mut scopes, index);
        }
        self.sum(audited, rules, cases, &scopes, first)
    }

    fn names_of_cases(&mut self, cases: &[Case], rules: &Indicator) {
        let named = rules.has_readings() || cases.iter().any(|case| !case.chosen.is_empty());
        let mut ends = vec![Cell::default(), self.column_name("paper-clause"), self.column_name("column-points")];
        for _ in cases {
            ends.extend([self.column_name("paper-low"), self.column_name("paper-high")]);
        }
        ends.push(self.column_name("paper-working").span(self.rest(cases)));
        if named {
            let mut names = vec![Cell::default().span(3)];
            for case in cases {
                names.push(Cell::text(self.name_of_case(case, rules)).style(Style::Column).span(2));
            }
            names.push(Cell::default().span(self.rest(cases)));
            self.push(names);
        }
        self.push(ends);
    }

    fn column_name(&self, key: &str) -> Cell {
        Cell::text(self.plan.word(key)).style(Style::Column)
    }

    /// Columns to the right of the cases: places of further cases, and the last one.
    fn rest(&self, cases: &[Case]) -> u16 {
        (SIDE_BY_SIDE - cases.len()) as u16 * 2 + 1
    }

    fn name_of_case(&self, case: &Case, rules: &Indicator) -> String {
        let reading = &rules.readings[case.reading];
        let says = if reading.says.is_empty() { &reading.id } else { &reading.says };
        let mut parts = Vec::new();
        if rules.has_readings() {
            let key = "paper-default-reading";
            parts.push(if case.reading == 0 { self.plan.say(key, &[("says", says)]) } else { says.clone() });
        }
        for (fact, chosen) in &case.chosen {
            let label = differences::fact_label(self.department, fact);
            let choice = self.choices.get(fact).and_then(|choices| choices.get(*chosen));
            let value = choice.map_or_else(String::new, shown_value);
            parts.push(self.plan.say("paper-candidate", &[("fact", &label), ("value", &value)]));
        }
        if parts.is_empty() { self.plan.word("paper-only-reading") } else { parts.join("；") }
    }

    /// The cells that formulas of one case may refer to.
    fn scope(&self, rules: &Indicator, case: &Case) -> Scope {
        let mut scope = Scope::default();
        for (fact, choices) in &self.choices {
            let chosen = case.chosen.get(fact).copied().unwrap_or(0);
            if let Some(choice) = choices.get(chosen) {
                scope.facts.insert(fact.clone(), choice.slot.clone());
            }
        }
        for criterion in &rules.readings[case.reading].criteria {
            if let Some(cell) = self.judged.get(&judged_key(rules, &criterion.id)) {
                scope.judged.insert(criterion.id.clone(), cell.clone());
            }
        }
        scope
    }

    fn criterion(
        &mut self,
        audited: &IndicatorAudit,
        rules: &Indicator,
        cases: &[Case],
        scopes: &mut [Scope],
        index: usize,
    ) {
        let at = self.at();
        let shown = &rules.readings[cases[0].reading].criteria[index];
        let mut cells =
            vec![Cell::default(), Cell::text(shown.clause.clone()), Cell::figure(shown.points).style(Style::Centre)];
        for (place, (case, scope)) in cases.iter().zip(scopes.iter_mut()).enumerate() {
            let criterion = &rules.readings[case.reading].criteria[index];
            let ends = formula::criterion(scope, rules, criterion);
            let (low, high) = case.criteria.get(index).copied().unwrap_or_default();
            let column = FIRST_CASE + 2 * place as u16;
            cells.push(Cell::formula(ends.low, Outcome::Score(low)));
            cells.push(Cell::formula(ends.high, Outcome::Score(high)));
            let ends = Ends { low: address(at, column), high: address(at, column + 1) };
            scope.criteria.insert(criterion.id.clone(), ends);
        }
        let working = audited.criteria.iter().find(|criterion| criterion.id == shown.id && cases[0].is_plain());
        let working = working.map(|criterion| self.plan.phrase(&criterion.working));
        cells.push(Cell::text_option(working.as_deref()).span(self.rest(cases)));
        self.push(cells);
    }

    fn sum(
        &mut self,
        audited: &IndicatorAudit,
        rules: &Indicator,
        cases: &[Case],
        scopes: &[Scope],
        first: u32,
    ) -> Vec<Ends> {
        let at = self.at();
        let mut cells = vec![
            Cell::default(),
            Cell::text(self.plan.word("paper-score")).style(Style::Label),
            Cell::figure_option(rules.points).style(Style::Centre),
        ];
        let mut done = Vec::new();
        for (place, (case, scope)) in cases.iter().zip(scopes).enumerate() {
            let column = FIRST_CASE + 2 * place as u16;
            let area = |column| format!("{}:{}", address(first, column), address(at - 1, column));
            let reading = &rules.readings[case.reading];
            let ends = formula::indicator(scope, rules, reading, &area(column), &area(column + 1));
            cells.push(Cell::formula(ends.low, Outcome::Score(case.low)).style(Style::Sum));
            cells.push(Cell::formula(ends.high, Outcome::Score(case.high)).style(Style::Sum));
            done.push(Ends { low: address(at, column), high: address(at, column + 1) });
        }
        let lines = if cases[0].is_plain() { self.other_workings(audited) } else { String::new() };
        cells.push(Cell::text(lines).span(self.rest(cases)));
        self.push(cells);
        done
    }

    /// Steps of the indicator's working that no criterion shows, one to a line.
    fn other_workings(&self, audited: &IndicatorAudit) -> String {
        let is_other = |step: &&Phrase| !audited.criteria.iter().any(|criterion| criterion.working == **step);
        let lines: Vec<String> = audited.working.iter().filter(is_other).map(|step| self.plan.phrase(step)).collect();
        lines.join("\n")
    }

    fn indicator_without_rules(&mut self, number: usize, audited: &IndicatorAudit) {
        self.anchors.insert(audited.id.clone(), self.at());
        let row = self.heading_row(number, audited, None, None);
        self.push(row);
        self.workings(audited);
    }

    /// Criteria, readings and workings as the audit has them, without formulas.
    fn workings(&mut self, audited: &IndicatorAudit) {
        for criterion in &audited.criteria {
            self.push(vec![
                Cell::default(),
                Cell::text(criterion.clause.clone()),
                Cell::figure(criterion.points).style(Style::Centre),
                Cell::score(criterion.low),
                Cell::score(criterion.high),
                Cell::default().span(6),
                Cell::text(self.plan.phrase(&criterion.working)),
            ]);
        }
        for reading in &audited.readings {
            self.push(vec![
                Cell::default(),
                Cell::text(reading.id.clone()),
                Cell::default(),
                Cell::score(reading.low),
                Cell::score(reading.high),
                Cell::default().span(7),
            ]);
        }
        if !audited.working.is_empty() {
            let words = Cell::text(self.plan.working(&audited.working).join("\n")).span(COLUMNS - 1);
            self.push(vec![Cell::default(), words]);
        }
    }

    /// Findings below a warning, which 差异清单 leaves out.
    fn other_findings(&mut self) {
        let findings: Vec<_> =
            self.department.audit.findings.iter().filter(|it| it.severity == Severity::Info).collect();
        if findings.is_empty() {
            return;
        }
        self.push(vec![]);
        self.heading("paper-other-findings");
        for (index, finding) in findings.into_iter().enumerate() {
            let name = finding.indicator.as_deref().map(|id| differences::indicator_name(self.department, id));
            let place = finding
                .source
                .as_ref()
                .map(|source| differences::source_cell(self.plan, self.department, Some(source)));
            self.push(vec![
                Cell::count(index + 1).style(Style::Centre),
                Cell::text_option(name.as_deref()),
                Cell::text(self.plan.code(finding.code)),
                Cell::text(self.plan.phrase(&finding.phrase)).span(8),
                place.unwrap_or_default(),
            ]);
        }
    }

    /// Claimed and recomputed totals with their grades, live.
    fn totals(&self) -> Row {
        let Some(totals) = &self.department.audit.recomputed else { return Row::default() };
        let claimed = self.department.audit.claimed.as_ref();
        let mut rows: Vec<u32> = self.anchors.values().copied().collect();
        rows.sort_unstable();
        let sum = |column| format!("ROUND({},2)", added(rows.iter().map(|row| address(*row, column))));
        let granted = |row: &u32| {
            let (claim, high) = (address(*row, CLAIM), address(*row, HIGH));
            format!("IF(ISNUMBER({claim}),IF({claim}<0,0,IF(ISNUMBER({high}),MIN({claim},{high}),{claim})),0)")
        };
        let ceiling = format!("ROUND({},2)", added(rows.iter().map(granted)));
        let at = self.first_row - 1;
        let score = |formula, value| Cell::formula(formula, Outcome::Score(value)).style(Style::Sum);
        let word = |key: &str| Cell::text(self.plan.word(key)).style(Style::Label);
        let high = match (self.department.form(), totals.high) {
            (Some(_), high) => self.form_total_high(&rows, high),
            (None, high) => high.map_or_else(Cell::default, |high| score(sum(HIGH), high)),
        };
        Row::of(vec![
            word("paper-total-claimed").span(2),
            Cell::score_option(claimed.and_then(|claimed| claimed.total)).style(Style::Sum),
            Cell::text_option(claimed.and_then(|claimed| claimed.grade.as_deref())).style(Style::Centre),
            word("paper-total-low"),
            score(sum(LOW), totals.low),
            word("paper-total-high"),
            high,
            word("paper-total-ceiling").span(2),
            score(ceiling, totals.ceiling),
            self.grade(&totals.grade_ceiling, &address(at, 10)),
        ])
    }

    fn grade(&self, grade: &str, total: &str) -> Cell {
        match self.department.rulebook {
            Some(book) => {
                Cell::formula(grade_formula(&book.grades, total), Outcome::Words(grade.to_owned())).style(Style::Key)
            }
            None => Cell::text(grade).style(Style::Key),
        }
    }
}

/// Parts of a chunk whose readings have the same criteria, so that they can share rows.
fn same_criteria(chunk: &[Case], rules: &Indicator) -> Vec<std::ops::Range<usize>> {
    let shape = |case: &Case| shape(&rules.readings[case.reading]);
    let mut parts: Vec<std::ops::Range<usize>> = Vec::new();
    for (index, case) in chunk.iter().enumerate() {
        match parts.last_mut() {
            Some(part) if shape(&chunk[part.start]) == shape(case) => part.end = index + 1,
            _ => parts.push(index..index + 1),
        }
    }
    parts
}

fn shape(reading: &Reading) -> Vec<(&str, Decimal)> {
    reading.criteria.iter().map(|criterion| (criterion.id.as_str(), criterion.points)).collect()
}

/// `MIN(a,b)` or `MAX(a,b)`, or the only cell.
fn over<'s>(cells: impl Iterator<Item = &'s str>, function: &str) -> String {
    let cells: Vec<&str> = cells.collect();
    match cells.as_slice() {
        [one] => (*one).to_owned(),
        several => format!("{function}({})", several.join(",")),
    }
}

/// Terms of one SUM: spreadsheet programs take at most 255 arguments, and a formula of 8,192 characters.
const TERMS_MAX: usize = 200;

/// A sum of any number of terms.
fn added(terms: impl Iterator<Item = String>) -> String {
    let terms: Vec<String> = terms.collect();
    let sums: Vec<String> = terms.chunks(TERMS_MAX).map(|terms| format!("SUM({})", terms.join(","))).collect();
    if sums.is_empty() { "0".to_owned() } else { sums.join("+") }
}

fn judged_key(indicator: &Indicator, criterion: &str) -> String {
    format!("{}/{criterion}", indicator.id)
}

fn origin_key(origin: Origin) -> &'static str {
    match origin {
        Origin::BaseData => "origin-base-data",
        Origin::CompletionTable => "origin-completion-table",
        Origin::Narrative => "origin-narrative",
        Origin::Form => "origin-form",
    }
}

/// What may be entered as a value of this fact.
fn input(fact: &Fact) -> Input {
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

fn shown_value(choice: &Choice) -> String {
    match &choice.value {
        Some(CandidateValue::Number(number)) => figure_text(*number),
        Some(CandidateValue::Answer(answer)) => answer.clone(),
        None => String::new(),
    }
}
