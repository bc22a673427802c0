//! What reviewers establish in the working papers and beside the questions: the next run computes with it, says who established
//! it, and never holds an older entry against figures that the department has corrected since.

use fuhe::audit::{Audit, EnteredAbout, FileIdentity, IndicatorAudit, Origin, Verdict};
use fuhe::audit_one::audit_reviewed;
use fuhe::carry::{self, Earlier};
use fuhe::checks::register::Code;
use fuhe::entered::{About, Entry, Whose};
use fuhe::report::table::{Table, Value};
use fuhe::report::{Batch, tables, writers::xlsx};
use fuhe::submission::Sourced;
use fuhe::text::Language;
use fuhe::workbook::{Address, Cell, Limits, Value as Stored, Workbook, open};

use crate::bench::*;
use crate::recalculation::Sheets;
use crate::report::{named, papers_of};

const CLAIMS: &str = "5 5 3 7 2 3 3 2 2 2 1 1 1 3 6 6 8 6 25 3 6";
/// Columns of a working paper in which something is entered.
const VALUE: u32 = 4;
const RECEIVED: u32 = 5;

/// Honest facts without those whose ids begin so.
fn without(prefixes: &[&str]) -> String {
    let facts = honest(card(&shenzhen()));
    let kept = facts.split("; ").filter(|fact| !prefixes.iter().any(|prefix| fact.starts_with(prefix)));
    kept.collect::<Vec<_>>().join("; ")
}

/// The batch of one department, audited with what earlier workbooks hold.
fn of_one(claims: &str, facts: &str, earlier: Vec<Earlier>) -> Batch {
    let rulebook = shenzhen();
    let file = FileIdentity { file: "某局.xlsx".to_owned(), sha256: "ab".repeat(32), size: 1 };
    let submission = submission(&rulebook, "某局", claims, "", "", facts);
    let audit = audit_reviewed(&rulebook, submission, file, &carry::readings(&earlier).entries);
    Batch { audits: vec![audit], rulebooks: vec![rulebook], earlier, ..Batch::default() }
}

/// The batch's workbook with entries in its only working paper: the label or the name beside each, the column, and what is typed.
fn typed(batch: &Batch, entries: &[(&str, u32, Stored)]) -> Earlier {
    let all = tables(batch, Language::Zh);
    let bytes = xlsx::workbook(&all, Language::Zh, None).expect("a workbook");
    let mut book = open("复核.xlsx", &bytes, &Limits::default()).expect("readable");
    let paper = papers_of(&all).next().expect("a paper");
    for (label, column, value) in entries {
        put(&mut book, paper, label, *column, shown(value.clone()));
    }
    carry::read(&book).expect("readable entries")
}

/// A cell that shows its value as it is.
fn shown(value: Stored) -> Cell {
    Cell { value, percent: false, formula: false, digits: Default::default() }
}

fn put(book: &mut Workbook, paper: &Table, label: &str, column: u32, cell: Cell) {
    let says = |cell: &fuhe::report::table::Cell| matches!(&cell.value, Value::Text(text) if text.starts_with(label));
    let keyed = |cell: &fuhe::report::table::Cell| matches!(&cell.value, Value::Text(text) if text.len() == 34 && text.as_bytes()[17] == b'-');
    let rows = paper.rows.iter().zip(paper.first_row()..);
    let mut rows = rows.filter(|(row, _)| row.cells.iter().any(keyed) && row.cells.iter().any(says));
    let (_, row) = rows.next().unwrap_or_else(|| panic!("a row to enter {label} in"));
    let sheet = book.sheets.iter_mut().find(|sheet| sheet.name == paper.name).expect("the paper");
    sheet.cells.insert(Address { row, column }, cell);
}

fn number(text: &str) -> Stored {
    Stored::Number(decimal(text))
}

fn words(text: &str) -> Stored {
    Stored::Text(text.to_owned())
}

fn line<'a>(batch: &'a Batch, name: &str) -> &'a IndicatorAudit {
    batch.audits[0].indicators.iter().find(|line| line.name == name).expect("the indicator")
}

fn told(audit: &Audit) -> Vec<String> {
    let found = audit.findings.iter().filter(|finding| finding.code == Code::ReviewerReading);
    found.map(|finding| Language::Zh.phrase(&finding.phrase)).collect()
}

/// LibreOffice's place: another program gives what is stored.
fn agrees(batch: &Batch) {
    let all = tables(batch, Language::Zh);
    let mut sheets = Sheets::open(&xlsx::workbook(&all, Language::Zh, None).expect("a workbook"));
    sheets.recalculate();
    assert!(all.iter().map(|table| sheets.agrees_with(table)).sum::<usize>() > 100);
}

