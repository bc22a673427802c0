//! Whose figures stand there: cards and tables that a careful clerk tells apart by their titles, lines and sheets, and those of which
//! nobody can say whether they are the department's own and whole. The first are read, of the others a question is asked.
//!
//! Figures follow from the clauses: 4.15 of 6.8 (61 %) of 三公 earns 3 of 3; 52 of 54 posts are within the quota.

use fuhe::audit::Verdict;
use fuhe::checks::Code;
use fuhe::submission::Submission;
use fuhe::workbook::Sheet;

use crate::sheets::{base, card, claim, claims, fact, facts, quotes, read, read_named, sheet};
use crate::submitted::{audited, indicator};

const HEAD: &str = "数据项 | 数值 | 单位";

fn rows(staff: u32) -> String {
    format!("年末在编人数 | {staff} | 人\n核定编制数 | 54 | 人\n编外人员数 | 2 | 人\n“三公”经费预算数 | 6.8 | 万元")
}

/// A card of 榕江区图书馆 beside these sheets.
fn beside(others: Vec<Sheet>) -> Submission {
    let own = card("公用经费控制率", "6", "5");
    read(std::iter::once(own).chain(others).collect())
}

fn table(title: &str) -> Submission {
    beside(vec![sheet("基础数据表", &format!("{title}\n{HEAD}\n{}", rows(52)))])
}

/// Whether nothing certain was read of a fact, and something was, or is told as not used.
fn is_asked(submission: &Submission, id: &str) -> bool {
    let said = facts(submission, id);
    let is_told = submission.unused.iter().any(|cell| cell.nearest.as_deref() == Some(id));
    (!said.is_empty() || is_told) && said.iter().all(|one| one.contains("doubtful"))
}

// ---- titles and lines over rows

#[test]
fn a_title_that_names_somebody_else_or_a_part_makes_its_table_a_question() {
    for title in [
        "榕江区博物馆基础数据表",
        "青少年活动中心2020年度基础数据",
        "部门整体支出基础数据表（不含下属学校）",
        "基础数据表（少儿馆）",
        "2020年度基础数据表（基本支出部分）",
        "基础数据表（主管部门核定后）",
        "全市基础数据表",
        "各校基础数据情况表",
    ] {
        assert!(is_asked(&table(title), "staff_actual"), "{title}: {:?}", facts(&table(title), "staff_actual"));
    }
}

#[test]
fn a_title_that_names_the_department_its_year_or_the_form_narrows_nothing() {
    for title in [
        "榕江区图书馆基础数据表",
        "区图书馆2020年度部门整体支出绩效评价基础数据表",
        "基础数据表（2020年度）",
        "附件2：部门整体支出绩效评价基础数据表（试行）",
        "榕江区财政局部门整体支出绩效评价基础数据表",
        "基础数据表（盖章）",
        "基础数据表（含下属单位）",
        "基础数据汇总表（单位：万元）",
        "基础数据表（本单位）",
        "基础数据表（正式上报）",
        "基础数据表（所有数据须附佐证材料）",
        "部门整体支出基础数据表（请如实填列）",
        "基础数据表（金额保留两位小数）",
    ] {
        let said = facts(&table(title), "staff_actual");
        assert!(
            said.len() == 1 && said.iter().all(|one| one.starts_with("52 at ") && !one.contains("doubtful")),
            "{title}: {said:?}"
        );
    }
}

#[test]
fn a_line_over_rows_speaks_of_them_until_the_next_one() {
    let with = |line: &str| {
        let text = format!(
            "{HEAD}\n“三公”经费预算数 | 6.8 | 万元\n{line}\n年末在编人数 | 52 | 人\n（四）资产情况\n固定资产总额 | 1520 | 万元"
        );
        beside(vec![sheet("基础数据表", &text)])
    };
    for line in ["（三）人员情况（计划数）", "其中：机关", "（三）人员情况（不含借用人员）", "全区人员情况"]
    {
        let read = with(line);
        assert!(is_asked(&read, "staff_actual"), "{line}: {:?}", facts(&read, "staff_actual"));
        assert_eq!(fact(&read, "sangong_budget"), "6.8 at 基础数据表!B2", "{line}");
        assert_eq!(fact(&read, "assets_total"), "1520 at 基础数据表!B6", "{line}");
    }
    // Who is named goes on below the next line, until the department is.
    let read = with("（三）少儿馆人员情况");
    assert!(is_asked(&read, "staff_actual") && is_asked(&read, "assets_total"));
    for line in ["（三）人员情况", "三、人员和编制", "（三）人员情况（单位：人）", "（三）财政供养人员情况（2020年度）"]
    {
        assert_eq!(fact(&with(line), "staff_actual"), "52 at 基础数据表!B4", "{line}");
    }
}

#[test]
fn a_year_that_a_label_over_a_table_names_holds_for_it() {
    let with = |year: &str| {
        beside(vec![sheet("基础数据表", &format!("填报单位 | 榕江区图书馆 | 预算年度 | {year}\n{HEAD}\n{}", rows(52)))])
    };
    assert_eq!(facts(&with("2019"), "staff_actual"), Vec::<String>::new());
    assert_eq!(fact(&with("2020"), "staff_actual"), "52 at 基础数据表!B3");
}

