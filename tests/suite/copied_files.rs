//! Shared text from the department's file to the list, the lines, the page and the next run; and the notice whose text is
//! nobody's own.

use std::collections::BTreeMap;
use std::fs;

use fuhe::across::{self, Against};
use fuhe::audit::{KeptText, TextKind};
use fuhe::carry;
use fuhe::report::table::{Outcome, Table, Value};
use fuhe::report::{Batch, tables, writers::xlsx};
use fuhe::text::Language;
use fuhe::workbook::{Address, Cell, Limits, Value as Stored, open};
use serde_json::Value as Json;

use crate::bench;
use crate::cli::{Desk, code, words};
use crate::copied::Chance;
use crate::poison::rewritten;
use crate::readers::parts::zip;

const SAMPLE: &str = "临江区社会福利中心2020年度部门整体支出自评表.xlsx";
const UNIT: &str = "临江区社会福利中心";
const DUTIES: &str =
    "承担城市特困人员、孤残儿童的集中供养与照料，开展社会寄养评估和康复训练，设养老区、儿童区和康复部。";
const WORK: &str = "年末在院供养对象318人，其中失能老人124人。完成消防设施改造、儿童区空调更换等民生实事。";
const UNITS: [&str; 7] =
    ["甲县水务局", "乙县体育局", "丙县民政局", "丁县交通局", "戊县农业局", "己县文旅局", "庚县卫健局"];

/// Seven departments with texts of their own, but for what the first and the fourth share.
fn handed_in(shared: &str) -> Desk {
    let (desk, mut chance) = (Desk::new(), Chance::of(91));
    for (at, unit) in UNITS.iter().enumerate() {
        let own = chance.text(120);
        let work = if at % 3 == 0 && at < 6 { format!("{own}，{shared}") } else { own };
        let duties = chance.text(60);
        let bytes = rewritten(SAMPLE, &[(UNIT, unit), (DUTIES, &duties), (WORK, &work)]);
        desk.put(&format!("报送/{unit}.xlsx"), &bytes);
    }
    desk
}

fn copied(lines: &[Json]) -> Vec<(&str, &Json)> {
    lines.iter().filter_map(|line| Some((line["unit"].as_str()?, finding_of(line)?))).collect()
}

fn finding_of(line: &Json) -> Option<&Json> {
    line["findings"].as_array().unwrap().iter().find(|one| one["code"] == "copied-text")
}

fn text(cell: &Cell) -> Option<&str> {
    if let Stored::Text(text) = &cell.value { Some(text) } else { None }
}

/// A passage of 96 characters, without its punctuation 92.
fn passage() -> String {
    let mut chance = Chance::of(92);
    format!("{}，{}。{}、{}", chance.text(30), chance.text(30), chance.text(30), chance.text(2))
}

