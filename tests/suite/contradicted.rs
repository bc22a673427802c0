//! Figures that something else in the file contradicts, and that a careful reader does not hold against the department: a printed
//! rate, another cell, two figures in each other's place, a number of letters where their rate is asked for, a correction in a row of
//! its own, an example.
//!
//! Figures follow from the clauses: 编外 ÷ (在编 + 编外) below 5 % earns 1, above 10 % 0; procurement earns actual ÷ plan × 1, 0 where
//! more was bought than planned, and 1 for its policy; 三公 below 90 % earns 3, above 100 % 0; replies of 100 % earn 1 each.

use fuhe::audit::{Audit, Verdict};
use fuhe::workbook::Sheet;

use crate::declared::written;
use crate::said::Said;
use crate::sheets::{base, card, facts, read};
use crate::submitted::{audited, found, indicator};

fn audit(name: &str, points: &str, claimed: &str, rows: &str, others: Vec<Sheet>) -> Audit {
    audited(read([vec![card(name, points, claimed), base(rows)], others].concat()))
}

fn verdict(id: &str, (name, points, claimed): (&str, &str, &str), rows: &str) -> Verdict {
    indicator(&audit(name, points, claimed, rows, Vec::new()), id).verdict
}

const CONTRACT: (&str, &str, &str) = ("编外人员控制率", "1", "1");

fn procurement(claimed: &str, plan: &str, actual: &str, more: &str) -> Verdict {
    let rows = format!(
        "1 | 政府采购计划金额 | {plan} | 万元\n2 | 政府采购实际金额 | {actual} | 万元\n3 | 政府采购政策功能落实到位 | 是 | | 附件1\n{more}"
    );
    verdict("procurement", ("政府采购执行情况", "2", claimed), &rows)
}

#[test]
fn figures_that_the_files_own_rate_contradicts_accuse_nobody_where_that_rate_gives_the_claim() {
    // 20 of 67 people are 29.85 %; 2 of 49 would be 4.08 %, and so on.
    for (in_post, contract, rate) in [
        ("47", "20", "4.08%"),
        ("96", "30", "3.03%"),
        ("120", "60", "4.76%"),
        ("58", "20", "3.3%"),
        ("200", "80", "3.8%"),
    ] {
        let rows = format!(
            "1 | 年末在编人数 | {in_post} | 人\n2 | 编外人员数 | {contract} | 人\n3 | 编外人员控制率 | {rate} | %"
        );
        assert_eq!(verdict("contract_staff_control", CONTRACT, &rows), Verdict::Unverifiable, "{contract}: {rate}");
    }
}

#[test]
fn a_rate_that_the_figures_give_or_that_does_not_give_the_claim_is_no_shelter() {
    for more in
        ["", "3 | 编外人员控制率 | 29.85% | %", "3 | 编外人员控制率 | 12% | %", "3 | 财政供养人员控制率 | 4.08% | %"]
    {
        let rows = format!("1 | 年末在编人数 | 47 | 人\n2 | 编外人员数 | 20 | 人\n{more}");
        assert_eq!(verdict("contract_staff_control", CONTRACT, &rows), Verdict::Overstated, "{more}");
    }
    // 8 of 10 would earn 3, and 10 of 8 earns 0; the other rate is of the other criterion.
    let public = |more: &str| {
        let rows = format!(
            "1 | “三公”经费预算数 | 8 | 万元\n2 | “三公”经费实际支出数 | 10 | 万元\n3 | 日常公用经费调整预算数 | 100 | 万元\n\
             4 | 日常公用经费决算数 | 95 | 万元\n{more}"
        );
        verdict("public_funds_control", ("公用经费控制率", "6", "5"), &rows)
    };
    assert_eq!(public("5 | “三公”经费控制率 | 80% | %"), Verdict::Unverifiable);
    for more in ["", "5 | “三公”经费控制率 | 125% | %", "5 | 日常公用经费控制率 | 80% | %"] {
        assert_eq!(public(more), Verdict::Overstated, "{more}");
    }
}

