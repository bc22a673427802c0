//! The cases of an indicator: facts and the score that the clause gives them.
//!
//! 是 in a case stands with its evidence, `是（无佐证）` without; a percentage is written as one (`"27.22%"`), so that
//! 0.9 can never be taken for 90%; a list in brackets holds several candidates; `不适用` is what it says.

use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::DeValue;

use super::cursor::{Fields, Page, Placed, nearest_word, plain_number, with_likeness};
use super::model::*;
use crate::contract::{NO, NOT_APPLICABLE, YES, YES_WITHOUT_EVIDENCE as WITHOUT_EVIDENCE};
use crate::facts::known::{Candidate, CandidateValue, Facts, Known};

/// Every case of an indicator.
pub(super) fn cases(fields: &Fields<'_>, indicator: &str, facts: &[Fact]) -> Vec<Case> {
    fields
        .tables("cases")
        .iter()
        .enumerate()
        .map(|(at, table)| case(table, &format!("{indicator}/{at}"), facts))
        .collect()
}

fn case(fields: &Fields<'_>, path: &str, facts: &[Fact]) -> Case {
    let case = Case {
        says: fields.text_option("says").map_or_else(String::new, |says| says.value),
        facts: case_facts(fields, path, facts),
        score: score(fields, path),
        readings: readings(fields, path),
    };
    fields.page.mark(format!("case:{path}"), &fields.span);
    fields.finish();
    case
}

fn case_facts(fields: &Fields<'_>, path: &str, facts: &[Fact]) -> Facts {
    let Some(table) = fields.table_option("facts") else {
        if fields.raw("facts").is_none() {
            fields.missing("facts");
        }
        return Facts::new();
    };
    let given = table.named_values();
    given
        .iter()
        .filter_map(|(name, value)| Some((name.value.clone(), known(&table, path, name, value, facts)?)))
        .collect()
}

fn known(
    table: &Fields<'_>,
    path: &str,
    name: &Placed<String>,
    value: &Spanned<DeValue<'_>>,
    facts: &[Fact],
) -> Option<Known> {
    table.page.mark(format!("case-fact:{path}/{}", name.value), &name.span);
    let Some(fact) = facts.iter().find(|fact| fact.id == name.value) else {
        let nearest = nearest_word(&name.value, facts.iter().map(|fact| fact.id.as_str()));
        table.page.tell("unknown-name", &name.span, with_likeness(vec![("name", name.value.clone())], nearest));
        return None;
    };
    if value.get_ref().as_str() == Some(NOT_APPLICABLE) {
        return Some(Known { not_applicable: true, ..Known::default() });
    }
    let candidates = match value.get_ref().as_array() {
        Some(several) => several.iter().filter_map(|one| candidate(table.page, one, fact)).collect(),
        None => candidate(table.page, value, fact).into_iter().collect(),
    };
    Some(Known { candidates, ..Known::default() })
}

fn candidate(page: &Page<'_>, value: &Spanned<DeValue<'_>>, fact: &Fact) -> Option<Candidate> {
    let read = match &fact.kind {
        FactKind::YesNo | FactKind::Choice { .. } => value.get_ref().as_str().and_then(|word| answer(word, &fact.kind)),
        FactKind::Percent { .. } => value.get_ref().as_str().and_then(percentage).map(figure),
        FactKind::Money { .. } | FactKind::Declared { .. } | FactKind::Count { .. } => {
            plain_number(value.get_ref()).map(figure)
        }
    };
    if read.is_none() {
        page.flaw("case-value", &value.span(), vec![("fact", fact.label.clone()), ("known", manner(&fact.kind))]);
    }
    read
}

fn answer(word: &str, kind: &FactKind) -> Option<Candidate> {
    let (word, evidence) = match word {
        WITHOUT_EVIDENCE => (YES, false),
        word => (word, true),
    };
    let known = kind.answers().contains(&word);
    known.then(|| Candidate { value: CandidateValue::Answer(word.to_owned()), evidence })
}

fn percentage(text: &str) -> Option<Decimal> {
    Decimal::from_str_exact(text.trim().strip_suffix(['%', '％'])?.trim()).ok()
}

fn figure(number: Decimal) -> Candidate {
    Candidate { value: CandidateValue::Number(number), evidence: false }
}

/// How a value of this kind is written in a case.
fn manner(kind: &FactKind) -> String {
    match kind {
        FactKind::YesNo => format!("\"{YES}\"、\"{WITHOUT_EVIDENCE}\"、\"{NO}\""),
        FactKind::Choice { options } => options.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join("、"),
        FactKind::Percent { .. } => "\"27.22%\"".to_owned(),
        FactKind::Money { .. } | FactKind::Declared { .. } => "1234.56".to_owned(),
        FactKind::Count { .. } => "3".to_owned(),
    }
}

fn score(fields: &Fields<'_>, path: &str) -> Span {
    let Some(value) = fields.raw("score") else {
        fields.missing("score");
        return Span::default();
    };
    fields.page.mark(format!("case-score:{path}"), &value.span());
    span(fields.page, "score", value)
}

fn readings(fields: &Fields<'_>, path: &str) -> Vec<(String, Span)> {
    let Some(table) = fields.table_option("readings") else {
        return Vec::new();
    };
    let expected = |(name, value): &(Placed<String>, &Spanned<DeValue<'_>>)| {
        table.page.mark(format!("case-score:{path}/{}", name.value), &name.span);
        (name.value.clone(), span(table.page, &name.value, value))
    };
    table.named_values().iter().map(expected).collect()
}

/// `3`, or `[0, 3]`.
fn span(page: &Page<'_>, field: &str, value: &Spanned<DeValue<'_>>) -> Span {
    let read = match value.get_ref().as_array().map(|ends| ends.iter().collect::<Vec<_>>()) {
        None => plain_number(value.get_ref()).map(|score| Span { low: score, high: score }),
        Some(ends) => match ends[..] {
            [low, high] => plain_number(low.get_ref())
                .zip(plain_number(high.get_ref()))
                .map(|(low, high)| Span { low, high })
                .filter(|span| span.low <= span.high),
            _ => None,
        },
    };
    read.unwrap_or_else(|| {
        page.flaw("case-score", &value.span(), vec![("field", field.to_owned())]);
        Span::default()
    })
}
