//! A batch beside the audit workbook of an earlier run: of the same year it says what the lines of that run say; what was typed over
//! says nothing; and of figures of the year before it says nothing at all.

use std::fs;
use std::io::{Read, Write};

use fuhe::across::{Against, Whole, look};
use fuhe::against::old_workbook::{Unfit, take};
use fuhe::audit::{Audit, Verdict};
use fuhe::baseline::{Baseline, Changed, Counterpart, SameYear, Words};
use fuhe::checks::register::Code;
use fuhe::report::writers::xlsx;
use fuhe::report::{Batch, tables};
use fuhe::rulebook::builtin;
use fuhe::rulebook::library::{Library, RuleOptions};
use fuhe::text::Language;
use fuhe::workbook::{Address, Cell, Limits, Sheet, Value, Workbook, open};

use crate::baseline::{UNFINISHED, baseline, card, sheet, shown};
use crate::cli::{Desk, code, samples, words};
use crate::declared::written;
use crate::submitted::*;

const LIST: &str = "核定表";

/// The audit workbook of some audits, as any program reads it.
fn workbook(audits: &[Audit], language: Language) -> Workbook {
    let rulebooks = ["shenzhen-2020", "project-2020"].map(|id| builtin(id).unwrap());
    let batch = Batch { audits: audits.to_vec(), rulebooks: rulebooks.into(), ..Batch::default() };
    let bytes = xlsx::workbook(&tables(&batch, language), language, None).expect("a workbook");
    open("上次.xlsx", &bytes, &Limits::default()).expect("readable")
}

fn taken(workbook: &Workbook) -> Result<Against, Unfit> {
    let library = Library::open(&RuleOptions::default()).unwrap();
    let mut baseline = Baseline::new(Words::default());
    baseline.is_workbook = true;
    take(workbook, &library, &mut baseline)?;
    Ok(Against { baseline: Some(baseline), ..Against::default() })
}

fn held(workbook: &Workbook, audits: &mut [Audit]) -> Whole {
    look(audits, &taken(workbook).expect("something to compare with"))
}

fn same(whole: &Whole) -> Vec<Counterpart<SameYear>> {
    whole.comparison.as_ref().expect("a comparison").audits.iter().map(|one| one.same.clone()).collect()
}

/// A project's form: 8 of 10 points for an execution of `spent` in a hundred, and one row.
fn form(project: &str, spent: &str, claimed: &str) -> Audit {
    let money = format!("100 | 100 | {spent} | 10 | {spent}% | {claimed}");
    let audit = written::national(&money, "产出指标 | 数量指标 | 清淤长度 | ≥12公里 | 12公里 | 90 | 90", "100");
    Audit { project: Some(project.to_owned()), file: format!("{project}.xlsx"), ..audit }
}

