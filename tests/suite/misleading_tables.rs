//! Tables, headings and cells of cards that a careful clerk reads in one way, and those of which nobody can say which figure is
//! meant: the first are read, of the others a question is asked. Honest departments are accused of nothing, and inflated claims are
//! not confirmed.
//!
//! Figures follow from the clauses: 171.488 of 186.4 bought earns 0.92 of 1 and the policy 1 more; 4.15 of 6.8 (61 %) earns 3 of 3;
//! satisfaction of 95 % earns 6, of 90 % 4.

use fuhe::audit::Verdict;
use fuhe::workbook::Sheet;

use crate::declared::written;
use crate::misled::head;
use crate::sheets::{base, card, claim, claims, fact, facts, merged, read, read_named, sheet};
use crate::submitted::{audited, indicator};

fn with_table(table: Sheet) -> fuhe::submission::Submission {
    read(vec![card("公用经费控制率", "6", "5"), table])
}

fn row(row: &str) -> fuhe::submission::Submission {
    read(vec![card("公用经费控制率", "6", "5"), base(row)])
}

/// What is found of a claim beside these rows.
fn verdict(name: &str, points: &str, claimed: &str, rows: &str, id: &str) -> Verdict {
    indicator(&audited(read(vec![card(name, points, claimed), base(rows)])), id).verdict
}

/// Whether nothing certain was read of a fact.
fn is_open(submission: &fuhe::submission::Submission, id: &str) -> bool {
    facts(submission, id).iter().all(|one| one.contains("doubtful") || one.contains("unreadable"))
}

// ---- two-way tables

#[test]
fn a_title_that_begins_the_name_and_a_row_or_column_of_the_whole_give_the_fact() {
    let by_rows = "“三公”经费支出情况表\n\n项目 | 2020年预算数 | 2020年决算数\n公务接待费 | 1.8 | 0.65\n公务用车购置及运行费 | 5 | 3.5\n合计 | 6.8 | 4.15";
    let read = with_table(sheet("附表", by_rows));
    assert_eq!(fact(&read, "sangong_budget"), "6.8 at 附表!B6");
    assert_eq!(fact(&read, "sangong_actual"), "4.15 at 附表!C6");
    let by_columns =
        "项目 | 合计 | 公务接待费 | 公务用车购置及运行费\n预算数 | 6.8 | 1.8 | 5\n决算数 | 4.15 | 0.65 | 3.5";
    let read = with_table(sheet("三公经费", by_columns));
    assert_eq!(fact(&read, "sangong_actual"), "4.15 at 三公经费!B3");
    let by_label = "“三公”经费情况\n项目 | 预算数 | 决算数\n“三公”经费合计 | 6.8 | 4.15\n公务接待费 | 1.8 | 0.65";
    assert_eq!(fact(&with_table(sheet("附表", by_label)), "sangong_actual"), "4.15 at 附表!C3");
}

#[test]
fn a_title_of_something_else_or_of_another_year_gives_no_fact() {
    for title in ["会议费支出情况表", "2019年“三公”经费支出情况表", "下属单位“三公”经费支出情况表"]
    {
        let rows = format!("{title}\n\n项目 | 预算数 | 决算数\n公务接待费 | 1.8 | 0.65\n合计 | 6.8 | 4.15");
        assert!(is_open(&with_table(sheet("附表", &rows)), "sangong_actual"), "{title}");
    }
}

#[test]
fn quarters_that_are_said_to_be_cumulated_are_certain_and_others_are_a_question() {
    let rows = |label: &str| {
        format!("指标 | 第一季度 | 第二季度 | 第三季度 | 第四季度\n{label} | 26.1% | 51.3% | 77.4% | 98.65%")
    };
    let read = with_table(sheet("支出进度", &rows("部门预算支出进度（累计）")));
    assert_eq!(fact(&read, "q1_progress"), "26.1 at 支出进度!B2");
    assert_eq!(fact(&read, "q4_progress"), "98.65 at 支出进度!E2");
    assert!(is_open(&with_table(sheet("支出进度", &rows("部门预算支出进度"))), "q1_progress"));
}

