//! The roster: who handed in nothing, who handed in twice, who is not on it; and who must not be called missing.

use std::fs;

use fuhe::across::roster::{Due, Reported, Roster, State};
use fuhe::across::{Against, Whole, look};
use fuhe::audit::{Audit, FileIdentity, Problem, Severity, Status};
use fuhe::checks::register::Code;
use fuhe::forms::FormKind;
use fuhe::report::table::{Table, Value};
use fuhe::report::writers::letters::letters;
use fuhe::report::{Batch, tables};
use fuhe::rulebook::builtin;
use fuhe::text::Language;

use crate::cli::{Desk, code, samples, words};
use crate::submitted::*;

/// A card of a department in a file.
fn card(unit: &str, file: &str) -> Audit {
    let mut audit = audited(submitted(FULL_CLAIMS, FULL_FACTS));
    audit.unit = (!unit.is_empty()).then(|| unit.to_owned());
    Audit { file: file.to_owned(), sha256: file.to_owned(), ..audit }
}

/// The form of a project.
fn form(unit: &str, project: &str, file: &str) -> Audit {
    let kind = FormKind::Project;
    Audit { kind, form: Some(1), project: Some(project.to_owned()), ..card(unit, file) }
}

/// A file that could not be read.
fn broken(file: &str) -> Audit {
    let identity = FileIdentity { file: file.to_owned(), ..FileIdentity::default() };
    Audit::unread(identity, Problem::told(Code::CorruptFile), None)
}

fn due(names: &[&str]) -> Against {
    let departments = names.iter().map(|name| {
        let (name, aliases) = name.split_once('=').map_or((*name, Vec::new()), |(name, alias)| (name, vec![alias]));
        Due { name: name.to_owned(), aliases: aliases.into_iter().map(str::to_owned).collect(), ..Due::default() }
    });
    Against { roster: Some(Roster { departments: departments.collect(), ..Roster::default() }), ..Against::default() }
}

fn held(names: &[&str], audits: &mut [Audit]) -> Whole {
    look(audits, &due(names))
}

fn department<'w>(whole: &'w Whole, name: &str) -> &'w Reported {
    let departments = &whole.roster.as_ref().expect("a roster").departments;
    departments.iter().find(|department| department.due.name == name).expect("a department")
}

fn state(whole: &Whole, name: &str) -> State {
    department(whole, name).state
}

fn codes(audit: &Audit) -> Vec<&'static str> {
    let across = [Code::SubmissionMissing, Code::SubmissionUnexpected, Code::DuplicateSubmission];
    audit.findings.iter().map(|finding| finding.code).filter(|code| across.contains(code)).map(Code::as_str).collect()
}

#[test]
fn who_handed_in_nothing_is_missing_and_who_did_is_not() {
    let mut audits = vec![card("市教育局", "a.xlsx"), card("市水务局", "b.xlsx")];
    let whole = held(&["市教育局", "市水务局", "市档案馆"], &mut audits);
    assert_eq!(state(&whole, "市教育局"), State::Submitted);
    assert_eq!(state(&whole, "市档案馆"), State::Missing);
    let missing = whole.missing();
    assert_eq!(missing.len(), 1);
    assert_eq!(
        (missing[0].status, missing[0].unit.as_deref(), missing[0].file.as_str()),
        (Status::Missing, Some("市档案馆"), "")
    );
    assert!(audits.iter().all(|audit| codes(audit).is_empty()), "nobody who handed in is told of it");
    // 2 agreed, 1 raised; both submissions are on the roster.
    let ran = &whole.ran[&Code::SubmissionMissing];
    assert_eq!((ran.agreed, ran.raised, ran.not_run.len()), (2, 1, 0));
    assert_eq!(whole.ran[&Code::SubmissionUnexpected].agreed, 2);
}

