//! A hundred good workbooks among poisoned ones: each poisoned one costs one line, and the good ones come out as if it
//! were not there.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use fuhe::across;
use fuhe::audit::Audit;
use fuhe::batch::{ArchiveLimits, Course, Setup, audit_all, find};
use fuhe::report::{self, Batch, RunInfo, writers::jsonl};
use fuhe::rulebook::library::Library;
use fuhe::rulebook::library::RuleOptions;
use fuhe::submission::EffortLimits;
use fuhe::text::Language;
use fuhe::workbook::{Isolation, Limits, Reader};

use crate::readers::binary::{Body, biff8, cell, ole, xls};
use crate::readers::offices::fixture;
use crate::readers::parts::{RELATIONS, ROOT, WORKBOOK, xlsx, xlsx_rows, zip};
use crate::said::Said;

/// Samples with the department that each names.
const GOOD: [(&str, &str); 4] = [
    ("附件2：青山区体育发展中心自评材料.xlsx", "青山区体育发展中心"),
    ("海滨区城市更新服务中心_2020年部门整体绩效自评.xlsx", "海滨区城市更新服务中心"),
    ("临江区社会福利中心2020年度部门整体支出自评表.xlsx", "临江区社会福利中心"),
    ("白沙区公共资源交易中心_整体绩效自评_2020.xlsx", "白沙区公共资源交易中心"),
];
/// The sample that is damaged, and made to say odd things.
const SPOILT: (&str, &str) = ("湖东区老年活动中心2020年自评报告及附表.xlsx", "湖东区老年活动中心");

/// The sample of that name with texts replaced in all its parts.
pub fn rewritten(sample: &str, replaced: &[(&str, &str)]) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/shenzhen-2020").join(sample);
    let mut archive = zip::ZipArchive::new(Cursor::new(std::fs::read(path).unwrap())).unwrap();
    let parts: Vec<(String, Vec<u8>)> = (0..archive.len())
        .map(|place| {
            let mut entry = archive.by_index(place).unwrap();
            let mut part = String::new();
            entry.read_to_string(&mut part).unwrap();
            let part = replaced.iter().fold(part, |part, (from, to)| part.replace(from, to));
            (entry.name().unwrap().into_owned(), part.into_bytes())
        })
        .collect();
    zip(&parts.iter().map(|(name, part)| (name.as_str(), part.as_slice())).collect::<Vec<_>>())
}

/// The bytes with every occurrence of `from` replaced; both have one length.
pub fn patched(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    for at in 0..=bytes.len() - from.len() {
        if &bytes[at..at + from.len()] == from {
            bytes[at..at + to.len()].copy_from_slice(to);
        }
    }
    bytes
}

/// The zip with the bit of encryption set on every entry.
pub fn locked(mut bytes: Vec<u8>) -> Vec<u8> {
    for (mark, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        for at in 0..bytes.len() - 12 {
            if &bytes[at..at + 4] == mark {
                bytes[at + flags] |= 1;
            }
        }
    }
    bytes
}

/// The zip whose directory says that each entry unpacks to half a gigabyte.
fn boasting(mut bytes: Vec<u8>) -> Vec<u8> {
    for at in 0..bytes.len() - 28 {
        if &bytes[at..at + 4] == b"PK\x01\x02" {
            bytes[at + 24..at + 28].copy_from_slice(&(512u32 << 20).to_le_bytes());
        }
    }
    bytes
}

/// An .ods of these rows.
fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x'><office:body><office:spreadsheet>
        <table:table table:name='表'>{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let kind = b"application/vnd.oasis.opendocument.spreadsheet";
    zip(&[("mimetype", kind), ("content.xml", content.as_bytes())])
}