// ---- several tables of the same facts

fn two(one: (&str, &str), other: (&str, &str)) -> Submission {
    let table = |(name, title): (&str, &str), staff: u32| sheet(name, &format!("{title}\n{HEAD}\n{}", rows(staff)));
    beside(vec![table(one, 40), table(other, 52)])
}

#[test]
fn of_several_tables_a_word_decides_for_the_departments_own_and_whole() {
    for (one, other) in [
        (("基础数据本级", "基础数据表"), ("基础数据汇总", "基础数据表")),
        (("主管部门核定数据", "基础数据表"), ("基础数据", "基础数据表")),
        (("数据一", "财政抽查核定数"), ("数据二", "基础数据表")),
        (("全市均值", "基础数据表"), ("基础数据", "基础数据表")),
        (("数据一", "各校平均值基础数据"), ("数据二", "基础数据表")),
        (("财务科数据", "基础数据表"), ("基础数据（报送）", "基础数据表")),
    ] {
        let (first, second) = (two(one, other), two((other.0, other.1), (one.0, one.1)));
        assert_eq!(fact(&first, "staff_actual"), format!("52 at {}!B3", other.0), "{one:?}");
        assert_eq!(fact(&second, "staff_actual"), format!("40 at {}!B3", other.0), "{one:?}, the other way round");
        assert!(!first.unused.is_empty(), "what is left out is told");
    }
}

#[test]
fn of_several_tables_that_no_word_tells_apart_neither_is_the_fact_alone() {
    for (one, other) in [
        (("数据v1", "基础数据表"), ("数据v2", "基础数据表")),
        // 本级 may be a part of what says nothing.
        (("基础数据本级", "基础数据表"), ("基础数据", "基础数据表")),
        (("基础数据", "基础数据表"), ("基础数据（修改）", "基础数据表")),
        (("数据一", "一、总馆"), ("数据二", "二、少儿馆")),
        (("数据一", "基础数据表"), ("数据二", "2020年度基础数据表")),
    ] {
        let said = facts(&two(one, other), "staff_actual");
        let certain = said.iter().filter(|one| !one.contains("doubtful")).count();
        assert!(certain != 1, "{one:?}, {other:?}: {said:?}");
    }
}

#[test]
fn tables_one_below_the_other_are_told_apart_by_their_own_titles() {
    let text = format!("表一 本级基础数据\n{HEAD}\n{}\n\n表二 全部门汇总基础数据\n{HEAD}\n{}", rows(40), rows(52));
    assert_eq!(fact(&beside(vec![sheet("基础数据表", &text)]), "staff_actual"), "52 at 基础数据表!B10");
}

#[test]
fn a_whole_table_yields_to_no_list_of_a_few_of_its_facts_and_a_cell_beside_a_title_is_none() {
    let whole = format!("部门整体支出基础数据表 | 培训2019人\n{HEAD}\n{}", rows(52));
    let few = format!(
        "{HEAD}\n年末在编人数（2019年） | 30 | 人\n核定编制数（2019年） | 30 | 人\n“三公”经费预算数（2019年） | 8 | 万元"
    );
    let read = beside(vec![sheet("基础数据", &whole), sheet("同期", &few)]);
    assert_eq!(fact(&read, "staff_actual"), "52 at 基础数据!B3");
    let long = format!(
        "{}\n固定资产总额 | 1520 | 万元\n“三公”经费实际支出数 | 4.15 | 万元\n部门预算总规模 | 2318.6 | 万元\n调整调剂资金累计金额 | 100 | 万元",
        rows(52)
    );
    let read = beside(vec![
        sheet("基础数据", &format!("基础数据表\n{HEAD}\n{long}")),
        sheet("汇总", &format!("{HEAD}\n年末在编人数 | 40 | 人\n核定编制数 | 54 | 人\n编外人员数 | 2 | 人")),
    ]);
    assert!(
        facts(&read, "staff_actual").iter().any(|one| one.starts_with("52 at 基础数据")),
        "{:?}",
        facts(&read, "staff_actual")
    );
}

#[test]
fn a_column_that_is_hidden_yields_to_the_one_that_is_seen() {
    let mut hidden = sheet("基础数据表", "数据项 | 数值 | 数值 | 单位\n年末在编人数 | 40 | 52 | 人");
    hidden.hidden_columns = vec![(1, 1)];
    let read = beside(vec![hidden]);
    assert_eq!(fact(&read, "staff_actual"), "52 at 基础数据表!C2");
}

// ---- several cards

fn scored(name: &str, title: &str, score: &str) -> Sheet {
    let text = format!(
        "{title}\n单位名称：榕江区图书馆 | | 评价年度：2020年度\n三级指标 | 分值 | 自评得分\n重点工作完成情况 | 8 | 8\n公用经费控制率 | 6 | {score}\n预算编制合理性 | 5 | 5"
    );
    sheet(name, &text)
}

