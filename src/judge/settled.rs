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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rulebook::{Form, builtin};

    #[test]
    fn what_would_settle_a_score_is_said_with_the_labels_of_the_card() {
        let rulebook = builtin("shenzhen-2020").expect("a rulebook without flaws");
        let Form::Scorecard(card) = &rulebook.form else { panic!("a card") };
        for (item, words) in [
            ("procurement_plan", "“政府采购计划金额”"),
            ("evidence:assets_kept", "“资产配置合理且账实相符”的佐证材料"),
            ("conflict:staff_quota", "“核定编制数”以何处为准"),
            ("judgement", "专家评判"),
            ("no_fact_of_it", "“no_fact_of_it”"),
        ] {
            assert_eq!(settled_in_words(card, item, Language::Zh), words, "{item}");
        }
    }
}
