//! Every check: one case that fires and one that nearly does.

use fuhe::audit::{Audit, Severity};
use fuhe::checks::register::{Area, Code};
use fuhe::submission::{CompletionTable, Sourced, Submission};
use fuhe::text::Language;

use crate::said::Said;
use crate::submitted::*;

/// A card claimed in full and earned in full, but for the part that has to be judged.
fn clean() -> Submission {
    let mut submission = submitted(&full_but("benefits 23"), FULL_FACTS);
    submission.total = total("98");
    submission.grade = grade("优");
    submission
}

fn with(change: impl FnOnce(&mut Submission)) -> Audit {
    let mut submission = clean();
    change(&mut submission);
    audited(submission)
}

fn with_claims(others: &str) -> Audit {
    audited(submitted(&full_but(others), FULL_FACTS))
}

fn with_facts(others: &str) -> Audit {
    audited(submitted(&full_but("benefits 23"), &full_facts_but(others)))
}

fn with_table(rows: &str, kpi_rows: &str) -> Audit {
    with(|submission| {
        submission.completion = Some(CompletionTable { kpis: kpis(kpi_rows), ..completion(rows) });
    })
}

/// Whether a finding of `code` is among them.
fn tells(audit: &Audit, code: &str) -> bool {
    assert!(Code::find(code).is_some(), "{code} is registered");
    !found(audit, code).is_empty()
}

#[track_caller]
fn fires(code: &str, audit: &Audit) {
    assert!(tells(audit, code), "{code} should be told: {:?}", audit.findings);
    for finding in found(audit, code) {
        assert!(!finding.message().contains(['{', '}']), "an unfilled hole: {}", finding.message());
        assert!(!finding.message().starts_with("finding."), "no text: {}", finding.message());
    }
}

#[track_caller]
fn silent(code: &str, audit: &Audit) {
    assert!(!tells(audit, code), "{code} should not be told: {:?}", found(audit, code));
}

#[test]
fn an_honest_card_is_only_told_what_has_to_be_judged() {
    let audit = with(|_| {});
    let codes: Vec<&str> = audit.findings.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["unverifiable-score"]);
    assert!(audit.findings[0].message().contains("专家评定"));
}

#[test]
fn scores() {
    fires("overstated-score", &audited(submitted(FULL_CLAIMS, &full_facts_but("key_tasks_unfinished 1"))));
    silent("overstated-score", &with(|_| {}));
    fires("understated-score", &with_claims("key_tasks 4"));
    silent("understated-score", &with_claims("key_tasks 7.99"));
    fires("unverifiable-score", &with(|_| {}));
    silent("unverifiable-score", &with_claims("benefits 25.01"));
    // Adjustments of 10.5 % of the budget lose 0.05 pro rata and nothing in whole points.
    let adjusted = full_facts_but("adjusted_amount 105");
    fires("reading-dependent-score", &audited(submitted(FULL_CLAIMS, &adjusted)));
    silent("reading-dependent-score", &audited(submitted(&full_but("financial_compliance 2.95"), &adjusted)));
    fires("score-above-points", &with_claims("key_tasks 8.01"));
    silent("score-above-points", &with_claims("key_tasks 8"));
    fires("negative-score", &with_claims("key_tasks -0.01"));
    silent("negative-score", &with_claims("key_tasks 0"));
    fires("score-missing", &with_claims("key_tasks -"));
    silent("score-missing", &with_claims("key_tasks ."));
    fires("score-not-a-number", &with_claims("key_tasks ?"));
    silent("score-not-a-number", &with_claims("key_tasks -"));
}

