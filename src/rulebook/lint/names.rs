//! Names that collide, phrases that read each other's sentences, facts that nothing uses.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::rulebook::cursor::Page;
use crate::rulebook::model::*;

/// All names of a card.
pub(super) fn lint(card: &Scorecard, page: &Page<'_>) {
    let facts = card.facts.iter().map(|fact| (format!("fact:{}", fact.id), fact.label.as_str(), &fact.aliases[..]));
    collisions(facts, "label", page);
    let indicators = card
        .indicators
        .iter()
        .map(|indicator| (format!("indicator:{}", indicator.id), indicator.name.as_str(), &indicator.aliases[..]));
    collisions(indicators, "name", page);
    let sections = card
        .sections
        .iter()
        .map(|section| (format!("section:{}", section.id), section.name.as_str(), &section.aliases[..]));
    collisions(sections, "name", page);
    phrases(card, page);
    unused(card, page);
}

/// A name without what people add to it: width, spaces, punctuation.
fn folded(name: &str) -> String {
    name.nfkc().filter(|c| c.is_alphanumeric() || *c == '%').flat_map(char::to_lowercase).collect()
}

/// Two things with one name cannot be told apart.
fn collisions<'a>(things: impl Iterator<Item = (String, &'a str, &'a [String])>, field: &str, page: &Page<'_>) {
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    for (path, name, aliases) in things {
        let named = std::iter::once((name, format!("{path}.{field}")));
        let others = aliases.iter().map(|alias| (alias.as_str(), format!("{path}~{alias}")));
        for (name, place) in named.chain(others) {
            if let Some(other) = taken.insert(folded(name), path.clone()) {
                let other = other.split_once(':').map_or("", |(_, id)| id).to_owned();
                page.flaw("name-taken", &page.place(&place), vec![("name", name.to_owned()), ("other", other)]);
            }
        }
    }
}

/// A phrase of one fact that stands whole in another's would read the other's sentences.
fn phrases(card: &Scorecard, page: &Page<'_>) {
    let all: Vec<(&Fact, &String, String)> = card
        .facts
        .iter()
        .flat_map(|fact| fact.phrases.iter().chain(&fact.denials).map(move |phrase| (fact, phrase, spaceless(phrase))))
        .collect();
    for (fact, phrase, spelled) in &all {
        let other = all.iter().find(|(other, _, longer)| other.id != fact.id && longer.contains(spelled.as_str()));
        if let Some((other, longer, _)) = other {
            let place = page.place(&format!("fact:{}~{phrase}", fact.id));
            let holes =
                vec![("phrase", (*phrase).clone()), ("other", other.label.clone()), ("longer", (*longer).clone())];
            page.flaw("phrase-shared", &place, holes);
        }
    }
}

fn spaceless(phrase: &str) -> String {
    phrase.chars().filter(|c| !c.is_whitespace() && !matches!(c, '“' | '”' | '"')).collect()
}

/// Facts that no rule, condition or table uses.
fn unused(card: &Scorecard, page: &Page<'_>) {
    let completion = [&card.completion.budget_total, &card.completion.execution_rate];
    let mut names: Vec<&str> = completion.into_iter().flatten().map(String::as_str).collect();
    for reading in card.indicators.iter().flat_map(|indicator| &indicator.readings) {
        names.extend(reading.zero_when.iter().chain(&reading.full_when).flat_map(Condition::names));
        for criterion in &reading.criteria {
            names.extend(criterion.rule.names());
            names.extend(criterion.conditions().flat_map(Condition::names));
        }
    }
    for fact in card.facts.iter().filter(|fact| !names.contains(&fact.id.as_str())) {
        let place = page.place(&format!("fact:{}", fact.id));
        page.flaw("fact-unused", &place, vec![("fact", fact.label.clone())]);
    }
}
