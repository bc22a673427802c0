//! The cases of an indicator: each reading with each combination of conflicting candidates, as the engine sums them.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::audit::IndicatorAudit;
use crate::facts::known::{Candidate, CandidateValue, Facts, Known};
use crate::rescore::{Range, range_under};
use crate::rulebook::{Indicator, Scorecard};
use crate::rules::live::Slot;

/// More cases than this are not laid out one by one.
const MOST: usize = 64;

/// Digits of a number that a spreadsheet keeps: a binary float of 64 bits holds fifteen.
const DIGITS_MAX: usize = 15;

/// One value that a fact may have, and the cells it stands in.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The cells.
    pub slot: Slot,
    /// What is known with it; none where the rulebook presumes the answer.
    pub known: Option<Known>,
}

impl Choice {
    /// A value that stands in a cell, or one that the cell waits for.
    pub fn new(slot: Slot, value: Option<CandidateValue>, evidence: bool) -> Self {
        let candidates = value.map(|value| Candidate { value, evidence }).into_iter().collect();
        Self { slot, known: Some(Known { candidates, ..Known::default() }) }
    }

    /// The value, if one is known.
    pub fn value(&self) -> Option<&CandidateValue> {
        self.known.as_ref()?.candidates.first().map(|candidate| &candidate.value)
    }

    /// Evidence that is named in a further cell.
    pub fn add_evidence(&mut self, cell: &str, is_named: bool) {
        self.slot.evidence = format!("{}&{cell}", self.slot.evidence);
        for candidate in self.known.iter_mut().flat_map(|known| &mut known.candidates) {
            candidate.evidence |= is_named;
        }
    }

    /// False where a spreadsheet would keep another number.
    fn fits(&self) -> bool {
        match self.value() {
            Some(CandidateValue::Number(number)) => fits(*number),
            _ => true,
        }
    }
}

fn fits(number: Decimal) -> bool {
    number.normalize().mantissa().unsigned_abs().to_string().len() <= DIGITS_MAX
}

/// Why an indicator is shown without formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotLive {
    /// More cases than are laid out.
    TooMany,
    /// A spreadsheet would not keep its numbers, or its cases do not add up to the audit's range.
    Otherwise,
}

/// The choices of every fact, by id; never an empty list.
pub type Choices = BTreeMap<String, Vec<Choice>>;

/// One reading with one value of each fact.
#[derive(Debug, Clone)]
pub struct Alternative {
    /// Index of the reading.
    pub reading: usize,
    /// The chosen value of each fact that has several.
    pub chosen: BTreeMap<String, usize>,
    /// Low and high of each criterion before any rounding, as their formulas give them.
    pub criteria: Vec<(Decimal, Decimal)>,
    /// Lowest score.
    pub low: Decimal,
    /// Highest score; none where the points are not known.
    pub high: Option<Decimal>,
}

impl Alternative {
    /// The default reading with the first value of everything.
    pub fn is_plain(&self) -> bool {
        self.reading == 0 && self.chosen.values().all(|choice| *choice == 0)
    }
}

/// Every case of an indicator. `chosen`: the only reading that counts, where a reviewer has chosen one.
pub fn of(
    card: &Scorecard,
    rules: &Indicator,
    choices: &Choices,
    audited: &IndicatorAudit,
    chosen: Option<usize>,
) -> Result<Vec<Alternative>, NotLive> {
    let combinations = combinations(rules, choices);
    if combinations.len() * rules.readings.len() > MOST {
        return Err(NotLive::TooMany);
    }
    let mut cases = Vec::new();
    for reading in 0..rules.readings.len() {
        cases.extend(combinations.iter().map(|chosen| case(card, rules, choices, reading, chosen)));
    }
    let names: BTreeSet<&str> = rules.names().collect();
    let used = choices.iter().filter(|(fact, _)| names.contains(fact.as_str())).flat_map(|(_, several)| several);
    let fits = rules.points.into_iter().chain(ends_of_spans(rules)).all(fits) && used.into_iter().all(Choice::fits);
    let counting = || cases.iter().filter(|case| chosen.is_none_or(|chosen| chosen == case.reading));
    let low = counting().map(|case| case.low).min();
    let high = counting().map(|case| case.high).max();
    let adds_up = low == Some(audited.low) && high == Some(audited.high);
    if fits && adds_up { Ok(cases) } else { Err(NotLive::Otherwise) }
}

/// Both ends of every target that has two.
fn ends_of_spans(rules: &Indicator) -> impl Iterator<Item = Decimal> {
    let criteria = rules.readings.iter().flat_map(|reading| &reading.criteria);
    criteria.filter_map(|criterion| criterion.rule.parameters().ends()).flatten()
}

/// Every choice of values for the facts that have several.
fn combinations(rules: &Indicator, choices: &Choices) -> Vec<BTreeMap<String, usize>> {
    let mut combinations = vec![BTreeMap::new()];
    let names: BTreeSet<&str> = rules.names().collect();
    for (fact, several) in choices.iter().filter(|(_, several)| several.len() > 1) {
        if !names.contains(fact.as_str()) || combinations.len() > MOST {
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
) -> Alternative {
    let rule = &rules.readings[reading];
    let names: BTreeSet<&str> = rule.names().collect();
    let Range { low, high, ends } = range_under(card, rules, rule, &facts(&names, choices, chosen));
    Alternative { reading, chosen: chosen.clone(), criteria: ends, low, high }
}

fn facts(names: &BTreeSet<&str>, choices: &Choices, chosen: &BTreeMap<String, usize>) -> Facts {
    let used = choices.iter().filter(|(fact, _)| names.contains(fact.as_str()));
    let choice = |(fact, several): (&String, &Vec<Choice>)| {
        let choice = several.get(chosen.get(fact).copied().unwrap_or(0))?;
        Some((fact.clone(), choice.known.clone()?))
    };
    used.filter_map(choice).collect()
}
