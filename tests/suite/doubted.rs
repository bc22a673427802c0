//! Values that a careful reader doubts, and those that need no doubt: a point that slipped, money of earlier years, a lone tick, a
//! comment on a cell, another part of the department in the next column, brackets that only name a source.
//!
//! Figures follow from the clauses: procurement earns actual ÷ plan × 1 and 1 for its policy; of fixed assets 90 % in use and more
//! earn 1, below 60 % 0; satisfaction of 95 % and more earns 6, of 80 % 2; violations of any kind leave 0 of 3.

use fuhe::audit::{Audit, NotUsed, Verdict};
use fuhe::workbook::{Address, Sheet};

use crate::declared::written;
use crate::said::Said;
use crate::sheets::{base, card, claim, facts, read, sheet};
use crate::submitted::{audited, found, indicator};

fn commented(mut sheet: Sheet, cell: &str, text: &str) -> Sheet {
    sheet.comments.insert(cell.parse::<Address>().expect("an address"), text.to_owned());
    sheet
}

/// The audit of a claim beside these rows.
fn audit(name: &str, points: &str, claimed: &str, rows: &str) -> Audit {
    audited(read(vec![card(name, points, claimed), base(rows)]))
}

fn verdict(id: &str, name: &str, points: &str, claimed: &str, rows: &str) -> Verdict {
    indicator(&audit(name, points, claimed, rows), id).verdict
}

fn procurement(claimed: &str, plan: &str, actual: &str) -> Verdict {
    let rows = format!(
        "1 | 政府采购计划金额 | {plan} | 万元\n2 | 政府采购实际金额 | {actual} | 万元\n3 | 政府采购政策功能落实到位 | 是 | | 附件1"
    );
    verdict("procurement", "政府采购执行情况", "2", claimed, &rows)
}

// ---- a point that slipped

#[test]
fn a_figure_that_two_cells_give_is_no_slip() {
    let rows = "1 | 一季度部门预算支出进度 | 2.5 | %\n2 | 二季度部门预算支出进度 | 50 | %\n\
                3 | 三季度部门预算支出进度 | 75 | %\n4 | 四季度部门预算支出进度 | 100 | %";
    let verdict = |report: &str| {
        let sheets = vec![card("预算执行率", "6", "6"), base(rows), sheet("自评报告", report)];
        indicator(&audited(read(sheets)), "budget_execution").verdict
    };
    // 25 % would earn all 6 points, and 2.5 % earns less; the report says 2.5 % once more, or says nothing of it.
    assert_eq!(verdict("2020年一季度部门预算支出进度为2.5%。"), Verdict::Overstated);
    assert_eq!(verdict("2020年工作顺利。"), Verdict::Unverifiable);
}

#[test]
fn an_amount_ten_or_a_thousand_times_out_accuses_nobody_where_its_point_in_its_place_gives_the_claim() {
    // 368 ÷ 400 × 1 ＋ 1 = 1.92.
    for (plan, actual) in [("400", "3680"), ("400", "36.8"), ("4000", "368"), ("40", "368"), ("400", "368000")] {
        assert_eq!(procurement("1.92", plan, actual), Verdict::Unverifiable, "{actual} of {plan}");
    }
    assert_eq!(procurement("1.92", "400", "368"), Verdict::Agrees);
}

#[test]
fn a_claim_that_no_point_in_its_place_explains_finds_no_shelter() {
    // 36.8 ÷ 400 earns 0.09 and 368 ÷ 400 0.92: neither is 2, nor 1.9.
    for claimed in ["2", "1.9"] {
        assert_eq!(procurement(claimed, "400", "36.8"), Verdict::Overstated, "{claimed}");
    }
    // Half as much again is spent by many a department, and is no slip.
    let rows = "1 | 日常公用经费调整预算数 | 100 | 万元\n2 | 日常公用经费决算数 | 150 | 万元\n\
                3 | “三公”经费预算数 | 10 | 万元\n4 | “三公”经费实际支出数 | 8 | 万元";
    assert_eq!(verdict("public_funds_control", "公用经费控制率", "6", "6", rows), Verdict::Overstated);
    // 70 % of all assets in use earn 0.4, not 1.
    let rows = "1 | 实际在用固定资产总额 | 70 | 万元\n2 | 固定资产总额 | 100 | 万元";
    assert_eq!(verdict("asset_utilisation", "固定资产利用率", "1", "1", rows), Verdict::Overstated);
    // 20 of 68 people without a post are nothing out of the ordinary: above 10 % earns 0.
    let rows = "1 | 年末在编人数 | 48 | 人\n2 | 编外人员数 | 20 | 人";
    assert_eq!(verdict("contract_staff_control", "编外人员控制率", "1", "1", rows), Verdict::Overstated);
}