#[test]
fn of_several_cards_the_one_that_nothing_speaks_against_is_the_departments() {
    const TITLE: &str = "2020年度部门整体支出绩效评分表";
    for (name, title) in [
        ("财政抽查评分表", TITLE),
        ("评分表（范例）", TITLE),
        ("专家组评分", TITLE),
        ("人事科自评", TITLE),
        ("互评表", TITLE),
        ("表二", "榕江区博物馆部门整体支出绩效评分表"),
        ("表二", "2020年度全市部门整体支出平均得分表"),
        ("表二", "第三方机构评分表"),
    ] {
        for order in [[(name, title, "3"), ("评分表", TITLE, "5")], [("评分表", TITLE, "5"), (name, title, "3")]]
        {
            let read = read(order.iter().map(|(name, title, score)| scored(name, title, score)).collect());
            assert_eq!(claim(&read, "public_funds_control"), "5 at 评分表!C5", "{name} {title}");
        }
    }
    // A version that was changed may be the one that holds, and a line of the form itself says nothing.
    for (name, title) in [
        ("评分表（修改）", TITLE),
        ("评分表（新）", TITLE),
        ("评分表2", TITLE),
        ("表二", "（本表由单位自评，财政部门复核）"),
        ("表二", "主管部门：榕江区文化局"),
    ] {
        let cards = vec![scored("评分表", TITLE, "3"), scored(name, title, "5")];
        assert!(read_named("x.xlsx", cards).is_err(), "{name} {title}");
    }
    // Of two versions nobody can say which holds.
    assert!(read_named("x.xlsx", vec![scored("评分表0310", TITLE, "3"), scored("评分表0325", TITLE, "5")]).is_err());
}

#[test]
fn cards_that_two_departments_filled_in_are_not_told_apart_by_a_name() {
    let another = |name: &str| {
        let text = "部门整体支出绩效评分表\n单位名称：榕江区博物馆 | | 评价年度：2020年度\n三级指标 | 分值 | 自评得分\n重点工作完成情况 | 8 | 8\n公用经费控制率 | 6 | 3\n预算编制合理性 | 5 | 5";
        sheet(name, text)
    };
    let own = scored("榕江区图书馆", "部门整体支出绩效评分表", "5");
    assert!(read_named("x.xlsx", vec![another("榕江区博物馆"), own]).is_err());
}

#[test]
fn a_second_card_below_is_told_apart_by_the_line_over_it() {
    let below = |line: &str| {
        let text = format!(
            "2020年度部门整体支出绩效评分表\n单位名称：榕江区图书馆 | | 评价年度：2020年度\n三级指标 | 分值 | 自评得分\n重点工作完成情况 | 8 | 8\n公用经费控制率 | 6 | 5\n预算编制合理性 | 5 | 5\n\n{line}\n三级指标 | 分值 | 得分\n重点工作完成情况 | 8 | 7\n公用经费控制率 | 6 | 3\n预算编制合理性 | 5 | 4"
        );
        vec![sheet("评分表", &text)]
    };
    for line in ["附：2019年度得分情况", "附：财政部门复核情况", "参考：全区平均得分"] {
        assert_eq!(claim(&read(below(line)), "public_funds_control"), "5 at 评分表!C5", "{line}");
    }
    assert!(read_named("x.xlsx", below("附：得分情况")).is_err());
}

// ---- columns of scores

#[test]
fn a_score_that_was_changed_afterwards_leaves_the_claim_open_and_the_bureaus_does_not() {
    let under = |other: &str| {
        let text = format!(
            "2020年度部门整体支出绩效评分表\n单位名称：榕江区图书馆 | | 评价年度：2020年度\n三级指标 | 分值 | 自评得分 | {other}\n重点工作完成情况 | 8 | 8 | 8\n公用经费控制率 | 6 | 6 | 5\n预算编制合理性 | 5 | 5 | 5"
        );
        claims(&read(vec![sheet("评分表", &text)]), "public_funds_control").join(", ")
    };
    for other in ["修正得分", "实得分", "更正得分"] {
        assert_eq!(under(other), "6 at 评分表!C5 or 5 at D5", "{other}");
    }
    for other in ["财政修正得分", "复核得分", "目标得分", "互评得分", "标杆得分"] {
        assert_eq!(under(other), "6 at 评分表!C5", "{other}");
    }
}

#[test]
fn the_score_of_an_office_or_before_a_change_is_no_claim_beside_the_departments_last() {
    let under = |one: &str, other: &str| {
        let text = format!(
            "2020年度部门整体支出绩效评分表\n单位名称：榕江区图书馆 | | 评价年度：2020年度\n三级指标 | 分值 | {one} | {other}\n重点工作完成情况 | 8 | 8 | 8\n公用经费控制率 | 6 | 6 | 5\n预算编制合理性 | 5 | 5 | 5"
        );
        claims(&read(vec![sheet("评分表", &text)]), "public_funds_control").join(", ")
    };
    for (one, other) in [
        ("财务科评分", "党组审定分"),
        ("财务股评分", "局长办公会审定得分"),
        ("调整前得分", "调整后得分"),
        ("业务处自评分", "馆务会审核得分"),
    ] {
        let said = under(one, other);
        assert!(said.contains(" or "), "{one} | {other}: {said}");
    }
    assert_eq!(under("自评得分", "财政审定得分"), "6 at 评分表!C5");
    assert_eq!(under("自评得分", "评分标准说明"), "6 at 评分表!C5");
}

