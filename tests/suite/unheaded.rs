//! What stands outside of tables with a header: labels and values side by side, one above the other, in one cell, and where two
//! labels name a fact together. What a careful clerk would read is read, and nothing else.

use crate::sheets::{codes, fact, facts, merged, read, sheet};
use fuhe::submission::Submission;

const CARD: &str = "
单位名称：榕江区图书馆 | | | 评价年度：2020年度
三级指标 | 分值 | 自评得分
财政供养人员控制率 | 1 | 1
公用经费控制率 | 6 | 6
公众或服务对象满意度 | 6 | 6";

fn with(name: &str, rows: &str) -> Submission {
    read(vec![sheet("评分表", CARD), sheet(name, rows)])
}

/// No value at all, or none that is believed.
fn is_open(submission: &Submission, id: &str) -> bool {
    facts(submission, id).iter().all(|one| one.contains("doubtful"))
}

#[test]
fn labels_beside_their_values_are_read_without_a_header() {
    for rows in [
        "核定编制数 | 48\n年末在编人数 | 46",
        "核定编制数 | 48 | 人\n年末在编人数 | 46 | 人",
        "核定编制数 | 人 | 48\n年末在编人数 | 人 | 46",
        "1 | 核定编制数（人） | 48 | | 2 | 年末在编人数（人） | 46",
        "人员情况\n（1）核定编制数： | 48人\n（2）年末在编人数： | 46人",
        "事项 | 情况说明\n核定编制数 | 48\n年末在编人数 | 46",
        "事项 | 2019 | 2020\n核定编制数 | 45 | 48\n年末在编人数 | 44 | 46",
    ] {
        let read = with("基本情况", rows);
        assert!(fact(&read, "staff_quota").starts_with("48 "), "{rows}: {:?}", facts(&read, "staff_quota"));
        assert!(fact(&read, "staff_actual").starts_with("46 "), "{rows}: {:?}", facts(&read, "staff_actual"));
    }
}

#[test]
fn labels_above_their_values_are_read() {
    for rows in [
        "核定编制数 | 年末在编人数\n48 | 46",
        "财政供养人员情况\n核定编制数（人） | 年末在编人数（人） | 控制率\n48 | 46 | 0.9583",
        "人员情况 | 核定编制数 | 年末在编人数\n | 48 | 46",
        "项目 | 核定编制数 | 年末在编人数\n上年数 | 45 | 44\n本年数 | 48 | 46",
        "单位 | 核定编制数 | 年末在编人数\n少儿馆 | 8 | 7\n总馆 | 40 | 39\n合计 | 48 | 46",
    ] {
        let read = with("基本情况", rows);
        assert!(fact(&read, "staff_quota").starts_with("48 "), "{rows}: {:?}", facts(&read, "staff_quota"));
        assert!(fact(&read, "staff_actual").starts_with("46 "), "{rows}: {:?}", facts(&read, "staff_actual"));
    }
}

#[test]
fn who_fills_in_and_the_unit_stand_over_a_table_and_head_none_of_its_columns() {
    let table = "财政供养人员情况 | 核定编制数 | 年末在编人数 | 控制率\n | 48 | 46 | 0.9583";
    for caption in [
        "填报单位：榕江区图书馆 | | | 单位：万元",
        "单位名称：榕江区图书馆 | | 单位：人 |",
        "填报单位：榕江区图书馆 | | | 金额单位：万元、个",
        "单位：榕江区图书馆 | 填报日期：2021年3月5日 | | 单位：人",
        "| 填报单位：榕江区图书馆 | | （单位：万元）",
    ] {
        let read = with("基础数据表", &format!("部门基础数据表\n{caption}\n{table}"));
        assert!(fact(&read, "staff_quota").starts_with("48 "), "{caption}: {:?}", facts(&read, "staff_quota"));
        assert!(!is_open(&read, "staff_actual"), "{caption}: {:?}", facts(&read, "staff_actual"));
    }
    // The figures of those below are not the whole, whoever's name stands over them.
    for caption in [
        "单位：榕江区图书馆 | 填报时间：2020年6月 | | 单位：人",
        "填报单位：下属单位 | | | 单位：人",
        "| 下属单位 | 下属单位 |",
        "本级 | | 少儿馆",
    ] {
        let read = with("基础数据表", &format!("部门基础数据表\n{caption}\n{table}"));
        assert!(is_open(&read, "staff_quota") || is_open(&read, "staff_actual"), "{caption}");
    }
}

