//! Two columns of scores that no word tells apart: where they differ the claim is open, and nobody is accused or confirmed.

use std::io::{Cursor, Read};

use fuhe::audit::{Audit, Severity, Verdict};
use fuhe::report::table::Value;
use fuhe::report::{Batch, tables, writers::jsonl, writers::xlsx};
use fuhe::text::Language;

use crate::bench;
use crate::declared;
use crate::recalculation::Sheets;
use crate::said::Said;
use crate::sheets::{claim, read, sheet};
use crate::submitted::{audited, found, indicator, number};

/// A card with two columns of scores, and base data under which 预算执行率 earns 3.00 of 6 (40, 40, 50 and 70 % of what
/// was due by each quarter) and 公众或服务对象满意度 all 6.
fn card(headings: &str, execution: &str, satisfaction: &str, total: &str) -> Audit {
    let card = format!(
        "2020年度部门整体支出绩效自评表\n三级指标 | 分值 | {headings}\n预算执行率 | 6 | {execution}\n公众或服务对象满意度 | 6 | {satisfaction}\n\
         重点工作完成情况 | 8 | 8 | 8\n总分 | | {total}\n评分等级 | | 优"
    );
    let base = "数据项 | 数值 | 单位\n一季度部门预算支出进度 | 10 | %\n二季度部门预算支出进度 | 20 | %\n三季度部门预算支出进度 | 37.5 | %\n\
                四季度部门预算支出进度 | 70 | %\n服务对象满意度 | 100 | %";
    audited(read(vec![sheet("评分表", &card), sheet("基础数据表", base)]))
}

fn settled(audit: &Audit, id: &str) -> Vec<String> {
    indicator(audit, id).settled_by.iter().map(ToString::to_string).collect()
}

#[test]
fn a_claim_of_two_columns_that_differ_is_open_and_its_finding_tells_both_cells() {
    for headings in ["第一轮得分 | 第二轮得分", "得分 | 得分", "自评得分 | 自评分"] {
        let audit = card(headings, "3 | 2.5", "6 | 6", "100");
        let execution = indicator(&audit, "budget_execution");
        assert_eq!((execution.verdict, execution.claimed), (Verdict::Unverifiable, None), "{headings}");
        let claims: Vec<String> =
            execution.claims.iter().map(|one| format!("{} {}", one.value.unwrap(), one.source.cell)).collect();
        assert_eq!(claims, ["3 C3", "2.5 D3"], "{headings}");
        assert_eq!(settled(&audit, "budget_execution"), ["conflict:budget_execution.claim"]);
        let told = found(&audit, "score-conflict");
        assert_eq!((told.len(), told[0].severity), (1, Severity::Warning));
        let message = told[0].message();
        assert!(message.contains("C3") && message.contains("D3") && message.contains("2.5"), "{message}");
        let of_it = audit.findings.iter().filter(|one| one.indicator.as_deref() == Some("budget_execution"));
        assert_eq!(of_it.map(|one| one.code.as_str()).collect::<Vec<_>>(), ["score-conflict"]);
        // What both columns say alike is a claim like any other.
        assert_eq!(indicator(&audit, "satisfaction").claimed, Some(number("6")), "{headings}");
        assert_eq!(indicator(&audit, "satisfaction").verdict, Verdict::Agrees, "{headings}");
    }
}

#[test]
fn an_open_claim_is_no_overstatement_even_where_every_candidate_is_above_the_highest_score() {
    let audit = card("第一轮得分 | 第二轮得分", "6 | 5", "6 | 6", "100");
    let execution = indicator(&audit, "budget_execution");
    assert_eq!((execution.verdict, execution.high), (Verdict::Unverifiable, Some(number("3.00"))));
    assert!(found(&audit, "overstated-score").is_empty() && found(&audit, "score-above-points").is_empty());
    // One column alone would be overstated by 3.00.
    let alone = card("得分 | 佐证材料", "6 | 附件", "6 | 附件", "100");
    assert_eq!(indicator(&alone, "budget_execution").verdict, Verdict::Overstated);
}

#[test]
fn total_and_grade_are_open_while_a_claim_is() {
    let open = card("第一轮得分 | 第二轮得分", "3 | 2.5", "6 | 6", "50");
    for code in ["total-mismatch", "grade-mismatch", "grade-overstated"] {
        assert!(found(&open, code).is_empty(), "{code}");
    }
    let told = card("第一轮得分 | 第二轮得分", "3 | 3", "6 | 6", "50");
    // 3 + 6 + 8 = 17, and not 50.
    assert_eq!(found(&told, "total-mismatch").len(), 1);
    assert_eq!(indicator(&told, "budget_execution").verdict, Verdict::Agrees);
}

#[test]
fn of_an_open_claim_the_highest_candidate_counts_in_the_ceiling_but_never_more_than_was_earned() {
    let ceiling = |claims: &str| card("第一轮得分 | 第二轮得分", claims, "6 | 6", "100").recomputed.unwrap().ceiling;
    // 6 of satisfaction and 8 claimed for key tasks, of which nothing is known, beside what is granted of execution.
    assert_eq!(ceiling("2 | 2.5"), number("16.5"));
    assert_eq!(ceiling("6 | 5"), number("17"));
    assert_eq!(ceiling("3 | 3"), number("17"));
}

