//! Where things stand: headers of two rows, forms side by side, names that hold for several rows, weights as percentages.

use fuhe::submission::declared::without_forms;

use super::written::{audit, audited, codes, count, forms, head, line, says, sheet, workbook};

const MONEY: &str = "50 | 50 | 50 | 10 | 100% | 10";

/// The lines above the rows, their header left out.
fn top() -> String {
    head(MONEY).lines().take(6).map(|line| format!("{line}\n")).collect()
}

#[test]
fn columns_that_only_the_upper_row_of_a_header_names_are_read() {
    let rows = "产出指标 | 数量指标 | 清淤长度 | ≥ | 200 | 人 | 220 | 50 | 50\n | 质量指标 | 合格率 | ≥ | 90 | % | 45% | 40 | 40\n\
                总分 | | | | | | | 100 | 100\n";
    for header in [
        "绩效指标 | | | 年度指标值 | | | 实际完成值 | 分值 | 得分 #A7:C7 D7:F7 G7:G8 H7:H8 I7:I8\n\
         一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位\n",
        "绩效指标 | | | 年度指标值 | | | 实际完成值 | 分值 | 得分\n一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位\n",
        "一级指标 | 二级指标 | 三级指标 | 年度指标值 | | | 实际完成值 | 分值 | 得分 #A7:A8 B7:B8 C7:C8 D7:F7\n\
         | | | 指标性质 | 指标值 | 度量单位\n",
    ] {
        let audit = audit(&format!("{}{header}{rows}", top()));
        assert_eq!(says(&audit, "row-1"), "50.00..50.00 agrees 0", "{header}");
        // 40 × 45 ÷ 90 = 20.
        assert_eq!(says(&audit, "row-2"), "20.00..20.00 overstated 20.00", "{header}");
        assert_eq!(count(&audit, "total-mismatch") + count(&audit, "weights-mismatch"), 0, "{header}");
    }
}

#[test]
fn under_one_heading_the_column_of_the_whole_year_counts() {
    let text = format!(
        "{}一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | | 分值 | 得分 #E7:F7\n | | | | 上半年 | 全年\n\
         产出指标 | 数量指标 | 清淤长度 | ≥12公里 | 12公里 | 6公里 | 90 | 90\n总分 | | | | | | 100 | 100\n",
        top()
    );
    assert_eq!(says(&audit(&text), "row-1"), "45.00..45.00 overstated 45.00");
}

/// Two texts beside each other, the second from column `at` on.
fn beside(left: &str, right: &str, at: usize) -> String {
    let (left, right): (Vec<_>, Vec<_>) = (left.lines().collect(), right.lines().collect());
    let lines = (0..left.len().max(right.len())).map(|line| {
        let mut cells: Vec<&str> = left.get(line).map(|line| line.split('|').collect()).unwrap_or_default();
        cells.resize(at, "");
        cells.extend(right.get(line).map(|line| line.split('|').collect::<Vec<_>>()).unwrap_or_default());
        cells.join("|") + "\n"
    });
    lines.collect()
}

#[test]
fn forms_side_by_side_are_read_each_by_itself() {
    let form = |name: &str, actual: &str, more: &str| {
        format!(
            "{}{more}产出指标 | 数量指标 | 长度 | ≥12公里 | {actual} | 90 | 90 |\n总分 | | | | | 100 | 100\n",
            head(MONEY).replace("河道清淤", name)
        )
    };
    for at in [8, 9, 12] {
        let text = beside(&form("甲", "12公里", ""), &form("乙", "6公里", " | | 空行\n"), at);
        let found = forms(vec![sheet("并排", &text)]);
        let names: Vec<_> = found.iter().map(|form| form.project.as_ref().map_or("", |name| &name.value)).collect();
        assert_eq!(names, ["甲", "乙"], "{at}");
        assert_eq!(says(&audited(&found[0]), "row-1"), "90.00..90.00 agrees 0");
        let second = audited(&found[1]);
        assert_eq!(says(&second, &second.indicators.last().expect("a row").id), "45.00..45.00 overstated 45.00");
        assert_eq!((found[0].number, found[1].number), (1, 2));
        let rest = without_forms(&workbook(vec![sheet("并排", &text)]), &found);
        assert!(rest.sheets[0].cells.is_empty(), "nothing is left for others to read");
    }
    // Both names in one form are one form.
    let one = form("甲", "12公里", "").replace("主管部门 |", "项目名称 | 甲 | 主管部门 |");
    assert_eq!(forms(vec![sheet("表", &one)]).len(), 1);
}

