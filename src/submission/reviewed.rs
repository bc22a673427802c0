//! What reviewers entered in the working papers and in 待补材料 of an earlier audit workbook, taken into a submission: facts that they
//! established, evidence that was handed in, criteria that they judged, readings that they chose. (bureau.md, “核定”)

use rust_decimal::Decimal;

use super::{FactSource, FactValue, Submission};
use crate::audit::{Entered, EnteredAbout, FactAudit, Finding, Origin, Severity};
use crate::checks::register::Code;
use crate::entered::{About, Entries, Entry, Given, Whose, own_values, reading_ids};
use crate::facts::known::CandidateValue;
use crate::facts::{bounds, place_in_words};
use crate::phrase::Hole;
use crate::quantity::decimals_written;
use crate::rulebook::{Fact, FactKind, Indicator, Reading, Scorecard};
use crate::settled_by::SettledBy;

/// Takes the entries of a department into its submission. `own`: the facts as they are without entries. What cannot be used is
/// told; an entry upon figures that the department has corrected since is not used.
pub fn take(card: &Scorecard, whose: &Whose, entries: &Entries, own: &[FactAudit], submission: &mut Submission) {
    if entries.is_empty() {
        return;
    }
    for fact in &card.facts {
        let counts = |given: &&Given| given.upon.as_ref().is_some_and(|upon| *upon == own_values(own, &fact.id));
        let asked = [
            SettledBy::Fact(fact.id.clone()),
            SettledBy::Conflict(fact.id.clone()),
            SettledBy::Confirm(fact.id.clone()),
            SettledBy::Evidence(fact.id.clone()),
        ];
        let in_paper = std::iter::once(whose.key(About::Fact, &[&fact.id]));
        let keys = in_paper.chain(asked.iter().map(|item| whose.key(About::Asked, &[&item.to_string()])));
        let given: Vec<&Given> = keys.filter_map(|key| entries.of(&key)).filter(counts).collect();
        if !given.is_empty() {
            Taken { fact, given: &given }.put(own, submission);
        }
    }
    for indicator in &card.indicators {
        for criterion in indicator.readings.iter().flat_map(|reading| &reading.criteria) {
            let is_new = !submission.entered.iter().any(|entered| entered.is(&indicator.id, Some(&criterion.id)));
            let key = || whose.key(About::Judged, &[&indicator.id, &criterion.id]);
            let is_judged = criterion.rule.parameters().awaits_judgement();
            if let (true, true, Some(given)) = (is_new, is_judged, entries.of(&key())) {
                let points = score(given, criterion.points);
                let item = Some(criterion.id.as_str());
                put(submission, EnteredAbout::Judged, (&indicator.id, item, &criterion.clause), given, points);
            }
        }
        let chosen = entries.of(&whose.key(About::Reading, &[&indicator.id])).filter(|_| indicator.has_readings());
        if let Some(given) = chosen {
            let ids = reading_ids(indicator.readings.iter().map(|reading| reading.id.as_str()));
            let holds = given.upon.as_ref().is_some_and(|upon| *upon == ids);
            let text = given.value.as_ref().map(Entry::text).unwrap_or_default();
            let reading = named(indicator, &text).filter(|_| holds).map(|reading| reading.id.clone());
            put(submission, EnteredAbout::Reading, (&indicator.id, None, &indicator.name), given, reading);
        }
    }
}

/// The reading that words name: by what it says, or by its number at their end.
fn named<'a>(indicator: &'a Indicator, words: &str) -> Option<&'a Reading> {
    let said = indicator.readings.iter().find(|reading| !reading.says.is_empty() && reading.says == words);
    let digits = words.trim_start_matches(|character: char| !character.is_ascii_digit());
    let by_number = || indicator.readings.get(digits.trim().parse::<usize>().ok()?.checked_sub(1)?);
    said.or_else(by_number)
}

impl Entered {
    fn is(&self, indicator: &str, item: Option<&str>) -> bool {
        self.indicator.as_deref() == Some(indicator) && self.item.as_deref() == item
    }
}

/// A score within 0 and the points.
fn score(given: &Given, points: Decimal) -> Option<String> {
    let score = given.value.as_ref()?.number(false)?;
    (score >= Decimal::ZERO && score <= points).then(|| score.to_string())
}

