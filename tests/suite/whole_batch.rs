//! A batch of sixty departments with a roster, last year's lines and project forms: each plant is found with its code at its
//! place and nothing else is, and of a batch without plants nothing is told.

use std::collections::BTreeSet;

use fuhe::across::roster::{Due, Roster};
use fuhe::across::{Against, Whole, adds, look};
use fuhe::audit::{Audit, KeptText, NotUsed, TextKind, Unused};
use fuhe::baseline::{Baseline, Words};
use fuhe::report::table::{Cell, Value};
use fuhe::report::writers::{html, whole as whole_json};
use fuhe::report::{Batch, tables};
use fuhe::sampling::SamplePlan;
use fuhe::text::Language;
use rust_decimal::Decimal;

use crate::copied::{Chance, OPENINGS};
use crate::declared::written::rulebook;
use crate::forms_disagree::form;
use crate::outliers::usual_batch;
use crate::submitted::shenzhen;

/// Sixty departments that claim as departments do, each with a report of its own words.
fn departments(seed: u64) -> Vec<Audit> {
    let mut chance = Chance::of(seed + 1);
    let mut audits = usual_batch(60, seed);
    for audit in &mut audits {
        let text = chance.text(400);
        audit.texts = Some(vec![KeptText {
            sheet: "自评报告".to_owned(),
            cell: "A3".to_owned(),
            kind: TextKind::Narrative,
            text,
        }]);
    }
    audits
}

/// A roster of these names, and the same figures last year.
fn against(names: &[String], audits: &[Audit]) -> Against {
    let rulebook = shenzhen();
    let card = rulebook.card().expect("a card");
    let labels = card.facts.iter().map(|fact| ((rulebook.id.clone(), fact.id.clone()), fact.label.clone()));
    let mut baseline = Baseline::new(Words { before: vec!["上年".to_owned()], labels: labels.collect() });
    for audit in audits.iter().filter(|audit| audit.form.is_none()) {
        let file = format!("上年/{}", audit.file);
        baseline.take(&Audit { year: Some(2019), sha256: file.clone(), file, ..audit.clone() });
    }
    let due = names.iter().map(|name| Due { name: name.clone(), ..Due::default() });
    let roster = Roster { departments: due.collect(), ..Roster::default() };
    Against { roster: Some(roster), baseline: Some(baseline), ..Against::default() }
}

fn names(audits: &[Audit]) -> Vec<String> {
    audits.iter().filter_map(|audit| audit.unit.clone()).collect()
}

/// What is told of each submission by its file: the codes that only a batch adds.
fn told(audits: &[Audit]) -> BTreeSet<(String, &'static str)> {
    let of = |audit: &Audit| {
        let codes = audit.findings.iter().map(|finding| finding.code).filter(|code| adds(*code));
        codes.map(|code| (audit.file.clone(), code.as_str())).collect::<Vec<_>>()
    };
    audits.iter().flat_map(of).collect()
}

/// Last year's audits of the same departments: no figure doubled or halved since.
fn last_year(audits: &[Audit], chance: &mut Chance) -> Vec<Audit> {
    let mut old = audits.to_vec();
    for fact in old.iter_mut().flat_map(|audit| &mut audit.facts) {
        let factor = Decimal::new(60 + chance.below(125) as i64, 2);
        if let (Ok(value), Some("万元" | "人" | "个")) = (fact.value.parse::<Decimal>(), fact.unit.as_deref()) {
            fact.value = (value * factor).round_dp(2).normalize().to_string();
        }
    }
    old
}

