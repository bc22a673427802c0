//! What departments really hand in: one test for each way of writing, each a few lines of a sheet.

use fuhe::submission::{NoSubmission, TableKind};

use crate::said::Said;
use crate::sheets::{claim, claims, codes, fact, facts, merged, quotes, read, read_named, sheet};

const CARD: &str = "
三级指标 | 分值 | 自评得分
预算执行率 | 6 | 5.82
重点工作完成情况 | 8 | 8
公众或服务对象满意度 | 6 | 6";

const BASE: &str = "
序号 | 数据项 | 数值 | 单位 | 佐证材料 | 备注
1 | 一季度部门预算支出进度 | '27.22% | % | |
2 | 未完成重点工作项数 | 0 | 项 | |";

fn with_card(rows: &str) -> fuhe::submission::Submission {
    read(vec![sheet("评分表", CARD), sheet("基础数据表", rows)])
}

/// Base data of one row under the template's header.
fn answered(row: &str) -> fuhe::submission::Submission {
    with_card(&format!("数据项 | 数值 | 单位 | 佐证材料\n{row}"))
}

// ---- finding the tables

#[test]
fn tables_are_found_by_their_headers_whatever_the_sheets_are_called() {
    let read = read(vec![sheet("Sheet1", BASE), sheet("附件2 (定稿)", CARD)]);
    assert_eq!(claim(&read, "budget_execution"), "5.82 at 附件2 (定稿)!C2");
    assert_eq!(fact(&read, "q1_progress"), "27.22 at Sheet1!C2");
}

#[test]
fn a_header_of_two_rows_below_titles_is_one_header() {
    let card = "
附件2
2020年度部门整体支出绩效评分表
评价指标 | | | | 指标说明 | 评分标准 | 分数
一级指标 | 二级指标 | 三级指标 | 分值
部门绩效（60分） | 效率性 | 预算执行率 | 6 | 说明 | 标准 | 5.82
 | | 重点工作完成情况 | 8 | 说明 | 标准 | 8
 | | 项目完成及时性 | 6 | 说明 | 标准 | 6";
    let read = read(vec![merged(sheet("表", card), &["A3:D3", "A5:A7", "B5:B7", "A2:G2"])]);
    assert_eq!(claim(&read, "budget_execution"), "5.82 at 表!G5");
    assert_eq!(claim(&read, "project_timeliness"), "6 at 表!G7");
    assert_eq!(read.claims[0].points_stated.as_ref().map(|points| points.source.cell.as_str()), Some("D5"));
    assert_eq!(read.year.map(|year| year.value), Some(2020));
}

#[test]
fn a_header_repeated_in_the_middle_of_the_data_is_no_row_of_it() {
    let card = format!("{CARD}\n三级指标 | 分值 | 自评得分\n\n固定资产利用率 | 1 | 0.7");
    let read = read(vec![sheet("表", &card)]);
    assert_eq!(claim(&read, "asset_utilisation"), "0.7 at 表!C7");
    assert_eq!(read.claims.len(), 4);
    assert!(codes(&read).is_empty());
}

#[test]
fn the_score_column_has_many_names() {
    for name in [
        "分数",
        "得分",
        "自评得分",
        "自评分",
        "自评分数",
        "单位自评得分",
        "部门自评分",
        "实际得分",
        "自评得分（满分100分）",
        "自 评⏎得 分",
        "自评打分",
    ] {
        let read = read(vec![sheet("表", &CARD.replace("自评得分", name))]);
        assert_eq!(claim(&read, "budget_execution"), "5.82 at 表!C2", "{name}");
    }
}

#[test]
fn the_bureaus_score_and_last_years_are_not_the_claim() {
    for (name, own) in [
        ("财政复核得分", "得分"),
        ("核定分", "分数"),
        ("财政审定评分", "自评分"),
        ("上年得分", "得分"),
        ("专家评分", "得分"),
        ("主管部门评分", "评分"),
        ("复核得分", "得分"),
    ] {
        let card = format!(
            "三级指标 | 分值 | {name} | {own}\n预算执行率 | 6 | 1 | 5.82\n重点工作完成情况 | 8 | 2 | 8\n项目完成及时性 | 6 | 3 | 6"
        );
        let read = read(vec![sheet("表", &card)]);
        assert_eq!(claim(&read, "budget_execution"), "5.82 at 表!D2", "{name}");
    }
}

#[test]
fn a_heading_over_two_columns_says_whose_score_it_is() {
    let card = "
三级指标 | 分值 | 财政部门 | 预算部门
 | | 评分 | 评分
预算执行率 | 6 | 1 | 5.82
重点工作完成情况 | 8 | 2 | 8
项目完成及时性 | 6 | 3 | 6";
    let read = read(vec![sheet("表", card)]);
    assert_eq!(claim(&read, "budget_execution"), "5.82 at 表!D3");
}

#[test]
fn columns_come_in_any_order_with_others_between_them() {
    let card = "
自评得分 | 扣分原因 | 序号 | 三级指标 | 备注 | 分值 | 佐证材料
5.82 | 扣0.18分 | 1 | 预算执行率 | 2020年 | 6 | 附件1
8 | 无 | 2 | 重点工作完成情况 | | 8 | —
6 | 无 | 3 | 项目完成及时性 | 3 | 6 | 无";
    let read = read(vec![sheet("表", card)]);
    assert_eq!(claim(&read, "budget_execution"), "5.82 at 表!A2");
    assert_eq!(claim(&read, "project_timeliness"), "6 at 表!A4");
    let evidence: Vec<_> = read.claims.iter().map(|claim| claim.evidence.as_deref()).collect();
    assert_eq!(evidence, [Some("附件1"), None, None]);
}

#[test]
fn stacked_tables_in_one_sheet_are_told_apart() {
    let rows = format!(
        "2020年度自评材料\n{}\n综合评分 | | 19.82\n评分等级 | | 优\n\n单位：万元\n数据项 | 数值\n部门预算总规模 | 1701.05\n固定资产总额 | 1250",
        CARD.trim()
    );
    let read = read(vec![sheet("表", &rows)]);
    assert_eq!(read.claims.len(), 3);
    assert_eq!(fact(&read, "budget_total"), "1701.05 at 表!B11");
    assert_eq!(read.total.map(|total| total.source.cell), Some("C6".to_owned()));
    assert_eq!(read.grade.map(|grade| grade.value), Some("优".to_owned()));
}

