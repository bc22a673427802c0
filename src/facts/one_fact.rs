//! One fact heard from all its sources, in their order of trust.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::audit::{Doubt, FactAudit, Finding, Origin, Source};
use crate::checks::register::Code;
use crate::facts::known::{Candidate, CandidateValue, Known};
use crate::phrase::{Hole, Phrase, Term};
use crate::place::SheetOrder;
use crate::rulebook::{Fact, FactKind};
use crate::submission::{CompletionTable, FactSource, FactValue, Quote};

use super::FactsFound;
use super::bounds::{self, NO, within};
use super::shown::{excerpt, place_in_words, value_in_words, value_text};

/// What is heard of one fact so far.
pub struct OneFact<'a> {
    fact: &'a Fact,
    /// Evidence named in the card's own row.
    evidence: Option<&'a str>,
    told: Vec<Told>,
    candidates: Vec<Candidate>,
    not_applicable: bool,
    /// A table says something of it, whether usable or not: the narrative is then no source of its own.
    in_table: bool,
    /// A reviewer said which it is: running text then changes nothing.
    reviewed: bool,
    /// Something was found that is not certainly it, and nothing that is.
    doubtful: bool,
    findings: Vec<Finding>,
}

/// What one source tells.
struct Told {
    /// The value; none for 不适用 and for what cannot be read.
    value: Option<CandidateValue>,
    /// What outputs show in place of a value.
    instead: Term,
    decimals: u32,
    origin: Origin,
    candidate: bool,
    doubt: Option<Doubt>,
    evidence: Option<String>,
    source: Source,
}