#[test]
fn a_point_slips_in_shares_of_assets_people_projects_replies_and_limits_just_the_same() {
    for (id, name, points, claimed, rows) in [
        (
            "asset_utilisation",
            "固定资产利用率",
            "1",
            "1",
            "1 | 实际在用固定资产总额 | 95 | 万元\n2 | 固定资产总额 | 1000 | 万元",
        ),
        ("staff_control", "财政供养人员控制率", "1", "1", "1 | 年末在编人数 | 480 | 人\n2 | 核定编制数 | 48 | 人"),
        // 13 ÷ 14 × 6 = 5.57.
        (
            "project_timeliness",
            "项目完成及时性",
            "6",
            "5.57",
            "1 | 计划完成项目总数 | 14 | 个\n2 | 按期完成项目数 | 130 | 个",
        ),
        (
            "petitions",
            "群众信访办理情况",
            "3",
            "3",
            "1 | 建立群众意见渠道和回复机制 | 是 | | 附件5\n2 | 信访办理回复率 | 10 | %\n3 | 信访及时办理回复率 | 100 | %",
        ),
        // 80 of 1000 is within 10 %, 800 is not.
        (
            "financial_compliance",
            "财务合规性",
            "3",
            "3",
            "1 | 资金支出规范 | 是 | | 附件1\n2 | 调整调剂资金累计金额 | 800 | 万元\n3 | 部门预算总规模 | 1000 | 万元\n\
             4 | 会计核算规范 | 是 | | 附件2\n5 | 存在违规支出 | 否",
        ),
    ] {
        assert_eq!(verdict(id, name, points, claimed, rows), Verdict::Unverifiable, "{name}");
    }
    // 30 % adjusted is not within 10 %, and nobody would take it for 3 %.
    let rows = "1 | 资金支出规范 | 是 | | 附件1\n2 | 调整调剂资金累计金额 | 300 | 万元\n3 | 部门预算总规模 | 1000 | 万元\n\
                4 | 会计核算规范 | 是 | | 附件2\n5 | 存在违规支出 | 否";
    assert_eq!(verdict("financial_compliance", "财务合规性", "3", "3", rows), Verdict::Overstated);
}

#[test]
fn both_figures_are_told_with_the_one_that_gives_the_claim() {
    let audit =
        audit("固定资产利用率", "1", "1", "1 | 实际在用固定资产总额 | 95 | 万元\n2 | 固定资产总额 | 1000 | 万元");
    let told = found(&audit, "unit-ambiguous");
    let told: Vec<String> = told.iter().map(|finding| finding.message()).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("95") && told[0].contains("950") && told[0].contains("自评 1 分"), "{told:?}");
    let line = indicator(&audit, "asset_utilisation");
    assert_eq!((line.low.to_string(), line.high.map(|high| high.to_string())), ("0.00".into(), Some("1.00".into())));
}

fn form(name: &str, target: &str, actual: &str, claimed: &str) -> Verdict {
    let row = format!("产出指标 | 数量指标 | {name} | {target} | {actual} | 90 | {claimed} |");
    indicator(&written::national("50 | 50 | 50 | 10 | 100% | 10", &row, "100"), "row-1").verdict
}

