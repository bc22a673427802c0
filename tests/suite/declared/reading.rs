//! How forms are found in a workbook, and what is read of them.

use fuhe::rulebook::builtin;
use fuhe::submission::ClaimedScore;
use fuhe::submission::declared::{find, without_forms};

use super::written::{audit, audited, codes, count, declared, forms, head, line, says, sheet, workbook};
use crate::said::value_of;

const ROWS: &str = "产出指标 | 数量指标 | 清淤长度 | ≥12公里 | 12.6公里 | 90 | 90 |\n总分 | | | | | 100 | 100\n";

fn one(project: &str) -> String {
    format!("{}{ROWS}", head("50 | 50 | 50 | 10 | 100% | 10")).replace("河道清淤", project)
}

#[test]
fn forms_are_numbered_through_the_workbook_by_sheet_and_from_the_top() {
    let stacked = format!("{}\n\n{}", one("甲"), one("乙"));
    let found =
        forms(vec![sheet("说明", "填表说明\n一、请如实填写"), sheet("附件1", &stacked), sheet("附件2", &one("丙"))]);
    let names: Vec<_> = found
        .iter()
        .map(|form| (form.number, form.sheet.as_str(), form.project.as_ref().map_or("", |project| &project.value)))
        .collect();
    assert_eq!(names, [(1, "附件1", "甲"), (2, "附件1", "乙"), (3, "附件2", "丙")]);
    let first = audited(&found[1]);
    assert_eq!((first.form, first.sheet.as_deref(), first.project.as_deref()), (Some(2), Some("附件1"), Some("乙")));
    assert_eq!((first.unit.as_deref(), first.year), (Some("云溪县河道管理所"), Some(2020)));
    assert_eq!(line(&first, "row-1").source.as_ref().map(|source| source.cell.as_str()), Some("G19"));
}

#[test]
fn a_header_repeated_at_a_page_break_under_the_title_goes_on_with_the_same_form() {
    let text = format!(
        "{}产出指标 | 数量指标 | 清淤长度 | ≥12公里 | 12.6公里 | 50 | 50 |\n项目支出绩效自评表（续）\n\
         一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施\n\
         效益指标 | 社会效益 | 防洪面积 | ≥8平方公里 | 8平方公里 | 40 | 40 |\n总分 | | | | | 100 | 100",
        head("50 | 50 | 50 | 10 | 100% | 10")
    );
    let audit = audit(&text);
    assert_eq!(audit.indicators.len(), 3);
    assert_eq!(says(&audit, "row-2"), "40.00..40.00 agrees 0");
}

#[test]
fn a_form_without_its_title_is_found_by_project_money_and_rows() {
    let text: String = one("甲").lines().skip(2).map(|line| format!("{line}\n")).collect();
    let found = forms(vec![sheet("Sheet1", &text)]);
    assert_eq!(found.len(), 1);
    assert!(audited(&found[0]).findings.iter().any(|finding| finding.code.as_str() == "year-missing"));
}

#[test]
fn a_scorecard_and_a_table_of_tasks_are_no_forms() {
    let card = "2020年度部门整体支出绩效评分表\n一级指标 | 二级指标 | 三级指标 | 分值 | 得分\n部门决策 | 预算编制 | 预算编制合理性 | 5 | 5";
    let tasks = "部门预算完成情况自评表\n任务名称 | 完成情况 | 预算数（万元） | 执行数（万元）\n人员经费 | 完成 | 10 | 9\n\
                 一级指标 | 二级指标 | 三级指标 | 预期指标值 | 实际完成指标值\n产出 | 数量 | 项目数 | 8个 | 8个";
    let base = "基础数据表\n序号 | 项目名称 | 数值 | 单位\n1 | 部门预算总规模 | 100 | 万元";
    assert!(forms(vec![sheet("评分表", card), sheet("自评表", tasks), sheet("基础数据", base)]).is_empty());
}

#[test]
fn a_card_and_other_tables_in_the_same_sheet_are_left_to_their_own_readers() {
    let card = "2020年度部门整体支出绩效评分表\n一级指标 | 二级指标 | 三级指标 | 分值 | 得分\n部门决策 | 预算编制 | 预算编制合理性 | 5 | 5\n合计 | | | 100 | 92";
    let tasks = "一级指标 | 二级指标 | 三级指标 | 预期指标值 | 实际完成指标值\n产出 | 数量 | 项目数 | 8个 | 8个";
    for text in [format!("{}{card}", one("甲")), format!("{card}\n{}", one("甲")), format!("{}{tasks}", one("甲"))] {
        let book = workbook(vec![sheet("附件", &text)]);
        let found = find(
            fuhe::vocabulary::Vocabulary::builtin(),
            &book,
            "自评.xlsx",
            declared(),
            &fuhe::submission::Effort::default(),
        );
        assert_eq!((found.len(), found[0].rows.len()), (1, 1), "{text}");
        assert_eq!(says(&audited(&found[0]), "row-1"), "90.00..90.00 agrees 0");
        assert_eq!(found[0].total.as_ref().map(|total| total.value), Some(100.into()));
        let rest = without_forms(&book, &found);
        let texts = format!("{:?}", rest.sheets[0].cells);
        assert!(texts.contains("三级指标") && !texts.contains("清淤长度"), "{text}");
    }
}

