//! What headings, remarks and names of a project form say against what it says was reached or claimed: those are questions, and neither
//! held against the department nor confirmed.
//!
//! 9 of 12 km earn 22.5 of 30 points, 12 of 12 all 30.

use fuhe::audit::{Audit, Verdict};
use fuhe::workbook::{Address, Digits};

use super::written::{audit, audited, codes, count, forms, head, line, says, sheet};

const MONEY: &str = "50 | 50 | 50 | 10 | 100% | 10";

/// A form of one row under these headings of what was reached and of the score.
fn under(actual: &str, score: &str, row: &str) -> Audit {
    let top: String = head(MONEY).lines().take(6).map(|line| format!("{line}\n")).collect();
    audit(&format!(
        "{top}一级指标 | 二级指标 | 三级指标 | 年度指标值 | {actual} | 分值 | {score} | 偏差原因\n产出指标 | 数量指标 | {row}\n总分 | | | | | 100 | 40\n"
    ))
}

fn verdict(audit: &Audit) -> Verdict {
    line(audit, "row-1").verdict
}

#[test]
fn what_is_still_aimed_at_or_not_final_is_nothing_reached() {
    let row = |actual: &str, claimed: &str| format!("清淤长度 | ≥12公里 | {actual} | 30 | {claimed} |");
    for heading in
        ["实际完成值（计划）", "预计完成值", "实际完成值（初步）", "实际完成值（预计数）", "实际完成值（未审）"]
    {
        for (actual, claimed) in [("12公里", "30"), ("9公里", "30")] {
            let audit = under(heading, "得分", &row(actual, claimed));
            assert_eq!(verdict(&audit), Verdict::Unverifiable, "{heading}: {actual}");
        }
    }
    for heading in ["实际完成值", "全年实际完成值", "实际完成情况"] {
        let audit = under(heading, "得分", &row("9公里", "30"));
        assert_eq!(says(&audit, "row-1"), "22.50..22.50 overstated 7.50", "{heading}");
    }
}

#[test]
fn a_score_of_another_time_alone_claims_nothing_that_could_be_confirmed() {
    let row = "清淤长度 | ≥12公里 | 12公里 | 30 | 30 |";
    for heading in ["上半年得分", "得分（2019年）", "一季度自评得分", "上年自评得分（去年）"]
    {
        let top: String = head(MONEY).lines().take(6).map(|line| format!("{line}\n")).collect();
        let text = format!(
            "{top}一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | {heading} | 偏差原因\n产出指标 | 数量指标 | {row}\n总分 | | | | | 100 | 40\n"
        );
        // A column of last year by word is no column of the claim at all.
        let Some(form) = forms(vec![sheet("附件1", &text)]).into_iter().next() else { continue };
        let audit = audited(&form);
        assert_eq!(verdict(&audit), Verdict::Unverifiable, "{heading}");
        assert!(
            codes(&audit, Some("row-1")).contains(&"score-conflict"),
            "{heading}: {:?}",
            codes(&audit, Some("row-1"))
        );
        assert_eq!(count(&audit, "total-mismatch"), 0, "{heading}");
    }
    assert_eq!(verdict(&under("实际完成值", "自评得分", row)), Verdict::Agrees);
}

