//! What may be believed: a value is a fact only when name, unit, scope and place agree; everything else is told and asked.
//!
//! The instances are of the kinds that certainty.md names; each kind has honest ones, which must not be accused of anything,
//! and inflated ones, which must not be confirmed.

use fuhe::audit::{Audit, Severity, Verdict};

use crate::sheets::{claim, codes, fact, facts, merged, quotes, read, sheet};
use crate::submitted::audited;

const CARD: &str = "
单位名称：榕江区图书馆 | | | 评价年度：2020年度
三级指标 | 分值 | 自评得分
预算执行率 | 6 | 5.82
重点工作完成情况 | 8 | 8
公众或服务对象满意度 | 6 | 6";

/// A workbook of a small card and one sheet of base data.
fn with_base(rows: &str) -> fuhe::submission::Submission {
    read(vec![sheet("评分表", CARD), sheet("基础数据表", rows)])
}

/// One row under the template's header.
fn row(row: &str) -> fuhe::submission::Submission {
    with_base(&format!("序号 | 数据项 | 数值 | 单位 | 佐证材料 | 备注\n{row}"))
}

fn verdict<'a>(audit: &'a Audit, indicator: &str) -> (Verdict, &'a [fuhe::settled_by::SettledBy]) {
    let line = audit.indicators.iter().find(|line| line.id == indicator).expect("an indicator");
    (line.verdict, &line.settled_by)
}

// ---- name

#[test]
fn a_label_that_measures_something_else_is_not_the_fact() {
    for (label, value, unit, id) in [
        ("信访办理回复数", "25", "件", "petition_reply_rate"),
        ("计划开工项目总数", "20", "个", "projects_planned"),
        ("计划完成项目总额", "1012", "万元", "projects_planned"),
        ("固定资产总数", "1520", "件", "assets_total"),
        ("在职人员数", "52", "人", "staff_actual"),
        ("核定车辆编制数", "6", "辆", "staff_quota"),
        ("劳务派遣人员费用", "18", "万元", "contract_staff"),
        ("部门专项预算总额", "500", "万元", "budget_total"),
        ("调整调剂资金累计笔数", "9", "笔", "adjusted_amount"),
        ("服务对象满意度得分", "4.8", "分", "satisfaction"),
        ("服务对象满意度权重", "10", "%", "satisfaction"),
        ("个别服务对象满意度", "82", "%", "satisfaction"),
        ("一季度部门采购支出进度", "12", "%", "q1_progress"),
        ("一季度部门预算收入进度", "25", "%", "q1_progress"),
        ("主管专项资金评价结果为优", "是", "是/否", "fund_rated_poor"),
        ("涉农部门", "是", "是/否", "classified_unit"),
        ("涉企部门", "是", "是/否", "classified_unit"),
    ] {
        let found = facts(&row(&format!("1 | {label} | {value} | {unit}")), id);
        assert!(found.iter().all(|one| one.contains("doubtful")), "{label}: {found:?}");
    }
}

#[test]
fn a_label_that_differs_in_one_telling_character_is_not_the_fact_even_in_its_place_and_unit() {
    let rows = |label: &str, value: &str, unit: &str, above: &str, below: &str| {
        format!("数据项 | 数值 | 单位\n{above} | 1 | 万元\n{label} | {value} | {unit}\n{below} | 1 | 人")
    };
    for (label, value, unit, above, below, id) in [
        ("年末在岗人数", "52", "人", "固定资产总额", "核定编制数", "staff_actual"),
        ("在职人员数", "52", "人", "固定资产总额", "核定编制数", "staff_actual"),
        ("实际占用固定资产总额", "1893", "万元", "资产处置规范且收入上缴", "固定资产总额", "assets_in_use"),
        ("绩效指标漏报或不合要求项数", "4", "项", "预算编制不规范项数", "绩效指标与任务计划相对应", "goals_missing"),
        ("信访办理答复率", "92", "%", "信访件数", "信访及时办理回复率", "petition_reply_rate"),
        ("是否涉企单位", "是", "是/否", "部门决算公开情况", "项目设立和调整履行报批程序", "classified_unit"),
    ] {
        let found = facts(&with_base(&rows(label, value, unit, above, below)), id);
        assert!(found.iter().all(|one| one.contains("doubtful")), "{label}: {found:?}");
    }
}

#[test]
fn a_label_with_words_that_change_nothing_is_the_fact() {
    for (label, value, unit, id, said) in [
        ("计划完成的项目总数", "14", "个", "projects_planned", "14"),
        ("编外人员数量", "2", "人", "contract_staff", "2"),
        ("部门固定资产总额", "2046.8", "万元", "assets_total", "2046.8"),
        ("固定资产总额（万元）", "2046.8", "", "assets_total", "2046.8"),
        ("年末在编人数（含工勤人员）", "46", "人", "staff_actual", "46"),
        ("1. 年末在编人数", "46", "人", "staff_actual", "46"),
        ("固定资产总额（合计）", "2046.8", "万元", "assets_total", "2046.8"),
        ("固定资产总额（2020年末）", "2046.8", "万元", "assets_total", "2046.8"),
        ("服务对象满意度（全年）", "96.8", "%", "satisfaction", "96.8"),
    ] {
        let read = row(&format!("1 | {label} | {value} | {unit}"));
        assert_eq!(fact(&read, id), format!("{said} at 基础数据表!C2"), "{label}");
    }
}

#[test]
fn a_slip_of_the_pen_is_the_fact_where_unit_and_neighbours_agree_and_a_question_where_they_do_not() {
    let rows = |label: &str| {
        format!(
            "数据项 | 数值 | 单位\n资产处置规范且收入上缴 | 是 | 是/否\n{label} | 1893.25 | 万元\n固定资产总额 | 2046.8 | 万元"
        )
    };
    assert_eq!(fact(&with_base(&rows("实际再用固定资产总额")), "assets_in_use"), "1893.25 at 基础数据表!B3");
    let moved = "数据项 | 数值 | 单位\n固定资产总额 | 2046.8 | 万元\n年末在编人数 | 46 | 人\n实际再用固定资产总额 | 1893.25 | 万元";
    assert_eq!(fact(&with_base(moved), "assets_in_use"), "1893.25 at 基础数据表!B4 doubtful near-name");
}