#[test]
fn shared_text_is_in_the_lines_of_both_the_workbook_and_the_page() {
    let shared = passage();
    let desk = handed_in(&shared);
    let output = desk.fuhe(&["报送", "-o", "复核.xlsx", "--jsonl", "a.jsonl", "--html", "复核.html"]);
    assert_eq!(code(&output), 0, "{}", words(&output));
    let lines = desk.lines("a.jsonl");
    let found = copied(&lines);
    assert_eq!(found.iter().map(|(unit, _)| *unit).collect::<Vec<_>>(), [UNITS[3], UNITS[0]]);
    for (at, (_, finding)) in found.iter().enumerate() {
        let message = finding["message"].as_str().unwrap();
        for part in [UNITS[at * 3], "连续92字相同", "43%", "“自评报告”表A5单元格"] {
            assert!(message.contains(part), "{part}: {message}");
        }
        assert_eq!(finding["severity"], "warning");
        assert_eq!((&finding["source"]["sheet"], &finding["source"]["cell"]), (&"自评报告".into(), &"A5".into()));
        assert_eq!(finding["source"]["text"], shared);
    }
    let texts = lines[0]["texts"].as_array().unwrap();
    assert!(texts.iter().any(|text| text["cell"] == "A5" && text["kind"] == "narrative"), "{texts:?}");
    let book = open("复核.xlsx", &fs::read(desk.path("复核.xlsx")).unwrap(), &Limits::default()).unwrap();
    let sheet = book.sheets.iter().find(|sheet| sheet.name == "相同文字").expect("the sheet");
    let said: Vec<String> = sheet.cells.values().filter_map(|cell| text(cell).map(str::to_owned)).collect();
    for part in [UNITS[0], UNITS[3], "自评报告!A5", shared.as_str(), "43%"] {
        assert!(said.iter().any(|text| text == part), "{part}");
    }
    let page = fs::read_to_string(desk.path("复核.html")).unwrap();
    assert!(page.contains("相同文字") && page.contains(&shared));
    // Lines alone are the same, and so are those that are put together from two halves.
    let only = desk.fuhe(&["报送", "--no-workbook", "--jsonl", "only.jsonl"]);
    assert_eq!(code(&only), 0, "{}", words(&only));
    let whole = fs::read_to_string(desk.path("a.jsonl")).unwrap();
    assert_eq!(fs::read_to_string(desk.path("only.jsonl")).unwrap(), whole);
    for (part, units) in [("one", &UNITS[..3]), ("two", &UNITS[3..])] {
        units.iter().for_each(|unit| {
            fs::create_dir_all(desk.path(part)).unwrap();
            fs::copy(desk.path(&format!("报送/{unit}.xlsx")), desk.path(&format!("{part}/{unit}.xlsx"))).unwrap();
        });
        let lines = format!("{part}.jsonl");
        assert_eq!(code(&desk.fuhe(&[part, "--no-workbook", "--jsonl", &lines])), 0);
        assert!(copied(&desk.lines(&lines)).is_empty());
    }
    let report = desk.fuhe(&["report", "one.jsonl", "two.jsonl", "--no-workbook", "--jsonl", "both.jsonl"]);
    assert_eq!(code(&report), 0, "{}", words(&report));
    assert_eq!(fs::read_to_string(desk.path("both.jsonl")).unwrap(), whole);
}

/// A document of Word with a paragraph for each line.
fn document(lines: &str) -> Vec<u8> {
    let paragraph = |line: &str| {
        let (one, two) = line.split_at(line.char_indices().nth(7).map_or(0, |(at, _)| at));
        format!("<w:p><w:r><w:t xml:space=\"preserve\">{one}</w:t></w:r><w:r><w:t>{two}</w:t></w:r></w:p>")
    };
    let body: String = lines.lines().map(paragraph).collect();
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", xml.as_bytes())])
}

#[test]
fn what_the_notice_says_is_nobodys_whatever_kind_of_file_it_is() {
    let shared = passage();
    let desk = handed_in(&shared);
    let notice = format!("关于开展自评的通知\n各部门：\n{}\n特此通知", shared.replace('。', "\n"));
    let mut workbook = rust_xlsxwriter::Workbook::new();
    workbook.add_worksheet().write(3, 1, &shared).unwrap();
    desk.put("通知.txt", notice.as_bytes());
    desk.put("通知-gb.txt", &encoding_rs::GB18030.encode(&notice).0);
    desk.put("通知.docx", &document(&notice));
    desk.put("报送/通知.xlsx", &workbook.save_to_buffer().unwrap());
    for notice in ["通知.txt", "通知-gb.txt", "通知.docx", "报送/通知.xlsx"] {
        let output = desk.fuhe(&["报送", "-o", "a.xlsx", "--jsonl", "a.jsonl", "--notice", notice]);
        let lines = desk.lines("a.jsonl");
        assert!(copied(&lines).is_empty(), "{notice}");
        // The notice itself is no submission.
        let expected = if notice.starts_with("报送") { (0, UNITS.len()) } else { (3, UNITS.len() + 1) };
        assert_eq!((code(&output), lines.len()), expected, "{notice}: {}", words(&output));
        let book = open("a.xlsx", &fs::read(desk.path("a.xlsx")).unwrap(), &Limits::default()).unwrap();
        let run = book.sheets.iter().find(|sheet| sheet.name == "运行信息").expect("the sheet");
        let said: Vec<&str> = run.cells.values().filter_map(text).collect();
        let name = notice.trim_start_matches("报送/");
        assert!(said.iter().any(|text| text.starts_with(name) && text.contains("SHA-256")), "{said:?}");
        // The seven tables of indicators are the sample's, and two passages are the notice's.
        assert!(said.iter().any(|text| text.contains("9段，涉及7个部门")), "{said:?}");
    }
    let report = desk.fuhe(&["report", "a.jsonl", "--no-workbook", "--jsonl", "b.jsonl"]);
    assert_eq!(code(&report), 0, "{}", words(&report));
    assert_eq!(copied(&desk.lines("b.jsonl")).len(), 2, "without the notice");
    let report =
        desk.fuhe(&["report", "a.jsonl", "--no-workbook", "--jsonl", "b.jsonl", "--force", "--notice", "通知.docx"]);
    assert_eq!(code(&report), 0, "{}", words(&report));
    assert!(copied(&desk.lines("b.jsonl")).is_empty());
}

