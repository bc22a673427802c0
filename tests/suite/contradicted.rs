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
use crate::sheets::{base, card, facts, read, sheet};
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
    assert_eq!(procurement("2", "100", "108", "4 | 政府采购执行率 | 108% | %"), Verdict::Overstated);
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
fn another_cell_of_the_fact_that_gives_the_claim_leaves_it_open() {
    let survey =
        |rate: &str| sheet("满意度调查", &format!("发放问卷 | 收回问卷 | 满意份数 | 满意度\n500 | 500 | 460 | {rate}"));
    let verdict = |stored: &str, rate: &str| {
        let rows = format!("1 | 服务对象满意度 | {stored} | %");
        let audit = audit("公众或服务对象满意度", "6", "4", &rows, vec![survey(rate)]);
        indicator(&audit, "satisfaction").verdict
    };
    // 92 % earns 4, 46 % 1 and 76 % 1.
    for stored in ["46", "9.2", "29", "72", "85"] {
        assert_eq!(verdict(stored, "92%"), Verdict::Unverifiable, "{stored}");
    }
    for stored in ["46", "76"] {
        assert_eq!(verdict(stored, &format!("{stored}%")), Verdict::Overstated, "{stored}");
        assert_eq!(verdict(stored, "81%"), Verdict::Overstated, "{stored}");
    }
}

#[test]
fn a_column_that_a_word_decided_against_is_no_shelter() {
    let with = |headings: &str, values: &str| {
        let text = format!(
            "序号 | 数据项 | {headings} | 单位\n1 | 未完成重点工作项数 | 0 | 0 | 项\n2 | 服务对象满意度 | {values} | %"
        );
        let sheets = vec![card("公众或服务对象满意度", "6", "6"), sheet("基础数据表", &text)];
        indicator(&audited(read(sheets)), "satisfaction").verdict
    };
    for (headings, values) in [
        ("初稿数值 | 终稿数值", "96 | 92"),
        ("上年数值 | 本年数值", "96 | 92"),
        ("数值（合计） | 数值（本级）", "92 | 96"),
    ] {
        assert_eq!(with(headings, values), Verdict::Overstated, "{headings}");
    }
}

fn petitions(rate: &str, others: &str, sheets: Vec<Sheet>) -> Verdict {
    let rows = format!(
        "1 | 建立群众意见渠道和回复机制 | 是 | | 附件5\n2 | 信访办理回复率 | {rate} | %\n3 | 信访及时办理回复率 | {rate} | %\n{others}"
    );
    indicator(&audit("群众信访办理情况", "3", "3", &rows, sheets), "petitions").verdict
}

#[test]
fn a_rate_that_is_the_number_of_letters_may_be_that_number() {
    let table = sheet("信访情况", "类别 | 受理件数 | 回复件数\n来信 | 12 | 12\n来访 | 18 | 18\n合计 | 30 | 30");
    let text = sheet("自评报告", "2020年共收到群众信访30件，已全部办理回复。");
    assert_eq!(petitions("30", "4 | 信访件数 | 30 | 件", Vec::new()), Verdict::Unverifiable);
    assert_eq!(petitions("25", "4 | 信访总件数 | 25 | 件", Vec::new()), Verdict::Unverifiable);
    assert_eq!(petitions("16", "4 | 群众信访数量 | 16 | 件", Vec::new()), Verdict::Unverifiable);
    assert_eq!(petitions("30", "", vec![table.clone()]), Verdict::Unverifiable);
    assert_eq!(petitions("30", "", vec![text.clone()]), Verdict::Unverifiable);
    // Another number, a percent sign, no number at all.
    assert_eq!(petitions("90", "4 | 信访件数 | 45 | 件", Vec::new()), Verdict::Overstated);
    assert_eq!(petitions("30%", "4 | 信访件数 | 30 | 件", Vec::new()), Verdict::Overstated);
    assert_eq!(petitions("0.3p", "", vec![text]), Verdict::Overstated);
    assert_eq!(petitions("80", "", vec![table]), Verdict::Overstated);
    assert_eq!(petitions("80", "", vec![sheet("自评报告", "2020年共收到群众信访180件。")]), Verdict::Overstated);
    assert_eq!(petitions("100", "4 | 信访件数 | 100 | 件", Vec::new()), Verdict::Agrees);
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
fn a_remark_that_says_how_the_figure_moved_speaks_of_the_figure_beside_it() {
    let with = |remark: &str| {
        let rows = format!(
            "1 | 政府采购计划金额 | 120 | 万元\n2 | 政府采购实际金额 | 108 | 万元 | | {remark}\n3 | 政府采购政策功能落实到位 | 是 | | 附件1"
        );
        verdict("procurement", ("政府采购执行情况", "2", "1.9"), &rows)
    };
    for remark in [
        "较上年增加20万元",
        "比上年减少5万元",
        "较2019年提高12个百分点",
        "比去年多3笔",
        "同比下降，上年较高",
        "与上年持平",
    ] {
        assert_eq!(with(remark), Verdict::Agrees, "{remark}");
    }
    for remark in ["上年数", "2019年数据", "为上半年数", "截至6月底"] {
        assert_eq!(with(remark), Verdict::Unverifiable, "{remark}");
    }
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
