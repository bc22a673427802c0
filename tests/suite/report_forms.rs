//! The audit workbook of project forms, alone and beside cards: no total holds both, and every score is live.

use fuhe::audit::{Audit, Verdict};
use fuhe::report::agreement::disagreements;
use fuhe::report::table::{Outcome, Table, Value};
use fuhe::report::{
    Batch, reports, tables,
    writers::{html, summary, xlsx},
};
use fuhe::text::Language;

use crate::bench;
use crate::declared::written::{audited, forms, head, line, national, rulebook, sheet};
use crate::recalculation::Sheets;
use crate::report::{named, papers_of};

const MONEY: &str = "50 | 50 | 50 | 10 | 100% | 10";

fn of_forms(audits: Vec<Audit>) -> Batch {
    Batch { audits, rulebooks: vec![rulebook().clone()], ..Batch::default() }
}

/// A form of one row besides its budget.
fn one_row(target: &str, actual: &str, weight: &str, claim: &str) -> Audit {
    national(MONEY, &format!("产出指标 | 数量指标 | 甲 | {target} | {actual} | {weight} | {claim} |"), "100")
}

/// Two cards' files, and one file with two forms: three files in all.
pub fn both() -> Batch {
    let cards = bench::batch();
    let text = |money: &str, claim: &str| {
        format!("{}产出指标 | 数量指标 | 甲 | ≥10个 | 5个 | 90 | {claim} |\n总分 | | | | | 100 | 100\n", head(money))
    };
    let forms = forms(vec![sheet("一", &text(MONEY, "90")), sheet("二", &text("50 | 50 | 25 | 10 | 50% | 10", "45"))]);
    let named = |audit: Audit| Audit { file: "项目.xlsx".to_owned(), ..audit };
    let mut audits: Vec<Audit> = cards.audits.into_iter().take(2).collect();
    audits.extend(forms.iter().map(|form| named(audited(form))));
    let mut rulebooks = cards.rulebooks;
    rulebooks.push(rulebook().clone());
    Batch { audits, rulebooks, ..Batch::default() }
}

fn recalculated(batch: &Batch, language: Language) -> (Vec<Table>, Sheets) {
    let tables = tables(batch, language);
    let bytes = xlsx::workbook(&tables, language, None).expect("a workbook");
    let mut sheets = Sheets::open(&bytes);
    sheets.recalculate();
    (tables, sheets)
}

fn agree(tables: &[Table], sheets: &Sheets) -> usize {
    tables.iter().map(|table| sheets.agrees_with(table)).sum()
}

fn words(table: &Table) -> Vec<String> {
    let cells = table.lead.iter().chain(&table.rows).flat_map(|row| &row.cells);
    cells
        .filter_map(|cell| match &cell.value {
            Value::Text(text) => Some(text.clone()),
            Value::Formula(_, Outcome::Words(words)) => Some(words.clone()),
            _ => None,
        })
        .collect()
}

/// The figure beside a label in the block of figures.
fn figure(table: &Table, label: &str) -> String {
    let cells: Vec<_> = table.lead.iter().flat_map(|row| &row.cells).collect();
    let place = cells.iter().position(|cell| cell.value == Value::Text(label.to_owned()));
    let place = place.unwrap_or_else(|| panic!("{label} stands in {}", table.name));
    match &cells[place + 1].value {
        Value::Number(number, _) | Value::Formula(_, Outcome::Score(number) | Outcome::Figure(number)) => {
            number.normalize().to_string()
        }
        other => panic!("{other:?}"),
    }
}

/// The rows of a working paper that show a name in their second column, below its conclusion: the fact, then the score.
fn rows_of(paper: &Table, name: &str) -> Vec<u32> {
    let is_of = |row: &fuhe::report::table::Row, column: usize| {
        row.cells.get(column).is_some_and(|cell| cell.value == Value::Text(name.to_owned()))
    };
    let heading = |words: &str| {
        let words = Value::Text(words.to_owned());
        paper.rows.iter().position(|row| row.cells.first().is_some_and(|cell| cell.value == words)).expect("a heading")
    };
    let of = |first: usize, end: usize| {
        let rows = paper.rows[first..end].iter().zip(paper.first_row() + first as u32..);
        rows.filter(|(row, _)| is_of(row, 1)).map(|(_, at)| at)
    };
    let (scores, facts) = (heading("二、逐项复核"), heading("三、事实与出处"));
    of(facts, paper.rows.len()).take(1).chain(of(scores, facts)).collect()
}