#[test]
fn a_notice_that_cannot_be_read_or_says_nothing_stops_the_run_before_it_begins() {
    let desk = handed_in(&passage());
    desk.put("通知.pdf", b"%PDF-1.7 ...");
    desk.put("空.txt", "通知".as_bytes());
    for (notice, says) in
        [("通知.pdf", "PDF"), ("空.txt", "没有连续12字以上的文字"), ("不在.txt", "无法打开"), ("报送", "无法打开")]
    {
        let output = desk.fuhe(&["报送", "-o", "a.xlsx", "--notice", notice]);
        assert_eq!(code(&output), 2);
        assert!(words(&output).contains(says), "{notice}: {}", words(&output));
        assert!(!desk.path("a.xlsx").exists());
    }
}

/// The batch of five with a passage that the first and the third share.
fn shared_by_two() -> Batch {
    let mut batch = bench::batch();
    let mut chance = Chance::of(93);
    let shared = chance.text(100);
    for (at, audit) in batch.audits.iter_mut().enumerate() {
        let text = if at % 2 == 0 && at < 4 { shared.clone() } else { chance.text(100) };
        let kept =
            KeptText { sheet: "自评报告".to_owned(), cell: "A3".to_owned(), kind: TextKind::Narrative, text };
        audit.texts = Some(vec![kept]);
    }
    batch.whole = across::look(&mut batch.audits, &Against::default());
    batch
}

fn list(batch: &Batch) -> Option<Table> {
    tables(batch, Language::Zh).into_iter().find(|table| table.name == "相同文字")
}

fn rows(batch: &Batch, name: &str) -> Vec<BTreeMap<String, String>> {
    let table = tables(batch, Language::Zh).into_iter().find(|table| table.name == name);
    let shown = |value: &Value| match value {
        Value::Text(text) | Value::Formula(_, Outcome::Words(text)) => text.clone(),
        _ => String::new(),
    };
    let of = |table: &Table| -> Vec<BTreeMap<String, String>> {
        let row = |row: &fuhe::report::table::Row| {
            let named = table.columns.iter().zip(&row.cells);
            named.map(|(column, cell)| (column.header.clone(), shown(&cell.value))).collect()
        };
        table.rows.iter().map(row).collect()
    };
    table.as_ref().map(of).unwrap_or_default()
}

