//! What looks like the department's figure and is none: other units, other years, plans, parts, the bureau's own columns.

use fuhe::submission::Submission;

use crate::sheets::{claim, codes, facts, merged, quotes, read, read_named, sheet};

const CARD: &str = "2020年度部门整体支出绩效评分表
部门名称 | 临海市水务局
三级指标 | 分值 | 自评得分
预算执行率 | 6 | 5.82
重点工作完成情况 | 8 | 8
公众或服务对象满意度 | 6 | 6";

fn with_text(text: &str) -> Submission {
    read(vec![sheet("评分表", CARD), sheet("自评报告", text)])
}

fn with_table(rows: &str) -> Submission {
    read(vec![sheet("评分表", CARD), sheet("数据", rows)])
}

fn none() -> Vec<String> {
    Vec::new()
}

#[test]
fn a_figure_of_another_subject_is_not_the_departments() {
    for text in [
        "我局下属第一小学服务对象满意度为75%。",
        "所属事业单位服务对象满意度为79%。",
        "市属其他单位服务对象满意度为70%。",
        "其中A街道服务对象满意度为79%。",
        "第三方测评显示，我市公众对水务行业的服务对象满意度为85%。",
        "某某项目服务对象满意度为70%。",
        "该项目服务对象满意度70%。",
        "培训班学员服务对象满意度70%。",
        "全市服务对象满意度为90%。",
    ] {
        assert_eq!(quotes(&with_text(text), "satisfaction"), none(), "{text}");
    }
    assert_eq!(quotes(&with_text("全市公务员年末在编人数为1200人。"), "staff_actual"), none());
    assert_eq!(quotes(&with_text("其中行政年末在编人数12人，事业36人。"), "staff_actual"), none());
    assert_eq!(quotes(&with_text("全系统编外人员数300人。"), "contract_staff"), none());
    assert_eq!(quotes(&with_text("局属单位“三公”经费实际支出12万元。"), "sangong_actual"), none());
    assert_eq!(quotes(&with_text("项目支出预算总规模300万元。"), "budget_total"), none());
    assert_eq!(quotes(&with_text("水厂改造项目第二季度预算执行进度为10%。"), "q2_progress"), none());
    assert_eq!(quotes(&with_text("2020年信息化类共3个项目，其中2个已完成。"), "projects_planned"), none());
}

#[test]
fn the_subject_of_a_sentence_goes_on_until_the_department_is_named() {
    let read = with_text("下属工程站年末在编人数12人，核定编制数10人，我局编外人员数2人。");
    assert_eq!(quotes(&read, "staff_actual"), none());
    assert_eq!(quotes(&read, "staff_quota"), none());
    assert_eq!(quotes(&read, "contract_staff"), ["2"]);
}

#[test]
fn the_departments_own_sentences_are_read() {
    for text in [
        "2020年我局服务对象满意度为96%。",
        "经问卷调查，服务对象满意度达到96%。",
        "临海市水务局2020年度服务对象满意度为96%。",
        "市水务局服务对象满意度为96%。",
        "（二）2020年度，我单位社会公众及服务对象满意度为96%。",
        "年初设定的目标是90%，实际服务对象满意度为96%。",
    ] {
        assert_eq!(quotes(&with_text(text), "satisfaction"), ["96"], "{text}");
    }
}

#[test]
fn a_plan_is_no_measurement() {
    for text in [
        "力争2020年服务对象满意度达到98%。",
        "预计2020年底服务对象满意度达到98%。",
        "计划服务对象满意度达到98%。",
        "未达到服务对象满意度98%的目标。",
        "服务对象满意度98%的指标未能实现。",
        "目标：服务对象满意度为95%。",
        "预期服务对象满意度为95%。",
        "要确保服务对象满意度达95%。",
        "评价标准为服务对象满意度90%。",
        "“十四五”末服务对象满意度达到98%。",
    ] {
        assert_eq!(quotes(&with_text(text), "satisfaction"), none(), "{text}");
    }
    let read = with_text("下一步工作计划：力争服务对象满意度达到98%以上，信访办理回复率达到90%。");
    assert_eq!(quotes(&read, "petition_reply_rate"), none());
}

#[test]
fn next_year_in_words_is_another_year() {
    assert_eq!(quotes(&with_text("明年服务对象满意度达到98%。"), "satisfaction"), ["98 of 2021"]);
    assert_eq!(quotes(&with_text("下一年度服务对象满意度达到98%。"), "satisfaction"), ["98 of 2021"]);
}

#[test]
fn a_table_titled_with_another_year_or_unit_gives_no_fact_and_is_told() {
    for (title, code) in [
        ("2019年度基础数据表", "year-mismatch A1"),
        ("2021年度绩效目标表", "year-mismatch A1"),
        ("上年基础数据", "year-mismatch A1"),
        ("下属单位基础数据表", "fact-unreadable A1"),
        ("各下属单位情况", "fact-unreadable A1"),
    ] {
        let read = with_table(&format!("{title}\n数据项 | 数值 | 单位\n服务对象满意度 | 70 | %"));
        assert_eq!(facts(&read, "satisfaction"), none(), "{title}");
        assert_eq!(codes(&read), [code], "{title}");
    }
    for title in ["2020年度基础数据表", "部门及下属单位基础数据表", "基础数据表（填报日期：2021年3月5日）"]
    {
        let read = with_table(&format!("{title}\n数据项 | 数值 | 单位\n服务对象满意度 | 70 | %"));
        assert_eq!(facts(&read, "satisfaction"), ["70 at 数据!B3"], "{title}");
    }
}