#[test]
fn a_point_slips_in_a_forms_actual_and_in_its_money() {
    for (name, target, actual, claimed) in [
        ("清淤长度", "≥12公里", "1.26公里", "90"),
        ("清淤量", "≥8000立方米", "800立方米", "90"),
        // 7950 ÷ 8000 × 90 = 89.44.
        ("清淤量", "≥8000立方米", "795立方米", "89.44"),
        ("每公里成本", "≤9.5万元", "90万元", "90"),
        ("验收合格率", "≥95%", "9.8%", "90"),
    ] {
        assert_eq!(form(name, target, actual, claimed), Verdict::Unverifiable, "{actual} of {target}");
    }
    for (actual, claimed) in [("0.9公里", "90"), ("1.26公里", "80"), ("6公里", "90")] {
        assert_eq!(form("清淤长度", "≥12公里", actual, claimed), Verdict::Overstated, "{actual}, claimed {claimed}");
    }
    let budget = |money: &str, total: &str| {
        let row = "产出指标 | 数量指标 | 清淤长度 | ≥12公里 | 12.6公里 | 90 | 90 |";
        indicator(&written::national(money, row, total), "budget").verdict
    };
    // 114 of 120 earns 9.5 of 10; the printed rate of 9.5% says that 11.4 is meant as it stands.
    assert_eq!(budget("120 | 120 | 11.4 | 10 | 95% | 9.5", "99.5"), Verdict::Unverifiable);
    assert_eq!(budget("120 | 1200 | 114 | 10 | 95% | 9.5", "99.5"), Verdict::Unverifiable);
    assert_eq!(budget("120 | 120 | 11.4 | 10 | 9.5% | 9.5", "99.5"), Verdict::Overstated);
    assert_eq!(budget("120 | 120 | 11.4 | 10 | 100% | 10", "100"), Verdict::Overstated);
}

// ---- money of earlier years

#[test]
fn an_amount_that_holds_money_of_earlier_years_stands_above_no_budget_that_does_not() {
    let verdict = |plan: &str, actual: &str, claimed: &str| {
        let rows = format!("1 | {plan}\n2 | {actual}\n3 | 政府采购政策功能落实到位 | 是 | | 附件1");
        verdict("procurement", "政府采购执行情况", "2", claimed, &rows)
    };
    let plan = "政府采购计划金额 | 400 | 万元";
    for actual in [
        "政府采购实际金额（含上年结转） | 430 | 万元",
        "政府采购实际金额 | 430 | 万元 | | 含上年结转项目",
        "政府采购实际金额 | 430 | 万元 | | 其中上年结转38万元",
        "政府采购实际金额 | 430 | 万元 | | 包括以前年度采购本年支付部分",
        "政府采购实际金额（含结转结余） | 380 | 万元",
    ] {
        assert_eq!(verdict(plan, actual, "1.95"), Verdict::Unverifiable, "{actual}");
    }
    // Where both hold it, or the budget alone does, nothing is unlike: 380 ÷ 400 ＋ 1 = 1.95.
    for (plan, actual) in [
        ("政府采购计划金额（含上年结转） | 400 | 万元", "政府采购实际金额（含上年结转） | 380 | 万元"),
        ("政府采购计划金额（含上年结转） | 400 | 万元", "政府采购实际金额 | 380 | 万元"),
        (plan, "政府采购实际金额 | 380 | 万元 | | 见附件3"),
    ] {
        assert_eq!(verdict(plan, actual, "1.95"), Verdict::Agrees, "{plan}, {actual}");
        assert_eq!(verdict(plan, actual, "2"), Verdict::Overstated, "{plan}, {actual}");
    }
}

#[test]
fn a_forms_spending_with_money_of_earlier_years_is_no_share_of_a_budget_without_it() {
    let verdict = |planned: &str, spent: &str, amounts: &str, claimed: &str| {
        let text = format!(
            "项目支出绩效自评表\n（2020年度）\n项目名称 | 河道清淤\n主管部门 | 云溪县水务局 | 实施单位 | 云溪县河道管理所\n\
             项目资金（万元） | | {planned} | {spent} | 分值 | 得分\n| 年度资金总额 | {amounts} | 10 | {claimed}\n\
             一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n\
             产出指标 | 数量指标 | 清淤长度 | ≥12公里 | 12.6公里 | 90 | 90\n总分 | | | | | 100 | 100\n"
        );
        indicator(&written::audit(&text), "budget").verdict
    };
    for (planned, spent) in [
        ("全年预算数（不含上年结转）", "全年执行数（含上年结转）"),
        ("全年预算数", "全年执行数（含上年结转）"),
        ("全年预算数（A）", "全年执行数（B，含结转结余）"),
    ] {
        for (amounts, claimed) in [("100 | 120", "9.5"), ("100 | 100", "10")] {
            assert_eq!(verdict(planned, spent, amounts, claimed), Verdict::Unverifiable, "{planned} {spent} {amounts}");
        }
    }
    for (planned, spent) in
        [("全年预算数（含上年结转）", "全年执行数（含上年结转）"), ("全年预算数（含上年结转）", "全年执行数")]
    {
        assert_eq!(verdict(planned, spent, "100 | 95", "9.5"), Verdict::Agrees, "{planned} {spent}");
        assert_eq!(verdict(planned, spent, "100 | 95", "10"), Verdict::Overstated, "{planned} {spent}");
    }
}

