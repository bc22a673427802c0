//! What would turn a range into a number, as it stands in the sentence of a disputed score.

use crate::phrase::{Phrase, Term};
use crate::rulebook::Scorecard;
use crate::settled_by::SettledBy;

/// All entries of `settled_by`: a fact's label, its evidence, the value to be told, or a judgement.
pub fn settled_list(card: &Scorecard, items: &[SettledBy]) -> Term {
    items.iter().map(|item| settled(card, item)).collect::<Vec<_>>().into()
}

fn settled(card: &Scorecard, item: &SettledBy) -> Phrase {
    let of_fact = |says: &'static str, fact: &str| {
        let known = card.facts.iter().find(|known| known.id == fact);
        Phrase::new(says).with("fact", known.map_or(fact, |known| known.label.as_str()))
    };
    match item {
        SettledBy::Fact(fact) => of_fact("finding.settled-fact", fact),
        SettledBy::Evidence(fact) => of_fact("finding.settled-evidence", fact),
        SettledBy::Conflict(fact) => of_fact("finding.settled-conflict", fact),
        SettledBy::Confirm(fact) => of_fact("finding.settled-confirm", fact),
        SettledBy::Judgement => Phrase::new("finding.settled-judgement"),
        SettledBy::Row(..) => of_row(item),
    }
}

/// All entries of a declared row's `settled_by`; the row itself is not named.
pub fn settled_of_row(items: &[SettledBy]) -> Term {
    items.iter().map(of_row).collect::<Vec<_>>().into()
}

fn of_row(item: &SettledBy) -> Phrase {
    match item {
        SettledBy::Judgement => Phrase::new("finding.settled-form-judgement"),
        SettledBy::Row(_, lack) => Phrase::new(format!("finding.settled-form-{}", lack.as_str())),
        // A row has no facts of a card: only a stored line of somebody else can name one.
        SettledBy::Fact(fact) | SettledBy::Evidence(fact) | SettledBy::Conflict(fact) | SettledBy::Confirm(fact) => {
            Phrase::new("finding.settled-fact").with("fact", fact)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rulebook::builtin;
    use crate::text::Language;

    #[test]
    fn what_would_settle_a_score_is_said_with_the_labels_of_the_card() {
        let rulebook = builtin("shenzhen-2020").expect("a rulebook without flaws");
        let card = rulebook.card().expect("a card");
        for (item, words) in [
            ("procurement_plan", "“政府采购计划金额”"),
            ("evidence:assets_kept", "“资产配置合理且账实相符”的佐证材料"),
            ("conflict:staff_quota", "“核定编制数”的确切内容"),
            ("confirm:staff_quota", "所找到的数据是否为“核定编制数”"),
            ("judgement", "专家评定"),
            ("no_fact_of_it", "“no_fact_of_it”"),
        ] {
            let item = SettledBy::from(item);
            assert_eq!(Language::Zh.term(&settled_list(card, std::slice::from_ref(&item))), words, "{item}");
        }
    }
}
