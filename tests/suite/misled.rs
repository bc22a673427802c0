//! Workbooks that mislead without meaning to: an honest department is accused of nothing, and an inflated claim not confirmed.
//!
//! Figures follow from the clauses: satisfaction of 95 % and more earns 6, of 90 % 4, of 80 % 2, below 1; a goal left out costs 1
//! of 3; replies below 100 % cost 1 of 3 each; 13 of 14 projects in time earn 6 × 13 ÷ 14 = 5.57.

use fuhe::audit::{Audit, Verdict};
use fuhe::workbook::Sheet;

use crate::declared::written;
use crate::sheets::{base, card, claim, facts, merged, quotes, read, read_named, sheet};
use crate::submitted::{audited, found, indicator};

/// What is found of a claim beside these rows.
fn verdict(name: &str, points: &str, claimed: &str, rows: &str, id: &str) -> Verdict {
    indicator(&audited(read(vec![card(name, points, claimed), base(rows)])), id).verdict
}

fn satisfaction(claimed: &str, row: &str) -> Verdict {
    verdict("公众或服务对象满意度", "6", claimed, row, "satisfaction")
}

fn accuses(audit: &Audit) -> bool {
    let accusing = [Verdict::Overstated, Verdict::Understated, Verdict::Invalid];
    audit.indicators.iter().filter(|line| line.claimed.is_some()).any(|line| accusing.contains(&line.verdict))
}

// ---- marks instead of rates

#[test]
fn a_satisfaction_of_ten_at_most_may_be_a_mark_and_a_higher_one_is_a_rate() {
    for (value, remark) in
        [("4.84", ""), ("5", ""), ("4.2", "五分制"), ("9.68", ""), ("9.1", "满分10分"), ("'4.84", "")]
    {
        let row = format!("1 | 服务对象满意度 | {value} | % | | {remark}");
        for claimed in ["6", "1"] {
            assert_eq!(satisfaction(claimed, &row), Verdict::Unverifiable, "{value} {remark}, claimed {claimed}");
        }
    }
    // A sign says that it is a rate, and 82 is no mark: less than 95 %.
    for value in ["4.84%", "82", "12"] {
        let row = format!("1 | 服务对象满意度 | {value} | %");
        assert_eq!(satisfaction("6", &row), Verdict::Overstated, "{value}");
    }
    assert_eq!(satisfaction("6", "1 | 服务对象满意度 | 96.8 | %"), Verdict::Agrees);
}

#[test]
fn a_forms_satisfaction_of_ten_at_most_beside_a_rate_may_be_a_mark() {
    let verdict = |name: &str, actual: &str| {
        let row = format!("满意度指标 | 服务对象满意度指标 | {name} | ≥90% | {actual} | 90 | 90");
        indicator(&written::audit(&format!("{}{row}\n总分 | | | | | 100 | 100", head())), "row-1").verdict
    };
    for actual in ["4.65", "9.3", "5", "'4.65"] {
        assert_eq!(verdict("群众满意度", actual), Verdict::Unverifiable, "{actual}");
    }
    // 85 of 90 % earns 85 of 90 points; 4.65 of a rate that nobody gives marks for earns 4.65.
    assert_eq!(verdict("群众满意度", "85"), Verdict::Overstated);
    assert_eq!(verdict("验收合格率", "4.65"), Verdict::Overstated);
    assert_eq!(verdict("群众满意度", "93.2"), Verdict::Agrees);
}

/// The head of a form whose budget is spent in full, and the heading of its rows.
/// The head of a form with its budget, down to the headings of 绩效指标.
pub fn head() -> String {
    head_of("50 | 50 | 50 | 10 | 100% | 10")
}

/// The same of another budget.
fn head_of(funds: &str) -> String {
    let budget = written::head(funds);
    let lines: String = budget.lines().take(6).map(|line| format!("{line}\n")).collect();
    format!("{lines}一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n")
}

// ---- units that a name states