#[test]
fn tables_side_by_side_share_rows_but_no_columns() {
    let rows = "
三级指标 | 分值 | 得分 | | 数据项 | 数值 | 单位
预算执行率 | 6 | 5.82 | | 部门预算总规模 | 1701.05 | 万元
重点工作完成情况 | 8 | 8 | | 计划完成项目总数 | 8 | 个
项目完成及时性 | 6 | 6 | | 按期完成项目数 | 7 | 个";
    let read = read(vec![sheet("表", rows)]);
    assert_eq!(claim(&read, "project_timeliness"), "6 at 表!C4");
    assert_eq!(fact(&read, "projects_finished"), "7 at 表!F4");
}

#[test]
fn a_card_that_goes_on_in_another_sheet_is_one_card() {
    let second = "三级指标 | 分值 | 自评得分\n固定资产利用率 | 1 | 1\n财务合规性 | 3 | 3\n综合评分 | | 23.82";
    let read = read(vec![sheet("表一", CARD), sheet("表一续", second)]);
    assert_eq!(read.claims.len(), 5);
    assert_eq!(claim(&read, "financial_compliance"), "3 at 表一续!C3");
    assert_eq!(read.total.map(|total| total.value.to_string()), Some("23.82".to_owned()));
}

#[test]
fn a_card_goes_on_without_a_header_under_the_same_columns() {
    let read = read(vec![sheet("表一", CARD), sheet("续", "固定资产利用率 | 1 | 1\n财务合规性 | 3 | 3")]);
    assert_eq!(claim(&read, "financial_compliance"), "3 at 续!C2");
}

// ---- rows of the card

#[test]
fn criteria_of_one_indicator_have_one_score_together() {
    let card = "
三级指标 | 评分标准 | 分值 | 得分
预算编制合理性 | 1.符合职责（1分） | 5 | 1
 | 2.合理分配（1分） | | 1
 | 3.专项资金细化（1分） | | 0.5
重点工作完成情况 | 全部完成 | 8 | 8
项目完成及时性 | 按期完成 | 6 | 6";
    let read = read(vec![merged(sheet("表", card), &["A2:A4", "C2:C4"])]);
    assert_eq!(claim(&read, "budget_reasonableness"), "2.5 at 表!D2");
    assert_eq!(read.claims[0].source.text, "1+1+0.5");
}

#[test]
fn a_score_merged_over_the_criteria_counts_once() {
    let card = "
三级指标 | 评分标准 | 分值 | 得分
预算编制合理性 | 1.符合职责（1分） | 5 | 5
 | 2.合理分配（1分）
重点工作完成情况 | 全部完成 | 8 | 8
项目完成及时性 | 按期完成 | 6 | 6";
    let read = read(vec![merged(sheet("表", card), &["A2:A3", "C2:C3", "D2:D3"])]);
    assert_eq!(claim(&read, "budget_reasonableness"), "5 at 表!D2");
}

#[test]
fn one_name_on_each_criterions_row_is_one_indicator_when_the_points_add_up() {
    let card = "
三级指标 | 评分标准 | 分值 | 得分
项目实施程序 | 1.报批（1分） | 1 | 1
项目实施程序 | 2.招投标（1分） | 1 | 0.5
重点工作完成情况 | 全部完成 | 8 | 8
项目完成及时性 | 按期完成 | 6 | 6";
    let read = read(vec![sheet("表", card)]);
    assert_eq!(claims(&read, "project_procedure"), ["1.5 at 表!D2"]);
}

#[test]
fn a_row_given_twice_stays_two_claims() {
    let card = format!("{CARD}\n公众或服务对象满意度 | 6 | 4");
    let read = read(vec![sheet("表", &card)]);
    assert_eq!(claims(&read, "satisfaction"), ["6 at 表!C4", "4 at 表!C5"]);
}

#[test]
fn subtotals_totals_notes_and_blank_rows_are_no_indicators() {
    let card = "
一级指标 | 三级指标 | 分值 | 得分
部门决策（20分） | 预算编制合理性 | 5 | 5
 | 预算编制规范性 | 5 | 4
部门决策小计 | | 10 | 9

部门管理（20分） | 财务合规性 | 3 | 3
部门管理合计 | | 3 | 3
合计 | | 13 | 12
评价等级 | 良
填表人 | 张三 | | 联系电话：0755-12345678
注：预算编制合理性满分5分，预算执行率满分6分。";
    let read = read(vec![sheet("表", card)]);
    assert_eq!(read.claims.len(), 3);
    assert!(codes(&read).is_empty(), "{:?}", codes(&read));
    let sections: Vec<String> =
        read.section_totals.iter().map(|(_, total)| format!("{} {}", total.value, total.source.cell)).collect();
    assert_eq!(sections, ["9 D4", "3 D7"]);
    assert_eq!(read.total.map(|total| total.source.cell), Some("D8".to_owned()));
    assert_eq!(read.grade.map(|grade| grade.value), Some("良".to_owned()));
}

#[test]
fn a_total_stands_behind_many_words_beside_or_under_the_scores() {
    for (label, cell) in [
        ("综合评分", "C5"),
        ("合计", "C5"),
        ("总分", "C5"),
        ("自评总分", "C5"),
        ("合计（100分）", "C5"),
        ("总 得 分", "C5"),
    ] {
        let read = read(vec![sheet("表", &format!("{CARD}\n{label} | 20 | 19.82"))]);
        let total = read.total.expect(label);
        assert_eq!((total.value.to_string(), total.source.cell.as_str()), ("19.82".to_owned(), cell), "{label}");
    }
    let in_one_cell = read(vec![sheet("表", &format!("{CARD}\n综合评分：19.82分        评分等级：优秀"))]);
    assert_eq!(in_one_cell.total.map(|total| total.value.to_string()), Some("19.82".to_owned()));
    assert_eq!(in_one_cell.grade.map(|grade| grade.value), Some("优".to_owned()));
}

#[test]
fn the_points_of_all_indicators_are_not_the_total() {
    let read = read(vec![sheet("表", &format!("{CARD}\n合计 | 20 |"))]);
    assert_eq!(read.total, None);
}

