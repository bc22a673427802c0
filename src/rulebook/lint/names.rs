//! Names that collide, and facts that nothing uses.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::phrases;
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
    phrases::lint(card, page);
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
        for (name, place) in named.chain(others).filter(|(name, _)| !folded(name).is_empty()) {
            if let Some(other) = taken.insert(folded(name), path.clone()) {
                let other = other.split_once(':').map_or("", |(_, id)| id).to_owned();
                page.flaw("name-taken", &page.place(&place), vec![("name", name.to_owned()), ("other", other)]);
            }
        }
    }
}

/// Facts that no rule, condition or table uses.
pub(super) fn lint_unused(card: &Scorecard, page: &Page<'_>) {
    let completion = [&card.completion.budget_total, &card.completion.execution_rate];
    let projects = &card.projects;
    let of_projects = [&projects.count, &projects.budget, &projects.execution_rate, &projects.satisfaction];
    let tables = completion.into_iter().chain(of_projects);
    let mut names: BTreeSet<&str> = tables.flatten().map(String::as_str).collect();
    names.extend(card.indicators.iter().flat_map(|indicator| &indicator.readings).flat_map(Reading::names));
    for fact in card.facts.iter().filter(|fact| !names.contains(&fact.id.as_str())) {
        let place = page.place(&format!("fact:{}", fact.id));
        page.flaw("fact-unused", &place, vec![("fact", fact.label.clone())]);
    }
}