#[test]
fn a_doubtful_fact_leaves_the_score_open_and_asks_one_question() {
    let read = row("1 | 年末在编人数（机关） | 46 | 人");
    let audit = audited(read);
    let (verdict, settled) = verdict(&audit, "staff_control");
    assert_eq!(verdict, Verdict::Invalid, "the card names three indicators, and this is none of them");
    let asked: Vec<String> = settled.iter().map(ToString::to_string).collect();
    assert!(asked.contains(&"confirm:staff_actual".to_owned()), "{asked:?}");
    let told = audit.findings.iter().filter(|finding| finding.code == fuhe::checks::Code::FactDoubtful);
    assert!(told.clone().all(|finding| finding.severity == Severity::Info));
    assert!(told.count() >= 1);
}

// ---- unit

#[test]
fn a_unit_that_the_fact_cannot_have_makes_its_figure_unreadable() {
    for (label, value, unit, id) in [
        ("信访办理回复率", "25", "件", "petition_reply_rate"),
        ("一季度部门预算支出进度", "52.17", "万元", "q1_progress"),
        ("服务对象满意度", "4.84", "分", "satisfaction"),
        ("编外人员数", "4", "%", "contract_staff"),
        ("核定编制数", "6", "辆", "staff_quota"),
        ("年末在编人数", "66", "人次", "staff_actual"),
        ("固定资产总额", "1520", "件", "assets_total"),
    ] {
        let read = row(&format!("1 | {label} | {value} | {unit}"));
        assert_eq!(fact(&read, id), "unreadable at 基础数据表!C2", "{label} {unit}");
        assert_eq!(codes(&read), ["fact-unreadable C2"], "{label} {unit}");
    }
}

// ---- scope

#[test]
fn of_columns_of_several_years_the_reports_is_read() {
    for header in [
        "数据项 | 2019年 | 2020年 | 单位",
        "数据项 | 数值（2019年） | 数值（2020年） | 单位",
        "数据项 | 上年数 | 本年数 | 单位",
        "数据项 | 数值（上半年） | 数值（全年） | 单位",
        "数据项 | 数值（下属单位） | 数值（合计） | 单位",
        "数据项 | 数值（初稿） | 数值（定稿） | 单位",
    ] {
        let read = with_base(&format!("{header}\n服务对象满意度 | 88.2 | 96.8 | %"));
        assert_eq!(fact(&read, "satisfaction"), "96.8 at 基础数据表!C2", "{header}");
    }
}

#[test]
fn two_columns_that_no_word_tells_apart_are_both_candidates() {
    let read = with_base("数据项 | 数值 | 填报值 | 单位\n服务对象满意度 | 88.2 | 96.8 | %");
    assert_eq!(facts(&read, "satisfaction").len(), 2);
}

#[test]
fn a_sheet_of_another_year_of_a_draft_or_of_another_department_gives_no_facts() {
    let base = "数据项 | 数值 | 单位\n服务对象满意度 | 88.2 | %";
    for (name, title) in [
        ("2019年", "基础数据表"),
        ("基础数据 (2)", "基础数据表（初稿，作废）"),
        ("上半年", "基础数据表"),
        ("少儿馆", "填报单位：榕江区少儿图书馆"),
        ("旧表", "基础数据表（旧版）"),
    ] {
        let read = read(vec![sheet("评分表", CARD), sheet(name, &format!("{title}\n{base}"))]);
        assert!(facts(&read, "satisfaction").is_empty(), "{name} {title}: {:?}", facts(&read, "satisfaction"));
    }
    let own = read(vec![sheet("评分表", CARD), sheet("数据", &format!("填报单位：榕江区图书馆（本级）\n{base}"))]);
    assert_eq!(fact(&own, "satisfaction"), "88.2 at 数据!B3");
}

#[test]
fn figures_below_a_line_that_says_another_year_are_not_the_reports() {
    let read = with_base(
        "数据项 | 数值 | 单位\n服务对象满意度 | 96.8 | %\n附：上年同期数据\n服务对象满意度 | 88.2 | %\n按期完成项目数 | 9 | 个",
    );
    assert_eq!(fact(&read, "satisfaction"), "96.8 at 基础数据表!B2");
    assert!(facts(&read, "projects_finished").is_empty());
}

#[test]
fn a_short_remark_beside_a_figure_can_make_it_another_figure() {
    let quarters = |remark: &str| {
        row(&format!(
            "1 | 一季度部门预算支出进度 | 22.5 | % | | {remark}\n2 | 二季度部门预算支出进度 | 48.2 | % | | {remark}"
        ))
    };
    assert_eq!(fact(&quarters("当季数"), "q2_progress"), "48.2 at 基础数据表!C3 doubtful row-remark");
    assert_eq!(fact(&quarters("2019年为25.1%"), "q2_progress"), "48.2 at 基础数据表!C3");
    assert_eq!(fact(&quarters(""), "q2_progress"), "48.2 at 基础数据表!C3");
}

#[test]
fn a_cumulative_figure_that_falls_is_none() {
    let read = |q2: &str| row(&format!("1 | 一季度部门预算支出进度 | 25.4 | %\n2 | 二季度部门预算支出进度 | {q2} | %"));
    assert_eq!(fact(&read("24.1"), "q2_progress"), "24.1 at 基础数据表!C3 doubtful falls");
    assert_eq!(fact(&read("24.1"), "q1_progress"), "25.4 at 基础数据表!C2 doubtful falls");
    assert_eq!(fact(&read("25.4"), "q2_progress"), "25.4 at 基础数据表!C3");
}

// ---- parts and wholes

#[test]
fn rows_of_parts_are_never_rival_statements() {
    let parts = row(
        "1 | 政府采购实际金额（货物） | 90 | 万元\n2 | 政府采购实际金额（工程） | 60 | 万元\n3 | 政府采购实际金额（服务） | 21.488 | 万元",
    );
    assert!(facts(&parts, "procurement_actual").iter().all(|one| one.ends_with("doubtful part")));
    let audit = audited(parts);
    let told = audit.findings.iter().find(|finding| finding.code == fuhe::checks::Code::FactDoubtful);
    let message = told.map(|finding| fuhe::text::Language::Zh.phrase(&finding.phrase)).unwrap_or_default();
    // 90 + 60 + 21.488 = 171.488
    assert!(message.contains("171.488 万元"), "{message}");
}