// ---- names

#[test]
fn spacing_width_numbering_and_points_need_no_finding() {
    for name in [
        "预 算 执 行 率",
        "预算⏎执行率",
        "1.预算执行率",
        "① 预算执行率",
        "（一）预算执行率",
        "3、预算执行率",
        "12 预算执行率",
        "16预算执行率",
        "第16项 预算执行率",
        "预算执行率（6分）",
        "预算执行率６分",
        "1.2.3 预算执行率【6分】",
        "*预算执行率：",
        "㈡预算执行率",
    ] {
        let read = read(vec![sheet("表", &CARD.replace("预算执行率", name))]);
        assert_eq!(claim(&read, "budget_execution"), "5.82 at 表!C2", "{name}");
        assert!(codes(&read).is_empty(), "{name}: {:?}", codes(&read));
    }
}

#[test]
fn the_one_clearly_nearest_name_is_taken_and_told() {
    for name in ["预算执性率", "预算执行绿"] {
        let read = read(vec![sheet("表", &CARD.replace("预算执行率", name))]);
        assert_eq!(claim(&read, "budget_execution"), "5.82 at 表!C2", "{name}");
        assert_eq!(codes(&read), ["indicator-renamed A2"]);
    }
}

#[test]
fn a_name_as_near_to_one_as_to_another_is_taken_for_neither() {
    let read = read(vec![sheet("表", &format!("{CARD}\n预算编制性 | 5 | 5"))]);
    assert_eq!(read.claims.len(), 3);
    assert_eq!(codes(&read), ["indicator-unknown A5"]);
}

#[test]
fn a_near_name_is_unknown_where_the_right_one_stands_too() {
    let read = read(vec![sheet("表", &format!("{CARD}\n预算执行绿 | 6 | 1"))]);
    assert_eq!(claims(&read, "budget_execution"), ["5.82 at 表!C2"]);
    assert_eq!(codes(&read), ["indicator-unknown A5"]);
}

#[test]
fn a_label_that_means_something_else_is_not_taken_for_its_neighbour() {
    for label in [
        "年初在编人数",
        "固定资产净额",
        "日常公用经费年初预算数",
        "上年固定资产总额",
        "无形资产总额",
        "固定资产总额（年初）",
        "五季度部门预算支出进度",
    ] {
        let read = answered(&format!("{label} | 36 | 万元"));
        assert!(read.facts.is_empty(), "{label}: {:?}", read.facts);
    }
}

#[test]
fn the_quarters_are_never_taken_for_one_another() {
    for (label, id) in [
        ("第二季度部门预算支出进度", "q2_progress"),
        ("二季度部门预算支出进席", "q2_progress"),
        ("三季度预算支出进度", "q3_progress"),
        ("“三公”经费预算数", "sangong_budget"),
        ("\"三公\"经费实际支出数", "sangong_actual"),
        ("3、三公经费预算数（万元）", "sangong_budget"),
    ] {
        let read = answered(&format!("{label} | '40% |"));
        assert!(
            read.facts.iter().all(|source| source.fact == id) && read.facts.len() == 1,
            "{label}: {:?}",
            read.facts
        );
    }
}

// ---- base data

#[test]
fn base_data_has_many_headings() {
    for (label, value) in [
        ("数据项", "数值"),
        ("指标", "填报值"),
        ("项目", "金额"),
        ("内容", "数据"),
        ("数据项名称", "数值（填报）"),
        ("填报项目", "本年数"),
        ("名称", "实际值"),
    ] {
        let read = with_card(&format!("{value} | 序号 | 单位 | {label}\n8 | 1 | 个 | 计划完成项目总数"));
        assert_eq!(fact(&read, "projects_planned"), "8 at 基础数据表!A2", "{label} {value}");
    }
}

#[test]
fn facts_stand_side_by_side_in_two_groups() {
    let read = with_card(
        "数据项 | 数值 | 单位 | 数据项 | 数值 | 单位\n计划完成项目总数 | 8 | 个 | 按期完成项目数 | 7 | 个\n固定资产总额 | 12500000 | 元 | 部门预算总规模 | 3 | 亿元",
    );
    assert_eq!(fact(&read, "projects_finished"), "7 at 基础数据表!E2");
    assert_eq!(fact(&read, "assets_total"), "1250 at 基础数据表!B3");
    assert_eq!(fact(&read, "budget_total"), "30000 at 基础数据表!E3");
}

#[test]
fn a_unit_of_money_stands_in_the_cell_the_label_the_column_the_heading_or_the_corner() {
    let rows = [
        "数据项 | 数值\n固定资产总额 | '1250万元",
        "数据项 | 数值\n固定资产总额（元） | 12500000",
        "数据项 | 数值 | 计量单位\n固定资产总额 | 12500000 | 元",
        "数据项 | 金额（元）\n固定资产总额 | '12,500,000.00",
        "金额单位：元\n数据项 | 数值\n固定资产总额 | ￥12500000",
        "基础数据表 | （单位：元）\n数据项 | 数值\n固定资产总额 | '1250 万元",
    ];
    for row in rows {
        let read = with_card(row);
        assert!(fact(&read, "assets_total").starts_with("1250 at"), "{row}: {}", fact(&read, "assets_total"));
        assert!(codes(&read).is_empty(), "{row}");
    }
}

#[test]
fn money_without_any_unit_in_the_workbook_has_the_facts_own() {
    let read = with_card("数据项 | 数值\n固定资产总额 | 1250\n部门预算总规模 | 1701.05");
    assert_eq!(fact(&read, "assets_total"), "1250 at 基础数据表!B2");
    assert_eq!(codes(&read), ["unit-assumed B2", "unit-assumed B3"]);
}

#[test]
fn one_amount_without_unit_beside_others_can_be_either() {
    let read = with_card(
        "数据项 | 数值 | 单位\n固定资产总额 | 1250 |\n部门预算总规模 | 1701.05 | 万元\n政府采购计划金额 | 0 |",
    );
    assert_eq!(fact(&read, "assets_total"), "1250 or 0.125 at 基础数据表!B2");
    assert_eq!(fact(&read, "procurement_plan"), "0 at 基础数据表!B4");
    assert_eq!(codes(&read), ["unit-ambiguous B2"]);
}