#[test]
fn a_name_with_two_targets_is_two_rows_whether_it_is_merged_or_not() {
    for (merge, name) in [("#C8:C9", ""), ("", ""), ("#C8:C9 B8:B9 A8:A9", "")] {
        let text = format!(
            "{}产出指标 | 数量指标 | 清淤 | ≥12公里 | 12.6公里 | 20 | 20 | {merge}\n | | {name} | ≥8000立方米 | 4000立方米 | 10 | 10 |\n\
             效益指标 | 社会效益 | 受益村 | ≥12个 | 12个 | 60 | 60 |\n总分 | | | | | 100 | 100\n",
            head(MONEY)
        );
        let audit = audit(&text);
        assert_eq!((audit.indicators.len(), line(&audit, "row-2").name.as_str()), (4, "清淤"), "{merge}");
        assert_eq!(says(&audit, "row-1"), "20.00..20.00 agrees 0");
        assert_eq!(says(&audit, "row-2"), "5.00..5.00 overstated 5.00");
        assert_eq!(count(&audit, "total-mismatch") + count(&audit, "weights-mismatch"), 0);
    }
    // A row without a name under a new label is named after that; one without a score and a weight is none.
    let text = format!(
        "{}产出指标 | 数量指标 | 清淤 | ≥12公里 | 12.6公里 | 50 | 50 |\n | 质量指标 | | ≥90% | 95% | 40 | 40 |\n | | | 注：见附件 | | | |\n\
         总分 | | | | | 100 | 100\n",
        head(MONEY)
    );
    let audit = audit(&text);
    assert_eq!((audit.indicators.len(), line(&audit, "row-2").name.as_str()), (3, "质量指标"));
}

#[test]
fn one_score_for_two_rows_is_one_claim() {
    let text = format!(
        "{}产出指标 | 数量指标 | 培训 | ≥200人 | 220人 | 35 | 35 | #F8:F9 G8:G9\n | 质量指标 | 合格率 | ≥95% | 96% | | |\n\
         效益指标 | 社会效益 | 覆盖率 | ≥90% | 92% | 55 | 55 |\n总分 | | | | | 100 | 100\n",
        head(MONEY)
    );
    let audit = audit(&text);
    assert_eq!(says(&audit, "row-1"), "0.00..35.00 unverifiable 35.00");
    assert_eq!(line(&audit, "row-1").name, "培训；合格率");
    assert_eq!(says(&audit, "row-2"), "55.00..55.00 agrees 0");
    assert_eq!(audit.findings.iter().filter(|finding| finding.severity == fuhe::audit::Severity::Error).count(), 0);
    // Where the weights stand apart, the sum of what both are due is known: 20 and 15 are 35.
    let apart = text.replace("35 | 35 | #F8:F9 G8:G9", "20 | 35 | #G8:G9").replace("96% | | |", "96% | 15 | |");
    let audit = super::written::audit(&apart);
    assert_eq!(says(&audit, "row-1"), "20.00..20.00 agrees 0");
    assert_eq!(says(&audit, "row-2"), "15.00..15.00 agrees 0");
    assert_eq!(count(&audit, "weights-mismatch") + count(&audit, "total-mismatch"), 0);
    // 20 × 100 ÷ 200 = 10 and 15 are 25, and 35 are claimed.
    let inflated = super::written::audit(&apart.replace("220人", "100人"));
    let over: rust_decimal::Decimal = ["row-1", "row-2"].iter().map(|row| line(&inflated, row).difference).sum();
    assert_eq!(over, 10.into());
    // With one weight missing nothing is computed, and nothing is held against the filer.
    let half = super::written::audit(&apart.replace("96% | 15 | |", "96% | | |"));
    assert!(says(&half, "row-1").contains("unverifiable"), "{}", says(&half, "row-1"));
    // More than both can earn is too much.
    let over = super::written::audit(&text.replace("35 | 35 | #", "35 | 36 | #"));
    assert!(says(&over, "row-1").ends_with("overstated 1.00"));
}