#[test]
fn a_total_beside_its_parts_is_the_fact() {
    for whole in ["政府采购实际金额", "政府采购实际金额（合计）"] {
        let read = row(&format!(
            "1 | {whole} | 171.488 | 万元\n2 | 政府采购实际金额（货物） | 90 | 万元\n3 | 政府采购实际金额（工程） | 81.488 | 万元"
        ));
        let certain: Vec<String> =
            facts(&read, "procurement_actual").into_iter().filter(|one| !one.contains("doubtful")).collect();
        assert_eq!(certain, ["171.488 at 基础数据表!C2"], "{whole}");
    }
}

// ---- claims

#[test]
fn of_like_score_columns_a_word_decides_and_never_their_order() {
    for (first, second) in [
        ("自评得分（初评）", "自评得分（终评）"),
        ("上半年得分", "全年得分"),
        ("得分", "最终得分"),
        ("下属单位得分", "本级得分"),
        ("自评得分（草稿）", "自评得分（定稿）"),
    ] {
        let card = format!(
            "三级指标 | 分值 | {first} | {second}\n预算执行率 | 6 | 4 | 5.82\n重点工作完成情况 | 8 | 6 | 8\n公众或服务对象满意度 | 6 | 4 | 6"
        );
        assert_eq!(claim(&read(vec![sheet("表", &card)]), "budget_execution"), "5.82 at 表!D2", "{first} | {second}");
        let turned = format!(
            "三级指标 | 分值 | {second} | {first}\n预算执行率 | 6 | 5.82 | 4\n重点工作完成情况 | 8 | 8 | 6\n公众或服务对象满意度 | 6 | 6 | 4"
        );
        assert_eq!(claim(&read(vec![sheet("表", &turned)]), "budget_execution"), "5.82 at 表!C2", "{second} | {first}");
    }
}

#[test]
fn two_score_columns_that_no_word_tells_apart_are_both_candidates_where_they_differ() {
    let card = "三级指标 | 分值 | 自评得分 | 自评分\n预算执行率 | 6 | 4 | 5.82\n重点工作完成情况 | 8 | 8 | 8\n公众或服务对象满意度 | 6 | 6 | 6";
    let read = read(vec![sheet("表", card)]);
    assert_eq!(claim(&read, "budget_execution"), "4 at 表!C2 or 5.82 at D2");
    assert_eq!(claim(&read, "key_tasks"), "8 at 表!C3");
}

#[test]
fn a_score_out_of_other_points_than_the_indicators_is_no_claim() {
    let card = |score: &str| {
        sheet(
            "表",
            &format!(
                "三级指标 | 分值 | 自评得分\n预算执行率 | 6 | {score}\n重点工作完成情况 | 8 | 8\n公众或服务对象满意度 | 6 | 6"
            ),
        )
    };
    assert_eq!(claim(&read(vec![card("5.82/6")]), "budget_execution"), "5.82 at 表!C2");
    assert_eq!(claim(&read(vec![card("5.82/8")]), "budget_execution"), "no number at 表!C2");
    assert_eq!(claim(&read(vec![card("6-0.18=5.82")]), "budget_execution"), "5.82 at 表!C2");
    assert_eq!(claim(&read(vec![card("扣0.18分，得5.82分")]), "budget_execution"), "5.82 at 表!C2");
    assert_eq!(claim(&read(vec![card("5.82①")]), "budget_execution"), "5.82 at 表!C2");
}

#[test]
fn totals_and_grades_stay_open_where_a_score_cannot_be_read() {
    let card = |score: &str| {
        format!("{CARD}\n综合评分 | | 50\n评分等级 | | 优")
            .replace("预算执行率 | 6 | 5.82", &format!("预算执行率 | 6 | {score}"))
    };
    let codes_of = |score: &str| -> Vec<&'static str> {
        let audit = audited(read(vec![sheet("评分表", &card(score))]));
        audit.findings.iter().map(|finding| finding.code.as_str()).collect()
    };
    let (open, held) = (codes_of("较好"), codes_of("5.82"));
    assert!(held.contains(&"total-mismatch"), "{held:?}");
    assert!(!open.contains(&"total-mismatch") && !open.contains(&"grade-overstated"), "{open:?}");
    assert!(open.contains(&"score-not-a-number"), "{open:?}");
}

#[test]
fn scores_of_rows_that_no_indicator_explains_count_in_the_total() {
    let card = |total: &str| format!("{CARD}\n档案管理创新工作 | 10 | 9\n综合评分 | | {total}");
    let mismatch = |total: &str| {
        let audit = audited(read(vec![sheet("评分表", &card(total))]));
        audit.findings.iter().any(|finding| finding.code == fuhe::checks::Code::TotalMismatch)
    };
    // 5.82 + 8 + 6 = 19.82, with the unknown row's 9 it is 28.82.
    assert!(!mismatch("28.82"));
    assert!(!mismatch("19.82"));
    assert!(mismatch("25"));
}

// ---- completion table

const TASKS: &str = "基本支出 | 1306.2 | 1306.2\n项目支出 | 1012.4 | 1012.4\n金额合计 | 2318.6 | 2318.6";

fn completion_total(header: &str, rows: &str) -> Option<String> {
    let read = read(vec![sheet("评分表", CARD), sheet("自评表", &format!("{header}\n{rows}"))]);
    let total = read.completion?.total?;
    Some(total.planned?.value.normalize().to_string())
}

#[test]
fn of_like_columns_of_amounts_the_adjusted_whole_of_the_year_is_read() {
    for (header, rows) in [
        (
            "任务名称 | 年初预算数（万元） | 调整后预算数（万元） | 执行数（万元）",
            "基本支出 | 1200 | 1306.2 | 1300\n金额合计 | 1200 | 2318.6 | 1300",
        ),
        (
            "任务名称 | 调整预算数（万元） | 年初预算数（万元） | 执行数（万元）",
            "基本支出 | 1306.2 | 1200 | 1300\n金额合计 | 2318.6 | 1200 | 1300",
        ),
        (
            "任务名称 | 2019年预算数 | 2020年预算数 | 2020年执行数",
            "基本支出 | 1044 | 1306.2 | 1279\n金额合计 | 1044 | 2318.6 | 1279",
        ),
    ] {
        assert_eq!(completion_total(header, rows).as_deref(), Some("2318.6"), "{header}");
    }
}