#[test]
fn rows_of_the_card() {
    let stated = |points: &'static str| {
        with(|submission| {
            let source = cell("评分表", "D21", points);
            submission.claims[16].points_stated = Some(Sourced { value: number(points), source });
        })
    };
    fires("points-altered", &stated("10"));
    silent("points-altered", &stated("8.0"));
    fires("indicator-missing", &with_claims("key_tasks ."));
    silent("indicator-missing", &with_claims("key_tasks -"));
    fires("indicator-duplicated", &with(|submission| submission.claims.push(claim("key_tasks", 40, "8"))));
    silent("indicator-duplicated", &with(|_| {}));
    fires("all-full-marks", &with_claims(""));
    silent("all-full-marks", &with_claims("benefits 24.99"));
}

#[test]
fn an_empty_repetition_of_a_row_says_nothing() {
    let audit = with(|submission| submission.claims.insert(0, claim("key_tasks", 3, "-")));
    assert_eq!(found(&audit, "indicator-duplicated")[0].severity, Severity::Info);
    assert_eq!(indicator(&audit, "key_tasks").claimed, Some(number("8")));
}

#[test]
fn totals_and_grades() {
    fires("total-mismatch", &with(|submission| submission.total = total("98.02")));
    silent("total-mismatch", &with(|submission| submission.total = total("98.01")));
    silent("total-mismatch", &with(|submission| submission.total = None));
    let section = |points: &'static str| {
        with(|submission| {
            let source = cell("评分表", "H9", points);
            let section = fuhe_section(0);
            submission.section_totals.push((section, Sourced { value: number(points), source }));
        })
    };
    fires("section-total-mismatch", &section("19"));
    silent("section-total-mismatch", &section("20.00"));
    fires("grade-mismatch", &with(|submission| submission.grade = grade("良")));
    silent("grade-mismatch", &with(|submission| submission.grade = grade("优秀")));
    // The stated total decides, although the claims add up to 98.
    silent(
        "grade-mismatch",
        &with(|submission| {
            submission.total = total("89.99");
            submission.grade = grade("良");
        }),
    );
    fires(
        "grade-mismatch",
        &with(|submission| {
            submission.total = None;
            submission.grade = grade("良");
        }),
    );
    fires("grade-mismatch", &with(|submission| submission.grade = grade("合格")));
}

fn fuhe_section(at: usize) -> String {
    let rulebook = shenzhen();
    let card = rulebook.card().expect("a card");
    card.sections[at].id.clone()
}

#[test]
fn a_grade_is_overstated_when_the_ceiling_earns_a_lower_one() {
    let graded = |unfinished: &str| {
        let facts = full_facts_but(&format!("key_tasks_unfinished {unfinished}"));
        let mut submission = submitted(&full_but("benefits 23"), &facts);
        submission.total = total("98");
        submission.grade = grade("优");
        audited(submission)
    };
    // Two tasks: the ceiling is 90, still 优. An unknown number of them takes nothing from the ceiling.
    silent("grade-overstated", &graded("2"));
    silent("grade-overstated", &graded("?"));
    let mut submission =
        submitted(&full_but("benefits 23"), &full_facts_but("key_tasks_unfinished 2; budget_nonconformities 1"));
    submission.grade = grade("优");
    fires("grade-overstated", &audited(submission));
}

#[test]
fn a_grade_hangs_on_open_points_when_they_can_take_it_away() {
    // Everything else is earned: 75 points and what is judged of the benefits.
    let with = |benefits: &str| audited(submitted(&full_but(&format!("benefits {benefits}")), &full_facts_but("")));
    // At most 85, 5 above 良; without the 10 there are 75, which is 中.
    let hangs = with("10").grade_hangs.expect("an open grade");
    assert_eq!((hangs.indicators, hangs.otherwise.as_str()), (vec!["benefits".to_owned()], "中"));
    assert_eq!((hangs.margin, hangs.at_stake), (number("5"), number("10")));
    // At most 79 and at least 75: 中 both times.
    assert_eq!(with("4").grade_hangs, None);
    // At most 80, the lowest total of 良: whatever is lost of the 5 is one grade less.
    assert!(with("5").grade_hangs.is_some());
    // Nothing that is granted is open where the claim is no number: it counts 0.
    assert_eq!(with("?").grade_hangs, None);
}