#[test]
fn a_label_that_says_the_contrary_or_another_thing_is_no_name_of_the_fact() {
    for (label, fact) in [
        ("已完成重点工作项数", "key_tasks_unfinished"),
        ("服务对象满意度目标值", "satisfaction"),
        ("服务对象满意度（目标）", "satisfaction"),
        ("年末在编人数（下属单位）", "staff_actual"),
        ("编外人员控制数", "contract_staff"),
        ("调整调剂资金累计次数", "adjusted_amount"),
        ("计划外完成项目总数", "projects_planned"),
    ] {
        let read = with_table(&format!("数据项 | 数值 | 单位\n{label} | 8 | "));
        assert_eq!(facts(&read, fact), none(), "{label}");
    }
}

#[test]
fn the_bureaus_column_under_one_merged_heading_is_not_the_claim() {
    let card = "三级指标 | 分值 | 得分 |
 | | 财政 | 单位
预算执行率 | 6 | 0.3 | 5.82
重点工作完成情况 | 8 | 0.3 | 8
公众或服务对象满意度 | 6 | 0.3 | 6";
    let read = read(vec![merged(sheet("评分表", card), &["A1:A2", "B1:B2", "C1:D1"])]);
    assert_eq!(claim(&read, "budget_execution"), "5.82 at 评分表!D3");
}

#[test]
fn of_two_score_columns_the_visible_one_is_the_claim() {
    let card = "三级指标 | 分值 | 自评得分 | 自评得分
预算执行率 | 6 | 0.3 | 5.82
重点工作完成情况 | 8 | 0.3 | 8
公众或服务对象满意度 | 6 | 0.3 | 6";
    let mut sheet = sheet("评分表", card);
    sheet.hidden_columns = vec![(2, 2)];
    assert_eq!(claim(&read(vec![sheet]), "budget_execution"), "5.82 at 评分表!D2");
}

#[test]
fn the_subtotal_of_a_group_is_no_section_total() {
    let card = "一级指标 | 二级指标 | 三级指标 | 分值 | 自评得分
部门决策 | 预算编制 | 预算编制合理性 | 5 | 5
 | | 预算编制规范性 | 5 | 5
 | 预算编制小计 | | | 10
 | 目标设置 | 绩效目标完整性 | 3 | 3";
    assert!(read(vec![sheet("评分表", card)]).section_totals.is_empty());
}

#[test]
fn subtotals_and_parts_are_no_tasks_of_their_own() {
    let table = "任务名称 | 预算数（万元） | 执行数（万元）
人员经费 | 500 | 500
公用经费 | 100 | 100
基本支出小计 | 600 | 600
项目支出 | 400 | 400
其中：信息化 | 30 | 30
金额合计 | 1000 | 1000";
    let tasks = with_table(table).completion.expect("a table").tasks;
    let names: Vec<&str> = tasks.iter().map(|task| task.name.as_str()).collect();
    assert_eq!(names, ["人员经费", "公用经费", "项目支出"]);
}

#[test]
fn words_that_no_evidence_is_there_name_none() {
    for (words, named) in [
        ("无佐证材料", false),
        ("后附（待提供）", false),
        ("暂无相关材料", false),
        ("无锡市财政局批复", true),
        ("某财〔2020〕1号文", true),
    ] {
        let read = with_table(&format!("数据项 | 数值 | 佐证材料\n资金支出规范 | 是 | {words}"));
        assert_eq!(read.facts[0].evidence.is_some(), named, "{words}");
    }
}

#[test]
fn a_column_that_asks_for_evidence_names_none() {
    let card = CARD.replace("自评得分", "自评得分 | 佐证材料要求").replace("5.82", "5.82 | 请提供台账");
    let read = read(vec![sheet("评分表", &card)]);
    assert!(read.claims.iter().all(|claim| claim.evidence.is_none()));
}

#[test]
fn two_columns_of_scores_under_one_heading_are_the_claim_of_neither_unless_one_says_so() {
    let card = |first: &str, second: &str| {
        let rows = format!(
            "三级指标 | 分值 | 得分 |
 | | {first} | {second}
预算执行率 | 6 | 0.3 | 5.82
重点工作完成情况 | 8 | 0.3 | 8
公众或服务对象满意度 | 6 | 0.3 | 6"
        );
        vec![merged(sheet("评分表", &rows), &["A1:A2", "B1:B2", "C1:D1"])]
    };
    for (first, second) in [
        ("财政复核得分", "部门自评得分"),
        ("复核分", "自评分"),
        ("县财政", "本单位"),
        ("第三方", "单位自评"),
        ("上年", "本年"),
    ] {
        assert_eq!(claim(&read(card(first, second)), "budget_execution"), "5.82 at 评分表!D3", "{second}");
    }
    for (first, second) in [("甲", "乙"), ("领导小组", "科室")] {
        assert!(read_named("x.xlsx", card(first, second)).is_err(), "{first}");
    }
    // Where nothing at all is said of the two, each may be the claim.
    let read = read(card("", ""));
    assert!(read.claims.len() == 3 && read.claims.iter().all(|claim| claim.rivals.len() == 1), "{:?}", read.claims);
}
