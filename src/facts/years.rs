//! Sentences that give a fact's figure for another year than the report's: told once per sentence, and no fact.

use crate::audit::Finding;
use crate::checks::register::Code;
use crate::facts::known::CandidateValue;
use crate::phrase::{Phrase, Term};
use crate::rulebook::Scorecard;
use crate::submission::{FactSource, FactValue, Quote, Submission};

use super::bounds::NO;
use super::{excerpt, value_in_words};

/// One finding for each sentence and year, over all figures it gives.
pub fn mismatches(card: &Scorecard, submission: &Submission) -> Vec<Finding> {
    let mut told: Vec<(i32, &Quote)> = Vec::new();
    for quote in &submission.quotes {
        let Some(year) = quote.other_year else { continue };
        let known = told.iter().any(|(other, first)| *other == year && same_sentence(first, quote));
        if !known && card.facts.iter().any(|fact| fact.id == quote.fact) {
            told.push((year, quote));
        }
    }
    told.into_iter().map(|(year, quote)| mismatch(card, submission, year, quote)).collect()
}

fn same_sentence(a: &Quote, b: &Quote) -> bool {
    (&a.source.sheet, &a.source.cell, &a.sentence) == (&b.source.sheet, &b.source.cell, &b.sentence)
}

fn mismatch(card: &Scorecard, submission: &Submission, year: i32, first: &Quote) -> Finding {
    let of_sentence = |quote: &&Quote| quote.other_year == Some(year) && same_sentence(first, quote);
    let quotes: Vec<&Quote> = submission.quotes.iter().filter(of_sentence).collect();
    let figures: Vec<String> = quotes.iter().filter_map(|quote| figure(card, quote)).collect();
    let report = submission.year.as_ref().map_or_else(|| "?".to_owned(), |year| year.value.to_string());
    let finding = Finding::told(
        Code::YearMismatch,
        &[
            ("sentence", &excerpt(&first.sentence)),
            ("year", &year),
            ("report", &report),
            ("figures", &Term::list(&figures)),
        ],
    )
    .at(&first.source);
    let same: Vec<String> = quotes
        .iter()
        .filter(|quote| stands_in_a_table(submission, quote))
        .filter_map(|quote| label(card, quote))
        .collect();
    let doubt = Phrase::filled("finding.year-mismatch-same", &[("facts", &Term::list(&same)), ("year", &year)]);
    let finding = finding.then((!same.is_empty()).then_some(doubt));
    let indicator = only_user_of_all(card, &quotes);
    let finding = indicator.map_or(finding.clone(), |indicator| finding.of_indicator(indicator));
    if quotes.len() == 1 { finding.of_fact(&first.fact) } else { finding }
}

/// The indicator that alone uses every fact of the sentence.
fn only_user_of_all<'a>(card: &'a Scorecard, quotes: &[&Quote]) -> Option<&'a str> {
    let mut users = quotes.iter().map(|quote| card.only_user_of(&quote.fact).map(|user| user.id.as_str()));
    let first = users.next()??;
    users.all(|user| user == Some(first)).then_some(first)
}

/// True where a table gives, for the report's year, the very figure that the sentence gives for another.
fn stands_in_a_table(submission: &Submission, quote: &Quote) -> bool {
    let is_it = |fact: &FactSource| fact.fact == quote.fact && fact.value == quote.value;
    matches!(quote.value, FactValue::Number(_)) && submission.facts.iter().any(is_it)
}

fn label(card: &Scorecard, quote: &Quote) -> Option<String> {
    card.facts.iter().find(|fact| fact.id == quote.fact).map(|fact| format!("“{}”", fact.label))
}

fn figure(card: &Scorecard, quote: &Quote) -> Option<String> {
    let fact = card.facts.iter().find(|fact| fact.id == quote.fact)?;
    let value = match &quote.value {
        _ if quote.denial => CandidateValue::Answer(NO.to_owned()),
        FactValue::Number(number) => CandidateValue::Number(*number),
        FactValue::Either(numbers) => CandidateValue::Number(*numbers.first()?),
        FactValue::Answer(answer) => CandidateValue::Answer(answer.clone()),
        FactValue::NotApplicable | FactValue::Unreadable => return None,
    };
    Some(format!("{} {}", fact.label, value_in_words(&fact.kind, &value)))
}
