//! What reviewers type over the figures of a form in its working paper: the next run computes with it, keeps beside it what the
//! form says itself, and never holds an older entry against figures that were corrected since.

use fuhe::audit::{Audit, EnteredAbout, FileIdentity, Origin, Verdict};
use fuhe::audit_one::audit_form_reviewed;
use fuhe::carry::{self, Earlier};
use fuhe::checks::register::Code;
use fuhe::recomputed::differences;
use fuhe::report::table::{Table, Value};
use fuhe::report::{Batch, tables, writers::xlsx};
use fuhe::text::Language;
use fuhe::workbook::{Address, Cell, Limits, Value as Stored, open};

use crate::bench::decimal;
use crate::declared::written::{forms, head, line, rulebook, sheet};
use crate::recalculation::Sheets;
use crate::report::{named, papers_of};

/// Columns of a form's line in its working paper.
const WEIGHT: u32 = 2;
const SIGN: u32 = 3;
const TARGET: u32 = 4;
const ACTUAL: u32 = 5;
const LEVEL: u32 = 7;
const JUDGED: u32 = 8;

/// 10 points for the budget, of which all was spent.
const MONEY: &str = "50 | 50 | 50 | 10 | 100% | 10";

/// The batch of one form with one row beside its budget, audited with what earlier workbooks hold.
fn of_one(money: &str, row: &str, earlier: Vec<Earlier>) -> Batch {
    let text = format!("{}产出指标 | 数量指标 | {row} |\n总分 | | | | | 100 | 100\n", head(money));
    let form = forms(vec![sheet("一", &text)]).remove(0);
    let file = FileIdentity { file: "项目.xlsx".to_owned(), sha256: "ab".repeat(32), size: 1 };
    let audit = audit_form_reviewed(rulebook(), &form, file, &carry::readings(&earlier).entries);
    assert_eq!(differences(&audit, rulebook()), [], "a stored line comes out again");
    Batch { audits: vec![audit], rulebooks: vec![rulebook().clone()], earlier, ..Batch::default() }
}

fn number(text: &str) -> Cell {
    Cell { value: Stored::Number(decimal(text)), percent: false, formula: false, digits: Default::default() }
}

fn words(text: &str) -> Cell {
    Cell { value: Stored::Text(text.to_owned()), ..number("0") }
}

/// The batch's workbook with entries in its only working paper: the name of the line, how many rows under it, the column, and what
/// is typed.
fn typed(batch: &Batch, entries: &[(&str, u32, u32, Cell)]) -> Earlier {
    let all = tables(batch, Language::Zh);
    let bytes = xlsx::workbook(&all, Language::Zh, None).expect("a workbook");
    let mut book = open("复核.xlsx", &bytes, &Limits::default()).expect("readable");
    let paper = papers_of(&all).next().expect("a paper");
    let sheet = book.sheets.iter_mut().find(|sheet| sheet.name == paper.name).expect("the paper");
    for (name, down, column, cell) in entries {
        sheet.cells.insert(Address { row: fact_row(paper, name) + down, column: *column }, cell.clone());
    }
    carry::read(&book).expect("readable entries")
}

/// The row of a line among the facts.
fn fact_row(paper: &Table, name: &str) -> u32 {
    let facts = paper.rows.iter().zip(paper.first_row()..);
    let mut facts = facts.skip_while(|(row, _)| {
        row.cells.first().is_none_or(|cell| cell.value != Value::Text("三、事实与出处".to_owned()))
    });
    let of_line =
        facts.find(|(row, _)| row.cells.get(1).is_some_and(|cell| cell.value == Value::Text(name.to_owned())));
    of_line.unwrap_or_else(|| panic!("a line {name}")).1
}

/// Every formula of the workbook gives what is stored.
fn agrees(batch: &Batch) {
    let all = tables(batch, Language::Zh);
    let mut sheets = Sheets::open(&xlsx::workbook(&all, Language::Zh, None).expect("a workbook"));
    sheets.recalculate();
    assert!(all.iter().map(|table| sheets.agrees_with(table)).sum::<usize>() > 20);
}

fn told(audit: &Audit) -> Vec<String> {
    let found = audit.findings.iter().filter(|finding| finding.code == Code::ReviewerReading);
    found.map(|finding| Language::Zh.phrase(&finding.phrase)).collect()
}