#[test]
fn an_actual_is_read_in_the_unit_of_its_name_where_the_target_has_none_or_only_so_comes_near() {
    let verdict = |name: &str, target: &str, actual: &str| {
        let row = format!("产出指标 | 数量指标 | {name} | {target} | {actual} | 90 | 90");
        indicator(&written::audit(&format!("{}{row}\n总分 | | | | | 100 | 100", head())), "row-1").verdict
    };
    for (name, target, actual, right) in [
        ("管网长度（米）", "≥500", "0.62公里", Verdict::Agrees),
        ("管网长度（公里）", "≥500米", "0.62", Verdict::Agrees),
        ("管网长度（公里）", "≥500米", "620", Verdict::Agrees),
        ("投放鱼苗（吨）", "≥9.5", "9800公斤", Verdict::Agrees),
        // 0.3公里 is 300 of 500米: 54 of 90.
        ("管网长度（米）", "≥500", "0.3公里", Verdict::Overstated),
        ("管网长度（公里）", "≥500米", "0.3", Verdict::Overstated),
    ] {
        assert_eq!(verdict(name, target, actual), right, "{name} {target} {actual}");
    }
}

#[test]
fn a_minus_below_the_name_of_a_fall_says_neither_that_it_fell_nor_that_it_rose() {
    let verdict = |name: &str, actual: &str| {
        let row = format!("产出指标 | 质量指标 | {name} | ≥10% | {actual} | 90 | 90");
        indicator(&written::audit(&format!("{}{row}\n总分 | | | | | 100 | 100", head())), "row-1").verdict
    };
    for (name, actual) in [("投诉量下降", "-12%"), ("能耗降低率", "-2%"), ("差错减少比例", "-15%")] {
        assert_eq!(verdict(name, actual), Verdict::Unverifiable, "{name}");
    }
    assert_eq!(verdict("投诉量下降", "12%"), Verdict::Agrees);
    assert_eq!(verdict("游客增长率", "-12%"), Verdict::Overstated);
}

#[test]
fn money_in_a_unit_that_nothing_is_compared_in_is_no_amount() {
    for unit in ["百元", "美元", "港元", "十万元", "千万元"] {
        let read =
            read(vec![card("公用经费控制率", "6", "5"), base(&format!("1 | “三公”经费实际支出数 | 415 | {unit}"))]);
        assert_eq!(facts(&read, "sangong_actual"), ["unreadable at 基础数据表!C2"], "{unit}");
    }
    let read = read(vec![card("公用经费控制率", "6", "5"), base("1 | “三公”经费实际支出数 | 41500 | 元")]);
    assert_eq!(facts(&read, "sangong_actual"), ["4.15 at 基础数据表!C2"]);
}

// ---- parts of a whole that nobody gives

/// Satisfaction under these headings; the values of the columns behind the label.
fn under(headings: &str, values: &str) -> Vec<String> {
    let rows = format!(
        "序号 | 数据项 | {headings} | 单位\n1 | 编外人员数 | {values} | 人\n2 | 按期完成项目数 | 9 | 9 | 个\n3 | 计划完成项目总数 | 9 | 9 | 个"
    );
    facts(&read(vec![card("编外人员控制率", "1", "1"), sheet("基础数据表", &rows)]), "contract_staff")
}

#[test]
fn what_the_department_has_by_itself_is_the_whole_only_where_nothing_stands_below_it() {
    for headings in [
        "数值（本级） | 数值（下属单位）",
        "本级数值 | 二级单位数值",
        "本单位数 | 所属单位数",
        "本级填报数 | 直属单位填报数",
    ] {
        let said = under(headings, "2 | 9");
        assert!(said.iter().all(|one| one.contains("doubtful")), "{headings}: {said:?}");
    }
    for below in ["0", "", "—", "/"] {
        let said = under("数值（本级） | 数值（下属单位）", &format!("2 | {below}"));
        assert_eq!(said, ["2 at 基础数据表!C2"], "{below}");
    }
    let whole = facts(
        &read(vec![
            card("编外人员控制率", "1", "1"),
            sheet(
                "基础数据表",
                "数据项 | 数值（本级） | 数值（下属单位） | 数值（合计） | 单位\n编外人员数 | 2 | 9 | 11 | 人",
            ),
        ]),
        "contract_staff",
    );
    assert_eq!(whole, ["11 at 基础数据表!D2"]);
}

