//! Rows that stand for nothing by themselves: details below 其中, rows without points, hidden rows that the others do without.

use fuhe::workbook::{Address, Sheet};

use super::written::{audit, audited, codes, count, forms, head, line, says, sheet};

const MONEY: &str = "50 | 50 | 50 | 10 | 100% | 10";

fn form(rows: &str, total: &str) -> String {
    format!("{}{rows}\n总分 | | | | | 100 | {total}\n", head(MONEY))
}

fn is_in_order(text: &str) {
    let audit = audit(text);
    for code in ["total-mismatch", "weights-mismatch", "score-missing", "score-not-a-number"] {
        assert_eq!(count(&audit, code), 0, "{code}: {text}");
    }
}

#[test]
fn details_below_a_row_belong_to_it_and_are_neither_missing_nor_added_twice() {
    for details in [
        " | | 其中：干流 | ≥8公里 | 6公里 | |\n | | 支流 | ≥4公里 | 3公里 | |",
        " | | 其中：上半年 | ≥6公里 | 5公里 | — | —\n | | 下半年 | ≥6公里 | 4公里 | — | —",
        "产出指标 | 数量指标 | 其中：干流 | ≥8公里 | 6公里 | 30 | 22.5\n产出指标 | 数量指标 | 支流 | ≥4公里 | 3公里 | 10 | 7.5",
    ] {
        // 40 × 9 ÷ 12 = 30.
        for (claim, total, said) in
            [("30", "90", "30.00..30.00 agrees 0"), ("40", "100", "30.00..30.00 overstated 10.00")]
        {
            let rows = format!(
                "产出指标 | 数量指标 | 清淤 | ≥12公里 | 9公里 | 40 | {claim}\n{details}\n | 质量指标 | 合格率 | ≥95% | 96% | 50 | 50"
            );
            let text = form(&rows, total);
            is_in_order(&text);
            assert_eq!(says(&audit(&text), "row-1"), said, "{details}");
            assert_eq!(audit(&text).indicators.len(), 3, "{details}");
        }
    }
}

#[test]
fn details_that_come_to_another_actual_are_a_question() {
    let rows = "产出指标 | 数量指标 | 清淤 | ≥12公里 | 12公里 | 40 | 40\n | | 其中：干流 | ≥8公里 | 6公里 | |\n\
                | | 支流 | ≥4公里 | 3公里 | |\n | 质量指标 | 合格率 | ≥95% | 96% | 50 | 50";
    let audit = audit(&form(rows, "100"));
    assert_eq!(says(&audit, "row-1"), "0.00..40.00 unverifiable 40.00");
    assert_eq!(count(&audit, "fact-conflict"), 1);
}

#[test]
fn where_the_row_above_is_a_heading_or_all_rows_are_needed_each_has_its_own_points() {
    // The heading's 40 are those of its details: 20 × 6 ÷ 8 = 15.
    let heading = "产出指标 | 数量指标 | 清淤 | | | 40 | 40\n | | 其中：干流 | ≥8公里 | 6公里 | 20 | 20\n\
                   | | 支流 | ≥4公里 | 4公里 | 20 | 20\n | 质量指标 | 合格率 | ≥95% | 96% | 50 | 50";
    let text = form(heading, "100");
    is_in_order(&text);
    assert_eq!(says(&audit(&text), "row-1"), "15.00..15.00 overstated 5.00");
    // 10 + 20 + 20 + 50 are the whole form.
    let own = "产出指标 | 数量指标 | 清淤 | ≥12公里 | 12公里 | 20 | 20\n | | 其中：干流 | ≥8公里 | 6公里 | 20 | 20\n\
               | 质量指标 | 合格率 | ≥95% | 96% | 50 | 50";
    let text = form(own, "100");
    is_in_order(&text);
    assert_eq!(says(&audit(&text), "row-2"), "15.00..15.00 overstated 5.00");
}

#[test]
fn points_that_do_not_come_out_with_or_without_the_details_hide_no_claim() {
    // 10 + 20 + 30 + 50 = 110, and 10 + 20 + 50 = 80 without the details: neither is what a form weighs. 30 × 6 ÷ 8 = 22.5.
    let rows = "产出指标 | 数量指标 | 清淤 | ≥12公里 | 12公里 | 20 | 20\n | | 其中：干流 | ≥8公里 | 6公里 | 30 | 30\n\
                | 质量指标 | 合格率 | ≥95% | 96% | 50 | 50";
    let audit = audit(&form(rows, "110"));
    assert_eq!(says(&audit, "row-2"), "22.50..22.50 overstated 7.50");
    assert_eq!((audit.indicators.len(), count(&audit, "weights-mismatch")), (4, 1));
}

#[test]
fn without_a_column_of_weights_details_without_a_score_are_none_the_less_details() {
    let top: String = head(MONEY).lines().take(6).map(|line| format!("{line}\n")).collect();
    let text = format!(
        "{top}一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分\n产出指标 | 数量指标 | 清淤 | ≥12公里 | 9公里 | 30\n\
         | | 其中：干流 | ≥8公里 | 6公里 |\n | | 支流 | ≥4公里 | 3公里 |\n"
    );
    let audit = audit(&text);
    assert_eq!((audit.indicators.len(), count(&audit, "score-missing")), (2, 0));
}

