//! What a department still has to hand in, and how many points hang on it.

use rust_decimal::Decimal;

use crate::audit::{ClaimFound, CriterionAudit, IndicatorAudit};
use crate::rulebook::Criterion;
use crate::settled_by::{Lack, SettledBy};
use crate::sums::sum;
use crate::taken::{Taken, granted_at_most};

use super::departments::Department;

/// One thing that is missing and the indicators that wait for it.
pub struct Missing<'a> {
    /// What it is.
    pub item: SettledBy,
    /// The indicators, each with the points that hang on it.
    pub waiting: Vec<(&'a IndicatorAudit, Decimal)>,
}

/// What one department still has to hand in, most points first.
pub fn missing<'a>(department: &Department<'a>) -> Vec<Missing<'a>> {
    let mut missing: Vec<Missing<'a>> = Vec::new();
    for indicator in department.audit.indicators.iter().filter(|indicator| indicator.is_asked()) {
        for item in &indicator.settled_by {
            let points = hanging(department, indicator, item);
            match missing.iter_mut().find(|missing| missing.item == *item) {
                Some(known) => known.waiting.push((indicator, points)),
                None => missing.push(Missing { item: item.clone(), waiting: vec![(indicator, points)] }),
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
        None => *item == SettledBy::Judgement && rule.rule.parameters().awaits_judgement(),
    }
}

fn width_of(criteria: &[CriterionAudit], id: &str) -> Decimal {
    let found = criteria.iter().find(|criterion| criterion.id == id);
    found.map_or(Decimal::ZERO, |criterion| criterion.high.saturating_sub(criterion.low))
}

/// What was asked of a department and is answered now, as far as somebody entered something of it: its row stays, so that the
/// entry does. `is_entered`: whether that is so of an item.
pub fn answered<'a>(
    department: &Department<'a>,
    open: &[Missing<'a>],
    is_entered: impl Fn(&SettledBy) -> bool,
) -> Vec<Missing<'a>> {
    let facts = department.scorecard().map_or(&[][..], |card| &card.facts);
    let kinds = [SettledBy::Fact, SettledBy::Evidence, SettledBy::Conflict, SettledBy::Confirm];
    let items = facts.iter().flat_map(|fact| kinds.map(|kind| kind(fact.id.clone())));
    let is_open = |item: &SettledBy| open.iter().any(|missing| missing.item == *item);
    let answered = items.filter(|item| !is_open(item) && is_entered(item));
    let users = |item: &SettledBy| {
        let card = department.scorecard()?;
        let users: Vec<&str> = card.users_of(item.fact()?).map(|indicator| indicator.id.as_str()).collect();
        let audited = department.audit.indicators.iter().filter(|indicator| users.contains(&indicator.id.as_str()));
        Some(audited.map(|indicator| (indicator, Decimal::ZERO)).collect())
    };
    answered.map(|item| Missing { waiting: users(&item).unwrap_or_default(), item }).collect()
}
