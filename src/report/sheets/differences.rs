//! 差异清单: every disputed score and every check that a person should look at, worst first, with the reviewer's columns.

use rust_decimal::Decimal;

use crate::audit::{Audit, CriterionAudit, FactAudit, IndicatorAudit, Source};
use crate::carry::{Holds, STATES, Typed};
use crate::phrase::Phrase;
use crate::rulebook::FactKind;
use crate::settled_by::{Lack, SettledBy};
use crate::text::Language;

use crate::report::decision_cells as confirmed_list;
use crate::report::decisions::Decision;
use crate::report::entries::{confirmed_cell, state_words};
use crate::report::identity::{identity, place_words, source_of};
use crate::report::list::{self, ListColumn};
use crate::report::plan::{Department, Dispute, Plan};
use crate::report::sheet::Sheet;
use crate::report::table::{Cell, Input, Link, Outcome, Row, Style, Table, Value, address};

/// Characters of the raw text that a row quotes; the whole stands in the working paper.
const QUOTED: usize = 60;

/// The texts of the sheet.
const TEXTS: list::Texts =
    list::Texts { sheet: "sheet-differences", title: "differences-title", lead: "differences-lead" };

/// The sheet.
pub fn sheet<'p>(plan: &'p Plan) -> Sheet<'p> {
    let mut table = frame(plan);
    if plan.disputes.is_empty() {
        table.rows.push(Row::of(vec![Cell::text(plan.word("differences-none")).span(list::seen(&COLUMNS))]));
        return table.into();
    }
    let first = table.first_row();
    let row = move |index: usize| row(plan, &plan.disputes[index], index, first + index as u32);
    Sheet::later(table, plan.disputes.len(), row)
}

fn frame(plan: &Plan) -> Table {
    let mut table = list::sheet(plan, TEXTS, &COLUMNS, 4);
    table.layout.print_columns = Some(printed());
    table
}

/// Columns that are printed: what was found, and what the reviewer says of it.
fn printed() -> u16 {
    position(Holds::Remark) + 1
}

/// Where a column stands, from 0.
pub fn position(holds: Holds) -> u16 {
    list::position(&COLUMNS, holds)
}

/// What a row is made of.
pub struct Line<'p> {
    plan: &'p Plan<'p>,
    dispute: &'p Dispute<'p>,
    department: &'p Department<'p>,
    /// The place of the dispute in the list.
    index: usize,
    /// What the bureau decides of the score, where it is one; none of a check.
    decision: Option<&'p Decision<'p>>,
    /// The row of the sheet.
    at: u32,
}

/// A column with what it shows of a line.
type LineColumn = ListColumn<fn(&Line) -> Cell>;

/// The columns, in their order.
pub const COLUMNS: [LineColumn; 24] = [
    ListColumn::plain("column-number", 4, |line| Cell::count(line.index + 1).style(Style::Centre)),
    ListColumn::plain("column-severity", 5, severity),
    ListColumn::read("column-department", 14, Holds::Department, |line| Cell::text(line.department.name.clone())),
    ListColumn::read("column-problem", 8, Holds::Problem, |line| problem(line.plan, line.dispute)),
    ListColumn::read("column-indicator", 13, Holds::Indicator, indicator),
    ListColumn::read("column-claim", 6, Holds::Claim, claim),
    ListColumn::plain("column-low", 6, |line| amounts(line.dispute).1),
    ListColumn::plain("column-high", 6, |line| amounts(line.dispute).2),
    ListColumn::read("column-difference", 6, Holds::Difference, |line| amounts(line.dispute).3),
    ListColumn::read("column-why", 52, Holds::Why, |line| Cell::text(why(line.plan, line.dispute))),
    ListColumn::plain("column-settled-by", 14, settled),
    ListColumn::plain("column-raw", 12, raw),
    ListColumn::read("column-source", 11, Holds::Place, |line| {
        source_cell(line.plan, line.department, source_of(line.dispute))
    }),
    ListColumn::plain("column-paper", 5, paper),
    ListColumn::read("column-state", 8, Holds::State, state),
    ListColumn::read("column-confirmed", 7, Holds::Confirmed, confirmed),
    ListColumn::read("column-reason", 16, Holds::Reason, |line| {
        entry(line, Holds::Reason, |typed| typed.reason.as_ref())
    }),
    ListColumn::read("column-reviewer", 8, Holds::Reviewer, |line| {
        entry(line, Holds::Reviewer, |typed| typed.reviewer.as_ref())
    }),
    ListColumn::read("column-remark", 10, Holds::Remark, |line| {
        entry(line, Holds::Remark, |typed| typed.remark.as_ref())
    }),
    ListColumn::read("column-change", 6, Holds::Change, |line| change(line.plan, line.index)),
    ListColumn::hidden("column-department-number", Holds::DepartmentNumber, |line| Cell::count(line.department.number)),
    ListColumn::hidden("column-decision-row", Holds::Refers, decision_row),
    ListColumn::hidden("column-decision", Holds::Other, |line| {
        Cell::text_option(line.decision.map(|decision| decision.key.as_str()))
    }),
    ListColumn::hidden("column-key", Holds::Key, |line| Cell::text(identity(line.department, line.dispute))),
];

