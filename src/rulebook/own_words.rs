//! What a rulebook says in running text: names, clauses, readings, remarks. Departments that repeat it copy from nobody.

use super::{Indicator, Rows, Rulebook, Scorecard};

impl Rulebook {
    /// Every text of the rulebook, as it stands there.
    pub fn own_words(&self) -> Vec<&str> {
        let mut words = vec![self.name.as_str(), &self.source];
        words.extend(self.notes.iter().map(String::as_str));
        match &self.rows {
            Rows::Common(card) => of_card(card, &mut words),
            Rows::Own(declared) => {
                let lists = [&declared.words.titles, &declared.words.guidance, &declared.words.funds];
                words.extend(lists.into_iter().flatten().map(String::as_str));
            }
        }
        words
    }
}

fn of_card<'a>(card: &'a Scorecard, words: &mut Vec<&'a str>) {
    words.extend(card.sections.iter().map(|section| section.name.as_str()));
    card.indicators.iter().for_each(|indicator| of_indicator(indicator, words));
    for fact in &card.facts {
        words.push(&fact.label);
        let lists = [&fact.aliases, &fact.phrases, &fact.denials];
        words.extend(lists.into_iter().flatten().chain(&fact.note).map(String::as_str));
    }
}

fn of_indicator<'a>(indicator: &'a Indicator, words: &mut Vec<&'a str>) {
    words.extend([indicator.name.as_str(), &indicator.group, &indicator.clause]);
    words.extend(indicator.aliases.iter().chain(&indicator.notes).map(String::as_str));
    for reading in &indicator.readings {
        words.push(&reading.says);
        words.extend(reading.criteria.iter().flat_map(|criterion| [criterion.name.as_str(), &criterion.clause]));
    }
}