#[test]
fn evidence_is_what_is_named_and_no_placeholder() {
    for (text, named) in [
        ("附件3：制度汇编", true),
        ("—", false),
        ("/", false),
        ("无", false),
        ("", false),
        ("有", false),
        ("……", false),
        ("深财〔2020〕5号", true),
    ] {
        let read = answered(&format!("制度得到有效执行 | 是 | 是/否 | {text}"));
        assert_eq!(read.facts[0].evidence.is_some(), named, "{text}");
    }
}

#[test]
fn a_merged_cell_is_named_by_its_top_left() {
    let base = merged(sheet("基础数据表", "数据项 | 数值 | | 单位\n计划完成项目总数 | 8 | | 个"), &["B1:C1", "B2:C2"]);
    let read = read(vec![sheet("表", CARD), base]);
    assert_eq!(fact(&read, "projects_planned"), "8 at 基础数据表!B2");
}

// ---- values

#[test]
fn a_bare_fraction_for_a_percentage_is_ambiguous() {
    assert_eq!(fact(&answered("一季度部门预算支出进度 | 0.2722p |"), "q1_progress"), "27.22 at 基础数据表!B2");
    assert_eq!(fact(&answered("一季度部门预算支出进度 | 27.22 | %"), "q1_progress"), "27.22 at 基础数据表!B2");
    let read = answered("一季度部门预算支出进度 | 0.2722 | %");
    assert_eq!(fact(&read, "q1_progress"), "27.22 or 0.2722 at 基础数据表!B2");
    assert_eq!(codes(&read), ["unit-ambiguous B2"]);
}

#[test]
fn an_ambiguous_percentage_that_one_way_cannot_be_true_is_unknown() {
    let read = answered("服务对象满意度 | 1.02 |");
    assert_eq!(fact(&read, "satisfaction"), "unreadable at 基础数据表!B2");
    assert_eq!(codes(&read), ["unit-ambiguous B2"]);
}

#[test]
fn targets_dates_errors_and_formulas_without_value_are_told_and_give_no_value() {
    for (value, code) in [
        ("'≥95%", "not-measurable"),
        ("'98%以上", "not-measurable"),
        ("'95%-98%", "not-measurable"),
        ("@2020-08-08", "fact-unreadable"),
        ("#DIV/0!", "error-cell"),
        ("'#N/A", "error-cell"),
        ("=", "formula-without-value"),
        ("九十几", "fact-unreadable"),
    ] {
        let read = answered(&format!("服务对象满意度 | {value} | %"));
        assert_eq!(fact(&read, "satisfaction"), "unreadable at 基础数据表!B2", "{value}");
        assert_eq!(codes(&read), [format!("{code} B2")], "{value}");
    }
}

#[test]
fn placeholders_are_no_sources() {
    for value in ["", "—", "-", "/", "……", "无", "XX", "请填写", "空"] {
        let read = answered(&format!("服务对象满意度 | {value} | %"));
        assert_eq!(facts(&read, "satisfaction"), Vec::<String>::new(), "{value}");
        assert!(codes(&read).is_empty(), "{value}");
    }
}

#[test]
fn none_is_certainly_zero_for_faults_only() {
    assert_eq!(fact(&answered("未完成重点工作项数 | 无 | 项"), "key_tasks_unfinished"), "0 at 基础数据表!B2");
    let asked = fact(&answered("编外人员数 | 无 | 人"), "contract_staff");
    assert_eq!(asked, "0 at 基础数据表!B2 doubtful none-word");
}

#[test]
fn an_answer_not_applicable_is_kept() {
    assert_eq!(
        fact(&answered("主管专项资金评价结果为差 | 不适用 |"), "fund_rated_poor"),
        "not applicable at 基础数据表!B2"
    );
}

#[test]
fn praise_answers_only_questions_asked_in_the_positive() {
    assert_eq!(fact(&answered("制度得到有效执行 | 符合 |"), "rules_followed"), "是 at 基础数据表!B2");
    assert_eq!(fact(&answered("存在违规支出 | 合规 |"), "spending_violation"), "unreadable at 基础数据表!B2");
}

#[test]
fn scores_are_written_in_many_ways() {
    for (written, read_as) in [
        ("'5.82", "5.82"),
        ("'5.82分", "5.82"),
        ("'得5.82分", "5.82"),
        ("'５．８２", "5.82"),
        ("=5.82", "5.82"),
        ("-1", "-1"),
        ("", "missing"),
        ("—", "missing"),
        ("优", "no number"),
        ("满分", "6"),
        ("@2020-01-01", "no number"),
        ("'5/6", "5"),
        ("'5/8", "no number"),
    ] {
        let read = read(vec![sheet("表", &CARD.replace("5.82", written))]);
        assert_eq!(claim(&read, "budget_execution"), format!("{read_as} at 表!C2"), "{written}");
    }
}

#[test]
fn a_score_that_was_never_computed_is_neither_empty_nor_zero() {
    let read = read(vec![sheet("表", &CARD.replace("5.82", "="))]);
    assert_eq!(claim(&read, "budget_execution"), "not calculated at 表!C2");
    assert_eq!(codes(&read), ["formula-without-value C2"]);
}

// ---- the completion table

const COMPLETION: &str = "
年度主要任务完成情况 | 任务名称 | 完成情况 | 预算数（万元） | | 执行数（万元） |
 | | | 全额 | 其中：财政拨款 | 全额 | 其中：财政拨款
 | 基本支出 | 已完成。 | 757.06 | 757.06 | 740.17 | 740.17
 | 综合事务管理 | 已完成。 | 259.56 | 259.56 | 259.56 | 259.56
 | 金额合计 | | 1016.62 | 1016.62 | 999.73 | 999.73
年度总体目标完成情况 | 预期目标 | | | 目标实际完成情况
 | 深化信息化建设 | | | 已完成
年度绩效指标完成情况 | 一级指标 | 二级指标 | 三级指标 | 预期指标值 | 实际完成指标值
 | 产出指标 | 数量指标 | 系统测评数量 | 1次 | 1次
 | | | 质量指标 | 档案材料完整率 | 100% | 100%
 | | 成本指标 | 预算执行率 | ≥95% | ≥95%
 | 可持续影响指标";

