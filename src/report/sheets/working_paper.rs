//! 底稿: every fact of a department with its source, every criterion, and each score as a live formula over the facts.

pub(in crate::report) mod conclusion;
mod facts;
mod lines;
mod scores;
mod side_by_side;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::audit::{Audit, Entered, EnteredAbout, IndicatorAudit, Severity};
use crate::carry::Holds;
use crate::entered::card_with;
use crate::report::alternatives::Choices;
use crate::report::filers_card::filers_card;
use crate::report::paper_cells::{BASIS, CLAIM, COLUMNS, FIRST_CASE, HIGH, KEY, LOW, WIDE};
use crate::report::plan::{Department, Plan};
use crate::report::table::{Cell, Column, Layout, Link, Outcome, Row, Style, Table, Value, address, landed};
use crate::rulebook::Scorecard;
use crate::rules::live::{Ends, Weight};
use crate::taken::Taken;

use super::differences;
use super::overview::grade_formula;

/// The headings of the columns of entries, with what a later run reads in them.
pub const ENTRIES: [(&str, Holds); 9] = [
    ("column-entered-value", Holds::Value),
    ("column-received", Holds::Evidence),
    ("column-preparer", Holds::Preparer),
    ("column-prepared", Holds::Prepared),
    ("column-reviewer", Holds::Reviewer),
    ("column-reviewed", Holds::Date),
    ("column-key", Holds::Key),
    ("column-basis", Holds::Basis),
    ("column-written", Holds::Written),
];

/// Facts are laid out before the workings that refer to them, and stand behind them: until it is known where, their rows are
/// counted from here, in the half of a sheet that no paper reaches.
const AFLOAT: u32 = 1 << 19;

/// Columns that a link to the letter or to the page takes.
const BESIDE: u16 = 2;

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
    /// The rules of its indicators, the rulebook's or the form's own; none where the rules are not at hand.
    card: Option<&'a Scorecard>,
    rows: Vec<Row>,
    first_row: u32,
    anchors: BTreeMap<String, u32>,
    /// The values of each fact with their cells.
    choices: Choices,
    /// The cell of each judged criterion, by `indicator/criterion`.
    judged: BTreeMap<String, String>,
    /// Of a form's lines: the cells of both ends of a target, and of the points.
    spans: BTreeMap<String, Ends>,
    weights: BTreeMap<String, Weight>,
}