#[test]
fn a_corner_that_says_more_than_the_unit_still_gives_the_unit() {
    for corner in ["金额单位：元　　填报单位：榕江区图书馆", "填报单位：榕江区图书馆　单位：元", "单位:元"]
    {
        let rows = "任务名称 | 预算数 | 执行数\n基本支出 | 23186000 | 23186000\n金额合计 | 23186000 | 23186000";
        assert_eq!(completion_total(corner, rows).as_deref(), Some("2318.6"), "{corner}");
    }
}

#[test]
fn details_add_to_the_row_they_belong_to_and_not_to_the_total() {
    let mismatch = |rows: &str| {
        let table = format!("任务名称 | 预算数（万元） | 执行数（万元）\n{rows}");
        let audit = audited(read(vec![sheet("评分表", CARD), sheet("自评表", &table)]));
        audit.findings.iter().any(|finding| finding.code == fuhe::checks::Code::CompletionTotalMismatch)
    };
    assert!(!mismatch(TASKS));
    assert!(!mismatch(
        "一、基本支出 | 300 | 300\n1.人员经费 | 200 | 200\n2.公用经费 | 100 | 100\n二、项目支出 | 50 | 50\n金额合计 | 350 | 350"
    ));
    assert!(!mismatch(
        "基本支出 | 300 | 300\n项目支出 | 50 | 50\n购书 | 30 | 30\n阅读推广 | 20 | 20\n金额合计 | 350 | 350"
    ));
    // 300 + 50 is not 400, however the rows are nested.
    assert!(mismatch(
        "基本支出 | 300 | 300\n项目支出 | 50 | 50\n购书 | 30 | 30\n阅读推广 | 20 | 20\n金额合计 | 420 | 420"
    ));
    // A row below an equal one is no detail of it.
    assert!(mismatch("购书 | 100 | 100\n阅读推广 | 100 | 100\n金额合计 | 100 | 100"));
}

// ---- narrative

#[test]
fn a_sentence_about_a_part_is_quoted_and_changes_nothing() {
    for text in [
        "2020年人员经费一季度预算执行进度为24.6%。",
        "机关本级“三公”经费预算数1.20万元。",
        "各馆共56个项目，其中48个已完成。",
        "实施单位服务对象满意度为88.2%（保洁外包公司）。",
        "2020年6月调查结果显示，服务对象满意度为91.2%。",
        "截至6月，政府采购实际金额为60.5万元。",
        "一般公共预算“三公”经费预算数5.80万元。",
        "上半年服务对象满意度为91.2%。",
        "财务处年末在编人数12人。",
    ] {
        let read = read(vec![sheet("评分表", CARD), sheet("自评报告", &format!("自评报告\n{text}"))]);
        assert!(read.quotes.is_empty(), "{text}: {:?}", read.quotes);
    }
    let read = read(vec![sheet("评分表", CARD), sheet("自评报告", "自评报告\n2020年全年服务对象满意度为96.8%。")]);
    assert_eq!(quotes(&read, "satisfaction"), ["96.8"]);
}

// ---- answers

#[test]
fn an_answer_that_its_remark_contradicts_is_unreadable() {
    for (label, answer, id) in [
        ("专项资金编细且无大额年中调剂", "是（有1笔大额调剂）", "special_funds_itemised"),
        ("存在违规支出", "否（审计指出1笔，已整改）", "spending_violation"),
        ("存在违规支出", "否（发现2起）", "spending_violation"),
        ("预算分配不固化", "是（3例固化）", "budget_not_fixed"),
        ("存在违规支出", "否，已整改", "spending_violation"),
    ] {
        let read = row(&format!("1 | {label} | {answer} | 是/否"));
        assert_eq!(fact(&read, id), "unreadable at 基础数据表!C2", "{answer}");
    }
    for (label, answer, id, said) in [
        ("存在违规支出", "经审计未发现", "spending_violation", "否"),
        ("存在违规支出", "否（经审计未发现）", "spending_violation", "否"),
        ("专项资金编细且无大额年中调剂", "是（见附件3）", "special_funds_itemised", "是"),
        ("部门预算公开情况", "公开且符合要求", "budget_disclosure", "按规定公开"),
        ("部门预算公开情况", "规范公开", "budget_disclosure", "按规定公开"),
    ] {
        let read = row(&format!("1 | {label} | {answer} |"));
        assert_eq!(fact(&read, id), format!("{said} at 基础数据表!C2"), "{answer}");
    }
    let read = row("1 | 部门预算公开情况 | 不规范公开 |");
    assert_eq!(fact(&read, "budget_disclosure"), "unreadable at 基础数据表!C2");
}

#[test]
fn a_score_merged_over_indicators_is_one_claim_for_all_of_them() {
    let card = |score: &str| {
        let rows = format!(
            "三级指标 | 分值 | 自评得分\n财政供养人员控制率 | 1 | {score}\n编外人员控制率 | 1 |\n公众或服务对象满意度 | 6 | 6\n综合评分 | | 8"
        );
        let base = "数据项 | 数值 | 单位\n年末在编人数 | 46 | 人\n核定编制数 | 48 | 人\n编外人员数 | 2 | 人\n服务对象满意度 | 96.8 | %";
        let sheets = vec![crate::sheets::merged(sheet("表", &rows), &["C2:C3"]), sheet("数据", base)];
        let audit = audited(read(sheets));
        let of = |id: &str| audit.indicators.iter().find(|line| line.id == id).map(|line| line.verdict);
        let told: Vec<&str> = audit.findings.iter().map(|finding| finding.code.as_str()).collect();
        assert!(!told.contains(&"score-not-a-number") && !told.contains(&"score-missing"), "{told:?}");
        (of("staff_control"), of("contract_staff_control"), told.contains(&"total-mismatch"))
    };
    // 46 of 48, and 2 ÷ 48 = 4.2 %: one point each.
    assert_eq!(card("2"), (Some(Verdict::Agrees), Some(Verdict::Agrees), false));
    assert_eq!(card("3"), (Some(Verdict::Agrees), Some(Verdict::Overstated), true));
}