#[test]
fn names_are_equal_but_for_width_blanks_and_brackets() {
    for written in ["市 教育局", "市教育局　", "（市教育局）", "市教育局【公章】"] {
        let mut audits = vec![card(written, "a.xlsx")];
        let whole = held(&["市教育局"], &mut audits);
        let is_same = !written.contains('公');
        let wanted = if is_same { State::Submitted } else { State::NearName };
        assert_eq!(state(&whole, "市教育局"), wanted, "{written}");
        assert_eq!(codes(&audits[0]).is_empty(), is_same, "{written}");
    }
    let mut audits = vec![card("Ａ市１中", "a.xlsx")];
    assert_eq!(state(&held(&["a市1中"], &mut audits), "a市1中"), State::Submitted);
    let mut audits = vec![card("市发改委", "a.xlsx")];
    assert_eq!(state(&held(&["市发展和改革委员会=市发改委"], &mut audits), "市发展和改革委员会"), State::Submitted);
}

#[test]
fn a_near_name_is_shown_and_nobody_is_accused() {
    for (listed, written) in [
        ("市教育局", "教育局"),
        ("市教育局", "市教育局（本级）"),
        ("市发展和改革委员会", "市发改委"),
        ("市水务局", "市税务局"),
        ("区文化广电旅游体育局", "区文化广播电视旅游体育局"),
    ] {
        let mut audits = vec![card(written, "a.xlsx")];
        let whole = held(&[listed], &mut audits);
        assert_eq!(state(&whole, listed), State::NearName, "{listed} {written}");
        assert_eq!(department(&whole, listed).near, [written]);
        assert!(whole.missing().is_empty());
        assert_eq!(codes(&audits[0]), ["submission-unexpected"]);
        let told = Language::Zh.phrase(&audits[0].findings.last().unwrap().phrase);
        assert!(told.contains(listed) && told.contains("别名"), "{told}");
        assert_eq!(whole.ran[&Code::SubmissionMissing].raised, 0);
    }
    // Another name altogether is near to nothing.
    let mut audits = vec![card("市档案馆", "a.xlsx")];
    let whole = held(&["市教育局"], &mut audits);
    assert_eq!(state(&whole, "市教育局"), State::Missing);
    assert!(!Language::Zh.phrase(&audits[0].findings.last().unwrap().phrase).contains("相近"));
}

#[test]
fn a_near_name_that_is_another_department_of_the_roster_is_no_candidate() {
    let mut audits = vec![card("市教育局", "a.xlsx")];
    let whole = held(&["市教育局", "市体育局"], &mut audits);
    assert_eq!((state(&whole, "市教育局"), state(&whole, "市体育局")), (State::Submitted, State::Missing));
    // Nor is somebody who is there himself one for a stranger.
    let mut audits = vec![card("东区气象中心", "a.xlsx"), card("海区气象中心", "b.xlsx")];
    let whole = held(&["东区气象中心"], &mut audits);
    assert_eq!(whole.roster.as_ref().unwrap().beside[0].near, Vec::<String>::new());
}

#[test]
fn a_file_called_after_a_department_that_could_not_be_read_is_perhaps_its_own() {
    let mut audits = vec![card("市水务局", "b.xlsx"), broken("报送/市教育局 2020.xlsx"), broken("扫描001.xls")];
    let whole = held(&["市教育局", "市水务局", "市档案馆", "教育局"], &mut audits);
    assert_eq!(state(&whole, "市教育局"), State::Unread);
    assert_eq!(department(&whole, "市教育局").unread, ["报送/市教育局 2020.xlsx"]);
    // The longer of two names that stand there; and the file that nobody can place is said wherever somebody is missing.
    assert_eq!(state(&whole, "教育局"), State::Missing);
    let told = Language::Zh.phrase(&whole.missing()[0].problem.as_ref().unwrap().phrase);
    assert!(told.contains("市档案馆") && told.contains("另有1份文件"), "{told}");
    let (mut audits, mut against) = (vec![card("市水务局", "b.xlsx")], due(&["市教育局", "市水务局"]));
    against.others = vec!["市教育局自评报告.docx".to_owned()];
    let whole = look(&mut audits, &against);
    assert_eq!(state(&whole, "市教育局"), State::Unread, "what came is no workbook, and it came");
}

