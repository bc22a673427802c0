//! A batch beside an earlier run: of the same year, what was corrected, is new, got worse, or is not there any more; of the year
//! before, what contradicts it and what jumps.

use std::fs;

use fuhe::across::roster::State;
use fuhe::across::{Against, Whole, look};
use fuhe::audit::{Audit, NotUsed, Severity, Unused};
use fuhe::baseline::{Baseline, Changed, Counterpart, Words};
use fuhe::checks::register::Code;
use fuhe::report::table::{Table, Value};
use fuhe::report::{Batch, agreement, tables};
use fuhe::rulebook::builtin;
use fuhe::submission::Submission;
use fuhe::text::Language;

use crate::cli::{Desk, code, samples, words};
use crate::submitted::*;

/// A card of a department for a year, with these facts changed and this claim for 三公.
pub fn card(unit: &str, year: i32, claims: &str, facts: &str) -> Audit {
    let mut submission = submitted(claims, &facts_with(facts));
    submission.year = Some(sourced(year, cell("评分表", "A1", "年度")));
    named(submission, unit, &format!("{unit}{year}.xlsx"))
}

fn named(mut submission: Submission, unit: &str, file: &str) -> Audit {
    submission.unit = Some(sourced(unit.to_owned(), cell("评分表", "B2", unit)));
    Audit { file: file.to_owned(), sha256: file.to_owned(), ..audited(submission) }
}

/// The facts of a full card with some of them changed.
fn facts_with(changed: &str) -> String {
    let id = |fact: &str| fact.split_whitespace().next().unwrap_or_default().to_owned();
    let changed: Vec<&str> = changed.split(';').map(str::trim).filter(|fact| !fact.is_empty()).collect();
    let kept = FULL_FACTS.split(';').map(str::trim).filter(|fact| changed.iter().all(|other| id(other) != id(fact)));
    kept.chain(changed.iter().copied()).collect::<Vec<_>>().join("; ")
}

pub fn baseline(audits: &[Audit]) -> Against {
    let rulebook = shenzhen();
    let card = rulebook.card().expect("a card");
    let labels = card.facts.iter().map(|fact| ((rulebook.id.clone(), fact.id.clone()), fact.label.clone()));
    let mut baseline = Baseline::new(Words { before: vec!["上年".to_owned()], labels: labels.collect() });
    audits.iter().for_each(|audit| baseline.take(audit));
    Against { baseline: Some(baseline), ..Against::default() }
}

fn held(old: &[Audit], audits: &mut [Audit]) -> Whole {
    look(audits, &baseline(old))
}

/// What became of the disputed scores of the first audit: what, which, and its amounts then and now.
fn changes(whole: &Whole) -> Vec<(Changed, String, String, String)> {
    let same = whole.comparison.as_ref().expect("a comparison").audits[0].same.one().expect("an earlier audit");
    let change = |change: &fuhe::baseline::Change| {
        let amount = |amount: rust_decimal::Decimal| amount.normalize().to_string();
        (change.what, change.id.clone(), amount(change.difference_then), amount(change.difference_now))
    };
    same.changes.iter().map(change).collect()
}

/// key_tasks has 8 points: with one task unfinished it loses some of them, so that 8 claimed are too many.
pub const UNFINISHED: &str = "key_tasks_unfinished 1";

fn overstated(audit: &Audit) -> Vec<(&str, String)> {
    let of = audit.indicators.iter().filter(|it| it.verdict == fuhe::audit::Verdict::Overstated);
    of.map(|it| (it.id.as_str(), it.difference.normalize().to_string())).collect()
}

#[test]
fn what_was_corrected_is_told_with_its_amount_and_what_stays_is_too() {
    let then = card("市教育局", 2020, FULL_CLAIMS, UNFINISHED);
    let disputed = overstated(&then);
    assert_eq!(disputed.len(), 1, "{disputed:?}");
    let (id, amount) = (disputed[0].0.to_owned(), disputed[0].1.clone());
    let mut now = [card("市 教育局", 2020, FULL_CLAIMS, "")];
    assert_eq!(
        changes(&held(std::slice::from_ref(&then), &mut now)),
        [(Changed::Corrected, id.clone(), amount.clone(), "0".to_owned())]
    );
    let mut again = [then.clone()];
    assert_eq!(
        changes(&held(std::slice::from_ref(&then), &mut again)),
        [(Changed::Same, id.clone(), amount.clone(), amount.clone())]
    );
    let mut new = [then.clone()];
    let good = card("市教育局", 2020, FULL_CLAIMS, "");
    assert_eq!(changes(&held(&[good], &mut new)), [(Changed::New, id, "0".to_owned(), amount)]);
}

