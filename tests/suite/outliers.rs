//! What stands apart in a batch: each kind where it is planted, and none in batches in which departments claim as they do.

use fuhe::across::{Against, look};
use fuhe::audit::{Audit, BandEdges};
use fuhe::checks::register::Code;
use fuhe::text::Language;
use rust_decimal::Decimal;

use crate::bench::Random;
use crate::submitted::*;

/// An audit whose claims are replaced; what else it says stays.
fn with_claims(one: &Audit, number: usize, claims: &[Decimal]) -> Audit {
    let mut audit = one.clone();
    audit.file = format!("{number:03}.xlsx");
    audit.sha256 = format!("{number:064}");
    audit.unit = Some(format!("第{number}局"));
    for (indicator, claim) in audit.indicators.iter_mut().zip(claims) {
        indicator.claimed = Some(*claim);
    }
    audit.band_edges = BandEdges { of: 8, reached: 0 };
    audit
}

/// A department's claims: nine of ten in full, the rest lower by some half points; what is judged between 14 and 22 of 25.
fn usual(one: &Audit, random: &mut Random) -> Vec<Decimal> {
    let claim = |random: &mut Random, points: Decimal, is_judged: bool| match is_judged {
        true => Decimal::from(14 + random.below(9)),
        false if random.below(10) > 0 => points,
        false => (points - Decimal::new(5 * (1 + random.below(4) as i64), 1)).max(Decimal::ZERO),
    };
    let indicators = one.indicators.iter();
    indicators.map(|it| claim(random, it.points.expect("points"), it.id == "benefits")).collect()
}

/// A batch in which departments claim as they do.
pub fn usual_batch(count: usize, seed: u64) -> Vec<Audit> {
    let one = audited(submitted(FULL_CLAIMS, FULL_FACTS));
    let mut random = Random::new(seed);
    let audit = |number| {
        let mut audit = with_claims(&one, number, &usual(&one, &mut random));
        audit.band_edges = BandEdges { of: 8, reached: (random.below(10) == 0) as u32 };
        let named = audit.facts.iter_mut().filter(|fact| fact.evidence.is_some());
        for (at, fact) in named.enumerate() {
            // Some write 见附件 again and again, as people do.
            fact.evidence = Some(if random.below(4) == 0 { "见附件".to_owned() } else { format!("材料{at}") });
        }
        audit
    };
    (1..=count).map(audit).collect()
}

/// What is said of each department, by its place.
fn said(audits: &mut [Audit]) -> Vec<(usize, String)> {
    look(audits, &Against::default());
    let told = audits.iter().enumerate().flat_map(|(at, audit)| {
        found(audit, "outlier").into_iter().map(move |found| (at, Language::Zh.phrase(&found.phrase)))
    });
    told.collect()
}

#[test]
fn in_a_hundred_batches_of_sixty_departments_nothing_stands_apart() {
    for seed in 0..100 {
        let mut audits = usual_batch(60, seed);
        assert_eq!(said(&mut audits), [], "seed {seed}");
    }
}

#[test]
fn full_marks_everywhere_stand_apart_only_where_others_claim_less() {
    let one = audited(submitted(FULL_CLAIMS, FULL_FACTS));
    let full: Vec<Decimal> = one.indicators.iter().map(|it| it.points.expect("points")).collect();
    // Among nine of ten in full, 20 of 20 are met once in eight departments (and what is judged is claimed in full by none).
    let mut habit = usual_batch(60, 7);
    for audit in &mut habit {
        audit.indicators.iter_mut().filter(|it| it.id == "benefits").for_each(|it| it.claimed = it.points);
    }
    habit[3] = Audit { facts: habit[4].facts.clone(), ..with_claims(&one, 4, &full) };
    assert_eq!(said(&mut habit), []);
    // Where each other department claims half of its indicators in full, one in a million claims all 21.
    let mut random = Random::new(3);
    let mut strict: Vec<Audit> = (1..=60)
        .map(|number| {
            let half = |points: &Decimal| if random.below(2) == 0 { *points } else { *points / Decimal::TWO };
            let mut claims: Vec<Decimal> = full.iter().map(half).collect();
            claims[0] = Decimal::new(number as i64, 2);
            with_claims(&one, number, &claims)
        })
        .collect();
    strict[3] = with_claims(&one, 4, &full);
    let told = said(&mut strict);
    assert!(told.len() == 1 && told[0].0 == 3 && told[0].1.starts_with("全部 21 项自评满分"), "{told:?}");
}