#[test]
fn a_unit_over_the_labels_is_that_of_the_amounts() {
    let rows = "项目（元） | 预算数 | 决算数\n“三公”经费 | 68000 | 41500";
    assert_eq!(fact(&with_table(sheet("附表", rows)), "sangong_actual"), "4.15 at 附表!C2");
    let listed = "数据项（元） | 数值 | 备注\n政府采购计划金额 | 1864000 |\n政府采购实际金额 | 1714880 |";
    assert_eq!(fact(&with_table(sheet("基础数据表", listed)), "procurement_actual"), "171.488 at 基础数据表!B3");
}

#[test]
fn evidence_beside_a_figure_narrows_nothing_and_other_words_may() {
    let rows = |words: &str| format!("情况表\n政府采购计划金额 | 186.4 | 万元 | {words}");
    for words in ["2020年度部门决算报表", "采购合同清单", "附件3", "采购备案表"] {
        assert_eq!(fact(&with_table(sheet("附表", &rows(words))), "procurement_plan"), "186.4 at 附表!B2", "{words}");
    }
    for words in ["少儿馆", "货物类", "其中一部分"] {
        assert!(is_open(&with_table(sheet("附表", &rows(words))), "procurement_plan"), "{words}");
    }
}

#[test]
fn a_year_in_each_row_says_whose_figures_stand_there() {
    let rows =
        "年度 | 数据项 | 数值 | 单位\n2019 | 政府采购计划金额 | 150 | 万元\n2020 | 政府采购计划金额 | 186.4 | 万元";
    assert_eq!(fact(&with_table(sheet("基础数据表", rows)), "procurement_plan"), "186.4 at 基础数据表!C3");
}

#[test]
fn of_an_amount_and_a_number_side_by_side_each_fact_takes_its_own() {
    let rows = |head: &str, count: &str, money: &str| {
        format!("项目 | {head}\n计划完成项目总数 | {count}\n按期完成项目数 | {money}")
    };
    for (head, planned, finished) in
        [("个数（个） | 金额（万元）", "20 | 900", "18 | 850"), ("金额（万元） | 个数（个）", "900 | 20", "850 | 18")]
    {
        let read = with_table(sheet("附表", &rows(head, planned, finished)));
        let said = facts(&read, "projects_planned");
        assert!(said.iter().all(|one| !one.starts_with("900 ")), "{head}: {said:?}");
    }
    let both = "数据项 | 数值 | 金额（万元）\n固定资产总额 | 860 | 2000\n实际在用固定资产总额 | 700 | 1650";
    assert_eq!(fact(&with_table(sheet("基础数据表", both)), "assets_total"), "2000 at 基础数据表!C2");
}

// ---- parts

#[test]
fn what_words_leave_of_the_parts_is_no_whole() {
    let rows = |rows: &str| {
        let table = format!("类别 | 政府采购计划金额（万元） | 政府采购实际金额（万元）\n{rows}");
        with_table(sheet("附表", &table))
    };
    for parts in ["货物 | 100 | 100\n工程 | 50 | 45\n服务 | 100 | 90", "货物 | 200 | 200\n服务 | 50 | 35"] {
        assert!(is_open(&rows(parts), "procurement_plan"), "{parts}");
    }
    let whole = rows("货物 | 100 | 100\n工程 | 50 | 45\n服务 | 100 | 90\n合计 | 250 | 235");
    assert_eq!(fact(&whole, "procurement_plan"), "250 at 附表!B5");
}