// ---- a lone tick

#[test]
fn a_lone_tick_answers_no_question_that_is_not_asked_in_the_positive() {
    let said = |fact: &str, label: &str, answer: &str| {
        let row = format!("1 | {label} | {answer} | 是/否");
        facts(&read(vec![card("财务合规性", "3", "3"), base(&row)]), fact).join(", ")
    };
    for label in ["存在违规支出", "是否存在违规支出", "发生违规支出"] {
        for tick in ["√", "✓", "✔", "☑", "√（见附件3）", "对"] {
            let said = said("spending_violation", label, tick);
            assert_eq!(said, "是 at 基础数据表!C2 doubtful tick", "{label} {tick}");
        }
    }
    for (fact, label) in [("fund_rated_poor", "主管专项资金评价结果为差"), ("classified_unit", "涉密部门")]
    {
        assert_eq!(said(fact, label, "√"), "是 at 基础数据表!C2 doubtful tick", "{label}");
    }
    // Asked in the positive a tick is a yes; and boxes with their words say which it is.
    assert_eq!(said("accounting_compliant", "会计核算规范", "√"), "是 at 基础数据表!C2");
    assert_eq!(said("spending_violation", "存在违规支出", "☑是 □否"), "是 at 基础数据表!C2");
    assert_eq!(said("spending_violation", "存在违规支出", "□是 ☑否"), "否 at 基础数据表!C2");
    assert_eq!(said("spending_violation", "存在违规支出", "×"), "否 at 基础数据表!C2");
}

#[test]
fn a_tick_under_headings_of_yes_and_no_says_which_it_is() {
    let rows = "数据项 | 是 | 否\n会计核算规范 | √ |\n存在违规支出 | | √";
    let read = read(vec![card("财务合规性", "3", "3"), sheet("情况表", rows)]);
    assert_eq!(facts(&read, "spending_violation"), ["否 at 情况表!C3"]);
}

// ---- another part in the next column

#[test]
fn what_the_department_has_by_itself_is_a_part_beside_a_column_of_anybody_else() {
    let said = |headings: &str, values: &str| {
        let rows = format!(
            "序号 | 数据项 | {headings} | 单位\n1 | 编外人员数 | {values} | 人\n2 | 按期完成项目数 | 9 | 9 | 个"
        );
        facts(&read(vec![card("编外人员控制率", "1", "1"), sheet("基础数据表", &rows)]), "contract_staff")
    };
    for headings in
        ["本馆 | 少儿馆", "数值（本馆） | 数值（少儿馆）", "数值（本级） | 数值（执法队）", "本部门 | 服务中心"]
    {
        let found = said(headings, "2 | 9");
        assert!(found.iter().all(|one| one.contains("doubtful")), "{headings}: {found:?}");
        // Where the other has none, the department's own is the whole.
        let alone = said(headings, "2 | 0");
        assert!(alone.iter().any(|one| one.starts_with("2 at") && !one.contains("doubtful")), "{headings}: {alone:?}");
    }
    for (headings, values) in [("总馆 | 分馆 | 平均", "2 | 9 | 5"), ("校本部 | 分校 | 全校平均", "2 | 9 | 5")]
    {
        let found = said(headings, values);
        assert!(found.iter().all(|one| one.contains("doubtful")), "{headings}: {found:?}");
    }
}

#[test]
fn of_the_scores_of_several_parts_and_their_average_none_is_the_claim_by_standing_first() {
    let said = |headings: &str, scores: &str| {
        let names = ["预算编制合理性 | 5", "重点工作完成情况 | 8", "绩效指标明确性 | 7", "绩效目标完整性 | 3"];
        let rows: Vec<String> = names.iter().map(|name| format!("{name} | {scores}")).collect();
        claim(
            &read(vec![sheet("评分表", &format!("三级指标 | 分值 | {headings}\n{}", rows.join("\n")))]),
            "goal_completeness",
        )
    };
    for headings in ["总馆得分 | 分馆得分 | 平均得分", "总馆自评得分 | 分馆自评得分 | 平均得分"]
    {
        assert_eq!(said(headings, "3 | 1 | 2"), "3 at 评分表!C5 or 1 at D5 or 2 at E5", "{headings}");
        assert_eq!(said(headings, "3 | 3 | 3"), "3 at 评分表!C5", "{headings}");
    }
    // Beside what the department claims as such the others are details.
    assert_eq!(said("自评得分 | 分馆得分 | 平均得分", "3 | 1 | 2"), "3 at 评分表!C5");
}