#[test]
fn more_and_less_of_the_same_error_are_told_apart() {
    let [one, two] = [UNFINISHED, "key_tasks_unfinished 2"].map(|facts| card("市教育局", 2020, FULL_CLAIMS, facts));
    let (little, much) = (overstated(&one), overstated(&two));
    assert!(little.len() == 1 && much.len() == 1 && little[0].0 == much[0].0 && little[0].1 != much[0].1, "{much:?}");
    let what = |old: &Audit, new: &Audit| changes(&held(std::slice::from_ref(old), &mut [new.clone()]));
    let (id, little, much) = (little[0].0.to_owned(), little[0].1.clone(), much[0].1.clone());
    assert_eq!(what(&one, &two), [(Changed::Worse, id.clone(), little.clone(), much.clone())]);
    assert_eq!(what(&two, &one), [(Changed::Less, id, much, little)]);
}

#[test]
fn a_figure_that_was_taken_out_corrects_nothing() {
    let then = card("市教育局", 2020, FULL_CLAIMS, UNFINISHED);
    let mut submission = submitted(FULL_CLAIMS, FULL_FACTS);
    submission.facts.retain(|fact| fact.fact != "key_tasks_unfinished");
    let mut now = [named(submission, "市教育局", "市教育局2020.xlsx")];
    let told: Vec<Changed> = changes(&held(&[then], &mut now)).into_iter().map(|change| change.0).collect();
    assert_eq!(told, [Changed::Open], "nothing is confirmed by leaving it out");
}

#[test]
fn who_is_not_there_any_more_is_told_and_a_name_written_otherwise_is_no_absence() {
    let old = ["市教育局", "市水务局", "市档案馆"].map(|unit| card(unit, 2020, FULL_CLAIMS, ""));
    let mut now = [card("（市教育局）", 2020, FULL_CLAIMS, ""), card("市税务局", 2020, FULL_CLAIMS, "")];
    let whole = held(&old, &mut now);
    let absent = &whole.comparison.as_ref().unwrap().absent;
    let told: Vec<(&str, State)> = absent.iter().map(|one| (one.due.name.as_str(), one.state)).collect();
    assert_eq!(told, [("市水务局", State::NearName), ("市档案馆", State::Missing)]);
    assert!(whole.missing().is_empty(), "without a roster nobody has to submit");
    assert_eq!(whole.comparison.as_ref().unwrap().audits[1].same, Counterpart::Nothing);
}

#[test]
fn of_several_earlier_submissions_only_that_of_the_same_file_is_compared() {
    let one = card("市教育局", 2020, FULL_CLAIMS, UNFINISHED);
    let other = Audit { file: "终稿.xlsx".to_owned(), ..card("市教育局", 2020, FULL_CLAIMS, "") };
    let old = [one.clone(), other];
    let whole = held(&old, &mut [Audit { file: "三稿.xlsx".to_owned(), ..one.clone() }]);
    assert_eq!(whole.comparison.unwrap().audits[0].same, Counterpart::Several(2));
    assert_eq!(changes(&held(&old, &mut [one])).len(), 1);
}

fn told(audit: &Audit) -> Vec<(&'static str, Severity, String)> {
    let codes = [Code::LastYearConflict, Code::FigureJump];
    let found = audit.findings.iter().filter(|finding| codes.contains(&finding.code));
    found.map(|it| (it.code.as_str(), it.severity, Language::Zh.phrase(&it.phrase))).collect()
}

#[test]
fn figures_that_more_than_double_since_last_year_are_shown_and_change_nothing() {
    let old = [card(
        "市教育局",
        2019,
        FULL_CLAIMS,
        "budget_total 1000; staff_actual 100; projects_planned 4; q1_progress 10",
    )];
    // 1,000 → 2,000 doubles and does not more than double; staff falls below half; 4 projects are too few to jump; no rates.
    let facts = "budget_total 2000; staff_actual 49; projects_planned 9; projects_finished 9; q1_progress 25";
    let mut now = [card("市教育局", 2020, FULL_CLAIMS, facts)];
    let alone = now[0].clone();
    held(&old, &mut now);
    let jumps = told(&now[0]);
    assert_eq!(jumps.len(), 1, "{jumps:?}");
    let (code, severity, words) = &jumps[0];
    assert_eq!((*code, *severity), ("figure-jump", Severity::Info));
    assert!(words.contains("为49") && words.contains("上年为100") && words.contains("市教育局2019.xlsx"), "{words}");
    assert_eq!((&now[0].points, &now[0].indicators), (&alone.points, &alone.indicators));
    let mut slip = [card("市教育局", 2020, FULL_CLAIMS, "budget_total 10000000")];
    held(&old, &mut slip);
    assert!(told(&slip[0]).iter().any(|(_, _, words)| words.contains("金额单位填错")), "{:?}", told(&slip[0]));
}

