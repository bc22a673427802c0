//! When a submission was filled in, as it says itself: of two of one department the later counts until the bureau chooses.

use fuhe::across::{Against, look};
use fuhe::audit::Audit;
use fuhe::report::table::{Cell, Table, Value};
use fuhe::report::writers::{summary, xlsx};
use fuhe::report::{Batch, tables};
use fuhe::text::Language;
use rust_decimal::Decimal;

use crate::bench::{SEED, SEED_CLAIMS, audit, batch, card, honest, shenzhen, submission};
use crate::recalculation::{Sheets, cells};
use crate::report::named;
use crate::sheets::{read, sheet};

const CARD: &str = "
三级指标 | 分值 | 自评得分
财政供养人员控制率 | 1 | 1
公用经费控制率 | 6 | 6
公众或服务对象满意度 | 6 | 6";

fn dated(head: &str, foot: &str) -> Option<String> {
    read(vec![sheet("评分表", &format!("单位名称：榕江区图书馆 | {head}{CARD}\n{foot}"))]).dated
}

#[test]
fn the_day_of_filling_in_is_read_beside_its_label_and_nowhere_else() {
    for (head, foot) in [
        ("填报日期：2021年3月5日", ""),
        ("填报日期 | 2021-03-05", ""),
        ("评价年度：2020年度　　填表时间：2021/3/5", ""),
        ("", "填表人：张三　　填表日期：2021.3.5"),
        ("报送日期：20210305", "填表日期：2021年3月5日"),
    ] {
        assert_eq!(dated(head, foot).as_deref(), Some("2021-03-05"), "{head} / {foot}");
    }
    for (head, foot) in [
        ("填报日期：2021年3月", ""),
        ("填报日期：　　年　月　日", ""),
        ("成立日期：2021年3月5日", ""),
        ("2021年3月5日", ""),
        // Two days: nobody knows which.
        ("填报日期：2021年3月5日", "填表日期：2021年4月6日"),
        ("填报日期", "2021年3月5日"),
    ] {
        assert_eq!(dated(head, foot), None, "{head} / {foot}");
    }
}

/// Two submissions of one department, of these days; 甲 claims 92, the other one less.
fn two(days: [Option<&str>; 2]) -> Batch {
    let rulebook = shenzhen();
    let fewer = SEED_CLAIMS.replacen('5', "4", 1);
    let made = [("甲.xlsx", SEED_CLAIMS, days[0]), ("乙.xlsx", &fewer, days[1])].map(|(file, claims, day)| {
        let audit = audit(&rulebook, file, submission(&rulebook, "某局", claims, "92.00", "优", SEED));
        Audit { sha256: file.to_owned(), dated: day.map(str::to_owned), ..audit }
    });
    Batch { audits: made.to_vec(), ..batch() }
}

fn claimed(all: &[Table]) -> String {
    let cells: Vec<_> = named(all, "总览").lead.iter().flat_map(|row| &row.cells).collect();
    let at = cells.iter().position(|cell| cell.value == Value::Text("自评合计（分）".to_owned())).expect("the figure");
    format!("{:?}", cells[at + 1].value)
}

#[test]
fn the_summary_of_a_run_without_a_workbook_counts_the_same_submissions_as_that_of_one_with_it() {
    use fuhe::brief::Brief;
    for (days, left_out) in [
        ([Some("2021-03-05"), Some("2021-03-28")], "1份"),
        ([Some("2021-03-05"), Some("2021-03-05")], "2份"),
        ([None, None], "2份"),
    ] {
        let mut batch = two(days);
        batch.whole = look(&mut batch.audits, &Against::default());
        let briefs: Vec<Brief> = batch.audits.iter().map(Brief::of).collect();
        let alone = summary::summary_of(&briefs, &batch.whole, 0, Language::Zh);
        let beside = summary::summary(&batch, Language::Zh);
        assert!(alone.contains(left_out), "{alone}");
        assert_eq!(alone, beside, "with a workbook");
    }
}

#[test]
fn the_later_by_its_own_date_counts_until_the_bureau_chooses_and_without_two_dates_neither() {
    let sum = |claims: &str| {
        let claims = claims.split_whitespace().map(|claim| claim.parse::<rust_decimal::Decimal>().unwrap_or_default());
        claims.sum::<rust_decimal::Decimal>()
    };
    let (first, second) = (sum(SEED_CLAIMS), sum(SEED_CLAIMS) - rust_decimal::Decimal::ONE);
    for (days, counted) in [
        ([Some("2021-03-05"), Some("2021-03-28")], Some(second)),
        ([Some("2021-11-05"), Some("2021-03-28")], Some(first)),
        ([Some("2021-03-05"), Some("2021-03-05")], None),
        ([Some("2021-03-05"), None], None),
        ([None, None], None),
    ] {
        let batch = two(days);
        let all = tables(&batch, Language::Zh);
        let total = counted.unwrap_or_default().normalize().to_string();
        assert!(claimed(&all).contains(&format!("({total}")), "{days:?}: {} for {total}", claimed(&all));
        let mut sheets = Sheets::open(&xlsx::workbook(&all, Language::Zh, None).expect("a workbook"));
        sheets.recalculate();
        for name in ["总览", "复核进度"] {
            sheets.agrees_with(named(&all, name));
        }
    }
}