#[test]
fn facts_and_their_evidence() {
    fires("fact-missing", &with_facts("key_tasks_unfinished -"));
    silent("fact-missing", &with_facts("key_tasks_unfinished ?"));
    // Presumed 否, so nothing hangs on it.
    silent("fact-missing", &with_facts("classified_unit -"));
    fires("evidence-missing", &with_facts("assets_kept 是"));
    silent("evidence-missing", &with_facts("assets_kept 否"));
    fires("fact-conflict", &with_facts("satisfaction 100; satisfaction 94"));
    silent("fact-conflict", &with_facts("satisfaction 100; satisfaction 100.0"));
    fires("fact-out-of-range", &with_facts("satisfaction 100.1"));
    silent("fact-out-of-range", &with_facts("satisfaction 100"));
    fires("fact-out-of-range", &with_facts("q4_progress 150.1"));
    silent("fact-out-of-range", &with_facts("q4_progress 150"));
    fires("fact-out-of-range", &with_facts("staff_actual 99.5"));
    fires("fact-out-of-range", &with_facts("sangong_actual -1"));
    fires("not-applicable", &with_facts("petition_timely_rate 不适用"));
    fires("not-applicable", &with_facts("procurement_plan 0; procurement_actual 0"));
    silent("not-applicable", &with_facts("procurement_plan 0"));
    fires("zero-denominator", &with_facts("assets_total 0"));
    silent("zero-denominator", &with_facts("assets_in_use 0"));
}

#[test]
fn more_finished_than_planned_is_told_and_used_all_the_same() {
    let audit = with_facts("projects_finished 9");
    fires("fact-out-of-range", &audit);
    assert_eq!(indicator(&audit, "project_timeliness").default, Some(number("6")));
    silent("fact-out-of-range", &with_facts("projects_finished 8"));
}

const TABLE: &str = "基本支出 60 60 60 60; 项目 40 40 40 40; 合计 100 100 100 100";

#[test]
fn amounts_of_the_completion_table() {
    let code = "completion-total-mismatch";
    fires(code, &with_table("基本支出 60 60 60 60; 项目 40 40 40 40; 合计 101 100 100 100", ""));
    fires(code, &with_table("基本支出 60 60 60 60; 项目 40 40 40 40; 合计 100 100 100 99.98", ""));
    silent(code, &with_table(TABLE, ""));
    // An empty cell may hold what is short of the total, but nothing that is over it.
    silent(code, &with_table("基本支出 60 60 60 60; 项目 - 40 40 40; 合计 100 100 100 100", ""));
    fires(code, &with_table("基本支出 60 60 60 60; 项目 - 40 40 40; 合计 50 100 100 100", ""));
    fires("fiscal-over-total", &with_table("基本支出 60 60.01 60 60", ""));
    silent("fiscal-over-total", &with_table(TABLE, ""));
    fires("execution-over-budget", &with_table("基本支出 60 60 60.01 60", ""));
    fires("execution-over-budget", &with_table("基本支出 60 50 60 50.01", ""));
    silent("execution-over-budget", &with_table(TABLE, ""));
}