#[test]
fn a_label_and_its_value_in_one_cell_are_read() {
    for rows in [
        "核定编制数：48人；年末在编人数：46人。",
        "'1. 核定编制数：48人⏎2. 年末在编人数：46人",
        "核定编制数：48 | 年末在编人数：46",
        "核定编制数（人）：48；其中：年末在编人数（人）：46",
    ] {
        let read = with("基本情况", rows);
        assert!(fact(&read, "staff_quota").starts_with("48 "), "{rows}: {:?}", facts(&read, "staff_quota"));
        assert!(fact(&read, "staff_actual").starts_with("46 "), "{rows}: {:?}", facts(&read, "staff_actual"));
    }
}

#[test]
fn two_labels_that_name_a_fact_together_are_read_where_they_cross() {
    for rows in [
        "单位：万元\n项目 | 预算数 | 实际支出数\n“三公”经费 | 6.8 | 4.15",
        "项目（万元） | “三公”经费\n预算数 | 6.8\n实际支出数 | 4.15",
        "“三公”经费（万元） | 预算数 | 6.8\n | 实际支出数 | 4.15",
        "“三公”经费（万元） | 预算数 | 6.8 | 实际支出数 | 4.15",
        "单位：万元\n“三公”经费 | 预算数 | 6.8 | 决算数 | 4.15",
        "经费控制情况（单位：万元） | 上年决算数 | 本年预算数 | 本年决算数\n“三公”经费 | 29.08 | 6.8 | 4.15",
        "单位：万元\n经费 | 2019年决算数 | 2020年预算数 | 2020年决算数\n一、三公经费 | 29.08 | 6.8 | 4.15\n其中：公务接待费 | 9 | 2 | 1",
    ] {
        let sheet = sheet("经费", rows);
        let sheet = if rows.starts_with("“三公”") { merged(sheet, &["A1:A2"]) } else { sheet };
        let read = read(vec![crate::sheets::sheet("评分表", CARD), sheet]);
        assert!(fact(&read, "sangong_budget").starts_with("6.8 "), "{rows}: {:?}", facts(&read, "sangong_budget"));
        assert!(fact(&read, "sangong_actual").starts_with("4.15 "), "{rows}: {:?}", facts(&read, "sangong_actual"));
    }
}

#[test]
fn a_row_that_narrows_what_a_heading_names_is_not_the_whole() {
    for rows in [
        // A part of the three kinds of expenses.
        "单位：万元\n项目 | 本年预算数\n其中：公务接待费 | 2",
        // Vehicles are counted, not people.
        "项目 | 编制数\n公务用车 | 6",
        "项目 | 核定编制数\n车辆 | 6\n船舶 | 2",
        // A target is no actual, and nor is a standard.
        "2020年绩效目标表\n服务对象满意度 | 90%",
        "项目 | 目标值\n服务对象满意度 | 90%",
        "项目 | 参考值\n核定编制数 | 50",
        // Years as numbers.
        "项目 | 2019\n核定编制数 | 45",
        // Somebody else's.
        "少儿馆\n核定编制数 | 8",
        "（二）少儿馆\n核定编制数 | 年末在编人数\n8 | 7",
        "项目 | 少儿馆\n核定编制数 | 8",
        "单位 | 核定编制数\n少儿馆 | 8",
        // Last year's and next year's.
        "单位：万元\n项目 | 上年预算数\n“三公”经费 | 29.08",
        "单位：万元\n项目 | 2019年预算数 | 2021年预算数\n“三公”经费 | 29.08 | 7",
    ] {
        let read = with("基本情况", rows);
        for id in ["sangong_budget", "staff_quota", "staff_actual", "satisfaction"] {
            assert!(is_open(&read, id), "{rows}: {:?}", facts(&read, id));
        }
    }
}

#[test]
fn a_quarters_column_may_hold_the_quarters_own_figures_and_is_asked_about() {
    let rows = "项目 | 一季度 | 二季度 | 三季度 | 四季度\n部门预算支出进度（%） | 22.5 | 48.2 | 71.9 | 96.3";
    let read = with("进度", rows);
    assert!(
        !facts(&read, "q1_progress").is_empty() && is_open(&read, "q1_progress"),
        "{:?}",
        facts(&read, "q1_progress")
    );
}

