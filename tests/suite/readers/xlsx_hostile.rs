//! .xlsx made to do harm, or damaged.

use std::io::Write;
use std::time::{Duration, Instant};

use fuhe::workbook::{Fault, LimitName, Limits, Problem, ProblemCode, ProblemDetail, open};

use super::parts::{RELATIONS, ROOT, WORKBOOK, all, read, sheet, xlsx, xlsx_rows, zip};

fn code(bytes: &[u8]) -> &'static str {
    read(bytes).map_or_else(|problem| problem.code.as_str(), |_| "read")
}

fn limit(bytes: &[u8]) -> LimitName {
    match read(bytes) {
        Err(Problem { detail: ProblemDetail::Limit { limit, .. }, .. }) => limit,
        other => panic!("{other:?}"),
    }
}

fn fault(bytes: &[u8]) -> Fault {
    match read(bytes) {
        Err(Problem {
            code: ProblemCode::CorruptFile | ProblemCode::UnreadableFile,
            detail: ProblemDetail::Part { fault, .. },
        }) => fault,
        other => panic!("{other:?}"),
    }
}

#[test]
fn cells_in_opposite_corners_cost_two_cells() {
    let sheet = sheet(&xlsx(
        r#"<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>
        <row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>"#,
        "",
        "",
    ));
    assert_eq!(all(&sheet), ["A1 1", "XFD1048576 2"]);
}

#[test]
fn cells_that_no_sheet_has_are_told_as_damage() {
    for cell in ["A4294967297", "A1048577", "XFE1", "ZZZZZZZZ1", "A0", "1", "A", "甲1", "A1:B2"] {
        let bytes = xlsx_rows(&format!("<row><c r='{cell}'><v>1</v></c></row>"));
        assert_eq!(fault(&bytes), Fault::Address(cell.to_owned()));
    }
    assert_eq!(fault(&xlsx_rows("<row r='4294967297'/>")), Fault::Address("4294967297".to_owned()));
    assert_eq!(fault(&xlsx_rows("<row r='1048576'/><row/>")), Fault::Address("1048577".to_owned()));
    assert_eq!(
        fault(&xlsx_rows(&format!("<row>{}</row>", "<c><v>1</v></c>".repeat(16_385)))),
        Fault::Address("XFE1".to_owned())
    );
}

#[test]
fn an_index_beyond_the_shared_texts_is_damage_and_not_a_guess() {
    let sheet = "<worksheet><sheetData><row><c t='s'><v>9</v></c></row></sheetData></worksheet>";
    assert_eq!(fault(&xlsx(sheet, "<sst><si><t>甲</t></si></sst>", "")), Fault::Index(9));
    assert_eq!(fault(&xlsx(sheet, "", "")), Fault::Index(9));
}

#[test]
fn a_text_used_without_end_is_stopped_by_its_sum() {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "字".repeat(90_000));
    let rows =
        format!("<worksheet><sheetData>{}</sheetData></worksheet>", "<row><c t='s'><v>0</v></c></row>".repeat(20_000));
    assert_eq!(limit(&xlsx(&rows, &strings, "")), LimitName::TextBytes);
    let long = format!("<sst><si><t>{}</t></si></sst>", "字".repeat(100_001));
    assert_eq!(limit(&xlsx(&rows, &long, "")), LimitName::TextChars);
}

#[test]
fn entities_that_multiply_are_not_expanded() {
    let bomb = r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"#;
    assert_eq!(fault(&xlsx(bomb, "", "")), Fault::Malformed);
}

#[test]
fn nesting_without_end_is_refused() {
    for place in ["<worksheet>{}</worksheet>", "<worksheet><sheetData><row><c>{}</c></row></sheetData></worksheet>"] {
        let nest = format!("{}{}", "<a>".repeat(200_000), "</a>".repeat(200_000));
        assert_eq!(limit(&xlsx(&place.replace("{}", &nest), "", "")), LimitName::XmlDepth);
    }
}

#[test]
fn a_part_that_packs_too_well_is_refused() {
    let blank = format!("<worksheet>{}</worksheet>", format!("<a b='{}'/>", " ".repeat(4 << 20)).repeat(4));
    assert_eq!(limit(&xlsx(&blank, "", "")), LimitName::Ratio);
}