fn label(id: &str) -> String {
    let rulebook = shenzhen();
    card(&rulebook).facts.iter().find(|fact| fact.id == id).expect("the fact").label.clone()
}

#[test]
fn a_fact_that_a_reviewer_established_is_computed_with_and_its_author_named() {
    let facts = without(&["q3_progress"]);
    let first = of_one(CLAIMS, &facts, vec![]);
    assert_eq!(line(&first, "预算执行率").verdict, Verdict::Unverifiable);
    let q3 = label("q3_progress");
    let second = of_one(CLAIMS, &facts, vec![typed(&first, &[(&q3, VALUE, number("75"))])]);
    // 25, 50, 75 and 100 % of 25, 50, 75 and 100: all 6 points, as claimed.
    assert_eq!(line(&second, "预算执行率").verdict, Verdict::Agrees);
    let audit = &second.audits[0];
    let fact = audit.facts.iter().find(|fact| fact.id == "q3_progress").expect("the fact");
    assert_eq!((fact.origin, fact.value.as_str(), fact.candidate), (Origin::Reviewer, "75", true));
    assert_eq!(audit.entered[0].about, EnteredAbout::Fact);
    assert_eq!(told(audit), [format!("“{q3}”由复核人员核定为“75”（底稿），按其计算。")]);
    agrees(&second);
    // Whoever signed the paper entered it; the third run still has it.
    let third = of_one(CLAIMS, &facts, vec![typed(&second, &[("底稿1", 6, words("李四"))])]);
    assert_eq!(third.audits[0].entered[0].by.as_deref(), Some("李四"));
    assert!(told(&third.audits[0])[0].contains("由复核人员李四核定"));
    let fourth = of_one(CLAIMS, &facts, vec![typed(&third, &[])]);
    assert_eq!(fourth.audits, third.audits);
}

#[test]
fn an_entry_upon_figures_that_the_department_has_corrected_since_is_kept_and_not_used() {
    let first = of_one(CLAIMS, &without(&["q3_progress"]), vec![]);
    let entry = typed(&first, &[(&label("q3_progress"), VALUE, number("10"))]);
    let corrected = of_one(CLAIMS, &honest(card(&shenzhen())), vec![entry]);
    assert_eq!(line(&corrected, "预算执行率").verdict, Verdict::Agrees, "an honest correction is not overruled");
    assert!(corrected.audits[0].entered.is_empty() && told(&corrected.audits[0]).is_empty());
    let all = tables(&corrected, Language::Zh);
    let kept = named(&all, "以前的记录");
    let text = |row: &fuhe::report::table::Row| format!("{:?}", row.cells);
    assert!(kept.rows.iter().any(|row| text(row).contains("未能对应")), "{kept:?}");
    agrees(&corrected);
    // Kept entries are read again by every later run: this one is still not used.
    let later = of_one(CLAIMS, &honest(card(&shenzhen())), vec![typed(&corrected, &[])]);
    assert_eq!(line(&later, "预算执行率").verdict, Verdict::Agrees, "nor by the run after that");
    assert!(later.audits[0].entered.is_empty());
}

#[test]
fn what_was_established_of_one_year_or_of_another_department_is_not_computed_with() {
    let facts = without(&["q3_progress"]);
    let first = of_one(CLAIMS, &facts, vec![]);
    let earlier = typed(&first, &[(&label("q3_progress"), VALUE, number("10"))]);
    let rulebook = shenzhen();
    let entries = carry::readings(std::slice::from_ref(&earlier)).entries;
    let audited = |unit: &str, year: i32, file: &str| {
        let mut submission = submission(&rulebook, unit, CLAIMS, "", "", &facts);
        submission.year = submission.year.map(|known| Sourced { value: year, ..known });
        let file = FileIdentity { file: file.to_owned(), sha256: "cd".repeat(32), size: 1 };
        audit_reviewed(&rulebook, submission, file, &entries).entered.len()
    };
    assert_eq!(audited("某局", 2020, "某局.xlsx"), 1);
    assert_eq!(audited("某局", 2020, "改名.xlsx"), 1, "the department's own, in another file");
    assert_eq!(audited("某局", 2021, "某局.xlsx"), 0, "another year");
    assert_eq!(audited("别的局", 2020, "某局.xlsx"), 0, "another department's file of the same name");
}

#[test]
fn a_value_that_the_fact_cannot_have_is_told_and_not_used() {
    let facts = without(&["q3_progress"]);
    let first = of_one(CLAIMS, &facts, vec![]);
    for wrong in [number("-5"), number("1000"), words("很高")] {
        let second = of_one(CLAIMS, &facts, vec![typed(&first, &[(&label("q3_progress"), VALUE, wrong)])]);
        assert_eq!(line(&second, "预算执行率").verdict, Verdict::Unverifiable);
        assert!(told(&second.audits[0])[0].contains("未能采用"));
        agrees(&second);
    }
}

