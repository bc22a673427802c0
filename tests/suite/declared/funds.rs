//! The block of money: which row is the whole, which of like columns counts, headers of two rows, and figures beside their labels.

use super::written::{audit, count, head, says};

const ROWS: &str = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n产出指标 | 数量指标 | 清淤 | ≥12公里 | 12公里 | 90 | 90\n";

/// A form with this block of money, and one row in order.
fn form(block: &str) -> String {
    let top: String = head("").lines().take(4).map(|line| format!("{line}\n")).collect();
    format!("{top}{block}\n{ROWS}")
}

/// The national form's header over these rows.
fn under(rows: &str) -> String {
    form(&format!(
        "项目资金（万元） | | 年初预算数 | 全年预算数（A） | 全年执行数（B） | 分值 | 执行率（B/A） | 得分\n{rows}"
    ))
}

/// The budget of a form, honest (10 × 108 ÷ 120 = 9) and inflated; `S` stands for the claim.
fn both(text: &str) -> [String; 2] {
    ["9", "10"].map(|claim| {
        let audit = audit(&text.replace('S', claim));
        assert_eq!(count(&audit, "score-not-a-number") + count(&audit, "score-missing"), 0, "{text}");
        says(&audit, "budget")
    })
}

const SETTLED: [&str; 2] = ["9.00..9.00 agrees 0", "9.00..9.00 overstated 1.00"];

#[test]
fn the_row_of_the_year_and_of_the_whole_counts_wherever_it_stands() {
    for rows in [
        " | 实施期资金总额 | 360 | 360 | 358 | — | — | —\n | 年度资金总额 | 120 | 120 | 108 | 10 | 90% | S",
        " | 资金总额（三年） | 360 | 360 | 358 | — | — | —\n | 年度资金总额 | 120 | 120 | 108 | 10 | 90% | S",
        " | 2019年 | 100 | 100 | 100 | — | — | —\n | 2020年 | 120 | 120 | 108 | 10 | 90% | S",
        " | 上年资金总额 | 100 | 100 | 100 | — | 100% | —\n | 本年资金总额 | 120 | 120 | 108 | 10 | 90% | S",
        " | 上半年资金总额 | 60 | 60 | 60 | | |\n | 全年资金总额 | 120 | 120 | 108 | 10 | 90% | S",
        " | 本级资金总额 | 60 | 60 | 60 | | |\n | 下属单位资金总额 | 60 | 60 | 48 | | |\n | 资金总额合计 | 120 | 120 | 108 | 10 | 90% | S",
        " | 年度资金总额（调整前） | 150 | 150 | 108 | — | — | —\n | 年度资金总额（调整后） | 120 | 120 | 108 | 10 | 90% | S",
        " | 财政拨款 | 100 | 100 | 90 | — | — | —\n | 其他资金 | 20 | 20 | 18 | — | — | —\n | 合计 | 120 | 120 | 108 | 10 | 90% | S",
        " | 其中：财政拨款 | 100 | 100 | 100 | | |\n | 其他资金 | 20 | 20 | 8 | | |\n | 小计 | 120 | 120 | 108 | 10 | 90% | S",
    ] {
        assert_eq!(both(&under(rows)), SETTLED, "{rows}");
        assert_eq!(count(&audit(&under(rows).replace('S', "9")), "fund-total-mismatch"), 0, "{rows}");
    }
}

#[test]
fn rows_that_no_word_tells_apart_and_parts_without_a_total_are_a_question() {
    for rows in [
        " | 资金总额 | 100 | 100 | 100 | | |\n | 资金合计 | 120 | 120 | 108 | 10 | 90% | S",
        " | 本级资金总额 | 60 | 60 | 60 | | |\n | 下属单位资金总额 | 60 | 60 | 48 | 10 | 90% | S",
        " | 财政拨款 | 100 | 100 | 80 | 10 | 80% | S\n | 其他资金 | 20 | 20 | 28 | | |",
        " | 中央资金 | 60 | 60 | 50 | 10 | | S\n | 省级资金 | 60 | 60 | 58 | | |",
    ] {
        assert_eq!(both(&under(rows)), ["0.00..10.00 unverifiable 9.00", "0.00..10.00 unverifiable 10.00"], "{rows}");
        assert!(count(&audit(&under(rows).replace('S', "9")), "fact-conflict") > 0, "{rows}");
    }
    // One part with money is all there is; parts that are each scored are one claim together: 7.2 + 1.8 of 8 + 2.
    let alone = " | 财政拨款 | 120 | 120 | 108 | 10 | 90% | S\n | 其他资金 | 0 | 0 | 0 | | |";
    assert_eq!(both(&under(alone)), SETTLED);
    let shared =
        audit(&under(" | 财政拨款 | 100 | 100 | 90 | 8 | 90% | 7.2\n | 其他资金 | 20 | 20 | 18 | 2 | 90% | 1.8"));
    assert_eq!(says(&shared, "budget"), "0.00..10.00 unverifiable 9.00");
    assert_eq!(count(&shared, "weights-mismatch"), 0);
}