#[test]
fn what_an_office_gave_is_not_the_claim_beside_what_the_department_made_of_it() {
    let said = |headings: &str, scores: &str| {
        let names = ["预算编制合理性 | 5", "重点工作完成情况 | 8", "绩效指标明确性 | 7", "绩效目标完整性 | 3"];
        let rows: Vec<String> = names.iter().map(|name| format!("{name} | {scores}")).collect();
        claim(
            &read(vec![sheet("评分表", &format!("三级指标 | 分值 | {headings}\n{}", rows.join("\n")))]),
            "goal_completeness",
        )
    };
    for headings in [
        "科室自评分 | 党组审定分",
        "业务科室自评得分 | 局务会审定得分",
        "处室自评分 | 领导审核分",
        "科室自评分 | 审定分",
    ] {
        assert_eq!(said(headings, "1 | 2"), "1 at 评分表!C5 or 2 at D5", "{headings}");
        assert_eq!(said(headings, "2 | 2"), "2 at 评分表!C5", "{headings}");
    }
    // What the bureau gave, and what was taken off, is no claim; and nor is what somebody approved beside the department's own.
    for headings in ["科室自评分 | 财政复核分", "科室自评分 | 扣分", "自评得分 | 党组审定分", "自评得分 | 复核得分"]
    {
        assert_eq!(said(headings, "1 | 2"), "1 at 评分表!C5", "{headings}");
    }
}

// ---- comments

#[test]
fn a_comment_on_a_value_leaves_it_uncertain_whatever_is_claimed_and_is_listed() {
    for comment in ["此数含上年结转", "待核实", "单位：元", "仅总馆", "应为84%"] {
        for (value, claimed) in [("96.8", "6"), ("84", "6"), ("84", "2")] {
            let base = base(&format!("1 | 服务对象满意度 | {value} | %"));
            let submission = read(vec![card("公众或服务对象满意度", "6", claimed), commented(base, "C2", comment)]);
            let listed: Vec<_> = submission.unused.iter().filter(|cell| cell.why == NotUsed::Comment).collect();
            assert_eq!(listed.len(), 1, "{comment}");
            assert_eq!((listed[0].cell.as_str(), listed[0].value.as_str()), ("C2", comment));
            let audit = audited(submission);
            assert_eq!(indicator(&audit, "satisfaction").verdict, Verdict::Unverifiable, "{comment} {value} {claimed}");
            assert!(found(&audit, "fact-doubtful")[0].message().contains(comment), "{comment}");
        }
    }
}

#[test]
fn a_comment_on_a_heading_an_empty_one_and_one_that_names_a_source_change_nothing() {
    for (cell, comment) in [
        ("C1", "填表说明：按年末数填写"),
        ("C2", "  "),
        ("C2", "见附件3"),
        ("C2", "请按实际情况填写，满分5分"),
        ("C2", "数据来源：问卷调查报告"),
        ("B2", "指全年"),
    ] {
        let base = base("1 | 服务对象满意度 | 96.8 | %");
        let submission = read(vec![card("公众或服务对象满意度", "6", "6"), commented(base, cell, comment)]);
        assert_eq!(facts(&submission, "satisfaction"), ["96.8 at 基础数据表!C2"], "{comment}");
        assert!(submission.unused.iter().all(|cell| cell.why != NotUsed::Comment), "{comment}");
        assert_eq!(indicator(&audited(submission), "satisfaction").verdict, Verdict::Agrees, "{comment}");
    }
    let base = commented(base("1 | 服务对象满意度 | 96.8 | %"), "C2", "见附件3，不含分馆");
    let submission = read(vec![card("公众或服务对象满意度", "6", "6"), base]);
    assert_eq!(facts(&submission, "satisfaction"), ["96.8 at 基础数据表!C2 doubtful comment"]);
}