#[test]
fn what_this_years_form_says_of_last_year_is_held_against_last_years_audit() {
    let old = [card("市教育局", 2019, FULL_CLAIMS, "procurement_plan 186.4; procurement_actual 120")];
    let with = |label: &str, value: &str| {
        let mut audit = card("市教育局", 2020, FULL_CLAIMS, "procurement_plan 186.4; procurement_actual 120");
        audit.unused.push(Unused {
            sheet: "基础数据".to_owned(),
            cell: "D9".to_owned(),
            label: label.to_owned(),
            value: value.to_owned(),
            why: NotUsed::OtherYear,
            nearest: Some("procurement_plan".to_owned()),
            assigned: None,
        });
        let mut audits = [audit];
        held(&old, &mut audits);
        told(&audits[0])
    };
    for (label, value) in [("上年政府采购计划金额", "200"), ("2019年政府采购计划金额", "1,864.5")] {
        let found = with(label, value);
        assert_eq!((found.len(), found[0].0, found[0].1), (1, "last-year-conflict", Severity::Warning), "{found:?}");
        assert!(found[0].2.contains(label) && found[0].2.contains("186.4"), "{}", found[0].2);
    }
    // The same, rounded, in another unit, of nobody knows which year, of another year, or no number.
    for (label, value) in [
        ("上年政府采购计划金额", "186.4"),
        ("上年政府采购计划金额", "186"),
        ("上年政府采购计划金额（元）", "1864000"),
        ("政府采购计划金额", "200"),
        ("2018年政府采购计划金额", "200"),
        ("2020年比上年政府采购计划增加额", "200"),
        ("上年政府采购计划金额", "见附件"),
    ] {
        assert_eq!(with(label, value), [], "{label} {value}");
    }
}

#[test]
fn the_checks_say_on_how_many_cards_they_could_be_run_and_why_not() {
    let old = [card("市教育局", 2019, FULL_CLAIMS, ""), card("市档案馆", 2018, FULL_CLAIMS, "")];
    let mut now = [card("市教育局", 2020, FULL_CLAIMS, ""), card("市水务局", 2020, FULL_CLAIMS, "")];
    let whole = held(&old, &mut now);
    let ran = &whole.ran[&Code::FigureJump];
    assert_eq!((ran.agreed, ran.raised, ran.not_run.values().sum::<usize>()), (1, 0, 1));
    assert_eq!(whole.comparison.as_ref().unwrap().other_years, 1);
    let without = look(&mut now, &Against::default());
    assert_eq!(without.ran[&Code::FigureJump].not_run.values().sum::<usize>(), 2);
    assert!(without.comparison.is_none());
}

pub fn sheet(batch: &Batch, name: &str) -> Option<Table> {
    tables(batch, Language::Zh).into_iter().find(|table| table.name == name)
}

pub fn shown(table: &Table) -> Vec<Vec<String>> {
    let text = |value: &Value| match value {
        Value::Text(text) => text.clone(),
        Value::Number(number, _) => number.normalize().to_string(),
        _ => String::new(),
    };
    table.rows.iter().map(|row| row.cells.iter().map(|cell| text(&cell.value)).collect()).collect()
}