impl<'a> OneFact<'a> {
    /// Nothing heard yet.
    pub fn new(fact: &'a Fact, evidence: Option<&'a str>) -> OneFact<'a> {
        OneFact {
            fact,
            evidence: evidence.filter(|_| fact.kind == FactKind::YesNo),
            told: Vec::new(),
            candidates: Vec::new(),
            not_applicable: false,
            in_table: false,
            reviewed: false,
            doubtful: false,
            findings: Vec::new(),
        }
    }

    /// The sources of the base-data table, by place. What is not certainly the fact is told; where nothing else gives it, a
    /// person has to confirm it.
    pub fn hear_tables(&mut self, sources: &[&FactSource]) {
        let (reviewed, others): (Vec<&FactSource>, Vec<&FactSource>) =
            sources.iter().copied().partition(|source| source.origin == Origin::Reviewer);
        if !reviewed.is_empty() {
            // A person said which it is: whatever else stands there is shown, and changes nothing.
            self.reviewed = true;
            others.iter().for_each(|source| self.tell_doubtful(source));
            return self.hear_certain(&reviewed);
        }
        let (doubtful, certain): (Vec<&FactSource>, Vec<&FactSource>) =
            others.into_iter().partition(|source| source.doubt.is_some());
        doubtful.iter().for_each(|source| self.tell_doubtful(source));
        if certain.is_empty() && !doubtful.is_empty() {
            (self.in_table, self.doubtful) = (true, true);
            self.ask_to_confirm(&doubtful);
        }
        self.hear_certain(&certain);
    }

    /// Shows what a doubtful source says, without believing it.
    fn tell_doubtful(&mut self, source: &FactSource) {
        for value in values(&source.value).unwrap_or_default() {
            self.tell(value, source.decimals, source.origin, false, source.evidence.as_deref(), &source.source);
            if let Some(told) = self.told.last_mut() {
                told.doubt = source.doubt;
            }
        }
    }

    /// The one question that a person can answer about doubtful sources.
    fn ask_to_confirm(&mut self, doubtful: &[&FactSource]) {
        let Some(first) = doubtful.first() else { return };
        let told = self.told.iter().filter(|told| told.doubt.is_some());
        let values: Vec<Phrase> = told.map(|told| self.told_in_words(told)).collect();
        let parts: Vec<Decimal> = doubtful.iter().filter_map(|source| part_of(source)).collect();
        let all_parts = parts.len() == doubtful.len() && parts.len() > 1;
        let sum = all_parts.then(|| parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(*part))).flatten();
        let finding = match sum {
            Some(sum) => {
                let sum = value_in_words(&self.fact.kind, &CandidateValue::Number(sum));
                let holes: &[Hole] = &[("fact", &self.fact.label), ("values", &Term::list(&values)), ("sum", &sum)];
                Finding::worded(Code::FactDoubtful, "fact-doubtful-parts", holes)
            }
            None => {
                let doubt = first.doubt.map_or("near-name", Doubt::as_str);
                let written = excerpt(&first.written);
                let why = Phrase::filled(format!("finding.doubt-{doubt}"), &[("written", &written)]);
                let holes: &[Hole] = &[("fact", &self.fact.label), ("values", &Term::list(&values)), ("why", &why)];
                Finding::told(Code::FactDoubtful, holes)
            }
        };
        self.findings.push(finding.at(&first.source));
    }

    fn hear_certain(&mut self, sources: &[&FactSource]) {
        for source in sources {
            self.in_table = true;
            match values(&source.value) {
                Some(values) => self.hear_source(source, values),
                None if source.value == FactValue::NotApplicable => self.hear_not_applicable(source),
                None => self.tell_without_value(source, source.source.text.trim().into()),
            }
        }
        if self.tables_disagree(sources) {
            self.tell_conflict();
        }
        if self.not_applicable {
            // 不适用 beside a figure: neither is believed.
            self.candidates.clear();
            self.told.iter_mut().for_each(|told| told.candidate = false);
        }
    }

    fn hear_source(&mut self, source: &FactSource, values: Vec<CandidateValue>) {
        if !values.iter().any(|value| within(&self.fact.kind, value)) {
            self.tell_out_of_range(&values, &source.source);
        }
        for value in values {
            self.admit(value, source.decimals, source.origin, source.evidence.as_deref(), &source.source);
        }
    }

    fn hear_not_applicable(&mut self, source: &FactSource) {
        self.not_applicable = true;
        self.tell_without_value(source, Term::word("finding.answer-not-applicable"));
        let finding = Finding::told(Code::NotApplicable, &[("fact", &self.fact.label)]);
        self.findings.push(finding.at(&source.source));
    }

    /// Shows a source that gives no value; why, another finding says.
    fn tell_without_value(&mut self, source: &FactSource, instead: Term) {
        self.told.push(Told {
            value: None,
            instead,
            decimals: source.decimals,
            origin: source.origin,
            candidate: false,
            doubt: source.doubt,
            evidence: source.evidence.clone(),
            source: source.source.clone(),
        });
    }

    /// Takes a value in; it becomes a candidate when it is possible and new.
    fn admit(&mut self, value: CandidateValue, decimals: u32, origin: Origin, evidence: Option<&str>, source: &Source) {
        let possible = within(&self.fact.kind, &value);
        let known = self.candidates.iter_mut().find(|candidate| candidate.value == value);
        let candidate = possible && known.is_none();
        let evidence = evidence.or(self.evidence);
        match known {
            Some(known) => known.evidence |= evidence.is_some(),
            None if possible => {
                self.candidates.push(Candidate { value: value.clone(), evidence: evidence.is_some() });
            }
            None => {}
        }
        self.tell(value, decimals, origin, candidate, evidence, source);
    }

    fn tell(
        &mut self,
        value: CandidateValue,
        decimals: u32,
        origin: Origin,
        candidate: bool,
        evidence: Option<&str>,
        source: &Source,
    ) {
        let evidence = evidence.map(str::to_owned);
        self.told.push(Told {
            value: Some(value),
            instead: String::new().into(),
            decimals,
            origin,
            candidate,
            doubt: None,
            evidence,
            source: source.clone(),
        });
    }

    /// True when no value is possible under every table source, or one says 不适用 and another gives a value.
    fn tables_disagree(&self, sources: &[&FactSource]) -> bool {
        let sets: Vec<Vec<CandidateValue>> = sources
            .iter()
            .filter_map(|source| values(&source.value))
            .map(|set| set.into_iter().filter(|value| within(&self.fact.kind, value)).collect::<Vec<_>>())
            .filter(|set| !set.is_empty())
            .collect();
        let shared = |value: &CandidateValue| sets.iter().all(|set| set.contains(value));
        match sets.first() {
            Some(_) if self.not_applicable => true,
            Some(first) => !first.iter().any(shared),
            None => false,
        }
    }

    fn tell_conflict(&mut self) {
        let values: Vec<Phrase> = self.told.iter().map(|told| self.told_in_words(told)).collect();
        let holes: &[Hole] = &[("fact", &self.fact.label), ("values", &Term::list(&values))];
        let finding = Finding::told(Code::FactConflict, holes);
        let first = self.told.first().map(|told| told.source.clone());
        self.findings.push(Finding { source: first, ..finding });
    }

    fn told_in_words(&self, told: &Told) -> Phrase {
        let value = match &told.value {
            Some(value) => value_in_words(&self.fact.kind, value).into(),
            None => told.instead.clone(),
        };
        let place = place_in_words(&told.source);
        Phrase::filled("finding.value-at-place", &[("value", &value), ("place", &place)])
    }

    fn tell_out_of_range(&mut self, values: &[CandidateValue], source: &Source) {
        let shown: Vec<String> = values.iter().map(|value| value_in_words(&self.fact.kind, value)).collect();
        let bounds = bounds::in_words(&self.fact.kind);
        let holes: &[Hole] = &[("fact", &self.fact.label), ("value", &Term::list(&shown)), ("bounds", &bounds)];
        self.findings.push(Finding::told(Code::FactOutOfRange, holes).at(source));
    }

    /// Figures and answers of the narrative: the fact where no table speaks of it, else compared with the tables.
    pub fn hear_narrative(&mut self, quotes: &[&Quote]) {
        for quote in quotes.iter().filter(|quote| !quote.denial) {
            let Some(values) = values(&quote.value) else { continue };
            if quote.other_year.is_some() && !self.in_table {
                // A figure of another year is no source of this one; `year-mismatch` tells it.
            } else if self.reviewed || quote.other_year.is_some() || self.agrees_with_tables(quote, &values) {
                self.only_quote(quote, values);
            } else {
                self.hear_quote(quote, values);
            }
        }
    }

    /// Says that the narrative has it, without believing it.
    fn only_quote(&mut self, quote: &Quote, values: Vec<CandidateValue>) {
        for value in values {
            self.tell(value, quote.decimals, Origin::Narrative, false, None, &quote.source);
        }
    }

    fn hear_quote(&mut self, quote: &Quote, values: Vec<CandidateValue>) {
        let possible = values.iter().any(|value| within(&self.fact.kind, value));
        let known = values.iter().any(|value| self.candidates.iter().any(|candidate| candidate.value == *value));
        let against = self.first_told();
        match against {
            Some(against) if !known => self.tell_narrative_conflict(&values, &against, quote),
            _ if !possible => self.tell_out_of_range(&values, &quote.source),
            _ => {}
        }
        if self.in_table && self.candidates.is_empty() {
            // What the table says is unusable, so the fact stays unknown.
            self.only_quote(quote, values);
            return;
        }
        for value in values {
            self.admit(value, quote.decimals, Origin::Narrative, None, &quote.source);
        }
    }

    fn agrees_with_tables(&self, quote: &Quote, values: &[CandidateValue]) -> bool {
        let tables = self.told.iter().filter(|told| told.origin != Origin::Narrative);
        tables.filter_map(|told| Some((told.value.as_ref()?, told.decimals))).any(|(table, decimals)| {
            values.iter().any(|value| agree(&self.fact.kind, table, decimals, value, quote.decimals))
        })
    }

    /// What the narrative is held against: the first value heard that could be one, else the first.
    fn first_told(&self) -> Option<Phrase> {
        let told = self
            .told
            .iter()
            .find(|told| told.candidate)
            .or_else(|| self.told.iter().find(|told| told.origin != Origin::Narrative && told.value.is_some()))?;
        Some(self.told_in_words(told))
    }

    fn tell_narrative_conflict(&mut self, values: &[CandidateValue], against: &Phrase, quote: &Quote) {
        let shown: Vec<String> = values.iter().map(|value| value_in_words(&self.fact.kind, value)).collect();
        let holes: &[Hole] = &[
            ("fact", &self.fact.label),
            ("value", &Term::list(&shown)),
            ("against", against),
            ("sentence", &excerpt(&quote.sentence)),
        ];
        self.findings.push(Finding::told(Code::NarrativeConflict, holes).at(&quote.source));
    }

    /// The total of planned amounts in the completion table: the fact where nothing else supplies it.
    pub fn hear_completion(&mut self, table: Option<&CompletionTable>) {
        let Some(planned) = table.and_then(|table| table.total.as_ref()).and_then(|total| total.planned.as_ref())
        else {
            return;
        };
        let value = CandidateValue::Number(planned.value);
        let decimals = planned.value.scale();
        let against_narrative = self.told.iter().filter(|told| told.candidate).all(|told| {
            told.value.as_ref().is_some_and(|said| !agree(&self.fact.kind, &value, decimals, said, told.decimals))
        });
        if self.in_table || !against_narrative {
            self.tell(value, decimals, Origin::CompletionTable, false, None, &planned.source);
            return;
        }
        if self.told.iter().any(|told| told.candidate) {
            self.tell_completion_conflict(&value, &planned.source);
        }
        if !within(&self.fact.kind, &value) {
            self.tell_out_of_range(std::slice::from_ref(&value), &planned.source);
        }
        self.admit(value, decimals, Origin::CompletionTable, None, &planned.source);
    }

    /// The narrative gives another total than the completion table: both may be true.
    fn tell_completion_conflict(&mut self, value: &CandidateValue, source: &Source) {
        let Some(said) = self.told.iter().find(|told| told.candidate) else { return };
        let table = value_in_words(&self.fact.kind, value);
        let against =
            Phrase::filled("finding.value-at-place", &[("value", &table), ("place", &place_in_words(source))]);
        let shown = said.value.as_ref().map_or_else(String::new, |value| value_in_words(&self.fact.kind, value));
        let holes: &[Hole] = &[
            ("fact", &self.fact.label),
            ("value", &shown),
            ("against", &against),
            ("sentence", &excerpt(&said.source.text)),
        ];
        let finding = Finding::told(Code::NarrativeConflict, holes).at(&said.source);
        self.findings.push(finding);
    }

    /// Plain denials: a candidate 否 beside an answer that something else gives; alone only quoted.
    pub fn hear_denials(&mut self, quotes: &[&Quote]) {
        let denied = CandidateValue::Answer(NO.to_owned());
        for quote in quotes.iter().filter(|quote| quote.denial) {
            let disputed = self.candidates.iter().any(|candidate| candidate.value != denied);
            if self.reviewed || quote.other_year.is_some() || !disputed {
                self.only_quote(quote, vec![denied.clone()]);
                continue;
            }
            if let Some(against) = self.first_told() {
                self.tell_narrative_conflict(std::slice::from_ref(&denied), &against, quote);
            }
            self.admit(denied.clone(), 0, Origin::Narrative, None, &quote.source);
        }
    }

    /// Hands over what was heard.
    pub fn into_found(self, order: &SheetOrder, found: &mut FactsFound) {
        let fact = self.fact;
        let mut told = self.told;
        told.sort_by_key(|told| order.place(&told.source));
        found.entries.extend(told.into_iter().filter_map(|told| entry(fact, told)));
        found.findings.extend(self.findings.into_iter().map(|finding| finding.of_fact(&fact.id)));
        // An entry without candidates: answered, but with nothing that can be used, so that nothing is presumed.
        if self.in_table || !self.candidates.is_empty() {
            let doubtful = self.doubtful && self.candidates.is_empty();
            let known = Known {
                candidates: self.candidates,
                not_applicable: self.not_applicable,
                doubtful,
                ..Known::default()
            };
            found.known.insert(fact.id.clone(), known);
        }
    }
}