#[test]
fn a_near_name_without_a_header_is_listed_and_never_read() {
    for (label, value) in
        [("核定车辆编制数", "6"), ("年末在岗人数", "46"), ("服务对象满意度得分", "5"), ("信访办理回复数", "12")]
    {
        let read = with("基本情况", &format!("{label} | {value}"));
        for id in ["staff_quota", "staff_actual", "satisfaction", "petition_reply_rate"] {
            assert!(is_open(&read, id), "{label}: {:?}", facts(&read, id));
        }
        assert!(read.unused.iter().any(|one| one.label == label), "{label}: {:?}", read.unused);
    }
}

#[test]
fn values_of_another_year_or_unit_or_of_a_draft_are_listed_with_their_reason_and_not_read() {
    for (name, rows, why) in [
        ("2019年基本情况", "核定编制数 | 45", "other-year"),
        ("基本情况", "2019年基础数据\n核定编制数 | 45", "other-year"),
        ("基本情况", "项目 | 2019年 | 备注\n核定编制数 | 45", "other-year"),
        ("基本情况", "附：上年同期数据表\n核定编制数 | 45", "other-year"),
        ("基本情况", "项目 | 初稿\n核定编制数 | 45", "draft"),
    ] {
        let read = with(name, rows);
        assert!(is_open(&read, "staff_quota"), "{name} {rows}: {:?}", facts(&read, "staff_quota"));
        assert!(read.unused.iter().any(|one| one.why.as_str() == why), "{name} {rows}: {:?}", read.unused);
    }
}

#[test]
fn two_places_that_differ_are_both_candidates() {
    let read = with("基本情况", "核定编制数 | 48\n\n核定编制数：50人");
    assert_eq!(facts(&read, "staff_quota").len(), 2, "{:?}", facts(&read, "staff_quota"));
}

#[test]
fn a_value_outside_of_all_tables_never_outranks_a_row_of_one() {
    for (row, read) in [
        // The row says it.
        ("1 | 核定编制数 | 48 | 人", "48 at 基础数据表!C2"),
        // A slip, a near name, a remark, a paper instead of a figure, nothing: what stands elsewhere is a candidate at most.
        ("1 | 核定遍制数 | 48 | 人", ""),
        ("1 | 核定车辆编制数 | 48 | 辆", ""),
        ("1 | 核定编制数（以编办批复为准） | 48 | 人", ""),
        ("1 | 核定编制数 | 见附件2 | 人", ""),
        ("1 | 核定编制数 | | 人", ""),
    ] {
        let base = format!("序号 | 数据项 | 数值 | 单位\n{row}\n2 | 服务对象满意度 | 96.8 | %");
        let found = crate::sheets::read(vec![
            sheet("评分表", CARD),
            sheet("基础数据表", &base),
            sheet("人员情况", "核定编制数 | 12\n年末在编人数 | 15"),
        ]);
        let certain: Vec<String> =
            facts(&found, "staff_quota").into_iter().filter(|one| !one.contains("doubtful")).collect();
        assert_eq!(
            certain.join(", ").replace("unreadable at 基础数据表!C2", ""),
            read,
            "{row}: {:?}",
            facts(&found, "staff_quota")
        );
    }
}

#[test]
fn a_word_around_a_value_that_may_narrow_it_makes_it_a_candidate_at_most() {
    for rows in [
        "少儿馆 | 核定编制数 | 12 | 年末在编人数 | 15",
        "工勤岗位 | 核定编制数 | 2",
        "例 | 核定编制数 | 100",
        "核定编制数 | 12 | 少儿馆",
        "少儿馆 | 核定编制数：12人",
        "本馆下设少儿馆，核定编制数：12人，年末在编人数：15人",
        "少儿馆人员情况表\n核定编制数 | 12\n年末在编人数 | 15",
        "2019年度人员情况表 | | 单位：人\n核定编制数 | 40",
        "2019年人员情况表\n填报单位：榕江区图书馆\n核定编制数 | 40",
        "附：上年同期数据\n（一）人员\n核定编制数 | 40",
        "情况 | 公务用车\n核定编制数 | 6",
        "项目 | 参公 | 事业\n核定编制数 | 3 | 45",
        "年份 | 核定编制数 | 年末在编人数\n2019 | 40 | 45",
        " | 在编 | 编外\n人员 | 320.5 | 18",
        "核定编制数 | 年末在编人数 | 所在机构\n12 | 15 | 少儿馆",
        "核定编制数 | 40 | 上年数",
        "核定编制数 | 40 | 人 | 截至6月底",
        "2019 | | \n核定编制数 | 40 | 人",
        "经费 | 金额（万元）\n编外人员 | 18",
    ] {
        let read = with("基本情况", rows);
        for id in ["staff_quota", "staff_actual", "contract_staff"] {
            assert!(is_open(&read, id), "{rows}: {:?}", facts(&read, id));
        }
    }
}