#[test]
fn rows_of_one_fact_that_remarks_tell_apart_are_parts_and_a_reference_tells_nothing_apart() {
    let rows = |one: &str, other: &str| {
        row(&format!("1 | 年末在编人数 | 32 | 人 | | {one}\n2 | 年末在编人数 | 26 | 人 | | {other}"))
    };
    for (one, other) in [("总馆", "分馆"), ("馆本部", "培训中心"), ("机关", "事业")] {
        let said = facts(&rows(one, other), "staff_actual");
        assert!(!said.is_empty() && said.iter().all(|fact| fact.contains("doubtful")), "{one}, {other}: {said:?}");
    }
    let same = row("1 | 年末在编人数 | 58 | 人 | | 见附件3\n2 | 年末在编人数 | 58 | 人 | | 编制证");
    assert!(!is_open(&same, "staff_actual"));
}

#[test]
fn a_rate_under_another_name_beside_its_sibling_is_a_question() {
    for (one, other) in [("群众满意度", "企业满意度"), ("公众满意度", "基层单位满意度"), ("满意度", "参训学员满意度")]
    {
        let read = row(&format!("1 | {one} | 97 | %\n2 | {other} | 88 | %"));
        assert!(is_open(&read, "satisfaction"), "{one}");
    }
    let alone = row("1 | 群众满意度 | 97 | %\n2 | 信访件数 | 25 | 件");
    assert_eq!(fact(&alone, "satisfaction"), "97 at 基础数据表!C2");
    let own = row("1 | 服务对象满意度 | 97 | %\n2 | 企业满意度 | 88 | %");
    assert_eq!(fact(&own, "satisfaction"), "97 at 基础数据表!C2");
}

// ---- titles, corners, sections

#[test]
fn what_a_title_or_corner_says_of_time_or_kind_holds_for_the_table_below() {
    let table = |title: &str, corner: &str| {
        let text = format!(
            "{title}\n填报单位：榕江区图书馆 | | {corner}\n序号 | 数据项 | 数值 | 单位\n1 | 政府采购计划金额 | 186.4 | 万元"
        );
        facts(&with_table(sheet("基础数据表", &text)), "procurement_plan")
    };
    for (title, corner) in [
        ("2020年1-9月部门整体支出绩效评价基础数据表", ""),
        ("截至2020年11月底基础数据表", ""),
        ("2020年10月基础数据表", ""),
        ("二〇一九年度基础数据表", ""),
        ("2020年度基础数据预测表", ""),
        ("基础数据表（填写示例）", ""),
        ("基础数据表", "2020年6月"),
        ("基础数据表", "2019年度"),
    ] {
        let said = table(title, corner);
        assert!(said.iter().all(|one| one.contains("doubtful")), "{title} {corner}: {said:?}");
    }
    for (title, corner) in [
        ("2020年度部门整体支出绩效评价基础数据表", "2020年度"),
        ("2020年12月末基础数据表", ""),
        ("基础数据表", "2021年3月5日"),
        ("基础数据表", "2020年12月31日"),
    ] {
        assert_eq!(table(title, corner), ["186.4 at 基础数据表!C4"], "{title} {corner}");
    }
}

#[test]
fn a_line_with_a_number_before_it_heads_the_rows_below_and_a_column_of_scope_speaks_of_its_row() {
    let text = "序号 | 数据项 | 数值 | 单位\n1 | 政府采购计划金额 | 186.4 | 万元\n2 | （三）2019年人员情况\n3 | 年末在编人数 | 58 | 人";
    let read = with_table(sheet("基础数据表", text));
    assert_eq!(fact(&read, "procurement_plan"), "186.4 at 基础数据表!C2");
    assert!(is_open(&read, "staff_actual"));
    let text = "序号 | 数据项 | 数值 | 单位 | 数据时点 | 佐证材料 | 备注\n1 | 年末在编人数 | 58 | 人 | 2020年6月30日 | 编制证 |\n2 | 核定编制数 | 60 | 人 | 2020年12月31日 | 编制证 |";
    let read = with_table(sheet("基础数据表", text));
    assert!(is_open(&read, "staff_actual"));
    assert_eq!(fact(&read, "staff_quota"), "60 at 基础数据表!C3");
}