/// Everything that honest departments have in common, and all that may look like a sign and is none: most begin as the notice does,
/// some hand in forms of their projects, and say of last year what last year's card said.
fn honest(seed: u64) -> (Vec<Audit>, Against) {
    let mut chance = Chance::of(1_000 + seed);
    let mut audits = departments(seed);
    let old = last_year(&audits, &mut chance);
    let names = names(&audits);
    for (at, audit) in audits.iter_mut().enumerate() {
        let text = &mut audit.texts.as_mut().expect("texts")[0].text;
        if chance.below(10) < 6 {
            *text = format!("{}{text}", OPENINGS[0]);
        }
        let plan = old[at].facts.iter().find(|fact| fact.id == "procurement_plan" && fact.candidate);
        if let (Some(plan), 0) = (plan, chance.below(3)) {
            audit.unused.push(Unused {
                sheet: "基础数据".to_owned(),
                cell: "D9".to_owned(),
                label: "上年政府采购计划金额".to_owned(),
                value: plan.value.clone(),
                why: NotUsed::OtherYear,
                nearest: Some("procurement_plan".to_owned()),
                assigned: None,
            });
        }
    }
    for at in 0..20 {
        let unit = audits[at * 3].unit.clone();
        for number in 0..=chance.below(2) {
            // At most 2 × 450 of a whole of 1,000, and a satisfaction within five points of the card's 100 %.
            let (planned, spent) = (100 + chance.below(350), 1 + chance.below(100));
            let satisfaction = format!("{}%", 95 + chance.below(6));
            let one = form(&format!("项目{at}-{number}"), &planned.to_string(), &spent.to_string(), &satisfaction);
            audits.push(Audit { unit: unit.clone(), ..one });
        }
    }
    let held = against(&names, &old);
    (audits, held)
}

#[test]
fn of_a_hundred_honest_batches_nothing_is_told_though_every_check_could_run() {
    let mut ran = BTreeSet::new();
    for seed in 0..100 {
        let (mut audits, held) = honest(seed);
        let whole = look(&mut audits, &held);
        assert_eq!(told(&audits), BTreeSet::new(), "seed {seed}");
        assert!(whole.missing().is_empty());
        assert!(whole.copied.common_passages > 20, "seed {seed}: most begin alike");
        ran.extend(whole.ran.iter().filter(|(_, tally)| tally.agreed > 0).map(|(code, _)| code.as_str()));
    }
    for code in [
        "duplicate-submission",
        "forms-disagree",
        "outlier",
        "submission-missing",
        "last-year-conflict",
        "figure-jump",
        "copied-text",
    ] {
        assert!(ran.contains(code), "{code} was looked at, and agreed");
    }
}

/// The batch with every plant, and what it is held against.
fn planted() -> (Vec<Audit>, Against) {
    let mut audits = departments(11);
    let last_year = audits.clone();
    // Its report has 120 characters of another one.
    let copied: String = audits[4].texts.as_ref().expect("texts")[0].text.chars().skip(100).take(120).collect();
    let own = &mut audits[30].texts.as_mut().expect("texts")[0].text;
    *own = format!("{}{copied}{}", own.chars().take(90).collect::<String>(), own.chars().skip(300).collect::<String>());
    // What has to be judged is claimed in full, far above all others.
    let benefits = audits[5].indicators.iter_mut().find(|it| it.id == "benefits").expect("it");
    benefits.claimed = Some(Decimal::from(25));
    // Two have the same claims, each a little below what others claim.
    let odd = |claim: Option<Decimal>| claim.map(|claim| claim - Decimal::new(7, 2));
    let claims: Vec<Option<Decimal>> = audits[9].indicators.iter().map(|it| odd(it.claimed)).collect();
    for at in [9, 40] {
        audits[at].indicators.iter_mut().zip(&claims).for_each(|(it, claim)| it.claimed = *claim);
    }
    // Its form says of last year what last year's did not.
    audits[25].unused.push(Unused {
        sheet: "基础数据".to_owned(),
        cell: "D9".to_owned(),
        label: "上年政府采购计划金额".to_owned(),
        value: "200".to_owned(),
        why: NotUsed::OtherYear,
        nearest: Some("procurement_plan".to_owned()),
        assigned: None,
    });
    // Its projects' budgets are more than its whole.
    for (project, amount) in [("河道清淤", "700"), ("堤防加固", "400")] {
        audits.push(Audit { unit: audits[20].unit.clone(), ..form(project, amount, "1", "100%") });
    }
    // One is handed in twice.
    audits.push(Audit { file: "再报.xlsx".to_owned(), sha256: "another".to_owned(), ..audits[12].clone() });
    // One is not on the roster, and one on it has handed in nothing.
    let mut due: Vec<String> = names(&audits[..59]);
    due.push("第99局".to_owned());
    (audits, against(&due, &last_year))
}

