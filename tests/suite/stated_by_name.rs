//! Figures that the file states of a fact by its very name beside another figure of the table: where they give exactly what is
//! claimed, nobody can say which of the two is the slip, and nobody is accused. No other statement shelters a claim.
//!
//! Figures follow from the clauses: 6 × finished ÷ planned projects; 1 × bought ÷ planned ＋ 1 for the policy; 4 less of 8 for each key
//! task left undone; assets in use below 60 % earn 0, from 60 % 0.4, from 75 % 0.7, from 90 % 1.

use fuhe::audit::{Audit, Verdict};

use crate::sheets::{base, card, read, sheet};
use crate::submitted::{audited, found, indicator};

fn with(name: (&str, &str, &str), rows: &str, text: &str) -> Audit {
    audited(read(vec![card(name.0, name.1, name.2), base(rows), sheet("自评报告", text)]))
}

/// 11 of 20 projects in the table, which earn 3.3; 5.1 are claimed, which 17 of 20 earn.
fn projects(text: &str) -> Verdict {
    let rows = "1 | 计划完成项目总数 | 20 | 个\n2 | 按期完成项目数 | 11 | 个";
    indicator(&with(("项目完成及时性", "6", "5.1"), rows, text), "project_timeliness").verdict
}

#[test]
fn a_figure_that_running_text_gives_by_the_facts_own_name_accuses_nobody_where_it_gives_the_claim() {
    for text in [
        "2020年全年按期完成项目数17个。",
        "我局2020年按期完成项目数为17个，进展顺利。",
        "全年计划完成项目总数20个，按期完成项目数17个。",
        "2020年，按期完成项目数共17个。",
        "截至2020年12月31日，按期完成项目数达17个。",
    ] {
        assert_eq!(projects(text), Verdict::Unverifiable, "{text}");
    }
    // 720 of 1000 earn 0.4, 270 nothing; 221 of 260 earn 1.85, 212 of 260 earn 1.82.
    let assets = "1 | 实际在用固定资产总额 | 270 | 万元\n2 | 固定资产总额 | 1000 | 万元";
    let audit = with(("固定资产利用率", "1", "0.4"), assets, "年末实际在用固定资产总额720万元，固定资产总额1000万元。");
    assert_eq!(indicator(&audit, "asset_utilisation").verdict, Verdict::Unverifiable);
    let bought = "1 | 政府采购计划金额 | 260 | 万元\n2 | 政府采购实际支出金额 | 212 | 万元\n3 | 政府采购政策功能落实到位 | 是 | | 附件1";
    let audit = with(("政府采购执行情况", "2", "1.85"), bought, "2020年政府采购实际支出金额221万元。");
    assert_eq!(indicator(&audit, "procurement").verdict, Verdict::Unverifiable, "the name as the table writes it");
    assert_eq!(found(&audit, "narrative-conflict").len(), 1);
}

#[test]
fn what_is_said_of_a_part_another_year_or_a_plan_or_gives_another_score_is_no_shelter() {
    for text in [
        "",
        "2019年按期完成项目数17个。",
        "截至2020年9月底，按期完成项目数17个。",
        "下属养护中心按期完成项目数17个。",
        "河道类按期完成项目数17个。",
        "2021年计划按期完成项目数17个。",
        "2020年按期完成项目数18个。",
        "2020年按期完成项目数11个。",
        "2020年计划完成项目总数17个。",
        "2020年按期完成17个。",
    ] {
        assert_eq!(projects(text), Verdict::Overstated, "{text}");
    }
}

#[test]
fn a_figure_in_the_row_of_the_fact_or_of_its_score_accuses_nobody_where_it_gives_the_claim() {
    let said = |remark: &str, explained: &str| {
        let card = sheet(
            "评分表",
            &format!(
                "2020年度部门整体支出绩效评分表\n单位名称：榕江区图书馆 | | 评价年度：2020年度\n三级指标 | 分值 | 自评得分 | 评分说明\n\
                 预算编制合理性 | 5 | 5\n项目完成及时性 | 6 | 5.1 | {explained}\n重点工作完成情况 | 8 | 8"
            ),
        );
        let rows = format!("1 | 计划完成项目总数 | 20 | 个\n2 | 按期完成项目数 | 11 | 个 | | {remark}");
        indicator(&audited(read(vec![card, base(&rows)])), "project_timeliness").verdict
    };
    for remark in ["按期完成项目数17个", "按期完成17个", "全年按期完成项目数为17个"] {
        assert_eq!(said(remark, ""), Verdict::Unverifiable, "{remark}");
    }
    for explained in
        ["按期完成项目数17个，17÷20×6=5.1分", "按期完成17个÷计划20个×6", "计划完成项目总数20个，按期完成项目数17个"]
    {
        assert_eq!(said("", explained), Verdict::Unverifiable, "{explained}");
    }
    for (remark, explained) in [
        ("", ""),
        ("其中延期验收17个", ""),
        ("按期完成11个", ""),
        ("河道类项目按期完成17个", ""),
        ("", "完成17个项目，其中6个逾期"),
        ("", "17÷20×6=5.1分"),
        ("", "2019年按期完成17个"),
    ] {
        assert_eq!(said(remark, explained), Verdict::Overstated, "{remark} {explained}");
    }
}