#[test]
fn two_columns_of_values_under_one_heading_are_told_apart_by_their_words() {
    for (heads, said) in [
        ("上半年 | 全年", "186.4 at 基础数据表!D3"),
        ("全年 | 上半年", "80 at 基础数据表!C3"),
        ("下属单位 | 合计", "186.4 at 基础数据表!D3"),
    ] {
        let text = format!("序号 | 数据项 | 数值 | | 单位\n | | {heads} |\n1 | 政府采购计划金额 | 80 | 186.4 | 万元");
        for table in
            [sheet("基础数据表", &text), merged(sheet("基础数据表", &text), &["A1:A2", "B1:B2", "C1:D1", "E1:E2"])]
        {
            assert_eq!(fact(&with_table(table), "procurement_plan"), said, "{heads}");
        }
    }
}

// ---- answers, evidence, remarks

#[test]
fn a_remark_behind_an_answer_counts_unless_it_is_known_to_change_nothing() {
    let said = |answer: &str, id: &str, label: &str| fact(&row(&format!("1 | {label} | {answer} | 是/否 | 附件3")), id);
    for answer in [
        "是（见附件3）",
        "是，已制定《财务管理办法》",
        "是（2020年3月修订）",
        "是（深财〔2020〕5号）",
        "是，均按规定执行",
        "是（无违规问题）",
    ] {
        assert_eq!(said(answer, "spending_compliant", "资金支出规范"), "是 at 基础数据表!C2", "{answer}");
    }
    for answer in [
        "是，年中调剂较多",
        "是（存在瑕疵）",
        "是（草案）",
        "是（本级）",
        "是（80%）",
        "是（需改进）",
        "是（无重大违规）",
        "是（1处差异）",
        "是（执行偏慢）",
        "是，已执行，审计指出1项",
    ] {
        assert_eq!(said(answer, "spending_compliant", "资金支出规范"), "unreadable at 基础数据表!C2", "{answer}");
    }
    for answer in ["否（经审计未发现）", "否，无违规支出", "否（见附件3）"] {
        assert_eq!(said(answer, "spending_violation", "存在违规支出"), "否 at 基础数据表!C2", "{answer}");
    }
    for answer in [
        "否（个别超标）",
        "否，已补缴",
        "否（正在核查）",
        "否（下属单位有）",
        "否（已清退）",
        "否（未追回）",
        "否（经查有1人超标）",
        "否（无法核实）",
    ] {
        assert_eq!(said(answer, "spending_violation", "存在违规支出"), "unreadable at 基础数据表!C2", "{answer}");
    }
}

#[test]
fn words_that_say_that_the_evidence_is_not_there_are_none() {
    let attested = |evidence: &str| {
        let rows = format!(
            "1 | 资产配置合理且账实相符 | 是 | 是/否 | {evidence}\n2 | 资产处置规范且收入上缴 | 是 | 是/否 | 缴款书"
        );
        verdict("资产管理安全性", "2", "2", &rows, "asset_safety")
    };
    for evidence in [
        "盘点表遗失",
        "未找到",
        "整理中",
        "无书面材料",
        "无（涉密）",
        "待定",
        "下月提供",
        "0",
        "NULL",
        "情况属实",
        "材料不全",
    ] {
        assert_eq!(attested(evidence), Verdict::Unverifiable, "{evidence}");
    }
    for evidence in ["2020年固定资产盘点表", "附件12", "国有资产中心批复", "无违规证明", "资产管理系统"]
    {
        assert_eq!(attested(evidence), Verdict::Agrees, "{evidence}");
    }
}

