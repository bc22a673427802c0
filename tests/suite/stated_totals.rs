//! The total of a card and of a form: under its scores, behind its colon, or beside its label; never one of several numbers.

use fuhe::audit::Audit;

use crate::declared::written;
use crate::said::Said;
use crate::sheets::{read, sheet};
use crate::submitted::{audited, found};

/// A card whose three claims add up to 17, with a row of its total.
fn card(row: &str) -> Audit {
    let card = format!(
        "2020年度部门整体支出绩效自评表\n三级指标 | 分值 | 自评得分 | 说明 | 备注\n预算执行率 | 6 | 3\n公众或服务对象满意度 | 6 | 6\n\
         重点工作完成情况 | 8 | 8\n{row}"
    );
    let base = "数据项 | 数值 | 单位\n一季度部门预算支出进度 | 10 | %\n二季度部门预算支出进度 | 20 | %\n三季度部门预算支出进度 | 37.5 | %\n\
                四季度部门预算支出进度 | 70 | %\n服务对象满意度 | 100 | %";
    audited(read(vec![sheet("评分表", &card), sheet("基础数据表", base)]))
}

/// A form whose claims add up to 100, with a row of its total.
fn form(row: &str) -> Audit {
    let line = "产出指标 | 数量指标 | 清淤长度 | ≥12公里 | 12.6公里 | 90 | 90 |";
    written::audit(&format!("{}{line}\n{row}\n", written::head("120 | 120 | 120 | 10 | 100% | 10")))
}

fn total(audit: &Audit) -> Option<String> {
    audit.claimed.as_ref()?.total.map(|total| total.normalize().to_string())
}

fn doubts(audit: &Audit) -> Vec<String> {
    found(audit, "fact-doubtful").iter().map(|finding| finding.message()).collect()
}

#[test]
fn a_total_stands_under_the_scores_behind_its_colon_or_beside_its_label() {
    for row in ["总分 | | 17", "总分：17", "总分 | | | 17", "总分 | 100 | 17", "总分 | | | | 17", "总分 | | | 17 | 17"]
    {
        assert_eq!(total(&card(row)).as_deref(), Some("17"), "{row}");
        assert!(found(&card(row), "total-mismatch").is_empty(), "{row}");
    }
    for row in [
        "总分 | | | | | 100 | 98",
        "总分：98",
        "总分 | | | | | 100 | | 98",
        "总分 | 100 | 98",
        "总分 | 98",
        "总分 | | 98 | 98",
    ] {
        assert_eq!(total(&form(row)).as_deref(), Some("98"), "{row}");
        assert_eq!(written::count(&form(row), "total-mismatch"), 1, "{row}");
    }
}

#[test]
fn of_several_numbers_beside_the_label_of_a_total_none_is_taken_and_the_cells_are_told() {
    for (audit, cells) in [
        (card("总分 | | | 17 | 16"), ["D6 17", "E6 16"]),
        (card("综合评分 | | | 18.5 | 20"), ["D6 18.5", "E6 20"]),
        // The claims add up to 17, and 17 may be what the department states: the points of the card are no more likely.
        (card("总分 | | | 20 | 17"), ["D6 20", "E6 17"]),
        (form("总分 | 97 | 95"), ["B", "C"]),
        (form("总分 | | 100 | 97 | 95"), ["D", "E"]),
    ] {
        assert_eq!(total(&audit), None, "{cells:?}");
        assert!(found(&audit, "total-mismatch").is_empty(), "{cells:?}");
        let told = doubts(&audit);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(cells.iter().all(|cell| told[0].contains(cell)), "{told:?}");
    }
}

#[test]
fn what_stands_under_the_scores_is_the_total_or_nothing_is() {
    // A word under the scores is no total, and no number beside it takes its place.
    for row in ["总分 | | 见附件 | 17", "总分 | | 待定 | | 17"] {
        assert_eq!(total(&card(row)), None, "{row}");
    }
    assert_eq!(total(&form("总分 | | 98 | | | 100 | 待定")), None);
    // The points of the card are its total where no other number stands there: 3 + 6 + 8 is not 100.
    let full = card("总分 | | | 100");
    assert_eq!(total(&full).as_deref(), Some("100"));
    assert_eq!(found(&full, "total-mismatch").len(), 1);
}

#[test]
fn a_number_behind_a_word_of_its_own_is_no_total() {
    for row in ["总分 | | | 17 | 排名第3", "总分 | | | 17 | 备注"] {
        assert_eq!(total(&card(row)).as_deref(), Some("17"), "{row}");
    }
    for (row, said) in
        [("总分 | 98 | 排名 | 3", "98"), ("总分 | 100 | 扣分 | 0", "100"), ("总分 | 100 | 等级 | 1", "100")]
    {
        assert_eq!(total(&form(row)).as_deref(), Some(said), "{row}");
    }
}