#[test]
fn a_label_merged_over_several_rows_narrows_all_of_them() {
    let rows = "少儿馆 | 核定编制数 | 12 | 固定资产总额（万元） | 30\n | 年末在编人数 | 15 | 编外人员数 | 6";
    let found = crate::sheets::read(vec![sheet("评分表", CARD), merged(sheet("情况", rows), &["A1:A2"])]);
    for id in ["staff_quota", "assets_total", "staff_actual", "contract_staff"] {
        assert!(is_open(&found, id), "{id}: {:?}", facts(&found, id));
    }
    // The department's own name, or a word of the table, narrows nothing.
    let rows = "人员情况 | 核定编制数 | 48\n | 年末在编人数 | 46 | 编外人员数 | 2";
    let found = crate::sheets::read(vec![sheet("评分表", CARD), merged(sheet("情况", rows), &["A1:A2"])]);
    assert!(!is_open(&found, "staff_actual") && !is_open(&found, "contract_staff"), "{:?}", found.facts);
}

#[test]
fn what_another_filer_states_below_in_the_same_sheet_is_a_candidate_at_most() {
    let rows = "填报单位：榕江区图书馆\n核定编制数 | 48\n\n填报单位：榕江区少儿图书馆\n年末在编人数 | 15";
    let found = with("情况", rows);
    assert!(!is_open(&found, "staff_quota") && is_open(&found, "staff_actual"), "{:?}", found.facts);
    let found = with("情况", "少儿馆：1个；核定编制数：12人");
    assert!(is_open(&found, "staff_quota"), "{:?}", found.facts);
}

#[test]
fn the_unit_over_one_list_is_not_that_of_the_next() {
    let read = with("情况", "采购清单 | 单位：元\n部门预算总规模 | 300000\n\n部门情况\n固定资产总额 | 2046.8");
    assert!(
        !facts(&read, "assets_total").iter().any(|one| one.starts_with("0.2")),
        "{:?}",
        facts(&read, "assets_total")
    );
}

#[test]
fn below_the_total_the_same_names_again_are_another_list() {
    let card = format!("{CARD}\n综合评分 | 13 | 13\n\n财政初核\n综合评分 | 13 | 9");
    let found = crate::sheets::read(vec![sheet("评分表", &card)]);
    assert_eq!(found.total.map(|total| total.value), Some(rust_decimal::Decimal::from(13)));
    for below in ["上次评分", "少儿馆自评情况", "整改后预计"] {
        let card =
            format!("{CARD}\n综合评分 | 13 | 13\n\n{below}\n财政供养人员控制率 | 1 | 0.5\n公用经费控制率 | 6 | 2");
        let found = crate::sheets::read(vec![sheet("评分表", &card)]);
        assert_eq!(found.claims.len(), 3, "{below}: {:?}", found.claims);
    }
}

#[test]
fn an_example_or_a_guide_to_filling_in_is_no_statement() {
    for rows in [
        "填表说明\n示例：核定编制数：45人",
        "例如：核定编制数：45人；年末在编人数：44人",
        "核定编制数：请填写",
        "填报说明：核定编制数 | 以编办批复为准",
        "核定编制数 | 按编办文件填列",
    ] {
        let read = with("填表说明", rows);
        assert!(is_open(&read, "staff_quota"), "{rows}: {:?}", facts(&read, "staff_quota"));
        assert!(codes(&read).iter().all(|code| !code.starts_with("fact-unreadable")), "{rows}: {:?}", codes(&read));
    }
}

