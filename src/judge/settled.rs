//! What would turn a range into a number, in words.

use crate::facts::list;
use crate::rulebook::Scorecard;
use crate::text::Language;

/// One entry of `settled_by` in words: a fact's label, its evidence, the value to be told, or a judgement.
pub fn settled_in_words(card: &Scorecard, item: &str, language: Language) -> String {
    let label = |fact: &str| {
        let known = card.facts.iter().find(|known| known.id == fact);
        known.map_or_else(|| fact.to_owned(), |known| known.label.clone())
    };
    match item.split_once(':') {
        Some(("evidence", fact)) => language.say("finding.settled-evidence", &[("fact", &label(fact))]),
        Some(("conflict", fact)) => language.say("finding.settled-conflict", &[("fact", &label(fact))]),
        None if item == "judgement" => language.word("finding.settled-judgement"),
        _ => language.say("finding.settled-fact", &[("fact", &label(item))]),
    }
}

/// All entries of `settled_by` in one line.
pub fn settled_list(card: &Scorecard, items: &[String], language: Language) -> String {
    let words: Vec<String> = items.iter().map(|item| settled_in_words(card, item, language)).collect();
    list(&words, language)
}

/// One entry of a declared row's `settled_by` in words; the row itself is not named.
pub fn settled_of_row(item: &str, language: Language) -> String {
    let part = match item.split_once(':') {
        Some(_) => "unit",
        None => item.rsplit('.').next().unwrap_or(item),
    };
    language.word(&format!("finding.settled-form-{part}"))
}