#[test]
fn the_summary_of_the_run_counts_a_department_once_and_says_how_many_it_left_out() {
    let said = |days| {
        let mut batch = two(days);
        batch.whole = look(&mut batch.audits, &Against::default());
        summary::summary(&batch, Language::Zh)
    };
    let points: Vec<Decimal> = SEED_CLAIMS.split_whitespace().filter_map(|claim| claim.parse().ok()).collect();
    let first: Decimal = points.iter().sum();
    // 甲 is the later one, then neither says when it was filled in.
    let later = said([Some("2021-11-05"), Some("2021-03-28")]);
    assert!(later.contains(&format!("自评合计{first:.2}分")) && later.contains("上述合计未计入1份"), "{later}");
    assert_eq!(later.matches("某局").count(), 1, "named once among the worst: {later}");
    let neither = said([None, None]);
    assert!(neither.contains("自评合计0.00分") && neither.contains("上述合计未计入2份"), "{neither}");
    // One alone leaves out nothing, and says nothing of it.
    let mut alone = two([None, None]);
    alone.audits.truncate(1);
    assert!(!summary::summary(&alone, Language::Zh).contains("未计入"));
}

/// The figures of the last row of a sheet that begins with a name, as row and column.
fn figures_of(table: &Table, name: &str) -> Vec<(u32, u16)> {
    let begins = |cell: &Cell| cell.value == Value::Text(name.to_owned());
    let row = cells(table).filter(|(_, column, cell)| *column == 0 && begins(cell)).map(|(row, _, _)| row).last();
    let is_figure = |cell: &Cell| matches!(cell.value, Value::Formula(..) | Value::Number(..));
    cells(table)
        .filter(|(at, _, cell)| Some(*at) == row && is_figure(cell))
        .map(|(at, column, _)| (at, column))
        .collect()
}

#[test]
fn points_of_an_indicator_over_all_departments_hold_what_counts_and_follow_the_bureaus_choice() {
    let rulebook = shenzhen();
    // 3 points are due for 预算执行率: 甲 claims 6, 乙 3.
    let facts =
        honest(card(&rulebook)).replacen("q1_progress 25; q2_progress 50; q3_progress 75; q4_progress 100; ", "", 1)
            + "; q1_progress 10; q2_progress 20; q3_progress 37.5; q4_progress 70";
    let of = |file: &str, progress: &str, day: &str| {
        let claims = format!("5 5 3 7 2 3 3 2 2 2 1 1 1 3 6 {progress} 8 6 25 3 6");
        let audit = audit(&rulebook, file, submission(&rulebook, "某局", &claims, "", "", &facts));
        Audit { sha256: file.to_owned(), dated: Some(day.to_owned()), ..audit }
    };
    let batch = Batch { audits: vec![of("甲.xlsx", "6", "2021-03-28"), of("乙.xlsx", "3", "2021-03-05")], ..batch() };
    let all = tables(&batch, Language::Zh);
    let mut sheets = Sheets::open(&xlsx::workbook(&all, Language::Zh, None).expect("a workbook"));
    sheets.recalculate();
    for name in ["总览", "复核进度", "逐项核对", "图表"] {
        sheets.agrees_with(named(&all, name));
    }
    // 甲 is the later one: one department overstates, by 3 points and not by 3 + 0 of two.
    let ranking = figures_of(named(&all, "逐项核对"), "预算执行率");
    let shown = |sheets: &Sheets| {
        ranking.iter().map(|(row, column)| sheets.shown("逐项核对", *row, *column)).collect::<Vec<_>>()
    };
    assert_eq!(shown(&sheets), ["1", "3"]);
    let parts = figures_of(named(&all, "图表"), "预算执行率");
    let charted =
        |sheets: &Sheets| parts.iter().map(|(row, column)| sheets.shown("图表", *row, *column)).collect::<Vec<_>>();
    assert_eq!(charted(&sheets), ["3", "3", "0"], "agreed, overstated, in doubt");
    // The bureau chooses 乙, which overstates nothing.
    let progress = named(&all, "复核进度");
    let column = progress.columns.iter().position(|column| column.header == "计入汇总").expect("the choice") as u16;
    let row = progress
        .rows
        .iter()
        .position(|row| row.cells.iter().any(|cell| cell.value == Value::Text("乙.xlsx".to_owned())));
    sheets.type_text("复核进度", progress.first_row() + row.expect("乙") as u32, column, "是");
    sheets.recalculate();
    assert_eq!(
        (shown(&sheets)[1].as_str(), charted(&sheets)),
        ("0", vec!["3".to_owned(), "0".to_owned(), "0".to_owned()])
    );
}