#[test]
fn a_comment_on_a_score_leaves_open_what_is_claimed() {
    let said = |comment: &str| {
        let card = commented(card("公众或服务对象满意度", "6", "6"), "C5", comment);
        read(vec![card, base("1 | 服务对象满意度 | 96.8 | %")])
    };
    assert_eq!(claim(&said("实际为3分"), "satisfaction"), "6 at 评分表!C5 or 3 at C5");
    assert_eq!(claim(&said("待核实"), "satisfaction"), "6 at 评分表!C5 or no number at C5");
    assert_eq!(claim(&said("满分6分"), "satisfaction"), "6 at 评分表!C5", "it says the same");
    for comment in ["实际为3分", "待核实"] {
        let submission = said(comment);
        assert!(submission.unused.iter().any(|cell| cell.why == NotUsed::Comment && cell.value == comment));
        assert_eq!(indicator(&audited(submission), "satisfaction").verdict, Verdict::Unverifiable, "{comment}");
    }
}

#[test]
fn a_forms_commented_cells_are_for_somebody_to_judge() {
    let row = "产出指标 | 数量指标 | 清淤长度 | ≥12公里 | 12.6公里 | 90 | 90 |";
    let text = format!("{}{row}\n总分 | | | | | 100 | 100\n", written::head("120 | 120 | 120 | 10 | 100% | 10"));
    let verdicts = |cell: &str, comment: &str| {
        let sheet = commented(written::sheet("附件1", &text), cell, comment);
        let forms = written::forms(vec![sheet]);
        let audit = written::audited(&forms[0]);
        let listed = audit.unused.iter().filter(|one| one.why == NotUsed::Comment && one.value == comment).count();
        let of = |id: &str| indicator(&audit, id).verdict;
        (of("budget"), of("row-1"), listed)
    };
    let (open, agrees) = (Verdict::Unverifiable, Verdict::Agrees);
    // D8 the target, E8 the actual, G8 the score; D6 the budget, E6 what was spent, H6 its score.
    for (cell, comment, wanted) in [
        ("E8", "其中上年完成4公里", (agrees, open, 1)),
        ("D8", "年中调整为15公里", (agrees, open, 1)),
        ("G8", "实际应得70分", (agrees, open, 1)),
        ("E6", "含上年结转", (open, agrees, 1)),
        ("D6", "单位：元", (open, agrees, 1)),
        ("H6", "待核实", (open, agrees, 1)),
        ("E8", "见附件3", (agrees, agrees, 0)),
        ("E7", "填表说明：填写年末数", (agrees, agrees, 0)),
        ("A8", "产出", (agrees, agrees, 0)),
    ] {
        assert_eq!(verdicts(cell, comment), wanted, "{cell} {comment}");
    }
}

#[test]
fn a_comment_under_a_final_heading_makes_no_claim_invalid() {
    for heading in ["自评得分", "最终得分", "终评得分"] {
        let text = format!(
            "三级指标 | 分值 | {heading}\n重点工作完成情况 | 8 | 8\n公众或服务对象满意度 | 6 | 6\n预算编制合理性 | 5 | 5"
        );
        let card = commented(sheet("评分表", &text), "C3", "已与财务处沟通");
        let audit = audited(read(vec![card, base("1 | 服务对象满意度 | 96.8 | %")]));
        assert_eq!(indicator(&audit, "satisfaction").verdict, Verdict::Unverifiable, "{heading}");
        assert!(found(&audit, "score-not-a-number").is_empty(), "{heading}");
    }
    // Two columns that are both said to be final, as above: what an office gave and what the department made of it.
    let rows = "重点工作完成情况 | 8 | 8 | 8\n公众或服务对象满意度 | 6 | 6 | 4\n预算编制合理性 | 5 | 5 | 5";
    let text = format!("三级指标 | 分值 | 科室最终得分 | 党组审定分\n{rows}");
    let audit = audited(read(vec![sheet("评分表", &text), base("1 | 服务对象满意度 | 96.8 | %")]));
    assert_eq!(indicator(&audit, "satisfaction").verdict, Verdict::Unverifiable);
}

#[test]
fn a_comment_on_a_forms_actual_is_no_text_in_place_of_a_number() {
    let row = "产出指标 | 数量指标 | 清淤长度 | ≥12公里 | 12.6公里 | 90 | 90 |";
    let text = format!("{}{row}\n总分 | | | | | 100 | 100\n", written::head("120 | 120 | 120 | 10 | 100% | 10"));
    let forms = written::forms(vec![commented(written::sheet("附件1", &text), "E8", "含支流")]);
    let audit = written::audited(&forms[0]);
    assert!(found(&audit, "text-for-number").is_empty());
    assert_eq!(indicator(&audit, "row-1").verdict, Verdict::Unverifiable);
}