/// The cells of 核定表 under a heading in the rows of a department; in all of them without one.
fn cells(sheet: &Sheet, heading: &str, department: &str) -> Vec<Address> {
    let words = |at: &Address| match sheet.cells.get(at).map(|cell| &cell.value) {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let head = *sheet.cells.keys().find(|at| words(at) == heading).expect(heading);
    let name = sheet.cells.keys().find(|at| at.row == head.row && words(at) == "部门（单位）");
    let name = name.expect("the departments").column;
    let below = sheet.rows().map(|(row, _)| row).filter(|row| *row > head.row);
    let own = below.filter(|row| words(&Address { row: *row, column: name }).starts_with(department));
    own.map(|row| Address { row, column: head.column }).collect()
}

fn list(workbook: &mut Workbook) -> &mut Sheet {
    workbook.sheets.iter_mut().find(|sheet| sheet.name == LIST).expect(LIST)
}

fn text(words: &str) -> Cell {
    Cell { value: Value::Text(words.to_owned()), percent: false, formula: false, digits: Default::default() }
}

fn batch_then() -> Vec<Audit> {
    vec![
        card("市教育局", 2020, FULL_CLAIMS, UNFINISHED),
        card("市水务局", 2020, FULL_CLAIMS, "key_tasks_unfinished 2; satisfaction 79"),
        card("市民政局", 2020, FULL_CLAIMS, ""),
        card("市档案馆", 2020, FULL_CLAIMS, ""),
        form("河道清淤", "80", "10"),
        form("堤坝加固", "80", "8"),
    ]
}

fn batch_now() -> Vec<Audit> {
    vec![
        card("市教育局", 2020, FULL_CLAIMS, ""),
        card("市水务局", 2020, FULL_CLAIMS, "key_tasks_unfinished 1"),
        card("市民政局", 2020, FULL_CLAIMS, UNFINISHED),
        card("市卫健局", 2020, FULL_CLAIMS, UNFINISHED),
        form("河道清淤", "80", "8"),
        form("堤坝加固", "80", "9"),
    ]
}

#[test]
fn of_the_same_year_a_workbook_says_what_the_lines_of_its_run_say_in_either_language() {
    let of_lines = look(&mut batch_now(), &baseline(&batch_then()));
    let lines = same(&of_lines);
    let told = |one: &Counterpart<SameYear>| one.one().map_or(0, |same| same.changes.len());
    assert_eq!(lines.iter().map(told).collect::<Vec<_>>().len(), 6);
    assert!(
        [0, 1, 2, 4, 5].into_iter().all(|place| told(&lines[place]) > 0),
        "each has something to compare: {lines:?}"
    );
    assert_eq!(lines[3], Counterpart::Nothing);
    for language in [Language::Zh, Language::En] {
        let of_workbook = held(&workbook(&batch_then(), language), &mut batch_now());
        assert_eq!(same(&of_workbook), lines, "{language:?}");
        let absent = |whole: &Whole| whole.comparison.as_ref().unwrap().absent.clone();
        assert_eq!(absent(&of_workbook), absent(&of_lines), "{language:?}");
        assert_eq!(absent(&of_workbook).len(), 1, "市档案馆");
    }
}

#[test]
fn a_workbook_is_found_again_by_department_year_and_rules_and_by_nothing_less() {
    let then = workbook(&[card("市教育局", 2020, FULL_CLAIMS, UNFINISHED)], Language::Zh);
    for (unit, year, is_there) in
        [("市教育局", 2020, true), ("（市 教育局）", 2020, true), ("市教育局", 2021, false), ("市体育局", 2020, false)]
    {
        let whole = held(&then, &mut [card(unit, year, FULL_CLAIMS, "")]);
        assert_eq!(same(&whole)[0].one().is_some(), is_there, "{unit} {year}");
    }
}

#[test]
fn thirds_of_a_point_that_a_spreadsheet_cuts_off_are_no_larger_and_no_smaller_error() {
    // 2 of 3 projects, 5 of 7, 10 of 11: the scores have no end in decimals.
    for (planned, finished) in [("3", "2"), ("7", "5"), ("11", "10"), ("13", "6"), ("17", "3")] {
        let facts = format!("projects_planned {planned}; projects_finished {finished}");
        let then = [card("市教育局", 2020, FULL_CLAIMS, &facts)];
        assert!(then[0].indicators.iter().any(|one| one.verdict == Verdict::Overstated), "{facts}");
        let whole = held(&workbook(&then, Language::Zh), &mut then.clone());
        let same = same(&whole);
        let changes = &same[0].one().expect("the department").changes;
        assert!(!changes.is_empty() && changes.iter().all(|change| change.what == Changed::Same), "{changes:?}");
    }
}

#[test]
fn a_department_whose_rows_were_taken_out_or_typed_over_says_nothing_and_is_not_new() {
    type Altered = fn(&mut Sheet, &[Address]);
    let typed_over: [(&str, &str, Altered); 5] = [
        ("a verdict", "结论", |sheet, at| at.iter().for_each(|at| drop(sheet.cells.insert(*at, text("一致"))))),
        ("words for a verdict", "结论", |sheet, at| drop(sheet.cells.insert(at[0], text("待商")))),
        ("the lowest score", "最低得分", |sheet, at| drop(sheet.cells.remove(&at[3]))),
        ("a row", "识别码", |sheet, at| sheet.cells.retain(|cell, _| cell.row != at[2].row)),
        ("a key", "识别码", |sheet, at| drop(sheet.cells.insert(at[1], text("d0000000000000000-0000000000000000")))),
    ];
    for (what, heading, alter) in typed_over {
        let mut then = workbook(&batch_then(), Language::Zh);
        let sheet = list(&mut then);
        let own = cells(sheet, heading, "市教育局");
        assert!(own.len() > 20, "{what}");
        alter(sheet, &own);
        let whole = held(&then, &mut batch_now());
        let same = same(&whole);
        assert_eq!(same[0], Counterpart::Unrecognised, "{what}");
        assert!(same[1].one().is_some(), "the others say what they said");
        let comparison = whole.comparison.as_ref().unwrap();
        assert_eq!((comparison.unrecognised, comparison.is_workbook), (1, true));
        assert!(comparison.absent.iter().all(|one| one.due.name != "市教育局"), "{what}");
        let rulebooks = vec![builtin("shenzhen-2020").unwrap(), builtin("project-2020").unwrap()];
        let batch = Batch { audits: batch_now(), whole, rulebooks, ..Batch::default() };
        let table = sheet_of(&batch);
        assert!(table.iter().any(|row| row[1] == "市教育局" && row[2] == "上次无法识别"), "{table:?}");
    }
}

fn sheet_of(batch: &Batch) -> Vec<Vec<String>> {
    shown(&sheet(batch, "与上次比较").expect("the sheet"))
}

#[test]
fn columns_that_were_moved_and_rows_that_were_sorted_say_the_same() {
    let wanted = same(&held(&workbook(&batch_then(), Language::Zh), &mut batch_now()));
    let mut then = workbook(&batch_then(), Language::Zh);
    let sheet = list(&mut then);
    let heading = cells(sheet, "识别码", "")[0].row - 1;
    let last = sheet.cells.keys().map(|at| at.row).max().unwrap();
    let moved = |at: Address| Address {
        row: if at.row > heading { last + heading + 1 - at.row } else { at.row },
        column: 40 - at.column,
    };
    sheet.cells = std::mem::take(&mut sheet.cells).into_iter().map(|(at, cell)| (moved(at), cell)).collect();
    assert_eq!(same(&held(&then, &mut batch_now())), wanted);
}

#[test]
fn a_workbook_without_stored_results_or_without_its_list_is_refused() {
    let mut then = workbook(&batch_then(), Language::Zh);
    let sheet = list(&mut then);
    let at = cells(sheet, "最高得分", "市教育局")[5];
    let cell = Cell { value: Value::Uncalculated, formula: true, ..text("") };
    sheet.cells.insert(at, cell);
    assert_eq!(taken(&then).err(), Some(Unfit::Uncalculated { sheet: LIST.to_owned(), cell: at.to_string() }));
    then.sheets.retain(|sheet| sheet.name != LIST);
    assert_eq!(taken(&then).err(), Some(Unfit::NoScores));
}

#[test]
fn of_the_year_before_a_workbook_says_nothing_and_the_checks_say_why() {
    let then = [card("市教育局", 2019, FULL_CLAIMS, "staff_actual 300")];
    let mut now = [card("市教育局", 2020, FULL_CLAIMS, "")];
    let of_lines = look(&mut now.clone(), &baseline(&then));
    assert_eq!(of_lines.ran[&Code::FigureJump].raised, 1, "its lines say that the staff jumped");
    let whole = held(&workbook(&then, Language::Zh), &mut now);
    for code in [Code::LastYearConflict, Code::FigureJump] {
        let tally = &whole.ran[&code];
        let why: Vec<&str> = tally.not_run.keys().map(|why| why.key()).collect();
        assert_eq!((tally.agreed, tally.raised, why), (0, 0, vec!["why-baseline-workbook"]), "{code:?}");
    }
    assert_eq!(whole.comparison.as_ref().unwrap().audits[0].before, Counterpart::Nothing);
}

/// A workbook as another program leaves it that computes nothing: its formulas without their results.
fn without_results(path: &std::path::Path) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let (name, mut content) = (part.name().unwrap().into_owned(), Vec::new());
        part.read_to_end(&mut content).unwrap();
        if name.starts_with("xl/worksheets/sheet") {
            let sheet = String::from_utf8(content).unwrap();
            let mut formulas = sheet.split("</f><v>");
            let first = formulas.next().unwrap_or_default().to_owned();
            let rest = formulas.map(|after| after.split_once("</v>").map_or(after, |(_, rest)| rest));
            content = rest.fold(first, |all, rest| all + "</f>" + rest).into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn a_run_beside_its_own_workbook_says_what_it_says_beside_its_own_lines() {
    let desk = Desk::new();
    let forms = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/project-2020");
    let forms = fs::read_dir(forms).unwrap().map(|entry| entry.unwrap().path());
    for sample in samples().into_iter().take(4).chain(forms.filter(|path| path.is_file())) {
        desk.put(&format!("报送/{}", sample.file_name().unwrap().to_str().unwrap()), &fs::read(sample).unwrap());
    }
    assert_eq!(code(&desk.fuhe(&["报送", "-o", "old.xlsx", "--jsonl", "old.jsonl"])), 0);
    let first = samples()[0].file_name().unwrap().to_str().unwrap().to_owned();
    fs::remove_file(desk.path(&format!("报送/{first}"))).unwrap();
    let mut told = Vec::new();
    for (baseline, out) in [("old.jsonl", "of_lines"), ("old.xlsx", "of_workbook")] {
        let (workbook, lines) = (format!("{out}.xlsx"), format!("{out}.jsonl"));
        let output = desk.fuhe(&["报送", "--baseline", baseline, "-o", &workbook, "--jsonl", &lines]);
        assert_eq!(code(&output), 0, "{}", words(&output));
        assert!(words(&output).contains("本次未报送1个单位"), "{}", words(&output));
        let book = open(&workbook, &fs::read(desk.path(&workbook)).unwrap(), &Limits::default()).unwrap();
        let sheet = book.sheets.into_iter().find(|sheet| sheet.name == "与上次比较").expect("the sheet");
        let own: Vec<String> = sheet
            .cells
            .into_values()
            .filter_map(|cell| match cell.value {
                Value::Text(text) if !text.starts_with("上次的结果取自") && !text.starts_with("fuhe:") => {
                    Some(text)
                }
                Value::Number(number) => Some(number.round_dp(9).normalize().to_string()),
                _ => None,
            })
            .collect();
        told.push((own, fs::read(desk.path(&lines)).unwrap()));
    }
    assert!(told[0].0.len() > 50, "{:?}", told[0].0);
    assert!(told[0].1 == told[1].1, "no line is changed");
    assert_eq!(told[0].0, told[1].0);
    // Where nobody computed it, nothing is compared: the program says so before it reads anything.
    desk.put("bare.xlsx", &without_results(&desk.path("old.xlsx")));
    let output = desk.fuhe(&["报送", "--baseline", "bare.xlsx", "--no-workbook", "--jsonl", "new.jsonl"]);
    assert!(code(&output) == 2 && words(&output).contains("没有计算结果的公式"), "{}", words(&output));
    assert!(!desk.path("new.jsonl").exists());
}

#[test]
fn a_form_whose_last_rows_were_taken_out_says_nothing_though_all_others_are_there() {
    let mut then = workbook(&batch_then(), Language::Zh);
    let sheet = list(&mut then);
    let last = *cells(sheet, "识别码", "云溪县河道管理所·堤坝加固").last().expect("its rows");
    sheet.cells.retain(|at, _| at.row != last.row);
    let told = same(&held(&then, &mut batch_now()));
    assert_eq!(told[5], Counterpart::Unrecognised, "堤坝加固");
    assert!(told[4].one().is_some(), "河道清淤 is whole: {:?}", told[4]);
}

#[test]
fn where_one_of_two_submissions_is_not_recognised_the_other_stands_for_it_only_as_the_same_file() {
    let named = |file: &str, changed: &str| Audit {
        file: file.to_owned(),
        sha256: file.to_owned(),
        ..card("市教育局", 2020, FULL_CLAIMS, changed)
    };
    let mut then = workbook(
        &[named("初稿.xlsx", UNFINISHED), named("定稿.xlsx", ""), card("市水务局", 2020, FULL_CLAIMS, "")],
        Language::Zh,
    );
    // A row of 定稿, the second of the two, is gone.
    let sheet = list(&mut then);
    let last = *cells(sheet, "识别码", "市教育局").last().expect("its rows");
    sheet.cells.retain(|at, _| at.row != last.row);
    for (file, is_compared) in [("定稿.xlsx", false), ("初稿.xlsx", true)] {
        let told = same(&held(&then, &mut [named(file, "")]));
        assert_eq!(told[0].one().is_some(), is_compared, "{file}: {told:?}");
        assert_eq!(told[0] == Counterpart::Unrecognised, !is_compared, "{file}");
    }
}

#[test]
fn a_damaged_department_of_another_year_makes_nobody_new() {
    let mut then = workbook(&batch_then(), Language::Zh);
    let sheet = list(&mut then);
    let first = cells(sheet, "识别码", "市教育局")[0];
    sheet.cells.retain(|at, _| at.row != first.row);
    let mut next_year = [card("市教育局", 2021, FULL_CLAIMS, ""), card("市水务局", 2021, FULL_CLAIMS, "")];
    let told = same(&held(&then, &mut next_year));
    assert_eq!(told, [Counterpart::Nothing, Counterpart::Nothing]);
}