fn sheet_xml(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

fn with_sheet(sheet: &[u8]) -> Vec<u8> {
    zip(&[
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

/// Archives inside archives, so many.
pub fn nested(deep: usize, innermost: (&str, &[u8])) -> Vec<u8> {
    let first = zip(&[innermost]);
    (1..deep).fold(first, |inner, _| zip(&[("内.zip", &inner)]))
}

/// What must never cost more than its own line: name, content, and the code of each line it gives.
type Poison = (&'static str, Vec<u8>, &'static str);

fn spreadsheets() -> Vec<Poison> {
    let sample = rewritten(SPOILT.0, &[]);
    let mut damaged = sample.clone();
    let place = damaged.windows(24).position(|bytes| bytes == b"xl/worksheets/sheet3.xml").unwrap() + 400;
    damaged[place] ^= 0x55;
    let sheets: String = (0..1100).map(|n| format!("<sheet name='{n}' sheetId='1' r:id='rId1'/>")).collect();
    let book = format!("<workbook xmlns:r='x'><sheets>{sheets}</sheets></workbook>");
    let corners = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#;
    let laughs = r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"#;
    let nest = format!("<worksheet>{}{}</worksheet>", "<a>".repeat(2000), "</a>".repeat(2000));
    let index = "<row><c t='s'><v>4294967295</v></c></row>";
    vec![
        ("密码.xlsx", ole(&[("EncryptedPackage", &[7; 5000]), ("EncryptionInfo", &[1; 300])]), "password-protected"),
        ("损坏.xlsx", damaged, "corrupt-file"),
        ("截断.xlsx", sample[..sample.len() / 2].to_vec(), "corrupt-file"),
        ("零字节.xlsx", Vec::new(), "corrupt-file"),
        ("压缩比.xlsx", with_sheet(sheet_xml(&format!("<a b='{}'/>", " ".repeat(3 << 20))).as_bytes()), "too-large"),
        ("自称很大.xlsx", boasting(sample), "too-large"),
        ("对角.xlsx", xlsx_rows(corners), "no-scorecard"),
        (
            "范围说谎.xlsx",
            with_sheet(b"<worksheet><dimension ref='A1:XFD1048576'/><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"),
            "no-scorecard",
        ),
        (
            "文字表说谎.xlsx",
            xlsx(
                &sheet_xml("<row><c t='s'><v>0</v></c></row>"),
                "<sst count='4294967295' uniqueCount='4294967295'><si><t>甲</t></si></sst>",
                "",
            ),
            "no-scorecard",
        ),
        ("文字序号.xlsx", xlsx(&sheet_xml(index), "<sst><si><t>甲</t></si></sst>", ""), "unreadable-file"),
        ("实体.xlsx", with_sheet(laughs.as_bytes()), "unreadable-file"),
        ("嵌套.xlsx", with_sheet(nest.as_bytes()), "too-large"),
        (
            "表太多.xlsx",
            zip(&[
                ("xl/workbook.xml", book.as_bytes()),
                ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
                ("xl/worksheets/sheet1.xml", sheet_xml("").as_bytes()),
            ]),
            "too-large",
        ),
        ("重复单元格.xlsx", xlsx_rows("<row><c r='A1'><v>1</v></c><c r='A1'><v>2</v></c></row>"), "no-scorecard"),
        (
            "共享公式.xlsx",
            xlsx_rows("<row><c><f t='shared' si='4294967295' ref='A1:XFD1048576'>A1</f><v>1</v></c></row>"),
            "no-scorecard",
        ),
        ("编码.xlsx", with_sheet(b"<worksheet><sheetData><row><c t='inlineStr'><is><t>\xff\xfe\xc3</t></is></c></row></sheetData></worksheet>"), "unreadable-file"),
        ("行号.xlsx", xlsx_rows("<row r='4294967297'><c><v>1</v></c></row>"), "unreadable-file"),
        ("不是表.xlsx", with_sheet(b"<html><body/></html>"), "unreadable-file"),
        (
            "长文字.xlsx",
            xlsx_rows(&format!("<row><c t='inlineStr'><is><t>{}</t></is></c></row>", "字".repeat(100_001))),
            "too-large",
        ),
    ]
}

fn others() -> Vec<Poison> {
    let wide = format!(
        "<table:table-row table:number-rows-repeated='1048576'><table:table-cell table:number-columns-repeated='16384' office:value-type='string'><text:p>{}</text:p></table:table-cell></table:table-row>",
        "字".repeat(20_000)
    );
    let blank = "<table:table-row table:number-rows-repeated='1000000'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>";
    let dimensions = biff8(0x0200, &Body::default().word(0).word(u32::MAX).short(0).short(u16::MAX).short(0).0);
    let mut circle = fixture("office.xls");
    let table = 512 * (1 + u32::from_le_bytes(circle[76..80].try_into().unwrap()) as usize);
    for entry in 0..120u32 {
        circle[table + 4 * entry as usize..][..4].copy_from_slice(&entry.to_le_bytes());
    }
    let noise: Vec<u8> = (0..5000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8 | 0x80).collect();
    vec![
        ("密码.xls", xls(&[biff8(0x002F, &[1, 0, 1, 0])], &[]), "password-protected"),
        ("范围说谎.xls", xls(&[], &[dimensions, biff8(0x0203, &cell(0, 0, 0).float(1.0).0)]), "no-scorecard"),
        ("环.xls", circle, "corrupt-file"),
        ("序号.xls", xls(&[], &[biff8(0x00FD, &cell(0, 0, 0).word(4_000_000_000).0)]), "unreadable-file"),
        ("重复行.ods", ods(&wide), "too-large"),
        ("空行.ods", ods(&blank.repeat(100)), "no-scorecard"),
        ("文本.xls", "指标,得分\n预算执行率,6\n".into(), "not-a-workbook"),
        ("网页.xls", "<html><table><tr><td>得分</td></tr></table></html>".into(), "not-a-workbook"),
        ("随机.xlsx", noise, "not-a-workbook"),
        ("全零.xls", vec![0; 4096], "not-a-workbook"),
        ("文档.xlsx", zip(&[("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>")]), "not-a-workbook"),
        ("太深.zip", nested(4, ("某局.xlsx", b"x")), "too-large"),
        ("坏.zip", b"PK\x03\x04 not really".to_vec(), "corrupt-file"),
        ("密码.zip", locked(zip(&[("某局.xlsx", b"x")])), "password-protected"),
        ("逃逸.zip", zip(&[("../../../逃逸.xlsx", b"\x01")]), "not-a-workbook"),
        ("控制.zip", zip(&[("\u{1b}[31m\u{202e}xslx.局\u{7}.xlsx", b"\x01")]), "not-a-workbook"),
        (
            "国标.zip",
            patched(zip(&[("abcdef.xlsx", b"\x01")]), b"abcdef", &encoding_rs::GBK.encode("住建局").0),
            "not-a-workbook",
        ),
        ("同名.zip", patched(zip(&[("aaaa1.xlsx", b""), ("aaaa2.xlsx", b"")]), b"aaaa2", b"aaaa1"), "corrupt-file"),
    ]
}

/// Submissions that say what they should not, and are audited all the same.
fn sayers() -> Vec<Poison> {
    let (sample, unit) = SPOILT;
    let saying = |text: &str| rewritten(sample, &[(unit, text)]);
    vec![
        ("公式.xlsx", saying("=HYPERLINK(&quot;http://evil.example&quot;,&quot;局&quot;)"), "audited"),
        ("空字符.xlsx", saying("甲_x0000_局_x001B_[31m"), "audited"),
        ("超长.xlsx", rewritten(sample, &[("<t>满意", &format!("<t>{}满意", "长".repeat(40_000)))]), "audited"),
    ]
}

static FOLDERS: LazyLock<(tempfile::TempDir, Vec<Poison>)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let poisons: Vec<Poison> = [spreadsheets(), others(), sayers()].concat();
    for place in ["净", "毒"] {
        std::fs::create_dir(folder.path().join(place)).unwrap();
    }
    for number in 0..100 {
        let (sample, unit) = GOOD[number % GOOD.len()];
        let bytes = rewritten(sample, &[(unit, &format!("第{number:03}局")), ("2020年度", "2020年度 ")]);
        for place in ["净", "毒"] {
            std::fs::write(folder.path().join(place).join(format!("第{number:03}局.xlsx")), &bytes).unwrap();
        }
    }
    for (name, bytes, _) in &poisons {
        std::fs::write(folder.path().join("毒").join(name), bytes).unwrap();
    }
    (folder, poisons)
});

struct Done {
    lines: Vec<u8>,
    audits: Vec<Audit>,
    batch: Batch,
}

/// Audits as the program does, with readers in processes of their own.
fn audited(paths: &[PathBuf], jobs: usize) -> Done {
    let library = Library::open(&RuleOptions::default()).unwrap();
    let limits = Limits { time: std::time::Duration::from_secs(120), ..Limits::default() };
    let reader = Reader::new(limits, Isolation::Worker(env!("CARGO_BIN_EXE_fuhe").into()));
    let setup = Setup {
        library: &library,
        vocabulary: fuhe::vocabulary::Vocabulary::builtin(),
        readings: fuhe::assigned::Readings::none(),
        resumed: fuhe::resume::Resumed::none(),
        before: None,
        basis: None,
        reader: &reader,
        limits: ArchiveLimits::default(),
        effort: EffortLimits::default(),
    };
    let found = find(paths, &setup.limits).unwrap();
    let audits =
        audit_all(&found.inputs, &setup, Course { jobs: Some(jobs), tell: &|_| {}, stop: &AtomicBool::new(false) })
            .unwrap();
    // What only a batch shows is another thing among other files.
    let audits: Vec<Audit> = audits.into_iter().map(across::alone).collect();
    let mut lines = Vec::new();
    jsonl::write(&audits, Language::Zh, &mut lines).unwrap();
    let rulebooks = library.rulebooks().to_vec();
    let batch = Batch { audits: audits.clone(), rulebooks, run: RunInfo::default(), ..Batch::default() };
    Done { lines, audits, batch }
}

fn folder(name: &str) -> PathBuf {
    FOLDERS.0.path().join(name)
}

/// The working paper of every department and its row of 总览, without the number that its place among the others gives.
fn papers(batch: &Batch) -> BTreeMap<String, String> {
    let reports = report::reports(batch, Language::Zh);
    assert_eq!(report::agreement::disagreements(&reports.workbook, reports.papers.len(), batch, Language::Zh), []);
    let rows = reports.workbook[0].rows.iter().map(|row| (format!("{:?}", row.cells[1].value), row));
    let mut shown: BTreeMap<String, String> = rows
        .map(|(name, row)| (name, row.cells[2..16].iter().map(|cell| format!("{}\n", shown_of(cell))).collect()))
        .collect();
    for table in reports.workbook.iter().filter(|table| table.name.starts_with("底稿")) {
        let cells = table.lead.iter().chain(&table.rows).chain(&table.tail).flat_map(|row| &row.cells);
        let text: String = cells.map(|cell| format!("{:?} {}\n", cell.style, shown_of(cell))).collect();
        shown.insert(table.name.split_once(' ').unwrap().1.to_owned(), text);
    }
    shown
}

/// What a cell shows. Where others stand before a department, the cells that formulas refer to lie elsewhere, and the paper has
/// another number.
fn shown_of(cell: &fuhe::report::table::Cell) -> String {
    use fuhe::report::table::Value;
    let is_number = |text: &str| text.strip_prefix("底稿").is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()));
    match &cell.value {
        Value::Formula(_, outcome) => format!("{outcome:?}"),
        Value::Text(text) if is_number(text) => String::new(),
        other => format!("{other:?}"),
    }
}