#[test]
fn a_comment_on_the_total_leaves_open_what_it_is_a_total_of() {
    let total = |comment: Option<&str>| {
        let mut rows = sheet(
            "评分表",
            "三级指标 | 分值 | 自评得分\n重点工作完成情况 | 8 | 8\n公众或服务对象满意度 | 6 | 6\n预算编制合理性 | 5 | 5\n综合评分 | | 21",
        );
        if let Some(comment) = comment {
            rows = commented(rows, "C5", comment);
        }
        let audit = audited(read(vec![rows, base("1 | 服务对象满意度 | 96.8 | %")]));
        (found(&audit, "total-mismatch").len(), found(&audit, "fact-doubtful").len())
    };
    assert_eq!(total(Some("含加分项2分，待局长审定")), (0, 1));
    assert_eq!(total(None), (1, 0));
}

// ---- brackets that only name a source

#[test]
fn brackets_that_name_a_source_a_paper_the_unit_or_a_check_leave_a_value_certain() {
    for (fact, label, unit, value, read_as) in [
        ("satisfaction", "服务对象满意度", "%", "96.8%（见附件3）", "96.8"),
        ("satisfaction", "服务对象满意度", "%", "96.8（问卷120份）", "96.8"),
        ("satisfaction", "服务对象满意度", "%", "96.8%（第三方测评）", "96.8"),
        ("satisfaction", "服务对象满意度", "%", "96.8%（详见满意度调查报告）", "96.8"),
        ("q4_progress", "四季度部门预算支出进度", "%", "98.5%（国库系统导出）", "98.5"),
        ("contract_staff", "编外人员数", "人", "3（已核实）", "3"),
        ("contract_staff", "编外人员数", "人", "3（人）", "3"),
        ("procurement_actual", "政府采购实际金额", "万元", "12.5（万元）", "12.5"),
        ("procurement_actual", "政府采购实际金额", "万元", "12.5万元（决算报表）", "12.5"),
        ("projects_finished", "按期完成项目数", "个", "13个（附验收单）", "13"),
    ] {
        let read = read(vec![card("财务合规性", "3", "3"), base(&format!("1 | {label} | {value} | {unit}"))]);
        assert_eq!(facts(&read, fact), [format!("{read_as} at 基础数据表!C2")], "{value}");
    }
}

#[test]
fn brackets_with_another_figure_or_a_word_that_narrows_leave_no_value_certain() {
    for (fact, label, unit, value) in [
        ("satisfaction", "服务对象满意度", "%", "96.8%（第三方测评84%）"),
        ("satisfaction", "服务对象满意度", "%", "96.8%（84%）"),
        ("satisfaction", "服务对象满意度", "%", "96.8（预计）"),
        ("satisfaction", "服务对象满意度", "%", "96.8%（不含郊区）"),
        ("satisfaction", "服务对象满意度", "%", "96.8（上半年）"),
        ("satisfaction", "服务对象满意度", "%", "96.8（问卷84）"),
        ("contract_staff", "编外人员数", "人", "3（另有派遣9人）"),
        ("contract_staff", "编外人员数", "人", "3（报告2）"),
        ("projects_finished", "按期完成项目数", "个", "13（含上年2个）"),
    ] {
        let read = read(vec![card("财务合规性", "3", "3"), base(&format!("1 | {label} | {value} | {unit}"))]);
        let said = facts(&read, fact);
        assert!(said.iter().all(|one| one.contains("unreadable") || one.contains("doubtful")), "{value}: {said:?}");
    }
}

// ---- what a remark, a correction or the other quarters say