#[test]
fn cards_and_forms_have_their_own_figures_and_rows() {
    let batch = both();
    let tables = tables(&batch, Language::Zh);
    let names: Vec<&str> = tables.iter().map(|table| table.name.as_str()).take(8).collect();
    let expected = ["总览", "项目总览", "综合报告", "图表", "差异清单", "核定表", "复核进度", "等级影响"];
    assert_eq!(names, expected);
    // Four lines of three files.
    assert_eq!(figure(&tables[0], "收到文件（份）"), "3");
    assert_eq!(figure(&tables[0], "部门评分表（份）"), "2");
    assert_eq!(tables[0].rows.len(), 2);
    assert_eq!(figure(&tables[1], "项目自评表（张）"), "2");
    assert_eq!(tables[1].rows.len(), 2);
    // The first form: 90 claimed, 90 × 5 ÷ 10 = 45, 45 too much; the second: 10 claimed, 10 × 25 ÷ 50 = 5, 5 too much.
    assert_eq!(figure(&tables[1], "多计（分）"), "50");
    assert_eq!(figure(&tables[1], "自评合计（分）"), "155");
    let of_cards: rust_decimal::Decimal =
        batch.audits[..2].iter().filter_map(|audit| audit.points.as_ref()).map(|points| points.overstated).sum();
    assert_eq!(figure(&tables[0], "多计（分）"), of_cards.normalize().to_string());
    assert_eq!(disagreements(&reports(&batch, Language::Zh).workbook, 0, &batch, Language::Zh), []);
}

#[test]
fn forms_alone_are_the_overview() {
    let batch = of_forms(vec![one_row("≥10个", "5个", "90", "90")]);
    let tables = tables(&batch, Language::Zh);
    let names: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(names[..6], ["总览", "综合报告", "图表", "差异清单", "核定表", "复核进度"]);
    assert_eq!(tables[0].title, "项目支出绩效自评复核总览");
    assert_eq!(figure(&tables[0], "收到文件（份）"), "1");
    assert_eq!(disagreements(&reports(&batch, Language::Zh).workbook, 0, &batch, Language::Zh), []);
}

#[test]
fn the_summary_counts_files_and_keeps_the_points_apart() {
    let said = summary::summary(&both(), Language::Zh);
    assert!(said.starts_with("共3份文件：已复核3份，未能复核0份。\n部门评分表2份：自评合计"), "{said}");
    assert!(said.contains("\n项目自评表2张：自评合计155.00分：已核实105.00分，多计50.00分"), "{said}");
    assert!(said.contains("多计最多的项目：\n  云溪县河道管理所·河道清淤  多计 45.00分"), "{said}");
}

#[test]
fn the_page_keeps_the_points_apart() {
    let page = html::page(&both(), Language::Zh).expect("a page");
    assert!(page.contains("<h3>部门评分表</h3>") && page.contains("<h3>项目自评表</h3>"));
    assert!(page.contains("<dt>多计（分）</dt><dd>50.00</dd>"));
    let alone = html::page(&of_forms(vec![one_row("≥10个", "5个", "90", "90")]), Language::Zh).expect("a page");
    assert!(!alone.contains("<h3>项目自评表</h3>"));
}