fn row(plan: &Plan, dispute: &Dispute, index: usize, at: u32) -> Row {
    let decision = plan.decision_of(dispute);
    let line = Line { plan, dispute, department: &plan.departments[dispute.department], index, decision, at };
    Row::of(COLUMNS.iter().map(|column| (column.cell)(&line)).collect())
}

impl Line<'_> {
    /// The indicator that the row is about.
    fn indicator_id(&self) -> Option<&str> {
        let indicator = self.dispute.indicator.map(|it| it.id.as_str());
        indicator.or_else(|| self.dispute.finding?.indicator.as_deref())
    }

    /// What was typed into an earlier workbook.
    fn typed(&self) -> Option<&Typed> {
        match self.decision {
            Some(decision) => decision.typed(),
            None => self.plan.carried.typed.get(&self.index).map(|old| &old.typed),
        }
    }

    /// What stands in a column of 核定表 for this score: there, and only there, it is entered.
    fn listed(&self, holds: Holds, stored: Cell) -> Cell {
        let row = address(self.at, position(Holds::Refers));
        let outcome = match stored.value {
            Value::Number(number, _) => Outcome::Score(number),
            Value::Text(words) => Outcome::Words(words),
            Value::Empty | Value::Formula(..) => Outcome::Words(String::new()),
        };
        Cell::formula(confirmed_list::looked_up(self.plan, &row, holds), outcome)
    }
}

fn severity(line: &Line) -> Cell {
    let severity = line.dispute.severity();
    Cell::text(line.plan.word(&format!("severity-{severity:?}").to_lowercase())).style(Style::Severity(severity))
}

fn indicator(line: &Line) -> Cell {
    line.indicator_id().map_or_else(Cell::default, |id| Cell::text(indicator_name(line.department, id)))
}

/// The claim, or what several cells claim.
fn claim(line: &Line) -> Cell {
    let several = line.dispute.indicator.and_then(|indicator| line.plan.claims_in_words(indicator));
    several.map_or_else(|| amounts(line.dispute).0, Cell::text)
}

fn settled(line: &Line) -> Cell {
    let items = |it: &IndicatorAudit| settled_by(line.plan, line.department, &it.settled_by);
    Cell::text(line.dispute.indicator.map_or_else(String::new, items))
}

fn raw(line: &Line) -> Cell {
    source_of(line.dispute).map_or_else(Cell::default, |source| Cell::text(excerpt(&source.text)))
}

fn paper(line: &Line) -> Cell {
    let link = line.plan.paper_link(line.department, line.indicator_id());
    Cell::text(line.plan.word("paper-link")).style(Style::Centre).link(Some(link))
}

/// The beginning of a raw text, on one line.
fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= QUOTED {
        return line;
    }
    line.chars().take(QUOTED - 1).chain(['…']).collect()
}

fn problem(plan: &Plan, dispute: &Dispute) -> Cell {
    match (dispute.indicator, dispute.finding) {
        (Some(indicator), _) => Cell::text(plan.verdict(indicator.verdict)).style(Style::Verdict(indicator.verdict)),
        (None, Some(finding)) => Cell::text(plan.code(finding.code)).style(Style::Centre),
        (None, None) => Cell::default(),
    }
}

/// Claim, lowest and highest score, and the difference.
fn amounts(dispute: &Dispute) -> (Cell, Cell, Cell, Cell) {
    match (dispute.indicator, dispute.finding) {
        (Some(indicator), _) => (
            Cell::figure_option(indicator.claimed),
            Cell::score(indicator.low),
            Cell::score_option(indicator.high),
            Cell::score(indicator.difference).style(Style::Sum),
        ),
        (None, Some(finding)) => (
            Cell::figure_option(finding.claimed),
            Cell::score_option(finding.low),
            Cell::score_option(finding.high),
            Cell::score_option(finding.difference.filter(|points| !points.is_zero())).style(Style::Sum),
        ),
        (None, None) => Default::default(),
    }
}

