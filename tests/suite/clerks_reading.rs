//! What any careful clerk reads, however it is laid out: the report's year before a label, a total behind the word 得分, a score behind
//! the points that it is out of, two sheets that are copies of each other, a line of a form that was put away.

use fuhe::audit::{NotUsed, Verdict};
use fuhe::workbook::Sheet;

use crate::declared::written;
use crate::sheets::{base, card, claim, claims, fact, read, read_named, sheet};
use crate::submitted::{audited, found, indicator};

#[test]
fn a_label_may_begin_with_the_reports_own_year_and_with_no_other() {
    let read = |label: &str| {
        let rows = format!("1 | {label} | 91% | %");
        fact(&read(vec![card("公众或服务对象满意度", "6", "4"), base(&rows)]), "satisfaction")
    };
    for label in
        ["2020年服务对象满意度", "2020年度服务对象满意度", "1.2020年服务对象满意度", "二〇二〇年服务对象满意度"]
    {
        assert_eq!(read(label), "91 at 基础数据表!C2", "{label}");
    }
    for label in ["2019年服务对象满意度", "2021年度服务对象满意度", "2020年游客满意度", "2020年服务对象满意度目标"]
    {
        assert!(!read(label).starts_with("91 at 基础数据表!C2") || read(label).contains("doubtful"), "{label}");
    }
}

#[test]
fn of_columns_of_two_years_the_reports_is_read_in_whatever_words_they_are_named() {
    for (head, right) in [
        ("前一年度 | 评价年度", "91"),
        ("去年完成 | 今年完成", "91"),
        ("二〇一九年 | 二〇二〇年", "91"),
        ("半年数 | 全年数", "91"),
    ] {
        let table = format!("数据项 | {head} | 单位\n服务对象满意度 | 99 | 91 | %\n核定编制数 | 40 | 50 | 人");
        let read = read(vec![card("公众或服务对象满意度", "6", "4"), sheet("基础数据表", &table)]);
        assert_eq!(fact(&read, "satisfaction"), format!("{right} at 基础数据表!C2"), "{head}");
        assert_eq!(fact(&read, "staff_quota"), "50 at 基础数据表!C3", "{head}");
    }
}

#[test]
fn progress_at_the_end_of_a_month_is_the_progress_of_its_quarter() {
    for labels in [
        [
            "截至3月底部门预算支出进度",
            "截至6月底部门预算支出进度",
            "截至9月底部门预算支出进度",
            "截至12月底部门预算支出进度",
        ],
        ["1-3月部门预算支出进度", "1-6月部门预算支出进度", "1-9月部门预算支出进度", "1-12月部门预算支出进度"],
    ] {
        let figures = ["20", "45", "70", "95"];
        let rows: Vec<String> = labels
            .iter()
            .zip(figures)
            .enumerate()
            .map(|(at, (label, figure))| format!("{} | {label} | {figure} | %", at + 1))
            .collect();
        // 0.8 ＋ 0.9 ＋ 0.9333 ＋ 0.95 ＋ 2 × their mean of 0.89583 = 5.375.
        let audit = audited(read(vec![card("预算执行率", "6", "5.38"), base(&rows.join("\n"))]));
        assert_eq!(indicator(&audit, "budget_execution").verdict, Verdict::Agrees, "{}", labels[0]);
    }
}

#[test]
fn no_classified_department_is_what_says_that_it_is_none() {
    // 1.5 ＋ 1 for accounts that do not meet the rules; a classified department has 3.
    let verdict = |answer: &str, claimed: &str| {
        let rows = format!(
            "1 | 部门预算公开情况 | 按规定公开\n2 | 部门决算公开情况 | 公开但不合要求\n3 | 涉密部门 | {answer}"
        );
        let audit = audited(read(vec![card("预决算信息公开", "3", claimed), base(&rows)]));
        indicator(&audit, "disclosure").verdict
    };
    for answer in ["不涉密", "非涉密", "非涉密部门", "不是涉密部门", "不属于涉密部门"] {
        assert_eq!(verdict(answer, "2.5"), Verdict::Agrees, "{answer}");
        assert_eq!(verdict(answer, "3"), Verdict::Overstated, "{answer}");
    }
    for answer in ["部分涉密", "不清楚", "非"] {
        assert_ne!(verdict(answer, "2.5"), Verdict::Overstated, "{answer}");
        assert_ne!(verdict(answer, "3"), Verdict::Agrees, "{answer}");
    }
}