#[test]
fn evidence_that_was_handed_in_counts_as_evidence() {
    let facts = honest(card(&shenzhen())).replace("是+", "是");
    let first = of_one(CLAIMS, &facts, vec![]);
    let open = first.audits[0]
        .indicators
        .iter()
        .find(|line| line.settled_by.len() == 1 && line.settled_by[0].to_string().starts_with("evidence:"));
    let open = open.expect("an indicator that waits for one piece of evidence").clone();
    assert_eq!(open.verdict, Verdict::Unverifiable);
    let fact = open.settled_by[0].fact().expect("its fact").to_owned();
    let entry = typed(&first, &[(&label(&fact), RECEIVED, words("2020年决算报告"))]);
    let second = of_one(CLAIMS, &facts, vec![entry]);
    assert_eq!(line(&second, &open.name).verdict, Verdict::Agrees, "{}", open.name);
    assert_eq!(second.audits[0].entered[0].evidence.as_deref(), Some("2020年决算报告"));
    agrees(&second);
}

#[test]
fn a_criterion_that_a_reviewer_judged_is_a_number_and_more_than_its_points_is_none() {
    let facts = honest(card(&shenzhen()));
    let first = of_one(CLAIMS, &facts, vec![]);
    let judged = first.audits[0].indicators.iter().find(|line| line.verdict == Verdict::Unverifiable);
    let name = judged.expect("a judged indicator").name.clone();
    let entry = |points: &str| vec![typed(&first, &[(&format!("评定：{name}"), VALUE, number(points))])];
    let second = of_one(CLAIMS, &facts, entry("20"));
    let judged = line(&second, &name);
    assert_eq!((judged.low, judged.high), (decimal("20"), Some(decimal("20"))));
    assert_eq!((judged.verdict, judged.difference), (Verdict::Overstated, decimal("5")), "25 were claimed");
    agrees(&second);
    let refused = of_one(CLAIMS, &facts, entry("25.01"));
    assert_eq!(line(&refused, &name).verdict, Verdict::Unverifiable);
    assert!(told(&refused.audits[0])[0].contains("未能采用"));
}

#[test]
fn the_reading_that_a_reviewer_chose_is_the_only_one() {
    let facts = format!(
        "{}; q1_progress 10; q2_progress 20; q3_progress 37.5; q4_progress 70",
        without(&["q1_", "q2_", "q3_", "q4_"])
    );
    // 10 ÷ 25, 20 ÷ 50, 37.5 ÷ 75 and 70 ÷ 100 give 3.00 capped; the mean of the progress gives 2.69.
    let claims = CLAIMS.replacen("3 6 6 8", "3 6 2.69 8", 1);
    let first = of_one(&claims, &facts, vec![]);
    let of = |batch: &Batch| {
        let line = line(batch, "预算执行率");
        (line.verdict, line.low, line.high)
    };
    assert_eq!(of(&first), (Verdict::ReadingDependent, decimal("2.69"), Some(decimal("3.00"))));
    let reading = line(&first, "预算执行率").readings.iter().position(|reading| reading.low == decimal("2.69"));
    let key = Whose::of(&first.audits[0]).key(About::Reading, &["budget_execution"]);
    let chosen = format!("口径{}", reading.expect("the reading") + 1);
    let second = of_one(&claims, &facts, vec![typed(&first, &[(&key, VALUE, words(&chosen))])]);
    let choices = second.audits[0].entered.iter().filter(|entered| entered.about == EnteredAbout::Reading);
    for choice in choices {
        assert_eq!(choice.indicator.as_deref(), Some("budget_execution"));
    }
    assert_eq!(of(&second), (Verdict::Agrees, decimal("2.69"), Some(decimal("2.69"))));
    agrees(&second);
}

/// Two submissions of one department with other files, claims and contents, audited with what earlier workbooks hold.
fn of_two(files: &[&str], facts: &str, earlier: Vec<Earlier>) -> Batch {
    let rulebook = shenzhen();
    let entries = carry::readings(&earlier).entries;
    let audited = |(number, file): (u8, &&str)| {
        let file = FileIdentity { file: (*file).to_owned(), sha256: format!("{number:02x}").repeat(32), size: 1 };
        audit_reviewed(&rulebook, submission(&rulebook, "某局", CLAIMS, "", "", facts), file, &entries)
    };
    let audits = (1..).zip(files).map(audited).collect();
    Batch { audits, rulebooks: vec![rulebook], earlier, ..Batch::default() }
}

fn entered(batch: &Batch) -> Vec<usize> {
    batch.audits.iter().map(|audit| audit.entered.len()).collect()
}

