//! Rulebooks: what is read, and what is refused with its place.

use fuhe::facts::known::{Candidate, CandidateValue};
use fuhe::rulebook::expression::{Expression, Operation};
use fuhe::rulebook::{Case, FactKind, Rule, Scorecard, builtin_text, load};
use fuhe::text::Language;
use rust_decimal::Decimal;

use crate::engine::{card, shenzhen, small_card};

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
        ("bands = [{ below = \"90%\", points = 100 }, { above = \"90%\", points = 0 }]", vec!["edge-in-neither"]),
        ("bands = [{ to = \"90%\", points = 100 }, { from = \"90%\", points = 0 }]", vec!["edge-in-both"]),
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
    assert!(flaws[0].message(Language::Zh).contains("边界 90% "), "{}", flaws[0].message(Language::Zh));
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
    let changed = format!("{rule}[indicators.readings.criteria.one]\ntarget = \"planned × 2\"\n");
    assert_eq!(of_rule(&changed), Vec::<String>::new());
    // Without a cap the only criterion still ends at the indicator's points.
    let same = format!("{rule}[indicators.readings.criteria.one]\ncap = false\n");
    assert_eq!(of_rule(&same), ["readings-never-differ [[indicators.readings]]"]);
    let unknown = format!("{rule}[indicators.readings.criteria.two]\ncap = false\n");
    assert!(of_rule(&unknown).contains(&"unknown-criterion [indicators.readings.criteria.two]".to_owned()));
}

/// What an expression is with a case's facts; none where a fact is missing.
fn value(expression: &Expression, card: &Scorecard, case: &Case) -> Option<Decimal> {
    match expression {
        Expression::Number { value, .. } => Some(*value),
        Expression::Name(name) => {
            let number = match &case.facts.get(name)?.candidates[..] {
                [Candidate { value: CandidateValue::Number(number), .. }] => *number,
                _ => return None,
            };
            let percent =
                card.facts.iter().any(|fact| fact.id == *name && matches!(fact.kind, FactKind::Percent { .. }));
            Some(if percent { number / Decimal::ONE_HUNDRED } else { number })
        }
        Expression::Binary { operation, left, right } => {
            let (left, right) = (value(left, card, case)?, value(right, card, case)?);
            match operation {
                Operation::Add => Some(left + right),
                Operation::Subtract => Some(left - right),
                Operation::Multiply => Some(left * right),
                Operation::Divide => left.checked_div(right),
            }
        }
    }
}

#[test]
fn every_indicator_of_the_built_in_card_has_a_full_case_a_losing_one_and_one_at_each_edge() {
    let rulebook = shenzhen();
    let card = card(&rulebook);
    for indicator in &card.indicators {
        let cases = &indicator.cases;
        let judged =
            indicator.readings[0].criteria.iter().any(|criterion| criterion.rule.parameters().awaits_judgement());
        assert!(judged || cases.iter().any(|case| case.score.low == indicator.most()), "{}: full", indicator.id);
        assert!(judged || cases.iter().any(|case| case.score.high < indicator.most()), "{}: losing", indicator.id);
        assert!(cases.iter().all(|case| !case.says.is_empty()), "{}: words", indicator.id);
        for criterion in indicator.readings.iter().flat_map(|reading| &reading.criteria) {
            let (expression, edges) = match &criterion.rule {
                Rule::Bands(rule) => (&rule.value, rule.edges().map(|edge| edge.at).collect()),
                Rule::StepDeduction(rule) => (&rule.value, vec![rule.limit]),
                _ => continue,
            };
            for edge in edges {
                let at_edge = |case: &Case| value(expression, card, case) == Some(edge);
                assert!(cases.iter().any(at_edge), "{}: a case where {expression} is {edge}", indicator.id);
            }
        }
    }
}

#[test]
fn a_case_that_the_rules_do_not_give_is_a_flaw_with_both_numbers() {
    let rule = "kind = \"proportion\"\nvalue = \"spent\"\ntarget = \"planned\"";
    let with = |cases: &str| {
        of_text(&small_card(rule).replace("\n[[indicators.criteria]]", &format!("\n{cases}\n[[indicators.criteria]]")))
    };
    assert_eq!(with("cases = [{ facts = { spent = 1, planned = 4 }, score = 25 }]"), Vec::<String>::new());
    assert_eq!(with("cases = [{ facts = { spent = [1, 2], planned = 4 }, score = [25, 50] }]"), Vec::<String>::new());
    assert_eq!(with("cases = [{ facts = { planned = \"不适用\" }, score = [0, 100] }]"), Vec::<String>::new());
    for (case, code) in [
        ("{ facts = { spent = 1, planned = 4 }, score = 24 }", "case-differs"),
        ("{ facts = { spent = 1, planned = 4 }, score = [30, 20] }", "case-score"),
        ("{ facts = { spent = \"1\", planned = 4 }, score = 25 }", "case-value"),
        ("{ facts = { spend = 1, planned = 4 }, score = 25 }", "unknown-name"),
        ("{ facts = { spent = 1, planned = 4 } }", "missing-field"),
        ("{ facts = { spent = 1, planned = 4 }, score = 25, readings = { strict = 20 } }", "unknown-reading"),
        ("{ facts = { spent = 1, planned = 4 }, scores = 25, score = 25 }", "unknown-field"),
    ] {
        let told = with(&format!("cases = [\n{case}\n]"));
        assert_eq!(told, [format!("{code} {case}")], "{case}");
    }
}

