//! Sentences that give a fact's figure for another year than the report's: told once per sentence, and no fact.

use crate::audit::Finding;
use crate::rescore::CandidateValue;
use crate::rulebook::Scorecard;
use crate::submission::{FactValue, Quote, Submission};
use crate::text::Language;

use super::bounds::NO;
use super::{excerpt, list, value_in_words};

/// One finding for each sentence and year, over all figures it gives.
pub fn mismatches(card: &Scorecard, submission: &Submission, language: Language) -> Vec<Finding> {
    let mut told: Vec<(i32, &Quote)> = Vec::new();
    for quote in &submission.quotes {
        let Some(year) = quote.other_year else { continue };
        let known = told.iter().any(|(other, first)| *other == year && same_sentence(first, quote));
        if !known && card.facts.iter().any(|fact| fact.id == quote.fact) {
            told.push((year, quote));
        }
    }
    told.into_iter().map(|(year, quote)| mismatch(card, submission, year, quote, language)).collect()
}

fn same_sentence(a: &Quote, b: &Quote) -> bool {
    (&a.source.sheet, &a.source.cell, &a.sentence) == (&b.source.sheet, &b.source.cell, &b.sentence)
}

fn mismatch(card: &Scorecard, submission: &Submission, year: i32, first: &Quote, language: Language) -> Finding {
    let of_sentence = |quote: &&Quote| quote.other_year == Some(year) && same_sentence(first, quote);
    let quotes: Vec<&Quote> = submission.quotes.iter().filter(of_sentence).collect();
    let figures: Vec<String> = quotes.iter().filter_map(|quote| figure(card, quote)).collect();
    let report = submission.year.as_ref().map_or_else(|| "?".to_owned(), |year| year.value.to_string());
    let finding = Finding::told(
        "year-mismatch",
        language,
        &[
            ("sentence", &excerpt(&first.sentence)),
            ("year", &year),
            ("report", &report),
            ("figures", &list(&figures, language)),
        ],
    )
    .at(&first.source);
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