#[test]
fn what_is_judged_stands_apart_when_it_lies_far_above_the_spread_of_all_others() {
    let judged = |claim: i64| {
        let mut audits = usual_batch(60, 11);
        let own = audits[5].indicators.iter_mut().find(|it| it.id == "benefits").expect("it");
        own.claimed = Some(Decimal::from(claim));
        said(&mut audits)
    };
    // Others claim 14 to 22: (8/8)^58 and (8/9)^58 = 0.001, (8/11)^58 = 10^-8.
    assert_eq!(judged(22), []);
    assert_eq!(judged(23), []);
    let told = judged(25);
    assert!(told.len() == 1 && told[0].0 == 5 && told[0].1.contains("自评合计 25.00 分（分值 25.00 分）"), "{told:?}");
    assert!(told[0].1.contains("其他 59 个部门在 14.00 至 22.00 分之间"), "{told:?}");
}

#[test]
fn the_same_claims_in_every_row_stand_apart_unless_most_claim_so() {
    let mut audits = usual_batch(60, 13);
    let claims: Vec<Decimal> =
        audits[9].indicators.iter().map(|it| it.claimed.expect("a claim") - Decimal::new(7, 2)).collect();
    for at in [9, 40] {
        for (indicator, claim) in audits[at].indicators.iter_mut().zip(&claims) {
            indicator.claimed = Some(*claim);
        }
    }
    let told = said(&mut audits);
    assert_eq!(told.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [9, 40]);
    assert!(told[0].1.contains("21 项自评分与第41局逐项相同") && told[1].1.contains("与第10局"), "{told:?}");
    // Nineteen of twenty indicators in full by nearly all: two departments alike are no wonder.
    let mut alike = usual_batch(60, 13);
    for audit in &mut alike {
        audit.indicators.iter_mut().for_each(|it| it.claimed = it.points);
        audit.indicators[20].claimed = Some(Decimal::ONE);
    }
    assert_eq!(said(&mut alike), []);
}

#[test]
fn values_at_the_edges_of_bands_and_evidence_of_one_name_stand_apart() {
    let mut audits = usual_batch(60, 17);
    audits[2].band_edges = BandEdges { of: 8, reached: 7 };
    audits[3].band_edges = BandEdges { of: 8, reached: 1 };
    let same = audits[8].facts.iter_mut().filter(|fact| fact.evidence.is_some());
    assert!(same.map(|fact| fact.evidence = Some("情况说明".to_owned())).count() > 15);
    let told = said(&mut audits);
    assert_eq!(told.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [2, 8], "{told:?}");
    assert!(told[0].1.contains("8 个数值中有 7 个刚过档线"), "{told:?}");
    assert!(told[1].1.contains("同一名称“情况说明”"), "{told:?}");
}

#[test]
fn below_eight_departments_nothing_is_compared_and_that_is_said() {
    let mut audits = usual_batch(7, 19);
    audits[2].band_edges = BandEdges { of: 8, reached: 8 };
    let whole = look(&mut audits, &Against::default());
    let ran = &whole.ran[&Code::Outlier];
    assert_eq!((ran.agreed, ran.raised, ran.not_run.values().sum::<usize>()), (0, 0, 7));
}

#[test]
fn values_that_have_only_just_reached_their_band_are_counted() {
    let near = |facts: &str| audited(submitted(FULL_CLAIMS, &full_facts_but(facts))).band_edges;
    let base = near("satisfaction 100");
    assert!(base.of >= 1, "{base:?}");
    // 90 % opens the band above 80 to 90 %, which is ten points wide: up to 91 % has only just been reached.
    let reached = |percent: &str| near(&format!("satisfaction {percent}")).reached;
    assert_eq!(reached("91") - reached("91.1"), 1);
    assert_eq!(reached("90") - reached("92"), 1);
}