#[test]
fn a_row_named_like_an_indicator_leaves_it_open_and_another_row_does_not() {
    let named = |name: &str| {
        let text = format!(
            "2020年度部门整体支出绩效评分表\n单位名称：榕江区图书馆 | | 评价年度：2020年度\n三级指标 | 分值 | 自评得分\n重点工作完成情况 | 8 | 8\n{name} | 5 | 5\n绩效目标完整性 | 3 | 3\n预算编制合理性 | 5 | 5\n综合评分 | | 21\n评分等级 | | 优"
        );
        let audit = audited(read(vec![sheet("评分表", &text)]));
        let codes = audit.findings.iter().filter(|finding| finding.indicator.as_deref() == Some("budget_conformity"));
        let is_told = |code: Code| codes.clone().any(|finding| finding.code == code);
        let told = (is_told(Code::ScoreConflict), is_told(Code::IndicatorMissing));
        (indicator(&audit, "budget_conformity").verdict, told)
    };
    for name in ["预算规范性", "预算编制是否规范", "编制规范性情况"] {
        assert_eq!(named(name), (Verdict::Unverifiable, (true, false)), "{name}");
    }
    for name in ["党建工作开展成效", "安全生产"] {
        assert_eq!(named(name), (Verdict::Invalid, (false, true)), "{name}");
    }
}

#[test]
fn a_sum_row_within_an_indicator_is_counted_once_wherever_it_stands() {
    let said = |rows: &str| {
        let text = format!(
            "三级指标 | 评分标准 | 分值 | 自评得分\n重点工作完成情况 | | 8 | 8\n{rows}\n预算编制合理性 | | 5 | 5"
        );
        let card = crate::sheets::merged(sheet("评分表", &text), &["A3:A5"]);
        claim(&read(vec![card]), "public_funds_control")
    };
    assert!(said("公用经费控制率 | 三公 | 3 | 3\n | 日常公用 | 3 | 2\n | 本项合计 | 6 | 5").starts_with("5 at"));
    assert!(said("公用经费控制率 | 本项 | 6 | 5\n | 三公 | 3 | 3\n | 日常公用 | 3 | 2").starts_with("5 at"));
    // 1 and 1 and 2 of 6 points are 4.
    assert!(said("公用经费控制率 | 三公 | 2 | 1\n | 日常公用 | 2 | 1\n | 其他 | 2 | 2").starts_with("4 at"));
}

#[test]
fn the_word_below_a_heading_of_scores_says_whose_they_are() {
    for (words, said) in
        [("应得 | 实得", "5 at 评分表!D6"), ("审定 | 上报", "5 at 评分表!D6"), ("核定 | 申报", "5 at 评分表!D6")]
    {
        let text = format!(
            "2020年度部门整体支出绩效评分表\n单位名称：榕江区图书馆 | | 评价年度：2020年度\n三级指标 | 分值 | 得分 |\n | | {words}\n重点工作完成情况 | 8 | 8 | 8\n公用经费控制率 | 6 | 6 | 5\n预算编制合理性 | 5 | 5 | 5"
        );
        assert_eq!(claim(&read(vec![sheet("评分表", &text)]), "public_funds_control"), said, "{words}");
    }
}

#[test]
fn a_claim_that_is_worked_out_is_read_and_one_in_parts_is_open() {
    let said = |score: &str| claim(&read(vec![card("公用经费控制率", "6", score)]), "public_funds_control");
    for (score, value) in [("(1.5+1.5)+2=5", "5"), ("(2+3)", "5"), ("合计5分", "5"), ("总计5", "5")] {
        assert!(said(score).starts_with(&format!("{value} at")), "{score}: {}", said(score));
    }
    assert!(
        said("①2②1.5③1.5").starts_with("no number") && said("①2②1.5③1.5").contains(" or "),
        "open, and not invalid"
    );
    assert!(!said("3(1+1)=5").starts_with("5 at"), "three times two is no five");
    assert!(!said("6-(1-2)=5").starts_with("5 at"), "what is taken off in brackets is worked out by nobody here");
}

// ---- parts and wholes

#[test]
fn figures_below_one_heading_in_several_rows_are_parts_without_a_total() {
    let with = |rows: &str| {
        let text = format!("附表\n类别 | 政府采购计划金额（万元） | 政府采购实际金额（万元）\n{rows}");
        beside(vec![sheet("附表", &text)])
    };
    for rows in
        ["1 | 100 | 90\n2 | 80 | 80", "本级 | 150 | 140\n街道 | 50 | 50", "上半年采购 | 100 | 100\n街道 | 80 | 80"]
    {
        let said = facts(&with(rows), "procurement_plan");
        assert!(said.iter().all(|one| one.contains("doubtful")), "{rows}: {said:?}");
    }
    let whole = with("本级 | 150 | 140\n街道 | 50 | 50\n合计 | 200 | 190");
    assert_eq!(fact(&whole, "procurement_plan"), "200 at 附表!B5");
}

#[test]
fn the_departments_own_beside_a_row_of_another_part_is_no_whole() {
    let read = beside(vec![base("1 | 年末在编人数（本级） | 40 | 人\n2 | 年末在编人数（街道） | 12 | 人")]);
    assert!(is_asked(&read, "staff_actual"));
}