#[test]
fn what_was_established_for_one_of_two_submissions_is_not_computed_with_for_the_other() {
    let facts = without(&["q3_progress"]);
    let first = of_two(&["初稿.xlsx", "定稿.xlsx"], &facts, vec![]);
    let q3 = label("q3_progress");
    let second = of_two(&["初稿.xlsx", "定稿.xlsx"], &facts, vec![typed(&first, &[(&q3, VALUE, number("75"))])]);
    let mut counts = entered(&second);
    counts.sort_unstable();
    assert_eq!(counts, [0, 1], "typed into one of the two papers");
    agrees(&second);
    let third = of_two(&["初稿.xlsx", "定稿.xlsx"], &facts, vec![typed(&second, &[])]);
    assert_eq!(third.audits, second.audits);
}

#[test]
fn a_later_submission_of_a_department_has_what_was_established_for_it_and_its_paper_shows_it() {
    let facts = without(&["q3_progress"]);
    let first = of_two(&["初稿.xlsx"], &facts, vec![]);
    let q3 = label("q3_progress");
    let earlier = typed(&first, &[(&q3, VALUE, number("75"))]);
    for files in [&["初稿.xlsx", "定稿.xlsx"][..], &["定稿.xlsx"], &["定稿.xlsx", "再报.xlsx"]] {
        let second = of_two(files, &facts, vec![earlier.clone()]);
        assert_eq!(entered(&second), vec![1; files.len()], "{files:?}");
        agrees(&second);
    }
}

#[test]
fn a_percentage_typed_with_its_sign_is_the_number_before_it() {
    let facts = without(&["q3_progress"]);
    let first = of_one(CLAIMS, &facts, vec![]);
    let q3 = label("q3_progress");
    let of_cell = |cell: Cell| {
        let all = tables(&first, Language::Zh);
        let bytes = xlsx::workbook(&all, Language::Zh, None).expect("a workbook");
        let mut book = open("复核.xlsx", &bytes, &Limits::default()).expect("readable");
        put(&mut book, papers_of(&all).next().expect("a paper"), &q3, VALUE, cell);
        carry::read(&book).expect("readable entries")
    };
    for cell in [Cell { percent: true, ..shown(number("0.75")) }, shown(words("75%")), shown(words("75"))] {
        let second = of_one(CLAIMS, &facts, vec![of_cell(cell)]);
        assert_eq!(second.audits[0].entered[0].value, "75");
        assert_eq!(line(&second, "预算执行率").verdict, Verdict::Agrees);
        // In this run's paper it is a number of the fact's unit, which the formulas read as it stands.
        agrees(&second);
    }
}

#[test]
fn a_percentage_where_another_number_is_asked_for_is_its_hundredth() {
    let hundredth = |entry: Entry| entry.number(false).map(|number| number.to_string());
    assert_eq!(hundredth(Entry::Percent(decimal("45"))).as_deref(), Some("0.45"));
    assert_eq!(hundredth(Entry::Words("45%".to_owned())), None, "no number of persons");
    assert_eq!(Entry::Words("45%".to_owned()).number(true), Some(decimal("45")));
}

#[test]
fn who_reviews_what_he_prepared_himself_is_remarked_upon_at_once_and_in_the_next_run() {
    let facts = without(&[]);
    let first = of_one(CLAIMS, &facts, vec![]);
    let remark = |preparer: &str, reviewer: &str| {
        let earlier = typed(&first, &[("底稿1", 2, words(preparer)), ("底稿1", 6, words(reviewer))]);
        let next = of_one(CLAIMS, &facts, vec![earlier]);
        // What another program gives for the formula is what is stored.
        agrees(&next);
        let all = tables(&next, Language::Zh);
        let paper = papers_of(&all).next().expect("a paper");
        let row = paper.rows.iter().find(|row| {
            let first = row.cells.first().map(|cell| &cell.value);
            matches!(first, Some(Value::Text(text)) if text == "底稿1")
        });
        let remarks = row.expect("the signatures").cells.iter().filter_map(|cell| match &cell.value {
            Value::Formula(_, fuhe::report::table::Outcome::Words(words)) => Some(words.clone()),
            _ => None,
        });
        remarks.collect::<Vec<_>>()
    };
    for (preparer, reviewer) in [("张三", "张三"), ("张三", "张三 "), (" 李四", "李四"), ("Li Si", "li  si")]
    {
        assert_eq!(remark(preparer, reviewer), ["编制人与复核人为同一人"], "{preparer:?} {reviewer:?}");
    }
    for (preparer, reviewer) in [("张三", "李四"), ("张三", ""), ("", "张三"), ("", ""), (" ", " ")] {
        assert_eq!(remark(preparer, reviewer), [""], "{preparer:?} {reviewer:?}");
    }
}