#[test]
fn a_card_that_names_nobody_is_placed_by_its_file_or_said() {
    let mut audits = vec![card("", "市教育局.xlsx"), card("", "1.xlsx")];
    let whole = held(&["市教育局", "市档案馆"], &mut audits);
    assert_eq!((state(&whole, "市教育局"), state(&whole, "市档案馆")), (State::Unread, State::Missing));
    assert_eq!(whole.roster.as_ref().unwrap().nobodys, 1);
    assert_eq!(whole.ran[&Code::SubmissionUnexpected].not_run.values().sum::<usize>(), 2);
}

#[test]
fn a_project_of_a_unit_below_a_department_is_said_without_a_warning() {
    let mut audits = vec![card("市教育局", "a.xlsx"), form("市第三小学", "食堂", "b.xlsx"), card("市气象台", "c.xlsx")];
    held(&["市教育局"], &mut audits);
    let severity =
        |audit: &Audit| audit.findings.iter().find(|it| it.code == Code::SubmissionUnexpected).unwrap().severity;
    assert_eq!((severity(&audits[1]), severity(&audits[2])), (Severity::Info, Severity::Warning));
}

#[test]
fn forms_of_projects_are_no_card_where_others_handed_in_cards() {
    let mut audits =
        vec![card("市水务局", "a.xlsx"), form("市教育局", "校舍维修", "b.xlsx"), form("市教育局", "助学金", "b.xlsx")];
    let whole = held(&["市教育局", "市水务局"], &mut audits);
    assert_eq!(state(&whole, "市教育局"), State::FormsOnly);
    assert_eq!((codes(&audits[1]), codes(&audits[2])), (vec!["submission-missing"], vec![]), "told once");
    let told = Language::Zh.phrase(&audits[1].findings.last().unwrap().phrase);
    assert!(told.contains("只报送了项目自评表（校舍维修、助学金）"), "{told}");
    assert!(whole.missing().is_empty());
    // Where nobody handed in a card, none is due.
    let mut audits = vec![form("市教育局", "校舍维修", "b.xlsx")];
    assert_eq!(state(&held(&["市教育局"], &mut audits), "市教育局"), State::Submitted);
    assert!(codes(&audits[0]).is_empty());
}

#[test]
fn two_files_of_one_form_are_doubled_and_two_projects_are_not() {
    let mut audits = vec![card("市教育局", "a.xlsx"), card("市 教育局", "b.xlsx"), card("市水务局", "c.xlsx")];
    audits.extend([form("市水务局", "甲", "d.xlsx"), form("市水务局", "乙", "e.xlsx")]);
    let whole = held(&["市教育局", "市水务局"], &mut audits);
    assert_eq!((state(&whole, "市教育局"), state(&whole, "市水务局")), (State::Doubled, State::Submitted));
    assert_eq!((department(&whole, "市水务局").cards, department(&whole, "市水务局").forms), (1, 2));
}

#[test]
fn without_a_roster_nobody_is_missing_and_the_checks_say_why() {
    let mut audits = vec![card("市教育局", "a.xlsx")];
    let whole = look(&mut audits, &Against::default());
    assert!(whole.roster.is_none() && whole.missing().is_empty());
    assert_eq!(whole.ran[&Code::SubmissionMissing].not_run.values().sum::<usize>(), 1);
}

fn batch(names: &[&str], mut audits: Vec<Audit>) -> Batch {
    let mut against = due(names);
    let roster = against.roster.as_mut().unwrap();
    roster.headings = vec!["联系人".to_owned()];
    for department in &mut roster.departments {
        department.carried = vec!["张三".to_owned()];
        department.deadline = Some("2021年3月31日".to_owned());
    }
    let whole = look(&mut audits, &against);
    Batch { audits, whole, rulebooks: vec![builtin("shenzhen-2020").unwrap()], ..Batch::default() }
}