#[test]
fn every_limit_can_be_set_and_is_named_when_reached() {
    let rows = "<row><c><v>1</v></c><c t='inlineStr'><is><t>执行率</t></is></c></row>".repeat(50);
    let bytes = xlsx(
        &format!(
            "<worksheet><sheetData>{rows}</sheetData><mergeCells><mergeCell ref='A1:B1'/><mergeCell ref='A2:B2'/></mergeCells></worksheet>"
        ),
        "",
        "",
    );
    let over = |change: fn(&mut Limits)| {
        let mut limits = Limits::default();
        change(&mut limits);
        match open("x.xlsx", &bytes, &limits) {
            Err(Problem { code, detail: ProblemDetail::Limit { limit, .. } }) => (code.as_str(), limit),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(over(|l| l.file_bytes = 10), ("too-large", LimitName::FileBytes));
    assert_eq!(over(|l| l.unpacked_bytes = 1000), ("too-large", LimitName::UnpackedBytes));
    assert_eq!(over(|l| l.part_bytes = 1000), ("too-large", LimitName::PartBytes));
    assert_eq!(over(|l| l.parts = 3), ("too-large", LimitName::Parts));
    assert_eq!(over(|l| l.sheets = 0), ("too-large", LimitName::Sheets));
    assert_eq!(over(|l| l.cells = 99), ("too-large", LimitName::Cells));
    assert_eq!(over(|l| l.merges = 1), ("too-large", LimitName::Merges));
    assert_eq!(over(|l| l.text_chars = 2), ("too-large", LimitName::TextChars));
    assert_eq!(over(|l| l.text_bytes = 449), ("too-large", LimitName::TextBytes));
    assert_eq!(over(|l| l.xml_depth = 3), ("too-large", LimitName::XmlDepth));
    assert_eq!(over(|l| l.time = Duration::ZERO), ("timed-out", LimitName::Time));
    let exact = Limits { cells: 100, text_bytes: 450, text_chars: 3, ..Limits::default() };
    assert!(open("x.xlsx", &bytes, &exact).is_ok());
}

#[test]
fn many_sheets_that_are_one_part_share_one_budget() {
    let sheets: String = (0..900).map(|n| format!("<sheet name='{n}' sheetId='1' r:id='rId1'/>")).collect();
    let rows = "<row><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c></row>".repeat(500);
    let bytes = zip(&[
        ("xl/workbook.xml", format!("<workbook xmlns:r='x'><sheets>{sheets}</sheets></workbook>").as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").as_bytes()),
    ]);
    assert_eq!(limit(&bytes), LimitName::Cells);
}

#[test]
fn a_sheet_part_that_is_no_worksheet_is_named() {
    for (part, expected) in [
        ("<html><body/></html>", Fault::WrongKind),
        ("<worksheet><sheetData>", Fault::IllFormed),
        ("不是 XML", Fault::Malformed),
        ("", Fault::Malformed),
    ] {
        let problem = read(&xlsx(part, "", "")).unwrap_err();
        assert_eq!(problem, Problem::part("xl/worksheets/sheet1.xml", expected));
    }
    let missing =
        zip(&[("xl/workbook.xml", WORKBOOK.as_bytes()), ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes())]);
    assert_eq!(read(&missing).unwrap_err(), Problem::part("xl/worksheets/sheet1.xml", Fault::Missing));
}

/// The container whose checksum of a part is another one, in the part's own header and in the directory.
fn with_another_checksum(mut bytes: Vec<u8>, part: &[u8]) -> Vec<u8> {
    for (mark, checksum, name) in [(b"PK\x03\x04", 14, 30), (b"PK\x01\x02", 16, 46)] {
        for at in 0..bytes.len().saturating_sub(name + part.len()) {
            if &bytes[at..at + 4] == mark && &bytes[at + name..at + name + part.len()] == part {
                bytes[at + checksum] ^= 1;
            }
        }
    }
    bytes
}

#[test]
fn what_is_not_proven_to_be_damaged_is_only_said_to_be_unreadable_here() {
    let open_end = xlsx("<worksheet><sheetData><row><c><v>1</v></c>", "<sst/>", "");
    assert_eq!(code(&open_end), "corrupt-file", "no reader of XML goes on");
    let odd = xlsx("<worksheet><sheetData><row><c t='s'><v>x</v></c></row></sheetData></worksheet>", "<sst/>", "");
    assert_eq!(code(&odd), "unreadable-file", "well formed, and its checksum fits");
    let part = b"xl/worksheets/sheet1.xml";
    assert_eq!(code(&with_another_checksum(odd, part)), "corrupt-file", "a second look finds the checksum");
    let whole = xlsx_rows("<row><c><v>1</v></c></row>");
    assert_eq!(code(&with_another_checksum(whole.clone(), part)), "corrupt-file");
    // A directory that lies elsewhere than the end record says, and no directory at all.
    let end = whole.windows(4).rposition(|mark| mark == b"PK\x05\x06").unwrap();
    let mut odd = whole.clone();
    odd[end + 16..end + 20].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(code(&odd), "unreadable-file");
    assert_eq!(code(&whole[..end]), "corrupt-file");
}

#[test]
fn a_cut_or_damaged_container_is_corrupt_wherever_it_is_cut() {
    let whole = xlsx_rows(
        &(1..2000).map(|n| format!("<row r='{n}'><c><v>{}</v></c></row>", n * 7919 % 1000)).collect::<String>(),
    );
    assert_eq!(code(&whole), "read");
    for cut in [1, 100, whole.len() / 2, whole.len() - 4] {
        assert_eq!(code(&whole[..whole.len() - cut]), "corrupt-file", "cut by {cut}");
    }
    let place = whole.windows(24).position(|w| w == b"xl/worksheets/sheet1.xml").unwrap() + 500;
    let mut damaged = whole.clone();
    damaged[place] ^= 0x55;
    assert_eq!(code(&damaged), "corrupt-file");
}

#[test]
fn a_checksum_that_does_not_fit_is_damage() {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in [
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c><v>1234567</v></c></row></sheetData></worksheet>"),
    ] {
        writer.start_file(name, stored).unwrap();
        writer.write_all(part.as_bytes()).unwrap();
    }
    let mut bytes = writer.finish().unwrap().into_inner();
    let digit = bytes.windows(7).position(|w| w == b"1234567").unwrap();
    bytes[digit] = b'9';
    assert_eq!(fault(&bytes), Fault::Damaged);
}

#[test]
fn a_million_empty_cells_take_time_and_no_room() {
    let begun = Instant::now();
    let bytes = xlsx_rows(&"<row><c/><c/><c/><c/><c/><c/><c/><c/><c/><c/></row>".repeat(100_000));
    assert_eq!(sheet(&bytes).cells.len(), 0);
    assert!(begun.elapsed() < Duration::from_secs(60));
}