/// The name of an indicator as the card writes it.
pub fn indicator_name(department: &Department, id: &str) -> String {
    let named = department.audit.indicators.iter().find(|indicator| indicator.id == id);
    named.map_or_else(|| id.to_owned(), |indicator| indicator.name.clone())
}

fn why(plan: &Plan, dispute: &Dispute) -> String {
    let mut lines: Vec<String> = Vec::new();
    lines.extend(dispute.finding.map(|finding| plan.phrase(&finding.phrase)));
    lines.extend(dispute.indicator.into_iter().flat_map(sums).map(|step| plan.phrase(&step)));
    lines.join("\n")
}

/// The sums of the criteria that are not earned in full, of all where all are; all working lines where the audit has no
/// criteria.
fn sums(indicator: &IndicatorAudit) -> Vec<Phrase> {
    if indicator.criteria.is_empty() {
        return indicator.working.open();
    }
    let lost = |criterion: &&CriterionAudit| criterion.low < criterion.points;
    let all_earned = indicator.criteria.iter().filter(lost).count() == 0;
    let told = indicator.criteria.iter().filter(|criterion| all_earned || lost(criterion));
    told.map(|criterion| criterion.working.open()).collect()
}

/// What would settle a score, in words.
pub fn settled_by(plan: &Plan, department: &Department, items: &[SettledBy]) -> String {
    let words: Vec<String> = items.iter().map(|item| settling(plan, department, item)).collect();
    words.join("；")
}

/// One thing that would settle a score, in words.
pub fn settling(plan: &Plan, department: &Department, item: &SettledBy) -> String {
    let (key, fact) = match item {
        SettledBy::Judgement => return plan.word("settle-judgement"),
        SettledBy::Row(row, lack) => {
            let label = lack_label(department.audit, row, *lack, plan.language);
            return label.unwrap_or_else(|| plan.say("settle-fact", &[("fact", item)]));
        }
        SettledBy::Evidence(fact) => ("settle-evidence", fact),
        SettledBy::Conflict(fact) => return conflicting(plan, department, fact),
        SettledBy::Confirm(fact) => ("settle-confirm", fact),
        SettledBy::Fact(fact) if is_question(department, fact) => ("settle-question", fact),
        SettledBy::Fact(fact) => ("settle-fact", fact),
    };
    plan.say(key, &[("fact", &fact_label(department, fact))])
}

/// What of the values of a fact has to be told: how one cell is meant, or which of several places holds.
fn conflicting(plan: &Plan, department: &Department, fact: &str) -> String {
    let label = fact_label(department, fact);
    let found: Vec<&FactAudit> =
        department.audit.facts.iter().filter(|found| found.id == fact && found.candidate).collect();
    let values: Vec<String> = found.iter().map(|found| shown_fact(found)).collect();
    let Some(first) = found.first() else { return plan.say("settle-conflict", &[("fact", &label)]) };
    if found.iter().all(|other| other.source == first.source) {
        let values = values.join(&plan.word("claims-separator"));
        return plan.say("settle-meaning", &[("fact", &label), ("text", &first.source.text), ("values", &values)]);
    }
    let placed = found.iter().zip(&values).map(|(found, value)| {
        let place = format!("{}!{}", found.source.sheet, found.source.cell);
        plan.language.say("finding.value-at-place", &[("value", value), ("place", &place)])
    });
    let places = placed.collect::<Vec<_>>().join(&plan.language.word("finding.list-separator"));
    plan.say("settle-places", &[("fact", &label), ("values", &places)])
}

/// A value with its unit, as it is read.
fn shown_fact(fact: &FactAudit) -> String {
    match fact.unit.as_deref() {
        Some("%") => format!("{}%", fact.value),
        Some(unit) => format!("{} {unit}", fact.value),
        None => fact.value.clone(),
    }
}

fn is_question(department: &Department, fact: &str) -> bool {
    let facts = department.scorecard().map_or(&[][..], |card| &card.facts);
    facts.iter().any(|known| known.id == fact && known.kind == FactKind::YesNo)
}

/// A part of a declared form's line in words.
fn lack_label(audit: &Audit, row: &str, lack: Lack, language: Language) -> Option<String> {
    let row = audit.indicators.iter().find(|line| line.id == row)?;
    let part = language.word(&format!("report.settle-{}", lack.as_str()));
    Some(language.say("report.settle-row", &[("name", &row.name), ("part", &part)]))
}

/// What people call a fact of a declared form, such as `row-3.sign`.
pub(in crate::report) fn part_label(audit: &Audit, fact: &str, language: Language) -> Option<String> {
    let (row, lack) = Lack::of_fact(fact)?;
    lack_label(audit, row, lack, language)
}