#[test]
fn a_remark_that_speaks_against_what_was_reached_leaves_it_open() {
    let with = |actual: &str, claimed: &str, remark: &str| {
        under("实际完成值", "得分", &format!("清淤长度 | ≥12公里 | {actual} | 30 | {claimed} | {remark}"))
    };
    for remark in [
        "实际完成9公里，其余明年完成",
        "受汛期影响，尚有3公里未完成",
        "本年完成9公里，上年完成3公里",
        "为预计数",
        "上年数",
        "1-6月数",
        "该工程尚未验收",
    ] {
        let audit = with("12公里", "30", remark);
        assert_eq!(verdict(&audit), Verdict::Unverifiable, "{remark}");
        assert!(codes(&audit, Some("row-1")).contains(&"fact-doubtful"), "{remark}");
    }
    // What the remark explains is what the row says: it is compared, and so is what it leaves as it is.
    for (actual, claimed, remark, said) in [
        ("9公里", "22.5", "受汛期影响，尚有3公里未完成", "22.50..22.50 agrees 0"),
        ("9公里", "30", "实际完成9公里", "22.50..22.50 overstated 7.50"),
        ("12公里", "30", "实际完成率100%", "30.00..30.00 agrees 0"),
        ("12公里", "30", "见附件3", "30.00..30.00 agrees 0"),
        ("9公里", "30", "加强管理", "22.50..22.50 overstated 7.50"),
        // An ordinary reason for falling short hides no inflated claim.
        ("9公里", "30", "尚有3公里未完成", "22.50..22.50 overstated 7.50"),
        ("9公里", "30", "尚未验收", "22.50..22.50 overstated 7.50"),
        ("9公里", "30", "上半年受汛期影响", "22.50..22.50 overstated 7.50"),
        ("9公里", "22.5", "1-6月因疫情停工", "22.50..22.50 agrees 0"),
        ("9公里", "22.5", "2019年疫情影响", "22.50..22.50 agrees 0"),
        ("9公里", "30", "下属单位已配合", "22.50..22.50 overstated 7.50"),
        ("9公里", "22.5", "预计明年完成", "22.50..22.50 agrees 0"),
    ] {
        assert_eq!(says(&with(actual, claimed, remark), "row-1"), said, "{remark}");
    }
}

#[test]
fn a_name_that_says_another_year_or_a_day_within_this_one_is_no_indicator_of_all_of_it() {
    let named = |name: &str| under("实际完成值", "得分", &format!("{name} | ≥12公里 | 12公里 | 30 | 30 |"));
    for name in [
        "清淤长度（2019年）",
        "清淤长度（上年）",
        "清淤长度（2021年度）",
        "清淤长度（截至6月）",
        "清淤长度（截至9月底）",
        "清淤长度（上半年）",
    ] {
        let audit = named(name);
        assert_eq!(verdict(&audit), Verdict::Unverifiable, "{name}");
        assert!(codes(&audit, Some("row-1")).contains(&"fact-doubtful"), "{name}");
    }
    for name in [
        "清淤长度（2020年）",
        "上年度遗留河段清淤长度",
        "清淤长度（公里）",
        "清淤长度（截至12月底）",
        "汛期清淤长度（5-9月）",
        "培训人次（基层单位）",
        "清淤长度（下属单位）",
        "清淤长度（含支流）",
    ] {
        assert_eq!(verdict(&named(name)), Verdict::Agrees, "{name}");
    }
}

#[test]
fn only_the_digits_that_a_claim_does_not_show_are_held_against_nobody() {
    let with = |score: &str, places: Option<u8>| {
        let text = format!(
            "{}产出指标 | 数量指标 | 长度 | ≥10公里 | 9公里 | 10 | {score} |\n总分 | | | | | 100 | 19\n",
            head(MONEY)
        );
        let mut sheet = sheet("附件1", &text);
        let at = Address { row: 7, column: 6 };
        if let Some(cell) = sheet.cells.get_mut(&at) {
            cell.digits = Digits { places, ..Digits::default() };
        }
        audited(&forms(vec![sheet])[0])
    };
    // 9 of 10 km: 9 of 10 points.
    assert_eq!(says(&with("9.4", None), "row-1"), "9.00..9.00 overstated 0.40");
    let shown = with("9.4", Some(0));
    assert_eq!(verdict(&shown), Verdict::Unverifiable);
    assert!(codes(&shown, Some("row-1")).contains(&"score-conflict"));
    assert_eq!(verdict(&with("10", Some(0))), Verdict::Overstated);
    assert_eq!(verdict(&with("9.4", Some(1))), Verdict::Overstated, "all its digits are shown");
    assert_eq!(verdict(&with("9.00", Some(0))), Verdict::Agrees);
}