/// The numbers of a line that rules compute with: every one that stands behind such a key, in or out of quotes.
fn numbers_of_rules(line: &str) -> Vec<(usize, usize)> {
    const KEYS: [&str; 9] = ["points", "from", "below", "above", "to", "limit", "per_point", "each", "target"];
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let mut found = Vec::new();
    for (at, _) in line.match_indices(" = ") {
        let key = line[..at].rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or("");
        let answer = line.starts_with("scores") && line[..at].ends_with('"');
        let begin = at + 3 + usize::from(line[at + 3..].starts_with('"'));
        let length = digits(&line[begin..]);
        if length > 0 && (KEYS.contains(&key) || answer) {
            found.push((begin, length));
        }
    }
    found
}

/// Every seventh number is mistyped; with FUHE_EVERY_NUMBER set, all of them, which takes minutes.
#[test]
fn no_number_of_the_built_in_rules_can_be_mistyped_unnoticed() {
    let step = if std::env::var_os("FUHE_EVERY_NUMBER").is_some() { 1 } else { 7 };
    let text = builtin_text("shenzhen-2020").unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let rules = lines.iter().position(|line| *line == "[[indicators]]").unwrap();
    let numbers = (rules..lines.len())
        .flat_map(|at| numbers_of_rules(lines[at]).into_iter().map(move |(begin, length)| (at, begin, length)));
    let mut tried = 0;
    for (at, begin, length) in numbers.step_by(step) {
        let number: Decimal = lines[at][begin..begin + length].parse().unwrap();
        let mistyped = number + Decimal::new(5, 1);
        let line = format!("{}{mistyped}{}", &lines[at][..begin], &lines[at][begin + length..]);
        let changed = [&lines[..at], &[line.as_str()], &lines[at + 1..]].concat().join("\n");
        assert!(load("mistyped.toml", &changed).is_err(), "line {}: {} as {line}", at + 1, lines[at]);
        tried += 1;
    }
    assert!(tried * step > 120, "{tried}");
}

#[test]
fn a_list_that_is_too_long_is_told_and_nothing_else_is_looked_for() {
    let fact = |n: usize| format!("\n[[facts]]\nid = \"f{n}\"\nlabel = \"同名\"\nkind = \"money\"\nunit = \"元\"\n");
    let facts: String = (0..2_001).map(fact).collect();
    let rule = "kind = \"proportion\"\nvalue = \"spent\"\ntarget = \"planned\"";
    assert_eq!(of_text(&(small_card(rule) + &facts)), ["too-many [[facts]]"; 1]);
    let readings: String =
        (0..21).map(|n| format!("\n[[indicators.readings]]\nid = \"r{n}\"\nsays = \"x\"\n")).collect();
    assert_eq!(of_text(&(small_card(rule) + &readings)), ["too-many [[indicators.readings]]"; 1]);
}

#[test]
fn thousands_of_flaws_are_told_as_far_as_they_help() {
    let tables: String = (0..3_000).map(|n| format!("[a{n}]\nb = 1\n")).collect();
    assert_eq!(load("a.toml", &tables).expect_err("flaws").len(), 500);
}

#[test]
fn what_is_no_rulebook_by_its_size_or_kind_is_not_read() {
    let desk = crate::cli::Desk::new();
    desk.put("大.toml", &vec![b'#'; (1 << 20) + 1]);
    desk.put("规则/大.toml", &vec![b'#'; (1 << 20) + 1]);
    let check = |arguments: &[&str], said: &str| {
        let output = desk.fuhe(arguments);
        let words = crate::cli::words(&output);
        assert!(crate::cli::code(&output) == 2 && words.contains(said), "{words}");
    };
    check(&["rulebook", "check", "大.toml"], "超过 1 MB");
    check(&["rulebook", "check", "大.toml", "--lang", "en"], "larger than 1 MB");
    check(&["rulebook", "list", "--rulebooks", "规则"], "超过 1 MB");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/dev/zero", desk.path("零.toml")).expect("a link");
        check(&["rulebook", "check", "零.toml"], "不是普通文件");
    }
}
