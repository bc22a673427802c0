//! A department's card against the forms of its projects: told is only what no further form could put right.

use fuhe::across::{Against, look};
use fuhe::audit::Audit;
use fuhe::text::Language;

use crate::declared::written::national;
use crate::submitted::*;

/// A form of a project: what was planned and spent, in 万元, and the satisfaction reached.
pub fn form(project: &str, planned: &str, spent: &str, satisfaction: &str) -> Audit {
    let money = format!("{planned} | {planned} | {spent} | 10 | | 10");
    let rows = format!(
        "产出指标 | 数量指标 | 长度 | ≥10公里 | 10公里 | 50 | 50 |\n\
         满意度指标 | 服务对象满意度指标 | 居民满意度 | ≥90% | {satisfaction} | 40 | 40 |"
    );
    Audit {
        file: format!("{project}.xlsx"),
        sha256: project.to_owned(),
        unit: Some("某 局".to_owned()),
        project: Some(project.to_owned()),
        ..national(&money, &rows, "100")
    }
}

/// The card of the same department: 8 projects, a budget of 1,000 万元 that was wholly spent, satisfaction 100 %.
fn card(changed: &str) -> Audit {
    Audit { unit: Some("某局".to_owned()), ..audited(submitted(FULL_CLAIMS, &full_facts_but(changed))) }
}

/// What is said of the card beside those forms.
fn said(card: Audit, forms: Vec<Audit>) -> Vec<String> {
    let mut audits = vec![card];
    audits.extend(forms);
    let whole = look(&mut audits, &Against::default());
    let told: Vec<String> =
        found(&audits[0], "forms-disagree").iter().map(|found| Language::Zh.phrase(&found.phrase)).collect();
    let code = fuhe::checks::register::Code::FormsDisagree;
    assert_eq!(whole.ran[&code].raised, usize::from(!told.is_empty()));
    assert!(audits[1..].iter().all(|form| found(form, "forms-disagree").is_empty()));
    told
}

fn satisfied(percent: &str) -> Vec<Audit> {
    vec![form("河道清淤", "50", "50", percent)]
}

#[test]
fn sums_of_projects_above_the_whole_budget_or_what_was_spent_of_it_are_told() {
    let forms = |second: &str| vec![form("河道清淤", "600", "600", "100%"), form("堤防加固", second, second, "100%")];
    assert_eq!(said(card(""), forms("400")), Vec::<String>::new(), "exactly the whole");
    // Each amount may be rounded by a cent: 0.02 for two projects.
    assert_eq!(said(card(""), forms("400.02")), Vec::<String>::new());
    let told = said(card(""), forms("400.03"));
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told[0].contains("2 个项目自评表的预算数合计 1000.03 万元") && told[0].contains("预算总规模 1000 万元"),
        "{told:?}"
    );
    assert!(told[0].contains("河道清淤") && told[0].contains("堤防加固"), "{told:?}");
    assert!(told[1].contains("执行数合计 1000.03 万元"), "{told:?}");
    // 90 % of 1,000 were spent: 1,000 in the forms are too many, and the budget holds.
    let told = said(card("q4_progress 90"), forms("400"));
    assert!(told.len() == 1 && told[0].contains("得出的支出 900 万元"), "{told:?}");
}

#[test]
fn more_projects_than_the_card_counts_are_told_and_fewer_are_not() {
    let forms = |count: usize| (0..count).map(|at| form(&format!("项目{at}"), "1", "1", "100%")).collect::<Vec<_>>();
    assert_eq!(said(card(""), forms(8)), Vec::<String>::new());
    let told = said(card(""), forms(9));
    assert!(told.len() == 1 && told[0].contains("填报项目 8 个") && told[0].contains("涉及 9 个项目"), "{told:?}");
    assert!(told[0].contains("等 9 个"), "{told:?}");
}

#[test]
fn a_project_handed_in_twice_counts_once_and_with_what_speaks_least_against_the_card() {
    let twice = |other: &str| {
        let again = Audit { file: "再报.xlsx".to_owned(), ..form("河道 清淤", other, other, "100%") };
        vec![form("河道清淤", "600", "600", "100%"), again]
    };
    assert_eq!(said(card(""), twice("600")), Vec::<String>::new(), "not 1,200");
    assert_eq!(said(card(""), twice("1200")), Vec::<String>::new(), "600 may be the one that holds");
}

#[test]
fn a_satisfaction_that_no_project_comes_near_is_told() {
    // Up to five percentage points another survey may differ.
    assert_eq!(said(card(""), satisfied("95%")), Vec::<String>::new());
    let told = said(card(""), satisfied("94.9%"));
    assert!(
        told.len() == 1 && told[0].contains("满意度 100%") && told[0].contains("最高为 94.9%（河道清淤）"),
        "{told:?}"
    );
    let mut both = satisfied("80%");
    both.push(form("堤防加固", "50", "50", "96%"));
    assert_eq!(said(card(""), both), Vec::<String>::new(), "one of them comes near");
}

#[test]
fn what_is_not_certain_or_of_another_department_or_year_speaks_against_nothing() {
    let large = || form("河道清淤", "2000", "2000", "100%");
    assert!(!said(card(""), vec![large()]).is_empty());
    assert!(said(card("budget_total ?"), vec![large()]).is_empty(), "nobody knows the whole budget");
    assert!(said(card("budget_total -"), vec![large()]).is_empty());
    assert!(said(card(""), vec![Audit { unit: Some("别的局".to_owned()), ..large() }]).is_empty());
    assert!(said(card(""), vec![Audit { year: Some(2021), ..large() }]).is_empty());
}