#[test]
fn a_row_that_holds_more_yields_to_the_plain_one_and_stands_for_itself_alone() {
    let wider = "2 | “三公”经费实际支出数（含培训费） | 5.2 | 万元";
    let read = beside(vec![base(&format!("1 | “三公”经费实际支出数 | 4.15 | 万元\n{wider}"))]);
    let certain: Vec<String> =
        facts(&read, "sangong_actual").into_iter().filter(|one| !one.contains("doubtful")).collect();
    assert_eq!(certain, ["4.15 at 基础数据表!C2"]);
    let alone = beside(vec![base("1 | 年末在编人数（含工勤人员） | 52 | 人")]);
    assert_eq!(fact(&alone, "staff_actual"), "52 at 基础数据表!C2");
}

#[test]
fn others_who_are_in_a_figure_make_it_another_one() {
    let said = |label: &str, id: &str| fact(&beside(vec![base(&format!("1 | {label} | 52 | 人"))]), id);
    for label in ["年末在编人数（含离退休）", "年末在编人数（含编外人员）", "年末在编人数（包括借调3人）"]
    {
        assert!(said(label, "staff_actual").contains("doubtful"), "{label}: {}", said(label, "staff_actual"));
    }
    assert_eq!(said("年末在编人数（含工勤人员）", "staff_actual"), "52 at 基础数据表!C2");
    assert_eq!(said("编外人员数（含劳务派遣）", "contract_staff"), "52 at 基础数据表!C2", "its own words name them");
}

#[test]
fn money_per_somebody_is_no_amount() {
    let said =
        |unit: &str| fact(&beside(vec![base(&format!("1 | 日常公用经费决算数 | 4.9 | {unit}"))]), "routine_actual");
    assert!(!said("万元/人").starts_with("4.9"), "{}", said("万元/人"));
    assert_eq!(said("万元"), "4.9 at 基础数据表!C2");
}

#[test]
fn years_over_columns_that_were_not_merged_hold_for_all_columns_below_them() {
    let text = "“三公”经费情况\n项目（万元） | 2019年 | | 2020年 |\n | 预算数 | 决算数 | 预算数 | 决算数\n“三公”经费 | 8 | 7.5 | 6.8 | 4.15";
    let read = beside(vec![sheet("附表", text)]);
    assert_eq!(fact(&read, "sangong_actual"), "4.15 at 附表!E4");
}

fn completion(rows: &str) -> Vec<String> {
    let text = format!("任务名称 | 预算数（万元） | 执行数（万元）\n{rows}");
    let audit = audited(beside(vec![sheet("自评表", &text)]));
    let told = audit.findings.iter().filter(|finding| finding.code == Code::CompletionTotalMismatch);
    told.map(|finding| finding.source.as_ref().map(|source| source.cell.clone()).unwrap_or_default()).collect()
}

#[test]
fn a_total_that_some_nesting_explains_is_not_wrong_and_one_that_none_does_is() {
    // 100 = 60 + 40 in each of them.
    for rows in [
        "基本支出 | 60 | 60\n其中：人员 | 50 | 50\n公用 | 10 | 10\n项目支出 | 40 | 40\n合计 | 100 | 100",
        "基本支出 | 60 | 60\n其中：人员 | 50 | 50\n公用 | 8 | 8\n项目支出 | 40 | 40\n其中：购书 | 30 | 30\n修缮 | 5 | 5\n合计 | 100 | 100",
        "人员 | 50 | 50\n公用 | 10 | 10\n基本支出 | 60 | 60\n购书 | 25 | 25\n修缮 | 15 | 15\n项目支出 | 40 | 40\n合计 | 100 | 100",
        "基本支出 | 60 | 60\n项目支出 | 40 | 40\n另：上级补助 | 30 | 30\n合计 | 100 | 100",
        "基本支出 | 60 | 60\n项目支出 | 40 | 40\n代管资金（不计入合计） | 7 | 7\n合计 | 100 | 100",
        "基本支出 | 70 | 70\n项目支出 | 40 | 40\n减：年末收回 | 10 | 10\n合计 | 100 | 100",
        "基本支出 | 60 | 60\n项目支出 | 40 | 40\n机关合计 | 70 | 70\n事业合计 | 30 | 30\n合计 | 100 | 100",
    ] {
        assert_eq!(completion(rows), Vec::<String>::new(), "{rows}");
    }
    for (rows, cells) in [
        ("基本支出 | 60 | 60\n其中：人员 | 50 | 50\n公用 | 10 | 10\n项目支出 | 45 | 40\n合计 | 100 | 100", vec!["B6"]),
        ("人员 | 50 | 50\n公用 | 10 | 10\n基本支出 | 61 | 60\n项目支出 | 40 | 40\n合计 | 101 | 101", vec!["B6", "C6"]),
        ("基本支出 | 60 | 60\n项目支出 | 40 | 40\n另：上级补助 | 30 | 30\n合计 | 120 | 130", vec!["B5"]),
        ("基本支出 | 70 | 70\n项目支出 | 40 | 40\n减：年末收回 | 10 | 10\n合计 | 90 | 100", vec!["B5"]),
    ] {
        assert_eq!(completion(rows), cells, "{rows}");
    }
}