#[test]
fn points_beside_a_criterion_that_is_called_like_a_fact_are_no_fact() {
    // The card's own rows, and a table of the clauses beside it.
    let card = "
单位名称：榕江区图书馆 | | | 评价年度：2020年度
三级指标 | 分值 | 自评得分
信访及时办理回复率 | 1 | 1
政府采购执行情况 | 2 | 1.92
公众或服务对象满意度 | 6 | 6
预算执行率 | 6 | 5.82";
    let read = read(vec![sheet("评分表", card), sheet("标准", "评分标准\n服务对象满意度 | 6分\n信访办理回复率 | 1分")]);
    for id in ["satisfaction", "petition_reply_rate", "petition_timely_rate"] {
        assert!(is_open(&read, id), "{id}: {:?}", facts(&read, id));
    }
}

#[test]
fn a_card_and_its_base_data_can_stand_side_by_side() {
    let rows = "
部门整体支出绩效评分表 | | | | | 基础数据表
评价指标 | | 评分标准 | 自评得分 | | 数据项 | 数值 | 单位
三级指标 | 分值 | | | | 核定编制数 | 48 | 人
财政供养人员控制率 | 1 | 按标准 | 1 | | 年末在编人数 | 46 | 人
预算执行率 | 6 | 按标准 | 5.82 | | 服务对象满意度 | 96.8 | %
公众或服务对象满意度 | 6 | 按标准 | 6 | | 固定资产总额 | 2046.8 | 万元";
    let read = read(vec![sheet("自评", rows)]);
    for (id, value) in
        [("staff_quota", "48 "), ("staff_actual", "46 "), ("satisfaction", "96.8 "), ("assets_total", "2046.8 ")]
    {
        assert!(fact(&read, id).starts_with(value), "{id}: {:?}", facts(&read, id));
    }
    assert_eq!(read.claims.len(), 3);
}

#[test]
fn the_row_above_a_repeated_header_is_an_entry_even_where_its_name_holds_a_word_of_headings() {
    let rows = "
单位名称：榕江区图书馆 | | | 评价年度：2020年度
三级指标 | 分值 | 自评得分 | 评分标准
财政供养人员控制率 | 1 | 1 | 评分标准
政府采购执行情况 | 2 | 1.92 | 评分标准
三级指标 | 分值 | 自评得分 | 评分标准
预算执行率 | 6 | 5.82 | 评分标准";
    let read = read(vec![sheet("评分表", rows)]);
    assert_eq!(crate::sheets::claim(&read, "procurement"), "1.92 at 评分表!C4");
    assert_eq!(read.claims.len(), 3);
}

/// A card of half of the rulebook's indicators under these headings, each row with these figures.
fn card_under(headings: &str, figures: &str) -> Result<Submission, fuhe::submission::NoSubmission> {
    let names = [
        ("预算编制合理性", 5),
        ("预算编制规范性", 5),
        ("绩效目标完整性", 3),
        ("绩效指标明确性", 7),
        ("政府采购执行情况", 2),
        ("财务合规性", 3),
        ("预决算信息公开", 3),
        ("项目实施程序", 2),
        ("项目监管", 2),
        ("资产管理安全性", 2),
        ("固定资产利用率", 1),
    ];
    let rows: Vec<String> = names
        .iter()
        .map(|(name, points)| format!("{name} | {}", figures.replace("POINTS", &points.to_string())))
        .collect();
    // 11 rows of one point each, 35 points in all.
    let total = format!("合计 | {}", figures.replace("POINTS", "35").replace("1", "11"));
    crate::sheets::read_named(
        "x.xlsx",
        vec![sheet("自评", &format!("2020年度自评\n{headings}\n{}\n{total}", rows.join("\n")))],
    )
}

#[test]
fn a_card_whose_headings_nobody_listed_is_found_by_its_rows() {
    for (headings, figures) in [
        ("事项 | 额度 | 自测", "POINTS | 1"),
        ("考核点 | 分值 | 自评得分", "POINTS | 1"),
        ("三级指标 | 说明 | 分值 | 实际所获", "按要求 | POINTS | 1"),
        ("工作内容 | 本部门得", "1"),
        ("考核点 | 分值 | 自评得分 | 财政复核得分", "POINTS | 1 | 0.5"),
    ] {
        let read = card_under(headings, figures).unwrap_or_else(|why| panic!("{headings}: {why:?}"));
        assert_eq!(read.claims.len(), 11, "{headings}");
        let numbers = read.claims.iter().filter(|claim| matches!(claim.score, fuhe::submission::ClaimedScore::Number(one) if one == rust_decimal::Decimal::ONE));
        assert_eq!(numbers.count(), 11, "{headings}: {:?}", read.claims);
    }
}