#[test]
fn of_an_answer_the_units_below_say_otherwise_only_with_another_answer() {
    let said = |values: &str| {
        let rows = format!(
            "数据项 | 数值（本级） | 数值（下属单位） | 单位\n会计核算规范 | {values} | 是/否\n存在违规支出 | 否 | 否 | 是/否"
        );
        facts(&read(vec![card("财务合规性", "3", "3"), sheet("基础数据表", &rows)]), "accounting_compliant")
    };
    assert_eq!(said("是 | 是"), ["是 at 基础数据表!B2"]);
    assert_eq!(said("是 | 否"), ["是 at 基础数据表!B2 doubtful part"]);
}

#[test]
fn a_row_that_adds_to_the_one_above_leaves_it_a_part() {
    for label in ["另：劳务派遣人员", "另有聘用人员", "此外：公益性岗位", "另计实习人员"] {
        let rows = format!("1 | 编外人员数 | 2 | 人\n2 | {label} | 9 | 人\n3 | 核定编制数 | 48 | 人");
        let read = read(vec![card("编外人员控制率", "1", "1"), base(&rows)]);
        assert_eq!(facts(&read, "contract_staff"), ["2 at 基础数据表!C2 doubtful remark"], "{label}");
        assert_eq!(facts(&read, "staff_quota"), ["48 at 基础数据表!C4"], "{label}");
    }
}

// ---- remarks

#[test]
fn a_remark_that_takes_something_out_or_gives_another_figure_speaks_against_the_one_beside_it() {
    for (fact, row, remark) in [
        ("contract_staff", "编外人员数 | 2 | 人", "不含劳务派遣9人"),
        ("contract_staff", "编外人员数 | 2 | 人", "另有公益性岗位7名，由人社部门管理，未列入本表统计范围"),
        ("satisfaction", "服务对象满意度 | 96.8 | %", "应为84"),
        ("satisfaction", "服务对象满意度 | 96.8 | %", "自行测评；第三方测评84%"),
        ("satisfaction", "服务对象满意度 | 96.8 | %", "暂估，待核"),
        ("q2_progress", "二季度部门预算支出进度 | 25.7 | %", "二季度单独数"),
        ("budget_total", "部门预算总规模 | 2318.6 | 万元", "未含上级专款"),
    ] {
        let read = read(vec![card("公众或服务对象满意度", "6", "6"), base(&format!("1 | {} | | {remark}", row))]);
        let said = facts(&read, fact);
        assert_eq!(said.len(), 1, "{remark}");
        assert!(said[0].ends_with("doubtful row-remark"), "{remark}: {said:?}");
    }
    for remark in ["问卷320份，满意率96.8%，不满意率3.2%", "上年88%", "目标95%", "含窗口和网上问卷", "附件54"]
    {
        let read = read(vec![
            card("公众或服务对象满意度", "6", "6"),
            base(&format!("1 | 服务对象满意度 | 96.8 | % | | {remark}")),
        ]);
        assert_eq!(facts(&read, "satisfaction"), ["96.8 at 基础数据表!C2"], "{remark}");
    }
}

// ---- rates of nothing

