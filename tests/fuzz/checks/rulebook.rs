//! A rulebook's file.

use fuhe::facts::known::{Candidate, CandidateValue, Facts, Known};
use fuhe::rescore::rescore;
use fuhe::rulebook::{FactKind, Rows, Rulebook, Scorecard, load};
use fuhe::text::Language;
use rust_decimal::Decimal;

/// Loads a rulebook: either all its flaws are told, each with a place in the file and words in both languages, or it
/// scores within its points whatever is known.
pub fn rulebook(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    match load("规则.toml", &text) {
        Ok(rulebook) => is_used(&rulebook),
        Err(flaws) => {
            assert!(!flaws.is_empty(), "refused without a flaw");
            for flaw in &flaws {
                assert!((1..=text.lines().count().max(1) + 1).contains(&flaw.line), "{flaw:?}");
                for language in [Language::Zh, Language::En] {
                    assert!(!flaw.message(language).is_empty() && !flaw.help(language).is_empty(), "{flaw:?}");
                }
            }
        }
    }
}

fn is_used(rulebook: &Rulebook) {
    let Rows::Common(card) = &rulebook.rows else { return };
    let none = Facts::default();
    for known in [none, all(card, Decimal::ZERO), all(card, Decimal::ONE), all(card, Decimal::from(95))] {
        for indicator in &card.indicators {
            let rescored = rescore(card, indicator, &known);
            let within = Decimal::ZERO <= rescored.low && Some(rescored.low) <= rescored.high;
            assert!(within && rescored.high <= indicator.points, "{}: {rescored:?}", indicator.id);
            assert_eq!(rescored.complete(), rescored.default.is_some(), "{}", indicator.id);
            assert_eq!(rescored.complete(), rescored.settled_by.is_empty(), "{}: {rescored:?}", indicator.id);
            let inside =
                |range: &fuhe::audit::ReadingRange| rescored.low <= range.low && Some(range.high) <= rescored.high;
            assert!(rescored.readings.iter().all(inside), "{}: {rescored:?}", indicator.id);
        }
    }
}

/// Every fact is that number, or its first answer with evidence.
fn all(card: &Scorecard, number: Decimal) -> Facts {
    let known = |kind: &FactKind| {
        let value = match kind {
            FactKind::YesNo => CandidateValue::Answer("是".to_owned()),
            FactKind::Choice { options } => CandidateValue::Answer(options.first().cloned().unwrap_or_default()),
            _ => CandidateValue::Number(number),
        };
        Known { candidates: vec![Candidate { value, evidence: true }], ..Known::default() }
    };
    card.facts.iter().map(|fact| (fact.id.clone(), known(&fact.kind))).collect()
}