#[test]
fn a_remark_that_calls_the_figure_another_one_of_a_part_or_of_another_time_leaves_it_uncertain() {
    for (fact, row, remark) in [
        ("satisfaction", "服务对象满意度 | 82 | %", "目标值"),
        ("satisfaction", "服务对象满意度 | 82 | %", "仅西院区"),
        ("q4_progress", "四季度部门预算支出进度 | 88.5 | %", "截至11月末"),
        ("routine_budget", "日常公用经费调整预算数 | 100 | 万元", "年初数"),
        ("assets_in_use", "实际在用固定资产总额 | 100 | 万元", "净值"),
        ("adjusted_amount", "调整调剂资金累计金额 | 300 | 万元", "单位：元"),
        ("key_tasks_unfinished", "未完成重点工作项数 | 8 | 项", "完成8项"),
        ("petition_reply_rate", "信访办理回复率 | 12 | %", "共12件，均已回复"),
    ] {
        let read = read(vec![card("财务合规性", "3", "3"), base(&format!("1 | {row} | | {remark}"))]);
        let said = facts(&read, fact);
        assert!(said.len() == 1 && said[0].contains("doubtful row-remark"), "{remark}: {said:?}");
    }
    for (fact, row, remark, value) in [
        ("satisfaction", "服务对象满意度 | 96.8 | %", "目标值95%", "96.8"),
        ("budget_total", "部门预算总规模 | 1701.05 | 万元", "年初1555.29万元", "1701.05"),
        ("q4_progress", "四季度部门预算支出进度 | 98.5 | %", "截至12月末", "98.5"),
        ("key_tasks_unfinished", "未完成重点工作项数 | 2 | 项", "完成8项", "2"),
        ("key_tasks_unfinished", "未完成重点工作项数 | 2 | 项", "未完成2项为跨年项目", "2"),
        ("petition_reply_rate", "信访办理回复率 | 100 | %", "共12件，均已回复", "100"),
        ("adjusted_amount", "调整调剂资金累计金额 | 300 | 万元", "单位：万元", "300"),
    ] {
        let read = read(vec![card("财务合规性", "3", "3"), base(&format!("1 | {row} | | {remark}"))]);
        assert_eq!(facts(&read, fact), [format!("{value} at 基础数据表!C2")], "{remark}");
    }
}

#[test]
fn a_yes_with_another_result_behind_it_is_none() {
    for (answer, doubtful) in [("是（评价结果为良）", true), ("是（评价结果为差）", false), ("是（见附件3）", false)]
    {
        let row = format!("1 | 主管专项资金评价结果为差 | {answer} | 是/否");
        let said = facts(&read(vec![card("项目监管", "2", "2"), base(&row)]), "fund_rated_poor").join(", ");
        let is_open = said.contains("doubtful") || said.contains("unreadable");
        assert_eq!(is_open, doubtful, "{answer}: {said}");
    }
}

#[test]
fn a_column_of_corrections_speaks_against_the_values_beside_it_where_it_is_filled_in() {
    for heading in ["更正后数值", "更正", "勘误"] {
        let rows = format!(
            "数据项 | 数值 | {heading} | 单位\n服务对象满意度 | 82 | 96.8 | %\n编外人员数 | 2 | | 人\n按期完成项目数 | 9 | 9 | 个"
        );
        let read = read(vec![card("公众或服务对象满意度", "6", "6"), sheet("基础数据表", &rows)]);
        assert_eq!(facts(&read, "satisfaction"), ["82 at 基础数据表!B2 doubtful row-remark"], "{heading}");
        assert_eq!(facts(&read, "contract_staff"), ["2 at 基础数据表!B3"], "{heading}");
        assert_eq!(facts(&read, "projects_finished"), ["9 at 基础数据表!B4"], "{heading}");
    }
}

#[test]
fn quarters_that_rise_to_hardly_half_and_together_make_the_whole_may_be_single_ones() {
    let said = |figures: [&str; 4]| {
        let names = ["一季度", "二季度", "三季度", "四季度"];
        let rows: Vec<String> = names
            .iter()
            .zip(figures)
            .map(|(name, figure)| format!("1 | {name}部门预算支出进度 | {figure} | %"))
            .collect();
        facts(&read(vec![card("预算执行率", "6", "5.68"), base(&rows.join("\n"))]), "q4_progress").join(", ")
    };
    // Together 99.5 %; cumulated the year would end at 28.2 %.
    assert_eq!(said(["20", "24.5", "26.8", "28.2"]), "28.2 at 基础数据表!C5 doubtful period");
    assert_eq!(said(["10", "20", "37.5", "70"]), "70 at 基础数据表!C5");
    assert_eq!(said(["3", "8", "15", "22"]), "22 at 基础数据表!C5", "together 48 %: a year in which little was spent");
}