/// A form with these weights of budget and rows, and the same scores; the second row reached half of its target.
fn weighed(budget: &str, first: &str, second: &str) -> fuhe::audit::Audit {
    audit(&format!(
        "{}产出指标 | 数量指标 | 甲 | ≥10个 | 10个 | {first} | 60 |\n效益指标 | 社会效益 | 乙 | ≥10个 | 5个 | {second} | 30 |\n\
         总分 | | | | | 100 | 100\n",
        head(MONEY).replace("50 | 10 | 100%", &format!("50 | {budget} | 100%"))
    ))
}

#[test]
fn weights_in_percent_are_points_where_all_of_them_add_up() {
    for (budget, first, second) in
        [("10%", "60%", "30%"), ("10", "60%", "30%"), ("10", "60", "30%"), ("10%", "60％", "30 %")]
    {
        let audit = weighed(budget, first, second);
        assert_eq!(says(&audit, "row-1"), "60.00..60.00 agrees 0", "{budget} {first} {second}");
        assert_eq!(says(&audit, "row-2"), "15.00..15.00 overstated 15.00", "{budget} {first} {second}");
        assert_eq!(count(&audit, "weights-mismatch") + count(&audit, "weight-missing"), 0);
    }
    // Shares of a section are no points.
    let audit = weighed("10", "100%", "100%");
    assert_eq!(says(&audit, "row-1"), "0.00..null unverifiable 60.00");
    assert_eq!(count(&audit, "weight-missing"), 2);
}

#[test]
fn a_budget_that_carries_no_points_misses_no_score() {
    for none in [
        "— | 100% | —",
        " | 100% | ",
        "/ | 100% | /",
        "不计分 | 100% | —",
        "不计分 | 100% | 不计分",
        "— | 100% | 不参与评分",
    ] {
        let text = format!(
            "{}产出指标 | 数量指标 | 甲 | ≥10个 | 10个 | 60 | 60 |\n效益指标 | 社会效益 | 乙 | ≥10个 | 5个 | 40 | 40 |\n总分 | | | | | 100 | 100\n",
            head(&format!("50 | 50 | 50 | {none}"))
        );
        let audit = audit(&text);
        assert_eq!(says(&audit, "budget"), "0.00..0.00 agrees 0", "{none}");
        assert_eq!(codes(&audit, Some("budget")), Vec::<&str>::new(), "{none}");
        assert_eq!(says(&audit, "row-2"), "20.00..20.00 overstated 20.00");
        assert_eq!(count(&audit, "weights-mismatch") + count(&audit, "total-mismatch"), 0);
        // Where the rows carry 90, ten points of the budget are missing.
        let missing = super::written::audit(&text.replace("| 40 | 40 |", "| 30 | 30 |"));
        let is_said = none.contains('不');
        assert_eq!(codes(&missing, Some("budget")).contains(&"score-missing"), !is_said, "{none}");
        assert_eq!(count(&missing, "weights-mismatch"), usize::from(is_said), "{none}");
    }
}

#[test]
fn a_score_beside_points_that_are_not_to_be_given_is_still_a_claim() {
    let rows = "产出指标 | 数量指标 | 甲 | ≥10个 | 10个 | 60 | 60 |\n效益指标 | 社会效益 | 乙 | ≥10个 | 10个 | 40 | 40 |\n总分 | | | | | 100 | 110\n";
    let audit = audit(&format!("{}{rows}", head("50 | 50 | 50 | 不计分 | 100% | 10")));
    assert_eq!(line(&audit, "budget").claimed, Some(rust_decimal::Decimal::TEN));
    assert_ne!(says(&audit, "budget"), "0.00..0.00 agrees 0");
}