#[test]
fn the_money_of_projects_is_no_total_of_the_department() {
    let total = |heads: &str| {
        let text =
            format!("任务名称 | {heads}\n基本支出 | 60 | 0 | 60\n项目支出 | 40 | 40 | 40\n合计 | 100 | 40 | 100");
        let read = beside(vec![sheet("自评表", &text)]);
        read.completion.and_then(|table| table.total).and_then(|total| total.planned).map(|sum| sum.value.to_string())
    };
    assert_eq!(total("预算数（万元） | 项目预算数（万元） | 执行数（万元）").as_deref(), Some("100"));
    let audit = |heads: &str| {
        let text = format!("任务名称 | {heads}\n活动 | 60 | 60\n维护 | 40 | 40\n合计 | 100 | 100");
        audited(beside(vec![sheet("自评表", &text)]))
    };
    let known = |heads: &str| audit(heads).facts.iter().any(|fact| fact.id == "budget_total" && fact.candidate);
    assert!(known("预算数（万元） | 执行数（万元）"));
    assert!(!known("项目预算数（万元） | 项目执行数（万元）"), "of the projects only");
    let titled = |title: &str| {
        let table = format!(
            "{title}\n部门名称 | 榕江区图书馆 | 预算年度 | 2020\n任务名称 | 预算数（万元） | 执行数（万元）\n活动 | 60 | 60\n合计 | 60 | 60"
        );
        let audit = audited(beside(vec![sheet("自评表", &table)]));
        audit.facts.iter().any(|fact| fact.id == "budget_total" && fact.candidate)
    };
    assert!(titled("部门整体支出绩效目标完成情况自评表"));
    assert!(!titled("项目支出绩效目标完成情况自评表") && !titled("2020年度项目支出绩效目标完成情况自评表"));
    let parted = |heads: &str| {
        let text = format!(
            "任务名称 | 预算数（万元） | | 执行数（万元） |\n | {heads} | {heads}\n基本支出 | 60 | 5 | 60 | 5\n合计 | 60 | 5 | 60 | 5"
        );
        let audit = audited(beside(vec![sheet("自评表", &text)]));
        audit.facts.iter().find(|fact| fact.id == "budget_total" && fact.candidate).map(|fact| fact.value.clone())
    };
    assert_eq!(parted("财政拨款 | 单位资金"), None, "two parts and no whole");
    assert_eq!(parted("全额 | 其中：财政拨款").as_deref(), Some("60"));
}

// ---- narrative

#[test]
fn a_figure_that_its_sentence_limits_or_explains_is_a_quotation() {
    let said = |text: &str| {
        quotes(&beside(vec![sheet("自评报告", &format!("自评报告\n{text}"))]), "satisfaction").join(", ")
            + &quotes(&beside(vec![sheet("自评报告", &format!("自评报告\n{text}"))]), "sangong_actual").join(", ")
            + &quotes(&beside(vec![sheet("自评报告", &format!("自评报告\n{text}"))]), "sangong_budget").join(", ")
    };
    for text in [
        "受疫情影响，仅对总馆开展调查，服务对象满意度为97.20%。",
        "（二）区博物馆情况：“三公”经费实际支出1.20万元。",
        "“三公”经费实际支出3.10万元为公务用车运行费。",
        "“三公”经费预算数8.00万元，年中压减至6.80万元。",
    ] {
        assert_eq!(said(text), "", "{text}");
    }
    assert_eq!(said("2020年服务对象满意度为97.20%。"), "97.2");
    assert_eq!(said("（二）“三公”经费情况：“三公”经费实际支出4.15万元。"), "4.15");
}

// ---- answers and magnitudes

#[test]
fn nothing_beside_a_statement_that_asks_for_nothing_to_be_had_is_a_question() {
    let answered =
        |label: &str, answer: &str, id: &str| fact(&beside(vec![base(&format!("1 | {label} | {answer} | 是/否"))]), id);
    assert!(answered("预算编制符合职责和政策", "无", "budget_fits_duties").contains("doubtful"));
    assert!(answered("资金支出规范", "没有", "spending_compliant").contains("doubtful"));
    assert_eq!(answered("制定财政财务和内控制度", "无", "rules_made"), "否 at 基础数据表!C2");
    assert_eq!(answered("预算编制符合职责和政策", "否", "budget_fits_duties"), "否 at 基础数据表!C2");
}

#[test]
fn a_total_budget_that_the_completion_table_states_in_another_unit_is_a_question() {
    // 100 of 2,318.6 (4.3 %) adjusted earns 3; of 23,186,000 it earns 3, too, but nobody knows of which.
    let with = |total: &str| {
        let rows = format!("1 | 调整调剂资金累计金额 | 400 | 万元\n2 | 部门预算总规模 | {total} | 万元");
        let table = "任务名称 | 预算数（万元） | 执行数（万元）\n基本支出 | 1306.2 | 1306.2\n项目支出 | 1012.4 | 1012.4\n合计 | 2318.6 | 2318.6";
        let audit = audited(read(vec![card("财务合规性", "3", "3"), base(&rows), sheet("自评表", table)]));
        audit.facts.iter().any(|fact| fact.id == "budget_total" && fact.candidate && fact.certain)
    };
    assert!(with("2318.6"));
    assert!(with("2400"), "another amount, and no unit");
    assert!(!with("23186000"));
    assert!(!with("231860"));
}