#[test]
fn the_sheets_show_departments_with_what_became_of_their_scores_and_figures() {
    let old = [
        card("市教育局", 2020, FULL_CLAIMS, UNFINISHED),
        card("市档案馆", 2020, FULL_CLAIMS, ""),
        card("市教育局", 2019, FULL_CLAIMS, "staff_actual 300"),
    ];
    let mut audits = vec![card("市教育局", 2020, FULL_CLAIMS, ""), card("市水务局", 2020, FULL_CLAIMS, "")];
    let whole = held(&old, &mut audits);
    let batch = Batch { audits, whole, rulebooks: vec![builtin("shenzhen-2020").unwrap()], ..Batch::default() };
    let same = shown(&sheet(&batch, "与上次比较").expect("the sheet"));
    let states: Vec<(&str, &str)> = same.iter().map(|row| (row[1].as_str(), row[2].as_str())).collect();
    assert_eq!(
        states,
        [("市档案馆", "本次未报送"), ("市教育局", "本单位小计"), ("市教育局", "已更正"), ("市水务局", "本次新报送")]
    );
    assert_eq!((same[2][6].as_str(), same[2][7].as_str()), ("多计", "一致"));
    // key_tasks: the one disputed score, with its points.
    let amount = &same[2][8];
    assert!(same[1][12].starts_with(&format!("已更正1项（多计{amount}")), "{} {amount}", same[1][12]);
    let before = shown(&sheet(&batch, "与上年比较").expect("the sheet"));
    assert_eq!(before.len(), 1, "{before:?}");
    assert_eq!((before[0][2].as_str(), before[0][4].as_str(), before[0][5].as_str()), ("大幅变动", "300", "100"));
    assert_eq!(agreement::disagreements(&tables(&batch, Language::Zh), 0, &batch, Language::Zh), []);
    let alone = Batch { whole: Whole::default(), ..batch };
    assert!(sheet(&alone, "与上次比较").is_none() && sheet(&alone, "与上年比较").is_none());
}

fn desk() -> Desk {
    let desk = Desk::new();
    for sample in samples().iter().take(3) {
        desk.put(&format!("报送/{}", sample.file_name().unwrap().to_str().unwrap()), &fs::read(sample).unwrap());
    }
    assert_eq!(code(&desk.fuhe(&["报送", "-o", "old.xlsx", "--jsonl", "old.jsonl"])), 0);
    desk
}

#[test]
fn a_run_beside_its_own_lines_changes_none_of_them_and_says_who_is_absent() {
    let desk = desk();
    let run = |options: &[&str]| {
        let output = desk.fuhe(&[&["报送", "--baseline", "old.jsonl"][..], options].concat());
        assert_eq!(code(&output), 0, "{}", words(&output));
        words(&output)
    };
    let said = run(&["-o", "new.xlsx", "--jsonl", "new.jsonl", "--html", "new.html"]);
    assert!(said.contains("与上次比较：已更正0项，新增0项，加重0项"), "{said}");
    assert!(said.contains("本次未报送0个单位"), "{said}");
    let old = fs::read(desk.path("old.jsonl")).unwrap();
    assert!(fs::read(desk.path("new.jsonl")).unwrap() == old, "an earlier run changes no line of the same year");
    let first = samples()[0].file_name().unwrap().to_str().unwrap().to_owned();
    fs::remove_file(desk.path(&format!("报送/{first}"))).unwrap();
    let alone = run(&["--no-workbook", "--jsonl", "fewer.jsonl"]);
    assert!(alone.contains("本次未报送1个单位"), "{alone}");
    let report = ["report", "fewer.jsonl", "--baseline", "old.jsonl", "-o", "again.xlsx", "--html", "again.html"];
    let output = desk.fuhe(&report);
    assert!(code(&output) == 0 && words(&output).contains("本次未报送1个单位"), "{}", words(&output));
    assert!(fs::read_to_string(desk.path("again.html")).unwrap().contains("与上次比较"));
}

#[test]
fn what_cannot_be_compared_with_is_refused_before_anything_is_read() {
    let desk = desk();
    desk.put("empty.jsonl", b"");
    desk.put("other.jsonl", b"{\"a\":1}\n");
    desk.put("word.docx", b"PK\x03\x04");
    let lines = fs::read_to_string(desk.path("old.jsonl")).unwrap();
    desk.put("altered.jsonl", lines.replacen("\"verdict\":\"agrees\"", "\"verdict\":\"unverifiable\"", 1).as_bytes());
    for (name, wanted) in [
        ("empty.jsonl", "没有可以比较的复核结果"),
        ("other.jsonl", "other.jsonl"),
        ("altered.jsonl", "与保存时的封印（seal）不符"),
        ("word.docx", "word.docx"),
        ("absent.jsonl", "absent.jsonl"),
    ] {
        let output = desk.fuhe(&["报送", "--baseline", name, "--no-workbook", "--jsonl", "new.jsonl"]);
        assert_eq!(code(&output), 2, "{name}: {}", words(&output));
        assert!(words(&output).contains(wanted), "{name}: {}", words(&output));
        assert!(!desk.path("new.jsonl").exists());
    }
    let output = desk.fuhe(&["报送", "--baseline", "old.jsonl", "--no-workbook", "--jsonl", "old.jsonl", "--force"]);
    assert_eq!(code(&output), 2, "what is read is not written over: {}", words(&output));
}