#[test]
fn a_form_without_any_block_of_money_asks_for_no_score_of_the_budget() {
    let rows = "产出指标 | 数量指标 | 甲 | ≥10个 | 10个 | 50 | 50 |\n效益指标 | 社会效益 | 乙 | ≥10个 | 5个 | 40 | 40 |\n总分 | | | | | 90 | 90\n";
    let whole = format!("{}{rows}", head(MONEY));
    let without: String = whole
        .lines()
        .filter(|line| !line.contains("预算数") && !line.contains("资金总额"))
        .map(|line| format!("{line}\n"))
        .collect();
    let audit = audit(&without);
    assert!(says(&audit, "budget").ends_with("unverifiable 0"), "{}", says(&audit, "budget"));
    assert_eq!(count(&audit, "score-missing"), 0);
    // What is claimed for the rows is audited all the same.
    assert_eq!(says(&audit, "row-1"), "50.00..50.00 agrees 0");
    assert_eq!(says(&audit, "row-2"), "20.00..20.00 overstated 20.00");
    // Nor does a block that has amounts, and neither points nor a place for a score.
    let bare = whole
        .replace("| 全年执行数（B） | 分值 | 执行率（B/A） | 得分", "| 全年执行数（B） | 执行率（B/A）")
        .replace("| 50 | 50 | 50 | 10 | 100% | 10", "| 50 | 50 | 50 | 100%");
    let unasked = super::written::audit(&bare);
    assert!(says(&unasked, "budget").ends_with("unverifiable 0"), "{}", says(&unasked, "budget"));
    assert_eq!((count(&unasked, "score-missing"), says(&unasked, "row-1").as_str()), (0, "50.00..50.00 agrees 0"));
    // Where the block stands there and its score is empty, the score is missing.
    let empty = super::written::audit(&whole.replace("| 10 | 100% | 10", "| | 100% |"));
    assert!(codes(&empty, Some("budget")).contains(&"score-missing"));
}

#[test]
fn a_row_of_the_budget_with_a_target_of_its_own_is_scored_by_that() {
    let block = "项目资金（万元） | | 年初预算数 | 全年预算数（A） | 全年执行数（B） | 执行率（B/A）\n | 年度资金总额 | 120 | 120 | 108 | 90%\n";
    let top: String = head(MONEY)
        .lines()
        .filter(|line| !line.contains("预算数") && !line.contains("资金总额"))
        .map(|line| if line.starts_with("一级指标") { format!("{block}{line}\n") } else { format!("{line}\n") })
        .collect();
    let reached = |target: &str, actual: &str, score: &str| {
        audit(&format!(
            "{top}产出指标 | 数量指标 | 甲 | ≥10个 | 10个 | 90 | 90 |\n预算执行 | 预算执行率 | 预算执行率 | {target} | {actual} | 10 | {score} |\n"
        ))
    };
    // 90 of at least 95: 10 × 90 ÷ 95 = 9.47; of all: 10 × 108 ÷ 120 = 9.
    for (target, score, line, said) in [
        ("≥95%", "9.47", "row-2", "9.47..9.47 agrees 0"),
        ("≥95%", "10", "row-2", "9.47..9.47 overstated 0.53"),
        ("≥90%", "10", "row-2", "10.00..10.00 agrees 0"),
        ("100%", "9", "budget", "9.00..9.00 agrees 0"),
        ("=100%", "10", "budget", "9.00..9.00 overstated 1.00"),
        ("", "9", "budget", "9.00..9.00 agrees 0"),
        ("120万元", "9", "budget", "9.00..9.00 agrees 0"),
        ("≥120", "10", "budget", "9.00..9.00 overstated 1.00"),
    ] {
        let audit = reached(target, "90%", score);
        assert_eq!(says(&audit, line), said, "{target} {score}");
        assert_eq!(count(&audit, "score-missing") + count(&audit, "weights-mismatch"), 0, "{target} {score}");
    }
    // A rate that the amounts do not give says nothing: 108 of 120 are 90 %, and no 100 %.
    for actual in ["100%", "95%", "100", "完成", ""] {
        assert_eq!(says(&reached("≥95%", actual, "10"), "budget"), "9.00..9.00 overstated 1.00", "{actual}");
    }
}

