//! 差异清单: every disputed score and every check that a person should look at, worst first, with the reviewer's columns.

use rust_decimal::Decimal;

use crate::audit::{Audit, CriterionAudit, IndicatorAudit, Source};
use crate::carry::{Confirmed, STATES};
use crate::decimal_text::round_score;
use crate::phrase::Phrase;
use crate::rulebook::FactKind;
use crate::settled_by::{Lack, SettledBy};
use crate::sums::sum;
use crate::text::Language;

use super::entries::{confirmed_cell, state_words};
use super::identity::{identity, place_words, source_of};
use super::plan::{Department, Dispute, Plan};
use super::table::{Cell, Column, Input, Layout, Link, Outcome, Row, Style, Table, address, column_area};

const CONFIRMED: u16 = 15;
const NUMBER: u16 = 20;
const GRANTABLE: u16 = 21;
const CORRECTION: u16 = 22;
const COLUMNS: u16 = 20;

/// Columns that are printed: what was found, the state and the confirmed score.
const PRINTED: u16 = 16;
/// Characters of the raw text that a row quotes; the whole stands in the working paper.
const QUOTED: usize = 60;

/// The sheet.
pub fn table(plan: &Plan) -> Table {
    let mut table = frame(plan);
    let first = table.first_row();
    table.rows = plan
        .disputes
        .iter()
        .enumerate()
        .map(|(index, dispute)| row(plan, dispute, index, first + index as u32))
        .collect();
    if plan.disputes.is_empty() {
        table.rows.push(Row::of(vec![Cell::text(plan.word("differences-none")).span(COLUMNS)]));
    }
    table
}

fn frame(plan: &Plan) -> Table {
    let mut table = Table {
        name: plan.word("sheet-differences"),
        title: plan.word("differences-title"),
        lead: vec![Row::of(vec![Cell::text(plan.word("differences-lead")).style(Style::Remark).span(PRINTED)])],
        columns: columns(plan),
        layout: Layout {
            header: true,
            filter: true,
            landscape: true,
            freeze_columns: 4,
            print_columns: Some(PRINTED),
            ..Layout::default()
        },
        ..Table::default()
    };
    let header = table.header_row();
    table.layout.freeze_rows = header + 1;
    table.layout.repeat = Some((header, header));
    table
}

fn columns(plan: &Plan) -> Vec<Column> {
    let shown = [
        ("column-number", 4),
        ("column-severity", 5),
        ("column-department", 14),
        ("column-problem", 8),
        ("column-indicator", 13),
        ("column-claim", 6),
        ("column-low", 6),
        ("column-high", 6),
        ("column-difference", 6),
        ("column-why", 52),
        ("column-settled-by", 14),
        ("column-raw", 12),
        ("column-source", 11),
        ("column-paper", 5),
        ("column-state", 8),
        ("column-confirmed", 7),
        ("column-reason", 16),
        ("column-reviewer", 8),
        ("column-remark", 10),
        ("column-change", 6),
    ];
    let hidden = ["column-department-number", "column-grantable", "column-correction", "column-key"];
    let shown = shown.into_iter().map(|(key, width)| Column::new(plan.word(key), width));
    shown.chain(hidden.into_iter().map(|key| Column::hidden(plan.word(key)))).collect()
}