/// A line without its place in its run: among others it stands elsewhere. Its seal stays.
fn alone(line: &str) -> &str {
    line.rsplit_once(",\"run\":").unwrap().0
}

#[test]
fn a_hundred_good_workbooks_come_out_the_same_among_poisoned_ones() {
    let clean = audited(&[folder("净")], 2);
    let poisoned = audited(&[folder("毒")], 2);
    let text = |lines: &[u8]| String::from_utf8(lines.to_vec()).unwrap();
    let (clean_text, poisoned_text) = (text(&clean.lines), text(&poisoned.lines));
    let good: Vec<&str> = poisoned_text.lines().filter(|line| line.contains(r#""file":"第"#)).map(alone).collect();
    assert_eq!(clean.audits.iter().filter_map(|audit| audit.points.as_ref()).count(), 100);
    assert_eq!(clean_text.lines().count(), 100);
    assert!(clean_text.lines().map(alone).eq(good.iter().copied()), "a good workbook's line has changed");
    let (clean_papers, poisoned_papers) = (papers(&clean.batch), papers(&poisoned.batch));
    assert_eq!(clean_papers.len(), 200);
    for (department, paper) in &clean_papers {
        assert!(poisoned_papers.get(department) == Some(paper), "{department}");
    }
}

#[test]
fn each_poisoned_file_has_its_own_line_and_code() {
    let poisons = &FOLDERS.1;
    assert!(poisons.len() >= 30);
    let paths: Vec<PathBuf> = poisons.iter().map(|(name, ..)| folder("毒").join(name)).collect();
    let done = audited(&paths, 2);
    for (name, _, code) in poisons {
        let of_file = |audit: &&Audit| {
            audit.file == *name || audit.file.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'))
        };
        let lines: Vec<&Audit> = done.audits.iter().filter(of_file).collect();
        assert!(!lines.is_empty(), "{name} is lost");
        for audit in lines {
            let told = audit.problem.as_ref().map_or("audited", |problem| problem.code.as_str());
            assert_eq!(told, *code, "{name}: {:?}", audit.problem);
            assert!(
                audit.problem.as_ref().is_none_or(|problem| problem.message().contains(['，', '：', '有', '没'])),
                "{name}"
            );
        }
    }
}

#[test]
fn order_jobs_and_repetition_change_no_byte_of_a_poisoned_batch() {
    let mut paths: Vec<PathBuf> = FOLDERS.1.iter().map(|(name, ..)| folder("毒").join(name)).collect();
    paths.extend((0..10).map(|number| folder("毒").join(format!("第{number:03}局.xlsx"))));
    let first = audited(&paths, 1);
    paths.reverse();
    let second = audited(&paths, 7);
    paths.push(paths[3].clone());
    let third = audited(&paths, 3);
    assert!(first.lines == second.lines && second.lines == third.lines);
    let tables = |batch: &Batch| format!("{:?}", report::tables(batch, Language::Zh));
    assert!(tables(&first.batch) == tables(&second.batch));
}