#[test]
fn a_blank_template_is_said_to_be_blank() {
    let text = "项目支出绩效自评表\n（  年度）\n项目名称 |\n主管部门 | | 实施单位 |\n\
                项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分\n | 年度资金总额 | | | | 10 | |\n\
                一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施\n\
                产出指标 | 数量指标 | 指标1： | | | | |\n | | …… | | | | |\n总分 | | | | | 100 | ";
    let found = forms(vec![sheet("表", text)]);
    assert_eq!((found.len(), found[0].blank, found[0].rows.len()), (1, true, 0));
    assert!(!forms(vec![sheet("表", &one("甲"))])[0].blank);
}

#[test]
fn a_regional_form_with_weights_in_labels_and_split_values_is_read_whatever_its_order() {
    let text = "2020年度项目绩效自评表\n项目名称：农村公路养护 | | 主管部门：南屏市交通运输局\n\
        项目资金（万元） | | 全年执行数 | 全年预算数 | 自评得分 | 分值 | 执行率\n | 资金总额 | 480 | 500 | 19.2 | 20 | 96%\n\
        财政审定评分 | 自评得分 | 三级指标 | 一级指标 | 指标性质 | 指标值 | 度量单位 | 实际完成值 | 二级指标\n\
        30 | 40 | 养护里程（40分） | 产出指标（70分） | ≥ | 200 | 公里 | 212 | 数量指标 #D6:D7\n\
        29 | 28 | 优良路率 （30分） | | ≥ | 90 | % | 84 | 质量指标\n\
        9 | 10 | 通行条件（10分） | 效益指标（10分） | 定性 | 改善 | | 达成 | 社会效益\n\
        合计 | 97.2";
    let audit = audit(text);
    assert_eq!((audit.unit.as_deref(), audit.project.as_deref()), (Some("南屏市交通运输局"), Some("农村公路养护")));
    // 20 × 480 ÷ 500 = 19.2; 30 × 84 ÷ 90 = 28; 10 × 80 % to 10.
    assert_eq!(says(&audit, "budget"), "19.20..19.20 agrees 0");
    assert_eq!(says(&audit, "row-1"), "40.00..40.00 agrees 0");
    assert_eq!(says(&audit, "row-2"), "28.00..28.00 agrees 0");
    assert_eq!(says(&audit, "row-3"), "8.00..10.00 unverifiable 2.00");
    assert_eq!(line(&audit, "row-2").name, "优良路率");
    assert_eq!(count(&audit, "weights-mismatch"), 0);
    let facts: Vec<_> =
        audit.facts.iter().map(|fact| (fact.id.as_str(), fact.value.as_str(), fact.unit.as_deref())).collect();
    assert_eq!(
        facts[2..5],
        [
            ("row-1.target", "200", Some("公里")),
            ("row-1.actual", "212", Some("公里")),
            ("row-2.target", "90", Some("%"))
        ]
    );
}

#[test]
fn a_header_of_two_rows_under_a_merged_heading_is_one_header() {
    let text = format!(
        "{}一级指标 | 二级指标 | 三级指标 | 指标值 | | 分值 | 得分 #D7:E7\n | | | 年初设定值 | 全年完成值\n\
         产出指标 | 数量指标 | 清淤长度 | ≥12公里 | 11.4公里 | 90 | 85.5\n总分 | | | | | 100 | 95.5",
        head("50 | 50 | 50 | 10 | 100% | 10").lines().take(6).map(|line| format!("{line}\n")).collect::<String>()
    );
    // 90 × 11.4 ÷ 12 = 85.5.
    assert_eq!(says(&audit(&text), "row-1"), "85.50..85.50 agrees 0");
}

#[test]
fn merged_and_unmerged_labels_hold_for_the_rows_below_and_state_their_weights() {
    let text = format!(
        "{}产出指标（50分） | 数量指标 | 甲 | ≥1个 | 1个 | 30 | 30 |\n | | 乙 | ≥1个 | 1个 | 15 | 15 |\n\
         效益指标（40分） | 社会效益 | 丙 | ≥1个 | 1个 | 45 | 45 |\n总分 | | | | | 100 | 100",
        head("50 | 50 | 50 | 10 | 100% | 10")
    );
    let audit = audit(&text);
    assert_eq!(count(&audit, "weights-mismatch"), 2, "50 against 45, 40 against 45; 100 in all");
}

