//! Rulebooks: what is read, and what is refused with its place.

use fuhe::rulebook::{builtin_text, load};
use fuhe::text::Language;

use crate::engine::small_card;

fn flaws(text: &str) -> Vec<String> {
    match load("a.toml", text) {
        Ok(_) => Vec::new(),
        Err(flaws) => flaws
            .iter()
            .map(|flaw| {
                format!("{}:{}:{} {} | {}", flaw.code, flaw.line, flaw.column, flaw.excerpt, flaw.message(Language::Zh))
            })
            .collect(),
    }
}

#[test]
fn the_built_in_rulebooks_have_no_flaw() {
    for id in ["shenzhen-2020", "project-2020"] {
        assert_eq!(flaws(builtin_text(id).unwrap()), Vec::<String>::new(), "{id}");
    }
}

/// The flaws of a small card whose criterion is `rule`, as `code line-text`.
fn of_rule(rule: &str) -> Vec<String> {
    of_text(&small_card(rule))
}

fn of_text(text: &str) -> Vec<String> {
    let flaws = load("a.toml", text).err().unwrap_or_default();
    for flaw in &flaws {
        for language in [Language::Zh, Language::En] {
            let told = flaw.message(language) + &flaw.help(language);
            assert!(!told.contains("rulebook."), "no text for {told}");
        }
        assert_eq!(text.lines().nth(flaw.line - 1), Some(flaw.excerpt.as_str()));
        assert!(flaw.column <= flaw.excerpt.chars().count() + 1);
    }
    flaws.iter().map(|flaw| format!("{} {}", flaw.code, flaw.excerpt.trim())).collect()
}

const BANDS: &str = "kind = \"bands\"\nvalue = \"spent ÷ planned\"\n";

/// A small card's flaws after one replacement.
fn changed(from: &str, to: &str) -> Vec<String> {
    let text = small_card("kind = \"proportion\"\nvalue = \"spent\"\ntarget = \"planned\"");
    assert!(text.contains(from), "{from}");
    of_text(&text.replacen(from, to, 1))
}

#[test]
fn every_flaw_is_told_at_once_with_its_place() {
    let text = small_card("kind = \"proportion\"\nvalue = \"spend ÷ planned\"\ntarget = 1\npionts = 3")
        .replace("material = 0.5", "material = \"half\"");
    let Err(flaws) = load("我市.toml", &text) else { panic!("it has flaws") };
    let told: Vec<_> = flaws.iter().map(|flaw| (flaw.code, flaw.line, flaw.column)).collect();
    assert_eq!(told, [("wrong-type", 5, 12), ("unknown-name", 42, 10), ("unknown-field", 44, 1)]);
    assert!(flaws[1].help(Language::Zh).contains("spent"));
    assert!(flaws[2].help(Language::Zh).contains("points"));
    assert_eq!(flaws[0].file, "我市.toml");
}

#[test]
fn what_the_loader_refuses() {
    for (from, to, wanted) in [
        ("kind = \"proportion\"", "kind = \"share\"", "unknown-kind kind = \"share\""),
        ("points = 100", "points = nan", "wrong-type points = nan"),
        ("tolerance = 0.01", "tolerance = 0.01\ntolerance = 0.02", "duplicate-key tolerance = 0.02"),
        ("clause = \"1. 如下。\"", "", "missing-field [[indicators]]"),
        ("section = \"all\"", "section = \"any\"", "unknown-section section = \"any\""),
        ("value = \"spent\"", "value = \"spent +\"", "expression-unfinished value = \"spent +\""),
        ("value = \"spent\"", "value = \"(spent\"", "expression-unclosed value = \"(spent\""),
        ("value = \"spent\"", "value = \"spent % 3\"", "expression-unexpected value = \"spent % 3\""),
        ("value = \"spent\"", "value = \"1.2.3\"", "expression-number value = \"1.2.3\""),
        ("value = \"spent\"", "value = \"\"", "empty-text value = \"\""),
        ("name = \"小\"", "name = 小", "syntax name = 小"),
        ("form = \"scorecard\"", "form = \"form\"", "unknown-word form = \"form\""),
        ("id = \"planned\"", "id = \"spent\"", "duplicate-id id = \"spent\""),
        ("unit = \"万元\"", "unit = \"千元\"", "unknown-word unit = \"千元\""),
        ("label = \"支出\"", "label = \"支出\"\nphrases = [\"支出\"]", "phrase-without-figure phrases = [\"支出\"]"),
    ] {
        let flaws = changed(from, to);
        assert!(flaws.contains(&wanted.to_owned()), "{to}: {flaws:?}");
    }
}

#[test]
fn deep_brackets_and_endless_sums_are_refused_without_a_crash() {
    for value in ["(".repeat(100_000), "1+".repeat(100_000), "spent×".repeat(50_000)] {
        let flaws = changed("value = \"spent\"", &format!("value = \"{value}\""));
        assert!(flaws.iter().any(|flaw| flaw.starts_with("expression-too-long")), "{value:.20}");
    }
}