#[test]
fn a_remark_with_another_real_figure_or_against_an_answer_leaves_it_open() {
    for remark in ["实际66人", "以66人为准", "年末实有66人", "审计数为66人"] {
        assert!(is_open(&row(&format!("1 | 年末在编人数 | 58 | 人 | | {remark}")), "staff_actual"), "{remark}");
    }
    for remark in ["实际58人", "编制证"] {
        assert!(!is_open(&row(&format!("1 | 年末在编人数 | 58 | 人 | | {remark}")), "staff_actual"), "{remark}");
    }
    let answered = |remark: &str| row(&format!("1 | 资金支出规范 | 是 | 是/否 | 附件3 | {remark}"));
    assert!(is_open(&answered("实际为否"), "spending_compliant"));
    assert!(is_open(&answered("1笔已整改"), "spending_compliant"));
    assert!(!is_open(&answered("按制度执行"), "spending_compliant"));
}

// ---- claims

/// A card under these headings of scores, with 6 and 5 beside its last indicator.
fn card_under(heads: &str, scores: &str) -> Sheet {
    let text = format!(
        "2020年度部门整体支出绩效评分表\n单位名称：榕江区图书馆 | | 评价年度：2020年度\n三级指标 | 分值 | {heads}\n重点工作完成情况 | 8 | 8 | 8\n公用经费控制率 | 6 | {scores}\n预算编制合理性 | 5 | 5 | 5"
    );
    sheet("评分表", &text)
}

#[test]
fn scores_of_the_reports_year_are_the_claim_and_another_years_alone_are_none() {
    for (heads, said) in [
        ("2020年度得分 | 2019年度得分", "6 at 评分表!C5"),
        ("2019年度自评得分 | 2020年度自评得分", "5 at 评分表!D5"),
        ("2020年得分 | 2019年得分", "6 at 评分表!C5"),
    ] {
        assert_eq!(claim(&read(vec![card_under(heads, "6 | 5")]), "public_funds_control"), said, "{heads}");
    }
    let only = "2020年度部门整体支出绩效评分表\n单位名称：榕江区图书馆 | | 评价年度：2020年度\n三级指标 | 分值 | 2019年度得分\n重点工作完成情况 | 8 | 8\n公用经费控制率 | 6 | 6\n预算编制合理性 | 5 | 5";
    assert!(read_named("x.xlsx", vec![sheet("评分表", only)]).is_err());
}

#[test]
fn under_one_heading_of_claims_the_words_below_decide_merged_or_not() {
    let text = "2020年度部门整体支出绩效评分表\n单位名称：榕江区图书馆 | | 评价年度：2020年度\n三级指标 | 分值 | 自评得分 |\n | | 上半年 | 全年\n重点工作完成情况 | 8 | 4 | 8\n公用经费控制率 | 6 | 3 | 5\n预算编制合理性 | 5 | 2 | 5";
    for card in [sheet("评分表", text), merged(sheet("评分表", text), &["A3:A4", "B3:B4", "C3:D3"])] {
        assert_eq!(claim(&read(vec![card]), "public_funds_control"), "5 at 评分表!D6");
    }
}

#[test]
fn anothers_score_is_no_claim_beside_the_departments_own() {
    for other in ["先进单位得分", "审计部门评分", "标杆单位得分", "牵头部门评分", "考核部门得分"]
    {
        let read = read(vec![card_under(&format!("{other} | 自评得分"), "6 | 5")]);
        assert_eq!(claim(&read, "public_funds_control"), "5 at 评分表!D5", "{other}");
    }
    // Nobody can say what the sum of these is.
    for heads in ["分馆得分 | 总馆得分", "初评得分 | 二评得分"] {
        let said = claims(&read(vec![card_under(heads, "6 | 5")]), "public_funds_control").join(", ");
        assert!(said.contains(" or "), "{heads}: {said}");
    }
}