#[test]
fn a_sister_form_that_scores_nothing_is_no_self_evaluation() {
    let monitoring = "项目支出绩效自评表（运行监控）\n（2020年度）\n项目名称 | 河道清淤\n\
        项目资金（万元） | | 年初预算数 | 全年预算数 | 1-7月执行数 | 1-7月执行率\n | 年度资金总额 | 190 | 190 | 60 | 31.58%\n\
        一级指标 | 二级指标 | 三级指标 | 年度指标值 | 1-7月完成值 | 完成目标可能性\n产出指标 | 数量指标 | 培训 | ≥200人 | 80人 | 确定能\n";
    assert!(forms(vec![sheet("监控", monitoring)]).is_empty());
    let scored = monitoring.replace("完成目标可能性", "得分").replace("确定能", "40");
    assert_eq!(forms(vec![sheet("监控", &scored)]).len(), 1);
}

#[test]
fn the_year_stands_in_a_title_of_its_own_or_behind_its_label() {
    let rows = "产出指标 | 数量指标 | 甲 | ≥1个 | 1个 | 90 | 90 |\n总分 | | | | | 100 | 100\n";
    let year = |from: &str, to: &str| audit(&format!("{}{rows}", head(MONEY).replace(from, to))).year;
    assert_eq!(year("项目支出绩效自评表\n（2020年度）", "2022年度校园维修改造项目自评表\n"), Some(2022));
    assert_eq!(year("（2020年度）", "填报年度：2022"), Some(2022));
    assert_eq!(year("（2020年度）", "评价年度 | 2021年"), Some(2021));
    assert_eq!(year("（2020年度）", "自评年度：2019年度"), Some(2019));
    assert_eq!(year("（2020年度）", "填报日期：2022.3"), None);
}

#[test]
fn printed_words_under_a_column_of_methods_are_the_forms_own() {
    let header = "年度指标值 | 实际完成值 | 分值 | 得分";
    let method = "完成值达到指标值，记满分；未达到指标值，按B/A计分";
    let form = |columns: &str, row: &str| {
        audit(&format!(
            "{}产出指标 | 数量指标 | 甲 | {row}\n总分 | | | | | 100 | 100\n",
            head(MONEY).replace(header, columns)
        ))
    };
    for columns in ["得分计算方法", "评分标准", "计分办法", "得分说明"] {
        let audit = form(
            &format!("年度指标值 | 实际完成值 | 分值 | 得分 | {columns}"),
            &format!("≥1个 | 1个 | 90 | 90 | {method}"),
        );
        assert_eq!(count(&audit, "guidance-left"), 0, "{columns}");
    }
    let audit = form(&format!("{header} | 备注"), &format!("≥1个 | 1个 | 90 | 90 | {method}"));
    assert_eq!(count(&audit, "guidance-left"), 1);
}

#[test]
fn the_weight_of_the_rate_is_a_weight_and_no_rate() {
    let text = "项目支出绩效自评表\n（2021年度）\n项目名称 | 媒体宣传\n实施单位 | 融媒体中心\n\
        预算执行情况（万元） | 年初预算数 | 全年（调整）预算数 | 全年执行数 | 执行率（%） | 执行率权重（分） | 执行率得分（分）\n | 1000 | 950 | 722 | 76% | 10 | 7.6\n\
        绩效指标 | 指标名称 | 计量单位 | 指标性质 | 年初指标值 | 调整指标值 | 全年完成值 | 指标权重（分） | 指标得分（分）\n\
         | 播发稿件数量 | 篇 | ≥ | 2200篇 | 1800篇 | 1850篇 | 90 | 90\n总分 | | | | | | | 100 | 97.6\n";
    let audit = audit(text);
    // 10 × 722 ÷ 950 = 7.6.
    assert_eq!(says(&audit, "budget"), "7.60..7.60 agrees 0");
    assert_eq!(says(&audit, "row-1"), "90.00..90.00 agrees 0");
}