#[test]
fn every_plant_is_found_with_its_code_at_its_place_and_nothing_else_is() {
    let (mut audits, held) = planted();
    let whole: Whole = look(&mut audits, &held);
    let wanted = [
        ("005.xlsx", "copied-text"),
        ("031.xlsx", "copied-text"),
        ("006.xlsx", "outlier"),
        ("010.xlsx", "outlier"),
        ("041.xlsx", "outlier"),
        ("026.xlsx", "last-year-conflict"),
        ("021.xlsx", "forms-disagree"),
        ("013.xlsx", "duplicate-submission"),
        ("再报.xlsx", "duplicate-submission"),
        ("060.xlsx", "submission-unexpected"),
    ];
    let wanted: BTreeSet<(String, &str)> = wanted.iter().map(|(file, code)| ((*file).to_owned(), *code)).collect();
    assert_eq!(told(&audits), wanted);
    let missing: Vec<Option<String>> = whole.missing().into_iter().map(|audit| audit.unit).collect();
    assert_eq!(missing, [Some("第99局".to_owned())]);
    let said = |at: usize| {
        let found = audits[at].findings.iter().filter(|finding| adds(finding.code));
        found.map(|finding| Language::Zh.phrase(&finding.phrase)).collect::<String>()
    };
    assert!(said(30).contains("120") && said(30).contains("第5局") && said(30).contains("A3"), "{}", said(30));
    assert!(said(20).contains("1100"), "700 and 400: {}", said(20));
    assert!(said(25).contains("上年/026.xlsx"), "{}", said(25));
    // Suspicions change no points.
    let (alone, _) = planted();
    assert!(alone.iter().zip(&audits).all(|(alone, audit)| alone.points == audit.points));
}

#[test]
fn all_that_only_the_batch_shows_stands_in_one_list_of_the_workbook_and_on_the_page() {
    let (mut audits, held) = planted();
    let whole = look(&mut audits, &held);
    let expected: Vec<(String, String)> = audits
        .iter()
        .flat_map(|audit| {
            audit.findings.iter().filter(|finding| adds(finding.code)).map(move |finding| (audit, finding))
        })
        .map(|(audit, finding)| (audit.unit.clone().unwrap_or_default(), Language::Zh.phrase(&finding.phrase)))
        .collect();
    let batch = Batch { audits, rulebooks: vec![shenzhen().clone(), rulebook().clone()], whole, ..Batch::default() };
    let all = tables(&batch, Language::Zh);
    let list = all.iter().find(|table| table.name == "全批比对").expect("the list");
    assert_eq!(list.rows.len(), expected.len());
    let text = |cell: &Cell| match &cell.value {
        Value::Text(text) => text.clone(),
        _ => String::new(),
    };
    for (unit, sentence) in expected {
        let is_of = |cells: &[Cell]| text(&cells[1]).starts_with(&unit) && text(&cells[5]) == sentence;
        assert!(list.rows.iter().any(|row| is_of(&row.cells)), "{unit}: {sentence}");
    }
    // A click on the problem leads to the row in which it is worked on.
    assert!(list.rows.iter().filter(|row| row.cells[2].link.is_some()).count() > 5);
    let page = html::page(&batch, Language::Zh).expect("a page");
    assert!(page.contains("全批比对"));
    assert!(page.contains("id=\"parts\""), "where the points of each indicator go");
    // Of a batch that shows nothing there is no list.
    let alone = Batch { audits: departments(11), rulebooks: vec![shenzhen().clone()], ..Batch::default() };
    assert!(tables(&alone, Language::Zh).iter().all(|table| table.name != "全批比对"));
}