/// Puts what was entered of an indicator down, or tells that it cannot be used.
fn put(
    submission: &mut Submission,
    about: EnteredAbout,
    (indicator, item, called): (&str, Option<&str>, &str),
    given: &Given,
    value: Option<String>,
) {
    let finding = told(given, called, value.is_some());
    submission.findings.push(finding.of_indicator(indicator));
    submission.entered.extend(value.map(|value| Entered {
        about,
        indicator: Some(indicator.to_owned()),
        item: item.map(str::to_owned),
        value,
        evidence: None,
        by: given.by.clone(),
    }));
}

/// What was entered of one fact: in its working paper first, then beside what was asked.
struct Taken<'a> {
    fact: &'a Fact,
    given: &'a [&'a Given],
}

impl Taken<'_> {
    fn put(&self, own: &[FactAudit], submission: &mut Submission) {
        let valued = self.given.iter().find(|given| given.value.is_some());
        let evidence = self.given.iter().find_map(|given| given.evidence.clone());
        let value = valued.and_then(|given| Some((self.value(given.value.as_ref()?)?, given.source.clone())));
        if let Some(given) = valued {
            let finding = told(given, &self.fact.label, value.is_some());
            submission.findings.push(finding.of_fact(&self.fact.id));
        }
        let used = value.as_ref().and(valued).and_then(|given| given.value.as_ref());
        let used = used.map(|entry| entry.of_kind(&self.fact.kind).text());
        let named = own.iter().filter(|known| known.id == self.fact.id).find_map(|known| known.evidence.clone());
        match value {
            Some(((value, decimals), source)) => {
                submission.facts.push(FactSource {
                    fact: self.fact.id.clone(),
                    value,
                    origin: Origin::Reviewer,
                    evidence: evidence.clone().or(named),
                    decimals,
                    shown: None,
                    doubt: None,
                    written: String::new(),
                    source,
                });
            }
            None if evidence.is_some() => {
                let mut own = submission.facts.iter_mut().filter(|source| source.fact == self.fact.id);
                own.by_ref().for_each(|source| source.evidence = source.evidence.take().or_else(|| evidence.clone()));
                if let (Some(given), None) = (self.given.first(), valued) {
                    let finding = told_of_evidence(given, &self.fact.label);
                    submission.findings.push(finding.of_fact(&self.fact.id));
                }
            }
            None => return,
        }
        submission.entered.push(Entered {
            about: EnteredAbout::Fact,
            indicator: None,
            item: Some(self.fact.id.clone()),
            value: used.unwrap_or_default(),
            evidence,
            by: self.given.iter().find_map(|given| given.by.clone()),
        });
    }

    /// The value in the rulebook's unit, with its decimals; none where the fact cannot have it.
    fn value(&self, entry: &Entry) -> Option<(FactValue, u32)> {
        let is_answer = matches!(self.fact.kind, FactKind::YesNo | FactKind::Choice { .. });
        let number = entry.number(matches!(self.fact.kind, FactKind::Percent { .. }));
        let (value, decimals) = match (is_answer, number, entry) {
            (true, _, Entry::Words(words)) => (CandidateValue::Answer(words.trim().to_owned()), 0),
            (false, Some(number), _) => (CandidateValue::Number(number), decimals_written(number)),
            _ => return None,
        };
        bounds::within(&self.fact.kind, &value).then_some(match value {
            CandidateValue::Answer(answer) => (FactValue::Answer(answer), decimals),
            CandidateValue::Number(number) => (FactValue::Number(number), decimals),
        })
    }
}

/// Nothing that a person entered is taken for what the program read.
pub(super) fn told(given: &Given, called: &str, is_used: bool) -> Finding {
    let value = given.value.as_ref().map(Entry::text).unwrap_or_default();
    let (wording, severity) = match (is_used, &given.by) {
        (false, _) => ("reviewer-entry-unusable", Severity::Warning),
        (true, Some(_)) => ("reviewer-entry-by", Severity::Info),
        (true, None) => ("reviewer-entry", Severity::Info),
    };
    finding(wording, severity, given, called, &value)
}

fn told_of_evidence(given: &Given, called: &str) -> Finding {
    finding("reviewer-evidence", Severity::Info, given, called, given.evidence.as_deref().unwrap_or_default())
}

fn finding(wording: &str, severity: Severity, given: &Given, called: &str, value: &str) -> Finding {
    let place = place_in_words(&given.source);
    let by = given.by.as_deref().unwrap_or_default();
    let holes: &[Hole] = &[("label", &called), ("value", &value), ("by", &by), ("place", &place)];
    Finding::worded(Code::ReviewerReading, wording, holes).as_severe_as(severity)
}