/// The working paper of a department.
pub fn paper(plan: &Plan, index: usize) -> Paper {
    let department = &plan.departments[index];
    let filers = department.own_rows().map(|form| filers_card(form, department.audit));
    let filers = filers.map(|card| card_with(&card, &judged_only(department.audit)));
    let decided = department.scorecard().filter(|_| !department.audit.entered.is_empty());
    let decided = decided.map(|card| card_with(card, &judged_only(department.audit)));
    let mut table = frame(plan, department);
    let mut writer = Writer {
        plan,
        index,
        department,
        card: filers.as_ref().or(decided.as_ref()).or_else(|| department.scorecard()),
        rows: Vec::new(),
        first_row: table.first_row(),
        anchors: BTreeMap::new(),
        choices: Choices::new(),
        judged: BTreeMap::new(),
        spans: BTreeMap::new(),
        weights: BTreeMap::new(),
    };
    let facts = writer.afloat(|writer| match &filers {
        Some(card) => writer.lines(card),
        None => writer.facts(),
    });
    writer.conclusion();
    writer.scores();
    writer.push(vec![]);
    writer.heading("paper-facts");
    writer.land(facts);
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
    columns.extend((KEY..=BASIS).map(|_| Column::hidden("")));
    Table {
        name: department.paper.clone(),
        title: plan.say("paper-title", &[("name", &department.name), ("year", &year)]),
        lead: vec![links(plan, department), rulebook(plan, department), Row::default()],
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
    let page = plan.run.beside.page.clone().map(|way| Link::File(way, None));
    let others = [("paper-letter", plan.letter_link(department.audit)), ("paper-page", page)];
    let others: Vec<Cell> = others
        .into_iter()
        .filter(|(_, link)| link.is_some())
        .map(|(key, link)| Cell::text(plan.word(key)).span(BESIDE).link(link))
        .collect();
    let mut cells = vec![
        Cell::text(plan.say("paper-back", &[("sheet", &overview)])).span(2).link(Some(Link::Here(overview, 0, 0))),
        Cell::text(plan.word("paper-list")).link(here("sheet-differences")),
    ];
    let rest = COLUMNS - 3 - BESIDE * others.len() as u16;
    cells.extend(others);
    cells.push(Cell::text(plan.say(key, &[("file", &department.audit.file)])).span(rest).link(link));
    Row::of(cells)
}

fn rulebook(plan: &Plan, department: &Department) -> Row {
    let audit = department.audit;
    let hint = if department.own_rows().is_some() { "paper-hint-form" } else { "paper-hint" };
    let rules = audit.rulebook.as_ref().map(|book| {
        let name = department.rulebook.map_or(&book.id, |rulebook| &rulebook.name);
        plan.say("paper-rulebook", &[("name", name), ("hash", &book.sha256)])
    });
    // Formulas of another workbook do not follow what is entered here.
    let apart = plan.apart().map(|_| plan.word("paper-apart")).unwrap_or_default();
    let words = format!("{}{apart}\n{}", plan.word(hint), rules.unwrap_or_default());
    Row::of(vec![Cell::text(words).style(Style::Remark).span(COLUMNS)])
}

impl<'a> Writer<'a> {
    /// Lays out rows that others refer to before it is known where they are going to stand.
    fn afloat(&mut self, lay: impl FnOnce(&mut Self)) -> Vec<Row> {
        let first = std::mem::replace(&mut self.first_row, AFLOAT);
        let before = std::mem::take(&mut self.rows);
        lay(self);
        self.first_row = first;
        std::mem::replace(&mut self.rows, before)
    }

    /// Puts rows that were afloat here, and every reference to them with them.
    fn land(&mut self, rows: Vec<Row>) {
        let at = self.at();
        self.rows.extend(rows);
        for cell in self.rows.iter_mut().flat_map(|row| &mut row.cells) {
            if let Value::Formula(formula, _) = &mut cell.value {
                *formula = landed(formula, AFLOAT, at);
            }
        }
    }

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

    fn column_name(&self, key: &str) -> Cell {
        Cell::text(self.plan.word(key)).style(Style::Column)
    }

    /// Whether its lines are a filer's own, whose points and targets stand in cells.
    fn is_filers(&self) -> bool {
        self.card.is_some_and(|card| card.is_filers)
    }

    /// An end of a range, or the word for a highest score that is not known.
    fn end(&self, formula: String, value: Option<Decimal>) -> Cell {
        let outcome = value.map_or_else(|| Outcome::Words(self.plan.word("paper-unknown")), Outcome::Score);
        Cell::formula(formula, outcome).style(Style::Sum)
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
        let lines = self.department.audit.indicators.iter();
        let granted = lines.filter_map(|line| Some(granted(line, *self.anchors.get(&line.id)?)));
        // Claims may have more than two decimals: only binary noise is taken away, the number format rounds.
        let ceiling = format!("ROUND({},10)", added(granted));
        let at = self.first_row - 1;
        let score = |formula, value| self.end(formula, Some(value));
        let word = |key: &str| Cell::text(self.plan.word(key)).style(Style::Label);
        let high = match totals.high {
            high if self.is_filers() => self.end(all_or(&rows, &sum(HIGH), &self.plan.word("paper-unknown")), high),
            high => high.map_or_else(Cell::default, |high| score(sum(HIGH), high)),
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

/// What can at most be granted of a line, as a formula. Of an open claim it is the highest that it can be.
fn granted(line: &IndicatorAudit, row: u32) -> String {
    let (claim, high) = (address(row, CLAIM), address(row, HIGH));
    let no_number = match line.taken() {
        Taken::Open { most: Some(most) } => format!("MAX(0,MIN({most},{high}))"),
        Taken::Open { most: None } => format!("MAX(0,{high})"),
        Taken::Score(_) | Taken::Invalid => "0".to_owned(),
    };
    format!("IF(ISNUMBER({claim}),IF({claim}<0,0,IF(ISNUMBER({high}),MIN({claim},{high}),{claim})),{no_number})")
}

/// The scores that reviewers gave; which reading they chose is one of the live cases.
fn judged_only(audit: &Audit) -> Vec<Entered> {
    audit.entered.iter().filter(|entered| entered.about == EnteredAbout::Judged).cloned().collect()
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

/// `sum` where every line has a highest score, else the word.
fn all_or(rows: &[u32], sum: &str, unknown: &str) -> String {
    let count = added(rows.iter().map(|row| address(*row, HIGH))).replace("SUM(", "COUNT(");
    format!("IF({count}={},{sum},\"{unknown}\")", rows.len())
}

fn judged_key(indicator: &str, criterion: &str) -> String {
    format!("{indicator}/{criterion}")
}