fn completion() -> fuhe::submission::Submission {
    let table = merged(sheet("自评表", COMPLETION), &["A1:A5", "D1:E1", "F1:G1", "A6:A7", "A8:A12", "B9:B10"]);
    read(vec![table, sheet("表", CARD)])
}

#[test]
fn the_completion_table_gives_tasks_and_their_total() {
    let table = completion().completion.expect("a table");
    let names: Vec<&str> = table.tasks.iter().map(|task| task.name.as_str()).collect();
    assert_eq!(names, ["基本支出", "综合事务管理"]);
    let total = table.total.expect("a total");
    let planned = total.planned.expect("planned");
    assert_eq!((planned.value.to_string().as_str(), planned.source.cell.as_str()), ("1016.62", "D5"));
    assert_eq!(total.spent_fiscal.map(|spent| spent.source.cell), Some("G5".to_owned()));
}

#[test]
fn a_kpi_row_shifted_by_one_column_is_put_right() {
    let table = completion().completion.expect("a table");
    let shown: Vec<String> = table
        .kpis
        .iter()
        .map(|row| {
            let figure = |figure: &Option<fuhe::submission::Sourced<String>>| {
                figure.as_ref().map(|figure| format!("{} {}", figure.value, figure.source.cell)).unwrap_or_default()
            };
            format!("{}: {} / {}", row.labels.join(" "), figure(&row.target), figure(&row.actual))
        })
        .collect();
    assert_eq!(
        shown,
        [
            "产出指标 数量指标 系统测评数量: 1次 E9 / 1次 F9",
            "产出指标 质量指标 档案材料完整率: 100% F10 / 100% G10",
            "成本指标 预算执行率: ≥95% E11 / ≥95% F11",
            "可持续影响指标:  / "
        ]
    );
}

#[test]
fn amounts_of_the_completion_table_are_held_in_wan_yuan() {
    let rows = COMPLETION.replace("（万元）", "（元）").replace("1016.62", "10166200");
    let read = read(vec![sheet("自评表", &rows), sheet("表", CARD)]);
    let total = read.completion.and_then(|table| table.total).and_then(|total| total.planned);
    assert_eq!(total.map(|planned| planned.value.normalize().to_string()), Some("1016.62".to_owned()));
}

#[test]
fn a_kpi_row_named_like_a_fact_is_no_base_data() {
    assert!(completion().facts.is_empty());
}

// ---- the narrative

fn told(text: &str) -> fuhe::submission::Submission {
    read(vec![sheet("表", &format!("2020年度部门整体支出绩效评分表\n{}", CARD.trim())), sheet("自评报告", text)])
}

#[test]
fn figures_stand_in_running_text() {
    let read = told(
        "2020 年我中心共 8 个项目，其中 8 个已完成，0 个未完成，完成率达 100%。\n日常公用经费年初预算数 1,035,356.30 元，决算数 887,400.39 元，并未超支。\n我中心在 2020 年度“三公”经费预算支出 2.06 万元。我中心 2020 年度政府采购支出总额 3.96 万元，其中：政府采购货物支出 3.96 万元。",
    );
    assert_eq!(quotes(&read, "projects_planned"), ["8"]);
    assert_eq!(quotes(&read, "projects_finished"), ["8"]);
    assert_eq!(quotes(&read, "routine_actual"), ["88.740039"]);
    assert_eq!(quotes(&read, "routine_budget"), Vec::<String>::new());
    assert_eq!(quotes(&read, "sangong_budget"), ["2.06"]);
    assert_eq!(quotes(&read, "procurement_actual"), ["3.96"]);
}

#[test]
fn a_sentence_of_another_year_says_so_for_each_of_its_figures() {
    let read = told(
        "其中，2019 年第一季度预算执行进度为 27.22%，第二季度预算执行进度为 48.45%。2020年第三季度预算执行进度为69.22%。",
    );
    assert_eq!(quotes(&read, "q1_progress"), ["27.22 of 2019"]);
    assert_eq!(quotes(&read, "q2_progress"), ["48.45 of 2019"]);
    assert_eq!(quotes(&read, "q3_progress"), ["69.22"]);
}

#[test]
fn a_year_that_is_only_compared_with_is_no_other_year() {
    let read = told("2020年服务对象满意度为97.5%，与2019年相比有所提高。较2019年，我单位服务对象满意度为97.5%以内。");
    assert_eq!(quotes(&read, "satisfaction"), ["97.5"]);
}