#[test]
fn a_deduction_that_is_explained_by_the_name_of_the_fact_accuses_nobody_and_a_rule_is_no_statement() {
    let said = |explained: &str| {
        let card = sheet(
            "评分表",
            &format!(
                "2020年度部门整体支出绩效评分表\n单位名称：榕江区图书馆 | | 评价年度：2020年度\n三级指标 | 分值 | 自评得分 | 评分说明\n\
                 预算编制合理性 | 5 | 5\n重点工作完成情况 | 8 | 4 | {explained}\n项目完成及时性 | 6 | 6"
            ),
        );
        let base = base("1 | 未完成重点工作项数 | 2 | 项");
        indicator(&audited(read(vec![card, base])), "key_tasks").verdict
    };
    for explained in ["未完成重点工作1项，扣4分", "未完成重点工作项数1项", "未完成重点工作项数为1项，扣4分。"]
    {
        assert_eq!(said(explained), Verdict::Unverifiable, "{explained}");
    }
    for explained in ["", "每有1项未完成扣4分", "未完成重点工作2项，扣8分", "上年未完成重点工作1项"]
    {
        assert_eq!(said(explained), Verdict::Overstated, "{explained}");
    }
}

/// 9.4 of a 三公 budget of 9 earn nothing for it, of 10 they earn 2; 85 of 100 earn 3 beside.
fn public_funds(parts: &str) -> Audit {
    let rows = format!(
        "1 | “三公”经费预算数 | 9 | 万元\n{parts}\n2 | “三公”经费实际支出数 | 9.4 | 万元\n3 | 日常公用经费调整预算数 | 100 | 万元\n\
         4 | 日常公用经费决算数 | 85 | 万元"
    );
    audited(read(vec![card("公用经费控制率", "6", "5"), base(&rows)]))
}

#[test]
fn parts_that_add_up_to_another_total_accuse_nobody_where_that_total_gives_the_claim() {
    for parts in [
        " | 其中：公务接待费预算数 | 3.5 | 万元\n | 公务用车运行维护费预算数 | 6.5 | 万元",
        " | 其中：因公出国（境）费 | 0 | 万元\n | 公务用车费 | 6.5 | 万元\n | 公务接待费 | 3.5 | 万元",
        " | 其中：1.公务接待费 | 4 | 万元\n | 2.公务用车购置费 | 1 | 万元\n | 3.公务用车运行维护费 | 5 | 万元",
    ] {
        let audit = public_funds(parts);
        assert_eq!(indicator(&audit, "public_funds_control").verdict, Verdict::Unverifiable, "{parts}");
        assert_eq!(found(&audit, "fact-doubtful").len(), 1, "{parts}");
    }
}

#[test]
fn parts_that_add_up_to_the_total_or_to_what_gives_another_score_or_are_no_parts_are_no_shelter() {
    for parts in [
        "",
        " | 其中：公务接待费预算数 | 3.5 | 万元\n | 公务用车运行维护费预算数 | 5.5 | 万元",
        " | 其中：公务接待费预算数 | 3.5 | 万元\n | 公务用车运行维护费预算数 | 5.7 | 万元",
        " | 其中：公务接待费预算数 | 10 | 万元",
        " | 公务接待费预算数 | 3.5 | 万元\n | 公务用车运行维护费预算数 | 6.5 | 万元",
        " | 上年公务接待费预算数 | 3.5 | 万元\n | 上年公务用车运行维护费预算数 | 6.5 | 万元",
    ] {
        let audit = public_funds(parts);
        assert_eq!(indicator(&audit, "public_funds_control").verdict, Verdict::Overstated, "{parts}");
    }
}