/// The label of a fact as the template prints it.
pub fn fact_label(department: &Department, id: &str) -> String {
    let known = department.scorecard().and_then(|card| card.facts.iter().find(|fact| fact.id == id));
    known.map_or_else(|| id.to_owned(), |fact| fact.label.clone())
}

/// The cell of the department's own file, with a link that opens it.
pub fn source_cell(plan: &Plan, department: &Department, source: Option<&Source>) -> Cell {
    Cell::text(place_words(department, source)).link(plan.file_link(department.audit, source))
}

/// 处理状态, with what was typed into an earlier workbook.
fn state(line: &Line) -> Cell {
    let words = Cell::text(state_words(line.plan, line.typed()));
    if line.decision.is_some() {
        return line.listed(Holds::State, words).style(Style::Centre);
    }
    let states = STATES.iter().map(|state| line.plan.word(state)).collect();
    words.style(Style::Entry).input(Input::Words(states))
}

/// 核定分; only of an indicator can there be one.
fn confirmed(line: &Line) -> Cell {
    let typed = confirmed_cell(line.typed());
    match line.decision {
        Some(_) => line.listed(Holds::Confirmed, typed).link(list_link(line)),
        None => typed.style(Style::Blank),
    }
}

/// The row of 核定表 in which the score is entered.
fn list_link(line: &Line) -> Option<Link> {
    let of_one = &line.plan.decisions[line.dispute.department];
    let id = &line.decision?.indicator.id;
    let place = of_one.iter().position(|decision| decision.indicator.id == *id)?;
    Some(confirmed_list::link_to(line.plan, line.dispute.department, place))
}

fn entry(line: &Line, holds: Holds, of: fn(&Typed) -> Option<&String>) -> Cell {
    let typed = Cell::text_option(line.typed().and_then(of).map(String::as_str));
    match line.decision {
        Some(_) => line.listed(holds, typed).style(Style::Body),
        None => typed.style(Style::Entry),
    }
}

/// Where the score's row stands in 核定表 now, also after the list was sorted.
fn decision_row(line: &Line) -> Cell {
    let Some(decision) = line.decision else { return Cell::default() };
    let at = COLUMNS.iter().position(|column| column.key == "column-decision").unwrap_or_default() as u16;
    let places = &line.plan.decisions[line.dispute.department];
    let place = places.iter().position(|one| one.key == decision.key).unwrap_or_default();
    let row = line.plan.decision_place(line.dispute.department, place) + 1;
    let formula = confirmed_list::row_of_key(line.plan, &address(line.at, at), row);
    Cell::formula(formula, Outcome::Score(Decimal::from(row as u64)))
}

/// 新增 where no earlier workbook has the finding.
fn change(plan: &Plan, index: usize) -> Cell {
    let is_new = plan.carried.new.binary_search(&index).is_ok();
    if is_new { Cell::text(plan.word("change-new")).style(Style::Centre) } else { Cell::default() }
}

/// What a working paper repeats of a row.
pub struct InPaper {
    /// The indicator, with a way to its working.
    pub indicator: Cell,
    /// The verdict or the check.
    pub problem: Cell,
    /// The difference in points.
    pub difference: Cell,
    /// The reason.
    pub why: Cell,
}

/// What a working paper repeats of a row.
pub fn in_paper(plan: &Plan, dispute: &Dispute) -> InPaper {
    let department = &plan.departments[dispute.department];
    let id = dispute.indicator.map(|it| it.id.as_str()).or_else(|| dispute.finding?.indicator.as_deref());
    InPaper {
        indicator: id.map_or_else(Cell::default, |id| Cell::text(indicator_name(department, id))),
        problem: problem(plan, dispute),
        difference: amounts(dispute).3,
        why: Cell::text(why(plan, dispute)),
    }
}

/// The first row of a department; the heading where it has none.
pub fn first_row_of(plan: &Plan, department: usize) -> Link {
    let first = plan.disputed[department].first();
    first.map_or_else(|| Link::Here(plan.word("sheet-differences"), 0, 0), |index| row_link(plan, *index))
}

/// The row of a dispute.
pub fn row_link(plan: &Plan, index: usize) -> Link {
    let frame = frame(plan);
    Link::Here(frame.name.clone(), frame.first_row() + index as u32, 0)
}

/// The row of a disputed indicator, for the links back from the working papers.
pub fn row_of(plan: &Plan, department: usize, indicator: &str) -> Option<Link> {
    let place = *plan.places.get(&(department, indicator))?;
    let frame = frame(plan);
    Some(Link::Here(frame.name.clone(), frame.first_row() + place as u32, 0))
}