#[test]
fn a_card_in_which_nobody_can_say_which_column_is_the_claim_is_not_read() {
    for (headings, figures) in [
        // Only the bureau's.
        ("事项 | 额度 | 财政复核", "POINTS | 1"),
        // Only last year's.
        ("事项 | 额度 | 上年", "POINTS | 1"),
        // Points and nothing else.
        ("事项 | 额度 | 备注", "POINTS | 已完成"),
        // Figures that are no scores of this card: too many, or pages, whose sum is no total.
        ("事项 | 额度 | 金额", "POINTS | 186.4"),
        ("事项 | 额度 | 页码", "POINTS | 0.8"),
    ] {
        let read = card_under(headings, figures);
        assert!(read.is_err(), "{headings}: {:?}", read.map(|read| read.claims));
    }
}

/// How many claims are numbers, and how many are contradicted by another cell.
fn claims_and_rivals(read: &Submission) -> (usize, usize) {
    let numbers = read.claims.iter().filter(|claim| matches!(claim.score, fuhe::submission::ClaimedScore::Number(_)));
    (numbers.count(), read.claims.iter().filter(|claim| !claim.rivals.is_empty()).count())
}

#[test]
fn of_columns_that_no_word_tells_apart_each_may_hold_the_claims() {
    for (headings, figures) in [
        ("事项 | 额度 | 甲 | 乙", "POINTS | 1 | 0.5"),
        ("事项 | 额度 | 甲 | 乙", "POINTS | 0.5 | 1"),
        ("事项 | 额度 | 自测 | 乙 | 丙", "POINTS | 1 | 0.5 | 0.25"),
        ("事项 | 额度 | 自评情况 | 乙", "POINTS | 1 | 0.5"),
        // No heading at all.
        ("2020年度", "POINTS | 1 | 0.5"),
    ] {
        let read = card_under(headings, figures).unwrap_or_else(|why| panic!("{headings}: {why:?}"));
        assert_eq!(claims_and_rivals(&read), (11, 11), "{headings} {figures}");
    }
    // Where both say the same, nothing is open.
    let read = card_under("事项 | 额度 | 甲 | 乙", "POINTS | 1 | 1").expect("a card");
    assert_eq!(claims_and_rivals(&read), (11, 0));
}

#[test]
fn a_card_without_any_heading_is_found_by_its_rows_and_its_sum() {
    for (over, figures) in [
        ("2020年度自评", "POINTS | 1"),
        ("2020年度自评\n单位名称：榕江区图书馆", "POINTS | 1"),
        ("榕江区图书馆", "POINTS | 按标准 | 1"),
        ("2020年度自评", "按标准 | POINTS | 1"),
        ("2020年度自评", "1"),
    ] {
        let read = card_under(over, figures).unwrap_or_else(|why| panic!("{over} {figures}: {why:?}"));
        assert_eq!(claims_and_rivals(&read), (11, 0), "{over} {figures}");
    }
    for (over, figures) in [
        ("财政复核得分", "POINTS | 1"),
        ("2019年度自评", "POINTS | 1"),
        ("上半年自评", "POINTS | 1"),
        // No sum of these is written below.
        ("2020年度自评", "POINTS | 0.8"),
        ("2020年度自评", "POINTS | 已完成"),
    ] {
        let read = card_under(over, figures);
        assert!(read.is_err(), "{over} {figures}: {:?}", read.map(|read| read.claims));
    }
}