#[test]
fn an_honest_claim_beside_any_of_these_tables_is_not_held_against_the_department() {
    // 40 of 54 posts stand in the table of another; 52 of 54 are the department's: 1 of 1.
    for name in ["基础数据本级", "财政核定数据", "榕江区博物馆数据"] {
        let sheets = vec![
            card("财政供养人员控制率", "1", "1"),
            sheet(
                name,
                &format!("基础数据表\n{HEAD}\n年末在编人数 | 60 | 人\n核定编制数 | 54 | 人\n编外人员数 | 2 | 人"),
            ),
            sheet("基础数据汇总", &format!("基础数据表\n{HEAD}\n{}", rows(52))),
        ];
        let verdict = indicator(&audited(read(sheets)), "staff_control").verdict;
        assert!(matches!(verdict, Verdict::Agrees | Verdict::Unverifiable), "{name}: {verdict:?}");
    }
}

// ---- one question for every place around a table

/// Words of scope that none of the titles above names, each in every place where a clerk would see them.
const ELSEWHERE: [&str; 8] =
    ["18年度", "2020.1-9月", "截止2020.6.30", "2020Q2", "2017—2019年平均", "所属二级单位", "测算数", "前8个月"];

/// Whether a fact was read with certainty, once, as this figure.
fn is_certain(submission: &Submission, id: &str, figure: &str) -> bool {
    let said = facts(submission, id);
    said.len() == 1 && said[0].starts_with(&format!("{figure} at"))
}

#[test]
fn the_same_words_make_a_table_a_question_wherever_they_stand_around_it() {
    let table = |place: &str, words: &str| {
        let (title, over, heading, name) = match place {
            "brackets of the title" => {
                (format!("榕江区图书馆基础数据表（{words}）"), String::new(), "数值".into(), "基础数据表".into())
            }
            "corner" => (format!("基础数据表 | | | {words}"), String::new(), "数值".into(), "基础数据表".into()),
            "row over the headings" => {
                ("基础数据表".to_owned(), format!("| {words}\n"), "数值".into(), "基础数据表".into())
            }
            "brackets of the heading" => {
                ("基础数据表".to_owned(), String::new(), format!("数值（{words}）"), "基础数据表".into())
            }
            "brackets of the sheet's name" => {
                ("基础数据表".to_owned(), String::new(), "数值".into(), format!("基础数据（{words}）"))
            }
            _ => ("基础数据表".to_owned(), String::new(), "数值".to_owned(), "基础数据表".to_owned()),
        };
        let note = if place == "note" { format!("\n注：以上数据为{words}口径。") } else { String::new() };
        let text = format!("{title}\n{over}数据项 | {heading} | 单位\n{}{note}", rows(52));
        beside(vec![sheet(&name, &text)])
    };
    let places = [
        "brackets of the title",
        "corner",
        "row over the headings",
        "brackets of the heading",
        "brackets of the sheet's name",
        "note",
    ];
    for place in places {
        for words in ELSEWHERE {
            let read = table(place, words);
            assert!(is_asked(&read, "staff_actual"), "{place}: {words}: {:?}", facts(&read, "staff_actual"));
        }
        for words in ["2020年度", "2020年1-12月", "截至2020年12月31日", "定稿"] {
            let read = table(place, words);
            assert!(is_certain(&read, "staff_actual", "52"), "{place}: {words}");
        }
    }
}

#[test]
fn a_note_speaks_against_the_facts_that_it_names_and_one_that_compares_or_asks_against_none() {
    let noted = |note: &str| beside(vec![sheet("基础数据表", &format!("基础数据表\n{HEAD}\n{}\n{note}", rows(52)))]);
    for note in [
        "注：年末在编人数为2020年6月末数。",
        "说明：年末在编人数不含借调人员。",
        "更正：年末在编人数应为49人",
        "注：1.单位均为规定单位；2.年末在编人数取自2019年决算。",
    ] {
        let read = noted(note);
        assert!(is_asked(&read, "staff_actual"), "{note}: {:?}", facts(&read, "staff_actual"));
        assert!(is_certain(&read, "staff_quota", "54"), "{note}");
    }
    for note in [
        "注：年末在编人数较2019年减少2人。",
        "注：年末在编人数减少，主要因2019年退休。",
        "说明：请如实填列年末在编人数，不得填2019年数。",
        "注：年末在编人数为2020年12月31日数。",
        "注：2019年“三公”经费预算为7.1万元。",
        "更正：",
    ] {
        assert!(is_certain(&noted(note), "staff_actual", "52"), "{note}");
    }
}

#[test]
fn a_column_of_scope_speaks_against_its_row_alone() {
    for (heading, said) in
        [("所属期间", "2020年1-9月"), ("统计口径", "局属二级单位"), ("数据性质", "预计数"), ("版本", "初稿")]
    {
        let text = format!(
            "基础数据表\n数据项 | 数值 | 单位 | {heading}\n年末在编人数 | 52 | 人 | {said}\n核定编制数 | 54 | 人 | 2020年末\n编外人员数 | 2 | 人 |"
        );
        let read = beside(vec![sheet("基础数据表", &text)]);
        assert!(is_asked(&read, "staff_actual"), "{heading}: {said}: {:?}", facts(&read, "staff_actual"));
        assert!(is_certain(&read, "staff_quota", "54"), "{heading}: {said}");
    }
    let text = "基础数据表\n数据项 | 数值 | 单位 | 统计口径\n“三公”经费预算数 | 6.8 | 万元 | 一般公共预算\n年末在编人数 | 52 | 人 | 含下属单位";
    let read = beside(vec![sheet("基础数据表", text)]);
    assert!(is_certain(&read, "sangong_budget", "6.8"), "{:?}", facts(&read, "sangong_budget"));
}