#[test]
fn what_the_reviewer_wrote_of_shared_text_is_in_the_next_run_and_kept_where_it_is_gone() {
    let batch = shared_by_two();
    let before = rows(&batch, "相同文字");
    assert_eq!(before.len(), 1);
    assert_eq!(before[0]["处理状态"], "待核实");
    let bytes = xlsx::workbook(&tables(&batch, Language::Zh), Language::Zh, None).expect("a workbook");
    let mut book = open("复核.xlsx", &bytes, &Limits::default()).expect("readable");
    let sheet = book.sheets.iter_mut().find(|sheet| sheet.name == "相同文字").expect("the sheet");
    let heading = |sheet: &fuhe::workbook::Sheet, heading: &str| {
        *sheet.cells.iter().find(|(_, cell)| text(cell) == Some(heading)).expect("the heading").0
    };
    for (name, entry) in [("处理状态", "已确认"), ("复核人", "张三"), ("备注", "两局共同撰写")] {
        let head = heading(sheet, name);
        let value = Stored::Text(entry.to_owned());
        let cell = Cell { value, percent: false, formula: false, digits: Default::default() };
        sheet.cells.insert(Address { row: head.row + 1, column: head.column }, cell);
    }
    let earlier = carry::read(&book).expect("a readable workbook");
    let next = Batch { earlier: vec![earlier.clone()], ..batch.clone() };
    let now = rows(&next, "相同文字");
    for (name, entry) in [("处理状态", "已确认"), ("复核人", "张三"), ("备注", "两局共同撰写")] {
        assert_eq!(now[0][name], entry);
    }
    assert!(rows(&next, "以前的记录").is_empty());
    // One of the two has written its own text: the entry is kept.
    let mut corrected = next;
    corrected.audits[2].texts = Some(Vec::new());
    corrected.whole = across::look(&mut corrected.audits, &Against::default());
    assert!(list(&corrected).is_none());
    let kept = rows(&corrected, "以前的记录");
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!((kept[0]["复核人"].as_str(), kept[0]["备注"].as_str()), ("张三", "两局共同撰写"));
}

#[test]
fn names_in_the_properties_of_files_are_listed_and_never_raise_anything() {
    let mut batch = bench::batch();
    let names = [Some("李四"), Some("Administrator"), Some("李四"), Some("Administrator"), None];
    for (audit, name) in batch.audits.iter_mut().zip(names) {
        audit.properties.last_saved_by = name.map(str::to_owned);
        audit.properties.author = Some("市财政局模板".to_owned());
    }
    batch.whole = across::look(&mut batch.audits, &Against::default());
    let listed = rows(&batch, "相同属性");
    assert_eq!(listed.len(), 1, "{listed:?}");
    assert_eq!((listed[0]["属性"].as_str(), listed[0]["名称"].as_str()), ("最后保存者", "李四"));
    assert!(batch.audits.iter().all(|audit| audit.findings.iter().all(|one| one.code.as_str() != "copied-text")));
}

#[test]
fn who_made_a_file_is_read_from_its_properties_and_a_broken_part_costs_nothing() {
    let core = |body: &str| {
        format!("<?xml version=\"1.0\"?><cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\">{body}</cp:coreProperties>")
    };
    let full = core("<dc:creator>王 五&amp;赵六</dc:creator><cp:lastModifiedBy>李四</cp:lastModifiedBy>");
    let broken = full.replace("</cp:lastModifiedBy></cp:coreProperties>", "");
    let long = core(&format!("<dc:title>{}</dc:title><dc:creator>丙</dc:creator>", "长".repeat(20_000)));
    let mut sheet = rust_xlsxwriter::Workbook::new();
    sheet.add_worksheet().write(0, 0, "一").unwrap();
    let bytes = sheet.save_to_buffer().unwrap();
    let with = |part: &str| {
        let mut archive = zip_archive(&bytes);
        let parts: Vec<(String, Vec<u8>)> = (0..archive.len())
            .map(|place| {
                let mut entry = archive.by_index(place).unwrap();
                let mut content = Vec::new();
                std::io::Read::read_to_end(&mut entry, &mut content).unwrap();
                let name = entry.name().unwrap().into_owned();
                if name == "docProps/core.xml" { (name, part.as_bytes().to_vec()) } else { (name, content) }
            })
            .collect();
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, part)| (name.as_str(), part.as_slice())).collect();
        let read = open("a.xlsx", &zip(&parts), &Limits::default()).expect("readable").properties;
        (read.author, read.last_saved_by)
    };
    let named = |name: &str| Some(name.to_owned());
    assert_eq!(with(&full), (named("王 五&赵六"), named("李四")));
    assert_eq!(with(&broken).0, named("王 五&赵六"));
    assert_eq!(with(&long), (None, None));
    assert_eq!(with("no xml at all <<<"), (None, None));
}

fn zip_archive(bytes: &[u8]) -> ::zip::ZipArchive<std::io::Cursor<Vec<u8>>> {
    ::zip::ZipArchive::new(std::io::Cursor::new(bytes.to_vec())).unwrap()
}