#[test]
fn two_columns_under_one_heading_are_both_candidates_whichever_stands_first() {
    let rows = |one: &str, other: &str| {
        let row = |name: &str| format!("{name} | 5 | {one} | {other}");
        let names = ["预算编制合理性", "预算编制规范性", "财务合规性", "预决算信息公开", "项目监管"];
        let rows: Vec<String> = names.iter().map(|name| row(name)).collect();
        format!("2020年度评分表\n三级指标 | 分值 | 自评得分 | \n{}", rows.join("\n"))
    };
    for (one, other, rivals) in [("2", "1", 5), ("1", "2", 5), ("2", "2", 0), ("2", "", 0), ("", "2", 0)] {
        let found = read(vec![merged(sheet("评分表", &rows(one, other)), &["C2:D2"])]);
        assert_eq!(claims_and_rivals(&found), (5, rivals), "{one} | {other}");
    }
    // 定稿 over both makes neither of them the last.
    let final_rows = rows("2", "1").replace("自评得分", "自评得分（定稿）");
    let found = read(vec![merged(sheet("评分表", &final_rows), &["C2:D2"])]);
    assert_eq!(claims_and_rivals(&found), (5, 5));
}

#[test]
fn the_name_of_a_column_beside_those_of_others_is_no_department() {
    let read = with("基本情况", "单位名称 | 核定编制数 | 年末在编人数\n榕江区图书馆 | 45 | 43");
    assert!(codes(&read).iter().all(|code| !code.starts_with("fact-unreadable")), "{:?}", codes(&read));
    let read = with("基本情况", "单位名称 | 榕江区博物馆\n核定编制数 | 45\n年末在编人数 | 43");
    assert!(codes(&read).iter().any(|code| code.starts_with("fact-unreadable")), "{:?}", codes(&read));
}

#[test]
fn a_table_turned_on_its_side_is_read_with_its_units_and_evidence() {
    let blocks = "数据项 | 年末在编人数 | 核定编制数 | 制定财政财务和内控制度 | 固定资产总额\n\
        单位 | 人 | 人 | 是/否 | 万元\n\
        数值 | 43 | 45 | 是 | 2000\n\
        佐证材料 | 人员名册 | 编制批复 | 财务管理办法（榕图〔2019〕3号） | 资产月报\n\
        数据项 | 编外人员数 | 未完成重点工作项数 | 部门预算公开情况 | 实际在用固定资产总额\n\
        单位 | 人 | 项 | 按规定公开/公开但不合要求/未公开 | 万元\n\
        数值 | 2 | 0 | 按规定公开 | 1650\n\
        佐证材料 | 劳务合同 | 督查通报 | 公开截图 | 资产月报";
    for text in [blocks.to_owned(), blocks.replace("\n数据项", "\n\n数据项")] {
        let read = with("基本情况", &text);
        for (id, figure) in [
            ("staff_actual", "43"),
            ("staff_quota", "45"),
            ("assets_total", "2000"),
            ("assets_in_use", "1650"),
            ("contract_staff", "2"),
            ("key_tasks_unfinished", "0"),
        ] {
            let said = facts(&read, id);
            assert!(said.len() == 1 && said[0].starts_with(&format!("{figure} at")), "{text}: {id}: {said:?}");
        }
        let made = read.facts.iter().find(|fact| fact.fact == "rules_made").expect("an answer");
        assert_eq!(made.evidence.as_deref(), Some("财务管理办法（榕图〔2019〕3号）"));
    }
    // A year over the labels holds for them, above the first block and between two.
    let rows = "数据项 | 年末在编人数 | 核定编制数\n数值 | 43 | 45";
    let later = "数据项 | 编外人员数 | 未完成重点工作项数\n数值 | 2 | 1";
    for text in [format!(" | 2019年 | 2019年\n{rows}"), format!("{later}\n | 2019年 | 2019年\n{rows}")] {
        let read = with("基本情况", &text);
        assert!(is_open(&read, "staff_actual"), "{text}: {:?}", facts(&read, "staff_actual"));
    }
    // A label that nothing was filled in beside is no head of the names below it.
    let read = with("基本情况", "年末在编人数 | |\n少儿馆 | 核定编制数 | 8");
    assert!(is_open(&read, "staff_quota"), "{:?}", facts(&read, "staff_quota"));
    let by_department = "单位名称 | 年末在编人数 | 核定编制数 | 编外人员数\n榕江区图书馆 | 43 | 45 | 2";
    assert!(facts(&with("基本情况", by_department), "staff_actual").iter().all(|one| one.starts_with("43 at")));
    // Of two rows nobody can say which one is meant.
    let two = format!("{by_department}\n榕江区博物馆 | 12 | 14 | 1");
    assert!(is_open(&with("基本情况", &two), "staff_actual"), "{:?}", facts(&with("基本情况", &two), "staff_actual"));
}