#[test]
fn the_rate_of_the_completion_table_is_compared_at_the_decimals_written() {
    // 1680.97 ÷ 1701.05 = 98.8195… %
    let rate = |q4: &str| {
        let facts = full_facts_but(&format!("q4_progress {q4}"));
        let mut submission = submitted(&full_but("benefits 23"), &facts);
        submission.completion = Some(completion("合计 1701.05 1701.05 1680.97 1680.97"));
        audited(submission)
    };
    silent("execution-rate-mismatch", &rate("98.82"));
    silent("execution-rate-mismatch", &rate("98.8"));
    silent("execution-rate-mismatch", &rate("99"));
    fires("execution-rate-mismatch", &rate("98.81"));
    fires("execution-rate-mismatch", &rate("98.9"));
    // Half up: 90.125 is 90.13 and not 90.12.
    let half = |q4: &str| {
        let mut submission = submitted(&full_but("benefits 23"), &full_facts_but(&format!("q4_progress {q4}")));
        submission.completion = Some(completion("合计 100 100 90.125 90"));
        audited(submission)
    };
    silent("execution-rate-mismatch", &half("90.13"));
    fires("execution-rate-mismatch", &half("90.12"));
    assert_eq!(indicator(&half("90.12"), "budget_execution").readings.len(), 4);
}

#[test]
fn kpi_rows() {
    fires("not-measurable", &with_table("", "质量指标/达标率 ≥95% ≥95%"));
    fires("not-measurable", &with_table("", "质量指标/达标率 ≥95% 95%-98%"));
    silent("not-measurable", &with_table("", "质量指标/达标率 ≥95% 95%"));
    silent("not-measurable", &with_table("", "质量指标/达标率 ≥95% -"));
    let judged_in_full = |rows: &'static str| {
        let mut submission = submitted(FULL_CLAIMS, FULL_FACTS);
        submission.completion = Some(CompletionTable { kpis: kpis(rows), ..CompletionTable::default() });
        audited(submission)
    };
    let code = "target-unmet-full-marks";
    fires(code, &judged_in_full("质量指标/达标率 ≥95% 94.9%"));
    fires(code, &judged_in_full("数量指标/培训 8次 6次"));
    fires(code, &judged_in_full("成本指标/成本 ≤30万元 300001元"));
    silent(code, &judged_in_full("质量指标/达标率 ≥95% 95%"));
    silent(code, &judged_in_full("成本指标/成本 ≤30万元 300000元"));
    silent(code, &judged_in_full("数量指标/培训 8次 6个"));
    silent(code, &judged_in_full("社会效益指标/服务 有效建设 有效建设"));
    silent(code, &with_table("", "质量指标/达标率 ≥95% 94.9%"));
}

#[test]
fn aspects_of_benefit() {
    let two = "效益指标/经济效益指标/增收 是 是; 社会效益指标/便民 是 是; 生态效益指标 - -; 可持续影响指标 — /";
    fires("aspects-too-few", &with_table("", two));
    let three = "效益指标/经济效益指标/增收 是 是; 社会效益指标/便民 是 是; 可持续影响指标/制度 长期 长期";
    silent("aspects-too-few", &with_table("", three));
    silent("aspects-too-few", &with_table(TABLE, ""));
}

#[test]
fn the_narrative_against_the_tables() {
    let said = |fact: &'static str, value: &'static str| {
        with(|submission| submission.quotes.push(quote(fact, value, "文字中的一句话")))
    };
    let conflict = said("satisfaction", "94");
    fires("narrative-conflict", &conflict);
    assert_eq!(crate::engine::settled(&indicator(&conflict, "satisfaction").settled_by), ["conflict:satisfaction"]);
    silent("narrative-conflict", &said("satisfaction", "100.00"));
    fires(
        "narrative-conflict",
        &with(|submission| {
            submission.quotes.push(denial("petition_channel", "不存在信访机制"));
        }),
    );
    let denied = |claims: &str| {
        let mut submission = submitted(&full_but(claims), &full_facts_but("petition_channel -"));
        submission.quotes.push(denial("petition_channel", "不存在信访机制"));
        audited(submission)
    };
    silent("narrative-conflict", &denied(""));
    assert!(found(&denied(""), "unverifiable-score").iter().any(|told| told.message().contains("不存在信访机制")));
    let of_year = |year: Option<i32>| {
        with(|submission| {
            let mut quote = quote("satisfaction", "100", "2019年满意度为100%");
            quote.other_year = year;
            submission.quotes.push(quote);
        })
    };
    fires("year-mismatch", &of_year(Some(2019)));
    silent("year-mismatch", &of_year(None));
    fires("year-missing", &with(|submission| submission.year = None));
    silent("year-missing", &with(|_| {}));
}