fn sheet(batch: &Batch, name: &str) -> Table {
    tables(batch, Language::Zh).into_iter().find(|table| table.name == name).expect("a sheet")
}

fn shown(table: &Table) -> Vec<Vec<String>> {
    let text = |value: &Value| match value {
        Value::Text(text) => text.clone(),
        Value::Number(number, _) => number.to_string(),
        _ => String::new(),
    };
    table.rows.iter().map(|row| row.cells.iter().map(|cell| text(&cell.value)).collect()).collect()
}

#[test]
fn the_sheet_has_every_department_of_the_roster_and_every_unit_beside_it() {
    let audits = vec![card("市教育局", "a.xlsx"), card("市税务局", "b.xlsx"), card("市气象台", "c.xlsx")];
    let batch = batch(&["市教育局", "市水务局", "市档案馆"], audits);
    let table = sheet(&batch, "报送情况");
    assert_eq!(table.columns.last().unwrap().header, "联系人");
    let rows = shown(&table);
    let states: Vec<(&str, &str)> = rows.iter().map(|row| (row[1].as_str(), row[2].as_str())).collect();
    assert_eq!(
        states,
        [
            ("市档案馆", "未报送"),
            ("市水务局", "待核对"),
            ("市教育局", "已报送"),
            ("市税务局", "名册外单位"),
            ("市气象台", "名册外单位")
        ]
    );
    assert_eq!(rows[0].last().unwrap(), "张三");
    assert!(rows[0][8].contains("截止日期：2021年3月31日"), "{}", rows[0][8]);
    assert_eq!((rows[1][7].as_str(), rows[3][7].as_str()), ("市税务局", "市水务局"));
    let sheets = tables(&batch, Language::Zh);
    assert_eq!(fuhe::report::agreement::disagreements(&sheets, 0, &batch, Language::Zh), []);
    let progress = shown(&sheet(&batch, "复核进度"));
    assert!(progress.iter().any(|row| row[1] == "市档案馆" && row[2] == "未报送"), "{progress:?}");
    // 4 departments are due: 1 agreed, 1 raised, 1 to be checked by a person.
    let checks = shown(&sheet(&batch, "核对项目"));
    let row = checks.iter().find(|row| row[2] == "未报送").expect("the check");
    assert_eq!(row[5..10], ["3", "2", "1", "1", "1"]);
}