#[test]
fn a_sum_among_the_criteria_of_an_indicator_is_counted_once() {
    let text = "2020年度部门整体支出绩效评分表\n单位名称：榕江区图书馆 | | | 评价年度：2020年度\n三级指标 | 分值 | 评分标准 | 自评得分\n重点工作完成情况 | 8 | 全部完成 | 8\n公用经费控制率 | 3 | 1.“三公”经费控制率 | 3\n | 3 | 2.日常公用经费控制率 | 2\n | 6 | 小计 | 5\n预算编制合理性 | 5 | 按标准 | 5";
    assert!(claim(&read(vec![sheet("评分表", text)]), "public_funds_control").starts_with("5 at"));
    let text = text
        .replace("| 6 | 小计 | 5", "| 0 | 3.其他事项说明 | 不得分")
        .replace("| 3 | 1.“三公”", "| 2 | 1.“三公”")
        .replace(" | 3\n |", " | 1\n |")
        .replace("控制率 | 2\n", "控制率 | 1\n");
    assert!(claim(&read(vec![sheet("评分表", &text)]), "public_funds_control").starts_with("2 at"));
}

#[test]
fn a_claim_with_a_number_in_it_that_nobody_can_read_is_open_and_one_without_is_invalid() {
    let rows = "1 | 服务对象满意度 | 93.6 | %";
    for claimed in ["约4", "≤4", "4左右，见说明", "4分或6分"] {
        assert_eq!(
            verdict("公众或服务对象满意度", "6", claimed, rows, "satisfaction"),
            Verdict::Unverifiable,
            "{claimed}"
        );
    }
    for claimed in ["优秀", "见附件"] {
        assert_eq!(verdict("公众或服务对象满意度", "6", claimed, rows, "satisfaction"), Verdict::Invalid, "{claimed}");
    }
    for (claimed, is) in [
        ("6-2", Verdict::Agrees),
        ("4（原5）", Verdict::Agrees),
        ("应得6分，实得4分", Verdict::Agrees),
        ("6-0.5", Verdict::Overstated),
    ] {
        assert_eq!(verdict("公众或服务对象满意度", "6", claimed, rows, "satisfaction"), is, "{claimed}");
    }
}

#[test]
fn a_forms_claim_is_read_like_a_cards() {
    let verdict = |actual: &str, claimed: &str| {
        let rows = format!(
            "产出指标 | 数量指标 | 培训场次 | ≥12次 | {actual} | 10 | {claimed}\n效益指标 | 社会效益指标 | 受益人数 | ≥90人 | 95人 | 80 | 80\n总分 | | | | | 100 | 100"
        );
        indicator(&written::audit(&format!("{}{rows}", head())), "row-1").verdict
    };
    // 9 of 12 earn 7.5 of 10 points.
    for (actual, claimed, is) in [
        ("12次", "满分", Verdict::Agrees),
        ("12次", "不扣分", Verdict::Agrees),
        ("9次", "满分", Verdict::Overstated),
        ("9次", "10-2.5", Verdict::Agrees),
        ("9次", "7.5（10×75%）", Verdict::Agrees),
        ("9次", "应得10分，实得7.5分", Verdict::Agrees),
        ("9次", "约7.5", Verdict::Unverifiable),
        ("9次", "约10", Verdict::Unverifiable),
        ("9次", "较好", Verdict::Invalid),
    ] {
        assert_eq!(verdict(actual, claimed), is, "{actual}: {claimed}");
    }
}

// ---- magnitudes

#[test]
fn a_slipped_unit_is_a_question_also_where_it_favours_the_claim() {
    // 75 % in use and more earn 0.7, 90 % and more 1: 825,000 % is as good as 82.5 %.
    let rows = |used: &str| format!("1 | 实际在用固定资产总额 | {used} | 万元\n2 | 固定资产总额 | 2000 | 万元");
    for claimed in ["1", "0.7"] {
        assert_eq!(
            verdict("固定资产利用率", "1", claimed, &rows("16500000"), "asset_utilisation"),
            Verdict::Unverifiable,
            "{claimed}"
        );
    }
    assert_eq!(verdict("固定资产利用率", "1", "1", &rows("1650"), "asset_utilisation"), Verdict::Overstated);
    assert_eq!(verdict("固定资产利用率", "1", "0.7", &rows("1650"), "asset_utilisation"), Verdict::Agrees);
}