#[test]
fn a_column_of_scores_that_nobody_listed_is_known_by_what_stands_in_it() {
    let form = |heading: &str, scores: (&str, &str)| {
        let text = format!(
            "{}产出指标 | 数量指标 | 甲 | ≥10个 | 10个 | 60 | {} |\n效益指标 | 社会效益 | 乙 | ≥10个 | 5个 | 30 | {} |\n\
             总分 | | | | | 100 | 100\n",
            head(MONEY).replace("实际完成值 | 分值 | 得分", &format!("实际完成值 | 分值 | {heading}")),
            scores.0,
            scores.1
        );
        forms(vec![sheet("表", &text)]).pop().map(|form| audited(&form))
    };
    for heading in ["自评情况", "自己评定", "评定", "本级评定数", "自查"] {
        let audit = form(heading, ("60", "30")).expect("a form");
        assert_eq!(says(&audit, "row-1"), "60.00..60.00 agrees 0", "{heading}");
        assert_eq!(says(&audit, "row-2"), "15.00..15.00 overstated 15.00", "{heading}");
    }
    // Numbers above the weights are no scores, and neither are those of a reviewer; what is nowhere asked for is not missing.
    assert!(form("样本数", ("600", "300")).is_none());
    assert!(form("财政复核数", ("60", "30")).is_none());
    assert!(form("备注情况", ("见附件", "见附件")).is_none());
}

#[test]
fn a_sister_form_beside_a_form_is_not_read_into_it() {
    let form =
        format!("{}产出指标 | 数量指标 | 长度 | ≥12公里 | 9公里 | 90 | S |\n总分 | | | | | 100 | T\n", head(MONEY));
    let sister = "项目支出绩效目标申报表\n（2021年度）\n项目名称 | 河道清淤\n主管部门 | 云溪县水务局\n项目资金（万元） | | 年初预算数\n | 年度资金总额 | 150\n\
                  一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 长度 | ≥15公里\n产出指标 | 质量指标 | 合格率 | ≥99%\n";
    for (claim, total, said) in
        [("67.5", "77.5", "67.50..67.50 agrees 0"), ("90", "100", "67.50..67.50 overstated 22.50")]
    {
        let text = beside(&form.replace('S', claim).replace('T', total), sister, 12);
        let found = forms(vec![sheet("并排", &text)]);
        assert_eq!((found.len(), found[0].rows.len()), (1, 1));
        let audit = audited(&found[0]);
        assert_eq!((says(&audit, "row-1").as_str(), count(&audit, "total-mismatch")), (said, 0));
    }
}

#[test]
fn what_a_cell_shows_counts_beside_what_it_stores_where_it_reaches_the_target_and_that_does_not() {
    let shown = |target: &str, stored: &str, percent: bool, places: u8| {
        let text = format!("{}产出指标 | 数量指标 | 长度 | {target} | {stored} | 90 | 90 |\n", head(MONEY));
        let mut sheet = sheet("表", &text);
        let cell = sheet.cells.get_mut(&fuhe::workbook::Address { row: 7, column: 4 }).expect("the actual");
        (cell.percent, cell.digits.places) = (percent, Some(places));
        let audit = audited(&forms(vec![sheet])[0]);
        (says(&audit, "row-1"), count(&audit, "fact-doubtful"))
    };
    // 90 × 94.8 ÷ 95 = 89.81, and 90 as shown; 90 × 11.96 ÷ 12 = 89.70.
    assert_eq!(shown("≥95%", "0.948", true, 0), ("89.81..90.00 unverifiable 0.19".to_owned(), 1));
    assert_eq!(shown("≥12", "11.96", false, 1), ("89.70..90.00 unverifiable 0.30".to_owned(), 1));
    assert_eq!(shown("≥12", "11.96", false, 2), ("89.70..89.70 overstated 0.30".to_owned(), 0), "it is shown");
    assert_eq!(shown("≥12", "9.04", false, 1), ("67.80..67.80 overstated 22.20".to_owned(), 0), "short either way");
}

