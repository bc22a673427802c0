//! What must hold of every range, whatever the facts are.

use fuhe::facts::known::{Candidate, CandidateValue, Facts, Known};
use fuhe::rescore::rescore;
use fuhe::rulebook::{Fact, FactKind, Scorecard};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::engine::{card, shenzhen};

/// One value that a fact of this kind can have.
fn value(kind: &FactKind) -> BoxedStrategy<Candidate> {
    let number = |range: std::ops::RangeInclusive<i64>, scale: u32| {
        range
            .prop_map(move |units| Candidate {
                value: CandidateValue::Number(Decimal::new(units, scale)),
                evidence: false,
            })
            .boxed()
    };
    match kind {
        FactKind::YesNo => answers(vec!["是".to_owned(), "否".to_owned()]),
        FactKind::Choice { options } => answers(options.clone()),
        FactKind::Money { .. } | FactKind::Declared { .. } => prop_oneof![number(0..=300, 2), number(0..=3, 0)].boxed(),
        FactKind::Count { .. } => number(0..=20, 0),
        FactKind::Percent { max } if *max > Decimal::ONE_HUNDRED => {
            prop_oneof![number(0..=15000, 2), number(0..=6, 0)].boxed()
        }
        FactKind::Percent { .. } => prop_oneof![number(0..=10000, 2), Just(full()).boxed()].boxed(),
    }
}

fn full() -> Candidate {
    Candidate { value: CandidateValue::Number(Decimal::ONE_HUNDRED), evidence: false }
}

fn answers(options: Vec<String>) -> BoxedStrategy<Candidate> {
    (proptest::sample::select(options), any::<bool>())
        .prop_map(|(answer, evidence)| Candidate { value: CandidateValue::Answer(answer), evidence })
        .boxed()
}

/// One to three candidates; unknown comes from leaving facts out.
fn known(fact: &Fact) -> BoxedStrategy<Known> {
    let candidates = prop_oneof![
        6 => proptest::collection::vec(value(&fact.kind), 1),
        1 => proptest::collection::vec(value(&fact.kind), 2..=3),
    ];
    candidates.prop_map(|candidates| Known { candidates: agreed(candidates), ..Known::default() }).boxed()
}

/// Sources that give the same answer share their evidence.
fn agreed(candidates: Vec<Candidate>) -> Vec<Candidate> {
    let shared = |one: &Candidate| candidates.iter().any(|other| other.value == one.value && other.evidence);
    candidates.iter().map(|one| Candidate { value: one.value.clone(), evidence: shared(one) }).collect()
}

/// A value for every fact of the card, and for each whether it is left out.
fn everything(card: &Scorecard) -> impl Strategy<Value = (Vec<(String, Known)>, Vec<bool>, Vec<usize>)> + use<> {
    let facts: Vec<_> = card.facts.iter().map(|fact| (Just(fact.id.clone()), known(fact))).collect();
    let count = facts.len();
    (facts, proptest::collection::vec(any::<bool>(), count), proptest::collection::vec(0usize..3, count))
}

/// The facts that are told; a presumed answer is an answer, so such a fact is always told.
fn told(card: &Scorecard, all: &[(String, Known)], left_out: &[bool]) -> Facts {
    let presumed = |id: &str| card.facts.iter().any(|fact| fact.id == id && fact.presumed.is_some());
    all.iter()
        .zip(left_out)
        .filter(|((id, _), left_out)| !**left_out || presumed(id))
        .map(|((id, known), _)| (id.clone(), known.clone()))
        .collect()
}

/// One candidate of each fact.
fn chosen(all: &[(String, Known)], choice: &[usize]) -> Facts {
    all.iter()
        .zip(choice)
        .map(|((id, known), at)| {
            let candidate = known.candidates[at % known.candidates.len()].clone();
            (id.clone(), Known { candidates: vec![candidate], ..Known::default() })
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_range_contains_every_completion_and_learning_never_widens_it((all, left_out, choice) in everything(card(&shenzhen()))) {
        let rulebook = shenzhen();
        let card = card(&rulebook);
        let complete = chosen(&all, &choice);
        let some = told(card, &all, &left_out);
        let more: Facts = told(card, &all, &vec![false; all.len()]);
        for indicator in &card.indicators {
            let of = |facts: &Facts| rescore(card, indicator, facts);
            let (wide, narrower, point) = (of(&some), of(&more), of(&complete));
            prop_assert!(wide.low <= narrower.low && narrower.high <= wide.high, "{}: learning widened", indicator.id);
            prop_assert!(narrower.low <= point.low && point.high <= narrower.high, "{}: not contained", indicator.id);
            for (outer, inner) in wide.readings.iter().zip(&point.readings) {
                prop_assert!(outer.low <= inner.low && inner.high <= outer.high, "{}/{}", indicator.id, outer.id);
            }
        }
    }

    #[test]
    fn low_default_high_and_points_are_in_order((all, left_out, _) in everything(card(&shenzhen()))) {
        let rulebook = shenzhen();
        let card = card(&rulebook);
        let facts = told(card, &all, &left_out);
        for indicator in &card.indicators {
            let rescored = rescore(card, indicator, &facts);
            prop_assert!(Decimal::ZERO <= rescored.low && Some(rescored.low) <= rescored.high && rescored.high <= indicator.points);
            prop_assert_eq!(rescored.complete(), rescored.settled_by.is_empty());
            prop_assert_eq!(rescored.complete(), rescored.default.is_some());
            if let Some(default) = rescored.default {
                prop_assert!(rescored.low <= default && Some(default) <= rescored.high);
            }
            let worded = crate::engine::told(&rescored.working).iter().all(|line| !line.contains('{') && !line.contains("working."));
            prop_assert!(worded, "a text is missing");
        }
    }

    #[test]
    fn no_text_makes_the_loader_panic(text in "\\PC*", at in 0usize..60_000, cut in 0usize..40) {
        let _ = fuhe::rulebook::load("a.toml", &text);
        let whole = fuhe::rulebook::builtin_text("shenzhen-2020").unwrap_or("");
        let floor = |at: usize| (0..=at.min(whole.len())).rev().find(|at| whole.is_char_boundary(*at)).unwrap_or(0);
        let damaged = format!("{}{text}{}", &whole[..floor(at)], &whole[floor(at + cut)..]);
        let _ = fuhe::rulebook::load("a.toml", &damaged);
    }
}
