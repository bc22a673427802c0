//! The card that a form's filer wrote, read back from the form's audit: its lines as indicators, its cells as facts.

use rust_decimal::Decimal;

use crate::audit::{Audit, DeclaredLine, FactAudit, IndicatorAudit, Measure};
use crate::contract::WAN_YUAN;
use crate::line_ids::{PLANNED, RowFact, SPENT};
use crate::quantity::Quantity;
use crate::rulebook::{Completion, Declared, Fact, FactKind, Indicator, Rule, Scorecard};
use crate::rules::{Judgement, LevelRule, SpanRule};
use crate::submission::declared::{budget_rule, form_fact, form_line};

/// The card of a form. A line whose measure the audit does not tell has no rules in it.
pub fn filers_card(declared: &Declared, audit: &Audit) -> Scorecard {
    let told = || audit.indicators.iter().filter_map(|line| Some((line, line.declared.as_ref()?)));
    Scorecard {
        sections: Vec::new(),
        facts: told().flat_map(|(line, how)| facts(declared, audit, line, how)).collect(),
        indicators: told().map(|(line, how)| indicator(declared, audit, line, how)).collect(),
        completion: Completion::default(),
        projects: Box::default(),
        is_filers: true,
    }
}

/// The ids of what a line is to reach and of what it reached.
pub fn target_and_actual(line: &str, measure: Option<Measure>) -> [String; 2] {
    match measure {
        Some(Measure::Budget) => [PLANNED.to_owned(), SPENT.to_owned()],
        _ => [RowFact::Target.of(line), RowFact::Actual.of(line)],
    }
}

/// The id of the direction of a target that is written without a sign.
pub fn direction_of(line: &str) -> String {
    RowFact::Sign.of(line)
}

/// The values of a fact that may be used, in the audit's order.
pub fn values_of<'a>(audit: &'a Audit, id: &str) -> Vec<&'a FactAudit> {
    audit.facts.iter().filter(|fact| fact.id == id && fact.candidate).collect()
}

fn indicator(declared: &Declared, audit: &Audit, line: &IndicatorAudit, how: &DeclaredLine) -> Indicator {
    form_line(&line.id, &line.name, line.points, rules(declared, audit, &line.id, how))
}

/// The rule under every reading, each with the id and the words of the reading.
fn rules<'a>(declared: &'a Declared, audit: &Audit, line: &str, how: &DeclaredLine) -> Vec<(&'a str, &'a str, Rule)> {
    let [target, actual] = target_and_actual(line, Some(how.measure));
    let unit = |id: &str| unit_of(audit, id);
    let only = |rule| vec![("", "", rule)];
    match how.measure {
        Measure::Budget => only(budget_rule()),
        Measure::Number => declared.target_rules(line, how.sign, &unit(&target)),
        Measure::Span => match numbers(audit, &target).as_slice() {
            [low, high] => {
                let end = |value: &Decimal| Quantity { value: *value, unit: unit(&target), ..Quantity::default() };
                let ends = Box::new([end(low), end(high)]);
                only(SpanRule { target, ends, actual }.into())
            }
            _ => only(Judgement.into()),
        },
        Measure::Level => only(LevelRule { target, fact: actual, levels: declared.levels.clone() }.into()),
        Measure::Judged => only(Judgement.into()),
    }
}

fn numbers(audit: &Audit, id: &str) -> Vec<Decimal> {
    values_of(audit, id).iter().filter_map(|fact| Decimal::from_str_exact(&fact.value).ok()).collect()
}

fn unit_of(audit: &Audit, id: &str) -> String {
    values_of(audit, id).first().and_then(|fact| fact.unit.clone()).unwrap_or_default()
}

/// The cells of a line that people may fill in.
fn facts(declared: &Declared, audit: &Audit, line: &IndicatorAudit, how: &DeclaredLine) -> Vec<Fact> {
    let ids = target_and_actual(&line.id, Some(how.measure));
    let number = |id: String| FactKind::Declared { unit: unit_of(audit, &id) };
    match how.measure {
        Measure::Budget => ids.map(|id| form_fact(id, FactKind::Money { unit: WAN_YUAN.to_owned() })).to_vec(),
        Measure::Number | Measure::Span => {
            let direction = form_fact(direction_of(&line.id), FactKind::Choice { options: Vec::new() });
            let open = (how.measure == Measure::Number && how.sign.is_none()).then_some(direction);
            ids.map(|id| form_fact(id.clone(), number(id))).into_iter().chain(open).collect()
        }
        Measure::Level => {
            let options = declared.levels.iter().map(|level| level.name.clone()).collect();
            let [_, actual] = ids;
            vec![form_fact(actual, FactKind::Choice { options })]
        }
        Measure::Judged => Vec::new(),
    }
}