#[test]
fn a_draft_a_hidden_version_and_an_example_stand_behind_the_form_itself() {
    let form = |actual: &str, claim: &str| {
        format!("{}产出指标 | 数量指标 | 长度 | ≥12公里 | {actual} | 90 | {claim} |\n", head(MONEY))
    };
    let kept = |old: &str, new: &str, hidden: bool, text: String| -> Vec<String> {
        let mut first = sheet(old, &text);
        first.hidden = hidden;
        let found = forms(vec![first, sheet(new, &form("9公里", "67.5"))]);
        let kept = found.iter().filter(|form| !form.superseded);
        kept.map(|form| format!("{} {} {}", form.sheet, form.number, says(&audited(form), "row-1"))).collect()
    };
    let alone = |sheet: &str| vec![format!("{sheet} 1 67.50..67.50 agrees 0")];
    for (old, new) in [
        ("初稿", "定稿"),
        ("作废", "自评表"),
        ("旧表", "自评表"),
        ("修改前", "修改后"),
        ("初评", "终评"),
        ("自评表(旧)", "自评表"),
    ] {
        assert_eq!(kept(old, new, false, form("6公里", "90")), alone(new), "{old}");
    }
    assert_eq!(kept("甲", "自评表", true, form("6公里", "90")), alone("自评表"), "hidden");
    let example = form("6公里", "90").replace("河道清淤", "示例项目").replacen("自评表", "自评表（示例）", 1);
    assert_eq!(kept("填报示例", "自评表", false, example), alone("自评表"));
    // Another project is another form, and an inflated one is accused whatever stands behind it.
    let other = form("6公里", "90").replace("河道清淤", "堤防加固");
    assert_eq!(kept("旧表", "自评表", false, other).len(), 2);
    assert_eq!(kept("自评表", "旧表", false, form("6公里", "90")), ["自评表 1 45.00..45.00 overstated 45.00"]);
}

#[test]
fn weights_that_add_up_to_one_beside_scores_of_a_hundred_are_shares_of_it() {
    let text = |claim: &str, total: &str| {
        format!(
            "{}产出指标 | 数量指标 | 长度 | ≥12公里 | 9公里 | 0.4 | {claim} |\n | 质量指标 | 合格率 | ≥95% | 96% | 0.5 | 50 |\n总分 | | | | | 1 | {total}\n",
            head("50 | 50 | 50 | 0.1 | 100% | 10")
        )
    };
    for (claim, total, said) in [("30", "90", "30.00..30.00 agrees 0"), ("40", "100", "30.00..30.00 overstated 10.00")]
    {
        let audit = audit(&text(claim, total));
        assert_eq!(says(&audit, "row-1"), said);
        assert_eq!(says(&audit, "budget"), "10.00..10.00 agrees 0");
        assert_eq!(
            count(&audit, "weights-mismatch") + count(&audit, "score-above-points") + count(&audit, "total-mismatch"),
            0
        );
    }
}

#[test]
fn the_sum_of_another_table_below_the_form_is_not_its_total() {
    let rows = "产出指标 | 数量指标 | 长度 | ≥12公里 | 9公里 | 90 | 67.5 |\n总分 | | | | | 100 | 77.5\n\n\
                资金使用明细 | | | 预算数 | 执行数\n人工费 | | | 50 | 50\n合计 | | | | | 120 | 120\n";
    assert_eq!(count(&audit(&format!("{}{rows}", head(MONEY))), "total-mismatch"), 0);
    assert_eq!(count(&audit(&format!("{}{}", head(MONEY), rows.replace("| 77.5", "| 87.5"))), "total-mismatch"), 1);
}
