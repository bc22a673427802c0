//! What is said of a rulebook that an official wrote wrongly: the fault at its own line, no line without one, and nothing of
//! it held against a department.

use fuhe::rescore::{Rescored, rescore};
use fuhe::rulebook::{Flaw, load};
use fuhe::text::Language;

use crate::engine::{card, facts, settled, small_card, told};

const RULE: &str = "kind = \"proportion\"\nvalue = \"spent\"\ntarget = \"planned\"";

fn flaws(text: &str) -> Vec<Flaw> {
    load("a.toml", text).err().unwrap_or_default()
}

/// `code line` of every flaw of a small card with that rule.
fn of_rule(rule: &str) -> Vec<String> {
    flaws(&small_card(rule)).iter().map(|flaw| format!("{} {}", flaw.code, flaw.excerpt.trim())).collect()
}

/// What is said of the only flaw, and what to do about it.
fn words(text: &str, language: Language) -> String {
    match &flaws(text)[..] {
        [flaw] => format!("{}｜{}", flaw.message(language), flaw.help(language)),
        flaws => panic!("{} flaws: {flaws:?}", flaws.len()),
    }
}

/// A small card with a third fact, a percentage.
fn with_rate(rule: &str) -> String {
    let rate = "[[facts]]\nid = \"rate\"\nlabel = \"满意度\"\nkind = \"percent\"\n\n[[indicators]]";
    small_card(rule).replacen("[[indicators]]", rate, 1)
}

const READINGS: &str =
    "\n[[indicators.readings]]\nid = \"p\"\nsays = \"甲\"\n[[indicators.readings]]\nid = \"w\"\nsays = \"乙\"\n";

#[test]
fn readings_that_a_case_proves_to_differ_are_two() {
    // 7 × 181 − 13 × 2.5 = 1234.5: nobody throws such figures by chance.
    let narrow =
        "[indicators.readings.criteria.one]\nzero_when = [{ value = \"spent × 7 − planned × 13\", equal = 1234.5 }]\n";
    let rule = format!("{RULE}{READINGS}{narrow}");
    assert_eq!(of_rule(&rule), ["readings-never-differ [[indicators.readings]]"]);
    let case = "[[indicators.cases]]\nfacts = { spent = 181, planned = 2.5 }\nscore = 100\nreadings = { w = 0 }\n";
    assert_eq!(of_rule(&format!("{rule}{case}")), Vec::<String>::new());
    // A case that claims a difference which the rules do not make proves none.
    let claimed = "[[indicators.cases]]\nfacts = { spent = 181, planned = 2 }\nscore = 100\nreadings = { w = 0 }\n";
    let codes: Vec<&str> = flaws(&small_card(&format!("{rule}{claimed}"))).iter().map(|flaw| flaw.code).collect();
    assert_eq!(codes, ["readings-never-differ", "case-differs-in-reading"]);
}

#[test]
fn a_started_percentage_point_is_found_wherever_the_percentage_stands_in_the_sum() {
    // 88.5 % is 1.5 points below 90 %: 98.5 pro rata, 99 where only whole ones count.
    for value in
        ["90% − rate", "(90 − rate × 100) ÷ 100", "0.9 − rate", "(90% × 4 − rate × 4) ÷ 4", "1 − rate ÷ 90% × 1"]
    {
        let rule = format!(
            "kind = \"step_deduction\"\nvalue = \"{value}\"\nlimit = 0\nper_point = 1{READINGS}[indicators.readings.criteria.one]\nsteps = \"whole\"\n"
        );
        let text = with_rate(&rule);
        let codes: Vec<&str> = flaws(&text).iter().map(|flaw| flaw.code).collect();
        assert!(!codes.contains(&"readings-never-differ"), "{value}: {codes:?}");
    }
}

