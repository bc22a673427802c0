//! The cases of a rulebook: every one is computed, and has to give the score that was done by hand.

use super::spot::figure;
use crate::phrase::Term;
use crate::rescore::rescore;
use crate::rulebook::cursor::Page;
use crate::rulebook::model::*;

/// Every case of an indicator.
pub(super) fn lint(card: &Scorecard, indicator: &Indicator, page: &Page<'_>) {
    for (at, case) in indicator.cases.iter().enumerate() {
        let path = format!("{}/{at}", indicator.id);
        strangers(indicator, case, &path, page);
        computed(card, indicator, case, &path, page);
    }
}

/// Facts that the indicator does not use, and readings that it does not have.
fn strangers(indicator: &Indicator, case: &Case, path: &str, page: &Page<'_>) {
    let names: Vec<&str> = indicator.readings.iter().flat_map(Reading::names).collect();
    for fact in case.facts.keys().filter(|fact| !names.contains(&fact.as_str())) {
        let holes = vec![("name", fact.clone()), ("indicator", indicator.name.clone())];
        page.flaw("case-fact-unused", &page.place(&format!("case-fact:{path}/{fact}")), holes);
    }
    for (id, _) in &case.readings {
        if !indicator.readings.iter().any(|reading| reading.id == *id) {
            let holes = vec![("word", id.clone()), ("indicator", indicator.name.clone())];
            page.flaw("unknown-reading", &page.place(&format!("case-score:{path}/{id}")), holes);
        }
    }
}

fn computed(card: &Scorecard, indicator: &Indicator, case: &Case, path: &str, page: &Page<'_>) {
    let rescored = rescore(card, indicator, &case.facts);
    for range in &rescored.readings {
        let named = case.readings.iter().find(|(id, _)| *id == range.id);
        let expected = named.map_or(case.score, |(_, span)| *span);
        let found = Span { low: range.low, high: range.high };
        if expected == found {
            continue;
        }
        let place = match named {
            Some((id, _)) => page.place(&format!("case-score:{path}/{id}")),
            None => page.place(&format!("case-score:{path}")),
        };
        let reading = indicator.readings.iter().find(|reading| reading.id == range.id);
        let holes: Vec<(&str, Term)> = vec![
            ("case", title(case).into()),
            ("reading", reading.map_or_else(Term::nothing, |reading| reading.says.clone().into())),
            ("expected", written(expected).into()),
            ("found", written(found).into()),
            ("working", Term::joined(rescored.working.clone(), "working.then")),
        ];
        page.tell(if range.id.is_empty() { "case-differs" } else { "case-differs-in-reading" }, &place, holes);
    }
}

/// What the case shows; without words of its own, its facts.
fn title(case: &Case) -> String {
    if case.says.is_empty() { case.facts.keys().cloned().collect::<Vec<_>>().join("、") } else { case.says.clone() }
}

/// `3`, or `0～3`.
fn written(span: Span) -> String {
    if span.low == span.high { figure(span.low) } else { format!("{}～{}", figure(span.low), figure(span.high)) }
}
