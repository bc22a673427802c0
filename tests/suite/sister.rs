//! Sister forms of a card, 目标申报表 and 绩效监控表, are no self-evaluation: passed over, and told.

use fuhe::submission::NoSubmission;
use fuhe::text::Language;
use fuhe::workbook::Sheet;

use crate::sheets::{claim, claims, codes, fact, read, read_named, sheet};
use crate::submitted::audited;

const CARD: &str = "
单位名称：榕江区图书馆 | | | 评价年度：2020年度
三级指标 | 分值 | 自评得分
预算执行率 | 6 | 5.82
重点工作完成情况 | 8 | 8
公众或服务对象满意度 | 6 | 6";

const TARGETS: &str = "
部门整体支出绩效目标申报表
（2021年度）
一级指标 | 三级指标 | 年度指标值
产出 | 预算执行率 | 95
产出 | 重点工作完成情况 | 100
效益 | 公众或服务对象满意度 | 90";

const MONITORING: &str = "
2020年部门整体支出绩效运行监控表
（1-7月）
三级指标 | 年度指标值 | 1-7月完成值 | 完成目标可能性
预算执行率 | 95% | 40% | 能
重点工作完成情况 | 12项 | 3项 | 能
公众或服务对象满意度 | 90% | 0 | 不确定";

/// A mid-year form that has points and scores too.
const SCORED_MONITORING: &str = "
2020年部门整体支出绩效运行监控表（上半年）
三级指标 | 分值 | 得分
预算执行率 | 6 | 2
重点工作完成情况 | 8 | 3
公众或服务对象满意度 | 6 | 0";

fn problem(sheets: Vec<Sheet>) -> String {
    let refused = read_named("x.xlsx", sheets).expect_err("no self-evaluation");
    assert!(matches!(refused, NoSubmission::OnlySisters { .. }), "{refused:?}");
    assert_eq!(refused.code().as_str(), "no-scorecard");
    Language::Zh.phrase(&refused.phrase())
}

#[test]
fn a_sister_form_alone_is_unread_and_the_reason_names_it() {
    let told = problem(vec![sheet("申报表", TARGETS)]);
    assert!(told.contains("绩效目标申报表") && told.contains("不是自评表"), "{told}");
    let told = problem(vec![sheet("监控", MONITORING)]);
    assert!(told.contains("监控表") && told.contains("不是自评表"), "{told}");
    let told = problem(vec![sheet("监控", SCORED_MONITORING)]);
    assert!(told.contains("监控表"), "{told}");
}

#[test]
fn scores_of_a_time_within_the_year_alone_are_no_self_evaluation() {
    let card = |heading: &str| {
        let rows = "预算执行率 | 6 | 2\n重点工作完成情况 | 8 | 3\n公众或服务对象满意度 | 6 | 0";
        sheet("表", &format!("三级指标 | 分值 | {heading}\n{rows}"))
    };
    for heading in ["上半年得分", "得分（1-6月）", "三季度自评得分"] {
        problem(vec![card(heading)]);
    }
    for heading in ["得分", "全年得分", "自评得分（初评）"] {
        assert_eq!(claim(&read(vec![card(heading)]), "budget_execution"), "2 at 表!C2", "{heading}");
    }
}

#[test]
fn a_sister_form_beside_the_card_gives_no_claim_no_fact_and_no_year_and_is_told_once() {
    for sister in [TARGETS, MONITORING, SCORED_MONITORING] {
        for sheets in
            [vec![sheet("评分表", CARD), sheet("另表", sister)], vec![sheet("另表", sister), sheet("评分表", CARD)]]
        {
            let read = read(sheets);
            assert_eq!(claims(&read, "budget_execution"), ["5.82 at 评分表!C3"]);
            assert_eq!(read.claims.len(), 3);
            assert_eq!(read.year.as_ref().map(|year| year.value), Some(2020));
            assert!(read.completion.is_none(), "targets and progress of a sister form are no result of the year");
            assert_eq!(codes(&read).iter().filter(|code| code.starts_with("sister-form")).count(), 1);
            let told = read.findings.iter().find(|finding| finding.code.as_str() == "sister-form").expect("told");
            assert_eq!(told.severity, fuhe::audit::Severity::Info);
            let accused =
                audited(read).findings.into_iter().find(|finding| finding.code.as_str() == "indicator-duplicated");
            assert!(accused.is_none(), "{accused:?}");
        }
    }
}

#[test]
fn a_sister_form_of_another_year_does_not_turn_the_cards_figures_into_another_years() {
    let base = "数据项（2020年） | 数值 | 单位\n服务对象满意度 | 97 | %";
    let read = read(vec![sheet("申报表", TARGETS), sheet("评分表", CARD), sheet("基础数据表", base)]);
    assert_eq!(fact(&read, "satisfaction"), "97 at 基础数据表!B2");
}

#[test]
fn what_calls_itself_an_evaluation_or_has_scores_of_the_year_is_no_sister_form() {
    let titled = |title: &str| sheet("表", &format!("{title}\n{}", CARD.trim_start()));
    for title in [
        "部门整体支出绩效目标自评表",
        "部门整体支出绩效监控与自评表（2020年度）",
        "部门整体支出绩效目标申报表",
        "2020年部门整体支出绩效运行监控表",
    ] {
        assert_eq!(claim(&read(vec![titled(title)]), "budget_execution"), "5.82 at 表!C4", "{title}");
    }
    // A table of results keeps its results, whatever its title says of targets.
    let results =
        "部门整体支出绩效目标表\n一级指标 | 三级指标 | 预期指标值 | 实际完成指标值\n产出 | 培训人数 | ≥200人 | 220人";
    let read = read(vec![sheet("评分表", CARD), sheet("目标", results)]);
    assert_eq!(read.completion.as_ref().map(|table| table.kpis.len()), Some(1));
    assert!(!codes(&read).iter().any(|code| code.starts_with("sister-form")));
}
