//! Figures of a card and of project forms that speak of the same thing, so that those of one department can be held against each
//! other across a batch. (bureau.md, “The whole batch”)

use rust_decimal::Decimal;

use crate::audit::{Comparable, ComparedAbout, FactAudit};
use crate::line_ids::{PLANNED, RowFact, SPENT};
use crate::quantity::{Money, MoneyUnit};
use crate::rulebook::{Declared, Scorecard};
use crate::submission::declared::DeclaredForm;
use crate::submission::names::key;

/// The only certain value of a fact, with its place; none where several values may be it.
fn only<'f>(facts: &'f [FactAudit], id: &str) -> Option<(Decimal, &'f FactAudit)> {
    let mut own = facts.iter().filter(|fact| fact.id == id && fact.candidate);
    let first = own.next().filter(|fact| fact.certain)?;
    let is_same = own.all(|other| other.certain && other.value == first.value);
    let value = Decimal::from_str_exact(&first.value).ok()?;
    is_same.then_some((value, first))
}

/// The unit of percentages, as facts have it.
const PERCENT: &str = "%";

/// An amount in 万元; none where the fact is no amount.
fn amount((value, fact): (Decimal, &FactAudit)) -> Option<(Decimal, &FactAudit)> {
    let units =
        [MoneyUnit::Yuan, MoneyUnit::ThousandYuan, MoneyUnit::WanYuan, MoneyUnit::MillionYuan, MoneyUnit::YiYuan];
    let unit = units.into_iter().find(|unit| fact.unit.as_deref() == Some(unit.name()))?;
    Some((Money { value, unit: Some(unit) }.to(MoneyUnit::WanYuan, unit)?, fact))
}

/// What a card says that project forms speak of, too.
pub fn of_card(card: &Scorecard, facts: &[FactAudit]) -> Vec<Comparable> {
    let of = |id: &Option<String>| only(facts, id.as_ref()?);
    let projects = &card.projects;
    let figure = |about, (value, fact): (Decimal, &FactAudit)| Comparable { about, value, source: fact.source.clone() };
    let spent = || {
        let ((budget, _), (rate, fact)) = (of(&projects.budget).and_then(amount)?, of(&projects.execution_rate)?);
        let spent = budget.checked_mul(rate)?.checked_div(Decimal::ONE_HUNDRED)?;
        Some(figure(ComparedAbout::Spent, (spent, fact)))
    };
    [
        of(&projects.count).map(|known| figure(ComparedAbout::Projects, known)),
        of(&projects.budget).and_then(amount).map(|known| figure(ComparedAbout::Budget, known)),
        spent(),
        of(&projects.satisfaction).map(|known| figure(ComparedAbout::Satisfaction, known)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What a project form says that its department's card speaks of, too.
pub fn of_form(declared: &Declared, form: &DeclaredForm, facts: &[FactAudit]) -> Vec<Comparable> {
    let figure = |about, (value, fact): (Decimal, &FactAudit)| Comparable { about, value, source: fact.source.clone() };
    let amounts = [(ComparedAbout::Budget, PLANNED), (ComparedAbout::Spent, SPENT)];
    let amounts = amounts.into_iter().filter_map(|(about, id)| Some(figure(about, only(facts, id).and_then(amount)?)));
    let section = declared.satisfaction.as_deref().map(key);
    let is_asked =
        |above: &[String]| section.as_ref().is_some_and(|name| above.iter().any(|above| key(above) == *name));
    let rows = form.rows.iter().filter(|row| is_asked(&row.above));
    let satisfied = rows.filter_map(|row| {
        let known = only(facts, &row.fact_id(RowFact::Actual))?;
        (known.1.unit.as_deref() == Some(PERCENT)).then(|| figure(ComparedAbout::Satisfaction, known))
    });
    amounts.chain(satisfied).collect()
}