/// Targets and actuals of every kind, each with its own way of being open.
const ROWS: [(&str, &str, &str, &str); 27] = [
    ("≥60%", "59%", "20", "20"),
    ("≥60%", "75%", "20", "20"),
    ("≥1000米", "667米", "15", "10.01"),
    ("≥3次", "0次", "20", "0"),
    ("＞0次", "0次", "20", "20"),
    ("≥0次", "0次", "20", "20"),
    ("＝80个", "100个", "20", "20"),
    ("＝80个", "60个", "20", "0"),
    ("≤40天", "45天", "20", "17.5"),
    ("≤40天", "80天", "20", "0"),
    ("≤0次", "1次", "20", "20"),
    ("＜40天", "40天", "20", "20"),
    ("40天", "36天", "20", "20"),
    ("40天", "45天", "20", "17"),
    ("40天", "40天", "20", "20"),
    ("有效提升", "达成", "20", "20"),
    ("有效提升", "未达成", "20", "20"),
    ("有效提升", "效果明显", "20", "20"),
    ("有效提升", "", "20", "20"),
    ("≤300000元", "33万元", "20", "20"),
    ("≥30万元", "250000", "20", "20"),
    ("≥95%", "0.9", "20", "20"),
    ("≥10次", "9个", "20", "20"),
    ("95%-98%", "96%", "20", "20"),
    ("95%-98%", "94%", "20", "20"),
    ("≥95%", "≥95%", "20", "20"),
    ("≥95%", "96%", "", "20"),
];

#[test]
fn every_line_of_a_form_is_live_and_gives_what_the_engine_gives() {
    for language in [Language::Zh, Language::En] {
        let audits = ROWS.iter().map(|(target, actual, weight, claim)| one_row(target, actual, weight, claim));
        let (tables, sheets) = recalculated(&of_forms(audits.collect()), language);
        let prefix = language.word("report.sheet-paper");
        let papers: Vec<&Table> = tables.iter().filter(|table| table.name.starts_with(&prefix)).collect();
        assert_eq!(papers.len(), ROWS.len());
        for paper in papers {
            // Points, low, high and verdict of both lines, and four totals.
            assert!(agree(std::slice::from_ref(paper), &sheets) >= 2 * 4 + 4, "{}", paper.name);
            assert!(!words(paper).contains(&language.word("report.paper-not-live")), "{}", paper.name);
        }
    }
}

#[test]
fn claims_of_three_decimals_are_stored_as_their_formulas_give_them() {
    let (tables, sheets) = recalculated(&of_forms(vec![one_row("≥10个", "10个", "90", "85.255")]), Language::Zh);
    assert_eq!(figure(&tables[0], "自评合计（分）"), "95.255");
    assert!(agree(&tables, &sheets) >= 12);
}