/// A source for the output; one that gives no value in the rulebook's terms is told by its finding alone.
fn entry(fact: &Fact, told: Told) -> Option<FactAudit> {
    let value = told.value.as_ref()?;
    Some(FactAudit {
        id: fact.id.clone(),
        value: value_text(value),
        unit: fact.kind.unit().map(str::to_owned),
        origin: told.origin,
        candidate: told.candidate,
        certain: told.doubt.is_none(),
        why: told.doubt,
        evidence: told.evidence,
        source: told.source,
    })
}

/// The figure of a source that is one of several parts.
fn part_of(source: &FactSource) -> Option<Decimal> {
    match (&source.value, source.doubt) {
        (FactValue::Number(number), Some(Doubt::Part)) => Some(*number),
        _ => None,
    }
}

/// The values that a source can mean; none when it gives none.
fn values(value: &FactValue) -> Option<Vec<CandidateValue>> {
    match value {
        FactValue::Number(number) => Some(vec![CandidateValue::Number(*number)]),
        FactValue::Either(numbers) => Some(numbers.iter().copied().map(CandidateValue::Number).collect()),
        FactValue::Answer(answer) => Some(vec![CandidateValue::Answer(answer.clone())]),
        FactValue::NotApplicable | FactValue::Unreadable => None,
    }
}

/// Whether a figure of the narrative is the table's, to the decimals written.
///
/// Amounts are compared at the coarser of the two: tables are kept in 万元 and running text often in 元. Percentages and
/// counts are compared at the narrative's decimals, because a finer figure there can stand on the other side of an edge.
fn agree(kind: &FactKind, table: &CandidateValue, table_decimals: u32, said: &CandidateValue, decimals: u32) -> bool {
    let (CandidateValue::Number(table), CandidateValue::Number(said)) = (table, said) else { return table == said };
    let decimals = if matches!(kind, FactKind::Money { .. }) { decimals.min(table_decimals) } else { decimals };
    rounded(*table, decimals) == rounded(*said, decimals)
}

fn rounded(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}