#[test]
fn an_empty_cell_of_the_total_is_no_zero() {
    let rows = " | 年度资金总额 | | | | 10 | 90% | S\n | 其中：当年财政拨款 | 100 | 100 | 90 | — | — | —\n | 其他资金 | 20 | 20 | 18 | — | — | —";
    for claim in ["9", "10"] {
        assert_eq!(count(&audit(&under(rows).replace('S', claim)), "fund-total-mismatch"), 0);
    }
    let zero = rows.replacen("| | | | 10", "| 0 | 0 | 0 | 10", 1);
    assert_eq!(
        count(&audit(&under(&zero).replace('S', "9")), "fund-total-mismatch"),
        3,
        "a typed 0 states that it is 0"
    );
}

#[test]
fn a_header_of_two_rows_is_read_column_by_column_merged_or_not() {
    let tail = "分值 | 执行率（B/A） | 得分";
    for (head, merges, row) in [
        (
            format!(
                "全年预算数（A） | | | 全年执行数（B） | | | {tail}\n | | 合计 | 其中：财政拨款 | 其他资金 | 合计 | 其中：财政拨款 | 其他资金"
            ),
            "C5:E5 F5:H5",
            "120 | 100 | 20 | 108 | 98 | 10",
        ),
        (
            format!(
                "全年预算数（A） | | | 全年执行数（B） | | | {tail}\n | | 财政拨款 | 其他资金 | 合计 | 财政拨款 | 其他资金 | 合计"
            ),
            "C5:E5 F5:H5",
            "100 | 20 | 120 | 98 | 10 | 108",
        ),
        (
            format!("预算数 | | | 全年执行数（B） | {tail}\n | | 年初预算数 | 调整数 | 调整后预算数"),
            "C5:E5",
            "150 | -30 | 120 | 108",
        ),
        (
            format!("全年预算数（A） | 执行数 | | | {tail}\n | | | 1-6月 | 7-12月 | 全年"),
            "D5:F5",
            "120 | 40 | 68 | 108",
        ),
        (
            format!("全年预算数 | | 全年执行数 | | {tail}\n | | 2019年 | 2020年 | 2019年 | 2020年"),
            "C5:D5 E5:F5",
            "100 | 120 | 100 | 108",
        ),
        (
            format!("全年预算数 | | 全年执行数 | | {tail}\n | | 上年 | 本年 | 上年 | 本年"),
            "C5:D5 E5:F5",
            "100 | 120 | 100 | 108",
        ),
        (
            format!("全年预算数（A） | | 全年执行数（B） | | {tail}\n | | 本级 | 合计 | 本级 | 合计"),
            "C5:D5 E5:F5",
            "100 | 120 | 100 | 108",
        ),
        ("全年预算数 | 全年执行数 | 预算执行情况 | |\n | | | | 分值 | 执行率 | 得分".to_owned(), "E5:G5", "120 | 108"),
    ] {
        for merges in [String::new(), format!(" #A5:B6 {merges}")] {
            let head = format!("项目资金（万元） | | {}", head.replacen('\n', &format!("{merges}\n"), 1));
            let text = form(&format!("{head}\n | 年度资金总额 | {row} | 10 | 90% | S"));
            assert_eq!(both(&text), SETTLED, "{head}");
        }
    }
}

#[test]
fn figures_beside_their_labels_are_read() {
    for block in [
        "项目资金 | 预算数（万元） | 120 | 执行数（万元） | 108 | 执行率 | 90%\n | 分值 | 10 | 得分 | S",
        "全年预算数（万元） | | 120 | 执行率 | 90%\n全年执行数（万元） | | 108 | 得分 | S | 分值 | 10",
        "项目资金（万元） | | 年度资金总额 | 其中：财政拨款 | 其他资金\n | 全年预算数（A） | 120 | 100 | 20\n | 全年执行数（B） | 108 | 90 | 18\n\
          | 执行率 | 90% | 90% | 90%\n | 分值 | 10\n | 得分 | S",
    ] {
        assert_eq!(both(&form(block)), SETTLED, "{block}");
    }
}

#[test]
fn what_is_spent_of_a_part_is_no_share_of_the_whole() {
    let block = |planned: &str, spent: &str| {
        form(&format!(
            "项目资金（万元） | | {planned} | {spent} | 分值 | 执行率 | 得分\n | 年度资金总额 | 120 | 120 | 10 | 100% | 10"
        ))
    };
    for (planned, spent, says_so) in [
        ("全年预算数", "财政拨款执行数", "0.00..10.00 unverifiable 10.00"),
        ("财政拨款预算数", "财政拨款执行数", "10.00..10.00 agrees 0"),
        ("项目支出预算数", "全年执行数", "10.00..10.00 agrees 0"),
    ] {
        assert_eq!(says(&audit(&block(planned, spent)), "budget"), says_so, "{planned} {spent}");
    }
    let own = form(
        "项目资金（万元） | | 本级预算数 | 预算总数 | 本级执行数 | 执行总数 | 分值 | 执行率 | 得分\n | 年度资金总额 | 100 | 120 | 100 | 108 | 10 | 90% | S",
    );
    assert_eq!(both(&own), SETTLED);
    // The bureau's figure is not the filer's.
    let text = form(
        "项目资金（万元） | | 全年预算数 | 执行数 | 财政审核执行数 | 分值 | 执行率 | 得分\n | 年度资金总额 | 120 | 108 | 100 | 10 | 90% | S",
    );
    assert_eq!(both(&text), SETTLED);
}