#[test]
fn of_several_columns_of_points_the_one_beside_the_name_is_the_indicators() {
    let card = "一级指标 | 分值 | 三级指标 | 分值 | 自评得分\n部门绩效 | 60 | 预算执行率 | 6 | 5.82\n | | 重点工作完成情况 | 8 | 8\n | | 公众或服务对象满意度 | 6 | 6";
    let audit = audited(read(vec![sheet("表", card)]));
    assert!(audit.findings.iter().all(|finding| finding.code != fuhe::checks::Code::PointsAltered));
    let altered = card.replace("预算执行率 | 6 |", "预算执行率 | 7 |");
    let audit = audited(read(vec![sheet("表", &altered)]));
    assert!(audit.findings.iter().any(|finding| finding.code == fuhe::checks::Code::PointsAltered));
}

// ---- shown is stored, and possible

/// The sheet with a number format's digits on one cell.
fn shown_with(mut sheet: fuhe::workbook::Sheet, cell: &str, places: u8, scale: u8) -> fuhe::workbook::Sheet {
    let at = cell.parse::<fuhe::workbook::Area>().expect("a cell").first;
    let found = sheet.cells.get_mut(&at).expect("a number");
    found.digits = fuhe::workbook::Digits { places: Some(places), scale, ..Default::default() };
    sheet
}

#[test]
fn where_the_format_scales_the_shown_number_is_meant() {
    let base = sheet("数据", "数据项 | 数值 | 单位\n固定资产总额 | 20468000 | 万元");
    let read = read(vec![sheet("评分表", CARD), shown_with(base, "B2", 1, 4)]);
    assert_eq!(fact(&read, "assets_total"), "2046.8 at 数据!B2");
}