#[test]
fn targets_changes_and_rules_in_running_text_are_no_figures() {
    for text in [
        "2021年服务对象满意度目标不低于95%。",
        "服务对象满意度为95%以上。",
        "服务对象满意度较上年提高2%。",
        "服务对象满意度为90%-95%。",
        "满意度≥95%的，得6分；90%≤满意度的，得4分。",
    ] {
        assert_eq!(quotes(&told(text), "satisfaction"), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn an_amount_rounded_to_hundreds_of_thousands_is_no_figure_to_compare_with() {
    assert_eq!(quotes(&told("我单位年初预算1.1亿元，预算调整至1.2亿元。"), "budget_total"), Vec::<String>::new());
    assert_eq!(quotes(&told("我单位年初预算1.1亿元，预算调整至1.203456亿元。"), "budget_total"), ["12034.56"]);
}

#[test]
fn a_denial_is_quoted_with_its_sentence() {
    let read = told("4. 公平性：由于我中心为对内事业单位，无需直接面向社会大众，所以并不存在群众信访机制。");
    assert_eq!(quotes(&read, "petition_channel"), ["否"]);
    assert!(read.quotes[0].denial && read.quotes[0].sentence.ends_with("所以并不存在群众信访机制。"));
}

#[test]
fn clauses_inside_the_card_are_no_narrative() {
    let card = "
三级指标 | 评分标准 | 分值 | 得分
公众或服务对象满意度 | 经问卷调查，服务对象满意度为97%。 | 6 | 6
重点工作完成情况 | 全部完成 | 8 | 8
项目完成及时性 | 按期完成 | 6 | 6";
    assert!(read(vec![sheet("表", card)]).quotes.is_empty());
}

// ---- who and when

#[test]
fn department_and_year_stand_beside_their_labels() {
    for (rows, unit) in [
        ("部门名称 | 滨江市档案馆 | 预算年度 | 2020", "滨江市档案馆"),
        ("单位名称（公章）： | 滨江市 档案馆 | 年度 | 2020年", "滨江市档案馆"),
        ("填报单位：滨江市档案馆          预算年度：2020年", "滨江市档案馆"),
        ("部门（单位）名称 | 滨江市⏎档案馆 | 评价年度 | 2020年度", "滨江市档案馆"),
    ] {
        let read = read(vec![sheet("表", &format!("{rows}\n{}", CARD.trim()))]);
        assert_eq!(read.unit.map(|unit| unit.value).as_deref(), Some(unit), "{rows}");
        assert_eq!(read.year.map(|year| year.value), Some(2020), "{rows}");
    }
}

#[test]
fn a_unit_of_money_in_the_corner_is_no_department() {
    let read = read(vec![sheet("表", &format!("单位：万元\n{}", CARD.trim()))]);
    assert_eq!(read.unit, None);
}

#[test]
fn department_and_year_stand_in_a_title_or_only_in_the_files_name() {
    let titled = read(vec![sheet(
        "表",
        &format!("滨江市档案馆2020年度部门整体支出绩效评分表\n填报日期：2021年3月15日\n{}", CARD.trim()),
    )]);
    assert_eq!(titled.unit.map(|unit| unit.value).as_deref(), Some("滨江市档案馆"));
    assert_eq!(titled.year.map(|year| year.value), Some(2020));
    for file in [
        "滨江市档案馆2020年度部门整体绩效自评表.xlsx",
        "2020年度部门整体支出绩效自评-滨江市档案馆.xls",
        "附件3 滨江市档案馆（2020年）自评报告 定稿.ods",
        "子目录/03_滨江市档案馆_2020.xlsx",
    ] {
        let named = read_named(file, vec![sheet("表", CARD)]).expect("a submission");
        assert_eq!(named.unit.map(|unit| unit.value).as_deref(), Some("滨江市档案馆"), "{file}");
        assert_eq!(named.year.map(|year| year.value), Some(2020), "{file}");
    }
}

#[test]
fn the_year_is_read_in_chinese_digits_too() {
    let read = read(vec![sheet("表", &format!("二〇二〇年度部门整体支出绩效评分表\n{}", CARD.trim()))]);
    assert_eq!(read.year.map(|year| year.value), Some(2020));
}

#[test]
fn a_figure_at_a_lines_end_is_not_the_reports_year_and_a_title_broken_within_its_year_is() {
    let of = |head: &str| {
        let base = "数据项 | 2019年 | 2020年 | 单位\n核定编制数 | 40 | 48 | 人";
        let sheets = vec![sheet("表", &format!("{head}\n{}", CARD.trim())), sheet("数据", base)];
        read_named("榕江区图书馆2020年度自评.xlsx", sheets).expect("a submission")
    };
    for head in [
        "'部门整体支出自评 结余：2019元⏎年末在编人数：46人",
        "'整体支出绩效自评：在编2019人⏎其中借调3人",
        "'部门整体支出绩效评价：培训2019人次⏎年度任务已完成",
        "'部门整体支出自评 结余：2019元 年末在编人数：46人",
        "'部门整体支出自评 结余：2019⏎年末在编人数：46人",
    ] {
        let read = of(head);
        assert_eq!(read.year.as_ref().map(|year| year.value), Some(2020), "{head}");
        assert_eq!(fact(&read, "staff_quota"), "48 at 数据!C2", "{head}");
    }
    for head in [
        "'2020⏎年度部门整体支出绩效自评表",
        "'二〇二〇年⏎度部门整体支出绩效自评表",
        "'２０２０年⏎部门整体支出绩效自评表",
        "'2 0 2 0 年 度 部门整体支出绩效自评表",
        "'榕江区图书馆2020⏎年部门整体支出绩效自评表",
    ] {
        let named =
            read_named("自评.xlsx", vec![sheet("表", &format!("{head}\n{}", CARD.trim()))]).expect("a submission");
        assert_eq!(named.year.map(|year| year.value), Some(2020), "{head}");
    }
}

#[test]
fn a_title_that_is_no_department_is_not_taken_for_one() {
    for title in ["2020年度部门整体支出绩效评分表", "部门整体支出绩效自评报告", "关于开展绩效自评工作的通知", "附件2"]
    {
        let read =
            read_named("自评表.xlsx", vec![sheet("表", &format!("{title}\n{}", CARD.trim()))]).expect("a submission");
        assert_eq!(read.unit, None, "{title}");
    }
}

// ---- hidden things, several cards, none

#[test]
fn hidden_rows_columns_and_sheets_are_read_and_said_to_be_hidden() {
    let mut card = sheet("表", CARD);
    card.hidden_rows = vec![(1, 2)];
    card.hidden_columns = vec![(2, 2)];
    let mut base = sheet("基础数据表", BASE);
    base.hidden = true;
    let read = read(vec![card, base]);
    assert_eq!(claim(&read, "budget_execution"), "5.82 at 表!C2");
    assert_eq!(fact(&read, "q1_progress"), "27.22 at 基础数据表!C2");
    assert_eq!(codes(&read), ["hidden-data B2", "hidden-data C2", "hidden-data C2"]);
}

#[test]
fn hidden_cells_that_nothing_is_read_from_are_not_told() {
    let mut card = sheet("表", &CARD.replace("自评得分", "自评得分 | 备注"));
    card.hidden_columns = vec![(3, 9)];
    card.hidden_rows = vec![(30, 40)];
    let mut other = sheet("参考", "名称 | 电话\n张三 | 1");
    other.hidden = true;
    assert!(codes(&read(vec![card, other])).is_empty());
}

#[test]
fn a_hidden_or_blank_card_gives_way_to_the_filled_visible_one() {
    let mut draft = sheet("初稿", &CARD.replace("5.82", "1"));
    draft.hidden = true;
    let blank = sheet(
        "空表",
        "三级指标 | 分值 | 自评得分\n预算执行率 | 6 |\n重点工作完成情况 | 8 |\n公众或服务对象满意度 | 6 |",
    );
    let read = read(vec![blank, draft, sheet("表", CARD)]);
    assert_eq!(claims(&read, "budget_execution"), ["5.82 at 表!C2"]);
    assert_eq!(codes(&read), ["hidden-data A2", "hidden-data A2"]);
}

#[test]
fn two_filled_visible_cards_are_several() {
    let refused = read_named("x.xlsx", vec![sheet("一", CARD), sheet("二", CARD)]).expect_err("two cards");
    assert!(matches!(&refused, NoSubmission::SeveralScorecards { sheets } if sheets.len() == 2), "{refused:?}");
    assert_eq!(refused.code().as_str(), "several-scorecards");
}

#[test]
fn a_workbook_without_a_card_says_what_it_holds() {
    let refused = read_named("x.xlsx", vec![sheet("资产清单", "序号 | 资产名称 | 金额\n1 | 打印机 | 1200")])
        .expect_err("no card");
    assert!(
        matches!(&refused, NoSubmission::NoScorecard { found } if found[0].contains("资产清单") && found[0].contains("资产名称"))
    );
}

#[test]
fn a_template_never_filled_in_is_blank_and_one_with_base_data_is_not() {
    let blank = "三级指标 | 分值 | 自评得分\n预算执行率 | 6 |\n重点工作完成情况 | 8 |\n公众或服务对象满意度 | 6 |\n综合评分 | 20 | =0";
    let empty = sheet("基础数据表", "数据项 | 数值 | 单位\n服务对象满意度 | | %\n计划完成项目总数 | — | 个");
    let refused = read_named("x.xlsx", vec![sheet("表", blank), empty]).expect_err("blank");
    assert_eq!(refused, NoSubmission::BlankTemplate);
    let filled = read(vec![sheet("表", blank), sheet("基础数据表", BASE)]);
    assert_eq!(claim(&filled, "budget_execution"), "missing at 表!C2");
}

#[test]
fn the_tables_found_are_named_with_their_areas() {
    let tables = read(vec![sheet("表", CARD), sheet("基础数据表", BASE)]).tables;
    let named: Vec<_> = tables.iter().map(|table| (table.kind, table.area.as_str())).collect();
    assert_eq!(named, [(TableKind::Scorecard, "A1:C4"), (TableKind::BaseData, "A1:F3")]);
}

#[test]
fn an_empty_workbook_has_no_card_and_costs_nothing() {
    assert_eq!(read_named("", vec![]).expect_err("nothing").code().as_str(), "no-scorecard");
    assert_eq!(read_named("x", vec![sheet("", "")]).expect_err("nothing").code().as_str(), "no-scorecard");
}

#[test]
fn a_total_that_was_never_computed_is_told() {
    let read = read(vec![sheet("表", &format!("{CARD}\n综合评分 | 20 | ="))]);
    assert_eq!(read.total, None);
    assert_eq!(codes(&read), ["formula-without-value C5"]);
}

#[test]
fn a_total_typed_over_the_forms_formula_is_told() {
    let read = read(vec![sheet("表", &format!("{CARD}\n部门绩效小计 | 20 | =19.82\n综合评分 | 20 | 19.82"))]);
    assert_eq!(codes(&read), ["formula-replaced C6"]);
}

#[test]
fn a_form_whose_rows_are_declared_is_no_card() {
    let form = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n产出指标 | 成本指标 | 预算执行率 | ≥95% | 98% | 10 | 10\n满意度指标 | | 服务对象满意度 | ≥95% | 98% | 10 | 10\n产出指标 | 时效指标 | 项目完成及时性 | 100% | 98% | 10 | 10";
    assert_eq!(read_named("x", vec![sheet("表", form)]).expect_err("a form").code().as_str(), "no-scorecard");
    let both = read(vec![sheet("表", CARD), sheet("项目", form)]);
    assert_eq!(claims(&both, "budget_execution"), ["5.82 at 表!C2"]);
}

#[test]
fn an_answer_under_content_beside_an_item_is_an_answer() {
    assert_eq!(
        fact(&with_card("序号 | 项目 | 内容\n1 | 计划完成项目总数 | 8"), "projects_planned"),
        "8 at 基础数据表!C2"
    );
}

#[test]
fn a_corner_counts_for_the_table_below_it_and_the_sheets_own_for_all() {
    let read = with_card(
        "单位：元\n数据项 | 数值\n固定资产总额 | 12500000\n\n数据项 | 数值\n部门预算总规模 | 17010500\n\n金额单位：万元　　2020年\n数据项 | 数值\n政府采购计划金额 | 4",
    );
    assert_eq!(fact(&read, "assets_total"), "1250 at 基础数据表!B3");
    assert_eq!(fact(&read, "budget_total"), "1701.05 at 基础数据表!B6");
    assert_eq!(fact(&read, "procurement_plan"), "4 at 基础数据表!B10");
}

#[test]
fn a_score_merged_over_two_indicators_is_one_claim_for_both_and_points_merged_so_are_nobodys() {
    let read = read(vec![merged(sheet("表", CARD), &["C2:C3", "B2:B3"])]);
    assert_eq!(claim(&read, "budget_execution"), "5.82 for several at 表!C2");
    assert_eq!(claim(&read, "key_tasks"), "5.82 for several at 表!C2");
    assert_eq!(claim(&read, "satisfaction"), "6 at 表!C4");
    assert_eq!(read.claims[0].points_stated, None);
}

#[test]
fn a_figure_merged_over_two_facts_is_nobodys_own_and_an_answer_is_both() {
    let rows = "数据项 | 数值\n计划完成项目总数 | 8\n按期完成项目数\n制度得到有效执行 | 是\n会计核算规范";
    let read = read(vec![sheet("表", CARD), merged(sheet("基础数据表", rows), &["B2:B3", "B4:B5"])]);
    assert_eq!(fact(&read, "projects_planned"), "unreadable at 基础数据表!B2");
    assert_eq!(fact(&read, "projects_finished"), "unreadable at 基础数据表!B2");
    assert_eq!(fact(&read, "accounting_compliant"), "是 at 基础数据表!B4");
}

#[test]
fn names_of_indicators_stand_under_a_heading_merged_over_three_columns() {
    let card = "评价指标 | | | 分值 | 自评得分\n部门绩效 | 效率性 | 预算执行率 | 6 | 5.82\n | | 重点工作完成情况 | 8 | 8\n | | 项目完成及时性 | 6 | 6";
    let read = read(vec![merged(sheet("表", card), &["A1:C1", "A2:A4", "B2:B4"])]);
    assert_eq!(claim(&read, "project_timeliness"), "6 at 表!E4");
}

#[test]
fn an_explanation_behind_the_name_is_no_part_of_it() {
    let read = read(vec![sheet("表", &CARD.replace("预算执行率", "预算执行率：反映部门预算执行的及时性和均衡性"))]);
    assert_eq!(claim(&read, "budget_execution"), "5.82 at 表!C2");
    assert!(codes(&read).is_empty());
}

#[test]
fn of_several_years_columns_the_reports_own_counts() {
    let base = "2020年度部门基础数据表\n数据项 | 2019年 | 2020年 | 单位\n计划完成项目总数 | 9 | 8 | 个";
    assert_eq!(fact(&with_card(base), "projects_planned"), "8 at 基础数据表!C3");
}

#[test]
fn a_sub_item_is_named_behind_of_which() {
    assert_eq!(fact(&answered("其中：在用固定资产总额 | '1250万元 |"), "assets_in_use"), "1250 at 基础数据表!B2");
}

#[test]
fn grades_are_written_in_many_ways() {
    for (written, grade) in [
        ("优", Some("优")),
        ("优秀", Some("优")),
        ("良好", Some("良")),
        ("中等", Some("中")),
        ("较差", Some("差")),
        ("优（≥90分）", Some("优")),
        ("☑优 □良 □中 □差", Some("优")),
        ("□优 □良 □中 □差", None),
        ("合格", Some("合格")),
    ] {
        let read = read(vec![sheet("表", &format!("{CARD}\n评分等级 | | {written}"))]);
        assert_eq!(read.grade.map(|found| found.value).as_deref(), grade, "{written}");
    }
}

#[test]
fn clauses_of_a_list_of_criteria_are_no_narrative() {
    let read = told(
        "2. 当年度群众信访办理回复率达 100%（1 分）；\n一季度预算执行率得分=（一季度部门预算支出进度/序时进度25%）×1分",
    );
    assert!(read.quotes.is_empty(), "{:?}", read.quotes);
}

/// What stands in forms, in no order.
const WORDS: [&str; 48] = [
    "三级指标",
    "一级指标",
    "评价指标",
    "指标",
    "分值",
    "得分",
    "自评得分",
    "财政复核得分",
    "数据项",
    "数值",
    "单位",
    "佐证材料",
    "任务名称",
    "预算数（万元）",
    "执行数（万元）",
    "其中：财政拨款",
    "预期指标值",
    "实际完成指标值",
    "预算执行率",
    "重点工作完成情况",
    "公众或服务对象满意度",
    "预算编制性",
    "1.预算编制合理性（5分）",
    "固定资产总额（元）",
    "一季度部门预算支出进度",
    "综合评分",
    "合计",
    "部门决策小计",
    "评分等级",
    "优",
    "单位：万元",
    "部门名称：某局  2020年度",
    "2020年度部门整体支出绩效评分表",
    "是",
    "不适用",
    "≥95%",
    "'27.22%",
    "'1,035.30元",
    "5.82",
    "-3",
    "0.27",
    "0.2722p",
    "=",
    "=7",
    "#REF!",
    "@2020-08-08",
    "“三公”经费预算支出2.06万元，２０１９年第一季度预算执行进度为27.22%。",
    "（（】】：：①②…，，。。\u{200b}\u{301}",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]
    #[test]
    fn no_arrangement_of_words_makes_the_reading_fail(
        cells in proptest::collection::vec((0u32..30, 0u32..10, 0usize..WORDS.len()), 0..220),
        merges in proptest::collection::vec((0u32..30, 0u32..10, 0u32..4, 0u32..4), 0..12),
        hidden in (0u32..30, 0u32..10),
    ) {
        let mut grid = vec![vec![""; 10]; 30];
        for (row, column, word) in cells {
            grid[row as usize][column as usize] = WORDS[word];
        }
        let rows: Vec<String> = grid.iter().map(|row| row.join("|")).collect();
        let areas: Vec<String> = merges
            .into_iter()
            .map(|(row, column, down, right)| {
                let at = |row, column| fuhe::workbook::Address { row, column };
                format!("{}:{}", at(row, column), at(row + down, column + right))
            })
            .collect();
        let areas: Vec<&str> = areas.iter().map(String::as_str).collect();
        let mut one = merged(sheet("甲", &format!("甲{}", rows.join("\n"))), &areas);
        one.hidden_rows = vec![(hidden.0, hidden.0 + 3)];
        one.hidden_columns = vec![(hidden.1, hidden.1)];
        let other = sheet("乙", &rows.iter().rev().cloned().collect::<Vec<_>>().join("\n"));
        if let Ok(read) = read_named("某局2020.xlsx", vec![one, other]) {
            proptest::prop_assert!(read.findings.iter().all(|finding| !finding.message().contains("intake.")));
        }
    }
}

#[test]
fn a_sheet_of_a_hundred_thousand_rows_is_read_in_one_pass() {
    let row = "预算执行率 | 6 | 5.82\n预算编制性 | 5 | 5\n合计 | 11 | 10.82\n三级指标 | 分值 | 自评得分\n";
    let started = std::time::Instant::now();
    let _ = read_named("x", vec![sheet("表", &row.repeat(25_000))]);
    assert!(started.elapsed().as_secs() < 120, "{:?}", started.elapsed());
}

#[test]
fn none_beside_a_question_that_holds_a_negation_is_no_answer() {
    let answered = |label: &str, answer: &str| answered(&format!("{label} | {answer} | |"));
    for answer in ["无", "没有。"] {
        let read = answered("功能和经济分类准确且无频繁调剂", answer);
        assert!(
            read.facts.iter().all(|fact| fact.value == fuhe::submission::FactValue::Unreadable),
            "{:?}",
            read.facts
        );
        let read = answered("资产处置规范且收入上缴", answer);
        assert!(fact(&read, "asset_disposal").starts_with("否 "), "{}", fact(&read, "asset_disposal"));
    }
    let read = answered("功能和经济分类准确且无频繁调剂", "否");
    assert!(fact(&read, "classification_accurate").starts_with("否 "), "{}", fact(&read, "classification_accurate"));
}