#[test]
fn a_rate_of_zero_of_handled_letters_is_one_only_where_letters_are_counted() {
    let verdict = |rows: &str| verdict("群众信访办理情况", "3", "3", rows, "petitions");
    let rates =
        "3 | 信访办理回复率 | 0 | %\n4 | 信访及时办理回复率 | 0 | %\n5 | 建立群众意见渠道和回复机制 | 是 | | 附件5";
    for count in
        ["1 | 信访件数 | 0 | 件", "1 | 信访件数 | 无 | 件", "1 | 信访总件数 | | 件", "1 | 预算编制不规范项数 | 0 | 项"]
    {
        assert_eq!(verdict(&format!("{count}\n{rates}")), Verdict::Unverifiable, "{count}");
    }
    // 25 letters and no reply: 1 of 3.
    for count in ["1 | 信访件数 | 25 | 件", "1 | 收到信访件数（件） | 3 | 件"] {
        assert_eq!(verdict(&format!("{count}\n{rates}")), Verdict::Overstated, "{count}");
    }
    // A part of the letters answered is a rate whatever is counted.
    let answered = rates.replace("回复率 | 0 |", "回复率 | 90 |");
    assert_eq!(verdict(&answered), Verdict::Overstated);
}

// ---- answers

#[test]
fn an_answer_that_takes_itself_back_or_is_of_another_time_is_none() {
    for answer in [
        "是（整改后）",
        "是，已纠正",
        "是（调账后）",
        "是？",
        "是（2019年）",
        "是（2018年前）",
        "是（上半年）",
        "是，待核",
    ] {
        let rows = format!("1 | 会计核算规范 | {answer} | 是/否 | 附件1");
        let read = read(vec![card("财务合规性", "3", "3"), base(&rows)]);
        let said = facts(&read, "accounting_compliant");
        assert!(said.iter().all(|one| one.contains("doubtful") || one.contains("unreadable")), "{answer}: {said:?}");
    }
    for answer in ["是（2020年起）", "是（见附件19）", "是，2018年印发的办法仍有效"] {
        let rows = format!("1 | 会计核算规范 | {answer} | 是/否 | 附件1");
        let read = read(vec![card("财务合规性", "3", "3"), base(&rows)]);
        assert_eq!(facts(&read, "accounting_compliant"), ["是 at 基础数据表!C2"], "{answer}");
    }
    for answer in ["按规定公开？", "按规定公开?"] {
        let rows = format!("1 | 部门预算公开情况 | {answer}");
        let read = read(vec![card("预决算信息公开", "3", "3"), base(&rows)]);
        assert_eq!(facts(&read, "budget_disclosure"), ["unreadable at 基础数据表!C2"], "{answer}");
    }
}

#[test]
fn a_denial_in_the_words_of_the_question_is_no_and_a_yes_that_denies_is_nothing() {
    let said = |answer: &str| {
        let rows = format!("1 | 存在违规支出 | {answer} | 是/否");
        facts(&read(vec![card("财务合规性", "3", "3"), base(&rows)]), "spending_violation").join(", ")
    };
    for answer in ["无违规", "不存在违规", "未发现违规支出", "没有违规支出", "无违规支出情况"]
    {
        assert_eq!(said(answer), "否 at 基础数据表!C2", "{answer}");
    }
    for answer in ["是：无违规支出", "是（不涉及）", "有，无重大违规"] {
        assert_eq!(said(answer), "unreadable at 基础数据表!C2", "{answer}");
    }
    for answer in ["是", "存在", "是，1笔超标准"] {
        assert!(said(answer).starts_with("是 at") || said(answer).starts_with("unreadable"), "{answer}");
    }
    assert_eq!(said("存在"), "是 at 基础数据表!C2");
}

#[test]
fn a_figure_of_what_is_done_says_nothing_of_what_is_not() {
    for answer in ["完成6项", "已完成6项", "6项已完成"] {
        let rows = format!("1 | 未完成重点工作项数 | {answer} | 项");
        let read = read(vec![card("公众或服务对象满意度", "6", "6"), base(&rows)]);
        let said = facts(&read, "key_tasks_unfinished");
        assert!(said.iter().all(|one| one.contains("unreadable")), "{answer}: {said:?}");
    }
    let read = read(vec![
        card("公众或服务对象满意度", "6", "6"),
        base("1 | 未完成重点工作项数 | 未完成2项 | 项\n2 | 按期完成项目数 | 完成13个 | 个"),
    ]);
    assert_eq!(facts(&read, "projects_finished"), ["13 at 基础数据表!C3"]);
}