#[test]
fn rows_that_name_no_indicator_are_no_rows() {
    let text = format!(
        "{}产出指标 | 数量指标 | 甲 | ≥1个 | 1个 | 90 | 90 |\n | 质量指标 | 指标1： | | | | |\n | | …… | | | | |\n\
         产出指标小计 | | | | | 90 | 90 | #A11:E11\n总分 | | | | | 100 | 100",
        head("50 | 50 | 50 | 10 | 100% | 10")
    );
    assert_eq!(audit(&text).indicators.len(), 2);
}

#[test]
fn without_a_column_of_weights_nothing_is_guessed() {
    let text = "项目支出绩效自评表\n（2020年度）\n项目名称 | 路灯\n实施单位 | 路灯所\n\
        项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 | 得分\n | 年度资金总额 | 66 | 66 | 66 | 100% | 10\n\
        一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分\n产出指标 | 数量指标 | 路灯 | ≥900盏 | 900盏 | 85\n总分 | | | | | 95";
    let audit = audit(text);
    assert_eq!(says(&audit, "budget"), "0.00..null unverifiable 10.00");
    assert_eq!(says(&audit, "row-1"), "0.00..null unverifiable 85.00");
    assert_eq!(crate::engine::settled(&line(&audit, "budget").settled_by), ["budget.weight"]);
    assert_eq!(crate::engine::settled(&line(&audit, "row-1").settled_by), ["row-1.weight"]);
    let json = value_of(&audit);
    assert_eq!(json["recomputed"]["high"], serde_json::Value::Null);
    assert_eq!(json["recomputed"]["grade_high"], serde_json::Value::Null);
    assert_eq!((&json["recomputed"]["low"], &json["recomputed"]["ceiling"]), (&"0.00".into(), &"95.00".into()));
    assert_eq!(json["points"]["unverifiable"], "95.00");
    assert_eq!(codes(&audit, None), ["weight-missing"]);
}

#[test]
fn amounts_are_read_in_the_unit_of_label_corner_heading_or_number() {
    let planned = |text: &str| {
        let audit = audit(text);
        (audit.facts[0].value.clone(), audit.facts[0].source.text.clone())
    };
    let yuan = one("甲").replace("50 | 50 | 50", "\"500,000.00\" | 500000 | 500000");
    assert_eq!(planned(&yuan.replace("（万元）", "（元）")).0, "50");
    assert_eq!(
        planned(&yuan.replace("项目资金（万元）", "项目资金").replace("（2020年度）", "（2020年度） | 单位：元")).0,
        "50"
    );
    assert_eq!(
        planned(&yuan.replace("项目资金（万元）", "项目资金").replace("（A）", "（元）").replace("（B）", "（元）")).0,
        "50"
    );
    assert_eq!(
        planned(&one("甲").replace("50 | 50 | 50", "50 | 50万元 | 50万元")),
        ("50".to_owned(), "50万元".to_owned())
    );
}

#[test]
fn amounts_without_any_unit_are_taken_as_ten_thousands_and_one_beside_others_is_unknown() {
    let bare = audit(&one("甲").replace("（万元）", ""));
    assert_eq!(count(&bare, "unit-assumed"), 1);
    assert_eq!(says(&bare, "budget"), "10.00..10.00 agrees 0");
    let mixed = audit(&one("甲").replace("（万元）", "").replace("50 | 50 | 50", "50万元 | 50万元 | 50"));
    assert_eq!(codes(&mixed, Some("budget")), ["unverifiable-score", "unit-ambiguous"]);
    assert_eq!(crate::engine::settled(&line(&mixed, "budget").settled_by), ["budget.spent"]);
}