#[test]
fn a_heading_that_says_the_whole_year_heads_values() {
    for heading in ["2020年1-12月", "截至2020年12月31日", "二〇二〇年度", "2020年全年累计数"] {
        let read = beside(vec![sheet("基础数据表", &format!("基础数据表\n数据项 | {heading} | 单位\n{}", rows(52)))]);
        assert!(is_certain(&read, "staff_actual", "52"), "{heading}");
    }
    let read = beside(vec![sheet("基础数据表", &format!("基础数据表\n数据项 | 2019年1-12月 | 单位\n{}", rows(52)))]);
    assert!(facts(&read, "staff_actual").iter().all(|one| one.contains("doubtful")));
}

#[test]
fn rows_of_one_indicator_state_its_points_together_whether_each_has_a_score_or_not() {
    // 公用经费控制率: 3 and 3 of 6.
    let told = |rows: &str, code: Code| {
        let text = format!(
            "2020年度部门整体支出绩效评分表\n单位名称：榕江区图书馆 | | 评价年度：2020年度\n三级指标 | 分值 | 指标说明 | 自评得分\n预算编制合理性 | 5 | | 5\n绩效目标完整性 | 3 | | 3\n管理制度健全性 | 3 | | 3\n{rows}\n综合评分 | | | 16\n评分等级 | | | 差"
        );
        audited(read(vec![sheet("评分表", &text)])).findings.iter().any(|finding| finding.code == code)
    };
    let split = "公用经费控制率 | 3 | “三公”经费控制率 | 5\n | 3 | 日常公用经费控制率 |";
    assert!(!told(split, Code::PointsAltered));
    assert!(!told(&split.replace("控制率 |\n", "控制率 | —\n"), Code::PointsAltered));
    assert!(told("公用经费控制率 | 3 | “三公”经费控制率 | 5\n | 2 | 日常公用经费控制率 |", Code::PointsAltered));
    // A detail below the whole is no more of it.
    assert!(!told("公用经费控制率 | 6 | 公用经费控制情况 | 5\n | 3 | 其中：“三公”经费控制率 |", Code::PointsAltered));
    let summed = "公用经费控制率 | 3 | “三公”经费控制率 | 3\n | 3 | 日常公用经费控制率 | 2\n小计 | 6 | | 5";
    assert!(!told(summed, Code::SectionTotalMismatch));
    assert!(!told(summed, Code::IndicatorUnknown));
}

#[test]
fn the_budget_at_the_years_beginning_beside_what_was_added_is_not_the_whole() {
    let total = |heads: &str, rows: &str| {
        let table =
            format!("部门整体支出绩效目标完成情况自评表\n任务名称 | 完成情况 | {heads} | 执行数（万元）\n{rows}");
        let read = beside(vec![sheet("自评表", &table)]);
        let audit = audited(read);
        let of_it = audit.facts.iter().find(|fact| fact.id == "budget_total" && fact.certain);
        of_it.map(|fact| fact.value.clone())
    };
    let rows =
        "基本支出 | 已完成 | 1700 | 100 | 1770\n项目支出 | 已完成 | 1000 | 400 | 1334\n金额合计 | | 2700 | 500 | 3104";
    assert_eq!(total("年初预算数（万元） | 年中追加（万元）", rows), None);
    assert_eq!(total("本级预算数（万元） | 下属单位预算数（万元）", rows), None);
    assert_eq!(total("年初预算数（万元） | 调整后预算数（万元）", rows).as_deref(), Some("500"));
}

#[test]
fn words_that_a_format_draws_are_read_and_a_name_with_a_word_more_is_another() {
    for label in ["实际在用固定资产数量", "按期完成子项目数"] {
        let unit = if label.contains("固定") { "万元" } else { "个" };
        let read =
            beside(vec![sheet("基础数据表", &format!("基础数据表\n{HEAD}\n{}\n{label} | 40 | {unit}", rows(52)))]);
        for id in ["assets_in_use", "projects_finished"] {
            assert!(facts(&read, id).iter().all(|one| one.contains("doubtful")), "{label}: {:?}", facts(&read, id));
        }
    }
    for (label, id) in
        [("2020年核定编制数", "staff_quota"), ("本单位核定编制数", "staff_quota"), ("核定编制数/人", "staff_quota")]
    {
        let text = format!("基础数据表\n{HEAD}\n年末在编人数 | 52 | 人\n{label} | 54 | 人");
        assert!(is_certain(&beside(vec![sheet("基础数据表", &text)]), id, "54"), "{label}");
    }
    for label in ["2019年核定编制数", "2019核定编制数"] {
        let text = format!("基础数据表\n{HEAD}\n年末在编人数 | 52 | 人\n{label} | 54 | 人");
        let read = beside(vec![sheet("基础数据表", &text)]);
        assert!(!is_certain(&read, "staff_quota", "54"), "{label}: {:?}", facts(&read, "staff_quota"));
    }
}