#[test]
fn conditions_that_take_and_give_all_points_at_once_are_the_rulebooks_fault() {
    for (zero, full, example) in [
        (
            "value = \"spent ÷ planned\", at_least = \"30%\"",
            "value = \"spent ÷ planned\", at_least = \"30%\"",
            "spent ÷ planned = 30%",
        ),
        (
            "value = \"spent ÷ planned\", above = \"50%\"",
            "value = \"spent ÷ planned\", above = \"30%\"",
            "spent ÷ planned = 150%",
        ),
        ("value = \"spent\", at_most = 10", "value = \"spent\", at_least = 10", "spent = 10"),
        ("value = \"spent\", below = 10", "value = \"spent\", equal = 0", "spent = 0"),
        // The same facts in other words: 支出 ≤ 预算 is 支出 ÷ 预算 ≤ 1.
        ("value = \"spent\", at_most = \"planned\"", "value = \"spent ÷ planned\", below = \"90%\"", "支出 "),
        (
            "value = \"1 − spent ÷ planned\", at_least = \"30%\"",
            "value = \"planned × 70%\", at_least = \"spent\"",
            "支出 ",
        ),
    ] {
        let rule = format!("{RULE}\nzero_when = [{{ {zero} }}]\nfull_when = [{{ {full} }}]");
        let text = small_card(&rule);
        assert_eq!(of_rule(&rule), [format!("conditions-contradict zero_when = [{{ {zero} }}]")]);
        assert!(words(&text, Language::Zh).contains(&format!("例如 {example}")), "{}", words(&text, Language::Zh));
        assert!(words(&text, Language::En).contains(&format!("such as with {example}")));
        // Around the whole indicator they are held against each other, too.
        let around = small_card(RULE).replacen(
            "clause = \"1. 如下。\"",
            &format!("clause = \"1. 如下。\"\nzero_when = [{{ {zero} }}]\nfull_when = [{{ {full} }}]"),
            1,
        );
        assert_eq!(flaws(&around).len(), 1);
    }
}

#[test]
fn conditions_that_never_meet_or_speak_of_other_facts_are_left_alone() {
    for (zero, full) in [
        ("value = \"spent ÷ planned\", above = \"50%\"", "value = \"spent ÷ planned\", at_most = \"50%\""),
        ("value = \"spent ÷ planned\", below = \"30%\"", "value = \"spent ÷ planned\", at_least = \"90%\""),
        ("value = \"spent\", above = \"planned\"", "value = \"spent ÷ planned\", below = \"90%\""),
        ("value = \"spent\", above = \"planned × 120%\"", "value = \"planned\", equal = 0"),
        ("value = \"spent\", above = 1000", "value = \"planned\", below = 10"),
    ] {
        let rule = format!("{RULE}\nzero_when = [{{ {zero} }}]\nfull_when = [{{ {full} }}]");
        assert_eq!(of_rule(&rule), Vec::<String>::new(), "{zero} {full}");
    }
}

/// The only indicator of a small card recomputed.
fn recomputed(rule: &str, lines: &str) -> Rescored {
    let rulebook = load("a.toml", &small_card(rule)).expect("no flaw");
    let card = card(&rulebook);
    rescore(card, &card.indicators[0], &facts(lines))
}

#[test]
fn where_a_veto_and_an_exemption_meet_a_person_judges_and_no_figure_is_called_unusable() {
    let rule = format!(
        "{RULE}\nzero_when = [{{ value = \"spent\", above = 1000 }}]\nfull_when = [{{ value = \"planned\", below = 10 }}]"
    );
    let met = recomputed(&rule, "spent 2000; planned 5");
    assert_eq!(
        (crate::engine::range(&met).as_str(), &settled(&met.settled_by)[..]),
        ("0.00..100.00", &["judgement".to_owned()][..])
    );
    let working = told(&met.working).join("；");
    assert!(
        working.contains("评分规则中“得 0 分”和“得满分”的条件同时成立") && !working.contains("无法采用"),
        "{working}"
    );
    // Around the whole indicator it is said, too.
    let around = small_card(RULE).replacen(
        "clause = \"1. 如下。\"",
        "clause = \"1. 如下。\"\nzero_when = [{ value = \"spent\", above = 1000 }]\nfull_when = [{ value = \"planned\", below = 10 }]",
        1,
    );
    let rulebook = load("a.toml", &around).expect("no flaw");
    let card = card(&rulebook);
    let whole = rescore(card, &card.indicators[0], &facts("spent 2000; planned 5"));
    let working = told(&whole.working).join("；");
    assert!(working.contains("规则没有写明以哪一条为准") && !working.contains("无法采用"), "{working}");
    assert_eq!(settled(&whole.settled_by), ["judgement"]);
    // While one of them is not known, the fact that decides it is asked for, and not the one that is known.
    let open = recomputed(&rule, "spent 2000");
    assert_eq!(settled(&open.settled_by), ["planned"]);
    // One alone decides.
    assert_eq!(crate::engine::range(&recomputed(&rule, "spent 2000; planned 10")), "0.00");
    assert_eq!(crate::engine::range(&recomputed(&rule, "spent 1000; planned 5")), "100.00");
}