#[test]
fn of_two_columns_that_both_say_they_are_final_and_differ_no_claim_is_left() {
    let audit = card("最终得分 | 终评得分", "3 | 2.5", "6 | 6", "100");
    assert_eq!(indicator(&audit, "budget_execution").verdict, Verdict::Invalid);
    assert_eq!(found(&audit, "score-not-a-number").len(), 1);
    assert!(found(&audit, "score-conflict").is_empty());
}

#[test]
fn a_column_that_says_nothing_of_a_row_is_no_rival() {
    let card = |execution: &str| {
        let rows = "重点工作完成情况 | 8 | 8 | 7\n公众或服务对象满意度 | 6 | 6 | 5";
        let text = format!("三级指标 | 分值 | 第一轮得分 | 第二轮得分\n预算执行率 | 6 | {execution}\n{rows}");
        claim(&read(vec![sheet("表", &text)]), "budget_execution")
    };
    assert_eq!(card("4 |"), "4 at 表!C2");
    assert_eq!(card(" | 5.82"), "5.82 at 表!D2");
    assert_eq!(card(" | "), "missing at 表!C2");
    assert_eq!(card("4 | 见附件"), "4 at 表!C2 or no number at D2");
}

#[test]
fn a_form_with_two_columns_of_scores_is_open_the_same_way() {
    let text = |claims: &str| {
        let head: String = declared::written::head("50 | 50 | 50 | 10 | 100% | 10")
            .lines()
            .take(6)
            .map(|line| format!("{line}\n"))
            .collect();
        format!(
            "{head}一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 第一轮得分 | 第二轮得分\n\
             产出指标 | 数量指标 | 甲 | ≥2个 | 1个 | 90 | {claims}\n总分 | | | | | 100 | 100 |"
        )
    };
    let audit = declared::written::audit(&text("45 | 40"));
    let row = indicator(&audit, "row-1");
    assert_eq!((row.verdict, row.claimed, row.claims.len()), (Verdict::Unverifiable, None, 2));
    assert_eq!(settled(&audit, "row-1"), ["conflict:row-1.claim"]);
    assert_eq!(found(&audit, "score-conflict").len(), 1);
    assert!(found(&audit, "fact-conflict").is_empty() && found(&audit, "total-mismatch").is_empty());
    // 90 × 1 ÷ 2 = 45, and 10 for the budget.
    assert_eq!(audit.recomputed.unwrap().ceiling, number("55"));
    let alike = declared::written::audit(&text("45 | 45"));
    assert_eq!(indicator(&alike, "row-1").verdict, Verdict::Agrees);
}

fn batch() -> Batch {
    let mut audit = card("第一轮得分 | 第二轮得分", "6 | 5", "6 | 6", "100");
    audit.unit = Some("某局".to_owned());
    Batch { audits: vec![audit], rulebooks: vec![bench::shenzhen()], ..Batch::default() }
}

#[test]
fn the_workbook_shows_both_scores_takes_the_bureaus_own_and_agrees_with_another_program() {
    let batch = batch();
    let made = tables(&batch, Language::Zh);
    let list = made.iter().find(|table| table.name == "差异清单").expect("the list");
    let column = |heading: &str| list.columns.iter().position(|column| column.header == heading).expect("a column");
    let text = |cell: &fuhe::report::table::Cell| match &cell.value {
        Value::Text(text) => text.clone(),
        _ => String::new(),
    };
    let row = list.rows.iter().find(|row| text(&row.cells[column("自评分")]) == "6 或 5").expect("the open claim");
    assert_eq!(text(&row.cells[column("指标")]), "预算执行率");
    let decisions = made.iter().find(|table| table.name == "核定表").expect("the sheet");
    let at = |heading: &str| decisions.columns.iter().position(|column| column.header == heading).expect("a column");
    let row = decisions.rows.iter().find(|row| text(&row.cells[at("自评分")]) == "6 或 5").expect("its decision");
    assert!(row.cells[at("核定分")].input.is_some(), "the bureau can settle it there");
    let mut sheets = Sheets::open(&xlsx::workbook(&made, Language::Zh, None).expect("a workbook"));
    sheets.recalculate();
    assert!(made.iter().map(|table| sheets.agrees_with(table)).sum::<usize>() > 40);
}

#[test]
fn a_stored_open_claim_comes_back_with_its_candidates_and_gives_the_same_workbook() {
    let batch = batch();
    let mut lines = Vec::new();
    jsonl::write(&batch.audits, Language::Zh, &mut lines).expect("lines");
    let audits = jsonl::read(lines.as_slice()).expect("a line");
    assert_eq!(audits[0].indicators, batch.audits[0].indicators);
    let again = Batch { audits, ..batch.clone() };
    let bytes = |batch| xlsx::workbook(&tables(batch, Language::Zh), Language::Zh, None).expect("a workbook");
    assert!(bytes(&again) == bytes(&batch));
}

#[test]
fn the_letter_asks_which_score_holds_and_tells_both_cells() {
    let letters = fuhe::report::writers::letters::letters(&batch(), Language::Zh).expect("letters");
    let mut archive = zip::ZipArchive::new(Cursor::new(&letters.letters[0].bytes)).expect("a package");
    let mut text = String::new();
    archive.by_name("word/document.xml").expect("a document").read_to_string(&mut text).expect("text");
    for told in ["预算执行率：所报的自评得分（多处不一的，以何处为准）", "C3", "D3", "总分和等级待明确后再核对"]
    {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert!(!text.contains("自评分高于"), "{text}");
}
