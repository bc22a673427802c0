//! Rows that stand together for one indicator: a department's own indicators in its place, and an indicator split into its parts.

use crate::sheets::{claim, codes, read, sheet};
use crate::submitted::audited;

/// The card's rows around 社会效益、经济效益、生态效益及可持续影响等 (25 points, judged by people) with these in its place.
fn with(rows: &str) -> fuhe::submission::Submission {
    let card = format!(
        "2020年度部门整体支出绩效评分表\n单位名称：榕江区图书馆\n三级指标 | 分值 | 自评得分\n重点工作完成情况 | 8 | 8\n项目完成及时性 | 6 | 6\n{rows}\n群众信访办理情况 | 3 | 3\n公众或服务对象满意度 | 6 | 6"
    );
    read(vec![sheet("评分表", &card)])
}

#[test]
fn rows_in_the_place_of_a_judged_indicator_that_carry_its_points_are_its_claim() {
    for (rows, points) in [
        ("读者到馆人次 | 10 | 9\n图书流通册次 | 10 | 8\n数字资源访问量 | 5 | 5", "22"),
        ("经济效益 | 10 | 9\n社会效益 | 15 | 14", "23"),
        ("本馆特色服务 | 25 | 24", "24"),
    ] {
        let read = with(rows);
        assert!(
            claim(&read, "benefits").starts_with(&format!("{points} at 评分表!C6")),
            "{rows}: {}",
            claim(&read, "benefits")
        );
        let found = codes(&read);
        assert!(found.iter().any(|code| code == "indicator-renamed A6"), "{rows}: {found:?}");
        assert!(!found.iter().any(|code| code.starts_with("indicator-unknown")), "{rows}: {found:?}");
        assert!(read.unknown_scores.is_empty(), "{rows}");
        let audit = audited(read);
        assert!(
            !audit.findings.iter().any(|finding| finding.indicator.as_deref() == Some("benefits")
                && finding.code.as_str() == "indicator-missing")
        );
    }
}

#[test]
fn rows_whose_points_are_others_or_that_may_stand_for_several_indicators_stay_unknown() {
    for rows in [
        // 20 of 25 points.
        "读者到馆人次 | 10 | 9\n图书流通册次 | 10 | 8",
        // No points at all.
        "读者到馆人次 | | 9\n图书流通册次 | | 8",
    ] {
        let read = with(rows);
        assert_eq!(claim(&read, "benefits"), "", "{rows}");
        assert!(!read.unknown_scores.is_empty(), "{rows}");
    }
    // Two indicators are missing between the rows: 31 points in all, and 25 of them.
    let card = "2020年度部门整体支出绩效评分表\n三级指标 | 分值 | 自评得分\n重点工作完成情况 | 8 | 8\n甲 | 25 | 20\n群众信访办理情况 | 3 | 3\n公众或服务对象满意度 | 6 | 6";
    let read = read(vec![sheet("评分表", card)]);
    assert_eq!(claim(&read, "benefits"), "");
}

#[test]
fn an_indicator_that_is_computed_is_only_split_into_rows_that_are_named_after_it() {
    let card = |rows: &str| {
        format!(
            "2020年度部门整体支出绩效评分表\n三级指标 | 分值 | 自评得分\n管理制度健全性 | 3 | 3\n{rows}\n预算执行率 | 6 | 5\n重点工作完成情况 | 8 | 8"
        )
    };
    let of = |rows: &str| claim(&read(vec![sheet("评分表", &card(rows))]), "public_funds_control");
    assert_eq!(of("车辆管理 | 3 | 3\n会议管理 | 3 | 3"), "");
    assert!(
        of("公用经费 | 3 | 3\n经费控制率 | 3 | 2").starts_with("5 at 评分表!C4"),
        "{}",
        of("公用经费 | 3 | 3\n经费控制率 | 3 | 2")
    );
}