/// A row with an entry: what is typed where, and the lowest and the highest score of the row before and in the next run.
struct Case {
    row: &'static str,
    down: u32,
    column: u32,
    cell: Cell,
    before: [&'static str; 2],
    after: [&'static str; 2],
}

fn cases() -> Vec<Case> {
    let case = |row, column, cell, before, after| Case { row, down: 0, column, cell, before, after };
    vec![
        // 20 × 5 ÷ 10, then 20 × 8 ÷ 10.
        case("甲 | ≥10个 | 5个 | 20 | 20", ACTUAL, number("8"), ["10", "10"], ["16", "16"]),
        // 20 × 5 ÷ 10, then 20 × 5 ÷ 8.
        case("甲 | ≥10个 | 5个 | 20 | 20", TARGET, number("8"), ["10", "10"], ["12.5", "12.5"]),
        case("甲 | ≥10个 | | 20 | 20", ACTUAL, number("10"), ["0", "20"], ["20", "20"]),
        case("甲 | ≥10个 | 5个 | 20 | 20", WEIGHT, number("10"), ["10", "10"], ["5", "5"]),
        // 45 days against 40: 20 if they were to be reached; if they were to be kept 20 × 40 ÷ 45 or 20 × (1 − 5 ÷ 40).
        case("甲 | 40天 | 45天 | 20 | 20", SIGN, words("不低于"), ["17.5", "20"], ["20", "20"]),
        case("甲 | 40天 | 45天 | 20 | 20", SIGN, words("不高于"), ["17.5", "20"], ["17.5", "17.78"]),
        // A level gives 80 to 100 percent of the points.
        case("甲 | 有效提升 | 很好 | 20 | 20", LEVEL, words("达成"), ["0", "20"], ["16", "20"]),
        case("甲 | 有效提升 | 达成 | 20 | 20", JUDGED, number("18"), ["16", "20"], ["18", "18"]),
        // A rate that is typed with its sign.
        case(
            "甲 | ≥95% | 47.5% | 20 | 20",
            ACTUAL,
            Cell { percent: true, ..number("0.95") },
            ["10", "10"],
            ["20", "20"],
        ),
        // Both ends of a target: 94 is below 95, and 99 above 98.
        case("甲 | 95%-98% | 94% | 20 | 20", TARGET, number("93"), ["0", "20"], ["20", "20"]),
        Case { down: 1, ..case("甲 | 95%-98% | 99% | 20 | 20", TARGET, number("99"), ["0", "20"], ["20", "20"]) },
    ]
}

#[test]
fn what_is_typed_over_a_forms_figures_is_computed_with_in_the_next_run_and_in_all_after_it() {
    for Case { row, down, column, cell, before, after } in cases() {
        let ends = |batch: &Batch| {
            let line = line(&batch.audits[0], "row-1");
            [line.low, line.high.expect("a highest score")].map(|end| end.normalize().to_string())
        };
        let first = of_one(MONEY, row, vec![]);
        assert_eq!(ends(&first), before, "{row}");
        let second = of_one(MONEY, row, vec![typed(&first, &[("甲", down, column, cell.clone())])]);
        assert_eq!(ends(&second), after, "{row}");
        assert_eq!(second.audits[0].entered.len(), 1, "{row}");
        assert!(told(&second.audits[0])[0].starts_with("“甲”由复核人员核定为"), "{:?}", told(&second.audits[0]));
        agrees(&second);
        // Nothing is typed into the next workbook, and the entry is still there.
        let third = of_one(MONEY, row, vec![typed(&second, &[])]);
        assert_eq!(third.audits, second.audits, "{row}");
        assert!(
            tables(&third, Language::Zh).iter().all(|table| table.name != "以前的记录"),
            "{row}: nothing is left over"
        );
        // The form's own figure, typed anew, is no entry any more.
        let own = carry_own(&first, down, column);
        let fourth = of_one(MONEY, row, vec![typed(&third, &[("甲", down, column, own)])]);
        if fourth.audits[0].entered.is_empty() {
            assert_eq!(ends(&fourth), before, "{row}");
        }
    }
}

/// The cell as the first workbook had it.
fn carry_own(first: &Batch, down: u32, column: u32) -> Cell {
    let all = tables(first, Language::Zh);
    let paper = papers_of(&all).next().expect("a paper");
    let row = &paper.rows[(fact_row(paper, "甲") + down - paper.first_row()) as usize];
    match &row.cells[column as usize].value {
        Value::Number(number, _) => Cell { value: Stored::Number(*number), ..words("") },
        Value::Text(text) => words(text),
        _ => words(""),
    }
}

#[test]
fn what_the_form_says_itself_stays_beside_what_was_established() {
    let row = "甲 | ≥10个 | 5个 | 20 | 20";
    let first = of_one(MONEY, row, vec![]);
    assert_eq!(line(&first.audits[0], "row-1").verdict, Verdict::Overstated);
    let second = of_one(MONEY, row, vec![typed(&first, &[("甲", 0, ACTUAL, number("10"))])]);
    let audit = &second.audits[0];
    assert_eq!(line(audit, "row-1").verdict, Verdict::Agrees);
    let facts: Vec<_> = audit.facts.iter().filter(|fact| fact.id == "row-1.actual").collect();
    let said: Vec<_> = facts.iter().map(|fact| (fact.origin, fact.value.as_str(), fact.candidate)).collect();
    assert_eq!(said, [(Origin::Form, "5", false), (Origin::Reviewer, "10", true)]);
    let entered = &audit.entered[0];
    assert_eq!((entered.about, entered.item.as_deref()), (EnteredAbout::Fact, Some("row-1.actual")));
}

#[test]
fn both_amounts_of_the_budget_can_be_established() {
    // 10 × 40 ÷ 50 = 8; 10 × 45 ÷ 50 = 9; 10 × 45 ÷ 45 = 10.
    let money = "50 | 50 | 40 | 10 | 80% | 10";
    let row = "甲 | ≥10个 | 10个 | 90 | 90";
    let budget = |batch: &Batch| line(&batch.audits[0], "budget").low.normalize().to_string();
    let first = of_one(money, row, vec![]);
    assert_eq!(budget(&first), "8");
    let name = line(&first.audits[0], "budget").name.as_str();
    let second = of_one(money, row, vec![typed(&first, &[(name, 0, ACTUAL, number("45"))])]);
    assert_eq!(budget(&second), "9");
    agrees(&second);
    let third = of_one(money, row, vec![typed(&second, &[(name, 0, TARGET, number("45"))])]);
    assert_eq!(budget(&third), "10");
    assert_eq!(third.audits[0].entered.len(), 2);
    // The printed rate is still compared with the form's own amounts, and not with a reviewer's.
    assert!(third.audits[0].findings.iter().all(|finding| finding.code != Code::ExecutionRateMismatch));
}

#[test]
fn an_entry_upon_figures_that_the_form_corrects_is_kept_and_not_used() {
    let first = of_one(MONEY, "甲 | ≥10个 | 5个 | 20 | 20", vec![]);
    let entry = typed(&first, &[("甲", 0, ACTUAL, number("6"))]);
    let corrected = of_one(MONEY, "甲 | ≥10个 | 10个 | 20 | 20", vec![entry]);
    assert_eq!(line(&corrected.audits[0], "row-1").verdict, Verdict::Agrees, "an honest correction is not overruled");
    assert!(corrected.audits[0].entered.is_empty());
    let all = tables(&corrected, Language::Zh);
    assert!(format!("{:?}", named(&all, "以前的记录").rows).contains("未能对应"));
}

#[test]
fn an_entry_that_no_line_can_have_is_told_kept_and_not_used() {
    for (column, cell) in
        [(ACTUAL, words("待核")), (WEIGHT, number("-5")), (JUDGED, number("3")), (LEVEL, words("达成"))]
    {
        let row = "甲 | ≥10个 | 5个 | 20 | 20";
        let first = of_one(MONEY, row, vec![]);
        let second = of_one(MONEY, row, vec![typed(&first, &[("甲", 0, column, cell)])]);
        assert_eq!(second.audits[0].indicators, first.audits[0].indicators);
        assert!(second.audits[0].entered.is_empty());
        let all = tables(&second, Language::Zh);
        assert!(format!("{:?}", named(&all, "以前的记录").rows).contains("未能对应"), "column {column}");
        let third = of_one(MONEY, row, vec![typed(&second, &[])]);
        let all = tables(&third, Language::Zh);
        assert!(format!("{:?}", named(&all, "以前的记录").rows).contains("未能对应"), "kept for good: column {column}");
    }
}

#[test]
fn a_figure_of_more_digits_than_a_spreadsheet_keeps_was_typed_by_nobody() {
    let row = "甲 | ≥10个 | 5.1234567890123456789个 | 20 | 10.25";
    let first = of_one(MONEY, row, vec![]);
    let second = of_one(MONEY, row, vec![typed(&first, &[])]);
    assert!(second.audits[0].entered.is_empty() && told(&second.audits[0]).is_empty());
    assert_eq!(second.audits, first.audits);
    // A figure that differs in the last digit that is kept was typed.
    let typed = typed(&first, &[("甲", 0, ACTUAL, number("5.12345678901236"))]);
    assert_eq!(of_one(MONEY, row, vec![typed]).audits[0].entered.len(), 1);
}