#[test]
fn findings_of_the_reading_are_kept_and_told_once() {
    let audit = with(|submission| {
        let finding = fuhe::audit::Finding::told(Code::HiddenData, &[]);
        submission.findings = vec![finding.clone(), finding];
    });
    assert_eq!(found(&audit, "hidden-data").len(), 1);
}

#[test]
fn findings_stand_in_card_order_then_in_the_order_of_the_register() {
    let audit = audited(submitted(
        &full_but("key_tasks 9; budget_reasonableness 6; satisfaction -"),
        &full_facts_but("key_tasks_unfinished 1"),
    ));
    let shown: Vec<_> = audit.findings.iter().map(|f| (f.indicator.as_deref(), f.code.as_str())).collect();
    assert_eq!(
        shown,
        [
            (Some("budget_reasonableness"), "overstated-score"),
            (Some("budget_reasonableness"), "score-above-points"),
            (Some("key_tasks"), "overstated-score"),
            (Some("key_tasks"), "score-above-points"),
            (Some("benefits"), "unverifiable-score"),
            (Some("satisfaction"), "score-missing"),
        ]
    );
}

#[test]
fn every_code_has_its_name_and_sentence_in_both_languages_and_nothing_else_has_a_name() {
    for language in [Language::Zh, Language::En] {
        let texts: Vec<&str> = language.texts().filter_map(|(key, _)| key.strip_prefix("finding.")).collect();
        for code in Code::ALL {
            let title = format!("{code}-title");
            assert!(texts.contains(&code.as_str()), "{language:?}: no sentence for {code}");
            assert!(texts.contains(&title.as_str()), "{language:?}: no name for {code}");
        }
        for named in texts.iter().filter_map(|key| key.strip_suffix("-title")) {
            assert!(Code::find(named).is_some(), "{language:?}: {named} is no code of the register");
        }
    }
}

#[test]
fn both_languages_have_the_same_sentences_with_the_same_holes() {
    let holes = |pattern: &str| {
        let mut holes: Vec<String> =
            pattern.split('{').skip(1).filter_map(|rest| rest.split('}').next()).map(str::to_owned).collect();
        holes.sort_unstable();
        holes.dedup();
        holes
    };
    let texts = |language: Language| {
        let mut texts: Vec<_> = language.texts().filter(|(key, _)| key.starts_with("finding.")).collect();
        texts.sort_unstable();
        texts.into_iter().map(|(key, pattern)| (key, holes(pattern))).collect::<Vec<_>>()
    };
    assert_eq!(texts(Language::Zh), texts(Language::En));
}

#[test]
fn the_words_for_people_accuse_nobody() {
    for (key, text) in Language::Zh.texts() {
        assert!(!["虚报", "造假", "弄虚作假", "欺骗"].iter().any(|word| text.contains(word)), "{key}: {text}");
    }
}

#[test]
fn the_readme_lists_the_codes_of_the_register_and_no_others() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("the README");
    let table = readme.split("<!-- codes -->").nth(1).and_then(|rest| rest.split("<!-- /codes -->").next());
    let rows = table.expect("the table of codes").lines().filter_map(|line| line.strip_prefix("| `"));
    let mut listed: Vec<&str> = rows.filter_map(|row| row.split('`').next()).collect();
    let mut known: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    listed.sort_unstable();
    known.sort_unstable();
    assert_eq!(listed, known);
}

#[test]
fn the_register_names_no_code_twice() {
    for code in Code::ALL {
        assert_eq!(Code::find(code.as_str()), Some(*code), "the first of that name");
        assert!(code.area() != Area::File || code.severity() == Severity::Error);
    }
}