#[test]
fn a_claim_that_is_empty_negative_or_no_number_is_invalid_and_a_formula_without_a_result_is_open() {
    let text = format!(
        "{}产出指标 | 数量指标 | 甲 | ≥1个 | 1个 | 30 | |\n | | 乙 | ≥1个 | 1个 | 30 | -5 |\n | | 丙 | ≥1个 | 1个 | 20 | 优秀 |\n\
         | | 丁 | ≥1个 | 1个 | 10 | = |\n总分 | | | | | 100 | 10",
        head("50 | 50 | 50 | 10 | 100% | 10")
    );
    let found = forms(vec![sheet("表", &text)]);
    let scores: Vec<_> = found[0].rows.iter().map(|row| row.claim.score).collect();
    assert_eq!(scores[0], ClaimedScore::Missing);
    let audit = audited(&found[0]);
    for row in ["row-1", "row-2", "row-3"] {
        assert!(says(&audit, row).contains("invalid"), "{row}");
    }
    assert_eq!(codes(&audit, Some("row-1")), ["score-missing"]);
    assert_eq!(codes(&audit, Some("row-2")), ["negative-score", "loss-unexplained"].get(..1).expect("one"));
    assert_eq!(codes(&audit, Some("row-3")), ["score-not-a-number"]);
    // Its cell is not empty: something is claimed there, and the file does not say what. Whoever opens it sees the number.
    assert!(says(&audit, "row-4").contains("unverifiable"));
    assert_eq!(codes(&audit, Some("row-4")), ["formula-without-value"]);
}

#[test]
fn a_weight_merged_over_two_indicators_belongs_to_neither() {
    let text = format!(
        "{}产出指标 | 数量指标 | 甲 | ≥1个 | 1个 | 90 | 40 | #F8:F9\n | | 乙 | ≥1个 | 1个 | | 50 |\n总分 | | | | | 100 | 100",
        head("50 | 50 | 50 | 10 | 100% | 10")
    );
    let audit = audit(&text);
    assert_eq!(says(&audit, "row-1"), "0.00..null unverifiable 40.00");
    assert_eq!(says(&audit, "row-2"), "0.00..null unverifiable 50.00");
    assert_eq!(count(&audit, "weight-missing"), 2);
}

#[test]
fn where_the_block_of_money_claims_nothing_a_row_about_execution_is_the_budgets() {
    let text = "项目支出绩效自评表\n（2020年度）\n项目名称 | 路灯\n实施单位 | 路灯所\n\
        项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数\n | 年度资金总额 | 66 | 66 | 33\n\
        一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n\
        预算执行（20分） | 预算执行率 | 预算执行率 | 100% | 50% | 20 | 12\n产出指标 | 数量指标 | 路灯 | ≥900盏 | 900盏 | 80 | 80\n总分 | | | | | 100 | 92";
    let audit = audit(text);
    // 20 × 33 ÷ 66 = 10.
    assert_eq!(says(&audit, "budget"), "10.00..10.00 overstated 2.00");
    assert_eq!(line(&audit, "row-1").name, "路灯");
    assert_eq!(count(&audit, "weights-mismatch"), 0);
}

#[test]
fn a_year_in_the_projects_name_is_not_the_forms() {
    let text = one("2018年结转河道清淤");
    assert_eq!(audit(&text).year, Some(2020));
    assert_eq!(audit(&text.replace("（2020年度）", "（ 年度）")).year, None);
    assert_eq!(audit(&text.replace("（2020年度）", "（二〇二一年度）")).year, Some(2021));
}

#[test]
fn a_projects_name_in_the_cell_of_its_label_keeps_its_lines_blanks_and_colons_and_ends_at_the_next_label() {
    let named = |head: &str| {
        let text = one("河道").replace("项目名称 | 河道", head);
        assert!(text.contains(head), "{text}");
        let audit = audit(&text);
        (audit.project.clone().unwrap_or_default(), audit.unit.clone())
    };
    let long = "河道清淤整治".repeat(40);
    for name in [&long, "水利专项：河道清淤整治", "2020年  河道清淤整治", "河道 清淤整治（编号：A-12）"]
    {
        assert_eq!(named(&format!("项目名称：{name}")).0, name);
    }
    let (project, _) = named("项目名称：河道清淤 主管部门：某县水利局");
    assert_eq!(project, "河道清淤");
}

#[test]
fn hidden_rows_of_a_form_are_read_and_said_to_be_hidden() {
    let mut hidden = sheet("附件", &one("甲"));
    hidden.hidden_rows = vec![(7, 7)];
    let audit = audited(&forms(vec![hidden])[0]);
    assert_eq!(count(&audit, "hidden-data"), 1);
    assert_eq!(says(&audit, "row-1"), "90.00..90.00 agrees 0");
}

#[test]
fn the_rulebook_holds_what_the_form_counts_with() {
    let text = fuhe::rulebook::builtin_text("project-2020").expect("a built-in rulebook");
    let older = text.replace("\"60%\"", "\"50%\"");
    let loaded = fuhe::rulebook::load("older.toml", &older).expect("an older edition");
    let older = loaded.own_rows().expect("a declared form");
    assert_eq!(older.levels[1].from, "0.5".parse().expect("a half"));
    assert!(
        builtin("project-2020").is_some_and(|rulebook| rulebook.years.from.is_none() && rulebook.years.to.is_none())
    );
}