#[test]
fn a_score_may_stand_behind_the_points_that_it_is_out_of() {
    let read = |text: &str| claim(&read(vec![card("绩效目标完整性", "3", text)]), "goal_completeness");
    for text in ["满分3分，自评2分", "满分3分，得2分", "分值3分，自评得分2分", "满分：3分，自评：2分", "满分3，自评2"]
    {
        assert_eq!(read(text), "2 at 评分表!C5", "{text}");
    }
    for text in ["满分3分", "满分3分，自评5分", "满分3分，2项未达标", "满分3分，自评约2分"] {
        assert_ne!(read(text), "2 at 评分表!C5", "{text}");
    }
    // Out of other points than the indicator has, it is no score of it.
    let audit = audited(crate::sheets::read(vec![card("绩效目标完整性", "3", "满分5分，自评2分")]));
    assert_eq!(indicator(&audit, "goal_completeness").verdict, Verdict::Invalid);
}

#[test]
fn a_total_may_stand_behind_the_word_that_calls_it_the_score() {
    let total = |row: &str| {
        let text = format!(
            "2020年度部门整体支出绩效自评表\n三级指标 | 分值 | 自评得分 | 说明 | 备注 | 其他\n预算执行率 | 6 | 3\n公众或服务对象满意度 | 6 | 6\n\
             重点工作完成情况 | 8 | 8\n{row}"
        );
        let audit = audited(read(vec![sheet("评分表", &text)]));
        audit.claimed.and_then(|claimed| claimed.total).map(|total| total.normalize().to_string())
    };
    for row in
        ["合计 | 20 | 得分 | 17", "总分 | 100 | 得分 | 17", "总分 | | 得分 | | | 17", "合计 | 得分 | 17 | 排名 | 3"]
    {
        assert_eq!(total(row).as_deref(), Some("17"), "{row}");
    }
    // Two of them, or a word that calls it something else.
    for row in ["合计 | 20 | 得分 | 17 | 得分 | 16", "合计 | 20 | 上年得分 | 17", "合计 | 20 | 扣分 | 3"]
    {
        assert_eq!(total(row), None, "{row}");
    }
    assert_eq!(total("合计 | 20 | 18 | 得分 | 17").as_deref(), Some("18"), "what stands under the scores is the total");
}

const CARD: &str = "2020年度部门整体支出绩效评分表\n单位名称：榕江区图书馆\n三级指标 | 分值 | 自评得分\n重点工作完成情况 | 8 | 8\n\
                    公众或服务对象满意度 | 6 | 6\n预算编制合理性 | 5 | 5";

#[test]
fn of_sheets_that_are_the_same_in_every_cell_one_is_read_and_the_others_are_told_as_copies() {
    for names in [["评分表", "评分表(2)"], ["评分表 (2)", "评分表"], ["评分表", "Sheet1"]] {
        let read = read(names.iter().map(|name| sheet(name, CARD)).collect());
        assert_eq!(claims(&read, "satisfaction"), [format!("6 at {}!C5", names[0])], "{names:?}");
        let copies: Vec<&str> =
            read.unused.iter().filter(|one| one.why == NotUsed::Copy).map(|one| one.cell.as_str()).collect();
        assert_eq!(copies, ["C4", "C5", "C6"], "{names:?}");
        assert!(found(&audited(read), "fact-unreadable").is_empty(), "{names:?}");
    }
    let three = read(vec![sheet("评分表", CARD), sheet("评分表(2)", CARD), sheet("评分表(3)", CARD)]);
    assert_eq!(claims(&three, "key_tasks"), ["8 at 评分表!C4"]);
}