#[test]
fn a_word_that_is_like_no_other_is_not_said_to_mean_one() {
    let kind = small_card("kind = \"ratio\"\nvalue = \"spent\"\ntarget = \"planned\"");
    assert!(
        words(&kind, Language::Zh)
            .ends_with("｜可用的种类：proportion、bands、step_deduction、count_deduction、choice、attested、judgement")
    );
    let field = small_card(&format!("{RULE}\ncomment_of_mine = 3"));
    assert!(words(&field, Language::En).contains("｜Known here: "), "{}", words(&field, Language::En));
    let name = small_card(&RULE.replace("spent", "carryover_of_all"));
    assert!(words(&name, Language::Zh).ends_with("｜新的数据项请先在 [[facts]] 中定义"));
}

#[test]
fn a_tolerance_that_swallows_severe_differences_is_told() {
    let wide = small_card(RULE).replace("tolerance = 0.01", "tolerance = 1");
    assert_eq!(flaws(&wide).iter().map(|flaw| flaw.excerpt.as_str()).collect::<Vec<_>>(), ["tolerance = 1"]);
    assert!(words(&wide, Language::Zh).starts_with("tolerance 为 1 分，大于 material 的 0.5 分"));
    assert_eq!(flaws(&small_card(RULE).replace("tolerance = 0.01", "tolerance = 0.5")), []);
}

#[test]
fn a_fault_in_a_sum_is_told_at_the_sum_and_not_at_its_target() {
    let proportion =
        |value: &str, target: &str| format!("kind = \"proportion\"\nvalue = \"{value}\"\ntarget = \"{target}\"");
    for (value, target, wanted) in [
        ("spent ÷ 0", "planned", "denominator-is-zero value = \"spent ÷ 0\""),
        ("spent ÷ (planned − planned)", "1", "denominator-is-zero value = \"spent ÷ (planned − planned)\""),
        ("spent", "planned − planned", "denominator-is-zero target = \"planned − planned\""),
        ("spent ÷ (planned − spent)", "1", "denominator-zero value = \"spent ÷ (planned − spent)\""),
    ] {
        assert_eq!(of_rule(&proportion(value, target)), [wanted]);
    }
    let people = small_card(&proportion("spent + rate", "planned")).replacen(
        "[[indicators]]",
        "[[facts]]\nid = \"rate\"\nlabel = \"人数\"\nkind = \"count\"\nunit = \"人\"\n\n[[indicators]]",
        1,
    );
    assert_eq!(flaws(&people)[0].excerpt, "value = \"spent + rate\"");
    assert!(words(&people, Language::Zh).contains("“spent”是 万元，“rate”是 人"));
    assert!(words(&people, Language::En).contains("\"spent\" is in 万元, \"rate\" in 人"));
}

#[test]
fn a_wrong_kind_is_told_alone_with_the_word_that_is_meant() {
    let rule = "kind = \"count_deductions\"\nvalue = \"spent\"\neach = 3";
    assert_eq!(of_rule(rule), ["unknown-kind kind = \"count_deductions\""]);
    assert!(words(&small_card(rule), Language::Zh).contains("是否应为“count_deduction”？"));
    assert!(words(&small_card(rule), Language::En).contains("Is \"count_deduction\" meant?"));
    // Of a fact, too: the rule that uses it is not blamed.
    let fact = with_rate("kind = \"proportion\"\nvalue = \"rate × spent\"\ntarget = \"planned\"")
        .replace("kind = \"percent\"", "kind = \"percentage\"\nmax = 120");
    assert_eq!(flaws(&fact).iter().map(|flaw| flaw.excerpt.as_str()).collect::<Vec<_>>(), ["kind = \"percentage\""]);
    assert!(words(&fact, Language::Zh).contains("是否应为“percent”？"));
}

