//! The cases of an indicator: each reading with each combination of conflicting candidates, as the engine sums them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::audit::IndicatorAudit;
use crate::facts::known::{Candidate, CandidateValue, Facts, Known};
use crate::rescore::rescore;
use crate::rulebook::{Indicator, Scorecard};

use super::formula::Slot;

/// More cases than this are not laid out one by one.
const MOST: usize = 64;

/// One value that a fact may have, and the cells it stands in.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The cells.
    pub slot: Slot,
    /// The value; none: not known.
    pub value: Option<CandidateValue>,
    /// Whether evidence is named.
    pub evidence: bool,
    /// The rulebook presumes the answer.
    pub presumed: bool,
}

/// The choices of every fact, by id; never an empty list.
pub type Choices = BTreeMap<String, Vec<Choice>>;

/// One reading with one value of each fact.
#[derive(Debug, Clone)]
pub struct Case {
    /// Index of the reading.
    pub reading: usize,
    /// The chosen value of each fact that has several.
    pub chosen: BTreeMap<String, usize>,
    /// Low and high of each criterion before any rounding, as their formulas give them.
    pub criteria: Vec<(Decimal, Decimal)>,
    /// Lowest score.
    pub low: Decimal,
    /// Highest score.
    pub high: Decimal,
}

impl Case {
    /// The default reading with the first value of everything.
    pub fn is_plain(&self) -> bool {
        self.reading == 0 && self.chosen.values().all(|choice| *choice == 0)
    }
}

/// Every case of an indicator; none where there are too many, or where they do not add up to the audit's range.
pub fn of(card: &Scorecard, rules: &Indicator, choices: &Choices, audited: &IndicatorAudit) -> Option<Vec<Case>> {
    let combinations = combinations(rules, choices);
    if combinations.len() * rules.readings.len() > MOST {
        return None;
    }
    let mut cases = Vec::new();
    for reading in 0..rules.readings.len() {
        cases.extend(combinations.iter().map(|chosen| case(card, rules, choices, reading, chosen)));
    }
    let low = cases.iter().map(|case| case.low).min()?;
    let high = cases.iter().map(|case| case.high).max()?;
    (low == audited.low && Some(high) == audited.high).then_some(cases)
}

/// Every choice of values for the facts that have several.
fn combinations(rules: &Indicator, choices: &Choices) -> Vec<BTreeMap<String, usize>> {
    let mut combinations = vec![BTreeMap::new()];
    for (fact, several) in choices.iter().filter(|(_, several)| several.len() > 1) {
        let used = rules.uses(fact);
        if !used || combinations.len() > MOST {
            continue;
        }
        let longer = |chosen: &BTreeMap<String, usize>| {
            let chosen = chosen.clone();
            (0..several.len()).map(move |choice| {
                let mut longer = chosen.clone();
                longer.insert(fact.clone(), choice);
                longer
            })
        };
        combinations = combinations.iter().flat_map(longer).collect();
    }
    combinations
}

fn case(
    card: &Scorecard,
    rules: &Indicator,
    choices: &Choices,
    reading: usize,
    chosen: &BTreeMap<String, usize>,
) -> Case {
    let only = Indicator { readings: vec![rules.readings[reading].clone()], ..rules.clone() };
    let rescored = rescore(card, &only, &facts(choices, chosen));
    let high = rescored.high.unwrap_or_default();
    Case { reading, chosen: chosen.clone(), criteria: rescored.ends, low: rescored.low, high }
}

fn facts(choices: &Choices, chosen: &BTreeMap<String, usize>) -> Facts {
    let mut facts = Facts::new();
    for (fact, several) in choices {
        let Some(choice) = several.get(chosen.get(fact).copied().unwrap_or(0)) else { continue };
        if choice.presumed {
            continue;
        }
        let candidate = choice.value.clone().map(|value| Candidate { value, evidence: choice.evidence });
        facts.insert(
            fact.clone(),
            Known {
                candidates: candidate.into_iter().collect(),
                not_applicable: false,
                unsettled: false,
                doubtful: false,
            },
        );
    }
    facts
}