#[test]
fn sheets_that_differ_in_one_cell_a_comment_or_a_hidden_row_are_several() {
    let changed = |change: &dyn Fn(&mut Sheet)| {
        let mut other = sheet("评分表(2)", CARD);
        change(&mut other);
        read_named("x.xlsx", vec![sheet("评分表", CARD), other]).is_err()
    };
    assert!(changed(&|other| *other = sheet("评分表(2)", &CARD.replace("6 | 6", "6 | 4"))));
    assert!(changed(&|other| *other = sheet("评分表(2)", &CARD.replace("榕江区图书馆", "榕江区档案馆"))));
    assert!(changed(&|other| *other = sheet("评分表(2)", &format!("{CARD}\n备注：以此表为准"))));
    assert!(changed(&|other| {
        other.comments.insert("C5".parse().expect("a cell"), "待核实".to_owned());
    }));
    assert!(changed(&|other| other.hidden_rows = vec![(4, 4)]));
}

#[test]
fn a_hidden_row_of_a_form_without_weight_and_score_claims_nothing_and_a_visible_one_is_asked_for() {
    let lines = |last: &str, is_hidden: bool| {
        let text = format!(
            "{}产出指标 | 数量指标 | 清淤长度 | ≥12公里 | 12.6公里 | 90 | 90 |\n{last}\n总分 | | | | | 100 | 100",
            written::head("120 | 120 | 120 | 10 | 100% | 10")
        );
        let mut sheet = written::sheet("附件1", &text);
        let row = text.lines().count() as u32 - 2;
        sheet.hidden_rows = if is_hidden { vec![(row, row)] } else { Vec::new() };
        written::audited(&written::forms(vec![sheet])[0])
    };
    for last in [" | | 备用指标", " | | 备用指标 | ≥5个", " | | 备用指标 | ≥5个 | 5个"] {
        let audit = lines(last, true);
        assert_eq!(audit.indicators.len(), 2, "{last}");
        assert!(found(&audit, "score-missing").is_empty(), "{last}");
        assert_eq!(lines(last, false).indicators.len(), 3, "{last}");
    }
    // A score or a weight counts, hidden or not.
    for last in
        [" | | 备用指标 | ≥5个 | 5个 | 10 | 10", " | | 备用指标 | ≥5个 | 5个 | 10", " | | 备用指标 | ≥5个 | 5个 | | 10"]
    {
        assert_eq!(lines(last, true).indicators.len(), 3, "{last}");
    }
}

#[test]
fn a_completion_table_may_call_its_amounts_the_adjusted_budget_or_their_sum() {
    // 180 ÷ 1500 is 12 %: 1 ＋ 0.8 ＋ 1; of 2000 it would be 9 %.
    for (head, total) in [
        ("年初预算（万元） | 调整后预算（万元） | 全年执行（万元）", "2000 | 1500 | 1425"),
        ("上年结转 | 预算合计 | 支出合计", "150 | 1500 | 1425"),
    ] {
        let rows = "1 | 资金支出规范 | 是 | | 附件1\n2 | 调整调剂资金累计金额 | 180 | 万元\n3 | 会计核算规范 | 是 | | 附件2\n4 | 存在违规支出 | 否";
        let table = format!(
            "部门整体支出绩效自评表 | | | 单位：万元\n任务名称 | 主要内容 | {head}\n基本支出 | 人员 | {total}\n金额合计 | | {total}"
        );
        let said = |claimed: &str| {
            let sheets = vec![card("财务合规性", "3", claimed), base(rows), sheet("自评表", &table)];
            indicator(&audited(read(sheets)), "financial_compliance").verdict
        };
        assert_eq!(said("2.8"), Verdict::Agrees, "{head}");
        assert_eq!(said("3"), Verdict::Overstated, "{head}");
    }
}
