//! What would turn a range into a number, as it stands in the sentence of a disputed score.

use crate::phrase::{Phrase, Term};
use crate::rulebook::Scorecard;

/// All entries of `settled_by`: a fact's label, its evidence, the value to be told, or a judgement.
pub fn settled_list(card: &Scorecard, items: &[String]) -> Term {
    items.iter().map(|item| settled(card, item)).collect::<Vec<_>>().into()
}

fn settled(card: &Scorecard, item: &str) -> Phrase {
    let of_fact = |says: &'static str, fact: &str| {
        let known = card.facts.iter().find(|known| known.id == fact);
        Phrase::new(says).with("fact", known.map_or(fact, |known| known.label.as_str()))
    };
    match item.split_once(':') {
        Some(("evidence", fact)) => of_fact("finding.settled-evidence", fact),
        Some(("conflict", fact)) => of_fact("finding.settled-conflict", fact),
        None if item == "judgement" => Phrase::new("finding.settled-judgement"),
        _ => of_fact("finding.settled-fact", item),
    }
}

/// All entries of a declared row's `settled_by`; the row itself is not named.
pub fn settled_of_row(items: &[String]) -> Term {
    let part = |item: &String| match item.split_once(':') {
        Some(_) => Phrase::new("finding.settled-form-unit"),
        None => Phrase::new(format!("finding.settled-form-{}", item.rsplit('.').next().unwrap_or(item))),
    };
    items.iter().map(part).collect::<Vec<_>>().into()
}