#[test]
fn evidence_that_is_promised_lost_or_spoken_is_none() {
    let evidence = |text: &str| {
        let rows = format!("1 | 会计核算规范 | 是 | 是/否 | {text}");
        let read = read(vec![card("财务合规性", "3", "3"), base(&rows)]);
        read.facts.iter().find(|one| one.fact == "accounting_compliant").and_then(|one| one.evidence.clone())
    };
    for text in [
        "拟于3月提供",
        "材料丢失",
        "未归档",
        "无法提供",
        "文件尚在起草",
        "暂缺，后补",
        "口头通知",
        "审批中",
        "未形成书面材料",
        "待审计后提供",
        "缺附件19",
    ] {
        assert_eq!(evidence(text), None, "{text}");
    }
    for text in ["会计核算办法（附件19）", "无违规证明", "关于未发现问题的审计报告", "已归档材料第3卷"]
    {
        assert_eq!(evidence(text).as_deref(), Some(text), "{text}");
    }
}

// ---- like columns

#[test]
fn of_two_times_or_two_parties_the_years_end_and_the_departments_own_count() {
    for (headings, values) in [
        ("期初数 | 期末数", "9 | 2"),
        ("基期值 | 报告期值", "9 | 2"),
        ("上期数 | 本期数", "9 | 2"),
        ("填报数 | 财政核定数", "2 | 9"),
        ("抽查数 | 自查数", "9 | 2"),
        ("复核数 | 填报数", "9 | 2"),
    ] {
        let said = under(headings, values);
        assert_eq!(said.len(), 1, "{headings}: {said:?}");
        assert!(said[0].starts_with("2 at") && !said[0].contains("doubtful"), "{headings}: {said:?}");
    }
}

#[test]
fn a_sheet_of_targets_examples_or_an_old_version_is_no_base_data() {
    for name in ["基础数据（旧）", "基础数据-旧", "基础数据（修改前）", "年度目标数据", "填写范例", "2020年预测数"]
    {
        let rows = "数据项 | 数值 | 单位\n服务对象满意度 | 82 | %";
        let own = base("1 | 服务对象满意度 | 96.8 | %");
        let read = read(vec![sheet(name, rows), card("公众或服务对象满意度", "6", "6"), own]);
        assert_eq!(facts(&read, "satisfaction"), ["96.8 at 基础数据表!C2"], "{name}");
        assert!(read.unused.iter().any(|cell| cell.sheet == name && cell.value == "82"), "{name}: {:?}", read.unused);
    }
}

// ---- several cards

/// A card that is worth auditing, on a sheet of this name.
fn whole_card(name: &str, year: &str, satisfaction: &str) -> Sheet {
    let text = format!(
        "部门整体支出绩效评分表\n单位名称：榕江区图书馆 | | 评价年度：{year}年度\n三级指标 | 分值 | 自评得分\n预算执行率 | 6 | 5.68\n\
         重点工作完成情况 | 8 | 8\n项目完成及时性 | 6 | 5.57\n公众或服务对象满意度 | 6 | {satisfaction}"
    );
    sheet(name, &text)
}

#[test]
fn a_card_that_says_that_it_is_an_old_version_an_example_or_last_years_is_set_aside_and_listed() {
    for (name, year) in [
        ("评分表（修改前）", "2020"),
        ("评分表备份", "2020"),
        ("评分表-旧", "2020"),
        ("评分表（原）", "2020"),
        ("填写范例", "2020"),
        ("评分表初稿", "2020"),
        ("2019评分表", "2019"),
    ] {
        // Whose year is the report's nobody can say where last year's stands first.
        for is_first in [true, false].into_iter().filter(|is_first| !is_first || year == "2020") {
            let other = whole_card(name, year, "4");
            let mut sheets = vec![whole_card("评分表", "2020", "6"), base("1 | 服务对象满意度 | 96.8 | %")];
            sheets.insert(if is_first { 0 } else { 2 }, other);
            let submission =
                read_named("2020年榕江区图书馆.xlsx", sheets).unwrap_or_else(|_| panic!("{name}: nothing read"));
            assert_eq!(claim(&submission, "satisfaction"), "6 at 评分表!C7", "{name}");
            let listed = submission.unused.iter().filter(|cell| cell.sheet == name).count();
            assert_eq!(listed, 4, "{name}: {:?}", submission.unused);
            assert_eq!(indicator(&audited(submission), "satisfaction").verdict, Verdict::Agrees, "{name}");
        }
    }
}

