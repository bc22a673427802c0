//! 待补材料: per department, which fact or evidence is missing, and how many points hang on it.

use rust_decimal::Decimal;

use crate::audit::{ClaimFound, CriterionAudit, IndicatorAudit};
use crate::rulebook::{Criterion, Rule};
use crate::settled_by::{Lack, SettledBy};
use crate::sums::sum;
use crate::taken::{Taken, granted_at_most};

use super::differences;
use crate::report::plan::{Department, Plan};
use crate::report::table::{Cell, Column, Layout, Row, Style, Table};

/// One thing that is missing and the indicators that wait for it.
pub(in crate::report) struct Missing<'a> {
    /// What it is.
    pub item: &'a SettledBy,
    /// The indicators, each with the points that hang on it.
    pub waiting: Vec<(&'a IndicatorAudit, Decimal)>,
}

/// The sheet.
pub fn table(plan: &Plan) -> Table {
    let mut table = frame(plan);
    for department in &plan.departments {
        table.rows.extend(missing(department).iter().map(|missing| row(plan, department, missing)));
    }
    if table.rows.is_empty() {
        table.rows.push(Row::of(vec![Cell::text(plan.word("missing-none")).span(6)]));
    }
    table
}

fn frame(plan: &Plan) -> Table {
    let widths = [
        ("column-number", 5),
        ("column-department", 26),
        ("column-needed", 46),
        ("column-waiting", 40),
        ("column-hanging", 12),
        ("column-paper", 8),
    ];
    let mut table = Table {
        name: plan.word("sheet-missing"),
        title: plan.word("missing-title"),
        lead: vec![Row::of(vec![Cell::text(plan.word("missing-lead")).style(Style::Remark).span(6)])],
        columns: widths.into_iter().map(|(key, width)| Column::new(plan.word(key), width)).collect(),
        layout: Layout { header: true, filter: true, landscape: true, freeze_columns: 2, ..Layout::default() },
        ..Table::default()
    };
    let header = table.header_row();
    table.layout.freeze_rows = header + 1;
    table.layout.repeat = Some((header, header));
    table
}

/// What one department still has to hand in, most points first.
pub(in crate::report) fn missing<'a>(department: &Department<'a>) -> Vec<Missing<'a>> {
    let mut missing: Vec<Missing<'a>> = Vec::new();
    for indicator in department.audit.indicators.iter().filter(|indicator| indicator.is_asked()) {
        for item in &indicator.settled_by {
            let points = hanging(department, indicator, item);
            match missing.iter_mut().find(|missing| missing.item == item) {
                Some(known) => known.waiting.push((indicator, points)),
                None => missing.push(Missing { item, waiting: vec![(indicator, points)] }),
            }
        }
    }
    missing.sort_by_key(|missing| std::cmp::Reverse(missing.points()));
    missing
}

impl Missing<'_> {
    /// The points that hang on it.
    pub fn points(&self) -> Decimal {
        sum(self.waiting.iter().map(|(_, points)| *points))
    }
}

/// The width of the criteria that wait for `item`, never more than the indicator's own width.
fn hanging(department: &Department, indicator: &IndicatorAudit, item: &SettledBy) -> Decimal {
    if matches!(item, SettledBy::Row(_, Lack::WhichClaim)) {
        return between_claims(indicator);
    }
    let whole = indicator.high.unwrap_or(indicator.low).saturating_sub(indicator.low);
    let card = department.scorecard();
    let Some(rules) = card.and_then(|card| card.indicators.iter().find(|rules| rules.id == indicator.id)) else {
        return whole;
    };
    let criteria = rules.readings.first().map_or(&[][..], |reading| &reading.criteria);
    let width = |rule: &Criterion| width_of(&indicator.criteria, &rule.id);
    let waiting = criteria.iter().filter(|rule| waits_for(rule, item)).map(width);
    let points = sum(waiting);
    if points.is_zero() { whole } else { points.min(whole) }
}

/// What of the claims that differ could be granted, from the lowest to the highest.
fn between_claims(indicator: &IndicatorAudit) -> Decimal {
    let granted = |claim: &ClaimFound| Some(granted_at_most(Taken::Score(claim.value?), indicator.high));
    let lowest = indicator.claims.iter().filter_map(granted).min().unwrap_or_default();
    indicator.grantable().saturating_sub(lowest)
}

fn waits_for(rule: &Criterion, item: &SettledBy) -> bool {
    match item.fact() {
        Some(fact) => rule.names().contains(&fact),
        None => *item == SettledBy::Judgement && matches!(rule.rule, Rule::Judgement),
    }
}

fn width_of(criteria: &[CriterionAudit], id: &str) -> Decimal {
    let found = criteria.iter().find(|criterion| criterion.id == id);
    found.map_or(Decimal::ZERO, |criterion| criterion.high.saturating_sub(criterion.low))
}

fn row(plan: &Plan, department: &Department, missing: &Missing) -> Row {
    let names: Vec<&str> = missing.waiting.iter().map(|(indicator, _)| indicator.name.as_str()).collect();
    let first = missing.waiting.first().map(|(indicator, _)| indicator.id.as_str());
    Row::of(vec![
        Cell::count(department.number).style(Style::Centre),
        Cell::text(department.name.clone()),
        Cell::text(differences::settling(plan, department, missing.item)),
        Cell::text(names.join("；")),
        Cell::score(missing.points()),
        Cell::text(plan.word("paper-link")).style(Style::Centre).link(Some(plan.paper_link(department, first))),
    ])
}