#[test]
fn digits_that_are_not_shown_and_move_a_figure_into_another_band_leave_the_score_open() {
    let satisfaction = |stored: &str, places: u8| {
        let base = sheet("数据", &format!("数据项 | 数值 | 单位\n服务对象满意度 | {stored} | %"));
        let audit = audited(read(vec![sheet("评分表", CARD), shown_with(base, "B2", places, 0)]));
        let line = audit.indicators.iter().find(|line| line.id == "satisfaction").expect("an indicator");
        (line.verdict, line.settled_by.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    // ≥ 95 % earns 6 points, below it 4.
    assert_eq!(satisfaction("94.96", 0), (Verdict::Unverifiable, vec!["conflict:satisfaction".to_owned()]));
    assert_eq!(satisfaction("94.96", 2), (Verdict::Overstated, Vec::new()));
    assert_eq!(satisfaction("96.84", 1), (Verdict::Agrees, Vec::new()));
}

#[test]
fn amounts_that_are_a_unit_apart_are_never_held_against_the_department() {
    let routine = |budget: &str, actual: &str| {
        let rows = format!(
            "数据项 | 数值 | 单位\n“三公”经费预算数 | 10 | 万元\n“三公”经费实际支出数 | 8 | 万元\n日常公用经费调整预算数 | {budget} | 万元\n日常公用经费决算数 | {actual} | 万元"
        );
        let card = "三级指标 | 分值 | 自评得分\n公用经费控制率 | 6 | 5\n重点工作完成情况 | 8 | 8\n公众或服务对象满意度 | 6 | 6";
        let audit = audited(read(vec![sheet("评分表", card), sheet("数据", &rows)]));
        audit.indicators.iter().find(|line| line.id == "public_funds_control").map(|line| line.verdict)
    };
    // 8 ÷ 10 = 80 %: 3 points; 95 ÷ 100 = 95 %: 2 points.
    assert_eq!(routine("100", "95"), Some(Verdict::Agrees));
    assert_eq!(routine("100", "950000"), Some(Verdict::Unverifiable));
    assert_eq!(routine("1000000", "95"), Some(Verdict::Unverifiable));
    // Twice the budget is spent: no slip of a unit, and no 2 points.
    assert_eq!(routine("100", "200"), Some(Verdict::Overstated));
}

// ---- nothing is read in vain

#[test]
fn what_looked_like_data_and_was_not_used_is_listed_with_its_reason_and_what_it_is_near() {
    let base = "数据项 | 数值（2019年） | 数值（2020年） | 单位\n服务对象满意度 | 88.2 | 96.8 | %\n信访办理回复数 | 20 | 25 | 件\n档案数字化率 | 70 | 80 | %\n政府采购实际金额（货物） | 80 | 90 | 万元";
    let old = "数据项 | 数值 | 单位\n编外人员数 | 3 | 人";
    let read = read(vec![sheet("评分表", CARD), sheet("数据", base), sheet("旧稿", old)]);
    let left: Vec<String> = read
        .unused
        .iter()
        .map(|cell| {
            let nearest = cell.nearest.as_deref().unwrap_or("—");
            format!("{}!{} {} {} {nearest}", cell.sheet, cell.cell, cell.value, cell.why.as_str())
        })
        .collect();
    assert_eq!(
        left,
        [
            "数据!B2 88.2 other-year satisfaction",
            "数据!C3 25 near-name petition_reply_rate",
            "数据!B3 20 other-year petition_reply_rate",
            "数据!C4 80 unknown-name —",
            "数据!B4 70 other-year —",
            "数据!B5 80 other-year procurement_actual",
            "数据!C5 90 doubtful procurement_actual",
            "旧稿!B2 3 draft contract_staff",
        ]
    );
}

// ---- what a hostile reader tried

#[test]
fn brackets_that_say_more_than_the_whole_leave_the_figure_doubtful() {
    for label in [
        "年末在编人数（机关单位）",
        "年末在编人数（事业单位）",
        "年末在编人数（按2019年口径）",
        "年末在编人数（全年机关）",
        "年末在编人数（见附件，不含下属单位）",
        "年末在编人数（本部门窗口）",
    ] {
        let found = facts(&row(&format!("1 | {label} | 46 | 人")), "staff_actual");
        assert!(found.iter().all(|one| one.contains("doubtful")), "{label}: {found:?}");
    }
    for label in [
        "年末在编人数（本单位）",
        "年末在编人数（截至2020年12月31日）",
        "年末在编人数（填整数）",
        "年末在编人数（单位：人）",
    ] {
        assert_eq!(fact(&row(&format!("1 | {label} | 46 | 人")), "staff_actual"), "46 at 基础数据表!C2", "{label}");
    }
}

#[test]
fn a_remark_of_half_a_year_counts_whatever_figure_it_gives() {
    let read = |remark: &str| row(&format!("1 | 计划完成项目总数 | 20 | 个 | | {remark}"));
    assert_eq!(fact(&read("上半年数，占50%"), "projects_planned"), "20 at 基础数据表!C2 doubtful row-remark");
    assert_eq!(fact(&read("上年为18.5%"), "projects_planned"), "20 at 基础数据表!C2");
}

#[test]
fn the_completion_table_of_another_year_or_department_gives_no_budget() {
    let table = |head: &str| {
        format!("{head}\n任务名称 | 预算数（万元） | 执行数（万元）\n基本支出 | 100 | 100\n金额合计 | 100 | 100")
    };
    let budget = |name: &str, head: &str| read(vec![sheet("评分表", CARD), sheet(name, &table(head))]).completion;
    assert!(budget("自评表", "部门名称：榕江区图书馆").is_some());
    assert!(budget("自评表", "部门名称：榕江区少儿图书馆").is_none());
    assert!(budget("2019年", "整体支出绩效目标完成情况自评表").is_none());
    assert!(budget("自评表", "2019年度整体支出绩效目标完成情况自评表").is_none());
}

#[test]
fn two_columns_of_amounts_that_no_word_tells_apart_give_no_budget() {
    let rows = "基本支出 | 100 | 120 | 90\n金额合计 | 100 | 120 | 90";
    assert_eq!(completion_total("任务名称 | 预算数（万元） | 计划数（万元） | 执行数（万元）", rows), None);
}

// ---- magnitudes, years, lines that name somebody

/// The verdict of one indicator when all facts are those of a full card but these.
fn verdict_with(claims: &str, changed: &[(&str, &str)], indicator: &str) -> (Verdict, Vec<String>) {
    let facts: Vec<String> = crate::submitted::FULL_FACTS
        .split(';')
        .map(|line| {
            let (id, value) = line.trim().split_once(' ').expect("a fact");
            let value = changed.iter().find(|(own, _)| *own == id).map_or(value, |(_, value)| *value);
            format!("{id} {value}")
        })
        .collect();
    let audit = audited(crate::submitted::submitted(claims, &facts.join("; ")));
    let (verdict, settled) = verdict(&audit, indicator);
    (verdict, settled.iter().map(ToString::to_string).collect())
}

#[test]
fn an_amount_whose_magnitude_does_not_fit_leaves_the_score_unknown_and_not_one_of_two() {
    let claims = crate::submitted::FULL_CLAIMS;
    for (changed, indicator, asked) in [
        // 95 of 1 000 000 is 0.0095 %; were the total in 元, 95 of 100 would be 95 %.
        (vec![("assets_in_use", "95"), ("assets_total", "1000000")], "asset_utilisation", "confirm:assets_total"),
        (vec![("procurement_actual", "6"), ("procurement_plan", "60000")], "procurement", "confirm:procurement_plan"),
        (vec![("procurement_actual", "6"), ("procurement_plan", "700")], "procurement", "confirm:procurement_plan"),
        (vec![("procurement_actual", "0.002"), ("procurement_plan", "10")], "procurement", "confirm:procurement_plan"),
        (vec![("assets_in_use", "3.5"), ("assets_total", "500")], "asset_utilisation", "confirm:assets_total"),
    ] {
        let (verdict, settled) = verdict_with(claims, &changed, indicator);
        assert_eq!(verdict, Verdict::Unverifiable, "{changed:?}");
        assert!(settled.contains(&asked.to_owned()), "{changed:?}: {settled:?}");
    }
    // 95 times apart is odd, and no slip of a unit: 1.05 of 100 is little, and that is what it says.
    let (verdict, _) =
        verdict_with(claims, &[("procurement_actual", "1.05"), ("procurement_plan", "100")], "procurement");
    assert_eq!(verdict, Verdict::Overstated);
}

#[test]
fn years_one_after_the_other_are_no_amounts_whatever_label_stands_before_them() {
    for rows in [
        "固定资产总额 | 2019 | 2020 | 2021\n房屋 | 900 | 910 | 920",
        "部门情况\n固定资产总额（万元） | 2018 | 2019 | 2020",
        "1 | 固定资产总额（万元） | 2021 | 2020 | 2019",
        "数据项 | 数值 | 备注\n固定资产总额（万元） | 2020 | 2021",
        "年度 | 固定资产总额（万元）\n2019 | 1900.5",
        "序号 | 年度 | 固定资产总额（万元）\n1 | 2019 | 1900.5",
    ] {
        let read = with_base(rows);
        let found = facts(&read, "assets_total");
        assert!(found.iter().all(|one| one.contains("doubtful")), "{rows}: {found:?}");
    }
    let read = with_base("序号 | 年度 | 固定资产总额（万元）\n1 | 2019 | 1900.5\n2 | 2020 | 2046.8");
    assert_eq!(fact(&read, "assets_total"), "2046.8 at 基础数据表!C3");
    // Two counts that are no years one after the other.
    let read = with_base("核定编制数 | 2020 | 年末在编人数 | 2018");
    assert_eq!(fact(&read, "staff_quota"), "2020 at 基础数据表!B1");
}

#[test]
fn a_line_that_names_somebody_holds_of_what_stands_below_it_and_of_nothing_above() {
    for rows in [
        "数据项 | 数值 | 单位\n核定编制数 | 48 | 人\n（二）少儿分馆\n年末在编人数 | 15 | 人",
        "数据项 | 数值 | 单位\n核定编制数 | 48 | 人\n二、榕江区少儿图书馆\n年末在编人数 | 15 | 人",
        "数据项 | 数值 | 单位\n一、本馆\n核定编制数 | 48 | 人\n二、少儿馆\n（一）人员\n年末在编人数 | 15 | 人",
        "核定编制数 | 48\n（二）少儿分馆\n年末在编人数 | 15",
        "数据项 | 数值 | 单位\n（一）榕江区图书馆\n核定编制数 | 48 | 人\n（二）榕江区美术馆\n年末在编人数 | 15 | 人",
    ] {
        let read = with_base(rows);
        assert!(fact(&read, "staff_quota").starts_with("48 at"), "{rows}: {:?}", facts(&read, "staff_quota"));
        assert!(!fact(&read, "staff_quota").contains("doubtful"), "{rows}: {:?}", facts(&read, "staff_quota"));
        let found = facts(&read, "staff_actual");
        assert!(found.iter().all(|one| one.contains("doubtful")), "{rows}: {found:?}");
    }
    let rows =
        "数据项 | 数值 | 单位\n一、少儿馆\n编外人员数 | 1 | 人\n二、本馆\n核定编制数 | 48 | 人\n年末在编人数 | 46 | 人";
    let read = with_base(rows);
    assert_eq!(fact(&read, "staff_actual"), "46 at 基础数据表!B6");
}

// ---- sheet names, pairs in one cell, 无

#[test]
fn the_day_of_handing_in_in_a_sheets_name_is_no_scope_where_the_title_says_the_year() {
    let base = "2020年度基础数据表\n数据项 | 数值 | 单位\n核定编制数 | 48 | 人";
    for name in [
        "2021年报送",
        "3月5日定稿",
        "处室汇总",
        "各科室汇总",
        "2021年3月上报",
        "基础数据（2021.3.5定稿）",
        "基础数据2021版",
    ] {
        let read = read(vec![sheet("评分表", CARD), sheet(name, base)]);
        assert_eq!(fact(&read, "staff_quota"), format!("48 at {name}!B3"), "{name}");
    }
    for name in ["2019年", "1-6月报送", "2019年报送", "处室汇总（财政拨款）", "分馆", "下属单位汇总", "上半年定稿"]
    {
        let read = read(vec![sheet("评分表", CARD), sheet(name, base)]);
        let found = facts(&read, "staff_quota");
        assert!(name.contains("拨款") || found.iter().all(|one| one.contains("doubtful")), "{name}: {found:?}");
    }
    // Without a word of the year in title or heads the sheet's name is all that speaks of it.
    let read = read(vec![sheet("评分表", CARD), sheet("2021年报送", &base.replace("2020年度", ""))]);
    assert_eq!(facts(&read, "staff_quota"), Vec::<String>::new());
}

#[test]
fn labels_in_one_cell_are_read_where_their_values_part_into_as_many() {
    for rows in [
        "数据项 | 数值 | 单位\n核定编制数/年末在编人数 | '48/46 | 人",
        "数据项 | 数值\n核定编制数/年末在编人数（人） | '48/46",
        "数据项 | 数值\n核定编制数、年末在编人数 | '48人、46人",
        "核定编制数/年末在编人数 | '48/46 | 人",
        "人员情况\n核定编制数／年末在编人数／编外人员数 | '48／46／2",
    ] {
        let read = with_base(rows);
        assert!(fact(&read, "staff_quota").starts_with("48 at"), "{rows}: {:?}", facts(&read, "staff_quota"));
        assert!(fact(&read, "staff_actual").starts_with("46 at"), "{rows}: {:?}", facts(&read, "staff_actual"));
    }
    for rows in [
        "数据项 | 数值\n核定编制数/年末在编人数/编外人员数 | '48/46",
        "数据项 | 数值\n核定编制数/年末在编人数 | '48/46/2",
        "数据项 | 数值\n年末在编人数/核定编制数 | 0.9583",
        "核定编制数/年末在编人数 | '是/否",
        "核定编制数/核定编制数 | '48/46",
    ] {
        let read = with_base(rows);
        for id in ["staff_quota", "staff_actual"] {
            assert_eq!(facts(&read, id), Vec::<String>::new(), "{rows}");
        }
    }
}

#[test]
fn nothing_in_place_of_a_count_is_asked_about_and_counts_where_it_says_of_what_there_is_none() {
    for (value, said) in [
        ("无", "0 at 基础数据表!C2 doubtful none-word"),
        ("没有", "0 at 基础数据表!C2 doubtful none-word"),
        ("无编外人员", "0 at 基础数据表!C2"),
        ("没有编外人员", "0 at 基础数据表!C2"),
        ("无此类人员", "unreadable at 基础数据表!C2"),
    ] {
        let read = row(&format!("1 | 编外人员数 | {value} | 人"));
        assert_eq!(fact(&read, "contract_staff"), said, "{value}");
    }
    // A stroke says nothing.
    assert_eq!(facts(&row("1 | 编外人员数 | / | 人"), "contract_staff"), Vec::<String>::new());
}

#[test]
fn a_row_of_another_year_keeps_no_value_of_this_year_out() {
    for rows in [
        "数据项 | 数值 | 单位\n核定编制数（2019年） | 40 | 人\n服务对象满意度 | 96.8 | %",
        "数据项 | 数值 | 单位\n服务对象满意度 | 96.8 | %\n附：上年同期数据\n核定编制数 | 40 | 人",
    ] {
        let read = read(vec![sheet("评分表", CARD), sheet("基础数据表", rows), sheet("人员", "核定编制数 | 48")]);
        assert_eq!(fact(&read, "staff_quota"), "48 at 人员!B1", "{rows}");
    }
}

// ---- claims and answers as departments type them

/// A card of three indicators (6, 8 and 6 points) under these headings, each row with these cells behind the points.
fn card_with(headings: &str, cells: [&str; 3]) -> fuhe::submission::Submission {
    let names = [("预算执行率", 6), ("重点工作完成情况", 8), ("公众或服务对象满意度", 6)];
    let rows = names.iter().zip(cells).map(|((name, points), cells)| format!("{name} | {points} | {cells}"));
    let rows: Vec<String> = rows.collect();
    read(vec![sheet("评分表", &format!("2020年度评分表\n三级指标 | 分值 | {headings}\n{}", rows.join("\n")))])
}

#[test]
fn what_a_person_reads_as_a_score_is_one() {
    for (cells, scores) in [
        (["满分", "得满分", "不扣分"], ["6", "8", "6"]),
        (["扣0.32分", "扣1分", "未扣分"], ["5.68", "7", "6"]),
        (["'5（自评）", "'8（单位自评）", "'6分（自评）"], ["5", "8", "6"]),
        (["'5。68", "'7·5分", "'6"], ["5.68", "7.5", "6"]),
        // 6 × 0.9464 = 5.6784, to two places 5.68; 8 × 96 % = 7.68.
        (["'6×0.9464=5.68", "'8×96%=7.68", "'6*1=6"], ["5.68", "7.68", "6"]),
    ] {
        let read = card_with("自评得分", cells);
        let said: Vec<String> = ["budget_execution", "key_tasks", "satisfaction"]
            .map(|id| claim(&read, id).split(' ').next().unwrap_or_default().to_owned())
            .to_vec();
        assert_eq!(said, scores, "{cells:?}");
    }
    for text in ["'5，5", "'扣9分", "'6×0.9=6", "'约5（自评）", "'5（专家）"] {
        let read = card_with("自评得分", [text, "8", "6"]);
        let score = read.claims.iter().find(|claim| claim.indicator == "budget_execution").map(|claim| claim.score);
        assert_eq!(score, Some(fuhe::submission::ClaimedScore::NotANumber), "{text}");
    }
}

#[test]
fn scores_out_of_a_hundred_are_no_points_and_accuse_nobody() {
    // 5.68 of 6 is 94.67 of a hundred.
    for headings in ["自评得分（百分制）", "自评得分", "得分", "自评分", "单位评分"] {
        let read = card_with(headings, ["94.67", "100", "100"]);
        assert!(read.claims.iter().all(|claim| claim.rivals.len() == 1), "{headings}: {:?}", read.claims);
        let audit = audited(read);
        for line in audit.indicators.iter().filter(|line| ["budget_execution", "key_tasks"].contains(&line.id.as_str()))
        {
            assert_eq!(line.verdict, Verdict::Unverifiable, "{headings}: {}", line.name);
        }
        assert!(!audit.findings.iter().any(|finding| finding.code.as_str() == "score-above-points"), "{headings}");
    }
    for headings in ["得分 | 加权得分", "自评得分 | 折算得分", "加权得分 | 得分"] {
        let cells = match headings.starts_with("加权") {
            true => ["5.68 | 94.67", "8 | 100", "6 | 100"],
            false => ["94.67 | 5.68", "100 | 8", "100 | 6"],
        };
        let read = card_with(headings, cells);
        assert!(claim(&read, "budget_execution").starts_with("5.68 at"), "{headings}: {:?}", read.claims);
        assert!(read.claims.iter().all(|claim| claim.rivals.is_empty()), "{headings}");
    }
    // One claim above its points is a slip, and is told.
    let read = card_with("自评得分", ["9", "8", "6"]);
    assert!(read.claims.iter().all(|claim| claim.rivals.is_empty()));
}

#[test]
fn the_score_of_the_department_by_itself_does_not_win_over_one_of_all_beside_those_below() {
    let read = card_with("本级得分 | 下属单位得分 | 综合得分", ["4 | 5 | 5.68", "6 | 7 | 8", "5 | 5 | 6"]);
    assert!(read.claims.iter().all(|claim| claim.rivals.len() == 1), "{:?}", read.claims);
    let read = card_with("本级得分 | 下属单位得分", ["5.68 | 5", "8 | 7", "6 | 5"]);
    assert!(claim(&read, "budget_execution").starts_with("5.68 at"), "{:?}", read.claims);
}

#[test]
fn a_mark_under_yes_or_no_says_what_its_heading_says() {
    for (headings, marks, said) in [
        ("是 | 否", " | √", "否"),
        ("是 | 否", "√ | ", "是"),
        ("否 | 是", "✓ | ", "否"),
        ("有 | 无", " | ☑", "否"),
        ("是 | 否", "× | √", "否"),
    ] {
        let read =
            with_base(&format!("事项 | {headings}\n会计核算规范 | √ | \n存在违规支出 | {marks}\n涉密部门 | | √"));
        let found = facts(&read, "spending_violation");
        assert_eq!(found.len(), 1, "{headings} {marks}: {found:?}");
        assert!(found[0].starts_with(said), "{headings} {marks}: {found:?}");
    }
    let read = with_base("事项 | 是 | 否\n会计核算规范 | √ | \n存在违规支出 | √ | √");
    assert_eq!(facts(&read, "spending_violation").len(), 2, "both are marked");
}

#[test]
fn a_line_or_a_sheet_that_names_a_part_or_somebody_else_makes_what_it_holds_a_candidate() {
    let rows = "数据项 | 数值 | 单位\nLINE\n核定编制数 | 24 | 人";
    for line in ["机关", "（一）事业", "行政", "一、政府性基金", "少儿馆"] {
        let found = facts(&with_base(&rows.replace("LINE", line)), "staff_quota");
        assert!(found.iter().all(|one| one.contains("doubtful")), "{line}: {found:?}");
    }
    for line in ["（一）人员", "一、本馆", "榕江区图书馆", "图书馆", "合计"] {
        let found = fact(&with_base(&rows.replace("LINE", line)), "staff_quota");
        assert_eq!(found, "24 at 基础数据表!B3", "{line}");
    }
    let table = "数据项 | 数值 | 单位\n核定编制数 | 24 | 人";
    for name in ["机关", "附件2 少儿馆", "馆本部", "榕江区美术馆", "事业"] {
        let found = facts(&read(vec![sheet("评分表", CARD), sheet(name, table)]), "staff_quota");
        assert!(found.iter().all(|one| one.contains("doubtful")), "{name}: {found:?}");
    }
    for name in ["图书馆", "附件2 榕江区图书馆", "财务科", "办公室", "全馆", "Sheet2"] {
        let found = fact(&read(vec![sheet("评分表", CARD), sheet(name, table)]), "staff_quota");
        assert_eq!(found, format!("24 at {name}!B2"), "{name}");
    }
}

#[test]
fn of_two_columns_of_values_under_one_heading_neither_wins_by_standing_first() {
    let rows = |one: &str, other: &str| {
        let row = |name: &str, unit: &str| format!("{name} | {one} | {other} | {unit}");
        let rows = [row("核定编制数", "人"), row("年末在编人数", "人"), row("编外人员数", "人"), row("信访件数", "件")];
        format!("数据项 | 数值 | | 单位\n{}", rows.join("\n"))
    };
    for (one, other) in [("24", "48"), ("48", "24"), ("1", "2"), ("2", "1"), ("30", "31")] {
        let table = merged(sheet("基础数据表", &rows(one, other)), &["B1:C1"]);
        let read = read(vec![sheet("评分表", CARD), table]);
        let mut found = facts(&read, "staff_quota");
        found.sort();
        let mut both = [format!("{one} at 基础数据表!B2"), format!("{other} at 基础数据表!C2")];
        both.sort();
        assert_eq!(found, both);
    }
    // A unit, or nothing, in the second of them is no second value.
    for other in ["人", ""] {
        let table = merged(sheet("基础数据表", &rows("48", other)), &["B1:C1"]);
        assert_eq!(fact(&read(vec![sheet("评分表", CARD), table]), "staff_quota"), "48 at 基础数据表!B2", "{other}");
    }
}