#[test]
fn of_two_cards_that_say_nothing_of_themselves_none_is_taken() {
    for name in ["评分表 (2)", "评分表0320", "区文化馆评分表"] {
        let sheets = vec![whole_card("评分表", "2020", "6"), whole_card(name, "2020", "4")];
        assert!(read_named("x.xlsx", sheets).is_err(), "{name}");
    }
    // Which of two years is the report's, where the earlier comes first and no other word decides.
    let years = vec![whole_card("2019评分表", "2019", "4"), whole_card("评分表", "2020", "6")];
    assert!(read_named("x.xlsx", years).is_err());
    // An old version alone is all there is.
    let alone = read_named("x.xlsx", vec![whole_card("评分表（修改前）", "2020", "6")]).expect("a submission");
    assert_eq!(claim(&alone, "satisfaction"), "6 at 评分表（修改前）!C7");
}

// ---- claims

fn claimed(points: &str, text: &str) -> String {
    claim(
        &read(vec![card("绩效目标完整性", points, text), base("1 | 绩效目标漏报或不合要求项数 | 1 | 项")]),
        "goal_completeness",
    )
}

#[test]
fn a_claim_that_a_person_can_read_is_read() {
    for (text, score) in [
        ("'1,92", "1.92"),
        ("'1，92", "1.92"),
        ("'2,5", "no number"),
        ("3改2", "2"),
        ("3→2", "2"),
        ("3分，更正为2分", "2"),
        ("3更正为2", "2"),
        ("2⏎（漏报1项）", "2"),
        ("2分（绩效目标漏报1项，扣1分）", "2"),
        ("1（漏报1项扣1分，错报1项扣1分）", "1"),
        ("漏报1项，扣1分，得2分", "2"),
        ("2（完成率66.7%）", "2"),
        ("初评3，终评2", "2"),
        ("自评2（复核3）", "2"),
        ("2÷3×3=2", "2"),
        ("13/14×6=5.57", "5.57"),
        ("''2", "2"),
        // Two numbers, and nothing that says which.
        ("3（2）", "no number"),
        // Of 3 points 3 with 1 taken off may be 2, and 2 with 2 taken off is no sum of them.
        ("3（漏报1项，扣1分）", "no number"),
        ("2（漏报2项，扣2分）", "no number"),
        ("2（原3）", "2"),
        ("'1,920", "no number"),
        ("13/14×6=5.75", "no number"),
        ("初评3，复核2", "no number"),
        ("2-3", "no number"),
    ] {
        // A text with a number that nobody reads with certainty is none, and what it may be is left open.
        let said = claimed("3", text);
        assert_eq!(said.split(" or ").next(), Some(format!("{score} at 评分表!C5").as_str()), "{text}");
    }
}

#[test]
fn a_claim_whose_formula_was_never_computed_is_not_said_to_be_missing_and_no_sum_is_held_against_it() {
    let text = "三级指标 | 分值 | 自评得分\n绩效目标完整性 | 3 | =SUM(F7)\n重点工作完成情况 | 8 | 8\n预算编制合理性 | 5 | 5\n总分 | | 15\n评分等级 | | 优";
    let card = sheet("评分表", text);
    let submission = read(vec![card, base("1 | 绩效目标漏报或不合要求项数 | 1 | 项")]);
    assert_eq!(claim(&submission, "goal_completeness"), "not calculated at 评分表!C2");
    let audit = audited(submission);
    let line = indicator(&audit, "goal_completeness");
    // Whoever opens the file sees a number: it is no blank, and nobody is accused of one.
    assert_eq!((line.verdict, line.claimed), (Verdict::Unverifiable, None));
    for code in ["score-missing", "score-conflict", "total-mismatch", "grade-mismatch", "grade-overstated"] {
        assert!(found(&audit, code).is_empty(), "{code}");
    }
    assert_eq!(found(&audit, "formula-without-value").len(), 1);
}