#[test]
fn bands_cover_every_value_once() {
    for (bands, wanted) in [
        ("bands = [{ below = \"90%\", points = 100 }, { above = \"90%\", points = 0 }]", vec!["band-gap"]),
        ("bands = [{ to = \"90%\", points = 100 }, { from = \"90%\", points = 0 }]", vec!["band-overlap"]),
        ("bands = [{ to = \"90%\", points = 100 }, { above = \"95%\", points = 0 }]", vec!["band-gap"]),
        ("bands = [{ to = \"90%\", points = 100 }, { above = \"80%\", points = 0 }]", vec!["band-overlap"]),
        (
            "bands = [{ from = \"90%\", points = 100 }, { from = \"10%\", below = \"90%\", points = 0 }]",
            vec!["band-gap"],
        ),
        ("bands = [{ to = \"90%\", points = 100 }, { above = \"90%\", to = \"99%\", points = 0 }]", vec!["band-gap"]),
        (
            "bands = [{ to = \"90%\", points = 100 }, { above = \"90%\", points = 0 }, { from = \"95%\", below = \"95%\", points = 1 }]",
            vec!["dead-band"],
        ),
        ("bands = [{ to = \"90%\", points = 90 }, { above = \"90%\", points = 0 }]", vec!["full-unreachable"]),
        ("bands = [{ to = \"90%\", points = 100 }, { above = \"90%\", points = 1 }]", vec!["zero-unreachable"]),
        ("bands = [{ to = \"90%\", points = 100 }, { above = \"90%\", points = 1 }]\nleast = 1", vec![]),
        ("bands = [{ to = \"90%\", points = 110 }, { above = \"90%\", points = 0 }]", vec!["points-outside-criterion"]),
        (
            "bands = [{ to = \"90%\", below = \"80%\", points = 100 }, { above = \"90%\", points = 0 }]",
            vec!["edge-twice"],
        ),
        (
            "bands = [{ is = \"90%\", points = 100 }, { above = \"90%\", points = 0 }, { below = \"90%\", points = 0 }]",
            vec![],
        ),
    ] {
        let told = of_rule(&format!("{BANDS}{bands}"));
        let codes: Vec<&str> = told.iter().filter_map(|flaw| flaw.split(' ').next()).collect();
        assert_eq!(codes, wanted, "{bands}");
    }
}

#[test]
fn a_gap_is_shown_by_a_value_that_lies_in_it() {
    let bands = "bands = [{ to = \"90%\", points = 100 }, { above = \"95%\", points = 0 }]";
    let Err(flaws) = load("a.toml", &small_card(&format!("{BANDS}{bands}"))) else { panic!("a gap") };
    assert!(flaws[0].message(Language::Zh).contains("例如 95% "), "{}", flaws[0].message(Language::Zh));
    let bands = "bands = [{ below = \"90%\", points = 100 }, { above = \"90%\", points = 0 }]";
    let Err(flaws) = load("a.toml", &small_card(&format!("{BANDS}{bands}"))) else { panic!("a gap") };
    assert!(flaws[0].message(Language::Zh).contains("例如 90% "), "{}", flaws[0].message(Language::Zh));
}

#[test]
fn what_the_whole_rulebook_shows() {
    for (from, to, wanted) in [
        ("from = 0", "from = 10", "grades-gap from = 10"),
        ("from = 0", "from = 60\n[[grades]]\nname = \"差\"\nfrom = 60", "grades-order from = 60"),
        ("name = \"全部\"\npoints = 100", "name = \"全部\"\npoints = 90", "total-not-100 points = 90"),
        ("group = \"全部\"\npoints = 100", "group = \"全部\"\npoints = 90", "section-points points = 100"),
        ("id = \"one\"\npoints = 100", "id = \"one\"\npoints = 90", "criteria-points points = 100"),
        ("id = \"one\"\npoints = 100", "id = \"one\"\npoints = 110", "points-above-indicator points = 110"),
        ("label = \"支出\"", "label = \"预 算\"", "name-taken label = \"预算\""),
        ("target = \"planned\"", "target = \"spent\"", "fact-unused [[facts]]"),
        ("target = \"planned\"", "target = \"planned - spent\"", "denominator-zero target = \"planned - spent\""),
        ("unit = \"万元\"\n\n[[facts]]", "unit = \"元\"\n\n[[facts]]", "units-differ target = \"planned\""),
        ("label = \"预算\"", "label = \"预算\"\nphrases = [\"全年预算{}\", \"预算{}\"]", ""),
    ] {
        let flaws = changed(from, to);
        assert!(wanted.is_empty() == flaws.is_empty(), "{to}: {flaws:?}");
        assert!(wanted.is_empty() || flaws.contains(&wanted.to_owned()), "{to}: {flaws:?}");
    }
    let shared = changed(
        "label = \"支出\"\nkind = \"money\"\nunit = \"万元\"\n\n[[facts]]\nid = \"planned\"\nlabel = \"预算\"",
        "label = \"支出\"\nphrases = [\"数{}\"]\nkind = \"money\"\nunit = \"万元\"\n\n[[facts]]\nid = \"planned\"\nlabel = \"预算\"\nphrases = [\"预算数{}\"]",
    );
    assert_eq!(shared, ["phrase-shared phrases = [\"数{}\"]"]);
}

#[test]
fn two_readings_with_the_same_rules_are_one() {
    let rule = "kind = \"proportion\"\nvalue = \"spent\"\ntarget = \"planned\"
[[indicators.readings]]\nid = \"a\"\nsays = \"甲\"\n[[indicators.readings]]\nid = \"b\"\nsays = \"乙\"\n";
    assert_eq!(of_rule(rule), ["readings-never-differ [[indicators.readings]]"]);
    let changed = format!("{rule}[indicators.readings.criteria.one]\ncap = false\n");
    assert_eq!(of_rule(&changed), Vec::<String>::new());
    let unknown = format!("{rule}[indicators.readings.criteria.two]\ncap = false\n");
    assert!(of_rule(&unknown).contains(&"unknown-criterion [indicators.readings.criteria.two]".to_owned()));
}