/// The figures of another form of the same shape, typed into this one's fact cells, give the other's scores.
fn typed(from: Audit, into: Audit) {
    let (own, mut sheets) = recalculated(&of_forms(vec![into]), Language::Zh);
    let other = tables(&of_forms(vec![from]), Language::Zh);
    let [own, other] = [&own, &other].map(|tables| papers_of(tables).next().expect("a paper"));
    // The conclusions above may be of different length.
    for (name, lines) in [("甲", 1), ("预算执行", 1)] {
        let (own_rows, other_rows) = (rows_of(own, name), rows_of(other, name));
        for (at, from) in own_rows.into_iter().zip(other_rows).take(lines) {
            sheets.type_row_of(other, from, &own.name, at);
        }
    }
    sheets.recalculate();
    let [own_score, other_score] = [own, other].map(|paper| rows_of(paper, "甲")[1]);
    let cells = &other.rows[(other_score - other.first_row()) as usize].cells;
    for (column, place) in [(2, 2), (6, 6), (8, 8), (9, 9)] {
        let expected = match &cells[place].value {
            Value::Formula(_, Outcome::Words(words)) => words.clone(),
            Value::Formula(_, Outcome::Score(score)) => score.normalize().to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(sheets.shown(&own.name, own_score, column), expected, "column {column}");
    }
}

#[test]
fn edited_facts_of_a_form_give_what_an_audit_of_them_gives() {
    typed(one_row("≥60%", "59%", "20", "20"), one_row("≥95%", "96%", "15", "20"));
    typed(one_row("≥60%", "", "20", "20"), one_row("≥95%", "96%", "15", "20"));
    typed(one_row("≥60%", "59%", "", "20"), one_row("≥95%", "96%", "15", "20"));
    typed(one_row("≤40天", "45天", "20", "20"), one_row("≤30天", "20天", "10", "20"));
    typed(one_row("40天", "45天", "20", "17"), one_row("30天", "20天", "10", "17"));
    typed(one_row("有效提升", "部分达成", "20", "17"), one_row("有效提升", "达成", "20", "17"));
    typed(one_row("有效提升", "很好", "20", "17"), one_row("有效提升", "达成", "20", "17"));
}

#[test]
fn a_chosen_direction_settles_a_target_without_a_sign() {
    let audit = one_row("40天", "45天", "20", "17");
    assert_eq!(line(&audit, "row-1").verdict, Verdict::Understated);
    let (tables, mut sheets) = recalculated(&of_forms(vec![audit]), Language::Zh);
    let paper = papers_of(&tables).next().expect("a paper");
    let row = |id: usize| rows_of(paper, "甲")[id];
    // The fact line stands first, the score second. 不高于: 17.5 linear, 17.78 inverse.
    sheets.type_text(&paper.name, row(0), 3, "不高于");
    sheets.recalculate();
    assert_eq!(sheets.shown(&paper.name, row(1), 6), "17.5");
    assert_eq!(sheets.shown(&paper.name, row(1), 8), "17.78");
    sheets.type_text(&paper.name, row(0), 3, "不低于");
    sheets.recalculate();
    assert_eq!(sheets.shown(&paper.name, row(1), 6), "20");
    assert_eq!(sheets.shown(&paper.name, row(1), 9), "少计");
}

#[test]
fn a_judged_score_settles_a_qualitative_row() {
    let (tables, mut sheets) = recalculated(&of_forms(vec![one_row("有效提升", "达成", "20", "18")]), Language::Zh);
    let paper = papers_of(&tables).next().expect("a paper");
    let rows = rows_of(paper, "甲");
    assert_eq!(sheets.shown(&paper.name, rows[1], 6), "16");
    assert_eq!(sheets.shown(&paper.name, rows[1], 9), "无法复核");
    sheets.type_number(&paper.name, rows[0], 8, 18.0);
    sheets.recalculate();
    assert_eq!(sheets.shown(&paper.name, rows[1], 6), "18");
    assert_eq!(sheets.shown(&paper.name, rows[1], 9), "一致");
}

#[test]
fn what_a_form_lacks_is_said_in_words() {
    let tables = tables(&of_forms(vec![one_row("40天", "36天", "20", "20")]), Language::Zh);
    assert!(
        words(named(&tables, "待补材料")).contains(&"甲：指标值是“不低于”还是“不超过”".to_owned()),
        "{:?}",
        words(named(&tables, "待补材料"))
    );
}

#[test]
fn a_form_of_many_rows_takes_further_lines_of_the_matrix() {
    let rows: String = (1..=40).map(|n| format!("产出指标 | 数量指标 | 第{n}项 | ≥10个 | 10个 | 2 | 2 |\n")).collect();
    let tables = tables(&of_forms(vec![national(MONEY, rows.trim_end(), "90")]), Language::Zh);
    let signs: Vec<usize> = named(&tables, "逐项核对").rows.iter().map(|row| row.cells.len() - 2).collect();
    assert_eq!(signs, [21, 20]);
}

#[test]
fn a_long_raw_text_does_not_swell_the_list() {
    let mut audit = one_row("≥10个", "5个", "90", "90");
    let long = "很长的说明\n".repeat(500);
    for finding in &mut audit.findings {
        if let Some(source) = &mut finding.source {
            source.text.clone_from(&long);
        }
    }
    let tables = tables(&of_forms(vec![audit]), Language::Zh);
    let longest = named(&tables, "差异清单").rows.iter().filter_map(|row| match &row.cells[11].value {
        Value::Text(text) => Some(text.chars().count()),
        _ => None,
    });
    assert_eq!(longest.max(), Some(60));
}