#[test]
fn a_column_of_nothing_but_deductions_or_rates_is_open() {
    let audit = |claims: [&str; 4]| {
        let names = ["绩效目标完整性 | 3", "重点工作完成情况 | 8", "预算编制合理性 | 5", "绩效指标明确性 | 7"];
        let rows: Vec<String> = names.iter().zip(claims).map(|(name, claim)| format!("{name} | {claim}")).collect();
        let text = format!("三级指标 | 分值 | 自评得分\n{}", rows.join("\n"));
        audited(read(vec![
            sheet("评分表", &text),
            base("1 | 绩效目标漏报或不合要求项数 | 1 | 项\n2 | 未完成重点工作项数 | 0 | 项"),
        ]))
    };
    for claims in [["-1", "0", "0", "-1"], ["66.67%", "100%", "100%", "85.71%"], ["0.67p", "1p", "1p", "0.86p"]] {
        let audit = audit(claims);
        assert!(
            !accuses(&audit)
                && ["negative-score", "score-not-a-number", "score-above-points"]
                    .iter()
                    .all(|code| found(&audit, code).is_empty()),
            "{claims:?}"
        );
        assert_eq!(indicator(&audit, "goal_completeness").verdict, Verdict::Unverifiable, "{claims:?}");
        assert_eq!(indicator(&audit, "key_tasks").verdict, Verdict::Unverifiable, "{claims:?}");
    }
    // One number below zero among scores is none.
    assert_eq!(indicator(&audit(["-1", "8", "5", "6"]), "goal_completeness").verdict, Verdict::Invalid);
}

#[test]
fn a_column_of_deductions_is_no_column_of_claims_where_its_heading_is_merged_down() {
    let text = "评价指标 | | 评分标准 | 自评扣分\n三级指标 | 分值 | |\n绩效目标完整性 | 3 | 按标准 | 1\n重点工作完成情况 | 8 | 按标准 | 0\n\
                预算编制合理性 | 5 | 按标准 | 0\n绩效指标明确性 | 7 | 按标准 | 1\n总分 | | | 2";
    let card = merged(sheet("评分表", text), &["A1:B1", "C1:C2", "D1:D2"]);
    assert!(read_named("x.xlsx", vec![card, base("1 | 绩效目标漏报或不合要求项数 | 1 | 项")]).is_err());
}

// ---- running text

#[test]
fn a_figure_of_running_text_that_leaves_something_out_is_a_quotation() {
    let said = |sentence: &str| {
        let narrative = sheet("自评报告", &format!("一、基本情况。我单位为公益一类事业单位。{sentence}"));
        quotes(&read(vec![card("公众或服务对象满意度", "6", "6"), narrative]), "satisfaction")
    };
    for sentence in [
        "全年服务对象满意度达78%，系借阅窗口抽样。",
        "除少儿阅览外，服务对象满意度为78%。",
        "剔除中性评价，服务对象满意度为96.8%。",
        "服务对象满意度为78%（不含网上问卷）。",
        "服务对象满意度为78%，仅为现场问卷结果。",
        "据财政局通报，服务对象满意度为78%。",
        "审计局核查显示，服务对象满意度为78%。",
    ] {
        assert!(said(sentence).is_empty(), "{sentence}");
    }
    for sentence in [
        "全年服务对象满意度达96.8%。",
        "2020年，我单位服务对象满意度为96.8%，群众反映良好。",
        "我单位获市政府通报表扬，服务对象满意度为96.8%。",
    ] {
        assert_eq!(said(sentence), ["96.8"], "{sentence}");
    }
}

// ---- rows, sums and budgets