#[test]
fn a_score_above_a_row_without_points_may_be_for_both_where_it_is_not_what_its_own_row_is_due() {
    // 40 × 9 ÷ 12 = 30 points are due for the first row alone.
    let with = |first: &str, below: &str| {
        audit(&form(
            &format!(
                "产出指标 | 数量指标 | 清淤 | ≥12公里 | 9公里 | 40 | {first}\n{below}\n效益指标 | 社会效益 | 受益村 | ≥12个 | 12个 | 50 | 50"
            ),
            "90",
        ))
    };
    let blank = " | 质量指标 | 合格率 | ≥95% | 96% | |";
    for (first, below) in [
        ("38", blank),
        ("40", " | | 巡查次数 | ≥12次 | 12次 | |"),
        ("20", " | 时效指标 | 及时率 | ≥95% | 50% | |"),
        ("36", " | 质量指标 | 合格率 | | 96% | |"),
        ("35", " | 质量指标 | 合格率 | ≥95% | 96% | |\n | 时效指标 | 及时率 | ≥95% | 96% | |"),
    ] {
        let audit = with(first, below);
        assert!(says(&audit, "row-1").contains("unverifiable"), "{first} {below}: {}", says(&audit, "row-1"));
        assert!(codes(&audit, Some("row-1")).contains(&"score-conflict"), "{first} {below}");
        assert_eq!(count(&audit, "total-mismatch"), 0, "{first} {below}");
    }
    // What the row is due alone is claimed for it alone; a row said to carry nothing, one of another section and a bare name are no part
    // of the claim.
    assert_eq!(says(&with("30", blank), "row-1"), "30.00..30.00 agrees 0");
    for below in [
        " | 质量指标 | 合格率 | ≥95% | 96% | — | —",
        " | 质量指标 | 合格率 | ≥95% | 96% | 不计分 | 不计分",
        "满意度指标 | 服务对象满意度 | 居民满意度 | ≥95% | 96% | |",
        " | 质量指标 | 合格率 | | | |",
    ] {
        assert_eq!(says(&with("38", below), "row-1"), "30.00..30.00 overstated 8.00", "{below}");
    }
}

#[test]
fn a_row_that_carries_no_points_claims_none() {
    let rows = |idle: &str| {
        format!(
            "产出指标 | 数量指标 | 清淤 | ≥12公里 | 9公里 | 40 | 30\n{idle}\n | 质量指标 | 合格率 | ≥95% | 96% | 50 | 50"
        )
    };
    for idle in [
        " | 成本指标 | 不涉及 | 不涉及 | 不涉及 | — | —",
        " | 成本指标 | 单位成本 | ≤5万元 | 4.8万元 | 不计分 | 不计分",
        " | 成本指标 | 单位成本 | ≤5万元 | 4.8万元 | |",
    ] {
        let text = form(&rows(idle), "90");
        is_in_order(&text);
        assert_eq!(audit(&text).indicators.len(), 3, "{idle}");
    }
    // A weight without a score is a claim that is missing; so is a row without either where points are missing.
    let audit =
        audit(&form(&rows(" | 成本指标 | 单位成本 | ≤5万元 | 4.8万元 | 10 |").replace("| 40 | 30", "| 30 | 30"), "90"));
    assert_eq!(count(&audit, "score-missing"), 1);
    let short = super::written::audit(&form(
        &rows(" | 成本指标 | 单位成本 | ≤5万元 | 4.8万元 | |").replace("| 40 | 30", "| 30 | 22.5"),
        "90",
    ));
    assert_eq!(count(&short, "score-missing"), 1);
}

#[test]
fn a_hidden_row_without_which_the_form_weighs_what_it_should_is_left_out() {
    let hide = |text: &str, row: u32| {
        let mut sheet: Sheet = sheet("表", text);
        sheet.hidden_rows.push((row, row));
        assert!(sheet.is_row_hidden(row) && sheet.cell(Address { row, column: 2 }).is_some());
        audited(&forms(vec![sheet])[0])
    };
    let old = "产出指标 | 数量指标 | 清淤 | ≥15公里 | 9公里 | 40 | 24\n";
    let rows = format!(
        "{old}产出指标 | 数量指标 | 清淤 | ≥12公里 | 9公里 | 40 | S\n | 质量指标 | 合格率 | ≥95% | 96% | 50 | 50"
    );
    for (claim, total, said) in [("30", "90", "30.00..30.00 agrees 0"), ("40", "100", "30.00..30.00 overstated 10.00")]
    {
        let audit = hide(&form(&rows.replace('S', claim), total), 7);
        assert_eq!(audit.indicators.len(), 3);
        assert_eq!((line(&audit, "row-1").name.as_str(), says(&audit, "row-1").as_str()), ("清淤", said));
        assert_eq!(count(&audit, "total-mismatch") + count(&audit, "weights-mismatch"), 0);
        assert_eq!(count(&audit, "hidden-data"), 1);
    }
    // One that the form needs is read, and told.
    let needed = hide(&form(&rows.replace(old, "").replace('S', "30"), "90"), 7);
    assert_eq!((needed.indicators.len(), count(&needed, "hidden-data")), (3, 1));
}