#[test]
fn programs_get_what_the_batch_shows_as_one_object_with_the_figures_of_the_sheets() {
    let (mut audits, held) = planted();
    let whole = look(&mut audits, &held);
    let told = told(&audits);
    let sample = Some(SamplePlan::usual(7));
    let rulebooks = vec![shenzhen().clone(), rulebook().clone()];
    let batch = Batch { audits, rulebooks, whole, sample, ..Batch::default() };
    let line = whole_json::object(&batch, Language::Zh);
    assert_eq!(line.matches('\n').count(), 1, "one line");
    let object: serde_json::Value = serde_json::from_str(&line).expect("JSON");
    assert_eq!(object["whole_batch"]["name"], "fuhe");
    let list = |value: &serde_json::Value| value.as_array().expect("a list").clone();
    let found: BTreeSet<(String, String)> = list(&object["findings"])
        .iter()
        .map(|one| (one["file"].as_str().unwrap().to_owned(), one["code"].as_str().unwrap().to_owned()))
        .collect();
    assert_eq!(found, told.into_iter().map(|(file, code)| (file, code.to_owned())).collect());
    // 60 on the roster, of which one handed in nothing and one twice; one that handed in is not on it.
    let states: Vec<String> = list(&object["roster"]["departments"])
        .iter()
        .map(|one| one["state"].as_str().unwrap().to_owned())
        .filter(|state| state != "submitted")
        .collect();
    assert_eq!(states, ["doubled", "missing"]);
    assert_eq!(object["roster"]["unexpected"][0]["files"][0], "060.xlsx");
    let compared = list(&object["comparison"]["audits"]);
    let conflicts: Vec<(&str, &str)> = compared
        .iter()
        .flat_map(|one| one["last_year"]["conflicts"].as_array().into_iter().flatten().map(move |jump| (one, jump)))
        .map(|(one, jump)| (one["file"].as_str().unwrap(), jump["now"].as_str().unwrap()))
        .collect();
    assert_eq!(conflicts, [("026.xlsx", "200")]);
    let pair = &object["copied"]["pairs"][0];
    assert_eq!((&pair["length"], &pair["own"]["unit"]), (&120.into(), &"第5局".into()), "{pair}");
    assert_eq!(pair["other"]["cell"], "A3");
    // The ways of the sheet and of the object are one draw.
    let sheet = tables(&batch, Language::Zh).into_iter().find(|table| table.name == "抽样清单").expect("the sample");
    assert_eq!(list(&object["sample"]["items"]).len(), sheet.rows.len());
    assert_eq!(object["sample"]["seed"], 7);
    // Each department's parts, and each of the 21 indicators.
    // 再报 is the second of two, and neither counts.
    let is_counted = |audit: &&Audit| audit.form.is_none() && audit.unit != batch.audits[12].unit;
    assert_eq!(list(&object["points"]["departments"]).len(), batch.audits.iter().filter(is_counted).count());
    let sum = |key: &str| -> Decimal {
        let parts = list(&object["points"]["indicators"]);
        parts.iter().map(|one| one[key].as_str().unwrap().parse::<Decimal>().unwrap()).sum()
    };
    let claimed = |audit: &Audit| audit.indicators.iter().filter_map(|it| it.claimed).sum::<Decimal>();
    let cards: Decimal = batch.audits.iter().filter(is_counted).map(claimed).sum();
    assert_eq!(sum("agreed") + sum("overstated") + sum("doubted"), cards, "every claimed point has its part");
    let report = tables(&batch, Language::Zh).into_iter().find(|table| table.name == "综合报告").expect("the report");
    let words = format!("{:?}", report.rows);
    let paragraphs = list(&object["report"]);
    assert!(paragraphs.len() >= 4, "{paragraphs:?}");
    for one in paragraphs {
        assert!(words.contains(one["heading"].as_str().unwrap()), "{one}");
    }
}

#[test]
fn what_a_run_was_not_asked_for_is_null_in_the_object_and_not_an_empty_list() {
    let mut audits = departments(3);
    let whole = look(&mut audits, &Against::default());
    let batch = Batch { audits, rulebooks: vec![shenzhen().clone()], whole, ..Batch::default() };
    let object: serde_json::Value = serde_json::from_str(&whole_json::object(&batch, Language::En)).expect("JSON");
    for part in ["roster", "comparison", "sample"] {
        assert!(object[part].is_null(), "{part}: {}", object[part]);
    }
    let roster = object["checks"].as_array().unwrap().iter().find(|one| one["code"] == "submission-missing").unwrap();
    assert_eq!(roster["not_run"]["no-roster"], 60, "{roster}");
}