#[test]
fn a_row_of_the_department_by_itself_is_a_part_where_a_row_of_those_below_stands_beside_it() {
    let said = |rows: &str| facts(&read(vec![card("编外人员控制率", "1", "1"), base(rows)]), "contract_staff");
    for below in ["下属单位", "所属单位", "二级单位", "直属单位"] {
        let rows = format!("1 | 编外人员数（本级） | 2 | 人\n2 | 编外人员数（{below}） | 12 | 人");
        let found = said(&rows);
        assert!(!found.is_empty() && found.iter().all(|one| one.contains("doubtful")), "{below}: {found:?}");
        let alone = said(&rows.replace("12", "0"));
        assert_eq!(alone.iter().filter(|one| !one.contains("doubtful")).count(), 1, "{below}: {alone:?}");
        let whole = said(&format!("{rows}\n3 | 编外人员数（合计） | 14 | 人"));
        let certain: Vec<&String> = whole.iter().filter(|one| !one.contains("doubtful")).collect();
        assert!(certain.iter().any(|one| one.starts_with("14 at")), "{below}: {whole:?}");
    }
}

#[test]
fn a_subtotal_over_all_sections_before_extra_points_is_no_section_total() {
    let text = |subtotal: &str| {
        format!(
            "一级指标 | 三级指标 | 分值 | 自评得分\n部门决策 | 预算编制规范性 | 5 | 5\n部门管理 | 项目监管 | 2 | 2\n部门绩效 | 重点工作完成情况 | 8 | 8\n\
             小计 | | 15 | {subtotal}\n加分项 | | 5 | 0\n总分 | | | 15"
        )
    };
    let told =
        |subtotal: &str| found(&audited(read(vec![sheet("评分表", &text(subtotal))])), "section-total-mismatch").len();
    assert_eq!((told("15"), told("14")), (0, 1));
}

#[test]
fn a_budget_spent_ten_thousand_times_over_or_hardly_at_all_may_be_in_another_unit() {
    let verdict = |funds: &str| {
        let text =
            format!("{}产出指标 | 数量指标 | 甲 | ≥1个 | 1个 | 90 | 90\n总分 | | | | | 100 | 99.5", head_of(funds));
        indicator(&written::audit(&text), "budget").verdict
    };
    // 114 of 120 earns 9.5 of 10; 1140000 of 120, taken as it stands, all 10, and 114 of 1200000 nothing.
    for funds in ["120 | 120 | 1140000 | 10 | 95% | 9.5", "1200000 | 1200000 | 114 | 10 | 95% | 9.5"] {
        assert_eq!(verdict(funds), Verdict::Unverifiable, "{funds}");
    }
    assert_eq!(verdict("120 | 120 | 114 | 10 | 95% | 9.5"), Verdict::Agrees);
    assert_eq!(verdict("120 | 120 | 114 | 10 | 95% | 10"), Verdict::Overstated);
    // A hundredth of the plan is a hundredth.
    assert_eq!(verdict("120 | 120 | 1.2 | 10 | 1% | 9.5"), Verdict::Overstated);
}

#[test]
fn a_part_that_is_ten_times_its_whole_says_that_a_unit_slipped_whatever_is_claimed() {
    // All of the assets in use earns 1 of 1.
    let verdict = |in_use: &str, total: &str, claimed: &str| {
        let rows = format!("1 | 实际在用固定资产总额 | {in_use} | 万元\n2 | 固定资产总额 | {total} | 万元");
        verdict("固定资产利用率", "1", claimed, &rows, "asset_utilisation")
    };
    for (in_use, total) in [("1650", "20"), ("165000", "2000"), ("1650", "0.2")] {
        for claimed in ["1", "0.7"] {
            assert_eq!(
                verdict(in_use, total, claimed),
                Verdict::Unverifiable,
                "{in_use} of {total}, claimed {claimed}"
            );
        }
    }
    // A fiftieth in use is a fiftieth.
    assert_eq!(verdict("40", "2000", "1"), Verdict::Overstated);
    assert_eq!(verdict("2000", "2000", "1"), Verdict::Agrees);
}