#[test]
fn a_rule_over_the_wrong_fact_is_told_and_the_right_fact_is_not_called_unused() {
    let rule = "kind = \"bands\"\nvalue = \"spent ÷ planned\"\nbands = [{ to = \"9%\", points = 100 }, { above = \"9%\", points = 0 }]";
    let sound = with_rate(rule).replace("spent ÷ planned\"\nbands", "rate × spent ÷ planned\"\nbands");
    assert_eq!(flaws(&sound), []);
    let wrong = with_rate(rule).replace("spent ÷ planned\"\nbands", "spent\"\nbands");
    assert_eq!(flaws(&wrong).iter().map(|flaw| flaw.excerpt.as_str()).collect::<Vec<_>>(), ["value = \"spent\""]);
    let said = words(&wrong, Language::Zh);
    assert!(said.contains("“spent”的单位是“万元”，不是比率") && !said.contains("{criterion}"), "{said}");
}

#[test]
fn a_limit_that_decides_for_everybody_is_told_at_the_limit() {
    let step = |value: &str, limit: &str| {
        format!("kind = \"step_deduction\"\nvalue = \"{value}\"\nlimit = {limit}\nper_point = 2")
    };
    for (value, limit, code) in [
        ("90% − rate", "\"-100%\"", "limit-always-passed"),
        ("90% − rate", "\"95%\"", "limit-never-passed"),
        ("rate", "\"100%\"", "limit-never-passed"),
    ] {
        let flaws = flaws(&with_rate(&step(value, limit)));
        let told: Vec<(&str, &str)> = flaws.iter().map(|flaw| (flaw.code, flaw.excerpt.as_str())).collect();
        assert_eq!(told, [(code, &*format!("limit = {limit}"))]);
        assert!(!flaws[0].help(Language::Zh).contains("least"), "{}", flaws[0].help(Language::Zh));
    }
    // Of a rate of change a limit below 0 is a rule like any other.
    assert_eq!(of_rule(&step("(spent − planned) ÷ planned", "\"-30%\"")), Vec::<String>::new());
    let beyond = with_rate("kind = \"proportion\"\nvalue = \"rate\"\ntarget = \"120%\"");
    assert_eq!(flaws(&beyond)[0].excerpt, "target = \"120%\"");
    assert!(words(&beyond, Language::Zh).starts_with("“rate”最大是 100%，达不到满分目标 120%"));
}

#[test]
fn a_share_of_the_points_ends_at_the_least_that_its_clause_leaves() {
    let rule = "kind = \"proportion\"\nvalue = \"spent\"\ntarget = \"planned\"\nleast = 30";
    for (given, wanted) in [
        ("spent 10; planned 100", "30.00"),
        ("spent 30; planned 100", "30.00"),
        ("spent 31; planned 100", "31.00"),
        ("spent 120; planned 100", "100.00"),
        ("spent 10", "30.00..100.00"),
    ] {
        assert_eq!(crate::engine::range(&recomputed(rule, given)), wanted, "{given}");
    }
    let working = told(&recomputed(rule, "spent 10; planned 100").working).join("；");
    assert!(working.starts_with("one 10 ÷ 100 = 0.1，× 100，不足 30 分按 30 分计 → 30.00 分"), "{working}");
    let working = told(&recomputed(rule, "spent 31; planned 100").working).join("；");
    assert!(!working.contains("不足"), "{working}");
}

#[test]
fn the_least_points_are_below_the_points_and_only_where_a_kind_computes_them() {
    let count = "kind = \"count_deduction\"\nvalue = \"spent ÷ planned × 100\"\neach = 3\n";
    assert_eq!(of_rule(&format!("{count}least = 3")), Vec::<String>::new());
    for (rule, wanted) in [
        (format!("{count}least = 100"), "least-outside least = 100"),
        (format!("{count}least = 140"), "least-outside least = 140"),
        (format!("{count}least = -1"), "least-outside least = -1"),
        (format!("{RULE}\nleast = 100"), "least-outside least = 100"),
        ("kind = \"judgement\"\nleast = 3".to_owned(), "least-unused least = 3"),
        (
            "kind = \"bands\"\nvalue = \"spent ÷ planned\"\nbands = [{ to = \"9%\", points = 100 }, { above = \"9%\", points = 0 }]\nleast = 3".to_owned(),
            "least-differs least = 3",
        ),
    ] {
        let told = of_rule(&rule);
        assert!(told.contains(&wanted.to_owned()), "{rule}: {told:?}");
        assert!(told.iter().all(|flaw| flaw == wanted || flaw.starts_with("fact-unused")), "{told:?}");
    }
    let said = words(&small_card(&format!("{count}least = 140")), Language::Zh);
    assert!(said.starts_with("least 为 140 分，而条款“one”一共 100 分"), "{said}");
}