#[test]
fn a_rate_of_another_name_another_year_or_a_standard_is_no_shelter() {
    for row in [
        "编外人员培训率 | 3% | %",
        "编外人员增长率 | 2% | %",
        "编外人员离职率 | 2% | %",
        "上年编外人员控制率 | 4.08% | %",
        "编外人员控制率标准 | 4.9% | %",
        "编外人员控制率要求 | 5% | %",
        "编外人员控制率目标值 | 4.9% | %",
    ] {
        let rows = format!("1 | 年末在编人数 | 47 | 人\n2 | 编外人员数 | 20 | 人\n3 | {row}");
        assert_eq!(verdict("contract_staff_control", CONTRACT, &rows), Verdict::Overstated, "{row}");
    }
    for row in ["“三公”经费下降率 | 10% | %", "“三公”经费压减率 | 20% | %", "“三公”经费占比 | 2% | %"]
    {
        let rows = format!(
            "1 | “三公”经费预算数 | 8 | 万元\n2 | “三公”经费实际支出数 | 10 | 万元\n3 | 日常公用经费调整预算数 | 100 | 万元\n\
             4 | 日常公用经费决算数 | 80 | 万元\n5 | {row}"
        );
        let said = verdict("public_funds_control", ("公用经费控制率", "6", "6"), &rows);
        assert_eq!(said, Verdict::Overstated, "{row}");
    }
    for row in ["固定资产盘点率 | 100% | %", "固定资产折旧率 | 99% | %", "固定资产更新率 | 95% | %"]
    {
        let rows = format!("1 | 实际在用固定资产总额 | 500 | 万元\n2 | 固定资产总额 | 1000 | 万元\n3 | {row}");
        let said = verdict("asset_utilisation", ("固定资产利用率", "1", "1"), &rows);
        assert_eq!(said, Verdict::Overstated, "{row}");
    }
}

#[test]
fn a_rate_that_is_what_the_figures_give_leaves_no_doubt_whatever_stands_beside_it() {
    let rows = "1 | 年末在编人数 | 47 | 人\n2 | 编外人员数 | 20 | 人\n3 | 编外人员占比 | 29.85% | %\n4 | 编外人员控制率 | 4.08% | %";
    assert_eq!(verdict("contract_staff_control", CONTRACT, rows), Verdict::Overstated);
    let close = "1 | 年末在编人数 | 47 | 人\n2 | 编外人员数 | 20 | 人\n3 | 编外人员占比 | 29.8% | %\n4 | 编外人员控制率 | 4.08% | %";
    assert_eq!(verdict("contract_staff_control", CONTRACT, close), Verdict::Unverifiable, "29.85 is not 29.8");
}

#[test]
fn a_rate_of_as_many_decimals_as_there_can_be_costs_nobody_its_file() {
    let rate = format!("4.{}%", "0".repeat(28));
    let rows = format!("1 | 年末在编人数 | 47 | 人\n2 | 编外人员数 | 20 | 人\n3 | 编外人员控制率 | {rate} | %");
    assert_eq!(verdict("contract_staff_control", CONTRACT, &rows), Verdict::Unverifiable);
}

#[test]
fn a_plan_and_what_came_of_it_in_each_others_place_accuse_nobody_where_exchanged_they_give_the_claim_to_the_cent() {
    // 108 ÷ 120 ＋ 1 = 1.9; 37.5 ÷ 40 ＋ 1 = 1.94; 81 ÷ 96 ＋ 1 = 1.84.
    for (plan, actual, claimed) in [("108", "120", "1.9"), ("37.5", "40", "1.94"), ("81", "96", "1.84")] {
        assert_eq!(procurement(claimed, plan, actual, ""), Verdict::Unverifiable, "{actual} of {plan}");
        assert_eq!(procurement("2", plan, actual, ""), Verdict::Overstated, "{actual} of {plan}, claimed in full");
        assert_eq!(procurement("1.75", plan, actual, ""), Verdict::Overstated, "{actual} of {plan}, claimed 1.75");
        assert_eq!(procurement(claimed, actual, plan, ""), Verdict::Agrees, "{plan} of {actual}");
    }
    // 9 ÷ 10 × 6 = 5.4 and 13 ÷ 14 × 6 = 5.57: nobody finishes more projects than there are.
    for (planned, finished, claimed) in [("9", "10", "5.4"), ("13", "14", "5.57")] {
        let rows = format!("1 | 计划完成项目总数 | {planned} | 个\n2 | 按期完成项目数 | {finished} | 个");
        let said = verdict("project_timeliness", ("项目完成及时性", "6", claimed), &rows);
        assert_eq!(said, Verdict::Unverifiable, "{finished} of {planned}");
    }
    // The rate says that the figures are meant as they stand: above the plan nothing is earned for it.
    assert_eq!(procurement("1.9", "108", "120", "4 | 政府采购执行率 | 111.11% | %"), Verdict::Overstated);
    assert_eq!(procurement("1.9", "108", "120", "4 | 政府采购执行率 | 90% | %"), Verdict::Unverifiable);
    // 108 of 120 are no more than the whole, and claimed as nothing: no exchange explains that.
    assert_eq!(procurement("1", "120", "108", ""), Verdict::Understated);
}