#[test]
fn who_handed_in_nothing_gets_a_letter_that_asks_and_names_nobody_else() {
    let audits = vec![card("市教育局", "a.xlsx"), card("市税务局", "b.xlsx")];
    let made = letters(&batch(&["市教育局", "市水务局", "市档案馆"], audits), Language::Zh).expect("letters");
    let reminders: Vec<_> = made.letters.iter().filter(|letter| letter.file.starts_with("催报函")).collect();
    assert_eq!(reminders.iter().map(|letter| letter.file.as_str()).collect::<Vec<_>>(), ["催报函-市档案馆.docx"]);
    let text = crate::letters::text(reminders[0]);
    for words in ["市档案馆：", "2021年3月31日前报送2020年度绩效自评材料", "如已报送，请告知"]
    {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert!(!text.contains("市教育局") && !text.contains("市税务局"));
}

/// Two samples, of 榕江区图书馆 and 湖东区老年活动中心, and a roster.
fn desk(roster: &str, bytes: &[u8]) -> Desk {
    let desk = Desk::new();
    for sample in samples() {
        let name = sample.file_name().unwrap().to_str().unwrap();
        if name.starts_with("榕江区") || name.starts_with("湖东区") {
            desk.put(&format!("报送/{name}"), &fs::read(&sample).unwrap());
        }
    }
    desk.put(roster, bytes);
    desk
}

const LIST: &str = "序号,单位名称,类别,截止日期\n1,榕江区图书馆,事业单位,2021-03-31\n2,湖东区 老年活动中心,事业单位,2021-03-31\n3,白沙区档案馆,事业单位,2021-04-15\n";

#[test]
fn a_missing_department_has_a_line_of_its_own_and_counts_as_no_file() {
    let desk = desk("名册.csv", LIST.as_bytes());
    let output = desk.fuhe(&["报送", "--roster", "名册.csv", "-o", "a.xlsx", "--jsonl", "a.jsonl"]);
    assert_eq!(code(&output), 0, "{}", words(&output));
    assert!(words(&output).contains("名册3个单位：已报送2个，未报送1个（白沙区档案馆）"), "{}", words(&output));
    let lines = desk.lines("a.jsonl");
    assert_eq!(lines.len(), 3);
    let missing = &lines[2];
    assert_eq!((missing["status"].as_str(), missing["unit"].as_str()), (Some("missing"), Some("白沙区档案馆")));
    assert_eq!((missing["file"].as_str(), missing["problem"]["code"].as_str()), (Some(""), Some("submission-missing")));
    for empty in ["points", "recomputed", "claimed", "rulebook", "year"] {
        assert!(missing[empty].is_null(), "{empty}");
    }
    assert!(words(&output).contains("共2份文件：已复核2份，未能复核0份"), "{}", words(&output));
    // The lines alone are the same lines, and name the same departments.
    let alone = desk.fuhe(&["报送", "--roster", "名册.csv", "--no-workbook", "--jsonl", "b.jsonl"]);
    assert_eq!(code(&alone), 0, "{}", words(&alone));
    assert_eq!(fs::read(desk.path("a.jsonl")).unwrap(), fs::read(desk.path("b.jsonl")).unwrap());
    assert!(words(&alone).contains("未报送1个"), "{}", words(&alone));
}

#[test]
fn a_report_of_stored_lines_makes_the_missing_anew_from_the_roster_or_keeps_what_still_holds() {
    let desk = desk("名册.csv", LIST.as_bytes());
    assert_eq!(code(&desk.fuhe(&["报送", "--roster", "名册.csv", "--no-workbook", "--jsonl", "a.jsonl"])), 0);
    let stored = fs::read(desk.path("a.jsonl")).unwrap();
    let report = |options: &[&str]| {
        let output = desk.fuhe(&[&["report", "a.jsonl", "--no-workbook", "--jsonl", "b.jsonl"][..], options].concat());
        assert_eq!(code(&output), 0, "{}", words(&output));
        fs::read(desk.path("b.jsonl")).unwrap()
    };
    assert!(report(&[]) == stored, "kept as it is said");
    assert!(report(&["--roster", "名册.csv"]) == stored, "made anew");
    desk.put("名册.csv", "单位名称\n榕江区图书馆\n".as_bytes());
    report(&["--roster", "名册.csv"]);
    let lines = desk.lines("b.jsonl");
    assert!(lines.iter().all(|line| line["status"] == "audited") && lines.len() == 2, "it is due no more");
    assert_eq!(lines[1]["findings"].as_array().unwrap().last().unwrap()["code"], "submission-unexpected");
    // A department that another part of the batch has is not missing, whatever the line of one part says.
    desk.put("名册.csv", "单位名称\n榕江区图书馆\n湖东区老年活动中心\n".as_bytes());
    let files: Vec<String> =
        desk.lines("a.jsonl").iter().map(|line| line["file"].as_str().unwrap().to_owned()).take(2).collect();
    for (part, file) in ["part", "rest"].iter().zip(&files) {
        let lines = format!("{part}.jsonl");
        desk.put(&format!("{part}/{file}"), &fs::read(desk.path("报送").join(file)).unwrap());
        let of_part = [*part, "--roster", "名册.csv", "--no-workbook", "--jsonl", &lines];
        let output = desk.fuhe(&of_part);
        assert_eq!(code(&output), 0, "{}", words(&output));
        assert_eq!(desk.lines(&lines)[1]["status"], "missing", "the other's department");
    }
    let output = desk.fuhe(&["report", "part.jsonl", "rest.jsonl", "--no-workbook", "--jsonl", "whole.jsonl"]);
    assert_eq!(code(&output), 0, "{}", words(&output));
    assert!(desk.lines("whole.jsonl").iter().all(|line| line["status"] == "audited"));
}

#[test]
fn an_earlier_run_with_missing_departments_can_be_gone_on_with() {
    let desk = desk("名册.csv", LIST.as_bytes());
    let run = |options: &[&str]| desk.fuhe(&[&["报送", "--no-workbook", "--jsonl", "a.jsonl"][..], options].concat());
    assert_eq!(code(&run(&["--roster", "名册.csv"])), 0);
    let again = run(&["--resume", "a.jsonl"]);
    assert_eq!((code(&again), desk.lines("a.jsonl").len()), (0, 2), "{}", words(&again));
    assert!(words(&again).contains('2'), "both files are taken from the lines: {}", words(&again));
}

#[test]
fn a_part_of_a_folder_is_not_held_against_a_roster() {
    let desk = desk("名册.csv", LIST.as_bytes());
    desk.put("list", "榕江区图书馆2020年度绩效自评材料.xlsx\n".as_bytes());
    let output =
        desk.fuhe(&["报送", "--files-from", "list", "--roster", "名册.csv", "--no-workbook", "--jsonl", "a.jsonl"]);
    assert_eq!(code(&output), 2, "{}", words(&output));
    assert!(!desk.path("a.jsonl").exists());
}

#[test]
fn a_roster_among_the_submissions_is_no_submission() {
    let desk = desk("报送/名册.xlsx", &workbook(&[&[], &["单位名称"], &["榕江区图书馆"], &["湖东区老年活动中心"]]));
    let output = desk.fuhe(&["报送", "--roster", "报送/名册.xlsx", "--no-workbook", "--jsonl", "a.jsonl"]);
    assert_eq!((code(&output), desk.lines("a.jsonl").len()), (0, 2), "{}", words(&output));
}

/// A workbook with these texts.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let (row, column) = (row as u32, column as u16);
            match text.strip_prefix('=') {
                Some(formula) => {
                    let (formula, result) = formula.split_once('→').unwrap_or((formula, ""));
                    sheet
                        .write_formula(row, column, rust_xlsxwriter::Formula::new(formula).set_result(result))
                        .unwrap();
                }
                None => {
                    sheet.write_string(row, column, *text).unwrap();
                }
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// The states of the run's departments, as the sentence of the summary has them; none where the run was refused.
fn summary(roster: &str, bytes: &[u8]) -> (i32, String) {
    let desk = desk(roster, bytes);
    let output = desk.fuhe(&["报送", "--roster", roster, "--no-workbook", "--jsonl", "a.jsonl"]);
    let said = words(&output);
    assert_eq!(code(&output) == 2, !desk.path("a.jsonl").exists(), "{said}");
    (code(&output), said)
}

#[test]
fn a_roster_is_read_under_titles_and_in_every_encoding_that_office_programs_write() {
    let titled: &[&[&str]] = &[
        &["2020年度绩效自评应报送单位名册"],
        &["填表：预算科", "", "2021年1月"],
        &["序号", "单位名称", "联系人"],
        &["", "一、直属单位（2家）"],
        &["1", "榕江区图书馆", "李四"],
        &["2", "=A1&B1→湖东区老年活动中心", "王五"],
        &["3", "白沙区档案馆", ""],
        &["合计", "合计3家"],
    ];
    let wide: Vec<u8> =
        format!("\u{FEFF}{}", LIST.replace(',', "\t")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (gb, _, _) = encoding_rs::GB18030.encode(LIST);
    for (name, bytes) in [
        ("名册.xlsx", workbook(titled)),
        ("名册.csv", LIST.as_bytes().to_vec()),
        ("名册.csv", [b"\xef\xbb\xbf", LIST.as_bytes()].concat()),
        ("名册.csv", gb.into_owned()),
        ("名册.csv", LIST.replace(',', ";").into_bytes()),
        ("名册.txt", wide),
        ("名册.txt", "单位名称\n榕江区图书馆\n\"湖东区老年活动中心\"\r\n白沙区档案馆".as_bytes().to_vec()),
    ] {
        let (code, said) = summary(name, &bytes);
        assert_eq!(code, 0, "{said}");
        assert!(said.contains("名册3个单位：已报送2个，未报送1个（白沙区档案馆）"), "{name} {said}");
    }
}

#[test]
fn what_could_make_a_roster_mistaken_is_refused_with_its_place_before_anything_is_read() {
    let cases: &[(&str, Vec<u8>, &str)] = &[
        ("名册.xlsx", workbook(&[]), "是空的"),
        ("名册.csv", b"".to_vec(), "是空的"),
        ("名册.xlsx", workbook(&[&["科室", "电话"], &["预算科", "1"]]), "没有单位名称列"),
        ("名册.csv", "榕江区图书馆\n湖东区老年活动中心\n".as_bytes().to_vec(), "没有单位名称列"),
        ("名册.xlsx", workbook(&[&["单位名称"]]), "表头（A1）下面没有单位"),
        ("名册.xlsx", workbook(&[&["单位名称", "单位名称"], &["甲局", "乙局"]]), "（A1、B1）"),
        ("名册.xlsx", workbook(&[&["单位名称"], &["甲局"], &["乙局"], &["甲 局"]]), "“甲 局”出现两次（第2行、第4行）"),
        (
            "名册.xlsx",
            workbook(&[&["单位名称", "别名"], &["甲局", "乙局"], &["乙局"]]),
            "“乙局”出现两次（第2行、第3行）",
        ),
        ("名册.xlsx", b"no workbook".to_vec(), "不能打开"),
        ("名册.csv", b"PK\x03\x04\x00\x01\x02".to_vec(), "不是文本"),
    ];
    for (name, bytes, wanted) in cases {
        let (code, said) = summary(name, bytes);
        assert_eq!(code, 2, "{wanted}: {said}");
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
    // An error in place of a name: somebody would be left out without a word.
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "单位名称").unwrap();
    sheet.write_string(1, 0, "榕江区图书馆").unwrap();
    sheet.write_formula(2, 0, rust_xlsxwriter::Formula::new("VLOOKUP(1,B:C,2)").set_result("#N/A")).unwrap();
    let (code, said) = summary("名册.xlsx", &book.save_to_buffer().unwrap());
    assert!(code == 2 && said.contains("A3"), "{said}");
}

#[test]
fn hidden_rows_count_and_are_said() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, text) in ["单位名称", "榕江区图书馆", "湖东区老年活动中心", "白沙区档案馆"].iter().enumerate()
    {
        sheet.write_string(row as u32, 0, *text).unwrap();
    }
    sheet.set_row_hidden(3).unwrap();
    let desk = desk("名册.xlsx", &book.save_to_buffer().unwrap());
    let output = desk.fuhe(&["报送", "--roster", "名册.xlsx", "--html", "a.html", "-o", "a.xlsx"]);
    assert_eq!(code(&output), 0, "{}", words(&output));
    let page = fs::read_to_string(desk.path("a.html")).unwrap();
    assert!(page.contains("名册中有1行被隐藏") && page.contains("报送情况"));
    assert!(words(&output).contains("未报送1个（白沙区档案馆）"), "{}", words(&output));
}