fn row(plan: &Plan, dispute: &Dispute, index: usize, at: u32) -> Row {
    let department = &plan.departments[dispute.department];
    let indicator_id = dispute.indicator.map(|it| it.id.as_str()).or_else(|| dispute.finding?.indicator.as_deref());
    let source = source_of(dispute);
    let mut cells = vec![
        Cell::count(index + 1).style(Style::Centre),
        Cell::text(plan.word(&format!("severity-{:?}", dispute.severity()).to_lowercase()))
            .style(Style::Severity(dispute.severity())),
        Cell::text(department.name.clone()),
        problem(plan, dispute),
        indicator_id.map_or_else(Cell::default, |id| Cell::text(indicator_name(department, id))),
    ];
    cells.extend(amounts(dispute));
    cells.extend([
        Cell::text(why(plan, dispute)),
        Cell::text(dispute.indicator.map_or_else(String::new, |it| settled_by(plan, department, &it.settled_by))),
        source.map_or_else(Cell::default, |source| Cell::text(excerpt(&source.text))),
        source_cell(plan, department, source),
        Cell::text(plan.word("paper-link")).style(Style::Centre).link(Some(plan.paper_link(department, indicator_id))),
    ]);
    cells.extend(reviewer(plan, dispute, index));
    cells.push(change(plan, index));
    cells.extend(for_formulas(plan, dispute, index, at));
    Row::of(cells)
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

fn amounts(dispute: &Dispute) -> [Cell; 4] {
    match (dispute.indicator, dispute.finding) {
        (Some(indicator), _) => [
            Cell::figure_option(indicator.claimed),
            Cell::score(indicator.low),
            Cell::score_option(indicator.high),
            Cell::score(indicator.difference).style(Style::Sum),
        ],
        (None, Some(finding)) => [
            Cell::figure_option(finding.claimed),
            Cell::score_option(finding.low),
            Cell::score_option(finding.high),
            Cell::score_option(finding.difference.filter(|points| !points.is_zero())).style(Style::Sum),
        ],
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
    lines.extend(dispute.indicator.into_iter().flat_map(sums).map(|step| plan.phrase(step)));
    lines.join("\n")
}

/// The sums of the criteria that are not earned in full, of all where all are; all working lines where the audit has no
/// criteria.
fn sums(indicator: &IndicatorAudit) -> Vec<&Phrase> {
    if indicator.criteria.is_empty() {
        return indicator.working.iter().collect();
    }
    let lost = |criterion: &&CriterionAudit| criterion.low < criterion.points;
    let all_earned = indicator.criteria.iter().filter(lost).count() == 0;
    let told = indicator.criteria.iter().filter(|criterion| all_earned || lost(criterion));
    told.map(|criterion| &criterion.working).collect()
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
        SettledBy::Conflict(fact) => ("settle-conflict", fact),
        SettledBy::Fact(fact) if is_question(department, fact) => ("settle-question", fact),
        SettledBy::Fact(fact) => ("settle-fact", fact),
    };
    plan.say(key, &[("fact", &fact_label(department, fact))])
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
pub(super) fn part_label(audit: &Audit, fact: &str, language: Language) -> Option<String> {
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

/// The reviewer's columns, with what was typed into an earlier workbook.
fn reviewer(plan: &Plan, dispute: &Dispute, index: usize) -> [Cell; 5] {
    let typed = plan.carried.typed.get(&index).copied();
    let states = STATES.iter().map(|state| plan.word(state)).collect();
    let state = Cell::text(state_words(plan, typed)).style(Style::Entry).input(Input::Words(states));
    let confirmed = match dispute.indicator {
        Some(indicator) => {
            confirmed_cell(typed).style(Style::Entry).input(Input::Number(Some(Decimal::ZERO), indicator.points))
        }
        None => confirmed_cell(typed).style(Style::Blank),
    };
    let entry = |text: Option<&String>| Cell::text_option(text.map(String::as_str)).style(Style::Entry);
    [
        state,
        confirmed,
        entry(typed.and_then(|typed| typed.reason.as_ref())),
        entry(typed.and_then(|typed| typed.reviewer.as_ref())),
        entry(typed.and_then(|typed| typed.remark.as_ref())),
    ]
}

/// 新增 where no earlier workbook has the finding.
fn change(plan: &Plan, index: usize) -> Cell {
    let is_new = plan.carried.new.binary_search(&index).is_ok();
    if is_new { Cell::text(plan.word("change-new")).style(Style::Centre) } else { Cell::default() }
}

/// What the entered 核定分 of a row changes of what can be granted.
fn correction(plan: &Plan, dispute: &Dispute, index: usize) -> Decimal {
    let typed = plan.carried.typed.get(&index).and_then(|typed| typed.confirmed.as_ref());
    match (dispute.indicator, typed) {
        (Some(indicator), Some(Confirmed::Points(points))) => {
            let changed = points.checked_sub(Department::grantable(indicator));
            changed.map(round_score).unwrap_or_default()
        }
        _ => Decimal::ZERO,
    }
}

/// The sum of a department's corrections, as the formula of [`corrections`] gives it.
pub fn corrected(plan: &Plan, number: usize) -> Decimal {
    let disputes = plan.disputes.iter().enumerate();
    let own = disputes.filter(|(_, dispute)| plan.departments[dispute.department].number == number);
    sum(own.map(|(index, dispute)| correction(plan, dispute, index)))
}

/// Hidden: the department's number, the part that can be granted, its correction by 核定分, and the row's identity.
fn for_formulas(plan: &Plan, dispute: &Dispute, index: usize, at: u32) -> [Cell; 4] {
    let department = &plan.departments[dispute.department];
    let key = Cell::text(identity(department, dispute));
    let number = Cell::count(department.number);
    let Some(indicator) = dispute.indicator else { return [number, Cell::default(), Cell::default(), key] };
    let confirmed = address(at, CONFIRMED);
    let formula = format!("IF(ISNUMBER({confirmed}),ROUND({confirmed}-{},2),0)", address(at, GRANTABLE));
    [
        number,
        Cell::figure(Department::grantable(indicator)),
        Cell::formula(formula, Outcome::Score(correction(plan, dispute, index))),
        key,
    ]
}

/// The sum of a department's corrections, as a formula of another sheet writes it.
pub fn corrections(plan: &Plan, number: usize) -> String {
    if plan.disputes.is_empty() {
        return "0".to_owned();
    }
    let frame = frame(plan);
    let (first, last) = (frame.first_row(), frame.first_row() + plan.disputes.len() as u32 - 1);
    let area = |column| column_area(&frame.name, first, last, column);
    format!("SUMIF({},{number},{})", area(NUMBER), area(CORRECTION))
}

/// The row of a disputed indicator, for the links back from the working papers.
pub fn row_of(plan: &Plan, department: usize, indicator: &str) -> Option<Link> {
    let place = *plan.places.get(&(department, indicator))?;
    let frame = frame(plan);
    Some(Link::Here(frame.name.clone(), frame.first_row() + place as u32, 0))
}