#[test]
fn what_contradicts_a_figure_is_told_with_its_cell_and_one_question_is_asked() {
    let rows = "1 | 年末在编人数 | 47 | 人\n2 | 编外人员数 | 20 | 人\n3 | 编外人员控制率 | 4.08% | %";
    let audit = audit("编外人员控制率", "1", "1", rows, Vec::new());
    let told: Vec<String> = found(&audit, "fact-doubtful").iter().map(|finding| finding.message()).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("4.08%") && told[0].contains("C4") && told[0].contains("编外人员数"), "{told:?}");
    let line = indicator(&audit, "contract_staff_control");
    let asked: Vec<String> = line.settled_by.iter().map(|one| one.to_string()).collect();
    assert_eq!(asked, ["confirm:contract_staff"]);
    // What it shares with another indicator stays what it is.
    assert!(audit.facts.iter().any(|fact| fact.id == "staff_actual" && fact.certain));
}

#[test]
fn a_row_that_corrects_another_leaves_the_fact_open_and_one_that_says_the_same_does_too() {
    for label in [
        "更正：服务对象满意度",
        "更正服务对象满意度",
        "修正 服务对象满意度",
        "（更正）服务对象满意度",
        "8.更正：服务对象满意度",
    ] {
        let rows = format!("1 | 服务对象满意度 | 96 | %\n2 | {label} | 92 | %");
        assert_eq!(
            verdict("satisfaction", ("公众或服务对象满意度", "6", "4"), &rows),
            Verdict::Unverifiable,
            "{label}"
        );
    }
    // An empty correction corrects nothing.
    let rows = "1 | 服务对象满意度 | 96 | %\n2 | 更正：服务对象满意度 | | %";
    assert_eq!(verdict("satisfaction", ("公众或服务对象满意度", "6", "6"), rows), Verdict::Agrees);
    assert_eq!(verdict("satisfaction", ("公众或服务对象满意度", "6", "4"), rows), Verdict::Understated);
}

#[test]
fn a_row_that_shows_how_to_fill_the_form_in_gives_no_figure_and_is_listed() {
    for number in ["示例", "例", "样例", "填写示例", "示例1"] {
        let rows = format!("{number} | 服务对象满意度 | 98 | %\n1 | 服务对象满意度 | 92 | %");
        let submission = read(vec![card("公众或服务对象满意度", "6", "4"), base(&rows)]);
        assert_eq!(facts(&submission, "satisfaction"), ["92 at 基础数据表!C3"], "{number}");
        assert!(submission.unused.iter().any(|cell| cell.cell == "C2"), "{number}: {:?}", submission.unused);
        assert_eq!(indicator(&audited(submission), "satisfaction").verdict, Verdict::Agrees, "{number}");
    }
    // A plain number before the label changes nothing.
    let rows = "1 | 服务对象满意度 | 98 | %\n2 | 服务对象满意度 | 92 | %";
    assert_ne!(verdict("satisfaction", ("公众或服务对象满意度", "6", "4"), rows), Verdict::Agrees);
}

#[test]
fn a_column_of_what_was_added_or_taken_away_is_no_budget() {
    let verdict = |change: &str, claimed: &str| {
        let text = format!(
            "项目支出绩效自评表\n（2020年度）\n项目名称 | 河道清淤\n主管部门 | 云溪县水务局 | 实施单位 | 云溪县河道管理所\n\
             项目资金（万元） | | 年初预算数 | {change} | 全年预算数（A） | 全年执行数（B） | 分值 | 得分\n\
             | 年度资金总额 | 100 | 20 | 120 | 114 | 10 | {claimed}\n\
             一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n\
             产出指标 | 数量指标 | 清淤长度 | ≥12公里 | 12.6公里 | 90 | 90\n总分 | | | | | 100 | 100\n"
        );
        indicator(&written::audit(&text), "budget").verdict
    };
    // 114 of 120 earns 9.5 of 10; 114 of 20 would be no share at all.
    for change in ["调整预算（±）", "预算调整（+/-）", "调整数（+、-）", "追加预算", "调整预算(±)"]
    {
        assert_eq!(verdict(change, "9.5"), Verdict::Agrees, "{change}");
        assert_eq!(verdict(change, "10"), Verdict::Overstated, "{change}");
    }
    // Two columns of adjusted budgets that differ: nobody can say which.
    assert_eq!(verdict("调整预算数", "9.5"), Verdict::Unverifiable);
}
